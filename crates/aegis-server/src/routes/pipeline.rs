//! `/pipeline`: where events come in, and how that goes.

use crate::App;
use crate::access::Caller;
use crate::error::{ApiError, Code, ErrorBody};
use crate::http::{Access, Routes, batch, replays};
use crate::pipeline::{self, DECODED_LIMIT, Listing, Outcome, Rates, SourceStats, Totals};
use aegis_domain::{EventId, Role, Scope, Timestamp};
use aegis_store::Stream;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("pipeline")
        .add(Access::RoleOr(Role::Analyst, Scope::Ingest), routes!(ingest))
        .add(Access::Role(Role::Viewer), routes!(status))
}

/// What became of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ItemStatus {
    /// Durable.
    Stored,
    /// Durable since earlier.
    Duplicate,
    /// Not stored.
    Rejected,
}

/// Why an item was not stored.
#[derive(Serialize, ToSchema)]
struct ItemError {
    /// From the closed list.
    code: Code,
    /// For a person.
    message: String,
    /// For a program.
    #[schema(value_type = Option<Object>)]
    details: Option<serde_json::Map<String, serde_json::Value>>,
}

/// What became of one item.
#[derive(Serialize, ToSchema)]
struct ItemResult {
    /// Its place in the request.
    index: usize,
    /// What became of it.
    status: ItemStatus,
    /// Ours; of a duplicate, the first one's.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<EventId>,
    /// Why it was not stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ItemError>,
}

/// What became of a request's items.
#[derive(Serialize, ToSchema)]
struct IngestAnswer {
    /// In the order they were sent.
    items: Vec<ItemResult>,
    /// How many are durable now.
    stored: usize,
    /// How many were already.
    duplicates: usize,
    /// How many were not accepted.
    rejected: usize,
}

/// Takes in events: one object, an array, or one object a line (`application/x-ndjson`); each in our own shape or as
/// a vendor's raw request and response (`"format": "openai.chat"`). What is answered `stored` is durable.
#[utoipa::path(post, path = "/pipeline/ingest",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of the whole request harmless")),
    request_body(content((Object = "application/json"), (String = "application/x-ndjson")), description = "Events"),
    responses(
        (status = 200, description = "Every item is durable", body = IngestAnswer),
        (status = 207, description = "Some items were not accepted", body = IngestAnswer),
        (status = 422, description = "No item was accepted", body = IngestAnswer),
        (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 413, body = ErrorBody), (status = 415, body = ErrorBody), (status = 429, body = ErrorBody),
        (status = 503, body = ErrorBody)))]
async fn ingest(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, ApiError> {
    let listing = listing(request.headers())?;
    let repeat_key = replays::key(request.headers())?.map(str::to_owned);
    let (body, _held) = batch::read(request, &app, DECODED_LIMIT).await?;
    let outcomes = pipeline::ingest(&app, &caller, body, listing, repeat_key).await?;
    Ok(answer(outcomes))
}

fn listing(headers: &HeaderMap) -> Result<Listing, ApiError> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    match given.split(';').next().unwrap_or("").trim().to_ascii_lowercase().as_str() {
        "application/json" => Ok(Listing::Json),
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" | "application/x-jsonlines" => {
            Ok(Listing::Lines)
        }
        _ => Err(ApiError::new(
            Code::UnsupportedMediaType,
            "set Content-Type to application/json, or to application/x-ndjson for one object a line",
        )),
    }
}

fn answer(outcomes: Vec<Outcome>) -> Response {
    let mut answer =
        IngestAnswer { items: Vec::with_capacity(outcomes.len()), stored: 0, duplicates: 0, rejected: 0 };
    for (index, outcome) in outcomes.into_iter().enumerate() {
        let (status, id, error) = match outcome {
            Outcome::Stored(id) => (ItemStatus::Stored, Some(id), None),
            Outcome::Duplicate(id) => (ItemStatus::Duplicate, Some(id), None),
            Outcome::Rejected(e) => (
                ItemStatus::Rejected,
                None,
                Some(ItemError { code: e.code, message: e.message, details: e.details }),
            ),
        };
        match status {
            ItemStatus::Stored => answer.stored += 1,
            ItemStatus::Duplicate => answer.duplicates += 1,
            ItemStatus::Rejected => answer.rejected += 1,
        }
        answer.items.push(ItemResult { index, status, id, error });
    }
    let status = match (answer.rejected, answer.items.len()) {
        (0, _) => StatusCode::OK,
        (bad, all) if bad == all => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::MULTI_STATUS,
    };
    let mut response = (status, Json(answer)).into_response();
    response.extensions_mut().insert(crate::http::envelope::OwnBody);
    response
}

/// Records waiting for their commit.
#[derive(Serialize, ToSchema)]
struct Queue {
    /// Now.
    depth: usize,
    /// At most; beyond it requests are refused with 429.
    capacity: usize,
}

/// One partition of the log.
#[derive(Serialize, ToSchema)]
struct PartitionView {
    /// Which.
    id: u32,
    /// Its last sequence number.
    high_water: u64,
}

/// A reader of the log.
#[derive(Serialize, ToSchema)]
struct ConsumerView {
    /// Which.
    name: &'static str,
    /// Of which partition.
    partition: u32,
    /// How far it has come.
    position: u64,
    /// Records it has yet to read.
    lag: u64,
    /// How long it has been behind.
    lag_seconds: f64,
}

/// How the pipeline does.
#[derive(Serialize, ToSchema)]
struct PipelineStatus {
    /// When this was read.
    as_of: Timestamp,
    /// Records waiting for their commit.
    queue: Queue,
    /// Per second, over the last ten.
    rates: Rates,
    /// Since the process started.
    totals: Totals,
    /// By source, since the process started.
    sources: Vec<SourceStats>,
    /// The log.
    partitions: Vec<PartitionView>,
    /// Who reads it.
    consumers: Vec<ConsumerView>,
}

/// Depth, rates, lag and rejections.
#[utoipa::path(get, path = "/pipeline/status", responses(
    (status = 200, body = PipelineStatus), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 503, body = ErrorBody)))]
async fn status(State(app): State<App>) -> Result<Json<PipelineStatus>, ApiError> {
    let now = app.clock.now();
    let (totals, rates, sources) = app.pipeline.stats.read(now);
    let partitions = app.store.log.partitions(Stream::Events).await?;
    let (standings, behind_since) = app.overviews.progress.read();
    let lag_seconds = behind_since.map_or(0.0, |t| (now.millis() - t.millis()) as f64 / 1000.0);
    let mut consumers: Vec<ConsumerView> = standings
        .into_iter()
        .map(|s| {
            // The mark may have moved since the consumer looked.
            let high_water = partitions.iter().find(|p| p.0 == s.partition).map_or(s.high_water, |p| p.1);
            let lag = high_water.saturating_sub(s.position);
            ConsumerView { name: "rollups", partition: s.partition, position: s.position, lag, lag_seconds }
        })
        .collect();
    consumers.extend(app.live.positions().into_iter().map(|(partition, position)| {
        let high_water = partitions.iter().find(|p| p.0 == partition).map_or(position, |p| p.1);
        ConsumerView {
            name: "live",
            partition,
            position,
            lag: high_water.saturating_sub(position),
            lag_seconds: 0.0,
        }
    }));
    let (depth, capacity) = app.store.log.queue();
    Ok(Json(PipelineStatus {
        as_of: now,
        queue: Queue { depth, capacity },
        rates,
        totals,
        sources,
        partitions: partitions.into_iter().map(|(id, high_water)| PartitionView { id, high_water }).collect(),
        consumers,
    }))
}
