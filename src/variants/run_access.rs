//! Who may call a service, function or job.

use super::Variant;
use crate::evidence::Door;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::value::Value;
use crate::fix::{callers, grant, inspect, verify};

const BINDING: &str = "iam-binding-missing";

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "run-invoker-missing",
        cause: BINDING,
        says: "The token was accepted, and its account has no role that lets it call {service|the service}: `run.routes.invoke` is missing.",
        why: "A grant needs a few minutes to take effect.",
        remedy: let_in,
    },
    Variant {
        id: "service-not-public",
        cause: BINDING,
        says: "{service|The service} is private, and whoever calls it without a token is refused.",
        why: "",
        remedy: |fill| {
            Remedy::change(callers::send(fill))
                .or(
                    "When it is meant for everybody:",
                    super::verifier::public(fill),
                )
                .check(inspect::policy(fill))
                .verify(verify::again(fill))
        },
    },
    Variant {
        id: "invoker-on-other-service",
        cause: BINDING,
        says: "The role is granted on another service or in another region than the one that is called.",
        why: "",
        remedy: let_in,
    },
    Variant {
        id: "invoker-wrong-role",
        cause: BINDING,
        says: "The account has a role on {service|the service} that does not let it call: `run.routes.invoke` is not in it.",
        why: "",
        remedy: let_in,
    },
    Variant {
        id: "invoker-deleted-member",
        cause: BINDING,
        says: "The grant is for an account that was deleted; one made later under the same name is another account.",
        why: "",
        remedy: let_in,
    },
    Variant {
        id: "function-invoker-wrong-resource",
        cause: BINDING,
        says: "A 2nd gen function is called through its Cloud Run service, and the role is granted on the function.",
        why: "",
        remedy: let_in,
    },
    Variant {
        id: "first-generation-function-invoker-missing",
        cause: BINDING,
        says: "A 1st gen function asks for `roles/cloudfunctions.invoker` on itself, and the account does not have it.",
        why: "",
        remedy: |fill| {
            let fill = &fill.at_door(Door::Function);
            Remedy::change(grant::first_generation(fill))
                .check(inspect::policy(fill))
                .verify(verify::again(fill))
        },
    },
    Variant {
        id: "invoker-by-group",
        cause: "iam-propagation-or-condition",
        says: "Only a group has the role, and the account is not in it, or not long enough: membership can need hours.",
        why: "",
        remedy: let_in,
    },
    Variant {
        id: "invoker-granted-to-other-account",
        cause: "wrong-identity",
        says: "The service lets one account in, and the call is made as another.",
        why: "",
        remedy: |fill| {
            let other = callers::run_as(&fill.for_another_account());
            // What else runs as a default account would be let in too.
            if fill.default_account {
                let remedy = let_in(fill);
                Remedy {
                    fix: vec![other],
                    ..remedy
                }
                .or("When this account should call:", grant::entry(fill))
            } else {
                let_in(fill).or(
                    "When the caller should run as the account that is granted:",
                    other,
                )
            }
        },
    },
    Variant {
        id: "token-of-another-account",
        cause: "wrong-identity",
        says: "The token is of another account than the one that the caller runs as.",
        why: "",
        remedy: |fill| {
            Remedy::change(callers::own_account(fill))
                .or(
                    "When that account should be the one that calls:",
                    grant::entry(fill),
                )
                .check(inspect::caller_account(fill))
                .verify(verify::again(fill))
        },
    },
];

/// Grants the account that calls the invoker role, on the called service alone.
fn let_in(fill: &Fill) -> Remedy {
    // A message about `run.routes.invoke` is of a Cloud Run service, whatever its URL tells.
    let at = match fill.door {
        Door::Api if fill.known(Hole::RunJob).is_some() => fill.at_job(),
        Door::Api | Door::Gateway => fill.at_door(Door::Run),
        _ => fill.clone(),
    };
    let remedy = Remedy::change(grant::entry(&at)).check(inspect::policy(&at));
    // The service's own policy does not have what is inherited; which account to ask about must be
    // known.
    let remedy = if !matches!(at.get(Hole::CallerEmail), Value::Known(_)) {
        remedy.check(inspect::caller_account(&at))
    } else if at.door == Door::Run {
        remedy.check(inspect::troubleshoot(&at))
    } else {
        remedy
    };
    remedy.verify(verify::again(&at))
}
