//! Identity, members, audit log, service accounts, resource groups.

use super::{ORG, VENDOR, allow, bad, error, group, id_for, known, user};
use crate::admin::Admin;
use crate::admin::keys::header;
use crate::admin::paging;
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok, with};
use crate::admin::when::{self, DAY};
use crate::admin::world::{Act, Deed, Key, Member};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};

/// Events of the audit log at most.
const EVENTS: usize = 100_000;
const AVATAR: &str = "https://cdn-avatars.example.com/a.png";

pub(super) async fn whoami(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    let administrator = known(&admin, &headers)?.opens("org");
    let directory = &admin.account(&VENDOR).directory;
    let member = &directory.members[usize::from(!administrator)];
    let (year, month, _) = when::civil(admin.now());
    let period_end = when::month(year, month).map_or(0, |m| m.1 - 1);
    let groups: Vec<Value> =
        groups(&admin).map(|(id, name)| json!({"id": id, "name": name, "role": "admin"})).collect();
    let mut token =
        json!({"displayName": "aegisflow", "role": "read", "createdAt": when::millis(member.created)});
    if !administrator {
        token["role"] = "fineGrained".into();
        let entity = json!({"_id": member.id, "type": "user", "name": user(&member.email)});
        token["fineGrained"] = json!({"canReadGatedRepos": false, "global": [],
            "scoped": [{"entity": entity, "permissions": ["inference.serverless.write"]}]});
    }
    Ok(ok(json!({
        "type": "user", "id": member.id, "name": user(&member.email), "fullname": member.name, "email": member.email,
        "emailVerified": true, "canPay": true, "billingMode": "prepaid", "periodEnd": period_end, "isPro": false,
        "avatarUrl": AVATAR,
        "orgs": [{"type": "org", "id": directory.organisation, "name": ORG, "fullname": "Larkfield Mutual",
                  "email": "ai@larkfield.example", "canPay": true, "billingMode": "postpaid", "periodEnd": period_end,
                  "avatarUrl": AVATAR, "plan": "enterprise", "roleInOrg": if administrator { "admin" } else { "read" },
                  "resourceGroups": groups}],
        "auth": {"type": "access_token", "accessToken": token},
    })))
}

/// Ids and names of the resource groups.
fn groups(admin: &Admin) -> impl Iterator<Item = (&str, &'static str)> {
    admin
        .account(&VENDOR)
        .directory
        .projects
        .iter()
        .enumerate()
        .filter_map(|(p, project)| Some((group(admin, p)?, project.name)))
}

fn member(admin: &Admin, place: usize, m: &Member) -> Value {
    let role = if m.admin { "admin" } else { "contributor" };
    let name = admin.account(&VENDOR).directory.projects[m.project].name;
    let groups: Vec<Value> = group(admin, m.project)
        .map(|id| json!({"id": id, "name": name, "numUsers": 3, "role": role}))
        .into_iter()
        .collect();
    // The last one came from outside and has no second factor.
    let outside = place + 1 == admin.account(&VENDOR).directory.members.len();
    json!({
        "_id": m.id, "user": user(&m.email), "fullname": m.name, "type": "user", "avatarUrl": AVATAR, "isPro": false,
        "role": if outside { "read" } else { role }, "resourceGroups": groups, "twoFaEnabled": !outside,
        "verifiedEmail": (!outside).then_some(m.email.as_str()), "isExternalCollaborator": outside,
    })
}

/// A bare list; the next page's whole address stands in the `Link` header.
pub(super) async fn members(
    State(admin): State<Admin>,
    Path(org): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, &org, "org")?;
    // The vendor takes 10 at least; so small an organization would fit on one page of that.
    let limit = params.within("limit", 500, 2, 10_000).map_err(|_| bad("limit"))?;
    let start = params
        .get("cursor")
        .map(|c| paging::read_token(c).ok_or_else(|| bad("cursor")))
        .transpose()?
        .unwrap_or(0);
    let members = &admin.account(&VENDOR).directory.members;
    let all: Vec<Value> = members.iter().enumerate().map(|(place, m)| member(&admin, place, m)).collect();
    let part = paging::offset(&all, start as usize, limit);
    let response = ok(part.items.into());
    if !part.more {
        return Ok(response);
    }
    let cursor = paging::token(start + limit as i64).replace('=', "%3D").replace('+', "%2B");
    let host = header(&headers, "host").unwrap_or("localhost");
    let next = format!(
        "http://{host}/huggingface/hub/api/organizations/{ORG}/members?limit={limit}&cursor={cursor}"
    );
    Ok(with(response, "link", &format!("<{next}>; rel=\"next\"")))
}

/// The whole log, newest first; every export is itself an event at the vendor, but not here, where answers repeat.
pub(super) async fn audit(
    State(admin): State<Admin>,
    Path(org): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, &org, "audit")?;
    let now = admin.now();
    let wanted = params.get("q").and_then(|q| q.strip_prefix("type:"));
    let acts = admin.account(&VENDOR).acts(now - 400 * DAY, now);
    let events =
        acts.iter().rev().map(|a| event(&admin, a)).filter(|e| wanted.is_none_or(|t| e["type"] == t));
    Ok(ok(events.take(EVENTS).collect()))
}

fn event(admin: &Admin, act: &Act) -> Value {
    let directory = &admin.account(&VENDOR).directory;
    let (author, other) = (&directory.members[act.member], &directory.keys[act.key]);
    let (kind, message, data) = match act.deed {
        Deed::LogIn => ("org.sso_login", "Signed in by single sign-on".to_owned(), json!({})),
        Deed::LogInFailed => ("org.sso_login_failed", "Single sign-on failed".to_owned(), json!({})),
        Deed::KeyMade => {
            let message = "Added a key for provider together".to_owned();
            ("org.settings.inference_providers.keys.add", message, json!({"provider": "together"}))
        }
        Deed::KeyDeleted => {
            let message = "Removed a key for provider together".to_owned();
            ("org.settings.inference_providers.keys.remove", message, json!({"provider": "together"}))
        }
        Deed::MemberInvited => ("org.invite_user", format!("Invited a member to {}", other.name), json!({})),
        Deed::RoleChanged => ("org.change_role", "Changed a role".to_owned(), json!({"role": "contributor"})),
        Deed::LimitChanged => ("billing.update_limit", "Changed the spending limit".to_owned(), json!({})),
        Deed::SettingChanged => ("org.update_settings", "Changed the settings".to_owned(), json!({})),
    };
    json!({
        "_id": act.id, "createdAt": when::millis(act.at), "type": kind, "message": message, "ip": act.ip,
        "location": {"formatted": "Lyon, FR", "country": "FR", "city": "Lyon"}, "userAgent": "Mozilla/5.0",
        "author": {"_id": author.id, "user": user(&author.email), "avatarUrl": AVATAR, "type": "user"}, "data": data,
    })
}

fn service(key: &Key) -> Value {
    json!({"_id": key.id, "user": format!("{ORG}-sa-{}", key.name), "name": key.name,
           "email": format!("sa-{}@larkfield.example", key.name), "description": "Nightly jobs",
           "createdAt": when::millis(key.created)})
}

pub(super) async fn service_accounts(
    State(admin): State<Admin>,
    Path(org): Path<String>,
    headers: HeaderMap,
) -> Answer {
    allow(&admin, &headers, &org, "org")?;
    let keys = admin.account(&VENDOR).directory.keys.iter().filter(|k| k.owner.is_none());
    Ok(ok(keys.map(service).collect()))
}

pub(super) async fn service_account(
    State(admin): State<Admin>,
    Path((org, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    allow(&admin, &headers, &org, "org")?;
    let account = admin.account(&VENDOR);
    let keys = &account.directory.keys;
    let place = keys
        .iter()
        .position(|k| k.id == id && k.owner.is_none())
        .ok_or_else(|| error(404, "Service account not found"))?;
    let key = &keys[place];
    let mut body = service(key);
    body["accessTokens"] = json!([{
        "_id": id_for(&key.id), "displayName": key.name, "createdAt": when::millis(key.created),
        "lastUsedAt": account.last_used(place, admin.now()).map(when::millis), "expiration": null, "role": "fineGrained",
        "permissions": ["inference.serverless.write"], "repoIds": [], "repoPermissions": [], "endpointPatterns": [],
        "last4": key.tail,
    }]);
    Ok(ok(body))
}

pub(super) async fn resource_groups(
    State(admin): State<Admin>,
    Path(org): Path<String>,
    headers: HeaderMap,
) -> Answer {
    allow(&admin, &headers, &org, "org")?;
    let members = &admin.account(&VENDOR).directory.members;
    let list = groups(&admin).map(|(id, name)| {
        let of_group = members.iter().filter(|m| group(&admin, m.project) == Some(id));
        let users: Vec<Value> = of_group
            .map(|m| json!({"type": "user", "_id": m.id, "fullname": m.name, "name": user(&m.email), "avatarUrl": AVATAR, "role": "admin"}))
            .collect();
        json!({"id": id, "name": name, "description": null, "autoJoin": {"enabled": false},
               "spendLimits": {"total": 200_000, "inferenceProviders": 100_000}, "users": users, "resources": []})
    });
    Ok(ok(list.collect()))
}

pub(super) async fn network_security(
    State(admin): State<Admin>,
    Path(org): Path<String>,
    headers: HeaderMap,
) -> Answer {
    allow(&admin, &headers, &org, "org")?;
    Ok(ok(
        json!({"enforceAuth": true, "enforceIpRestriction": false, "highRateLimits": false, "ipRanges": [],
                 "blockedContents": [], "allowedContents": [], "keepReposMetadataVisible": true}),
    ))
}
