use super::{Panel, Workspace};
use crate::{
    Cell, Compare, Error, ErrorKind, LeftOut, Measure, Note, Outputs, Over, Per, Policy, Result, Rule, Ties, Topic,
    Undefined, ZScale, areas::Areas, basis::Part, groups::Groups, number,
};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, CowArray};
use std::{collections::BTreeSet, sync::Arc};

/// What a comparison of a [`Panel`] gives: an array for each measure that was asked for, and for each indicator its average,
/// the mean and the standard deviation of its rates.
///
/// Arrays of cells have a row for each area and a column for each indicator. Where a figure does not exist it is NaN, and
/// a rank 0; [`Figures::get`] says why.
#[derive(Clone, Debug)]
pub struct Figures {
    areas: Arc<Areas>,
    how: Compare,
    per: Per,
    cells: [Option<Array2<f64>>; Measure::CELLS],
    ranks: Option<Array2<u32>>,
    averages: Array1<f64>,
    means: Array1<f64>,
    deviations: Array1<f64>,
    statuses: Array1<u8>,
    codes: Option<Array2<u8>>,
    groups: Option<Arc<Groups>>,
    /// The averages of the cells, where they are over groups and were not asked for.
    own: Option<Array2<f64>>,
    notes: Vec<Note>,
}

impl Panel<'_> {
    /// Compares all areas by all indicators.
    ///
    /// Only the measures that are asked for are worked out, all in one pass. With the feature `rayon` large panels use the
    /// threads of its pool; the bits are the same.
    #[must_use]
    pub fn compare(&self, how: impl Into<Compare>, per: Per, measures: impl IntoIterator<Item = Measure>) -> Figures {
        let (how, dim, columns) = (how.into(), self.dim(), self.indicators());
        let mut figures = Figures {
            areas: self.areas.clone(),
            how,
            per,
            cells: Default::default(),
            ranks: None,
            averages: Array1::zeros(columns),
            means: Array1::zeros(columns),
            deviations: Array1::zeros(columns),
            statuses: Array1::zeros(columns),
            codes: self.codes(),
            groups: self.groups.get(how.average().over_which()).cloned(),
            own: None,
            notes: self.notes(how, per),
        };
        for measure in measures {
            match figures.cells.get_mut(measure as usize) {
                Some(cells) => *cells = Some(Array2::zeros(dim)),
                None => figures.ranks = Some(Array2::zeros(dim)),
            }
        }
        let mut outputs = Outputs::new()
            .averages(figures.averages.view_mut())
            .means(figures.means.view_mut())
            .deviations(figures.deviations.view_mut())
            .statuses(figures.statuses.view_mut());
        for (measure, cells) in Measure::ALL.iter().zip(&mut figures.cells) {
            if let Some(cells) = cells {
                outputs = outputs.cells(*measure, cells.view_mut());
            }
        }
        if outputs.cells.get(Measure::Average as usize).is_some_and(Option::is_none)
            && !how.average().over_which().is_everyone()
        {
            let own = figures.own.insert(Array2::zeros(dim));
            outputs = outputs.average(own.view_mut());
        }
        if let Some(ranks) = &mut figures.ranks {
            outputs = outputs.ranks(ranks.view_mut());
        }
        // Arrays that were made for the panel fit it.
        let _ = self.compare_into(how, per, outputs, &mut Workspace::new());
        figures
    }

    /// The codes of all cells, exclusions included; none where every cell takes part.
    fn codes(&self) -> Option<Array2<u8>> {
        if self.mask.is_none() && (0..self.len()).all(|area| self.takes_part(area)) {
            return None;
        }
        let mut codes = self.mask.as_ref().map_or_else(|| Array2::zeros(self.dim()), CowArray::to_owned);
        for (_, row) in codes.outer_iter_mut().enumerate().filter(|(area, _)| !self.takes_part(*area)) {
            for code in row {
                *code |= Cell::Excluded.code();
            }
        }
        Some(codes)
    }

    /// What has to be told beside the figures.
    fn notes(&self, how: Compare, per: Per) -> Vec<Note> {
        let without = self.without_population();
        let compared = without.iter().enumerate().filter(|(area, row)| self.takes_part(*area) && row.is_none()).count();
        let (areas, columns) = (number::counted(self.len(), "area"), number::counted(self.indicators(), "indicator"));
        let mut notes = vec![Note::new(Topic::Areas, format!("{compared} of {areas} compared by {columns}."))];
        for (area, reason) in self.excluded() {
            notes.push(Note::new(Topic::LeftOut, format!("Left out: {area}, excluded: {reason}.")));
        }
        for (kind, why) in
            [(Cell::ZeroPopulation, LeftOut::ZeroPopulation), (Cell::NoPopulation, LeftOut::NoPopulation)]
        {
            let areas = self.areas().iter().zip(&without).filter(|(_, row)| **row == Some(kind));
            let areas: Vec<&str> = areas.map(|(area, _)| area.name()).collect();
            if !areas.is_empty() {
                notes.push(Note::new(Topic::LeftOut, format!("Left out: {}, {why}.", number::few(&areas))));
            }
        }
        for (area, policy) in self.policies() {
            let reason = policy.reason();
            let text = match policy {
                Policy::Exclude { .. } => continue,
                Policy::Keep { .. } => format!("Kept: {area}, {reason}."),
                Policy::Merge { into, .. } => format!("Merged: {area} into {into}, {reason}."),
                Policy::Denominator { .. } => format!("Denominator: {area} on another population, {reason}."),
            };
            notes.push(Note::new(Topic::Policy, text));
        }
        for (kind, cells) in self.left_out(&without) {
            let cells = number::counted(cells, "cell");
            notes.push(Note::new(
                Topic::LeftOut,
                format!("Left out, numerator and denominator together: {cells}, {kind}."),
            ));
        }
        let (average, per) = (how.average(), per.on(&self.basis));
        let told = match (average.rule(), average.over_which()) {
            (Rule::Fixed(_), _) => average.to_string(),
            (_, Over::Everyone) => format!("{average} over the areas known for each indicator"),
            (_, over) => {
                let groups = self.groups.get(over).map_or("not in the panel", |groups| groups.name());
                let average = average.in_groups(groups);
                format!("{average}, over those known for each indicator; no average without a group")
            }
        };
        notes.push(Note::new(Topic::Average, format!("Average: {told}; rates {per}.")));
        let unknown = self.groups.get(average.over_which()).and_then(|groups| groups.unknown_note());
        notes.extend(unknown.map(|text| Note::new(Topic::Groups, text)));
        notes.push(Note::new(Topic::Interval, format!("Intervals: {}.", how.interval_spec())));
        let ranks = format!("Ranks: {} rate first, {} ties, compared as exact fractions.", how.order, how.ties);
        notes.push(Note::new(Topic::Ranking, ranks));
        let z = match how.z {
            ZScale::Standard => "z: (rate - mean) / standard deviation (n - 1), over the rates of each indicator.",
            ZScale::Log => {
                "z: (ln rate - mean) / standard deviation (n - 1), over the logarithms of each indicator's rates."
            }
            ZScale::Robust => {
                "z: (rate - median) / (1.4826 median absolute deviations), over the rates of each indicator."
            }
        };
        notes.push(Note::new(Topic::Z, z));
        let differs = self.bases.iter().zip(self.bases.first().into_iter().cycle());
        let differs: BTreeSet<_> = differs.flat_map(|(basis, first)| first.differing(basis)).collect();
        if !self.basis.is_empty() {
            notes.push(Note::new(Topic::Basis, format!("Basis: {}.", self.basis)));
        }
        if !differs.is_empty() {
            let parts: Vec<&str> = differs.into_iter().map(Part::name).collect();
            notes.push(Note::new(Topic::Basis, format!("Basis that differs by indicator: {}.", parts.join(", "))));
        }
        notes
    }

    /// For each area why it has no rate by any indicator, where it is for want of a population.
    fn without_population(&self) -> Vec<Option<Cell>> {
        let Some(mask) = self.mask.as_ref().filter(|mask| mask.ncols() > 0) else { return vec![None; self.len()] };
        let kinds = [Cell::ZeroPopulation, Cell::NoPopulation];
        let rows = mask.outer_iter().enumerate().map(|(area, row)| {
            let whole = |kind: &Cell| self.takes_part(area) && row.iter().all(|code| code & kind.code() != 0);
            kinds.into_iter().find(whole)
        });
        rows.collect()
    }

    /// How many cells take no part for each reason but exclusions, in rows that are not left out as a whole.
    fn left_out(&self, without: &[Option<Cell>]) -> impl Iterator<Item = (Cell, usize)> + use<> {
        let mut found = [0_usize; Cell::ALL.len()];
        if let Some(mask) = &self.mask {
            for ((area, row), whole) in mask.outer_iter().enumerate().zip(without) {
                if !self.takes_part(area) || whole.is_some() {
                    continue;
                }
                for code in row.iter().filter(|code| **code != 0) {
                    let kind =
                        Cell::from_code(*code).and_then(|kind| Cell::ALL.iter().position(|other| *other == kind));
                    if let Some(found) = kind.and_then(|kind| found.get_mut(kind)) {
                        *found += 1;
                    }
                }
            }
        }
        Cell::ALL.into_iter().zip(found).filter(|(_, cells)| *cells > 0)
    }
}

impl Figures {
    /// How the panel was compared.
    #[must_use]
    pub const fn how(&self) -> Compare {
        self.how
    }

    /// What rates, limits, averages and differences are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// One measure of all cells; `None` where it was not asked for, and for ranks, which are [`Figures::ranks`].
    #[must_use]
    pub fn array(&self, measure: Measure) -> Option<ArrayView2<'_, f64>> {
        self.cells.get(measure as usize)?.as_ref().map(|cells| cells.view())
    }

    /// The ranks of all cells, where they were asked for: 0 where there is none, and doubled for [`Ties::Average`], so that
    /// 2.5 is 5.
    #[must_use]
    pub fn ranks(&self) -> Option<ArrayView2<'_, u32>> {
        self.ranks.as_ref().map(|ranks| ranks.view())
    }

    /// For each indicator the average of all areas that take part.
    #[must_use]
    pub fn averages(&self) -> ArrayView1<'_, f64> {
        self.averages.view()
    }

    /// For each indicator the mean of the rates.
    #[must_use]
    pub fn means(&self) -> ArrayView1<'_, f64> {
        self.means.view()
    }

    /// For each indicator the standard deviation (n - 1) of the rates.
    #[must_use]
    pub fn deviations(&self) -> ArrayView1<'_, f64> {
        self.deviations.view()
    }

    /// For each indicator why there is no z, as an [`Undefined::code`]; 0 where there is.
    #[must_use]
    pub fn statuses(&self) -> ArrayView1<'_, u8> {
        self.statuses.view()
    }

    /// For each cell what is known of it, as a sum of codes of [`Cell`]; `None` where every cell takes part.
    #[must_use]
    pub fn codes(&self) -> Option<ArrayView2<'_, u8>> {
        self.codes.as_ref().map(|codes| codes.view())
    }

    /// One figure of one area by one indicator (its place, from 0).
    ///
    /// ```
    /// use crimerate::{Average, Measure, Panel, Per, Undefined, ndarray::array};
    ///
    /// let panel = Panel::new(["A", "B"], array![[0_u64, 4], [0, 9]], [1_000, 2_000])?;
    /// let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Ratio]);
    /// let error = figures.get(Measure::Ratio, "A", 0).unwrap_err();
    /// assert_eq!(error.to_string(), "A: the average is zero, so the figure does not exist");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`], [`ErrorKind::UnknownIndicator`] and [`ErrorKind::NotAsked`] for what is not there,
    /// [`ErrorKind::LeftOut`] and [`ErrorKind::Undefined`] with the reason for a figure that does not exist.
    pub fn get(&self, measure: Measure, area: &str, indicator: usize) -> Result<f64> {
        let index = self.areas.find(area).ok_or_else(|| Error::from(ErrorKind::UnknownArea { text: area.into() }))?;
        let at = (index, indicator);
        if indicator >= self.averages.len() {
            return Err(ErrorKind::UnknownIndicator { text: (indicator as u128 + 1).to_string() }.into());
        }
        let named = |kind: ErrorKind| Error::from(kind).in_area(area.trim());
        let code = self.codes.as_ref().and_then(|codes| codes.get(at)).copied().unwrap_or(0);
        let cell = Cell::from_code(code).unwrap_or(Cell::Known);
        let value = match measure {
            Measure::Rank => self.ranks.as_ref().and_then(|ranks| ranks.get(at)).map(|rank| {
                let rank = f64::from(*rank);
                if self.how.ties == Ties::Average { rank / 2.0 } else { rank }
            }),
            _ => self.array(measure).and_then(|cells| cells.get(at).copied()),
        };
        match value {
            None => Err(ErrorKind::NotAsked { measure: measure.name() }.into()),
            Some(_) if cell != Cell::Known => Err(named(ErrorKind::LeftOut { reason: cell.to_string() })),
            Some(value) if value.is_nan() => Err(named(ErrorKind::Undefined(self.reason(measure, index, indicator)))),
            Some(value) => Ok(value),
        }
    }

    /// What has to be told beside the figures, in words.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    fn reason(&self, measure: Measure, area: usize, indicator: usize) -> Undefined {
        if measure == Measure::Z {
            let status = self.statuses.get(indicator).copied().unwrap_or(0);
            return Undefined::from_code(status).unwrap_or(Undefined::TooFew);
        }
        if !self.how.average().over_which().is_everyone() {
            let own = self.array(Measure::Average).or(self.own.as_ref().map(|own| own.view()));
            let own = own.and_then(|own| own.get((area, indicator)).copied());
            return match self.groups.as_ref().and_then(|groups| groups.of(area)) {
                None => Undefined::NoGroup,
                Some(_) if own == Some(0.0) => Undefined::ZeroAverage,
                Some(_) => Undefined::NoAverage,
            };
        }
        // An average of any area at all is missing its value only where it is zero.
        let known = match &self.codes {
            Some(codes) => codes
                .columns()
                .into_iter()
                .nth(indicator)
                .map_or(0, |column| column.iter().filter(|code| **code == Cell::Known.code()).count()),
            None => self.areas.list().len(),
        };
        let averaged = known.saturating_sub(usize::from(!self.how.average().with_self()));
        let fixed = matches!(self.how.average().rule(), Rule::Fixed(_));
        if averaged > 0 || fixed { Undefined::ZeroAverage } else { Undefined::NoAverage }
    }
}
