//! The one guarded HTTP client of the product: what may be called, how often, how long, and what to do when it fails.
//! Called by `aegis-server` for vendors, destinations, alerts and identity providers. Stores nothing and knows no vendor;
//! time, chance and name look-up are handed in.
//! Invariants: no connection to an address that was not checked; no secret in an error, a log or a `Debug`; every wait
//! and every buffer is bounded.

mod allow_list;
mod answer;
mod body;
mod breaker;
mod call;
mod client;
mod decode;
mod error;
mod exchange;
mod explain;
pub mod guard;
mod limits;
mod observe;
mod proxy;
mod rate;
mod redirect;
mod retry;
mod settings;
mod stream;
mod time;

pub use allow_list::{AllowList, BadPattern, Destination, Destinations, Pattern};
pub use answer::{Answer, Trip};
pub use breaker::{BreakerKey, BreakerState, BreakerStatus, Breakers};
pub use call::{Call, Party, Policy, Repeat};
pub use client::Client;
pub use error::{OutboundError, Stage};
pub use guard::{HostPort, Lookup, Reach, Refusal, Rules, Target};
pub use limits::Limits;
pub use observe::{Event, Observer, Seen, Unobserved};
pub use proxy::{AddressChecks, BadProxy, Proxy};
pub use rate::Pace;
pub use retry::Retry;
pub use settings::{BuildError, Roots, Settings};
pub use stream::Streaming;
pub use time::{ManualTime, Sleep, SystemTime, Time};

pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
pub use secrecy::SecretString;
