//! What every route shares: the routes builder with its access rule, extractors, the error envelope, headers.

pub mod access_rule;
pub mod around;
pub mod batch;
pub mod envelope;
pub mod extract;
pub mod finish;
pub mod headers;
pub mod linger;
pub mod otlp;
pub mod query;
pub mod replays;
pub mod routes;

pub use access_rule::Access;
pub use extract::{Body, Params, Query};
pub use routes::{RouteInfo, Routes};
