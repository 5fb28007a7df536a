//! What the simulator's books say, and what the ledger has.

use super::rig::Rig;
use aegis_collect::{By, sums};
use aegis_domain::{LedgerKind, Timestamp};
use serde_json::Value;

/// Input tokens and billionths of money by the vendor's books.
pub async fn expected(rig: &Rig, vendor: &str, (from, to): (Timestamp, Timestamp)) -> (i128, i128) {
    let at = |at: Timestamp| at.to_string().replace(".000Z", "Z");
    let mut totals = (0, 0);
    for (view, field) in [("reported_usage", "input_tokens"), ("reported_cost", "nanos")] {
        let path = format!("/_sim/books?vendor={vendor}&view={view}&from={}&to={}", at(from), at(to));
        let books = rig.sim.get(&path).await;
        let figure = |row: &Value| i128::from(row[field].as_i64().unwrap());
        let sum: i128 = books["rows"].as_array().unwrap().iter().map(figure).sum();
        if view == "reported_usage" { totals.0 = sum } else { totals.1 = sum }
    }
    totals
}

/// The same by the ledger.
pub async fn collected(rig: &Rig, key: &str, span: (Timestamp, Timestamp)) -> (i128, i128) {
    let ledger = &*rig.server.app.store.ledger;
    let of = |book: String, kind| async move {
        sums(ledger, &book, kind, span, By::default()).await.unwrap().into_values().next().unwrap_or_default()
    };
    let usage = of(format!("{key}/usage"), LedgerKind::Usage).await;
    let cost = of(format!("{key}/cost"), LedgerKind::Cost).await;
    (i128::from(usage.quantities.input_tokens.unwrap_or(0)), cost.nano.values().sum())
}
