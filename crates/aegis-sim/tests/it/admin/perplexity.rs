//! Perplexity: credits by bucket and by user are the world's requests; three keys; audit events with what was typed.

use super::*;

const V1: &str = "/perplexity/v1";

async fn get(sim: &Sim, kind: &str, path: &str) -> RequestBuilder {
    sim.get(&format!("/perplexity{path}")).bearer_auth(sim.key("perplexity", kind).await)
}

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    let usage = format!("analytics/computer/usage?dataset=credit_usage&start_time={OCTOBER_20}&limit=2");
    for (kind, path, file) in [
        ("developer", "/v1/async/sonar?limit=1".to_owned(), "async_list_page1"),
        ("audit", "/v1/admin/audit-events?limit=200".into(), "audit_events_page1"),
        ("analytics", format!("/v1/{usage}&bucket_width=1d"), "computer_usage_page1"),
        ("analytics", format!("/v2/{usage}&group_by=user"), "computer_usage_v2_by_user"),
    ] {
        let value = body(get(&sim, kind, &path).await).await;
        if file.starts_with("audit") {
            let typed = value["data"]
                .as_array()
                .unwrap()
                .iter()
                .find(|e| e["event_type"] == "query.submitted")
                .unwrap();
            let extra: Vec<String> =
                differences(typed, &recorded("perplexity/audit_events_page1")["data"][0]);
            assert!(extra.iter().all(|d| d.starts_with("$.data.")), "{extra:?}");
            assert!(typed["data"]["title"].as_str().unwrap().starts_with("Made-up"));
        } else {
            like(&value, &format!("perplexity/{file}"));
        }
    }
    check(sim.get(&format!("{V1}/models")), 200, "perplexity/models").await;
}

#[tokio::test]
async fn keys_open_what_they_should_and_nothing_else() {
    let sim = Sim::start().await;
    check(get(&sim, "unknown", "/v1/async/sonar").await, 401, "perplexity/error_bad_key").await;
    check(get(&sim, "developer", "/v1/admin/audit-events").await, 403, "perplexity/error_sonar_key_on_audit")
        .await;
    assert_eq!(
        answer(get(&sim, "audit", "/v1/analytics/computer/usage?dataset=credit_usage&start_time=0").await)
            .await
            .0,
        403
    );
    let long = "/v1/admin/audit-events?start_time=2026-08-01T00:00:00Z&end_time=2026-10-01T00:00:00Z";
    assert_eq!(answer(get(&sim, "audit", long).await).await.0, 400);
}

#[tokio::test]
async fn credits_add_up_to_the_requests_of_the_books() {
    let sim = Sim::start().await;
    let to = OCTOBER_20 + 6 * DAY;
    let books = sim.books("perplexity", OCTOBER_20, to).await;
    for (version, width) in [("v1", "1d"), ("v1", "1h"), ("v2", "1d")] {
        let (mut count, mut page) = (0, String::new());
        loop {
            let path = format!(
                "/{version}/analytics/computer/usage?dataset=credit_usage&bucket_width={width}&start_time={OCTOBER_20}&end_time={to}&limit=4{page}"
            );
            let value = body(get(&sim, "analytics", &path).await).await;
            for bucket in value["data"].as_array().unwrap() {
                let rows = bucket["results"].as_array().cloned().unwrap_or(vec![bucket.clone()]);
                count += rows.iter().map(|r| r["count"].as_i64().unwrap()).sum::<i64>();
            }
            let Some(next) = value["next_page"].as_str() else { break };
            page = format!("&page={next}");
        }
        assert_eq!(count, total(&books, "requests"), "{version} {width}");
    }
}
