//! Groups of digits that hang together, as detectors of numbers read them.
//! Made by a site. Invariant: each group is complete and hangs on the one before it.

use super::horizon::{AFTER, MAX_GROUPS};
use crate::lexer::{Anchor, Joint};
use std::ops::Range;

/// Digit groups that hang together.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(super) groups: &'a [Anchor],
    pub(super) hay: &'a [u8],
}

impl<'a> Run<'a> {
    /// Those that hang together at the beginning of `groups`, as far as every site of them sees.
    pub(crate) fn of(hay: &'a [u8], groups: &'a [Anchor]) -> Self {
        let hi = groups.first().map_or(0, |first| first.start + AFTER);
        let joined =
            |(n, group): &(usize, &Anchor)| (*n == 0 || group.joint != Joint::None) && group.end < hi;
        let count = groups.iter().take(MAX_GROUPS).enumerate().take_while(joined).count();
        Run { groups: &groups[..count], hay }
    }

    /// The byte before the `n`th group, or 0.
    pub(crate) fn before(&self, n: usize) -> u8 {
        let group = self.groups.get(n).and_then(|group| group.start.checked_sub(1));
        group.map_or(0, |before| self.hay[before])
    }

    pub(crate) fn groups(&self) -> &'a [Anchor] {
        self.groups
    }

    /// Lengths of the first `n` groups match `shape` and all of them hang together by `joint`.
    pub(crate) fn is(&self, shape: &[usize], joint: Joint) -> bool {
        self.groups.len() >= shape.len()
            && shape.iter().zip(self.groups).all(|(&len, group)| group.end - group.start == len)
            && self.groups[1..shape.len()].iter().all(|group| group.joint == joint)
    }

    /// The first digit is this one.
    pub(crate) fn starts_with(&self, digit: u8) -> bool {
        self.groups.first().is_some_and(|group| self.hay[group.start] == digit)
    }

    /// The first two digits of two groups or more.
    pub(crate) fn first_two(&self) -> [u8; 2] {
        let first = self.groups[0];
        let second = if first.end - first.start > 1 { first.start + 1 } else { self.groups[1].start };
        [self.hay[first.start], self.hay[second]]
    }

    /// How the group after the first `n` hangs on them.
    pub(crate) fn joint_after(&self, n: usize) -> Joint {
        self.groups.get(n).map_or(Joint::None, |group| group.joint)
    }

    /// Digits of the first `n` groups.
    pub(crate) fn digits(&self, n: usize) -> Digits {
        let mut digits = Digits::default();
        for group in &self.groups[..n.min(self.groups.len())] {
            digits.extend(&self.hay[group.start..group.end]);
        }
        digits
    }

    /// Where the first `n` groups lie.
    pub(crate) fn span(&self, n: usize) -> Range<usize> {
        self.groups[0].start..self.groups[n - 1].end
    }
}

/// A few digits, on the stack. Longer runs are cut: no value is longer.
#[derive(Default, Clone, Copy)]
pub(crate) struct Digits {
    bytes: [u8; 24],
    len: usize,
}

impl Digits {
    fn extend(&mut self, digits: &[u8]) {
        let room = self.bytes.len() - self.len;
        let taken = &digits[..digits.len().min(room)];
        self.bytes[self.len..self.len + taken.len()].copy_from_slice(taken);
        self.len += taken.len();
    }
}

impl std::ops::Deref for Digits {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}
