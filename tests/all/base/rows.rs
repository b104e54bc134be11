//! Rows of reports as CSV: every column always, whoever writes them.

use crimerate::{
    Average, Confidence, Per, Report, Row, Table,
    funnel::{self, Dispersion},
    league,
    rank::{self, CountModel, Family},
    smoothing::{self, Estimator},
};
use serde::{Serialize, de::DeserializeOwned};

/// The second area has no code, the third no count, and one name has to be quoted.
fn table() -> Table {
    let rows = [
        Row::new("A, \"the\" first", 60, 50_000).code("E1"),
        Row::new("B", 30, 50_000),
        Row::parse("C", "..", "700").code("E3"),
        Row::new("D", 35, 50_000).code("E4"),
    ];
    Table::from_rows(rows).unwrap()
}

fn written<R: Serialize>(rows: &[R]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.serialize(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn read<R: DeserializeOwned>(text: &str) -> Vec<R> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().unwrap()
}

fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(Into::into).collect()).collect()
}

/// Rows that the crate `csv` wrote read back as they were, as do those that the report itself writes, but for levels, which
/// it writes in per cent.
fn there_and_back<R: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(rows: Vec<R>, own: &str) {
    let text = written(&rows);
    assert_eq!(read::<R>(&text), rows, "{text}");
    let json: Vec<String> = rows.iter().map(|row| serde_json::to_string(row).unwrap()).collect();
    let back: Vec<R> = json.iter().map(|row| serde_json::from_str(row).unwrap()).collect();
    assert_eq!(back, rows);
    let (theirs, own) = (cells(&text), cells(own));
    assert_eq!(own.len(), rows.len() + 1);
    for (column, name) in own[0].iter().enumerate() {
        let Some(other) = theirs[0].iter().position(|other| other == name) else { continue };
        for (own, theirs) in own.iter().zip(&theirs).skip(1) {
            let (own, theirs) = (&own[column], &theirs[other]);
            let number = |text: &str| text.parse::<f64>().ok();
            match name.as_str() {
                "beyond" | "naive_beyond" => {
                    assert_eq!(number(&format!("{own}e-2")), number(theirs), "{name}");
                }
                _ => assert!(own == theirs || number(own).is_some_and(|own| Some(own) == number(theirs)), "{name}"),
            }
        }
    }
}

#[test]
fn rows_go_there_and_back_whoever_has_no_code() {
    let league = table().compare(Average::POOLED);
    let report = league.per(Per::THOUSAND);
    there_and_back::<league::Row>(report.rows().collect(), &report.csv());
    let smoothed = league.smooth(Estimator::Marshall).per(Per::THOUSAND);
    there_and_back::<smoothing::Row>(smoothed.rows().collect(), &smoothed.csv());
    let sets = league.rank_sets(Family::Simultaneous).unwrap();
    let ranks = sets.per(Per::THOUSAND).with_probabilities(CountModel::Poisson);
    there_and_back::<rank::Row>(ranks.rows().collect(), &ranks.csv());
    for levels in [vec![Confidence::P95, Confidence::P99_8], vec![Confidence::P90]] {
        let funnel = league.funnel(Dispersion::Additive).per(Per::THOUSAND).with_levels(levels);
        there_and_back::<funnel::Row>(funnel.rows().collect(), &funnel.csv());
    }
}

#[test]
fn every_column_stands_in_csv_with_and_without_areas() {
    let header = |text: &str| text.lines().next().unwrap().to_owned();
    let (league, none) = (table().compare(Average::POOLED), Table::from_rows([("A", 1, 1)]).unwrap());
    let none = none.exclude("A", "alone").unwrap().compare(Average::POOLED);
    for league in [league, none] {
        let report = league.per(Per::THOUSAND);
        assert_eq!(
            header(&report.csv()),
            "area,code,count,population,months,rate,lower,upper,average,average_areas,difference,ratio,percent,z,rank,percentile,\
             band,note"
        );
        assert_eq!(header(&written(&report.rows().collect::<Vec<_>>())), header(&report.csv()));
        let funnel = league.funnel(Dispersion::None).per(Per::THOUSAND);
        assert_eq!(
            header(&funnel.csv()),
            "area,code,count,population,months,expected,ratio,lower_95,upper_95,position_95,lower_99_8,upper_99_8,position_99_8,z,\
             phi,tau2,z_adjusted,p,p_holm,p_bh,position,beyond,naive_position,naive_beyond,rate,note"
        );
        assert_eq!(
            header(&written(&funnel.rows().collect::<Vec<_>>())),
            "area,code,count,population,months,rate,expected,ratio,lower_95,upper_95,position_95,lower_99_8,upper_99_8,\
             position_99_8,z,z_adjusted,p,p_holm,p_bh,position,beyond,naive_position,naive_beyond,note"
        );
    }
}

#[test]
fn a_report_leaves_out_what_it_left_out_before() {
    let json = serde_json::to_value(table().compare(Average::POOLED).per(Per::THOUSAND)).unwrap();
    let [first, second] = [0, 1].map(|row| json["rows"][row].as_object().unwrap().clone());
    assert!(first.contains_key("code") && !second.contains_key("code") && !first.contains_key("band"));
    let report: Report = serde_json::from_value(json).unwrap();
    assert_eq!(report.area("E4").unwrap().area, "D");
    assert_eq!(report.area("C").unwrap().note.unwrap(), "count not available");
    assert!(report.area("Z").is_err());
    assert_eq!((&report).into_iter().count(), 4);
    assert_eq!(report.top(2).map(|row| row.area).collect::<Vec<_>>(), ["A, \"the\" first", "D"]);
    assert_eq!((report.top(0).count(), report.top(9).count()), (0, 3));
    let funnel = serde_json::to_value(table().compare(Average::POOLED).funnel(Dispersion::None).per(Per::ONE)).unwrap();
    assert_eq!(funnel["rows"][0]["limits"].as_array().unwrap().len(), 2);
}
