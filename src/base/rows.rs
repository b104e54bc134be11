//! The rows of reports: one declaration of their fields and columns, CSV, and what is checked when they are read back.
//!
//! A column is named once, in `row!`; its heading, its JSON key, its CSV column and what a message calls it are that name.

use super::{
    error::{Error, Result},
    figure::Figure,
    kind::ErrorKind,
    undefined::Undefined,
};
use serde::{Deserialize, Serialize, Serializer};

/// What a row says of its area: name, code, count, population and months.
pub(crate) type Whose = (String, Option<String>, Option<u64>, Option<u64>, Option<u64>);

/// A row of a report. Its first column says whose it is.
pub(crate) trait Line {
    /// The names of its fields, in order.
    const FIELDS: &'static [&'static str];

    /// Every column with what stands in it, in order.
    fn cells(&self) -> Vec<(&'static str, Figure<'_>)>;

    /// Serialises it without the fields that a report leaves out where they hold nothing.
    fn sparse<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Declares the row of a report: its public fields with their documentation are its columns, in order.
///
/// A field may be `=> sparse`: a serialised report leaves it out where it holds nothing, while a row on its own always has
/// every column, as CSV needs it. It may be `=> probability`, checked to as many digits after the point, or `=> spread`:
/// a list each item of which has columns of its own. A row `of area` begins with the columns of an area of a league table.
macro_rules! row {
    (@cell $cells:ident, $name:ident, $value:expr) => {
        $cells.push((stringify!($name), $crate::base::Cell::figure(&$value)))
    };
    (@cell $cells:ident, $name:ident, $value:expr, sparse) => {
        $crate::base::row!(@cell $cells, $name, $value)
    };
    (@cell $cells:ident, $name:ident, $value:expr, probability) => {
        $cells.push((stringify!($name), $crate::base::Cell::figure(&$value).as_probability()))
    };
    (@cell $cells:ident, $name:ident, $value:expr, spread) => {
        $cells.push((stringify!($name), $crate::base::Figure::Count($value.len() as u64)));
        $cells.extend($value.iter().flat_map(|item| item.cells()))
    };
    (@column $type:ty, spread) => { $crate::base::RowColumn::COUNT };
    (@column $type:ty $(, $mark:ident)?) => { <$type as $crate::base::Cell>::COLUMN };
    (@absent $value:expr, sparse) => { $value.is_none() };
    (@absent $value:expr $(, $mark:ident)?) => { false };
    ($(#[$about:meta])* pub struct $Row:ident of area { $($rest:tt)* }) => {
        $crate::base::row! {
            $(#[$about])*
            pub struct $Row {
                /// The name.
                area: String,
                /// The official code.
                code: Option<String> => sparse,
                /// The count, where it is known.
                count: Option<u64>,
                /// The population, where there is one; of a proportion the total.
                population: Option<u64>,
                /// How many months the population is multiplied by, where rates are a year's: `rate = count * per * 12 / (population * months)`.
                months: Option<u64> => sparse,
                $($rest)*
            }
        }

        $crate::base::row!(@begun $Row $($rest)*);
    };
    (@begun $Row:ident $($(#[$doc:meta])* $field:ident: $type:ty $(=> $mark:ident)?,)*) => {
        impl $Row {
            /// A row that says no more than whose it is.
            fn of((area, code, count, population, months): $crate::base::rows::Whose) -> Self {
                Self { area, code, count, population, months, $($field: Default::default(),)* }
            }
        }
    };
    ($(#[$about:meta])* pub struct $Row:ident { $($(#[$doc:meta])* $field:ident: $type:ty $(=> $mark:ident)?,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $Row { $($(#[$doc])* pub $field: $type,)* }

        impl $Row {
            /// The columns of some rows, from the same declaration as CSV: for a data frame, a database or Arrow.
            #[must_use]
            pub fn columns(rows: impl IntoIterator<Item = Self>) -> Vec<(&'static str, $crate::base::RowColumn)> {
                let without = vec![$((stringify!($field), $crate::base::row!(@column $type $(, $mark)?))),*];
                $crate::base::columns(without, rows)
            }
        }

        impl $crate::base::Line for $Row {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn cells(&self) -> Vec<(&'static str, $crate::base::Figure<'_>)> {
                let mut cells = Vec::with_capacity(Self::FIELDS.len());
                $($crate::base::row!(@cell cells, $field, self.$field $(, $mark)?);)*
                cells
            }

            fn sparse<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct;
                let absent = [$($crate::base::row!(@absent self.$field $(, $mark)?)),*];
                let fields = absent.iter().filter(|absent| !**absent).count();
                let mut written = serializer.serialize_struct(stringify!($Row), fields)?;
                $(
                    if $crate::base::row!(@absent self.$field $(, $mark)?) {
                        written.skip_field(stringify!($field))?;
                    } else {
                        written.serialize_field(stringify!($field), &self.$field)?;
                    }
                )*
                written.end()
            }
        }
    };
}

pub(crate) use row;

/// Rows as a serialised report has them.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Sparse<L>(pub(crate) Vec<L>);

impl<L: Line> Serialize for Sparse<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct One<'a, L>(&'a L);

        impl<L: Line> Serialize for One<'_, L> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.sparse(serializer)
            }
        }

        serializer.collect_seq(self.0.iter().map(One))
    }
}

/// These columns of some rows as CSV, with a header: numbers in their shortest form that reads back as the same number,
/// nothing where there is no figure. Columns that rows do not have are the same in `every` one.
pub(crate) fn csv<L: Line>(
    columns: &[&'static str],
    lines: impl IntoIterator<Item = L>,
    every: &[(&'static str, Figure<'_>)],
) -> String {
    let mut text = columns.join(",");
    text.push('\n');
    for line in lines {
        let cells = line.cells();
        for (number, column) in columns.iter().enumerate() {
            if number > 0 {
                text.push(',');
            }
            let cell = cells.iter().chain(every).find(|(name, _)| name == column);
            push_quoted(&mut text, &cell.map_or_else(String::new, |(_, figure)| figure.written()));
        }
        text.push('\n');
    }
    text
}

/// Quotes only what has to be (RFC 4180).
fn push_quoted(text: &mut String, cell: &str) {
    if cell.contains([',', '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

/// Refuses rows that were read and do not say what those worked out again say.
pub(crate) fn verify<L: Line>(computed: impl IntoIterator<Item = L>, stated: &[L]) -> Result<()> {
    let computed: Vec<L> = computed.into_iter().collect();
    if stated.len() != computed.len() {
        return Err(differs("rows", stated.len(), computed.len()));
    }
    computed.iter().zip(stated).try_for_each(|(computed, stated)| compare(&computed.cells(), &stated.cells()))
}

type Record<'a> = [(&'static str, Figure<'a>)];

fn compare(computed: &Record<'_>, stated: &Record<'_>) -> Result<()> {
    let Some((column, whose)) = computed.first() else { return Ok(()) };
    let whose = whose.shown();
    let named = stated.first().map_or_else(String::new, |(_, name)| name.shown());
    let here = |error: Error| error.in_area(whose.clone());
    if named.trim() != whose {
        return Err(here(differs(column, named, &whose)));
    }
    // Lists are counted before their items, so that rows of different lengths differ in a column.
    let mut said = stated.iter().zip(computed);
    said.try_for_each(|((found, stated), (column, computed))| match found == column && stated.is(*computed) {
        true => Ok(()),
        false => Err(here(differs(column, stated.shown(), computed.shown()))),
    })
}

fn differs(column: &'static str, stated: impl ToString, computed: impl ToString) -> Error {
    let (stated, computed) = (stated.to_string(), computed.to_string());
    ErrorKind::NotTheFigure { column, stated, computed }.into()
}

/// What there is to report, in one line.
pub(crate) fn told<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Why figures are missing, each reason once.
pub(crate) fn reasons<const N: usize>(all: [Option<Undefined>; N]) -> Option<String> {
    let all = all.into_iter().flatten().map(|reason| reason.to_string());
    let each = all.fold(Vec::new(), |mut each, reason| {
        if !each.contains(&reason) {
            each.push(reason);
        }
        each
    });
    (!each.is_empty()).then(|| each.join("; "))
}
