//! What was found, as lines and as data.

use crate::timing::Timing;
use serde::Serialize;
use std::{cmp::Ordering, fmt::Write, time::Duration};

/// A line of the file of results.
#[derive(Serialize)]
pub(crate) struct Entry {
    pub(crate) work: &'static str,
    pub(crate) system: String,
    pub(crate) threads: usize,
    pub(crate) items: usize,
    pub(crate) seconds: f64,
    pub(crate) ns_per_item: f64,
}

impl Entry {
    pub(crate) fn new(work: &'static str, system: &str, threads: usize, items: usize, time: Duration) -> Self {
        let seconds = time.as_secs_f64();
        Self { work, system: system.to_owned(), threads, items, seconds, ns_per_item: seconds * 1e9 / items as f64 }
    }
}

/// The table of a work, the fastest first, compared with crimerate with one thread.
pub(crate) fn table(title: &str, item: &str, items: usize, timings: &[Timing]) -> String {
    let one = timings.iter().find(|timing| timing.name == "crimerate" && timing.threads == 1);
    let one = one.map_or(f64::NAN, |timing| timing.time.as_secs_f64());
    let mut order: Vec<&Timing> = timings.iter().collect();
    order.sort_by(|a, b| match (a.name == "crimerate", b.name == "crimerate") {
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (true, true) => a.threads.cmp(&b.threads),
        (false, false) => a.time.cmp(&b.time),
    });
    let mut lines = vec![["System", "Form", "Threads", &format!("ns/{item}"), "Times slower"].map(str::to_owned)];
    for Timing { name, form, threads, time } in order {
        let seconds = time.as_secs_f64();
        let nanoseconds = format!("{:.2}", seconds * 1e9 / items as f64);
        lines.push([name.clone(), form.clone(), threads.to_string(), nanoseconds, format!("{:.2}", seconds / one)]);
    }
    let widths: [usize; 5] =
        std::array::from_fn(|k| lines.iter().map(|line| line[k].chars().count()).max().unwrap_or_default());
    lines.insert(1, widths.map(|width| "-".repeat(width)));
    let mut text = format!("{title}\n\n");
    for [name, form, threads, nanoseconds, slower] in lines {
        let [a, b, c, d, e] = widths;
        let _ = writeln!(text, "{name:a$}  {form:b$}  {threads:>c$}  {nanoseconds:>d$}  {slower:>e$}");
    }
    text
}
