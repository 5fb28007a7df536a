//! Key-encryption keys: what the data keys are wrapped by, and which lies anywhere but in the database.
//! One file each behind one trait. `KekSpec` reads how an operator names one.
//! Invariant: there is no default secret; a KEK that could be guessed is refused before it wraps anything.

mod env;
mod file;
mod local;
pub mod transit;

pub use env::from_environment;
pub use file::{make_file, read_file};
pub use local::LocalKek;
pub use transit::TransitKek;

use crate::data_key::DataKey;
use crate::strength::Weakness;
use aegis_domain::DataKeyId;
use rand::CryptoRng;
use std::path::PathBuf;

/// Something that wraps data keys.
#[async_trait::async_trait]
pub trait Kek: Send + Sync {
    /// Names the KEK without saying anything about it; another KEK has another name.
    fn id(&self) -> &str;

    /// Where it comes from, as it is written after `--kek`. Holds no secret.
    fn source(&self) -> &str;

    /// Encrypts a data key; what comes out names no secret. `nonce` is for a KEK that needs randomness.
    async fn wrap(&self, key: &DataKey, nonce: Nonce) -> Result<String, KekError>;

    /// Decrypts what `wrap` made for the key of this name.
    async fn unwrap(&self, id: &DataKeyId, wrapped: &str) -> Result<DataKey, KekError>;
}

/// Random bytes, used once.
pub struct Nonce([u8; 12]);

impl Nonce {
    /// Makes one.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 12];
        rng.fill_bytes(&mut bytes);
        Nonce(bytes)
    }
}

/// Why a KEK cannot be had or used. Each says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KekError {
    /// Nothing at the place it should be.
    #[error(
        "there is no KEK in {0}; put 32 random bytes in base64 there (openssl rand -base64 32), or the one the vault was made with"
    )]
    Missing(String),
    /// It is there and cannot be used.
    #[error("the KEK in {place} cannot be used: {why}; make one with openssl rand -base64 32")]
    Weak {
        /// Where it was read.
        place: String,
        /// What is wrong with it.
        why: Weakness,
    },
    /// Others can read it.
    #[error("others can read the KEK in {0}; run chmod 600 on it, and replace it if somebody may have")]
    Exposed(String),
    /// It cannot be read at all.
    #[error("the KEK in {place} cannot be read: {why}")]
    Unreadable {
        /// Where.
        place: String,
        /// What the system says.
        why: String,
    },
    /// The KEK says no to what it is asked to unwrap.
    #[error("the KEK does not open what is stored")]
    Refused,
    /// The service that holds the KEK cannot be asked now.
    #[error("{place} does not wrap or unwrap keys: {why}")]
    Unavailable {
        /// Which service.
        place: String,
        /// What it said, and what to do.
        why: String,
    },
}

/// How an operator names a KEK: `env:NAME`, `file:PATH`, `transit:URL#key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KekSpec {
    /// An environment variable.
    Env(String),
    /// A file.
    File(PathBuf),
    /// A transit engine of HashiCorp Vault or OpenBao: its address, and the name of the key.
    Transit {
        /// Such as `https://vault.corp.example:8200`, with the engine's path where it is not `transit`.
        url: String,
        /// The key's name there.
        key: String,
    },
}

impl std::str::FromStr for KekSpec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || "expected env:NAME, file:PATH or transit:URL#key".to_owned();
        let (kind, rest) = text.split_once(':').ok_or_else(expected)?;
        match kind {
            "env" if is_variable(rest) => Ok(KekSpec::Env(rest.into())),
            "env" => Err("after env: comes the name of a variable, not its value".into()),
            "file" if !rest.is_empty() => Ok(KekSpec::File(rest.into())),
            "transit" => {
                let (url, key) = rest.rsplit_once('#').ok_or_else(expected)?;
                transit::check_address(url, key)?;
                Ok(KekSpec::Transit { url: url.trim_end_matches('/').into(), key: key.into() })
            }
            _ => Err(expected()),
        }
    }
}

impl std::fmt::Display for KekSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            KekSpec::Env(name) => write!(f, "env:{name}"),
            KekSpec::File(path) => write!(f, "file:{}", path.display()),
            KekSpec::Transit { url, key } => write!(f, "transit:{url}#{key}"),
        }
    }
}

/// Names of variables are upper case by custom; a key given in place of a name has other letters, and is not echoed.
fn is_variable(name: &str) -> bool {
    let letter = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    !name.is_empty() && name.len() <= 128 && name.bytes().all(letter) && !name.as_bytes()[0].is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specs_are_read_or_refused() {
        for text in [
            "env:AEGIS_KEK",
            "file:/run/secrets/kek",
            "file:kek",
            "transit:https://vault.corp.example:8200#aegis",
        ] {
            assert_eq!(text.parse::<KekSpec>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "env",
            "env:",
            "env:1A",
            "env:b64/value+of=",
            "file:",
            "transit:https://vault.corp.example",
            "transit:https://vault.corp.example#",
            "transit:https://vault.corp.example#a/b",
            "transit:ftp://vault#a",
            "transit:https://user:pw@vault#a",
            "kms:x",
        ] {
            let said = text.parse::<KekSpec>().unwrap_err();
            assert!(!said.contains("b64/value") && !said.contains("pw"), "{said}");
        }
    }
}
