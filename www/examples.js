// Examples to load, one per common cause. Every name, host and token is made up, and the
// signatures say so.

const HOST = "https://orders-4k3jd82hfa-uc.a.run.app";
const ACCOUNT = "checkout@example-project.iam.gserviceaccount.com";
const REFUSED_401 = "www-authenticate: Bearer error=\"invalid_token\" error_description=\"The access token could not be verified\"";

/** `[name, fields at a moment in seconds]`. */
export const EXAMPLES = [
  ["Made for another URL", (now) => ({
    paste: `Authorization: Bearer ${idToken(now, { aud: "https://canary---orders-4k3jd82hfa-uc.a.run.app" })}`,
    "service-url": HOST,
    status: "401",
  })],
  ["Access token instead of ID token", () => ({
    paste: "Authorization: Bearer ya29.c.c0AY_EXAMPLE-NOT-A-TOKEN-EXAMPLE-NOT-A-TOKEN",
    "service-url": HOST,
    status: "401",
    response: REFUSED_401,
  })],
  ["Expired", (now) => ({
    paste: idToken(now - 4400, {}),
    "service-url": HOST,
    status: "401",
    response: REFUSED_401,
  })],
  ["The account may not enter", (now) => ({
    paste: idToken(now - 60, {}),
    "service-url": HOST,
    status: "403",
    response: "Your client does not have permission to get URL / from this server.",
  })],
  ["No token sent", () => ({
    paste: `> GET /orders HTTP/2
> Host: orders-4k3jd82hfa-uc.a.run.app
> user-agent: curl/8.5.0
> accept: */*
>
< HTTP/2 403
< content-type: text/html; charset=UTF-8
< server: Google Frontend
<
<html><head><title>403 Forbidden</title></head>
<body><h1>Error: Forbidden</h1>
<h2>Your client does not have permission to get URL <code>/orders</code> from this server.</h2></body></html>`,
  })],
  ["Your own gcloud token", (now) => ({
    paste: idToken(now - 300, {
      aud: "32555940559.apps.googleusercontent.com",
      azp: "32555940559.apps.googleusercontent.com",
      email: "dev@example.com",
      hd: "example.com",
    }),
    "service-url": HOST,
    caller: "local-user",
  })],
  ["Signature removed from a log", (now) => ({
    paste: `${idToken(now - 30, {}).split(".").slice(0, 2).join(".")}.SIGNATURE_REMOVED_BY_GOOGLE`,
    "service-url": HOST,
    status: "401",
  })],
  ["Cut while copying", (now) => ({
    paste: `TOKEN="${idToken(now, {}).slice(0, 260)}…"`,
    "service-url": HOST,
  })],
  ["No token could be made", () => ({
    paste: "ERROR: (gcloud.auth.print-identity-token) Invalid account type for `--audiences`. Requires valid service account.",
    caller: "local-user",
  })],
  ["Nothing wrong with it", (now) => ({
    paste: `curl -H "Authorization: Bearer ${idToken(now - 20, {})}" ${HOST}/orders`,
  })],
];

/** A Google ID token of a service account, as it would look. */
function idToken(issued, claims) {
  const header = { alg: "RS256", kid: "0000examplekey0000examplekey0000examplekey", typ: "JWT" };
  const payload = {
    aud: HOST,
    azp: "100000000000000000001",
    email: ACCOUNT,
    email_verified: true,
    exp: issued + 3600,
    iat: issued,
    iss: "https://accounts.google.com",
    sub: "100000000000000000001",
    ...claims,
  };
  const signature = "EXAMPLE-NOT-A-SIGNATURE-".repeat(11).slice(0, 256);
  return [JSON.stringify(header), JSON.stringify(payload), signature].map(base64url).join(".");
}

function base64url(text) {
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
