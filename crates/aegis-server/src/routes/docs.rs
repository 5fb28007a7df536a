//! `/api/openapi.json` and `/api/docs`: the document, and a page that shows it without loading anything from anywhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::Value;
use std::fmt::Write;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// What both are made from.
pub struct Docs {
    json: Arc<str>,
    body: Arc<str>,
}

impl Docs {
    /// Renders both once.
    pub fn new(document: &OpenApi) -> Result<Self, serde_json::Error> {
        let json = document.to_json()?;
        let body = render(&serde_json::from_str(&json)?);
        Ok(Docs { json: json.into(), body: body.into() })
    }

    /// The document.
    pub fn json(&self) -> String {
        self.json.to_string()
    }

    /// The page, and the policy it needs.
    pub fn page(&self) -> (String, String) {
        let nonce = STANDARD_NO_PAD.encode(rand::random::<[u8; 18]>());
        let html = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>AegisFlow API</title>\
             <meta name=\"viewport\" content=\"width=device-width\"><style nonce=\"{nonce}\">{STYLE}</style></head>\
             <body><main>{}</main></body></html>",
            self.body
        );
        let policy = format!(
            "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        (html, policy)
    }
}

const STYLE: &str = "\
:root{color-scheme:dark light;--bg:#0b0e13;--panel:#12161d;--line:#2a313c;--text:#e8ebf0;--muted:#a3adba;--accent:#5aa7ff}\
@media(prefers-color-scheme:light){:root{--bg:#f6f7f9;--panel:#fff;--line:#d9dee6;--text:#141a22;--muted:#4a5564;--accent:#0b63ce}}\
body{margin:0;background:var(--bg);color:var(--text);font:14px/20px system-ui,sans-serif}main{max-width:980px;margin:0 auto;padding:24px}\
h1{font-size:22px}h2{font-size:16px;margin:32px 0 8px;text-transform:capitalize}a{color:var(--accent)}\
details{border:1px solid var(--line);border-radius:8px;background:var(--panel);margin:6px 0;padding:0 12px}summary{cursor:pointer;padding:8px 0}\
code{font:12px/18px ui-monospace,monospace}.m{display:inline-block;width:58px;color:var(--accent);font-weight:600}.r{color:var(--muted);float:right}\
table{border-collapse:collapse;margin:8px 0 12px;width:100%}td{border-top:1px solid var(--line);padding:4px 8px 4px 0;vertical-align:top}";

fn render(document: &Value) -> String {
    let mut out = format!(
        "<h1>AegisFlow API {}</h1><p>{} The same as a document: <a href=\"/api/openapi.json\">openapi.json</a>.</p>",
        escaped(&document["info"]["version"]),
        escaped(&document["info"]["description"])
    );
    let mut tags: Vec<(&str, String)> = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten().filter(|(_, o)| o.is_object()) {
            let tag = operation["tags"][0].as_str().unwrap_or("other");
            let at = tags.iter().position(|(t, _)| *t == tag).unwrap_or_else(|| {
                tags.push((tag, String::new()));
                tags.len() - 1
            });
            render_operation(&mut tags[at].1, method, path, operation);
        }
    }
    for (tag, operations) in tags {
        let _ = write!(out, "<h2>{tag}</h2>{operations}");
    }
    out
}

fn render_operation(out: &mut String, method: &str, path: &str, operation: &Value) {
    let _ = write!(
        out,
        "<details><summary><span class=\"m\">{}</span><code>{}</code> <span class=\"r\">{}</span></summary><p>{} {}</p><table>",
        method.to_uppercase(),
        text(path),
        escaped(&operation["x-least-role"]),
        escaped(&operation["summary"]),
        escaped(&operation["description"])
    );
    for p in operation["parameters"].as_array().into_iter().flatten() {
        let _ = write!(
            out,
            "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
            escaped(&p["name"]),
            escaped(&p["in"]),
            escaped(&p["description"])
        );
    }
    for (media, content) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
        let _ = write!(
            out,
            "<tr><td>body</td><td>{}</td><td>{}</td></tr>",
            text(media),
            schema(&content["schema"])
        );
    }
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        let body =
            response["content"].as_object().and_then(|c| c.values().next()).map(|c| schema(&c["schema"]));
        let _ = write!(
            out,
            "<tr><td>{status}</td><td>{}</td><td>{}</td></tr>",
            escaped(&response["description"]),
            body.unwrap_or_default()
        );
    }
    out.push_str("</table></details>");
}

/// A schema's name, or its type.
fn schema(schema: &Value) -> String {
    let name = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next());
    format!("<code>{}</code>", text(name.or(schema["type"].as_str()).unwrap_or("")))
}

fn escaped(value: &Value) -> String {
    text(value.as_str().unwrap_or(""))
}

fn text(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
