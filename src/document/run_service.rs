//! A Cloud Run service: API v1 and v2, human text, Terraform.

use super::origin::Origin;
use super::resource::{Resource, short};
use super::value::{Tree, Value};

/// What a description says of a Cloud Run service. `None` where it does not tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RunService {
    pub(crate) name: Option<String>,
    /// The project's id.
    pub(crate) project: Option<String>,
    /// The project's number.
    pub(crate) project_number: Option<String>,
    pub(crate) region: Option<String>,
    /// The URL that is shown as the service's own.
    pub(crate) url: Option<String>,
    /// All URLs named, `url` among them, without those of tags.
    pub(crate) urls: Vec<String>,
    /// `urls` is the service's own list of all its URLs.
    pub(crate) all_urls: bool,
    /// Audiences registered beside the URLs; `None` where they are not shown.
    pub(crate) custom_audiences: Option<Vec<String>>,
    pub(crate) ingress: Option<Ingress>,
    /// IAP is switched on at the service itself.
    pub(crate) iap: Option<bool>,
    /// `Some(false)`: IAM is not asked, and the application alone decides.
    pub(crate) invoker_check: Option<bool>,
    /// `Some(false)`: the run.app URL is switched off.
    pub(crate) default_url: Option<bool>,
    /// The account that the service runs as.
    pub(crate) account: Option<String>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) ready: Option<bool>,
    /// The function whose code it runs.
    pub(crate) function: Option<String>,
}

/// A traffic tag and the URL of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) url: Option<String>,
}

/// From where a service or function takes requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ingress {
    All,
    Internal,
    /// Internal, and through a load balancer.
    LoadBalancer,
    /// Another setting, as written.
    Other(String),
}

impl Ingress {
    /// The names of Cloud Run v1 and v2, of functions, and the numbers of v2.
    pub(crate) fn read(text: &str) -> Option<Self> {
        // `all (currently internal)`: what holds now.
        let text = text
            .split_once("(currently ")
            .map_or(text, |(_, now)| now.trim_end_matches(')'))
            .trim();
        Some(match text {
            "all" | "INGRESS_TRAFFIC_ALL" | "ALLOW_ALL" | "1" => Self::All,
            "internal" | "INGRESS_TRAFFIC_INTERNAL_ONLY" | "ALLOW_INTERNAL_ONLY" | "2" => {
                Self::Internal
            }
            "internal-and-cloud-load-balancing"
            | "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
            | "ALLOW_INTERNAL_AND_GCLB"
            | "3" => Self::LoadBalancer,
            "" | "-" | "0" | "INGRESS_TRAFFIC_UNSPECIFIED" | "INGRESS_SETTINGS_UNSPECIFIED" => {
                return None;
            }
            other => Self::Other(other.to_owned()),
        })
    }
}

impl Ingress {
    /// As gcloud names it.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::All => "`all`",
            Self::Internal => "`internal`",
            Self::LoadBalancer => "`internal-and-cloud-load-balancing`",
            Self::Other(other) => other,
        }
    }
}

const ANNOTATIONS: [&str; 2] = ["metadata", "annotations"];

pub(crate) fn recognise(tree: &Tree) -> bool {
    let is_v1 = tree
        .text(&["apiVersion"])
        .is_some_and(|version| version.starts_with("serving.knative.dev/"))
        && tree.text(&["kind"]).is_some_and(|kind| kind == "Service");
    let is_v2 = tree
        .text(&["name"])
        .is_some_and(|name| name.contains("/locations/") && name.contains("/services/"))
        && (tree.has(&["template"]) || tree.has(&["uri"]) || tree.has(&["ingress"]));
    is_v1 || is_v2 || is_part(tree)
}

/// What `--format=yaml(status.url, …)` leaves.
fn is_part(tree: &Tree) -> bool {
    tree.has(&["status", "latestReadyRevisionName"])
        || tree.at(&ANNOTATIONS).is_some_and(|annotations| {
            annotations.entries().iter().any(|(name, _)| {
                name == "run.googleapis.com/ingress"
                    || name == "run.googleapis.com/urls"
                    || name == "run.googleapis.com/invoker-iam-disabled"
            })
        })
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> RunService {
    let is_v2 = !tree.has(&["metadata"])
        && !tree.has(&["status", "url"])
        && !tree.has(&["spec"])
        && !tree.has(&["kind"]);
    let mut service = if is_v2 { v2(tree) } else { v1(tree) };
    service.fill(origin);
    service
}

fn v1(tree: &mut Tree) -> RunService {
    let annotation = |tree: &Tree, name: &str| {
        let name = format!("run.googleapis.com/{name}");
        tree.text(&["metadata", "annotations", &name])
    };
    let off = |tree: &Tree, name: &str| {
        let name = format!("run.googleapis.com/{name}");
        tree.flag(&["metadata", "annotations", &name])
    };
    // gcloud sorts the names, so the URL stands last; without one, traffic does.
    let disabled = annotation(tree, "default-url-disabled").is_some();
    let url = tree.text(&["status", "url"]);
    let is_whole = url.is_some_and(|url| url.ends_with(".run.app"));
    tree.close(is_whole || disabled && tree.has(&["status", "traffic"]));
    let listed = annotation(tree, "urls");
    let audiences = [
        "metadata",
        "annotations",
        "run.googleapis.com/custom-audiences",
    ];
    let namespace = tree.text(&["metadata", "namespace"]);
    let is_number = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut service = RunService {
        name: tree
            .text(&["metadata", "name"])
            .or_else(|| tree.text(&["name"]).map(|name| short(&name).to_owned())),
        project: namespace.clone().filter(|name| !is_number(name)),
        project_number: namespace.filter(is_number),
        region: tree
            .text(&["metadata", "labels", "cloud.googleapis.com/location"])
            .or_else(|| tree.text(&["location"])),
        url: tree
            .text(&["status", "url"])
            .or_else(|| tree.text(&["status", "address", "url"])),
        all_urls: listed.is_some(),
        urls: listed
            .map(|list| Value::Text(list).texts())
            .unwrap_or_default(),
        custom_audiences: (tree.has(&audiences) || tree.tells(&audiences))
            .then(|| tree.texts(&audiences)),
        ingress: annotation(tree, "ingress-status")
            .or_else(|| annotation(tree, "ingress"))
            .and_then(|ingress| Ingress::read(&ingress)),
        iap: off(tree, "iap-enabled"),
        invoker_check: off(tree, "invoker-iam-disabled").map(|off| !off),
        default_url: off(tree, "default-url-disabled").map(|off| !off),
        account: tree
            .text(&["spec", "template", "spec", "serviceAccountName"])
            .or_else(|| tree.text(&["spec", "template", "spec", "serviceAccount"]))
            // Terraform's `google_cloud_run_service` has no `spec` around it.
            .or_else(|| tree.text(&["template", "spec", "serviceAccountName"])),
        ready: ready(tree.at(&["status", "conditions"])),
        function: tree.text(&[
            "metadata",
            "annotations",
            "cloudfunctions.googleapis.com/function-id",
        ]),
        ..RunService::default()
    };
    service.tags = tags(
        tree.at(&["status", "traffic"])
            .or_else(|| tree.at(&["spec", "traffic"])),
    );
    service.complete_urls();
    service
}

fn v2(tree: &mut Tree) -> RunService {
    tree.close(tree.has(&["uri"]) && tree.has(&["terminalCondition"]));
    let resource = tree.text(&["name"]).and_then(|name| Resource::read(&name));
    let audiences = ["customAudiences"];
    let mut service = RunService {
        name: tree.text(&["name"]).map(|name| short(&name).to_owned()),
        project: resource
            .as_ref()
            .and_then(|resource| resource.project.clone()),
        region: resource
            .and_then(|resource| resource.location)
            .or_else(|| tree.text(&["location"])),
        url: tree.text(&["uri"]),
        all_urls: !tree.texts(&["urls"]).is_empty(),
        urls: tree.texts(&["urls"]),
        custom_audiences: (tree.has(&audiences) || tree.tells(&audiences))
            .then(|| tree.texts(&audiences)),
        ingress: tree
            .text(&["ingress"])
            .and_then(|ingress| Ingress::read(&ingress)),
        iap: tree.flag(&["iapEnabled"]),
        invoker_check: tree.flag(&["invokerIamDisabled"]).map(|off| !off),
        default_url: tree.flag(&["defaultUriDisabled"]).map(|off| !off),
        account: tree.text(&["template", "serviceAccount"]),
        ready: ready(tree.at(&["terminalCondition"])),
        ..RunService::default()
    };
    service.tags = tags(
        tree.at(&["trafficStatuses"])
            .or_else(|| tree.at(&["traffic"])),
    );
    service.complete_urls();
    service
}

/// Whether the condition named `Ready` holds; v2 may write its state as a number.
fn ready(conditions: Option<&Value>) -> Option<bool> {
    let ready = conditions?
        .items()
        .iter()
        .find(|condition| condition.text(&["type"]) == Some("Ready"))?;
    match ready.text(&["status"]).or_else(|| ready.text(&["state"]))? {
        "True" | "true" | "CONDITION_SUCCEEDED" | "4" => Some(true),
        "False" | "false" | "CONDITION_FAILED" | "3" => Some(false),
        _ => None,
    }
}

fn tags(traffic: Option<&Value>) -> Vec<Tag> {
    let items = traffic.map(Value::items).unwrap_or_default();
    items
        .iter()
        .filter_map(|target| {
            Some(Tag {
                name: target.text(&["tag"])?.to_owned(),
                url: target
                    .text(&["url"])
                    .or_else(|| target.text(&["uri"]))
                    .map(str::to_owned),
            })
        })
        .collect()
}

impl RunService {
    fn complete_urls(&mut self) {
        if let Some(url) = &self.url
            && !self.urls.contains(url)
        {
            self.urls.push(url.clone());
        }
    }

    /// What the command knows better than its output.
    fn fill(&mut self, origin: Option<&Origin>) {
        if let Some(resource) = origin.and_then(Origin::resource) {
            self.name = self.name.take().or(resource.name);
            self.project = self.project.take().or(resource.project);
            self.region = self.region.take().or(resource.location);
        }
        if let Some(project) = &self.project
            && project.bytes().all(|byte| byte.is_ascii_digit())
        {
            self.project_number = self.project.take();
        }
    }
}

/// The name and region in `✔ Service orders in region europe-west1`.
pub(crate) fn heading(line: &str) -> Option<(&str, &str)> {
    let (mark, rest) = line.trim().split_once(' ')?;
    if mark.chars().count() > 3 || mark.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let rest = rest
        .trim_start()
        .strip_prefix("Multi-Region ")
        .unwrap_or(rest.trim_start());
    let (name, region) = rest.strip_prefix("Service ")?.split_once(" in ")?;
    let region = region
        .strip_prefix("region ")
        .or_else(|| region.strip_prefix("regions "))?;
    (!name.contains(' ') && !region.trim().is_empty()).then(|| (name, region.trim()))
}

/// The text that `gcloud run services describe` prints by default, in all its editions. It leaves
/// out what it likes: nothing follows from what is not in it.
pub(crate) fn from_text<'t>(
    lines: impl Iterator<Item = &'t str>,
    origin: Option<&Origin>,
) -> RunService {
    let mut service = RunService::default();
    let mut in_revision = false;
    for line in lines {
        if let Some((name, region)) = heading(line) {
            service.name = Some(name.to_owned());
            service.region = Some(region.to_owned());
            continue;
        }
        let text = line.trim();
        in_revision |= text.starts_with("Last updated on ") || text.starts_with("Revision ");
        let Some((label, value)) = text.split_once(':') else {
            continue;
        };
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match label {
            "URL" if !in_revision => service.url = Some(value.to_owned()),
            // The edition of 2020 shows the URL on this line.
            "Traffic" if value.starts_with("https://") => service.url = Some(value.to_owned()),
            "Ingress" if !in_revision => service.ingress = Ingress::read(value),
            "Iap Enabled" | "IAP" if !in_revision => {
                service.iap = Value::Text(value.to_owned()).as_flag();
            }
            "Service account" | "Service Account" if line.starts_with(' ') => {
                service.account = Some(value.to_owned());
            }
            tag if !in_revision && value.contains("---") && value.starts_with("https://") => {
                service.tags.push(Tag {
                    name: tag.split(' ').next().unwrap_or(tag).to_owned(),
                    url: Some(value.to_owned()),
                });
            }
            _ => {}
        }
    }
    service.complete_urls();
    service.fill(origin);
    service
}
