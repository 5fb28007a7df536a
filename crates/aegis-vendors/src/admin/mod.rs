//! What vendors' admin APIs are asked, and how their answers are read. Pure: an adapter says what to ask and reads
//! what came; who sends it, waits, retries and keeps checkpoints is the collector.
//!
//! A feed is walked by cursors. `open` gives the first ones for a window, `ask` turns one into a request, `read` turns
//! the answer into rows and the cursors that follow: the next page, or one for each project of a list. A cursor is
//! plain JSON, so a walk goes on after a crash where its last page ended.
//! Invariant: reading is a function of cursor and answer; the same answer read again gives the same rows under the
//! same keys.

mod catalogue;
mod credential;
mod page;
mod request;

pub use catalogue::{Catalogue, Field, Host, Input, KeyKind, Offer, Offers};
pub use credential::Credential;
pub use page::{AuditEntry, Conversation, Cursor, KeyEntry, MemberEntry, ModelEntry, Page, Row, Unreadable};
pub use request::{Answer, Auth, Body, Fault, FormValue, Method, Place, Request};

use aegis_domain::{Ability, Timestamp, Window};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::time::Duration;

/// One vendor's admin API.
pub trait AdminApi: Sync {
    /// What the vendor offers, what it does not, and what to ask a person for.
    fn catalogue(&self) -> &'static Catalogue;

    /// The cheapest real call that proves a credential, then those that learn what it may do: asked one after the
    /// other from step 0 until none is left. A step may use what earlier ones learnt (`Credential::learnt`).
    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request>;

    /// What the answer to a check says.
    fn judge(&self, step: usize, answer: &Answer) -> Verdict;

    /// The first cursors of a feed over a window. Lists without a time (models, keys, members, balance) ignore it.
    /// Not called for an ability that the catalogue does not offer with this kind of credential.
    fn open(&self, feed: Ability, window: Window, credential: &Credential) -> Vec<Cursor>;

    /// The request for a cursor.
    fn ask(&self, cursor: &Cursor, credential: &Credential) -> Result<Request, Unreadable>;

    /// The rows of a successful answer, and the cursors that follow.
    fn read(&self, cursor: &Cursor, answer: &Answer, credential: &Credential) -> Result<Page, Unreadable>;

    /// What an answer that is no success means: each vendor says it in its own way.
    fn fault(&self, answer: &Answer) -> Fault;

    /// The request that turns a credential into a short-lived token for `scope`, where the vendor works so
    /// (`Auth::Exchanged`).
    fn exchange(&self, _scope: &str, _credential: &Credential, _now: Timestamp) -> Option<Request> {
        None
    }

    /// The token in the answer to `exchange`, and how long it lasts.
    fn token(&self, _answer: &Answer) -> Result<(SecretString, Duration), Unreadable> {
        Err(Unreadable::shape("", "a vendor that exchanges tokens"))
    }
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// Set by the first check that settles it: does the vendor know the credential?
    pub known: Option<Known>,
    /// Abilities this answer settles, each with the vendor's own words or ours where it said none.
    pub abilities: Vec<(Ability, Standing, String)>,
    /// What later calls need: team id, organisation's slug, project. No secrets.
    pub learnt: BTreeMap<String, String>,
}

/// Whether the vendor knows a credential. 429 and 5xx settle nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It answered as to one of its own.
    Valid,
    /// It said no.
    Invalid,
}

/// Whether a credential has an ability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Proved by a call.
    Has,
    /// The vendor refused: a scope, role or plan is lacking.
    Lacks,
    /// Could not be told now: too many requests, vendor down.
    Unclear,
}
