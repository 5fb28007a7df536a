//! How well each feed is covered: day by day for the strip, ability by ability for the vendors' map. Pure but for reading
//! the feeds' states. Called by the routes of coverage.
//! Invariant: a day is whole only when a reading of it ended after it was over; nothing that was never read looks read.

use super::plan::DAY;
use aegis_domain::entities::{DayRead, FeedState};
use aegis_domain::{RunId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// What is known about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// Read to its end after it was over.
    Whole,
    /// The same, and changed by the vendor since.
    Revised,
    /// The last try stopped, and it was never read to its end.
    Failed,
    /// Never read.
    Missing,
    /// Not over yet, or not read since it was.
    Open,
}

/// A day of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DayView {
    /// As `2026-11-01`, in UTC.
    pub day: String,
    /// What is known.
    pub state: DayState,
    /// Rows the vendor states.
    pub rows: u64,
    /// Rows it changed after the day had been read.
    pub changed: u64,
    /// The run that read it last, or failed to.
    pub run_id: Option<RunId>,
}

/// The days [from, to) of a feed.
pub fn days(state: Option<&FeedState>, from: Timestamp, to: Timestamp, now: Timestamp) -> Vec<DayView> {
    let millis = (from.millis()..to.millis()).step_by(DAY.as_millis() as usize);
    millis
        .map(|at| {
            let known = state.and_then(|state| state.days.get(&at)).copied().unwrap_or_default();
            let at = Timestamp::from_millis(at);
            DayView {
                day: date(at),
                state: day_state(&known, at, now),
                rows: known.rows,
                changed: known.changed,
                run_id: known.run,
            }
        })
        .collect()
}

fn day_state(day: &DayRead, at: Timestamp, now: Timestamp) -> DayState {
    let end = at.plus(DAY);
    match day.read_at {
        _ if now < end => DayState::Open,
        Some(read) if read < end => DayState::Open,
        Some(_) if day.changed > 0 => DayState::Revised,
        Some(_) => DayState::Whole,
        None if day.failed => DayState::Failed,
        None => DayState::Missing,
    }
}

/// A day as text.
pub fn date(at: Timestamp) -> String {
    let (year, month, day) = at.date();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_domain::{Ability, CredentialId};

    #[test]
    fn a_day_says_what_is_known_of_it() {
        let at = |days: i64, hours: i64| Timestamp::from_millis((days * 24 + hours) * 3_600_000);
        let read =
            |days, hours, changed| DayRead { read_at: Some(at(days, hours)), changed, ..DayRead::default() };
        let mut state = FeedState::new(CredentialId::new(), "openai".into(), Ability::Usage);
        *state.day(at(10, 0)) = read(11, 1, 0);
        *state.day(at(11, 0)) = read(13, 1, 2);
        *state.day(at(12, 0)) = read(12, 9, 0);
        *state.day(at(13, 0)) = DayRead { failed: true, ..DayRead::default() };
        *state.day(at(15, 0)) = read(15, 2, 0);
        let found: Vec<DayState> =
            days(Some(&state), at(10, 0), at(16, 0), at(15, 3)).into_iter().map(|day| day.state).collect();
        use DayState::{Failed, Missing, Open, Revised, Whole};
        assert_eq!(found, [Whole, Revised, Open, Failed, Missing, Open]);
        assert_eq!(days(None, at(0, 0), at(1, 0), at(9, 0))[0].day, "1970-01-01");
    }
}
