//! Planted secrets stand nowhere in clear: not in the files of the folder, not in the log at its most talkative, not in
//! an answer; nor does the KEK, but in its own file.

use super::{plant, prepared, secret, wait_for_end};
use crate::harness::folder;
use serde_json::json;
use std::path::Path;

const COUNT: usize = 40;

fn every_file(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn planted_secrets_and_the_kek_stand_nowhere_in_clear() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let dir = folder();
    let (launch, client) = prepared(dir.path()).await;
    plant(dir.path(), COUNT).await;
    let kek = std::fs::read_to_string(dir.path().join("secrets/kek")).unwrap().trim().to_owned();
    let mut forbidden: Vec<Vec<u8>> = vec![kek.clone().into_bytes(), STANDARD.decode(&kek).unwrap()];
    for n in 0..COUNT {
        forbidden.push(secret(n).into_bytes());
        forbidden.push(STANDARD.encode(secret(n)).into_bytes());
    }
    let finder = aho_corasick::AhoCorasick::new(&forbidden).unwrap();

    let launch = launch.env("AEGISFLOW_LOG", "trace");
    let server = launch.start();
    let client = client.at(server.address);
    let mut spoken: Vec<(String, Vec<u8>)> = Vec::new();
    let begun = client.post("/api/vault/rotate", &json!({})).await;
    assert_eq!(begun.status, 202, "{begun}");
    spoken.push(("the answer".into(), begun.body));
    wait_for_end(&client).await;
    for path in ["/api/vault", "/api/ready", "/api/metrics", "/api/audit?limit=500", "/api/system/versions"] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {answer}");
        spoken.push((path.into(), answer.body));
    }
    // The write-ahead log among them, as long as it runs.
    spoken.extend(every_file(dir.path()));
    let ended = server.stop();
    spoken.push(("the log".into(), ended.stderr.into_bytes()));
    spoken.extend(every_file(dir.path()));
    let checked = launch.run(&["vault", "check", "--data", dir.path().to_str().unwrap()]);
    assert!(checked.status.success(), "{}", checked.stderr);
    spoken.push(("vault check".into(), [checked.stdout, checked.stderr].concat().into_bytes()));

    let mut kek_found = 0;
    for (place, bytes) in &spoken {
        for found in finder.find_overlapping_iter(bytes) {
            let own = place.ends_with("secrets/kek") && found.pattern().as_usize() == 0;
            kek_found += usize::from(own);
            assert!(own, "{:?} stands in {place}", String::from_utf8_lossy(&forbidden[found.pattern()]));
        }
    }
    assert_eq!(kek_found, 2, "the search finds what is there");
}
