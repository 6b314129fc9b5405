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

/// Runs `work` over all items and returns the results in order. Each state serves one thread; with one state everything
/// happens in the caller's thread.
pub fn each<J: Sync, T: Send, S: Send>(
    states: &mut [S],
    items: &[J],
    work: impl Fn(&mut S, &J) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let threads = states.len();
    if threads <= 1 || items.len() < 2 * threads {
        let state = states.first_mut().expect("at least one state");
        return items.iter().map(|item| work(state, item)).collect();
    }
    // Many small chunks, dealt in turn, because neighbours are alike and some are much dearer than others.
    let chunk = items.len().div_ceil(threads * 8);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let run = |state: &mut S| -> Result<Vec<(usize, Vec<T>)>> {
        let mut mine = Vec::new();
        loop {
            let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(part) = items.chunks(chunk).nth(at) else {
                return Ok(mine);
            };
            mine.push((
                at,
                part.iter()
                    .map(|item| work(state, item))
                    .collect::<Result<Vec<T>>>()?,
            ));
        }
    };
    let mut found: Vec<(usize, Vec<T>)> = std::thread::scope(|scope| {
        let run = &run;
        let handles: Vec<_> = states
            .iter_mut()
            .map(|state| scope.spawn(move || run(state)))
            .collect();
        handles
            .into_iter()
            .map(|h| h.join().expect("work does not panic"))
            .collect::<Result<Vec<_>>>()
    })?
    .into_iter()
    .flatten()
    .collect();
    found.sort_unstable_by_key(|f| f.0);
    Ok(found.into_iter().flat_map(|f| f.1).collect())
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
    fn each_item_is_worked_on_once_and_in_order() {
        for threads in [1, 2, 5] {
            for count in [0, 1, 3, 100, 1001] {
                let items: Vec<u64> = (0..count).collect();
                let mut states = vec![0u64; threads];
                let got = each(&mut states, &items, |s, n| {
                    *s += 1;
                    Ok(n * 3)
                })
                .unwrap();
                assert_eq!(got, items.iter().map(|n| n * 3).collect::<Vec<_>>());
                assert_eq!(states.iter().sum::<u64>(), count);
            }
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
