//! The simulator's clock: the one it was given, until somebody sets or advances it.
//! Called by everything that asks what time it is; set by `POST /_sim/clock`.

use aegis_domain::{Clock, Timestamp};
use parking_lot::Mutex;
use std::sync::Arc;

/// The furthest it may be moved either way: with it every sum of instants stays in range.
const MAX_SHIFT_MS: i64 = 20 * 366 * 86_400_000;

/// A clock that can be moved.
#[derive(Clone)]
pub(crate) struct SimClock {
    base: Arc<dyn Clock>,
    state: Arc<Mutex<State>>,
}

#[derive(Clone, Copy)]
enum State {
    /// So many milliseconds beside the base.
    Beside(i64),
    /// Standing still.
    Frozen(Timestamp),
}

impl SimClock {
    /// Starts as `base` says.
    pub fn new(base: Arc<dyn Clock>) -> Self {
        SimClock { base, state: Arc::new(Mutex::new(State::Beside(0))) }
    }

    /// Whole seconds since 1970.
    pub fn seconds(&self) -> i64 {
        self.now().millis().div_euclid(1000)
    }

    /// Whole seconds since 1970 by the clock that nobody moved. Access tokens live by it: a client's own clock does
    /// not jump when the simulator's does.
    pub fn unmoved_seconds(&self) -> i64 {
        self.base.now().millis().div_euclid(1000)
    }

    /// Whether it stands still.
    pub fn frozen(&self) -> bool {
        matches!(*self.state.lock(), State::Frozen(_))
    }

    /// Sets it to `at`; frozen, or running on from there. False when that is too far away.
    pub fn set(&self, at: Timestamp, frozen: bool) -> bool {
        let shift = at.millis().saturating_sub(self.base.now().millis());
        if shift.saturating_abs() > MAX_SHIFT_MS {
            return false;
        }
        *self.state.lock() = if frozen { State::Frozen(at) } else { State::Beside(shift) };
        true
    }

    /// Moves it on, whether it stands or runs. False when that is too far.
    pub fn advance(&self, seconds: i64) -> bool {
        let Some(ms) = seconds.checked_mul(1000) else { return false };
        let Some(at) = self.now().millis().checked_add(ms) else { return false };
        self.set(Timestamp::from_millis(at), self.frozen())
    }

    /// Goes back to the clock it was given.
    pub fn reset(&self) {
        *self.state.lock() = State::Beside(0);
    }
}

impl Clock for SimClock {
    fn now(&self) -> Timestamp {
        match *self.state.lock() {
            State::Frozen(at) => at,
            State::Beside(ms) => Timestamp::from_millis(self.base.now().millis().saturating_add(ms)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_domain::ManualClock;
    use std::time::Duration;

    #[test]
    fn it_can_stand_run_and_go_back() {
        let base = Arc::new(ManualClock::at(Timestamp::from_millis(1_000_000)));
        let clock = SimClock::new(base.clone());
        assert!(clock.advance(60));
        base.advance(Duration::from_secs(5));
        assert_eq!(clock.seconds(), 1_065);
        assert!(clock.set(Timestamp::from_millis(50_000), true));
        base.advance(Duration::from_secs(5));
        assert_eq!(clock.seconds(), 50);
        assert!(clock.advance(10));
        assert_eq!(clock.seconds(), 60);
        assert!(!clock.advance(i64::MAX) && !clock.advance(i64::MAX / 1000));
        clock.reset();
        assert_eq!(clock.seconds(), 1_010);
        assert_eq!(clock.unmoved_seconds(), 1_010);
    }
}
