//! What is counted, and by what: sums of tokens, requests and cost, and the dimensions they are grouped by.
//! Called by `usage` to add up and by every view to read. Invariant: cost is a sum of integers; the parts of a whole
//! add up to it.

use std::ops::AddAssign;

/// What is charged apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Input,
    Cached,
    Write5m,
    Write1h,
    Output,
    Search,
}

impl Part {
    /// Every part, in the order bills list them.
    pub const ALL: [Part; 6] =
        [Part::Input, Part::Cached, Part::Write5m, Part::Write1h, Part::Output, Part::Search];
}

/// Sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub requests: u64,
    /// Output tokens spent on reasoning; inside the output's.
    pub reasoning: u64,
    counts: [u64; 6],
    cost: [i64; 6],
}

impl Tally {
    /// So many requests, nothing else yet.
    pub fn of(requests: u64, reasoning: u64) -> Self {
        Tally { requests, reasoning, ..Tally::default() }
    }

    /// Enters one kind of token or search, with what it cost.
    pub fn enter(&mut self, part: Part, count: u64, price: i64) {
        self.counts[part as usize] += count;
        self.cost[part as usize] += count as i64 * price;
    }

    /// Tokens, or searches, of a kind.
    pub fn count(&self, part: Part) -> u64 {
        self.counts[part as usize]
    }

    /// What a kind cost, in billionths.
    pub fn cost(&self, part: Part) -> i64 {
        self.cost[part as usize]
    }

    /// What everything cost, in billionths.
    pub fn total(&self) -> i64 {
        self.cost.iter().sum()
    }

    /// All tokens that went in: uncached, read from a cache, written to one.
    pub fn all_input(&self) -> u64 {
        self.counts[..4].iter().sum()
    }
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.requests += other.requests;
        self.reasoning += other.reasoning;
        for i in 0..self.counts.len() {
            self.counts[i] += other.counts[i];
            self.cost[i] += other.cost[i];
        }
    }
}

/// Who used what: places in the account's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dims {
    pub model: usize,
    pub project: usize,
    pub user: Option<usize>,
    pub key: Option<usize>,
    pub batch: bool,
}

/// Which dimensions are told apart.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct By {
    pub model: bool,
    pub project: bool,
    pub user: bool,
    pub key: bool,
    pub batch: bool,
}

impl By {
    /// Every one.
    pub const ALL: By = By { model: true, project: true, user: true, key: true, batch: true };

    /// The group that `dims` belongs to.
    pub fn group(self, dims: &Dims) -> Group {
        Group {
            project: self.project.then_some(dims.project),
            model: self.model.then_some(dims.model),
            key: dims.key.filter(|_| self.key),
            user: dims.user.filter(|_| self.user),
            batch: self.batch.then_some(dims.batch),
        }
    }
}

/// A group; `None` where a dimension is not told apart, or does not apply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Group {
    pub project: Option<usize>,
    pub model: Option<usize>,
    pub key: Option<usize>,
    pub user: Option<usize>,
    pub batch: Option<bool>,
}
