//! Which rows there are of many, in few words.

use std::fmt;

/// Rows as runs of those that follow each other, the first few of them, and the last row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Runs {
    runs: Vec<(u64, u64)>,
    /// The last row of all, and how many beyond the runs there are.
    last: Option<u64>,
    more: u64,
}

/// How many runs are kept.
const RUNS: usize = 8;

impl Runs {
    /// Adds a row.
    pub(super) fn add(&mut self, row: u64) {
        self.add_run((row, row));
    }

    /// Adds all of others.
    pub(super) fn extend(&mut self, other: &Self) {
        other.runs.iter().for_each(|run| self.add_run(*run));
        self.more += other.more;
        self.last = self.last.max(other.last);
    }

    fn add_run(&mut self, (first, last): (u64, u64)) {
        self.last = self.last.max(Some(last));
        let at = self.runs.partition_point(|(start, _)| *start <= first);
        self.runs.insert(at, (first, last));
        self.runs.dedup_by(|next, before| {
            let joins = before.1.saturating_add(1) >= next.0;
            before.1 = if joins { before.1.max(next.1) } else { before.1 };
            joins
        });
        if self.runs.len() > RUNS {
            self.more += self.runs.pop().map_or(0, |(first, last)| last - first + 1);
        }
    }
}

/// Such as `, in rows 7 to 20, 25 and others, the last in row 5001`; nothing where there are none.
impl fmt::Display for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let run =
            |(first, last): &(u64, u64)| if first == last { first.to_string() } else { format!("{first} to {last}") };
        let runs: Vec<String> = self.runs.iter().map(run).collect();
        let one = matches!(self.runs.as_slice(), [(first, last)] if first == last);
        let (Some(last), rows) = (self.last, if one { "row" } else { "rows" }) else { return Ok(()) };
        write!(f, ", in {rows} {}", runs.join(", "))?;
        if self.more > 0 { write!(f, " and others, the last in row {last}") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Runs;

    fn runs(rows: impl IntoIterator<Item = u64>) -> Runs {
        let mut runs = Runs::default();
        rows.into_iter().for_each(|row| runs.add(row));
        runs
    }

    #[test]
    fn rows_in_few_words() {
        assert_eq!(Runs::default().to_string(), "");
        assert_eq!(runs([7]).to_string(), ", in row 7");
        assert_eq!(runs([7, 8, 9, 12, 13, 20]).to_string(), ", in rows 7 to 9, 12 to 13, 20");
        assert_eq!(
            runs((0..100).map(|row| 2 * row + 1)).to_string(),
            ", in rows 1, 3, 5, 7, 9, 11, 13, 15 and others, the last in row 199"
        );
        let mut both = runs(6..9);
        both.extend(&runs(2..6));
        assert_eq!(both.to_string(), ", in rows 2 to 8");
        assert_eq!(runs([9, 3, 5, 4, 9]).to_string(), ", in rows 3 to 5, 9");
        let late = runs((500..600).step_by(2).chain([7, 8]));
        assert_eq!(
            late.to_string(),
            ", in rows 7 to 8, 500, 502, 504, 506, 508, 510, 512 and others, the last in row 598"
        );
    }
}
