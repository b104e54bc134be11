//! Funnels against tables from elsewhere, real figures, closed forms and laws.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Adjustment, Average, Confidence, Dispersion, Funnel, FunnelReport, FunnelSpec, LeagueTable, Per, Position,
    Proportion, ProportionFunnel, Row, Scale, Table, Test, Trim, Undefined,
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeSet;

const LEVELS: [Confidence; 2] = [Confidence::P95, Confidence::P99_8];

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64, what: &str) {
    let error = if found == expected { 0.0 } else { ((found - expected) / expected).abs() };
    assert!(error <= tolerance, "{what}: found {found:e}, expected {expected:e}, relative error {error:e}");
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| (line, line.split(',').collect()))
}

/// The level and the end of a probability of the tables.
fn side(p: &str) -> (Confidence, bool) {
    match p {
        "0.025" => (Confidence::P95, false),
        "0.975" => (Confidence::P95, true),
        "0.001" => (Confidence::P99_8, false),
        "0.999" => (Confidence::P99_8, true),
        other => panic!("{other}"),
    }
}

fn league(rows: &[(&str, u64, u64)]) -> LeagueTable {
    Table::from_rows(rows.iter().copied()).unwrap().compare(Average::POOLED)
}

fn knife() -> LeagueTable {
    let mut reader = csv::Reader::from_reader(include_str!("../examples/data/knife_2020.csv").as_bytes());
    let rows: Vec<Row> = reader.records().map(|it| it.unwrap()).map(|it| Row::parse(&it[0], &it[3], &it[4])).collect();
    let table = Table::from_rows(rows).unwrap().exclude("City of London", "8,700 residents").unwrap();
    table.compare(Average::POOLED)
}

fn outside(funnel: &Funnel, level: Confidence) -> usize {
    funnel.points().filter(|point| point.position(level) != Ok(Position::Within)).count()
}

#[test]
fn limits_meet_the_table() {
    let funnel = league(&[("A", 1, 10), ("B", 2, 10)]).funnel(Dispersion::None);
    let mut tried = 0;
    for (line, field) in rows(include_str!("data/funnel_poisson.csv")) {
        let (level, upper) = side(field[1]);
        let limits = funnel.limits(field[0].parse().unwrap(), level).unwrap();
        let raw: f64 = field[4].parse().unwrap();
        near(if upper { limits.upper() } else { limits.lower() }, raw.max(0.0), 1e-14, line);
        assert!(upper || limits.clamped() == (raw < 0.0), "{line}");
        tried += 1;
    }
    assert_eq!(tried, 52);
}

#[test]
fn binomial_limits_meet_the_table() {
    let mut tried = 0;
    for (line, field) in rows(include_str!("data/funnel_binomial.csv")) {
        let (level, upper) = side(field[2]);
        let areas = [("A", Proportion::new(1, 2).unwrap())];
        let funnel = ProportionFunnel::around(field[1].parse().unwrap(), areas, Dispersion::None).unwrap();
        let limits = funnel.limits(field[0].parse().unwrap(), level).unwrap();
        let (found, raw) = (if upper { limits.upper() } else { limits.lower() }, field[5].parse::<f64>().unwrap());
        near(found, raw.max(0.0), 1e-13, line);
        assert_eq!(
            funnel.limits(field[0].parse().unwrap(), level),
            funnel.naive_limits(field[0].parse().unwrap(), level)
        );
        tried += 1;
    }
    assert_eq!(tried, 112);
}

/// Worked out with numpy 2 and scipy 1 from the figures in `examples/data`.
#[test]
fn knife_figures() {
    let league = knife();
    let naive = league.funnel(Dispersion::None);
    near(naive.pearson().unwrap(), 410.004_544_449_600, 1e-13, "Pearson");
    assert_eq!(
        (naive.points().count(), outside(&naive, Confidence::P99_8), outside(&naive, Confidence::P95)),
        (37, 33, 34)
    );
    let told = |spec: FunnelSpec| {
        let found = league.funnel(spec).overdispersion().unwrap();
        (found.phi(), found.tau2(), found.areas())
    };
    let default = FunnelSpec::default();
    for (spec, phi, tau2, areas) in [
        (default, 145.147_866_629_552, 0.031_656_609_984_304_3, 37),
        (default.with_trim(Trim::NONE), 356.051_410_595_333, 0.077_964_889_229_756_35, 37),
        (default.with_trim(Trim::drop(0.1).unwrap()), 131.599_742_459_744, 0.037_662_868_375_850_0, 31),
        (Scale::Log.into(), 204.615_001_921_174, 0.178_855_447_667_087, 37),
    ] {
        let found = told(spec);
        near(found.0, phi, 1e-13, "phi");
        near(found.1, tau2, 1e-12, "tau^2");
        assert_eq!(found.2, areas);
    }
}

#[test]
fn knife_figures_with_dispersion() {
    let additive = knife().funnel(Dispersion::Additive);
    assert_eq!(LEVELS.map(|level| outside(&additive, level)), [3, 0]);
    let met = additive.area("Metropolitan Police").unwrap();
    near(met.expected().unwrap(), 7_435.796_674_323_36, 1e-14, "expected");
    near(met.z().unwrap(), 79.704_480_390_631_4, 1e-13, "z");
    near(met.z_adjusted().unwrap(), 2.596_129_086_476_51, 1e-12, "adjusted z");
    near(met.p().unwrap(), 0.009_428_063_730_900_32, 1e-11, "p");
    near(met.p_adjusted(Adjustment::Holm).unwrap(), 0.348_838_358_043_312, 1e-11, "Holm");
    near(met.p_adjusted(Adjustment::BenjaminiHochberg).unwrap(), 0.253_340_128_878_747, 1e-11, "BH");
    for (level, lower, upper) in [
        (Confidence::P95, 0.423_920_931_602_241, 1.819_552_504_202_64),
        (Confidence::P99_8, 0.202_396_120_287_431, 2.402_857_867_123_89),
    ] {
        let limits = met.limits(level).unwrap();
        near(limits.lower(), lower, 1e-12, "lower");
        near(limits.upper(), upper, 1e-12, "upper");
        assert_eq!(met.naive_position(level), Ok(Position::High));
    }
    let multiplicative = knife().funnel(Dispersion::Multiplicative);
    assert_eq!(LEVELS.map(|level| outside(&multiplicative, level)), [4, 1]);
    let durham = multiplicative.area("Durham").unwrap();
    near(durham.z_adjusted().unwrap(), -1.686_888_823_389_26, 1e-12, "adjusted z");
    near(durham.limits(Confidence::P99_8).unwrap().lower(), 0.036_437_431_807_010_3, 1e-11, "lower");
    near(durham.limits(Confidence::P99_8).unwrap().upper(), 3.272_893_779_543_33, 1e-12, "upper");
}

/// With numpy and scipy: arcsine and logit z, winsorised at 10 %, and exact binomial p-values.
#[test]
fn proportions_by_hand() {
    let counts = [("A", 15, 200), ("B", 61, 400), ("C", 33, 310), ("D", 2, 11)];
    let areas = || counts.iter().map(|&(name, x, n)| (name, Proportion::new(x, n).unwrap()));
    let check = |spec: FunnelSpec, z: [f64; 4], phi: f64, tau2: f64| {
        let funnel = ProportionFunnel::new(areas(), spec).unwrap();
        near(funnel.target().unwrap(), 0.120_521_172_638_436, 1e-14, "target");
        for (point, z) in funnel.points().zip(z) {
            near(point.z().unwrap(), z, 1e-8, point.area().name());
        }
        let found = funnel.overdispersion().unwrap();
        near(found.phi(), phi, 1e-12, "phi");
        near(found.tau2(), tau2, 1e-11, "tau2");
    };
    let arcsine = [-2.181_770_57, 1.865_818_33, -0.781_342_15, 0.570_246_59];
    let logit = [-2.416_320_28, 1.773_560_78, -0.802_548_98, 0.522_000_96];
    check(FunnelSpec::default(), arcsine, 1.555_255_529_831_55, 0.001_343_502_668_336_03);
    check(Scale::Log.into(), logit, 1.651_146_835_977_48, 0.056_737_687_856_808_8);
    let funnel = ProportionFunnel::new(areas(), Dispersion::None).unwrap();
    let p = [0.050_787_369_816_069_3, 0.065_221_357_489_374_2, 0.508_315_133_619_265, 0.778_947_953_926_668];
    for (point, p) in funnel.points().zip(p) {
        near(point.p().unwrap(), p, 1e-12, point.area().name());
    }
    for scale in Scale::ALL {
        let funnel = ProportionFunnel::new(areas(), (Dispersion::Additive, *scale)).unwrap();
        for total in [1, 5, 100, 1_000_000_000] {
            let limits = funnel.limits(total, Confidence::P99_8).unwrap();
            assert!(
                0.0 <= limits.lower() && limits.lower() < funnel.target().unwrap() && limits.upper() <= 1.0,
                "{limits:?}"
            );
        }
    }
    // z is z where the limits say it is.
    let funnel = ProportionFunnel::new(areas(), Dispersion::Multiplicative).unwrap();
    let point = funnel.area("B").unwrap();
    let level = Confidence::new(1.0 - point.p().unwrap()).unwrap();
    near(point.limits(level).unwrap().upper(), point.value().unwrap(), 1e-12, "limit at its own p");
}

#[test]
fn proportions_refuse_and_lack_what_they_must() {
    let one = |x, n| [("A", Proportion::new(x, n).unwrap())];
    let says = |made: Result<ProportionFunnel, crimerate::Error>| made.unwrap_err().to_string();
    let none: [(&str, Proportion); 0] = [];
    assert_eq!(says(ProportionFunnel::new(none, Scale::Log)), "there is no row, so there is nothing to compare");
    let twice = [("A", Proportion::new(1, 2).unwrap()); 2];
    assert_eq!(says(ProportionFunnel::new(twice, Scale::Log)), "A: row 2: the name stands in row 1 already");
    for target in [0.0, 1.0, f64::NAN] {
        let expected = format!("{target} is not a target for proportions: it has to be between 0 and 1, both left out");
        assert_eq!(says(ProportionFunnel::around(target, one(1, 2), Scale::Log)), expected);
    }
    for (x, target) in [(0, 0.0), (9, 1.0)] {
        let funnel = ProportionFunnel::new(one(x, 9), Dispersion::None).unwrap();
        assert_eq!(funnel.target(), Ok(target));
        let why = if x == 0 { Undefined::NothingExpected } else { Undefined::AllExpected };
        assert_eq!(funnel.area("A").unwrap().position(Confidence::P95), Err(why));
        assert_eq!((funnel.overdispersion(), funnel.pearson()), (Err(why), Err(why)));
    }
    let areas = [("A", Proportion::new(4, 4).unwrap()), ("B", Proportion::new(1, 4).unwrap())];
    let log = ProportionFunnel::new(areas, Scale::Log).unwrap();
    assert_eq!(log.area("B").unwrap().z(), Err(Undefined::AllCounted));
    assert_eq!(log.limits(0, Confidence::P95), Err(Undefined::NothingExpected));
}

/// Every figure of a report of proportions by numpy and scipy, at levels in the order of the columns.
#[test]
fn reports_of_proportions_meet_the_table() {
    let table = include_str!("data/proportion_funnel.csv");
    let mut tried = 0;
    for case in rows(table).map(|(_, field)| [field[0], field[1], field[2]]).collect::<BTreeSet<_>>() {
        let lines: Vec<_> = rows(table).map(|(_, field)| field).filter(|field| field[..3] == case).collect();
        let areas =
            lines.iter().map(|it| (it[3], Proportion::new(it[4].parse().unwrap(), it[5].parse().unwrap()).unwrap()));
        let spec = FunnelSpec::from((case[1].parse::<Dispersion>().unwrap(), case[2].parse::<Scale>().unwrap()));
        let report = ProportionFunnel::new(areas, spec).unwrap().per(Per::THOUSAND);
        let found = report.overdispersion().unwrap();
        let (count, total) =
            report.rows().fold((0, 0), |sum, row| (sum.0 + row.count.unwrap(), sum.1 + row.population.unwrap()));
        for (row, field) in report.rows().zip(&lines) {
            let what = format!("{case:?} {}", row.area);
            let (x, n) = (row.count.unwrap() as f64, row.population.unwrap() as f64);
            near(row.rate.unwrap(), 1_000.0 * x / n, 1e-15, &what);
            near(row.ratio.unwrap(), (x / n) / (count as f64 / total as f64), 1e-14, &what);
            let mut figures = vec![
                row.expected,
                row.z,
                Some(found.phi()),
                Some(found.tau2()),
                row.z_adjusted,
                row.p,
                row.p_holm,
                row.p_bh,
            ];
            figures.extend(
                row.limits.iter().flat_map(|it| [it.lower, it.upper]).map(|limit| limit.map(|it| it / 1_000.0)),
            );
            for (figure, expected) in figures.into_iter().zip(&field[6..]) {
                near(figure.unwrap(), expected.parse().unwrap(), 1e-9, &what);
            }
            tried += 1;
        }
    }
    assert_eq!(tried, 6 * 12 + 3 * 16);
}

#[test]
fn a_report_of_proportions_prints() {
    let rows = [
        Row::new("Force A", 5_120, 22_431),
        Row::new("Force B", 61, 203),
        Row::parse("Force C", "..", "800"),
        Row::new("Force D", 33, 310),
        Row::new("Force E", 0, 2),
    ];
    let table = Table::from_rows(rows).unwrap().exclude("Force B", "on trial").unwrap();
    let report = table.compare(Average::POOLED).proportion_funnel(Dispersion::None).unwrap().per(Per::HUNDRED);
    assert_eq!(
        report.to_string(),
        "  Position  Area     Count   Total  Expected  Proportion (%)  95 % limits (%)  99.8 % limits (%)      z  Adjusted z  p (Holm)\n\
         ----------  -------  -----  ------  --------  --------------  ---------------  -----------------  -----  ----------  --------\n    \
         within  Force A  5,120  22,431   5,082.3            22.8     22.1 to 23.2       21.8 to 23.5  +0.60       +0.60    1.0000\n    \
         within  Force E      0       2       0.5             0.0      0.0 to 75.7        0.0 to 99.0  -1.40       -1.40    1.0000\n\
         low 99.8 %  Force D     33     310      70.2            10.6     17.9 to 27.2       15.4 to 30.1  -5.77       -5.77   <0.0001\n\
         \n\
         3 of 5 areas compared.\n\
         Left out: Force B, excluded: on trial (its rate is 30.0 per 100).\n\
         Left out: Force C, count not available.\n\
         Average: pooled, 22.7 per 100 over 3 areas.\n\
         Target: the average is one of the same areas, and 1 of them holds more than 5 % of the expected count (most: Force A, 98.6 %).\n\
         Limits: exact binomial at 95 % and 99.8 %, interpolated; positions by the exact tail probabilities.\n\
         Outside the 95 % limits: 1 of 3 areas.\n\
         Outside the 99.8 % limits: 1 of 3 areas.\n\
         z: (asin(sqrt(proportion)) - asin(sqrt(average))) / s, s = 1 / (2 sqrt(total)); adjusted z: the same.\n\
         Dispersion: none; phi = 8.65, tau^2 = 0.00973 from 3 areas, 10 % winsorised at each end.\n\
         More than chance: phi is above 1, which these limits leave out; with additive dispersion 0 outside the 95 % \
         limits, 0 outside the 99.8 % limits.\n\
         p: twice the smaller exact binomial tail; Holm and Benjamini-Hochberg over 3 areas."
    );
}

#[test]
fn units_of_proportions_stand_in_the_headings() {
    let areas = || [("A", Proportion::new(15, 200).unwrap()), ("B", Proportion::new(61, 400).unwrap())];
    let heading = |per| {
        let text = ProportionFunnel::new(areas(), Dispersion::None).unwrap().per(per).to_string();
        text.lines().next().unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(heading(Per::ONE).contains(" Proportion 95 % limits 99.8 % limits "));
    assert!(heading(Per::HUNDRED).contains(" Proportion (%) 95 % limits (%) 99.8 % limits (%) "));
    let thousand = " Proportion per 1,000 95 % limits per 1,000 99.8 % limits per 1,000 ";
    assert!(heading(Per::THOUSAND).contains(thousand));
}

#[test]
fn proportions_of_a_table_have_its_average() {
    let table = Table::from_rows([("A", 15, 200), ("B", 61, 400), ("C", 4, 9)]).unwrap();
    let median = table.compare(Average::MEDIAN).proportion_funnel(Dispersion::None).unwrap();
    assert_eq!(median.target(), Ok(61.0 / 400.0));
    near(median.area("C").unwrap().expected().unwrap(), 9.0 * 61.0 / 400.0, 1e-15, "expected");
    assert_eq!(median.area("B").unwrap().z(), Ok(0.0));
    let others = table.compare(Average::POOLED.without_self()).proportion_funnel(Dispersion::None).unwrap();
    near(others.area("A").unwrap().expected().unwrap(), 200.0 * 65.0 / 409.0, 1e-15, "expected");
    let refused = |how: Average| table.compare(how).proportion_funnel(Dispersion::None).unwrap_err().to_string();
    let expected = "2 is not a target for proportions: it has to be between 0 and 1, both left out";
    assert_eq!(refused(Average::fixed(2.0, Per::ONE).unwrap()), expected);
    let above = Table::from_rows([("A", 15, 200), ("B", 7, 6)]).unwrap().compare(Average::POOLED);
    let error = above.proportion_funnel(Dispersion::None).unwrap_err().to_string();
    assert_eq!(error, "B: count 7 is more than the total 6, so it is no proportion");
    let nobody = table.exclude("A", "x").unwrap().exclude("B", "x").unwrap().exclude("C", "x").unwrap();
    let nobody = nobody.compare(Average::POOLED).proportion_funnel(Dispersion::Additive).unwrap();
    assert_eq!((nobody.target(), nobody.limits(5, LEVELS[0])), (Err(Undefined::NoAverage), Err(Undefined::NoAverage)));
    assert!(nobody.per(Per::HUNDRED).to_string().contains("Average: pooled; undefined, there is no area to average."));
}

#[test]
fn a_report_of_proportions_is_read_back_and_worked_out_again() {
    let rows =
        [Row::new("A", 15, 200).code("E1"), Row::new("B", 61, 400), Row::parse("C", "..", "9"), Row::new("D", 9, 9)];
    let table = Table::from_rows(rows).unwrap().exclude("B", "on trial").unwrap();
    for how in [Average::POOLED, Average::fixed(0.125, Per::ONE).unwrap(), Average::MEDIAN.without_self()] {
        for spec in [FunnelSpec::default(), (Dispersion::Additive, Scale::Log).into()] {
            let report =
                table.compare(how).proportion_funnel(spec).unwrap().per(Per::HUNDRED).with_levels([Confidence::P99]);
            let json = serde_json::to_string(&report).unwrap();
            assert!(json.contains("\"proportions\":true"));
            let read: FunnelReport = serde_json::from_str(&json).unwrap();
            assert_eq!((&read, read.to_string()), (&report, report.to_string()));
        }
    }
    let json =
        serde_json::to_value(table.compare(Average::POOLED).proportion_funnel(Scale::Log).unwrap().per(Per::HUNDRED));
    let json = json.unwrap();
    let mut forged = json.clone();
    forged["rows"][0]["limits"][0]["lower"] = 0.05.into();
    let error = serde_json::from_value::<FunnelReport>(forged).unwrap_err().to_string();
    assert!(error.starts_with("A: lower is given as 0.05"), "{error}");
    let mut forged = json.clone();
    forged["proportions"] = false.into();
    assert!(serde_json::from_value::<FunnelReport>(forged).is_err());
    let mut above = json;
    above["table"]["rows"][0]["count"] = serde_json::json!({"known": 201});
    let error = serde_json::from_value::<FunnelReport>(above).unwrap_err().to_string();
    assert!(error.starts_with("A: count 201 is more than the total 200"), "{error}");
}

#[test]
fn small_expected_counts_are_never_low_for_a_count_of_none() {
    let funnel = league(&[("A", 0, 10), ("B", 500, 2_490)]).funnel(Dispersion::None);
    let a = funnel.area("A").unwrap();
    near(a.expected().unwrap(), 2.0, 1e-15, "expected");
    for level in LEVELS {
        assert_eq!(a.position(level), Ok(Position::Within));
        assert_eq!(a.limits(level).unwrap().lower(), 0.0);
    }
    near(a.p().unwrap(), 2.0 * (-2.0_f64).exp(), 1e-14, "p");
    // The chi-square and the log-normal rule call it low: both lower limits are above 0.
    let (_, row) = rows(include_str!("data/funnel_poisson.csv")).find(|(line, _)| line.starts_with("2,0.025")).unwrap();
    assert!(row[5].parse::<f64>().unwrap() > 0.12 && row[6].parse::<f64>().unwrap() > 0.25);
}

#[test]
fn limits_do_not_fold_back() {
    // (1 - z s)^2 rises again where z s is above 1; clamped before squaring it stays 0.
    let league = league(&[("A", 1, 1), ("B", 900, 2_000), ("C", 1_500, 2_000)]);
    for spec in [Dispersion::Multiplicative, Dispersion::Additive] {
        let funnel = league.funnel(spec);
        for expected in [1e-6, 0.01, 0.2, 0.9] {
            for level in LEVELS {
                let limits = funnel.limits(expected, level).unwrap();
                assert_eq!((limits.lower(), limits.clamped()), (0.0, true), "{expected}");
            }
        }
    }
}

#[test]
fn one_area_has_no_dispersion() {
    let league = league(&[("A", 7, 100)]);
    let naive = league.funnel(Dispersion::None);
    let a = naive.area("A").unwrap();
    assert_eq!((a.value(), a.position(Confidence::P95), a.p()), (Ok(1.0), Ok(Position::Within), Ok(1.0)));
    assert_eq!((naive.overdispersion(), naive.pearson()), (Err(Undefined::TooFew), Err(Undefined::TooFew)));
    let additive = league.funnel(Dispersion::Additive);
    let a = additive.area("A").unwrap();
    assert_eq!((a.z(), a.z_adjusted()), (Ok(0.0), Err(Undefined::TooFew)));
    assert_eq!((a.p(), a.position(Confidence::P95)), (Err(Undefined::TooFew), Err(Undefined::TooFew)));
    assert_eq!(a.naive_position(Confidence::P95), Ok(Position::Within));
    let text = additive.per(Per::THOUSAND).to_string();
    assert!(
        text.contains("Dispersion: additive; phi and tau^2 undefined, fewer than two areas are compared."),
        "{text}"
    );
    assert!(
        text.contains(
            "Outside the 95 % limits: unknown, fewer than two areas are compared; by chance alone 0 of 1 area."
        )
    );
    let alone =
        Table::from_rows([("A", 1, 10)]).unwrap().compare(Average::POOLED.without_self()).funnel(Dispersion::None);
    assert_eq!(alone.area("A").unwrap().position(Confidence::P95), Err(Undefined::NoAverage));
}

#[test]
fn nothing_expected_has_no_ratio() {
    let funnel = league(&[("A", 0, 10), ("B", 0, 20)]).funnel(Dispersion::Multiplicative);
    for point in funnel.points() {
        assert_eq!(point.value(), Err(Undefined::NothingExpected));
        assert_eq!((point.z(), point.p()), (Err(Undefined::NothingExpected), Err(Undefined::NothingExpected)));
    }
    assert_eq!(funnel.overdispersion(), Err(Undefined::NothingExpected));
    let report = funnel.per(Per::THOUSAND);
    let text = report.to_string();
    assert!(
        text.contains("No ratio, z, limits and p for 2 areas: no offences are expected.") && !text.contains("NaN"),
        "{text}"
    );
    assert_eq!(report.rows().next().unwrap().note.unwrap(), "no offences are expected");
    // A median of zero expects nothing of areas that have offences: nothing is said of them, rather than p = 0.
    let rows = [("A", 0, 10), ("B", 0, 20), ("C", 5, 20)];
    let median = Table::from_rows(rows).unwrap().compare(Average::MEDIAN).funnel(Dispersion::None);
    assert_eq!(median.area("C").unwrap().position(Confidence::P95), Err(Undefined::NothingExpected));
    // One area that expects nothing leaves the others their dispersion.
    let some = league(&[("A", 5, 10), ("B", 9, 10), ("C", 0, 10)]).funnel_expecting(&[7.0, 7.0, 0.0], Dispersion::None);
    let some = some.unwrap();
    assert_eq!(some.overdispersion().unwrap().areas(), 2);
    assert_eq!(some.area("C").unwrap().z_adjusted(), Err(Undefined::NothingExpected));
    for expected in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(some.limits(expected, Confidence::P95), Err(Undefined::NothingExpected));
        assert_eq!(some.naive_limits(expected, Confidence::P95), Err(Undefined::NothingExpected));
    }
}

#[test]
fn a_count_of_none_has_no_logarithm() {
    let league = league(&[("A", 0, 10), ("B", 4, 20), ("C", 9, 20)]);
    let log = league.funnel((Dispersion::Additive, Scale::Log));
    for point in log.points() {
        assert_eq!((point.z(), point.z_adjusted()), (Err(Undefined::ZeroCount), Err(Undefined::ZeroCount)));
        assert_eq!(point.position(Confidence::P95), Err(Undefined::ZeroCount));
        assert!(point.naive_position(Confidence::P95).is_ok());
    }
    assert_eq!(log.overdispersion(), Err(Undefined::ZeroCount));
    let naive = league.funnel(Scale::Log);
    let a = naive.area("A").unwrap();
    assert_eq!((a.z(), a.position(Confidence::P95)), (Err(Undefined::ZeroCount), Ok(Position::Within)));
    assert!(a.p().is_ok());
    let notes = naive.per(Per::THOUSAND).to_string();
    assert!(notes.contains("Dispersion: none; phi and tau^2 undefined, a count of zero has no logarithm."), "{notes}");
}

#[test]
fn equal_rates_have_no_dispersion_and_that_is_no_proof() {
    let league = league(&[("A", 10, 100), ("B", 20, 200), ("C", 30, 300)]);
    for dispersion in Dispersion::ALL {
        let funnel = league.funnel(*dispersion);
        let found = funnel.overdispersion().unwrap();
        assert_eq!((found.phi(), found.tau2()), (0.0, 0.0));
        assert!(funnel.points().all(|point| point.z_adjusted() == Ok(0.0) && point.p() == Ok(1.0)));
        assert_eq!(outside(&funnel, Confidence::new(0.5).unwrap()), 0);
        let text = funnel.per(Per::THOUSAND).to_string();
        assert!(text.contains("; a phi of 1 or less is no proof that there is none."), "{text}");
    }
}

#[test]
fn tiny_and_huge_counts_have_figures() {
    let rows = [("A", u64::MAX, u64::MAX), ("B", 0, 1), ("C", 1, 100_000_000_000_000_000), ("D", u64::MAX, 1)];
    for average in [
        Average::POOLED,
        Average::MEAN,
        Average::fixed(1e-30, Per::ONE).unwrap(),
        Average::fixed(1e30, Per::ONE).unwrap(),
    ] {
        let league = Table::from_rows(rows).unwrap().compare(average);
        for spec in Dispersion::ALL.iter().flat_map(|d| Scale::ALL.iter().map(|s| FunnelSpec::from((*d, *s)))) {
            for point in league.funnel(spec).points() {
                for level in [0.5, 0.95, 0.998, 0.999_999] {
                    if let Ok(limits) = point.limits(Confidence::new(level).unwrap()) {
                        assert!(limits.lower() >= 0.0 && limits.lower() <= limits.upper(), "{average} {limits:?}");
                    }
                }
                for figure in
                    [point.value(), point.z(), point.z_adjusted(), point.p(), point.p_adjusted(Adjustment::Holm)]
                {
                    assert!(figure.is_err() || figure.unwrap().is_finite(), "{average} {figure:?}");
                }
            }
        }
    }
}

#[test]
fn given_expected_counts_take_the_place_of_the_average() {
    let rows = [Row::new("A", 12, 100), Row::parse("B", "..", "100"), Row::new("C", 3, 100)];
    let league = Table::from_rows(rows).unwrap().compare(Average::POOLED);
    let funnel = league.funnel_expecting(&[10.0, f64::NAN, 5.5], Dispersion::None).unwrap();
    assert_eq!(funnel.points().map(|point| point.expected().unwrap()).collect::<Vec<_>>(), [10.0, 5.5]);
    assert_eq!(funnel.area("A").unwrap().value(), Ok(1.2));
    let text = funnel.per(Per::THOUSAND).to_string();
    assert!(text.contains("Expected counts: as given, 15.5 for 15 counted.") && !text.contains("Average:"), "{text}");
    let says = |expected: &[f64]| league.funnel_expecting(expected, Dispersion::None).unwrap_err().to_string();
    assert_eq!(says(&[1.0]), "the column expected has 1 values, where there should be 3");
    assert_eq!(says(&[1.0, 1.0, -2.0]), "C: -2 is not an expected count: it has to be 0 or from 1e-30 to 1e30");
    assert_eq!(says(&[f64::NAN, 1.0, 1.0]), "A: NaN is not an expected count: it has to be 0 or from 1e-30 to 1e30");
    // The expected counts of the average itself give the same funnel; their roots may differ in the last place.
    let same: Vec<f64> = knife()
        .areas()
        .map(|(area, _)| knife().funnel(Scale::Log).area(area.name()).map_or(0.0, |it| it.expected().unwrap()))
        .collect();
    let (own, given) = (knife().funnel(Scale::Log), knife().funnel_expecting(&same, Scale::Log).unwrap());
    assert_eq!(own.points().count(), 37);
    for (own, given) in own.points().zip(given.points()) {
        assert_eq!((own.expected(), own.significance()), (given.expected(), given.significance()));
        assert_eq!(own.naive_limits(Confidence::P95), given.naive_limits(Confidence::P95));
        let (own, given) = (own.z().unwrap(), given.z().unwrap());
        assert!((own - given).abs() <= 1e-15 * own.abs(), "{own} {given}");
    }
}

#[test]
fn the_widest_level_that_is_crossed_is_told() {
    let beyond = |levels: [Confidence; 2]| {
        let report = knife().funnel(Dispersion::None).per(Per::ONE).with_levels(levels);
        let rows: Vec<_> = report.rows().map(|row| (row.position, row.beyond, row.naive_beyond)).collect();
        assert!(rows.iter().all(|row| row.1 == row.2));
        rows
    };
    let rows = beyond(LEVELS);
    assert_eq!(rows, beyond([Confidence::P99_8, Confidence::P95]));
    let at = |level| rows.iter().filter(|row| row.1 == Some(level)).count();
    assert_eq!((at(Confidence::P95), at(Confidence::P99_8)), (1, 33));
    assert_eq!(rows.iter().filter(|row| row.0 == Some(Position::High)).count(), 6);
}

#[test]
fn one_count_where_next_to_nothing_is_expected_is_high_and_none_is_not_low() {
    let league = league(&[("A", 0, 10), ("B", 1, 10), ("C", 3, 10)]);
    let funnel = league.funnel_expecting(&[1e-12, 1e-12, 2.0], Dispersion::None).unwrap();
    let [a, b] = ["A", "B"].map(|name| funnel.area(name).unwrap());
    assert_eq!(
        (a.position(Confidence::P99_8), b.position(Confidence::P99_8)),
        (Ok(Position::Within), Ok(Position::High))
    );
    let limits = a.limits(Confidence::P99_8).unwrap();
    assert_eq!((limits.lower(), limits.upper()), (0.0, 0.0));
    near(b.p().unwrap(), 2e-12, 1e-11, "p");
}

#[test]
fn a_report_is_read_back_and_worked_out_again() {
    let given = knife().funnel_expecting(&[500.0; 39], Dispersion::Multiplicative).unwrap();
    let tiny = league(&[("A", 1, 1), ("B", 5, u64::MAX), ("C", 9, 1_000)]).funnel((Dispersion::Additive, Scale::Log));
    for funnel in [knife().funnel(Dispersion::Additive), given, tiny] {
        let report = funnel.per(Per::THOUSAND).with_levels([Confidence::P99]);
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<FunnelReport>(&json).unwrap(), report);
    }
    let json = serde_json::to_value(knife().funnel(Dispersion::Additive).per(Per::THOUSAND)).unwrap();
    for column in ["expected", "ratio", "z", "z_adjusted", "p", "p_bh"] {
        let mut forged = json.clone();
        forged["rows"][1][column] = (json["rows"][1][column].as_f64().unwrap() * (1.0 + 1e-6)).into();
        let error = serde_json::from_value::<FunnelReport>(forged).unwrap_err().to_string();
        assert!(error.starts_with(&format!("Bedfordshire: {column} is given as ")), "{error}");
    }
    let mut forged = json.clone();
    forged["rows"][0]["limits"][1]["upper"] = 2.0.into();
    assert!(serde_json::from_value::<FunnelReport>(forged).is_err());
    let mut forged = json;
    forged["rows"][0]["position"] = "high".into();
    let error = serde_json::from_value::<FunnelReport>(forged).unwrap_err().to_string();
    let expected = "Avon and Somerset: position is given as high, but its counts and populations give within";
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn a_large_part_of_the_average_is_told() {
    let large = |rows: &[(&str, u64, u64)], average: Average| {
        let text = Table::from_rows(rows.iter().copied())
            .unwrap()
            .compare(average)
            .funnel(Dispersion::None)
            .per(Per::ONE)
            .to_string();
        text.lines().find(|line| line.starts_with("Target:")).map(str::to_owned)
    };
    let mut rows: Vec<(String, u64, u64)> = (0..40).map(|i| (format!("Area {i}"), 10, 100)).collect();
    rows[7].2 = 300;
    let rows: Vec<(&str, u64, u64)> = rows.iter().map(|(name, x, n)| (name.as_str(), *x, *n)).collect();
    let expected = "Target: the average is one of the same areas, and 1 of them holds more than 5 % of the expected count (most: Area 7, 7.1 %).";
    assert_eq!(large(&rows, Average::POOLED).unwrap(), expected);
    assert_eq!(large(&rows, Average::POOLED.without_self()), None);
    assert_eq!(large(&rows, Average::fixed(0.1, Per::ONE).unwrap()), None);
    assert_eq!(large(&rows[10..], Average::POOLED), None);
}

fn figures() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let count = prop_oneof![3 => 0..4_u64, 3 => 1..3_000_u64, 3 => 1..5_000_000_u64, 1 => Just(10_000_000_000)];
    let people = prop_oneof![4 => 1..100_u64, 4 => 100..10_000_000_u64, 1 => Just((1 << 53) + 1)];
    vec((count, people), 1..30)
}

fn named(figures: &[(u64, u64)]) -> LeagueTable {
    let rows = figures.iter().enumerate().map(|(i, (x, n))| (i.to_string(), *x, *n));
    Table::from_rows(rows).unwrap().compare(Average::POOLED)
}

fn spec() -> impl Strategy<Value = FunnelSpec> {
    (select(Dispersion::ALL), select(Scale::ALL), 0.0..0.49, any::<bool>()).prop_map(
        |(dispersion, scale, f, winsorise)| {
            let trim = if winsorise { Trim::winsorise(f) } else { Trim::drop(f) };
            FunnelSpec::from((dispersion, scale)).with_trim(trim.unwrap())
        },
    )
}

proptest! {
    #[test]
    fn positions_p_values_and_limits_agree(figures in figures(), spec in spec(), level in select(vec![0.5, 0.9, 0.95, 0.998])) {
        let (funnel, level) = (named(&figures).funnel(spec), Confidence::new(level).unwrap());
        for point in funnel.points() {
            let Ok(position) = point.position(level) else {
                prop_assert_eq!(point.position(level).unwrap_err(), point.limits(level).and(point.p()).unwrap_err());
                continue;
            };
            let (p, value, limits) = (point.p().unwrap(), point.value().unwrap(), point.limits(level).unwrap());
            let close = (p / level.alpha() - 1.0).abs() < 1e-9;
            prop_assert!(close || (p < level.alpha()) == (position != Position::Within), "{} {:?}", p, position);
            let near_limit = |limit: f64| (value - limit).abs() <= 1e-9 * limit;
            match position {
                Position::Low => prop_assert!(value < limits.lower() || near_limit(limits.lower())),
                Position::High => prop_assert!(value > limits.upper() || near_limit(limits.upper())),
                Position::Within if spec.dispersion() != Dispersion::None => prop_assert!(limits.contains(value)),
                // Interpolation draws the limit up to one count further in than the tail.
                Position::Within => {
                    let one = 1.0 / point.expected().unwrap();
                    prop_assert!(value <= limits.upper() + one * (1.0 + 1e-9) && value >= limits.lower() - one * (1.0 + 1e-9));
                }
            }
            let [holm, bh] = [Adjustment::Holm, Adjustment::BenjaminiHochberg].map(|how| point.p_adjusted(how).unwrap());
            prop_assert!(p <= bh && bh <= holm * (1.0 + 1e-12) && holm <= 1.0);
            prop_assert_eq!(point.z().is_ok(), funnel.overdispersion() != Err(Undefined::ZeroCount));
        }
    }

    #[test]
    fn dispersion_never_narrows(figures in figures(), scale in select(Scale::ALL)) {
        let league = named(&figures);
        let naive = league.funnel(scale);
        for dispersion in [Dispersion::Multiplicative, Dispersion::Additive] {
            let funnel = league.funnel((dispersion, scale));
            for (point, naive) in funnel.points().zip(naive.points()) {
                if let (Ok(adjusted), Ok(z)) = (point.z_adjusted(), naive.z()) {
                    prop_assert!(adjusted.abs() <= z.abs() && adjusted * z >= 0.0);
                }
                let wider = |level| point.limits(level).map(|limits| limits.upper() - limits.lower());
                if let (Ok(inner), Ok(outer)) = (wider(Confidence::P95), wider(Confidence::P99_8)) {
                    prop_assert!(inner <= outer);
                }
            }
        }
    }

    #[test]
    fn limits_narrow_as_more_is_expected(e in 0.01..1e6_f64, grow in 1.5..50.0_f64, level in select(vec![0.9, 0.95, 0.998])) {
        let (funnel, level) = (league(&[("A", 1, 10), ("B", 2, 10)]).funnel(Dispersion::None), Confidence::new(level).unwrap());
        let (small, large) = (funnel.limits(e, level).unwrap(), funnel.limits(e * grow, level).unwrap());
        // Interpolated limits are not monotone in the small (a jump of less than a count), only over steps.
        prop_assert!(large.lower() + 1.0 / (e * grow) >= small.lower() && large.upper() <= small.upper() + 1.0 / e);
    }

    #[test]
    fn the_law_of_the_counts_decides_positions(x in 0..60_u64, e in 0.01..40.0_f64) {
        let funnel = league(&[("A", x, 10), ("B", 5, 10)]).funnel_expecting(&[e, 5.0], Dispersion::None).unwrap();
        let point = funnel.area("A").unwrap();
        let mut term = (-e).exp();
        let (mut below, mut at) = (0.0, term);
        for k in 0..x {
            below += term;
            term *= e / (k + 1) as f64;
            at = term;
        }
        let (low, high) = (below + at, 1.0 - below);
        for level in LEVELS {
            let tail = (1.0 - level.level()) / 2.0;
            if (low / tail - 1.0).abs() > 1e-6 && (high / tail - 1.0).abs() > 1e-6 {
                let expected = if low < tail { Position::Low } else if high < tail { Position::High } else { Position::Within };
                prop_assert_eq!(point.position(level), Ok(expected));
            }
        }
        prop_assert_eq!(point.p().unwrap(), point.significance().unwrap().two_sided());
        prop_assert_eq!(point.significance().unwrap().test(), Test::Exact);
    }

    /// What was found and what was not tell the same, turned round.
    #[test]
    fn the_rest_of_a_proportion_mirrors_it(
        figures in vec((0..400_u64, prop_oneof![Just(0_u64), 1..400_u64, 1..2_000_000_u64]), 2..20), spec in spec(),
    ) {
        let figures: Vec<_> = figures.into_iter().filter(|(x, rest)| x + rest > 0).collect();
        let funnel = |part: fn(&(u64, u64)) -> u64| {
            let areas = figures.iter().enumerate().map(|(i, it)| (i.to_string(), Proportion::new(part(it), it.0 + it.1).unwrap()));
            ProportionFunnel::new(areas, spec)
        };
        prop_assume!(!figures.is_empty());
        let (found, not) = (funnel(|it| it.0).unwrap(), funnel(|it| it.1).unwrap());
        for (point, rest) in found.points().zip(not.points()) {
            let (z, mirrored) = (point.z_adjusted(), rest.z_adjusted());
            let Ok(z) = z else {
                let turned =
                    [Undefined::NothingExpected, Undefined::AllExpected, Undefined::ZeroCount, Undefined::AllCounted];
                prop_assert!(mirrored.is_err() && (mirrored == z || turned.contains(&z.unwrap_err())), "{:?} {:?}", z, mirrored);
                continue;
            };
            let slack = 1e-9 * (1.0 + z.abs());
            prop_assert!((z + mirrored.unwrap()).abs() <= slack, "{} {:?}", z, mirrored);
            let (p, other) = (point.p().unwrap(), rest.p().unwrap());
            prop_assert!((p - other).abs() <= 1e-9 * p, "{} {}", p, other);
            if spec.dispersion() != Dispersion::None {
                let (limits, rest) = (point.limits(LEVELS[0]).unwrap(), rest.limits(LEVELS[0]).unwrap());
                // tau^2 is a difference that may cancel.
                prop_assert!((limits.lower() + rest.upper() - 1.0).abs() <= 1e-9);
                prop_assert!((limits.upper() + rest.lower() - 1.0).abs() <= 1e-9);
            }
            let position = point.position(LEVELS[0]).unwrap();
            let turned = [Position::High, Position::Within, Position::Low];
            prop_assert!(rest.position(LEVELS[0]) == Ok(turned[position as usize]) || (p / 0.05 - 1.0).abs() < 1e-9);
        }
    }

    /// A table of equal proportions has no dispersion at all, whatever the sums round to.
    #[test]
    fn equal_proportions_lie_on_the_target(x in 1..50_u64, rest in 1..90_u64, times in vec(1..3_000_u64, 2..30), scale in select(Scale::ALL)) {
        let areas = times.iter().enumerate().map(|(i, k)| (i.to_string(), Proportion::new(x * k, (x + rest) * k).unwrap()));
        let funnel = ProportionFunnel::new(areas, scale).unwrap();
        prop_assert_eq!(funnel.overdispersion().map(|it| (it.phi(), it.tau2())), Ok((0.0, 0.0)));
        prop_assert!(funnel.points().all(|point| point.z() == Ok(0.0) && point.position(LEVELS[0]) == Ok(Position::Within)));
    }
}
