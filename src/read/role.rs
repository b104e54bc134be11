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
    /// The stratum of a count, such as an age band.
    Stratum,
}

choice!(Role, "a role of a column", "area, code, count, population, months, expected, rate, offence, period or stratum", {
    Area => "area",
    Code => "code",
    Count => "count",
    Population => "population",
    Months => "months",
    Expected => "expected",
    Rate => "rate",
    Offence => "offence",
    Period => "period",
    Stratum => "stratum",
});

impl Role {
    /// What a column of this role holds, in words.
    pub(super) const fn held(self) -> &'static str {
        match self {
            Self::Area => "the names of areas",
            Self::Code => "codes of areas",
            Self::Count => "counts",
            Self::Population => "populations",
            Self::Months => "months",
            Self::Expected => "expected counts",
            Self::Rate => "rates",
            Self::Offence => "what was counted",
            Self::Period => "periods",
            Self::Stratum => "strata",
        }
    }

    /// The headings that such columns have in files, in lower case without marks, the likeliest first.
    pub(super) const fn headings(self) -> &'static [&'static str] {
        match self {
            // Of several the smallest areas are meant.
            Self::Area => &[
                "area",
                "area name",
                "lsoa name",
                "ward name",
                "ward",
                "csp name",
                "community safety partnership",
                "csp",
                "local authority name",
                "local authority",
                "local authority district",
                "lad name",
                "district",
                "borough",
                "city",
                "agency",
                "agency name",
                "municipality",
                "department name",
                "county name",
                "county",
                "police force area name",
                "police force area",
                "police force",
                "force area",
                "constabulary",
                "force name",
                "force",
                "pfa name",
                "pfa",
                "state name",
                "state",
                "region name",
                "geography",
                "geo",
                "place",
                "name",
                // What areas lie in, where there is nothing smaller: ONS tables of regions.
                "region",
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
                // Tables of the ONS and the Home Office: recorded crime, and homicide by the number of victims.
                "offences recorded",
                "recorded offences",
                "number of recorded offences",
                "crimes recorded",
                "recorded crimes",
                "police recorded crime",
                "victims",
                "number of victims",
                "obs value",
                "total",
            ],
            Self::Population => &[
                "population",
                "population figures",
                "populations",
                "residents",
                "mid year population",
                "total population",
                // Estimates of the ONS: `Mid-year population estimates`, by age `All ages`, in older files `MYE`.
                "mid year population estimate",
                "mid year population estimates",
                "mid year estimate",
                "mid year estimates",
                "population estimate",
                "population estimates",
                "estimated population",
                "resident population",
                "usual residents",
                "all ages",
                "mye",
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
            Self::Stratum => &["stratum", "strata", "age band", "age group", "age and sex", "age", "sex"],
        }
    }
}
