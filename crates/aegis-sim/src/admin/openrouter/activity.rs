//! `GET /activity`: usage and dollars by day, model and provider, of the last thirty completed days or of one.

use super::{PROVIDERS, VENDOR, allow, charged, only, uuid, wrong};
use crate::admin::Admin;
use crate::admin::money::{self, UNITS};
use crate::admin::params::{Params, Wrong};
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY};
use crate::admin::world::{By, Group, Part, Tally};
use crate::dice::Dice;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

/// How far back it reaches.
const DAYS: i64 = 30;

pub(super) async fn activity(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers)?;
    let today = when::floor(admin.now(), DAY);
    let days: Vec<i64> = match params.instant("date").map_err(wrong)? {
        Some(day) if day % DAY == 0 && (today - DAYS * DAY..=today).contains(&day) => vec![day],
        Some(_) => return Err(wrong(Wrong("date".into()))),
        None => (1..=DAYS).map(|n| today - n * DAY).collect(),
    };
    let by_workspace = match params.get("group_by") {
        None => false,
        Some("workspace") => true,
        Some(_) => return Err(wrong(Wrong("group_by".into()))),
    };
    let directory = &admin.account(&VENDOR).directory;
    let key = params.get("api_key_hash").map(|h| directory.keys.iter().position(|k| k.id == h));
    let user = params.get("user_id").map(|u| directory.members.iter().position(|m| m.id == u));
    let workspace = params.get("workspace_id").map(|w| directory.find_project(w));
    let mut rows = Vec::new();
    // An id that nobody has selects nothing.
    if key != Some(None) && user != Some(None) && workspace != Some(None) {
        let by = By { model: true, project: by_workspace, ..By::default() };
        for day in days {
            let groups = admin.account(&VENDOR).sums((day, day + DAY), admin.usage(), by, None, &|d| {
                let here = workspace.flatten().is_none_or(|w| w == d.project);
                only(d, key.flatten(), user.flatten()).filter(|_| here)
            });
            rows.extend(groups.iter().map(|(group, tally)| row(&admin, day, group, tally)));
        }
    }
    Ok(ok(json!({"data": rows})))
}

fn row(admin: &Admin, day: i64, group: &Group, tally: &Tally) -> Value {
    let model = group.model.unwrap_or_default();
    let (provider, slug) = PROVIDERS[model % PROVIDERS.len()];
    let (credits, elsewhere) = charged(model, tally);
    let mut row = json!({
        "date": when::date(day),
        "model": VENDOR.models[model].id,
        "model_permaslug": slug,
        "endpoint_id": uuid(&mut Dice::new(0, "endpoint", slug.as_bytes())),
        "provider_name": provider,
        "requests": tally.requests,
        "prompt_tokens": tally.all_input(),
        "completion_tokens": tally.count(Part::Output),
        "reasoning_tokens": tally.reasoning,
        "usage": money::number(credits, UNITS),
        "byok_usage_inference": money::number(elsewhere, UNITS),
    });
    if let Some(project) = group.project {
        row["workspace_id"] = admin.account(&VENDOR).directory.project(project).into();
    }
    row
}
