//! What a browser asks before it sends a request, without any credential.

use super::roles::repeat;
use super::{Variant, told};
use crate::evidence::Door;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, app, callers, grant, inspect};

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "cors-preflight-refused",
        cause: CORS,
        says: "The browser asked first with `OPTIONS`, without a token, and the private service refused that question.",
        why: "A preflight carries no `Authorization`, so a private service refuses it before its own code could answer.",
        remedy: |fill| {
            Remedy::change(public(fill))
                .or("When the service must stay private:", callers::front(fill))
                .or(
                    "For an app’s signed-in users, without a front of your own:",
                    callers::gateway_front(fill),
                )
                .check(inspect::doors(fill))
                .verify(preflight(fill))
        },
    },
    Variant {
        id: "gateway-cors-off",
        cause: CORS,
        says: "The gateway does not answer the browser’s preflight.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Have the gateway answer the preflight (CORS)")
                .caution("Endpoints takes allowCors; API Gateway wants an options operation for each path, without security; ESPv2 its start flags --cors_preset=basic --cors_allow_origin=https://YOUR_SITE.")
                .code(Language::Yaml, &told!("
# Endpoints: the backend answers the preflight itself.
x-google-endpoints:
  - name: HOST
    allowCors: true
"))
                .code(Language::Yaml, &told!("
# API Gateway: under the path.
options:
  operationId: preflight
  security: []
  responses:
    '204':
      description: preflight
"))
                .done(),
        )
        .verify(preflight(fill))
        },
    },
    Variant {
        id: "cors-headers-missing",
        cause: CORS,
        says: "The preflight passed every door, but the application answered it without the CORS headers, so the browser kept the answer from the page.",
        why: "A 2xx comes after every door: the application must send `Access-Control-Allow-Origin` and answer `OPTIONS`.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Have the application answer `OPTIONS` with the CORS headers")
                .caution("Fill in YOUR_SITE: the page’s origin. Send the headers with errors too.")
                .code(Language::JavaScript, &told!("app.use(cors({ origin: 'https://YOUR_SITE', allowedHeaders: ['Authorization', 'Content-Type'] }));"))
                .code(Language::Python, &told!("app.add_middleware(CORSMiddleware, allow_origins=[\"https://YOUR_SITE\"], allow_methods=[\"*\"], allow_headers=[\"Authorization\", \"Content-Type\"])"))
                .code(Language::CSharp, &told!("builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy.WithOrigins(\"https://YOUR_SITE\").AllowAnyHeader().AllowAnyMethod()));"))
                .done(),
        )
        .check(inspect::app_logs(fill))
        .verify(preflight(fill))
        },
    },
    Variant {
        id: "callable-not-public",
        cause: "iam-binding-missing",
        says: "The platform’s own check refuses the callable function before its code can check the app’s user.",
        why: "The client’s library tells any such refusal in the same words; a wrong name or region is one too.",
        remedy: |fill| {
            Remedy::change(super::verifier::public(fill))
                .or(
                    "Where it is deployed with the Firebase CLI:",
                    Draft::changes(fill, "Deploy the callable function with a public invoker")
                        .caution("The code keeps checking the user: `request.auth` is empty for whoever is not signed in. 1st gen: deploying it again opens it.")
                        .code(Language::JavaScript, &told!("
export const call = onCall({ invoker: \"public\" }, (request) => {
  if (!request.auth) throw new HttpsError(\"unauthenticated\", \"Sign in.\");
});
"))
                        .done(),
                )
                .check(inspect::policy(fill))
                .check(inspect::services(fill))
                .verify(preflight(fill))
        },
    },
];

const CORS: &str = "cors-preflight";

/// The door is opened and the application checks: the form that is documented for pages.
fn public(fill: &Fill) -> Fix {
    match fill.door {
        Door::Function => grant::everybody(fill),
        _ => app::no_invoker_check(fill),
    }
}

/// Asks as a browser does.
fn preflight(fill: &Fill) -> Fix {
    if fill.door == Door::Api {
        return repeat(fill);
    }
    Draft::reads(fill, "See that it works: the preflight answers 2xx, without a token")
        .caution("A call without a token must still be refused by the application’s own check. In the browser look at the OPTIONS request, in the network view.")
        .words("curl -si -X OPTIONS -H 'Origin: https://YOUR_SITE' -H 'Access-Control-Request-Method: GET' CALLED_URL")
        .done()
}
