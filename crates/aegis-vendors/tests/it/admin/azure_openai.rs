//! Azure's recorded answers.

use super::kit::*;
use aegis_domain::{Ability, Window};
use aegis_vendors::admin::{AdminApi, Answer, Credential};
use secrecy::ExposeSecret;
use serde_json::json;

const ARM: &str = " | exchanged https://management.azure.com/.default";
const SUBSCRIPTION: &str = "/subscriptions/3f2b6c1d-0a11-4b7e-9c55-1d2e3f4a5b6c";
const ACCOUNT: &str = "/subscriptions/3f2b6c1d-0a11-4b7e-9c55-1d2e3f4a5b6c/resourceGroups/rg-ai-prod/providers/Microsoft.CognitiveServices/accounts/nw-openai-eus2";
const PROJECT: &str = "/subscriptions/3f2b6c1d-0a11-4b7e-9c55-1d2e3f4a5b6c/resourcegroups/rg-ai-prod/providers/microsoft.cognitiveservices/accounts/nw-openai-eus2";

fn api() -> &'static dyn AdminApi {
    vendor("azure_openai")
}

fn entra() -> Credential {
    let values = [
        ("tenant_id", "11111111-2222-4333-8444-555566667777"),
        ("client_id", "6f0b2d11-1111-4222-8333-944455556666"),
        ("client_secret", "s"),
        ("subscription_id", "3f2b6c1d-0a11-4b7e-9c55-1d2e3f4a5b6c"),
    ];
    credential(api(), "entra", &values, &[])
}

fn hours() -> Window {
    window("2026-11-01T00:00:00Z", "2026-11-01T03:00:00Z", HOUR)
}

fn accounts() -> String {
    format!(
        "GET management:{SUBSCRIPTION}/providers/Microsoft.CognitiveServices/accounts?api-version=2024-10-01{ARM}"
    )
}

fn metrics(names: &str, status: &str) -> String {
    format!(
        "GET management:{ACCOUNT}/providers/Microsoft.Insights/metrics?api-version=2024-02-01&metricnames={names}&timespan=2026-11-01T00:00:00Z/2026-11-01T03:00:00Z&interval=PT1H&aggregation=Total&top=1000&$filter=ModelDeploymentName eq '*' and ModelName eq '*'{status}{ARM}"
    )
}

fn shown(rows: Vec<String>) -> Vec<String> {
    rows.into_iter().map(|row| row.replace(PROJECT, "(nw)")).collect()
}

#[test]
fn foundrys_metrics_are_read_where_they_have_data() {
    let asked = [
        (accounts(), "accounts.json"),
        (metrics("InputTokens,OutputTokens", ""), "metrics_foundry_models.json"),
        (metrics("ModelRequests", " and StatusCode eq '*'"), r#"{"value":[]}"#),
    ];
    let script: Vec<(&str, &str)> = asked.iter().map(|(r, f)| (r.as_str(), *f)).collect();
    assert_eq!(
        shown(rows(walk(api(), &entra(), Ability::Usage, hours(), &script))),
        [
            "usage 2026-11-01T00 1h {item:tokens,model:gpt-5-mini,other:{deployment:chat-prod},project:(nw)} {input_tokens:41022,output_tokens:8011}",
            "usage 2026-11-01T01 1h {item:tokens,model:gpt-5-mini,other:{deployment:chat-prod},project:(nw)} {input_tokens:38811,output_tokens:7720}",
        ]
    );
}

#[test]
fn the_classic_metrics_are_read_where_foundry_has_none() {
    let nothing = r#"{"value":[{"name":{"value":"InputTokens"},"timeseries":[]}]}"#;
    let asked = [
        (accounts(), "accounts.json"),
        (metrics("InputTokens,OutputTokens", ""), nothing),
        (metrics("ProcessedPromptTokens,GeneratedTokens", ""), "metrics_tokens.json"),
        (metrics("AzureOpenAIRequests", " and StatusCode eq '*'"), "metrics_requests.json"),
    ];
    let script: Vec<(&str, &str)> = asked.iter().map(|(r, f)| (r.as_str(), *f)).collect();
    assert_eq!(
        shown(rows(walk(api(), &entra(), Ability::Usage, hours(), &script))),
        [
            "usage 2026-11-01T00 1h {item:tokens,model:gpt-5-mini,other:{deployment:chat-prod},project:(nw)} {input_tokens:41022,output_tokens:8011}",
            "usage 2026-11-01T01 1h {item:tokens,model:gpt-5,other:{deployment:batch},project:(nw)} {input_tokens:120034,output_tokens:30221}",
            "usage 2026-11-01T01 1h {item:tokens,model:gpt-5-mini,other:{deployment:chat-prod},project:(nw)} {input_tokens:38811,output_tokens:7720}",
            "usage 2026-11-01T02 1h {item:tokens,model:gpt-5,other:{deployment:batch},project:(nw)} {input_tokens:9001,output_tokens:1880}",
            "usage 2026-11-01T00 1h {item:requests,model:gpt-5-mini,other:{deployment:chat-prod,status:200},project:(nw)} {requests:210}",
            "usage 2026-11-01T01 1h {item:requests,model:gpt-5,other:{deployment:batch,status:200},project:(nw)} {requests:60}",
            "usage 2026-11-01T01 1h {item:requests,model:gpt-5-mini,other:{deployment:chat-prod,status:200},project:(nw)} {requests:198}",
            "usage 2026-11-01T01 1h {item:requests,model:gpt-5-mini,other:{deployment:chat-prod,status:429},project:(nw)} {requests:4}",
            "usage 2026-11-01T02 1h {item:requests,model:gpt-5,other:{deployment:batch,status:200},project:(nw)} {requests:5}",
        ]
    );
}

#[test]
fn long_windows_are_asked_in_ranges() {
    let long = window("2026-08-01T00:00:00Z", "2026-10-01T00:00:00Z", DAY);
    assert_eq!(api().open(Ability::Usage, long, &entra()).len(), 3, "61 days, 30 at once");
}

#[test]
fn a_resource_that_is_no_path_is_passed_over() {
    let cursor = api().open(Ability::Usage, hours(), &entra()).remove(0);
    for id in [
        "https://evil.example",
        "/subscriptions/../x",
        "/subscriptions/a?b",
        "/subscriptions//x",
        "/providers/x",
    ] {
        let body = json!({"value": [{"id": id, "kind": "OpenAI"}]}).to_string();
        let page = api().read(&cursor, &answer(200, body.as_bytes()), &entra()).unwrap();
        assert!(page.next.is_empty(), "{id}");
    }
    let other = json!({"value": [{"id": ACCOUNT, "kind": "TextAnalytics"}], "nextLink": "https://management.azure.com/n"});
    let page = api().read(&cursor, &answer(200, other.to_string().as_bytes()), &entra()).unwrap();
    assert_eq!(page.next.len(), 1);
    assert_eq!(
        line(&api().ask(&page.next[0], &entra()).unwrap()),
        format!("GET https://management.azure.com/n{ARM}")
    );
}

#[test]
fn costs_are_posted_again_with_the_same_body() {
    let body = |from: &str, to: &str| {
        json!({"type": "ActualCost", "timeframe": "Custom", "timePeriod": {"from": from, "to": to}, "dataset": {
            "granularity": "Daily", "aggregation": {"totalCost": {"name": "Cost", "function": "Sum"}},
            "grouping": [{"type": "Dimension", "name": "ResourceId"}, {"type": "Dimension", "name": "Meter"}],
            "filter": {"dimensions": {"name": "ResourceType", "operator": "In",
                "values": ["microsoft.cognitiveservices/accounts"]}}}})
    };
    let same = body("2026-11-01T00:00:00Z", "2026-11-02T23:59:59Z");
    let place = format!(
        "POST management:{SUBSCRIPTION}/providers/Microsoft.CostManagement/query?api-version=2023-11-01"
    );
    let first = format!("{place}{ARM} | {same}");
    let link = format!(
        "https://management.azure.com{SUBSCRIPTION}/providers/Microsoft.CostManagement/query?api-version=2023-11-01&$skiptoken=AQAAAA%3D%3D"
    );
    let next = format!("POST {link}{ARM} | {same}");
    let days = window("2026-11-01T06:00:00Z", "2026-11-02T07:00:00Z", HOUR);
    let script = [(first.as_str(), "cost_query_page1.json"), (next.as_str(), "cost_query_page2.json")];
    assert_eq!(
        shown(rows(walk(api(), &entra(), Ability::Cost, days, &script))),
        [
            "cost 2026-11-01T00 24h {item:gpt 5 mini Inp glbl Tokens,project:(nw)} {} = 4.1022 USD",
            "cost 2026-11-01T00 24h {item:gpt 5 mini Outp glbl Tokens,project:(nw)} {} = 6.4088 USD",
            "cost 2026-11-02T00 24h {item:gpt 5 Inp glbl Tokens,project:(nw)} {} = 1.2003 USD",
        ]
    );
    let long = window("2026-08-01T00:00:00Z", "2026-10-01T00:00:00Z", DAY);
    let ranges: Vec<String> = api()
        .open(Ability::Cost, long, &entra())
        .iter()
        .map(|c| line(&api().ask(c, &entra()).unwrap()))
        .collect();
    assert_eq!(
        ranges,
        [("2026-08-01T00:00:00Z", "2026-08-31T23:59:59Z"), ("2026-09-01T00:00:00Z", "2026-09-30T23:59:59Z")]
            .map(|(from, to)| format!("{place}{ARM} | {}", body(from, to)))
    );
}

#[test]
fn columns_are_read_by_name_and_currencies_kept() {
    let cursor = api().open(Ability::Cost, hours(), &entra()).remove(0);
    let body = br#"{"properties":{"nextLink":"","columns":[{"name":"Currency"},{"name":"Meter"},{"name":"UsageDate"},
        {"name":"PreTaxCost"}],"rows":[["EUR","gpt 5 Inp glbl Tokens",20261101,0.12345678901234567]]}}"#;
    let read = rows(api().read(&cursor, &answer(200, body), &entra()).unwrap());
    assert_eq!(read, ["cost 2026-11-01T00 24h {item:gpt 5 Inp glbl Tokens} {} = 0.12345678901234567 EUR"]);
    assert!(api().read(&cursor, &answer(204, b""), &entra()).unwrap().rows.is_empty(), "no costs");
    let other = br#"{"properties":{"columns":[{"name":"Cost"}],"rows":[[1]]}}"#;
    let error = api().read(&cursor, &answer(200, other), &entra()).unwrap_err();
    assert_eq!(error.to_string(), "Currency must be a column");
}

#[test]
fn deployments_are_what_can_be_called() {
    let asked = format!("GET management:{ACCOUNT}/deployments?api-version=2024-10-01{ARM}");
    let script = [(accounts(), "accounts.json"), (asked, "deployments.json")];
    let script: Vec<(&str, &str)> = script.iter().map(|(r, f)| (r.as_str(), *f)).collect();
    assert_eq!(
        entries(walk(api(), &entra(), Ability::Models, hours(), &script)),
        [
            json!({"id": "chat-prod", "name": "gpt-5-mini, 2025-08-07, GlobalStandard, nw-openai-eus2"}),
            json!({"id": "batch", "name": "gpt-5, 2025-08-07, DataZoneStandard, nw-openai-eus2"}),
        ]
    );
    let key = credential(api(), "resource_key", &[("resource", "nw-openai-eus2"), ("key", "k")], &[]);
    let asked = "GET resource:/openai/models?api-version=2024-10-21 | api-key key";
    assert_eq!(
        entries(walk(api(), &key, Ability::Models, hours(), &[(asked, "models.json")])),
        [json!({"id": "gpt-4o-mini-2024-07-18", "ends_at": "2027-03-31T00:00:00.000Z"})]
    );
}

#[test]
fn the_activity_log_is_followed_by_link() {
    let asked = format!(
        "GET management:{SUBSCRIPTION}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter=eventTimestamp ge '2026-11-01T00:00:00Z' and eventTimestamp le '2026-11-01T03:00:00Z' and resourceProvider eq 'Microsoft.CognitiveServices'{ARM}"
    );
    let page = r#"{"value":[{"eventDataId":"e1","eventTimestamp":"2026-11-01T01:02:03.1234567Z","caller":"ada@northwind.example",
        "operationName":{"value":"Microsoft.CognitiveServices/accounts/listKeys/action"},
        "httpRequest":{"clientIpAddress":"192.0.2.44"},"resourceId":"/subscriptions/x"}],
        "nextLink":"https://management.azure.com/next?$skiptoken=1"}"#;
    let next = format!("GET https://management.azure.com/next?$skiptoken=1{ARM}");
    let script = [(asked.as_str(), page), (next.as_str(), r#"{"value":[]}"#)];
    assert_eq!(
        entries(walk(api(), &entra(), Ability::Audit, hours(), &script)),
        [
            json!({"id": "e1", "at": "2026-11-01T01:02:03.123Z", "kind": "Microsoft.CognitiveServices/accounts/listKeys/action",
            "actor": "ada@northwind.example", "address": "192.0.2.44", "object": "/subscriptions/x"})
        ]
    );
}

#[test]
fn the_application_gets_a_token_for_its_secret() {
    let request = api()
        .exchange("https://management.azure.com/.default", &entra(), at("2026-11-05T10:00:00Z"))
        .unwrap();
    assert_eq!(
        line(&request),
        "POST login:/11111111-2222-4333-8444-555566667777/oauth2/v2.0/token | nobody | grant_type=client_credentials | client_id=6f0b2d11-1111-4222-8333-944455556666 | client_secret=(client_secret) | scope=https://management.azure.com/.default"
    );
    let (token, lasts) = api().token(&answer(200, &fixture("azure_openai", "entra_token.json"))).unwrap();
    assert!(token.expose_secret().ends_with(".example.example"));
    assert_eq!(lasts.as_secs(), 3599);
}

#[test]
fn errors_mean_what_azure_means_by_them() {
    let limits: Vec<(String, String)> = [("entity", "12"), ("tenant", "5"), ("qpu", "30")]
        .map(|(n, v)| (format!("x-ms-ratelimit-microsoft.costmanagement-{n}-retry-after"), v.to_owned()))
        .to_vec();
    let wait = vec![("retry-after".to_owned(), "12".to_owned())];
    for (status, headers, file, meaning) in [
        (401, &[][..], "entra_error_bad_secret.json", "invalid: AADSTS7000215"),
        (400, &[], "entra_error_unknown_app.json", "invalid: AADSTS700016"),
        (401, &[], "error_arm_token.json", "invalid: The access token expiry"),
        (401, &[], "error_bad_key.json", "invalid: Access denied due to invalid subscription key"),
        (403, &[], "error_authorization_failed.json", "lacks: The client"),
        (403, &[], "error_cost_unauthorized.json", "lacks: The client"),
        (429, &limits, "error_cost_rate_limit.json", "too many: 30"),
        (429, &wait, "error_rate_limit_data_plane.json", "too many: 12"),
        (404, &[], "error_bad_key.json", "missing: Access denied"),
        (500, &[], "error_bad_key.json", "unavailable"),
    ] {
        let body = fixture("azure_openai", file);
        let said = fault(&api().fault(&Answer { status, headers, body: &body }));
        assert!(said.starts_with(meaning), "{status} {file}: {said}");
    }
}

#[test]
fn checks_learn_the_abilities_one_by_one() {
    let now = at("2026-11-05T10:20:30Z");
    let asked = |key: &Credential| -> Vec<String> {
        let steps = (0..9).map_while(|step| api().check(step, key, now));
        steps.map(|r| line(&r).split('?').next().unwrap_or_default().to_owned()).collect()
    };
    let mut key = entra();
    assert_eq!(asked(&key).len(), 3, "metrics need a resource");
    let body = fixture("azure_openai", "accounts.json");
    let judged = api().judge(0, &answer(200, &body), &key);
    assert_eq!(verdict(&judged), format!("valid | models has | account={ACCOUNT}"));
    key.learnt = judged.learnt;
    assert_eq!(asked(&key)[3], format!("GET management:{ACCOUNT}/providers/Microsoft.Insights/metrics"));
    let empty = api().judge(0, &answer(200, br#"{"value":[]}"#), &key);
    assert_eq!(verdict(&empty), "valid | models has, usage unclear | ");
    let body = fixture("azure_openai", "error_cost_unauthorized.json");
    assert_eq!(verdict(&api().judge(1, &answer(403, &body), &key)), "valid | cost lacks | ");
}
