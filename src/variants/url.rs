//! Addresses at which nothing answers: ingress, the default URL, another region, a wrong path.

use super::roles::repeat;
use super::{Variant, told};
use crate::evidence::Door;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::value::{self, Value};
use crate::fix::{Fix, Language, app, inspect, terraform, verify};
use crate::input::Caller;
use crate::target::Product;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "ingress-internal",
        cause: "ingress-blocked",
        says: "The ingress setting of {service|the service} admits requests from inside alone, and this one came from outside.",
        why: "",
        remedy: |fill| ingress(fill),
    },
    Variant {
        id: "ingress-load-balancer-only",
        cause: "ingress-blocked",
        says: "The ingress setting of {service|the service} admits requests from inside and through its load balancer, and its own URL was called from outside.",
        why: "",
        remedy: |fill| ingress(fill),
    },
    Variant {
        id: "default-url-disabled",
        cause: "wrong-url",
        says: "The default URL of {service|the service} on run.app is switched off: it is reached through its load balancer or domain.",
        why: "",
        remedy: |fill| {
            Remedy::change(default_url(fill))
                .check(inspect::doors(fill))
                .verify(verify::again(fill))
        },
    },
    Variant {
        id: "service-moved",
        cause: "wrong-url",
        says: "The service is in another region than the one of this URL.",
        why: "",
        remedy: |fill| {
            Remedy::change(moved(fill))
                .check(inspect::services(fill))
                .verify(verify::again(fill))
        },
    },
    Variant {
        id: "url-not-found",
        cause: "wrong-url",
        says: "Nothing answers at this address: its host, name or region is wrong, or its ingress hides it.",
        why: "A refused token gets 401 or 403; 404 is about the address.",
        remedy: not_found,
    },
    Variant {
        id: "path-not-in-app",
        cause: "wrong-url",
        says: "The application answered 404 itself: the service was reached, and it does not serve this path.",
        why: "The doors before it let the request through.",
        remedy: |fill| {
            Remedy::change(path(fill))
                .check(inspect::app_logs(fill))
                .verify(verify::again(&fill.at_another_path()))
        },
    },
    Variant {
        id: "reserved-path-healthz",
        cause: "wrong-url",
        says: "Google’s front end answers the path `/healthz` itself, with 404: the request never reaches {service|the service}.",
        why: "Cloud Run keeps that path for itself.",
        remedy: |fill| {
            Remedy::change(other_path(fill))
                .check(path_in_log(fill))
                .verify(reached(fill))
        },
    },
    Variant {
        id: "gateway-path-not-in-spec",
        cause: "wrong-url",
        says: "The gateway’s document has no such path, or not with this method.",
        why: "",
        remedy: |fill| {
            let fill = &fill.at_door(Door::Gateway);
            Remedy::change(add_path(fill))
                .or(
                    "When the document has it under another name or method:",
                    Draft::changes(fill, "Call the path and method that the document has")
                        .words("Correct the URL and method where the caller has them: base path and path of the OpenAPI document, letter by letter, after the gateway’s host.")
                        .done(),
                )
                .check(inspect::policy(fill))
                .verify(repeat(fill))
        },
    },
    Variant {
        id: "universe-domain-mismatch",
        cause: "wrong-url",
        says: "The credentials are of one Google Cloud universe and the client calls another.",
        why: "Each universe has its own API domain, `googleapis.com` in Google’s own, and does not know the accounts of another.",
        remedy: |fill| {
            Remedy::change(universe(fill))
                .check(
                    Draft::reads(fill, "See the universe that gcloud calls")
                        .caution("Nothing printed is `googleapis.com`. A credential file has it as `universe_domain`; none there is `googleapis.com` too.")
                        .sh(&["gcloud config get", "core/universe_domain"])
                        .done(),
                )
                .verify(repeat(fill))
        },
    },
];

/// The right address, in the terms of what is called.
fn not_found(fill: &Fill) -> Remedy {
    let remedy = match fill.door {
        Door::Api => return at_api(fill),
        Door::Function => Remedy::change(function(fill)),
        _ => Remedy::change(service(fill)),
    };
    let hidden = if fill.caller == Some(Caller::CloudRun) {
        app::egress(fill)
    } else {
        app::ingress_balancer(fill)
    };
    let remedy = if fill.door == Door::Run && !fill.mentions(&["find tag", "url for tag"]) {
        remedy.or(
            "When the list shows exactly this address, its ingress hides it:",
            hidden,
        )
    } else {
        remedy
    };
    remedy.check(inspect::services(fill)).verify(again(fill))
}

/// The right address answers: with what, is the next door's business.
fn again(fill: &Fill) -> Fix {
    if fill.caller == Some(Caller::CloudScheduler) {
        return verify::again(fill);
    }
    Draft::reads(&fill.at_another_path(), "See that the right address answers, without a token")
        .caution("Anything but 404 will do: 401 and 403 are the answers of a private service’s door, and tell that it is there.")
        .sh(&["curl", "-so", "/dev/null", "-w", r"%{http_code}\n", "CALLED_URL"])
        .done()
}

fn service(fill: &Fill) -> Fix {
    let draft = Draft::changes(fill, "Call the URL that SERVICE really has");
    match fill.caller {
        Some(Caller::CloudScheduler) => draft
            .caution("Fill in RIGHT_URL: the service’s URL from the list, with the path that the application serves. The token’s audience is another setting: the URL without the path.")
            .sh(&[
                "gcloud scheduler jobs update http",
                "SCHEDULER_JOB",
                "--location=LOCATION",
                "[--project=PROJECT_ID]",
                "--uri=RIGHT_URL",
            ])
            .words("In the console: Cloud Scheduler, the job, Edit, Configure the execution: URL."),
        Some(Caller::CloudTasks) => draft
            .words("Where the tasks are made, set the URL of httpRequest to the service’s URL from the list, with the path that the application serves. Tasks already in the queue keep the old one. A queue’s own httpTarget.uriOverride wins over the task’s."),
        Some(Caller::PubsubPush) => draft
            .words("Set the subscription’s pushEndpoint to the service’s URL from the list, with the path that the application serves; name the account and audience of its token in the same change, since the whole push configuration is replaced."),
        Some(Caller::Eventarc) => draft
            .words("Set the trigger’s destination: run-service and run-region of the service in the list, run-path of the application."),
        _ => draft
            .caution("Host, region, tag and path are all part of the URL. A service that is not in the list is not deployed in this project, or is in another.")
            .words("Set the caller’s URL to the one that gcloud run services describe SERVICE --region=REGION --format='value(status.url)' prints, with the path that the application serves, and have its tokens made for that URL. A tag (TAG---SERVICE-…) must stand in the same description, under status.traffic. Behind a proxy or load balancer the Host header and SNI must be the service’s."),
    }
    .done()
}

fn function(fill: &Fill) -> Fix {
    let draft = Draft::changes(
        fill,
        "Call FUNCTION by its own name, project and region, or deploy it",
    );
    let draft = if fill.caller == Some(Caller::Browser) {
        draft.code(
            Language::JavaScript,
            &told!(
                "
const functions = getFunctions(app, \"REGION\"); // us-central1 where nothing is named
const call = httpsCallable(functions, \"FUNCTION\");
"
            ),
        )
    } else {
        draft
    };
    draft
        .caution("Capitals count. A function that the list does not have is not deployed in this project: deploy it, and read what that prints.")
        .words("The address is https://REGION-PROJECT_ID.cloudfunctions.net/FUNCTION, or the run.app URL that gcloud functions describe FUNCTION --region=REGION prints. gcloud functions list shows the right region and name. If it is not there: gcloud functions deploy, or firebase deploy --only functions:FUNCTION.")
        .done()
}

/// An address of Google's APIs.
fn at_api(fill: &Fill) -> Remedy {
    if fill.known(Hole::RunJob).is_some() {
        return Remedy::change(run_job(fill)).verify(verify::again(fill));
    }
    let global = fill
        .known(Hole::Host)
        .and_then(|host| value::api(host.strip_prefix("global-")?).ok());
    let remedy = if let Some(api) = global {
        let mut fill = fill.clone();
        fill.set(Hole::ApiName, Value::Known(api));
        Remedy::change(
            Draft::changes(&fill, "Call https://API_NAME: `global` is part of the path alone")
                .words("For the location global the API’s host is https://API_NAME, with locations/global in the path. Only a region has a host of its own, such as https://us-central1-API_NAME. In a client library leave api_endpoint out, or set it to API_NAME.")
                .done(),
        )
    } else {
        Remedy::change(
            Draft::changes(fill, "Call the host, version and path that the API’s reference has")
                .caution("The library’s own client builds them right: where the address is made by hand, compare it part by part.")
                .words("https://API_NAME/VERSION/… with the project, location and resource as the reference names them. A regional host (us-central1-API_NAME) goes with the same region in the path. A version that was switched off needs a newer tool or library.")
                .done(),
        )
    };
    remedy
        .check(inspect::bare_status(fill))
        .verify(repeat(fill))
}

/// The address at which a job of Cloud Run is started.
pub(super) fn run_job(fill: &Fill) -> Fix {
    const TITLE: &str = "Start RUN_JOB at its address in version 2 of the API";
    match fill.caller {
        Some(Caller::CloudScheduler) => Draft::changes(fill, TITLE)
            .caution("The job’s token must be an access token (OAuth) there.")
            .sh(&[
                "gcloud scheduler jobs update http",
                "SCHEDULER_JOB",
                "--location=LOCATION",
                "[--project=PROJECT_ID]",
                "--uri=https://run.googleapis.com/v2/projects/PROJECT_ID/locations/REGION/jobs/RUN_JOB:run",
                "--http-method=post",
            ])
            .words("In the console: Cloud Scheduler, the job, Edit, Configure the execution: URL and method POST."),
        _ => Draft::changes(fill, TITLE)
            .words("POST https://run.googleapis.com/v2/projects/PROJECT_ID/locations/REGION/jobs/RUN_JOB:run, with a JSON body or none, and an access token."),
    }
    .done()
}

fn path(fill: &Fill) -> Fix {
    Draft::changes(fill, "Call a path that the application serves")
        .caution("Its own routes decide: a prefix such as /api may be missing or twice, a slash at the end may count, and a proxy before it may take a part away or leave it on.")
        .words("Compare the path that the log of SERVICE shows with the application’s routes, and correct the caller’s URL or the route. The method is part of a route: GET and POST may differ.")
        .done()
}

fn other_path(fill: &Fill) -> Fix {
    Draft::changes(fill, "Serve the check at another path, such as /health")
        .caution("`/readyz` or `/healthz/` do as well. Probes that Cloud Run itself makes come from inside and may keep `/healthz`.")
        .words("In the application add the route /health beside /healthz, deploy it, and have whoever asks call /health.")
        .done()
}

/// Requests for the path that reached the service: none.
fn path_in_log(fill: &Fill) -> Fix {
    Draft::reads(fill, "See that no request for /healthz reached SERVICE")
        .caution("Nothing printed means that the front end answered. An entry with 404 means that the application did.")
        .sh(&[
            "gcloud logging read",
            r#"resource.type="cloud_run_revision" AND resource.labels.service_name="SERVICE" AND httpRequest.requestUrl:"/healthz""#,
            "--limit=5",
            "[--project=PROJECT_ID]",
            "--format=value(timestamp,httpRequest.status,httpRequest.requestUrl)",
        ])
        .done()
}

/// Any answer but Google's 404 came from the service’s door or from the service.
fn reached(fill: &Fill) -> Fix {
    Draft::reads(fill, "See that the other path reaches the service")
        .caution("Without a token: 200, or 401 or 403 of a private service’s door. Both tell that the path is not kept back.")
        .sh(&["curl", "-si", "https://HOST/health"])
        .done()
}

fn add_path(fill: &Fill) -> Fix {
    Draft::changes(fill, "Add the path and method to the gateway’s OpenAPI document, and deploy it")
        .caution("Under paths stands the path that was called, without the host. A browser’s preflight is the method options, which must stand there too.")
        .code(Language::Yaml, &told!("
paths:
  /API_PATH:
    get: # post, put, delete, options: each method that may be called
      operationId: read
      x-google-backend:
        address: AUDIENCE
      responses:
        '200':
          description: done
"))
        .words("Then deploy: gcloud api-gateway api-configs create with the document (--openapi-spec), and gcloud api-gateway gateways update GATEWAY --location=LOCATION with the new --api-config. Endpoints: gcloud endpoints services deploy.")
        .done()
}

fn universe(fill: &Fill) -> Fix {
    if fill.mentions(&[
        "(gcloud.",
        "config account",
        "core/universe_domain",
        "universe_domain [",
    ]) {
        return Draft::changes(fill, "Have gcloud call the universe that the account belongs to")
            .caution("For another universe than Google’s put its domain there, and keep one gcloud configuration for each.")
            .sh(&["gcloud config set", "core/universe_domain", "googleapis.com"])
            .done();
    }
    if fill.mentions(&["terraform"]) {
        return Draft::changes(
            fill,
            "Set the provider’s universe domain to the credentials’",
        )
        .code(
            Language::Hcl,
            &told!(
                "
provider \"google\" {
  universe_domain = \"googleapis.com\" # universe_domain of the credential file
}
"
            ),
        )
        .done();
    }
    Draft::changes(fill, "Set the client’s universe domain to the credentials’")
        .caution("What the credentials have: `universe_domain` in their file, else googleapis.com. What only one universe can do (ID tokens, delegation, some kinds of credentials) needs a credential of that one.")
        .words("Unset GOOGLE_CLOUD_UNIVERSE_DOMAIN, or set it to the universe domain of the credentials. In code: universe_domain (Python client_options, Ruby), universeDomain (Node.js, PHP), option.WithUniverseDomain (Go), setUniverseDomain (Java), UniverseDomain (.NET). Or use credentials of the universe that is called.")
        .done()
}

impl Fill {
    /// The same for an address that is not known yet.
    fn at_another_path(&self) -> Self {
        let mut fill = self.clone();
        for hole in [Hole::RequestUrl, Hole::OwnUrl, Hole::HostUrl, Hole::BareUrl] {
            fill.set(hole, Value::Unknown);
        }
        fill
    }
}

fn ingress(fill: &Fill) -> Remedy {
    if fill.product == Product::AppEngine {
        return Remedy::change(app_engine(fill)).verify(verify::again(fill));
    }
    let checked = |remedy: Remedy| remedy.check(inspect::doors(fill)).verify(from_inside(fill));
    // A caller inside is let in by where its requests come from, and nothing is opened.
    if fill.caller == Some(Caller::CloudRun) {
        return checked(Remedy::change(app::egress(fill)));
    }
    checked(Remedy::change(app::ingress_balancer(fill)).or(
        "When it may be called from everywhere:",
        app::ingress_all(fill),
    ))
    .check(inspect::ingress_policy(fill))
}

/// The call of whoever is to be let in: from elsewhere it fails as before, and rightly.
fn from_inside(fill: &Fill) -> Fix {
    if fill.caller == Some(Caller::CloudScheduler) {
        return verify::again(fill);
    }
    Draft::reads(fill, "See that it works: the same call, from where the caller runs")
        .words("Repeat the call from where the caller runs, as CALLER_EMAIL; through the load balancer’s address, where that is the way in. From your own machine the service’s URL stays closed.")
        .done()
}

fn default_url(fill: &Fill) -> Fix {
    Draft::changes(fill, "Call the load balancer’s address, or switch the default URL on")
        .caution("Somebody switched it off so that requests come through the load balancer alone. The invoker check stays as it is.")
        .sh(&[
            "gcloud run services update",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--default-url",
        ])
        .code(Language::Hcl, &terraform::DEFAULT_URL)
        .done()
}

fn moved(fill: &Fill) -> Fix {
    Draft::changes(fill, "Call the service at AUDIENCE, and ask for tokens made for it")
        .words("Change the caller’s URL and its audience to AUDIENCE: the old one is of the region that the service left.")
        .done()
}

/// App Engine’s ingress is a setting of its own.
fn app_engine(fill: &Fill) -> Fix {
    Draft::changes(fill, "Let requests reach the App Engine service")
        .caution("Opens the network alone: check the caller in the application, by its token or by the headers that App Engine adds. Or call it through the load balancer in front of App Engine.")
        .sh(&["gcloud app services update", "default", "[--project=PROJECT_ID]", "--ingress=all"])
        .code(Language::Hcl, &terraform::APP_ENGINE_INGRESS)
        .done()
}
