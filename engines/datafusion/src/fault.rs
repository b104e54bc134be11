//! Errors of the library as errors of the engine.

use datafusion::common::DataFusionError;

/// Turns an error of the library into one of the engine that names the function.
pub(crate) fn fault(function: &str) -> impl Fn(crimerate::Error) -> DataFusionError + '_ {
    move |error| DataFusionError::External(Box::new(error)).context(function.to_owned())
}
