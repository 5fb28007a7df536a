//! What a run reads: which feeds, and over which days. Pure.
//! Invariants: a sync leaves no gap to the last one that ended; the latest days come first; a back-fill never asks for a
//! day again that it has.

use aegis_domain::entities::{Credential, FeedState};
use aegis_domain::{Ability, Standing, Timestamp, Window};
use aegis_vendors::admin::AdminApi;
use std::time::Duration;

/// A day: the width of the buckets that every book is kept in.
pub(super) const DAY: Duration = Duration::from_secs(86_400);
/// Days that a back-fill reads at once: some pages of any vendor, so that progress shows.
const CHUNK: Duration = Duration::from_secs(15 * 86_400);

/// The feeds that are collected, in the order of a run: figures first, what may take long last.
pub(super) const COLLECTED: [Ability; 8] = [
    Ability::Usage,
    Ability::Cost,
    Ability::Balance,
    Ability::Keys,
    Ability::Members,
    Ability::Models,
    Ability::Audit,
    Ability::Content,
];

/// True for a feed that is read over days; the others are lists, or hold at an instant.
pub(super) fn is_windowed(feed: Ability) -> bool {
    matches!(feed, Ability::Usage | Ability::Cost | Ability::Audit | Ability::Content)
}

/// True for a feed whose rows are figures over days: what a whole reading no longer has is taken back.
pub(super) fn is_ledger(feed: Ability) -> bool {
    matches!(feed, Ability::Usage | Ability::Cost)
}

/// True for a list that is replaced as a whole.
pub(super) fn is_list(feed: Ability) -> bool {
    matches!(feed, Ability::Keys | Ability::Members | Ability::Models)
}

/// The feeds that a credential can be used for: those of its kind, less those that the vendor refused.
pub(super) fn feeds(api: &dyn AdminApi, credential: &Credential) -> Vec<Ability> {
    let of_kind = api.catalogue().kind(&credential.kind).map_or(&[][..], |kind| kind.abilities);
    let refused = |feed: Ability| {
        let checked = credential.check.iter().flat_map(|check| &check.abilities);
        checked.into_iter().any(|c| c.ability == feed && c.standing == Standing::Lacks)
    };
    let can = |feed: &Ability| of_kind.contains(feed) && !refused(*feed);
    COLLECTED.into_iter().filter(can).collect()
}

/// A stretch to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its days.
    pub window: Window,
    /// Part of a back-fill.
    pub back: bool,
}

/// What there is to know for a plan, besides the feed's state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Days that somebody asked for.
    pub asked: Option<(Timestamp, Timestamp)>,
    /// The present.
    pub now: Timestamp,
    /// How far back each sync reads again.
    pub reread: Duration,
    /// How far back the feed reaches.
    pub reach: Option<Duration>,
    /// How far back a back-fill reads.
    pub backfill: Duration,
}

/// The stretches to read, the latest first.
pub(super) fn stretches(state: &FeedState, wanted: &Wanted) -> Vec<Stretch> {
    let Wanted { now, .. } = *wanted;
    if !is_windowed(state.feed) {
        // Read as it stands when it is asked: a window around that, midnight or not.
        let window = Window { from: now.floor(DAY), to: now.floor(DAY).plus(2 * DAY), bucket: DAY };
        return vec![Stretch { window, back: false }];
    }
    let end = now.plus(Duration::from_millis(1)).ceil(DAY);
    if let Some((from, to)) = wanted.asked {
        let window =
            Window { from: from.floor(DAY).min(end.minus(DAY)), to: to.ceil(DAY).min(end), bucket: DAY };
        return vec![Stretch { window, back: false }];
    }
    let oldest = wanted.reach.map_or(Timestamp::from_millis(0), |reach| now.minus(reach).ceil(DAY));
    let goal = state.goal.unwrap_or_else(|| goal(wanted)).max(oldest);
    let stretch = |from, to, back| Stretch { window: Window { from, to, bucket: DAY }, back };
    let recent = match state.fresh_at {
        // What could be revised when it was last read may have been since.
        Some(fresh) => stretch(fresh.min(now).minus(wanted.reread).floor(DAY).max(goal), end, false),
        None => stretch(end.minus(CHUNK).max(goal), end, true),
    };
    let mut all = vec![recent];
    let mut to = state.read_from.filter(|_| state.fresh_at.is_some()).unwrap_or(recent.window.from);
    while goal < to {
        let from = to.minus(CHUNK).max(goal);
        all.push(stretch(from, to, true));
        to = from;
    }
    all
}

/// The first instant that a back-fill which begins now reads.
pub(super) fn goal(wanted: &Wanted) -> Timestamp {
    wanted.now.floor(DAY).minus(wanted.backfill)
}

/// Notes in a feed's state that a reading of `window`, begun at `began`, has ended.
pub(super) fn was_read(state: &mut FeedState, window: Window, began: Timestamp) {
    let connects = state.fresh_at.is_none_or(|fresh| window.from <= fresh);
    if began <= window.to {
        if connects {
            state.read_from = match state.fresh_at {
                Some(_) => state.read_from.map(|from| from.min(window.from)),
                None => Some(window.from),
            };
            state.fresh_at = state.fresh_at.max(Some(began));
        }
    } else if let Some(from) = state.read_from
        && (window.from..=window.to).contains(&from)
    {
        state.read_from = Some(window.from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_domain::CredentialId;
    use proptest::prelude::*;

    fn at(days: i64, hours: i64) -> Timestamp {
        Timestamp::from_millis((days * 24 + hours) * 3_600_000)
    }

    fn wanted(now: Timestamp) -> Wanted {
        Wanted { asked: None, now, reread: 3 * DAY, reach: None, backfill: 90 * DAY }
    }

    fn state() -> FeedState {
        FeedState::new(CredentialId::new(), "openai".into(), Ability::Usage)
    }

    /// First day, first day after, part of a back-fill.
    fn days(stretches: &[Stretch]) -> Vec<(i64, i64, bool)> {
        let day = |t: Timestamp| t.millis() / 86_400_000;
        stretches.iter().map(|s| (day(s.window.from), day(s.window.to), s.back)).collect()
    }

    #[test]
    fn the_first_sync_reads_back_from_today_in_pieces() {
        let plan = stretches(&state(), &wanted(at(1000, 9)));
        let first = [(986, 1001, true), (971, 986, true), (956, 971, true)];
        assert_eq!(days(&plan)[..3], first);
        assert_eq!(days(&plan).last(), Some(&(910, 911, true)));
        let short = Wanted { reach: Some(20 * DAY), ..wanted(at(1000, 9)) };
        assert_eq!(days(&stretches(&state(), &short)), [(986, 1001, true), (981, 986, true)]);
    }

    #[test]
    fn later_syncs_read_again_what_is_revised_or_was_missed() {
        let mut state = state();
        (state.goal, state.read_from) = (Some(at(910, 0)), Some(at(910, 0)));
        state.fresh_at = Some(at(1000, 8));
        assert_eq!(days(&stretches(&state, &wanted(at(1000, 9)))), [(997, 1001, false)]);
        assert_eq!(days(&stretches(&state, &wanted(at(1020, 9)))), [(997, 1021, false)]);
        state.read_from = Some(at(986, 0));
        let plan = days(&stretches(&state, &wanted(at(1000, 9))));
        assert_eq!(plan[..2], [(997, 1001, false), (971, 986, true)]);
    }

    #[test]
    fn asked_days_are_read_whole_and_nothing_else() {
        let asked = Some((at(950, 5), at(950, 6)));
        let plan = stretches(&state(), &Wanted { asked, ..wanted(at(1000, 0)) });
        assert_eq!(days(&plan), [(950, 951, false)]);
        let today = Wanted { asked: Some((at(1000, 0), at(1009, 0))), ..wanted(at(1000, 0)) };
        assert_eq!(days(&stretches(&state(), &today)), [(1000, 1001, false)]);
    }

    proptest! {
        /// However runs are cut, the days from the goal to the present are read, and in the end nothing is left.
        #[test]
        fn cut_runs_end_in_a_window_without_gaps(cuts in prop::collection::vec((0usize..5, 1i64..40), 1..30)) {
            let mut state = state();
            let mut read = std::collections::BTreeSet::new();
            let mut now = at(1000, 7);
            state.goal = Some(goal(&wanted(now)));
            for (most, hours) in cuts.into_iter().chain([(99, 1)]) {
                for stretch in stretches(&state, &wanted(now)).into_iter().take(most) {
                    let window = stretch.window;
                    prop_assert!(window.from < window.to);
                    read.extend((window.from.millis()..window.to.millis()).step_by(86_400_000));
                    was_read(&mut state, window, now);
                }
                if let (Some(from), Some(fresh)) = (state.read_from, state.fresh_at) {
                    let mut day = from;
                    while day <= fresh {
                        prop_assert!(read.contains(&day.millis()), "{day} counts as read");
                        day = day.plus(DAY);
                    }
                }
                now = now.plus(Duration::from_secs(hours as u64 * 3600));
            }
            prop_assert_eq!(state.read_from, state.goal);
            prop_assert!(stretches(&state, &wanted(now)).iter().all(|s| !s.back));
        }
    }
}
