//! Figures with every digit the vendor wrote, whether as a JSON number or as text. Never through a float.

use crate::admin::Unreadable;
use aegis_domain::{Currency, Exact, Money};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A decimal number: a JSON number, or text that is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Number(pub Exact);

/// A whole number of 0 or more, also where a vendor writes `12.0` or `"12"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Count(pub u64);

impl Number {
    /// This many units of a currency, which vendors name in any case.
    pub fn money(self, currency: &str) -> Result<Money, Unreadable> {
        let currency = currency
            .parse::<Currency>()
            .map_err(|_| Unreadable::shape("currency", "a currency such as USD"))?;
        Ok(Money { amount: self.0, currency })
    }

    /// This many hundredths (cents) of a currency.
    pub fn cents(self, currency: &str) -> Result<Money, Unreadable> {
        self.shift(2)?.money(currency)
    }

    /// The number divided by ten to the power of `places`, exactly; an error where that has no room in 28 places.
    pub fn shift(self, places: u32) -> Result<Number, Unreadable> {
        let moved = |d: Decimal| {
            let mut d = d;
            d.set_scale(d.scale().saturating_add(places)).map(|()| Number(Exact(d)))
        };
        let d = self.0.0;
        moved(d)
            .or_else(|_| moved(d.normalize()))
            .map_err(|_| Unreadable::shape("amount", "of at most 28 places"))
    }

    /// The product; an error where it has no room.
    pub fn times(self, by: Number) -> Result<Number, Unreadable> {
        let product = self.0.0.checked_mul(by.0.0);
        product.map(|d| Number(Exact(d))).ok_or(Unreadable::shape("amount", "of at most 28 digits"))
    }

    /// The sum; an error where it has no room.
    pub fn plus(self, other: Number) -> Result<Number, Unreadable> {
        let sum = self.0.0.checked_add(other.0.0);
        sum.map(|d| Number(Exact(d))).ok_or(Unreadable::shape("amount", "of at most 28 digits"))
    }

    /// The number with the other sign.
    pub fn negated(self) -> Number {
        Number(Exact(-self.0.0))
    }

    /// The number, where it is whole and 0 or more.
    pub fn whole(self) -> Option<u64> {
        let whole = self.0.0.normalize();
        if whole.scale() == 0 { whole.to_u64() } else { None }
    }

    /// True for zero.
    pub fn is_zero(self) -> bool {
        self.0.0.is_zero()
    }
}

impl From<Count> for Exact {
    fn from(count: Count) -> Exact {
        Exact(Decimal::from(count.0))
    }
}

/// The number in a JSON number as it stands, or in a string.
fn digits<E: Error>(raw: &RawValue) -> Result<Exact, E> {
    let text = match serde_json::from_str::<Cow<str>>(raw.get()) {
        Ok(text) => text,
        Err(_) => Cow::Borrowed(raw.get()),
    };
    text.trim().parse().map_err(|_| E::custom("not a decimal number of at most 28 digits"))
}

/// Digits and nothing else, few enough for 64 bits: nearly every count.
fn plain(text: &str) -> Option<u64> {
    let few = text.len() <= 19 && text.bytes().all(|b| b.is_ascii_digit());
    if few { text.parse().ok() } else { None }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        digits(&Box::<RawValue>::deserialize(d)?).map(Number)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(d)?;
        if let Some(count) = plain(raw.get()) {
            return Ok(Count(count));
        }
        Number(digits(&raw)?)
            .whole()
            .map(Count)
            .ok_or_else(|| D::Error::custom("not a whole number of 0 or more"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::read::json;
    use proptest::prelude::*;

    #[derive(Deserialize)]
    struct Holder {
        n: Option<Number>,
    }

    fn number(text: &str) -> Option<String> {
        json::<Number>(text.as_bytes()).ok().map(|n| n.0.to_string())
    }

    #[test]
    fn numbers_keep_their_digits() {
        for (text, read) in [
            ("0.515475", Some("0.515475")),
            ("\"123.78912\"", Some("123.78912")),
            ("0.1000000000000000055511151231", Some("0.1000000000000000055511151231")),
            ("-18750", Some("-18750")),
            ("\"8.50E-8\"", Some("0.0000000850")),
            ("1e3", Some("1000")),
            ("1E+3", Some("1000")),
            ("\" 7 \"", Some("7")),
            ("\"\\u0037\"", Some("7")),
            ("\"\"", None),
            ("true", None),
            ("[1]", None),
            ("\"1,5\"", None),
        ] {
            assert_eq!(number(text).as_deref(), read, "{text}");
        }
        assert!(json::<Holder>(b"{\"n\":null}").unwrap().n.is_none());
        assert!(json::<Holder>(b"{}").unwrap().n.is_none());
    }

    #[test]
    fn counts_are_whole() {
        for (text, read) in [
            ("12", Some(12)),
            ("\"12\"", Some(12)),
            ("12.0", Some(12)),
            ("12.5", None),
            ("-1", None),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
        ] {
            assert_eq!(json::<Count>(text.as_bytes()).ok(), read.map(Count), "{text}");
        }
    }

    #[test]
    fn cents_become_dollars_without_losing_a_digit() {
        let cents = |text: &str| json::<Number>(text.as_bytes()).unwrap().cents("usd").unwrap();
        assert_eq!(cents("\"123.78912\"").amount.to_string(), "1.2378912");
        assert_eq!(cents("\"-18750\"").amount.to_string(), "-187.50");
        assert_eq!(cents("1").currency, Currency::USD);
        assert!(Number::default().money("credits").is_err());
    }

    proptest! {
        #[test]
        fn shifting_is_dividing(n in any::<i64>(), places in 0u32..9) {
            let shifted = Number(Exact(Decimal::from(n))).shift(places).unwrap();
            prop_assert_eq!(shifted.0.0 * Decimal::from(10u64.pow(places)), Decimal::from(n));
        }
    }
}
