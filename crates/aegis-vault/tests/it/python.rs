//! Both ways with Python's `cryptography`: it opens what we seal, we open what it seals, key by key of a chain.

use crate::support::{at, rng};
use aegis_vault::{Chain, ExposeSecret, parse_chain};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Takes `{"keys": …, "open": […], "seal": […]}`, all in base64; answers what it opened, and tokens by each key.
const SCRIPT: &str = r#"
import base64, json, sys
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
ask = json.load(sys.stdin)
chain = MultiFernet([Fernet(k.strip()) for k in ask["keys"].split(",")])
def opened(token):
    try:
        return base64.b64encode(chain.decrypt(token.encode())).decode()
    except InvalidToken:
        return None
def sealed(secret):
    secret = base64.b64decode(secret)
    by_each = [Fernet(k.strip()).encrypt(secret).decode() for k in ask["keys"].split(",")]
    return by_each + [chain.encrypt(secret).decode(), chain.rotate(by_each[-1].encode()).decode()]
json.dump({
    "opened": [opened(t) for t in ask["open"]],
    "times": [chain.extract_timestamp(t.encode()) if opened(t) is not None else None for t in ask["open"]],
    "sealed": [sealed(s) for s in ask["seal"]],
}, sys.stdout)
"#;

/// A chain as a Python program keeps it.
pub fn two_keys() -> String {
    let key = |seed| {
        let mut bytes = [0; 32];
        rand::Rng::fill_bytes(&mut rng(seed), &mut bytes);
        URL_SAFE.encode(bytes)
    };
    format!("{},{}", key(101), key(102))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Python with the pinned package; none, said and counted, where the machine has none.
fn python() -> Option<PathBuf> {
    let python = root().join(".peers/fernet/bin/python");
    if python.exists() {
        return Some(python);
    }
    let status = Command::new(root().join("scripts/skip"))
        .args(["Fernet against Python", "its environment is missing; run make setup"])
        .status()
        .unwrap();
    assert!(status.success(), "cannot be skipped with CI=true");
    None
}

fn ask(python: &Path, question: &Value) -> Value {
    let mut child = Command::new(python)
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(question.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn secrets() -> Vec<Vec<u8>> {
    let mut rng = rng(103);
    let mut random = |n: usize| {
        let mut bytes = vec![0; n];
        rand::Rng::fill_bytes(&mut rng, &mut bytes);
        bytes
    };
    let lengths = [0, 1, 15, 16, 17, 31, 32, 33, 1_000, 65_536];
    lengths.into_iter().map(&mut random).chain([b"sk-proj-\xc3\xa9\0\n".to_vec()]).collect()
}

#[test]
fn python_opens_what_we_seal_and_we_open_what_python_seals() {
    let Some(python) = python() else { return };
    let keys = two_keys();
    let chain = {
        let mut keys = parse_chain(&keys.clone().into()).unwrap().into_iter().map(Arc::new);
        Chain::new(keys.next().unwrap(), keys.collect::<Vec<_>>())
    };
    let (secrets, mut rng) = (secrets(), rng(104));
    let ours: Vec<String> =
        secrets.iter().map(|s| chain.seal_bare(s, at(1_795_435_200_999), &mut rng).unwrap()).collect();
    let mut broken = ours.clone();
    for token in &mut broken {
        let last = token.trim_end_matches('=').len() - 2;
        let other = if token.as_bytes()[last] == b'A' { "B" } else { "A" };
        token.replace_range(last..=last, other);
    }
    let open = [ours, broken].concat();
    let seal: Vec<String> = secrets.iter().map(|s| STANDARD.encode(s)).collect();
    let question = json!({ "keys": keys, "open": open, "seal": seal });
    let answer = ask(&python, &question);

    for (n, secret) in secrets.iter().enumerate() {
        assert_eq!(answer["opened"][n], STANDARD.encode(secret), "{} bytes", secret.len());
        assert_eq!(answer["times"][n], 1_795_435_200, "whole seconds");
        assert_eq!(answer["opened"][secrets.len() + n], Value::Null, "a changed token");
        let theirs = answer["sealed"][n].as_array().unwrap();
        assert_eq!(theirs.len(), 4, "by each key, by the chain, and rotated");
        for token in theirs {
            let opened = chain.open_bare(token.as_str().unwrap()).unwrap();
            assert_eq!(opened.expose_secret(), &secret[..]);
        }
    }
}
