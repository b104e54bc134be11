//! What is refused says which function, row and value.

use crate::frame::value;

fn told(expression: &str) -> String {
    value(expression).unwrap_err().to_string()
}

#[test]
fn nothing_is_taken_for_something_else() {
    for (expression, words) in [
        ("rate(-1, 5, 1000)", "rate: row 1 of its batch: count is -1, which is below zero"),
        ("rate_lower(1, -5, 1000)", "rate_lower: row 1 of its batch: population is -5, which is below zero"),
        ("rate(1, 0, 1000)", "row 1: population is zero, so no rate is defined"),
        ("rate_upper(1, 0, 1000)", "row 1: population is zero, so no rate is defined"),
        ("rate(1.5, 10, 1000)", "argument 1 is a whole number, not Float64"),
        ("rate(1, 10, 0)", "rate"),
        ("rate(1, 10, 5000000000)", "rate"),
        ("rate(1, 10)", "rate takes 3 arguments, found 2"),
        ("rate_lower(1, 10, 1000, 95)", "rate_lower"),
        ("rate_lower(1, 10, 1000, 0.95, 'wald')", "wald"),
        ("rate_lower(1, 10, 1000, null)", "argument 4 is a literal confidence level, once for all rows"),
        ("poisson_lower(1, -0.5)", "an expected count"),
        ("pooled_rate(-1, 10, 1000)", "count is below zero"),
        ("pooled_rate(1, 0, 1000)", "population is not above zero"),
        ("cast(total(distinct 1) + total(1) as double)", "distinct"),
        ("rate_rank(1, 10, 'shared') over ()", "shared"),
        ("rate_z(1, 0) over ()", "row 1: population is zero"),
    ] {
        let told = told(expression);
        assert!(told.contains(words), "{expression}: {told}");
    }
}
