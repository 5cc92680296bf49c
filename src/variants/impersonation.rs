//! Acting as a service account: the role, the account's name, what is asked for.

use super::{MINT, Variant, adc, ci, metadata, told};
use crate::evidence::Door;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, callers, code, grant, inspect, mint, verify};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "impersonation-role-missing",
        cause: MINT,
        says: "The caller may not make tokens of {account|that service account}: a role on it is missing, or its name is wrong.",
        why: "Project Owner does not hold `iam.serviceAccounts.getAccessToken`; a workload of GKE or GitHub needs `roles/iam.workloadIdentityUser`, everybody else Token Creator.",
        remedy: |fill| Remedy::change(grant::token_creator(fill))
            .check(inspect::account(fill))
            .check(inspect::account_policy(fill))
            .verify(as_caller(fill)),
    },
    Variant {
        id: "openid-token-role-missing",
        cause: MINT,
        says: "The caller may not make ID tokens of {account|that service account}: `iam.serviceAccounts.getOpenIdToken` on it is missing.",
        why: "",
        remedy: |fill| Remedy::change(openid_creator(fill))
            .check(inspect::account_policy(fill))
            .verify(as_caller(fill)),
    },
    Variant {
        id: "sign-blob-role-missing",
        cause: MINT,
        says: "The caller may not sign as {account|the service account}: signing goes over IAM, which asks for Token Creator, also of an account for itself.",
        why: "Signed URLs and custom tokens are signed by `signBlob` where no key is at hand.",
        remedy: |fill| Remedy::change(signer(fill)).check(inspect::account_policy(fill)),
    },
    Variant {
        id: "no-private-key-to-sign",
        cause: MINT,
        says: "The credentials here hold no private key, so they cannot sign a URL or token by themselves.",
        why: "A person’s login, the metadata server and federation give tokens only; IAM signs for them, as a service account.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Sign over IAM as SERVICE_ACCOUNT_EMAIL")
                .caution("The caller needs `roles/iam.serviceAccountTokenCreator` on that account, also when it is that account.")
                .code(Language::Python, &told!("import google.auth\nimport google.auth.transport.requests\n\ncredentials, project = google.auth.default()\ncredentials.refresh(google.auth.transport.requests.Request())\nurl = blob.generate_signed_url(\n    version=\"v4\",\n    expiration=3600,\n    service_account_email=\"SERVICE_ACCOUNT_EMAIL\",\n    access_token=credentials.token,\n)"))
                .code(Language::JavaScript, &told!("import { applicationDefault, initializeApp } from \"firebase-admin/app\";\n\ninitializeApp({\n  credential: applicationDefault(),\n  serviceAccountId: \"SERVICE_ACCOUNT_EMAIL\",\n});"))
                .words("Name the service account that signs. Firebase Admin: serviceAccountId (Java setServiceAccountId, Go ServiceAccountID, Python options serviceAccountId), or credential: cert(key). Storage: service_account_email and access_token (Python), an iam.Signer (google.auth.iam.Signer), SignBytes by signBlob (Go), or impersonated credentials; Laravel and other tools: a service account. At the terminal: gcloud storage sign-url --impersonate-service-account=SERVICE_ACCOUNT_EMAIL. PHP, Kreait: withServiceAccount.")
                .done(),
        )
        .or("When the role is missing:", signer(fill)),
    },
    Variant {
        id: "impersonation-target-missing",
        cause: MINT,
        says: "The service account to act as, {account|as it is configured}, does not exist, or its e-mail is misspelt.",
        why: "",
        remedy: |fill| {
            let correct = Draft::changes(fill, "Correct the e-mail of the service account where it is set")
                .caution("See which exist: `gcloud iam service-accounts list`. One that was deleted can be undeleted for 30 days.")
                .words("The service account’s e-mail (SERVICE_ACCOUNT_EMAIL does not exist) stands in --impersonate-service-account, in service_account_impersonation_url of the credential file, in GKE in the annotation iam.gke.io/gcp-service-account, in GitHub in service_account. If there is none yet: gcloud iam service-accounts create.")
                .done();
            match fill.caller {
                Some(Caller::Gke) => Remedy::change(metadata::annotate(fill)),
                _ => Remedy::change(correct).or("On GKE:", metadata::annotate(fill)),
            }
            .check(inspect::account(fill))
            .verify(try_access_token(fill))
        },
    },
    Variant {
        id: "impersonation-argument-invalid",
        cause: MINT,
        says: "The IAM Credentials API refused the request as malformed: the account’s e-mail or a scope in it is not one.",
        why: "Quotes around an e-mail become part of it, and a service’s URL is no OAuth scope: it is the audience of an ID token.",
        remedy: |fill| if fill.known(Hole::Audience).is_some() {
            Remedy::change(callers::send(fill)).or("When it is the e-mail:", unquote(fill))
        } else {
            Remedy::change(unquote(fill)).or(
                "When a service’s URL was given as a scope:",
                callers::send(fill),
            )
        }
        .check(inspect::account(fill)),
    },
    Variant {
        id: "federated-credential-without-impersonation",
        cause: MINT,
        says: "A federated credential without a service account makes no ID token and signs nothing, and some APIs refuse it.",
        why: "With a service account behind it the IAM Credentials API makes both kinds of tokens.",
        remedy: |fill| match fill.caller {
            Some(Caller::GithubActions) => Remedy::change(callers::send(fill)),
            _ => Remedy::change(
                Draft::changes(fill, "Make the credential file impersonate SERVICE_ACCOUNT_EMAIL")
                    .caution("The file then has `service_account_impersonation_url`. The workload needs `roles/iam.workloadIdentityUser` on the account. In code: ImpersonatedCredentials over the federated ones.")
                    .sh(&[
                        "gcloud iam workload-identity-pools create-cred-config",
                        "projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER",
                        "--service-account=SERVICE_ACCOUNT_EMAIL",
                        "--credential-source-file=CREDENTIAL_FILE",
                        "--output-file=credentials.json",
                    ])
                    .done(),
            )
            .or("At the terminal:", mint::impersonated(fill))
            .or("With a federated access token, by REST:", mint::generate_id_token(fill)),
        }
        .verify(try_id_token(fill)),
    },
    Variant {
        id: "gcloud-token-flag-misused",
        cause: MINT,
        says: "A flag of the command does not go with the active account.",
        why: "Only a service account chooses the audience, `--include-email` needs impersonation, `--token-format` a Compute Engine VM.",
        remedy: |fill| if fill.caller == Some(Caller::LocalUser) && matches!(fill.door, Door::Run | Door::Function) {
            Remedy::change(mint::own_id_token(fill)).or("To choose the audience:", mint::impersonated(fill))
        } else {
            let remedy = Remedy::change(mint::impersonated(fill));
            if matches!(fill.door, Door::Run | Door::Function) {
                remedy.or("As yourself, without the flag:", mint::own_id_token(fill))
            } else {
                remedy
            }
        }
        .check(super::login::active(fill)),
    },
    Variant {
        id: "audience-argument-missing",
        cause: MINT,
        says: "The ID token was asked for without an audience, or with one that is no text.",
        why: "The audience is the URL of the service.",
        remedy: |fill| match fill.caller {
            Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke) => {
                Remedy::change(mint::metadata(fill)).or("In code:", name_audience(fill))
            }
            Some(Caller::LocalUser | Caller::Impersonation) => {
                Remedy::change(mint::impersonated(fill)).or("In code:", name_audience(fill))
            }
            Some(Caller::GithubActions) => Remedy::change(callers::send(fill)),
            Some(caller) if caller.delivers() => Remedy::change(callers::send(fill)),
            _ => Remedy::change(name_audience(fill)).or("At the terminal:", mint::impersonated(fill)),
        }
        .verify(verify::again(fill)),
    },
    Variant {
        id: "id-token-asked-with-scope",
        cause: MINT,
        says: "A scope and a target audience were given together: a scope gives an access token, a target audience an ID token.",
        why: "",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Ask for the ID token with target_audience alone, without a scope")
                .caution("An access token, for Google APIs, is asked for with the scope alone.")
                .codes(code::CALL)
                .words("ID token: IDTokenCredentials, idtoken.NewCredentials or getIdTokenClient with the audience AUDIENCE alone (target_audience, targetAudience). Access token: scopes alone.")
                .done(),
        )
        .verify(verify::again(fill)),
    },
    Variant {
        id: "scope-argument-missing",
        cause: MINT,
        says: "The token was asked for without a scope, or with one that does not exist.",
        why: "A service’s URL is no scope: it is the audience of an ID token.",
        remedy: |fill| if fill.known(Hole::Audience).is_some() && fill.door != Door::Api {
            Remedy::change(callers::send(fill)).or("For a Google API:", scopes(fill))
        } else {
            Remedy::change(scopes(fill)).or("For a service of your own:", callers::send(fill))
        },
    },
    Variant {
        id: "lifetime-too-long",
        cause: MINT,
        says: "The asked lifetime is beyond one hour, or clocks that differ make one hour too long.",
        why: "",
        remedy: |fill| Remedy::change(match fill.caller {
            Some(Caller::GithubActions) => Draft::changes(fill, "Ask for a lifetime of 3300 seconds")
                .caution("The limit is 3600 seconds, one hour: 3300s leaves room for clocks that differ.")
                .code(Language::Yaml, &told!("- uses: google-github-actions/auth@v3\n  with:\n    workload_identity_provider: \"projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER\"\n    service_account: \"SERVICE_ACCOUNT_EMAIL\"\n    access_token_lifetime: 3300s"))
                .done(),
            _ => Draft::changes(fill, "Ask for a lifetime of 3300 seconds")
                .caution("The limit is 3600 seconds, one hour: 3300 leaves room for clocks that differ.")
                .words("Set the lifetime (lifetime, --lifetime, access_token_lifetime) to 3300s. For up to 12 hours an organisation policy must name the account: constraints/iam.allowServiceAccountCredentialLifetimeExtension.")
                .done(),
        })
        .check(inspect::clock(fill)),
    },
    Variant {
        id: "domain-wide-delegation-missing",
        cause: MINT,
        says: "The Workspace domain has not allowed this service account to act for its users with exactly these scopes.",
        why: "",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Have a Workspace administrator allow domain-wide delegation for the account’s client id")
                .caution("Whoever holds the account can then act as every user of the domain with these scopes: name the fewest. When no user is meant, leave the subject out.")
                .words("Admin console (admin.google.com), Security, Access and data control, API controls, Domain-wide delegation (domain wide delegation), Add new: the account’s numeric client id and exactly the scopes that the code asks for, separated by commas. An attached account has no key to sign with: sign the assertion by signJwt of the IAM Credentials API, or use a service account key.")
                .done(),
        )
        .check(inspect::delegation(fill)),
    },
    Variant {
        id: "delegation-subject-invalid",
        cause: MINT,
        says: "The user to act for is missing, is no user of the domain, or these credentials cannot act for one.",
        why: "",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Set the subject to the primary e-mail address of a user of the domain")
                .caution("Where no user is to be impersonated, leave the subject (`sub`) out.")
                .words("Subject: an existing user of the Workspace domain by the primary e-mail (email), with_subject(user) in Python, subject in Node.js, Subject in Go, createDelegated in Java. Admin SDK: an admin of the domain. Gmail: userId \"me\", with that subject. A service account by itself has no mailbox. Without a key, domain-wide delegation needs the JWT signed over IAM (signJwt).")
                .done(),
        )
        .check(inspect::delegation(fill)),
    },
];

/// The role for ID tokens alone; workloads and agents have roles of their own.
fn openid_creator(fill: &Fill) -> Fix {
    const SOON: &str = "It holds getOpenIdToken alone; gcloud with `--impersonate-service-account` needs `roles/iam.serviceAccountTokenCreator` instead.";
    match fill.caller {
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Workflows) => {
            Draft::changes(fill, "Let the caller’s own account make ID tokens of SERVICE_ACCOUNT_EMAIL")
                .caution("Gives `CALLING_ACCOUNT_EMAIL` the role `roles/iam.serviceAccountOpenIdTokenCreator` on `SERVICE_ACCOUNT_EMAIL` alone.")
                .caution(SOON)
                .sh(&[
                    "gcloud iam service-accounts add-iam-policy-binding",
                    "SERVICE_ACCOUNT_EMAIL",
                    "--member=serviceAccount:CALLING_ACCOUNT_EMAIL",
                    "--role=roles/iam.serviceAccountOpenIdTokenCreator",
                ])
                .code(Language::Hcl, &told!("resource \"google_service_account_iam_member\" \"id_tokens\" {\n  service_account_id = \"projects/-/serviceAccounts/SERVICE_ACCOUNT_EMAIL\"\n  role               = \"roles/iam.serviceAccountOpenIdTokenCreator\"\n  member             = \"serviceAccount:CALLING_ACCOUNT_EMAIL\"\n}"))
                .done()
        }
        Some(_) => grant::token_creator(fill),
        None => grant::token_creator(fill),
    }
}

/// Lets the account that runs the program sign as the account.
fn signer(fill: &Fill) -> Fix {
    match fill.caller {
        Some(Caller::LocalUser | Caller::Impersonation) => grant::token_creator(fill),
        _ => Draft::changes(fill, "Let the account that runs the program sign as SERVICE_ACCOUNT_EMAIL")
            .caution("Gives `CALLING_ACCOUNT_EMAIL` the role `roles/iam.serviceAccountTokenCreator` on `SERVICE_ACCOUNT_EMAIL` alone. When both are the same account it needs the role on itself.")
            .sh(&[
                "gcloud iam service-accounts add-iam-policy-binding",
                "SERVICE_ACCOUNT_EMAIL",
                "--member=serviceAccount:CALLING_ACCOUNT_EMAIL",
                "--role=roles/iam.serviceAccountTokenCreator",
            ])
            .code(Language::Hcl, &crate::fix::terraform::CALLING_ACCOUNT)
            .words("IAM & Admin, Service accounts, SERVICE_ACCOUNT_EMAIL, Principals with access, Grant access: CALLING_ACCOUNT_EMAIL, Service Account Token Creator.")
            .done(),
    }
}

/// The e-mail as it must be written.
fn unquote(fill: &Fill) -> Fix {
    let draft = Draft::changes(fill, "Write the account’s e-mail without a quote or space in it");
    match fill.caller {
        Some(Caller::GithubActions) => draft.code(
            Language::Yaml,
            &told!("- uses: google-github-actions/auth@v3\n  with:\n    workload_identity_provider: \"projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER\"\n    service_account: \"SERVICE_ACCOUNT_EMAIL\""),
        ),
        _ => draft,
    }
    .words("Where the account is named (service_account, --impersonate-service-account, target_principal, a secret or variable) write SERVICE_ACCOUNT_EMAIL: no stray quote, space or line end. Scopes are OAuth scopes, such as https://www.googleapis.com/auth/cloud-platform: never the URL of a service.")
    .done()
}

/// The audience, in the code that asks for the token.
fn name_audience(fill: &Fill) -> Fix {
    Draft::changes(fill, "Name the audience: the URL of the service")
        .codes(code::CALL)
        .words("fetch_id_token(request, \"AUDIENCE\"), idtoken.NewClient(ctx, \"AUDIENCE\"), getIdTokenClient(\"AUDIENCE\"), target_audience in other classes; gcloud: --audiences=AUDIENCE with an impersonated account; metadata server: identity?audience=AUDIENCE. Distributed Cloud (GDCH): createWithGdchAudience. The variable that holds it must not be empty.")
        .done()
}

/// The scope, in the code that asks for the token.
fn scopes(fill: &Fill) -> Fix {
    Draft::changes(fill, "Ask for the token with a scope: cloud-platform")
        .caution("For Workspace APIs (Drive, Sheets, Gmail) name their own scope, whole: https://www.googleapis.com/auth/….")
        .code(Language::Python, &told!("import google.auth\n\ncredentials, project = google.auth.default(\n    scopes=[\"https://www.googleapis.com/auth/cloud-platform\"]\n)"))
        .code(Language::JavaScript, &told!("import { GoogleAuth } from \"google-auth-library\";\n\nconst auth = new GoogleAuth({\n  scopes: \"https://www.googleapis.com/auth/cloud-platform\",\n});"))
        .words("with_scopes([…]) in Python, createScoped(…) in Java, CreateScoped in .NET, scopes in Node.js and Go, each a whole url: https://www.googleapis.com/auth/cloud-platform. For an ID token no scope but the audience (target_audience, targetAudience); in GitHub token_format: id_token.")
        .done()
}

/// Proof by the caller itself: at a terminal through gcloud, elsewhere by its next request.
fn as_caller(fill: &Fill) -> Fix {
    match fill.caller {
        None | Some(Caller::LocalUser | Caller::Impersonation) => try_access_token(fill),
        Some(Caller::Gke) => metadata::who(fill),
        Some(Caller::GithubActions) => ci::rerun(fill),
        Some(_) => verify::again(fill),
    }
}

/// Whether an access token of the account can be made. Prints only an error.
pub(super) fn try_access_token(fill: &Fill) -> Fix {
    Draft::reads(fill, "See whether you can make a token of SERVICE_ACCOUNT_EMAIL")
        .caution("Prints nothing but an error, where there is one.")
        .sh(&[
            "gcloud auth print-access-token",
            "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
            "--format=none",
        ])
        .done()
}

/// Whether an ID token of the account can be made. Prints only an error.
pub(super) fn try_id_token(fill: &Fill) -> Fix {
    match fill.caller {
        Some(Caller::GithubActions) => ci::rerun(fill),
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke) => adc::try_adc(fill),
        _ => Draft::reads(fill, "See whether an ID token of SERVICE_ACCOUNT_EMAIL for AUDIENCE can be made")
            .caution("Prints nothing but an error, where there is one.")
            .sh(&[
                "gcloud auth print-identity-token",
                "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
                "--audiences=AUDIENCE",
                "--format=none",
            ])
            .done(),
    }
}
