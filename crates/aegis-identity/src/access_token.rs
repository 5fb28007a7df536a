//! The access token of the console: a JWT that names a user and a session for 15 minutes, and nothing else.
//! Role and revocation are read from the store by who verifies it, so that taking a right away does not wait for it to
//! expire. Issued at log-in and refresh, verified at every request.
//! Invariant: HS256 and nothing else; the clock is the caller's.

use aegis_domain::{SessionId, Timestamp, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// How long an access token holds.
pub const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// Shortest key: as long as the hash's output (RFC 7518, section 3.2).
pub const MIN_KEY_BYTES: usize = 32;
/// Longer texts are no token of ours and are not decoded.
const MAX_BYTES: usize = 1024;
/// How far the clocks of two nodes may lie apart before a token counts as issued in the future.
const LEEWAY_SECONDS: i64 = 60;

const ISSUER: &str = "aegisflow";
const AUDIENCE: &str = "aegisflow-console";
/// Says that this is an access token, so that no other JWT under the same key passes for one (RFC 9068).
const TYPE: &str = "at+jwt";

/// The signing key. Cannot be printed.
#[derive(Clone)]
pub struct AccessKey {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessKey([REDACTED])")
    }
}

/// Why a key was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Too short to sign with.
    #[error("the access key must have at least {MIN_KEY_BYTES} bytes")]
    TooShort,
    /// All bytes are the same: nothing random made this.
    #[error("the access key is not random")]
    Weak,
}

/// Why a token was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// Was ours; a refresh gets a new one.
    #[error("the access token has expired")]
    Expired,
    /// Not ours.
    #[error("the access token is not valid")]
    Invalid,
}

/// Whom a valid token names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearer {
    /// The person.
    pub user: UserId,
    /// The device.
    pub session: SessionId,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: UserId,
    sid: SessionId,
    iat: i64,
    exp: i64,
    iss: String,
    aud: String,
}

impl AccessKey {
    /// Takes key material, 32 random bytes or more.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let (first, rest) = bytes.split_first().ok_or(KeyError::TooShort)?;
        if bytes.len() < MIN_KEY_BYTES {
            return Err(KeyError::TooShort);
        }
        if rest.iter().all(|byte| byte == first) {
            return Err(KeyError::Weak);
        }
        let mut validation = Validation::new(Algorithm::HS256);
        // The library reads the machine's clock; `verify` reads the one it is given.
        validation.validate_exp = false;
        validation.set_required_spec_claims(&["exp", "sub", "iss", "aud"]);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        Ok(AccessKey {
            encoding: EncodingKey::from_secret(bytes),
            decoding: DecodingKey::from_secret(bytes),
            validation,
        })
    }

    /// Issues a token that holds from `now` for [`LIFETIME`].
    pub fn issue(&self, bearer: Bearer, now: Timestamp) -> SecretString {
        let issued = now.millis().div_euclid(1000);
        let claims = Claims {
            sub: bearer.user,
            sid: bearer.session,
            iat: issued,
            exp: issued + LIFETIME.as_secs() as i64,
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
        };
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TYPE.into());
        jsonwebtoken::encode(&header, &claims, &self.encoding)
            .expect("ids and integers always serialise, and an HMAC takes any key")
            .into()
    }

    /// Returns whom a token names at `now`.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Bearer, AccessError> {
        if token.len() > MAX_BYTES {
            return Err(AccessError::Invalid);
        }
        let token = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation)
            .map_err(|_| AccessError::Invalid)?;
        let now = now.millis().div_euclid(1000);
        let Claims { sub, sid, iat, exp, .. } = token.claims;
        if token.header.typ.as_deref() != Some(TYPE) || iat > now.saturating_add(LEEWAY_SECONDS) {
            return Err(AccessError::Invalid);
        }
        if exp <= now {
            return Err(AccessError::Expired);
        }
        Ok(Bearer { user: sub, session: sid })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
    use proptest::prelude::*;
    use secrecy::ExposeSecret;
    use serde_json::json;

    const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";
    const OTHER: &[u8] = b"0123456789abcdef0123456789abcdeF";

    fn now() -> Timestamp {
        "2026-11-23T09:00:00.000Z".parse().unwrap()
    }

    fn bearer() -> Bearer {
        Bearer { user: UserId::new(), session: SessionId::new() }
    }

    fn key() -> AccessKey {
        AccessKey::from_bytes(KEY).unwrap()
    }

    /// Signs anything with the right key, as a forger who stole it for another purpose would.
    fn signed(header: serde_json::Value, claims: serde_json::Value) -> String {
        let head = format!("{}.{}", B64.encode(header.to_string()), B64.encode(claims.to_string()));
        let signature =
            jsonwebtoken::crypto::sign(head.as_bytes(), &EncodingKey::from_secret(KEY), Algorithm::HS256)
                .unwrap();
        format!("{head}.{signature}")
    }

    #[test]
    fn a_token_holds_for_fifteen_minutes() {
        let (key, bearer) = (key(), bearer());
        let token = key.issue(bearer, now());
        let token = token.expose_secret();
        assert_eq!(key.verify(token, now()), Ok(bearer));
        assert_eq!(key.verify(token, now().plus(LIFETIME).minus(Duration::from_secs(1))), Ok(bearer));
        assert_eq!(key.verify(token, now().plus(LIFETIME)), Err(AccessError::Expired));
        assert_eq!(key.verify(token, now().minus(Duration::from_secs(3600))), Err(AccessError::Invalid));
    }

    #[test]
    fn another_key_opens_nothing() {
        let token = key().issue(bearer(), now());
        let other = AccessKey::from_bytes(OTHER).unwrap();
        assert_eq!(other.verify(token.expose_secret(), now()), Err(AccessError::Invalid));
    }

    #[test]
    fn weak_keys_are_refused() {
        assert_eq!(AccessKey::from_bytes(b"").err(), Some(KeyError::TooShort));
        assert_eq!(AccessKey::from_bytes(&KEY[..31]).err(), Some(KeyError::TooShort));
        assert_eq!(AccessKey::from_bytes(&[0; 32]).err(), Some(KeyError::Weak));
        assert!(!format!("{:?}", key()).contains("0123"));
    }

    #[test]
    fn only_our_kind_of_token_passes() {
        let seconds = now().millis() / 1000;
        let good = json!({
            "sub": UserId::new(), "sid": SessionId::new(), "iat": seconds, "exp": seconds + 60,
            "iss": ISSUER, "aud": AUDIENCE,
        });
        let head = json!({"alg": "HS256", "typ": TYPE});
        let with = |name: &str, value: serde_json::Value| {
            let mut claims = good.clone();
            claims[name] = value;
            claims
        };
        assert!(key().verify(&signed(head.clone(), good.clone()), now()).is_ok(), "the forger's tool works");
        for (why, token) in [
            ("no algorithm", signed(json!({"alg": "none", "typ": TYPE}), good.clone())),
            ("another algorithm", signed(json!({"alg": "HS512", "typ": TYPE}), good.clone())),
            ("another type", signed(json!({"alg": "HS256", "typ": "JWT"}), good.clone())),
            ("no type", signed(json!({"alg": "HS256"}), good.clone())),
            ("another issuer", signed(head.clone(), with("iss", json!("else")))),
            ("another audience", signed(head.clone(), with("aud", json!("else")))),
            ("no user", signed(head.clone(), with("sub", json!(null)))),
            ("no session", signed(head.clone(), with("sid", json!("not an id")))),
            ("no end", signed(head.clone(), with("exp", json!(null)))),
            ("an end before 1970", signed(head.clone(), with("exp", json!(-5)))),
            ("an end that is text", signed(head.clone(), with("exp", json!("9999999999")))),
        ] {
            assert_eq!(key().verify(&token, now()), Err(AccessError::Invalid), "{why}");
        }
        assert_eq!(key().verify(&signed(head, with("exp", json!(5))), now()), Err(AccessError::Expired));
    }

    proptest! {
        #[test]
        fn a_changed_byte_voids_the_token(at in 0usize..300, to in any::<u8>()) {
            let key = key();
            let token = key.issue(bearer(), now());
            let mut bytes = token.expose_secret().as_bytes().to_vec();
            // The last character of a base64 signature carries unused bits; the library refuses those it does not write.
            let at = at % bytes.len();
            prop_assume!(bytes[at] != to);
            bytes[at] = to;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            prop_assert_eq!(key.verify(&text, now()), Err(AccessError::Invalid));
        }

        #[test]
        fn any_text_is_refused_without_panic(text in "\\PC{0,200}") {
            prop_assert_eq!(key().verify(&text, now()), Err(AccessError::Invalid));
        }
    }
}
