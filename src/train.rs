//! Trains a line model from labelled pages, and says what it can do on sites it has not seen.
//!
//! 1. `cache`: gold files → features in a temporary file; the rules judge every page once.
//! 2. `learn`: the first table, leaving out each fold of sites in turn; the second step's tables, on first sums that come
//!    from tables which have not seen the page; and the same again for every outer fold, so that
//! 3. `levels` and `figures` rest on lines whose site neither step has seen.
//!
//! The levels are calibrated on what the rules leave: at each level the *union* of rules and model loses at most its share of
//! the content of the pages of tier A, on every view.
//!
//! Deterministic: the same files give the same bytes, for any number of threads. Memory: two tables of 2^19 weights a
//! thread, some bytes a line for calibration; the features lie in the temporary folder (about twice the gold).

mod boost;
mod cache;
mod figures;
mod learn;
mod levels;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::config::Level;
use crate::error::Result;
use crate::model::decide::Case;
use crate::model::trees::Tree;
use crate::model::{Model, Sight, THRESHOLDS, category, words};
use crate::parallel;
use crate::resources::{Progress, Unit};

use cache::{Cache, FOLDS};
pub use figures::{Figures, Prediction};

/// What came of a training.
pub struct Trained {
    /// The model.
    pub model: Model,
    /// Its figures on sites it has not seen.
    pub figures: Vec<Figures>,
    /// What would go of each page at each level, by models that have not seen its site.
    pub predictions: Vec<Prediction>,
}

/// The card that travels with a model.
#[derive(Serialize)]
struct Card<'a> {
    model: &'static str,
    trained_by: &'static str,
    pages: usize,
    lines: usize,
    sites_held_out_by_folds: usize,
    cross_validated: &'a [Figures],
}

/// A line that has been judged by tables that have not seen its site.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged {
    page: u32,
    /// Place among the page's lines that are not blank.
    line: u32,
    label: i8,
    kind: u8,
    chars: u32,
    case: Case,
}

/// Trains on these files of labelled pages, and on some of the documents in `content`, JSON lines whose `text` is content
/// throughout: they keep the model from taking headlines, mail headers or verse for menus. Their lines count as views of
/// their own, so that the levels hold on each of them too; of pages with the same name and view in several files the last is learnt from.
///
/// # Errors
/// A file that cannot be read, or a line that is no labelled page.
pub fn train(
    files: &[PathBuf],
    content: &[PathBuf],
    temp: &Path,
    threads: usize,
    progress: &dyn Progress,
) -> Result<Trained> {
    let cache = Cache::read(files, content, temp)?;
    progress.begin("train", Unit::Steps, (FIRSTS + 2 * (FOLDS + 1)) as u64);
    let fold = |page: usize| cache.pages[page].fold;
    // First tables: without any two folds, without any one, without none.
    let left_out: Vec<(usize, usize)> = (0..=FOLDS)
        .flat_map(|a| (a..=FOLDS).map(move |b| (a, b)))
        .collect();
    let left_out: Vec<_> = left_out
        .into_iter()
        .filter(|&(a, b)| a < b || a == FOLDS)
        .collect();
    debug_assert_eq!(left_out.len(), FIRSTS);
    let mut states = vec![(); threads.max(1)];
    let tables = parallel::each(&mut states, &left_out, |(), &(a, b)| {
        let table = learn::first(&cache, &|page| fold(page) != a && fold(page) != b);
        progress.advance(1);
        table
    })?;
    let table = |a: usize, b: usize| {
        let wanted = (a.min(b), a.max(b));
        let at = left_out
            .iter()
            .position(|&pair| pair == wanted)
            .expect("all pairs are there");
        tables[at].as_slice()
    };
    // Second step: once without each fold, once with all. FOLDS stands for "no fold".
    let without: Vec<usize> = (0..=FOLDS).collect();
    let seconds = parallel::each(&mut states, &without, |(), &out| {
        let second = learn::second(&cache, &|page| fold(page) != out, &|page| {
            table(fold(page), out)
        });
        progress.advance(1);
        second
    })?;
    // Third step: likewise. Its trees see second sums of tables that know the page; those are few and hardly fit it.
    let trees = parallel::each(&mut states, &without, |(), &out| {
        let trees = boost::trees(
            &cache,
            &|page| fold(page) != out,
            &|page| table(fold(page), out),
            &seconds[out],
        );
        progress.advance(1);
        trees
    })?;
    let mut model = Model {
        card: String::new(),
        words: table(FOLDS, FOLDS).to_vec(),
        tables: seconds[FOLDS].0.clone(),
        bias: seconds[FOLDS].1,
        least: [[i32::MAX; THRESHOLDS]; 3],
        trees: trees[FOLDS].clone(),
        categories: learn::categories(&cache)?,
    };
    debug_assert_eq!(model.words.len(), 1 << words::BITS);
    debug_assert_eq!(model.categories.len(), category::SLOTS * category::COUNT);
    let judged = judge_unseen(&cache, &|out| table(out, FOLDS), &seconds, &trees)?;
    model.least = levels::calibrate(&cache.pages, &judged);
    let (figures, predictions) = figures::of(&cache.pages, &judged, &model);
    model.card = card(&cache, &figures);
    Ok(Trained {
        model,
        figures,
        predictions,
    })
}

/// Pairs of folds, single folds, none.
const FIRSTS: usize = FOLDS * (FOLDS - 1) / 2 + FOLDS + 1;

/// Judges every page by the tables and trees that were made without its fold.
fn judge_unseen<'t>(
    cache: &Cache,
    first: &dyn Fn(usize) -> &'t [i8],
    seconds: &[(Vec<[i16; 256]>, i32)],
    trees: &[Vec<Tree>],
) -> Result<Vec<Judged>> {
    let mut reader = cache.reader()?;
    let (mut lines, mut sight, mut out) = (Vec::new(), Sight::default(), Vec::new());
    for (page, info) in cache.pages.iter().enumerate() {
        reader.lines(page, &mut lines)?;
        learn::score(first(info.fold), &lines, &mut sight.seen);
        let (tables, bias) = &seconds[info.fold];
        sight.second_step(tables, *bias);
        sight.third_step(&trees[info.fold]);
        let kind = sight.kind() as u8;
        for (k, line) in lines.iter().enumerate() {
            out.push(Judged {
                page: page as u32,
                line: k as u32,
                label: line.label,
                kind,
                chars: line.chars,
                case: Case::of(
                    &line.seen,
                    sight.finals[k],
                    Level::ALL.get(usize::from(line.taken)).copied(),
                    line.late,
                ),
            });
        }
    }
    Ok(out)
}

fn card(cache: &Cache, figures: &[Figures]) -> String {
    let card = Card {
        model: "dechaff line model",
        trained_by: concat!("dechaff ", env!("CARGO_PKG_VERSION")),
        pages: cache.pages.iter().filter(|p| !p.stale).count(),
        lines: cache
            .pages
            .iter()
            .filter(|p| !p.stale)
            .map(|p| p.lines)
            .sum(),
        sites_held_out_by_folds: FOLDS,
        cross_validated: figures,
    };
    serde_json::to_string(&card).expect("plain data serialises")
}
