//! Any ASCII text under any disguise: the first half says how, the second what.
#![no_main]
#![allow(dead_code, reason = "each target uses its part of the properties")]

#[path = "../../crates/aegis-detect/tests/it/properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (choices, text) = bytes.split_at(bytes.len() / 2);
    let text: String = text.iter().map(|byte| char::from(byte & 0x7F)).collect();
    properties::sees_through(&text, choices);
});
