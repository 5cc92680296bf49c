//! What stands between the caller and the service, and what fails without anybody refusing:
//! firewalls, proxies, capacity, time, the request itself.

use super::Variant;
use super::roles::repeat;
use crate::evidence::Door;
use crate::fix::command::Words;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, inspect};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "cloud-armor-deny",
        cause: POLICY,
        says: "A rule in front of the service, a security policy or firewall, refused the request.",
        why: "Such a rule looks at addresses, paths, bodies and rates; a right token does not help.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Change the rule of the security policy that refused")
                .caution("PRIORITY is the rule’s, as the load balancer’s log names it under enforcedSecurityPolicy. Narrow it for this caller or path; for a false alarm of a preconfigured rule exclude the field, and for a rate raise its threshold. RULE_EXPRESSION is the whole condition as it should be; `gcloud compute security-policies describe SECURITY_POLICY` shows the one it has.")
                .sh(&[
                    "gcloud compute security-policies rules update",
                    "PRIORITY",
                    "--security-policy=SECURITY_POLICY",
                    "[--project=PROJECT_ID]",
                    "--expression=RULE_EXPRESSION",
                ])
                .words("In the console: Cloud Armor, the security policy, the rule with that priority, Edit. Another vendor’s firewall: its own log and rule.")
                .done(),
        )
        .check(balancer_log(fill))
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "egress-address-blocked",
        cause: POLICY,
        says: "Google’s front refused the caller’s address, region or rate before any service saw the request.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send from another address or region, and more slowly")
                .words("Try the same request from another network. If it passes, send from another egress IP address (Cloud NAT with its own address) or a supported region, slow down, and check host and path for a typing error.")
                .done(),
        )
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "mtls-client-certificate",
        cause: POLICY,
        says: "The load balancer asks for a client certificate, and got none that it trusts.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send a client certificate of the trusted authority")
                .words("curl --cert client.pem --key client.key; in code the client’s own TLS option. The certificate must be signed by an authority in the load balancer’s trust config, and be in time.")
                .done(),
        )
        .check(balancer_log(fill))
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "mesh-policy-refused",
        cause: POLICY,
        says: "An AuthorizationPolicy of the service mesh refused the request (`RBAC: access denied`).",
        why: "The mesh compares principals, request principals, paths and claims, apart from IAM.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Admit the caller in the workload’s AuthorizationPolicy")
                .caution("Extend the rule that is there: a policy with action ALLOW refuses everything that no rule names.")
                .code(
                    Language::Yaml,
                    &super::told!("
# In spec.rules of the policy that selects the workload:
- from:
    - source:
        principals: [\"cluster.local/ns/NAMESPACE/sa/KUBERNETES_ACCOUNT\"]
"),
                )
                .words("For an end user’s token: requestPrincipals is ISSUER/SUBJECT, and a RequestAuthentication must know the issuer.")
                .done(),
        )
        .check(
            Draft::reads(fill, "See the policies of the mesh")
                .sh(&["kubectl get authorizationpolicies.security.istio.io", "--all-namespaces", "--output=yaml"])
                .done(),
        )
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "container-failed",
        cause: OPEN,
        says: "The container crashed, did not start in time, or speaks another protocol than it is called with.",
        why: "Nobody looked at a token: the request reached no working instance.",
        remedy: |fill| {
            Remedy::change(container(fill))
                .check(inspect::app_logs(fill))
                .verify(repeat(fill))
        },
    },
    Variant {
        id: "no-capacity",
        cause: OPEN,
        says: "No instance was free for the request: all were busy, or their number is limited.",
        why: "It is about capacity, not about credentials; 429 is never a refused token.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Let SERVICE have more instances")
                .caution("Fill in MAX_INSTANCES. Before that look at what keeps instances busy: a higher `--concurrency` helps code that waits.")
                .sh(&[
                    "gcloud run services update",
                    "SERVICE",
                    "--region=REGION",
                    "[--project=PROJECT_ID]",
                    "--max-instances=MAX_INSTANCES",
                ])
                .code(Language::Hcl, &super::told!("
template {
  max_instance_request_concurrency = 80
  scaling {
    max_instance_count = 100
  }
}
"))
                .done(),
        )
        .check(inspect::logs(fill))
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "request-timeout",
        cause: OPEN,
        says: "The request or its connection ended before the answer was there.",
        why: "",
        remedy: |fill| {
            Remedy::change(timeout(fill))
                .check(inspect::logs(fill))
                .verify(repeat(fill))
        },
    },
    Variant {
        id: "backend-unreachable",
        cause: OPEN,
        says: "Google’s proxies do not reach a listening backend: a firewall, or a server that is not up.",
        why: "",
        remedy: backend,
    },
    Variant {
        id: "egress-blocked",
        cause: OPEN,
        says: "This machine does not reach {host|the endpoint}: DNS, a firewall, a proxy or the VPC stands in the way.",
        why: "Nobody refused the credential: it was never sent, or the keys to check it could not be fetched.",
        remedy: egress,
    },
    Variant {
        id: "tls-interception",
        cause: OPEN,
        says: "The server’s TLS certificate is not trusted here: a proxy breaks the connection open, or the certificate is for another host.",
        why: "",
        remedy: tls,
    },
    Variant {
        id: "quota-exceeded",
        cause: OPEN,
        says: "The request is allowed, but too frequent or beyond a quota.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Slow down and retry with backoff, or ask for more quota")
                .words("Retry later with exponential backoff; ask for more quota under IAM and admin, Quotas. By what the text names: a limit per region: use another region; Drive storage of a service account: a shared drive; a free tier: switch billing on; too many sign-ins: wait, then try the password again later.")
                .done(),
        )
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "google-server-error",
        cause: OPEN,
        says: "The server failed by itself (5xx), or the service that makes tokens was not available.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Try again, with a growing pause")
                .words("Run the job or request again; retry with exponential backoff. If it lasts: status.cloud.google.com, or www.githubstatus.com for GitHub’s own token service.")
                .done(),
        )
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "request-malformed",
        cause: OPEN,
        says: "The request, or a setting of the tool that sends or deploys it, is wrong; the credential is not.",
        why: "",
        remedy: |fill| Remedy::change(request(fill)).verify(repeat(fill)),
    },
    Variant {
        id: "redirected",
        cause: OPEN,
        says: "The answer is a redirect{host|}: the address is another one.",
        why: "Clients may drop the method, the body or `Authorization` on the way to it.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Call REDIRECT_URL at once, where the redirect leads")
                .words("Take the final URL, REDIRECT_URL (https, the right host, with or without the slash at the end) into the program’s settings, so that nothing is redirected.")
                .done(),
        )
        .check(inspect::bare_status(fill))
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "request-too-large",
        cause: OPEN,
        says: "The request is larger than the service, or something before it, takes.",
        why: "Cloud Run takes 32 MiB by HTTP/1; headers have limits of their own.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send less at once")
                .words("Upload to a bucket by a signed URL and pass its name, stream by HTTP/2, or split the request. For 431 make headers smaller: cookies, and tokens with many claims.")
                .done(),
        )
        .verify(repeat(fill))
        },
    },
];

const POLICY: &str = "policy-in-front";
const OPEN: &str = "not-authentication";

fn balancer_log(fill: &Fill) -> Fix {
    Draft::reads(fill, "See in the load balancer’s log which rule refused")
        .sh(&[
            "gcloud logging read",
            r#"resource.type="http_load_balancer" AND httpRequest.status>=400"#,
            "--limit=10",
            "[--project=PROJECT_ID]",
            "--format=value(timestamp,jsonPayload.statusDetails,jsonPayload.enforcedSecurityPolicy.name,jsonPayload.enforcedSecurityPolicy.priority)",
        ])
        .done()
}

fn container(fill: &Fill) -> Fix {
    // An API has no container that could fail.
    if fill.door == Door::Api && fill.known(Hole::RunJob).is_some() {
        return super::url::run_job(fill);
    }
    if fill.mentions(&["memory", "oom"]) {
        return Draft::changes(fill, "Give SERVICE more memory")
            .caution("Or find in its log what uses it.")
            .sh(&[
                "gcloud run services update",
                "SERVICE",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--memory=1Gi",
            ])
            .done();
    }
    Draft::changes(fill, "Mend what the container’s log names")
        .words("Read the log of SERVICE: the last lines before the failure name the exception (Unhandled error). The server must listen on 0.0.0.0 and the port in PORT, and answer within the startup time. Protocol errors: --use-http2 only for a server that speaks h2c; a reset connection: retry.")
        .done()
}

fn timeout(fill: &Fill) -> Fix {
    const TITLE: &str = "Raise the timeout that ended the request";
    if fill.caller == Some(Caller::CloudScheduler)
        || fill.mentions(&[
            "attempt-deadline",
            "attempt_deadline",
            "cloudscheduler",
            "attemptdeadline",
        ])
    {
        return Draft::changes(fill, TITLE)
            .caution("Cloud Scheduler waits at most 30 minutes (attempt-deadline); the service’s own timeout must be as long.")
            .sh(&[
                "gcloud scheduler jobs update http",
                "SCHEDULER_JOB",
                "--location=LOCATION",
                "[--project=PROJECT_ID]",
                "--attempt-deadline=600s",
            ])
            .done();
    }
    if fill.mentions(&[
        "keepalive",
        "keep-alive",
        "backend_connection_closed",
        "statusdetails",
    ]) {
        return Draft::changes(fill, TITLE)
            .words("Let the backend keep idle connections longer than the load balancer does: a keep-alive timeout of more than 600 seconds in the server, and the backend service’s --timeout above the slowest answer.")
            .done();
    }
    if fill.mentions(&[
        "cloud_run_revision",
        "run.app",
        "request has been terminated",
        "upstream request timeout",
    ]) {
        return Draft::changes(fill, TITLE)
            .caution("The client and everything in between must wait as long. Look first at what is slow.")
            .sh(&[
                "gcloud run services update",
                "SERVICE",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--timeout=900",
            ])
            .done();
    }
    Draft::changes(fill, TITLE)
        .words("Raise the client’s timeout, retry with backoff, and see whether the network lets the connection live: the call ended in time, not by a refusal. A service’s own: gcloud run services update SERVICE --timeout=900.")
        .done()
}

fn backend(fill: &Fill) -> Remedy {
    const TUNNEL: Words = &[
        "gcloud compute firewall-rules create",
        "allow-iap-tunnel",
        "--network=NETWORK",
        "[--project=PROJECT_ID]",
        "--direction=INGRESS",
        "--allow=tcp:22",
        "--source-ranges=35.235.240.0/20",
    ];
    const PROXIES: Words = &[
        "gcloud compute firewall-rules create",
        "allow-google-proxies",
        "--network=NETWORK",
        "[--project=PROJECT_ID]",
        "--direction=INGRESS",
        "--allow=tcp:8080",
        "--source-ranges=130.211.0.0/22,35.191.0.0/16",
    ];
    let rule = if fill.mentions(&["iap", "tunnel", "4003", "4010", "ssh", "instance"]) {
        Draft::changes(fill, "Let IAP’s tunnel reach the VM, and see that it runs")
            .caution("The VM must be started and listen on the port; name, zone and instance must be right. 22 is for ssh, 3389 for RDP.")
            .sh(TUNNEL)
            .done()
    } else {
        Draft::changes(fill, "Let the load balancer’s proxies and health checks reach the backend")
            .caution("8080 stands for the backend’s port: the server must listen there, and the health check must be answered with 200. The log’s statusDetails tells which it was.")
            .sh(PROXIES)
            .done()
    };
    Remedy::change(rule)
        .check(
            Draft::reads(fill, "See the firewall’s rules")
                .sh(&[
                    "gcloud compute firewall-rules list",
                    "[--project=PROJECT_ID]",
                ])
                .done(),
        )
        .verify(repeat(fill))
}

fn egress(fill: &Fill) -> Remedy {
    if fill.mentions(&[
        "certificate_verify_failed",
        "certificate verify failed",
        "sslerror",
        "self-signed certificate",
        "unknown authority",
    ]) {
        return tls(fill);
    }
    let first = if fill.mentions(&["cloudsql", "cloud sql", ":3307", "sqladmin", "ip of type"]) {
        Draft::changes(fill, "Let the connection to Cloud SQL through")
            .words("From outside: egress to the instance’s address on port 3307 and to sqladmin.googleapis.com:443 through the firewall. In the VPC: --private-ip, with a route to the instance’s network.")
            .done()
    } else if fill.mentions(&[
        "metadata.google.internal",
        "169.254.169.254",
        "metadata server",
    ]) {
        Draft::changes(fill, "Let the program reach the metadata server, or give it credentials of its own")
            .words("Only Google Cloud has the metadata server (metadata.google.internal, 169.254.169.254). There: no proxy for it (NO_PROXY=metadata.google.internal,169.254.169.254), no firewall or network policy before it; on GKE wait until it is up. Elsewhere: gcloud auth application-default login.")
            .done()
    } else {
        Draft::changes(fill, "Open the way from this machine to Google’s hosts, port 443")
            .caution("Callers need oauth2.googleapis.com and the called host; whoever verifies tokens needs www.googleapis.com/oauth2/v3/certs, or the URL of the issuer’s keys (jwks).")
            .words("Allow egress to oauth2.googleapis.com:443 and www.googleapis.com:443 in firewall, network policy and VPC; set HTTPS_PROXY with the proxy’s credentials where there is one; see that DNS resolves the names. Without an external address: Cloud NAT or Private Google Access. A passing failure of the network: retry.")
            .done()
    };
    let remedy = Remedy::change(first);
    let remedy = if matches!(
        fill.caller,
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke)
    ) {
        remedy.or(
            "When the subnet has no way out:",
            Draft::changes(fill, "Switch Private Google Access on for the subnet")
                .sh(&[
                    "gcloud compute networks subnets update",
                    "SUBNET",
                    "--region=REGION",
                    "[--project=PROJECT_ID]",
                    "--enable-private-ip-google-access",
                ])
                .done(),
        )
    } else {
        remedy
    };
    remedy
        .check(inspect::token_endpoint(fill))
        .verify(repeat(fill))
}

fn tls(fill: &Fill) -> Remedy {
    let first = if fill.mentions(&["gcloud"]) {
        Draft::changes(fill, "Have gcloud trust the proxy’s authority")
            .caution("Fill in CA_FILE: the proxy’s certificate authority, in PEM. Libraries: REQUESTS_CA_BUNDLE (Python), NODE_EXTRA_CA_CERTS (Node.js), the system’s store (Go), the trust store (Java).")
            .sh(&["gcloud config set", "core/custom_ca_certs_file", "CA_FILE"])
            .done()
    } else {
        Draft::changes(fill, "Trust the authority that signed the certificate, or call the host it is for")
            .words("A proxy that breaks TLS open: give the program its CA: REQUESTS_CA_BUNDLE (Python), NODE_EXTRA_CA_CERTS (Node.js), the system’s store (Go, ca-certificates in the image), the trust store (Java); gcloud: gcloud config set core/custom_ca_certs_file. A certificate for another host: call the host that it names; a new domain mapping waits for its certificate. In a browser: close the connection and try again. Never switch the check off.")
            .done()
    };
    Remedy::change(first)
        .check(inspect::token_endpoint(fill))
        .verify(repeat(fill))
}

fn request(fill: &Fill) -> Fix {
    const TITLE: &str = "Correct what the message names";
    if fill.mentions(&[
        "gcr.io",
        "pkg.dev",
        "container registry",
        "artifact registry",
    ]) {
        return Draft::changes(fill, TITLE)
            .words("Container Registry is closed: use the image’s pkg.dev name in Artifact Registry, or move gcr.io over with gcloud artifacts docker upgrade migrate.")
            .done();
    }
    if fill.mentions(&["launch stage", "launch-stage", "launch_stage"]) {
        return Draft::changes(fill, TITLE)
            .words("The feature is in preview: deploy with --launch-stage=BETA (the annotation run.googleapis.com/launch-stage, launch_stage in Terraform).")
            .done();
    }
    if fill.mentions(&["address already in use", "open port", "port is already"]) {
        return Draft::changes(fill, TITLE)
            .words("Another program has the local port: choose another one with --port, or end that program.")
            .done();
    }
    Draft::changes(fill, TITLE)
        .words("The header, parameter, field or option that the message names. Running a job: POST https://run.googleapis.com/v2/projects/PROJECT_ID/locations/REGION/jobs/RUN_JOB:run as target uri, with a JSON body or none. A callable function: POST, Content-Type application/json, body {\"data\": …}, best by httpsCallable. A method that is not allowed (405): the one that the address takes.")
        .done()
}
