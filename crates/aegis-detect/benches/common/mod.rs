//! Times work by what the processor spent on it, so that a busy machine does not spoil a figure.

use std::time::{Duration, Instant};

/// The time one call of `work` takes, averaged over as many as fill `at_least`: on Linux by the scheduler's
/// account of this thread, elsewhere by the wall clock.
pub fn time(at_least: Duration, mut work: impl FnMut()) -> Duration {
    work();
    let (cpu, wall) = (on_cpu(), Instant::now());
    let spent = || match (cpu, on_cpu()) {
        (Some(begun), Some(now)) => now.saturating_sub(begun),
        _ => wall.elapsed(),
    };
    let mut calls = 0;
    loop {
        work();
        calls += 1;
        // the account is kept in ticks of some milliseconds, so it is not what says when to stop
        if wall.elapsed() >= at_least {
            return spent() / calls;
        }
    }
}

/// Time on a processor so far.
fn on_cpu() -> Option<Duration> {
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    account.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
