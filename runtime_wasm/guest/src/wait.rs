//! Waits for a future where there is nothing else to do: no threads, no timers, no host to wake anybody.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// The future waits, and nothing that could wake it is left.
#[derive(Debug, PartialEq, Eq)]
pub struct Stuck;

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Polls the future as long as it is woken.
pub fn wait<F: Future>(future: F) -> Result<F::Output, Stuck> {
    let woken = Arc::new(Woken(AtomicBool::new(true)));
    let waker = Waker::from(Arc::clone(&woken));
    let mut future = pin!(future);
    while woken.0.swap(false, Ordering::Relaxed) {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Ok(output);
        }
    }
    Err(Stuck)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_wakes_is_stuck() {
        assert_eq!(wait(async { 1 }), Ok(1));
        assert_eq!(wait(std::future::pending::<()>()), Err(Stuck));
    }
}
