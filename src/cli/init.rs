use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::first_plan::first_plan;
use super::first_workbook::first_workbook;
use super::{Exit, Printer};
use crate::disk::{beside, remove, take_place, write_files};
use crate::outputs::Files;
use crate::sources::SERVICES_TEMPLATE;
use crate::study::{NotFound, Partnership, partnership};

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to make. It must not exist yet, or be empty.
    #[arg(required_unless_present = "area")]
    folder: Option<PathBuf>,
    /// Writes the plan of this partnership: the name or code of an authority, a county, a police area or a combined authority. Without a folder, one of
    /// that name is made.
    #[arg(long, value_name = "NAME OR CODE", conflicts_with = "example")]
    area: Option<String>,
    /// Writes the plan as a workbook, study.xlsx, with sheets for services, their capacity, the action plan and indicators: for who lives in a
    /// spreadsheet. `gapmap check` and `gapmap run` read it as they read study.toml.
    #[arg(long, conflicts_with = "example")]
    workbook: bool,
    /// Fills it with an invented borough.
    #[arg(long)]
    example: bool,
    /// Seed of the invented borough.
    #[arg(long, default_value_t = 1, requires = "example")]
    seed: u64,
    /// How many areas it has.
    #[arg(long, default_value_t = 150, requires = "example", value_parser = clap::value_parser!(u32).range(30..=35_000))]
    areas: u32,
    /// How many months it has.
    #[arg(long, default_value_t = 36, requires = "example", value_parser = clap::value_parser!(u32).range(12..=120))]
    months: u32,
    /// Plants no hot spot, trend, break, desert or gap: what is then found is a false alarm.
    #[arg(long, requires = "example")]
    nothing_planted: bool,
    /// Lets areas, months and counts vary beyond chance, as those of the police do.
    #[arg(long, requires = "example")]
    varying: bool,
    /// So many times as many incidents, for trying work of size.
    #[arg(long, value_name = "TIMES", default_value_t = 1, requires = "example", value_parser = clap::value_parser!(u32).range(1..=100))]
    busier: u32,
}

impl Init {
    pub fn run(self, printer: &Printer) -> Exit {
        let found = match self.area.as_deref().map(partnership).transpose() {
            Ok(found) => found,
            Err(fault) => {
                printer.note(&not_found(self.area.as_deref().unwrap_or_default(), &fault));
                return Exit::Usage;
            }
        };
        let named = || PathBuf::from(folder_name(found.as_ref().map_or("study", |f| &f.name)));
        let folder = self.folder.clone().unwrap_or_else(named);
        if std::fs::read_dir(&folder).is_ok_and(|mut d| d.next().is_some()) {
            printer.note(&format!("the folder {} is not empty; name one that does not exist yet", folder.display()));
            return Exit::Usage;
        }
        let files = match self.files(found.as_ref()) {
            Ok(files) => files,
            Err(what) => {
                printer.note(&format!("the workbook cannot be made: {what}"));
                return Exit::Ours;
            }
        };
        if let Err(e) = put(&folder, &files) {
            printer.note(&format!("the folder cannot be written: {}", e.kind()));
            return Exit::Problems;
        }
        say!("{} files in {}", files.len(), folder.display());
        if let Some(found) = &found {
            say_found(found);
        }
        let next = match (&found, self.example) {
            (_, true) => "gapmap run",
            (Some(_), _) => "gapmap check",
            _ => "fill in the plan, then: gapmap check",
        };
        say!("Next: {next}");
        say!("      {}", folder.join(if self.workbook { "study.xlsx" } else { "study.toml" }).display());
        Exit::Fine
    }

    /// What goes into the folder.
    fn files(&self, found: Option<&Partnership>) -> Result<Files, String> {
        if self.example {
            return Ok(crate::synthetic::borough(&crate::synthetic::Settings {
                seed: self.seed,
                areas: self.areas as usize,
                months: self.months as usize,
                planted: !self.nothing_planted,
                varying: self.varying,
                busier: self.busier,
            }));
        }
        if self.workbook {
            let book = first_workbook(found).map_err(|e| e.to_string())?;
            return Ok([("study.xlsx".to_owned(), book)].into());
        }
        let plan = found.map_or_else(|| include_str!("plan_template.toml").to_owned(), first_plan);
        Ok([("study.toml".to_owned(), plan.into_bytes()), ("services.csv".to_owned(), SERVICES_TEMPLATE.as_bytes().to_vec())].into())
    }
}

/// Makes the folder whole or not at all; an empty one that is there already is filled.
fn put(folder: &Path, files: &Files) -> std::io::Result<()> {
    let folder = std::path::absolute(folder)?;
    let new = beside(&folder, "new");
    remove(&new)?;
    write_files(&new, files)?;
    if !folder.is_dir() {
        return take_place(&new, &folder);
    }
    // A folder that somebody stands in stays the same one: in another of its name the next command would find nothing.
    let names: BTreeSet<&str> = files.keys().filter_map(|path| path.split('/').next()).collect();
    let mut names: Vec<&str> = names.into_iter().collect();
    // The plan last: without it there is no study.
    names.sort_by_key(|name| name.starts_with("study."));
    let put = names.iter().try_for_each(|name| std::fs::rename(new.join(name), folder.join(name)));
    if put.is_err() {
        names.iter().try_for_each(|name| remove(&folder.join(name)))?;
    }
    remove(&new)?;
    put
}

/// A name of a partnership as the name of a folder.
fn folder_name(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join("-")
}

fn say_found(found: &Partnership) {
    let list = |names: Vec<&str>| if names.is_empty() { "none known".to_owned() } else { names.join(", ") };
    say!("{} ({}): {}", found.name, found.code, list(found.authorities.iter().map(|(_, n)| n.as_str()).collect()));
    say!("Police: {}", list(found.forces.iter().map(|(n, _)| n.as_str()).collect()));
    say!("Neighbours: {}", list(found.neighbours.iter().map(|(_, n)| n.as_str()).collect()));
    if !found.also.is_empty() {
        say!("Also of that name: {}; give its code with --area to take it instead.", found.also.join(", "));
    }
}

/// Why there is no plan for a name, and what is called nearly so.
fn not_found(asked: &str, fault: &NotFound) -> String {
    match fault {
        NotFound::Unknown(near) if near.is_empty() => {
            format!(
                "no authority, county, police area or combined authority of England is called `{asked}`; give its name or its code, such as E09000004"
            )
        }
        NotFound::Unknown(near) => format!("nothing is called `{asked}`. Did you mean: {}?", near.join("; ")),
        NotFound::Older(name, became) => format!("{name} is no more; it became {}", became.join("; ")),
        NotFound::Wales(name) => format!("{name} lies in Wales: the law and the standards that this program knows are those of England"),
    }
}
