//! Go: `google.golang.org/api`. Indented by spaces, since a tab is a control character.

use super::super::template::Template;

pub(super) const CALL: Template = Template::new(
    r#"
// go get google.golang.org/api
package main

import (
    "context"
    "fmt"
    "log"

    "google.golang.org/api/idtoken"
)

func main() {
    client, err := idtoken.NewClient(context.Background(), "AUDIENCE")
    if err != nil {
        log.Fatal(err)
    }
    response, err := client.Get("REQUEST_URL")
    if err != nil {
        log.Fatal(err)
    }
    defer response.Body.Close()
    fmt.Println(response.Status)
}
"#,
);

pub(super) const CALL_API: Template = Template::new(
    r#"
// go get golang.org/x/oauth2
package main

import (
    "context"
    "fmt"
    "log"

    "golang.org/x/oauth2/google"
)

func main() {
    client, err := google.DefaultClient(context.Background(),
        "https://www.googleapis.com/auth/cloud-platform")
    if err != nil {
        log.Fatal(err)
    }
    response, err := client.Get("API_URL")
    if err != nil {
        log.Fatal(err)
    }
    defer response.Body.Close()
    fmt.Println(response.Status)
}
"#,
);

pub(super) const IMPERSONATE: Template = Template::new(
    r#"
// go get google.golang.org/api golang.org/x/oauth2
package main

import (
    "context"
    "fmt"
    "log"

    "golang.org/x/oauth2"
    "google.golang.org/api/impersonate"
)

func main() {
    ctx := context.Background()
    source, err := impersonate.IDTokenSource(ctx, impersonate.IDTokenConfig{
        Audience:        "AUDIENCE",
        TargetPrincipal: "SERVICE_ACCOUNT_EMAIL",
        IncludeEmail:    true,
    })
    if err != nil {
        log.Fatal(err)
    }
    response, err := oauth2.NewClient(ctx, source).Get("REQUEST_URL")
    if err != nil {
        log.Fatal(err)
    }
    defer response.Body.Close()
    fmt.Println(response.Status)
}
"#,
);

pub(super) const CALL_IAP: Template = Template::new(
    r#"
// go get google.golang.org/api
package main

import (
    "context"
    "encoding/json"
    "fmt"
    "log"
    "net/http"
    "time"

    "google.golang.org/api/iamcredentials/v1"
)

func main() {
    ctx := context.Background()
    account := "SERVICE_ACCOUNT_EMAIL"
    now := time.Now().Unix()
    claims, err := json.Marshal(map[string]any{
        "iss":   account,
        "sub":   account,
        "email": account,
        "aud":   "https://HOST/*",
        "iat":   now,
        "exp":   now + 3600,
    })
    if err != nil {
        log.Fatal(err)
    }
    service, err := iamcredentials.NewService(ctx)
    if err != nil {
        log.Fatal(err)
    }
    signed, err := service.Projects.ServiceAccounts.SignJwt(
        "projects/-/serviceAccounts/"+account,
        &iamcredentials.SignJwtRequest{Payload: string(claims)}).Do()
    if err != nil {
        log.Fatal(err)
    }
    request, err := http.NewRequestWithContext(ctx, "GET", "HOST_URL", nil)
    if err != nil {
        log.Fatal(err)
    }
    request.Header.Set("Authorization", "Bearer "+signed.SignedJwt)
    response, err := http.DefaultClient.Do(request)
    if err != nil {
        log.Fatal(err)
    }
    defer response.Body.Close()
    fmt.Println(response.Status)
}
"#,
);

pub(super) const RECEIVE: Template = Template::new(
    r#"
// go get google.golang.org/api
package service

import (
    "context"

    "google.golang.org/api/idtoken"
)

// ClaimsOf returns the claims of a Google ID token made for this service.
func ClaimsOf(ctx context.Context, token string) (map[string]any, error) {
    payload, err := idtoken.Validate(ctx, token, "AUDIENCE")
    if err != nil {
        return nil, err
    }
    return payload.Claims, nil
}
"#,
);

pub(super) const RECEIVE_IAP: Template = Template::new(
    r#"
// go get google.golang.org/api
package service

import (
    "context"

    "google.golang.org/api/idtoken"
)

// ClaimsOf returns the claims of IAP's assertion (header x-goog-iap-jwt-assertion).
func ClaimsOf(ctx context.Context, assertion string) (map[string]any, error) {
    payload, err := idtoken.Validate(ctx, assertion, "TOKEN_AUDIENCE")
    if err != nil {
        return nil, err
    }
    return payload.Claims, nil
}
"#,
);

pub(super) const RECEIVE_FIREBASE: Template = Template::new(
    r#"
// go get firebase.google.com/go/v4
package service

import (
    "context"

    firebase "firebase.google.com/go/v4"
)

// ClaimsOf returns the claims of a Firebase ID token of this project.
func ClaimsOf(ctx context.Context, token string) (map[string]any, error) {
    app, err := firebase.NewApp(ctx, &firebase.Config{ProjectID: "FIREBASE_PROJECT"})
    if err != nil {
        return nil, err
    }
    client, err := app.Auth(ctx)
    if err != nil {
        return nil, err
    }
    checked, err := client.VerifyIDToken(ctx, token)
    if err != nil {
        return nil, err
    }
    return checked.Claims, nil
}
"#,
);

pub(super) const CREATE_TASK: Template = Template::new(
    r#"
// go get cloud.google.com/go/cloudtasks
package main

import (
    "context"
    "log"

    cloudtasks "cloud.google.com/go/cloudtasks/apiv2"
    taskspb "cloud.google.com/go/cloudtasks/apiv2/cloudtaskspb"
)

func main() {
    ctx := context.Background()
    client, err := cloudtasks.NewClient(ctx)
    if err != nil {
        log.Fatal(err)
    }
    defer client.Close()
    _, err = client.CreateTask(ctx, &taskspb.CreateTaskRequest{
        Parent: "projects/PROJECT_ID/locations/LOCATION/queues/QUEUE",
        Task: &taskspb.Task{
            MessageType: &taskspb.Task_HttpRequest{
                HttpRequest: &taskspb.HttpRequest{
                    HttpMethod: taskspb.HttpMethod_POST,
                    Url:        "REQUEST_URL",
                    AuthorizationHeader: &taskspb.HttpRequest_OidcToken{
                        OidcToken: &taskspb.OidcToken{
                            ServiceAccountEmail: "SERVICE_ACCOUNT_EMAIL",
                            Audience:            "AUDIENCE",
                        },
                    },
                },
            },
        },
    })
    if err != nil {
        log.Fatal(err)
    }
}
"#,
);
