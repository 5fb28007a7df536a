//! Moves a date by the session's number of days and writes it as it was written.
//! Every date of a session moves alike, so the time between two stays what it was.

use super::keyed::Keyed;
use crate::dates::{self, Date, Found, LANGUAGES, MONTHS};

/// Dates move by no fewer and no more days than these, to either side.
const LEAST: u32 = 31;
const MOST: u32 = 365;

/// `plain`, a date, moved; nothing if its parts cannot be told apart.
pub(super) fn shift(keyed: &Keyed, plain: &str) -> Option<String> {
    // no century to guess: a two-digit year was written by someone alive
    let today = Date { year: 2099, month: 12, day: 31 };
    let at = plain.find(|c: char| c.is_ascii_digit())?;
    let found = dates::read(plain.as_bytes(), at, today)?;
    let mut draw = keyed.draw("dates", "", "", 0);
    let days = i64::from(LEAST + draw.below(MOST - LEAST + 1)) * if draw.below(2) == 0 { 1 } else { -1 };
    let moved = civil(ordinal(found.date) + days)?;
    if found.bare { Some(compact(plain, &found, moved)) } else { written(plain, found.date, moved) }
}

/// Eight digits, year first or last.
fn compact(plain: &str, found: &Found, moved: Date) -> String {
    let year_first = plain[found.span.clone()].starts_with(&format!("{:04}", found.date.year));
    let (year, month, day) = (moved.year, moved.month, moved.day);
    let digits = if year_first {
        format!("{year:04}{month:02}{day:02}")
    } else {
        format!("{month:02}{day:02}{year:04}")
    };
    format!("{}{digits}{}", &plain[..found.span.start], &plain[found.span.end..])
}

/// Puts the parts of `moved` where those of `date` stand.
fn written(plain: &str, date: Date, moved: Date) -> Option<String> {
    let words = words(plain);
    let numbers: Vec<&str> = words.iter().copied().filter(|word| is_number(word)).collect();
    let named = words.iter().position(|word| month_of(word, date.month).is_some());
    let named = named.filter(|_| numbers.len() < 3);
    let roles = roles(&numbers, date, named.is_some())?;
    let padded = !numbers.iter().any(|number| number.len() == 1);
    let mut next = 0;
    let mut out = String::with_capacity(plain.len() + 8);
    for (n, word) in words.iter().enumerate() {
        if is_number(word) {
            // what follows the date, such as a time, stays
            match roles.get(next) {
                Some(Role::Year) if word.len() == 2 => {
                    out.push_str(&format!("{:02}", moved.year.rem_euclid(100)))
                }
                Some(Role::Year) => out.push_str(&moved.year.to_string()),
                Some(Role::Month) => push(&mut out, moved.month, padded),
                Some(Role::Day) => push(&mut out, moved.day, padded),
                None => out.push_str(word),
            }
            next += 1;
        } else if named == Some(n) {
            out.push_str(&named_alike(word, date.month, moved.month)?);
        } else {
            out.push_str(word);
        }
    }
    Some(out)
}

fn push(out: &mut String, number: u8, padded: bool) {
    if padded && number < 10 {
        out.push('0');
    }
    out.push_str(&number.to_string());
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Year,
    Month,
    Day,
}

/// What each number is.
fn roles(numbers: &[&str], date: Date, named: bool) -> Option<Vec<Role>> {
    use Role::{Day, Month, Year};
    let orders: &[&[Role]] = if named {
        &[&[Day, Year], &[Year, Day]]
    } else {
        &[&[Year, Month, Day], &[Month, Day, Year], &[Day, Month, Year]]
    };
    let fits = |role: Role, number: &str| {
        let value: Option<u16> = number.parse().ok();
        let expected = match role {
            Year if number.len() == 4 => date.year,
            Year if number.len() == 2 => date.year.rem_euclid(100),
            Year => return false,
            Month => i16::from(date.month),
            Day => i16::from(date.day),
        };
        value == u16::try_from(expected).ok() && (role == Year || number.len() <= 2)
    };
    let order = orders.iter().find(|order| {
        numbers.len() >= order.len() && order.iter().zip(numbers).all(|(role, number)| fits(*role, number))
    })?;
    Some(order.to_vec())
}

/// `text` in words, numbers and what lies between.
fn words(text: &str) -> Vec<&str> {
    let class = |c: char| {
        if c.is_ascii_digit() {
            0
        } else if c.is_alphabetic() {
            1
        } else {
            2
        }
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        let end = chars.peek().map_or(text.len(), |(at, _)| *at);
        if chars.peek().is_none_or(|(_, next)| class(*next) != class(c)) {
            words.push(&text[start..end]);
            start = end;
        }
    }
    words
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The language in which `word` names `month`, in full or for short.
fn month_of(word: &str, month: u8) -> Option<usize> {
    let word = word.to_lowercase();
    (word.chars().count() >= 3).then(|| names(month).position(|name| name.starts_with(&word)))?
}

/// The name of `month` in each language.
fn names(month: u8) -> impl Iterator<Item = &'static str> {
    MONTHS[usize::from(month) - 1].split(' ').take(LANGUAGES)
}

/// The name of `to` in the language, length and case of `word`, which names `from`.
fn named_alike(word: &str, from: u8, to: u8) -> Option<String> {
    let language = month_of(word, from)?;
    let full = names(from).nth(language)?.chars().count() == word.chars().count();
    let name = names(to).nth(language)?;
    let short: String =
        if full { name.to_owned() } else { name.chars().take(word.chars().count()).collect() };
    let mut letters = word.chars();
    let first_is_capital = letters.next().is_some_and(char::is_uppercase);
    if first_is_capital && letters.clone().next().is_some() && letters.all(char::is_uppercase) {
        return Some(short.to_uppercase());
    }
    let mut chars = short.chars();
    let first = chars.next()?;
    Some(if first_is_capital { first.to_uppercase().chain(chars).collect() } else { short })
}

/// Days since 1 March of the year 0 of the Gregorian calendar. Years begin in March, so a leap day ends one.
fn ordinal(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month), i64::from(date.day));
    let year = i64::from(date.year) - i64::from(month <= 2);
    let (century, rest) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    century * 146_097 + rest * 365 + rest / 4 - rest / 100 + day_of_year
}

/// The day that lies so many days after 1 March of the year 0.
fn civil(days: i64) -> Option<Date> {
    let (century, rest) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (rest - rest / 1460 + rest / 36_524 - rest / 146_096) / 365;
    let day_of_year = rest - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = century * 400 + year + i64::from(month <= 2);
    Date::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_there_and_back() {
        let first = ordinal(Date { year: 1899, month: 12, day: 31 });
        let mut before = civil(first).expect("a day of the calendar");
        for days in first + 1..first + 80_000 {
            let day = civil(days).expect("a day of the calendar");
            assert!(day > before && ordinal(day) == days, "{before:?} {day:?}");
            before = day;
        }
    }

    #[test]
    fn a_moved_date_is_written_like_the_first() {
        let keyed = Keyed::new([3; 32]);
        let numbers = |text: &str| {
            words(text)
                .iter()
                .map(|word| if is_number(word) { "0".to_owned() } else { (*word).to_owned() })
                .collect::<String>()
        };
        let today = Date { year: 2099, month: 12, day: 31 };
        let read = |text: &str| {
            dates::read(text.as_bytes(), text.find(|c: char| c.is_ascii_digit()).expect("digits"), today)
                .expect("a date")
                .date
        };
        let mut moves = Vec::new();
        for text in [
            "1980-03-02",
            "03/22/1980",
            "25.12.1980",
            "3.4.80",
            "19800302",
            "2 March 1980",
            "March 2nd, 1980",
            "2. März 1980",
            "3 avril 1980",
            "3 de abril de 1980",
            "02-Mar-1980",
            "2 MAR 1980",
            "1980年3月2日",
            "3 апреля 1980",
        ] {
            let moved = shift(&keyed, text).unwrap_or_else(|| panic!("{text} cannot be moved"));
            assert_ne!(moved, text);
            if text.is_ascii() && !text.contains(|c: char| c.is_ascii_alphabetic()) {
                assert_eq!(numbers(&moved), numbers(text), "{text} became {moved}");
            }
            moves.push(ordinal(read(&moved)) - ordinal(read(text)));
        }
        moves.dedup();
        assert_eq!(moves.len(), 1, "all dates of a session move alike: {moves:?}");
    }
}
