//! Drives the guard's fuzz target on a stable compiler: `cargo run --release -p aegis-outbound --example fuzz_guard -- outbound_guard SECONDS`.
//! See `fuzz/driver.rs`.

#[path = "../../../fuzz/driver.rs"]
mod driver;
#[path = "../tests/it/properties.rs"]
#[allow(dead_code, reason = "only the target is used here")]
mod properties;

use aegis_outbound::{AllowList, Reach, Rules, Target as Url};
use driver::{Target, drive, hash};
use properties::run;
use std::process::ExitCode;

const PIECES: &[&str] = &[
    "http://",
    "https://",
    "file://",
    "//",
    "@",
    ":",
    ":443",
    "[",
    "]",
    "::ffff:",
    "::",
    "64:ff9b::",
    "fe80::1%25lo",
    "0x7f",
    "0177",
    "127.1",
    "169.254.169.254",
    "2852039166",
    "10.0.0.1",
    "localhost",
    "metadata.google.internal",
    "xn--",
    "%2e",
    "．",
    "。",
    "\\",
    "/",
    "?",
    "#",
    "\n",
    "*.",
    "api.example.com",
    "unlisted.test",
];

fn main() -> ExitCode {
    let seeds = ["https://api.example.com/v1", "http://127.0.0.1:8080/", "https://[::1]/"];
    let seeds = seeds.map(|text| text.as_bytes().to_vec()).to_vec();
    drive(Target { run, sayings, seeds, pieces: PIECES })
}

/// How each of the guard's readers takes `input`: the refusals it gives, and the form of what it accepts.
fn sayings(input: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(input);
    let mut said = Vec::new();
    for reach in [Reach::Public, Reach::Private] {
        for plain_http in [true, false] {
            said.push(match Url::parse(&text, Rules { reach, plain_http }) {
                Ok(url) => form(&url.to_string()),
                Err(e) => form(&e.to_string()),
            });
        }
    }
    said.push(AllowList::parse(text.split('\n')).map_or_else(|e| form(&e.to_string()), |_| "list".into()));
    hash(said)
}

/// A text with each run of letters or digits made one.
fn form(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let kind = match c {
            '0'..='9' => '0',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if !(out.ends_with(kind) && kind.is_alphanumeric()) {
            out.push(kind);
        }
    }
    out
}
