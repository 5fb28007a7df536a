//! A credential is connected, and its figures are in the ledger.

use super::figures::{Compared, feeds};
use super::rig::{Sim, connect, ended_run, served};
use crate::harness::folder;
use serde_json::json;

#[tokio::test]
async fn a_connected_credential_is_read_back_by_itself_and_equals_the_books() {
    let sim = Sim::start().await;
    let now = sim.freeze().await;
    let dir = folder();
    let (server, client) = served(&sim.launch(dir.path())).await;
    let key = connect(&client, &sim.key_form("openai", "admin").await).await;
    let run = ended_run(&client, &key).await;
    assert_eq!((&run["state"], &run["trigger"]), (&json!("whole"), &json!("backfill")), "{run:#}");
    assert_eq!(run["progress"], 1.0, "{run:#}");
    for feed in run["feeds"].as_array().unwrap() {
        assert_eq!(feed["state"], "whole", "{run:#}");
        assert!(feed["pages"].as_u64() > Some(0), "{run:#}");
    }
    assert!(server.stop().status.success());
    for feed in feeds("openai", "admin") {
        let expected = feed.expected(&sim, now).await;
        assert!(expected.values().all(|figure| *figure > 0), "{feed:?}: {expected:?}");
        assert_eq!(feed.collected(dir.path(), &key, feed.span(now)).await, expected, "{feed:?}");
    }
}
