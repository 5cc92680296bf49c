//! The job, task, subscription, trigger or workflow that makes the call.

use super::{Call, Seen};
use crate::document::{self, Document, Token};
use crate::facts::Entity;
use crate::input::Caller;
use crate::target::{Product, parse_url};
use crate::visible::in_code;

/// What makes a call for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SenderKind {
    Scheduler,
    Tasks,
    PubSub,
    Eventarc,
    Workflows,
}

/// Who sends the request, as described.
#[derive(Debug, Clone)]
pub(crate) struct Sender {
    pub(crate) kind: SenderKind,
    pub(crate) name: Option<String>,
    pub(crate) queue: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) project: Option<String>,
    /// The account whose token is sent.
    pub(crate) account: Option<String>,
    pub(crate) call: document::Call,
    pub(crate) at: usize,
    /// Its end was seen.
    pub(crate) whole: bool,
    /// Several of them call this URL, and not all in the same way.
    pub(crate) mixed: bool,
}

impl SenderKind {
    fn of(caller: Option<Caller>) -> Option<Self> {
        Some(match caller? {
            Caller::CloudScheduler => Self::Scheduler,
            Caller::CloudTasks => Self::Tasks,
            Caller::PubsubPush => Self::PubSub,
            Caller::Eventarc => Self::Eventarc,
            Caller::Workflows => Self::Workflows,
            _ => return None,
        })
    }

    /// The caller that it is.
    pub(crate) const fn caller(self) -> Caller {
        match self {
            Self::Scheduler => Caller::CloudScheduler,
            Self::Tasks => Caller::CloudTasks,
            Self::PubSub => Caller::PubsubPush,
            Self::Eventarc => Caller::Eventarc,
            Self::Workflows => Caller::Workflows,
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Scheduler => "job",
            Self::Tasks => "task",
            Self::PubSub => "subscription",
            Self::Eventarc => "trigger",
            Self::Workflows => "workflow",
        }
    }
}

impl Sender {
    /// The audience of the token: what is set, else the URL.
    pub(crate) fn audience(&self) -> Option<String> {
        match self.call.token.as_ref()? {
            Token::Id { audience: Some(audience), .. } => Some(audience.clone()),
            Token::Id { audience: None, .. } if self.whole => self.call.url.clone(),
            _ => None,
        }
    }

    /// How it is called in sentences: "the job `nightly`".
    pub(crate) fn label(&self) -> String {
        match (&self.name, &self.queue) {
            (Some(name), _) if self.kind != SenderKind::Tasks => {
                format!("the {} `{}`", self.kind.noun(), in_code(name))
            }
            (_, Some(queue)) => format!("the task in the queue `{}`", in_code(queue)),
            _ => format!("the {}", self.kind.noun()),
        }
    }
}

/// The sender of this call: of the caller's kind, and for the called URL.
pub(super) fn find(documents: &[Seen<&Document>], call: &Call<'_>, asides: &mut Vec<String>) -> Option<Sender> {
    let wanted = SenderKind::of(call.caller);
    let mut all: Vec<Sender> = documents.iter().flat_map(|seen| senders(seen, call)).collect();
    all.retain(|sender| match (wanted, call.caller) {
        (Some(wanted), _) => sender.kind == wanted,
        // Another caller was named: what it describes did not make this call.
        (None, Some(_)) => false,
        (None, None) => true,
    });
    let called = |sender: &Sender| goes_to(sender, call);
    let named = |sender: &Sender| {
        let named = match sender.kind {
            SenderKind::PubSub => call.named.text(Entity::Subscription),
            SenderKind::Scheduler => call.named.text(Entity::Job),
            _ => None,
        };
        named.is_some() && named == sender.name.as_deref()
    };
    let (fitting, others): (Vec<Sender>, Vec<Sender>) = all
        .into_iter()
        .partition(|sender| called(sender).unwrap_or(true) && (sender.kind != SenderKind::Scheduler || named(sender) || call.named.text(Entity::Job).is_none() || called(sender) == Some(true)));
    if fitting.is_empty()
        && let Some(other) = others.first()
    {
        asides.push(format!(
            "A pasted description is of {}, which does not call this URL: it is not used.",
            other.label()
        ));
    }
    let exact = fitting.iter().position(|sender| same_path(sender, call)).unwrap_or_default();
    let mut found = fitting.get(exact)?.clone();
    found.mixed = fitting
        .iter()
        .any(|other| other.call.token != found.call.token || other.account != found.account);
    if found.mixed && fitting.iter().any(|other| same_path(other, call) && other.call.token != found.call.token || !same_path(other, call)) {
        let rivals = fitting.iter().filter(|other| same_path(other, call) == same_path(&found, call));
        found.mixed = rivals.clone().any(|other| other.call.token != found.call.token);
    }
    Some(found)
}

fn senders(seen: &Seen<&Document>, call: &Call<'_>) -> Vec<Sender> {
    let account = |call: &document::Call| match &call.token {
        Some(Token::Id { account, .. } | Token::Access { account, .. }) => account.clone(),
        _ => None,
    };
    let sure = |account: Option<String>| account.filter(|account| seen.is_sure(account));
    let base = |kind, name: &Option<String>, region: &Option<String>, project: &Option<String>, call: &document::Call| Sender {
        kind,
        name: name.clone(),
        queue: None,
        region: region.clone(),
        project: project.clone(),
        account: sure(account(call)),
        call: call.clone(),
        at: seen.at,
        whole: seen.whole,
        mixed: false,
    };
    match seen.what {
        Document::SchedulerJob(job) if job.is_http => {
            vec![base(SenderKind::Scheduler, &job.name, &job.region, &job.project, &job.call)]
        }
        Document::Task(task) => vec![Sender {
            queue: task.queue.clone(),
            ..base(SenderKind::Tasks, &task.name, &task.region, &task.project, &task.call)
        }],
        Document::Subscription(push) if push.pushes != Some(false) => {
            vec![base(SenderKind::PubSub, &push.name, &None, &push.project, &push.call)]
        }
        Document::Trigger(trigger) => {
            let token = match (&trigger.account, trigger.without_account) {
                (Some(account), _) => Some(Token::Id { account: Some(account.clone()), audience: None }),
                (None, true) => Some(Token::Missing),
                (None, false) => None,
            };
            let made = document::Call { token, ..document::Call::default() };
            vec![base(SenderKind::Eventarc, &trigger.name, &trigger.region, &trigger.project, &made)]
        }
        Document::Workflow(workflow) => {
            let host = &call.target.host;
            let calls = workflow.calls.iter().filter(|made| {
                let made = made.url.as_deref().and_then(host_of);
                host.is_empty() || made.is_none_or(|made| made == *host)
            });
            let mut all: Vec<Sender> = calls
                .map(|made| Sender {
                    account: sure(workflow.account.clone()),
                    ..base(SenderKind::Workflows, &workflow.name, &workflow.region, &workflow.project, made)
                })
                .collect();
            if all.is_empty() {
                all.push(Sender {
                    account: sure(workflow.account.clone()),
                    ..base(SenderKind::Workflows, &workflow.name, &workflow.region, &workflow.project, &document::Call::default())
                });
            }
            all
        }
        _ => Vec::new(),
    }
}

/// Whether a sender calls the called host; `None` where one of the two is not known.
fn goes_to(sender: &Sender, call: &Call<'_>) -> Option<bool> {
    let target = call.target;
    if target.host.is_empty() || target.product == Product::Unknown {
        return None;
    }
    let theirs = host_of(sender.call.url.as_deref()?)?;
    if theirs == target.host {
        return Some(true);
    }
    // A service has two URLs: one of its hosts does not tell the other.
    let label = |host: &str| host.split('-').next().map(str::to_owned);
    if theirs.ends_with(".run.app") && target.host.ends_with(".run.app") && label(&theirs) == label(&target.host) {
        return None;
    }
    Some(false)
}

fn same_path(sender: &Sender, call: &Call<'_>) -> bool {
    sender.call.url.as_deref().is_some_and(|url| {
        let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path);
        let path = path.unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
        path == call.target.path.trim_start_matches('/')
    })
}

fn host_of(url: &str) -> Option<String> {
    parse_url(url)?.host_str().map(str::to_owned)
}
