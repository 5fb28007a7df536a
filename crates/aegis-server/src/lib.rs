//! The server: HTTP API, pipeline, consumers of the log, console.
//! The binary builds an `App`, takes `router`, and serves it.

pub mod access;
mod app;
pub mod audit;
pub mod collection;
mod config;
mod console;
pub mod costs;
mod detectors;
pub mod error;
mod events;
pub mod http;
mod jobs;
mod live;
mod metrics;
mod people;
mod pipeline;
mod prices;
mod quality;
pub mod rollups;
mod routes;
#[cfg(test)]
mod test_app;
pub mod vault;
mod vendor_acts;
mod view;

pub use app::{App, Keys};
pub use config::{OutboundConfig, Registration, ServerConfig};
pub use quality::{Quality, quality};
pub use routes::{document, router, table};
