//! Any bytes as a body of an OpenTelemetry exporter: what is read of them keeps its bounds.
#![no_main]

#[path = "../../crates/aegis-vendors/tests/it/properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    properties::run("otlp_read", bytes);
});
