//! JSON of every type that is read: what is accepted is written, and what is written is accepted as the same.

use super::bytes::Bytes;
use crimerate::{
    Area, Average, Basis, Claim, Compare, Confidence, Interval, Observation, PeerGroups, Per, Period, Policy,
    Population, Proportion, Rank, Rate, Report, Table, Tally, average, claim, funnel, interval, league, rank, read,
    records, smoothing, standard, time,
};
use serde::{Serialize, de::DeserializeOwned};

/// What is written is read, and written as it was.
pub(crate) fn again<T: Serialize + DeserializeOwned>(value: &T) {
    let written = serde_json::to_string(value).expect("it can be written");
    match serde_json::from_str::<T>(&written) {
        Ok(read) => {
            let rewritten = serde_json::to_string(&read).expect("it can be written");
            assert!(rewritten == written, "written {written}\nand then {rewritten}");
        }
        Err(error) => panic!("written and refused: {error}: {written}"),
    }
}

fn read<T: Serialize + DeserializeOwned>(data: &[u8]) {
    if let Ok(value) = serde_json::from_slice::<T>(data) {
        again(&value);
    }
}

macro_rules! types {
    ($($type:ty),+ $(,)?) => {
        const TYPES: &[fn(&[u8])] = &[$(read::<$type>),+];
    };
}

types!(
    Table,
    Report,
    Claim,
    claim::Checked,
    claim::Report,
    claim::Description,
    funnel::Report,
    smoothing::Report,
    rank::Report,
    rank::Distribution,
    rank::OverTime,
    rank::Spec,
    rank::Replicate,
    interval::WithinDispersion,
    records::Records,
    records::NamedRecords,
    league::Values,
    league::ValuesReport,
    league::PublishedRates,
    league::StandardisedReport,
    league::ScoreReport,
    league::GradeReport,
    league::BandSpec,
    league::Judgement,
    time::Series,
    time::SeriesReport,
    time::Trends,
    time::Report,
    standard::Strata,
    standard::Offences,
    standard::StandardPopulation,
    standard::ReferenceRates,
    standard::Weights,
    read::Taken,
    interval::Spec,
    interval::EstimatedCount,
    interval::RateRatio,
    interval::DifferenceSpec,
    average::Fixed,
    funnel::Spec,
    funnel::Trim,
    claim::Published,
    claim::Rounded,
    Area,
    Average,
    Basis,
    Compare,
    Confidence,
    Interval,
    Observation,
    PeerGroups,
    Per,
    Period,
    Policy,
    Population,
    Proportion,
    Rank,
    Rate,
    Tally,
);

/// The first byte names the type.
pub fn json(data: &[u8]) {
    let mut bytes = Bytes(data);
    let of = bytes.of(TYPES);
    of(bytes.0);
    if let Ok(table) = serde_json::from_slice::<Table>(bytes.0)
        && table.len() < 12
    {
        super::tables::sound(&table, Average::POOLED.into());
    }
    if let Ok(records) = serde_json::from_slice::<records::Records>(bytes.0)
        && records.areas() < 12
    {
        let names: Vec<String> = (0..records.areas()).map(|area| area.to_string()).collect();
        let people = vec![1_000_u64; names.len()];
        drop(records.panel(names, people, records::Absent::Missing));
    }
}

/// Texts to begin with: JSON of values that are good.
pub const SEEDS: fn() -> Vec<String> = seeds;

fn seeds() -> Vec<String> {
    fn written<T: Serialize>(value: T) -> String {
        serde_json::to_string(&value).expect("it can be written")
    }
    let rows = [("A", 90_u64, 50_000_u64), ("B", 30, 50_000), ("C", 25, 40_000), ("D", 0, 40_000)];
    let table = Table::from_rows(rows).expect("it is good");
    let table =
        table.exclude("D", "tried").expect("it is there").with_basis(Basis::new().with_count("robbery").with_months(6));
    let per = Per::THOUSAND;
    let league = table.compare(Average::POOLED);
    let mut all = vec![
        written(&table),
        written(table.clone().annualised().ok()),
        written(league.per(per)),
        written(league.per(per).with_bands(league::BandSpec::ONE)),
        written(league.funnel(funnel::Dispersion::Additive).per(per)),
        written(league.smooth(smoothing::Estimator::GammaPoisson).per(per)),
        written(league.rank_sets(rank::Spec::default()).expect("there are some").per(per)),
        written(league.replicate_ranks(rank::CountModel::Poisson).expect("there are few")),
        written(
            league.smooth(smoothing::Estimator::Marshall).per(per).values().map(|it| it.compare(Average::MEAN)).ok(),
        ),
    ];
    let checker = league.claims(per);
    for claim in [Claim::highest("A"), Claim::among_lowest("B", 2).expect("2"), Claim::higher_than("A", "B")] {
        all.push(written(&claim));
        all.push(written(checker.check(&claim).expect("it is known")));
    }
    let series =
        time::Series::from_rows((2014..2020).map(|year| ("Kent", year.to_string(), 50 + year as u64 % 7, 1_000_u64)));
    let series = series.expect("it is good");
    all.extend([written(&series), written(series.per(per)), written(series.trends())]);
    let mut named = records::NamedRecords::new();
    named.try_extend_by_period([("A", "theft", "2019", 7), ("B", "theft", "2020", 3)]).expect("they are few");
    all.push(written(named));
    all.push(r#"{"areas":1,"offences":70368744177664,"periods":1,"size":"1","cells":[5],"totals":[1]}"#.into());
    let rows = [("A", "0-64", 9, 900), ("A", "65+", 2, 300), ("B", "0-64", 7, 800), ("B", "65+", 3, 200)];
    let strata = standard::Strata::from_rows(rows).expect("they are good");
    let pooled = standard::StandardPopulation::pooled(&strata).expect("it is good");
    all.push(written(strata.direct(&pooled).expect("they match").report(per)));
    all.extend([written(&strata), written(pooled)]);
    for text in [
        "7",
        "2.5",
        "\"1/2\"",
        "{\"person-months\":7}",
        "\"2019-20\"",
        "{\"lower\":0.0,\"upper\":3.0,\"confidence\":0.95,\"clamped\":true}",
    ] {
        all.push(text.into());
    }
    all
}
