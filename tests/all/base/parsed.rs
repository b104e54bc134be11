//! What prints, parses; and where a value is a word, the word is the same in text and serialised.

use crimerate::{
    Average, Confidence, Error, Measure, Method, Observation, Order, Per, Population, Proportion, Rank, Rate, Reason,
    Tally, Ties, Undefined,
    average::{Fixed, ZScale},
    claim::{Published, Rounding, Verdict},
    funnel::{Dispersion, Form, Position, Scale, Trim, TrimRule},
    interval::{self, Correction, DifferenceSpec, Test, TestSpec, WithinDispersion},
    league::{Band, BandScale, BandSpec, Grade, Grading, Judgement, Ranking, RateScale},
    rank::{self, CountModel, Family},
    records::Absent,
    smoothing::Estimator,
};
use serde::Serialize;
use std::{
    fmt::{Debug, Display},
    str::FromStr,
};

trait Text: Display + Debug + PartialEq + FromStr<Err = Error> {}

impl<T: Display + Debug + PartialEq + FromStr<Err = Error>> Text for T {}

fn parse<T: Text>(values: impl IntoIterator<Item = T>) {
    for value in values {
        let shown = value.to_string();
        assert_eq!(shown.parse(), Ok(value), "{shown}");
    }
}

fn are_words<T: Text + Serialize + Copy>(all: &[T]) {
    assert!(!all.is_empty());
    parse(all.iter().copied());
    for value in all {
        assert_eq!(serde_json::to_value(value).unwrap(), value.to_string(), "{value}");
        assert!(format!("no {value}").parse::<T>().is_err());
    }
}

fn confidence(level: f64) -> Confidence {
    Confidence::new(level).unwrap()
}

fn levels() -> impl Iterator<Item = Confidence> + Clone {
    [0.95, 0.5, 0.998, 0.999_999, 0.05, 0.3, 0.07].into_iter().map(confidence)
}

#[test]
fn words_print_parse_and_serialise_alike() {
    are_words(Absent::ALL);
    are_words(Band::ALL);
    are_words(Correction::ALL);
    are_words(Dispersion::ALL);
    are_words(Estimator::ALL);
    are_words(Family::ALL);
    are_words(Form::ALL);
    are_words(Grade::ALL);
    are_words(Grading::ALL);
    are_words(Measure::ALL);
    are_words(Method::ALL);
    are_words(Order::ALL);
    are_words(Position::ALL);
    are_words(RateScale::ALL);
    are_words(Rounding::ALL);
    are_words(Scale::ALL);
    are_words(Test::ALL);
    are_words(Ties::ALL);
    are_words(TrimRule::ALL);
    are_words(Verdict::ALL);
    are_words(ZScale::ALL);
}

#[test]
fn values_print_and_parse() {
    let rate = |count, population| Rate::new(count, population).unwrap();
    parse([rate(0, 1), rate(60, 50_000), rate(u64::MAX, u64::MAX)]);
    parse([1, 8_700, u64::MAX].map(|people| Population::new(people).unwrap()));
    parse([(0, 1), (1_200, 1_300)].map(|(count, total)| Proportion::new(count, total).unwrap()));
    parse([[rate(60, 50_000), rate(4, 1_000)].into_iter().collect(), rate(1, 9).into(), Tally::new()]);
    parse([Per::ONE, Per::HUNDRED_THOUSAND, Per::THOUSAND.years().unwrap(), Per::new(4_294_967_295).unwrap()]);
    let reasons = [Reason::NotAvailable, Reason::Blank, Reason::NoRecord];
    parse(reasons);
    parse(reasons.map(Observation::Missing));
    parse([None, Some(4), Some(12_000)].map(|at_most| Observation::Suppressed { at_least: 0, at_most }));
    parse([0, 999, 1_000, u64::MAX].map(Observation::Known));
    parse(levels());
    let rates: Vec<Rate> = (0..1_201).map(|i| rate(1_201 - i, 1_000)).collect();
    parse(Ranking::new(&rates, Order::Highest, Ties::Average).ranks());
    parse(Ranking::new(&[rate(1, 2), rate(2, 4)], Order::Highest, Ties::Average).ranks());
    for text in ["24.5", "1,024.50", "0", "29", "999999.999"] {
        parse([Published::new(text, Per::THOUSAND).unwrap(), Published::new(text, Per::MILLION).unwrap()]);
    }
    let judged = |grading: Grading| grading.grades().iter().map(move |grade| Judgement::new(grading, *grade).unwrap());
    parse(Grading::ALL.iter().copied().flat_map(judged));
}

#[test]
fn what_rates_print_as_are_published_figures() {
    let (rate, base) = (Rate::new(721, 2_939_927).unwrap(), Rate::new(5, 2_939_927).unwrap());
    let mean = Average::MEAN.of(&[rate, base]).unwrap();
    for reading in [rate.per(Per::THOUSAND), rate.minus(base).per(Per::MILLION), mean.per(Per::HUNDRED_THOUSAND)] {
        let shown = reading.to_string();
        assert_eq!(shown.parse::<Published>().map(|figure| figure.to_string()), Ok(shown));
    }
}

#[test]
fn options_print_and_parse() {
    for level in levels() {
        parse(Method::ALL.iter().map(|method| interval::Spec::from((level, *method))));
        parse(Method::ALL.iter().map(|method| DifferenceSpec::from((level, *method))));
        parse(Test::ALL.iter().map(|test| TestSpec::from((level, *test))));
        let phi = WithinDispersion::new(2.25).unwrap();
        for (family, test) in Family::ALL.iter().flat_map(|family| Test::ALL.iter().map(move |test| (*family, *test))) {
            let spec = rank::Spec::from((family, level, test));
            parse([spec, spec.with_dispersion(phi)]);
        }
        let bands = BandSpec::new(1.5).unwrap();
        parse([BandScale::Raw, BandScale::Log, BandScale::ShapiroWilk(level)].map(|scale| bands.on(scale)));
    }
    assert_eq!("byar".parse::<interval::Spec>(), Ok(Method::Byar.into()));
    assert_eq!("99 %".parse::<interval::Spec>(), Ok(Confidence::P99.into()));
    assert_eq!("0.99".parse::<DifferenceSpec>(), Ok((Confidence::P99, Method::Score).into()));
    assert_eq!("2".parse::<BandSpec>(), Ok(BandSpec::TWO));
    parse([0.0, 0.1, 0.07, 0.29, 1e-9, 0.1 + 0.2].map(|fraction| Trim::winsorise(fraction).unwrap()));
    parse([0.1, 0.07, 0.29, 0.499].map(|fraction| Trim::drop(fraction).unwrap()));
    parse([0.0, 0.8, 2.2, 1_200.5].map(|phi| WithinDispersion::new(phi).unwrap()));
    let phi = WithinDispersion::new(2.2).unwrap();
    parse([CountModel::Poisson, CountModel::GammaPoisson, CountModel::Overdispersed(phi)]);
    #[cfg(feature = "simulation")]
    parse([(1, 0), (10_000, u64::MAX)].map(|(times, seed)| rank::Simulation::new(times, seed).unwrap()));
}

/// An estimate prints three digits of its phi_w, which are what is read.
#[test]
fn estimated_dispersions_parse_as_far_as_they_print() {
    let phi = WithinDispersion::estimate([[60, 72, 55, 71], [31, 20, 28, 33], [12, 9, 17, 12]]).unwrap();
    let read: WithinDispersion = phi.to_string().parse().unwrap();
    assert_eq!((read.to_string(), read.estimated_from()), (phi.to_string(), phi.estimated_from()));
    assert!((read.phi() - phi.phi()).abs() < 0.005);
    for text in ["2.2 (1 area, 4 periods)", "2.2 (3 areas)", "2.2 (as given", "phi", "2.2 (3 areas, 1 periods)"] {
        assert!(text.parse::<WithinDispersion>().is_err(), "{text}");
    }
}

#[test]
fn averages_print_and_parse() {
    let fixed = [
        (83.5, Per::HUNDRED_THOUSAND),
        (0.0, Per::ONE),
        (1e30, Per::THOUSAND),
        (1e-30, Per::MILLION),
        (1_100.25, Per::THOUSAND),
    ];
    let fixed = fixed.map(|(value, per)| Average::fixed(value, per).unwrap());
    for average in [Average::POOLED, Average::MEAN, Average::MEDIAN].into_iter().chain(fixed) {
        parse([average, average.without_self()]);
    }
    assert_eq!("mean".parse::<Average>(), Ok(Average::MEAN));
    assert_eq!("83.5 per 1,000".parse::<Fixed>().unwrap().to_string(), "83.5 per 1,000");
    for text in
        ["", "means", "fixed at 83.5", "fixed at -1 per 1,000", "pooled of each area's group", "fixed at NaN per 1"]
    {
        assert!(text.parse::<Average>().is_err(), "{text}");
    }
}

#[test]
fn what_is_no_option_is_refused_with_what_would_be() {
    let says = |error: Error| error.to_string();
    assert_eq!(
        says("exat".parse::<interval::Spec>().unwrap_err()),
        "\"exat\" is not an interval method: choose exact, mid-p, byar, rothman-boice, ohid, score or jeffreys; did you mean \
         \"exact\"?"
    );
    assert_eq!(
        says("exact at 95".parse::<interval::Spec>().unwrap_err()),
        "95 is not a confidence level: it has to be between 0 and 1, both left out (95 % is 0.95)"
    );
    assert_eq!(
        says("simultaneous".parse::<rank::Spec>().unwrap_err()),
        "kind of rank sets \"simultaneous\" is not a family, a level and a test, such as simultaneous at 95 %, exact"
    );
    assert_eq!(
        says("10 % trimmed".parse::<Trim>().unwrap_err()),
        "trim \"10 % trimmed\" is not a share and what is done with it, such as 10 % winsorised at each end"
    );
    assert_eq!(
        says("0".parse::<Rank>().unwrap_err()),
        "rank \"0\" is not a place from 1, whole or halfway between two"
    );
    assert!("1.25".parse::<Rank>().is_err() && "inf".parse::<Rank>().is_err());
    assert_eq!(says(Undefined::TooFew.into()), "fewer than two areas are compared, so the figure does not exist");
}
