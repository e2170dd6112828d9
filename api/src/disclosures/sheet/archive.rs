//! What a workbook's archive must be before a byte of it is read as a workbook. No number that it states about
//! itself is believed: everything is unpacked once, piece by piece, and counted.

use std::io::{Cursor, Read as _};

use memchr::memmem;

/// The largest workbook, packed, in bytes.
pub const MOST_XLSX_BYTES: usize = 5 * 1024 * 1024;
/// The most parts inside it.
const MOST_ENTRIES: usize = 200;
/// The most bytes it may unpack to, counted while unpacking.
const MOST_UNPACKED: usize = 100 * 1024 * 1024;
/// How many times its packed size it may unpack to. Sheets full of numbers stay far below 50.
const MOST_RATIO: usize = 100;
/// Parts that are archives themselves.
const ARCHIVES: [&str; 12] = [
    ".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".7z", ".rar", ".gz", ".xz", ".bz2",
    ".jar",
];
/// The part that says what each part is. Without it an archive is no workbook.
const CONTENT_TYPES: &str = "[content_types].xml";
/// More than the longest word that is looked for, so that one across two pieces is seen.
const TAIL: usize = 256;

/// What was seen of a workbook that may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Whether it has rows or columns that its program does not show: they are read like the others.
    pub hides: bool,
}

/// Whether the archive is one that is read as a workbook.
///
/// # Errors
/// The code of what stands against it.
pub fn inspect(bytes: &[u8]) -> Result<Seen, &'static str> {
    if bytes.len() > MOST_XLSX_BYTES {
        return Err("file_too_large");
    }
    let unreadable = |_| "workbook_unreadable";
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > MOST_ENTRIES {
        return Err("too_many_entries");
    }
    if archive.has_duplicate_names() {
        return Err("duplicate_entries");
    }
    if archive.has_overlapping_entries().map_err(unreadable)? {
        return Err("overlapping_entries");
    }
    // Five megabytes need no 64-bit sizes, and nothing stands before a workbook: both are for readers that disagree.
    if archive.offset() != 0 || is_zip64(bytes) {
        return Err("odd_archive");
    }
    let mut names = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(unreadable)?;
        let name = entry.name().map_err(unreadable)?.to_lowercase();
        if entry.encrypted() {
            return Err("has_password");
        }
        if entry.is_symlink() {
            return Err("has_symlink");
        }
        named(&name)?;
        names.push((name, entry.size()));
    }
    if !names.iter().any(|(name, _)| name == CONTENT_TYPES) {
        return Err("unknown_format");
    }
    let mut seen = Seen::default();
    let (mut unpacked, mut piece) = (0_usize, vec![0_u8; 64 * 1024]);
    for (index, (name, stated)) in names.iter().enumerate() {
        let mut entry = archive.by_index(index).map_err(unreadable)?;
        let (mut counted, mut window) = (0_u64, Vec::new());
        loop {
            let read = entry.read(&mut piece).map_err(|_| "workbook_unreadable")?;
            let Some(part) = piece.get(..read).filter(|part| !part.is_empty()) else {
                break;
            };
            unpacked = unpacked.saturating_add(read);
            if unpacked > MOST_UNPACKED || unpacked > bytes.len().saturating_mul(MOST_RATIO) {
                return Err("unpacks_too_large");
            }
            counted = counted.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            // UTF-16 is read too, as the same letters with zeros between them.
            if memchr::memchr(0, part).is_some() {
                window.extend(part.iter().filter(|byte| **byte != 0));
            } else {
                window.extend_from_slice(part);
            }
            held(name, &window)?;
            seen.hides |= name.starts_with("xl/worksheets/") && hides(&window);
            window.drain(..window.len().saturating_sub(TAIL));
        }
        if counted != *stated {
            return Err("odd_archive");
        }
    }
    Ok(seen)
}

/// How a row or a column says that it is not shown; programs write these among its other words in any order.
const UNSHOWN: [&[u8]; 4] = [
    b" hidden=\"1\"",
    b" hidden=\"true\"",
    b" width=\"0\"",
    b" ht=\"0\"",
];

/// Whether a piece of a sheet has a row or a column that is not shown.
fn hides(piece: &[u8]) -> bool {
    let of_one = |at: usize| {
        let before = piece.get(..=at).unwrap_or_default();
        let tag = memchr::memrchr(b'<', before).and_then(|start| before.get(start..));
        tag.is_some_and(|tag| tag.starts_with(b"<row ") || tag.starts_with(b"<col "))
    };
    let mut words = UNSHOWN.iter();
    words.any(|word| memmem::find_iter(piece, word).any(of_one))
}

/// Whether the directory ends with the 64-bit form.
fn is_zip64(bytes: &[u8]) -> bool {
    memmem::rfind(bytes, b"PK\x05\x06")
        .and_then(|end| bytes.get(end.checked_sub(20)?..))
        .is_some_and(|locator| locator.starts_with(b"PK\x06\x07"))
}

/// What a part's name gives away; `name` is in small letters.
fn named(name: &str) -> Result<(), &'static str> {
    if name.contains("vbaproject") || name.contains("macrosheets/") {
        Err("has_macros")
    } else if name.contains("externallinks/") || name.ends_with("xl/connections.xml") {
        Err("has_external_links")
    } else if ARCHIVES.iter().any(|end| name.ends_with(end)) || name.contains("embeddings/") {
        Err("nested_archive")
    } else {
        Ok(())
    }
}

/// What a piece of a part holds that a ledger does not need.
fn held(name: &str, piece: &[u8]) -> Result<(), &'static str> {
    // The only places where XML declares what expands to more than stands there.
    let declares = |at: usize| {
        let after = |word: &[u8]| {
            let here = piece.get(at + 2..at + 2 + word.len());
            here.is_some_and(|here| here.eq_ignore_ascii_case(word))
        };
        after(b"DOCTYPE") || after(b"ENTITY")
    };
    if memmem::find_iter(piece, b"<!").any(declares) {
        return Err("has_dtd");
    }
    let (of_parts, of_relations) = (name == CONTENT_TYPES, name.ends_with(".rels"));
    if !of_parts && !of_relations {
        return Ok(());
    }
    // Media types know no capitals, and any letter may be written as a number (RFC 6838 4.2; XML 4.1).
    let text = in_letters(&String::from_utf8_lossy(piece)).to_ascii_lowercase();
    if text.contains("vbaproject") || of_parts && text.contains("macroenabled") {
        return Err("has_macros");
    }
    let links = of_relations && text.contains("relationships/externallink");
    if links || of_parts && text.contains("externallink+xml") {
        return Err("has_external_links");
    }
    Ok(())
}

/// A piece of XML with the letters in place of their numbers: `&#69;`, `&#x45;`. A number that the piece cuts off stays.
fn in_letters(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let letter = part.split_once(';').and_then(|(number, rest)| {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            Some((char::from_u32(code.ok()?)?, rest))
        });
        match letter {
            Some((letter, rest)) => {
                plain.push(letter);
                plain.push_str(rest);
            }
            None => {
                plain.push_str("&#");
                plain.push_str(part);
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_seen_however_it_is_written() {
        for hidden in [
            r#"<col hidden="1" width="12" customWidth="1" min="3" max="3" />"#,
            r#"<col min="3" max="3" width="9.1" hidden="1"/>"#,
            r#"<col min="3" max="3" hidden="true"/>"#,
            r#"<col min="3" max="3" width="0" customWidth="1"/>"#,
            r#"<row hidden="1" r="4">"#,
            r#"<row r="4" spans="1:3" hidden="1">"#,
            r#"<row r="4" ht="0" customHeight="1">"#,
        ] {
            assert!(hides(hidden.as_bytes()), "{hidden}");
        }
        for shown in [
            r#"<col min="3" max="3" width="9"/>"#,
            r#"<row r="4" hidden="0">"#,
            r#"<sheetView hidden="1">"#,
            r#"<t> hidden="1"</t>"#,
        ] {
            assert!(!hides(shown.as_bytes()), "{shown}");
        }
    }
}
