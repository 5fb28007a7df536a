//! Tables of HTML: `<th>Date of birth</th>` names the cells below it, or the one right after it in its row.
//! Asked for numbers that stand between `>` and `<`. Invariants: each byte is looked at once; what is kept of a head is
//! bounded; the answer depends on the text before the question alone, however it was cut.

use super::MAX_COLUMNS;
use crate::context::{Roles, Vocabulary};
use crate::work;

/// Longest name of a tag that matters, and longest text of a head that is read.
const TAG: usize = 6;
const HEAD: usize = 64;

/// Where the reader is in the markup.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Place {
    #[default]
    Text,
    /// In the name of a tag, of so many letters.
    Name(usize),
    /// In a tag after its name.
    Tag,
}

/// Reads a text tag by tag and keeps what the heads of the current table are called.
#[derive(Debug, Default)]
pub(super) struct Markup {
    read: usize,
    place: Place,
    name: [u8; TAG],
    /// The text of the head that is being read.
    head: Option<Vec<u8>>,
    columns: Vec<Roles>,
    /// Cells begun in the current row.
    cells: usize,
    /// Heads in the current row, and the last of them.
    heads: usize,
    last: Roles,
    /// The row is one of the head of the table, whatever its cells are.
    in_head: bool,
}

impl Markup {
    /// Begins anew.
    pub(super) fn clear(&mut self) {
        *self = Markup::default();
    }

    /// The roles of the head of the cell that the byte at `at` lies in. `hay` begins at offset `base` of the text.
    pub(super) fn roles_at(&mut self, hay: &[u8], base: usize, at: usize, words: &Vocabulary) -> Roles {
        self.read_to(hay, base, at, words);
        let Some(column) = self.cells.checked_sub(1).filter(|_| self.place == Place::Text) else {
            return Roles::NONE;
        };
        if self.heads == 1 && column == 1 && !self.in_head {
            return self.last;
        }
        if self.heads > 0 { Roles::NONE } else { self.columns.get(column).copied().unwrap_or_default() }
    }

    /// Reads on to `to`.
    pub(super) fn read_to(&mut self, hay: &[u8], base: usize, to: usize, words: &Vocabulary) {
        if to <= self.read {
            return;
        }
        let mut text = &hay[self.read - base..to - base];
        work::done(text.len());
        self.read = to;
        while !text.is_empty() {
            let taken = match self.place {
                Place::Text => self.text(text),
                Place::Name(len) => self.name(text[0], len, words),
                Place::Tag => {
                    let end = memchr::memchr(b'>', text);
                    if end.is_some() {
                        self.place = Place::Text;
                    }
                    end.map_or(text.len(), |end| end + 1)
                }
            };
            text = &text[taken..];
        }
    }

    /// Reads text up to the next tag.
    fn text(&mut self, text: &[u8]) -> usize {
        let end = memchr::memchr(b'<', text);
        if let Some(head) = &mut self.head {
            let part = &text[..end.unwrap_or(text.len())];
            head.extend_from_slice(&part[..part.len().min(HEAD - head.len())]);
        }
        if end.is_some() {
            self.place = Place::Name(0);
        }
        end.map_or(text.len(), |end| end + 1)
    }

    /// Reads a byte of the name of a tag.
    fn name(&mut self, byte: u8, len: usize, words: &Vocabulary) -> usize {
        if (byte.is_ascii_alphanumeric() || byte == b'/' && len == 0) && len < TAG {
            self.name[len] = byte.to_ascii_lowercase();
            self.place = Place::Name(len + 1);
            return 1;
        }
        let whole = !byte.is_ascii_alphanumeric();
        let name = self.name;
        // what it is followed by is read again
        self.place = if len == 0 { Place::Text } else { Place::Tag };
        if whole {
            self.tag(&name[..len], words);
        }
        0
    }

    fn tag(&mut self, name: &[u8], words: &Vocabulary) {
        match name {
            b"table" | b"/table" => self.columns.clear(),
            b"thead" => self.in_head = true,
            b"/thead" => self.in_head = false,
            b"tr" => {
                self.end_head(words);
                (self.cells, self.heads, self.last) = (0, 0, Roles::NONE);
            }
            b"th" => self.begin(true, words),
            b"td" => self.begin(self.in_head, words),
            b"/th" => self.end_head(words),
            b"/td" if self.in_head => self.end_head(words),
            b"/tr" => {
                self.end_head(words);
                self.cells = 0;
            }
            _ => {}
        }
    }

    /// Begins a cell, a head or not.
    fn begin(&mut self, head: bool, words: &Vocabulary) {
        self.end_head(words);
        self.cells += 1;
        if head {
            if self.heads == 0 && self.cells == 1 {
                self.columns.clear();
            }
            self.heads += 1;
            self.head = Some(Vec::new());
        }
    }

    /// What the head that was read is called.
    fn end_head(&mut self, words: &Vocabulary) {
        let Some(text) = self.head.take() else { return };
        let mut roles = Roles::NONE;
        words.words(&text, |_, found| roles |= found);
        self.last = roles;
        if self.columns.len() < MAX_COLUMNS {
            self.columns.push(roles);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<p>1 < 2<table class=a><tr><th>Name</th><TH scope=\"col\">Date of <b>birth</b></th><th>SSN</th></tr>\n\
        <tr><td>A</td><td>1980</td><td>536</td></tr></table><table><tr><th>SSN</th><td>537</td></tr></table>\
        <table><thead><tr><td>x</td><td>MRN</td></tr></thead><tr><td>a</td><td>538</td></tr></table><td>539";

    #[test]
    fn heads_name_the_cells_below_and_beside_them_however_the_text_is_cut() {
        let words = Vocabulary::build();
        let named = |word: &str| {
            let mut roles = Roles::NONE;
            words.words(word.as_bytes(), |_, found| roles = found);
            roles
        };
        let hay = TEXT.as_bytes();
        for (value, head) in
            [("1980", "date of birth"), ("536", "ssn"), ("537", "ssn"), ("538", "mrn"), ("539", "")]
        {
            let at = TEXT.find(value).unwrap_or_default();
            for step in [1, 3, 7, 1000] {
                let mut markup = Markup::default();
                (0..at).step_by(step).for_each(|to| markup.read_to(hay, 0, to, &words));
                let found = markup.roles_at(hay, 0, at, &words);
                let expected = if head.is_empty() { Roles::NONE } else { named(head) };
                assert!(
                    found == expected || head == "date of birth" && found != Roles::NONE,
                    "{value}: {found:?}"
                );
            }
        }
    }
}
