//! The RSA key pair of the simulated service account, made from the seed, so that a key stored against one run signs
//! for the next. Made-up secrets of a simulator: the draws are not fit for anything else.
//! Called once, on the first credential or exchange that needs it.

use crate::dice::Dice;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use num_bigint::BigUint;

/// The common public exponent.
const E: u32 = 65_537;
/// Each prime has half the bits of a 2,048-bit key.
const PRIME_BYTES: usize = 128;
/// Candidates tried for one prime; a thousand odd numbers hold about three.
const TRIES: usize = 20_000;
/// OID 1.2.840.113549.1.1.1 (rsaEncryption) with its NULL, in DER (RFC 8017, appendix A).
const ALGORITHM: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// A key pair.
pub(crate) struct RsaPair {
    /// PKCS#8 in PEM, as a service-account file holds it.
    pub private_pem: String,
    /// The modulus and the exponent, in base64url, as a verifier takes them.
    pub n: String,
    pub e: String,
}

impl RsaPair {
    /// The pair of a seed.
    pub fn new(seed: u64) -> Option<Self> {
        let mut dice = Dice::new(seed, "rsa", b"service account");
        let (p, q) = (prime(&mut dice)?, prime(&mut dice)?);
        let (p, q) = if p > q { (p, q) } else { (q, p) };
        let one = BigUint::from(1u32);
        let e = BigUint::from(E);
        let n = &p * &q;
        let (p1, q1) = (&p - &one, &q - &one);
        let d = e.modinv(&(&p1 * &q1))?;
        let numbers = [
            BigUint::from(0u32),
            n.clone(),
            e.clone(),
            d.clone(),
            p.clone(),
            q.clone(),
            &d % &p1,
            &d % &q1,
            q.modinv(&p)?,
        ];
        let key = der(0x30, &numbers.iter().flat_map(integer).collect::<Vec<u8>>());
        let inside = [integer(&BigUint::from(0u32)), ALGORITHM.to_vec(), der(0x04, &key)].concat();
        Some(RsaPair {
            private_pem: pem(&der(0x30, &inside)),
            n: BASE64URL_NOPAD.encode(&n.to_bytes_be()),
            e: BASE64URL_NOPAD.encode(&e.to_bytes_be()),
        })
    }
}

/// A prime whose two highest bits are set, so that the product of two has all its bits.
fn prime(dice: &mut Dice) -> Option<BigUint> {
    let small: Vec<u32> = (3u32..4_000)
        .step_by(2)
        .filter(|n| (3..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0))
        .collect();
    let mut bytes: Vec<u8> = (0..PRIME_BYTES).map(|_| dice.between(0, 255) as u8).collect();
    bytes[0] |= 0xc0;
    bytes[PRIME_BYTES - 1] |= 1;
    let start = BigUint::from_bytes_be(&bytes);
    let rests: Vec<u32> =
        small.iter().map(|p| (&start % *p).to_u32_digits().first().copied().unwrap_or(0)).collect();
    (0..TRIES as u32)
        .map(|i| i * 2)
        .filter(|step| small.iter().zip(&rests).all(|(p, rest)| (rest + step) % p != 0))
        .map(|step| &start + step)
        .find(|n| (n - 1u32) % E != BigUint::from(0u32) && probably_prime(n))
}

/// Fermat's test to two bases. Composites of this size that pass are too rare to meet, and a signature would show it.
fn probably_prime(n: &BigUint) -> bool {
    let one = BigUint::from(1u32);
    [2u32, 3].into_iter().all(|base| BigUint::from(base).modpow(&(n - &one), n) == one)
}

fn integer(n: &BigUint) -> Vec<u8> {
    let mut bytes = n.to_bytes_be();
    if bytes[0] & 0x80 != 0 {
        bytes.insert(0, 0);
    }
    der(0x02, &bytes)
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        n @ 0..=127 => out.push(n as u8),
        n @ 128..=255 => out.extend([0x81, n as u8]),
        n => out.extend([0x82, (n >> 8) as u8, n as u8]),
    }
    out.extend(content);
    out
}

fn pem(der: &[u8]) -> String {
    let text = BASE64.encode(der);
    let lines: Vec<&str> = (0..text.len()).step_by(64).map(|i| &text[i..text.len().min(i + 64)]).collect();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};

    #[test]
    fn what_the_private_key_signs_the_public_one_verifies() {
        let pair = RsaPair::new(1).unwrap();
        assert_eq!(pair.private_pem, RsaPair::new(1).unwrap().private_pem);
        let der = BASE64
            .decode(pair.private_pem.lines().filter(|l| !l.starts_with('-')).collect::<String>().as_bytes());
        // PKCS#1 stands in the last octet string of PKCS#8.
        let der = der.unwrap();
        let pkcs1 = &der[4 + 3 + ALGORITHM.len() + 4..];
        let claims = serde_json::json!({"iss": "a", "exp": 4_000_000_000u64});
        let token =
            jsonwebtoken::encode(&Header::new(Algorithm::RS256), &claims, &EncodingKey::from_rsa_der(pkcs1))
                .unwrap();
        let key = DecodingKey::from_rsa_components(&pair.n, &pair.e).unwrap();
        let read =
            jsonwebtoken::decode::<serde_json::Value>(&token, &key, &Validation::new(Algorithm::RS256))
                .unwrap();
        assert_eq!(read.claims["iss"], "a");
        let other = RsaPair::new(2).unwrap();
        let key = DecodingKey::from_rsa_components(&other.n, &other.e).unwrap();
        assert!(
            jsonwebtoken::decode::<serde_json::Value>(&token, &key, &Validation::new(Algorithm::RS256))
                .is_err()
        );
    }
}
