//! `/ws`: the live stream, and tickets for clients that cannot send a cookie.

use crate::App;
use crate::access::{self, Caller};
use crate::error::{ApiError, ErrorBody};
use crate::http::{Access, Routes};
use crate::live;
use aegis_domain::{Role, Timestamp};
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use axum::{Extension, Json};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("live")
        .add(Access::Role(Role::Viewer), routes!(ticket))
        .add(Access::RoleOrTicket(Role::Viewer), routes!(events))
}

/// Longest message a client may send.
const MESSAGE: usize = 16 * 1024;

/// A one-use ticket.
#[derive(Serialize, ToSchema)]
struct Ticket {
    /// For `?token=`.
    ticket: String,
    /// Until when it holds.
    expires_at: Timestamp,
}

/// Makes a ticket that opens one web socket within 30 s, so that no long-lived secret stands in an address.
#[utoipa::path(post, path = "/ws/ticket", responses(
    (status = 200, body = Ticket), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 429, body = ErrorBody)))]
async fn ticket(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Ticket>, ApiError> {
    let (ticket, expires_at) = access::issue_ticket(&app, &caller)?;
    Ok(Json(Ticket { ticket, expires_at }))
}

/// The live stream: a web socket. Messages are described in the guide.
#[utoipa::path(get, path = "/ws/events",
    params(("token" = Option<String>, Query, description = "A ticket from /ws/ticket; not needed with a cookie")),
    responses((status = 101, description = "Switched to a web socket"),
        (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 426, body = ErrorBody)))]
async fn events(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade
        .max_message_size(MESSAGE)
        .max_frame_size(MESSAGE)
        .on_upgrade(move |socket| live::serve(app, caller, socket))
}
