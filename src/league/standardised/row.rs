//! The rows of reports on standardised rates and on scores.

use super::super::rank::Rank;
use crate::base::row;
use serde::{Deserialize, Serialize};

row! {
    /// One area's line of a [`StandardisedReport`](crate::league::StandardisedReport); what does not exist is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct StandardisedRow {
        /// The name.
        area: String,
        /// The official code.
        code: Option<String> => sparse,
        /// The count in all strata, where all are known.
        count: Option<u64>,
        /// The population of all strata.
        population: Option<u64>,
        /// `count * per / population`.
        crude: Option<f64>,
        /// The standardised rate.
        rate: Option<f64>,
        /// Its lower limit.
        lower: Option<f64>,
        /// Its upper limit.
        upper: Option<f64>,
        /// The expected count, of an indirect standardisation.
        expected: Option<f64>,
        /// Count over expected count.
        ratio: Option<f64>,
        /// Its lower limit.
        ratio_lower: Option<f64>,
        /// Its upper limit.
        ratio_upper: Option<f64>,
        /// The place by the standardised rate.
        rank: Option<Rank>,
        /// The place of the same areas by the crude rate.
        crude_rank: Option<Rank>,
        /// Why the area takes no part, or figures are missing, and where limits may be too short.
        note: Option<String>,
    }
}

row! {
    /// One area's line of a [`ScoreReport`](crate::league::ScoreReport); what does not exist is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct ScoreRow {
        /// The name.
        area: String,
        /// The official code.
        code: Option<String> => sparse,
        /// How many offences have a weight.
        count: Option<u64>,
        /// Their weights added up: points, no count.
        score: Option<f64>,
        /// The population.
        population: Option<u64>,
        /// `score * per / population`.
        rate: Option<f64>,
        /// Its lower limit.
        lower: Option<f64>,
        /// Its upper limit.
        upper: Option<f64>,
        /// The place by the score per unit population.
        rank: Option<Rank>,
        /// Why the area takes no part, or figures are missing; which of its offences are in no score; where limits may be too short.
        note: Option<String>,
    }
}

row! {
    /// What one offence brings to the score of one area, a line of [`ScoreShares`](crate::league::ScoreShares); what does not exist is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct ScoreShare {
        /// The name.
        area: String,
        /// The official code.
        code: Option<String> => sparse,
        /// The offence; none of an area that has no score.
        offence: Option<String>,
        /// How many of it were counted.
        count: Option<u64>,
        /// What each of them weighs.
        weight: Option<f64>,
        /// `count * weight`.
        points: Option<f64>,
        /// The points over those of all offences of the area.
        share: Option<f64>,
        /// Why the area has no score, or the offence no points.
        note: Option<String>,
    }
}
