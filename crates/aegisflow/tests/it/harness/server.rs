//! The real binary as a child process: started on a folder, waited for by its ready line, killed or stopped.

use super::Client;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The binary under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_aegisflow");
/// What it says when it serves.
const READY: &str = "aegisflow: ready on http://";
/// How long a start may take on a machine that does other things, too.
const PATIENCE: Duration = Duration::from_secs(30);

/// How to start a server.
#[derive(Clone)]
pub struct Launch {
    dir: PathBuf,
    prefix: Vec<OsString>,
    args: Vec<String>,
    env: Vec<(String, String)>,
}

/// A server that runs.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its data folder.
    pub dir: PathBuf,
    child: Child,
    stderr: Arc<Mutex<String>>,
    lines: Receiver<String>,
}

/// A program that has ended.
pub struct Ended {
    pub status: ExitStatus,
    pub took: Duration,
    pub stdout: String,
    pub stderr: String,
}

impl Launch {
    /// `serve` on a folder, on a port that is free.
    pub fn on(dir: impl Into<PathBuf>) -> Self {
        Launch { dir: dir.into(), prefix: Vec::new(), args: Vec::new(), env: Vec::new() }
    }

    /// Runs it by another program, which must replace itself by it.
    pub fn under<S: Into<OsString>>(mut self, prefix: impl IntoIterator<Item = S>) -> Self {
        self.prefix = prefix.into_iter().map(Into::into).collect();
        self
    }

    /// One more flag.
    pub fn arg(mut self, arg: &str) -> Self {
        self.args.push(arg.into());
        self
    }

    /// One more variable.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// Starts it and waits until it is ready.
    #[track_caller]
    pub fn start(&self) -> Server {
        self.try_start().unwrap_or_else(|e| panic!("the server did not start ({}):\n{}", e.status, e.stderr))
    }

    /// Starts it; when it ends before it is ready, returns how it ended.
    pub fn try_start(&self) -> Result<Server, Ended> {
        let started = Instant::now();
        let dir = self.dir.to_str().unwrap();
        let mut command = self.command(&["serve", "--data", dir, "--listen", "127.0.0.1:0"]);
        command.args(&self.args);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (stderr, lines) = collect(child.stderr.take().unwrap());
        let deadline = started + PATIENCE;
        loop {
            match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    if let Some(address) = line.strip_prefix(READY) {
                        let address = address.trim().parse().unwrap();
                        return Ok(Server { address, dir: self.dir.clone(), child, stderr, lines });
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let status = child.wait().unwrap();
                    let stderr = stderr.lock().unwrap().clone();
                    return Err(Ended { status, took: started.elapsed(), stdout: String::new(), stderr });
                }
                Err(RecvTimeoutError::Timeout) => {
                    let _ = child.kill();
                    panic!("not ready after {PATIENCE:?}:\n{}", stderr.lock().unwrap());
                }
            }
        }
    }

    /// Runs another subcommand, by the same program and with the same variables, to its end.
    pub fn run(&self, args: &[&str]) -> Ended {
        let started = Instant::now();
        let output = self.command(args).stdin(Stdio::null()).output().unwrap();
        Ended {
            status: output.status,
            took: started.elapsed(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Makes the figures again from the log of the stopped server, and demands that nothing differed.
    #[track_caller]
    pub fn assert_rollups_equal_the_log(&self) {
        let rebuilt = self.run(&["rebuild", "rollups", "--data", self.dir.to_str().unwrap()]);
        assert!(rebuilt.status.success(), "{}", rebuilt.stderr);
        assert!(rebuilt.stdout.contains("nothing differed"), "{}", rebuilt.stdout);
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut words: Vec<OsString> = self.prefix.clone();
        words.push(BINARY.into());
        words.extend(args.iter().map(Into::into));
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).envs(self.env.iter().map(|(k, v)| (k, v)));
        command
    }
}

/// Reads a child's standard error: whole into a text, and line by line.
fn collect(pipe: impl Read + Send + 'static) -> (Arc<Mutex<String>>, Receiver<String>) {
    let text = Arc::new(Mutex::new(String::new()));
    let (sender, lines) = channel();
    let whole = Arc::clone(&text);
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines() {
            let Ok(line) = line else { return };
            whole.lock().unwrap().push_str(&format!("{line}\n"));
            // Nobody listens any more once the server is ready; the text still grows.
            let _ = sender.send(line);
        }
    });
    (text, lines)
}

impl Server {
    /// A caller without credential.
    pub fn nobody(&self) -> Client {
        Client::new(self.address)
    }

    /// The first admin, made by the set-up link, as a logged-in person.
    pub async fn set_up(&self) -> Client {
        self.set_up_as("admin@corp.example", "correct horse battery 9").await
    }

    /// The same, by address and password.
    pub async fn set_up_as(&self, email: &str, password: &str) -> Client {
        let link = self.wait_for("/setup#token=");
        let token = link.rsplit("token=").next().unwrap().trim();
        let form = json!({ "token": token, "email": email, "name": "Ada Admin", "password": password });
        let mut client = self.nobody();
        let answer = client.post("/api/auth/setup", &form).await;
        assert_eq!(answer.status, 201, "{answer}");
        client.keep_cookies(&answer);
        client
    }

    /// A machine with a fresh token of these scopes, on a server nobody has used yet.
    pub async fn first_token(&self, scopes: &[&str]) -> Client {
        self.set_up().await.make_token("machine", scopes).await
    }

    /// Waits for a line on standard error that holds `part`.
    pub fn wait_for(&self, part: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        if let Some(line) = self.stderr().lines().find(|l| l.contains(part)) {
            return line.to_string();
        }
        while let Ok(line) = self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            if line.contains(part) {
                return line;
            }
        }
        panic!("no line with {part:?}:\n{}", self.stderr());
    }

    /// What it has said so far.
    pub fn stderr(&self) -> String {
        self.stderr.lock().unwrap().clone()
    }

    /// The most memory it has held so far, in bytes.
    pub fn peak_memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    }

    /// `kill -9`, and waits until it is gone.
    pub fn kill9(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop (SIGTERM), without waiting.
    pub fn ask_to_stop(&self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
    }

    /// Asks it to stop and waits for the end.
    pub fn stop(self) -> Ended {
        self.ask_to_stop();
        self.wait()
    }

    /// Waits for the end, twice as long as a stop may take.
    pub fn wait(mut self) -> Ended {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(20) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Ended {
                    status,
                    took: started.elapsed(),
                    stdout: String::new(),
                    stderr: self.stderr(),
                };
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it does not stop:\n{}", self.stderr());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ended {
    /// Demands an orderly refusal: exit code 1 and one line on standard error that says `what`.
    #[track_caller]
    pub fn refused_with(&self, what: &str) {
        assert_eq!(self.status.code(), Some(1), "{}", self.stderr);
        let said: Vec<&str> = self.stderr.lines().filter(|l| l.starts_with("aegisflow: ")).collect();
        assert_eq!(said.len(), 1, "one line says what is wrong:\n{}", self.stderr);
        assert!(said[0].contains(what), "expected {what:?} in {:?}", said[0]);
    }
}

/// The database file of a folder.
pub fn database(dir: &Path) -> PathBuf {
    dir.join("aegisflow.db")
}
