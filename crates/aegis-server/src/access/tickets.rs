//! One-use tickets, so that a web socket's URL holds no long-lived secret.
//! Issued by `POST /ws/ticket`, redeemed by `authenticate` where the route's rule takes tickets.
//! Invariant: a ticket works once, within 30 s, and only as long as the session or token behind it holds.

use super::{Caller, Principal};
use crate::App;
use crate::error::{ApiError, Code};
use aegis_domain::Timestamp;
use aegis_identity::token::OpaqueToken;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::time::Duration;

const LIFETIME: Duration = Duration::from_secs(30);
/// Tickets open at once: more than a node has sockets.
const CAPACITY: usize = 10_000;

/// Makes a ticket for the caller: the token for `?token=`, and when it stops working.
pub fn issue_ticket(app: &App, caller: &Caller) -> Result<(String, Timestamp), ApiError> {
    app.access.tickets.issue(caller.principal.clone(), app.clock.now())
}

/// The tickets of this process, by hash.
#[derive(Default)]
pub struct Tickets(Mutex<HashMap<String, (Principal, Timestamp)>>);

impl Tickets {
    fn issue(&self, principal: Principal, now: Timestamp) -> Result<(String, Timestamp), ApiError> {
        let token = OpaqueToken::generate(&mut rand::rng());
        let expires_at = now.plus(LIFETIME);
        let mut open = self.0.lock();
        if open.len() >= CAPACITY {
            open.retain(|_, (_, end)| *end > now);
        }
        if open.len() >= CAPACITY {
            return Err(ApiError::new(Code::Busy, "too many tickets are open").retry_after(LIFETIME));
        }
        open.insert(token.hash(), (principal, expires_at));
        Ok((token.expose().to_owned(), expires_at))
    }

    /// Takes a ticket out of use; returns whom it was made for.
    pub(super) fn redeem(&self, token: &OpaqueToken, now: Timestamp) -> Option<Principal> {
        let (principal, expires_at) = self.0.lock().remove(&token.hash())?;
        (now < expires_at).then_some(principal)
    }

    /// Forgets tickets that nobody used.
    pub(super) fn tidy(&self, now: Timestamp) {
        self.0.lock().retain(|_, (_, end)| *end > now);
    }
}
