//! Laws that hold for every table that is compared, tried on many.

use crate::support::{
    near::is_near,
    strategies::{bands, compare, of_rates, rate, rates, table},
};
use crimerate::{
    Average, Interval, Measure, Method, Order, Per, Rate, Report, Tally, Ties, Undefined, interval::Test,
    league::Ranking, time::Change,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use std::cmp::Ordering;

fn bits(value: Option<f64>) -> Option<u64> {
    value.map(f64::to_bits)
}

proptest! {
    #[test]
    fn scaling_counts_and_populations_together_changes_nothing_but_the_intervals(
        figures in vec((0..1_u64 << 30, 1..1_u64 << 30), 1..30),
        k in 1..1_u64 << 30,
        how in compare(),
    ) {
        let rates = |k: u64| figures.iter().map(|(x, n)| Rate::new(x * k, n * k).unwrap()).collect::<Vec<_>>();
        let (plain, scaled) = (of_rates(&rates(1)).compare(how), of_rates(&rates(k)).compare(how));
        for (a, b) in plain.per(Per::THOUSAND).rows().zip(scaled.per(Per::THOUSAND).rows()) {
            prop_assert_eq!((bits(a.rate), bits(a.average), a.rank), (bits(b.rate), bits(b.average), b.rank));
            prop_assert_eq!((bits(a.z), bits(a.ratio), bits(a.percent)), (bits(b.z), bits(b.ratio), bits(b.percent)));
        }
    }

    #[test]
    fn the_order_of_the_areas_does_not_matter(rates in rates(), seed in any::<prop::sample::Index>(), how in compare()) {
        prop_assume!(how != how.with_ties(Ties::Ordinal));
        let shift = seed.index(rates.len());
        let mut turned = rates.clone();
        turned.rotate_left(shift);
        let (a, b) = (of_rates(&rates).compare(how), of_rates(&turned).compare(how));
        let mut found: Vec<_> = b.per(Per::MILLION).rows().collect();
        found.rotate_right(shift);
        for (a, b) in a.per(Per::MILLION).rows().zip(found) {
            prop_assert_eq!((a.rank, bits(a.rate), bits(a.lower), bits(a.upper)), (b.rank, bits(b.rate), bits(b.lower), bits(b.upper)));
            prop_assert_eq!(a.average.is_some(), b.average.is_some());
            prop_assert!(a.average.is_none_or(|average| is_near(average, b.average.unwrap())));
        }
    }

    #[test]
    fn ranks_are_a_ranking_under_every_rule(rates in rates(), order in select(Order::ALL)) {
        // The reference counts, for each area, those before it and those level with it.
        let before = |a: &Rate, b: &Rate| match order {
            Order::Highest => b.cmp_value(a) == Ordering::Greater,
            Order::Lowest => b.cmp_value(a) == Ordering::Less,
        };
        let mut distinct = rates.clone();
        distinct.sort_by(Rate::cmp_value);
        distinct.dedup_by(|a, b| a.cmp_value(b) == Ordering::Equal);
        for ties in Ties::ALL {
            let ranking = Ranking::new(&rates, order, *ties);
            for (i, a) in rates.iter().enumerate() {
                let above = rates.iter().filter(|b| before(a, b)).count();
                let beside = rates.iter().filter(|b| a.cmp_value(b) == Ordering::Equal).count();
                let earlier = rates[..i].iter().filter(|b| a.cmp_value(b) == Ordering::Equal).count();
                let expected = match ties {
                    Ties::Competition => (above + 1) as f64,
                    Ties::Maximum => (above + beside) as f64,
                    Ties::Dense => (distinct.iter().filter(|b| before(a, b)).count() + 1) as f64,
                    Ties::Ordinal => (above + earlier + 1) as f64,
                    Ties::Average => above as f64 + (beside + 1) as f64 / 2.0,
                    other => panic!("a rule without a reference: {other}"),
                };
                prop_assert_eq!(ranking.rank(i).unwrap().value(), expected, "{} at {}", ties, i);
            }
            let mut listing = ranking.listing().to_vec();
            prop_assert!(listing.windows(2).all(|pair| !before(&rates[pair[0]], &rates[pair[1]])));
            listing.sort_unstable();
            prop_assert_eq!(listing, (0..rates.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_table_is_the_rates_one_by_one(table in table(), how in compare()) {
        let league = table.compare(how);
        let mut rates = Vec::new();
        for (rate, (_, comparison)) in table.rates().zip(league.areas()) {
            prop_assert_eq!(rate.is_ok(), comparison.is_ok());
            if let (Ok(rate), Ok(comparison)) = (rate, comparison) {
                rates.push(rate);
                prop_assert_eq!(comparison.rate(), rate);
            }
        }
        prop_assert_eq!(rates.as_slice(), league.rates());
        prop_assert_eq!(league.average_of_all().ok(), how.average().of(&rates));
        prop_assert_eq!(league.left_out().count() + league.len(), table.len());
        if !how.average().with_self() {
            return Ok(());
        }
        for comparison in league.ranked() {
            let average = comparison.average().unwrap();
            prop_assert_eq!(average.areas(), league.len());
            prop_assert_eq!(Some(average), league.average().ok());
        }
    }

    #[test]
    fn no_figure_is_nan_and_what_is_missing_has_a_note(
        table in table(),
        how in compare(),
        bands in option::of(bands()),
        per in 1_u32..,
    ) {
        let report = table.compare(how).per(Per::new(per).unwrap()).with_bands(bands);
        for row in report.rows() {
            let figures = [row.rate, row.lower, row.upper, row.average, row.difference, row.ratio, row.percent, row.z, row.percentile];
            prop_assert!(figures.iter().flatten().all(|figure| figure.is_finite()), "{:?}", row);
            if let (Some(lower), Some(rate), Some(upper)) = (row.lower, row.rate, row.upper) {
                prop_assert!(0.0 <= lower && lower <= upper, "{:?}", row);
                prop_assert!(lower <= rate * (1.0 + 1e-9) && rate <= upper * (1.0 + 1e-9), "{:?}", row);
            }
            prop_assert!(row.note.is_some() || figures.iter().all(Option::is_some), "{:?}", row);
        }
        prop_assert!(!report.to_string().contains("NaN"));
    }

    #[test]
    fn z_is_centred_and_scaled_and_bounded(rates in vec((0..1_000_000_u64, 1..1_000_000_u64), 2..60)) {
        let rates: Vec<Rate> = rates.into_iter().map(|(x, n)| Rate::new(x, n).unwrap()).collect();
        let league = of_rates(&rates).compare(Average::MEDIAN);
        let z: Vec<f64> = league.ranked().filter_map(|c| c.z().ok()).collect();
        prop_assert_eq!(z.len(), if league.spread().is_ok() { rates.len() } else { 0 });
        let n = z.len() as f64;
        prop_assert!(z.iter().sum::<f64>().abs() < 1e-8);
        if !z.is_empty() {
            prop_assert!((z.iter().map(|z| z * z).sum::<f64>() - (n - 1.0)).abs() < 1e-8);
            prop_assert!(z.iter().all(|z| z.abs() <= (n - 1.0) / n.sqrt() * (1.0 + 1e-12)));
        }
    }

    #[test]
    fn what_is_serialised_reads_back_the_same(
        table in table(),
        how in compare(),
        bands in option::of(bands()),
        rate in rate(),
        rates in vec(rate(), 0..5),
    ) {
        fn through<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
            serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
        }
        prop_assert_eq!(through(&table), table.clone());
        prop_assert_eq!(through(&how), how);
        prop_assert_eq!(through(&rate), rate);
        let tally: Tally = rates.into_iter().collect();
        prop_assert_eq!(through(&tally), tally);
        let report = table.compare(how).per(Per::HUNDRED_THOUSAND).with_bands(bands);
        prop_assert_eq!(through::<Report>(&report), report.clone());
        prop_assert_eq!(through(&report.notes()), report.notes());
        let change = Change::between(Rate::new(0, 7).unwrap(), rate);
        prop_assert_eq!(through(&change), change);
        prop_assert_eq!(through(&change.ratio().interval(Test::MidP)), change.ratio().interval(Test::MidP));
        let interval = Interval::of_count(rate.count(), Method::Score);
        let back = through(&interval);
        prop_assert!(is_near(back.lower(), interval.lower()) && is_near(back.upper(), interval.upper()));
    }

    #[test]
    fn columns_are_the_comparisons_one_by_one(table in table(), how in compare(), measure in select(Measure::ALL)) {
        let league = table.compare(how);
        let column = league.column(measure, Per::THOUSAND);
        let mut values = vec![f64::NAN; table.len()];
        league.column_into(measure, Per::THOUSAND, &mut values).unwrap();
        for (i, (_, comparison)) in league.areas().enumerate() {
            prop_assert_eq!(values[i].to_bits(), column.values()[i].to_bits());
            let one = comparison.map_err(|_| Undefined::LeftOut).and_then(|c| c.measure(measure, Per::THOUSAND));
            prop_assert_eq!(column.reason(i), one.err());
            match one {
                Ok(value) => prop_assert_eq!(value.to_bits(), values[i].to_bits()),
                Err(_) if measure == Measure::Rank => prop_assert_eq!(values[i], 0.0),
                Err(_) => prop_assert!(values[i].is_nan()),
            }
        }
    }
}
