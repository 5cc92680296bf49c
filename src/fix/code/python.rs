//! Python: `google-auth`.

use super::super::template::Template;

pub(super) const CALL: Template = Template::new(
    r#"
# pip install google-auth requests
import google.auth.transport.requests
import google.oauth2.id_token
import requests

request = google.auth.transport.requests.Request()
token = google.oauth2.id_token.fetch_id_token(request, "AUDIENCE")
response = requests.get(
    "REQUEST_URL",
    headers={"Authorization": f"Bearer {token}"},
    timeout=30,
)
print(response.status_code)
"#,
);

pub(super) const CALL_API: Template = Template::new(
    r#"
# pip install google-auth requests
import google.auth
from google.auth.transport.requests import AuthorizedSession

credentials, project = google.auth.default(
    scopes=["https://www.googleapis.com/auth/cloud-platform"]
)
response = AuthorizedSession(credentials).get("API_URL", timeout=30)
print(response.status_code)
"#,
);

pub(super) const IMPERSONATE: Template = Template::new(
    r#"
# pip install google-auth requests
import google.auth
from google.auth import impersonated_credentials
from google.auth.transport.requests import AuthorizedSession

source, project = google.auth.default(
    scopes=["https://www.googleapis.com/auth/cloud-platform"]
)
target = impersonated_credentials.Credentials(
    source_credentials=source,
    target_principal="SERVICE_ACCOUNT_EMAIL",
    target_scopes=["https://www.googleapis.com/auth/cloud-platform"],
)
credentials = impersonated_credentials.IDTokenCredentials(
    target, target_audience="AUDIENCE", include_email=True
)
response = AuthorizedSession(credentials).get("REQUEST_URL", timeout=30)
print(response.status_code)
"#,
);

pub(super) const CALL_IAP: Template = Template::new(
    r#"
# pip install google-cloud-iam requests
import json
import time

import google.auth
import requests
from google.cloud import iam_credentials_v1

account = "SERVICE_ACCOUNT_EMAIL"
now = int(time.time())
claims = {
    "iss": account,
    "sub": account,
    "email": account,
    "aud": "https://HOST/*",
    "iat": now,
    "exp": now + 3600,
}
credentials, project = google.auth.default()
client = iam_credentials_v1.IAMCredentialsClient(credentials=credentials)
token = client.sign_jwt(
    name=client.service_account_path("-", account), payload=json.dumps(claims)
).signed_jwt
response = requests.get(
    "HOST_URL",
    headers={"Authorization": f"Bearer {token}"},
    timeout=30,
)
print(response.status_code)
"#,
);

pub(super) const RECEIVE: Template = Template::new(
    r#"
# pip install google-auth requests
import google.auth.transport.requests
import google.oauth2.id_token


def claims_of(token: str) -> dict:
    """The claims of a Google ID token made for this service; raises if it is not one."""
    return google.oauth2.id_token.verify_oauth2_token(
        token,
        google.auth.transport.requests.Request(),
        audience="AUDIENCE",
        clock_skew_in_seconds=10,
    )
"#,
);

pub(super) const RECEIVE_IAP: Template = Template::new(
    r#"
# pip install google-auth requests
import google.auth.transport.requests
import google.oauth2.id_token


def claims_of(assertion: str) -> dict:
    """The claims of IAP's assertion (header x-goog-iap-jwt-assertion); raises if it is not one."""
    return google.oauth2.id_token.verify_token(
        assertion,
        google.auth.transport.requests.Request(),
        audience="TOKEN_AUDIENCE",
        certs_url="https://www.gstatic.com/iap/verify/public_key",
    )
"#,
);

pub(super) const RECEIVE_FIREBASE: Template = Template::new(
    r#"
# pip install firebase-admin
import firebase_admin
from firebase_admin import auth

firebase_admin.initialize_app(options={"projectId": "FIREBASE_PROJECT"})


def claims_of(token: str) -> dict:
    """The claims of a Firebase ID token of this project; raises if it is not one."""
    return auth.verify_id_token(token, clock_skew_seconds=10)
"#,
);

pub(super) const FRONT: Template = Template::new(
    r#"
# pip install flask flask-cors firebase-admin google-auth requests
import firebase_admin
import flask
import flask_cors
import google.auth.transport.requests
import google.oauth2.id_token
import requests
from firebase_admin import auth

firebase_admin.initialize_app(options={"projectId": "FIREBASE_PROJECT"})
app = flask.Flask(__name__)
flask_cors.CORS(app, origins=["https://YOUR_SITE"], allow_headers=["Authorization"])


@app.get("/api")
def api():
    sent = flask.request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        user = auth.verify_id_token(sent)
    except Exception:
        return flask.jsonify(error="sign in first"), 401
    request = google.auth.transport.requests.Request()
    token = google.oauth2.id_token.fetch_id_token(request, "AUDIENCE")
    answer = requests.get(
        "REQUEST_URL",
        headers={"Authorization": f"Bearer {token}", "X-User": user["uid"]},
        timeout=30,
    )
    return answer.text, answer.status_code
"#,
);

pub(super) const CREATE_TASK: Template = Template::new(
    r#"
# pip install google-cloud-tasks
from google.cloud import tasks_v2

client = tasks_v2.CloudTasksClient()
task = tasks_v2.Task(
    http_request=tasks_v2.HttpRequest(
        http_method=tasks_v2.HttpMethod.POST,
        url="REQUEST_URL",
        oidc_token=tasks_v2.OidcToken(
            service_account_email="SERVICE_ACCOUNT_EMAIL",
            audience="AUDIENCE",
        ),
    )
)
client.create_task(
    parent=client.queue_path("PROJECT_ID", "LOCATION", "QUEUE"), task=task
)
"#,
);
