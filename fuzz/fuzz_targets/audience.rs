//! URL and audience compared: the first line is the service URL, the second a custom audience,
//! the third the `aud`.
#![no_main]

use why401::target::differs_at;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let [url, custom, audience] = why401_fuzz::fields(bytes);
    if let Some(at) = differs_at(&audience, &url) {
        let (sent, accepted) = (audience.chars().nth(at), url.chars().nth(at));
        assert_ne!(sent, accepted, "they do not differ at character {at}");
        assert!(audience.chars().take(at).eq(url.chars().take(at)));
    } else {
        assert_eq!(audience, url);
    }
    let mut input = why401_fuzz::input();
    let claims = format!(
        r#"{{"iss":"https://accounts.google.com","aud":{},"email":"caller@shop-prod.iam.gserviceaccount.com","sub":"1","iat":1795000000,"exp":1795003600}}"#,
        why401_fuzz::quoted(&audience)
    );
    input.paste = why401_fuzz::token(claims.as_bytes());
    input.service_url = url;
    input.custom_audiences = vec![custom];
    input.status = Some(401);
    why401_fuzz::check(&input);
});
