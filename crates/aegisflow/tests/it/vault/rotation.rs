//! Rotation in the real binary: through `kill -9`, under reads, by the command line, and after an import.

use super::{plant, prepared, read_all, shown, wait_for_end};
use crate::harness::{Client, Launch, Random, Server, folder};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_killed_half_way_is_finished_at_the_next_start_and_no_read_fails() {
    survives(3_000, 3).await;
}

/// The same with a hundred thousand credentials.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long: `make soak` runs it"]
async fn a_rotation_of_a_hundred_thousand_is_killed_and_finished_and_no_read_fails() {
    survives(100_000, 3).await;
}

async fn survives(count: usize, kills: usize) {
    let dir = folder();
    let (launch, client) = prepared(dir.path()).await;
    plant(dir.path(), count).await;
    let mut server = launch.start();
    let mut client = client.at(server.address);
    let reading = Reading::start(dir.path(), count);
    let started = std::time::Instant::now();
    let begun = client.post("/api/vault/rotate", &serde_json::json!({})).await.ok();
    let old = begun["keys"][1]["id"].clone();

    let mut killed_in_the_middle = 0;
    for kill in 1..=kills {
        // Not before it has come further than at the kill before, nor after its end.
        let moved = wait_for_moved(&client, count * kill / (kills + 2)).await;
        if moved.is_some_and(|moved| (1..count as u64).contains(&moved)) {
            killed_in_the_middle += 1;
        }
        (server, client) = restart(server, &launch, client);
    }
    assert!(killed_in_the_middle > 0, "no kill came in the middle");
    let ended = wait_for_end(&client).await;
    println!("{count} credentials, {kills} kills: {:?}, {} reads", started.elapsed(), reading.so_far());
    assert_eq!((&ended["failed"], &ended["retired"]), (&0.into(), &serde_json::json!([old])));
    assert!(ended["moved"].as_u64().unwrap() <= count as u64, "none is counted twice: {ended}");
    assert_eq!(shown(&client).await["chain_depth"], 1);
    assert!(reading.stop() > 0, "nobody read meanwhile");
    assert!(server.stop().status.success());
    assert_eq!(read_all(dir.path()).await, count);
}

fn restart(server: Server, launch: &Launch, client: Client) -> (Server, Client) {
    server.kill9();
    let server = launch.start();
    let client = client.at(server.address);
    (server, client)
}

/// Waits until so many records were moved; none when the rotation has ended.
async fn wait_for_moved(client: &Client, least: usize) -> Option<u64> {
    loop {
        let vault = shown(client).await;
        let moved = vault["rotation"]["moved"].as_u64()?;
        if moved >= least as u64 || vault["rotation"]["pass"] != 1 {
            return Some(moved);
        }
        tokio::task::yield_now().await;
    }
}

/// A program that opens every credential again and again, beside the server; one that does not open ends the test.
struct Reading {
    stop: Arc<AtomicBool>,
    reads: Arc<AtomicUsize>,
    thread: std::thread::JoinHandle<()>,
}

impl Reading {
    fn start(dir: &Path, count: usize) -> Reading {
        let (stop, reads) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (dir, told, counted) = (dir.to_path_buf(), stop.clone(), reads.clone());
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            while !told.load(Ordering::Relaxed) {
                let read = runtime.block_on(read_all(&dir));
                assert_eq!(read, count);
                counted.fetch_add(read, Ordering::Relaxed);
            }
        });
        Reading { stop, reads, thread }
    }

    fn so_far(&self) -> usize {
        self.reads.load(Ordering::Relaxed)
    }

    fn stop(self) -> usize {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().expect("a read failed");
        self.reads.load(Ordering::Relaxed)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_rotates_with_and_without_a_server_and_is_on_record() {
    let dir = folder();
    let (launch, client) = prepared(dir.path()).await;
    plant(dir.path(), 300).await;
    let data = dir.path().to_str().unwrap();
    let rotate = || {
        let ended = launch.run(&["vault", "rotate", "--data", data]);
        assert!(ended.status.success(), "{}", ended.stderr);
        assert_eq!(ended.stdout, "300 records re-encrypted under a new key; 1 older key retired\n");
    };
    rotate();
    let server = launch.start();
    let client = client.at(server.address);
    rotate();
    let checked = launch.run(&["vault", "check", "--data", data]);
    assert!(checked.stdout.starts_with("the vault opens: 1 key under the KEK "), "{}", checked.stdout);
    assert!(checked.stdout.ends_with("300 sealed values, all open\n"), "{}", checked.stdout);
    let text = client.get("/api/audit?limit=500").await.ok().to_string();
    assert_eq!(text.matches("vault.rotation_started").count(), 2, "{text}");
    assert_eq!(text.matches("vault.rotation_ended").count(), 2, "{text}");
    assert!(server.stop().status.success());
    assert_eq!(read_all(dir.path()).await, 300);
}

#[tokio::test]
async fn keys_of_another_program_are_taken_over_and_retired_by_the_next_rotation() {
    let dir = folder();
    let (launch, _) = prepared(dir.path()).await;
    let data = dir.path().to_str().unwrap();
    let mut chance = Random::seeded("import");
    let mut key = || {
        use base64::Engine;
        let bytes: Vec<u8> = (0..32).map(|_| chance.between(0, 256) as u8).collect();
        base64::engine::general_purpose::URL_SAFE.encode(bytes)
    };
    let chain = format!("{},{}\n", key(), key());
    let import = |text: &str| {
        let mut child = Command::new(crate::harness::server::BINARY)
            .args(["vault", "import", "--data", data])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let (code, said) = import(&chain);
    assert!(code == Some(0) && said.starts_with("2 keys taken over, 0 known before"), "{said}");
    assert!(import(&chain).1.starts_with("0 keys taken over, 2 known before"));
    let (code, said) = import(&format!("{},changeme", key()));
    assert!(code == Some(1) && said.contains("key 2 of the chain") && !said.contains("changeme"), "{said}");
    let checked = launch.run(&["vault", "check", "--data", data]);
    assert!(checked.stdout.starts_with("the vault opens: 3 keys"), "{}", checked.stdout);
    let ended = launch.run(&["vault", "rotate", "--data", data]);
    assert!(ended.stdout.contains("3 older keys retired"), "{}{}", ended.stdout, ended.stderr);
}

#[tokio::test]
async fn a_value_that_does_not_open_is_named_and_keeps_the_old_key() {
    let dir = folder();
    let (launch, _) = prepared(dir.path()).await;
    plant(dir.path(), 5).await;
    // Somebody points a credential elsewhere by hand.
    let sqlite = aegis_store::sqlite::open(aegis_store::sqlite::SqliteConfig::new(dir.path())).unwrap();
    let documents = sqlite.store().documents;
    let page = documents.list_raw("credentials", aegis_store::ListQuery { limit: 1, ..Default::default() });
    let (version, mut body) = page.await.unwrap().remove(0);
    let id = body["id"].as_str().unwrap().to_owned();
    body["base_urls"] = serde_json::json!({ "api": "https://collector.evil.example" });
    let read: aegis_domain::entities::Credential = serde_json::from_value(body).unwrap();
    aegis_store::DocumentsExt::update(&*documents, version, &read).await.unwrap();
    sqlite.shutdown().await.unwrap();

    let data = dir.path().to_str().unwrap();
    let ended = launch.run(&["vault", "check", "--data", data]);
    assert_eq!(ended.status.code(), Some(1));
    assert!(
        ended.stderr.contains(&id) && ended.stderr.contains("1 sealed values in it do not, 4 do"),
        "{}",
        ended.stderr
    );
    let ended = launch.run(&["vault", "rotate", "--data", data]);
    assert_eq!(ended.status.code(), Some(1));
    assert!(ended.stderr.contains("the older keys, which are kept"), "{}", ended.stderr);
    assert!(launch.start().stop().status.success(), "the server starts all the same");
}
