//! Lists that vendors keep, read page by page from the last whole reading of each credential. Called by the routes.
//! Invariant: a page costs what it shows, however long the list is.

use crate::App;
use crate::error::ApiError;
use aegis_domain::entities::{FeedState, InventoryPage};
use aegis_domain::{Ability, CredentialId, Timestamp};
use aegis_store::{DocumentsExt, ListQuery};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Feeds of one vendor that are looked at.
const FEEDS: usize = 5_000;

/// A part of a list.
pub struct Page {
    /// As the vendor states them, each with its `credential`.
    pub items: Vec<Value>,
    /// Where to go on.
    pub next_cursor: Option<String>,
    /// When the oldest list was read.
    pub as_of: Option<Timestamp>,
}

/// A place in the lists of a vendor's credentials, which follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    key: CredentialId,
    page: u64,
    item: usize,
}

impl Place {
    fn read(cursor: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let mut parts = text.split('/');
        let place = Place {
            key: parts.next()?.parse().ok()?,
            page: parts.next()?.parse().ok()?,
            item: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(place)
    }

    fn text(self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}/{}/{}", self.key, self.page, self.item))
    }
}

/// Returns at most `limit` items of a vendor's lists of one kind.
pub async fn page(
    app: &App,
    vendor: &str,
    feed: Ability,
    limit: usize,
    cursor: Option<&str>,
) -> Result<Page, ApiError> {
    let place = cursor.map(|text| {
        Place::read(text)
            .ok_or_else(|| ApiError::field("cursor", "is not one of ours; start again without it"))
    });
    let place = place.transpose()?;
    let query = ListQuery { index: Some(("vendor", vendor.to_owned())), after: None, limit: FEEDS };
    let states = app.store.documents.list::<FeedState>(query).await?.into_iter().map(|found| found.value);
    let states: Vec<FeedState> = states.filter(|state| state.feed == feed && state.shown.is_some()).collect();
    let mut page = Page {
        items: Vec::new(),
        next_cursor: None,
        as_of: states.iter().filter_map(|state| state.fresh_at).min(),
    };
    for state in states {
        let (mut number, mut item) = match place {
            Some(place) if state.key < place.key => continue,
            Some(place) if state.key == place.key => (place.page, place.item),
            _ => (0, 0),
        };
        while let Some(found) = from_page(app, &state, number).await? {
            let room = limit - page.items.len();
            let count = found.items.len();
            page.items
                .extend(found.items.into_iter().skip(item).take(room).map(|one| with_key(one, state.key)));
            if page.items.len() == limit {
                let next = Place { key: state.key, page: found.page, item: (item + room).min(count) };
                page.next_cursor = Some(next.text());
                return Ok(page);
            }
            (number, item) = (found.page + 1, 0);
        }
    }
    Ok(page)
}

/// The first page that is shown of a list from a number on.
async fn from_page(app: &App, state: &FeedState, number: u64) -> Result<Option<InventoryPage>, ApiError> {
    let prefix = InventoryPage::prefix(state.key, state.feed, state.shown.unwrap_or(0));
    let after = match number.checked_sub(1) {
        Some(before) => format!("{prefix}{before:08}"),
        None => prefix,
    };
    let query = ListQuery { index: None, after: Some(after), limit: 1 };
    let found = app.store.documents.list::<InventoryPage>(query).await?.pop().map(|found| found.value);
    Ok(found
        .filter(|page| page.key == state.key && page.feed == state.feed && Some(page.reading) == state.shown))
}

fn with_key(mut item: Value, key: CredentialId) -> Value {
    if let Some(fields) = item.as_object_mut() {
        fields.insert("credential".to_owned(), json!(key));
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_and_nothing_else_does() {
        let place = Place { key: CredentialId::new(), page: 7, item: 19 };
        assert_eq!(Place::read(&place.text()), Some(place));
        for text in
            ["", "!", &URL_SAFE_NO_PAD.encode("a/1/2"), &URL_SAFE_NO_PAD.encode(format!("{}/1", place.key))]
        {
            assert_eq!(Place::read(text), None, "{text}");
        }
    }
}
