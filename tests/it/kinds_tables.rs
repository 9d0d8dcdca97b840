//! Tables of counts and of residents as people have them: more of the kinds of fault of the cases (the same cell twice, totals, forms, advice).

use crate::millbeck_forces::{ALL, Millbeck, VIOLENCE, code, months, name, rates};

const STALKING: &str = "burden/x/stalking/areas";

/// A study of one table of counts, without police files.
fn counts(headings: &str, rows: impl Fn(&str, usize) -> String, more: &str) -> Millbeck {
    let mut text = format!("{headings}\n");
    for month in months() {
        ALL.iter().for_each(|i| text += &rows(&month, *i));
    }
    table(&text, more)
}

fn table(text: &str, more: &str) -> Millbeck {
    let mut study = Millbeck::new();
    study.clear("police/").put("x/x.csv", text);
    study.plan(
        "kind = \"police-uk-street\"\nname = \"police\"\npath = \"police\"",
        &format!("kind = \"events-csv\"\nname = \"x\"\npath = \"x\"\ntopic = \"incidents\"\n{more}\ncolumns = {{ month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }}"),
    );
    study
}

fn plain(month: &str, i: usize) -> String {
    format!("{month},{},Stalking,4\n", code(i))
}

const PLAIN: &str = "Month,LSOA,Offence,Number";

fn all(study: &Millbeck) -> Option<u64> {
    rates(&study.answer(), STALKING).total.count.known()
}

#[test]
fn kind_03_a_total_beside_its_parts_is_never_added() {
    let by_sex = |word: &str| {
        let word = word.to_owned();
        move |month: &str, i: usize| {
            [("Female", 3), ("Male", 1), (word.as_str(), 4)].map(|(sex, n)| format!("{month},{},Stalking,{sex},{n}\n", code(i))).concat()
        }
    };
    let headings = "Month,LSOA,Offence,Sex,Number";
    for word in ["All persons", "Total", "Both sexes", "ALL"] {
        counts(headings, by_sex(word), "").is_refused("D218", "keep = { \"Sex\"");
    }
    // Either way of following the advice leads on.
    assert_eq!(all(&counts(headings, by_sex("All"), "keep = { \"Sex\" = \"All\" }")), Some(384));
    assert_eq!(all(&counts(headings, by_sex("All"), "keep = { \"Sex\" = [\"Female\", \"Male\"] }")), Some(384));
    // The same among the categories, and among units.
    let offences = |month: &str, i: usize| format!("{}{month},{},All offences,6\n", plain(month, i), code(i));
    counts(PLAIN, offences, "").is_refused("D218", "keep = { \"Offence\"");
    let units =
        |month: &str, i: usize| ["Count", "Rate per 1,000"].map(|unit| format!("{month},{},Stalking,4,\"{unit}\"\n", code(i))).concat();
    counts("Month,LSOA,Offence,Number,Unit", units, "").is_refused("D218", "keep = { \"Unit\"");
    // Parts alone are added, and a total alone counts.
    let parts = |month: &str, i: usize| ["Female", "Male"].map(|sex| format!("{month},{},Stalking,{sex},2\n", code(i))).concat();
    assert_eq!(all(&counts(headings, parts, "")), Some(384));
    assert_eq!(all(&counts(headings, |month, i| format!("{month},{},Stalking,Total,4\n", code(i)), "")), Some(384));
}

#[test]
fn kind_03_a_cell_that_stands_twice_is_a_problem() {
    let copied = |month: &str, i: usize| if (month, i) == ("2023-03", 2) { plain(month, i).repeat(2) } else { plain(month, i) };
    counts(PLAIN, copied, "").is_refused("D218", "Take the copies out");
    let contrary = |month: &str, i: usize| format!("{}{month},{},Stalking,9\n", plain(month, i), code(i));
    counts(PLAIN, contrary, "").is_refused("D218", "stand twice");
    // A column that tells them apart makes them parts.
    let parts = |month: &str, i: usize| ["North", "South"].map(|team| format!("{month},{},Stalking,2,{team}\n", code(i))).concat();
    assert_eq!(all(&counts("Month,LSOA,Offence,Number,Team", parts, "")), Some(384));
}

#[test]
fn kind_08_totals_headings_and_levels_within_a_table_are_no_rows() {
    let totals = |month: &str, i: usize| plain(month, i) + &if i == 7 { format!("{month},Total,Stalking,32\n") } else { String::new() };
    assert_eq!(all(&counts(PLAIN, totals, "")), Some(384));
    let yearly = |month: &str, i: usize| {
        plain(month, i) + &if month == "2023-12" { format!("Total,{},Stalking,48\n", code(i)) } else { String::new() }
    };
    assert_eq!(all(&counts(PLAIN, yearly, "")), Some(384));
    let again = |month: &str, i: usize| if i == 0 { format!("{PLAIN}\n{}", plain(month, i)) } else { plain(month, i) };
    assert_eq!(all(&counts(PLAIN, again, "")), Some(384));
    let authority =
        |month: &str, i: usize| plain(month, i) + &if i == 7 { format!("{month},E06990001,Stalking,32\n") } else { String::new() };
    assert_eq!(all(&counts(PLAIN, authority, "")), Some(384));
}

#[test]
fn kind_09_what_spreadsheets_write_around_a_table() {
    for mark in ["sep=,\n", "sep=,\r\n", "\"sep=,\"\n"] {
        assert_eq!(all(&counts(&format!("{mark}{PLAIN}"), plain, "")), Some(384), "{mark}");
    }
    let semicolons = |month: &str, i: usize| plain(month, i).replace(',', ";");
    assert_eq!(all(&counts(&format!("sep=;\n{}", PLAIN.replace(',', ";")), semicolons, "")), Some(384));
    for headings in ["month, lsoa ,OFFENCE,number", "Month,LSOA,Offence,\"Num\nber\""] {
        let study = counts(headings, plain, "");
        assert_eq!(all(&study), Some(384), "{headings}");
    }
    assert_eq!(all(&counts("MONTH,L_S_O_A,Offence,Number", plain, "")), Some(384));
}

#[test]
fn kind_01_months_that_merged_cells_have_lost_are_told() {
    let merged = |month: &str, i: usize| if i == 0 { plain(month, i) } else { plain("", i) };
    counts(PLAIN, merged, "").is_refused("R104", "Fill the column down");
    // A few records without a date are in the ledger.
    let few = |month: &str, i: usize| plain(if (month, i) == ("2023-03", 2) { "n/a" } else { month }, i);
    assert_eq!(all(&counts(PLAIN, few, "")), Some(380));
}

#[test]
fn kind_06_a_share_is_no_count() {
    counts(PLAIN, |month, i| format!("{month},{},Stalking,4%\n", code(i)), "").is_refused("R104", "whole number");
}

#[test]
fn kind_02_a_category_in_other_letters_is_the_same() {
    let spelt = |month: &str, i: usize| format!("{month},{},{},4\n", code(i), ["Stalking", "STALKING", "stalking ", "Stalking"][i % 4]);
    let study = counts(PLAIN, spelt, "");
    assert_eq!(all(&study), Some(384));
    assert_eq!(study.tables().datasets[0].categories.len(), 1);
}

/// The usual study with another table of residents.
fn residents(text: &str) -> Millbeck {
    let mut study = Millbeck::new();
    study.put("population.csv", text);
    study
}

fn lines(headings: &str, row: impl Fn(usize) -> String) -> String {
    ALL.iter().fold(format!("{headings}\n"), |text, i| text + &row(*i) + "\n")
}

#[test]
fn kind_09_residents_in_the_forms_of_ons_and_nomis() {
    let tables = [
        lines("Lower layer Super Output Areas Code,Lower layer Super Output Areas,Observation", |i| {
            format!("{},{},1000", code(i), name(i))
        }),
        lines(
            "Lower layer Super Output Areas Code,Lower layer Super Output Areas,Sex (2 categories) Code,Sex (2 categories),Observation",
            |i| format!("{0},{1},1,Female,520\n{0},{1},2,Male,480", code(i), name(i)),
        ),
        lines("DATE_NAME,GEOGRAPHY_NAME,GEOGRAPHY_CODE,C2021_SEX_3_NAME,C2021_SEX_3_CODE,MEASURES_NAME,OBS_VALUE", |i| {
            let rows = [("All persons", "Value", 1000), ("Female", "Value", 520), ("Male", "Value", 480), ("All persons", "Percent", 100)];
            rows.map(|(sex, measure, n)| format!("2021,{},{},{sex},0,{measure},{n}", name(i), code(i))).join("\n")
        }),
        lines("LAD 2023 Code,LAD 2023 Name,LSOA 2021 Code,LSOA 2021 Name,Total,F0 to 15,F16 to 90+,M0 to 15,M16 to 90+", |i| {
            format!("E06990001,Millbeck,{},{},1000,120,400,130,350", code(i), name(i))
        }),
        lines("geography code,sex,population", |i| format!("{0},Female,520\n{0},Male,480\n{0},All,1000", code(i))),
        lines("geography code,female,male", |i| format!("{},520,480", code(i))),
        lines("date,geography,geography code,Residence type: Total; measures: Value", |i| format!("2021,{},{},1000", name(i), code(i))),
        lines("geography code,population density,all,% female", |i| format!("{},52.5,1000,52", code(i))),
    ];
    for text in tables {
        let study = residents(&text);
        study.gives(384, 48.0);
        let tables = study.tables();
        let women = tables.areas.list[0].residents.get("female").copied();
        assert!(women.is_none_or(|n| n == 520.0), "{text}");
    }
}

#[test]
fn kind_03_a_census_in_two_tables_and_two_levels_counts_everybody_once() {
    let mut study = Millbeck::new();
    study.take("population.csv");
    study.plan("population.csv", "people");
    study.put(
        "people/ts008.csv",
        lines("date,geography,geography code,Sex: All persons; measures: Value", |i| format!("2021,{},{},1000", name(i), code(i))),
    );
    study.put(
        "people/ts007a.csv",
        lines("date,geography,geography code,Age: Total,Age: Aged 4 years and under", |i| format!("2021,{},{},1001,50", name(i), code(i))),
    );
    let findings = study.answer();
    let total = rates(&findings, VIOLENCE).total.rate.known().unwrap().value;
    // The tables differ by one here and there, as the census itself does; they are never added.
    assert!((47.9..=48.05).contains(&total), "{total}");
}

/// A study of two wards and a table of the Metropolitan Police.
fn wards(text: &str) -> Millbeck {
    let mut study = Millbeck::new();
    let ward = |i: usize| {
        let shape = crate::millbeck_forces::square(crate::millbeck_forces::middle(i), |x, y| (x, y));
        let properties = format!("\"WD24CD\":\"E0599000{}\",\"WD24NM\":\"Ward {}\",\"LAD24CD\":\"E06990001\"", i + 1, i + 1);
        crate::millbeck_forces::feature(&properties, &crate::millbeck_forces::polygon(&shape))
    };
    study.clear("police/").put("boundaries/lsoa.geojson", crate::millbeck_forces::collection(&[ward(0), ward(1)], ""));
    study.put("population.csv", "code,all\nE05990001,1000\nE05990002,1000\n").put("mps/table.csv", text);
    study.plan(
        "kind = \"police-uk-street\"\nname = \"police\"\npath = \"police\"",
        "kind = \"mps-wide\"\nname = \"mps\"\npath = \"mps\"\nborough = \"Millbeck\"\nborough-code = \"E06990001\"",
    );
    study.plan("[\"E06990001\"]", "[\"E06990001\"]\ngeography = \"ward\"\nperiod = { first = \"2023-01\", last = \"2023-12\" }");
    study
}

const WARDS: &str = "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName";
const RAPE: &str = "burden/mps/rape/areas";

fn wide(headings: &str, months: &[String]) -> String {
    let row = |w: u32| format!("SEXUAL OFFENCES,RAPE,Ward {w},E0599000{w},Millbeck{}\n", ",10".repeat(months.len()));
    format!("{headings},{}\n{}{}", months.join(","), row(1), row(2))
}

fn numbers() -> Vec<String> {
    (1..=12).map(|m| format!("2023{m:02}")).collect()
}

#[test]
fn kind_03_a_row_of_wards_that_stands_twice() {
    let text = wide(WARDS, &numbers());
    let twice = text.clone() + text.split_once('\n').unwrap().1;
    assert_eq!(rates(&wards(&twice).answer(), RAPE).total.count.known(), Some(240));
    let contrary = text.clone() + &text.lines().nth(1).unwrap().replacen(",10", ",11", 1) + "\n";
    wards(&contrary).is_refused("D218", "Keep the row that is right");
}

#[test]
fn kind_09_months_and_headings_of_wards_as_spreadsheets_show_them() {
    let short = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map(|m| format!("{m}-23"));
    let days: Vec<String> = (1..=12).map(|m| format!("01/{m:02}/2023")).collect();
    for text in [wide(WARDS, &short), wide(WARDS, &days), wide(&WARDS.replace("WardCode", "Ward Code"), &numbers())] {
        let findings = wards(&text).answer();
        assert_eq!(rates(&findings, RAPE).rows.iter().map(|r| r.count.known()).collect::<Vec<_>>(), [Some(120), Some(120)], "{text}");
    }
}

#[test]
fn kind_02_wards_of_another_edition_are_a_problem_and_not_quiet_places() {
    let text = wide(WARDS, &numbers());
    wards(&text.replace("E05990002", "E05980002")).is_refused("D219", "boundaries of the areas that the table has");
    // A row of no known ward counts in the borough.
    let unknown = text + "SEXUAL OFFENCES,RAPE,Unknown,," + "Millbeck" + &",3".repeat(12) + "\n";
    let findings = wards(&unknown).answer();
    let rates = rates(&findings, RAPE);
    assert_eq!((rates.total.count.known(), rates.unlocated.known()), (Some(276), Some(36)));
}

/// The usual study with ranks, a lookup from the codes of 2011, and more.
fn ranks(text: &str, lookup: &str) -> Millbeck {
    let mut study = Millbeck::new();
    study.put("ranks.csv", format!("LSOA code (2011),IMD_rank\n{text}")).put("lookup.csv", lookup);
    study.source("kind = \"deprivation\"\nname = \"ranks\"\npath = \"ranks.csv\"").source("kind = \"lookup\"\npath = \"lookup.csv\"");
    study
}

#[test]
fn kind_09_ranks_of_older_areas_and_of_smaller_ones() {
    // The first two were one, the third was two, the others are what they were.
    let old = "E01990199,100\nE01990198,200\nE01990197,400\n".to_owned()
        + &ALL[3..].iter().map(|i| format!("{},{}\n", code(*i), 1000 * i)).collect::<String>();
    let mut lookup = format!("LSOA11CD,CHGIND,LSOA21CD,LAD24CD\nE01990199,S,{},E06990001\nE01990199,S,{},E06990001\n", code(0), code(1));
    lookup += &format!("E01990198,M,{0},E06990001\nE01990197,M,{0},E06990001\n", code(2));
    ALL[3..].iter().for_each(|i| lookup += &format!("{0},U,{0},E06990001\n", code(*i)));
    let mut study = ranks(&old, &lookup);
    study.add("population.csv", "\"2021\",\"x\",\"E01990198\",300\n\"2021\",\"x\",\"E01990197\",100\n");
    let known = |study: &Millbeck| study.tables().areas.list.iter().map(|a| a.deprivation.map(|d| -d)).collect::<Vec<_>>();
    let expected = [100.0, 100.0, 250.0, 3000.0, 4000.0, 5000.0, 6000.0, 7000.0].map(Some);
    assert_eq!(known(&study), expected);
    assert!(study.codes().contains(&"D222"), "what was worked out is told");
    // Ranks of their own are exact, and nothing is told.
    let own: String = ALL.iter().map(|i| format!("{},{}\n", code(*i), 10 + i)).collect();
    let exact = ranks(&own, &lookup);
    assert_eq!(known(&exact)[0], Some(10.0));
    assert!(!exact.codes().contains(&"D222"));
    // Two editions in one: nobody can say which.
    ranks(&(own.clone() + &own.replace(",1", ",2")), &lookup).is_refused("D207", "Keep the indices of one year");
}

#[test]
fn kind_09_ranks_of_lsoas_give_wards_the_mean_by_residents() {
    let mut study = Millbeck::new();
    let ward = |i: usize| {
        let shape = crate::millbeck_forces::square(crate::millbeck_forces::middle(4 * i), |x, y| (x, y));
        let properties = format!("\"WD24CD\":\"E0599000{}\",\"WD24NM\":\"Ward {}\",\"LAD24CD\":\"E06990001\"", i + 1, i + 1);
        crate::millbeck_forces::feature(&properties, &crate::millbeck_forces::polygon(&shape))
    };
    study.put("boundaries/lsoa.geojson", crate::millbeck_forces::collection(&[ward(0), ward(1)], ""));
    study.plan("[\"E06990001\"]", "[\"E06990001\"]\ngeography = \"ward\"");
    let lookup =
        ALL.iter().fold("LSOA21CD,WD24CD,LAD24CD\n".to_owned(), |t, i| t + &format!("{},E0599000{},E06990001\n", code(*i), 1 + i / 4));
    study.put("lookup.csv", lookup).put(
        "ranks.csv",
        ALL.iter().fold("LSOA code (2021),IMD_rank\n".to_owned(), |t, i| t + &format!("{},{}\n", code(*i), 100 * (i + 1))),
    );
    study.put("population.csv", study.people(|i| if i == 0 { 3000 } else { 1000 }));
    study.source("kind = \"deprivation\"\nname = \"ranks\"\npath = \"ranks.csv\"").source("kind = \"lookup\"\npath = \"lookup.csv\"");
    let found: Vec<Option<f64>> = study.tables().areas.list.iter().map(|a| a.deprivation.map(|d| -d)).collect();
    assert_eq!(found, [Some(200.0), Some(650.0)]);
}
