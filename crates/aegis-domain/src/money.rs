//! Money as vendors state it, and as sums hold it.
//! Invariant: an amount keeps its currency and every digit it came with; it is rounded once, half to even, where it
//! becomes a sum of billionths. No float anywhere.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An ISO 4217 code: three capital letters. Perplexity's credits and the like are no currency: they are quantities.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "USD")]
pub struct Currency([u8; 3]);

/// The text is no amount, or no currency, that can be held exactly.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not a decimal number of at most 28 digits.
    #[error("an amount must be a decimal number of at most 28 digits")]
    Amount,
    /// Not three letters.
    #[error("a currency must be three letters such as USD")]
    Currency,
}

impl Currency {
    /// US dollars, the currency sums are kept in.
    pub const USD: Currency = Currency(*b"USD");

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(s: &str) -> Result<Self, MoneyError> {
        let letters: [u8; 3] = s.as_bytes().try_into().map_err(|_| MoneyError::Currency)?;
        if !letters.iter().all(u8::is_ascii_alphabetic) {
            return Err(MoneyError::Currency);
        }
        Ok(Currency(letters.map(|b| b.to_ascii_uppercase())))
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(s: String) -> Result<Self, MoneyError> {
        s.parse()
    }
}

impl From<Currency> for String {
    fn from(c: Currency) -> String {
        c.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An exact decimal number: as a string in JSON, with the digits it came with.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "1.2378912")]
pub struct Exact(pub Decimal);

impl FromStr for Exact {
    type Err = MoneyError;
    /// Reads `12.5`, `-0.001` and `8.50E-8`; what would lose a digit is refused.
    fn from_str(s: &str) -> Result<Self, MoneyError> {
        let read =
            if s.contains(['e', 'E']) { Decimal::from_scientific(s) } else { Decimal::from_str_exact(s) };
        read.map(Exact).map_err(|_| MoneyError::Amount)
    }
}

impl TryFrom<String> for Exact {
    type Error = MoneyError;
    fn try_from(s: String) -> Result<Self, MoneyError> {
        s.parse()
    }
}

impl From<Exact> for String {
    fn from(n: Exact) -> String {
        n.0.to_string()
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An amount in the currency the vendor states it in, in whole units (dollars, not cents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Money {
    /// How much.
    pub amount: Exact,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// Dollars.
    pub fn usd(amount: Exact) -> Self {
        Money { amount, currency: Currency::USD }
    }

    /// Billionths of a unit, rounded half to even; none where that is beyond an `i64` (nine billion units).
    pub fn nano(&self) -> Option<i64> {
        nano(self.amount.0)
    }

    /// The same amount in dollars, by a rate of dollars for a unit of this currency. Not rounded but at 28 digits.
    pub fn at_rate(&self, usd_per_unit: Exact) -> Option<Money> {
        self.amount.0.checked_mul(usd_per_unit.0).map(|usd| Money::usd(Exact(usd)))
    }
}

/// Billionths, rounded half to even.
fn nano(amount: Decimal) -> Option<i64> {
    let scaled = amount.checked_mul(Decimal::from(1_000_000_000))?;
    let whole = scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
    i64::try_from(whole.mantissa() / 10i128.checked_pow(whole.scale())?).ok()
}

/// Billionths of a dollar as a decimal string of nine places: how money is written in JSON.
pub fn usd_string(nano: i64) -> String {
    let sign = if nano < 0 { "-" } else { "" };
    let (whole, rest) = (nano.unsigned_abs() / 1_000_000_000, nano.unsigned_abs() % 1_000_000_000);
    format!("{sign}{whole}.{rest:09}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(s: &str) -> Exact {
        s.parse().unwrap_or_else(|e| panic!("{s}: {e}"))
    }

    #[test]
    fn amounts_round_once_half_to_even() {
        for (amount, nano) in [
            ("1", 1_000_000_000),
            ("0.0000000005", 0),
            ("0.0000000015", 2),
            ("0.0000000025", 2),
            ("-0.0000000015", -2),
            ("0.00000000051", 1),
            ("8.50E-8", 85),
            ("1.2378912", 1_237_891_200),
        ] {
            assert_eq!(Money::usd(exact(amount)).nano(), Some(nano), "{amount}");
        }
        assert_eq!(Money::usd(exact("99999999999")).nano(), None, "beyond what a sum holds");
    }

    #[test]
    fn what_would_lose_digits_or_is_no_number_is_refused() {
        for text in ["", "a", "1,5", "0x1", "NaN", "1e400", "123456789012345678901234567890123"] {
            assert_eq!(text.parse::<Exact>(), Err(MoneyError::Amount), "{text}");
        }
        for text in ["", "US", "USDT", "U$D"] {
            assert_eq!(text.parse::<Currency>(), Err(MoneyError::Currency), "{text}");
        }
    }

    #[test]
    fn digits_survive_json() {
        let money = Money { amount: exact("0.012300"), currency: Currency::USD };
        let json = serde_json::to_string(&money).expect("json");
        assert_eq!(json, r#"{"amount":"0.012300","currency":"USD"}"#);
        assert_eq!(serde_json::from_str::<Money>(&json).expect("back"), money);
    }

    proptest! {
        #[test]
        fn nano_is_the_inverse_of_its_string(nano in any::<i64>()) {
            prop_assert_eq!(Money::usd(exact(&usd_string(nano))).nano(), Some(nano));
        }
    }
}
