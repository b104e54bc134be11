//! An orderly end: all of the output, or one line that says why there is none.

use std::{error, io, io::Write, process::ExitCode};

/// Anything that ends an example, in one line.
pub(crate) type Failure = Box<dyn error::Error>;

/// Prints all of the output at once, or the one line that says why there is none, with exit status 1.
pub(crate) fn finish(outcome: Result<String, Failure>) -> ExitCode {
    match outcome.and_then(|text| print(&text).map_err(Into::into)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "error: {}", failure.to_string().replace(char::is_control, " "));
            ExitCode::FAILURE
        }
    }
}

/// A reader that stops early, such as `head`, is no failure.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}
