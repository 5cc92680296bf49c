//! The command that printed a document, and what it says of it: which service, region, project.

use super::format::Format;
use super::resource::{Resource, ResourceKind};

/// A command line, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// As it was typed, without the prompt.
    pub(crate) command: String,
    /// What it reads.
    pub(crate) reads: Reads,
    /// The name that the command was given: of a service, job, account, …
    pub(crate) name: Option<String>,
    /// `--region`, `--location` or `--zone`.
    pub(crate) region: Option<String>,
    /// `--project`, or the project in a Cloud Shell's prompt.
    pub(crate) project: Option<String>,
    /// `--account` or `--impersonate-service-account`: who read.
    pub(crate) account: Option<String>,
    pub(crate) format: Option<Format>,
    /// `--filter`, as it was typed.
    pub(crate) filter: Option<String>,
    /// All flags, without their dashes; a flag without a value has an empty one.
    pub(crate) flags: Vec<(String, String)>,
    /// A prompt stood before it: it was run, not quoted.
    pub(crate) prompted: bool,
}

/// What a command reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reads {
    RunService,
    RunServices,
    RunJob,
    Function,
    Policy(ResourceKind),
    ServiceAccount,
    ServiceAccountKeys,
    AuthList,
    Config,
    Info,
    Project,
    TokenInfo,
    SchedulerJob,
    Task,
    Subscription,
    Trigger,
    Workflow,
    Provider,
    OrgPolicy,
    BackendService,
    IapSettings,
    Troubleshoot,
    KubernetesAccount,
    ApiConfig,
    Machine,
    LogEntries,
    /// `gcloud run services logs read`: lines, not entries.
    LogLines,
    Assets,
    Terraform,
    KeySet,
    /// A request to a service that carries no credential: its answer is not the caller's.
    Probe,
    /// A read command whose output is not understood here.
    Other,
    /// No read command: what follows is no document.
    Nothing,
}

impl Origin {
    /// Reads a command line without its prompt; `None` when it is no program known here.
    pub(crate) fn read(command: &str) -> Option<Self> {
        let words = words(command);
        let mut rest = words.iter().map(String::as_str).peekable();
        while rest.peek().is_some_and(|word| is_before_program(word)) {
            rest.next();
        }
        let program = rest.next()?.rsplit(['/', '\\']).next()?;
        let program = program
            .strip_suffix(".cmd")
            .or_else(|| program.strip_suffix(".exe"))
            .unwrap_or(program);
        if !PROGRAMS.contains(&program) {
            return None;
        }
        let (positional, flags) = flags(rest);
        let mut origin = Self {
            command: command.to_owned(),
            reads: Reads::Nothing,
            name: None,
            region: None,
            project: None,
            account: None,
            format: None,
            filter: None,
            flags,
            prompted: false,
        };
        origin.region = origin.flag(&["region", "location", "zone"]);
        origin.project = origin.flag(&["project"]);
        origin.account = origin.flag(&["account", "impersonate-service-account"]);
        origin.format = origin.flag(&["format"]).map(|format| Format::read(&format));
        origin.filter = origin.flag(&["filter"]);
        let positional: Vec<&str> = positional.iter().map(String::as_str).collect();
        match program {
            "gcloud" => origin.gcloud(&positional),
            "kubectl" | "oc" => origin.kubectl(&positional),
            "terraform" | "tofu" => origin.terraform(&positional),
            "gsutil" => origin.gsutil(&positional),
            _ => origin.curl(&positional),
        }
        Some(origin)
    }

    /// The value of the first of these flags that was given.
    pub(crate) fn flag(&self, names: &[&str]) -> Option<String> {
        self.flags
            .iter()
            .find(|(name, value)| names.contains(&name.as_str()) && !value.is_empty())
            .map(|(_, value)| value.clone())
    }

    /// What the command was about, as a resource.
    pub(crate) fn resource(&self) -> Option<Resource> {
        let kind = match self.reads {
            Reads::Policy(kind) => kind,
            Reads::RunService => ResourceKind::RunService,
            Reads::RunJob => ResourceKind::RunJob,
            Reads::Function => ResourceKind::Function,
            _ => return None,
        };
        let name = self.name.clone()?;
        let mut resource = Resource::read(&name).unwrap_or(Resource {
            kind,
            project: None,
            location: None,
            name: Some(name.clone()),
        });
        resource.kind = kind;
        if kind == ResourceKind::Project && resource.project.is_none() {
            resource.project = Some(name);
        }
        resource.location = resource.location.or_else(|| self.region.clone());
        if !matches!(kind, ResourceKind::Folder | ResourceKind::Organization) {
            resource.project = resource.project.or_else(|| self.project.clone());
        }
        Some(resource)
    }

    fn gcloud(&mut self, words: &[&str]) {
        let words = match words {
            ["alpha" | "beta" | "preview", rest @ ..] => rest,
            all => all,
        };
        let kind = |kind| Reads::Policy(kind);
        let (reads, name) = match words {
            ["run", "services", "describe", name @ ..] => (Reads::RunService, name),
            ["run", "services", "list", ..] => (Reads::RunServices, &[][..]),
            ["run", "services", "get-iam-policy", name @ ..] => {
                (kind(ResourceKind::RunService), name)
            }
            ["run", "services", "logs", "read", name @ ..] => (Reads::LogLines, name),
            ["run", "jobs", "describe", name @ ..] => (Reads::RunJob, name),
            ["run", "jobs", "list", ..] => (Reads::RunJob, &[][..]),
            ["run", "jobs", "get-iam-policy", name @ ..] => (kind(ResourceKind::RunJob), name),
            ["functions", "describe", name @ ..] => (Reads::Function, name),
            ["functions", "list", ..] => (Reads::Function, &[][..]),
            ["functions", "get-iam-policy", name @ ..] => (kind(ResourceKind::Function), name),
            ["functions" | "app", "logs", "read", name @ ..] => (Reads::LogLines, name),
            ["projects", "get-iam-policy", name @ ..] => (kind(ResourceKind::Project), name),
            ["projects", "get-ancestors-iam-policy", name @ ..] => {
                (kind(ResourceKind::Project), name)
            }
            ["projects", "describe", name @ ..] => (Reads::Project, name),
            ["resource-manager", "folders", "get-iam-policy", name @ ..] => {
                (kind(ResourceKind::Folder), name)
            }
            ["organizations", "get-iam-policy", name @ ..] => {
                (kind(ResourceKind::Organization), name)
            }
            ["iam", "service-accounts", "get-iam-policy", name @ ..] => {
                (kind(ResourceKind::ServiceAccount), name)
            }
            ["iam", "service-accounts", "describe", name @ ..] => (Reads::ServiceAccount, name),
            ["iam", "service-accounts", "list", ..] => (Reads::ServiceAccount, &[][..]),
            ["iam", "service-accounts", "keys", "list", ..] => (Reads::ServiceAccountKeys, &[][..]),
            [
                "iam",
                "workload-identity-pools",
                "providers",
                "describe",
                name @ ..,
            ] => (Reads::Provider, name),
            ["iam", "workload-identity-pools", "providers", "list", ..] => {
                (Reads::Provider, &[][..])
            }
            [
                "iam",
                "workforce-pools",
                "providers",
                "describe" | "list",
                name @ ..,
            ] => (Reads::Provider, name),
            ["iap", "web", "get-iam-policy", ..] => (kind(ResourceKind::Iap), &[][..]),
            ["iap", "settings", "get", ..] => (Reads::IapSettings, &[][..]),
            ["storage", "buckets", "get-iam-policy", name @ ..] => {
                (kind(ResourceKind::Bucket), name)
            }
            ["pubsub", "topics", "get-iam-policy", name @ ..] => (kind(ResourceKind::Topic), name),
            ["pubsub", "subscriptions", "get-iam-policy", name @ ..] => {
                (kind(ResourceKind::Subscription), name)
            }
            ["secrets", "get-iam-policy", name @ ..] => (kind(ResourceKind::Secret), name),
            ["auth", "list", ..] => (Reads::AuthList, &[][..]),
            ["config", "list", ..] => (Reads::Config, &[][..]),
            ["config", "get-value" | "get", name @ ..] => (Reads::Config, name),
            ["config", "configurations", "list" | "describe", ..] => (Reads::Config, &[][..]),
            ["info", ..] => (Reads::Info, &[][..]),
            ["scheduler", "jobs", "describe", name @ ..] => (Reads::SchedulerJob, name),
            ["scheduler", "jobs", "list", ..] => (Reads::SchedulerJob, &[][..]),
            ["tasks", "describe", name @ ..] => (Reads::Task, name),
            ["tasks", "list", ..] => (Reads::Task, &[][..]),
            ["pubsub", "subscriptions", "describe", name @ ..] => (Reads::Subscription, name),
            ["pubsub", "subscriptions", "list", ..] => (Reads::Subscription, &[][..]),
            ["eventarc", "triggers", "describe", name @ ..] => (Reads::Trigger, name),
            ["eventarc", "triggers", "list", ..] => (Reads::Trigger, &[][..]),
            ["workflows", "describe", name @ ..] => (Reads::Workflow, name),
            ["workflows", "list", ..] => (Reads::Workflow, &[][..]),
            ["org-policies", "describe", name @ ..]
            | ["resource-manager", "org-policies", "describe", name @ ..] => {
                (Reads::OrgPolicy, name)
            }
            ["org-policies", "list", ..] | ["resource-manager", "org-policies", "list", ..] => {
                (Reads::OrgPolicy, &[][..])
            }
            ["compute", "backend-services", "describe", name @ ..] => (Reads::BackendService, name),
            ["compute", "backend-services", "list", ..] => (Reads::BackendService, &[][..]),
            ["compute", "backend-services", "get-iam-policy", name @ ..] => {
                (kind(ResourceKind::Iap), name)
            }
            ["compute", "instances", "describe", name @ ..] => (Reads::Machine, name),
            ["policy-troubleshoot", "iam", name @ ..]
            | [
                "policy-intelligence",
                "troubleshoot-policy",
                "iam",
                name @ ..,
            ] => (Reads::Troubleshoot, name),
            [
                "api-gateway",
                "api-configs" | "gateways",
                "describe",
                name @ ..,
            ] => (Reads::ApiConfig, name),
            ["logging", "read", ..] => (Reads::LogEntries, &[][..]),
            [
                "asset",
                "search-all-iam-policies" | "analyze-iam-policy" | "search-all-resources",
                ..,
            ] => (Reads::Assets, &[][..]),
            [.., "describe" | "get-iam-policy", name] => {
                (Reads::Other, core::slice::from_ref(name))
            }
            [.., "list" | "describe" | "get-iam-policy"] => (Reads::Other, &[][..]),
            _ => (Reads::Nothing, &[][..]),
        };
        self.reads = reads;
        self.name = match reads {
            Reads::Policy(ResourceKind::Iap) => self.flag(&["service"]),
            Reads::Config => name.first().map(|name| (*name).to_owned()),
            Reads::Info if name.is_empty() => None,
            _ => name.first().map(|name| (*name).to_owned()),
        };
        if self.flag(&["resource-type"]).is_some() && self.name.is_none() {
            self.name = self.flag(&["service"]);
        }
    }

    fn kubectl(&mut self, words: &[&str]) {
        let (reads, name) = match words {
            [
                "get" | "describe",
                "serviceaccount" | "serviceaccounts" | "sa",
                name @ ..,
            ] => (Reads::KubernetesAccount, name.first()),
            ["get" | "describe", one, ..]
                if one.starts_with("serviceaccount/") || one.starts_with("sa/") =>
            {
                (Reads::KubernetesAccount, Some(one))
            }
            ["get" | "describe", ..] => (Reads::Other, None),
            _ => (Reads::Nothing, None),
        };
        self.reads = reads;
        self.name = name.map(|name| name.rsplit('/').next().unwrap_or(name).to_owned());
    }

    fn terraform(&mut self, words: &[&str]) {
        if let ["state", "show", name] = words {
            self.reads = Reads::Terraform;
            self.name = Some((*name).to_owned());
        } else if matches!(words, ["show" | "output", ..]) {
            self.reads = Reads::Other;
        }
    }

    fn gsutil(&mut self, words: &[&str]) {
        if let ["iam", "get", name] = words {
            self.reads = Reads::Policy(ResourceKind::Bucket);
            self.name = Some((*name).to_owned());
        }
    }

    /// A plain request: no header, no body, no method, no user of its own.
    fn is_bare(&self) -> bool {
        self.flags.iter().all(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| b"siSILkvg".contains(&byte))
                || matches!(name.as_str(), "silent" | "include" | "head" | "location" | "verbose")
        })
    }

    /// `curl` reads where it asks one of Google's own APIs for a description.
    fn curl(&mut self, words: &[&str]) {
        let url = words
            .iter()
            .copied()
            .chain(self.flags.iter().map(|(_, value)| value.as_str()))
            .find(|word| word.starts_with("https://") || word.starts_with("http://"));
        let Some((host, path)) = url
            .and_then(|url| url.split_once("://"))
            .map(|(_, rest)| rest.split_once('/').unwrap_or((rest, "")))
        else {
            return;
        };
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let is_google = host.ends_with("googleapis.com") || host == "accounts.google.com";
        let path_end = path.rsplit('/').next().unwrap_or(path);
        self.reads = if path_end == "tokeninfo" && is_google {
            Reads::TokenInfo
        } else if matches!(
            path_end,
            "certs" | "jwks" | "jwks.json" | "public_key-jwk" | "public_key"
        ) || path.contains("/metadata/jwk/")
            || path.contains("/metadata/x509/")
            || path.contains("securetoken@system")
        {
            Reads::KeySet
        } else if !is_google && self.is_bare() {
            Reads::Probe
        } else if !is_google || path_end.ends_with(":run") {
            Reads::Nothing
        } else if path_end.ends_with(":getIamPolicy") {
            let (path, _) = path.rsplit_once(':').unwrap_or((path, ""));
            self.name = Some(path.to_owned());
            Reads::Policy(
                Resource::read(path).map_or(ResourceKind::Other, |resource| resource.kind),
            )
        } else {
            let _ = query;
            let kind = Resource::read(path).map(|resource| resource.kind);
            let reads = match (host, kind) {
                (host, Some(ResourceKind::RunService)) if host.ends_with("run.googleapis.com") => {
                    Reads::RunService
                }
                (host, Some(ResourceKind::RunJob)) if host.ends_with("run.googleapis.com") => {
                    Reads::RunJob
                }
                ("cloudscheduler.googleapis.com", Some(ResourceKind::RunJob)) => {
                    Reads::SchedulerJob
                }
                (_, Some(ResourceKind::Function)) => Reads::Function,
                (_, Some(ResourceKind::Subscription)) => Reads::Subscription,
                (_, Some(ResourceKind::ServiceAccount)) if !path.contains(":generate") => {
                    Reads::ServiceAccount
                }
                _ => Reads::Nothing,
            };
            self.name = (reads != Reads::Nothing).then(|| path.to_owned());
            reads
        };
    }
}

const PROGRAMS: &[&str] = &[
    "gcloud",
    "gsutil",
    "kubectl",
    "oc",
    "terraform",
    "tofu",
    "curl",
];

/// Words that may stand before the program.
fn is_before_program(word: &str) -> bool {
    matches!(word, "sudo" | "time" | "command" | "exec")
        || word.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
}

/// The command on a line behind its prompt, and what the prompt says of the project.
///
/// A prompt ends with `$`, `#`, `%`, `>` or an arrow; without one, only a read command at the
/// start of a line is taken for a command.
pub(crate) fn on_line(line: &str) -> Option<Origin> {
    let trimmed = line.trim();
    if let Some(command) = trimmed.strip_prefix("### why401:") {
        let mut origin = Origin::read(command.trim())?;
        origin.prompted = true;
        return Some(origin);
    }
    let (prompt, command) = at_program(trimmed)?;
    if prompt.is_empty() {
        // Quoted in a sentence, or indented as an example, it is no command that was run.
        if line.starts_with([' ', '\t']) {
            return None;
        }
        return Origin::read(command)
            .filter(|origin| origin.reads != Reads::Nothing && !is_sentence(command));
    }
    let mut origin = Origin::read(command)?;
    origin.prompted = true;
    if line.starts_with("    ") && origin.reads == Reads::Nothing {
        return None;
    }
    origin.project = origin.project.or_else(|| project(prompt));
    Some(origin)
}

/// Whether the words after a command's verb are those of a sentence: at most one of them is a name.
fn is_sentence(command: &str) -> bool {
    const VERBS: &[&str] = &[
        "describe",
        "list",
        "read",
        "get-iam-policy",
        "get",
        "get-value",
        "iam",
        "info",
        "show",
        "search-all-iam-policies",
        "analyze-iam-policy",
    ];
    let words = words(command);
    let (positional, _) = flags(words.iter().map(String::as_str).skip(1));
    let verb = positional
        .iter()
        .rposition(|word| VERBS.contains(&word.as_str()));
    let after = verb.map_or(0, |verb| {
        positional.len().saturating_sub(verb).saturating_sub(1)
    });
    after > 1
        || words
            .last()
            .is_some_and(|word| word.ends_with([',', '?', '!', ':']))
}

/// A prompt with nothing behind it.
pub(crate) fn is_bare_prompt(line: &str) -> bool {
    let line = line.trim();
    line.len() <= 160
        && (line.starts_with("PS ") && line.ends_with('>')
            || line.contains('@') && line.ends_with(['$', '#', '%']) && !line.contains(": ")
            || matches!(line, "$" | "%" | "❯" | "➜"))
}

/// The prompt, and the command from the program's name on.
fn at_program(line: &str) -> Option<(&str, &str)> {
    const LONGEST_PROMPT: usize = 160;
    let mut from = 0_usize;
    for word in line.split_inclusive([' ', '\t']) {
        let at = from;
        from = from.saturating_add(word.len());
        if at > LONGEST_PROMPT {
            return None;
        }
        let (before, command) = line.split_at_checked(at)?;
        let word = word.trim();
        if word.is_empty() {
            continue;
        }
        let name = word
            .rsplit(['/', '\\', '>', '$', '#'])
            .next()
            .unwrap_or(word);
        let name = name.strip_suffix(".cmd").unwrap_or(name);
        if PROGRAMS.contains(&name) {
            // `C:\>gcloud`, `$gcloud`: the prompt ends within the word.
            let glued = word.len().saturating_sub(name.len());
            let ends = if glued > 0 && word.get(..glued).is_some_and(is_prompt_end) {
                glued
            } else {
                0
            };
            let prompt = line.get(..at.saturating_add(ends))?.trim_end();
            let command = line.get(at.saturating_add(ends)..)?;
            let is_prompt = is_prompt_end(prompt) || prompt.is_empty();
            return is_prompt.then_some((prompt, command));
        }
        if is_before_program(word) && (before.trim().is_empty() || is_prompt_end(before.trim_end()))
        {
            let mut rest = command
                .split_whitespace()
                .skip_while(|word| is_before_program(word));
            if rest.next().is_some_and(|word| PROGRAMS.contains(&word)) {
                return Some((before.trim_end(), command));
            }
        }
    }
    None
}

fn is_prompt_end(prompt: &str) -> bool {
    // `✗` and `(main)` are what themes of zsh put last.
    prompt.ends_with(['$', '#', '%', '>', '❯', '➜', 'λ', '»', '▶', '✗', '±'])
        || prompt.starts_with('➜')
}

/// The project in a Cloud Shell's prompt, `dana@cloudshell:~ (orchard-prod-4821)$`.
fn project(prompt: &str) -> Option<String> {
    if !prompt.contains("@cloudshell") {
        return None;
    }
    let (_, rest) = prompt.split_once('(')?;
    let (project, _) = rest.split_once(')')?;
    Some(project.to_owned())
}

/// The words of a command line, quotes resolved as a POSIX shell does; nothing is expanded.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = command.chars().peekable();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (Some(open), _) if open == char => quote = None,
            (Some('"') | None, '\\')
                if chars
                    .peek()
                    .is_some_and(|next| matches!(next, '"' | '\\' | '$' | '`')) =>
            {
                word.get_or_insert_default().extend(chars.next());
            }
            (Some(_), _) => word.get_or_insert_default().push(char),
            (None, '"' | '\'') => {
                quote = Some(char);
                word.get_or_insert_default();
            }
            (None, char) if char.is_whitespace() => words.extend(word.take()),
            // What follows a pipe or another command reads nothing more.
            (None, '|' | ';') => break,
            (None, '&') if chars.peek() == Some(&'&') => break,
            (None, _) => word.get_or_insert_default().push(char),
        }
    }
    words.extend(word);
    words
}

/// Flags that take no value, so that the word after them is a name.
const SWITCHES: &[&str] = &[
    "gen2",
    "no-gen2",
    "global",
    "effective",
    "quiet",
    "q",
    "s",
    "i",
    "si",
    "sS",
    "v",
    "k",
    "L",
    "verbose",
    "silent",
    "include",
    "all",
    "no-color",
    "sv",
    "f",
    "fsSL",
    "vs",
    "is",
    "version",
    "uri",
    "show-token-info",
    "no-user-output-enabled",
    "sL",
    "compressed",
    "insecure",
];

fn flags<'w>(words: impl Iterator<Item = &'w str>) -> (Vec<String>, Vec<(String, String)>) {
    let mut positional = Vec::new();
    let mut flags: Vec<(String, String)> = Vec::new();
    let mut waiting = false;
    for word in words {
        let Some(flag) = word.strip_prefix('-').filter(|flag| !flag.is_empty()) else {
            match flags.last_mut() {
                Some((_, value)) if waiting => word.clone_into(value),
                _ => positional.push(word.to_owned()),
            }
            waiting = false;
            continue;
        };
        let flag = flag.trim_start_matches('-');
        let (name, value) = flag.split_once('=').unwrap_or((flag, ""));
        waiting = !flag.contains('=') && !SWITCHES.contains(&name);
        let name = match name {
            "output" | "o" => "format",
            "n" => "namespace",
            other => other,
        };
        flags.push((name.to_owned(), value.to_owned()));
    }
    (positional, flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(line: &str) -> Origin {
        on_line(line).unwrap_or_else(|| panic!("no command: {line}"))
    }

    #[test]
    fn prompts_of_all_shells_are_taken_off() {
        for line in [
            "$ gcloud run services describe orders --region=us-central1",
            "# gcloud run services describe orders --region us-central1",
            "dana@cloudshell:~/shop (orchard-prod-4821)$ gcloud run services describe orders --region=us-central1",
            "PS C:\\Users\\dana> gcloud run services describe orders --region=us-central1",
            "C:\\>gcloud run services describe orders --region=us-central1",
            "dana@Mac shop % gcloud run services describe orders --region \"us-central1\"",
            "➜  shop git:(main) ✗ gcloud run services describe orders --region=us-central1",
            "gcloud run services describe orders --region=us-central1",
            "$ CLOUDSDK_CORE_PROJECT=x gcloud beta run services describe orders --region=us-central1 | cat",
            "### why401: gcloud run services describe orders --region=us-central1",
        ] {
            let origin = origin(line);
            assert_eq!(origin.reads, Reads::RunService, "{line}");
            assert_eq!(origin.name.as_deref(), Some("orders"), "{line}");
            assert_eq!(origin.region.as_deref(), Some("us-central1"), "{line}");
        }
        assert_eq!(
            origin("dana@cloudshell:~ (orchard-prod-4821)$ gcloud auth list")
                .project
                .as_deref(),
            Some("orchard-prod-4821")
        );
    }

    #[test]
    fn sentences_are_no_commands() {
        for line in [
            "The command gcloud run services describe orders prints nothing",
            "    gcloud run services describe orders",
            "gcloud is not logged in",
            "gcloud auth list shows the service account",
            "gcloud run services describe orders prints this:",
            "gcloud run deploy orders",
            "    $ gcloud config set account `ACCOUNT`",
            "resource \"google_cloud_run_v2_service\" \"x\" {",
        ] {
            assert_eq!(on_line(line), None, "{line}");
        }
        assert_eq!(origin("$ gcloud run deploy orders").reads, Reads::Nothing);
    }

    #[test]
    fn what_is_read_follows_from_the_words() {
        for (line, reads, name) in [
            (
                "$ gcloud projects get-iam-policy p --flatten=\"bindings[].members\"",
                Reads::Policy(ResourceKind::Project),
                Some("p"),
            ),
            (
                "$ gcloud iap web get-iam-policy --resource-type=cloud-run --service=orders --region=r",
                Reads::Policy(ResourceKind::Iap),
                Some("orders"),
            ),
            (
                "$ curl -s \"https://oauth2.googleapis.com/tokeninfo?access_token=$T\"",
                Reads::TokenInfo,
                None,
            ),
            (
                "$ curl -s https://www.googleapis.com/oauth2/v3/certs",
                Reads::KeySet,
                None,
            ),
            (
                "$ curl -si https://orders-1.us-central1.run.app/",
                Reads::Nothing,
                None,
            ),
            (
                "$ curl -X POST https://run.googleapis.com/v2/projects/p/locations/l/jobs/j:run",
                Reads::Nothing,
                None,
            ),
            (
                "$ kubectl get serviceaccount ledger-api --namespace=payments --output=yaml",
                Reads::KubernetesAccount,
                Some("ledger-api"),
            ),
            (
                "$ terraform state show google_cloud_run_v2_service.orders",
                Reads::Terraform,
                Some("google_cloud_run_v2_service.orders"),
            ),
            (
                "$ gcloud tasks describe 42 --queue=mail",
                Reads::Task,
                Some("42"),
            ),
        ] {
            let origin = origin(line);
            assert_eq!(
                (origin.reads, origin.name.as_deref()),
                (reads, name),
                "{line}"
            );
        }
        let v2 = origin(
            "$ curl -s -H \"Authorization: Bearer $(gcloud auth print-access-token)\" https://run.googleapis.com/v2/projects/p/locations/l/services/orders",
        );
        assert_eq!(v2.reads, Reads::RunService);
        let resource = v2.resource().expect("a resource");
        assert_eq!(resource.name.as_deref(), Some("orders"));
        assert_eq!(resource.location.as_deref(), Some("l"));
    }
}
