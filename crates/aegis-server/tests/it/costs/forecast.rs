//! `/costs/forecast`: by hand from what was billed.

use super::{DAY, cost, credential, put};
use crate::harness::Server;
use aegis_domain::entities::LedgerDay;
use aegis_domain::{LedgerRow, Role};
use serde_json::Value;

/// Bills of `days` whole days before today, 23 November 2026, each of so many dollars.
async fn billed(server: &Server, days: u32, dollars: impl Fn(u32) -> u32) {
    let openai = credential(server, "openai").await;
    let rows: Vec<LedgerRow> = (1..=days)
        .map(|back| {
            let day = LedgerDay::prefix(server.now().minus(DAY * back));
            cost(&day, None, &dollars(back).to_string(), "USD")
        })
        .collect();
    put(server, &openai, "cost", &rows).await;
}

#[tokio::test]
async fn a_steady_course_goes_on_to_the_months_end() {
    let server = Server::start().await;
    billed(&server, 28, |_| 3).await;
    let mut client = server.as_role(Role::Viewer).await;
    let answer = client.get("/api/costs/forecast").await.expect(200).json;
    assert_eq!((&answer["basis"], &answer["reason"]), (&Value::from("billed"), &Value::Null));
    assert_eq!(
        (&answer["from"], &answer["to"]),
        (&"2026-11-01T00:00:00.000Z".into(), &"2026-12-01T00:00:00.000Z".into())
    );
    assert_eq!(answer["spent_usd"], "66.000000000", "22 days of the month");
    let forecast = &answer["forecast"];
    for figure in ["low_usd", "expected_usd", "high_usd"] {
        assert_eq!(forecast[figure], "90.000000000", "30 days of 3: {figure}");
    }
    assert_eq!((forecast["left"].as_array().unwrap().len(), &forecast["days_used"]), (8, &Value::from(28)));
}

#[tokio::test]
async fn an_unsteady_course_has_an_interval_and_too_little_says_so() {
    let server = Server::start().await;
    billed(&server, 28, |back| if (back - 1) / 7 % 2 == 0 { 2 } else { 4 }).await;
    let mut client = server.as_role(Role::Viewer).await;
    let answer = client.get("/api/costs/forecast?basis=billed").await.expect(200).json;
    let forecast = &answer["forecast"];
    // 22 days: 7 of 2, 7 of 4, 7 of 2, 1 of 4; eight days of 3 are left; 1 off each day, times the root of 8
    assert_eq!(answer["spent_usd"], "60.000000000");
    assert_eq!(forecast["expected_usd"], "84.000000000");
    assert_eq!(forecast["low_usd"], "81.172000000");
    assert_eq!(forecast["high_usd"], "86.828000000");
    let seen = client.get("/api/costs/forecast?basis=seen").await.expect(200).json;
    assert_eq!(seen["forecast"], Value::Null);
    assert!(seen["reason"].as_str().unwrap().contains("14 whole days"));
}
