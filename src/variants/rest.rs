//! Where nothing is to be changed, or nothing can be told yet: what to look at.

use super::Variant;
use crate::evidence::Door;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, allow, inspect, verify};

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "harmless-notice",
        cause: FINE,
        says: "The text is a warning or notice: the command or request went on.",
        why: "",
        remedy: notice,
    },
    Variant {
        id: "call-succeeded",
        cause: FINE,
        says: "The call succeeded: nothing refused it.",
        why: "A 2xx comes after every door.",
        remedy: |_| Remedy::default(),
    },
    Variant {
        id: "token-in-order",
        cause: FINE,
        says: "Nothing that can be read of the token is wrong.",
        why: "The signature was not checked, and roles are not in a token.",
        remedy: |fill| Remedy::default().verify(verify::again(fill)),
    },
    Variant {
        id: "other-vendor-answered",
        cause: "not-google",
        says: "The answer was not written by Google, so nothing in Google Cloud mends it.",
        why: "",
        remedy: |fill| if fill.mentions(&["apns", "apple", "third_party_auth_error", "third-party"]) {
            Remedy::change(
                Draft::changes(fill, "Upload a valid APNs key in Firebase")
                    .words("Firebase console, Project settings, Cloud Messaging, Apple app configuration: upload the APNs .p8 key with its key id and team id, for the right bundle id.")
                    .done(),
            )
        } else {
            Remedy::change(
                Draft::changes(fill, "Use the credential of the service that answered")
                    .words("Look at the answer’s server header and wording: that service’s own sign-in, key or token is what it wants, and its documentation explains the error. A Google token means nothing to it.")
                    .done(),
            )
        },
    },
    Variant {
        id: "nothing-refused",
        cause: "no-refusal",
        says: "Nothing in the paste was refused.",
        why: "",
        remedy: |fill| Remedy::look(failing(fill)),
    },
    Variant {
        id: "more-evidence-needed",
        cause: "unexplained",
        says: "What was pasted does not tell why the request was refused.",
        why: "",
        remedy: |fill| Remedy::look(failing(fill)),
    },
];

const FINE: &str = "token-fine";

/// How to silence it, where that is worth something.
fn notice(fill: &Fill) -> Remedy {
    let draft = if fill.mentions(&["impersonat"]) {
        Draft::changes(fill, "Nothing is to be mended; to silence the notice, stop impersonating")
            .caution("Only when the impersonation is not wanted: the notice says that it is on.")
            .sh(&["gcloud config unset", "auth/impersonate_service_account"])
    } else if fill.mentions(&["firebase_token", "login:ci"]) {
        Draft::changes(fill, "Nothing is to be mended; the way of signing in is going away")
            .words("Use a service account by GOOGLE_APPLICATION_CREDENTIALS or Workload Identity Federation instead of FIREBASE_TOKEN.")
    } else if fill.mentions(&["credentials_from_dict", "load_credentials_from", "from_service_account"]) {
        Draft::changes(fill, "Nothing is to be mended; to silence the warning, load the key by its own loader")
            .words("service_account.Credentials.from_service_account_file(…) or from_service_account_info(…), so that no other kind of credential is taken.")
    } else if fill.mentions(&["audience"]) {
        Draft::changes(fill, "Nothing is refused; the check of the audience is off")
            .words("Give the verifier the audience that it should accept: without one it takes tokens made for anybody.")
    } else if fill.mentions(&["app check", "appcheck"]) {
        Draft::changes(fill, "Nothing is refused; App Check is not enforced")
            .words("The warning says that the request had no valid App Check token. Set enforceAppCheck: true to refuse those, or leave it.")
    } else {
        return Remedy::default();
    };
    Remedy::change(draft.done())
}

/// Where the refusal, and its reason, is written down.
fn failing(fill: &Fill) -> Fix {
    if fill.door == Door::Api && fill.known(Hole::Permission).is_some() {
        return allow::policy(fill);
    }
    inspect::logs(fill)
}
