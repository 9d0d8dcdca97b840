//! Archives of parts, as word processors and spreadsheets read them: the same parts give the same bytes, whenever and wherever they are packed.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Parts of an archive by name, in the order in which they stand in it.
#[derive(Default)]
pub(super) struct Archive {
    parts: Vec<(String, Vec<u8>, CompressionMethod)>,
}

impl Archive {
    /// Adds a part that is made smaller, such as XML.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.parts.push((name.into(), bytes.into(), CompressionMethod::Deflated));
    }

    /// Adds a part as it is: a picture that is small already, or one that others read without unpacking.
    pub fn store(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.parts.push((name.into(), bytes.into(), CompressionMethod::Stored));
    }

    /// The bytes of the archive. No part tells a time or a machine.
    ///
    /// # Errors
    /// Where two parts have one name, or one is too large for an archive.
    pub fn written(self) -> Result<Vec<u8>, String> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let plain = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644).system(zip::System::Unix);
        for (name, bytes, method) in self.parts {
            let fault = |e: &dyn std::fmt::Display| format!("the part {name} cannot be packed: {e}");
            writer.start_file(name.as_str(), plain.compression_method(method)).map_err(|e| fault(&e))?;
            writer.write_all(&bytes).map_err(|e| fault(&e))?;
        }
        writer.finish().map(Cursor::into_inner).map_err(|e| format!("the parts cannot be packed: {e}"))
    }
}
