//! Work on many threads, results in order.

use anyhow::Result;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// As much as the main thread has by default, so that a source does not depend on the thread that reads it.
const STACK: usize = 8 << 20;

/// How `count` pieces of work are shared out.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    pub count: usize,
    /// Threads; 0 takes one for each core.
    pub jobs: usize,
    /// Weight of the pieces that may be under way or wait for their turn; one may always be.
    pub most: u64,
}

/// Calls `work` for each piece on several threads, and `take` with each result in the order of the pieces. An error of
/// `take` ends it.
pub fn in_order<T: Send>(
    share: Share,
    weight: impl Fn(usize) -> u64 + Sync,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Result<()> + Send,
) -> Result<()> {
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    let jobs = if share.jobs == 0 { cores() } else { share.jobs }.min(share.count);
    if jobs <= 1 {
        return (0..share.count).try_for_each(|index| take(index, work(index)));
    }
    let gate = Gate { share, state: Mutex::default(), freed: Condvar::new() };
    let turn = Mutex::new(Turn { next: 0, early: BTreeMap::new(), take, failed: None });
    let worker = || {
        let _guard = StopsOnPanic(&gate);
        while let Some(index) = gate.claim(&weight) {
            let result = work(index);
            let taken = locked(&turn).take(index, result);
            match taken {
                Some(taken) => gate.free(taken.map(&weight).sum()),
                None => gate.stop(),
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..jobs {
            // Without a further thread, those there are do the work.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker);
        }
        worker();
    });
    turn.into_inner().unwrap_or_else(PoisonError::into_inner).failed.map_or(Ok(()), Err)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives out the pieces in order, and makes threads wait that would run too far ahead.
struct Gate {
    share: Share,
    state: Mutex<Claims>,
    freed: Condvar,
}

/// Ends the work when a thread panics: its piece is never taken, and the others would wait for it for ever.
struct StopsOnPanic<'a>(&'a Gate);

impl Drop for StopsOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

#[derive(Default)]
struct Claims {
    next: usize,
    /// Weight of what was given out and not yet taken.
    held: u64,
    waiting: usize,
}

impl Gate {
    fn claim(&self, weight: impl Fn(usize) -> u64) -> Option<usize> {
        let mut claims = locked(&self.state);
        loop {
            let index = claims.next;
            if index >= self.share.count {
                return None;
            }
            let held = claims.held.saturating_add(weight(index));
            if claims.held == 0 || held <= self.share.most {
                claims.next += 1;
                claims.held = held;
                return Some(index);
            }
            claims.waiting += 1;
            claims = self.freed.wait(claims).unwrap_or_else(PoisonError::into_inner);
            claims.waiting -= 1;
        }
    }

    fn free(&self, weight: u64) {
        let mut claims = locked(&self.state);
        claims.held = claims.held.saturating_sub(weight);
        if claims.waiting > 0 {
            self.freed.notify_all();
        }
    }

    fn stop(&self) {
        locked(&self.state).next = self.share.count;
        self.freed.notify_all();
    }
}

/// Puts results back into order.
struct Turn<T, F> {
    next: usize,
    /// Results whose turn has not come.
    early: BTreeMap<usize, T>,
    take: F,
    failed: Option<anyhow::Error>,
}

impl<T, F: FnMut(usize, T) -> Result<()>> Turn<T, F> {
    /// The pieces that were taken now; `None` when that failed.
    fn take(&mut self, index: usize, result: T) -> Option<std::ops::Range<usize>> {
        self.early.insert(index, result);
        let first = self.next;
        while self.failed.is_none()
            && let Some(result) = self.early.remove(&self.next)
        {
            self.failed = (self.take)(self.next, result).err();
            self.next += 1;
        }
        self.failed.is_none().then_some(first..self.next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn share(jobs: usize) -> Share {
        Share { count: 200, jobs, most: u64::MAX }
    }

    #[test]
    fn results_come_in_order() {
        for jobs in [1, 2, 7, 0] {
            let mut taken = Vec::new();
            let take = |index, result: usize| {
                assert_eq!(result, index * 3);
                taken.push(index);
                Ok(())
            };
            in_order(share(jobs), |_| 1, |index| index * 3, take).unwrap();
            assert!(taken.iter().copied().eq(0..200), "{jobs}: {taken:?}");
        }
    }

    #[test]
    fn no_thread_runs_too_far_ahead() {
        let (held, most) = (AtomicU64::new(0), AtomicU64::new(0));
        let weight = |index| if index == 50 { 1000 } else { 10 };
        let work = |index| {
            let now = held.fetch_add(weight(index), Ordering::SeqCst) + weight(index);
            most.fetch_max(now, Ordering::SeqCst);
        };
        let take = |index, ()| {
            held.fetch_sub(weight(index), Ordering::SeqCst);
            Ok(())
        };
        in_order(Share { most: 40, ..share(8) }, weight, work, take).unwrap();
        // The one that is heavier than allowed goes alone.
        assert_eq!((held.into_inner(), most.into_inner()), (0, 1000));
    }

    #[test]
    fn a_panic_ends_it() {
        let work = |index| assert!(index != 20, "piece 20");
        let few = Share { most: 5, ..share(4) };
        let ended = std::panic::catch_unwind(|| in_order(few, |_| 1, work, |_, ()| Ok(())));
        assert!(ended.is_err());
    }

    #[test]
    fn an_error_ends_it() {
        for jobs in [1, 4] {
            let mut taken = 0;
            let take = |index, ()| {
                taken += 1;
                if index == 20 { Err(anyhow::anyhow!("full")) } else { Ok(()) }
            };
            let failed = in_order(Share { most: 5, ..share(jobs) }, |_| 1, |_| (), take);
            assert_eq!((failed.unwrap_err().to_string().as_str(), taken), ("full", 21));
        }
    }
}
