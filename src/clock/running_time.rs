//! Timeouts that count only the time in which this process ran.
//!
//! A process can be stopped (Ctrl-Z, SIGSTOP, `docker pause`, a frozen virtual machine, a laptop that sleeps)
//! while an answer arrives. When it runs again, an ordinary timer is due before anything that has arrived can be
//! read, and an answer that cannot be asked for twice would be thrown away.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often a wait looks at the time.
const CLOCK_CHECK_INTERVAL: Duration = Duration::from_millis(500);
/// A look that comes this much too late shows that the process was stopped. Longer than a busy machine makes a
/// process wait for its turn.
const SHORTEST_PAUSE: Duration = Duration::from_secs(3);
/// What is left of any timeout after a pause: time to read what has arrived.
const AFTER_PAUSE: Duration = Duration::from_secs(5);

/// The time that was spent running, as a pure function of the moments of each look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct RunningTime {
    running: Duration,
    pauses: u32,
    /// The running time at the end of the last pause.
    resumed_at: Option<Duration>,
}

impl RunningTime {
    /// Counts the time since the last look, of which a pause is worth one tick.
    fn add(&mut self, passed: Duration) {
        if passed < CLOCK_CHECK_INTERVAL + SHORTEST_PAUSE {
            self.running += passed;
            return;
        }
        self.running += CLOCK_CHECK_INTERVAL;
        self.pauses += 1;
        self.resumed_at = Some(self.running);
    }

    /// How much of a limit is left; after a pause enough to read what has arrived.
    fn left_of(&self, limit: Duration) -> Duration {
        let limit = match self.resumed_at {
            Some(resumed_at) => limit.max(resumed_at + AFTER_PAUSE),
            None => limit,
        };
        limit.saturating_sub(self.running)
    }
}

/// Measures the time in which the process ran. It notices a pause only while it is looked at more often than
/// pauses last, as both waits here do.
#[derive(Debug)]
pub(crate) struct Stopwatch {
    state: Mutex<(Instant, RunningTime)>,
}

impl Stopwatch {
    /// Starts to measure.
    pub(crate) fn start() -> Self {
        Self {
            state: Mutex::new((Instant::now(), RunningTime::default())),
        }
    }

    fn look(&self) -> RunningTime {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let passed = now.saturating_duration_since(state.0);
        state.0 = now;
        state.1.add(passed);
        state.1
    }

    /// How long the process ran since the start.
    pub(crate) fn running(&self) -> Duration {
        self.look().running
    }

    /// How often the process was stopped since the start.
    pub(crate) fn pauses(&self) -> u32 {
        self.look().pauses
    }

    /// Waits for work as long as the process runs for `limit`; `None` when it is not done by then.
    pub(crate) async fn timeout<T>(
        &self,
        limit: Duration,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let mut work = std::pin::pin!(work);
        loop {
            let wait = self.look().left_of(limit).min(CLOCK_CHECK_INTERVAL);
            // The work comes first: what has arrived is used even when the time is up.
            tokio::select! {
                biased;
                done = &mut work => return Some(done),
                () = tokio::time::sleep(wait) => {}
            }
            if self.look().left_of(limit).is_zero() {
                return None;
            }
        }
    }

    /// The same for what another thread sends.
    pub(crate) fn receive<T>(
        &self,
        limit: Duration,
        from: &Receiver<T>,
    ) -> Result<T, RecvTimeoutError> {
        loop {
            let wait = self.look().left_of(limit).min(CLOCK_CHECK_INTERVAL);
            match from.recv_timeout(wait) {
                Err(RecvTimeoutError::Timeout) if !self.look().left_of(limit).is_zero() => {}
                received => return received,
            }
        }
    }
}

/// Waits for work as long as the process runs for `limit`; `None` when it is not done by then.
pub(crate) async fn timeout<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    Stopwatch::start().timeout(limit, work).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(30);

    fn spent(looks: &[Duration]) -> RunningTime {
        let mut spent = RunningTime::default();
        for passed in looks {
            spent.add(*passed);
        }
        spent
    }

    #[test]
    fn time_that_the_process_ran_counts_and_a_busy_machine_is_no_pause() {
        let late = SHORTEST_PAUSE;
        let spent = spent(&[CLOCK_CHECK_INTERVAL, CLOCK_CHECK_INTERVAL, late]);
        assert_eq!(
            (spent.running, spent.pauses),
            (CLOCK_CHECK_INTERVAL * 2 + late, 0)
        );
        assert_eq!(spent.left_of(LIMIT) + spent.running, LIMIT);
    }

    #[test]
    fn a_pause_counts_as_one_tick_and_leaves_time_to_read_what_has_arrived() {
        let hour = Duration::from_secs(3600);
        let paused = spent(&[CLOCK_CHECK_INTERVAL, hour]);
        assert_eq!(
            (paused.running, paused.pauses),
            (CLOCK_CHECK_INTERVAL * 2, 1)
        );
        assert_eq!(paused.left_of(LIMIT) + CLOCK_CHECK_INTERVAL * 2, LIMIT);
        let at_the_end = spent(&[&[CLOCK_CHECK_INTERVAL; 60][..], &[hour]].concat());
        assert_eq!(at_the_end.left_of(LIMIT), AFTER_PAUSE);
        let later = spent(
            &[
                &[CLOCK_CHECK_INTERVAL; 60][..],
                &[hour],
                &[CLOCK_CHECK_INTERVAL; 9],
            ]
            .concat(),
        );
        assert_eq!(later.left_of(LIMIT), CLOCK_CHECK_INTERVAL);
        let over = spent(
            &[
                &[CLOCK_CHECK_INTERVAL; 60][..],
                &[hour],
                &[CLOCK_CHECK_INTERVAL; 10],
            ]
            .concat(),
        );
        assert_eq!(over.left_of(LIMIT), Duration::ZERO);
    }

    #[test]
    fn a_clock_that_goes_backwards_counts_as_no_time() {
        assert_eq!(
            spent(&[Duration::ZERO, Duration::ZERO]),
            RunningTime::default()
        );
    }

    #[tokio::test]
    async fn work_that_is_ready_is_done_even_when_there_is_no_time() {
        assert_eq!(timeout(Duration::ZERO, async { 7 }).await, Some(7));
        let never = std::future::pending::<()>();
        assert_eq!(timeout(Duration::from_millis(20), never).await, None);
    }

    #[test]
    fn what_another_thread_sends_is_waited_for_in_the_same_way() {
        let (sender, receiver) = std::sync::mpsc::channel();
        let watch = Stopwatch::start();
        let none = watch.receive(Duration::from_millis(20), &receiver);
        assert_eq!(none, Err(RecvTimeoutError::Timeout));
        sender.send(7).unwrap();
        assert_eq!(watch.receive(Duration::ZERO, &receiver), Ok(7));
        drop(sender);
        assert_eq!(
            watch.receive(LIMIT, &receiver),
            Err(RecvTimeoutError::Disconnected)
        );
    }
}
