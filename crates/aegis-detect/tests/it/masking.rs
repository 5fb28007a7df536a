//! What masking must keep: no value survives it, and what is no value is not touched.

use crate::properties::{masks, sees_through};
use aegis_detect::catalogue;
use proptest::prelude::*;

/// Texts around the values that the catalogue shows, and noise.
fn texts() -> impl Strategy<Value = String> {
    let shown: Vec<&str> =
        catalogue().flat_map(|info| info.hits.iter().chain(info.misses).copied()).collect();
    let piece = prop_oneof![
        4 => prop::sample::select(shown).prop_map(str::to_owned),
        2 => "[0-9 ./()+-]{1,24}",
        1 => "\\PC{0,12}",
        1 => prop::sample::select(vec![" ", "\n", ", ", ": ", "ssn ", "mrn ", "dob ", "tel ", "card ", "\u{200b}"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_value_survives_masking(text in texts()) {
        masks(&text);
    }

    #[test]
    fn any_text_can_be_scanned(text in "\\PC{0,200}") {
        masks(&text);
    }

    #[test]
    fn any_bytes_that_are_text_can_be_scanned(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        masks(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_disguise_changes_nothing_but_the_spans(text in texts(), choices in prop::collection::vec(any::<u8>(), 1..20)) {
        let text: String = text.chars().filter(char::is_ascii).collect();
        sees_through(&text, &choices);
    }
}
