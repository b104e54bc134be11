//! Reports of changes: rows, corrected p-values, ranks, the change of all, and what is read back.

use crate::support::{json::again, near::near, says::says};
use crimerate::{
    Basis, Confidence, Note, Observation, Per, Row, Table, Topic,
    interval::Test,
    time::{self, Change},
};

const PER: Per = Per::HUNDRED_THOUSAND;

/// C is only in the earlier table, F only in the later one; D and E start from nothing, E stays there; G has no count at first.
fn tables() -> (Table, Table) {
    let before = [
        Row::new("A", 200, 500_000).code("E1"),
        Row::new("B", 310, 400_000),
        Row::new("C", 40, 90_000),
        Row::new("D", 0, 80_000),
        Row::new("E", 0, 70_000),
        Row::new("G", Observation::SUPPRESSED, 60_000),
        Row::new("H", 20, 60_000),
    ];
    let after = [
        Row::new("H", 11, 61_000),
        Row::new("G", 7, 60_000),
        Row::new("F", 5, 50_000),
        Row::new("E", 0, 70_000),
        Row::new("D", 6, 81_000),
        Row::new("B", 315, 401_000),
        Row::new("A", 290, 510_000).code("E1"),
    ];
    (Table::from_rows(before).unwrap(), Table::from_rows(after).unwrap())
}

fn report() -> time::Report {
    let (before, after) = tables();
    before.change_to(&after).unwrap().per(PER)
}

#[test]
fn every_area_of_either_table_has_a_row() {
    let report = report();
    let names: Vec<&str> = report.iter().map(|row| row.area.as_str()).collect();
    assert_eq!(names, ["A", "B", "C", "D", "E", "G", "H", "F"]);
    assert_eq!(report.rows().len(), names.len());
    for row in &report {
        // A row has all figures of a change, or a note that says why it has none.
        let figures = [row.rate_before, row.rate_after, row.lower, row.p, row.p_holm].map(|figure| figure.is_some());
        assert!(figures.iter().all(|figure| *figure == row.rank.is_some()), "{row:?}");
        assert!(row.rank.is_some() || row.note.is_some(), "{row:?}");
    }
    let a = report.area("E1").unwrap();
    assert_eq!((a.area.as_str(), a.code.as_deref()), ("A", Some("E1")));
    assert_eq!((a.count_before, a.population_before), (Some(200), Some(500_000)));
    assert_eq!((a.count_after, a.population_after), (Some(290), Some(510_000)));
    near(a.rate_before.unwrap(), 40.0, 1e-15, "before");
    near(a.rate_after.unwrap(), 29_000_000.0 / 510_000.0, 1e-15, "after");
    near(a.percent.unwrap(), 100.0 * (290.0 * 500_000.0 / (200.0 * 510_000.0) - 1.0), 1e-14, "per cent");
    says(report.area("Z"), "no area has the name or code \"Z\"");
}

#[test]
fn what_one_side_lacks_is_left_out_and_said() {
    let report = report();
    let row = |area: &str| report.area(area).unwrap();
    let c = row("C");
    assert_eq!((c.count_before, c.population_before), (Some(40), Some(90_000)));
    assert_eq!((c.count_after, c.population_after, c.percent, c.rank), (None, None, None, None));
    assert_eq!(c.note.as_deref(), Some("only in the earlier table"));
    let f = row("F");
    assert_eq!((f.count_before, f.count_after, f.note.as_deref()), (None, Some(5), Some("only in the later table")));
    let g = row("G");
    assert_eq!((g.count_before, g.count_after, g.note.as_deref()), (None, Some(7), Some("count suppressed")));
    let notes = report.notes();
    let left_out: Vec<&str> = notes.iter().filter(|note| note.topic() == Topic::LeftOut).map(Note::text).collect();
    let told = [
        "Left out: C, only in the earlier table.",
        "Left out: G, count suppressed.",
        "Left out: F, only in the later table.",
    ];
    assert_eq!(left_out, told);
    assert_eq!(notes[0].text(), "5 of 8 areas compared.");
}

#[test]
fn from_nothing_there_is_no_per_cent_and_the_rise_is_the_largest() {
    let report = report();
    let row = |area: &str| report.area(area).unwrap();
    let d = row("D");
    assert_eq!((d.percent, d.upper, d.rank), (None, None, Some(1)));
    assert!(d.lower.is_some() && d.p.is_some());
    assert_eq!(d.note.as_deref(), Some("nothing counted before, so no per cent"));
    let e = row("E");
    assert_eq!((e.percent, e.lower, e.upper, e.p), (None, Some(-100.0), None, Some(1.0)));
    assert_eq!(e.note.as_deref(), Some("nothing counted before or after"));
    assert_eq!(row("H").note.as_deref(), Some("a base of only 20, so per cent say little"));
    // Rates doubled, halved and from nothing to nothing, which counts as no rise at all.
    let ranks = ["D", "A", "B", "E", "H"].map(|area| row(area).rank.unwrap());
    assert_eq!(ranks, [1, 2, 3, 4, 5]);
}

#[test]
fn p_values_are_exact_and_corrected_by_holm() {
    let report = report();
    let (before, after) = tables();
    let mut p = Vec::new();
    for row in report.iter().filter(|row| row.rank.is_some()) {
        let rate = |table: &Table| table.rate(table.index(&row.area).unwrap()).unwrap().unwrap();
        let alone = Change::between(rate(&before), rate(&after)).significance(Test::Exact).two_sided();
        assert_eq!(row.p, Some(alone), "{}", row.area);
        p.push((alone, row.p_holm.unwrap()));
    }
    // Holm 1979, by the definition: the i-th smallest of m times m - i + 1, never less than the one before.
    p.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (m, mut least) = (p.len(), 0.0_f64);
    assert_eq!(m, 5);
    for (i, (alone, holm)) in p.into_iter().enumerate() {
        least = least.max((alone * (m - i) as f64).min(1.0));
        assert_eq!(holm, least);
    }
    let changed: Vec<&str> = report.significant(Confidence::P95).map(|row| row.area.as_str()).collect();
    assert_eq!(changed, ["A"]);
}

#[test]
fn the_first_by_rank_come_with_those_that_share_the_last_rank() {
    let report = report();
    let names = |k: usize| report.top(k).map(|row| row.area.clone()).collect::<Vec<_>>();
    assert_eq!(names(2), ["D", "A"]);
    assert_eq!(names(0), [""; 0]);
    assert_eq!(names(99), ["D", "A", "B", "E", "H"]);
    let before = Table::from_rows([("A", 10, 100), ("B", 20, 100), ("C", 10, 100)]).unwrap();
    let after = Table::from_rows([("A", 20, 100), ("B", 10, 100), ("C", 20, 100)]).unwrap();
    let tied = before.change_to(&after).unwrap().per(PER);
    assert_eq!(tied.iter().map(|row| row.rank).collect::<Vec<_>>(), [Some(1), Some(3), Some(1)]);
    assert_eq!(tied.top(1).count(), 2);
}

#[test]
fn the_change_of_all_is_that_of_the_sums_of_those_compared() {
    let report = report();
    let pooled = report.pooled().unwrap();
    // 200 + 310 + 0 + 0 + 20 on 500,000 + 400,000 + 80,000 + 70,000 + 60,000, and likewise later.
    assert_eq!(pooled.ratio().base().to_string(), "530 on 1,110,000");
    assert_eq!(pooled.ratio().rate().to_string(), "622 on 1,123,000");
    let notes = report.notes();
    let of_all = notes.iter().find(|note| note.topic() == Topic::Average).unwrap();
    assert_eq!(of_all.text(), format!("All areas compared, together: {pooled}."));
    let apart =
        Table::from_rows([("A", 1, 10)]).unwrap().change_to(&Table::from_rows([("B", 1, 10)]).unwrap()).unwrap();
    assert_eq!(apart.per(PER).pooled(), None);
    assert!(apart.per(PER).to_string().starts_with("0 of 2 areas compared.\n"));
}

#[test]
fn json_reads_back_and_forged_figures_are_refused() {
    let basis = |period: &str| Basis::new().with_count("thefts").with_months(12).with_period(period);
    let (before, after) = tables();
    let changes = before.with_basis(basis("2023")).change_to(&after.with_basis(basis("2024"))).unwrap();
    for per in [PER, Per::THOUSAND] {
        let report = changes.per(per);
        assert_eq!(again(&report), report);
    }
    let json = serde_json::to_string(&changes.per(PER)).unwrap();
    assert!(json.contains("\"notes\":[") && json.contains("\"rank\":2"), "{json}");
    let forged = json.replacen("\"rank\":2", "\"rank\":3", 1);
    let error = serde_json::from_str::<time::Report>(&forged).unwrap_err().to_string();
    assert!(error.contains("A: ") && error.contains("rank is given as 3, but"), "{error}");
    let shorter: time::Report = serde_json::from_str(&json).unwrap();
    let mut value: serde_json::Value = serde_json::to_value(&shorter).unwrap();
    value["rows"].as_array_mut().unwrap().pop();
    assert!(serde_json::from_value::<time::Report>(value).is_err());
}

#[test]
fn csv_has_every_column_always_and_reads_back() {
    let report = report();
    let csv = report.csv();
    let read = |csv: &[u8]| csv::Reader::from_reader(csv).deserialize().collect::<Result<Vec<time::Row>, _>>().unwrap();
    assert_eq!(csv.lines().next().unwrap().split(',').count(), 21);
    assert_eq!(read(csv.as_bytes()), report.rows());
    let mut writer = csv::Writer::from_writer(Vec::new());
    report.iter().for_each(|row| writer.serialize(row).unwrap());
    let written = writer.into_inner().unwrap();
    assert_eq!(read(&written), report.rows());
}

#[test]
fn text_lists_the_largest_rise_first_and_then_the_notes() {
    let text = report().to_string();
    let lines: Vec<&str> = text.lines().collect();
    let headings = "Rank  Area  Count before  Count after  Rate before per 100,000  Rate after per 100,000  Change %   95 % interval       p  p (Holm)  p (BH)";
    assert_eq!(lines[0].split_whitespace().collect::<Vec<_>>(), headings.split_whitespace().collect::<Vec<_>>());
    let first: Vec<Option<&str>> = (2..=6).map(|line| lines[line].split_whitespace().nth(1)).collect();
    assert_eq!(first, ["D", "A", "B", "E", "H"].map(Some));
    assert_eq!(lines[7..9], ["", "5 of 8 areas compared."]);
    assert!(lines[2].contains("infinity") && lines[2].split_whitespace().any(|cell| cell == "-"), "{}", lines[2]);
}
