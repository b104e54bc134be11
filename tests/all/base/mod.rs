//! Errors and what is refused.

mod errors;
mod parsed;
mod printed;
mod rows;
