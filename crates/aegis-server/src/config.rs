//! The settings a server runs with; the binary fills them in from flags, environment and file.

use aegis_detect::SecondStage;
use aegis_outbound::guard::SystemLookup;
use aegis_outbound::{AllowList, Lookup, Proxy, SystemTime, Time};
use ipnet::IpNet;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// Who may make an account.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    /// Nobody.
    Off,
    /// Whoever holds an invitation.
    #[default]
    Invite,
    /// Everybody, as viewer.
    Open,
}

/// What may be called, and how.
#[derive(Clone)]
pub struct OutboundConfig {
    /// The proxy calls go through.
    pub proxy: Option<Proxy>,
    /// Authorities in PEM that are trusted besides the system's.
    pub ca: Option<Vec<u8>>,
    /// The hosts that may be called; none means all.
    pub allow_list: Option<AllowList>,
    /// Hosts on private addresses, or without encryption, that credentials may be pointed at.
    pub private_hosts: AllowList,
    /// Calls a minute to each vendor, in place of the catalogue's.
    pub pace: Option<u32>,
    /// What time it is for calls, and how it is waited for.
    pub time: Arc<dyn Time>,
    /// Who looks names up.
    pub lookup: Arc<dyn Lookup>,
}

impl Default for OutboundConfig {
    fn default() -> Self {
        OutboundConfig {
            proxy: None,
            ca: None,
            allow_list: None,
            private_hosts: AllowList::default(),
            pace: None,
            time: Arc::new(SystemTime::default()),
            lookup: Arc::new(SystemLookup),
        }
    }
}

/// A proxy's address may hold its password.
impl fmt::Debug for OutboundConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutboundConfig")
            .field("proxy", &self.proxy.is_some())
            .field("ca", &self.ca.is_some())
            .field("allow_list", &self.allow_list)
            .field("private_hosts", &self.private_hosts)
            .field("pace", &self.pace)
            .finish()
    }
}

/// The settings in force.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Where everything is kept.
    pub data: PathBuf,
    /// Where requests come in.
    pub listen: SocketAddr,
    /// The address people type, where a proxy stands before us.
    pub public_url: Option<String>,
    /// TLS ends here, in this process.
    pub tls: bool,
    /// Plain HTTP on an address that is not loopback was asked for.
    pub insecure_http: bool,
    /// Proxies whose forwarding headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Who may make an account.
    pub registration: Registration,
    /// Policy acts on documented test values, too.
    pub act_on_test_values: bool,
    /// This is a demo: say so everywhere.
    pub demo: bool,
    /// Days that events are kept.
    pub retention_days: u32,
    /// What may be called, and how.
    pub outbound: OutboundConfig,
    /// Days that are read back when a credential is connected.
    pub backfill_days: u32,
    /// What this process is called among those that share the store. The same after a restart, so that it need not wait
    /// for its own leases to run out.
    pub node: String,
    /// The operator's classifier, which judges what the engine suspects of being an attack.
    pub second_stage: Option<Arc<dyn SecondStage>>,
}

impl ServerConfig {
    /// Defaults for a folder and an address.
    pub fn new(data: PathBuf, listen: SocketAddr) -> Self {
        // one process at a time serves a folder
        let data_name = data.display().to_string();
        ServerConfig {
            data,
            listen,
            public_url: None,
            tls: false,
            insecure_http: false,
            trusted_proxies: Vec::new(),
            registration: Registration::default(),
            act_on_test_values: false,
            demo: false,
            retention_days: 400,
            outbound: OutboundConfig::default(),
            backfill_days: 90,
            node: data_name,
            second_stage: None,
        }
    }

    /// True when people reach us by HTTPS.
    pub fn is_https(&self) -> bool {
        self.tls || self.public_url.as_deref().is_some_and(|u| u.starts_with("https://"))
    }

    /// The address for links, without a slash at the end.
    pub fn base_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_string(),
            None => format!("{}://{}", if self.tls { "https" } else { "http" }, self.listen),
        }
    }
}
