//! The keys of a reference, made again from its texts.

use super::{Volume, again};
use crate::error::{Error, Result};
use crate::files::keys;
use crate::files::row::{Para, Text};
use crate::method::{Key, Method};
use crate::parallel;
use crate::reference::rows::Dense;
use crate::text::fold::{Folded, Folder};
use crate::text::shingle;

/// Bytes of text of which keys are made at a time.
const BATCH: usize = 2 << 20;

impl Volume {
    /// The keys of all paragraphs that are not mute and have any, in their order. They are not stored but made again from the
    /// texts, batch by batch: they would take more room than all else.
    pub(in crate::resolve) fn all_keys(
        &self,
    ) -> impl Iterator<Item = Result<(u64, Para, Vec<Key>)>> {
        let mut makers: Vec<KeyMaker> = Vec::new();
        makers.resize_with(self.threads, || KeyMaker::new(self.method));
        let mut texts = self.rows::<Dense<Text>>("texts");
        let mut paras = self
            .all_paras()
            .filter(|row| row.as_ref().map_or(true, |&(at, _)| !self.is_mute(at)))
            .peekable();
        let batches = std::iter::from_fn(move || {
            paras.peek()?;
            let (mut batch, mut bytes) = (Vec::new(), 0);
            let mut read = || {
                while bytes < BATCH
                    && let Some(row) = paras.next()
                {
                    let (ordinal, para) = row?;
                    let text = texts.next().ok_or_else(|| {
                        again(Error::phase("a text is missing").at(&self.used.name))
                    })?;
                    let text = text?.0.0;
                    bytes += text.len();
                    if para.samples > 0 {
                        batch.push((ordinal, para, text));
                    }
                }
                Ok(())
            };
            let read = read();
            Some(read.and_then(|()| {
                parallel::each(&mut makers, &batch, |maker, (ordinal, para, text)| {
                    Ok((*ordinal, *para, maker.make(para.samples, text)?))
                })
            }))
        });
        batches.flat_map(|batch| {
            let (made, error) = match batch {
                Ok(made) => (made, None),
                Err(error) => (Vec::new(), Some(Err(error))),
            };
            error.into_iter().chain(made.into_iter().map(Ok))
        })
    }
}

/// Makes the keys of stored texts; one for each thread.
struct KeyMaker {
    method: &'static Method,
    folder: Folder,
    folded: Folded,
    shingles: Vec<u64>,
    keys: Vec<Key>,
}

impl KeyMaker {
    fn new(method: &'static Method) -> Self {
        KeyMaker {
            method,
            folder: Folder::default(),
            folded: Folded::default(),
            shingles: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// The keys that scan gave this text, when it gave it `samples` different ones.
    fn make(&mut self, samples: u32, text: &str) -> Result<Vec<Key>> {
        self.folder.fold(text, &mut self.folded);
        shingle::shingles(&self.folded, &mut self.shingles);
        self.keys.clear();
        (self.method.keys)(&self.shingles, &mut self.keys);
        keys::sorted_set(&mut self.keys);
        if self.keys.len() != samples as usize {
            return Err(again(Error::phase(format!(
                "a text of a reference has {} keys, expected {samples}",
                self.keys.len()
            ))));
        }
        let as_kept = |key: &Key| Key {
            key: keys::kept(key.key),
            next: key.next,
        };
        Ok(self.keys.iter().map(as_kept).collect())
    }
}
