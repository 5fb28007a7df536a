//! What is seen of each vendor: ability by ability, with a sentence why. Called by `GET /vendors/coverage`.
//! Invariant: a cell is fresh only when figures really came lately; what the vendor does not offer is no fault of anybody.

use super::{credentials, cron, plan, schedules, vendors};
use crate::App;
use crate::error::ApiError;
use crate::rollups;
use aegis_domain::entities::{Credential, FeedState, Schedule};
use aegis_domain::{Ability, Range, Standing, Timestamp, Window};
use aegis_store::DocumentsExt;
use aegis_vendors::admin::Offer;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;
use utoipa::ToSchema;
use vendors::Vendor;

/// Credentials that are looked at.
const MOST: usize = 10_000;
/// The columns from vendors' own figures.
const COLUMNS: [Ability; 4] = [Ability::Usage, Ability::Cost, Ability::Audit, Ability::Content];
const HOUR: Duration = Duration::from_secs(3600);

/// How well an ability of a vendor is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// The vendor does not offer it.
    NotOffered,
    /// It is offered, and no credential has it.
    Blind,
    /// A credential is there, and the vendor refuses.
    Lacking,
    /// The last reading stopped.
    Failing,
    /// It was read, longer ago than twice its schedule.
    Seen,
    /// It was read lately.
    Fresh,
}

/// A column of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Tokens and requests by the vendor's word.
    Usage,
    /// Money by the vendor's word.
    Cost,
    /// Acts at the vendor.
    Audit,
    /// What was said in the vendor's own apps.
    Content,
    /// Calls seen here: ingested, by OTLP or through the gateway.
    Gateway,
}

/// A cell of the map.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CoverageCell)]
pub struct Cell {
    ability: Column,
    state: Sight,
    /// When figures last came.
    last_at: Option<Timestamp>,
    /// One sentence.
    why: String,
}

/// A vendor's row.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VendorRow {
    vendor: String,
    name: String,
    cells: Vec<Cell>,
    /// When anything last came.
    last_data_at: Option<Timestamp>,
    /// Credentials there are.
    keys: usize,
}

/// The feeds of a credential that are read by days.
pub fn windowed_feeds(vendor: &Vendor, key: &Credential) -> Vec<Ability> {
    let feeds = plan::feeds(vendor.api, key);
    feeds.into_iter().filter(|feed| plan::is_windowed(*feed)).collect()
}

/// What is known of one credential.
struct Known {
    key: Credential,
    states: Vec<FeedState>,
    /// Between two runs of its schedule.
    interval: Duration,
}

/// The rows of the vendors that `shown` lets through.
pub async fn of_vendors(app: &App, shown: impl Fn(&Vendor) -> bool) -> Result<Vec<VendorRow>, ApiError> {
    let now = app.clock.now();
    let mut known = Vec::new();
    for key in credentials::present(app, None, MOST).await? {
        let states = schedules::states(app, key.id).await?;
        let schedule = app.store.documents.get::<Schedule>(&key.id.to_string()).await?;
        let interval = schedule.map_or(HOUR, |found| cron::interval(&found.value.cron, now));
        known.push(Known { key, states, interval });
    }
    let traffic = traffic(app).await?;
    let all = vendors::list(app).await?;
    let rows = all.iter().filter(|vendor| shown(vendor)).map(|vendor| {
        let own: Vec<&Known> = known.iter().filter(|known| known.key.vendor == vendor.id).collect();
        let mut cells: Vec<Cell> =
            COLUMNS.into_iter().map(|ability| cell(vendor, ability, &own, now)).collect();
        cells.push(gateway(traffic.get(&vendor.id).copied(), now));
        VendorRow {
            vendor: vendor.id.clone(),
            name: vendor.name.clone(),
            last_data_at: cells.iter().filter_map(|cell| cell.last_at).max(),
            cells,
            keys: own.len(),
        }
    });
    Ok(rows.collect())
}

fn cell(vendor: &Vendor, ability: Ability, known: &[&Known], now: Timestamp) -> Cell {
    let catalogue = vendor.api.catalogue();
    let column = match ability {
        Ability::Usage => Column::Usage,
        Ability::Cost => Column::Cost,
        Ability::Audit => Column::Audit,
        _ => Column::Content,
    };
    let told = |state, last_at, why: String| Cell { ability: column, state, last_at, why };
    let kinds = match catalogue.offer(ability) {
        Offer::No(reason) => return told(Sight::NotOffered, None, reason.to_owned()),
        Offer::With(kinds) => kinds,
    };
    // the best of several credentials
    let best = known.iter().filter(|k| kinds.contains(&k.key.kind.as_str())).map(|k| seen(ability, k, now));
    let (state, last_at, why) =
        best.max_by_key(|(state, last_at, _)| (*state, *last_at)).unwrap_or_else(|| {
            let names: Vec<&str> =
                kinds.iter().filter_map(|id| catalogue.kind(id)).map(|kind| kind.name).collect();
            (
                Sight::Blind,
                None,
                format!("No credential here can read it; connect one of: {}.", names.join(", ")),
            )
        });
    told(state, last_at, why)
}

fn seen(ability: Ability, known: &Known, now: Timestamp) -> (Sight, Option<Timestamp>, String) {
    let state = known.states.iter().find(|state| state.feed == ability);
    let last_at = state.and_then(|state| state.fresh_at);
    let label = &known.key.label;
    let mut refused = known.key.check.iter().flat_map(|check| &check.abilities);
    if let Some(found) = refused.find(|found| found.ability == ability && found.standing == Standing::Lacks) {
        let said = if found.said.is_empty() { "the vendor refuses" } else { found.said.as_str() };
        return (Sight::Lacking, last_at, format!("{label}: {said}."));
    }
    if let Some(error) = state.and_then(|state| state.error.as_ref()) {
        return (Sight::Failing, last_at, format!("{label}: {error}."));
    }
    match last_at {
        Some(at) if now < at.plus(2 * known.interval) => {
            (Sight::Fresh, last_at, format!("Read with {label}."))
        }
        Some(_) => (Sight::Seen, last_at, format!("Read with {label}, longer ago than its schedule says.")),
        None => (Sight::Blind, None, format!("{label} has not been read to its end yet.")),
    }
}

/// When events of each vendor last came, to the hour within a day, else to the day.
async fn traffic(app: &App) -> Result<BTreeMap<String, Timestamp>, ApiError> {
    let now = app.clock.now();
    let mut last = BTreeMap::new();
    for range in [Range::D30, Range::H24] {
        let window = Window::of(range, now);
        for (vendor, line) in rollups::series(app, window, rollups::dimension::VENDOR, None, 0).await? {
            let filled = line.iter().rposition(|tally| rollups::count(tally, rollups::Count::Events) > 0);
            if let Some(bucket) = filled.and_then(|index| rollups::buckets(window).get(index).copied()) {
                last.insert(vendor, bucket.plus(window.bucket).min(now));
            }
        }
    }
    Ok(last)
}

fn gateway(last_at: Option<Timestamp>, now: Timestamp) -> Cell {
    let (state, why) = match last_at {
        Some(at) if now < at.plus(plan::DAY) => (Sight::Fresh, "Calls came in within a day."),
        Some(_) => (Sight::Seen, "Calls came in within thirty days, none within one."),
        None => (Sight::Blind, "No call of this vendor came in within thirty days."),
    };
    Cell { ability: Column::Gateway, state, last_at, why: why.to_owned() }
}
