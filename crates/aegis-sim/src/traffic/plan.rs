//! Decides who talks to which model when, and whether something goes wrong in it.
//! Called by `history` for instants in the past and by `live` for now.
//! Invariant: the `n`th plan of a seed is the same whatever was planned before it.

use crate::dice::Dice;
use crate::org::{App, Office, Organisation, Person, TEAMS, Team, activity};
use aegis_domain::Timestamp;
use std::time::Duration;

/// What is special about a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Clean,
    /// Somebody's data is in it.
    Leak,
    /// Somebody tries to turn the model.
    Attack,
}

/// A conversation before it begins.
pub(crate) struct Plan {
    pub number: u64,
    pub at: Timestamp,
    pub team: &'static Team,
    pub app: &'static App,
    /// None for customers and jobs: the application speaks for itself.
    pub person: Option<Person>,
    pub office: Office,
    pub model: &'static str,
    pub turns: i64,
    pub content: Content,
}

/// Models that applications still ask for after the vendor took them away.
const RETIRED: &[&str] = &["gpt-4-0613", "claude-3-opus-20240229"];
/// How often that happens.
const RETIRED_RATE: f64 = 0.008;

/// Makes plans.
pub(crate) struct Planner<'o> {
    org: &'o Organisation,
    seed: u64,
}

impl<'o> Planner<'o> {
    /// For one organisation.
    pub fn new(org: &'o Organisation, seed: u64) -> Self {
        Planner { org, seed }
    }

    /// The `n`th conversation of a history: somewhere between two instants, when its people are at work.
    pub fn past(&self, n: u64, from: Timestamp, to: Timestamp) -> Plan {
        let mut dice = Dice::numbered(self.seed, "past", n);
        let (team, app) = choose_app(&mut dice, |_| 1.0);
        let (person, office) = self.choose_person(team, app, &mut dice);
        let span = (to.millis() - from.millis()).max(1);
        // Draw instants until one fits the rhythm; the bound is for rhythms that are nearly always quiet.
        let mut at = from;
        for _ in 0..200 {
            let offset = dice.between(0, span - 1);
            at = from.plus(Duration::from_millis(offset.unsigned_abs()));
            let growth = 0.7 + 0.3 * offset as f64 / span as f64;
            if dice.chance(activity(app.rhythm, office, at) * growth * self.day_factor(at)) {
                break;
            }
        }
        finish(n, at, team, app, person, office, &mut dice)
    }

    /// The `n`th conversation from now on, by people who are awake.
    pub fn present(&self, n: u64, now: Timestamp) -> Plan {
        let mut dice = Dice::numbered(self.seed, "present", n);
        let awake = |team: &Team, app: &App| {
            let best = team.offices.iter().map(|o| activity(app.rhythm, *o, now)).fold(0.0, f64::max);
            0.2 + best
        };
        let index = opening_app(n);
        let (team, app) = match index {
            Some(id) => find_app(id),
            None => choose_app(&mut dice, |(team, app)| awake(team, app)),
        };
        let (mut person, mut office) = self.choose_person(team, app, &mut dice);
        for _ in 0..4 {
            if activity(app.rhythm, office, now) > 0.3 {
                break;
            }
            (person, office) = self.choose_person(team, app, &mut dice);
        }
        let mut plan = finish(n, now, team, app, person, office, &mut dice);
        if let Some(&(_, _, content)) = OPENING.iter().find(|(at, _, _)| *at == n) {
            plan.content = content;
            plan.turns = 1;
            plan.model = app.models[0].0;
        }
        plan
    }

    /// Some days are busier than others.
    fn day_factor(&self, at: Timestamp) -> f64 {
        let day = at.millis().div_euclid(86_400_000).unsigned_abs();
        0.78 + 0.22 * Dice::numbered(self.seed, "day", day).unit()
    }

    fn choose_person(&self, team: usize, app: &App, dice: &mut Dice) -> (Option<Person>, Office) {
        let person = self.org.someone(team, dice);
        let by_hand = matches!(app.rhythm, crate::org::Rhythm::Staff);
        (by_hand.then(|| person.clone()), person.office)
    }
}

/// A live run opens with these, so that whoever looks sees something at once: quick models, one turn each.
const OPENING: &[(u64, &str, Content)] = &[
    (0, "portal-chat", Content::Leak),
    (1, "helpdesk-copilot", Content::Clean),
    (2, "claims-triage", Content::Leak),
    (6, "portal-chat", Content::Attack),
];

fn opening_app(n: u64) -> Option<&'static str> {
    OPENING.iter().find(|(at, _, _)| *at == n).map(|(_, id, _)| *id)
}

fn find_app(id: &str) -> (usize, &'static App) {
    apps()
        .find(|(_, app)| app.id == id)
        .expect("the opening names applications that exist; a test opens them all")
}

fn apps() -> impl Iterator<Item = (usize, &'static App)> + Clone {
    TEAMS.iter().enumerate().flat_map(|(i, team)| team.apps.iter().map(move |app| (i, app)))
}

fn choose_app(dice: &mut Dice, weight: impl Fn((&Team, &App)) -> f64) -> (usize, &'static App) {
    let weights: Vec<f64> = apps().map(|(i, app)| app.share * weight((TEAMS[i], app))).collect();
    let chosen = dice.weighted(weights.into_iter());
    apps().nth(chosen).expect("an index of a weight is an index of an application")
}

fn finish(
    number: u64,
    at: Timestamp,
    team: usize,
    app: &'static App,
    person: Option<Person>,
    office: Office,
    dice: &mut Dice,
) -> Plan {
    let mut model = app.models[dice.weighted(app.models.iter().map(|m| m.1))].0;
    if dice.chance(RETIRED_RATE) {
        let same_vendor = |m: &&&str| m.starts_with("claude") == model.starts_with("claude");
        model = RETIRED.iter().find(same_vendor).copied().unwrap_or(model);
    }
    let draw = dice.unit();
    let content = if draw < app.attack_rate {
        Content::Attack
    } else if draw < app.attack_rate + app.leak_rate {
        Content::Leak
    } else {
        Content::Clean
    };
    // Most conversations are short.
    let turns = dice.between(1, app.turns).min(dice.between(1, app.turns));
    Plan { number, at, team: TEAMS[team], app, person, office, model, turns, content }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::org::Rhythm;

    #[test]
    fn history_keeps_office_hours_and_weekends() {
        let org = Organisation::new(1);
        let planner = Planner::new(&org, 1);
        // Four whole weeks, Monday to Sunday.
        let from: Timestamp = "2026-10-26T00:00:00.000Z".parse().unwrap();
        let to: Timestamp = "2026-11-23T00:00:00.000Z".parse().unwrap();
        let (mut weekend, mut night, mut staff) = (0, 0, 0);
        for n in 0..4_000 {
            let plan = planner.past(n, from, to);
            assert!(from <= plan.at && plan.at < to);
            if plan.app.rhythm == Rhythm::Staff {
                let local = plan.at.millis() / 60_000 + plan.office.offset_minutes();
                staff += 1;
                weekend += i32::from((local / 1440 + 3) % 7 >= 5);
                night += i32::from(!(6..22).contains(&(local / 60 % 24)));
                assert!(plan.person.is_some());
            }
        }
        assert!(staff > 1_500, "{staff}");
        assert!(weekend * 100 / staff <= 4, "{weekend} of {staff} at weekends");
        assert!(night * 100 / staff <= 4, "{night} of {staff} at night");
    }

    #[test]
    fn leaks_and_attacks_are_few() {
        let org = Organisation::new(2);
        let planner = Planner::new(&org, 2);
        let now: Timestamp = "2026-11-23T15:00:00.000Z".parse().unwrap();
        let plans: Vec<Plan> = (10..3_010).map(|n| planner.present(n, now)).collect();
        let share = |c: Content| plans.iter().filter(|p| p.content == c).count() as f64 / plans.len() as f64;
        assert!((0.05..0.16).contains(&share(Content::Leak)), "{}", share(Content::Leak));
        assert!((0.002..0.02).contains(&share(Content::Attack)), "{}", share(Content::Attack));
    }

    #[test]
    fn a_live_run_opens_with_a_leak() {
        let org = Organisation::new(3);
        let planner = Planner::new(&org, 3);
        let now: Timestamp = "2026-11-23T03:00:00.000Z".parse().unwrap();
        for (n, app, content) in OPENING {
            let plan = planner.present(*n, now);
            assert_eq!((plan.app.id, plan.content, plan.turns), (*app, *content, 1));
        }
        assert_eq!(planner.present(0, now).content, Content::Leak);
    }
}
