//! The one truth behind every vendor's answers: who is there, what they used and what it cost, what they did and wrote.
//! Called by the vendors' views and by the books. Pure: everything follows from the seed; only how much of it has been
//! reported yet follows from the clock.

mod acts;
mod books;
mod chats;
mod directory;
mod roll;
mod scale;
mod tally;
mod usage;

pub(crate) use acts::{Act, Deed};
pub(crate) use books::{Books, View, sums};
pub(crate) use chats::Chat;
pub(crate) use directory::{Directory, Key, Member, Project, Subject};
pub(crate) use scale::{MAX_ROWS, Scale};
pub(crate) use tally::{By, Dims, Group, Part, Tally};
pub(crate) use usage::{Burst, Seen};

use super::Vendor;
use crate::dice::Dice;
use crate::org::Organisation;
use usage::Stream;

/// Nothing happened before this day, 2025-01-01: the accounts did not exist.
pub(crate) const BEGINNING: i64 = 1_735_689_600;

/// Nothing is looked up further ahead than this, so that a range given from outside stays a bounded amount of work.
pub(crate) const MAX_SPAN: i64 = 20 * 366 * super::when::DAY;

/// A model as one vendor sells it. Prices are billionths of the vendor's currency for one token; half of one rounds
/// down, as that vendor's own rounding.
#[derive(Debug)]
pub(crate) struct Model {
    pub id: &'static str,
    pub name: &'static str,
    /// Seconds since 1970.
    pub created: i64,
    pub embeds: bool,
    /// How often it is chosen, against the others.
    pub share: u32,
    pub price: Price,
}

/// What one token of each kind costs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Price {
    pub input: i64,
    pub cached: i64,
    pub write_5m: i64,
    pub write_1h: i64,
    pub output: i64,
    /// For one search.
    pub search: i64,
}

impl Price {
    /// Without cache writes and searches.
    pub const fn of(input: i64, cached: i64, output: i64) -> Price {
        Price { input, cached, write_5m: 0, write_1h: 0, output, search: 0 }
    }
}

/// How long figures take to arrive, in minutes: nine in ten within `soon`, the rest by `late`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lag {
    pub soon: i64,
    pub late: i64,
}

/// What the world holds about one vendor.
pub(crate) struct Account {
    pub vendor: &'static Vendor,
    pub directory: Directory,
    seed: u64,
    streams: Vec<Stream>,
}

impl Account {
    /// Opens the account of a vendor.
    pub fn new(vendor: &'static Vendor, seed: u64, org: &Organisation) -> Self {
        let directory = Directory::new(vendor, seed, org);
        let streams = usage::streams(vendor, seed, &directory, org);
        Account { vendor, directory, seed, streams }
    }

    /// Dice for a purpose of this vendor, about the `n`th of a kind.
    fn dice(&self, purpose: &str, n: i64) -> Dice {
        let mut bytes = self.vendor.id.as_bytes().to_vec();
        bytes.extend(n.to_le_bytes());
        Dice::new(self.seed, purpose, &bytes)
    }
}
