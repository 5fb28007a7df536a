//! What vendors' admin APIs are asked, and how their answers are read. Pure: an adapter says what to ask and reads
//! what came; who sends it, waits, retries and keeps checkpoints is the collector.
//!
//! A feed is walked by cursors. `open` gives the first ones for a window, `ask` turns one into a request, `read` turns
//! the answer into rows and the cursors that follow: the next page, or one for each project of a list. A cursor is
//! plain JSON, so a walk goes on after a crash where its last page ended.
//! Invariant: reading is a function of cursor and answer; the same answer read again gives the same rows under the
//! same keys.

mod anthropic;
mod azure_openai;
mod catalogue;
mod cohere;
mod credential;
mod custom;
mod deepseek;
mod fault;
mod gemini;
mod huggingface;
mod mistral;
mod ollama;
mod openai;
mod openrouter;
mod page;
mod perplexity;
pub mod read;
mod registry;
mod request;
mod verdict;
mod xai;

pub use catalogue::{Catalogue, Field, Host, Input, KeyKind, Offer, Offers};
pub use credential::{Credential, FieldFault, faults};
pub use fault::Fault;
pub use page::{AuditEntry, Conversation, Cursor, KeyEntry, MemberEntry, ModelEntry, Page, Row, Unreadable};
pub use registry::{ADMIN, admin};
pub use request::{Answer, Auth, Body, FormValue, Method, Place, Request};
pub use verdict::{Known, Verdict};

pub use aegis_domain::Standing;
use aegis_domain::{Ability, Timestamp, Window};
use secrecy::SecretString;
use std::time::Duration;

/// One vendor's admin API.
pub trait AdminApi: Sync {
    /// What the vendor offers, what it does not, and what to ask a person for.
    fn catalogue(&self) -> &'static Catalogue;

    /// How far back a sync of a feed reads again with a kind of credential, where kinds differ.
    fn reread(&self, feed: Ability, _kind: &str) -> Duration {
        self.catalogue().reread(feed)
    }

    /// The farthest back a feed reaches with a kind of credential, where kinds differ.
    fn reach(&self, feed: Ability, _kind: &str) -> Option<Duration> {
        self.catalogue().reach(feed)
    }

    /// What patterns of the catalogue cannot check, before a credential is kept: a file's fields, a key that parses.
    /// Empty where all is well.
    fn inspect(&self, _credential: &Credential) -> Vec<FieldFault> {
        Vec::new()
    }

    /// The cheapest real call that proves a credential, then those that learn what it may do: asked one after the
    /// other from step 0 until none is left. A step may use what earlier ones learnt (`Credential::learnt`).
    fn check(&self, step: usize, credential: &Credential, now: Timestamp) -> Option<Request>;

    /// What the answer to a check says; never called without one. Where an exchange fails, `fault` says what that
    /// means, and the check ends.
    fn judge(&self, step: usize, answer: &Answer, credential: &Credential) -> Verdict;

    /// The first cursors of a feed over a window. Its `bucket` says how finely the caller wants figures, an hour or a
    /// day; a feed that comes in days only gives days. Lists (models, keys, members) ignore the window.
    /// Not called for an ability that the catalogue does not offer with this kind of credential.
    fn open(&self, feed: Ability, window: Window, credential: &Credential) -> Vec<Cursor>;

    /// The cursor to what a feed shows as it stands and of no other time: a balance, what is loaded. Its rows hold at
    /// `now`. Called beside `open`, for windows that reach to now.
    fn look(&self, _feed: Ability, _now: Timestamp, _credential: &Credential) -> Option<Cursor> {
        None
    }

    /// Where a walk goes on without a place that the vendor does not have (`Fault::Missing`): what that means, in a
    /// sentence. None where the run ends.
    fn absent(&self, _cursor: &Cursor) -> Option<&'static str> {
        None
    }

    /// The request for a cursor.
    fn ask(&self, cursor: &Cursor, credential: &Credential) -> Result<Request, Unreadable>;

    /// The rows of a successful answer, and the cursors that follow.
    fn read(&self, cursor: &Cursor, answer: &Answer, credential: &Credential) -> Result<Page, Unreadable>;

    /// What an answer that is no success means: each vendor says it in its own way.
    fn fault(&self, answer: &Answer) -> Fault;

    /// The request that turns a credential into a short-lived token for `scope`, where the vendor works so
    /// (`Auth::Exchanged`).
    fn exchange(
        &self,
        _scope: &str,
        _credential: &Credential,
        _now: Timestamp,
    ) -> Result<Request, FieldFault> {
        Err(FieldFault::new("", "a vendor that exchanges tokens"))
    }

    /// The token in the answer to `exchange`, and how long it lasts.
    fn token(&self, _answer: &Answer) -> Result<(SecretString, Duration), Unreadable> {
        Err(Unreadable::shape("", "a vendor that exchanges tokens"))
    }
}
