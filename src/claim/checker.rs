//! Claims checked against all areas of a table.

use super::{earlier::Earlier, family::AllTests, side::Tested};
use crate::{
    base::{ErrorKind, Note, Result},
    interval::{Confidence, WithinDispersion},
    league::{LeagueTable, Ties},
    rank,
    rate::{Order, Per},
    table::{Area, Policy, Table},
    time::Series,
};
use std::sync::{Arc, OnceLock};

/// A league table that claims are checked against, and that describes its areas in sentences.
///
/// Of "the highest rate of any" it is said that it is
///
/// - *supported* where the area alone is first of those compared, and first is the only rank that it may truly have: its
///   simultaneous rank set at 95 % ([`rank::Sets`](crate::rank::Sets)) holds no other;
/// - *true of the figures but not certain* where it is first, or joint first, but may truly not be;
/// - *contradicted* where the known rate of another area is higher;
/// - *not checkable* where an area is missing, or suppressed with a bound that allows a rate as high. The verdict on the
///   areas that are compared stands beside, and those that are not are named.
///
/// An area that was left out on purpose has no say, but is named where its rate is higher. A claim of a rate or of an
/// average is supported where the figure prints as it does, however it is rounded at a tie.
///
/// "46 per cent above the average" says two things: that the figure prints so, and that the rate *is* above. So it is
///
/// - *supported* where the percentage prints as it does and equal rates are refuted at 5 % (p of at most 0.05, two-sided,
///   exact): against all other areas together where the average is pooled, against the average as if it were known where it is not;
/// - *true of the figures but not certain* where it prints so, but chance alone could put the rate there;
/// - *contradicted* where it does not print so.
///
/// "0 % above" says that rates are equal, which no test supports: it is true of the figures at best.
///
/// Chance is that of Poisson counts, by exact tests at 95 %, unless [`Checker::with_sets`] chose another level, another
/// [`Test`](crate::interval::Test) or a [`WithinDispersion`](crate::interval::WithinDispersion): then rank sets are by these, though always
/// simultaneous. Of percentages the test stays the exact one; with a phi_w above 1, equal rates have to be refuted by
/// `(sqrt r1 - sqrt r2) / sqrt(phi_w (1/(4 n1) + 1/(4 n2)))` as a normal deviate too (the second term of the variance is
/// absent for an average taken as known), and where fewer than 100 are expected by the law that such counts have
/// ([`rank::Spec::with_dispersion`]).
///
/// Two things are not taken for granted:
///
/// - *That counts vary as Poisson counts do.* Counts of one area vary by more from one period to the next, so where no phi_w is given or
///   estimated from a series, "supported" asks that the sentence would stay so up to [`Checker::HOLDS_UP_TO`] times that variation
///   ([`Checker::holding_up_to`]), and else it is true of the figures but not certain.
/// - *That the area was chosen before the figures were looked at.* It is taken to be one of all areas that the sentence could have been about:
///   the p-value of a distance from the average, of a change and of a trend is one of all areas' (Holm), that of a pair of areas one of all
///   pairs' (Bonferroni), unless [`Checker::chosen_beforehand`] says otherwise. Rank sets are simultaneous in any case.
#[derive(Clone, Debug)]
pub struct Checker {
    /// Ranked from the highest rate, with competition ties.
    league: LeagueTable,
    spec: rank::Spec,
    per: Per,
    earlier: Option<Earlier>,
    series: Option<Arc<Series>>,
    /// From the series.
    estimated: Option<WithinDispersion>,
    chosen_beforehand: bool,
    asked: f64,
    /// How a sentence about an area's rate begins: otherwise where its count is put at an end of what it may be.
    rate_is: &'static str,
    /// Whether counts are put at an end of what they may be, so that the p-values of other areas are not those of the worst for a sentence.
    at_ends: bool,
    found: Found,
}

/// What takes time to be worked out, and is once.
#[derive(Clone, Debug, Default)]
struct Found {
    sets: OnceLock<Option<rank::Sets>>,
    distances: OnceLock<AllTests>,
    changes: OnceLock<AllTests>,
    year_changes: OnceLock<AllTests>,
    /// The same with the variation that is asked.
    asked: OnceLock<Box<Checker>>,
}

impl LeagueTable {
    /// The table as one that claims are checked against, its rates read per unit population. Claims of ranks are checked with
    /// competition ties, whatever the league table has.
    #[must_use]
    pub fn claims(&self, per: Per) -> Checker {
        let how = self.how().with_order(Order::Highest).with_ties(Ties::Competition);
        let (league, per) = (self.table().compare(how), self.table().basis().read(per));
        Checker {
            league,
            spec: rank::Family::Simultaneous.into(),
            per,
            earlier: None,
            series: None,
            estimated: None,
            chosen_beforehand: false,
            asked: Checker::HOLDS_UP_TO,
            rate_is: "Its rate is",
            at_ends: false,
            found: Found::default(),
        }
    }
}

impl Checker {
    /// Up to how many times the variation of Poisson counts a sentence has to hold, unless another number is given or phi_w is known: a round number above the
    /// 2.2 (possession of weapons) and 2.8 (robbery) of the quarters of 2017/18 in 42 forces.
    pub const HOLDS_UP_TO: f64 = 3.0;

    /// With this level, this test of two rates, and this variation within areas; sets are simultaneous whatever the spec says.
    ///
    /// ```
    /// use crimerate::{interval::WithinDispersion, Average, Claim, Confidence, Per, Table, claim::Verdict, rank};
    ///
    /// let table = Table::from_rows([("A", 90, 50_000), ("B", 30, 50_000), ("C", 25, 50_000)])?;
    /// let claims = table.compare(Average::POOLED).claims(Per::THOUSAND);
    /// let verdict = |spec: rank::Spec| Ok::<_, crimerate::Error>(claims.clone().with_sets(spec).check(&Claim::highest("A"))?.verdict());
    /// assert_eq!(verdict(Confidence::P95.into())?, Verdict::Supported);
    /// assert_eq!(verdict(rank::Spec::default().with_dispersion(WithinDispersion::new(6.5)?))?, Verdict::NotCertain);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn with_sets(self, spec: impl Into<rank::Spec>) -> Self {
        let spec = spec.into().with_family(rank::Family::Simultaneous);
        Self { spec, found: Found::default(), ..self }
    }

    /// With the table before, so that claims of a change and of a move can be checked. Areas are matched as by
    /// [`Table::change_to`], and what that notes of the bases is told with such claims. What this table leaves out ([`Table::exclude`],
    /// [`Table::total`], [`Table::unplaced`]) is left out of the one before, too, where nothing is done about it there.
    ///
    /// ```
    /// use crimerate::{Average, Claim, Per, Table, claim::{ComparedWith, Relation, Verdict}};
    ///
    /// let before = Table::from_rows([("A", 2_000, 5_000_000), ("B", 3_000, 5_000_000)])?;
    /// let after = Table::from_rows([("A", 2_600, 5_100_000), ("B", 3_100, 5_000_000)])?;
    /// let claims = after.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND).with_before(&before)?;
    /// assert_eq!(claims.check(&Claim::rose("A"))?.verdict(), Verdict::Supported);
    /// let up = Claim::compared("A", Relation::percent_above("27.5")?, ComparedWith::Before);
    /// assert_eq!(claims.check(&up)?.verdict(), Verdict::Supported);
    /// assert_eq!(claims.check(&Claim::rose("B"))?.verdict(), Verdict::NotCertain);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Table::change_to`], and as [`Table::apply`] where what is left out of this table cannot be left out of the one before.
    pub fn with_before(self, before: &Table) -> Result<Self> {
        let earlier = Earlier::new(before, self.league.table(), self.league.how())?;
        Ok(Self { earlier: Some(earlier), found: Found::default(), ..self })
    }

    /// With a series, so that claims of a trend, of the highest or the lowest since a period, and of a change on a year before
    /// ([`ComparedWith::YearBefore`](super::ComparedWith::YearBefore)) can be checked, and descriptions say these things; the latest rate is that of its last period.
    ///
    /// Its periods tell how much the counts of one area vary, so where no phi_w is given that of the series is used
    /// ([`WithinDispersion::of_series`]), if it has one. Areas that the table leaves out on purpose take no part in it.
    #[must_use]
    pub fn with_series(self, series: Series) -> Self {
        let table = self.league.table();
        let left_out = |area: &Area| {
            table.place_of(area).and_then(|row| table.by_place().get(&row)).is_some_and(Policy::leaves_out)
        };
        let series = series.of_some(|area| !left_out(area));
        let estimated = series.as_ref().and_then(|series| WithinDispersion::of_series(series).ok());
        Self { series: series.map(Arc::new), estimated, found: Found::default(), ..self }
    }

    /// The areas were chosen before anybody looked at the figures: their tests are then not those of one of all.
    ///
    /// ```
    /// use crimerate::{Average, Claim, Per, Table, claim::Verdict};
    ///
    /// let names = ["A", "B", "C", "D", "E", "F"];
    /// let table = Table::from_rows(names.iter().zip([155, 121, 118, 124, 117, 120]).map(|(name, count)| (*name, count, 50_000)))?;
    /// let claims = table.compare(Average::POOLED).claims(Per::THOUSAND).holding_up_to(2.0)?;
    /// let above = Claim::above_average("A");
    /// assert_eq!(claims.check(&above)?.verdict(), Verdict::NotCertain);
    /// assert_eq!(claims.chosen_beforehand().check(&above)?.verdict(), Verdict::Supported);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn chosen_beforehand(self) -> Self {
        Self { chosen_beforehand: true, found: Found::default(), ..self }
    }

    /// "Supported" asks that a sentence would stay so up to as many times the variation of Poisson counts, where no phi_w is given or
    /// estimated; with 1, chance alone will do.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) unless it is from 1 to 1,000,000.
    pub fn holding_up_to(self, times: f64) -> Result<Self> {
        let (what, range) = ("the variation that a sentence has to bear", "from 1 to 1,000,000");
        match (1.0..=WithinDispersion::MOST).contains(&times) {
            true => Ok(Self { asked: times, found: Found::default(), ..self }),
            false => Err(ErrorKind::OutOfRange { what, value: times, range }.into()),
        }
    }

    /// Whether the areas were chosen before the figures were looked at.
    #[must_use]
    pub const fn is_chosen_beforehand(&self) -> bool {
        self.chosen_beforehand
    }

    /// Up to how many times the variation of Poisson counts a sentence has to hold, where no phi_w is known.
    #[must_use]
    pub const fn asked(&self) -> f64 {
        self.asked
    }

    /// The series, where it is given.
    #[must_use]
    pub fn series(&self) -> Option<&Series> {
        self.series.as_deref()
    }

    /// The same about a table, and one before, with counts at an end of what they may be.
    pub(super) fn about(&self, table: &Table, before: Option<&Table>) -> Result<Self> {
        let league = table.compare(self.league.how());
        let earlier = before.map(|before| Earlier::new(before, table, self.league.how())).transpose()?;
        Ok(Self { league, earlier, series: None, at_ends: true, found: Found::default(), ..self.clone() })
    }

    /// The same with a series of counts at an end of what they may be.
    pub(super) fn with_ends_of(&self, series: Series) -> Self {
        Self { series: Some(Arc::new(series)), at_ends: true, found: Found::default(), ..self.clone() }
    }

    /// With sentences about an area's rate that begin so.
    pub(super) const fn saying(mut self, rate_is: &'static str) -> Self {
        self.rate_is = rate_is;
        self
    }

    /// How a sentence about an area's rate begins.
    pub(super) const fn rate_is(&self) -> &'static str {
        self.rate_is
    }

    /// Whether counts are put at an end of what they may be.
    pub(super) const fn is_at_ends(&self) -> bool {
        self.at_ends
    }

    /// The table before, where it is given.
    #[must_use]
    pub fn before(&self) -> Option<&Table> {
        self.earlier().map(Earlier::table)
    }

    pub(super) const fn earlier(&self) -> Option<&Earlier> {
        self.earlier.as_ref()
    }

    /// How rank sets are made, and by how much counts vary.
    #[must_use]
    pub fn sets_spec(&self) -> rank::Spec {
        match (self.spec.dispersion(), self.estimated) {
            (None, Some(within)) => self.spec.with_dispersion(within),
            _ => self.spec,
        }
    }

    /// The league table, ranked from the highest rate.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        &self.league
    }

    /// What rates are read per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// The variation within areas, where it is above that of Poisson counts.
    pub(super) fn within(&self) -> Option<WithinDispersion> {
        self.sets_spec().dispersion().filter(|within| within.factor() > 1.0)
    }

    /// The same with as many times the variation of chance as is asked, where how much counts vary is not known.
    pub(super) fn with_asked(&self) -> Option<&Self> {
        let within = WithinDispersion::new(self.asked).ok()?;
        (self.sets_spec().dispersion().is_none() && self.asked > 1.0).then(|| {
            let asked = || Box::new(self.clone().with_sets(self.spec.with_dispersion(within)));
            self.found.asked.get_or_init(asked).as_ref()
        })
    }

    /// The sets; they take time proportional to the square of the number of areas.
    pub(super) fn sets(&self) -> Option<&rank::Sets> {
        let sets = || {
            let (spec, alpha) = (self.sets_spec(), self.sets_spec().confidence().alpha());
            // With other counts Holm's thresholds may be smaller, by a factor of two at most.
            let halved = self.at_ends.then(|| Confidence::leaving(alpha / 2.0)).transpose().ok()?;
            self.league.rank_sets(halved.map_or(spec, |level| spec.with_confidence(level))).ok()
        };
        self.found.sets.get_or_init(sets).as_ref()
    }

    /// The tests of equal rates of all areas and the average.
    pub(super) fn distances(&self) -> &AllTests {
        self.found.distances.get_or_init(|| self.distances_of(Tested::EQUAL))
    }

    /// The tests of equal rates before and now of all areas.
    pub(super) fn changes(&self) -> &AllTests {
        self.found.changes.get_or_init(|| self.changes_of(Tested::EQUAL))
    }

    /// The tests of equal rates in the last period of the series and a year before of all its areas.
    pub(super) fn year_changes(&self) -> &AllTests {
        self.found.year_changes.get_or_init(|| self.year_changes_of(Tested::EQUAL))
    }

    /// What has to be said of the variation that the series shows, where it is used.
    pub(super) fn variation_note(&self) -> Option<Note> {
        let used = self.spec.dispersion().is_none() && self.within().is_some();
        self.series().filter(|_| used)?.variation_note()
    }
}
