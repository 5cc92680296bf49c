//! The whole paste: any text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut input = why401_fuzz::input();
    input.paste = why401_fuzz::text(bytes);
    why401_fuzz::check(&input);
});
