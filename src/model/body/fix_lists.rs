//! What to ask each provider about its records in open directories.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;

/// One list for each provider, in the order of their names.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FixLists {
    /// The day that the directories were read for.
    pub as_of: String,
    /// The lists.
    pub lists: Vec<FixList>,
}

/// What to ask one provider.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FixList {
    /// Its name, as its first record writes it; empty where records name none.
    pub provider: String,
    /// What to ask, record by record.
    pub items: Vec<FixItem>,
}

/// What an item is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FixTopic {
    /// Nobody has checked the record for long, or nobody knows when.
    Check,
    /// It leaves out what the analyses need.
    LeftOut,
    /// It may stand in a directory twice.
    Twice,
    /// Two records under one id contradict each other.
    Contradiction,
    /// The service is not available.
    NotAvailable,
    /// Its contract has ended, and it is listed as running.
    Contract,
}

impl FixTopic {
    /// How a table names it.
    pub fn label(self) -> &'static str {
        match self {
            FixTopic::Check => "last check",
            FixTopic::LeftOut => "left out",
            FixTopic::Twice => "listed twice",
            FixTopic::Contradiction => "contradiction",
            FixTopic::NotAvailable => "not available",
            FixTopic::Contract => "contract",
        }
    }
}

/// One thing to ask about one record.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FixItem {
    /// The service.
    pub service: String,
    /// Its id in the directory.
    pub id: String,
    /// The directory: a source of the plan.
    pub directory: String,
    /// The file that the record stands in.
    pub place: String,
    /// What it is about.
    pub topic: FixTopic,
    /// What stands there.
    pub found: Text,
    /// What to do.
    pub ask: Text,
}

impl FixList {
    /// How a page names the provider.
    pub fn name(&self) -> &str {
        if self.provider.is_empty() { "Provider not given" } else { &self.provider }
    }

    /// Its table.
    pub fn table(&self) -> TableView {
        of(self.items.iter().map(|item| (self, item)).collect())
    }
}

fn of(rows: Vec<(&FixList, &FixItem)>) -> TableView {
    Columns::default()
        .column("provider", "Provider", |(list, _): &(&FixList, &FixItem)| text(list.name()))
        .column("service", "Service", |(_, i)| text(&i.service))
        .column("service_id", "Id of the service", |(_, i)| text(&i.id))
        .column("directory", "Directory", |(_, i)| text(&i.directory))
        .column("record", "Where the record stands", |(_, i)| text(&i.place))
        .column("about", "About", |(_, i)| text(i.topic.label()))
        .column("what_stands_there", "What stands there", |(_, i)| text(&i.found))
        .column("what_to_do", "What to do", |(_, i)| text(&i.ask))
        .of(&rows)
}

impl Shape for FixLists {
    has_no! { sums_of_people by_area }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        self.lists.iter_mut().flat_map(|l| &mut l.items).flat_map(|i| [&mut i.found, &mut i.ask]).collect()
    }

    fn counts(&self) -> Counts {
        Counts::none()
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // No counts of events.
        Ok(Shown::none())
    }

    fn no_counts(&self) -> NoCounts {
        // Days, ids and lines of files.
        NoCounts::none().and_texts(self)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Words alone.
        vec![]
    }

    fn table(&self) -> TableView {
        of(self.lists.iter().flat_map(|list| list.items.iter().map(move |item| (list, item))).collect())
    }

    fn sheet(&self) -> Sheet {
        // They have files of their own, one for each provider.
        Sheet::ByTheBook
    }

    fn described(&self) -> Described {
        Described::new(String::new(), String::new())
    }

    fn concludes(&self) -> bool {
        // What a record says is no count.
        false
    }

    fn compared(&self) -> Compared<'_> {
        // Who mended what is told by the table of directories.
        Compared::numbers(vec![])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}
