//! How often one client address may call the open routes.
//! Called by those routes' handlers through `limited`. A client address is the one past trusted proxies; of IPv6, its /64.
//! Invariant: every answer of a limited route tells the limit (`RateLimit-Policy`) and what is left of it (`RateLimit`,
//! draft-ietf-httpapi-ratelimit-headers-10), refusals with `Retry-After` besides.

use super::Caller;
use crate::App;
use crate::error::{ApiError, Code};
use aegis_domain::Clock;
use aegis_identity::client_address::network;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use governor::clock::Clock as _;
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// What is limited, each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Log-ins, right or wrong.
    Login,
    /// New access tokens for a session.
    Refresh,
    /// New accounts.
    Register,
    /// Attempts at first-run set-up.
    Setup,
    /// Password changes.
    Password,
}

impl Limit {
    const ALL: [Limit; 5] = [Limit::Login, Limit::Refresh, Limit::Register, Limit::Setup, Limit::Password];

    const fn name(self) -> &'static str {
        match self {
            Limit::Login => "login",
            Limit::Refresh => "refresh",
            Limit::Register => "register",
            Limit::Setup => "setup",
            Limit::Password => "password",
        }
    }

    /// Requests, and the time in which so many come back.
    const fn quota(self) -> (u32, Duration) {
        const MINUTE: Duration = Duration::from_secs(60);
        match self {
            Limit::Login => (60, MINUTE),
            Limit::Refresh => (120, MINUTE),
            Limit::Register => (10, Duration::from_secs(3600)),
            Limit::Setup => (20, MINUTE),
            Limit::Password => (20, MINUTE),
        }
    }
}

/// The limiter's view of the application's clock.
#[derive(Clone)]
struct Ticks(Arc<dyn Clock>);

impl governor::clock::Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(self.0.now().millis().max(0) as u64)
    }
}

type Limiter = RateLimiter<IpAddr, DashMapStateStore<IpAddr>, Ticks, StateInformationMiddleware>;

/// A limiter for each `Limit`.
pub struct Limits {
    clock: Ticks,
    limiters: [Limiter; Limit::ALL.len()],
}

/// What a limited answer tells about its limit.
struct Left {
    limit: Limit,
    remaining: u32,
    reset: Duration,
}

impl Limits {
    /// All limits untouched.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let clock = Ticks(clock);
        let limiters = Limit::ALL.map(|limit| {
            let (burst, window) = limit.quota();
            let burst = NonZeroU32::new(burst).expect("every quota is above zero");
            let quota = Quota::with_period(window / burst.get())
                .expect("every period is above zero")
                .allow_burst(burst);
            RateLimiter::dashmap_with_clock(quota, clock.clone()).with_middleware()
        });
        Limits { clock, limiters }
    }

    /// Forgets addresses whose limits are whole again.
    pub fn tidy(&self) {
        for limiter in &self.limiters {
            limiter.retain_recent();
        }
    }

    fn take(&self, limit: Limit, address: IpAddr) -> Result<Left, Left> {
        let (burst, window) = limit.quota();
        match self.limiters[limit as usize].check_key(&network(address)) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                Ok(Left { limit, remaining, reset: window / burst * burst.saturating_sub(remaining) })
            }
            Err(until) => Err(Left { limit, remaining: 0, reset: until.wait_time_from(self.clock.now()) }),
        }
    }
}

/// Runs a handler under a limit of the caller's address, or refuses.
pub async fn limited(
    app: &App,
    limit: Limit,
    caller: &Caller,
    handler: impl Future<Output = Result<Response, ApiError>>,
) -> Response {
    match app.access.limits.take(limit, caller.address) {
        Ok(left) => left.tell(handler.await.unwrap_or_else(ApiError::into_response)),
        Err(left) => {
            let error =
                ApiError::new(Code::RateLimited, "too many requests from your address; wait a little")
                    .retry_after(whole_seconds(left.reset));
            left.tell(error.into_response())
        }
    }
}

impl Left {
    fn tell(&self, mut response: Response) -> Response {
        let (name, (quota, window)) = (self.limit.name(), self.limit.quota());
        let policy = format!("\"{name}\";q={quota};w={}", window.as_secs());
        let left = format!("\"{name}\";r={};t={}", self.remaining, whole_seconds(self.reset).as_secs());
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}

/// Rounded up: who comes back on the second must not be refused again.
fn whole_seconds(time: Duration) -> Duration {
    Duration::from_secs(time.as_secs() + u64::from(time.subsec_nanos() > 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_domain::{ManualClock, Timestamp};

    #[test]
    fn ten_accounts_an_hour_for_each_address() {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000_000)));
        let limits = Limits::new(clock.clone());
        let (here, there): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for n in (0..10).rev() {
            assert_eq!(limits.take(Limit::Register, here).ok().map(|left| left.remaining), Some(n));
        }
        let refused = limits.take(Limit::Register, here).err().expect("the eleventh is refused");
        assert_eq!(whole_seconds(refused.reset), Duration::from_secs(360));
        assert!(limits.take(Limit::Register, there).is_ok(), "another address has its own limit");
        assert!(limits.take(Limit::Login, here).is_ok(), "another route has its own limit");

        clock.advance(Duration::from_secs(359));
        assert!(limits.take(Limit::Register, here).is_err());
        clock.advance(Duration::from_secs(1));
        assert!(limits.take(Limit::Register, here).is_ok());
    }

    #[test]
    fn each_limit_finds_its_own_limiter() {
        for (index, limit) in Limit::ALL.into_iter().enumerate() {
            assert_eq!(limit as usize, index);
        }
    }
}
