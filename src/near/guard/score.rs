//! From evidence to the answer: do these texts differ in facts?
//!
//! First the clear cases, each enough alone. What passes them is judged by a small additive score, whose table is below: changes
//! that no list of words can name (a commodity, a place in a script without capitals) weigh by how much of a short text they are.

use super::Evidence;

/// Why a pair is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// Another number in the same place.
    Number,
    /// Another code, version or identifier in the same place.
    Code,
    /// Another month in the same place.
    Month,
    /// The opposite word in the same place.
    Direction,
    /// Another unit in the same place.
    Unit,
    /// A number that one text has and the other has not, and hardly any other difference.
    LostNumber,
    /// A negation that one text has and the other has not, and hardly any other difference.
    Negation,
    /// The same change more than once: a template with another value.
    Repeated,
    /// Names and other content, by the score.
    Content,
    /// Too long to look closely.
    Unread,
}

/// Differences count as "hardly any" up to so many gaps.
const FEW_GAPS: u32 = 2;

/// Returns why the pair is protected, or `None` when the texts tell the same.
pub fn protects(evidence: &Evidence) -> Option<Fact> {
    let e = evidence;
    let few = e.gaps <= FEW_GAPS;
    let clear = [
        (e.number_conflicts > 0, Fact::Number),
        (e.code_conflicts > 0, Fact::Code),
        (e.month_conflicts > 0, Fact::Month),
        (e.direction_conflicts > 0, Fact::Direction),
        (e.unit_conflicts > 0, Fact::Unit),
        (few && e.bare_numbers != [0, 0], Fact::LostNumber),
        (few && e.negation_conflicts > 0, Fact::Negation),
        (e.repeated_changes > 0, Fact::Repeated),
        (e.coarse, Fact::Unread),
        (score(e) < 0, Fact::Content),
    ];
    clear
        .iter()
        .find(|(found, _)| *found)
        .map(|(_, fact)| *fact)
}

/// Thousandths of the score that a pair has before anything is weighed.
const BIAS: i64 = 0;

/// `(what is measured, its measure, thousandths of the score for one unit)`.
type Feature = (&'static str, fn(&Evidence) -> u32, i64);

/// The score's table.
pub const FEATURES: &[Feature] = &[
    (
        "words of the smaller text, up to 120",
        |e| words(e).min(120),
        48,
    ),
    ("words it is short of 16", missing, 540),
    (
        "changed slots in a hundred words",
        |e| e.replaced * 100 / e.tokens[0].max(8),
        -164,
    ),
    (
        "changed slots, up to 3, times words short of 16",
        |e| e.replaced.min(3) * missing(e),
        -350,
    ),
    (
        "content words on both sides of the largest change, up to 8",
        |e| e.largest_replaced.min(8),
        -310,
    ),
    (
        "the same in a hundred words",
        |e| e.largest_replaced * 100 / e.tokens[0].max(8),
        -159,
    ),
    (
        "conflicts in long slots, up to 2",
        |e| e.loose_conflicts.min(2),
        -2210,
    ),
    (
        "other names in the same place, up to 2",
        |e| e.name_conflicts.min(2),
        -290,
    ),
    (
        "the same, in at most 4 differences",
        |e| u32::from(e.name_conflicts > 0 && e.gaps <= 4),
        -2400,
    ),
    (
        "names added to a text of like length, up to 3",
        |e| {
            if like_length(e) {
                e.lost_names[1].min(3)
            } else {
                0
            }
        },
        -460,
    ),
    (
        "names added or left out there, and hardly any other difference",
        |e| u32::from(like_length(e) && e.gaps <= FEW_GAPS && e.lost_names != [0, 0]),
        -1200,
    ),
    (
        "longest run of equal tokens, up to 30",
        |e| e.longest_block.min(30),
        65,
    ),
];

/// The sum over the table, in thousandths; below 0 the pair is protected.
pub fn score(evidence: &Evidence) -> i64 {
    let points = FEATURES
        .iter()
        .map(|(_, measure, weight)| i64::from(measure(evidence)) * weight);
    BIAS + points.sum::<i64>()
}

fn words(e: &Evidence) -> u32 {
    e.half_tokens[0] / 2
}

fn missing(e: &Evidence) -> u32 {
    16u32.saturating_sub(words(e))
}

/// The larger text has at most three tenths more tokens.
fn like_length(e: &Evidence) -> bool {
    e.tokens[1] * 10 <= e.tokens[0] * 13
}
