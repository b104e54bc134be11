//! Laws that hold for every table, tried on many.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, BandScale, BandSpec, Change, Compare, Confidence, Interval, Measure, Method, Observation, Order, Per,
    Plan, Population, Proportion, Published, Ranking, Rate, Reason, Report, Rounding, Row, Table, Tally, Test, Ties,
    Undefined, ZScale,
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::{cmp::Ordering, ops::RangeInclusive};

/// Counts with many zeros, small ones, ties, and the largest there are.
fn count() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0..4_u64, 3 => 0..1_000_u64, 2 => 0..1_000_000_000_u64, 1 => any::<u64>(), 1 => Just(u64::MAX)]
}

fn population() -> impl Strategy<Value = u64> {
    prop_oneof![
        3 => select(vec![1_u64, 2, 10, 1_000, 8_700]),
        3 => 1..10_000_000_u64,
        1 => 1..=u64::MAX,
        1 => Just(100_000_000_000_000_000),
    ]
}

fn rate() -> impl Strategy<Value = Rate> {
    (count(), population()).prop_map(|(count, people)| Rate::new(count, people).unwrap())
}

fn rates() -> impl Strategy<Value = Vec<Rate>> {
    prop_oneof![vec(rate(), 1..40), rate().prop_flat_map(|rate| vec(Just(rate), 1..12)), vec(rate(), 1..3)]
}

fn observation() -> impl Strategy<Value = Observation> {
    prop_oneof![
        6 => count().prop_map(Observation::Known),
        1 => proptest::option::of(count()).prop_map(|at_most| Observation::Suppressed { at_most }),
        1 => select(vec![Reason::Blank, Reason::NotAvailable]).prop_map(Observation::Missing),
    ]
}

fn average() -> impl Strategy<Value = Average> {
    (select(vec![Average::POOLED, Average::MEAN, Average::MEDIAN]), any::<bool>(), 0.0..100.0).prop_map(
        |(average, with_self, value)| {
            let fixed = Average::fixed(value, Per::THOUSAND).unwrap();
            let average = if value > 80.0 { fixed } else { average };
            if with_self { average } else { average.without_self() }
        },
    )
}

fn compare() -> impl Strategy<Value = Compare> {
    let level = select(vec![0.5, 0.9, 0.95, 0.998, 0.999_999]);
    let ranks = (select(Order::ALL), select(Ties::ALL));
    (average(), level, select(Method::ALL), ranks, select(ZScale::ALL), proptest::option::of(bands())).prop_map(
        |(average, level, method, (order, ties), z, bands)| {
            let confidence = Confidence::new(level).unwrap();
            let how = Compare::with(average).interval((confidence, method)).order(order).ties(ties).z(z);
            bands.map_or(how, |spec| how.bands(spec))
        },
    )
}

fn bands() -> impl Strategy<Value = BandSpec> {
    let scales = vec![BandScale::Raw, BandScale::Log, BandScale::ShapiroWilk(Confidence::P95)];
    (select(vec![0.5, 1.0, 2.0, 10.0]), select(scales)).prop_map(|(k, scale)| BandSpec::new(k).unwrap().on(scale))
}

fn table() -> impl Strategy<Value = Table> {
    vec((observation(), population(), 0..10_u8), 1..30).prop_map(|rows| {
        let name = |index: usize| format!("Area {index}");
        let made = rows.iter().enumerate().map(|(index, (count, people, fate))| {
            let row = Row::new(name(index), *count, if *fate == 0 { 0 } else { *people });
            if index % 3 == 0 { row.code(format!("E{index:08}")) } else { row }
        });
        let table = Table::from_rows_leaving_out(made).unwrap();
        let excluded = rows.iter().enumerate().filter(|(_, (_, _, fate))| *fate == 1);
        excluded.fold(table, |table, (index, _)| table.exclude(&name(index), "tried").unwrap())
    })
}

fn of_rates(rates: &[Rate]) -> Table {
    let rows = rates.iter().enumerate();
    Table::from_rows(rows.map(|(i, rate)| (i.to_string(), rate.count(), rate.population().get()))).unwrap()
}

fn bits(value: Option<f64>) -> Option<u64> {
    value.map(f64::to_bits)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
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
        prop_assume!(how != how.ties(Ties::Ordinal));
        let shift = seed.index(rates.len());
        let mut turned = rates.clone();
        turned.rotate_left(shift);
        let (a, b) = (of_rates(&rates).compare(how), of_rates(&turned).compare(how));
        let mut found: Vec<_> = b.per(Per::MILLION).rows().collect();
        found.rotate_right(shift);
        for (a, b) in a.per(Per::MILLION).rows().zip(found) {
            prop_assert_eq!((a.rank, bits(a.rate), bits(a.lower), bits(a.upper)), (b.rank, bits(b.rate), bits(b.lower), bits(b.upper)));
            prop_assert_eq!(a.average.is_some(), b.average.is_some());
            prop_assert!(a.average.is_none_or(|average| near(average, b.average.unwrap())));
        }
    }

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
    fn ranks_are_a_ranking_under_every_rule(rates in rates(), order in select(Order::ALL)) {
        // The reference counts, for each area, those before it and those beside it.
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
                true => prop_assert!(near(found, expected), "{} {}", found, expected),
                false => prop_assert_eq!(found.to_bits(), expected.to_bits()),
            }
        }
    }

    #[test]
    fn averages_lie_among_the_rates(rates in rates(), rule in select(vec![Average::POOLED, Average::MEAN, Average::MEDIAN])) {
        let values: Vec<f64> = rates.iter().map(|rate| rate.per(Per::ONE).value()).collect();
        let (least, most) = values.iter().fold((f64::MAX, 0.0_f64), |(low, high), &r| (low.min(r), high.max(r)));
        let average = rule.of(&rates).unwrap().per(Per::ONE);
        prop_assert!(average >= least * (1.0 - 1e-14) && average <= most * (1.0 + 1e-14));
        if least == most {
            prop_assert_eq!(average.to_bits(), least.to_bits());
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
    fn no_figure_is_nan_and_what_is_missing_has_a_note(table in table(), how in compare(), per in 1_u32..) {
        let report = table.compare(how).per(Per::new(per).unwrap());
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
    fn what_is_serialised_reads_back_the_same(table in table(), how in compare(), rate in rate(), rates in vec(rate(), 0..5)) {
        fn through<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
            serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
        }
        prop_assert_eq!(through(&table), table.clone());
        prop_assert_eq!(through(&how), how);
        prop_assert_eq!(through(&rate), rate);
        let tally: Tally = rates.into_iter().collect();
        prop_assert_eq!(through(&tally), tally);
        let report = table.compare(how).per(Per::HUNDRED_THOUSAND);
        prop_assert_eq!(through::<Report>(&report), report.clone());
        prop_assert_eq!(through(&report.notes()), report.notes());
        let change = Change::between(Rate::new(0, 7).unwrap(), rate);
        prop_assert_eq!(through(&change), change);
        prop_assert_eq!(through(&change.ratio().interval(Test::MidP)), change.ratio().interval(Test::MidP));
        let interval = Interval::of_count(rate.count(), Method::Score);
        let back = through(&interval);
        prop_assert!(near(back.lower(), interval.lower()) && near(back.upper(), interval.upper()));
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

    #[test]
    fn intervals_widen_with_the_level_and_move_with_the_count(count in 0..1_u64 << 40, method in select(Method::ALL)) {
        let at = |count, level| Interval::of_count(count, (Confidence::new(level).unwrap(), method));
        let (narrow, wide, next) = (at(count, 0.9), at(count, 0.99), at(count + 1, 0.9));
        prop_assert!(wide.lower() <= narrow.lower() && narrow.upper() < wide.upper());
        prop_assert!(narrow.lower() <= next.lower() && narrow.upper() <= next.upper());
        prop_assert!(narrow.contains(count as f64) || count == 0 && method == Method::Jeffreys);
        prop_assert_eq!(at(0, 0.9).lower(), 0.0);
    }

    #[test]
    fn a_plan_has_the_bits_of_single_intervals(
        figures in vec((count(), population()), 0..700),
        method in select(Method::ALL),
        level in select(vec![0.5, 0.9, 0.95, 0.97, 0.998, 0.9999, 0.999_999, 1.0 - 1e-12]),
    ) {
        let (counts, populations): (Vec<u64>, Vec<u64>) = figures.iter().copied().unzip();
        let spec = (Confidence::new(level).unwrap(), method);
        let plan = Plan::new(spec);
        let (mut lower, mut upper) = (vec![f64::NAN; counts.len()], vec![f64::NAN; counts.len()]);
        plan.counts_into(&counts, &mut lower, &mut upper).unwrap();
        for (i, &count) in counts.iter().enumerate() {
            let one = Interval::of_count(count, spec);
            prop_assert_eq!(one, plan.count(count));
            prop_assert_eq!((one.lower().to_bits(), one.upper().to_bits()), (lower[i].to_bits(), upper[i].to_bits()), "{}", count);
        }
        plan.rates_into(&counts, &populations, Per::THOUSAND, &mut lower, &mut upper).unwrap();
        for (i, &(count, people)) in figures.iter().enumerate() {
            let one = Rate::new(count, people).unwrap().interval(spec).per(Per::THOUSAND);
            prop_assert_eq!((one.lower().to_bits(), one.upper().to_bits()), (lower[i].to_bits(), upper[i].to_bits()), "{}", count);
        }
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

    #[test]
    fn two_rates_have_defined_answers(a in rate(), b in rate(), level in select(vec![0.5, 0.95, 0.999_999]), test in select(Test::ALL)) {
        let confidence = Confidence::new(level).unwrap();
        let ratio = a.ratio_to(b);
        let interval = ratio.interval((confidence, test));
        prop_assert!(0.0 <= interval.lower() && interval.lower() <= interval.upper(), "{:?}", interval);
        prop_assert_eq!(interval.lower() == 0.0, a.count() == 0);
        prop_assert_eq!(interval.upper() == f64::INFINITY, b.count() == 0);
        match ratio.value() {
            None => prop_assert_eq!((a.count(), b.count()), (0, 0)),
            Some(value) => prop_assert!(interval.lower() <= value * (1.0 + 1e-9) && value <= interval.upper() * (1.0 + 1e-9)),
        }
        let p = ratio.significance(test);
        for p in [p.lower(), p.upper(), p.two_sided()] {
            prop_assert!((0.0..=1.0).contains(&p), "{:?}", ratio);
        }
        let difference = a.minus(b);
        let interval = difference.interval(confidence, Per::THOUSAND);
        prop_assert!(interval.lower() <= difference.per(Per::THOUSAND) && difference.per(Per::THOUSAND) <= interval.upper());
        prop_assert_eq!(b.minus(a).per(Per::THOUSAND), -difference.per(Per::THOUSAND));
        let back = b.minus(a).interval(confidence, Per::THOUSAND);
        prop_assert_eq!((back.lower(), back.upper()), (-interval.upper(), -interval.lower()));
        let change = Change::between(b, a);
        prop_assert_eq!(change.percent().is_none(), ratio.value().is_none());
        prop_assert_eq!(change.small_base(), b.count() < 50);
        prop_assert!(!change.to_string().contains("NaN"));
    }

    #[test]
    fn the_other_way_round_the_ratio_is_inverted(x in 0..2_000_u64, y in 0..2_000_u64, n in 1..1_000_000_u64, m in 1..1_000_000_u64, test in select(Test::ALL)) {
        let (a, b) = (Rate::new(x, n).unwrap(), Rate::new(y, m).unwrap());
        let (one, other) = (a.ratio_to(b).interval(test), b.ratio_to(a).interval(test));
        let close = |a: f64, b: f64| a == b || (a / b - 1.0).abs() < 1e-12;
        prop_assert!(close(one.lower(), 1.0 / other.upper()) && close(one.upper(), 1.0 / other.lower()), "{:?} {:?}", one, other);
        let (p, q) = (a.ratio_to(b).significance(test), b.ratio_to(a).significance(test));
        prop_assert!(close(p.lower(), q.upper()) && close(p.upper(), q.lower()), "{:?} {:?}", p, q);
    }

    #[test]
    fn test_and_interval_agree(x in 0..300_u64, y in 0..300_u64, n in 1..100_000_u64, m in 1..100_000_u64, test in select(Test::ALL), level in 0.5..0.999_f64) {
        let confidence = Confidence::new(level).unwrap();
        let ratio = Rate::new(x, n).unwrap().ratio_to(Rate::new(y, m).unwrap());
        let p = ratio.significance(test).two_sided();
        prop_assume!((p / confidence.alpha() - 1.0).abs() > 1e-9);
        prop_assert_eq!(p >= confidence.alpha(), ratio.interval((confidence, test)).contains(1.0), "p = {}", p);
    }

    #[test]
    fn a_rate_beside_an_average_agrees_with_its_interval(x in 0..500_u64, n in 1..100_000_u64, average in 0.001..50.0_f64, level in 0.5..0.999_f64) {
        let confidence = Confidence::new(level).unwrap();
        let value = Average::fixed(average, Per::THOUSAND).unwrap().of(&[]).unwrap();
        let beside = Rate::new(x, n).unwrap().beside(value);
        for (test, method) in [(Test::Exact, Method::Exact), (Test::MidP, Method::MidP)] {
            let p = beside.significance(test).two_sided();
            prop_assume!((p / confidence.alpha() - 1.0).abs() > 1e-9);
            prop_assert_eq!(p >= confidence.alpha(), beside.interval((confidence, method)).unwrap().contains(1.0), "p = {}", p);
        }
    }

    #[test]
    fn wilson_stays_within_zero_and_one_and_mirrors(total in 1..=1_u64 << 40, part in 0.0..=1.0_f64, level in 0.01..0.999_999) {
        let count = ((total as f64 * part) as u64).min(total);
        let confidence = Confidence::new(level).unwrap();
        let proportion = Proportion::new(count, total).unwrap();
        let (here, there) = (proportion.interval(confidence), Proportion::new(total - count, total).unwrap().interval(confidence));
        prop_assert!(0.0 <= here.lower() && here.lower() <= here.upper() && here.upper() <= 1.0);
        prop_assert!(here.contains(proportion.value()));
        prop_assert!((here.upper() - (1.0 - there.lower())).abs() < 1e-15);
    }

    #[test]
    fn no_text_makes_a_table_panic(rows in vec(("\\PC{0,8}", "\\PC{0,6}|-?[0-9]{1,22}", "\\PC{0,6}|[0-9]{1,22}"), 0..8)) {
        let rows: Vec<Row> = rows.iter().map(|(area, count, people)| Row::parse(area, count, people)).collect();
        let faults = Table::check(rows.clone());
        match Table::from_rows(rows) {
            Ok(table) => {
                prop_assert!(faults.is_empty());
                prop_assert!(!table.compare(Average::POOLED).per(Per::ONE).to_string().is_empty());
            }
            Err(error) => {
                prop_assert_eq!(Some(&error), faults.first());
                prop_assert!(!error.to_string().contains('\n'));
            }
        }
    }
}
