//! The answers to fixed questions, to the bit: figures stand in a file in their shortest form that reads back as the same number. A
//! change of a digit is a change of the interface; it fails here until the file is written again (`VALUES=write cargo test --test all
//! trust::values`), and CHANGELOG has to call it *value-breaking*.

use crate::support::{knife::knife, recorded::recorded};
use crimerate::{
    Average, Compare, Confidence, Interval, Measure, Method, Panel, Per, Rate, Table,
    average::ZScale,
    funnel::{self, Dispersion, Scale},
    interval::{DifferenceSpec, Test},
    league::{BandScale, BandSpec},
    rank::{self, CountModel, Family},
    smoothing::Estimator,
    standard::{Method as Limits, ReferenceRates, StandardPopulation, Strata},
    time::{ChartKind, Series},
};
use std::{collections::BTreeMap, fmt::Write};

const PER: Per = Per::HUNDRED_THOUSAND;

/// The section of a name: lines.
fn answers() -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut intervals = String::new();
    for count in [0, 1, 4, 31, 729, 15_897, 10_000_000, u64::MAX] {
        for method in Method::ALL {
            for level in [Confidence::P95, Confidence::new(0.998).unwrap()] {
                let found = Interval::of_count(count, (level, *method));
                writeln!(intervals, "{count},{method},{},{:?},{:?}", level.level(), found.lower(), found.upper())
                    .unwrap();
            }
        }
    }
    all.push(("intervals of counts".into(), intervals));
    let mut pairs = String::new();
    let rates = [(0, 1_000), (3, 1_000), (60, 50_000), (729, 1_846_500), (15_897, 8_899_400)];
    let rates = rates.map(|(count, people)| Rate::new(count, people).unwrap());
    for (one, other) in rates.iter().flat_map(|one| rates.map(|other| (*one, other))) {
        let p = Test::ALL.iter().map(|test| one.ratio_to(other).significance(*test).two_sided());
        let difference = one.minus(other).interval(DifferenceSpec::from(Confidence::P95)).per(PER);
        write!(pairs, "{one},{other},{:?},{:?}", difference.lower(), difference.upper()).unwrap();
        p.for_each(|p| write!(pairs, ",{p:?}").unwrap());
        pairs.push('\n');
    }
    all.push(("two rates".into(), pairs));
    for (name, table) in [("knife", knife()), ("recorded", recorded())] {
        all.extend(of_table(name, &table));
    }
    all.extend(of_time());
    all.extend(of_strata());
    all
}

fn of_table(name: &str, table: &Table) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut tell = |what: String, csv: String| all.push((format!("{name}, {what}"), csv));
    for average in [Average::POOLED, Average::MEAN.without_self(), Average::MEDIAN] {
        for z in ZScale::ALL {
            let league = table.compare(Compare::with(average).with_z(*z));
            tell(format!("{average}, z {z}"), league.per(PER).csv());
        }
    }
    let league = table.compare(Average::POOLED);
    for scale in [BandScale::Raw, BandScale::Log, BandScale::ShapiroWilk(Confidence::P95)] {
        let notes = league
            .bands(BandSpec::ONE.on(scale))
            .map_or_else(|why| why.to_string(), |it| format!("{:?}", it.notes(PER)));
        tell(format!("bands {scale:?}"), notes + "\n");
    }
    for dispersion in Dispersion::ALL {
        for scale in Scale::ALL {
            let report = league.funnel(funnel::Spec::from((*dispersion, *scale))).per(PER);
            tell(format!("funnel {dispersion}, {scale}"), report.csv());
        }
    }
    for estimator in Estimator::ALL {
        tell(format!("smoothed, {estimator}"), league.smooth(*estimator).per(PER).csv());
    }
    for family in Family::ALL {
        if let Ok(sets) = league.rank_sets(rank::Spec::from(*family)) {
            tell(format!("rank sets, {family}"), sets.per(PER).csv());
        }
    }
    if let Ok(found) = league.replicate_ranks(CountModel::GammaPoisson) {
        let lines = found.iter().map(|it| format!("{:?},{:?},{:?}\n", it.p_highest(), it.p_lowest(), it.expected()));
        tell("replicate ranks".into(), lines.collect());
    }
    if let Ok(panel) = Panel::from_tables([("one", table)]) {
        let figures = panel.compare(Average::POOLED, PER, Measure::ALL.iter().copied());
        tell("panel".into(), figures.csv(&panel).unwrap());
    }
    all
}

fn of_time() -> Vec<(String, String)> {
    let rows = (1..=30_u64).map(|at| {
        let period = format!("{}-{:02}", 2018 + (at - 1) / 12, (at - 1) % 12 + 1);
        ("Kent", period, 50 + at * 37 % 29, 1_850_000_u64 + 1_000 * at)
    });
    let series = Series::from_rows(rows).unwrap();
    let mut all: Vec<(String, String)> = ChartKind::ALL
        .iter()
        .map(|kind| (format!("series, chart {kind}"), series.per(PER).with_chart(*kind).csv()))
        .collect();
    let years = (2012..2020_u64).map(|year| ("Kent", year.to_string(), 50 + year * 37 % 29, 1_850_000_u64));
    all.push(("trends".into(), Series::from_rows(years).unwrap().trends().csv()));
    let before = Table::from_rows([("A", 60, 50_000), ("B", 31, 40_000), ("C", 0, 30_000)]).unwrap();
    let after = Table::from_rows([("A", 90, 51_000), ("B", 30, 40_000), ("C", 4, 30_000)]).unwrap();
    all.push(("changes".into(), before.change_to(&after).unwrap().per(PER).csv()));
    all
}

fn of_strata() -> Vec<(String, String)> {
    let rows = [("A", "0-64", 9, 900), ("A", "65+", 2, 300), ("B", "0-64", 7, 800), ("B", "65+", 3, 200)];
    let strata = Strata::from_rows(rows).unwrap();
    let standard = StandardPopulation::pooled(&strata).unwrap();
    let direct = |method: &Limits| strata.direct(&standard).unwrap().report(PER).with_limits(*method).csv();
    let mut all: Vec<_> = Limits::ALL.iter().map(|method| (format!("direct, {method}"), direct(method))).collect();
    let reference = ReferenceRates::pooled(&strata).unwrap();
    all.push(("indirect".into(), strata.indirect(&reference).unwrap().report(PER).csv()));
    all
}

#[test]
fn no_digit_changes_in_silence() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/values.txt");
    let found: String = answers().iter().map(|(name, lines)| format!("== {name}\n{lines}")).collect();
    if std::env::var_os("VALUES").is_some_and(|what| what == "write") {
        std::fs::write(path, &found).unwrap();
    }
    let held = std::fs::read_to_string(path).unwrap();
    let sections = |text: &str| -> BTreeMap<String, Vec<String>> {
        let sections = text.split("== ").filter_map(|section| section.split_once('\n'));
        sections.map(|(name, lines)| (name.to_owned(), lines.lines().map(str::to_owned).collect())).collect()
    };
    let (found, held) = (sections(&found), sections(&held));
    let mut changed = Vec::new();
    for (name, lines) in &found {
        let before = held.get(name);
        for (number, line) in lines.iter().enumerate() {
            match before.and_then(|before| before.get(number)) {
                Some(same) if same == line => {}
                Some(other) => changed.push(format!("{name}, line {number}:\n  was {other}\n  is  {line}")),
                None => changed.push(format!("{name}, line {number} is new: {line}")),
            }
        }
    }
    changed.extend(held.keys().filter(|name| !found.contains_key(*name)).map(|name| format!("{name} is gone")));
    assert!(
        changed.is_empty(),
        "{} lines changed; CHANGELOG has to call it value-breaking. The first:\n{}",
        changed.len(),
        changed.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
}
