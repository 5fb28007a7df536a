//! The first page of events, page 1,000 and the dashboard cost what they show, never what is stored: ten times the
//! events, the same reads.

use super::filled::{Cost, Filled};

/// Questions, each asked once: answers are kept for a while.
const QUESTIONS: [(&str, &str); 5] = [
    ("first page", "/api/events?range=24h&limit=50"),
    ("by vendor and severity", "/api/events?range=24h&limit=50&vendor=openai&severity=high,critical"),
    ("overview", "/api/dashboard/overview?range=24h"),
    ("overview of a week", "/api/dashboard/overview?range=7d"),
    ("figures by value", "/api/events/facets?range=24h"),
];
/// Events on one of the thousand pages.
const PAGE: usize = 10;

/// The cost of page 1,000; demands that it is not at the end.
async fn page_1000(filled: &Filled) -> Cost {
    // In strides: how the place was reached is nothing to the page.
    let (mut cursor, mut seen) = (String::new(), 0);
    while seen < PAGE * 999 {
        let limit = (PAGE * 999 - seen).min(500);
        let page = filled.client.get(&format!("/api/events?range=24h&limit={limit}{cursor}")).await.ok();
        seen += page["items"].as_array().unwrap().len();
        cursor = format!("&cursor={}", page["next_cursor"].as_str().unwrap());
    }
    let (cost, page) = filled.cost_of(&format!("/api/events?range=24h&limit={PAGE}{cursor}")).await;
    assert_eq!(page["items"].as_array().unwrap().len(), PAGE);
    assert!(page["next_cursor"].is_string());
    assert!(cost.entries <= PAGE as u64 + 1, "page 1,000 steps over what came before it: {cost:?}");
    cost
}

async fn costs(events: usize) -> Vec<(&'static str, Cost)> {
    let filled = Filled::with(events).await;
    let mut costs = Vec::new();
    for (name, path) in QUESTIONS {
        let (cost, body) = filled.cost_of(path).await;
        if let Some(items) = body["items"].as_array() {
            assert_eq!(items.len(), 50, "{name} is full");
        }
        if let Some(value) = body["kpis"]["events"]["value"].as_u64() {
            assert_eq!(value, events as u64, "{name} counts every event");
        }
        costs.push((name, cost));
    }
    costs.push(("page 1,000", page_1000(&filled).await));
    costs
}

async fn ten_times_the_events_cost_the_same(events: usize) {
    let (few, many) = (costs(events).await, costs(10 * events).await);
    for ((name, few), (_, many)) in few.iter().zip(&many) {
        println!("{name}: {few:?} of {events}, {many:?} of ten times as many");
        assert!(
            many.at_most(*few),
            "{name} costs {few:?} of {events} events, and {many:?} of ten times as many"
        );
        assert!(*few != Cost { entries: 0, blocks: 0, tallies: 0 }, "{name}: the cost is counted");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_costs_no_more_among_ten_times_the_events() {
    ten_times_the_events_cost_the_same(12_000).await;
}

/// The same at the sizes that are promised; minutes in a debug build.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long: `make soak` runs it"]
async fn a_question_costs_no_more_among_a_million_events_than_among_100_000() {
    ten_times_the_events_cost_the_same(100_000).await;
}
