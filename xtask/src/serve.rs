//! `cargo xtask serve`: builds the page and serves exactly those bytes on this machine.

use crate::args::Args;
use crate::build::{ELEMENT, PAGE, build};
use crate::run::{find, root, step};
use crate::wasm::Effort;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::time::Duration;

/// Headers that a meta tag cannot carry (security: no framing, no sniffing, no referrer, no device).
const HEADERS: &str = "Cache-Control: no-store\r\n\
    Content-Security-Policy: frame-ancestors 'none'\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Permissions-Policy: camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), geolocation=(), microphone=(), usb=()\r\n\
    Referrer-Policy: no-referrer\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Connection: close\r\n";

/// Everything that is served, by path. There is no path to a file, so none can be reached by one.
type Files = BTreeMap<&'static str, (&'static str, Vec<u8>)>;

/// `serve [--debug] [--open] [--port N]`
pub(crate) fn command(mut args: Args) -> Result<()> {
    let effort = if args.flag("--debug") {
        Effort::Debug
    } else {
        Effort::Release
    };
    let open = args.flag("--open");
    let port = args.parsed("--port")?.unwrap_or(4010);
    args.finish()?;

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("port {port} cannot be used; choose another with --port"))?;
    let dist = build(&root(), effort)?;
    let page = std::fs::read(dist.join(PAGE))?;
    let element = std::fs::read(dist.join(ELEMENT))?;
    let files = Files::from([
        ("/", ("text/html; charset=utf-8", page.clone())),
        ("/why401.html", ("text/html; charset=utf-8", page)),
        ("/why-401.js", ("text/javascript; charset=utf-8", element)),
    ]);
    let url = format!("http://{}/", listener.local_addr()?);
    step(&format!("serving dist/{PAGE} at {url} (end with Ctrl-C)"));
    if open {
        open_browser(&url);
    }
    serve(&listener, &files)
}

fn serve(listener: &TcpListener, files: &Files) -> Result<()> {
    std::thread::scope(|scope| {
        for stream in listener.incoming() {
            let stream = stream?;
            // A browser that goes away is nothing to report.
            scope.spawn(|| answer(stream, files).ok());
        }
        Ok(())
    })
}

/// Reads one request and answers it.
fn answer(mut stream: TcpStream, files: &Files) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut request = String::new();
    let mut reader = BufReader::new(stream.try_clone()?.take(16 * 1024));
    // The headers are read to their end, so that closing does not reset the connection.
    while reader.read_line(&mut request)? > 2 {}
    let (head, body) = response(request.lines().next().unwrap_or_default(), files);
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    Ok(())
}

/// The answer to a request line such as `GET / HTTP/1.1`: status line with headers, and body.
fn response<'a>(request_line: &str, files: &'a Files) -> (String, &'a [u8]) {
    let mut words = request_line.split(' ');
    let method = words.next().unwrap_or_default();
    let path = words.next().unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let (status, content_type, body): (_, _, &[u8]) = match (method, files.get(path)) {
        ("GET" | "HEAD", Some((content_type, body))) => ("200 OK", content_type, body),
        ("GET" | "HEAD", None) => ("404 Not Found", &"text/plain", b"Not found\n"),
        _ => ("405 Method Not Allowed", &"text/plain", b"GET only\n"),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n{HEADERS}\r\n"
    );
    (head, if method == "HEAD" { b"" } else { body })
}

/// Opens the page in the person's browser, where this system has a program for it.
fn open_browser(url: &str) {
    let opened = find(&["xdg-open", "open", "explorer.exe"])
        .is_some_and(|program| Command::new(program).arg(url).spawn().is_ok());
    if !opened {
        step("no program to open a browser with; open the address by hand");
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, response};

    fn ask(request_line: &str) -> (String, Vec<u8>) {
        let files = Files::from([("/", ("text/html; charset=utf-8", b"page".to_vec()))]);
        let (head, body) = response(request_line, &files);
        (head, body.to_vec())
    }

    #[test]
    fn the_page_is_served_with_its_headers() {
        let (head, body) = ask("GET /?x=1 HTTP/1.1");
        assert!(head.starts_with(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 4\r\n"
        ));
        assert!(head.contains("X-Content-Type-Options: nosniff\r\n") && head.ends_with("\r\n\r\n"));
        assert_eq!(body, b"page");
        assert_eq!(ask("HEAD / HTTP/1.1").1, b"");
    }

    #[test]
    fn nothing_else_is() {
        for line in [
            "GET /../Cargo.toml HTTP/1.1",
            "GET /Cargo.toml HTTP/1.1",
            "GET //etc/passwd HTTP/1.1",
            "GET",
            "",
        ] {
            assert!(!ask(line).0.contains("200 OK"), "{line}");
        }
        assert!(ask("POST / HTTP/1.1").0.starts_with("HTTP/1.1 405"));
    }
}
