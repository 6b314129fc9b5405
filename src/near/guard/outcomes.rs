//! Words for the outcomes of one matter, of which only one can be true: where two texts have different ones in the same place, they
//! report different events, though the words are no opposites.

/// The matter of the signs of grades.
pub(super) const SIGNS: u8 = 0;
/// The matter of grades of debt.
pub(super) const GRADES: u8 = 1;

/// `(matter, outcomes)`: at most eight matters with at most eight outcomes (six for grades, whose single letters are read elsewhere).
pub(super) const OUTCOMES: &[(u8, &[&str])] = &[
    (SIGNS, &["plus", "minus"]),
    (
        GRADES,
        &["aaa", "aa", "baa bbb", "ba bb", "caa ccc", "ca cc"],
    ),
    (
        2,
        &[
            "affirm affirms affirmed",
            "upgrade upgrades upgraded",
            "downgrade downgrades downgraded",
        ],
    ),
    (
        3,
        &[
            "plan plans planned propose proposes proposed consider considers considered",
            "approve approves approved",
            "reject rejects rejected",
            "complete completes completed",
            "cancel cancels cancelled canceled withdraw withdraws withdrew withdrawn",
            "postpone postpones postponed delay delays delayed",
        ],
    ),
    (
        4,
        &[
            "lift lifts lifted revoke revokes revoked",
            "grant grants granted impose imposes imposed",
        ],
    ),
];
