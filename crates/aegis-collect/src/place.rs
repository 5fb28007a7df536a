//! From a request's place to a URL, and whether the credential may go there. Pure.
//! Called by `send`. Invariant: only what lies below a base of the catalogue, or of what replaces it, is trusted.

use crate::access::Access;
use crate::send::SendError;
use aegis_vendors::admin::{Host, Place};
use url::Url;

/// Where a request goes.
pub(crate) struct Destination {
    pub url: Url,
    /// The base it lies below, if it is one of the catalogue's: then the credential may go along.
    base: Option<Url>,
}

impl Destination {
    /// True when the credential may go along.
    pub fn trusted(&self) -> bool {
        self.base.is_some()
    }
}

/// Returns where a redirect leads. Once away from the base that it began at, the credential does not come back.
pub(crate) fn redirected(from: &Destination, location: &str) -> Result<Destination, SendError> {
    let bad = || SendError::Unusable("the vendor redirects to something that is no URL".to_owned());
    let url = from.url.join(location).map_err(|_| bad())?;
    if from.url.scheme() == "https" && url.scheme() != "https" {
        return Err(SendError::Unusable("the vendor redirects to an address without encryption".to_owned()));
    }
    let base = from.base.clone().filter(|base| below(&url, base));
    Ok(Destination { url, base })
}

/// Returns where a request goes with this credential.
pub(crate) fn destination(access: &Access, place: &Place) -> Result<Destination, SendError> {
    match place {
        Place::Host { host, path, query } => {
            let known = access.api.catalogue().host(host);
            let known = known.ok_or_else(|| SendError::Unusable(format!("no host is called {host}")))?;
            let base = base(access, known)?;
            let mut url = parse(&format!("{}{path}", base.as_str().trim_end_matches('/')))?;
            if !query.is_empty() {
                url.query_pairs_mut().extend_pairs(query);
            }
            Ok(Destination { url, base: Some(base) })
        }
        Place::Link(address) => link(access, address),
    }
}

/// An address that the vendor gave. One at the vendor's own host goes where that host is replaced by another.
fn link(access: &Access, address: &str) -> Result<Destination, SendError> {
    let mut url = parse(address)?;
    for host in access.api.catalogue().hosts {
        // one whose field this kind of credential does not have is none of its hosts
        let Ok(base) = base(access, host) else { continue };
        if below(&url, &base) {
            return Ok(Destination { url, base: Some(base) });
        }
        let real = filled(access, host.base).and_then(|real| parse(&real));
        if let Ok(real) = real
            && below(&url, &real)
            && let Some(rest) = url.as_str().strip_prefix(real.as_str().trim_end_matches('/'))
        {
            url = parse(&format!("{}{rest}", base.as_str().trim_end_matches('/')))?;
            return Ok(Destination { url, base: Some(base) });
        }
    }
    Ok(Destination { url, base: None })
}

fn base(access: &Access, host: &Host) -> Result<Url, SendError> {
    parse(&filled(access, access.bases.get(host.name).map_or(host.base, String::as_str))?)
}

/// `{field}` replaced by the public field of that name: a word that may stand in a host's name, or, where nothing else
/// is there, a whole address.
fn filled(access: &Access, base: &str) -> Result<String, SendError> {
    let alone = base.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if let Some(name) = alone.filter(|name| !name.contains(['{', '}'])) {
        return address(name, access.credential.public.get(name).map_or("", String::as_str));
    }
    let mut out = String::new();
    let mut rest = base;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after
            .split_once('}')
            .ok_or_else(|| SendError::Unusable("the base URL has a { without a }".to_owned()))?;
        let value = access.credential.public.get(name).map_or("", String::as_str);
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if value.is_empty() || !value.chars().all(word) {
            return Err(SendError::Unusable(format!("{name} must be filled in, with letters, digits and -")));
        }
        out.push_str(before);
        out.push_str(value);
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

/// A field that is an address: paths are added to it.
fn address(name: &str, value: &str) -> Result<String, SendError> {
    let plain = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && (url.username(), url.password(), url.query(), url.fragment()) == ("", None, None, None)
    };
    let url = Url::parse(value.trim()).ok().filter(plain);
    let url = url.ok_or_else(|| {
        SendError::Unusable(format!("{name} must be an address such as https://host.example, and no more"))
    })?;
    Ok(url.into())
}

fn parse(text: &str) -> Result<Url, SendError> {
    Url::parse(text).map_err(|_| SendError::Unusable("the address is no URL".to_owned()))
}

/// True for an address on the same origin whose path begins as the base's does.
fn below(url: &Url, base: &Url) -> bool {
    let prefix = base.path().trim_end_matches('/');
    let rest = url.path().strip_prefix(prefix);
    base.origin().is_tuple()
        && url.origin() == base.origin()
        && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_vendors::admin::{Credential, admin};

    fn azure(resource: &str) -> Access {
        let mut credential = Credential { kind: "resource_key".into(), ..Credential::default() };
        credential.public.insert("resource".into(), resource.into());
        Access::new("c", admin("azure_openai").expect("azure"), credential)
    }

    fn host(host: &'static str, path: &str) -> Place {
        Place::Host { host, path: path.into(), query: vec![("a[]".into(), "b c&d".into())] }
    }

    #[test]
    fn fields_fill_the_host_and_nothing_else() {
        let url = destination(&azure("nw-openai"), &host("resource", "/openai/models")).expect("url").url;
        assert_eq!(url.as_str(), "https://nw-openai.openai.azure.com/openai/models?a%5B%5D=b+c%26d");
        for evil in ["", "evil.example/", "a@b", "a#", "a?b", "a\\b", "a b"] {
            assert!(destination(&azure(evil), &host("resource", "/")).is_err(), "{evil}");
        }
    }

    #[test]
    fn a_field_may_be_the_whole_address() {
        let at = |address: &str| {
            let mut credential = Credential { kind: "server".into(), ..Credential::default() };
            credential.public.insert("address".into(), address.into());
            let access = Access::new("c", admin("ollama").expect("ollama"), credential);
            let place = Place::Host { host: "server", path: "/api/ps".into(), query: vec![] };
            destination(&access, &place).map(|to| to.url.to_string())
        };
        for (address, url) in [
            ("http://127.0.0.1:11434", "http://127.0.0.1:11434/api/ps"),
            ("http://[::1]:11434/", "http://[::1]:11434/api/ps"),
            ("https://host.example/behind/a/proxy", "https://host.example/behind/a/proxy/api/ps"),
        ] {
            assert_eq!(at(address).as_deref(), Ok(url));
        }
        for address in
            ["", "host", "file:///etc", "http://a@host", "http://a:b@host", "http://h/?q", "http://h/#f"]
        {
            assert!(at(address).is_err_and(|e| e.to_string().contains("address must be")), "{address}");
        }
    }

    #[test]
    fn a_link_is_trusted_at_the_catalogues_origins_only() {
        let mut access = azure("nw");
        for (link, trusted, goes) in [
            ("https://management.azure.com/x?y=1", true, "https://management.azure.com/x?y=1"),
            ("https://management.azure.com:444/x", false, "https://management.azure.com:444/x"),
            ("http://management.azure.com/x", false, "http://management.azure.com/x"),
            (
                "https://management.azure.com.evil.example/x",
                false,
                "https://management.azure.com.evil.example/x",
            ),
            ("https://files.example/x", false, "https://files.example/x"),
        ] {
            let to = destination(&access, &Place::Link(link.into())).expect(link);
            assert_eq!((to.trusted(), to.url.as_str()), (trusted, goes));
        }
        access.bases.insert("management".into(), "https://inside.example/arm/".into());
        for (link, trusted, goes) in [
            ("https://management.azure.com/x?y=1", true, "https://inside.example/arm/x?y=1"),
            ("https://inside.example/arm/z", true, "https://inside.example/arm/z"),
            ("https://inside.example/armoury", false, "https://inside.example/armoury"),
            ("https://inside.example/arm/../z", false, "https://inside.example/z"),
            ("https://files.example/x", false, "https://files.example/x"),
        ] {
            let to = destination(&access, &Place::Link(link.into())).expect(link);
            assert_eq!((to.trusted(), to.url.as_str()), (trusted, goes));
        }
        assert!(destination(&access, &Place::Link("no address".into())).is_err());
    }

    #[test]
    fn a_redirect_takes_the_credential_along_below_a_base_only_and_never_to_plain_http() {
        let access = azure("nw");
        let from = destination(&access, &host("management", "/a/b")).expect("url");
        for (location, trusted) in [
            ("/c", Some(true)),
            ("https://management.azure.com/c", Some(true)),
            ("https://files.example/c?sig=1", Some(false)),
            ("//files.example/c", Some(false)),
            ("http://management.azure.com/c", None),
            ("https://", None),
        ] {
            let to = redirected(&from, location).ok().map(|to| to.trusted());
            assert_eq!(to, trusted, "{location}");
        }
        let away = redirected(&from, "https://files.example/c").expect("away");
        assert!(!redirected(&away, "https://management.azure.com/c").expect("back").trusted());
    }
}
