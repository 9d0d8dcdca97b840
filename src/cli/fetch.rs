//! `gapmap fetch`: the open data that the plan names and that is not there yet. Without the feature of that name it only lists it.

use std::path::PathBuf;

use clap::Args;

use super::{Exit, Printer, load};
use crate::diagnostics::{Code, Place, Problems, nearest, said};
use crate::published::{ByHand, Given, Published, published};

#[derive(Debug, Args)]
pub(super) struct Fetch {
    /// The plan.
    plan: PathBuf,
    /// Lists what the plan names, where it is published and where it goes, and fetches nothing.
    #[arg(long)]
    list: bool,
    /// Asks for newer editions of what is there, and says what was restated. What it takes the place of is kept.
    #[arg(long)]
    renew: bool,
    /// This source alone, by its name in the plan; may be given several times.
    #[arg(long, value_name = "SOURCE")]
    only: Vec<String>,
    /// A copy of the web to ask in the place of the publishers, whose first folders are their names.
    #[arg(long, value_name = "URL")]
    from: Option<String>,
}

impl Fetch {
    pub fn run(self, printer: &Printer) -> Exit {
        let mut problems = Problems::default();
        let Some(plan) = load(&self.plan, &mut problems) else {
            printer.problems(&problems);
            return Exit::Problems;
        };
        let (mut files, mut by_hand) = published(&plan);
        for name in &self.only {
            let is_there = files.iter().any(|f| f.source == *name) || by_hand.iter().any(|f| f.source == *name);
            if !is_there {
                let near = nearest(name, files.iter().map(|f| f.source.as_str()));
                problems.error_said(Code::N506, Place::file(&plan.file), said::no_such_source(name, near));
            }
        }
        if problems.any_error() {
            printer.problems(&problems);
            return Exit::Usage;
        }
        files.retain(|f| self.only.is_empty() || self.only.contains(&f.source));
        by_hand.retain(|f| self.only.is_empty() || self.only.contains(&f.source));
        for ByHand { source, place, page, why } in &by_hand {
            problems.warn_said(Code::N506, Place::file(place), said::got_by_hand(source, why, page));
        }
        if files.is_empty() && by_hand.is_empty() {
            problems.warn_said(Code::N506, Place::file(&plan.file), said::nothing_to_fetch());
        }
        if self.list {
            list(&files);
            printer.problems(&problems);
            return Exit::Fine;
        }
        self.get(&plan, &files, problems, printer)
    }

    /// Nothing here touches a network.
    #[cfg(not(feature = "fetch"))]
    fn get(self, plan: &crate::plan::Plan, files: &[Published], mut problems: Problems, printer: &Printer) -> Exit {
        let _ = (self.renew, self.from, &plan.fetch.base);
        list(files);
        problems.error_said(Code::N505, Place::file(&plan.file), said::built_without_fetch());
        printer.problems(&problems);
        Exit::Problems
    }

    #[cfg(feature = "fetch")]
    fn get(self, plan: &crate::plan::Plan, files: &[Published], problems: Problems, printer: &Printer) -> Exit {
        let _held = match crate::outputs::hold_study(&plan.root) {
            Ok(held) => held,
            Err(fault) => return super::write_failed(&fault, printer),
        };
        let base = self.from.or_else(|| plan.fetch.base.clone());
        online::get(plan, files, gapmap_fetch::Settings { base, renew: self.renew, ..Default::default() }, problems, printer)
    }
}

fn list(files: &[Published]) {
    for file in files {
        say!("{} ({})", file.place, file.source);
        say!("    from {}", file.address);
        match &file.how {
            Given::Member(end) => say!("    the file in it whose name ends with {end}"),
            Given::Shapes(r) | Given::Table(r) if !r.authorities.is_empty() => say!("    the areas of {}", r.authorities.join(", ")),
            Given::OpenReferral => say!("    every page, with the full record of each service"),
            _ => {}
        }
        if let Some(months) = &file.months {
            say!("    the newest month of {months}");
        }
        say!("    licence: {}", file.licence);
    }
}

#[cfg(feature = "fetch")]
mod online {
    use gapmap_fetch::{Fault, Fetcher, Form, Got, How, Kind, Members, Settings, Want};

    use super::super::{Exit, Printer};
    use crate::diagnostics::{Code, Place, Problems};
    use crate::plan::Plan;
    use crate::published::{Given, Published, Records};

    /// Fetches each, one after another; what cannot be had does not keep the others back.
    pub(super) fn get(plan: &Plan, files: &[Published], settings: Settings, mut problems: Problems, printer: &Printer) -> Exit {
        // `Path::parent` of a plan in this folder is empty, and so is its root.
        let root = if plan.root.as_os_str().is_empty() { std::path::PathBuf::from(".") } else { plan.root.clone() };
        let mut fetcher = match Fetcher::new(&root, settings) {
            Ok(fetcher) => fetcher,
            Err(fault) => {
                tell(&mut problems, &plan.file, fault);
                printer.problems(&problems);
                return Exit::Problems;
            }
        };
        for file in files {
            match fetcher.fetch(&want(file), &mut |line| printer.note(&format!("{}: {line}", file.place))) {
                Ok(Got::There) => say!("{}: there already, fetched before", file.place),
                Ok(Got::Yours) => say!("{}: there already, and not fetched: left alone", file.folder.as_ref().unwrap_or(&file.place)),
                Ok(Got::Unchanged) => say!("{}: the publisher has nothing newer", file.place),
                Ok(Got::New(size)) => say!("{}: fetched, {size}", file.place),
                Ok(Got::Restated { told, kept }) => say!("{}: restated: {told}. The former edition is kept as {kept}", file.place),
                Err(fault) => tell(&mut problems, &file.place, fault),
            }
        }
        printer.problems(&problems);
        if problems.any_error() { Exit::Problems } else { Exit::Fine }
    }

    fn tell(problems: &mut Problems, place: &str, fault: Fault) {
        let code = match fault.kind {
            Kind::Unreached | Kind::Cut => Code::N501,
            Kind::Refused | Kind::Missing => Code::N502,
            Kind::NotIt => Code::N503,
            Kind::Changed => Code::N504,
            Kind::Disk => Code::W401,
        };
        problems.error(code, Place::file(place), fault.what, fault.next);
    }

    fn want(file: &Published) -> Want {
        let how = match &file.how {
            Given::File => How::File,
            Given::Member(end) => How::Member(end.clone()),
            Given::Shapes(records) => How::ArcgisFeatures(members(records)),
            Given::Table(records) => How::ArcgisTable(members(records)),
            Given::OpenReferral => How::OpenReferral,
        };
        Want {
            source: file.source.clone(),
            address: file.address.clone(),
            months: file.months.clone(),
            place: file.place.clone(),
            folder: file.folder.clone(),
            how,
            form: Form::of_name(&file.place),
            limit: file.limit_mb << 20,
            md5: file.md5.clone(),
            licence: file.licence.clone(),
            attribution: file.attribution.clone(),
        }
    }

    fn members(of: &Records) -> Members {
        match (&of.told_by, of.field.is_empty()) {
            (_, true) => Members::All,
            (None, _) => Members::With(of.field.clone(), of.authorities.clone()),
            (Some([layer, member, by]), _) => Members::Of {
                layer: layer.clone(),
                member: member.clone(),
                of: by.clone(),
                values: of.authorities.clone(),
                field: of.field.clone(),
            },
        }
    }
}
