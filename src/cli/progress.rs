//! The progress bar, on standard error.

use std::io::IsTerminal;
use std::sync::Mutex;

use dechaff::resources::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Talk, When};

/// Draws a bar for each phase.
pub(super) struct Bar(Mutex<ProgressBar>);

impl Bar {
    pub(super) fn new(talk: &Talk) -> Self {
        let shown = match talk.progress {
            When::Always => true,
            When::Never => false,
            When::Auto => std::io::stderr().is_terminal() && !talk.quiet,
        };
        let bar = ProgressBar::hidden();
        if shown {
            // indicatif itself hides a bar that is not on a terminal.
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
        }
        Bar(Mutex::new(bar))
    }

    fn with(&self, act: impl FnOnce(&ProgressBar)) {
        if let Ok(bar) = self.0.lock() {
            act(&bar);
        }
    }
}

impl Progress for Bar {
    fn begin(&self, phase: &str, total: u64) {
        let template = match phase {
            "resolve" => "{msg:8} {bar:32} {pos}/{len} steps, {elapsed}",
            _ => "{msg:8} {bar:32} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left",
        };
        self.with(|bar| {
            bar.reset();
            bar.set_length(total);
            bar.set_message(phase.to_owned());
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
        });
    }

    fn advance(&self, units: u64) {
        self.with(|bar| bar.inc(units));
    }

    fn tick(&self) {
        self.with(|bar| bar.tick());
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.with(|bar| bar.finish_and_clear());
    }
}
