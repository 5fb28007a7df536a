//! Which books there are, and their days. Called by everything that shows money.

use crate::App;
use aegis_domain::entities::{Credential, LedgerDay};
use aegis_domain::{Ability, Timestamp, Window};
use aegis_store::{DocumentsExt, ListQuery, StoreError};

/// Documents read at once: a day of a book may have 40 KB.
const PAGE: usize = 50;
/// Credentials read at once.
const CREDENTIALS: usize = 500;
/// The feeds of a credential that have books with money or tokens, in the order their rows are listed.
pub const FEEDS: [Ability; 3] = [Ability::Cost, Ability::Usage, Ability::Balance];

/// Every credential, by id.
pub async fn credentials(app: &App) -> Result<Vec<Credential>, StoreError> {
    let mut all: Vec<Credential> = Vec::new();
    let mut after = None;
    loop {
        let query = ListQuery { index: None, after, limit: CREDENTIALS };
        let found = app.store.documents.list::<Credential>(query).await?;
        let more = found.len() == CREDENTIALS;
        all.extend(found.into_iter().map(|found| found.value));
        after = all.last().map(|c| c.id.to_string());
        if !more {
            return Ok(all);
        }
    }
}

/// Hands over the days of every book in a window, by day, then book.
pub async fn each_day(app: &App, window: Window, mut see: impl FnMut(LedgerDay)) -> Result<(), StoreError> {
    // Ids begin with the day, so that a window is a run of ids.
    let mut after = Some(LedgerDay::prefix(window.from));
    loop {
        let query = ListQuery { index: None, after, limit: PAGE };
        let found = app.store.documents.list::<LedgerDay>(query).await?;
        let more = found.len() == PAGE;
        after = found.last().map(|last| LedgerDay::id_of(last.value.day, &last.value.book));
        for day in found {
            if day.value.day >= window.to {
                return Ok(());
            }
            see(day.value);
        }
        if !more {
            return Ok(());
        }
    }
}

/// The days of every book of one day.
pub async fn of_day(app: &App, day: Timestamp) -> Result<Vec<LedgerDay>, StoreError> {
    let mut found = Vec::new();
    let window = Window { from: day, to: day.plus(super::DAY), bucket: super::DAY };
    each_day(app, window, |day| found.push(day)).await?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_a_day_sort_after_its_prefix_and_before_the_next() {
        let at = |t: &str| t.parse::<Timestamp>().unwrap();
        let (day, next) = (at("2026-02-28T00:00:00Z"), at("2026-03-01T00:00:00Z"));
        let id = LedgerDay::id_of(day, "0/usage");
        assert_eq!(id, "2026-02-28/0/usage");
        assert!(LedgerDay::prefix(day) < id && id < LedgerDay::prefix(next));
    }
}
