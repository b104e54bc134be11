//! A claim with its verdict.
//!
//! What is read back is worked out again as far as it can be without its table: repeating the table with every sentence
//! would cost more than it is worth.

use super::{
    claim::{Claim, Says},
    compared_with::ComparedWith,
    published::Rounding,
    relation::Relation,
    tipping::Tipping,
    verdict::Verdict,
    words::{capital, upheld_told},
};
use crate::{
    base::{Error, ErrorKind, Result, digits, words},
    league::Rank,
    rate::{Per, Rate},
    table::{Basis, Nouns},
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
    pub(super) ends: Option<(u64, Option<u64>)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) other: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rank: Option<Rank>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rank_set: Option<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) found: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) found_ends: Option<(f64, f64)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) p: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) p_alone: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tipping: Option<Tipping>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) holds_up_to: Option<f64>,
    /// The most that is in no area, where it is known, and how much of it the claim would take to fail, where that is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) in_no_area: Option<(Option<u64>, u64)>,
    /// Whether the average that it is about leaves suppressed counts out, so that what is told of it is told of the areas compared alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) of_known_alone: bool,
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
    ends: Option<(u64, Option<u64>)>,
    rate: Option<Rate>,
    other: Option<Rate>,
    rank: Option<Rank>,
    rank_set: Option<(usize, usize)>,
    found: Option<f64>,
    found_ends: Option<(f64, f64)>,
    p: Option<f64>,
    p_alone: Option<f64>,
    tipping: Option<Tipping>,
    holds_up_to: Option<f64>,
    in_no_area: Option<(Option<u64>, u64)>,
    #[serde(default)]
    of_known_alone: bool,
    ahead: Vec<String>,
    absent: Vec<String>,
    left_out_ahead: Vec<String>,
    reasons: Vec<String>,
    #[serde(default)]
    basis: Basis,
}

impl Checked {
    /// Takes "supported" back.
    pub(super) fn weaken(&mut self) {
        for verdict in [&mut self.verdict, &mut self.of_compared] {
            if *verdict == Verdict::Supported {
                *verdict = Verdict::NotCertain;
            }
        }
    }

    /// What prints as a number of times at no decimals alone, and is far from it, is not supported.
    pub(super) fn weaken_if_only_whole(&mut self, relation: Relation, found: impl IntoIterator<Item = f64>) {
        if let Some(why) = found.into_iter().find_map(|found| relation.only_when_whole(found)) {
            self.weaken();
            self.reasons.push(why);
        }
    }

    /// Whether it tells of tests, rank sets or an interval of a change, which rest on how counts vary by chance.
    pub(super) fn rests_on_chance(&self) -> bool {
        let told = self.of_compared.holds() || self.of_compared == Verdict::NotCheckable && self.rank_set.is_some();
        self.p.is_some()
            || match &self.claim.says {
                Says::Among { .. } => told && self.compared > 1,
                Says::Moved(_) => self.rank_set.is_some(),
                Says::Compared { against: ComparedWith::Before | ComparedWith::YearBefore, .. } => self.other.is_some(),
                Says::Compared { .. } | Says::Rate(_) | Says::Between(_) | Says::Average(_) | Says::OverTime(_) => {
                    false
                }
            }
    }

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

    /// The least and, where it is known, the most that the area's count may be, where it is suppressed or was rounded.
    #[must_use]
    pub const fn count_ends(&self) -> Option<(u64, Option<u64>)> {
        self.ends
    }

    /// The rate that it is compared with, where that is another area's, or its own before.
    #[must_use]
    pub const fn other(&self) -> Option<Rate> {
        self.other
    }

    /// The p-value of the test that the verdict rests on, where it rests on one: one-sided for *above*, *at least*, *more than*, *rose*
    /// and their mirrors, two-sided for a figure. Of an area, or a pair, that may have been picked it is the p-value of one of all of them
    /// ([`Checker`](crate::claim::Checker)).
    #[must_use]
    pub const fn p(&self) -> Option<f64> {
        self.p
    }

    /// The p-value of the same test as if the area, or the pair, had been chosen beforehand; no verdict rests on it unless
    /// [`Checker::chosen_beforehand`](crate::claim::Checker::chosen_beforehand) says so.
    #[must_use]
    pub const fn p_alone(&self) -> Option<f64> {
        self.p_alone
    }

    /// How wrong the figures would have to be for it to fail, where they say so and that can be told.
    #[must_use]
    pub const fn tipping(&self) -> Option<&Tipping> {
        self.tipping.as_ref()
    }

    /// Up to how many times the variation of chance within areas (phi_w) the claim would be supported, where the figures of the areas compared say so, chance
    /// alone is ruled out, and those areas are 400 at most.
    ///
    /// ```
    /// use crimerate::{Average, Claim, Per, Table};
    ///
    /// let table = Table::from_rows([("A", 90, 50_000), ("B", 30, 50_000), ("C", 25, 50_000)])?;
    /// let checked = table.compare(Average::POOLED).claims(Per::THOUSAND).check(&Claim::highest("A"))?;
    /// assert_eq!(checked.holds_up_to().map(|phi| format!("{phi:.2}")).as_deref(), Some("5.87"));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub const fn holds_up_to(&self) -> Option<f64> {
        self.holds_up_to
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

    /// What the figures give in place of the claimed figure: a rate or an average per as many people, per cent or times.
    #[must_use]
    pub const fn found(&self) -> Option<f64> {
        self.found
    }

    /// The least and the most of the same where it depends on counts that are known within bounds alone: rounded ones, that of an area of a pair; and with the
    /// suppressed counts that a pooled average leaves out in, where a count without an upper bound stays out at that end, and the worst for the claim is first.
    #[must_use]
    pub const fn found_ends(&self) -> Option<(f64, f64)> {
        self.found_ends
    }

    /// The areas compared whose rates are further towards the end that a claim of ranks names.
    #[must_use]
    pub fn ahead(&self) -> &[String] {
        &self.ahead
    }

    /// The areas that are not compared, and whose rates are or may be as far towards it.
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

    /// The claim with its verdict, then each reason, and how wrong the figures would have to be: what prints, but for the basis.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut verdict = format!("{}: {}", self.said(), self.verdict.phrase());
        if self.verdict != self.of_compared {
            let areas = digits::grouped(self.compared as u64);
            verdict.push_str(&format!("; of the {areas} compared: {}", self.of_compared.phrase()));
        }
        if let Some(padded) = self.padded() {
            verdict.push_str(&format!("; it {padded}"));
        }
        verdict.push('.');
        let holds = self.claim.side_of_figure().map_or_else(|| "it holds".into(), |side| format!("it stays {side}"));
        // It may hold of the areas compared, and not of all that it speaks of.
        let of_all = self.verdict.holds() && !self.of_known_alone;
        let holds = if of_all { capital(&holds) } else { format!("Of the areas compared alone {holds}") };
        let tipping = self.tipping.as_ref().map(|tipping| tipping.told(&Nouns::of(&self.basis), &holds));
        let reasons = self.reasons.iter().cloned();
        let upheld = self.holds_up_to.map(|upheld| upheld_told(upheld, self.verdict, self.of_compared));
        let told = std::iter::once(verdict).chain(reasons).chain(upheld).chain(tipping);
        told.map(|sentence| words::one_line(&sentence)).collect()
    }

    /// The claim as a sentence: what holds of "any area", though an area that was left out is further, is said of those compared.
    pub(super) fn said(&self) -> String {
        let of_compared = self.verdict.holds() && !self.left_out_ahead.is_empty();
        self.claim.told_of(of_compared.then_some(self.compared))
    }

    /// How many decimals of a claimed rate agree, where the others are padding.
    fn padded(&self) -> Option<String> {
        let Says::Rate(figure) = &self.claim.says else { return None };
        let finding = figure.on(&self.basis).check(self.rate?, Rounding::default());
        finding.padding_told().filter(|_| self.verdict == Verdict::Contradicted)
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
        let Written { claim, verdict, of_compared, compared, per, rate, other, rank, rank_set, found, .. } = written;
        let Written {
            p,
            p_alone,
            ahead,
            absent,
            left_out_ahead,
            reasons,
            basis,
            tipping,
            holds_up_to,
            in_no_area,
            of_known_alone,
            ends,
            found_ends,
            ..
        } = written;
        let ranked = rank.map(|_| Rank::of(ahead.len() + 1));
        let rank = match (&claim.says, rank) {
            (Says::Moved(_), Some(rank)) if rank.whole().is_some_and(|place| place <= compared as u64) => Some(rank),
            _ if rank == ranked => ranked,
            _ => return Err(refused(&claim, verdict)),
        };
        let checked = Self {
            claim,
            verdict,
            of_compared,
            compared,
            per,
            ends,
            rate,
            other,
            rank,
            rank_set,
            found,
            found_ends,
            p,
            p_alone,
            tipping,
            holds_up_to,
            in_no_area,
            of_known_alone,
            ahead,
            absent,
            left_out_ahead,
            reasons,
            basis,
        };
        let (one, other) = found_ends.unzip();
        let finite = [found, one, other, p, p_alone].into_iter().flatten().all(f64::is_finite);
        let picked = p_alone.is_none_or(|alone| p.is_some_and(|p| alone <= p));
        let tips =
            checked.tipping.as_ref().is_none_or(|it| (of_compared.holds() || it.is_of_missing()) && it.goes_with(rate));
        let upheld = holds_up_to.is_none_or(|phi| of_compared.holds() && (1.0..=2e6).contains(&phi));
        let supported = [verdict, of_compared].contains(&Verdict::Supported);
        let placed = in_no_area.is_none_or(|(most, needed)| most.is_none_or(|most| needed <= most) && !supported);
        match finite && picked && upheld && tips && placed && checked.follows() {
            true => Ok(checked),
            false => Err(refused(&checked.claim, verdict)),
        }
    }
}

fn refused(claim: &Claim, verdict: Verdict) -> Error {
    let why = format!("that it is {} that {claim} does not follow from its numbers", verdict.phrase());
    ErrorKind::Inconsistent { what: "claim", why }.into()
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
