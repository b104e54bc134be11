//! Funnels of the knife figures, and what their reports tell.

use crate::support::{
    funnels::{LEVELS, outside},
    knife::knife,
    named::league,
    near::near,
    reference::rows,
};
use crimerate::{
    Average, Confidence, Per, Proportion, Row, Table,
    funnel::{self, Dispersion, Form, Position, ProportionFunnel, Scale, Trim},
    interval::Correction,
};

/// Worked out with numpy 2 and scipy 1 from the figures in `examples/data`.
#[test]
fn knife_figures() {
    let league = knife().compare(Average::POOLED);
    let naive = league.funnel(Dispersion::None);
    near(naive.pearson().unwrap(), 410.004_544_449_600, 1e-13, "Pearson");
    assert_eq!(
        (naive.iter().count(), outside(&naive, Confidence::P99_8), outside(&naive, Confidence::P95)),
        (37, 33, 34)
    );
    let told = |spec: funnel::Spec| {
        let found = league.funnel(spec).overdispersion().unwrap();
        (found.phi(), found.tau2(), found.areas())
    };
    let default = funnel::Spec::default();
    for (spec, phi, tau2, areas) in [
        (default, 145.147_866_629_552, 0.031_656_609_984_304_3, 37),
        (default.with_trim(Trim::NONE), 356.051_410_595_333, 0.077_964_889_229_756_35, 37),
        (default.with_trim(Trim::drop(0.1).unwrap()), 131.599_742_459_744, 0.037_662_868_375_850_0, 31),
        (default.with_scale(Scale::Log), 204.615_001_921_174, 0.178_855_447_667_087, 37),
    ] {
        let found = told(spec);
        near(found.0, phi, 1e-13, "phi");
        near(found.1, tau2, 1e-12, "tau^2");
        assert_eq!(found.2, areas);
    }
}

#[test]
fn knife_figures_with_dispersion() {
    let normal = |it| knife().compare(Average::POOLED).funnel(funnel::Spec::from(it).with_form(Form::Normal));
    let additive = normal(Dispersion::Additive);
    assert_eq!(LEVELS.map(|level| outside(&additive, level)), [3, 0]);
    let met = additive.area("Metropolitan Police").unwrap();
    near(met.expected().unwrap(), 7_435.796_674_323_36, 1e-14, "expected");
    near(met.z().unwrap(), 79.704_480_390_631_4, 1e-13, "z");
    near(met.z_adjusted().unwrap(), 2.596_129_086_476_51, 1e-12, "adjusted z");
    near(met.p().unwrap(), 0.009_428_063_730_900_32, 1e-11, "p");
    near(met.p_adjusted(Correction::Holm).unwrap(), 0.348_838_358_043_312, 1e-11, "Holm");
    near(met.p_adjusted(Correction::BenjaminiHochberg).unwrap(), 0.253_340_128_878_747, 1e-11, "BH");
    for (level, lower, upper) in [
        (Confidence::P95, 0.423_920_931_602_241, 1.819_552_504_202_64),
        (Confidence::P99_8, 0.202_396_120_287_431, 2.402_857_867_123_89),
    ] {
        let limits = met.limits(level).unwrap();
        near(limits.lower(), lower, 1e-12, "lower");
        near(limits.upper(), upper, 1e-12, "upper");
        assert_eq!(met.naive_position(level), Ok(Position::High));
    }
    let multiplicative = normal(Dispersion::Multiplicative);
    assert_eq!(LEVELS.map(|level| outside(&multiplicative, level)), [4, 1]);
    let durham = multiplicative.area("Durham").unwrap();
    near(durham.z_adjusted().unwrap(), -1.686_888_823_389_26, 1e-12, "adjusted z");
    near(durham.limits(Confidence::P99_8).unwrap().lower(), 0.036_437_431_807_010_3, 1e-11, "lower");
    near(durham.limits(Confidence::P99_8).unwrap().upper(), 3.272_893_779_543_33, 1e-12, "upper");
}

/// phi and tau^2 of the law of the count by numpy and scipy: Pearson's residuals, what is trimmed of normal ones by integrals of
/// the densities of order statistics.
#[test]
fn the_dispersion_of_the_law_meets_the_table() {
    let league = knife().compare(Average::POOLED);
    let searches: Vec<(&str, Proportion)> = rows(include_str!("../../data/proportion_funnel.csv"))
        .map(|(_, field)| field)
        .filter(|field| field[..3] == ["searches", "none", "sqrt"])
        .map(|field| (field[3], Proportion::new(field[4].parse().unwrap(), field[5].parse().unwrap()).unwrap()))
        .collect();
    let mut tried = 0;
    for (_, field) in rows(include_str!("../../data/funnel_dispersion.csv")) {
        let fraction = field[2].parse().unwrap();
        let trim = Trim::new(field[1].parse().unwrap(), fraction).unwrap();
        for scale in Scale::ALL {
            let spec = funnel::Spec::from((Dispersion::Additive, *scale)).with_trim(trim);
            let found = match field[0] {
                "knife" => league.funnel(spec).overdispersion(),
                _ => ProportionFunnel::new(searches.iter().copied(), spec).unwrap().overdispersion(),
            };
            let found = found.unwrap();
            near(found.phi(), field[3].parse().unwrap(), 1e-7, "phi");
            near(found.tau2(), field[4].parse().unwrap(), 1e-7, "tau^2");
            tried += 1;
        }
    }
    assert_eq!(tried, 30);
}

#[test]
fn given_expected_counts_take_the_place_of_the_average() {
    let rows = [Row::new("A", 12, 100), Row::parse("B", "..", "100"), Row::new("C", 3, 100)];
    let league = Table::from_rows(rows).unwrap().compare(Average::POOLED);
    let funnel = league.funnel_expecting(&[10.0, f64::NAN, 5.5], Dispersion::None).unwrap();
    assert_eq!(funnel.iter().map(|point| point.expected().unwrap()).collect::<Vec<_>>(), [10.0, 5.5]);
    assert_eq!(funnel.area("A").unwrap().value(), Ok(1.2));
    let text = funnel.per(Per::THOUSAND).to_string();
    assert!(text.contains("Expected counts: as given, 15.5 for 15 counted.") && !text.contains("Average:"), "{text}");
    let says = |expected: &[f64]| league.funnel_expecting(expected, Dispersion::None).unwrap_err().to_string();
    assert_eq!(says(&[1.0]), "the column expected has 1 values, where there should be 3");
    assert_eq!(says(&[1.0, 1.0, -2.0]), "C: -2 is not an expected count: it has to be 0 or from 1e-30 to 1e30");
    assert_eq!(says(&[f64::NAN, 1.0, 1.0]), "A: NaN is not an expected count: it has to be 0 or from 1e-30 to 1e30");
    // The expected counts of the average itself give the same funnel; their roots may differ in the last place.
    let same: Vec<f64> = knife()
        .compare(Average::POOLED)
        .areas()
        .map(|(area, _)| {
            knife()
                .compare(Average::POOLED)
                .funnel(Scale::Log)
                .area(area.name())
                .map_or(0.0, |it| it.expected().unwrap())
        })
        .collect();
    let (own, given) = (
        knife().compare(Average::POOLED).funnel(Scale::Log),
        knife().compare(Average::POOLED).funnel_expecting(&same, Scale::Log).unwrap(),
    );
    assert_eq!(own.iter().count(), 37);
    for (own, given) in own.iter().zip(given.iter()) {
        assert_eq!((own.expected(), own.significance()), (given.expected(), given.significance()));
        assert_eq!(own.naive_limits(Confidence::P95), given.naive_limits(Confidence::P95));
        let (own, given) = (own.z().unwrap(), given.z().unwrap());
        assert!((own - given).abs() <= 1e-15 * own.abs(), "{own} {given}");
    }
}

#[test]
fn the_widest_level_that_is_crossed_is_reported() {
    let beyond = |levels: [Confidence; 2]| {
        let report = knife().compare(Average::POOLED).funnel(Dispersion::None).per(Per::ONE).with_levels(levels);
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
fn a_report_is_read_back_and_worked_out_again() {
    let given = knife().compare(Average::POOLED).funnel_expecting(&[500.0; 39], Dispersion::Multiplicative).unwrap();
    let tiny = league(&[("A", 1, 1), ("B", 5, u64::MAX), ("C", 9, 1_000)]).funnel((Dispersion::Additive, Scale::Log));
    for funnel in [knife().compare(Average::POOLED).funnel(Dispersion::Additive), given, tiny] {
        let report = funnel.per(Per::THOUSAND).with_levels([Confidence::P99]);
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<funnel::Report>(&json).unwrap(), report);
    }
    let json =
        serde_json::to_value(knife().compare(Average::POOLED).funnel(Dispersion::Additive).per(Per::THOUSAND)).unwrap();
    for column in ["expected", "ratio", "z", "z_adjusted", "p", "p_bh"] {
        let mut forged = json.clone();
        forged["rows"][1][column] = (json["rows"][1][column].as_f64().unwrap() * (1.0 + 1e-6)).into();
        let error = serde_json::from_value::<funnel::Report>(forged).unwrap_err().to_string();
        assert!(error.starts_with(&format!("Bedfordshire: {column} is given as ")), "{error}");
    }
    let mut forged = json.clone();
    forged["rows"][0]["limits"][1]["upper"] = 2.0.into();
    assert!(serde_json::from_value::<funnel::Report>(forged).is_err());
    let mut forged = json;
    forged["rows"][0]["position"] = "high".into();
    let error = serde_json::from_value::<funnel::Report>(forged).unwrap_err().to_string();
    let expected = "Avon and Somerset: position is given as high, but its counts and populations give within";
    assert!(error.starts_with(expected), "{error}");
}

/// Pearson's residuals, and tau^2 by the formula of DerSimonian and Laird as it is written.
#[test]
fn the_linear_scale_is_that_of_pearson() {
    let league = knife().compare(Average::POOLED);
    let spec = funnel::Spec::from((Dispersion::Additive, Scale::Linear)).with_trim(Trim::NONE);
    let law = league.funnel(spec);
    near(law.overdispersion().unwrap().phi(), law.pearson().unwrap(), 1e-13, "phi of the law");
    let spec = spec.with_form(Form::Normal);
    let funnel = league.funnel(spec);
    let (found, areas) = (funnel.overdispersion().unwrap(), funnel.iter().count() as f64);
    near(found.phi(), funnel.pearson().unwrap() * (areas - 1.0) / areas, 1e-13, "phi");
    let expected: Vec<f64> = funnel.iter().map(|point| point.expected().unwrap()).collect();
    let (sum, squares) = (expected.iter().sum::<f64>(), expected.iter().map(|e| e * e).sum::<f64>());
    near(found.tau2(), (areas * found.phi() - (areas - 1.0)) / (sum - squares / sum), 1e-12, "tau^2");
    for point in funnel.iter() {
        let (x, e) = (point.count() as f64, point.expected().unwrap());
        near(point.z().unwrap(), (x - e) / e.sqrt(), 1e-12, "z");
        near(point.z_adjusted().unwrap(), (x - e) / (e + found.tau2() * e * e).sqrt(), 1e-12, "adjusted z");
        let limits = funnel.area(point.area().name()).unwrap().limits(Confidence::P95).unwrap();
        let reach = 1.959_963_984_540_054 * (1.0 / e + found.tau2()).sqrt();
        near(limits.upper(), 1.0 + reach, 1e-12, "upper");
        assert_eq!(limits.lower(), (1.0 - reach).max(0.0));
    }
    let charged =
        [("A", 15, 200), ("B", 61, 400), ("C", 3, 90)].map(|(name, x, n)| (name, Proportion::new(x, n).unwrap()));
    let funnel = ProportionFunnel::new(charged, spec).unwrap();
    let t = 79.0 / 690.0_f64;
    near(funnel.area("A").unwrap().z().unwrap(), (15.0 - 200.0 * t) / (200.0 * t * (1.0 - t)).sqrt(), 1e-13, "z");
    let weights = [200.0, 400.0, 90.0].map(|n| n / (t * (1.0 - t)));
    let (found, sum) = (funnel.overdispersion().unwrap(), weights.iter().sum::<f64>());
    let scatter = sum - weights.iter().map(|w| w * w).sum::<f64>() / sum;
    near(found.tau2(), ((3.0 * found.phi() - 2.0) / scatter).max(0.0), 1e-12, "tau^2");
}

#[test]
fn a_large_part_of_the_average_is_reported() {
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
    let expected = "Target: the average is one of the same areas, and 1 of them holds more than 5 % of the expected count (most: Area 7, 7.1 %): low or high too seldom.";
    assert_eq!(large(&rows, Average::POOLED).unwrap(), expected);
    let without = large(&rows, Average::POOLED.without_self()).unwrap();
    assert!(without.starts_with("Target: the average is that of the others, and 1 of them holds"), "{without}");
    let allowed = "(most: Area 7, 7.5 %): limits, positions and p allow for chance in the others, z does not.";
    assert!(without.ends_with(allowed), "{without}");
    assert_eq!(large(&rows, Average::MEAN.without_self()), None, "there are no limits");
    assert_eq!(large(&rows[10..], Average::POOLED.without_self()), None);
    assert_eq!(large(&rows, Average::fixed(0.1, Per::ONE).unwrap()), None);
    assert_eq!(large(&rows[10..], Average::POOLED), None);
}
