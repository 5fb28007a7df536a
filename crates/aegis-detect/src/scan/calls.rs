//! Says which detectors are called for an anchor, from its kind and the digits there: most need not be.
//! Made once per scanner. Invariant: a detector that is not called would have found
//! nothing; the scanner asserts it in development.

use crate::detector::Candidates;
use crate::detectors;
use crate::lexer::{Joint, Kind};
use crate::site::Site;

/// A set of detectors, one bit for each by its place in the registry.
type Set = u32;

/// More digits than this are all alike.
const MOST: usize = 24;

/// The detectors that look at anchors of a kind, and at numbers of so many digits.
pub(super) struct Calls {
    kinds: [Set; Kind::COUNT],
    /// By the digits of the group at the anchor.
    first: [Set; MOST + 1],
    /// By the digits of all groups that hang together.
    total: [Set; MOST + 1],
    /// After another number and a hyphen or dot.
    joined: Set,
}

impl Calls {
    pub(super) fn new() -> Self {
        let mut calls =
            Calls { kinds: [0; Kind::COUNT], first: [0; MOST + 1], total: [0; MOST + 1], joined: 0 };
        for (number, detector) in detectors::ALL.iter().enumerate() {
            let (own, numbers) = (1 << number, detector.numbers);
            if let Candidates::At(kinds) = detector.candidates {
                kinds.iter().for_each(|kind| calls.kinds[*kind as usize] |= own);
            }
            calls.joined |= if numbers.joined { own } else { 0 };
            for digits in 0..=MOST {
                let first = digits >= numbers.first.0 && digits <= numbers.first.1;
                calls.first[digits] |= if first { own } else { 0 };
                calls.total[digits] |= if digits >= numbers.least { own } else { 0 };
            }
        }
        calls
    }

    /// The detectors to call for an anchor seen as `kind`, in order.
    pub(super) fn at(&self, kind: Kind, site: &Site) -> impl Iterator<Item = usize> + use<> {
        members(self.set(kind, site))
    }

    /// Those that look at the kind and are not called.
    pub(super) fn spared(&self, kind: Kind, site: &Site) -> impl Iterator<Item = usize> + use<> {
        members(self.kinds[kind as usize] & !self.set(kind, site))
    }

    fn set(&self, kind: Kind, site: &Site) -> Set {
        let mut set = self.kinds[kind as usize];
        if matches!(kind, Kind::Digits | Kind::Lettered) {
            let anchor = site.anchor();
            if matches!(anchor.joint, Joint::Hyphen | Joint::Dot) {
                set &= self.joined;
            }
            set &=
                self.first[(anchor.end - anchor.start).min(MOST)] & self.total[site.run().total().min(MOST)];
        }
        set
    }
}

fn members(mut set: Set) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        next
    })
}
