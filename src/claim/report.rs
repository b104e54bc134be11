//! Checked claims as rows.

use super::{
    checked::Checked,
    checker::Checker,
    claim::Claim,
    tipping::{Tipping, TippingPoint},
    verdict::Verdict,
};
use crate::{
    base::{Note, Result, Topic, digits, each, row, rows, words},
    league::Rank,
    rate::Rate,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Several claims with their verdicts: text, JSON and CSV.
///
/// ```
/// use crimerate::{Average, Claim, Per, Table};
///
/// let table = Table::from_rows([("A", 60, 1_000), ("B", 40, 1_000), ("C", 10, 1_000)])?;
/// let claims = table.compare(Average::POOLED).claims(Per::THOUSAND);
/// let report = claims.check_all([Claim::highest("A"), Claim::higher_than("B", "C")])?;
/// assert_eq!(report.rows().map(|row| row.verdict.name()).collect::<Vec<_>>(), ["not-certain", "supported"]);
/// assert!(report.csv().starts_with("area,claim,verdict,"));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    claims: Vec<Checked>,
    #[serde(default)]
    notes: Vec<Note>,
}

row! {
    /// One claim's line of a [`Report`]; what does not exist is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct Row {
        /// The area.
        area: String,
        /// The claim, as a sentence without its full stop; of the areas compared where it holds of these alone.
        claim: String,
        /// The verdict on the claim as it stands.
        verdict: Verdict,
        /// The verdict if it spoke of the areas compared only.
        of_compared: Verdict,
        /// How many areas are compared.
        compared: usize,
        /// The area's count, where it is known.
        count: Option<u64>,
        /// The area's population, where the count is known.
        population: Option<u64>,
        /// The count that it is compared with: another area's, or its own before.
        other_count: Option<u64>,
        /// The population that it is compared with.
        other_population: Option<u64>,
        /// What the figures give in place of the claimed figure.
        found: Option<f64>,
        /// The p-value that the verdict rests on, where it rests on one: corrected for the areas or pairs that it may have been picked from.
        p: Option<f64> => probability,
        /// The same without that correction, as of an area chosen beforehand.
        p_alone: Option<f64> => probability,
        /// Up to how many times the variation of chance it would stay supported.
        holds_up_to: Option<f64>,
        /// The rank from the end that the claim names.
        rank: Option<f64>,
        /// The best rank that the area may truly have.
        rank_lower: Option<usize>,
        /// The worst.
        rank_upper: Option<usize>,
        /// What fails at the next figures where that is not the claim itself: of a claimed figure, which its rounding ends sooner, that
        /// the rate is on its side, such as `above the average`.
        fails_to_be: Option<String>,
        /// The population at which it fails.
        population_fails_at: Option<u64>,
        /// Whose count is at issue in the next column.
        count_of: Option<String>,
        /// The count at which it fails.
        count_fails_at: Option<u64>,
        /// The areas whose counts are not known, each with the count at which it would be beyond.
        missing_fails_at: Option<String>,
        /// The reasons, one after the other.
        reasons: String,
    }
}

impl Checker {
    /// Checks several claims, all of them.
    ///
    /// # Errors
    /// The first of what [`Checker::check`] finds.
    pub fn check_all(&self, claims: impl IntoIterator<Item = Claim>) -> Result<Report> {
        let claims: Vec<Checked> = claims.into_iter().map(|claim| self.check(&claim)).collect::<Result<_>>()?;
        let of_changes = claims.iter().any(|checked| checked.claim().is_of_a_change());
        let mut notes = self.notes();
        if let Some(earlier) = self.earlier().filter(|_| of_changes) {
            notes.extend(earlier.area_notes(self.per(), &notes).collect::<Vec<_>>());
            notes.extend(earlier.notes().cloned());
        }
        let poisson = self.poisson().filter(|text| claims.iter().any(|checked| checked.reasons().contains(text)));
        notes.extend(poisson.map(|text| Note::new(Topic::Significance, text)));
        Ok(Report { notes, claims })
    }

    /// What has to be said once with all that is checked and described: who is compared and who is left out, rows that may be sums of others and how
    /// totals compare with them, counts in no area, months, counts that are rounded, columns that may be swapped, a table that is no
    /// period of the series, and one area that most of the variation of that is of.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("A", 60, 1_000), ("B", 40, 2_000), ("C", 10, 1_500), ("All", 110, 4_500)])?;
    /// let notes = table.compare(Average::POOLED).claims(Per::THOUSAND).notes();
    /// assert_eq!(notes[0].text(), "4 of 4 areas compared.");
    /// assert_eq!(notes[1].text(), "Compared as areas, and perhaps totals: All (the sum of all 3 others).");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = self.league().per(self.per()).area_notes();
        if let Some(base) = self.league().table().rounding().map(digits::grouped) {
            let text = format!(
                "Counts are rounded to {base}: supported is what is so with the worst for it of the counts that they stand for, too; rates, ranks and p \
                 take the counts as published."
            );
            notes.push(Note::new(Topic::Interval, text));
        }
        if self.is_chosen_beforehand() {
            let text = "Areas and pairs are taken to have been chosen before the figures were looked at; rank sets are of all areas at once all the same.";
            notes.push(Note::new(Topic::Significance, text));
        }
        if self.asked() != Self::HOLDS_UP_TO && self.sets_spec().dispersion().is_none() {
            let times = digits::as_given(self.asked());
            let text = format!("Supported is what stands up to {times} times the variation of chance, by request.");
            notes.push(Note::new(Topic::Significance, text));
        }
        notes.extend(self.beside_series_note());
        notes.extend(self.variation_note());
        notes
    }
}

impl Checked {
    /// The claim as a line of a report.
    #[must_use]
    pub fn row(&self) -> Row {
        let tipping = self.tipping();
        let (population, count) = (tipping.and_then(Tipping::population), tipping.and_then(Tipping::count));
        let missing = tipping.into_iter().flat_map(Tipping::missing);
        let missing: Vec<String> = missing.map(|point| format!("{}: {}", point.area(), point.fails_at())).collect();
        Row {
            area: self.claim().area().into(),
            claim: self.said(),
            verdict: self.verdict(),
            of_compared: self.of_compared(),
            compared: self.compared(),
            count: self.rate().map(Rate::count),
            population: self.rate().map(|rate| rate.population().get()),
            other_count: self.other().map(Rate::count),
            other_population: self.other().map(|rate| rate.population().get()),
            found: self.found(),
            p: self.p(),
            p_alone: self.p_alone(),
            holds_up_to: self.holds_up_to(),
            rank: self.rank().map(Rank::value),
            rank_lower: self.rank_set().map(|(lower, _)| lower),
            rank_upper: self.rank_set().map(|(_, upper)| upper),
            fails_to_be: tipping.and_then(|_| self.claim().side_of_figure()),
            population_fails_at: population.map(TippingPoint::fails_at),
            count_of: count.map(|point| point.area().into()),
            count_fails_at: count.map(TippingPoint::fails_at),
            missing_fails_at: (!missing.is_empty()).then(|| missing.join("; ")),
            reasons: self.reasons().join(" "),
        }
    }
}

impl Report {
    /// The claims in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Checked> {
        self.claims.iter()
    }

    /// What has to be said with them, as [`Checker::notes`].
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Their lines.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.claims.iter().map(Checked::row)
    }

    /// All columns as CSV, with a header; empty where there is no figure.
    #[must_use]
    pub fn csv(&self) -> String {
        use crate::base::Line;
        rows::csv(Row::FIELDS, self.rows(), &[])
    }
}

each!(Report, &'a Checked);

/// The claims with their reasons, one below the other, and the notes and the basis once below.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut claims = self.claims.iter().enumerate();
        claims.try_for_each(|(place, checked)| {
            let before = if place == 0 { "" } else { "\n" };
            let sentences = checked.sentences().into_iter();
            let own = sentences.filter(|sentence| self.notes.iter().all(|note| note.text() != sentence));
            write!(f, "{before}{}", own.collect::<Vec<_>>().join("\n  "))
        })?;
        let basis = self.claims.first().map(Checked::basis).filter(|basis| !basis.is_empty());
        let basis = basis.map(|basis| format!("Basis: {}.", words::one_line(&basis.to_string())));
        let below = self.notes.iter().map(Note::text).chain(basis.as_deref());
        below.enumerate().try_for_each(|(place, text)| write!(f, "{}{text}", if place == 0 { "\n\n" } else { "\n" }))
    }
}
