//! Parts of a whole as exact integers.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};

/// A share in ten-thousandths, so that thresholds are exact integers on every machine. Files write it as a number from
/// 0 to 1, and may also say `"55%"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub u32);

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10_000.0)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = number_or_text(deserializer)?;
        Share::parse(&text).map_err(|e| serde::de::Error::custom(e.message()))
    }
}

impl Share {
    /// Returns true when `part / whole` is at least this share. `0 / 0` is not.
    pub fn reached_by(self, part: u64, whole: u64) -> bool {
        whole > 0 && part * 10_000 >= u64::from(self.0) * whole
    }

    /// Returns true when `part / whole` is more than this share; `1 / 0` is.
    pub fn exceeded_by(self, part: u64, whole: u64) -> bool {
        part * 10_000 > u64::from(self.0) * whole
    }

    /// Reads `0.55`, `55%` or `1`.
    pub fn parse(text: &str) -> Result<Self> {
        match scaled(text, 10_000.0) {
            Some(x) if (0.0..=10_000.0).contains(&x) => Ok(Share(x.round() as u32)),
            _ => Err(Error::usage(format!(
                "{text:?} is not a share; expected a number from 0 to 1, or a percentage such as 55%"
            ))),
        }
    }
}

/// A share of documents in millionths, more than 0. Files write it as a number, and may also say `"1%"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(u32);

/// All of it.
const MILLION: u32 = 1_000_000;

impl Rate {
    /// Reads `0.01`, `1%` or `1`.
    ///
    /// # Errors
    /// Text that is no share, or less than a millionth.
    pub fn parse(text: &str) -> Result<Self> {
        match scaled(text, f64::from(MILLION)).map(f64::round) {
            Some(x) if (1.0..=f64::from(MILLION)).contains(&x) => Ok(Rate(x as u32)),
            _ => Err(Error::usage(format!(
                "{text:?} is not a rate; expected a number from 0.000001 to 1, or a percentage such as 1%"
            ))),
        }
    }

    /// The part of something.
    pub fn of(self, whole: u64) -> u64 {
        (u128::from(whole) * u128::from(self.0) / u128::from(MILLION)) as u64
    }

    /// The greatest of the 64-bit hashes that it draws.
    pub(crate) fn of_u64(self) -> u64 {
        self.of(u64::MAX)
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} %", f64::from(self.0) / f64::from(MILLION / 100))
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / f64::from(MILLION))
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = number_or_text(deserializer)?;
        Rate::parse(&text).map_err(|e| serde::de::Error::custom(e.message()))
    }
}

/// A number, or a percentage, times what stands for the whole.
fn scaled(text: &str, whole: f64) -> Option<f64> {
    let (number, scale) = match text.strip_suffix('%') {
        Some(head) => (head, whole / 100.0),
        None => (text, whole),
    };
    Some(number.trim().parse::<f64>().ok()? * scale)
}

/// What a file may write as a number or as text, as text.
fn number_or_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Number(f64),
        Text(String),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::Number(number) => number.to_string(),
        Written::Text(text) => text,
    })
}
