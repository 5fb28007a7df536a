//! Random secrets that stand for somebody: refresh tokens, set-up and invitation links, API tokens.
//! Called where one is made and where one comes in. Stored is only the SHA-256: with 256 random bits there is nothing
//! for a slow hash to protect, and an unknown token costs one hashed look-up.
//! Invariant: what `parse` accepts has the exact form of what `generate` makes; nothing else reaches a look-up.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use data_encoding::HEXLOWER;
use rand::CryptoRng;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// What every API token starts with, so that secret scanners and people recognise one.
pub const API_PREFIX: &str = "agf_";

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 62^43 > 2^256 > 62^42.
const BODY_DIGITS: usize = 43;
/// 62^6 > 2^32.
const CHECK_DIGITS: usize = 6;
const API_BYTES: usize = API_PREFIX.len() + BODY_DIGITS + CHECK_DIGITS;

/// 256 random bits in base64url, for cookies and links. Cannot be printed.
#[derive(Debug, Clone)]
pub struct OpaqueToken(SecretString);

impl OpaqueToken {
    /// Makes a new one.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        OpaqueToken(URL_SAFE_NO_PAD.encode(random_bytes(rng)).into())
    }

    /// Reads one; none when the text cannot be a token of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0u8; 33];
        let read = text.len() == 43 && URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok() == Some(32);
        read.then(|| OpaqueToken(text.into()))
    }

    /// Returns what is stored in its place: SHA-256, in hex.
    pub fn hash(&self) -> String {
        sha256_hex(self.0.expose_secret().as_bytes())
    }

    /// The text to hand to its owner.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// An API token: `agf_`, 256 random bits in base62, and a CRC-32 of all that in base62. Cannot be printed.
/// The checksum tells a mistyped or cut token from an unknown one without asking the store.
#[derive(Debug, Clone)]
pub struct ApiSecret(SecretString);

impl ApiSecret {
    /// Makes a new one.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut text = String::with_capacity(API_BYTES);
        text.push_str(API_PREFIX);
        text.push_str(&base62(random_bytes(rng), BODY_DIGITS));
        let check = checksum(&text);
        text.push_str(&check);
        ApiSecret(text.into())
    }

    /// Reads one; none when the form or the checksum is wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(API_PREFIX)?;
        if text.len() != API_BYTES || !digits.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        let (payload, check) = text.split_at(API_BYTES - CHECK_DIGITS);
        (checksum(payload) == check).then(|| ApiSecret(text.into()))
    }

    /// Returns what is stored in its place: SHA-256, in hex.
    pub fn hash(&self) -> String {
        sha256_hex(self.0.expose_secret().as_bytes())
    }

    /// Its last four characters, part of the checksum: enough for its owner to recognise it.
    pub fn last4(&self) -> String {
        let text = self.0.expose_secret();
        text[text.len() - 4..].to_owned()
    }

    /// The text to hand to its owner, once.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Returns the SHA-256 of some bytes, in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn random_bytes(rng: &mut impl CryptoRng) -> [u8; 32] {
    let mut bytes = [0u8; 32];
    rng.fill_bytes(&mut bytes);
    bytes
}

fn checksum(text: &str) -> String {
    base62(crc32fast::hash(text.as_bytes()).to_be_bytes(), CHECK_DIGITS)
}

/// Writes a big-endian number in exactly so many base-62 digits; `digits` must be enough for it.
fn base62<const N: usize>(mut number: [u8; N], digits: usize) -> String {
    let mut out = vec![b'0'; digits];
    for digit in out.iter_mut().rev() {
        let mut rest = 0u32;
        for byte in &mut number {
            let value = rest << 8 | u32::from(*byte);
            *byte = (value / 62) as u8;
            rest = value % 62;
        }
        *digit = BASE62[rest as usize];
    }
    String::from_utf8(out).expect("base-62 digits are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;

    #[test]
    fn base62_writes_the_number() {
        let mut sixty_two = [0u8; 32];
        sixty_two[31] = 62;
        assert_eq!(base62(sixty_two, 4), "0010");
        assert_eq!(base62([0xff; 32], 43).len(), 43);
        assert_ne!(base62([0xff; 32], 43), base62([0xff; 32], 44)[..43]);
    }

    #[test]
    fn a_hash_is_sha_256_in_hex() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn secrets_do_not_print_themselves() {
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        let api = ApiSecret::generate(&mut rng);
        let opaque = OpaqueToken::generate(&mut rng);
        assert!(!format!("{api:?}").contains(&api.expose()[4..]));
        assert!(!format!("{opaque:?}").contains(opaque.expose()));
    }

    proptest! {
        #[test]
        fn what_is_generated_parses_to_the_same_hash(seed: u64) {
            let mut rng = ChaCha20Rng::seed_from_u64(seed);
            let api = ApiSecret::generate(&mut rng);
            prop_assert_eq!(api.expose().len(), API_BYTES);
            prop_assert_eq!(ApiSecret::parse(api.expose()).unwrap().hash(), api.hash());
            prop_assert!(api.expose().ends_with(&api.last4()));
            let opaque = OpaqueToken::generate(&mut rng);
            prop_assert_eq!(OpaqueToken::parse(opaque.expose()).unwrap().hash(), opaque.hash());
            prop_assert!(OpaqueToken::parse(api.expose()).is_none());
            prop_assert!(ApiSecret::parse(opaque.expose()).is_none());
        }

        #[test]
        fn one_wrong_character_fails_the_checksum(seed: u64, at in 4usize..API_BYTES, to in 0usize..62) {
            let api = ApiSecret::generate(&mut ChaCha20Rng::seed_from_u64(seed));
            let mut bytes = api.expose().as_bytes().to_vec();
            prop_assume!(bytes[at] != BASE62[to]);
            bytes[at] = BASE62[to];
            prop_assert!(ApiSecret::parse(std::str::from_utf8(&bytes).unwrap()).is_none());
        }

        #[test]
        fn any_text_is_read_without_panic(text in "(agf_)?\\PC{0,60}") {
            let _ = ApiSecret::parse(&text);
            let _ = OpaqueToken::parse(&text);
        }
    }
}
