//! A caller that makes up a name for each event costs a bounded number of tallies, and hides nothing: what is not kept
//! apart is counted under "other", and what has many events keeps its line.

use super::filled::{Filled, NOW};
use aegis_domain::Timestamp;
use aegis_store::MOST_VALUES;
use serde_json::{Value, json};

/// More than an hour holds names, in one hour.
const EVENTS: usize = MOST_VALUES + MOST_VALUES / 2;
/// Every tenth is from an application that is real.
const REAL: usize = EVENTS.div_ceil(10);

async fn crowded() -> Filled {
    let at = Timestamp::from_millis(NOW - 1_800_000);
    Filled::with_changed(EVENTS, move |n, event| {
        event.occurred_at = at;
        let made_up = format!("made-up-{n}");
        event.app = Some(if n.is_multiple_of(10) { "portal".into() } else { made_up.clone() });
        if !n.is_multiple_of(10) {
            event.model = made_up;
        }
        // The key of the rest, as somebody's name.
        event.team = Some("\u{1f}".into());
    })
    .await
}

fn sum(list: &Value, which: &str) -> i64 {
    list.as_array().unwrap().iter().map(|v| v[which].as_i64().unwrap()).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn made_up_names_are_bounded_and_hide_nothing() {
    let filled = crowded().await;
    let (cost, overview) = filled.cost_of("/api/dashboard/overview?range=24h").await;
    assert!(cost.tallies < 3 * MOST_VALUES as u64, "{cost:?}");
    assert_eq!(overview["kpis"]["events"]["value"], json!(EVENTS));
    let apps = overview["top"]["apps"].as_array().unwrap();
    assert_eq!((&apps[0]["key"], &apps[0]["events"]), (&json!("portal"), &json!(REAL)), "the heaviest stays");
    let other = apps.last().unwrap();
    assert_eq!((&other["key"], &other["other"]), (&json!("other"), &json!(true)));
    assert!(other["events"].as_u64().unwrap() > MOST_VALUES as u64 / 4, "{other}");
    assert_eq!(apps.iter().filter(|line| line["other"] == json!(true)).count(), 1);
    let models = overview["top"]["models"].as_array().unwrap();
    assert_eq!(models.last().unwrap()["other"], json!(true));
    let teams = &overview["top"]["teams"];
    assert_eq!((teams[0]["other"].clone(), sum(teams, "events")), (json!(false), EVENTS as i64), "{teams}");

    let facets = filled.client.get("/api/events/facets?range=24h").await.ok();
    let names: Vec<_> = facets["other"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["app", "model"]);
    assert_eq!(facets["other"]["app"], other["events"]);

    let list = async |query: &str| {
        let path = format!("/api/events?range=24h&limit=1&count=true&{query}");
        let page = filled.client.get(&path).await.ok();
        (page["total"].as_i64().unwrap(), page["total_exact"].as_bool().unwrap())
    };
    let bound = REAL as i64 + other["events"].as_i64().unwrap();
    assert_eq!(list("app=portal").await, (bound, false), "an upper bound, and said to be one");
    assert!(list("vendor=openai").await.1);
    let drawn = filled.client.get("/api/events/histogram?range=24h&app=portal").await.ok();
    let points = drawn["series"].as_array().unwrap().iter().map(|line| sum_of(&line["points"]));
    assert_eq!((points.sum::<i64>(), &drawn["exact"]), (REAL as i64, &json!(true)), "counted one by one");

    let summary = filled.client.get("/api/compliance/summary?range=24h").await.ok();
    assert_eq!(summary["by_app"].as_array().unwrap().last().unwrap()["other"], json!(true));

    let again = filled.rebuild().await;
    assert_eq!((again.changed, again.removed), (0, 0));
}

fn sum_of(points: &Value) -> i64 {
    points.as_array().unwrap().iter().map(|p| p.as_i64().unwrap()).sum()
}
