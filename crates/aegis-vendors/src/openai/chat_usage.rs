//! Tokens and cost of chats in OpenAI's shape: the names are shared, what lies inside what differs.

use crate::wire::{self, Object, WireError};
use aegis_domain::{Exact, Money, Usage};
use serde_json::value::RawValue;

/// Where a vendor states which figure, below `usage`.
pub(crate) struct UsageNames {
    /// Tokens read from the cache, which lie inside the prompt's; the first that is there counts.
    pub cached: &'static [&'static [&'static str]],
    /// Tokens of reasoning.
    pub reasoning: &'static [&'static str],
    /// Whether the completion's tokens hold those of reasoning.
    pub reasoning_is: Reasoning,
    /// The bill in dollars.
    pub cost: Option<CostIn>,
}

/// Where reasoning is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reasoning {
    /// Inside `completion_tokens`.
    Inside,
    /// Beside it, and billed as output.
    Beside,
}

/// Where a bill stands.
pub(crate) struct CostIn {
    /// Below the answer.
    pub path: &'static [&'static str],
    /// How many of its units make a dollar.
    pub per_dollar: u64,
}

/// The vendor's own.
pub(crate) const OPENAI: UsageNames = UsageNames {
    cached: &[&["prompt_tokens_details", "cached_tokens"]],
    reasoning: &["completion_tokens_details", "reasoning_tokens"],
    reasoning_is: Reasoning::Inside,
    cost: None,
};

impl UsageNames {
    /// The tokens an answer states.
    pub fn read(&self, response: &Object) -> Result<Option<Usage>, WireError> {
        let Some(usage) = wire::nested(response, "usage")? else { return Ok(None) };
        self.tokens(usage).map(Some).map_err(|e| e.within("usage"))
    }

    fn tokens(&self, usage: &Object) -> Result<Usage, WireError> {
        let prompt = wire::count(usage, "prompt_tokens")?;
        let completion = wire::count(usage, "completion_tokens")?;
        let reasoning = wire::count_at(usage, self.reasoning)?.unwrap_or(0);
        let mut cached = None;
        for path in self.cached {
            cached = cached.or(wire::count_at(usage, path)?);
        }
        let written = wire::count_at(usage, &["prompt_tokens_details", "cache_write_tokens"])?;
        Ok(Usage {
            input_tokens: prompt,
            cached_input_tokens: cached.unwrap_or(0),
            cache_write_tokens: written.unwrap_or(0),
            output_tokens: match self.reasoning_is {
                Reasoning::Inside => completion,
                Reasoning::Beside => completion.saturating_add(reasoning),
            },
            reasoning_tokens: reasoning,
        })
    }

    /// What the answer says it cost.
    pub fn cost(&self, response: &RawValue) -> Option<Money> {
        let place = self.cost.as_ref()?;
        let stated = wire::exact_at(response, place.path)?;
        stated.0.checked_div(place.per_dollar.into()).map(|usd| Money::usd(Exact(usd)))
    }
}
