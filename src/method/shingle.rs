//! The default method: winnowed shingles (Schleimer, Wilkerson, Aiken 2003).
//!
//! The slow version: of every [`WINDOW`] neighbouring shingles take the one with the smallest hash. Two paragraphs that
//! share a run of `WINDOW` shingles have a window in common, so they share that window's smallest hash: no shared run of
//! WINDOW + 2 words is missed, wherever it stands and whatever surrounds it. That is what a Jaccard signature cannot
//! promise, and why containment is found. The expected density is 2 / (WINDOW + 1).
//!
//! The fast version below walks once and rescans a window only when its smallest hash has left it, which happens about
//! every WINDOW / 2 steps on average.

use super::{Key, Method};

/// Shingles in a window. 4 keeps two of five shingles; with 3-word shingles any shared run of 6 words is found.
pub const WINDOW: usize = 4;

/// A paragraph of at most so many shingles keeps them all: it is short, and one edit in it already breaks most windows.
/// 24 shingles are 26 words; measured on the exhaustive pairs of 20 Newsgroups.
pub const WHOLE: usize = 24;

/// See the module.
pub static METHOD: Method = Method {
    name: "shingle",
    doc: "Winnowed 3-word shingles (5 characters where words are not spaced): of every four neighbouring shingles the \
smallest hash is a key, of short paragraphs every shingle. Finds near-duplicates and containment alike: no shared run of six words is missed.",
    keys,
    whole: WHOLE,
    share: SHARE,
    share_of_sample: 2 * SHARE,
};

/// Of paragraphs that are alike enough to be weighed, the smaller has at least 35 % of its shingles in the larger, or J is
/// at least 0.2: that is a sixth of those of the larger. A sample of two in five may show as little as half of a share.
const SHARE: usize = 6;

fn keys(shingles: &[u64], out: &mut Vec<Key>) {
    let first = out.len();
    let whole = shingles.len() <= WHOLE;
    let mut done = 0;
    winnow(shingles, |at| {
        // What follows is the next winnowed shingle, for kept and winnowed ones alike: so a short paragraph and a long one
        // that share a run agree in what follows it.
        let next = (shingles[at] >> 32) as u32;
        if whole {
            out.extend(shingles[done..at].iter().map(|&key| Key { key, next }));
            done = at;
        } else if out.len() > first {
            out.last_mut().expect("there is one").next = next;
        }
        if !whole {
            out.push(Key {
                key: shingles[at],
                next: 0,
            });
        }
    });
    if whole {
        out.extend(shingles[done..].iter().map(|&key| Key { key, next: 0 }));
    }
}

/// Calls `found` with the place of each winnowed shingle, ascending.
fn winnow(shingles: &[u64], mut found: impl FnMut(usize)) {
    let mut smallest = 0;
    for end in WINDOW..=shingles.len() {
        let start = end - WINDOW;
        if end == WINDOW || smallest < start {
            // The rightmost of equal hashes: a repeated shingle then moves along and is not taken again at once.
            smallest = (start..end)
                .rev()
                .min_by_key(|&i| shingles[i])
                .expect("a window is not empty");
        } else if shingles[end - 1] <= shingles[smallest] {
            smallest = end - 1;
        } else {
            continue;
        }
        found(smallest);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shingles;
    use super::*;

    fn naive(shingles: &[u64]) -> Vec<u64> {
        let mut out: Vec<usize> = Vec::new();
        for (start, window) in shingles.windows(WINDOW).enumerate() {
            let least = window.iter().min().unwrap();
            let at = start + window.iter().rposition(|h| h == least).unwrap();
            if out.last() != Some(&at) {
                out.push(at);
            }
        }
        out.into_iter().map(|i| shingles[i]).collect()
    }

    #[test]
    fn the_walk_equals_the_definition() {
        for seed in 0..300 {
            let mut text = shingles(seed, 25 + seed % 50);
            // Few distinct values, so that ties are common.
            text.iter_mut().for_each(|h| *h %= 1 + seed * seed);
            let mut out = Vec::new();
            keys(&text, &mut out);
            assert_eq!(
                out.iter().map(|k| k.key).collect::<Vec<_>>(),
                naive(&text),
                "seed {seed}"
            );
        }
    }

    #[test]
    fn a_short_paragraph_keeps_all_and_agrees_with_a_long_one_in_what_follows() {
        let short = shingles(5, 20);
        let mut long = shingles(6, 30);
        long.splice(15..15, short.iter().copied());
        let (mut a, mut b) = (Vec::new(), Vec::new());
        keys(&short, &mut a);
        keys(&long, &mut b);
        assert_eq!(a.iter().map(|k| k.key).collect::<Vec<_>>(), short);
        // Near the ends of the run the windows differ; inside it they do not.
        let inside = &a[WINDOW..a.len() - 2 * WINDOW];
        let shared: Vec<&Key> = inside
            .iter()
            .filter(|k| b.iter().any(|l| l.key == k.key))
            .collect();
        assert!(shared.len() >= 3 && shared.iter().all(|k| b.contains(k)));
    }

    #[test]
    fn a_shared_run_of_one_window_is_always_found() {
        for seed in 0..100u64 {
            let mut a = shingles(seed * 3, 60);
            let b_start = shingles(seed * 3 + 1, 30 + seed % 20);
            let shared = shingles(seed * 3 + 2, WINDOW as u64);
            a.splice(10..10, shared.iter().copied());
            let mut b = b_start;
            b.extend(&shared);
            b.extend(shingles(seed * 3 + 3000, 20));
            let (mut ka, mut kb) = (Vec::new(), Vec::new());
            keys(&a, &mut ka);
            keys(&b, &mut kb);
            assert!(
                ka.iter().any(|x| kb.iter().any(|y| x.key == y.key)),
                "seed {seed}"
            );
        }
    }
}
