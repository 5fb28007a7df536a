//! The meanings a word can have, as a set in one machine word.
//! Each detector owns two bits by its place in the registry: its label and its hint.

use std::ops::{BitOr, BitOrAssign};

/// A set of meanings: labels of detectors, their hints, and the ones all share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Roles(u64);

/// First hint bit. Below it are labels; as many hints follow; the shared ones are the last.
const HINTS: usize = 28;

impl Roles {
    pub(crate) const NONE: Roles = Roles(0);
    /// Names a number that is no value of ours: order, ticket, part…
    pub(crate) const COUNTER: Roles = Roles(1 << 63);
    /// Names a version or build.
    pub(crate) const VERSION: Roles = Roles(1 << 62);
    /// Names a date that is no birth date.
    pub(crate) const OTHER_DATE: Roles = Roles(1 << 61);
    /// Tells of a patient.
    pub(crate) const CLINICAL: Roles = Roles(1 << 60);
    /// Names an identifier of no particular kind.
    pub(crate) const ID: Roles = Roles(1 << 59);
    /// Any detector's own label.
    pub(crate) const ANY_LABEL: Roles = Roles((1 << HINTS) - 1);
    /// What settles what a value is called.
    pub(crate) const NAMING: Roles =
        Roles(Self::ANY_LABEL.0 | Self::COUNTER.0 | Self::VERSION.0 | Self::OTHER_DATE.0);

    /// The label of the detector at `index` of the registry.
    pub(crate) const fn label(index: usize) -> Roles {
        assert!(index < HINTS, "more detectors than label bits");
        Roles(1 << index)
    }

    /// The hint of the detector whose label this is.
    pub(crate) const fn hint(self) -> Roles {
        Roles(self.0 << HINTS)
    }

    /// The labels among these.
    pub(crate) const fn labels(self) -> Roles {
        Roles(self.0 & Self::ANY_LABEL.0)
    }

    /// The labels of the detectors whose label or hint is among these.
    pub(crate) const fn owners(self) -> Roles {
        Roles((self.0 | self.0 >> HINTS) & Self::ANY_LABEL.0)
    }

    /// The places in the registry of the detectors whose label is among these, one bit each.
    pub(crate) const fn detectors(self) -> u32 {
        (self.0 & Self::ANY_LABEL.0) as u32
    }

    pub(crate) const fn has(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Roles {
    type Output = Roles;
    fn bitor(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }
}

impl BitOrAssign for Roles {
    fn bitor_assign(&mut self, other: Roles) {
        self.0 |= other.0;
    }
}
