//! Columns of limits, of any shape.

use crimerate::{
    Average, Confidence, Measure, Method, Per, Rate, Table, interval,
    ndarray::{Array1, Axis, Slice},
};

#[test]
fn columns_of_any_shape_are_filled() {
    let plan = interval::Plan::new(Confidence::P95);
    let single = |count| (plan.count(count).lower(), plan.count(count).upper());
    // Counts on both sides of where the series begins, a block of just the first one, and one below and above it.
    for counts in [vec![128; 300], vec![127; 300], vec![126, 127], vec![127, 128, 129], vec![], (0..1000).collect()] {
        let counts = Array1::from(counts);
        let (lower, upper) = plan.counts(counts.view());
        let found: Vec<_> = lower.iter().copied().zip(upper).collect();
        assert_eq!(found, counts.iter().map(|&count| single(count)).collect::<Vec<_>>());
        let strided = |step| counts.slice_axis(Axis(0), Slice::new(0, None, step));
        for view in [strided(2), strided(-1)] {
            let (lower, _) = plan.counts(view);
            assert_eq!(lower.to_vec(), view.iter().map(|&count| single(count).0).collect::<Vec<_>>());
        }
        let people = Array1::from_elem(counts.len(), 7_u64);
        let (_, upper) = plan.rates(counts.view(), people.view(), Per::THOUSAND).unwrap();
        for (upper, &count) in upper.iter().zip(&counts) {
            assert_eq!(*upper, plan.rate(Rate::new(count, 7).unwrap()).per(Per::THOUSAND).upper());
        }
    }
}

#[test]
fn columns_that_do_not_fit_are_refused_untouched() {
    let plan = interval::Plan::new(Method::Byar);
    let (mut lower, mut upper) = ([-1.0; 2], [-1.0; 3]);
    let error = plan.counts_into(&[1, 2], &mut lower, &mut upper).unwrap_err();
    assert_eq!(error.to_string(), "the column upper has 3 values, where there should be 2");
    let error = plan.counts_into(&[1, 2, 3], &mut lower, &mut upper).unwrap_err();
    assert_eq!(error.to_string(), "the column lower has 2 values, where there should be 3");
    let error = plan.rates_into(&[1, 2], &[5], Per::ONE, &mut lower, &mut [0.0; 2]).unwrap_err();
    assert_eq!(error.to_string(), "the column population has 1 values, where there should be 2");
    let error = plan.rates_into(&[1, 2], &[5, 0], Per::ONE, &mut lower, &mut [0.0; 2]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "row 2: population is zero, so no rate is defined: correct it, or leave the area out"
    );
    assert_eq!((lower, upper), ([-1.0; 2], [-1.0; 3]));
    let table = Table::from_rows([("A", 10, 100), ("B", 0, 100)]).unwrap();
    let league = table.compare(Average::POOLED);
    for length in [1, 3] {
        let mut values = vec![-1.0; length];
        assert!(league.column_into(Measure::Rate, Per::ONE, &mut values).is_err());
        assert!(table.intervals_into(&plan, Per::ONE, &mut values, &mut [0.0; 2]).is_err());
        assert!(table.intervals_into(&plan, Per::ONE, &mut [0.0; 2], &mut values).is_err());
        assert_eq!(values, vec![-1.0; length]);
    }
    let (mut lower, mut upper) = ([0.0; 2], [0.0; 2]);
    table.intervals_into(&plan, Per::ONE, &mut lower, &mut upper).unwrap();
    assert_eq!(upper[0], Rate::new(10, 100).unwrap().interval(Method::Byar).per(Per::ONE).upper());
    assert_eq!(league.column(Measure::Percent, Per::ONE).values().to_vec(), [100.0, -100.0]);
    assert_eq!(league.column(Measure::Ratio, Per::ONE).values().to_vec(), [2.0, 0.0]);
}
