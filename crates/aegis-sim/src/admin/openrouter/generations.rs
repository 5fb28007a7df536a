//! Single requests and their text. A burst of the world stands for one generation. Text is kept for the first
//! workspace only, where logging is on; it is made up.

use super::{BYOK, PROVIDERS, VENDOR, allow, charged, not_found};
use crate::admin::Admin;
use crate::admin::money::{self, UNITS};
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY, MINUTE};
use crate::admin::world::{Burst, By, Dims, Group, Part, Tally};
use crate::dice::Dice;
use crate::org::{Facts, TEAMS};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

/// Requests of so many days can be told one by one.
const KEPT: i64 = 31 * DAY;

fn id_of(burst: &Burst) -> String {
    let place = |p: Option<usize>| p.map_or_else(|| "x".to_owned(), |p| p.to_string());
    let (key, user) = (place(burst.dims.key), place(burst.dims.user));
    format!("gen-{}-m{}k{key}u{user}t{}", burst.at, burst.dims.model, burst.tally.all_input())
}

/// The generations of a range, oldest first within an hour.
pub(super) fn between(
    admin: &Admin,
    range: (i64, i64),
    keep: &dyn Fn(&Dims) -> bool,
) -> Vec<(String, Group, Tally)> {
    let from = range.0.max(admin.now() - KEPT);
    let mut found = Vec::new();
    admin.account(&VENDOR).bursts(from, range.1, admin.usage(), None, &mut |burst| {
        if keep(&burst.dims) {
            found.push((id_of(burst), By::ALL.group(&burst.dims), burst.tally));
        }
    });
    found
}

fn find(admin: &Admin, params: &Params) -> Result<(String, i64, Group, Tally), Response> {
    let id = params.get("id").ok_or_else(not_found)?;
    let at = id.split('-').nth(1).and_then(when::parse_seconds).ok_or_else(not_found)?;
    let found = between(admin, (at, at + MINUTE), &|_| true).into_iter().find(|(i, _, _)| i == id);
    found.map(|(id, group, tally)| (id, at, group, tally)).ok_or_else(not_found)
}

pub(super) async fn one(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers)?;
    let (id, at, group, tally) = find(&admin, &params)?;
    let model = group.model.unwrap_or_default();
    let (provider, slug) = PROVIDERS[model % PROVIDERS.len()];
    let (credits, elsewhere) = charged(model, &tally);
    let (input, output) = (tally.all_input(), tally.count(Part::Output));
    let directory = &admin.account(&VENDOR).directory;
    let mut data = json!({
        "id": id, "api_type": "completions", "upstream_id": format!("up-{id}"), "request_id": format!("req-{id}"),
        "session_id": null, "created_at": when::micros(at).replace('Z', "+00:00"), "model": slug,
        "provider_name": provider, "router": null, "app_id": 48_213, "origin": "https://portal.larkfield.example/",
        "http_referer": "https://portal.larkfield.example/", "user_agent": "portal/4.2", "external_user": null,
        "streamed": true, "cancelled": false, "finish_reason": "stop", "native_finish_reason": "stop",
        "is_byok": model == BYOK, "service_tier": null, "data_region": "global", "preset_id": null,
        "workspace_id": group.project.map(|p| directory.project(p)),
        "tokens_prompt": input, "tokens_completion": output, "native_tokens_prompt": input,
        "native_tokens_completion": output, "native_tokens_reasoning": tally.reasoning,
        "native_tokens_cached": tally.count(Part::Cached),
    });
    let rest = json!({
        "native_tokens_completion_images": null, "num_media_prompt": null, "num_media_completion": null,
        "num_input_audio_prompt": null, "num_search_results": null, "num_fetches": null, "web_search_engine": null,
        "response_cache_source_id": null, "latency": 641, "generation_time": 5_210, "moderation_latency": null,
        "total_cost": money::number(credits + elsewhere, UNITS), "usage": money::number(credits, UNITS),
        "upstream_inference_cost": (model == BYOK).then(|| money::number(elsewhere, UNITS)), "cache_discount": null,
        "provider_responses": [{"provider_name": provider, "model_permaslug": slug, "status": 200, "latency": 641,
                                "is_byok": model == BYOK}],
    });
    if let (Value::Object(data), Value::Object(rest)) = (&mut data, rest) {
        data.extend(rest);
    }
    Ok(ok(json!({"data": data})))
}

pub(super) async fn content(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers)?;
    let (id, _, group, _) = find(&admin, &params)?;
    if group.project != Some(0) {
        return Err(not_found());
    }
    let mut dice = Dice::new(admin.seed, "generation", id.as_bytes());
    let app = TEAMS[0].apps.first().ok_or_else(not_found)?;
    let leak = dice.chance(0.1);
    let template = dice.pick(if leak { app.leaks } else { app.asks });
    let question = Facts::new(&mut dice).tell(template, &admin.org, &mut dice);
    let messages = json!([{"role": "system", "content": "Made-up conversation."}, {"role": "user", "content": question}]);
    let output = json!({"completion": "Here is a shorter version.", "reasoning": null});
    Ok(ok(json!({"data": {"input": {"messages": messages}, "output": output, "error": null}})))
}
