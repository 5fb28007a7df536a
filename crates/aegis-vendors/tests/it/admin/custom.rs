//! Vendors of one's own: our shape, another by a mapping, and mappings that are refused.

use super::kit::*;
use aegis_domain::{Ability, Window};
use aegis_vendors::admin::{AdminApi, Credential, Row};
use serde_json::json;

fn api() -> &'static dyn AdminApi {
    vendor("custom")
}

fn plain() -> Credential {
    credential(api(), "collector", &[("collector_url", "https://collector.example.com")], &[])
}

fn mapped(mapping: &serde_json::Value) -> Credential {
    let values = [
        ("collector_url", "https://collector.example.com"),
        ("token", "t"),
        ("mapping", &mapping.to_string()),
    ];
    credential(api(), "collector", &values, &[])
}

fn days() -> Window {
    window("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z", DAY)
}

const RANGE: &str = "from=2026-11-01T00:00:00Z&to=2026-11-03T00:00:00Z&bucket=1d";

#[test]
fn our_shape_is_read_page_by_page() {
    let first = format!("GET collector:/usage?{RANGE} | nobody");
    let next = format!("GET collector:/usage?{RANGE}&cursor=page-2 | nobody");
    let script = [(first.as_str(), "usage_page1.json"), (next.as_str(), "usage_page2.json")];
    assert_eq!(
        rows(walk(api(), &plain(), Ability::Usage, days(), &script)),
        [
            "usage 2026-11-01T00 24h {model:claims-7b,project:claims,user:jan@corp.example} {input_tokens:90210,output_tokens:4100,requests:120}",
            "usage 2026-11-02T00 24h {model:claims-7b} {input_tokens:0,requests:3}",
        ]
    );
    let cost = format!("GET collector:/cost?{RANGE} | nobody");
    assert_eq!(
        rows(walk(api(), &plain(), Ability::Cost, days(), &[(cost.as_str(), "cost.json")])),
        [
            "cost 2026-11-01T00 24h {item:tokens} {} = 0.100000000000000000055 EUR",
            "cost 2026-11-01T00 24h {item:support} {} = 12.5 USD",
        ]
    );
    let audit = format!("GET collector:/audit?{RANGE} | nobody");
    let page = walk(api(), &plain(), Ability::Audit, days(), &[(audit.as_str(), "audit.json")]);
    let Row::Audit(act) = &page.rows[0] else { panic!("an act") };
    assert_eq!(act.raw["note"], "kept whole");
    assert_eq!(
        entries(page),
        [
            json!({"id": "a1", "at": "2026-11-01T09:30:00.000Z", "kind": "key.created", "actor": "jan@corp.example",
            "address": "203.0.113.9", "object": "key-7"})
        ]
    );
}

#[test]
fn another_shape_is_read_by_a_mapping() {
    let key = mapped(&json!({"cost": {
        "path": "/v2/bills", "from": "start", "to": "end", "cursor": "after",
        "rows": "/result/items", "has_more": "", "next": "/result/paging/0/after",
        "fields": {"from": "/day", "project": "/who/team", "amount": "/total", "currency": "=eur",
            "quantity.gpu_seconds": "/gpu~1seconds", "other.site": "/site"},
    }}));
    let range = "start=2026-11-01T00:00:00Z&end=2026-11-03T00:00:00Z&bucket=1d";
    let first = format!("GET collector:/v2/bills?{range} | bearer token");
    let next = format!("GET collector:/v2/bills?{range}&after=17 | bearer token");
    let script = [(first.as_str(), "bills.json"), (next.as_str(), r#"{"result":{"items":[],"paging":[]}}"#)];
    assert_eq!(
        rows(walk(api(), &key, Ability::Cost, days(), &script)),
        [
            "cost 2026-11-01T00 24h {other:{site:7},project:claims} {other:{gpu_seconds:61.5}} = 0.1000000000000000055511151231 EUR",
            "cost 2026-11-02T00 24h {} {} = -3 EUR",
        ]
    );
    assert!(api().inspect(&key).is_empty());
}

#[test]
fn answers_of_another_shape_say_where() {
    for (feed, body, said) in [
        (Ability::Usage, r#"{"rows":[]}"#, "/data must be a list of rows"),
        (Ability::Usage, r#"{"data":[{"model":"m"}]}"#, "/data/0: from must be a time"),
        (
            Ability::Usage,
            r#"{"data":[{"from":"2026-11-01","requests":1.5}]}"#,
            "/data/0: requests must be a whole number of 0 or more",
        ),
        (
            Ability::Usage,
            r#"{"data":[{"from":"2026-11-02","to":"2026-11-01"}]}"#,
            "/data/0: to must be after from",
        ),
        (Ability::Cost, r#"{"data":[{"from":"2026-11-01"}]}"#, "/data/0: amount must be an amount"),
        (
            Ability::Cost,
            r#"{"data":[{"from":"2026-11-01","amount":1,"currency":"credits"}]}"#,
            "/data/0: currency must be a currency such as USD",
        ),
        (Ability::Audit, r#"{"data":[{"id":"a","at":"soon"}]}"#, "/data/0: at must be a time"),
        (
            Ability::Usage,
            r#"{"data":[],"has_more":true}"#,
            "the answer is incomplete: there is a next page, but no way to it",
        ),
        (Ability::Usage, r#"{"data":["#, "the answer is not whole JSON"),
    ] {
        let cursor = &api().open(feed, days(), &plain())[0];
        let error = api().read(cursor, &answer(200, body.as_bytes()), &plain()).unwrap_err();
        assert_eq!(error.to_string(), said, "{body}");
    }
}

#[test]
fn mappings_that_cannot_be_right_are_refused_before_they_are_kept() {
    for (mapping, said) in [
        (json!({"costs": {}}), "mapping must be JSON as documented: usage, cost and audit, each a feed"),
        (
            json!({"cost": {"path": "v1"}}),
            "mapping.cost.path must be a path such as /v1/usage, without a query",
        ),
        (
            json!({"cost": {"path": "/../admin"}}),
            "mapping.cost.path must be a path such as /v1/usage, without a query",
        ),
        (
            json!({"cost": {"path": "//evil.example"}}),
            "mapping.cost.path must be a path such as /v1/usage, without a query",
        ),
        (
            json!({"cost": {"path": "/x?y"}}),
            "mapping.cost.path must be a path such as /v1/usage, without a query",
        ),
        (json!({"cost": {"from": ""}}), "mapping.cost.from must be the name of a parameter"),
        (json!({"cost": {"rows": "items"}}), "mapping.cost.rows must be a JSON pointer such as /data"),
        (json!({"cost": {"fields": {"from": "/a"}}}), "mapping.cost.fields.amount must be there"),
        (
            json!({"cost": {"fields": {"from": "a", "amount": "/b"}}}),
            "mapping.cost.fields.from must be a JSON pointer such as /model, or = and a text",
        ),
        (
            json!({"cost": {"fields": {"from": "/a", "amount": "/b", "price": "/c"}}}),
            "mapping.cost.fields must be of fields that are documented",
        ),
        (json!({"audit": {"fields": {"id": "/a", "at": "/b"}}}), "mapping.audit.fields.kind must be there"),
        (json!("x".repeat(20_000)), "mapping must be of at most 16 KiB"),
    ] {
        let faults = api().inspect(&mapped(&mapping));
        assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), [said], "{mapping}");
    }
}

#[test]
fn each_feed_is_proved_by_its_own_page() {
    let now = at("2026-11-05T10:30:00Z");
    let asked: Vec<String> =
        (0..9).map_while(|step| api().check(step, &plain(), now)).map(|r| line(&r)).collect();
    let hour = "from=2026-11-05T09:00:00Z&to=2026-11-05T10:00:00Z&bucket=1h";
    assert_eq!(
        asked,
        ["usage", "cost", "audit"].map(|feed| format!("GET collector:/{feed}?{hour} | nobody"))
    );
    for (step, status, said) in [
        (0, 200, "valid | usage has | "),
        (1, 404, "valid | cost lacks | "),
        (2, 401, "invalid | audit lacks | "),
    ] {
        assert_eq!(verdict(&api().judge(step, &answer(status, b"{}"), &plain())), said);
    }
    assert_eq!(fault(&api().fault(&answer(410, b""))), "restart");
}
