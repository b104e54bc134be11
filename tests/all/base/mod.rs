//! Errors and what is refused.

mod errors;
mod rows;
