//! Commands that only look.

use super::Fix;
use super::command::Words;
use super::draft::Draft;
use super::fill::Fill;
use crate::evidence::Door;
use crate::input::Caller;
use crate::target::Product;

/// Which account the caller runs as.
pub(crate) fn caller_account(fill: &Fill) -> Fix {
    if fill.caller == Some(Caller::Browser) {
        // A browser has no account in IAM; what matters is how far the service is open.
        return if fill.door == Door::Api {
            logs(fill)
        } else {
            doors(fill)
        };
    }
    let (title, words): (_, Words) = match fill.caller {
        Some(Caller::CloudRun) => (
            "See which account the calling service runs as",
            &[
                "gcloud run services describe",
                "CALLING_SERVICE",
                "--region=LOCATION",
                "--format=value(spec.template.spec.serviceAccountName)",
            ],
        ),
        Some(Caller::CloudFunctions) => (
            "See which account the calling function runs as",
            &[
                "gcloud functions describe",
                "CALLING_SERVICE",
                "--region=LOCATION",
                "--format=value(serviceConfig.serviceAccountEmail,serviceAccountEmail)",
            ],
        ),
        Some(Caller::CloudScheduler) => (
            "See the job’s URL, account and audience",
            &[
                "gcloud scheduler jobs describe",
                "SCHEDULER_JOB",
                "--location=LOCATION",
            ],
        ),
        Some(Caller::CloudTasks) => (
            "See the URL, account and audience of the tasks",
            &[
                "gcloud tasks list",
                "--queue=QUEUE",
                "--location=LOCATION",
                "--format=yaml(httpRequest)",
            ],
        ),
        Some(Caller::PubsubPush) => (
            "See the subscription’s endpoint, account and audience",
            &[
                "gcloud pubsub subscriptions describe",
                "SUBSCRIPTION",
                "--format=yaml(pushConfig)",
            ],
        ),
        Some(Caller::Eventarc) => (
            "See the trigger’s account and destination",
            &[
                "gcloud eventarc triggers describe",
                "TRIGGER",
                "--location=LOCATION",
            ],
        ),
        Some(Caller::Workflows) => (
            "See which account the workflow runs as",
            &[
                "gcloud workflows describe",
                "WORKFLOW",
                "--location=LOCATION",
                "--format=value(serviceAccount)",
            ],
        ),
        Some(Caller::Gke) => (
            "See which Google account the pod’s account is bound to",
            &[
                "kubectl get serviceaccount",
                "KUBERNETES_ACCOUNT",
                "--namespace=NAMESPACE",
                "--output=yaml",
            ],
        ),
        Some(Caller::Gce) => (
            "See the VM’s account and scopes",
            &[
                "gcloud compute instances describe",
                "VM_NAME",
                "--zone=ZONE",
                "--format=yaml(serviceAccounts)",
            ],
        ),
        Some(Caller::GithubActions) => return provider(fill),
        Some(Caller::Impersonation) => return account_policy(fill),
        _ => (
            "See which account gcloud uses",
            &["gcloud auth list", "--filter=status:ACTIVE"],
        ),
    };
    Draft::reads(fill, title).sh(words).done()
}

/// How the identity provider is named in full, and which external tokens it takes.
pub(crate) fn provider(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "See the identity provider’s full name and what it admits",
    )
    .sh(&[
        "gcloud iam workload-identity-pools providers describe",
        "PROVIDER",
        "--workload-identity-pool=POOL",
        "--location=global",
        "--format=yaml(name,attributeCondition,attributeMapping,oidc)",
    ])
    .done()
}

/// The number that a Workspace administrator enters for domain-wide delegation.
pub(crate) fn delegation(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "See the client id of SERVICE_ACCOUNT_EMAIL for domain-wide delegation",
    )
    .caution("An administrator enters it with the exact scopes at admin.google.com: Security, API controls, domain-wide delegation.")
    .sh(&[
        "gcloud iam service-accounts describe",
        "SERVICE_ACCOUNT_EMAIL",
        "--format=value(oauth2ClientId)",
    ])
    .done()
}

/// Who may enter, by the policy of the door.
pub(crate) fn policy(fill: &Fill) -> Fix {
    match fill.door {
        Door::Function => Draft::reads(fill, "See who may call FUNCTION")
            .caution("This is the policy of a 1st gen function. A 2nd gen function takes the one of the Cloud Run service behind it.")
            .sh(&[
                "gcloud functions get-iam-policy",
                "FUNCTION",
                "--region=REGION",
                "[--project=PROJECT_ID]",
            ]),
        Door::Iap => Draft::reads(fill, "See whom IAP lets in").sh(match fill.product {
            Product::CloudRun => &[
                "gcloud iap web get-iam-policy",
                "--resource-type=cloud-run",
                "--service=SERVICE",
                "--region=REGION",
                "[--project=PROJECT_ID]",
            ],
            Product::AppEngine => &[
                "gcloud iap web get-iam-policy",
                "--resource-type=app-engine",
                "[--project=PROJECT_ID]",
            ],
            _ => &[
                "gcloud iap web get-iam-policy",
                "--resource-type=backend-services",
                "--service=BACKEND_SERVICE",
                "[--project=PROJECT_ID]",
            ],
        }),
        Door::Gateway => Draft::reads(fill, "See the gateway’s API config")
            .sh(&["gcloud api-gateway gateways describe", "GATEWAY", "--location=LOCATION"]),
        Door::Api if fill.known(super::hole::Hole::RunJob).is_some() => {
            Draft::reads(fill, "See who may run RUN_JOB").sh(&[
                "gcloud run jobs get-iam-policy",
                "RUN_JOB",
                "--region=REGION",
                "[--project=PROJECT_ID]",
            ])
        }
        Door::Api => Draft::reads(fill, "See which roles CALLER_EMAIL has in the project").sh(&[
            "gcloud projects get-iam-policy",
            "PROJECT_ID",
            "--flatten=bindings[].members",
            "--filter=bindings.members:CALLER_EMAIL",
            "--format=table(bindings.role,bindings.condition.title)",
        ]),
        _ => Draft::reads(fill, "See who may call SERVICE").sh(&[
            "gcloud run services get-iam-policy",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
        ]),
    }
    .done()
}

/// Whether the policies let this caller in, with the reason.
pub(crate) fn troubleshoot(fill: &Fill) -> Fix {
    Draft::reads(fill, "Ask IAM why CALLER_EMAIL may or may not call SERVICE")
        .sh(&[
            "gcloud policy-troubleshoot iam",
            "//run.googleapis.com/projects/PROJECT_ID/locations/REGION/services/SERVICE",
            "--principal-email=CALLER_EMAIL",
            "--permission=run.routes.invoke",
        ])
        .done()
}

/// The URLs and audiences of the service.
pub(crate) fn audiences(fill: &Fill) -> Fix {
    match fill.door {
        Door::Function => Draft::reads(fill, "See the URL and generation of FUNCTION").sh(&[
            "gcloud functions describe",
            "FUNCTION",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--format=value(environment,httpsTrigger.url,serviceConfig.uri)",
        ]),
        Door::Iap => Draft::reads(fill, "See IAP’s settings and OAuth client").sh(match fill.product {
            Product::CloudRun => &[
                "gcloud iap settings get",
                "--project=PROJECT_ID",
                "--resource-type=cloud-run",
                "--service=SERVICE",
                "--region=REGION",
            ],
            Product::AppEngine => &["gcloud iap settings get", "--project=PROJECT_ID", "--resource-type=app-engine"],
            _ => &[
                "gcloud iap settings get",
                "--project=PROJECT_ID",
                "--resource-type=backend-services",
                "--service=BACKEND_SERVICE",
            ],
        }),
        Door::Gateway => return policy(fill),
        _ => Draft::reads(fill, "See the URLs and audiences of SERVICE").sh(&[
            "gcloud run services describe",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--format=value(status.url,metadata.annotations['run.googleapis.com/urls'],metadata.annotations['run.googleapis.com/custom-audiences'])",
        ]),
    }
    .done()
}

/// Ingress, IAP and the invoker check of the service.
pub(crate) fn doors(fill: &Fill) -> Fix {
    Draft::reads(fill, "See the ingress, IAP and invoker check of SERVICE")
        .sh(&[
            "gcloud run services describe",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--format=value(metadata.annotations['run.googleapis.com/ingress'],metadata.annotations['run.googleapis.com/iap-enabled'],metadata.annotations['run.googleapis.com/invoker-iam-disabled'])",
        ])
        .done()
}

/// The services of the project, with their URLs.
pub(crate) fn services(fill: &Fill) -> Fix {
    if fill.door == Door::Function {
        return Draft::reads(fill, "List the functions of the project")
            .sh(&["gcloud functions list", "[--project=PROJECT_ID]"])
            .done();
    }
    Draft::reads(fill, "List the services of the project with their URLs")
        .sh(&["gcloud run services list", "[--project=PROJECT_ID]"])
        .done()
}

/// What the logs say of refused requests.
pub(crate) fn logs(fill: &Fill) -> Fix {
    let words: Words = match fill.door {
        Door::Function => &[
            "gcloud logging read",
            r#"(resource.labels.function_name="FUNCTION" OR resource.labels.service_name="FUNCTION") AND httpRequest.status>=401"#,
            "--limit=20",
            "[--project=PROJECT_ID]",
            "--format=value(timestamp,httpRequest.status,textPayload)",
        ],
        Door::Gateway => &[
            "gcloud logging read",
            r#"resource.type="apigateway.googleapis.com/Gateway" AND httpRequest.status>=401"#,
            "--limit=20",
            "[--project=PROJECT_ID]",
        ],
        Door::Api => &[
            "gcloud logging read",
            r#"logName:"cloudaudit.googleapis.com" AND protoPayload.authenticationInfo.principalEmail="CALLER_EMAIL" AND protoPayload.status.code>0"#,
            "--limit=20",
            "[--project=PROJECT_ID]",
        ],
        _ => &[
            "gcloud logging read",
            r#"resource.type="cloud_run_revision" AND resource.labels.service_name="SERVICE" AND httpRequest.status>=401"#,
            "--limit=20",
            "[--project=PROJECT_ID]",
            "--format=value(timestamp,httpRequest.status,textPayload)",
        ],
    };
    Draft::reads(fill, "See what the logs say of refused requests")
        .sh(words)
        .done()
}

/// What the application itself logged.
pub(crate) fn app_logs(fill: &Fill) -> Fix {
    Draft::reads(fill, "See what SERVICE itself logged")
        .sh(&[
            "gcloud run services logs read",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--limit=50",
        ])
        .done()
}

/// An organisation policy that may forbid what is needed.
pub(crate) fn org_policy(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "See which members the organisation allows in policies",
    )
    .sh(&[
        "gcloud org-policies describe",
        "iam.allowedPolicyMemberDomains",
        "--project=PROJECT_ID",
        "--effective",
    ])
    .done()
}

/// Whether the organisation demands the invoker check.
pub(crate) fn invoker_policy(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "See whether the organisation demands the invoker check",
    )
    .sh(&[
        "gcloud org-policies describe",
        "run.managed.requireInvokerIam",
        "--project=PROJECT_ID",
        "--effective",
    ])
    .done()
}

/// Which ingress settings the organisation allows.
pub(crate) fn ingress_policy(fill: &Fill) -> Fix {
    Draft::reads(fill, "See which ingress settings the organisation allows")
        .sh(&[
            "gcloud org-policies describe",
            "run.allowedIngress",
            "--project=PROJECT_ID",
            "--effective",
        ])
        .done()
}

/// What VPC Service Controls refused.
pub(crate) fn perimeter_log(fill: &Fill) -> Fix {
    Draft::reads(fill, "See which perimeter refused the request, and why")
        .sh(&[
            "gcloud logging read",
            r#"protoPayload.metadata.@type="type.googleapis.com/google.cloud.audit.VpcServiceControlAuditMetadata""#,
            "--limit=10",
            "[--project=PROJECT_ID]",
        ])
        .done()
}

/// The keys of the service account.
pub(crate) fn keys(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "List the keys of SERVICE_ACCOUNT_EMAIL, to delete the one that was pasted",
    )
    .caution("Whoever has a key is the account until the key is deleted.")
    .sh(&[
        "gcloud iam service-accounts keys list",
        "--iam-account=SERVICE_ACCOUNT_EMAIL",
        "--managed-by=user",
    ])
    .done()
}

/// Whether the account exists and is enabled.
pub(crate) fn account(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "See whether SERVICE_ACCOUNT_EMAIL exists and is enabled",
    )
    .sh(&[
        "gcloud iam service-accounts describe",
        "SERVICE_ACCOUNT_EMAIL",
        "--format=value(email,disabled)",
    ])
    .done()
}

/// Who may act as the service account.
pub(crate) fn account_policy(fill: &Fill) -> Fix {
    Draft::reads(fill, "See who may act as SERVICE_ACCOUNT_EMAIL")
        .sh(&[
            "gcloud iam service-accounts get-iam-policy",
            "SERVICE_ACCOUNT_EMAIL",
        ])
        .done()
}

/// The clock of this machine beside the one of Google.
pub(crate) fn clock(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "Compare this machine’s clock (`date -u`) with Google’s",
    )
    .sh(&["curl", "-sI", "https://www.google.com"])
    .caution("Look at the answer’s `date` line.")
    .done()
}

/// Whether tokens can be had from where the caller runs.
pub(crate) fn token_endpoint(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "See whether Google’s token endpoint can be reached, where the caller runs",
    )
    .caution("Any status means that it can: 404 is usual. An error names what is in the way.")
    .sh(&[
        "curl",
        "-sSo",
        "/dev/null",
        "-w",
        r"%{http_code}\n",
        "https://oauth2.googleapis.com/token",
    ])
    .done()
}

/// Whether `/` answers at the service, without a token.
pub(crate) fn bare_status(fill: &Fill) -> Fix {
    Draft::reads(fill, "See what the URL answers without a token")
        .caution("401 or 403 with Google’s page: the door asked for a token. 404: no such service, or its ingress is closed. Anything else came from the application.")
        .sh(&["curl", "-si", "CALLED_URL"])
        .done()
}
