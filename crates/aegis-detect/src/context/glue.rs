//! What may stand between a label and its value, and what breaks the bond.

use super::Vocabulary;
use crate::byte_table::byte_table;
use crate::redact::DOT;

/// A masked value has used up its words like the value it stands for: a masked text reads like the text.
pub(super) const MASKED: &[u8] = "•".as_bytes();

/// Longest gap between a label and its value.
pub(super) const MAX_GAP: usize = 40;

/// Says whether `gap` joins a label to its value: punctuation and a few small words.
pub(crate) fn joins(gap: &[u8], vocabulary: &Vocabulary) -> bool {
    if gap.len() > MAX_GAP {
        return false;
    }
    if is_attributes(gap) {
        return true;
    }
    // most gaps are a few signs, or hold a word that is no glue
    let is = gap.iter().fold(0, |all, byte| all | GAPS[usize::from(*byte)]);
    match is {
        NOTHING => return true,
        _ if is & DIGIT != 0 => return false,
        WORDS => return glued(gap, vocabulary),
        _ => {}
    }
    let Ok(gap) = std::str::from_utf8(gap) else { return false };
    if gap.contains(DOT) {
        return false;
    }
    let mut words =
        gap.split(|c: char| !(c.is_alphabetic() || c == '\'')).map(|word| word.trim_matches('\''));
    let broken = gap.contains([';', '!', '{', '}'])
        || gap.as_bytes().windows(2).any(|pair| pair == b", ")
        || gap.trim_start().starts_with(',')
        || gap.match_indices('.').any(|(at, _)| ends_sentence(&gap[..at], &gap[at + 1..]));
    if broken {
        // `"system": "ssn", "value": "…"`: what the first names, the second holds
        return words.filter(|word| !word.is_empty()).eq(["value"]) && gap.contains("\"value\"");
    }
    words.all(|word| word.is_empty() || vocabulary.is_glue(word))
}

/// What a byte of a gap is: a sign of no meaning, a digit, part of a word, or worth a closer look.
static GAPS: [u8; 256] = byte_table!(byte => match byte {
    b'0'..=b'9' => DIGIT,
    b'a'..=b'z' | b'A'..=b'Z' => WORDS,
    b';' | b'!' | b'{' | b'}' | b',' | b'.' | b'\'' | 0x80.. => CLOSER,
    _ => NOTHING,
});
const NOTHING: u8 = 0;
const WORDS: u8 = 1;
const DIGIT: u8 = 2;
const CLOSER: u8 = 4;

/// A line ends in the gap, or blanks set apart what stands on either side.
pub(super) fn parts(gap: &[u8]) -> bool {
    gap.contains(&b'\n') || gap.windows(2).any(|pair| pair == b"  ")
}

/// The attributes of an element, up to its text: `<Passport country="USA">…`.
fn is_attributes(gap: &[u8]) -> bool {
    matches!(gap, [b' ', attributes @ .., b'"' | b'\'', b'>']
        if attributes.contains(&b'=') && !attributes.contains(&b'<'))
}

/// All words of a gap of letters and signs alone are glue. The one next to the value is asked first.
pub(super) fn glued(gap: &[u8], vocabulary: &Vocabulary) -> bool {
    if is_attributes(gap) {
        return true;
    }
    let mut words = gap.rsplit(|byte| !byte.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.all(|word| vocabulary.is_latin_glue(word))
}

/// Says whether a full stop between `before` and `after` ends a sentence rather than an abbreviation.
fn ends_sentence(before: &str, after: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // directly after the label it abbreviates the label itself: `tel. 030 …`
    let abbreviates = before.is_empty()
        || ["no", "nr", "num", "n", "núm", "rec", "dat", "č", "čís", "br", "αρ", "бр", "ном", "ser", "сер"]
            .iter()
            .any(|short| short.eq_ignore_ascii_case(word));
    !abbreviates && after.starts_with([' ', '\n'])
}

/// Says whether `gap` holds an earlier value of the same shape as `value`, as in `orders 12-3, 45-6 and 78-9`:
/// what names the first names them all.
pub(super) fn lists(gap: &[u8], value: &[u8], vocabulary: &Vocabulary) -> bool {
    let Some(last) = gap.iter().rposition(u8::is_ascii_digit) else { return false };
    let (head, between) = gap.split_at(last + 1);
    let sibling = head.len().checked_sub(value.len()).and_then(|at| head.split_at_checked(at));
    let Some((lead, sibling)) = sibling else { return false };
    let alike = sibling.iter().zip(value).all(|(a, b)| a == b || (a.is_ascii_digit() && b.is_ascii_digit()));
    let whole = !lead.last().is_some_and(u8::is_ascii_alphanumeric);
    let listed = std::str::from_utf8(between).is_ok_and(|between| {
        let mut words = between.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        between.len() <= 16 && !between.contains(".\n") && words.all(|word| vocabulary.is_conjunction(word))
    });
    alike && whole && listed && (joins(lead, vocabulary) || lists(lead, value, vocabulary))
}

/// Says whether `gap` leads from one value to another of the same kind: `and`, `and mine is`, `(the older one) and`,
/// `, passport shows`. One word may be anything if another tells the two apart.
pub(super) fn is_parallel(gap: &[u8], vocabulary: &Vocabulary) -> bool {
    let Ok(gap) = std::str::from_utf8(gap) else { return false };
    if gap.len() > MAX_GAP || gap.contains(['\n', ';', '!', '?', '{', '}', ':', DOT]) || gap.contains(". ") {
        return false;
    }
    let (mut told, mut marked, mut unknown) = (false, false, 0);
    let words = gap.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for word in words {
        if vocabulary.is_conjunction(word) {
            told = true;
        } else if vocabulary.is_marker(word) {
            (told, marked) = (true, true);
        } else if !(word == "s" || vocabulary.is_glue(word) || vocabulary.is_copula(word)) {
            unknown += 1;
        }
    }
    told && (unknown == 0 || unknown == 1 && marked)
}

/// Says whether `gap` joins two names of one value: `SSN / tax id`, `SSN or TIN`, `SSN (tax id)`.
pub(super) fn is_alternative(gap: &[u8]) -> bool {
    matches!(gap, b"/" | b" / " | b" or " | b" (" | b"|" | b" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_that_join_and_gaps_that_do_not() {
        let vocabulary = Vocabulary::build();
        for (gap, joined) in [
            (": ", true),
            ("\": \"", true),
            (" is ", true),
            (" no. ", true),
            (". ", true),
            (" number on file: ", true),
            ("> ", true),
            (", ", false),
            (" was asked. ", false),
            (" 12 ", false),
            (" of somebody called ", false),
            ("; ", false),
            ("\", \"value\": \"", true),
            (" n.º ", true),
            (" country=\"USA\">", true),
            (" 4\">", false),
        ] {
            assert_eq!(joins(gap.as_bytes(), &vocabulary), joined, "{gap:?}");
        }
    }

    #[test]
    fn a_pair_is_told_apart_by_known_words() {
        let vocabulary = Vocabulary::build();
        for (gap, parallel) in [
            (" and ", true),
            (" and half to ", true),
            (" (the older one) and ", true),
            (", mom's is ", true),
            (" y el de mi hijo ", true),
            (", passport shows ", true),
            (", admitted ", false),
            (" and admitted ", false),
            (", ", false),
            (". Mine is ", false),
            (" and invoice ", false),
        ] {
            assert_eq!(is_parallel(gap.as_bytes(), &vocabulary), parallel, "{gap:?}");
        }
    }

    #[test]
    fn a_list_shares_its_label() {
        let vocabulary = Vocabulary::build();
        for (gap, listed) in [
            (" 12-34, ", true),
            (" 12-34, 56-78 and ", true),
            ("\": [\"12-34\", \"", true),
            (" 1-234, ", false),
            (" 12-34 because ", false),
            (" 56-7812-34, ", false),
        ] {
            assert_eq!(lists(gap.as_bytes(), b"90-12", &vocabulary), listed, "{gap:?}");
        }
    }
}
