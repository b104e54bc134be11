//! Texts that are read: what is accepted prints, and what prints is accepted as the same.

use crimerate::{
    Average, Confidence, Measure, Method, Observation, Order, Per, Period, Population, Proportion, Rank, Rate, Reason,
    Tally, Ties, average, claim, forces, funnel, interval, league, rank, read, records, smoothing, standard, time,
};
use std::{fmt::Display, str::FromStr};

fn parse<T: FromStr + Display + PartialEq>(text: &str)
where
    T::Err: Display,
{
    match text.parse::<T>() {
        Ok(value) => {
            let shown = value.to_string();
            let read = shown.parse::<T>();
            let Ok(read) = read else { panic!("{text:?} prints as {shown:?}, which is refused") };
            assert!(read.to_string() == shown, "{text:?} prints as {shown:?} and then as {:?}", read.to_string());
        }
        Err(error) => {
            let told = error.to_string();
            assert!(!told.is_empty() && !told.contains('\n'), "{told:?}");
        }
    }
}

macro_rules! parse_all {
    ($text:ident, $($type:ty),+ $(,)?) => { $(parse::<$type>($text);)+ };
}

/// Every type that reads text.
pub fn text(data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    parse_all!(
        text,
        Average,
        average::Fixed,
        average::ZScale,
        claim::Published,
        claim::Rounding,
        claim::Verdict,
        Confidence,
        funnel::Dispersion,
        funnel::Form,
        funnel::Position,
        funnel::Scale,
        funnel::Trim,
        funnel::TrimRule,
        interval::Correction,
        interval::DifferenceSpec,
        interval::Spec,
        interval::Test,
        interval::TestSpec,
        interval::Widening,
        league::Band,
        league::BandSpec,
        league::Grade,
        league::Grading,
        league::Judgement,
        league::RateScale,
        league::ValueKind,
        Measure,
        Method,
        Observation,
        Order,
        Per,
        Period,
        Population,
        Proportion,
        Rank,
        rank::CountModel,
        rank::Family,
        rank::Simulation,
        rank::Spec,
        interval::WithinDispersion,
        Rate,
        read::Role,
        Reason,
        records::Absent,
        smoothing::Estimator,
        standard::Method,
        standard::Unweighted,
        Tally,
        Ties,
        time::ChartKind,
        time::ChartRule,
        time::TrendLimits,
    );
    let _ = forces::find(text);
    for per in [Per::ONE, Per::HUNDRED_THOUSAND] {
        if let Ok(figure) = claim::Published::new(text, per) {
            let _ = figure.check(Rate::new(3, 7).expect("it has people"), claim::Rounding::default()).to_string();
        }
    }
}
