use std::path::PathBuf;

use clap::Args;

use super::{Exit, Printer};
use crate::sources::SERVICES_TEMPLATE;

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to make. It must not exist yet, or be empty.
    folder: PathBuf,
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
}

impl Init {
    pub fn run(self, printer: &Printer) -> Exit {
        let occupied = std::fs::read_dir(&self.folder).is_ok_and(|mut d| d.next().is_some());
        if occupied {
            printer.note("the folder is not empty; name one that does not exist yet");
            return Exit::Usage;
        }
        let files = if self.example {
            let settings = crate::synthetic::Settings {
                seed: self.seed,
                areas: self.areas as usize,
                months: self.months as usize,
                planted: !self.nothing_planted,
                varying: self.varying,
            };
            crate::synthetic::borough(&settings)
        } else {
            [
                ("study.toml".to_owned(), include_str!("plan_template.toml").as_bytes().to_vec()),
                ("services.csv".to_owned(), SERVICES_TEMPLATE.as_bytes().to_vec()),
            ]
            .into_iter()
            .collect()
        };
        for (path, bytes) in &files {
            let to = self.folder.join(path);
            let made = to.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&to, bytes));
            if let Err(e) = made {
                printer.note(&format!("a file cannot be written: {}", e.kind()));
                return Exit::Problems;
            }
        }
        say!("{} files in {}", files.len(), self.folder.display());
        say!("Next: {}", if self.example { "gapmap run" } else { "fill in the plan, then: gapmap check" });
        say!("      {}", self.folder.join("study.toml").display());
        Exit::Fine
    }
}
