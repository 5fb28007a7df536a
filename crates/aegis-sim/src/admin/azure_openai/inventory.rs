//! Resources, their deployments, and the activity log.

use super::entra::allow;
use super::{Call, GROUP, REGION, VENDOR, bad, deployment, find, resource};
use crate::admin::paging;
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY};
use crate::admin::world::{Act, Deed};
use serde_json::{Value, json};

/// Rows of the activity log on a page.
const EVENTS: usize = 50;

pub(super) fn accounts(call: &Call) -> Answer {
    allow(call.admin, call.headers, "inventory", "Microsoft.CognitiveServices/accounts/read")?;
    let projects = call.admin.account(&VENDOR).directory.projects.iter().enumerate();
    let value: Vec<Value> = projects
        .map(|(place, p)| {
            json!({
                "id": resource(call.admin, place), "name": p.id, "type": "Microsoft.CognitiveServices/accounts",
                "location": REGION, "kind": if place == 2 { "AIServices" } else { "OpenAI" }, "sku": {"name": "S0"},
                "properties": {
                    "endpoint": format!("https://{}.openai.azure.com/", p.id), "provisioningState": "Succeeded",
                    "customSubDomainName": p.id, "publicNetworkAccess": if place == 1 { "Enabled" } else { "Disabled" },
                    "disableLocalAuth": place == 0,
                },
            })
        })
        .collect();
    Ok(ok(json!({"value": value})))
}

pub(super) fn deployments(call: &Call, name: &str) -> Answer {
    allow(call.admin, call.headers, "inventory", "Microsoft.CognitiveServices/accounts/deployments/read")?;
    let account = resource(call.admin, find(call, name)?);
    let value: Vec<Value> = VENDOR
        .models
        .iter()
        .enumerate()
        .map(|(place, model)| {
            let name = deployment(place);
            json!({
                "id": format!("{account}/deployments/{name}"), "type": "Microsoft.CognitiveServices/accounts/deployments",
                "name": name, "sku": {"name": if place == 0 { "GlobalStandard" } else { "DataZoneStandard" }, "capacity": 50},
                "properties": {"model": {"format": "OpenAI", "name": model.id, "version": model.name}, "provisioningState": "Succeeded"},
            })
        })
        .collect();
    Ok(ok(json!({"value": value})))
}

/// The instant behind `eventTimestamp` and an operator in a filter.
fn bound(filter: &str, operator: &str) -> Option<i64> {
    let tail = filter.split_once(&format!("eventTimestamp {operator} '"))?.1;
    when::parse(tail.split('\'').next()?)
}

pub(super) fn activity_log(call: &Call) -> Answer {
    allow(call.admin, call.headers, "inventory", "Microsoft.Insights/eventtypes/management/values/read")?;
    let filter = call.params.get("$filter").unwrap_or("");
    let from = bound(filter, "ge").ok_or_else(|| bad("The filter must set eventTimestamp ge."))?;
    let now = call.admin.now();
    let to = bound(filter, "le").map_or(now, |t| t + 1).min(now);
    let from = from.max(now - 90 * DAY);
    let mut acts = call.admin.account(&VENDOR).acts(from, to);
    acts.reverse();
    let start = call.params.get("$skipToken").and_then(paging::read_token).unwrap_or(0);
    let part = paging::offset(&acts, start as usize, EVENTS);
    let value: Vec<Value> = part.items.iter().map(|act| event(call, act)).collect();
    let mut body = json!({"value": value});
    if part.more {
        let token = paging::token(start + EVENTS as i64).replace('=', "%3D").replace('+', "%2B");
        let filter = filter.replace(' ', "%20").replace('\'', "%27");
        let path = format!(
            "subscriptions/{}/providers/Microsoft.Insights/eventtypes/management/values",
            super::subscription(call.admin)
        );
        body["nextLink"] = super::costs::link(
            call,
            &format!("{path}?api-version=2015-04-01&$filter={filter}&$skipToken={token}"),
        )
        .into();
    }
    Ok(ok(body))
}

fn event(call: &Call, act: &Act) -> Value {
    let operation = match act.deed {
        Deed::KeyMade | Deed::KeyDeleted => "Microsoft.CognitiveServices/accounts/regenerateKey/action",
        Deed::MemberInvited | Deed::RoleChanged => "Microsoft.Authorization/roleAssignments/write",
        Deed::LimitChanged => "Microsoft.CognitiveServices/accounts/deployments/write",
        Deed::LogIn | Deed::LogInFailed => "Microsoft.CognitiveServices/accounts/listKeys/action",
        Deed::SettingChanged => "Microsoft.CognitiveServices/accounts/write",
    };
    let member = &call.admin.account(&VENDOR).directory.members[act.member];
    let text = |value: &str| json!({"value": value, "localizedValue": value});
    json!({
        "eventDataId": act.id, "correlationId": act.id, "eventTimestamp": when::rfc3339(act.at),
        "submissionTimestamp": when::rfc3339(act.at + 90), "caller": member.email, "level": "Informational",
        "operationName": text(operation), "status": text(if act.deed == Deed::LogInFailed { "Failed" } else { "Succeeded" }),
        "category": text("Administrative"), "resourceId": resource(call.admin, member.project), "resourceGroupName": GROUP,
        "resourceProviderName": text("Microsoft.CognitiveServices"), "subscriptionId": super::subscription(call.admin),
        "httpRequest": {"clientIpAddress": act.ip, "method": "POST"},
    })
}
