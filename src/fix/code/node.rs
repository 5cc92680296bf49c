//! Node.js: `google-auth-library`. Written as CommonJS, so that it runs as a plain `.js` file.

use super::super::template::Template;

pub(super) const CALL: Template = Template::new(
    r#"
// npm install google-auth-library
const { GoogleAuth } = require("google-auth-library");

async function main() {
  const client = await new GoogleAuth().getIdTokenClient("AUDIENCE");
  const response = await client.request({ url: "REQUEST_URL" });
  console.log(response.status);
}

main();
"#,
);

pub(super) const CALL_API: Template = Template::new(
    r#"
// npm install google-auth-library
const { GoogleAuth } = require("google-auth-library");

async function main() {
  const auth = new GoogleAuth({
    scopes: "https://www.googleapis.com/auth/cloud-platform",
  });
  const client = await auth.getClient();
  const response = await client.request({ url: "API_URL" });
  console.log(response.status);
}

main();
"#,
);

pub(super) const IMPERSONATE: Template = Template::new(
    r#"
// npm install google-auth-library
const { GoogleAuth, Impersonated } = require("google-auth-library");

async function main() {
  const auth = new GoogleAuth({
    scopes: "https://www.googleapis.com/auth/cloud-platform",
  });
  const target = new Impersonated({
    sourceClient: await auth.getClient(),
    targetPrincipal: "SERVICE_ACCOUNT_EMAIL",
    targetScopes: ["https://www.googleapis.com/auth/cloud-platform"],
  });
  const token = await target.fetchIdToken("AUDIENCE", { includeEmail: true });
  const response = await fetch("REQUEST_URL", {
    headers: { Authorization: `Bearer ${token}` },
  });
  console.log(response.status);
}

main();
"#,
);

pub(super) const CALL_IAP: Template = Template::new(
    r#"
// npm install google-auth-library
const { GoogleAuth } = require("google-auth-library");

async function main() {
  const account = "SERVICE_ACCOUNT_EMAIL";
  const now = Math.floor(Date.now() / 1000);
  const payload = JSON.stringify({
    iss: account,
    sub: account,
    email: account,
    aud: "https://HOST/*",
    iat: now,
    exp: now + 3600,
  });
  const auth = new GoogleAuth({
    scopes: "https://www.googleapis.com/auth/cloud-platform",
  });
  const client = await auth.getClient();
  const signed = await client.request({
    url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:signJwt`,
    method: "POST",
    data: { payload },
  });
  const response = await fetch("HOST_URL", {
    headers: { Authorization: `Bearer ${signed.data.signedJwt}` },
  });
  console.log(response.status);
}

main();
"#,
);

pub(super) const RECEIVE: Template = Template::new(
    r#"
// npm install google-auth-library
const { OAuth2Client } = require("google-auth-library");

const client = new OAuth2Client();

// The claims of a Google ID token made for this service; rejects if it is not one.
async function claimsOf(idToken) {
  const ticket = await client.verifyIdToken({
    idToken,
    audience: "AUDIENCE",
  });
  return ticket.getPayload();
}

module.exports = { claimsOf };
"#,
);

pub(super) const RECEIVE_FIREBASE: Template = Template::new(
    r#"
// npm install firebase-admin
const { initializeApp } = require("firebase-admin/app");
const { getAuth } = require("firebase-admin/auth");

initializeApp({ projectId: "FIREBASE_PROJECT" });

// The claims of a Firebase ID token of this project; rejects if it is not one.
async function claimsOf(idToken) {
  return getAuth().verifyIdToken(idToken);
}

module.exports = { claimsOf };
"#,
);

pub(super) const FRONT: Template = Template::new(
    r#"
// npm install express cors firebase-admin google-auth-library
const cors = require("cors");
const express = require("express");
const { initializeApp } = require("firebase-admin/app");
const { getAuth } = require("firebase-admin/auth");
const { GoogleAuth } = require("google-auth-library");

initializeApp({ projectId: "FIREBASE_PROJECT" });
const google = new GoogleAuth();
const app = express();
app.use(cors({ origin: "https://YOUR_SITE", allowedHeaders: ["Authorization"] }));

app.get("/api", async (request, response) => {
  const sent = (request.get("Authorization") || "").replace(/^Bearer /, "");
  let user;
  try {
    user = await getAuth().verifyIdToken(sent);
  } catch {
    response.status(401).json({ error: "sign in first" });
    return;
  }
  const client = await google.getIdTokenClient("AUDIENCE");
  const answer = await client.request({
    url: "REQUEST_URL",
    headers: { "X-User": user.uid },
    validateStatus: () => true,
  });
  response.status(answer.status).send(answer.data);
});

app.listen(process.env.PORT || 8080);
"#,
);

pub(super) const RECEIVE_IAP: Template = Template::new(
    r#"
// npm install google-auth-library
const { OAuth2Client } = require("google-auth-library");

const client = new OAuth2Client();

// The claims of IAP's assertion (header x-goog-iap-jwt-assertion); rejects if it is not one.
async function claimsOf(assertion) {
  const { pubkeys } = await client.getIapPublicKeys();
  const ticket = await client.verifySignedJwtWithCertsAsync(
    assertion,
    pubkeys,
    "TOKEN_AUDIENCE",
    ["https://cloud.google.com/iap"],
  );
  return ticket.getPayload();
}

module.exports = { claimsOf };
"#,
);

pub(super) const PAGE_FIREBASE: Template = Template::new(
    r#"
// In the page. `auth` is getAuth() of firebase/auth; it renews the token when that is due.
async function call(auth) {
  const token = await auth.currentUser.getIdToken();
  return fetch("APP_URL", {
    headers: { Authorization: `Bearer ${token}` },
  });
}
"#,
);

pub(super) const PAGE_CUSTOM_TOKEN: Template = Template::new(
    r#"
// In the page. `auth` is getAuth(), `signInWithCustomToken` the function of firebase/auth.
async function call(auth, signInWithCustomToken, customToken) {
  const { user } = await signInWithCustomToken(auth, customToken);
  const token = await user.getIdToken();
  return fetch("APP_URL", {
    headers: { Authorization: `Bearer ${token}` },
  });
}
"#,
);

pub(super) const PAGE_API: Template = Template::new(
    r#"
// In the page, after <script src="https://accounts.google.com/gsi/client">.
const client = google.accounts.oauth2.initTokenClient({
  client_id: "OAUTH_CLIENT_ID",
  scope: "API_SCOPE",
  callback: async ({ access_token }) => {
    const response = await fetch("API_URL", {
      headers: { Authorization: `Bearer ${access_token}` },
    });
    console.log(response.status);
  },
});
client.requestAccessToken();
"#,
);

pub(super) const CREATE_TASK: Template = Template::new(
    r#"
// npm install @google-cloud/tasks
const { CloudTasksClient } = require("@google-cloud/tasks");

async function main() {
  const client = new CloudTasksClient();
  await client.createTask({
    parent: client.queuePath("PROJECT_ID", "LOCATION", "QUEUE"),
    task: {
      httpRequest: {
        httpMethod: "POST",
        url: "REQUEST_URL",
        oidcToken: {
          serviceAccountEmail: "SERVICE_ACCOUNT_EMAIL",
          audience: "AUDIENCE",
        },
      },
    },
  });
}

main();
"#,
);
