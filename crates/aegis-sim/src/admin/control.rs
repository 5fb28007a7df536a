//! The simulator's own API under `/_sim`: addresses, credentials, books, clock, faults, calls, scale.
//! Called by tests and by the demo, never by the product. Wrong input gets 400 and says what is wrong.

use super::connect;
use super::faults::{Profile, Rule};
use super::keys::secret;
use super::params::{Params, Wrong};
use super::reply::{Answer, ok, status};
use super::when::{self, DAY};
use super::world::{BEGINNING, Books, Scale, Tally, View, sums};
use super::{ALL, Admin};
use aegis_domain::{Clock, Timestamp};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::{StreamExt, stream};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::convert::Infallible;

pub(super) fn routes() -> Router<Admin> {
    Router::new()
        .route("/_sim", get(index))
        .route("/_sim/credentials", get(credentials))
        .route("/_sim/books", get(books))
        .route("/_sim/clock", get(clock).post(set_clock))
        .route("/_sim/faults", get(faults).post(add_faults).delete(clear_faults))
        .route("/_sim/calls", get(calls).delete(clear_calls))
        .route("/_sim/scale", get(scale).post(set_scale).delete(clear_scale))
}

fn wrong(message: impl Into<String>) -> Response {
    status(400, json!({"error": message.into()}))
}

fn unreadable(name: Wrong) -> Response {
    wrong(format!("{} cannot be read", name.0))
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Response> {
    serde_json::from_slice(body).map_err(|e| wrong(e.to_string()))
}

async fn index(State(admin): State<Admin>) -> Response {
    let vendors: Vec<Value> = ALL.iter().map(|v| json!({"vendor": v.id, "hosts": hosts(v)})).collect();
    ok(json!({
        "seed": admin.seed,
        "now": admin.clock.now().to_string(),
        "vendors": vendors,
        "control": ["/_sim/credentials", "/_sim/books", "/_sim/clock", "/_sim/faults", "/_sim/calls", "/_sim/scale"],
    }))
}

fn hosts(vendor: &super::Vendor) -> Vec<Value> {
    let path = |label: &str| {
        if label.is_empty() { format!("/{}", vendor.id) } else { format!("/{}/{label}", vendor.id) }
    };
    vendor
        .hosts
        .iter()
        .map(|h| json!({"label": h.label, "path": path(h.label), "stands_for": h.real}))
        .collect()
}

async fn credentials(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Response {
    let wanted = params.get("vendor");
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:9400");
    let base = format!("http://{host}");
    let mut list = Vec::new();
    for vendor in ALL.iter().filter(|v| wanted.is_none_or(|w| w == v.id)) {
        for kind in vendor.keys {
            let fields = (vendor.fields)(&admin, kind);
            list.push(json!({
                "vendor": vendor.id,
                "kind": kind.kind,
                "known": kind.known,
                "opens": kind.opens,
                "about": kind.about,
                "secret": secret(admin.seed, vendor, kind),
                "form": connect::form(vendor.id, kind.kind, &fields, &base),
                "fields": fields,
            }));
        }
    }
    ok(json!({"credentials": list}))
}

async fn clock(State(admin): State<Admin>) -> Response {
    ok(
        json!({"now": admin.clock.now().to_string(), "frozen": admin.clock.frozen(), "elapsed_ms": admin.elapsed_ms()}),
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    set: Option<String>,
    frozen: Option<bool>,
    advance_seconds: Option<i64>,
    #[serde(default)]
    reset: bool,
}

async fn set_clock(State(admin): State<Admin>, body: Bytes) -> Answer {
    let change: ClockChange = read(&body)?;
    if change.reset {
        admin.clock.reset();
    }
    let now = admin.clock.now();
    let at: Timestamp = match &change.set {
        Some(text) => text.parse().map_err(|_| wrong("set must be an instant like 2026-11-01T00:00:00Z"))?,
        None => now,
    };
    let sets = change.set.is_some() || change.frozen.is_some();
    if sets && !admin.clock.set(at, change.frozen.unwrap_or(true)) {
        return Err(wrong("set must be within twenty years of now"));
    }
    if change.advance_seconds.is_some_and(|s| !admin.clock.advance(s)) {
        return Err(wrong("advance_seconds must stay within twenty years of now"));
    }
    Ok(clock(State(admin)).await)
}

async fn faults(State(admin): State<Admin>) -> Response {
    ok(json!({"rules": admin.faults.list()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewFaults {
    #[serde(default)]
    rules: Vec<Rule>,
    /// Instead of the rules there are.
    profile: Option<String>,
}

async fn add_faults(State(admin): State<Admin>, body: Bytes) -> Answer {
    let new: NewFaults = read(&body)?;
    if let Some(name) = &new.profile {
        let profile =
            Profile::read(name).ok_or_else(|| wrong("profile must be none, light, rough or down"))?;
        admin.faults.reset(Some(profile));
    }
    admin.faults.add(new.rules).map_err(wrong)?;
    Ok(faults(State(admin)).await)
}

async fn clear_faults(State(admin): State<Admin>) -> Response {
    admin.faults.reset(Some(Profile::None));
    faults(State(admin)).await
}

async fn calls(State(admin): State<Admin>, params: Params) -> Answer {
    let since = params.within("since", 0, 0, usize::MAX).map_err(unreadable)? as u64;
    Ok(ok(admin.calls.show(params.get("vendor"), params.get("path").unwrap_or(""), since)))
}

async fn clear_calls(State(admin): State<Admin>) -> Response {
    admin.calls.clear();
    ok(admin.calls.show(None, "", 0))
}

async fn scale(State(admin): State<Admin>) -> Response {
    ok(json!({"vendor": super::openai::VENDOR.id, "scale": *admin.scale.lock()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewScale {
    rows: u64,
    #[serde(default = "thirty")]
    days: u64,
    /// The day after the last one; today without it.
    to: Option<String>,
}

fn thirty() -> u64 {
    30
}

async fn set_scale(State(admin): State<Admin>, body: Bytes) -> Answer {
    let new: NewScale = read(&body)?;
    if !(1..=super::world::MAX_ROWS).contains(&new.rows) || !(1..=366).contains(&new.days) {
        return Err(wrong("rows must be from 1 to 20000000, days from 1 to 366"));
    }
    let to = match &new.to {
        Some(text) => when::parse(text).ok_or_else(|| wrong("to must be a day like 2026-11-01"))?,
        None => admin.now(),
    };
    let from = when::floor(to, DAY) - new.days as i64 * DAY;
    if from < BEGINNING {
        return Err(wrong("the world begins on 2025-01-01; choose fewer days or a later to"));
    }
    *admin.scale.lock() = Some(Scale { rows: new.rows, days: new.days, from });
    Ok(scale(State(admin)).await)
}

async fn clear_scale(State(admin): State<Admin>) -> Response {
    *admin.scale.lock() = None;
    scale(State(admin)).await
}

/// Streamed day by day: `rows` first, `totals` at the end. `rows=false` leaves the rows out.
async fn books(State(admin): State<Admin>, params: Params) -> Answer {
    let vendor = params.get("vendor").unwrap_or("");
    let account = admin.find(vendor).ok_or_else(|| wrong("vendor must be one that GET /_sim lists"))?;
    let view = View::read(params.get("view").unwrap_or("truth"))
        .ok_or_else(|| wrong("view must be truth, reported_usage or reported_cost"))?;
    let now = admin.now();
    let from = params.instant("from").map_err(unreadable)?.unwrap_or(when::floor(now, DAY) - 30 * DAY);
    let to = params.instant("to").map_err(unreadable)?.unwrap_or(now);
    let with_rows = params.get("rows") != Some("false");
    let books = Books { from, to, view, now, scale: admin.scale(account.vendor) };
    let head = format!(
        "{{\"vendor\":{},\"from\":{},\"to\":{},\"rows\":[",
        json!(vendor),
        json!(when::rfc3339(from)),
        json!(when::rfc3339(to))
    );
    let state = Writing {
        admin: admin.clone(),
        vendor: account.vendor.id,
        books,
        with_rows,
        total: Tally::default(),
        rows: 0,
    };
    let days = books.days().into_iter().map(Some).chain([None]);
    let body = stream::iter(days).scan(state, |state, day| {
        let piece = state.piece(day);
        async move { Some(piece) }
    });
    let head = stream::iter([head]);
    let body = head.chain(body).map(|text| Ok::<_, Infallible>(Bytes::from(text)));
    Ok(([("content-type", "application/json")], Body::from_stream(body)).into_response())
}

struct Writing {
    admin: Admin,
    vendor: &'static str,
    books: Books,
    with_rows: bool,
    total: Tally,
    rows: u64,
}

impl Writing {
    fn piece(&mut self, day: Option<i64>) -> String {
        let admin = self.admin.clone();
        let Some(account) = admin.find(self.vendor) else { return String::new() };
        let Some(day) = day else {
            return format!("],\"row_count\":{},\"totals\":{}}}", self.rows, sums(account, &self.total));
        };
        let (rows, total) = self.books.day(account, day);
        self.total += &total;
        let mut text = String::new();
        for row in rows {
            if self.with_rows {
                if self.rows > 0 {
                    text.push(',');
                }
                text.push_str(&row.to_string());
            }
            self.rows += 1;
        }
        text
    }
}
