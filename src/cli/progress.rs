//! How far a run is, on standard error: a bar where that is a terminal, else a line now and then.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use dechaff::resources::{Detail, Progress, Unit};
use dechaff::text::visible;
use indicatif::{
    BinaryBytes, FormattedDuration, HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget,
    ProgressState, ProgressStyle,
};
use serde_json::json;

use super::args::{Talk, When};
use super::voice::{Level, LogFormat, Voice};

/// The longest bar; longer ones tell no more.
const LONGEST: usize = 32;
/// The shortest that still tells something.
const SHORTEST: usize = 8;

/// Draws a bar, or has lines said by a thread of its own, so that also a long silent step is known to be alive.
pub(super) struct Bar {
    voice: Voice,
    shared: Arc<Shared>,
    bar: ProgressBar,
    speaker: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    phase: Option<Phase>,
    over: bool,
}

struct Phase {
    name: String,
    unit: Unit,
    total: u64,
    done: u64,
    begun: Instant,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Who panicked holding it left a count that is a little behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bar {
    pub(super) fn new(talk: &Talk) -> Self {
        let voice = Voice::new(talk);
        let shown = match talk.progress {
            When::Always => true,
            When::Never => false,
            When::Auto => !talk.quiet,
        };
        let bar = ProgressBar::hidden();
        let shared = Arc::new(Shared::default());
        let mut speaker = None;
        if shown && can_draw() && voice.format == LogFormat::Text {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
            bar.set_style(style(shared.clone()));
            bar.enable_steady_tick(Duration::from_millis(200));
        } else if shown {
            // That it is shown was decided; `-q` has no say any more.
            let voice = Voice {
                quiet: false,
                ..voice
            };
            let every = talk.progress_every;
            let shared = shared.clone();
            speaker = Some(std::thread::spawn(move || speak(&shared, voice, every)));
        }
        Bar {
            voice,
            shared,
            bar,
            speaker,
        }
    }

    /// The phase under way is over.
    fn conclude(&self, phase: Option<Phase>) {
        let Some(phase) = phase else { return };
        let seconds = phase.begun.elapsed().as_secs_f64();
        let message = format!("{} took {seconds:.1} s", phase.name);
        let fields = json!({"phase": phase.name, "seconds": rounded(seconds), "done": phase.done, "unit": unit(phase.unit)});
        self.bar
            .suspend(|| self.voice.detail("phase", message, fields));
    }
}

impl Progress for Bar {
    fn begin(&self, phase: &str, unit: Unit, total: u64) {
        let before = self.shared.state().phase.replace(Phase {
            name: phase.to_owned(),
            unit,
            total,
            done: 0,
            begun: Instant::now(),
        });
        self.conclude(before);
        self.bar.tick();
    }

    fn advance(&self, units: u64) {
        if let Some(phase) = &mut self.shared.state().phase {
            phase.done += units;
        }
    }

    fn detail(&self, detail: Detail<'_>) {
        if self.voice.verbose < 2 {
            return;
        }
        let phase = self.shared.state().phase.as_ref().map(|p| p.name.clone());
        let phase = phase.unwrap_or_default();
        if let Detail::Source {
            name,
            records,
            bytes,
        } = detail
        {
            let message = format!(
                "{phase}: {}: {} records, {}",
                visible::plain(name),
                HumanCount(records),
                BinaryBytes(bytes)
            );
            let fields =
                json!({"phase": phase, "source": name, "records": records, "bytes": bytes});
            self.bar
                .suspend(|| self.voice.detail("source", message, fields));
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        let last = {
            let mut state = self.shared.state();
            state.over = true;
            state.phase.take()
        };
        self.shared.wake.notify_all();
        if let Some(speaker) = self.speaker.take() {
            let _ = speaker.join();
        }
        self.bar.finish_and_clear();
        self.conclude(last);
    }
}

/// True where a line can be drawn over itself. A terminal that calls itself dumb has lines instead, like a file.
fn can_draw() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Draws the phase under way in a line of the terminal as it is now: it may be narrow, and may have changed since.
fn style(shared: Arc<Shared>) -> ProgressStyle {
    let line = move |_: &ProgressState, out: &mut dyn Write| {
        let columns = terminal_size::terminal_size_of(std::io::stderr());
        let columns = columns.map_or(80, |(width, _)| usize::from(width.0));
        if let Some(phase) = &shared.state().phase {
            // What does not reach the last column is not wrapped.
            let line = phase.drawn(phase.begun.elapsed(), columns.saturating_sub(1));
            let _ = out.write_str(&line);
        }
    };
    let style = ProgressStyle::with_template("{line}").expect("the template is right");
    style.with_key("line", line)
}

/// Says a line at every interval until all is over.
fn speak(shared: &Shared, voice: Voice, every: Duration) {
    let mut state = shared.state();
    let mut due = Instant::now() + every;
    while !state.over {
        let wait = due.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            let woken = shared.wake.wait_timeout(state, wait);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
            continue;
        }
        due += every;
        if let Some(phase) = &state.phase {
            phase.say(voice);
        }
    }
}

impl Phase {
    fn say(&self, voice: Voice) {
        let elapsed = self.begun.elapsed().as_secs_f64();
        let rate = self.done as f64 / elapsed.max(0.001);
        let rest = self.total.saturating_sub(self.done) as f64;
        // An estimate from next to nothing would be none.
        let known = self.total > 0 && self.done > 0 && elapsed >= 1.0;
        let left = known.then(|| rest / rate);
        let fields = json!({
            "phase": self.name,
            "unit": unit(self.unit),
            "done": self.done,
            "total": (self.total > 0).then_some(self.total),
            "per_second": rate.round(),
            "seconds": rounded(elapsed),
            "seconds_left": left.map(f64::round),
        });
        voice.say(
            Level::Progress,
            "progress",
            &self.line(elapsed, rate, left),
            fields,
        );
    }

    /// The phase in a line of at most so many characters: of what there is to say as much as goes in beside a bar.
    fn drawn(&self, elapsed: Duration, width: usize) -> String {
        let name = &self.name;
        if self.total == 0 {
            let line = match self.done {
                0 => format!("{name} {}", FormattedDuration(elapsed)),
                n => format!("{name} {} {}", self.amount(n), FormattedDuration(elapsed)),
            };
            return line.chars().take(width).collect();
        }
        let share = (self.done as f64 / self.total as f64).min(1.0);
        let seconds = elapsed.as_secs_f64();
        let rate = self.done as f64 / seconds.max(0.001);
        // An estimate from next to nothing would be none.
        let known = seconds >= 1.0 && self.done.saturating_mul(1000) >= self.total;
        let left =
            (self.total.saturating_sub(self.done) as f64 / rate.max(f64::MIN_POSITIVE)).ceil();
        let left = match known {
            true => format!(
                ", {} left",
                FormattedDuration(Duration::from_secs(left as u64))
            ),
            false => String::new(),
        };
        let amounts = match self.unit {
            Unit::Bytes => format!("{} of {}", BinaryBytes(self.done), BinaryBytes(self.total)),
            _ => format!("{} of {}", HumanCount(self.done), self.amount(self.total)),
        };
        let rates = match self.unit {
            Unit::Bytes => format!(", {}/s", BinaryBytes(rate as u64)),
            _ => String::new(),
        };
        let percent = format!("{:.0} %", share * 100.0);
        let tails = [
            format!("{amounts}{rates}{left}"),
            format!("{amounts}{left}"),
            format!("{percent}{left}"),
            percent.clone(),
        ];
        let around = |tail: &str| name.chars().count().max(8) + 2 + tail.chars().count();
        for tail in &tails {
            let Some(room) = width.checked_sub(around(tail)).filter(|&r| r >= SHORTEST) else {
                continue;
            };
            let length = room.min(LONGEST);
            let full = (share * length as f64) as usize;
            let (full, empty) = ("█".repeat(full), "░".repeat(length - full));
            return format!("{name:8} {full}{empty} {tail}");
        }
        let line = format!("{name} {percent}");
        match line.chars().count() <= width {
            true => line,
            false => percent.chars().take(width).collect(),
        }
    }

    fn amount(&self, n: u64) -> String {
        match self.unit {
            Unit::Bytes => BinaryBytes(n).to_string(),
            Unit::Paragraphs => format!("{} paragraphs", HumanCount(n)),
            Unit::Steps => format!("{} steps", HumanCount(n)),
        }
    }

    fn line(&self, elapsed: f64, rate: f64, left: Option<f64>) -> String {
        let amount = |n: u64| self.amount(n);
        let since = HumanDuration(Duration::from_secs(elapsed as u64));
        if self.total == 0 {
            let done = match self.done {
                0 => String::new(),
                n => format!("{}, ", amount(n)),
            };
            return format!("{}: {done}{since} so far", self.name);
        }
        let percent = 100.0 * self.done as f64 / self.total as f64;
        let mut line = format!(
            "{}: {} of {} ({percent:.1} %)",
            self.name,
            amount(self.done),
            amount(self.total)
        );
        if self.unit != Unit::Steps {
            line += &format!(", {}/s", amount(rate as u64));
        }
        if let Some(left) = left {
            let left = HumanDuration(Duration::from_secs(left.round() as u64));
            line += &format!(", {left} left");
        }
        line
    }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Bytes => "bytes",
        Unit::Paragraphs => "paragraphs",
        Unit::Steps => "steps",
    }
}

/// Seconds to a tenth.
fn rounded(seconds: f64) -> f64 {
    (seconds * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_far_how_fast_and_how_long_yet() {
        let phase = |unit, total, done| Phase {
            name: "scan".into(),
            unit,
            total,
            done,
            begun: Instant::now(),
        };
        let line = phase(Unit::Bytes, 4 << 30, 1 << 30).line(60.0, 17_895_697.0, Some(180.0));
        assert_eq!(
            line,
            "scan: 1.00 GiB of 4.00 GiB (25.0 %), 17.07 MiB/s, 3 minutes left"
        );
        let line = phase(Unit::Steps, 0, 0).line(61.0, 0.0, None);
        assert_eq!(line, "scan: 61 seconds so far");
    }

    #[test]
    fn a_drawn_line_says_what_goes_in() {
        let phase = |name: &str, unit, total, done| Phase {
            name: name.into(),
            unit,
            total,
            done,
            begun: Instant::now(),
        };
        let minute = Duration::from_secs(60);
        let scan = phase("scan", Unit::Bytes, 4 << 30, 1 << 30);
        let drawn = |width| scan.drawn(minute, width);
        let bar = |full: usize, empty| "█".repeat(full) + &"░".repeat(empty);
        let expected = [
            (
                200,
                bar(8, 24),
                "1.00 GiB of 4.00 GiB, 17.07 MiB/s, 00:03:00 left",
            ),
            (60, bar(3, 12), "1.00 GiB of 4.00 GiB, 00:03:00 left"),
            (40, bar(2, 9), "25 %, 00:03:00 left"),
            (24, bar(2, 8), "25 %"),
        ];
        for (width, bar, tail) in expected {
            assert_eq!(drawn(width), format!("scan     {bar} {tail}"));
        }
        assert_eq!(drawn(12), "scan 25 %");
        assert_eq!(drawn(6), "25 %");
        assert_eq!(drawn(3), "25 ");
        for width in 0..120 {
            assert!(drawn(width).chars().count() <= width);
        }
        // Too early for an estimate; of unknown length; nothing to do.
        let early = phase("resolve: near-duplicates", Unit::Paragraphs, 49_092, 15);
        let line = format!(
            "resolve: near-duplicates {} 15 of 49,092 paragraphs",
            bar(0, 31)
        );
        assert_eq!(early.drawn(minute, 80), line);
        let unknown = phase("scan", Unit::Bytes, 0, 3 << 20);
        assert_eq!(unknown.drawn(minute, 80), "scan 3.00 MiB 00:01:00");
        assert_eq!(
            phase("apply", Unit::Bytes, 0, 0).drawn(minute, 9),
            "apply 00:"
        );
    }
}
