//! Sentences against figures.

mod alarms;
mod asked;
mod both_ends;
mod bounds;
mod earlier;
mod ends;
mod figures;
mod figures_within;
mod groups;
mod laws;
mod missing;
mod months;
mod over_time;
mod placed;
mod ranks_by_counting;
mod reasons;
mod rounded_and_suppressed;
mod sentences;
mod series_ends;
mod tipping;
mod told;
mod unplaced;
mod verdicts;
mod within_laws;
