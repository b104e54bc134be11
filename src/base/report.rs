//! What every report has: its rows, one by one or as CSV, and how it is written and read back.

/// Gives a report its rows, and its serialised form: fields in order, with the rows and notes where `rows` stands between them. What is read
/// is made again of the other fields, and rows that do not say what those made again say are refused; notes are for readers and not read.
///
/// Rows are `kept` in a field `rows`, or `made` by a method `made` when they are asked for. CSV has the columns of the row,
/// or is what the method after `csv` gives.
macro_rules! report {
    (
        $Report:ident of $kind:ident $Row:ident $(csv $csv:ident)?: $every:literal;
        written as |$it:ident| {
            $($(#[$before_meta:meta])* $before:ident: $Before:ty = $before_of:expr,)*
        } rows {
            $($(#[$after_meta:meta])* $after:ident: $After:ty = $after_of:expr,)*
        }
        read as |$written:ident, $stated:pat_param| $again:expr
    ) => {
        $crate::base::report!(@rows $kind $Report $Row $every);

        impl $Report {
            /// The rows as CSV with a header: every column always, empty where there is no figure; numbers in their
            /// shortest form that reads back as the same number, confidence levels in per cent.
            #[must_use]
            pub fn csv(&self) -> String {
                $crate::base::report!(@csv self $Row $($csv)?)
            }
        }

        #[derive(serde::Serialize, serde::Deserialize)]
        struct Written {
            $($(#[$before_meta])* $before: $Before,)*
            rows: $crate::base::rows::Sparse<$Row>,
            #[serde(skip_deserializing)]
            notes: Vec<$crate::base::Note>,
            $($(#[$after_meta])* $after: $After,)*
        }

        impl serde::Serialize for $Report {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                let $it = self;
                let (rows, notes) = ($crate::base::rows::Sparse(self.all_rows()), self.notes());
                let written = Written { $($before: $before_of,)* rows, notes, $($after: $after_of,)* };
                serde::Serialize::serialize(&written, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $Report {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                let again = |mut $written: Written| -> $crate::base::Result<Self> {
                    let rows = std::mem::take(&mut $written.rows.0);
                    let $stated = rows.as_slice();
                    let report: $crate::base::Result<Self> = $again;
                    report.and_then(|report| $crate::base::rows::verify(report.all_rows(), &rows).map(|()| report))
                };
                again(<Written as serde::Deserialize>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    };
    (@rows kept $Report:ident $Row:ident $every:literal) => {
        impl $Report {
            #[doc = $every]
            #[must_use]
            pub fn rows(&self) -> &[$Row] {
                &self.rows
            }

            /// The same, one by one.
            pub fn iter(&self) -> impl Iterator<Item = &$Row> {
                self.rows.iter()
            }

            fn all_rows(&self) -> Vec<$Row> {
                self.rows.clone()
            }
        }

        $crate::base::each!($Report, &'a $Row);
    };
    (@rows made $Report:ident $Row:ident $every:literal) => {
        impl $Report {
            #[doc = $every]
            pub fn rows(&self) -> impl Iterator<Item = $Row> {
                self.made()
            }

            /// The same.
            pub fn iter(&self) -> impl Iterator<Item = $Row> {
                self.made()
            }

            fn all_rows(&self) -> Vec<$Row> {
                self.made().collect()
            }
        }

        $crate::base::each!($Report, $Row);
    };
    (@csv $self:ident $Row:ident) => {
        $crate::base::rows::csv(<$Row as $crate::base::Line>::FIELDS, $self.all_rows(), &[])
    };
    (@csv $self:ident $Row:ident $csv:ident) => { $self.$csv() };
}

pub(crate) use report;

/// Lets a loop run over the items of an answer that has `iter`.
macro_rules! each {
    ($answer:ident, $item:ty) => {
        impl<'a> IntoIterator for &'a $answer {
            type Item = $item;
            type IntoIter = Box<dyn Iterator<Item = $item> + 'a>;

            fn into_iter(self) -> Self::IntoIter {
                Box::new(self.iter())
            }
        }
    };
}

pub(crate) use each;
