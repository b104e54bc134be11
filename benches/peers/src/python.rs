//! The peers of Python: a process that runs one of them when it is asked to, and answers in lines of JSON.

use crate::{Result, timing};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers.py");

pub(crate) struct Python {
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// Libraries with their versions, and what is not there.
    pub(crate) libraries: Libraries,
}

#[derive(Deserialize)]
pub(crate) struct Libraries {
    pub(crate) found: Vec<String>,
    pub(crate) missing: Vec<String>,
}

/// A system that a work can be run with.
#[derive(Deserialize)]
pub(crate) struct Offer {
    pub(crate) system: String,
    pub(crate) form: String,
    pub(crate) threads: usize,
}

#[derive(Deserialize)]
struct Seconds {
    seconds: f64,
}

impl Python {
    /// Starts the script, with as many threads for polars and duckdb as polars has in Rust.
    pub(crate) fn start(python: &Path) -> Result<Self> {
        let threads = timing::threads().to_string();
        let mut process = Command::new(python)
            .args([SCRIPT, &threads])
            .env("POLARS_MAX_THREADS", &threads)
            .env("OMP_WAIT_POLICY", "passive") // threads of numba that wait would take the cores of the next system
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", python.display()))?;
        let (Some(requests), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            return Err("Python without pipes".into());
        };
        let mut answers = BufReader::new(answers);
        let libraries = read(&mut answers)?;
        Ok(Self { process, requests, answers, libraries })
    }

    /// Reads the data of a work and says what it can be run with.
    pub(crate) fn load(&mut self, work: &Value, folder: &Path) -> Result<Vec<Offer>> {
        self.ask(&json!({ "load": work, "folder": folder }))
    }

    /// Runs one of the offers, with a check of its answer or without.
    pub(crate) fn run(&mut self, offer: usize, check: bool) -> Result<Duration> {
        let Seconds { seconds } = self.ask(&json!({ "run": offer, "check": check }))?;
        Ok(Duration::try_from_secs_f64(seconds)?)
    }

    /// Drops the data and all that was made of it.
    pub(crate) fn unload(&mut self) -> Result<()> {
        self.ask(&json!({ "unload": true }))
    }

    fn ask<T: DeserializeOwned>(&mut self, request: &Value) -> Result<T> {
        writeln!(self.requests, "{request}")?;
        self.requests.flush()?;
        read(&mut self.answers)
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn read<T: DeserializeOwned>(answers: &mut impl BufRead) -> Result<T> {
    let mut line = String::new();
    if answers.read_line(&mut line)? == 0 {
        return Err("Python ended early; what it said stands above".into());
    }
    let answer: Value = serde_json::from_str(&line)?;
    match answer.get("error").and_then(Value::as_str) {
        Some(error) => Err(error.into()),
        None => Ok(serde_json::from_value(answer)?),
    }
}
