//! Lists: models by API key; keys of the project and entries of its audit logs by service account.

use super::{LOGGING, PLATFORM, onward};
use crate::admin::read::{Count, Time, json};
use crate::admin::{AuditEntry, Auth, KeyEntry, ModelEntry, Request, Row, Unreadable};
use serde::Deserialize;
use serde_json::{Value, json};

/// Rows, and the token of the next page.
type Read = Result<(Vec<Row>, Option<String>), Unreadable>;

fn paged(request: Request, page: Option<String>) -> Request {
    page.iter().fold(request, |r, page| r.with("pageToken", page))
}

/// A page of models.
pub fn models(size: u32, page: Option<String>) -> Request {
    let auth = Auth::Header("x-goog-api-key", "key");
    paged(Request::get("api", "/v1beta/models", auth).with("pageSize", size), page)
}

/// A page of the project's API keys. Their secrets are not in it.
pub fn keys(project: &str, size: u32, page: Option<String>) -> Request {
    let path = format!("/v2/projects/{project}/locations/global/keys");
    paged(Request::get("apikeys", path, PLATFORM).with("pageSize", size), page)
}

/// A page of audit entries about models, keys and permissions.
pub fn log(project: &str, from: &str, to: &str, size: u32, page: Option<String>) -> Request {
    const SERVICES: [&str; 6] = [
        "generativelanguage.googleapis.com",
        "aiplatform.googleapis.com",
        "apikeys.googleapis.com",
        "iam.googleapis.com",
        "cloudresourcemanager.googleapis.com",
        "serviceusage.googleapis.com",
    ];
    let services: Vec<String> = SERVICES.iter().map(|s| format!("\"{s}\"")).collect();
    let filter = format!(
        "logName:\"cloudaudit.googleapis.com\" AND timestamp >= \"{from}\" AND timestamp < \"{to}\" AND \
         protoPayload.serviceName = ({})",
        services.join(" OR ")
    );
    let mut body = json!({
        "resourceNames": [format!("projects/{project}")],
        "filter": filter,
        "orderBy": "timestamp asc",
        "pageSize": size,
    });
    if let Some(page) = page {
        body["pageToken"] = page.into();
    }
    Request::post("logging", "/v2/entries:list", LOGGING, body)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Models {
    #[serde(default)]
    models: Vec<Model>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Model {
    name: String,
    display_name: Option<String>,
    input_token_limit: Option<Count>,
}

pub fn read_models(body: &[u8], page: Option<&str>) -> Read {
    let list: Models = json(body)?;
    let rows = list.models.into_iter().map(|model| {
        Row::Model(ModelEntry {
            id: model.name.strip_prefix("models/").unwrap_or(&model.name).to_owned(),
            name: model.display_name,
            context: model.input_token_limit.map(|c| c.0),
            ends_at: None,
        })
    });
    Ok((rows.collect(), onward(None, list.next_page_token, page)?))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Keys {
    #[serde(default)]
    keys: Vec<Key>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Key {
    uid: String,
    display_name: Option<String>,
    create_time: Option<Time>,
    delete_time: Option<Time>,
    restrictions: Option<serde::de::IgnoredAny>,
}

/// A key without restrictions works for every API of the project: its status says so.
pub fn read_keys(body: &[u8], project: Option<&str>, page: Option<&str>) -> Read {
    let list: Keys = json(body)?;
    let rows = list.keys.into_iter().map(|key| {
        let status = match (key.delete_time, key.restrictions) {
            (Some(_), _) => "deleted",
            (None, None) => "unrestricted",
            (None, Some(_)) => "active",
        };
        Row::Key(KeyEntry {
            id: key.uid,
            name: key.display_name.unwrap_or_default(),
            project: project.map(str::to_owned),
            status: Some(status.to_owned()),
            created_at: key.create_time.map(|t| t.0),
            ..KeyEntry::default()
        })
    });
    Ok((rows.collect(), onward(None, list.next_page_token, page)?))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entries {
    #[serde(default)]
    entries: Vec<Value>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    log_name: String,
    insert_id: String,
    timestamp: String,
}

/// An empty page may still lead on. An entry is told by its log, its time and its own id together.
pub fn read_log(body: &[u8], page: Option<&str>) -> Read {
    let list: Entries = json(body)?;
    let rows = list.entries.into_iter().map(entry).collect::<Result<_, _>>()?;
    Ok((rows, onward(None, list.next_page_token, page)?))
}

fn entry(raw: Value) -> Result<Row, Unreadable> {
    let malformed = || Unreadable::shape("entries", "a list of log entries");
    let entry = Entry::deserialize(&raw).map_err(|_| malformed())?;
    let at: Time = entry.timestamp.parse().map_err(|_| malformed())?;
    let text = |place: &str| raw.pointer(place).and_then(Value::as_str).map(str::to_owned);
    Ok(Row::Audit(AuditEntry {
        id: format!("{}/{}/{}", entry.log_name, entry.timestamp, entry.insert_id),
        at: at.0,
        kind: text("/protoPayload/methodName").unwrap_or_else(|| "log entry".to_owned()),
        actor: text("/protoPayload/authenticationInfo/principalEmail"),
        address: text("/protoPayload/requestMetadata/callerIp"),
        object: text("/protoPayload/resourceName"),
        raw,
    }))
}
