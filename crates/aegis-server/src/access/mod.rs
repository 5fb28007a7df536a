//! Who is calling, and may they: from a cookie, a bearer token or a ticket to a `Caller`.
//! Called by `http::access_rule::guard` for every request; the routes of accounts build on the rest.
//! Invariant: what was revoked, demoted or disabled anywhere is cut off here within 5 s, see `cache`.

mod authenticate;
mod cache;
mod caller;
mod lease;
mod limits;
pub mod lockouts;
pub mod members;
mod origin;
mod passwords;
pub mod sessions;
pub mod setup;
mod tickets;
mod tidy;
pub mod tokens;

pub(crate) use authenticate::cookies;
pub use authenticate::{authenticate, still_holds};
pub use caller::{Caller, Principal, is_direct_loopback, nobody};
pub(crate) use limits::{Limit, limited};
pub use origin::check_origin;
pub use tickets::issue_ticket;
pub use tidy::{run, tidy};

use crate::audit::Chain;
use crate::config::ServerConfig;
use aegis_domain::Clock;
use aegis_identity::access_token::AccessKey;
use aegis_identity::client_address::{ForwardedHeader, TrustedProxies};
use aegis_identity::cookie::{Jar, SameSite};
use std::sync::Arc;

/// Keys, caches and counters of authentication.
pub struct AccessState {
    pub(crate) key: AccessKey,
    pub(crate) jar: Jar,
    pub(crate) proxies: TrustedProxies,
    pub(crate) cache: cache::Cache,
    pub(crate) passwords: passwords::Passwords,
    pub(crate) limits: limits::Limits,
    pub(crate) tickets: tickets::Tickets,
    /// The end of the audit log's chain.
    pub(crate) audit: Chain,
}

impl AccessState {
    /// With the key that signs access tokens.
    pub fn new(config: &ServerConfig, key: AccessKey, clock: Arc<dyn Clock>) -> Self {
        AccessState {
            key,
            jar: Jar { secure: config.is_https() || !config.insecure_http, same_site: SameSite::Lax },
            proxies: TrustedProxies::new(config.trusted_proxies.clone(), ForwardedHeader::default()),
            cache: cache::Cache::default(),
            passwords: passwords::Passwords::new(),
            limits: limits::Limits::new(clock),
            tickets: tickets::Tickets::default(),
            audit: Chain::default(),
        }
    }
}
