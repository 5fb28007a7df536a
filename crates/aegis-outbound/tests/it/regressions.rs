//! Replays every input that ever broke the fuzz target, kept for ever, and a small corpus; then texts made at random.

use crate::properties::{guards, run};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

#[test]
fn inputs_that_broke_a_target_hold() {
    let mut replayed = 0;
    for folder in ["corpus", "regressions"] {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(folder).join("outbound_guard");
        // what never broke has no folder
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            eprintln!("{}", path.display());
            assert!(run("outbound_guard", &fs::read(&path).unwrap()));
            replayed += 1;
        }
    }
    assert!(replayed >= 20, "the corpus is there");
}

fn urls() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("http://".to_owned()),
        Just("https://".to_owned()),
        Just("//".to_owned()),
        Just("@".to_owned()),
        Just(":".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just("::ffff:".to_owned()),
        Just("0x".to_owned()),
        Just("64:ff9b::".to_owned()),
        Just("%2e".to_owned()),
        Just("．".to_owned()),
        Just("/".to_owned()),
        Just("\\".to_owned()),
        Just("169.254.169.254".to_owned()),
        Just("localhost".to_owned()),
        Just("xn--".to_owned()),
        any::<u32>().prop_map(|n| n.to_string()),
        any::<u32>().prop_map(|n| format!("0{n:o}")),
        any::<u16>().prop_map(|n| format!("{n:x}")),
        any::<u8>().prop_map(|n| format!(".{n}")),
        "[a-z0-9.-]{1,8}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 1..10).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn any_url_is_refused_or_safe(text in urls()) {
        guards(&text);
        guards(&format!("https://{text}/"));
    }
}
