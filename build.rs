//! Gives the program a name for what it reads and how: outputs made under another are made anew.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What has no say in the bytes of an output.
const APART: [&str; 11] = [
    "src/batch",
    "src/cli",
    "src/eval",
    "src/export",
    "src/gather.rs",
    "src/golden",
    "src/load",
    "src/main.rs",
    "src/outputs",
    "src/review",
    "src/tables",
];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    gather(Path::new("src"), &mut files)?;
    files.push("Cargo.lock".into());
    files.sort();
    let mut hasher = DefaultHasher::new();
    for path in files {
        path.hash(&mut hasher);
        // As a dependency of another package we have no Cargo.lock.
        fs::read(&path).unwrap_or_default().hash(&mut hasher);
    }
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    println!("cargo::rustc-env=GONGBAO_RULES={version}+{:016x}", hasher.finish());
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    Ok(())
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if APART.iter().any(|apart| path == Path::new(apart)) {
            continue;
        }
        if path.is_dir() {
            gather(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
