//! `aegisflow demo`, as somebody sees it who has just built it: log-ins that work, findings that come by themselves,
//! everything marked as made up, and nothing left behind.

use super::login;
use crate::harness::server::BINARY;
use crate::harness::{Client, Live, folder};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

/// A demo that runs; killed when dropped.
struct Demo {
    child: Child,
    out: Lines<BufReader<ChildStdout>>,
    errors: Lines<BufReader<ChildStderr>>,
}

impl Demo {
    /// With its temporary folder in `dir`.
    fn start(dir: &Path, args: &[&str]) -> Demo {
        let mut child = Command::new(BINARY)
            .args(["demo", "--listen", "127.0.0.1:0"])
            .args(args)
            .env("TMPDIR", dir)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap()).lines();
        let errors = BufReader::new(child.stderr.take().unwrap()).lines();
        Demo { child, out, errors }
    }

    /// Where it listens, by its ready line.
    fn address(&mut self) -> String {
        let mut lines = self.errors.by_ref().map(Result::unwrap);
        let ready = |line: String| line.strip_prefix("aegisflow: ready on http://").map(str::to_owned);
        lines.find_map(ready).expect("it says where it listens")
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demo_shows_findings_by_itself_says_that_it_is_one_and_leaves_nothing() {
    let dir = folder();
    let mut demo = Demo::start(dir.path(), &["--days", "1", "--rate", "50"]);
    let address = demo.address().parse().unwrap();
    let lines: Vec<String> = demo.out.by_ref().take(3).map(Result::unwrap).collect();
    let logins: Vec<Vec<&str>> = lines.iter().map(|line| line.split('\t').collect()).collect();
    let roles: Vec<&str> = logins.iter().map(|login| login[0]).collect();
    assert_eq!(roles, ["admin", "analyst", "viewer"]);

    for words in &logins {
        let me = logged_in(&Client::new(address), words[1], words[2]).await;
        assert_eq!(me.get("/api/auth/me").await.ok()["user"]["role"], json!(words[0]));
    }
    let viewer = logged_in(&Client::new(address), logins[2][1], logins[2][2]).await;
    let mut live = Live::open(&viewer, json!({})).await;
    live.wait_for(|frame| frame["type"] == "finding").await;
    // The history comes oldest first: its beginning lies before the first full hour of the last day.
    let events = viewer.get("/api/events?range=7d&limit=500").await.ok()["items"].as_array().unwrap().clone();
    assert!(!events.is_empty() && events.iter().all(|event| event["demo"] == json!(true)));
    assert_eq!(viewer.get("/api/dashboard/overview?range=24h").await.ok()["demo"], json!(true));

    kill_process(Pid::from_child(&demo.child), Signal::TERM).unwrap();
    assert!(demo.child.wait().unwrap().success());
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_ins_come_as_json_where_asked_for() {
    let dir = folder();
    let mut demo = Demo::start(dir.path(), &["--days", "0", "--json"]);
    let said: Value = serde_json::from_str(&demo.out.next().unwrap().unwrap()).unwrap();
    assert_eq!(said["url"], json!(format!("http://{}", demo.address())));
    let admin = &said["logins"][0];
    assert_eq!(admin["role"], json!("admin"));
    let address = said["url"].as_str().unwrap().trim_start_matches("http://").parse().unwrap();
    let text = |name: &str| admin[name].as_str().unwrap();
    logged_in(&Client::new(address), text("email"), text("password")).await;
}

async fn logged_in(nobody: &Client, email: &str, password: &str) -> Client {
    let (status, client) = login(nobody, email, password).await;
    assert_eq!(status, 200, "{email}");
    client
}
