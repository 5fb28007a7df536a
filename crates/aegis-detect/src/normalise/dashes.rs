//! Dashes that are not the hyphen of the keyboard, and the dots set at their height.

use super::Plain;

pub(super) fn plain(c: char) -> Option<Plain> {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{b7}' | '\u{30fb}')
        .then_some(Plain::Ascii(b'-'))
}
