//! Connects the simulated vendors to the demo, each by the form a person would fill in; what follows (proof, back-fill,
//! schedule) is the product's own doing.

use aegis_outbound::{Call, Party, Policy};
use aegis_server::App;
use aegis_server::collection::credentials::{self, NewCredential};
use aegis_server::collection::schedules;
use aegis_server::error::ApiError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A credential of each vendor for each thing it can tell.
const WANTED: [(&str, &str); 16] = [
    ("openai", "admin"),
    ("openai", "compliance"),
    ("anthropic", "admin"),
    ("anthropic", "enterprise"),
    ("gemini", "service_account"),
    ("xai", "management"),
    ("azure_openai", "app"),
    ("mistral", "admin"),
    ("cohere", "production"),
    ("huggingface", "admin"),
    ("openrouter", "management"),
    ("perplexity", "audit"),
    ("deepseek", "api_key"),
    ("ollama", "local"),
    // One that lacks a permission, and one that the vendor does not know: both happen. Neither reads figures twice.
    ("openai", "admin_without_usage"),
    ("xai", "unknown_management"),
];

#[derive(Deserialize)]
struct Offered {
    credentials: Vec<Credential>,
}

#[derive(Deserialize)]
struct Credential {
    vendor: String,
    kind: String,
    form: Form,
}

#[derive(Deserialize)]
struct Form {
    vendor: String,
    kind: String,
    label: String,
    fields: BTreeMap<String, String>,
    base_urls: BTreeMap<String, String>,
}

/// Connects all that are not connected yet.
pub async fn connect(app: &App, simulator: &str) -> Result<(), ApiError> {
    let url = format!("{simulator}/_sim/credentials");
    let policy = Policy { rules: app.outbound.rules(&url), ..Policy::default() };
    let call = Call::get(Party::new("demo", "demo"), "demo", url).policy(policy);
    let answer = app.outbound.client.send(call).await.map_err(ApiError::internal)?;
    let offered: Offered = serde_json::from_slice(&answer.body).map_err(ApiError::internal)?;
    for (vendor, kind) in WANTED {
        let found = offered.credentials.iter().find(|c| c.vendor == vendor && c.kind == kind);
        let Some(Credential { form, .. }) = found else { continue };
        let new = NewCredential {
            vendor: form.vendor.clone(),
            kind: Some(form.kind.clone()),
            label: form.label.clone(),
            fields: form.fields.clone(),
            base_urls: form.base_urls.clone(),
            owner: "demo".into(),
            demo: true,
        };
        match credentials::create(app, new).await {
            Ok(made) => schedules::connected(app, &credentials::prove(app, made.id).await?).await?,
            // A folder that is used again has it.
            Err(error) if error.code == aegis_server::error::Code::Conflict => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
