//! Addresses in which the number comes last: `Lindenstraße 12`, `Calle Mayor 5`, `PO Box 6826`.
//! Called by the street address detector, and by streams for what must be held back until a number comes.

use super::Read;
use super::words::Cursor;
use crate::byte_table::byte_table;
use crate::site::Site;
use crate::word_list::WordList;

/// Bytes before a number in which its street can begin.
const REACH: usize = 64;
/// Most words of a street's name after its kind.
const MOST_WORDS: usize = 6;

/// Longest last word of a street.
const LONGEST_WORD: usize = 40;

/// Post boxes.
static BOXES: WordList = WordList::new(&[
    "po box",
    "p.o. box",
    "p. o. box",
    "p o box",
    "p.o.box",
    "pobox",
    "post office box",
    "postfach",
    "apartado",
    "apartado postal",
    "apartado de correos",
    "apdo",
    "apdo.",
    "casella postale",
    "caixa postal",
    "postbus",
    "boîte postale",
    "gpo box",
    "locked bag",
    "private bag",
]);
/// The last words of those, which need no capital.
static BOX_ENDS: WordList = WordList::new(&[
    "box", "pobox", "p.o.box", "postfach", "apartado", "postal", "correos", "apdo", "apdo.", "postale",
    "postbus", "bag",
]);
/// Kinds of streets before their name.
static BEFORE_NAME: WordList = WordList::new(KINDS);
const KINDS: &[&str] = &[
    "calle",
    "c/",
    "avenida",
    "avda",
    "avda.",
    "av.",
    "paseo",
    "plaza",
    "pza",
    "pza.",
    "camino",
    "carrera",
    "travesía",
    "ronda",
    "via",
    "viale",
    "piazza",
    "corso",
    "largo",
    "vicolo",
    "strada",
    "rua",
    "travessa",
    "praça",
    "alameda",
    "estrada",
    "ul.",
    "ulica",
    "ул.",
    "улица",
    "проспект",
];
/// What those begin with: for five bits of the first byte those of the second.
static KIND_HEADS: [u32; 32] = {
    let mut heads = [0; 32];
    let mut at = 0;
    while at < KINDS.len() {
        let word = KINDS[at].as_bytes();
        heads[(word[0] & 31) as usize] |= 1 << (word[1] & 31);
        at += 1;
    }
    heads
};
/// Ends of words that are names of streets, and whole words that end such names.
const AFTER_NAME: &[&str] = &[
    "straße", "strasse", "str.", "weg", "platz", "allee", "gasse", "damm", "ufer", "chaussee", "steig",
    "straat", "laan", "plein", "gracht", "kade", "singel", "dreef", "gatan", "vägen", "gata", "vej", "gade",
    "veien", "gränd",
];

/// The last two bytes of those, five bits of each: for the last the others.
static STREET_ENDS: [u32; 32] = {
    let mut ends = [0; 32];
    let mut at = 0;
    while at < AFTER_NAME.len() {
        let word = AFTER_NAME[at].as_bytes();
        ends[(word[word.len() - 1] & 31) as usize] |= 1 << (word[word.len() - 2] & 31);
        at += 1;
    }
    ends
};

/// What may stand between a street and its number.
const NUMBER_SIGNS: &[&str] = &["No. ", "n.º ", "nº "];

/// Says whether the number of an address may follow `head` and a blank or `#`: cheap, and seldom so. Asked before the
/// detector is called.
pub(crate) fn may_lead(head: &[u8]) -> bool {
    let head = head.strip_suffix(b",").unwrap_or(head);
    let &[.., further, last] = head else { return true };
    if !last.is_ascii_alphabetic() || further >= 0x80 {
        return last >= 0x80 || further >= 0x80 || matches!(last, b'.' | b'/');
    }
    let tail = &head[head.len().saturating_sub(LONGEST_WORD)..];
    let Some(blank) = tail.iter().rposition(|byte| *byte == b' ') else {
        return tail[0].is_ascii_uppercase() || tail[0] >= 0x80 || BOX_ENDS.has(tail);
    };
    let (before, word) = (&head[..head.len() - tail.len() + blank], &tail[blank + 1..]);
    if !(word[0].is_ascii_uppercase() || word[0] >= 0x80) {
        return BOX_ENDS.has(word);
    }
    // a street by its end, or its name after a kind of street and other names
    STREET_ENDS[usize::from(last & 31)] >> (further & 31) & 1 == 1
        || BOX_ENDS.has(word)
        || may_be_name(before)
}

/// A kind of street, or what may stand between it and the last word of its name, may end `text`.
fn may_be_name(text: &[u8]) -> bool {
    let text = &text[text.len().saturating_sub(LONGEST_WORD)..];
    let from = text.iter().rposition(|byte| *byte == b' ' || ENDS[usize::from(*byte)]).map_or(0, |at| at + 1);
    match text[from..] {
        [first, second, ..] => {
            text.len() - from <= 5
                || text.len() - from == LONGEST_WORD
                || first >= 0x80
                || first.is_ascii_uppercase()
                || KIND_HEADS[usize::from(first & 31)] >> (second & 31) & 1 == 1
        }
        // a word of one letter, or blanks; nothing goes on beyond a sign
        _ => text.last().is_some_and(|last| !ENDS[usize::from(*last)]),
    }
}

/// Reads the address whose last part is the number at the anchor.
pub(super) fn read(site: &Site) -> Option<Read> {
    let number = site.anchor();
    let head = site.bytes(number.start.saturating_sub(REACH)..number.start);
    let sign = NUMBER_SIGNS.iter().find_map(|sign| head.strip_suffix(sign.as_bytes()));
    let head = sign.unwrap_or(head);
    let head = head.strip_suffix(b" ").or_else(|| head.strip_suffix(b"#"))?;
    let head = head.strip_suffix(b",").unwrap_or(head);
    let (at, prior, reason) = street(head)?;
    let start = number.start - (number.start - number.start.saturating_sub(REACH)).min(number.start) + at;
    let mut cursor = Cursor::new(site.bytes(number.end..number.end + 120));
    if prior < BOX {
        cursor.house_letter();
    }
    let town = cursor.town();
    let end = number.end + cursor.at;
    let goes_on = site.byte(end) == b'.' && site.byte(end + 1).is_ascii_digit();
    let closed = !(goes_on || site.byte(end).is_ascii_alphanumeric());
    closed.then_some(Read { start, end, prior: if town { 0.92 } else { prior }, reason })
}

/// How sure a post box is.
const BOX: f32 = 0.90;

/// Where in `head` the street begins that ends it, and how sure it is.
fn street(head: &[u8]) -> Option<(usize, f32, &'static str)> {
    let last = head.last()?;
    // most numbers follow something else: look no further
    if !(last.is_ascii_alphabetic() || *last >= 0x80 || matches!(last, b'.' | b'/')) {
        return None;
    }
    let tail = &head[head.len().saturating_sub(LONGEST_WORD)..];
    let word = tail.iter().rposition(|byte| *byte == b' ').map_or(tail, |at| &tail[at + 1..]);
    let capital = word.first().is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80);
    if !capital && !BOX_ENDS.has(word) {
        return None;
    }
    // the window may begin inside a character
    let cut = head.iter().take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
    let text = std::str::from_utf8(&head[cut..]).ok()?;
    let bytes = text.as_bytes();
    let mut starts = [0; MOST_WORDS + 1];
    let mut count = 0;
    for at in (0..bytes.len()).rev() {
        let begins = at == 0 || ENDS[usize::from(bytes[at - 1])];
        if !(begins || bytes[at - 1] == b' ' && bytes[at] != b' ') {
            continue;
        }
        starts[count] = at;
        count += 1;
        // no name of a street goes on beyond a longer word without a capital
        if begins || count == starts.len() || count >= MOST_TO_ASK && !may_be_in_name(text, at) {
            break;
        }
    }
    let starts = &starts[..count];
    if BOX_ENDS.has(&bytes[*starts.first()?..])
        && let Some(at) = starts.iter().take(3).find(|at| BOXES.has_folded(&text[**at..]))
    {
        return Some((cut + at, BOX, "post box"));
    }
    let word = &text[*starts.first()?..];
    if ends_as_street(word) {
        return Some((cut + named_from(text, starts), 0.80, "street and number"));
    }
    // a kind of street at most six words back, and names since
    let at = starts.iter().skip(1).find(|at| is_kind(text, **at))?;
    let name = text[*at..].split(' ').skip(1);
    let named = name.clone().all(is_in_name) && name.clone().any(|word| word.starts_with(char::is_uppercase));
    named.then_some((cut + at, 0.78, "street and number"))
}

/// Words that are looked at whatever they are: a post box has three.
const MOST_TO_ASK: usize = 3;

/// Signs that no address goes on beyond.
static ENDS: [bool; 256] =
    byte_table!(byte => matches!(byte, b'\n' | b';' | b':' | b'"' | b'>' | b'(' | b'\t' | b'|'));

/// What stands from `at` up to a blank.
fn word_at(text: &str, at: usize) -> &str {
    let word = &text[at..];
    &word[..memchr::memchr(b' ', word.as_bytes()).unwrap_or(word.len())]
}

/// A word that can stand in the name of a street: with a capital, or small.
fn is_in_name(word: &str) -> bool {
    word.len() <= 5 || word.starts_with(char::is_uppercase)
}

/// The word at `at` can stand in the name of a street, or is a kind of street itself.
fn may_be_in_name(text: &str, at: usize) -> bool {
    let word = word_at(text, at);
    is_in_name(word) || is_kind(text, at)
}

/// The word at `at` is a kind of street.
fn is_kind(text: &str, at: usize) -> bool {
    let head = |n: usize| text.as_bytes().get(at + n).copied().unwrap_or(0);
    let (first, second) = (head(0), head(1));
    let may_be = first >= 0x80 || KIND_HEADS[usize::from(first & 31)] >> (second & 31) & 1 == 1;
    may_be && BEFORE_NAME.has_folded(word_at(text, at))
}

/// `Lindenstraße`, `Damrak`-like words with a capital, or `Straße` after a name.
fn ends_as_street(word: &str) -> bool {
    let last = word.as_bytes().last().map(u8::to_ascii_lowercase);
    let Some(kind) = AFTER_NAME.iter().find(|kind| {
        kind.as_bytes().last().copied() == last
            && word.len() >= kind.len()
            && word.is_char_boundary(word.len() - kind.len())
            && word[word.len() - kind.len()..].eq_ignore_ascii_case(kind)
    }) else {
        return false;
    };
    let name = &word[..word.len() - kind.len()];
    word.starts_with(char::is_uppercase) && (name.is_empty() || name.chars().count() >= 3)
}

/// Where the name of a street begins whose last word stands first in `starts`: `Neue Schönhauser Straße`.
fn named_from(text: &str, starts: &[usize]) -> usize {
    let first = starts[0];
    let whole = text[first..].split('-').next().unwrap_or_default();
    let alone = AFTER_NAME.iter().any(|kind| kind.eq_ignore_ascii_case(whole));
    if !alone {
        return first;
    }
    let capital = |at: &&usize| text[**at..].starts_with(char::is_uppercase);
    starts[1..].iter().take(2).take_while(capital).last().copied().unwrap_or(first)
}

/// Where an address begins whose number may follow `text`. Streams hold it back.
pub(crate) fn at_end(text: &[u8]) -> Option<usize> {
    // Nearly all ends of texts are neither a blank nor the beginning of such a sign.
    let may_lead = |byte: &u8| {
        *byte == b' ' || *byte == b'#' || NUMBER_SIGNS.iter().any(|sign| sign.as_bytes().contains(byte))
    };
    text.last().filter(|byte| may_lead(byte))?;
    let from = text.len().saturating_sub(REACH);
    let tail = &text[from..];
    // the sign of a number may have begun
    let begun = NUMBER_SIGNS.iter().flat_map(|sign| (1..=sign.len()).map(|len| &sign.as_bytes()[..len]));
    let begun = begun.filter(|sign| sign.last() == tail.last());
    let mut heads = std::iter::once(tail).chain(begun.filter_map(|sign| tail.strip_suffix(sign)));
    heads.find_map(|head| {
        let head = head.strip_suffix(b" ").or_else(|| head.strip_suffix(b"#"))?;
        let head = head.strip_suffix(b",").unwrap_or(head);
        street(head).map(|(at, ..)| from + at)
    })
}
