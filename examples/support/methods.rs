//! Coverage of the interval of a count by each method, over four ranges of means, and its picture.

use super::{
    held::Shares,
    study::{Study, over},
};
use crimerate::{Confidence, Method, interval, plot::Plot};

pub(crate) const RANGES: [(f64, f64); 4] = [(0.5, 5.0), (5.0, 20.0), (20.0, 100.0), (100.0, 400.0)];

/// The studies of each method.
pub(crate) fn studies() -> Vec<(Method, [Study; 4])> {
    let study = |method: &Method| {
        let plan = interval::Plan::new((Confidence::P95, *method));
        (*method, RANGES.map(|(low, high)| over(&plan, low, high, 400)))
    };
    Method::ALL.iter().map(study).collect()
}

/// The mean coverage in each range, with a line to the least.
pub(crate) fn plot(studies: &[(Method, [Study; 4])]) -> Plot {
    let mut held = Shares::default();
    for (method, studies) in studies {
        for (study, (low, high)) in studies.iter().zip(RANGES) {
            let [least, mean] = [study.least, study.mean].map(|share| 100.0 * share);
            held.between(format!("{method}, means {low} to {high}"), mean, (least, mean));
        }
    }
    let note = "Dots: mean coverage over 400 means in the range; lines: down to the least. What the sums leave out has a probability below 1e-12.";
    held.plot("coverage of 95 % intervals of a count", 95.0).with_note(note)
}
