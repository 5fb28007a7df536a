//! `/prices`: list prices, contracts that go before them, rates of exchange.

use crate::App;
use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::error::{ApiError, ErrorBody, Fields};
use crate::http::{Access, Body, Params, Routes};
use crate::prices;
use aegis_domain::entities::{ContractPrice, CurrencyRate, CurrencyRates, VendorContract};
use aegis_domain::{Exact, LIMITS, Role, VENDORS, is_vendor};
use aegis_prices::{List, Mode, Rates, applicable};
use aegis_store::DocumentsExt;
use axum::extract::State;
use axum::{Extension, Json};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

/// Prices in one contract: each is looked at when the book is made.
const MOST_PRICES: usize = 500;
/// Rates at most: two currencies for a year of days.
const MOST_RATES: usize = 1_000;

pub(super) fn routes() -> Routes {
    Routes::tag("costs")
        .add(Access::Role(Role::Viewer), routes!(all))
        .add(Access::Role(Role::Viewer), routes!(one))
        .add(Access::Role(Role::Admin), routes!(contract))
        .add(Access::Role(Role::Admin), routes!(exchange))
}

/// Where list prices are from.
#[derive(Serialize, ToSchema)]
struct ListView {
    /// The day the list was taken over; it holds from then on, the first one before it, too.
    as_of: String,
    /// Its version.
    version: String,
    /// Who collected it.
    source: String,
}

/// A vendor in the book.
#[derive(Serialize, ToSchema)]
struct VendorPrices {
    /// Vendor id.
    vendor: &'static str,
    /// Models in the list.
    models: usize,
    /// Prices agreed upon.
    contract_prices: usize,
    /// How often the contract has changed.
    revision: u64,
}

/// The price book.
#[derive(Serialize, ToSchema)]
struct BookView {
    /// The list that holds now.
    list: ListView,
    /// Every vendor.
    items: Vec<VendorPrices>,
    /// Always none: the list is short.
    next_cursor: Option<String>,
    /// What currencies are worth, as the operator says.
    rates: Vec<CurrencyRate>,
}

/// Prices in US dollars for 1,000,000 tokens.
#[derive(Serialize, ToSchema)]
struct RatesView {
    /// Input tokens.
    input: Exact,
    /// Input tokens read from the cache; none: as input.
    cached_input: Option<Exact>,
    /// Input tokens written to the cache; none: as input.
    cache_write: Option<Exact>,
    /// Output tokens; none where there are none.
    output: Option<Exact>,
    /// Output tokens spent on reasoning; none: as output.
    reasoning: Option<Exact>,
    /// The call itself, in US dollars.
    call: Exact,
}

/// Prices of longer calls.
#[derive(Serialize, ToSchema)]
struct AboveView {
    /// The whole call costs this once it has more input tokens.
    above_input_tokens: u64,
    /// The prices.
    prices: RatesView,
}

/// Prices of another tier.
#[derive(Serialize, ToSchema)]
struct TierView {
    /// Which.
    tier: aegis_domain::Tier,
    /// The prices.
    prices: RatesView,
}

/// A model in the list.
#[derive(Serialize, ToSchema)]
struct ModelPrices {
    /// As the vendor names it.
    model: String,
    /// What it is for: `chat`, `embedding`…
    mode: &'static str,
    /// As usual; none where the list has no price, so that its calls are not priced.
    standard: Option<RatesView>,
    /// Longer calls.
    above: Vec<AboveView>,
    /// Other tiers.
    tiers: Vec<TierView>,
    /// The day the vendor ends it, as the list says.
    deprecated_on: Option<String>,
}

/// The contract with a vendor.
#[derive(Serialize, ToSchema)]
struct ContractView {
    /// Vendor id.
    vendor: String,
    /// How often it has changed; part of the id of a price.
    revision: u64,
    /// The prices.
    prices: Vec<ContractPrice>,
}

/// A vendor's prices.
#[derive(Serialize, ToSchema)]
struct VendorBook {
    /// Vendor id.
    vendor: String,
    /// The list that holds now.
    list: ListView,
    /// Its models in the list, by name.
    models: Vec<ModelPrices>,
    /// What was agreed upon.
    contract: ContractView,
}

fn list_view(list: &List) -> ListView {
    ListView { as_of: list.date.clone(), version: list.version.clone(), source: list.source.clone() }
}

fn rates_view(rates: &Rates) -> RatesView {
    let usd = |rate: Option<aegis_prices::Rate>| rate.map(|r| r.usd_per_million());
    RatesView {
        input: rates.input.usd_per_million(),
        cached_input: usd(rates.cached_input),
        cache_write: usd(rates.cache_write),
        output: usd(rates.output),
        reasoning: usd(rates.reasoning),
        call: rates.call.usd_per_call(),
    }
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Chat => "chat",
        Mode::Responses => "responses",
        Mode::Completion => "completion",
        Mode::Embedding => "embedding",
        Mode::Rerank => "rerank",
        Mode::Moderation => "moderation",
    }
}

fn models(list: &List, vendor: &str) -> Vec<ModelPrices> {
    let Some(models) = list.models.get(vendor) else { return Vec::new() };
    let mut views: Vec<ModelPrices> = models
        .iter()
        .map(|(model, entry)| ModelPrices {
            model: model.clone(),
            mode: mode(entry.mode),
            standard: entry.standard.as_ref().filter(|_| !entry.audio).map(rates_view),
            above: entry
                .above
                .iter()
                .map(|(threshold, rates)| AboveView {
                    above_input_tokens: *threshold,
                    prices: rates_view(rates),
                })
                .collect(),
            tiers: entry
                .tiers
                .iter()
                .map(|(tier, rates)| TierView { tier: *tier, prices: rates_view(rates) })
                .collect(),
            deprecated_on: entry.deprecated_on.clone(),
        })
        .collect();
    views.sort_by(|a, b| a.model.cmp(&b.model));
    views
}

/// The price book: which lists and contracts are in force.
#[utoipa::path(get, path = "/prices", responses((status = 200, body = BookView)))]
async fn all(State(app): State<App>) -> Result<Json<BookView>, ApiError> {
    let taken = app.prices.taken();
    let list = taken.book.list(app.clock.now()).ok_or_else(|| ApiError::internal("no list of prices"))?;
    let items = VENDORS.iter().map(|&(vendor, _)| {
        let contract = taken.contract(vendor);
        VendorPrices {
            vendor,
            models: list.models.get(vendor).map_or(0, |models| models.len()),
            contract_prices: contract.prices.len(),
            revision: contract.revision,
        }
    });
    let (items, rates) = (items.collect(), taken.rates.rates.clone());
    Ok(Json(BookView { list: list_view(list), items, next_cursor: None, rates }))
}

/// A vendor's list prices, and the contract that goes before them.
#[utoipa::path(get, path = "/prices/{vendor}", params(("vendor" = String, Path)), responses(
    (status = 200, body = VendorBook)))]
async fn one(State(app): State<App>, Params(vendor): Params<String>) -> Result<Json<VendorBook>, ApiError> {
    if !is_vendor(&vendor) {
        return Err(ApiError::not_found("vendor"));
    }
    let taken = app.prices.taken();
    let list = taken.book.list(app.clock.now()).ok_or_else(|| ApiError::internal("no list of prices"))?;
    let models = models(list, &vendor);
    let contract = view(taken.contract(&vendor));
    Ok(Json(VendorBook { vendor, list: list_view(list), models, contract }))
}

fn view(contract: VendorContract) -> ContractView {
    ContractView { vendor: contract.vendor, revision: contract.revision, prices: contract.prices }
}

/// A contract, whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewContract {
    /// Every price of it: those that are not named any more are gone.
    prices: Vec<ContractPrice>,
}

impl NewContract {
    fn check(&self) -> Result<(), ApiError> {
        let mut fields = Fields::default();
        if self.prices.len() > MOST_PRICES {
            fields.add("prices", format!("at most {MOST_PRICES}"));
        }
        for (at, price) in self.prices.iter().enumerate().take(MOST_PRICES) {
            if price.model.as_ref().is_some_and(|m| m.is_empty() || m.len() > LIMITS.name) {
                fields.add(&format!("prices[{at}].model"), format!("must have 1 to {} bytes", LIMITS.name));
            }
            if price.valid_to.is_some_and(|end| end <= price.valid_from) {
                fields.add(&format!("prices[{at}].valid_to"), "must be after valid_from");
            }
            if !applicable(&price.terms) {
                let problem = "expected a percentage of 0 to 100 with at most two decimals, or prices of 0 to 1000000 \
                               with at most six";
                fields.add(&format!("prices[{at}].terms"), problem);
            }
        }
        fields.check()
    }
}

/// Sets the contract with a vendor. Taken up at once for the events that come from now on; those that came before keep
/// the price they were given, which they name.
#[utoipa::path(put, path = "/prices/{vendor}", params(("vendor" = String, Path)), request_body = NewContract,
    responses((status = 200, body = ContractView),
    (status = 409, description = "Somebody else changed it meanwhile", body = ErrorBody)))]
async fn contract(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Params(vendor): Params<String>,
    Body(new): Body<NewContract>,
) -> Result<Json<ContractView>, ApiError> {
    if !is_vendor(&vendor) {
        return Err(ApiError::not_found("vendor"));
    }
    new.check()?;
    let documents = &app.store.documents;
    let present = documents.get::<VendorContract>(&vendor).await?;
    let revision = present.as_ref().map_or(1, |found| found.value.revision + 1);
    let after = VendorContract { vendor: vendor.clone(), revision, prices: new.prices };
    let mut entry = Entry::new("prices.changed").object("contract", &vendor).after(&after);
    match present {
        Some(found) => {
            documents.update(found.version, &after).await?;
            entry = entry.before(&found.value);
        }
        None => documents.insert(&after).await?,
    }
    let entry =
        entry.detail("prices", after.prices.len().to_string()).detail("revision", revision.to_string());
    audit::record(&app, &caller, entry).await?;
    prices::refresh(&app).await?;
    Ok(Json(view(after)))
}

/// Rates of exchange, whole.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RateList {
    /// Every rate: those that are not named any more are gone.
    rates: Vec<CurrencyRate>,
}

impl RateList {
    fn check(&self) -> Result<(), ApiError> {
        let mut fields = Fields::default();
        if self.rates.len() > MOST_RATES {
            fields.add("rates", format!("at most {MOST_RATES}"));
        }
        for (at, rate) in self.rates.iter().enumerate().take(MOST_RATES) {
            if rate.currency == aegis_domain::Currency::USD {
                fields.add(&format!("rates[{at}].currency"), "US dollars are what others are counted in");
            }
            let worth = rate.usd_per_unit.0;
            if worth <= Decimal::ZERO || worth > Decimal::from(1_000_000) || worth.scale() > 12 {
                let problem =
                    "expected US dollars for one unit, above 0 and up to 1000000, at most 12 decimals";
                fields.add(&format!("rates[{at}].usd_per_unit"), problem);
            }
        }
        fields.check()
    }
}

/// Sets what other currencies are worth, each from a day on. What is reported in a currency without a rate is shown in
/// it, and left out of sums in dollars.
#[utoipa::path(put, path = "/prices/rates", request_body = RateList, responses(
    (status = 200, body = RateList),
    (status = 409, description = "Somebody else changed them meanwhile", body = ErrorBody)))]
async fn exchange(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Body(new): Body<RateList>,
) -> Result<Json<RateList>, ApiError> {
    new.check()?;
    let documents = &app.store.documents;
    let after = CurrencyRates { rates: new.rates };
    let mut entry = Entry::new("rates.changed").object("rates", "currencies").after(&after);
    match documents.get::<CurrencyRates>(CurrencyRates::ID).await? {
        Some(found) => {
            documents.update(found.version, &after).await?;
            entry = entry.before(&found.value);
        }
        None => documents.insert(&after).await?,
    }
    audit::record(&app, &caller, entry.detail("rates", after.rates.len().to_string())).await?;
    prices::refresh(&app).await?;
    Ok(Json(RateList { rates: after.rates }))
}
