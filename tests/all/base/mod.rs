//! Errors and what is refused.

mod commas;
mod errors;
mod parsed;
mod printed;
mod rows;
