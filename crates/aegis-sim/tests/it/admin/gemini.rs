//! Gemini: a real signed exchange; metrics over every tier and the billing export add up to the books.

use super::*;
use data_encoding::BASE64;
use jsonwebtoken::{Algorithm, EncodingKey, Header};

const MONITORING: &str = "/gemini/monitoring/v3/projects/larkfield-ai-prod";
const QUERIES: &str = "/gemini/bigquery/bigquery/v2/projects/larkfield-ai-prod/queries";
const TIERS: [&str; 4] = ["free_tier", "paid_tier", "paid_tier_2", "paid_tier_3"];
const SCOPE: &str = "https://www.googleapis.com/auth/monitoring.read https://www.googleapis.com/auth/bigquery.readonly https://www.googleapis.com/auth/logging.read https://www.googleapis.com/auth/cloud-platform.read-only";

/// An assertion signed by an account's key.
fn assertion(file: &Value, scope: &str, audience: &str, life: i64) -> String {
    let pem = file["private_key"].as_str().unwrap();
    let der =
        BASE64.decode(pem.lines().filter(|l| !l.starts_with('-')).collect::<String>().as_bytes()).unwrap();
    // PKCS#1 is the last octet string of PKCS#8: 26 bytes stand before it in a 2,048-bit key.
    let key = EncodingKey::from_rsa_der(&der[26..]);
    let claims =
        json!({"iss": file["client_email"], "scope": scope, "aud": audience, "iat": NOW, "exp": NOW + life});
    let mut header = Header::new(Algorithm::RS256);
    header.kid = file["private_key_id"].as_str().map(str::to_owned);
    jsonwebtoken::encode(&header, &claims, &key).unwrap()
}

fn exchange(sim: &Sim, assertion: &str) -> RequestBuilder {
    let form =
        format!("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={assertion}");
    sim.post("/gemini/oauth/token").header("content-type", "application/x-www-form-urlencoded").body(form)
}

/// An access token of an account.
async fn token(sim: &Sim, kind: &str) -> String {
    let file = sim.fields("gemini", kind).await["service_account"].clone();
    let uri = file["token_uri"].as_str().unwrap();
    let granted = check(exchange(sim, &assertion(&file, SCOPE, uri, 3_600)), 200, "gemini/oauth_token").await;
    granted["access_token"].as_str().unwrap().to_owned()
}

fn series(sim: &Sim, token: &str, metric: &str, rest: &str) -> RequestBuilder {
    let path = format!(
        "{MONITORING}/timeSeries?filter=metric.type%3D%22{metric}%22&aggregation.perSeriesAligner=ALIGN_SUM{rest}"
    );
    sim.get(&path).bearer_auth(token)
}

fn input(tier: &str) -> String {
    format!("generativelanguage.googleapis.com/quota/generate_content_{tier}_input_token_count/usage")
}

/// The sum of a metric, page by page.
async fn sum(sim: &Sim, token: &str, metric: &str, (from, to): (i64, i64), period: &str, size: usize) -> i64 {
    let (mut total, mut page) = (0, String::new());
    loop {
        let rest = format!(
            "&interval.startTime={}&interval.endTime={}&aggregation.alignmentPeriod={period}&pageSize={size}{page}",
            rfc3339(from),
            rfc3339(to)
        );
        let value = body(series(sim, token, metric, &rest)).await;
        for entry in value["timeSeries"].as_array().unwrap_or(&Vec::new()) {
            let points = entry["points"].as_array().unwrap();
            let ends: Vec<&str> = points.iter().map(|p| p["interval"]["endTime"].as_str().unwrap()).collect();
            assert!(ends.is_sorted_by(|a, b| a > b), "newest first: {ends:?}");
            total += points
                .iter()
                .map(|p| p["value"]["int64Value"].as_str().unwrap().parse::<i64>().unwrap())
                .sum::<i64>();
        }
        let Some(next) = value["nextPageToken"].as_str() else { break };
        page = format!("&pageToken={}", next.replace('=', "%3D"));
    }
    total
}

fn sql(columns: &str, group: &str) -> Value {
    json!({
        "query": format!("SELECT {columns} FROM `larkfield-ai-prod.billing_export.gcp_billing_export_v1_01A2B3_C4D5E6_F70819` WHERE export_time >= TIMESTAMP('2026-09-01') AND usage_start_time >= @from AND usage_start_time < @to GROUP BY {group}"),
        "useLegacySql": false, "parameterMode": "NAMED", "location": "US", "maximumBytesBilled": "1000000000", "maxResults": 7,
        "queryParameters": [
            {"name": "from", "parameterType": {"type": "TIMESTAMP"}, "parameterValue": {"value": rfc3339(OCTOBER_20 - 25 * DAY)}},
            {"name": "to", "parameterType": {"type": "TIMESTAMP"}, "parameterValue": {"value": rfc3339(OCTOBER_20)}},
        ],
    })
}

const COLUMNS: &str = "DATE(usage_start_time) AS usage_date, service.description AS service, sku.description AS sku, project.id AS project_id, location.location AS location, currency, SUM(cost) AS cost, SUM((SELECT SUM(c.amount) FROM UNNEST(credits) AS c)) AS credits, SUM(usage.amount) AS usage_amount, usage.unit AS usage_unit";

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    let api_key = sim.key("gemini", "api_key").await;
    let models = sim.get("/gemini/api/v1beta/models?pageSize=1").header("x-goog-api-key", api_key);
    check(models, 200, "gemini/models_page1").await;
    let token = token(&sim, "service_account").await;
    let days = "&interval.startTime=2026-11-01T00:00:00Z&interval.endTime=2026-11-03T00:00:00Z&aggregation.alignmentPeriod=86400s";
    check(series(&sim, &token, &input("paid_tier_2"), days), 200, "gemini/timeseries_input_tokens").await;
    check(series(&sim, &token, &input("free_tier"), days), 200, "gemini/timeseries_empty").await;
    let output = "generativelanguage.googleapis.com/generate_content_usage_output_token_count";
    check(
        series(&sim, &token, output, &format!("{days}&pageSize=2")),
        200,
        "gemini/timeseries_output_tokens_page1",
    )
    .await;
    let calls = "serviceruntime.googleapis.com/api/request_count%22%20AND%20resource.labels.service%3D%22generativelanguage.googleapis.com";
    check(series(&sim, &token, calls, days), 200, "gemini/timeseries_request_count").await;
    let keys =
        sim.get("/gemini/apikeys/v2/projects/larkfield-ai-prod/locations/global/keys").bearer_auth(&token);
    check(keys, 200, "gemini/apikeys_keys").await;
    let entries = json!({"resourceNames": ["projects/larkfield-ai-prod"], "filter": "timestamp>=\"2026-10-20T00:00:00Z\"", "orderBy": "timestamp asc", "pageSize": 1});
    let entries = sim.post("/gemini/logging/v2/entries:list").bearer_auth(&token).json(&entries);
    check(entries, 200, "gemini/logging_entries").await;
    let page = sim.post(QUERIES).bearer_auth(&token).json(&sql(COLUMNS, "1, 2, 3, 4, 5, 6, 10"));
    let page = check(page, 200, "gemini/bigquery_query_page1").await;
    let next = format!(
        "{QUERIES}/{}?location=US&pageToken={}",
        page["jobReference"]["jobId"].as_str().unwrap(),
        page["pageToken"].as_str().unwrap().replace('=', "%3D")
    );
    let last = format!("{next}&maxResults=10000");
    check(sim.get(&last).bearer_auth(&token), 200, "gemini/bigquery_query_page2").await;
}

#[tokio::test]
async fn only_what_the_account_signed_for_this_address_is_granted() {
    let sim = Sim::start().await;
    let api_key = sim.key("gemini", "unknown_api_key").await;
    check(
        sim.get("/gemini/api/v1beta/models").header("x-goog-api-key", api_key),
        400,
        "gemini/error_bad_key",
    )
    .await;
    let file = sim.fields("gemini", "service_account").await["service_account"].clone();
    let stranger = sim.fields("gemini", "unknown_service_account").await["service_account"].clone();
    let uri = file["token_uri"].as_str().unwrap();
    for assertion in [
        assertion(&stranger, SCOPE, uri, 3_600),
        assertion(&file, SCOPE, "https://elsewhere.example/token", 3_600),
        assertion(&file, SCOPE, uri, 7_200),
        assertion(&file, SCOPE, uri, -1),
        "a.b.c".to_owned(),
    ] {
        check(exchange(&sim, &assertion), 400, "gemini/oauth_error_invalid_grant").await;
    }
    let lacking = token(&sim, "service_account_without_billing").await;
    let refused = sim.post(QUERIES).bearer_auth(&lacking).json(&sql(COLUMNS, "1"));
    check(refused, 403, "gemini/error_permission_denied").await;
    check(series(&sim, "ya29.c.monitoring.9999999999.x", "x", ""), 401, "gemini/error_unauthenticated").await;
}

#[tokio::test]
async fn metrics_over_every_tier_add_up_to_the_books() {
    let sim = Sim::start().await;
    let token = token(&sim, "service_account").await;
    // The tier changed on the first of October.
    let range = (NOVEMBER - 34 * DAY, NOVEMBER - 28 * DAY);
    let books = sim.books("gemini", range.0, range.1).await;
    for (period, size) in [("86400s", 3), ("3600s", 100_000), ("60s", 501)] {
        let mut tiers = Vec::new();
        for tier in TIERS {
            tiers.push(sum(&sim, &token, &input(tier), range, period, size).await);
        }
        assert_eq!(tiers.iter().sum::<i64>(), total(&books, "input_tokens"), "{period}: {tiers:?}");
        assert_eq!(tiers.iter().filter(|n| **n > 0).count(), 2);
        let output = "generativelanguage.googleapis.com/generate_content_usage_output_token_count";
        assert_eq!(sum(&sim, &token, output, range, period, size).await, total(&books, "output_tokens"));
        for requests in [
            "generativelanguage.googleapis.com/quota/generate_requests_per_model/usage",
            "serviceruntime.googleapis.com/api/request_count",
        ] {
            assert_eq!(sum(&sim, &token, requests, range, period, size).await, total(&books, "requests"));
        }
    }
}

#[tokio::test]
async fn a_point_holds_what_happened_between_its_start_and_its_end() {
    let sim = Sim::start().await;
    let token = token(&sim, "service_account").await;
    let (from, to) = (OCTOBER_20, OCTOBER_20 + 5 * DAY);
    let books = sim.books("gemini", from, to).await;
    let rest = format!(
        "&interval.startTime={}&interval.endTime={}&aggregation.alignmentPeriod=86400s&aggregation.crossSeriesReducer=REDUCE_SUM",
        rfc3339(from),
        rfc3339(to)
    );
    let requests = "generativelanguage.googleapis.com/quota/generate_requests_per_model/usage";
    let value = body(series(&sim, &token, requests, &rest)).await;
    assert_eq!(value["timeSeries"].as_array().unwrap().len(), 1, "models are added up");
    let points = value["timeSeries"][0]["points"].as_array().unwrap().iter();
    let days = points.map(|p| {
        let day = p["interval"]["startTime"].as_str().unwrap()[..10].to_owned();
        (day, p["value"]["int64Value"].as_str().unwrap().parse::<i64>().unwrap())
    });
    let expected = summed(&books, "requests", |r| r["day"].as_str().unwrap().to_owned());
    assert_eq!(days.collect::<std::collections::BTreeMap<_, _>>(), expected);
}

#[tokio::test]
async fn the_billing_export_adds_up_to_the_books_net_of_credits() {
    let sim = Sim::start().await;
    let token = token(&sim, "service_account").await;
    let books = sim.books("gemini", OCTOBER_20 - 25 * DAY, OCTOBER_20).await;
    let mut late = 0;
    // One query in four is not complete at once.
    for _ in 0..4 {
        let mut page = body(sim.post(QUERIES).bearer_auth(&token).json(&sql(COLUMNS, "1, 2, 3"))).await;
        let job =
            format!("{QUERIES}/{}?location=US&maxResults=9", page["jobReference"]["jobId"].as_str().unwrap());
        if page["jobComplete"] == false {
            like(&page, "gemini/bigquery_query_not_complete");
            late += 1;
            page = body(sim.get(&job).bearer_auth(&token)).await;
        }
        let (mut net, mut used, mut rows) = (0, 0, 0);
        loop {
            for row in page["rows"].as_array().unwrap() {
                let cell = |n: usize| row["f"][n]["v"].clone();
                assert!(nanos(&cell(7)) <= 0, "credits are negative");
                net += nanos(&cell(6)) + nanos(&cell(7));
                used += cell(8).as_str().unwrap().parse::<i64>().unwrap();
                rows += 1;
            }
            let Some(next) = page["pageToken"].as_str() else { break };
            page =
                body(sim.get(&format!("{job}&pageToken={}", next.replace('=', "%3D"))).bearer_auth(&token))
                    .await;
        }
        assert_eq!(net, total(&books, "nanos"));
        assert_eq!(used, total(&books, "input_tokens") + total(&books, "output_tokens"));
        assert_eq!(page["totalRows"], rows.to_string());
    }
    assert_eq!(late, 1);
}
