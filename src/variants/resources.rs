//! Names of things that are not there: an instance, bucket, repository, image, model, secret.

use super::roles::repeat;
use super::{Variant, url};
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, inspect};

pub(super) const VARIANTS: &[Variant] = &[Variant {
    id: "resource-name-wrong",
    cause: "wrong-url",
    says: "What the request names does not exist there: its name, its region or its project is wrong.",
    why: "Who may not see a thing often gets a 403 instead: a 404 means that the name was looked for and not found.",
    remedy: |fill| {
        let remedy = if fill.known(Hole::RunJob).is_some() && fill.mentions(&["namespaces/"]) {
            Remedy::change(url::run_job(fill)).check(inspect::bare_status(fill))
        } else if fill.mentions(&["v1alpha", "v2alpha"]) {
            Remedy::change(newer_tool(fill)).or("When the version is still there:", correct(fill))
        } else if fill.mentions(FUNCTION) {
            Remedy::change(function(fill)).check(functions(fill))
        } else if fill.mentions(DATABASE) {
            Remedy::change(database(fill))
        } else if fill.mentions(IMAGE) {
            image(fill)
        } else if fill.mentions(MODEL) {
            Remedy::change(model(fill))
        } else if fill.mentions(SERVICE) {
            Remedy::change(correct(fill)).check(inspect::services(fill))
        } else {
            Remedy::change(correct(fill))
        };
        remedy.verify(repeat(fill))
    },
}];

const FUNCTION: &[&str] = &["function ", "functions/", "cloudfunctions"];
const DATABASE: &[&str] = &[
    "cloud sql",
    "cloudsql",
    "sqladmin",
    "connection name",
    "instance uri",
    "alloydb",
    "second generation instance",
];
const IMAGE: &[&str] = &[
    "image",
    "docker",
    "pkg.dev",
    "gcr.io",
    "manifest",
    "repository",
    "repo ",
];
const MODEL: &[&str] = &["model", "aiplatform", "vertex", "gemini"];
const SERVICE: &[&str] = &["kind 'service'", "kind \"service\"", "run.app", "cloud run"];

/// The name, by what the project has.
fn correct(fill: &Fill) -> Fix {
    Draft::changes(fill, "Correct the name, region or project of the resource")
        .caution("A list of what is there, in the project and region that the request names, tells which of the three is wrong.")
        .words("Compare the resource in the request part by part with what its list shows (gcloud … list, or the console): project id, not display name; region or location; name, capitals included. What is not there must be made before. A project of another login: gcloud config get project.")
        .done()
}

/// A tool that asks a version of the API that is no more.
fn newer_tool(fill: &Fill) -> Fix {
    let draft = Draft::changes(fill, "Update the tool: it asks an alpha version of the API")
        .caution("Alpha versions are switched off, and then know no resource any more.");
    if fill.mentions(&["firebase", "[hosting]"]) {
        draft.words("npm install --global firebase-tools@latest, or firebase-tools in package.json.")
    } else if fill.mentions(&["gcloud"]) {
        draft.sh(&["gcloud components update"])
    } else {
        draft.words("Update the tool or library to its latest release; in own code call version v1 or v2 of the API.")
    }
    .done()
}

/// The API of 1st gen knows none of 2nd gen, and neither is called through it.
fn function(fill: &Fill) -> Fix {
    Draft::changes(fill, "Call the function at its own URL, by the name and region that it has")
        .caution("The method functions.call of version 1 of the API knows 1st gen functions alone. A function that the list does not have is not deployed in this project.")
        .words("A plain HTTPS request with an ID token, to the URL that gcloud functions describe FUNCTION --region=REGION --format='value(serviceConfig.uri,httpsTrigger.url)' prints: https://REGION-PROJECT_ID.cloudfunctions.net/FUNCTION, or its run.app URL.")
        .done()
}

fn functions(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "See the project’s functions, with region and generation",
    )
    .sh(&["gcloud functions list", "[--project=PROJECT_ID]"])
    .done()
}

fn database(fill: &Fill) -> Fix {
    Draft::changes(fill, "Correct the instance’s connection name")
        .caution("All three parts must be the instance’s own; a 1st generation instance cannot be connected to.")
        .words("The connection name is PROJECT_ID:REGION:DATABASE_INSTANCE, as connectionName of the instance’s description has it (gcloud sql instances describe), region included (us-central1, europe-west1). AlloyDB: projects/PROJECT_ID/locations/REGION/clusters/CLUSTER/instances/DATABASE_INSTANCE.")
        .done()
}

/// The image’s name, or the repository that it should be in.
fn image(fill: &Fill) -> Remedy {
    let name = Draft::changes(fill, "Correct the image’s name and tag, or push it")
        .caution("The region stands in the host, the project and the repository before the image. A pull without a login is refused in the same words: in Kubernetes see imagePullSecrets.")
        .words("REGION-docker.pkg.dev/PROJECT_ID/IMAGE_REPOSITORY/ and the image with its tag, as docker push wrote it. Build and push it before it is deployed.")
        .done();
    let made = Draft::changes(fill, "Create the repository")
        .sh(&[
            "gcloud artifacts repositories create",
            "IMAGE_REPOSITORY",
            "--repository-format=docker",
            "--location=LOCATION",
            "[--project=PROJECT_ID]",
        ])
        .code(
            crate::fix::Language::Hcl,
            &super::told!(
                "
resource \"google_artifact_registry_repository\" \"repository\" {
  project       = \"PROJECT_ID\"
  location      = \"LOCATION\"
  repository_id = \"IMAGE_REPOSITORY\"
  format        = \"DOCKER\"
}
"
            ),
        )
        .words("In the console: Artifact Registry, Create repository.")
        .done();
    let list = Draft::reads(fill, "See the repositories of the project")
        .sh(&[
            "gcloud artifacts repositories list",
            "[--project=PROJECT_ID]",
        ])
        .done();
    let missing = fill.mentions(&["repository \"", "repo ", "repositories/"])
        && fill.mentions(&["not found", "does not exist"]);
    if missing {
        Remedy::change(made).or("When it is there under another name:", name)
    } else {
        Remedy::change(name).or("When the list does not have the repository:", made)
    }
    .check(list)
}

fn model(fill: &Fill) -> Fix {
    Draft::changes(fill, "Name a model that this region serves, and call that region’s host")
        .caution("A model can be retired, and not every region has every model; some are in the location global alone.")
        .words("The path names projects/PROJECT_ID/locations/REGION/publishers/google/models/ and the model’s id. The host is REGION-aiplatform.googleapis.com for a region and aiplatform.googleapis.com for the location global. The documentation of models lists ids and regions. A tuned model or endpoint is in the region where it was made.")
        .done()
}
