//! The crate in a real browser.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use why401::json::Json;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn digits_beyond_a_double_survive() {
    let json = Json::read(r#"{"sub":112233445566778899001,"exp":1e400}"#);
    let raw = |name| json.get(name).map(|member| member.raw.as_str());
    assert_eq!(raw("sub"), Some("112233445566778899001"));
    assert_eq!(raw("exp"), Some("1e400"));
}
