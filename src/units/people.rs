/// Whom a number is of, where it is of all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum People {
    /// Everybody who lives there.
    Residents,
    /// Women whom surveys of violence ask.
    WomenFrom16,
}

impl People {
    /// Their name, within a sentence.
    pub fn name(self) -> &'static str {
        match self {
            People::Residents => "residents",
            People::WomenFrom16 => "women aged 16 and over",
        }
    }
}
