//! What vendors show only as it stands: balances and loaded models. Each look is kept, and agrees with the books.

use crate::figures::books;
use crate::rig::{DAY, NOW, Rig};
use aegis_collect::{Access, By, Walk, sums};
use aegis_domain::{Ability, LedgerKind, Timestamp, Window};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
/// The accounts began on 1 January 2025.
const BEGINNING: i64 = 1_735_689_600_000;

/// What is left by the ledger's last look.
async fn left(rig: &Rig, access: &Access) -> i128 {
    let book = Walk::book(access, Ability::Balance);
    let last = rig.rows(&book).await.last().unwrap().at;
    let span = (last, last.plus(Duration::from_millis(1)));
    let sums = sums(&*rig.ledger, &book, LedgerKind::Balance, span, By::default()).await.unwrap();
    sums.into_values().next().unwrap().nano.into_values().sum()
}

/// What was spent by the books since the beginning.
async fn spent(rig: &Rig, vendor: &str, of: fn(&Value) -> i64) -> i128 {
    let start = Timestamp::from_millis(BEGINNING);
    let rows = books(rig, vendor, "reported_usage", start, rig.now()).await;
    rows.iter().map(|row| i128::from(of(row))).sum()
}

fn nanos(row: &Value) -> i64 {
    row["nanos"].as_i64().unwrap()
}

/// Credit in hand at DeepSeek now, from the books: thirty thousand cents are paid in every thirty days, and what is left
/// is cut to the cent.
pub async fn deepseek_is_the_books(rig: &Rig) {
    const CENT: i128 = 10_000_000;
    let access = rig.access("deepseek", "api_key").await;
    let spent = spent(rig, "deepseek", nanos).await;
    let paid = i128::from((rig.now().millis() - BEGINNING) / (30 * DAY.as_millis() as i64) + 1) * 30_000;
    let expected = (paid * CENT - spent) / CENT * CENT;
    assert!(spent > 0 && expected > 0);
    assert_eq!(left(rig, &access).await, expected);
}

/// The same at OpenRouter: 2,500 dollars every thirty days.
async fn openrouter_is_the_books(rig: &Rig) {
    let access = rig.access("openrouter", "management").await;
    let paid = i128::from((rig.now().millis() - BEGINNING) / (30 * DAY.as_millis() as i64) + 1) * 2_500;
    let credits = |row: &Value| nanos(row) / if row["model"] == "anthropic/claude-sonnet-4" { 20 } else { 1 };
    assert_eq!(left(rig, &access).await, paid * 1_000_000_000 - spent(rig, "openrouter", credits).await);
}

/// At xAI a month is taken off, in whole cents, when it is over; 750 dollars are paid in on the first of each.
async fn xai_is_the_books(rig: &Rig) {
    let access = rig.access("xai", "management").await;
    let start = "2025-03-01T00:00:00Z".parse().unwrap();
    let mut months: BTreeMap<String, i128> = BTreeMap::new();
    for row in books(rig, "xai", "reported_cost", start, rig.now()).await {
        *months.entry(row["day"].as_str().unwrap()[..7].to_owned()).or_default() += i128::from(nanos(&row));
    }
    let paid = months.len() as i128 * 750_000_000_000;
    months.pop_last();
    let closed: i128 = months.into_values().map(|spent| spent / 10_000_000 * 10_000_000).sum();
    assert_eq!(left(rig, &access).await, paid - closed);
}

/// Looks a day apart: each is what the books say, and stays.
#[tokio::test]
async fn balances_fall_by_what_the_books_say() {
    let rig = Rig::start().await;
    for run in 1..=3 {
        for (vendor, key) in [("deepseek", "api_key"), ("openrouter", "management"), ("xai", "management")] {
            let access = rig.proved(vendor, key).await;
            rig.collect(&access, Ability::Balance, rig.window(), run).await;
            let looks = rig.rows(&Walk::book(&access, Ability::Balance)).await;
            let kept = looks.iter().filter(|row| row.body.is_some()).count() as u64;
            assert!(kept >= run && kept.is_multiple_of(run), "{vendor}: {kept}");
        }
        deepseek_is_the_books(&rig).await;
        openrouter_is_the_books(&rig).await;
        xai_is_the_books(&rig).await;
        rig.clock.advance(DAY);
    }
}

/// A model is seen loaded when the books say that it was used in the five minutes before, and at no other time.
#[tokio::test]
async fn loaded_models_are_those_lately_used() {
    let rig = Rig::start().await;
    let access = rig.proved("ollama", "local").await;
    let book = Walk::book(&access, Ability::Usage);
    let mut expected = Vec::new();
    for run in 1..=30 {
        let now = rig.now();
        rig.collect(&access, Ability::Usage, rig.window(), run).await;
        let used = books(&rig, "ollama", "truth", now.minus(5 * MINUTE), now).await;
        expected.extend(used.iter().any(|row| row["model"] == "llama3.2:latest").then_some(now));
        rig.clock.advance(7 * MINUTE);
    }
    let looks = rig.rows(&book).await;
    let seen: Vec<Timestamp> = looks.iter().filter(|r| r.body.is_some()).map(|r| r.at).collect();
    assert_eq!(seen, expected);
    assert!((1..30).contains(&seen.len()), "{}", seen.len());
}

/// A window that ended before now says nothing about what stands now.
#[tokio::test]
async fn the_past_is_not_looked_at() {
    let rig = Rig::start().await;
    let past = Window { to: Timestamp::from_millis(NOW).minus(DAY), ..rig.window() };
    for (vendor, key, feed, pages) in [
        ("deepseek", "api_key", Ability::Balance, 0),
        ("ollama", "local", Ability::Usage, 0),
        // batches and embed jobs, but no storage
        ("cohere", "production", Ability::Usage, 2),
    ] {
        let access = rig.proved(vendor, key).await;
        let walk = rig.collect(&access, feed, past, 1).await;
        assert_eq!(walk.counts.pages, pages, "{vendor}");
    }
}
