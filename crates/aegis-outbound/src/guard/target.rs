//! A URL that may be called, as far as its text tells.
//! Called by `client` for each call and each redirect, and by whoever saves a URL, to refuse it at once.
//! Invariant: what is kept is the URL as it will be sent; the host is a name or an address in its one form, so that
//! decimal, octal, hexadecimal, short and full-width spellings have all been read as the address they are.

use super::address::{Class, classify};
use super::{Reach, Refusal, Rules};
use std::fmt;
use std::net::IpAddr;
use url::{Host, Origin, Url};

/// Far above any API's URLs; below what servers refuse.
const MAX_URL: usize = 8 * 1024;

/// Names that clouds give their metadata services.
const METADATA_NAMES: &[&str] = &[
    "metadata",
    "metadata.google.internal",
    "metadata.goog",
    "instance-data",
    "instance-data.ec2.internal",
    "metadata.azure.internal",
    "metadata.azure.com",
    "metadata.platformequinix.com",
    "metadata.packet.net",
    "metadata.tencentyun.com",
    "api.metadata.cloud.ibm.com",
    "metadata.oraclecloud.com",
];

/// Schemes worth naming in a refusal.
const OTHER_SCHEMES: &[&str] =
    &["file:", "ftp:", "gopher:", "data:", "unix:", "ws:", "wss:", "socks5:", "ldap:", "javascript:"];

/// A URL that may be called. Its `Debug` and `Display` show host and port only: paths and queries hold secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Target(Url);

/// Where a call goes, as an operator would write it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostPort {
    /// Name or address; an IPv6 address in brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            443 => f.write_str(&self.host),
            port => write!(f, "{}:{port}", self.host),
        }
    }
}

impl Target {
    /// Returns the target that `text` names, or why it may not be called.
    pub fn parse(text: &str, rules: Rules) -> Result<Self, Refusal> {
        if text.len() > MAX_URL {
            return Err(Refusal::NotAUrl("it is too long"));
        }
        // The parser drops tabs and newlines and turns backslashes; other programs that read this text may not.
        if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err(Refusal::NotAUrl("it holds white space, a backslash or a control character"));
        }
        let url = Url::parse(text).map_err(|e| {
            Refusal::NotAUrl(match e {
                url::ParseError::RelativeUrlWithoutBase => "it has no scheme",
                url::ParseError::InvalidPort => "its port is no number up to 65535",
                _ => "its host cannot be read",
            })
        })?;
        Target::of(url, rules)
    }

    /// Returns the place a redirect from here leads to, or why it may not be called.
    pub fn join(&self, location: &str, rules: Rules) -> Result<Self, Refusal> {
        let bad = || Refusal::BadRedirect { host: self.host_port() };
        if location.len() > MAX_URL || location.chars().any(|c| c.is_control() || c == '\\') {
            return Err(bad());
        }
        Target::of(self.0.join(location).map_err(|_| bad())?, rules)
    }

    fn of(mut url: Url, rules: Rules) -> Result<Self, Refusal> {
        if !matches!(url.scheme(), "https" | "http") {
            let known = OTHER_SCHEMES.iter().find(|known| known.trim_end_matches(':') == url.scheme());
            return Err(Refusal::Scheme(known.unwrap_or(&"another scheme")));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Credentials);
        }
        url.set_fragment(None);
        let host = match url.host() {
            None => return Err(Refusal::NotAUrl("it has no host")),
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(name)) => {
                check_name(name, rules.reach)?;
                None
            }
        };
        let target = Target(url);
        if let Some(address) = host {
            check_address(target.host(), address, rules.reach)?;
        }
        if target.0.scheme() == "http" && !rules.plain_http {
            return Err(Refusal::PlainHttp { host: target.host_port() });
        }
        Ok(target)
    }

    /// The URL as it is sent.
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// Name or address of the host, in lower case; an IPv6 address in brackets.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The address, when the host is one.
    pub fn address(&self) -> Option<IpAddr> {
        match self.0.host()? {
            Host::Domain(_) => None,
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
        }
    }

    /// Host and port.
    pub fn host_port(&self) -> HostPort {
        HostPort { host: self.host().to_owned(), port: self.0.port_or_known_default().unwrap_or(443) }
    }

    /// True for `https:`.
    pub fn encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// True when scheme, host and port are the same.
    pub fn same_origin(&self, other: &Target) -> bool {
        matches!((self.0.origin(), other.0.origin()), (a @ Origin::Tuple(..), b) if a == b)
    }
}

fn check_name(name: &str, reach: Reach) -> Result<(), Refusal> {
    // one dot may stand at the end; with two, an address is read as a name
    let bare = name.strip_suffix('.').unwrap_or(name);
    if bare.split('.').any(str::is_empty) {
        return Err(Refusal::NotAUrl("its host has an empty part"));
    }
    // the URL standard lets more through, and what a resolver makes of that is anyone's guess
    if !bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
        return Err(Refusal::NotAUrl("its host holds a character that no host name has"));
    }
    if METADATA_NAMES.contains(&bare) {
        return Err(Refusal::Metadata { host: bare.to_owned() });
    }
    // RFC 6761: this name is always the machine itself. Behind a proxy nobody else would notice.
    let local = bare == "localhost" || bare.ends_with(".localhost");
    if local && !Class::Loopback.allowed(reach) {
        return Err(Refusal::Address { host: bare.to_owned(), address: None, class: Class::Loopback });
    }
    Ok(())
}

/// Refuses an address that may not be reached; `host` is what the URL calls it.
pub(super) fn check_address(host: &str, address: IpAddr, reach: Reach) -> Result<(), Refusal> {
    let class = classify(address);
    if class.allowed(reach) {
        return Ok(());
    }
    Err(Refusal::Address { host: host.to_owned(), address: Some(address), class })
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({self})")
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.0.scheme(), self.host_port())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Rules = Rules { reach: Reach::Private, plain_http: true };

    #[test]
    fn every_spelling_of_the_metadata_address_is_refused_whatever_is_allowed() {
        for host in [
            "169.254.169.254",
            "169.254.169.254.",
            "2852039166",
            "0xa9fea9fe",
            "0xA9.0xFE.0xA9.0xFE",
            "0251.0376.0251.0376",
            "025177524776",
            "169.254.43518",
            "169.16689662",
            "0xa9.254.0251.254",
            "%31%36%39.254.169.254",
            "１６９.２５４.１６９.２５４",
            "169。254。169。254",
            "①⑥⑨.②⑤④.①⑥⑨.②⑤④",
            "[::ffff:169.254.169.254]",
            "[::ffff:a9fe:a9fe]",
            "[::169.254.169.254]",
            "[::ffff:0:169.254.169.254]",
            "[64:ff9b::a9fe:a9fe]",
            "[64:ff9b:1::a9fe:a9fe]",
            "[2002:a9fe:a9fe::]",
            "[2001:0:a9fe:a9fe:0:0:5601:5601]",
            "[fd00:ec2::254]",
            "[fd00:ec2:0:0:0:0:0:254]",
            "[fe80::a9fe:a9fe]",
            "metadata.google.internal",
            "METADATA.google.internal.",
            "metadata.goog",
            "metadata",
            "instance-data",
            "100.100.100.200",
            "168.63.129.16",
            "0.0.0.0",
            "0",
            "[::]",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "[2001:db8::1]",
            "[ff02::1]",
        ] {
            for url in [format!("http://{host}/latest/meta-data/"), format!("https://{host}:8443/x")] {
                let refused = Target::parse(&url, OPEN).expect_err(&url);
                assert_eq!(refused.word(), "address", "{url}: {refused}");
            }
        }
    }

    #[test]
    fn private_places_need_leave() {
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "017700000001",
            "localhost",
            "LOCALHOST.",
            "x.localhost",
            "10.0.0.5",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "[::1]",
            "[fc00::1]",
            "[::ffff:10.0.0.1]",
            "[64:ff9b::10.0.0.1]",
        ] {
            let url = format!("http://{host}/");
            assert!(Target::parse(&url, OPEN).is_ok(), "{url}");
            let refused =
                Target::parse(&url, Rules { reach: Reach::Public, plain_http: true }).expect_err(&url);
            assert!(refused.to_string().contains("allow private addresses"), "{url}: {refused}");
        }
    }

    #[test]
    fn what_is_no_plain_web_address_is_refused() {
        for (url, word) in [
            ("file:///etc/passwd", "scheme"),
            ("gopher://example.com/", "scheme"),
            ("ftp://example.com/", "scheme"),
            ("data:text/plain,x", "scheme"),
            ("unix:/var/run/docker.sock", "scheme"),
            ("javascript:alert(1)", "scheme"),
            ("http://example.com/", "scheme"),
            ("https://user@example.com/", "credentials"),
            ("https://user:secret@example.com/", "credentials"),
            ("https://:secret@example.com/", "credentials"),
            ("", "url"),
            ("example.com", "url"),
            ("//example.com/", "url"),
            ("https://", "url"),
            ("https:///", "url"),
            ("https://exa mple.com/", "url"),
            ("https://example.com\\@10.0.0.1/", "url"),
            ("https://exam\tple.com/", "url"),
            ("https://example.com/\n", "url"),
            ("https://[::1", "url"),
            ("https://1.2.3.4.5/", "url"),
            ("https://[fe80::1%eth0]/", "url"),
            ("https://example.com:99999/", "url"),
            ("https://169.254.169.254../", "url"),
            ("https://a..example.com/", "url"),
            ("https://+2349382267/", "url"),
            ("https://a!b.example.com/", "url"),
        ] {
            let refused = Target::parse(url, Rules::default()).expect_err(url);
            assert_eq!(refused.word(), word, "{url}: {refused}");
        }
    }

    #[test]
    fn what_is_shown_of_a_url_is_its_host() {
        let target =
            Target::parse("https://Hooks.Example.com:8443/T0/secret?key=secret#secret", Rules::default())
                .unwrap();
        assert_eq!(
            format!("{target} {target:?}"),
            "https://hooks.example.com:8443 Target(https://hooks.example.com:8443)"
        );
        assert_eq!(target.url().as_str(), "https://hooks.example.com:8443/T0/secret?key=secret");
    }

    #[test]
    fn a_redirect_is_read_like_a_url() {
        let from = Target::parse("https://example.com/a/b", Rules::default()).unwrap();
        for (location, to) in [
            ("c", "https://example.com/a/c"),
            ("/c?d#e", "https://example.com/c?d"),
            ("//other.com", "https://other.com/"),
        ] {
            assert_eq!(from.join(location, Rules::default()).unwrap().url().as_str(), to);
        }
        for (location, word) in [
            ("http://169.254.169.254/", "address"),
            ("//2852039166/", "address"),
            ("file:///etc/passwd", "scheme"),
            ("https://u:p@example.com/", "credentials"),
            ("https://[", "redirect"),
            ("\\\\10.0.0.1", "redirect"),
        ] {
            assert_eq!(from.join(location, Rules::default()).expect_err(location).word(), word, "{location}");
        }
    }
}
