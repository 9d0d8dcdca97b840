//! Lists the texts: whatever file stands in `src/words/en/` is compiled in, so that a new one is named nowhere else.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/words/en");
    let variable = |name: &str| env::var_os(name).ok_or_else(|| io::Error::other(format!("cargo sets no {name}")));
    let folder = Path::new(&variable("CARGO_MANIFEST_DIR")?).join("src/words/en");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|e| e == "ftl"));
    files.sort();
    let entries = files.iter().map(|file| format!("({:?}, include_str!({file:?})),\n", file.file_stem().unwrap_or_default()));
    fs::write(Path::new(&variable("OUT_DIR")?).join("texts.rs"), format!("&[{}]", entries.collect::<String>()))
}
