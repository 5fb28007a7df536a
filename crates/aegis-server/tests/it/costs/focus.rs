//! `/costs/focus`: the file, line by line.

use super::{cost, credential, put, tokens};
use crate::harness::Server;
use aegis_domain::Role;
use aegis_spend::focus::{COLUMNS, Holds};

#[tokio::test]
async fn charges_are_exported_with_every_digit_and_nothing_else_is() {
    let server = Server::start().await;
    let openai = credential(&server, "openai").await;
    let mut guess = cost("2026-11-21", Some("guess"), "9", "USD");
    guess.estimate = true;
    let mut rows: Vec<_> =
        (0..1_200).map(|n| cost("2026-11-21", Some(&format!("m{n}")), "0.000000000123", "EUR")).collect();
    rows.push(cost("2026-11-22", Some("gpt-5"), "-1.50", "USD"));
    rows.push(guess);
    put(&server, &openai, "cost", &rows).await;
    put(&server, &openai, "usage", &[tokens("2026-11-21", Some("gpt-5"), 1, 1)]).await;

    let mut client = server.as_role(Role::Analyst).await;
    let answer =
        client.get("/api/costs/focus?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z").await.expect(200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let mut lines = answer.text.lines();
    assert_eq!(lines.next().unwrap(), COLUMNS.map(|c| c.name).join(","));
    let cells: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(cells.len(), 1_201);
    for row in &cells {
        assert_eq!(row.len(), COLUMNS.len());
        for (cell, column) in row.iter().zip(COLUMNS) {
            assert!(column.nullable || !cell.is_empty(), "{}", column.name);
            match column.holds {
                Holds::Instant => assert!(cell.ends_with("T00:00:00Z"), "{} {cell}", column.name),
                Holds::Decimal => {
                    assert!(cell.is_empty() || cell.parse::<f64>().is_ok(), "{} {cell}", column.name)
                }
                Holds::Text => {}
            }
        }
    }
    let of = |name: &str| COLUMNS.iter().position(|c| c.name == name).unwrap();
    let (first, last) = (&cells[0], &cells[1_200]);
    assert_eq!((first[of("BilledCost")], first[of("BillingCurrency")]), ("0.000000000123", "EUR"));
    assert_eq!((last[of("BilledCost")], last[of("ChargeCategory")]), ("-1.50", "Credit"));
    assert_eq!(last[of("BillingAccountId")], openai.id.to_string());
    assert_eq!(last[of("BillingPeriodStart")], "2026-11-01T00:00:00Z");
    assert!(server.acts().await.contains(&"costs.exported".to_owned()));
    server.as_role(Role::Viewer).await.get("/api/costs/focus").await.expect(403);
}
