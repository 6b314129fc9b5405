//! The third step: small decision trees, whose leaves are added to the second step's sum.
//!
//! The second step adds up what each feature says by itself. What a feature says *given another* (a short line at the end of a
//! page of prose, and the same line at the end of a menu) is said by trees. Each is complete: [`DEPTH`] comparisons of one
//! byte of the row lead to one of its leaves.

/// Comparisons from the root to a leaf.
pub const DEPTH: usize = 5;
/// Comparisons of a tree.
pub const NODES: usize = (1 << DEPTH) - 1;
/// Leaves of a tree.
pub const LEAVES: usize = 1 << DEPTH;

/// The bytes that trees look at, filled up with zeros: every byte is the number of one.
pub type Row = [u8; 256];

/// A tree. The children of node `i` are `2 i + 1`, where the feature is at most the bound, and `2 i + 2`; what follows the
/// last node are the leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// Which byte of the row each node looks at.
    pub(crate) features: [u8; NODES],
    /// The largest value that goes to the first child.
    pub(crate) bounds: [u8; NODES],
    /// What the tree adds to the sum, in parts of a logit as the second step counts them.
    pub(crate) leaves: [i16; LEAVES],
}

/// Bytes of a tree as it is stored.
pub(crate) const STORED: usize = 2 * NODES + 2 * LEAVES;

impl Tree {
    /// The leaf to which a row comes.
    #[inline]
    pub(crate) fn leaf(&self, row: &Row) -> usize {
        // The place among the nodes of one depth. It is always less than their number; the masks tell the compiler so, which
        // then has nothing left to check in the loop.
        let mut place = 0;
        for depth in 0..DEPTH {
            let width = 1 << depth;
            let node = width - 1 + (place & (width - 1));
            let right = row[usize::from(self.features[node])] > self.bounds[node];
            place = 2 * place + usize::from(right);
        }
        place & (LEAVES - 1)
    }

    /// What the tree adds for a row.
    #[inline]
    pub(crate) fn value(&self, row: &Row) -> i32 {
        i32::from(self.leaves[self.leaf(row)])
    }

    /// Tells `each` the features on the way of a row, with what each of them changes: the mean of the leaves under a node
    /// moves by so much when the row goes to one side. What the root begins with belongs to no feature.
    pub(crate) fn terms(&self, row: &Row, mut each: impl FnMut(usize, i32)) {
        let leaf = self.leaf(row);
        let mean = |depth: usize| {
            let width = LEAVES >> depth;
            let from = leaf / width * width;
            let sum: i32 = self.leaves[from..from + width]
                .iter()
                .map(|&v| i32::from(v))
                .sum();
            sum / width as i32
        };
        let mut node = 0;
        for depth in 0..DEPTH {
            each(
                usize::from(self.features[node]),
                mean(depth + 1) - mean(depth),
            );
            let right = leaf >> (DEPTH - 1 - depth) & 1;
            node = 2 * node + 1 + right;
        }
    }

    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.features);
        out.extend(self.bounds);
        self.leaves
            .iter()
            .for_each(|leaf| out.extend(leaf.to_le_bytes()));
    }

    /// Reads what [`Tree::put`] wrote.
    pub(crate) fn take(bytes: &[u8; STORED]) -> Self {
        let leaf = |i: usize| {
            let at = 2 * NODES + 2 * i;
            i16::from_le_bytes([bytes[at], bytes[at + 1]])
        };
        Tree {
            features: std::array::from_fn(|i| bytes[i]),
            bounds: std::array::from_fn(|i| bytes[NODES + i]),
            leaves: std::array::from_fn(leaf),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree whose leaf is the binary number of five features' answers.
    fn counting() -> Tree {
        let mut features = [0; NODES];
        for (node, feature) in features.iter_mut().enumerate() {
            *feature = (node + 1).ilog2() as u8;
        }
        Tree {
            features,
            bounds: [9; NODES],
            leaves: std::array::from_fn(|i| i as i16 * 32),
        }
    }

    fn row(bytes: [u8; 5]) -> Row {
        let mut row = [0; 256];
        row[..5].copy_from_slice(&bytes);
        row
    }

    #[test]
    fn a_row_comes_to_its_leaf() {
        let tree = counting();
        assert_eq!(tree.leaf(&row([9, 9, 9, 9, 9])), 0);
        assert_eq!(tree.leaf(&row([10, 9, 9, 9, 9])), 16);
        assert_eq!(tree.leaf(&row([9, 10, 9, 255, 10])), 11);
        assert_eq!(tree.value(&[255; 256]), 31 * 32);
    }

    #[test]
    fn terms_add_up_to_the_value() {
        let tree = counting();
        for row in [[0u8; 5], [255; 5], [0, 200, 0, 200, 0]].map(row) {
            let mut sum = 31 * 16;
            let mut terms = Vec::new();
            tree.terms(&row, |f, v| {
                sum += v;
                terms.push((f, v));
            });
            assert_eq!(sum, tree.value(&row));
            assert_eq!(terms[0], (0, if row[0] > 9 { 256 } else { -256 }));
        }
    }

    #[test]
    fn a_tree_reads_back() {
        let tree = counting();
        let mut bytes = Vec::new();
        tree.put(&mut bytes);
        assert_eq!(Tree::take(bytes.as_slice().try_into().unwrap()), tree);
    }
}
