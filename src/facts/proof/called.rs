//! The called service or function: which of the documents describe it, and which another one.

use super::{Call, Proof, Runtime, Seen};
use crate::document::{Document, Function, Part, Reads, ResourceKind, RunService, Unreadable, Why};
use crate::facts::{Entity, From};
use crate::target::Product;
use crate::visible::in_code;

/// Where a call goes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    pub(crate) name: Option<String>,
    pub(crate) region: Option<String>,
    /// The project's id.
    pub(crate) project: Option<String>,
    /// The project's number.
    pub(crate) number: Option<String>,
    /// The called host, without a tag.
    host: String,
    /// The host belongs to the service alone, so that nothing else is described by it.
    own_host: bool,
}

/// In what a document is about something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Differs {
    Name,
    Region,
    Project,
}

impl Place {
    /// From the URL and the fields; of a domain the log's labels, else the only service there is.
    pub(super) fn of(call: &Call<'_>, documents: &[Seen<&Document>]) -> Self {
        let target = call.target;
        let own_host = matches!(target.product, Product::CloudRun | Product::CloudFunctions);
        // The names in a log are those of the service that was refused.
        let logged = |entity| {
            call.named
                .all(entity)
                .find(|known| matches!(known.from, From::Log(_) | From::Answer))
                .map(|known| known.value.clone())
        };
        let mut place = Self {
            name: target.service.clone(),
            region: target.region.clone(),
            project: target.project.clone(),
            number: target.project_number.clone(),
            host: target
                .service_url()
                .trim_start_matches("https://")
                .to_owned(),
            own_host,
        };
        if !own_host {
            place.name = place.name.or_else(|| logged(Entity::Service));
            place.region = place.region.or_else(|| logged(Entity::Region));
            if target.product == Product::GoogleApi {
                return place;
            }
            let registered = services(documents).find(|(_, service)| {
                let origin = &target.origin;
                let audiences = service.custom_audiences.as_deref().unwrap_or_default();
                !origin.is_empty()
                    && audiences
                        .iter()
                        .any(|audience| audience.starts_with(origin.as_str()))
            });
            let only = || {
                let mut all = services(documents);
                all.next().filter(|_| all.next().is_none())
            };
            if place.name.is_none()
                && let Some((_, service)) = registered.or_else(only)
            {
                place.name.clone_from(&service.name);
                place.region.clone_from(&service.region);
                place.project.clone_from(&service.project);
            }
        }
        place
    }

    /// In what something of this name, region and project is not what is called; `None` where
    /// nothing contradicts.
    pub(super) fn differs(
        &self,
        name: Option<&str>,
        region: Option<&str>,
        project: Option<&str>,
    ) -> Option<Differs> {
        let other = |ours: Option<&str>, theirs: Option<&str>| match (ours, theirs) {
            (Some(ours), Some(theirs)) => !ours.eq_ignore_ascii_case(theirs),
            _ => false,
        };
        let is_number = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
        let ours = match project {
            Some(project) if is_number(&project) => self.number.as_deref(),
            _ => self.project.as_deref().filter(|ours| !is_number(ours)),
        };
        if other(self.name.as_deref(), name) {
            Some(Differs::Name)
        } else if other(self.region.as_deref(), region) {
            Some(Differs::Region)
        } else if other(ours, project) {
            Some(Differs::Project)
        } else {
            None
        }
    }

    /// The same service name.
    pub(super) fn is_named(&self, name: Option<&str>) -> bool {
        self.name.is_some() && self.name.as_deref() == name
    }

    /// Whether the description is the called service's: by a URL of its own, else by its names.
    fn fits(&self, service: &RunService) -> bool {
        let has_url = service.urls.iter().chain(&service.url).any(|url| {
            !self.host.is_empty()
                && url.trim_start_matches("https://").trim_end_matches('/') == self.host
        });
        let differs = self.differs(
            service.name.as_deref(),
            service.region.as_deref(),
            service
                .project
                .as_deref()
                .or(service.project_number.as_deref()),
        );
        (has_url || self.name.is_some() && service.name.is_some()) && differs.is_none()
    }

    fn is(&self, function: &Function) -> bool {
        let has_url = [&function.url, &function.service_url]
            .into_iter()
            .flatten()
            .any(|url| {
                let url = url.trim_start_matches("https://").trim_end_matches('/');
                !self.host.is_empty()
                    && (url == self.host
                        || url.split('/').next() == Some(self.host.as_str())
                            && self.is_named(function.name.as_deref()))
            });
        let named = self.name.is_some()
            && (function.name.is_some() || function.service.is_some())
            && (self.is_named(function.name.as_deref())
                || self.is_named(function.service.as_deref()));
        let differs = self.differs(
            self.name.as_deref(),
            function.region.as_deref(),
            function.project.as_deref(),
        );
        (has_url || named) && differs.is_none()
    }

    /// `projects/p/locations/l/services/s`, as far as it is known.
    pub(super) fn resource(&self) -> Option<String> {
        let project = self.project.as_deref().or(self.number.as_deref())?;
        Some(format!(
            "projects/{project}/locations/{}/services/{}",
            self.region.as_deref()?,
            self.name.as_deref()?
        ))
    }
}

fn services<'d>(
    documents: &'d [Seen<&'d Document>],
) -> impl Iterator<Item = (&'d Seen<&'d Document>, &'d RunService)> {
    documents.iter().filter_map(|seen| match seen.what {
        Document::RunService(service) => Some((seen, service)),
        _ => None,
    })
}

/// The account that something which was not called runs as.
fn runtime(
    seen: &Seen<&Document>,
    name: &Option<String>,
    region: &Option<String>,
    account: &Option<String>,
) -> Option<Runtime> {
    let account = account.clone().filter(|account| seen.is_sure(account))?;
    Some(Runtime {
        name: name.clone()?,
        region: region.clone(),
        account,
    })
}

/// Sorts the descriptions: the called one, the callers, those of something else.
pub(super) fn find(proof: &mut Proof, documents: &[Seen<&Document>], parts: &[Part]) {
    // Its place, name, region, URL, and whether it is whole.
    type Listed<'d> = (usize, &'d str, Option<&'d str>, Option<&'d str>, bool);
    let mut listed: Vec<Listed<'_>> = Vec::new();
    for seen in documents {
        match seen.what {
            Document::RunService(service) if proof.place.fits(service) => {
                let merged = match proof.service.take() {
                    Some(known) => {
                        known.with(merge(known.what.clone(), service, &mut proof.asides))
                    }
                    None => seen.with(service.clone()),
                };
                // Two descriptions: what one does not show is not there only if both are whole.
                proof.service = Some(Seen {
                    whole: merged.whole && seen.whole,
                    ..merged
                });
            }
            Document::RunService(service) => {
                if let Some(name) = &service.name {
                    listed.push((
                        seen.at,
                        name,
                        service.region.as_deref(),
                        service.url.as_deref(),
                        seen.whole,
                    ));
                }
                proof.runtimes.extend(runtime(
                    seen,
                    &service.name,
                    &service.region,
                    &service.account,
                ));
            }
            Document::RunServices(list) => {
                for service in list {
                    listed.push((
                        seen.at,
                        &service.name,
                        service.region.as_deref(),
                        service.url.as_deref(),
                        seen.whole,
                    ));
                }
                let holds = list.iter().any(|service| {
                    proof
                        .place
                        .differs(Some(&service.name), service.region.as_deref(), None)
                        .is_none()
                });
                proof.absent |=
                    seen.whole && !holds && proof.place.name.is_some() && !list.is_empty();
            }
            Document::Function(function) if proof.place.is(function) => {
                proof.function = Some(seen.with(function.clone()));
            }
            Document::Function(function) => {
                proof.runtimes.extend(runtime(
                    seen,
                    &function.name,
                    &function.region,
                    &function.account,
                ));
            }
            Document::LogEntry(entry)
                if entry.by_application && proof.place.is_named(entry.service.as_deref()) =>
            {
                proof.app_lines = proof.app_lines.saturating_add(1);
            }
            Document::Unreadable(Unreadable {
                reason: Why::NotFound,
                ..
            }) => {
                let origin = parts.get(seen.at).and_then(|part| part.origin.as_ref());
                proof.absent |= origin.is_some_and(|origin| {
                    origin.reads == Reads::RunService
                        && proof.place.is_named(origin.name.as_deref())
                        && proof.place.region.is_some()
                        && proof.place.region == origin.region
                        && proof
                            .place
                            .differs(None, None, origin.project.as_deref())
                            .is_none()
                });
            }
            _ => {}
        }
    }
    let place = &mut proof.place;
    if let Some(service) = &proof.service {
        let what = &service.what;
        place.name = place.name.take().or_else(|| what.name.clone());
        place.region = place.region.take().or_else(|| what.region.clone());
        place.project = place.project.take().or_else(|| what.project.clone());
        place.number = place.number.take().or_else(|| what.project_number.clone());
    } else {
        proof.elsewhere = listed
            .iter()
            .filter(|(_, name, region, ..)| {
                place.is_named(Some(name)) && region.is_some() && *region != place.region.as_deref()
            })
            .find_map(|(_, _, region, url, _)| Some(((*region)?.to_owned(), (*url)?.to_owned())));
    }
    if let Some(function) = &proof.function {
        place.project = place
            .project
            .take()
            .or_else(|| function.what.project.clone());
        place.region = place.region.take().or_else(|| function.what.region.clone());
    }
    // The project's id stands in the commands that read this very service.
    if place.project.is_none() {
        place.project = parts.iter().find_map(|part| {
            let origin = part.origin.as_ref()?;
            let reads = matches!(
                origin.reads,
                Reads::RunService
                    | Reads::Function
                    | Reads::Policy(ResourceKind::RunService | ResourceKind::Function)
            );
            let resource = origin.resource().filter(|_| reads)?;
            let fits = place.is_named(resource.name.as_deref())
                && place
                    .differs(None, resource.location.as_deref(), None)
                    .is_none();
            resource.project.filter(|_| fits)
        });
    }
    say_aside(proof, documents);
}

/// Two descriptions of one service: what one does not tell the other may; where they differ it is
/// said, and the later one counts.
fn merge(mut known: RunService, other: &RunService, asides: &mut Vec<String>) -> RunService {
    macro_rules! take {
        ($($field:ident $what:literal;)*) => {$(
            if let (Some(first), Some(second)) = (&known.$field, &other.$field)
                && first != second
            {
                asides.push(format!("Two pasted descriptions of the service differ in {}; the later one is used.", $what));
            }
            if other.$field.is_some() {
                known.$field.clone_from(&other.$field);
            }
        )*};
    }
    take! {
        custom_audiences "their custom audiences";
        ingress "the ingress setting";
        iap "the IAP setting";
        invoker_check "the invoker check";
        default_url "the default URL";
        account "the account it runs as";
    }
    known.name = known.name.or_else(|| other.name.clone());
    known.region = known.region.or_else(|| other.region.clone());
    known.project = known.project.or_else(|| other.project.clone());
    known.project_number = known
        .project_number
        .or_else(|| other.project_number.clone());
    known.url = known.url.or_else(|| other.url.clone());
    known.all_urls |= other.all_urls;
    for url in &other.urls {
        if !known.urls.contains(url) {
            known.urls.push(url.clone());
        }
    }
    known.tags.extend(other.tags.iter().cloned());
    known
}

/// A description of the called name in another region or project, where nothing describes the
/// called one.
fn say_aside(proof: &mut Proof, documents: &[Seen<&Document>]) {
    if proof.service.is_some() || proof.function.is_some() || !proof.place.own_host {
        return;
    }
    for (_, service) in services(documents) {
        let differs = proof.place.differs(
            service.name.as_deref(),
            service.region.as_deref(),
            service
                .project
                .as_deref()
                .or(service.project_number.as_deref()),
        );
        let name = in_code(service.name.as_deref().unwrap_or_default()).into_owned();
        let what = match differs {
            Some(Differs::Region) => format!(
                "of `{name}` in `{}`, which is another region than the called one",
                in_code(service.region.as_deref().unwrap_or_default())
            ),
            Some(Differs::Project) => format!("of `{name}` in another project than the called one"),
            _ => continue,
        };
        proof.asides.push(format!(
            "A pasted description is {what}: it is not used for the called service."
        ));
    }
}
