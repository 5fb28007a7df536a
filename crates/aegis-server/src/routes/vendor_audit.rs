//! `/vendors/audit`: what vendors' own audit logs say.

use crate::App;
use crate::access::Caller;
use crate::error::ApiError;
use crate::http::query::{Cursor, PageParams, RangeParams};
use crate::http::{Access, Query, Routes};
use aegis_domain::{CredentialId, Role, SubjectId, Timestamp, VendorAct};
use aegis_store::{Direction, PageQuery, Stream};
use axum::extract::State;
use axum::http::Method;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::net::IpAddr;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

/// Records looked at for one page: a rare kind makes a short page with a cursor, never a slow one.
const BUDGET: usize = 5_000;

pub(super) fn routes() -> Routes {
    Routes::tag("vendors").add(Access::Role(Role::Viewer), routes!(list))
}

/// What the list is narrowed to. Each value is a comma list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct ActFilter {
    /// Vendor ids.
    vendor: Option<String>,
    /// Ids of the credentials that acts came by.
    key: Option<String>,
    /// Vendors' names of acts, or their beginnings, such as `api_key`.
    kind: Option<String>,
    /// People, as vendors name them.
    user: Option<String>,
}

/// The filter, read.
struct Wanted {
    vendor: Vec<String>,
    key: Vec<String>,
    kind: Vec<String>,
    subject: Vec<SubjectId>,
}

impl Wanted {
    fn of(app: &App, filter: &ActFilter) -> Self {
        Wanted {
            vendor: words(&filter.vendor),
            key: words(&filter.key),
            kind: words(&filter.kind),
            subject: words(&filter.user).iter().map(|name| app.people.subject_id(name)).collect(),
        }
    }

    fn admits(&self, act: &VendorAct) -> bool {
        let key = act.credential_id.to_string();
        let any =
            |wanted: &[String], fits: &dyn Fn(&String) -> bool| wanted.is_empty() || wanted.iter().any(fits);
        any(&self.vendor, &|wanted| *wanted == act.vendor)
            && any(&self.key, &|wanted| *wanted == key)
            && any(&self.kind, &|wanted| act.kind.starts_with(wanted.as_str()))
            && (self.subject.is_empty() || act.subject_id.is_some_and(|who| self.subject.contains(&who)))
    }
}

fn words(list: &Option<String>) -> Vec<String> {
    let words = list.as_deref().unwrap_or_default().split(',').map(str::trim);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// An act at a vendor.
#[derive(Serialize, ToSchema)]
struct ActItem {
    /// Ours.
    id: uuid::Uuid,
    /// The vendor's.
    external_id: String,
    /// When it happened.
    at: Timestamp,
    /// When we got it.
    received_at: Timestamp,
    /// Vendor id.
    vendor: String,
    /// The credential it came by.
    key: CredentialId,
    /// The vendor's name for the act.
    kind: String,
    /// Who, as the vendor names them; none when unknown or erased.
    user: Option<String>,
    /// Who, as the log names them.
    subject_id: Option<SubjectId>,
    /// From which address; to admins whole, to others its beginning.
    address: Option<String>,
    /// On what.
    object: Option<String>,
    /// The vendor's record, masked; none where it was too large to keep.
    #[schema(value_type = Option<Object>)]
    raw: Option<Value>,
    /// Made by the demo.
    demo: bool,
}

/// Acts at vendors.
#[derive(Serialize, ToSchema)]
struct ActList {
    /// Newest first.
    items: Vec<ActItem>,
    /// Where to go on; a page may be short while this is set.
    next_cursor: Option<String>,
    from: Timestamp,
    to: Timestamp,
}

/// What people did at the vendors, by the vendors' own audit logs, newest first.
#[utoipa::path(get, path = "/vendors/audit", params(RangeParams, ActFilter, PageParams),
    responses((status = 200, body = ActList)))]
async fn list(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(range): Query<RangeParams>,
    Query(filter): Query<ActFilter>,
    Query(page): Query<PageParams>,
) -> Result<Json<ActList>, ApiError> {
    let limit = page.limit()?;
    let cursor = page.cursor()?;
    // A list goes on in the window it began with, though a named range has moved on meanwhile.
    let (from, to) = match &cursor {
        Some(cursor) => (cursor.from, cursor.to),
        None => range.window(app.clock.now()).map(|window| (window.from, window.to))?,
    };
    let wanted = Wanted::of(&app, &filter);
    let mut after = cursor.map(|cursor| cursor.position);
    let mut acts = Vec::new();
    let mut budget = BUDGET;
    let next = loop {
        let query = PageQuery {
            stream: Stream::VendorAudit,
            from,
            to,
            masks: Vec::new(),
            direction: Direction::Descending,
            after,
            limit: limit - acts.len(),
            budget,
        };
        let found = app.store.log.page(query).await?;
        for stored in &found.records {
            let act: VendorAct = serde_json::from_slice(&stored.body).map_err(ApiError::internal)?;
            if wanted.admits(&act) {
                acts.push(act);
            }
        }
        budget = budget.saturating_sub(found.examined.max(found.records.len()).max(1));
        after = found.next;
        if after.is_none() || acts.len() >= limit || budget == 0 {
            break after;
        }
    };
    let whole = Access::Role(Role::Admin).admits(&caller.principal, &Method::GET);
    let names = app.people.names(&app, acts.iter().filter_map(|act| act.subject_id)).await?;
    let name = |act: &VendorAct| Some(names.get(&act.subject_id?)?.to_string());
    let items = acts.into_iter().map(|act| ActItem::of(name(&act), act, whole)).collect();
    let next_cursor = next.map(|position| Cursor { from, to, position }.write());
    Ok(Json(ActList { items, next_cursor, from, to }))
}

impl ActItem {
    fn of(user: Option<String>, act: VendorAct, whole: bool) -> Self {
        ActItem {
            id: act.id,
            external_id: act.external_id,
            at: act.at,
            received_at: act.received_at,
            vendor: act.vendor,
            key: act.credential_id,
            kind: act.kind,
            user,
            subject_id: act.subject_id,
            address: act.address.map(|address| if whole { address } else { beginning(&address) }),
            object: act.object,
            raw: act.raw,
            demo: act.demo,
        }
    }
}

/// The network of an address: enough to tell places apart, not machines.
fn beginning(address: &str) -> String {
    match address.parse().map(|ip: IpAddr| ip.to_canonical()) {
        Ok(IpAddr::V4(ip)) => {
            let [a, b, ..] = ip.octets();
            format!("{a}.{b}.•.•")
        }
        Ok(IpAddr::V6(ip)) => {
            let [a, b, ..] = ip.segments();
            format!("{a:x}:{b:x}:•")
        }
        Err(_) => "•".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_cut_to_its_network() {
        for (address, shown) in [
            ("203.0.113.7", "203.0.•.•"),
            ("2001:db8:1:2::3", "2001:db8:•"),
            ("::ffff:203.0.113.7", "203.0.•.•"),
            ("203.0.113.7:443", "•"),
            ("", "•"),
        ] {
            assert_eq!(beginning(address), shown, "{address}");
        }
    }
}
