//! What time it is, and waiting for it to pass; handed in, so that tests decide both.
//! Called by everything here that waits, gives up or remembers.

use aegis_domain::{Clock, SystemClock, Timestamp};
use parking_lot::Mutex;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

/// A wait.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send + Sync>>;

/// Time as calls see it.
pub trait Time: Clock {
    /// Time since some beginning; never goes back, unlike the wall clock.
    fn monotonic(&self) -> Duration;
    /// Returns a future that ends after so long.
    fn sleep(&self, duration: Duration) -> Sleep;
}

/// The machine's time.
pub struct SystemTime(Instant);

impl Default for SystemTime {
    fn default() -> Self {
        SystemTime(Instant::now())
    }
}

impl Clock for SystemTime {
    fn now(&self) -> Timestamp {
        SystemClock.now()
    }
}

impl Time for SystemTime {
    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Time that tests move by hand.
#[derive(Default)]
pub struct ManualTime {
    hand: Mutex<Hand>,
    changed: Notify,
}

#[derive(Default)]
struct Hand {
    now: Duration,
    sleepers: Vec<Sleeper>,
}

struct Sleeper {
    asked: Duration,
    due: Duration,
    wake: oneshot::Sender<()>,
}

impl ManualTime {
    /// Moves time forward and wakes whoever waited for that.
    pub fn advance(&self, by: Duration) {
        let mut hand = self.hand.lock();
        hand.now += by;
        let now = hand.now;
        for sleeper in hand.sleepers.extract_if(.., |sleeper| sleeper.due <= now) {
            // an error means that the sleeper is gone
            let _ = sleeper.wake.send(());
        }
    }

    /// Waits until somebody waits who asked for exactly that long.
    pub async fn asleep(&self, duration: Duration) {
        loop {
            let changed = self.changed.notified();
            let waits = |sleeper: &Sleeper| sleeper.asked == duration && !sleeper.wake.is_closed();
            if self.hand.lock().sleepers.iter().any(waits) {
                return;
            }
            changed.await;
        }
    }
}

impl Clock for ManualTime {
    fn now(&self) -> Timestamp {
        // 2026-11-23T09:00:00Z, so that dates in answers look like dates
        Timestamp::from_millis(1_795_424_400_000).plus(self.hand.lock().now)
    }
}

impl Time for ManualTime {
    fn monotonic(&self) -> Duration {
        self.hand.lock().now
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let (wake, woken) = oneshot::channel();
        let mut hand = self.hand.lock();
        let due = hand.now + duration;
        hand.sleepers.retain(|sleeper| !sleeper.wake.is_closed());
        if due > hand.now {
            hand.sleepers.push(Sleeper { asked: duration, due, wake });
        }
        drop(hand);
        self.changed.notify_waiters();
        Box::pin(async move {
            // an error means that it was due at once
            let _ = woken.await;
        })
    }
}
