//! xAI's recorded answers.

use super::kit::*;
use aegis_domain::{Ability, Window};
use aegis_vendors::admin::{AdminApi, Answer, Credential};
use serde_json::json;

const TEAM: &str = "5c1a7f10-2b3c-4d5e-8f90-a1b2c3d4e5f6";

fn api() -> &'static dyn AdminApi {
    vendor("xai")
}

fn management() -> Credential {
    credential(api(), "management", &[("key", "k")], &[("team_id", TEAM)])
}

fn days() -> Window {
    window("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z", DAY)
}

fn costs(from: &str, to: &str, groups: &[&str]) -> String {
    let body = json!({"analyticsRequest": {
        "timeRange": {"startTime": from, "endTime": to, "timezone": "Etc/GMT"}, "timeUnit": "TIME_UNIT_DAY",
        "values": [{"name": "usd", "aggregation": "AGGREGATION_SUM"}], "groupBy": groups, "filters": []}});
    format!("POST management:/v1/billing/teams/{TEAM}/usage | bearer key | {body}")
}

#[test]
fn costs_are_dollars_and_idle_days_no_rows() {
    let asked = costs("2026-11-01 00:00:00", "2026-11-04 00:00:00", &["description"]);
    assert_eq!(
        rows(walk(api(), &management(), Ability::Cost, days(), &[(&asked, "usage.json")])),
        [
            "cost 2026-11-01T00 24h {item:grok-4-0709 text prompt,model:grok-4-0709} {} = 1.2045 USD",
            "cost 2026-11-03T00 24h {item:grok-4-0709 text prompt,model:grok-4-0709} {} = 2.3311 USD",
            "cost 2026-11-01T00 24h {item:grok-4-0709 text completion,model:grok-4-0709} {} = 3.75015 USD",
            "cost 2026-11-03T00 24h {item:grok-4-0709 text completion,model:grok-4-0709} {} = 6.02115 USD",
        ]
    );
}

#[test]
fn a_range_whose_rows_were_dropped_is_halved() {
    let cut = r#"{"timeSeries":[],"limitReached":true}"#;
    let range = |from: &str, to: &str, groups: &[&str]| {
        costs(&format!("2026-11-0{from} 00:00:00"), &format!("2026-11-0{to} 00:00:00"), groups)
    };
    let asked = [
        (range("1", "4", &["description"]), "usage_truncated.json"),
        (range("1", "2", &["description"]), cut),
        (range("2", "4", &["description"]), "{}"),
        (range("1", "2", &[]), "usage_ungrouped.json"),
    ];
    let script: Vec<(&str, &str)> = asked.iter().map(|(r, f)| (r.as_str(), *f)).collect();
    assert_eq!(
        rows(walk(api(), &management(), Ability::Cost, days(), &script)),
        ["cost 2026-11-01T00 24h {} {} = 4.95465 USD", "cost 2026-11-03T00 24h {} {} = 8.35225 USD"]
    );
    let day = window("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", DAY);
    let first = api().open(Ability::Cost, day, &management()).remove(0);
    let ungrouped = api().read(&first, &answer(200, cut.as_bytes()), &management()).unwrap().next.remove(0);
    assert!(api().read(&ungrouped, &answer(200, cut.as_bytes()), &management()).is_err(), "it ends");
}

#[test]
fn tokens_come_by_month_from_invoices() {
    let months = window("2026-10-20T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
    let preview = format!("GET management:/v1/billing/teams/{TEAM}/postpaid/invoice/preview | bearer key");
    let invoices = format!(
        "GET management:/v1/billing/teams/{TEAM}/invoices?since.year=2026&since.month=10 | bearer key"
    );
    let script = [(preview.as_str(), "postpaid_invoice_preview.json"), (invoices.as_str(), "invoices.json")];
    assert_eq!(
        rows(walk(api(), &management(), Ability::Usage, months, &script)),
        [
            "usage 2026-11-01T00 720h {item:Text completion tokens,model:grok-4-0709,region:us-east-1} {output_tokens:651406}",
            "usage 2026-11-01T00 720h {item:Text prompt tokens,model:grok-4-0709,region:us-east-1} {input_tokens:1201333}",
            "usage 2026-10-01T00 744h {item:Text prompt tokens,model:grok-4-0709,region:us-east-1} {input_tokens:104166666}",
        ]
    );
}

#[test]
fn units_say_which_way_tokens_went() {
    let body = json!({"billingCycle": {"year": 2026, "month": 12}, "coreInvoice": {"lines": [
        {"description": "grok", "unitType": "Cached prompt tokens", "numUnits": "7"},
        {"description": "grok", "unitType": "Cached prompt tokens", "numUnits": "3"},
        {"description": "grok", "unitType": "Reasoning tokens", "numUnits": "5"},
        {"description": "grok", "unitType": "Live search sources", "numUnits": "2"},
        {"description": "grok", "unitType": "Image prompt tokens", "numUnits": "0"}]}})
    .to_string();
    let cursor = api().open(Ability::Usage, days(), &management()).remove(0);
    let read = rows(api().read(&cursor, &answer(200, body.as_bytes()), &management()).unwrap());
    assert_eq!(
        read,
        [
            "usage 2026-12-01T00 744h {item:Cached prompt tokens,model:grok} {cached_input_tokens:10,input_tokens:10}",
            "usage 2026-12-01T00 744h {item:Live search sources,model:grok} {other:{Live search sources:2}}",
            "usage 2026-12-01T00 744h {item:Reasoning tokens,model:grok} {output_tokens:5,reasoning_tokens:5}",
        ]
    );
}

#[test]
fn a_negative_total_is_credit_in_hand() {
    let asked = format!("GET management:/v1/billing/teams/{TEAM}/prepaid/balance | bearer key");
    assert_eq!(
        rows(walk(api(), &management(), Ability::Balance, days(), &[(&asked, "prepaid_balance.json")])),
        ["balance 2026-11-04T00 0h {} {} = 187.50 USD"]
    );
}

#[test]
fn keys_events_and_models_are_listed() {
    let keys = format!("GET management:/auth/teams/{TEAM}/api-keys?pageSize=100");
    let (first, next) =
        (format!("{keys} | bearer key"), format!("{keys}&paginationToken=eyJvIjoxfQ== | bearer key"));
    let script = [(first.as_str(), "api_keys_page1.json"), (next.as_str(), "api_keys_page2.json")];
    let read = entries(walk(api(), &management(), Ability::Keys, days(), &script));
    assert_eq!(read.len(), 2);
    assert_eq!(
        read[1],
        json!({"id": "2e9a4b77-5c6d-4e7f-8091-a2b3c4d5e6f7", "name": "old-portal", "hint": "xai-...b14o",
            "owner": "0b9d1c52-6c1f-4c1e-9b8f-33445566aa01", "project": TEAM, "status": "disabled",
            "created_at": "2026-02-01T10:00:00.000Z"})
    );
    let events = format!(
        "GET management:/audit/teams/{TEAM}/events?pageSize=100&orderBy=TIME_ASCENDING&eventTimeFrom=2026-11-01T00:00:00Z&eventTimeTo=2026-11-04T00:00:00Z"
    );
    let (first, next) =
        (format!("{events} | bearer key"), format!("{events}&pageToken=eyJvIjoyfQ== | bearer key"));
    let script = [(first.as_str(), "audit_events_page1.json"), (next.as_str(), "audit_events_page2.json")];
    let read = entries(walk(api(), &management(), Ability::Audit, days(), &script));
    assert_eq!(read.len(), 3);
    assert_eq!(
        read[0],
        json!({"id": "evt-0003", "at": "2026-11-04T15:22:10.101Z", "kind": "Created API key claims-prod",
            "actor": "ada@northwind.example", "address": null, "object": null})
    );
    let key = credential(api(), "inference", &[("key", "k")], &[]);
    let models = entries(walk(
        api(),
        &key,
        Ability::Models,
        days(),
        &[("GET api:/v1/models | bearer key", "models.json")],
    ));
    assert_eq!(models, [json!({"id": "grok-4-0709"}), json!({"id": "grok-code-fast-1"})]);
}

#[test]
fn errors_mean_what_xai_means_by_them() {
    for (status, file, meaning) in [
        (
            400,
            "error_bad_key.json",
            "invalid: Incorrect API key provided. You can obtain an API key from https://console.x.ai.",
        ),
        (401, "error_management_bad_key.json", "invalid: Invalid management key."),
        (403, "error_management_forbidden.json", "lacks: The management key lacks the needed permission."),
        (404, "error_management_forbidden.json", "missing: The management key lacks the needed permission."),
        (429, "error_rate_limit.json", "too many: -1"),
        (400, "error_rate_limit.json", "refused: Too many requests."),
    ] {
        let body = fixture("xai", file);
        assert_eq!(
            fault(&api().fault(&Answer { status, headers: &[], body: &body })),
            meaning,
            "{status} {file}"
        );
    }
}

#[test]
fn checks_learn_the_team_and_then_the_abilities() {
    let now = at("2026-11-05T10:20:30Z");
    let unknown = credential(api(), "management", &[("key", "k")], &[]);
    let asked = |key: &Credential| {
        (0..9).map_while(|step| api().check(step, key, now)).map(|r| line(&r)).collect::<Vec<_>>()
    };
    assert_eq!(asked(&unknown), ["GET management:/auth/management-keys/validation | bearer key"]);
    let body = fixture("xai", "management_key_validation.json");
    let judged = api().judge(0, &answer(200, &body), &unknown);
    assert_eq!(verdict(&judged), format!("valid |  | team_id={TEAM}"));
    assert_eq!(asked(&management()).len(), 6);
    let cursor = api().open(Ability::Keys, days(), &unknown).remove(0);
    assert_eq!(
        api().ask(&cursor, &unknown).unwrap_err().to_string(),
        "team_id must be learnt by a check of the key"
    );
    let key = credential(api(), "inference", &[("key", "k")], &[]);
    let body = String::from_utf8(fixture("xai", "api_key.json")).unwrap();
    assert_eq!(
        verdict(&api().judge(0, &answer(200, body.as_bytes()), &key)),
        format!("valid | inference has | team_id={TEAM}")
    );
    let blocked = body.replace("\"api_key_blocked\": false", "\"api_key_blocked\": true");
    assert_ne!(blocked, body);
    assert_eq!(
        verdict(&api().judge(0, &answer(200, blocked.as_bytes()), &key)),
        "valid | inference lacks | "
    );
}
