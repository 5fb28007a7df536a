//! What the operator says about prices: contracts with vendors, and rates of exchange.
//! Set by administrators through `/prices`, read by the price book. Invariant: amounts are exact decimals, never floats.

use super::Entity;
use crate::{Currency, Exact, Tier, Timestamp};
use serde::{Deserialize, Serialize};

/// The contract with a vendor: prices that go before the list's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorContract {
    /// Which vendor.
    pub vendor: String,
    /// Counts the changes; part of the name of a price.
    pub revision: u64,
    /// The prices. Where several fit a call, one that names its model goes before one that does not, then one that
    /// names its tier, then the later one.
    pub prices: Vec<ContractPrice>,
}

/// A price that was agreed upon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractPrice {
    /// For this model, as the vendor names it; none: for every model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// For this tier; none: for every tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// First instant it holds.
    pub valid_from: Timestamp,
    /// First instant it does not hold any more; none: no end is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Timestamp>,
    /// What was agreed.
    pub terms: Terms,
}

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Terms {
    /// Less than the list's price.
    Discount {
        /// So many per cent less, 0 to 100, two decimals at most.
        percent: Exact,
    },
    /// Prices in place of the list's, in US dollars for 1,000,000 tokens, six decimals at most.
    Absolute {
        /// Input tokens.
        input: Exact,
        /// Output tokens.
        output: Exact,
        /// Input tokens read from the cache; none: as input.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cached_input: Option<Exact>,
        /// Input tokens written to the cache; none: as input.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cache_write: Option<Exact>,
        /// Output tokens spent on reasoning; none: as output.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasoning: Option<Exact>,
    },
}

impl ContractPrice {
    /// True when it holds at `t`.
    pub fn holds(&self, t: Timestamp) -> bool {
        self.valid_from <= t && self.valid_to.is_none_or(|end| t < end)
    }
}

impl Entity for VendorContract {
    const COLLECTION: &'static str = "vendor_contracts";

    fn id(&self) -> String {
        self.vendor.clone()
    }
}

/// What a currency is worth from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CurrencyRate {
    /// Which.
    pub currency: Currency,
    /// First instant it holds, up to the currency's next rate.
    pub valid_from: Timestamp,
    /// US dollars for one unit.
    pub usd_per_unit: Exact,
}

/// Every rate the operator gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrencyRates {
    /// The rates, in no order.
    pub rates: Vec<CurrencyRate>,
}

impl CurrencyRates {
    /// The id of the one document.
    pub const ID: &'static str = "rates";

    /// The rate that holds at `t`; dollars are dollars.
    pub fn at(&self, currency: Currency, t: Timestamp) -> Option<CurrencyRate> {
        if currency == Currency::USD {
            return Some(CurrencyRate { currency, valid_from: t, usd_per_unit: Exact(1.into()) });
        }
        let fit = self.rates.iter().filter(|r| r.currency == currency && r.valid_from <= t);
        fit.max_by_key(|r| r.valid_from).copied()
    }
}

impl Entity for CurrencyRates {
    const COLLECTION: &'static str = "currency_rates";

    fn id(&self) -> String {
        Self::ID.to_owned()
    }
}
