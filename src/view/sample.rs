//! A report made by hand, so that the view is tested apart from the core.

use std::sync::Arc;

use crate::causes::{Cause, Fact, Finding, Gate, Likelihood, Reason};
use crate::credential::{Credential, Jwt, Kind, Signature};
use crate::evidence::{Door, Evidence};
use crate::fix::{Effect, Fix, Language, Remedy, Snippet};
use crate::input::Input;
use crate::json::Json;
use crate::read::Exhibits;
use crate::report::{Diagnosis, Report, RuledOut};
use crate::response::Response;
use crate::target::Target;

const fn cause(id: &'static str, title: &'static str, gate: Gate) -> Cause {
    Cause {
        id,
        title,
        gate,
        citation: "",
        weight: 0,
        examine: |_| Finding::NotApplicable,
    }
}

static AUDIENCE: Cause = cause(
    "audience-mismatch",
    "The token was made for another URL",
    Gate::Verify,
);
static IAM: Cause = cause(
    "iam-binding-missing",
    "The account may not invoke the service",
    Gate::Allow,
);
static EXPIRED: Cause = cause("expired", "The token has expired", Gate::Verify);
static SENT: Cause = cause("no-credential", "No token was sent", Gate::Send);

/// A service on a tag URL, a token made for the tag, one runner-up.
pub(crate) fn sample(input: &Input) -> Report<'_> {
    let claims = format!(
        r#"{{"aud":"https://canary---orders-4k3jd82hfa-uc.a.run.app","azp":"100000000000000000001","email":"checkout@example-project.iam.gserviceaccount.com","email_verified":true,"exp":{},"iat":{},"iss":"https://accounts.google.com","sub":"100000000000000000001"}}"#,
        input.now + 2_000,
        input.now - 1_600
    );
    sample_of(input, &claims)
}

/// The same with other claims.
pub(crate) fn sample_of<'a>(input: &'a Input, claims: &str) -> Report<'a> {
    let credential = Arc::new(Credential {
        kind: Kind::GoogleIdToken,
        label: "Google ID token of a service account".to_owned(),
        prefix: String::new(),
        length: 800,
        jwt: Some(Jwt {
            header_text: "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9".to_owned(),
            payload_text: "e30".repeat(claims.len() * 4 / 9 + 1),
            header: Json::read(r#"{"alg":"RS256","typ":"JWT"}"#),
            claims: Json::read(claims),
            signature: Signature::Present { bytes: 256 },
            segments: 3,
            broken: None,
        }),
        account: None,
        key_id: None,
        disclosures: Vec::new(),
        notes: Vec::new(),
        hidden: false,
        long_lived_secret: false,
    });
    Report {
        evidence: Evidence {
            named: Default::default(),
            words: crate::facts::Words::default(),
            spoken: Vec::new(),
            language: None,
            documents: Vec::new(),
            proof: crate::facts::proof::Proof::default(),
            input,
            exhibits: Exhibits { notes: vec!["Line breaks were removed.".to_owned()], ..Exhibits::default() },
            all: vec![Arc::clone(&credential)],
            credential,
            judged: Some(0),
            target: Target { service: Some("orders".to_owned()), region: Some("us-central1".to_owned()), typed: "https://orders-4k3jd82hfa-uc.a.run.app".to_owned(), url: Some("https://orders-4k3jd82hfa-uc.a.run.app/".to_owned()), ..Target::default() },
            response: Response { status: Some(401), ..Response::default() },
            caller: None,
            door: Door::Run,
            audience: None,
            now: input.now,
            now_from_response: false,
            fill: std::cell::OnceCell::new(),
        },
        causes: vec![
            Diagnosis {
                cause: &AUDIENCE,
                likelihood: Likelihood::Certain,
                summary: "The token was made for the tag URL. `aud` is `https://canary---orders-4k3jd82hfa-uc.a.run.app`; Cloud Run accepts `https://orders-4k3jd82hfa-uc.a.run.app`, also when you call the tag.".to_owned(),
                reasons: vec![Reason {
                    text: "`aud` has `canary---` in front of the service’s name.".to_owned(),
                    fact: Some(Fact::Values {
                        sent: "https://canary---orders-4k3jd82hfa-uc.a.run.app".to_owned(),
                        accepted: "https://orders-4k3jd82hfa-uc.a.run.app".to_owned(),
                        differs_at: Some(8),
                    }),
                }],
                variant: "",
                remedy: Remedy { check: vec![look()], fix: vec![mint()], verify: Vec::new() },
            },
            Diagnosis {
                cause: &IAM,
                likelihood: Likelihood::Possible,
                summary: "`checkout@example-project.iam.gserviceaccount.com` may lack `roles/run.invoker` on `orders`.".to_owned(),
                reasons: Vec::new(),
                variant: "",
                remedy: Remedy { check: vec![look()], ..Remedy::default() },
            },
        ],
        ruled_out: vec![
            RuledOut { cause: &SENT, because: "A Google ID token was sent in `Authorization`.".to_owned() },
            RuledOut { cause: &EXPIRED, because: "`exp` is in 33 min.".to_owned() },
        ],
    }
}

fn look() -> Fix {
    Fix {
        title: "Look at the URL that `orders` has".to_owned(),
        effect: Effect::Reads,
        caution: String::new(),
        snippets: vec![Snippet {
            language: Language::Sh,
            text: "gcloud run services describe orders --region=us-central1 --format='value(status.url)'".to_owned(),
        }],
    }
}

fn mint() -> Fix {
    Fix {
        title: "Ask for a token for the service’s own URL".to_owned(),
        effect: Effect::Mints,
        caution: "Run it as the caller. SERVICE_ACCOUNT_EMAIL is the caller’s.".to_owned(),
        snippets: vec![
            Snippet { language: Language::Sh, text: "gcloud auth print-identity-token --audiences=https://orders-4k3jd82hfa-uc.a.run.app \\\n  --impersonate-service-account=checkout@example-project.iam.gserviceaccount.com".to_owned() },
            Snippet { language: Language::Python, text: "import google.auth.transport.requests\nfrom google.oauth2 import id_token\n\ntoken = id_token.fetch_id_token(\n    google.auth.transport.requests.Request(),\n    \"https://orders-4k3jd82hfa-uc.a.run.app\",\n)".to_owned() },
        ],
    }
}
