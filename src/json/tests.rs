use super::*;

fn names(json: &Json) -> Vec<&str> {
    json.members
        .iter()
        .map(|member| member.name.as_str())
        .collect()
}

fn broken(text: &str) -> String {
    Json::read(text).broken.expect("the text is broken")
}

#[test]
fn order_duplicates_and_digits_survive() {
    let json = Json::read(
        r#"{"z":1.5e400,"a":18446744073709551615,"z":1.50, "n":1e99999999999 ,"s":"x"}"#,
    );
    assert_eq!(json.shape, Shape::Object);
    assert_eq!(json.broken, None);
    assert_eq!(names(&json), ["z", "a", "z", "n", "s"]);
    let raws: Vec<&str> = json
        .members
        .iter()
        .map(|member| member.raw.as_str())
        .collect();
    assert_eq!(
        raws,
        [
            "1.5e400",
            "18446744073709551615",
            "1.50",
            "1e99999999999",
            "\"x\""
        ]
    );
    let duplicates: Vec<bool> = json.members.iter().map(|member| member.duplicate).collect();
    assert_eq!(duplicates, [true, false, true, false, false]);
    assert_eq!(
        json.get("z").map(|member| member.raw.as_str()),
        Some("1.50")
    );
    assert_eq!(json.text("s").as_deref(), Some("x"));
    assert_eq!(json.text("a"), None);
}

#[test]
fn members_before_a_break_survive() {
    let text = r#"{"iss":"a","email":"cut here"#;
    let json = Json::read(text);
    assert_eq!(names(&json), ["iss"]);
    assert_eq!(
        json.broken.as_deref(),
        Some("The JSON stops at byte 28, inside the value of `email`: the string is not closed.")
    );
}

#[test]
fn a_break_names_its_place() {
    for (text, sentence) in [
        (
            "{",
            "The JSON stops at byte 1, before any member: the object is not closed.",
        ),
        (
            r#"{"a":"b""#,
            "The JSON stops at byte 8, after the value of `a`: the object is not closed.",
        ),
        (
            r#"{"a":1"#,
            "The JSON stops at byte 6, inside the value of `a`: the number may go on.",
        ),
        (
            r#"{"a":1,}"#,
            "The JSON stops at byte 7, after the value of `a`: a comma is followed by nothing.",
        ),
        (
            r#"{"a":0x10}"#,
            "The JSON stops at byte 6, after the value of `a`: `,` or `}` was expected.",
        ),
        (
            "{\n\"a\":-Infinity}",
            "The JSON stops at byte 7, inside the value of `a`: the number is not written as JSON writes numbers.",
        ),
        (
            "{'iss':'x'}",
            "The JSON stops at byte 1, before any member: a name in double quotes was expected.",
        ),
        (
            "{\"a\":1}xyz",
            "The JSON object ends before byte 7; 3 more bytes follow it.",
        ),
        (
            "{\"a\":1}\0",
            "The JSON object ends before byte 7; 1 more byte follows it.",
        ),
        (
            "{\"a\":\"x\u{1}y\"}",
            "The JSON stops at byte 7, inside the value of `a`: a control character stands unescaped in a string.",
        ),
        (
            "{\"a\":\"x\ny\"}",
            "The JSON stops at byte 7, inside the value of `a`: a control character stands unescaped in a string.",
        ),
        (
            "hello world",
            "This is not JSON; it fails at byte 0: a value was expected.",
        ),
        ("[1,2", "The JSON stops at byte 4: the array is not closed."),
    ] {
        assert_eq!(broken(text), sentence, "{text}");
    }
}

#[test]
fn shapes() {
    for (text, shape) in [
        ("", Shape::Empty),
        (" \n", Shape::Empty),
        ("{}", Shape::Object),
        (" {\"a\"", Shape::Object),
        ("[1,2,3]", Shape::Other),
        ("\"hello\"", Shape::Other),
        ("42", Shape::Other),
        ("null", Shape::Other),
        ("hello", Shape::NotJson),
    ] {
        assert_eq!(Json::read(text).shape, shape, "{text}");
    }
}

#[test]
fn escapes_are_resolved_and_lone_surrogates_stay() {
    let json = Json::read(
        r#"{"a":"\u00e9\n\"\ud83d\ude00","b":"x\ud800y","c":"\ude00\ud83d","d":"\\ud800"}"#,
    );
    assert_eq!(json.broken, None);
    assert_eq!(json.text("a").as_deref(), Some("é\n\"😀"));
    assert_eq!(json.text("b").as_deref(), Some("x\\ud800y"));
    assert_eq!(json.text("c").as_deref(), Some("\\ude00\\ud83d"));
    assert_eq!(json.text("d").as_deref(), Some("\\ud800"));
    assert_eq!(
        json.notes,
        ["The value of `b` holds the escape \\ud800, which is no character by itself."]
    );
}

#[test]
fn a_name_is_unescaped() {
    let json = Json::read(r#"{"\u0061ud":1,"\ud800":2,"":3}"#);
    assert_eq!(names(&json), ["aud", "\\ud800", ""]);
}

#[test]
fn strings_of_a_string_and_of_an_array() {
    let json = Json::read(r#"{"one":"a","many":["a",1,null,{},"b\n"],"none":[],"no":7}"#);
    let strings = |name| json.get(name).map(Member::strings).unwrap_or_default();
    assert_eq!(strings("one"), ["a"]);
    assert_eq!(strings("many"), ["a", "b\n"]);
    assert!(strings("none").is_empty());
    assert!(strings("no").is_empty());
    let types: Vec<_> = json
        .members
        .iter()
        .map(|member| member.value_type())
        .collect();
    assert_eq!(
        types,
        [
            Some(ValueType::String),
            Some(ValueType::Array),
            Some(ValueType::Array),
            Some(ValueType::Number)
        ]
    );
}

#[test]
fn a_byte_order_mark_is_taken_off_and_offsets_still_count_it() {
    let json = Json::read("\u{FEFF}{\"a\":1,}");
    assert_eq!(names(&json), ["a"]);
    assert_eq!(json.notes.len(), 1);
    assert!(json.notes.iter().all(|note| note.contains("U+FEFF")));
    assert!(
        json.broken
            .is_some_and(|broken| broken.contains("byte 10,"))
    );
}

#[test]
fn bad_utf8_is_shown_and_its_place_named() {
    let json = Json::read_bytes(b"{\"a\":\"b\xFF\xFEc\",\"d\":1,}".to_vec());
    assert_eq!(json.text("a").as_deref(), Some("b\u{FFFD}\u{FFFD}c"));
    assert_eq!(
        json.notes,
        ["There is no UTF-8 at bytes 7, 8; U+FFFD is shown instead."]
    );
    assert!(
        json.broken
            .is_some_and(|broken| broken.contains("byte 18,"))
    );
}

#[test]
fn other_encodings_are_named() {
    let utf16: Vec<u8> = "{\"a\":1}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, name) in [
        (utf16.as_slice(), "UTF-16"),
        (b"\xFF\xFE{\0".as_slice(), "UTF-16"),
        (b"\x1F\x8B\x08\0", "gzip"),
    ] {
        let json = Json::read_bytes(bytes.to_vec());
        assert!(json.broken.is_some());
        assert!(
            json.notes.iter().any(|note| note.contains(name)),
            "{name}: {:?}",
            json.notes
        );
    }
}

#[test]
fn deep_nesting_is_a_break() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |depth: usize| {
            format!(
                "{{\"x\":1,\"y\":{}1{}}}",
                open.repeat(depth),
                close.repeat(depth)
            )
        };
        assert_eq!(Json::read(&nested(MAX_DEPTH - 1)).broken, None);
        let json = Json::read(&nested(100_000));
        assert_eq!(names(&json), ["x"]);
        assert!(
            json.broken
                .is_some_and(|broken| broken.contains("deeper than 128 levels"))
        );
    }
    assert!(broken(&"[".repeat(100_000)).contains("not closed"));
    assert!(
        broken(&format!("{}{}", "[".repeat(1000), "]".repeat(1000))).contains("deeper than 128")
    );
}

#[test]
fn members_are_bounded() {
    let members: Vec<String> = (0..=MAX_MEMBERS).map(|n| format!("\"m{n}\":{n}")).collect();
    let json = Json::read(&format!("{{{}}}", members.join(",")));
    assert_eq!(json.members.len(), MAX_MEMBERS);
    assert!(
        json.broken
            .is_some_and(|broken| broken.contains("only the first 10000 members are read"))
    );
}

#[test]
fn a_long_name_is_cut_in_sentences() {
    let sentence = broken(&format!("{{\"{}\":", "é".repeat(1000)));
    assert!(sentence.chars().count() < 200, "{sentence}");
}

/// Every prefix of a text is read without panicking, and keeps the members it holds.
#[test]
fn every_prefix_is_read() {
    let text = "\u{FEFF}{\"a\":\"\\ud83d\\ude00\",\"b\":[1,{\"c\":null}],\"é\":\"x\",\"d\":true}";
    let mut most = 0;
    for (end, _) in text.char_indices() {
        let json = Json::read(text.get(..end).expect("a character boundary"));
        assert!(json.members.len() >= most);
        most = json.members.len();
    }
    assert_eq!(most, 4);
    for end in 0..text.len() {
        let _ = Json::read_bytes(text.as_bytes().get(..end).expect("in range").to_vec());
    }
}

/// The JSON test suite: what it accepts is read whole, what it rejects has a sentence.
#[test]
fn json_test_suite() {
    // Read where it is and never copied, as tests/credential does.
    let folder = std::env::var_os("WHY401_VECTORS").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"),
        std::path::PathBuf::from,
    );
    let Ok(suite) = std::fs::read_to_string(folder.join("json_test_suite.json")) else {
        return;
    };
    let suite: serde_json::Value = serde_json::from_str(&suite).expect("the suite is JSON");
    let files = suite["files"].as_object().expect("files");
    for (name, file) in files {
        let bytes = if let Some(text) = file["text"].as_str() {
            text.as_bytes().to_vec()
        } else if let Some(coded) = file["b64"].as_str() {
            use base64::Engine as _;
            base64::engine::general_purpose::STANDARD
                .decode(coded)
                .expect("base64")
        } else {
            let unit = file["repeat"].as_str().expect("repeat");
            let times = file["n"].as_u64().expect("n");
            unit.repeat(usize::try_from(times).expect("small"))
                .into_bytes()
        };
        let json = Json::read_bytes(bytes.clone());
        let odd = json.broken.is_some() || json.shape == Shape::Empty || !json.notes.is_empty();
        match file["expect"].as_str() {
            Some("accept") => assert!(json.broken.is_none(), "{name}: {:?}", json.broken),
            Some("reject") => assert!(odd, "{name} is taken for JSON"),
            _ => {}
        }
    }
}
