//! A KEK that is here, in memory: AES-256-GCM with a random nonce, the data key's name as associated data.
//! Made by `env` and `file`.
//! Invariant: wiped when dropped.

use super::{Kek, KekError, Nonce};
use crate::crypto::name_of;
use crate::data_key::{DataKey, KEY_BYTES};
use crate::strength::{self, Weakness};
use aegis_domain::DataKeyId;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use data_encoding::HEXLOWER_PERMISSIVE;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use zeroize::Zeroizing;

/// Begins what it wrapped.
const FORM: &str = "a256gcm.1.";
const NONCE: usize = 12;
const TAG: usize = 16;

/// A KEK of 32 bytes.
pub struct LocalKek {
    key: SecretBox<[u8; KEY_BYTES]>,
    id: String,
    source: String,
}

impl LocalKek {
    /// Reads a KEK: 32 bytes in base64 (either alphabet) or hex. `source` says where it was found.
    pub fn parse(text: &SecretString, source: String) -> Result<Self, KekError> {
        let weak = |why| KekError::Weak { place: source.clone(), why };
        let text = text.expose_secret().trim();
        let mut bytes = Zeroizing::new([0u8; KEY_BYTES + 1]);
        let read = match text.len() {
            44 => STANDARD
                .decode_slice(text, bytes.as_mut_slice())
                .or_else(|_| URL_SAFE.decode_slice(text, bytes.as_mut_slice()))
                .ok(),
            64 => HEXLOWER_PERMISSIVE.decode_mut(text.as_bytes(), &mut bytes[..KEY_BYTES]).ok(),
            _ => None,
        };
        if read != Some(KEY_BYTES) {
            return Err(weak(Weakness::NoKey));
        }
        let key =
            SecretBox::init_with_mut(|key: &mut [u8; KEY_BYTES]| key.copy_from_slice(&bytes[..KEY_BYTES]));
        strength::check(key.expose_secret()).map_err(weak)?;
        let id = name_of(key.expose_secret(), "aegisflow/vault/kek-id/1");
        Ok(LocalKek { key, id, source })
    }

    fn cipher(&self) -> LessSafeKey {
        let key = UnboundKey::new(&AES_256_GCM, self.key.expose_secret());
        LessSafeKey::new(key.expect("32 bytes are a key of AES-256"))
    }
}

/// What a wrapped key is for: one wrapped under another name is refused.
fn purpose(id: &DataKeyId) -> Aad<String> {
    Aad::from(format!("aegisflow/vault/data-key/1|{id}"))
}

#[async_trait::async_trait]
impl Kek for LocalKek {
    fn id(&self) -> &str {
        &self.id
    }

    fn source(&self) -> &str {
        &self.source
    }

    async fn wrap(&self, key: &DataKey, Nonce(nonce): Nonce) -> Result<String, KekError> {
        let mut body = Zeroizing::new(*key.bytes());
        let at = aws_lc_rs::aead::Nonce::assume_unique_for_key(nonce);
        let tag = self
            .cipher()
            .seal_in_place_separate_tag(at, purpose(key.id()), body.as_mut_slice())
            .expect("32 bytes can be encrypted");
        let wrapped = [&nonce[..], body.as_slice(), tag.as_ref()].concat();
        Ok(format!("{FORM}{}", URL_SAFE_NO_PAD.encode(wrapped)))
    }

    async fn unwrap(&self, id: &DataKeyId, wrapped: &str) -> Result<DataKey, KekError> {
        let body = wrapped.strip_prefix(FORM).ok_or(KekError::Refused)?;
        let mut bytes = Zeroizing::new([0u8; NONCE + KEY_BYTES + TAG + 1]);
        let read = URL_SAFE_NO_PAD.decode_slice(body, bytes.as_mut_slice()).ok();
        if read != Some(NONCE + KEY_BYTES + TAG) {
            return Err(KekError::Refused);
        }
        let (nonce, rest) = bytes.split_at_mut(NONCE);
        let nonce =
            aws_lc_rs::aead::Nonce::try_assume_unique_for_key(nonce).map_err(|_| KekError::Refused)?;
        let opened = self.cipher().open_in_place(nonce, purpose(id), &mut rest[..KEY_BYTES + TAG]);
        opened.ok().and_then(|bytes| DataKey::from_bytes(bytes)).ok_or(KekError::Refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_domain::DataKeyId;

    fn kek() -> LocalKek {
        let text = STANDARD.encode(rand::random::<[u8; 32]>());
        LocalKek::parse(&text.into(), "env:A".into()).unwrap()
    }

    #[test]
    fn every_usual_spelling_is_the_same_key() {
        let bytes: [u8; 32] = rand::random();
        let hex = data_encoding::HEXLOWER.encode(&bytes);
        let names: Vec<String> =
            [STANDARD.encode(bytes), URL_SAFE.encode(bytes), hex.to_uppercase(), format!("\n{hex} \r\n")]
                .into_iter()
                .map(|text| LocalKek::parse(&text.into(), "env:A".into()).unwrap().id)
                .collect();
        assert!(names.iter().all(|name| *name == names[0]), "{names:?}");
    }

    #[test]
    fn what_is_no_key_or_a_weak_one_is_refused_and_not_repeated() {
        for (text, why) in [
            ("changeme".to_owned(), Weakness::NoKey),
            (STANDARD.encode([1; 31]), Weakness::NoKey),
            (STANDARD.encode([0; 32]), Weakness::Repetitive),
            (STANDARD.encode(b"correct horse battery staple 123"), Weakness::Text),
            ("0".repeat(64), Weakness::Repetitive),
            ("zz".repeat(32), Weakness::NoKey),
        ] {
            let error = LocalKek::parse(&text.clone().into(), "env:A".into()).err().unwrap();
            assert_eq!(error, KekError::Weak { place: "env:A".into(), why }, "{text}");
            assert!(!error.to_string().contains(&text), "{error}");
        }
    }

    #[tokio::test]
    async fn a_key_comes_back_under_its_own_name_and_kek_alone() {
        let (kek, other) = (kek(), kek());
        let mut rng = rand::rng();
        let key = DataKey::generate(&mut rng);
        let wrapped = kek.wrap(&key, Nonce::generate(&mut rng)).await.unwrap();
        assert_eq!(kek.unwrap(key.id(), &wrapped).await.unwrap().bytes(), key.bytes());
        assert_eq!(other.unwrap(key.id(), &wrapped).await.err(), Some(KekError::Refused));
        let elsewhere = DataKeyId::parse("00000000000000aa").unwrap();
        assert_eq!(kek.unwrap(&elsewhere, &wrapped).await.err(), Some(KekError::Refused));
        for place in 0..wrapped.len() {
            let mut changed = wrapped.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(kek.unwrap(key.id(), &changed).await.is_err(), "changed at {place}");
        }
        assert!(kek.unwrap(key.id(), &format!("{wrapped}A")).await.is_err());
    }
}
