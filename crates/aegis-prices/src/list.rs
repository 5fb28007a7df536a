//! The lists that ship with the program, read once. A new list is a file and a line in `FILES`.
//! Invariant: every file parses; a test reads them all.

use crate::name::LOCAL;
use crate::rate::{Rate, Rates};
use aegis_domain::{Exact, Tier, Timestamp};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The lists, by the day they hold from.
const FILES: [&str; 1] = [include_str!("../data/list.json")];

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Conversations.
    Chat,
    /// The same, by another of OpenAI's paths alone.
    Responses,
    /// Plain text goes on.
    Completion,
    /// Vectors.
    Embedding,
    /// Documents in order.
    Rerank,
    /// A judgement of a text.
    Moderation,
}

/// A model's prices.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is for.
    pub mode: Mode,
    /// As usual; none where the list has no price.
    pub standard: Option<Rates>,
    /// In place of those once a call has more input tokens than this, ascending.
    pub above: Vec<(u64, Rates)>,
    /// By other tiers.
    pub tiers: Vec<(Tier, Rates)>,
    /// It speaks: its calls' tokens are not told apart by what they are, so they cannot be priced.
    pub audio: bool,
    /// The day the vendor ends it, as the list says.
    pub deprecated_on: Option<String>,
}

/// A list of prices.
pub struct List {
    /// The day it was taken over.
    pub as_of: Timestamp,
    /// That day as text.
    pub date: String,
    /// Its version, by its source's count.
    pub version: String,
    /// Where it is from.
    pub source: String,
    /// By vendor, then model.
    pub models: HashMap<String, HashMap<String, Entry>>,
}

/// Every list that ships, oldest first.
pub(crate) fn shipped() -> &'static [List] {
    static LISTS: LazyLock<Vec<List>> =
        LazyLock::new(|| FILES.iter().map(|text| read(text).expect("a test reads every file")).collect());
    &LISTS
}

impl List {
    /// The list that holds at `t`: the last that begins at or before it, and before the first list the first.
    pub fn at(lists: &[List], t: Timestamp) -> Option<&List> {
        lists.iter().rev().find(|list| list.as_of <= t).or(lists.first())
    }
}

#[derive(Deserialize)]
struct File {
    version: String,
    as_of: String,
    source: String,
    models: HashMap<String, HashMap<String, Stated>>,
}

#[derive(Deserialize)]
struct Stated {
    mode: Mode,
    #[serde(flatten)]
    standard: Prices,
    #[serde(default)]
    above_input_tokens: HashMap<String, Prices>,
    batch: Option<Prices>,
    flex: Option<Prices>,
    priority: Option<Prices>,
    per_query: Option<Exact>,
    per_request: Option<Exact>,
    #[serde(default)]
    audio: bool,
    deprecated_on: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
struct Prices {
    input: Option<Exact>,
    output: Option<Exact>,
    cache_read: Option<Exact>,
    cache_write: Option<Exact>,
    output_reasoning: Option<Exact>,
}

fn read(text: &str) -> Result<List, String> {
    let file: File = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let as_of = format!("{}T00:00:00Z", file.as_of).parse().map_err(|_| "as_of is no day".to_owned())?;
    let mut models = HashMap::new();
    for (vendor, stated) in file.models {
        let entries = stated.into_iter().map(|(name, stated)| {
            let entry = entry(&stated).ok_or_else(|| format!("{vendor}/{name} has a price that is none"))?;
            Ok((name, entry))
        });
        let entries = entries.collect::<Result<_, String>>()?;
        models.insert(vendor, entries);
    }
    // The source lists a few of the models that run on one's own machine. There are as many as there are names.
    models.insert("ollama".to_owned(), HashMap::from([(LOCAL.to_owned(), local())]));
    Ok(List { as_of, date: file.as_of, version: file.version, source: file.source, models })
}

/// Every model on one's own machine.
fn local() -> Entry {
    let free = Rates {
        input: Rate::ZERO,
        cached_input: None,
        cache_write: None,
        output: Some(Rate::ZERO),
        reasoning: None,
        call: Rate::ZERO,
    };
    let tiers = Vec::new();
    Entry {
        mode: Mode::Chat,
        standard: Some(free),
        above: Vec::new(),
        tiers,
        audio: false,
        deprecated_on: None,
    }
}

fn entry(stated: &Stated) -> Option<Entry> {
    let call = match stated.per_query.or(stated.per_request) {
        Some(usd) => Rate::per_call(usd)?,
        None => Rate::ZERO,
    };
    let standard = rates(stated.standard, None, call)?;
    let mut above = Vec::new();
    for (threshold, prices) in &stated.above_input_tokens {
        above.push((threshold.parse().ok()?, rates(*prices, Some(standard), call)?));
    }
    above.sort_by_key(|(threshold, _)| *threshold);
    let mut tiers = Vec::new();
    for (tier, prices) in
        [(Tier::Batch, stated.batch), (Tier::Flex, stated.flex), (Tier::Priority, stated.priority)]
    {
        if let Some(prices) = prices {
            tiers.push((tier, rates(prices, None, call)?));
        }
    }
    // The source writes 0 both for what is free and for what is not sold by the token. Only moderation is free.
    let zero = |rate: Option<Rate>| rate.is_none_or(|rate| rate == Rate::ZERO);
    let nothing = zero(Some(standard.input)) && zero(standard.output) && call == Rate::ZERO;
    let standard = Some(standard).filter(|_| !nothing || stated.mode == Mode::Moderation);
    Some(Entry {
        mode: stated.mode,
        standard,
        above,
        tiers,
        audio: stated.audio,
        deprecated_on: stated.deprecated_on.clone(),
    })
}

/// Prices as stated; what they do not say is as in `base`. A cache that is written for 0 has no charge of its own.
fn rates(prices: Prices, base: Option<Rates>, call: Rate) -> Option<Rates> {
    let read = |stated: Option<Exact>, otherwise: Option<Rate>| match stated {
        Some(usd) => Rate::per_million(usd).map(Some),
        None => Some(otherwise),
    };
    Some(Rates {
        input: read(prices.input, base.map(|b| b.input))??,
        cached_input: read(prices.cache_read, base.and_then(|b| b.cached_input))?,
        cache_write: read(prices.cache_write, base.and_then(|b| b.cache_write))?
            .filter(|rate| *rate != Rate::ZERO),
        output: read(prices.output, base.and_then(|b| b.output))?,
        reasoning: read(prices.output_reasoning, base.and_then(|b| b.reasoning))?,
        call,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_and_they_are_in_order() {
        let lists: Vec<List> = FILES.iter().map(|text| read(text).expect("a list")).collect();
        assert!(lists.is_sorted_by(|a, b| a.as_of < b.as_of));
        assert!(lists.iter().all(|list| list.models.len() == aegis_domain::VENDORS.len()));
        assert_eq!(lists[0].models.values().map(HashMap::len).sum::<usize>(), 671);
    }

    #[test]
    fn the_list_of_a_day_is_the_last_that_had_begun() {
        let list = |as_of| List {
            as_of: Timestamp::from_millis(as_of),
            date: String::new(),
            version: as_of.to_string(),
            source: String::new(),
            models: HashMap::new(),
        };
        let lists = [list(10), list(20)];
        for (t, want) in [(0, "10"), (10, "10"), (19, "10"), (20, "20"), (99, "20")] {
            assert_eq!(List::at(&lists, Timestamp::from_millis(t)).map(|l| l.version.as_str()), Some(want));
        }
        assert!(List::at(&[], Timestamp::from_millis(0)).is_none());
    }
}
