//! A mergeable sketch of a distribution: logarithmic bins, so that any quantile is right within 1 %.
//! The bins are those of DDSketch (Masson, Rim, Lee 2019): bin k holds values in (γ^(k−1), γ^k].

use aegis_store::Bin;

const ERROR: f64 = 0.01;
const GAMMA: f64 = (1.0 + ERROR) / (1.0 - ERROR);
/// Holds everything below 1, where no unit of ours tells more.
const BELOW_ONE: i32 = i32::MIN;

/// The bin of a value.
pub fn bin(value: u64) -> i32 {
    if value == 0 { BELOW_ONE } else { ((value as f64).ln() / GAMMA.ln()).ceil() as i32 }
}

/// The value at `q` (0 to 1) of what the bins hold, within 1 %; none when they hold nothing.
pub fn quantile(bins: &[Bin], q: f64) -> Option<u64> {
    let total: u64 = bins.iter().map(|b| b.1).sum();
    let rank = (q * total.saturating_sub(1) as f64).floor() as u64;
    let mut seen = 0;
    for &(bin, count) in bins {
        seen += count;
        if seen > rank {
            return Some(if bin == BELOW_ONE {
                0
            } else {
                (2.0 * GAMMA.powi(bin) / (GAMMA + 1.0)).round() as u64
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_store::Tally;
    use proptest::prelude::*;

    fn sketch(values: &[u64]) -> Tally {
        let mut tally = Tally::default();
        for v in values {
            tally.merge(&Tally { counters: vec![], sketches: vec![vec![(bin(*v), 1)]] });
        }
        tally
    }

    proptest! {
        #[test]
        fn quantiles_are_right_within_one_percent(
            mut values in prop::collection::vec(0u64..10_000_000, 1..300),
            q in 0.0..=1.0f64,
        ) {
            let got = quantile(&sketch(&values).sketches[0], q).unwrap() as f64;
            values.sort_unstable();
            let want = values[(q * (values.len() - 1) as f64).floor() as usize] as f64;
            prop_assert!((got - want).abs() <= want * ERROR + 0.5, "{got} for {want}");
        }

        #[test]
        fn merging_is_counting_together(a in prop::collection::vec(0u64..9999, 0..50), b in prop::collection::vec(0u64..9999, 0..50)) {
            let mut merged = sketch(&a);
            merged.merge(&sketch(&b));
            let mut together = a;
            together.extend(b);
            prop_assert_eq!(merged.sketches, sketch(&together).sketches);
        }
    }
}
