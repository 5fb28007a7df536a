//! Mistral's recorded answers.

use super::kit::*;
use aegis_domain::{Ability, Window};
use aegis_vendors::admin::{AdminApi, Answer, Credential};
use serde_json::json;

const WHO: &str = " | bearer and x-api-key key";

fn api() -> &'static dyn AdminApi {
    vendor("mistral")
}

fn admin_key() -> Credential {
    credential(api(), "admin", &[("key", "k")], &[])
}

fn days() -> Window {
    window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY)
}

fn walked(feed: Ability, script: &[(&str, &str)]) -> aegis_vendors::admin::Page {
    let asked: Vec<String> = script.iter().map(|(r, _)| format!("GET admin:{r}{WHO}")).collect();
    let script: Vec<(&str, &str)> =
        asked.iter().map(String::as_str).zip(script.iter().map(|s| s.1)).collect();
    walk(api(), &admin_key(), feed, days(), &script)
}

#[test]
fn a_month_of_usage_is_daily_rows() {
    let dims = |model: &str, way: &str| {
        format!("{{item:completion.{way},model:{model},other:{{event_type:api_tokens,usage_type:usage}}}}")
    };
    let (large, small) = ("mistral-large-2411", "mistral-small-2506");
    assert_eq!(
        rows(walked(Ability::Usage, &[("/usage?month=11&year=2026", "admin_usage.json")])),
        [
            format!("usage 2026-11-01T00 24h {} {{input_tokens:411200}}", dims(large, "input")),
            format!("usage 2026-11-01T00 24h {} {{output_tokens:60233}}", dims(large, "output")),
            format!("usage 2026-11-02T00 24h {} {{input_tokens:398771}}", dims(large, "input")),
            format!("usage 2026-11-02T00 24h {} {{output_tokens:58120}}", dims(large, "output")),
            format!("usage 2026-11-02T00 24h {} {{input_tokens:1204455}}", dims(small, "input")),
            format!("usage 2026-11-02T00 24h {} {{output_tokens:90122}}", dims(small, "output")),
        ]
    );
}

#[test]
fn costs_are_paid_quantities_times_prices_in_euros() {
    let page = walked(Ability::Cost, &[("/usage?month=11&year=2026", "admin_usage.json")]);
    assert!(page.notes.is_empty());
    let read = rows(page);
    let money: Vec<&str> = read.iter().filter_map(|r| r.rsplit_once(" = ")).map(|(_, m)| m).collect();
    assert_eq!(
        money,
        [
            "0.6990400000 EUR",
            "0.3071883000 EUR",
            "0.6779107000 EUR",
            "0.2964120000 EUR",
            "0.1023786750 EUR",
            "0.022981110 EUR"
        ]
    );
    assert_eq!(
        read[4],
        "cost 2026-11-02T00 24h {item:completion.input,model:mistral-small-2506,other:{event_type:api_tokens,usage_type:usage}} {other:{paid:1204455}} = 0.1023786750 EUR"
    );
}

#[test]
fn what_has_no_single_price_is_not_known_and_never_zero() {
    let entry = |zone: &str| {
        json!({"event_type": "api_tokens", "billing_metric": "m", "billing_group": "input", "timestamp": "2026-11-01",
            "value": 10, "value_paid": 10, "api_zone": zone})
    };
    let price = |zone: &str, tier: &str, price: &str| {
        json!({"event_type": "api_tokens", "billing_metric": "m", "billing_group": "input", "api_zone": zone,
            "service_tier": tier, "price": price})
    };
    let body = |entry: serde_json::Value, prices: serde_json::Value| {
        json!({"chat": {"models": {"a::m": {"input": [entry]}}}, "currency": "EUR", "prices": prices})
            .to_string()
    };
    let cursor = api().open(Ability::Cost, days(), &admin_key()).remove(0);
    let zoneless = || {
        let mut entry = entry("");
        entry.as_object_mut().unwrap().remove("api_zone");
        entry
    };
    for (entry, prices, cost) in [
        (entry("eu"), json!([price("eu", "standard", "2"), price("us", "standard", "3")]), Some("20")),
        (entry("eu"), json!([price("eu", "standard", "2"), price("eu", "priority", "4")]), Some("20")),
        (zoneless(), json!([price("global", "standard", "1"), price("us", "standard", "3")]), Some("10")),
        (zoneless(), json!([price("eu", "standard", "2"), price("us", "standard", "3")]), None),
        (entry("eu"), json!([price("us", "standard", "3")]), None),
        (entry("eu"), json!(null), None),
        (entry("eu"), json!([]), None),
    ] {
        let text = body(entry, prices);
        let page = api().read(&cursor, &answer(200, text.as_bytes()), &admin_key()).unwrap();
        match cost {
            Some(cost) => {
                assert!(page.notes.is_empty());
                assert!(rows(page)[0].ends_with(&format!(" = {cost} EUR")), "{text}");
            }
            None => {
                assert!(page.rows.is_empty(), "{text}");
                assert_eq!(page.notes, ["1 entries have no price of the vendor's: their cost is not known"]);
            }
        }
    }
}

#[test]
fn cached_tokens_and_other_units_have_their_own_rows() {
    let entry =
        |event: &str, value: &str| json!([{"event_type": event, "timestamp": "2026-11-01", "value": value}]);
    let body = json!({"completion": {"models": {"a::m": {"cached": entry("api_tokens", "7"), "input": entry("api_tokens", "9")}}},
        "ocr": {"models": {"o::ocr": {"input": entry("ocr_pages", "2.5")}}},
        "libraries_api": {"audio_seconds": {"models": {"v::voxtral": {"input": entry("audio", "61")}}}}})
    .to_string();
    let cursor = api().open(Ability::Usage, days(), &admin_key()).remove(0);
    let read = rows(api().read(&cursor, &answer(200, body.as_bytes()), &admin_key()).unwrap());
    let figures: Vec<&str> = read.iter().filter_map(|r| r.rsplit_once("}} ")).map(|(_, f)| f).collect();
    assert_eq!(read.len(), 4);
    assert!(figures.contains(&"{cached_input_tokens:7,input_tokens:7}"), "{read:#?}");
    assert!(figures.contains(&"{input_tokens:9}"), "{read:#?}");
}

#[test]
fn a_window_over_new_year_is_two_months() {
    let window = window("2025-12-31T00:00:00Z", "2026-02-01T00:00:00Z", DAY);
    let asked: Vec<String> = api()
        .open(Ability::Usage, window, &admin_key())
        .iter()
        .map(|c| line(&api().ask(c, &admin_key()).unwrap()).replace(WHO, ""))
        .collect();
    assert_eq!(asked, ["GET admin:/usage?month=12&year=2025", "GET admin:/usage?month=1&year=2026"]);
}

#[test]
fn the_audit_log_is_walked_back_and_repeats_are_dropped() {
    let log = "/audit-logs?limit=100&sort=descending&after=2026-11-01T00:00:00Z&before=";
    let asked = ["2026-11-05T00:00:00Z", "2026-11-04T15:21:00.000000Z", "2026-11-03T09:00:00.000000Z"]
        .map(|t| format!("{log}{t}"));
    let script = [
        (asked[0].as_str(), "admin_audit_logs_page1.json"),
        (&asked[1], "admin_audit_logs_page2.json"),
        (&asked[2], "admin_audit_logs_empty.json"),
    ];
    let read = entries(walked(Ability::Audit, &script));
    let ids: Vec<&str> = read.iter().filter_map(|r| r["id"].as_str()).collect();
    assert_eq!(ids, ["90412", "90411", "90388"]);
    assert_eq!(
        read[0],
        json!({"id": "90412", "at": "2026-11-04T15:22:10.120Z", "kind": "api_key.create",
            "actor": "6f9619ff-8b86-4011-b42d-00cf4fc964ff", "address": null, "object": "claims-prod"})
    );
}

#[test]
fn a_page_of_nothing_new_ends_the_audit_log() {
    let page = br#"[{"created_at":"2026-11-04T00:00:00Z","event_type":"e","log_id":1}]"#;
    let first = api().open(Ability::Audit, days(), &admin_key()).remove(0);
    let again = api().read(&first, &answer(200, page), &admin_key()).unwrap().next.remove(0);
    let end = api().read(&again, &answer(200, page), &admin_key()).unwrap();
    assert!(end.rows.is_empty() && end.next.is_empty());
}

#[test]
fn members_keys_and_models_are_listed() {
    let users = ["/users?page=1&page_size=100", "/users?page=2&page_size=100"];
    let script = [(users[0], "admin_users_page1.json"), (users[1], "admin_users_page2.json")];
    let read = entries(walked(Ability::Members, &script));
    assert_eq!(read.len(), 1, "an invitation is no member");
    assert_eq!(
        read[0],
        json!({"id": "6f9619ff-8b86-4011-b42d-00cf4fc964ff", "name": "Ada Quill", "email": "ada@northwind.example",
            "role": "A", "since": "2025-05-02T09:00:00.000Z", "machine": false})
    );
    assert_eq!(
        entries(walked(Ability::Keys, &[("/api-keys?limit=100&offset=0", "admin_api_keys.json")])),
        [json!({"id": "aa0b1c2d-3e4f-4a5b-8c6d-7e8f90a1b2c3", "name": "claims-prod",
            "hint": "****************************z4Qk", "project": "e2f0a7c4-1b6d-4a9e-8c3f-5d7b9a1c2e3f",
            "created_at": "2026-03-01T10:00:00.000Z", "expires_at": "2027-03-01T00:00:00.000Z",
            "last_used_at": "2026-11-04T00:00:00.000Z"})]
    );
    let key = credential(api(), "inference", &[("key", "k")], &[]);
    let models = entries(walk(
        api(),
        &key,
        Ability::Models,
        days(),
        &[("GET api:/v1/models | bearer key", "models.json")],
    ));
    assert_eq!(
        models[0],
        json!({"id": "mistral-large-2411", "name": "mistral-large-2411", "context": 131072})
    );
    let full = json!({"keys": vec![json!({"key_id": "k"}); 100]}).to_string();
    let first = api().open(Ability::Keys, days(), &admin_key()).remove(0);
    let next = api().read(&first, &answer(200, full.as_bytes()), &admin_key()).unwrap().next.remove(0);
    assert_eq!(
        line(&api().ask(&next, &admin_key()).unwrap()),
        format!("GET admin:/api-keys?limit=100&offset=100{WHO}")
    );
}

#[test]
fn errors_mean_what_mistral_means_by_them() {
    let wait = [("retry-after".to_owned(), "2".to_owned())];
    for (status, headers, file, meaning) in [
        (401, &[][..], "error_bad_key.json", "invalid: Invalid API Key"),
        (403, &[], "error_bad_key.json", "lacks: Invalid API Key"),
        (429, &wait, "error_rate_limit.json", "too many: 2"),
        (
            422,
            &[],
            "error_validation.json",
            "refused: Input should be a valid integer, unable to parse string as an integer",
        ),
        (502, &[], "error_bad_key.json", "unavailable"),
    ] {
        let body = fixture("mistral", file);
        assert_eq!(fault(&api().fault(&Answer { status, headers, body: &body })), meaning, "{status} {file}");
    }
}

#[test]
fn checks_learn_the_abilities_one_by_one() {
    let now = at("2026-11-05T10:20:30Z");
    let asked: Vec<String> =
        (0..9).map_while(|s| api().check(s, &admin_key(), now)).map(|r| line(&r).replace(WHO, "")).collect();
    assert_eq!(
        asked,
        [
            "GET admin:/workspaces?page_size=1",
            "GET admin:/usage?month=11&year=2026",
            "GET admin:/users?page=1&page_size=1",
            "GET admin:/api-keys?limit=1&offset=0",
            "GET admin:/audit-logs?limit=1&sort=descending",
        ]
    );
    let body = fixture("mistral", "error_bad_key.json");
    assert_eq!(verdict(&api().judge(0, &answer(401, &body), &admin_key())), "invalid |  | ");
    assert_eq!(verdict(&api().judge(1, &answer(200, b"{}"), &admin_key())), "valid | usage has, cost has | ");
}
