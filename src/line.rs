use crate::{Error, ErrorKind, Result, Undefined};

/// An area's line of a report. Read back, it is held against the one that is worked out again.
pub(crate) trait Line {
    fn area(&self) -> &str;

    /// What it says, by column.
    fn figures(&self) -> Vec<(&'static str, Figure)>;
}

/// What stands in a column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Figure {
    Count(Option<u64>),
    Number(Option<f64>),
    /// A probability, which has digits after the point and no others: it may differ by [`TOLERANCE`].
    Probability(Option<f64>),
    Word(Option<&'static str>),
}

/// How far a number that was read may lie from the one worked out again, as a share of the larger: text may have been
/// rounded on its way, and another version may differ in the last digits.
const TOLERANCE: f64 = 1e-9;

/// Refuses lines that were read and do not say what those worked out again say.
pub(crate) fn verify<L: Line>(computed: impl Iterator<Item = L>, stated: &[L]) -> Result<()> {
    let computed: Vec<L> = computed.collect();
    if stated.len() != computed.len() {
        return Err(differs("rows", stated.len(), computed.len()));
    }
    computed
        .iter()
        .zip(stated)
        .try_for_each(|(computed, stated)| compare(computed, stated).map_err(|error| error.in_area(computed.area())))
}

fn compare(computed: &impl Line, stated: &impl Line) -> Result<()> {
    if stated.area().trim() != computed.area() {
        return Err(differs("area", stated.area(), computed.area()));
    }
    let mut said = stated.figures().into_iter().zip(computed.figures());
    said.try_for_each(|((column, stated), (_, computed))| match stated.is(computed) {
        true => Ok(()),
        false => Err(differs(column, stated.shown(), computed.shown())),
    })
}

fn differs(column: &'static str, stated: impl ToString, computed: impl ToString) -> Error {
    let (stated, computed) = (stated.to_string(), computed.to_string());
    ErrorKind::NotTheFigure { column, stated, computed }.into()
}

impl Figure {
    fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Count(one), Self::Count(other)) => one == other,
            (Self::Word(one), Self::Word(other)) => one == other,
            // Infinity travels as nothing: JSON has no number for it.
            (Self::Number(one), Self::Number(other)) => {
                match [one, other].map(|number| number.filter(|number| number.is_finite())) {
                    [Some(one), Some(other)] => (one - other).abs() <= TOLERANCE * one.abs().max(other.abs()),
                    [one, other] => one.is_none() && other.is_none(),
                }
            }
            (Self::Probability(one), Self::Probability(other)) => match (one, other) {
                (Some(one), Some(other)) => (one - other).abs() <= TOLERANCE,
                (one, other) => one.is_none() && other.is_none(),
            },
            _ => false,
        }
    }

    fn shown(self) -> String {
        let shown = match self {
            Self::Count(count) => count.map(|count| count.to_string()),
            Self::Number(number) | Self::Probability(number) => number.map(|number| number.to_string()),
            Self::Word(word) => word.map(Into::into),
        };
        shown.unwrap_or_else(|| "nothing".into())
    }
}

impl From<Option<u64>> for Figure {
    fn from(count: Option<u64>) -> Self {
        Self::Count(count)
    }
}

impl From<Option<usize>> for Figure {
    fn from(number: Option<usize>) -> Self {
        Self::Count(number.map(|number| number as u64))
    }
}

impl From<Option<f64>> for Figure {
    fn from(number: Option<f64>) -> Self {
        Self::Number(number)
    }
}

impl From<Option<&'static str>> for Figure {
    fn from(word: Option<&'static str>) -> Self {
        Self::Word(word)
    }
}

/// What there is to be told, in one line.
pub(crate) fn told<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Why figures are missing, each reason once.
pub(crate) fn reasons<const N: usize>(all: [Option<Undefined>; N]) -> Option<String> {
    let all = all.into_iter().flatten().map(|reason| reason.to_string());
    let each = all.fold(Vec::new(), |mut each, reason| {
        if !each.contains(&reason) {
            each.push(reason);
        }
        each
    });
    (!each.is_empty()).then(|| each.join("; "))
}
