//! A server and the simulated vendors, whose clocks go together; rounds of the collector are made by hand.

use crate::harness::{Client, Server};
use crate::simulator::Simulator;
use aegis_domain::{Clock, ManualClock, Role, Timestamp};
use aegis_outbound::{AllowList, Sleep, Time};
use aegis_server::ServerConfig;
use aegis_server::collection;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub const DAY: Duration = Duration::from_secs(86_400);

/// Calls' time: the vendors' clock, moved by hand; short waits are over at once.
pub struct Hurried {
    clock: Arc<ManualClock>,
    ahead: AtomicU64,
}

impl Clock for Hurried {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

impl Time for Hurried {
    fn monotonic(&self) -> Duration {
        Duration::from_secs(self.ahead.load(Ordering::Relaxed))
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        // limits on calls keep their length
        Box::pin(tokio::time::sleep(if duration < Duration::from_secs(25) {
            Duration::ZERO
        } else {
            duration
        }))
    }
}

pub struct Rig {
    pub server: Server,
    pub sim: Simulator,
    sims: Arc<ManualClock>,
    time: Arc<Hurried>,
}

impl Rig {
    pub async fn start() -> Rig {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(adjust: impl FnOnce(&mut ServerConfig)) -> Rig {
        let sims = Arc::new(ManualClock::at("2026-11-23T09:00:00.000Z".parse().unwrap()));
        let sim = Simulator::start(sims.clone()).await;
        let time = Arc::new(Hurried { clock: sims.clone(), ahead: AtomicU64::new(0) });
        let (host, calls) = (sim.host.clone(), time.clone());
        let server = Server::start_with(|config| {
            config.outbound.private_hosts = AllowList::parse([host.as_str()]).unwrap();
            config.outbound.pace = Some(1_000_000);
            config.outbound.time = calls;
            adjust(config);
        })
        .await;
        assert_eq!(server.now(), sims.now());
        Rig { server, sim, sims, time }
    }

    /// Lets time pass for everybody.
    pub fn wait(&self, seconds: u64) {
        self.server.wait(seconds);
        self.sims.advance(Duration::from_secs(seconds));
        self.time.ahead.fetch_add(seconds, Ordering::Relaxed);
    }

    pub async fn admin(&self) -> Client<'_> {
        self.server.as_role(Role::Admin).await
    }

    /// Connects a credential; returns its id.
    pub async fn connect(&self, vendor: &str, kind: &str) -> String {
        let form = self.sim.form(vendor, kind).await;
        let made = self.admin().await.post("/api/keys", form).await.expect(201).json;
        made["id"].as_str().unwrap().to_owned()
    }

    /// Looks at what is due, and waits until that is done.
    pub async fn round(&self) {
        collection::round(&self.server.app).await.unwrap();
        self.server.app.collection.idle().await;
    }

    /// Rounds until no run is under way.
    pub async fn rounds(&self) {
        for _ in 0..50 {
            self.round().await;
            if self.runs("state=running").await.is_empty() {
                return;
            }
        }
        panic!("it does not come to rest");
    }

    /// Runs, the latest first.
    pub async fn runs(&self, query: &str) -> Vec<Value> {
        let page = self.admin().await.get(&format!("/api/collector/runs?{query}")).await.expect(200).json;
        page["items"].as_array().unwrap().clone()
    }

    pub async fn schedule(&self, key: &str) -> Value {
        self.admin().await.get(&format!("/api/collector/schedules/{key}")).await.expect(200).json
    }

    pub async fn faults(&self, rules: Value) {
        self.sim.post("/_sim/faults", json!({"profile": "none", "rules": rules})).await;
    }

    /// Calls that a vendor got.
    pub async fn calls(&self, vendor: &str) -> u64 {
        let calls = self.sim.get(&format!("/_sim/calls?vendor={vendor}")).await;
        calls["total"].as_u64().unwrap_or_else(|| panic!("{calls}"))
    }
}
