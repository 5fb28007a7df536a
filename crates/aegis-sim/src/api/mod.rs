//! Simulates the vendors' chat APIs over HTTP, from the vendors' own documents: request checks, answers, streams,
//! ids, usage, errors. Served by `aegisflow sim`; the traffic generator talks to it as an application would.
//! Invariant: a body's answer follows from the seed and the body alone; only `created` and waiting follow the clock.

mod answer;
pub(crate) mod anthropic;
pub(crate) mod models;
pub(crate) mod openai;
mod prompt;
mod sse;
mod structured;
mod topics;

pub(crate) use answer::Timing;

use crate::admin::clock::SimClock;
use crate::admin::{self, Admin, Profile};
use aegis_domain::{Clock, SystemClock};
use axum::extract::DefaultBodyLimit;
use axum::{Router, middleware};
use std::sync::Arc;

/// As much as the vendors take in one request, roughly.
const MAX_BODY: usize = 32 * 1024 * 1024;

/// What makes one simulator differ from another.
#[derive(Debug, Clone, Copy, Default)]
pub struct SimConfig {
    /// Equal seeds give equal answers.
    pub seed: u64,
    /// What goes wrong from the start.
    pub faults: Profile,
}

#[derive(Clone)]
struct Sim {
    seed: u64,
    clock: Arc<dyn Clock>,
}

impl Sim {
    fn unix_seconds(&self) -> i64 {
        self.clock.now().millis().div_euclid(1000)
    }
}

/// The vendors' APIs, each under its id: `/openai/v1/chat/completions`, `/anthropic/v1/organizations/me`; and `/_sim`.
pub fn router(config: SimConfig) -> Router {
    router_at(config, Arc::new(SystemClock))
}

/// The same, by another clock.
pub fn router_at(config: SimConfig, clock: Arc<dyn Clock>) -> Router {
    let clock = SimClock::new(clock);
    let admin = Admin::new(config.seed, config.faults, clock.clone());
    let sim = Sim { seed: config.seed, clock: Arc::new(clock) };
    Router::new()
        .nest("/openai/v1", openai::routes())
        .nest("/anthropic/v1", anthropic::routes())
        .with_state(sim)
        .merge(admin::routes(admin.clone()))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(admin, admin::around::layer))
}
