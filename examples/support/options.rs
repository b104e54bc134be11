//! The command line of an example.

use super::program::{self, Failure};

/// The command line, or what to print instead: help as output, a fault as one line.
pub(crate) fn arguments<T: clap::Parser>() -> Result<Result<T, String>, Failure> {
    program::has_options_of(&T::command());
    match T::try_parse() {
        Ok(arguments) => Ok(Ok(arguments)),
        Err(error) if !error.use_stderr() => Ok(Err(error.to_string())),
        Err(error) => {
            let text = error.to_string();
            // The first line says what is wrong, the second may say what would be right.
            let lines: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
            let line = lines.join(" ");
            Err(line.strip_prefix("error: ").unwrap_or(&line).to_owned().into())
        }
    }
}
