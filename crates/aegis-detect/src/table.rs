//! Remembers the head of the table a text is in, so that a bare number knows the name of its column.
//! Knows comma, semicolon, tab and bar separated lines, columns set apart by blanks, the column lists of SQL inserts
//! and copies, the tables of HTML (`html`) and the segments of HL7 (`segments`).
//! Asked by the scanner for candidates, in order. Invariants: each byte is looked at once; what is
//! kept of a line is bounded; the answer depends on the text before the question alone.

mod html;
mod segments;
mod sweep;

use crate::context::{Roles, Vocabulary};
use crate::vectors::{BLOCK, Bytes, Vectors, Work, with_widest};
use crate::work;
use sweep::{Sweep, Swept};

/// Longest line that can be the head of a table.
const MAX_HEAD: usize = 2048;
/// Most columns remembered.
const MAX_COLUMNS: usize = 64;
/// Longest name of a column.
const MAX_NAME: usize = 40;
/// So much text is searched for a blank line first.
const NEAR: usize = 256;

/// Reads a text line by line and keeps the current table's head. Offsets are those of the whole text.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// The current line begins here, or what is at hand of it.
    begin: usize,
    /// How much has been read: the line does not end before.
    read: usize,
    /// A separator may stand in what was read of the line.
    separated: bool,
    /// The line up to `begin` where the text before is not at hand any more, cut at [`MAX_HEAD`].
    kept: Vec<u8>,
    kept_is_cut: bool,
    /// How much of the line was searched for a statement.
    searched: usize,
    /// Columns have been counted up to here.
    counted: usize,
    column: usize,
    quoted: Option<u8>,
    /// Blanks in a row up to there: two or more set columns apart, at the beginning of a line none.
    blanks: usize,
    head: Option<Head>,
    /// The current line gave the head, as a statement of SQL.
    is_stated: bool,
    /// The line before says `INSERT INTO t`, and its columns may follow.
    inserts: bool,
    /// The head is that of the current line alone, a segment of HL7.
    is_segment: bool,
    /// Tables of HTML.
    markup: html::Markup,
}

#[derive(Debug, Clone, Copy)]
struct Head {
    separator: u8,
    /// Rows are parenthesised lists, as in SQL.
    tuples: bool,
    /// The line of names begins with blanks that set columns apart.
    set_in: bool,
    columns: [Roles; MAX_COLUMNS],
}

impl Head {
    /// The head of lines whose cells have a sign between.
    fn of_lines(separator: u8, columns: [Roles; MAX_COLUMNS]) -> Self {
        Head { separator, tuples: false, set_in: false, columns }
    }
}

impl Tables {
    /// Begins anew, for another text.
    pub(crate) fn clear(&mut self) {
        self.head = None;
        self.inserts = false;
        self.is_segment = false;
        self.markup.clear();
        self.begin_line(0);
    }

    /// The roles of the head of the cell of HTML that the byte at `at` lies in.
    pub(crate) fn markup_roles_at(
        &mut self,
        hay: &[u8],
        base: usize,
        at: usize,
        words: &Vocabulary,
    ) -> Roles {
        self.markup.roles_at(hay, base, at, words)
    }

    /// The roles of the column that the byte at `at` lies in. `hay` begins at offset `base` of the text.
    pub(crate) fn roles_at(&mut self, hay: &[u8], base: usize, at: usize, words: &Vocabulary) -> Roles {
        self.read_on(hay, base, at, words);
        match &self.head {
            Some(head) => head.columns.get(self.column).copied().unwrap_or_default(),
            None => Roles::NONE,
        }
    }

    /// Reads on to `to`; what stands before is not shown again.
    pub(crate) fn read_to(&mut self, hay: &[u8], base: usize, to: usize, words: &Vocabulary) {
        self.markup.read_to(hay, base, to, words);
        self.read_on(hay, base, to, words);
        if self.begin < to {
            self.keep(&hay[self.begin - base..to - base]);
            self.begin = to;
        }
    }

    fn read_on(&mut self, hay: &[u8], base: usize, to: usize, words: &Vocabulary) {
        if to <= self.read {
            return;
        }
        work::done(to - self.read);
        let text = &hay[..to - base];
        let mut swept = self.skip_to_paragraph(text, base);
        loop {
            if swept.is_none() && self.is_idle() {
                swept = Some(self.sweep(text, base));
            }
            let last = swept.as_ref().is_some_and(|swept| self.begin - base >= swept.line);
            let Some(len) = memchr::memchr(b'\n', &text[self.read - base..]).filter(|_| !last) else { break };
            let end = self.read + len;
            let line = self.begin - base..end - base;
            if !(self.is_idle() && is_plain(&hay[line.start..], line.len())) {
                self.end_line(&hay[line], words);
            }
            self.begin_line(end + 1);
        }
        self.separated = swept.is_none_or(|swept| swept.separated);
        self.read_amid(hay, base, to, words);
    }

    /// Reads on amid a line.
    fn read_amid(&mut self, hay: &[u8], base: usize, to: usize, words: &Vocabulary) {
        self.read = to;
        // the columns of an insert may stand in the line of its rows
        self.state(&hay[self.begin - base..to - base], words);
        self.begin_segment(&hay[self.begin - base..to - base], words);
        let counted = self.counted.max(self.begin);
        if counted < to && self.head.is_some() {
            self.count(&hay[counted - base..to - base], usize::MAX);
            self.counted = to;
        }
    }

    /// Takes what the fields of a segment are called for the head of the line whose last part at hand is `part`.
    fn begin_segment(&mut self, part: &[u8], words: &Vocabulary) {
        if self.is_segment || self.kept.len() >= segments::NAME {
            return;
        }
        let start: Vec<u8>;
        let start = match self.kept.is_empty() {
            true => part,
            false => {
                start = self.kept.iter().chain(part).take(segments::NAME).copied().collect();
                &start
            }
        };
        if let Some(columns) = segments::fields(start).and_then(|fields| names(fields, b'|', words)) {
            // the name of the segment has no separator but the last byte, which may lie in this part
            self.head = Some(Head::of_lines(b'|', columns));
            self.is_segment = true;
            (self.column, self.quoted, self.counted) = (0, None, self.begin);
        }
    }

    /// There is no table, and all of the current line is at hand.
    fn is_idle(&self) -> bool {
        self.head.is_none() && !self.inserts && self.kept.is_empty()
    }

    /// Goes on to the last blank line, if one is near: it ends every table.
    fn skip_to_paragraph(&mut self, text: &[u8], base: usize) -> Option<Swept> {
        let near = text.len().saturating_sub(NEAR);
        if self.read >= base + near {
            return None;
        }
        let swept = with_widest(Sweep { text, read: near, free: false });
        swept.empty.then(|| {
            self.head = None;
            self.inserts = false;
            self.is_segment = false;
            self.begin_line(base + swept.insert.min(swept.from));
            swept
        })
    }

    /// Goes on to the first line that must be read, where there is no table: one without separators ends all but
    /// inserts.
    fn sweep(&mut self, text: &[u8], base: usize) -> Swept {
        let (begin, read) = (self.begin - base, self.read - base);
        let swept = with_widest(Sweep { text, read, free: begin == read || !self.separated });
        if swept.from > begin && !starts_with(text[begin..].trim_ascii_start(), INSERT) {
            self.begin_line(base + swept.insert.min(swept.from));
        }
        swept
    }

    fn begin_line(&mut self, at: usize) {
        self.begin = at;
        self.read = at;
        self.separated = false;
        self.counted = at;
        self.kept.clear();
        self.kept_is_cut = false;
        self.is_stated = false;
        self.searched = 0;
        self.column = 0;
        self.quoted = None;
        // where the head is set in, the first column has no name, or no cell
        self.blanks = if self.head.is_some_and(|head| head.set_in) { 0 } else { GAP_BLANKS };
    }

    /// Keeps a part of the line that will not be shown again.
    fn keep(&mut self, part: &[u8]) {
        let room = MAX_HEAD - self.kept.len();
        self.kept_is_cut |= part.len() > room;
        self.kept.extend_from_slice(&part[..part.len().min(room)]);
    }

    /// Takes the head that a statement of SQL gives, once its closing parenthesis has come in the line that `part`
    /// ends.
    fn state(&mut self, part: &[u8], words: &Vocabulary) {
        let before = self.kept.len();
        if self.is_stated {
            return;
        }
        if before > 0 {
            let start = self.kept.trim_ascii_start();
            if start.len() >= INSERT.len() && !(self.inserts || may_state(start)) {
                return;
            }
            self.keep_while(part, |tables, line| tables.state_in(line, before, words));
        } else {
            self.state_in(&part[..part.len().min(MAX_HEAD)], 0, words);
        }
    }

    /// Shows the line with `part` at its end.
    fn keep_while(&mut self, part: &[u8], show: impl FnOnce(&mut Self, &[u8])) {
        let mut line = std::mem::take(&mut self.kept);
        let before = line.len();
        line.extend_from_slice(&part[..part.len().min(MAX_HEAD - before)]);
        show(self, &line);
        line.truncate(before);
        self.kept = line;
    }

    /// `kept` bytes of the line stand before `begin`.
    fn state_in(&mut self, line: &[u8], kept: usize, words: &Vocabulary) {
        if let Some((head, end)) = stated_head(line, self.searched, self.inserts, words) {
            self.head = Some(head);
            self.is_stated = true;
            self.column = 0;
            self.quoted = None;
            self.counted = self.begin + end.saturating_sub(kept);
        }
        self.searched = line.len();
    }

    /// Counts the columns of a part of the line, up to `most`.
    fn count(&mut self, part: &[u8], most: usize) {
        let Some(head) = &self.head else { return };
        if head.separator == GAP {
            for byte in part {
                self.blanks = if *byte == b' ' { self.blanks + 1 } else { 0 };
                self.column += usize::from(self.blanks == GAP_BLANKS);
                if self.column >= most {
                    return;
                }
            }
            return;
        }
        if !head.tuples {
            for at in memchr::memchr2_iter(head.separator, b'"', part) {
                match (part[at], self.quoted) {
                    (b'"', None) => self.quoted = Some(b'"'),
                    (b'"', _) => self.quoted = None,
                    (_, None) => self.column += 1,
                    _ => {}
                }
                if self.column >= most {
                    return;
                }
            }
            return;
        }
        for &byte in part {
            match (byte, self.quoted) {
                (b'"' | b'\'', None) => self.quoted = Some(byte),
                (_, Some(quote)) if byte == quote => self.quoted = None,
                (_, Some(_)) => {}
                (b'(', None) => self.column = 0,
                (_, None) if byte == head.separator => self.column += 1,
                _ => {}
            }
        }
    }

    /// The line ends with `part`.
    fn end_line(&mut self, part: &[u8], words: &Vocabulary) {
        // whether somebody asked about the line or not
        let start = if self.kept.is_empty() { part } else { &self.kept };
        if std::mem::take(&mut self.is_segment) || segments::fields(start).is_some() {
            self.head = None;
            self.column = 0;
        }
        self.state(part, words);
        let tuples = self.head.as_ref().is_some_and(|head| head.tuples);
        if !tuples && self.column == 0 {
            // whether there is a separator is all that counts now
            let uncounted = self.counted.saturating_sub(self.begin).min(part.len());
            self.count(&part[uncounted..], 1);
        }
        if self.kept.is_empty() {
            self.judge_line(&part[..part.len().min(MAX_HEAD)], part.len() > MAX_HEAD, words);
        } else {
            let cut = self.kept_is_cut || part.len() > MAX_HEAD - self.kept.len();
            self.keep_while(part, |tables, line| tables.judge_line(line, cut, words));
        }
    }

    /// Says what a whole line makes of the table: its head, its end, or neither.
    fn judge_line(&mut self, line: &[u8], is_cut: bool, words: &Vocabulary) {
        let tuples = self.head.as_ref().is_some_and(|head| head.tuples);
        let (begins, ends) = (line.trim_ascii_start(), line.trim_ascii_end().ends_with(b";"));
        self.inserts = starts_with(begins, INSERT) && !begins.contains(&b'(');
        if self.is_stated {
            // the rows of an insert end with their statement, those of a copy begin behind it
            self.head = self.head.take_if(|head| head.tuples != ends);
        } else if !(is_cut || tuples || self.inserts)
            && let Some(head) = head(line, words)
        {
            self.head = Some(head);
        } else if (self.column == 0 && !tuples) || (ends && tuples) || begins.is_empty() {
            // a line without separators ends the table
            self.head = None;
        }
    }
}

/// Where no table is, the line of `len` bytes that begins `text` changes nothing: most do not.
fn is_plain(text: &[u8], len: usize) -> bool {
    len == 0 || !(may_state(&text[..len]) || may_be_head(text, len))
}

/// Reads `line` as the names of columns, if one of them at least is a word we know.
fn head(line: &[u8], words: &Vocabulary) -> Option<Head> {
    if !may_be_head(line, line.len()) {
        return None;
    }
    let count = |separator: u8| memchr::memchr_iter(separator, line).count();
    let separator = SEPARATORS.into_iter().max_by_key(|&separator| count(separator))?;
    let cells = count(separator);
    if cells == 0 {
        return aligned(line, words);
    }
    if cells >= MAX_COLUMNS {
        return None;
    }
    let columns = names(line, separator, words)?;
    Some(Head::of_lines(separator, columns))
}

/// Stands for the separator of columns that blanks set apart, so many at least.
const GAP: u8 = b' ';
const GAP_BLANKS: usize = 2;

/// Reads `line` as the names of columns with two blanks or more between: three of them, or two that both name a value.
fn aligned(line: &[u8], words: &Vocabulary) -> Option<Head> {
    work::done(line.len());
    let mut columns = [Roles::NONE; MAX_COLUMNS];
    let gap = [b' '; GAP_BLANKS];
    let set_in = line.starts_with(&gap);
    let (mut count, mut known) = (usize::from(set_in), 0);
    let mut rest = line.trim_ascii();
    while !rest.is_empty() {
        let (cell, more) = match memchr::memmem::find(rest, &gap) {
            Some(end) => (&rest[..end], rest[end..].trim_ascii_start()),
            None => (rest, &rest[rest.len()..]),
        };
        let column = columns.get_mut(count)?;
        if !is_name(cell) || cell.ends_with(b".") && cell.len() > LONGEST_SHORT || cell.contains(&b'\t') {
            return None;
        }
        words.words(cell, |_, roles| *column |= roles);
        known += usize::from(column.has(Roles::ANY_LABEL));
        count += 1;
        rest = more;
    }
    (known > 0 && (count > 2 + usize::from(set_in) || known == 2))
        .then(|| Head { set_in, ..Head::of_lines(GAP, columns) })
}

/// Longest name of a column that a full stop may end: `Passport No.`
const LONGEST_SHORT: usize = 24;

/// Signs that stand between columns.
const SEPARATORS: [u8; 4] = [b',', b'\t', b'|', b';'];

/// Says whether the line of `len` bytes that begins `text` can begin with the name of a column: cheap, and few
/// sentences do.
fn may_be_head(text: &[u8], len: usize) -> bool {
    with_widest(FirstCell { text, len })
}

/// Judges the first cell of a line by its first bytes.
struct FirstCell<'a> {
    text: &'a [u8],
    len: usize,
}

impl Work for FirstCell<'_> {
    type Output = bool;

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) -> bool {
        let bytes = match self.text.first_chunk::<BLOCK>() {
            Some(block) => vectors.load(block),
            None => {
                let mut block = [0; BLOCK];
                block[..self.text.len()].copy_from_slice(self.text);
                vectors.load(&block)
            }
        };
        let line = if self.len < BLOCK { (1 << self.len) - 1 } else { u64::MAX };
        let blanks = bytes.any([b' ']);
        // two blanks behind the first word
        let inner = blanks & u64::MAX.checked_shl((!blanks).trailing_zeros()).unwrap_or(0);
        let separators = (bytes.any(SEPARATORS) | inner & inner << 1) & line;
        let cell = match separators {
            0 if self.len <= BLOCK => return false,
            0 => line,
            _ => (separators & separators.wrapping_neg()) - 1,
        };
        let solid = cell & !(blanks | bytes.any([b'\r', b'\n', 0x0C]));
        if solid == 0 {
            return true;
        }
        let (first, last) = (solid.trailing_zeros(), 63 - solid.leading_zeros());
        let within = (u64::MAX >> (63 - last)) & (u64::MAX << first);
        last - first < MAX_NAME as u32
            && (bytes.range(b'0', 10) & within).count_ones() <= MOST_DIGITS
            && (blanks & within).count_ones() <= MOST_BLANKS
            && bytes.any([b'@']) & within == 0
    }
}

/// Most digits and blanks in the name of a column.
const MOST_DIGITS: u32 = 2;
const MOST_BLANKS: u32 = 3;

/// A cell can be the name of a column.
fn is_name(cell: &[u8]) -> bool {
    let (mut digits, mut blanks, mut signs) = (0, 0, 0);
    for byte in cell {
        digits += u32::from(byte.is_ascii_digit());
        blanks += u32::from(*byte == b' ');
        signs += u32::from(*byte == b'@');
    }
    cell.len() <= MAX_NAME && digits <= MOST_DIGITS && blanks <= MOST_BLANKS && signs == 0
}

/// Begins the statement that names columns for the lists after it.
const INSERT: &[u8] = b"insert into ";
/// Begins the statement that names columns for the lines after it.
const COPY: &[u8] = b"copy ";

fn starts_with(line: &[u8], word: &[u8]) -> bool {
    line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Where `FROM stdin` ends, if `rest` begins with it.
fn from_stdin(rest: &[u8]) -> Option<usize> {
    const WORDS: &[u8] = b"from stdin";
    let begun = rest.trim_ascii_start();
    starts_with(begun, WORDS).then(|| rest.len() - begun.len() + WORDS.len())
}

/// Says whether the line begins a statement that can name columns.
fn may_state(line: &[u8]) -> bool {
    let start = line.trim_ascii_start();
    starts_with(start, COPY) || starts_with(start, INSERT)
}

/// Reads `INSERT INTO t (a, b) VALUES` or `COPY t (a, b) FROM stdin`, once all that is needed has come: its end
/// lies in the part from `fresh` on. `inserts`: the line before began the insert. Returns where it ends, too.
fn stated_head(line: &[u8], fresh: usize, inserts: bool, words: &Vocabulary) -> Option<(Head, usize)> {
    let start = line.trim_ascii_start();
    let copies = starts_with(start, COPY);
    let adds = starts_with(start, INSERT) || inserts && start.starts_with(b"(");
    if !(copies || adds) {
        return None;
    }
    work::done(line.len());
    let open = memchr::memchr(b'(', line)?;
    let close = open + memchr::memchr(b')', &line[open..])?;
    let known = if copies { close + 1 + from_stdin(&line[close + 1..])? } else { close + 1 };
    if known <= fresh {
        return None;
    }
    let columns = names(&line[open + 1..close], b',', words)?;
    let separator = if copies { b'\t' } else { b',' };
    Some((Head { tuples: !copies, ..Head::of_lines(separator, columns) }, known))
}

/// The roles of each cell of `line`; `None` if a cell cannot be a name or no name is known.
fn names(line: &[u8], separator: u8, words: &Vocabulary) -> Option<[Roles; MAX_COLUMNS]> {
    work::done(line.len());
    let mut cells = line.split(|&byte| byte == separator).take(MAX_COLUMNS).map(<[u8]>::trim_ascii);
    if !cells.all(|name| is_name(name) && !name.ends_with(b".")) {
        return None;
    }
    let mut columns = [Roles::NONE; MAX_COLUMNS];
    let mut known = false;
    // no word has a separator in it, so all cells are asked about together
    let (mut column, mut at) = (0, 0);
    words.words(line, |word, roles| {
        column += memchr::memchr_iter(separator, &line[at..word.start]).count();
        at = word.start;
        if let Some(cell) = columns.get_mut(column) {
            *cell |= roles;
            known |= *cell != Roles::NONE;
        }
    });
    let mut cells = line.split(|&byte| byte == separator);
    for column in &mut columns {
        let Some(cell) = cells.next() else { break };
        if let Some((_, roles)) = SHORT.iter().find(|(name, _)| cell.trim_ascii().eq_ignore_ascii_case(name))
        {
            *column |= *roles;
            known = true;
        }
    }
    known.then_some(columns)
}

/// Names that mean this at the head of a column and anything elsewhere.
const SHORT: [(&[u8], Roles); 5] = [
    (b"fw", Roles::VERSION),
    (b"sw", Roles::VERSION),
    (b"hw", Roles::VERSION),
    (b"so", Roles::COUNTER),
    (b"cust", Roles::COUNTER),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    const TEXTS: &[&str] = &[
        "name,ssn,dob\nJane,536-22-8145,1980-04-03\nJohn,\"a, b\",3\n\nmrn 12\n",
        "a line of prose, and one more\nid;ssn\n1;2\n3;4\nno table any more\n5;6\n",
        "INSERT INTO t (name, ssn) VALUES ('O, x', 536228145), ('b', 2);\nSELECT 1, 2\n",
        "insert into people\n(ssn, mrn) values\n(1, 2),\n(3, 4);\n5, 6\n",
        "MSH|^~\\&|mrn|x\nPID|1||84^^^MR||DOE||19800403|M\nPV1|1|I|3N||||123^DOE\nname|ssn\nPIDx|5\nPID|||9\na|7\n\nPID|1||3",
        "COPY t (name, ssn) FROM stdin;\nJane\t536228145\n\\.\n1\t2\n",
        "Name     DOB        MRN   \nJane Doe   1980-04-03  5512\n  x  y  z\nno more  \n1  2  3\n ssn  mrn\n12  34\n",
        "     name  ssn   mrn\n0  Jane  536-22-8145  7\n    x  y  z\n\n  ssn   dob   mrn\n  1  2  3\n",
    ];

    #[test]
    fn the_head_of_a_column_is_known_however_often_it_was_asked_and_whatever_was_forgotten() {
        let words = Vocabulary::build();
        let mut known = 0;
        for text in TEXTS.iter().map(|text| text.to_string()).chain([TEXTS.concat().repeat(9)]) {
            let hay = text.as_bytes();
            let mut often = Tables::default();
            let (mut cut, mut base) = (Tables::default(), 0);
            for at in (0..hay.len()).step_by(if hay.len() > 500 { 7 } else { 1 }) {
                let once = Tables::default().roles_at(hay, 0, at, &words);
                assert_eq!(often.roles_at(hay, 0, at, &words), once, "{at} in {text}");
                assert_eq!(
                    cut.roles_at(&hay[base..], base, at, &words),
                    once,
                    "{at} in {text}, cut at {base}"
                );
                known += usize::from(once != Roles::NONE);
                if at % 5 == 0 {
                    cut.read_to(&hay[base..], base, at, &words);
                    base = at;
                }
            }
        }
        assert!(known > 100, "{known} known");
    }

    /// The roles at the end of `text`, of a reader that passes over no line.
    fn line_by_line(text: &[u8], words: &Vocabulary) -> Roles {
        let mut tables = Tables::default();
        for (end, _) in text.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
            tables.end_line(&text[tables.begin..end], words);
            tables.begin_line(end + 1);
        }
        tables.read_amid(text, 0, text.len(), words);
        tables.head.map_or(Roles::NONE, |head| head.columns.get(tables.column).copied().unwrap_or_default())
    }

    proptest! {
        #[test]
        fn lines_that_are_passed_over_say_nothing(
            parts in prop::collection::vec((prop::sample::select(PARTS), 0..60usize), 1..30),
        ) {
            static WORDS: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::build);
            let mut text = String::new();
            for (part, times) in parts {
                text += &part.repeat(if times < 50 { 1 } else { times });
            }
            let text = text.as_bytes();
            let told = Tables::default().roles_at(text, 0, text.len(), &WORDS);
            prop_assert_eq!(told, line_by_line(text, &WORDS));
        }
    }

    /// What texts with tables are made of.
    const PARTS: &[&str] = &[
        "name,ssn\n",
        "mrn;name\n",
        "|ssn|dob|\n",
        "ssn\tmrn\n",
        "1,2\n",
        "1;2\n",
        "|1|2",
        "1\t2\n",
        "\n",
        "\n\n",
        " \n",
        "no sign\n",
        "ssn, ",
        "\"a,b\"\n",
        "insert into t",
        " (ssn, mrn)",
        "\n(1,2)",
        "\nvalues\n",
        ";\n",
        "  copy t (ssn) from stdin\n",
        " FROM stdin\n",
        "\tCopy t (mrn, a) from stdin;\n",
        "intern\n",
        "a line, of prose\n",
        "x",
        "name  ssn   mrn\n",
        "  ssn  mrn  \n",
        "    ssn   dob   mrn\n",
        "1  2  3\n",
        "    indented\n",
        "a.  b\n",
        " ",
    ];
}
