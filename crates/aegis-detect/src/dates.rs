//! Reads calendar dates as people write them, in the languages of Europe and in East Asian form.
//! Called by the date-of-birth detector, and by others to tell a date from a number.
//! Invariant: what is returned is a real day of the Gregorian calendar.

use crate::word_list::small;
use crate::work;
use std::ops::Range;
use std::sync::LazyLock;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    pub(crate) year: i16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl Date {
    /// The day, if the calendar has it.
    pub(crate) fn new(year: i16, month: u8, day: u8) -> Option<Date> {
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Date { year, month, day })
    }
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) date: Date,
    pub(crate) span: Range<usize>,
    /// Eight bare digits.
    pub(crate) bare: bool,
}

/// Reads the date whose first digits begin at `at` in `text`. A month's name may stand before them.
pub(crate) fn read(text: &[u8], at: usize, today: Date) -> Option<Found> {
    work::done(1);
    let cursor = Cursor { text, today };
    let (first, after) = cursor.number(at)?;
    // most numbers stand beside nothing a date is made of
    let letter = |byte: Option<&u8>| byte.is_some_and(|byte| is_letter(*byte));
    let month_before =
        at > 1 && (letter(text.get(at - 2)) || text[at - 2] == b'.') || at > 0 && text[at - 1] >= 0x80;
    let beside = match text.get(after) {
        Some(b' ') => letter(text.get(after + 1)),
        Some(next) => matches!(next, b'-' | b'/' | b'.') || *next == 0xC2 || is_letter(*next),
        None => false,
    };
    if !(month_before || beside || after - at == 8) {
        return None;
    }
    let next = text.get(after).copied().unwrap_or(0);
    if next >= 0xE0
        && let Some(found) = cursor.east_asian(at, first, after)
    {
        return Some(found);
    }
    if month_before && let Some(found) = cursor.month_before(at, first, after) {
        return Some(found);
    }
    if beside
        && let Some(found) =
            cursor.month_after(at, first, after).or_else(|| cursor.year_first(at, first, after))
    {
        return Some(found);
    }
    cursor.numeric(at, first, after).or_else(|| cursor.bare(at, after))
}

/// Says whether `text` ends with what can be a month's name, such as may stand before a date's first digits.
/// Returns where it begins.
pub(crate) fn month_at_end(text: &[u8]) -> Option<usize> {
    let head =
        text.strip_suffix(b". ").or_else(|| text.strip_suffix(b" ")).or_else(|| text.strip_suffix(b"-"))?;
    let start = month_start(head);
    let cursor = Cursor { text: head, today: Date { year: 0, month: 1, day: 1 } };
    (cursor.month_end(start)? == head.len()).then_some(())?;
    cursor.month(start..head.len()).map(|_| start)
}

/// Where the word that ends `head` begins, if it is short enough for a month.
fn month_start(head: &[u8]) -> usize {
    head.len() - head.iter().rev().take(MAX_MONTH).take_while(|&&byte| is_letter(byte)).count()
}

/// Bytes of the longest month's name, and some.
const MAX_MONTH: usize = 24;

/// A number and how many digits it was written with.
#[derive(Clone, Copy)]
struct Number {
    value: u32,
    len: usize,
}

impl Number {
    fn is_day(self) -> bool {
        self.len <= 2 && (1..=31).contains(&self.value)
    }
    fn is_year(self) -> bool {
        self.len == 4 || self.len == 2
    }
}

#[derive(Clone, Copy)]
struct Cursor<'a> {
    text: &'a [u8],
    today: Date,
}

impl Cursor<'_> {
    fn rest(&self, at: usize) -> &[u8] {
        self.text.get(at..).unwrap_or_default()
    }

    /// The number at `at`, of at most eight digits, and where it ends.
    fn number(&self, at: usize) -> Option<(Number, usize)> {
        let len = self.rest(at).iter().take_while(|byte| byte.is_ascii_digit()).count();
        if len == 0 || len > 8 {
            return None;
        }
        let value = self.rest(at)[..len].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        Some((Number { value, len }, at + len))
    }

    /// A year of two digits is the latest one that is not in the future.
    fn year(&self, number: Number) -> i16 {
        let value = number.value as i16;
        if number.len > 2 {
            return value;
        }
        let century = self.today.year - self.today.year % 100;
        if century + value > self.today.year { century - 100 + value } else { century + value }
    }

    fn found(&self, year: Number, month: u32, day: Number, span: Range<usize>) -> Option<Found> {
        let date = Date::new(self.year(year), u8::try_from(month).ok()?, u8::try_from(day.value).ok()?)?;
        Some(Found { date, span, bare: false })
    }

    /// `1980-03-02`, `03/02/1980`, `2.3.80`, `1980/3/2`, `1980. 3. 2.`.
    fn numeric(&self, at: usize, first: Number, after: usize) -> Option<Found> {
        let separator = *self.text.get(after)?;
        if !matches!(separator, b'-' | b'/' | b'.') {
            return None;
        }
        let spaced = usize::from(separator == b'.' && self.text.get(after + 1) == Some(&b' '));
        let (second, after) = self.number(after + 1 + spaced)?;
        if self.text.get(after) != Some(&separator) || second.len > 2 {
            return None;
        }
        let (third, end) = self.number(after + 1 + spaced)?;
        if first.len == 4 && third.len <= 2 {
            return self.found(first, second.value, third, at..end);
        }
        if first.len > 2 || !third.is_year() {
            return None;
        }
        let month_first = || self.found(third, first.value, second, at..end);
        let day_first = || self.found(third, second.value, first, at..end);
        if separator == b'.' { day_first().or_else(month_first) } else { month_first().or_else(day_first) }
    }

    /// `19800302`.
    fn bare(&self, at: usize, end: usize) -> Option<Found> {
        if end - at != 8 {
            return None;
        }
        let part = |from: usize, len: usize| {
            let value =
                self.rest(at + from)[..len].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
            Number { value, len }
        };
        let found = self.found(part(0, 4), part(4, 2).value, part(6, 2), at..end)?;
        Some(Found { bare: true, ..found })
    }

    /// `2 March 1980`, `2. März 1980`, `2 de marzo de 1980`, `2-Mar-80`, `1er mars 1980`, `2nd of March, 1980`.
    fn month_after(&self, at: usize, day: Number, after: usize) -> Option<Found> {
        if !day.is_day() {
            return None;
        }
        let mut next = after;
        next += match self.rest(next) {
            [b's', b't', ..] | [b'n', b'd', ..] | [b'r', b'd', ..] | [b't', b'h', ..] | [b'e', b'r', ..] => 2,
            [0xC2, 0xBA | 0xB0, ..] => "º".len(),
            [b'.', b'-' | b'/', ..] => return None,
            [b'.', ..] => 1,
            _ => 0,
        };
        next = self.skip(next, &[" de ", " of ", " d'", " ב", "-", "/", " "]);
        // the name is compared last: most that look like one have no year behind them
        let name = next..self.month_end(next)?;
        let next = self.skip(name.end, &[". ", ", ", " de ", " del ", "-", "/", " "]);
        let (year, end) = self.number(next)?;
        year.is_year().then_some(())?;
        self.found(year, self.month(name)?, day, at..end)
    }

    /// `1980. március 2.`, `1980 March 2`, `1980-Mar-02`.
    fn year_first(&self, at: usize, year: Number, after: usize) -> Option<Found> {
        if year.len != 4 {
            return None;
        }
        let name = self.skip_one(after, &[". ", " ", "-", "/"])?;
        let name = name..self.month_end(name)?;
        let (day, end) = self.number(self.skip_one(name.end, &[". ", " ", "-", "/"])?)?;
        day.is_day().then_some(())?;
        self.found(year, self.month(name)?, day, at..end)
    }

    /// `March 2, 1980`, `Mar. 2nd 1980`.
    fn month_before(&self, at: usize, day: Number, after: usize) -> Option<Found> {
        if !day.is_day() {
            return None;
        }
        let head = self.text.get(..at)?;
        let head = head
            .strip_suffix(b". ")
            .or_else(|| head.strip_suffix(b" "))
            .or_else(|| head.strip_suffix(b"-"))?;
        // cheap first: few numbers have another one close by
        let mut next = after;
        for ordinal in ["st", "nd", "rd", "th"] {
            if self.rest(next).starts_with(ordinal.as_bytes()) {
                next += 2;
                break;
            }
        }
        let next = self.skip(next, &[", ", " of ", ",", "-", " "]);
        let (year, end) = self.number(next)?;
        if next == after || !(year.len == 4 || (year.len == 2 && self.rest(after).starts_with(b","))) {
            return None;
        }
        let start = month_start(head);
        if self.month_end(start)? != head.len() {
            return None;
        }
        self.found(year, self.month(start..head.len())?, day, start..end)
    }

    /// `1980年3月2日`, `昭和55年3月2日`, `1980년 3월 2일`.
    fn east_asian(&self, at: usize, year: Number, after: usize) -> Option<Found> {
        let next = self.skip_one(after, &["年", "년 ", "년"])?;
        let (month, next) = self.number(next)?;
        let next = self.skip_one(next, &["月", "월 ", "월"])?;
        let (day, next) = self.number(next)?;
        let end = self.skip_one(next, &["日", "号", "일"])?;
        let head = &self.text[..at];
        for (era, before_first) in
            [("昭和", 1925), ("平成", 1988), ("令和", 2018), ("大正", 1911), ("明治", 1867)]
        {
            if head.ends_with(era.as_bytes()) && year.len <= 2 {
                let year = Number { value: before_first + year.value, len: 4 };
                return self.found(year, month.value, day, at - era.len()..end);
            }
        }
        (year.len == 4).then_some(())?;
        self.found(year, month.value, day, at..end)
    }

    fn skip(&self, at: usize, any: &[&str]) -> usize {
        self.skip_one(at, any).unwrap_or(at)
    }

    fn skip_one(&self, at: usize, any: &[&str]) -> Option<usize> {
        let rest = self.rest(at);
        any.iter().find(|text| rest.starts_with(text.as_bytes())).map(|text| at + text.len())
    }

    /// Where the word at `at` ends, if it begins like the name of a month.
    fn month_end(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        if !is_month_head(*rest.first_chunk()?) {
            return None;
        }
        Some(at + rest.iter().take(MAX_MONTH).take_while(|&&byte| is_letter(byte)).count())
    }

    /// The month whose name, or its first three letters or more, stands at `name`.
    fn month(&self, name: Range<usize>) -> Option<u32> {
        month(std::str::from_utf8(self.text.get(name)?).ok()?)
    }
}

/// The month of which `word` is the name, or three letters of it or more.
fn month(word: &str) -> Option<u32> {
    /// All names after their first three bytes, in the order of those.
    static NAMES: LazyLock<Vec<(u32, &str, u32)>> = LazyLock::new(|| {
        let months = (1..).zip(MONTHS);
        let names = months.flat_map(|(month, names)| names.split(' ').map(move |name| (name, month)));
        let mut names: Vec<_> = names.map(|(name, month)| (three(name), name, month)).collect();
        names.sort_unstable();
        names.dedup();
        names
    });
    let mut room = [0; MAX_MONTH];
    let small = small(word, &mut room)?;
    small.chars().nth(2)?;
    let head = three(small);
    let from = NAMES.partition_point(|(own, ..)| *own < head);
    let alike = NAMES[from..].iter().take_while(|(own, ..)| *own == head);
    alike.filter(|(_, name, _)| name.starts_with(small)).map(|(.., month)| *month).min()
}

/// The first three bytes of a name.
fn three(name: &str) -> u32 {
    name.bytes().take(3).fold(0, |head, byte| head << 8 | u32::from(byte))
}

/// Whether the name of a month can begin with these bytes, by five bits of each, which capitals of Latin letters share;
/// spares the long comparison.
fn is_month_head(head: [u8; 3]) -> bool {
    static HEADS: LazyLock<[u64; 512]> = LazyLock::new(|| {
        let mut heads = [0; 512];
        for name in MONTHS.iter().flat_map(|names| names.split(' ')) {
            // three bytes are of two letters at least, and each can be a capital
            for capitals in 0..4 {
                let letters = name.chars().take(3).enumerate();
                let spelt: String = letters
                    .flat_map(
                        |(n, c)| if capitals >> n & 1 == 1 { c.to_uppercase().collect() } else { vec![c] },
                    )
                    .collect();
                if let Some(head) = spelt.as_bytes().first_chunk() {
                    let key = key(*head);
                    heads[key / 64] |= 1 << (key % 64);
                }
            }
        }
        heads
    });
    let key = key(head);
    HEADS[key / 64] >> (key % 64) & 1 == 1
}

fn key(head: [u8; 3]) -> usize {
    head.iter().fold(0, |key, byte| key << 5 | usize::from(byte & 31))
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

/// Languages whose names of the months are known: en es fr de it pt nl pl ru sv da no fi cs sk tr uk el hu ro bg id ca
/// he ar.
pub(crate) const LANGUAGES: usize = 25;

/// Names of the months as dates have them, small: one of each language, in their order, then other spellings.
pub(crate) const MONTHS: [&str; 12] = [
    "january enero janvier januar gennaio janeiro januari stycznia января januari januar januar \
     tammikuuta ledna januára ocak січня ιανουαρίου január ianuarie януари januari gener ינואר يناير \
     jänner styczeń январь leden январ siječnja јануар ιανουάριος січень jaanuar",
    "february febrero février februar febbraio fevereiro februari lutego февраля februari februar februar \
     helmikuuta února februára şubat лютого φεβρουαρίου február februarie февруари februari febrer פברואר \
     فبراير fevrier luty февраль únor subat veljače фебруар φεβρουάριος лютий veebruar",
    "march marzo mars märz marzo março maart marca марта mars marts mars maaliskuuta března marca mart \
     березня μαρτίου március martie март maret març מרץ مارس maerz marco marzec март mrz březen brezna \
     ožujka μάρτιος березень märts",
    "april abril avril april aprile abril april kwietnia апреля april april april huhtikuuta dubna apríla \
     nisan квітня απριλίου április aprilie април april abril אפריל أبريل kwiecień апрель duben travnja \
     април απρίλιος квітень",
    "may mayo mai mai maggio maio mei maja мая maj maj mai toukokuuta května mája mayıs травня μαΐου \
     május mai май mei maig מאי مايو maj май květen kvetna mayis svibnja мај μάιος травень",
    "june junio juin juni giugno junho juni czerwca июня juni juni juni kesäkuuta června júna haziran \
     червня ιουνίου június iunie юни juni juny יוני يونيو czerwiec июнь červen cervna kesakuuta јун \
     ιούνιος червень juuni junija",
    "july julio juillet juli luglio julho juli lipca июля juli juli juli heinäkuuta července júla temmuz \
     липня ιουλίου július iulie юли juli juliol יולי يوليو lipiec июль červenec cervence heinakuuta јул \
     ιούλιος липень juuli julija",
    "august agosto août august agosto agosto augustus sierpnia августа augusti august august elokuuta \
     srpna augusta ağustos серпня αυγούστου augusztus august август agustus agost אוגוסט أغسطس aout \
     sierpień август srpen agustos kolovoza αύγουστος серпень avgusta avgust",
    "september septiembre septembre september settembre setembro september września сентября september \
     september september syyskuuta září septembra eylül вересня σεπτεμβρίου szeptember septembrie \
     септември september setembre ספטמבר سبتمبر sept setiembre wrzesień wrzesnia сентябрь eylul rujna \
     септембар σεπτέμβριος вересень",
    "october octubre octobre oktober ottobre outubro oktober października октября oktober oktober oktober \
     lokakuuta října októbra ekim жовтня οκτωβρίου október octombrie октомври oktober octubre אוקטובר \
     أكتوبر październik pazdziernika октябрь říjen rijna октобар οκτώβριος жовтень oktoober",
    "november noviembre novembre november novembre novembro november listopada ноября november november \
     november marraskuuta listopadu novembra kasım листопада νοεμβρίου november noiembrie ноември \
     november novembre נובמבר نوفمبر listopad ноябрь kasim studenoga studenog новембар νοέμβριος листопад",
    "december diciembre décembre dezember dicembre dezembro december grudnia декабря december december \
     desember joulukuuta prosince decembra aralık грудня δεκεμβρίου december decembrie декември desember \
     desembre דצמבר ديسمبر decembre grudzień декабрь prosinec aralik prosinca децембар δεκέμβριος грудень \
     detsember",
];

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date { year: 2026, month: 11, day: 23 };

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, iso, span) in [
            ("1980-03-02", (1980, 3, 2), 0..10),
            ("03/02/1980", (1980, 3, 2), 0..10),
            ("25/12/1980", (1980, 12, 25), 0..10),
            ("2.3.1980", (1980, 3, 2), 0..8),
            ("2. 3. 1980", (1980, 3, 2), 0..10),
            ("1980/3/2", (1980, 3, 2), 0..8),
            ("19800302", (1980, 3, 2), 0..8),
            ("03-02-80", (1980, 3, 2), 0..8),
            ("2 March 1980", (1980, 3, 2), 0..12),
            ("2-Mar-80", (1980, 3, 2), 0..8),
            ("2. März 1980", (1980, 3, 2), 0..13),
            ("2 de marzo de 1980", (1980, 3, 2), 0..18),
            ("1er mars 1980", (1980, 3, 1), 0..13),
            ("March 2, 1980", (1980, 3, 2), 0..13),
            ("Sept. 2nd, 1980", (1980, 9, 2), 0..15),
            ("2 марта 1980", (1980, 3, 2), 0..17),
            ("1980年3月2日", (1980, 3, 2), 0..15),
            ("昭和55年3月2日", (1980, 3, 2), 0..19),
            ("2. března 1980", (1980, 3, 2), 0..15),
            ("2 Şubat 1980", (1980, 2, 2), 0..13),
            ("2. maaliskuuta 1980", (1980, 3, 2), 0..19),
            ("2 березня 1980", (1980, 3, 2), 0..21),
            ("2 Μαΐου 1980", (1980, 5, 2), 0..17),
            ("1980. március 2.", (1980, 3, 2), 0..16),
            ("1980-Mar-02", (1980, 3, 2), 0..11),
            ("1980. 3. 2.", (1980, 3, 2), 0..10),
            ("2 d'abril de 1980", (1980, 4, 2), 0..17),
            ("2 במרץ 1980", (1980, 3, 2), 0..15),
        ] {
            let at = text.find(|c: char| c.is_ascii_digit()).expect("a digit");
            let found = read(text.as_bytes(), at, TODAY).unwrap_or_else(|| panic!("no date in {text}"));
            let Date { year, month, day } = found.date;
            assert_eq!(((year, month, day), found.span), (iso, span), "{text}");
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_date() {
        for text in
            ["1981-02-29", "13/13/1980", "2.3", "1980-03", "32 March 1980", "2 Marble 1980", "198003021"]
        {
            assert_eq!(read(text.as_bytes(), 0, TODAY), None, "{text}");
        }
    }
}
