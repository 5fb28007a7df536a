//! Passwords told in a sentence: "the admin password is …", "das Passwort lautet …".

use super::assignment::{VALUE, is_passphrase, weigh};
use super::code;
use super::looks::Looks;
use super::names::{self, Promise};
use crate::byte_table::byte_table;
use crate::detector::Match;
use crate::site::{Site, asks, said};
use crate::word_list::WordList;

/// Small words between `password` and its value.
static SPOKEN: WordList = WordList::new(&[
    "is",
    "was",
    "to",
    "ist",
    "lautet",
    "war",
    "es",
    "est",
    "è",
    "é",
    "jest",
    "era",
    "=",
    ":",
    "->",
    "=>",
    "är",
    "er",
    "on",
    "это",
    "—",
    "-",
    "je",
    "c'est",
    "c’est",
    "it's",
    "its",
    "este",
    "jesť",
    "être",
    "sera",
    "será",
    "sarà",
    "wordt",
    "luidt",
    "lyder",
    "blir",
    "bliver",
    "oli",
    "è:",
    "είναι",
    "ήταν",
    "це",
    "é:",
    "adalah",
    "là",
    "هي",
    "هو",
    "היא",
    "הוא",
    "है",
    "คือ",
    "az:",
    "fue",
    "foi",
    "fu",
]);
/// Small words that may stand between `is` and the value.
static ADVERBS: WordList = WordList::new(&[
    "actually",
    "currently",
    "still",
    "now",
    "just",
    "simply",
    "again",
    "aktuell",
    "jetzt",
    "momentan",
    "gerade",
    "noch",
    "maintenant",
    "toujours",
    "ahora",
    "actualmente",
    "ora",
    "adesso",
    "ancora",
    "agora",
    "nu",
    "nog",
    "teraz",
    "obecnie",
    "teď",
    "nyní",
    "pořád",
    "most",
    "acum",
    "nå",
    "fortfarande",
    "muuten",
    "nyt",
    "şimdi",
    "теперь",
    "сейчас",
    "зараз",
]);
/// Words that lead from `changed` to what it was changed to: what follows must look like a password.
static CHANGED: WordList =
    WordList::new(&["auf", "til", "op", "na", "till", "à", "en", "su", "per", "prøv", "try"]);
/// Signs of code and paths.
const OF_CODE: [char; 14] = ['/', '`', ':', '_', '(', ')', '[', ']', '{', '}', '<', '>', '=', '\\'];
/// Longer than any of those, and bytes of marks that may stand round a value.
const LONGEST_SMALL: usize = 24;
const MARKS: usize = 9;
/// Most words between `password` and `is`: for the staging box.
const MOST_WORDS: usize = 9;

/// What ends words that are looked for together with it.
const TOLD: &[u8] = b" is ";

/// "The admin password is …": the value after a word that says so, on its line or in the answer to its question.
pub(super) fn judge(site: &Site) -> Option<Match> {
    told(site).or_else(|| answered(site))
}

/// `what was the wifi password?` and on the next line `Ann: …`, with the time before the name or not.
fn answered(site: &Site) -> Option<Match> {
    let after = site.anchor().end;
    let text = site.bytes(after..after + 160);
    let end = memchr::memchr(b'\n', text).filter(|end| asks(&text[..*end]))? + 1;
    let line = &text[end..];
    let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
    // the window may end inside a character
    let line = std::str::from_utf8(line)
        .or_else(|cut| std::str::from_utf8(&line[..cut.valid_up_to()]))
        .unwrap_or_default();
    let answer = said(line);
    let start = line.len() - answer.len();
    let word = answer.split(' ').next()?;
    let mixed = Looks::of(word.as_bytes()).kinds() >= 3;
    let found = spoken_value(site, after + end + start, word, mixed)?;
    // a case or an order: `Case-20240611-77`
    let value = site.bytes(found.span.clone());
    let numbered = value.contains(&b'-')
        && Looks::of(value).symbols == 0
        && !(is_passphrase(value) || is_long_number(value));
    (!numbered).then_some(found)
}

/// The value on the line of the word.
fn told(site: &Site) -> Option<Match> {
    let word = site.bytes(site.anchor().start..site.anchor().end);
    let told = word.ends_with(TOLD);
    // only some keys are typed in by people
    if told
        && word.starts_with(b" key")
        && !names::is_typed(site.bytes(site.anchor().start.saturating_sub(16)..site.anchor().start))
    {
        return None;
    }
    // a word with the blank behind it is whole
    let after = site.anchor().end - if told { TOLD.len() } else { usize::from(word.ends_with(b" ")) };
    let line = site.bytes(after..after + 160);
    let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
    // what is left of the word itself
    let tail = line.iter().position(|byte| !LETTERS[usize::from(*byte)]).unwrap_or(line.len());
    // letters of other scripts to the end: nothing is told
    if tail == line.len() && line.last().is_some_and(|last| *last >= 0x80) {
        return None;
    }
    match line.get(tail..).unwrap_or_default() {
        [b'>', ..] | [b'"' | b'\'', b'>', ..] => return code::element(site, after + tail, &line[tail..]),
        [b'"' | b'\'', b',', ..] => return code::after_name(site, after + tail, &line[tail..]),
        _ => {}
    }
    // `password=` and `password_hash` are for the other rule, or for none
    if !line[tail..].starts_with(b" ") && !line[..tail].iter().any(|byte| *byte >= 0x80) {
        return None;
    }
    let mut said = cjk_copula(&line[..tail]) || word.ends_with(b": ");
    let mut at = if said {
        line[..tail].iter().rposition(|byte| *byte >= 0x80).map_or(tail, |last| last + 1)
    } else {
        tail
    };
    let mut changed = false;
    for _ in 0..=MOST_WORDS {
        at += line[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let len = line[at..].iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(line.len() - at);
        let word = &line[at..at + len];
        // neither a small word nor, with letters of other scripts within, a value
        if len > LONGEST_SMALL && !word[MARKS..len - MARKS].is_ascii() {
            return None;
        }
        let word = std::str::from_utf8(word).ok()?;
        if word.is_empty() {
            return None;
        }
        // an opening quote that a blank follows
        if said && matches!(word, "«" | "»" | "„" | "“" | "\"" | "'" | "`") {
            at += len;
            continue;
        }
        if SPOKEN.has_folded(word.trim_end_matches(':')) {
            said = true;
        } else if said || word.bytes().any(|byte| byte.is_ascii_digit()) {
            // programs pass arguments
            let code =
                site.bytes(site.anchor().start..site.anchor().end) == b" pass " && word.contains(OF_CODE);
            if !said && code {
                return None;
            }
            let found = spoken_value(site, after + at, word, said || changed);
            // `is actually …`
            if found.is_some() || !(said && ADVERBS.has_folded(word)) {
                return found;
            }
        } else if word.chars().count() > 12 || word.ends_with(['.', '!', ';']) {
            return None;
        }
        changed = CHANGED.has_folded(word);
        at += len;
    }
    None
}

/// `是`, `は`, `은` and full-width colons stand right after the word.
fn cjk_copula(tail: &[u8]) -> bool {
    let mut parts = tail.windows(3).filter(|part| part[0] >= 0xE3);
    parts.any(|part| part.first_chunk().is_some_and(|part| COPULAS.contains(part)))
}

const COPULAS: [[u8; 3]; 6] =
    [letter("是"), letter("为"), letter("は"), letter("："), letter("는"), letter("은")];

const fn letter(letter: &str) -> [u8; 3] {
    match letter.as_bytes() {
        [a, b, c] => [*a, *b, *c],
        _ => panic!("a letter of three bytes"),
    }
}

/// Letters of ASCII, and bytes outside.
static LETTERS: [bool; 256] = byte_table!(byte => byte.is_ascii_alphabetic() || byte >= 0x80);

/// Where a sentence ends that is a string of JSON without blanks behind it: `…","next":1}`.
fn string_end(text: &[u8]) -> Option<usize> {
    let end = memchr::memchr_iter(b'"', text)
        .find(|at| text.get(at + 1).is_none_or(|next| b",}]:".contains(next)))?;
    Some(if text[..end].ends_with(b"\\") { end - 1 } else { end })
}

/// Quotes and marks that end a value wherever they stand.
const CLOSING: [char; 11] = ['”', '“', '’', '»', '«', '」', '』', '。', '、', '，', '）'];

/// Letters and digits that take turns three times or more, as in no word.
fn is_mixed(value: &[u8]) -> bool {
    let turns = value.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
    value.len() >= 8 && value.iter().all(u8::is_ascii_alphanumeric) && turns >= 3
}

/// More digits than those of any number that people tell each other.
fn is_long_number(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    digits >= 16 && value.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-')
}

fn spoken_value(site: &Site, start: usize, word: &str, said: bool) -> Option<Match> {
    let trimmed = word
        .trim_start_matches(['"', '\'', '`', '(', '\u{201c}', '«', '*', '„', '‚', '‘', '»', '「', '『', '“']);
    let start = start + word.len() - trimmed.len();
    let trimmed = &trimmed[..trimmed.find(CLOSING).unwrap_or(trimmed.len())];
    let trimmed = &trimmed[..string_end(trimmed.as_bytes()).unwrap_or(trimmed.len())];
    let value =
        trimmed.trim_end_matches(['"', '\'', '`', ',', '.', ';', ')', '?', ':', '\u{201d}', '»', '*']);
    if !VALUE.contains(&value.len()) || !value.is_ascii() || value.contains("://") {
        return None;
    }
    let found = weigh(site, Promise::Password, start, start + value.len(), false)?;
    // without a verb between the two only what nobody says is a password
    let value = value.as_bytes();
    (said
        || Looks::of(value).are_unsaid()
        || is_passphrase(value)
        || is_long_number(value)
        || is_mixed(value))
    .then_some(found)
}
