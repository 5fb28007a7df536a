//! The one way out, with each vendor's pace, and what is counted about it.
//! Made at start; used by the collector, and by whatever else calls addresses that people gave.

use crate::config::OutboundConfig;
use aegis_collect::Sender;
use aegis_outbound::{
    AllowList, BuildError, Client, Destinations, Event, Observer, Pace, Policy, Reach, Roots, Rules, Seen,
    Settings, Target,
};
use aegis_vendors::admin::ADMIN;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use std::sync::Arc;

/// Requests at once after a rest.
const BURST: u32 = 10;

/// How calls to the outside are made.
pub struct Outbound {
    /// Who calls.
    pub client: Client,
    /// Who calls for the collector: with tokens that are exchanged.
    pub sender: Sender,
    /// What may be called, for whoever runs the firewall.
    pub destinations: Destinations,
    /// What was counted.
    pub counts: OutboundCounts,
    private_hosts: AllowList,
}

impl Outbound {
    /// By the operator's settings. On a machine without certificates it says so and calls nothing encrypted.
    pub fn new(config: &OutboundConfig) -> Result<Self, BuildError> {
        let counts = OutboundCounts::default();
        let time = config.time.clone();
        let settings = |roots| Settings {
            roots,
            proxy: config.proxy.clone(),
            allow_list: config.allow_list.clone(),
            paces: ADMIN
                .iter()
                .map(|api| api.catalogue())
                .map(|vendor| (vendor.id.to_owned(), config.pace.unwrap_or(vendor.pace)))
                .map(|(vendor, pace)| (vendor, Pace::per_minute(pace, BURST.max(pace / 60))))
                .collect(),
            time: time.clone(),
            lookup: config.lookup.clone(),
            observer: Arc::new(counts.clone()),
            ..Settings::default()
        };
        let client = match &config.ca {
            Some(pem) => Client::new(settings(Roots::SystemAnd(pem.clone())))?,
            None => Client::new(settings(Roots::System)).or_else(|error| {
                tracing::warn!(%error, "nothing encrypted can be called");
                Client::new(settings(Roots::None))
            })?,
        };
        Ok(Outbound {
            sender: Sender::new(client.clone(), time, Policy::default()),
            client,
            destinations: Destinations::default(),
            counts,
            private_hosts: config.private_hosts.clone(),
        })
    }

    /// What an address that somebody gave may be: the operator named the hosts inside.
    pub fn rules(&self, url: &str) -> Rules {
        let inside = Rules { reach: Reach::Private, plain_http: true };
        match Target::parse(url, inside) {
            Ok(target) if self.private_hosts.covers(&target.host_port()) => inside,
            _ => Rules::default(),
        }
    }

    /// What a credential's own addresses may be: leave to go inside is given when all of them have it.
    pub fn rules_of_all<'a>(&self, urls: impl IntoIterator<Item = &'a String>) -> Rules {
        let mut rules = urls.into_iter().map(|url| self.rules(url));
        let first = rules.next().unwrap_or_default();
        if rules.all(|other| other == first) { first } else { Rules::default() }
    }
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct CallLabels {
    vendor: String,
    purpose: &'static str,
    outcome: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct VendorLabels {
    vendor: String,
}

/// What is counted about calls to the outside. Vendors are those of the catalogue; any other counts as `custom`.
#[derive(Clone)]
pub struct OutboundCounts {
    attempts: Family<CallLabels, Counter>,
    durations: Family<VendorLabels, Histogram, fn() -> Histogram>,
    retries: Family<VendorLabels, Counter>,
}

impl Default for OutboundCounts {
    fn default() -> Self {
        let seconds = || Histogram::new(exponential_buckets(0.01, 2.0, 12));
        OutboundCounts {
            attempts: Family::default(),
            durations: Family::new_with_constructor(seconds as fn() -> Histogram),
            retries: Family::default(),
        }
    }
}

impl OutboundCounts {
    /// Puts the counters where they are read.
    pub fn register(&self, registry: &mut prometheus_client::registry::Registry) {
        registry.register("outbound_attempts", "Calls tried, by what came of them", self.attempts.clone());
        registry.register(
            "outbound_duration_seconds",
            "Time until an answer's head or a failure",
            self.durations.clone(),
        );
        registry.register("outbound_retries", "Attempts beyond a call's first", self.retries.clone());
    }
}

impl Observer for OutboundCounts {
    fn observe(&self, call: &Seen<'_>, event: Event) {
        let known = ADMIN.iter().any(|api| api.catalogue().id == call.vendor);
        let vendor = if known { call.vendor } else { "custom" }.to_owned();
        let (outcome, elapsed) = match event {
            Event::Answered { status, elapsed } => (format!("{}xx", status / 100), elapsed),
            Event::Failed { word, elapsed } => (word.to_owned(), elapsed),
            Event::Retry { .. } => {
                self.retries.get_or_create(&VendorLabels { vendor }).inc();
                return;
            }
            Event::Paced { .. } | Event::Body { .. } => return,
        };
        self.durations.get_or_create(&VendorLabels { vendor: vendor.clone() }).observe(elapsed.as_secs_f64());
        self.attempts.get_or_create(&CallLabels { vendor, purpose: call.purpose, outcome }).inc();
    }
}
