//! `GET /v1/organization/costs`: dollars by day, project, key and line item. A model shows only in the line item's text;
//! one model searches, so that line, which names none, is never doubled.

use super::{Filter, VENDOR, allow, next_page, page, range, wrong};
use crate::admin::Admin;
use crate::admin::money::{self, UNITS};
use crate::admin::paging::Buckets;
use crate::admin::params::{Params, Wrong};
use crate::admin::reply::{Answer, ok};
use crate::admin::when::DAY;
use crate::admin::world::{By, Group, Part, Tally};
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

pub(super) async fn costs(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "usage", "api.usage.read", 401)?;
    let (from, to) = range(&admin, &params)?;
    let limit = params.within("limit", 7, 1, 180).map_err(wrong)?;
    let asked = params.list("group_by");
    let known = ["project_id", "line_item", "api_key_id"];
    if asked.iter().any(|g| !known.contains(g)) || params.get("bucket_width").is_some_and(|w| w != "1d") {
        return Err(wrong(Wrong("group_by".into())));
    }
    let items = asked.contains(&"line_item");
    let by = By {
        project: asked.contains(&"project_id"),
        key: asked.contains(&"api_key_id"),
        model: items,
        batch: items,
        user: false,
    };
    let filter = Filter::read(&params);
    let buckets = Buckets::page(from, to, DAY, limit, page(&params)?);
    let data: Vec<Value> = buckets.iter().map(|b| bucket(&admin, b, by, &filter)).collect();
    Ok(ok(json!({
        "object": "page", "data": data,
        "has_more": buckets.next.is_some(), "next_page": next_page(buckets.next),
    })))
}

fn bucket(admin: &Admin, (from, to): (i64, i64), by: By, filter: &Filter) -> Value {
    let account = admin.account(&VENDOR);
    let scale = admin.scale(&VENDOR);
    let groups =
        account.sums((from, to), admin.cost(), by, scale.as_ref(), &|d| filter.keeps(admin, d).then_some(*d));
    let mut results = Vec::new();
    for (group, tally) in &groups {
        if by.model {
            results.extend(
                Part::ALL.into_iter().filter(|p| tally.count(*p) > 0).map(|p| line(admin, group, tally, p)),
            );
        } else {
            results.push(row(admin, group, tally.total(), None, None));
        }
    }
    json!({"object": "bucket", "start_time": from, "end_time": to, "results": results})
}

fn line(admin: &Admin, group: &Group, tally: &Tally, part: Part) -> Value {
    let model = group.model.map_or("", |m| VENDOR.models[m].id);
    let batch = if group.batch == Some(true) { "batch " } else { "" };
    let item = match part {
        Part::Input => format!("{model}, {batch}input"),
        Part::Cached => format!("{model}, {batch}cached input"),
        Part::Write5m | Part::Write1h => format!("{model}, {batch}cache write"),
        Part::Output => format!("{model}, {batch}output"),
        Part::Search => "web search tool calls".to_owned(),
    };
    let quantity = (part != Part::Search).then(|| tally.count(part));
    row(admin, group, tally.cost(part), Some(item), quantity)
}

fn row(admin: &Admin, group: &Group, nanos: i64, item: Option<String>, quantity: Option<u64>) -> Value {
    let directory = &admin.account(&VENDOR).directory;
    json!({
        "object": "organization.costs.result",
        "amount": {"value": money::number(nanos, UNITS), "currency": "usd"},
        "line_item": item,
        "project_id": group.project.map(|p| directory.project(p)),
        "api_key_id": group.key.map(|k| directory.key(k)),
        "quantity": quantity,
        "quantity_unit": quantity.map(|_| "tokens"),
    })
}
