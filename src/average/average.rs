//! The average to compare with: a rule, with or without the area itself, over everyone or a group.
//!
//! A fixed average is 0 or from 1e-30 to 1e30, so that no ratio or reading of one leaves the range of doubles. An average names a
//! peer group by its place in the table, so it stays small and `Copy`.

use super::{fixed::Fixed, rule::Rule, scope::Scope};
use crate::{
    base::{Error, Result, layout, not_a_choice},
    rate::Per,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The average to compare with: a rule, whether an area is in the average that it is compared with, and the areas that it is
/// over: everyone, or the area's own [`PeerGroups`](crate::PeerGroups).
///
/// Averages in common use disagree on real figures, so there is no default. On knife offences in 37 English forces (year to
/// March 2020, per 100,000):
///
/// | rule | value | here | take it for |
/// |---|---|---:|---|
/// | `pooled` | sum of counts over sum of populations | 83.6 | "the national rate": all people count the same, so large forces weigh most (64.4 without the Metropolitan Police) |
/// | `mean` | mean of rates: their sum over their number | 64.2 | what forces have on average, small ones counting as much as large (71.8 with the City of London in) |
/// | `median` | the middle rate, or the mean of the two in the middle | 57.6 | what a typical force has: no single force moves it far (59.3 with the City of London in) |
/// | fixed | a rate that is given | | a published average or a target, taken as known |
///
/// If in doubt, pooled: it is the rate of the country as a whole, and the one whose test,
/// [`Comparison::against_rest`](crate::Comparison::against_rest), is exact. Whichever it is, every report names it and the number
/// of areas in it.
///
/// ```
/// use crimerate::{Average, Per, Rate};
///
/// let rates = [Rate::new(60, 3_000)?, Rate::new(4, 1_000)?];
/// assert_eq!(Average::POOLED.of(&rates).map(|value| value.per(Per::THOUSAND).value()), Some(16.0));
/// assert_eq!(Average::MEAN.of(&rates).map(|value| value.per(Per::THOUSAND).value()), Some(12.0));
/// assert_eq!(Average::MEAN.without_self().to_string(), "mean of rates, the area itself left out");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "AverageParts")]
pub struct Average {
    pub(super) rule: Rule,
    pub(super) with_self: bool,
    #[serde(skip_serializing_if = "Scope::is_everyone")]
    pub(super) over: Scope,
}

#[derive(Deserialize)]
struct AverageParts {
    rule: Rule,
    with_self: bool,
    #[serde(default)]
    over: Scope,
}

impl Average {
    /// The pooled average: sum of counts over sum of populations.
    pub const POOLED: Self = Self::by(Rule::Pooled);
    /// The mean of rates, every area counting the same.
    pub const MEAN: Self = Self::by(Rule::Mean);
    /// The median rate.
    pub const MEDIAN: Self = Self::by(Rule::Median);

    const fn by(rule: Rule) -> Self {
        Self { rule, with_self: true, over: Scope::Everyone }
    }

    /// A rate that is given, such as a published national one.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) for a number that is neither 0 nor from 1e-30 to 1e30.
    pub fn fixed(value: f64, per: Per) -> Result<Self> {
        Fixed::new(value, per).map(|fixed| Self::by(Rule::Fixed(fixed)))
    }

    /// The same average with the area that is compared left out of it. A fixed rate stays what it is. Taken as known it calls too many
    /// areas high or low, as the others vary by chance too; [`Comparison::against_rest`](crate::Comparison::against_rest) and a
    /// [`Funnel`](crate::funnel::Funnel) about the pooled one allow for that.
    #[must_use]
    pub const fn without_self(self) -> Self {
        Self { with_self: matches!(self.rule, Rule::Fixed(_)), ..self }
    }

    /// The same average over each area's group. Where an area has none, it has no average. A fixed rate stays what it is.
    #[must_use]
    pub fn over(self, group: impl Into<Scope>) -> Self {
        if matches!(self.rule, Rule::Fixed(_)) { self } else { Self { over: group.into(), ..self } }
    }

    /// The areas that it is over.
    #[must_use]
    pub const fn over_which(self) -> Scope {
        self.over
    }

    /// The rule.
    #[must_use]
    pub const fn rule(self) -> Rule {
        self.rule
    }

    /// Whether an area is in the average that it is compared with.
    #[must_use]
    pub const fn with_self(self) -> bool {
        self.with_self
    }

    /// In words, with the name of the groups that it is over.
    pub(crate) fn in_groups(self, name: &str) -> String {
        let without = if self.with_self { "" } else { ", the area itself left out" };
        format!("{} ({name}){without}", Self { with_self: true, ..self })
    }
}

impl fmt::Display for Average {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = match self.rule {
            Rule::Pooled => POOLED.to_owned(),
            Rule::Mean => MEAN_OF_RATES.to_owned(),
            Rule::Median => MEDIAN.to_owned(),
            Rule::Fixed(fixed) => format!("{FIXED}{fixed}"),
        };
        let over = if self.over.is_everyone() { "" } else { " of each area's group" };
        layout::pad(f, &format!("{rule}{over}{}", if self.with_self { "" } else { WITHOUT_SELF }))
    }
}

const POOLED: &str = "pooled";

const MEAN: &str = "mean";

const MEAN_OF_RATES: &str = "mean of rates";

const MEDIAN: &str = "median";

const FIXED: &str = "fixed at ";

const WITHOUT_SELF: &str = ", the area itself left out";

/// Reads what prints (`mean of rates, the area itself left out`, `fixed at 83.6 per 100,000`), and `mean` for `mean of rates`.
/// Averages over groups are not read: which groups is for a table to say.
///
/// # Errors
/// [`ErrorKind::NotAChoice`](crate::ErrorKind::NotAChoice) for anything else, and as [`Fixed`].
impl FromStr for Average {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if let Some(fixed) = text.strip_prefix(FIXED) {
            return Ok(Self::by(Rule::Fixed(fixed.parse()?)));
        }
        let (rule, without) = text.strip_suffix(WITHOUT_SELF).map_or((text, false), |rule| (rule, true));
        let average = match rule {
            POOLED => Self::POOLED,
            MEAN | MEAN_OF_RATES => Self::MEAN,
            MEDIAN => Self::MEDIAN,
            _ => {
                let (what, choices) = ("an average", "pooled, mean or median");
                return Err(not_a_choice(what, text, choices, &[POOLED, MEAN, MEDIAN]));
            }
        };
        Ok(if without { average.without_self() } else { average })
    }
}

impl From<AverageParts> for Average {
    fn from(parts: AverageParts) -> Self {
        let average = Self::by(parts.rule).over(parts.over);
        if parts.with_self { average } else { average.without_self() }
    }
}
