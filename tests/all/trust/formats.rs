//! Answers travel in formats that describe themselves: JSON, and CBOR, which keeps whole numbers and numbers with a point apart.

use crimerate::{
    Average, Basis, Claim, Confidence, Observation, PeerGroups, Per, Rate, Row, Table,
    claim::{Checked, Published},
    funnel::{self, Dispersion},
    league::BandSpec,
    rank::{self, CountModel},
    records::{Absent, NamedRecords, Records},
    smoothing::Estimator,
    standard::{Method, Offences, ReferenceRates, StandardPopulation, Strata, StratumRow, Unweighted, Weights},
    time::{ChartKind, Series},
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// Written and read back as JSON and as CBOR, both give what was written.
#[track_caller]
fn travels<T: Serialize + DeserializeOwned + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    let read: T = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    let read: T = ciborium::from_reader(bytes.as_slice()).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
}

fn table() -> Table {
    let rows = [
        Row::new("A", 90, 50_000).code("E1"),
        Row::new("B", 30, 50_000),
        Row::new("C", 25, 40_000),
        Row::new("D", Observation::SUPPRESSED, 40_000),
        Row::new("E", 12, 20_000),
        Row::new("F", 90, 50_000),
    ];
    let basis = Basis::new().with_count("robbery").with_months(12).with_population_year(2020);
    let groups = PeerGroups::from_labels("region", [("A", "north"), ("B", "north"), ("C", "south"), ("E", "south")]);
    Table::from_rows(rows).unwrap().with_basis(basis).exclude("E", "tried").unwrap().with_groups(groups).unwrap()
}

const PER: Per = Per::HUNDRED_THOUSAND;

#[test]
fn tables_and_what_is_made_of_them() {
    let table = table();
    travels(&table);
    for ties in crimerate::Ties::ALL {
        let league = table.compare(crimerate::Compare::with(Average::POOLED).with_ties(*ties));
        travels(&league.per(PER));
        travels(&league.per(PER).with_bands(BandSpec::ONE));
        travels(&league.ranking().rank(0));
    }
    let league = table.compare(Average::POOLED);
    travels::<funnel::Report>(&league.funnel(Dispersion::Additive).per(PER));
    travels(&league.proportion_funnel(Dispersion::None).unwrap().per(Per::HUNDRED));
    travels(&league.smooth(Estimator::GammaPoisson).per(PER));
    travels::<rank::Report>(&league.rank_sets(rank::Spec::default()).unwrap().per(PER));
    travels(&league.replicate_ranks(CountModel::GammaPoisson).unwrap());
    travels(&league.smooth(Estimator::Marshall).per(PER).values().unwrap().compare(Average::MEAN));
    let after = Table::from_rows([("A", 70, 50_000), ("B", 44, 51_000), ("C", 0, 40_000)]).unwrap();
    travels(&table.change_to(&after.with_basis(table.basis().clone())).unwrap().per(PER));
}

#[test]
fn claims() {
    let checker = table().compare(Average::POOLED).claims(PER);
    for claim in [
        Claim::highest("A"),
        Claim::among_lowest("B", 3).unwrap(),
        Claim::rate("B", Published::new("60.0", PER).unwrap()),
        Claim::rate("D", Published::new("60.0", PER).unwrap()),
        Claim::percent_above("A", "50").unwrap(),
        Claim::higher_than("A", "B"),
        Claim::average("A", Published::new("123.7", PER).unwrap()),
    ] {
        travels(&claim);
        travels::<Checked>(&checker.check(&claim).unwrap());
    }
    travels(&checker.describe("A").unwrap());
}

#[test]
fn single_values() {
    travels(&Rate::new(u64::MAX, 3).unwrap());
    travels(&Rate::new(3, 1_000).unwrap().interval(Confidence::P95).per(PER));
    travels(&[Rate::new(u64::MAX, 1).unwrap(); 3].into_iter().collect::<crimerate::Tally>());
    travels(&Average::fixed(83.5, PER).unwrap());
    travels(&Average::MEAN.without_self());
    travels(&PER.years());
    travels(&"2019-20".parse::<crimerate::Period>().unwrap());
    let mut records = Records::new(2, 3).unwrap();
    records.try_extend([(0_u8, 1_u8, 7_i64), (1, 2, -3)]).unwrap();
    travels(&records);
    let mut named = NamedRecords::new();
    named.try_extend_by_period([("A", "theft", "2019", 7), ("B", "theft", "2020", 3)]).unwrap();
    travels(&named);
}

#[test]
fn series_charts_and_trends() {
    let rows = (1..=18).map(|at| {
        let period = format!("{}-{:02}", 2019 + (at - 1) / 12, (at - 1) % 12 + 1);
        ("Kent", period, 50 + (at * 37 % 29) as u64, 1_850_000_u64)
    });
    let series = Series::from_rows(rows).unwrap();
    travels(&series);
    travels(&series.per(PER));
    travels(&series.per(PER).with_chart(ChartKind::LaneyU));
    let years = (2014..2020).map(|year| ("Kent", year.to_string(), 50 + (year * 37 % 29) as u64, 1_850_000_u64));
    travels(&Series::from_rows(years).unwrap().trends());
}

#[test]
fn standardised_figures() {
    let rows = [("A", "0-64", 9, 900), ("A", "65+", 2, 300), ("B", "0-64", 7, 800), ("B", "65+", 3, 200)];
    let strata = Strata::from_rows(rows.map(StratumRow::from)).unwrap();
    travels(&strata);
    let standard = StandardPopulation::pooled(&strata).unwrap();
    travels(&standard);
    let direct = strata.direct(&standard).unwrap().report(Per::THOUSAND).with_limits(Method::FayFeuer);
    travels(&direct);
    travels(&direct.values().unwrap().compare(Average::MEAN));
    let reference = ReferenceRates::pooled(&strata).unwrap();
    travels(&reference);
    travels(&strata.indirect(&reference).unwrap().report(Per::THOUSAND));
    let offences = Offences::from_rows([("A", "Robbery", 9, 900), ("B", "Robbery", 3, 800)], Absent::Zero).unwrap();
    travels(&offences);
    let weights = Weights::severity_2020();
    travels(&weights);
    if let Ok(scores) = offences.scores(&weights, Unweighted::LeaveOut) {
        travels(&scores.report(Per::THOUSAND));
    }
}

#[cfg(feature = "csv")]
#[test]
fn what_was_taken_of_a_file() {
    let file = "Title\narea,count,population\nA,5,1000\nB,..,2000\nEngland,5,3000\n\nNote 1\n";
    let (_, taken) = crimerate::read::Document::of(file).table().unwrap();
    travels(&taken);
}
