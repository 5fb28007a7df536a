//! The figures of money, which are never one: reported, observed, not priced. Shared by the answers of this folder.
//! Invariant: adding up is the only thing done to them here.

use crate::rollups::{Count, count};
use aegis_domain::entities::{CurrencyRates, LedgerDay, LedgerLine};
use aegis_domain::{Currency, Exact, LedgerKind};
use aegis_spend::{Converted, convert};
use aegis_store::Tally;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What vendors said.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportedView {
    /// By their bills: the ledger's cost rows.
    pub billed_usd: String,
    /// By their bills, called an estimate by the vendor itself.
    pub estimated_usd: String,
    /// By their answers to the calls seen here. Mostly the same money as in the bills, so the two are never added.
    pub stated_usd: String,
}

/// What cost something nobody knows.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotPricedView {
    /// Events.
    pub events: i64,
    /// Their tokens, in and out.
    pub tokens: i64,
}

/// Tokens seen here.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokensView {
    /// All input tokens.
    pub input: i64,
    /// Of those, read from a cache.
    pub cached_input: i64,
    /// Of those, written to a cache.
    pub cache_write: i64,
    /// All output tokens.
    pub output: i64,
    /// Of those, spent on reasoning.
    pub reasoning: i64,
}

/// Money and tokens. Amounts are decimal strings of US dollars.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiguresView {
    /// What vendors said.
    pub reported: ReportedView,
    /// By the price book: calls whose vendor stated nothing.
    pub observed_usd: String,
    /// Neither.
    pub not_priced: NotPricedView,
    /// Events seen here.
    pub events: i64,
    /// Tokens seen here.
    pub tokens: TokensView,
    /// What 1,000,000 tokens seen here cost, stated and observed, of the tokens that have a price; none without any.
    pub usd_per_million_tokens: Option<String>,
}

/// Sums on their way.
#[derive(Debug, Default, Clone)]
pub struct Sums {
    pub billed: i128,
    pub estimated: i128,
    pub seen: Tally,
}

impl Sums {
    /// Stated and observed: every event has at most one of the two.
    pub fn seen_nano(&self) -> i64 {
        count(&self.seen, Count::Stated).saturating_add(count(&self.seen, Count::Observed))
    }

    /// What a list is ordered by.
    pub fn weight(&self) -> (i128, i64) {
        let seen = i128::from(self.seen_nano());
        (self.billed.abs().max(seen), tokens(&self.seen))
    }

    pub fn add(&mut self, other: &Sums) {
        self.billed += other.billed;
        self.estimated += other.estimated;
        self.seen.merge(&other.seen);
    }

    pub fn view(&self) -> FiguresView {
        let of = |which| count(&self.seen, which);
        FiguresView {
            reported: ReportedView {
                billed_usd: usd(self.billed),
                estimated_usd: usd(self.estimated),
                stated_usd: usd(of(Count::Stated).into()),
            },
            observed_usd: usd(of(Count::Observed).into()),
            not_priced: NotPricedView { events: of(Count::NotPriced), tokens: of(Count::NotPricedTokens) },
            events: of(Count::Events),
            tokens: TokensView {
                input: of(Count::InputTokens),
                cached_input: of(Count::CachedTokens),
                cache_write: of(Count::CacheWriteTokens),
                output: of(Count::OutputTokens),
                reasoning: of(Count::ReasoningTokens),
            },
            usd_per_million_tokens: per_million(
                self.seen_nano(),
                tokens(&self.seen) - of(Count::NotPricedTokens),
            ),
        }
    }
}

pub fn tokens(tally: &Tally) -> i64 {
    count(tally, Count::InputTokens).saturating_add(count(tally, Count::OutputTokens))
}

fn per_million(nano: i64, tokens: i64) -> Option<String> {
    (tokens > 0).then(|| usd(i128::from(nano) * 1_000_000 / i128::from(tokens)))
}

/// Billionths of a dollar as a decimal string.
pub fn usd(nano: i128) -> String {
    let sign = if nano < 0 { "-" } else { "" };
    let (whole, rest) = (nano.unsigned_abs() / 1_000_000_000, nano.unsigned_abs() % 1_000_000_000);
    format!("{sign}{whole}.{rest:09}")
}

/// Hundredths of a per cent of a whole, as a number from 0 to 1; none where there is no whole.
pub fn share(part: i128, whole: i128) -> Option<f64> {
    (whole > 0).then(|| (part * 10_000 / whole) as f64 / 10_000.0)
}

/// Money in a currency without a rate: shown as it is, in no sum of dollars.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForeignView {
    /// The currency.
    pub currency: Currency,
    /// How much, in its own units.
    pub amount: Exact,
    /// Why it is not in the sums.
    pub reason: &'static str,
}

/// Amounts that could not be converted.
#[derive(Debug, Default)]
pub struct Foreign(BTreeMap<Currency, i128>);

impl Foreign {
    pub fn view(self) -> Vec<ForeignView> {
        let view = |(currency, nano): (Currency, i128)| ForeignView {
            currency,
            amount: Exact(rust_decimal::Decimal::try_from_i128_with_scale(nano, 9).unwrap_or_default()),
            reason: "no exchange rate holds on these days; an administrator sets one with PUT /api/prices/rates",
        };
        self.0.into_iter().map(view).collect()
    }

    /// The money of a line in dollars: billed, and estimated. What has no rate is noted and is no dollars.
    pub fn dollars(
        &mut self,
        rates: &CurrencyRates,
        day: &LedgerDay,
        line: &LedgerLine,
    ) -> Option<(i128, i128)> {
        let currency = line.key.currency.filter(|_| line.key.kind == LedgerKind::Cost)?;
        match convert(rates, currency, line.nano, day.day) {
            Converted::Usd(nano) if line.key.estimate => Some((0, nano.into())),
            Converted::Usd(nano) => Some((nano.into(), 0)),
            Converted::Foreign(currency, nano) => {
                *self.0.entry(currency).or_default() += i128::from(nano);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_shares_are_written_exactly() {
        for (nano, want) in [(0, "0.000000000"), (-1, "-0.000000001"), (12_000_000_003, "12.000000003")] {
            assert_eq!(usd(nano), want);
        }
        assert_eq!((share(1, 3), share(0, 0), share(3, 3)), (Some(0.3333), None, Some(1.0)));
        assert_eq!(per_million(5, 2).as_deref(), Some("0.002500000"));
        assert_eq!(per_million(5, 0), None);
    }
}
