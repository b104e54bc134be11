//! What is said beside control charts.

use super::{
    alarms::FalseAlarms,
    chart::Chart,
    chart_kind::ChartKind,
    series::{AreaSeries, Series},
};
use crate::{
    base::{Note, Result, Topic, digits, words},
    rate::Period,
};

pub(super) fn notes(series: &Series, kind: ChartKind, base: Option<Period>, charts: &[Result<Chart>]) -> Vec<Note> {
    const NAMED: usize = 15;
    let limits = match kind {
        _ if kind.is_exact() => "limits by exact probability, at most 0.135 % beyond each",
        _ if kind.is_laney() => "limits of three standard errors, stretched by the mean moving range of z over 1.128",
        _ => "limits of three standard errors",
    };
    let base = base.map_or_else(|| "all periods".to_owned(), |base| base.to_string());
    let mut notes = vec![Note::new(Topic::Limits, format!("Control chart: {kind}, centre from {base}, {limits}."))];
    let parts = || series.iter().flat_map(AreaSeries::cells).any(|cell| cell.months != series.months());
    if (kind.is_of_counts() || kind.is_of_proportions()) && parts() {
        let what = if kind.is_of_counts() { "counts" } else { "proportions" };
        notes.push(Note::new(
            Topic::Limits,
            format!("Parts of periods have no point in a chart of {what}; u-charts have them."),
        ));
    }
    let none: Vec<(&str, String)> = series
        .iter()
        .zip(charts)
        .filter_map(|(area, chart)| Some((area.area(), chart.as_ref().err()?.kind().to_string())))
        .collect();
    for (area, why) in none.iter().take(NAMED) {
        notes.push(Note::new(Topic::Limits, format!("No chart: {area}, {why}.")));
    }
    if none.len() > NAMED {
        let more = words::counted(none.len() - NAMED, "more area");
        notes.push(Note::new(Topic::Limits, format!("No chart: {more}.")));
    }
    let found = || series.iter().zip(charts).filter_map(|(area, chart)| Some((area.area(), chart.as_ref().ok()?)));
    let signals = found()
        .flat_map(|(area, chart)| chart.signals().map(move |(period, rule)| format!("{area} {period} ({rule})")));
    let signals: Vec<String> = signals.collect();
    let told = match signals.len() {
        0 => "none".to_owned(),
        1..=NAMED => signals.join(", "),
        many => digits::grouped(many as u64),
    };
    notes.push(Note::new(Topic::Limits, format!("Signals: {told}.")));
    let alarms = found().map(|(_, chart)| chart.false_alarms()).fold(FalseAlarms::default(), FalseAlarms::and);
    if alarms.points() > 0 {
        notes.push(Note::new(Topic::Limits, told_alarms(kind, alarms, found().count())));
    }
    notes
}

fn told_alarms(kind: ChartKind, alarms: FalseAlarms, areas: usize) -> String {
    let shown = |value: f64| digits::fixed(value, if value < 0.095 { 3 } else { 1 });
    let law = match kind {
        _ if kind.is_laney() => "normal figures",
        _ if kind.is_of_proportions() => "by binomial counts, the centre taken as known",
        _ => "by Poisson counts, the centre taken as known",
    };
    format!(
        "Where nothing is there, {} signals are to be expected of {} in {} ({law}): {} beyond a limit, {} of eight on one side, at most {} of six \
         rising or falling, {} of two among three.",
        shown(alarms.all()),
        words::counted(alarms.points(), "point"),
        words::counted(areas, "area"),
        shown(alarms.beyond_limit()),
        shown(alarms.eight_on_one_side()),
        shown(alarms.six_rising_or_falling()),
        shown(alarms.two_of_three()),
    )
}
