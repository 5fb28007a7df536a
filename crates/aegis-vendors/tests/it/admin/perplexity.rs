//! Perplexity's recorded answers.

use super::kit::*;
use aegis_domain::{Ability, Direction, Window};
use aegis_vendors::admin::{AdminApi, Credential, Row};
use serde_json::json;

fn api() -> &'static dyn AdminApi {
    vendor("perplexity")
}

fn of(kind: &str) -> Credential {
    credential(api(), kind, &[("key", "k")], &[])
}

fn days() -> Window {
    window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY)
}

#[test]
fn credits_are_a_quantity_and_never_money() {
    let asked = |dataset: &str, page: &str| {
        format!(
            "GET api:/v1/analytics/computer/usage?dataset={dataset}&start_time=1793491200&end_time=1793836800&bucket_width=1d&limit=100{page} | bearer key"
        )
    };
    let queries = r#"{"categories":["surface"],"data":[{"start_time":1793491200,"end_time":1793577600,"count":30,"by_categories":{"surface":[{"category":"web","count":20}],"model":[{"category":"auto","count":30}]}}],"has_more":false,"next_page":null}"#;
    let script = [
        (asked("credit_usage", ""), "computer_usage_page1.json"),
        (asked("query_volume", ""), queries),
        (asked("credit_usage", "&page=page_MTc5MzY2NDAwMA=="), "computer_usage_page2.json"),
    ];
    let script: Vec<(&str, &str)> = script.iter().map(|(a, b)| (a.as_str(), *b)).collect();
    let page = walk(api(), &of("analytics"), Ability::Usage, days(), &script);
    assert_eq!(
        rows(page),
        [
            "usage 2026-11-01T00 24h {item:computer credit_usage,model:auto} {other:{credits:12000}}",
            "usage 2026-11-01T00 24h {item:computer credit_usage,model:claude-opus} {other:{credits:6450}}",
            "usage 2026-11-02T00 24h {item:computer credit_usage} {other:{credits:0}}",
            "usage 2026-11-01T00 24h {item:computer query_volume,other:{surface:web}} {requests:20}",
            "usage 2026-11-01T00 24h {item:computer query_volume} {requests:10}",
            "usage 2026-11-03T00 24h {item:computer credit_usage,model:auto} {other:{credits:9120}}",
        ]
    );
}

const EVENTS: [(&str, &str); 2] = [
    ("GET api:/v1/admin/audit-events?limit=100 | bearer key", "audit_events_page1.json"),
    ("GET api:/v1/admin/audit-events?limit=100&page=cursor_evt_002 | bearer key", "audit_events_page2.json"),
];

#[test]
fn acts_are_kept_without_what_was_said() {
    let page = walk(api(), &of("audit"), Ability::Audit, days(), &EVENTS);
    let Row::Audit(query) = &page.rows[0] else { panic!("an act") };
    assert_eq!(query.raw["data"], json!({"model": "auto"}));
    let act = |id: &str, at: &str, kind: &str, object: Option<&str>| json!({"id": id, "at": at, "kind": kind, "actor": "ada@example.com", "address": "203.0.113.9", "object": object});
    assert_eq!(
        entries(page),
        [
            act("evt_003", "2026-11-04T15:21:00.000Z", "query.submitted", None),
            act("evt_002", "2026-11-04T09:00:00.000Z", "settings.updated", Some("data_retention")),
            act("evt_001", "2026-11-03T08:00:00.000Z", "user.login", None),
        ]
    );
}

#[test]
fn what_was_said_is_content_and_the_rest_is_not() {
    let page = walk(api(), &of("audit"), Ability::Content, days(), &EVENTS);
    let [Row::Content(said)] = page.rows.as_slice() else { panic!("one conversation") };
    let i = &said.interaction;
    assert_eq!(
        (i.external_id.as_deref(), i.user.as_deref(), i.model.as_str()),
        (Some("evt_003"), Some("ada@example.com"), "auto")
    );
    let parts: Vec<_> = i.parts.iter().map(|p| (p.direction, p.role.as_str(), p.text.as_str())).collect();
    assert_eq!(parts, [(Direction::Prompt, "user", "Is physiotherapy covered?")]);
}

#[test]
fn the_walk_ends_where_the_range_begins() {
    let late = window("2026-11-04T12:00:00Z", "2026-11-05T00:00:00Z", HOUR);
    let page = walk(api(), &of("audit"), Ability::Audit, late, &EVENTS[..1]);
    assert_eq!(page.rows.len(), 1);
}

#[test]
fn other_names_in_the_audit_log_are_read_as_well() {
    let body = r#"{"events":[{"event_id":"e1","action":"search","created_at":1793750460,"actor":{"id":"usr_1"},"details":{"prompt":"who?","answer":"she","thread_id":"t1"}}],"next_cursor":"c2"}"#;
    let cursor = &api().open(Ability::Content, days(), &of("audit"))[0];
    let page = api().read(cursor, &answer(200, body.as_bytes()), &of("audit")).unwrap();
    let [Row::Content(said)] = page.rows.as_slice() else { panic!("one conversation") };
    assert_eq!(said.interaction.conversation_id.as_deref(), Some("t1"));
    assert_eq!(said.interaction.parts.len(), 2);
    let next = api().ask(&page.next[0], &of("audit")).unwrap();
    assert_eq!(line(&next), "GET api:/v1/admin/audit-events?limit=100&page=c2 | bearer key");
}

#[test]
fn each_key_is_proved_in_its_own_world() {
    let now = at("2026-11-05T10:00:00Z");
    for (kind, asked) in [
        ("developer", "GET api:/v1/async/sonar?limit=1 | bearer key"),
        ("audit", "GET api:/v1/admin/audit-events?limit=1 | bearer key"),
        (
            "analytics",
            "GET api:/v1/analytics/computer/usage?dataset=daily_active_users&start_time=1793750400&limit=1 | bearer key",
        ),
    ] {
        assert_eq!(line(&api().check(0, &of(kind), now).unwrap()), asked);
        assert!(api().check(1, &of(kind), now).is_none());
    }
    for (kind, status, file, said) in [
        ("developer", 200, "async_list_page1.json", "valid | inference has, models has | "),
        ("developer", 401, "error_bad_key.json", "invalid | inference lacks, models lacks | "),
        ("developer", 401, "error_no_credit.json", "valid | inference unclear, models unclear | "),
        ("audit", 403, "error_sonar_key_on_audit.json", "valid | audit lacks, content lacks | "),
        ("audit", 404, "error_audit_disabled.json", "valid | audit lacks, content lacks | "),
    ] {
        let judged = api().judge(0, &answer(status, &fixture("perplexity", file)), &of(kind));
        assert_eq!(verdict(&judged), said, "{file}");
    }
}

#[test]
fn refusals_are_told_by_status_even_in_html() {
    let html = b"<html>\r\n<head><title>401 Authorization Required</title></head></html>";
    assert_eq!(fault(&api().fault(&answer(401, html))), "invalid: ");
    for (status, file, meant) in [
        (401, "error_bad_key.json", "invalid: Invalid API key provided."),
        (401, "error_no_credit.json", "exhausted: You exceeded your current quota"),
        (403, "error_sonar_key_on_audit.json", "lacks: This API key does not have the required scope"),
        (404, "error_audit_disabled.json", "missing: Audit logging is not enabled"),
        (429, "error_rate_limit.json", "too many: -1"),
    ] {
        assert_eq!(fault(&api().fault(&answer(status, &fixture("perplexity", file)))), meant, "{file}");
    }
}

#[test]
fn models_are_listed() {
    let script = [("GET api:/v1/models | bearer key", "models.json")];
    let models = entries(walk(api(), &of("developer"), Ability::Models, days(), &script));
    assert_eq!(models[0], json!({"id": "perplexity/sonar"}));
}
