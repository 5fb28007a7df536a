//! What a check of a credential found. Used by every adapter's `judge`.

use super::{Answer, Fault};
use aegis_domain::{Ability, Standing};
use std::collections::BTreeMap;

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// Set by the first check that settles it: does the vendor know the credential?
    pub known: Option<Known>,
    /// Abilities this answer settles, each with the vendor's own words or ours where it said none.
    pub abilities: Vec<(Ability, Standing, String)>,
    /// What later calls need: team id, organisation's slug, project. No secrets.
    pub learnt: BTreeMap<String, String>,
}

/// Whether the vendor knows a credential. 429 and 5xx settle nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It answered as to one of its own.
    Valid,
    /// It said no.
    Invalid,
}

impl Verdict {
    /// Proved by a call that went well.
    pub fn has(abilities: &[Ability]) -> Self {
        Verdict { known: Some(Known::Valid), ..Verdict::default() }.and(abilities, Standing::Has, "")
    }

    /// What a refusal says about the abilities that were asked for. A vendor that is down, or that says to wait,
    /// settles nothing; one that says what is lacking knows the credential.
    pub fn refused(abilities: &[Ability], fault: Fault) -> Self {
        let (known, standing, said) = match fault {
            Fault::Invalid { said } => (Some(Known::Invalid), Standing::Lacks, said),
            Fault::Lacks { said } | Fault::Missing { said } => (Some(Known::Valid), Standing::Lacks, said),
            Fault::Exhausted { said } => (Some(Known::Valid), Standing::Unclear, said),
            Fault::Refused { said } => (None, Standing::Unclear, said),
            Fault::TooMany { .. } => {
                (None, Standing::Unclear, "too many requests: asked again later".to_owned())
            }
            Fault::Unavailable | Fault::Restart => {
                (None, Standing::Unclear, "the vendor did not answer".to_owned())
            }
        };
        Verdict { known, ..Verdict::default() }.and(abilities, standing, &said)
    }

    /// `has` for a success, `refused` for the rest.
    pub fn of(abilities: &[Ability], answer: &Answer, fault: impl FnOnce(&Answer) -> Fault) -> Self {
        if answer.ok() { Verdict::has(abilities) } else { Verdict::refused(abilities, fault(answer)) }
    }

    /// With abilities that this answer settles, too.
    pub fn and(mut self, abilities: &[Ability], standing: Standing, said: &str) -> Self {
        self.abilities.extend(abilities.iter().map(|a| (*a, standing, said.to_owned())));
        self
    }

    /// With something that later calls need.
    pub fn learn(mut self, name: &str, value: impl Into<String>) -> Self {
        self.learnt.insert(name.to_owned(), value.into());
        self
    }
}
