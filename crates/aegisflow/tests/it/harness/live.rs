//! A client of the live stream: opens the socket with a ticket, subscribes, and keeps every frame it was sent.

use super::Client;
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// An open stream.
pub struct Live {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Every frame so far, as sent.
    pub frames: Vec<String>,
}

impl Live {
    /// Opens a stream and subscribes to all that `filter` admits; returns when the server has greeted.
    pub async fn open(person: &Client, filter: Value) -> Live {
        let ticket = person.post("/api/ws/ticket", &json!({})).await.ok();
        let ticket = ticket["ticket"].as_str().unwrap();
        let address = format!("ws://{}/api/ws/events?token={ticket}", person.address);
        let (socket, _) = connect_async(address).await.unwrap();
        let mut live = Live { socket, frames: Vec::new() };
        live.wait_for(|frame| frame["type"] == "hello").await;
        live.send(&json!({ "type": "subscribe", "filter": filter })).await;
        // Messages are answered in order: after the pong the subscription stands.
        live.send(&json!({ "type": "ping" })).await;
        live.wait_for(|frame| frame["type"] == "pong").await;
        live
    }

    /// Sends a message.
    pub async fn send(&mut self, message: &Value) {
        self.socket.send(Message::text(message.to_string())).await.unwrap();
    }

    /// Reads on to the first frame that fits; returns it.
    pub async fn wait_for(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        let read = async {
            while let Some(Ok(message)) = self.socket.next().await {
                let Message::Text(text) = message else { continue };
                let frame: Value = serde_json::from_str(&text).unwrap();
                self.frames.push(text.to_string());
                if fits(&frame) {
                    return Some(frame);
                }
            }
            None
        };
        let found = tokio::time::timeout(Duration::from_secs(15), read).await;
        match found {
            Ok(Some(frame)) => frame,
            Ok(None) => panic!("the stream ended: {:#?}", self.frames),
            Err(_) => panic!("the frame did not come: {:#?}", self.frames),
        }
    }

    /// The frames of one kind, so far.
    pub fn of_kind(&self, kind: &str) -> Vec<Value> {
        let frames = self.frames.iter().map(|f| serde_json::from_str::<Value>(f).unwrap());
        frames.filter(|f| f["type"] == kind).collect()
    }
}
