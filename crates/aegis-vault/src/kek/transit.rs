//! A KEK that never leaves a transit engine of HashiCorp Vault or OpenBao: it encrypts and decrypts the data keys there.
//! Pure but for the call itself, which is handed in: the product has one guarded HTTP client, and it is elsewhere.
//! Source: Vault's HTTP API, `/v1/transit/encrypt/:name` and `/decrypt/:name`.
//! Invariant: the token is in a header, never in an address; it is asked for at each call, so that an agent may renew it.

use super::{Kek, KekError, Nonce};
use crate::crypto::mac;
use crate::data_key::DataKey;
use aegis_domain::DataKeyId;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use data_encoding::HEXLOWER;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Longest answer that is read: a wrapped key is some hundred bytes.
pub const MAX_ANSWER: usize = 64 * 1024;

/// A POST to send. Its body can hold a data key in the clear, and its header a token: neither can be printed.
pub struct Request {
    /// Where to.
    pub url: String,
    /// `X-Vault-Token`.
    pub token: SecretString,
    /// `X-Vault-Namespace`, where there is one.
    pub namespace: Option<String>,
    /// JSON.
    pub body: SecretString,
}

/// What came back. Its body can hold a data key, and cannot be printed.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON, at most `MAX_ANSWER` bytes.
    pub body: SecretString,
}

/// Sends requests. Implemented over the product's HTTP client: a time-out, no redirects, an answer of bounded size.
#[async_trait::async_trait]
pub trait Call: Send + Sync {
    /// Sends one; an error says in words why nothing came back.
    async fn post(&self, request: Request) -> Result<Answer, String>;
}

/// Where the token comes from.
pub trait Token: Send + Sync {
    /// The token to use now; an error says in words why there is none.
    fn get(&self) -> Result<SecretString, String>;
}

/// A key of a transit engine.
pub struct TransitKek {
    url: String,
    key: String,
    namespace: Option<String>,
    id: String,
    source: String,
    token: Box<dyn Token>,
    call: Arc<dyn Call>,
}

/// Refuses addresses that cannot be meant, and those that hold a password.
pub(super) fn check_address(url: &str, key: &str) -> Result<(), String> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let Some(host) = rest.filter(|rest| !rest.is_empty() && !rest.starts_with('/')) else {
        return Err("a transit address begins with https:// and names a host".into());
    };
    if host.contains(['@', '?', '#', ' ']) {
        return Err("a transit address holds no user, password, query or blank".into());
    }
    let letter = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    if key.is_empty() || key.len() > 128 || !key.bytes().all(letter) || key.starts_with('.') {
        return Err("after # comes the name of the transit key: letters, digits, - _ and .".into());
    }
    Ok(())
}

impl TransitKek {
    /// The key `key` of the server at `url`. The engine is mounted at `transit`, unless `url` has a path.
    pub fn new(
        url: &str,
        key: &str,
        namespace: Option<String>,
        token: Box<dyn Token>,
        call: Arc<dyn Call>,
    ) -> Self {
        let parts = [
            b"aegisflow/vault/transit-id/1".as_slice(),
            url.as_bytes(),
            key.as_bytes(),
            namespace.as_deref().unwrap_or("").as_bytes(),
        ];
        TransitKek {
            url: url.trim_end_matches('/').into(),
            key: key.into(),
            id: HEXLOWER.encode(&mac(b"transit", &parts)[..8]),
            source: format!("transit:{url}#{key}"),
            namespace,
            token,
            call,
        }
    }

    fn address(&self, act: &str) -> String {
        let host_end = self.url.find("://").map_or(0, |at| at + 3);
        // `https://host/v1/engine` names the engine's own place.
        match self.url[host_end..].split_once("/v1/") {
            Some(_) => format!("{}/{act}/{}", self.url, self.key),
            None => format!("{}/v1/transit/{act}/{}", self.url, self.key),
        }
    }

    fn unavailable(&self, why: impl Into<String>) -> KekError {
        KekError::Unavailable { place: self.source.clone(), why: why.into() }
    }

    async fn ask(&self, act: &str, body: &impl Serialize) -> Result<Data, KekError> {
        let body = serde_json::to_string(body).map_err(|e| self.unavailable(e.to_string()))?;
        let request = Request {
            url: self.address(act),
            token: self.token.get().map_err(|why| self.unavailable(why))?,
            namespace: self.namespace.clone(),
            body: body.into(),
        };
        let answer = self.call.post(request).await.map_err(|why| self.unavailable(why))?;
        self.read(act, &answer)
    }

    fn read(&self, act: &str, answer: &Answer) -> Result<Data, KekError> {
        let why = match answer.status {
            200 => {
                let read = serde_json::from_str::<Envelope>(answer.body.expose_secret());
                return read.map(|envelope| envelope.data).map_err(|_| {
                    self.unavailable("its answer is not that of a transit engine; check the address")
                });
            }
            // What it cannot decrypt, a transit engine calls a bad request.
            400 if act == "decrypt" => return Err(KekError::Refused),
            403 => "its token is refused, or its policy does not allow update on encrypt and decrypt; give it another (VAULT_TOKEN)".into(),
            404 => "there is no such key or engine; make it with vault write -f transit/keys/NAME".into(),
            429 => "it answers too many requests; try again later".into(),
            503 => "it is sealed or starting; unseal it".into(),
            status => format!("it answered {status}"),
        };
        Err(self.unavailable(why))
    }
}

#[derive(Serialize)]
struct Encrypt<'a> {
    plaintext: &'a str,
    associated_data: String,
}

#[derive(Serialize)]
struct Decrypt<'a> {
    ciphertext: &'a str,
    associated_data: String,
}

#[derive(Deserialize)]
struct Envelope {
    data: Data,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Data {
    ciphertext: Option<String>,
    plaintext: Option<SecretString>,
}

fn purpose(id: &DataKeyId) -> String {
    STANDARD.encode(format!("aegisflow/vault/data-key/1|{id}"))
}

#[async_trait::async_trait]
impl Kek for TransitKek {
    fn id(&self) -> &str {
        &self.id
    }

    fn source(&self) -> &str {
        &self.source
    }

    async fn wrap(&self, key: &DataKey, _nonce: Nonce) -> Result<String, KekError> {
        let plaintext = Zeroizing::new(STANDARD.encode(key.bytes()));
        let body = Encrypt { plaintext: &plaintext, associated_data: purpose(key.id()) };
        let data = self.ask("encrypt", &body).await?;
        let wrapped = data.ciphertext.filter(|text| text.starts_with("vault:"));
        wrapped.ok_or_else(|| self.unavailable("its answer holds no ciphertext; check the address"))
    }

    async fn unwrap(&self, id: &DataKeyId, wrapped: &str) -> Result<DataKey, KekError> {
        let body = Decrypt { ciphertext: wrapped, associated_data: purpose(id) };
        let data = self.ask("decrypt", &body).await?;
        let plaintext = data.plaintext.ok_or(KekError::Refused)?;
        let bytes =
            Zeroizing::new(STANDARD.decode(plaintext.expose_secret()).map_err(|_| KekError::Refused)?);
        DataKey::from_bytes(&bytes).ok_or(KekError::Refused)
    }
}
