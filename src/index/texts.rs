//! The texts of paragraphs, and the prepared form of those that were compared of late.

use crate::near::verdict::Prepared;
use crate::text::fold::{Folded, Folder};

/// Prepared paragraphs that are remembered, each in one place: members of a family meet the same few others.
const REMEMBERED: usize = 2048;

#[derive(Default)]
pub(super) struct Texts {
    texts: Vec<Box<str>>,
    remembered: Vec<Remembered>,
    /// For the other of a pair where both have one place.
    beside: Remembered,
    folder: Folder,
    folded: [Folded; 2],
}

#[derive(Default)]
struct Remembered {
    number: Option<u32>,
    /// Whether it is prepared whole, or only as far as its shingles.
    whole: bool,
    prepared: Prepared,
}

impl Remembered {
    fn begin(&mut self, number: u32, text: &str, folder: &mut Folder) {
        if self.number != Some(number) {
            self.prepared.begin(text, folder);
            self.number = Some(number);
            self.whole = false;
        }
    }

    fn finish(&mut self, text: &str) {
        if !self.whole {
            self.prepared.finish(text);
            self.whole = true;
        }
    }
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.texts.push(text.into());
    }

    /// Forgets the text of a paragraph that nobody will compare again.
    pub(super) fn forget(&mut self, number: u32) {
        self.texts[number as usize] = "".into();
    }

    /// True when two paragraphs are equal once folded; those without a word must be equal as they are.
    pub(super) fn equal(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (&*self.texts[a as usize], &*self.texts[b as usize]);
        if a == b {
            return true;
        }
        let [x, y] = &mut self.folded;
        self.folder.fold(a, x);
        self.folder.fold(b, y);
        match x.tokens.is_empty() {
            true => y.tokens.is_empty() && a.trim() == b.trim(),
            false => x.text == y.text,
        }
    }

    /// Both of a pair, whole, unless `alike` says of their shingles that they are distinct.
    pub(super) fn pair(
        &mut self,
        a: u32,
        b: u32,
        alike: impl FnOnce(&Prepared, &Prepared) -> bool,
    ) -> Option<(&Prepared, &Prepared)> {
        if self.remembered.is_empty() {
            self.remembered.resize_with(REMEMBERED, Remembered::default);
        }
        let places = [a, b].map(|n| n as usize % REMEMBERED);
        let (own, other) = if places[0] == places[1] {
            (&mut self.remembered[places[0]], &mut self.beside)
        } else {
            let both = self.remembered.get_disjoint_mut(places);
            let [own, other] = both.expect("two places, both below the number of places");
            (own, other)
        };
        let (x, y) = (&*self.texts[a as usize], &*self.texts[b as usize]);
        own.begin(a, x, &mut self.folder);
        other.begin(b, y, &mut self.folder);
        if !alike(&own.prepared, &other.prepared) {
            return None;
        }
        own.finish(x);
        other.finish(y);
        Some((&own.prepared, &other.prepared))
    }
}
