//! Instants as whole seconds since 1970, and how vendors write them.
//! Called by the world and by every vendor's views. Invariant: what is written here reads back as the same second.

/// Seconds in a minute, an hour, a day.
pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 3_600;
pub(crate) const DAY: i64 = 86_400;

/// Years far outside the world would overflow the arithmetic on buckets; these bounds keep every sum in range.
const OLDEST: i64 = 0;
const NEWEST: i64 = 4_102_444_800;

/// The instant with a `T` and a `Z`, to the second.
pub(crate) fn rfc3339(at: i64) -> String {
    jiff::Timestamp::from_second(at).map_or_else(|_| String::new(), |t| t.to_string())
}

/// The same with six digits after the second, as some vendors write it.
pub(crate) fn micros(at: i64) -> String {
    rfc3339(at).replace('Z', ".000000Z")
}

/// The same with three.
pub(crate) fn millis(at: i64) -> String {
    rfc3339(at).replace('Z', ".000Z")
}

/// `YYYY-MM-DD` in UTC.
pub(crate) fn date(at: i64) -> String {
    rfc3339(at).chars().take(10).collect()
}

/// Year, month and day in UTC.
pub(crate) fn civil(at: i64) -> (i16, i8, i8) {
    let at = jiff::Timestamp::from_second(at).unwrap_or_default();
    let date = at.to_zoned(jiff::tz::TimeZone::UTC).date();
    (date.year(), date.month(), date.day())
}

/// The first second of a month, and of the next one.
pub(crate) fn month(year: i16, month: i8) -> Option<(i64, i64)> {
    let first = |y: i16, m: i8| {
        let date = jiff::civil::Date::new(y, m, 1).ok()?;
        Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
    };
    let (next_year, next_month) = if month == 12 { (year.checked_add(1)?, 1) } else { (year, month + 1) };
    Some((first(year, month)?, first(next_year, next_month)?))
}

/// Reads RFC 3339, or a date alone, which is its midnight in UTC.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let whole = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.replace(' ', "+") };
    let at = whole.parse::<jiff::Timestamp>().ok()?.as_second();
    in_range(at)
}

/// Reads whole seconds since 1970.
pub(crate) fn parse_seconds(text: &str) -> Option<i64> {
    in_range(text.parse().ok()?)
}

fn in_range(at: i64) -> Option<i64> {
    (OLDEST..=NEWEST).contains(&at).then_some(at)
}

/// The start of the step that `at` lies in.
pub(crate) fn floor(at: i64, step: i64) -> i64 {
    at - at.rem_euclid(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_and_read() {
        let at = 1_793_491_200;
        assert_eq!(rfc3339(at), "2026-11-01T00:00:00Z");
        assert_eq!(micros(at), "2026-11-01T00:00:00.000000Z");
        assert_eq!(date(at), "2026-11-01");
        assert_eq!(civil(at), (2026, 11, 1));
        assert_eq!(month(2026, 11), Some((at, at + 30 * DAY)));
        assert_eq!(month(2026, 12).map(|m| civil(m.1)), Some((2027, 1, 1)));
        assert_eq!(month(2026, 13), None);
        for text in ["2026-11-01T00:00:00Z", "2026-11-01", "2026-11-01T01:00:00 01:00"] {
            assert_eq!(parse(text), Some(at), "{text}");
        }
        assert_eq!(parse("9999-12-30T00:00:00Z"), None);
        assert_eq!(parse_seconds("-1"), None);
    }
}
