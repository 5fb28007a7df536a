//! Replays every input that ever broke the fuzz target, kept for ever, and a small corpus.

use crate::properties::run;
use std::fs;
use std::path::Path;

#[test]
fn inputs_that_broke_a_target_hold() {
    let mut replayed = 0;
    for folder in ["corpus", "regressions"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(folder).join("otlp_read");
        // what never broke has no folder
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            eprintln!("{}", path.display());
            assert!(run("otlp_read", &fs::read(&path).unwrap()));
            replayed += 1;
        }
    }
    assert!(replayed >= 6, "the corpus is there");
}
