//! Plants raw values and secrets through every way in, then looks for them everywhere the product writes or speaks: its
//! files (the log's compressed blocks unpacked), its output at debug level, metrics, live frames, and every answer.

use super::planted::{self, CHANGED, COOKIE, PASSWORD, TICKET, TOKEN, WEAK, WRONG};
use crate::harness::client::send;
use crate::harness::{Answer, Client, Launch, Live, Server, folder};
use aegis_store::Stream;
use aegis_store::sqlite::{self, SqliteConfig};
use aho_corasick::AhoCorasick;
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;

const EMAIL: &str = "admin@corp.example";

/// All that was said or written, each piece under the name of where it was found.
#[derive(Default)]
struct Spoken(Vec<(String, Vec<u8>)>);

impl Spoken {
    fn add(&mut self, place: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.push((place.into(), bytes.into()));
    }

    fn answer(&mut self, place: impl Into<String>, answer: &Answer) {
        let headers = format!("{:?}", answer.headers);
        self.add(place, [headers.as_bytes(), &answer.body].concat());
    }

    /// Fails with every forbidden value and where it stands.
    fn assert_nothing_leaked(&self) {
        let values = planted::forbidden();
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(&values).unwrap();
        let mut leaks = Vec::new();
        for (place, bytes) in &self.0 {
            for found in finder.find_overlapping_iter(bytes) {
                let value = &values[found.pattern()];
                let around = &bytes[found.start().saturating_sub(60)..(found.end() + 20).min(bytes.len())];
                leaks.push(format!("{value} in {place}: …{}…", String::from_utf8_lossy(around)));
            }
        }
        assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
    }
}

/// Presents secrets, right and wrong, in all places where some are taken.
async fn plant_secrets(server: &Server, admin: &Client, spoken: &mut Spoken) {
    let nobody = server.nobody();
    for body in [
        json!({ "email": EMAIL, "password": WRONG }),
        json!({ "email": "nobody@corp.example", "password": WRONG }),
        json!({ "email": EMAIL, "password": PASSWORD }),
        json!({ "email": EMAIL, "password": [WRONG] }),
        json!({ "email": EMAIL, "password": { "expected": WRONG } }),
        json!({ "email": WRONG, "password": WRONG }),
        json!({ "email": EMAIL, "passwort": WRONG }),
        json!(WRONG),
    ] {
        spoken.answer("the answer to a log-in", &nobody.post("/api/auth/login", &body).await);
    }
    for (path, body) in [
        ("/api/auth/password", json!({ "current_password": WRONG, "new_password": CHANGED })),
        ("/api/auth/password", json!({ "current_password": PASSWORD, "new_password": WEAK })),
        ("/api/auth/password", json!({ "current_password": PASSWORD, "new_password": CHANGED })),
        (
            "/api/auth/register",
            json!({ "email": EMAIL, "name": "A", "password": WRONG, "invite_token": TOKEN }),
        ),
        ("/api/auth/setup", json!({ "token": TOKEN, "email": EMAIL, "name": "A", "password": WRONG })),
    ] {
        spoken.answer(path, &admin.post(path, &body).await);
    }
    for header in [("authorization", format!("Bearer {TOKEN}")), ("authorization", format!("Basic {WRONG}"))]
    {
        let request = nobody.request(Method::GET, "/api/events").header(header.0, header.1);
        spoken.answer("the answer to a bad token", &send(request).await.unwrap());
    }
    for cookie in ["__Host-aegis_access", "__Host-aegis_refresh"] {
        for path in ["/api/events", "/api/auth/refresh", "/api/auth/logout"] {
            let method = if path == "/api/events" { Method::GET } else { Method::POST };
            let origin = format!("http://{}", server.address);
            let request = nobody.request(method, path).header("cookie", format!("{cookie}={COOKIE}"));
            spoken
                .answer("the answer to a bad cookie", &send(request.header("origin", origin)).await.unwrap());
        }
    }
    for path in [
        format!("/api/ws/events?token={TICKET}"),
        format!("/api/events?cursor={TOKEN}&severity={TOKEN}"),
        format!("/api/events/{TOKEN}"),
        format!("/api/{TOKEN}"),
    ] {
        spoken.answer("the answer to a bad path", &admin.get(&path).await);
        spoken.answer("the answer to a bad path", &nobody.get(&path).await);
    }
}

/// Plants people's values through ingest in every shape, through scans, and through names of programs.
async fn plant_values(client: &Client, admin: &Client, spoken: &mut Spoken) -> Vec<String> {
    let batch = [planted::own_shape(), planted::raw_pairs()].concat();
    let answer = client.ingest(&json!(batch)).await;
    let ids: Vec<String> =
        answer.ok()["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap().into()).collect();
    spoken.answer("the answer to a batch", &answer);
    for item in [planted::own_shape(), planted::raw_pairs(), planted::refused()].concat() {
        spoken.answer("the answer to an item", &client.ingest(&item).await);
    }
    for n in 0..8 {
        let (name, id) = planted::program(n);
        let login = json!({ "email": EMAIL, "password": if n % 2 == 0 { PASSWORD } else { WRONG } });
        for (path, body) in
            [("/api/auth/login", &login), ("/api/pipeline/ingest", &json!(planted::raw_pairs()[2]))]
        {
            let request =
                admin.request(Method::POST, path).header("user-agent", &name).header("x-request-id", &id);
            spoken.answer("the answer to an odd program", &send(request.json(body)).await.unwrap());
        }
    }
    let text = planted::sentence();
    let document = json!({ "note": text, "card": 4539148803436467u64 }).to_string();
    for body in [
        json!({ "text": text }),
        json!({ "text": document }),
        json!({ "text": [text] }),
        json!({ "txt": text }),
        json!(text),
    ] {
        spoken.answer("the answer to a scan", &admin.post("/api/compliance/scan", &body).await);
    }
    let broken = [b"[{\"vendor\": \"", text.as_bytes(), b"\xff"].concat();
    spoken.answer("the answer to a broken body", &client.ingest_bytes(broken, &[]).await);
    spoken.answer(
        "the answer to a wrong kind",
        &client.ingest_bytes(text, &[("content-type", "text/plain")]).await,
    );
    ids
}

/// Asks for everything that can be read.
async fn read_all(admin: &Client, ids: &[String], spoken: &mut Spoken) {
    for path in [
        "/api/events?limit=500&count=true",
        "/api/events/facets",
        "/api/events/facets?vendor=openai&severity=-none",
        "/api/events/histogram",
        "/api/events/export?format=csv",
        "/api/events/export?format=json",
        "/api/events/export?format=ndjson",
        "/api/dashboard/overview",
        "/api/compliance/summary",
        "/api/compliance/detectors",
        "/api/pipeline/status",
        "/api/system/versions",
        "/api/audit?limit=500",
        "/api/audit/verify",
        "/api/auth/me",
        "/api/auth/sessions",
        "/api/auth/state",
        "/api/team",
        "/api/team/invites",
        "/api/tokens",
        "/api/vault",
        "/api/metrics",
        "/api/ready",
    ] {
        let answer = admin.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {answer}");
        spoken.answer(path, &answer);
    }
    for id in ids {
        spoken.answer("an event", &admin.get(&format!("/api/events/{id}")).await);
        spoken.answer("a rescan", &admin.post(&format!("/api/compliance/scan/{id}"), &Value::Null).await);
    }
}

/// Every file of the folder as it lies there, and every record of the log unpacked.
async fn read_files(dir: &Path, spoken: &mut Spoken) {
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                spoken.add(format!("the file {}", path.display()), std::fs::read(&path).unwrap());
            }
        }
    }
    let sqlite = sqlite::open(SqliteConfig::new(dir)).unwrap();
    let log = sqlite.store().log;
    let mut records = 0;
    for stream in Stream::ALL {
        for (partition, high_water) in log.partitions(stream).await.unwrap() {
            let mut after = 0;
            while after < high_water {
                let found = log.read(stream, partition, after, 1_000).await.unwrap();
                after = found.last().map_or(high_water, |r| r.seq);
                records += found.len();
                for record in found {
                    spoken.add(format!("record {} of {stream:?}", record.seq), &*record.body);
                }
            }
        }
    }
    assert!(records > 20, "the log has been read");
    sqlite.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_raw_value_and_no_secret_is_written_or_said_anywhere() {
    let dir = folder();
    let launch = Launch::on(dir.path()).env("AEGISFLOW_LOG", "debug");
    let server = launch.start();
    let admin = server.set_up_as(EMAIL, PASSWORD).await;
    let client = admin.make_token("machine", &["ingest"]).await;
    let mut spoken = Spoken::default();
    let mut live = Live::open(&admin, json!({})).await;

    let ids = plant_values(&client, &admin, &mut spoken).await;
    let last =
        admin.ingest(&crate::harness::events::event("the last one")).await.ok()["items"][0]["id"].clone();
    live.wait_for(|f| f["type"] == "event" && f["event"]["id"] == last).await;
    assert!(live.of_kind("finding").len() > 50, "the values were there to be found");
    for frame in &live.frames {
        spoken.add("a live frame", frame.as_bytes());
    }
    plant_secrets(&server, &admin, &mut spoken).await;
    admin.wait_until_absorbed().await;
    read_all(&admin, &ids, &mut spoken).await;
    // While it runs the write-ahead log holds what the file does not have yet.
    spoken.add("the write-ahead log", std::fs::read(dir.path().join("aegisflow.db-wal")).unwrap());

    // Tokens, cookies and the set-up link are shown to their owner once, and stand nowhere afterwards.
    let ended = server.stop();
    assert!(ended.status.success());
    assert!(ended.stderr.contains("\"DEBUG\""), "it logs at debug level: {}", &ended.stderr[..500]);
    spoken.add("the log output", ended.stderr);
    read_files(dir.path(), &mut spoken).await;
    spoken.assert_nothing_leaked();
    let issued = [client.token().to_string(), admin.cookie_value("__Host-aegis_refresh")];
    for (place, bytes) in spoken.0.iter().filter(|(place, _)| !place.starts_with("the answer to")) {
        let text = String::from_utf8_lossy(bytes);
        for secret in &issued {
            assert!(!text.contains(secret.as_str()), "an issued secret stands in {place}");
        }
    }
}
