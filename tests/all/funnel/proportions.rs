//! Funnels of proportions, against figures by numpy and scipy.

use crate::support::{funnels::LEVELS, near::near, reference::rows};
use crimerate::{
    Average, Confidence, Per, Proportion, Row, Table, Undefined,
    funnel::{self, Dispersion, Form, ProportionFunnel, Scale},
};
use std::collections::BTreeSet;

/// With numpy and scipy: arcsine and logit z, winsorised at 10 %, and exact binomial p-values.
#[test]
fn proportions_by_hand() {
    let counts = [("A", 15, 200), ("B", 61, 400), ("C", 33, 310), ("D", 2, 11)];
    let areas = || counts.iter().map(|&(name, x, n)| (name, Proportion::new(x, n).unwrap()));
    let check = |spec: funnel::Spec, z: [f64; 4], phi: f64, tau2: f64| {
        let funnel = ProportionFunnel::new(areas(), spec).unwrap();
        near(funnel.target().unwrap(), 0.120_521_172_638_436, 1e-14, "target");
        for (point, z) in funnel.iter().zip(z) {
            near(point.z().unwrap(), z, 1e-8, point.area().name());
        }
        let found = funnel.overdispersion().unwrap();
        near(found.phi(), phi, 1e-12, "phi");
        near(found.tau2(), tau2, 1e-11, "tau2");
    };
    let arcsine = [-2.181_770_57, 1.865_818_33, -0.781_342_15, 0.570_246_59];
    let logit = [-2.416_320_28, 1.773_560_78, -0.802_548_98, 0.522_000_96];
    check(funnel::Spec::default(), arcsine, 1.555_255_529_831_55, 0.001_343_502_668_336_03);
    check(Scale::Log.into(), logit, 1.651_146_835_977_48, 0.056_737_687_856_808_8);
    let funnel = ProportionFunnel::new(areas(), Dispersion::None).unwrap();
    let p = [0.050_787_369_816_069_3, 0.065_221_357_489_374_2, 0.508_315_133_619_265, 0.778_947_953_926_668];
    for (point, p) in funnel.iter().zip(p) {
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
    let normal = funnel::Spec::from(Dispersion::Multiplicative).with_form(Form::Normal);
    let funnel = ProportionFunnel::new(areas(), normal).unwrap();
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
    assert_eq!(
        says(ProportionFunnel::new(twice, Scale::Log)),
        "A: row 2: the name \"A\" stands in row 1 already: leave one of the two rows out, or tell the two apart by codes"
    );
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
    let table = include_str!("../../data/proportion_funnel.csv");
    let mut tried = 0;
    for case in rows(table).map(|(_, field)| [field[0], field[1], field[2]]).collect::<BTreeSet<_>>() {
        let lines: Vec<_> = rows(table).map(|(_, field)| field).filter(|field| field[..3] == case).collect();
        let areas =
            lines.iter().map(|it| (it[3], Proportion::new(it[4].parse().unwrap(), it[5].parse().unwrap()).unwrap()));
        let spec = funnel::Spec::from((case[1].parse::<Dispersion>().unwrap(), case[2].parse::<Scale>().unwrap()));
        let spec = spec.with_form(Form::Normal);
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
         Target: the average is one of the same areas, and 1 of them holds more than 5 % of the expected count (most: Force A, 98.6 %): low or high too seldom.\n\
         Limits: exact binomial at 95 % and 99.8 %, interpolated; positions by the exact tail probabilities.\n\
         Outside the 95 % limits: 1 of 3 areas (at most 0.2 if none differs).\n\
         Outside the 99.8 % limits: 1 of 3 areas (at most 0.006 if none differs).\n\
         z: (asin(sqrt(proportion)) - asin(sqrt(average))) / s, s = 1 / (2 sqrt(total)); adjusted z: the same.\n\
         Dispersion: none; phi = 8.65, tau^2 = 0.00973 from 3 areas, 10 % winsorised at each end.\n\
         More than chance: Pearson's X^2 = 26.5 with 2 degrees of freedom, p = 0.0005 by 1,999 tables drawn by chance, \
         which these limits leave out; with additive dispersion 0 outside the 95 % limits, 0 outside the 99.8 % limits.\n\
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
        for spec in [funnel::Spec::default(), (Dispersion::Additive, Scale::Log).into()] {
            let report =
                table.compare(how).proportion_funnel(spec).unwrap().per(Per::HUNDRED).with_levels([Confidence::P99]);
            let json = serde_json::to_string(&report).unwrap();
            assert!(json.contains("\"proportions\":true"));
            let read: funnel::Report = serde_json::from_str(&json).unwrap();
            assert_eq!((&read, read.to_string()), (&report, report.to_string()));
        }
    }
    let json =
        serde_json::to_value(table.compare(Average::POOLED).proportion_funnel(Scale::Log).unwrap().per(Per::HUNDRED));
    let json = json.unwrap();
    let mut forged = json.clone();
    forged["rows"][0]["limits"][0]["lower"] = 0.05.into();
    let error = serde_json::from_value::<funnel::Report>(forged).unwrap_err().to_string();
    assert!(error.starts_with("A: lower_95 is given as 0.05"), "{error}");
    let mut forged = json.clone();
    forged["proportions"] = false.into();
    assert!(serde_json::from_value::<funnel::Report>(forged).is_err());
    let mut above = json;
    above["table"]["rows"][0]["count"] = serde_json::json!({"known": 201});
    let error = serde_json::from_value::<funnel::Report>(above).unwrap_err().to_string();
    assert!(error.starts_with("A: count 201 is more than the total 200"), "{error}");
}
