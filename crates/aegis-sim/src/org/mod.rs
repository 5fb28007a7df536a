//! Larkfield Mutual, a made-up insurer with clinics: its teams, people and applications, and what they write to models.
//! Called by `traffic`, which decides when. Everything follows from the seed.

mod attacks;
mod facts;
mod hours;
mod names;
mod teams;
mod values;

pub(crate) use attacks::ATTACKS;
pub(crate) use facts::Facts;
pub(crate) use hours::{Office, Rhythm, activity};
pub(crate) use teams::{App, Style, TEAMS, Team};

use crate::dice::Dice;
use std::collections::HashSet;

/// Somebody who works here.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub name: String,
    pub email: String,
    pub office: Office,
}

/// The company.
pub(crate) struct Organisation {
    /// By team, in the order of `TEAMS`.
    people: Vec<Vec<Person>>,
}

impl Organisation {
    /// Hires everybody.
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed, "people", b"");
        let mut taken = HashSet::new();
        let mut hire = |team: &Team| loop {
            let (first, last) = (dice.pick(names::FIRST), dice.pick(names::LAST));
            if taken.insert((first, last)) {
                let email = format!("{}.{}@larkfield.example", first.to_lowercase(), last.to_lowercase());
                let office = team.offices[dice.below(team.offices.len())];
                break Person { name: format!("{first} {last}"), email, office };
            }
        };
        let people = TEAMS.iter().map(|t| (0..t.people).map(|_| hire(t)).collect()).collect();
        Organisation { people }
    }

    /// The people of each team, in the order of `TEAMS`.
    pub fn teams(&self) -> impl Iterator<Item = &[Person]> {
        self.people.iter().map(Vec::as_slice)
    }

    /// Somebody of a team; a few people do most of the asking.
    pub fn someone(&self, team: usize, dice: &mut Dice) -> &Person {
        let people = &self.people[team];
        &people[dice.weighted((0..people.len()).map(|i| 1.0 / (i as f64 + 1.5)))]
    }

    /// Anybody at all.
    pub fn anyone(&self, dice: &mut Dice) -> &Person {
        let team = dice.below(self.people.len());
        self.someone(team, dice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_company_has_the_size_it_should() {
        let org = Organisation::new(1);
        let people: usize = org.people.iter().map(Vec::len).sum();
        let apps: usize = TEAMS.iter().map(|t| t.apps.len()).sum();
        assert_eq!(TEAMS.len(), 8);
        assert!((60..=120).contains(&people), "{people}");
        assert!((14..=18).contains(&apps), "{apps}");
        let emails: HashSet<&str> = org.people.iter().flatten().map(|p| p.email.as_str()).collect();
        assert_eq!(emails.len(), people);
        assert!(emails.iter().all(|e| e.ends_with("@larkfield.example")));
    }

    #[test]
    fn every_template_is_written_out_whole() {
        let org = Organisation::new(1);
        let mut dice = Dice::new(1, "templates", b"");
        for app in TEAMS.iter().flat_map(|t| t.apps) {
            let texts = [app.asks, app.leaks, app.follow_ups, std::slice::from_ref(&app.system)];
            let results = match app.style {
                Style::Agent(tool) => {
                    assert!(app.asks.iter().any(|a| a.contains(tool.about)), "{}", app.id);
                    [tool.results, tool.leaks].concat()
                }
                Style::Chat | Style::Extract(_) | Style::Picture => Vec::new(),
            };
            assert!(!app.asks.is_empty() && !app.leaks.is_empty(), "{}", app.id);
            for text in texts.concat().into_iter().chain(results).chain(ATTACKS.iter().copied()) {
                for _ in 0..6 {
                    let told = Facts::new(&mut dice).tell(text, &org, &mut dice);
                    let unfilled = told.split('{').skip(1).any(|r| {
                        r.split_once('}')
                            .is_some_and(|(k, _)| k.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
                    });
                    assert!(!unfilled, "{}: {told}", app.id);
                }
            }
        }
    }
}
