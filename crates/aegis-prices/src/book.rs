//! The price book: the lists, and before them the operator's contracts. Made by the server whenever a contract changes,
//! asked for each event at ingest. A question costs a few look-ups by hash.
//! Invariants: the answer is a function of the arguments; a contract of another vendor, model, tier or time never fits.

use crate::amount::{WHOLE, charge, charge_many};
use crate::list::{self, Entry, List};
use crate::name::{LOCAL, candidates};
use crate::rate::{Rate, Rates};
use aegis_domain::entities::{ContractPrice, Terms, VendorContract};
use aegis_domain::{Exact, Tier, Timestamp, Usage};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// What is to be priced.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// Vendor id.
    pub vendor: &'a str,
    /// The model as the vendor names it.
    pub model: &'a str,
    /// When it happened.
    pub at: Timestamp,
    /// How it was served; none: by a tier that no price is known for.
    pub tier: Option<Tier>,
    /// What was used; none where nobody said.
    pub usage: Option<&'a Usage>,
}

/// The book's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Priced {
    /// There is a price.
    Observed {
        /// Billionths of a dollar.
        nano: i64,
        /// Which price: its vendor and model in the list, tier and threshold, the list's day and version; or the
        /// contract, its first day and revision.
        price_id: String,
    },
    /// There is none, or it cannot be applied.
    NotPriced(Reason),
}

/// Why something is not priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Reason {
    /// Nothing says how many tokens.
    #[error("the call's tokens are not known")]
    NoUsage,
    /// The model is not in the list, under no name the rules allow.
    #[error("the list has no such model")]
    UnknownModel,
    /// The list has the model, and no price.
    #[error("the list has no price for the model")]
    NoPrice,
    /// The list has no price for this tier, or none for so long an input in it.
    #[error("the list has no price for the model in this tier")]
    TierNotListed,
    /// The list has no price for tokens of this kind.
    #[error("the list has no price for the model's output")]
    PartNotListed,
    /// Spoken and written tokens differ in price and are not told apart.
    #[error("the model speaks, and its tokens are not told apart")]
    Audio,
    /// Parts are larger than their whole.
    #[error("the parts of the call's tokens are more than their sum")]
    Inconsistent,
    /// More than can be counted.
    #[error("the amount is too large")]
    TooLarge,
}

/// Contracts of one vendor, by model.
#[derive(Default)]
struct Contracts {
    revision: u64,
    by_model: HashMap<String, Vec<ContractPrice>>,
    general: Vec<ContractPrice>,
}

/// See the module.
pub struct PriceBook {
    lists: &'static [List],
    contracts: HashMap<String, Contracts>,
}

impl Default for PriceBook {
    fn default() -> Self {
        PriceBook::new(Vec::new())
    }
}

impl PriceBook {
    /// The lists that ship with the program, under these contracts.
    pub fn new(contracts: Vec<VendorContract>) -> Self {
        let mut book = PriceBook { lists: list::shipped(), contracts: HashMap::new() };
        for contract in contracts {
            let of = book.contracts.entry(contract.vendor).or_default();
            of.revision = contract.revision;
            for price in contract.prices {
                match &price.model {
                    Some(model) => of.by_model.entry(model.clone()).or_default().push(price),
                    None => of.general.push(price),
                }
            }
        }
        book
    }

    /// The list that holds at `t`.
    pub fn list(&self, t: Timestamp) -> Option<&'static List> {
        List::at(self.lists, t)
    }

    /// The name that stands for a model and its dated snapshots in the vendor's list of that time, so that two ways to
    /// name it are one; none: the list does not have it.
    pub fn family(&self, vendor: &str, model: &str, t: Timestamp) -> Option<&'static str> {
        let (_, models) = self.list(t)?.models.get_key_value(vendor)?;
        let own = candidates(vendor, model).filter(|(of, name)| *of == vendor && name != LOCAL);
        let listed = own.filter_map(|(_, name)| models.get_key_value(name.as_ref()));
        listed.last().map(|(name, _)| name.as_str())
    }

    /// What a call costs.
    pub fn price(&self, call: &Call) -> Priced {
        match self.observed(call) {
            Ok((nano, price_id)) => Priced::Observed { nano, price_id },
            Err(reason) => Priced::NotPriced(reason),
        }
    }

    /// What many calls of one model cost together, in billionths of a dollar: `usage` is their sum. As far as each stays
    /// below the length where prices change; none where there is no price.
    pub fn price_sum(&self, call: &Call, requests: u64) -> Option<i64> {
        let usage = call.usage?;
        let tier = call.tier?;
        let (mut rates, mut discount) = (None, 0);
        if let Some((_, price)) = self.contract(call, tier) {
            match &price.terms {
                Terms::Absolute { .. } => rates = Some(absolute(&price.terms)?),
                Terms::Discount { percent } => discount = hundredths(*percent)?,
            }
        }
        let rates = match rates {
            Some(rates) => rates,
            None => *find(self.list(call.at)?, call.vendor, call.model)?.rates(tier, 0).ok()?.0,
        };
        charge_many(&rates, usage, discount, requests).ok()
    }

    fn observed(&self, call: &Call) -> Result<(i64, String), Reason> {
        let usage = call.usage.filter(|u| **u != Usage::default()).ok_or(Reason::NoUsage)?;
        let tier = call.tier.ok_or(Reason::TierNotListed)?;
        let list = self.list(call.at).ok_or(Reason::UnknownModel)?;
        let found = find(list, call.vendor, call.model);
        let contract = self.contract(call, tier);
        let (discount, suffix) = match contract {
            None => (0, String::new()),
            Some((revision, price)) => {
                let id = contract_id(call.vendor, price, revision);
                match &price.terms {
                    Terms::Absolute { .. } => {
                        let rates = absolute(&price.terms).ok_or(Reason::NoPrice)?;
                        return Ok((charge(&rates, usage, 0)?, id));
                    }
                    Terms::Discount { percent } => {
                        (hundredths(*percent).ok_or(Reason::NoPrice)?, format!(";{id}"))
                    }
                }
            }
        };
        let found = found.ok_or(Reason::UnknownModel)?;
        let (rates, above) = found.rates(tier, usage.input_tokens)?;
        let nano = charge(rates, usage, discount)?;
        let Found { vendor, model, .. } = found;
        let tier = if tier == Tier::Standard { String::new() } else { format!(":{}", tier.as_str()) };
        let above = above.map_or(String::new(), |n| format!(">{n}"));
        Ok((nano, format!("list:{vendor}/{model}{tier}{above}@{}+{}{suffix}", list.date, list.version)))
    }

    /// The contract price that fits best. A contract names models by the rules the list is searched by.
    fn contract(&self, call: &Call, tier: Tier) -> Option<(u64, &ContractPrice)> {
        let of = self.contracts.get(call.vendor)?;
        let fits = |price: &&ContractPrice| price.holds(call.at) && price.tier.is_none_or(|t| t == tier);
        let best = |prices: &'_ [ContractPrice]| -> Option<usize> {
            let fitting = prices.iter().enumerate().filter(|(_, p)| fits(p));
            fitting.max_by_key(|(at, p)| (p.tier.is_some(), p.valid_from, *at)).map(|(at, _)| at)
        };
        let named = candidates(call.vendor, call.model).filter(|(vendor, _)| *vendor == call.vendor);
        let named = named.filter_map(|(_, model)| of.by_model.get(model.as_ref()));
        let mut lists = named.chain([&of.general]);
        lists.find_map(|prices| best(prices).and_then(|at| prices.get(at))).map(|price| (of.revision, price))
    }
}

/// A model of the list.
struct Found {
    vendor: &'static str,
    model: &'static str,
    entry: &'static Entry,
}

fn find(list: &'static List, vendor: &str, model: &str) -> Option<Found> {
    candidates(vendor, model).find_map(|(vendor, name)| {
        let (vendor, models) = list.models.get_key_value(vendor)?;
        let (model, entry) = models.get_key_value(name.as_ref())?;
        Some(Found { vendor, model, entry })
    })
}

impl Found {
    /// The prices of a tier for so many input tokens, and the threshold they begin above.
    fn rates(&self, tier: Tier, input: u64) -> Result<(&Rates, Option<u64>), Reason> {
        let entry = self.entry;
        let standard = entry.standard.as_ref().ok_or(Reason::NoPrice)?;
        if entry.audio {
            return Err(Reason::Audio);
        }
        let above = entry.above.iter().rev().find(|(threshold, _)| input > *threshold);
        match (tier, above) {
            (Tier::Standard, None) => Ok((standard, None)),
            (Tier::Standard, Some((threshold, rates))) => Ok((rates, Some(*threshold))),
            (tier, None) => {
                let listed = entry.tiers.iter().find(|(t, _)| *t == tier);
                listed.map(|(_, rates)| (rates, None)).ok_or(Reason::TierNotListed)
            }
            (_, Some(_)) => Err(Reason::TierNotListed),
        }
    }
}

fn contract_id(vendor: &str, price: &ContractPrice, revision: u64) -> String {
    let model = price.model.as_deref().map_or(String::new(), |model| format!("/{model}"));
    let tier = price.tier.map_or(String::new(), |tier| format!(":{}", tier.as_str()));
    let (year, month, day) = price.valid_from.date();
    format!("contract:{vendor}{model}{tier}@{year:04}-{month:02}-{day:02}+{revision}")
}

/// Per cent as hundredths of one; none where that is no discount.
pub(crate) fn hundredths(percent: Exact) -> Option<u32> {
    let scaled = percent.0.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    let whole = (scaled.scale() == 0).then(|| u32::try_from(scaled.mantissa()).ok()).flatten()?;
    (whole <= WHOLE).then_some(whole)
}

fn absolute(terms: &Terms) -> Option<Rates> {
    let Terms::Absolute { input, output, cached_input, cache_write, reasoning } = terms else { return None };
    let maybe = |usd: &Option<Exact>| match usd {
        Some(usd) => Rate::per_million(*usd).map(Some),
        None => Some(None),
    };
    Some(Rates {
        input: Rate::per_million(*input)?,
        cached_input: maybe(cached_input)?,
        cache_write: maybe(cache_write)?,
        output: Some(Rate::per_million(*output)?),
        reasoning: maybe(reasoning)?,
        call: Rate::ZERO,
    })
}

/// True when the book can apply the terms: whoever takes them up asks before.
pub fn applicable(terms: &Terms) -> bool {
    match terms {
        Terms::Discount { percent } => hundredths(*percent).is_some(),
        Terms::Absolute { .. } => absolute(terms).is_some(),
    }
}
