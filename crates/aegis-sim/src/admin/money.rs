//! Amounts as vendors write them, made from integers of nano-units of a currency.
//! Called by every vendor's views and by the books. Invariant: nothing is lost; a figure read back as a decimal is the
//! integer it came from.

use serde_json::Value;

/// Digits after the point of a whole unit: an amount is counted in billionths.
pub(crate) const UNITS: u32 = 9;
/// Digits after the point when an amount is written in cents.
pub(crate) const CENTS: u32 = 7;

/// The amount as a plain decimal, with all its digits and no more.
pub(crate) fn text(nanos: i64, places: u32) -> String {
    let scale = 10u64.pow(places);
    let (whole, rest) = (nanos.unsigned_abs() / scale, nanos.unsigned_abs() % scale);
    let sign = if nanos < 0 { "-" } else { "" };
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let rest = format!("{rest:0width$}", width = places as usize);
    format!("{sign}{whole}.{}", rest.trim_end_matches('0'))
}

/// The amount as a JSON number. Up to fifteen digits a double prints as the decimal it was made from; the world's
/// amounts stay below a million, which is that.
pub(crate) fn number(nanos: i64, places: u32) -> Value {
    let scale = 10i64.pow(places);
    if nanos % scale == 0 {
        return Value::from(nanos / scale);
    }
    debug_assert!(nanos.unsigned_abs() < 1_000_000_000_000_000, "more digits than a double holds");
    text(nanos, places).parse::<f64>().map_or(Value::Null, Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_written_with_all_their_digits() {
        for (nanos, places, expected) in [
            (515_475_000, UNITS, "0.515475"),
            (1, UNITS, "0.000000001"),
            (-50_000_000, UNITS, "-0.05"),
            (12_378_912_000, CENTS, "1237.8912"),
            (3_000_000_000, UNITS, "3"),
            (0, CENTS, "0"),
            (1_500, 3, "1.5"),
        ] {
            assert_eq!(text(nanos, places), expected);
        }
    }

    /// Reads a decimal, also in exponent form, as an integer of billionths.
    fn read(text: &str) -> i64 {
        let (mantissa, exponent) = text.split_once('e').map_or((text, 0), |(m, e)| (m, e.parse().unwrap()));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: i128 = format!("{whole}{fraction}").parse().unwrap();
        let shift = 9 + exponent - fraction.len() as i32;
        let value =
            if shift >= 0 { digits * 10i128.pow(shift as u32) } else { digits / 10i128.pow((-shift) as u32) };
        i64::try_from(value).unwrap()
    }

    proptest! {
        #[test]
        fn a_number_read_back_is_the_amount(nanos in -999_999_999_999_999i64..999_999_999_999_999) {
            prop_assert_eq!(read(&number(nanos, UNITS).to_string()), nanos);
            prop_assert_eq!(read(&text(nanos, UNITS)), nanos);
        }
    }
}
