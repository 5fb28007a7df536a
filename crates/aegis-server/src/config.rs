//! The settings a server runs with; the binary fills them in from flags, environment and file.

use aegis_detect::SecondStage;
use ipnet::IpNet;
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
    /// The operator's classifier, which judges what the engine suspects of being an attack.
    pub second_stage: Option<Arc<dyn SecondStage>>,
}

impl ServerConfig {
    /// Defaults for a folder and an address.
    pub fn new(data: PathBuf, listen: SocketAddr) -> Self {
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
