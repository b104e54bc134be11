//! Rows, columns and areas that a table refuses, by the exact text.

use crate::support::says::says;
use crimerate::{Average, LeftOut, Row, Table, ndarray::array};

fn rows(rows: &[(&str, &str, &str)]) -> Vec<Row> {
    let lines = rows.iter().zip(2..);
    lines.map(|((area, count, people), line)| Row::parse(area, count, people).line(line)).collect()
}

#[test]
fn rows_are_refused_with_area_row_fact_and_value() {
    let faulty = rows(&[
        ("Kent", "729", "0"),
        ("Essex", "11,19", "1832800"),
        ("Kent", "..", "1846500"),
        ("", "5", "10"),
        ("Surrey", "-4", "1189900"),
        ("Sussex", "12", ""),
        ("Dorset", "12", "many"),
        ("Durham", "18446744073709551616", "-5"),
        ("Devon", "5", ".."),
    ]);
    let found: Vec<String> = Table::check(faulty.clone()).iter().map(ToString::to_string).collect();
    let most = u64::MAX;
    let not_a_count = |text: &str| {
        format!(
            "count {text:?} is not a whole number from 0 to {most} or one of ``, `..`, `:`, `[x]`, `NA`, `[c]`, `*`, `1-9`, `<5`, `>=10`"
        )
    };
    assert_eq!(
        found,
        [
            "Kent: row 2: population is zero, so no rate is defined: correct it, or leave the area out; if its count is in no area, say so by Table::unplaced".into(),
            format!("Essex: row 3: {}", not_a_count("11,19")),
            "Kent: row 4: the name \"Kent\" stands in row 2 already: leave one of the two rows out, or tell the two apart by codes".into(),
            "row 5: the area has no name: every row needs one".into(),
            "Surrey: row 6: count is -4, and a total cannot be negative".into(),
            "Sussex: row 7: population is not given, so no rate is defined: add it, or leave the area out; if its count is in no area, say so by Table::unplaced".into(),
            format!("Dorset: row 8: population \"many\" is not a whole number from 0 to {most}"),
            format!("Durham: row 9: {}", not_a_count("18446744073709551616")),
            format!("Durham: row 9: population \"-5\" is not a whole number from 0 to {most}"),
            "Devon: row 10: population is not given, so no rate is defined: add it, or leave the area out; if its count is in no area, say so by Table::unplaced".into(),
        ]
    );
    says(Table::from_rows(faulty), &found[0]);
    assert_eq!(Table::check([("Kent", 729, 1_846_500)]), []);
}

#[test]
fn rows_of_numbers_count_from_one() {
    says(
        Table::from_rows([("Kent", 729, 1_846_500), ("Heathrow", 12, 0)]),
        "Heathrow: row 2: population is zero, so no rate is defined: correct it, or leave the area out; if its count is in no area, say so by Table::unplaced",
    );
    let codes = [Row::new("Kent", 1, 10).code("E23000032"), Row::new("Essex", 1, 10).code("E23000032")];
    says(Table::from_rows(codes), "Essex: row 2: the code \"E23000032\" stands in row 1 already");
    says(
        Table::from_rows([Row::from_total("Kent", -36, 10)]),
        "Kent: row 1: count is -36, and a total cannot be negative",
    );
    says(Table::from_rows(Vec::<Row>::new()), "there is no row, so there is nothing to compare");
    assert_eq!(Table::check(Vec::<Row>::new()).len(), 1);
}

#[test]
fn columns_have_one_length() {
    let (two, three) = (array![1_u64, 2], array![1_u64, 2, 3]);
    says(
        Table::from_columns(["A", "B"], three.view(), two.view()),
        "the column count has 3 values, where there should be 2",
    );
    says(
        Table::from_columns(["A", "B"], two.view(), three.view()),
        "the column population has 3 values, where there should be 2",
    );
    assert_eq!(
        Table::from_columns(["A", "B"], two.view(), two.view()).unwrap(),
        Table::from_rows([("A", 1, 1), ("B", 2, 2)]).unwrap()
    );
}

#[test]
fn lookups_and_exclusions_name_what_is_unknown() {
    let table = || Table::from_rows([Row::new("Kent", 1, 10).code("E23000032"), ("Essex", 2, 10).into()]).unwrap();
    says(table().exclude("Heathrow", "no residents"), "no area has the name or code \"Heathrow\"");
    says(table().exclude("Kent", " "), "Kent: the policy has no reason: give one, to be reported with the figures");
    says(table().index("kent"), "no area has the name or code \"kent\"; did you mean \"Kent\"?");
    assert_eq!(table().index("E23000032").unwrap(), table().index(" Kent ").unwrap());
    let league = table().exclude("E23000032", "tried").unwrap().compare(Average::POOLED);
    says(league.area("Kent"), "Kent: the area takes no part: excluded: tried");
    says(league.area("Heathrow"), "no area has the name or code \"Heathrow\"");
}

#[test]
fn invalid_areas_may_be_left_out_but_nothing_else_may() {
    let given = rows(&[("Kent", "1", "10"), ("Heathrow", "12", "0"), ("Gatwick", "3", ""), ("Essex", "..", "20")]);
    let league = Table::from_rows_leaving_out(given).unwrap().compare(Average::POOLED);
    let left_out: Vec<_> = league.left_out().map(|(area, why)| format!("{area}: {why}")).collect();
    assert_eq!(
        left_out,
        [
            "Heathrow: population zero, so no rate",
            "Gatwick: population not given, so no rate",
            "Essex: count not available"
        ]
    );
    assert!(matches!(league.left_out().next(), Some((_, LeftOut::ZeroPopulation))));
    says(
        Table::from_rows_leaving_out(rows(&[("Kent", "1", "10"), ("Kent", "1", "0")])),
        "Kent: row 3: the name \"Kent\" stands in row 2 already: leave one of the two rows out, or tell the two apart by codes",
    );
    assert!(Table::from_rows_leaving_out(rows(&[("Kent", "x", "10")])).is_err());
    assert!(Table::from_rows_leaving_out(rows(&[("Kent", "1", "x")])).is_err());
}

#[test]
fn a_count_without_residents_may_be_in_no_area() {
    let rows = [("Laramie", 1, 99_500), ("Unassigned", 17, 0)];
    says(
        Table::from_rows(rows),
        "Unassigned: row 2: population is zero, so no rate is defined: correct it, or leave the area out; if its count is in no area, say \
         so by Table::unplaced",
    );
    says(
        Table::from_rows([("Laramie", 1, 99_500), ("Nobody", 0, 0)]),
        "Nobody: row 2: population is zero, so no rate is defined: correct it, or leave the area out",
    );
}
