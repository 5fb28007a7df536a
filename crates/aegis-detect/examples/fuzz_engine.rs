//! Drives the engine's fuzz targets on a stable compiler: `cargo run --release -p aegis-detect --example fuzz_engine -- TARGET SECONDS`.
//! See `fuzz/driver.rs`.

#[path = "../../../fuzz/driver.rs"]
mod driver;
#[path = "../tests/it/properties.rs"]
#[allow(dead_code, reason = "only the targets are used here")]
mod properties;

use driver::{Target, drive, hash};
use properties::{SCANNER, run};
use std::process::ExitCode;

const PIECES: &[&str] = &[
    "&#53;",
    "&#x4",
    "&amp;",
    "&nbsp;",
    "%34",
    "%25",
    "%C3%A9",
    "\\u0040",
    "\\x40",
    "\\ud83d\\ude00",
    "\\\\",
    "\\n",
    "\"",
    "{\"a\":",
    "}",
    "[",
    "]",
    ",",
    " at ",
    " dot ",
    "(at)",
    "[dot]",
    "@",
    " @ ",
    ".com",
    "O",
    "l",
    "88l-8O-7494",
    "4 2 8 9 4 4 2 7 2",
    "5326 5l37 l789 5682",
    "FR49 8854 7557 47O8 O886 898O 899",
    "ODIuMTYzLjEyMC42OA==",
    "3533362d32322d38313435",
    "dGhlIG51bWJlciBpcyAoNzAyKSA5NDItOTIwMyBlbmQ=",
    "\u{200b}",
    "\u{301}",
    "１",
    "о",
    "\u{e0034}",
    "\u{a0}",
    "–",
    "ssn ",
    "card ",
    "mrn ",
    "dob ",
    "tel ",
    "email ",
    "order ",
    "version ",
    "\n",
    " ",
    "-",
    ".",
    "/",
    "1",
    "12",
    "2026",
    "April ",
    "::",
    "0",
    "+",
    "(",
    ")",
];

fn main() -> ExitCode {
    // What the catalogue shows.
    let shown = aegis_detect::catalogue().flat_map(|info| info.hits.iter().chain(info.misses));
    let seeds = shown.map(|text| text.as_bytes().to_vec()).collect();
    drive(Target { run, sayings, seeds, pieces: PIECES })
}

/// The kinds of things the engine finds in `input`, and how sure it is.
fn sayings(input: &[u8]) -> u64 {
    let scan = SCANNER.scan(&String::from_utf8_lossy(input));
    let kinds: Vec<_> = scan
        .findings
        .iter()
        .map(|finding| (finding.detector, &finding.reasons, (finding.confidence * 10.0) as u8))
        .collect();
    hash((kinds, (scan.injection * 10.0) as u8))
}
