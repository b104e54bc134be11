//! What `intervals` prints.

use crate::program::{column, prints, run};

#[test]
fn intervals_prints_every_method_for_a_count() {
    let csv = prints("intervals", &[], "confidence,count\n0.95,10\n\n0.95,0\n");
    assert_eq!(csv.lines().next(), Some("count,confidence,method,lower,upper"));
    assert_eq!(column(&csv, "method")[..3], ["exact", "mid-p", "byar"]);
    assert_eq!(column(&csv, "lower")[7..], ["0"; 7]);
    assert_eq!(column(&csv, "upper")[0], "18.39035604201778");
    assert_eq!(column(&csv, "upper")[7].parse::<f64>().unwrap(), -(0.025_f64.ln()));
    for (input, expected) in [
        (
            "count,confidence\n1,0.9\n\n2,1\n",
            "row 4: 1 is not a confidence level: it has to be between 0 and 1, both left out (95 % is 0.95)",
        ),
        ("count,confidence\n..,0.9\n", "row 2: count \"..\" is not known, so it has no interval"),
        ("count,confidence\n5,\n", "row 2: confidence \"\" is not a number between 0 and 1"),
        (
            "count\n1\n",
            "row 1: no column is \"confidence\", among `count`: give a heading of the file, or the column's number such as #3",
        ),
    ] {
        let output = run("intervals", &[], input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("error: {expected}\n"));
    }
}
