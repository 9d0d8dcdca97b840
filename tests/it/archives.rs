//! Packs as archives: what `gapmap pack` makes passes its audit, and nothing can be put beside what is looked at, nor left out.

use std::io::{Cursor, Write};

use crate::study_files::Study;

fn code(study: &Study, pack: &str) -> (Option<i32>, String) {
    let audit = study.gapmap(&["audit", pack, "--releases", "gapmap-releases"]);
    (audit.status.code(), String::from_utf8_lossy(&audit.stderr).into_owned())
}

fn made() -> Study {
    let study = Study::small();
    let run = study.gapmap(&["run", "study.toml", "--no-png"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    study
}

/// The pack as a program packs it that knows nothing of packs.
fn zipped(study: &Study, folder: &str, empty: Option<&str>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    empty.iter().for_each(|name| writer.add_directory(*name, plain).unwrap());
    for (path, bytes) in study.tree("out") {
        writer.start_file(format!("{folder}{}", path.trim_start_matches("out/")), plain).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn the_archive_of_a_pack_passes_and_one_that_holds_more_does_not() {
    let study = made();
    let pack = study.gapmap(&["pack", "out"]);
    assert!(pack.status.success(), "{}", String::from_utf8_lossy(&pack.stderr));
    let name =
        std::fs::read_dir(&study.folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).find(|n| n.ends_with(".zip"));
    let archive = study.read(&name.unwrap());
    let try_it = |what: &str, bytes: Vec<u8>, right: i32| {
        study.write("tried.zip", &bytes);
        let (code, told) = code(&study, "tried.zip");
        assert_eq!(code, Some(right), "{what}: {told}");
        assert!(!told.contains("QM3"), "{what} is echoed: {told}");
    };
    try_it("as it was made", archive.clone(), 0);
    try_it("bytes behind it", [archive.as_slice(), b"QM3 4AX"].concat(), 1);
    try_it("bytes before it", [b"QM3 4AX".as_slice(), &archive].concat(), 1);
    let mut more = zip::ZipWriter::new_append(Cursor::new(archive)).unwrap();
    more.start_file("about/refuge.txt", zip::write::SimpleFileOptions::default()).unwrap();
    more.write_all(b"QM3 4AX").unwrap();
    try_it("one more file", more.finish().unwrap().into_inner(), 1);
    try_it("packed by hand", zipped(&study, "", None), 0);
    try_it("packed with its folder", zipped(&study, "out/", None), 0);
    try_it("in a folder that tells", zipped(&study, "Refuge at QM3 4AX/", None), 1);
    try_it("with a folder for its name", zipped(&study, "", Some("QM3 4AX")), 1);
}

#[test]
fn a_file_that_the_findings_give_cannot_be_left_out() {
    let study = made();
    let manifest: serde_json::Value = serde_json::from_slice(&study.read("out/manifest.public.json")).unwrap();
    let listed: Vec<&str> = manifest["files"].as_object().unwrap().keys().map(String::as_str).collect();
    let begins = |start: &str| *listed.iter().find(|n| n.starts_with(start)).unwrap_or_else(|| panic!("{start}: {listed:?}"));
    for name in [begins("release-check"), begins("report."), begins("layers/"), begins("data/"), begins("tables/"), begins("charts/")] {
        let (whole, list) = (study.read(&format!("out/{name}")), study.text("out/manifest.public.json"));
        std::fs::remove_file(study.folder.join("out").join(name)).unwrap();
        // Taken out of the list, too.
        let mut without = manifest.clone();
        without["files"].as_object_mut().unwrap().remove(name);
        study.write("out/manifest.public.json", (serde_json::to_string_pretty(&without).unwrap() + "\n").as_bytes());
        let (code, told) = code(&study, "out");
        assert!(code == Some(1) && told.contains("S324"), "{name}: {told}");
        study.write(&format!("out/{name}"), &whole);
        study.write("out/manifest.public.json", list.as_bytes());
    }
    assert_eq!(code(&study, "out").0, Some(0));
}
