//! A server that answers as a test says, byte by byte, and keeps every request.

use parking_lot::Mutex;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// What a server does next on a connection. After the last step it closes.
pub enum Step {
    Send(Vec<u8>),
    /// The same again and again, until the other side has had enough.
    Forever(Vec<u8>),
    /// Nothing, until the other side closes.
    Hold,
    /// Nothing, until the test says `go`.
    Wait,
}

pub struct Server {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    arrived: Arc<Semaphore>,
    go: Arc<Semaphore>,
    _tasks: JoinSet<()>,
}

/// A whole answer; the connection closes after it.
pub fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<Step> {
    let body = body.as_ref();
    let head = format!(
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
        body.len()
    );
    vec![Step::Send([head.as_bytes(), body].concat())]
}

/// A redirect.
pub fn redirect(status: u16, location: &str) -> Vec<Step> {
    answer(status, &format!("location: {location}\r\n"), "")
}

impl Server {
    /// Answers the n-th request (from 0), whose text is given, with what `reply` says.
    pub async fn start(reply: impl Fn(usize, &str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Server::start_with(None, reply).await
    }

    pub async fn start_with(
        tls: Option<tokio_rustls::TlsAcceptor>,
        reply: impl Fn(usize, &str) -> Vec<Step> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (requests, arrived, go) =
            (Arc::new(Mutex::new(Vec::new())), Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let mut tasks = JoinSet::new();
        let seen = (requests.clone(), arrived.clone(), go.clone());
        tasks.spawn(async move {
            let (reply, mut connections) = (Arc::new(reply), JoinSet::new());
            while let Ok((socket, _)) = listener.accept().await {
                let (reply, seen, tls) = (reply.clone(), seen.clone(), tls.clone());
                connections.spawn(async move {
                    let (requests, arrived, go) = seen;
                    let take = move |request: String| {
                        let mut requests = requests.lock();
                        let steps = reply(requests.len(), &request);
                        requests.push(request);
                        arrived.add_permits(1);
                        steps
                    };
                    match tls {
                        None => serve(socket, take, &go).await,
                        Some(tls) => {
                            if let Ok(socket) = tls.accept(socket).await {
                                serve(socket, take, &go).await;
                            }
                        }
                    }
                });
            }
        });
        Server { address, requests, arrived, go, _tasks: tasks }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Requests so far.
    pub fn count(&self) -> usize {
        self.requests.lock().len()
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().clone()
    }

    /// Waits for one request more.
    pub async fn arrived(&self) {
        self.arrived.acquire().await.unwrap().forget();
    }

    /// Ends one `Step::Wait`.
    pub fn go(&self) {
        self.go.add_permits(1);
    }
}

/// Answers every request of a connection until the client or a `connection: close` ends it.
async fn serve(
    mut socket: impl AsyncRead + AsyncWrite + Unpin,
    take: impl Fn(String) -> Vec<Step>,
    go: &Semaphore,
) {
    while let Some(request) = read(&mut socket).await {
        let mut close = true;
        for step in take(request) {
            match step {
                Step::Send(bytes) => {
                    close &= !bytes.windows(10).any(|window| window == b"keep-alive");
                    if socket.write_all(&bytes).await.is_err() {
                        return;
                    }
                }
                Step::Forever(bytes) => while socket.write_all(&bytes).await.is_ok() {},
                Step::Hold => while socket.read(&mut [0; 64]).await.is_ok_and(|n| n > 0) {},
                Step::Wait => go.acquire().await.unwrap().forget(),
            }
            let _ = socket.flush().await;
        }
        if close {
            let _ = socket.shutdown().await;
            return;
        }
    }
}

/// One request with its body, if it has a length.
async fn read(socket: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // TLS where none is spoken
        if bytes.first() == Some(&0x16) {
            return Some(text);
        }
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |n| n.parse().unwrap());
            if body.len() >= length {
                return Some(text);
            }
        }
        let mut buffer = [0; 4096];
        match socket.read(&mut buffer).await {
            Ok(n) if n > 0 => bytes.extend_from_slice(&buffer[..n]),
            _ => return None,
        }
    }
}
