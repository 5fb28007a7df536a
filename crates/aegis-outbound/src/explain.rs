//! What the HTTP library says, in words a person can act on.
//! Called by `exchange` and `body`.
//! Invariant: no URL passes through; the library's errors carry it, and it may hold a key.

use crate::error::{OutboundError, Stage};
use crate::guard::{HostPort, Refusal};
use crate::limits;
use std::error::Error;
use std::io;

/// Turns a failure of the HTTP library into ours.
pub(crate) fn explain(error: reqwest::Error, host: &HostPort) -> OutboundError {
    let error = error.without_url();
    let host = host.clone();
    if let Some(refusal) = find::<Refusal>(&error) {
        return OutboundError::Refused(refusal.clone());
    }
    if let Some(tls) = find::<rustls::Error>(&error) {
        return match tls {
            rustls::Error::InvalidCertificate(why) => OutboundError::Untrusted { host, why: why.to_string() },
            other => OutboundError::Unreachable { host, why: format!("TLS failed, {other}"), attempts: 1 },
        };
    }
    if error.is_timeout() {
        let (stage, after) = (Stage::Connect, limits::CONNECT);
        return OutboundError::TimedOut { host, stage, after, attempts: 1 };
    }
    if let Some(hyper) = find::<hyper::Error>(&error) {
        if hyper.is_parse() || hyper.is_parse_status() {
            return OutboundError::Unreadable { host, what: hyper.to_string() };
        }
        if hyper.is_incomplete_message() {
            return OutboundError::Unreachable {
                host,
                why: "the connection broke off in its answer".into(),
                attempts: 1,
            };
        }
    }
    OutboundError::Unreachable { host, why: deepest(&error), attempts: 1 }
}

/// The first error of a kind in the chain, also inside I/O errors, which hide what they carry.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        if let Some(inside) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            next = Some(inside);
            continue;
        }
        next = error.source();
    }
    None
}

/// The text nearest to the cause.
fn deepest(error: &dyn Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}
