//! Columns that a table compares, one at a time.

use super::super::outputs::{FunnelOutputs, Outputs, SmoothedOutputs};
use super::job::{Count, Job};
use crate::{
    average::{Average, ZScale},
    base::Undefined,
    funnel::Overdispersion,
    league::{LeagueTable, Measure},
    smoothing::Estimator,
};
use ndarray::{ArrayViewMut1, ArrayViewMut2};
use std::ops::Range;

/// Columns whose sums are too large for doubles, whose averages are over groups, or whose funnels are about the averages of
/// the others, one at a time, as a table compares them.
pub(super) fn define<C: Count>(job: &Job<'_, C>, mut outputs: Outputs<'_>, columns: Range<usize>) {
    for (at, column) in columns.enumerate() {
        let Some(league) = (job.define)(column) else { return };
        for (measure, array) in Measure::ALL.iter().zip(&mut outputs.cells) {
            put(array, at, |area| league.row(area)?.measure(*measure, job.per).ok());
        }
        for (area, to) in outputs.ranks.iter_mut().flat_map(|ranks| ranks.column_mut(at)).enumerate() {
            *to = league.row(area).map_or(0, |comparison| comparison.rank().number(job.how.ties()));
        }
        let standard = league.spread_on(ZScale::Standard);
        let mean = Average::MEAN.of(league.rates());
        set(&mut outputs.averages, at, league.average_of_all().map_or(f64::NAN, |value| value.per(job.per).value()));
        set(&mut outputs.means, at, mean.map_or(f64::NAN, |value| value.per(job.per).value()));
        set(&mut outputs.deviations, at, standard.map_or(f64::NAN, |spread| spread.unit(job.per)));
        set(&mut outputs.statuses, at, league.spread().err().map_or(0, Undefined::code));
        if outputs.smoothed.are_wanted() {
            smooth(&league, job, &mut outputs.smoothed, at);
        }
        if outputs.funnel.are_wanted() {
            funnel(&league, &mut outputs.funnel, at);
        }
    }
}

fn smooth<C>(league: &LeagueTable, job: &Job<'_, C>, outputs: &mut SmoothedOutputs<'_>, at: usize) {
    let smoothing = league.smooth(Estimator::Marshall);
    let smoothed: Vec<f64> = smoothing.iter().map(|area| area.estimate(job.per).value()).collect();
    let prior = smoothing.prior().ok();
    put(&mut outputs.estimates, at, |area| smoothed.get(league.place(area)?).copied());
    set(&mut outputs.means, at, prior.map_or(f64::NAN, |prior| prior.mean(job.per)));
    set(&mut outputs.deviations, at, prior.map_or(f64::NAN, |prior| prior.sd(job.per)));
}

fn funnel(league: &LeagueTable, outputs: &mut FunnelOutputs<'_>, at: usize) {
    let funnel = league.funnel(outputs.spec);
    let points: Vec<(Option<f64>, Option<f64>)> =
        funnel.iter().map(|point| (point.z().ok(), point.z_adjusted().ok())).collect();
    put(&mut outputs.z, at, |area| points.get(league.place(area)?)?.0);
    put(&mut outputs.adjusted, at, |area| points.get(league.place(area)?)?.1);
    let found = funnel.overdispersion();
    set(&mut outputs.phi, at, found.ok().map_or(f64::NAN, Overdispersion::phi));
    set(&mut outputs.tau2, at, found.ok().map_or(f64::NAN, Overdispersion::tau2));
    set(&mut outputs.statuses, at, found.err().map_or(0, Undefined::code));
}

fn set<T>(array: &mut Option<ArrayViewMut1<'_, T>>, at: usize, figure: T) {
    if let Some(to) = array.as_mut().and_then(|array| array.get_mut(at)) {
        *to = figure;
    }
}

/// Writes one column of cells, NaN where there is no figure.
fn put(array: &mut Option<ArrayViewMut2<'_, f64>>, at: usize, figure: impl Fn(usize) -> Option<f64>) {
    for (area, to) in array.iter_mut().flat_map(|array| array.column_mut(at)).enumerate() {
        *to = figure(area).unwrap_or(f64::NAN);
    }
}
