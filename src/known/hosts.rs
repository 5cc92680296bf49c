//! Hosts and doors: what answers at a host, and which credential a printed command may send there.
//!
//! Whoever receives a token can use it wherever it is good. So a command that is printed here
//! sends one only to a host that cannot misuse it. Nothing that an answer says changes that: a
//! stranger may have written the answer, and the host is all that the request depends on.

use crate::target::Product;
use crate::text::{cut, holds};

/// A credential that a command or program sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sends<'a> {
    /// An access token: good at every Google API.
    Access,
    /// A person's own ID token: Cloud Run takes it at every service that the person may call.
    Own,
    /// An ID token or JWT of a service account, made for this audience alone.
    Account(Option<&'a str>),
    /// The sign-in of an application's user.
    User,
}

/// Where the URL comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Source {
    /// Nobody told one.
    #[default]
    Nobody,
    /// The person typed it into the field.
    Typed,
    /// It was found in what was pasted.
    Pasted,
    /// A link filled it in.
    Link,
}

/// A host, as a URL names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Host<'a> {
    /// The host in ASCII, lower case.
    pub(crate) name: &'a str,
    /// The URL names it plainly: https, its own port, no user, no dot at its end, no letter that
    /// a client reads as another one.
    pub(crate) plain: bool,
    /// Where the URL comes from.
    pub(crate) source: Source,
}

impl Host<'_> {
    /// Whether a printed command may send this credential there. The one place that decides it.
    pub(crate) fn may_receive(self, credential: Sends<'_>) -> bool {
        let product = if self.plain {
            product(self.name)
        } else {
            Product::CustomDomain
        };
        match credential {
            Sends::Access => {
                product == Product::GoogleApi && self.name.ends_with(".googleapis.com")
            }
            Sends::Own => self.source == Source::Typed && takes_id_tokens(product),
            // Such a token is of no use to its receiver elsewhere.
            Sends::Account(audience) => {
                let own = if product == Product::CloudRun {
                    untagged(self.name)
                } else {
                    self.name
                };
                self.plain && audience.and_then(host_of_audience) == Some(own)
            }
            Sends::User => {
                let hosts_apps = takes_id_tokens(product) || product == Product::AppEngine;
                self.source == Source::Typed && hosts_apps
            }
        }
    }

    /// The host is one that the program knows by its name to be Google's.
    pub(crate) fn is_googles(self) -> bool {
        self.plain && is_googles(self.name)
    }
}

const fn takes_id_tokens(product: Product) -> bool {
    matches!(product, Product::CloudRun | Product::CloudFunctions)
}

/// The host without its traffic tag, which is no part of Cloud Run's audience.
fn untagged(host: &str) -> &str {
    host.split_once("---").map_or(host, |(_, rest)| rest)
}

/// The host of an audience that is a URL.
fn host_of_audience(audience: &str) -> Option<&str> {
    let rest = audience.strip_prefix("https://")?;
    rest.split('/').next()
}

/// How the hosts of a product end.
const ENDS: &[(&str, Product)] = &[
    (".run.app", Product::CloudRun),
    (".cloudfunctions.net", Product::CloudFunctions),
    (".googleapis.com", Product::GoogleApi),
    (".pkg.dev", Product::GoogleApi),
    (".gcr.io", Product::GoogleApi),
    (".gateway.dev", Product::ApiGateway),
    (".cloud.goog", Product::Endpoints),
    (".appspot.com", Product::AppEngine),
    (".web.app", Product::FirebaseHosting),
    (".firebaseapp.com", Product::FirebaseHosting),
];

/// Hosts by their whole name.
const NAMES: &[(&str, Product)] = &[
    ("googleapis.com", Product::GoogleApi),
    ("gcr.io", Product::GoogleApi),
    ("metadata.google.internal", Product::MetadataServer),
    ("169.254.169.254", Product::MetadataServer),
    ("metadata", Product::MetadataServer),
    ("localhost", Product::Localhost),
    ("[::1]", Product::Localhost),
    ("0.0.0.0", Product::Localhost),
];

/// What answers at a host (ASCII, lower case), by its name alone.
pub(crate) fn product(host: &str) -> Product {
    if host.is_empty() {
        return Product::Unknown;
    }
    if host.starts_with("127.") {
        return Product::Localhost;
    }
    NAMES
        .iter()
        .find(|(name, _)| *name == host)
        .or_else(|| {
            ENDS.iter()
                .find(|(end, _)| host.len() > end.len() && host.ends_with(end))
        })
        .map_or(Product::CustomDomain, |(_, product)| *product)
}

/// Whether a host's name is one that only Google gives.
pub(crate) fn is_googles(host: &str) -> bool {
    ENDS.iter()
        .any(|(end, _)| host.len() > end.len() && host.ends_with(end))
}

/// Whether Google's own APIs answer at a host, those of registries and accounts among them.
pub(crate) fn is_api(host: &str) -> bool {
    const ENDS: &[&str] = &[".googleapis.com", ".pkg.dev", ".gcr.io", ".google.com"];
    host == "gcr.io"
        || ENDS
            .iter()
            .any(|end| host.len() > end.len() && host.ends_with(end))
}

/// How a host of somebody else's reads like one of Google's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Imitation {
    /// It holds the name, or all but a letter or two of one that nobody else would choose:
    /// `x.run.app.example.com`, `googleapis.co`, `storage.g00gleapis.com`.
    Plain(&'static str),
    /// It is near a name that is as short as others' are: `x.rvn.app`, `x.notrun.app`.
    Perhaps(&'static str),
}

/// The name of Google's that a host of somebody else's reads like.
pub(crate) fn imitated(host: &str) -> Option<Imitation> {
    // No other name has these.
    const BRANDS: &[&str] = &["googleapis", "cloudfunctions", "appspot", "firebaseapp"];
    let host = host.trim_end_matches('.');
    if product(host) != Product::CustomDomain {
        return None;
    }
    let start = host
        .rmatch_indices('.')
        .nth(1)
        .map_or(0, |(dot, _)| dot.saturating_add(1));
    let ending = host.get(start..).unwrap_or(host);
    ENDS.iter().find_map(|(end, _)| {
        let name = end.strip_prefix('.')?;
        let brand = name
            .split('.')
            .next()
            .filter(|brand| BRANDS.contains(brand));
        let inside = cut(host, name).is_some_and(|(before, after)| {
            (before.is_empty() || before.ends_with('.')) && after.starts_with('.')
        });
        let branded = brand.is_some_and(|brand| holds(host, brand) || is_near(ending, name, 2));
        if inside || branded {
            Some(Imitation::Plain(name))
        } else if holds(host, name) || is_near(ending, name, 1) {
            Some(Imitation::Perhaps(name))
        } else {
            None
        }
    })
}

/// Whether the texts differ in at most so many letters: other, missing or added ones. `rn` is
/// read as `m` and digits as the letters they resemble.
pub(crate) fn is_near(one: &str, other: &str, most: usize) -> bool {
    if one.len() > other.len().saturating_add(most + 2) {
        return false;
    }
    let (one, other) = (skeleton(one), skeleton(other));
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    // Levenshtein's distance, a row at a time; the texts are as short as a host's last labels.
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, a) in one.iter().enumerate() {
        let mut left = line.saturating_add(1);
        let mut next = vec![left];
        for (b, pair) in other.iter().zip(row.windows(2)) {
            let [diagonal, above] = pair else { continue };
            let other = diagonal.saturating_add(usize::from(a != b));
            left = other
                .min(above.saturating_add(1))
                .min(left.saturating_add(1));
            next.push(left);
        }
        row = next;
    }
    row.last().is_some_and(|distance| *distance <= most)
}

/// The text in the letters that a quick reader takes it for.
fn skeleton(text: &str) -> Vec<u8> {
    text.replace("rn", "m")
        .replace("vv", "w")
        .bytes()
        .map(|byte| match byte {
            b'0' => b'o',
            b'1' | b'i' => b'l',
            b'5' => b's',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: &[Sends<'_>] = &[
        Sends::Access,
        Sends::Own,
        Sends::Account(Some("https://orders-4k3jd82hfa-uc.a.run.app")),
        Sends::Account(Some("32555940559.apps.googleusercontent.com")),
        Sends::Account(None),
        Sends::User,
    ];

    fn host(name: &str) -> Host<'_> {
        Host {
            name,
            plain: true,
            source: Source::Typed,
        }
    }

    #[test]
    fn a_host_that_is_not_known_receives_nothing_but_what_is_made_for_it() {
        for name in [
            "",
            "api.evil.example",
            "googleapis.com",
            "googleapis.co",
            "evilgoogleapis.com",
            "storage.googleapis.com.evil.example",
            "storage.googleapis.com.",
            "storage.xn--googleapis-abc.com",
            ".run.app",
            "run.app",
            "x.rum.app",
            "evil.web.app",
            "evil.firebaseapp.com",
            "localhost",
            "metadata.google.internal",
            "10.0.0.1",
        ] {
            for kind in KINDS {
                assert!(!host(name).may_receive(*kind), "{name} {kind:?}");
            }
        }
        let audience = Sends::Account(Some("https://api.evil.example/x"));
        assert!(host("api.evil.example").may_receive(audience));
    }

    #[test]
    fn a_host_that_is_known_receives_what_its_door_takes() {
        let run = host("orders-4k3jd82hfa-uc.a.run.app");
        let received = |host: Host<'_>| {
            KINDS
                .iter()
                .map(|kind| host.may_receive(*kind))
                .collect::<Vec<_>>()
        };
        assert_eq!(received(run), [false, true, true, false, false, true]);
        for source in [Source::Pasted, Source::Link, Source::Nobody] {
            let found = Host { source, ..run };
            assert_eq!(received(found), [false, false, true, false, false, false]);
        }
        let odd = Host {
            plain: false,
            ..run
        };
        assert_eq!(received(odd), [false; 6]);
        let api = host("storage.googleapis.com");
        assert_eq!(received(api), [true, false, false, false, false, false]);
        assert_eq!(
            received(Host {
                plain: false,
                ..api
            }),
            [false; 6]
        );
    }

    #[test]
    fn imitations_are_told_from_other_hosts() {
        for (name, of) in [
            ("googleapis.co", "googleapis.com"),
            ("storage.g00gleapis.com", "googleapis.com"),
            ("storage.googleapls.com", "googleapis.com"),
            ("storage.goog1eapis.com", "googleapis.com"),
            ("storage-googleapis.com", "googleapis.com"),
            ("run.googleapis.com.evil.example", "googleapis.com"),
            ("googleapis.evil.example", "googleapis.com"),
            ("orders.run.app.evil.example", "run.app"),
            ("us-central1-x.cloudfunction.net", "cloudfunctions.net"),
            ("x.appsp0t.com", "appspot.com"),
        ] {
            assert_eq!(imitated(name), Some(Imitation::Plain(of)), "{name}");
        }
        for (name, of) in [
            ("orders-4k3jd82hfa-uc.a.rvn.app", "run.app"),
            ("orders-4k3jd82hfa-uc.a.run.ap", "run.app"),
            ("orders-4k3jd82hfa-uc.a.notrun.app", "run.app"),
        ] {
            assert_eq!(imitated(name), Some(Imitation::Perhaps(of)), "{name}");
        }
        for other in [
            "orders-4k3jd82hfa-uc.a.run.app",
            "storage.googleapis.com",
            "api.example.com",
            "www.google.com",
            "api.shop.example",
            "gateway.example.com",
            "us-central1-docker.pkg.dev",
            "hello.vercel.app",
            "x.fly.dev",
            "localhost",
            "",
        ] {
            assert_eq!(imitated(other), None, "{other}");
        }
    }
}
