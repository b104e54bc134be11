mod bounds;
mod formats;
mod refused;
mod surface;
mod text;
mod values;
