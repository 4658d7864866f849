//! Any characters as a line of text: none makes the program panic, and its facts lie in it.
#![no_main]

#[path = "../../tests/common/invariants.rs"]
#[allow(dead_code, reason = "each target uses its part")]
mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let faults = invariants::faults_of_line(&String::from_utf8_lossy(data));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
});
