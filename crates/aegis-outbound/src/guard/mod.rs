//! Which places a call may reach at all.
//! Called by `client` before each call and each redirect (`target`), and by the HTTP library for each connection
//! (`resolve`), so that what was checked is what is connected to.
//! Invariant: no connection to a metadata service or a link-local address, whatever a policy says.

pub mod address;
mod resolve;
mod target;

pub use resolve::{Answering, Lookup, SystemLookup};
pub(crate) use resolve::{Filtered, OnlyProxy};
pub use target::{HostPort, Target};

use address::Class;
use std::net::IpAddr;

/// How far a destination's calls may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Reach {
    /// Only the internet.
    #[default]
    Public,
    /// Private addresses and this machine, too: an operator said so for this destination.
    Private,
}

/// What the guard takes for granted about a destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rules {
    /// How far it may reach.
    pub reach: Reach,
    /// Whether `http:` is allowed, too.
    pub plain_http: bool,
}

/// Why a call is not made. The text says what to change; it never holds a path, a query or a credential.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No URL with a host.
    #[error("this is no URL such as https://api.example.com/v1: {0}")]
    NotAUrl(&'static str),
    /// A scheme other than HTTP's; named when it is a known one, since anything can stand before a colon.
    #[error("only https: addresses are called, not {0}")]
    Scheme(&'static str),
    /// Unencrypted, and the destination does not allow it.
    #[error(
        "{host} would be called without encryption: use https:, or allow plain http for this destination"
    )]
    PlainHttp {
        /// Where the call was to go.
        host: HostPort,
    },
    /// A user name or password before the host.
    #[error("the URL holds a user name or password: take it out, and store it as the credential")]
    Credentials,
    /// A name of a metadata service.
    #[error("{host} is a cloud's metadata service, which is never called")]
    Metadata {
        /// The name.
        host: String,
    },
    /// An address the destination may not reach.
    #[error("{}", refused_address(host, address, *class))]
    Address {
        /// The host of the URL.
        host: String,
        /// The address it is or stands for; none when the name alone decides.
        address: Option<IpAddr>,
        /// What that address is.
        class: Class,
    },
    /// Not on the operator's list.
    #[error(
        "{host} is not on the egress allow-list: add it there, and in the firewall, if it should be called"
    )]
    NotOnList {
        /// Where the call was to go.
        host: HostPort,
    },
    /// From an encrypted to a plain address.
    #[error("{from} redirects to {to} without encryption, which is not followed")]
    Downgrade {
        /// Who redirects.
        from: HostPort,
        /// Where to.
        to: HostPort,
    },
    /// To another origin, with the same body.
    #[error(
        "{from} redirects the call with its body to {to}, which is not followed: set that address yourself if it is right"
    )]
    CarriesBody {
        /// Who redirects.
        from: HostPort,
        /// Where to.
        to: HostPort,
    },
    /// Round and round, or too far.
    #[error("{host} redirects more than {limit} times: set the final address yourself")]
    TooManyRedirects {
        /// Where the last answer came from.
        host: HostPort,
        /// How many are followed.
        limit: u8,
    },
    /// A redirect that names no place.
    #[error("{host} redirects to something that is no URL")]
    BadRedirect {
        /// Who redirects.
        host: HostPort,
    },
}

impl Refusal {
    /// A word for metrics.
    pub const fn word(&self) -> &'static str {
        match self {
            Refusal::NotAUrl(_) => "url",
            Refusal::Scheme(_) | Refusal::PlainHttp { .. } => "scheme",
            Refusal::Credentials => "credentials",
            Refusal::Metadata { .. } | Refusal::Address { .. } => "address",
            Refusal::NotOnList { .. } => "allow_list",
            Refusal::Downgrade { .. }
            | Refusal::CarriesBody { .. }
            | Refusal::TooManyRedirects { .. }
            | Refusal::BadRedirect { .. } => "redirect",
        }
    }
}

fn refused_address(host: &str, address: &Option<IpAddr>, class: Class) -> String {
    let what = match address {
        Some(address) if address.to_string() != host.trim_matches(['[', ']']) => {
            format!("{host} leads to {address}, {class}")
        }
        _ => format!("{host} is {class}"),
    };
    if class.could_be_allowed() {
        format!("{what}: allow private addresses for this destination if that is meant")
    } else {
        format!("{what}, which is never called")
    }
}
