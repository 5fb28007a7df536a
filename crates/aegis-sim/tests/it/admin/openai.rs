//! OpenAI: usage by any width adds up to the books, costs to the last billionth; keys; audit; compliance logs.

use super::*;
use std::collections::BTreeMap;

const ORGANIZATION: &str = "/openai/v1/organization";
const ALL: &str = "group_by[]=project_id&group_by[]=user_id&group_by[]=api_key_id&group_by[]=model&group_by[]=batch&group_by[]=service_tier";

/// All buckets of a report, page by page.
async fn buckets(sim: &Sim, key: &str, path: &str) -> Vec<Value> {
    let (mut all, mut page) = (Vec::new(), String::new());
    loop {
        let value = body(sim.get(&format!("{ORGANIZATION}{path}{page}")).bearer_auth(key)).await;
        all.extend(value["data"].as_array().unwrap().iter().cloned());
        let Some(next) = value["next_page"].as_str() else { break };
        assert_eq!(value["has_more"], true);
        page = format!("&page={next}");
    }
    all
}

fn rows(buckets: &[Value]) -> impl Iterator<Item = &Value> {
    buckets.iter().flat_map(|b| b["results"].as_array().unwrap())
}

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    let key = sim.key("openai", "admin").await;
    let get = |path: String| sim.get(&format!("{ORGANIZATION}{path}")).bearer_auth(&key);
    let from = format!("start_time={OCTOBER_20}");
    check(get(format!("/usage/completions?{from}&limit=2&{ALL}")), 200, "openai/usage_completions_page1")
        .await;
    check(get(format!("/usage/completions?{from}&limit=1")), 200, "openai/usage_completions_ungrouped").await;
    check(
        get(format!("/usage/embeddings?{from}&limit=1&group_by[]=project_id&group_by[]=model")),
        200,
        "openai/usage_embeddings",
    )
    .await;
    check(get(format!("/usage/web_search_calls?{from}&limit=1&group_by[]=project_id&group_by[]=model&group_by[]=context_level")), 200, "openai/usage_web_search_calls").await;
    check(
        get(format!(
            "/costs?{from}&limit=2&group_by[]=project_id&group_by[]=line_item&group_by[]=api_key_id"
        )),
        200,
        "openai/costs_page1",
    )
    .await;
    let audit = check(
        get("/audit_logs?limit=1&event_types[]=api_key.created".into()),
        200,
        "openai/audit_logs_page1",
    )
    .await;
    assert_eq!(audit["data"][0]["type"], "api_key.created");
    check(get("/users?limit=1".into()), 200, "openai/users_page1").await;
    let projects = check(get("/projects?limit=100".into()), 200, "openai/projects").await;
    let project = projects["data"][0]["id"].as_str().unwrap();
    check(get(format!("/projects/{project}/api_keys?limit=100")), 200, "openai/project_api_keys").await;
    check(get(format!("/projects/{project}/rate_limits")), 200, "openai/project_rate_limits").await;
    check(get("/admin_api_keys".into()), 200, "openai/admin_api_keys").await;
    check(get("/spend_limit".into()), 200, "openai/spend_limit").await;
}

#[tokio::test]
async fn keys_open_what_they_should_and_nothing_else() {
    let sim = Sim::start().await;
    let costs = format!("{ORGANIZATION}/costs?start_time={NOVEMBER}");
    for (kind, path, status, error) in [
        ("unknown_admin", format!("{ORGANIZATION}/projects"), 401, "openai/error_bad_key"),
        ("unknown_inference", "/openai/v1/models".to_owned(), 401, "openai/error_bad_key"),
        ("admin", "/openai/v1/models".to_owned(), 403, "openai/error_missing_scope"),
        ("inference", format!("{ORGANIZATION}/projects"), 403, "openai/error_missing_scope"),
        ("inference", costs.clone(), 401, "openai/error_missing_scope"),
        ("admin_without_usage", costs, 401, "openai/error_missing_scope"),
    ] {
        let key = sim.key("openai", kind).await;
        let refused = check(sim.get(&path).bearer_auth(key), status, error).await;
        let missing = refused["error"]["message"].as_str().unwrap().contains("Missing scopes");
        assert_eq!(missing, error.ends_with("missing_scope"), "{kind} {path}");
    }
    let key = sim.key("openai", "inference").await;
    assert_eq!(answer(sim.get("/openai/v1/models").bearer_auth(key)).await.0, 200);
}

#[tokio::test]
async fn usage_by_any_width_and_costs_add_up_to_the_books() {
    let sim = Sim::start().await;
    let key = sim.key("openai", "admin").await;
    // Far enough on for everything to have arrived.
    sim.set_clock(NOVEMBER + 4 * DAY).await;
    let (from, to) = (OCTOBER_20, OCTOBER_20 + 9 * DAY);
    let books = sim.books("openai", from, to).await;
    let range = format!("start_time={from}&end_time={to}");
    let mut tokens = BTreeMap::new();
    for (width, limit) in [("1d", 2), ("1h", 50), ("1m", 1_440)] {
        let path = format!("/usage/completions?{range}&bucket_width={width}&limit={limit}&{ALL}");
        let completions = buckets(&sim, &key, &path).await;
        let path =
            format!("/usage/embeddings?{range}&bucket_width={width}&limit={limit}&group_by[]=api_key_id");
        let embeddings = buckets(&sim, &key, &path).await;
        let sum = |name: &str| {
            let all = rows(&completions).chain(rows(&embeddings));
            all.map(|r| r[name].as_i64().unwrap_or(0)).sum::<i64>()
        };
        tokens.insert(width, (sum("input_tokens"), sum("output_tokens"), sum("num_model_requests")));
        for row in rows(&completions) {
            let part = |name: &str| row[name].as_i64().unwrap();
            let parts = part("input_uncached_tokens")
                + part("input_cached_tokens")
                + part("input_cache_write_tokens");
            assert_eq!(part("input_tokens"), parts);
        }
    }
    let expected = (total(&books, "input_tokens"), total(&books, "output_tokens"), total(&books, "requests"));
    assert!(tokens.values().all(|t| *t == expected), "{tokens:?} {expected:?}");

    let by_key = |row: &Value| format!("{}/{}", row["project_id"], row["key_id"]);
    let path =
        format!("/costs?{range}&limit=2&group_by[]=project_id&group_by[]=line_item&group_by[]=api_key_id");
    let mut costs = BTreeMap::new();
    let buckets = buckets(&sim, &key, &path).await;
    for row in rows(&buckets) {
        *costs.entry(format!("{}/{}", row["project_id"], row["api_key_id"])).or_default() +=
            nanos(&row["amount"]["value"]);
    }
    assert_eq!(costs, summed(&books, "nanos", by_key));
    assert_eq!(nanos(&books["totals"]["amount"]), total(&books, "nano_usd"));
}

#[tokio::test]
async fn recent_figures_are_low_at_first_and_end_at_the_books() {
    let sim = Sim::start().await;
    let key = sim.key("openai", "admin").await;
    let day = NOVEMBER;
    let mut seen = Vec::new();
    for at in [day + DAY, day + DAY + 3_600, day + DAY + 6 * 3_600, day + 4 * DAY] {
        sim.set_clock(at).await;
        let path = format!("/costs?start_time={day}&end_time={}", day + DAY);
        let buckets = buckets(&sim, &key, &path).await;
        seen.push(rows(&buckets).map(|r| nanos(&r["amount"]["value"])).sum::<i64>());
    }
    assert!(seen.is_sorted() && seen[0] < seen[3], "{seen:?}");
    assert_eq!(seen[3], total(&sim.books("openai", day, day + DAY).await, "nanos"));
    // The books say as well what is shown by now.
    sim.set_clock(day + DAY).await;
    let path = "/_sim/books?vendor=openai&view=reported_cost&from=2026-11-01&to=2026-11-02";
    assert_eq!(body(sim.get(path)).await["totals"]["nanos"], seen[0]);
}

#[tokio::test]
async fn lists_and_audit_logs_give_every_item_once() {
    let sim = Sim::start().await;
    let key = sim.key("openai", "admin").await;
    for (path, most) in [("/users", 3), ("/audit_logs", 17), ("/projects", 1)] {
        let mut ids = Vec::new();
        let mut after = String::new();
        loop {
            let page =
                body(sim.get(&format!("{ORGANIZATION}{path}?limit={most}{after}")).bearer_auth(&key)).await;
            ids.extend(page["data"].as_array().unwrap().iter().map(|v| v["id"].as_str().unwrap().to_owned()));
            if page["has_more"] == false {
                break;
            }
            after = format!("&after={}", page["last_id"].as_str().unwrap());
        }
        let n = ids.len();
        ids.sort();
        ids.dedup();
        assert!(ids.len() == n && n > most, "{path}: {n}");
    }
}

#[tokio::test]
async fn compliance_logs_lead_to_files_that_must_not_get_the_key() {
    let sim = Sim::start().await;
    let fields = sim.fields("openai", "compliance").await;
    let key = fields["api_key"].as_str().unwrap();
    let logs = format!(
        "/openai/compliance/v1/compliance/workspaces/{}/logs",
        fields["workspace_id"].as_str().unwrap()
    );
    let query = "event_type=CONVERSATION_MESSAGE_LOG&after=2026-10-20T00:00:00Z&limit=5";
    let page =
        check(sim.get(&format!("{logs}?{query}")).bearer_auth(key), 200, "openai/compliance_logs_page1")
            .await;
    assert_eq!(page["last_end_time"], page["data"][4]["end_time"]);
    let id = page["data"][0]["id"].as_str().unwrap();
    let redirect = sim.get(&format!("{logs}/{id}")).bearer_auth(key).send().await.unwrap();
    assert_eq!(redirect.status(), 307);
    let place = redirect.headers()["location"].to_str().unwrap();
    assert_eq!(sim.get(place).bearer_auth(key).send().await.unwrap().status(), 400);
    let text = sim.get(place).send().await.unwrap().text().await.unwrap();
    let lines: Vec<Value> =
        serde_json::Deserializer::from_str(&text).into_iter().map(Result::unwrap).collect();
    assert!(lines.len() >= 2 && lines.iter().all(|l| l["made_up"] == true));
    let (status, missing) = answer(sim.get(&format!("{logs}?event_type=AUTH_LOG")).bearer_auth(key)).await;
    assert_eq!((status, missing["detail"][0]["type"].as_str()), (422, Some("missing")));
}

#[tokio::test]
async fn a_million_rows_come_bucket_by_bucket_and_add_up() {
    let sim = Sim::start().await;
    let key = sim.key("openai", "admin").await;
    body(sim.post("/_sim/scale").json(&json!({"rows": 30_000, "days": 3, "to": "2026-11-01"}))).await;
    let (from, to) = (NOVEMBER - 3 * DAY, NOVEMBER);
    let path = format!("/_sim/books?vendor=openai&rows=false&from={}&to={}", rfc3339(from), rfc3339(to));
    let books = body(sim.get(&path)).await;
    assert!(books["row_count"].as_i64().unwrap() >= 30_000 && books["rows"] == json!([]));
    let path = format!("/usage/completions?start_time={from}&end_time={to}&limit=1&{ALL}");
    let all = buckets(&sim, &key, &path).await;
    let scaled = rows(&all).filter(|r| r["api_key_id"].as_str().is_some_and(|k| k.starts_with("key_scale")));
    assert_eq!((all.len(), scaled.count()), (3, 30_000));
    let path = format!("/usage/completions?start_time={from}&end_time={to}&limit=1");
    let whole: i64 =
        rows(&buckets(&sim, &key, &path).await).map(|r| r["output_tokens"].as_i64().unwrap()).sum();
    assert_eq!(rows(&all).map(|r| r["output_tokens"].as_i64().unwrap()).sum::<i64>(), whole);
}
