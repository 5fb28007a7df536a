//! DeepSeek: the balance of an account, and the models. There is nothing else.
//! Facts: api-docs.deepseek.com, November 2026.

mod catalogue;

use super::read::{Number, Problem, json};
use super::{
    AdminApi, Answer, Auth, Catalogue, Credential, Cursor, Fault, ModelEntry, Page, Request, Row, Standing,
    Unreadable, Verdict,
};
use aegis_domain::{Ability, Dimensions, LedgerKind, LedgerRow, Money, Quantities, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const KEY: Auth = Auth::Bearer("key");

/// The adapter.
pub(super) struct DeepSeek;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    Balance { at: Timestamp },
    Models,
}

#[derive(Deserialize)]
struct Balance {
    #[serde(default)]
    is_available: Option<bool>,
    balance_infos: Vec<Amounts>,
}

#[derive(Deserialize)]
struct Amounts {
    currency: String,
    total_balance: Number,
    granted_balance: Option<Number>,
    topped_up_balance: Option<Number>,
}

#[derive(Deserialize)]
struct Models {
    data: Vec<Model>,
}

#[derive(Deserialize)]
struct Model {
    id: String,
}

impl AdminApi for DeepSeek {
    fn catalogue(&self) -> &'static Catalogue {
        &catalogue::CATALOGUE
    }

    fn check(&self, step: usize, _: &Credential, _: Timestamp) -> Option<Request> {
        (step == 0).then(|| Request::get("api", "/user/balance", KEY))
    }

    fn judge(&self, _: usize, answer: &Answer, _: &Credential) -> Verdict {
        let all = [Ability::Balance, Ability::Models, Ability::Inference];
        if !answer.ok() {
            return Verdict::refused(&all, self.fault(answer));
        }
        let verdict = Verdict::has(&all[..2]);
        match json::<Balance>(answer.body).map(|b| b.is_available) {
            // The key is good; the account has too little money to call.
            Ok(Some(false)) => verdict.and(&all[2..], Standing::Lacks, "the account's balance is used up"),
            Ok(_) => verdict.and(&all[2..], Standing::Has, ""),
            Err(_) => verdict.and(&all[2..], Standing::Unclear, "the balance could not be read"),
        }
    }

    fn open(&self, feed: Ability, _: Window, _: &Credential) -> Vec<Cursor> {
        (feed == Ability::Models).then(|| Cursor::new(&At::Models)).into_iter().collect()
    }

    fn look(&self, feed: Ability, now: Timestamp, _: &Credential) -> Option<Cursor> {
        (feed == Ability::Balance).then(|| Cursor::new(&At::Balance { at: now }))
    }

    fn ask(&self, cursor: &Cursor, _: &Credential) -> Result<Request, Unreadable> {
        Ok(match cursor.get::<At>()? {
            At::Balance { .. } => Request::get("api", "/user/balance", KEY),
            At::Models => Request::get("api", "/models", KEY),
        })
    }

    fn read(&self, cursor: &Cursor, answer: &Answer, _: &Credential) -> Result<Page, Unreadable> {
        match cursor.get::<At>()? {
            At::Balance { at } => read_balance(answer, at),
            At::Models => {
                let models: Models = json(answer.body)?;
                let row = |m: Model| Row::Model(ModelEntry { id: m.id, ..ModelEntry::default() });
                Ok(Page::of(models.data.into_iter().map(row).collect(), []))
            }
        }
    }

    fn fault(&self, answer: &Answer) -> Fault {
        match answer.status {
            // Good keys have got this answer while the vendor was down.
            401 if Problem::of(answer).message.contains("no such user") => Fault::Unavailable,
            _ => Fault::by_status(answer),
        }
    }
}

/// A row for each kind of money in each currency: what was granted may end, what was topped up does not.
fn read_balance(answer: &Answer, at: Timestamp) -> Result<Page, Unreadable> {
    let balance: Balance = json(answer.body)?;
    let mut page = Page::default();
    for amounts in balance.balance_infos {
        let money = |n: Number| n.money(&amounts.currency);
        let total = money(amounts.total_balance)?;
        match (amounts.granted_balance, amounts.topped_up_balance) {
            (Some(granted), Some(topped_up))
                if granted.0.0.checked_add(topped_up.0.0) == Some(total.amount.0) =>
            {
                page.rows.push(row(at, Some("granted"), money(granted)?));
                page.rows.push(row(at, Some("topped_up"), money(topped_up)?));
            }
            _ => page.rows.push(row(at, None, total)),
        }
    }
    if balance.is_available == Some(false) {
        page.notes.push("DeepSeek says that the balance does not suffice for calls.".to_owned());
    }
    Ok(page)
}

fn row(at: Timestamp, item: Option<&str>, money: Money) -> Row {
    Row::Sample(LedgerRow {
        kind: LedgerKind::Balance,
        from: at,
        to: at,
        dimensions: Dimensions {
            item: item.map(str::to_owned),
            // Two currencies are two balances.
            other: BTreeMap::from([("currency".to_owned(), money.currency.to_string())]),
            ..Dimensions::default()
        },
        quantities: Quantities::default(),
        money: Some(money),
        estimate: false,
    })
}
