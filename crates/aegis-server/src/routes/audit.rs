//! `/audit`: the log of privileged acts, and whether its chain is whole.

use crate::App;
use crate::audit;
use crate::error::ApiError;
use crate::http::query::{Cursor, PageParams, RangeParams};
use crate::http::{Access, Query, Routes};
use aegis_domain::{Actor, AuditRecord, Role, Timestamp};
use aegis_identity::token::sha256_hex;
use aegis_store::{Direction, PageQuery, Record, Stream};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::time::Instant;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

/// Records looked at for one page: a rare action makes a short page with a cursor, never a slow one.
const BUDGET: usize = 5_000;

pub(super) fn routes() -> Routes {
    Routes::tag("audit")
        .add(Access::Role(Role::Admin), routes!(list))
        .add(Access::Role(Role::Admin), routes!(verify))
}

/// What the list is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditFilter {
    /// An id, an address, a token's or operator's name, or `system` or `anonymous`.
    actor: Option<String>,
    /// An action such as `login.failed`, or its beginning, such as `login`.
    action: Option<String>,
}

impl AuditFilter {
    fn admits(&self, record: &AuditRecord) -> bool {
        let action = |wanted: &String| {
            record
                .action
                .strip_prefix(wanted.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let actor = |wanted: &String| names(&record.actor).contains(&wanted.as_str());
        self.action.as_ref().is_none_or(action) && self.actor.as_ref().is_none_or(actor)
    }
}

fn names(actor: &Actor) -> [&str; 2] {
    match actor {
        Actor::User { id, email } => [id, email],
        Actor::Token { id, name } => [id, name],
        Actor::Operator { name } => ["operator", name],
        Actor::System => ["system"; 2],
        Actor::Anonymous => ["anonymous"; 2],
    }
}

/// A recorded act.
#[derive(Serialize, ToSchema)]
struct AuditItem {
    id: uuid::Uuid,
    /// Its place in the chain, from 1.
    seq: u64,
    at: Timestamp,
    actor: Actor,
    address: Option<String>,
    user_agent: Option<String>,
    request_id: Option<String>,
    /// Such as `user.role_changed`.
    action: String,
    /// Such as `user:0190…`.
    object: Option<String>,
    /// SHA-256 of the object before.
    before: Option<String>,
    /// SHA-256 of the object after.
    after: Option<String>,
    #[schema(value_type = Object)]
    details: Map<String, Value>,
    /// SHA-256 of the record before.
    prev: String,
    /// SHA-256 of this record as stored: what the next one names as `prev`.
    hash: String,
}

impl AuditItem {
    fn of(record: AuditRecord, stored: &Record) -> Self {
        AuditItem {
            id: record.id,
            seq: record.seq,
            at: record.at,
            actor: record.actor,
            address: record.address,
            user_agent: record.user_agent,
            request_id: record.request_id,
            action: record.action,
            object: record.object,
            before: record.before,
            after: record.after,
            details: record.details,
            prev: record.prev,
            hash: sha256_hex(&stored.body),
        }
    }
}

/// Recorded acts.
#[derive(Serialize, ToSchema)]
struct AuditList {
    /// Newest first.
    items: Vec<AuditItem>,
    /// Where to go on; a page may be short while this is set.
    next_cursor: Option<String>,
    from: Timestamp,
    to: Timestamp,
}

/// Recorded acts, newest first.
#[utoipa::path(get, path = "/audit", params(RangeParams, AuditFilter, PageParams),
    responses((status = 200, body = AuditList)))]
async fn list(
    State(app): State<App>,
    Query(range): Query<RangeParams>,
    Query(filter): Query<AuditFilter>,
    Query(page): Query<PageParams>,
) -> Result<Json<AuditList>, ApiError> {
    let limit = page.limit()?;
    let cursor = page.cursor()?;
    // A list goes on in the window it began with, though a named range has moved on meanwhile.
    let (from, to) = match &cursor {
        Some(cursor) => (cursor.from, cursor.to),
        None => range.window(app.clock.now()).map(|window| (window.from, window.to))?,
    };
    let mut after = cursor.map(|cursor| cursor.position);
    let mut items = Vec::new();
    let mut budget = BUDGET;
    let next = loop {
        let query = PageQuery {
            stream: Stream::Audit,
            from,
            to,
            masks: Vec::new(),
            direction: Direction::Descending,
            after,
            limit: limit - items.len(),
            budget,
        };
        let found = app.store.log.page(query).await?;
        for stored in &found.records {
            // What cannot be read is for `verify` to report; the list shows the rest.
            let Ok(record) = serde_json::from_slice::<AuditRecord>(&stored.body) else { continue };
            if filter.admits(&record) {
                items.push(AuditItem::of(record, stored));
            }
        }
        budget = budget.saturating_sub(found.examined.max(found.records.len()).max(1));
        after = found.next;
        if after.is_none() || items.len() >= limit || budget == 0 {
            break after;
        }
    };
    let next_cursor = next.map(|position| Cursor { from, to, position }.write());
    Ok(Json(AuditList { items, next_cursor, from, to }))
}

/// Whether the chain is whole.
#[derive(Serialize, ToSchema)]
struct AuditVerdict {
    /// True when every record follows the one before it.
    ok: bool,
    /// Records that do.
    records: u64,
    /// The last of them.
    head: Option<ChainHead>,
    /// The first place where the chain is broken.
    first_break: Option<ChainBreak>,
    /// How long the check took.
    took_ms: u64,
}

/// The end of the chain.
#[derive(Serialize, ToSchema)]
struct ChainHead {
    seq: u64,
    hash: String,
}

/// A broken place.
#[derive(Serialize, ToSchema)]
struct ChainBreak {
    seq: u64,
    expected: String,
    found: String,
    /// In words.
    reason: &'static str,
}

/// Walks the whole chain and says whether it is whole.
#[utoipa::path(get, path = "/audit/verify", responses((status = 200, body = AuditVerdict)))]
async fn verify(State(app): State<App>) -> Result<Json<AuditVerdict>, ApiError> {
    let started = Instant::now();
    let verdict = audit::verify(&app.store).await?;
    Ok(Json(AuditVerdict {
        ok: verdict.first_break.is_none(),
        records: verdict.records,
        head: verdict.head.map(|(seq, hash)| ChainHead { seq, hash }),
        first_break: verdict.first_break.map(|found| ChainBreak {
            seq: found.seq,
            expected: found.expected,
            found: found.found,
            reason: found.reason,
        }),
        took_ms: started.elapsed().as_millis() as u64,
    }))
}
