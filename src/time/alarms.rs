//! How many false alarms are to be expected of charts if nothing changed.

use super::{
    chart::{Chart, ChartPoint, MEAN_RANGE},
    law::{BEYOND, Law},
    rules::{RUN, TREND},
    short_base::AfterBase,
};
use std::collections::VecDeque;

/// The signals to be expected where counts vary about the centre by their law alone, rule by rule: the sum of their probabilities over all points.
///
/// Counts are taken to be independent. A centre that is estimated from few periods makes more in others, which the figures allow for, and fewer in
/// those same periods, which it is fitted to: of these they are those of a known centre, and at most true. Probabilities of a point
/// beyond a limit, of runs and of two among three are exact sums of Poisson or binomial tails, so they hold where counts are small. Six
/// in a row that rise or fall have at most the probability that they have of continuous values, 2 in 720. Laney's charts are of counts that vary by
/// more, whose law is not known: theirs are of normal figures. Their width is estimated from the base, as their centre is, and points after a short base are
/// beyond them far more often than 0.27 % (1.9 % after 12 periods, 0.5 % after 60), which the figures allow for; of points of the base they are at most true.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FalseAlarms {
    points: usize,
    beyond_limit: f64,
    eight_on_one_side: f64,
    six_rising_or_falling: f64,
    two_of_three: f64,
}

impl FalseAlarms {
    /// How many points they are of.
    #[must_use]
    pub const fn points(self) -> usize {
        self.points
    }

    /// Points beyond a limit.
    #[must_use]
    pub const fn beyond_limit(self) -> f64 {
        self.beyond_limit
    }

    /// Points that end eight in a row on one side.
    #[must_use]
    pub const fn eight_on_one_side(self) -> f64 {
        self.eight_on_one_side
    }

    /// Points that end six in a row rising or falling: no more than these.
    #[must_use]
    pub const fn six_rising_or_falling(self) -> f64 {
        self.six_rising_or_falling
    }

    /// Points that are the second of two among three beyond two thirds.
    #[must_use]
    pub const fn two_of_three(self) -> f64 {
        self.two_of_three
    }

    /// All together: no fewer than the points that signal.
    #[must_use]
    pub fn all(self) -> f64 {
        self.beyond_limit + self.eight_on_one_side + self.six_rising_or_falling + self.two_of_three
    }

    /// Each times a factor, on the same points.
    fn times(self, factor: f64) -> Self {
        Self {
            points: self.points,
            beyond_limit: factor * self.beyond_limit,
            eight_on_one_side: factor * self.eight_on_one_side,
            six_rising_or_falling: factor * self.six_rising_or_falling,
            two_of_three: factor * self.two_of_three,
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            points: self.points + other.points,
            beyond_limit: self.beyond_limit + other.beyond_limit,
            eight_on_one_side: self.eight_on_one_side + other.eight_on_one_side,
            six_rising_or_falling: self.six_rising_or_falling + other.six_rising_or_falling,
            two_of_three: self.two_of_three + other.two_of_three,
        }
    }
}

impl Chart {
    /// The false alarms that are to be expected of it.
    ///
    /// ```
    /// use crimerate::{Period, time::{ChartKind, Series}};
    ///
    /// // A robbery a month is expected: three standard errors are passed far more often than by 0.27 % of points.
    /// let month = |at: u32| Period::month(2020 + at / 12, at % 12 + 1).unwrap();
    /// let series = Series::from_rows((0..120).map(|at| ("Rutland", month(at), u64::from(at % 3), 40_000)))?;
    /// let alarms = |kind| series.area("Rutland").unwrap().chart(kind, None).unwrap().false_alarms();
    /// assert_eq!(format!("{:.2}", alarms(ChartKind::U).beyond_limit()), "0.44");
    /// assert_eq!(format!("{:.2}", alarms(ChartKind::ExactU).beyond_limit()), "0.07");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn false_alarms(&self) -> FalseAlarms {
        match self.base() {
            _ if self.kind().is_laney() => self.false_alarms_of_laney(),
            None => self.false_alarms_about(self.centre()),
            Some(_) => self.false_alarms_after_base(),
        }
    }

    /// The mean over where the true centre may be, by the normal distribution of the root of a count, by the trapezoidal rule.
    fn false_alarms_after_base(&self) -> FalseAlarms {
        const STEP: f64 = 0.75;
        let based = self.points().iter().filter(|point| self.is_based_on(point.period()));
        let people: f64 = based.filter_map(ChartPoint::exposure).map(|n| n as f64).sum();
        let root = self.centre().sqrt();
        let error = self.law().error(people) / (2.0 * root);
        let most = if self.kind().is_of_proportions() { 1.0 - f64::EPSILON } else { f64::INFINITY };
        let (mut sum, mut all) = (FalseAlarms::default(), 0.0);
        for at in -4_i32..=4 {
            let off = STEP * f64::from(at);
            let weight = (-off * off / 2.0).exp();
            let centre = (root + off * error).max(root / 1e3).powi(2).min(most);
            let alarms = self.false_alarms_about(centre);
            sum = FalseAlarms { points: alarms.points, ..sum.and(alarms.times(weight)) };
            all += weight;
        }
        sum.times(1.0 / all)
    }

    /// Those if the true centre were this, but for points of the base, which are fitted to their own.
    fn false_alarms_about(&self, centre: f64) -> FalseAlarms {
        let mut alarms = FalseAlarms::default();
        let (mut sides, mut warned) = (VecDeque::with_capacity(RUN), VecDeque::with_capacity(2));
        let mut row = 0;
        for point in self.points() {
            let own = self.is_based_on(point.period());
            let Some(chances) = self.chances(point, if own { self.centre() } else { centre }) else {
                sides.clear();
                warned.clear();
                row = 0;
                continue;
            };
            row += 1;
            alarms.points += 1;
            alarms.beyond_limit += chances.beyond.iter().sum::<f64>();
            last(&mut sides, chances.side, RUN);
            if sides.len() == RUN {
                let product = |side: fn(&[f64; 2]) -> f64| sides.iter().map(side).product::<f64>();
                alarms.eight_on_one_side += product(|it| it[0]) + product(|it| it[1]);
            }
            if row >= TREND {
                alarms.six_rising_or_falling += RISING_OR_FALLING;
            }
            let none = |side: fn(&[f64; 2]) -> f64| warned.iter().map(|it| 1.0 - side(it)).product::<f64>();
            let [below, above] = chances.warned;
            alarms.two_of_three += below * (1.0 - none(|it| it[0])) + above * (1.0 - none(|it| it[1]));
            last(&mut warned, chances.warned, 2);
        }
        alarms
    }

    /// Those of points after the base, and of its own as if centre and width were known.
    fn false_alarms_of_laney(&self) -> FalseAlarms {
        let [beyond, warned] = BEYOND;
        let pair = [1, 2].map(|before| 2.0 * warned * (1.0 - (1.0 - warned).powi(before)));
        let based = AfterBase { beyond: 2.0 * beyond, eight: 2.0 * 0.5_f64.powi(RUN as i32), pair };
        let after = AfterBase::of(self.ranges(), MEAN_RANGE);
        let (mut alarms, mut before) = (FalseAlarms::default(), 0);
        for point in self.points() {
            if point.limits().is_none() {
                before = 0;
                continue;
            }
            let chances = if self.is_based_on(point.period()) { based } else { after };
            alarms.points += 1;
            alarms.beyond_limit += chances.beyond;
            alarms.eight_on_one_side += if before + 1 >= RUN { chances.eight } else { 0.0 };
            alarms.six_rising_or_falling += if before + 1 >= TREND { RISING_OR_FALLING } else { 0.0 };
            alarms.two_of_three += match before {
                0 => 0.0,
                1 => chances.pair[0],
                _ => chances.pair[1],
            };
            before += 1;
        }
        alarms
    }

    fn chances(&self, point: &ChartPoint, centre: f64) -> Option<Chances> {
        let (limits, n) = (point.limits()?, point.exposure()? as f64);
        let law = Law { centre, ..self.law() };
        let [beyond, warned] = [0, 1].map(|at| {
            let limit = |limits: [f64; 2]| if at == 0 { limits[0] } else { limits[1] };
            law.beyond(n, limit(limits.lower), limit(limits.upper))
        });
        Some(Chances { beyond, warned, side: law.beyond(n, self.centre(), self.centre()) })
    }
}

/// Of six continuous values in a row.
const RISING_OR_FALLING: f64 = 2.0 / 720.0;

/// The probabilities of a point, each below and above.
struct Chances {
    beyond: [f64; 2],
    warned: [f64; 2],
    side: [f64; 2],
}

fn last(all: &mut VecDeque<[f64; 2]>, one: [f64; 2], most: usize) {
    if all.len() == most {
        all.pop_front();
    }
    all.push_back(one);
}
