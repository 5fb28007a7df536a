//! The candidate pass: walks a text once and notes the places where a value may lie.
//! Called by the scanner, a stretch of text at a time; every detector starts from these anchors and none
//! reads the text itself. Invariants: digit groups and marks are each in order of their start; what is noted
//! depends on the text alone, not on the stretches; the work is a constant per byte.

mod classes;
mod literals;
mod marks;

pub(crate) use literals::Literals;

use crate::vectors::{BLOCK, Vectors, Work, block_at, with_widest};
use crate::work;
use classes::{Classes, classes};

/// What stands at an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A maximal run of ASCII digits.
    Digits,
    /// An `@`.
    At,
    /// The first colon of what may be an IPv6 address.
    Colon,
    /// The sixteenth byte of a run of letters, digits, `-` and `_`.
    Token,
    /// `=` or `:` after what may be the name of a secret.
    Assign,
    /// The colon of `://`.
    Scheme,
    /// The head of a block such as `-----BEGIN PRIVATE KEY-----`.
    Block,
    /// A word for a password.
    Password,
    /// The second of two words with capitals.
    Capitals,
    /// Digits right after a capital: noted as [`Kind::Digits`], shown to detectors as this.
    Lettered,
}

impl Kind {
    /// How many kinds there are.
    pub(crate) const COUNT: usize = Kind::Lettered as usize + 1;
}

/// How a group of digits hangs on the group before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// It does not.
    None,
    Space,
    Hyphen,
    Dot,
    Slash,
    /// A hyphen with spaces round it.
    Dash,
    /// A parenthesis, with or without one space, hyphen or dot beside it: `(212) 555`.
    Paren,
}

impl Joint {
    pub(crate) const COUNT: usize = 7;
    pub(crate) const ALL: [Joint; Joint::COUNT] =
        [Joint::None, Joint::Space, Joint::Hyphen, Joint::Dot, Joint::Slash, Joint::Dash, Joint::Paren];
}

/// A place worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) kind: Kind,
    pub(crate) joint: Joint,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Bytes of a run that make it a token.
pub(crate) const TOKEN: usize = 16;

/// The anchors of a stretch of text.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    /// Runs of digits, one after the other: a value can be made of several.
    pub(crate) digits: Vec<Anchor>,
    /// All others.
    pub(crate) marks: Vec<Anchor>,
    /// Memory of the pass.
    room: Room,
}

impl Anchors {
    /// Notes the anchors of the whole of `hay`.
    #[cfg(test)]
    pub(crate) fn of(hay: &[u8], literals: &Literals) -> Self {
        let mut anchors = Anchors::default();
        anchors.extend(hay, 0..hay.len(), literals);
        anchors
    }

    /// Notes the anchors that begin in `stretch` of `hay`. Stretches follow one another.
    pub(crate) fn extend(&mut self, hay: &[u8], stretch: std::ops::Range<usize>, literals: &Literals) {
        work::done(stretch.len());
        let marks = self.marks.len();
        with_widest(Noting { anchors: self, hay, stretch: stretch.clone() });
        let sorted = self.marks.len();
        literals.note(hay, stretch, &mut self.marks);
        if self.marks.len() > sorted {
            self.marks[marks..].sort_by_key(|mark| mark.start);
        }
    }

    /// Notes the runs of digits and the marks of a part of `hay` that begins at `at` and ends at `end`, from where they
    /// stand in it. The first edge may end digits that had `begun` before.
    #[inline(always)]
    fn note(&mut self, hay: &[u8], at: usize, end: usize, begun: bool) {
        let Anchors { digits, marks, room } = self;
        let edges = room.edges.list();
        let runs = edges[usize::from(begun).min(edges.len())..].chunks(2);
        let mut last = digits.last().map(|last| last.end);
        digits.extend(runs.map(|run| {
            let start = at + usize::from(run[0]);
            // what reaches the end of the part may go on
            let end = run.get(1).map_or_else(|| digits_end(hay, end), |end| at + usize::from(*end));
            let joint = last.map_or(Joint::None, |last| joint(hay, last, start));
            last = Some(end);
            Anchor { kind: Kind::Digits, joint, start, end }
        }));
        for place in room.marks.list() {
            let start = at + usize::from(*place);
            if let Some(kind) = marks::kind(hay, start) {
                marks.push(Anchor { kind, joint: Joint::None, start, end: start + 1 });
            }
        }
    }

    /// Drops what has been judged, all but the last digit group: the next one may hang on it.
    /// Returns how many of each were dropped.
    pub(crate) fn forget(&mut self, turn: &mut Turn) -> Turn {
        let gone = Turn { digit: turn.digit.saturating_sub(1), mark: turn.mark };
        self.digits.drain(..gone.digit);
        self.marks.drain(..gone.mark);
        turn.less(gone);
        gone
    }

    /// Notes the anchors that begin from `from` on anew: the text before has grown to `hay`. Anchors before `from` are
    /// known; the last of them may be digits that go on.
    pub(crate) fn renew(&mut self, hay: &[u8], from: usize, literals: &Literals) {
        let known = |list: &[Anchor]| list.partition_point(|anchor| anchor.start < from);
        self.digits.truncate(known(&self.digits));
        self.marks.truncate(known(&self.marks));
        if let Some(last) = self.digits.last_mut().filter(|last| last.end >= from) {
            last.end = digits_end(hay, last.end);
        }
        self.extend(hay, from..hay.len(), literals);
    }

    /// Moves all anchors: the first `bytes` of the text are gone. None that begins there matters any more.
    pub(crate) fn shift(&mut self, bytes: usize) {
        for anchor in self.digits.iter_mut().chain(&mut self.marks) {
            anchor.start = anchor.start.saturating_sub(bytes);
            anchor.end = anchor.end.saturating_sub(bytes);
        }
    }

    /// Drops everything.
    pub(crate) fn clear(&mut self) {
        self.digits.clear();
        self.marks.clear();
    }
}

/// Notes the anchors of a stretch but for those that are words.
struct Noting<'a> {
    anchors: &'a mut Anchors,
    hay: &'a [u8],
    stretch: std::ops::Range<usize>,
}

/// Bytes whose places are written down before anchors are made of them.
const PART: usize = 4096;

impl Work for Noting<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) {
        let Noting { anchors, hay, stretch } = self;
        let mut before = Before::at(vectors, hay, stretch.start);
        let mut part = stretch.start;
        while part < stretch.end {
            let end = stretch.end.min(part + PART);
            let begun = before.digit == 1;
            anchors.room.clear(end - part);
            let (blocks, rest) = hay[part..end].as_chunks();
            let mut at = 0;
            for block in blocks {
                anchors.room.add(vectors, before.events(&classes(vectors, block)), at);
                at += BLOCK as u16;
            }
            if !rest.is_empty() {
                let events = before.events(&classes(vectors, &block_at(rest, 0)));
                // behind the end nothing is known yet
                anchors.room.add(vectors, events.within(rest.len()), at);
            }
            anchors.note(hay, part, end, begun);
            part = end;
        }
    }
}

/// Where things stand in a part of a text.
#[derive(Debug, Default)]
struct Room {
    /// Where runs of digits begin and what stands behind them, in turn.
    edges: Places,
    /// A mark may stand there.
    marks: Places,
}

impl Room {
    /// Makes room for the places of so many bytes.
    fn clear(&mut self, bytes: usize) {
        self.edges.clear(bytes);
        self.marks.clear(bytes);
    }

    /// Adds the places of a block that begins `at` so many bytes.
    #[inline(always)]
    fn add<V: Vectors>(&mut self, vectors: V, events: Events, at: u16) {
        // most blocks that have one have the other, too: asked of each by itself, it is guessed wrong more often
        if events.edges | events.marks != 0 {
            self.edges.add(vectors, events.edges, at);
            self.marks.add(vectors, events.marks, at);
        }
    }
}

/// Places in order, with room for some more.
#[derive(Debug, Default)]
struct Places {
    room: Vec<u16>,
    len: usize,
}

impl Places {
    fn clear(&mut self, bytes: usize) {
        self.len = 0;
        if self.room.len() < bytes + BLOCK {
            self.room.resize(bytes + BLOCK, 0);
        }
    }

    /// Adds those that `bits` tell of, counted from `base` on.
    #[inline(always)]
    fn add<V: Vectors>(&mut self, vectors: V, bits: u64, base: u16) {
        if let Some(room) = self.room[self.len..].first_chunk_mut() {
            vectors.places(bits, base, room);
        }
        self.len += bits.count_ones() as usize;
    }

    fn list(&self) -> &[u16] {
        &self.room[..self.len]
    }
}

/// How far the anchors have been judged.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Turn {
    /// The next digit group.
    pub(crate) digit: usize,
    /// The next mark.
    pub(crate) mark: usize,
}

impl Turn {
    /// The anchor whose turn it is: by place, digits before marks.
    pub(crate) fn anchor(self, anchors: &Anchors) -> Option<Anchor> {
        match (anchors.digits.get(self.digit), anchors.marks.get(self.mark)) {
            (Some(digit), Some(mark)) => Some(if digit.start <= mark.start { *digit } else { *mark }),
            (digit, mark) => digit.or(mark).copied(),
        }
    }

    /// The later of two turns.
    pub(crate) fn max(self, other: Turn) -> Turn {
        Turn { digit: self.digit.max(other.digit), mark: self.mark.max(other.mark) }
    }

    /// So many anchors before it were dropped.
    pub(crate) fn less(&mut self, gone: Turn) {
        self.digit = self.digit.saturating_sub(gone.digit);
        self.mark = self.mark.saturating_sub(gone.mark);
    }

    /// Moves on past `anchor`.
    pub(crate) fn pass(&mut self, anchor: &Anchor) {
        if anchor.kind == Kind::Digits { self.digit += 1 } else { self.mark += 1 }
    }
}

/// What the bytes before a block carry over into it.
#[derive(Default)]
struct Before {
    digit: u64,
    /// A letter or digit of ASCII.
    word: u64,
    /// A word that begins with a capital goes on, all small letters.
    capital: u64,
    /// Such a word has ended before a space, and the space is the last byte.
    ended: u64,
    /// Whether the last two bytes are small letters.
    lower: u64,
    /// The last byte is a colon.
    colon: u64,
    /// Where one, two, four and eight token bytes in a row end.
    runs: [u64; 4],
    /// The last byte is the sixteenth of a token, or a later one.
    token: u64,
}

impl Before {
    /// What the bytes before `at` carry over: no more than a block of them matters.
    #[inline(always)]
    fn at<V: Vectors>(vectors: V, hay: &[u8], at: usize) -> Self {
        let mut before = Before::default();
        match hay[..at].last_chunk::<BLOCK>() {
            Some(block) => before.events(&classes(vectors, block)),
            None => {
                let mut block = [0; BLOCK];
                block[BLOCK - at..].copy_from_slice(&hay[..at]);
                before.events(&classes(vectors, &block))
            }
        };
        before
    }

    /// The places of a block where something may begin.
    #[inline(always)]
    fn events(&mut self, found: &Classes) -> Events {
        let edges = found.digit ^ (found.digit << 1 | self.digit);
        // a bit stays where sixteen in a row end
        let mut run = found.token;
        let mut runs = [0; 4];
        for (n, (here, before)) in runs.iter_mut().zip(self.runs).enumerate() {
            let by = 1 << n;
            *here = run;
            run &= run << by | before >> (BLOCK - by);
        }
        let tokens = run & !(run << 1 | self.token);
        let word = found.digit | found.upper | found.lower;
        let opens = found.upper & !(word << 1 | self.word);
        // adding to a run of bits where it begins sets the bit behind it
        let small = found.lower | found.high;
        let (sum, over) = small.overflowing_add(opens << 1 | self.capital);
        let ended = sum & !small & found.space & (found.lower << 1 | self.lower);
        let capitals = found.upper & (ended << 1 | self.ended);
        // the second of two says nothing that the first does not
        let colons = found.colon & !(found.colon << 1 | self.colon);
        let last = BLOCK - 1;
        *self = Before {
            digit: found.digit >> last,
            word: word >> last,
            capital: opens >> last | u64::from(over),
            ended: ended >> last,
            lower: found.lower >> last,
            colon: found.colon >> last,
            runs,
            token: run >> last,
        };
        Events { edges, marks: tokens | capitals | colons | found.sign }
    }
}

/// The places of a block where something may begin, one bit each.
struct Events {
    /// The first byte of a run of digits, or the first behind one.
    edges: u64,
    /// The sixteenth byte of a token, the second of two words with capitals, a sign: a mark, perhaps.
    marks: u64,
}

impl Events {
    /// Those of the first `len` bytes.
    fn within(self, len: usize) -> Self {
        let within = (1 << len) - 1;
        Events { edges: self.edges & within, marks: self.marks & within }
    }
}

fn digits_end(hay: &[u8], start: usize) -> usize {
    hay[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(hay.len(), |len| start + len)
}

/// How digits that begin at `start` hang on those that end at `end`.
#[inline(always)]
fn joint(hay: &[u8], end: usize, start: usize) -> Joint {
    let gap = start - end;
    let (single, opens_longer) = JOINTS[usize::from(hay[end])];
    let joint = if gap == 1 { single } else { Joint::None };
    if opens_longer && (2..=LONGEST_JOINT).contains(&gap) { long_joint(&hay[end..start]) } else { joint }
}

/// How one byte joins groups of digits, and whether several that begin with it may.
static JOINTS: [(Joint, bool); 256] = {
    let mut joints = [(Joint::None, false); 256];
    joints[b' ' as usize] = (Joint::Space, true);
    joints[b'-' as usize] = (Joint::Hyphen, true);
    joints[b'.' as usize] = (Joint::Dot, true);
    joints[b'/' as usize] = (Joint::Slash, false);
    joints[b'(' as usize] = (Joint::Paren, false);
    joints[b')' as usize] = (Joint::Paren, true);
    joints
};

/// How several do.
fn long_joint(between: &[u8]) -> Joint {
    match between {
        b" / " => Joint::Slash,
        b" - " => Joint::Dash,
        b") " | b" (" | b")-" | b"-(" | b")." | b".(" | b") (" | b" )" => Joint::Paren,
        _ => Joint::None,
    }
}

/// Longest of what joins two groups of digits.
const LONGEST_JOINT: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(text: &str) -> Anchors {
        Anchors::of(text.as_bytes(), &Literals::build())
    }

    #[test]
    fn groups_know_how_they_hang_together() {
        let joints: Vec<Joint> = anchors("(212) 555-0134.5/6 7,8").digits.iter().map(|a| a.joint).collect();
        use Joint::*;
        assert_eq!(joints, [None, Paren, Hyphen, Dot, Slash, Space, None]);
    }

    #[test]
    fn anchors_of_every_kind_are_found_once() {
        for (text, digits, marks) in [
            ("a plain sentence, long enough for whole blocks to be skipped over", 0, vec![]),
            ("x@y", 0, vec![Kind::At]),
            ("see 2001:db8::1", 3, vec![Kind::Colon]),
            ("fe80::1", 2, vec![Kind::Colon]),
            ("::1", 1, vec![Kind::Colon]),
            ("note: text", 0, vec![]),
            ("an_identifier_that_is_long", 0, vec![]),
            ("ghp_abcdefghijklmnop", 0, vec![Kind::Token]),
            ("std::vec::Vec", 0, vec![]),
            ("status_code: text", 0, vec![]),
            ("authorization: text", 0, vec![Kind::Assign]),
            ("password = x", 0, vec![Kind::Password, Kind::Assign]),
            ("redis://h", 0, vec![Kind::Scheme]),
            ("a: -----BEGIN RSA", 0, vec![Kind::Block]),
            ("Dear Elena Castillo,", 0, vec![Kind::Capitals, Kind::Capitals]),
        ] {
            let found = anchors(text);
            assert_eq!(found.digits.len(), digits, "{text}");
            assert_eq!(found.marks.iter().map(|a| a.kind).collect::<Vec<_>>(), marks, "{text}");
        }
    }

    #[test]
    fn numbers_end_where_their_digits_do() {
        for (lead, run) in [0, 1, 60, 63, 64, 4090, 4095, 4096]
            .into_iter()
            .flat_map(|lead| [1, 2, 5, 6, 64, 70, 5000].into_iter().map(move |run| (lead, run)))
        {
            let text = "a".repeat(lead) + &"1".repeat(run) + "-7 x12";
            let end = lead + run;
            let expected = [lead..end, end + 1..end + 2, end + 4..end + 6];
            let found = anchors(&text).digits;
            assert_eq!(found.iter().map(|a| a.start..a.end).collect::<Vec<_>>(), expected, "{lead}, {run}");
        }
    }

    #[test]
    fn stretches_make_no_difference() {
        let text =
            "Call Ann Smith 415-867-5309, token ghp_0123456789abcdefghijABCDEFGHIJ, password: x@y.io 12.5 "
                .repeat(5);
        let (hay, literals) = (text.as_bytes(), Literals::build());
        let whole = Anchors::of(hay, &literals);
        for len in [1, 7, 63, 64, 65, 200] {
            let mut parts = Anchors::default();
            for from in (0..hay.len()).step_by(len) {
                parts.extend(hay, from..hay.len().min(from + len), &literals);
            }
            assert_eq!((&parts.digits, &parts.marks), (&whole.digits, &whole.marks), "stretches of {len}");
        }
    }
}
