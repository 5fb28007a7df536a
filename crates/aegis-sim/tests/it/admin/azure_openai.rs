//! Azure OpenAI: metrics of either family, and costs in euros over POSTed next links, add up to the books.

use super::*;
use std::collections::BTreeMap;

const MANAGEMENT: &str = "/azure_openai/management";

fn login(sim: &Sim, fields: &Value, scope: &str) -> RequestBuilder {
    let text = |name: &str| fields[name].as_str().unwrap().to_owned();
    let form = format!(
        "client_id={}&client_secret={}&grant_type=client_credentials&scope={scope}",
        text("client_id"),
        text("client_secret")
    );
    let path = format!("/azure_openai/login/{}/oauth2/v2.0/token", text("tenant_id"));
    sim.post(&path).header("content-type", "application/x-www-form-urlencoded").body(form)
}

const SCOPE: &str = "https%3A%2F%2Fmanagement.azure.com%2F.default";

/// An access token, and the fields it was got with.
async fn token(sim: &Sim, kind: &str) -> (String, Value) {
    let fields = sim.fields("azure_openai", kind).await;
    let granted = check(login(sim, &fields, SCOPE), 200, "azure_openai/entra_token").await;
    (granted["access_token"].as_str().unwrap().to_owned(), fields)
}

fn metrics(sim: &Sim, token: &str, resource: &str, names: &str, rest: &str) -> RequestBuilder {
    let path = format!(
        "{MANAGEMENT}{resource}/providers/Microsoft.Insights/metrics?api-version=2024-02-01&metricnames={names}&aggregation=Total{rest}"
    );
    sim.get(&path).bearer_auth(token)
}

fn cost_query(sim: &Sim, token: &str, url: &str, from: &str, to: &str) -> RequestBuilder {
    let body = json!({"type": "ActualCost", "timeframe": "Custom", "timePeriod": {"from": from, "to": to},
        "dataset": {"granularity": "Daily", "aggregation": {"totalCost": {"name": "Cost", "function": "Sum"}},
            "grouping": [{"type": "Dimension", "name": "ResourceId"}, {"type": "Dimension", "name": "Meter"}],
            "filter": {"dimensions": {"name": "ResourceType", "operator": "In", "values": ["microsoft.cognitiveservices/accounts"]}}}});
    sim.post(url).bearer_auth(token).json(&body)
}

const DIMENSIONS: &str = "&$filter=ModelDeploymentName%20eq%20%27*%27%20and%20ModelName%20eq%20%27*%27";

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    let (token, fields) = token(&sim, "app").await;
    let subscription = format!("{MANAGEMENT}/subscriptions/{}", fields["subscription_id"].as_str().unwrap());
    let accounts =
        format!("{subscription}/providers/Microsoft.CognitiveServices/accounts?api-version=2024-10-01");
    let accounts = check(sim.get(&accounts).bearer_auth(&token), 200, "azure_openai/accounts").await;
    let resource = accounts["value"][0]["id"].as_str().unwrap();
    assert_eq!(resource, fields["resource_ids"][0]);
    let deployments = format!("{MANAGEMENT}{resource}/deployments?api-version=2024-10-01");
    check(sim.get(&deployments).bearer_auth(&token), 200, "azure_openai/deployments").await;
    let hours = "&timespan=2026-11-02T09:00:00Z/2026-11-02T12:00:00Z&interval=PT1H&top=1000";
    for (names, file) in [
        ("ProcessedPromptTokens,GeneratedTokens", "metrics_tokens"),
        ("InputTokens,OutputTokens", "metrics_foundry_models"),
        ("AzureOpenAIRequests", "metrics_requests"),
    ] {
        let status = if names.ends_with("Requests") { "%20and%20StatusCode%20eq%20%27*%27" } else { "" };
        let path = format!("{hours}{DIMENSIONS}{status}");
        let answer =
            check(metrics(&sim, &token, resource, names, &path), 200, &format!("azure_openai/{file}")).await;
        assert_eq!(
            answer["value"][0]["timeseries"][0]["metadatavalues"][0]["name"]["value"],
            "modeldeploymentname"
        );
    }
    let url = format!("{subscription}/providers/Microsoft.CostManagement/query?api-version=2023-11-01");
    check(cost_query(&sim, &token, &url, "2026-10-01", "2026-10-31"), 200, "azure_openai/cost_query_page1")
        .await;
    let key = sim.key("azure_openai", "resource_key").await;
    let models = "/azure_openai/data/openai/models?api-version=2024-10-21";
    check(sim.get(models).header("api-key", key), 200, "azure_openai/models").await;
    let log = format!(
        "{subscription}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter=eventTimestamp%20ge%20%272026-09-01T00:00:00Z%27%20and%20eventTimestamp%20le%20%272026-11-01T00:00:00Z%27"
    );
    let (mut next, mut ids) = (Some(log), Vec::new());
    while let Some(url) = next {
        let page = body(sim.get(&url).bearer_auth(&token)).await;
        ids.extend(page["value"].as_array().unwrap().iter().map(|v| v["eventDataId"].to_string()));
        next = page["nextLink"].as_str().map(str::to_owned);
    }
    let n = ids.len();
    ids.sort();
    ids.dedup();
    assert!(n > 60 && ids.len() == n, "{n}");
}

#[tokio::test]
async fn applications_open_what_they_should_and_nothing_else() {
    let sim = Sim::start().await;
    let good = sim.fields("azure_openai", "app").await;
    let wrong = sim.fields("azure_openai", "app_with_wrong_secret").await;
    check(login(&sim, &wrong, SCOPE), 401, "azure_openai/entra_error_bad_secret").await;
    let mut unknown = good.clone();
    unknown["client_id"] = "6f0b2d11-1111-4222-8333-944455556666".into();
    check(login(&sim, &unknown, SCOPE), 400, "azure_openai/entra_error_unknown_app").await;
    let mut elsewhere = good.clone();
    elsewhere["tenant_id"] = "nowhere".into();
    assert_eq!(answer(login(&sim, &elsewhere, SCOPE)).await.1["error_codes"][0], 90_002);
    let (token, fields) = token(&sim, "app_without_cost").await;
    let url = format!(
        "{MANAGEMENT}/subscriptions/{}/providers/Microsoft.CostManagement/query?api-version=2023-11-01",
        fields["subscription_id"].as_str().unwrap()
    );
    check(
        cost_query(&sim, &token, &url, "2026-10-01", "2026-10-02"),
        403,
        "azure_openai/error_cost_unauthorized",
    )
    .await;
    check(cost_query(&sim, "nothing", &url, "2026-10-01", "2026-10-02"), 401, "azure_openai/error_arm_token")
        .await;
    let key = sim.key("azure_openai", "unknown_resource_key").await;
    check(
        sim.get("/azure_openai/data/openai/models").header("api-key", key),
        401,
        "azure_openai/error_bad_key",
    )
    .await;
}

#[tokio::test]
async fn metrics_and_costs_add_up_to_the_books() {
    let sim = Sim::start().await;
    let (token, fields) = token(&sim, "app").await;
    let (from, to) = (OCTOBER_20, OCTOBER_20 + 3 * DAY);
    let books = sim.books("azure_openai", from, to).await;
    for (names, interval) in [
        ("ProcessedPromptTokens,GeneratedTokens,AzureOpenAIRequests", "PT1H"),
        ("InputTokens,OutputTokens,ModelRequests", "P1D"),
        ("InputTokens,OutputTokens,ModelRequests", "PT1M"),
    ] {
        let mut sums = [0i64; 3];
        for resource in fields["resource_ids"].as_array().unwrap() {
            let rest = format!(
                "&timespan={}/{}&interval={interval}&top=1000{DIMENSIONS}",
                rfc3339(from),
                rfc3339(to)
            );
            let answer = body(metrics(&sim, &token, resource.as_str().unwrap(), names, &rest)).await;
            for (n, metric) in answer["value"].as_array().unwrap().iter().enumerate() {
                let series = metric["timeseries"].as_array().unwrap().iter();
                let points = series.flat_map(|s| s["data"].as_array().unwrap());
                sums[n] += points.map(|p| p["total"].as_f64().unwrap_or(0.0) as i64).sum::<i64>();
            }
        }
        let expected =
            [total(&books, "input_tokens"), total(&books, "output_tokens"), total(&books, "requests")];
        assert_eq!(sums, expected, "{names} {interval}");
    }
    // Costs of a whole month: several pages, each POSTed.
    let books = sim.books("azure_openai", NOVEMBER - 31 * DAY, NOVEMBER).await;
    let mut next = Some(format!(
        "{MANAGEMENT}/subscriptions/{}/providers/Microsoft.CostManagement/query?api-version=2023-11-01",
        fields["subscription_id"].as_str().unwrap()
    ));
    let (mut spent, mut pages) = (BTreeMap::new(), 0);
    while let Some(url) = next {
        let page = body(cost_query(&sim, &token, &url, "2026-10-01", "2026-10-31")).await;
        let names: Vec<&str> = page["properties"]["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["Cost", "UsageDate", "ResourceId", "Meter", "Currency"]);
        for row in page["properties"]["rows"].as_array().unwrap() {
            assert_eq!(row[4], "EUR");
            *spent.entry(row[1].to_string()).or_default() += nanos(&row[0]);
        }
        pages += 1;
        next = page["properties"]["nextLink"].as_str().map(str::to_owned);
    }
    assert!(pages > 1);
    assert_eq!(spent, summed(&books, "nanos", |r| r["day"].as_str().unwrap().replace('-', "")));
    assert!(books["totals"]["nano_usd"].is_null());
}

#[tokio::test]
async fn series_beyond_top_disappear() {
    let sim = Sim::start().await;
    let (token, fields) = token(&sim, "app").await;
    let resource = fields["resource_ids"][0].as_str().unwrap();
    let day = "&timespan=2026-11-02T00:00:00Z/2026-11-03T00:00:00Z&interval=P1D";
    let count = |value: &Value| value["value"][0]["timeseries"].as_array().unwrap().len();
    let cut = body(metrics(&sim, &token, resource, "InputTokens", &format!("{day}&top=1{DIMENSIONS}"))).await;
    let whole = body(metrics(&sim, &token, resource, "InputTokens", &format!("{day}{DIMENSIONS}"))).await;
    let single = body(metrics(&sim, &token, resource, "InputTokens", day)).await;
    assert_eq!((count(&cut), count(&whole), count(&single)), (1, 2, 1));
    assert_eq!(single["value"][0]["timeseries"][0]["metadatavalues"], json!([]));
}
