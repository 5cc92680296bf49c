//! What is known of a request, as values for the holes of commands and code.

use super::hole::Hole;
use super::value::{self, Value};
use crate::credential::{Credential, Kind};
use crate::evidence::Evidence;
use crate::input::Caller;
use crate::response::Answerer;
use crate::target::{Product, Target};

/// The values for one request, and what decides the form of its fixes.
#[derive(Debug)]
pub(crate) struct Fill {
    values: [Value; Hole::COUNT],
    /// What must be passed to get in.
    pub(crate) door: Door,
    /// What answers at the URL.
    pub(crate) product: Product,
    /// Who calls.
    pub(crate) caller: Option<Caller>,
    /// The project is the one of the caller's e-mail, for want of a better source.
    pub(crate) project_guessed: bool,
    /// The caller is a default service account, which everything in the project shares.
    pub(crate) default_account: bool,
    /// The token is about a person.
    pub(crate) person: bool,
}

/// What checks the credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// The invoker check of Cloud Run, also for 2nd gen functions and behind load balancers.
    Run,
    /// The invoker check of Cloud Functions.
    Function,
    /// Identity-Aware Proxy.
    Iap,
    /// API Gateway, Cloud Endpoints, ESPv2.
    Gateway,
    /// A Google API.
    Api,
}

impl Fill {
    /// Nothing known.
    pub(crate) fn empty() -> Self {
        Self {
            values: std::array::from_fn(|_| Value::Unknown),
            door: Door::Run,
            product: Product::Unknown,
            caller: None,
            project_guessed: false,
            default_account: false,
            person: false,
        }
    }

    /// What the evidence tells.
    pub(crate) fn from(evidence: &Evidence<'_>) -> Self {
        Self::at(evidence, door(evidence))
    }

    /// What the evidence tells, for a door that a cause knows better.
    pub(crate) fn at(evidence: &Evidence<'_>, door: Door) -> Self {
        let mut fill = Self::empty();
        fill.door = door;
        fill.product = evidence.target.product;
        fill.caller = evidence.caller;
        fill.place(evidence);
        fill.identity(&evidence.credential);
        fill.project(evidence);
        fill.urls(evidence);
        fill.workload(&evidence.credential);
        fill.set(Hole::IssuedAt, Value::Known(evidence.now.to_string()));
        let expires = evidence.now.saturating_add(3600);
        fill.set(Hole::ExpiresAt, Value::Known(expires.to_string()));
        fill
    }

    /// The text for a hole; nothing when its CAPITALS must stand.
    pub(crate) fn known(&self, hole: Hole) -> Option<&str> {
        self.get(hole).text()
    }

    /// The value of a hole.
    pub(crate) fn get(&self, hole: Hole) -> &Value {
        const UNKNOWN: &Value = &Value::Unknown;
        self.values.get(hole.index()).unwrap_or(UNKNOWN)
    }

    /// Whether all of these holes (a set of [`Hole::bit`]s) are known.
    pub(crate) fn knows(&self, holes: u64) -> bool {
        Hole::ALL
            .iter()
            .all(|hole| holes & hole.bit() == 0 || matches!(self.get(*hole), Value::Known(_)))
    }

    pub(crate) fn set(&mut self, hole: Hole, value: Value) {
        if let Some(place) = self.values.get_mut(hole.index()) {
            *place = value;
        }
    }

    /// Service, region, job: from the fields, then from the URL.
    fn place(&mut self, evidence: &Evidence<'_>) {
        let target = &evidence.target;
        let input = evidence.input;
        let service = told(&input.service, "the service’s name", value::label);
        let named = |check| read(target.service.as_deref(), "the name in the URL", check);
        match target.product {
            Product::CloudFunctions => {
                let function = told(&input.service, "the function’s name", value::function);
                self.set(Hole::Function, function.or(|| named(value::function)));
                self.set(Hole::Service, service.or(|| named(value::label)));
            }
            Product::ApiGateway => self.set(Hole::Gateway, service.or(|| named(value::label))),
            _ => self.set(Hole::Service, service.or(|| named(value::label))),
        }
        let region = told(&input.region, "the region", value::region);
        self.set(
            Hole::Region,
            region.or(|| {
                read(
                    target.region.as_deref(),
                    "the region in the URL",
                    value::region,
                )
            }),
        );
        self.set(
            Hole::RunJob,
            read(target.job.as_deref(), "the job in the URL", value::label),
        );
    }

    /// Who called, from the token.
    fn identity(&mut self, credential: &Credential) {
        let email = address(credential);
        self.person =
            matches!(&email, Value::Known(email) if !email.ends_with("gserviceaccount.com"));
        self.default_account = matches!(&email, Value::Known(email)
            if email.ends_with("-compute@developer.gserviceaccount.com")
                || email.ends_with("@appspot.gserviceaccount.com"));
        let (kind, own) = if self.person {
            ("user:", Hole::YourEmail)
        } else {
            ("serviceAccount:", Hole::ServiceAccount)
        };
        match &email {
            Value::Known(_) => {
                self.set(Hole::Member, email.prefixed(kind));
                self.set(Hole::CallerEmail, email.clone());
            }
            _ if self.caller == Some(Caller::LocalUser) => {
                self.set(
                    Hole::Member,
                    Value::Standin("user:YOUR_EMAIL", Hole::YourEmail),
                );
                self.set(
                    Hole::CallerEmail,
                    Value::Standin("YOUR_EMAIL", Hole::YourEmail),
                );
            }
            _ => {
                let account = Hole::ServiceAccount;
                self.set(
                    Hole::Member,
                    Value::Standin("serviceAccount:SERVICE_ACCOUNT_EMAIL", account),
                );
                self.set(
                    Hole::CallerEmail,
                    Value::Standin("SERVICE_ACCOUNT_EMAIL", account),
                );
            }
        }
        self.set(own, email);
    }

    /// Project id and number: from the field, the URL, then the caller's e-mail.
    fn project(&mut self, evidence: &Evidence<'_>) {
        let account = self
            .known(Hole::ServiceAccount)
            .and_then(|email| email.split_once('@'));
        let (id, number) = account.map_or((None, None), |(local, domain)| owner(local, domain));
        let (id, number) = (id.map(str::to_owned), number.map(str::to_owned));
        let told = told(&evidence.input.project, "the project", value::project_id).or(|| {
            read(
                evidence.target.project.as_deref(),
                "the project in the URL",
                value::project_id,
            )
        });
        self.project_guessed = told.is_unknown() && id.is_some();
        let guess = || {
            read(
                id.as_deref(),
                "the project of the e-mail",
                value::project_id,
            )
        };
        self.set(Hole::ProjectId, told.or(guess));
        let of_the_url = evidence
            .target
            .project_number
            .as_deref()
            .or(number.as_deref());
        self.set(
            Hole::ProjectNumber,
            read(of_the_url, "the project number", value::project_number),
        );
    }

    /// The URL to call and the audience that opens the door behind it.
    fn urls(&mut self, evidence: &Evidence<'_>) {
        let target = &evidence.target;
        self.set(Hole::RequestUrl, request_url(evidence));
        let host = Value::checked(&target.origin, "the URL’s host", value::url);
        if let Value::Known(origin) = &host {
            let bare = origin.strip_prefix("https://").unwrap_or(origin);
            self.set(Hole::Host, Value::Known(bare.to_owned()));
        }
        let sent = credential_audience(&evidence.credential);
        let first = evidence
            .input
            .custom_audiences
            .iter()
            .find(|text| !text.is_empty());
        let custom = || {
            read(
                first.map(String::as_str),
                "the custom audience",
                value::audience,
            )
        };
        let audience = match self.door {
            Door::Iap => match self.known(Hole::Host) {
                Some(host) => Value::Known(["https://", host, "/*"].concat()),
                None => Value::Unknown,
            },
            Door::Api | Door::Gateway => Value::Unknown,
            Door::Function => function_url(target),
            Door::Run => match target.product {
                Product::CloudRun => Value::checked(&base(target), "the URL", value::url),
                Product::Unknown => custom().or(|| made_for_a_service(&sent, "")),
                _ => custom().or(|| made_for_a_service(&sent, ".run.app")),
            },
        };
        self.set(Hole::Audience, audience);
        self.set(Hole::TokenAudience, sent);
    }

    /// What a workload's own token tells: the repository, the Kubernetes account.
    fn workload(&mut self, credential: &Credential) {
        if credential.kind == Kind::FirebaseIdToken {
            let project = claim(credential, "aud");
            self.set(
                Hole::FirebaseProject,
                read(project.as_deref(), "the token’s `aud`", value::project_id),
            );
        }
        if credential.kind != Kind::WorkloadJwt {
            return;
        }
        let repository = claim(credential, "repository");
        self.set(
            Hole::Repository,
            read(
                repository.as_deref(),
                "the token’s `repository`",
                value::repository,
            ),
        );
        let subject = claim(credential, "sub");
        let account = subject
            .as_deref()
            .and_then(|sub| sub.strip_prefix("system:serviceaccount:"));
        if let Some((namespace, name)) = account.and_then(|account| account.split_once(':')) {
            self.set(
                Hole::Namespace,
                Value::checked(namespace, "the namespace", value::label),
            );
            self.set(
                Hole::KubernetesAccount,
                Value::checked(name, "the Kubernetes account", value::label),
            );
        }
    }
}

fn door(evidence: &Evidence<'_>) -> Door {
    if evidence.response.answered_by == Answerer::Iap {
        return Door::Iap;
    }
    match evidence.target.product {
        Product::CloudFunctions => Door::Function,
        Product::AppEngine => Door::Iap,
        Product::ApiGateway | Product::Endpoints => Door::Gateway,
        Product::GoogleApi => Door::Api,
        _ if evidence.response.answered_by == Answerer::Gateway => Door::Gateway,
        _ => Door::Run,
    }
}

/// The e-mail the token is about; of a JWT that a service account signed itself, its issuer.
fn address(credential: &Credential) -> Value {
    let twice = credential.jwt.as_ref().is_some_and(|jwt| {
        jwt.claims
            .members
            .iter()
            .any(|member| member.name == "email" && member.duplicate)
    });
    if twice {
        return Value::Refused(
            "The token’s `email` is left out: the claim stands there twice.".to_owned(),
        );
    }
    let signed_itself = matches!(
        credential.kind,
        Kind::SelfSignedJwt | Kind::TokenRequestAssertion | Kind::FirebaseCustomToken
    );
    let text =
        claim(credential, "email").or_else(|| claim(credential, "iss").filter(|_| signed_itself));
    read(text.as_deref(), "The token’s `email`", value::email)
}

/// The project a service account belongs to: its id or its number.
fn owner<'e>(local: &'e str, domain: &'e str) -> (Option<&'e str>, Option<&'e str>) {
    let number =
        |text: &'e str| Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    match domain {
        "developer.gserviceaccount.com" => (None, local.strip_suffix("-compute").and_then(number)),
        "appspot.gserviceaccount.com" => (Some(local), None),
        "cloudbuild.gserviceaccount.com" | "cloudservices.gserviceaccount.com" => {
            (None, number(local))
        }
        _ => match local.strip_prefix("service-").and_then(number) {
            // A service agent lives in a project of Google's.
            Some(digits) => (None, Some(digits)),
            None => (
                domain
                    .strip_suffix(".iam.gserviceaccount.com")
                    .filter(|id| !id.contains('.')),
                None,
            ),
        },
    }
}

/// The URL to call, without its query, which may hold a secret.
fn request_url(evidence: &Evidence<'_>) -> Value {
    const WHAT: &str = "the URL";
    let target = &evidence.target;
    let typed = evidence.input.service_url.trim();
    if typed.is_empty() && target.origin.is_empty() {
        return Value::Unknown;
    }
    let asked = if typed.is_empty() {
        target.typed.trim()
    } else {
        typed
    };
    if let Some(stray) = asked.chars().find(|c| !c.is_ascii_graphic()) {
        return Value::Refused(value::Refusal::Holds(stray).sentence(WHAT));
    }
    if target.url.is_none() {
        return Value::checked(asked, WHAT, value::url);
    }
    // A long segment of a path is more likely a secret than a resource.
    let path = if target.path.split('/').any(|segment| segment.len() > 60) {
        "/"
    } else {
        target.path.as_str()
    };
    let bare = path.is_empty() || path == "/";
    Value::checked(
        &[target.origin.as_str(), if bare { "" } else { path }].concat(),
        WHAT,
        value::url,
    )
}

/// `https://` and the host without its traffic tag: the one URL that is always an audience.
fn base(target: &Target) -> String {
    let tag = target.tag.as_deref().map(|tag| [tag, "---"].concat());
    let host = match &tag {
        Some(tag) => target
            .host
            .strip_prefix(tag.as_str())
            .unwrap_or(&target.host),
        None => &target.host,
    };
    ["https://", host].concat()
}

fn function_url(target: &Target) -> Value {
    match target.service.as_deref() {
        Some(name) => Value::checked(&[&target.origin, "/", name].concat(), "the URL", value::url),
        None => Value::Unknown,
    }
}

/// The first audience of the token.
fn credential_audience(credential: &Credential) -> Value {
    let member = credential
        .jwt
        .as_ref()
        .and_then(|jwt| jwt.claims.get("aud"));
    let first = member.and_then(|member| member.strings().into_iter().next());
    read(first.as_deref(), "The token’s `aud`", value::audience)
}

/// The token's audience where nothing better is known; a client id is no audience to ask for.
fn made_for_a_service(audience: &Value, end: &str) -> Value {
    match audience {
        Value::Known(known)
            if known.ends_with(".apps.googleusercontent.com") || !known.ends_with(end) =>
        {
            Value::Unknown
        }
        other => other.clone(),
    }
}

fn claim(credential: &Credential, name: &str) -> Option<String> {
    credential.jwt.as_ref()?.claims.text(name)
}

fn told(field: &str, what: &str, check: fn(&str) -> Result<String, value::Refusal>) -> Value {
    read(
        Some(field.trim()).filter(|field| !field.is_empty()),
        what,
        check,
    )
}

fn read(
    text: Option<&str>,
    what: &str,
    check: fn(&str) -> Result<String, value::Refusal>,
) -> Value {
    text.map_or(Value::Unknown, |text| Value::checked(text, what, check))
}
