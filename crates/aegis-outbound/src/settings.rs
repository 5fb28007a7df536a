//! What a client is made of, and the HTTP library's clients beneath it.
//! Called at start by the server, and by tests with their own time, look-up and chance.

use crate::allow_list::AllowList;
use crate::guard::{Filtered, Lookup, OnlyProxy, Reach, SystemLookup};
use crate::limits;
use crate::observe::{Observer, Unobserved};
use crate::proxy::Proxy;
use crate::rate::Pace;
use crate::time::{SystemTime, Time};
use reqwest::dns::Resolve;
use reqwest::{Certificate, redirect};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// Whose certificates are trusted.
#[derive(Debug, Clone, Default)]
pub enum Roots {
    /// Those the operating system trusts.
    #[default]
    System,
    /// Those, and the authorities of a PEM file besides: for networks that inspect TLS, and private endpoints.
    SystemAnd(Vec<u8>),
    /// Only the authorities of a PEM file.
    Only(Vec<u8>),
    /// Nobody's: for a machine without authorities that calls nothing encrypted.
    None,
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The CA file is of no use.
    #[error("the CA file holds no PEM certificate that can be read")]
    CaFile,
    /// The library's client could not be made; in an image without CA files, its store is empty.
    #[error("no HTTPS client can be made ({0}): if this machine has no CA certificates, give a CA file")]
    Client(#[source] reqwest::Error),
}

/// What a client is made of.
pub struct Settings {
    /// Whose certificates are trusted.
    pub roots: Roots,
    /// The proxy calls go through.
    pub proxy: Option<Proxy>,
    /// The hosts that may be called; none means all.
    pub allow_list: Option<AllowList>,
    /// The pace of each vendor, by id.
    pub paces: HashMap<String, Pace>,
    /// The pace of everybody else.
    pub usual_pace: Pace,
    /// What the client calls itself.
    pub user_agent: String,
    /// What time it is.
    pub time: Arc<dyn Time>,
    /// Who looks names up.
    pub lookup: Arc<dyn Lookup>,
    /// A number in [0, 1), a new one each time.
    pub chance: Box<dyn Fn() -> f64 + Send + Sync>,
    /// Who counts.
    pub observer: Arc<dyn Observer>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            roots: Roots::default(),
            proxy: None,
            allow_list: None,
            paces: HashMap::new(),
            usual_pace: Pace::default(),
            user_agent: concat!("aegisflow/", env!("CARGO_PKG_VERSION")).to_owned(),
            time: Arc::new(SystemTime::default()),
            lookup: Arc::new(SystemLookup),
            chance: Box::new(rand::random),
            observer: Arc::new(Unobserved),
        }
    }
}

/// The library's clients. One for each reach, because connections are kept and shared: one made with leave to go inside
/// must not serve a call without it.
pub(crate) struct Transports {
    pub public: reqwest::Client,
    pub private: reqwest::Client,
    pub proxied: Option<(Proxy, reqwest::Client)>,
}

impl Transports {
    pub fn new(settings: &Settings) -> Result<Self, BuildError> {
        let lookup = || settings.lookup.clone();
        let direct = |reach| transport(settings, Arc::new(Filtered { lookup: lookup(), reach }), None);
        let proxied = settings.proxy.clone().map(|proxy| {
            let only = OnlyProxy { lookup: lookup(), proxy: proxy.host().to_owned() };
            let client = transport(settings, Arc::new(only), Some(&proxy))?;
            Ok((proxy, client))
        });
        Ok(Transports {
            public: direct(Reach::Public)?,
            private: direct(Reach::Private)?,
            proxied: proxied.transpose()?,
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where a client is built")]
fn transport(
    settings: &Settings,
    resolver: Arc<dyn Resolve>,
    proxy: Option<&Proxy>,
) -> Result<reqwest::Client, BuildError> {
    let bundle = |pem: &[u8]| match Certificate::from_pem_bundle(pem) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(BuildError::CaFile),
    };
    // no_proxy: the library would read the environment by itself
    let mut builder = reqwest::Client::builder()
        .no_proxy()
        .user_agent(&settings.user_agent)
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .dns_resolver(resolver)
        .connect_timeout(limits::CONNECT)
        .http1_max_headers(limits::MAX_FIELDS)
        .http2_max_header_list_size(limits::MAX_HEAD as u32)
        .pool_idle_timeout(Duration::from_secs(60))
        .pool_max_idle_per_host(16);
    builder = match &settings.roots {
        Roots::System => builder,
        Roots::SystemAnd(pem) => builder.tls_certs_merge(bundle(pem)?),
        Roots::Only(pem) => builder.tls_certs_only(bundle(pem)?),
        Roots::None => builder.tls_certs_only([]),
    };
    if let Some(proxy) = proxy {
        builder = builder.proxy(reqwest::Proxy::all(proxy.url()).map_err(BuildError::Client)?);
    }
    builder.build().map_err(BuildError::Client)
}
