//! Whether the account may enter, by the policies that were shown.

use super::{Shown, because, sure};
use crate::causes::{Fact, Found, Likelihood};
use crate::document::Condition;
use crate::evidence::{Door, Evidence};
use crate::facts::proof::{Admission, Lack, Outcome, Runtime};
use crate::response::{Answerer, Signal};
use crate::visible::in_code;

const IAM: &[&str] = &["iam-binding-missing", "wrong-identity"];

pub(super) fn shown(evidence: &Evidence<'_>, shown: &mut Shown) {
    let proof = &evidence.proof;
    if proof.is_unchecked() && !evidence.response.says(Signal::EdgeLacksInvoke) {
        shown.rule_out(
            &["iam-binding-missing", "wrong-identity", "iam-propagation-or-condition", "no-credential"],
            "The invoker check of the service is switched off: no account is asked for.",
        );
        return;
    }
    let Some(admission) = &proof.admission else {
        return;
    };
    let denied = is_denied(evidence);
    if evidence.app_answered() && admission.seems_to_let_in() {
        shown.rule_out(&["iam-binding-missing", "wrong-identity", "iam-propagation-or-condition"], &let_in(admission));
        return;
    }
    if evidence.platform_said_401() || !denied && !evidence.answer_is_empty() {
        return;
    }
    if admission.agent_lacks && denied && evidence.response.answered_by == Answerer::Edge {
        shown.add(
            "iam-binding-missing",
            Found::likely(format!("IAP is on at {}, and IAP’s own agent lacks `roles/run.invoker` on it.", evidence.service_name()))
                .because("IAP calls the service as its agent, which the pasted policy does not name.")
                .fix("iap-agent-invoker-missing"),
        );
        return;
    }
    if admission.public {
        public(evidence, denied, shown);
        return;
    }
    match &admission.outcome {
        Outcome::Unknown => {}
        Outcome::Granted { .. } => granted(evidence, admission, denied, shown),
        Outcome::Fails { role, on, condition } => {
            shown.rule_out(IAM, "The account has the role, under a condition.");
            shown.add("iam-propagation-or-condition", fails(evidence, admission, denied, (role, on), condition));
        }
        // A table without conditions, and a call of which nobody says that it was refused.
        Outcome::Unsure { condition: None, .. } if !denied => {}
        Outcome::Unsure { role, on, condition } => {
            shown.rule_out(IAM, "The account has the role, under a condition.");
            let expression = condition.as_ref().and_then(text).map_or_else(String::new, |text| format!(" (`{}`)", in_code(&text)));
            shown.add(
                "iam-propagation-or-condition",
                Found::new(
                    if denied { Likelihood::Likely } else { Likelihood::Possible },
                    format!("{} has `{}` on {on} under a condition{expression}, which this request may not meet.", who(admission), in_code(role)),
                )
                .because("Whether the condition holds cannot be told from what was pasted.")
                .fix("invoker-condition"),
            );
        }
        Outcome::Perhaps { member, role, on } => {
            shown.add(
                "iam-binding-missing",
                Found::new(
                    if denied { Likelihood::Likely } else { Likelihood::Possible },
                    format!("{} itself is granted nothing: only `{}` has `{}` on {on}.", who(admission), in_code(member), in_code(role)),
                )
                .because("Who is in a group, and what a custom role holds, does not stand in a policy.")
                .because("If it should get in this way, look whether it is a member; a new membership may need hours. Else grant it the role itself.")
                .fix("run-invoker-missing"),
            );
        }
        Outcome::Missing { whole, lacks } => missing(evidence, admission, denied, *whole, lacks, shown),
    }
}

/// The answer is the one to a caller who may not enter.
fn is_denied(evidence: &Evidence<'_>) -> bool {
    let response = &evidence.response;
    evidence.platform_said_403()
        || response.says(Signal::IapNoAccess)
        || evidence.door == Door::Api && (response.status == Some(403) || response.says(Signal::ApiPermissionDenied))
}

fn who(admission: &Admission) -> String {
    match &admission.account {
        Some(account) => format!("`{}`", in_code(account)),
        None => "The account that calls".to_owned(),
    }
}

fn let_in(admission: &Admission) -> String {
    match &admission.outcome {
        _ if admission.public => "The policy lets everybody in (`allUsers`).".to_owned(),
        Outcome::Granted { role, on } => format!("{} has `{}` on {on}.", who(admission), in_code(role)),
        _ => "The account is let in.".to_owned(),
    }
}

/// Everybody may enter, and the call was refused all the same.
fn public(evidence: &Evidence<'_>, denied: bool, shown: &mut Shown) {
    shown.rule_out(&["iam-binding-missing", "wrong-identity", "no-credential"], "The policy lets everybody in (`allUsers`).");
    if denied && evidence.response.answered_by == Answerer::Edge {
        shown.add(
            "iam-propagation-or-condition",
            Found::likely("The policy lets everybody in (`allUsers`), and the platform refused: the grant may be younger than a few minutes.")
                .because("Try again before changing anything.")
                .fix("iam-propagation"),
        );
    }
}

fn granted(evidence: &Evidence<'_>, admission: &Admission, denied: bool, shown: &mut Shown) {
    shown.rule_out(IAM, &let_in(admission));
    if !denied {
        shown.rule_out(&["iam-propagation-or-condition"], &let_in(admission));
        return;
    }
    let clear = evidence.response.answered_by == Answerer::Edge || evidence.response.says(Signal::EdgeLacksInvoke);
    let Outcome::Granted { role, on } = &admission.outcome else {
        return;
    };
    shown.add(
        "iam-propagation-or-condition",
        Found::new(
            if clear { Likelihood::Likely } else { Likelihood::Possible },
            format!(
                "{} has `{}` on {on}, and was refused all the same: the grant is probably younger than a few minutes, and does not count yet.",
                who(admission),
                in_code(role)
            ),
        )
        .because("The pasted policy holds the grant, without a condition.")
        .because("Wait some minutes and send the request again. If it stays, look for a deny policy.")
        .fix("iam-propagation"),
    );
}

fn text(condition: &Condition) -> Option<String> {
    condition.expression.clone().or_else(|| condition.title.clone())
}

fn fails(evidence: &Evidence<'_>, admission: &Admission, denied: bool, grant: (&str, &str), condition: &Condition) -> Box<Found> {
    let (role, on) = grant;
    let expression = text(condition).unwrap_or_default();
    let why = match condition.until() {
        Some(until) => format!("the grant ended at {}", crate::time::rfc3339(until).unwrap_or_default()),
        None => format!("the condition is not met by a call of {}", evidence.service_name()),
    };
    Found::new(
        sure(denied, Likelihood::Likely),
        format!("{} has `{}` on {on} only under a condition, and {why}.", who(admission), in_code(role)),
    )
    .on(
        format!("The condition says `{}`.", in_code(&expression)),
        Fact::Quote(expression.clone()),
    )
    .fix("invoker-condition")
}

fn missing(
    evidence: &Evidence<'_>,
    admission: &Admission,
    denied: bool,
    whole: bool,
    lacks: &[Lack],
    shown: &mut Shown,
) {
    let proof = &evidence.proof;
    let by_token = evidence.credential.email().is_some();
    let by_sender = proof.sender.as_ref().is_some_and(|sender| sender.account == admission.account && !sender.mixed);
    // Whose token it was must be seen; and with a token that was never sent the page is the same.
    let settled = denied && whole && (by_token || by_sender);
    let likelihood = sure(settled, if denied { Likelihood::Likely } else { Likelihood::Possible });
    if let Some(right) = runs_as_another(evidence, admission, lacks).filter(|_| by_token && denied) {
        shown.add("wrong-identity", wrong_identity(evidence, admission, right, likelihood));
        shown.rule_out(&["iam-propagation-or-condition"], "The policy holds no grant for the account that called.");
        return;
    }
    let role = match admission.permission {
        "run.routes.invoke" | "run.jobs.run" => "roles/run.invoker",
        "cloudfunctions.functions.invoke" => "roles/cloudfunctions.invoker",
        _ => "roles/iap.httpsResourceAccessor",
    };
    let name = match &evidence.target.job {
        Some(job) => format!("`{}`", in_code(job)),
        None => place_name(evidence),
    };
    let sentences: Vec<String> = lacks.iter().map(|lack| sentence(admission, lack, &name, evidence)).collect();
    let variant = match lacks.first() {
        _ if admission.permission.starts_with("iap.") => "iap-accessor-role-missing",
        _ if admission.permission == "run.jobs.run" => "run-job-invoker-missing",
        _ if admission.permission.starts_with("cloudfunctions.") => "first-generation-function-invoker-missing",
        Some(Lack::Deleted { .. }) => "invoker-deleted-member",
        Some(Lack::WrongRole { role, .. }) if role.starts_with("roles/cloudfunctions.") => "function-invoker-wrong-resource",
        Some(Lack::WrongRole { .. }) => "invoker-wrong-role",
        Some(Lack::OtherRegion { .. } | Lack::OtherService { .. }) => "invoker-on-other-service",
        Some(Lack::OtherAccount { .. }) | None => "run-invoker-missing",
    };
    let mut reasons = sentences.into_iter();
    let first = reasons.next().unwrap_or_else(|| "No pasted policy holds a grant for it.".to_owned());
    let found = Found::new(
        likelihood,
        format!("{} lacks `{role}` on {name}. {first}", who(admission)),
    );
    let found = because(
        found,
        reasons
            .chain((!whole).then(|| "Not all policies that count were pasted whole: the project’s may grant it too.".to_owned()))
            .chain(whole.then(|| "The pasted policies are whole, and none of them holds the grant.".to_owned())),
    );
    shown.add("iam-binding-missing", found.fix(variant));
    if whole {
        shown.rule_out(&["iam-propagation-or-condition"], "The policy holds no grant for the account that called.");
    }
}

fn place_name(evidence: &Evidence<'_>) -> String {
    match &evidence.proof.place.name {
        Some(name) => match &evidence.proof.place.region {
            Some(region) => format!("`{}` in `{}`", in_code(name), in_code(region)),
            None => format!("`{}`", in_code(name)),
        },
        None => evidence.service_name(),
    }
}

fn sentence(admission: &Admission, lack: &Lack, name: &str, evidence: &Evidence<'_>) -> String {
    match lack {
        Lack::Deleted { member, role } => format!(
            "The grant of `{}` is for an account of that name that was deleted (`{}`): the account of today is another one.",
            in_code(role),
            in_code(member)
        ),
        Lack::WrongRole { role, on } => format!(
            "It has `{}` on {on}, and that role does not hold `{}` there.",
            in_code(role),
            admission.permission
        ),
        Lack::OtherRegion { region } => format!(
            "It is granted on the service of the same name in `{}`, and the call goes to `{}`.",
            in_code(region),
            in_code(evidence.proof.place.region.as_deref().unwrap_or("another region"))
        ),
        Lack::OtherService { name: other } => format!("It is granted on `{}`, not on {name}.", in_code(other)),
        Lack::OtherAccount { email } => format!("The role is granted to `{}`, another account.", in_code(email)),
    }
}

/// The calling service as it is described runs as the account that is granted, and the token is of
/// another one.
fn runs_as_another<'p>(evidence: &'p Evidence<'_>, admission: &Admission, lacks: &[Lack]) -> Option<&'p Runtime> {
    let mut granted = lacks.iter().filter_map(|lack| match lack {
        Lack::OtherAccount { email } => Some(email),
        _ => None,
    });
    granted.find_map(|email| {
        evidence.proof.runtimes.iter().find(|runtime| {
            runtime.account.eq_ignore_ascii_case(email) && Some(&runtime.account) != admission.account.as_ref()
        })
    })
}

fn wrong_identity(evidence: &Evidence<'_>, admission: &Admission, right: &Runtime, likelihood: Likelihood) -> Box<Found> {
    Found::new(
        likelihood,
        format!(
            "The token is of {}, and `{}` runs as `{}`, which is the account that may call {}.",
            who(admission),
            in_code(&right.name),
            in_code(&right.account),
            place_name(evidence)
        ),
    )
    .on("`email` in the token is the account that IAM looks at.", Fact::Claim("email".to_owned()))
    .because("A key file, a variable or an impersonation in the caller makes tokens of another account than its own.")
    .fix("token-of-another-account")
}
