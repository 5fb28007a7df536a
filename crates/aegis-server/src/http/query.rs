//! Reads the time range, filter and cursor that lists, series and exports share.
//! Invariant: a list and a figure given the same parameters ask for the same window and the same filter.

use crate::App;
use crate::error::{ApiError, Fields};
use crate::rollups::oldest_minute;
use aegis_domain::{EventFilter, Range, Severity, SubjectId, Terms, Timestamp, Window};
use aegis_store::Position;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use std::time::Duration;
use utoipa::IntoParams;

/// A time range: a name, or two instants.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RangeParams {
    /// A named range that ends now; 24h where nothing is asked.
    pub range: Option<Range>,
    /// First instant inside; needs `to`.
    pub from: Option<Timestamp>,
    /// First instant after; needs `from`.
    pub to: Option<Timestamp>,
}

/// The longest window that may be asked for.
const LONGEST: Duration = Duration::from_secs(400 * 86_400);

impl RangeParams {
    /// The window asked for; 24 hours where nothing was.
    pub fn window(&self, now: Timestamp) -> Result<Window, ApiError> {
        let mut fields = Fields::default();
        match (self.range, self.from, self.to) {
            (Some(range), None, None) => return Ok(Window::of(range, now)),
            (None, None, None) => return Ok(Window::of(Range::H24, now)),
            (None, Some(from), Some(to)) if from >= to => fields.add("to", "must be after from"),
            (None, Some(from), Some(to)) if to.millis() - from.millis() > LONGEST.as_millis() as i64 => {
                fields.add("from", "the range must not be longer than 400 days");
            }
            (None, Some(from), Some(to)) => {
                return Ok(Window::between(from, to, oldest_minute(now)));
            }
            (None, Some(_), None) => fields.add("to", "goes with from"),
            (None, None, Some(_)) => fields.add("from", "goes with to"),
            (Some(_), _, _) => fields.add("range", "give either range, or from and to"),
        }
        fields.check()?;
        Ok(Window::of(Range::H24, now))
    }
}

/// What a list of events is narrowed to. Each value is a comma list; a leading `-` excludes.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct FilterParams {
    /// Vendor ids.
    pub vendor: Option<String>,
    /// Models.
    pub model: Option<String>,
    /// `app`, `gateway`, `collector`, `otlp`.
    pub source: Option<String>,
    /// People, as applications name them.
    pub user: Option<String>,
    /// Teams.
    pub team: Option<String>,
    /// Applications.
    pub app: Option<String>,
    /// Conversations.
    pub conversation_id: Option<String>,
    /// Worst severity: `info`, `low`, `medium`, `high`, `critical`, or `none` where nothing was found.
    pub severity: Option<String>,
    /// Detectors that found something.
    pub detector: Option<String>,
    /// Fingerprints of found values.
    pub fingerprint: Option<String>,
    /// `allow`, `flag`, `redact`, `pseudonymise`, `block`, `route`, `justify`.
    pub action: Option<String>,
    /// `ok`, `error`, `truncated`, `blocked`.
    pub status: Option<String>,
    /// At least so many US dollars, as a decimal.
    pub min_cost: Option<String>,
    /// At least so many milliseconds.
    #[param(value_type = Option<u64>)]
    pub min_latency_ms: Option<u32>,
}

/// Values in one list.
const LONGEST_LIST: usize = 50;

impl FilterParams {
    /// The filter, with people's names turned into subject ids.
    pub fn filter(&self, app: &App) -> Result<EventFilter, ApiError> {
        let mut fields = Fields::default();
        let mut list = |name: &str, value: &Option<String>| terms(name, value, &mut fields);
        let mut filter = EventFilter {
            vendor: list("vendor", &self.vendor),
            model: list("model", &self.model),
            source: list("source", &self.source),
            team: list("team", &self.team),
            app: list("app", &self.app),
            conversation: list("conversation_id", &self.conversation_id),
            detector: list("detector", &self.detector),
            fingerprint: list("fingerprint", &self.fingerprint),
            action: list("action", &self.action),
            status: list("status", &self.status),
            min_latency_ms: self.min_latency_ms,
            ..EventFilter::default()
        };
        let users = list("user", &self.user);
        let severities = list("severity", &self.severity);
        let subject = |name: &String| -> SubjectId { app.people.subject_id(name) };
        filter.user = Terms {
            any: users.any.iter().map(subject).collect(),
            none: users.none.iter().map(subject).collect(),
        };
        closed("source", &filter.source, &["app", "gateway", "collector", "otlp"], &mut fields);
        let actions = ["allow", "flag", "redact", "pseudonymise", "block", "route", "justify"];
        closed("action", &filter.action, &actions, &mut fields);
        closed("status", &filter.status, &["ok", "error", "truncated", "blocked"], &mut fields);
        let mut words = vec!["none"];
        words.extend(Severity::ALL.map(Severity::as_str));
        closed("severity", &severities, &words, &mut fields);
        let severity = |word: &String| Severity::ALL.into_iter().find(|s| s.as_str() == word);
        filter.severity = Terms {
            any: severities.any.iter().map(severity).collect(),
            none: severities.none.iter().map(severity).collect(),
        };
        match self.min_cost.as_deref().map(nano_dollars) {
            None => {}
            Some(Some(nanos)) => filter.min_cost = Some(nanos),
            Some(None) => fields.add("min_cost", "expected US dollars as a decimal, such as 0.05"),
        }
        fields.check()?;
        Ok(filter)
    }
}

fn terms(name: &str, value: &Option<String>, fields: &mut Fields) -> Terms<String> {
    let mut out = Terms::default();
    let Some(value) = value else { return out };
    for word in value.split(',').map(str::trim).filter(|w| !w.is_empty()) {
        match word.strip_prefix('-') {
            Some(word) => out.none.push(word.to_string()),
            None => out.any.push(word.to_string()),
        }
    }
    if out.any.len() + out.none.len() > LONGEST_LIST {
        fields.add(name, format!("at most {LONGEST_LIST} values"));
    }
    out
}

fn closed(name: &str, terms: &Terms<String>, words: &[&str], fields: &mut Fields) {
    if terms.any.iter().chain(&terms.none).any(|t| !words.contains(&t.as_str())) {
        fields.add(name, format!("expected one or more of {}", words.join(", ")));
    }
}

/// Reads a decimal number of dollars as nano-dollars; never through a float.
fn nano_dollars(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || fraction.len() > 9 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let padded: i64 = format!("{fraction:0<9}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 1_000_000_000 + padded)
}

/// A decimal string of dollars.
pub fn usd(nanos: i64) -> String {
    let sign = if nanos < 0 { "-" } else { "" };
    format!("{sign}{}.{:09}", nanos.unsigned_abs() / 1_000_000_000, nanos.unsigned_abs() % 1_000_000_000)
}

/// How many, and where to go on.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// 1 to 500; 50 where nothing is asked.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<u32>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PageParams {
    /// How many items.
    pub fn limit(&self) -> Result<usize, ApiError> {
        match self.limit.unwrap_or(50) {
            n @ 1..=500 => Ok(n as usize),
            _ => Err(ApiError::field("limit", "expected 1 to 500")),
        }
    }

    /// Where a list by time goes on, with the window it began with: a named range moves on, a list must not.
    pub fn cursor(&self) -> Result<Option<Cursor>, ApiError> {
        let Some(text) = &self.cursor else { return Ok(None) };
        Cursor::read(text)
            .map(Some)
            .ok_or_else(|| ApiError::field("cursor", "is not one of ours; start again without it"))
    }
}

/// The first millisecond that no time can be written for.
const YEAR_10000: i64 = 253_402_300_800_000;
/// A window is widened to whole days at both ends.
const WIDENED: i64 = 2 * 86_400_000;

/// Where a list by time goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The window the list began with.
    pub from: Timestamp,
    /// Its end.
    pub to: Timestamp,
    /// The last record looked at.
    pub position: Position,
}

impl Cursor {
    /// As text.
    pub fn write(&self) -> String {
        let p = self.position;
        let mut bytes = Vec::with_capacity(36);
        bytes.extend(self.from.millis().to_be_bytes());
        bytes.extend(self.to.millis().to_be_bytes());
        bytes.extend(p.at.millis().to_be_bytes());
        bytes.extend(p.partition.to_be_bytes());
        bytes.extend(p.seq.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let bytes: [u8; 36] = bytes.try_into().ok()?;
        let number =
            |at: usize| -> Option<i64> { Some(i64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?)) };
        let partition = u32::from_be_bytes(bytes.get(24..28)?.try_into().ok()?);
        let seq = u64::try_from(number(28)?).ok()?;
        let (from, to) = (number(0)?, number(8)?);
        // Anybody can write one: it must reach no further than a range may, whose ends are added and subtracted.
        let near = from.checked_abs()? < YEAR_10000;
        if !near || !(0..=LONGEST.as_millis() as i64 + WIDENED).contains(&to.checked_sub(from)?) {
            return None;
        }
        Some(Cursor {
            from: Timestamp::from_millis(from),
            to: Timestamp::from_millis(to),
            position: Position { at: Timestamp::from_millis(number(16)?), partition, seq },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_round_trip_and_refuse_strangers() {
        let cursor = Cursor {
            from: Timestamp::from_millis(1),
            to: Timestamp::from_millis(99),
            position: Position { at: Timestamp::from_millis(-5), partition: 7, seq: 1 << 40 },
        };
        assert_eq!(Cursor::read(&cursor.write()), Some(cursor));
        let reaches = |from, to| Cursor {
            from: Timestamp::from_millis(from),
            to: Timestamp::from_millis(to),
            ..cursor
        };
        for (from, to) in
            [(i64::MIN, i64::MAX), (i64::MAX, i64::MAX), (i64::MIN, i64::MIN), (0, -1), (0, 1 << 40)]
        {
            assert_eq!(Cursor::read(&reaches(from, to).write()), None, "{from} {to}");
        }
        for bad in ["", "AAAA", "not base64!", &"A".repeat(48), &"_".repeat(48)] {
            assert!(Cursor::read(bad).is_none_or(|c| c.position.seq == 0), "{bad}");
        }
    }

    #[test]
    fn dollars_are_read_and_written_without_floats() {
        for (text, nanos) in
            [("0.012345", Some(12_345_000)), ("12", Some(12_000_000_000)), (".5", None), ("1e3", None)]
        {
            assert_eq!(nano_dollars(text), nanos, "{text}");
        }
        assert_eq!(usd(12_345_000), "0.012345000");
    }
}
