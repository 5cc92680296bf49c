//! The claims set: any bytes behind a good header, sent to Cloud Run and refused with 401.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut input = why401_fuzz::input();
    input.paste = why401_fuzz::token(bytes);
    input.service_url = "https://orders-4k3jd82hfa-uc.a.run.app".to_owned();
    input.status = Some(401);
    why401_fuzz::check(&input);
});
