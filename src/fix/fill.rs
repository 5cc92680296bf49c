//! What is known of a request, as values for the holes of commands and code.

use std::borrow::Cow;

use super::hole::Hole;
use super::value::{self, Value};
use crate::credential::{Credential, Identity, IdentityKind, Kind, is_oauth_client_id};
use crate::evidence::{Door, Evidence};
use crate::facts::proof::{Proof, SenderKind};
use crate::facts::{Entity, From, Mentions, Named};
use crate::input::{Caller, Input, Preset};
use crate::known::hosts::{self, Host, Sends, Source};
use crate::known::roles::{self, Resource};
use crate::target::{Product, Target};
use crate::visible::in_code;

/// The values for one request, and what decides the form of its fixes.
#[derive(Debug, Clone)]
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
    /// A command may send the person's own ID token to the called host.
    may_send_own: bool,
    /// Where the called URL comes from.
    source: Source,
    /// The called host, when it is not one of Google's.
    stranger: Option<String>,
    /// Where the role belongs, when that is narrower than the project.
    pub(crate) narrower: Option<&'static str>,
    /// What a link filled in: the holes that have it, and its words.
    linked: Vec<(u128, String)>,
    /// The permission that was refused.
    pub(crate) permission: Option<String>,
    /// Where the role that holds it is granted.
    pub(crate) resource: Option<Resource>,
    /// What was pasted, in small letters: which form of a remedy fits.
    words: Mentions,
    /// The account that nothing but an error's words tell.
    pub(crate) hearsay: Option<String>,
    /// The service agent that an audit log says called: nobody grants it a role, a perimeter's rule
    /// may name it.
    agent: Option<String>,
    /// Why no access token may be sent to the called URL, where one is known.
    no_api: Option<String>,
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
            may_send_own: true,
            source: Source::Nobody,
            stranger: None,
            narrower: None,
            linked: Vec::new(),
            permission: None,
            resource: None,
            words: Mentions::default(),
            hearsay: None,
            agent: None,
            no_api: None,
        }
    }

    /// What the evidence tells.
    pub(crate) fn from(evidence: &Evidence<'_>) -> Self {
        Self::at(evidence, known_door(evidence))
    }

    /// What the evidence tells, for a door that a cause knows better.
    pub(crate) fn at(evidence: &Evidence<'_>, door: Door) -> Self {
        let mut fill = Self::empty();
        fill.door = door;
        fill.product = evidence.target.product;
        fill.caller = evidence
            .caller
            .or_else(|| workload_caller(&evidence.credential));
        fill.place(evidence);
        fill.documents(&evidence.proof);
        fill.identity(evidence);
        fill.urls(evidence);
        fill.workload(&evidence.credential);
        fill.links(evidence.input, &evidence.target);
        fill.set(Hole::ApiName, api_name(evidence));
        fill.role(evidence);
        fill.words = evidence.words.mentions.clone();
        fill.agent = logged_agent(evidence);
        let location = evidence.words.location.as_deref();
        fill.set(
            Hole::RedirectUrl,
            read(location, "The redirect’s address", value::url),
        );
        fill.set(Hole::RegistryHost, registry_host(evidence));
        fill.names(&evidence.named);
        fill.typed(&evidence.input.values);
        fill.set(Hole::IssuedAt, Value::Known(evidence.now.to_string()));
        let expires = evidence.now.saturating_add(3600);
        fill.set(Hole::ExpiresAt, Value::Known(expires.to_string()));
        fill
    }

    /// What was typed in place of CAPITALS, where nothing better is known. The URLs are not among
    /// them: which credential one may receive is decided by the field that holds it.
    fn typed(&mut self, values: &[(String, String)]) {
        for (name, text) in values {
            let Some(hole) = Hole::named(name.as_bytes()) else {
                continue;
            };
            let Some(check) = value::check(hole) else {
                continue;
            };
            if text.trim().is_empty() || matches!(self.get(hole), Value::Known(_)) {
                continue;
            }
            let value = Value::checked(text.trim(), name, check);
            // The same account as a member of a policy.
            let kind = match hole {
                Hole::ServiceAccount => "serviceAccount:",
                Hole::YourEmail => "user:",
                _ => "",
            };
            for (whole, prefix) in [(Hole::Member, kind), (Hole::CallerEmail, "")] {
                let stands_in =
                    matches!(self.get(whole), Value::Standin(_, inner) if *inner == hole);
                if stands_in && matches!(value, Value::Known(_)) {
                    self.set(whole, value.prefixed(prefix));
                }
            }
            self.set(hole, value);
        }
    }

    /// The names in the paste, where nothing better is known.
    fn names(&mut self, named: &Named) {
        let job = if self.caller == Some(Caller::CloudScheduler) {
            Hole::SchedulerJob
        } else {
            Hole::RunJob
        };
        let holes: &[(Entity, Hole, value::Check)] = &[
            (Entity::Service, Hole::Service, value::label),
            (Entity::Service, Hole::Function, value::function),
            (Entity::Region, Hole::Region, value::region),
            (Entity::Region, Hole::Location, value::region),
            (Entity::Project, Hole::ProjectId, value::project_id),
            (
                Entity::ProjectNumber,
                Hole::ProjectNumber,
                value::project_number,
            ),
            (Entity::Job, job, value::name),
            (Entity::Queue, Hole::Queue, value::name),
            (Entity::Subscription, Hole::Subscription, value::name),
            (Entity::Topic, Hole::Topic, value::name),
            (Entity::Pool, Hole::Pool, value::name),
            (Entity::Provider, Hole::Provider, value::name),
            (Entity::Bucket, Hole::Bucket, value::name),
            (Entity::Secret, Hole::Secret, value::name),
            (Entity::Dataset, Hole::Dataset, value::name),
            (Entity::Cluster, Hole::Cluster, value::name),
            (Entity::Repository, Hole::ImageRepository, value::name),
            (Entity::Repository, Hole::Repository, value::repository),
            (Entity::Instance, Hole::Vm, value::name),
            (Entity::Zone, Hole::Zone, value::name),
            (Entity::Constraint, Hole::Constraint, value::constraint),
            (Entity::Path, Hole::CredentialFile, value::path),
            (Entity::Variable, Hole::Variable, value::variable),
            (Entity::Api, Hole::ApiName, value::api),
            (Entity::Issuer, Hole::Issuer, value::url),
            (Entity::KeyId, Hole::KeyId, value::name),
            (Entity::Scope, Hole::Scope, value::url),
            (Entity::KeyRing, Hole::KeyRing, value::name),
            (Entity::CryptoKey, Hole::CryptoKey, value::name),
            (Entity::Database, Hole::Database, value::name),
            (Entity::Instance, Hole::DatabaseInstance, value::name),
        ];
        for &(entity, hole, check) in holes {
            let known = named
                .all(entity)
                .filter_map(|known| Some((known.from, check(&known.value).ok()?)))
                .min_by_key(|(from, _)| *from)
                .map(|(_, text)| text);
            if let (Value::Unknown, Some(known)) = (self.get(hole), known) {
                self.set(hole, Value::Known(known));
            }
        }
        // What something is done to may be told by anybody; who does it, not.
        let caller = self.known(Hole::CallerEmail);
        let target = named
            .all(Entity::Account)
            .filter(|known| Some(known.value.as_str()) != caller)
            .find_map(|known| value::service_account(&known.value).ok());
        if let Some(target) = target {
            self.set(Hole::TargetAccount, Value::Known(target));
        }
    }

    /// The same at a Google API's door, where a permission is what is asked for.
    pub(crate) fn at_api(&self) -> Self {
        let mut at_api = self.clone();
        at_api.door = Door::Api;
        at_api
    }

    /// The same for a role that a remedy knows, on a resource of this kind.
    pub(crate) fn for_role(&self, role: &'static str, resource: Resource) -> Self {
        let mut fill = self.at_api();
        fill.set(Hole::Role, Value::Known(role.to_owned()));
        fill.resource = Some(resource);
        fill
    }

    /// The same for another member than the caller: a service agent, whose address has the
    /// project’s number.
    pub(crate) fn for_member(&self, member: &'static str) -> Self {
        let mut fill = self.clone();
        let value = match self.known(Hole::ProjectNumber) {
            Some(number) => Value::Known(member.replace("PROJECT_NUMBER", number)),
            None => Value::Standin(member, Hole::ProjectNumber),
        };
        let (_, email) = member.split_once(':').unwrap_or(("", member));
        let email = match self.known(Hole::ProjectNumber) {
            Some(number) => Value::Known(email.replace("PROJECT_NUMBER", number)),
            None => Value::Standin(email, Hole::ProjectNumber),
        };
        fill.set(Hole::Member, value);
        fill.set(Hole::CallerEmail, email);
        fill.hearsay = None;
        fill.default_account = false;
        fill
    }

    /// The same for the service agent that the log names, where it was one that called.
    pub(crate) fn for_agent(&self) -> Cow<'_, Self> {
        let Some(agent) = &self.agent else {
            return Cow::Borrowed(self);
        };
        let mut fill = self.clone();
        fill.set(
            Hole::Member,
            Value::Known(format!("serviceAccount:{agent}")),
        );
        fill.set(Hole::CallerEmail, Value::Known(agent.clone()));
        Cow::Owned(fill)
    }

    /// The same behind IAP, which has an audience of its own.
    pub(crate) fn behind_iap(&self) -> Self {
        let mut fill = self.clone();
        if fill.door != Door::Iap {
            fill.door = Door::Iap;
            let client = match self.get(Hole::OauthClientId) {
                Value::Unknown => Value::Standin("OAUTH_CLIENT_ID", Hole::OauthClientId),
                client => client.clone(),
            };
            fill.set(Hole::Audience, client);
        }
        fill
    }

    /// Whether the paste has one of these words, given in small letters.
    pub(crate) fn mentions(&self, words: &[&str]) -> bool {
        self.words.any(words)
    }

    /// The same for a command that changes something, which no guess may aim.
    pub(crate) fn for_changes(&self) -> Cow<'_, Self> {
        if !self.project_guessed {
            return Cow::Borrowed(self);
        }
        let mut sure = self.clone();
        sure.set(Hole::ProjectId, Value::Unknown);
        sure.project_guessed = false;
        Cow::Owned(sure)
    }

    /// What to know of the account before anything is granted to it.
    pub(crate) fn doubts(&self) -> Option<String> {
        let Some(email) = self.known(Hole::Member).and_then(|member| {
            let (_, email) = member.split_once(':')?;
            email.contains('@').then_some(email)
        }) else {
            // Where something is done to an account, the error names that one.
            let target = self.known(Hole::TargetAccount);
            let named = self.hearsay.as_deref().filter(|named| {
                self.resource != Some(Resource::ServiceAccount) || Some(*named) != target
            })?;
            return Some(format!(
                "The account is `{named}` as the error tells it. Fill it in only if you know it to be the caller."
            ));
        };
        let identity = Identity::from_email(email);
        let (theirs, ours) = (identity.project()?, self.sure_project()?);
        if theirs == ours || ours.bytes().all(|byte| byte.is_ascii_digit()) {
            None
        } else if hosts::is_near(theirs, ours, 2) {
            Some(format!(
                "`{theirs}`, the project of the account, is not `{ours}`, though it reads like it."
            ))
        } else {
            Some(format!(
                "The account belongs to another project, `{theirs}`: make sure that it is one you trust."
            ))
        }
    }

    fn sure_project(&self) -> Option<&str> {
        self.known(Hole::ProjectId)
            .filter(|_| !self.project_guessed)
    }

    /// The same at a door that a message names.
    pub(crate) fn at_door(&self, door: Door) -> Self {
        Self {
            door,
            ..self.clone()
        }
    }

    /// The same for a job of Cloud Run, which an API runs.
    pub(crate) fn at_job(&self) -> Self {
        let mut fill = self.at_door(Door::Api);
        if matches!(fill.get(Hole::RunJob), Value::Unknown) {
            fill.set(Hole::RunJob, Value::Standin("RUN_JOB", Hole::RunJob));
        }
        if matches!(fill.get(Hole::Role), Value::Unknown) {
            fill.set(Hole::Role, Value::Known("run.invoker".to_owned()));
        }
        fill
    }

    /// The same for this caller.
    pub(crate) fn as_caller(&self, caller: Caller) -> Self {
        Self {
            caller: Some(caller),
            ..self.clone()
        }
    }

    /// The same for a job, task, subscription, trigger or workflow: this one where nobody told.
    pub(crate) fn for_caller(&self, usual: Caller) -> Self {
        match self.caller {
            Some(caller) if caller.delivers() || caller == Caller::Workflows => self.clone(),
            _ => {
                let mut fill = self.as_caller(usual);
                // The job that a message names is the one that calls.
                if let (Value::Unknown, None, Value::Known(job)) = (
                    self.get(Hole::SchedulerJob),
                    self.caller,
                    self.get(Hole::RunJob),
                ) {
                    fill.set(Hole::SchedulerJob, Value::Known(job.clone()));
                }
                fill
            }
        }
    }

    /// The same, but for another account than the one that called.
    pub(crate) fn for_another_account(&self) -> Self {
        let mut other = self.clone();
        other.set(Hole::ServiceAccount, Value::Unknown);
        other
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
    pub(crate) fn knows(&self, holes: u128) -> bool {
        Hole::ALL
            .iter()
            .all(|hole| holes & hole.bit() == 0 || matches!(self.get(*hole), Value::Known(_)))
    }

    pub(crate) fn set(&mut self, hole: Hole, value: Value) {
        if let Some(place) = self.values.get_mut(hole.index()) {
            *place = value;
        }
    }

    /// Notes what a link filled in, and not the person.
    fn links(&mut self, input: &Input, target: &Target) {
        const URLS: u128 = Hole::RequestUrl.bit()
            | Hole::OwnUrl.bit()
            | Hole::ApiUrl.bit()
            | Hole::AppUrl.bit()
            | Hole::HostUrl.bit()
            | Hole::BareUrl.bit()
            | Hole::Host.bit();
        let preset = input.preset;
        if preset == Preset::default() {
            return;
        }
        // What the URL tells besides: service, region, project, audience.
        let mut by_url = URLS | Hole::Audience.bit();
        for (told, holes) in [
            (
                &input.service,
                Hole::Service.bit() | Hole::Function.bit() | Hole::Gateway.bit(),
            ),
            (&input.region, Hole::Region.bit()),
            (&input.project, Hole::ProjectId.bit()),
        ] {
            if told.trim().is_empty() {
                by_url |= holes;
            }
        }
        let linked_url = self.source == Source::Link;
        let custom = input.custom_audiences.first().map_or("", String::as_str);
        let fields = [
            (linked_url, by_url, "the URL", target.origin.as_str()),
            (
                preset.custom_audiences,
                Hole::Audience.bit(),
                "the audience",
                custom,
            ),
            (
                preset.service,
                Hole::Service.bit() | Hole::Function.bit() | Hole::Gateway.bit(),
                "the service",
                &input.service,
            ),
            (
                preset.region,
                Hole::Region.bit(),
                "the region",
                &input.region,
            ),
            (
                preset.project,
                Hole::ProjectId.bit(),
                "the project",
                &input.project,
            ),
        ];
        for (linked, holes, what, value) in fields {
            if linked && !value.trim().is_empty() {
                self.linked
                    .push((holes, format!("{what} `{}`", in_code(value.trim()))));
            }
        }
    }

    /// What a link filled in of a text with these holes.
    pub(crate) fn linked(&self, used: u128) -> Option<String> {
        let known = |holes: u128| {
            Hole::ALL.iter().any(|hole| {
                holes & used & hole.bit() != 0 && matches!(self.get(*hole), Value::Known(_))
            })
        };
        let words: Vec<&str> = self
            .linked
            .iter()
            .filter(|(holes, _)| known(*holes))
            .map(|(_, words)| words.as_str())
            .collect();
        (!words.is_empty()).then(|| {
            format!(
                "Filled in by the link or page that you opened, not by you: {}. Make sure that it is yours.",
                words.join(", ")
            )
        })
    }

    /// The role that holds the permission that the answer names. One that opens much more is left
    /// to the reader: an answer talks nobody into it.
    fn role(&mut self, evidence: &Evidence<'_>) {
        let at_job = self.known(Hole::RunJob).is_some();
        let named = evidence.words.permission.as_deref().or_else(|| {
            let mut all = evidence.named.all(Entity::Permission);
            all.find(|known| known.value != "run.routes.invoke")
                .map(|known| known.value.as_str())
        });
        let named = named.filter(|named| value::name(named).is_ok());
        self.permission = named.map(str::to_owned);
        if let Some(named) = named {
            self.set(Hole::Permission, Value::Known(named.to_owned()));
        }
        let role = match named {
            Some(named) => roles::holding(named),
            None if at_job => roles::holding("run.jobs.run"),
            None => None,
        };
        let Some(role) = role else { return };
        self.resource = Some(role.resource);
        self.narrower = role.resource.advice();
        let value = match roles::warning(role.name) {
            None => Value::Known(role.name.to_owned()),
            Some(why) => Value::Refused(format!(
                "The role is left out: `roles/{}` holds the permission, and it {why}.",
                role.name
            )),
        };
        self.set(Hole::Role, value);
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

    /// What the documents tell of the called service, and of who calls.
    fn documents(&mut self, proof: &Proof) {
        let place = &proof.place;
        let sender = proof.sender.as_ref();
        let region = sender.and_then(|sender| sender.region.as_deref());
        let name = |kind| {
            sender
                .filter(|sender| sender.kind == kind)
                .and_then(|sender| sender.name.as_deref())
        };
        let runtime = match proof.runtimes.as_slice() {
            [one] => Some(one),
            _ => None,
        };
        let account = sender.and_then(|sender| sender.account.as_deref());
        let known: [(Hole, Option<&str>, value::Check); 12] = [
            (Hole::Service, place.name.as_deref(), value::label),
            (Hole::Region, place.region.as_deref(), value::region),
            (Hole::Location, region, value::region),
            (Hole::SchedulerJob, name(SenderKind::Scheduler), value::name),
            (Hole::Subscription, name(SenderKind::PubSub), value::name),
            (Hole::Trigger, name(SenderKind::Eventarc), value::name),
            (Hole::Workflow, name(SenderKind::Workflows), value::name),
            (
                Hole::Queue,
                sender.and_then(|sender| sender.queue.as_deref()),
                value::name,
            ),
            (
                Hole::CallingService,
                runtime.map(|runtime| runtime.name.as_str()),
                value::label,
            ),
            (
                Hole::Location,
                runtime.and_then(|runtime| runtime.region.as_deref()),
                value::region,
            ),
            (Hole::ServiceAccount, account, value::service_account),
            (Hole::YourEmail, proof.active.as_deref(), value::email),
        ];
        for (hole, text, check) in known {
            if let (Value::Unknown, Some(text)) = (self.get(hole), text)
                && let Ok(text) = check(text)
            {
                self.set(hole, Value::Known(text));
            }
        }
    }

    /// Who called, from the token, and the project that account belongs to.
    fn identity(&mut self, evidence: &Evidence<'_>) {
        let key = evidence.credential.key_id.as_deref();
        self.set(Hole::KeyId, read(key, "the key’s id", value::name));
        let email = address(&evidence.credential)
            .or(|| {
                read(
                    evidence.proof.account.as_deref(),
                    "the account in the description",
                    value::email,
                )
            })
            .or(|| logged_account(evidence));
        let Value::Known(known) = &email else {
            self.nobody(evidence, email);
            return;
        };
        let identity = Identity::from_email(known);
        self.person = identity.kind == IdentityKind::User;
        self.default_account = matches!(
            identity.kind,
            IdentityKind::DefaultCompute { .. } | IdentityKind::AppEngineDefault { .. }
        );
        let (kind, own) = if self.person {
            ("user:", Hole::YourEmail)
        } else {
            ("serviceAccount:", Hole::ServiceAccount)
        };
        self.set(Hole::Member, email.prefixed(kind));
        self.set(Hole::CallerEmail, email.clone());
        self.set(own, email);
        self.project(evidence, Some(&identity));
    }

    /// No token, log or field tells who called. An account that an error's words name may be
    /// looked at and impersonated, but whoever wrote the words does not choose who is let in.
    fn nobody(&mut self, evidence: &Evidence<'_>, email: Value) {
        let person = named_person(evidence);
        // gcloud says of itself that a person ran it.
        let by_person = person
            .as_deref()
            .is_some_and(|email| Identity::from_email(email).kind == IdentityKind::User);
        let (member, caller, open) = if by_person || self.caller == Some(Caller::LocalUser) {
            ("user:YOUR_EMAIL", "YOUR_EMAIL", Hole::YourEmail)
        } else {
            (
                "serviceAccount:SERVICE_ACCOUNT_EMAIL",
                "SERVICE_ACCOUNT_EMAIL",
                Hole::ServiceAccount,
            )
        };
        self.project(evidence, None);
        let named = named_account(evidence);
        self.hearsay = person.or_else(|| named.text().map(str::to_owned));
        match federated(evidence) {
            Some(principal) => {
                self.set(Hole::Member, Value::Known(principal.clone()));
                self.set(Hole::CallerEmail, Value::Known(principal));
            }
            None => {
                self.set(Hole::Member, Value::Standin(member, open));
                self.set(Hole::CallerEmail, Value::Standin(caller, open));
            }
        }
        self.set(open, email.clone());
        self.set(Hole::ServiceAccount, email.or(|| named));
    }

    /// Project id and number: from the field, the URL, then, for commands that only look, the
    /// caller's account.
    fn project(&mut self, evidence: &Evidence<'_>, account: Option<&Identity>) {
        let target = &evidence.target;
        let guess = account.and_then(Identity::project);
        let number = target.project_number.as_deref();
        let told = told(&evidence.input.project, "the project", value::project_id)
            .or(|| {
                let id = target.project.as_deref();
                read(id, "the project in the URL", value::project_id)
            })
            .or(|| {
                let id = evidence.proof.place.project.as_deref();
                read(id, "the project in the description", value::project_id)
            })
            // gcloud takes a project's number wherever it takes its id; a cluster's pool of
            // identities has the id alone in its name.
            .or(|| {
                let number = number.filter(|_| self.caller != Some(Caller::Gke));
                read(number, "the project number", value::project_number)
            });
        self.project_guessed = told.is_unknown() && guess.is_some();
        self.set(
            Hole::ProjectId,
            told.or(|| read(guess, "the project of the e-mail", value::project_id)),
        );
        let number = number
            .or(evidence.proof.place.number.as_deref())
            .or_else(|| account.and_then(Identity::project_number));
        self.set(
            Hole::ProjectNumber,
            read(number, "the project number", value::project_number),
        );
    }

    /// The URL to call and the audience that opens the door behind it.
    fn urls(&mut self, evidence: &Evidence<'_>) {
        let target = &evidence.target;
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
            // The URL that a self-signed JWT is made for stands in the templates.
            Door::Iap => {
                iap_client(evidence).or(|| Value::Standin("OAUTH_CLIENT_ID", Hole::OauthClientId))
            }
            Door::Api | Door::Gateway => Value::Unknown,
            Door::Function => read(target.function_url().as_deref(), "the URL", value::url),
            _ => match target.product {
                Product::CloudRun => match &evidence.proof.elsewhere {
                    Some((_, url)) if evidence.proof.absent => {
                        Value::checked(url, "the URL", value::url)
                    }
                    _ => Value::checked(&target.service_url(), "the URL", value::url),
                },
                _ if described_url(evidence).is_some() => {
                    read(described_url(evidence), "the service’s URL", value::url)
                }
                Product::Unknown => custom()
                    .or(|| verifiers_audience(evidence))
                    .or(|| made_for_a_service(&sent, "")),
                _ => custom().or(|| made_for_a_service(&sent, ".run.app")),
            },
        };
        self.set(Hole::OauthClientId, iap_client(evidence));
        self.set(Hole::Audience, audience);
        self.set(Hole::TokenAudience, sent);
        self.receivers(evidence);
    }

    /// The called URL, in the hole of each credential that its host may receive.
    fn receivers(&mut self, evidence: &Evidence<'_>) {
        let target = &evidence.target;
        let url = request_url(evidence);
        let host = Host {
            name: &target.host,
            plain: !target.odd && target.origin.len() == "https://".len() + target.host.len(),
            source: evidence.url_source(),
        };
        let audience = match self.get(Hole::Audience) {
            Value::Known(audience) => Some(audience.clone()),
            _ => None,
        };
        let name = in_code(&target.host);
        let gate = |credential, why: fn(&str) -> String| match &url {
            Value::Known(_) if !host.may_receive(credential) => {
                Value::Refused(["The URL is left out: ", &why(&name)].concat())
            }
            url => url.clone(),
        };
        let account = gate(Sends::Account(audience.as_deref()), |name| {
            format!(
                "the token is not made for `{name}` alone, so whoever answers there could use it elsewhere."
            )
        });
        let own = gate(Sends::Own, |name| {
            format!(
                "your own token is good at every service that you may call, and `{name}` was not typed by you as the URL of a service of yours."
            )
        });
        let access = gate(Sends::Access, |name| {
            format!("`{name}` is no host of Google’s APIs, so no access token may be sent there.")
        });
        let user = gate(Sends::User, |name| {
            format!(
                "it would receive your users’ sign-ins, and `{name}` was not typed by you as the URL of a service of yours."
            )
        });
        self.may_send_own = url.is_unknown() || matches!(own, Value::Known(_));
        self.source = host.source;
        self.stranger = (!url.is_unknown() && !host.is_googles()).then(|| name.into_owned());
        self.set(Hole::RequestUrl, account);
        self.set(Hole::OwnUrl, own);
        let any_api = Value::Standin("https://API.googleapis.com/API_PATH", Hole::ApiPath);
        self.no_api = match &access {
            Value::Refused(why) => Some(why.clone()),
            _ => None,
        };
        self.set(
            Hole::ApiUrl,
            if matches!(access, Value::Known(_)) {
                access
            } else {
                any_api
            },
        );
        self.set(Hole::AppUrl, user);
        self.set(
            Hole::HostUrl,
            if host.plain {
                url.clone()
            } else {
                Value::Unknown
            },
        );
        self.set(Hole::BareUrl, url);
    }

    /// Whether a command may send the person's own ID token to the called host.
    pub(crate) const fn may_send_own(&self) -> bool {
        self.may_send_own
    }

    /// The called host is not one of Google's.
    pub(crate) const fn host_is_a_strangers(&self) -> bool {
        self.stranger.is_some()
    }

    /// The URL was not typed by the person: it stood in what was pasted, or in a link.
    pub(crate) const fn url_was_found(&self) -> bool {
        matches!(self.source, Source::Pasted | Source::Link)
    }

    /// To whom a text with these holes sends its token, or must not, where that is not Google.
    pub(crate) fn receiver(&self, used: u128) -> Option<String> {
        const SENT: &[Hole] = &[Hole::RequestUrl, Hole::HostUrl];
        if let (Some(why), true) = (&self.no_api, used & Hole::ApiUrl.bit() != 0) {
            return Some(why.clone());
        }
        let host = self.stranger.as_ref()?;
        SENT.iter()
            .any(|hole| used & hole.bit() != 0 && matches!(self.get(*hole), Value::Known(_)))
            .then(|| format!("The token goes to `{host}`, which is no host of Google’s; it is made for that host alone."))
    }

    /// What a workload's own token tells: the repository, the Kubernetes account.
    fn workload(&mut self, credential: &Credential) {
        if credential.kind == Kind::FirebaseIdToken {
            let project = credential.claim_text("aud");
            self.set(
                Hole::FirebaseProject,
                read(project.as_deref(), "the token’s `aud`", value::project_id),
            );
        }
        if credential.kind != Kind::WorkloadJwt {
            return;
        }
        let repository = credential.claim_text("repository");
        self.set(
            Hole::Repository,
            read(
                repository.as_deref(),
                "the token’s `repository`",
                value::repository,
            ),
        );
        let subject = credential.subject();
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

/// The URL of the called service, as its description tells it.
fn described_url<'e>(evidence: &'e Evidence<'_>) -> Option<&'e str> {
    evidence.proof.service.as_ref()?.what.url.as_deref()
}

/// The API that is switched off, by the link that the answer gives to switch it on; a gateway
/// names its own, which callers with an API key must have switched on.
fn api_name(evidence: &Evidence<'_>) -> Value {
    read(evidence.words.api.as_deref(), "the API’s name", value::api)
}

/// The container registry that the error names with the image.
fn registry_host(evidence: &Evidence<'_>) -> Value {
    let mut hosts = evidence.words.hosts.iter().map(String::as_str);
    let host = hosts.find(|host| value::registry(host).is_ok());
    read(host, "the registry’s name", value::registry)
}

/// The doors that fixes know. Before an App Engine application only IAP can ask for a token;
/// what is not known is taken for Cloud Run, which most requests go to.
fn known_door(evidence: &Evidence<'_>) -> Door {
    match evidence.door {
        door @ (Door::Run | Door::Function | Door::Iap | Door::Gateway | Door::Api) => door,
        _ if evidence.target.product == Product::AppEngine => Door::Iap,
        _ => Door::Run,
    }
}

/// Who calls, by a workload's own token.
fn workload_caller(credential: &Credential) -> Option<Caller> {
    if credential.kind != Kind::WorkloadJwt {
        return None;
    }
    if credential.claim("repository").is_some() {
        return Some(Caller::GithubActions);
    }
    let subject = credential.subject()?;
    subject
        .starts_with("system:serviceaccount:")
        .then_some(Caller::Gke)
}

/// Callers whose tokens Google makes and signs: they can name an audience and nothing else.
pub(crate) fn sends_google_tokens(caller: Option<Caller>) -> bool {
    matches!(
        caller,
        Some(
            Caller::CloudScheduler
                | Caller::CloudTasks
                | Caller::PubsubPush
                | Caller::Workflows
                | Caller::GithubActions
        )
    )
}

/// The OAuth client that IAP says it expects as audience.
fn iap_client(evidence: &Evidence<'_>) -> Value {
    let client = evidence.words.iap_audience.as_deref();
    let named = || {
        let wanted = evidence.named.all(Entity::AudienceWanted);
        wanted
            .map(|known| known.value.as_str())
            .find(|wanted| is_oauth_client_id(wanted))
    };
    let client = client
        .filter(|client| is_oauth_client_id(client))
        .or_else(named);
    read(client, "the OAuth client in the answer", value::audience)
}

/// The e-mail the token is about; of a JWT that a service account signed itself, its issuer.
fn address(credential: &Credential) -> Value {
    let twice = credential
        .claim("email")
        .is_some_and(|email| email.duplicate);
    if twice {
        return Value::Refused(
            "The token’s `email` is left out: the claim stands there twice.".to_owned(),
        );
    }
    let signed_itself = matches!(
        credential.kind,
        Kind::SelfSignedJwt | Kind::TokenRequestAssertion | Kind::FirebaseCustomToken
    );
    let text = credential
        .email()
        .or_else(|| credential.issuer().filter(|_| signed_itself))
        .or_else(|| credential.account.clone());
    read(text.as_deref(), "The token’s `email`", value::email)
}

/// Who called, as an audit log's entry tells.
fn logged_account(evidence: &Evidence<'_>) -> Value {
    let email = evidence.words.principal_email.as_deref();
    email
        .filter(|email| !Identity::from_email(email).is_google())
        .and_then(|email| value::email(email).ok())
        .map_or(Value::Unknown, Value::Known)
}

/// The service agent that called, as an audit log's entry tells.
fn logged_agent(evidence: &Evidence<'_>) -> Option<String> {
    let email = evidence.words.principal_email.as_deref()?;
    Identity::from_email(email)
        .is_google()
        .then(|| value::email(email).ok())?
}

/// The federated principal that a log says called: a workload or person of another issuer.
fn federated(evidence: &Evidence<'_>) -> Option<String> {
    let mut principals = evidence.named.all(Entity::Principal);
    let logged = principals.find(|known| matches!(known.from, From::Log(_)))?;
    value::principal(&logged.value).ok()
}

/// The person that gcloud says it acts as.
fn named_person(evidence: &Evidence<'_>) -> Option<String> {
    value::email(evidence.words.authenticated_as.as_deref()?).ok()
}

/// The service account that an error or an IAM Credentials URL names.
fn named_account(evidence: &Evidence<'_>) -> Value {
    evidence
        .words
        .service_accounts
        .iter()
        .filter(|word| !Identity::from_email(word).is_google())
        .find_map(|word| value::service_account(word).ok())
        .map_or(Value::Unknown, Value::Known)
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
    // A long segment of a path is more likely a secret than a resource, and an e-mail is a person.
    let path = if target.path.split('/').any(|segment| segment.len() > 60)
        || target.people().next().is_some()
    {
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

/// The audience that the service's verifier says it wants.
fn verifiers_audience(evidence: &Evidence<'_>) -> Value {
    let words = &evidence.words;
    // A Firebase project is no audience that Google's ID tokens are made for.
    let expected = words
        .audience_expected
        .as_deref()
        .filter(|_| words.firebase_project.is_none());
    read(expected, "the verifier’s audience", value::audience)
}

/// The first audience of the token.
fn credential_audience(credential: &Credential) -> Value {
    let audience = credential.audience();
    read(audience.iter().next(), "The token’s `aud`", value::audience)
}

/// The token's audience where nothing better is known; a client id is no audience to ask for.
fn made_for_a_service(audience: &Value, end: &str) -> Value {
    match audience {
        Value::Known(known) if is_oauth_client_id(known) || !known.ends_with(end) => Value::Unknown,
        other => other.clone(),
    }
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
