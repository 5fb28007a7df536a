//! The operator's commands beside a running server: what they do holds there, is on record, and leaves no secret.

mod demo;
mod detectors;
mod injection_model;
mod scan;

use crate::harness::server::BINARY;
use crate::harness::{Client, Launch, folder};
use serde_json::json;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const PHRASE: &str = "planted phrase for the grep";

fn aegisflow(dir: &Path, args: &[&str], input: &str) -> Output {
    let mut child = Command::new(BINARY)
        .args(args)
        .args(["--data", dir.to_str().unwrap()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// What a command printed; it must have gone well.
#[track_caller]
fn printed(dir: &Path, args: &[&str], input: &str) -> String {
    let output = aegisflow(dir, args, input);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a command complained about in one line; it must have failed.
#[track_caller]
fn complaint(dir: &Path, args: &[&str], input: &str) -> String {
    let output = aegisflow(dir, args, input);
    assert_eq!(output.status.code(), Some(1), "{args:?}");
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

async fn login(nobody: &Client, email: &str, password: &str) -> (u16, Client) {
    let mut client = nobody.another();
    let answer = client.post("/api/auth/login", &json!({ "email": email, "password": password })).await;
    client.keep_cookies(&answer);
    (answer.status, client)
}

#[tokio::test]
async fn people_and_tokens_are_made_beside_a_running_server() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let at = dir.path();
    let create = ["user", "create", "--email", "Ada@Corp.example", "--role", "admin", "--password-stdin"];
    assert_eq!(printed(at, &create, &format!("{PHRASE}\n")), "");
    let (status, ada) = login(&server.nobody(), "ada@corp.example", PHRASE).await;
    assert_eq!(status, 200);

    let made_up = printed(at, &["user", "create", "--email", "bo@corp.example", "--role", "viewer"], "");
    assert_eq!(login(&server.nobody(), "bo@corp.example", made_up.trim()).await.0, 200);

    let token =
        printed(at, &["token", "create", "--name", "ci", "--scope", "read,ingest", "--expires", "30d"], "");
    assert_eq!(token.lines().count(), 1, "the token alone");
    let list = ada.get("/api/tokens").await.ok();
    assert_eq!(list["items"][0]["scopes"], json!(["ingest", "read"]));
    assert!(list["items"][0]["created_by"].as_str().unwrap().starts_with("operator "));

    for (email, role, input, why) in [
        ("ada@corp.example", "viewer", PHRASE, "has an account already"),
        ("cy@corp.example", "viewer", "short", "at least 12 characters"),
        ("cy", "viewer", PHRASE, "e-mail address"),
    ] {
        let args = ["user", "create", "--email", email, "--role", role, "--password-stdin"];
        let said = complaint(at, &args, input);
        assert!(said.contains(why), "{said}");
    }
    assert!(
        complaint(at, &["token", "create", "--name", "ci", "--scope", "read"], "").contains("exists already")
    );
    let wrong = aegisflow(at, &["token", "create", "--name", "x", "--scope", "root"], "");
    assert_eq!(wrong.status.code(), Some(2), "wrong usage");

    let ended = server.stop();
    for secret in [PHRASE, made_up.trim(), token.trim()] {
        assert!(!ended.stderr.contains(secret), "no secret in the log");
        for file in std::fs::read_dir(at).unwrap().map(|f| f.unwrap().path()).filter(|f| f.is_file()) {
            let bytes = std::fs::read(&file).unwrap();
            assert!(
                !bytes.windows(secret.len()).any(|w| w == secret.as_bytes()),
                "a secret in {}",
                file.display()
            );
        }
    }
}

#[tokio::test]
async fn a_locked_out_person_is_let_in_again_and_a_new_password_ends_sessions() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let (at, email) = (dir.path(), "ada@corp.example");
    printed(at, &["user", "create", "--email", email, "--role", "admin", "--password-stdin"], PHRASE);
    let (_, session) = login(&server.nobody(), email, PHRASE).await;
    for expected in [401, 401, 401, 401, 401, 429] {
        assert_eq!(login(&server.nobody(), email, "not the phrase").await.0, expected);
    }
    printed(at, &["user", "unlock", "--email", email], "");
    assert_eq!(login(&server.nobody(), email, PHRASE).await.0, 200);
    assert!(
        complaint(at, &["user", "unlock", "--email", "no@corp.example"], "")
            .contains("nobody has an account")
    );

    assert_eq!(session.get("/api/auth/me").await.status, 200);
    let fresh = printed(at, &["user", "passwd", "--email", email], "");
    let changed = Instant::now();
    while session.get("/api/auth/me").await.status != 401 {
        assert!(changed.elapsed() < Duration::from_secs(5), "the old session is not cut off");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(login(&server.nobody(), email, PHRASE).await.0, 401);
    let (status, ada) = login(&server.nobody(), email, fresh.trim()).await;
    assert_eq!(status, 200);

    let acts = ada.get("/api/audit?actor=operator").await.ok();
    let actions: Vec<&str> =
        acts["items"].as_array().unwrap().iter().map(|act| act["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["password.changed", "account.unlocked", "user.created"]);
    let said = printed(at, &["audit", "verify"], "");
    assert!(said.contains("is whole"), "{said}");
    assert_eq!(ada.get("/api/audit/verify").await.ok()["ok"], true);
    server.stop();
    assert!(complaint(Path::new("/no/such/folder"), &["audit", "verify"], "").contains("no folder"));
}
