//! Simulates the admin, usage, billing, audit and content APIs of twelve vendors, from the vendors' documents: their
//! shapes, units, signs, paging, limits, errors and delays. Mounted by `router` beside the chat APIs; `/_sim` controls it.
//! Invariant: a view never invents a figure. It shows the world's, as much of it as has been reported by the clock.
#![expect(
    clippy::result_large_err,
    reason = "a refusal is an answer, made once for a request: a box gains nothing"
)]

pub(crate) mod around;
mod calls;
pub(crate) mod clock;
mod connect;
mod control;
mod faults;
mod keys;
mod money;
mod paging;
mod params;
mod reply;
mod rsa;
mod when;
mod world;

mod anthropic;
mod azure_openai;
mod cohere;
mod deepseek;
mod gemini;
mod huggingface;
mod mistral;
mod ollama;
mod openai;
mod openrouter;
mod perplexity;
mod xai;

pub use connect::kind as form_kind;
pub use faults::Profile;
pub(crate) use keys::UNKNOWN;

use crate::dice::Dice;
use crate::org::Organisation;
use axum::Router;
use axum::response::Response;
use calls::Calls;
use clock::SimClock;
use faults::Faults;
use keys::{KeyKind, Keys};
use parking_lot::Mutex;
use rsa::RsaPair;
use serde_json::Value;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use world::{Account, Lag, Model, Scale, Seen, Subject};

/// Every vendor, in the order they are listed.
pub(crate) static ALL: &[&Vendor] = &[
    &openai::VENDOR,
    &anthropic::VENDOR,
    &gemini::VENDOR,
    &xai::VENDOR,
    &azure_openai::VENDOR,
    &mistral::VENDOR,
    &cohere::VENDOR,
    &huggingface::VENDOR,
    &openrouter::VENDOR,
    &perplexity::VENDOR,
    &deepseek::VENDOR,
    &ollama::VENDOR,
];

/// One address of a vendor.
pub(crate) struct Host {
    /// Its place here, below the vendor's: empty, or a word.
    pub label: &'static str,
    /// Where it really is.
    pub real: &'static str,
}

/// What goes wrong on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Too many calls; how many seconds to wait.
    TooMany(u64),
    /// The vendor itself fails, with this status.
    Broken(u16),
}

/// One vendor: facts for the world, and its routes.
pub(crate) struct Vendor {
    pub id: &'static str,
    pub currency: &'static str,
    pub hosts: &'static [Host],
    pub models: &'static [Model],
    /// How many projects its account has.
    pub projects: usize,
    /// Whether there are batches, at half the price.
    pub batches: bool,
    /// Whether people use models without a key: in a playground or an application of the vendor.
    pub keyless: bool,
    /// How the vendor makes ids.
    pub id_of: fn(Subject, &mut Dice) -> String,
    pub usage_lag: Lag,
    pub cost_lag: Lag,
    pub keys: &'static [KeyKind],
    /// What the product has to be given beside or instead of the key alone.
    pub fields: fn(&Admin, &KeyKind) -> Value,
    /// How the vendor words trouble.
    pub trouble: fn(Trouble) -> Response,
    pub routes: fn() -> Router<Admin>,
}

/// What all handlers share.
#[derive(Clone)]
pub(crate) struct Admin(Arc<Inner>);

/// See `Admin`.
pub(crate) struct Inner {
    pub seed: u64,
    pub clock: SimClock,
    pub org: Organisation,
    pub faults: Faults,
    pub calls: Calls,
    accounts: Vec<Account>,
    keys: Keys,
    scale: Mutex<Option<Scale>>,
    rsa: OnceLock<Option<RsaPair>>,
    pub jobs: gemini::Jobs,
    began: Instant,
}

impl Deref for Admin {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Admin {
    /// Sets the world up.
    pub fn new(seed: u64, profile: Profile, clock: SimClock) -> Self {
        let org = Organisation::new(seed);
        let accounts = ALL.iter().map(|v| Account::new(v, seed, &org)).collect();
        Admin(Arc::new(Inner {
            seed,
            clock,
            faults: Faults::new(seed, profile),
            calls: Calls::default(),
            keys: Keys::new(seed),
            accounts,
            org,
            scale: Mutex::new(None),
            rsa: OnceLock::new(),
            jobs: gemini::Jobs::default(),
            began: Instant::now(),
        }))
    }
}

impl Inner {
    /// The account of a vendor of `ALL`.
    pub fn account(&self, vendor: &Vendor) -> &Account {
        self.accounts
            .iter()
            .find(|a| a.vendor.id == vendor.id)
            .expect("every vendor of the registry has an account")
    }

    /// The vendor with this id.
    pub fn find(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|a| a.vendor.id == id)
    }

    /// Milliseconds since the simulator began, whatever its clock says.
    pub fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Seconds since 1970, by the simulator's clock.
    pub fn now(&self) -> i64 {
        self.clock.seconds()
    }

    /// What usage reports show by now.
    pub fn usage(&self) -> Seen {
        Seen::Usage(self.now())
    }

    /// What cost reports show by now.
    pub fn cost(&self) -> Seen {
        Seen::Cost(self.now())
    }

    /// The scale test, where it is on for the vendor.
    pub fn scale(&self, vendor: &Vendor) -> Option<Scale> {
        if vendor.id == openai::VENDOR.id { *self.scale.lock() } else { None }
    }

    /// The key pair of the service account, made on first use. `None` would mean that no prime was found.
    pub fn rsa(&self) -> Option<&RsaPair> {
        self.rsa.get_or_init(|| RsaPair::new(self.seed)).as_ref()
    }
}

/// Every vendor's routes, and the simulator's own. Without state, so that it can be merged.
pub(crate) fn routes(admin: Admin) -> Router {
    let vendors = ALL.iter().fold(Router::new(), |router, vendor| router.merge((vendor.routes)()));
    vendors.merge(control::routes()).with_state(admin)
}
