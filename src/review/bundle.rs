//! What the page is made of besides text: one script, one style, and the policy that lets no others in.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

pub const STYLE: &str = include_str!("page.css");

/// The modules of the script; each uses only those above it.
const MODULES: [&str; 9] = [
    include_str!("script/words.js"),
    include_str!("script/format.js"),
    include_str!("script/rows.js"),
    include_str!("script/search.js"),
    include_str!("script/dom.js"),
    include_str!("script/outline.js"),
    include_str!("script/table.js"),
    include_str!("script/charts.js"),
    include_str!("script/page.js"),
];

/// All modules as one. A page in one file has nowhere to import from, so imports and exports go; names are unique.
pub fn script() -> String {
    let lines = MODULES.iter().flat_map(|module| module.lines()).filter(|line| !line.starts_with("import "));
    lines.flat_map(|line| [line.strip_prefix("export ").unwrap_or(line), "\n"]).collect()
}

/// Content-Security-Policy: nothing is loaded from anywhere, and this script and this style alone run.
pub fn policy(script: &str, style: &str) -> String {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    let (script, style) = (hash(script), hash(style));
    format!(
        "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// JSON that may stand in a script element, whatever its strings hold: `</script>` and `<!--` would end or change it.
pub fn island(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_island_holds_no_markup_and_reads_the_same() {
        let told = "</script><!-- <script>\u{2028}\u{2029}\\u003c";
        let json = serde_json::to_string(told).unwrap();
        let island = island(&json);
        assert!(!island.contains(['<', '\u{2028}', '\u{2029}']), "{island}");
        assert_eq!(serde_json::from_str::<String>(&island).unwrap(), told);
    }

    #[test]
    fn modules_become_one_script() {
        let script = script();
        assert!(!script.lines().any(|line| line.starts_with("import ") || line.starts_with("export ")));
        assert!(!script.contains("</script") && !script.contains("<!--"), "it stands inside a script element");
    }
}
