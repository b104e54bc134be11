mod bounds;
mod formats;
mod refused;
mod text;
