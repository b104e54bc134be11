//! Severity scores: counts weighted by how much each kind of offence weighs, over the people.

use super::{
    super::{
        limits::Limits,
        method::Spec,
        ratio::Ratio,
        strata::found,
        sum::{self, WeightedSum, weighted},
    },
    offences::Offences,
    weights::Weights,
};
use crate::{
    base::{ErrorKind, Result, Undefined, choice, each},
    rate::{Per, Population, Reading},
    table::{Area, LeftOut},
};

/// What is done about offences that have no weight. There is no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unweighted {
    /// They are refused.
    Refuse,
    /// They are left out, and answers say which and what share of all offences they are.
    LeaveOut,
}

choice!(Unweighted, "what is done about offences without a weight", "refuse or leave-out", {
    Refuse => "refuse",
    LeaveOut => "leave-out",
});

/// The severity scores of all areas: for each `sum w x / n`, w being the weights, x the counts by offence, n the people.
///
/// ```
/// use crimerate::{Confidence, Per, records::Absent, standard::{Offences, Unweighted, Weights}};
///
/// let rows = [("Kent", "34B", 1_200, 1_846_500), ("Kent", "58C", 9_800, 1_846_500), ("Essex", "34B", 1_500, 1_832_800)];
/// let offences = Offences::from_rows(rows, Absent::Zero)?;
/// let scores = offences.scores(&Weights::severity_2020(), Unweighted::Refuse)?;
/// let kent = scores.area("Kent")?;
/// assert_eq!(format!("{:.1}", kent.per(Per::THOUSAND)), "548.3 per 1,000");
/// assert_eq!(format!("{:.1}", kent.limits(Confidence::P95)?.per(Per::THOUSAND)), "519.0 to 578.0 per 1,000");
/// let (offence, share) = kent.shares().next().unwrap();
/// assert_eq!((offence, (1e3 * share).round()), ("34B", 948.0));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    offences: Offences,
    weights: Weights,
    unweighted: Unweighted,
    /// The weight of each offence of the table, where it has one.
    each: Vec<Option<f64>>,
    sums: Vec<Result<WeightedSum, LeftOut>>,
}

/// The severity score of one area: its offences weighted and added up, over its people.
///
/// It is no count, and nothing that takes a count takes it: a sum of 99,014 points from 7 offences has limits a hundred times as
/// far apart as those of 99,014 offences would be.
///
/// ```compile_fail
/// use crimerate::{Rate, records::Absent, standard::{Offences, Unweighted, Weights}};
///
/// let offences = Offences::from_rows([("Kent", "34B", 1_200, 1_846_500)], Absent::Zero)?;
/// let scores = offences.scores(&Weights::severity_2020(), Unweighted::Refuse)?;
/// Rate::new(scores.area("Kent")?.points(), 1_846_500)?;
/// # Ok::<(), crimerate::Error>(())
/// ```
///
/// ```compile_fail
/// use crimerate::{Row, records::Absent, standard::{Offences, Unweighted, Weights}};
///
/// let offences = Offences::from_rows([("Kent", "34B", 1_200, 1_846_500)], Absent::Zero)?;
/// let scores = offences.scores(&Weights::severity_2020(), Unweighted::Refuse)?;
/// Row::new("Kent", scores.area("Kent")?, 1_846_500);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score<'a> {
    area: &'a Area,
    scores: &'a Scores,
    index: usize,
    people: Population,
    sum: WeightedSum,
}

impl Offences {
    /// The severity scores by a list of weights.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`] or [`ErrorKind::Lacking`] for an offence without a weight, by whether another has nearly its name, unless these are left out;
    /// [`ErrorKind::NoRows`] where no offence has one.
    pub fn scores(&self, weights: &Weights, unweighted: Unweighted) -> Result<Scores> {
        let each: Vec<Option<f64>> = self.labels().iter().map(|offence| weights.weight(offence)).collect();
        let lacking = self.labels().iter().zip(&each).find(|(_, weight)| weight.is_none());
        if let Some((offence, _)) = lacking.filter(|_| unweighted == Unweighted::Refuse) {
            if let Some(nearest) = weights.nearest(offence) {
                let (what, nearest) = ("offence of the list of weights", Some(nearest.to_owned()));
                return Err(ErrorKind::UnknownName { what, name: offence.clone(), nearest }.into());
            }
            let (whole, what, others) = ("the list of weights", "offence", "the areas have");
            let advice = "give it a weight, or leave such offences out";
            return Err(ErrorKind::Lacking { whole, what, name: offence.clone(), others, advice }.into());
        }
        if each.iter().all(Option::is_none) {
            return Err(ErrorKind::NoRows.into());
        }
        let all = sum::StratumWeights::of(each.iter().flatten().copied());
        let weight = |place: usize| each.get(place).copied().flatten();
        let counting: Vec<usize> = (0..each.len()).filter(|place| weight(*place).is_some()).collect();
        let sums = (0..self.len()).filter_map(|index| {
            Some(self.outcome(index, &counting)?.and_then(|()| {
                let people = self.table().stated_population(index).ok_or(LeftOut::NoPopulation)? as f64;
                let terms =
                    self.of(index).iter().filter_map(|(place, count)| Some((weight(*place)? / people, count.known()?)));
                Ok(WeightedSum::new(terms, all.over(people)))
            }))
        });
        let sums = sums.collect();
        Ok(Scores { offences: self.clone(), weights: weights.clone(), unweighted, each, sums })
    }
}

impl Scores {
    /// The counts by offence.
    #[must_use]
    pub const fn offences(&self) -> &Offences {
        &self.offences
    }

    /// The weights.
    #[must_use]
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// What is done about offences without a weight.
    #[must_use]
    pub const fn unweighted(&self) -> Unweighted {
        self.unweighted
    }

    /// An area by its name, or else its code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none, [`ErrorKind::LeftOut`] with the reason where it has no score.
    pub fn area(&self, area: &str) -> Result<Score<'_>> {
        found(self.offences.table(), area, |index| self.outcome(index))
    }

    /// Each area in their order: its score, or why it has none.
    pub fn areas(&self) -> impl Iterator<Item = (&Area, Result<Score<'_>, LeftOut>)> {
        self.offences.areas().iter().enumerate().filter_map(|(index, area)| Some((area, self.outcome(index)?)))
    }

    /// The areas that have a score, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Score<'_>> {
        self.areas().filter_map(|(_, outcome)| outcome.ok())
    }

    /// The share of the scores of all areas together, in points, that each offence brings, the largest first; offences without a weight are
    /// not among them.
    #[must_use]
    pub fn shares(&self) -> Vec<(&str, f64)> {
        let mut points: Vec<Option<f64>> = self.each.iter().map(|weight| weight.map(|_| 0.0)).collect();
        for (place, part) in self.iter().flat_map(Score::parts) {
            if let Some(sum) = points.get_mut(place).and_then(Option::as_mut) {
                *sum += part;
            }
        }
        self.named(points.into_iter().enumerate().filter_map(|(place, points)| Some((place, points?))).collect())
    }

    /// The score of all areas that have one together, over their people; `None` where none has.
    #[must_use]
    pub fn together(&self, per: Per) -> Option<Reading> {
        let sums = self.iter().map(|score| (score.points(), score.population().get() as f64));
        let (points, people) =
            sums.fold((0.0, 0.0), |(points, people), (more, others)| (points + more, people + others));
        (people > 0.0).then(|| Reading::of_double(per.scale(points / people), per))
    }

    /// The offences without a weight, each with its share of all offences of the areas that have a score; none where all have one.
    #[must_use]
    pub fn without_weight(&self) -> Vec<(&str, f64)> {
        let (mut counts, mut all) = (vec![0_u128; self.each.len()], 0_u128);
        for score in self.iter() {
            for (place, count) in self.offences.of(score.index) {
                let count = u128::from(count.known().unwrap_or(0));
                all += count;
                if let Some(sum) = counts.get_mut(*place) {
                    *sum += count;
                }
            }
        }
        let offences = self.offences.labels().iter().zip(&self.each).zip(counts);
        let without = offences.filter(|((_, weight), _)| weight.is_none());
        without
            .map(|((offence, _), count)| (offence.as_str(), if all == 0 { 0.0 } else { count as f64 / all as f64 }))
            .collect()
    }

    fn outcome(&self, index: usize) -> Option<Result<Score<'_>, LeftOut>> {
        let area = self.offences.areas().get(index)?;
        let sum = self.sums.get(index)?.clone();
        let people = self.offences.table().population(index).ok_or(LeftOut::NoPopulation);
        Some(sum.and_then(|sum| Ok(Score { area, scores: self, index, people: people?, sum })))
    }

    /// Points by offence as shares, the largest first.
    fn named(&self, mut points: Vec<(usize, f64)>) -> Vec<(&str, f64)> {
        let all: f64 = points.iter().map(|(_, part)| part).sum();
        points.sort_by(|a, b| b.1.total_cmp(&a.1));
        let share = |part: f64| if all > 0.0 { part / all } else { 0.0 };
        points
            .into_iter()
            .filter_map(|(place, part)| Some((self.offences.labels().get(place)?.as_str(), share(part))))
            .collect()
    }
}

each!(Scores, Score<'a>);

weighted!(Score);

impl<'a> Score<'a> {
    /// The area.
    #[must_use]
    pub const fn area(&self) -> &'a Area {
        self.area
    }

    /// How many offences have a weight.
    #[must_use]
    pub const fn offences(&self) -> u64 {
        self.sum.count()
    }

    /// The people.
    #[must_use]
    pub const fn population(&self) -> Population {
        self.people
    }

    /// The weights of all its offences added up: no count.
    #[must_use]
    pub fn points(&self) -> f64 {
        // A sum of nothing would be -0.
        self.parts().fold(0.0, |sum, (_, part)| sum + part)
    }

    /// The share of the score that each offence brings, the largest first.
    pub fn shares(&self) -> impl Iterator<Item = (&'a str, f64)> {
        self.scores.named(self.parts().collect()).into_iter()
    }

    /// What was counted of each offence that has a known count, in the order of the offences, with its weight where it has one.
    ///
    /// ```
    /// use crimerate::{records::Absent, standard::{Offences, Unweighted, Weights}};
    ///
    /// let offences = Offences::from_rows([("Kent", "34B", 1_200, 1_846_500), ("Kent", "fraud", 9_800, 1_846_500)], Absent::Zero)?;
    /// let scores = offences.scores(&Weights::severity_2020(), Unweighted::LeaveOut)?;
    /// let counted: Vec<_> = scores.area("Kent")?.counted().collect();
    /// assert_eq!((counted[0].0, counted[0].1, counted[1]), ("34B", 1_200, ("fraud", 9_800, None)));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    pub fn counted(self) -> impl Iterator<Item = (&'a str, u64, Option<f64>)> {
        self.counts().filter_map(|(place, count, weight)| {
            Some((self.scores.offences.labels().get(place)?.as_str(), count, weight))
        })
    }

    fn counts(self) -> impl Iterator<Item = (usize, u64, Option<f64>)> + use<'a> {
        let scores = self.scores;
        let counts = scores.offences.of(self.index).iter();
        counts.filter_map(|(place, count)| Some((*place, count.known()?, scores.each.get(*place).copied().flatten())))
    }

    /// The points that each offence brings, by place.
    fn parts(self) -> impl Iterator<Item = (usize, f64)> + use<'a> {
        self.counts().filter_map(|(place, count, weight)| Some((place, weight? * count as f64)))
    }
}
