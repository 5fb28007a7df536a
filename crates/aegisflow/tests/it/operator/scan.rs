//! `aegisflow scan --redact`, as it is typed.

use crate::harness::folder;
use crate::harness::server::BINARY;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn scan(dir: &Path, args: &[&str]) -> Output {
    Command::new(BINARY).arg("scan").args(args).current_dir(dir).output().unwrap()
}

#[track_caller]
fn printed(dir: &Path, args: &[&str]) -> String {
    let output = scan(dir, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn redact_masks_unless_a_mode_is_named() {
    let dir = folder();
    std::fs::write(dir.path().join("notes.txt"), "ssn 536-22-8145\n").unwrap();
    for args in [&["--redact", "notes.txt"], &["notes.txt", "--redact"], &["--redact=mask", "notes.txt"]] {
        assert_eq!(printed(dir.path(), args), "ssn •••-••-8145\n");
    }
    assert_eq!(printed(dir.path(), &["--redact=placeholder", "notes.txt"]), "ssn [SSN_1]\n");
    assert!(printed(dir.path(), &["--redact=same_form", "notes.txt"]).starts_with("ssn 9"));
    let unknown = scan(dir.path(), &["--redact=blur", "notes.txt"]);
    assert_eq!(unknown.status.code(), Some(2));
    let says = String::from_utf8(unknown.stderr).unwrap();
    assert!(says.contains("mask, placeholder, pseudonym, same_form"), "{says}");
}

#[test]
fn a_key_file_makes_pseudonyms_last() {
    let dir = folder();
    std::fs::write(dir.path().join("lines.jsonl"), "{\"id\":1,\"text\":\"ssn 536-22-8145\"}\n").unwrap();
    std::fs::write(dir.path().join("redact.key"), b"0123456789abcdefghijklmnopqrstuv").unwrap();
    let redacted = |key: &[&str]| {
        let line = printed(dir.path(), &[&["--jsonl", "--redact=pseudonym", "lines.jsonl"], key].concat());
        let line: Value = serde_json::from_str(&line).unwrap();
        line["redacted"].as_str().unwrap().to_owned()
    };
    let key = ["--key-file", "redact.key"];
    assert!(redacted(&key).starts_with("ssn SSN_"));
    assert_eq!(redacted(&key), redacted(&key));
    assert_ne!(redacted(&[]), redacted(&[]));
    let missing = scan(dir.path(), &["--redact", "--key-file", "none.key", "lines.jsonl"]);
    assert_eq!(missing.status.code(), Some(1));
}
