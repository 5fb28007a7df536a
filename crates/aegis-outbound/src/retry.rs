//! Whether and when a call is tried again. Pure: time and chance come in as arguments.
//! Called by `client` after each attempt.
//! Invariant: never more attempts than allowed, never a wait that ends after the whole budget.

use aegis_domain::Timestamp;
use http::{HeaderMap, StatusCode};
use std::time::{Duration, UNIX_EPOCH};

/// How often and how long a call is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// Attempts in all; one means no second.
    pub attempts: u32,
    /// The back-off before the second attempt lies below this; it doubles each time.
    pub base: Duration,
    /// The back-off never lies above this.
    pub most: Duration,
    /// A host that asks for a longer wait than this is not waited for.
    pub patience: Duration,
    /// No attempt begins after so long; one that has begun keeps its own limits.
    pub total: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Retry {
            attempts: 4,
            base: Duration::from_millis(500),
            most: Duration::from_secs(20),
            patience: Duration::from_secs(60),
            total: Duration::from_secs(180),
        }
    }
}

impl Retry {
    /// One attempt; the time limits stay.
    pub fn never() -> Self {
        Retry { attempts: 1, ..Retry::default() }
    }

    /// Returns how long to wait before the next attempt, or none when there is none.
    ///
    /// `done` attempts were made in `elapsed`; the host may have asked for a wait; `chance` lies in [0, 1).
    pub fn next(
        &self,
        done: u32,
        elapsed: Duration,
        asked: Option<Duration>,
        chance: f64,
    ) -> Option<Duration> {
        if done >= self.attempts || asked.is_some_and(|asked| asked > self.patience) {
            return None;
        }
        let ceiling = self.base.saturating_mul(2u32.saturating_pow(done.saturating_sub(1))).min(self.most);
        // full jitter: callers that failed together do not come back together
        let back_off = ceiling.mul_f64(chance.clamp(0.0, 1.0));
        // nobody comes back earlier than asked, nor all at the very moment
        let wait = asked.map_or(back_off, |asked| asked + back_off.min(asked / 10));
        (elapsed + wait < self.total).then_some(wait)
    }
}

/// True when the same call may succeed later. 501 and 505 say that it never will.
pub fn worth_it(status: StatusCode, headers: &HeaderMap) -> bool {
    // OpenAI and Anthropic say it outright.
    match headers.get("x-should-retry").map(|value| value.as_bytes()) {
        Some(b"false") => return false,
        Some(b"true") => return true,
        _ => {}
    }
    match status.as_u16() {
        408 | 425 | 429 => true,
        501 | 505 => false,
        code => code >= 500,
    }
}

/// Returns how long the host asks to wait: the longest of `Retry-After` (RFC 9110, 10.2.3: seconds or a date),
/// `Retry-After-Ms` and the like of Azure, whose header names end in `-retry-after`.
pub fn asked(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let waits = headers.iter().filter_map(|(name, value)| {
        let value = value.to_str().ok()?.trim();
        match name.as_str() {
            "retry-after-ms" => value.parse().ok().map(Duration::from_millis),
            name if name == "retry-after" || name.ends_with("-retry-after") => seconds_or_date(value, now),
            _ => None,
        }
    });
    waits.max()
}

fn seconds_or_date(value: &str, now: Timestamp) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // more digits than fit mean "very long"
        return Some(value.parse().map_or(Duration::from_secs(u64::from(u32::MAX)), Duration::from_secs));
    }
    let at = httpdate::parse_http_date(value).ok()?.duration_since(UNIX_EPOCH).ok()?;
    let now = Duration::from_millis(u64::try_from(now.millis()).ok()?);
    Some(at.saturating_sub(now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    #[test]
    fn what_a_host_asks_for_is_read_in_every_form() {
        let now = "2026-11-23T09:00:00.000Z".parse().unwrap();
        let secs = |s| Some(Duration::from_secs(s));
        for (headers, wait) in [
            (&[("retry-after", "7")][..], secs(7)),
            (&[("retry-after", " 7 ")], secs(7)),
            (&[("retry-after", "0")], secs(0)),
            (&[("retry-after", "Mon, 23 Nov 2026 09:01:30 GMT")], secs(90)),
            (&[("retry-after", "Monday, 23-Nov-26 09:01:30 GMT")], secs(90)),
            (&[("retry-after", "Mon, 23 Nov 2026 08:00:00 GMT")], secs(0)),
            (&[("retry-after", "99999999999999999999999")], secs(u32::MAX.into())),
            (&[("retry-after", "18446744073709551615")], secs(u64::MAX)),
            (&[("retry-after", "-1")], None),
            (&[("retry-after", "soon")], None),
            (&[("retry-after", "")], None),
            (&[("retry-after-ms", "250")], Some(Duration::from_millis(250))),
            (&[("retry-after", "1"), ("retry-after-ms", "1500")], Some(Duration::from_millis(1500))),
            (
                &[("x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after", "9"), ("retry-after", "3")],
                secs(9),
            ),
            (&[("x-other", "9")], None),
        ] {
            let map: HeaderMap = headers
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect();
            assert_eq!(asked(&map, now), wait, "{headers:?}");
        }
    }

    #[test]
    fn only_what_may_pass_later_is_tried_again() {
        for (status, said, again) in [
            (429, None, true),
            (500, None, true),
            (503, None, true),
            (529, None, true),
            (408, None, true),
            (501, None, false),
            (400, None, false),
            (401, None, false),
            (404, None, false),
            (200, None, false),
            (500, Some("false"), false),
            (409, Some("true"), true),
        ] {
            let headers =
                said.map(|said| (HeaderName::from_static("x-should-retry"), HeaderValue::from_static(said)));
            let headers = headers.into_iter().collect();
            assert_eq!(worth_it(StatusCode::from_u16(status).unwrap(), &headers), again, "{status} {said:?}");
        }
    }

    proptest! {
        #[test]
        fn attempts_and_time_are_bounded(
            asked in prop::collection::vec(prop::option::of(0..100u64), 20),
            took in prop::collection::vec(0..60u64, 20),
            chance in 0.0..1.0f64,
        ) {
            let retry = Retry::default();
            let (mut elapsed, mut done) = (Duration::ZERO, 0);
            for (asked, took) in asked.into_iter().zip(took) {
                done += 1;
                prop_assert!(done <= retry.attempts && elapsed < retry.total);
                elapsed += Duration::from_secs(took);
                let asked = asked.map(Duration::from_secs);
                let Some(wait) = retry.next(done, elapsed, asked, chance) else { break };
                prop_assert!(asked.is_none_or(|asked| wait >= asked && asked <= retry.patience));
                prop_assert!(asked.is_some() || wait <= retry.most);
                elapsed += wait;
            }
        }
    }

    #[test]
    fn the_back_off_doubles_up_to_its_ceiling() {
        let retry = Retry { attempts: 99, total: Duration::from_secs(3600), ..Retry::default() };
        let waits: Vec<_> =
            (1..9).map(|done| retry.next(done, Duration::ZERO, None, 0.5).unwrap().as_millis()).collect();
        assert_eq!(waits, [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
        assert!(retry.next(80, Duration::ZERO, None, 0.5).is_some(), "no overflow");
    }
}
