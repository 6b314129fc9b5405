//! What the phases hand to each other: compressed, checksummed, versioned files of plain rows.
//!
//! [`container`] is every byte on disk; [`row`] is what a row of each kind holds; [`sort`] orders more rows than fit in
//! memory; [`paged`] reads single rows out of order through a bounded cache; [`work`] is the folder they live in.

pub mod container;
pub mod paged;
pub mod row;
pub mod sort;
pub mod work;
