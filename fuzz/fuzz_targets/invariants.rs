//! Any bytes as a source: none makes the program panic, and what it says of them holds. The first byte chooses the
//! format, the rest is the file.
#![no_main]

#[path = "../../tests/common/invariants.rs"]
#[allow(dead_code, reason = "each target uses its part")]
mod invariants;

use gongbao::model::Format;
use gongbao::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((letter, bytes)) = data.split_first() else { return };
    let format = match letter {
        b'h' => Format::Html,
        b'm' => Format::Markdown,
        _ => Format::Text,
    };
    let Ok(source) = read::decode(bytes.to_vec(), "fuzz".to_owned(), format) else { return };
    let faults = invariants::faults_of(&source);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
});
