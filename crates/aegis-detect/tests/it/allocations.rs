//! A text without a value costs no memory: a scanner that has warmed up allocates nothing for it.

use crate::properties::SCANNER;
use aegis_detect::{Origin, Released, Scratch, StreamScanner};
use std::sync::Arc;

/// Clean texts full of what could be the beginning of something.
const CLEAN: &[&str] = &[
    "The committee met again on Thursday and went through the remaining items, most of them settled by letter.",
    "Order 12345 shipped on 2024-05-06 with build 10.0.19041.1, ticket 518336672, total $1,234.56 (see section 4.2.1).",
    "def total(items): return sum(item.price for item in items)  # a = b == c; key: value; token_type=bearer",
    "id,amount,date\n1,20,2024-05-06\n2,30,2024-05-07\n",
    "commit da39a3ee5e6b4b0d3255bfef95601890afd80709, Zm9vYmFyYmF6cXV4eHl6, 123e4567-e89b-12d3-a456-426614174000, eyJhbGciOiJIUzI1NiJ9",
    "Größe fünf, 漢字かな, Комитет; 100% sure & certain, C:\\users\\x, look at the dot in the box at 5 O 6, mail a @ b",
    "New York, Monday March 12 Oak trees, PO Box, Lindenstraße, born in 1980, password is unknown, key: none, 1O-2l",
    "std::vec::Vec, an_identifier_that_is_rather_long, https://acme-corp.com/a/b?c=1, 12:34:56, @decorator",
];

#[test]
fn a_clean_text_allocates_nothing_once_warm() {
    let mut scratch = Scratch::default();
    for _ in 0..2 {
        for text in CLEAN {
            assert_eq!(SCANNER.scan_with(&mut scratch, text, Origin::User).findings, vec![], "{text}");
        }
    }
    for text in CLEAN {
        let spent = allocation_counter::measure(|| {
            std::hint::black_box(SCANNER.scan_with(&mut scratch, text, Origin::User));
        });
        assert_eq!(spent.count_total, 0, "{text}");
    }
}

#[test]
fn a_clean_stream_allocates_nothing_once_warm() {
    let mut stream = StreamScanner::new(Arc::clone(&SCANNER));
    let mut released = Released::default();
    let mut push_all = || {
        for piece in CLEAN[0].as_bytes().chunks(7) {
            stream.push_into(std::str::from_utf8(piece).expect("ASCII"), &mut released);
            assert_eq!(released.findings, vec![]);
        }
    };
    (0..40).for_each(|_| push_all());
    let spent = allocation_counter::measure(|| (0..40).for_each(|_| push_all()));
    assert_eq!(spent.count_total, 0);
}
