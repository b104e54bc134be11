//! Errors by their exact text.

use crimerate::Error;

#[track_caller]
pub(crate) fn says<T>(result: Result<T, Error>, expected: &str) {
    match result {
        Ok(_) => panic!("accepted, where this was expected: {expected}"),
        Err(error) => assert_eq!(error.to_string(), expected),
    }
}
