//! Google's recorded answers.

use super::kit::*;
use aegis_domain::{Ability, Window};
use aegis_vendors::admin::{AdminApi, Answer, Body, Credential, Cursor, Fault, FormValue, Page};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::time::Duration;

const TABLE: &str = "northwind-billing.billing.gcp_billing_export_v1_012345_ABCDEF_678901";
const READ: &str = " | exchanged https://www.googleapis.com/auth/";

fn api() -> &'static dyn AdminApi {
    vendor("gemini")
}

/// A key file as Google gives it; the key in it was made for these tests and opens nothing.
fn file() -> String {
    String::from_utf8(fixture("gemini", "service_account.json")).unwrap()
}

fn account() -> Credential {
    credential(api(), "service_account", &[("service_account", &file()), ("billing_table", TABLE)], &[])
}

fn days() -> Window {
    window("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z", DAY)
}

fn series(metric: &str) -> String {
    let max = if metric.contains("/quota/") {
        "&aggregation.crossSeriesReducer=REDUCE_MAX&aggregation.groupByFields=metric.labels.model&aggregation.groupByFields=resource.labels.location"
    } else {
        ""
    };
    format!(
        "GET monitoring:/v3/projects/northwind-ai-prod/timeSeries?filter=metric.type=\"{metric}\"&interval.startTime=2026-11-01T00:00:00Z&interval.endTime=2026-11-03T00:00:00Z&aggregation.alignmentPeriod=86400s&aggregation.perSeriesAligner=ALIGN_SUM{max}&view=FULL&pageSize=10000"
    )
}

#[test]
fn usage_is_read_from_the_metrics_there_are() {
    let list = |prefix: &str| {
        format!(
            "GET monitoring:/v3/projects/northwind-ai-prod/metricDescriptors?filter=metric.type = starts_with(\"{prefix}\"){READ}monitoring.read"
        )
    };
    let read = |metric: &str| format!("{}{READ}monitoring.read", series(metric));
    let output = "generativelanguage.googleapis.com/generate_content_usage_output_token_count";
    let input = "generativelanguage.googleapis.com/quota/generate_content_paid_tier_input_token_count/usage";
    let free = "generativelanguage.googleapis.com/quota/generate_content_free_tier_input_token_count/usage";
    let vertex = "aiplatform.googleapis.com/publisher/online_serving/token_count";
    let calls = "serviceruntime.googleapis.com/api/request_count\" AND resource.type=\"consumed_api\" AND resource.labels.service = one_of(\"generativelanguage.googleapis.com\", \"aiplatform.googleapis.com\")";
    let calls = read(calls).replace(")\"&interval", ")&interval");
    let next = format!("{}&pageToken=CAEQAQ{READ}monitoring.read", series(output));
    let metrics = json!({"metricDescriptors": [{"type": output}, {"type": input}, {"type": free},
        {"type": "generativelanguage.googleapis.com/quota/unheard_of/usage"}]})
    .to_string();
    let vertex_metrics = json!({"metricDescriptors": [{"type": vertex}]}).to_string();
    let asked = [
        (list("generativelanguage.googleapis.com/"), metrics.as_str()),
        (list("aiplatform.googleapis.com/publisher/online_serving/"), &vertex_metrics),
        (calls, "timeseries_request_count.json"),
        (read(output), "timeseries_output_tokens_page1.json"),
        (read(input), "timeseries_input_tokens.json"),
        (read(free), "timeseries_empty.json"),
        (read(vertex), "timeseries_vertex_token_count.json"),
        (next, "timeseries_output_tokens_page2.json"),
    ];
    let script: Vec<(&str, &str)> = asked.iter().map(|(r, f)| (r.as_str(), *f)).collect();
    assert_eq!(
        rows(walk(api(), &account(), Ability::Usage, days(), &script)),
        [
            "usage 2026-11-02T00 24h {api_key:7c1f0d2e-5a34-4c8b-9e11-2f6a0b3d4c55,item:api_calls,other:{grpc_status_code:0,method:google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent,protocol:http,response_code:200,service:generativelanguage.googleapis.com,version:v1beta},project:northwind-ai-prod,region:global} {other:{calls:812}}",
            "usage 2026-11-01T00 24h {api_key:7c1f0d2e-5a34-4c8b-9e11-2f6a0b3d4c55,item:api_calls,other:{grpc_status_code:0,method:google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent,protocol:http,response_code:200,service:generativelanguage.googleapis.com,version:v1beta},project:northwind-ai-prod,region:global} {other:{calls:790}}",
            "usage 2026-11-02T00 24h {item:api_calls,other:{grpc_status_code:8,method:google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent,protocol:http,response_code:429,service:generativelanguage.googleapis.com,version:v1beta},project:northwind-ai-prod,region:global,user:serviceaccount:104821330045127766551} {other:{calls:9}}",
            "usage 2026-11-02T00 24h {item:output_tokens,model:gemini-2.5-flash,other:{output_modality:text,thinking_enabled:true},project:northwind-ai-prod,region:global} {output_tokens:91233}",
            "usage 2026-11-01T00 24h {item:output_tokens,model:gemini-2.5-flash,other:{output_modality:text,thinking_enabled:true},project:northwind-ai-prod,region:global} {output_tokens:88410}",
            "usage 2026-11-02T00 24h {item:input_tokens,model:gemini-2.5-flash,project:northwind-ai-prod,region:global,tier:paid_tier} {input_tokens:402188}",
            "usage 2026-11-01T00 24h {item:input_tokens,model:gemini-2.5-flash,project:northwind-ai-prod,region:global,tier:paid_tier} {input_tokens:377005}",
            "usage 2026-11-02T00 24h {item:input_tokens,model:gemini-2.5-pro,project:northwind-ai-prod,region:global,tier:paid_tier} {input_tokens:61022}",
            "usage 2026-11-02T00 24h {item:vertex_tokens,model:gemini-2.5-pro,other:{publisher:google,request_type:shared,type:input},project:northwind-ai-prod,region:us-central1} {input_tokens:730012}",
            "usage 2026-11-02T00 24h {item:vertex_tokens,model:gemini-2.5-pro,other:{publisher:google,request_type:shared,type:output},project:northwind-ai-prod,region:us-central1} {output_tokens:88017}",
            "usage 2026-11-02T00 24h {item:output_tokens,model:gemini-2.5-pro,other:{output_modality:text,thinking_enabled:true},project:northwind-ai-prod,region:global} {output_tokens:20114}",
        ]
    );
}

#[test]
fn an_answer_that_is_not_whole_is_refused() {
    let calls = api().open(Ability::Usage, days(), &account()).remove(2);
    let body = br#"{"timeSeries":[],"executionErrors":[{"code":4}]}"#;
    let error = api().read(&calls, &answer(200, body), &account()).unwrap_err();
    assert!(error.to_string().starts_with("the answer is incomplete"), "{error}");
}

/// Asks and reads a cursor that must be the only one.
fn only(page: &Page) -> &Cursor {
    assert_eq!(page.next.len(), 1);
    &page.next[0]
}

#[test]
fn costs_are_queried_polled_paged_and_net_of_credits() {
    let key = account();
    let first = api().open(Ability::Cost, days(), &key).remove(0);
    let request = api().ask(&first, &key).unwrap();
    assert!(line(&request).starts_with(&format!(
        "POST bigquery:/bigquery/v2/projects/northwind-ai-prod/queries{READ}bigquery.readonly | {{"
    )));
    let Some(Body::Json(body)) = &request.body else { panic!() };
    let query = body["query"].as_str().unwrap();
    assert!(
        query.contains(&format!("FROM `{TABLE}` WHERE export_time >= @from AND usage_start_time >= @from")),
        "{query}"
    );
    assert!(
        query.contains("(service.description = 'Gemini API' OR (service.description = 'Vertex AI'"),
        "{query}"
    );
    let mut rest = body.clone();
    rest["query"] = Value::Null;
    assert_eq!(
        rest,
        json!({"query": null, "useLegacySql": false, "parameterMode": "NAMED", "queryParameters": [
            {"name": "from", "parameterType": {"type": "TIMESTAMP"}, "parameterValue": {"value": "2026-11-01T00:00:00Z"}},
            {"name": "to", "parameterType": {"type": "TIMESTAMP"}, "parameterValue": {"value": "2026-11-03T00:00:00Z"}}],
            "maxResults": 10000, "timeoutMs": 30000, "maximumBytesBilled": "21474836480"})
    );
    let read = |cursor: &Cursor, file: &str| {
        api().read(cursor, &answer(200, &fixture("gemini", file)), &key).unwrap()
    };
    let poll = read(&first, "bigquery_query_not_complete.json");
    assert!(poll.rows.is_empty());
    let job = "GET bigquery:/bigquery/v2/projects/northwind-ai-prod/queries/job_8XbExample01?maxResults=10000&timeoutMs=30000&location=US";
    assert_eq!(line(&api().ask(only(&poll), &key).unwrap()), format!("{job}{READ}bigquery.readonly"));
    let page1 = read(only(&poll), "bigquery_query_page1.json");
    assert_eq!(
        line(&api().ask(only(&page1), &key).unwrap()),
        format!("{job}&pageToken=BEEXAMPLEPAGE2{READ}bigquery.readonly")
    );
    let page2 = read(only(&page1), "bigquery_query_page2.json");
    assert!(page2.next.is_empty());
    assert_eq!(
        [rows(page1), rows(page2)].concat(),
        [
            "cost 2026-11-01T00 24h {item:Generate content input token count gemini 2.5 flash text,model:gemini-2.5-flash,other:{service:Gemini API},project:northwind-ai-prod,region:global} {other:{count:377005}} = 0.1131 USD",
            "cost 2026-11-01T00 24h {item:Generate content output token count gemini 2.5 flash short output text non-thinking,model:gemini-2.5-flash,other:{service:Gemini API},project:northwind-ai-prod,region:global} {other:{count:88410}} = 0.171025 USD",
            "cost 2026-11-01T00 24h {item:Gemini 2.5 Pro Text Input - Predictions,model:gemini-2.5-pro,other:{service:Vertex AI},project:northwind-ai-prod,region:us-central1} {other:{count:730012}} = 0.912515 USD",
        ]
    );
    let mut waiting = poll;
    for _ in 0..39 {
        waiting = read(only(&waiting), "bigquery_query_not_complete.json");
    }
    let body = fixture("gemini", "bigquery_query_not_complete.json");
    assert!(
        api().read(only(&waiting), &answer(200, &body), &key).is_err(),
        "a query is not asked for for ever"
    );
}

#[test]
fn a_table_that_could_leave_its_place_is_refused() {
    for table in ["", "a.b", "a.b.c` UNION", "a.b c.d", "a.b.c;d", "a/../b.c.d"] {
        let key = credential(
            api(),
            "service_account",
            &[("service_account", &file()), ("billing_table", table)],
            &[],
        );
        assert!(api().open(Ability::Cost, days(), &key).is_empty(), "{table}");
        let query = &api().open(Ability::Cost, days(), &account())[0];
        assert!(api().ask(query, &key).is_err(), "{table}");
    }
}

#[test]
fn the_audit_log_goes_on_after_an_empty_page() {
    let asked = |page: &str| {
        format!(
            "POST logging:/v2/entries:list{READ}logging.read | {}",
            json!({"resourceNames": ["projects/northwind-ai-prod"],
                "filter": "logName:\"cloudaudit.googleapis.com\" AND timestamp >= \"2026-11-01T00:00:00Z\" AND timestamp < \"2026-11-03T00:00:00Z\" AND protoPayload.serviceName = (\"generativelanguage.googleapis.com\" OR \"aiplatform.googleapis.com\" OR \"apikeys.googleapis.com\" OR \"iam.googleapis.com\" OR \"cloudresourcemanager.googleapis.com\" OR \"serviceusage.googleapis.com\")",
                "orderBy": "timestamp asc", "pageSize": 1000})
            .to_string()
            .replace("\"pageSize\":1000", &format!("\"pageSize\":1000{page}"))
        )
    };
    let sorted = |text: String| {
        let (head, body) = text.split_once(" | {").unwrap();
        let (auth, body) = body.split_once(" | {").map_or(("", body), |(a, b)| (a, b));
        let body: Value = serde_json::from_str(&format!("{{{body}")).unwrap();
        format!("{head}{auth} | {body}")
    };
    let (first, second, third) = (
        asked(""),
        sorted(asked(",\"pageToken\":\"EXAMPLEPAGETOKEN\"")),
        sorted(asked(",\"pageToken\":\"more\"")),
    );
    let script = [
        (first.as_str(), "logging_entries.json"),
        (second.as_str(), r#"{"nextPageToken":"more"}"#),
        (third.as_str(), "{}"),
    ];
    assert_eq!(
        entries(walk(api(), &account(), Ability::Audit, days(), &script)),
        [
            json!({"id": "projects/northwind-ai-prod/logs/cloudaudit.googleapis.com%2Factivity/2026-11-03T11:00:00.104Z/1x2y3zexample",
            "at": "2026-11-03T11:00:00.104Z", "kind": "google.api.apikeys.v2.ApiKeys.CreateKey",
            "actor": "ada@northwind.example", "address": "192.0.2.44",
            "object": "projects/northwind-ai-prod/locations/global"})
        ]
    );
}

#[test]
fn keys_without_restrictions_say_so() {
    let asked = format!(
        "GET apikeys:/v2/projects/northwind-ai-prod/locations/global/keys?pageSize=300{READ}cloud-platform.read-only"
    );
    let keys = entries(walk(api(), &account(), Ability::Keys, days(), &[(&asked, "apikeys_keys.json")]));
    assert_eq!(
        keys,
        [
            json!({"id": "7c1f0d2e-5a34-4c8b-9e11-2f6a0b3d4c55", "name": "claims-triage", "project": "northwind-ai-prod",
                "status": "active", "created_at": "2026-02-01T10:00:00.000Z"}),
            json!({"id": "aa31b0c2-0d0e-4b6d-8a55-6d7e8f901234", "name": "unrestricted", "project": "northwind-ai-prod",
                "status": "unrestricted", "created_at": "2025-09-11T10:00:00.000Z"}),
        ]
    );
}

#[test]
fn models_are_listed_by_api_key() {
    let key = credential(api(), "api_key", &[("key", "AIza")], &[]);
    let first = "GET api:/v1beta/models?pageSize=1000 | x-goog-api-key key";
    let next = "GET api:/v1beta/models?pageSize=1000&pageToken=Ch5tb2RlbHMvZ2VtaW5pLTIuNS1mbGFzaA== | x-goog-api-key key";
    let script = [(first, "models_page1.json"), (next, "models_page2.json")];
    assert_eq!(
        entries(walk(api(), &key, Ability::Models, days(), &script)),
        [
            json!({"id": "gemini-2.5-flash", "name": "Gemini 2.5 Flash", "context": 1048576}),
            json!({"id": "gemini-2.5-pro", "name": "Gemini 2.5 Pro", "context": 1048576}),
        ]
    );
}

#[test]
fn an_account_proves_itself_by_a_signed_assertion() {
    let now = at("2026-11-05T10:00:00Z");
    let scope = "https://www.googleapis.com/auth/monitoring.read";
    let request = api().exchange(scope, &account(), now).unwrap();
    assert_eq!(
        line(&request),
        "POST oauth:/token | nobody | grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer | assertion=(signed)"
    );
    assert!(!format!("{request:?}").contains("eyJ"), "an assertion does not show");
    let Some(Body::Form(form)) = &request.body else { panic!() };
    let FormValue::Signed(assertion) = &form[1].1 else { panic!() };
    let public = jsonwebtoken::DecodingKey::from_rsa_der(&fixture("gemini", "service_account.public.der"));
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
    validation.validate_exp = false;
    validation.set_audience(&["https://oauth2.googleapis.com/token"]);
    let token = jsonwebtoken::decode::<Value>(assertion, &public, &validation).unwrap();
    assert_eq!(token.header.kid.as_deref(), Some("0123456789abcdef0123456789abcdef01234567"));
    assert_eq!(
        token.claims,
        json!({"iss": "aegis@northwind-ai-prod.iam.gserviceaccount.com", "scope": scope,
            "aud": "https://oauth2.googleapis.com/token", "iat": 1793872800, "exp": 1793876400})
    );
    let (token, lasts) = api().token(&answer(200, &fixture("gemini", "oauth_token.json"))).unwrap();
    assert_eq!((token.expose_secret(), lasts), ("ya29.c.example-access-value", Duration::from_secs(3599)));
}

#[test]
fn a_key_file_is_checked_field_by_field() {
    let with = |change: fn(&mut Value)| {
        let mut json: Value = serde_json::from_str(&file()).unwrap();
        change(&mut json);
        credential(api(), "service_account", &[("service_account", &json.to_string())], &[])
    };
    let faults =
        |key: &Credential| -> Vec<String> { api().inspect(key).iter().map(|f| f.field.clone()).collect() };
    assert!(faults(&account()).is_empty());
    for (change, field) in [
        ((|j: &mut Value| j["type"] = "authorized_user".into()) as fn(&mut Value), "service_account.type"),
        (|j| j["project_id"] = "../x".into(), "service_account.project_id"),
        (|j| j["private_key_id"] = "".into(), "service_account.private_key_id"),
        (|j| j["client_email"] = "a@evil.example".into(), "service_account.client_email"),
        (|j| j["token_uri"] = "https://evil.example/token".into(), "service_account.token_uri"),
        (
            |j| j["private_key"] = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----".into(),
            "service_account.private_key",
        ),
        (|j| j["private_key"] = Value::Null, "service_account.private_key"),
    ] {
        assert_eq!(faults(&with(change)), [field]);
    }
    let elsewhere = with(|j| j["token_uri"] = "https://evil.example/token".into());
    assert!(
        api().exchange("s", &elsewhere, at("2026-11-05T10:00:00Z")).is_err(),
        "nothing is sent elsewhere"
    );
    let broken = credential(api(), "service_account", &[("service_account", "no JSON")], &[]);
    assert_eq!(faults(&broken), ["service_account"]);
}

#[test]
fn errors_mean_what_google_means_by_them() {
    for (status, file, meaning) in [
        (400, "error_bad_key.json", "invalid: API key not valid. Please pass a valid API key."),
        (400, "oauth_error_invalid_grant.json", "invalid: Invalid JWT Signature."),
        (
            403,
            "error_permission_denied.json",
            "lacks: Permission monitoring.timeSeries.list denied (or the resource may not exist).",
        ),
        (429, "error_rate_limit.json", "too many: 17"),
        (503, "error_rate_limit.json", "unavailable"),
        (
            400,
            "error_rate_limit.json",
            "refused: You exceeded your current quota, please check your plan and billing details.",
        ),
    ] {
        let body = fixture("gemini", file);
        let answer = Answer { status, headers: &[], body: &body };
        assert_eq!(fault(&api().fault(&answer)), meaning, "{status} {file}");
    }
    let gone = json!({"error": {"code": 404, "message": "Not found: Job p:US.job_1", "status": "NOT_FOUND"}})
        .to_string();
    assert_eq!(api().fault(&answer(404, gone.as_bytes())), Fault::Restart);
    let body = fixture("gemini", "error_unauthenticated.json");
    assert!(fault(&api().fault(&answer(401, &body))).starts_with("invalid: Request had invalid"));
}

#[test]
fn checks_learn_the_abilities_one_by_one() {
    let now = at("2026-11-05T10:20:30Z");
    let asked: Vec<String> =
        (0..9).map_while(|s| api().check(s, &account(), now)).map(|r| line(&r)).collect();
    assert_eq!(asked.len(), 4);
    assert_eq!(
        asked[0],
        format!(
            "GET monitoring:/v3/projects/northwind-ai-prod/timeSeries?filter=metric.type=\"serviceruntime.googleapis.com/api/request_count\"&interval.startTime=2026-11-05T09:20:30Z&interval.endTime=2026-11-05T10:20:30Z&view=HEADERS&pageSize=1{READ}monitoring.read"
        )
    );
    assert_eq!(
        asked[3],
        format!(
            "GET bigquery:/bigquery/v2/projects/northwind-billing/datasets/billing/tables/gcp_billing_export_v1_012345_ABCDEF_678901{READ}bigquery.readonly"
        )
    );
    let tableless = credential(api(), "service_account", &[("service_account", &file())], &[]);
    assert!(api().check(3, &tableless, now).is_none());
    let judged = api().judge(2, &answer(200, b"{}"), &tableless);
    assert_eq!(verdict(&judged), "valid | audit has, cost lacks | ");
    let body = fixture("gemini", "error_permission_denied.json");
    assert_eq!(verdict(&api().judge(0, &answer(403, &body), &account())), "valid | usage lacks | ");
}
