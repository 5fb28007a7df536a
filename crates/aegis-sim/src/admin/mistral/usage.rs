//! `usage`, a calendar month of quantities beside prices, and the spending limit.

use super::{VENDOR, allow, wrong};
use crate::admin::params::{Params, Wrong};
use crate::admin::reply::{Answer, ok};
use crate::admin::world::{BEGINNING, By, Dims, Model, Part, Tally};
use crate::admin::{Admin, money, when};
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Kinds of tokens as usage and prices call them.
const GROUPS: [(Part, &str); 3] =
    [(Part::Input, "input"), (Part::Cached, "cached"), (Part::Output, "output")];

fn price_of(model: &Model, part: Part) -> i64 {
    match part {
        Part::Cached => model.price.cached,
        Part::Output => model.price.output,
        _ => model.price.input,
    }
}

pub(super) async fn usage(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let now = admin.now();
    let (this_year, this_month, _) = when::civil(now);
    let year = params.within("year", this_year as usize, 2_000, 2_100).map_err(wrong)? as i16;
    let month = params.within("month", this_month as usize, 1, 12).map_err(wrong)? as i8;
    let (from, to) = when::month(year, month).ok_or_else(|| wrong(Wrong("month".into())))?;
    let directory = &admin.account(&VENDOR).directory;
    let workspace = params.get("workspace_id").map(|w| directory.find_project(w));
    // Only the global zone is used.
    let nothing = workspace == Some(None) || params.get("api_zone").is_some_and(|z| z != "global");
    let mut models: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    let mut day = from;
    while day < to.min(now) && !nothing {
        let view = |d: &Dims| workspace.flatten().is_none_or(|w| w == d.project).then_some(*d);
        let by = By { model: true, ..By::default() };
        for (group, tally) in
            admin.account(&VENDOR).sums((day, day + when::DAY), admin.usage(), by, None, &view)
        {
            let model = &VENDOR.models[group.model.unwrap_or_default()];
            let entries = models.entry(format!("{}::{}", model.name, model.id)).or_default();
            for (part, name) in GROUPS.into_iter().filter(|g| tally.count(g.0) > 0) {
                let entry = json!({
                    "usage_type": "usage", "event_type": "api_tokens", "billing_metric": model.id,
                    "billing_display_name": model.name, "billing_group": name, "timestamp": when::date(day),
                    "value": tally.count(part), "value_paid": tally.count(part),
                });
                if let Some(list) = entries.entry(name).or_insert_with(|| json!([])).as_array_mut() {
                    list.push(entry);
                }
            }
        }
        day += when::DAY;
    }
    Ok(ok(month_of(&models, (from, to), now)))
}

fn month_of(models: &BTreeMap<String, Map<String, Value>>, (from, to): (i64, i64), now: i64) -> Value {
    let empty = || json!({"models": {}});
    let text = |at: i64| when::date(at).chars().take(7).collect::<String>();
    json!({
        "completion": {"models": models}, "ocr": empty(), "connectors": empty(), "chat": empty(),
        "libraries_api": {"pages": empty(), "tokens": empty(), "audio_seconds": empty()},
        "fine_tuning": {"training": {}, "storage": {}}, "audio": empty(), "audio_characters": empty(), "vibe_usage": 0,
        "vibe_code": {"completion": empty(), "ocr": empty(), "connectors": empty(), "audio": empty(), "audio_characters": empty()},
        "date": when::rfc3339(from), "start_date": when::rfc3339(from),
        "end_date": when::rfc3339(to - 1).replace('Z', ".999Z"),
        "previous_month": (from > BEGINNING).then(|| text(from - 1)), "next_month": (to <= now).then(|| text(to)),
        "currency": "EUR", "currency_symbol": "€", "prices": prices(),
    })
}

/// One price as text, the next in exponent form, the next as a number.
fn prices() -> Vec<Value> {
    let mut prices = Vec::new();
    for model in VENDOR.models {
        for (part, name) in GROUPS {
            let nanos = price_of(model, part);
            let price = match prices.len() % 3 {
                0 => format!("{:0<12}", money::text(nanos, money::UNITS)).into(),
                1 => format!("{}E-9", nanos).into(),
                _ => money::number(nanos, money::UNITS),
            };
            prices
                .push(json!({"event_type": "api_tokens", "billing_metric": model.id, "billing_group": name,
                "api_zone": "global", "service_tier": "standard", "price": price}));
        }
    }
    prices
}

pub(super) async fn spend_limit(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    allow(&admin, &headers, "admin")?;
    let (year, month, _) = when::civil(admin.now());
    let from = when::month(year, month).map_or(admin.now(), |m| m.0);
    let sums =
        admin.account(&VENDOR).sums((from, admin.now()), admin.cost(), By::default(), None, &|d| Some(*d));
    let spent = money::number(sums.values().map(Tally::total).sum::<i64>() / 10_000_000, 2);
    Ok(ok(json!({"limits": {
        "completion": {"no_monthly_limit": false, "monthly_limit_reached": false, "usage": spent, "vibe_usage": 0,
                       "total_usage": spent, "usage_limit": 5_000},
        "last_payment_failure": false, "last_payment_failure_protection": null, "currency": "EUR",
    }})))
}
