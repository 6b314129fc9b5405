//! Promise 2: every removed duplicate names a paragraph that survives, and the two texts are what the log says they are.

use dechaff::near::verdict::{Comparer, Direction, Floors, Kind, Thresholds};
use dechaff::removal::{Ratio, Reason};
use proptest::prelude::*;

use super::corpus::corpora;
use super::{Judged, cases, configs, leader_order};
use crate::cleaned::Run;

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn every_duplicate_has_a_witness_that_survives(corpus in corpora(), config in configs()) {
        let run = Run::of(&corpus.files, &config);
        let judged = Judged::new(&corpus, &config, run.removals());
        for (&gone, removals) in &judged.gone {
            let witness = judged.witness(&corpus, &removals[0]);
            let named = removals[0].witness.as_ref().unwrap();
            prop_assert!(removals.iter().all(|r| r.witness.as_ref() == Some(named)));
            let (para, kept) = (&judged.paras[gone], &judged.paras[witness]);
            prop_assert_eq!(named.start as usize..named.end as usize, kept.range.clone());
            prop_assert!(!judged.gone.contains_key(&witness), "a witness went itself");
            prop_assert!(!kept.is_caption, "a caption is a witness");
            // Boilerplate may be cut from a witness, but its text, as it was compared, stays.
            for cut in &judged.removals[kept.doc] {
                let overlap = (cut.start as usize) < kept.range.end && cut.end as usize > kept.range.start;
                prop_assert!(!overlap || (cut.reason == Reason::Boilerplate && cut.paragraph >= kept.number), "{:?}", cut);
            }
            let id = match &corpus.docs[kept.doc] {
                d if d.source.ends_with(".txt") => format!("{}#0", d.source),
                _ => named.id.clone(),
            };
            prop_assert_eq!(&named.id, &id);
            prop_assert!(removals.iter().all(|r| r.start as usize >= para.range.start));
        }
    }

    #[test]
    fn what_the_log_says_of_a_pair_is_what_its_texts_say(corpus in corpora(), config in configs()) {
        let run = Run::of(&corpus.files, &config);
        let judged = Judged::new(&corpus, &config, run.removals());
        let (mut comparer, thresholds, floors) = (Comparer::default(), Thresholds::from(&config), Floors::from(&config));
        for (&gone, removals) in &judged.gone {
            let removal = &removals[0];
            let (para, kept) = (&judged.paras[gone], &judged.paras[judged.witness(&corpus, removal)]);
            let verdict = comparer.compare(&para.prepared, &kept.prepared, &thresholds);
            let (jaccard, containment) = (verdict.jaccard().ten_thousandths(), verdict.containment().ten_thousandths());
            let named = removal.witness.as_ref().unwrap();
            match removal.reason {
                Reason::ExactDuplicate => {
                    let same = para.prepared.folded.text == kept.prepared.folded.text;
                    let blank = para.prepared.folded.tokens.is_empty();
                    prop_assert!(same && (!blank || para.text.trim() == kept.text.trim()), "{:?} {:?}", para.text, kept.text);
                    prop_assert_eq!((named.jaccard, named.containment), (Ratio(10_000), Ratio(10_000)));
                    continue;
                }
                Reason::NearDuplicate => prop_assert_eq!(verdict.kind, Kind::Near),
                Reason::Contained => prop_assert_eq!(verdict.kind, Kind::Contained),
                Reason::Boilerplate => unreachable!("not a duplicate"),
            }
            prop_assert!(matches!(verdict.direction, Some(Direction::AGoes | Direction::Either)));
            prop_assert!(floors.admit(verdict.kind, para.halves, kept.halves));
            prop_assert_eq!((named.jaccard, named.containment), (Ratio(jaccard), Ratio(containment)));
        }
    }

    #[test]
    fn a_long_paragraph_goes_only_for_an_earlier_leader(corpus in corpora(), config in configs()) {
        let run = Run::of(&corpus.files, &config);
        let judged = Judged::new(&corpus, &config, run.removals());
        let floors = Floors::from(&config);
        for (&gone, removals) in &judged.gone {
            let witness = judged.witness(&corpus, &removals[0]);
            if judged.paras[gone].halves >= floors.exact {
                let place = |i: usize| leader_order(&config, i, judged.paras[i].halves);
                prop_assert!(place(witness) < place(gone), "{:?}", judged.paras[gone].text);
            }
        }
    }
}
