//! The client: sends calls through breaker, pace, guard and limits, and tries again where that is safe.
//! Called by collectors, deliveries, validators; one for the whole process, cheap to clone.
//! Invariant: nothing of ours opens an outgoing HTTP connection in any other way (`clippy.toml` sees to it).

use crate::allow_list::AllowList;
use crate::answer::{Answer, Trip};
use crate::body::{Body, Progress};
use crate::breaker::machine::Outcome;
use crate::breaker::{BreakerKey, Breakers, Permit};
use crate::call::Call;
use crate::decode::Decoder;
use crate::error::{OutboundError, Stage};
use crate::exchange;
use crate::guard::HostPort;
use crate::observe::{Event, Observer, Seen};
use crate::rate::Rates;
use crate::redirect::Hop;
use crate::retry;
use crate::settings::{BuildError, Settings, Transports};
use crate::stream::{Counted, Streaming};
use crate::time::Time;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The one way out. Clones share everything.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    transports: Transports,
    allow_list: Option<AllowList>,
    breakers: Breakers,
    rates: Rates,
    time: Arc<dyn Time>,
    chance: Box<dyn Fn() -> f64 + Send + Sync>,
    observer: Arc<dyn Observer>,
}

/// An answer with its body in the form the caller wants.
struct Done<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    trip: Trip,
}

/// One call under way.
struct Run<'a> {
    call: &'a Call,
    first: Hop,
    key: BreakerKey,
    started: Duration,
    made: u32,
}

impl Client {
    /// A client made of `settings`.
    pub fn new(settings: Settings) -> Result<Self, BuildError> {
        Ok(Client(Arc::new(Inner {
            transports: Transports::new(&settings)?,
            allow_list: settings.allow_list,
            breakers: Breakers::new(settings.time.clone()),
            rates: Rates::new(settings.paces, settings.usual_pace),
            time: settings.time,
            chance: settings.chance,
            observer: settings.observer,
        })))
    }

    /// Sends a call and reads the whole answer. Any status is an answer.
    pub async fn send(&self, call: Call) -> Result<Answer, OutboundError> {
        let done = self.run(&call, true, async |body: Body| body.collect().await).await?;
        self.0.tell(&call, Event::Body { bytes: done.body.len() as u64 });
        Ok(Answer { status: done.status, headers: done.headers, body: done.body, trip: done.trip })
    }

    /// Sends a call and hands the body out piece by piece. It is tried again only before the answer's head is there.
    pub async fn stream(&self, call: Call) -> Result<Streaming, OutboundError> {
        let done = self.run(&call, false, async |body: Body| Ok(body)).await?;
        let body = Counted {
            body: done.body,
            observer: self.0.observer.clone(),
            party: call.party,
            purpose: call.purpose,
        };
        Ok(Streaming { status: done.status, headers: done.headers, trip: done.trip, body })
    }

    /// The state of all breakers, and its changes.
    pub fn breakers(&self) -> &Breakers {
        &self.0.breakers
    }

    /// Sends a call as often as it takes. `finish` reads the body as far as the caller wants; `whole` says that this is
    /// to its end.
    async fn run<T>(
        &self,
        call: &Call,
        whole: bool,
        finish: impl AsyncFn(Body) -> Result<T, OutboundError>,
    ) -> Result<Done<T>, OutboundError> {
        let inner = &self.0;
        let first = exchange::first(call, inner.allow_list.as_ref()).inspect_err(|error| {
            inner.tell(call, Event::Failed { word: error.word(), elapsed: Duration::ZERO })
        })?;
        let key = BreakerKey { party: call.party.clone(), host: first.target.host_port().to_string().into() };
        let mut run = Run { call, first, key, started: inner.time.monotonic(), made: 0 };
        loop {
            let (status, headers, body) = match inner.attempt(&mut run, whole).await {
                Ok(answered) => answered,
                Err(error) => {
                    inner.again(&run, error).await?;
                    continue;
                }
            };
            let asked = retry::asked(&headers, inner.time.now());
            if retry::worth_it(status, &headers)
                && let Some(wait) = inner.wait(&run, asked)
            {
                // its body is not wanted
                drop(body);
                inner.rest(&run, wait).await;
                continue;
            }
            match finish(body).await {
                Ok(body) => return Ok(Done { status, headers, body, trip: inner.trip(&run, asked) }),
                Err(error) => inner.again(&run, error).await?,
            }
        }
    }
}

impl Inner {
    /// Makes one attempt, up to the answer's head.
    async fn attempt(
        &self,
        run: &mut Run<'_>,
        whole: bool,
    ) -> Result<(StatusCode, HeaderMap, Body), OutboundError> {
        let permit = self.gate(run).await?;
        let began = self.time.monotonic();
        run.made += 1;
        let limits = run.call.policy.limits;
        let limit = limits.first_byte.min(limits.whole);
        let following =
            exchange::follow(&self.transports, self.allow_list.as_ref(), &run.call.policy, run.first.clone());
        let answered = tokio::select! {
            biased;
            answered = following => answered,
            () = self.time.sleep(limit) => Err(OutboundError::TimedOut {
                host: run.first.target.host_port(), stage: Stage::FirstByte, after: limit, attempts: 1,
            }),
        };
        let elapsed = self.time.monotonic() - began;
        let (target, response) = match answered {
            Ok(answered) => answered,
            Err(error) => {
                if error.blames_host() {
                    permit.report(Outcome::Failure);
                }
                return Err(error);
            }
        };
        self.tell(run.call, Event::Answered { status: response.status().as_u16(), elapsed });
        let permit = judge(response.status(), permit, whole);
        self.answer(run, target.host_port(), response, permit, limits.whole.saturating_sub(elapsed))
    }

    fn answer(
        &self,
        run: &Run<'_>,
        host: HostPort,
        mut response: reqwest::Response,
        permit: Option<Permit>,
        time: Duration,
    ) -> Result<(StatusCode, HeaderMap, Body), OutboundError> {
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let Ok(decoder) = Decoder::of(&headers) else {
            if let Some(permit) = permit {
                permit.report(Outcome::Failure);
            }
            let what = "it is packed in a way that was not asked for".into();
            return Err(OutboundError::Unreadable { host, what });
        };
        let body = Body {
            response,
            host,
            decoder,
            limits: run.call.policy.limits,
            time: self.time.clone(),
            whole: (time, self.time.sleep(time)),
            permit,
            progress: Progress::default(),
        };
        Ok((status, headers, body))
    }

    /// Waits for the vendor's pace, and asks the breaker: before, so that a turn is not wasted, and after.
    async fn gate(&self, run: &Run<'_>) -> Result<Permit, OutboundError> {
        let held = |held| OutboundError::held(run.first.target.host_port(), held);
        self.breakers.check(&run.key).map_err(held)?;
        let now = self.time.monotonic();
        let patience = run.call.policy.retry.total.saturating_sub(now - run.started);
        let vendor = &run.call.party.vendor;
        let wait = self
            .rates
            .turn(vendor, now, patience)
            .map_err(|retry_in| OutboundError::OverBudget { vendor: vendor.to_string(), retry_in })?;
        if !wait.is_zero() {
            self.tell(run.call, Event::Paced { wait });
            self.time.sleep(wait).await;
        }
        self.breakers.permit(&run.key).map_err(held)
    }

    /// Waits until it is time for another attempt, or returns the error when there is none.
    async fn again(&self, run: &Run<'_>, error: OutboundError) -> Result<(), OutboundError> {
        let elapsed = self.time.monotonic() - run.started;
        self.tell(run.call, Event::Failed { word: error.word(), elapsed });
        // what stopped a call before its attempt stops it for good
        let over = matches!(error, OutboundError::Paused { .. } | OutboundError::OverBudget { .. });
        let wait = if error.may_pass() && !over { self.wait(run, None) } else { None };
        let Some(wait) = wait else { return Err(error.after(run.made)) };
        self.rest(run, wait).await;
        Ok(())
    }

    async fn rest(&self, run: &Run<'_>, wait: Duration) {
        self.tell(run.call, Event::Retry { wait });
        self.time.sleep(wait).await;
    }

    /// How long to wait before another attempt; none when there is none.
    fn wait(&self, run: &Run<'_>, asked: Option<Duration>) -> Option<Duration> {
        if !run.call.may_repeat() || self.breakers.check(&run.key).is_err() {
            return None;
        }
        let elapsed = self.time.monotonic() - run.started;
        run.call.policy.retry.next(run.made, elapsed, asked, (self.chance)())
    }

    fn trip(&self, run: &Run<'_>, retry_after: Option<Duration>) -> Trip {
        Trip {
            attempts: run.made,
            elapsed: self.time.monotonic() - run.started,
            breaker: self.breakers.state(&run.key),
            retry_after,
        }
    }

    fn tell(&self, call: &Call, event: Event) {
        self.observer.observe(&Seen { vendor: &call.party.vendor, purpose: call.purpose }, event);
    }
}

/// Reports what the head of an answer tells; a permit is left when the body has yet to show how the attempt went.
fn judge(status: StatusCode, mut permit: Permit, whole: bool) -> Option<Permit> {
    match status.as_u16() {
        500.. => permit.report(Outcome::Failure),
        // a refusal, 429 included, comes from a host that is well
        400.. => permit.report(Outcome::Success),
        _ => {
            // a stream may last: others need not wait for its end
            if !whole {
                permit.answered();
            }
            return Some(permit);
        }
    }
    None
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client")
    }
}
