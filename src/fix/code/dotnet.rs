//! .NET: `Google.Apis.Auth`.

use super::super::template::Template;

pub(super) const CALL: Template = Template::new(
    r#"
// dotnet add package Google.Apis.Auth
using System;
using System.Net.Http;
using System.Net.Http.Headers;
using Google.Apis.Auth.OAuth2;

var credential = await GoogleCredential.GetApplicationDefaultAsync();
var oidc = await credential.GetOidcTokenAsync(OidcTokenOptions.FromTargetAudience("AUDIENCE"));
// Despite its name this returns the ID token.
var token = await oidc.GetAccessTokenAsync();

using var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
var response = await http.GetAsync("REQUEST_URL");
Console.WriteLine((int)response.StatusCode);
"#,
);

pub(super) const CALL_API: Template = Template::new(
    r#"
// dotnet add package Google.Apis.Auth
using System;
using System.Net.Http;
using System.Net.Http.Headers;
using Google.Apis.Auth.OAuth2;

var credential = (await GoogleCredential.GetApplicationDefaultAsync())
    .CreateScoped("https://www.googleapis.com/auth/cloud-platform");
var token = await credential.UnderlyingCredential.GetAccessTokenForRequestAsync();

using var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
var response = await http.GetAsync("API_URL");
Console.WriteLine((int)response.StatusCode);
"#,
);

pub(super) const IMPERSONATE: Template = Template::new(
    r#"
// dotnet add package Google.Apis.Auth
using System;
using System.Net.Http;
using System.Net.Http.Headers;
using Google.Apis.Auth.OAuth2;

var source = await GoogleCredential.GetApplicationDefaultAsync();
var account = source.Impersonate(
    new ImpersonatedCredential.Initializer("SERVICE_ACCOUNT_EMAIL"));
var oidc = await account.GetOidcTokenAsync(OidcTokenOptions.FromTargetAudience("AUDIENCE"));
// Despite its name this returns the ID token.
var token = await oidc.GetAccessTokenAsync();

using var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
var response = await http.GetAsync("REQUEST_URL");
Console.WriteLine((int)response.StatusCode);
"#,
);

pub(super) const RECEIVE_IAP: Template = Template::new(
    r#"
// dotnet add package Google.Apis.Auth
using System.Threading.Tasks;
using Google.Apis.Auth;

public static class Receive
{
    /// <summary>The claims of IAP's assertion; throws if it is not one.</summary>
    public static Task<JsonWebSignature.Payload> ClaimsOf(string assertion) =>
        JsonWebSignature.VerifySignedTokenAsync(assertion, new SignedTokenVerificationOptions
        {
            TrustedAudiences = { "TOKEN_AUDIENCE" },
            TrustedIssuers = { "https://cloud.google.com/iap" },
            CertificatesUrl = GoogleAuthConsts.IapKeySetUrl,
        });
}
"#,
);

pub(super) const RECEIVE: Template = Template::new(
    r#"
// dotnet add package Google.Apis.Auth
using System.Threading.Tasks;
using Google.Apis.Auth;

public static class Receive
{
    /// <summary>The claims of a Google ID token made for this service; throws if it is not one.</summary>
    public static Task<JsonWebSignature.Payload> ClaimsOf(string token) =>
        JsonWebSignature.VerifySignedTokenAsync(token, new SignedTokenVerificationOptions
        {
            TrustedAudiences = { "AUDIENCE" },
            TrustedIssuers = { "https://accounts.google.com" },
        });
}
"#,
);
