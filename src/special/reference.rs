//! Reading the reference tables, and the largest relative error met.

use std::collections::BTreeMap;

pub(crate) struct Line {
    pub(crate) text: String,
    cells: BTreeMap<String, String>,
}

impl Line {
    pub(crate) fn number(&self, name: &str) -> f64 {
        self.text(name).parse().unwrap()
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        &self.cells[name]
    }
}

pub(crate) fn rows(table: &str) -> Vec<Line> {
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let rows: Vec<Line> = lines
        .map(|line| {
            let cells = line.split(',').map(str::to_owned);
            Line { text: line.to_owned(), cells: head.iter().map(|&h| h.to_owned()).zip(cells).collect() }
        })
        .collect();
    assert!(rows.len() > 10);
    rows
}

pub(crate) struct Worst {
    allowed: f64,
    error: f64,
    points: usize,
    place: String,
}

impl Worst {
    pub(crate) fn new(allowed: f64) -> Self {
        Self { allowed, error: 0.0, points: 0, place: String::new() }
    }

    pub(crate) fn see(&mut self, got: f64, expected: f64, place: &str) {
        let error = if got == expected { 0.0 } else { ((got - expected) / expected).abs() };
        self.points += 1;
        if error.is_nan() || error > self.error {
            self.error = if error.is_nan() { f64::INFINITY } else { error };
            self.place = format!("{place}: got {got:e}, expected {expected:e}");
        }
    }

    pub(crate) fn hold(&self) {
        println!("{:.2e} over {} points, worst at {}", self.error, self.points, self.place);
        assert!(self.points > 0);
        assert!(self.error <= self.allowed, "relative error {:e} > {:e} at {}", self.error, self.allowed, self.place);
    }
}
