//! Pieces of the labelled sets, cut anywhere and put together anew: what people write, at the places where two things
//! meet that nobody wrote side by side. In development the scanner asserts here that a detector which it does not call
//! would have found nothing, and every slice that cuts a character shows.

use crate::properties::{masks, streams};
use proptest::prelude::*;
use std::sync::LazyLock;

/// Most characters of one piece.
const LONGEST: usize = 70;

/// What stands between two pieces.
const JOINTS: &[&str] = &["", " ", "\n", ", ", ": ", "|", "-", "1", " 4", "(", "é"];

static TEXTS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let sets = [
        include_str!("../../test-data/others/artefacts.jsonl"),
        include_str!("../../test-data/others/chat.jsonl"),
        include_str!("../../test-data/others/mixed.jsonl"),
        include_str!("../../test-data/others/everyday.jsonl"),
        include_str!("../../test-data/values.jsonl"),
        include_str!("../../test-data/attacks.jsonl"),
    ];
    let text = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a labelled text");
        line["text"].as_str().expect("its text").chars().collect()
    };
    sets.iter().flat_map(|set| set.lines()).map(text).collect()
});

fn piece() -> impl Strategy<Value = String> {
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1..LONGEST).prop_map(|(text, from, len)| {
        let text = text.get(&TEXTS);
        let rest = &text[from.index(text.len() + 1)..];
        rest.iter().take(len).collect()
    })
}

fn spliced() -> impl Strategy<Value = String> {
    let joined = (piece(), prop::sample::select(JOINTS)).prop_map(|(piece, joint)| piece + joint);
    prop::collection::vec(joined, 1..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks_where_texts_meet(text in spliced()) {
        masks(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn streams_of_spliced_texts_are_masked_like_the_whole(text in spliced(), lengths in prop::collection::vec(1usize..40, 1..4)) {
        streams(&text, &lengths);
    }
}
