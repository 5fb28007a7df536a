//! What the stages promise together.

use super::*;
use proptest::prelude::*;

#[test]
fn each_disguise_reads_as_what_is_meant() {
    for (disguised, meant) in [
        ("１２３", "123"),
        ("1\u{200b}2\u{2060}3", "123"),
        ("a\u{a0}b\u{3000}c", "a b c"),
        ("1–2−3", "1-2-3"),
        ("ｕ＠ｘ．ｉｏ", "u@x.io"),
        ("𝟏𝟚𝟹", "123"),
        ("٠١२৩๔௫", "012345"),
        ("\u{e0034}\u{e0032}", "42"),
        ("4\u{336}2\u{fe0f}\u{20e3}", "42"),
        ("①②Ⓐ🅱", "12AB"),
        ("Größe 5€", "Größe 5€"),
        ("44&#53;&#45;7", "445-7"),
        ("jane%40acme%2Ecom", "jane@acme.com"),
        ("jane%2540acme", "jane@acme"),
        ("jane&amp;#64;acme", "jane@acme"),
        ("jane%26%2364%3Bacme", "jane@acme"),
        ("4&#8203;2&nbsp;1", "42 1"),
        ("％４１\\u00e9", "Aé"),
        ("SSN: 88l-8O-7494.", "SSN: 881-80-7494."),
        ("SSN: 4 2 8 9 4 4 2 7 2.", "SSN: 428944272."),
        ("passport S12345678, DEA BS1234563", "passport S12345678, DEA BS1234563"),
        ("ignоre", "ignore"),
        ("mail jane (dot) doe [at] acme dot com now", "mail jane.doe@acme.com now"),
        ("ODIuMTYzLjEyMC42OA==", "82.163.120.68"),
        ("3533362d32322d38313435", "536-22-8145"),
        ("6@2 . at Zx dot ", "6@2 . at Zx dot "),
        ("a 100% sure & certain C:\\users\\x = 4", "a 100% sure & certain C:\\users\\x = 4"),
    ] {
        assert_eq!(View::of(disguised).text(), meant, "{disguised:?}");
    }
}

#[test]
fn a_span_of_the_view_leads_back_to_the_disguised_bytes() {
    let text = "ä \u{200b}１\u{200b}２ ö";
    let view = View::of(text);
    let at = view.text().find("12").expect("the digits are plain now");
    assert_eq!(&text[view.origin(at..at + 2)], "１\u{200b}２");
}

#[test]
fn a_part_of_a_token_stands_for_the_whole() {
    let text = "ip ODIuMTYzLjEyMC42OA== end";
    let view = View::of(text);
    let at = view.text().find("163").expect("the token is plain now");
    assert_eq!(&text[view.origin(at..at + 3)], "ODIuMTYzLjEyMC42OA==");
    assert_eq!(&view.text()[view.whole(at..at + 3)], "82.163.120.68");
}

#[test]
fn plain_text_is_not_copied() {
    for text in ["plain ASCII", "Größe: fünf Fuß", "漢字かな", "a=1&b=2, 50% \\o/ <at> 4 O 5"] {
        assert!(matches!(View::of(text).text, Cow::Borrowed(_)), "{text:?}");
    }
}

#[test]
fn invisible_characters_cannot_stretch_a_window_without_bound() {
    for piece in ["\u{200b}", "&#8203;", "\u{200b}\u{200b}&#8203;", "%E2%80%8B"] {
        let text = format!("1{}2", piece.repeat(1000));
        let view = View::of(&text);
        assert!(view.text().len() * MAX_STRETCH >= text.len(), "{piece:?}");
    }
}

/// Pieces that make disguises, whole, broken and in one another.
pub(crate) const PIECES: &[&str] = &[
    "&",
    "|",
    "|l|",
    "#",
    "6",
    "4",
    ";",
    "x",
    "%",
    "25",
    "40",
    "\\",
    "u00",
    "u0040",
    "\\x40",
    "&#64;",
    "&amp;",
    "&#8203;",
    "%E2%80%8B",
    "\u{200b}",
    "１",
    "é",
    "О",
    "о",
    "a",
    "jane",
    "acme",
    " at ",
    " dot ",
    "(at)",
    "[dot]",
    "com",
    "org",
    " @ ",
    "@",
    ".",
    "-",
    " ",
    "  ",
    "\n",
    "1",
    "2 ",
    "3 ",
    " 4",
    "4 2  2  9 8 1 ",
    "1 2 3 ",
    "l",
    "O",
    "88l-8O-7494",
    "5326 5l37 l789 5682",
    "0",
    "9",
    "IBAN ",
    "FR49 8854 ",
    "ODIuMTYzLjEyMC42OA==",
    "TkRnek56QTBPVGMy",
    "OzIg",
    "3533362d32322d38313435",
    "dGhlIG51bWJlciBpcyAoNzAyKSA5NDItOTIwMyBlbmQ=",
    "=",
    "_",
    "+",
    "/",
    "Z29vZCBtb3JuaW5nLCB",
    // its first bytes are no text
    "\u{fffd}IwMyBlA5NDItOTIwMyBlbm ",
];

/// Texts of which once a rest was seen otherwise than in the whole.
#[test]
fn rests_that_were_seen_otherwise_are_seen_alike() {
    for text in ["ОOzIg+ 4 2  2  9 8 1 u0040jane"] {
        let whole = View::of(text);
        for at in 0..=whole.text().len() {
            let at = whole.cut_before(at);
            let rest = View::resume(&text[whole.origin_of(at)..], whole.seam(at), true);
            assert_eq!(rest.text(), &whole.text()[at..], "of {:?} cut at {at}, {text:?}", whole.text());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn every_offset_maps_to_a_character_boundary(text in "[ -~\u{a0}-\u{2ff}\u{200b}１２\u{e0034}𝟏]{0,40}") {
        let view = View::of(&text);
        let starts: Vec<usize> = view.text().char_indices().map(|(at, _)| at).chain([view.text().len()]).collect();
        for pair in starts.windows(2) {
            let span = view.origin(pair[0]..pair[1]);
            prop_assert!(text.get(span.clone()).is_some_and(|part| !part.is_empty()), "{span:?} of {text:?}");
        }
    }

    #[test]
    fn the_view_of_a_beginning_is_the_beginning_of_the_view(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30), cut in any::<prop::sample::Index>()) {
        let text = pieces.concat();
        let whole = View::of(&text);
        let mut at = cut.index(text.len() + 1);
        while !text.is_char_boundary(at) { at -= 1; }
        let part = View::resume(&text[..at], Seam::default(), false);
        prop_assert!(whole.text().starts_with(part.text()), "{:?} of {:?} cut at {at}, of {text:?}", part.text(), whole.text());
        for (offset, c) in part.text().char_indices() {
            let span = offset..offset + c.len_utf8();
            prop_assert_eq!(part.origin(span.clone()), whole.origin(span));
        }
    }

    #[test]
    fn a_view_that_grows_piece_by_piece_is_the_view_of_the_whole(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30), step in 1usize..40, forgets in any::<bool>()) {
        let text = pieces.concat();
        let whole = View::of(&text);
        let mut grown: View<'static> = View::default();
        let (mut to, mut read, mut gone) = (0, 0, (0, 0));
        while read < text.len() || to < text.len() {
            to = text.len().min(to + step);
            while !text.is_char_boundary(to) { to += 1; }
            let ends = to == text.len();
            let next = View::resume(&text[read..to], grown.seam(grown.text().len()), ends);
            let more = next.origin_of(next.text().len());
            if !next.text().is_empty() {
                grown.append(next, read - gone.1);
            }
            prop_assert_eq!(&whole.text()[gone.0..gone.0 + grown.text().len()], grown.text(), "{:?}", text);
            for (offset, c) in grown.text().char_indices() {
                let (span, there) = (offset..offset + c.len_utf8(), offset + gone.0..offset + gone.0 + c.len_utf8());
                let origin = grown.origin(span.clone());
                prop_assert_eq!(origin.start + gone.1..origin.end + gone.1, whole.origin(there.clone()), "{:?}", text);
                let unit = grown.whole(span);
                prop_assert_eq!(unit.start + gone.0..unit.end + gone.0, whole.whole(there), "{:?}", text);
            }
            read += more;
            if ends { break; }
            if forgets {
                let cut = grown.forget(grown.cut_before(grown.text().len() * 2 / 3));
                gone = (gone.0 + cut.0, gone.1 + cut.1);
            }
        }
        prop_assert_eq!(gone.0 + grown.text().len(), whole.text().len());
    }

    #[test]
    fn the_view_of_a_rest_is_the_rest_of_the_view(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30), cut in any::<prop::sample::Index>()) {
        let text = pieces.concat();
        let whole = View::of(&text);
        let at = whole.cut_before(cut.index(whole.text().len() + 1));
        let origin = whole.origin_of(at);
        let rest = View::resume(&text[origin..], whole.seam(at), true);
        prop_assert_eq!(rest.text(), &whole.text()[at..], "of {:?} cut at {}, {:?}", whole.text(), at, text);
    }
}
