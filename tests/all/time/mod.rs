//! One period compared with another.

mod changes;
mod report;
