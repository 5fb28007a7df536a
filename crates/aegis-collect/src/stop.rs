//! How a run ends, in words a person can act on.
//! Made by `walker`; shown in the list of runs, and read by schedules: what may go on later, what waits for somebody.

use crate::send::SendError;
use aegis_outbound::OutboundError;
use aegis_store::StoreError;
use aegis_vendors::admin::{Fault, Unreadable};
use std::time::Duration;

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The whole window was read.
    Whole,
    /// Before that.
    Stopped(Stop),
}

/// Why a run stopped. What it has is kept, and the walk can go on from its checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// Somebody asked for it.
    #[error("stopped on request; the next run goes on from here")]
    Cancelled,
    /// It read as much as one run may.
    #[error("this run read as many pages as one may ({0}); the next one goes on from here")]
    Pages(u64),
    /// The vendor is not to be had now.
    #[error("{why}; the next run goes on from here")]
    Later {
        /// What happened.
        why: String,
        /// How long to wait at least, where somebody says so.
        after: Option<Duration>,
    },
    /// Trying again gains nothing until somebody acts.
    #[error("{0}")]
    Act(String),
    /// Rows or checkpoint could not be kept.
    #[error("what was read could not be kept: {0}")]
    Store(#[from] StoreError),
}

impl Stop {
    /// True when going on later may succeed without anybody's doing.
    pub fn resumes(&self) -> bool {
        !matches!(self, Stop::Act(_))
    }

    fn later(why: impl Into<String>, after: Option<Duration>) -> Self {
        Stop::Later { why: why.into(), after }
    }

    /// What a fault that waiting did not lift means for a run.
    pub(crate) fn of_fault(vendor: &str, fault: &Fault) -> Self {
        match fault {
            Fault::Invalid { said } => {
                Stop::Act(format!("{vendor} does not accept this credential{}: replace it", quoted(said)))
            }
            Fault::Lacks { said } => Stop::Act(format!(
                "{vendor} does not let this credential read this{}: grant what is lacking, or use another",
                quoted(said)
            )),
            Fault::Exhausted { said } => Stop::Act(format!(
                "{vendor} answers no more until a limit of the account is raised or money is added{}",
                quoted(said)
            )),
            Fault::Missing { said } => Stop::Act(format!(
                "{vendor} does not have what was asked for{}: check the credential's fields, and whether the feature is switched on",
                quoted(said)
            )),
            Fault::Refused { said } => Stop::Act(format!(
                "{vendor} calls the request wrong{}: its interface may have changed; report this",
                quoted(said)
            )),
            Fault::TooMany { after } => Stop::later(format!("{vendor} asks for fewer requests"), *after),
            Fault::Unavailable => Stop::later(format!("{vendor} fails at the moment"), None),
            Fault::Restart => Stop::later(format!("{vendor} made the walk begin anew too often"), None),
        }
    }

    pub(crate) fn of_send(vendor: &str, error: SendError) -> Self {
        let error = match error {
            SendError::Exchange(fault) => return Stop::of_fault(vendor, &fault),
            SendError::Outbound(error) => error,
            error => return Stop::Act(error.to_string()),
        };
        match error {
            OutboundError::Paused { retry_in, .. } => Stop::later(error.to_string(), retry_in),
            OutboundError::OverBudget { retry_in, .. } => Stop::later(error.to_string(), Some(retry_in)),
            OutboundError::Unreadable { .. } => Stop::later(error.to_string(), None),
            error if error.may_pass() => Stop::later(error.to_string(), None),
            error => Stop::Act(error.to_string()),
        }
    }

    pub(crate) fn of_unreadable(vendor: &str, error: &Unreadable) -> Self {
        match error {
            Unreadable::NotJson => {
                Stop::later(format!("{vendor} sends answers that are no whole JSON"), None)
            }
            error => Stop::Act(format!(
                "an answer of {vendor} cannot be read: {error}. Its interface may have changed; report this"
            )),
        }
    }
}

/// The vendor's own words, where it said any.
fn quoted(said: &str) -> String {
    let said = said.trim().trim_end_matches('.');
    if said.is_empty() { String::new() } else { format!(" (\"{said}\")") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_says_what_to_do_or_that_it_goes_on() {
        let said = || "Key is gone.".to_owned();
        for (fault, resumes, words) in [
            (
                Fault::Invalid { said: said() },
                false,
                "xAI does not accept this credential (\"Key is gone\"): replace it",
            ),
            (Fault::Lacks { said: String::new() }, false, "read this: grant what is lacking"),
            (Fault::Exhausted { said: said() }, false, "money is added"),
            (Fault::Missing { said: said() }, false, "switched on"),
            (Fault::Refused { said: said() }, false, "report this"),
            (Fault::TooMany { after: None }, true, "fewer requests; the next run goes on"),
            (Fault::Unavailable, true, "fails at the moment"),
            (Fault::Restart, true, "too often"),
        ] {
            let stop = Stop::of_fault("xAI", &fault);
            assert_eq!(stop.resumes(), resumes, "{fault:?}");
            assert!(stop.to_string().contains(words), "{stop}");
        }
    }
}
