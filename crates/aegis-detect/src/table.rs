//! Remembers the head of the table a text is in, so that a bare number knows the name of its column.
//! Knows comma, semicolon, tab and bar separated lines and the column lists of SQL inserts and copies.
//! Asked by the scanner for candidates, in order. Invariants: each byte is looked at once; what is
//! kept of a line is bounded; the answer depends on the text before the question alone.

use crate::context::{Roles, Vocabulary};
use crate::work;

/// Longest line that can be the head of a table.
const MAX_HEAD: usize = 2048;
/// Most columns remembered.
const MAX_COLUMNS: usize = 64;
/// Longest name of a column.
const MAX_NAME: usize = 40;

/// Reads a text line by line and keeps the current table's head.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// How far the text has been read.
    read: usize,
    /// The current line so far, cut at [`MAX_HEAD`].
    line: Vec<u8>,
    line_is_cut: bool,
    /// How much of `line` the column has been counted for.
    counted: usize,
    /// Where in the current line we are, when all of it is counted.
    column: usize,
    quote: Option<u8>,
    head: Option<Head>,
    /// The current line gave the head, as a statement of SQL.
    is_stated: bool,
    /// The line before says `INSERT INTO t`, and its columns may follow.
    inserts: bool,
}

#[derive(Debug, Clone, Copy)]
struct Head {
    separator: u8,
    /// Rows are parenthesised lists, as in SQL.
    tuples: bool,
    columns: [Roles; MAX_COLUMNS],
}

impl Tables {
    /// Begins anew, for another text.
    pub(crate) fn clear(&mut self) {
        self.read = 0;
        self.line.clear();
        self.head = None;
        self.inserts = false;
        self.begin_line();
    }

    /// The roles of the column that the byte at `at` lies in. `hay` begins at offset `base` of the text.
    pub(crate) fn roles_at(&mut self, hay: &[u8], base: usize, at: usize, words: &Vocabulary) -> Roles {
        self.read_to(hay, base, at, words);
        self.count(usize::MAX);
        match &self.head {
            Some(head) => head.columns.get(self.column).copied().unwrap_or_default(),
            None => Roles::NONE,
        }
    }

    /// Reads on to `to`.
    pub(crate) fn read_to(&mut self, hay: &[u8], base: usize, to: usize, words: &Vocabulary) {
        if self.read < to {
            self.skip_to_paragraph(&hay[self.read - base..to - base]);
        }
        while self.read < to {
            let rest = &hay[self.read - base..to - base];
            let newline = memchr::memchr(b'\n', rest);
            let part = &rest[..newline.unwrap_or(rest.len())];
            self.read += part.len() + usize::from(newline.is_some());
            if newline.is_some() && self.line.is_empty() && part.len() <= MAX_HEAD {
                // most lines come whole and need not be kept
                work::done(part.len());
                self.state(part, 0, words);
                self.end_line(part, words);
                continue;
            }
            self.take(part, words);
            if newline.is_some() {
                let line = std::mem::take(&mut self.line);
                self.end_line(&line, words);
                self.line = line;
                self.line.clear();
            }
        }
    }

    /// A blank line ends every table, so nothing before the last one in `part` needs to be read.
    fn skip_to_paragraph(&mut self, part: &[u8]) {
        let is_blank = |end: &usize| end.checked_sub(1).is_some_and(|before| part[before] == b'\n');
        if let Some(end) = memchr::memrchr_iter(b'\n', part).find(is_blank) {
            self.read += end + 1;
            self.line.clear();
            self.head = None;
            self.inserts = false;
            self.begin_line();
        }
    }

    fn begin_line(&mut self) {
        self.line_is_cut = false;
        self.is_stated = false;
        self.counted = 0;
        self.column = 0;
        self.quote = None;
    }

    /// Takes the head that a statement of SQL gives, once its closing parenthesis is in the part of `line` from
    /// `fresh` on.
    fn state(&mut self, line: &[u8], fresh: usize, words: &Vocabulary) {
        if let Some(head) = stated_head(line, fresh, self.inserts, words) {
            self.head = Some(head);
            self.is_stated = true;
        }
    }

    fn take(&mut self, part: &[u8], words: &Vocabulary) {
        work::done(part.len());
        let room = MAX_HEAD - self.line.len();
        self.line_is_cut |= part.len() > room;
        let fresh = self.line.len();
        self.line.extend_from_slice(&part[..part.len().min(room)]);
        // the columns of an insert may stand in the line of its rows
        let line = std::mem::take(&mut self.line);
        self.state(&line, fresh, words);
        self.line = line;
        // of a line that is cut, what is left out must be counted now
        if self.line_is_cut {
            self.count(usize::MAX);
            self.count_in(&part[part.len().min(room)..], usize::MAX);
        }
    }

    /// Counts the columns of what has been read of the line, up to `most`.
    fn count(&mut self, most: usize) {
        let line = std::mem::take(&mut self.line);
        self.count_in(&line[self.counted..], most);
        self.counted = line.len();
        self.line = line;
    }

    fn count_in(&mut self, part: &[u8], most: usize) {
        let Some(head) = &self.head else { return };
        for &byte in part {
            if self.column >= most {
                break;
            }
            match (byte, self.quote) {
                (b'"', None) => self.quote = Some(byte),
                (b'\'', None) if head.tuples => self.quote = Some(byte),
                (_, Some(quote)) if byte == quote => self.quote = None,
                (_, Some(_)) => {}
                (b'(', None) if head.tuples => self.column = 0,
                (_, None) if byte == head.separator => self.column += 1,
                _ => {}
            }
        }
    }

    fn end_line(&mut self, line: &[u8], words: &Vocabulary) {
        // whether there is a separator is all that counts now
        self.count_in(&line[self.counted..], 1);
        let tuples = self.head.as_ref().is_some_and(|head| head.tuples);
        let (begins, ends) = (line.trim_ascii_start(), line.trim_ascii_end().ends_with(b";"));
        self.inserts = starts_with(begins, INSERT) && !begins.contains(&b'(');
        if self.is_stated {
            // the rows of an insert end with their statement, those of a copy begin behind it
            self.head = self.head.take_if(|head| head.tuples != ends);
        } else if !(self.line_is_cut || tuples || self.inserts)
            && let Some(head) = head(line, words)
        {
            self.head = Some(head);
        } else if (self.column == 0 && !tuples) || (ends && tuples) || begins.is_empty() {
            // a line without separators ends the table
            self.head = None;
        }
        self.begin_line();
    }
}

/// Reads `line` as the names of columns, if one of them at least is a word we know.
fn head(line: &[u8], words: &Vocabulary) -> Option<Head> {
    if !may_be_head(line) {
        return None;
    }
    let count = |separator: u8| memchr::memchr_iter(separator, line).count();
    let separator = SEPARATORS.into_iter().max_by_key(|&separator| count(separator))?;
    let cells = count(separator);
    if cells == 0 || cells >= MAX_COLUMNS {
        return None;
    }
    let columns = names(line, separator, words)?;
    Some(Head { separator, tuples: false, columns })
}

/// Signs that stand between columns.
const SEPARATORS: [u8; 4] = [b',', b'\t', b'|', b';'];

/// Says whether the line can begin with the name of a column: cheap, and few sentences do.
fn may_be_head(line: &[u8]) -> bool {
    let begin = &line[..line.len().min(MAX_NAME + 24)];
    let cell = match begin.iter().position(|byte| matches!(byte, b',' | b'\t' | b'|' | b';')) {
        Some(end) => &begin[..end],
        None if begin.len() == line.len() => return false,
        None => begin,
    };
    is_name(cell.trim_ascii())
}

/// A cell can be the name of a column.
fn is_name(cell: &[u8]) -> bool {
    let count = |is: fn(&u8) -> bool| cell.iter().filter(|byte| is(byte)).count();
    cell.len() <= MAX_NAME
        && count(u8::is_ascii_digit) <= 2
        && count(|byte| *byte == b' ') <= 3
        && !cell.contains(&b'@')
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

/// Reads `INSERT INTO t (a, b) VALUES` or `COPY t (a, b) FROM stdin`, once all that is needed has come: its end
/// lies in the part from `fresh` on. `inserts`: the line before began the insert.
fn stated_head(line: &[u8], fresh: usize, inserts: bool, words: &Vocabulary) -> Option<Head> {
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
    Some(Head { separator: if copies { b'\t' } else { b',' }, tuples: !copies, columns })
}

/// The roles of each cell of `line`; `None` if a cell cannot be a name or no name is known.
fn names(line: &[u8], separator: u8, words: &Vocabulary) -> Option<[Roles; MAX_COLUMNS]> {
    work::done(line.len());
    let mut columns = [Roles::NONE; MAX_COLUMNS];
    let mut known = false;
    let cells = || line.split(|&byte| byte == separator).map(<[u8]>::trim_ascii).take(MAX_COLUMNS);
    if !cells().all(|name| is_name(name) && !name.ends_with(b".")) {
        return None;
    }
    for (column, name) in columns.iter_mut().zip(cells()) {
        words.words(name, |_, found| *column |= found);
        known |= *column != Roles::NONE;
    }
    known.then_some(columns)
}
