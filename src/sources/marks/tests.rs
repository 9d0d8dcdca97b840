use super::*;
use crate::diagnostics::Place;

fn marks(heading: &str, value: &str) -> bool {
    let role = super::super::record_fields::role_of(heading);
    Field { place: Place::default(), role, heading: heading.into(), value: value.into() }.marks_confidential()
}

#[test]
fn anything_but_the_safe_answer_is_a_mark() {
    for (heading, value) in [
        ("confidential", "unknown"),
        ("confidential › value", "true"),
        ("Do we publish it", "no"),
        ("Confidential?", "not known"),
        ("Address confidential", "see notes of 3 May 2025"),
        ("mask_exact_address", "true"),
        ("Private", "X"),
        ("Publish", "ask first"),
        ("Can we publish", "unknown"),
        ("On public map", "N"),
        ("Do not publish address", "maybe"),
        ("visible", "false"),
        ("Suppression", "full"),
        ("Any heading", "Not for publication"),
        ("not for publication", "yes"),
        ("can_be_mapped", "no"),
        ("provider consents to map", "No"),
        ("location consent", "refused"),
        ("visible_to", "professionals"),
        ("exclude_from_directory", "yes"),
        ("professionals only", "Y"),
        ("protective_marking", "OFFICIAL-SENSITIVE"),
        ("cudd", "ie"),
        ("cyhoeddi", "na"),
        ("beds", "8"),
        ("residential", "yes"),
        ("protected", "yes"),
        ("audience", "practitioners"),
        ("access level", "internal"),
        ("handling", "TLP:RED"),
        ("geo_privacy", "obscured"),
        ("location accuracy", "deliberately reduced"),
        ("Pin", "no"),
        ("marker", "N"),
        ("pin", "moved"),
        ("flags", "DNP"),
        ("tags", "confidential; women"),
        ("postcode", "XXXX"),
        ("length of stay", "6 months"),
        ("rent", "£240 a week"),
        ("secure location", "yes"),
        ("searchable", "false"),
        ("Sensitivity", "high"),
        ("Security level", "High"),
        ("Location risk", "high"),
        ("DNP", "yes"),
        ("D.N.P.", "X"),
        ("NFP", "Y"),
        ("do not publish", "Y"),
        ("location_accuracy", "withheld"),
        ("geocode_quality", "fuzzed"),
        ("public?", "no"),
        ("visibility", "private"),
        ("safe to share", "N"),
        ("safe to list", "no"),
        ("permission to list", "refused"),
        ("shareable", "no"),
        ("disclosable", "N"),
        ("Non-disclosure", "Y"),
        ("redaction required", "Y"),
        ("ex-directory", "yes"),
        ("secrecy", "high"),
        ("include", "N"),
        ("building location can be shared", "no"),
        ("secure", "yes"),
        ("alert", "DNP"),
        ("flags", "dnp"),
        ("tags", "notPublic"),
        ("Include address", "no"),
        ("List on web page", "No"),
        ("List on website", "No"),
        ("Include on web page?", "No"),
        ("Put on web site", "No"),
        ("Consent to share (self referral)", "No"),
        ("Permission to share with office", "No"),
        ("Share with child services", "No"),
        ("Consent required to share", "Not given"),
        ("Office listed in directory", "No"),
        ("Building mapped", "No"),
        ("OK to list on page", "No"),
        ("publish address › value", "no"),
        ("Publish address › result", "false"),
        // Words of other matters beside them take nothing away.
        ("Agreement to publish", "no"),
        ("Publish (consent form received)", "no"),
        ("Publish address link", "no"),
        ("Confidential address link", "yes"),
        ("Confidential contract", "yes"),
        ("Confidential men's refuge", "yes"),
        ("Hide address from sector map", "yes"),
        ("Sensitivity RAG", "red"),
        ("Location risk RAG", "high"),
        ("Audience", "professionals only, never the public"),
    ] {
        assert!(marks(heading, value), "{heading}: {value}");
    }
}

#[test]
fn a_label_and_its_answer_in_one_text_and_codes_under_any_heading_are_marks() {
    for (heading, value) in [
        ("Options", "confidential=yes; parking=yes"),
        ("Options", "parking=no&show_on_map=no"),
        ("notes", "{\"publish_address\": false, \"parking\": true}"),
        ("notes", "parking: yes\npublic: no\n"),
        ("ext", "<field name=\"hide_address\">true</field>"),
        ("tags", "#confidential:yes"),
        ("notes", "parking: yes publish_address: no lift: yes"),
        ("notes", "parking: yes hide_address: true"),
        ("description", "Show on map: no. Counselling for women."),
        ("Settings", "hide_address_true"),
        ("Remarks", "Publish: no"),
        ("description", "Confidential: yes"),
        ("Admin", "Visibility: private"),
        ("Comments", "DNP"),
        ("Status note", "TLP:RED"),
        ("Remarks", "ex-directory"),
        ("Listed", "ex-directory"),
        ("Comments", "not 4 web"),
        ("Flag", "🤫"),
        ("web_ok", "false"),
        ("Rhannu cyfeiriad", "Na chaniateir"),
        ("Part4", "✓"),
        ("Confidential service", "yes"),
        ("notes", "☑ Confidential ☐ Public"),
        ("notes", "confidential [x]"),
        ("notes", "Public ☐"),
        ("notes", "visible→no"),
        ("Listing", "unpublished"),
        ("notes", "Public display: not allowed"),
        ("notes", "Official Sensitive"),
        ("notes", "TLP:RED - do not share"),
        ("notes", "Visibility: ☑ Confidential ☐ Public"),
        ("notes", "Visibility: [x] Confidential [ ] Public"),
        ("notes", "Consent to publish: none"),
        ("notes", "Consent for publication: none"),
        ("notes", "Consent to directory listing: none"),
        ("notes", "Permission for public display: none"),
        ("audience", "public bodies and partner agencies only"),
        ("audience", "public sector partners"),
        ("Public opening hours", "no"),
        ("notes", "Published: none"),
    ] {
        assert!(marks(heading, value), "{heading}: {value}");
    }
}

#[test]
fn neighbours_are_a_label_and_its_answer() {
    let hide = |headings: &[&str], cells: &[&str]| {
        let field = |(i, value): (usize, &&str)| Field {
            place: Place::default(),
            role: super::super::record_fields::Role::Unread,
            heading: headings[i % headings.len()].to_owned(),
            value: (*value).to_owned(),
        };
        neighbours_hide(&cells.iter().enumerate().map(field).collect::<Vec<_>>())
    };
    let nameless = ["Field 1", "Value 1", "custom_field_name", "custom_field_value"];
    for cells in [&["publish_address", "no"][..], &["1", "-", "show on map", "false"], &["hide_address", "yes", "5"]] {
        assert!(hide(&nameless, cells) && hide(&["options"], cells), "{cells:?}");
    }
    assert!(hide(&["name", "detail › name"], &["no", "publish_address"]));
    for (headings, cells) in [
        (["Attribute type", "Attribute value"], ["Publish address", "No"]),
        (["Attribute", "Attribute value"], ["Confidential", "Yes"]),
        (["Additional info 1", "Additional info 2"], ["publish_address", "no"]),
        (["Characteristic", "Answer"], ["Hide location", "Yes"]),
        (["Setting", "Value"], ["Public", "No"]),
        (["Characteristic", "Answer"], ["Publish", "No"]),
        (["Characteristic", "Value"], ["Visible", "No"]),
    ] {
        assert!(hide(&headings, &cells), "{headings:?}");
    }
    for cells in
        [&["publish_address", "yes"][..], &["parking", "no", "publish_address", "yes"], &["Public library", "no"], &["confidential", "no"]]
    {
        assert!(!hide(&nameless, cells), "{cells:?}");
    }
    // What stands under a heading that names something answers that heading.
    for (headings, cells) in [
        (["Sector", "Registered charity"], ["Public", "No"]),
        (["Record status", "Step-free access"], ["Published", "No"]),
        (["Hearing loop", "Sector"], ["No", "Public"]),
        (["x › visibility", "x › deleted"], ["public", "false"]),
        (["ownership", "accredited"], ["private", "true"]),
        (["Setting", "Step-free"], ["Public place", "No"]),
    ] {
        assert!(!hide(&headings, &cells), "{headings:?}");
    }
}

#[test]
fn the_safe_answer_is_none() {
    for (heading, value) in [
        ("confidential", "no"),
        ("Public opening hours", "Mon-Fri 9-5"),
        ("Public page link", "https://example.org/help"),
        ("Public referral form", "https://example.org/form"),
        ("audience", "professionals and the public"),
        ("organization › name", "A council"),
        ("Confidential?", ""),
        ("mask_exact_address", "false"),
        ("Publish", "Yes"),
        ("visible", "true"),
        ("visible_from", "2025-11-03"),
        ("public transport", "Bus 12"),
        ("publisher", "A council"),
        ("Date published", "2025-11-03"),
        ("display name", "Talking Room"),
        ("Confidentiality policy", "https://example.org/policy"),
        ("Do not publish address", "no"),
        ("Manager", "A person"),
        ("map", "https://example.org/"),
        ("women only", "yes"),
        ("beds", "0"),
        ("visible_to", "2027-03-31"),
        ("consent", "2025-03-31"),
        ("protected characteristics", "sex; race"),
        ("access level", "step-free"),
        ("secure parking", "yes"),
        ("rent", "£12 an hour"),
        ("privacy notice", "https://example.org/"),
        ("tags", "women; advice"),
        ("pin", "yes"),
        ("length of stay", "n/a"),
        ("Sensitivity", "low"),
        ("Sensitivity", "none"),
        ("Security level", "normal"),
        ("Location risk", "low"),
        ("Risk level", "high"),
        ("DNP", "no"),
        ("NFP", "N"),
        ("do not publish", "N"),
        ("location_accuracy", "postcode"),
        ("geocode_quality", "rooftop"),
        ("public?", "yes"),
        ("visibility", "public"),
        ("privacy", "public"),
        ("safe to share", "yes"),
        ("safe to list", "yes"),
        ("permission to list", "given"),
        ("shareable", "yes"),
        ("Non-disclosure", "N"),
        ("DBS disclosure", "enhanced"),
        ("redaction required", "no"),
        ("ex-directory", "no"),
        ("include", "yes"),
        ("alert", "new number"),
        ("pets allowed", "no"),
        ("self referral allowed", "no"),
        ("shared building", "no"),
        ("web address", "none"),
        ("consent required", "no"),
        ("Listed building", "no"),
        ("Has website", "no"),
        ("Service website", "None"),
        ("Twitter / website", "none"),
        ("Website translated", "No"),
        ("Grade II listed", "No"),
        ("Listed building status", "none"),
        ("Shared parking", "No"),
        ("Permission to park", "No"),
        ("Directory enquiries", "none"),
        ("website", "none"),
        ("Step-free › value", "no"),
    ] {
        assert!(!marks(heading, value), "{heading}: {value}");
    }
}

#[test]
fn what_is_said_of_calls_rooms_and_sectors_is_no_mark() {
    for (heading, value) in [
        ("Confidential service", "yes - sessions are confidential"),
        ("Sensitive to trauma", "yes"),
        ("Private room", "yes"),
        ("Options", "parking=no; public toilet=no"),
        ("description", "Free and confidential: call us. Private rooms: yes, two"),
        ("description", "Are calls confidential? Yes. Is the library public? No, ask first."),
        ("notes", "Confidential, free"),
        ("Sector", "NFP"),
        ("Notes", "NFP"),
        ("Sector", "Private"),
        ("notes", "☐ Confidential ☑ Public"),
        ("notes", "Map: none. Publications: none. Consent: no. Toilets: public: no"),
        ("notes", "Provider status: private"),
        ("Publicly funded", "no"),
        ("Public WiFi", "no"),
        ("Show opening hours", "no"),
        ("Map link", "none"),
        ("Consent form", "no"),
        ("Data sharing agreement", "no"),
        ("Men allowed", "no"),
        ("Privacy screens", "yes"),
        ("Contract status", "amber"),
        ("RAG", "red"),
        ("notes", "Visibility: ☐ Confidential ☑ Public"),
        ("Audience", "professionals and public"),
        ("description", "Open to the public: no appointment needed. Parking: no. Public: yes."),
        ("description", "Show time: 7. Address: see map"),
    ] {
        assert!(!marks(heading, value), "{heading}: {value}");
    }
}
