//! `gapmap manual`: completions for a shell, and manual pages, from the commands themselves.

use std::path::PathBuf;

use clap::{Args, CommandFactory, ValueEnum};

use super::{Command, Exit, Printer};
use crate::disk::put_file;

#[derive(Debug, Args)]
pub(super) struct Manual {
    /// Prints completions for a shell: put them where your shell looks for them.
    #[arg(long, value_name = "SHELL")]
    completions: Option<Shell>,
    /// Writes a manual page for each command into this folder.
    #[arg(long, value_name = "FOLDER", required_unless_present = "completions")]
    pages: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    /// PowerShell.
    #[value(name = "powershell")]
    Windows,
}

impl Manual {
    pub fn run(self, printer: &Printer) -> Exit {
        if let Some(shell) = self.completions {
            use clap_complete::{generate, shells};
            let (mut command, mut text) = (Command::command(), Vec::new());
            match shell {
                Shell::Bash => generate(shells::Bash, &mut command, "gapmap", &mut text),
                Shell::Zsh => generate(shells::Zsh, &mut command, "gapmap", &mut text),
                Shell::Fish => generate(shells::Fish, &mut command, "gapmap", &mut text),
                Shell::Windows => generate(shells::PowerShell, &mut command, "gapmap", &mut text),
            }
            say!("{}", String::from_utf8_lossy(&text).trim_end());
        }
        let Some(folder) = self.pages else { return Exit::Fine };
        let pages = pages();
        let written =
            std::fs::create_dir_all(&folder).and_then(|()| pages.iter().try_for_each(|(name, text)| put_file(&folder.join(name), text)));
        if let Err(e) = written {
            printer.note(&format!("a page cannot be written: {}", e.kind()));
            return Exit::Problems;
        }
        say!("{} pages in {}", pages.len(), folder.display());
        Exit::Fine
    }
}

/// A page for the program and one for each command.
fn pages() -> Vec<(String, Vec<u8>)> {
    let mut command = Command::command();
    command.build();
    let page = |command: &clap::Command, name: String| {
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let _ = clap_mangen::Man::new(command.clone()).render(&mut text);
        (format!("{name}.1"), text)
    };
    let own = page(&command, "gapmap".into());
    let commands = command.get_subcommands().filter(|c| c.get_name() != "help");
    std::iter::once(own).chain(commands.map(|c| page(c, format!("gapmap-{}", c.get_name())))).collect()
}
