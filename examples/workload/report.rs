//! W7: twenty maps and twenty charts as pictures, and the page with all of them, from boundaries and a monthly panel.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use gapmap::diagnostics::{Problems, render_text};
use gapmap::outputs::{Picture, ReportKind, page_and_pictures, pictures};
use gapmap::pipeline::findings;
use gapmap::plan::Plan;

use crate::place::panel;

/// So many maps and as many charts.
const FIGURES: usize = 20;

/// `which`: `w7` for pictures of pixels, `w7-svg` for drawings.
pub fn report(which: &str, data: &Path, areas: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let folder = out.with_extension("files");
    let geo = data.join(format!("geo_{areas}"));
    study(&geo.canonicalize()?, &folder)?;
    let mut problems = Problems::default();
    let told = Plan::load(&folder.join("study.toml"), &mut problems).and_then(|plan| findings(&plan, None, &mut problems));
    let Some((found, _)) = told else { return Err(render_text(&problems).into()) };
    let read_s = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let all = pictures(&found);
    let first = |folder: &str, name: &str| -> Vec<Picture> {
        let wanted = |p: &&Picture| p.path.starts_with(folder) && p.path.ends_with(name);
        all.iter().filter(wanted).take(FIGURES).cloned().collect()
    };
    let wanted = [first("maps/", "-rate-map"), first("charts/", "-control-chart")].concat();
    if wanted.len() != 2 * FIGURES {
        let drawn: Vec<&str> = all.iter().map(|p| p.path.as_str()).collect();
        return Err(format!("{} figures where {} belong: {drawn:?}", wanted.len(), 2 * FIGURES).into());
    }
    let overview = ReportKind::find("overview").ok_or("no such report")?;
    let files = page_and_pictures(&found, &overview, &wanted, which == "w7")?;
    let mut text = String::from("file,bytes\n");
    for (name, bytes) in &files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().ok_or("a file is in a folder")?)?;
        std::fs::write(path, bytes)?;
        writeln!(text, "{name},{}", bytes.len())?;
    }
    std::fs::write(out, text)?;
    let draw_s = started.elapsed().as_secs_f64();
    println!("PHASES {{\"read\": {read_s:.3}, \"draw\": {draw_s:.3}}}");
    Ok(())
}

/// A study of twenty kinds of events, each with the counts of the panel some months later than the one before.
fn study(geo: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let counted = panel(&geo.join("panel.csv"))?;
    let months = counted.months.len();
    let (mut rows, mut kinds) = (String::from("month,area,category,count\n"), Vec::new());
    let mut people = String::from("geography code,Sex: All persons; measures: Value\n");
    for kind in 0..FIGURES {
        kinds.push(format!("\"Kind {kind:02}\""));
        for (area, counts) in counted.codes.iter().zip(counted.counts.chunks(months)) {
            for (m, month) in counted.months.iter().enumerate() {
                writeln!(rows, "{month},{area},Kind {kind:02},{}", counts[(m + kind) % months])?;
            }
        }
    }
    counted.codes.iter().try_for_each(|area| writeln!(people, "{area},1600"))?;
    std::fs::write(folder.join("events.csv"), rows)?;
    std::fs::write(folder.join("people.csv"), people)?;
    let (boundaries, kinds) = (geo.join("lsoa.geojson"), kinds.join(", "));
    let plan = format!(
        "[study]\ntitle = \"Twenty maps and charts\"\narea-name = \"Invented place\"\nauthority-kind = \"unitary\"\nauthorities = [\"E06990001\"]\ninvented = true\ngeography = \"lsoa\"\n\n\
         [[source]]\nkind = \"boundaries\"\npath = {boundaries:?}\nsensitivity = \"open\"\n\n\
         [[source]]\nkind = \"population\"\npath = \"people.csv\"\nsensitivity = \"open\"\n\n\
         [[source]]\nkind = \"events-csv\"\npath = \"events.csv\"\nsensitivity = \"open\"\ntopic = \"incidents\"\ncolumns = {{ month = \"month\", area = \"area\", category = \"category\", count = \"count\" }}\n\n\
         [[analysis]]\nkind = \"burden\"\ncategories = [{kinds}]\n\n[[analysis]]\nkind = \"trend\"\ncategories = [{kinds}]\n"
    );
    std::fs::write(folder.join("study.toml"), plan)?;
    Ok(())
}
