//! What may be depended on: formats, refusals, bounds, text, frozen values and names.

mod bounds;
mod formats;
#[cfg(feature = "simulation")]
mod random;
mod refused;
mod shared;
mod surface;
mod text;
mod values;
