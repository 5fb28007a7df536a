//! The words every layer shares: events, findings as kept, people, roles, filters, time.
//! Imports nothing but the engine's plain types; does no I/O.

mod ability;
mod access;
mod audit;
pub mod entities;
mod event;
mod filter;
mod ids;
mod interaction;
mod ledger;
mod money;
mod sealed;
mod tier;
mod time;
mod vendor;
mod vendor_act;

pub use ability::{Ability, Standing};
pub use access::{Role, Scope};
pub use audit::{Actor, AuditRecord, GENESIS};
pub use event::{
    Action, Cost, CostMicros, Decision, EventRecord, FailMode, FindingRecord, KeptPart, SCHEMA, Status,
};
pub use filter::{EventFilter, Signature, Terms, admits, signature};
pub use ids::{CredentialId, EventId, InviteId, RunId, SessionId, SubjectId, TokenId, UserId};
pub use interaction::{Direction, Interaction, LIMITS, Labels, Limits, Part, Source, Usage};
pub use ledger::{Dimensions, LedgerKind, LedgerRow, Quantities, book_of};
pub use money::{Currency, Exact, Money, MoneyError, usd_string};
pub use sealed::{DataKeyId, Fingerprint, Place, SEALED_UNDER, Sealed, Seals};
pub use tier::Tier;
pub use time::{Clock, ManualClock, ParseTimeError, Range, SystemClock, Timestamp, Window};
pub use vendor::{VENDORS, is_vendor};
pub use vendor_act::VendorAct;

pub use aegis_detect::{Category, Severity};
