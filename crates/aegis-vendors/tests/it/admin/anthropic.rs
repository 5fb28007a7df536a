//! Anthropic's recorded answers.

use super::kit::*;
use aegis_domain::{Ability, Direction, Window};
use aegis_vendors::admin::{AdminApi, Answer, Credential, Row};
use serde_json::json;
use std::time::Duration;

const WHO: &str = " | anthropic-version: 2023-06-01 | x-api-key key";

fn api() -> &'static dyn AdminApi {
    vendor("anthropic")
}

fn key(kind: &str) -> Credential {
    credential(api(), kind, &[("key", "sk-ant-x")], &[])
}

fn days() -> Window {
    window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY)
}

/// Walks with requests written without who asks.
fn walked(kind: &str, feed: Ability, window: Window, script: &[(&str, &str)]) -> aegis_vendors::admin::Page {
    let asked: Vec<String> = script.iter().map(|(r, _)| format!("GET api:{r}{WHO}")).collect();
    let script: Vec<(&str, &str)> =
        asked.iter().map(String::as_str).zip(script.iter().map(|s| s.1)).collect();
    walk(api(), &key(kind), feed, window, &script)
}

const EMPTY: &str = r#"{"data":[],"has_more":false,"next_page":null}"#;
const MESSAGES: &str = "/v1/organizations/usage_report/messages?starting_at=2026-11-01T00:00:00Z&ending_at=2026-11-05T00:00:00Z&bucket_width=1d&limit=31&group_by[]=workspace_id&group_by[]=api_key_id&group_by[]=model&group_by[]=service_tier&group_by[]=context_window&group_by[]=inference_geo&group_by[]=account_id&group_by[]=service_account_id";

#[test]
fn usage_is_read_with_all_input_and_claude_code_is_not_counted_twice() {
    let next = format!("{MESSAGES}&page=page_MjAyNi0xMS0wM1QwMDowMDowMFo=");
    let day =
        |n: u8| format!("/v1/organizations/usage_report/claude_code?starting_at=2026-11-0{n}&limit=1000");
    let code = [day(1), day(2), day(3), day(4)];
    let code_next = format!("{}&page=page_MjAyNi0xMS0wM1QwMDowMDowMFo6MQ==", day(3));
    let script = [
        (MESSAGES, "usage_messages_page1.json"),
        (&code[0], EMPTY),
        (&code[1], EMPTY),
        (&code[2], "claude_code_page1.json"),
        (&code[3], EMPTY),
        (&next, "usage_messages_page2.json"),
        (&code_next, "claude_code_page2.json"),
    ];
    assert_eq!(
        rows(walked("admin", Ability::Usage, days(), &script)),
        [
            "usage 2026-11-01T00 24h {api_key:apikey_01ClaimsProdExampleB2,item:messages,model:claude-opus-4-8,other:{context_window:0-200k},project:wrkspc_01ClaimsTriageExampleA1,region:global,tier:standard} {cache_write_tokens:24576,cached_input_tokens:190220,input_tokens:516000,other:{cache_write_1h_tokens:4096,searches:12},output_tokens:88120}",
            "usage 2026-11-01T00 24h {api_key:apikey_01PortalExampleC3,item:messages,model:claude-sonnet-5,other:{context_window:0-200k},region:global,tier:batch} {cache_write_tokens:0,cached_input_tokens:0,input_tokens:120044,output_tokens:30998}",
            "usage 2026-11-02T00 24h {api_key:apikey_01ClaimsProdExampleB2,item:messages,model:claude-opus-4-8,other:{context_window:0-200k},project:wrkspc_01ClaimsTriageExampleA1,region:global,tier:standard} {cache_write_tokens:10240,cached_input_tokens:210044,input_tokens:508285,output_tokens:79555}",
            "usage 2026-11-02T00 24h {item:messages,model:claude-sonnet-5,other:{context_window:200k-1M},region:us,tier:standard,user:user_01AdaQuillExampleD4} {cache_write_tokens:0,cached_input_tokens:0,input_tokens:410233,output_tokens:12010}",
            "usage 2026-11-03T00 24h {item:claude_code,other:{customer_type:subscription,is_remote:false,subscription_type:enterprise,terminal_type:iTerm.app},user:ada@northwind.example} {other:{commits:4,edits_accepted:29,edits_rejected:3,lines_added:311,lines_removed:92,pull_requests:1,sessions:5}}",
            "usage 2026-11-03T00 24h {item:claude_code,model:claude-opus-4-8,other:{customer_type:subscription,is_remote:false,subscription_type:enterprise,terminal_type:iTerm.app},user:ada@northwind.example} {cache_write_tokens:2340,cached_input_tokens:8790,input_tokens:56360,output_tokens:12450} = 1.86 USD estimate",
            "usage 2026-11-03T00 24h {item:claude_code,model:claude-sonnet-5,other:{customer_type:subscription,is_remote:false,subscription_type:enterprise,terminal_type:iTerm.app},user:ada@northwind.example} {cache_write_tokens:890,cached_input_tokens:3420,input_tokens:27410,output_tokens:5680} = 0.42 USD estimate",
            "usage 2026-11-03T00 24h {item:messages,model:claude-sonnet-5,other:{context_window:0-200k},project:wrkspc_01ClaimsTriageExampleA1,region:global,tier:standard,user:svac_01NightlyExampleF6} {cache_write_tokens:0,cached_input_tokens:0,input_tokens:9120,output_tokens:2210}",
            "usage 2026-11-03T00 24h {item:claude_code,other:{api_key_name:ci-runner,customer_type:api,is_remote:true,terminal_type:non-interactive}} {other:{commits:4,edits_accepted:29,edits_rejected:3,lines_added:311,lines_removed:92,pull_requests:1,sessions:2}}",
        ]
    );
}

#[test]
fn costs_are_cents_and_keep_every_digit() {
    let first = "/v1/organizations/cost_report?starting_at=2026-11-01T00:00:00Z&ending_at=2026-11-05T00:00:00Z&bucket_width=1d&limit=31&group_by[]=workspace_id&group_by[]=description";
    let next = format!("{first}&page=page_MjAyNi0xMS0wM1QwMDowMDowMFo=");
    let script = [(first, "cost_report_page1.json"), (&next, "cost_report_page2.json")];
    let read = rows(walked(
        "admin",
        Ability::Cost,
        window("2026-11-01T05:00:00Z", "2026-11-04T06:00:00Z", HOUR),
        &script,
    ));
    let money: Vec<&str> = read.iter().filter_map(|r| r.rsplit_once(" = ")).map(|(_, m)| m).collect();
    assert_eq!(
        money,
        [
            "1.50602 USD",
            "2.203 USD",
            "0.09511 USD",
            "0.128 USD",
            "0.12 USD",
            "0.180066 USD",
            "1.440005 USD",
            "0.02736 USD"
        ]
    );
    assert_eq!(
        read[3],
        "cost 2026-11-01T00 24h {item:Claude Opus 4.8 Usage - Input Tokens, Cache Write (5m),model:claude-opus-4-8,other:{context_window:0-200k,cost_type:tokens,token_type:cache_creation.ephemeral_5m_input_tokens},project:wrkspc_01ClaimsTriageExampleA1,region:global,tier:standard} {} = 0.128 USD"
    );
    assert_eq!(
        read[4],
        "cost 2026-11-01T00 24h {item:Web Search Usage,other:{cost_type:web_search},project:wrkspc_01ClaimsTriageExampleA1} {} = 0.12 USD"
    );
}

#[test]
fn what_was_not_grouped_by_is_absent() {
    for (feed, file, expected) in [
        (
            Ability::Usage,
            "usage_messages_ungrouped.json",
            "usage 2026-11-01T00 24h {item:messages} {cache_write_tokens:24576,cached_input_tokens:190220,input_tokens:636044,other:{cache_write_1h_tokens:4096,searches:12},output_tokens:119118}",
        ),
        (Ability::Cost, "cost_report_ungrouped.json", "cost 2026-11-01T00 24h {} {} = 4.232196 USD"),
    ] {
        let cursor = api().open(feed, days(), &key("admin")).remove(0);
        let read = api().read(&cursor, &answer(200, &fixture("anthropic", file)), &key("admin")).unwrap();
        let read = rows(read);
        assert_eq!(read, [expected]);
    }
}

#[test]
fn enterprise_analytics_are_split_by_product_and_model() {
    let query = "?starting_at=2026-11-01T00:00:00Z&ending_at=2026-11-02T00:00:00Z&bucket_width=1d&limit=31&group_by[]=product&group_by[]=model";
    let day = window("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", DAY);
    let usage = format!("/v1/organizations/analytics/usage_report{query}");
    assert_eq!(
        rows(walked("enterprise", Ability::Usage, day, &[(&usage, "analytics_usage.json")])),
        [
            "usage 2026-11-01T00 24h {item:chat,model:claude-opus-4-8} {cache_write_tokens:2048,cached_input_tokens:10240,input_tokens:832402,other:{searches:3},output_tokens:230110,requests:1904}",
            "usage 2026-11-01T00 24h {item:claude_code,model:claude-sonnet-5} {cache_write_tokens:2048,cached_input_tokens:10240,input_tokens:1512509,other:{searches:3},output_tokens:410334,requests:880}",
        ]
    );
    let cost = format!("/v1/organizations/analytics/cost_report{query}");
    assert_eq!(
        rows(walked("enterprise", Ability::Cost, day, &[(&cost, "analytics_cost.json")])),
        ["cost 2026-11-01T00 24h {item:chat} {other:{list_price:13.671639}} = 12.304475 USD"]
    );
}

#[test]
fn analytics_are_asked_by_the_month_and_not_before_they_begin() {
    let long = window("2025-12-01T00:00:00Z", "2026-03-01T00:00:00Z", DAY);
    let asked: Vec<String> = api()
        .open(Ability::Cost, long, &key("enterprise"))
        .iter()
        .map(|c| line(&api().ask(c, &key("enterprise")).unwrap()))
        .map(|l| l.split('&').take(2).collect::<Vec<_>>().join("&"))
        .collect();
    let range = |from: &str, to: &str| {
        format!(
            "GET api:/v1/organizations/analytics/cost_report?starting_at={from}T00:00:00Z&ending_at={to}T00:00:00Z"
        )
    };
    assert_eq!(asked, [range("2026-01-01", "2026-02-01"), range("2026-02-01", "2026-03-01")]);
}

#[test]
fn a_hundred_rows_are_said_to_be_cut() {
    let row = r#"{"amount":"1","currency":"USD","product":"chat"}"#;
    let rows = vec![row; 100].join(",");
    let body = format!(
        r#"{{"data":[{{"starting_at":"2026-11-01T00:00:00Z","ending_at":"2026-11-02T00:00:00Z","results":[{rows}]}}],"has_more":false}}"#
    );
    let cursor = api().open(Ability::Cost, days(), &key("enterprise")).remove(0);
    let page = api().read(&cursor, &answer(200, body.as_bytes()), &key("enterprise")).unwrap();
    assert_eq!(page.notes, ["2026-11-01T00:00:00Z: the vendor gives 100 rows at most, some may be missing"]);
}

#[test]
fn activities_name_actor_and_object() {
    let first = "/v1/compliance/activities?limit=1000&created_at.gte=2026-11-01T00:00:00Z&created_at.lt=2026-11-05T00:00:00Z";
    let next = format!("{first}&after_id=activity_01ExampleI8");
    let script = [(first, "compliance_activities_page1.json"), (&next, "compliance_activities_page2.json")];
    for kind in ["admin", "enterprise"] {
        let read = entries(walked(kind, Ability::Audit, days(), &script));
        assert_eq!(
            read[..2],
            [
                json!({"id": "activity_01ExampleI9", "at": "2026-11-04T15:30:10.000Z", "kind": "claude_chat_created",
                    "actor": "ada@northwind.example", "address": "192.0.2.44", "object": "claude_chat_01ExampleChatG7"}),
                json!({"id": "activity_01ExampleI8", "at": "2026-11-04T15:29:58.000Z", "kind": "claude_file_uploaded",
                    "actor": "ada@northwind.example", "address": "192.0.2.44", "object": "claude_file_01ExampleJ1"}),
            ]
        );
        assert!(read.len() > 2 && read.iter().all(|r| r["actor"].is_string()), "{read:#?}");
    }
}

#[test]
fn chats_become_messages_with_files_counted() {
    let first = "/v1/compliance/apps/chats?limit=1000&order_by=updated_at&updated_at.gte=2026-11-04T00:00:00Z&updated_at.lt=2026-11-05T00:00:00Z";
    let next = format!("{first}&after_id=eyJrIjoiY3JlYXRlZF9hdCIsIm4iOjF9");
    let messages = |chat: &str| format!("/v1/compliance/apps/chats/{chat}/messages?limit=1000");
    let (g7, k2) = (messages("claude_chat_01ExampleChatG7"), messages("claude_chat_01ExampleChatK2"));
    let script = [
        (first, "compliance_chats_page1.json"),
        (&g7, "compliance_chat_messages.json"),
        (&next, "compliance_chats_page2.json"),
        (&k2, r#"{"id":"claude_chat_01ExampleChatK2","chat_messages":null,"has_more":false}"#),
    ];
    let day = window("2026-11-04T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
    let page = walked("enterprise", Ability::Content, day, &script);
    let read: Vec<_> =
        page.rows.iter().map(|r| if let Row::Content(c) = r { &c.interaction } else { panic!() }).collect();
    assert_eq!(read.len(), 2);
    let (asked, answered) = (read[0], read[1]);
    assert_eq!(asked.external_id.as_deref(), Some("claude_chat_msg_01ExampleL3"));
    assert_eq!(asked.conversation_id.as_deref(), Some("claude_chat_01ExampleChatG7"));
    assert_eq!(
        (asked.user.as_deref(), asked.model.as_str()),
        (Some("ada@northwind.example"), "claude-opus-4-8")
    );
    assert_eq!(asked.uninspected_bytes, 48_213);
    let said: Vec<(&str, &str)> = asked.parts.iter().map(|p| (p.role.as_str(), p.text.as_str())).collect();
    assert_eq!(
        said,
        [
            (
                "user",
                "Summarise this intake: Jane Roe, DOB 03/14/1981, MRN 00482913, phone 202-555-0143, card 4111 1111 1111 1111."
            ),
            ("document", "intake-form.pdf"),
        ]
    );
    assert!(answered.parts.iter().all(|p| p.direction == Direction::Response));
    assert_eq!(answered.parts[0].text, "The patient was referred for a follow-up visit.");
    assert_ne!(asked.id, answered.id);
}

#[test]
fn members_keys_and_models_are_listed() {
    let users = "/v1/organizations/users?limit=1000";
    let next = format!("{users}&after_id=user_01AdaQuillExampleD4");
    let read = entries(walked(
        "admin",
        Ability::Members,
        days(),
        &[(users, "users_page1.json"), (&next, "users_page2.json")],
    ));
    assert_eq!(read.len(), 2);
    assert_eq!(
        read[0],
        json!({"id": "user_01AdaQuillExampleD4", "name": "Ada Quill", "email": "ada@northwind.example",
            "role": "admin", "since": "2025-03-12T18:22:41.123Z", "machine": false})
    );
    let inside = "/v1/compliance/organizations/7d0c0f3a-31f4-4c1e-9d55-0b6f3d1a2e77/users?limit=1000";
    let script = [
        ("/v1/compliance/organizations?limit=1000", "compliance_organizations.json"),
        (inside, "compliance_organization_users.json"),
    ];
    assert_eq!(entries(walked("enterprise", Ability::Members, days(), &script)), [read[0].clone()]);
    let keys = entries(walked(
        "admin",
        Ability::Keys,
        days(),
        &[("/v1/organizations/api_keys?limit=1000", "api_keys.json")],
    ));
    assert_eq!(
        keys[1],
        json!({"id": "apikey_01PortalExampleC3", "name": "portal", "hint": "sk-ant-api03-Q9x...kzAA",
            "status": "inactive", "created_at": "2025-04-01T09:00:00.000Z", "expires_at": "2026-12-31T00:00:00.000Z"})
    );
    let models =
        entries(walked("inference", Ability::Models, days(), &[("/v1/models?limit=1000", "models.json")]));
    assert_eq!(models[1], json!({"id": "claude-sonnet-5", "name": "Claude Sonnet 5"}));
}

#[test]
fn errors_mean_what_anthropic_means_by_them() {
    let headers = |n: &str, v: &str| vec![(n.to_owned(), v.to_owned())];
    for (status, headers, file, meaning) in [
        (401, vec![], "error_bad_key.json", "invalid: invalid x-api-key"),
        (
            401,
            vec![],
            "error_compliance_bad_key.json",
            "invalid: The API key provided is invalid or has been revoked.",
        ),
        (
            403,
            vec![],
            "error_permission.json",
            "lacks: Your API key does not have permission to use the specified resource.",
        ),
        (
            403,
            vec![],
            "error_compliance_missing_scope.json",
            "lacks: Missing required scopes. Got: ['read:compliance_activities'] Needed: ['read:compliance_user_data']",
        ),
        (429, headers("retry-after", "30"), "error_rate_limit.json", "too many: 30"),
        (429, headers("retry-after", "25"), "error_compliance_rate_limit.json", "too many: 25"),
        (
            429,
            vec![],
            "error_rate_limit.json",
            "exhausted: This request would exceed the rate limit for your organization. Please try again later.",
        ),
        (529, vec![], "error_overloaded.json", "unavailable"),
        (410, vec![], "error_overloaded.json", "restart"),
    ] {
        let body = fixture("anthropic", file);
        let answer = Answer { status, headers: &headers, body: &body };
        assert_eq!(fault(&api().fault(&answer)), meaning, "{status} {file}");
    }
    let answer = Answer { status: 500, headers: &headers("x-should-retry", "false"), body: b"" };
    assert_eq!(fault(&api().fault(&answer)), "refused: ");
}

#[test]
fn checks_learn_the_abilities_one_by_one() {
    let now = at("2026-11-05T10:20:30Z");
    let asked = |kind: &str| -> Vec<String> {
        (0..9)
            .map_while(|step| api().check(step, &key(kind), now))
            .map(|r| line(&r).replace(WHO, ""))
            .collect()
    };
    assert_eq!(
        asked("admin"),
        [
            "GET api:/v1/organizations/me",
            "GET api:/v1/organizations/usage_report/messages?starting_at=2026-11-05T00:00:00Z&limit=1",
            "GET api:/v1/organizations/cost_report?starting_at=2026-11-05T00:00:00Z&limit=1",
            "GET api:/v1/organizations/users?limit=1",
            "GET api:/v1/organizations/api_keys?limit=1",
            "GET api:/v1/compliance/activities?limit=1",
        ]
    );
    assert_eq!(asked("inference"), ["GET api:/v1/models?limit=1"]);
    assert_eq!(asked("enterprise").len(), 4);
    for (kind, step, status, file, found) in [
        ("admin", 0, 200, "organization_me.json", "valid |  | organisation=Northwind Health"),
        ("admin", 0, 401, "error_bad_key.json", "invalid |  | "),
        ("admin", 5, 403, "error_permission.json", "valid | audit lacks | "),
        ("enterprise", 1, 200, "analytics_usage.json", "valid | usage has, cost has | "),
        ("enterprise", 2, 403, "error_compliance_missing_scope.json", "valid | content lacks | "),
        ("inference", 0, 529, "error_overloaded.json", "- | inference unclear, models unclear | "),
    ] {
        let body = fixture("anthropic", file);
        let judged = api().judge(step, &answer(status, &body), &key(kind));
        assert_eq!(verdict(&judged), found, "{kind} {step} {status}");
    }
    assert_eq!(api().reread(Ability::Cost, "admin"), Duration::from_secs(2 * 86_400));
    assert_eq!(api().reread(Ability::Cost, "enterprise"), Duration::from_secs(30 * 86_400));
    assert_eq!(api().reach(Ability::Cost, "enterprise"), Some(Duration::from_secs(365 * 86_400)));
    assert_eq!(api().reach(Ability::Cost, "admin"), None);
}
