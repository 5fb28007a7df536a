//! Password hashes: Argon2id, kept as PHC strings.
//! Called at log-in, registration and password change, off the async runtime: one hash takes tens of milliseconds.
//! Invariant: checking a password costs the same whether or not the account exists, see [`verify`].

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use rand::CryptoRng;
use secrecy::{ExposeSecret, SecretString};

/// Memory of one hash, in KiB: 19 MiB, the OWASP password storage cheat sheet's first choice for Argon2id (2025).
pub const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over that memory.
pub const PASSES: u32 = 2;
/// Lanes: one, since the server hashes several passwords at once rather than one on several cores.
pub const LANES: u32 = 1;

/// What an unknown account's password is checked against, with the parameters above. Of 32 random bytes nobody kept.
const DUMMY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$3Q0KVaPH0aKpSd2jcKHkxA$a0bJq1nHk9F3cGQ2mWcRrT0pTfWcXcVbq9hYx2eLw4o";

/// The hash could not be computed: the machine has no 19 MiB to give.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub struct HashError(String);

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not this password, or no such account.
    Wrong,
    /// The right password.
    Right,
    /// The right password under weaker parameters than today's: hash it again and store that.
    RightButWeaklyHashed,
}

impl Verdict {
    /// True when the password was right.
    pub fn is_right(self) -> bool {
        match self {
            Verdict::Wrong => false,
            Verdict::Right | Verdict::RightButWeaklyHashed => true,
        }
    }
}

/// Returns the PHC string to store for a password.
pub fn hash(password: &SecretString, rng: &mut impl CryptoRng) -> Result<String, HashError> {
    let mut salt = [0u8; 16];
    rng.fill_bytes(&mut salt);
    hasher()
        .hash_password_with_salt(password.expose_secret().as_bytes(), &salt)
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|e| HashError(e.to_string()))
}

/// Checks a password against what is stored. Without a stored hash (no such account, or one that only comes by SSO)
/// it does the same work against a dummy and answers `Wrong`.
pub fn verify(password: &SecretString, stored: Option<&str>) -> Verdict {
    let known = stored.and_then(|phc| PasswordHash::new(phc).ok());
    let known_account = known.is_some();
    let hash = known.unwrap_or_else(dummy);
    let matches = hasher().verify_password(password.expose_secret().as_bytes(), &hash).is_ok();
    match (known_account && matches, is_weaker(&hash)) {
        (false, _) => Verdict::Wrong,
        (true, true) => Verdict::RightButWeaklyHashed,
        (true, false) => Verdict::Right,
    }
}

fn hasher() -> Argon2<'static> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the constants lie within Argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn dummy() -> PasswordHash {
    PasswordHash::new(DUMMY).expect("a test parses the constant")
}

fn is_weaker(hash: &PasswordHash) -> bool {
    let Ok(params) = Params::try_from(hash) else { return true };
    hash.algorithm.as_str() != "argon2id" || params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;
    use std::time::Instant;

    fn secret(text: &str) -> SecretString {
        text.into()
    }

    #[test]
    fn a_hash_verifies_its_own_password_only() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let phc = hash(&secret("correct horse battery"), &mut rng).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert_eq!(verify(&secret("correct horse battery"), Some(&phc)), Verdict::Right);
        assert_eq!(verify(&secret("correct horse batterY"), Some(&phc)), Verdict::Wrong);
        assert_eq!(verify(&secret(""), Some(&phc)), Verdict::Wrong);
        assert_ne!(hash(&secret("correct horse battery"), &mut rng).unwrap(), phc, "salts differ");
    }

    #[test]
    fn no_password_opens_an_account_without_one() {
        for stored in [None, Some(""), Some("x"), Some("$2b$12$broken"), Some("$argon2id$v=19$m=19456")] {
            assert_eq!(verify(&secret(""), stored), Verdict::Wrong, "{stored:?}");
            assert_eq!(verify(&secret("anything at all"), stored), Verdict::Wrong, "{stored:?}");
        }
    }

    #[test]
    fn a_weaker_hash_is_right_but_asks_to_be_renewed() {
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(4096, 1, 1, None).unwrap());
        let phc: PasswordHash = weak.hash_password_with_salt(b"an old password", &[7; 16]).unwrap();
        let phc = phc.to_string();
        assert_eq!(verify(&secret("an old password"), Some(&phc)), Verdict::RightButWeaklyHashed);
        assert_eq!(verify(&secret("another password"), Some(&phc)), Verdict::Wrong);
    }

    #[test]
    fn the_dummy_costs_what_a_real_hash_costs() {
        assert!(!is_weaker(&dummy()));
        let phc = hash(&secret("correct horse battery"), &mut ChaCha20Rng::seed_from_u64(2)).unwrap();
        let real = PasswordHash::new(&phc).unwrap();
        assert_eq!(Params::try_from(&dummy()).unwrap(), Params::try_from(&real).unwrap());

        let fastest = |stored: Option<&str>| {
            (0..3)
                .map(|_| {
                    let start = Instant::now();
                    verify(&secret("wrong password"), stored);
                    start.elapsed()
                })
                .min()
                .unwrap()
        };
        // Loose on purpose: the point is "the same work", not "no work at all".
        assert!(fastest(None) * 4 > fastest(Some(&phc)));
    }
}
