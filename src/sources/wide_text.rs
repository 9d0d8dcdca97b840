//! Text of two bytes a letter, as spreadsheets save it.

/// Whether bytes are UTF-16: `Some(true)` with the low byte first. Without a mark it is told by every second byte being zero.
pub(super) fn wide_encoding(head: &[u8]) -> Option<bool> {
    match head {
        [0xFF, 0xFE, ..] => return Some(true),
        [0xFE, 0xFF, ..] => return Some(false),
        _ => {}
    }
    let look = &head[..head.len().min(512) / 2 * 2];
    if look.len() < 8 {
        return None;
    }
    let zeros = |from: usize| look.iter().skip(from).step_by(2).filter(|b| **b == 0).count() * 2;
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd * 10 > look.len() * 7 && even * 10 < look.len() => Some(true),
        () if even * 10 > look.len() * 7 && odd * 10 < look.len() => Some(false),
        () => None,
    }
}

pub(super) fn from_utf16(bytes: &[u8], little: bool) -> Vec<u8> {
    let units = bytes.chunks_exact(2).map(|b| if little { u16::from_le_bytes([b[0], b[1]]) } else { u16::from_be_bytes([b[0], b[1]]) });
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .filter(|c| *c != '\u{feff}')
        .collect::<String>()
        .into_bytes()
}
