//! Any text as a URL, a redirect or an allow-list: it is refused, or leads to a permitted place.
#![no_main]
#![allow(dead_code, reason = "each target uses its part of the properties")]

#[path = "../../crates/aegis-outbound/tests/it/properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    properties::run("outbound_guard", bytes);
});
