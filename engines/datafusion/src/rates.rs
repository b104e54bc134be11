//! The functions of rates, ratios of rates and Poisson counts.

use crate::{
    parameter::{
        Parameter::{self, Level, Number, Per, Whole, Word},
        Parameters,
    },
    scalar::{Call, Scalar},
};
use crimerate::{
    Interval, Method, Rate,
    interval::{PValues, Plan, Spec, Test, TestSpec},
};
use datafusion::{arrow::array::Float64Array, common::Result, logical_expr::ScalarUDF};
use std::sync::{Arc, Mutex, PoisonError};

/// The functions of single rows.
#[must_use]
pub fn scalar_functions() -> Vec<Arc<ScalarUDF>> {
    const RATE: &[Parameter] = &[Whole, Whole, Per];
    const RATIO: &[Parameter] = &[Whole, Whole, Whole, Whole];
    const LIMITS: &[Parameter] = &[Level, Word];
    const TAIL: &[Parameter] = &[Whole, Number];
    let function = |function, needed, optional, work| {
        Arc::new(ScalarUDF::new_from_impl(Scalar::new(Parameters { function, needed, optional }, work)))
    };
    vec![
        function("rate", RATE, &[], rate),
        function("rate_lower", RATE, LIMITS, |call| limits(call, |lower, _| lower)),
        function("rate_upper", RATE, LIMITS, |call| limits(call, |_, upper| upper)),
        function("rate_ratio", RATIO, &[], ratio),
        function("rate_ratio_lower", RATIO, LIMITS, |call| ratio_limit(call, Interval::lower)),
        function("rate_ratio_upper", RATIO, LIMITS, |call| ratio_limit(call, Interval::upper)),
        function("poisson_lower", TAIL, &[Word], |call| tail(call, PValues::lower)),
        function("poisson_upper", TAIL, &[Word], |call| tail(call, PValues::upper)),
        function("poisson_two_sided", TAIL, &[Word], |call| tail(call, PValues::two_sided)),
    ]
}

fn rate(call: &Call) -> Result<Float64Array> {
    let (rates, per) = (call.rates(0)?, call.literals.per(2)?);
    call.each(|row| Ok(Some(rates(row)?.per(per).value())))
}

/// The limits of whole columns by a plan, of which one is kept.
fn limits(call: &Call, keep: fn(Vec<f64>, Vec<f64>) -> Vec<f64>) -> Result<Float64Array> {
    let (counts, people) = (call.whole(0, "count")?.counts(0)?, call.whole(1, "population")?.counts(1)?);
    let per = call.literals.per(2)?;
    let plan = plan(Spec::from((call.literals.level(3)?, call.literals.choice::<Method>(4)?)));
    let (mut lower, mut upper) = (vec![0.0; counts.len()], vec![0.0; counts.len()]);
    plan.rates_into(&counts, &people, per, &mut lower, &mut upper).map_err(|error| call.fault(error))?;
    Ok(Float64Array::new(keep(lower, upper).into(), call.nulls.clone()))
}

/// The plan for a method at a level: the last one, which the next batch needs again, or a new one.
fn plan(spec: Spec) -> Arc<Plan> {
    static LAST: Mutex<Option<Arc<Plan>>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    match &*last {
        Some(plan) if plan.spec() == spec => plan.clone(),
        _ => last.insert(Arc::new(Plan::new(spec))).clone(),
    }
}

fn ratio(call: &Call) -> Result<Float64Array> {
    let (rates, bases) = (call.rates(0)?, call.rates(2)?);
    call.each(|row| Ok(rates(row)?.ratio_to(bases(row)?).value()))
}

fn ratio_limit(call: &Call, limit: fn(Interval) -> f64) -> Result<Float64Array> {
    let (rates, bases) = (call.rates(0)?, call.rates(2)?);
    let spec = TestSpec::from((call.literals.level(4)?, call.literals.choice::<Test>(5)?));
    call.each(|row| Ok(Some(limit(rates(row)?.ratio_to(bases(row)?).interval(spec)))))
}

/// A p-value of counts whose expected number is given.
fn tail(call: &Call, p: fn(PValues) -> f64) -> Result<Float64Array> {
    let (counts, expected) = (call.whole(0, "count")?, call.numbers(1)?);
    let test = call.literals.choice::<Test>(2)?;
    call.each(|row| {
        let (count, expected) = (counts.count(row)?.unwrap_or(0), expected.get(row).copied().unwrap_or(0.0));
        let rate = Rate::new(count, 1).and_then(|rate| rate.expecting(expected));
        let known = rate.map_err(|error| call.fault(error.at_row(row as u64 + 1)))?;
        Ok(Some(p(known.significance(test))))
    })
}
