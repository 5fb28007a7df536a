//! How many requests a vendor gets in a time: each vendor's pace, whoever calls.
//! Called by `client` before each attempt.
//! Invariant: in any window no more starts than burst + window / interval (GCRA).
//!
//! A call takes its turn ahead of time and waits for it, so that callers go in the order they came; limiters of the
//! usual libraries only say "not yet" and let everybody race again.

use parking_lot::Mutex;
use std::collections::HashMap;
use std::time::Duration;

/// Vendors remembered; beyond it, those at rest are forgotten.
const MAX: usize = 4096;

/// A pace: one request per interval, and so many at once after a rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    interval: Duration,
    burst: u32,
}

impl Pace {
    /// So many a minute, and so many at once; zeros count as one.
    pub fn per_minute(requests: u32, burst: u32) -> Self {
        Pace { interval: Duration::from_secs(60) / requests.max(1), burst: burst.max(1) }
    }
}

impl Default for Pace {
    /// Ten a second: below every vendor's documented limit that is given in requests, above what a sync needs.
    fn default() -> Self {
        Pace::per_minute(600, 20)
    }
}

/// The paces of all vendors.
pub(crate) struct Rates {
    paces: HashMap<String, Pace>,
    usual: Pace,
    /// When each vendor would be at rest, if nobody called any more.
    rests: Mutex<HashMap<String, Duration>>,
}

impl Rates {
    pub fn new(paces: HashMap<String, Pace>, usual: Pace) -> Self {
        Rates { paces, usual, rests: Mutex::default() }
    }

    /// Takes a turn and returns how long to wait for it; or, when it is further off than `patience`, takes none and
    /// returns how far off it is.
    pub fn turn(&self, vendor: &str, now: Duration, patience: Duration) -> Result<Duration, Duration> {
        let pace = self.paces.get(vendor).copied().unwrap_or(self.usual);
        let mut rests = self.rests.lock();
        let rest = rests.get(vendor).copied().unwrap_or_default().max(now);
        let wait = (rest - now).saturating_sub(pace.interval * (pace.burst - 1));
        if wait > patience {
            return Err(wait);
        }
        if rests.len() >= MAX && !rests.contains_key(vendor) {
            rests.retain(|_, rest| *rest > now);
        }
        if rests.len() < MAX || rests.contains_key(vendor) {
            rests.insert(vendor.to_owned(), rest + pace.interval);
        }
        Ok(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rates(pace: Pace) -> Rates {
        Rates::new(HashMap::from([("slow".into(), pace)]), Pace::default())
    }

    #[test]
    fn a_burst_then_the_pace() {
        let rates = rates(Pace::per_minute(60, 3));
        let turn = |now| {
            rates.turn("slow", Duration::from_secs(now), Duration::from_secs(2)).map(|wait| wait.as_secs())
        };
        assert_eq!([turn(0), turn(0), turn(0), turn(0), turn(0)], [Ok(0), Ok(0), Ok(0), Ok(1), Ok(2)]);
        assert_eq!(turn(0), Err(Duration::from_secs(3)));
        assert_eq!(turn(1), Ok(2), "a refused turn was not taken");
        assert_eq!([turn(60), turn(60), turn(60), turn(60)], [Ok(0), Ok(0), Ok(0), Ok(1)]);
        assert_eq!(
            rates.turn("other", Duration::ZERO, Duration::ZERO),
            Ok(Duration::ZERO),
            "others are not affected"
        );
    }

    #[test]
    fn vendors_at_rest_are_forgotten() {
        let rates = rates(Pace::default());
        for i in 0..MAX + 5 {
            rates.turn(&i.to_string(), Duration::from_secs(i as u64), Duration::ZERO).unwrap();
        }
        assert!(rates.rests.lock().len() < MAX);
    }

    proptest! {
        #[test]
        fn no_window_holds_more_than_burst_and_pace(
            gaps in prop::collection::vec(0..3000u64, 1..100),
            per_minute in 1..600u32,
            burst in 1..10u32,
        ) {
            let pace = Pace::per_minute(per_minute, burst);
            let rates = rates(pace);
            let mut now = Duration::ZERO;
            let mut starts = Vec::new();
            for gap in gaps {
                now += Duration::from_millis(gap);
                if let Ok(wait) = rates.turn("slow", now, Duration::from_secs(5)) {
                    starts.push(now + wait);
                }
            }
            prop_assert!(starts.is_sorted());
            for (i, from) in starts.iter().enumerate() {
                for (n, to) in starts[i..].iter().enumerate() {
                    let most = f64::from(burst) + (*to - *from).as_secs_f64() / pace.interval.as_secs_f64();
                    prop_assert!((n + 1) as f64 <= most + 1e-6);
                }
            }
        }
    }
}
