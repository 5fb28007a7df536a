//! `aegisflow sim`: the twelve vendors' chat and admin APIs, simulated.

use crate::{logging, serve};
use aegis_sim::Profile;
use anyhow::Context;
use clap::Args;
use std::net::SocketAddr;

/// Flags of `sim`.
#[derive(Args)]
#[command(
    after_help = "Example:\n  aegisflow sim --seed 7 &\n  curl -s http://127.0.0.1:9400/openai/v1/models -H 'Authorization: Bearer sk-sim'"
)]
pub struct SimArgs {
    /// Address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:9400", env = "AEGISFLOW_SIM_LISTEN")]
    listen: SocketAddr,

    /// The same seed gives the same answers
    #[arg(long, default_value_t = 1, env = "AEGISFLOW_SEED")]
    seed: u64,

    /// What goes wrong from the start: none, light, rough or down; /_sim/faults changes it at run time
    #[arg(long, value_name = "PROFILE", default_value = "none", value_parser = profile, env = "AEGISFLOW_FAULTS")]
    faults: Profile,
}

fn profile(name: &str) -> Result<Profile, String> {
    Profile::read(name).ok_or_else(|| "expected none, light, rough or down".into())
}

/// Runs until told to stop.
pub fn run(args: SimArgs) -> anyhow::Result<()> {
    logging::start();
    serve::runtime()?.block_on(async {
        let told_to_stop = serve::stop_signal()?;
        let listener = tokio::net::TcpListener::bind(args.listen)
            .await
            .with_context(|| format!("cannot listen on {}; choose another --listen", args.listen))?;
        eprintln!("aegisflow: simulated vendors on http://{}", listener.local_addr()?);
        let router = aegis_sim::router(aegis_sim::SimConfig { seed: args.seed, faults: args.faults });
        aegis_sim::serve(listener, router, told_to_stop).await?;
        Ok(())
    })
}
