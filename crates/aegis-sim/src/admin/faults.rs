//! What goes wrong on purpose: rules switched on at run time, and profiles for the command line.
//! Called by the layer around the vendors for each call; set by `/_sim/faults`. Invariant: what happens to a vendor's
//! `n`th call follows from the seed, the rules and `n`.

use crate::dice::Dice;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Rules at most: a test needs a few.
const MAX_RULES: usize = 200;
/// Longer waits would outlive every client.
const MAX_DELAY_MS: u64 = 120_000;

/// Faults for the whole run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Profile {
    /// Nothing goes wrong.
    #[default]
    None,
    /// A few rate limits, errors and slow answers.
    Light,
    /// A call in three fails, in every way there is.
    Rough,
    /// Nothing works.
    Down,
}

impl Profile {
    /// Reads its name, as `--faults` takes it.
    pub fn read(name: &str) -> Option<Profile> {
        match name {
            "none" => Some(Profile::None),
            "light" => Some(Profile::Light),
            "rough" => Some(Profile::Rough),
            "down" => Some(Profile::Down),
            _ => None,
        }
    }

    fn rules(self) -> Vec<Rule> {
        let of = |kind: Kind, probability: f64| Rule {
            probability: Some(probability),
            delay_ms: 400,
            ..Rule::new(kind)
        };
        match self {
            Profile::None => Vec::new(),
            Profile::Light => {
                vec![of(Kind::RateLimit, 0.03), of(Kind::Error, 0.01), of(Kind::Slow, 0.02)]
            }
            Profile::Rough => vec![
                of(Kind::RateLimit, 0.10),
                of(Kind::Error, 0.08),
                of(Kind::Cut, 0.05),
                of(Kind::BadJson, 0.03),
                of(Kind::Reset, 0.04),
                of(Kind::Slow, 0.05),
            ],
            Profile::Down => vec![of(Kind::Error, 1.0)],
        }
    }
}

/// A way to go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// 429 in the vendor's words.
    RateLimit,
    /// `status` in the vendor's words.
    Error,
    /// The true answer, after `delay_ms`.
    Slow,
    /// Half of the true answer, then the connection ends.
    Cut,
    /// 200 with something that is not JSON.
    BadJson,
    /// The connection is reset before any answer.
    Reset,
}

impl Kind {
    /// As lists of calls name it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::RateLimit => "rate_limit",
            Kind::Error => "error",
            Kind::Slow => "slow",
            Kind::Cut => "cut",
            Kind::BadJson => "bad_json",
            Kind::Reset => "reset",
        }
    }
}

/// When what goes wrong.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// A vendor's id; every vendor's without it.
    #[serde(default)]
    pub vendor: Option<String>,
    /// Paths that begin so, below the vendor's prefix.
    #[serde(default)]
    pub path: String,
    pub kind: Kind,
    #[serde(default = "broken")]
    pub status: u16,
    /// Seconds.
    #[serde(default = "one")]
    pub retry_after: u64,
    #[serde(default)]
    pub delay_ms: u64,
    /// Calls it still hits; for ever without it.
    #[serde(default)]
    pub next: Option<u64>,
    /// How often it hits; always without it.
    #[serde(default)]
    pub probability: Option<f64>,
    /// Calls it has hit.
    #[serde(default)]
    pub hits: u64,
}

fn broken() -> u16 {
    500
}

fn one() -> u64 {
    1
}

impl Rule {
    fn new(kind: Kind) -> Self {
        let (status, retry_after) = (broken(), one());
        Rule {
            vendor: None,
            path: String::new(),
            kind,
            status,
            retry_after,
            delay_ms: 0,
            next: None,
            probability: None,
            hits: 0,
        }
    }

    fn check(&self) -> Result<(), &'static str> {
        if !(400..=599).contains(&self.status) {
            return Err("status must be from 400 to 599");
        }
        if self.delay_ms > MAX_DELAY_MS {
            return Err("delay_ms must be at most 120000");
        }
        if self.probability.is_some_and(|p| !(0.0..=1.0).contains(&p)) {
            return Err("probability must be from 0 to 1");
        }
        Ok(())
    }
}

/// The rules, and how many calls each vendor has had.
pub(crate) struct Faults {
    seed: u64,
    profile: Profile,
    state: Mutex<State>,
}

struct State {
    rules: Vec<Rule>,
    calls: HashMap<String, u64>,
}

impl Faults {
    /// Begins with a profile.
    pub fn new(seed: u64, profile: Profile) -> Self {
        Faults { seed, profile, state: Mutex::new(State { rules: profile.rules(), calls: HashMap::new() }) }
    }

    /// What happens to this call; the first rule that hits.
    pub fn hit(&self, vendor: &str, path: &str) -> Option<Rule> {
        let mut state = self.state.lock();
        let State { rules, calls } = &mut *state;
        let n = calls.entry(vendor.to_owned()).or_default();
        *n += 1;
        let mut dice = Dice::new(self.seed, vendor, format!("fault {n}").as_bytes());
        for rule in rules.iter_mut() {
            let draw = dice.unit();
            let here =
                rule.vendor.as_deref().is_none_or(|v| v == vendor) && path.starts_with(rule.path.as_str());
            if !here || rule.next == Some(0) || rule.probability.is_some_and(|p| draw >= p) {
                continue;
            }
            rule.next = rule.next.map(|n| n - 1);
            rule.hits += 1;
            return Some(rule.clone());
        }
        None
    }

    /// Adds rules; all or, where one is wrong, none.
    pub fn add(&self, new: Vec<Rule>) -> Result<(), &'static str> {
        new.iter().try_for_each(Rule::check)?;
        let mut state = self.state.lock();
        state.rules.retain(|r| r.next != Some(0));
        if state.rules.len() + new.len() > MAX_RULES {
            return Err("too many rules: DELETE /_sim/faults first");
        }
        state.rules.extend(new);
        Ok(())
    }

    /// Goes over to another profile's rules, or to the one it began with.
    pub fn reset(&self, profile: Option<Profile>) {
        self.state.lock().rules = profile.unwrap_or(self.profile).rules();
    }

    /// The rules as they stand.
    pub fn list(&self) -> Vec<Rule> {
        self.state.lock().rules.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_hits_so_many_calls_of_its_path_and_no_more() {
        let faults = Faults::new(1, Profile::None);
        let rule = Rule {
            vendor: Some("openai".into()),
            path: "/v1/a".into(),
            next: Some(2),
            ..Rule::new(Kind::Error)
        };
        faults.add(vec![rule]).unwrap();
        let hits = |vendor: &str, path: &str| (0..5).filter(|_| faults.hit(vendor, path).is_some()).count();
        assert_eq!(hits("xai", "/v1/a"), 0);
        assert_eq!(hits("openai", "/v1/b"), 0);
        assert_eq!(hits("openai", "/v1/ab"), 2);
        assert_eq!(faults.list()[0].hits, 2);
        faults.reset(None);
        assert!(faults.list().is_empty());
    }

    #[test]
    fn equal_seeds_fail_the_same_calls() {
        let run = |seed| {
            let faults = Faults::new(seed, Profile::Rough);
            (0..300).map(|_| faults.hit("openai", "/").map(|r| r.kind)).collect::<Vec<_>>()
        };
        assert_eq!(run(3), run(3));
        assert_ne!(run(3), run(4));
        let failed = run(3).iter().flatten().count();
        assert!((60..150).contains(&failed), "{failed}");
    }

    #[test]
    fn wrong_rules_are_refused() {
        let faults = Faults::new(1, Profile::None);
        for rule in [
            Rule { status: 200, ..Rule::new(Kind::Error) },
            Rule { delay_ms: 120_001, ..Rule::new(Kind::Slow) },
            Rule { probability: Some(f64::NAN), ..Rule::new(Kind::Slow) },
        ] {
            assert!(faults.add(vec![rule]).is_err());
        }
        assert!(faults.add(vec![Rule::new(Kind::Cut); MAX_RULES + 1]).is_err());
        assert!(faults.list().is_empty());
    }
}
