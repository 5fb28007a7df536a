//! Where a value can begin that reaches up to a place or beyond: what a stream must hold back for it.
//! Asked by the stream for each anchor that has not been judged, and for the end of the text at hand.

use crate::dates;
use crate::detectors::{passport, street_address};
use crate::site::REACH_BACK;
use std::collections::VecDeque;

/// The first byte of `text` from which a value could begin that reaches its end or goes beyond.
pub(super) fn earliest_start(text: &[u8]) -> usize {
    let Some(last) = text.last() else { return 0 };
    // parts of values that blanks or line ends follow
    let blank = matches!(last, b' ' | b'-');
    let month = if blank { dates::month_at_end(text) } else { None };
    let street = street_address::open_at_end(text);
    let parts = [month, street, street_address::lead_at_end(text), passport::zone_at_end(text)];
    let open = parts.into_iter().flatten().chain([name_start(text)]).min();
    let token = text.iter().rev().take(REACH_BACK).take_while(|byte| !byte.is_ascii_whitespace()).count();
    let mut start = text.len() - token;
    // never in the middle of a character
    while start > 0 && text.get(start).is_some_and(|byte| matches!(byte, 0x80..=0xBF)) {
        start -= 1;
    }
    open.map_or(start, |open| open.min(start))
}

/// Most words of a name that may go on.
const NAME_WORDS: usize = 4;

/// The first of the words with capitals that `text` ends with.
fn name_start(text: &[u8]) -> usize {
    let mut start = text.len();
    for _ in 0..NAME_WORDS {
        let head = &text[..start];
        let head = head.strip_suffix(b" ").unwrap_or(head);
        let head = head.strip_suffix(b".").unwrap_or(head);
        let len = head.iter().rev().take(REACH_BACK).take_while(|byte| is_name_byte(**byte)).count();
        let marks = head[head.len() - len..].iter().take_while(|byte| matches!(byte, b'\'' | b'-')).count();
        if !head.get(head.len() - len + marks).is_some_and(u8::is_ascii_uppercase) {
            break;
        }
        start = head.len() - len;
    }
    start
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80 || matches!(byte, b'\'' | b'-')
}

/// The earliest starts of the anchors that wait to be judged, as offsets of the whole text. The first is the least:
/// one that a later anchor undercuts is forgotten.
#[derive(Debug, Default)]
pub(super) struct Starts(VecDeque<Waiting>);

#[derive(Debug, Clone, Copy)]
struct Waiting {
    anchor: usize,
    earliest: usize,
}

impl Starts {
    /// Notes an anchor; they come in order.
    pub(super) fn note(&mut self, anchor: usize, earliest: usize) {
        while self.0.back().is_some_and(|held| held.earliest >= earliest) {
            self.0.pop_back();
        }
        self.0.push_back(Waiting { anchor, earliest });
    }

    /// Forgets the anchors before this one: they have been judged.
    pub(super) fn judged(&mut self, before: usize) {
        while self.0.front().is_some_and(|held| held.anchor < before) {
            self.0.pop_front();
        }
    }

    /// The earliest start of all that wait.
    pub(super) fn first(&self) -> Option<usize> {
        self.0.front().map(|held| held.earliest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_the_least_of_those_that_wait() {
        let mut starts = Starts::default();
        for (anchor, earliest) in [(10, 8), (20, 15), (30, 12), (40, 40)] {
            starts.note(anchor, earliest);
        }
        let mut firsts = Vec::new();
        for judged in [10, 11, 21, 31, 41] {
            starts.judged(judged);
            firsts.push(starts.first());
        }
        assert_eq!(firsts, [Some(8), Some(12), Some(12), Some(40), None]);
    }
}
