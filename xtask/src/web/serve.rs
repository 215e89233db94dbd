//! A server of files for one machine: right types, and the page's strict policy of content.

use crate::say;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

/// Nothing but the page's own files, and no request to anywhere else.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; manifest-src 'self'; worker-src 'self'; form-action 'none'; \
    base-uri 'none'; frame-ancestors 'none'";

/// No browser asks for longer.
const LONGEST_HEAD: u64 = 64 * 1024;

/// Serves a folder until it is interrupted: one short answer for each connection.
///
/// # Errors
/// The port cannot be used.
pub fn serve(folder: &Path, port: u16) -> Result<(), String> {
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|e| format!("port {port} cannot be used: {e}"))?;
    say(&format!("http://127.0.0.1:{port}/ – stop with Ctrl+C"));
    for stream in listener.incoming().flatten() {
        let folder = folder.to_owned();
        // A browser that goes away before it has everything is no problem of ours.
        std::thread::spawn(move || answer(&stream, &folder).ok());
    }
    Ok(())
}

fn answer(stream: &TcpStream, folder: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut lines = BufReader::new(stream.take(LONGEST_HEAD)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The rest of the head is read, so that closing does not cut the answer off.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let file = request.strip_prefix("GET ").and_then(|r| r.split(' ').next()).and_then(|url| wanted(folder, url));
    match file {
        Some(path) => send(stream, "200 OK", kind(&path), &fs::read(&path)?),
        None => send(stream, "404 Not Found", "text/plain; charset=utf-8", b"There is no such file."),
    }
}

fn send(mut stream: &TcpStream, status: &str, kind: &str, body: &[u8]) -> io::Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Content-Security-Policy: {CONTENT_POLICY}\r\nX-Content-Type-Options: nosniff\r\n\
         Referrer-Policy: no-referrer\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(body)
}

/// The file behind an address; none outside the folder.
fn wanted(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let is_inside = Path::new(path).components().all(|c| matches!(c, Component::Normal(_)));
    Some(folder.join(path)).filter(|file| is_inside && file.is_file())
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
