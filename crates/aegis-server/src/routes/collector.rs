//! `/collector`: runs, asked for, watched and cancelled.

use super::listing;
use crate::App;
use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::collection::{credentials, runs, vendors};
use crate::error::{ApiError, ErrorBody};
use crate::http::query::PageParams;
use crate::http::{Access, Body, Params, Query, Routes};
use aegis_domain::entities::{CollectorRun, FeedRun, RunBreaker, RunState, Trigger};
use aegis_domain::{Ability, CredentialId, Role, RunId, Timestamp};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("collector")
        .add(Access::Role(Role::Analyst), routes!(sync))
        .add(Access::Role(Role::Viewer), routes!(list))
        .add(Access::Role(Role::Viewer), routes!(show))
        .add(Access::Role(Role::Analyst), routes!(cancel))
}

/// A credential, as runs name it.
#[derive(Clone, Serialize, ToSchema)]
pub(super) struct KeyName {
    pub(super) id: CredentialId,
    pub(super) label: String,
    pub(super) vendor: String,
}

/// A run of the collector.
#[derive(Serialize, ToSchema)]
struct RunView {
    id: RunId,
    /// As it was called then.
    key: KeyName,
    trigger: Trigger,
    state: RunState,
    started_at: Timestamp,
    /// Null while it waits or is under way.
    ended_at: Option<Timestamp>,
    /// The first instant any feed reads; null before that is known.
    from: Option<Timestamp>,
    /// The first instant after.
    to: Option<Timestamp>,
    /// In the order they are read in.
    feeds: Vec<FeedRun>,
    /// Of a back-fill: the share of its days that was read, 0 to 1.
    progress: Option<f64>,
    /// What holds its calls back.
    breaker: Option<RunBreaker>,
    /// Why it could not begin, and what to do.
    error: Option<String>,
}

impl From<CollectorRun> for RunView {
    fn from(run: CollectorRun) -> Self {
        let (asked_from, asked_to) = run.window.unzip();
        RunView {
            id: run.id,
            key: KeyName { id: run.key, label: run.label, vendor: run.vendor },
            trigger: run.trigger,
            state: run.state,
            started_at: run.started_at,
            ended_at: run.ended_at,
            from: run.feeds.iter().filter_map(|feed| feed.from).min().or(asked_from),
            to: run.feeds.iter().filter_map(|feed| feed.to).max().or(asked_to),
            progress: (run.days > 0).then(|| (run.days_read as f64 / run.days as f64).min(1.0)),
            feeds: run.feeds,
            breaker: run.breaker,
            error: run.error,
        }
    }
}

/// What to read; everything that is due where nothing is said.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
struct SyncForm {
    /// These feeds only.
    feeds: Option<Vec<Ability>>,
    /// The first day; needs `to`.
    from: Option<Timestamp>,
    /// The first instant after the last day; needs `from`.
    to: Option<Timestamp>,
}

impl SyncForm {
    fn ask(self, now: Timestamp) -> Result<(Trigger, runs::Ask), ApiError> {
        /// As far back as figures are kept.
        const LONGEST_MS: i64 = 400 * 86_400_000;
        let window = match (self.from, self.to) {
            (None, None) => None,
            (Some(_), None) => return Err(ApiError::field("to", "goes with from")),
            (None, Some(_)) => return Err(ApiError::field("from", "goes with to")),
            (Some(from), Some(to)) if to <= from => return Err(ApiError::field("to", "must be after from")),
            (Some(from), Some(_)) if now < from => return Err(ApiError::field("from", "lies in the future")),
            (Some(from), Some(_)) if now.millis() - from.millis() > LONGEST_MS => {
                return Err(ApiError::field("from", "lies more than 400 days back"));
            }
            (Some(from), Some(to)) => Some((from, to)),
        };
        let trigger = if window.is_some() { Trigger::Window } else { Trigger::Manual };
        Ok((trigger, runs::Ask { feeds: self.feeds, window }))
    }
}

/// The run that was asked for.
#[derive(Serialize, ToSchema)]
struct Asked {
    run: RunView,
}

/// Reads a vendor now. A feed that waited for somebody to act is tried, too.
#[utoipa::path(post, path = "/collector/sync/{key_id}", params(("key_id" = CredentialId, Path)),
    request_body = Option<SyncForm>, responses(
    (status = 202, description = "It begins when its turn comes", body = Asked),
    (status = 404, body = ErrorBody),
    (status = 409, description = "A run of it is under way, or it has no usable secret", body = ErrorBody)))]
async fn sync(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<CredentialId>,
    form: Option<Body<SyncForm>>,
) -> Result<(StatusCode, Json<Asked>), ApiError> {
    let key = credentials::get(&app, id).await?.value;
    let (trigger, ask) = form.map(|form| form.0).unwrap_or_default().ask(app.clock.now())?;
    // a credential that cannot be opened is said here and now
    crate::collection::open(&app, &key).await?;
    let run = runs::ask(&app, &key, trigger, ask).await?;
    let entry = Entry::new("collector.sync_asked").object("key", id).detail("run", run.id.to_string());
    audit::record(&app, &caller, entry).await?;
    Ok((StatusCode::ACCEPTED, Json(Asked { run: run.into() })))
}

/// Which runs.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RunParams {
    /// With this credential.
    key: Option<CredentialId>,
    /// Of this vendor.
    #[param(max_length = 40)]
    vendor: Option<String>,
    /// In this state.
    state: Option<RunState>,
}

/// Runs.
#[derive(Serialize, ToSchema)]
struct RunList {
    /// The latest first.
    items: Vec<RunView>,
    /// Where to go on.
    next_cursor: Option<String>,
}

/// The runs, the latest first.
#[utoipa::path(get, path = "/collector/runs", params(RunParams, PageParams), responses((status = 200, body = RunList)))]
async fn list(
    State(app): State<App>,
    Query(which): Query<RunParams>,
    Query(page): Query<PageParams>,
) -> Result<Json<RunList>, ApiError> {
    let state = which.state.map(RunState::as_str);
    let index = match (which.key, vendors::filtered_by(which.vendor)?, state) {
        (Some(key), _, Some(state)) => Some(("key_state", format!("{key} {state}"))),
        (Some(key), _, None) => Some(("key", key.to_string())),
        (None, Some(vendor), Some(state)) => Some(("vendor_state", format!("{vendor} {state}"))),
        (None, Some(vendor), None) => Some(("vendor", vendor)),
        (None, None, Some(state)) => Some(("state", state.to_owned())),
        (None, None, None) => None,
    };
    let (runs, next_cursor) = listing::page_of::<CollectorRun>(&app, index, &page).await?;
    Ok(Json(RunList { items: runs.into_iter().map(RunView::from).collect(), next_cursor }))
}

/// One run.
#[utoipa::path(get, path = "/collector/runs/{id}", params(("id" = RunId, Path)), responses(
    (status = 200, body = RunView),
    (status = 404, body = ErrorBody)))]
async fn show(State(app): State<App>, Params(id): Params<RunId>) -> Result<Json<RunView>, ApiError> {
    Ok(Json(runs::get(&app, id).await?.value.into()))
}

/// Stops a run. What it read is kept, and the next run goes on from there.
#[utoipa::path(post, path = "/collector/runs/{id}/cancel", params(("id" = RunId, Path)), responses(
    (status = 202, description = "It stops", body = RunView),
    (status = 404, body = ErrorBody)))]
async fn cancel(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<RunId>,
) -> Result<(StatusCode, Json<RunView>), ApiError> {
    let run = runs::cancel(&app, id).await?;
    audit::record(&app, &caller, Entry::new("collector.run_cancelled").object("run", id)).await?;
    Ok((StatusCode::ACCEPTED, Json(run.into())))
}
