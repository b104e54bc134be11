//! One period compared with another, and series of them.

mod against_rest;
mod changes;
mod charts;
mod counts;
mod ends;
mod repeated;
mod report;
mod same_name;
mod seasons;
mod series;
mod series_notes;
mod short_bases;
mod trends;
mod unlike;
mod varying;
