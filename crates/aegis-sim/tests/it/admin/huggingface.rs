//! Hugging Face: nano-dollars day by day and cents by group add up to the books; members by the `Link` header.

use super::*;

const ORG: &str = "/huggingface/hub/api/organizations/larkfield-mutual";

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    let key = sim.key("huggingface", "admin").await;
    check(sim.get("/huggingface/hub/api/whoami-v2").bearer_auth(&key), 200, "huggingface/whoami_admin").await;
    let range = format!("startDate={NOVEMBER}&endDate={}", NOVEMBER + 4 * DAY);
    let services = body(sim.get(&format!("{ORG}/service-accounts")).bearer_auth(&key)).await;
    let service = format!("/service-accounts/{}", services[0]["_id"].as_str().unwrap());
    for (path, file) in [
        (format!("/billing/usage-v2?{range}"), "billing_usage_v2"),
        ("/billing/usage".to_owned(), "billing_usage"),
        ("/billing/usage-by-resource-group?startDate=2026-10-01T00:00:00.000Z&endDate=2026-11-05T00:00:00.000Z".into(), "billing_usage_by_resource_group"),
        ("/billing/usage-by-inference-session".into(), "billing_usage_by_inference_session"),
        ("/audit-log/export?q=type:org.settings.inference_providers.keys.add".into(), "audit_log_export"),
        ("/members?limit=10".into(), "members_page1"),
        ("/resource-groups".into(), "resource_groups"),
        ("/service-accounts".into(), "service_accounts"),
        (service, "service_account"),
        ("/settings/network-security".into(), "network_security"),
    ] {
        check(sim.get(&format!("{ORG}{path}")).bearer_auth(&key), 200, &format!("huggingface/{file}")).await;
    }
    check(sim.get("/huggingface/router/v1/models"), 200, "huggingface/router_models").await;
    let endpoints = "/huggingface/endpoints/v2/provider/larkfield-mutual";
    check(sim.get(endpoints).bearer_auth(&key), 200, "huggingface/inference_endpoints_hardware").await;
    let endpoints =
        body(sim.get("/huggingface/endpoints/v2/endpoint/larkfield-mutual").bearer_auth(&key)).await;
    // Only a running endpoint has an address.
    assert_eq!(
        differences(&endpoints, &recorded("huggingface/inference_endpoints")),
        ["$.items[0].status.url is missing"]
    );
}

#[tokio::test]
async fn tokens_open_what_they_should_and_nothing_else() {
    let sim = Sim::start().await;
    let (unknown, member) = (sim.key("huggingface", "unknown").await, sim.key("huggingface", "member").await);
    check(sim.get("/huggingface/hub/api/whoami-v2").bearer_auth(&unknown), 401, "huggingface/error_bad_key")
        .await;
    let who = check(
        sim.get("/huggingface/hub/api/whoami-v2").bearer_auth(&member),
        200,
        "huggingface/whoami_fine_grained_here",
    )
    .await;
    assert_eq!(who["orgs"][0]["roleInOrg"], "read");
    let usage = format!("{ORG}/billing/usage-v2?startDate={NOVEMBER}&endDate={NOW}");
    check(sim.get(&usage).bearer_auth(&member), 403, "huggingface/error_billing_forbidden").await;
    let endpoints = "/huggingface/endpoints/v2/endpoint/larkfield-mutual";
    check(sim.get(endpoints).bearer_auth(&member), 401, "huggingface/error_endpoints_no_billing").await;
    body(
        sim.post("/_sim/faults")
            .json(&json!({"rules": [{"vendor": "huggingface", "kind": "rate_limit", "retry_after": 33}]})),
    )
    .await;
    let limited = sim.get(&usage).bearer_auth(&member).send().await.unwrap();
    assert_eq!(limited.headers()["ratelimit"], "\"api\";r=0;t=33");
}

#[tokio::test]
async fn days_groups_and_sessions_add_up_to_the_books() {
    let sim = Sim::start().await;
    let key = sim.key("huggingface", "admin").await;
    let (from, to) = (NOVEMBER - 31 * DAY, NOVEMBER);
    let books = sim.books("huggingface", from, to).await;
    let (mut used, mut requests) = (0, 0);
    for day in (from..to).step_by(DAY as usize) {
        let path = format!("{ORG}/billing/usage-v2?startDate={day}&endDate={}", day + DAY);
        let one = body(sim.get(&path).bearer_auth(&key)).await;
        let one = &one["usage"]["inferenceProviders"];
        used += one["usedNanoUsd"].as_i64().unwrap();
        requests += one["numRequests"].as_i64().unwrap();
    }
    assert_eq!((used, requests), (total(&books, "nano_usd"), total(&books, "requests")));
    let range = "startDate=2026-10-01T00:00:00.000Z&endDate=2026-11-01T00:00:00.000Z";
    let groups =
        body(sim.get(&format!("{ORG}/billing/usage-by-resource-group?{range}")).bearer_auth(&key)).await;
    let groups = groups["periods"][0]["resourceGroups"].as_array().unwrap().clone();
    let cents = |v: &Value| nanos(v) / 100;
    assert_eq!(groups.iter().map(|g| cents(&g["inference"]["costCents"])).sum::<i64>(), used);
    assert!(groups.iter().any(|g| g["id"].is_null()) && groups.iter().any(|g| !g["id"].is_null()));
    let sessions =
        body(sim.get(&format!("{ORG}/billing/usage-by-inference-session?{range}")).bearer_auth(&key)).await;
    assert_eq!(
        sessions["periods"][0]["sessions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| cents(&s["costCents"]))
            .sum::<i64>(),
        used
    );
}

#[tokio::test]
async fn members_go_on_in_the_link_header() {
    let sim = Sim::start().await;
    let key = sim.key("huggingface", "admin").await;
    let (mut next, mut ids) = (Some(format!("{ORG}/members?limit=4")), std::collections::BTreeSet::new());
    while let Some(url) = next {
        let response = sim.get(&url).bearer_auth(&key).send().await.unwrap();
        let link = response.headers().get("link").map(|l| l.to_str().unwrap().to_owned());
        next = link.map(|l| l.trim_start_matches('<').split('>').next().unwrap().to_owned());
        for member in response.json::<Value>().await.unwrap().as_array().unwrap() {
            assert!(ids.insert(member["_id"].to_string()));
        }
    }
    assert_eq!(ids.len(), 9);
}
