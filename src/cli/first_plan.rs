//! The plan of a named partnership: what is known of it filled in, what is needed named with where to get it.

use crate::study::Partnership;

/// `study.toml` for a partnership. Ten lines that matter, each with its reason.
pub(super) fn first_plan(of: &Partnership) -> String {
    let listed = |places: &[(crate::units::AreaCode, String)]| places.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ");
    let codes: Vec<String> = of.authorities.iter().map(|(code, _)| format!("\"{code}\"")).collect();
    let files = |forces: &[(String, String)]| forces.iter().map(|(name, slug)| format!("{name} (`{slug}`)")).collect::<Vec<_>>().join(", ");
    let mut text = format!(
        "# The plan for {}. Lines that begin with # are notes.\n# `gapmap check study.toml` lists what is still missing and where to get it; `gapmap fetch study.toml` gets what is open; `gapmap explain settings` lists all settings.\n\n[study]\n",
        of.name
    );
    let name = quoted(&of.name);
    text += &format!("title = {}\n", quoted(&format!("Violence against women and girls in {}: needs and services", of.name)));
    text += &format!("area-name = {name:<44} # as a sentence would say it\n");
    text += &format!("authority-kind = {:<39} # {}\n", quoted(of.kind_word()), of.law());
    if of.authorities.len() == 1 {
        text += &format!("authorities = [{}]\n", codes[0]);
    } else {
        text += &format!("authorities = [{}] # {}\n", codes.join(", "), listed(&of.authorities));
    }
    text += "geography = \"lsoa\"                            # or msoa, ward, authority: the level of the boundaries below\n";
    if !of.neighbours.is_empty() {
        text += &format!(
            "# Neighbours: {}. Their residents within 5 km share services where the boundaries and residents below hold them.\n",
            listed(&of.neighbours)
        );
    }
    for b in &of.breaks {
        text += &format!("# Known break in recording, no change is printed across it: {}, from {}.\n", b.title, b.first_month);
    }
    let ons = "Source: Office for National Statistics licensed under the Open Government Licence v3.0";
    let others =
        if of.neighbouring_forces.is_empty() { String::new() } else { format!("; of neighbours: {}", files(&of.neighbouring_forces)) };
    let sources = [
        (
            "boundaries",
            "",
            "boundaries",
            ons,
            "GeoJSON of the areas: \"LSOA (December 2021) Boundaries EW BGC\", from the ONS Open Geography Portal".to_owned(),
        ),
        (
            "population",
            "",
            "population.csv",
            ons,
            "Residents of the same areas: census table TS008 (or TS007a, with ages), from Nomis, bulk download".to_owned(),
        ),
        (
            "police-uk-street",
            "police",
            "police",
            "Contains public sector information licensed under the Open Government Licence v3.0",
            format!("Street files of {}{others}: the archive from data.police.uk, as downloaded", files(&of.forces)),
        ),
        (
            "services-csv",
            "services",
            "services.csv",
            "",
            "Your services, a row each, under the headings of the file; a refuge has no place here".to_owned(),
        ),
    ];
    for (kind, name, path, attribution, note) in sources {
        text += &format!("\n# {note}.\n[[source]]\nkind = \"{kind}\"\n");
        if !name.is_empty() {
            text += &format!("name = \"{name}\"\n");
        }
        text += &format!("path = \"{path}\"\nsensitivity = \"open\"\n");
        if !attribution.is_empty() {
            text += &format!("attribution = \"{attribution}\"\n");
        }
    }
    text += "\n# Any extract that is not published is restricted: its small numbers are withheld. `gapmap explain events-csv` tells how it is mapped.\n";
    text
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
