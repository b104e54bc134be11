//! crimerate compared with other libraries, on the same data in one run. Every answer is checked before it is timed.

mod bandwidth;
mod check;
mod data;
#[cfg(feature = "polars")]
mod frames;
mod ours;
mod python;
mod report;
mod timing;

use check::Check;
use clap::{Parser, ValueEnum};
use ours::Question;
use python::Python;
use rayon::ThreadPool;
use report::Entry;
use serde_json::json;
use std::{
    cell::RefCell,
    error,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};
use tempfile::TempDir;
use timing::{Patience, Step, System, timed};

/// What polars for Python has, and polars for Rust recommends.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

type Result<T> = std::result::Result<T, Box<dyn error::Error + Send + Sync>>;

/// crimerate compared with other libraries, on the same data in one run. Every answer is checked before it is timed.
#[derive(Parser)]
#[command(name = "peers")]
struct Arguments {
    /// A work to compare (repeatable; without it, all)
    #[arg(long, value_enum, value_name = "NAME")]
    work: Vec<Work>,
    /// A Python, for those of numpy, scipy, bottleneck, numba, duckdb, pandas and polars that it has
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Small sizes and few runs: does everything work?
    #[arg(long)]
    quick: bool,
    /// Runs of each system, of which the fastest counts
    #[arg(long, value_name = "N", default_value_t = 7)]
    runs: u32,
    /// Seconds for the runs of one system; beyond them it has fewer runs, but two
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    budget: u64,
    /// Also write the results to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Work {
    /// Records to totals of 43 areas x 150 offences x 120 months
    Aggregate,
    /// The same from a file of text
    Csv,
    /// Rates, averages, z, ratios and ranks of 43 areas x 1,000,000 indicators
    #[value(name = "panel-43")]
    Panel43,
    /// The same without ranks, compared with the speed of plain stores
    #[value(name = "panel-43-no-ranks")]
    Panel43NoRanks,
    /// The same of 333 areas x 20,000 indicators
    #[value(name = "panel-333")]
    Panel333,
    /// The same of 35,672 areas x 168 indicators
    #[value(name = "panel-35672")]
    Panel35672,
    /// z of funnels, phi and smoothed rates of 43 areas x 100,000 indicators
    #[value(name = "funnel-43")]
    Funnel43,
}

impl Work {
    fn name(self) -> &'static str {
        match self {
            Self::Aggregate => "aggregate",
            Self::Csv => "csv",
            Self::Panel43 => "panel-43",
            Self::Panel43NoRanks => "panel-43-no-ranks",
            Self::Panel333 => "panel-333",
            Self::Panel35672 => "panel-35672",
            Self::Funnel43 => "funnel-43",
        }
    }
}

/// crimerate is timed with these.
const THREADS: [usize; 2] = [1, 2];

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let create = |path: &PathBuf| File::create(path).map_err(|error| format!("{}: {error}", path.display()));
    let file = arguments.json.as_ref().map(create).transpose()?;
    let mut bench = Bench::new(arguments)?;
    let size = |quick, full| if arguments.quick { quick } else { full };
    let all = Work::value_variants();
    for &work in all.iter().filter(|work| arguments.work.is_empty() || arguments.work.contains(work)) {
        match work {
            Work::Aggregate => bench.aggregate(size(1_000_000, 10_000_000))?,
            Work::Csv => bench.csv(size(500_000, 5_000_000))?,
            Work::Panel43 => bench.panel(work, Question::Ranks, 43, size(20_000, 1_000_000))?,
            Work::Panel43NoRanks => bench.panel(work, Question::Rates, 43, size(20_000, 1_000_000))?,
            Work::Panel333 => bench.panel(work, Question::Ranks, 333, size(1_000, 20_000))?,
            Work::Panel35672 => bench.panel(work, Question::Ranks, 35_672, size(8, 168))?,
            Work::Funnel43 => bench.panel(work, Question::Funnels, 43, size(20_000, 100_000))?,
        }
    }
    bench.stores(if arguments.quick { 8 << 20 } else { 64 << 20 });
    if let Some(mut file) = file {
        serde_json::to_writer_pretty(&file, &bench.entries)?;
        writeln!(file)?;
    }
    Ok(())
}

struct Bench {
    pools: Vec<ThreadPool>,
    python: Option<RefCell<Python>>,
    patience: Patience,
    entries: Vec<Entry>,
}

impl Bench {
    fn new(arguments: &Arguments) -> Result<Self> {
        let python = arguments.python.as_deref().map(Python::start).transpose()?;
        #[cfg(feature = "polars")]
        println!("polars for Rust {}, threads: {}", polars::VERSION, timing::threads());
        if let Some(Python { libraries, .. }) = &python {
            if !libraries.found.is_empty() {
                println!("Python: {}", libraries.found.join(", "));
            }
            for library in &libraries.missing {
                println!("Left out: {library}");
            }
        }
        println!();
        let runs = if arguments.quick { arguments.runs.min(3) } else { arguments.runs };
        let budget = Duration::from_secs(if arguments.quick { 1 } else { arguments.budget });
        Ok(Self {
            pools: THREADS.into_iter().map(ours::pool).collect::<Result<_>>()?,
            python: python.map(RefCell::new),
            patience: Patience { runs, budget },
            entries: Vec::new(),
        })
    }

    fn aggregate(&mut self, items: usize) -> Result<()> {
        let records = data::Records::make(items)?;
        let expected = ours::aggregate(&records, &self.pools[0])?.cells();
        let expected = expected.as_slice();
        let mut systems = Vec::new();
        for pool in &self.pools {
            let records = &records;
            systems.push(System {
                name: "crimerate".to_owned(),
                form: String::new(),
                threads: pool.current_num_threads(),
                run: Box::new(move |step| {
                    let (totals, time) = timed(|| ours::aggregate(records, pool))?;
                    let totals = totals.cells();
                    if step == Step::Check {
                        check::totals(&totals, expected)?;
                    }
                    Ok(time)
                }),
            });
        }
        #[cfg(feature = "polars")]
        systems.extend(frames::aggregate(&records)?.into_iter().map(|form| with_polars(form, expected)));
        let folder = self.python.as_ref().map(|_| TempDir::new()).transpose()?;
        if let Some(folder) = &folder {
            records.write(folder.path())?;
            data::write(folder.path(), "totals", expected, i64::to_le_bytes)?;
        }
        let work = json!({ "work": "aggregate", "cells": data::CELLS });
        systems.extend(with_python(self.python.as_ref(), &work, folder.as_ref().map(TempDir::path))?);
        let title = format!("aggregate: {} records", thousands(items));
        let entries = compare(Work::Aggregate.name(), &title, "record", items, systems, self.patience)?;
        self.entries.extend(entries);
        self.python.as_ref().map_or(Ok(()), |python| python.borrow_mut().unload())
    }

    /// The file is written once, and lies in the cache of the system when it is read.
    fn csv(&mut self, items: usize) -> Result<()> {
        let records = data::Records::make(items)?;
        let folder = TempDir::new()?;
        let path = &folder.path().join("records.csv");
        records.write_csv(path)?;
        let expected = ours::aggregate(&records, &self.pools[0])?.cells();
        let expected = expected.as_slice();
        let mut systems = Vec::new();
        for pool in &self.pools {
            systems.push(System {
                name: "crimerate".to_owned(),
                form: String::new(),
                threads: pool.current_num_threads(),
                run: Box::new(move |step| {
                    let (totals, time) = timed(|| ours::csv(path, pool))?;
                    if step == Step::Check {
                        check::totals(&totals.cells(), expected)?;
                    }
                    Ok(time)
                }),
            });
        }
        data::write(folder.path(), "totals", expected, i64::to_le_bytes)?;
        let [areas, offences, months] = data::names();
        let work = json!({
            "work": "csv", "cells": data::CELLS, "names": { "area": areas, "offence": offences, "month": months },
        });
        systems.extend(with_python(self.python.as_ref(), &work, Some(folder.path()))?);
        let title = format!("csv: {} records, {} bytes", thousands(items), thousands(path.metadata()?.len() as usize));
        let entries = compare(Work::Csv.name(), &title, "record", items, systems, self.patience)?;
        self.entries.extend(entries);
        self.python.as_ref().map_or(Ok(()), |python| python.borrow_mut().unload())
    }

    fn panel(&mut self, work: Work, question: Question, areas: usize, indicators: usize) -> Result<()> {
        let data = data::Panel::make(areas, indicators, areas as u64)?;
        let panel = ours::Panel::new(&data)?;
        let panel = &panel;
        let mut expected = ours::PanelOut::new(question, areas, indicators);
        panel.compute(&mut expected, &self.pools[0])?;
        let check = &Check::new(&expected);
        let out = &RefCell::new(ours::PanelOut::new(question, areas, indicators));
        let mut systems = Vec::new();
        for pool in &self.pools {
            systems.push(System {
                name: "crimerate".to_owned(),
                form: String::new(),
                threads: pool.current_num_threads(),
                run: Box::new(move |step| {
                    let mut out = out.borrow_mut();
                    let ((), time) = timed(|| panel.compute(&mut out, pool))?;
                    if step == Step::Check {
                        check.bits(&out)?;
                    }
                    Ok(time)
                }),
            });
        }
        #[cfg(feature = "polars")]
        systems.extend(frames::panel(&data, question)?.into_iter().map(|form| with_polars(form, check)));
        let folder = self.python.as_ref().map(|_| TempDir::new()).transpose()?;
        if let Some(folder) = &folder {
            data.write(folder.path())?;
            for (name, numbers) in expected.floats() {
                data::write(folder.path(), name, numbers, f64::to_le_bytes)?;
            }
            data::write(folder.path(), "rank", &expected.rank, u32::to_le_bytes)?;
        }
        let request = json!({ "work": question.name(), "areas": areas, "indicators": indicators });
        systems.extend(with_python(self.python.as_ref(), &request, folder.as_ref().map(TempDir::path))?);
        let items = areas * indicators;
        let [a, b, cells] = [areas, indicators, items].map(thousands);
        let title = format!("{}: {a} areas x {b} indicators, {cells} cells", work.name());
        let entries = compare(work.name(), &title, "cell", items, systems, self.patience)?;
        self.entries.extend(entries);
        self.python.as_ref().map_or(Ok(()), |python| python.borrow_mut().unload())
    }

    /// The speed of plain stores, and how near to it the panel without ranks comes: three numbers a cell.
    fn stores(&mut self, numbers: usize) {
        let mut buffer = vec![1; numbers];
        for threads in THREADS {
            let time = bandwidth::fill(&mut buffer, threads, 9);
            let bytes = (numbers * size_of::<u64>()) as f64;
            let speed = bytes / time.as_secs_f64();
            let mut line = format!("Plain stores, {threads} thread{}: ", if threads == 1 { "" } else { "s" });
            line += &format!("{:.1} GB/s", speed / 1e9);
            let pass = |entry: &&Entry| {
                (entry.work, entry.system.as_str(), entry.threads)
                    == (Work::Panel43NoRanks.name(), "crimerate", threads)
            };
            if let Some(pass) = self.entries.iter().find(pass) {
                let reached = 24.0 * pass.items as f64 / pass.seconds;
                line += &format!(
                    "; crimerate without ranks {:.1} GB/s, {:.0} % of it",
                    reached / 1e9,
                    100.0 * reached / speed
                );
            }
            println!("{line}");
            self.entries.push(Entry::new("plain-stores", "fill", threads, numbers, time));
        }
    }
}

#[cfg(feature = "polars")]
fn with_polars<'a, E: ?Sized>(form: frames::Form<'a, E>, expected: &'a E) -> System<'a> {
    System {
        name: "polars".to_owned(),
        form: form.name.to_owned(),
        threads: timing::threads(),
        run: Box::new(move |step| {
            let (answer, time) = timed(|| form.run())?;
            if step == Step::Check {
                form.check(&answer, expected)?;
            }
            Ok(time)
        }),
    }
}

fn with_python<'a>(
    python: Option<&'a RefCell<Python>>,
    work: &serde_json::Value,
    folder: Option<&Path>,
) -> Result<Vec<System<'a>>> {
    let (Some(python), Some(folder)) = (python, folder) else { return Ok(Vec::new()) };
    let offers = python.borrow_mut().load(work, folder)?.into_iter().enumerate();
    let system = |(k, python::Offer { system, form, threads })| System {
        name: system,
        form,
        threads,
        run: Box::new(move |step| python.borrow_mut().run(k, step == Step::Check)),
    };
    Ok(offers.map(system).collect())
}

/// Times all systems, prints their table, and gives their lines for the file.
fn compare(
    work: &'static str,
    title: &str,
    item: &str,
    items: usize,
    systems: Vec<System<'_>>,
    patience: Patience,
) -> Result<Vec<Entry>> {
    let timings = timing::compare(work, systems, patience)?;
    println!("{}", report::table(title, item, items, &timings));
    Ok(timings.iter().map(|t| Entry::new(work, &t.name, t.threads, items, t.time)).collect())
}

fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
