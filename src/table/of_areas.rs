//! What holds the areas of a table has in common with it: who they are, who is left out, what the figures rest on.

/// Gives it to what holds its table in a field.
macro_rules! of_areas {
    ($Of:ident by $table:ident) => {
        impl $Of {
            /// With an area left out of everything, and why.
            ///
            /// # Errors
            /// As [`Table::exclude`](crate::Table::exclude).
            pub fn exclude(self, area: &str, reason: impl Into<String>) -> $crate::base::Result<Self> {
                Ok(Self { $table: self.$table.exclude(area, reason)?, ..self })
            }

            /// With what the figures rest on, to be printed under every answer.
            #[must_use]
            pub fn with_basis(self, basis: $crate::table::Basis) -> Self {
                Self { $table: self.$table.with_basis(basis), ..self }
            }

            /// What the figures rest on, as far as it was given.
            #[must_use]
            pub const fn basis(&self) -> &$crate::table::Basis {
                self.$table.basis()
            }

            /// How many areas there are.
            #[must_use]
            pub fn len(&self) -> usize {
                self.$table.len()
            }

            /// Whether there is none.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.$table.is_empty()
            }

            /// The areas, in the order in which they were first met.
            #[must_use]
            pub fn areas(&self) -> &[$crate::table::Area] {
                self.$table.areas()
            }
        }
    };
}

pub(crate) use of_areas;
