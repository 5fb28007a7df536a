//! Recognises a value that was found in the same text before, so that its sample and its fingerprint, which cost more
//! than the rest of a finding, need not be made anew.
//! Kept by the scanner through one text. Invariant: holds places, never a value; what it gives is what would be made.

use std::ops::Range;

/// Values remembered; one takes the place of another with the same hash.
const MOST: usize = 32;

/// The values found in a text.
#[derive(Debug, Default)]
pub(super) struct Seen {
    places: [Option<Place>; MOST],
}

/// A value that was found.
#[derive(Debug, Clone)]
struct Place {
    detector: usize,
    span: Range<usize>,
    finding: usize,
}

impl Seen {
    /// The number of an earlier finding of the same value by the same detector. Remembers this one as number `finding`
    /// if there is none.
    pub(super) fn before(
        &mut self,
        text: &[u8],
        detector: usize,
        span: Range<usize>,
        finding: usize,
    ) -> Option<usize> {
        let value = &text[span.clone()];
        let place = &mut self.places[slot(detector, value)];
        match place {
            Some(held) if held.detector == detector && text[held.span.clone()] == *value => {
                Some(held.finding)
            }
            _ => {
                *place = Some(Place { detector, span, finding });
                None
            }
        }
    }
}

/// Where a value is remembered, by its length, its ends and its detector.
fn slot(detector: usize, value: &[u8]) -> usize {
    let end = |bytes: Option<&[u8; 4]>| bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes));
    let (first, last) = (end(value.first_chunk()), end(value.last_chunk()));
    let mixed =
        (first ^ last.rotate_left(13) ^ (value.len() << 8 | detector) as u32).wrapping_mul(0x9E37_79B1);
    (mixed >> 16) as usize % MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_value_of_the_same_detector_is_known_again() {
        let text = b"10.20.30.40 10.20.30.41 10.20.30.40 10.20.30.40";
        let mut seen = Seen::default();
        assert_eq!(seen.before(text, 3, 0..11, 0), None);
        assert_eq!(seen.before(text, 3, 12..23, 1), None);
        assert_eq!(seen.before(text, 4, 0..11, 2), None, "another detector");
        assert_eq!(seen.before(text, 3, 24..35, 3), Some(0));
        assert_eq!(seen.before(text, 3, 36..47, 4), Some(0));
    }

    #[test]
    fn values_that_share_a_place_are_not_taken_for_each_other() {
        let text: String = (0..200).map(|n| format!("{n:04}")).collect();
        let mut seen = Seen::default();
        for n in 0..200 {
            assert_eq!(seen.before(text.as_bytes(), 0, 4 * n..4 * n + 4, n), None);
        }
    }
}
