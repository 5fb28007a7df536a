//! Why there is no answer, and what can be done.
//! Made by everything here; shown to people as it stands.
//! Invariant: no text holds more of a URL than its host and port, nor a header's value, nor any of a body.

use crate::breaker::machine::Held;
use crate::guard::{HostPort, Refusal};
use http::HeaderName;
use std::time::Duration;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// The call was not made: change the URL or what the destination allows.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The call was not made: its header cannot be sent.
    #[error(
        "the header {0} cannot be sent: it is set by the client itself, or its value holds a line break or another character that no header may hold"
    )]
    BadHeader(HeaderName),
    /// The call was not made, because the host failed too often: try later.
    #[error("{host} failed {} times in a row with this key, so it is left alone: {}", crate::breaker::machine::THRESHOLD, held(*retry_in))]
    Paused {
        /// Where the call was to go.
        host: HostPort,
        /// When to try again; none while another call is trying.
        retry_in: Option<Duration>,
    },
    /// The call was not made, because the vendor's pace leaves no room for it: try later.
    #[error("the request budget of {vendor} is used up: try again in {} s", retry_in.as_secs_f64().ceil())]
    OverBudget {
        /// Whose budget.
        vendor: String,
        /// When there will be room.
        retry_in: Duration,
    },
    /// No connection, or it broke: look at the network between, or at the host.
    #[error("{host} cannot be reached{}: {why}", tries(*attempts))]
    Unreachable {
        /// Where the call went.
        host: HostPort,
        /// What the network said.
        why: String,
        /// Attempts made.
        attempts: u32,
    },
    /// The host's certificate is not trusted: add its authority, or find out who stands between.
    #[error(
        "the certificate of {host} is not trusted ({why}): if your network inspects TLS, add its authority with the CA file setting"
    )]
    Untrusted {
        /// Where the call went.
        host: HostPort,
        /// What is wrong with it.
        why: String,
    },
    /// The host was too slow.
    #[error("{host} {} within {} s{}", stage.words(), after.as_secs_f64(), tries(*attempts))]
    TimedOut {
        /// Where the call went.
        host: HostPort,
        /// What was waited for.
        stage: Stage,
        /// How long.
        after: Duration,
        /// Attempts made.
        attempts: u32,
    },
    /// The answer is larger than it may be: ask for less at once.
    #[error("{host} answered with more than {limit} bytes: ask for smaller pages, or raise the limit")]
    TooLarge {
        /// Where the call went.
        host: HostPort,
        /// Bytes allowed, unpacked.
        limit: u64,
    },
    /// What came is no answer that can be read.
    #[error("{host} sent an answer that cannot be read: {what}")]
    Unreadable {
        /// Where the call went.
        host: HostPort,
        /// What is wrong with it.
        what: String,
    },
}

/// What was waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The connection.
    Connect,
    /// The answer's head.
    FirstByte,
    /// The next piece of the body.
    Idle,
    /// The whole answer.
    Whole,
}

impl Stage {
    const fn words(self) -> &'static str {
        match self {
            Stage::Connect => "did not accept a connection",
            Stage::FirstByte => "did not begin to answer",
            Stage::Idle => "stopped in the middle of its answer and did not go on",
            Stage::Whole => "did not end its answer",
        }
    }
}

impl OutboundError {
    pub(crate) fn held(host: HostPort, held: Held) -> Self {
        let retry_in = match held {
            Held::Open(rest) => Some(rest),
            Held::Probing => None,
        };
        OutboundError::Paused { host, retry_in }
    }

    /// A word for metrics and run records.
    pub const fn word(&self) -> &'static str {
        match self {
            OutboundError::Refused(_) => "refused",
            OutboundError::BadHeader(_) => "bad_header",
            OutboundError::Paused { .. } => "paused",
            OutboundError::OverBudget { .. } => "over_budget",
            OutboundError::Unreachable { .. } => "unreachable",
            OutboundError::Untrusted { .. } => "untrusted",
            OutboundError::TimedOut { .. } => "timed_out",
            OutboundError::TooLarge { .. } => "too_large",
            OutboundError::Unreadable { .. } => "unreadable",
        }
    }

    /// True when the host is at fault, or the way to it.
    pub(crate) const fn blames_host(&self) -> bool {
        match self {
            OutboundError::Unreachable { .. }
            | OutboundError::Untrusted { .. }
            | OutboundError::TimedOut { .. }
            | OutboundError::Unreadable { .. } => true,
            OutboundError::Refused(_)
            | OutboundError::BadHeader(_)
            | OutboundError::Paused { .. }
            | OutboundError::OverBudget { .. }
            | OutboundError::TooLarge { .. } => false,
        }
    }

    /// True when the same call may succeed a little later.
    pub const fn may_pass(&self) -> bool {
        match self {
            OutboundError::Paused { .. }
            | OutboundError::OverBudget { .. }
            | OutboundError::Unreachable { .. }
            | OutboundError::TimedOut { .. } => true,
            OutboundError::Refused(_)
            | OutboundError::BadHeader(_)
            | OutboundError::Untrusted { .. }
            | OutboundError::TooLarge { .. }
            | OutboundError::Unreadable { .. } => false,
        }
    }

    pub(crate) fn after(mut self, made: u32) -> Self {
        if let OutboundError::Unreachable { attempts, .. } | OutboundError::TimedOut { attempts, .. } =
            &mut self
        {
            *attempts = made;
        }
        self
    }
}

fn tries(attempts: u32) -> String {
    if attempts > 1 { format!(" (tried {attempts} times)") } else { String::new() }
}

fn held(retry_in: Option<Duration>) -> String {
    match retry_in {
        Some(rest) => format!("one call will try again in {} s", rest.as_secs_f64().ceil()),
        None => "one call is trying it now".to_owned(),
    }
}
