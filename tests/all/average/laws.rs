//! Laws of averages, of all areas and of the others.

use crate::support::{
    near::is_near,
    strategies::{of_rates, rates},
};
use crimerate::{Average, Per};
use proptest::{prelude::*, sample::select};

proptest! {
    #[test]
    fn leaving_an_area_out_of_its_average_is_averaging_the_others(rates in rates(), rule in select(vec![Average::POOLED, Average::MEAN, Average::MEDIAN])) {
        let league = of_rates(&rates).compare(rule.without_self());
        for (i, (_, comparison)) in league.areas().enumerate() {
            let mut others = rates.clone();
            others.remove(i);
            let expected = rule.of(&others);
            let found = comparison.unwrap().average();
            prop_assert_eq!(found.is_ok(), !others.is_empty());
            let Some(expected) = expected else { continue };
            let (found, expected) = (found.unwrap().per(Per::ONE), expected.per(Per::ONE));
            match rule == Average::MEAN {
                true => prop_assert!(is_near(found.value(), expected.value()), "{} {}", found, expected),
                false => prop_assert_eq!(found.value().to_bits(), expected.value().to_bits()),
            }
        }
    }

    #[test]
    fn averages_lie_among_the_rates(rates in rates(), rule in select(vec![Average::POOLED, Average::MEAN, Average::MEDIAN])) {
        let values: Vec<f64> = rates.iter().map(|rate| rate.per(Per::ONE).value()).collect();
        let (least, most) = values.iter().fold((f64::MAX, 0.0_f64), |(low, high), &r| (low.min(r), high.max(r)));
        let average = rule.of(&rates).unwrap().per(Per::ONE);
        prop_assert!(average.value() >= least * (1.0 - 1e-14) && average.value() <= most * (1.0 + 1e-14));
        if least == most {
            prop_assert_eq!(average.value().to_bits(), least.to_bits());
        }
    }
}
