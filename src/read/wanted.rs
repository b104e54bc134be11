//! The columns that are looked for.

use super::role::Role;

/// A column that is looked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// What it holds; nothing where its text is wanted as it is.
    pub(super) role: Option<Role>,
    /// Its heading, where the caller gives it.
    pub(super) heading: Option<String>,
    pub(super) needed: bool,
}
