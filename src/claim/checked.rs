//! A claim with its verdict.
//!
//! What is read back is worked out again as far as it can be without its table: repeating the table with every sentence
//! would cost more than it is worth.

use super::{
    claim::{Claim, Says, Verdict},
    published::{Published, Rounding},
};
use crate::{
    base::{Error, ErrorKind, Result, digits, words},
    league::Rank,
    rate::{Per, Rate},
    table::Basis,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A [`Claim`] with its verdict, the reasons, and the numbers behind them.
///
/// It can be serialised and read back; a verdict that does not go with its claim and its numbers is refused then. The
/// numbers and the reasons are as they were written: that they are those of a table is told by checking the claim again,
/// `claims.check(read.claim())? == read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Checked {
    pub(super) claim: Claim,
    pub(super) verdict: Verdict,
    pub(super) of_compared: Verdict,
    pub(super) compared: usize,
    pub(super) per: Per,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rank: Option<Rank>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rank_set: Option<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) found: Option<f64>,
    pub(super) ahead: Vec<String>,
    pub(super) absent: Vec<String>,
    pub(super) left_out_ahead: Vec<String>,
    pub(super) reasons: Vec<String>,
    #[serde(skip_serializing_if = "Basis::is_empty")]
    pub(super) basis: Basis,
}

#[derive(Deserialize)]
struct Written {
    claim: Claim,
    verdict: Verdict,
    of_compared: Verdict,
    compared: usize,
    per: Per,
    rate: Option<Rate>,
    rank: Option<f64>,
    rank_set: Option<(usize, usize)>,
    found: Option<f64>,
    ahead: Vec<String>,
    absent: Vec<String>,
    left_out_ahead: Vec<String>,
    reasons: Vec<String>,
    #[serde(default)]
    basis: Basis,
}

impl Checked {
    /// The claim.
    #[must_use]
    pub const fn claim(&self) -> &Claim {
        &self.claim
    }

    /// The verdict on the claim as it stands.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The verdict on the claim if it spoke of the areas compared only.
    #[must_use]
    pub const fn of_compared(&self) -> Verdict {
        self.of_compared
    }

    /// How many areas are compared.
    #[must_use]
    pub const fn compared(&self) -> usize {
        self.compared
    }

    /// The area's rate, where it is known.
    #[must_use]
    pub const fn rate(&self) -> Option<Rate> {
        self.rate
    }

    /// The rank from the end that a claim of ranks names, equal rates sharing the best.
    #[must_use]
    pub const fn rank(&self) -> Option<Rank> {
        self.rank
    }

    /// The best and the worst rank that the area may truly have, from that end.
    #[must_use]
    pub const fn rank_set(&self) -> Option<(usize, usize)> {
        self.rank_set
    }

    /// What the figures give in place of the claimed figure: a rate or an average per as many people, or per cent.
    #[must_use]
    pub const fn found(&self) -> Option<f64> {
        self.found
    }

    /// The areas compared whose rates are further towards the end that a claim of ranks names.
    #[must_use]
    pub fn ahead(&self) -> &[String] {
        &self.ahead
    }

    /// The areas that are not compared, and whose rates may be as far towards it.
    #[must_use]
    pub fn absent(&self) -> &[String] {
        &self.absent
    }

    /// The areas left out on purpose whose rates are further towards it.
    #[must_use]
    pub fn left_out_ahead(&self) -> &[String] {
        &self.left_out_ahead
    }

    /// The reasons, each a sentence.
    #[must_use]
    pub fn reasons(&self) -> &[String] {
        &self.reasons
    }

    /// The claim with its verdict, and then each reason: what prints, but for the basis.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut verdict = format!("{}: {}", self.claim, self.verdict.phrase());
        if self.verdict != self.of_compared {
            let areas = digits::grouped(self.compared as u64);
            verdict.push_str(&format!("; of the {areas} compared: {}", self.of_compared.phrase()));
        }
        verdict.push('.');
        std::iter::once(verdict).chain(self.reasons.iter().map(|reason| words::one_line(reason))).collect()
    }

    /// What the figures rest on, as far as the table tells.
    #[must_use]
    pub const fn basis(&self) -> &Basis {
        &self.basis
    }
}

impl TryFrom<Written> for Checked {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self> {
        let Written { claim, verdict, of_compared, compared, per, rate, rank, rank_set, found, .. } = written;
        let Written { ahead, absent, left_out_ahead, reasons, basis, .. } = written;
        let agrees = match (claim.says, rate, found) {
            (Says::Among { .. }, ..) => None,
            (Says::Rate(claimed), Some(rate), _) => {
                let claimed = claimed.on(&basis);
                Some(Rounding::ALL.iter().any(|rounding| claimed.check(rate, *rounding).agrees()))
            }
            (Says::Above(percent), _, Some(found)) => Some(prints_as(percent.0, found)),
            (Says::Below(percent), _, Some(found)) => Some(prints_as(percent.0, -found)),
            (Says::Average(average), _, Some(found)) => Some(prints_as(average, found)),
            _ => None,
        };
        let holds = |verdict: Verdict| matches!(verdict, Verdict::Supported | Verdict::NotCertain);
        let follows = match (claim.says, rank_set, agrees) {
            (Says::Among { places, .. }, Some((lower, upper)), _) => {
                let (places, ahead) = (places.get() as usize, ahead.len());
                rank == Some((ahead + 1) as f64)
                    && (lower..=upper).contains(&(ahead + 1))
                    && upper <= compared
                    && (of_compared == Verdict::Contradicted) == (ahead >= places)
                    && (of_compared != Verdict::Supported || upper <= places)
                    && (!holds(verdict) || (ahead < places && holds(of_compared)))
                    && (verdict != Verdict::Contradicted || of_compared == Verdict::Contradicted)
            }
            (Says::Among { .. }, None, _) => {
                verdict == Verdict::NotCheckable && of_compared == verdict && rank.is_none()
            }
            (_, _, Some(agrees)) => {
                verdict == of_compared && if agrees { holds(verdict) } else { verdict == Verdict::Contradicted }
            }
            (_, _, None) => verdict == of_compared && !holds(verdict),
        };
        if !follows || found.is_some_and(|found| !found.is_finite()) {
            let why = format!("that it is {} that {claim} does not follow from its numbers", verdict.phrase());
            return Err(ErrorKind::Inconsistent { what: "claim", why }.into());
        }
        let rank = rank.map(|_| Rank::of(ahead.len() + 1));
        Ok(Self {
            claim,
            verdict,
            of_compared,
            compared,
            per,
            rate,
            rank,
            rank_set,
            found,
            ahead,
            absent,
            left_out_ahead,
            reasons,
            basis,
        })
    }
}

/// The claim with its verdict, and below it each reason and the basis on a line.
impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentences().join("\n  "))?;
        match self.basis.is_empty() {
            true => Ok(()),
            false => write!(f, "\n  Basis: {}.", words::one_line(&self.basis.to_string())),
        }
    }
}

/// Whether a number prints as a figure that has no sign, both halves let in at a tie.
pub(super) fn prints_as(figure: Published, value: f64) -> bool {
    let (low, high) = figure.range();
    let low = if figure.value() == 0.0 { -high } else { low };
    // The digits of a double may end just beside a tie.
    let slack = 1e-13 * high;
    value >= low - slack && value <= high + slack
}
