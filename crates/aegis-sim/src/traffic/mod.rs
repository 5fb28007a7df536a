//! Plays Larkfield Mutual against a running AegisFlow: thirty days of history, then people at work for as long as
//! somebody watches. Called by `aegisflow demo`.
//! Everything goes through the real HTTP ingest, as raw request/response pairs; nothing is written past it.

mod conversation;
mod dialect;
mod event;
mod history;
mod ingest;
mod live;
mod plan;

pub use history::{HistoryConfig, run_history};
pub use ingest::Ingest;
pub use live::{LiveConfig, run_live};

/// What came of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Conversations opened.
    pub conversations: u64,
    /// Of those, with something in them that should not be.
    pub leaks: u64,
    /// Of those, with an attack in them.
    pub attacks: u64,
    /// Calls that the vendor answered with an error.
    pub vendor_errors: u64,
    /// Events the server stored.
    pub stored: u64,
    /// Events it had already.
    pub duplicates: u64,
    /// Events it would not have.
    pub rejected: u64,
    /// Posts that were sent again, because the server was busy or out of reach.
    pub retries: u64,
}

impl Report {
    pub(crate) fn add(&mut self, other: Report) {
        self.conversations += other.conversations;
        self.leaks += other.leaks;
        self.attacks += other.attacks;
        self.vendor_errors += other.vendor_errors;
        self.stored += other.stored;
        self.duplicates += other.duplicates;
        self.rejected += other.rejected;
        self.retries += other.retries;
    }
}

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub enum TrafficError {
    /// The HTTP client could not be made.
    #[error("cannot make an HTTP client: {0}")]
    Client(#[source] reqwest::Error),
    /// Nobody answered for a minute.
    #[error("{url} does not answer: {reason}")]
    Unreachable {
        /// Who was asked.
        url: String,
        /// What the last attempt met.
        reason: String,
    },
    /// The server will not have our posts at all: a wrong token, a wrong address.
    #[error("{url} refused with status {status}: {body}")]
    Refused {
        /// Who was asked.
        url: String,
        /// HTTP status.
        status: u16,
        /// The beginning of the answer.
        body: String,
    },
}
