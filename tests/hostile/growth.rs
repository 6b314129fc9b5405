//! Text made to be slow. Eight times as much of it may cost about eight times as much CPU time: whatever is quadratic costs 64
//! times as much. Runs are measured by their own report, which counts CPU time, not the clock, so that a busy machine does not matter.

use std::fs;

use dechaff::boilerplate::{Found, Judge};
use dechaff::config::Config;
use dechaff::rules::{Page, RULES};

use crate::cleaned::temp;
use crate::program::dechaff;

/// Least size of the smaller text, and how many times larger the other is.
const SMALL: usize = 24 << 10;
const FACTOR: usize = 8;
/// Eightfold cost, twice over, with room for caches that the larger text no longer fits.
const MOST_GROWTH: f64 = 24.0;
/// CPU milliseconds that any run may take: start-up, the line model, the report.
const FLOOR: f64 = 60.0;

const LINE: &str =
    "The ferryman keeps a list of everyone who never came back for the other half of the ticket.";

/// A text of at least so many bytes, from numbered pieces.
fn text(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for i in 0.. {
        if out.len() >= bytes {
            break;
        }
        out.push_str(&piece(i));
    }
    out
}

type Make = fn(usize) -> String;

/// What is built against the fold, the segmenter, the shingles, the candidates, the runs and the guard.
static HOSTILE: &[(&str, Make)] = &[
    ("one paragraph again and again", |n| {
        text(n, |_| format!("{LINE}\n"))
    }),
    ("the same with short lines between", |n| {
        text(n, |_| format!("{LINE}\nNo.\n"))
    }),
    ("near-identical paragraphs", |n| {
        text(n, |i| format!("{} {:x}\n", LINE, i % 977))
    }),
    ("the same with short lines between them", |n| {
        text(n, |i| format!("{} {:x}\n}}\n", LINE, i % 977))
    }),
    ("one template with other numbers", |n| {
        text(n, |i| {
            format!(
                "The tide at Ostmoor on day {i} of the year was {} feet at noon and fell after.\n",
                i % 31
            )
        })
    }),
    ("a paragraph of one shingle", |n| {
        text(n, |_| "alpha beta gamma\n".into())
    }),
    ("one word", |n| text(n, |_| "alpha ".into())),
    ("blank lines", |n| "\n".repeat(n)),
    ("lines of one character", |n| {
        text(n, |i| ["a\n", "b\n"][i % 2].into())
    }),
    ("a line without a space", |n| "x".repeat(n)),
    ("a long line", |n| text(n, |_| format!("{LINE} "))),
    ("words that occur once", |n| {
        text(n, |i| format!("{:x} ", i.wrapping_mul(2_654_435_761)))
    }),
    ("marks on one letter", |n| {
        format!("e{}", "\u{301}\u{316}".repeat(n / 4))
    }),
    ("marks in no order", |n| {
        text(n, |i| {
            char::from_u32(0x300 + (i * 7 % 0x4f) as u32)
                .unwrap()
                .to_string()
        })
    }),
    ("jamo", |n| "\u{1100}\u{1161}\u{11a8}".repeat(n / 9)),
    ("right-to-left overrides", |n| {
        text(n, |_| format!("\u{202e}{LINE}\u{202c}\n"))
    }),
    ("entities", |n| "&amp;".repeat(n / 5)),
    ("ampersands", |n| "&".repeat(n)),
    ("quote marks", |n| ">".repeat(n)),
    ("quoted lines", |n| {
        text(n, |i| format!("{} {LINE}\n", ">".repeat(i % 60)))
    }),
    ("menus", |n| {
        text(n, |_| "home | news | sport | weather\n".into())
    }),
    ("a menu on one line", |n| {
        text(n, |_| "home | news | sport | weather | ".into())
    }),
    ("menus line by line", |n| {
        text(n, |i| {
            ["Home\n", "News\n", "Share\n", "Login\n"][i % 4].into()
        })
    }),
    ("cookie notices", |n| {
        text(n, |_| "We use cookies. Accept all cookies.\n".into())
    }),
    ("addresses", |n| {
        text(n, |_| "http://www.a.example/b?c=d ".into())
    }),
    ("numbers", |n| text(n, |_| "1,234.5 ".into())),
    ("one number", |n| "1".repeat(n)),
    ("Han characters", |n| "村里的合作社今年".repeat(n / 24)),
    ("full stops", |n| ". ".repeat(n / 2)),
    ("brackets", |n| "([{".repeat(n / 3)),
    ("carriage returns", |n| "\r".repeat(n)),
    ("hard-wrapped lines", |n| {
        text(n, |i| {
            format!(
                "the ferry kept a list of everyone who came back {}\n",
                &"late"[..i % 4]
            )
        })
    }),
];

/// CPU milliseconds of a run over one text file, as its report has them.
fn cost(text: &str) -> f64 {
    let folder = temp();
    fs::write(folder.path().join("a.txt"), text).unwrap();
    let args = [
        "clean",
        "a.txt",
        "-o",
        "out",
        "-q",
        "--threads",
        "1",
        "--boilerplate",
        "aggressive",
    ];
    let output = dechaff(folder.path(), &args);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let report = fs::read(folder.path().join("out/_dechaff/report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    report["run"]["cpu_ms"].as_f64().unwrap_or(0.0)
}

#[test]
fn time_grows_with_the_text_whatever_it_says() {
    for (what, make) in HOSTILE {
        let (small, large) = (make(SMALL), make(SMALL * FACTOR));
        let fine =
            (0..3).any(|_| cost(&large) <= MOST_GROWTH * (cost(&small) + FLOOR / FACTOR as f64));
        assert!(
            fine,
            "{what}: {} bytes cost {} ms, {} bytes {} ms",
            small.len(),
            cost(&small),
            large.len(),
            cost(&large)
        );
    }
}

/// CPU nanoseconds of this thread, where the system tells.
fn thread_time() -> u64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ')
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0)
}

/// Every phrase that a rule looks for, in one endless line, as endless lines, and with its own beginning before it.
#[test]
fn no_rule_is_slow_on_its_own_cues() {
    let judge = Judge::new(&Config::default()).unwrap();
    let cost = |text: &str| {
        let mut found = Found::default();
        let before = thread_time();
        judge.judge(&Page::new(text.as_bytes()), &mut found);
        (thread_time() - before) as f64
    };
    for rule in RULES {
        // Three cues: the others begin the same checks.
        for cue in rule.cues.iter().step_by(rule.cues.len().div_ceil(3)) {
            let ways: [Box<dyn Fn(usize) -> String>; 3] = [
                Box::new(|n| text(n, |_| format!("{cue} "))),
                Box::new(|n| text(n, |_| format!("{cue}\n"))),
                Box::new(|n| {
                    format!(
                        "{cue}{}",
                        text(n, |i| format!("{} | ", ["a", ",", "(", "0"][i % 4]))
                    )
                }),
            ];
            for (way, make) in ways.iter().enumerate() {
                let (small, large) = (make(8 << 10), make(FACTOR * (8 << 10)));
                // The system counts in ticks of four milliseconds; two of them are no growth.
                let fine = (0..4).any(|_| cost(&large) <= MOST_GROWTH * (cost(&small) + 8e6));
                assert!(
                    fine,
                    "{}: {cue:?}, way {way}: {} ns and {} ns",
                    rule.name,
                    cost(&small),
                    cost(&large)
                );
            }
        }
    }
}
