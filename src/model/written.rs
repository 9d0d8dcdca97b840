//! The bytes of `findings.json`, and the document from them.

use super::document::Findings;
use super::packed::Packer;
use super::unpacked::Unpacker;

/// Studies of more areas have their long tables by column.
const MOST_AREAS_AS_ROWS: usize = 1_000;
/// How they are written, in the member `packed`.
const PACKED: u32 = 1;

impl Findings {
    /// The bytes of `findings.json`. Of a study of more than 1,000 areas its long tables are written by column, and the document says so in its member
    /// `packed`; [`Findings::read`] reads both.
    pub fn written(&self) -> Vec<u8> {
        if self.outlines.len() > MOST_AREAS_AS_ROWS {
            return self.written_by_column().unwrap_or_default();
        }
        // The document holds plain values and maps with text keys: nothing in it can fail to be written.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Finding by finding, so that no more than one of them is held a second time.
    fn written_by_column(&self) -> serde_json::Result<Vec<u8>> {
        let mut packer = Packer::default();
        let mut frame = serde_json::to_value(self.without_findings())?;
        let outlines = frame.get_mut("outlines").map(serde_json::Value::take).unwrap_or_default();
        let outlines = packer.pack(outlines);
        let findings = self.findings.iter().map(|f| Ok(packer.pack(serde_json::to_value(f)?)));
        let findings = findings.collect::<serde_json::Result<Vec<_>>>()?;
        if let Some(members) = frame.as_object_mut() {
            members.insert("outlines".into(), outlines);
            members.insert("findings".into(), findings.into());
            members.insert("packed".into(), PACKED.into());
        }
        let mut bytes = serde_json::to_vec(&frame)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn without_findings(&self) -> Self {
        Self {
            version: self.version,
            engine: self.engine.clone(),
            frame: self.frame.clone(),
            policy: self.policy.clone(),
            sources: self.sources.clone(),
            ledger: self.ledger.clone(),
            breaks: self.breaks.clone(),
            findings: vec![],
            restricted: self.restricted.clone(),
            since: self.since.clone(),
            methods: self.methods.clone(),
            sites: self.sites.clone(),
            public_places: self.public_places.clone(),
            harmless_columns: self.harmless_columns.clone(),
            outlines: self.outlines.clone(),
        }
    }

    /// Reads what [`Findings::written`] wrote.
    ///
    /// # Errors
    /// Where the bytes are no such document.
    pub fn read(bytes: &[u8]) -> serde_json::Result<Self> {
        if memchr::memmem::find(bytes, b"\"packed\"").is_none() {
            return serde_json::from_slice(bytes);
        }
        let mut document: serde_json::Value = serde_json::from_slice(bytes)?;
        let members = document.as_object_mut().and_then(|m| m.remove("packed").filter(|p| *p == PACKED).map(|_| m));
        let Some(members) = members else { return serde_json::from_slice(bytes) };
        let mut unpacker = Unpacker::default();
        // Columns are numbered over the outlines first.
        for name in ["outlines", "findings"] {
            let packed = members.remove(name).unwrap_or_default();
            let Some(rows) = unpacker.unpack(packed) else {
                return Err(serde::de::Error::custom(format!("`{name}` holds a table that cannot be read")));
            };
            members.insert(name.into(), rows);
        }
        serde_json::from_value(document)
    }
}
