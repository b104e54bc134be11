//! The counts of a funnel with their z and p-values.

use super::{
    dispersion::Dispersion,
    law::Law,
    moments::{Moments, Part},
    others::Others,
    overdispersion::{Overdispersion, two_sided},
    rest::TrueSpread,
    scale::Scale,
    spec::{Form, Spec},
    whole,
};
use crate::{
    average::Rule,
    base::Undefined,
    interval::{Confidence, Correction, Interval, PValues},
    league::LeagueTable,
    special::normal,
};

/// The areas of a league table that take part as the points of a funnel, whatever law their counts follow.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scatter {
    pub(super) league: LeagueTable,
    pub(super) drawn: Drawn,
    pub(super) reach: Reach,
    pub(super) dots: Vec<Dot>,
    /// Where all are compared with the pooled average that holds them, what they expect together, or their totals, and the sum of squares of
    /// their shares.
    pub(super) together: Option<(f64, f64)>,
}

/// How far limits reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reach {
    pub(super) spec: Spec,
    pub(super) overdispersion: Result<Overdispersion, Undefined>,
    /// Whether limits can be set about the target.
    target: Result<(), Undefined>,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawn {
    /// Ratios to the counts that the average makes expected.
    Ratios,
    /// Ratios to expected counts that were given.
    GivenRatios,
    /// Proportions.
    Proportions,
}

/// The count of one area with its law, its z and its p-values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dot {
    pub(super) count: u64,
    pub(super) law: Result<Law, Undefined>,
    pub(super) z: Result<f64, Undefined>,
    pub(super) z_adjusted: Result<f64, Undefined>,
    pub(super) p: Result<Adjusted, Undefined>,
}

/// A two-sided p-value, alone and adjusted for the number of areas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Adjusted {
    pub(super) alone: f64,
    pub(super) holm: f64,
    pub(super) bh: f64,
}

impl Scatter {
    /// The same with something else made of more than chance.
    pub(super) fn with_dispersion(&self, dispersion: Dispersion) -> Self {
        let laws = self.dots.iter().map(|dot| dot.law).collect();
        Self::new(&self.league, self.drawn, self.reach.spec.with_dispersion(dispersion), laws)
    }

    /// For each area that takes part the law of its count.
    pub(super) fn new(league: &LeagueTable, drawn: Drawn, spec: Spec, laws: Vec<Result<Law, Undefined>>) -> Self {
        let counts = league.rates().iter().map(|rate| rate.count());
        let mut dots: Vec<Dot> = counts
            .zip(laws)
            .map(|(count, law)| {
                let z = law.and_then(|law| law.z(count, spec.scale));
                Dot { count, law, z, z_adjusted: z, p: law.map(|_| Adjusted::of(1.0)) }
            })
            .collect();
        let lacking = [Undefined::ZeroCount, Undefined::AllCounted];
        let lacking = dots.iter().find_map(|dot| dot.z.err().filter(|why| lacking.contains(why)));
        if let Some(reason) = lacking {
            for dot in &mut dots {
                dot.z = dot.law.and(Err(reason));
            }
        }
        let parts = league.groups().filter(|_| drawn != Drawn::GivenRatios).map(|_| whole::parts(league));
        let of_group = |place: usize| parts.as_ref()?.get(place).copied();
        let overdispersion = match (spec.is_consistent(), without_law(&dots)) {
            (_, Some(reason)) => Err(reason),
            (true, None) => {
                let (mut z, mut weights, mut of_groups) = (Vec::new(), Vec::new(), Vec::new());
                for (place, dot) in dots.iter().enumerate() {
                    let Ok(law) = dot.law.map(|law| law.among_all(dot.count)) else { continue };
                    let Ok(residual) = law.z(dot.count, Scale::Linear) else { continue };
                    z.push(residual);
                    weights.push(law.weight(Scale::Linear));
                    of_groups.extend(of_group(place));
                }
                let parts = if parts.is_some() { of_groups } else { Part::of_all(&weights) };
                Moments::new(spec.trim).of(&z, &weights, &parts)
            }
            (false, None) => {
                let known = dots.iter().filter_map(|dot| Some((dot.z.ok()?, dot.law.ok()?.weight(spec.scale))));
                let (z, weights): (Vec<f64>, Vec<f64>) = known.unzip();
                lacking.map_or_else(|| Overdispersion::estimate(&z, &weights, spec.trim), Err)
            }
        };
        let reach = Reach { spec, overdispersion, target: target(league, drawn, spec) };
        let known = dots.iter().enumerate();
        let known = known.filter_map(|(at, dot)| Some((dot.count, dot.law.ok()?.among_all(dot.count), of_group(at))));
        let known: Vec<(u64, Law, Option<Part>)> = known.collect();
        let mut others = Others::of_each(&known).into_iter();
        for dot in &mut dots {
            dot.z_adjusted = dot.law.and_then(|law| Ok(dot.z? / reach.widening(law)?));
            let others = dot.law.ok().and_then(|_| others.next()).unwrap_or_default();
            let p = if reach.is_normal() {
                dot.z_adjusted.map(two_sided)
            } else if spec.dispersion == Dispersion::None {
                reach.significance(dot.law, dot.count).map(PValues::two_sided)
            } else {
                dot.law
                    .and_then(|law| others.p(dot.count, law, spec.dispersion))
                    .and_then(|p| overdispersion.and(reach.target).and(Ok(p)))
            };
            dot.p = p.map(Adjusted::of);
        }
        let alone: Vec<f64> = dots.iter().filter_map(|dot| Some(dot.p.ok()?.alone)).collect();
        let [holm, bh] = [Correction::Holm, Correction::BenjaminiHochberg].map(|how| how.of_probabilities(&alone));
        let told = dots.iter_mut().filter_map(|dot| dot.p.as_mut().ok());
        for ((p, holm), bh) in told.zip(holm).zip(bh) {
            (p.holm, p.bh) = (holm, bh);
        }
        let together = together(league, drawn, &dots);
        Self { league: league.clone(), drawn, reach, dots, together }
    }

    /// The sum of squared distances from the expected counts over their variances, over one less than there are.
    pub(super) fn pearson(&self) -> Result<f64, Undefined> {
        let parts = self.dots.iter().filter_map(|dot| {
            let law = dot.law.ok()?;
            let apart = dot.count as f64 - law.expected();
            Some(apart * apart / law.variance())
        });
        let (areas, sum) = parts.fold((0_usize, 0.0), |(areas, sum), part| (areas + 1, sum + part));
        match areas {
            0 | 1 => Err(without_law(&self.dots).unwrap_or(Undefined::TooFew)),
            areas => Ok(sum / (areas - 1) as f64),
        }
    }
}

impl Reach {
    pub(super) fn limits(self, law: Result<Law, Undefined>, confidence: Confidence) -> Result<Interval, Undefined> {
        let law = self.tested(law)?;
        if !self.is_normal() {
            return Ok(law.limits_allowing(confidence, self.spread(law)?));
        }
        let errors = normal::upper_quantile(confidence.tail()) * self.widening(law)?;
        Ok(law.limits(self.spec.scale, errors, confidence))
    }

    /// Whether limits and positions are those of the normal form.
    pub(super) fn is_normal(self) -> bool {
        self.spec.form == Form::Normal && self.spec.dispersion != Dispersion::None
    }

    fn tested(self, law: Result<Law, Undefined>) -> Result<Law, Undefined> {
        law.and_then(|law| self.target.and(Ok(law)))
    }

    /// Whether limits can be set about the target.
    pub(super) const fn target(self) -> Result<(), Undefined> {
        self.target
    }

    /// The p-values of the count's own law, with the dispersion.
    pub(super) fn significance(self, law: Result<Law, Undefined>, count: u64) -> Result<PValues, Undefined> {
        let law = self.tested(law)?;
        Ok(law.significance_allowing(count, self.spread(law)?))
    }

    /// The limits by chance alone.
    pub(super) fn naive_limits(self, law: Result<Law, Undefined>, at: Confidence) -> Result<Interval, Undefined> {
        Ok(self.tested(law)?.discrete_limits(at, TrueSpread::NONE))
    }

    /// The p-values by chance alone.
    pub(super) fn by_chance(self, law: Result<Law, Undefined>, count: u64) -> Result<PValues, Undefined> {
        Ok(self.tested(law)?.significance(count, TrueSpread::NONE))
    }

    fn spread(self, law: Law) -> Result<TrueSpread, Undefined> {
        match self.spec.dispersion {
            Dispersion::None => Ok(TrueSpread::NONE),
            dispersion => Ok(law.spread(dispersion, self.overdispersion?, self.spec.weighed())),
        }
    }

    fn widening(self, law: Law) -> Result<f64, Undefined> {
        match self.spec.dispersion {
            Dispersion::None => Ok(1.0),
            dispersion => Ok(self.overdispersion?.widening(dispersion, law.weight(self.spec.weighed()))),
        }
    }
}

/// A mean or a median of rates varies by chance itself, most where some of its areas are small, and has no law by which limits could
/// allow for it; the normal form takes it as known, as published funnels do.
fn target(league: &LeagueTable, drawn: Drawn, spec: Spec) -> Result<(), Undefined> {
    let of_rates = matches!(league.how().average().rule(), Rule::Mean | Rule::Median) && drawn != Drawn::GivenRatios;
    let as_known = spec.form == Form::Normal && spec.dispersion != Dispersion::None;
    if of_rates && !as_known { Err(Undefined::AverageOfRates) } else { Ok(()) }
}

fn together(league: &LeagueTable, drawn: Drawn, dots: &[Dot]) -> Option<(f64, f64)> {
    let everyone = league.groups().is_none() && drawn != Drawn::GivenRatios;
    let laws = || dots.iter().filter_map(|dot| dot.law.ok()).filter(|_| everyone);
    let squares = laws().find_map(Law::squares_of_all)?;
    Some((laws().map(Law::size).sum(), squares))
}

/// Why none of some areas has a law.
fn without_law(dots: &[Dot]) -> Option<Undefined> {
    dots.first().and_then(|dot| dot.law.err()).filter(|_| dots.iter().all(|dot| dot.law.is_err()))
}

impl Adjusted {
    const fn of(alone: f64) -> Self {
        Self { alone, holm: alone, bh: alone }
    }
}
