//! Fernet tokens, by its specification (github.com/fernet/spec): `0x80 | seconds, 8 bytes | IV, 16 bytes | AES-128-CBC
//! with PKCS#7 | HMAC-SHA256 over all before`, in base64url with padding.
//! Called by `chain`. Our own eighty lines over the program's one provider of cryptography: the `fernet` crate would
//! bring a second generation of AES, HMAC and SHA-2, and another licence.
//! Invariant: nothing is decrypted before its HMAC has been found right, compared in constant time.

use crate::SecretBytes;
use crate::data_key::DataKey;
use aegis_domain::Timestamp;
use aws_lc_rs::cipher::{
    AES_128, DecryptionContext, EncryptionContext, PaddedBlockDecryptingKey, PaddedBlockEncryptingKey,
    UnboundCipherKey,
};
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::iv::FixedLength;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use rand::CryptoRng;
use secrecy::SecretSlice;
use zeroize::Zeroizing;

/// Longest secret: a service account's JSON is a few KiB, and a token is worked on in memory.
pub const MAX_SECRET: usize = 64 * 1024;

const VERSION: u8 = 0x80;
const BLOCK: usize = 16;
const HEAD: usize = 1 + 8 + BLOCK;
const TAG: usize = 32;
const SMALLEST: usize = HEAD + BLOCK + TAG;
const LARGEST: usize = HEAD + (MAX_SECRET / BLOCK + 1) * BLOCK + TAG;
/// Letters of the longest token.
pub(crate) const LONGEST: usize = LARGEST.div_ceil(3) * 4;

/// Encrypts a secret of at most `MAX_SECRET` bytes; none when it is longer.
pub(crate) fn encrypt(
    key: &DataKey,
    secret: &[u8],
    now: Timestamp,
    rng: &mut impl CryptoRng,
) -> Option<String> {
    if secret.len() > MAX_SECRET {
        return None;
    }
    let mut iv = [0; BLOCK];
    rng.fill_bytes(&mut iv);
    Some(encrypt_with(key, secret, now.millis().div_euclid(1000), iv))
}

fn encrypt_with(key: &DataKey, secret: &[u8], seconds: i64, iv: [u8; BLOCK]) -> String {
    // Room for the padding from the start: a buffer that grows leaves a copy of the secret behind.
    let mut body = Zeroizing::new(Vec::with_capacity(secret.len() + BLOCK));
    body.extend_from_slice(secret);
    let cipher = UnboundCipherKey::new(&AES_128, key.encrypting())
        .and_then(PaddedBlockEncryptingKey::cbc_pkcs7)
        .expect("16 bytes are a key of AES-128");
    cipher
        .less_safe_encrypt(&mut *body, EncryptionContext::Iv128(FixedLength::from(iv)))
        .expect("16 bytes are an IV of AES, and a vector can grow");
    let mut token = Vec::with_capacity(HEAD + body.len() + TAG);
    token.push(VERSION);
    token.extend_from_slice(&seconds.max(0).to_be_bytes());
    token.extend_from_slice(&iv);
    token.extend_from_slice(&body);
    let tag = hmac::sign(&signing(key), &token);
    token.extend_from_slice(tag.as_ref());
    URL_SAFE.encode(token)
}

/// A token taken apart, before anything of it is believed.
pub(crate) struct Token(Vec<u8>);

impl Token {
    /// Reads a token; none when the text has not its form, or is longer than any we make.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let bytes = URL_SAFE.decode(text).ok()?;
        let whole_blocks = bytes.len() >= SMALLEST && (bytes.len() - HEAD - TAG).is_multiple_of(BLOCK);
        (whole_blocks && bytes[0] == VERSION).then_some(Token(bytes))
    }

    /// When it was made, as it says itself.
    pub(crate) fn made_at(&self) -> Timestamp {
        let seconds = self.0[1..9].try_into().map_or(0, i64::from_be_bytes);
        Timestamp::from_millis(seconds.saturating_mul(1000))
    }

    /// Decrypts it; none when it was not made under this key, or was changed.
    pub(crate) fn decrypt(&self, key: &DataKey) -> Option<SecretBytes> {
        let (signed, tag) = self.0.split_at(self.0.len() - TAG);
        hmac::verify(&signing(key), signed, tag).ok()?;
        let iv: [u8; BLOCK] = signed[HEAD - BLOCK..HEAD].try_into().ok()?;
        let mut body = Zeroizing::new(signed[HEAD..].to_vec());
        let cipher = UnboundCipherKey::new(&AES_128, key.encrypting())
            .and_then(PaddedBlockDecryptingKey::cbc_pkcs7)
            .ok()?;
        let secret = cipher.decrypt(&mut body, DecryptionContext::Iv128(FixedLength::from(iv))).ok()?;
        Some(SecretSlice::from(secret.to_vec()))
    }
}

fn signing(key: &DataKey) -> hmac::Key {
    hmac::Key::new(HMAC_SHA256, key.signing())
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    /// The key of the specification's examples. Everybody knows it, so `DataKey::parse` refuses it.
    fn sample() -> DataKey {
        DataKey::from_bytes(&URL_SAFE.decode("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=").unwrap())
            .unwrap()
    }

    const TOKEN: &str = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";

    #[test]
    fn the_examples_of_the_specification() {
        let iv: [u8; 16] = std::array::from_fn(|n| n as u8);
        assert_eq!(encrypt_with(&sample(), b"hello", 499_162_800, iv), TOKEN);
        let token = Token::parse(TOKEN).unwrap();
        assert_eq!(token.made_at(), Timestamp::from_millis(499_162_800_000));
        assert_eq!(token.decrypt(&sample()).unwrap().expose_secret(), b"hello");
    }

    /// invalid.json of the specification, less those about the time to live, which a vault does not use.
    #[test]
    fn the_invalid_tokens_of_the_specification() {
        for (what, token) in [
            (
                "wrong MAC",
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==",
            ),
            ("too short", "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA=="),
            (
                "no base64",
                "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==",
            ),
            (
                "no multiple of a block",
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm",
            ),
            (
                "wrong padding",
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==",
            ),
            (
                "wrong IV",
                "gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==",
            ),
        ] {
            assert!(Token::parse(token).and_then(|t| t.decrypt(&sample())).is_none(), "{what}");
        }
    }

    #[test]
    fn the_size_is_bounded() {
        let mut rng = rand::rng();
        let now = Timestamp::from_millis(0);
        let longest = encrypt(&sample(), &vec![7; MAX_SECRET], now, &mut rng).unwrap();
        assert_eq!(longest.len(), LONGEST);
        assert_eq!(
            Token::parse(&longest).unwrap().decrypt(&sample()).unwrap().expose_secret().len(),
            MAX_SECRET
        );
        assert!(encrypt(&sample(), &vec![7; MAX_SECRET + 1], now, &mut rng).is_none());
        assert!(Token::parse(&format!("{longest}AAAA")).is_none());
    }
}
