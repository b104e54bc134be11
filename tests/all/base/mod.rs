//! Errors and what is refused.

mod errors;
mod printed;
mod rows;
