//! The small things the control plane keeps. Adding one is a file here and a line below; no backend knows them.

mod api_token;
mod collector_run;
mod credential;
mod custom_detector;
mod custom_vendor;
mod detector_setting;
mod feed_state;
mod inventory;
mod invite;
mod ledger_day;
mod lockout;
mod prices;
mod schedule;
mod session;
mod setting;
mod subject;
mod user;
mod vault;

pub use api_token::ApiToken;
pub use collector_run::{CollectorRun, FeedRun, FeedRunState, RowCounts, RunBreaker, RunState, Trigger};
pub use credential::{Check, Checked, Credential};
pub use custom_vendor::CustomVendor;
pub use detector_setting::DetectorSetting;
pub use feed_state::{DayRead, FeedState, OpenWalk};
pub use inventory::InventoryPage;
pub use invite::Invite;
pub use ledger_day::{LedgerDay, LedgerLine, LineKey};
pub use lockout::Lockout;
pub use prices::{ContractPrice, CurrencyRate, CurrencyRates, Terms, VendorContract};
pub use schedule::Schedule;
pub use session::Session;
pub use setting::Setting;
pub use subject::Subject;
pub use user::User;
pub use vault::{Cursor, Rotated, Rotation, VAULT, VaultRecord, WrappedKey};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A document kept by the store: JSON under a string id, with declared keys.
pub trait Entity: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    /// Where it is kept; also its name in messages.
    const COLLECTION: &'static str;

    /// Its id, unique in the collection.
    fn id(&self) -> String;

    /// Values that no two documents may share, by key name.
    fn unique(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Values to list by, by index name. Several documents may share one.
    fn indexed(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
