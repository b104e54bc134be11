//! What is said beside control charts.

use super::{
    alarms::FalseAlarms,
    chart::Chart,
    chart_kind::ChartKind,
    series::{AreaSeries, Series},
};
use crate::{
    base::{Note, Result, Topic, digits, words},
    interval::WithinDispersion,
    rate::Period,
};

/// Of the charts of all areas, or of the one at a place.
pub(super) fn notes(
    series: &Series,
    kind: ChartKind,
    base: Option<Period>,
    within: Option<WithinDispersion>,
    charts: &[Result<Chart>],
    only: Option<usize>,
) -> Vec<Note> {
    let charts = || {
        let all = series.iter().zip(charts).enumerate();
        all.filter(move |(place, _)| only.is_none_or(|only| only == *place)).map(|(_, chart)| chart)
    };
    let limits = match kind {
        _ if kind.is_exact() => "limits by exact probability, at most 0.135 % beyond each",
        _ if kind.is_laney() => "limits of three standard errors, stretched by the mean moving range of z over 1.128",
        _ => "limits of three standard errors",
    };
    let own = base.is_none();
    let base = base.map_or_else(|| "all periods".to_owned(), |base| based(series, base));
    let mut notes = vec![Note::new(Topic::Limits, format!("Control chart: {kind}, centre from {base}, {limits}."))];
    let parts = || series.iter().flat_map(AreaSeries::cells).any(|cell| cell.months != series.months());
    if (kind.is_of_counts() || kind.is_of_proportions()) && parts() {
        let what = if kind.is_of_counts() { "counts" } else { "proportions" };
        notes.push(Note::new(
            Topic::Limits,
            format!("Parts of periods have no point in a chart of {what}; u-charts have them."),
        ));
    }
    let none: Vec<(&str, String)> =
        charts().filter_map(|(area, chart)| Some((area.area(), chart.as_ref().err()?.kind().to_string()))).collect();
    for (area, why) in none.iter().take(words::NAMED) {
        notes.push(Note::new(Topic::Limits, format!("No chart: {area}, {why}.")));
    }
    if none.len() > words::NAMED {
        let more = words::counted(none.len() - words::NAMED, "more area");
        notes.push(Note::new(Topic::Limits, format!("No chart: {more}.")));
    }
    let found = || charts().filter_map(|(area, chart)| Some((area.area(), chart.as_ref().ok()?)));
    let signals = found().flat_map(|(area, chart)| {
        chart.signals().map(move |(period, rule)| format!("{area} {} ({rule})", series.period_label(period)))
    });
    let signals: Vec<String> = signals.collect();
    let told = match signals.len() {
        _ if found().next().is_none() => "none were looked for, as there is no chart".to_owned(),
        0 => "none".to_owned(),
        1..=words::NAMED => signals.join(", "),
        many => digits::grouped(many as u64),
    };
    notes.push(Note::new(Topic::Limits, format!("Signals: {told}.")));
    let alarms = found().map(|(_, chart)| chart.false_alarms()).fold(FalseAlarms::default(), FalseAlarms::and);
    if alarms.points() > 0 {
        notes.push(Note::new(Topic::Limits, told_alarms(kind, own, alarms, found().count())));
        if let Some(within) = within.filter(|within| within.factor() > 1.0 && !kind.is_laney()) {
            let text = format!(
                "Counts of these areas vary by phi_w {within} times the variation of chance, so more signals than that are to be expected: Laney's charts allow for it."
            );
            notes.push(Note::new(Topic::Limits, text));
        }
    }
    if series.cycle() > 1 && alarms.points() > 0 {
        let text = "Charts know no seasons, and a season makes signals where nothing changed: rolling years and changes on a year before have none.";
        notes.push(Note::new(Topic::Limits, text));
    }
    notes
}

/// The base, and which part of it the series has, where it has not all of it.
fn based(series: &Series, base: Period) -> String {
    let mut within = series.periods().iter().copied().filter(|period| base.contains(*period));
    let first = within.next();
    let last = within.next_back().or(first);
    let had = first.zip(last).and_then(|(first, last)| Period::from_to(first, last).ok());
    match had.filter(|had| *had != base) {
        Some(had) => format!("{base} (of which the series has {})", series.run_label(had)),
        None => base.to_string(),
    }
}

/// What is to be expected of charts; where the centre is fitted to the same periods they lie closer to it than to the true one.
fn told_alarms(kind: ChartKind, own: bool, alarms: FalseAlarms, areas: usize) -> String {
    // To one digit, down to three decimals; fewer are not told.
    const LEAST: f64 = 0.0005;
    let shown = |value: f64| digits::fixed(value, if value < 0.095 { 3 } else { 1 });
    let centre = if own { "the centre taken as known" } else { "the centre being as uncertain as the base leaves it" };
    let law = match kind {
        _ if kind.is_laney() => {
            "normal figures, centre and width being as uncertain as the base leaves them; where fewer than some 5 are counted a period there are more"
                .to_owned()
        }
        _ if kind.is_of_proportions() => format!("by binomial counts, {centre}"),
        _ => format!("by Poisson counts, {centre}"),
    };
    let of = [
        ("", alarms.beyond_limit(), "beyond a limit"),
        ("", alarms.eight_on_one_side(), "of eight on one side"),
        ("at most ", alarms.six_rising_or_falling(), "of six rising or falling"),
        ("", alarms.two_of_three(), "of two among three"),
    ];
    let of: Vec<String> = of
        .into_iter()
        .filter(|(_, value, _)| *value >= LEAST)
        .map(|(bound, value, what)| format!("{bound}{} {what}", shown(value)))
        .collect();
    let all = match alarms.all() {
        all if all < LEAST => "fewer than 0.001".to_owned(),
        all if own && !kind.is_laney() => format!("at most {}", shown(all)),
        all => shown(all),
    };
    format!(
        "If nothing had changed, {all} signals would be expected of {} in {} ({law}){}{}.",
        words::counted(alarms.points(), "point"),
        words::counted(areas, "area"),
        if of.is_empty() { "" } else { ": " },
        of.join(", "),
    )
}
