//! Laws of tallies and of figures as published.

use crate::support::strategies::rate;
use crimerate::{
    Per, Population, Rate, Tally,
    claim::{Published, Rounding},
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::ops::RangeInclusive;

proptest! {
    #[test]
    fn tallies_merge_exactly_in_any_grouping(rates in vec(rate(), 0..40), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let (a, b) = (a.index(rates.len() + 1), b.index(rates.len() + 1));
        let (a, b) = (a.min(b), a.max(b));
        let tally = |rates: &[Rate]| rates.iter().copied().collect::<Tally>();
        let (first, second, third) = (tally(&rates[..a]), tally(&rates[a..b]), tally(&rates[b..]));
        let whole = tally(&rates);
        prop_assert_eq!((first + second) + third, whole);
        prop_assert_eq!(first + (second + third), whole);
        prop_assert_eq!(third + first + second, whole);
        prop_assert_eq!(whole + Tally::new(), whole);
        prop_assert_eq!([third, second, first].into_iter().sum::<Tally>(), whole);
        prop_assert_eq!(whole.count(), rates.iter().map(|rate| u128::from(rate.count())).sum::<u128>());
        prop_assert_eq!(whole.areas(), rates.len() as u64);
    }

    #[test]
    fn a_published_rate_admits_just_the_counts_that_print_as_it(
        count in 0..100_000_u64,
        people in 1..10_000_000_u64,
        decimals in 0..5_usize,
        per in select(vec![Per::ONE, Per::THOUSAND, Per::HUNDRED_THOUSAND]),
    ) {
        let population = Population::new(people).unwrap();
        let shown = |count: u64| format!("{:.decimals$}", Rate::of(count, population).per(per));
        let text = shown(count);
        let value = text.split(' ').next().unwrap().replace(',', "");
        let published = Published::new(&value, per).unwrap();
        prop_assert_eq!(published.to_string(), text.clone());
        let counts = published.counts(population, Rounding::HalfAwayFromZero).unwrap();
        prop_assert!(counts.contains(&count));
        prop_assert_eq!(shown(*counts.start()), text.clone());
        prop_assert_eq!(shown(*counts.end()), text.clone());
        prop_assert_ne!(shown(counts.end() + 1), text.clone());
        prop_assert!(*counts.start() == 0 || shown(counts.start() - 1) != text);
        let even = published.counts(population, Rounding::HalfToEven);
        let (start, end) = even.map_or((1, 0), RangeInclusive::into_inner);
        prop_assert!(start.abs_diff(*counts.start()) <= 1 && end.abs_diff(*counts.end()) <= 1);
    }
}
