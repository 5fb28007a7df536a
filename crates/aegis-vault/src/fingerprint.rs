//! Fingerprints of secrets: whether the same key was entered twice, without keeping it.

use crate::crypto::mac;
use aegis_domain::Fingerprint;
use data_encoding::HEXLOWER;
use secrecy::{ExposeSecret, SecretString};

/// Returns the fingerprint of a secret under the installation's key: 32 letters of hex, the same for the same secret.
/// `kind` keeps apart what must not be compared.
pub fn fingerprint(key: &[u8; 32], kind: &str, secret: &SecretString) -> Fingerprint {
    let parts =
        [b"aegisflow/vault/fingerprint/1".as_slice(), kind.as_bytes(), secret.expose_secret().as_bytes()];
    Fingerprint(HEXLOWER.encode(&mac(key, &parts)[..16]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_secrets_of_a_kind_have_equal_fingerprints_and_others_do_not() {
        let of = |key: u8, kind, secret: &str| fingerprint(&[key; 32], kind, &secret.into());
        assert_eq!(of(1, "openai", "sk-1"), of(1, "openai", "sk-1"));
        for other in [
            of(2, "openai", "sk-1"),
            of(1, "mistral", "sk-1"),
            of(1, "openai", "sk-2"),
            of(1, "opena", "isk-1"),
        ] {
            assert_ne!(of(1, "openai", "sk-1"), other);
        }
    }
}
