//! An orderly end: all of the output, or a line for each fault that says why there is none.

use std::{error, io, io::Write, process::ExitCode};

/// Anything that ends an example, a line for each fault.
pub(crate) type Failure = Box<dyn error::Error>;

/// Prints all of the output at once, or what is wrong, a line for each fault, with exit status 1.
pub(crate) fn finish(outcome: Result<String, Failure>) -> ExitCode {
    match outcome.and_then(|text| print(&text).map_err(Into::into)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            for line in failure.to_string().lines() {
                let _ = writeln!(io::stderr(), "error: {}", line.replace(char::is_control, " "));
            }
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
