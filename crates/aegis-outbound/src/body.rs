//! A body, read piece by piece, unpacked, within its limits.
//! Made by `client`; read by `Client::send` or by the caller of `Client::stream`.
//! Invariants: never more than the limit comes out, never more than a piece is held; a body that broke never looks like
//! one that ended.

use crate::breaker::Permit;
use crate::breaker::machine::Outcome;
use crate::decode::{Decoder, SLICE};
use crate::error::{OutboundError, Stage};
use crate::explain::explain;
use crate::guard::HostPort;
use crate::limits::Limits;
use crate::time::{Sleep, Time};
use bytes::{Bytes, BytesMut};
use std::sync::Arc;
use std::time::Duration;

/// A body on its way.
pub(crate) struct Body {
    pub response: reqwest::Response,
    pub host: HostPort,
    pub decoder: Decoder,
    pub limits: Limits,
    pub time: Arc<dyn Time>,
    /// How long the body may take, and the wait for that.
    pub whole: (Duration, Sleep),
    /// The attempt's permit, while its outcome is open.
    pub permit: Option<Permit>,
    pub progress: Progress,
}

#[derive(Default)]
pub(crate) struct Progress {
    /// Arrived and not yet unpacked.
    packed: Bytes,
    /// Anything arrived at all.
    begun: bool,
    /// Bytes given out.
    pub given: u64,
    /// How it ended, once it has.
    end: Option<Result<(), OutboundError>>,
}

impl Body {
    /// Returns the next piece, none at the end. After an error, the same error again.
    pub async fn next(&mut self) -> Result<Option<Bytes>, OutboundError> {
        if let Some(end) = &self.progress.end {
            return end.clone().map(|()| None);
        }
        let piece = self.piece().await;
        match &piece {
            Ok(Some(_)) => {}
            Ok(None) => self.end(Ok(())),
            Err(error) => self.end(Err(error.clone())),
        }
        piece
    }

    /// Reads all that is left.
    pub async fn collect(mut self) -> Result<Bytes, OutboundError> {
        // most answers come as one piece, which is then not copied
        let Some(first) = self.next().await? else { return Ok(Bytes::new()) };
        let Some(second) = self.next().await? else { return Ok(first) };
        let mut whole = BytesMut::from(first);
        whole.extend_from_slice(&second);
        while let Some(piece) = self.next().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    fn end(&mut self, end: Result<(), OutboundError>) {
        if let Some(permit) = self.permit.take() {
            match &end {
                Ok(()) => permit.report(Outcome::Success),
                Err(error) if error.blames_host() => permit.report(Outcome::Failure),
                // dropped: given back
                Err(_) => {}
            }
        }
        self.progress.end = Some(end);
    }

    async fn piece(&mut self) -> Result<Option<Bytes>, OutboundError> {
        loop {
            if !self.progress.packed.is_empty() {
                let piece = self.unpack()?;
                if !piece.is_empty() {
                    return self.count(piece).map(Some);
                }
                continue;
            }
            match self.arriving().await? {
                Some(packed) => {
                    self.progress.packed = packed;
                    self.progress.begun = true;
                }
                // a body that is not there at all is not packed either
                None if !self.progress.begun => return Ok(None),
                None => {
                    let rest = self.decoder.end().map_err(|_| self.unreadable("its end is missing"))?;
                    self.progress.begun = false;
                    return if rest.is_empty() { Ok(None) } else { self.count(rest.into()).map(Some) };
                }
            }
        }
    }

    fn unpack(&mut self) -> Result<Bytes, OutboundError> {
        let packed = &mut self.progress.packed;
        if self.decoder.is_plain() {
            return Ok(std::mem::take(packed));
        }
        let slice = packed.split_to(packed.len().min(SLICE));
        self.decoder
            .push(&slice)
            .map(Bytes::from)
            .map_err(|_| self.unreadable("it is no gzip, though it says so"))
    }

    fn count(&mut self, piece: Bytes) -> Result<Bytes, OutboundError> {
        self.progress.given += piece.len() as u64;
        if self.progress.given > self.limits.body {
            return Err(OutboundError::TooLarge { host: self.host.clone(), limit: self.limits.body });
        }
        Ok(piece)
    }

    async fn arriving(&mut self) -> Result<Option<Bytes>, OutboundError> {
        let late =
            |stage, after| OutboundError::TimedOut { host: self.host.clone(), stage, after, attempts: 1 };
        tokio::select! {
            biased;
            chunk = self.response.chunk() => chunk.map_err(|error| explain(error, &self.host)),
            () = &mut self.whole.1 => Err(late(Stage::Whole, self.whole.0)),
            () = self.time.sleep(self.limits.idle) => Err(late(Stage::Idle, self.limits.idle)),
        }
    }

    fn unreadable(&self, what: &str) -> OutboundError {
        OutboundError::Unreadable { host: self.host.clone(), what: what.to_owned() }
    }
}
