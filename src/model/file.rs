//! How a model is stored: a magic word and a version, the card as JSON, the weights compressed, a checksum over all.

use super::trees::{self, Tree};
use super::{Model, THRESHOLDS, category, context, fits, words};
use crate::error::{Error, ErrorKind, Result};
use crate::text::hash;

const MAGIC: &[u8; 12] = b"dechaffmodel";
/// Raised when the meaning of a weight changes: another feature, another hash, another order.
pub const VERSION: u16 = 2;
/// Strongest setting of zstd; a model is written once and read often.
const COMPRESSION: i32 = 19;

/// The model in the binary.
const EMBEDDED: &[u8] = include_bytes!("embedded.model");

impl Model {
    /// The model that comes with dechaff.
    ///
    /// # Errors
    /// None, unless the program was built with a damaged file.
    pub fn embedded() -> Result<Self> {
        Model::decode(EMBEDDED)
    }

    /// A hash of the embedded model's bytes, by which runs tell models apart.
    pub fn embedded_hash() -> String {
        format!("{:032x}", hash::bytes128(EMBEDDED))
    }

    /// Reads a model file's bytes.
    ///
    /// # Errors
    /// Bytes that are no model, are damaged, or are of another version.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let wrong = |what: &str| {
            Error::new(ErrorKind::Input, format!("is not a usable line model: {what}"))
                .hint("make one with `dechaff train`, or leave --model out to use the one that is built in")
        };
        let (body, sum) = bytes
            .split_last_chunk::<16>()
            .ok_or_else(|| wrong("it is too short"))?;
        let mut rest = body
            .strip_prefix(MAGIC)
            .ok_or_else(|| wrong("it does not begin as one"))?;
        let version =
            u16::from_le_bytes(take(&mut rest).ok_or_else(|| wrong("it ends too early"))?);
        if version != VERSION {
            return Err(wrong(&format!(
                "it has version {version}, and this program reads version {VERSION}; train it again"
            )));
        }
        if hash::bytes128(body) != u128::from_le_bytes(*sum) {
            return Err(wrong("its checksum does not fit; the file is damaged"));
        }
        let length =
            u32::from_le_bytes(take(&mut rest).ok_or_else(|| wrong("it ends too early"))?) as usize;
        let (card, packed) = rest
            .split_at_checked(length)
            .ok_or_else(|| wrong("it ends too early"))?;
        let card = String::from_utf8(card.to_vec()).map_err(|_| wrong("its card is not text"))?;
        let raw = zstd::bulk::decompress(packed, size() + MOST_TREES * trees::STORED)
            .map_err(|e| wrong(&e.to_string()))?;
        let model = unpack(&raw, card)
            .filter(fits)
            .ok_or_else(|| wrong("its tables do not fit together"))?;
        Ok(model)
    }

    /// The bytes of a model file.
    pub fn encode(&self) -> Result<Vec<u8>> {
        let mut raw = Vec::with_capacity(size());
        raw.extend(self.words.iter().map(|&w| w as u8));
        for weight in self.tables.iter().flatten() {
            raw.extend(weight.to_le_bytes());
        }
        raw.extend(self.bias.to_le_bytes());
        for least in self.least.iter().flatten() {
            raw.extend(least.to_le_bytes());
        }
        raw.extend(self.categories.iter().map(|&w| w as u8));
        self.trees.iter().for_each(|tree| tree.put(&mut raw));
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend((self.card.len() as u32).to_le_bytes());
        out.extend(self.card.as_bytes());
        out.extend(zstd::bulk::compress(&raw, COMPRESSION)?);
        out.extend(hash::bytes128(&out).to_le_bytes());
        Ok(out)
    }
}

/// More trees than this are no model of ours.
const MOST_TREES: usize = 4096;

/// Bytes of the weights, but for the trees.
fn size() -> usize {
    (1 << words::BITS)
        + context::FEATURES * 512
        + 4
        + 3 * THRESHOLDS * 4
        + category::SLOTS * category::COUNT
}

fn take<const N: usize>(input: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = input.split_first_chunk()?;
    *input = tail;
    Some(*head)
}

fn unpack(mut raw: &[u8], card: String) -> Option<Model> {
    if raw.len() < size() {
        return None;
    }
    let (head, tail) = raw.split_at(1 << words::BITS);
    let words = head.iter().map(|&b| b as i8).collect();
    raw = tail;
    let mut tables = vec![[0i16; 256]; context::FEATURES];
    for weight in tables.iter_mut().flatten() {
        *weight = i16::from_le_bytes(take(&mut raw)?);
    }
    let bias = i32::from_le_bytes(take(&mut raw)?);
    let mut least = [[0; THRESHOLDS]; 3];
    for least in least.iter_mut().flatten() {
        *least = i32::from_le_bytes(take(&mut raw)?);
    }
    let (categories, forest) = raw.split_at_checked(category::SLOTS * category::COUNT)?;
    let (forest, []) = forest.as_chunks() else {
        return None;
    };
    Some(Model {
        card,
        words,
        tables,
        bias,
        least,
        trees: forest.iter().map(Tree::take).collect(),
        categories: categories.iter().map(|&b| b as i8).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_whole_and_small() {
        let model = Model::embedded().unwrap();
        assert!(EMBEDDED.len() <= 1 << 20, "{} bytes", EMBEDDED.len());
        assert_eq!(Model::decode(&model.encode().unwrap()).unwrap(), model);
        for kind in 0..THRESHOLDS {
            assert!(
                model.least[0][kind] >= model.least[1][kind]
                    && model.least[1][kind] >= model.least[2][kind]
            );
        }
    }

    #[test]
    fn trees_that_look_beyond_the_row_and_a_bias_that_overflows_are_refused() {
        let good = Model::embedded().unwrap();
        let refused = |change: &dyn Fn(&mut Model)| {
            let mut model = good.clone();
            change(&mut model);
            Model::decode(&model.encode().unwrap()).unwrap_err();
        };
        let row = context::FEATURES + super::super::around::MORE;
        refused(&|m| m.trees[0].features[7] = row as u8);
        refused(&|m| m.trees.last_mut().unwrap().features[30] = 255);
        refused(&|m| m.bias = i32::MAX);
        refused(&|m| m.bias = i32::MIN);
    }

    #[test]
    fn damage_is_noticed() {
        for at in [0, 13, 20, EMBEDDED.len() / 2, EMBEDDED.len() - 1] {
            let mut bytes = EMBEDDED.to_vec();
            bytes[at] ^= 1;
            assert!(Model::decode(&bytes).is_err(), "byte {at}");
        }
        for length in [0, 10, 40, EMBEDDED.len() - 1] {
            assert!(
                Model::decode(&EMBEDDED[..length]).is_err(),
                "{length} bytes"
            );
        }
    }
}
