//! Generated worlds: a request, what the read-only commands print there, and the one fault that was
//! planted, if any. `tests/worlds/` holds one file per kind of fault, a world a line.

use std::path::Path;

use serde_json::Value;
use why401::{Caller, Input, diagnose, report};

const NOW: i64 = 1_795_000_000;

struct World {
    kind: String,
    value: Value,
}

fn worlds() -> Vec<World> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worlds");
    let mut worlds = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "jsonl") {
            continue;
        }
        let kind = path.file_stem().unwrap().to_string_lossy().into_owned();
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            worlds.push(World {
                kind: kind.clone(),
                value: serde_json::from_str(line).unwrap(),
            });
        }
    }
    worlds.sort_by(|a, b| a.kind.cmp(&b.kind));
    worlds
}

impl World {
    fn text<'v>(value: &'v Value, name: &str) -> &'v str {
        value[name].as_str().unwrap_or_default()
    }

    fn outputs(&self) -> Vec<(String, String)> {
        let outputs = self.value["outputs"].as_object().unwrap();
        outputs
            .iter()
            .map(|(command, output)| (command.clone(), output.as_str().unwrap().to_owned()))
            .collect()
    }

    /// The question, with this text pasted after the first paste.
    fn input(&self, after: &str) -> Input {
        let given = &self.value["input"];
        Input {
            paste: format!("{}{after}", Self::text(given, "paste")),
            service_url: Self::text(given, "service_url").to_owned(),
            response: Self::text(given, "response").to_owned(),
            status: given["status"]
                .as_u64()
                .and_then(|status| u16::try_from(status).ok()),
            caller: Caller::from_id(Self::text(given, "caller")),
            now: NOW,
            ..Input::default()
        }
    }

    fn accepts(&self, cause: &str) -> bool {
        let truth = &self.value["truth"];
        let also = truth["also"].as_array().unwrap();
        truth["cause"] == cause || also.iter().any(|other| other == cause)
    }

    fn is_provable(&self) -> bool {
        self.value["truth"]["certain"] == true
    }
}

fn evidence(outputs: &[(String, String)]) -> String {
    let mut text = String::new();
    for (command, output) in outputs {
        text.push_str(&format!("\n\n$ {command}\n{output}"));
    }
    text.push('\n');
    text
}

fn report(input: &Input) -> Value {
    serde_json::from_str(&report::to_json(&diagnose(input))).unwrap()
}

/// Each fragment, or one of its alternatives, stands in the text.
fn holds(text: &str, fragments: &Value) -> bool {
    let text = text.to_lowercase();
    fragments.as_array().unwrap().iter().all(|fragment| {
        let fragment = fragment.as_str().unwrap().to_lowercase();
        fragment.split('|').any(|one| text.contains(one))
    })
}

/// What the verdict says, and its first change in all languages.
fn said(cause: &Value) -> (String, String, String) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let fixes = cause["fixes"].as_array().unwrap();
    let mut say = text(&cause["summary"]);
    for because in cause["because"].as_array().unwrap() {
        say += &(" ".to_owned() + &text(because));
    }
    let mut all = say.clone();
    let mut change = String::new();
    let first = fixes
        .iter()
        .find(|fix| fix["effect"] != "reads")
        .map(|fix| fix["title"].clone());
    for fix in fixes {
        say += &(" ".to_owned() + &text(&fix["title"]));
        all += &("\n".to_owned() + &text(&fix["text"]));
        if Some(&fix["title"]) == first.as_ref() {
            change += &(text(&fix["title"]) + "\n" + &text(&fix["text"]) + "\n");
        }
    }
    (say.clone(), say + &all, change)
}

#[test]
fn documents_prove_what_was_planted() {
    let worlds = worlds();
    assert!(worlds.len() >= 200, "only {} worlds", worlds.len());
    let (mut right, mut provable, mut sure, mut firsts, mut first, mut names, mut named) =
        (0, 0, 0, 0, 0, 0, 0);
    let mut wrong = Vec::new();
    for world in &worlds {
        let verdict = report(&world.input(&evidence(&world.outputs())));
        let cause = &verdict["causes"][0];
        let is_right = world.accepts(cause["id"].as_str().unwrap());
        let certain = cause["likelihood"] == "certain";
        right += u32::from(is_right);
        provable += u32::from(world.is_provable());
        sure += u32::from(world.is_provable() && is_right && certain);
        if certain && !is_right {
            wrong.push(World::text(&world.value, "id").to_owned());
        }
        let truth = &world.value["truth"];
        let (say, all, change) = said(cause);
        if let Some(wanted) = truth["first"]
            .as_array()
            .filter(|wanted| !wanted.is_empty())
        {
            let place = if truth["first_where"] == "change" {
                &change
            } else {
                &all
            };
            firsts += 1;
            first += u32::from(is_right && wanted.iter().any(|one| holds(place, one)));
        }
        if !truth["must_say"].as_array().unwrap().is_empty() {
            names += 1;
            named += u32::from(is_right && holds(&say, &truth["must_say"]));
        }
        if certain {
            assert!(
                verdict["needs"].as_array().unwrap().is_empty(),
                "{}: proven, and asks for more",
                world.kind
            );
        }
        assert!(
            !verdict["documents"].as_array().unwrap().is_empty(),
            "{}",
            world.kind
        );
    }
    assert!(wrong.is_empty(), "certain and wrong: {wrong:?}");
    let all = u32::try_from(worlds.len()).unwrap();
    for (what, count, of, bar) in [
        ("right", right, all, 99),
        ("certain and right", sure, provable, 97),
        ("first fix", first, firsts, 98),
        ("names", named, names, 99),
    ] {
        assert!(
            count * 100 >= of * bar,
            "{what}: {count} of {of}, less than {bar} %"
        );
    }
}

/// A pasted document never makes a verdict worse.
#[test]
fn no_output_alone_makes_a_right_verdict_wrong() {
    let mut worse = Vec::new();
    for world in worlds().iter().step_by(3) {
        let before = report(&world.input(""));
        if !world.accepts(before["causes"][0]["id"].as_str().unwrap()) {
            continue;
        }
        for one in world.outputs() {
            let after = report(&world.input(&evidence(std::slice::from_ref(&one))));
            let id = after["causes"][0]["id"].as_str().unwrap();
            if !world.accepts(id) {
                worse.push(format!(
                    "{}: {id} with {}",
                    World::text(&world.value, "id"),
                    one.0
                ));
            }
        }
    }
    assert!(worse.is_empty(), "{worse:#?}");
}

/// Whatever is cut, nothing wrong is certain.
#[test]
fn no_cut_gives_a_wrong_certainty() {
    let mut wrong = Vec::new();
    for (turn, world) in worlds().iter().enumerate().filter(|(at, _)| at % 5 == 0) {
        let outputs = world.outputs();
        let whole = evidence(&outputs);
        for step in 1_usize..4 {
            // The end of the paste is missing.
            let at = whole.len() * (step * 7 + turn % 7) / 35;
            let tail = whole
                .get(..whole.floor_char_boundary(at))
                .unwrap()
                .to_owned();
            // One output is cut in its middle.
            let mut one = outputs.clone();
            let place = (turn + step) % one.len();
            let text = &mut one[place].1;
            let at = text.floor_char_boundary(text.len() * (step * 5 + turn % 5) / 20);
            text.truncate(at);
            for paste in [tail, evidence(&one)] {
                let verdict = report(&world.input(&paste));
                let cause = &verdict["causes"][0];
                if cause["likelihood"] == "certain" && !world.accepts(cause["id"].as_str().unwrap())
                {
                    wrong.push(format!(
                        "{}: {}",
                        World::text(&world.value, "id"),
                        cause["summary"]
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn documents_alone_say_what_they_show_and_ask_for_the_answer() {
    let paste = "$ gcloud run services get-iam-policy orders --region=us-east1 --project=orchard-prod\n\
        bindings:\n- members:\n  - serviceAccount:web@orchard-prod.iam.gserviceaccount.com\n  role: roles/run.invoker\n\
        etag: BwYhhrcbf9k=\nversion: 1\n";
    let input = Input {
        paste: paste.to_owned(),
        now: NOW,
        ..Input::default()
    };
    let verdict = report(&input);
    let cause = &verdict["causes"][0];
    assert_eq!(cause["id"], "unexplained");
    let (say, ..) = said(cause);
    assert!(
        say.contains("answer") && say.contains("web@orchard-prod.iam.gserviceaccount.com"),
        "{say}"
    );
    assert_eq!(verdict["documents"][0]["kind"], "iam-policy");
    assert_eq!(verdict["documents"][0]["name"], "orders");
}
