//! Lists of documents by id, and who made them: shared by the resources of the control plane.

use crate::App;
use crate::error::ApiError;
use crate::http::query::PageParams;
use aegis_domain::UserId;
use aegis_domain::entities::{Entity, User};
use aegis_store::{DocumentsExt, ListQuery, StoreError};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::HashMap;

/// Longest id that a cursor may hold.
const ID_BYTES: usize = 64;

/// A page of documents by id, which is by age, and the cursor of the next.
pub async fn page_by_id<E: Entity>(
    app: &App,
    page: &PageParams,
) -> Result<(Vec<E>, Option<String>), ApiError> {
    page_of(app, None, page).await
}

/// The same, of those under one value of an index.
pub async fn page_of<E: Entity>(
    app: &App,
    index: Option<(&'static str, String)>,
    page: &PageParams,
) -> Result<(Vec<E>, Option<String>), ApiError> {
    let limit = page.limit()?;
    let after = page.cursor.as_deref().map(read_cursor).transpose()?;
    // One more than asked for tells whether there is a next page.
    let mut found = app.store.documents.list::<E>(ListQuery { index, after, limit: limit + 1 }).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let items: Vec<E> = found.into_iter().map(|found| found.value).collect();
    let next = items.last().filter(|_| more).map(|last| URL_SAFE_NO_PAD.encode(last.id()));
    Ok((items, next))
}

fn read_cursor(text: &str) -> Result<String, ApiError> {
    let id = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    id.filter(|id| id.len() <= ID_BYTES)
        .ok_or_else(|| ApiError::field("cursor", "is not one of ours; start again without it"))
}

/// Turns the ids under "created by" into addresses, each looked up once.
#[derive(Default)]
pub struct Names(HashMap<String, String>);

impl Names {
    /// The address of a user; anything else, such as an operator's name, stays as it is.
    pub async fn of(&mut self, app: &App, maker: String) -> Result<String, StoreError> {
        if maker.parse::<UserId>().is_err() {
            return Ok(maker);
        }
        if let Some(name) = self.0.get(&maker) {
            return Ok(name.clone());
        }
        let user = app.store.documents.get::<User>(&maker).await?;
        let name = user.map_or_else(|| "a removed member".to_string(), |user| user.value.email);
        self.0.insert(maker, name.clone());
        Ok(name)
    }
}
