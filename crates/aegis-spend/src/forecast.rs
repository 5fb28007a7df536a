//! Where the month will end: what is spent, and for each day that is left the mean of its weekday.
//! Called by `/costs/forecast`. The method is simple on purpose: it can be said in a sentence and checked by hand.
//! Invariants: integers only; low <= expected <= high; with too few days there is no forecast, and the reason is said.

/// Whole days that must be known: each weekday twice.
const FEWEST_DAYS: usize = 14;
/// Days that are looked back at: eight weeks.
const MOST_DAYS: usize = 56;
/// Days of a week.
const WEEK: usize = 7;

/// A forecast, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outlook {
    /// What is expected.
    Forecast(Forecast),
    /// Too few days are known.
    TooLittle {
        /// So many.
        known: usize,
        /// So many are needed.
        needed: usize,
    },
}

/// What is expected at the month's end. Billionths of a dollar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// Likely at least so much.
    pub low: i128,
    /// What the days' means add up to.
    pub expected: i128,
    /// Likely at most so much.
    pub high: i128,
    /// Whole days it is made from.
    pub days: usize,
    /// What is expected of each day that is left, today's rest among them.
    pub left: Vec<i128>,
}

/// Forecasts the month's end.
///
/// `past` are whole days up to yesterday, oldest first, from the first day with data on; `spent` is this month's sum up to
/// now, today's part among it; `today` is today's part; `left` counts the days from today to the month's last.
///
/// Each day that is left is expected to be the mean of its weekday in the last eight weeks, today at least what is spent
/// already. The interval is that sum less and plus the 90th percentile of how far the past days were from their
/// weekday's mean, times the root of the days that are left, as for days that differ independently.
pub fn forecast(past: &[i64], spent: i128, today: i128, left: usize) -> Outlook {
    if past.len() < FEWEST_DAYS {
        return Outlook::TooLittle { known: past.len(), needed: FEWEST_DAYS };
    }
    let past = past.get(past.len().saturating_sub(MOST_DAYS)..).unwrap_or(past);
    let means = means(past);
    // The day after the last of `past` is today.
    let mean = |ahead: usize| means.get((past.len() + ahead) % WEEK).copied().unwrap_or(0);
    let expected_of = |ahead| if ahead == 0 { mean(0).max(today) } else { mean(ahead) };
    let days: Vec<i128> = (0..left).map(expected_of).collect();
    let before_today = spent - today;
    let expected = if left == 0 { spent } else { before_today + days.iter().sum::<i128>() };
    let spread = spread(past, &means, left);
    Outlook::Forecast(Forecast {
        // What is spent is spent.
        low: (expected - spread).max(spent.min(expected)),
        expected,
        high: expected + spread,
        days: past.len(),
        left: days,
    })
}

/// The mean of each weekday, by index in `past` modulo seven, rounded down.
fn means(past: &[i64]) -> Vec<i128> {
    (0..WEEK)
        .map(|weekday| {
            let days = past.iter().skip(weekday).step_by(WEEK);
            let count = days.clone().count().max(1) as i128;
            days.map(|n| i128::from(*n)).sum::<i128>().div_euclid(count)
        })
        .collect()
}

/// The 90th percentile of the distances from the means, times the root of `left`.
fn spread(past: &[i64], means: &[i128], left: usize) -> i128 {
    let mut distances: Vec<u128> = past
        .iter()
        .enumerate()
        .map(|(at, n)| i128::from(*n).abs_diff(means.get(at % WEEK).copied().unwrap_or(0)))
        .collect();
    distances.sort_unstable();
    let at = (distances.len() * 9).div_ceil(10).saturating_sub(1);
    let distance = distances.get(at).copied().unwrap_or(0);
    // The root in thousandths: days are few, so nothing overflows.
    let root = (left as u128).saturating_mul(1_000_000).isqrt();
    i128::try_from(distance.saturating_mul(root) / 1_000).unwrap_or(i128::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_steady_week_is_forecast_exactly() {
        // Two whole weeks of 1 to 7; today is the first weekday again.
        let past: Vec<i64> = (0..14).map(|n| n % 7 + 1).collect();
        let Outlook::Forecast(f) = forecast(&past, 100, 0, 10) else { panic!("there is enough") };
        assert_eq!(f.left, [1, 2, 3, 4, 5, 6, 7, 1, 2, 3]);
        assert_eq!((f.low, f.expected, f.high), (134, 134, 134));
    }

    #[test]
    fn the_interval_grows_with_the_root_of_the_days() {
        // Each weekday is 0 once and 20 once: mean 10, distance 10.
        let past: Vec<i64> = (0..14).map(|n| if n < 7 { 0 } else { 20 }).collect();
        for (left, want) in [(1, (0, 10, 20)), (4, (20, 40, 60)), (9, (60, 90, 120))] {
            let Outlook::Forecast(f) = forecast(&past, 0, 0, left) else { panic!("there is enough") };
            assert_eq!((f.low, f.expected, f.high), want, "{left}");
        }
        // Spent already is never less.
        let Outlook::Forecast(f) = forecast(&past, 35, 35, 1) else { panic!("there is enough") };
        assert_eq!((f.low, f.expected, f.high), (35, 35, 45));
    }

    #[test]
    fn too_few_days_are_said() {
        assert_eq!(forecast(&[1; 13], 13, 0, 3), Outlook::TooLittle { known: 13, needed: 14 });
    }

    proptest! {
        #[test]
        fn it_is_ordered_and_never_below_what_is_spent(
            past in proptest::collection::vec(0i64..1_000_000_000_000, 14..80),
            month in 0i128..1_000_000_000_000_000, today in 0i128..1_000_000_000_000, left in 0usize..31,
        ) {
            let spent = month + today;
            let Outlook::Forecast(f) = forecast(&past, spent, today, left) else { panic!("there is enough") };
            prop_assert!(spent <= f.low && f.low <= f.expected && f.expected <= f.high);
            prop_assert_eq!(f.left.len(), left);
        }
    }
}
