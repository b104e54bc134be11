//! What a column can hold, and the headings that say so.

use crate::base::choice;

/// What a column of a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Role {
    /// The names of areas.
    Area,
    /// The official codes of areas.
    Code,
    /// Counts.
    Count,
    /// Populations.
    Population,
    /// How many months a count covers.
    Months,
    /// Expected counts.
    Expected,
    /// Rates as they were published.
    Rate,
    /// What was counted, in files with a row for each.
    Offence,
    /// The period of a count.
    Period,
}

choice!(Role, "a role of a column", "area, code, count, population, months, expected, rate, offence or period", {
    Area => "area",
    Code => "code",
    Count => "count",
    Population => "population",
    Months => "months",
    Expected => "expected",
    Rate => "rate",
    Offence => "offence",
    Period => "period",
});

impl Role {
    /// The headings that such columns have in files, in lower case without marks, the likeliest first.
    pub(super) const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Area => &[
                "area",
                "area name",
                "police force area",
                "police force area name",
                "police force",
                "force name",
                "force",
                "pfa",
                "pfa name",
                "local authority",
                "local authority name",
                "community safety partnership",
                "csp name",
                "csp",
                "district",
                "borough",
                "ward",
                "ward name",
                "lsoa name",
                "lad name",
                "state name",
                "state",
                "county",
                "city",
                "agency",
                "department name",
                "geography",
                "geo",
                "region name",
                "place",
                "name",
            ],
            Self::Code => &[
                "code",
                "area code",
                "area codes",
                "ons code",
                "gss code",
                "force code",
                "pfa code",
                "police force code",
                "local authority code",
                "csp code",
                "lad code",
                "ward code",
                "lsoa code",
                "geography code",
                "fips",
                "fips code",
                "ori",
            ],
            Self::Count => &[
                "count",
                "counts",
                "number of offences",
                "offence count",
                "offences",
                "number of crimes",
                "crimes",
                "number of incidents",
                "incidents",
                "number of cases",
                "cases",
                "recorded crime",
                "total recorded crime",
                "total offences",
                "number",
                "deaths",
                "events",
                "observed",
                "violent crimes",
                "violent crime",
                "total",
            ],
            Self::Population => &[
                "population",
                "population figures",
                "populations",
                "residents",
                "mid year population",
                "mid-year population",
                "total population",
                "population size",
                "popn",
                "pop",
                "people",
                "persons",
                "exposure",
            ],
            Self::Months => &["months", "months reported", "number of months", "months covered"],
            Self::Expected => &["expected", "expected count"],
            Self::Rate => &[
                "rate",
                "rate per 1,000 population",
                "rate per 100,000 population",
                "rate per 100,000",
                "rate per 1,000",
                "crude rate",
            ],
            Self::Offence => &[
                "offence",
                "offence description",
                "offence group",
                "offence subgroup",
                "offence type",
                "crime type",
                "category",
                "indicator",
                "measure",
                "crime",
                "type",
            ],
            Self::Period => &[
                "period",
                "time period",
                "month",
                "quarter",
                "financial quarter",
                "financial year",
                "year",
                "date",
                "time",
            ],
        }
    }
}
