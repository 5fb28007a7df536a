//! The arithmetic of lockouts: how many guesses an account and an address get.
//! Called at log-in, which counts a guess *before* looking at the password, so that guesses made at once cannot slip
//! past the limit, and gives the count back when the password was right.
//!
//! Time is cut into slots of five minutes; the guesses of the present slot and the three before count. A guess
//! therefore counts for 15 to 20 minutes, and no 15 minutes ever hold more guesses than the limit. Each slot is a
//! document of its own, so that nothing has to be reset and nodes need agree on nothing but the time.
//! Invariant: an account nobody has locks exactly like one that exists: the key is made from the text typed.

use crate::token::sha256_hex;
use aegis_domain::Timestamp;
use std::net::IpAddr;
use std::time::Duration;

/// Width of a slot.
pub const SLOT: Duration = Duration::from_secs(5 * 60);
/// Slots that count: the present one and enough before it to cover 15 minutes wherever in its slot `now` lies.
pub const SLOTS: usize = 4;
/// Guesses at one account.
pub const ACCOUNT_LIMIT: i64 = 5;
/// Guesses from one address: higher, because a whole office may sit behind it.
pub const ADDRESS_LIMIT: i64 = 20;

/// Whose guesses are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An account, by normalised e-mail address. Kept as a hash: what people type may be a password.
    Account(String),
    /// A client address; of IPv6 the /64, which is what one customer holds.
    Address(IpAddr),
}

impl Subject {
    /// Guesses allowed.
    pub fn limit(&self) -> i64 {
        match self {
            Subject::Account(_) => ACCOUNT_LIMIT,
            Subject::Address(_) => ADDRESS_LIMIT,
        }
    }

    fn key(&self) -> String {
        match self {
            Subject::Account(email) => format!("account:{}", sha256_hex(email.as_bytes())),
            Subject::Address(address) => format!("address:{}", crate::client_address::network(*address)),
        }
    }
}

/// A counter's document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its id.
    pub id: String,
    /// When its guesses stop counting and it may go.
    pub expires_at: Timestamp,
}

/// Returns the slots that count at `now`, the present one first.
pub fn slots(subject: &Subject, now: Timestamp) -> [Slot; SLOTS] {
    let key = subject.key();
    let present = now.floor(SLOT);
    std::array::from_fn(|back| {
        let start = present.minus(SLOT * back as u32);
        let number = start.millis() / SLOT.as_millis() as i64;
        Slot { id: format!("{key}:{number}"), expires_at: start.plus(SLOT * SLOTS as u32) }
    })
}

/// What the counts say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// One more guess may be tried; the present slot may reach `present_max` with it.
    Open {
        /// Upper bound for the present slot's count, this guess included.
        present_max: i64,
    },
    /// No more guesses before this instant.
    Locked {
        /// When enough guesses stop counting.
        until: Timestamp,
    },
}

/// Judges the counts of [`slots`], in the same order.
pub fn standing(subject: &Subject, counts: [i64; SLOTS], now: Timestamp) -> Standing {
    let limit = subject.limit();
    let before: i64 = counts[1..].iter().sum();
    if counts[0].saturating_add(before) < limit {
        return Standing::Open { present_max: limit - before };
    }
    // Old slots stop counting first; the lock ends with the one that brings the sum below the limit.
    let mut sum = counts[0].saturating_add(before);
    let slots = slots(subject, now);
    for (slot, count) in slots.iter().zip(counts).rev() {
        sum -= count;
        if sum < limit {
            return Standing::Locked { until: slot.expires_at };
        }
    }
    Standing::Locked { until: slots[0].expires_at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn maria() -> Subject {
        Subject::Account("maria@corp.example".into())
    }

    fn at(minutes: u64) -> Timestamp {
        let start: Timestamp = "2026-11-23T09:00:00.000Z".parse().unwrap();
        start.plus(Duration::from_secs(60 * minutes))
    }

    /// Counts guesses as the server does, in a map.
    #[derive(Default)]
    struct Counters(HashMap<String, i64>);

    impl Counters {
        fn guess(&mut self, subject: &Subject, now: Timestamp) -> bool {
            let slots = slots(subject, now);
            let counts = std::array::from_fn(|i| self.0.get(&slots[i].id).copied().unwrap_or(0));
            match standing(subject, counts, now) {
                Standing::Open { present_max } => {
                    let count = self.0.entry(slots[0].id.clone()).or_default();
                    *count += 1;
                    assert!(*count <= present_max);
                    true
                }
                Standing::Locked { until } => {
                    assert!(until > now && until <= now.plus(SLOT * SLOTS as u32));
                    false
                }
            }
        }
    }

    #[test]
    fn the_sixth_guess_is_refused_for_fifteen_minutes() {
        let mut counters = Counters::default();
        for _ in 0..5 {
            assert!(counters.guess(&maria(), at(4)));
        }
        for minute in [4, 5, 10, 15, 19] {
            assert!(!counters.guess(&maria(), at(minute)), "minute {minute}");
        }
        assert!(counters.guess(&maria(), at(20)));
    }

    #[test]
    fn the_lock_ends_when_enough_guesses_stop_counting() {
        let now = at(16);
        assert_eq!(standing(&maria(), [1, 0, 0, 4], now), Standing::Locked { until: at(20) });
        assert_eq!(standing(&maria(), [5, 0, 0, 4], now), Standing::Locked { until: at(35) });
        assert_eq!(standing(&maria(), [1, 0, 3, 0], now), Standing::Open { present_max: 2 });
        assert_eq!(standing(&maria(), [i64::MAX, 1, 0, 0], now), Standing::Locked { until: at(35) });
    }

    #[test]
    fn the_key_shows_no_address_typed() {
        assert!(!slots(&maria(), at(0))[0].id.contains("maria"));
        let a = Subject::Address("2001:db8:1:2:3::4".parse().unwrap());
        let b = Subject::Address("2001:db8:1:2:ffff::1".parse().unwrap());
        assert_eq!(slots(&a, at(0)), slots(&b, at(0)), "one customer's /64 is one subject");
    }

    proptest! {
        #[test]
        fn no_fifteen_minutes_hold_more_guesses_than_the_limit(steps in prop::collection::vec(0u64..400, 1..120)) {
            let mut counters = Counters::default();
            let mut now = at(0);
            let mut passed: Vec<Timestamp> = Vec::new();
            for seconds in steps {
                now = now.plus(Duration::from_secs(seconds));
                if counters.guess(&maria(), now) {
                    passed.push(now);
                }
            }
            for window in passed.windows(ACCOUNT_LIMIT as usize + 1) {
                prop_assert!(window[0].plus(Duration::from_secs(900)) < window[ACCOUNT_LIMIT as usize]);
            }
        }
    }
}
