//! What a file of boundaries is that is none of the forms which are read.

pub(super) const EXPORT: &str = "Export the layer as GeoJSON in EPSG:4326: in QGIS, right-click the layer, Export, Save Features As; or `ogr2ogr -f GeoJSON -t_srs EPSG:4326 areas.geojson` and the file.";

/// What other programs keep shapes in, by the name of the file.
pub(super) fn other_form(name: &str) -> Option<&'static str> {
    const FORMS: [(&str, &str); 7] = [
        (".kml", "a KML file"),
        (".kmz", "a KML file"),
        (".topojson", "a TopoJSON file"),
        (".gml", "a GML file"),
        (".fgb", "a FlatGeobuf file"),
        (".tab", "a MapInfo file"),
        (".zip", "an archive"),
    ];
    FORMS.iter().find(|(end, _)| name.to_lowercase().ends_with(end)).map(|f| f.1)
}

/// What a file that is no GeoJSON is, by its first bytes or members.
pub(super) fn foreign_bytes(file: &str, bytes: &[u8]) -> Option<&'static str> {
    let by_name = || other_form(file);
    match bytes {
        [0, 0, 0x27, 0x0A, ..] => return Some("a shapefile"),
        [b'P', b'K', 3, 4, ..] => return Some("an archive"),
        bytes if bytes.starts_with(b"SQLite format 3") => return Some("a GeoPackage"),
        bytes if bytes.trim_ascii_start().starts_with(b"<") => return by_name().or(Some("a web page or XML")),
        _ => {}
    }
    let Ok(document) = serde_json::from_slice::<serde_json::Value>(bytes) else {
        let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
        let is_line = serde_json::from_slice::<serde_json::Value>(first).is_ok_and(|v| v.get("type").is_some_and(|t| t == "Feature"));
        return if is_line { Some("GeoJSON with a feature a line") } else { by_name() };
    };
    if document.get("geometryType").is_some() || document.pointer("/features/0/attributes").is_some() {
        return Some("Esri's own JSON (ask the server for `f=geojson`)");
    }
    (document.get("type").is_some_and(|t| t == "Topology")).then_some("a TopoJSON file")
}
