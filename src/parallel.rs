//! Work in parallel, results in order: the only file that starts threads.
//!
//! One thread produces jobs, some workers turn them into results, the caller consumes the results in the order of the
//! jobs. At most a few jobs per worker are under way, so memory is bounded by the size of a job. With one worker
//! everything happens in the caller's thread; the results are the same.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::error::{Error, ErrorKind, Result};

/// Jobs under way for each worker: one being worked on, one waiting, and some whose results wait for their turn.
const JOBS_PER_WORKER: usize = 4;

/// Runs `work` over all that `produce` gives, and hands the results to `consume` in order. `scratch` makes what a worker
/// reuses from job to job. The first error stops everything and is returned.
pub fn ordered<J, T, S>(
    threads: usize,
    mut produce: impl FnMut() -> Result<Option<J>> + Send,
    scratch: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, J) -> Result<T> + Sync,
    mut consume: impl FnMut(T) -> Result<()>,
) -> Result<()>
where
    J: Send,
    T: Send,
{
    if threads <= 1 {
        let mut state = scratch();
        while let Some(job) = produce()? {
            consume(work(&mut state, job)?)?;
        }
        return Ok(());
    }
    std::thread::scope(|scope| {
        let (jobs_in, jobs) = sync_channel::<(J, SyncSender<Result<T>>)>(threads);
        let (promises_in, promises) =
            sync_channel::<Receiver<Result<T>>>(threads * JOBS_PER_WORKER);
        let jobs = std::sync::Arc::new(Mutex::new(jobs));
        scope.spawn(move || {
            loop {
                let (answer, promise) = sync_channel(1);
                match produce() {
                    Ok(Some(job)) => {
                        // A closed channel means that the consumer stopped early: so does the producer.
                        if promises_in.send(promise).is_err()
                            || jobs_in.send((job, answer)).is_err()
                        {
                            return;
                        }
                    }
                    Ok(None) => return,
                    Err(error) => {
                        let _ = promises_in.send(promise);
                        let _ = answer.send(Err(error));
                        return;
                    }
                }
            }
        });
        for _ in 0..threads {
            let (jobs, scratch, work) = (jobs.clone(), &scratch, &work);
            scope.spawn(move || {
                let mut state = scratch();
                loop {
                    let job = jobs.lock().expect("no worker panics while it waits").recv();
                    let Ok((job, answer)) = job else { return };
                    let _ = answer.send(work(&mut state, job));
                }
            });
        }
        drop(jobs);
        for promise in promises {
            let result = promise
                .recv()
                .map_err(|_| Error::new(ErrorKind::Limit, "a worker stopped without an answer"))?;
            consume(result?)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_for_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let (mut next, mut got) = (0, Vec::new());
            let produce = || {
                next += 1;
                Ok((next <= 500).then_some(next))
            };
            ordered(
                threads,
                produce,
                || 0u64,
                |_, n: u64| Ok(n * n),
                |n| {
                    got.push(n);
                    Ok(())
                },
            )
            .unwrap();
            assert_eq!(got, (1..=500).map(|n| n * n).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn the_first_error_stops_the_run() {
        for threads in [1, 3] {
            for (bad_job, bad_result) in [(Some(5), None), (None, Some(5))] {
                let mut next = 0;
                let produce = || {
                    next += 1;
                    if Some(next) == bad_job {
                        Err(Error::input("five"))
                    } else {
                        Ok(Some(next))
                    }
                };
                let work = |_: &mut (), n: i32| {
                    if Some(n) == bad_result {
                        Err(Error::input("five"))
                    } else {
                        Ok(n)
                    }
                };
                let error = ordered(threads, produce, || (), work, |_| Ok(())).unwrap_err();
                assert_eq!(error.message(), "five");
            }
        }
    }
}
