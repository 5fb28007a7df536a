//! Entra: the token for an application, and its check on the management host.
//! Invariant: a token is given for the right tenant, application, secret and scope alone, and for an hour.

use super::{VENDOR, error, resource, subscription, uuid};
use crate::admin::Admin;
use crate::admin::keys::{self, KeyKind, bearer};
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok, status};
use crate::admin::when;
use crate::dice::Dice;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

const LIFE: i64 = 3_600;

fn tenant(admin: &Admin) -> String {
    uuid(&mut Dice::new(admin.seed, "azure", b"tenant"))
}

/// The application's id; a wrong secret belongs to the right application.
fn client(admin: &Admin, kind: &KeyKind) -> String {
    let kind = if kind.known { kind.kind } else { "app" };
    uuid(&mut Dice::new(admin.seed, "azure client", kind.as_bytes()))
}

/// The fields of a credential.
pub(super) fn fields(admin: &Admin, kind: &KeyKind) -> Value {
    if kind.kind.ends_with("resource_key") {
        let mut fields = keys::api_key(&VENDOR, admin, kind);
        fields["endpoint"] =
            format!("https://{}.openai.azure.com/", admin.account(&VENDOR).directory.project(0)).into();
        return fields;
    }
    json!({
        "tenant_id": tenant(admin),
        "client_id": client(admin, kind),
        "client_secret": keys::secret(admin.seed, &VENDOR, kind),
        "subscription_id": subscription(admin),
        "resource_ids": (0..VENDOR.projects).map(|p| resource(admin, p)).collect::<Vec<_>>(),
    })
}

fn refuse(admin: &Admin, code: u16, number: u32, name: &str, text: &str) -> Response {
    let mut dice = Dice::new(admin.seed, "entra trace", text.as_bytes());
    let (trace, correlation) = (uuid(&mut dice), uuid(&mut dice));
    let at = when::rfc3339(admin.now()).replace('T', " ");
    let description =
        format!("AADSTS{number}: {text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {at}");
    status(
        code,
        json!({
            "error": name, "error_description": description, "error_codes": [number], "timestamp": at, "trace_id": trace,
            "correlation_id": correlation, "error_uri": format!("https://login.microsoftonline.com/error?code={number}"),
        }),
    )
}

pub(super) async fn token(State(admin): State<Admin>, Path(asked): Path<String>, body: Bytes) -> Answer {
    let form = Params::read(std::str::from_utf8(&body).unwrap_or(""));
    if asked != tenant(&admin) {
        let text = format!(
            "Tenant '{asked}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."
        );
        return Err(refuse(&admin, 400, 90_002, "invalid_request", &text));
    }
    if form.get("grant_type") != Some("client_credentials") {
        return Err(refuse(
            &admin,
            400,
            70_003,
            "unsupported_grant_type",
            "The app requested an unsupported grant type.",
        ));
    }
    let id = form.get("client_id").unwrap_or("");
    let apps = || VENDOR.keys.iter().filter(|k| k.known && k.opens("monitor"));
    let Some(kind) = apps().find(|k| client(&admin, k) == id) else {
        let text =
            format!("Application with identifier '{id}' was not found in the directory 'Larkfield Mutual'.");
        return Err(refuse(&admin, 400, 700_016, "unauthorized_client", &text));
    };
    if form.get("client_secret") != Some(keys::secret(admin.seed, &VENDOR, kind).as_str()) {
        let text = format!(
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{id}'."
        );
        return Err(refuse(&admin, 401, 7_000_215, "invalid_client", &text));
    }
    let scope = form.get("scope").unwrap_or("");
    if !scope.ends_with("/.default") {
        let text = format!(
            "The provided request must include a 'scope' input parameter. The provided value '{scope}' is not valid."
        );
        return Err(refuse(&admin, 400, 70_011, "invalid_scope", &text));
    }
    let token = write(&admin, kind.kind, admin.clock.unmoved_seconds() + LIFE);
    Ok(ok(
        json!({"token_type": "Bearer", "expires_in": LIFE - 1, "ext_expires_in": LIFE - 1, "access_token": token}),
    ))
}

fn write(admin: &Admin, kind: &str, ends: i64) -> String {
    let head = BASE64URL_NOPAD.encode(br#"{"typ":"JWT","alg":"RS256"}"#);
    let claims = BASE64URL_NOPAD.encode(
        format!("{{\"aud\":\"https://management.azure.com\",\"roles\":\"{kind}\",\"exp\":{ends}}}")
            .as_bytes(),
    );
    let seal = Dice::new(admin.seed, "entra token", claims.as_bytes()).id("", 43);
    format!("{head}.{claims}.{seal}")
}

/// The application behind a token that still lives.
fn read(admin: &Admin, token: &str) -> Option<&'static KeyKind> {
    let claims = BASE64URL_NOPAD.decode(token.split('.').nth(1)?.as_bytes()).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let (kind, ends) = (claims["roles"].as_str()?, claims["exp"].as_i64()?);
    if write(admin, kind, ends) != token || ends <= admin.clock.unmoved_seconds() {
        return None;
    }
    VENDOR.keys.iter().find(|k| k.kind == kind)
}

/// Lets living tokens through.
pub(super) fn check(admin: &Admin, headers: &HeaderMap) -> Result<&'static KeyKind, Response> {
    let Some(token) = bearer(headers) else {
        let message = "Authentication failed. The 'Authorization' header is missing.";
        return Err(error(401, "AuthenticationFailed", message));
    };
    read(admin, token).ok_or_else(|| {
        error(401, "InvalidAuthenticationToken", "The access token is invalid or has expired.")
    })
}

/// Lets applications through that have a role.
pub(super) fn allow(admin: &Admin, headers: &HeaderMap, what: &str, action: &str) -> Result<(), Response> {
    let kind = check(admin, headers)?;
    if kind.opens(what) {
        return Ok(());
    }
    if what == "cost" {
        return Err(error(
            403,
            "RBACAccessDenied",
            "The client does not have authorization to perform action.",
        ));
    }
    let message = format!(
        "The client '{}' does not have authorization to perform action '{action}' over scope '/subscriptions/{}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
        client(admin, kind),
        subscription(admin)
    );
    Err(error(403, "AuthorizationFailed", &message))
}
