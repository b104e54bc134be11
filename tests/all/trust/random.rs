//! Random inputs, the same ones each time: where a promise is broken a target panics.

#[allow(unreachable_pub, unused_imports, reason = "the package of its own has them public")]
#[path = "../../../fuzz/src/lib.rs"]
mod targets;

use targets::{Inputs, TARGETS};

const INPUTS: u64 = 2_000;

#[track_caller]
fn holds(name: &str) {
    let (_, target) = TARGETS.iter().find(|(target, _)| *target == name).unwrap();
    let inputs = Inputs::new(name, 1);
    for number in 0..INPUTS {
        let data = inputs.input(number);
        let broken = std::panic::catch_unwind(|| target(&data)).is_err();
        assert!(!broken, "input {number} of {name}: {:?}", String::from_utf8_lossy(&data));
    }
}

#[test]
fn documents() {
    holds("document");
}

#[test]
fn sheets() {
    holds("sheet");
}

#[test]
fn street_files() {
    holds("streets");
}

#[test]
fn texts() {
    holds("text");
}

#[test]
fn serialised_values() {
    holds("json");
}

#[test]
fn tables() {
    holds("table");
}

#[test]
fn panels() {
    holds("panel");
}

#[test]
fn records() {
    holds("records");
}

#[test]
fn claims() {
    holds("claims");
}
