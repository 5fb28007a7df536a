//! Short-lived tokens, kept until a minute before they end.
//! Called by `send`. Invariant: no token is handed out for another credential or scope than it was made for.

use aegis_domain::Timestamp;
use parking_lot::Mutex;
use secrecy::SecretString;
use std::collections::HashMap;
use std::time::Duration;

/// Tokens kept; beyond it, those that ended are forgotten, then all.
const MAX: usize = 4096;
/// How long before its end a token is no longer used.
const MARGIN: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(crate) struct Tokens(Mutex<HashMap<(String, &'static str), Token>>);

struct Token {
    secret: SecretString,
    until: Timestamp,
}

impl Tokens {
    pub fn get(&self, id: &str, scope: &'static str, now: Timestamp) -> Option<SecretString> {
        let tokens = self.0.lock();
        tokens.get(&(id.to_owned(), scope)).filter(|t| now < t.until).map(|t| t.secret.clone())
    }

    pub fn keep(&self, id: &str, scope: &'static str, secret: SecretString, now: Timestamp, lasts: Duration) {
        let mut tokens = self.0.lock();
        if tokens.len() >= MAX {
            tokens.retain(|_, t| now < t.until);
        }
        if tokens.len() >= MAX {
            tokens.clear();
        }
        let until = now.plus(lasts.saturating_sub(MARGIN));
        tokens.insert((id.to_owned(), scope), Token { secret, until });
    }

    pub fn forget(&self, id: &str, scope: Option<&str>) {
        self.0.lock().retain(|(of, for_what), _| of != id || scope.is_some_and(|s| s != *for_what));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn a_token_serves_its_credential_and_scope_until_a_minute_before_its_end() {
        let tokens = Tokens::default();
        let at = |s: i64| Timestamp::from_millis(s * 1000);
        let get = |id, scope, s| tokens.get(id, scope, at(s)).map(|t| t.expose_secret().to_owned());
        tokens.keep("a", "x", "t1".into(), at(0), Duration::from_secs(3600));
        assert_eq!(get("a", "x", 3539).as_deref(), Some("t1"));
        assert_eq!(get("a", "x", 3540), None);
        assert_eq!((get("b", "x", 0), get("a", "y", 0)), (None, None));
        tokens.keep("a", "y", "t2".into(), at(0), Duration::from_secs(3600));
        tokens.forget("a", Some("x"));
        assert_eq!((get("a", "x", 0), get("a", "y", 0).as_deref()), (None, Some("t2")));
        tokens.forget("a", None);
        assert_eq!(get("a", "y", 0), None);
        tokens.keep("a", "x", "t".into(), at(0), Duration::from_secs(30));
        assert_eq!(get("a", "x", 0), None, "one that ends within a minute is not kept");
    }
}
