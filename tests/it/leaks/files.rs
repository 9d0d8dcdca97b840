//! Files that somebody crafted or put beside a pack.

use std::io::{Cursor, Write};

use gapmap::outputs::with_manifest;

use super::{PAGE, audit_folder, find_errors, first, pack};
use crate::study_files::Study;

/// An archive of one part.
pub fn packed(name: &str, text: &str) -> Vec<u8> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    to.write_all(text.as_bytes()).unwrap();
    to.finish().unwrap().into_inner()
}

#[test]
fn a_page_of_ones_own_is_read_as_a_browser_shows_it() {
    let (findings, clean) = pack(None, false);
    let page = |body: &str| {
        let mut files = clean.clone();
        files.insert(
            PAGE.into(),
            format!("<!DOCTYPE html><html lang=\"en\"><head><title>Ours</title></head><body>{body}</body></html>").into_bytes(),
        );
        find_errors(&with_manifest(&findings, files), audit_folder)
    };
    let figure = String::from_utf8(clean[&first(&clean, "charts/", ".svg")].clone()).unwrap();
    assert_eq!(page(&format!("<h1>Reports</h1><p>No number.</p>{}", &figure[figure.find("<svg").unwrap()..])), Vec::<&str>::new());
    for planted in [
        "<p>4137 reports</p>",
        "<p>&#52;&#x31;37 reports</p>",
        "<p><b>4</b>1<i>37</i> reports</p>",
        "<p>4&shy;137 reports</p>",
        "<svg viewBox=\"0 0 9 9\"><text>4137</text></svg>",
        "<svg viewBox=\"0 0 9 9\"><g><title>4137 reports</title></g></svg>",
        "<img src='x.png' alt='4137 reports'>",
        "<ol start=4137><li>reports</ol>",
        "<meter value=4137></meter>",
        "<style>p::after { content: '4137' }</style><p>reports</p>",
        "<p>\u{ff14}\u{ff11}\u{ff13}\u{ff17} reports</p>",
        "<img alt='a chart' src='data:image/png;base64,AAAA'>",
        "<p hidden class=x>reports</p>",
        "<p STYLE='display : none'>reports</p>",
        "<template><p>reports</p></template>",
    ] {
        assert!(!page(planted).is_empty(), "{planted}");
    }
}

#[test]
fn crafted_files_are_told_and_stop_nothing() {
    let (findings, clean) = pack(None, false);
    let chunk = |kind: &[u8], data: &[u8]| {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        bytes.extend((data.len() as u32).to_be_bytes());
        bytes.extend(kind);
        bytes.extend(data);
        bytes.extend([0; 4]);
        bytes
    };
    let zipped = |name: &str, bytes: &[u8]| {
        let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(bytes).unwrap();
        to.finish().unwrap().into_inner()
    };
    let deep = (0..12).fold(b"3".to_vec(), |bytes, _| zipped("a.zip", &bytes));
    let mut cut = deep.clone();
    cut.truncate(40);
    let mut huge = b"\x89PNG\r\n\x1a\n".to_vec();
    huge.extend([0xFF; 9]);
    for (name, bytes) in [
        ("a.public.png", chunk("é\u{301}".as_bytes(), "\nchunk é\u{1F600}".as_bytes())),
        ("a.public.png", chunk("\u{1F600}".as_bytes(), b"x")),
        ("a.public.png", huge),
        ("a.public.xlsx", deep),
        ("a.public.xlsx", cut),
        ("a.public.svg", b"<".repeat(200_000)),
        ("report.public.html", b"<p title=\"98765\"98765".repeat(20_000)),
    ] {
        let mut files = clean.clone();
        files.insert(name.into(), bytes);
        assert!(!find_errors(&with_manifest(&findings, files), audit_folder).is_empty(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_of_a_pack_is_told() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let study = Study::small();
    assert!(study.gapmap(&["run", "study.toml", "--no-png"]).status.success());
    let audit = || study.gapmap(&["audit", "out"]);
    assert_eq!(audit().status.code(), Some(0), "{}", String::from_utf8_lossy(&audit().stderr));
    let out = study.folder.join("out");
    let refused = |what: &str| {
        let output = audit();
        let text = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert!(output.status.code() == Some(1) && text.contains("S320"), "{what}: {text}");
    };
    std::fs::create_dir(out.join("3 reports")).unwrap();
    refused("an empty folder");
    std::fs::remove_dir(out.join("3 reports")).unwrap();
    symlink("/etc/hostname", out.join("maps/a.public.svg")).unwrap();
    refused("a link");
    std::fs::remove_file(out.join("maps/a.public.svg")).unwrap();
    symlink(&out, out.join("maps/again")).unwrap();
    refused("a link to the pack itself");
    std::fs::remove_file(out.join("maps/again")).unwrap();
    let odd = out.join(std::ffi::OsStr::from_bytes(b"a.public.\xff"));
    std::fs::write(&odd, b"3").unwrap();
    refused("a name that is no text");
    std::fs::remove_file(odd).unwrap();
    let deep = (0..40).fold(out.clone(), |path, _| path.join("a"));
    std::fs::create_dir_all(&deep).unwrap();
    std::fs::write(deep.join("b.public.csv"), b"3").unwrap();
    refused("folders without end");
}
