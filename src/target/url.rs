//! From the URL as typed to its host: what is stripped, mended or refused, with a sentence each.

use super::{Target, host};
use crate::known::hosts;

/// Fills in `url`, `origin`, `host` and `path` from `typed`.
pub(super) fn read(target: &mut Target) {
    let Some(text) = bare(target) else {
        return;
    };
    let Some(mut url) = parse(target, &text) else {
        return;
    };
    if !url.username().is_empty() || url.password().is_some() {
        target
            .suspicious("The service URL holds a user name before `@`; the host is what follows it, whatever the name reads like.");
        // Cannot fail for the schemes let through; if it did, the URL is not kept.
        if url.set_username("").is_err() || url.set_password(None).is_err() {
            return;
        }
    }
    url.set_fragment(None);
    let Some(found) = url.host_str() else {
        target.problem("The service URL has no host.");
        return;
    };
    let mut dotted = false;
    // One dot at the end is the root's; with two, no such name exists.
    let host = match found.strip_suffix('.') {
        Some(rooted) if !rooted.ends_with('.') => {
            dotted = true;
            rooted
        }
        _ => found,
    }
    .to_ascii_lowercase();
    if dotted {
        target.suspicious("The host in the service URL ends in a dot: it is another name to clients and certificates.");
    }
    if let Some(port) = url.port() {
        target.odd = true;
        if hosts::is_googles(&host) {
            target.problem(format!(
                "The service URL names the port {port}; Google's hosts answer on 443 alone."
            ));
        }
    }
    if let Some(problem) = host::unusable(&host) {
        target.problem(problem);
        return;
    }
    host::remark(target, &host);
    if url.scheme() == "http"
        && host.contains('.')
        && !host.starts_with("127.")
        && !host.starts_with("169.254.")
    {
        target.note("The URL begins with `http://`; Google's services answer on `https://`.");
    }
    target.origin = match url.port() {
        Some(port) => format!("{}://{host}:{port}", url.scheme()),
        None => format!("{}://{host}", url.scheme()),
    };
    target.path = if url.path().is_empty() {
        "/".to_owned()
    } else {
        url.path().to_owned()
    };
    target.host = host;
    target.url = Some(without_values(url));
}

/// The text without what stands around or inside a pasted URL and does not belong to it.
fn bare(target: &mut Target) -> Option<String> {
    let typed = target.typed.clone();
    let mut text =
        typed.trim_matches(|c: char| c.is_whitespace() || "\"'`<>“”‘’«»(),;".contains(c));
    if text.len() != typed.len() {
        target.note("Quotes or brackets around the service URL were ignored.");
    }
    if text.is_empty() {
        if !typed.is_empty() {
            target.problem("The service URL holds no URL.");
        }
        return None;
    }
    if let Some(inner) = markdown_link(text) {
        target.note("The URL was taken out of a Markdown link.");
        text = inner;
    }
    if text.starts_with("eyJ") || text.starts_with("ya29.") {
        target.problem("The service URL looks like a token: it belongs into the paste.");
        return None;
    }
    let mut text = text.to_owned();
    if text.contains(['\t', '\n', '\r']) {
        target.note("Tabs or line breaks inside the service URL were ignored, as clients do.");
        text.retain(|c| !matches!(c, '\t' | '\n' | '\r'));
    }
    if text.contains(' ') {
        target.problem("The service URL holds a space.");
        return None;
    }
    Some(with_scheme(target, text))
}

/// The address of `[text](address)`.
fn markdown_link(text: &str) -> Option<&str> {
    let (_, address) = text.strip_prefix('[')?.split_once("](")?;
    Some(address.trim_end_matches(')'))
}

fn with_scheme(target: &mut Target, text: String) -> String {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    // `https:/host` and `https:host` are read as web addresses by every client.
    let web = ["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    let other = || {
        text.split_once("://").is_some_and(|(scheme, _)| {
            !scheme.is_empty()
                && scheme
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'+')
        })
    };
    if web || other() {
        return text;
    }
    target.note("The URL had no scheme; `https://` was assumed.");
    format!("https://{text}")
}

fn parse(target: &mut Target, text: &str) -> Option<url::Url> {
    let text = host::in_ascii(target, text)?;
    let Some(url) = host::parse(&text) else {
        target.problem("The service URL cannot be read: it has no host that can be called.");
        return None;
    };
    if !matches!(
        url.scheme(),
        "http" | "https" | "ws" | "wss" | "grpc" | "grpcs"
    ) {
        target.problem(format!(
            "The service URL begins with `{}:`, which is no web address.",
            url.scheme()
        ));
        return None;
    }
    Some(url)
}

/// The URL with the names of its query, but not the values: a signed URL's are secret.
fn without_values(mut url: url::Url) -> String {
    let Some(query) = url.query().map(str::to_owned) else {
        return url.into();
    };
    url.set_query(None);
    let masked = |pair: &str| match pair.split_once('=') {
        Some((name, _)) => format!("{name}=…"),
        None if pair.len() > 16 => "…".to_owned(),
        None => pair.to_owned(),
    };
    let pairs: Vec<String> = query.split('&').map(masked).collect();
    format!("{url}?{}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use crate::input::Input;
    use crate::target::Target;

    fn read(typed: &str) -> Target {
        Target::read(typed, &Input::at(0))
    }

    #[test]
    fn the_host_is_the_one_that_clients_call() {
        const HOST: &str = "hello-abc123xyz-uc.a.run.app";
        for typed in [
            "https:/hello-abc123xyz-uc.a.run.app/",
            "https:hello-abc123xyz-uc.a.run.app",
            "https://hello\t-abc\n123xyz-uc.a.run.app/",
            "https://hello-abc123xyz-uc\u{FF0E}a\u{FF0E}run\u{FF0E}app",
            "https://hello-abc123xyz-uc.a.run.a\u{AD}pp",
            "https://hello-abc123xyz-uc.a.run.app.",
        ] {
            assert_eq!(read(typed).host, HOST, "{typed:?}");
        }
        assert_eq!(
            read("https://hello-abc123xyz-uc.a.run.\u{430}pp").host,
            "hello-abc123xyz-uc.a.run.xn--pp-6kc"
        );
        assert_eq!(
            read("https://hello-abc123xyz-uc.a.run.\u{430}pp:8080/x")
                .url
                .as_deref(),
            Some("https://hello-abc123xyz-uc.a.run.xn--pp-6kc:8080/x")
        );
    }

    #[test]
    fn what_is_no_host_is_said_and_not_quoted() {
        let long = "a".repeat(64);
        for typed in [
            "eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl",
            "ya29.c.FAKEfakeFAKE",
            &format!("https://{long}.a.run.app"),
            "https://xn--hello-.a.run.app",
            "https://\u{202E}hello.a.run.app",
            // The code of a label with a right-to-left mark in it.
            "https://xn--ab-s1t.a.run.app",
            "https://hello.\u{430}:b.run.app",
            "https://FAKE%C3%A9.a.run.app",
        ] {
            let target = read(typed);
            assert!(target.host.is_empty() && target.url.is_none(), "{typed}");
            assert!(!target.problems.is_empty(), "{typed}");
            let said = target.problems.join("\n");
            assert!(
                !said.contains("eyJ") && !said.contains(&long) && !said.contains("FAKE"),
                "{said}"
            );
        }
    }

    #[test]
    fn the_values_of_a_query_are_left_out() {
        let target =
            read("https://storage.googleapis.com/b/o?X-Goog-Signature=SECRET&alt=media#SECRET");
        assert_eq!(
            target.url.as_deref(),
            Some("https://storage.googleapis.com/b/o?X-Goog-Signature=…&alt=…")
        );
    }

    #[test]
    fn two_dots_end_no_name() {
        let target = read("https://hello-abc123xyz-uc.a.run.app../");
        assert_eq!(target.host, "hello-abc123xyz-uc.a.run.app..");
        assert_eq!(target.product.id(), "custom-domain");
    }
}
