//! Cloud Logging's admin acts, and the list of API keys. A page of entries may be empty and yet name a next one.

use super::monitoring::conditions;
use super::tokens::{about, allow};
use super::{PROJECT, PROJECT_NUMBER, VENDOR, google_page, invalid};
use crate::admin::Admin;
use crate::admin::paging;
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY};
use crate::admin::world::{Act, Deed};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    resource_names: Vec<String>,
    #[serde(default)]
    filter: String,
    #[serde(default)]
    order_by: String,
    page_size: Option<usize>,
    page_token: Option<String>,
}

pub(super) async fn entries(State(admin): State<Admin>, headers: HeaderMap, body: Bytes) -> Answer {
    allow(&admin, &headers, "logging", "logging.logEntries.list")?;
    let list: List = serde_json::from_slice(&body).map_err(|_| invalid("Invalid JSON payload received."))?;
    for name in &list.resource_names {
        about(name.strip_prefix("projects/").unwrap_or(name))?;
    }
    let now = admin.now();
    let (mut from, mut to) = (now - 30 * DAY, now);
    // `conditions` drops the comparison; which of two bounds one is shows in the text before it.
    for (name, value) in conditions(&list.filter) {
        if let Some(at) = when::parse(&value).filter(|_| name == "timestamp") {
            let before = list.filter.split(&format!("\"{value}\"")).next().unwrap_or("");
            if before.trim_end().ends_with(">=") { from = at } else { to = at.min(now) }
        }
    }
    if let Some((_, value)) =
        list.filter.split_once("timestamp<\"").or_else(|| list.filter.split_once("timestamp < \""))
    {
        to = value.split('"').next().and_then(when::parse).unwrap_or(to).min(now);
    }
    let mut acts: Vec<Act> = admin.account(&VENDOR).acts(from, to);
    if list.order_by.contains("desc") {
        acts.reverse();
    }
    let bad = || invalid("page_token is invalid");
    let start = list
        .page_token
        .as_deref()
        .filter(|t| !t.is_empty())
        .map(|t| paging::read_token(t).ok_or_else(bad))
        .transpose()?
        .unwrap_or(0);
    let size = list.page_size.unwrap_or(50).clamp(1, 1_000);
    let part = paging::offset(&acts, start as usize, size);
    let mut body = json!({});
    if !part.items.is_empty() {
        body["entries"] = part.items.iter().map(|a| entry(&admin, a)).collect();
    }
    if part.more {
        body["nextPageToken"] = paging::token(start + size as i64).into();
    }
    Ok(ok(body))
}

fn entry(admin: &Admin, act: &Act) -> Value {
    let (service, method) = match act.deed {
        Deed::KeyMade => ("apikeys.googleapis.com", "google.api.apikeys.v2.ApiKeys.CreateKey"),
        Deed::KeyDeleted => ("apikeys.googleapis.com", "google.api.apikeys.v2.ApiKeys.DeleteKey"),
        Deed::LimitChanged => (
            "serviceusage.googleapis.com",
            "google.api.serviceusage.v1beta1.ServiceUsage.UpdateConsumerOverride",
        ),
        Deed::SettingChanged => {
            ("serviceusage.googleapis.com", "google.api.serviceusage.v1.ServiceUsage.EnableService")
        }
        _ => ("cloudresourcemanager.googleapis.com", "SetIamPolicy"),
    };
    let member = &admin.account(&VENDOR).directory.members[act.member];
    let stamp = |tail: &str| when::rfc3339(act.at).replace('Z', tail);
    json!({
        "logName": format!("projects/{PROJECT}/logs/cloudaudit.googleapis.com%2Factivity"),
        "resource": {"type": "audited_resource", "labels": {"project_id": PROJECT, "service": service, "method": method}},
        "protoPayload": {
            "@type": "type.googleapis.com/google.cloud.audit.AuditLog", "serviceName": service, "methodName": method,
            "resourceName": format!("projects/{PROJECT}/locations/global"),
            "authenticationInfo": {"principalEmail": member.email},
            "requestMetadata": {"callerIp": act.ip, "callerSuppliedUserAgent": "Mozilla/5.0"}, "status": {},
        },
        "timestamp": stamp(".104Z"), "receiveTimestamp": stamp(".871Z"), "severity": "NOTICE", "insertId": act.id,
    })
}

pub(super) async fn keys(
    State(admin): State<Admin>,
    Path(project): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, "apikeys", "apikeys.keys.list")?;
    about(&project)?;
    let keys = admin.account(&VENDOR).directory.keys.iter().enumerate();
    let items: Vec<Value> = keys
        .map(|(place, key)| {
            let mut item = json!({
                "name": format!("projects/{PROJECT_NUMBER}/locations/global/keys/{}", key.id), "uid": key.id,
                "displayName": key.name, "createTime": when::micros(key.created), "updateTime": when::micros(key.created),
                "etag": format!("W/\"{}==\"", key.tail),
            });
            // The second key works for every API: worth a finding.
            if place != 1 {
                item["restrictions"] = json!({"apiTargets": [{"service": "generativelanguage.googleapis.com"}]});
            }
            item
        })
        .collect();
    let (page, next) = google_page(&items, &params, 50, 300)?;
    let mut body = json!({"keys": page});
    if let Some(next) = next {
        body["nextPageToken"] = next.into();
    }
    Ok(ok(body))
}
