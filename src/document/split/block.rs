//! Documents that are known by their first line. What gives no document still tells how many lines
//! it looked at: nothing is read twice.

use super::super::origin::{self, Origin, Reads};
use super::super::value::{End, Tree};
use super::super::{Document, Unreadable};
use super::super::{gcloud, hcl, json, key_set, run_service, understand};
use super::line::Section;
use super::marks::has_secret;
use super::rows::table_block;

/// What was read from the first lines of a text.
pub(super) struct Block {
    pub(super) documents: Vec<Document>,
    pub(super) lines: usize,
    pub(super) end: End,
    pub(super) last: Option<String>,
}

/// Documents that are known by their first line.
pub(super) fn block(
    section: &Section<'_, '_>,
    at: usize,
    origin: Option<&Origin>,
    followed: bool,
) -> Option<Block> {
    let first = section.line(at)?;
    let to = section.lines.len();
    if let Some(block) = error(section, at, origin) {
        return Some(block);
    }
    if gcloud::is_config(first) {
        let count = lines_while(section, at, gcloud::is_of_config);
        let config = gcloud::config(section.texts(at..at.saturating_add(count)));
        return Some(Block::open(Document::Config(config), count));
    }
    if is_json(first) {
        return json_block(section, at, origin);
    }
    if gcloud::is_account_list(first) {
        let count = lines_while(section, at, gcloud::is_of_account_list);
        let accounts = gcloud::accounts(section.texts(at..at.saturating_add(count)));
        return Some(Block::open(Document::Accounts(accounts), count));
    }
    if gcloud::is_info(first) {
        let count = lines_while(section, at, |line| {
            line.starts_with([' ', '\t'])
                || line.contains(": [")
                || line.ends_with(':')
                || line.starts_with("Locale:")
                || gcloud::is_info(line)
        });
        let config = gcloud::info(section.texts(at..at.saturating_add(count)));
        return Some(Block::open(Document::Config(config), count));
    }
    if run_service::heading(first).is_some() {
        let count = lines_while(section, at, is_of_service_text);
        let texts = section.texts(at..at.saturating_add(count));
        let service = run_service::from_text(texts, origin);
        return Some(Block::open(Document::RunService(service), count));
    }
    if key_set::is_pem(first) {
        let (keys, count, closed) = key_set::pem(section.texts(at..to));
        return Some(Block {
            documents: vec![Document::KeySet(keys)],
            lines: count,
            end: if closed { End::Seen } else { End::Cut },
            last: None,
        });
    }
    // The address stands above the resource.
    let skip = usize::from(first.starts_with("# google_") || first.starts_with("# module."));
    let header = at.saturating_add(skip);
    if let Some(kind) = section.line(header).and_then(hcl::header)
        && kind.starts_with("google_")
    {
        let resource = hcl::read(section.texts(header..to))?;
        let count = resource.lines.saturating_add(skip);
        // A configuration that somebody wrote is no state: its references are not resolved.
        let is_state = skip == 1 || origin.is_some_and(|origin| origin.reads == Reads::Terraform);
        if !is_state && resource.value.get("id").is_none() {
            return Some(Block::nothing(count));
        }
        let (document, end) = understand::terraform(resource);
        return Some(Block {
            documents: vec![document],
            lines: count,
            end,
            last: None,
        });
    }
    table_block(section, at, origin, followed)
}

impl Block {
    /// Lines that were looked at and hold no document.
    pub(super) fn nothing(lines: usize) -> Self {
        Self {
            documents: Vec::new(),
            lines,
            end: End::Open,
            last: None,
        }
    }

    pub(super) fn open(document: Document, lines: usize) -> Self {
        Self {
            documents: vec![document],
            lines,
            end: End::Open,
            last: None,
        }
    }
}

/// How many lines, blank ones among them, go on being of a kind.
pub(super) fn lines_while(
    section: &Section<'_, '_>,
    at: usize,
    is_one: impl Fn(&str) -> bool,
) -> usize {
    let mut count = 1_usize;
    for (more, line) in section.texts(at..section.lines.len()).enumerate().skip(1) {
        if line.trim().is_empty() {
            continue;
        }
        if !is_one(line) {
            break;
        }
        count = more.saturating_add(1);
    }
    count
}

/// What stands at the left edge of a service's text.
pub(super) fn is_of_service_text(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "URL:",
        "Ingress:",
        "Iap Enabled:",
        "IAP:",
        "Traffic:",
        "Scaling:",
        "Labels:",
        "Binary Authorization:",
        "Breakglass Justification:",
        "Description:",
        "Threat Detection:",
        "Last updated on ",
        "Service account:",
        "Revision ",
    ];
    line.starts_with("  ") || LABELS.iter().any(|label| line.starts_with(label))
}

pub(super) fn is_json(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('{') || line.starts_with('[') && !line.starts_with("[core]")
}

/// How many lines the JSON beginning on a line takes.
pub(super) fn json_lines(section: &Section<'_, '_>, at: usize) -> Option<usize> {
    let rest = section.rest(at);
    let length = json::read(rest)?.length;
    Some(breaks(rest.get(..length)?).saturating_add(1))
}

pub(super) fn breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

pub(super) fn json_block(
    section: &Section<'_, '_>,
    at: usize,
    origin: Option<&Origin>,
) -> Option<Block> {
    let rest = section.rest(at);
    let read = json::read(rest)?;
    let (before, after) = rest.split_at_checked(read.length)?;
    let tail = after.lines().next().unwrap_or_default().trim();
    // A prompt may follow without a line break; anything else on the line is not JSON's.
    if read.closed && !tail.is_empty() && tail != "," && !origin::is_bare_prompt(tail) {
        return None;
    }
    let mut lines = breaks(before).saturating_add(1);
    let closed = read.closed;
    let last = (!read.closed)
        .then(|| read.value.last_text().map(str::to_owned))
        .flatten();
    let tree = Tree {
        end: if read.closed { End::Seen } else { End::Cut },
        ..Tree::whole(read.value)
    };
    let (documents, end) = understand::all(tree, origin);
    if documents.is_empty() {
        return None;
    }
    if !closed {
        // What is left of a cut output belongs to it, up to a blank line.
        let past = at.saturating_add(lines);
        lines = lines.saturating_add(
            section
                .texts(past..section.lines.len())
                .take_while(|line| !line.trim().is_empty() && !has_secret(line))
                .count(),
        );
    }
    Some(Block {
        documents,
        lines,
        end,
        last,
    })
}

/// gcloud's, kubectl's or Terraform's error in place of an output.
pub(super) fn error(
    section: &Section<'_, '_>,
    at: usize,
    origin: Option<&Origin>,
) -> Option<Block> {
    let first = section.line(at)?.trim();
    let rest = first
        .strip_prefix("ERROR:")
        .or_else(|| first.strip_prefix("Error from server"))
        .or_else(|| first.strip_prefix("Error:"))
        .or_else(|| first.strip_prefix("No instance found").map(|_| first))
        .or_else(|| {
            first
                .strip_prefix("bash: ")
                .filter(|rest| rest.contains("not found"))
        })
        .or_else(|| {
            first
                .strip_prefix("zsh: ")
                .filter(|rest| rest.contains("not found"))
        })?
        .trim();
    let (command, why) = match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((command, why)) => (Some(command), why.trim().trim_start_matches(':').trim()),
        None => (None, rest),
    };
    // Without a command line, only gcloud says which command it was.
    let is_read = command.is_some_and(|command| {
        command.starts_with("gcloud.")
            && ["describe", "get-iam-policy", "list", "read", "iam"]
                .contains(&command.rsplit('.').next().unwrap_or_default())
    });
    if origin.is_none() && !is_read {
        return None;
    }
    let mut why = why.to_owned();
    let mut lines = 1_usize;
    for line in section.texts(at.saturating_add(1)..section.lines.len()) {
        if line.trim().is_empty() || has_secret(line) || origin::is_bare_prompt(line) {
            break;
        }
        why.push(' ');
        why.push_str(line.trim());
        lines = lines.saturating_add(1);
    }
    let reason = understand::why(if first.starts_with("Error from server") {
        first
    } else {
        &why
    });
    Some(Block {
        documents: vec![Document::Unreadable(Unreadable {
            command: command
                .map(str::to_owned)
                .filter(|command| command.starts_with("gcloud.")),
            why,
            reason,
        })],
        lines,
        end: End::Open,
        last: None,
    })
}
