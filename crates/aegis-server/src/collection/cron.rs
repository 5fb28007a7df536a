//! When a schedule's next run is due. Pure; times are UTC.
//! Invariant: the same schedule and instant give the same answer on every node.

use aegis_domain::{CredentialId, Timestamp};
use cronexpr::{Crontab, FallbackTimezoneOption, MakeTimestamp, ParseOptions};
use std::time::Duration;

/// The first wait after a failure; each further one doubles it.
const FIRST: Duration = Duration::from_secs(60);
/// The longest.
const LONGEST: Duration = Duration::from_secs(6 * 3600);
/// Longest expression: five fields of lists.
const LENGTH: usize = 200;

/// A cron expression that can be read.
pub(super) struct Cron(Crontab);

impl Cron {
    /// Reads five fields: minute, hour, day, month, weekday. The error says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = "expected five fields (minute hour day month weekday), such as 17 * * * *";
        if text.len() > LENGTH || text.split_whitespace().count() != 5 {
            return Err(expected.to_owned());
        }
        let mut options = ParseOptions::default();
        options.fallback_timezone_option = FallbackTimezoneOption::UTC;
        match cronexpr::parse_crontab_with(text, options) {
            Ok(cron) => {
                let cron = Cron(cron);
                let ever = cron.after(Timestamp::from_millis(0)).is_some();
                ever.then_some(cron).ok_or_else(|| "names a day that never comes".to_owned())
            }
            Err(_) => Err(expected.to_owned()),
        }
    }

    /// The first instant after `at` that it names.
    pub fn after(&self, at: Timestamp) -> Option<Timestamp> {
        let at = MakeTimestamp::from_millisecond(at.millis()).ok()?;
        let next = self.0.find_next(at).ok()?;
        Some(Timestamp::from_millis(next.timestamp().as_millisecond()))
    }
}

/// The schedule of a credential that nobody set one for: hourly, at a minute of its own.
pub(super) fn default_for(key: CredentialId) -> String {
    format!("{} * * * *", key.0.as_u128() % 60)
}

/// Between the next two instants an expression names; an hour where it cannot be told.
pub(super) fn interval(text: &str, now: Timestamp) -> Duration {
    let next = Cron::parse(text).ok().and_then(|cron| {
        let first = cron.after(now)?;
        Some((first, cron.after(first)?))
    });
    next.map_or(Duration::from_secs(3600), |(first, second)| {
        Duration::from_millis(second.millis().abs_diff(first.millis()))
    })
}

/// A delay of up to `most` that is the same for a credential and an instant, and spreads credentials.
pub(super) fn jitter(key: CredentialId, at: Timestamp, most: u64) -> Duration {
    // a step of splitmix64
    let mut z = (key.0.as_u128() as u64) ^ (at.millis() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    Duration::from_secs((z ^ (z >> 31)) % most.saturating_add(1))
}

/// How long to wait after so many failures in a row.
pub(super) fn backoff(failures: u32) -> Duration {
    FIRST.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_name_their_next_instant() {
        let at: Timestamp = "2026-11-30T10:30:00.000Z".parse().unwrap();
        for (text, next) in [
            ("17 * * * *", "2026-11-30T11:17:00.000Z"),
            ("30 10 * * *", "2026-12-01T10:30:00.000Z"),
            ("*/15 * * * *", "2026-11-30T10:45:00.000Z"),
            ("0 6 * * MON", "2026-12-07T06:00:00.000Z"),
            ("0 0 1 1 *", "2027-01-01T00:00:00.000Z"),
        ] {
            let cron = Cron::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(cron.after(at).unwrap().to_string(), next, "{text}");
        }
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for text in ["", "hourly", "60 * * * *", "* * * *", "* * * * * *", "0 0 31 2 *", &"1,".repeat(200)] {
            assert!(Cron::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn waits_grow_to_a_limit_and_jitter_keeps_within_its_own() {
        let minutes: Vec<u64> = (1..=12).map(|n| backoff(n).as_secs() / 60).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
        assert_eq!(backoff(u32::MAX), LONGEST);
        let at = Timestamp::from_millis(0);
        let delays: std::collections::BTreeSet<_> =
            (0..200).map(|_| jitter(CredentialId::new(), at, 120)).collect();
        assert!(delays.len() > 50 && delays.iter().all(|d| *d <= Duration::from_secs(120)));
        assert_eq!(jitter(CredentialId::new(), at, 0), Duration::ZERO);
    }
}
