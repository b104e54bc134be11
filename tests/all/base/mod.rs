//! Errors and what is refused.

mod columns;
mod commas;
mod errors;
mod halves;
mod parsed;
mod printed;
mod rows;
