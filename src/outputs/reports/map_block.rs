//! The block of data for the map of the page: every map of areas as a layer, its numbers, its classes and its legend.

use std::collections::HashMap;

use crate::model::{AreaMeasure, Body, Finding, Findings, MapArea, MapData, MapLayer, MapValue};
use crate::outputs::Picture;
use crate::outputs::notebooks::asked;
use crate::units::{AreaCode, Cell};

/// The id of the element that holds the block.
pub const MAP_DATA: &str = "map-data";

/// The block as JSON that no text in it can end: `<` stands there as an escape. Nothing where there is no map of areas.
pub fn map_block(findings: &Findings, pictures: &[Picture]) -> Option<String> {
    let data = map_data(findings, pictures)?;
    let json = serde_json::to_string(&data).ok()?;
    // In JSON these letters stand in texts only.
    Some(json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

fn map_data(findings: &Findings, pictures: &[Picture]) -> Option<MapData> {
    let (_, wide, high) = crate::outputs::maps::shapes(&findings.outlines)?;
    let positions: HashMap<AreaCode, usize> = findings.outlines.iter().enumerate().map(|(i, o)| (o.code, i)).collect();
    let layers: Vec<MapLayer> = pictures.iter().filter_map(|p| layer(findings, p, &positions)).collect();
    let shown = |text: &String| crate::units::showable(text).0.into_owned();
    let areas = findings.outlines.iter().map(|o| MapArea(o.code, shown(&o.name), o.within.iter().map(shown).collect())).collect();
    let round = |x: f64| (x * 10.0).round() / 10.0;
    (!layers.is_empty()).then_some(MapData { areas, size: (round(wide), round(high)), layers })
}

fn layer(findings: &Findings, picture: &Picture, positions: &HashMap<AreaCode, usize>) -> Option<MapLayer> {
    let tells = picture.tells.filter(|_| !picture.areas.is_empty() && !picture.legend.is_empty())?;
    let finding = findings.find(&picture.finding)?;
    let figures = finding.by_area(tells)?;
    let areas = findings.outlines.len();
    let legend = legend(finding, picture);
    let mut classes = vec!['.'; areas];
    for (code, fill) in &picture.areas {
        let class = legend.iter().position(|(f, _)| f == fill).and_then(|k| char::from_digit(k as u32, 36));
        if let (Some(i), Some(class)) = (positions.get(code), class) {
            classes[*i] = class;
        }
    }
    let column = |of: &dyn Fn(&crate::model::AreaFigure) -> Cell<f64>| {
        let mut column = vec![MapValue::Nothing("x".into()); areas];
        for figure in &figures.rows {
            if let Some(i) = positions.get(&figure.code) {
                column[*i] = MapValue::of(of(figure), figures.decimals);
            }
        }
        column
    };
    let limited = figures.rows.iter().any(|f| f.limits.is_some());
    let limit = |of: fn((f64, f64)) -> f64| {
        if limited { column(&|f| f.limits.map_or(f.value.and_then(|_| Cell::NotApplicable), |l| Cell::Known(of(l)))) } else { vec![] }
    };
    let question = findings.methods.iter().find(|m| m.analysis == finding.analysis).map_or(String::new(), |m| m.question.clone());
    let shown = |text: &str| crate::units::showable(text).0.into_owned();
    Some(MapLayer {
        finding: finding.id.clone(),
        tells,
        question: shown(&question),
        label: shown(&picture.measure),
        unit: shown(&unit(finding, tells)),
        headline: shown(&asked(findings, finding)),
        subtitle: shown(&finding.subtitle),
        status: finding.status.clone(),
        decimals: figures.decimals,
        legend: legend.into_iter().map(|(fill, words)| (fill, shown(&words))).collect(),
        classes: classes.into_iter().collect(),
        values: if tells == AreaMeasure::Class { vec![] } else { column(&|f| f.value) },
        lower: limit(|l| l.0),
        upper: limit(|l| l.1),
    })
}

/// The legend of the map; of counts, which it draws as circles, also the areas below those. What shares a fill is told together.
fn legend(finding: &Finding, picture: &Picture) -> Vec<(String, String)> {
    let mut legend: Vec<(String, String)> = Vec::new();
    for (fill, words) in &picture.legend {
        match legend.iter_mut().find(|(f, _)| f == fill) {
            Some((_, said)) => said.push_str(&format!("; or {words}")),
            None => legend.push((fill.clone(), words.clone())),
        }
    }
    if let Body::AreaCounts(body) = &finding.body {
        legend.insert(0, ("#F3F3F3".into(), format!("circles: number of {}", body.unit)));
    }
    legend
}

fn unit(finding: &Finding, tells: AreaMeasure) -> String {
    match (&finding.body, tells) {
        (Body::AreaRates(b), _) => b.unit.clone(),
        (Body::AreaCounts(b), _) => b.unit.clone(),
        (Body::HotSpots(b), AreaMeasure::Smoothed) => b.unit.clone(),
        (Body::HotSpots(_), _) => "z score".into(),
        (Body::AreaAccess(b), _) => b.unit.clone(),
        (Body::NeedIndex(_), _) => "rank, the first for the highest need".into(),
        (Body::NeedAccess(b), _) => b.need_unit.clone(),
        // Classes alone.
        _ => String::new(),
    }
}
