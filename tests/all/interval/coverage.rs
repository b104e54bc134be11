//! How often intervals hold the true mean, on a coarser grid than the example `coverage` prints.

#[path = "../../../examples/support/study.rs"]
mod study;

use crimerate::{Confidence, Method, interval};
use study::{Study, over};

fn study(method: Method, confidence: Confidence, low: f64, high: f64) -> Study {
    over(&interval::Plan::new((confidence, method)), low, high, 60)
}

/// What the sums leave out and how they are rounded.
const ERROR: f64 = 1e-10;

#[test]
fn exact_intervals_never_cover_less_than_they_say() {
    for confidence in [Confidence::P90, Confidence::P95, Confidence::P99_8] {
        for (low, high) in [(0.01, 1.0), (1.0, 10.0), (10.0, 100.0), (100.0, 400.0)] {
            let exact = study(Method::Exact, confidence, low, high);
            assert!(exact.least >= confidence.level() - ERROR, "{confidence} {low}: {}", exact.least);
        }
    }
}

#[test]
fn mid_p_intervals_cover_about_what_they_say_and_are_shorter() {
    for (low, high, near) in [(1.0, 10.0, 0.02), (10.0, 100.0, 0.005), (100.0, 400.0, 0.001)] {
        let [exact, mid_p] = [Method::Exact, Method::MidP].map(|method| study(method, Confidence::P95, low, high));
        assert!((mid_p.mean - 0.95).abs() < near, "{low}: {}", mid_p.mean);
        assert!(mid_p.mean < exact.mean && mid_p.length < exact.length);
        assert!(mid_p.least < 0.95, "mid-P is not conservative, and does not say it is");
    }
}

#[test]
fn approximations_differ_where_counts_are_small() {
    let small = |method| study(method, Confidence::P95, 0.5, 5.0);
    let [exact, byar, score, jeffreys] = [Method::Exact, Method::Byar, Method::Score, Method::Jeffreys].map(small);
    assert!((byar.mean - exact.mean).abs() < 0.001, "Byar follows exact: {} {}", byar.mean, exact.mean);
    assert!(score.least < 0.92 && score.mean > 0.95, "{} {}", score.least, score.mean);
    assert!(jeffreys.least < 0.92 && (jeffreys.mean - 0.95).abs() < 0.01, "{} {}", jeffreys.least, jeffreys.mean);
    let large = study(Method::Byar, Confidence::P95, 100.0, 400.0);
    assert!(large.least >= 0.95 - 1e-3);
}
