//! Hugging Face's recorded answers.

use super::kit::*;
use aegis_domain::{Ability, Window};
use aegis_vendors::admin::{AdminApi, Answer, Credential, Row};
use serde_json::json;

fn api() -> &'static dyn AdminApi {
    vendor("huggingface")
}

fn token() -> Credential {
    credential(api(), "token", &[("token", "hf_x")], &[("organisation", "northwind-health")])
}

fn person() -> Credential {
    credential(api(), "token", &[("token", "hf_x")], &[])
}

fn days() -> Window {
    window("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z", DAY)
}

fn v2(from: &str, to: &str) -> String {
    let unix = |t: &str| at(t).millis() / 1000;
    format!(
        "GET hub:/api/organizations/northwind-health/billing/usage-v2?startDate={}&endDate={} | bearer token",
        unix(from),
        unix(to)
    )
}

fn run(feed: Ability, window: Window, script: &[(String, &str)]) -> aegis_vendors::admin::Page {
    let script: Vec<(&str, &str)> = script.iter().map(|(a, b)| (a.as_str(), *b)).collect();
    walk(api(), &token(), feed, window, &script)
}

#[test]
fn requests_are_asked_one_day_at_a_time() {
    let second = r#"{"usage":{"inference":{"usedNanoUsd":1,"numRequests":12}}}"#;
    let script = [
        (v2("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"), "billing_usage_v2.json"),
        (v2("2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z"), second),
    ];
    assert_eq!(
        rows(run(Ability::Usage, days(), &script)),
        [
            "usage 2026-11-01T00 24h {item:inference_providers} {requests:18244}",
            "usage 2026-11-02T00 24h {item:inference_providers} {requests:12}",
        ]
    );
}

#[test]
fn money_in_three_units_is_counted_once() {
    let month = r#"{"usage":{"inferenceProviders":{"usedNanoUsd":84213400001,"includedNanoUsd":40000000000,"numRequests":9}}}"#;
    let bill = r#"{"usage":{"endpoints":[{"product":"endpoints/x","totalCostMicroUSD":57600000}],
        "hf":[{"entityId":"e1","label":"northwind-health","product":"hf/repository-storage","quantity":1200.5,
               "unitLabel":"GB","totalCostMicroUSD":3601500.5}]},
        "period":{"periodStart":"2026-11-01T00:00:00.000Z","periodEnd":"2026-11-30T23:59:59.999Z"}}"#;
    let day = window("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", DAY);
    let org = "GET hub:/api/organizations/northwind-health/billing";
    let script = [
        (v2("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"), "billing_usage_v2.json"),
        (v2("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"), month),
        (
            format!(
                "{org}/usage-by-resource-group?startDate=2026-11-01T00:00:00Z&endDate=2026-12-01T00:00:00Z | bearer token"
            ),
            "billing_usage_by_resource_group.json",
        ),
        (format!("{org}/usage | bearer token"), bill),
    ];
    let claims = "66a0b1c2d3e4f50617283940";
    assert_eq!(
        rows(run(Ability::Cost, day, &script)),
        [
            "cost 2026-11-01T00 24h {item:inference_providers} {} = 84.213400000 USD".to_owned(),
            "cost 2026-11-01T00 720h {item:inference_providers included} {} = -40.000000000 USD".to_owned(),
            format!("cost 2026-10-01T00 744h {{item:endpoints,project:{claims}}} {{other:{{seconds:2678400}}}} = 595.20 USD"),
            format!("cost 2026-10-01T00 744h {{item:jobs,project:{claims}}} {{other:{{seconds:0}}}} = 0.00 USD"),
            format!("cost 2026-10-01T00 744h {{item:spaces,project:{claims}}} {{other:{{seconds:0}}}} = 0.00 USD"),
            format!("cost 2026-11-01T00 720h {{item:endpoints,project:{claims}}} {{other:{{seconds:259200}}}} = 57.60 USD"),
            format!("cost 2026-11-01T00 720h {{item:jobs,project:{claims}}} {{other:{{seconds:0}}}} = 0.00 USD"),
            format!("cost 2026-11-01T00 720h {{item:spaces,project:{claims}}} {{other:{{seconds:0}}}} = 0.00 USD"),
            "cost 2026-11-01T00 720h {item:endpoints} {other:{seconds:0}} = 0.00 USD".to_owned(),
            "cost 2026-11-01T00 720h {item:jobs} {other:{seconds:1890}} = 1.25 USD".to_owned(),
            "cost 2026-11-01T00 720h {item:spaces} {other:{seconds:7200}} = 0.80 USD".to_owned(),
            "cost 2026-11-01T00 720h {item:hf/repository-storage,other:{entity:e1,label:northwind-health}} {other:{GB:1200.5}} = 3.6015005 USD".to_owned(),
        ]
    );
}

#[test]
fn machines_of_the_bill_under_way_are_left_to_the_groups() {
    let cursors = api().open(Ability::Cost, days(), &token());
    let body = fixture("huggingface", "billing_usage.json");
    let page = api().read(cursors.last().unwrap(), &answer(200, &body), &token()).unwrap();
    assert!(page.rows.is_empty());
}

#[test]
fn a_persons_machines_are_read_from_the_bill_under_way() {
    let cursors = api().open(Ability::Cost, days(), &person());
    let last = cursors.last().unwrap();
    assert_eq!(
        line(&api().ask(last, &person()).unwrap()),
        "GET hub:/api/settings/billing/usage | bearer token"
    );
    let page =
        api().read(last, &answer(200, &fixture("huggingface", "billing_usage.json")), &person()).unwrap();
    assert_eq!(
        rows(page),
        [
            "cost 2026-11-01T00 720h {item:endpoints/aws/nvidia-l4/x1/minutes,other:{entity:67a1b2c3d4e5f60718293a01,label:claims-embed,started_at:2026-11-01T00:00:00.000Z}} {other:{minutes:4320}} = 57.600000 USD",
            "cost 2026-11-01T00 720h {item:spaces/t4-small/minutes,other:{entity:67a1b2c3d4e5f60718293a02,label:northwind-health/triage-demo,started_at:2026-11-02T09:00:00.000Z}} {other:{minutes:120}} = 0.800000 USD",
        ]
    );
}

#[test]
fn what_is_included_is_never_more_than_what_was_used() {
    let cursors = api().open(Ability::Cost, days(), &token());
    let body = br#"{"usage":{"inferenceProviders":{"usedNanoUsd":5,"includedNanoUsd":40000000000}}}"#;
    let page = api().read(&cursors[1], &answer(200, body), &token()).unwrap();
    assert_eq!(
        rows(page),
        ["cost 2026-11-01T00 720h {item:inference_providers included} {} = -0.000000005 USD"]
    );
}

#[test]
fn a_format_that_changed_is_never_a_zero() {
    let cursors = api().open(Ability::Usage, days(), &token());
    let body = fixture("huggingface", "billing_usage_v2_drifted.json");
    let said = api().read(&cursors[0], &answer(200, &body), &token()).unwrap_err().to_string();
    assert_eq!(said, "usage.inferenceProviders must be there: the format has changed");
}

#[test]
fn a_person_without_organisation_reads_their_own_bill() {
    let cursor = &api().open(Ability::Usage, days(), &person())[0];
    assert_eq!(
        line(&api().ask(cursor, &person()).unwrap()),
        "GET hub:/api/settings/billing/usage-v2?startDate=1793491200&endDate=1793577600 | bearer token"
    );
}

#[test]
fn the_audit_log_comes_whole_and_is_cut_to_the_range() {
    let window = window("2026-11-03T00:00:00Z", "2026-11-04T00:00:00Z", DAY);
    let asked = "GET hub:/api/organizations/northwind-health/audit-log/export | bearer token".to_owned();
    let page = run(Ability::Audit, window, &[(asked, "audit_log_export.json")]);
    let Row::Audit(first) = &page.rows[0] else { panic!("an act") };
    assert_eq!(first.raw["data"], json!({"provider": "together"}), "kept whole");
    let acts = entries(page);
    assert_eq!(acts.len(), 2, "the renewal of 1 November lies outside");
    assert_eq!(
        acts[0],
        json!({"id": "6908a0b1c2d3e4f506172801", "at": "2026-11-03T14:02:11.120Z",
            "kind": "org.settings.inference_providers.keys.add", "actor": "ada-moreau", "address": "203.0.113.0",
            "object": "Added a key for provider together"})
    );
}

#[test]
fn members_are_walked_by_link() {
    let cursors = api().open(Ability::Members, days(), &token());
    let asked: Vec<String> = cursors.iter().map(|c| line(&api().ask(c, &token()).unwrap())).collect();
    let org = "GET hub:/api/organizations/northwind-health";
    assert_eq!(
        asked,
        [
            format!("{org}/members?limit=1000 | bearer token"),
            format!("{org}/service-accounts | bearer token")
        ]
    );
    let link = "https://huggingface.co/api/organizations/northwind-health/members?limit=10&cursor=eyJfaWQiOiI2NGUxIn0%3D";
    let headers =
        [("link".to_owned(), format!("<https://huggingface.co/x>; rel=\"prev\", <{link}>; rel=\"next\""))];
    let body = fixture("huggingface", "members_page1.json");
    let page =
        api().read(&cursors[0], &Answer { status: 200, headers: &headers, body: &body }, &token()).unwrap();
    assert_eq!(line(&api().ask(&page.next[0], &token()).unwrap()), format!("GET {link} | bearer token"));
    let last = fixture("huggingface", "members_page2.json");
    let last = api().read(&page.next[0], &answer(200, &last), &token()).unwrap();
    assert!(last.next.is_empty());
    assert_eq!(
        last.notes,
        [
            "bob-k signs in without a second factor.",
            "ext-carol signs in without a second factor.",
            "ext-carol is an external collaborator.",
        ]
    );
    assert_eq!(
        entries(page),
        [
            json!({"id": "64e1b2c3d4e5f60102030405", "name": "Ada Moreau", "email": "ada@example.com", "role": "admin", "machine": false})
        ]
    );
    let accounts = fixture("huggingface", "service_accounts.json");
    let accounts = entries(api().read(&cursors[1], &answer(200, &accounts), &token()).unwrap());
    assert_eq!(accounts[0]["machine"], true);
}

#[test]
fn keys_are_those_of_service_accounts() {
    let org = "GET hub:/api/organizations/northwind-health/service-accounts";
    let script = [
        (format!("{org} | bearer token"), "service_accounts.json"),
        (format!("{org}/68b0a1b2c3d4e5f601020304 | bearer token"), "service_account.json"),
    ];
    assert_eq!(
        entries(run(Ability::Keys, days(), &script)),
        [
            json!({"id": "68b0a1b2c3d4e5f601020399", "name": "ci-2026", "hint": "k2Lp", "owner": "northwind-health-sa-ci",
            "status": "fineGrained", "created_at": "2026-06-02T08:01:00.000Z",
            "expires_at": "2027-06-02T00:00:00.000Z", "last_used_at": "2026-11-04T03:00:00.000Z"})
        ]
    );
}

#[test]
fn models_tell_the_longest_context_of_their_providers() {
    let script = [("GET router:/models | bearer token".to_owned(), "router_models.json")];
    assert_eq!(
        entries(run(Ability::Models, days(), &script)),
        [json!({"id": "openai/gpt-oss-120b", "context": 131_072})]
    );
}

#[test]
fn a_token_says_what_it_may() {
    let judge = |file: &str, key: &Credential| {
        verdict(&api().judge(0, &answer(200, &fixture("huggingface", file)), key))
    };
    let learnt = "organisation=northwind-health";
    assert_eq!(
        judge("whoami_admin.json", &person()),
        format!("valid | models has, inference has, audit has, keys has | {learnt}")
    );
    assert_eq!(
        judge("whoami_fine_grained.json", &person()),
        format!("valid | models has, inference lacks, audit unclear, keys has | {learnt}")
    );
    assert_eq!(
        judge("whoami_restricted.json", &person()),
        format!("valid | models has, inference has, audit lacks, keys lacks | {learnt}")
    );
    let other = credential(api(), "token", &[("token", "hf_x"), ("org", "another")], &[]);
    assert_eq!(
        judge("whoami_admin.json", &other),
        "valid | models has, inference has, members lacks, audit lacks, keys lacks | "
    );
    let now = at("2026-11-05T10:00:00Z");
    let asked: Vec<String> =
        (0..9).map_while(|step| api().check(step, &token(), now)).map(|r| line(&r)).collect();
    assert_eq!(
        asked,
        [
            "GET hub:/api/whoami-v2 | bearer token".to_owned(),
            v2("2026-11-05T00:00:00Z", "2026-11-06T00:00:00Z"),
            "GET hub:/api/organizations/northwind-health/members?limit=10 | bearer token".to_owned(),
        ]
    );
    let denied =
        api().judge(1, &answer(403, &fixture("huggingface", "error_billing_forbidden.json")), &token());
    assert_eq!(verdict(&denied), "valid | usage lacks, cost lacks | ");
}

#[test]
fn refusals_mean_what_the_vendor_means() {
    for (status, file, meant) in [
        (401, "error_bad_key.json", "invalid: Invalid username or password."),
        (
            402,
            "error_payment_required.json",
            "exhausted: You have exceeded your monthly included credits for Inference Providers.",
        ),
        (403, "error_audit_plan.json", "lacks: This feature requires a Team or Enterprise plan"),
        (429, "error_rate_limit.json", "too many: -1"),
    ] {
        assert_eq!(fault(&api().fault(&answer(status, &fixture("huggingface", file)))), meant, "{file}");
    }
    let headers = [("ratelimit".to_owned(), "\"api\";r=0;t=55".to_owned())];
    assert_eq!(fault(&api().fault(&Answer { status: 429, headers: &headers, body: b"{}" })), "too many: 55");
}
