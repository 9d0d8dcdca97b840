//! How each kind of paragraph and table looks: by named styles, so that whoever edits the document changes a look in one place.

use std::fmt::Write as _;

use super::NAMESPACE;

/// Words of documents.
const INK: &str = "0B0C0C";
/// Titles and lines.
pub(super) const NAVY: &str = "12436D";
/// Behind what is set apart.
pub(super) const PALE: &str = "EEF1F4";

/// A paragraph style: its id and name, the one that it follows, what comes after it, and its marks of paragraph and letters.
struct Style {
    id: &'static str,
    name: &'static str,
    next: &'static str,
    paragraph: &'static str,
    letters: &'static str,
}

/// All but Normal, on which they rest.
const STYLES: &[Style] = &[
    Style {
        id: "Title",
        name: "Title",
        next: "Normal",
        paragraph: r#"<w:keepNext/><w:keepLines/><w:spacing w:before="0" w:after="160" w:line="240" w:lineRule="auto"/>"#,
        letters: r#"<w:b/><w:bCs/><w:color w:val="12436D"/><w:sz w:val="40"/><w:szCs w:val="40"/>"#,
    },
    Style {
        id: "Heading1",
        name: "heading 1",
        next: "Normal",
        paragraph: r#"<w:keepNext/><w:keepLines/><w:spacing w:before="0" w:after="160" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="0"/>"#,
        letters: r#"<w:b/><w:bCs/><w:color w:val="12436D"/><w:sz w:val="40"/><w:szCs w:val="40"/>"#,
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        next: "Normal",
        paragraph: r#"<w:keepNext/><w:keepLines/><w:spacing w:before="280" w:after="80" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="1"/>"#,
        letters: r#"<w:b/><w:bCs/><w:color w:val="12436D"/><w:sz w:val="26"/><w:szCs w:val="26"/>"#,
    },
    Style {
        id: "Heading3",
        name: "heading 3",
        next: "Normal",
        paragraph: r#"<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="60" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="2"/>"#,
        letters: r#"<w:b/><w:bCs/><w:sz w:val="23"/><w:szCs w:val="23"/>"#,
    },
    Style {
        id: "Occasion",
        name: "Occasion",
        next: "Normal",
        paragraph: r#"<w:keepNext/><w:spacing w:after="60"/>"#,
        letters: r#"<w:color w:val="505A5F"/>"#,
    },
    Style {
        id: "Mark",
        name: "Mark",
        next: "Normal",
        paragraph: r#"<w:keepNext/><w:pBdr><w:top w:val="single" w:sz="8" w:space="3" w:color="0B0C0C"/><w:left w:val="single" w:sz="8" w:space="4" w:color="0B0C0C"/><w:bottom w:val="single" w:sz="8" w:space="3" w:color="0B0C0C"/><w:right w:val="single" w:sz="8" w:space="4" w:color="0B0C0C"/></w:pBdr><w:spacing w:before="60" w:after="160"/><w:ind w:left="113" w:right="113"/>"#,
        letters: "<w:b/><w:bCs/>",
    },
    Style {
        id: "Quiet",
        name: "Quiet",
        next: "Normal",
        paragraph: r#"<w:spacing w:after="100" w:line="252" w:lineRule="auto"/>"#,
        letters: r#"<w:color w:val="505A5F"/><w:sz w:val="16"/><w:szCs w:val="16"/>"#,
    },
    Style {
        id: "Caption",
        name: "caption",
        next: "Normal",
        paragraph: r#"<w:keepNext/><w:keepLines/><w:spacing w:before="120" w:after="40" w:line="252" w:lineRule="auto"/>"#,
        letters: "<w:b/><w:bCs/>",
    },
    Style {
        id: "Subcaption",
        name: "Subcaption",
        next: "Normal",
        paragraph: r#"<w:keepNext/><w:keepLines/><w:spacing w:after="60" w:line="252" w:lineRule="auto"/>"#,
        letters: r#"<w:color w:val="505A5F"/><w:sz w:val="18"/><w:szCs w:val="18"/>"#,
    },
    Style {
        id: "Picture",
        name: "Picture",
        next: "Quiet",
        paragraph: r#"<w:spacing w:after="60" w:line="240" w:lineRule="auto"/>"#,
        letters: "",
    },
    Style {
        id: "ListNumber",
        name: "List Number",
        next: "ListNumber",
        paragraph: r#"<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/>"#,
        letters: "",
    },
    Style {
        id: "ListBullet",
        name: "List Bullet",
        next: "ListBullet",
        paragraph: r#"<w:numPr><w:numId w:val="2"/></w:numPr><w:spacing w:after="60"/>"#,
        letters: "",
    },
    Style {
        id: "AsksTitle",
        name: "Asks Title",
        next: "ListNumber",
        paragraph: r#"<w:keepNext/><w:spacing w:before="60" w:after="60"/>"#,
        letters: r#"<w:b/><w:bCs/><w:color w:val="12436D"/><w:sz w:val="23"/><w:szCs w:val="23"/>"#,
    },
    Style {
        id: "CardNumber",
        name: "Card Number",
        next: "CardText",
        paragraph: r#"<w:keepNext/><w:spacing w:before="60" w:after="0" w:line="240" w:lineRule="auto"/>"#,
        letters: r#"<w:b/><w:bCs/><w:color w:val="12436D"/><w:sz w:val="40"/><w:szCs w:val="40"/>"#,
    },
    Style {
        id: "CardText",
        name: "Card Text",
        next: "CardText",
        paragraph: r#"<w:spacing w:after="40" w:line="252" w:lineRule="auto"/>"#,
        letters: "",
    },
    Style {
        id: "TableText",
        name: "Table Text",
        next: "TableText",
        paragraph: r#"<w:spacing w:before="20" w:after="20" w:line="247" w:lineRule="auto"/>"#,
        letters: r#"<w:sz w:val="18"/><w:szCs w:val="18"/>"#,
    },
    Style {
        id: "TableNumber",
        name: "Table Number",
        next: "TableNumber",
        paragraph: r#"<w:spacing w:before="20" w:after="20" w:line="247" w:lineRule="auto"/><w:jc w:val="right"/>"#,
        letters: r#"<w:sz w:val="18"/><w:szCs w:val="18"/>"#,
    },
    Style {
        id: "Spacer",
        name: "Spacer",
        next: "Normal",
        paragraph: r#"<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>"#,
        letters: r#"<w:sz w:val="8"/><w:szCs w:val="8"/>"#,
    },
    Style {
        id: "ContentsHeading",
        name: "Contents Heading",
        next: "Normal",
        paragraph: r#"<w:keepNext/><w:spacing w:before="200" w:after="60"/>"#,
        letters: r#"<w:b/><w:bCs/><w:color w:val="12436D"/><w:sz w:val="26"/><w:szCs w:val="26"/>"#,
    },
    Style { id: "TOC2", name: "toc 2", next: "Normal", paragraph: r#"<w:spacing w:after="40"/>"#, letters: "" },
    Style {
        id: "Header",
        name: "header",
        next: "Header",
        paragraph: r#"<w:tabs><w:tab w:val="right" w:pos="10318"/></w:tabs><w:spacing w:after="0"/>"#,
        letters: r#"<w:color w:val="505A5F"/><w:sz w:val="16"/><w:szCs w:val="16"/>"#,
    },
    Style {
        id: "Footer",
        name: "footer",
        next: "Footer",
        paragraph: r#"<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="BFBFBF"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="10318"/></w:tabs><w:spacing w:after="0"/>"#,
        letters: r#"<w:color w:val="505A5F"/><w:sz w:val="16"/><w:szCs w:val="16"/>"#,
    },
];

/// `word/styles.xml`.
pub(super) fn styles() -> String {
    let mut xml = format!(
        r#"<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:eastAsia="Noto Sans" w:cs="Noto Sans"/><w:color w:val="{INK}"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="120" w:line="271" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style><w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1D5C94"/><w:u w:val="single"/></w:rPr></w:style><w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>"#
    );
    for Style { id, name, next, paragraph, letters } in STYLES {
        // Writing to a text cannot fail.
        let _ = write!(
            xml,
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:next w:val="{next}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"#
        );
    }
    xml.push_str(&tables());
    xml.push_str("</w:styles>");
    xml
}

/// Three looks of tables: of rows and columns, of parts side by side without a line, and of a box.
fn tables() -> String {
    let plain = r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#;
    let table = format!(
        r#"<w:style w:type="table" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/></w:tcPr></w:tblStylePr></w:style>"#
    );
    let aside =
        r#"<w:style w:type="table" w:styleId="SideBySide"><w:name w:val="Side by Side"/><w:basedOn w:val="TableNormal"/></w:style>"#;
    let asks = format!(
        r#"<w:style w:type="table" w:styleId="Box"><w:name w:val="Box"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:left w:val="single" w:sz="36" w:space="0" w:color="{NAVY}"/></w:tblBorders><w:tblCellMar><w:top w:w="85" w:type="dxa"/><w:left w:w="170" w:type="dxa"/><w:bottom w:w="85" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#
    );
    format!("{plain}{table}{aside}{asks}")
}

/// `word/fontTable.xml`: what to take where the font is not on the machine.
pub(super) fn fonts() -> String {
    format!(
        r#"<w:fonts {NAMESPACE}><w:font w:name="Noto Sans"><w:altName w:val="Arial"/><w:panose1 w:val="020B0502040504020204"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>"#
    )
}
