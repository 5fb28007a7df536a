//! Everything a request can reach, built once at start. Cheap to clone.

use crate::access::AccessState;
use crate::collection::{Collection, Outbound};
use crate::config::ServerConfig;
use crate::detectors::Detectors;
use crate::http::replays::Replays;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::people::People;
use crate::pipeline::Pipeline;
use crate::prices::Prices;
use crate::rollups::Overviews;
use crate::vault::Vault;
use aegis_domain::{Clock, Timestamp};
use aegis_identity::access_token::AccessKey;
use aegis_outbound::BuildError;
use aegis_store::{Store, StoreError};
use std::ops::Deref;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A handle to the running server.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the handle leads to.
pub struct Parts {
    /// Settings in force.
    pub config: ServerConfig,
    /// Where everything is kept.
    pub store: Store,
    /// Where secrets are sealed and opened.
    pub vault: Vault,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Counters for Prometheus.
    pub metrics: Metrics,
    /// Who is who: sessions, tokens, keys.
    pub access: AccessState,
    /// The engine with its settings.
    pub detectors: Detectors,
    /// The price book with the operator's contracts.
    pub prices: Prices,
    /// The directory of the people events name.
    pub people: People,
    /// The way events come in.
    pub pipeline: Pipeline,
    /// The way out.
    pub outbound: Outbound,
    /// Vendors' own figures.
    pub collection: Collection,
    /// Who is watching.
    pub live: Live,
    /// Answers kept for repeats.
    pub replays: Replays,
    /// Cached dashboard answers.
    pub overviews: Overviews,
    /// When this process started.
    pub started_at: Timestamp,
    /// Every background task, so that stopping waits for them.
    pub tasks: TaskTracker,
    /// Says when to stop.
    pub stop: CancellationToken,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Keys made at first start and kept in the data folder.
#[derive(Clone)]
pub struct Keys {
    /// For fingerprints and subject ids.
    pub fingerprint: [u8; 32],
    /// For access tokens.
    pub session: AccessKey,
}

impl App {
    /// Puts the parts together. Starts nothing: see `App::start`. An error where no calls to the outside can be made by
    /// the settings given.
    pub fn new(
        config: ServerConfig,
        store: Store,
        vault: Vault,
        keys: &Keys,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, BuildError> {
        let started_at = clock.now();
        let outbound = Outbound::new(&config.outbound)?;
        Ok(App(Arc::new(Parts {
            metrics: Metrics::new(&outbound.counts),
            access: AccessState::new(&config, keys.session.clone(), clock.clone()),
            detectors: Detectors::new(keys.fingerprint, started_at, &config),
            prices: Prices::default(),
            people: People::new(keys.fingerprint),
            pipeline: Pipeline::new(),
            collection: Collection::new(keys.fingerprint),
            outbound,
            live: Live::new(),
            replays: Replays::default(),
            overviews: Overviews::new(),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            started_at,
            config,
            store,
            vault,
            clock,
        })))
    }

    /// Takes up what the store holds, and starts the consumers of the log and the housekeeping.
    pub async fn start(&self) -> Result<(), StoreError> {
        crate::detectors::refresh(self).await?;
        crate::prices::refresh(self).await?;
        self.spawn("rollups", crate::rollups::run(self.clone()));
        self.spawn("live", crate::live::run(self.clone()));
        self.spawn("jobs", crate::jobs::run(self.clone()));
        self.spawn("vault", crate::vault::run(self.clone()));
        self.spawn("access", crate::access::run(self.clone()));
        self.spawn("collector", crate::collection::run(self.clone()));
        self.spawn("breakers", crate::collection::breakers::watch(self.clone()));
        Ok(())
    }

    /// Runs a task that ends when `stop` is cancelled and is waited for on exit.
    pub fn spawn(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(async move {
            task.await;
            tracing::debug!(name, "task ended");
        });
    }

    /// Stops the background tasks and waits for them.
    pub async fn shutdown(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
