//! Reach on a map: one bold class, and the places that people can go to by name.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::axes::round_step;
use super::ground::Ground;
use super::insets::{GAP, Inset, SIDE, insets, insets_of_sites};
use super::kit::{FULL, INK, NARROW, NAVY, QUIET, Room, SIZE, Sheet};
use super::labels::place;
use super::reach::{Shade, by_shade, counts, shades};
use crate::model::{AreaClasses, Body, Finding, Findings, NeedAccessRow, Outline, PublicSite, Reach, ServiceState, SiteObjective};
use crate::outputs::places::middle;
use crate::outputs::svg::{Anchor, TextStyle, number};
use crate::outputs::theme::{text_width, wrap};
use crate::units::{AreaCode, counted, thousands};

const HEIGHT: f64 = 340.0;
/// Left edge of the legend.
const LEGEND: f64 = 448.0;
/// On a phone the map stands above its legend, and is so high.
const NARROW_MAP: f64 = 300.0;
/// Border of all areas together, in pixels.
pub(super) const BORDER: f64 = 1.2;
/// Sites nearer to one another than this have no room for a name each.
const NAMES_APART: f64 = 22.0;
/// Names in the alternative text before the rest is counted.
const NAMES: usize = 10;

/// Reach of one kind of service, 688 × 340 px: areas beyond reach hatched, those of them with high need solid where a finding of need beside
/// access is given, running public sites of the kind with their names, legend with counts, scale bar. Areas of a class are one path.
/// Nothing where there are no shapes or the finding is not one of reach.
pub(in crate::outputs) fn reach_map(
    findings: &Findings,
    finding: &Finding,
    need: Option<&Finding>,
    sites: &[PublicSite],
) -> Option<(String, String)> {
    let Body::AreaClasses(body) = &finding.body else { return None };
    let room = Room { left: 4.0, top: 6.0, right: LEGEND - 24.0, bottom: HEIGHT - 6.0 };
    let beside = Beside { left: LEGEND, top: 26.0, width: FULL - LEGEND, bottom: HEIGHT - 30.0 };
    draw(findings, body, need, sites, (room, beside, LEGEND - 8.0))
}

/// The same for a phone, 344 px wide: the legend below the map.
pub(in crate::outputs) fn reach_map_narrow(
    findings: &Findings,
    finding: &Finding,
    need: Option<&Finding>,
    sites: &[PublicSite],
) -> Option<(String, String)> {
    let Body::AreaClasses(body) = &finding.body else { return None };
    let room = Room { left: 4.0, top: 6.0, right: NARROW - 4.0, bottom: NARROW_MAP };
    let beside = Beside { left: 4.0, top: NARROW_MAP + 24.0, width: NARROW - 8.0, bottom: f64::INFINITY };
    draw(findings, body, need, sites, (room, beside, NARROW))
}

/// Where the legend stands.
#[derive(Clone, Copy)]
struct Beside {
    left: f64,
    top: f64,
    width: f64,
    /// Notes below it end here; the sheet grows with them where this is no number.
    bottom: f64,
}

fn draw(
    findings: &Findings,
    body: &AreaClasses,
    need: Option<&Finding>,
    sites: &[PublicSite],
    (room, beside, names_to): (Room, Beside, f64),
) -> Option<(String, String)> {
    let mut ground = Ground::fit(&findings.outlines, room, 0.2)?;
    let wide = beside.bottom.is_finite();
    let of_kind = |s: &&PublicSite| s.state == ServiceState::Running && s.types.contains(&body.service_type);
    let of_kind: Vec<&PublicSite> = sites.iter().filter(of_kind).collect();
    let mut insets = insets(&findings.outlines, &ground.clone().moved_left(room.left), room.right, SIDE);
    if !insets.is_empty() {
        ground = ground.moved_left(room.left);
    } else if wide {
        // Sites that stand too close for their names are drawn again beside a smaller map.
        let smaller = Ground::fit(&findings.outlines, Room { right: room.right - SIDE - GAP, ..room }, 0.2)?.moved_left(room.left);
        let at: Vec<(f64, f64)> = of_kind.iter().map(|s| smaller.at(f64::from(s.easting_m), f64::from(s.northing_m))).collect();
        insets = insets_of_sites(&at, NAMES_APART, &findings.outlines, &smaller, room.right, SIDE);
        if !insets.is_empty() {
            ground = smaller;
        }
    }
    let shades = shades(findings, body, need);
    let by_shade = by_shade(findings, &shades);
    let mut sheet = Sheet::default();
    let classes: Vec<(&str, String)> = by_shade.iter().map(|(s, areas)| (s.fill(), ground.path(areas.iter().copied()))).collect();
    ground.draw(&mut sheet, "class", &classes, BORDER, if insets.is_empty() { 0.6 } else { 0.3 });
    let at = |s: &PublicSite| ground.at(f64::from(s.easting_m), f64::from(s.northing_m));
    let inside = |s: &PublicSite| ground.room.holds(&Room { left: at(s).0, top: at(s).1, right: at(s).0, bottom: at(s).1 });
    let (shown, beyond): (Vec<&PublicSite>, Vec<&PublicSite>) = of_kind.into_iter().partition(|s| inside(s));
    let dots: Vec<((f64, f64), &str)> = shown.iter().map(|s| (at(s), s.name.as_str())).collect();
    dots.iter().for_each(|(at, _)| sheet.site(*at));
    // Sites named in an inset need no name on the map.
    let mut named = vec![false; dots.len()];
    for inset in &insets {
        let there = inset.draw(&mut sheet, &ground, &by_shade, &dots);
        named.iter_mut().zip(there).for_each(|(n, t)| *n |= t);
    }
    let mut dots: Vec<((f64, f64), &str)> = dots.iter().zip(&named).map(|((at, name), n)| (*at, if *n { "" } else { *name })).collect();
    // Where the text names the best places for one more site, a reader finds them here.
    let tried: Vec<((f64, f64), &str)> =
        tried(findings, body).into_iter().map(|o| (middle(o), o.name.as_str())).map(|((e, n), name)| (ground.at(e, n), name)).collect();
    tried.iter().for_each(|(at, _)| mark(&mut sheet, *at));
    for there in insets.iter().flat_map(|inset| tried.iter().filter_map(|(at, _)| inset.point(*at))) {
        mark(&mut sheet, there);
    }
    dots.extend(&tried);
    let page = Room { left: 0.0, top: 0.0, right: names_to, bottom: if wide { HEIGHT } else { room.bottom + 6.0 } };
    let kept_clear: Vec<Room> = insets.iter().flat_map(Inset::taken).collect();
    let placed = place(&dots, &kept_clear, page);
    placed.iter().flatten().for_each(|p| p.draw(&mut sheet));
    let unnamed = placed.iter().zip(&named).filter(|(p, named)| p.is_none() && !**named).count();
    let classes = counts(&shades).into_iter().collect::<Vec<_>>();
    let end = legend(&mut sheet, beside, body, need, &classes, [shown.len(), unnamed, beyond.len(), tried.len()]);
    let height = if wide { HEIGHT } else { end + 26.0 };
    scale_bar(&mut sheet, (beside.left, height - 14.0), ground.per_m);
    let alt_text = alt_text(findings, body, &shades, &shown);
    Some(sheet.finish(if wide { FULL } else { NARROW }, height, alt_text))
}

/// So many of the best places for one more site are marked.
const MOST_TRIED: usize = 3;

/// The areas of the places that would bring most people within reach, if a site of the kind opened there.
fn tried<'f>(findings: &'f Findings, body: &AreaClasses) -> Vec<&'f Outline> {
    let id = format!("site/{}", body.service_type.replace('_', "-"));
    let Some(Body::Siting(site)) = findings.find(&id).map(|f| &f.body) else { return vec![] };
    let best = site
        .choices
        .first()
        .map(|c| c.gained)
        .filter(|g| body.agreed && site.objective == SiteObjective::Coverage && g.known().is_some_and(|n| n > 0));
    let alike = site.choices.iter().filter(|c| best == Some(c.gained));
    alike.flat_map(|c| &c.places).filter_map(|p| findings.outline(p.code?)).take(MOST_TRIED).collect()
}

/// A place that was tried: a ring, and no site.
fn mark(sheet: &mut Sheet, (x, y): (f64, f64)) {
    sheet.svg.circle(x, y, 6.5, "#FFFFFF", INK, " stroke-width=\"2\" stroke-dasharray=\"2.5 2\"");
    sheet.svg.circle(x, y, 1.6, INK, "none", "");
}

/// `beyond reach 38, site in reach 112 of 150 areas`.
pub(super) fn told(shades: &BTreeMap<AreaCode, Shade>) -> String {
    let parts: Vec<String> = counts(shades).into_iter().map(|(s, n)| format!("{} {n}", s.label())).collect();
    format!("{} of {}", parts.join(", "), counted(shades.len(), "area", "areas"))
}

/// Classes that occur with their counts, the sites, and what high need means. `sites`: shown, shown without a name, beyond the map, places tried.
fn legend(
    sheet: &mut Sheet,
    beside: Beside,
    body: &AreaClasses,
    need: Option<&Finding>,
    counts: &[(Shade, usize)],
    sites: [usize; 4],
) -> f64 {
    let Beside { left, top, width, bottom } = beside;
    let mut y = top;
    for line in wrap(&body.measure, 13.0, true, width).into_iter().take(3) {
        sheet.styled((left, y), &line, TextStyle { size: 13.0, bold: true, fill: INK, anchor: Anchor::Start });
        y += 17.0;
    }
    y += 8.0;
    for (shade, n) in counts {
        sheet.swatch((left, y - 11.0), shade.fill());
        y = entry(sheet, beside, y, &format!("{} ({})", shade.label(), counted(*n, "area", "areas")));
    }
    let [shown, unnamed, beyond, tried] = sites;
    if shown > 0 {
        sheet.site((left + 13.0, y - 4.0));
        let more = if unnamed > 0 { format!(", {unnamed} without a name for want of room") } else { String::new() };
        y = entry(sheet, beside, y, &format!("{}{more}", counted(shown, "public site", "public sites")));
    }
    if tried > 0 {
        mark(sheet, (left + 13.0, y - 4.0));
        let words = if tried == 1 {
            "a further site here would reach most".to_owned()
        } else {
            format!("{tried} places for a further site that would reach most")
        };
        y = entry(sheet, beside, y, &words);
    }
    // Each note in the longest words for which there is room above the scale bar; where there is none, the document's own words have to do.
    for ways in notes(body, need, beyond) {
        let room = ((bottom - y) / 16.0).max(0.0) as usize;
        let fits = ways.iter().map(|words| wrap(words, SIZE, false, width)).find(|lines| lines.len() <= room);
        for line in fits.into_iter().flatten() {
            sheet.text((left, y), &line, QUIET, Anchor::Start);
            y += 16.0;
        }
    }
    y
}

/// What to mind of the classes, the most needed first; each in long words and in short ones. `beyond`: sites beyond the map.
fn notes(body: &AreaClasses, need: Option<&Finding>, beyond: usize) -> Vec<Vec<String>> {
    let mut notes = Vec::new();
    let not_known = body.totals.iter().find(|t| t.class == Reach::NotKnown).and_then(|t| t.residents.known()).filter(|n| *n > 0);
    if let Some(n) = not_known {
        let why: Vec<&str> = body.why_not_known.iter().map(|w| w.label()).collect();
        let short = format!("Not known of {} residents.", thousands(n));
        let long = format!("Not known of {} residents: {}.", thousands(n), why.join("; "));
        notes.push(if why.is_empty() { vec![short] } else { vec![long, short] });
    }
    if let (true, Some(Body::NeedAccess(b))) = (body.agreed, need.map(|n| &n.body)) {
        let high = |r: &&NeedAccessRow| r.need_third == Some(2) && r.reach == Reach::OutOfReach;
        let (sure, chance): (Vec<&NeedAccessRow>, Vec<&NeedAccessRow>) = b.rows.iter().filter(high).partition(|r| r.surely_high());
        let what = format!("probably in the third of areas with the highest recorded rates ({})", b.need);
        let short = format!("High: probably in the highest third ({}).", b.need);
        match (sure.len(), chance.len()) {
            (0, 0) => {}
            (0, n) => notes.push(vec![
                format!("None of them is {what}. In {} the rate may be that high by chance.", counted(n, "area", "areas")),
                format!("None is probably high ({}).", b.need),
            ]),
            (_, 0) => notes.push(vec![format!("A high recorded rate: {what}."), short]),
            (_, n) => notes.push(vec![
                format!("A high recorded rate: {what}. In {} more it may be that high by chance.", counted(n, "area", "areas")),
                format!("{short} {n} more may be so by chance."),
                short,
            ]),
        }
    }
    if beyond > 0 {
        notes.push(vec![format!("{} beyond this map.", counted(beyond, "more site lies", "more sites lie"))]);
    }
    notes
}

/// The words of an entry beside its mark, and where the next one stands.
fn entry(sheet: &mut Sheet, beside: Beside, mut y: f64, words: &str) -> f64 {
    let (left, width) = (beside.left, beside.width - 34.0);
    // A count stays in one piece.
    let lines = match words.rsplit_once(" (") {
        Some((label, count)) if text_width(words, SIZE, false) > width => {
            let mut lines = wrap(label, SIZE, false, width);
            lines.push(format!("({count}"));
            lines
        }
        _ => wrap(words, SIZE, false, width),
    };
    for line in lines {
        sheet.text((left + 34.0, y + 1.0), &line, INK, Anchor::Start);
        y += 16.0;
    }
    y + 8.0
}

/// A round length at the foot of the legend.
fn scale_bar(sheet: &mut Sheet, (left, y): (f64, f64), per_m: f64) {
    let most = 110.0 / per_m;
    let length_m = [round_step(most), round_step(most / 2.0), round_step(most / 2.6)].into_iter().find(|m| *m <= most).unwrap_or(most);
    let end = left + length_m * per_m;
    sheet.path(
        &format!("M{} {}v5H{}v-5", number(left), number(y - 5.0), number(end)),
        &format!("fill=\"none\" stroke=\"{INK}\" stroke-width=\"1.5\""),
    );
    let words = if length_m >= 1000.0 { format!("{} km", number(length_m / 1000.0)) } else { format!("{} m", number(length_m)) };
    sheet.text((end + 8.0, y + 2.0), &words, QUIET, Anchor::Start);
}

fn alt_text(findings: &Findings, body: &AreaClasses, shades: &BTreeMap<AreaCode, Shade>, sites: &[&PublicSite]) -> String {
    let mut text = format!("Map of {}: {}.", body.measure, told(shades));
    let high: Vec<&str> =
        findings.outlines.iter().filter(|o| shades.get(&o.code) == Some(&Shade::HighNeed)).map(|o| o.name.as_str()).collect();
    if !high.is_empty() {
        let _ = write!(text, " Beyond reach, and a high recorded rate: {}.", listed(&high));
    }
    if !sites.is_empty() {
        let names: Vec<&str> = sites.iter().map(|s| s.name.as_str()).collect();
        let _ = write!(text, " Public sites: {}.", listed(&names));
    }
    text
}

/// The first names, and how many more there are.
fn listed(names: &[&str]) -> String {
    let first = names.iter().take(NAMES).copied().collect::<Vec<_>>().join("; ");
    match names.len().saturating_sub(NAMES) {
        0 => first,
        more => format!("{first}; and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::kit::tests::words_of;
    use crate::outputs::figures::reach::tests::study;

    #[test]
    fn every_area_is_drawn_once_in_the_class_that_it_has() {
        let (findings, reach, need) = study();
        let (svg, alt) = reach_map(&findings, &reach, Some(&need), &findings.sites).unwrap();
        let defs = svg.split("<defs><path").nth(1).unwrap().split("</defs>").next().unwrap();
        assert_eq!(defs.matches('M').count(), 12, "each of twelve areas");
        // Of four areas beyond reach one has high need; one has no row, and is not known.
        assert!(
            alt.contains("beyond reach, and a high recorded rate 1, beyond reach of a listed site 3, comes to you or by phone 2, site in reach 5, not known 1"),
            "{alt}"
        );
        assert!(alt.contains("high recorded rate: Area 0.") && alt.contains("of 12 areas"), "{alt}");
        for words in ["(1 area)", "(3 areas)", "not known (1 area)"] {
            assert!(svg.contains(words), "{words}");
        }
        let without = reach_map(&findings, &reach, None, &[]).unwrap().0;
        assert!(without.contains("(4 areas)") && !without.contains("high recorded") && !without.contains("public site"));
    }

    #[test]
    fn an_area_that_may_be_high_by_chance_is_not_marked_and_none_is_beyond_reach_where_no_limit_is_agreed() {
        let (findings, reach, mut need) = study();
        let Body::NeedAccess(b) = &mut need.body else { panic!("need beside access") };
        b.rows.iter_mut().for_each(|r| r.high_chance = Some(0.5));
        let (svg, alt) = reach_map(&findings, &reach, Some(&need), &[]).unwrap();
        assert!(alt.contains("beyond reach of a listed site 4") && !alt.contains("high recorded rate"), "{alt}");
        assert!(svg.contains("None of them is"), "{svg}");
        let mut open = reach.clone();
        let Body::AreaClasses(b) = &mut open.body else { panic!("classes") };
        b.agreed = false;
        let (svg, alt) = reach_map(&findings, &open, Some(&need), &[]).unwrap();
        assert!(!svg.contains("beyond reach") && !alt.contains("beyond reach"), "{alt}");
    }

    #[test]
    fn only_running_sites_of_the_kind_are_named_and_no_words_cover_others() {
        let (findings, reach, need) = study();
        let (svg, alt) = reach_map(&findings, &reach, Some(&need), &findings.sites).unwrap();
        assert!(alt.contains("Public sites: Drop-in, North; Drop-in, South."), "{alt}");
        assert!(!svg.contains("Closed") && !svg.contains("Counselling"));
        assert!(svg.contains("1 more site lies beyond this map"));
        // A name of a kind that fills three lines leaves no room for notes, and nothing below the scale bar.
        let mut long = reach.clone();
        let Body::AreaClasses(b) = &mut long.body else { panic!("classes") };
        b.measure = "A drop-in with a name ".repeat(12);
        let svg = reach_map(&findings, &long, Some(&need), &findings.sites).unwrap().0;
        assert!(words_of(&svg).iter().all(|w| w.1.bottom <= HEIGHT), "{svg}");
        let words = words_of(&svg);
        for (i, a) in words.iter().enumerate() {
            assert!(a.1.left >= 0.0 && a.1.right <= FULL && a.1.bottom <= HEIGHT, "{} leaves the sheet", a.0);
            assert!(!words[..i].iter().any(|b| a.1.meets(&b.1)), "{}", a.0);
        }
    }
}
