//! Laws of standardised rates and scores, and what their limits hold.

use super::two_strata::{Pairs, Setting};
use crate::support::{
    json::again,
    near::{is_near, near},
};
use crimerate::{
    Average, Compare, Confidence, Order, Per, Rate, Table, Ties,
    average::ZScale,
    interval::{Widening, WithinDispersion},
    league::{BandSpec, Ranking, ScoreReport, StandardisedReport, ValueKind, ValueRow, Values},
    records::Absent,
    standard::{Method, Offences, ReferenceRates, Spec, StandardPopulation, Strata, StratumRow, Unweighted, Weights},
};
use proptest::{collection::vec, prelude::*, sample::select};

/// Areas of two to six strata: counts and people.
fn areas() -> impl Strategy<Value = Vec<Vec<(u64, u64)>>> {
    let count = prop_oneof![3 => 0..400_u64, 1 => Just(0), 1 => 0..20_000_u64];
    (2..6_usize).prop_flat_map(move |strata| vec(vec((count.clone(), 1..200_000_u64), strata), 1..7))
}

fn weights(number: usize) -> impl Strategy<Value = Vec<f64>> {
    vec((1..9_000_u32).prop_map(f64::from), number)
}

fn with_weights() -> impl Strategy<Value = (Vec<Vec<(u64, u64)>>, Vec<f64>)> {
    areas().prop_flat_map(|areas| {
        let strata = areas[0].len();
        (Just(areas), weights(strata))
    })
}

fn strata(areas: &[Vec<(u64, u64)>]) -> Strata {
    let rows = areas.iter().zip(0..).flat_map(|(strata, area)| {
        strata
            .iter()
            .zip(0..)
            .map(move |((count, people), place)| (format!("a{area}"), format!("s{place}"), *count, *people))
    });
    Strata::from_rows(rows).unwrap()
}

fn standard(weights: &[f64]) -> StandardPopulation {
    StandardPopulation::new("own", weights.iter().zip(0..).map(|(weight, place)| (format!("s{place}"), *weight)))
        .unwrap()
}

/// The rate per head and its limits by each method.
fn figures(areas: &[Vec<(u64, u64)>], weights: &[f64]) -> Vec<Vec<f64>> {
    let rates = strata(areas).direct(&standard(weights)).unwrap();
    let all = |rate: crimerate::standard::DirectRate<'_>| {
        let limits =
            [Method::Dobson, Method::FayFeuer, Method::Tiwari].map(|method| rate.limits(method).unwrap().per(Per::ONE));
        [vec![rate.per(Per::ONE).value()], limits.iter().flat_map(|it| [it.lower(), it.upper()]).collect()].concat()
    };
    rates.iter().map(all).collect()
}

fn alike(one: &[Vec<f64>], other: &[Vec<f64>]) -> bool {
    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-11 * a.abs().max(b.abs()) + 1e-18;
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.iter().zip(b).all(near))
}

proptest! {
    #[test]
    fn neither_the_size_of_the_standard_nor_the_order_of_strata_matters((areas, weights) in with_weights(), shift in 0..6_usize) {
        let here = figures(&areas, &weights);
        let larger: Vec<f64> = weights.iter().map(|weight| 3.0 * weight).collect();
        prop_assert!(alike(&here, &figures(&areas, &larger)));
        let turned = |values: &[(u64, u64)]| { let mut turned = values.to_vec(); turned.rotate_left(shift % values.len()); turned };
        let mut others = weights.clone();
        others.rotate_left(shift % weights.len());
        let moved: Vec<Vec<(u64, u64)>> = areas.iter().map(|strata| turned(strata)).collect();
        prop_assert!(alike(&here, &figures(&moved, &others)));
        for figures in &here {
            let [rate, rest @ ..] = figures.as_slice() else { unreachable!() };
            prop_assert!(rest.chunks(2).all(|limits| limits[0] <= *rate && *rate <= limits[1] && limits[0] >= 0.0), "{figures:?}");
        }
    }

    /// Eight times the people have an eighth of the rate, to the bit.
    #[test]
    fn rates_scale_with_people((areas, weights) in with_weights()) {
        let larger: Vec<Vec<(u64, u64)>> =
            areas.iter().map(|strata| strata.iter().map(|(count, people)| (*count, 8 * people)).collect()).collect();
        for (here, there) in figures(&areas, &weights).iter().zip(figures(&larger, &weights)) {
            prop_assert!(here.iter().zip(&there).all(|(a, b)| a.to_bits() == (8.0 * b).to_bits()), "{here:?} {there:?}");
        }
    }

    /// Strata in which a person weighs the same may be one: neither the rate nor Dobson's nor Fay and Feuer's limits change.
    #[test]
    fn strata_of_equal_weight_may_be_merged(counts in vec(0..300_u64, 3), people in vec(1..90_000_u64, 3), by in 1..50_u32, last in 1..9_000_u32) {
        let weigh = |people: u64| f64::from(by) * people as f64;
        let split = [vec![(counts[0], people[0]), (counts[1], people[1]), (counts[2], people[2])]];
        let merged = [vec![(counts[0] + counts[1], people[0] + people[1]), (counts[2], people[2])]];
        let one = figures(&split, &[weigh(people[0]), weigh(people[1]), f64::from(last)]);
        let other = figures(&merged, &[weigh(people[0] + people[1]), f64::from(last)]);
        prop_assert!(alike(&[one[0][..5].to_vec()], &[other[0][..5].to_vec()]), "{one:?} {other:?}");
    }

    /// The standard being an area's own people, its rate is the crude one with exact limits; and with weights of 1 a score is the rate.
    #[test]
    fn own_people_and_equal_weights_give_the_crude_rate(area in vec((0..400_u64, 1..90_000_u64), 2..7)) {
        let own: Vec<f64> = area.iter().map(|(_, people)| *people as f64).collect();
        let (count, people) = (area.iter().map(|it| it.0).sum::<u64>(), area.iter().map(|it| it.1).sum::<u64>());
        let rate = Rate::new(count, people).unwrap();
        let exact = rate.interval(Confidence::P95).per(Per::ONE);
        let expected = [rate.per(Per::ONE).value(), exact.lower(), exact.upper(), exact.lower(), exact.upper(), exact.lower(), exact.upper()];
        prop_assert!(alike(&figures(std::slice::from_ref(&area), &own), &[expected.to_vec()]));
        let rows = area.iter().zip(0..).map(|((count, _), place)| ("A", format!("o{place}"), *count, people));
        let ones = Weights::new("ones", (0..area.len()).map(|place| (format!("o{place}"), 1.0))).unwrap();
        let scores = Offences::from_rows(rows, Absent::Zero).unwrap().scores(&ones, Unweighted::Refuse).unwrap();
        let score = scores.area("A").unwrap();
        prop_assert!(is_near(score.per(Per::ONE).value(), rate.per(Per::ONE).value()) && score.points() == count as f64);
        for method in [Method::Dobson, Method::FayFeuer, Method::Tiwari] {
            let limits = score.limits(method).unwrap().per(Per::ONE);
            prop_assert!(alike(&[vec![limits.lower(), limits.upper()]], &[vec![exact.lower(), exact.upper()]]));
        }
    }

    /// Expected at the rates of all together, all areas together have just as many as were counted.
    #[test]
    fn as_many_are_expected_as_were_counted(areas in areas()) {
        let strata = strata(&areas);
        let rates = strata.indirect(&ReferenceRates::pooled(&strata).unwrap()).unwrap();
        let counted: u64 = areas.iter().flatten().map(|(count, _)| count).sum();
        let expected: f64 = rates.expected().iter().sum();
        prop_assert!((expected - counted as f64).abs() <= 1e-9 * (1.0 + counted as f64), "{expected} {counted}");
    }

    /// What is written is read back, and a rank that was changed is refused.
    #[test]
    fn reports_are_read_back((areas, weights) in with_weights(), method in select(Method::ALL), ties in select(Ties::ALL), order in select(Order::ALL)) {
        let strata = strata(&areas);
        let direct = strata.direct(&standard(&weights)).unwrap().report(Per::THOUSAND);
        let direct = direct.with_limits((Confidence::P99, method)).with_ties(ties).with_order(order);
        prop_assert_eq!(&again(&direct), &direct);
        let indirect = strata.indirect(&ReferenceRates::pooled(&strata).unwrap()).unwrap().report(Per::THOUSAND).with_ties(ties);
        prop_assert_eq!(&again(&indirect), &indirect);
        let rows = areas.iter().zip(0..).flat_map(|(strata, area)| {
            strata.iter().zip(0..).map(move |((count, _), place)| StratumRow::new(format!("a{area}"), format!("s{place}"), *count, 9_000))
        });
        let list = Weights::new("own", weights.iter().zip(0..).map(|(weight, place)| (format!("s{place}"), *weight))).unwrap();
        let scores = Offences::from_rows(rows, Absent::Zero).unwrap().scores(&list, Unweighted::Refuse).unwrap();
        let scores = scores.report(Per::THOUSAND).with_limits(method).with_order(order);
        prop_assert_eq!(&again(&scores), &scores);
        let text = serde_json::to_string(&direct).unwrap();
        if text.contains("\"rank\":1,") {
            prop_assert!(serde_json::from_str::<StandardisedReport>(&text.replacen("\"rank\":1,", "\"rank\":9,", 1)).is_err());
        }
        for (values, rows) in [(direct.values().unwrap(), direct.rows().len()), (scores.values().unwrap(), scores.rows().len())] {
            let compared = values.compare(Compare::with(Average::MEDIAN).with_ties(ties).with_order(order));
            prop_assert_eq!(compared.rows().count(), rows);
            prop_assert_eq!(&again(&compared), &compared);
        }
        let compared = direct.values().unwrap().compare(Compare::with(Average::MEAN).with_ties(ties).with_order(order));
        for (row, value) in direct.iter().zip(compared.rows()) {
            prop_assert_eq!((row.rank, row.rate, row.lower), (value.rank, value.rate, value.lower));
        }
        prop_assert!(!direct.to_string().contains("NaN") && !scores.to_string().contains("NaN") && !compared.to_string().contains("NaN"));
        let read: Vec<crimerate::league::ScoreRow> =
            csv::Reader::from_reader(scores.csv().as_bytes()).deserialize().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(read.as_slice(), scores.rows());
        let _: ScoreReport = again(&scores);
    }

    /// Values that are counts over a power of two are compared as these rates are, bit for bit.
    #[test]
    fn values_are_compared_as_rates_are(
        counts in vec(0..3_000_u32, 1..30),
        how in (select(Order::ALL), select(Ties::ALL), select(ZScale::ALL), any::<bool>(), any::<bool>()),
    ) {
        let (order, ties, z, median, without) = how;
        let average = if median { Average::MEDIAN } else { Average::MEAN };
        let average = if without { average.without_self() } else { average };
        let how = Compare::with(average).with_order(order).with_ties(ties).with_z(z);
        let league = Table::from_rows(counts.iter().zip(0..).map(|(count, area)| (format!("a{area}"), *count, 1_u64 << 20))).unwrap();
        let league = league.compare(how).per(Per::ONE).with_bands(BandSpec::ONE);
        let rows = counts.iter().zip(0..).map(|(count, area)| ValueRow::new(format!("a{area}"), f64::from(*count) / f64::from(1 << 20)));
        let values = Values::new(ValueKind::Other, Per::ONE, rows).unwrap().compare(how).with_bands(BandSpec::ONE);
        for (ours, theirs) in values.rows().zip(league.rows()) {
            prop_assert_eq!((ours.rate, ours.rank, ours.percentile, ours.z, ours.band), (theirs.rate, theirs.rank, theirs.percentile, theirs.z, theirs.band));
            prop_assert_eq!((ours.average, ours.difference, ours.ratio, ours.percent), (theirs.average, theirs.difference, theirs.ratio, theirs.percent));
            prop_assert_eq!((ours.count, ours.population, ours.lower), (None, None, None));
        }
        let masking = |notes: Vec<crimerate::Note>| notes.into_iter().filter(|note| note.topic() == crimerate::Topic::Masking).collect::<Vec<_>>();
        prop_assert_eq!(masking(values.notes()), masking(league.notes()));
        prop_assert_eq!(&again(&values), &values);
        let numbers: Vec<f64> = counts.iter().map(|count| f64::from(*count)).collect();
        let rates: Vec<Rate> = counts.iter().map(|count| Rate::new(u64::from(*count), 7).unwrap()).collect();
        let ranking = Ranking::of_values(&numbers, order, ties).unwrap();
        prop_assert_eq!(ranking.ranks().collect::<Vec<_>>(), Ranking::new(&rates, order, ties).ranks().collect::<Vec<_>>());
    }

    #[test]
    fn no_text_panics(rows in vec(("[a-c]{0,2}", "[0-9+ to\\-]{0,6}|m|f", "\\PC{0,4}|[0-9]{1,3}", "[0-9]{1,4}"), 0..9)) {
        let rows = || rows.iter().map(|(area, stratum, count, people)| StratumRow::parse(area, stratum, count, people));
        prop_assert_eq!(Strata::from_rows(rows()).is_err(), !Strata::check(rows()).is_empty());
        if let Ok(strata) = Strata::from_rows(rows()) {
            let standards = [Some(StandardPopulation::esp_2013()), StandardPopulation::pooled(&strata).ok()];
            for rates in standards.into_iter().flatten().filter_map(|standard| strata.direct(&standard).ok()) {
                prop_assert!(!rates.report(Per::THOUSAND).to_string().contains("NaN"));
            }
        }
        prop_assert_eq!(Offences::from_rows(rows(), Absent::Missing).is_err(), !Offences::check(rows()).is_empty());
    }
}

/// Fay and Feuer's limits cover no less than they say, Tiwari's little less, and Dobson's far less where few counts weigh much; then they are
/// said to be lopsided.
#[test]
fn limits_hold_what_they_say() {
    for means in [[5.0, 1.0], [1.0, 5.0], [20.0, 2.0], [10.0, 10.0]] {
        for heavier in [1.0, 4.0, 20.0] {
            let pairs = Pairs::of(Setting { means, heavier, phi: 1.0 }).unwrap();
            let held = |method| pairs.study((Confidence::P95, method)).covered;
            assert!(held(Method::FayFeuer) >= 0.95, "{means:?} {heavier}: {}", held(Method::FayFeuer));
            assert!(held(Method::Tiwari) >= 0.94, "{means:?} {heavier}: {}", held(Method::Tiwari));
            // What is counted in a stratum that weighs much tells of its variance, where enough is.
            let well_known = heavier == 1.0 || means[1] >= 5.0;
            assert!(!well_known || held(Method::Dobson) >= 0.95, "{means:?} {heavier}: {}", held(Method::Dobson));
        }
    }
    let sparse = Pairs::of(Setting { means: [5.0, 1.0], heavier: 20.0, phi: 1.0 }).unwrap();
    assert!(sparse.study((Confidence::P95, Method::Dobson)).covered < 0.65);
    let rate = |counts: [u64; 2]| [vec![(counts[0], 1_000), (counts[1], 1_000)]];
    for (counts, expected) in [([5, 0], true), ([5, 1], true), ([5, 40], false), ([400, 400], false)] {
        let rates = strata(&rate(counts)).direct(&standard(&[1.0, 20.0])).unwrap();
        assert_eq!(rates.area("a0").unwrap().is_lopsided(Confidence::P95), expected, "{counts:?}");
        assert!(!rates.area("a0").unwrap().is_lopsided(Method::FayFeuer));
    }
    let total = Pairs::of(Setting { means: [5.0, 1.0], heavier: 4.0, phi: 1.0 })
        .unwrap()
        .study((Confidence::P95, Method::Tiwari));
    near(total.covered + total.above + total.below, 1.0, 1e-7, "all probabilities");
}

/// Where counts vary by more, and by how much is known, quasi limits hold what they say, and stretched ones where what weighs much is counted; limits of chance
/// alone hold far less. So do those of the ratio of two rates, by which limits they are joined from.
#[test]
fn widened_limits_and_those_of_ratios_hold_what_they_say() {
    let wider = |method, widening| {
        Spec::from((Confidence::P95, method))
            .with_dispersion(WithinDispersion::new(2.2).unwrap())
            .with_widening(widening)
    };
    for means in [[5.0, 1.0], [10.0, 10.0], [20.0, 2.0]] {
        for heavier in [1.0, 4.0] {
            let pairs = Pairs::of(Setting { means, heavier, phi: 2.2 }).unwrap();
            let held = |spec: Spec| pairs.study(spec).shares()[0];
            let quasi = [Method::Dobson, Method::FayFeuer].map(|method| held(wider(method, Widening::Quasi)));
            assert!(quasi.iter().all(|held| *held >= 95.0), "{means:?} {heavier}: {quasi:?}");
            let stretched = held(wider(Method::Dobson, Widening::Stretched));
            assert!(stretched >= 94.5 && held(Confidence::P95.into()) < 87.0, "{means:?} {heavier}: {stretched}");
        }
    }
    let pairs = |means| Pairs::of(Setting { means, heavier: 4.0, phi: 1.0 }).unwrap();
    let (own, other) = (pairs([5.0, 1.0]), pairs([3.0, 2.0]));
    let [dobson, fay, tiwari] = [Method::Dobson, Method::FayFeuer, Method::Tiwari].map(|method| {
        let found = own.ratio_to(&other, method);
        assert!(found.covered + found.above + found.below > 0.98, "{method}: {found:?}");
        found.shares()[0]
    });
    assert!(dobson >= 93.0 && fay >= 95.0 && tiwari >= 95.0, "{dobson} {fay} {tiwari}");
}

/// What each offence brings to a score, by hand; an offence without a weight brings nothing, and both reports say so of the area.
#[test]
fn shares_of_scores_are_told_by_area() {
    let rows = [("A", "x", 2, 100), ("A", "y", 10, 100), ("A", "fraud", 4, 100), ("B", "x", 0, 50), ("B", "y", 3, 50)];
    let offences = Offences::from_rows(rows.map(StratumRow::from), Absent::Zero).unwrap();
    let scores =
        offences.scores(&Weights::new("own", [("x", 100.0), ("y", 5.0)]).unwrap(), Unweighted::LeaveOut).unwrap();
    let shares = scores.by_offence();
    let told: Vec<_> =
        shares.iter().map(|row| (row.area.as_str(), row.offence.as_deref().unwrap(), row.points, row.share)).collect();
    assert_eq!(
        told,
        [
            ("A", "x", Some(200.0), Some(0.8)),
            ("A", "y", Some(50.0), Some(0.2)),
            ("A", "fraud", None, None),
            ("B", "y", Some(15.0), Some(1.0)),
            ("B", "x", Some(0.0), Some(0.0)),
        ]
    );
    assert_eq!(again(&shares), shares);
    assert!(
        shares.to_string().contains("Without a weight, and so in no score: fraud, 21.1 % of all that was counted."),
        "{shares}"
    );
    let report = scores.report(Per::ONE);
    let note = |area: &str| report.area(area).unwrap().note;
    assert_eq!(
        note("A").as_deref(),
        Some("without a weight: fraud (4 of 16 counted); limits may be too short: those of fay-feuer reach further")
    );
    assert_eq!(note("B").as_deref(), Some("limits may be too short: those of fay-feuer reach further"));
    assert!(report.with_limits(Method::FayFeuer).area("B").unwrap().note.is_none());
    let out =
        offences.exclude("B", "a port").unwrap().scores(scores.weights(), Unweighted::LeaveOut).unwrap().by_offence();
    let last = out.iter().last().unwrap();
    assert_eq!((last.offence.as_deref(), last.note.as_deref()), (None, Some("excluded: a port")));
}

/// An offence that is all the others together in every area is told of, as it would count twice; one with no weight would not.
#[test]
fn an_offence_that_is_a_total_is_noted() {
    let rows = |last: u64| {
        let figures = [("A", [40, 5, 45]), ("B", [20, 7, last])];
        let offences = ["burglary", "robbery", "All offences"];
        let row = move |(area, counts): (&'static str, [u64; 3])| {
            offences.into_iter().zip(counts).map(move |(offence, count)| (area, offence, count, 9_000))
        };
        Offences::from_rows(figures.into_iter().flat_map(row), Absent::Missing).unwrap()
    };
    let told = |last: u64, weights: &[(&str, f64)]| {
        let weights = Weights::new("own", weights.iter().copied()).unwrap();
        let report = rows(last).scores(&weights, Unweighted::LeaveOut).unwrap().report(Per::THOUSAND).to_string();
        report.contains(
            "Perhaps a total: All offences, which has in every area the count of all its other offences together",
        )
    };
    let all = [("burglary", 400.0), ("robbery", 750.0), ("All offences", 3.0)];
    assert_eq!([told(27, &all), told(28, &all), told(27, &all[..2])], [true, false, false]);
}
