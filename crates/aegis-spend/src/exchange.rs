//! Amounts of other currencies in dollars, by the rate the operator gave for the day.
//! Invariant: an amount without a rate is no dollars: it stays apart, in its own currency.

use aegis_domain::entities::CurrencyRates;
use aegis_domain::{Currency, Exact, Money, Timestamp};
use rust_decimal::Decimal;

/// An amount, in dollars where that can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Converted {
    /// Billionths of a dollar.
    Usd(i64),
    /// No rate holds at that time: the amount as it was.
    Foreign(Currency, i64),
}

/// Billionths of a currency's unit as billionths of a dollar, rounded once, half to even.
pub fn convert(rates: &CurrencyRates, currency: Currency, nano: i64, at: Timestamp) -> Converted {
    if currency == Currency::USD {
        return Converted::Usd(nano);
    }
    let amount = Money { amount: Exact(Decimal::new(nano, 9)), currency };
    let usd = rates.at(currency, at).and_then(|rate| amount.at_rate(rate.usd_per_unit)?.nano());
    usd.map_or(Converted::Foreign(currency, nano), Converted::Usd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_domain::entities::CurrencyRate;

    #[test]
    fn the_rate_of_the_day_counts_and_none_is_none() {
        let eur: Currency = "EUR".parse().expect("currency");
        let rate = |from, usd: &str| CurrencyRate {
            currency: eur,
            valid_from: Timestamp::from_millis(from),
            usd_per_unit: usd.parse().expect("decimal"),
        };
        let rates = CurrencyRates { rates: vec![rate(20, "1.5"), rate(10, "1.1")] };
        for (currency, nano, at, want) in [
            ("USD", 5, 0, Converted::Usd(5)),
            ("EUR", 5, 9, Converted::Foreign(eur, 5)),
            ("EUR", 100, 10, Converted::Usd(110)),
            ("EUR", 5, 19, Converted::Usd(6)),
            // 7.5 and 4.5 go to the even neighbour
            ("EUR", 5, 20, Converted::Usd(8)),
            ("EUR", 3, 99, Converted::Usd(4)),
            ("EUR", -3, 99, Converted::Usd(-4)),
        ] {
            let currency = currency.parse().expect("currency");
            assert_eq!(convert(&rates, currency, nano, Timestamp::from_millis(at)), want, "{nano} at {at}");
        }
    }
}
