//! Instants, clocks and the one rule for time ranges.
//! A list and a figure over the same range count the same events because both ask `Window`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Milliseconds since 1970-01-01 UTC; RFC 3339 with milliseconds in JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, utoipa::ToSchema)]
#[schema(value_type = String, format = DateTime)]
pub struct Timestamp(i64);

/// The text is no RFC 3339 instant between the years 0 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an RFC 3339 time such as 2026-11-23T09:00:00.000Z")]
pub struct ParseTimeError;

impl Timestamp {
    /// The instant so many milliseconds after 1970.
    pub const fn from_millis(ms: i64) -> Self {
        Timestamp(ms)
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The day it lies in, in UTC: year, month, day.
    pub fn date(self) -> (i16, u8, u8) {
        let date = jiff::Timestamp::from_millisecond(self.0)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date();
        (date.year(), date.month().unsigned_abs(), date.day().unsigned_abs())
    }

    /// This instant plus `d`.
    pub fn plus(self, d: Duration) -> Self {
        Timestamp(self.0.saturating_add(i64::try_from(d.as_millis()).unwrap_or(i64::MAX)))
    }

    /// This instant less `d`.
    pub fn minus(self, d: Duration) -> Self {
        Timestamp(self.0.saturating_sub(i64::try_from(d.as_millis()).unwrap_or(i64::MAX)))
    }

    /// The last multiple of `step` that is not after this instant.
    pub fn floor(self, step: Duration) -> Self {
        let step = step.as_millis() as i64;
        Timestamp(self.0.div_euclid(step) * step)
    }

    /// The first multiple of `step` that is not before this instant.
    pub fn ceil(self, step: Duration) -> Self {
        let step = step.as_millis() as i64;
        Timestamp(self.0.saturating_add(step - 1).div_euclid(step) * step)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(t) => write!(f, "{t:.3}"),
            Err(_) => {
                f.write_str(if self.0 < 0 { "0000-01-01T00:00:00.000Z" } else { "9999-12-31T23:59:59.999Z" })
            }
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimeError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let t: jiff::Timestamp = s.parse().map_err(|_| ParseTimeError)?;
        Ok(Timestamp(t.as_millisecond()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Timestamp;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an RFC 3339 time such as 2026-11-23T09:00:00.000Z")
            }
            fn visit_str<E: de::Error>(self, s: &str) -> Result<Timestamp, E> {
                s.parse().map_err(E::custom)
            }
        }
        d.deserialize_str(Visitor)
    }
}

/// Where "now" comes from; handed in, never taken.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    fn now(&self) -> Timestamp {
        Timestamp(jiff::Timestamp::now().as_millisecond())
    }
}

/// A clock that tests move by hand.
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that stands at `at`.
    pub fn at(at: Timestamp) -> Self {
        ManualClock(AtomicI64::new(at.0))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(by.as_millis() as i64, Ordering::Relaxed);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// The ranges a caller can name instead of two instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Range {
    /// Fifteen minutes.
    #[serde(rename = "15m")]
    M15,
    /// One hour.
    #[serde(rename = "1h")]
    H1,
    /// One day.
    #[serde(rename = "24h")]
    H24,
    /// Seven days.
    #[serde(rename = "7d")]
    D7,
    /// Thirty days.
    #[serde(rename = "30d")]
    D30,
    /// Ninety days.
    #[serde(rename = "90d")]
    D90,
}

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);

/// A half-open range of time [from, to) whose ends lie on the bucket the range is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First instant inside.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// Width of the buckets a series over this window has: a minute, an hour or a day.
    pub bucket: Duration,
}

impl Window {
    /// The window a named range means at `now`: it ends with the bucket that `now` is in, which is unfinished.
    pub fn of(range: Range, now: Timestamp) -> Self {
        let (length, bucket) = match range {
            Range::M15 => (15 * MINUTE, MINUTE),
            Range::H1 => (HOUR, MINUTE),
            Range::H24 => (DAY, HOUR),
            Range::D7 => (7 * DAY, HOUR),
            Range::D30 => (30 * DAY, DAY),
            Range::D90 => (90 * DAY, DAY),
        };
        let to = now.plus(Duration::from_millis(1)).ceil(bucket);
        Window { from: to.minus(length), to, bucket }
    }

    /// The window between two instants, widened to whole buckets.
    /// Minutes up to six hours, hours up to eight days, days beyond. Minutes only where they are still kept, for the
    /// equally long window before, too: from `oldest_minute` on.
    pub fn between(from: Timestamp, to: Timestamp, oldest_minute: Timestamp) -> Self {
        let length = Duration::from_millis(to.0.saturating_sub(from.0).max(0) as u64);
        let minutes_kept = from.minus(length) >= oldest_minute;
        let bucket = if length <= 6 * HOUR && minutes_kept {
            MINUTE
        } else if length <= 8 * DAY {
            HOUR
        } else {
            DAY
        };
        Window { from: from.floor(bucket), to: to.ceil(bucket), bucket }
    }

    /// The equally long window that ends where this one begins.
    pub fn previous(self) -> Self {
        let length = self.to.0 - self.from.0;
        Window { from: Timestamp(self.from.0 - length), to: self.from, bucket: self.bucket }
    }

    /// True when `t` lies in the window.
    pub fn contains(self, t: Timestamp) -> bool {
        self.from <= t && t < self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_round_trip_in_milliseconds() {
        for text in ["2026-11-23T09:00:00.000Z", "0001-01-01T00:00:00.000Z", "1970-01-01T00:00:00.007Z"] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
        }
        assert!("yesterday".parse::<Timestamp>().is_err());
        assert!("2026-13-01T00:00:00Z".parse::<Timestamp>().is_err());
    }

    #[test]
    fn a_named_window_ends_after_now_on_a_bucket() {
        let now: Timestamp = "2026-11-23T14:02:31.000Z".parse().unwrap();
        let w = Window::of(Range::H24, now);
        assert_eq!(w.from.to_string(), "2026-11-22T15:00:00.000Z");
        assert_eq!(w.to.to_string(), "2026-11-23T15:00:00.000Z");
        assert!(w.contains(now));
        assert_eq!(w.previous().to, w.from);
    }

    #[test]
    fn a_window_is_drawn_in_minutes_only_where_they_are_kept() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (from, to) = (at("2026-11-10T09:10:30.000Z"), at("2026-11-10T09:40:00.000Z"));
        assert_eq!(Window::between(from, to, at("2026-11-10T00:00:00.000Z")).bucket, MINUTE);
        let old = Window::between(from, to, at("2026-11-10T09:00:00.000Z"));
        assert_eq!(
            (old.bucket, old.from, old.to),
            (HOUR, at("2026-11-10T09:00:00.000Z"), at("2026-11-10T10:00:00.000Z"))
        );
    }
}
