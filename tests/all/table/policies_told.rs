//! What is done about areas whose figures mislead is reported with every kind of answer.

use crimerate::{
    Average, Claim, LeagueTable, Note, PeerGroups, Per, Table,
    claim::{Checker, Published},
    league::{Grade, Grading, Judgement},
    smoothing::Estimator,
};

const PER: Per = Per::HUNDRED_THOUSAND;

const MERGED: &str = "Merged: City of London (31 on a population of 8,700) into Metropolitan Police, few live there.";

const DENOMINATOR: &str = "Denominator: Kent on 3,000,000 instead of 1,846,500, visitors.";

const KEPT: &str = "Kept: Essex, checked.";

fn plain() -> Table {
    Table::from_rows([
        ("Metropolitan Police", 15_897, 8_899_400),
        ("City of London", 31, 8_700),
        ("Kent", 729, 1_846_500),
        ("Essex", 1_000, 1_832_800),
        ("Durham", 165, 633_500),
    ])
    .unwrap()
}

fn treated(visitors: u64) -> Table {
    let table = plain().merge("City of London", "Metropolitan Police", "few live there").unwrap();
    table.with_denominator("Kent", visitors, "visitors").unwrap().keep("Essex", "checked").unwrap()
}

fn league() -> LeagueTable {
    treated(3_000_000).compare(Average::POOLED)
}

fn claims() -> Checker {
    league().claims(PER)
}

fn texts(notes: &[Note]) -> Vec<&str> {
    notes.iter().map(Note::text).collect()
}

#[test]
fn descriptions() {
    let of = |area| claims().describe(area).unwrap().sentences().to_vec();
    let kent = of("Kent");
    assert!(kent[0].starts_with("Kent has 729 counts on a denominator of 3,000,000, a rate of 24.3 per 100,000"));
    assert_eq!(kent[1], DENOMINATOR);
    let others = "City of London (merged into Metropolitan Police), Essex (kept as it is).";
    assert_eq!(kent[2], format!("Among the other areas compared: {others}"));
    let met = of("Metropolitan Police");
    assert!(met[0].starts_with("Metropolitan Police has 15,928 counts among a population of 8,908,100"), "{met:?}");
    assert_eq!(met[1], MERGED);
    assert_eq!(of("Essex")[1], KEPT);
    let durham = "Among the other areas compared: City of London (merged into Metropolitan Police), Kent (given another \
                  denominator), Essex (kept as it is).";
    assert_eq!(of("Durham")[1], durham);
    assert!(
        !plain().compare(Average::POOLED).claims(PER).describe("Kent").unwrap().to_string().contains("Among the other")
    );
}

#[test]
fn claims_that_are_checked() {
    let has = |claim: Claim, text: &str| {
        let checked = claims().check(&claim).unwrap();
        assert!(checked.reasons().iter().any(|reason| reason.starts_with(text)), "{checked}");
    };
    let rate = |area| Claim::rate(area, Published::new("24.3", PER).unwrap());
    has(rate("Kent"), DENOMINATOR);
    has(Claim::highest("Metropolitan Police"), MERGED);
    has(Claim::percent_below("Essex", "23").unwrap(), KEPT);
    has(Claim::percent_below("Durham", "23").unwrap(), "Among the other areas compared: City of London (merged");
    has(Claim::highest("Durham"), "Among the other areas compared: City of London (merged");
    // A rate of its own rests on nothing else, and of an area that is merged the reason says it.
    for area in ["Durham", "City of London"] {
        let checked = claims().check(&rate(area)).unwrap().to_string();
        assert!(!checked.contains("Among the other") && !checked.contains("Merged:"), "{checked}");
    }
}

#[test]
fn smoothed_rates() {
    let groups = PeerGroups::from_labels("region", ["Kent", "Essex", "Durham"].map(|area| (area, "all")));
    let table = treated(3_000_000).with_groups(groups).unwrap();
    let over = Average::POOLED.over(table.group("region").unwrap());
    let report = league().smooth(Estimator::Marshall).per(PER);
    let notes = report.notes();
    for told in [MERGED, DENOMINATOR, KEPT] {
        assert!(texts(&notes).contains(&told), "{report}");
    }
    let rows: Vec<Option<String>> = report.rows().map(|row| row.note).collect();
    assert_eq!(rows[0].as_deref(), Some("with City of London"));
    assert_eq!(rows[2].as_deref(), Some("population: visitors, instead of 1,846,500"));
    let alone = table.exclude("Durham", "for a test").unwrap().compare(over).smooth(Estimator::Marshall).per(PER);
    let left_out = "Groups: 1 member left out, numerator and denominator: Durham.";
    assert!(texts(&alone.notes()).contains(&left_out), "{alone}");
}

#[test]
fn rates_by_grade() {
    let good = Judgement::new(Grading::FourGrade, Grade::Good).unwrap();
    let by_grade =
        |areas: &[&str]| league().by_grade(Grading::FourGrade, areas.iter().map(|area| (*area, good))).unwrap();
    let judged = by_grade(&["Kent", "Metropolitan Police"]);
    assert_eq!(judged.policies(), [MERGED, DENOMINATOR]);
    assert!(judged.per(PER).to_string().contains(&format!("\n{MERGED}\n{DENOMINATOR}\n")));
    assert!(by_grade(&["Durham"]).policies().is_empty());
}

#[test]
fn changes() {
    let change = treated(3_000_000).change_to(&treated(3_000_000)).unwrap();
    let policies = |notes: &[Note]| -> Vec<String> {
        texts(notes)
            .into_iter()
            .filter(|text| [MERGED, DENOMINATOR, KEPT].iter().any(|told| text.ends_with(told)))
            .map(Into::into)
            .collect()
    };
    assert_eq!(policies(change.notes()), [MERGED, DENOMINATOR, KEPT]);
    let change = treated(3_000_000).change_to(&treated(3_100_000)).unwrap();
    let notes = texts(change.notes());
    assert!(notes.contains(&format!("Earlier: {DENOMINATOR}").as_str()), "{notes:?}");
    assert!(notes.contains(&"Later: Denominator: Kent on 3,100,000 instead of 1,846,500, visitors."), "{notes:?}");
    let change = plain().keep("Kent", "checked").unwrap().change_to(&plain()).unwrap();
    assert!(texts(change.notes()).contains(&"Earlier: Kept: Kent, checked."), "{:?}", change.notes());
}

#[test]
fn a_panel_reads_an_average_without_the_area_itself_in_one_way() {
    let counts = crimerate::ndarray::array![[5_u64, 7], [3, 1]];
    let panel = crimerate::Panel::new(["A", "B"], counts, [1_000_u64, 2_000]).unwrap();
    let notes = panel.compare(Average::POOLED.without_self(), PER, [crimerate::Measure::Ratio]).notes().to_vec();
    let told = "Average: pooled, the area itself left out, over the areas known for each indicator";
    assert!(notes.iter().any(|note| note.text().starts_with(told)), "{notes:?}");
}
