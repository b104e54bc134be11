//! The changes of all areas between two tables.
//!
//! Bases are compared part by part. What is counted, the population and the months must agree, as far as both report them; the
//! year of the population and the source may differ, and that is noted, as the periods are; what one does not report is noted as unchecked.
//! Annualising multiplies the exposure, not the count: populations become person-months, whole numbers still, and are read
//! per 12 times as many. A count of six months times two would be as uncertain as that of six months, and its interval would not say so.

use super::{against_rest::AgainstRest, change::Change, perhaps_one::perhaps_one};
use crate::{
    average::Average,
    base::{Error, ErrorKind, Note, Result, Topic, digits, each, note, words},
    forces::hints,
    rate::{Period, Tally},
    table::{Area, Basis, Hints, LeftOut, Part, Policy, Table, unknown},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The changes of all areas from one [`Table`] to a later one, on bases that allow it.
///
/// ```
/// use crimerate::{Basis, Table};
///
/// let basis = |period: &str, months| Basis::new().with_count("thefts").with_period(period).with_months(months).with_population("residents");
/// let before = Table::from_rows([("A", 200, 500_000)])?.with_basis(basis("2023", 12));
/// let half = Table::from_rows([("A", 130, 510_000)])?.with_basis(basis("January to June 2024", 6));
/// let error = before.change_to(&half).unwrap_err();
/// assert_eq!(error.to_string(), "the period is January to June 2024 (6 months) here and 2023 (12 months) there, so the two cannot be compared");
/// let change = before.annualised()?.change_to(&half.annualised()?)?.area("A")?;
/// assert_eq!(format!("{:.1}", change.percent().unwrap()), "27.5");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    before: Table,
    after: Table,
    areas: Vec<(Area, Result<Change, LeftOut>)>,
    places: HashMap<Box<str>, usize>,
    notes: Vec<Note>,
    /// Which areas may be one, spelt in two ways.
    perhaps: Option<Note>,
    /// Whether counts alone are compared, so that each area's population stands for its months.
    alone: bool,
}

impl Table {
    /// The change of every area from this table to a later one. Areas are matched by their codes, however they are spelt, else
    /// by name; where one name has two codes, as after a change of boundaries, the notes say so.
    ///
    /// What is counted, the population and the number of months have to be the same as far as both tables give them; where one
    /// does not, the notes say that it was not checked. Months may differ where both tables are
    /// [annualised](Table::annualised). A basis that gives no months has those of its period, where the text of that is a [`Period`]. The year of the population and the source may differ, and the notes say so, and which the periods are, whether the later one is the
    /// earlier, and whether they are parts of the year that begin in different months. An area
    /// merged or given another denominator in one table only is left out; what is done about the others is reported for both.
    ///
    /// # Errors
    /// [`ErrorKind::Mismatch`] with what differs.
    pub fn change_to(&self, later: &Self) -> Result<Changes> {
        self.changed_to(later, false)
    }

    /// The changes to a later table, of counts alone or of rates.
    pub(super) fn changed_to(&self, later: &Self, alone: bool) -> Result<Changes> {
        let [before, after] = [self, later].map(|table| table.basis().clone().with_own_months());
        let in_months = before.is_in_person_months() && after.is_in_person_months();
        let (mut periods, mut other, mut silent) = (None, Vec::new(), Vec::new());
        for part in before.differing(&after) {
            let (expected, found) = (before.part(part), after.part(part));
            let must = match part {
                Part::Count | Part::Population | Part::Exposure => true,
                Part::Months => !in_months,
                Part::Period | Part::Year | Part::Source => false,
            };
            match expected.zip(found) {
                Some((expected, found)) if must => {
                    let periods = of_months(&before).zip(of_months(&after)).filter(|_| part == Part::Months);
                    let (part, (expected, found)) = match periods {
                        Some(periods) => ("the period", periods),
                        None => (part.name(), (expected, found)),
                    };
                    return Err(ErrorKind::Mismatch { part, expected, found }.into());
                }
                // Which are to be two.
                Some((expected, found)) if part == Part::Period => {
                    let typed = before.typed_period().zip(after.typed_period());
                    let back = typed.is_some_and(|(first, then)| then - first < 0);
                    let told = if back { ", which is the earlier one" } else { "" };
                    periods = Some(format!("Periods: {expected}, then {found}{told}."));
                }
                Some((expected, found)) => other.push(format!("{} ({expected}; then {found})", part.name())),
                None => silent.push(part.name()),
            }
        }
        let untold = [Part::Count, Part::Months, Part::Population];
        // In person-months each population counts for its own months, which so are given.
        let untold = untold.into_iter().filter(|part| match part {
            Part::Count => true,
            Part::Months => !alone && !in_months,
            _ => !alone,
        });
        let untold = untold.filter(|part| before.part(*part).or(after.part(*part)).is_none());
        silent.extend(untold.map(Part::name));
        let known = [self, later].map(|table| hints(table.areas()));
        let mut notes = if alone { self.alone_notes(later) } else { self.row_notes(later, &known) };
        notes.extend(periods.map(|text| Note::new(Topic::Basis, text)));
        notes.extend(before.typed_period().zip(after.typed_period()).and_then(other_months));
        for (what, parts) in [
            ("Not the same in both", other),
            ("Not given, so not checked", silent.into_iter().map(Into::into).collect()),
        ] {
            if !parts.is_empty() {
                notes.push(Note::new(Topic::Basis, format!("{what}: {}.", parts.join(", "))));
            }
        }
        let mut areas: Vec<(Area, Result<Change, LeftOut>)> = Vec::with_capacity(self.len());
        for (index, area) in self.areas().iter().enumerate() {
            areas.push((area.clone(), self.change_of(index, area, later)));
        }
        let matched: Vec<Option<usize>> = self.areas().iter().map(|area| self.in_later(area, later)).collect();
        let both: HashSet<usize> = matched.iter().copied().flatten().collect();
        let new = later.areas().iter().enumerate().filter(|(there, _)| !both.contains(there));
        areas.extend(new.map(|(_, area)| (area.clone(), Err(LeftOut::OnlyAfter))));
        for (area, there) in self.areas().iter().zip(&matched) {
            let there = there.and_then(|there| later.areas().get(there)?.code());
            if let Some((here, there)) = area.code().zip(there).filter(|(here, there)| here != there) {
                let text = format!("Not the same in both: the code of {area} ({here}; then {there}).");
                notes.push(Note::new(Topic::Basis, text));
            }
        }
        let perhaps = perhaps_one(self, later, &matched);
        notes.extend(perhaps.clone());
        // Of a total it is said how it compares with its areas.
        let why =
            |change: &Result<Change, LeftOut>| change.as_ref().err().filter(|why| **why != LeftOut::Total).cloned();
        let left_out = areas.iter().filter_map(|(area, change)| Some((area.label(), why(change)?.to_string())));
        notes.extend(note::left_out(left_out));
        for ((index, there), (_, change)) in matched.iter().enumerate().zip(&areas) {
            let (Some(there), Ok(_) | Err(LeftOut::Total)) = (there, change) else { continue };
            // Months are told of all areas at once.
            let [told, then] = [self.policies_about(index, &known[0]), later.policies_about(*there, &known[1])];
            let (when, later) = if told == then { ("", Vec::new()) } else { ("Earlier: ", then) };
            let told = told.iter().map(|text| format!("{when}{text}"));
            let later = later.iter().map(|text| format!("Later: {text}"));
            notes.extend(told.chain(later).map(|text| Note::new(Topic::Policy, text)));
        }
        let mut places: HashMap<Box<str>, usize> = HashMap::new();
        // Names go before codes.
        for key in [|area: &Area| Some(area.label().to_owned()), |area: &Area| area.code().map(Into::into)] {
            for ((area, _), place) in areas.iter().zip(0..) {
                if let Some(key) = key(area) {
                    places.entry(key.into()).or_insert(place);
                }
            }
        }
        Ok(Changes { before: self.clone(), after: later.clone(), areas, places, notes, perhaps, alone })
    }

    /// What the rows of either table may mean: totals among the areas, months of their own, columns that were swapped.
    fn row_notes(&self, later: &Self, known: &[Hints; 2]) -> Vec<Note> {
        let [here, there] =
            [(self, &known[0]), (later, &known[1])].map(|(it, known)| it.rows_notes(known, Average::POOLED));
        let both: Vec<Note> = here.iter().filter(|note| there.contains(note)).cloned().collect();
        let of = |when: &'static str, notes: Vec<Note>| {
            let own: Vec<Note> = notes.into_iter().filter(|note| !both.contains(note)).collect();
            own.into_iter().map(move |note| Note::new(note.topic(), format!("{when}: {}", note.text())))
        };
        let told: Vec<Note> = of("Earlier", here).chain(of("Later", there)).collect();
        both.into_iter().chain(told).chain(self.unplaced_apart(later)).chain(self.rounded_told(later)).collect()
    }

    /// What is said of changes between counts that were rounded.
    fn rounded_told(&self, later: &Self) -> Option<Note> {
        let to = |table: &Self| table.rounding().map(digits::grouped);
        let bases = match [to(self), to(later)] {
            [None, None] => return None,
            [Some(before), Some(after)] if before == after => before,
            [before, after] => {
                let to = |base: Option<String>| base.unwrap_or_else(|| "1".into());
                format!("{} before and to {} after", to(before), to(after))
            }
        };
        let text = format!(
            "Counts are rounded to {bases}: intervals of changes run from the lower limit of the least to the upper limit of the most; changes, p and the change of all together take the counts as published."
        );
        Some(Note::new(Topic::Interval, text))
    }

    /// What is said where counts in no area are in the pooled averages of the tables, and in no change.
    fn unplaced_apart(&self, later: &Self) -> Option<Note> {
        let inside = [self.unplaced_count(), later.unplaced_count()];
        let [before, after] = inside.map(digits::grouped);
        let text = format!(
            "All areas together: the change of their own counts, without what is in no area ({before} before, {after} after)."
        );
        (inside != [0, 0]).then(|| Note::new(Topic::Areas, text))
    }

    /// The place of an area in a later table: by its code or else by its name, unless that area is another one here.
    pub(super) fn in_later(&self, area: &Area, later: &Self) -> Option<usize> {
        let at = |table: &Self, text: &str| table.index(text).ok();
        let code = |there: usize| later.areas().get(there).and_then(Area::code);
        let by_code = area.code().and_then(|own| at(later, own).filter(|there| code(*there) == Some(own)));
        by_code.or_else(|| {
            let there = at(later, area.name())
                .filter(|there| later.areas().get(*there).map(Area::name) == Some(area.name()))?;
            let other = code(there).and_then(|code| at(self, code)).and_then(|here| self.areas().get(here));
            other.is_none_or(|other| other == area).then_some(there)
        })
    }

    fn change_of(&self, index: usize, area: &Area, later: &Self) -> Result<Change, LeftOut> {
        let there = self.in_later(area, later).ok_or(LeftOut::OnlyBefore)?;
        let alike = match (self.by_place().get(&index), later.by_place().get(&there)) {
            (Some(here), Some(there)) => here.is_like(there),
            (here, there) => [here, there].into_iter().flatten().all(|policy| matches!(policy, Policy::Keep { .. })),
        };
        let rate = |table: &Self, index| table.rate(index).unwrap_or(Err(LeftOut::OnlyBefore));
        let (before, after) = (rate(self, index)?, rate(later, there)?);
        let merged: BTreeSet<_> = self.merged_into(index).map(|area| self.in_later(area, later)).collect();
        let others: BTreeSet<_> = later.merged_into(there).map(|area| later.index(area.label()).ok()).collect();
        if !alike || merged != others {
            return Err(LeftOut::OtherPolicy);
        }
        Ok(Change::between(before, after))
    }

    /// The table with populations in person-months: each times the months that the basis gives. Read per unit population for a
    /// year ([`Per::years`](crate::Per::years)), its rates are yearly rates, whatever the months. Counts stay what they are, so
    /// that intervals do too. What it is compared with (a fixed average, a claim) is to be per unit population a year as well.
    ///
    /// Only rates of complete periods may be annualised: crime has seasons, and half a year is not half of a year's
    /// offences.
    ///
    /// ```
    /// use crimerate::{Average, Basis, Per, Table};
    ///
    /// let half = Table::from_rows([("A", 130, 510_000)])?.with_basis(Basis::new().with_months(6));
    /// let league = half.annualised()?.compare(Average::POOLED);
    /// let per = Per::HUNDRED_THOUSAND.years().unwrap();
    /// assert_eq!(league.area("A")?.rate().per(per).to_string(), "51.0 per 100,000 a year");
    /// assert_eq!(league.area("A")?.rate().population().get(), 3_060_000); // person-months
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] where the basis gives none, [`ErrorKind::TooLarge`] with the area.
    pub fn annualised(self) -> Result<Self> {
        if self.basis().is_in_person_months() {
            return Ok(self);
        }
        let (basis, months) = self.basis().clone().in_person_months()?;
        self.times(|_| months, basis)
    }
}

impl Changes {
    /// The change of an area by its name or code, as the earlier table has it (the later one, for areas that are only there).
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none, [`ErrorKind::LeftOut`] with the reason where it has no change.
    pub fn area(&self, area: &str) -> Result<Change> {
        match self.place(area).and_then(|place| self.areas.get(place)) {
            None => Err(self.unknown(area)),
            Some((_, Ok(change))) => Ok(*change),
            Some((known, Err(left_out))) => {
                Err(Error::from(ErrorKind::LeftOut { reason: left_out.to_string() }).in_area(known.label()))
            }
        }
    }

    /// The earlier table.
    #[must_use]
    pub const fn before(&self) -> &Table {
        &self.before
    }

    /// The later table.
    #[must_use]
    pub const fn after(&self) -> &Table {
        &self.after
    }

    /// Whether counts alone are compared, without populations.
    #[must_use]
    pub const fn of_counts_alone(&self) -> bool {
        self.alone
    }

    /// The change of all areas together that have one; none where there are too many people for one rate.
    #[must_use]
    pub fn pooled(&self) -> Option<Change> {
        let [before, after] = self.sums();
        Some(Change::between(before.rate().ok()?, after.rate().ok()?))
    }

    /// Leaves an area out in both tables, or in the one that has it, with a reason.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where neither has it, else as [`Table::exclude`].
    pub fn exclude(self, area: &str, reason: &str) -> Result<Self> {
        self.place(area).ok_or_else(|| self.unknown(area))?;
        let without = |table: Table| match table.index(area) {
            Ok(_) => table.exclude(area, reason),
            Err(_) => Ok(table),
        };
        without(self.before)?.changed_to(&without(self.after)?, self.alone)
    }

    /// How an area changed against all the others together.
    ///
    /// ```
    /// use crimerate::Table;
    ///
    /// let before = Table::from_rows([("A", 200, 500_000), ("B", 310, 400_000), ("C", 240, 290_000)])?;
    /// let after = Table::from_rows([("A", 290, 510_000), ("B", 315, 401_000), ("C", 237, 290_500)])?;
    /// let a = before.change_to(&after)?.against_rest("A")?.unwrap();
    /// assert_eq!(format!("{:+.1} %", a.percent().unwrap()), "+41.9 %");
    /// assert_eq!(a.to_string(), "+41.9 % against the rest, p = 0.0014 (likelihood ratio)");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// `None` where no other area has a change, or the others are too many people for one rate.
    ///
    /// # Errors
    /// As [`Changes::area`].
    pub fn against_rest(&self, area: &str) -> Result<Option<AgainstRest>> {
        let own = self.area(area)?;
        Ok(AgainstRest::among(own, self.sums()))
    }

    /// What was counted among how many, before and after, in the areas that have a change.
    pub(super) fn sums(&self) -> [Tally; 2] {
        let all = || self.areas.iter().filter_map(|(_, change)| change.as_ref().ok());
        [all().map(|change| change.ratio().base()).collect(), all().map(|change| change.ratio().rate()).collect()]
    }

    pub(super) fn unknown(&self, area: &str) -> Error {
        unknown(area, self.areas.iter().map(|(area, _)| area))
    }

    /// The place of an area among all.
    pub(super) fn place(&self, area: &str) -> Option<usize> {
        self.places.get(area.trim()).copied()
    }

    /// Each area with its change, or why it has none: in the order of the earlier table, then those of the later one alone.
    pub fn iter(&self) -> impl Iterator<Item = (&Area, Result<Change, &LeftOut>)> {
        self.areas.iter().map(|(area, change)| (area, change.as_ref().copied()))
    }

    /// What has to be reported with the changes.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Which of them are of the bases of both tables, and of areas that may be one.
    pub(crate) fn notes_of_both(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|note| note.topic() == Topic::Basis || Some(*note) == self.perhaps.as_ref())
    }
}

/// The period of a basis with its months, where both are given.
fn of_months(basis: &Basis) -> Option<String> {
    let (period, months) = (basis.part(Part::Period)?, basis.months()?);
    Some(format!("{period} ({})", words::counted(months as usize, "month")))
}

/// What is said where equal parts of a year are compared that begin in different months of it.
fn other_months((before, after): (Period, Period)) -> Option<Note> {
    let months = before.months();
    let other = months == after.months() && months % 12 != 0 && (after - before) % 12 != 0;
    let text = format!(
        "Seasons: {before} and {after} are other parts of the year, and figures have seasons, which are in the change; the same months of two years have none."
    );
    other.then(|| Note::new(Topic::Basis, text))
}

each!(Changes, (&'a Area, Result<Change, &'a LeftOut>));
