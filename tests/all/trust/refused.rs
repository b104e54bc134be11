//! What constructors refuse, reading refuses; what they give, it reads.

use crate::support::{json::again, says::refused};
use crimerate::{
    Average, Basis, Claim, Confidence, Interval, Observation, Panel, Per, Policy, Row, Table,
    claim::{Checked, Verdict},
};
use serde_json::{from_str, json};

#[test]
fn limits_that_were_clamped_are_zero() {
    let interval = Interval::of_count(0, Confidence::P95);
    assert_eq!(again(&interval), interval);
    let text = r#"{"lower":5.0,"upper":9.0,"confidence":0.95,"clamped":true}"#;
    refused(
        from_str::<Interval>(text),
        "the serialised interval contradicts itself: a lower limit that was clamped is 0, and not 5",
    );
    assert!(from_str::<Interval>(&text.replace("true", "false")).is_ok());
    assert!(from_str::<Interval>(&text.replace("5.0", "0.0")).is_ok());
}

/// A table on person-months has months in its basis or in each of its rows.
#[test]
fn person_months_need_months() {
    let table = Table::from_rows([("A", 1, 10), ("B", 2, 10)]).unwrap();
    let table = table.with_basis(Basis::new().with_months(6)).annualised().unwrap();
    assert_eq!(again(&table), table);
    let mut value = serde_json::to_value(&table).unwrap();
    value["basis"].as_object_mut().unwrap().remove("months");
    refused(
        serde_json::from_value::<Table>(value),
        "the area cannot be on person-months: the rows and the basis do not agree on months",
    );
    // On its own it may be that of a table whose rows have months of their own.
    let own = Table::from_rows([Row::new("A", 1, 10).months(6), Row::new("B", 2, 10).months(12)]).unwrap();
    let own = own.annualised().unwrap();
    assert_eq!((own.basis().is_in_person_months(), own.basis().months()), (true, None));
    assert_eq!((&again(own.basis()), &again(&own)), (own.basis(), &own));
}

/// What is read as JSON is what is read as text.
#[test]
fn a_unit_of_person_months_is_read_as_it_prints() {
    let seven: Per = from_str(r#"{"person-months":7}"#).unwrap();
    assert_eq!("per 7 person-months".parse::<Per>().unwrap(), seven);
    assert_eq!((seven.to_string(), again(&seven)), ("per 7 person-months".into(), seven));
    assert!(from_str::<Per>(r#"{"person-months":0}"#).is_err());
}

/// One area is compared and another is not known: of the two it is one of the two highest, whatever the other is.
#[test]
fn a_claim_that_is_true_of_any_of_them_is_read_back() {
    let rows = [Row::new("A", 5, 1_000), Row::new("B", Observation::SUPPRESSED, 1_000)];
    let claims = Table::from_rows(rows).unwrap().compare(Average::POOLED).claims(Per::THOUSAND);
    let checked = claims.check(&Claim::among_highest("A", 2).unwrap()).unwrap();
    assert_eq!((checked.verdict(), checked.of_compared()), (Verdict::Supported, Verdict::NotCheckable));
    assert_eq!(again(&checked), checked);
}

#[test]
fn a_claim_beside_areas_that_are_not_known_is_not_read_as_supported() {
    let rows = [Row::new("A", 900, 1_000), Row::new("B", 5, 1_000), Row::new("C", Observation::SUPPRESSED, 1_000)];
    let claims = Table::from_rows(rows).unwrap().compare(Average::POOLED).claims(Per::THOUSAND);
    let checked = claims.check(&Claim::highest("A")).unwrap();
    assert_eq!((checked.verdict(), checked.absent().len()), (Verdict::NotCheckable, 1));
    let mut value = serde_json::to_value(&checked).unwrap();
    value["verdict"] = json!("supported");
    assert_eq!(value["of_compared"], json!("supported"));
    refused(
        serde_json::from_value::<Checked>(value),
        "the serialised claim contradicts itself: that it is supported that A has the highest rate of any area does not follow from its numbers",
    );
}

/// The name of one area is the code of another.
#[test]
fn areas_of_tables_are_matched_by_one_identity() {
    let a = Table::from_rows([Row::new("Kent", 10, 100), Row::new("E1", 20, 100)]).unwrap();
    let b = Table::from_rows([Row::new("Kent", 30, 100).code("E1"), Row::new("Essex", 40, 100)]).unwrap();
    refused(
        Panel::from_tables([("a", &a), ("b", &b)]),
        "E1: indicator b: the area cannot be in a panel with the first indicator: the areas differ: E1 missing; Essex of this one alone; a union of the tables takes the areas of all",
    );
    let panel = Panel::union_of_tables([("a", &a), ("b", &b)]).unwrap();
    assert_eq!(panel.areas().iter().map(crimerate::Area::name).collect::<Vec<_>>(), ["Kent", "E1", "Essex"]);
    let count = |area, indicator| panel.rate(area, indicator).unwrap().ok().map(crimerate::Rate::count);
    assert_eq!([count(0, 0), count(1, 0), count(2, 0)], [Some(10), Some(20), None]);
    assert_eq!([count(0, 1), count(1, 1), count(2, 1)], [Some(30), None, Some(40)]);
    // Beside an area whose name is its code, an area is its code all the same.
    let a = Table::from_rows([Row::new("E1", 1, 100), Row::new("Kent", 2, 100).code("E1")]).unwrap();
    let b = Table::from_rows([Row::new("County of Kent", 3, 100).code("E1"), Row::new("E1", 4, 100)]).unwrap();
    let panel = Panel::from_tables([("a", &a), ("b", &b)]).unwrap();
    let count = |area| panel.rate(area, 1).unwrap().unwrap().count();
    assert_eq!([count(0), count(1)], [4, 3]);
}

/// Found by random tables: the order of policies mattered, and the table that was made could not be read back.
#[test]
fn nothing_is_merged_into_a_total() {
    let table = || Table::from_rows([Row::new("A", 5, 50), Row::new("B", 7, 70), Row::new("All", 12, 120)]).unwrap();
    let total = table().apply("All", Policy::Total).unwrap();
    let into_total = total.merge("A", "All", "small");
    refused(into_total, "A: the area cannot be merged into All: All is taken for a total itself");
    let merged = table().merge("A", "All", "small").unwrap();
    refused(merged.apply("All", Policy::Total), "All: the area cannot be taken for a total: A is merged into it");
    let nowhere = Table::from_rows([Row::new("A", 5, 50), Row::without_population("Nowhere", 7)]);
    let Ok(nowhere) = nowhere.and_then(|table| table.apply("Nowhere", Policy::Unplaced { in_average: false })) else {
        return;
    };
    assert!(nowhere.merge("A", "Nowhere", "small").is_err());
}

/// Found by random claims: the count of a total was told as "at least", and the verdict could not be read back.
#[test]
fn a_total_is_not_judged_by_ends_that_it_does_not_have() {
    let rows = [Row::new("A", 5, 50_000), Row::new("B", 7, 70_000), Row::new("All", 900, 120_000)];
    let table = Table::from_rows(rows).unwrap().apply("All", Policy::Total).unwrap();
    let claims = table.compare(Average::POOLED).claims(Per::THOUSAND);
    for claim in [Claim::higher_than("All", "A"), Claim::lower_than("A", "All")] {
        let checked = claims.check(&claim).unwrap();
        assert_eq!(checked.verdict(), Verdict::NotCheckable, "{checked}");
        assert!(!checked.to_string().contains("at least"), "{checked}");
        assert_eq!(again(&checked), checked);
    }
}
