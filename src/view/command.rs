//! A command as it is shown: words that stay whole where a line is too long, and its CAPITALS as
//! fields where they stand.

use super::node::{Element, Node, Value, el, lines};
use crate::fix::{Language, Snippet, holes};

/// The code of a snippet. Its text is exactly the snippet's. `number` is the first of its fields.
pub(super) fn code(snippet: &Snippet, number: usize) -> Element {
    let shell = snippet.language == Language::Sh;
    let mut fields = number;
    el("code")
        .attr("data-command", "")
        .attr("data-language", snippet.language.id())
        .children(words(&snippet.text).flat_map(|(word, space)| {
            let inside = with_fields(word, &mut fields);
            let shown = match inside.as_slice() {
                // A word with a hyphen in it would be torn there.
                [_] if !(shell && word.contains('-')) => inside,
                [] => inside,
                _ => vec![el("span").class("word").children(inside).into()],
            };
            let space = (!space.is_empty()).then(|| lines(space));
            shown.into_iter().chain(space)
        }))
}

/// Each word with the white space behind it.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let white = |at: &str| at.find([' ', '\n']).unwrap_or(at.len());
        let mut length = white(rest);
        // The mark of a line that goes on stays with its last word.
        if rest
            .get(length..)
            .is_some_and(|behind| behind.starts_with(" \\\n"))
        {
            length = length.saturating_add(2);
        }
        let (word, behind) = rest.split_at_checked(length)?;
        let end = behind
            .len()
            .saturating_sub(behind.trim_start_matches([' ', '\n']).len());
        let (space, next) = behind.split_at_checked(end)?;
        let done = rest.is_empty();
        rest = next;
        (!done).then_some((word, space))
    })
}

/// The word as text and fields.
fn with_fields(word: &str, fields: &mut usize) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut from = 0;
    for (start, name) in holes(word) {
        if let Some(before) = word.get(from..start).filter(|before| !before.is_empty()) {
            nodes.push(lines(before));
        }
        nodes.push(field(name, *fields).into());
        *fields = fields.saturating_add(1);
        from = start.saturating_add(name.len());
    }
    if let Some(rest) = word.get(from..).filter(|rest| !rest.is_empty()) {
        nodes.push(lines(rest));
    }
    nodes
}

/// A field in place of its CAPITALS, which stand under it and make it as wide as they are.
fn field(name: &'static str, number: usize) -> Element {
    el("span")
        .class("hole")
        .child(el("span").class("sizer").text(name))
        .child(
            el("input")
                .attr("type", "text")
                .attr("data-hole", name)
                .attr("data-key", Value::Numbered("hole-", number))
                .attr("placeholder", name)
                .attr("aria-label", name),
        )
}

#[cfg(test)]
mod tests {
    use super::{code, words};
    use crate::fix::{Language, Snippet};
    use crate::view::node::Node;

    #[test]
    fn the_text_of_a_command_stays_as_it_is() {
        for text in [
            "gcloud run services add-iam-policy-binding SERVICE \\\n  --region=REGION --member='serviceAccount:SERVICE_ACCOUNT_EMAIL'",
            "  two  spaces ",
            "",
            "one",
        ] {
            let snippet = Snippet {
                language: Language::Sh,
                text: text.to_owned(),
            };
            assert_eq!(Node::from(code(&snippet, 0)).to_text(), text);
            let joined: String = words(text)
                .map(|(word, space)| [word, space].concat())
                .collect();
            assert_eq!(joined, text);
        }
    }

    #[test]
    fn capitals_are_fields_and_parts_of_words_are_none() {
        let snippet = Snippet {
            language: Language::Sh,
            text: "gcloud x SERVICE --set-env=MYSERVICE,REGION".to_owned(),
        };
        let html = Node::from(code(&snippet, 0)).to_html();
        assert_eq!(html.matches("<input").count(), 2, "{html}");
        assert!(html.contains("data-hole=\"REGION\""), "{html}");
    }
}
