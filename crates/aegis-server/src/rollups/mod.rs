//! The rollups: counters over events by time and dimension, absorbed from the log behind a cursor of their own.
//! Figures on every page come from here, so a page costs the buckets it shows and never the events there are.
//! Invariant: the rollups equal a recount of the log; `rebuild` makes them again and says whether they differed.

mod absorb;
mod overview;
mod read;
mod rebuild;
mod sketch;

pub use absorb::{Progress, oldest_minute, run};
pub use overview::{ByAction, BySeverity, Line, Overview, Overviews, overview};
pub use read::{ByValue, buckets, by_value, by_values, fixed_series, merged, merged_and_rest, series};
pub use rebuild::{Rebuilt, rebuild};
pub use sketch::{bin, quantile};

/// The key of the events whose names were not kept apart, because a bucket of the rollups holds a bounded number of
/// them. It is never a name's own key: no name is it.
pub use aegis_store::REST;

use aegis_store::{Grain, Tally};
use std::time::Duration;

/// The consumer's name in the store.
pub const SET: &str = "rollups";

/// What each counter of a tally counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Count {
    /// Events.
    Events,
    /// Findings; of a detector: its findings.
    Findings,
    /// Events with a finding.
    WithFindings,
    /// Events whose action was not `allow`.
    Flagged,
    /// Events refused.
    Blocked,
    /// Events that ended in an error or broke off.
    Errors,
    /// Tokens in.
    InputTokens,
    /// Tokens out.
    OutputTokens,
    /// Bytes nobody could look at.
    UninspectedBytes,
    /// Events whose worst finding is critical; of a detector: its critical findings.
    Critical,
    /// The same for high.
    High,
    /// Of the tokens in, those read from a cache.
    CachedTokens,
    /// Of the tokens in, those written to a cache.
    CacheWriteTokens,
    /// Of the tokens out, those spent on reasoning.
    ReasoningTokens,
    /// Billionths of a dollar that vendors stated in their answers.
    Stated,
    /// Billionths of a dollar by the price book, of the calls that vendors stated nothing for.
    Observed,
    /// Events that cost something nobody knows: neither stated nor in the price book.
    NotPriced,
    /// Tokens in and out of those.
    NotPricedTokens,
}

/// How many counters there are.
pub const COUNTS: usize = Count::NotPricedTokens as usize + 1;

/// What each sketch of a tally measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Measure {
    /// Whole duration, in ms.
    Latency,
    /// Time to first token, in ms.
    FirstToken,
    /// Time in the engine, in µs.
    Scan,
}

/// How many sketches there are.
pub const MEASURES: usize = Measure::Scan as usize + 1;

/// Joins the two values of a pair dimension.
pub const PAIR: char = '\u{1f}';

/// The dimensions tallies are kept by. Never the full product: single ones and a named few pairs.
pub mod dimension {
    /// Everything.
    pub const ALL: &str = "all";
    /// Vendor.
    pub const VENDOR: &str = "vendor";
    /// Vendor and model.
    pub const MODEL: &str = "vendor_model";
    /// Team.
    pub const TEAM: &str = "team";
    /// Application.
    pub const APP: &str = "app";
    /// Person, by subject id.
    pub const USER: &str = "user";
    /// Cost centre, by the label `cost_center`.
    pub const COST_CENTER: &str = "cost_center";
    /// Vendor and project, by the label `project`.
    pub const PROJECT: &str = "vendor_project";
    /// Vendor and API key, by the label `key`: the vendor's id of the key, never the key.
    pub const KEY: &str = "vendor_key";
    /// How we came to know of it.
    pub const SOURCE: &str = "source";
    /// Worst severity, `none` without findings.
    pub const SEVERITY: &str = "severity";
    /// What was decided.
    pub const ACTION: &str = "action";
    /// How it ended.
    pub const STATUS: &str = "status";
    /// Detector; counts findings.
    pub const DETECTOR: &str = "detector";
    /// Detector and vendor; counts findings.
    pub const DETECTOR_VENDOR: &str = "detector_vendor";
    /// Every one, in the order of `absorb`.
    pub const LIST: [&str; 15] = [
        ALL,
        VENDOR,
        MODEL,
        TEAM,
        APP,
        USER,
        SOURCE,
        SEVERITY,
        ACTION,
        STATUS,
        DETECTOR,
        DETECTOR_VENDOR,
        COST_CENTER,
        PROJECT,
        KEY,
    ];
}

/// A counter of a tally; absent means zero.
pub fn count(tally: &Tally, which: Count) -> i64 {
    tally.counters.get(which as usize).copied().unwrap_or(0)
}

/// A quantile of a measure; none without measurements.
pub fn measured(tally: &Tally, which: Measure, q: f64) -> Option<u64> {
    quantile(tally.sketches.get(which as usize)?, q)
}

/// The grain that has buckets of this width.
pub fn grain(bucket: Duration) -> Grain {
    match bucket.as_secs() {
        60 => Grain::Minute,
        3600 => Grain::Hour,
        _ => Grain::Day,
    }
}

/// Width of a grain's buckets.
pub fn width(grain: Grain) -> Duration {
    Duration::from_secs(match grain {
        Grain::Minute => 60,
        Grain::Hour => 3600,
        Grain::Day => 86_400,
    })
}

/// Minute buckets are kept for the ranges that are drawn in minutes, and three days for looking back.
pub const MINUTES_KEPT: Duration = Duration::from_secs(3 * 86_400);
