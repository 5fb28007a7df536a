//! `/events`: what happened, in lists, counts, courses and exports.

use crate::App;
use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::error::{ApiError, ErrorBody};
use crate::events::{self, Facets, Format, Histogram};
use crate::http::query::{Cursor, FilterParams, PageParams, RangeParams};
use crate::http::{Access, Params, Query, Routes};
use crate::view::{self, EventRow, EventView};
use aegis_domain::{EventId, Role, Timestamp, Window};
use aegis_store::Stream;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use tokio_stream::wrappers::ReceiverStream;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("events")
        .add(Access::Role(Role::Viewer), routes!(list))
        .add(Access::Role(Role::Viewer), routes!(facets))
        .add(Access::Role(Role::Viewer), routes!(histogram))
        .add(Access::Role(Role::Analyst), routes!(export))
        .add(Access::Role(Role::Viewer), routes!(one))
}

/// A page of events, newest first.
#[derive(Serialize, ToSchema)]
struct EventList {
    /// The events; a page may be short while `next_cursor` is set, because a page's work is bounded.
    items: Vec<EventRow>,
    /// Where to go on; none at the end.
    next_cursor: Option<String>,
    /// First instant of the window.
    from: Timestamp,
    /// First instant after.
    to: Timestamp,
    /// Index entries looked at.
    examined: usize,
    /// Matching events in the window, with `count=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<i64>,
    /// False: `total` is an upper bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    total_exact: Option<bool>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CountParam {
    /// Adds `total`.
    count: Option<bool>,
}

/// Events in a range that pass a filter, newest first.
#[utoipa::path(get, path = "/events", params(RangeParams, FilterParams, PageParams, CountParam), responses(
    (status = 200, body = EventList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody), (status = 503, body = ErrorBody)))]
async fn list(
    State(app): State<App>,
    Query(range): Query<RangeParams>,
    Query(filter): Query<FilterParams>,
    Query(page): Query<PageParams>,
    Query(count): Query<CountParam>,
) -> Result<Json<EventList>, ApiError> {
    let limit = page.limit()?;
    let filter = filter.filter(&app)?;
    let cursor = page.cursor()?;
    let window = match cursor {
        // A named range moves on; a list stays with the window it began with.
        Some(cursor) => Window { from: cursor.from, to: cursor.to, ..range.window(app.clock.now())? },
        None => range.window(app.clock.now())?,
    };
    let found =
        events::search(&app, &filter, (window.from, window.to), cursor.map(|c| c.position), limit).await?;
    let items = view::rows(&app, &found.events).await?;
    let total = match count.count {
        Some(true) => Some(events::total(&app, &filter, window).await?),
        _ => None,
    };
    Ok(Json(EventList {
        items,
        next_cursor: found.next.map(|position| Cursor { from: window.from, to: window.to, position }.write()),
        from: window.from,
        to: window.to,
        examined: found.examined,
        total: total.map(|t| t.0),
        total_exact: total.map(|t| t.1),
    }))
}

/// One event, with its masked text and findings.
#[utoipa::path(get, path = "/events/{id}", params(("id" = EventId, Path)), responses(
    (status = 200, body = EventView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 503, body = ErrorBody)))]
async fn one(State(app): State<App>, Params(id): Params<EventId>) -> Result<Json<EventView>, ApiError> {
    match app.store.log.get(Stream::Events, id.0).await? {
        Some(record) => Ok(Json(view::event(&app, &record).await?)),
        None => Err(ApiError::not_found("event")),
    }
}

/// Counts per value for a filter.
#[utoipa::path(get, path = "/events/facets", params(RangeParams, FilterParams), responses(
    (status = 200, body = Facets), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody), (status = 503, body = ErrorBody)))]
async fn facets(
    State(app): State<App>,
    Query(range): Query<RangeParams>,
    Query(filter): Query<FilterParams>,
) -> Result<Json<Facets>, ApiError> {
    let window = range.window(app.clock.now())?;
    Ok(Json(events::facets(&app, &filter.filter(&app)?, window).await?))
}

/// Events over time for a filter.
#[utoipa::path(get, path = "/events/histogram", params(RangeParams, FilterParams), responses(
    (status = 200, body = Histogram), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody), (status = 503, body = ErrorBody)))]
async fn histogram(
    State(app): State<App>,
    Query(range): Query<RangeParams>,
    Query(filter): Query<FilterParams>,
) -> Result<Json<Histogram>, ApiError> {
    let window = range.window(app.clock.now())?;
    Ok(Json(events::histogram(&app, &filter.filter(&app)?, window).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ExportParams {
    /// How it is written.
    #[param(inline)]
    format: Format,
}

/// The whole filtered list as a file, streamed.
#[utoipa::path(get, path = "/events/export", params(RangeParams, FilterParams, ExportParams), responses(
    (status = 200, description = "The file", content((String = "text/csv"), (Vec<EventRow> = "application/json"), (String = "application/x-ndjson"))),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 503, body = ErrorBody)))]
async fn export(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(range): Query<RangeParams>,
    Query(filter): Query<FilterParams>,
    Query(export): Query<ExportParams>,
) -> Result<Response, ApiError> {
    let now = app.clock.now();
    let window = range.window(now)?;
    let filter = filter.filter(&app)?;
    let entry = Entry::new("events.exported")
        .detail("format", export.format.ending())
        .detail("from", window.from.to_string())
        .detail("to", window.to.to_string());
    audit::record(&app, &caller, entry).await?;
    let chunks = events::export(app.clone(), filter, (window.from, window.to), export.format);
    let stamp: String = now.to_string().chars().filter(char::is_ascii_digit).take(14).collect();
    let name = format!("attachment; filename=\"aegisflow-events-{stamp}.{}\"", export.format.ending());
    let mut response = Body::from_stream(ReceiverStream::new(chunks)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(export.format.content_type()));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
