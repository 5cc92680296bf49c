//! The response reader: any text came back, to a harmless token and to none.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut input = why401_fuzz::input();
    input.service_url = "https://orders-4k3jd82hfa-uc.a.run.app".to_owned();
    input.response = why401_fuzz::text(bytes);
    why401_fuzz::check(&input);
    input.paste = why401_fuzz::token(
        br#"{"iss":"https://accounts.google.com","aud":"https://orders-4k3jd82hfa-uc.a.run.app","email":"caller@shop-prod.iam.gserviceaccount.com","sub":"1","iat":1795000000,"exp":1795003600}"#,
    );
    why401_fuzz::check(&input);
});
