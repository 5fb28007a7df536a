//! The console's two cookies: how they are written and read.
//! Called by the log-in routes (write) and by authentication (read).
//! Invariant: over HTTPS and loopback both carry the `__Host-` prefix with Secure, HttpOnly and Path=/, so that no other
//! host and no script can plant or read one; only `--insecure-http` drops prefix and Secure.

use std::time::Duration;

/// Which cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// The access token, sent with every request.
    Access,
    /// The refresh token, read by `/auth/refresh` and `/auth/logout` alone.
    Refresh,
}

/// How cookies are marked in this deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jar {
    /// False under `--insecure-http` alone.
    pub secure: bool,
    /// Whether a console on another origin may send them.
    pub same_site: SameSite,
}

/// The SameSite attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SameSite {
    /// The console comes from this server.
    #[default]
    Lax,
    /// The console comes from another site, by configuration. Browsers ask for Secure with it.
    None,
}

impl Jar {
    /// The cookie's name.
    pub fn name(self, cookie: Cookie) -> &'static str {
        match (self.secure, cookie) {
            (true, Cookie::Access) => "__Host-aegis_access",
            (true, Cookie::Refresh) => "__Host-aegis_refresh",
            (false, Cookie::Access) => "aegis_access",
            (false, Cookie::Refresh) => "aegis_refresh",
        }
    }

    /// Returns the `Set-Cookie` value that keeps `value` for `max_age`. `value` must be a token: base64url and dots.
    pub fn set(self, cookie: Cookie, value: &str, max_age: Duration) -> String {
        debug_assert!(value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
        let same_site = match self.same_site {
            SameSite::None if self.secure => "None",
            SameSite::None | SameSite::Lax => "Lax",
        };
        let secure = if self.secure { "; Secure" } else { "" };
        let (name, seconds) = (self.name(cookie), max_age.as_secs());
        format!("{name}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite={same_site}{secure}")
    }

    /// Returns the `Set-Cookie` value that deletes the cookie.
    pub fn clear(self, cookie: Cookie) -> String {
        self.set(cookie, "", Duration::ZERO)
    }

    /// Finds the cookie in a request's `Cookie` headers. Two different values under one name mean that somebody else
    /// planted one: then there is none.
    pub fn read<'a>(self, headers: impl IntoIterator<Item = &'a str>, cookie: Cookie) -> Option<&'a str> {
        let name = self.name(cookie);
        let mut values = headers
            .into_iter()
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(found, value)| *found == name && !value.is_empty())
            .map(|(_, value)| value);
        let first = values.next()?;
        values.all(|other| other == first).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAFE: Jar = Jar { secure: true, same_site: SameSite::Lax };
    const PLAIN: Jar = Jar { secure: false, same_site: SameSite::Lax };

    #[test]
    fn cookies_carry_every_protection() {
        assert_eq!(
            SAFE.set(Cookie::Access, "a.b-c_d", Duration::from_secs(900)),
            "__Host-aegis_access=a.b-c_d; Max-Age=900; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            PLAIN.set(Cookie::Refresh, "x", Duration::from_secs(60)),
            "aegis_refresh=x; Max-Age=60; Path=/; HttpOnly; SameSite=Lax"
        );
        let split = Jar { same_site: SameSite::None, ..SAFE };
        assert!(split.set(Cookie::Access, "x", Duration::ZERO).contains("SameSite=None; Secure"));
        let refused = Jar { same_site: SameSite::None, ..PLAIN };
        assert!(refused.set(Cookie::Access, "x", Duration::ZERO).contains("SameSite=Lax"));
        assert_eq!(
            SAFE.clear(Cookie::Refresh),
            "__Host-aegis_refresh=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        for (headers, expected) in [
            (&["__Host-aegis_access=abc"][..], Some("abc")),
            (&["theme=dark; __Host-aegis_access=abc;x=y"], Some("abc")),
            (&["theme=dark", "__Host-aegis_access=a=b"], Some("a=b")),
            (&["__Host-aegis_access=abc; __Host-aegis_access=abc"], Some("abc")),
            (&["__Host-aegis_access=abc; __Host-aegis_access=evil"], None),
            (&["aegis_access=abc"], None),
            (&["__host-aegis_access=abc"], None),
            (&["x__Host-aegis_access=abc", "__Host-aegis_access", "__Host-aegis_access="], None),
            (&[], None),
        ] {
            assert_eq!(SAFE.read(headers.iter().copied(), Cookie::Access), expected, "{headers:?}");
        }
        assert_eq!(PLAIN.read(["aegis_access=abc"], Cookie::Access), Some("abc"));
        assert_eq!(PLAIN.read(["__Host-aegis_access=abc"], Cookie::Access), None);
    }

    proptest! {
        #[test]
        fn what_is_set_is_read_back(value in "[A-Za-z0-9_.-]{1,80}", secure: bool, junk in "[a-z ;=]{0,20}") {
            let jar = Jar { secure, ..SAFE };
            let set = jar.set(Cookie::Refresh, &value, Duration::from_secs(1));
            let pair = set.split(';').next().unwrap();
            let header = format!("{junk}; {pair}");
            prop_assert_eq!(jar.read([header.as_str()], Cookie::Refresh), Some(value.as_str()));
        }
    }
}
