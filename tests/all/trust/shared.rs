//! Answers can be sent to other threads and shared between them.

use crimerate::{
    Average, Claim, Error, Interval, LeagueTable, Panel, Rate, Report, Table, claim, funnel, league, rank, read,
    smoothing, standard, time,
};

#[test]
fn every_answer_is_send_and_sync() {
    fn both<T: Send + Sync>() {}
    both::<(Rate, Interval, Average, Table, LeagueTable, Report, Error, Claim)>();
    both::<(Panel<'_>, time::Series, standard::Strata, standard::Scores, league::Values)>();
    both::<(rank::Sets, rank::Report, funnel::Funnel, funnel::Report, smoothing::Smoothing, smoothing::Report)>();
    both::<(claim::Checker, claim::Checked, claim::Report, time::Changes, time::SeriesReport, time::Trends)>();
    both::<(read::Document, read::Taken, read::Faults)>();
}
