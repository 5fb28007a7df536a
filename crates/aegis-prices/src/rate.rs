//! Prices of tokens as integers. Made from the lists and from contracts, used by `amount`.
//! Invariant: a price that would lose a digit is refused.

use aegis_domain::Exact;
use rust_decimal::Decimal;

/// Trillionths of a dollar for a token, which is millionths of a dollar for 1,000,000 tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(u64);

/// A dollar a token: above any price, and low enough for every sum to fit.
const MOST: u64 = 1_000_000_000_000;

impl Rate {
    /// Nothing.
    pub const ZERO: Rate = Rate(0);

    /// Reads US dollars for 1,000,000 tokens; none where it is negative, above a dollar a token, or has more than six
    /// decimals.
    pub fn per_million(usd: Exact) -> Option<Rate> {
        trillionths(usd.0, 1_000_000).map(Rate)
    }

    /// Reads US dollars for one call.
    pub(crate) fn per_call(usd: Exact) -> Option<Rate> {
        trillionths(usd.0, 1_000_000_000_000).map(Rate)
    }

    /// US dollars for 1,000,000 tokens.
    pub fn usd_per_million(self) -> Exact {
        Exact(Decimal::from_i128_with_scale(i128::from(self.0), 6).normalize())
    }

    /// US dollars for one call, of a price that is for calls.
    pub fn usd_per_call(self) -> Exact {
        Exact(Decimal::from_i128_with_scale(i128::from(self.0), 12).normalize())
    }

    /// Trillionths of a dollar for so many tokens.
    pub(crate) fn times(self, tokens: u64) -> u128 {
        u128::from(self.0) * u128::from(tokens)
    }
}

fn trillionths(usd: Decimal, factor: u64) -> Option<u64> {
    let scaled = usd.checked_mul(Decimal::from(factor))?.normalize();
    let whole = (scaled.scale() == 0).then(|| u64::try_from(scaled.mantissa()).ok()).flatten()?;
    (whole <= MOST).then_some(whole)
}

/// The prices of a model in one tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Input tokens.
    pub input: Rate,
    /// Input tokens read from the cache; none: as input.
    pub cached_input: Option<Rate>,
    /// Input tokens written to the cache; none: as input.
    pub cache_write: Option<Rate>,
    /// Output tokens; none where the model gives none.
    pub output: Option<Rate>,
    /// Output tokens spent on reasoning; none: as output.
    pub reasoning: Option<Rate>,
    /// The call itself, in trillionths of a dollar.
    pub call: Rate,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_keeps_every_digit_or_is_refused() {
        for (text, want) in [
            ("1.25", Some(1_250_000)),
            ("0.000001", Some(1)),
            ("0", Some(0)),
            ("1000000", Some(MOST)),
            ("1000000.000001", None),
            ("0.0000001", None),
            ("-1", None),
        ] {
            let usd: Exact = text.parse().expect("a decimal");
            assert_eq!(Rate::per_million(usd), want.map(Rate), "{text}");
        }
        assert_eq!(Rate(1_250_000).usd_per_million().to_string(), "1.25");
    }
}
