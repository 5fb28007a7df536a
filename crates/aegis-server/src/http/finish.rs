//! Finishes a change although its caller hangs up: it could stop between the act and its record otherwise.
//! Used by `guard` for every request that may change something.
//! Invariant: what was polled once is polled to its end, by the connection's task or, once that is gone, by one of its
//! own; it is waited for when the server stops.

use std::pin::Pin;
use std::task::{Context, Poll};
use tokio_util::task::TaskTracker;

/// A change under way. It costs a task of its own only when it is let go of.
pub struct Finish<F: Future<Output: Send + 'static> + Send + 'static> {
    /// None: done, or panicked.
    change: Option<Pin<Box<F>>>,
    tasks: TaskTracker,
}

impl<F: Future<Output: Send + 'static> + Send + 'static> Finish<F> {
    /// `tasks` are those a stopping server waits for.
    pub fn new(change: F, tasks: &TaskTracker) -> Self {
        Finish { change: Some(Box::pin(change)), tasks: tasks.clone() }
    }
}

impl<F: Future<Output: Send + 'static> + Send + 'static> Future for Finish<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // Taken out while it is polled: what panics is not polled again.
        let mut change = self.change.take().expect("not polled after its end");
        let polled = change.as_mut().poll(cx);
        if polled.is_pending() {
            self.change = Some(change);
        }
        polled
    }
}

impl<F: Future<Output: Send + 'static> + Send + 'static> Drop for Finish<F> {
    fn drop(&mut self) {
        // Without a runtime the process is ending.
        if let (Some(change), Ok(runtime)) = (self.change.take(), tokio::runtime::Handle::try_current()) {
            self.tasks.spawn_on(change, &runtime);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    #[tokio::test]
    async fn what_is_let_go_of_is_finished_and_waited_for() {
        let tasks = TaskTracker::new();
        let done = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&done);
        let change = Finish::new(
            async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                seen.store(true, Ordering::SeqCst);
            },
            &tasks,
        );
        assert!(tokio::time::timeout(Duration::from_millis(1), change).await.is_err(), "it was let go of");
        tasks.close();
        tasks.wait().await;
        assert!(done.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn what_panics_is_not_started_again() {
        let tasks = TaskTracker::new();
        let change = Finish::new(async { panic!("on purpose") }, &tasks);
        assert!(std::panic::AssertUnwindSafe(change).catch_unwind().await.is_err());
        assert!(tasks.is_empty());
    }
}
