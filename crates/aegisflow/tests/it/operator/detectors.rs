//! `aegisflow detectors` tells the same as the catalogue of a server.

use crate::harness::server::BINARY;
use crate::harness::{Launch, folder};
use serde_json::Value;
use std::process::Command;

fn printed(args: &[&str]) -> String {
    let output = Command::new(BINARY).arg("detectors").args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn the_list_is_that_of_the_servers_catalogue() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["read"]).await;
    let catalogue = client.get("/api/compliance/detectors").await.ok();
    let listed: Value = serde_json::from_str(&printed(&["--format", "json"])).unwrap();
    let (there, here) = (catalogue["items"].as_array().unwrap(), listed["detectors"].as_array().unwrap());
    assert!(here.len() > 16 && here.len() == there.len());
    let lines = printed(&[]);
    for (here, there) in here.iter().zip(there) {
        for field in ["id", "name", "severity", "category", "max_hold", "hits", "misses", "regulations"] {
            assert_eq!(here[field], there[field], "{field} of {here}");
        }
        for figure in ["precision", "recall", "f1", "values", "texts"] {
            assert!(
                here["quality"][figure].as_f64().is_some_and(|figure| figure > 0.0),
                "{figure} of {here}"
            );
            assert_eq!(here["quality"][figure], there["quality"][figure], "{figure} of {here}");
        }
        let id = here["id"].as_str().unwrap();
        assert_eq!(lines.lines().filter(|line| line.split(' ').next() == Some(id)).count(), 1, "{lines}");
    }
}
