//! All functions at once.

use crate::{aggregate_functions, scalar_functions, window_functions};
use datafusion::{common::Result, execution::FunctionRegistry, prelude::SessionContext};

/// Lets SQL and expressions of a session use every function of this crate. A function of the same name that was there goes.
///
/// # Errors
/// As [`register_in`]; a session as it comes takes them.
pub fn register(session: &SessionContext) -> Result<()> {
    // A session is a handle, and its clone the same session.
    register_in(&mut session.clone())
}

/// The same of any registry of functions.
///
/// # Errors
/// Where the registry takes no functions.
pub fn register_in(registry: &mut dyn FunctionRegistry) -> Result<()> {
    scalar_functions().into_iter().try_for_each(|function| registry.register_udf(function).map(drop))?;
    aggregate_functions().into_iter().try_for_each(|function| registry.register_udaf(function).map(drop))?;
    window_functions().into_iter().try_for_each(|function| registry.register_udwf(function).map(drop))
}
