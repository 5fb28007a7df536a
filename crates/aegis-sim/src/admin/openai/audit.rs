//! `GET /v1/organization/audit_logs`: newest first; the facts of an act stand under a field called like its type.

use super::{VENDOR, allow, list, wrong};
use crate::admin::Admin;
use crate::admin::params::Params;
use crate::admin::reply::Answer;
use crate::admin::when::DAY;
use crate::admin::world::{Act, Deed};
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

pub(super) async fn audit_logs(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "audit", "api.audit_logs.read", 403)?;
    let bound = |name: &str| params.seconds(&format!("effective_at[{name}]")).map_err(wrong);
    let now = admin.now();
    let from = bound("gte")?.or(bound("gt")?.map(|t| t + 1)).unwrap_or(now - 90 * DAY);
    let to = bound("lt")?.or(bound("lte")?.map(|t| t + 1)).unwrap_or(now + 1).min(now + 1);
    let types = params.list("event_types");
    let acts = admin.account(&VENDOR).acts(from, to);
    let rows: Vec<Value> = acts
        .iter()
        .rev()
        .map(|act| row(&admin, act))
        .filter(|row| types.is_empty() || types.iter().any(|t| row["type"] == *t))
        .collect();
    list(&params, &rows, 20)
}

fn row(admin: &Admin, act: &Act) -> Value {
    let directory = &admin.account(&VENDOR).directory;
    let (member, key) = (&directory.members[act.member], &directory.keys[act.key]);
    let project = &directory.projects[key.project];
    let (kind, facts, in_project) = match act.deed {
        Deed::LogIn => ("login.succeeded", json!({}), false),
        Deed::LogInFailed => {
            let message = "The password did not match.";
            ("login.failed", json!({"error_code": "invalid_credentials", "error_message": message}), false)
        }
        Deed::KeyMade => {
            ("api_key.created", json!({"id": key.id, "data": {"scopes": ["api.model.request"]}}), true)
        }
        Deed::KeyDeleted => ("api_key.deleted", json!({"id": key.id}), true),
        Deed::MemberInvited => (
            "invite.sent",
            json!({"id": format!("invite-{}", act.number), "data": {"email": member.email, "role": "reader"}}),
            false,
        ),
        Deed::RoleChanged => {
            ("user.updated", json!({"id": member.id, "changes_requested": {"role": "reader"}}), false)
        }
        Deed::LimitChanged => {
            let changes = json!({"max_requests_per_1_minute": 600, "max_tokens_per_1_minute": 200_000});
            (
                "rate_limit.updated",
                json!({"id": format!("rl-{}", VENDOR.models[0].id), "changes_requested": changes}),
                true,
            )
        }
        Deed::SettingChanged => (
            "organization.updated",
            json!({"id": directory.organisation, "changes_requested": {"title": "Larkfield Mutual"}}),
            false,
        ),
    };
    let actor = match act.deed {
        Deed::LimitChanged => {
            json!({"type": "api_key", "api_key": {"id": "key_admin", "type": "service_account",
            "service_account": {"id": "svc_acct_ops"}}})
        }
        _ => {
            json!({"type": "session", "session": {"user": {"id": member.id, "email": member.email}, "ip_address": act.ip}})
        }
    };
    let mut row = json!({"id": act.id, "type": kind, "effective_at": act.at, "actor": actor});
    if in_project {
        row["project"] = json!({"id": project.id, "name": project.name});
    }
    row[kind] = facts;
    row
}
