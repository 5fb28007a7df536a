//! Adds up what a window holds for an attack and against one.

use super::families::{Families, Family};
use super::half::{Half, can_tell};
use super::hits::{Hit, Hits};
use super::model::{self, Cutter, Hand, Weighed, end_of_token};
use super::second;
use super::{
    Judge, LEAST, Means, PRIOR, STRIDE, Sign, SoFar, Terms, Verdict, WINDOW, continues_left, literals, slots,
    structure,
};
use crate::detector::Odds;
use std::ops::Range;

impl Judge {
    /// What a window of these halves is.
    #[inline]
    pub(super) fn verdict(
        &self,
        text: &[u8],
        window: Range<usize>,
        base: usize,
        halves: [&mut Half; 2],
        terms: Terms,
        so_far: &mut SoFar,
    ) -> Verdict {
        // most windows of most texts
        if terms.means == Means::Signs
            && terms.second.is_none()
            && !can_tell(halves.each_ref().map(|half| &**half))
        {
            return Verdict::unfounded(so_far.confidence(PRIOR + terms.origin.odds()));
        }
        self.weighed(text, window, base, halves, terms, so_far)
    }

    /// Puts together what the words and the signs of a window say.
    #[inline(never)]
    fn weighed(
        &self,
        text: &[u8],
        window: Range<usize>,
        base: usize,
        [first, second]: [&mut Half; 2],
        terms: Terms,
        so_far: &mut SoFar,
    ) -> Verdict {
        let worth = first.worth.then(second.worth);
        let evidence = self.evidence(text, window.clone(), [first, second], &mut so_far.hits);
        let hand = evidence.as_ref().map_or(NOTHING, |evidence| evidence.hand);
        let odds = match terms.means {
            Means::Model => model::odds(&worth, &hand, (base + window.start) / STRIDE),
            Means::Signs => hand.odds - hand.against,
        };
        let mut confidence = so_far.confidence(odds + terms.origin.odds());
        // the model knows words: of tables of bytes it knows nothing
        if confidence >= LEAST && evidence.is_none() && !speaks(&text[window.clone()]) {
            confidence = so_far.confidence(PRIOR + terms.origin.odds());
        }
        let show = || std::str::from_utf8(&text[whole(text, window.clone())]).ok();
        let told = terms.second.and_then(|second| so_far.asked.about(second, confidence, show));
        if let Some(told) = told {
            let structure = evidence.as_ref().map_or(0.0, |evidence| evidence.structure) - hand.against;
            confidence = Odds(second::combined(told, structure, terms.origin)).confidence();
        }
        let mut verdict = Verdict { second: told.is_some(), ..Verdict::unfounded(confidence) };
        if confidence < LEAST {
            return verdict;
        }
        if let Some(evidence) = evidence {
            verdict.families = evidence.families;
            if evidence.hand.strongest >= TELLING {
                verdict.family = evidence.family;
                verdict.span = evidence.span;
                return verdict;
            }
        }
        if terms.means == Means::Signs && told.is_none() {
            return verdict;
        }
        verdict.families.add(Family::Wording);
        let halves = [&*first, &*second];
        let span = match terms.means {
            Means::Model => best_run(text, window, halves),
            Means::Signs => self.best_run_anew(text, window),
        };
        verdict.span = whole(text, span);
        verdict
    }

    /// Where the tokens of a window lie that are worth most together, if nobody has asked what they are worth.
    // never inlined: like `hidden_in_literals`
    #[inline(never)]
    fn best_run_anew(&self, text: &[u8], window: Range<usize>) -> Range<usize> {
        let halves = self.halves(text, window.clone(), Means::Model);
        best_run(text, window, halves.each_ref())
    }

    /// The halves of a window by itself.
    fn halves(&self, text: &[u8], window: Range<usize>, means: Means) -> [Half; 2] {
        let mut cutter = Cutter::new();
        let mut halves = [Half::default(); 2];
        for (start, half) in [window.start, window.start + STRIDE].into_iter().zip(&mut halves) {
            self.half(text, start, window.end, means, &mut cutter, half);
        }
        halves
    }

    /// Adds up what the signs of one window say: log-odds by hand, and the strongest piece of evidence.
    pub(super) fn evidence(
        &self,
        text: &[u8],
        window: Range<usize>,
        [first, second]: [&mut Half; 2],
        hits: &mut Hits,
    ) -> Option<Evidence> {
        if !self.may_tell(text, window.start, [first, second]) {
            return None;
        }
        self.hits(text, &window, [first, second], hits);
        let mut sum =
            Sum { total: PRIOR, best: None, families: Families::default(), shares: [0.0; Family::COUNT] };
        let mut structure = 0.0;
        let mut seen = 0u64;
        for (n, hit) in hits.iter().enumerate() {
            let Sign::Phrase(family, tenths) = hit.sign else { continue };
            let bit = 1 << (hit.pattern % u64::BITS as usize);
            // the same phrase again adds nothing
            if seen & bit == 0 || !hits[..n].iter().any(|before| before.pattern == hit.pattern) {
                seen |= bit;
                let odds = f32::from(tenths) / 10.0;
                structure += if family == Family::Template { odds } else { 0.0 };
                sum.add(odds, family, hit.span.clone());
            }
        }
        slots::phrases(text, &window, hits, |odds, family, span| sum.add(odds, family, span));
        structure::signs(text, &window, hits, |odds, family, span| {
            structure += odds;
            sum.add(odds, family, span);
        });
        if let Some(span) = self.hidden_in_literals(text, window.clone(), hits) {
            sum.add(5.0, Family::Splitting, span);
        }
        let (strongest, family, span) = sum.best?;
        let against = hits.iter().filter_map(|hit| match hit.sign {
            Sign::Against(tenths) if !is_in_name(text, &hit.span) => Some(f32::from(tenths) / 10.0),
            _ => None,
        });
        let quoted = if is_quoted(&text[window.start..span.start]) { QUOTED } else { 0.0 };
        let against = against.fold(0.0, f32::max) + quoted;
        let mentioned = if is_mentioned(&text[window.start..span.start]) { 1.0 } else { 0.0 };
        let hand = Hand { odds: sum.total, against, strongest, mentioned, families: sum.shares };
        Some(Evidence { hand, structure, families: sum.families, family, span })
    }

    /// An attack that appears when the string literals of the window are joined.
    // never inlined: it holds a cutter, for which all that is called more often would have to make room
    #[inline(never)]
    fn hidden_in_literals(&self, text: &[u8], window: Range<usize>, hits: &[Hit]) -> Option<Range<usize>> {
        let splits = |hit: &&Hit| matches!(hit.sign, Sign::Phrase(Family::Splitting, _));
        hits.iter().find(splits)?;
        let (joined, span) = literals::joined(text, window)?;
        let mut halves = self.halves(&joined, 0..WINDOW, Means::Signs);
        self.may_tell(&joined, 0, halves.each_mut());
        let whole = 0..joined.len();
        let mut hits = Hits::default();
        self.hits(&joined, &whole, halves.each_ref(), &mut hits);
        let mut found = false;
        slots::phrases(&joined, &whole, &hits, |odds, _, _| found |= odds >= 4.0);
        found.then_some(span)
    }
}

/// Whether a quarter of a text at least are words: two letters or more with no digit, backslash or sign of a name beside
/// them, or letters of other scripts.
fn speaks(text: &[u8]) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'\\' | b'_' | b'$');
    let runs = text.split(|byte| !(is_part(*byte) || *byte >= 0x80));
    let is_word =
        |run: &&[u8]| run.len() >= 2 && run.iter().all(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
    let words: usize = runs.filter(is_word).map(<[u8]>::len).sum();
    let blanks = text.iter().filter(|byte| byte.is_ascii_whitespace()).count();
    4 * words >= text.len() - blanks
}

/// Where the tokens of a window lie that are worth most together.
fn best_run(text: &[u8], window: Range<usize>, halves: [&Half; 2]) -> Range<usize> {
    Weighed::best_run(halves.map(|half| &half.weighed)).map_or(window.clone(), |(first, last)| {
        let last = end_of_token(&text[..window.end], window.start + last);
        window.start + first..last
    })
}

/// What speaks for an attack in a window, and against one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evidence {
    pub(super) hand: Hand,
    /// The share of the shape of the text: chat templates, roles, links.
    pub(super) structure: f32,
    pub(super) families: Families,
    pub(super) family: Family,
    pub(super) span: Range<usize>,
}

/// What the hand says about a window without signs.
pub(super) const NOTHING: Hand =
    Hand { odds: PRIOR, against: 0.0, strongest: 0.0, mentioned: 0.0, families: [0.0; Family::COUNT] };

/// A piece of evidence so strong gives the verdict its name.
const TELLING: f32 = 2.0;

/// `span` without parts of characters at its ends. Never empty if `span` is not.
fn whole(text: &[u8], span: Range<usize>) -> Range<usize> {
    let inside = |at: usize| matches!(text.get(at), Some(0x80..=0xBF));
    let (mut start, mut end) = (span.start, span.end);
    while start > 0 && inside(start) {
        start -= 1;
    }
    while end < text.len() && inside(end) {
        end += 1;
    }
    start..end
}

/// A word inside a host name or path says nothing about the text.
fn is_in_name(text: &[u8], span: &Range<usize>) -> bool {
    let before = span.start.checked_sub(1).map(|at| text[at]);
    matches!(before, Some(b'.' | b'/' | b'@'))
        || matches!(text.get(span.end..), Some([b'.', next, ..]) if next.is_ascii_alphanumeric())
}

/// What stands after `before` is quoted on its line: an odd number of quotation marks came first.
fn is_quoted(before: &[u8]) -> bool {
    let line = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    memchr::memchr_iter(b'"', &before[line..]).count() % 2 == 1
}

/// What stands after `before` is quoted within a sentence on its line, as those do who write about it. Strings of programs
/// and of JSON are no such quotation.
fn is_mentioned(before: &[u8]) -> bool {
    let line = &before[memchr::memrchr(b'\n', before).map_or(0, |at| at + 1)..];
    let plain = [b'"', b'`', b'\''].into_iter().filter_map(|mark| {
        let at = memchr::memrchr(mark, line)?;
        let in_word = at > 0 && line[at - 1].is_ascii_alphanumeric();
        (!in_word && (mark == b'\'' || memchr::memchr_iter(mark, line).count() % 2 == 1)).then_some(at)
    });
    // what follows a letter closes: „so“
    let foreign = opened(line).into_iter().flatten().filter(|at| !continues_left(line, *at));
    plain.chain(foreign).any(|at| {
        let words = line[..at].trim_ascii_end();
        at == 0
            || words.last().is_none_or(|last| last.is_ascii_alphanumeric() || *last >= 0x80 || *last == b'(')
            || words.last() == Some(&b':')
                && words.get(words.len().wrapping_sub(2)).is_some_and(u8::is_ascii_alphabetic)
    })
}

/// Where the last mark of each kind opens a quotation that is not closed on the `line`.
fn opened(line: &[u8]) -> [Option<usize>; 7] {
    const OPEN: [&str; 7] = ["“", "„", "«", "‘", "‹", "「", "『"];
    const CLOSE: [&str; 7] = ["”", "“", "»", "’", "›", "」", "』"];
    let mut opened = [None; 7];
    if line.is_ascii() {
        return opened;
    }
    for at in memchr::memchr3_iter(0xC2, 0xE2, 0xE3, line) {
        let rest = &line[at..];
        if !matches!(rest, [0xC2, 0xAB | 0xBB, ..] | [_, 0x80, ..]) {
            continue;
        }
        for (opened, (open, close)) in opened.iter_mut().zip(OPEN.into_iter().zip(CLOSE)) {
            if rest.starts_with(open.as_bytes()) {
                *opened = Some(at);
            } else if rest.starts_with(close.as_bytes()) {
                *opened = None;
            }
        }
    }
    opened
}

/// What quotation marks round the strongest evidence take away: attacks are quoted by those who write about them.
const QUOTED: f32 = 1.0;

/// Evidence added up, with the strongest piece.
struct Sum {
    total: f32,
    best: Option<(f32, Family, Range<usize>)>,
    families: Families,
    shares: [f32; Family::COUNT],
}

impl Sum {
    fn add(&mut self, odds: f32, family: Family, span: Range<usize>) {
        self.total += odds;
        self.families.add(family);
        self.shares[family as usize] += odds;
        if self.best.as_ref().is_none_or(|(held, ..)| odds > *held) {
            self.best = Some((odds, family, span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_mentioned, speaks};

    #[test]
    fn tables_of_bytes_do_not_speak() {
        for text in ["Tell me a story", "скажи мне", "请告诉我", "x = f(1); // and so on", "see 1.2.3, 4.5"]
        {
            assert!(speaks(text.as_bytes()), "{text}");
        }
        for text in
            [r"\x80\xE6\xD8\0\x80", r"\0P0\0Q0\0R0", "$b; let $i = 26; $c; $d;", "0xFF, 0xA0, 10", "1 2 3"]
        {
            assert!(!speaks(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_is_quoted_within_a_sentence_is_mentioned() {
        for before in [
            "The page says \"",
            "why “",
            "la línea «",
            "Add a test for `",
            "known as '",
            "课程教大家识别“",
            "log: \"",
            "「",
        ] {
            assert!(is_mentioned(before.as_bytes()), "{before}");
        }
        for before in [
            "",
            "Hi. ",
            "{\"body\": \"",
            "x = [\"",
            "He said \"no\" and ",
            "„So“ sagt er: ",
            "it's ",
            "“a” \n",
        ] {
            assert!(!is_mentioned(before.as_bytes()), "{before}");
        }
    }
}
