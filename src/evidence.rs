//! Everything a cause may look at.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::credential::{Credential, Kind, identify};
use crate::document::{self, Document, LogEntry, Part, Parts};
use crate::errors::Strength;
use crate::facts::proof::{self, Proof};
use crate::facts::{self, Entity, From, Named, Spoken, Words};
use crate::fix::Language;
use crate::fix::fill::Fill;
use crate::input::{Caller, Input};
use crate::known::hosts::{self, Source};
use crate::read::{Blemish, Exhibits, Pasted, Place, Request, in_error, log};
use crate::response::{Answerer, Response, Signal};
use crate::target::{Judgement, Product, Target, judge};
use crate::visible::in_code;

/// The case file: what was pasted, what it is, where it went and what came back.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Evidence<'a> {
    /// The question.
    pub input: &'a Input,
    /// What the paste holds.
    pub exhibits: Exhibits,
    /// The credential being judged.
    pub credential: Arc<Credential>,
    /// Every pasted credential, identified, in the order of the paste.
    pub all: Vec<Arc<Credential>>,
    /// Index into `all` (and `exhibits.credentials`) of the judged one.
    pub judged: Option<usize>,
    /// Where the request goes.
    pub target: Target,
    /// What came back.
    pub response: Response,
    /// Who called, as told or as the evidence shows beyond doubt.
    pub caller: Option<Caller>,
    /// Which kind of credential is wanted where the request goes.
    pub door: Door,
    /// The token's audience at the door of Cloud Run or of a function.
    pub audience: Option<Judgement>,
    /// The names in what was pasted, each with its source.
    pub named: Named,
    /// The language of the program that wrote the paste, where its traces tell.
    pub language: Option<Language>,
    /// What the text of the answer or error says in so many words.
    pub words: Words,
    /// The outputs of commands that read, in the order of the paste.
    pub(crate) documents: Vec<Part>,
    /// What they say of this call.
    pub(crate) proof: Proof,
    /// The messages of the catalogue that were found, the most telling first.
    pub(crate) spoken: Vec<Spoken>,
    /// The moment of judgement, seconds since 1970 (UTC).
    pub now: i64,
    /// `now` comes from the response's `date` header instead of the clock.
    pub now_from_response: bool,
    /// What the fixes of all causes fill in, computed when the first one asks.
    pub(crate) fill: OnceCell<Fill>,
}

/// What checks a credential where the request goes, and so which kind it wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Door {
    /// Cloud Run: a Google ID token for the service's URL.
    Run,
    /// A function: a Google ID token for the function's URL.
    Function,
    /// Identity-Aware Proxy: an ID token for its OAuth client, or a self-signed JWT.
    Iap,
    /// API Gateway or Endpoints: a JWT of a configured issuer and audience.
    Gateway,
    /// A Google API: an OAuth access token.
    Api,
    /// Where tokens are made: STS, IAM Credentials, the OAuth token endpoint.
    TokenEndpoint,
    /// An application, behind a door that cannot be told from here.
    App,
    /// Nothing tells.
    Unknown,
}

impl<'a> Evidence<'a> {
    /// Reads the input and brings the evidence together. Nothing is judged yet.
    #[must_use]
    pub fn gather(input: &'a Input) -> Self {
        // What a command that reads has printed is no answer of the service, and no token.
        let answered = input.status.is_some() || !input.response.trim().is_empty();
        // Too much is refused by `read`, and not looked through before.
        let Parts { text, parts, .. } = if input.paste.len() > crate::read::MAX_PASTE {
            Parts::default()
        } else {
            document::split_beside(&input.paste, answered)
        };
        let paste = if parts.is_empty() {
            &input.paste
        } else {
            &text
        };
        let mut exhibits = crate::read::read(paste);
        let all: Vec<Arc<Credential>> = exhibits
            .credentials
            .iter()
            .map(|pasted| Arc::new(identified(pasted)))
            .collect();
        let judged = input
            .pick
            .filter(|at| *at < all.len())
            .or(exhibits.sent)
            .filter(|at| *at < all.len());
        let response = Response::read(input, &exhibits);
        let spoken = Spoken::of(&response.hits, response.answered_by);
        let credential = judged
            .and_then(|at| all.get(at))
            .cloned()
            .unwrap_or_else(|| Arc::new(identify("", None)));
        if let Some((_, at, of)) = response.judged.as_ref().or(exhibits.judged.as_ref())
            && *of > 1
        {
            exhibits.notes.push(format!(
                "Entry {at} of {of} is judged: the last one that was refused and did not pass later."
            ));
        }
        let told = url_of(input, &exhibits, &response);
        let url = if told.is_empty() {
            called_by(&parts).unwrap_or_default()
        } else {
            told
        };
        let mut target = Target::read(url, input);
        if input.preset.service_url && input.service_url.trim() != target.typed {
            target.notes.push(format!(
                "The link or page that you opened names the service URL `{}`; what was pasted called `{}`, which is judged.",
                in_code(input.service_url.trim()),
                in_code(&target.origin)
            ));
        }
        let door = door(&target, &response);
        let language = facts::language(&response.text);
        let texts = [
            (response.text.as_str(), From::Answer),
            (target.path.as_str(), From::Url),
        ];
        let mut named = facts::names(&texts, &response.hits, &credential);
        if let Some(bucket) = facts::bucket(&target.host, &target.path) {
            named.add(Entity::Bucket, bucket, From::Url);
        }
        if let Some((entry, at, _)) = response.judged.as_ref().or(exhibits.judged.as_ref()) {
            facts::of_entry(entry, From::Log(*at), &mut named);
        }
        let words = Words::of(&response, &exhibits, &target);
        let (now, now_from_response) = moment(input.now, &response, &credential);
        let caller = input.caller.or_else(|| caller_of(&exhibits, &response));
        let proof = Proof::of(
            &parts,
            &proof::Call {
                target: &target,
                credential: &credential,
                named: &named,
                caller,
                now,
                by_iap: door == Door::Iap,
            },
        );
        proof.names(&mut named);
        let caller = caller.or_else(|| proof.sender.as_ref().map(|sender| sender.kind.caller()));
        let audience = match door {
            Door::Run | Door::Function => proof::audience_of(&credential)
                .or_else(|| proof.sent_audience())
                .map(|audience| {
                    proof.judge(judge(&audience, &target, &input.custom_audiences), &target)
                }),
            _ => None,
        };
        Self {
            caller,
            input,
            exhibits,
            credential,
            all,
            judged,
            target,
            response,
            door,
            audience,
            words,
            named,
            language,
            documents: parts,
            proof,
            spoken,
            now,
            now_from_response,
            fill: OnceCell::new(),
        }
    }

    /// What is known, as values for commands and code.
    pub(crate) fn fill(&self) -> &Fill {
        self.fill.get_or_init(|| Fill::from(self))
    }

    /// The judged credential as it stood in the paste.
    #[must_use]
    pub fn pasted(&self) -> Option<&Pasted> {
        self.judged.and_then(|at| self.exhibits.credentials.get(at))
    }

    /// The judged request of a transcript, command or HAR.
    #[must_use]
    pub fn request(&self) -> Option<&Request> {
        self.exhibits.judged_request()
    }

    /// The credential stood in a header, so its text is what was sent.
    #[must_use]
    pub fn stood_in_header(&self) -> bool {
        matches!(
            self.pasted().map(|pasted| &pasted.place),
            Some(Place::Header(_))
        )
    }

    /// What was sent is in the paste: the credential stands among the lines of a request as they
    /// went out. Anywhere else it may have been shortened for the paste.
    #[must_use]
    pub fn is_as_sent(&self) -> bool {
        self.request().is_some_and(|request| {
            request.as_sent
                && self
                    .judged
                    .is_some_and(|judged| request.credentials.contains(&judged))
        })
    }

    /// The answer speaks of the token's form or signature, or refuses a token that fits in all that
    /// can be read.
    #[must_use]
    pub fn answer_speaks_of_the_whole_token(&self) -> bool {
        const SIGNALS: &[Signal] = &[
            Signal::IapSignature,
            Signal::IapUnparsable,
            Signal::GatewaySignature,
            Signal::GatewayMalformed,
            Signal::VerifierSignature,
            Signal::VerifierNotJwt,
        ];
        SIGNALS.iter().any(|signal| self.response.says(*signal))
            || self.spoken.iter().any(|spoken| {
                ["malformed-token", "signature-invalid", "signature-removed"]
                    .contains(&spoken.cause())
            })
            || self.response.says(Signal::EdgeUnverifiable)
                && (self.fits_the_door() || self.credential.kind == Kind::BrokenJwt)
    }

    /// A verifier found that what came is no JWT.
    #[must_use]
    pub fn verifier_wants_a_jwt(&self) -> bool {
        self.spoken.iter().any(|spoken| {
            spoken.variant.id == "token-not-a-jwt" || spoken.cause() == "malformed-token"
        })
    }

    /// A pasted command fills the credential in with what this command of gcloud's prints.
    #[must_use]
    pub fn is_filled_by(&self, command: &str) -> bool {
        self.pasted()
            .is_some_and(|pasted| pasted.filled_in_later && pasted.text.contains(command))
    }

    /// No credential was pasted.
    #[must_use]
    pub fn no_credential(&self) -> bool {
        self.judged.is_none()
    }

    /// Nothing is known of the credential: none was pasted, or the paste hides it.
    #[must_use]
    pub fn unseen(&self) -> bool {
        self.no_credential() || self.credential.hidden
    }

    /// The credential is [`unseen`](Self::unseen), and the answer says one of these of it.
    #[must_use]
    pub fn answer_alone_says(&self, signals: &[Signal]) -> bool {
        self.unseen() && signals.iter().any(|signal| self.response.says(*signal))
    }

    /// The door is Cloud Run's or a function's: it wants a Google ID token.
    #[must_use]
    pub fn wants_id_token(&self) -> bool {
        matches!(self.door, Door::Run | Door::Function)
    }

    /// The application itself answered, so every door before it let the request through.
    #[must_use]
    pub fn app_answered(&self) -> bool {
        self.response.answered_by == Answerer::App
    }

    /// A program says, before any service answered, that no token could be made.
    #[must_use]
    pub fn never_made(&self) -> bool {
        let of_making =
            |spoken: &&Spoken| spoken.cause() == "token-generation-failed" && !spoken.quoted;
        // What kept the maker from the network is why, and no other step.
        match self
            .spoken
            .iter()
            .find(|spoken| spoken.cause() != "not-authentication")
        {
            Some(first) if first.hit.row.strength == Strength::Own => of_making(&first),
            // The beginning of a maker's message counts for more than words of anyone's in its tail.
            _ => self.spoken.iter().any(|spoken| {
                of_making(&spoken) && spoken.hit.row.speaker() == Answerer::TokenSource
            }),
        }
    }

    /// Why nothing in the paste was refused, where the paste shows that.
    #[must_use]
    pub fn nothing_refused(&self) -> Option<&'static str> {
        let nothing = self
            .exhibits
            .nothing_refused
            .or(self.response.nothing_refused)?;
        let is_silent = self.spoken.is_empty() && !self.refused();
        is_silent.then_some(nothing)
    }

    /// The entry of a pasted log that is judged, its number from 1, and of how many.
    pub(crate) fn entry(&self) -> Option<&(LogEntry, usize, usize)> {
        self.response
            .judged
            .as_ref()
            .or(self.exhibits.judged.as_ref())
    }

    /// The call succeeded.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.response.succeeded()
    }

    /// The request was refused as 401 or 403, or in words that mean the same.
    #[must_use]
    pub fn refused(&self) -> bool {
        matches!(self.response.status, Some(401 | 403))
            || self.response.signals.iter().any(|signal| {
                signal.speaker().is_some()
                    && *signal != Signal::EdgeCapacity
                    && *signal != Signal::EdgeNotFoundPage
            })
            || self.says_unauthenticated()
    }

    /// Nothing came back, or nothing was told of it.
    #[must_use]
    pub fn answer_is_empty(&self) -> bool {
        self.response.status.is_none() && self.response.text.is_empty()
    }

    /// The answer is one that a refused token does not get (404, 429), so the token is not why.
    #[must_use]
    pub fn answer_is_not_about_the_token(&self) -> bool {
        matches!(
            self.response.status,
            Some(404 | 405 | 408 | 429 | 502 | 503 | 504)
        ) || self.response.says(Signal::EdgeCapacity)
    }

    /// The platform said 401: a token came and could not be accepted as one for this door.
    #[must_use]
    pub fn platform_said_401(&self) -> bool {
        let edge = self.response.says(Signal::EdgeUnverifiable)
            || self.response.says(Signal::EdgeUnauthorizedPage)
            || (self.response.answered_by == Answerer::Edge && self.response.status == Some(401));
        let unclear = self.response.answered_by == Answerer::Unknown
            && (self.response.status == Some(401) || self.says_unauthenticated());
        edge || (self.wants_id_token() && unclear)
    }

    /// The platform said 403: no token came, or its account may not enter.
    #[must_use]
    pub fn platform_said_403(&self) -> bool {
        if self.response.says(Signal::EdgeLacksInvoke) {
            return true;
        }
        let edge = self.response.says(Signal::EdgeForbiddenPage)
            || self.response.says(Signal::EdgeNotAuthenticated);
        let unclear = self.response.answered_by == Answerer::Unknown
            && (self.response.status == Some(403)
                || (self.response.status.is_none()
                    && self.response.text.contains("PERMISSION_DENIED")));
        (edge && self.response.status != Some(401)) || (self.wants_id_token() && unclear)
    }

    /// The credential is a Google ID token whose audience this door accepts.
    #[must_use]
    pub fn fits_the_door(&self) -> bool {
        use crate::target::Acceptance;
        self.credential.kind == Kind::GoogleIdToken
            && self
                .audience
                .as_ref()
                .is_some_and(|judgement| judgement.acceptance == Acceptance::Accepted)
    }

    /// How the service is called in sentences.
    #[must_use]
    pub fn service_name(&self) -> String {
        match (&self.target.service, self.target.host.as_str()) {
            (Some(service), _) => format!("`{}`", in_code(service)),
            (None, "") => "the service".to_owned(),
            (None, host) => match self.bucket() {
                Some(bucket) => format!("the bucket `{}` at `{host}`", in_code(bucket)),
                None => format!("`{host}`"),
            },
        }
    }

    /// The bucket of Cloud Storage that the URL names.
    fn bucket(&self) -> Option<&str> {
        let named = self.named.get(Entity::Bucket)?;
        (named.from == From::Url).then_some(named.value.as_str())
    }

    /// How the caller's account is called in sentences.
    #[must_use]
    pub fn account_name(&self) -> String {
        self.credential.email().map_or_else(
            || "the account".to_owned(),
            |email| format!("`{}`", in_code(&email)),
        )
    }

    /// A Google product's own account calls an address that is not Google's, with a token made
    /// for exactly that address: such tokens are for the application to check.
    #[must_use]
    pub fn called_by_google(&self) -> bool {
        let called = self.target.typed.trim().trim_end_matches('/');
        self.target.product == Product::CustomDomain
            && self
                .credential
                .audience()
                .iter()
                .any(|audience| audience.trim_end_matches('/') == called)
            && self
                .credential
                .identity()
                .is_some_and(|identity| identity.is_google())
    }

    /// The answer is a 401, or the log's word for one.
    #[must_use]
    pub fn says_401(&self) -> bool {
        self.response.status == Some(401)
            || (self.response.status.is_none() && self.says_unauthenticated())
    }

    fn says_unauthenticated(&self) -> bool {
        let text = &self.response.text;
        let unclear =
            self.response.status.is_none() || self.response.answered_by == Answerer::Unknown;
        unclear && text.get(..4096).unwrap_or(text).contains("UNAUTHENTICATED")
    }
}

impl Evidence<'_> {
    /// Where the called URL comes from.
    pub(crate) fn url_source(&self) -> Source {
        if self.target.typed.is_empty() {
            Source::Nobody
        } else if self.input.service_url.trim() != self.target.typed {
            Source::Pasted
        } else if self.input.preset.service_url {
            Source::Link
        } else {
            Source::Typed
        }
    }
}

/// The URL that a pasted job, task or subscription calls, when they all call one.
fn called_by(parts: &[Part]) -> Option<&str> {
    let mut urls = parts
        .iter()
        .flat_map(|part| &part.documents)
        .filter_map(|document| match document {
            Document::SchedulerJob(job) => job.call.url.as_deref(),
            Document::Task(task) => task.call.url.as_deref(),
            Document::Subscription(subscription) => subscription.call.url.as_deref(),
            _ => None,
        });
    let first = urls.next()?;
    urls.all(|url| url == first).then_some(first)
}

/// The judged entry of a pasted log.
fn entry_of<'t>(exhibits: &'t Exhibits, response: &'t Response) -> Option<&'t LogEntry> {
    let (entry, ..) = response.judged.as_ref().or(exhibits.judged.as_ref())?;
    Some(entry)
}

/// A credential, identified. One that the paste shortens before its claims can be read is hidden.
fn identified(pasted: &Pasted) -> Credential {
    let mut credential = identify(&pasted.text, pasted.scheme.as_deref());
    let is_shortened = pasted.blemishes.contains(&Blemish::Ellipsis);
    let shows_claims = credential
        .jwt
        .as_ref()
        .is_some_and(|jwt| !jwt.claims.members.is_empty());
    if is_shortened && credential.kind == Kind::BrokenJwt && !shows_claims {
        credential.hidden = true;
    }
    credential
}

/// The URL that was typed (one that a link filled in only where no request was pasted), else the
/// one of the pasted request, else the one that a log tells.
fn url_of<'t>(input: &'t Input, exhibits: &'t Exhibits, response: &'t Response) -> &'t str {
    let called = exhibits
        .judged_request()
        .and_then(|request| request.url.as_deref());
    if !input.service_url.trim().is_empty() {
        // What a link filled in is not what was called.
        let elsewhere = called.filter(|url| {
            let host = |url: &str| crate::target::parse_url(url)?.host_str().map(str::to_owned);
            input.preset.service_url && host(url) != host(input.service_url.trim())
        });
        return elsewhere.unwrap_or(&input.service_url);
    }
    called
        .or_else(|| {
            entry_of(exhibits, response)?
                .url
                .as_deref()
                .filter(|url| url.starts_with("http"))
        })
        .or_else(|| log::url(&response.text))
        .or_else(|| in_error(&response.text))
        .unwrap_or_default()
}

fn door(target: &Target, response: &Response) -> Door {
    const TOKEN_HOSTS: &[&str] = &[
        "sts.googleapis.com",
        "iamcredentials.googleapis.com",
        "oauth2.googleapis.com",
    ];
    if response.answered_by == Answerer::Iap {
        return Door::Iap;
    }
    match target.product {
        Product::GoogleApi if TOKEN_HOSTS.contains(&target.host.as_str()) => Door::TokenEndpoint,
        Product::GoogleApi => Door::Api,
        Product::ApiGateway | Product::Endpoints => Door::Gateway,
        _ if response.answered_by == Answerer::Gateway => Door::Gateway,
        Product::CloudRun => Door::Run,
        Product::CloudFunctions => Door::Function,
        Product::AppEngine
        | Product::CustomDomain
        | Product::FirebaseHosting
        | Product::Unknown => match response.answered_by {
            // Whoever reports it, this permission is asked for at no other door.
            _ if response.says(Signal::EdgeLacksInvoke) => Door::Run,
            Answerer::Edge if target.product != Product::AppEngine => Door::Run,
            // Anybody can write an answer that sounds like an API's.
            Answerer::GoogleApi
                if target.product == Product::Unknown || hosts::is_api(&target.host) =>
            {
                Door::Api
            }
            Answerer::App => Door::App,
            _ if target.product == Product::Unknown => Door::Unknown,
            _ => Door::App,
        },
        Product::Localhost | Product::MetadataServer => Door::App,
    }
}

/// The response's date is the moment of judgement, unless it lies well before the token was
/// made: then the answer belongs to another moment than the token.
fn moment(now: i64, response: &Response, credential: &Credential) -> (i64, bool) {
    const SLACK: i64 = 600;
    let Some(date) = response.date else {
        return (now, false);
    };
    let made = credential
        .numeric_date("iat")
        .and_then(|claim| claim.seconds)
        .unwrap_or(i64::MIN);
    if date.saturating_add(SLACK) < made || date > now.saturating_add(86_400) {
        return (now, false);
    }
    (date, true)
}

/// The caller, where the texts show it beyond doubt.
fn caller_of(exhibits: &Exhibits, response: &Response) -> Option<Caller> {
    const AGENTS: &[(&str, Caller)] = &[
        ("Google-Cloud-Scheduler", Caller::CloudScheduler),
        ("Google-Cloud-Tasks", Caller::CloudTasks),
        ("APIs-Google", Caller::PubsubPush),
        ("GoogleCloudWorkflows", Caller::Workflows),
    ];
    if response.called_by == Some(Caller::Eventarc) {
        return response.called_by;
    }
    let agent = exhibits
        .judged_request()
        .and_then(|request| {
            request
                .headers
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("user-agent"))
        })
        .map(|(_, value)| value.as_str())
        .or_else(|| entry_of(exhibits, response)?.user_agent.as_deref())
        .or_else(|| log::user_agent(&response.text));
    if let Some(agent) = agent
        && let Some((_, caller)) = AGENTS.iter().find(|(name, _)| agent.starts_with(name))
    {
        return Some(*caller);
    }
    if response.says(Signal::Cors) || response.says(Signal::Callable) {
        return Some(Caller::Browser);
    }
    response.called_by
}
