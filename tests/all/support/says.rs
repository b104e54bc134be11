//! Errors by their exact text.

use crimerate::Error;

#[track_caller]
pub(crate) fn says<T>(result: Result<T, Error>, expected: &str) {
    match result {
        Ok(_) => panic!("accepted, where this was expected: {expected}"),
        Err(error) => assert_eq!(error.to_string(), expected),
    }
}

/// Refused, with a text that begins so.
#[track_caller]
pub(crate) fn refused<T, E: std::fmt::Display>(result: Result<T, E>, beginning: &str) {
    match result {
        Ok(_) => panic!("accepted, where this was expected: {beginning}"),
        Err(error) => assert!(error.to_string().starts_with(beginning), "{error}"),
    }
}
