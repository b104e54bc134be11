//! Records by dictionaries are those by names.

use crimerate::{
    ErrorKind,
    records::{Dictionary, NamedRecords},
};
use proptest::{collection::vec, prelude::*};

const AREAS: [&str; 5] = [" Kent", "Essex", "", "Kent", "never met"];
const OFFENCES: [&str; 4] = ["theft", "arson", "", "theft "];

proptest! {
    #[test]
    fn they_add_up_as_names_do(batches in vec(vec((0..4_u8, prop_oneof![Just(0_u32), Just(1), Just(3)], -9..40_i32), 0..40), 1..4)) {
        let (mut keyed, mut named) = (NamedRecords::new(), NamedRecords::new());
        for batch in &batches {
            let areas: Vec<u8> = batch.iter().map(|(area, _, _)| *area).collect();
            let offences: Vec<u32> = batch.iter().map(|(_, offence, _)| *offence).collect();
            let counts: Vec<i32> = batch.iter().map(|(_, _, count)| *count).collect();
            keyed.try_extend_dictionary(Dictionary::new(&AREAS, &areas), Dictionary::new(&OFFENCES, &offences), &counts).unwrap();
            named.try_extend(batch.iter().map(|(area, offence, count)| (AREAS[usize::from(*area)], OFFENCES[*offence as usize], *count))).unwrap();
        }
        prop_assert_eq!(&keyed, &named);
        let negative: Vec<_> = keyed.negative_totals().collect();
        let each = named.areas().flat_map(|area| named.indicators().map(move |indicator| (area, indicator)));
        let expected: Vec<_> =
            each.filter_map(|(area, indicator)| Some((area, indicator, named.total(area, indicator).filter(|total| *total < 0)?))).collect();
        prop_assert_eq!(negative, expected);
    }
}

#[test]
fn what_is_refused_leaves_no_trace() {
    let mut records = NamedRecords::new();
    records
        .try_extend_dictionary(Dictionary::new(&["Kent"], &[0_u8]), Dictionary::new(&["theft"], &[0_u8]), &[1])
        .unwrap();
    let before = records.clone();
    let offences = Dictionary::new(&["arson", ""], &[0_u16, 0]);
    let unknown =
        records.try_extend_dictionary(Dictionary::new(&["Essex"], &[0_u32, 7]), offences, &[1, 2]).unwrap_err();
    assert_eq!(
        (unknown.kind(), unknown.row()),
        (&ErrorKind::UnknownNumber { what: "area", number: 7, size: 1 }, Some(2))
    );
    let empty = Dictionary::new(&["arson", ""], &[0_u16, 1]);
    let missing = records.try_extend_dictionary(Dictionary::new(&["Essex"], &[0_u32, 0]), empty, &[1, 2]).unwrap_err();
    assert!(matches!((missing.kind(), missing.row()), (ErrorKind::Missing { .. }, Some(2))), "{missing}");
    let lengths = records.try_extend_dictionary(Dictionary::new(&["Essex"], &[0_u8]), offences, &[1]).unwrap_err();
    assert!(matches!(lengths.kind(), ErrorKind::ShapesDiffer { .. }));
    let large = Dictionary::new(&["Essex"], &[0_u8, 0]);
    let large = records.try_extend_dictionary(large, offences, &[i64::MAX, i64::MAX]).unwrap_err();
    assert!(matches!(large.kind(), ErrorKind::TooLarge { .. }));
    assert_eq!((&records, records.areas().count(), records.indicators().count()), (&before, 1, 1));
}
