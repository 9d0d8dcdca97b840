//! Labels that somebody typed: printed nowhere, but where the plan names them or they are frequent.

/// A name, a deed and an address, typed into the column of categories.
const TYPED: &str = "Threatened by Wilfred Tarn at 14 Osier Row";

/// An invented borough with a table of cases, one of which has a label that somebody typed.
fn with_cases(settings: &str, typed: usize) -> crate::study_files::Study {
    let study = crate::study_files::Study::small();
    let row = |i: usize, kind: &str| format!("2025-{:02},E01990{:03},{kind},{}\n", i % 12 + 1, i % 30 + 1, i % 24);
    let rows: String =
        (0..400).map(|i| row(i, "Advice")).chain((0..typed).map(|i| row(i, TYPED))).chain((0..30).map(|i| row(i, "FGM"))).collect();
    study.write("cases.csv", format!("Month,LSOA,Kind,Hour\n{rows}").as_bytes());
    let plan = study.text("study.toml");
    let source = format!(
        "\n[[source]]\nkind = \"events-csv\"\nname = \"cases\"\npath = \"cases.csv\"\nsensitivity = \"restricted\"\ntopic = \"incidents\"\n{settings}\n\
        columns = {{ date = \"Month\", area = \"LSOA\", category = \"Kind\", hour = \"Hour\" }}\n"
    );
    study.write("study.toml", (plan + &source).as_bytes());
    study
}

/// Whether any part of the label stands anywhere: in a file, a file name, the ledger or what the program says.
fn tells_typed(study: &crate::study_files::Study, said: &str) -> Option<String> {
    let parts = ["Tarn", "tarn", "Osier", "osier", "14 Osier", "Wilfred"];
    let held = |text: &str| parts.iter().any(|p| text.contains(p));
    if held(said) {
        return Some("what the program says".into());
    }
    let files = study.tree("out").into_iter().chain(study.tree("gapmap-releases"));
    files.into_iter().find(|(path, bytes)| held(path) || held(&String::from_utf8_lossy(bytes))).map(|(path, _)| path)
}

#[test]
fn a_label_that_somebody_typed_is_printed_nowhere() {
    let study = with_cases("", 3);
    let (code, said) = study.check();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("S331"), "{said}");
    assert_eq!(tells_typed(&study, &said), None);
    // A label of which the plan says that it may be told is told as other, and stands in the ledger as a token.
    let study = with_cases("harm = \"none\"", 3);
    let (code, said) = study.check();
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(tells_typed(&study, &said), None);
    let first = study.tree("out");
    let key: Vec<u8> = study.read("gapmap-releases/key");
    assert_eq!(key.len(), 32);
    // Again, with the ledger: the label is known again by its token, and the same pack comes out.
    let (code, said) = study.check();
    assert_eq!(code, Some(0), "{said}");
    assert!(study.tree("out") == first, "the second pack differs");
    assert_eq!(study.tree("gapmap-releases").len(), 2, "the same again is no new release");
    // Another key, another ledger: no byte of the pack.
    std::fs::remove_dir_all(study.folder.join("gapmap-releases")).unwrap();
    std::fs::remove_file(study.folder.join("gapmap-releases.head")).unwrap();
    std::fs::remove_dir_all(study.folder.join("out")).unwrap();
    assert_eq!(study.check().0, Some(0));
    assert!(study.tree("out") == first && study.read("gapmap-releases/key") != key);
    for output in [study.gapmap(&["check", "study.toml"]), study.gapmap(&["explain", "findings"])] {
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(tells_typed(&study, &said), None);
    }
}

#[test]
fn a_label_that_the_plan_names_or_that_is_frequent_is_printed() {
    let named = with_cases(&format!("harms = {{ \"{TYPED}\" = \"none\" }}"), 3);
    let (code, said) = named.check();
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("S331") && tells_typed(&named, &said).is_some(), "{said}");
    let frequent = with_cases("harm = \"none\"", 300);
    let (code, said) = frequent.check();
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("S331") && tells_typed(&frequent, "").is_some(), "{said}");
}

#[test]
fn an_unknown_harm_in_the_plan_is_a_placed_problem() {
    let study = with_cases("harms = { \"Advice\" = \"forced-mariage\" }", 3);
    let (code, said) = study.check();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("study.toml:") && said.contains("`forced-marriage`"), "{said}");
    let study = with_cases("harms = { \"Advise\" = \"none\" }", 3);
    let (code, said) = study.check();
    assert!(code == Some(0) && said.contains("S332"), "{said}");
}

#[test]
fn groups_of_users_that_somebody_typed_are_other() {
    let study = crate::study_files::Study::small();
    let path = study.tree("users").keys().next().unwrap().clone();
    let text = study.text(&path).replace("Not disabled", TYPED);
    assert!(text.contains(TYPED));
    study.write(&path, text.as_bytes());
    let (code, said) = study.check();
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(tells_typed(&study, &said), None);
    assert!(study.text("out/findings.public.json").contains("16 to 24"), "known groups are told");
}

#[test]
fn words_of_harms_are_whole_words_in_any_spelling() {
    use gapmap::vocabulary::Harms;
    let of = |label: &str| match Harms::named_in(label) {
        Harms::Known(ids) => ids.iter().map(|h| h.as_str().to_owned()).collect::<Vec<_>>().join("+"),
        Harms::NotMapped => "?".into(),
    };
    for (label, harm) in [
        ("Rapes", "sexual-offences"),
        ("RASSO", "sexual-offences"),
        ("DA", "domestic-abuse"),
        ("DV", "domestic-abuse"),
        ("Domestic Abuse (non-crime)", "domestic-abuse"),
        ("HBV", "honour-based-abuse"),
        ("HBA", "honour-based-abuse"),
        ("FGM", "female-genital-mutilation"),
        ("F.G.M.", "female-genital-mutilation"),
        ("FGC", "female-genital-mutilation"),
        ("Forced-marriage", "forced-marriage"),
        ("forced  marriages", "forced-marriage"),
        ("Murder", "homicide"),
        ("Stalking and harassment", "stalking-and-harassment"),
        ("Modern slavery", "trafficking-and-exploitation"),
        ("r\u{430}pe", "sexual-offences"),
        ("Domestic burglary", ""),
        ("DOMESTIC BURGLARY", ""),
        ("Drug trafficking", ""),
        ("Violence and sexual offences", ""),
        ("Anti-social behaviour", ""),
        ("Poor street lighting", ""),
        ("Being followed", ""),
        ("Verbal abuse or harassment", ""),
        ("Signs of drug use or supply", ""),
        ("Self-referral", ""),
        ("GP", ""),
        ("All", ""),
        ("Not stated", ""),
        ("Hit by her brother at 3 Elm Row", "?"),
        ("Lighting, and her husband hit her", "?"),
        ("Cutting season", "?"),
        ("", "?"),
    ] {
        assert_eq!(of(label), harm, "{label}");
    }
}
