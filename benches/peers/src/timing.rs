//! Who is timed, and how: round by round, so that what disturbs the machine disturbs all.

use crate::Result;
use std::{
    collections::HashMap,
    env, thread,
    time::{Duration, Instant},
};

/// Something that does a work. The first run is checked, and is not among the timed ones.
pub(crate) struct System<'a> {
    pub(crate) name: String,
    /// How the work is written, where there is more than one way.
    pub(crate) form: String,
    pub(crate) threads: usize,
    pub(crate) run: Box<dyn FnMut(Step) -> Result<Duration> + 'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Check,
    Time,
}

pub(crate) struct Timing {
    pub(crate) name: String,
    pub(crate) form: String,
    pub(crate) threads: usize,
    /// The least of all runs.
    pub(crate) time: Duration,
}

/// How often, and how long one system may take over it.
#[derive(Clone, Copy)]
pub(crate) struct Patience {
    pub(crate) runs: u32,
    pub(crate) budget: Duration,
}

/// Checks all systems, then times the forms that are not three times as slow as another form of the same system; the
/// fastest form of each is what it takes.
pub(crate) fn compare(work: &str, systems: Vec<System<'_>>, patience: Patience) -> Result<Vec<Timing>> {
    let mut checked = Vec::new();
    for mut system in systems {
        let label = label(&system);
        let first = (system.run)(Step::Check).map_err(|error| format!("{work}: {label}: {error}"))?;
        eprintln!("{work}: {label}: checked, {:.3} s", first.as_secs_f64());
        checked.push((system, first));
    }
    let mut fastest = HashMap::new();
    for (system, first) in &checked {
        let least = fastest.entry((system.name.clone(), system.threads)).or_insert(*first);
        *least = (*least).min(*first);
    }
    checked.retain(|(system, first)| *first <= 3 * fastest[&(system.name.clone(), system.threads)]);

    let most = patience.runs.max(2);
    let mut least = vec![Duration::MAX; checked.len()];
    for round in 0..most {
        for ((system, first), least) in checked.iter_mut().zip(&mut least) {
            let affordable = (patience.budget.as_secs_f64() / first.as_secs_f64()) as u32;
            if round < affordable.clamp(2, most) {
                *least = (system.run)(Step::Time)?.min(*least);
            }
        }
    }
    let mut timings: Vec<Timing> = Vec::new();
    for ((System { name, form, threads, .. }, _), time) in checked.into_iter().zip(least) {
        match timings.iter_mut().find(|other| (&other.name, other.threads) == (&name, threads)) {
            Some(other) if other.time <= time => {}
            Some(other) => (other.form, other.time) = (form, time),
            None => timings.push(Timing { name, form, threads, time }),
        }
    }
    Ok(timings)
}

/// The threads of polars and duckdb.
pub(crate) fn threads() -> usize {
    let set = env::var("POLARS_MAX_THREADS").ok().and_then(|text| text.parse().ok());
    set.unwrap_or_else(|| thread::available_parallelism().map_or(1, Into::into))
}

/// Runs, times, and gives back what came of it.
pub(crate) fn timed<T>(run: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let start = Instant::now();
    let answer = run()?;
    let time = start.elapsed();
    Ok((answer, time))
}

fn label(System { name, form, threads, .. }: &System<'_>) -> String {
    let form = if form.is_empty() { String::new() } else { format!(", {form}") };
    format!("{name}{form} ({threads} thread{})", if *threads == 1 { "" } else { "s" })
}
