//! Java: `google-auth-library-oauth2-http`.

use super::super::template::Template;

pub(super) const CALL: Template = Template::new(
    r#"
// com.google.auth:google-auth-library-oauth2-http
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdTokenCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import java.io.IOException;

public class Call {
    public static void main(String[] args) throws IOException {
        GoogleCredentials credentials = GoogleCredentials.getApplicationDefault();
        if (!(credentials instanceof IdTokenProvider)) {
            throw new IllegalStateException("these credentials cannot make ID tokens");
        }
        IdTokenCredentials tokens = IdTokenCredentials.newBuilder()
            .setIdTokenProvider((IdTokenProvider) credentials)
            .setTargetAudience("AUDIENCE")
            .build();
        HttpResponse response = new NetHttpTransport()
            .createRequestFactory(new HttpCredentialsAdapter(tokens))
            .buildGetRequest(new GenericUrl("REQUEST_URL"))
            .execute();
        System.out.println(response.getStatusCode());
    }
}
"#,
);

pub(super) const CALL_API: Template = Template::new(
    r#"
// com.google.auth:google-auth-library-oauth2-http
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;

public class Call {
    public static void main(String[] args) throws IOException {
        GoogleCredentials credentials = GoogleCredentials.getApplicationDefault()
            .createScoped("https://www.googleapis.com/auth/cloud-platform");
        HttpResponse response = new NetHttpTransport()
            .createRequestFactory(new HttpCredentialsAdapter(credentials))
            .buildGetRequest(new GenericUrl("API_URL"))
            .execute();
        System.out.println(response.getStatusCode());
    }
}
"#,
);

pub(super) const IMPERSONATE: Template = Template::new(
    r#"
// com.google.auth:google-auth-library-oauth2-http
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdTokenCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import com.google.auth.oauth2.ImpersonatedCredentials;
import java.io.IOException;
import java.util.List;

public class Call {
    public static void main(String[] args) throws IOException {
        ImpersonatedCredentials account = ImpersonatedCredentials.create(
            GoogleCredentials.getApplicationDefault(),
            "SERVICE_ACCOUNT_EMAIL",
            null,
            List.of("https://www.googleapis.com/auth/cloud-platform"),
            3600);
        IdTokenCredentials tokens = IdTokenCredentials.newBuilder()
            .setIdTokenProvider(account)
            .setTargetAudience("AUDIENCE")
            .setOptions(List.of(IdTokenProvider.Option.INCLUDE_EMAIL))
            .build();
        HttpResponse response = new NetHttpTransport()
            .createRequestFactory(new HttpCredentialsAdapter(tokens))
            .buildGetRequest(new GenericUrl("REQUEST_URL"))
            .execute();
        System.out.println(response.getStatusCode());
    }
}
"#,
);

pub(super) const CALL_IAP: Template = Template::new(
    r#"
// com.google.cloud:google-cloud-iamcredentials
import com.google.cloud.iam.credentials.v1.IamCredentialsClient;
import com.google.cloud.iam.credentials.v1.SignJwtRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;

public class CallIap {
    public static void main(String[] args) throws Exception {
        String account = "SERVICE_ACCOUNT_EMAIL";
        long now = Instant.now().getEpochSecond();
        String claims = String.format(
            "{\"iss\":\"%1$s\",\"sub\":\"%1$s\",\"email\":\"%1$s\",\"aud\":\"%2$s\",\"iat\":%3$d,\"exp\":%4$d}",
            account, "https://HOST/*", now, now + 3600);
        try (IamCredentialsClient client = IamCredentialsClient.create()) {
            String token = client.signJwt(SignJwtRequest.newBuilder()
                .setName("projects/-/serviceAccounts/" + account)
                .setPayload(claims)
                .build()).getSignedJwt();
            HttpResponse<String> response = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("HOST_URL"))
                    .header("Authorization", "Bearer " + token)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
            System.out.println(response.statusCode());
        }
    }
}
"#,
);

pub(super) const RECEIVE: Template = Template::new(
    r#"
// com.google.auth:google-auth-library-oauth2-http
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.auth.oauth2.TokenVerifier;

public class Receive {
    private static final TokenVerifier VERIFIER = TokenVerifier.newBuilder()
        .setAudience("AUDIENCE")
        .setIssuer("https://accounts.google.com")
        .build();

    /** The claims of a Google ID token made for this service; throws if it is not one. */
    public static JsonWebSignature.Payload claimsOf(String token)
            throws TokenVerifier.VerificationException {
        return VERIFIER.verify(token).getPayload();
    }
}
"#,
);

pub(super) const RECEIVE_IAP: Template = Template::new(
    r#"
// com.google.auth:google-auth-library-oauth2-http
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.auth.oauth2.TokenVerifier;

public class Receive {
    private static final TokenVerifier VERIFIER = TokenVerifier.newBuilder()
        .setAudience("TOKEN_AUDIENCE")
        .setIssuer("https://cloud.google.com/iap")
        .build();

    /** The claims of IAP's assertion (header x-goog-iap-jwt-assertion); throws if it is not one. */
    public static JsonWebSignature.Payload claimsOf(String assertion)
            throws TokenVerifier.VerificationException {
        return VERIFIER.verify(assertion).getPayload();
    }
}
"#,
);

pub(super) const RECEIVE_FIREBASE: Template = Template::new(
    r#"
// com.google.firebase:firebase-admin
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.auth.FirebaseAuthException;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.util.Map;

public class Receive {
    public static void start() throws IOException {
        FirebaseApp.initializeApp(FirebaseOptions.builder()
            .setCredentials(GoogleCredentials.getApplicationDefault())
            .setProjectId("FIREBASE_PROJECT")
            .build());
    }

    /** The claims of a Firebase ID token of this project; throws if it is not one. */
    public static Map<String, Object> claimsOf(String token) throws FirebaseAuthException {
        return FirebaseAuth.getInstance().verifyIdToken(token).getClaims();
    }
}
"#,
);

pub(super) const CREATE_TASK: Template = Template::new(
    r#"
// com.google.cloud:google-cloud-tasks
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.HttpMethod;
import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.OidcToken;
import com.google.cloud.tasks.v2.QueueName;
import com.google.cloud.tasks.v2.Task;
import java.io.IOException;

public class CreateTask {
    public static void main(String[] args) throws IOException {
        try (CloudTasksClient client = CloudTasksClient.create()) {
            OidcToken token = OidcToken.newBuilder()
                .setServiceAccountEmail("SERVICE_ACCOUNT_EMAIL")
                .setAudience("AUDIENCE")
                .build();
            HttpRequest request = HttpRequest.newBuilder()
                .setUrl("REQUEST_URL")
                .setHttpMethod(HttpMethod.POST)
                .setOidcToken(token)
                .build();
            client.createTask(
                QueueName.of("PROJECT_ID", "LOCATION", "QUEUE"),
                Task.newBuilder().setHttpRequest(request).build());
        }
    }
}
"#,
);
