//! Addresses in which the number comes last: `Lindenstraße 12`, `Calle Mayor 5`, `PO Box 6826`.
//! Called by the street address detector, and by streams for what must be held back until a number comes.

use super::kinds::UNITS;
use super::words::Cursor;
use super::{Read, cjk};
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
    "piazzale",
    "lungomare",
    "aleja",
    "aleje",
    "os.",
    "pl.",
    "plac",
    "пр.",
    "пр-т",
    "просп.",
    "пер.",
    "переулок",
    "пл.",
    "шоссе",
    "бульвар",
    "б-р",
    "наб.",
    "набережная",
    "вул.",
    "вулиця",
    "náměstí",
    "nám.",
    "třída",
    "tř.",
    "ulice",
    "str.",
    "calea",
    "bulevardul",
    "aleea",
    "șoseaua",
    "οδός",
    "λεωφόρος",
    "jalan",
    "jl.",
    "pasaje",
    "rue",
    "chaussée",
    "chemin",
    "boulevard",
    "avenue",
    "gang",
    "бульв.",
    "đường",
    "al.",
    "רחוב",
    "שדרות",
    "شارع",
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
    "veien", "gränd", "vejen", "gaten", "vegen", "stræde",
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
/// Whole words after the name of a street, small or not.
static AFTER_NAMES: WordList = WordList::new(&[
    "cad.",
    "caddesi",
    "cadde",
    "cd.",
    "sok.",
    "sokak",
    "sokağı",
    "sk.",
    "bulvarı",
    "bulv.",
    "blv.",
    "проспект",
    "просп.",
    "шоссе",
    "набережная",
    "улица",
    "переулок",
    "бульвар",
    "площадь",
    "проезд",
    "вулиця",
    "провулок",
    "utca",
    "út",
    "útja",
    "tér",
    "tere",
    "körút",
    "krt.",
    "vej",
    "gade",
    "allé",
    "plads",
    "ulice",
    "náměstí",
    "třída",
    "katu",
    "пр.",
    "пр-т",
    "ул.",
    "пер.",
    "наб.",
    "б-р",
    "strand",
    "torg",
    "väg",
    "torv",
    "stræde",
]);
/// Words that names of streets begin with before one that ends as a street: `Lange Nieuwstraat`, `Große Bergstraße`.
static FIRST_WORDS: WordList = WordList::new(&[
    "lange",
    "korte",
    "kurze",
    "oude",
    "nieuwe",
    "grote",
    "kleine",
    "eerste",
    "tweede",
    "derde",
    "sint",
    "van",
    "de",
    "den",
    "der",
    "ter",
    "ten",
    "burgemeester",
    "burg",
    "prins",
    "prinses",
    "koning",
    "koningin",
    "professor",
    "prof",
    "dokter",
    "dr",
    "jan",
    "alte",
    "alter",
    "neue",
    "neuer",
    "große",
    "grosse",
    "großer",
    "kleiner",
    "obere",
    "oberer",
    "untere",
    "unterer",
    "breite",
    "hohe",
    "hintere",
    "vordere",
    "innere",
    "äußere",
    "stora",
    "lilla",
    "norra",
    "södra",
    "östra",
    "västra",
    "gamla",
    "nya",
    "gamle",
    "gammel",
    "nye",
    "store",
    "lille",
    "nordre",
    "søndre",
    "østre",
    "vestre",
    "øvre",
    "nedre",
]);
/// Small words amid such names.
static AMID: WordList = WordList::new(&["de", "van", "den", "der", "ter", "ten"]);
/// Parts of towns, which stand before the name of a street.
static QUARTERS: WordList = WordList::new(&["mah.", "mh.", "mahallesi", "mahalle"]);
/// Ends of Czech and Slovak names of streets.
const ADJECTIVES: &[&str] = &["ská", "cká", "ní", "ova", "ná"];
/// Words with which German names of streets begin, and those that need an article after them.
static PREPOSITIONS: WordList =
    WordList::new(&["am", "im", "zum", "zur", "an", "auf", "unter", "hinter", "in"]);
static WITHOUT_ARTICLE: WordList = WordList::new(&["am", "im", "zum", "zur"]);
static ARTICLES: WordList = WordList::new(&["dem", "der", "den"]);
/// What follows those and is no street.
static NO_STREETS: WordList = WordList::new(&[
    "jahr",
    "jahre",
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "ende",
    "anfang",
    "kapitel",
    "abschnitt",
    "absatz",
    "artikel",
    "durchschnitt",
    "schnitt",
    "alter",
    "sommer",
    "winter",
    "herbst",
    "frühjahr",
    "frühling",
    "monat",
    "preis",
    "wert",
    "beispiel",
    "stand",
    "punkt",
    "vergleich",
    "jahrgang",
    "zeitraum",
    "schritt",
    "raum",
    "zimmer",
    "teil",
    "band",
    "heft",
    "seite",
    "nummer",
    "haus",
    "gleis",
    "gate",
    "spiel",
    "linie",
    "thema",
    "fall",
    "nacht",
    "woche",
    "version",
    "klasse",
    "stufe",
    "runde",
    "phase",
    "gruppe",
    "halle",
]);

/// What may stand between a street and its number.
const NUMBER_SIGNS: &[&str] = &[
    "No. ", "n.º ", "nº ", "No: ", "No:", "no: ", "no:", "No ", "n. ", "n° ", "nr. ", "nr ", "Nr. ", "núm. ",
    "č. ", "č.p. ", "čp. ", "дом ", "буд. ", "д. ", "д.",
];

/// Says whether the number of an address may follow `head`, which ends with a blank, `#`, a colon or a letter outside
/// ASCII: cheap, and seldom so. Asked before the detector is called.
pub(crate) fn may_lead(head: &[u8]) -> bool {
    let head = match head {
        [.., 0x80..=0xFF] => return cjk::may_end(head),
        [.., b':'] | [.., b':', _] => return ends_with_sign(head),
        [head @ .., _] => head.strip_suffix(b",").unwrap_or(head),
        [] => head,
    };
    let &[.., further, last] = head else { return true };
    if !last.is_ascii_alphabetic() || further >= 0x80 {
        return last >= 0x80 || further >= 0x80 || matches!(last, b'.' | b'/');
    }
    let tail = &head[head.len().saturating_sub(LONGEST_WORD)..];
    let Some(blank) = tail.iter().rposition(|byte| parts(*byte)) else {
        return tail[0].is_ascii_uppercase() || tail[0] >= 0x80 || may_end_small(tail);
    };
    let (before, word) = (&head[..head.len() - tail.len() + blank], &tail[blank + 1..]);
    if !(word[0].is_ascii_uppercase() || word[0] >= 0x80) {
        return may_end_small(word);
    }
    // a street by its end, or its name after a kind of street and other names
    STREET_ENDS[usize::from(last & 31)] >> (further & 31) & 1 == 1
        || may_end_small(word)
        || AFTER_NAMES.has(word)
        || ADJECTIVES.iter().any(|end| word.ends_with(end.as_bytes()))
        || may_be_name(before)
        || is_announced(before)
}

/// What stands before the last word of `text` and up to two with capitals ends with a colon: `Adresse: `.
fn is_announced(text: &[u8]) -> bool {
    let mut text = text;
    for _ in 0..MOST_NAMES {
        if let Some(head) = text.strip_suffix(b" ") {
            text = head;
        }
        if text.last() == Some(&b':') {
            return true;
        }
        let tail = &text[text.len().saturating_sub(LONGEST_WORD)..];
        let Some(blank) = tail.iter().rposition(|byte| parts(*byte)) else {
            return false;
        };
        if !tail.get(blank + 1).is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80) {
            return false;
        }
        text = &text[..text.len() - tail.len() + blank + 1];
    }
    false
}

/// Most words of a name that a label alone makes a street, one more.
const MOST_NAMES: usize = 3;

/// `No: `, `no:`: what announces the number of a house.
fn ends_with_sign(head: &[u8]) -> bool {
    let head = head.strip_suffix(b" ").unwrap_or(head);
    matches!(head, [.., b' ' | b',' | b'.', b'N' | b'n', b'o' | b'O', b':'])
}

/// A word of small letters may stand before the number of an address: a box, a street by its end, what announces a number.
fn may_end_small(word: &[u8]) -> bool {
    BOX_ENDS.has(word)
        || may_be_small(word)
        || [&b"no"[..], b"nr", b"n"].iter().any(|sign| word.eq_ignore_ascii_case(sign))
}

/// A kind of street, or what may stand between it and the last word of its name, may end `text`.
fn may_be_name(text: &[u8]) -> bool {
    let text = &text[text.len().saturating_sub(LONGEST_WORD)..];
    let from = text.iter().rposition(|byte| parts(*byte)).map_or(0, |at| at + 1);
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
    if site.before(number.start) >= 0x80 {
        return cjk::read(site);
    }
    let mut from = number.start.saturating_sub(REACH);
    if from > 0 && !parts(site.byte(from - 1)) {
        // the rest of a word is none
        let cut = site.bytes(from..number.start);
        from += cut.iter().position(|byte| parts(*byte))? + 1;
    }
    let head = site.bytes(from..number.start);
    let sign = NUMBER_SIGNS.iter().find_map(|sign| head.strip_suffix(sign.as_bytes()));
    let head = sign.unwrap_or(head);
    let head = head.strip_suffix(b" ").or_else(|| head.strip_suffix(b"#"))?;
    let head = match head.strip_suffix(b",") {
        // the code of a town
        Some(_) if number.end - number.start > 4 => return None,
        Some(head) => head,
        None => head,
    };
    let (at, prior, reason) = street(head)?;
    if reason == LABELLED && super::is_year(site.bytes(number.start..number.end)) {
        return None;
    }
    let start = from + at;
    let mut cursor = Cursor::new(site.bytes(number.end..number.end + 120));
    let (mut prior, mut sure) = (prior, prior >= KIND);
    if prior < BOX {
        let letter = cursor.house_letter();
        let slash = cursor.house_parts();
        // a name that may be one of a person: the number must be one of a house
        if !sure && (slash && reason == ADJECTIVE || letter && reason == PREPOSITION) {
            (prior, sure) = (0.62, true);
        }
        cursor.flats();
        if reason == DISTRICTS && site.byte(number.end + cursor.at) >= 0x80 {
            return None;
        }
    }
    let town = cursor.town() && reason != LABELLED;
    let end = number.end + cursor.at;
    let goes_on = site.byte(end) == b'.' && site.byte(end + 1).is_ascii_digit();
    let closed = !(goes_on || site.byte(end).is_ascii_alphanumeric());
    closed.then_some(Read {
        start,
        end,
        prior: if town { if sure { 0.92 } else { 0.80 } } else { prior },
        reason,
    })
}

/// How sure a post box is, and a kind of street at least.
const BOX: f32 = 0.90;
const KIND: f32 = 0.60;

const ADJECTIVE: &str = "name of a street and number";
const PREPOSITION: &str = "street with a preposition and number";
const DISTRICTS: &str = "districts, street and number";
const LABELLED: &str = "words with capitals and number";

/// Small words that an Italian `via` stands after.
const PLACING: [&str; 14] = [
    "in",
    "a",
    "da",
    "di",
    "e",
    "è",
    "alla",
    "abito",
    "abita",
    "abitiamo",
    "residente",
    "residenza",
    "indirizzo",
    "sede",
];

/// `the namespace via PEP 420`: no street stands after a small word but after those of place.
fn is_by_way_of(text: &str, at: usize) -> bool {
    let mut words = text[..at].trim_end_matches(' ').rsplit(|c: char| !c.is_alphabetic());
    let before = words.next().unwrap_or_default();
    text[at..].starts_with("via ") && before.starts_with(char::is_lowercase) && !PLACING.contains(&before)
}

/// Where in `head` the street begins that ends it, and how sure it is.
fn street(head: &[u8]) -> Option<(usize, f32, &'static str)> {
    let last = head.last()?;
    // most numbers follow something else: look no further
    if !(last.is_ascii_alphabetic() || *last >= 0x80 || matches!(last, b'.' | b'/')) {
        return None;
    }
    let tail = &head[head.len().saturating_sub(LONGEST_WORD)..];
    let word = tail.iter().rposition(|byte| parts(*byte)).map_or(tail, |at| &tail[at + 1..]);
    let capital = word.first().is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80);
    if !capital && !BOX_ENDS.has(word) && !may_be_small(word) {
        return None;
    }
    // the window may begin inside a character
    let cut = head.iter().take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
    let text = std::str::from_utf8(&head[cut..]).ok()?;
    let bytes = text.as_bytes();
    let mut starts = [0; MOST_WORDS + 1];
    let mut count = 0;
    for (at, begins) in words_back(bytes) {
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
    if AFTER_NAMES.has_folded(word)
        && let Some(at) = names_before(text, starts)
    {
        return Some((cut + at, 0.78, "street and number"));
    }
    if ends_as_street(word) {
        return Some((cut + named_from(text, starts), 0.80, "street and number"));
    }
    if let Some(prior) = small_street(word) {
        return Some((cut + starts[0], prior, "street and number"));
    }
    if let Some(at) = korean(text, starts) {
        return Some((cut + at, 0.80, DISTRICTS));
    }
    // a kind of street at most six words back, and names since
    if let Some(at) = starts.iter().skip(1).find(|at| is_kind(text, **at)) {
        let name = text[*at..].split(' ').skip(1);
        let named =
            name.clone().all(is_in_name) && name.clone().any(|word| word.starts_with(char::is_uppercase));
        let prior = if is_by_way_of(text, *at) { 0.42 } else { 0.78 };
        return named.then_some((cut + at, prior, "street and number"));
    }
    let own = word.starts_with(char::is_uppercase);
    if own && let Some(at) = prepositional(text, starts) {
        return Some((cut + at, 0.42, PREPOSITION));
    }
    let adjective = own && word.chars().count() >= 5 && ADJECTIVES.iter().any(|end| word.ends_with(end));
    if adjective {
        return Some((cut + starts[0], 0.38, ADJECTIVE));
    }
    labelled(text, starts).map(|at| (cut + at, 0.20, LABELLED))
}

/// Where the words with capitals begin that stand after a colon up to the end, three at most: `Adresse: Meir`.
fn labelled(text: &str, starts: &[usize]) -> Option<usize> {
    let mut names = starts.iter().take(MOST_NAMES).take_while(|at| {
        let word = word_at(text, **at);
        word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic) && word.len() > 2
    });
    names.find(|at| text[..**at].ends_with(": ")).copied()
}

/// `am`, `auf der` before the last word: where a German street begins that is called so.
fn prepositional(text: &str, starts: &[usize]) -> Option<usize> {
    let word = text[starts[0]..].trim_end_matches('.');
    if word.len() < 4 || NO_STREETS.has_folded(word) {
        return None;
    }
    let before = *starts.get(1)?;
    let lead = |at: usize| {
        let word = word_at(text, at);
        word.starts_with(|c: char| c.is_ascii_uppercase()).then_some(word)
    };
    if lead(before).is_some_and(|word| WITHOUT_ARTICLE.has(word.as_bytes())) {
        return Some(before);
    }
    let further = *starts.get(2)?;
    let article = ARTICLES.has(word_at(text, before).as_bytes());
    (article && lead(further).is_some_and(|word| PREPOSITIONS.has(word.as_bytes()))).then_some(further)
}

/// Where the names begin that stand before the kind of a street, which is the last word: two at most.
fn names_before(text: &str, starts: &[usize]) -> Option<usize> {
    let name = |at: &&usize| {
        let word = word_at(text, **at);
        word.starts_with(char::is_uppercase) && !word.ends_with(',') && !QUARTERS.has_folded(word)
    };
    starts[1..].iter().take(2).take_while(name).last().copied()
}

/// Streets of Korea, after their districts: `유성구 대학로`.
fn korean(text: &str, starts: &[usize]) -> Option<usize> {
    let word = &text[starts[0]..];
    if !(word.ends_with('로') || word.ends_with('길')) || word.chars().count() < 2 {
        return None;
    }
    let district = |at: &&usize| word_at(text, **at).ends_with(DISTRICT_ENDS) && text[**at..].len() > 3;
    starts[1..].iter().take(4).take_while(district).last().copied()
}

/// How sure a small word is a street: `bahnhofstr.`, `gartenweg`.
fn small_street(word: &str) -> Option<f32> {
    let ends = |kinds: &[&str]| {
        kinds.iter().any(|kind| word.strip_suffix(kind).is_some_and(|name| name.chars().count() >= 3))
    };
    if !word.starts_with(char::is_lowercase) {
        return None;
    }
    if ends(&["str.", "straße", "strasse", "straat"]) {
        return Some(0.72);
    }
    ends(&["weg", "platz", "allee", "gasse", "laan", "gatan", "vägen", "vej", "gade", "plein", "gracht"])
        .then_some(0.44)
}

/// A small word of ASCII may be a street or end its name: by its last letters.
pub(crate) fn may_be_small(word: &[u8]) -> bool {
    const ENDINGS: [&[u8; 3]; 15] = [
        b"weg", b"sse", b"atz", b"lee", b"aat", b"aan", b"tan", b"vej", b"ade", b"ein", b"cht", b"tca",
        b"kak", b"str", b"tr.",
    ];
    let last = word.last_chunk::<3>();
    word.len() >= 4 && last.is_some_and(|last| ENDINGS.contains(&last))
        || matches!(word, b"vej" | b"cad." | b"sok." | b"caddesi")
}

/// Words that are looked at whatever they are: a post box has three.
const MOST_TO_ASK: usize = 3;

/// Signs that no address goes on beyond.
static ENDS: [bool; 256] = byte_table!(byte => matches!(byte, b'\n' | b'\r' | 0x0C | b';' | b':' | b'"' | b'>' | b'(' | b'\t' | b'|'));

/// A word ends there, if another follows.
pub(super) fn parts(byte: u8) -> bool {
    matches!(byte, b' ' | b',') || ENDS[usize::from(byte)]
}

/// What the names of districts of Korea end with.
const DISTRICT_ENDS: [char; 7] = ['시', '군', '구', '읍', '면', '도', '동'];

/// Where words begin, the last first, and whether no address goes on beyond. One that is still to come counts, too.
fn words_back(text: &[u8]) -> impl Iterator<Item = (usize, bool)> + '_ {
    (0..=text.len()).rev().filter_map(|at| {
        // in a row of cells nothing stands behind the comma that ends one
        let cell = at > 1 && text[at - 1] == b',' && text.get(at).is_some_and(|next| *next != b' ');
        let begins = at == 0 || ENDS[usize::from(text[at - 1])] || cell;
        (begins || text[at - 1] == b' ' && text.get(at) != Some(&b' ')).then_some((at, begins))
    })
}

/// What stands from `at` up to a blank.
fn word_at(text: &str, at: usize) -> &str {
    let word = &text[at..];
    &word[..memchr::memchr(b' ', word.as_bytes()).unwrap_or(word.len())]
}

/// A word that can stand in the name of a street: with a capital, or small.
fn is_in_name(word: &str) -> bool {
    let number = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() > 2;
    (word.len() <= 5 || word.starts_with(char::is_uppercase)) && !number && !word.ends_with(',')
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
    let (mut begin, mut taken) = (first, 0);
    for at in starts[1..].iter().take(MOST_WORDS) {
        let word = word_at(text, *at);
        let capital = word.starts_with(char::is_uppercase);
        if capital && FIRST_WORDS.has_folded(word.trim_end_matches('.')) {
            begin = *at;
        } else if alone && capital && taken < 2 {
            (begin, taken) = (*at, taken + 1);
        } else if !AMID.has(word.as_bytes()) {
            break;
        }
    }
    begin
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

/// Heads of names of post boxes, which need no capital.
static BOX_HEADS: WordList =
    WordList::new(&["po", "p.o.", "p.", "apartado", "casella", "caixa", "boîte", "gpo"]);

/// The number of a flat: `7`, `12b`.
pub(super) fn is_unit_number(word: &str) -> bool {
    (1..=4).contains(&word.len())
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Where a street may have begun whose name `text` ends in: after a kind that stands before it, or before one that the
/// text may end in. Streams hold it back.
pub(crate) fn open_at_end(text: &[u8]) -> Option<usize> {
    let from = text.len().saturating_sub(REACH);
    let cut = text[from..].iter().take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
    let from = from + cut;
    let text = std::str::from_utf8(&text[from..]).ok()?;
    let bytes = text.as_bytes();
    let (mut found, mut count, mut kind_begun) = (None, 0, false);
    for (at, begins) in words_back(bytes) {
        let word = word_at(text, at);
        let capital = word.starts_with(char::is_uppercase);
        if count == 0 {
            kind_begun = may_become_kind(word);
        }
        let names = kind_begun && (1..=2).contains(&count) && capital;
        let district = count > 0 && word.ends_with(DISTRICT_ENDS);
        let leads = !word.is_empty()
            && (is_kind(text, at)
                || capital
                    && (PREPOSITIONS.has(word.as_bytes())
                        || FIRST_WORDS.has_folded(word.trim_end_matches('.')))
                || BOX_HEADS.has_folded(word)
                || UNITS.has(word.as_bytes()));
        // what a label alone may make one
        let announced = capital && count <= MOST_NAMES && text[..at].ends_with(": ");
        let numbered = count <= 1 && is_unit_number(word.trim_end_matches(','));
        if names || district || leads || announced {
            found = Some(from + at);
        }
        count += 1;
        let goes_on = count == 1 || word.is_empty() || is_in_name(word) || leads || district || numbered;
        if begins || !goes_on || count > MOST_WORDS + 1 {
            break;
        }
    }
    found
}

/// The word, which may go on, may be the kind of a street after its name.
fn may_become_kind(word: &str) -> bool {
    let word = word.strip_suffix(',').unwrap_or(word);
    word.is_empty() || word.len() <= LONGEST_KIND && AFTER_NAMES.begins_folded(word)
}

/// Longest kind of a street after its name.
const LONGEST_KIND: usize = 20;
