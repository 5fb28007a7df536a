//! Conversations typed into the vendors' own applications, a few of which hold what they should not. All made up, and
//! marked so in their names.
//! Called by the views of content feeds. The chats of a day follow from the seed and the day.

use super::{Account, BEGINNING, MAX_SPAN, Subject};
use crate::admin::when::{self, DAY, MINUTE};
use crate::org::{Facts, Organisation, Style, TEAMS};

/// Days looked at in one call at most.
const MAX_DAYS: i64 = 400;
/// Chats of a day at most.
const PER_DAY: i64 = 5;

/// A conversation of one question and its answer.
#[derive(Debug, Clone)]
pub(crate) struct Chat {
    pub id: String,
    pub number: i64,
    pub at: i64,
    pub answered: i64,
    pub name: String,
    /// A member's place.
    pub member: usize,
    pub question: String,
    pub answer: &'static str,
}

const ANSWERS: &[&str] = &[
    "Here is a shorter version that keeps the main points.",
    "I would ask for the missing document first and confirm the date in writing.",
    "That looks consistent. Two details are worth checking with the customer.",
    "Done. The wording is neutral and fits on one page.",
];

impl Account {
    /// The chats begun in `from..to`, oldest first.
    pub fn chats(&self, org: &Organisation, from: i64, to: i64) -> Vec<Chat> {
        let from = from.max(BEGINNING).max(to.saturating_sub(MAX_DAYS * DAY));
        let to = to.min(from.saturating_add(MAX_SPAN));
        let mut chats = Vec::new();
        let mut day = when::floor(from, DAY);
        while day < to {
            chats.extend(self.chats_of(org, day).into_iter().filter(|c| (from..to).contains(&c.at)));
            day += DAY;
        }
        chats
    }

    /// The chat with this id, begun before `to`; the latest are looked through first.
    pub fn chat(&self, org: &Organisation, id: &str, to: i64) -> Option<Chat> {
        let days = (0..=MAX_DAYS).map(|n| when::floor(to, DAY) - n * DAY).take_while(|day| *day >= BEGINNING);
        days.flat_map(|day| self.chats_of(org, day)).find(|chat| chat.id == id && chat.at < to)
    }

    fn chats_of(&self, org: &Organisation, day: i64) -> Vec<Chat> {
        let mut dice = self.dice("chats", day);
        let mut seconds: Vec<i64> =
            (0..dice.between(1, PER_DAY)).map(|_| dice.between(7 * 3_600, 19 * 3_600)).collect();
        seconds.sort_unstable();
        let mut chats = Vec::new();
        for (n, second) in seconds.into_iter().enumerate() {
            let member = dice.below(self.directory.members.len());
            let team = TEAMS[self.directory.members[member].project % TEAMS.len()];
            let Some(app) = team.apps.iter().find(|a| matches!(a.style, Style::Chat)).or(team.apps.first())
            else {
                continue;
            };
            let leak = dice.chance(0.2);
            let template = dice.pick(if leak { app.leaks } else { app.asks });
            let question = Facts::new(&mut dice).tell(template, org, &mut dice);
            let number = (day - BEGINNING) / DAY * 10 + n as i64 + 1;
            chats.push(Chat {
                id: (self.vendor.id_of)(Subject::Chat, &mut dice),
                number,
                at: day + second,
                answered: day + second + dice.between(4, 90) + MINUTE,
                name: format!("Made-up chat {number} of {}", team.id),
                member,
                question,
                answer: dice.pick(ANSWERS),
            });
        }
        chats
    }
}
