//! Mistral: a month's quantities times its prices add up to the books, in euros; workspaces split it; lists.

use super::*;
use std::collections::BTreeMap;

const ADMIN: &str = "/mistral/v1/admin";

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    let (admin, inference) = (sim.key("mistral", "admin").await, sim.key("mistral", "inference").await);
    check(sim.get("/mistral/v1/models").bearer_auth(&inference), 200, "mistral/models").await;
    for (path, file) in [
        ("/usage-shape", "admin_usage"),
        ("/spend-limit", "admin_spend_limit"),
        ("/audit-logs?limit=2&sort=descending&event_type[]=api_key.create", "admin_audit_logs_page1"),
        ("/users?page=1&page_size=1", "admin_users_page1"),
        ("/users?page=9&page_size=1", "admin_users_page2"),
        ("/workspaces?page=1&page_size=25", "admin_workspaces"),
        ("/api-keys?limit=100&offset=0", "admin_api_keys"),
    ] {
        if path != "/usage-shape" {
            check(
                sim.get(&format!("{ADMIN}{path}")).header("x-api-key", &admin),
                200,
                &format!("mistral/{file}"),
            )
            .await;
        }
    }
    // Maps by model and by workspace hold other names than the recorded ones: compare what is below and beside them.
    let (usage, example) = (month(&sim, &admin, 10, "").await, recorded("mistral/admin_usage"));
    let keys = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&usage), keys(&example));
    assert!(differences(&usage["prices"], &example["prices"]).iter().all(|d| d.contains("price")));
    let entries =
        |v: &Value| v["completion"]["models"].as_object().unwrap().values().next().unwrap()["input"].clone();
    assert_eq!(differences(&entries(&usage), &entries(&example)), Vec::<String>::new());
    let limits = body(sim.get(&format!("{ADMIN}/rate-limit")).bearer_auth(&admin)).await;
    assert_eq!(keys(&limits), keys(&recorded("mistral/admin_rate_limit")));
}

async fn month(sim: &Sim, key: &str, month: u8, rest: &str) -> Value {
    body(sim.get(&format!("{ADMIN}/usage?month={month}&year=2026{rest}")).bearer_auth(key)).await
}

/// Cost of a month by day: quantities times the price of the same group.
fn costs(usage: &Value) -> BTreeMap<String, i64> {
    let prices = usage["prices"].as_array().unwrap();
    let mut days = BTreeMap::new();
    for groups in usage["completion"]["models"].as_object().unwrap().values() {
        for entry in groups.as_object().unwrap().values().flat_map(|e| e.as_array().unwrap()) {
            let fits = |p: &&Value| {
                ["event_type", "billing_metric", "billing_group"].iter().all(|k| p[*k] == entry[*k])
            };
            let price = nanos(&prices.iter().find(fits).unwrap()["price"]);
            *days.entry(entry["timestamp"].as_str().unwrap().to_owned()).or_default() +=
                price * entry["value_paid"].as_i64().unwrap();
        }
    }
    days
}

#[tokio::test]
async fn a_month_times_its_prices_adds_up_to_the_books() {
    let sim = Sim::start().await;
    let key = sim.key("mistral", "admin").await;
    let (from, to) = (NOVEMBER - 31 * DAY, NOVEMBER);
    let books = sim.books("mistral", from, to).await;
    let whole = month(&sim, &key, 10, "").await;
    assert_eq!((whole["currency"].as_str(), whole["next_month"].as_str()), (Some("EUR"), Some("2026-11")));
    let kinds: Vec<bool> =
        whole["prices"].as_array().unwrap().iter().map(|p| p["price"].is_number()).collect();
    assert!(kinds.contains(&true) && kinds.contains(&false));
    assert_eq!(costs(&whole), summed(&books, "nanos", |r| r["day"].as_str().unwrap().to_owned()));
    let workspaces = body(sim.get(&format!("{ADMIN}/workspaces")).bearer_auth(&key)).await;
    let mut split = BTreeMap::new();
    for workspace in workspaces["items"].as_array().unwrap() {
        let id = workspace["uuid"].as_str().unwrap();
        split.insert(
            id.to_owned(),
            costs(&month(&sim, &key, 10, &format!("&workspace_id={id}")).await).values().sum::<i64>(),
        );
    }
    assert_eq!(split, summed(&books, "nanos", |r| r["project_id"].as_str().unwrap().to_owned()));
    assert!(costs(&month(&sim, &key, 10, "&api_zone=eu").await).is_empty());
}

#[tokio::test]
async fn keys_and_values_are_refused_in_three_shapes() {
    let sim = Sim::start().await;
    let (unknown, inference, admin) = (
        sim.key("mistral", "unknown").await,
        sim.key("mistral", "inference").await,
        sim.key("mistral", "admin").await,
    );
    check(sim.get("/mistral/v1/models").bearer_auth(&unknown), 401, "mistral/error_bad_key").await;
    assert_eq!(answer(sim.get(&format!("{ADMIN}/usage")).bearer_auth(&inference)).await.0, 403);
    check(
        sim.get(&format!("{ADMIN}/audit-logs?limit=x")).bearer_auth(&admin),
        422,
        "mistral/error_validation",
    )
    .await;
    body(sim.post("/_sim/faults").json(&json!({"rules": [{"vendor": "mistral", "kind": "rate_limit"}]})))
        .await;
    check(sim.get("/mistral/v1/models").bearer_auth(&inference), 429, "mistral/error_rate_limit").await;
}

#[tokio::test]
async fn the_bare_audit_list_is_walked_by_time_with_an_overlap() {
    let sim = Sim::start().await;
    let key = sim.key("mistral", "admin").await;
    let (mut ids, mut before, mut twice) = (std::collections::BTreeSet::new(), String::new(), 0);
    loop {
        let path = format!("{ADMIN}/audit-logs?limit=5&sort=descending&after=2026-10-10T00:00:00Z{before}");
        let rows = body(sim.get(&path).bearer_auth(&key)).await;
        let rows = rows.as_array().unwrap();
        let new = rows.iter().filter(|r| ids.insert(r["log_id"].as_i64().unwrap())).count();
        twice += rows.len() - new;
        if new == 0 {
            break;
        }
        before = format!("&before={}", rows.last().unwrap()["created_at"].as_str().unwrap());
    }
    assert!(ids.len() > 20 && twice > 3, "{} {twice}", ids.len());
}
