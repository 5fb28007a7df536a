//! When people work: how busy a rhythm is at an instant, in an office's local time.
//! Called to place conversations in the past and to choose who is awake now. Offices keep winter time all year.

use aegis_domain::Timestamp;

/// Where people sit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Office {
    Austin,
    NewYork,
    London,
    Berlin,
    Bengaluru,
    Singapore,
}

impl Office {
    /// Minutes ahead of UTC.
    pub fn offset_minutes(self) -> i64 {
        match self {
            Office::Austin => -360,
            Office::NewYork => -300,
            Office::London => 0,
            Office::Berlin => 60,
            Office::Bengaluru => 330,
            Office::Singapore => 480,
        }
    }

    /// As labels name it.
    pub fn name(self) -> &'static str {
        match self {
            Office::Austin => "austin",
            Office::NewYork => "new-york",
            Office::London => "london",
            Office::Berlin => "berlin",
            Office::Bengaluru => "bengaluru",
            Office::Singapore => "singapore",
        }
    }
}

/// Who sets the pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rhythm {
    /// Employees: office hours, a lunch dip, hardly a weekend.
    Staff,
    /// Customers: days and evenings, weekends too.
    Customers,
    /// Jobs: nights mostly, and a trickle.
    Jobs,
}

/// Per cent of the peak by local hour.
const STAFF: [u8; 24] =
    [1, 1, 1, 1, 1, 2, 6, 20, 55, 85, 100, 95, 60, 70, 92, 96, 85, 60, 28, 14, 9, 6, 3, 2];
const CUSTOMERS: [u8; 24] =
    [12, 8, 5, 4, 4, 6, 14, 30, 48, 60, 68, 72, 76, 70, 66, 66, 70, 80, 92, 100, 96, 78, 48, 24];
const JOBS: [u8; 24] =
    [60, 95, 100, 90, 60, 40, 30, 25, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 25, 30, 30, 35, 40, 50];

/// How busy it is at `at`, from nearly 0 to 1.
pub(crate) fn activity(rhythm: Rhythm, office: Office, at: Timestamp) -> f64 {
    let local_minutes = at.millis().div_euclid(60_000) + office.offset_minutes();
    let hour = local_minutes.div_euclid(60).rem_euclid(24) as usize;
    let next = (hour + 1) % 24;
    let into = local_minutes.rem_euclid(60) as f64 / 60.0;
    let table = match rhythm {
        Rhythm::Staff => &STAFF,
        Rhythm::Customers => &CUSTOMERS,
        Rhythm::Jobs => &JOBS,
    };
    let level = f64::from(table[hour]) * (1.0 - into) + f64::from(table[next]) * into;
    // 1970-01-01 was a Thursday; 0 is Monday here.
    let weekday = (local_minutes.div_euclid(24 * 60) + 3).rem_euclid(7);
    let day = match (rhythm, weekday) {
        (Rhythm::Staff, 5) => 0.06,
        (Rhythm::Staff, 6) => 0.04,
        (Rhythm::Staff, 4) => 0.88,
        (Rhythm::Customers, 5 | 6) => 0.7,
        (Rhythm::Jobs, 6) => 0.5,
        _ => 1.0,
    };
    level / 100.0 * day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_busy_by_their_own_clocks() {
        let at = |t: &str| t.parse::<Timestamp>().unwrap();
        let busy = |office, t: &str| activity(Rhythm::Staff, office, at(t));
        // A Monday, 10:00 in Berlin.
        assert!(busy(Office::Berlin, "2026-11-23T09:00:00.000Z") > 0.9);
        assert!(busy(Office::Austin, "2026-11-23T09:00:00.000Z") < 0.05);
        assert!(busy(Office::Austin, "2026-11-23T16:00:00.000Z") > 0.9);
        // A Sunday.
        assert!(busy(Office::Berlin, "2026-11-22T09:00:00.000Z") < 0.05);
        assert!(activity(Rhythm::Customers, Office::Berlin, at("2026-11-22T18:00:00.000Z")) > 0.6);
        assert!(activity(Rhythm::Jobs, Office::Berlin, at("2026-11-24T01:00:00.000Z")) > 0.9);
    }
}
