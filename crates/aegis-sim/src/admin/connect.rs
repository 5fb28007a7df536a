//! What to fill into AegisFlow's form to connect a credential of the simulator: read by tests and by the demo, so that
//! each goes through the same door as a person does.

use serde_json::{Map, Value, json};

/// AegisFlow's name of a vendor's hosts, and the path that stands for each here.
fn hosts(vendor: &str) -> &'static [(&'static str, &'static str)] {
    match vendor {
        "openai" => &[("api", "/openai"), ("compliance", "/openai/compliance/v1/compliance")],
        "gemini" => &[
            ("api", "/gemini/api"),
            ("oauth", "/gemini/oauth"),
            ("monitoring", "/gemini/monitoring"),
            ("bigquery", "/gemini/bigquery"),
            ("logging", "/gemini/logging"),
            ("apikeys", "/gemini/apikeys"),
        ],
        "xai" => &[("api", "/xai/api"), ("management", "/xai/management")],
        "azure_openai" => &[
            ("resource", "/azure_openai/data"),
            ("management", "/azure_openai/management"),
            ("login", "/azure_openai/login"),
        ],
        "mistral" => &[("api", "/mistral"), ("admin", "/mistral/v1/admin")],
        "huggingface" => &[("hub", "/huggingface/hub"), ("router", "/huggingface/router/v1")],
        "openrouter" => &[("api", "/openrouter/api/v1")],
        "ollama" => &[("server", "/ollama/local"), ("cloud", "/ollama/cloud")],
        "anthropic" => &[("api", "/anthropic")],
        "cohere" => &[("api", "/cohere")],
        "perplexity" => &[("api", "/perplexity")],
        "deepseek" => &[("api", "/deepseek")],
        _ => &[],
    }
}

/// AegisFlow's name for a kind of credential of the simulator.
pub fn kind(vendor: &str, ours: &str) -> &'static str {
    let is = |word: &str| ours.contains(word);
    match vendor {
        "gemini" if is("service_account") => "service_account",
        "gemini" => "api_key",
        "xai" if is("management") => "management",
        "azure_openai" if is("resource_key") => "resource_key",
        "azure_openai" => "entra",
        "openai" if is("compliance") => "compliance",
        "anthropic" if is("enterprise") => "enterprise",
        "openrouter" if is("inference") => "inference",
        "openrouter" => "management",
        "cohere" | "deepseek" => "key",
        "huggingface" => "token",
        "perplexity" if is("audit") => "audit",
        "perplexity" if is("analytics") => "analytics",
        "perplexity" => "developer",
        "ollama" if is("local") => "server",
        "ollama" => "cloud",
        _ if is("admin") => "admin",
        _ => "inference",
    }
}

/// The form for a credential whose fields are `fields`, where the simulator is at `base`.
pub(super) fn form(vendor: &str, ours: &str, fields: &Value, base: &str) -> Value {
    let mut filled = Map::new();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            filled.insert(name.to_owned(), value.into());
        }
    };
    let key = if vendor == "huggingface" { "token" } else { "key" };
    put(key, fields.get("api_key").map(text));
    let same =
        ["client_secret", "service_account", "workspace_id", "tenant_id", "client_id", "subscription_id"];
    for name in same.into_iter().chain(["billing_table"]) {
        put(name, fields.get(name).map(text));
    }
    let resource =
        fields.get("endpoint").and_then(Value::as_str).and_then(|url| url.split(['/', '.']).nth(2));
    put("resource", resource.map(str::to_owned));
    if kind(vendor, ours) == "server" {
        put("address", Some(base.to_owned()));
    }
    let url = |(host, path): &(&str, &str)| ((*host).to_owned(), format!("{base}{path}").into());
    let urls: Map<String, Value> = hosts(vendor).iter().map(url).collect();
    json!({
        "vendor": vendor,
        "kind": kind(vendor, ours),
        "label": format!("{vendor} {}", ours.replace('_', " ")),
        "fields": filled,
        "base_urls": urls,
    })
}
