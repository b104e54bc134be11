//! The examples as a person runs them.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

/// Cargo builds the examples near the tests, in `examples` next to `deps`.
fn example(name: &str) -> Command {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.push("examples");
    path.push(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} is not built: run `cargo test`, or `cargo build --examples` first", path.display());
    Command::new(path)
}

pub(crate) fn run(name: &str, arguments: &[&str], input: &str) -> Output {
    let mut child = example(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A refusal of the options comes before the input is read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[track_caller]
pub(crate) fn prints(name: &str, arguments: &[&str], input: &str) -> String {
    let output = run(name, arguments, input);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{error}");
    assert_eq!(error, "");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
pub(crate) fn refuses(arguments: &[&str], input: &str, expected: &str) {
    let output = run("compare", arguments, input);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    assert_eq!(without_cures(&String::from_utf8(output.stderr).unwrap()), format!("error: {expected}\n"));
}

/// Faults without the options that cure them.
pub(crate) fn without_cures(faults: &str) -> String {
    faults.lines().map(|line| format!("{}\n", line.split(" (--").next().unwrap_or_default())).collect()
}

pub(crate) fn column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let index = reader.headers().unwrap().iter().position(|heading| heading == name).unwrap();
    reader.records().map(|record| record.unwrap()[index].to_owned()).collect()
}

pub(crate) const SMALL: &str =
    "note,area,population,count\nx,A,1000,10\n,B,2000,40\n,C,1000,\n,\"D, E\",500,5\n,F,100,[c]\n";

/// A file of these lines; it goes when it is dropped.
pub(crate) struct File(std::path::PathBuf);

impl File {
    /// The name tells it from those of other tests, which may run at the same time.
    pub(crate) fn of(name: &str, lines: &str) -> Self {
        let path = std::env::temp_dir().join(format!("crimerate-{}-{name}.csv", std::process::id()));
        std::fs::write(&path, lines).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
