//! The price book in force: the lists of the program under the operator's contracts, and rates of exchange.
//! Taken up at start, after a change, and every ten minutes, for changes made on another node. Called by the pipeline
//! and by whatever shows money.

use crate::App;
use aegis_domain::entities::{CurrencyRates, VendorContract};
use aegis_prices::PriceBook;
use aegis_store::{DocumentsExt, ListQuery, StoreError};
use parking_lot::RwLock;
use std::sync::Arc;

/// What was taken up.
#[derive(Default)]
pub struct Taken {
    /// The book.
    pub book: PriceBook,
    /// The contracts in it.
    pub contracts: Vec<VendorContract>,
    /// What currencies are worth.
    pub rates: CurrencyRates,
}

impl Taken {
    /// The contract with a vendor; an empty one where there is none.
    pub fn contract(&self, vendor: &str) -> VendorContract {
        let found = self.contracts.iter().find(|c| c.vendor == vendor).cloned();
        found.unwrap_or_else(|| VendorContract { vendor: vendor.to_owned(), ..VendorContract::default() })
    }
}

/// See the module.
#[derive(Default)]
pub struct Prices(RwLock<Arc<Taken>>);

impl Prices {
    /// What is in force.
    pub fn taken(&self) -> Arc<Taken> {
        self.0.read().clone()
    }
}

/// Reads contracts and rates from the store and takes them up.
pub async fn refresh(app: &App) -> Result<(), StoreError> {
    // One for each vendor there is.
    let all = ListQuery { limit: 100, ..ListQuery::default() };
    let contracts = app.store.documents.list::<VendorContract>(all).await?;
    let contracts: Vec<VendorContract> = contracts.into_iter().map(|found| found.value).collect();
    let rates = app.store.documents.get::<CurrencyRates>(CurrencyRates::ID).await?;
    let book = PriceBook::new(contracts.clone());
    let rates = rates.map(|found| found.value).unwrap_or_default();
    *app.prices.0.write() = Arc::new(Taken { book, contracts, rates });
    Ok(())
}
