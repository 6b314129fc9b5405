//! Menus: entries one to a line, rows of entries on one line, and skip links.
//!
//! A line is judged by its folded form and by what stands around it. Known entries vouch for each other, and a short
//! line between two groups of known entries is an entry too: the name of a section that no list has.

use super::menu_words::CUES;
use super::menu_worth::{LONGEST_ENTRY, Worth, begins_entry, is_code, is_figures, look_up, worth};
use super::page::{Cuts, Page, words};
use super::shape::{folded, is_label, is_running_text};
use super::{Category, Rule};
use crate::config::Level;

/// Menus.
pub static RULE: Rule = Rule {
    name: "navigation-menu",
    category: Category::Navigation,
    doc: "Matches the entries of menus and footers (Home, About us, Privacy policy, Sign in, names of sections), skip links, and rows of entries on one line such as `Home | News | Contact`, in some twenty languages. Known entries must stand together; a short line between two groups of known entries goes with them.

A menu leads to other pages. It is the same on every page of its site and says nothing about this one.

It errs where a text consists of such words: a list of departments, headings without text below them, an index that is the page's subject.",
    cues: CUES,
    check,
    examples: &[
        (Level::Safe, "⟦Skip to content\n⟧The lighthouse was rebuilt in 1911 after the great storm."),
        (Level::Safe, "⟦Home\nAbout us\nOur Bakery\nContact us\nPrivacy policy\n⟧Sourdough wants patience more than skill, and a warm corner of the kitchen."),
        (Level::Safe, "The ferry runs twice a day until the end of October.\n⟦Home | Timetable | Tickets | Contact us | Impressum\n⟧"),
        (Level::Safe, "Der Rat beschloss gestern den Bau einer neuen Brücke über den Fluss.\n⟦Startseite\nÜber uns\nImpressum\nDatenschutz\n⟧"),
        (Level::Safe, "Le marché ouvre à huit heures et ferme quand les étals sont vides.\n⟦Accueil\nMentions légales\nPlan du site\nNous contacter\n⟧"),
        (Level::Safe, "Поезд прибыл на станцию с опозданием на сорок минут из-за снега.\n⟦Главная\nО нас\nКонтакты\nКарта сайта\n⟧"),
        (Level::Safe, "市长昨天宣布，新的图书馆将在明年春天对市民开放。\n⟦首页\n关于我们\n联系我们\n网站地图\n⟧"),
        (Level::Balanced, "The museum opens its new wing on Saturday with a concert.\n⟦Contact\n⟧"),
    ],
    counter_examples: &[
        "Home\nShe had not been there for eleven years, and the gate still hung from one hinge.",
        "Security\nThe protocol signs every message twice, once for the sender and once for the relay.\nPerformance\nSigning costs about a tenth of a millisecond on ordinary machines.",
        "CONTACT CUSTOMER SERVICE. (4.2)\nBy then you should know which of the two lamps has failed, and the clerk will ask for its number.",
        "The shop sells four things:\nBread\nBooks\nCandles\nRope",
        "Press the button twice, then contact us if the lamp stays dark.",
        "Suche nach dem verlorenen Ring\nDrei Tage lang gruben sie im Garten, bis der Hund ihn fand.",
        "The school teaches five subjects:\nMusic\nScience\nEducation\nHealth\nTechnology",
        "He wrote about sport, travel, food and politics for the same paper for thirty years.",
    ],
};

/// A row of entries on one line; the longest footers seen have some forty entries.
const LONGEST_ROW: usize = 700;
/// How many lines each way vouch for a line.
const REACH: usize = 15;
/// A run is divided when so many of its lines follow after a blank line, and so many without one.
const BLOCKS: usize = 4;
/// How far an entry that no text has as a heading vouches for the names of sections around.
const CHROME_REACH: usize = 40;
/// So many points among names of sections alone are a menu; lists in texts are shorter.
const LONG_MENU: usize = 10;
/// How many lines each way say whether the lines around are short, as those of a menu are.
const DENSITY_REACH: usize = 8;

/// How many lines each way are counted that fall already.
const FALLING_REACH: usize = 12;

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if text.len() > LONGEST_ROW {
        return;
    }
    if !worth(text).leads() {
        if let Some(level) = row(text) {
            cuts.line(page, index, level);
        }
    } else if is_first(page, index) {
        let run = Run::around(page, index);
        let levels = run.levels(page);
        for (entry, level) in run.lines.iter().zip(levels) {
            if let Some(level) = level {
                cuts.line(page, entry.index, level);
            }
        }
    }
}

/// True when no other leading entry stands before this line in its run: the first one judges the whole run.
fn is_first(page: &Page<'_>, index: usize) -> bool {
    let mut at = index;
    while let Some(prev) = page.prev(at) {
        let text = page.text(prev);
        if is_running_text(text) {
            return true;
        }
        if worth(text).leads() {
            return false;
        }
        at = prev;
    }
    true
}

/// True for a field with a figure, such as the weight of a thing for sale: `Weight: 600 g`.
fn is_field(text: &str) -> bool {
    text.split_once([':', '：']).is_some_and(|(name, value)| {
        (1..=4).contains(&words(name)) && value.contains(|c: char| c.is_ascii_digit())
    })
}

/// True for a line that introduces a list.
fn is_introduction(text: &str) -> bool {
    text.ends_with([':', '：']) && words(text) >= 3
}

/// A line of a run.
struct Entry {
    index: usize,
    worth: Worth,
    words: usize,
    label: bool,
}

/// Consecutive lines without running text among them.
struct Run {
    lines: Vec<Entry>,
    /// `points[i]`: what the first `i` lines are worth together.
    points: Vec<usize>,
    /// `chrome[i]`: how many of the first `i` lines no text has as a heading.
    chrome: Vec<usize>,
    /// `colons[i]`: how many of the first `i` lines introduce a list, the line before the run included.
    colons: Vec<usize>,
    opens_page: bool,
    ends_page: bool,
    /// Blank lines divide it into blocks of some lines each, as a list of names and offices.
    divided: bool,
}

impl Run {
    fn around(page: &Page<'_>, index: usize) -> Run {
        let mut first = index;
        let mut opens_page = true;
        let mut introduced = false;
        while let Some(prev) = page.prev(first) {
            if is_running_text(page.text(prev)) {
                opens_page = false;
                introduced = is_introduction(page.text(prev));
                break;
            }
            first = prev;
        }
        let mut run = Run {
            lines: Vec::new(),
            points: vec![0],
            chrome: vec![0],
            colons: vec![usize::from(introduced)],
            opens_page,
            ends_page: true,
            divided: false,
        };
        let (mut at, mut blanks) = (Some(first), [0, 0]);
        while let Some(index) = at {
            let text = page.text(index);
            if is_running_text(text) {
                run.ends_page = false;
                break;
            }
            let worth = worth(text);
            run.points
                .push(run.points[run.points.len() - 1] + worth.points());
            let chrome = matches!(worth, Worth::Alone | Worth::Chrome);
            run.chrome
                .push(run.chrome[run.chrome.len() - 1] + usize::from(chrome));
            run.colons
                .push(run.colons[run.colons.len() - 1] + usize::from(is_introduction(text)));
            run.lines.push(Entry {
                index,
                worth,
                words: page.words(index),
                label: is_label(text, 5) && text.len() <= LONGEST_ENTRY,
            });
            at = page.next(index);
            if let Some(next) = at {
                blanks[usize::from(next > index + 1)] += 1;
            }
        }
        run.divided = blanks.iter().all(|&n| n >= BLOCKS);
        run
    }

    /// Points of the lines before and after a line, within reach.
    fn around_points(&self, at: usize) -> (usize, usize) {
        let low = at.saturating_sub(REACH);
        let high = (at + 1 + REACH).min(self.lines.len());
        (
            self.points[at] - self.points[low],
            self.points[high] - self.points[at + 1],
        )
    }

    /// True when at least three of four lines around are of five words at most.
    fn is_dense(&self, at: usize) -> bool {
        let near = &self.lines
            [at.saturating_sub(DENSITY_REACH)..(at + 1 + DENSITY_REACH).min(self.lines.len())];
        near.iter().filter(|e| e.words <= 5).count() * 4 >= near.len() * 3
    }

    /// The level at which each line falls: first by known entries, then by how many lines around fall already.
    fn levels(&self, page: &Page<'_>) -> Vec<Option<Level>> {
        let first: Vec<_> = (0..self.lines.len())
            .map(|at| self.level(page, at))
            .collect();
        let count = |most: Level| {
            let mut falling = vec![0];
            for level in &first {
                let falls = level.is_some_and(|l| l <= most);
                falling.push(falling[falling.len() - 1] + usize::from(falls));
            }
            falling
        };
        let (safe, balanced) = (count(Level::Safe), count(Level::Balanced));
        let among = |at: usize, falling: &[usize]| {
            let low = at.saturating_sub(FALLING_REACH);
            let high = (at + 1 + FALLING_REACH).min(first.len());
            (falling[at] - falling[low], falling[high] - falling[at + 1])
        };
        (0..first.len())
            .map(|at| {
                first[at]
                    .or_else(|| self.swept(page, at, among(at, &safe)))
                    .or_else(|| {
                        self.swept(page, at, among(at, &balanced))
                            .map(|_| Level::Balanced)
                    })
            })
            .collect()
    }

    /// The level of a line that no entry vouches for, given how many lines before and after it fall.
    fn swept(&self, page: &Page<'_>, at: usize, (before, after): (usize, usize)) -> Option<Level> {
        let entry = &self.lines[at];
        if self.divided
            || self.opens_page && at == 0
            || entry.words > 14
            || is_field(page.text(entry.index))
        {
            return None;
        }
        let tail = self.ends_page && before >= 6 && at + 1 + after == self.lines.len();
        if entry.label && (before.min(after) >= 6 || tail) {
            Some(Level::Safe)
        } else if entry.label && before.min(after) >= 2 || before.min(after) >= 6 || tail {
            Some(Level::Balanced)
        } else {
            None
        }
    }

    /// The level at which a line of the run falls. The figures behind the numbers: on 2,152 development pages labels
    /// that stand between entries worth two points on both sides and six in all were content once in 10,000.
    fn level(&self, page: &Page<'_>, at: usize) -> Option<Level> {
        let level = self.by_entries(page, at)?;
        if self.is_certain(at) {
            return Some(level);
        }
        // Names of sections alone may be a list of the text; one that a colon introduces is.
        let low = at.saturating_sub(REACH);
        let introduced = self.colons[at] > if low == 0 { 0 } else { self.colons[low] };
        (!introduced).then_some(Level::Balanced)
    }

    /// True when an entry that no text has as a heading stands near, or so many entries that no list of a text has them.
    fn is_certain(&self, at: usize) -> bool {
        let within = |sums: &[usize], reach: usize| {
            sums[(at + 1 + reach).min(self.lines.len())] - sums[at.saturating_sub(reach)]
        };
        within(&self.chrome, CHROME_REACH) > 0 || within(&self.points, REACH) >= LONG_MENU
    }

    fn by_entries(&self, page: &Page<'_>, at: usize) -> Option<Level> {
        let entry = &self.lines[at];
        let (before, after) = self.around_points(at);
        let sum = before + after;
        match entry.worth {
            Worth::Alone => return Some(Level::Safe),
            Worth::Chrome if sum >= 2 => return Some(Level::Safe),
            Worth::Chrome if entry.words >= 2 || self.ends_page && at + 3 > self.lines.len() => {
                return Some(Level::Balanced);
            }
            Worth::Chrome => return None,
            Worth::Lead | Worth::Section if sum >= 4 => return Some(Level::Safe),
            Worth::Lead | Worth::Section if sum >= 2 => return Some(Level::Balanced),
            Worth::Lead | Worth::Section => return None,
            Worth::Nothing => {}
        }
        let text = page.text(entry.index);
        if self.divided || !self.is_dense(at) || is_figures(text) || is_field(text) {
            return None;
        }
        let between = before.min(after) >= 2;
        let figure = text.contains(|c: char| c.is_ascii_digit());
        // What ends a run before running text may be the title or a heading of that text.
        let may_be_heading = !self.ends_page && after == 0;
        // Many a dump puts the title first.
        let may_be_title = self.opens_page && at == 0;
        if may_be_heading || may_be_title {
            return None;
        }
        if entry.label {
            if between && sum >= 6 || self.ends_page && sum >= 4 && !figure {
                return Some(Level::Safe);
            }
            if (between || !self.opens_page || before == 0) && sum >= 4 && !figure
                || self.ends_page && sum >= 2
            {
                return Some(Level::Balanced);
            }
        } else if entry.words <= 14
            && between
            && !figure
            && (sum >= 12 && before.min(after) >= 4 || self.ends_page && sum >= 8)
        {
            return Some(Level::Balanced);
        }
        None
    }
}

/// Rows: entries divided by bars, dots or arrows, or a line that is nothing but known entries one after the other.
fn row(text: &str) -> Option<Level> {
    // A row of a table written with bars, or a sentence.
    if text.starts_with('|') || text.ends_with(['.', ':', ';', ',']) || is_code(text) {
        return None;
    }
    // Most lines are one item.
    if !text.bytes().any(may_divide) {
        return glued(text);
    }
    let (mut items, mut points, mut known, mut longest) = (0, 0, 0, 0);
    for item in text
        .split(" / ")
        .flat_map(|part| part.split(['|', '·', '•', '»', '›', '\t', '¦', '●', '▪', '｜', '│']))
    {
        let item = item.trim();
        if item.is_empty() {
            continue;
        }
        let p = worth(item).points();
        items += 1;
        points += p;
        known += usize::from(p > 0);
        longest = longest.max(words(item));
    }
    if items >= 2 && longest <= 6 {
        if (known * 2 >= items && points >= 3) || (items >= 4 && points >= 4) {
            return Some(Level::Safe);
        }
        if points >= 2 && items >= 3 {
            return Some(Level::Balanced);
        }
    }
    if items == 1 { glued(text) } else { None }
}

/// True for bytes with which what divides a row may begin.
fn may_divide(byte: u8) -> bool {
    matches!(byte, b'|' | b'/' | b'\t' | 0xc2 | 0xe2 | 0xef)
}

/// A line that is nothing but known entries: `Privacy Policy Terms of Use Contact`.
fn glued(text: &str) -> Option<Level> {
    // Two figures are a table's, or the number of a section: `CONTACT TECHNICAL SUPPORT. (3.7)`.
    if text.len() > 400 || !begins_entry(text) || is_figures(text) {
        return None;
    }
    let folded = folded(text);
    let starts: Vec<usize> = std::iter::once(0)
        .chain(folded.match_indices(' ').map(|(at, _)| at + 1))
        .collect();
    let end_of = |word: usize| starts.get(word + 1).map_or(folded.len(), |s| s - 1);
    let (mut word, mut entries, mut chrome) = (0, 0, 0);
    while word < starts.len() {
        // The longest entry that begins here; menus have no entry of more than six words.
        let found = (1..=6.min(starts.len() - word)).rev().find_map(|n| {
            let part = &folded[starts[word]..end_of(word + n - 1)];
            let worth = look_up(part);
            (worth != Worth::Nothing).then_some((n, worth))
        });
        let (n, worth) = found?;
        entries += 1;
        chrome += usize::from(matches!(worth, Worth::Alone | Worth::Chrome));
        word += n;
    }
    match (chrome, entries) {
        (2.., _) => Some(Level::Safe),
        (_, 5..) => Some(Level::Balanced),
        _ => None,
    }
}
