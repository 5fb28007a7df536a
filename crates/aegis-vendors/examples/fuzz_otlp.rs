//! Drives the fuzz target of OpenTelemetry's bodies on a stable compiler:
//! `cargo run --release -p aegis-vendors --example fuzz_otlp -- otlp_read SECONDS`. See `fuzz/driver.rs`.

#[path = "../../../fuzz/driver.rs"]
mod driver;
#[path = "../tests/it/properties.rs"]
mod properties;

use aegis_vendors::otlp::read;
use driver::{Target, drive, hash};
use properties::{run, ways};
use std::process::ExitCode;

const PIECES: &[&str] = &[
    "{\"resourceSpans\":[",
    "{\"scopeSpans\":[",
    "{\"spans\":[",
    "{\"resourceLogs\":[",
    "{\"scopeLogs\":[",
    "{\"logRecords\":[",
    "\"attributes\":[",
    "{\"key\":\"",
    "\",\"value\":{\"stringValue\":\"",
    "{\"intValue\":\"9\"}",
    "{\"arrayValue\":{\"values\":[",
    "{\"kvlistValue\":{\"values\":[",
    "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\"",
    "\"spanId\":\"00f067aa0ba902b7\"",
    "gen_ai.operation.name",
    "gen_ai.provider.name",
    "gen_ai.input.messages",
    "gen_ai.prompt.0.content",
    "gen_ai.user.message",
    "gen_ai.choice",
    "llm.input_messages.0.message.content",
    "chat",
    "openai",
    "[{\\\"role\\\":\\\"user\\\",\\\"parts\\\":[",
    "}",
    "]",
    "\"",
    ",",
    "\n\u{12}",
    "\u{12}\u{4}",
    "J\u{10}",
    "\u{0}",
];

fn main() -> ExitCode {
    drive(Target { run, sayings, seeds: Vec::new(), pieces: PIECES })
}

/// What each way of reading makes of `input`: how much of it, who spoke, and why something was rejected.
fn sayings(input: &[u8]) -> u64 {
    let said: Vec<_> = ways()
        .map(|(signal, encoding)| {
            let read = read(signal, input, encoding).ok()?;
            let roles = read.interactions.iter().flat_map(|i| &i.parts).map(|p| p.role.clone());
            let roles: Vec<String> = roles.take(4).collect();
            Some((read.interactions.len().min(3), read.passed_over.min(3), read.reasons, roles))
        })
        .collect();
    hash(said)
}
