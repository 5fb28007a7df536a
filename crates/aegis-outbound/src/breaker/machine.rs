//! One breaker: when it lets calls through. Pure: the present comes in as an argument.
//! Called by `board`, under its lock.
//! Invariants: open means nobody passes before `REST` is over; half open means at most one passes at a time; what a call
//! reports counts only for the state in which it was let through.

use std::time::Duration;

/// So many failures in a row open it.
pub const THRESHOLD: u32 = 5;
/// So long it stays open before one call may try.
pub const REST: Duration = Duration::from_secs(30);

/// Whether calls pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// They do.
    Closed {
        /// Failures in a row so far.
        failures: u32,
    },
    /// They do not.
    Open {
        /// When one may try.
        until: Duration,
    },
    /// One at a time may try.
    HalfOpen {
        /// Whether one is trying now.
        probing: bool,
    },
}

/// How a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The host answered, be it with a refusal.
    Success,
    /// It did not, or with an error of its own.
    Failure,
}

/// Why a call is not let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Open for so long yet.
    Open(Duration),
    /// Another call is trying.
    Probing,
}

/// Leave for one call; handed back with its outcome, or without.
#[derive(Debug, PartialEq, Eq)]
pub struct Ticket {
    era: u64,
}

/// One breaker. Times are those of a clock that never goes back.
#[derive(Debug, Clone)]
pub struct Machine {
    state: State,
    /// Grows with every change of state, so that reports from before it are known as such.
    era: u64,
}

impl Default for Machine {
    fn default() -> Self {
        Machine { state: State::Closed { failures: 0 }, era: 0 }
    }
}

impl Machine {
    /// Whether calls pass.
    pub fn state(&self) -> State {
        self.state
    }

    /// Says whether a call would be let through.
    pub fn check(&self, now: Duration) -> Result<(), Held> {
        match self.state {
            State::Closed { .. } | State::HalfOpen { probing: false } => Ok(()),
            State::Open { until } if now >= until => Ok(()),
            State::Open { until } => Err(Held::Open(until - now)),
            State::HalfOpen { probing: true } => Err(Held::Probing),
        }
    }

    /// Lets a call through, or says why not.
    pub fn admit(&mut self, now: Duration) -> Result<Ticket, Held> {
        self.check(now)?;
        match &mut self.state {
            State::Closed { .. } => {}
            State::HalfOpen { probing } => *probing = true,
            State::Open { .. } => self.enter(State::HalfOpen { probing: true }),
        }
        Ok(Ticket { era: self.era })
    }

    /// Takes a ticket back with the outcome of its call.
    pub fn report(&mut self, ticket: Ticket, outcome: Outcome, now: Duration) {
        if ticket.era != self.era {
            return;
        }
        match (&mut self.state, outcome) {
            (State::Closed { failures }, Outcome::Success) => *failures = 0,
            (State::Closed { failures }, Outcome::Failure) => {
                *failures += 1;
                if *failures >= THRESHOLD {
                    self.enter(State::Open { until: now + REST });
                }
            }
            (State::HalfOpen { .. }, Outcome::Success) => self.enter(State::Closed { failures: 0 }),
            (State::HalfOpen { .. }, Outcome::Failure) => self.enter(State::Open { until: now + REST }),
            // no ticket carries the era of an open state
            (State::Open { .. }, _) => {}
        }
    }

    /// Takes a ticket back that says nothing about the host.
    pub fn give_back(&mut self, ticket: Ticket) {
        if ticket.era == self.era
            && let State::HalfOpen { probing } = &mut self.state
        {
            *probing = false;
        }
    }

    /// Exchanges a trying call's ticket once the host has begun to answer: others may pass while its body is read, but
    /// one failure more, its own included, opens the breaker again.
    pub fn answered(&mut self, ticket: Ticket) -> Ticket {
        if ticket.era == self.era && matches!(self.state, State::HalfOpen { .. }) {
            self.enter(State::Closed { failures: THRESHOLD - 1 });
            return Ticket { era: self.era };
        }
        ticket
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.era += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, Clone)]
    enum Step {
        Admit,
        Report(usize, bool),
        GiveBack(usize),
        Answered(usize),
        Wait(u64),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            4 => Just(Step::Admit),
            4 => (0..8usize, prop::bool::weighted(0.3)).prop_map(|(i, ok)| Step::Report(i, ok)),
            1 => (0..8usize).prop_map(Step::GiveBack),
            1 => (0..8usize).prop_map(Step::Answered),
            2 => prop_oneof![Just(1), Just(29_999), Just(30_000), 0..40_000u64].prop_map(Step::Wait),
        ];
        prop::collection::vec(step, 1..200)
    }

    /// The rule in other words: what happened, not which state it is in.
    #[derive(Default)]
    struct Model {
        in_a_row: u32,
        opened: Option<Duration>,
        /// Eras as seen from outside: grows when the rule says that something changed.
        era: u64,
        probes: usize,
    }

    proptest! {
        #[test]
        fn it_keeps_the_rule_over_any_history(steps in steps()) {
            let (mut machine, mut model) = (Machine::default(), Model::default());
            let mut now = Duration::ZERO;
            let mut out: Vec<(Ticket, u64)> = Vec::new();
            for step in steps {
                match step {
                    Step::Wait(ms) => now += Duration::from_millis(ms),
                    Step::Admit => {
                        let admitted = machine.admit(now);
                        let rested = model.opened.is_none_or(|at| now >= at + REST);
                        prop_assert_eq!(admitted.is_ok(), rested && model.probes == 0 );
                        if let Ok(ticket) = admitted {
                            if model.opened.is_some() {
                                if !matches!(machine.state(), State::HalfOpen { probing: true }) {
                                    return Err(TestCaseError::fail("a try after the rest is a probe"));
                                }
                                model.probes += 1;
                                if ticket.era != model.era { model.era += 1; }
                            }
                            prop_assert_eq!(ticket.era, model.era);
                            out.push((ticket, model.era));
                        }
                    }
                    Step::Report(i, ok) if !out.is_empty() => {
                        let (ticket, era) = out.swap_remove(i % out.len());
                        machine.report(ticket, if ok { Outcome::Success } else { Outcome::Failure }, now);
                        if era != model.era { continue; }
                        let probing = std::mem::take(&mut model.probes) > 0;
                        if ok {
                            model.in_a_row = 0;
                            if probing { (model.opened, model.era) = (None, model.era + 1); }
                        } else {
                            model.in_a_row += 1;
                            if probing || model.in_a_row >= THRESHOLD {
                                (model.opened, model.era, model.in_a_row) = (Some(now), model.era + 1, 0);
                            }
                        }
                    }
                    Step::GiveBack(i) if !out.is_empty() => {
                        let (ticket, era) = out.swap_remove(i % out.len());
                        machine.give_back(ticket);
                        if era == model.era { model.probes = 0; }
                    }
                    Step::Answered(i) if !out.is_empty() => {
                        let (ticket, era) = out.swap_remove(i % out.len());
                        let ticket = machine.answered(ticket);
                        let mut era = era;
                        if era == model.era && model.probes > 0 {
                            (model.probes, model.opened, model.in_a_row) = (0, None, THRESHOLD - 1);
                            model.era += 1;
                            era = model.era;
                        }
                        out.push((ticket, era));
                    }
                    Step::Report(..) | Step::GiveBack(_) | Step::Answered(_) => {}
                }
                prop_assert!(model.probes <= 1);
            }
        }
    }

    #[test]
    fn five_in_a_row_open_it_and_a_success_between_does_not() {
        let mut machine = Machine::default();
        let mut call = |outcome, now| machine.admit(now).map(|ticket| machine.report(ticket, outcome, now));
        let at = Duration::from_secs;
        for _ in 0..4 {
            call(Outcome::Failure, at(0)).unwrap();
        }
        call(Outcome::Success, at(0)).unwrap();
        for _ in 0..5 {
            call(Outcome::Failure, at(1)).unwrap();
        }
        assert_eq!(call(Outcome::Success, at(30)), Err(Held::Open(at(1))));
        call(Outcome::Failure, at(31)).unwrap();
        assert_eq!(call(Outcome::Success, at(60)), Err(Held::Open(at(1))));
        call(Outcome::Success, at(61)).unwrap();
        call(Outcome::Success, at(61)).unwrap();
    }

    #[test]
    fn a_late_success_from_before_it_opened_does_not_close_it() {
        let mut machine = Machine::default();
        let now = Duration::ZERO;
        let late = machine.admit(now).unwrap();
        for _ in 0..THRESHOLD {
            let ticket = machine.admit(now).unwrap();
            machine.report(ticket, Outcome::Failure, now);
        }
        machine.report(late, Outcome::Success, now);
        assert_eq!(machine.admit(now), Err(Held::Open(REST)));
    }

    #[test]
    fn a_probe_that_was_given_back_lets_the_next_one_try() {
        let mut machine = Machine::default();
        for _ in 0..THRESHOLD {
            let ticket = machine.admit(Duration::ZERO).unwrap();
            machine.report(ticket, Outcome::Failure, Duration::ZERO);
        }
        let probe = machine.admit(REST).unwrap();
        assert_eq!(machine.admit(REST), Err(Held::Probing));
        machine.give_back(probe);
        let probe = machine.admit(REST).unwrap();
        assert_eq!(machine.admit(REST), Err(Held::Probing));
        let body = machine.answered(probe);
        assert!(machine.admit(REST).is_ok(), "others pass while the body is read");
        machine.report(body, Outcome::Failure, REST);
        assert_eq!(machine.admit(REST), Err(Held::Open(REST)), "and a cut body opens it again");
    }
}
