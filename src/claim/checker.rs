//! Claims checked against all areas of a table.

use super::earlier::Earlier;
use crate::{
    base::Result,
    league::{LeagueTable, Ties},
    rank::{self, WithinDispersion},
    rate::{Order, Per},
    table::Table,
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
/// [`Test`](crate::interval::Test) or a [`WithinDispersion`](crate::rank::WithinDispersion): then rank sets are by these, though always
/// simultaneous. Of percentages the test stays the exact one; with a phi_w above 1, equal rates have to be refuted by
/// `(sqrt r1 - sqrt r2) / sqrt(phi_w (1/(4 n1) + 1/(4 n2)))` as a normal deviate too (the second term of the variance is
/// absent for an average taken as known). Where no such variation is given, the reasons say "Poisson variation only".
#[derive(Clone, Debug)]
pub struct Checker {
    /// Ranked from the highest rate, with competition ties.
    league: LeagueTable,
    spec: rank::Spec,
    sets: OnceLock<Option<rank::Sets>>,
    per: Per,
    earlier: Option<Earlier>,
    series: Option<Arc<Series>>,
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
            sets: OnceLock::new(),
            per,
            earlier: None,
            series: None,
        }
    }
}

impl Checker {
    /// With this level, this test of two rates, and this variation within areas; sets are simultaneous whatever the spec says.
    ///
    /// ```
    /// use crimerate::{Average, Claim, Confidence, Per, Table, claim::Verdict, rank::{self, WithinDispersion}};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 25, 50_000)])?;
    /// let claims = table.compare(Average::POOLED).claims(Per::THOUSAND);
    /// let verdict = |spec: rank::Spec| Ok::<_, crimerate::Error>(claims.clone().with_sets(spec).check(&Claim::highest("A"))?.verdict());
    /// assert_eq!(verdict(Confidence::P95.into())?, Verdict::Supported);
    /// assert_eq!(verdict(rank::Spec::default().with_dispersion(WithinDispersion::new(2.2)?))?, Verdict::NotCertain);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn with_sets(self, spec: impl Into<rank::Spec>) -> Self {
        let spec = spec.into().with_family(rank::Family::Simultaneous);
        Self { spec, sets: OnceLock::new(), ..self }
    }

    /// With the table before, so that claims of a change and of a move can be checked. Areas are matched as by
    /// [`Table::change_to`], and what that notes of the bases is told with such claims.
    ///
    /// ```
    /// use crimerate::{Average, Claim, Per, Table, claim::{Beside, Relation, Verdict}};
    ///
    /// let before = Table::from_rows([("A", 200, 500_000), ("B", 300, 500_000)])?;
    /// let after = Table::from_rows([("A", 260, 510_000), ("B", 310, 500_000)])?;
    /// let claims = after.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND).with_before(&before)?;
    /// assert_eq!(claims.check(&Claim::rose("A"))?.verdict(), Verdict::Supported);
    /// let up = Claim::compared("A", Relation::percent_above("27.5")?, Beside::Before);
    /// assert_eq!(claims.check(&up)?.verdict(), Verdict::Supported);
    /// assert_eq!(claims.check(&Claim::rose("B"))?.verdict(), Verdict::NotCertain);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Table::change_to`].
    pub fn with_before(self, before: &Table) -> Result<Self> {
        let earlier = Earlier::new(before, self.league.table(), self.league.how())?;
        Ok(Self { earlier: Some(earlier), ..self })
    }

    /// With a series, so that claims of a trend and of the highest or the lowest since a period can be checked; the latest rate is that of its last period.
    #[must_use]
    pub fn with_series(self, series: Series) -> Self {
        Self { series: Some(Arc::new(series)), ..self }
    }

    /// The series, where it is given.
    pub(super) fn series(&self) -> Option<&Series> {
        self.series.as_deref()
    }

    /// The same about another table and another one before.
    pub(super) fn about(&self, table: &Table, before: Option<&Table>) -> Result<Self> {
        let league = table.compare(self.league.how());
        let earlier = before.map(|before| Earlier::new(before, table, self.league.how())).transpose()?;
        Ok(Self { league, spec: self.spec, sets: OnceLock::new(), per: self.per, earlier, series: None })
    }

    /// The table before, where it is given.
    pub(super) const fn earlier(&self) -> Option<&Earlier> {
        self.earlier.as_ref()
    }

    /// How rank sets are made.
    #[must_use]
    pub const fn sets_spec(&self) -> rank::Spec {
        self.spec
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
        self.spec.dispersion().filter(|within| within.factor() > 1.0)
    }

    /// The sets; they take time proportional to the square of the number of areas.
    pub(super) fn sets(&self) -> Option<&rank::Sets> {
        self.sets.get_or_init(|| self.league.rank_sets(self.spec).ok()).as_ref()
    }
}
