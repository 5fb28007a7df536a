//! What masking must keep: no value survives it, and what is no value is not touched.

use aegis_detect::{Category, Scanner, ScannerConfig, catalogue, mask};
use proptest::prelude::*;
use std::sync::LazyLock;

static SCANNER: LazyLock<Scanner> =
    LazyLock::new(|| Scanner::new(ScannerConfig { fingerprint_key: [7; 32], today: (2026, 11, 23) }));

fn check(text: &str) -> Result<(), TestCaseError> {
    let scan = SCANNER.scan(text);
    let masked = mask(text, &scan.findings);
    prop_assert_eq!(masked.kept_spans.len(), scan.findings.len());
    let mut before = 0;
    for (finding, kept) in scan.findings.iter().zip(&masked.kept_spans) {
        prop_assert!(text.get(finding.span.clone()).is_some_and(|value| !value.is_empty()));
        prop_assert!(
            kept.start >= before && masked.text.get(kept.clone()).is_some(),
            "{:?} in {:?}",
            kept,
            masked.text
        );
        before = kept.end;
        if finding.category != Category::Attack {
            prop_assert_eq!(&masked.text[kept.clone()], &finding.sample);
        }
    }
    let values: Vec<[u8; 16]> =
        scan.findings.iter().filter(|f| f.category != Category::Attack).map(|f| f.fingerprint).collect();
    for again in SCANNER.scan(&masked.text).findings {
        let same = again.category != Category::Attack && values.contains(&again.fingerprint);
        prop_assert!(!(same && again.confidence >= 0.5), "{:?} still holds {:?}", masked.text, again);
    }
    Ok(())
}

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
        check(&text)?;
    }

    #[test]
    fn any_text_can_be_scanned(text in "\\PC{0,200}") {
        check(&text)?;
    }

    #[test]
    fn any_bytes_that_are_text_can_be_scanned(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&String::from_utf8_lossy(&bytes))?;
    }
}
