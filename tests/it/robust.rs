//! No input makes the program panic: files of a good study, damaged at random from a seed.

use gapmap::diagnostics::Problems;
use gapmap::plan::Plan;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use crate::study_files::Study;

/// Ways in which a file goes wrong.
#[derive(Clone, Debug)]
enum Damage {
    Cut(f64),
    Flip(f64, u8),
    Insert(f64, &'static str),
    Double(f64, f64),
    Drop(f64, f64),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = 0.0..1.0_f64;
    let text = prop::sample::select(vec![
        "\"",
        ",",
        "\r",
        "\n\n",
        "\0",
        "{",
        "]",
        "-1",
        "1e400",
        "NaN",
        "E99999999",
        "2199-12",
        "1900-01",
        "99999999999999999999",
        "é",
        "\u{feff}",
        "=",
        "[[source]]",
        "\\",
    ]);
    prop_oneof![
        at.clone().prop_map(Damage::Cut),
        (at.clone(), any::<u8>()).prop_map(|(at, byte)| Damage::Flip(at, byte)),
        (at.clone(), text).prop_map(|(at, text)| Damage::Insert(at, text)),
        (at.clone(), at.clone()).prop_map(|(a, b)| Damage::Double(a, b)),
        (at.clone(), at).prop_map(|(a, b)| Damage::Drop(a, b)),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let at = |share: f64| (share * bytes.len() as f64) as usize;
    let range = |a: f64, b: f64| at(a.min(b))..at(a.max(b));
    match damage {
        Damage::Cut(share) => bytes.truncate(at(*share)),
        Damage::Flip(share, byte) => {
            let i = at(*share);
            if let Some(b) = bytes.get_mut(i) {
                *b ^= byte | 1;
            }
        }
        Damage::Insert(share, text) => {
            let i = at(*share);
            bytes.splice(i..i, text.bytes());
        }
        Damage::Double(a, b) => {
            let part = bytes[range(*a, *b)].to_vec();
            bytes.extend(part);
        }
        Damage::Drop(a, b) => {
            bytes.drain(range(*a, *b));
        }
    }
}

#[test]
fn no_damage_to_any_file_makes_it_panic() {
    let study = Study::small();
    let files: Vec<String> = study.tree("").into_keys().filter(|p| !p.contains("/2025-") || p.contains("2025-03")).collect();
    assert!(files.len() > 12);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[17; 32]);
    let config = crate::study_files::cases(150);
    let mut refused = 0;
    let mut runner = TestRunner::new_with_rng(config, rng);
    for _ in 0..150 {
        let tree = (prop::sample::select(files.clone()), prop::collection::vec(damage(), 1..4)).new_tree(&mut runner).unwrap();
        let (path, damages) = tree.current();
        let good = study.read(&path);
        let mut bad = good.clone();
        damages.iter().for_each(|d| apply(&mut bad, d));
        study.write(&path, &bad);
        let mut problems = Problems::default();
        let findings = Plan::load(&study.folder.join("study.toml"), &mut problems)
            .and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems));
        // Either it runs, or it says why not.
        assert!(findings.is_some() || problems.any_error(), "{path} {damages:?}: refused without a word");
        refused += usize::from(findings.is_none());
        study.write(&path, &good);
    }
    assert!((20..150).contains(&refused), "{refused} of 150 were refused: is anything damaged at all?");
}
