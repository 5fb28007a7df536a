//! What people did in a vendor's console: log-ins, keys made and deleted, settings changed.
//! Called by the views of audit logs. The acts of a day follow from the seed and the day.

use super::{Account, BEGINNING, MAX_SPAN, Subject};
use crate::admin::when::{self, DAY};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    LogIn,
    LogInFailed,
    KeyMade,
    KeyDeleted,
    MemberInvited,
    RoleChanged,
    LimitChanged,
    SettingChanged,
}

const DEEDS: [Deed; 8] = [
    Deed::LogIn,
    Deed::LogInFailed,
    Deed::KeyMade,
    Deed::KeyDeleted,
    Deed::MemberInvited,
    Deed::RoleChanged,
    Deed::LimitChanged,
    Deed::SettingChanged,
];

/// Days looked at in one call at most.
const MAX_DAYS: i64 = 400;

/// One act.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub id: String,
    /// Grows with time.
    pub number: i64,
    pub at: i64,
    pub deed: Deed,
    /// Who did it: a member's place.
    pub member: usize,
    /// A key's place.
    pub key: usize,
    pub ip: String,
}

impl Account {
    /// The acts of `from..to`, oldest first.
    pub fn acts(&self, from: i64, to: i64) -> Vec<Act> {
        let from = from.max(BEGINNING).max(to.saturating_sub(MAX_DAYS * DAY));
        let to = to.min(from.saturating_add(MAX_SPAN));
        let mut acts = Vec::new();
        let mut day = when::floor(from, DAY);
        while day < to {
            let mut dice = self.dice("acts", day);
            let mut seconds: Vec<i64> = (0..dice.between(1, 4)).map(|_| dice.between(0, DAY - 1)).collect();
            seconds.sort_unstable();
            for (n, second) in seconds.into_iter().enumerate() {
                let deed = DEEDS[dice.weighted([6.0, 1.0, 1.5, 0.7, 1.0, 0.6, 0.6, 1.0].into_iter())];
                let act = Act {
                    id: (self.vendor.id_of)(Subject::Act, &mut dice),
                    number: (day - BEGINNING) / DAY * 10 + n as i64 + 1,
                    at: day + second,
                    deed,
                    member: dice.below(self.directory.members.len()),
                    key: dice.below(self.directory.keys.len()),
                    ip: format!("192.0.2.{}", dice.between(1, 254)),
                };
                if (from..to).contains(&act.at) {
                    acts.push(act);
                }
            }
            day += DAY;
        }
        acts
    }
}
