//! What the documents say of this call: of the called service, its policy, who calls and how.
//!
//! Every document is matched to the call by name, region, project and URL. One of another service,
//! project or region is not taken for the called one: it is said so, in [`Proof::asides`].

mod admission;
mod called;
mod sender;

pub(crate) use admission::{Admission, Lack, Outcome};
pub(crate) use called::Place;
pub(crate) use sender::{Sender, SenderKind};

use super::{Entity, From, Named};
use crate::credential::{Audience, Credential, IdentityKind, Kind};
use crate::document::{
    Accounts, Document, End, Function, KeySet, OrgPolicy, Part, Policy, Provider, ResourceKind,
    RunService, ServiceAccount, Unreadable, Why,
};
use crate::input::{Caller, Input};
use crate::target::{Acceptance, Judgement, Product, Target};

/// A document's content, and how far it is to be trusted.
#[derive(Debug, Clone)]
pub(crate) struct Seen<T> {
    pub(crate) what: T,
    /// Its output's place among the outputs.
    pub(crate) at: usize,
    /// Its end was seen: what it does not show is not there.
    pub(crate) whole: bool,
    /// The last text, where the end was not seen: it may be cut short.
    unsure: Option<String>,
}

impl<T> Seen<T> {
    /// Whether a text of it is whole.
    pub(crate) fn is_sure(&self, text: &str) -> bool {
        self.unsure
            .as_deref()
            .is_none_or(|unsure| !unsure.contains(text) && !text.contains(unsure))
    }

    fn with<U>(&self, what: U) -> Seen<U> {
        Seen {
            what,
            at: self.at,
            whole: self.whole,
            unsure: self.unsure.clone(),
        }
    }
}

/// A service or function that is not the called one, and the account it runs as.
#[derive(Debug, Clone)]
pub(crate) struct Runtime {
    pub(crate) name: String,
    pub(crate) region: Option<String>,
    pub(crate) account: String,
}

/// What the documents say of this call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Proof {
    /// Where the call goes, as far as the request and the documents tell.
    pub(crate) place: Place,
    /// The called service, described.
    pub(crate) service: Option<Seen<RunService>>,
    /// The called function, described.
    pub(crate) function: Option<Seen<Function>>,
    /// The job, task, subscription, trigger or workflow that calls.
    pub(crate) sender: Option<Sender>,
    /// The account that calls, where a document tells it.
    pub(crate) account: Option<String>,
    /// Other services, and the accounts they run as: one of them may be the caller.
    pub(crate) runtimes: Vec<Runtime>,
    /// Whether the caller may enter.
    pub(crate) admission: Option<Admission>,
    pub(crate) provider: Option<Seen<Provider>>,
    /// Policies of service accounts: who may act as them.
    pub(crate) account_policies: Vec<(String, Seen<Policy>)>,
    pub(crate) accounts: Vec<Seen<ServiceAccount>>,
    /// The accounts that a command did not find.
    pub(crate) absent_accounts: Vec<String>,
    /// Who is signed in to gcloud.
    pub(crate) active: Option<String>,
    pub(crate) org_policies: Vec<Seen<OrgPolicy>>,
    pub(crate) keys: Vec<Seen<KeySet>>,
    /// The same name in another region, with its URL: the service may have moved there.
    pub(crate) elsewhere: Option<(String, String)>,
    /// A command looked for the called service where the call goes, and found none; or the whole
    /// list of services does not hold it.
    pub(crate) absent: bool,
    /// Lines that the called service itself wrote.
    pub(crate) app_lines: usize,
    /// What is said of documents that are not used, one sentence each.
    pub(crate) asides: Vec<String>,
}

/// What a proof is read against.
pub(crate) struct Call<'c> {
    pub(crate) input: &'c Input,
    pub(crate) target: &'c Target,
    pub(crate) credential: &'c Credential,
    pub(crate) named: &'c Named,
    pub(crate) caller: Option<Caller>,
    /// The refusal names an account.
    pub(crate) now: i64,
    /// IAP answers before the service.
    pub(crate) by_iap: bool,
}

impl Proof {
    /// Matches the documents to the call.
    pub(crate) fn of(parts: &[Part], call: &Call<'_>) -> Self {
        if parts.is_empty() {
            return Self::default();
        }
        let documents = all(parts);
        let mut proof = Self {
            place: Place::of(call, &documents),
            ..Self::default()
        };
        for seen in &documents {
            proof.take(seen, parts);
        }
        called::find(&mut proof, &documents, parts);
        proof.sender = sender::find(&documents, call, &mut proof.asides);
        let sent = call.credential.email().or_else(|| {
            let signs_itself = call.credential.kind == Kind::SelfSignedJwt;
            call.credential.issuer().filter(|_| signs_itself)
        });
        proof.account = proof.sender.as_ref().and_then(|sender| sender.account.clone());
        if proof.account.is_none() && sent.is_none() {
            proof.account = proof.only_runtime(call);
        }
        let account = sent
            .or_else(|| proof.account.clone())
            .or_else(|| call.named.text(Entity::Account).map(str::to_owned));
        proof.admission = admission::find(&proof, &documents, parts, account.as_deref(), call);
        proof
    }

    /// What needs no match, or only the name of the thing itself.
    fn take(&mut self, seen: &Seen<&Document>, parts: &[Part]) {
        let origin = parts.get(seen.at).and_then(|part| part.origin.as_ref());
        match seen.what {
            Document::Provider(provider) => self.provider = Some(seen.with(provider.clone())),
            Document::ServiceAccount(account) => self.accounts.push(seen.with(account.clone())),
            Document::OrgPolicy(policy) => self.org_policies.push(seen.with(policy.clone())),
            Document::KeySet(keys) => self.keys.push(seen.with(keys.clone())),
            Document::Accounts(Accounts { active: Some(active), .. }) if seen.is_sure(active) => {
                self.active = Some(active.clone());
            }
            Document::Config(config) if self.active.is_none() => {
                self.active = config.account.clone().filter(|account| seen.is_sure(account));
            }
            Document::Policy(policy) => {
                let on = policy.on.as_ref().filter(|on| on.kind == ResourceKind::ServiceAccount);
                if let Some(name) = on.and_then(|on| on.name.clone()) {
                    self.account_policies.push((name, seen.with(policy.clone())));
                }
            }
            Document::Unreadable(Unreadable { reason: Why::NotFound, .. }) => {
                let name = origin.and_then(|origin| origin.name.clone());
                if let Some(name) = name.filter(|name| name.contains('@')) {
                    self.absent_accounts.push(name);
                }
            }
            _ => {}
        }
    }

    /// The account of the one other service that was described, when a service calls.
    fn only_runtime(&self, call: &Call<'_>) -> Option<String> {
        let calls = matches!(call.caller, Some(Caller::CloudRun | Caller::CloudFunctions));
        match self.runtimes.as_slice() {
            [one] if calls => Some(one.account.clone()),
            _ => None,
        }
    }

    /// The invoker check of the called service is switched off.
    pub(crate) fn is_unchecked(&self) -> bool {
        self.service
            .as_ref()
            .is_some_and(|service| service.what.invoker_check == Some(false))
    }

    /// The audience that is sent, as the sender's description tells it.
    pub(crate) fn sent_audience(&self) -> Option<String> {
        self.sender.as_ref()?.audience()
    }

    /// What the called service's description makes of an audience.
    pub(crate) fn judge(&self, mut judgement: Judgement, target: &Target) -> Judgement {
        let Some(service) = &self.service else {
            return judgement;
        };
        let described = &service.what;
        if let Some(url) = &described.url
            && judgement.accepted.is_empty()
        {
            judgement.accepted.clone_from(url);
            judgement.differs_at = crate::target::differs_at(&judgement.sent, url);
        }
        let is = |text: &String| *text == judgement.sent && service.is_sure(text);
        let custom = described.custom_audiences.as_deref().unwrap_or_default();
        if custom.iter().any(is) {
            judgement.acceptance = Acceptance::Accepted;
            "The service’s description names it among the custom audiences.".clone_into(&mut judgement.words);
        } else if described.urls.iter().any(is) {
            judgement.acceptance = Acceptance::Accepted;
            "The service’s description names it among its URLs.".clone_into(&mut judgement.words);
        } else if let Acceptance::RefusedUnlessCustom(why) = judgement.acceptance
            && service.whole
            && described.custom_audiences.is_some()
        {
            judgement.acceptance = Acceptance::Refused(why);
        } else if let Acceptance::Unproven(why) = judgement.acceptance
            && service.whole
            && described.all_urls
            && described.custom_audiences.is_some()
            && target.product == Product::CloudRun
            && is_run_host(&judgement.sent)
        {
            judgement.acceptance = Acceptance::Refused(why);
        }
        judgement
    }

    /// The names that the documents tell, the surest source of all.
    pub(crate) fn names(&self, named: &mut Named) {
        let mut add = |entity, value: &Option<String>, at: usize| {
            if let Some(value) = value {
                named.add(entity, value, From::Document(at));
            }
        };
        if let Some(service) = &self.service {
            add(Entity::Service, &service.what.name, service.at);
            add(Entity::Region, &service.what.region, service.at);
            add(Entity::Project, &service.what.project, service.at);
            add(Entity::ProjectNumber, &service.what.project_number, service.at);
            add(Entity::Url, &service.what.url, service.at);
        }
        if let Some(function) = &self.function {
            add(Entity::Service, &function.what.name, function.at);
            add(Entity::Region, &function.what.region, function.at);
            add(Entity::Project, &function.what.project, function.at);
        }
        if let Some(sender) = &self.sender {
            add(Entity::Account, &sender.account, sender.at);
            let entity = match sender.kind {
                SenderKind::PubSub => Some(Entity::Subscription),
                SenderKind::Scheduler => Some(Entity::Job),
                _ => None,
            };
            if let Some(entity) = entity {
                add(entity, &sender.name, sender.at);
            }
            add(Entity::Queue, &sender.queue, sender.at);
        }
        if let Some(provider) = &self.provider {
            add(Entity::Pool, &provider.what.pool, provider.at);
            let name = provider.what.full_name.as_deref();
            let name = name.and_then(|name| name.rsplit('/').next()).map(str::to_owned);
            add(Entity::Provider, &name, provider.at);
            add(Entity::ProjectNumber, &provider.what.project, provider.at);
        }
    }
}

/// Whether a Google account is one that nobody made for a purpose.
pub(crate) fn is_default(email: &str) -> bool {
    matches!(
        crate::credential::Identity::from_email(email).kind,
        IdentityKind::DefaultCompute { .. } | IdentityKind::AppEngineDefault { .. }
    )
}

/// The one audience of a token.
pub(crate) fn audience_of(credential: &Credential) -> Option<String> {
    match credential.audience() {
        Audience::One(audience) => Some(audience),
        _ => None,
    }
}

fn is_run_host(audience: &str) -> bool {
    crate::target::parse_url(audience)
        .and_then(|url| url.host_str().map(|host| host.ends_with(".run.app")))
        .unwrap_or_default()
}

/// Every document, with what is known of its end. In a list all but the last one are whole.
fn all(parts: &[Part]) -> Vec<Seen<&Document>> {
    let mut all = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let last = part.documents.len().saturating_sub(1);
        for (place, document) in part.documents.iter().enumerate() {
            let whole = part.end == End::Seen || place < last;
            all.push(Seen {
                what: document,
                at,
                whole,
                unsure: part.unsure.clone().filter(|_| !whole),
            });
        }
    }
    all
}
