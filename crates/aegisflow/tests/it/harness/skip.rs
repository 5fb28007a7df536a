//! A test that needs something the machine does not have: a counted, printed skip here, a failure with `CI=true`.

use std::io::Write;
use std::path::Path;

/// Says why `what` cannot be tested here. The caller returns after it.
pub fn skip(what: &str, why: &str) {
    if std::env::var("CI").is_ok_and(|ci| ci == "true") {
        panic!("{what} cannot be skipped with CI=true: {why}");
    }
    // Past the test runner's capture: a skip that nobody sees is a lie.
    let _ = writeln!(std::io::stderr(), "⚠ skipped {what}: {why}");
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.peers/skipped");
    // `make test` counts what stands in this list; it is there only under `make`.
    if let Ok(mut file) = std::fs::OpenOptions::new().append(true).open(list) {
        let _ = writeln!(file, "{what}: {why}");
    }
}

/// True when a program can be run.
pub fn has_program(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|dir| dir.join(name).is_file())
}
