//! One area's change as a row.

use super::{
    against_rest::AgainstRest,
    change::Change,
    changes::Changes,
    ends::{self, Ends},
};
use crate::{
    base::{row, rows},
    interval::{Correction, TestSpec},
    rate::{Order, Per, Rate},
    table::{LeftOut, Table},
};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

row! {
    /// One area's line of a [`Report`](crate::time::Report); what does not exist is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct Row {
        /// The name.
        area: String,
        /// The official code.
        code: Option<String> => sparse,
        /// The earlier count, where it is known.
        count_before: Option<u64>,
        /// The earlier population, where there is one, also where rates are on person-months.
        population_before: Option<u64>,
        /// How many months the earlier figures are of, where rates are a year's or counts those of a month.
        months_before: Option<u64> => sparse,
        /// The later count, where it is known.
        count_after: Option<u64>,
        /// The later population, where there is one.
        population_after: Option<u64>,
        /// The same of the later figures.
        months_after: Option<u64> => sparse,
        /// The earlier rate.
        rate_before: Option<f64>,
        /// The later rate.
        rate_after: Option<f64>,
        /// The change in per cent; none from zero, which has no per cent.
        percent: Option<f64>,
        /// The lower limit of the change in per cent.
        lower: Option<f64>,
        /// The upper limit.
        upper: Option<f64>,
        /// The two-sided p-value of no change.
        p: Option<f64> => probability,
        /// The same, corrected by Holm for the number of areas.
        p_holm: Option<f64> => probability,
        /// The same, corrected by Benjamini and Hochberg.
        p_bh: Option<f64> => probability,
        /// How many per cent the rate ratio lies above that of all the other areas together.
        against_rest: Option<f64>,
        /// The p-value of the same change in the area and the others, exact or by the likelihood ratio.
        p_against_rest: Option<f64> => probability,
        /// The same, corrected by Holm for the number of areas.
        p_against_rest_holm: Option<f64> => probability,
        /// The place among the changes, in the order of the report; a rise from zero is the largest.
        rank: Option<usize>,
        /// Why figures are missing, and what makes per cent say little.
        note: Option<String>,
    }
}

/// A row for every area, in the order of the changes.
pub(super) fn rows(changes: &Changes, per: Per, spec: TestSpec, order: Order) -> Vec<Row> {
    let found: Vec<Option<Change>> = changes.iter().map(|(_, change)| change.ok()).collect();
    let known = || found.iter().flatten().copied();
    let p: Vec<f64> = known().map(|change| change.significance(spec).two_sided()).collect();
    let mut corrected =
        [Correction::Holm, Correction::BenjaminiHochberg].map(|how| how.of_probabilities(&p).into_iter());
    let mut alone = p.into_iter();
    let sums = changes.sums();
    let against: Vec<Option<AgainstRest>> = known().map(|change| AgainstRest::among(change, sums)).collect();
    let apart: Vec<f64> = against.iter().flatten().map(|against| against.p_with(spec.dispersion())).collect();
    let mut apart_holm = Correction::Holm.of_probabilities(&apart).into_iter();
    let mut against = against.into_iter();
    let placed = |one: f64, other: f64| order.place(one.total_cmp(&other));
    let mut sorted: Vec<f64> = known().map(rise).collect();
    sorted.sort_unstable_by(|a, b| placed(*a, *b));
    let rows = changes.iter().zip(&found).map(|((area, found), change)| {
        let side = |table: &Table, rate: Option<Rate>| {
            let index = table.place_of(area);
            let known = index.and_then(|index| table.observation(index)?.known());
            let stated = index.and_then(|index| table.stated_population(index));
            let stated = rate.map(|rate| rate.population().get()).or(stated);
            let apart = stated.zip(index).map(|(stated, index)| table.basis().apart(stated, table.months(index)));
            let (people, months) = apart.map_or((stated, None), |(people, months)| (Some(people), months));
            (rate.map(Rate::count).or(known), people, months)
        };
        let before = side(changes.before(), change.map(|change| change.ratio().base()));
        let after = side(changes.after(), change.map(|change| change.ratio().rate()));
        let peopled = !changes.of_counts_alone();
        let limits = change.map(|change| changes.limits(area, change, spec));
        let read =
            |rate: fn(&Change) -> Rate| change.as_ref().filter(|_| peopled).map(|change| rate(change).per(per).value());
        let against = change.and_then(|_| against.next()?);
        Row {
            area: area.name().into(),
            code: area.code().map(Into::into),
            count_before: before.0,
            population_before: before.1.filter(|_| peopled),
            months_before: before.2,
            count_after: after.0,
            population_after: after.1.filter(|_| peopled),
            months_after: after.2,
            rate_before: read(|change| change.ratio().base()),
            rate_after: read(|change| change.ratio().rate()),
            percent: change.and_then(Change::percent).and_then(finite),
            lower: limits.and_then(|[lower, _]| finite(lower)),
            upper: limits.and_then(|[_, upper]| finite(upper)),
            p: change.and_then(|_| alone.next()),
            p_holm: change.and_then(|_| corrected[0].next()),
            p_bh: change.and_then(|_| corrected[1].next()),
            against_rest: against.and_then(AgainstRest::percent).and_then(finite),
            p_against_rest: against.map(|against| against.p_with(spec.dispersion())),
            p_against_rest_holm: against.and_then(|_| apart_holm.next()),
            rank: change
                .map(|change| 1 + sorted.partition_point(|other| placed(*other, rise(change)) == Ordering::Less)),
            note: match (change, found) {
                (_, Err(left_out)) => {
                    let unknown = matches!(left_out, LeftOut::NotKnown(_));
                    let [before, after] =
                        [changes.before(), changes.after()].map(|table| Ends::of(table, area).filter(|_| unknown));
                    rows::told([Some(left_out.to_string()), ends::told(before, after, spec)])
                }
                (Some(change), _) => {
                    let (before, after) = (changes.before(), changes.after());
                    let both = before.place_of(area).zip(after.place_of(area));
                    let months = both.and_then(|(index, there)| before.months_cell(index, after, there));
                    rows::told([months, remark(*change)])
                }
                (None, Ok(_)) => None,
            },
        }
    });
    rows.collect()
}

fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

/// What changes are ordered by: per cent, 0 from nothing to nothing.
fn rise(change: Change) -> f64 {
    change.percent().unwrap_or(0.0)
}

fn remark(change: Change) -> Option<String> {
    let count = change.ratio().base().count();
    match change.percent() {
        None => Some("nothing counted before or after".into()),
        Some(percent) if percent.is_infinite() => Some("nothing counted before, so no per cent".into()),
        Some(_) if change.small_base() => Some(format!("a base of only {count}, so per cent say little")),
        Some(_) => None,
    }
}
