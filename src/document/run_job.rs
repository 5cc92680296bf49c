//! A Cloud Run job: API v1 and v2, Terraform.

use super::origin::Origin;
use super::resource::{Resource, short};
use super::value::Tree;

/// What a description says of a Cloud Run job.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RunJob {
    pub(crate) name: Option<String>,
    /// The project's id or number.
    pub(crate) project: Option<String>,
    pub(crate) region: Option<String>,
    /// The account that the job runs as.
    pub(crate) account: Option<String>,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    let is_v1 = tree
        .text(&["apiVersion"])
        .is_some_and(|version| version.starts_with("run.googleapis.com/"))
        && tree.text(&["kind"]).is_some_and(|kind| kind == "Job");
    is_v1
        || tree
            .text(&["name"])
            .is_some_and(|name| name.contains("/locations/") && name.contains("/jobs/"))
            && tree.has(&["template"])
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> RunJob {
    tree.close(tree.has(&["status", "observedGeneration"]) || tree.has(&["updateTime"]));
    let resource = tree
        .text(&["name"])
        .and_then(|name| Resource::read(&name))
        .or_else(|| origin.and_then(Origin::resource));
    RunJob {
        name: tree
            .text(&["metadata", "name"])
            .or_else(|| tree.text(&["name"]).map(|name| short(&name).to_owned()))
            .or_else(|| resource.as_ref().and_then(|resource| resource.name.clone())),
        project: resource
            .as_ref()
            .and_then(|resource| resource.project.clone())
            .or_else(|| tree.text(&["metadata", "namespace"])),
        region: tree
            .text(&["metadata", "labels", "cloud.googleapis.com/location"])
            .or_else(|| resource.and_then(|resource| resource.location)),
        account: tree
            .text(&["template", "template", "serviceAccount"])
            .or_else(|| {
                tree.text(&[
                    "spec",
                    "template",
                    "spec",
                    "template",
                    "spec",
                    "serviceAccountName",
                ])
            }),
    }
}
