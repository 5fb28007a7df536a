//! A service account's key file: checked field by field, and exchanged for short-lived tokens (RFC 7523).
//! Invariant: an assertion goes to Google's own token address and to no other, whatever an uploaded file says.

use crate::admin::{Auth, Body, Credential, FieldFault, FormValue, Request};
use aegis_domain::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// Google's own token address: the audience of every assertion.
const TOKEN_URI: &str = "https://oauth2.googleapis.com/token";

/// An hour is the longest that Google takes.
const LIFETIME: i64 = 3600;

#[derive(Deserialize)]
struct File {
    #[serde(rename = "type")]
    kind: Option<String>,
    project_id: Option<String>,
    private_key_id: Option<String>,
    private_key: Option<SecretString>,
    client_email: Option<String>,
    token_uri: Option<String>,
}

fn fault(field: &str, expected: &'static str) -> FieldFault {
    FieldFault::new(format!("service_account{field}"), expected)
}

fn file(credential: &Credential) -> Result<File, FieldFault> {
    let text =
        credential.secret("service_account").ok_or_else(|| fault("", "a key file of a service account"))?;
    serde_json::from_str(text.expose_secret()).map_err(|_| fault("", "the JSON of a service account's key"))
}

/// The project that is read: the one named beside the file, else the file's own.
pub fn project(credential: &Credential) -> Result<String, FieldFault> {
    let named = credential.get("project_id");
    let project = if named.is_empty() { file(credential)?.project_id } else { Some(named.to_owned()) };
    project.filter(|p| is_project(p)).ok_or_else(|| fault(".project_id", "the id of a project"))
}

fn is_project(text: &str) -> bool {
    (4..=100).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:".contains(&b))
}

/// What is wrong with the file, field by field.
pub fn inspect(credential: &Credential) -> Vec<FieldFault> {
    let file = match file(credential) {
        Ok(file) => file,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    let mut demand = |holds: bool, field: &str, expected: &'static str| {
        if !holds {
            faults.push(fault(field, expected));
        }
    };
    let text = |value: &Option<String>, ok: fn(&str) -> bool| value.as_deref().is_some_and(ok);
    demand(text(&file.kind, |t| t == "service_account"), ".type", "\"service_account\"");
    demand(text(&file.project_id, is_project), ".project_id", "the id of a project");
    demand(text(&file.private_key_id, |t| !t.is_empty()), ".private_key_id", "the id of the key");
    let email = |t: &str| t.ends_with(".gserviceaccount.com") && t.contains('@');
    demand(text(&file.client_email, email), ".client_email", "an address that ends in gserviceaccount.com");
    demand(
        text(&file.token_uri, |t| t == TOKEN_URI),
        ".token_uri",
        "Google's own, https://oauth2.googleapis.com/token",
    );
    let signs = signed("inspect", &file, 0).is_ok();
    demand(signs, ".private_key", "an RSA private key in PEM (PKCS#8)");
    faults
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    scope: &'a str,
    aud: &'static str,
    iat: i64,
    exp: i64,
}

fn signed(scope: &str, file: &File, iat: i64) -> Result<String, FieldFault> {
    let key = file.private_key.as_ref().ok_or_else(|| fault(".private_key", "an RSA private key in PEM"))?;
    let der = pkcs1(key.expose_secret())
        .ok_or_else(|| fault(".private_key", "an RSA private key in PEM (PKCS#8)"))?;
    let mut header = Header::new(Algorithm::RS256);
    header.kid = file.private_key_id.clone();
    let iss = file.client_email.as_deref().unwrap_or_default();
    let claims = Claims { iss, scope, aud: TOKEN_URI, iat, exp: iat + LIFETIME };
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_rsa_der(&der))
        .map_err(|_| fault(".private_key", "an RSA private key of 2048 bits or more"))
}

/// The exchange of a signed assertion for a token.
pub fn exchange(scope: &str, credential: &Credential, now: Timestamp) -> Result<Request, FieldFault> {
    let file = file(credential)?;
    if file.token_uri.as_deref() != Some(TOKEN_URI) {
        return Err(fault(".token_uri", "Google's own, https://oauth2.googleapis.com/token"));
    }
    let assertion = signed(scope, &file, now.millis().div_euclid(1000))?;
    let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer".to_owned();
    let form = vec![("grant_type", FormValue::Plain(grant)), ("assertion", FormValue::Signed(assertion))];
    Ok(Request {
        body: Some(Body::Form(form)),
        ..Request::post("oauth", "/token", Auth::None, serde_json::Value::Null)
    })
}

/// The RSA key (PKCS#1) in a PEM of PKCS#8: version, algorithm, and the key as an octet string (RFC 5208).
fn pkcs1(pem: &str) -> Option<Vec<u8>> {
    let inside =
        pem.trim().strip_prefix("-----BEGIN PRIVATE KEY-----")?.strip_suffix("-----END PRIVATE KEY-----")?;
    let text: String = inside.split_whitespace().collect();
    let der = STANDARD.decode(text).ok()?;
    let (outer, _) = element(&der, 0x30)?;
    let (_version, rest) = element(outer, 0x02)?;
    let (_algorithm, rest) = element(rest, 0x30)?;
    let (key, _) = element(rest, 0x04)?;
    Some(key.to_vec())
}

/// The content of a DER element that must have this tag, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = der.split_first()?;
    let (length, rest) = rest.split_first()?;
    let (length, rest) = match *length {
        short @ 0..=0x7f => (usize::from(short), rest),
        long @ 0x81..=0x83 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            (bytes.iter().fold(0, |n, b| n << 8 | usize::from(*b)), rest)
        }
        _ => return None,
    };
    if *first == tag { rest.split_at_checked(length) } else { None }
}
