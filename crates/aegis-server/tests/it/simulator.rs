//! The simulated vendors on a port of their own, and the forms that connect their credentials.

use aegis_domain::Clock;
use aegis_sim::{Profile, SimConfig, router_at, serve};
use serde_json::Value;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub struct Simulator {
    /// `127.0.0.1:PORT`.
    pub host: String,
    client: reqwest::Client,
    task: JoinHandle<()>,
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Simulator {
    pub async fn start(clock: Arc<dyn Clock>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let router = router_at(SimConfig { seed: 7, faults: Profile::None }, clock);
        let task = tokio::spawn(async { serve(listener, router, std::future::pending()).await.unwrap() });
        Simulator { host, client: reqwest::Client::new(), task }
    }

    /// What to post to connect a credential.
    pub async fn form(&self, vendor: &str, kind: &str) -> Value {
        let all = self.get(&format!("/_sim/credentials?vendor={vendor}")).await;
        let found = all["credentials"].as_array().unwrap().iter().find(|c| c["kind"] == kind);
        found.unwrap_or_else(|| panic!("{vendor} has no {kind}"))["form"].clone()
    }

    pub async fn get(&self, path: &str) -> Value {
        self.client.get(format!("http://{}{path}", self.host)).send().await.unwrap().json().await.unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        let url = format!("http://{}{path}", self.host);
        self.client.post(url).json(&body).send().await.unwrap().json().await.unwrap()
    }
}
