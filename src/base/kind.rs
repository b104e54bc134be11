//! The kinds of errors, by what a caller can do about them.

use super::{digits::grouped, undefined::Undefined, words};
use std::borrow::Cow;

/// The fact behind an [`Error`](crate::Error), with its subject and the value that caused it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A population of zero: nobody is at risk, so no rate exists.
    #[error("population is zero, so no rate is defined: correct it, or leave the area out")]
    ZeroPopulation,
    /// A row without a population.
    #[error("population is not given, so no rate is defined: add it, or leave the area out")]
    NoPopulation,
    /// A table without a row, or a panel without an area or a table.
    #[error("there is no row, so there is nothing to compare")]
    NoRows,
    /// A name, a reason or another part that has to be given and is not.
    #[error("{whole} has no {part}: {advice}")]
    Missing {
        /// What the part is missing from, such as `the area`.
        whole: &'static str,
        /// The part, such as `name`.
        part: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// Text that is no number, or not one of the kind asked for.
    #[error("{what} {text:?} is not {wanted}")]
    NotANumber {
        /// What is read, such as `population`.
        what: &'static str,
        /// The text as found.
        text: String,
        /// What it has to be.
        wanted: &'static str,
    },
    /// Text that is no period, or may be more than one.
    #[error("{text:?} is no period: {reason}")]
    NotAPeriod {
        /// The text as found.
        text: String,
        /// Why, and what to write.
        reason: Cow<'static, str>,
    },
    /// A word that names none of the choices there are.
    #[error("{text:?} is not {what}: choose {choices}{}", did_you_mean(*.nearest))]
    NotAChoice {
        /// What is chosen, such as `an interval method`.
        what: &'static str,
        /// The text as found.
        text: String,
        /// The choices.
        choices: &'static str,
        /// The choice that is spelt nearly so.
        nearest: Option<&'static str>,
    },
    /// A number outside the values that it can take.
    #[error("{value} is not {what}: it has to be {range}")]
    OutOfRange {
        /// What the number is, such as `a confidence level`.
        what: &'static str,
        /// The number.
        value: f64,
        /// The values that it can take.
        range: &'static str,
    },
    /// A total that is below zero.
    #[error("count is {value}, and a total cannot be negative")]
    NegativeTotal {
        /// The total.
        value: i128,
    },
    /// A count and a total that make no proportion.
    #[error("{}", match total {
        0 => "total is zero, so no proportion is defined".to_owned(),
        total => format!("count {} is more than the total {}, so it is no proportion", grouped(*count), grouped(*total)),
    })]
    NotAProportion {
        /// The count.
        count: u64,
        /// The total.
        total: u64,
    },
    /// A name or code that no area has.
    #[error("no area has the name or code {name:?}{}", did_you_mean(nearest.as_deref()))]
    UnknownArea {
        /// The name or code as asked for.
        name: String,
        /// The name or code that is spelt nearly so.
        nearest: Option<String>,
    },
    /// A file that cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// The file, or the part of it.
        file: String,
        /// Why it cannot be read.
        why: String,
    },
    /// A column that a file does not have.
    #[error("{found}: {advice}{}", did_you_mean(nearest.as_deref()))]
    NoColumn {
        /// What was looked for and what was found, such as ``no column is `rate` ``.
        found: String,
        /// The heading that is spelt nearly so.
        nearest: Option<String>,
        /// What to do.
        advice: String,
    },
    /// Text of a file that is not as it has to be.
    #[error("{found}: {advice}")]
    NotAsPublished {
        /// What was found.
        found: String,
        /// What would be right.
        advice: Cow<'static, str>,
    },
    /// A name that several areas have.
    #[error("{} areas have the name {name:?}: ask by code, which is {}", codes.len(), one_of(codes))]
    Ambiguous {
        /// The name as asked for.
        name: String,
        /// The codes of the areas that have it.
        codes: Vec<String>,
    },
    /// A name that is that of another area but for how it is written.
    #[error(
        "the name is that of {other:?} in row {row} but for a note mark, case, dashes or spaces: keep one of the two, or say that \
         they are two areas"
    )]
    Similar {
        /// The other name.
        other: String,
        /// The row that it stands in.
        row: u64,
    },
    /// A name that no indicator, or no set of peer groups, has.
    #[error("no {what} has the name {name:?}{}", did_you_mean(nearest.as_deref()))]
    UnknownName {
        /// What is named, such as `indicator`.
        what: &'static str,
        /// The name as asked for.
        name: String,
        /// The name that is spelt nearly so.
        nearest: Option<String>,
    },
    /// The number of an area, an indicator, an offence or a period that does not exist.
    #[error("{what} {} is none of the {} there are, counted from 0", grouped(*.number), grouped(*.size as u64))]
    UnknownNumber {
        /// What it is a number of, such as `period`.
        what: &'static str,
        /// The number.
        number: u64,
        /// How many there are.
        size: usize,
    },
    /// A name or code that can be given once and is given twice.
    #[error("the {what} {name:?} {}", twice(what, *first))]
    Duplicate {
        /// What is given, such as `code`.
        what: &'static str,
        /// The name or code.
        name: String,
        /// The row that had it first, where there are rows.
        first: Option<u64>,
    },
    /// An area without a stratum, or without an offence, that others have, or a standard without one.
    #[error("{whole} has no {what} {name:?}, which {others}: {advice}")]
    Lacking {
        /// What lacks it, such as `the area`.
        whole: &'static str,
        /// What is lacking, such as `stratum`.
        what: &'static str,
        /// Its name.
        name: String,
        /// Who has it, such as `other areas have`.
        others: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// Columns of different lengths, or arrays or records of different shapes.
    #[error("{}", match (found.as_slice(), expected.as_slice()) {
        (&[found], &[expected]) => format!("the column {what} has {} values, where there should be {}", grouped(found as u64), grouped(expected as u64)),
        _ => format!("the shape of {what} is {}, where it should be {} ({axes})", shape(found), shape(expected)),
    })]
    ShapesDiffer {
        /// The column or the array.
        what: &'static str,
        /// What its axes are.
        axes: &'static str,
        /// The shape that it should have.
        expected: Vec<usize>,
        /// The shape that it has.
        found: Vec<usize>,
    },
    /// An array to be written to, whose rows are not contiguous.
    #[error(
        "the values of a row of the array {array} are {stride} places apart, where they have to stand side by side: \
         pass an array in standard layout"
    )]
    Strided {
        /// The array.
        array: &'static str,
        /// How far apart they are.
        stride: isize,
    },
    /// An area that takes no part in the comparison that it is looked up in.
    #[error("the area takes no part: {reason}")]
    LeftOut {
        /// Why.
        reason: String,
    },
    /// A figure that does not exist.
    #[error("{0}, so the figure does not exist")]
    Undefined(Undefined),
    /// A measure that was not worked out.
    #[error("{measure} was not asked for when the panel was compared: add it to the measures")]
    NotAsked {
        /// The measure.
        measure: &'static str,
    },
    /// A policy or a peer group for an area that does not go with one it has, or with those of other areas, or of other tables in one panel.
    #[error("the area cannot be {what}: {why}")]
    Conflict {
        /// What was to be done with it.
        what: String,
        /// Why it cannot be.
        why: String,
    },
    /// Figures on different bases, or judgements on different scales, which cannot be compared.
    #[error("{part} is {found} here and {expected} there, so the two cannot be compared")]
    Mismatch {
        /// What differs.
        part: &'static str,
        /// What it is in the one that is compared with.
        expected: String,
        /// What it is in this one.
        found: String,
    },
    /// More than can be held or worked out.
    #[error("{what} {}: {advice}", match value {
        Some(value) => format!("is {}, and can be at most {}", grouped(*value), grouped(*most)),
        None => format!("is more than {}", grouped(*most)),
    })]
    TooLarge {
        /// What is too large.
        what: Cow<'static, str>,
        /// The value, where it was worked out.
        value: Option<u128>,
        /// The most that it can be.
        most: u128,
        /// What to do.
        advice: &'static str,
    },
    /// Too few areas or periods for an estimate.
    #[error("{what} is {}, and has to be at least {}", grouped(*.found as u64), grouped(*.least as u64))]
    TooFew {
        /// What there is too little of.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many it takes.
        least: usize,
    },
    /// A serialised report whose figure does not follow from its counts and populations.
    #[error("{column} is given as {stated}, but its counts and populations give {computed}")]
    NotTheFigure {
        /// The column.
        column: &'static str,
        /// What is given.
        stated: String,
        /// What follows.
        computed: String,
    },
    /// A serialised value whose parts cannot belong together.
    #[error("the serialised {what} contradicts itself: {why}")]
    Inconsistent {
        /// What was read, such as `tally`.
        what: &'static str,
        /// What does not go together.
        why: String,
    },
}

fn twice(what: &str, first: Option<u64>) -> String {
    let advice = if what == "name" { ": leave one of the two rows out, or tell the two apart by codes" } else { "" };
    first.map_or_else(|| "is given twice".into(), |row| format!("stands in row {row} already{advice}"))
}

fn one_of(codes: &[String]) -> String {
    codes.iter().map(|code| words::one_line(code)).collect::<Vec<_>>().join(" or ")
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean \"{}\"?", words::one_line(name)))
}

fn shape(dimensions: &[usize]) -> String {
    dimensions.iter().map(ToString::to_string).collect::<Vec<_>>().join(" x ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_to_do() {
        let large = |value| ErrorKind::TooLarge { what: "the sum".into(), value, most: 1_000, advice: "split it" };
        assert_eq!(large(Some(1_001)).to_string(), "the sum is 1,001, and can be at most 1,000: split it");
        assert_eq!(large(None).to_string(), "the sum is more than 1,000: split it");
        let named = |nearest| ErrorKind::UnknownName { what: "indicator", name: "teft".into(), nearest };
        assert_eq!(named(None).to_string(), "no indicator has the name \"teft\"");
        let offered = "no indicator has the name \"teft\"; did you mean \"theft\"?";
        assert_eq!(named(Some("theft".into())).to_string(), offered);
        let twice = |first| ErrorKind::Duplicate { what: "code", name: "E1".into(), first };
        assert_eq!(twice(Some(3)).to_string(), "the code \"E1\" stands in row 3 already");
        assert_eq!(twice(None).to_string(), "the code \"E1\" is given twice");
        let array = ErrorKind::ShapesDiffer { what: "z", axes: "a x b", expected: vec![2, 3], found: vec![2, 2] };
        assert_eq!(array.to_string(), "the shape of z is 2 x 2, where it should be 2 x 3 (a x b)");
        let share = |count, total| ErrorKind::NotAProportion { count, total }.to_string();
        assert_eq!(share(0, 0), "total is zero, so no proportion is defined");
        assert_eq!(share(3, 2), "count 3 is more than the total 2, so it is no proportion");
    }
}
