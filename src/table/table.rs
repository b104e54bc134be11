//! The counts and populations of all areas.

use super::{
    area::Area,
    areas::Areas,
    basis::Basis,
    left_out::LeftOut,
    months::Months,
    peers::{Groupings, PeerGroups},
    policies::policy::Policy,
    row::Row,
    serialised::{Part, Parts},
    similar::Similar,
};
use crate::{
    average::GroupId,
    base::{Error, ErrorKind, Result, same_length},
    rate::{Observation, Population, Rate},
};
use ndarray::ArrayView1;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    num::{NonZeroU32, NonZeroU64},
    sync::Arc,
};

/// The counts and populations of all areas, ready to be compared.
///
/// ```
/// use crimerate::{Average, Per, Table};
///
/// let table = Table::from_rows([
///     ("Bedfordshire", 648, 669_300),
///     ("Durham", 165, 633_500),
///     ("City of London", 31, 8_700),
/// ])?;
/// let league = table.exclude("City of London", "8,700 residents")?.compare(Average::POOLED);
/// assert_eq!(league.area("Bedfordshire")?.rank().to_string(), "1");
/// assert_eq!(league.left_out().count(), 1);
/// # Ok::<(), crimerate::Error>(())
/// ```
///
/// An area whose count is not known, or that is excluded, keeps its line but takes no part: neither its count nor its
/// population is in any average.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Table {
    pub(super) areas: Arc<Areas>,
    pub(super) counts: Vec<Observation>,
    /// 0 and `None` only where the area was left out for that.
    pub(super) populations: Vec<Option<u64>>,
    pub(super) policies: BTreeMap<usize, Policy>,
    /// The figures of areas that a policy changed, as they were before.
    pub(super) given: BTreeMap<usize, Given>,
    pub(super) groups: Groupings,
    pub(super) basis: Basis,
    /// The months of each row, where rows have their own; the populations are multiplied by them.
    pub(super) months: Option<Months>,
    /// What counts were rounded to.
    rounding: Option<NonZeroU64>,
    /// The areas of their own whose names are like those of others, and those names.
    pub(super) alike: Vec<(usize, String)>,
}

/// What else may be done about a count without a population.
const IN_NO_AREA: &str = "if its count is in no area, say so by Table::unplaced";

/// A count and a population as they were given.
pub(crate) type Given = (Observation, Option<u64>);

impl Table {
    /// A table of rows, such as `("Kent", 729, 1_846_500)`.
    ///
    /// # Errors
    /// The first of what [`Table::check`] finds.
    pub fn from_rows<R: Into<Row>>(rows: impl IntoIterator<Item = R>) -> Result<Self> {
        Self::collect(rows, false).map_err(first)?.filled()
    }

    /// As [`Table::from_rows`], but an area without a population (zero, or not given) is left out with a note in every
    /// answer, where it would be refused.
    ///
    /// # Errors
    /// The first of what [`Table::check`] finds besides missing populations.
    pub fn from_rows_leaving_out<R: Into<Row>>(rows: impl IntoIterator<Item = R>) -> Result<Self> {
        Self::collect(rows, true).map_err(first)?.filled()
    }

    /// A table of columns of one length. Rows are counted from 1 in messages.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] for a column of another length than the names, else as [`Table::from_rows`].
    pub fn from_columns<N: Into<String>>(
        names: impl IntoIterator<Item = N>,
        counts: ArrayView1<'_, u64>,
        populations: ArrayView1<'_, u64>,
    ) -> Result<Self> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        same_length(names.len(), [("count", counts.len()), ("population", populations.len())])?;
        let figures = counts.into_iter().zip(populations);
        Self::from_rows(names.into_iter().zip(figures).map(|(name, (&count, &people))| Row::new(name, count, people)))
    }

    /// Every fault of every row at once, in the order of the rows; nothing where a table can be made of them.
    ///
    /// A fault is a name that is empty or stands twice, a code that stands twice, a count that is no count or negative,
    /// a population that is zero, not given or no number.
    pub fn check<R: Into<Row>>(rows: impl IntoIterator<Item = R>) -> Vec<Error> {
        match Self::collect(rows, false).and_then(|table| table.filled().map_err(|error| vec![error])) {
            Ok(_) => Vec::new(),
            Err(errors) => errors,
        }
    }

    fn collect<R: Into<Row>>(rows: impl IntoIterator<Item = R>, leave_out: bool) -> Result<Self, Vec<Error>> {
        let (mut areas, mut counts, mut populations) = (Areas::default(), Vec::new(), Vec::new());
        let (mut errors, mut policies, mut months) = (Vec::new(), BTreeMap::new(), Vec::new());
        let (mut similar, mut alike) = (Similar::default(), Vec::new());
        for (row, place) in rows.into_iter().zip(1..) {
            let Row { name, code, count, population, line, left_out, unplaced, distinct, months: own } = row.into();
            let line = line.unwrap_or(place);
            let mut fault = |error: Error| errors.push(error.at_row(line).in_area(name.trim()));
            match own.map(NonZeroU32::new) {
                Some(None) => {
                    let (what, value, range) = ("the number of months", 0.0, "1 or more");
                    fault(ErrorKind::OutOfRange { what, value, range }.into());
                }
                own => months.push(own.flatten()),
            }
            match Area::new(&name, code.as_deref()) {
                Ok(area) => {
                    let figures =
                        !left_out && count.as_ref().is_ok_and(|count| count.known().is_some()) && population.is_ok();
                    let like = if left_out { None } else { similar.found(&area, line, figures) };
                    let (like, refused) = like.map_or((None, false), |(like, refused)| (Some(like), refused));
                    if let Some(ErrorKind::Similar { other, .. }) = like.as_ref().filter(|_| distinct || !refused) {
                        alike.push((areas.list().len(), other.clone()));
                    }
                    let like = like.filter(|_| !distinct && refused);
                    let faults = areas.push(area, line);
                    let like = like.filter(|_| faults.is_empty());
                    faults.into_iter().chain(like).map(Error::from).for_each(&mut fault);
                }
                Err(error) => fault(error),
            }
            let counted = matches!(count, Ok(Observation::Known(1..)));
            match count {
                Ok(Observation::Suppressed { at_least, at_most: Some(most) }) if most < at_least => {
                    let (what, range) = ("the most that the count can be", "the least that it can be, or more");
                    fault(ErrorKind::OutOfRange { what, value: most as f64, range }.into());
                }
                Ok(count) => counts.push(count),
                Err(error) => fault(error),
            }
            match population {
                Ok(people) if unplaced => {
                    let (what, people) = ("in no area".into(), people);
                    fault(ErrorKind::Conflict { what, why: format!("it has a population of {people}") }.into());
                }
                Err(error)
                    if unplaced && matches!(error.kind(), ErrorKind::ZeroPopulation | ErrorKind::NoPopulation) =>
                {
                    policies.insert(populations.len(), Policy::Unplaced { in_average: false });
                    populations.push(None);
                }
                Ok(population) => populations.push(Some(population.get())),
                Err(error) => match error.kind() {
                    ErrorKind::ZeroPopulation if leave_out || left_out => populations.push(Some(0)),
                    ErrorKind::NoPopulation if leave_out || left_out => populations.push(None),
                    ErrorKind::ZeroPopulation | ErrorKind::NoPopulation if counted => fault(error.advising(IN_NO_AREA)),
                    _ => fault(error),
                },
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let (given, groups) = Default::default();
        let (areas, basis) = (Arc::new(areas), Basis::new());
        let table =
            Self { areas, counts, populations, policies, given, groups, basis, months: None, rounding: None, alike };
        let Some(months) = Months::of_rows(months) else { return Ok(table) };
        let basis = table.basis.clone().by_own_months();
        let table = table.times(|index| months.of(index).unwrap_or(NonZeroU32::MIN), basis);
        table.map(|table| Self { months: Some(months), ..table }).map_err(|error| vec![error])
    }

    fn filled(self) -> Result<Self> {
        if self.is_empty() { Err(ErrorKind::NoRows.into()) } else { Ok(self) }
    }

    /// A table of checked parts.
    pub(crate) fn of_parts(
        areas: Arc<Areas>,
        counts: Vec<Observation>,
        populations: Vec<Option<u64>>,
        policies: BTreeMap<usize, Policy>,
        given: BTreeMap<usize, Given>,
        groups: Groupings,
        basis: Basis,
    ) -> Self {
        Self {
            areas,
            counts,
            populations,
            policies,
            given,
            groups,
            basis,
            months: None,
            rounding: None,
            alike: Vec::new(),
        }
    }

    /// The table with other names and codes for some areas; it has neither policies nor groups.
    pub(crate) fn renamed(self, mut name: impl FnMut(&Area) -> Option<Result<Area>>) -> Result<Self> {
        if let Some(groups) = self.groups.given().first() {
            let (what, why) =
                ("renamed".into(), format!("the groups {:?} go by its name: give codes first", groups.name()));
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        let mut areas = Areas::default();
        for (area, row) in self.areas().iter().zip(1..) {
            let new = name(area).unwrap_or_else(|| Ok(area.clone()))?;
            if let Some(kind) = areas.push(new, row).into_iter().next() {
                return Err(Error::from(kind).at_row(row).in_area(area.label()));
            }
        }
        Ok(Self { areas: Arc::new(areas), ..self })
    }

    pub(super) fn list_of_areas(&self) -> &Areas {
        &self.areas
    }

    /// The areas, to be shared.
    pub(crate) fn shared_areas(&self) -> Arc<Areas> {
        self.areas.clone()
    }

    /// What is done about areas, by their places.
    pub(crate) const fn by_place(&self) -> &BTreeMap<usize, Policy> {
        &self.policies
    }

    /// The figures that a policy changed, as they were given.
    pub(crate) const fn given(&self) -> &BTreeMap<usize, Given> {
        &self.given
    }

    pub(crate) const fn groupings(&self) -> &Groupings {
        &self.groups
    }

    pub(crate) fn rounding(&self) -> Option<u64> {
        self.rounding.map(NonZeroU64::get)
    }

    pub(super) fn with_rounding(self, base: NonZeroU64) -> Self {
        Self { rounding: Some(base).filter(|base| base.get() > 1), ..self }
    }

    pub(super) fn exactly(self) -> Self {
        Self { rounding: None, ..self }
    }

    /// The figures of an area before any policy.
    pub(super) fn as_given(&self, index: usize) -> Option<Given> {
        self.given.get(&index).copied().or_else(|| self.figures(index))
    }

    pub(crate) fn figures(&self, index: usize) -> Option<Given> {
        Some((self.observation(index)?, self.stated_population(index)))
    }

    pub(super) fn replace(&mut self, index: usize, count: Observation, people: Option<u64>) {
        if let (Some(to), Some(population)) = (self.counts.get_mut(index), self.populations.get_mut(index)) {
            self.given.entry(index).or_insert((*to, *population));
            (*to, *population) = (count, people);
        }
    }

    /// The table with peer groups, for averages that are over an area's own group. There may be several, such as regions,
    /// countries and most similar forces.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] for an area that the table does not have (unless the groups are made
    /// [leaving it out](PeerGroups::leaving_out_unknown)), [`ErrorKind::Duplicate`] for one that stands
    /// twice in a group, [`ErrorKind::Conflict`] for one that has two groups, [`ErrorKind::Duplicate`] for a name that
    /// other groups have.
    pub fn with_groups(mut self, groups: PeerGroups) -> Result<Self> {
        self.groups.push(groups, &self.areas)?;
        Ok(self)
    }

    /// The peer groups of this name, for [`Average::over`](crate::Average::over).
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`] where the table has none.
    pub fn group(&self, name: &str) -> Result<GroupId> {
        self.groups.find(name)
    }

    /// The areas that these peer groups name and the table does not have, in alphabetical order: they were
    /// [left out](PeerGroups::leaving_out_unknown).
    pub fn unknown_peers(&self, group: GroupId) -> impl Iterator<Item = &str> {
        self.groups.get(group.into()).into_iter().flat_map(|groups| groups.unknown())
    }

    /// The table with what it rests on, to be printed under every answer. Months that populations were multiplied by stay as
    /// they are.
    #[must_use]
    pub fn with_basis(mut self, basis: Basis) -> Self {
        self.basis = basis.on_exposure_of(&self.basis);
        self
    }

    /// What the table rests on, as far as it was given.
    #[must_use]
    pub const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// How many areas there are, those left out among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is no area; never so for a table that was made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The areas in their order.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        self.areas.list()
    }

    /// The place of an area in the order of the table, from 0, by its name or else its code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none.
    pub fn index(&self, area: &str) -> Result<usize> {
        self.find(area).ok_or_else(|| self.unknown(area))
    }

    pub(crate) fn find(&self, area: &str) -> Option<usize> {
        self.areas.find(area)
    }

    /// The place of an area of another table: by its code or else its name, or as it is printed.
    pub(crate) fn place_of(&self, area: &Area) -> Option<usize> {
        self.find(area.code().unwrap_or(area.name())).or_else(|| self.find(area.label()))
    }

    pub(crate) fn is_ambiguous(&self, area: &str) -> bool {
        self.areas.is_ambiguous(area)
    }

    pub(crate) fn unknown(&self, area: &str) -> Error {
        self.areas.unknown(area)
    }

    /// What is known of the count in the place `index`, those of areas that are merged into it added; `None` beyond the
    /// last.
    #[must_use]
    pub fn observation(&self, index: usize) -> Option<Observation> {
        self.counts.get(index).copied()
    }

    /// The population in the place `index`; `None` beyond the last and where the area has none.
    #[must_use]
    pub fn population(&self, index: usize) -> Option<Population> {
        Population::new(self.stated_population(index)?).ok()
    }

    /// The rate in the place `index`, or why the area takes no part; `None` beyond the last.
    #[must_use]
    pub fn rate(&self, index: usize) -> Option<Result<Rate, LeftOut>> {
        let observation = self.observation(index)?;
        Some(LeftOut::or_rate(self.policies.get(&index), observation, self.stated_population(index)))
    }

    /// The population, zero included.
    pub(crate) fn stated_population(&self, index: usize) -> Option<u64> {
        self.populations.get(index).copied().flatten()
    }

    /// The rate that an excluded area has all the same, where it has one.
    pub(crate) fn excluded_rate(&self, index: usize) -> Option<Rate> {
        let count = self.observation(index)?.known()?;
        Some(Rate::of(count, self.population(index)?))
    }

    /// The rates of all areas in order, or why one takes no part.
    pub fn rates(&self) -> impl Iterator<Item = Result<Rate, LeftOut>> + '_ {
        (0..self.len()).filter_map(|index| self.rate(index))
    }
}

fn first(errors: Vec<Error>) -> Error {
    errors.into_iter().next().unwrap_or_else(|| ErrorKind::NoRows.into())
}

impl TryFrom<Parts> for Table {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let policies: Vec<(usize, Policy)> =
            (0..).zip(&parts.rows).filter_map(|(index, part)| Some((index, part.policy.clone()?))).collect();
        let alike = (0..).zip(&parts.rows).filter_map(|(index, part)| Some((index, part.beside.clone()?))).collect();
        let own: Vec<Option<NonZeroU32>> = parts.rows.iter().map(|part| part.months).collect();
        let in_months = parts.basis.is_in_person_months() && parts.basis.months().is_none();
        if own.iter().any(|own| own.is_some() != in_months) {
            let (what, why) = ("on person-months".into(), "the rows and the basis do not agree on months".into());
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        let table = Self::from_rows_leaving_out(parts.rows.into_iter().map(Row::from))?;
        let table = Self { alike, basis: parts.basis, months: Months::of_rows(own), ..table };
        let table = parts.groups.into_iter().try_fold(table, Self::with_groups)?;
        let table = parts.rounded_to.into_iter().try_fold(table, |table, base| table.rounded_to(base.get()))?;
        policies.into_iter().try_fold(table, |table, (index, policy)| {
            let label = table.areas().get(index).map_or_else(String::new, |area| area.label().to_owned());
            table.apply(&label, policy)
        })
    }
}

impl From<Table> for Parts {
    fn from(table: Table) -> Self {
        let alike: BTreeMap<usize, &String> = table.alike.iter().map(|(index, other)| (*index, other)).collect();
        let rows = table.areas().iter().enumerate().filter_map(|(index, area)| {
            let (count, population) = table.as_given(index)?;
            let (area, code) = (area.name().into(), area.code().map(Into::into));
            let (months, policy) =
                (table.months.as_ref().and_then(|months| months.of(index)), table.policies.get(&index).cloned());
            let beside = alike.get(&index).map(|other| (*other).clone());
            Some(Part { area, code, count, population, months, beside, policy })
        });
        let rows = rows.collect();
        Self { rows, groups: table.groups.given(), basis: table.basis, rounded_to: table.rounding }
    }
}
