//! Lists: the subscription's resources, their deployments, the activity log; and the models of a resource by key.
//! Invariant: a resource's id becomes a path only where it is one.

use super::metrics::Family;
use super::{ARM, At, Of};
use crate::admin::page::onward;
use crate::admin::read::{Time, json, segment};
use crate::admin::{AuditEntry, Auth, Credential, Cursor, ModelEntry, Page, Request, Row, Unreadable};
use serde::Deserialize;
use serde_json::Value;

const ACCOUNTS: &str = "2024-10-01";

/// The models that a resource could use, by its key.
pub fn models() -> Request {
    Request::get("resource", "/openai/models", Auth::Header("api-key", "key"))
        .with("api-version", "2024-10-21")
}

/// The resources of the subscription.
pub fn accounts(credential: &Credential) -> Request {
    let subscription = segment(credential.get("subscription_id"));
    let path = format!("/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/accounts");
    Request::get("management", path, ARM).with("api-version", ACCOUNTS)
}

/// The deployments of a resource.
pub fn deployments(account: &str) -> Request {
    Request::get("management", format!("{account}/deployments"), ARM).with("api-version", ACCOUNTS)
}

/// Acts on the resources of the subscription.
pub fn activities(credential: &Credential, from: &str, to: &str) -> Request {
    let subscription = segment(credential.get("subscription_id"));
    let path =
        format!("/subscriptions/{subscription}/providers/Microsoft.Insights/eventtypes/management/values");
    let filter = format!(
        "eventTimestamp ge '{from}' and eventTimestamp le '{to}' and resourceProvider eq 'Microsoft.CognitiveServices'"
    );
    Request::get("management", path, ARM).with("api-version", "2015-04-01").with("$filter", filter)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List<T> {
    value: Vec<T>,
    next_link: Option<String>,
}

#[derive(Deserialize)]
struct Account {
    id: String,
    kind: Option<String>,
}

impl Account {
    /// The id of a resource that models are called through, where it can stand in a path.
    fn serving(self) -> Option<String> {
        let serves = matches!(self.kind.as_deref(), Some("OpenAI" | "AIServices"));
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"/._-()".contains(&b);
        let path =
            self.id.starts_with("/subscriptions/") && !self.id.contains("..") && !self.id.contains("//");
        (serves && path && self.id.bytes().all(plain)).then_some(self.id)
    }
}

/// The first resource of a list, to try its metrics on.
pub fn first_account(body: &[u8]) -> Option<String> {
    json::<List<Account>>(body).ok()?.value.into_iter().find_map(Account::serving)
}

/// A page of resources leads to the metrics or deployments of each, and to the next page.
pub fn read_accounts(body: &[u8], of: Of, link: Option<String>) -> Result<Page, Unreadable> {
    let list: List<Account> = json(body)?;
    let next = onward(None, list.next_link, link.as_deref())?;
    let inside = list.value.into_iter().filter_map(Account::serving).map(|account| match &of {
        Of::Metrics(span) => At::Metrics { account, family: Family::Foundry, span: span.clone() },
        Of::Deployments => At::Deployments { account, link: None },
    });
    let next = next.map(|link| At::Accounts { of: of.clone(), link: Some(link) });
    Ok(Page::of(Vec::new(), inside.chain(next).map(|at| Cursor::new(&at))))
}

#[derive(Deserialize)]
struct Deployment {
    name: String,
    sku: Option<Sku>,
    properties: Option<Properties>,
}

#[derive(Deserialize)]
struct Sku {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Properties {
    model: Option<Model>,
}

#[derive(Deserialize)]
struct Model {
    name: Option<String>,
    version: Option<String>,
}

/// Deployments are what can be called: named by model, version, kind of processing and resource.
pub fn read_deployments(body: &[u8], account: String, link: Option<String>) -> Result<Page, Unreadable> {
    let list: List<Deployment> = json(body)?;
    let next = onward(None, list.next_link, link.as_deref())?;
    let resource = account.rsplit('/').next().map(str::to_owned);
    let rows = list.value.into_iter().map(|deployment| {
        let (model, version) = match deployment.properties.and_then(|p| p.model) {
            Some(model) => (model.name, model.version),
            None => (None, None),
        };
        let words = [model, version, deployment.sku.and_then(|s| s.name), resource.clone()];
        let words: Vec<String> = words.into_iter().flatten().collect();
        Row::Model(ModelEntry {
            id: deployment.name,
            name: Some(words.join(", ")),
            context: None,
            ends_at: None,
        })
    });
    let rows = rows.collect();
    let next = next.map(|link| At::Deployments { account, link: Some(link) });
    Ok(Page::of(rows, next.iter().map(Cursor::new)))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Activity {
    event_data_id: String,
    event_timestamp: Time,
}

/// Acts, each with the vendor's record whole.
pub fn read_activities(
    body: &[u8],
    from: String,
    to: String,
    link: Option<String>,
) -> Result<Page, Unreadable> {
    let list: List<Value> = json(body)?;
    let next = onward(None, list.next_link, link.as_deref())?;
    let rows = list.value.into_iter().map(activity).collect::<Result<_, _>>()?;
    let next = next.map(|link| At::Activities { from, to, link: Some(link) });
    Ok(Page::of(rows, next.iter().map(Cursor::new)))
}

fn activity(raw: Value) -> Result<Row, Unreadable> {
    let entry = Activity::deserialize(&raw).map_err(|_| Unreadable::shape("value", "a list of events"))?;
    let text = |place: &str| raw.pointer(place).and_then(Value::as_str).map(str::to_owned);
    Ok(Row::Audit(AuditEntry {
        id: entry.event_data_id,
        at: entry.event_timestamp.0,
        kind: text("/operationName/value").unwrap_or_else(|| "event".to_owned()),
        actor: text("/caller"),
        address: text("/httpRequest/clientIpAddress"),
        object: text("/resourceId"),
        raw,
    }))
}

#[derive(Deserialize)]
struct Models {
    data: Vec<Known>,
}

#[derive(Deserialize)]
struct Known {
    id: String,
    deprecation: Option<Deprecation>,
}

#[derive(Deserialize)]
struct Deprecation {
    inference: Option<Time>,
}

/// The models of a resource, and when they end.
pub fn read_models(body: &[u8]) -> Result<Page, Unreadable> {
    let rows = json::<Models>(body)?.data.into_iter().map(|model| {
        let ends_at = model.deprecation.and_then(|d| d.inference).map(|t| t.0);
        Row::Model(ModelEntry { id: model.id, name: None, context: None, ends_at })
    });
    Ok(Page::of(rows.collect(), []))
}
