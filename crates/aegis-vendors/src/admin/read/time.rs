//! Times in every form vendors write them, as instants in UTC; and as requests want them.

use aegis_domain::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use std::fmt;

/// An instant: RFC 3339 (with or without a zone, `T` or a space), a date (its first instant), or Unix seconds as a
/// number or text, also with a fraction or an exponent. What has no zone is UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Time(pub Timestamp);

impl std::str::FromStr for Time {
    type Err = aegis_domain::ParseTimeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if let Ok(at) = text.parse() {
            return Ok(Time(at));
        }
        let civil = text.parse::<civil::DateTime>().or_else(|_| text.parse::<civil::Date>().map(Into::into));
        if let Some(zoned) = civil.ok().and_then(|c| c.to_zoned(TimeZone::UTC).ok()) {
            return Ok(Time(Timestamp::from_millis(zoned.timestamp().as_millisecond())));
        }
        text.parse().ok().and_then(from_unix).map(Time).ok_or(aegis_domain::ParseTimeError)
    }
}

/// An instant of Unix seconds, within the years that a time can be written in. Figures of milliseconds fall outside.
fn from_unix(seconds: f64) -> Option<Timestamp> {
    // Instants of vendors' records are exact to the millisecond far beyond the year 9999.
    let ms = (seconds * 1000.0).round();
    (ms.is_finite() && ms.abs() < 253_402_300_800_000.0).then(|| Timestamp::from_millis(ms as i64))
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Seen;
        impl Visitor<'_> for Seen {
            type Value = Time;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Time, E> {
                text.parse().map_err(|_| E::custom("not a time"))
            }
            fn visit_f64<E: Error>(self, seconds: f64) -> Result<Time, E> {
                from_unix(seconds).map(Time).ok_or_else(|| E::custom("not a time"))
            }
            fn visit_i64<E: Error>(self, seconds: i64) -> Result<Time, E> {
                self.visit_f64(seconds as f64)
            }
            fn visit_u64<E: Error>(self, seconds: u64) -> Result<Time, E> {
                self.visit_f64(seconds as f64)
            }
        }
        d.deserialize_any(Seen)
    }
}

/// `2026-11-01T00:00:00Z`; with milliseconds only where there are some.
pub fn utc(at: Timestamp) -> String {
    let text = at.to_string();
    text.strip_suffix(".000Z").map_or(text.clone(), |whole| format!("{whole}Z"))
}

/// Unix seconds, rounded down.
pub fn seconds(at: Timestamp) -> i64 {
    at.millis().div_euclid(1000)
}

/// `2026-11-01`, in UTC.
pub fn date(at: Timestamp) -> String {
    let (year, month, day) = at.date();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::read::json;

    #[test]
    fn every_form_is_the_same_instant() {
        for text in [
            "1793491200",
            "1793491200.0",
            "\"1793491200\"",
            "\"1.7934912E9\"",
            "\"2026-11-01T00:00:00Z\"",
            "\"2026-11-01T01:00:00+01:00\"",
            "\"2026-11-01T00:00:00.000000\"",
            "\"2026-11-01 00:00:00\"",
            "\"2026-11-01\"",
        ] {
            assert_eq!(
                json::<Time>(text.as_bytes()).map(|t| utc(t.0)).as_deref(),
                Ok("2026-11-01T00:00:00Z"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in
            ["\"\"", "\"soon\"", "1e300", "-1e300", "\"NaN\"", "\"2026-13-01\"", "true", "1793491200000"]
        {
            assert!(json::<Time>(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn times_are_written_as_requests_want_them() {
        let at = Timestamp::from_millis(1_793_491_200_007);
        assert_eq!(
            (utc(at).as_str(), seconds(at), date(at).as_str()),
            ("2026-11-01T00:00:00.007Z", 1_793_491_200, "2026-11-01")
        );
    }
}
