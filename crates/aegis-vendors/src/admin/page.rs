//! What a page of a feed holds, and where the walk goes on.

use aegis_domain::{EventId, Interaction, LedgerRow, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// A place in a walk, as its adapter wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(serde_json::Value);

impl Cursor {
    /// A cursor of an adapter's own type.
    pub fn new<T: Serialize>(place: &T) -> Self {
        // Adapters' cursors are plain enums of strings and numbers: these serialise.
        Cursor(serde_json::to_value(place).unwrap_or_default())
    }

    /// The adapter's own type again. An error where a stored cursor is of an older form: the walk starts anew.
    pub fn get<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        T::deserialize(&self.0).map_err(|_| Unreadable::shape("cursor", "of this version"))
    }
}

/// An answer that cannot be read: the run stops there, keeps what it has, and says so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Cut short, or no JSON at all.
    #[error("the answer is not whole JSON")]
    NotJson,
    /// A field that matters has another form than the vendor documents.
    #[error("{field} must be {expected}")]
    Shape {
        /// Path in the answer.
        field: String,
        /// "a string", "an amount"…
        expected: &'static str,
    },
    /// The vendor says that its answer leaves something out.
    #[error("the answer is incomplete: {0}")]
    Incomplete(String),
}

impl Unreadable {
    /// A field of the wrong form.
    pub fn shape(field: impl Into<String>, expected: &'static str) -> Self {
        Unreadable::Shape { field: field.into(), expected }
    }
}

/// One page, read.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What it held.
    pub rows: Vec<Row>,
    /// Where to go on: none at the end of this branch, several where a list fans out.
    pub next: Vec<Cursor>,
    /// What a person should know about this page: a metric family that was missing, a name not known.
    pub notes: Vec<String>,
}

impl Page {
    /// A page of rows, and where to go on.
    pub fn of(rows: Vec<Row>, next: impl IntoIterator<Item = Cursor>) -> Self {
        Page { rows, next: next.into_iter().collect(), notes: Vec::new() }
    }
}

/// A row of any feed.
#[derive(Debug, Clone)]
pub enum Row {
    /// Usage or cost of a bucket: stated again whenever that is read, and taken back by a reading without it.
    Ledger(LedgerRow),
    /// What the vendor shows only as it stands: a balance, what is loaded, a bill under way. No later reading takes it
    /// back.
    Sample(LedgerRow),
    /// An act at the vendor.
    Audit(AuditEntry),
    /// An API key there is.
    Key(KeyEntry),
    /// A person or service account.
    Member(MemberEntry),
    /// A model.
    Model(ModelEntry),
    /// What was said in the vendor's own apps.
    Content(Box<Conversation>),
}

/// One act from the vendor's audit log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The vendor's id: a repeat is kept once.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// The vendor's name for the act.
    pub kind: String,
    /// Who, by the name the vendor gives: an address, else an id.
    pub actor: Option<String>,
    /// From where.
    pub address: Option<String>,
    /// On what.
    pub object: Option<String>,
    /// The vendor's record, whole.
    pub raw: serde_json::Value,
}

/// An API key at the vendor. Never the secret.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct KeyEntry {
    /// The vendor's id, as ledger rows name it.
    pub id: String,
    /// Its label.
    pub name: String,
    /// What the vendor shows of it.
    pub hint: Option<String>,
    /// Who made or owns it.
    pub owner: Option<String>,
    /// Project or workspace.
    pub project: Option<String>,
    /// The vendor's word: active, archived…
    pub status: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// A person or service account at the vendor.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MemberEntry {
    /// The vendor's id, as ledger rows name it.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// The vendor's word for their role.
    pub role: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
    /// True for a machine's account.
    pub machine: bool,
}

/// A model the credential can call.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelEntry {
    /// The vendor's id.
    pub id: String,
    /// Its display name.
    pub name: Option<String>,
    /// Tokens of context.
    pub context: Option<u64>,
    /// When the vendor says it ends.
    pub ends_at: Option<Timestamp>,
}

/// A piece of a conversation in a vendor's own app: an interaction for the pipeline.
#[derive(Clone)]
pub struct Conversation {
    /// `source` is `Collector`, `external_id` the vendor's id, so that a repeat is stored once.
    pub interaction: Interaction,
}

impl Conversation {
    /// The id of a piece: its time and a hash of who said it, so that reading it again gives the same one.
    pub fn id(vendor: &str, external_id: &str, at: Timestamp) -> EventId {
        let hash = Sha256::new().chain_update(vendor).chain_update([0]).chain_update(external_id).finalize();
        let mut tail = [0; 10];
        tail.copy_from_slice(&hash[..10]);
        let ms = u64::try_from(at.millis()).unwrap_or(0);
        EventId(uuid::Builder::from_unix_timestamp_millis(ms, &tail).into_uuid())
    }
}

impl fmt::Debug for Conversation {
    /// Says which, never what was said.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Conversation").field(&self.interaction.external_id).finish()
    }
}

/// The token of the next page, if there is one. An error where a vendor says that there is more but not where, or
/// sends the walk in a circle. Vendors that say only where, not whether, give `None` for `more`.
pub(super) fn onward(
    more: Option<bool>,
    token: Option<String>,
    current: Option<&str>,
) -> Result<Option<String>, Unreadable> {
    let token = token.filter(|t| !t.is_empty());
    match (more, token) {
        (Some(false), _) | (None, None) => Ok(None),
        (_, Some(token)) if Some(token.as_str()) == current => {
            Err(Unreadable::Incomplete("the next page is the same page".to_owned()))
        }
        (_, Some(token)) => Ok(Some(token)),
        (Some(true), None) => {
            Err(Unreadable::Incomplete("there is a next page, but no way to it".to_owned()))
        }
    }
}
