//! OpenRouter's recorded answers.

use super::kit::*;
use aegis_domain::{Ability, Direction, Window};
use aegis_vendors::admin::{AdminApi, Answer, Credential, Row};
use serde_json::json;

fn api() -> &'static dyn AdminApi {
    vendor("openrouter")
}

fn management() -> Credential {
    credential(api(), "management", &[("key", "sk-or-v1-x")], &[])
}

fn inference() -> Credential {
    credential(api(), "inference", &[("key", "sk-or-v1-x")], &[])
}

fn days() -> Window {
    window("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z", DAY)
}

fn usage(from: &str, to: &str, granularity: &str) -> String {
    let body = json!({
        "metrics": ["request_count", "tokens_prompt", "tokens_completion", "reasoning_tokens", "cached_tokens"],
        "dimensions": ["model", "api_key_id"],
        "time_range": {"start": from, "end": to},
        "limit": 10_000,
        "granularity": granularity,
    });
    format!("POST api:/analytics/query | bearer key | {body}")
}

#[test]
fn usage_comes_by_model_and_the_name_of_a_key() {
    let asked = usage("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z", "day");
    let script = [(asked.as_str(), "analytics_query_model_key.json")];
    assert_eq!(
        rows(walk(api(), &management(), Ability::Usage, days(), &script)),
        [
            "usage 2026-11-02T00 24h {model:openai/gpt-4.1,other:{api_key_name:claims-triage-prod}} {input_tokens:900120,output_tokens:70010,requests:300}",
            "usage 2026-11-02T00 24h {model:openai/gpt-4.1,other:{api_key_name:member-portal}} {input_tokens:304211,output_tokens:28110,requests:112}",
            "usage 2026-11-01T00 24h {model:deepseek/deepseek-r1,other:{api_key_name:member-portal}} {input_tokens:40220,output_tokens:88310,requests:15}",
        ]
    );
}

#[test]
fn an_answer_that_was_cut_is_asked_again_in_halves() {
    let cut = r#"{"data":{"data":[{"date__hour":"2026-11-02T09:00:00.000Z","model":"m"}],"metadata":{"truncated":true}}}"#;
    let hour = r#"{"data":{"data":[{"date__hour":"2026-11-02T09:00:00.000Z","model":"m","api_key_id":"","request_count":"7"}],"metadata":{"truncated":false}}}"#;
    let none = r#"{"data":{"data":[],"metadata":{}}}"#;
    let asked = |from: &str, to: &str| {
        usage(&format!("2026-11-02T{from}:00:00Z"), &format!("2026-11-02T{to}:00:00Z"), "hour")
    };
    let hours = window("2026-11-02T08:20:00Z", "2026-11-02T10:40:00Z", HOUR);
    let script = [
        (asked("08", "11"), cut),
        (asked("08", "10"), cut),
        (asked("10", "11"), none),
        (asked("08", "09"), none),
        (asked("09", "10"), hour),
    ];
    let script: Vec<(&str, &str)> = script.iter().map(|(a, b)| (a.as_str(), *b)).collect();
    assert_eq!(
        rows(walk(api(), &management(), Ability::Usage, hours, &script)),
        ["usage 2026-11-02T09 1h {model:m} {requests:7}"]
    );
    let single = window("2026-11-02T09:00:00Z", "2026-11-02T10:00:00Z", HOUR);
    let cursor = &api().open(Ability::Usage, single, &management())[0];
    let said = api().read(cursor, &answer(200, cut.as_bytes()), &management()).unwrap_err().to_string();
    assert_eq!(said, "the answer is incomplete: a single bucket has more rows than an answer holds");
}

#[test]
fn a_year_is_asked_month_by_month() {
    let year = window("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", DAY);
    assert_eq!(api().open(Ability::Usage, year, &management()).len(), 12);
}

#[test]
fn costs_come_day_by_day_and_customers_own_keys_are_estimates() {
    let second = r#"{"data":[{"date":"2026-11-02","model":"anthropic/claude-sonnet-4","provider_name":"Amazon Bedrock","usage":0.12273,"byok_usage_inference":2.454507}]}"#;
    let script = [
        ("GET api:/activity?date=2026-11-01 | bearer key", "activity_one_day.json"),
        ("GET api:/activity?date=2026-11-02 | bearer key", second),
    ];
    assert_eq!(
        rows(walk(api(), &management(), Ability::Cost, days(), &script)),
        [
            "cost 2026-11-01T00 24h {item:credits,model:openai/gpt-4.1,other:{endpoint:550e8400-e29b-41d4-a716-446655440a01,provider:OpenAI}} {} = 2.925104 USD",
            "cost 2026-11-01T00 24h {item:credits,model:deepseek/deepseek-r1,other:{endpoint:550e8400-e29b-41d4-a716-446655440a03,provider:DeepInfra}} {} = 0.20997 USD",
            "cost 2026-11-02T00 24h {item:credits,model:anthropic/claude-sonnet-4,other:{provider:Amazon Bedrock}} {} = 0.12273 USD",
            "cost 2026-11-02T00 24h {item:byok,model:anthropic/claude-sonnet-4,other:{provider:Amazon Bedrock}} {} = 2.454507 USD estimate",
        ]
    );
    let cursor = &api().open(
        Ability::Cost,
        window("2026-11-05T00:00:00Z", "2026-11-06T00:00:00Z", DAY),
        &management(),
    )[0];
    let body = fixture("openrouter", "activity_one_day.json");
    let said = api().read(cursor, &answer(200, &body), &management()).unwrap_err().to_string();
    assert_eq!(said, "data.date must be the day that was asked for");
}

#[test]
fn credit_is_what_was_bought_less_what_was_used() {
    let script = [("GET api:/credits | bearer key", "credits.json")];
    assert_eq!(
        rows(walk(api(), &management(), Ability::Balance, days(), &script)),
        ["balance 2026-11-03T00 0h {} {} = 628.5937185 USD"]
    );
}

#[test]
fn keys_are_walked_in_every_workspace_until_a_page_is_empty() {
    let default = "0df9e665-d932-5740-b2c7-b52af166bc11";
    let research = "7b1e2c3d-4f5a-4b6c-8d7e-9f0a1b2c3d4e";
    let asked = |offset: u32, workspace: &str| {
        format!("GET api:/keys?include_disabled=true&offset={offset}&workspace_id={workspace} | bearer key")
    };
    let script = [
        ("GET api:/workspaces?limit=100&offset=0 | bearer key".to_owned(), "workspaces.json"),
        (asked(0, default), "keys_page1.json"),
        (asked(0, research), "keys_empty.json"),
        (asked(2, default), "keys_page2.json"),
        (asked(3, default), "keys_empty.json"),
    ];
    let script: Vec<(&str, &str)> = script.iter().map(|(a, b)| (a.as_str(), *b)).collect();
    let page = walk(api(), &management(), Ability::Keys, days(), &script);
    assert_eq!(
        page.notes,
        ["OpenRouter may use the prompts of the workspace Research in exchange for a discount."]
    );
    let keys = entries(page);
    assert_eq!(keys.len(), 3);
    assert_eq!(
        keys[0],
        json!({
            "id": "3f8c1b2e9a7d4056b1c2d3e4f5061728394a5b6c7d8e9f00112233445566aa01",
            "name": "claims-triage-prod",
            "hint": "sk-or-v1-3f8...a01",
            "owner": "user_2xAegisAda0000000000000001",
            "project": default,
            "status": "active",
            "created_at": "2026-02-11T09:14:03.120Z",
            "expires_at": "2027-03-31T23:59:59.000Z",
        })
    );
    assert_eq!(keys[2]["status"], "disabled");
}

#[test]
fn members_are_walked_by_offset_and_total() {
    let script = [
        ("GET api:/organization/members?limit=100&offset=0 | bearer key", "organization_members_page1.json"),
        ("GET api:/organization/members?limit=100&offset=1 | bearer key", "organization_members_page2.json"),
    ];
    let members = entries(walk(api(), &management(), Ability::Members, days(), &script));
    assert_eq!(members[0]["name"], "Ada Moreau");
    assert_eq!(
        members[1],
        json!({"id": "user_2xAegisBob0000000000000002", "name": "Bob", "email": "bob@example.com", "role": "org:member", "machine": false})
    );
}

#[test]
fn models_are_one_list() {
    let script = [("GET api:/models | bearer key", "models_page1.json")];
    let models = entries(walk(api(), &inference(), Ability::Models, days(), &script));
    assert_eq!(models[0], json!({"id": "openai/gpt-4.1", "name": "OpenAI: GPT-4.1", "context": 1_047_576}));
}

#[test]
fn stored_text_is_read_call_by_call() {
    let query = json!({
        "metrics": ["request_count"], "dimensions": ["generation_id"],
        "time_range": {"start": "2026-11-01T00:00:00Z", "end": "2026-11-03T00:00:00Z"}, "limit": 1000,
    });
    let ids = format!("POST api:/analytics/query | bearer key | {query}");
    let id = "gen-1793610301-aB3dE5fG7hJ9kLmN0pQr";
    let one =
        format!(r#"{{"data":{{"data":[{{"generation_id":"{id}"}}],"metadata":{{"truncated":false}}}}}}"#);
    let script = [
        (ids, one.as_str()),
        (format!("GET api:/generation?id={id} | bearer key"), "generation.json"),
        (format!("GET api:/generation/content?id={id} | bearer key"), "generation_content.json"),
    ];
    let script: Vec<(&str, &str)> = script.iter().map(|(a, b)| (a.as_str(), *b)).collect();
    let page = walk(api(), &management(), Ability::Content, days(), &script);
    let [Row::Content(said)] = page.rows.as_slice() else { panic!("one conversation") };
    let i = &said.interaction;
    assert_eq!((i.external_id.as_deref(), i.user.as_deref()), (Some(id), Some("u-88120")));
    assert_eq!(i.model, "openai/gpt-4.1-2025-04-14");
    assert_eq!(i.reported_cost.map(|m| m.amount.to_string()).as_deref(), Some("0.008156"));
    assert_eq!(i.usage.map(|u| (u.input_tokens, u.output_tokens)), Some((2790, 322)));
    let parts: Vec<_> = i.parts.iter().map(|p| (p.direction, p.role.as_str(), p.text.as_str())).collect();
    assert_eq!(
        parts,
        [
            (Direction::Prompt, "system", "You answer questions about health plans."),
            (Direction::Prompt, "user", "Is physiotherapy covered for member 4471-0092?"),
            (Direction::Response, "assistant", "Up to twelve sessions a year are covered."),
        ]
    );
}

#[test]
fn ids_that_were_cut_are_asked_again_in_halves() {
    let cursor = &api().open(Ability::Content, days(), &management())[0];
    let body = fixture("openrouter", "analytics_query_generations.json");
    let page = api().read(cursor, &answer(200, &body), &management()).unwrap();
    assert_eq!((page.rows.len(), page.next.len()), (0, 2));
}

#[test]
fn only_the_answer_tells_which_key_it_is() {
    let judge = |step, status, file: &str, key: &Credential| {
        verdict(&api().judge(step, &answer(status, &fixture("openrouter", file)), key))
    };
    let now = at("2026-11-05T00:00:00Z");
    let asked: Vec<String> =
        (0..9).map_while(|step| api().check(step, &management(), now)).map(|r| line(&r)).collect();
    assert_eq!(
        asked,
        [
            "GET api:/key | bearer key",
            "GET api:/organization/members?limit=1&offset=0 | bearer key",
            "GET api:/workspaces?limit=100&offset=0 | bearer key",
        ]
    );
    let all = "usage X, cost X, balance X, keys X, models X";
    assert_eq!(
        judge(0, 200, "key_management.json", &management()),
        format!("valid | {} | ", all.replace('X', "has"))
    );
    assert_eq!(
        judge(0, 200, "key_inference.json", &management()),
        format!("valid | {} | ", all.replace('X', "lacks"))
    );
    assert_eq!(judge(0, 200, "key_inference.json", &inference()), "valid | inference has, models has | ");
    assert_eq!(judge(0, 200, "key_management.json", &inference()), "valid | models has, inference lacks | ");
    assert_eq!(
        judge(0, 401, "error_bad_key.json", &inference()),
        "invalid | inference lacks, models lacks | "
    );
    assert_eq!(judge(1, 404, "organization_members_personal.json", &management()), "- | members lacks | ");
    assert_eq!(
        judge(1, 200, "organization_members_page1.json", &management()),
        "valid | members has | account=organization"
    );
    assert_eq!(judge(2, 200, "workspaces.json", &management()), "valid | content has | ");
}

#[test]
fn refusals_mean_what_the_vendor_means() {
    for (status, file, meant) in [
        (401, "error_bad_key.json", "invalid: User not found."),
        (
            402,
            "error_insufficient_credits.json",
            "exhausted: Insufficient credits. Add more using https://openrouter.ai/credits",
        ),
        (403, "error_forbidden.json", "lacks: Only management keys can perform this operation"),
        (408, "error_analytics_timeout.json", "unavailable"),
        (429, "error_rate_limit.json", "too many: -1"),
    ] {
        assert_eq!(fault(&api().fault(&answer(status, &fixture("openrouter", file)))), meant, "{file}");
    }
    let headers = [
        ("date".to_owned(), "Wed, 04 Nov 2026 10:00:00 GMT".to_owned()),
        ("x-ratelimit-reset".to_owned(), "1793786430000".to_owned()),
    ];
    let limited = Answer { status: 429, headers: &headers, body: b"{}" };
    assert_eq!(fault(&api().fault(&limited)), "too many: 30");
}
