//! OpenRouter: activity, by key and by workspace, and analytics add up to the books; keys; generations.

use super::*;
use std::collections::BTreeMap;

const API: &str = "/openrouter/api/v1";

fn get(sim: &Sim, key: &str, path: &str) -> RequestBuilder {
    sim.get(&format!("{API}{path}")).bearer_auth(key)
}

fn query(sim: &Sim, key: &str, body: &Value) -> RequestBuilder {
    sim.post(&format!("{API}/analytics/query")).bearer_auth(key).json(body)
}

fn spend(row: &Value) -> i64 {
    nanos(&row["usage"]) + nanos(&row["byok_usage_inference"])
}

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    let (management, inference) =
        (sim.key("openrouter", "management").await, sim.key("openrouter", "inference").await);
    let workspaces = body(get(&sim, &management, "/workspaces")).await;
    let workspace = workspaces["data"][0]["id"].as_str().unwrap();
    for (path, file) in [
        ("/activity".to_owned(), "activity"),
        ("/activity?date=2026-11-02&group_by=workspace".into(), "activity_by_workspace"),
        ("/activity?date=2026-11-02&user_id=nobody".into(), "activity_empty"),
        ("/analytics/meta".into(), "analytics_meta"),
        ("/byok".into(), "byok"),
        ("/credits".into(), "credits"),
        ("/key".into(), "key_management"),
        ("/keys?include_disabled=true".into(), "keys_page1"),
        ("/keys?offset=100".into(), "keys_empty"),
        ("/models?limit=2&offset=0".into(), "models_page1"),
        ("/organization/members?limit=1".into(), "organization_members_page1"),
        ("/workspaces".into(), "workspaces"),
        (format!("/workspaces/{workspace}/members"), "workspace_members"),
        (format!("/workspaces/{workspace}/budgets"), "workspace_budgets"),
    ] {
        check(get(&sim, &management, &path), 200, &format!("openrouter/{file}")).await;
    }
    check(get(&sim, &inference, "/key"), 200, "openrouter/key_inference").await;
    let by_key = json!({"metrics": ["request_count", "tokens_prompt", "tokens_completion", "total_usage", "credits_usage", "byok_usage"],
        "dimensions": ["model", "api_key_id"], "granularity": "day",
        "time_range": {"start": "2026-11-01T00:00:00Z", "end": "2026-11-03T00:00:00Z"}});
    check(query(&sim, &management, &by_key), 200, "openrouter/analytics_query_model_key").await;
    let single = json!({"metrics": ["total_usage", "tokens_total"], "dimensions": ["generation_id"], "limit": 2,
        "filters": [{"field": "api_key_id", "operator": "neq", "value": "c47a"}]});
    let rows = check(query(&sim, &management, &single), 200, "openrouter/analytics_query_generations").await;
    assert_eq!(rows["data"]["metadata"]["truncated"], true);
    let id = rows["data"]["data"][0]["generation_id"].as_str().unwrap();
    check(get(&sim, &management, &format!("/generation?id={id}")), 200, "openrouter/generation").await;
}

#[tokio::test]
async fn text_is_kept_for_the_workspace_that_logs() {
    let sim = Sim::start().await;
    let key = sim.key("openrouter", "management").await;
    let workspaces = body(get(&sim, &key, "/workspaces")).await;
    for (place, status, file) in [(0, 200, "generation_content"), (1, 404, "generation_content_absent")] {
        let filter =
            json!([{"field": "workspace", "operator": "eq", "value": workspaces["data"][place]["id"]}]);
        let single = json!({"metrics": ["total_usage"], "dimensions": ["generation_id"], "limit": 1, "filters": filter});
        let rows = body(query(&sim, &key, &single)).await;
        let id = rows["data"]["data"][0]["generation_id"].as_str().unwrap();
        check(
            get(&sim, &key, &format!("/generation/content?id={id}")),
            status,
            &format!("openrouter/{file}"),
        )
        .await;
    }
}

#[tokio::test]
async fn keys_open_what_they_should_and_nothing_else() {
    let sim = Sim::start().await;
    let (unknown, inference) =
        (sim.key("openrouter", "unknown").await, sim.key("openrouter", "inference").await);
    check(get(&sim, &unknown, "/key"), 401, "openrouter/error_bad_key").await;
    check(get(&sim, &inference, "/activity"), 403, "openrouter/error_forbidden").await;
    check(sim.get(&format!("{API}/key")), 401, "openrouter/error_no_key").await;
    assert_eq!(answer(sim.get(&format!("{API}/models"))).await.0, 200);
    let management = sim.key("openrouter", "management").await;
    for wrong in [
        json!({"metrics": ["colour"]}),
        json!({"metrics": ["request_count"], "dimensions": ["model", "user", "workspace"]}),
        json!({"metrics": ["request_count"], "granularity": "minute"}),
        json!({"metrics": []}),
    ] {
        check(query(&sim, &management, &wrong), 400, "openrouter/error_analytics_bad_query").await;
    }
}

#[tokio::test]
async fn activity_and_analytics_add_up_to_the_books() {
    let sim = Sim::start().await;
    let key = sim.key("openrouter", "management").await;
    let (from, to) = (NOVEMBER - 5 * DAY, NOVEMBER);
    let books = sim.books("openrouter", from, to).await;
    let (mut spent, mut requests) = (0, 0);
    let mut by_key = BTreeMap::new();
    let hashes: Vec<String> =
        books["rows"].as_array().unwrap().iter().map(|r| r["key_id"].to_string()).collect();
    for day in (from..to).step_by(DAY as usize) {
        let date = &rfc3339(day)[..10];
        let whole = body(get(&sim, &key, &format!("/activity?date={date}"))).await;
        for row in whole["data"].as_array().unwrap() {
            spent += spend(row);
            requests += row["requests"].as_i64().unwrap();
        }
        for hash in hashes.iter().collect::<std::collections::BTreeSet<_>>().iter().filter(|h| **h != "null")
        {
            let path = format!("/activity?date={date}&api_key_hash={}", hash.trim_matches('"'));
            let rows = body(get(&sim, &key, &path)).await;
            *by_key.entry((*hash).clone()).or_default() +=
                rows["data"].as_array().unwrap().iter().map(spend).sum::<i64>();
        }
    }
    assert_eq!((spent, requests), (total(&books, "nanos"), total(&books, "requests")));
    let mut expected = summed(&books, "nanos", |r| r["key_id"].to_string());
    // Traffic without a key is in no key's share.
    assert!(expected.remove("null").is_some_and(|n| n > 0));
    assert_eq!(by_key, expected);
    for granularity in ["hour", "day"] {
        let asked = json!({"metrics": ["request_count", "total_usage", "credits_usage", "byok_usage"], "dimensions": ["model", "workspace"],
            "granularity": granularity, "limit": 10_000, "time_range": {"start": rfc3339(from), "end": rfc3339(to)}});
        let rows = body(query(&sim, &key, &asked)).await;
        let rows = rows["data"]["data"].as_array().unwrap();
        let sum = |name: &str| rows.iter().map(|r| nanos(&r[name])).sum::<i64>();
        assert_eq!(sum("total_usage"), spent, "{granularity}");
        assert_eq!(sum("credits_usage") + sum("byok_usage"), spent, "{granularity}");
        assert_eq!(
            rows.iter().map(|r| r["request_count"].as_str().unwrap().parse::<i64>().unwrap()).sum::<i64>(),
            requests
        );
    }
}

#[tokio::test]
async fn a_list_of_keys_shows_one_workspace_until_another_is_named() {
    let sim = Sim::start().await;
    let key = sim.key("openrouter", "management").await;
    let workspaces = body(get(&sim, &key, "/workspaces")).await;
    let mut all = std::collections::BTreeSet::new();
    for workspace in workspaces["data"].as_array().unwrap() {
        let path = format!("/keys?include_disabled=true&workspace_id={}", workspace["id"].as_str().unwrap());
        for row in body(get(&sim, &key, &path)).await["data"].as_array().unwrap() {
            assert_eq!(row["workspace_id"], workspace["id"]);
            assert!(all.insert(row["hash"].to_string()));
        }
    }
    let first = body(get(&sim, &key, "/keys?include_disabled=true")).await["data"].as_array().unwrap().len();
    assert!(first > 0 && first < all.len());
}
