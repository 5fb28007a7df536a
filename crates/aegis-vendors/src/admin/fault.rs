//! What an answer that is no success means. Each vendor says it in its own way; what most have in common is here.

use super::Answer;
use super::read::{Problem, retry_after};
use std::time::Duration;

/// What an answer that is no success means to the one who waits for it. `said` is the vendor's own message, shortened
/// and without anything that looks like a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The vendor does not know the credential: somebody must replace it.
    Invalid {
        /// The vendor's words.
        said: String,
    },
    /// Known, but not allowed to ask this: a scope, role or plan is lacking.
    Lacks {
        /// The vendor's words.
        said: String,
    },
    /// Too many requests: wait.
    TooMany {
        /// How long, where the vendor says so.
        after: Option<Duration>,
    },
    /// A limit that waiting does not lift: money, a spend cap.
    Exhausted {
        /// The vendor's words.
        said: String,
    },
    /// The vendor's own failure: try again.
    Unavailable,
    /// The cursor is no longer good: start the window again.
    Restart,
    /// What was asked for is not there (switched off, another team).
    Missing {
        /// The vendor's words.
        said: String,
    },
    /// The vendor calls the request wrong: a defect of ours, or a change of theirs.
    Refused {
        /// The vendor's words.
        said: String,
    },
}

impl Fault {
    /// What the status alone says, as most vendors mean it. An adapter first looks for what its vendor says otherwise.
    pub fn by_status(answer: &Answer) -> Self {
        let said = Problem::of(answer).message;
        match answer.status {
            401 => Fault::Invalid { said },
            402 => Fault::Exhausted { said },
            403 => Fault::Lacks { said },
            404 | 410 => Fault::Missing { said },
            429 => Fault::TooMany { after: retry_after(answer) },
            408 | 425 | 500.. => Fault::Unavailable,
            _ => Fault::Refused { said },
        }
    }
}
