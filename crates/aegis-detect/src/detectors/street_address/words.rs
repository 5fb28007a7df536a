//! Reads the words of an address after its number.
//! Called by the street address detector. Invariant: reads forward only, within the text it was given.

use super::kinds::{
    BEFORE_NAME, COMMON, DIRECTIONS, FLATS, MEASURES, NO_NAMES, NUMBERED_ROADS, PARTICLES, PLAIN, PROSE,
    ROAD_OWNERS, SHORT, SIDES, STATES, UNITS,
};

/// How sure the kind of a street makes an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suffix {
    /// It is hardly anything else.
    Plain,
    /// It is an everyday word too.
    Common,
}

/// A street as English names it.
pub(super) struct English {
    pub(super) suffix: Suffix,
    /// In small letters.
    pub(super) small: bool,
    /// A short form that is hardly anything else.
    pub(super) short: bool,
    /// A direction stands before the name.
    pub(super) directed: bool,
}

/// Longest word of an address.
const LONGEST: usize = 24;

pub(super) struct Cursor<'a> {
    text: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Cursor { text, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        &self.text[self.at.min(self.text.len())..]
    }

    /// Steps over `what` if it is next.
    pub(super) fn skip(&mut self, what: &[u8]) -> bool {
        let is = self.rest().starts_with(what);
        self.at += if is { what.len() } else { 0 };
        is
    }

    /// The next word; nothing if it is too long for an address, or cut by the end of the window.
    fn peek(&self) -> &'a [u8] {
        let rest = self.rest();
        let letter = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte >= 0x80;
        let len = rest.iter().take(LONGEST).take_while(letter).count();
        let word = &rest[..len];
        let whole = len < LONGEST && (word.is_ascii() || std::str::from_utf8(word).is_ok());
        if whole { &rest[..len] } else { &[] }
    }

    /// A letter or `bis`, `ter` after the number of a house.
    pub(super) fn house_letter(&mut self) -> bool {
        let from = self.at;
        let word = self.peek();
        if word.len() == 1 && word[0].is_ascii_alphabetic() {
            self.at += 1;
        } else if let Some(word) =
            [&b" bis"[..], b" ter", b" quater"].iter().find(|word| self.rest().starts_with(word))
        {
            self.at += word.len();
        }
        self.at > from
    }

    /// What stands at the end of a number of a house: `/20`, `-2`, ` A`. Says whether it was `/` and digits.
    pub(super) fn house_parts(&mut self) -> bool {
        let rest = self.rest();
        let sign = rest.first().copied().unwrap_or(0);
        let goes_on = |at: usize| {
            rest.get(at)
                .is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'/' | b'-' | b'_'))
                || rest.get(at) == Some(&b'.') && rest.get(at + 1).is_some_and(u8::is_ascii_digit)
        };
        if matches!(sign, b'/' | b'-') {
            let digits = rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let letter = usize::from(rest.get(1 + digits).is_some_and(u8::is_ascii_alphabetic));
            let end = 1 + digits + letter;
            if (1..=3).contains(&digits) && !goes_on(end) {
                self.at += end;
                return sign == b'/';
            }
        }
        // `21/A`, `13-II`
        if matches!(sign, b'/' | b'-') {
            let letters = rest[1..].iter().take_while(|byte| byte.is_ascii_uppercase()).count();
            let roman = letters <= 4 && rest[1..=letters].iter().all(|byte| b"IVX".contains(byte));
            if letters > 0 && (letters == 1 || roman) && !goes_on(1 + letters) {
                self.at += 1 + letters;
            }
            return false;
        }
        // `12 hs`: on the ground floor
        if rest.starts_with(b" hs") && !goes_on(3) {
            self.at += 3;
            return false;
        }
        // `107 A`, before the end of a line or a sign
        if sign == b' '
            && rest.get(1).is_some_and(u8::is_ascii_uppercase)
            && rest.get(2).is_none_or(|next| matches!(next, b',' | b'.' | b';' | b'\n' | b')'))
        {
            self.at += 2;
        }
        false
    }

    /// Flats, floors and blocks as many languages write them: ` m. 16`, ` D: 1`, `, кв. 275`, `, 3.º A`, `, r/c Dto`.
    pub(super) fn flats(&mut self) {
        for _ in 0..3 {
            if !(self.flat() || self.storey()) {
                break;
            }
        }
    }

    /// The name of a part of a house and its number.
    fn flat(&mut self) -> bool {
        let from = self.at;
        let gap = self.skip(b", ") || self.skip(b" ");
        let word = self.peek();
        let named =
            gap && !word.is_empty() && FLATS.has_folded(std::str::from_utf8(word).unwrap_or_default());
        let number = named && {
            self.at += word.len();
            let sign = self.skip(b".") || self.skip(b":");
            let gap = self.skip(b" ");
            let number = self.peek();
            let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let lone = digits == 0 && number.len() == 1 && number[0].is_ascii_uppercase();
            let fits = (1..=4).contains(&digits) && number.len() <= digits + 1 || lone;
            self.at += number.len();
            (sign || gap) && fits
        };
        self.at = if number { self.at } else { from };
        number
    }

    /// `, 3.º A`, `, 2º Esq.`, `, r/c Dto`: a floor and its side.
    fn storey(&mut self) -> bool {
        let from = self.at;
        let gap = self.skip(b", ") || self.skip(b" ");
        let rest = self.rest();
        let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        let ground = self.skip(b"r/c") || self.skip(b"R/C") || self.skip(b"bajo");
        let floor = !ground && (1..=2).contains(&digits) && {
            self.at += digits;
            self.skip(b".");
            ["º", "ª", "°"].iter().any(|sign| self.skip(sign.as_bytes()))
        };
        if !(gap && (ground || floor)) {
            self.at = from;
            return false;
        }
        let end = self.at;
        let word = if self.skip(b" ") { self.peek() } else { &[] };
        let side = word.len() == 1 && word[0].is_ascii_uppercase() || SIDES.has(word);
        let door = word.len() == 1 && word[0].is_ascii_digit();
        if side {
            self.at += word.len();
            if word.len() > 1 {
                let _ = self.skip(b".") || self.skip("º".as_bytes());
            }
        } else if door && self.rest()[1..].starts_with("ª".as_bytes()) {
            self.at += 1 + "ª".len();
        } else {
            self.at = end;
        }
        true
    }

    /// `Maple Street`, `N. 42nd St`, `Martin Luther King Jr Blvd`: up to five words and a kind of street.
    pub(super) fn english_street(&mut self) -> Option<English> {
        if self.numbered_road() {
            return Some(English { suffix: Suffix::Common, small: false, short: false, directed: false });
        }
        let (mut small, mut directed) = (false, false);
        for count in 0..6 {
            let word = self.peek();
            let capital = word.first().is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80);
            let ordinal = word.first().is_some_and(u8::is_ascii_digit)
                && word.last().is_some_and(u8::is_ascii_lowercase);
            let named = count < 5 && word.iter().all(u8::is_ascii_lowercase) && !NO_NAMES.has(word);
            if word.is_empty() || !(capital || ordinal || named) {
                return None;
            }
            if count == 0 && MEASURES.has(word) {
                return None;
            }
            small |= !(capital || ordinal);
            directed |= count == 0 && DIRECTIONS.has(word);
            let kind = Self::suffix(word).filter(|_| count > usize::from(directed));
            self.at += word.len();
            if let Some(suffix) = kind {
                // a longer name may go on: `Park Avenue`, `Court Street`
                let ahead = Cursor { text: self.text, at: self.at + 1 };
                let next = ahead.peek();
                let more = self.rest().starts_with(b" ")
                    && next.first().is_some_and(|first| first.is_ascii_uppercase() || small)
                    && Self::suffix(next).is_some()
                    && !UNITS.has(next);
                if !more {
                    if self.rest().starts_with(b".") && word.len() <= 4 && !self.ends_sentence() {
                        self.at += 1;
                    }
                    return Some(English { suffix, small, short: SHORT.has(word), directed });
                }
            }
            self.skip(b".");
            // `St. Swithun's Close`, `O'Connell Street`
            let _ = capital && (self.skip(b"'s") || self.skip("’s".as_bytes()));
            if word == b"O" && (self.skip(b"'") || self.skip("’".as_bytes())) {
                continue;
            }
            if !self.skip(b" ") && !self.skip(b"-") {
                return None;
            }
        }
        None
    }

    /// `County Road 412`, `Route 9W`, `US Highway 41`: a road that is called by a number.
    fn numbered_road(&mut self) -> bool {
        let from = self.at;
        let mut word = self.peek();
        let owner = ROAD_OWNERS.has(word);
        if owner {
            self.at += word.len();
            self.skip(b".");
            self.skip(b" ");
            word = self.peek();
        }
        let road = NUMBERED_ROADS.has(word) || owner && (word == b"Road" || word == b"Rd");
        let called = road && word[0].is_ascii_uppercase() && {
            self.at += word.len();
            self.skip(b".");
            let _ = self.skip(b" ") || self.skip(b"-");
            let number = self.peek();
            let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let fits = (1..=4).contains(&digits)
                && (number.len() == digits
                    || number.len() == digits + 1 && number[digits].is_ascii_uppercase());
            self.at += number.len();
            fits
        };
        self.at = if called { self.at } else { from };
        called
    }

    /// The full stop here is followed by nothing of an address.
    fn ends_sentence(&self) -> bool {
        !(self.rest().starts_with(b".,")
            || self.rest().starts_with(b". #")
            || self.rest().get(2).is_some_and(|next| next.is_ascii_digit()))
    }

    pub(super) fn suffix(word: &[u8]) -> Option<Suffix> {
        if PLAIN.has(word) {
            return Some(Suffix::Plain);
        }
        COMMON.has(word).then_some(Suffix::Common)
    }

    /// `NW`, `South` after a street.
    pub(super) fn direction(&mut self) -> bool {
        let from = self.at;
        let found = self.skip(b" ") && DIRECTIONS.has(self.peek()) && self.peek()[0].is_ascii_uppercase();
        self.at = if found { self.at + self.peek().len() } else { from };
        found
    }

    /// `, Apt 26`, ` #4B`, `, Suite 200`.
    pub(super) fn unit(&mut self) -> bool {
        let from = self.at;
        let _ = self.skip(b", ") || self.skip(b" ") || self.skip(b",");
        let sign = self.skip(b"#");
        let word = self.peek();
        if !sign && UNITS.has(word) {
            self.at += word.len();
            self.skip(b".");
            let _ = self.skip(b" #") || self.skip(b" ") || self.skip(b"#");
        } else if !sign {
            self.at = from;
            return false;
        }
        let number = self.peek();
        let fits =
            (1..=6).contains(&number.len()) && (number.iter().any(u8::is_ascii_digit) || number.len() == 1);
        if !fits {
            self.at = from;
            return false;
        }
        self.at += number.len();
        if self.rest().starts_with(b"-") && self.rest().get(1).is_some_and(u8::is_ascii_alphanumeric) {
            self.at += 1 + Cursor { text: self.text, at: self.at + 1 }.peek().len();
        }
        true
    }

    /// `, Denver, CO 80202`, `, 10969 Berlin`: a town with its code.
    pub(super) fn town(&mut self) -> bool {
        let from = self.at;
        let found = (self.skip(b", ") || self.skip(b",\n") || self.skip(b"\n") || self.skip(b" "))
            && (self.american_town() || self.european_town());
        if !found {
            self.at = from;
        }
        found
    }

    fn american_town(&mut self) -> bool {
        let from = self.at;
        for _ in 0..4 {
            let word = self.peek();
            if !word.first().is_some_and(u8::is_ascii_uppercase) {
                break;
            }
            self.at += word.len();
            self.skip(b".");
            let comma = self.skip(b", ") || self.skip(b",");
            if !comma && !self.skip(b" ") {
                break;
            }
            let state = self.peek();
            if state.len() == 2 && STATES.as_bytes().chunks(3).any(|known| &known[..2] == state) {
                self.at += 2;
                let code = self.skip(b" ") && self.digits(5);
                if code
                    && self.rest().starts_with(b"-")
                    && self.rest().get(1..5).is_some_and(|more| more.iter().all(u8::is_ascii_digit))
                {
                    self.at += 5;
                }
                if code {
                    return true;
                }
                break;
            }
        }
        self.at = from;
        false
    }

    /// Exactly so many digits.
    fn digits(&mut self, count: usize) -> bool {
        let len = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += if len == count { len } else { 0 };
        len == count
    }

    /// Four or five digits and a name with a capital.
    fn european_town(&mut self) -> bool {
        let from = self.at;
        let code = self.digits(5) || self.digits(4);
        let name = code
            && self.skip(b" ")
            && self.peek().first().is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80);
        if !name {
            self.at = from;
            return false;
        }
        let name = self.peek();
        if name.iter().any(u8::is_ascii_digit) {
            self.at = from;
            return false;
        }
        self.at += name.len();
        true
    }

    /// `rue de la Paix`, `avenue Victor-Hugo`: returns where it ends.
    pub(super) fn romance_street(&mut self) -> Option<usize> {
        let kind = self.peek();
        if !BEFORE_NAME.has(kind) {
            return None;
        }
        let small = kind[0].is_ascii_lowercase();
        self.at += kind.len();
        self.skip(b".");
        let (mut end, mut named, mut particle) = (0, false, false);
        for _ in 0..7 {
            if !(self.skip(b" ") || self.skip(b"-") || self.skip(b"'") || self.skip("’".as_bytes())) {
                break;
            }
            let word = self.peek();
            let capital = word.first().is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80);
            if capital {
                (end, named) = (self.at + word.len(), true);
            } else if PARTICLES.has(word) {
                particle = true;
            } else {
                break;
            }
            self.at += word.len();
        }
        // `5 Place Names` is no street: a capital on the kind needs a small word after it
        (named && (small || particle)).then_some(end)
    }

    /// A word with a capital follows.
    pub(super) fn goes_on_with_name(&self) -> bool {
        let next = Cursor { text: self.text, at: self.at + 1 };
        self.rest().starts_with(b" ") && next.peek().first().is_some_and(u8::is_ascii_uppercase)
    }

    /// What follows makes it a phrase: `10 Best Way to`.
    pub(super) fn goes_on_as_prose(&mut self) -> bool {
        let next = Cursor { text: self.text, at: self.at + 1 };
        self.rest().starts_with(b" ")
            && (PROSE.has(next.peek()) || next.peek().first().is_some_and(u8::is_ascii_uppercase))
    }
}
