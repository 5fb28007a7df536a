//! Flags of `serve` for calls to the outside: proxy, authorities, allow-lists, pace, back-fill.
//! Invariant: what cannot be meant ends the start with a sentence that says what to write instead.

use aegis_outbound::{AddressChecks, AllowList, Proxy};
use aegis_server::OutboundConfig;
use anyhow::Context;
use clap::Args;
use secrecy::SecretString;
use std::path::PathBuf;

/// The flags.
#[derive(Args, Clone)]
pub struct OutboundArgs {
    /// Proxy that calls to the outside go through, as http://user:password@host:port; needs --outbound-proxy-checks
    #[arg(long, value_name = "URL", requires = "outbound_proxy_checks", env = "AEGISFLOW_OUTBOUND_PROXY")]
    outbound_proxy: Option<SecretString>,

    /// The proxy itself refuses calls to internal addresses: it looks names up, so this server cannot
    #[arg(long, env = "AEGISFLOW_OUTBOUND_PROXY_CHECKS")]
    outbound_proxy_checks: bool,

    /// Hosts that are called without the proxy: names, .domains, addresses, networks
    #[arg(long, value_name = "HOSTS", default_value = "", env = "AEGISFLOW_OUTBOUND_NO_PROXY")]
    outbound_no_proxy: String,

    /// Authorities in PEM that are trusted besides the system's, for calls to the outside
    #[arg(long, value_name = "FILE", env = "AEGISFLOW_OUTBOUND_CA")]
    outbound_ca: Option<PathBuf>,

    /// The only hosts that may be called, such as api.openai.com or *.openai.azure.com, with :port if it is not 443
    #[arg(long, value_name = "HOSTS", value_delimiter = ',', env = "AEGISFLOW_EGRESS_ALLOW")]
    egress_allow: Vec<String>,

    /// Hosts on private addresses, or without encryption, that credentials may be pointed at; same form
    #[arg(long, value_name = "HOSTS", value_delimiter = ',', env = "AEGISFLOW_PRIVATE_HOSTS")]
    private_hosts: Vec<String>,

    /// Calls a minute to each vendor, in place of what is safe with the vendor's smallest plan
    #[arg(long, value_name = "CALLS", value_parser = clap::value_parser!(u32).range(1..=1_000_000), env = "AEGISFLOW_VENDOR_PACE")]
    vendor_pace: Option<u32>,

    /// Days that are read back when a credential is connected
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=365), env = "AEGISFLOW_BACKFILL_DAYS")]
    pub backfill_days: u32,
}

impl OutboundArgs {
    /// The settings they mean.
    pub fn config(&self) -> anyhow::Result<OutboundConfig> {
        let checks = match self.outbound_proxy_checks {
            true => AddressChecks::LeftToProxy,
            false => AddressChecks::Unsaid,
        };
        let proxy = self.outbound_proxy.clone();
        let proxy = proxy.map(|url| Proxy::new(url, &self.outbound_no_proxy, checks)).transpose();
        let ca = self.outbound_ca.as_ref().map(|path| {
            std::fs::read(path).with_context(|| format!("the file {} cannot be read", path.display()))
        });
        let list = |hosts: &[String]| AllowList::parse(hosts.iter().map(String::as_str));
        let allow_list = (!self.egress_allow.is_empty()).then(|| list(&self.egress_allow)).transpose();
        Ok(OutboundConfig {
            proxy: proxy.context("--outbound-proxy")?,
            ca: ca.transpose()?,
            allow_list: allow_list.context("--egress-allow")?,
            private_hosts: list(&self.private_hosts).context("--private-hosts")?,
            pace: self.vendor_pace,
            ..OutboundConfig::default()
        })
    }
}
