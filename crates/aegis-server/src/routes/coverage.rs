//! `/collector/coverage`, `/vendors/coverage`, `/vendors/{id}/inventory`: what is seen of the vendors, and what not.

use super::collector::KeyName;
use crate::App;
use crate::access::Caller;
use crate::collection::coverage::{self, DayView};
use crate::collection::{credentials, inventory, map, schedules, vendors};
use crate::error::{ApiError, ErrorBody};
use crate::http::query::PageParams;
use crate::http::{Access, Params, Query, Routes};
use aegis_domain::{Ability, CredentialId, Role, Timestamp};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

const DAY: Duration = Duration::from_secs(86_400);
/// Credentials that are looked at.
const MOST: usize = 500;

pub(super) fn routes() -> Routes {
    Routes::tag("collector")
        .add(Access::Role(Role::Viewer), routes!(strip))
        .add(Access::Role(Role::Viewer), routes!(of_vendors))
        .add(Access::Role(Role::Viewer), routes!(list_inventory))
}

/// Which days of what.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct StripParams {
    /// 1 to 120; 30 where nothing is asked.
    #[param(minimum = 1, maximum = 120)]
    days: Option<u32>,
    /// Of this credential.
    key: Option<CredentialId>,
    /// Of this vendor.
    #[param(max_length = 40)]
    vendor: Option<String>,
}

/// A feed, day by day.
#[derive(Serialize, ToSchema)]
struct FeedStrip {
    key: KeyName,
    feed: Ability,
    /// When the last reading began that reached the present and ended.
    fresh_at: Option<Timestamp>,
    /// Why the last reading stopped, and what to do.
    error: Option<String>,
    days: Vec<DayView>,
}

/// Feeds, day by day.
#[derive(Serialize, ToSchema)]
#[schema(as = CoverageStrip)]
struct Strip {
    /// The first day.
    from: String,
    /// The last day: today.
    to: String,
    items: Vec<FeedStrip>,
}

/// Which days of each feed were read, which failed, which never were.
#[utoipa::path(get, path = "/collector/coverage", params(StripParams), responses((status = 200, body = Strip)))]
async fn strip(State(app): State<App>, Query(which): Query<StripParams>) -> Result<Json<Strip>, ApiError> {
    let vendor = vendors::filtered_by(which.vendor)?;
    let days = match which.days.unwrap_or(30) {
        days @ 1..=120 => days,
        _ => return Err(ApiError::field("days", "expected 1 to 120")),
    };
    let now = app.clock.now();
    let to = now.floor(DAY).plus(DAY);
    let from = to.minus(DAY * days);
    let mut items = Vec::new();
    let keys = credentials::present(&app, vendor, MOST).await?;
    for key in keys.into_iter().filter(|key| which.key.is_none_or(|only| only == key.id)) {
        let Some(vendor) = vendors::find(&app, &key.vendor).await? else { continue };
        let states = schedules::states(&app, key.id).await?;
        for feed in map::windowed_feeds(&vendor, &key) {
            let state = states.iter().find(|state| state.feed == feed);
            items.push(FeedStrip {
                key: KeyName { id: key.id, label: key.label.clone(), vendor: key.vendor.clone() },
                feed,
                fresh_at: state.and_then(|state| state.fresh_at),
                error: state.and_then(|state| state.error.clone()),
                days: coverage::days(state, from, to, now),
            });
        }
    }
    Ok(Json(Strip { from: coverage::date(from), to: coverage::date(to.minus(DAY)), items }))
}

/// What is seen of the vendors.
#[derive(Serialize, ToSchema)]
struct VendorMap {
    as_of: Timestamp,
    /// The twelve, then those of one's own.
    items: Vec<map::VendorRow>,
}

/// What is seen of each vendor, and what not, with a sentence why.
#[utoipa::path(get, path = "/vendors/coverage", responses((status = 200, body = VendorMap)))]
async fn of_vendors(State(app): State<App>, caller: Caller) -> Result<Json<VendorMap>, ApiError> {
    let items = map::of_vendors(&app, |vendor| vendor.is_visible_to(&caller)).await?;
    Ok(Json(VendorMap { as_of: app.clock.now(), items }))
}

/// Which list.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum InventoryKind {
    /// Models that can be called.
    Models,
    /// API keys there are; never their secrets.
    Keys,
    /// People and service accounts.
    Members,
}

/// Which list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct InventoryParams {
    /// Which of them.
    #[param(inline)]
    kind: InventoryKind,
}

/// A part of a vendor's list.
#[derive(Serialize, ToSchema)]
struct InventoryList {
    /// As the vendor states them, each with the credential that sees it under `credential`.
    items: Vec<Value>,
    /// Where to go on.
    next_cursor: Option<String>,
    /// When the oldest of the lists was read; null before the first.
    as_of: Option<Timestamp>,
}

/// What a vendor lists: models, keys or members, as of the last whole reading.
#[utoipa::path(get, path = "/vendors/{id}/inventory", params(("id" = String, Path, max_length = 40), InventoryParams, PageParams),
    responses((status = 200, body = InventoryList), (status = 404, body = ErrorBody)))]
async fn list_inventory(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<String>,
    Query(which): Query<InventoryParams>,
    Query(page): Query<PageParams>,
) -> Result<Json<InventoryList>, ApiError> {
    let vendor = vendors::find(&app, &id).await?.filter(|vendor| vendor.is_visible_to(&caller));
    vendor.ok_or_else(|| ApiError::not_found("vendor"))?;
    let feed = match which.kind {
        InventoryKind::Models => Ability::Models,
        InventoryKind::Keys => Ability::Keys,
        InventoryKind::Members => Ability::Members,
    };
    let page = inventory::page(&app, &id, feed, page.limit()?, page.cursor.as_deref()).await?;
    Ok(Json(InventoryList { items: page.items, next_cursor: page.next_cursor, as_of: page.as_of }))
}
