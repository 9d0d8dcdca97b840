use std::fmt;

/// Up to which way a site counts as near.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Way<'a> {
    /// A straight line of so many metres, each taken to be so many times as long.
    Straight {
        /// Metres.
        metres: f64,
        /// 1 where it is taken as it is.
        detour: f64,
    },
    /// So many minutes by a mode: `walk`, `drive`, `public-transport`, or as a table of times calls it.
    Minutes {
        /// Minutes.
        minutes: f64,
        /// The mode.
        mode: &'a str,
    },
}

/// As a caption has it.
///
/// ```
/// use gapmap::units::Way;
/// assert_eq!(Way::Straight { metres: 3000.0, detour: 1.0 }.to_string(), "within 3 km in a straight line");
/// assert_eq!(Way::Minutes { minutes: 20.0, mode: "walk" }.to_string(), "within 20 minutes, on foot");
/// ```
impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match *self {
            Way::Minutes { minutes, mode } => {
                let way = match mode {
                    "walk" => "on foot",
                    "drive" => "by car",
                    "public-transport" => "by public transport",
                    other => other,
                };
                write!(f, "within {minutes:.0} minutes, {way}")
            }
            Way::Straight { metres, detour } => {
                let decimals = usize::from(metres % 1000.0 != 0.0);
                write!(f, "within {:.decimals$} km", metres / 1000.0)?;
                if detour > 1.0 { write!(f, ", a straight line taken {detour:.1} times") } else { f.write_str(" in a straight line") }
            }
        }
    }
}
