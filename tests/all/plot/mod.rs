//! Pictures: their structure and what they say, not their pixels.

mod alarms;
mod drawn;
mod findings;
mod laws;
mod maps;
mod panel;
mod said;
mod structure;
mod time;
