//! Files that mean harm, made as those who mean it would.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;

use super::places;
use super::sheets::{HEADINGS, Ledger};

type Parts = Vec<(String, Vec<u8>)>;

fn good() -> Vec<u8> {
    Ledger::of(places::VILLAGE, "2026-10").xlsx()
}

fn parts(bytes: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        parts.push((entry.name().unwrap().into_owned(), bytes));
    }
    parts
}

fn packed(parts: &Parts) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A good workbook with one part more.
fn with(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut parts = parts(&good());
    parts.push((name.to_owned(), bytes.to_vec()));
    packed(&parts)
}

/// A good workbook with a part's text changed.
fn changed(name: &str, change: impl FnOnce(&str) -> String) -> Vec<u8> {
    let mut parts = parts(&good());
    let part = parts.iter_mut().find(|(own, _)| own == name).unwrap();
    part.1 = change(std::str::from_utf8(&part.1).unwrap()).into_bytes();
    packed(&parts)
}

/// A workbook with one of its parts changed, packed again.
pub fn behind_the_packing(workbook: &[u8], change: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut parts = parts(workbook);
    let longest = parts.iter_mut().max_by_key(|(_, bytes)| bytes.len());
    let (_, bytes) = longest.unwrap();
    *bytes = change(bytes);
    packed(&parts)
}

/// Bytes that do not pack.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    (0..count / 8).flat_map(|_| next()).collect()
}

/// Thirty megabytes of blanks in a few kilobytes.
pub fn plain_bomb() -> Vec<u8> {
    with("xl/more.xml", &vec![b' '; 30_000_000])
}

/// A hundred and fifty parts that are all the same bytes of the archive (after David Fifield).
pub fn overlapping_bomb() -> Vec<u8> {
    let one = packed(&vec![("a".to_owned(), vec![b'x'; 1_000_000])]);
    let end = one.len() - 22;
    let at = |at: usize| u32::from_le_bytes(one[at..at + 4].try_into().unwrap());
    let begin = usize::try_from(at(end + 16)).unwrap();
    let (mut bytes, mut count) = (one[..begin].to_vec(), 0_u16);
    for number in 0..150 {
        let name = format!("xl/{number}.xml");
        let mut entry = one[begin..begin + 46].to_vec();
        entry[28..30].copy_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        entry[30..34].fill(0);
        bytes.extend(entry);
        bytes.extend(name.into_bytes());
        count += 1;
    }
    let size = u32::try_from(bytes.len() - begin).unwrap();
    let mut last = one[end..].to_vec();
    last[8..10].copy_from_slice(&count.to_le_bytes());
    last[10..12].copy_from_slice(&count.to_le_bytes());
    last[12..16].copy_from_slice(&size.to_le_bytes());
    [bytes, last].concat()
}

/// A hundred thousand sheets on one part.
pub fn many_sheets() -> Vec<u8> {
    changed("xl/workbook.xml", |xml| {
        let sheets: String = (9..100_009_u32)
            .map(|id| format!("<sheet name=\"s{id}\" sheetId=\"{id}\" r:id=\"rId1\"/>"))
            .collect();
        xml.replace("</sheets>", &format!("{sheets}</sheets>"))
    })
}

/// More parts than a ledger has.
pub fn many_parts() -> Vec<u8> {
    let mut parts = parts(&good());
    parts.extend((0..300).map(|index| (format!("xl/worksheets/s{index}.xml"), Vec::new())));
    packed(&parts)
}

/// A part that links to another workbook.
pub fn external_link() -> Vec<u8> {
    with("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
}

/// A billion laughs.
pub fn laughs() -> Vec<u8> {
    changed("xl/sharedStrings.xml", |xml| {
        let mut dtd = String::from("<!DOCTYPE sst [<!ENTITY a0 \"ha\">");
        for level in 1..10 {
            let inner = format!("&a{};", level - 1).repeat(10);
            dtd.push_str(&format!("<!ENTITY a{level} \"{inner}\">"));
        }
        xml.replacen("<sst", &format!("{dtd}]><sst"), 1)
    })
}

/// What Excel calls a workbook with macros.
pub fn with_macros() -> Vec<u8> {
    changed("[Content_Types].xml", |xml| {
        xml.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
    })
}

/// A workbook inside the workbook.
pub fn nested() -> Vec<u8> {
    with("xl/media/inner.xlsx", &good())
}

/// What a bookkeeping program exports as "Excel".
pub fn web_page() -> Vec<u8> {
    "\u{feff}<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>序号</td></tr></table></html>".into()
}

/// The container of old workbooks (BIFF).
pub fn old_workbook() -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(4096, 0);
    bytes.extend("Workbook".encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// A workbook under a password.
pub fn with_password() -> Vec<u8> {
    let mut bytes = old_workbook();
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// Cut off on its way.
pub fn truncated() -> Vec<u8> {
    let mut bytes = good();
    bytes.truncate(bytes.len() * 2 / 3);
    bytes
}

/// A workbook of so many lines.
pub fn long_workbook(lines: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip([
        "村名",
        "东风村",
        "期间",
        "2026-10",
        "期初余额(元)",
        "0",
        "期末余额(元)",
        "0",
    ]) {
        sheet.write_string(0, column, text).unwrap();
    }
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(1, column, heading).unwrap();
    }
    for line in 0..lines {
        sheet.write_number(line + 2, 0, line + 1).unwrap();
        sheet.write_string(line + 2, 1, "2026-10-03").unwrap();
        sheet.write_string(line + 2, 3, "修水渠").unwrap();
        sheet
            .write_number(line + 2, if line % 2 == 0 { 4 } else { 5 }, 0.01)
            .unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Shared strings by the hundred thousand; with noise beside them so that the whole does not look packed too well.
pub fn many_strings(noisy: bool) -> Vec<u8> {
    let strings = "<si><t>x</t></si>".repeat(700_000);
    let mut parts = parts(&changed("xl/sharedStrings.xml", |xml| {
        xml.replace("</sst>", &format!("{strings}</sst>"))
    }));
    if noisy {
        parts.push(("xl/media/image1.png".to_owned(), noise(300_000)));
    }
    packed(&parts)
}

/// Twenty megabytes that become ten million cells: more than half a gigabyte.
pub fn many_cells() -> Vec<u8> {
    let row = format!("{}\n", "x,".repeat(255));
    row.repeat(20 * 1024 * 1024 / row.len()).into_bytes()
}

/// A workbook whose amounts are formulas that nobody calculated.
pub fn uncalculated() -> Vec<u8> {
    changed("xl/worksheets/sheet1.xml", |xml| {
        let begin = xml
            .find("<c r=\"F4\"")
            .or_else(|| xml.find("<c r=\"E4\""))
            .unwrap();
        let name = &xml[begin + 6..begin + 8];
        let end = begin + xml[begin..].find("</c>").unwrap() + 4;
        format!(
            "{}<c r=\"{name}\"><f>SUM(H1:H9)</f></c>{}",
            &xml[..begin],
            &xml[end..]
        )
    })
}
