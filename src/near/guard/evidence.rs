//! What was found to differ between two texts, as counts. Index 0 is the smaller text (fewer tokens), 1 the larger.

/// Counts of differences. All are symmetric facts of the pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Tokens of each text.
    pub tokens: [u32; 2],
    /// Tokens that have a counterpart: aligned, moved as part of a longer run, or in another spelling.
    pub covered: [u32; 2],
    /// Half tokens of the smaller text that have a counterpart.
    pub matched: u32,
    /// Longest run of tokens without counterpart, in half tokens: a character of an unspaced script is one, a word two.
    pub longest_run: [u32; 2],
    /// Longest run of equal tokens.
    pub longest_block: u32,
    /// The same in half tokens.
    pub longest_passage: u32,
    /// Places where the texts differ.
    pub gaps: u32,
    /// Those of them where a text has more than grammar and negations.
    pub telling_gaps: u32,
    /// Slots in which both texts have a number, and another one.
    pub number_conflicts: u32,
    /// The same for codes, such as versions and message ids.
    pub code_conflicts: u32,
    /// Numbers that were put in, or taken out, alone.
    pub bare_numbers: [u32; 2],
    /// Numbers in digits, anywhere, that the other text does not have at all: what is lost with this side. The place in a list does not count.
    pub new_numbers: [u32; 2],
    /// Slots with different months.
    pub month_conflicts: u32,
    /// Slots with opposed words.
    pub direction_conflicts: u32,
    /// Slots in which one text denies.
    pub negation_conflicts: u32,
    /// Those of them in which nothing else differs: a negation put in, or taken out.
    pub denials: u32,
    /// Slots with different units.
    pub unit_conflicts: u32,
    /// Slots with different names.
    pub name_conflicts: u32,
    /// Names in places where the other text has nothing.
    pub lost_names: [u32; 2],
    /// Names and months inside this text, or in the place of other words, that the other text has nowhere: lost with this side.
    pub missing_names: [u32; 2],
    /// Whole sentences of this text of which hardly a word has a counterpart.
    pub new_sentences: [u32; 2],
    /// The most content words in one place of this text that have no counterpart.
    pub longest_content: [u32; 2],
    /// Tokens of the smaller text that are found in another spelling only.
    pub spelled: u32,
    /// Slots that name different outcomes of one matter: affirmed and downgraded, planned and approved.
    pub outcome_conflicts: u32,
    /// Slots in which both texts have content words, other ones.
    pub replaced: u32,
    /// The most content words that both sides of one such slot have.
    pub largest_replaced: u32,
    /// Slots, in spaced scripts, that make a change which an earlier slot has made: the mark of a template.
    pub repeated_changes: u32,
    /// The texts were too long to align.
    pub coarse: bool,
}
