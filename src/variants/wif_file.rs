//! Workload Identity Federation at the workload's side: its credential file, and where that file
//! says that its own token comes from.

use super::wif::works;
use super::{MINT, Variant, ci, told};
use crate::fix::command::Words;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, app, inspect};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "wif-config-invalid",
        cause: MINT,
        says: "The credential file or configuration is incomplete, contradicts itself, or names a URL that is not Google’s.",
        why: "It is a file of the kind `external_account` or `impersonated_service_account`, which gcloud writes whole.",
        remedy: configuration,
    },
    Variant {
        id: "wif-executable-not-allowed",
        cause: MINT,
        says: "The credential file takes its token from a command, and commands run only where a variable allows it.",
        why: "",
        remedy: |fill| {
            Remedy::change(allow_command(fill))
                .check(source(fill))
                .verify(works(fill))
        },
    },
    Variant {
        id: "wif-executable-failed",
        cause: MINT,
        says: "The command that the credential file takes its token from failed, took too long, or printed another answer than the library wants.",
        why: "",
        remedy: |fill| {
            Remedy::change(command_answer(fill))
                .or(
                    "When it needs longer than 30 seconds:",
                    Draft::changes(fill, "Give the command more time")
                        .caution("5 to 120 seconds are allowed.")
                        .words("In the credential file set credential_source.executable.timeout_millis, between 5000 and 120000.")
                        .done(),
                )
                .check(source(fill))
                .verify(works(fill))
        },
    },
    Variant {
        id: "wif-subject-token-expired",
        cause: MINT,
        says: "The workload’s own token was too old when it was exchanged.",
        why: "Such a token lives some minutes, and the exchange comes first.",
        remedy: |fill| {
            Remedy::change(fetch_late(fill))
                .check(inspect::clock(fill))
                .verify(works(fill))
        },
    },
    Variant {
        id: "wif-token-url-refused",
        cause: MINT,
        says: "The URL that gives the workload its own token refused, or is not there.",
        why: "Such a URL answers only inside its own cloud or job, and to the right headers.",
        remedy: |fill| {
            Remedy::change(token_url(fill))
                .check(source(fill))
                .verify(works(fill))
        },
    },
    Variant {
        id: "wif-credential-source-wrong",
        cause: MINT,
        says: "The workload’s own token is not where the configuration says: the file or answer is missing, empty, or of another format.",
        why: "",
        remedy: |fill| {
            Remedy::change(token_source(fill))
                .check(source(fill))
                .verify(works(fill))
        },
    },
    Variant {
        id: "wif-aws-environment-missing",
        cause: MINT,
        says: "The workload on AWS gives the library no credentials or no region to sign with.",
        why: "",
        remedy: |fill| {
            Remedy::change(aws(fill))
                .check(
                    Draft::reads(fill, "See which AWS role and region the workload has")
                        .words("Where the workload runs: aws sts get-caller-identity names the role, printenv AWS_REGION the region.")
                        .done(),
                )
                .verify(works(fill))
        },
    },
];

/// The part of the file that is at fault, where the message tells; else the file as gcloud writes it.
fn configuration(fill: &Fill) -> Remedy {
    let remedy = if fill.mentions(&["external_credentials"]) {
        Remedy::change(terraform(fill))
    } else if fill.mentions(&["workforce_pool_user_project", "workforcepooluserproject"]) {
        Remedy::change(
            Draft::changes(fill, "Take `workforce_pool_user_project` out of the credential file")
                .words("workforce_pool_user_project is for workforce pools alone (audience …/workforcePools/…): there it names the project that is billed. In the file of a workload pool, and in code (workforcePoolUserProject), leave it out.")
                .done(),
        )
    } else if fill.mentions(&["certificate", "mtls", "trust chain", "trust_chain", "leaf"]) {
        Remedy::change(certificate(fill))
    } else if fill.mentions(&["subject_token_field_name", "json credential type"]) {
        Remedy::change(format(fill))
    } else if fill.mentions(&["impersonated", "source_credentials"]) {
        Remedy::change(app::adc_as(fill)).or("For a workload:", written_anew(fill))
    } else if fill.mentions(&["supplier", "fromjson", "external account client"]) {
        Remedy::change(
            Draft::changes(fill, "Make the client from the file, or name one source of tokens")
                .words("In code: ExternalAccountClient.fromJSON(options), or GoogleAuth with keyFilename, and no constructor of its own. A credential_source or a supplier of tokens must be given, and not both; audience and subject_token_type always.")
                .done(),
        )
        .or("For the whole file:", written_anew(fill))
    } else if fill.caller == Some(Caller::GithubActions) {
        Remedy::change(ci::auth(fill)).or("Without the action:", written_anew(fill))
    } else {
        Remedy::change(written_anew(fill))
    };
    remedy.check(source(fill)).verify(works(fill))
}

/// The file as gcloud writes it, for the kind of workload that it is for.
fn written_anew(fill: &Fill) -> Fix {
    const AWS: Words = &[
        "gcloud iam workload-identity-pools create-cred-config",
        "projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER",
        "--service-account=SERVICE_ACCOUNT_EMAIL",
        "--aws",
        "--enable-imdsv2",
        "--output-file=credentials.json",
    ];
    const AZURE: Words = &[
        "gcloud iam workload-identity-pools create-cred-config",
        "projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER",
        "--service-account=SERVICE_ACCOUNT_EMAIL",
        "--azure",
        "--output-file=credentials.json",
    ];
    const FILE: Words = &[
        "gcloud iam workload-identity-pools create-cred-config",
        "projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER",
        "--service-account=SERVICE_ACCOUNT_EMAIL",
        "--credential-source-file=TOKEN_FILE",
        "--output-file=credentials.json",
    ];
    let draft = Draft::changes(fill, "Have gcloud write the credential file anew")
        .caution("It holds no secret: audience, subject_token_type and credential_source tell where the workload’s own token is and who takes it. Point GOOGLE_APPLICATION_CREDENTIALS to it.");
    if fill.mentions(&["aws"]) {
        draft.sh(AWS)
    } else if fill.mentions(&["azure", "169.254.169.254/metadata/identity"]) {
        draft.sh(AZURE)
    } else {
        draft
            .caution("Fill in TOKEN_FILE: where the workload’s own token is. Instead of it there are --credential-source-url, --executable-command, --aws and --azure.")
            .sh(FILE)
    }
    .done()
}

/// The provider's own block for it.
fn terraform(fill: &Fill) -> Fix {
    Draft::changes(fill, "Fill in the provider’s block external_credentials")
        .caution("All three are wanted; identity_token is the workload’s own token, a JWT, and not a path.")
        .code(Language::Hcl, &told!("
provider \"google\" {
  external_credentials {
    audience              = \"//iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER\"
    service_account_email = \"SERVICE_ACCOUNT_EMAIL\" # …@….iam.gserviceaccount.com
    identity_token        = var.identity_token
  }
}
"))
        .done()
}

fn certificate(fill: &Fill) -> Fix {
    Draft::changes(fill, "Correct the certificate’s part of the configuration")
        .words("In credential_source.certificate set use_default_certificate_config to true, or certificate_config_location to the certificate configuration file, never both. GOOGLE_API_CERTIFICATE_CONFIG may name it; else it is certificate_config.json in gcloud’s folder. It names cert_path and key_path. trust_chain_path: the file with the certificates in PEM, the leaf certificate first or left out, the same one as in cert_path.")
        .done()
}

/// What the file says of its source, without the token.
fn source(fill: &Fill) -> Fix {
    Draft::reads(fill, "See what the credential file says of its source")
        .words("jq '{type, audience, subject_token_type, credential_source}' CREDENTIAL_FILE. Nothing in it is secret.")
        .done()
}

fn allow_command(fill: &Fill) -> Fix {
    Draft::changes(fill, "Allow the credential file to run its command")
        .caution("The file names a program that is run with the rights of this process: only for a file that nobody else can write. On Google Cloud no such file is needed: the attached account is used without it.")
        .words("export GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES=1, in the environment of the process (the unit, the container, the job). Exactly 1.")
        .done()
}

/// The answer that every library reads.
fn command_answer(fill: &Fill) -> Fix {
    Draft::changes(fill, "Run the executable by hand, and have it print what the library reads")
        .caution("Its own login may be over: log in again where it takes its token from. It must end with 0, also for an answer that says no.")
        .words("credential_source.executable.command, with absolute paths, as the user of the process and with its environment. It prints one JSON object to its standard output, nothing else: version 1, success, token_type, id_token (saml_response for SAML), expiration_time where there is an output_file; without success: code and message.")
        .code(Language::Json, &told!("
{
  \"version\": 1,
  \"success\": true,
  \"token_type\": \"urn:ietf:params:oauth:token-type:jwt\",
  \"id_token\": \"the workload’s own token\",
  \"expiration_time\": EXPIRES_AT
}
"))
        .done()
}

/// The own token, fetched right before it is exchanged.
fn fetch_late(fill: &Fill) -> Fix {
    let draft = Draft::changes(
        fill,
        "Fetch a new token of the workload right before the exchange",
    );
    if fill.mentions(&["executable", "pluggable"]) {
        draft.words("Delete the file that credential_source.executable.output_file names: it keeps the expired token. Have the executable print a fresh token, with an expiration_time that is the token’s.")
    } else if fill.caller == Some(Caller::GithubActions) || fill.mentions(&["google-github-actions"]) {
        draft
            .caution("The credentials of a long job end: run the action again before the late step.")
            .code(Language::Yaml, &told!("
- uses: google-github-actions/auth@v3 # again, right before the step that fails
  with:
    workload_identity_provider: \"projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER\"
    service_account: \"SERVICE_ACCOUNT_EMAIL\"
"))
            .words("Run google-github-actions/auth again in the same job, right before the step that fails: a fresh token is fetched.")
    } else {
        draft
            .caution("A clock that is wrong makes a new token old.")
            .words("Let the library read the token anew for each exchange: credential_source.file must be a file that is rotated (a projected service account token in Kubernetes, mounted without subPath), credential_source.url one that gives a fresh token each time. Do not copy the token into a variable or image.")
    }
    .done()
}

fn token_url(fill: &Fill) -> Fix {
    let github = fill.caller == Some(Caller::GithubActions)
        || fill.mentions(&[
            "failed to get id token",
            "resource not accessible by integration",
            "actions.githubusercontent.com",
            "actions_id_token",
        ]);
    if github {
        return Draft::changes(fill, "Let the job ask GitHub for an ID token")
            .caution("A workflow of a fork gets none. The credential file’s credential_source.url is good in its own job alone.")
            .code(Language::Yaml, &told!("
permissions:
  contents: read
  id-token: write
"))
            .words("In the workflow or the job: permissions, id-token: write. A reusable workflow needs it in the calling one as well.")
            .done();
    }
    Draft::changes(fill, "Correct the URL and headers of the credential file’s source")
        .caution("The URL answers inside the cloud or job that it belongs to, and nowhere else.")
        .words("credential_source.url and credential_source.headers, as the workload’s own identity provider wants them. Azure: http://169.254.169.254/metadata/identity/oauth2/token with api-version and resource, and the header Metadata: True. GitHub: the request URL and bearer token of this job, with permissions id-token: write. Try it where the workload runs; what it prints is a token, so paste it nowhere.")
        .done()
}

/// Where the token is, and how it is read there.
fn token_source(fill: &Fill) -> Fix {
    if fill.mentions(&["identity_token"]) {
        return terraform(fill);
    }
    if fill.mentions(&["ksa", "gke-auth-provider", "auth-provider-gcp"]) {
        return Draft::changes(fill, "Have the kubelet give the credential provider the pod’s service account token")
            .words("In the CredentialProviderConfig of the kubelet set tokenAttributes for this provider: serviceAccountTokenAudience, requireServiceAccount: true. The Kubernetes service account token then comes with each request.")
            .done();
    }
    if fill.mentions(&[
        "field",
        "parse",
        "json",
        "unmarshal",
        "credential-source-type",
        "format",
    ]) {
        return format(fill);
    }
    Draft::changes(fill, "Mount the workload’s own token where credential_source.file looks for it")
        .caution("The audience is the provider’s full name, or one that it allows. Elsewhere than in Kubernetes: correct the path, and see that the process may read the file.")
        .code(Language::Yaml, &told!("
# In the pod; credential_source.file is /var/run/service-account/token
volumes:
  - name: token
    projected:
      sources:
        - serviceAccountToken:
            path: token
            expirationSeconds: 3600
            audience: https://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER
containers:
  - name: app
    volumeMounts:
      - name: token
        mountPath: /var/run/service-account
        readOnly: true
"))
        .words("credential_source.file (CREDENTIAL_FILE) must be a file with the workload’s token that the process can read: mount it there, or correct the path.")
        .done()
}

/// How the library finds the token in the file or answer.
fn format(fill: &Fill) -> Fix {
    Draft::changes(fill, "Tell the credential file how its source is written")
        .caution("Fill in FIELD: the member that holds the token; `value` at GitHub, `access_token` at Azure. gcloud writes it with --credential-source-type=json and --credential-source-field-name. A file that is the token itself is of the type text.")
        .code(Language::Json, &told!("
{
  \"format\": {
    \"type\": \"json\",
    \"subject_token_field_name\": \"FIELD\"
  }
}
"))
        .words("In credential_source: format.type json with subject_token_field_name, or format.type text where the file or answer is nothing but the token.")
        .done()
}

fn aws(fill: &Fill) -> Fix {
    if fill.mentions(&["imds", "session token", "aws1", "hostname"]) {
        return Draft::changes(fill, "Have the credential file use IMDSv2")
            .caution("In a container the instance’s hop limit must be 2: aws ec2 modify-instance-metadata-options --http-put-response-hop-limit 2.")
            .sh(&[
                "gcloud iam workload-identity-pools create-cred-config",
                "projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER",
                "--service-account=SERVICE_ACCOUNT_EMAIL",
                "--aws",
                "--enable-imdsv2",
                "--output-file=credentials.json",
            ])
            .done();
    }
    if fill.mentions(&["region"]) {
        return Draft::changes(fill, "Tell the library the AWS region")
            .words("export AWS_REGION (or AWS_DEFAULT_REGION) in the workload, or let the credential file keep credential_source.region_url, which asks the instance.")
            .done();
    }
    Draft::changes(fill, "Give the workload an AWS role, or credentials in its environment")
        .caution("A role is the better one: keys that stand in an environment are copied. A file of gcloud … create-cred-config with --aws --enable-imdsv2 asks the instance itself.")
        .words("Attach an IAM role to the instance (an instance profile), the task or the pod. Where the library cannot ask for it (ECS, EKS, Lambda): set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and AWS_REGION from the role’s credentials.")
        .done()
}
