//! What reports on standardised rates and on scores tell in words.

use super::{
    super::rank::Rank, rates::Rates, report::StandardisedReport, row::StandardisedRow, score_report::ScoreReport,
    told::told_without,
};
use crate::{
    base::{Note, Topic, digits, note, words},
    forces::hints,
    rate::Order,
    records::Absent,
    standard::Sum,
    table::{Area, Table},
};

impl StandardisedReport {
    /// What has to be reported with the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let table = self.strata().table();
        let ranked = self.rows.iter().filter(|row| row.rank.is_some()).count();
        let mut notes = opening(table, ranked, self.rows.iter().map(|row| (row.rate.is_none(), row.note.as_deref())));
        notes.extend(sum_note(table, self.strata().perhaps_sum(), ["stratum", "strata"]));
        notes.push(Note::new(Topic::Average, self.standard_note()));
        let intervals = match &self.rates {
            Rates::Direct(_, limits) => format!("Intervals: {}{}.", limits.as_told(), limits.variation_told()),
            Rates::Indirect(_, limits) => format!(
                "Intervals: {}, of the count over the expected one, which is taken as known{}.",
                limits.as_told(),
                limits.variation_told()
            ),
        };
        notes.push(Note::new(Topic::Interval, intervals));
        if let Rates::Direct(rates, limits) = &self.rates {
            let lopsided = rates.iter().filter(|rate| rate.is_lopsided(*limits)).map(|rate| rate.area().label());
            let what = "a stratum with few offences, or none, weighs much";
            notes.extend(lopsided_note(&lopsided.collect::<Vec<_>>(), what));
        }
        notes.push(ranking_note(ranked, self.order, self.ties.name(), "standardised rate"));
        notes.push(Note::new(Topic::Ranking, self.places_note(ranked)));
        if let Rates::Indirect(..) = self.rates {
            let text =
                "Ratios of areas with different strata do not compare strictly: each is weighted by its own people.";
            notes.push(Note::new(Topic::Ranking, text));
        }
        notes.extend(table.basis().note());
        notes
    }

    /// What the rates are standardised to.
    pub(super) fn standard_note(&self) -> String {
        let strata = words::counted_as(self.strata().labels().len(), "stratum", "strata");
        match &self.rates {
            Rates::Direct(rates, _) => format!("Standardised directly to {} in {strata}.", rates.standard()),
            Rates::Indirect(rates, _) => {
                let (reference, crude) = (rates.reference(), rates.reference_rate(self.per));
                format!(
                    "Standardised indirectly: expected at the rates of {reference} in {strata}, whose crude rate is {crude}."
                )
            }
        }
    }

    /// Which areas change place, those that move furthest first.
    fn places_note(&self, ranked: usize) -> String {
        const NAMED: usize = 5;
        let mut moved: Vec<(f64, &StandardisedRow)> =
            self.moved().filter_map(|row| Some((distance(row)?, row))).collect();
        moved.sort_by(|a, b| b.0.total_cmp(&a.0));
        let of = words::counted(ranked, "area");
        if moved.is_empty() {
            return format!("Places: none of {of} has another rank than by crude rates.");
        }
        let told = moved
            .iter()
            .take(NAMED)
            .filter_map(|(_, row)| Some(format!("{} from {} to {}", row.area, row.crude_rank?, row.rank?)));
        let told = told.collect::<Vec<_>>().join(", ");
        let which = if moved.len() > NAMED { "; furthest " } else { ": " };
        let (number, have) = (digits::grouped(moved.len() as u64), if moved.len() == 1 { "has" } else { "have" });
        format!("Places: {number} of {of} {have} another rank than by crude rates{which}{told}.")
    }
}

fn distance(row: &StandardisedRow) -> Option<f64> {
    Some((row.rank.map(Rank::value)? - row.crude_rank.map(Rank::value)?).abs())
}

impl ScoreReport {
    /// What has to be reported with the figures, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        const NAMED: usize = 5;
        let table = self.scores.offences().table();
        let ranked = self.rows.iter().filter(|row| row.rank.is_some()).count();
        let mut notes = opening(table, ranked, self.rows.iter().map(|row| (row.rate.is_none(), row.note.as_deref())));
        notes.extend(sum_note(table, self.scores.offences().perhaps_sum(), ["offence", "offences"]));
        notes.push(Note::new(Topic::Average, self.weights_note()));
        if self.scores.offences().absent() == Absent::Zero {
            notes.push(Note::new(Topic::Average, "An offence that an area has no row of counts as none recorded."));
        }
        let shares = self.scores.shares();
        if shares.iter().any(|(_, share)| *share > 0.0) {
            let told = shares.iter().take(NAMED).map(|(offence, share)| {
                let words = self.scores.weights().words_of(offence).map(|words| format!("{words} "));
                let code = if words.is_some() { format!("({offence})") } else { (*offence).to_owned() };
                format!("{}{code} {} %", words.unwrap_or_default(), digits::fixed(100.0 * share, 1))
            });
            let told = told.collect::<Vec<_>>().join("; ");
            let more = if shares.len() > NAMED { ", those that bring most" } else { "" };
            notes.push(Note::new(Topic::Average, format!("Shares of all scores{more}: {told}.")));
        }
        notes.extend(told_without(&self.scores));
        let weighs = |offence: &&str| self.scores.weights().weight(offence).is_some_and(|weight| weight > 0.0);
        notes.extend(self.scores.offences().perhaps_total().filter(weighs).map(|offence| {
            let text = format!(
                "Perhaps a total: {offence}, which has in every area the count of all its other offences together; a total counts them twice: leave its rows out."
            );
            Note::new(Topic::Average, text)
        }));
        let told = self.limits.variation_told();
        let text = format!("Intervals: {}{told}, and weights taken as known.", self.limits.as_told());
        notes.push(Note::new(Topic::Interval, text));
        let lopsided =
            self.scores.iter().filter(|score| score.is_lopsided(self.limits)).map(|score| score.area().label());
        notes.extend(lopsided_note(&lopsided.collect::<Vec<_>>(), "an offence that is rare weighs much"));
        notes.push(ranking_note(ranked, self.order, self.ties.name(), "score"));
        notes.extend(table.basis().note());
        notes
    }

    /// What the scores are.
    pub(super) fn weights_note(&self) -> String {
        let without = self.scores.without_weight().len();
        let weighted = self.scores.offences().labels().len() - without;
        let (weights, offences) = (self.scores.weights(), words::counted(weighted, "offence"));
        format!("Score: counts of {offences} times {weights}, over the population {}; a score is no count.", self.per)
    }
}

/// Whose limits may be too short.
fn lopsided_note(areas: &[&str], what: &str) -> Option<Note> {
    let text = format!(
        "Limits may be too short for {}, where {what}; those of Fay and Feuer reach further.",
        words::listed(areas, ", ", "area")
    );
    (!areas.is_empty()).then(|| Note::new(Topic::Interval, text))
}

/// How many areas are compared, and who is left out.
fn opening<'a>(table: &'a Table, ranked: usize, rows: impl Iterator<Item = (bool, Option<&'a str>)>) -> Vec<Note> {
    let of = words::counted(table.len(), "area");
    let mut notes = vec![Note::new(Topic::Areas, format!("{} of {of} compared.", digits::grouped(ranked as u64)))];
    let left_out = table.areas().iter().zip(rows).filter(|(_, (out, _))| *out);
    notes
        .extend(note::left_out(left_out.map(|(area, (_, why))| (area.label(), why.unwrap_or("no figure").to_owned()))));
    notes.extend(table.totals_notes(&hints(table.areas())));
    notes
}

/// An area that is others together in each of its parts, where all of them together did not show it.
fn sum_note(table: &Table, sum: Option<Sum>, [one, many]: [&str; 2]) -> Option<Note> {
    let Sum { total, parts, agree, areas } = sum?;
    let label = |at: &usize| table.areas().get(*at).map_or("", Area::label);
    if table.perhaps_sums(&hints(table.areas())).contains(&total) {
        return None;
    }
    let of = words::counted_as(areas, one, many);
    let of = if agree == areas { format!("all {of}") } else { format!("{} of {of}", digits::grouped(agree as u64)) };
    let parts: Vec<&str> = parts.iter().map(label).collect();
    let text = format!(
        "Compared as areas, and perhaps totals: {} (in {of} the sum of {}).",
        label(&total),
        words::few(&parts)
    );
    Some(Note::new(Topic::Areas, text))
}

fn ranking_note(ranked: usize, order: Order, ties: &str, what: &str) -> Note {
    let of = digits::grouped(ranked as u64);
    Note::new(Topic::Ranking, format!("Ranks: of {of}, {order} {what} first, {ties} ties; compared before rounding."))
}
