//! Claims of tables, and assertions of what is found of them.

use crate::support::json::again;
use crimerate::{
    Average, Claim, Observation, Per, Row, Table,
    claim::{Checker, Published, Verdict},
};

/// Of areas that were chosen beforehand, with the variation of chance alone.
pub(crate) fn by_chance_alone(claims: Checker) -> Checker {
    claims.chosen_beforehand().holding_up_to(1.0).unwrap()
}

pub(crate) fn claims(table: &Table) -> Checker {
    by_chance_alone(table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND))
}

#[track_caller]
pub(crate) fn verdict(claims: &Checker, claim: &Claim, expected: Verdict, of_compared: Verdict) {
    let checked = claims.check(claim).unwrap();
    assert_eq!((checked.verdict(), checked.of_compared()), (expected, of_compared), "{checked}");
    assert_eq!(again(&checked), checked);
    assert_eq!(serde_json::to_value(&checked).unwrap()["verdict"], expected.name());
}

#[track_caller]
pub(crate) fn reasons(claims: &Checker, claim: &Claim, expected: &[&str]) {
    assert_eq!(claims.check(claim).unwrap().reasons(), expected);
}

pub(crate) fn per_thousand(text: &str) -> Published {
    Published::new(text, Per::THOUSAND).unwrap()
}

pub(crate) fn rows(figures: &[(&str, Observation, u64)]) -> Checker {
    let rows = figures.iter().map(|(area, count, people)| Row::new(*area, *count, *people));
    claims(&Table::from_rows(rows).unwrap())
}
