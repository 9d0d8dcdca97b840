//! Every problem code with what it means and what usually helps: the page that `gapmap explain R104` prints.

mod fetching;
mod files;
mod forms;
mod packs;
mod plan;
mod rows;
mod services;
mod writing;

use fetching::fetching;
use files::files;
use forms::forms;
use packs::packs;
use plan::plan;
use rows::rows;
use services::services;
use writing::writing;

/// Makes the codes: each stands once, with its explanation beside it, so that none can be without.
macro_rules! codes {
    (; $($code:ident: $title:literal, $about:literal;)*) => {
        /// A kind of problem. P: the plan. R: reading a file. D: what the data says. S: services and the safety of those who use them. W: writing. N: the network.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code {
            $(#[doc = $title] $code,)*
        }

        impl Code {
            /// Every code, in the order of the list.
            pub const ALL: &[Code] = &[$(Code::$code),*];

            /// The stable code, as it is printed: `R104`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$code => stringify!($code),)*
                }
            }

            /// What it is about, in a few words.
            pub fn title(self) -> &'static str {
                match self {
                    $(Code::$code => $title,)*
                }
            }

            /// Why the engine minds, and what usually helps.
            pub fn about(self) -> &'static str {
                match self {
                    $(Code::$code => $about,)*
                }
            }
        }
    };
}

impl Code {
    /// The code of a name, upper or lower case.
    ///
    /// ```
    /// use gapmap::diagnostics::Code;
    /// assert_eq!(Code::find("r104"), Some(Code::R104));
    /// assert_eq!(Code::find("R999"), None);
    /// ```
    pub fn find(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name().eq_ignore_ascii_case(name))
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.name() == *other
    }
}

// The order of the list is that of the codes.
plan! { files forms rows services packs writing fetching codes; }
