//! Quote and parse: values from the token and the fields reach commands, which must still run
//! known programs only. Six lines: e-mail, audience, service, region, project, function's path.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let [email, audience, service, region, project, path] = why401_fuzz::fields(bytes);
    let claims = format!(
        r#"{{"iss":"https://accounts.google.com","aud":{},"email":{},"sub":"1","iat":1795000000,"exp":1795003600}}"#,
        why401_fuzz::quoted(&audience),
        why401_fuzz::quoted(&email)
    );
    let mut input = why401_fuzz::input();
    input.paste = why401_fuzz::token(claims.as_bytes());
    for (status, url) in [
        (403, format!("https://orders-4k3jd82hfa-uc.a.run.app/{path}")),
        (401, format!("https://us-central1-shop.cloudfunctions.net/{path}")),
        (401, path.clone()),
    ] {
        input.status = Some(status);
        input.service_url = url;
        why401_fuzz::check(&input);
        input.service = service.clone();
        input.region = region.clone();
        input.project = project.clone();
    }
});
