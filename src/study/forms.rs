//! Which forms of violence a category of recorded events tells of.

use crate::vocabulary::{HarmId, Harms, tokens};

/// Forms of violence, as `data/definitions/forms.csv` names them.
///
/// ```
/// use gapmap::study::Forms;
/// assert!(Forms::named_in("Rape").hold("sexual violence") && !Forms::named_in("Rape").hold("domestic abuse"));
/// assert!(Forms::named_in("Violence with injury").hold("domestic abuse") && !Forms::named_in("Burglary").hold("sexual violence"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Forms {
    /// Of every form.
    Any,
    /// Of these alone.
    These(Vec<String>),
}

impl Forms {
    /// Those that the words of a label name: violence without more is of any form, and what names none is of none.
    pub fn named_in(label: &str) -> Self {
        let rows = crate::units::rows(include_str!("../../data/definitions/forms.csv"));
        let form = |h: &HarmId| rows.iter().find(|row| row[1].split("; ").any(|harm| harm == h.as_str())).map(|row| row[0].to_owned());
        let named: Vec<String> = match Harms::named_in(label) {
            Harms::Known(harms) => harms.iter().filter_map(form).collect(),
            Harms::NotMapped => vec![],
        };
        let violent = tokens(label).iter().any(|t| ["violence", "violent"].contains(&t.word.as_str()));
        if named.is_empty() && violent { Self::Any } else { Self::These(named) }
    }

    /// Whether what is recorded tells of a form; of no single one (`""`) what records every form does.
    pub fn hold(&self, form: &str) -> bool {
        match self {
            Self::Any => true,
            Self::These(forms) => forms.iter().any(|f| f == form),
        }
    }
}
