//! Anthropic: usage adds up to the books, costs in fractional cents to the last billionth; scopes; compliance.

use super::*;
use std::collections::BTreeMap;

const V1: &str = "/anthropic/v1";
const BY: &str = "group_by[]=workspace_id&group_by[]=api_key_id&group_by[]=model&group_by[]=service_tier&group_by[]=context_window&group_by[]=inference_geo&group_by[]=account_id&group_by[]=service_account_id";

fn get(sim: &Sim, key: &str, path: &str) -> RequestBuilder {
    sim.get(&format!("{V1}{path}")).header("x-api-key", key).header("anthropic-version", "2023-06-01")
}

/// All rows of a report, page by page.
async fn rows(sim: &Sim, key: &str, path: &str) -> Vec<Value> {
    let (mut all, mut page) = (Vec::new(), String::new());
    loop {
        let value = body(get(sim, key, &format!("{path}{page}"))).await;
        let data = value["data"].as_array().unwrap();
        all.extend(data.iter().flat_map(|b| b["results"].as_array().unwrap()).cloned());
        let Some(next) = value["next_page"].as_str() else { break };
        page = format!("&page={next}");
    }
    all
}

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    let (admin, enterprise) = (sim.key("anthropic", "admin").await, sim.key("anthropic", "enterprise").await);
    let from = "starting_at=2026-10-20T00:00:00Z";
    for (path, file) in [
        (format!("/organizations/usage_report/messages?{from}&limit=2&{BY}"), "usage_messages_page1"),
        (
            format!("/organizations/usage_report/messages?{from}&limit=1&ending_at=2026-10-21T00:00:00Z"),
            "usage_messages_ungrouped",
        ),
        (
            format!(
                "/organizations/cost_report?{from}&limit=2&group_by[]=workspace_id&group_by[]=description"
            ),
            "cost_report_page1",
        ),
        (format!("/organizations/cost_report?{from}&limit=1"), "cost_report_ungrouped"),
        (
            "/organizations/usage_report/claude_code?starting_at=2026-11-03&limit=1".into(),
            "claude_code_page1",
        ),
        ("/organizations/me".into(), "organization_me"),
        ("/organizations/users?limit=1".into(), "users_page1"),
        ("/organizations/api_keys?limit=1000".into(), "api_keys"),
        ("/organizations/workspaces?limit=1000".into(), "workspaces"),
        ("/organizations/rate_limits".into(), "rate_limits"),
    ] {
        check(get(&sim, &admin, &path), 200, &format!("anthropic/{file}")).await;
    }
    let chats = body(get(&sim, &enterprise, "/compliance/apps/chats?limit=1")).await;
    let chat = chats["data"][0]["id"].as_str().unwrap();
    let organizations = body(get(&sim, &enterprise, "/compliance/organizations")).await;
    let uuid = organizations["data"][0]["uuid"].as_str().unwrap();
    like(&chats, "anthropic/compliance_chats_page1");
    like(&organizations, "anthropic/compliance_organizations");
    for (path, file) in [
        (
            "/compliance/activities?limit=2&activity_types[]=api_key_created".to_owned(),
            "compliance_activities_page2_key",
        ),
        (format!("/compliance/apps/chats/{chat}/messages"), "compliance_chat_messages"),
        (format!("/compliance/organizations/{uuid}/users"), "compliance_organization_users"),
        (
            format!(
                "/organizations/analytics/usage_report?{from}&limit=1&group_by[]=product&group_by[]=model"
            ),
            "analytics_usage",
        ),
        (format!("/organizations/analytics/cost_report?{from}&limit=1&group_by[]=product"), "analytics_cost"),
    ] {
        check(get(&sim, &enterprise, &path), 200, &format!("anthropic/{file}")).await;
    }
}

#[tokio::test]
async fn keys_open_what_they_should_and_nothing_else() {
    let sim = Sim::start().await;
    for (kind, path, status, error) in [
        ("unknown_admin", "/organizations/me", 401, "error_bad_key"),
        ("unknown_inference", "/models", 401, "error_bad_key"),
        ("inference", "/organizations/me", 403, "error_permission"),
        ("admin", "/models", 403, "error_permission"),
        ("unknown_admin", "/compliance/activities", 401, "error_compliance_bad_key"),
        ("enterprise_without_content", "/compliance/apps/chats", 403, "error_compliance_missing_scope"),
    ] {
        let key = sim.key("anthropic", kind).await;
        check(get(&sim, &key, path), status, &format!("anthropic/{error}")).await;
    }
    let key = sim.key("anthropic", "enterprise_without_content").await;
    let (_, refused) = answer(get(&sim, &key, "/compliance/apps/chats")).await;
    let expected =
        "Missing required scopes. Got: ['read:compliance_activities'] Needed: ['read:compliance_user_data']";
    assert_eq!(refused["error"]["message"], expected);
    let key = sim.key("anthropic", "admin").await;
    let without_version = sim.get(&format!("{V1}/organizations/me")).header("x-api-key", key);
    assert_eq!(answer(without_version).await.0, 400);
}

#[tokio::test]
async fn usage_and_costs_add_up_to_the_books() {
    let sim = Sim::start().await;
    let key = sim.key("anthropic", "admin").await;
    sim.set_clock(NOVEMBER + 4 * DAY).await;
    let (from, to) = (OCTOBER_20, OCTOBER_20 + 8 * DAY);
    let books = sim.books("anthropic", from, to).await;
    let range = format!("starting_at={}&ending_at={}", rfc3339(from), rfc3339(to));
    let number = |row: &Value, path: &str| row.pointer(path).and_then(Value::as_i64).unwrap();
    for (width, limit) in [("1d", 3), ("1h", 100)] {
        let path =
            format!("/organizations/usage_report/messages?{range}&bucket_width={width}&limit={limit}&{BY}");
        let all = rows(&sim, &key, &path).await;
        let inputs = [
            "/uncached_input_tokens",
            "/cache_read_input_tokens",
            "/cache_creation/ephemeral_5m_input_tokens",
            "/cache_creation/ephemeral_1h_input_tokens",
        ];
        let input: i64 = all.iter().map(|r| inputs.iter().map(|p| number(r, p)).sum::<i64>()).sum();
        let output: i64 = all.iter().map(|r| number(r, "/output_tokens")).sum();
        assert_eq!(
            (input, output),
            (total(&books, "input_tokens"), total(&books, "output_tokens")),
            "{width}"
        );
        assert!(all.iter().all(|r| r["api_key_id"].is_null() || r["account_id"].is_null()));
        assert!(
            all.iter().any(|r| r["api_key_id"].is_null()) && all.iter().any(|r| r["workspace_id"].is_null())
        );
    }
    // Cents, with fractions: a hundredth of dollars, so seven places of a billionth.
    let cents = |row: &Value| nanos(&row["amount"]) / 100;
    for by in ["", "&group_by[]=workspace_id&group_by[]=description"] {
        let all = rows(&sim, &key, &format!("/organizations/cost_report?{range}&limit=3{by}")).await;
        assert_eq!(all.iter().map(cents).sum::<i64>(), total(&books, "nanos"), "{by}");
        assert!(all.iter().all(|r| nanos(&r["amount"]) % 100 == 0));
    }
    let mut by_workspace = BTreeMap::new();
    for row in
        rows(&sim, &key, &format!("/organizations/cost_report?{range}&limit=31&group_by[]=workspace_id"))
            .await
    {
        *by_workspace.entry(row["workspace_id"].to_string()).or_default() += cents(&row);
    }
    let first = books["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["project"] == "support")
        .map(|r| r["project_id"].clone());
    let workspace = |row: &Value| {
        if Some(&row["project_id"]) == first.as_ref() { "null".into() } else { row["project_id"].to_string() }
    };
    assert_eq!(by_workspace, summed(&books, "nanos", workspace));
}

#[tokio::test]
async fn activities_and_chats_give_every_item_once_and_some_chats_leak() {
    let sim = Sim::start().await;
    let key = sim.key("anthropic", "enterprise").await;
    let mut texts = Vec::new();
    for path in [
        "/compliance/activities?limit=13&created_at.gte=2026-10-01T00:00:00Z",
        "/compliance/apps/chats?limit=13&created_at.gte=2026-10-01T00:00:00Z",
    ] {
        let (mut ids, mut after) = (Vec::new(), String::new());
        loop {
            let page = body(get(&sim, &key, &format!("{path}{after}"))).await;
            ids.extend(page["data"].as_array().unwrap().iter().map(|v| v["id"].as_str().unwrap().to_owned()));
            if page["has_more"] == false {
                break;
            }
            after = format!("&after_id={}", page["last_id"].as_str().unwrap());
        }
        let n = ids.len();
        let distinct: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert!(distinct.len() == n && n > 26, "{path}: {n}");
        if path.contains("chats") {
            for id in ids.iter().take(40) {
                let chat = body(get(&sim, &key, &format!("/compliance/apps/chats/{id}/messages"))).await;
                assert!(chat["name"].as_str().unwrap().starts_with("Made-up"));
                texts.push(chat["chat_messages"][0]["content"][0]["text"].as_str().unwrap().to_owned());
            }
        }
    }
    assert!(
        texts.iter().any(|t| t.contains('@') || t.bytes().filter(u8::is_ascii_digit).count() > 8),
        "{texts:#?}"
    );
}
