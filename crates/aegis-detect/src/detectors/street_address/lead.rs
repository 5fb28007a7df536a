//! Addresses in which the number comes last: `Lindenstraße 12`, `Calle Mayor 5`, `PO Box 6826`.
//! Called by the street address detector, and by streams for what must be held back until a number comes.

use super::Read;
use super::words::Cursor;
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
static BEFORE_NAME: WordList = WordList::new(&[
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
]);
/// Ends of words that are names of streets, and whole words that end such names.
const AFTER_NAME: &[&str] = &[
    "straße", "strasse", "str.", "weg", "platz", "allee", "gasse", "damm", "ufer", "chaussee", "steig",
    "straat", "laan", "plein", "gracht", "kade", "singel", "dreef", "gatan", "vägen", "gata", "vej", "gade",
    "veien", "gränd",
];

/// What may stand between a street and its number.
const NUMBER_SIGNS: &[&str] = &["No. ", "n.º ", "nº "];

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
    let ends = |byte: &u8| matches!(byte, b'\n' | b';' | b':' | b'"' | b'>' | b'(' | b'\t' | b'|');
    let line = bytes.iter().rposition(ends).map_or(0, |at| at + 1);
    let mut starts = [0; MOST_WORDS + 1];
    let mut count = 0;
    let mut at = bytes.len();
    while at > line && count < starts.len() {
        at -= 1;
        if at == line || (bytes[at - 1] == b' ' && bytes[at] != b' ') {
            starts[count] = at;
            count += 1;
        }
    }
    let starts = &starts[..count];
    if let Some(at) = starts.iter().take(3).find(|at| BOXES.has_folded(&text[**at..])) {
        return Some((cut + at, BOX, "post box"));
    }
    let word = &text[*starts.first()?..];
    if ends_as_street(word) {
        return Some((cut + named_from(text, starts), 0.80, "street and number"));
    }
    // a kind of street at most six words back, and names since
    let at = starts.iter().skip(1).find(|at| {
        let end = memchr::memchr(b' ', &bytes[**at..]).map_or(text.len(), |len| *at + len);
        BEFORE_NAME.has_folded(&text[**at..end])
    })?;
    let name = text[*at..].split(' ').skip(1);
    let named = name.clone().all(|word| word.starts_with(char::is_uppercase) || word.len() <= 5)
        && name.clone().any(|word| word.starts_with(char::is_uppercase));
    named.then_some((cut + at, 0.78, "street and number"))
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
    let mut heads = std::iter::once(tail).chain(begun.filter_map(|sign| tail.strip_suffix(sign)));
    heads.find_map(|head| {
        let head = head.strip_suffix(b" ").or_else(|| head.strip_suffix(b"#"))?;
        let head = head.strip_suffix(b",").unwrap_or(head);
        street(head).map(|(at, ..)| from + at)
    })
}
