//! Proves a credential: asks the vendor step by step what it may do.
//! Called when a credential is connected, and when somebody checks it again.
//! Invariant: only what the vendor means as "unknown" makes a credential invalid; a vendor that is down settles nothing.

use crate::access::Access;
use crate::send::{SendError, Sender};
use aegis_domain::Ability;
use aegis_vendors::admin::{Known, Standing, Verdict};
use std::collections::BTreeMap;

/// Steps at most: adapters have six.
const STEPS: usize = 16;

/// What checks found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proof {
    /// Whether the vendor knows the credential; none where it could not be told now.
    pub known: Option<Known>,
    /// What it may do, with the vendor's own words.
    pub abilities: BTreeMap<Ability, (Standing, String)>,
    /// What later calls need: put it into `Credential::learnt`.
    pub learnt: BTreeMap<String, String>,
    /// Why a check could not be made, where one could not.
    pub failed: Option<String>,
}

impl Proof {
    /// True when an ability was proved.
    pub fn has(&self, ability: Ability) -> bool {
        self.abilities.get(&ability).is_some_and(|(standing, _)| *standing == Standing::Has)
    }

    fn enter(&mut self, verdict: Verdict) {
        self.known = self.known.or(verdict.known);
        for (ability, standing, said) in verdict.abilities {
            match self.abilities.get(&ability) {
                // what one step refused, a later one does not prove
                Some((Standing::Lacks, _)) => {}
                _ => {
                    self.abilities.insert(ability, (standing, said));
                }
            }
        }
        self.learnt.extend(verdict.learnt);
    }
}

/// Asks until no step is left, or the vendor does not know the credential.
pub async fn check(sender: &Sender, access: &Access) -> Proof {
    let mut access = access.clone();
    let mut proof = Proof::default();
    let abilities = access.api.catalogue().kind(&access.credential.kind).map_or(&[][..], |k| k.abilities);
    for step in 0..STEPS {
        let now = sender.time().now();
        let Some(request) = access.api.check(step, &access.credential, now) else { break };
        match sender.send(&access, "check", &request).await {
            Ok(reply) => proof.enter(access.api.judge(step, &reply.answer(), &access.credential)),
            Err(SendError::Exchange(fault)) => {
                proof.enter(Verdict::refused(abilities, fault));
                break;
            }
            Err(error) => {
                proof.failed = Some(error.to_string());
                break;
            }
        }
        if proof.known == Some(Known::Invalid) {
            proof.enter(Verdict::default().and(
                abilities,
                Standing::Lacks,
                "the vendor does not know the credential",
            ));
            break;
        }
        access.credential.learnt.extend(proof.learnt.clone());
    }
    proof
}
