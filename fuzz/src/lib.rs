//! What is tried with bytes that nobody thought of: each target takes bytes and panics where a promise of crimerate is broken.
//!
//! The targets stand in `fuzz_targets` for `cargo fuzz run NAME --features libfuzzer` (nightly); the binary `random` runs them on
//! seeded random inputs and on files, with a stable compiler, and `tests/all/trust/random.rs` on some of the same.

mod bytes;
mod documents;
mod inputs;
mod json;
mod streets;
mod tables;
mod text;

pub use documents::{document, sheet};
pub use inputs::Inputs;
pub use json::json;
pub use streets::streets;
pub use tables::{claims, panel, records, table};
pub use text::text;

/// A target.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: &[(&str, Target)] = &[
    ("document", document),
    ("sheet", sheet),
    ("streets", streets),
    ("text", text),
    ("json", json),
    ("table", table),
    ("panel", panel),
    ("records", records),
    ("claims", claims),
];
