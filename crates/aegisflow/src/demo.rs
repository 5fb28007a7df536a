//! `aegisflow demo`: the whole system with an organisation at work in it.
//! The simulator and the traffic are separate parties that talk to the server over HTTP, like the real ones; all the
//! demo may do that they may not is make its own accounts. Everything it brings is marked by its token.

mod vendors;

use crate::logging;
use crate::serve::{ServeArgs, Server, runtime, stop_signal};
use aegis_domain::entities::{ApiToken, User};
use aegis_domain::{Clock, Role, Scope, SystemClock};
use aegis_identity::{SecretString, password};
use aegis_outbound::AllowList;
use aegis_server::access::members::NewUser;
use aegis_server::access::tokens::NewToken;
use aegis_sim::{HistoryConfig, Ingest, LiveConfig, SimConfig, run_history, run_live};
use aegis_store::{DocumentsExt, ListQuery, Store, Stream};
use anyhow::Context;
use clap::{Args, Parser};
use rand::RngExt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// Flags of `demo`.
#[derive(Args)]
#[command(after_help = "Example:\n  aegisflow demo --listen 127.0.0.1:8080")]
pub struct DemoArgs {
    /// Address requests come in at; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", env = "AEGISFLOW_LISTEN")]
    listen: SocketAddr,

    /// Folder everything is kept in; without it a temporary one, gone afterwards
    #[arg(long, value_name = "DIR", env = "AEGISFLOW_DATA")]
    data: Option<PathBuf>,

    /// The same seed plays the same organisation
    #[arg(long, default_value_t = 1, env = "AEGISFLOW_SEED")]
    seed: u64,

    /// Live events per second, on average
    #[arg(long, default_value_t = 3.0, value_parser = rate, env = "AEGISFLOW_RATE")]
    rate: f64,

    /// Days of history to begin with
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=90), env = "AEGISFLOW_DAYS")]
    days: u32,

    /// Print the address and the log-ins as one JSON object
    #[arg(long)]
    json: bool,
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(n) if (0.1..=200.0).contains(&n) => Ok(n),
        _ => Err("expected 0.1 to 200".into()),
    }
}

/// Calls a minute to each simulated vendor.
const VENDOR_PACE: u32 = 3_000;

/// A log-in of the demo.
#[derive(serde::Serialize)]
struct LogIn {
    role: Role,
    email: String,
    password: String,
}

/// Only to have `serve`'s defaults without repeating them.
#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    serve: ServeArgs,
}

/// Runs until told to stop.
pub fn run(args: DemoArgs) -> anyhow::Result<()> {
    logging::start();
    let temporary = match &args.data {
        Some(_) => None,
        None => Some(
            TempDir::with_prefix("aegisflow-demo-")
                .context("no temporary folder can be made; give --data")?,
        ),
    };
    let data =
        temporary.as_ref().map(|dir| dir.path().to_path_buf()).or(args.data.clone()).unwrap_or_default();
    let serve = ServeArgs { data, listen: args.listen, ..Defaults::try_parse_from(["demo"])?.serve };
    serve.check()?;
    runtime()?.block_on(play(&args, &serve))
}

async fn play(args: &DemoArgs, serve: &ServeArgs) -> anyhow::Result<()> {
    let told_to_stop = stop_signal()?;
    let vendors = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let vendors_at = vendors.local_addr()?.to_string();
    let inside = AllowList::parse([vendors_at.as_str()])?;
    let server = Server::start(serve, |config| {
        config.demo = true;
        config.act_on_test_values = true;
        config.outbound.private_hosts = inside;
        // Simulated vendors have no limits to respect: ninety days of them are there in a minute, not in ten.
        config.outbound.pace = Some(VENDOR_PACE);
    })
    .await?;
    let store = &server.app.store;
    let logins = make_logins(store).await?;
    let token = make_token(store).await?;
    server.say_ready();
    print_logins(args.json, &server.app.config.base_url(), &logins)?;

    let vendors_url = format!("http://{vendors_at}");
    let router = aegis_sim::router(SimConfig { seed: args.seed, ..SimConfig::default() });
    let stop = server.stopping();
    server.app.spawn("simulator", {
        let stop = stop.clone();
        async move {
            let serving = aegis_sim::serve(vendors, router, stop.cancelled_owned());
            if let Err(error) = serving.await {
                tracing::error!(%error, "the simulated vendors broke off");
            }
        }
    });
    server.app.spawn("vendors", {
        let (app, url) = (server.app.clone(), vendors_url.clone());
        async move {
            if let Err(error) = vendors::connect(&app, &url).await {
                tracing::error!(error = error.message, "the simulated vendors could not be connected");
            }
        }
    });
    let ingest = Ingest { base: format!("http://{}", server.address), token };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let live = LiveConfig {
        ingest: ingest.clone(),
        vendors: vendors_url,
        seed: args.seed,
        rate: args.rate,
        clock: clock.clone(),
    };
    server.app.spawn("traffic", {
        let stop = stop.clone();
        async move {
            if let Err(error) = run_live(live, stop).await {
                tracing::error!(%error, "the demo's traffic broke off");
            }
        }
    });
    let empty = store.log.partitions(Stream::Events).await?.iter().all(|(_, high)| *high == 0);
    if args.days > 0 && empty {
        let history = HistoryConfig { days: args.days, ..HistoryConfig::new(ingest, args.seed, clock.now()) };
        server.app.spawn("history", async move {
            match run_history(history, stop).await {
                Ok(report) => tracing::info!(stored = report.stored, "the demo's history is in"),
                Err(error) => tracing::error!(%error, "the demo's history broke off"),
            }
        });
    }
    told_to_stop.await;
    server.stop().await
}

async fn make_logins(store: &Store) -> anyhow::Result<Vec<LogIn>> {
    let now = SystemClock.now();
    let mut logins = Vec::new();
    for role in [Role::Admin, Role::Analyst, Role::Viewer] {
        let email = format!("{}@demo.aegisflow.example", role.as_str());
        let secret = random_word();
        let hash = password::hash(&SecretString::from(secret.clone()), &mut rand::rng())
            .map_err(|e| anyhow::anyhow!("a password cannot be hashed: {e}"))?;
        match store.documents.find::<User>("email", &email).await? {
            // An older demo in the same folder: its passwords were shown once and are gone.
            Some(found) => {
                let user = User { password: Some(hash), role, disabled: false, ..found.value };
                store.documents.update(found.version, &user).await?;
            }
            None => {
                let name = format!("Demo {}", role.as_str());
                let user = NewUser { email: email.clone(), name, role, password: hash }.at(now);
                store.documents.insert(&User { demo: true, ..user }).await?;
            }
        }
        logins.push(LogIn { role, email, password: secret });
    }
    Ok(logins)
}

const TOKEN: &str = "demo traffic";

async fn make_token(store: &Store) -> anyhow::Result<String> {
    use aegis_domain::entities::Entity;
    let tokens = store.documents.list::<ApiToken>(ListQuery { limit: 1_000, ..ListQuery::default() }).await?;
    for old in tokens.iter().filter(|t| t.value.demo && t.value.name == TOKEN) {
        store.documents.delete(ApiToken::COLLECTION, &old.value.id(), None).await?;
    }
    let new = NewToken {
        name: TOKEN.into(),
        scopes: vec![Scope::Ingest],
        expires_at: None,
        created_by: "demo".into(),
        demo: true,
    };
    let (_, secret) = new.create(store, SystemClock.now()).await.map_err(|e| anyhow::anyhow!(e.message))?;
    Ok(secret.expose().to_string())
}

/// Twenty letters and digits, without those that are mistaken for each other.
fn random_word() -> String {
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut rng = rand::rng();
    (0..20).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect()
}

fn print_logins(json: bool, url: &str, logins: &[LogIn]) -> anyhow::Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::json!({ "url": url, "logins": logins }))?;
    } else {
        eprintln!("aegisflow: this is a demo; the organisation in it is made up. Log in as:");
        for login in logins {
            writeln!(out, "{}\t{}\t{}", login.role.as_str(), login.email, login.password)?;
        }
    }
    out.flush()?;
    Ok(())
}
