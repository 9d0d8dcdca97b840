//! Kills, full disks, two runs at once: the old output or the new one, whole, and a ledger of one mind with it.
//!
//! `GAPMAP_CASES=300` tries as many kills, a third as many full disks and a sixth as many pairs of runs.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rand::{Rng, SeedableRng};

use crate::study_files::Study;

type Tree = BTreeMap<String, Vec<u8>>;

/// How many cases, from a usual number and a share of those that were asked for.
fn cases(usual: u32, share: u32) -> u32 {
    let asked: Option<u32> = std::env::var("GAPMAP_CASES").ok().and_then(|n| n.parse().ok());
    asked.map_or(usual, |n| n.div_ceil(share))
}

const RUN: [&str; 5] = ["run", "study.toml", "--no-png", "--only", "parity"];

fn start(folder: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gapmap"));
    command.args(RUN).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// A study with a pack, changed since; what was there, and what a run that nobody stops makes of it.
struct Changed {
    before: Tree,
    old: Tree,
    new: Tree,
    takes: Duration,
}

impl Changed {
    fn new() -> Self {
        let study = Study::small();
        let ok = |study: &Study| {
            let output = study.gapmap(&RUN);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        ok(&study);
        study.replace("study.toml", "area-name = \"", "area-name = \"North ");
        let before = study.tree(".");
        let old = study.tree("out");
        let start = Instant::now();
        ok(&study);
        let (takes, new) = (start.elapsed(), study.tree("out"));
        assert!(old != new && study.tree("gapmap-releases").len() == old_records(&before) + 1);
        assert_eq!(study.tree(".").len(), before.len() + 1, "a record is all that is added");
        Self { before, old, new, takes }
    }

    fn study(&self) -> Study {
        Study::of(&self.before.iter().map(|(path, bytes)| (path.trim_start_matches("./").to_owned(), bytes.clone())).collect())
    }

    /// Old or new, whole; and never ahead of the ledger.
    fn holds(&self, study: &Study, what: &str) -> bool {
        let out = study.tree("out");
        let is_new = out == self.new;
        assert!(is_new || out == self.old, "{what}: the output is neither the old nor the new one");
        let verify = study.gapmap(&["releases", "verify", "study.toml"]);
        assert!(verify.status.success(), "{what}: {}", String::from_utf8_lossy(&verify.stderr));
        let records = study.tree("gapmap-releases").keys().filter(|name| name.ends_with(".json")).count();
        assert!(!is_new || records == 2, "{what}: a pack is out without its record");
        is_new
    }

    /// A run that nobody stops comes to the same end, and leaves nothing lying about.
    fn ends(&self, study: &Study, what: &str) {
        let output = study.gapmap(&RUN);
        assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(study.tree("out") == self.new, "{what}: another output after it");
        let left: Vec<_> = study.tree(".").into_keys().filter(|p| p.contains("/.")).filter(|p| !p.contains("gapmap-releases/")).collect();
        assert!(left.is_empty(), "{what}: {left:?} is left");
    }
}

fn old_records(before: &Tree) -> usize {
    before.keys().filter(|path| path.contains("gapmap-releases/")).count()
}

#[test]
fn a_run_that_is_killed_leaves_the_old_output_or_the_new_one() {
    let changed = Changed::new();
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(17);
    let (mut killed, mut new) = (0, 0);
    let n = cases(8, 1);
    for case in 0..n {
        let study = changed.study();
        let mut child = start(&study.folder);
        let begun = Instant::now();
        if case % 2 == 0 {
            std::thread::sleep(changed.takes.mul_f64(random.random_range(0.0..0.9)));
        } else {
            // The last moments: from when the new output is being written.
            while !study.folder.join(".out.gapmap-new").exists()
                && child.try_wait().unwrap().is_none()
                && begun.elapsed() < changed.takes * 20
            {
                std::thread::sleep(Duration::from_micros(200));
            }
            std::thread::sleep(Duration::from_micros(random.random_range(0..60_000)));
        }
        let _ = child.kill();
        killed += u32::from(child.wait().unwrap().code().is_none());
        let what = format!("kill {case} after {:?}", begun.elapsed());
        new += u32::from(changed.holds(&study, &what));
        if case % 4 == 1 {
            changed.ends(&study, &what);
        }
    }
    println!("{n} kills: {killed} while it ran; the output was new after {new}");
    // How fast the machine is says when a run is over: that some were met while they ran is all that is asked.
    assert!(killed * 4 >= n, "only {killed} of {n} were still running");
}

#[test]
fn a_disk_that_is_full_leaves_the_old_output_and_says_so() {
    let changed = Changed::new();
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(18);
    let (mut refused, mut new) = (0, 0);
    let n = cases(4, 3);
    for case in 0..n {
        let mut study = changed.study();
        let size: usize = changed.before.values().map(|b| b.len().next_multiple_of(4096)).sum();
        let more: usize = changed.new.values().map(|b| b.len().next_multiple_of(4096)).sum();
        let room = random.random_range(0..more * 5 / 4);
        let disk = Disk::of(&mut study, size + size / 8 + 65_536 + room);
        let output = match &disk {
            Some(_) => start(&study.folder).wait_with_output().unwrap(),
            // Where no disk can be made, no file may grow larger.
            None => limited(&study.folder, room as u64 / 200),
        };
        let told = String::from_utf8_lossy(&output.stderr);
        let what = format!("full disk {case}, {room} bytes free of {more}");
        if output.status.code() == Some(1) {
            assert!(told.contains("W401") && (told.contains("the disk is full") || told.contains("may not be so large")), "{what}: {told}");
            refused += 1;
        } else {
            assert!(output.status.success(), "{what}: {told}");
        }
        let is_new = changed.holds(&study, &what);
        assert_eq!(is_new, output.status.success(), "{what}: what was said is not what is");
        new += u32::from(is_new);
    }
    println!("{n} full disks: {refused} refused, {new} had room");
    assert!(refused > 0);
}

/// A disk of its own for a study, let go of when it is dropped.
struct Disk(std::path::PathBuf);

impl Disk {
    /// Moves a study to a disk of so many bytes; `None` where none can be made here.
    fn of(study: &mut Study, bytes: usize) -> Option<Self> {
        let files = study.tree(".");
        let folder = study.folder.with_extension("disk");
        std::fs::create_dir_all(&folder).unwrap();
        let size = format!("size={bytes}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&folder).stderr(Stdio::null()).status();
        if !mounted.is_ok_and(|status| status.success()) {
            std::fs::remove_dir_all(&folder).unwrap();
            return None;
        }
        let _ = std::fs::remove_dir_all(&study.folder);
        study.folder.clone_from(&folder);
        let disk = Self(folder);
        files.iter().for_each(|(path, bytes)| study.write(path, bytes));
        Some(disk)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
        let _ = std::fs::remove_dir(&self.0);
    }
}

/// A run none of whose files may grow larger than so many blocks of 512 bytes.
fn limited(folder: &Path, blocks: u64) -> std::process::Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_gapmap")]).args(RUN).current_dir(folder).output().unwrap()
}

#[test]
fn of_two_runs_at_once_one_is_refused_with_a_plain_word() {
    let changed = Changed::new();
    let n = cases(2, 6);
    let mut refused = 0;
    for case in 0..n {
        let study = changed.study();
        let outputs = [start(&study.folder), start(&study.folder)].map(|child| child.wait_with_output().unwrap());
        let what = format!("pair {case}");
        assert!(outputs.iter().any(|o| o.status.success()), "{what}: both were refused");
        for output in outputs.iter().filter(|o| !o.status.success()) {
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.code() == Some(1) && told.contains("W403") && told.contains("another run is at work here"),
                "{what}: {told}"
            );
            refused += 1;
        }
        assert!(changed.holds(&study, &what), "{what}: neither is out");
        changed.ends(&study, &what);
    }
    println!("{n} pairs of runs: {refused} refused");
    assert!(refused > 0, "no two runs met");
}

#[test]
fn who_cannot_write_is_told_before_anything_is_read() {
    let study = Study::small();
    study.write("occupied", b"a file");
    // A file where the folder of the output should be, and one that nobody may write to.
    for out in ["occupied/out", "/proc/out"] {
        std::fs::rename(study.folder.join("population"), study.folder.join("aside")).unwrap();
        let output = study.gapmap(&["run", "study.toml", "--no-png", "--out", out]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && told.contains("W401") && !told.contains("R101"), "{told}");
        std::fs::rename(study.folder.join("aside"), study.folder.join("population")).unwrap();
    }
    assert!(!study.folder.join("gapmap-releases").exists());
}

#[test]
fn neither_folder_nor_clock_nor_locale_nor_line_ends_change_a_byte() {
    let plain = Study::small();
    let run = |study: &Study, folder: &str, with: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gapmap"));
        let output = command.args(RUN).envs(with.iter().copied()).current_dir(study.folder.join(folder)).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let tree = study.tree(&format!("{folder}/out"));
        tree.into_iter().map(|(path, bytes)| (path.rsplit_once("out/").unwrap().1.to_owned(), bytes)).collect::<Tree>()
    };
    let expected = run(&plain, ".", &[]);

    let strange = Study::of(&Default::default());
    let folder = "Näh & fern – 's Studie/مشروع";
    let plan = plain.text("study.toml").replace('\n', "\r\n");
    for (path, bytes) in plain.tree(".").into_iter().filter(|(path, _)| !path.contains("out/") && !path.contains("gapmap-releases")) {
        let path = path.trim_start_matches("./");
        let bytes = if path == "study.toml" { plan.clone().into_bytes() } else { bytes };
        strange.write(&format!("{folder}/{path}"), &bytes);
        // As if it was written long ago, or tomorrow.
        let day = Duration::from_secs(86_400);
        let time = std::time::SystemTime::UNIX_EPOCH + if path.len() % 2 == 0 { day } else { day * 60_000 };
        let file = std::fs::File::options().write(true).open(strange.folder.join(folder).join(path)).unwrap();
        file.set_modified(time).unwrap();
    }
    let with = [("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati")];
    let got = run(&strange, folder, &with);
    let differ: Vec<_> = expected.keys().chain(got.keys()).filter(|path| expected.get(*path) != got.get(*path)).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn a_file_that_changes_while_it_is_read_stops_the_run() {
    let study = Study::small();
    let path = study.folder.join("reports/street-safety.csv");
    let stop = std::sync::atomic::AtomicBool::new(false);
    let output = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = std::fs::File::options().append(true).open(&path).unwrap();
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                std::io::Write::write_all(&mut file, b"\r\n").unwrap();
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let output = study.gapmap(&RUN);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        output
    });
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && told.contains("R131") && told.contains("reports/street-safety.csv"), "{told}");
    assert!(!study.folder.join("out").exists() && !study.folder.join("gapmap-releases").exists());
    assert_eq!(study.gapmap(&RUN).status.code(), Some(0), "once it rests, it is read");
}
