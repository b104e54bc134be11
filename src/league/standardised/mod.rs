//! Standardised rates and severity scores as league tables: rows with the crude rank beside the other, and notes.

mod display;
mod notes;
mod rates;
mod report;
mod row;
mod score_report;
mod score_shares;
mod told;
mod values;

pub use report::StandardisedReport;
pub use row::{ScoreRow, ScoreShare, StandardisedRow};
pub use score_report::ScoreReport;
pub use score_shares::ScoreShares;
