//! The Compliance Platform of ChatGPT Enterprise: lists of hourly log files, each behind a redirect to a short-lived
//! address that must not get the key. The lines' fields are not public; these are plausible, and some lines are glued
//! together, as has been seen.

use super::{VENDOR, error};
use crate::admin::Admin;
use crate::admin::keys::{bearer, header};
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok, status};
use crate::admin::when::{self, DAY, HOUR};
use crate::dice::Dice;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

/// Files are kept so long.
const KEPT: i64 = 30 * DAY;
const CHATS: &str = "CONVERSATION_MESSAGE_LOG";
const LOG_INS: &str = "AUTH_LOG";
const EVENT_TYPES: [&str; 2] = [CHATS, LOG_INS];

pub(super) fn routes() -> Router<Admin> {
    Router::new()
        .route("/v1/compliance/workspaces/{workspace}/logs", get(logs))
        .route("/v1/compliance/workspaces/{workspace}/logs/{id}", get(log))
        .route("/files/{id}", get(file))
}

/// The id of the workspace.
pub(super) fn workspace(admin: &Admin) -> String {
    let hex = Dice::new(admin.seed, "workspace", b"openai").word(b"0123456789abcdef", 24);
    format!("{}-{}-4a0e-9d27-{}", &hex[..8], &hex[8..12], &hex[12..])
}

fn enter(admin: &Admin, headers: &HeaderMap, asked: &str) -> Result<(), Response> {
    let known = bearer(headers).and_then(|key| admin.known(&VENDOR, key));
    match known {
        Some(kind) if kind.opens("compliance") && asked == workspace(admin) => Ok(()),
        Some(kind) if kind.opens("compliance") => {
            Err(error(404, "Workspace not found.", "invalid_request_error", None))
        }
        Some(_) => Err(error(
            403,
            "This key does not have the read scope for this workspace.",
            "invalid_request_error",
            None,
        )),
        None => {
            Err(error(401, "Invalid authorization header.", "invalid_request_error", Some("invalid_api_key")))
        }
    }
}

fn missing(name: &str) -> Response {
    status(422, json!({"detail": [{"loc": ["query", name], "msg": "Field required", "type": "missing"}]}))
}

async fn logs(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    enter(&admin, &headers, &id)?;
    let kind = params.get("event_type").ok_or_else(|| missing("event_type"))?;
    let after = params.instant("after").ok().flatten().ok_or_else(|| missing("after"))?;
    let before = params.instant("before").map_err(super::wrong)?.unwrap_or(admin.now());
    let limit = params.within("limit", 100, 1, 1_000).map_err(super::wrong)?;
    let Some(place) = EVENT_TYPES.iter().position(|t| *t == kind) else {
        return Err(error(
            400,
            format!("Unsupported event_type {kind} for a workspace."),
            "invalid_request_error",
            None,
        ));
    };
    let now = admin.now();
    let oldest = when::floor(now - KEPT, HOUR).max(when::floor(after, HOUR));
    let hours = ends(&admin, kind, oldest, before.min(now));
    let hours: Vec<i64> = hours.into_iter().filter(|end| *end > after).collect();
    let page = &hours[..hours.len().min(limit)];
    let data: Vec<Value> = page
        .iter()
        .map(|end| json!({"id": log_id(place, *end), "event_type": kind, "end_time": when::rfc3339(*end)}))
        .collect();
    let last = page.last().map(|end| when::rfc3339(*end));
    Ok(ok(json!({"data": data, "has_more": hours.len() > limit, "last_end_time": last})))
}

fn log_id(place: usize, end: i64) -> String {
    format!("log_{place}_{end}")
}

/// Ends of the hours in `from..=to` that have a file.
fn ends(admin: &Admin, kind: &str, from: i64, to: i64) -> Vec<i64> {
    let account = admin.account(&VENDOR);
    let times: Vec<i64> = match kind {
        CHATS => account.chats(&admin.org, from, to).iter().map(|c| c.at).collect(),
        _ => account.acts(from, to).iter().map(|a| a.at).collect(),
    };
    let mut ends: Vec<i64> =
        times.into_iter().map(|at| when::floor(at, HOUR) + HOUR).filter(|end| *end <= to).collect();
    ends.dedup();
    ends
}

async fn log(
    State(admin): State<Admin>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    enter(&admin, &headers, &workspace)?;
    if lines(&admin, &id).is_none() {
        return Err(super::not_found("Log"));
    }
    let host = header(&headers, "host").unwrap_or("localhost");
    let place = format!("http://{host}/openai/compliance/files/{id}?sig={}", signature(&admin, &id));
    Ok((StatusCode::TEMPORARY_REDIRECT, [("location", place)]).into_response())
}

fn signature(admin: &Admin, id: &str) -> String {
    Dice::new(admin.seed, "signature", id.as_bytes()).id("", 32)
}

async fn file(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    let refused = |code: u16, text: &'static str| {
        (StatusCode::from_u16(code).unwrap_or(StatusCode::FORBIDDEN), text).into_response()
    };
    if headers.contains_key("authorization") {
        return Err(refused(400, "Only one auth mechanism allowed"));
    }
    if params.get("sig") != Some(signature(&admin, &id).as_str()) {
        return Err(refused(403, "Signature did not match"));
    }
    let lines = lines(&admin, &id).ok_or_else(|| refused(404, "Not found"))?;
    let mut text = String::new();
    for (n, line) in lines.iter().enumerate() {
        text.push_str(&line.to_string());
        if n % 3 != 1 {
            text.push('\n');
        }
    }
    Ok(([("content-type", "application/jsonl")], text).into_response())
}

/// The lines of a file that exists by now.
fn lines(admin: &Admin, id: &str) -> Option<Vec<Value>> {
    let (place, end) = id.strip_prefix("log_")?.split_once('_')?;
    let (kind, end) = (*EVENT_TYPES.get(place.parse::<usize>().ok()?)?, when::parse_seconds(end)?);
    let now = admin.now();
    if end % HOUR != 0 || end > now || end <= now - KEPT {
        return None;
    }
    let account = admin.account(&VENDOR);
    let (members, workspace) = (&account.directory.members, workspace(admin));
    let actor = |member: usize| json!({"user_id": members[member].id, "email": members[member].email});
    let mut lines = Vec::new();
    if kind == CHATS {
        for chat in account.chats(&admin.org, end - HOUR, end) {
            let model = VENDOR.models[chat.number as usize % 2].id;
            for (role, at, text) in
                [("user", chat.at, chat.question.as_str()), ("assistant", chat.answered, chat.answer)]
            {
                lines.push(json!({
                    "event_id": format!("{}_{role}", chat.id), "type": CHATS, "timestamp": when::rfc3339(at),
                    "workspace_id": workspace, "actor": actor(chat.member), "made_up": true,
                    "conversation": {"id": chat.id, "title": chat.name},
                    "message": {"id": format!("{}_{role}", chat.id), "role": role, "model": model,
                                "content": {"content_type": "text", "parts": [text]}},
                }));
            }
        }
    } else {
        for act in account.acts(end - HOUR, end) {
            lines.push(json!({"event_id": act.id, "type": LOG_INS, "timestamp": when::rfc3339(act.at),
                "workspace_id": workspace, "actor": actor(act.member), "ip_address": act.ip}));
        }
    }
    (!lines.is_empty()).then_some(lines)
}
