//! CSV as Excel writes it: UTF-8 with or without a mark, or GB 18030 as Chinese Windows does without being asked;
//! RFC 4180 quotes, rows numbered as Excel numbers them (empty ones count).

use std::borrow::Cow;

use encoding_rs::GB18030;

use super::grid::{Cell, Findings, Grid, MOST_COLUMNS, Place, Row};

/// The largest CSV file, in bytes. More lines than a workbook may have come as CSV.
pub const MOST_CSV_BYTES: usize = 48 * 1024 * 1024;
/// [`MOST_CSV_BYTES`] as people read it.
const MOST_CSV: &str = "48 MiB";
/// The most data rows of a CSV file.
pub const MOST_CSV_ROWS: usize = 250_000;

/// UTF-8 has each Chinese character in three bytes, the first of which is one from here on.
const FIRST_OF_THREE: u8 = 0xe0;

/// The cells of a CSV file; `None` when `findings` says why it cannot be read at all.
pub fn read(bytes: &[u8], findings: &mut Findings) -> Option<Grid> {
    if bytes.len() > MOST_CSV_BYTES {
        findings.error(Place::FILE, "file_too_large", [MOST_CSV, ""]);
        return None;
    }
    // UTF-16, as Excel's "Unicode text" is, has a mark of its own.
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if bytes.contains(&0) && !utf16 {
        findings.error(Place::FILE, "unknown_format", ["", ""]);
        return None;
    }
    let Some(text) = decoded(bytes) else {
        let code = if is_cut_off(bytes) {
            "cut_off"
        } else {
            "not_utf8"
        };
        findings.error(Place::FILE, code, ["", ""]);
        return None;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = with_line_feeds(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut grid, mut record, mut row) = (Grid::default(), csv::StringRecord::new(), 0_u64);
    loop {
        let begun = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Some(grid),
            // Cannot be: the text is UTF-8 and rows may differ in length.
            Err(_) => {
                findings.error(Place::FILE, "unknown_format", ["", ""]);
                return None;
            }
        }
        // The reader jumps over empty lines; they are what it consumed beyond the record's own lines.
        let breaks: usize = record.iter().map(|field| field.matches('\n').count()).sum();
        let own = u64::try_from(breaks).unwrap_or(u64::MAX).saturating_add(1);
        let consumed = reader.position().line().saturating_sub(begun);
        row += 1 + consumed.saturating_sub(own);
        let cells = (0..MOST_COLUMNS)
            .zip(record.iter())
            .filter(|(_, field)| !field.trim().is_empty())
            .map(|(column, field)| (column, Cell::Text(with_line_feeds(field).into())))
            .collect::<Row>();
        if let (false, Ok(number)) = (cells.is_empty(), u32::try_from(row)) {
            grid.rows.insert(number, cells);
        }
    }
}

/// UTF-8, or else GB 18030 (and so GBK and GB 2312), which "CSV (comma delimited)" is on Chinese Windows.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let broken = match std::str::from_utf8(bytes) {
        Ok(text) => return Some(Cow::Borrowed(text)),
        Err(broken) => broken,
    };
    // UTF-8 that is spoiled further on reads as GB 18030 too, in words that nobody wrote.
    let right = bytes.get(..broken.valid_up_to()).unwrap_or_default();
    if right.iter().any(|byte| *byte >= FIRST_OF_THREE) {
        return None;
    }
    GB18030.decode_without_bom_handling_and_without_replacement(bytes)
}

/// Whether nothing is wrong with it as UTF-8 but that it ends within a character: its upload or its copy broke off.
fn is_cut_off(bytes: &[u8]) -> bool {
    let broken = std::str::from_utf8(bytes).err();
    broken.is_some_and(|broken| broken.error_len().is_none() && broken.valid_up_to() > 0)
}

/// The text with `\n` at the end of each line, where a `\r` alone ends one: the reader of records counts lines by `\n`.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let alone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    if memchr::memchr_iter(b'\r', bytes).any(alone) {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rows_as_excel_does() {
        for ends in ["\n", "\r\n", "\r"] {
            let text = "\u{feff}a,b\n\n\n\"c\nd\",e\n,,\nf\n".replace('\n', ends);
            let mut findings = Findings::default();
            let grid = read(text.as_bytes(), &mut findings).unwrap();
            let rows: Vec<u32> = grid.rows.keys().copied().collect();
            assert_eq!(rows, [1, 4, 6], "{ends:?}");
            assert_eq!(
                grid.rows.get(&4).unwrap().get(&1),
                Some(&Cell::Text("e".into()))
            );
        }
    }

    #[test]
    fn reads_what_chinese_windows_writes() {
        let mut findings = Findings::default();
        let bytes = b"\xd0\xf2\xba\xc5,\xc8\xd5\xc6\xda\r\n1,\xc1\xaa\xcd\xa8\r\n";
        let grid = read(bytes, &mut findings).unwrap();
        let cell = |row: u32, column: u16| grid.rows.get(&row)?.get(&column).cloned();
        assert_eq!(cell(1, 0), Some(Cell::Text("序号".into())));
        assert_eq!(cell(1, 1), Some(Cell::Text("日期".into())));
        assert_eq!(cell(2, 1), Some(Cell::Text("联通".into())));
        // Four bytes a character is GB 18030's own.
        let rare = GB18030.encode("序号,𠮷\n").0.into_owned();
        let grid = read(&rare, &mut findings).unwrap();
        assert_eq!(
            grid.rows.get(&1).unwrap().get(&1),
            Some(&Cell::Text("𠮷".into()))
        );
    }

    #[test]
    fn says_what_it_is_not() {
        for (bytes, code) in [
            // Half of it is UTF-8.
            (b"\xe5\xba\x8f,\xc8\xd5\n".as_slice(), "not_utf8"),
            (b"\xff\xfe\x8f\x5e,\0", "not_utf8"),
            (b"caf\xe9 \xff\n", "not_utf8"),
            (
                "序号,日期\n1,2026年".as_bytes().split_last().unwrap().1,
                "cut_off",
            ),
            (b"\x89PNG\r\n\x1a\n\0\0", "unknown_format"),
        ] {
            let mut findings = Findings::default();
            assert!(read(bytes, &mut findings).is_none());
            assert_eq!(findings.errors.first().unwrap().code, code);
        }
    }
}
