//! Files as they are published.

mod faults;
mod hostile;
mod laws;
mod shapes;
