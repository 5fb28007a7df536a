//! xAI: dollars by any interval and by key add up to the books; the balance's sign is turned; truncation is flagged.

use super::*;
use std::collections::BTreeMap;

/// A management key and the path of its team.
async fn team(sim: &Sim, kind: &str) -> (String, String) {
    let key = sim.key("xai", kind).await;
    let facts = check(
        sim.get("/xai/management/auth/management-keys/validation").bearer_auth(&key),
        200,
        "xai/management_key_validation",
    )
    .await;
    let team = facts["teamId"].as_str().unwrap().to_owned();
    (key, team)
}

fn usage(
    sim: &Sim,
    key: &str,
    team: &str,
    (from, to): (i64, i64),
    unit: &str,
    group: &[&str],
    filters: &[String],
) -> RequestBuilder {
    let text = |at: i64| rfc3339(at).replace('T', " ").replace('Z', "");
    let body = json!({"analyticsRequest": {
        "timeRange": {"startTime": text(from), "endTime": text(to), "timezone": "Etc/GMT"},
        "timeUnit": format!("TIME_UNIT_{unit}"), "values": [{"name": "usd", "aggregation": "AGGREGATION_SUM"}],
        "groupBy": group, "filters": filters}});
    sim.post(&format!("/xai/management/v1/billing/teams/{team}/usage")).bearer_auth(key).json(&body)
}

fn sum(value: &Value) -> i64 {
    let series = value["timeSeries"].as_array().unwrap().iter();
    series.flat_map(|s| s["dataPoints"].as_array().unwrap()).map(|p| nanos(&p["values"][0])).sum()
}

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    let (key, team) = team(&sim, "management").await;
    let inference = sim.key("xai", "inference").await;
    check(sim.get("/xai/api/v1/api-key").bearer_auth(&inference), 200, "xai/api_key").await;
    check(sim.get("/xai/api/v1/models").bearer_auth(&inference), 200, "xai/models").await;
    let range = (NOVEMBER, NOVEMBER + 3 * DAY);
    check(usage(&sim, &key, &team, range, "DAY", &["description"], &[]), 200, "xai/usage").await;
    check(usage(&sim, &key, &team, range, "DAY", &[], &[]), 200, "xai/usage_ungrouped").await;
    for (path, file) in [
        (format!("/v1/billing/teams/{team}/prepaid/balance"), "prepaid_balance"),
        (format!("/v1/billing/teams/{team}/postpaid/invoice/preview"), "postpaid_invoice_preview"),
        (format!("/v1/billing/teams/{team}/postpaid/spending-limits"), "postpaid_spending_limits"),
        (format!("/v1/billing/teams/{team}/invoices?since.year=2026&since.month=9"), "invoices"),
        (format!("/auth/teams/{team}/api-keys?pageSize=1"), "api_keys_page1"),
        (format!("/audit/teams/{team}/events?pageSize=2&orderBy=TIME_DESCENDING"), "audit_events_page1"),
    ] {
        check(sim.get(&format!("/xai/management{path}")).bearer_auth(&key), 200, &format!("xai/{file}"))
            .await;
    }
}

#[tokio::test]
async fn keys_open_what_they_should_and_nothing_else() {
    let sim = Sim::start().await;
    let (lacking, team) = team(&sim, "management_without_billing").await;
    let key = |kind: &'static str| sim.key("xai", kind);
    check(
        sim.get("/xai/api/v1/models").bearer_auth(key("unknown_inference").await),
        400,
        "xai/error_bad_key",
    )
    .await;
    let validation = "/xai/management/auth/management-keys/validation";
    for kind in ["unknown_management", "inference"] {
        check(sim.get(validation).bearer_auth(key(kind).await), 401, "xai/error_management_bad_key").await;
    }
    let balance = format!("/xai/management/v1/billing/teams/{team}/prepaid/balance");
    check(sim.get(&balance).bearer_auth(&lacking), 403, "xai/error_management_forbidden").await;
    let other = "/xai/management/v1/billing/teams/another/prepaid/balance";
    assert_eq!(answer(sim.get(other).bearer_auth(key("management").await)).await.0, 404);
    let blocked = body(sim.get("/xai/api/v1/api-key").bearer_auth(key("inference_blocked").await)).await;
    assert_eq!(blocked["api_key_blocked"], true);
}

#[tokio::test]
async fn usage_by_any_interval_and_by_key_adds_up_to_the_books() {
    let sim = Sim::start().await;
    let (key, team) = team(&sim, "management").await;
    let range = (OCTOBER_20, OCTOBER_20 + 6 * DAY);
    let books = sim.books("xai", range.0, range.1).await;
    for (unit, group) in [
        ("DAY", vec!["description"]),
        ("HOUR", vec!["description"]),
        ("HOUR", vec![]),
        ("MONTH", vec![]),
        ("NONE", vec![]),
    ] {
        let value = body(usage(&sim, &key, &team, range, unit, &group, &[])).await;
        assert_eq!(
            (sum(&value), value["limitReached"].as_bool()),
            (total(&books, "nanos"), Some(false)),
            "{unit} {group:?}"
        );
    }
    let expected = summed(&books, "nanos", |r| r["key_id"].as_str().unwrap().to_owned());
    let mut by_key = BTreeMap::new();
    for id in expected.keys() {
        let filters = [format!("api_key_id:{id}")];
        by_key.insert(id.clone(), sum(&body(usage(&sim, &key, &team, range, "DAY", &[], &filters)).await));
    }
    assert_eq!(by_key, expected);
    // Too many points: rows are dropped, and it is said.
    let value = body(usage(&sim, &key, &team, range, "MINUTE", &["description"], &[])).await;
    assert!(value["limitReached"] == true && sum(&value) < total(&books, "nanos"));
}

#[tokio::test]
async fn what_is_left_is_negative_and_falls_by_whole_months() {
    let sim = Sim::start().await;
    let (key, team) = team(&sim, "management").await;
    let balance =
        body(sim.get(&format!("/xai/management/v1/billing/teams/{team}/prepaid/balance")).bearer_auth(&key))
            .await;
    let cents = |v: &Value| v["val"].as_str().unwrap().parse::<i64>().unwrap();
    let changes = balance["changes"].as_array().unwrap();
    assert_eq!(changes.iter().map(|c| cents(&c["amount"])).sum::<i64>(), cents(&balance["total"]));
    assert!(cents(&balance["total"]) < 0);
    let october = changes.iter().find(|c| c["spendBpKeyYear"] == 2026 && c["spendBpKeyMonth"] == 10).unwrap();
    let books = sim.books("xai", NOVEMBER - 31 * DAY, NOVEMBER).await;
    assert_eq!(cents(&october["amount"]), total(&books, "nanos") / 10_000_000);
}
