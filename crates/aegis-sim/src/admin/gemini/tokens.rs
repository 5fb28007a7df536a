//! The service account's file, the exchange of a signed assertion for an access token, and the check of that token.
//! Invariant: a token is given only for an assertion that the account's key signed (RS256), for this address, for an
//! hour at most.

use super::{DATASET, PROJECT, TABLE, VENDOR, error};
use crate::admin::Admin;
use crate::admin::keys::{self, KeyKind, bearer};
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok, status};
use crate::admin::rsa::RsaPair;
use crate::dice::Dice;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::{Value, json};

/// What service-account files name, and assertions must be made out to.
const TOKEN_URI: &str = "https://oauth2.googleapis.com/token";
const LIFE: i64 = 3_600;
/// How far a client's clock may be off.
const SKEW: i64 = 300;

/// Scopes, and what each opens.
const SCOPES: &[(&str, &[&str])] = &[
    ("https://www.googleapis.com/auth/monitoring.read", &["monitoring"]),
    ("https://www.googleapis.com/auth/bigquery.readonly", &["bigquery"]),
    ("https://www.googleapis.com/auth/bigquery", &["bigquery"]),
    ("https://www.googleapis.com/auth/logging.read", &["logging"]),
    (
        "https://www.googleapis.com/auth/cloud-platform.read-only",
        &["monitoring", "logging", "apikeys", "bigquery"],
    ),
    ("https://www.googleapis.com/auth/cloud-platform", &["monitoring", "logging", "apikeys", "bigquery"]),
];

fn email(kind: &KeyKind) -> String {
    format!("{}@{PROJECT}.iam.gserviceaccount.com", kind.kind.replace('_', "-"))
}

fn key_id(seed: u64, kind: &KeyKind) -> String {
    Dice::new(seed, "key id", kind.kind.as_bytes()).word(b"0123456789abcdef", 40)
}

/// The fields of a credential: a key, or a whole service-account file with the place of the billing export.
pub(super) fn fields(admin: &Admin, kind: &KeyKind) -> Value {
    if kind.prefix == "AIza" {
        return keys::api_key(&VENDOR, admin, kind);
    }
    // The account that is not known has a real key, but another.
    let other = if kind.known { None } else { RsaPair::new(admin.seed.wrapping_add(1)) };
    let pair = other.as_ref().or_else(|| admin.rsa());
    let email = email(kind);
    let file = json!({
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": key_id(admin.seed, kind),
        "private_key": pair.map(|p| p.private_pem.as_str()),
        "client_email": email,
        "client_id": "104821330045127766551",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": TOKEN_URI,
        "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
        "client_x509_cert_url": format!("https://www.googleapis.com/robot/v1/metadata/x509/{}", email.replace('@', "%40")),
        "universe_domain": "googleapis.com",
    });
    json!({"service_account": file, "billing_dataset": DATASET, "billing_table": format!("{PROJECT}.{DATASET}.{TABLE}")})
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    scope: String,
    aud: String,
    iat: i64,
    exp: i64,
}

fn refuse(kind: &str, description: &str) -> Response {
    status(400, json!({"error": kind, "error_description": description}))
}

pub(super) async fn exchange(State(admin): State<Admin>, body: Bytes) -> Answer {
    let form = Params::read(std::str::from_utf8(&body).unwrap_or(""));
    if form.get("grant_type") != Some("urn:ietf:params:oauth:grant-type:jwt-bearer") {
        return Err(refuse("unsupported_grant_type", "Invalid grant_type"));
    }
    let assertion = form.get("assertion").ok_or_else(|| refuse("invalid_request", "Missing assertion"))?;
    let claims = verify(&admin, assertion)?;
    let known = |k: &&KeyKind| k.prefix.is_empty() && k.known && email(k) == claims.iss;
    let kind = VENDOR.keys.iter().find(known);
    let kind = kind.ok_or_else(|| refuse("invalid_grant", "Invalid grant: account not found"))?;
    if claims.aud != TOKEN_URI && !claims.aud.ends_with("/gemini/oauth/token") {
        return Err(refuse("invalid_grant", "Invalid JWT: Failed audience check."));
    }
    // A test may move the simulator's clock and not the client's: either is right.
    let fits = |now: i64| claims.iat <= now + SKEW && claims.exp > now && claims.exp - claims.iat <= LIFE;
    if !fits(admin.now()) && !fits(admin.clock.unmoved_seconds()) {
        let message = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.";
        return Err(refuse("invalid_grant", message));
    }
    let opened: Vec<&str> = SCOPES
        .iter()
        .filter(|(scope, _)| claims.scope.split_whitespace().any(|s| s == *scope))
        .flat_map(|(_, opens)| opens.iter().copied())
        .filter(|what| kind.opens(what))
        .collect();
    if !claims.scope.split_whitespace().all(|s| SCOPES.iter().any(|k| k.0 == s)) || claims.scope.is_empty() {
        return Err(refuse("invalid_scope", "Invalid OAuth scope or ID token audience provided."));
    }
    let ends = admin.clock.unmoved_seconds() + LIFE;
    let token = write(&admin, &opened.join("+"), ends);
    Ok(ok(json!({"access_token": token, "expires_in": LIFE - 1, "token_type": "Bearer"})))
}

fn verify(admin: &Admin, assertion: &str) -> Result<Claims, Response> {
    let bad = || refuse("invalid_grant", "Invalid JWT Signature.");
    let pair = admin.rsa().ok_or_else(bad)?;
    let key = DecodingKey::from_rsa_components(&pair.n, &pair.e).map_err(|_| bad())?;
    let mut validation = Validation::new(Algorithm::RS256);
    // Times and audience are checked against the simulator's own, above.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    jsonwebtoken::decode::<Claims>(assertion, &key, &validation).map(|data| data.claims).map_err(|_| bad())
}

fn write(admin: &Admin, opened: &str, ends: i64) -> String {
    let seal = Dice::new(admin.seed, "access token", format!("{opened}/{ends}").as_bytes()).id("", 40);
    format!("ya29.c.{opened}.{ends}.{seal}")
}

/// Lets access tokens through that open `what`.
pub(super) fn allow(
    admin: &Admin,
    headers: &HeaderMap,
    what: &str,
    permission: &str,
) -> Result<(), Response> {
    let bad = || {
        let message = "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.";
        error(401, "UNAUTHENTICATED", message)
    };
    let token = bearer(headers).ok_or_else(bad)?;
    let mut parts = token.strip_prefix("ya29.c.").ok_or_else(bad)?.split('.');
    let (opened, ends) =
        (parts.next().unwrap_or(""), parts.next().and_then(|e| e.parse().ok()).ok_or_else(bad)?);
    if token != write(admin, opened, ends) || ends <= admin.clock.unmoved_seconds() {
        return Err(bad());
    }
    if !opened.split('+').any(|o| o == what) {
        let message = format!("Permission {permission} denied (or the resource may not exist).");
        return Err(error(403, "PERMISSION_DENIED", &message));
    }
    Ok(())
}

/// Lets calls through that are about the project there is.
pub(super) fn about(project: &str) -> Result<(), Response> {
    if project == PROJECT || project == super::PROJECT_NUMBER {
        return Ok(());
    }
    Err(error(404, "NOT_FOUND", "Requested project was not found."))
}
