//! Control charts against 60 digits, by the rules' own words, and their false alarms by counting all outcomes.

use crate::support::{json, near::near, reference::records, says::says};
use crimerate::{
    Per, Period, Row,
    time::{Chart, ChartKind, ChartRule, Series, SeriesReport, SeriesRow},
};
use proptest::prelude::*;

pub(super) fn month(at: usize) -> Period {
    Period::month(2010 + u32::try_from(at / 12).unwrap(), u32::try_from(at % 12).unwrap() + 1).unwrap()
}

/// An area called A; `None` is a month without a row.
fn series(figures: &[Option<(u64, u64)>]) -> Series {
    let rows = figures.iter().enumerate().filter_map(|(at, figure)| figure.map(|(x, n)| ("A", month(at), x, n)));
    Series::from_rows(rows).unwrap()
}

fn chart(series: &Series, kind: ChartKind) -> Chart {
    series.area("A").unwrap().chart(kind, None).unwrap()
}

fn same(counts: &[u64]) -> Series {
    series(&counts.iter().map(|x| Some((*x, 1_000))).collect::<Vec<_>>())
}

#[test]
fn u_charts_and_laneys_meet_60_digits() {
    let rows = records(include_str!("../../data/u_charts.csv"));
    let cases: std::collections::BTreeSet<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(cases.len(), 6);
    for case in cases {
        let rows: Vec<_> = rows.iter().filter(|row| &row[0] == case).collect();
        let number = |row: &csv::StringRecord, at: usize| row[at].parse::<u64>().unwrap();
        let series = series(&rows.iter().map(|row| Some((number(row, 2), number(row, 3)))).collect::<Vec<_>>());
        let (u, laney) = (chart(&series, ChartKind::U), chart(&series, ChartKind::LaneyU));
        for ((row, point), wide) in rows.iter().zip(u.points()).zip(laney.points()) {
            let of = |at: usize| row[at].parse::<f64>().unwrap();
            let see = |found: Option<f64>, at: usize, what: &str| {
                near(found.unwrap(), of(at), 1e-12, &format!("{what} {case} {}", &row[1]));
            };
            see(Some(u.centre()), 4, "centre");
            see(point.value(), 5, "rate");
            // z is a difference: held to the size of what is taken away.
            let scale = u.centre() / (u.centre() / of(3)).sqrt();
            assert!((point.z().unwrap() - of(6)).abs() <= 1e-15 * scale + 1e-13 * of(6).abs(), "z {case} {}", &row[1]);
            see(point.lower(), 7, "lower");
            see(point.upper(), 8, "upper");
            see(laney.sigma(), 9, "sigma");
            see(wide.lower(), 10, "Laney's lower");
            see(wide.upper(), 11, "Laney's upper");
        }
    }
}

#[test]
fn charts_of_counts_and_proportions_are_by_their_formulas() {
    let series = series(&[Some((4, 100)), Some((9, 200)), Some((2, 100)), Some((5, 100))]);
    let c = chart(&series, ChartKind::C);
    assert_eq!((c.centre(), c.points()[1].value()), (5.0, Some(9.0)));
    near(c.points()[0].upper().unwrap(), 5.0 + 3.0 * 5.0_f64.sqrt(), 1e-15, "c");
    assert_eq!(c.points()[0].lower(), Some(0.0));
    let p = chart(&series, ChartKind::P);
    near(p.points()[1].upper().unwrap(), 0.04 + 3.0 * (0.04 * 0.96 / 200.0_f64).sqrt(), 1e-14, "p");
    let sigma = p.sigma().unwrap();
    let stretched = chart(&series, ChartKind::LaneyP).points()[1].upper().unwrap();
    near(stretched, 0.04 + sigma * 3.0 * (0.04 * 0.96 / 200.0_f64).sqrt(), 1e-14, "p'");
    says(
        same(&[3, 1_001]).area("A").unwrap().chart(ChartKind::P, None),
        "A: period February 2010: count 1,001 is more than the total 1,000, so it is no proportion",
    );
    says(
        same(&[0, 0, 0]).area("A").unwrap().chart(ChartKind::U, None),
        "A: no counts are expected, so the figure does not exist",
    );
    says(
        same(&[1_000, 1_000]).area("A").unwrap().chart(ChartKind::P, None),
        "A: all of a total are expected, so nothing is left to chance, so the figure does not exist",
    );
    let base = Some("2010-01".parse().unwrap());
    says(
        same(&[3, 4]).area("A").unwrap().chart(ChartKind::U, base),
        "A: the number of periods with a figure in the base of the chart is 1, and has to be at least 2",
    );
    says(
        self::series(&[Some((3, 9)), None, Some((4, 9))]).area("A").unwrap().chart(ChartKind::LaneyU, None),
        "A: the number of periods of the base that follow one with a figure is 0, and has to be at least 1",
    );
    // A c-chart needs no population.
    let alone = (0..4).map(|at| SeriesRow::of(Row::without_population("A", 5_u64), month(at)));
    let alone = Series::from_rows(alone).unwrap();
    assert_eq!(alone.area("A").unwrap().chart(ChartKind::C, None).unwrap().centre(), 5.0);
}

/// A proportion is of people over whole periods: a part of one has no point, and the others those of the series without it. A rate has one by its exposure.
#[test]
fn parts_of_periods_have_points_in_charts_of_rates_alone() {
    let years = [("2019", 300, 12), ("2020", 340, 12), ("2021", 170, 6), ("2022", 280, 12)];
    let series = |parts: bool| {
        let years = years.iter().filter(|(.., months)| parts || *months == 12);
        let rows =
            years.map(|(year, count, months)| SeriesRow::of(Row::new("A", *count, 1_000).months(*months), *year));
        Series::from_rows(rows).unwrap()
    };
    for kind in [ChartKind::P, ChartKind::ExactP] {
        let (with, without) = (chart(&series(true), kind), chart(&series(false), kind));
        assert_eq!((with.centre(), with.points()[2].value(), with.points()[2].upper()), (920.0 / 3_000.0, None, None));
        assert_eq!(
            (with.points()[0].upper(), with.points()[3].z()),
            (without.points()[0].upper(), without.points()[3].z())
        );
    }
    let series = series(true);
    let u = chart(&series, ChartKind::U);
    assert_eq!(u.points()[2].value(), Some(170.0 / 6_000.0));
    let report = series.per(Per::THOUSAND).with_chart(ChartKind::P);
    let text = report.to_string();
    assert!(text.contains("Parts of periods have no point in a chart of proportions; u-charts have them."), "{text}");
    // Read per 1,000 people a year, as the rates are.
    near(report.rows()[0].centre.unwrap(), 920.0 / 3.0, 1e-13, "centre");
    near(report.rows()[0].rate.unwrap(), 300.0, 1e-13, "rate");
}

#[test]
fn each_rule_signals_where_it_says() {
    use ChartRule::{BeyondLimit, EightOnOneSide, SixRisingOrFalling, TwoOfThree};
    let found = |counts: &[u64], kind: ChartKind, base: usize| -> Vec<(usize, ChartRule)> {
        let base = Period::from_to(month(0), month(base - 1)).unwrap();
        let chart = same(counts).area("A").unwrap().chart(kind, Some(base)).unwrap();
        let place = |period: Period| usize::try_from(period - month(0)).unwrap();
        chart.signals().map(|(period, rule)| (place(period), rule)).collect()
    };
    // 100 expected: three errors are 30, two are 20.
    let base = [100, 101, 99, 100, 101, 99];
    let after = |more: &[u64]| [&base[..], more].concat();
    assert_eq!(found(&after(&[130, 100, 131]), ChartKind::U, 6), [(8, BeyondLimit), (8, TwoOfThree)]);
    assert_eq!(found(&after(&[69, 100, 100]), ChartKind::U, 6), [(6, BeyondLimit)]);
    assert_eq!(found(&after(&[121, 100, 121]), ChartKind::U, 6), [(8, TwoOfThree)]);
    assert_eq!(found(&after(&[121, 100, 100, 121, 79]), ChartKind::U, 6), []);
    assert_eq!(found(&after(&[121, 79]), ChartKind::U, 6), []);
    assert_eq!(found(&after(&[120, 120]), ChartKind::U, 6), []);
    let nine = [101, 102, 101, 102, 101, 102, 101, 102, 101];
    assert_eq!(found(&after(&nine), ChartKind::U, 6), [(13, EightOnOneSide), (14, EightOnOneSide)]);
    let broken = [101, 102, 101, 102, 101, 102, 101, 100, 102];
    assert_eq!(found(&after(&broken), ChartKind::U, 6), []);
    assert_eq!(found(&after(&[95, 97, 98, 101, 103, 105]), ChartKind::U, 6), [(11, SixRisingOrFalling)]);
    assert_eq!(found(&after(&[105, 97, 96, 95, 95, 94, 93]), ChartKind::U, 6), []);
    // A month without a row ends a run.
    let mut gap: Vec<Option<(u64, u64)>> = after(&nine[..8]).iter().map(|x| Some((*x, 1_000))).collect();
    gap.insert(10, None);
    assert_eq!(chart(&series(&gap), ChartKind::U).signals().count(), 0);
}

/// Probability limits keep their promise on each side, and are the tightest that do.
#[test]
fn exact_limits_keep_their_promise_at_small_counts() {
    let poisson =
        |mean: f64, to: i64| (0..=to).map(|k| (1..=k).fold((-mean).exp(), |p, i| p * mean / i as f64)).sum::<f64>();
    for counts in [[0, 1], [1, 1], [2, 5], [9, 12], [40, 61]] {
        let chart = chart(&same(&counts), ChartKind::ExactU);
        let mean = (counts[0] + counts[1]) as f64 / 2.0;
        let point = &chart.points()[0];
        assert!(point.lower().unwrap().is_sign_positive());
        let [low, high] = [point.lower(), point.upper()].map(|limit| (limit.unwrap() * 1_000.0).round() as i64);
        assert!(1.0 - poisson(mean, high) <= 0.001_35 && 1.0 - poisson(mean, high - 1) > 0.001_349, "{mean}: {high}");
        assert!(low == 0 || poisson(mean, low - 1) < 0.001_35, "{mean}: {low}");
        assert!(poisson(mean, low) >= 0.001_349, "{mean}: {low}");
    }
    // One expected: three errors are passed by 1.9 % (1 - P(X <= 4) = 0.00366 at exactly 4).
    let alarms = |kind, counts: &[u64]| chart(&same(counts), kind).false_alarms();
    near(alarms(ChartKind::U, &[1, 1]).beyond_limit(), 2.0 * (1.0 - poisson(1.0, 4)), 1e-12, "u, 1");
    near(alarms(ChartKind::U, &[0, 1]).beyond_limit(), 2.0 * (1.0 - poisson(0.5, 2)), 1e-12, "u, a half");
    near(alarms(ChartKind::ExactU, &[0, 1]).beyond_limit(), 2.0 * (1.0 - poisson(0.5, 4)), 1e-11, "exact, a half");
}

/// All outcomes of nine months with two offences at most expected: the sums of the probabilities of those that signal, against the rules.
#[test]
fn false_alarms_are_those_of_all_outcomes() {
    // 1.5 expected; outcomes of 0 to 8 have all but 2e-5 of the probability. Three months for two of three, by brute force.
    let law = same(&[1, 2, 1, 2]);
    let base = law.area("A").unwrap().chart(ChartKind::U, None).unwrap();
    let p: Vec<f64> = (0..24).map(|k| (1..=k).fold((-1.5_f64).exp(), |p, i| p * 1.5 / f64::from(i))).collect();
    let (warn, upper) = (1.5 + 2.0 * 1.5_f64.sqrt(), 1.5 + 3.0 * 1.5_f64.sqrt());
    let (mut beyond, mut pairs) = (0.0, 0.0);
    for (a, pa) in p.iter().enumerate() {
        beyond += if a as f64 > upper { *pa } else { 0.0 };
        for (b, pb) in p.iter().enumerate() {
            for (c, pc) in p.iter().enumerate() {
                let high = [a, b, c].map(|count| count as f64 > warn);
                pairs += if high[2] && (high[0] || high[1]) { pa * pb * pc } else { 0.0 };
            }
        }
    }
    let alarms = base.false_alarms();
    near(alarms.beyond_limit(), 4.0 * beyond, 1e-10, "beyond");
    let above: f64 = p.iter().enumerate().filter(|(count, _)| *count as f64 > warn).map(|(_, p)| p).sum();
    near(alarms.two_of_three(), above * above + 2.0 * pairs, 1e-9, "two of three");
    let eight = chart(&same(&[1, 2, 1, 2, 1, 2, 1, 2, 1, 2]), ChartKind::U).false_alarms();
    let low = p[0] + p[1];
    near(eight.eight_on_one_side(), 3.0 * (low.powi(8) + (1.0 - low).powi(8)), 1e-10, "eight");
    near(eight.six_rising_or_falling(), 5.0 / 360.0, 1e-14, "six");
    assert_eq!((eight.points(), alarms.six_rising_or_falling()), (10, 0.0));
}

/// Six in a row rise or fall no more often than is said, and signals together no more often than all are expected (SplitMix64).
#[test]
fn simulated_alarms_are_no_more_than_said() {
    let mut state = 7_u64;
    let mut unit = move || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut poisson = |mean: f64| {
        let (mut count, mut product, end) = (0_u64, unit(), (-mean).exp());
        while product > end {
            (count, product) = (count + 1, product * unit());
        }
        count
    };
    for mean in [1.0, 4.0, 20.0] {
        for kind in [ChartKind::U, ChartKind::ExactU] {
            // A base that fixes the centre, and 400 points after it.
            let counts: Vec<u64> = (0..20).map(|_| mean as u64).chain((0..2_000).map(|_| poisson(mean))).collect();
            let base = Period::from_to(month(0), month(19)).unwrap();
            let chart = same(&counts).area("A").unwrap().chart(kind, Some(base)).unwrap();
            let found = |rule| chart.signals().filter(|(_, found)| *found == rule).count() as f64;
            let said = chart.false_alarms();
            for (rule, said) in [
                (ChartRule::BeyondLimit, said.beyond_limit()),
                (ChartRule::EightOnOneSide, said.eight_on_one_side()),
                (ChartRule::SixRisingOrFalling, said.six_rising_or_falling()),
                (ChartRule::TwoOfThree, said.two_of_three()),
            ] {
                // Runs come together: a run of nine signals twice.
                let spread = 4.0 * (3.0 * said).sqrt() + 3.0;
                assert!(found(rule) <= said + spread, "{mean} {kind} {rule}: {} of {said}", found(rule));
                let at_most = rule == ChartRule::SixRisingOrFalling;
                assert!(at_most || found(rule) >= said - spread, "{mean} {kind} {rule}: {} of {said}", found(rule));
            }
        }
    }
}

#[test]
fn reports_of_charts_name_signals_and_alarms_and_read_back() {
    let rows = (0..14).flat_map(|at| {
        [("A", month(at), if at == 13 { 140 } else { 100 + at as u64 % 3 }, 1_000_u64), ("B", month(at), 0, 1_000)]
    });
    let report = Series::from_rows(rows).unwrap().per(Per::THOUSAND).with_chart(ChartKind::U).with_rolling(12).unwrap();
    let report = report.with_base("2010".parse().unwrap()).unwrap();
    let notes: Vec<String> = report.notes().iter().map(ToString::to_string).collect();
    let has = |text: &str| assert!(notes.iter().any(|note| note == text), "{text}: {notes:#?}");
    has("Control chart: u, centre from 2010, limits of three standard errors.");
    has("No chart: B, no counts are expected, so the figure does not exist.");
    has("Signals: A February 2011 (beyond-limit).");
    let alarms = |report: &SeriesReport| {
        let told =
            report.notes().iter().map(ToString::to_string).find(|note| note.starts_with("If nothing had changed, "));
        let told = told.unwrap();
        assert!(!told.contains("0.000"), "{told}");
        told
    };
    assert!(alarms(&report).starts_with("If nothing had changed, 0."), "{}", alarms(&report));
    // A centre that is fitted to all periods lies closer to them than the true one.
    let fitted = report.series().clone().per(Per::THOUSAND).with_chart(ChartKind::U);
    assert!(alarms(&fitted).starts_with("If nothing had changed, at most 0."), "{}", alarms(&fitted));
    let short = Series::from_rows((0..3).map(|at| ("A", month(at), 100_u64, 1_000_u64))).unwrap();
    let short = alarms(&short.per(Per::THOUSAND).with_chart(ChartKind::ExactU));
    assert!(short.contains("beyond a limit") && !short.contains("eight") && !short.contains("rising"), "{short}");
    let again: SeriesReport = json::again(&report);
    assert_eq!(again, report);
    let mut value = serde_json::to_value(&report).unwrap();
    value["rows"][3]["limit_upper"] = 1.0.into();
    let error = serde_json::from_value::<SeriesReport>(value).unwrap_err().to_string();
    assert!(error.contains("limit_upper is given as 1, but its counts and populations give 131"), "{error}");
    let mut reader = csv::Reader::from_reader(report.csv().into_bytes().leak() as &[u8]);
    assert_eq!(reader.headers().unwrap().len(), 26);
    assert_eq!(reader.records().count(), 28);
    assert_eq!(report.area("A").unwrap()[13].signal.as_deref(), Some("beyond-limit"));
    assert_eq!(report.area("B").unwrap()[13].centre, None);
    let text = report.to_string();
    assert!(text.lines().next().unwrap().contains("Centre") && text.contains("beyond-limit"), "{text}");
}

proptest! {
    /// Counts and populations times ten: the same rates and centre; an area on its own has the chart that it has among others.
    #[test]
    fn charts_do_not_depend_on_other_areas(counts in proptest::collection::vec(0..40_u64, 3..30), kind in proptest::sample::select(ChartKind::ALL)) {
        let rows = |area: &'static str| counts.iter().enumerate().map(move |(at, x)| (area, month(at), *x, 1_000_u64)).collect::<Vec<_>>();
        let both = Series::from_rows([rows("B"), rows("A")].concat()).unwrap();
        let alone = Series::from_rows(rows("A")).unwrap();
        let of = |series: &Series| series.area("A").unwrap().chart(kind, None);
        prop_assert_eq!(of(&both), of(&alone));
        if let Ok(chart) = of(&alone) {
            for point in chart.points() {
                prop_assert!(point.lower().unwrap() <= chart.centre() && chart.centre() <= point.upper().unwrap() + 1e-3);
                prop_assert!(point.rules().windows(2).all(|pair| pair[0] < pair[1]));
            }
            let alarms = chart.false_alarms();
            prop_assert!(alarms.all().is_finite() && alarms.points() == counts.len());
            prop_assert!(!kind.is_exact() || alarms.beyond_limit() <= 0.0027 * counts.len() as f64 + 1e-12);
        }
    }
}

/// A base outside of the series is refused with the periods there are; one that the series has a part of says which.
#[test]
fn a_base_has_periods_of_the_series() {
    let series = same(&[3, 4, 5, 6]);
    let base: Period = "2012".parse().unwrap();
    let told = "the base of the chart, 2012, has none of the periods of the series whole: take periods of January 2010 to April 2010";
    says(series.area("A").unwrap().chart(ChartKind::U, Some(base)), told);
    says(series.per(Per::THOUSAND).with_base(base), told);
    let report = series.per(Per::THOUSAND).with_chart(ChartKind::U).with_base("2010".parse().unwrap()).unwrap();
    let text = report.to_string();
    assert!(text.contains("centre from 2010 (of which the series has January 2010 to April 2010), limits"), "{text}");
    let mut written = serde_json::to_value(&report).unwrap();
    written["base"] = "2012".into();
    assert!(serde_json::from_value::<SeriesReport>(written).is_err());
}
