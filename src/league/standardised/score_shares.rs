//! What each offence brings to the score of each area, as rows and notes.

use super::{row::ScoreShare, told::told_without};
use crate::{
    base::{Note, Topic, digits, layout, report, words},
    standard::{Offences, Score, Scores, Unweighted, Weights},
    table::Area,
};
use std::fmt;

/// What each offence brings to the severity score of each area, the one that brings most first: rows and notes that print, and that serialise and
/// read back.
///
/// ```
/// use crimerate::{records::Absent, standard::{Offences, Unweighted, Weights}};
///
/// let rows = [("Kent", "34B", 1_200, 1_846_500), ("Kent", "58C", 9_800, 1_846_500), ("Essex", "34B", 1_500, 1_832_800)];
/// let scores = Offences::from_rows(rows, Absent::Zero)?.scores(&Weights::severity_2020(), Unweighted::Refuse)?;
/// let shares = scores.by_offence();
/// let first = shares.iter().next().unwrap();
/// assert_eq!((first.offence.as_deref(), first.count, format!("{:.3}", first.share.unwrap())), (Some("34B"), Some(1_200), "0.948".into()));
/// assert!(shares.csv().starts_with("area,code,offence,count,weight,points,share,note\n"));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreShares {
    scores: Scores,
    rows: Vec<ScoreShare>,
}

impl Scores {
    /// What each offence brings to the score of each area.
    #[must_use]
    pub fn by_offence(&self) -> ScoreShares {
        ScoreShares::of(self.clone())
    }
}

impl ScoreShares {
    fn of(scores: Scores) -> Self {
        let mut rows = Vec::new();
        for (area, outcome) in scores.areas() {
            match outcome {
                Ok(score) => rows.extend(of_area(score)),
                Err(why) => rows.push(ScoreShare { note: Some(why.to_string()), ..nothing(area) }),
            }
        }
        Self { scores, rows }
    }

    /// The scores.
    #[must_use]
    pub const fn scores(&self) -> &Scores {
        &self.scores
    }

    /// What has to be reported with the shares.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let weights = self.scores.weights();
        let text = format!("Points: counts of each offence times {weights}; shares are of the points of its area.");
        let mut notes = vec![Note::new(Topic::Average, text)];
        notes.extend(told_without(&self.scores));
        notes
    }
}

/// The offences of an area, those that bring most first and those without a weight last.
fn of_area(score: Score<'_>) -> Vec<ScoreShare> {
    let all = score.points();
    let mut rows: Vec<ScoreShare> = score
        .counted()
        .map(|(offence, count, weight)| {
            let points = weight.map(|weight| weight * count as f64);
            ScoreShare {
                offence: Some(offence.into()),
                count: Some(count),
                weight,
                points,
                share: points.filter(|_| all > 0.0).map(|points| points / all),
                note: weight.is_none().then(|| "it has no weight".into()),
                ..nothing(score.area())
            }
        })
        .collect();
    rows.sort_by(|a, b| b.points.unwrap_or(-1.0).total_cmp(&a.points.unwrap_or(-1.0)));
    rows
}

fn nothing(area: &Area) -> ScoreShare {
    let (area, code) = (area.name().into(), area.code().map(Into::into));
    ScoreShare { area, code, offence: None, count: None, weight: None, points: None, share: None, note: None }
}

report! {
    ScoreShares of kept ScoreShare: "A row for each offence of each area, in the order of the areas; an area without a score has one, with a note.";
    written as |it| {} rows {
        unweighted: Unweighted = it.scores.unweighted(),
        weights: Weights = it.scores.weights().clone(),
        offences: Offences = it.scores.offences().clone(),
    }
    read as |written, _| Ok(Self::of(written.offences.scores(&written.weights, written.unweighted)?))
}

/// The shares as text, and the notes below.
impl fmt::Display for ScoreShares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines =
            vec![["Share %", "Area", "Offence", "Offences", "Weight", "Points"].map(str::to_owned).to_vec()];
        lines.extend(self.rows.iter().map(|row| {
            vec![
                layout::fixed(row.share.map(|share| 100.0 * share), 1),
                words::one_line(&row.area),
                layout::or_dash(row.offence.as_deref().map(words::one_line)),
                layout::whole(row.count),
                layout::or_dash(row.weight.map(|weight| digits::fixed(weight, digits::decimals(weight)))),
                layout::fixed(row.points, 0),
            ]
        }));
        layout::write_report(f, &lines, &self.notes())
    }
}
