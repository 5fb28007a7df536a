//! What the outputs of a classifier mean: which are attacks, and how many tokens it can take.
//! Read from the `config.json` that lies beside it.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Most tokens ever judged together: a window of the engine has no more in any language.
const MOST_TOKENS: usize = 512;
/// Positions that some families of models keep for themselves.
const KEPT: usize = 2;

/// Words that name a class of attacks, and those that name honest text, as letters alone.
const ATTACKS: &[&str] =
    &["injection", "promptinjection", "jailbreak", "unsafe", "malicious", "attack", "harmful", "label1"];
const HONEST: &[&str] =
    &["safe", "benign", "legit", "legitimate", "honest", "normal", "clean", "noinjection", "label0"];

#[derive(Deserialize)]
struct Config {
    id2label: Option<BTreeMap<String, String>>,
    max_position_embeddings: Option<usize>,
    model_type: Option<String>,
}

/// Which outputs are attacks.
#[derive(Debug, PartialEq)]
pub(crate) struct Labels {
    attacks: Vec<bool>,
    most_tokens: usize,
}

impl Labels {
    /// Honest, attack: what holds unless a file says something else.
    pub(crate) fn usual() -> Self {
        Labels { attacks: vec![false, true], most_tokens: MOST_TOKENS }
    }

    /// Reads `id2label` and the greatest length.
    pub(crate) fn from_json(json: &str) -> Result<Self, String> {
        let config: Config = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let mut labels = Labels::usual();
        if let Some(names) = config.id2label {
            labels.attacks = attacks(&names)?;
        }
        if let Some(most) = config.max_position_embeddings {
            let roberta = config.model_type.as_deref().is_some_and(|kind| kind.contains("roberta"));
            let most = most.saturating_sub(if roberta { KEPT } else { 0 });
            labels.most_tokens = most.clamp(KEPT + 1, MOST_TOKENS);
        }
        Ok(labels)
    }

    /// Most tokens it takes.
    pub(crate) fn most_tokens(&self) -> usize {
        self.most_tokens
    }

    /// The probability, together, of the outputs that are attacks.
    pub(crate) fn attack(&self, logits: &[f32]) -> Result<f32, String> {
        if logits.len() != self.attacks.len() {
            let (given, named) = (logits.len(), self.attacks.len());
            return Err(format!("it has {given} outputs, and {named} are named in id2label of config.json"));
        }
        let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let shares = || logits.iter().map(|logit| (logit - highest).exp());
        let attack = shares().zip(&self.attacks).filter(|(_, attack)| **attack).map(|(share, _)| share);
        let probability = attack.sum::<f32>() / shares().sum::<f32>();
        if probability.is_finite() { Ok(probability) } else { Err("its outputs are no numbers".into()) }
    }
}

/// Which of the outputs, named `"0": "SAFE"` and so on, are attacks.
fn attacks(names: &BTreeMap<String, String>) -> Result<Vec<bool>, String> {
    let mut attacks = vec![None; names.len()];
    for (number, name) in names {
        let place = number.parse().ok().and_then(|number: usize| attacks.get_mut(number));
        let place = place.ok_or_else(|| format!("id2label names output {number} of {}", names.len()))?;
        let word: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        *place = match (ATTACKS.contains(&word.as_str()), HONEST.contains(&word.as_str())) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => return Err(format!("{name:?} is not known; call it \"INJECTION\" or \"SAFE\" in id2label")),
        };
    }
    let attacks: Option<Vec<bool>> = attacks.into_iter().collect();
    attacks
        .filter(|attacks| attacks.contains(&true) && attacks.contains(&false))
        .ok_or_else(|| "id2label must name at least one \"INJECTION\" and one \"SAFE\"".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_understood_in_any_order_and_unknown_ones_refused() {
        for (names, attacks) in [
            (r#"{"0":"SAFE","1":"INJECTION"}"#, Some(vec![false, true])),
            (r#"{"0":"LABEL_0","1":"LABEL_1"}"#, Some(vec![false, true])),
            (r#"{"0":"jailbreak","1":"benign"}"#, Some(vec![true, false])),
            (r#"{"0":"BENIGN","1":"INJECTION","2":"JAILBREAK"}"#, Some(vec![false, true, true])),
            (r#"{"0":"cat","1":"INJECTION"}"#, None),
            (r#"{"0":"SAFE","1":"BENIGN"}"#, None),
            (r#"{"0":"SAFE","7":"INJECTION"}"#, None),
        ] {
            let labels = Labels::from_json(&format!(r#"{{"id2label":{names}}}"#));
            assert_eq!(labels.ok().map(|labels| labels.attacks), attacks, "{names}");
        }
    }

    #[test]
    fn lengths_are_bounded_and_positions_kept_by_a_family_are_left_out() {
        for (config, most) in [
            (r#"{"max_position_embeddings":256}"#, 256),
            (r#"{"max_position_embeddings":8192}"#, 512),
            (r#"{"max_position_embeddings":514,"model_type":"xlm-roberta"}"#, 512),
            (r#"{"max_position_embeddings":258,"model_type":"roberta"}"#, 256),
            ("{}", 512),
        ] {
            assert_eq!(Labels::from_json(config).map(|labels| labels.most_tokens()), Ok(most), "{config}");
        }
    }

    #[test]
    fn attacks_are_added_up_and_what_is_no_number_is_refused() {
        let labels = Labels { attacks: vec![false, true, true], most_tokens: 9 };
        assert_eq!(labels.attack(&[0.0, 0.0, 0.0]).map(|p| (p * 3.0).round()), Ok(2.0));
        assert_eq!(labels.attack(&[900.0, -900.0, -900.0]), Ok(0.0));
        assert!(labels.attack(&[f32::NAN; 3]).is_err() && labels.attack(&[0.0; 2]).is_err());
    }
}
