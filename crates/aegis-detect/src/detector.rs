//! What a detector is: facts for the catalogue, where its candidates lie, and the proof.
//! Each file in `detectors/` makes one value of this type; the scanner runs them all alike.
//! Invariant: `validate` reads nothing but the site it is given.

use crate::finding::{Category, Reasons, Severity, Tag};
use crate::lexer::{Anchor, Joint, Kind};
use crate::site::Site;
use std::ops::{Range, RangeInclusive};

/// What the catalogue tells about a detector.
#[derive(Debug, Clone, Copy)]
pub struct DetectorInfo {
    /// The id used in findings, filters and settings: `us_ssn`.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// What it finds and what proves it, in one or two sentences.
    pub description: &'static str,
    /// The kind of data.
    pub category: Category,
    /// How bad a finding is unless it says otherwise itself.
    pub severity: Severity,
    /// What the default policy does with a finding.
    pub default_action: &'static str,
    /// Confidence from which policy acts, unless an administrator sets another.
    pub threshold: f32,
    /// Rules a finding touches.
    pub regulations: &'static [Tag],
    /// Most bytes of plain text that a stream holds back on its account.
    pub max_hold: usize,
    /// Texts in which it finds exactly one value at or above the threshold.
    pub hits: &'static [&'static str],
    /// Texts that look alike and in which it finds none.
    pub misses: &'static [&'static str],
}

/// Where a detector's candidates lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Candidates {
    /// At anchors of these kinds.
    At(&'static [Kind]),
    /// In windows of running text; found by `injection`, not by anchors.
    Windows,
}

/// What is asked of the groups of digits that a text has from some place on.
pub(crate) type OfGroups = fn(&[u8], &[Anchor]) -> bool;

/// Which numbers a detector can make something of: what is asked before it is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbers {
    /// How many digits the group at the anchor may have, one bit each; from [`Numbers::MOST`] on all are alike.
    pub(crate) lens: u32,
    /// Whether it can begin with a group of so many digits on which another hangs so, of so many; none and 0 if none does.
    pub(crate) shaped: fn(usize, Joint, usize) -> bool,
    /// Digits of all groups that hang together, at least.
    pub(crate) least: usize,
    /// How many groups those are, at least.
    pub(crate) groups: usize,
    /// Also of groups that hang on the one before by a hyphen or dot.
    pub(crate) joined: bool,
    /// What must stand beside it, one of these at least.
    pub(crate) beside: Beside,
    /// Groups of so many digits, one bit each, need nothing beside them.
    pub(crate) alone: u32,
    /// How many digits the group may have, one bit each, amid a row of groups with one blank between them.
    pub(crate) amid: u32,
    /// Only where a label or the head of a column names them.
    pub(crate) named: bool,
    /// What names them may have been spoken of farther back.
    pub(crate) recalled: bool,
    /// They may answer a question.
    pub(crate) asked: bool,
    /// Of those, which can do without a name: asked with the text and its groups from that at the anchor on, if others
    /// hang on it or it follows a `+`.
    pub(crate) nameless: Option<OfGroups>,
}

impl Numbers {
    /// More digits than this are all alike.
    pub(crate) const MOST: usize = 24;

    /// No number of digits.
    pub(crate) const NO_LENGTH: RangeInclusive<usize> = RangeInclusive::new(1, 0);

    /// Whatever stands there.
    pub(crate) const ALL: Numbers = Numbers {
        lens: u32::MAX,
        shaped: |_, _, _| true,
        least: 1,
        groups: 1,
        joined: true,
        beside: Beside::NOTHING,
        alone: u32::MAX,
        amid: u32::MAX,
        named: false,
        recalled: false,
        asked: false,
        nameless: None,
    };

    /// A group of so many digits, with those that hang on it `least` digits.
    pub(crate) const fn of(first: RangeInclusive<usize>, least: usize) -> Self {
        Numbers { lens: bits(first), least, ..Self::ALL }
    }

    /// Only those that hang together with others, so many in all.
    pub(crate) const fn groups(self, groups: usize) -> Self {
        Numbers { groups, ..self }
    }

    /// Only those whose first group and what hangs on it are shaped so.
    pub(crate) const fn shaped(self, shaped: fn(usize, Joint, usize) -> bool) -> Self {
        Numbers { shaped, ..self }
    }

    /// None of them right after another number and its hyphen or dot.
    pub(crate) const fn fresh(self) -> Self {
        Numbers { joined: false, ..self }
    }

    /// Amid a row of groups with one blank between them only with so many digits.
    pub(crate) const fn amid(self, lens: RangeInclusive<usize>) -> Self {
        Numbers { amid: bits(lens), ..self }
    }

    /// Only where a label or the head of a column names them, or a capital or `<` follows.
    pub(crate) const fn named(self) -> Self {
        Numbers { named: true, ..self }
    }

    /// The same, but for groups of a text that can do without a name.
    pub(crate) const fn named_unless(self, nameless: OfGroups) -> Self {
        Numbers { named: true, nameless: Some(nameless), ..self }
    }

    /// What names them may have been spoken of farther back: `passport in Lisbon, the number was …`.
    pub(crate) const fn recalled(self) -> Self {
        Numbers { recalled: true, asked: true, ..self }
    }

    /// What names them may be a question on the line before.
    pub(crate) const fn asked(self) -> Self {
        Numbers { asked: true, ..self }
    }

    /// None with so many digits in the first group.
    pub(crate) const fn but(self, lens: RangeInclusive<usize>) -> Self {
        Numbers { lens: self.lens & !bits(lens), ..self }
    }

    /// Only those with one of these beside them, or with so many digits in the first group.
    pub(crate) const fn beside(self, beside: Beside, alone: RangeInclusive<usize>) -> Self {
        Numbers { beside, alone: bits(alone), ..self }
    }
}

/// The numbers of a range as bits, none if it is empty.
const fn bits(range: RangeInclusive<usize>) -> u32 {
    let (mut bits, mut at) = (0, *range.start());
    while at <= *range.end() && at <= Numbers::MOST {
        bits |= 1 << at;
        at += 1;
    }
    bits
}

/// What stands right beside a number, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Beside(pub(crate) u8);

impl Beside {
    pub(crate) const NOTHING: Beside = Beside(0);
    /// Before it what may be a month and a blank or hyphen, or right before it a byte outside ASCII, and after it what
    /// a year may follow: `March 2, 1980`.
    pub(crate) const MONTH_BEFORE: Beside = Beside(1);
    /// Before it a blank or `#` after what may be a street or post box, with or without a comma: `Calle Mayor, 5`.
    pub(crate) const LEAD_BEFORE: Beside = Beside(1 << 1);
    /// After it what may be a month: at once, or after a blank, hyphen, slash or full stop; or the end of an ordinal, or
    /// what leads to a month: `2-Mar`, `2. März`, `2nd of March`, `2 de marzo`.
    pub(crate) const MONTH_AFTER: Beside = Beside(1 << 2);
    /// A hyphen, slash or full stop and a digit, in three groups or more that hang together: `3.4.80`; or a full stop, a
    /// blank and a digit: `3. 4. 80`.
    pub(crate) const PART_AFTER: Beside = Beside(1 << 3);
    /// A full stop and a digit, in four groups or more that hang together.
    pub(crate) const DOT_AFTER: Beside = Beside(1 << 4);
    /// What may be the name of a street: a blank, a comma and blank, or a letter and blank, and then a capital, a number
    /// or the kind of a street.
    pub(crate) const STREET_AFTER: Beside = Beside(1 << 5);
    /// A blank and a digit, in two groups or more that hang together: `паспорт 46 01 509093`.
    pub(crate) const SERIES_AFTER: Beside = Beside(1 << 6);
    /// A capital or `<` right after it, or two capitals right before it.
    pub(crate) const CAPITALS: Beside = Beside(1 << 7);

    pub(crate) const fn or(self, other: Beside) -> Beside {
        Beside(self.0 | other.0)
    }
}

/// One detector.
pub(crate) struct Detector {
    pub(crate) info: DetectorInfo,
    pub(crate) candidates: Candidates,
    /// Which of the numbers there it is asked about.
    pub(crate) numbers: Numbers,
    /// Words that name the value, separated by commas.
    pub(crate) labels: &'static str,
    /// Words that make it likelier.
    pub(crate) hints: &'static str,
    /// Judges the candidate at a site.
    pub(crate) validate: fn(&Site) -> Option<Match>,
    /// The value as it is compared: separators, case and disguises gone.
    pub(crate) canonical: fn(&str) -> String,
    /// The value made unrecognisable.
    pub(crate) sample: fn(&str) -> String,
}

/// A candidate that holds.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    pub(crate) span: Range<usize>,
    pub(crate) odds: Odds,
    pub(crate) severity: Severity,
    pub(crate) known_test: bool,
    pub(crate) reasons: Reasons,
}

impl Match {
    pub(crate) fn new(span: Range<usize>, odds: Odds, severity: Severity, reason: &'static str) -> Self {
        Match { span, odds, severity, known_test: false, reasons: Reasons::of(reason) }
    }

    /// Adds evidence, for or against.
    pub(crate) fn add(&mut self, log_odds: f32, reason: &'static str) {
        self.odds.0 += log_odds;
        self.reasons.push(reason);
    }

    /// Adds evidence if `holds`.
    pub(crate) fn add_if(&mut self, holds: bool, log_odds: f32, reason: &'static str) {
        if holds {
            self.add(log_odds, reason);
        }
    }

    /// Marks a documented test value: it stays as sure as it was and stops being severe.
    pub(crate) fn known_test_if(mut self, known: bool) -> Self {
        if known {
            self.known_test = true;
            self.severity = Severity::Info;
            self.reasons.push("known test value");
        }
        self
    }
}

/// Evidence in log-odds: independent pieces add up, and no sum leaves 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(crate) struct Odds(pub(crate) f32);

/// A word that names the value.
pub(crate) const LABEL: f32 = 3.0;
/// A word near it that fits.
pub(crate) const HINT: f32 = 0.9;
/// A word that names it as something else.
pub(crate) const DENIED: f32 = -4.0;

impl Odds {
    /// The log-odds of `confidence`.
    pub(crate) fn of(confidence: f32) -> Self {
        Odds((confidence / (1.0 - confidence)).ln())
    }

    /// The confidence, 0 to 1, in steps of a thousandth so that it prints and compares alike everywhere.
    pub(crate) fn confidence(self) -> f32 {
        let exact = 1.0 / (1.0 + (-self.0).exp());
        ((exact * 1000.0 + 0.5) as u16) as f32 / 1000.0
    }
}
