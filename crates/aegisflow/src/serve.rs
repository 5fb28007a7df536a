//! `aegisflow serve`: opens the store, starts the server, says where it is, and stops it without losing anything.

use crate::classifier::ClassifierArgs;
use crate::kek::KekArgs;
use crate::outbound::OutboundArgs;
use crate::{keys, logging};
use aegis_detect::SecondStage;
use aegis_domain::SystemClock;
use aegis_server::access::setup;
use aegis_server::vault::Vault;
use aegis_server::{App, Registration, ServerConfig};
use aegis_store::sqlite::{self, DirLock, Sqlite, SqliteConfig};
use anyhow::{Context, bail};
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::RustlsConfig;
use clap::{Args, ValueEnum};
use ipnet::IpNet;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long requests under way may take when the server stops.
const DRAIN: Duration = Duration::from_secs(8);
/// How long a client may take to send a request's head.
const HEAD: Duration = Duration::from_secs(15);
/// Requests are refused beyond this much of head.
const HEAD_BYTES: usize = 64 * 1024;

/// Flags of `serve`.
#[derive(Args, Clone)]
#[command(after_help = "Example:\n  aegisflow serve --data /var/lib/aegisflow --listen 127.0.0.1:8080")]
pub struct ServeArgs {
    /// Folder everything is kept in
    #[arg(long, value_name = "DIR", default_value = "./data", env = "AEGISFLOW_DATA")]
    pub data: PathBuf,

    /// Address requests come in at; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", env = "AEGISFLOW_LISTEN")]
    pub listen: SocketAddr,

    /// Address people type, where a proxy stands before this server
    #[arg(long, value_name = "URL", env = "AEGISFLOW_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// Proxies whose forwarding headers are believed, such as 10.0.0.0/8
    #[arg(long, value_name = "NETWORK", value_delimiter = ',', env = "AEGISFLOW_TRUSTED_PROXIES")]
    pub trusted_proxies: Vec<IpNet>,

    /// Certificate chain in PEM; with --tls-key the server speaks HTTPS
    #[arg(long, value_name = "FILE", requires = "tls_key", env = "AEGISFLOW_TLS_CERT")]
    pub tls_cert: Option<PathBuf>,

    /// Private key in PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert", env = "AEGISFLOW_TLS_KEY")]
    pub tls_key: Option<PathBuf>,

    /// Speak plain HTTP on an address that others can reach; passwords can be read on the way
    #[arg(long, env = "AEGISFLOW_INSECURE_HTTP")]
    pub insecure_http: bool,

    /// Who may make an account
    #[arg(long, value_name = "WHO", value_enum, default_value = "invite", env = "AEGISFLOW_REGISTRATION")]
    pub registration: Who,

    /// Treat documented test values (test cards, 555 numbers) like real ones
    #[arg(long, env = "AEGISFLOW_ACT_ON_TEST_VALUES")]
    pub act_on_test_values: bool,

    #[command(flatten)]
    pub classifier: ClassifierArgs,

    #[command(flatten)]
    pub kek: KekArgs,

    #[command(flatten)]
    pub outbound: OutboundArgs,

    /// Days that events are kept
    #[arg(long, value_name = "DAYS", default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=400), env = "AEGISFLOW_RETENTION_DAYS")]
    pub retention_days: u32,
}

/// Who may make an account.
#[derive(Clone, Copy, ValueEnum)]
pub enum Who {
    /// Nobody
    Off,
    /// Whoever holds an invitation
    Invite,
    /// Everybody, as viewer
    Open,
}

impl ServeArgs {
    /// Refuses settings that cannot be meant.
    pub fn check(&self) -> anyhow::Result<()> {
        if let Some(url) = &self.public_url {
            let ok = ["http://", "https://"]
                .iter()
                .any(|s| url.strip_prefix(s).is_some_and(|rest| !rest.is_empty()));
            anyhow::ensure!(ok, "--public-url must begin with http:// or https:// and name a host");
        }
        let https =
            self.tls_cert.is_some() || self.public_url.as_deref().is_some_and(|u| u.starts_with("https://"));
        if !self.listen.ip().is_loopback() && !https && !self.insecure_http {
            bail!(
                "{} can be reached by others and would speak plain HTTP: give --tls-cert and --tls-key, or --public-url \
                 https://… with the proxy that ends TLS, or --insecure-http if passwords may be read on the way",
                self.listen
            );
        }
        Ok(())
    }

    fn config(&self, listen: SocketAddr) -> anyhow::Result<ServerConfig> {
        Ok(ServerConfig {
            public_url: self.public_url.clone(),
            tls: self.tls_cert.is_some(),
            insecure_http: self.insecure_http && !listen.ip().is_loopback(),
            trusted_proxies: self.trusted_proxies.clone(),
            registration: match self.registration {
                Who::Off => Registration::Off,
                Who::Invite => Registration::Invite,
                Who::Open => Registration::Open,
            },
            act_on_test_values: self.act_on_test_values,
            retention_days: self.retention_days,
            outbound: self.outbound.config()?,
            backfill_days: self.outbound.backfill_days,
            ..ServerConfig::new(self.data.clone(), listen)
        })
    }
}

/// Runs until told to stop.
pub fn run(args: ServeArgs) -> anyhow::Result<()> {
    logging::start();
    args.check()?;
    runtime()?.block_on(async {
        let told_to_stop = stop_signal()?;
        let server = Server::start(&args, |_| {}).await?;
        server.say_ready();
        if let Some(token) = setup::open(&server.app.store).await? {
            let link = setup::link(&server.app.config.base_url(), &token);
            eprintln!("aegisflow: nobody has an account yet; make the first admin at {link}");
        }
        told_to_stop.await;
        server.stop().await
    })
}

/// A runtime with a worker per core.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Listens for SIGTERM and SIGINT from now on; the future ends at the first. Asked for before anybody is told that
/// the program runs: a signal that nobody listens for kills without a word.
pub fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) =
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// A running server.
pub struct Server {
    /// Its parts.
    pub app: App,
    /// Where it listens.
    pub address: SocketAddr,
    sqlite: Sqlite,
    handle: axum_server::Handle<SocketAddr>,
    serving: tokio::task::JoinHandle<std::io::Result<()>>,
    _lock: DirLock,
}

impl Server {
    /// Opens the store and starts serving. `adjust` may change the settings before they are in force.
    pub async fn start(args: &ServeArgs, adjust: impl FnOnce(&mut ServerConfig)) -> anyhow::Result<Server> {
        let listener = TcpListener::bind(args.listen)
            .with_context(|| format!("cannot listen on {}; choose another --listen", args.listen))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let mut config = args.config(address)?;
        let classifier = args.classifier.clone();
        let classifier = tokio::task::spawn_blocking(move || classifier.open()).await??;
        config.second_stage = classifier.map(|classifier| classifier as Arc<dyn SecondStage>);
        adjust(&mut config);

        private_folder(&args.data).with_context(|| {
            format!(
                "the folder {} cannot be made; give this user the right to write there",
                args.data.display()
            )
        })?;
        let lock = sqlite::lock(&args.data)?;
        let keys = keys::open(&args.data)?;
        // Opening the store writes to it: with a wrong KEK not a byte may change.
        let kek = args.kek.open_for(&args.data).await?;
        let store_config = SqliteConfig::new(&args.data);
        let sqlite = tokio::task::spawn_blocking(move || sqlite::open(store_config)).await??;
        let vault = Vault::open(sqlite.store(), kek, Arc::new(SystemClock)).await?;
        let app = App::new(config, sqlite.store(), vault, &keys, Arc::new(SystemClock))?;
        app.start().await?;

        let handle = axum_server::Handle::new();
        let service = aegis_server::router(&app).into_make_service_with_connect_info::<SocketAddr>();
        let mut server =
            axum_server::from_tcp(listener)?.handle(handle.clone()).acceptor(NoDelayAcceptor::new());
        limits(server.http_builder());
        #[expect(clippy::disallowed_methods, reason = "the server itself; `stop` drains it and waits for it")]
        let serving = match (&args.tls_cert, &args.tls_key) {
            (Some(cert), Some(key)) => {
                // Fails when it was installed before, which is what we want.
                let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
                let tls = RustlsConfig::from_pem_file(cert, key).await.with_context(|| {
                    format!("the certificate {} or its key cannot be used", cert.display())
                })?;
                let server =
                    server.map(|plain| axum_server::tls_rustls::RustlsAcceptor::new(tls).acceptor(plain));
                tokio::spawn(server.serve(service))
            }
            _ => tokio::spawn(server.serve(service)),
        };
        Ok(Server { app, address, sqlite, handle, serving, _lock: lock })
    }

    /// Says on standard error that requests are answered, and where.
    pub fn say_ready(&self) {
        eprintln!("aegisflow: ready on {}", self.app.config.base_url());
        if self.app.config.insecure_http {
            eprintln!(
                "aegisflow: WARNING plain HTTP on an address others can reach; passwords can be read on the way"
            );
        }
    }

    /// Says when the server is to stop.
    pub fn stopping(&self) -> CancellationToken {
        self.app.stop.clone()
    }

    /// Finishes what is under way, then closes the store. At most ten seconds.
    pub async fn stop(self) -> anyhow::Result<()> {
        tracing::info!("stopping");
        self.app.stop.cancel();
        self.handle.graceful_shutdown(Some(DRAIN));
        self.serving.await??;
        self.app.shutdown().await;
        self.sqlite.shutdown().await?;
        Ok(())
    }
}

fn limits(http: &mut hyper_util::server::conn::auto::Builder<hyper_util::rt::TokioExecutor>) {
    http.http1().timer(hyper_util::rt::TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES);
    http.http2()
        .timer(hyper_util::rt::TokioTimer::new())
        .max_concurrent_streams(128)
        .max_header_list_size(HEAD_BYTES as u32)
        .keep_alive_interval(Duration::from_secs(30));
}

/// Makes a folder for its owner alone; one that is there keeps the rights it has.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut folder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.recursive(true).create(path)
}
