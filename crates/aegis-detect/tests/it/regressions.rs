//! Replays every input that ever broke a fuzz target. They are kept for ever.

use crate::properties::{masks, sees_through, streams};
use std::fs;
use std::path::{Path, PathBuf};

/// The inputs kept for one target.
fn kept(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/regressions").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let files = entries.map(|entry| entry.expect("a readable folder").path());
    files.map(|path| (path.clone(), fs::read(&path).expect("a readable file"))).collect()
}

#[test]
fn inputs_that_broke_a_target_hold() {
    for (path, bytes) in kept("detect_scan") {
        eprintln!("{}", path.display());
        masks(&String::from_utf8_lossy(&bytes));
    }
    for (path, bytes) in kept("detect_stream") {
        eprintln!("{}", path.display());
        if let Some((&length, text)) = bytes.split_first() {
            streams(&String::from_utf8_lossy(text), &[usize::from(length)]);
        }
    }
    for (path, bytes) in kept("detect_normalise") {
        eprintln!("{}", path.display());
        let (choices, text) = bytes.split_at(bytes.len() / 2);
        let text: String = text.iter().map(|byte| char::from(byte & 0x7F)).collect();
        sees_through(&text, choices);
    }
}
