//! A document as its readers take it in: block after block, without saying how each looks. Every writer draws the same tree.

/// A document.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Document {
    /// What it is about: the title of the file.
    pub title: String,
    /// Whom and what it is for: place, period and meeting, in one line above the title.
    pub occasion: String,
    /// What stands at the foot of every page: who may read it.
    pub foot: String,
    /// A mark before the occasion where nobody may miss it, such as that the data are invented; absent where there is none.
    pub mark: Option<String>,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, PartialEq, Debug)]
pub enum Block {
    /// The title of a part. Level 1 stands once, at the top; parts are of level 2 and 3.
    Heading {
        /// 1 to 3.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph(Text),
    /// A small line, such as a source or a caveat.
    Quiet(Text),
    /// Items, with numbers where their order matters.
    List {
        /// Whether they are numbered.
        numbered: bool,
        /// One text each.
        items: Vec<Text>,
    },
    /// What is asked of the reader, set apart.
    Asks {
        /// `Decisions sought`.
        title: String,
        /// One text each, numbered.
        items: Vec<Text>,
    },
    /// Numbers that stand out, side by side.
    Cards(Vec<Card>),
    /// Pictures side by side, as many in a row as told.
    Figures {
        /// In one row.
        columns: usize,
        /// The pictures.
        figures: Vec<Figure>,
    },
    /// A table.
    Table(Table),
    /// A new page, where there are pages.
    NewPage,
}

/// Words in a row.
pub type Text = Vec<Run>;

/// Words of one look.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether they stand out.
    pub bold: bool,
    /// Where they lead.
    pub link: Option<String>,
}

/// A number that stands out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// `65,680`.
    pub number: String,
    /// What it counts.
    pub says: String,
    /// How sure it is; empty where that is not told.
    pub sure: String,
}

/// A picture with what a reader needs beside it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Figure {
    /// The drawing, without title or source.
    pub svg: String,
    /// The same drawn for a phone, where there is such a drawing.
    pub narrow: Option<String>,
    /// What it shows, for who cannot see it.
    pub alt_text: String,
    /// The finding; empty where the text before it says it.
    pub title: String,
    /// Measure, place and period.
    pub subtitle: String,
    /// Publisher and date.
    pub source: String,
    /// How tall it may be on paper, in millimetres, where its words would else be too small to read; about half a page without it.
    pub tallest_mm: Option<f64>,
}

/// A table whose first row is its heading.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// Columns, in order.
    pub columns: Vec<Column>,
    /// Rows as long as the columns.
    pub rows: Vec<Vec<Cell>>,
    /// What to mind; empty where there is nothing.
    pub note: String,
}

/// A column.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its share of the width, beside those of the others.
    pub width: f64,
    /// Whether it holds numbers, set to the right.
    pub numeric: bool,
}

/// What stands in a table at one place.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Words or a number.
    Text(Text),
    /// A small drawing and what it shows.
    Picture {
        /// The drawing.
        svg: String,
        /// What it shows.
        alt_text: String,
    },
}

/// Words of the plainest look.
pub fn plain(text: impl Into<String>) -> Text {
    vec![Run { text: text.into(), ..Run::default() }]
}

/// The words of a text, without their look.
pub fn words(text: &Text) -> String {
    text.iter().map(|run| run.text.as_str()).collect()
}

impl Cell {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Cell::Text(plain(text))
    }
}
