//! A period beside another.

mod changes;
