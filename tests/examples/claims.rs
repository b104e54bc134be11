//! What `claims` checks and describes.

use crate::program::{SMALL, prints, run};

#[test]
fn claims_checks_the_sentences_and_describes() {
    let text = prints("claims", &[], "");
    for sentence in [
        "  West Midlands has a rate of 24.5 per 100,000: supported.\n",
        "  West Midlands has a rate of 1.55 per 1,000: contradicted.\n",
        "  West Midlands has a rate of 29.8 per 1,000: supported.\n",
        "45.8 % above a given average of 20.4 per 1,000.\n",
        "their ratio is 1.4608 (1.4548 to 1.4668), and 46 (45 to 47) % above is what they say.\n",
        "  West Midlands has the highest rate of any area: contradicted.\n",
        "    Higher: Metropolitan Police (178.6 per 100,000).\n",
        "  Durham has the lowest rate of any area: not checkable; of the 37 compared: true of the figures but not certain.\n",
        "mean of rates: 64.2 per 100,000, which agrees;",
        "  City of London has the highest rate of any area: supported.\n",
        "\nIts rate is the 2nd highest of the 37 areas compared; its true rank among them can only be 2 (rank sets,",
    ] {
        assert!(text.contains(sentence), "{sentence}\nis not in\n{text}");
    }
    let described = prints("claims", &["-", "--area", "B", "--per", "1000", "--exclude", "A"], SMALL);
    assert!(described.starts_with("B has 40 offences among 2,000 people, a rate of 20.0 per 1,000 ("), "{described}");
    assert!(described.contains("\nNot compared, and perhaps higher: C (count left blank), F (count suppressed).\n"));
    assert_eq!(prints("claims", &["-"], SMALL).matches("Printed figures are rounded").count(), 3);
    let kent = prints("claims", &["--area", "Kent", "--per", "1000", "--average", "median"], "");
    assert!(kent.starts_with("Kent has 729 offences among 1,846,500 people, a rate of 0.395 per 1,000 ("), "{kent}");
    assert!(kent.contains("the median rate of 37 areas"), "{kent}");
    let excluded = prints("claims", &["--exclude", "Durham", "--area", "Kent", "--leave-out-self"], "");
    assert!(excluded.contains("the pooled average of 35 other areas"), "{excluded}");
    let own = prints("claims", &["--highest", "Kent", "--percent-below", "Kent", "53"], "");
    assert!(own.starts_with("Kent has the highest rate of any area: contradicted.\n"), "{own}");
    assert!(own.contains("\nKent is 53 % below the average: supported.\n") && !own.contains("Kent has 729"), "{own}");
    let output = run("claims", &["--leave-out-invalid"], "");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let output = run("claims", &["-", "--area", "C"], SMALL);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "error: C: the area takes no part: count left blank\n");
}
