//! OpenAI's recorded answers.

use super::kit::*;
use aegis_domain::{Ability, Direction};
use aegis_vendors::admin::{AdminApi, Answer, Credential, Row};
use serde_json::json;

fn api() -> &'static dyn AdminApi {
    vendor("openai")
}

fn admin_key() -> Credential {
    credential(api(), "admin", &[("key", "sk-admin-x")], &[])
}

fn compliance_key() -> Credential {
    let id = "0f8b5b1e-2c44-4a0e-9d27-6a2f7c1de001";
    credential(api(), "compliance", &[("key", "sk-x"), ("workspace_id", id)], &[])
}

const EMPTY: &str = r#"{"object":"page","data":[],"has_more":false,"next_page":null}"#;
const COMPLETIONS: &str = "group_by[]=project_id&group_by[]=user_id&group_by[]=api_key_id&group_by[]=model\
    &group_by[]=batch&group_by[]=service_tier";
const BY_ALL: &str = "group_by[]=project_id&group_by[]=user_id&group_by[]=api_key_id&group_by[]=model";

fn usage(kind: &str, groups: &str) -> String {
    format!(
        "GET api:/v1/organization/usage/{kind}?start_time=1793491200&end_time=1793836800&bucket_width=1d&limit=31\
         &{groups} | bearer key"
    )
}

#[test]
fn usage_of_every_kind_is_read_without_counting_twice() {
    let next = format!(
        "{}&page=page_AAAAAGkG1oBiJdKOAAAAAGkIKAA= | bearer key",
        usage("completions", COMPLETIONS).trim_end_matches(" | bearer key")
    );
    let asked = [
        usage("completions", COMPLETIONS),
        usage("embeddings", BY_ALL),
        usage("moderations", BY_ALL),
        usage("images", &format!("{BY_ALL}&group_by[]=size&group_by[]=source")),
        usage("audio_speeches", BY_ALL),
        usage("audio_transcriptions", BY_ALL),
        usage("vector_stores", "group_by[]=project_id"),
        usage("code_interpreter_sessions", "group_by[]=project_id"),
        usage(
            "file_search_calls",
            "group_by[]=project_id&group_by[]=user_id&group_by[]=api_key_id&group_by[]=vector_store_id",
        ),
        usage("web_search_calls", &format!("{BY_ALL}&group_by[]=context_level")),
        next,
    ];
    let images = r#"{"data":[{"start_time":1793491200,"end_time":1793577600,"results":[{"object":"x","images":3,
        "num_model_requests":2,"size":"1024x1024","source":"image.generation","project_id":null,"user_id":null,
        "api_key_id":null,"model":"gpt-image-1"}]}],"has_more":false,"next_page":null}"#;
    let files = [
        "usage_completions_page1.json",
        "usage_embeddings.json",
        EMPTY,
        images,
        EMPTY,
        r#"{"data":[{"start_time":1793491200,"end_time":1793577600,"results":[{"seconds":61,"num_model_requests":1,
            "model":"whisper-1"}]}],"has_more":false,"next_page":null}"#,
        EMPTY,
        EMPTY,
        EMPTY,
        "usage_web_search_calls.json",
        "usage_completions_page2.json",
    ];
    let script: Vec<(&str, &str)> = asked.iter().map(String::as_str).zip(files).collect();
    let days = window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
    let read = rows(walk(api(), &admin_key(), Ability::Usage, days, &script));
    assert_eq!(
        read,
        [
            "usage 2026-11-01T00 24h {api_key:key_7GfClaimsProd,item:completions,model:gpt-5-2025-08-07,project:proj_Tq8rClaimsTriage,tier:default,user:user-Dn4kAda0001} {cache_write_tokens:20480,cached_input_tokens:188416,input_tokens:621276,output_tokens:96214,requests:1843}",
            "usage 2026-11-01T00 24h {api_key:key_2HsPortalWeb,item:completions,model:gpt-5-mini-2025-08-07,project:proj_Lm3vMemberPortal,tier:default,user:user-Dn4kBen0002} {cache_write_tokens:0,cached_input_tokens:0,input_tokens:980112,other:{input_image_tokens:41200},output_tokens:201774,requests:5120}",
            "usage 2026-11-02T00 24h {api_key:key_7GfClaimsProd,item:completions,model:gpt-5-2025-08-07,project:proj_Tq8rClaimsTriage,tier:default,user:user-Dn4kAda0001} {cache_write_tokens:10240,cached_input_tokens:201216,input_tokens:666463,output_tokens:101930,requests:1990}",
            "usage 2026-11-01T00 24h {item:embeddings,model:text-embedding-3-small,project:proj_Lm3vMemberPortal} {input_tokens:778120,requests:412}",
            "usage 2026-11-01T00 24h {item:images,model:gpt-image-1,other:{size:1024x1024,source:image.generation}} {other:{images:3},requests:2}",
            "usage 2026-11-01T00 24h {item:audio_transcriptions,model:whisper-1} {other:{seconds:61},requests:1}",
            "usage 2026-11-01T00 24h {item:web_search_calls,model:gpt-5-2025-08-07,other:{context_level:medium},project:proj_Lm3vMemberPortal} {other:{searches:51}}",
            "usage 2026-11-03T00 24h {api_key:key_9JwBatchJobs,item:completions,model:gpt-5-mini-2025-08-07,other:{service_tier:default},project:proj_Tq8rClaimsTriage,tier:batch} {cache_write_tokens:0,cached_input_tokens:0,input_tokens:61440,output_tokens:15360,requests:60}",
        ]
    );
}

#[test]
fn hours_are_asked_in_whole_hours() {
    let hours = window("2026-11-04T09:20:00Z", "2026-11-04T11:20:00Z", HOUR);
    let cursor = &api().open(Ability::Usage, hours, &admin_key())[1];
    assert_eq!(
        line(&api().ask(cursor, &admin_key()).unwrap()),
        format!(
            "GET api:/v1/organization/usage/embeddings?start_time=1793782800&end_time=1793793600&bucket_width=1h\
             &limit=168&{BY_ALL} | bearer key"
        )
    );
}

#[test]
fn a_dimension_that_was_not_split_by_is_absent() {
    let cursor =
        api().open(Ability::Usage, window("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", DAY), &admin_key());
    let body = fixture("openai", "usage_completions_ungrouped.json");
    let page = api().read(&cursor[0], &answer(200, &body), &admin_key()).unwrap();
    assert_eq!(
        rows(page),
        [
            "usage 2026-11-01T00 24h {item:completions} {cache_write_tokens:20480,cached_input_tokens:188416,input_tokens:1601388,other:{input_image_tokens:41200},output_tokens:297988,requests:6963}"
        ]
    );
}

#[test]
fn costs_are_dollars_with_every_digit() {
    let groups = "group_by[]=project_id&group_by[]=line_item&group_by[]=api_key_id";
    let first = format!(
        "GET api:/v1/organization/costs?start_time=1793491200&end_time=1793836800&bucket_width=1d&limit=180&{groups}"
    );
    let next = format!("{first}&page=page_AAAAAGkIKABiJdKPAAAAAGkJeYA= | bearer key");
    let first = format!("{first} | bearer key");
    // Hours are asked for, but costs come in days.
    let days = window("2026-11-01T03:00:00Z", "2026-11-04T13:00:00Z", HOUR);
    let script = [(first.as_str(), "costs_page1.json"), (next.as_str(), "costs_page2.json")];
    assert_eq!(
        rows(walk(api(), &admin_key(), Ability::Cost, days, &script)),
        [
            "cost 2026-11-01T00 24h {api_key:key_7GfClaimsProd,item:gpt-5-2025-08-07, input,model:gpt-5-2025-08-07,project:proj_Tq8rClaimsTriage} {other:{tokens:412380}} = 0.515475 USD",
            "cost 2026-11-01T00 24h {api_key:key_7GfClaimsProd,item:gpt-5-2025-08-07, output,model:gpt-5-2025-08-07,project:proj_Tq8rClaimsTriage} {other:{tokens:96214}} = 0.96214 USD",
            "cost 2026-11-01T00 24h {api_key:key_2HsPortalWeb,item:web search calls,project:proj_Lm3vMemberPortal} {other:{units:51}} = 0.51 USD",
            "cost 2026-11-02T00 24h {api_key:key_7GfClaimsProd,item:gpt-5-2025-08-07, input,model:gpt-5-2025-08-07,project:proj_Tq8rClaimsTriage} {other:{tokens:455007}} = 0.56875875 USD",
            "cost 2026-11-03T00 24h {api_key:key_9JwBatchJobs,item:gpt-5-mini-2025-08-07, batch input,model:gpt-5-mini-2025-08-07,project:proj_Tq8rClaimsTriage} {other:{tokens:61440}} = 0.00768 USD",
        ]
    );
}

#[test]
fn the_audit_log_is_walked_by_id() {
    let first = "GET api:/v1/organization/audit_logs?limit=100&effective_at[gte]=1793491200&effective_at[lt]=1793836800 | bearer key";
    let next = "GET api:/v1/organization/audit_logs?limit=100&after=audit_log-Zt9Kp_20261104&effective_at[gte]=1793491200&effective_at[lt]=1793836800 | bearer key";
    let days = window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
    let script = [(first, "audit_logs_page1.json"), (next, "audit_logs_page2.json")];
    let page = walk(api(), &admin_key(), Ability::Audit, days, &script);
    let Row::Audit(entry) = &page.rows[0] else { panic!() };
    assert_eq!(entry.raw["api_key.created"]["data"]["scopes"], json!(["api.model.request"]), "kept whole");
    assert_eq!(
        entries(page),
        [
            json!({"id": "audit_log-Zt9Kq_20261104", "at": "2026-11-04T15:22:10.000Z", "kind": "api_key.created",
                "actor": "ada@northwind.example", "address": "192.0.2.44", "object": "key_9JwBatchJobs"}),
            json!({"id": "audit_log-Zt9Kp_20261104", "at": "2026-11-04T15:20:02.000Z", "kind": "login.failed",
                "actor": "ben@northwind.example", "address": "198.51.100.7", "object": null}),
            json!({"id": "audit_log-Zt9Ko_20261103", "at": "2026-11-03T09:01:44.000Z", "kind": "rate_limit.updated",
                "actor": "svc_acct_Ops01", "address": null, "object": "rl-gpt-5-mini"}),
        ]
    );
}

#[test]
fn keys_are_found_in_each_project() {
    let script = [
        ("GET api:/v1/organization/admin_api_keys?limit=100 | bearer key", "admin_api_keys.json"),
        ("GET api:/v1/organization/projects?limit=100&include_archived=true | bearer key", "projects.json"),
        (
            "GET api:/v1/organization/projects/proj_Tq8rClaimsTriage/api_keys?limit=100&owner_project_access=any | bearer key",
            "project_api_keys.json",
        ),
        (
            "GET api:/v1/organization/projects/proj_Lm3vMemberPortal/api_keys?limit=100&owner_project_access=any | bearer key",
            r#"{"data":[],"has_more":false,"last_id":null}"#,
        ),
    ];
    let days = window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
    assert_eq!(
        entries(walk(api(), &admin_key(), Ability::Keys, days, &script)),
        [
            json!({"id": "key_5AdminAutomation", "name": "aegis-read", "hint": "sk-admin...r7T", "owner": "Ada Quill",
                "created_at": "2026-09-01T00:00:00.000Z", "last_used_at": "2026-11-04T23:00:00.000Z"}),
            json!({"id": "key_7GfClaimsProd", "name": "claims-prod", "hint": "sk-pro...4Xk",
                "owner": "ada@northwind.example", "project": "proj_Tq8rClaimsTriage", "status": "active",
                "created_at": "2025-02-03T10:10:00.000Z", "last_used_at": "2026-11-02T23:58:01.000Z"}),
            json!({"id": "key_9JwBatchJobs", "name": "batch-jobs", "hint": "sk-svc...9Qa", "owner": "nightly-batch",
                "project": "proj_Tq8rClaimsTriage", "status": "active", "created_at": "2026-11-04T15:22:10.000Z"}),
        ]
    );
}

#[test]
fn members_are_people_and_service_accounts() {
    let script = [
        ("GET api:/v1/organization/users?limit=100 | bearer key", "users_page1.json"),
        (
            "GET api:/v1/organization/projects?limit=100&include_archived=true | bearer key",
            r#"{"data":[{"id":"a/b"}],"has_more":false,"last_id":"a/b"}"#,
        ),
        ("GET api:/v1/organization/users?limit=100&after=user-Dn4kAda0001 | bearer key", "users_page2.json"),
        (
            "GET api:/v1/organization/projects/a%2Fb/service_accounts?limit=100 | bearer key",
            r#"{"data":[{"id":"svc_acct_Batch01","name":"nightly-batch","role":"member","created_at":1793805600}],
                "has_more":false}"#,
        ),
    ];
    let days = window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
    assert_eq!(
        entries(walk(api(), &admin_key(), Ability::Members, days, &script)),
        [
            json!({"id": "user-Dn4kAda0001", "name": "Ada Quill", "email": "ada@northwind.example", "role": "owner",
                "since": "2025-02-03T10:00:00.000Z", "machine": false}),
            json!({"id": "user-Dn4kBen0002", "name": "Ben Osei", "email": "ben@northwind.example", "role": "reader",
                "since": "2025-06-19T08:30:00.000Z", "machine": false}),
            json!({"id": "svc_acct_Batch01", "name": "nightly-batch", "role": "member",
                "since": "2026-11-04T15:20:00.000Z", "machine": true}),
        ]
    );
}

#[test]
fn models_say_when_they_end() {
    let key = credential(api(), "inference", &[("key", "sk-x")], &[]);
    let days = window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
    let models = entries(walk(
        api(),
        &key,
        Ability::Models,
        days,
        &[("GET api:/v1/models | bearer key", "models.json")],
    ));
    assert_eq!(models.len(), 4);
    assert_eq!(models[0], json!({"id": "gpt-5-2025-08-07"}));
    assert_eq!(models[3], json!({"id": "gpt-4o-mini-2024-07-18", "ends_at": "2027-03-31T00:00:00.000Z"}));
}

#[test]
fn log_files_become_messages_and_glued_lines_are_told_apart() {
    let base = "GET compliance:/workspaces/0f8b5b1e-2c44-4a0e-9d27-6a2f7c1de001/logs";
    let list = |after: &str| {
        format!(
            "{base}?event_type=CONVERSATION_MESSAGE_LOG&limit=100&after={after}&before=2026-11-05T00:00:00Z | bearer key"
        )
    };
    let (first, next) = (list("2026-11-04T00:00:00Z"), list("2026-11-04T02:00:00Z"));
    let logs = ["00", "01", "02"].map(|n| format!("{base}/log_20261104{n} | bearer key"));
    let script = [
        (first.as_str(), "compliance_logs_page1.json"),
        (logs[0].as_str(), "compliance_log.jsonl"),
        (logs[1].as_str(), ""),
        (next.as_str(), "compliance_logs_page2.json"),
        (logs[2].as_str(), ""),
    ];
    let day = window("2026-11-04T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
    let page = walk(api(), &compliance_key(), Ability::Content, day, &script);
    assert_eq!(page.notes, ["1 lines of a log say no time and were left out"]);
    let said: Vec<_> = page
        .rows
        .iter()
        .map(|row| {
            let Row::Content(c) = row else { panic!("{row:?}") };
            let i = &c.interaction;
            let part = &i.parts[0];
            (i.occurred_at.to_string(), i.user.clone(), i.model.clone(), part.direction, part.text.clone())
        })
        .collect();
    let ada = Some("ada@northwind.example".to_owned());
    let row = |at: &str, user, model: &str, direction, text: &str| {
        (at.to_owned(), user, model.to_owned(), direction, text.to_owned())
    };
    let ben = Some("user-Dn4kBen0002".to_owned());
    assert_eq!(
        said,
        [
            row("2026-11-04T00:12:03.000Z", ada.clone(), "", Direction::Prompt, "My SSN is 531-86-2094."),
            row("2026-11-04T00:12:10.500Z", ada, "gpt-5", Direction::Response, "I will not repeat it."),
            row("2026-11-04T00:13:00.000Z", ben, "", Direction::Prompt, "no id here"),
            row(
                "2026-11-04T00:14:00.000Z",
                None,
                "",
                Direction::Prompt,
                "payload:\nnote: of no known form, 4111 1111 1111 1111\ntimestamp: 2026-11-04T00:14:00Z"
            ),
        ]
    );
    let ids: std::collections::BTreeSet<_> = page
        .rows
        .iter()
        .map(|row| if let Row::Content(c) = row { c.interaction.external_id.clone() } else { None })
        .collect();
    assert!(ids.len() == 4 && ids.contains(&Some("msg_01".to_owned())));
}

#[test]
fn a_list_that_leads_in_a_circle_is_refused() {
    let key = admin_key();
    let days = window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", DAY);
    let first = api().open(Ability::Members, days, &key).remove(0);
    let circle = br#"{"data":[],"has_more":true,"last_id":"u"}"#;
    let second = api().read(&first, &answer(200, circle), &key).unwrap().next.remove(0);
    let error = api().read(&second, &answer(200, circle), &key).unwrap_err();
    assert_eq!(error.to_string(), "the answer is incomplete: the next page is the same page");
    let lost = br#"{"data":[],"has_more":true,"last_id":null}"#;
    assert!(api().read(&first, &answer(200, lost), &key).is_err());
}

#[test]
fn errors_mean_what_openai_means_by_them() {
    let lacking = "You have insufficient permissions for this operation. Missing scopes: api.usage.read. Check that you have the correct role in your organization (Reader, Writer, Owner) and project (Member, Owner), and if you're using a restricted API key, that it has the necessary scopes.";
    let wait = [("retry-after".to_owned(), "7".to_owned())];
    for (status, headers, file, meaning) in [
        (401, &[][..], "error_bad_key.json", "invalid: Incorrect API key provided: […]. You can find your API key at https://platform.openai.com/account/api-keys.".to_owned()),
        (403, &[], "error_missing_scope.json", format!("lacks: {lacking}")),
        (401, &[], "error_missing_scope.json", format!("lacks: {lacking}")),
        (429, &wait, "error_rate_limit.json", "too many: 7".to_owned()),
        (429, &[], "error_rate_limit.json", "too many: -1".to_owned()),
        (429, &wait, "error_insufficient_quota.json", "exhausted: You exceeded your current quota, please check your plan and billing details.".to_owned()),
        (500, &[], "models.json", "unavailable".to_owned()),
    ] {
        let body = fixture("openai", file);
        let answer = Answer { status, headers, body: &body };
        assert_eq!(fault(&api().fault(&answer)), meaning, "{status} {file}");
    }
}

#[test]
fn checks_learn_the_abilities_one_by_one() {
    let now = at("2026-11-05T10:20:30Z");
    let asked = |key: &Credential| -> Vec<String> {
        (0..9).map_while(|step| api().check(step, key, now)).map(|r| line(&r)).collect()
    };
    assert_eq!(
        asked(&admin_key()),
        [
            "GET api:/v1/organization/projects?limit=1 | bearer key",
            "GET api:/v1/organization/costs?limit=1&start_time=1793836800 | bearer key",
            "GET api:/v1/organization/usage/completions?limit=1&start_time=1793836800 | bearer key",
            "GET api:/v1/organization/audit_logs?limit=1 | bearer key",
            "GET api:/v1/organization/users?limit=1 | bearer key",
        ]
    );
    assert_eq!(
        asked(&compliance_key()),
        [
            "GET compliance:/workspaces/0f8b5b1e-2c44-4a0e-9d27-6a2f7c1de001/logs?event_type=CONVERSATION_MESSAGE_LOG&limit=1&after=2026-11-05T09:20:30Z | bearer key"
        ]
    );
    for (step, status, file, found) in [
        (0, 200, "projects.json", "valid | keys has | "),
        (1, 403, "error_missing_scope.json", "valid | cost lacks | "),
        (2, 401, "error_missing_scope.json", "valid | usage lacks | "),
        (0, 401, "error_bad_key.json", "invalid | keys lacks | "),
        (3, 429, "error_rate_limit.json", "- | audit unclear | "),
        (4, 503, "error_rate_limit.json", "- | members unclear | "),
    ] {
        let body = fixture("openai", file);
        let judged = api().judge(step, &answer(status, &body), &admin_key());
        assert_eq!(verdict(&judged), found, "{step} {status} {file}");
    }
}
