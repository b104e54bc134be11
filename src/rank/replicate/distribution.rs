//! How likely each area is to have each rank in replicate years.

#[cfg(feature = "simulation")]
use super::{draws, simulation::Simulation};
use super::{
    exact::{self, Entrant, Places},
    probabilities::Probabilities,
    spec::{CountModel, Replicate},
    support::Support,
};
use crate::{
    base::{Error, ErrorKind, Note, Result, Topic, digits, each, words},
    interval::variation,
    league::LeagueTable,
    table::Area,
};

/// The most by which all that is cut off can change a probability, for up to 10,000 areas.
const TRUNCATION: f64 = 1e-12;

/// How likely each area is to have each rank in replicate years: years in which counts vary by a [`CountModel`] about
/// those of this year, and nothing else changes.
///
/// Ranks are competition ranks from the end that the league table puts first, whatever its rule for ties, and rates are
/// compared as whole numbers, so ties are exact. Without simulation, with `n` the population and independent `X`,
///
/// ```text
/// P(rank_f = k) = sum over x of P(X_f = x) PoissonBinomial(k - 1; P(X_g > floor(x n_g / n_f)) for g != f)
/// ```
///
/// It describes what other years would show. It is no confidence set of the rank that an area's true rate has, and decides no
/// claim about it: areas with equal true rates share a true rank that most of their intervals miss.
///
/// ```
/// use crimerate::{Average, Confidence, Table, rank::CountModel};
///
/// let table = Table::from_rows([("A", 30, 1_000), ("B", 20, 1_000), ("C", 50, 2_000)])?;
/// let ranks = table.compare(Average::POOLED).replicate_ranks(CountModel::Poisson)?;
/// let a = ranks.area("A")?;
/// assert_eq!(format!("{:.3} {:.3}", a.p_highest(), a.probability(2)), "0.766 0.189");
/// assert_eq!(a.interval(Confidence::P90), 1..=2);
/// println!("{}", ranks.notes()[0]);
/// # Ok::<(), crimerate::Error>(())
/// ```
///
/// It can be serialised. Read back, it is worked out again from its counts and populations, by its law and its seed, and a
/// probability that does not follow from them is refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    pub(super) league: LeagueTable,
    pub(super) spec: Replicate,
    /// For each area that takes part the probability of each rank.
    ranks: Vec<f64>,
    /// For each the probability that no other comes after it.
    last: Vec<f64>,
    pub(super) truncation: f64,
}

impl LeagueTable {
    /// How likely each area that takes part is to have each rank in replicate years, by a law and, with the feature
    /// `simulation`, simulated or not.
    ///
    /// The time grows with the third power of the number of areas and with the standard deviation of the counts: 43 forces
    /// take milliseconds, a few hundred authorities about a second, and more than 1,000 areas are refused: they take
    /// simulation. With the feature `rayon` areas are shared out among the threads of its pool; the bits are the same.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] above 1,000 areas (simulated: 4,096), and, with the area, where the counts that are
    /// possible are more than 2^23 over all areas, or than 2^29 over the number of areas: some 43 areas with
    /// 10^8 offences each, or 1,000 with 1,200, by the Poisson law.
    pub fn replicate_ranks(&self, spec: impl Into<Replicate>) -> Result<Distribution> {
        Distribution::new(self.clone(), spec.into())
    }
}

/// What a function gives for each index, in order, on many threads where it is worth it.
pub(crate) fn each<T: Send>(number: usize, worth: bool, of: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "rayon")]
    if worth {
        use rayon::prelude::*;
        return (0..number).into_par_iter().map(of).collect();
    }
    let _ = worth;
    (0..number).map(of).collect()
}

impl Distribution {
    const MOST_AREAS: usize = 1_000;
    const MOST_COUNTS: usize = 1 << 23;
    /// As many possible counts times areas take seconds.
    const MOST_WORK: usize = 1 << 29;
    #[cfg(feature = "simulation")]
    const MOST_AREAS_DRAWN: usize = 1 << 12;
    #[cfg(feature = "simulation")]
    const MOST_DRAWN: usize = 1 << 23;
    /// As many counts are drawn in some seconds.
    #[cfg(feature = "simulation")]
    const MOST_DRAWS: u128 = 1 << 28;
    /// As many possible counts times areas take a few milliseconds.
    const WORTH_THREADS: usize = 1 << 20;

    fn new(league: LeagueTable, spec: Replicate) -> Result<Self> {
        let areas = league.len();
        let at_most = |most| {
            let (what, advice) = match spec.is_simulated() {
                true => ("the number of areas, for simulated ranks in replicate years,", "compare fewer"),
                false => (
                    "the number of areas, for ranks in replicate years,",
                    "compare fewer, or simulate, which takes 4,096",
                ),
            };
            let error =
                ErrorKind::TooLarge { what: what.into(), value: Some(areas as u128), most: most as u128, advice };
            if areas <= most { Ok(()) } else { Err(Error::from(error)) }
        };
        #[cfg(feature = "simulation")]
        if let Some(simulation) = spec.simulation() {
            at_most(Self::MOST_AREAS_DRAWN)?;
            let drawn = u128::from(simulation.replicates()) * areas as u128;
            if drawn > Self::MOST_DRAWS {
                let what = "the number of areas times that of replicates".into();
                let advice = "compare fewer areas, or draw fewer replicates";
                let error = ErrorKind::TooLarge { what, value: Some(drawn), most: Self::MOST_DRAWS, advice };
                return Err(error.into());
            }
            let (supports, truncation) = supports(&league, spec.model(), Self::MOST_DRAWN)?;
            let tallies = draws::tally(league.rates(), &supports, league.how().order(), simulation);
            let share = |times: &u32| f64::from(*times) / f64::from(simulation.replicates());
            // Columns and shares of the alias tables are whole numbers of 2^-32.
            let widest = supports.iter().map(|support| support.mass.len()).max().unwrap_or(0);
            let truncation = truncation + (areas * (widest + 1)) as f64 / 4_294_967_296.0;
            let (ranks, last) = (tallies.ranks.iter().map(share).collect(), tallies.last.iter().map(share).collect());
            return Ok(Self { league, spec, ranks, last, truncation });
        }
        at_most(Self::MOST_AREAS)?;
        let (supports, truncation) =
            supports(&league, spec.model(), Self::MOST_COUNTS.min(Self::MOST_WORK / areas.max(1)))?;
        let entrants: Vec<Entrant> =
            league.rates().iter().zip(supports).map(|(rate, support)| Entrant::new(*rate, support)).collect();
        let work = entrants.iter().map(Entrant::width).sum::<usize>().saturating_mul(areas);
        let order = league.how().order();
        let places = each(areas, work >= Self::WORTH_THREADS, |which| exact::places(&entrants, which, order));
        let last = places.iter().map(|places: &Places| places.last).collect();
        let ranks = places.into_iter().flat_map(|places| places.ranks).collect();
        Ok(Self { league, spec, ranks, last, truncation })
    }

    /// The league table that it was made of.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        &self.league
    }

    /// How it was made.
    #[must_use]
    pub const fn spec(&self) -> Replicate {
        self.spec
    }

    /// An area by its name, or else its code.
    ///
    /// # Errors
    /// As [`LeagueTable::area`].
    pub fn area(&self, area: &str) -> Result<Probabilities<'_>> {
        let (place, comparison) = self.league.find(area)?;
        self.at(place, comparison.area()).ok_or_else(|| self.league.table().unknown(area))
    }

    /// The areas that take part, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = Probabilities<'_>> {
        let areas = self.league.iter().map(|here| here.area());
        areas.enumerate().filter_map(|(place, area)| self.at(place, area))
    }

    /// The most by which what is left out of the laws can change any probability: the tails, and of a simulation the
    /// rounding of probabilities to multiples of 2^-32.
    #[must_use]
    pub const fn truncation(&self) -> f64 {
        self.truncation
    }

    /// The largest standard error that the simulation of a probability can have, `1 / (2 sqrt(replicates))`; `None` without
    /// simulation.
    #[must_use]
    pub fn monte_carlo_error(&self) -> Option<f64> {
        self.replicates().map(|replicates| 0.5 / f64::from(replicates).sqrt())
    }

    /// What has to be reported with the probabilities.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let order = self.league.how().order();
        let areas = words::counted(self.league.len(), "area");
        let mut told = vec![
            format!("Replicate years: {}; {areas}, {order} rate first, competition ties, exact.", self.law_told()),
            format!("{}.", variation(self.spec.model().within())),
            "What other years would show: no confidence set of a rank, so a claim about a rank cannot rest on it."
                .into(),
            self.error_told(),
        ];
        let nothing = self.league.rates().iter().filter(|rate| rate.count() == 0).count();
        if nothing > 0 && self.spec.model() != CountModel::GammaPoisson {
            let areas = words::counted(nothing, "area");
            told.push(format!(
                "By this law {areas} with a count of 0 would always have 0; gamma-poisson allows for some."
            ));
        }
        told.into_iter().map(|text| Note::new(Topic::Replicate, text)).collect()
    }

    fn law_told(&self) -> &'static str {
        match self.spec.model() {
            CountModel::Poisson => "Poisson counts about those of this year",
            CountModel::GammaPoisson => "Poisson counts about rates known from this year (Jeffreys' gamma, x + 1/2)",
            CountModel::Overdispersed(phi) if phi.phi() > 1.0 => {
                "negative binomial counts about those of this year, variance phi_w times the mean"
            }
            CountModel::Overdispersed(_) => "Poisson counts about those of this year",
        }
    }

    fn error_told(&self) -> String {
        let bound = format!("{:.0e}", self.truncation);
        #[cfg(feature = "simulation")]
        if let (Some(simulation), Some(error)) = (self.spec.simulation(), self.monte_carlo_error()) {
            let (error, n) = (digits::fixed(error, digits::decimals(error)), digits::grouped(simulation.replicates()));
            return format!(
                "Simulated: {simulation}; standard error sqrt(p (1 - p) / {n}), at most {error}; what is left out of each count's distribution changes no probability by more than {bound}."
            );
        }
        format!(
            "Not simulated: counts too rare to matter are left out, which changes no probability by more than {bound}."
        )
    }

    pub(crate) fn replicates(&self) -> Option<u32> {
        #[cfg(feature = "simulation")]
        return self.spec.simulation().map(Simulation::replicates);
        #[cfg(not(feature = "simulation"))]
        None
    }

    /// The ranks of the area in a row of the table.
    pub(crate) fn row(&self, row: usize) -> Option<Probabilities<'_>> {
        self.at(self.league.place(row)?, self.league.table().areas().get(row)?)
    }

    fn at<'a>(&'a self, place: usize, area: &'a Area) -> Option<Probabilities<'a>> {
        let areas = self.league.len();
        let ranks = self.ranks.get(place * areas..(place + 1) * areas)?;
        let (last, order) = (*self.last.get(place)?, self.league.how().order());
        Some(Probabilities { area, order, ranks, last, replicates: self.replicates() })
    }
}

each!(Distribution, Probabilities<'a>);

/// The possible counts of all areas, and by how much what is left out can change a probability.
fn supports(league: &LeagueTable, law: CountModel, most: usize) -> Result<(Vec<Support>, f64)> {
    let cut = (TRUNCATION / (2 * (league.len() + 1)) as f64).max(1e-16);
    let mut supports = Vec::with_capacity(league.len());
    let mut left = most;
    for (place, rate) in league.rates().iter().enumerate() {
        let support = Support::new(law, rate.count(), cut, left).filter(|support| support.mass.len() <= left);
        let support = support.ok_or_else(|| {
            let count = digits::grouped(rate.count());
            let what =
                format!("the number of possible counts in replicate years, of the count {count} and those before it,");
            let advice = "compare fewer areas, or smaller ones";
            let error = ErrorKind::TooLarge { what: what.into(), value: None, most: most as u128, advice };
            Error::from(error).in_area(league.at(place).map_or("", |comparison| comparison.area().label()))
        })?;
        left -= support.mass.len();
        supports.push(support);
    }
    // Both tails of every area, whether they are cut off its own counts or taken for sure where it is a rival.
    Ok((supports, (2 * (league.len() + 1)) as f64 * cut))
}

#[cfg(test)]
#[cfg(feature = "rayon")]
mod tests {
    use super::*;
    use crate::{Average, Table};

    fn on<T: Send>(threads: usize, of: impl FnOnce() -> T + Send) -> T {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(of)
    }

    #[test]
    fn threads_change_no_bit() {
        let rows = (0..60_u64).map(|i| (format!("area {i}"), 400 + i * 37 % 900, 100_000 + 17 * i));
        let league = Table::from_rows(rows).unwrap().compare(Average::POOLED);
        let mut specs = vec![Replicate::by(CountModel::GammaPoisson)];
        #[cfg(feature = "simulation")]
        specs.push(Replicate::from((CountModel::Poisson, Simulation::new(10_000, 9).unwrap())));
        for spec in specs {
            let alone = on(1, || league.replicate_ranks(spec).unwrap());
            for threads in [2, 3, 7] {
                assert!(on(threads, || league.replicate_ranks(spec).unwrap()) == alone, "{threads} threads");
            }
        }
    }
}
