//! Tokens times prices. Called by the book. Invariant: every token is charged once, in one of five buckets; the sum is
//! rounded once.

use crate::book::Reason;
use crate::rate::Rates;
use aegis_domain::Usage;

/// A whole, in hundredths of a per cent.
pub(crate) const WHOLE: u32 = 10_000;

/// What usage costs, in billionths of a dollar, less a discount in hundredths of a per cent.
///
/// Of the input tokens those read from and written to the cache are charged at their own price and the rest as input;
/// of the output tokens those spent on reasoning at theirs: `Usage` includes the parts in the whole, whatever the
/// vendor's own fields do.
pub(crate) fn charge(rates: &Rates, usage: &Usage, discount: u32) -> Result<i64, Reason> {
    charge_many(rates, usage, discount, 1)
}

/// The same for the usage of several calls.
pub(crate) fn charge_many(rates: &Rates, usage: &Usage, discount: u32, calls: u64) -> Result<i64, Reason> {
    let cached = usage.cached_input_tokens.checked_add(usage.cache_write_tokens);
    let fresh = cached.and_then(|cached| usage.input_tokens.checked_sub(cached));
    let spoken = usage.output_tokens.checked_sub(usage.reasoning_tokens);
    let (Some(fresh), Some(spoken)) = (fresh, spoken) else { return Err(Reason::Inconsistent) };
    let output = match rates.output {
        Some(rate) => rate,
        None if usage.output_tokens == 0 => crate::Rate::ZERO,
        None => return Err(Reason::PartNotListed),
    };
    let parts = [
        rates.input.times(fresh),
        rates.cached_input.unwrap_or(rates.input).times(usage.cached_input_tokens),
        rates.cache_write.unwrap_or(rates.input).times(usage.cache_write_tokens),
        output.times(spoken),
        rates.reasoning.unwrap_or(output).times(usage.reasoning_tokens),
        rates.call.times(calls),
    ];
    let sum = parts.iter().try_fold(0u128, |sum, part| sum.checked_add(*part)).ok_or(Reason::TooLarge)?;
    let paid = u128::from(WHOLE.saturating_sub(discount));
    let scaled = sum.checked_mul(paid).ok_or(Reason::TooLarge)?;
    i64::try_from(half_even(scaled, 1_000 * u128::from(WHOLE))).map_err(|_| Reason::TooLarge)
}

/// `n / by`, rounded half to even.
pub fn half_even(n: u128, by: u128) -> u128 {
    let (whole, rest) = (n / by, n % by);
    let up = match (rest * 2).cmp(&by) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => whole % 2 == 1,
    };
    whole + u128::from(up)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rate;
    use proptest::prelude::*;

    fn rate(usd: &str) -> Rate {
        Rate::per_million(usd.parse().expect("decimal")).expect("rate")
    }

    fn rates(input: &str) -> Rates {
        Rates {
            input: rate(input),
            cached_input: None,
            cache_write: None,
            output: Some(rate(input)),
            reasoning: None,
            call: Rate::ZERO,
        }
    }

    #[test]
    fn it_rounds_once_half_to_even() {
        // 500 trillionths for a token: each odd number of tokens ends on a half.
        let rates = rates("0.0005");
        for (tokens, nano) in [(1, 0), (2, 1), (3, 2), (4, 2), (5, 2), (6, 3), (7, 4)] {
            let usage = Usage { input_tokens: tokens, ..Usage::default() };
            assert_eq!(charge(&rates, &usage, 0), Ok(nano), "{tokens}");
        }
        // Two halves in two buckets are one whole: rounded each for itself they would be nothing.
        let both = Usage { input_tokens: 1, output_tokens: 1, ..Usage::default() };
        assert_eq!(charge(&rates, &both, 0), Ok(1));
    }

    #[test]
    fn parts_above_their_whole_are_not_priced() {
        for usage in [
            Usage { input_tokens: 1, cached_input_tokens: 2, ..Usage::default() },
            Usage { input_tokens: 2, cached_input_tokens: 1, cache_write_tokens: 2, ..Usage::default() },
            Usage { output_tokens: 1, reasoning_tokens: 2, ..Usage::default() },
            Usage { cached_input_tokens: u64::MAX, cache_write_tokens: 1, ..Usage::default() },
        ] {
            assert_eq!(charge(&rates("1"), &usage, 0), Err(Reason::Inconsistent), "{usage:?}");
        }
    }

    proptest! {
        #[test]
        fn it_is_the_exact_sum_rounded(
            price in prop::array::uniform5(0u64..1_000_000_000),
            tokens in prop::array::uniform5(0u64..1_000_000_000),
            discount in 0u32..=WHOLE,
        ) {
            let of = |n: u64| Rate::per_million(aegis_domain::Exact(rust_decimal::Decimal::new(n as i64, 6))).unwrap();
            let rates = Rates {
                input: of(price[0]), cached_input: Some(of(price[1])), cache_write: Some(of(price[2])),
                output: Some(of(price[3])), reasoning: Some(of(price[4])), call: Rate::ZERO,
            };
            let usage = Usage {
                input_tokens: tokens[0] + tokens[1] + tokens[2],
                cached_input_tokens: tokens[1],
                cache_write_tokens: tokens[2],
                output_tokens: tokens[3] + tokens[4],
                reasoning_tokens: tokens[4],
            };
            let exact: u128 = price.iter().zip(tokens).map(|(p, t)| u128::from(*p) * u128::from(t)).sum();
            let exact = exact * u128::from(WHOLE - discount);
            match charge(&rates, &usage, discount) {
                // Twice the distance to the exact figure is at most one unit of rounding.
                Ok(nano) => prop_assert!((nano as u128 * 10_000_000).abs_diff(exact) * 2 <= 10_000_000),
                Err(reason) => {
                    prop_assert_eq!(reason, Reason::TooLarge);
                    prop_assert!(exact / 10_000_000 > i64::MAX as u128 - 1);
                }
            }
        }

        #[test]
        fn half_even_is_the_nearest(n in 0u128..1_000_000, by in 1u128..1_000) {
            let got = half_even(n, by);
            let distance = (got * by).abs_diff(n) * 2;
            prop_assert!(distance < by || (distance == by && got % 2 == 0));
        }
    }
}
