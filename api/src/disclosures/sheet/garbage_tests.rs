//! Files that mean harm, and files that mean nothing.

use std::io::{Cursor, Read as _, Write as _};

use domain::disclosure::period::Period;
use domain::money::Fen;
use zip::write::SimpleFileOptions;

use super::*;
use crate::disclosures::template::template;

fn ledger_template() -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    template(DisclosureKind::Ledger)
}

type Parts = Vec<(String, Vec<u8>)>;

fn parts(bytes: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        })
        .collect()
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

/// A workbook with a part's text changed.
pub fn changed(workbook: &[u8], name: &str, change: impl FnOnce(&str) -> String) -> Vec<u8> {
    let mut parts = parts(workbook);
    let part = parts.iter_mut().find(|(own, _)| own == name).unwrap();
    part.1 = change(std::str::from_utf8(&part.1).unwrap()).into_bytes();
    packed(&parts)
}

fn with(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut parts = parts(&ledger_template().unwrap());
    parts.push((name.to_owned(), bytes.to_vec()));
    packed(&parts)
}

fn code(bytes: &[u8]) -> String {
    let read = read_ledger(bytes, "a.xlsx", &Pairs::default());
    assert_eq!(read.ledger(), None);
    read.errors.first().unwrap().code.to_string()
}

#[test]
fn refuses_what_a_ledger_does_not_need() {
    for (name, bytes, expected) in [
        ("xl/vbaProject.bin", b"x".as_slice(), "has_macros"),
        (
            "xl/externalLinks/externalLink1.xml",
            b"<a/>",
            "has_external_links",
        ),
        ("xl/media/more.ZIP", b"PK", "nested_archive"),
        ("xl/embeddings/oleObject1.bin", b"x", "nested_archive"),
        ("xl/connections.xml", b"<a/>", "has_external_links"),
        ("xl/extra.xml", b"<!ENTITY % b \"c\">", "has_dtd"),
        (
            "xl/_rels/x.rels",
            b"<Relationship Type=\"http://s/relationships/externalLink\"/>",
            "has_external_links",
        ),
        (
            "xl/extra.xml",
            b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a/>",
            "has_dtd",
        ),
    ] {
        assert_eq!(code(&with(name, bytes)), expected, "{name}");
    }
    let mut late = vec![b' '; 64 * 1024 - 4];
    late.extend_from_slice(b"<!doctype a>");
    late.extend((0..200_000_u32).flat_map(u32::to_le_bytes));
    assert_eq!(code(&with("xl/extra.xml", &late)), "has_dtd");
}

#[test]
fn a_dtd_is_seen_in_sixteen_bits_too() {
    let wide: Vec<u8> = "\u{feff}<!DOCTYPE a>"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    assert_eq!(code(&with("xl/extra.xml", &wide)), "has_dtd");
}

#[test]
fn what_a_workbook_says_it_is_decides() {
    let renamed = |from: &str, to: &str| {
        let mut parts = parts(&ledger_template().unwrap());
        let types = parts
            .iter_mut()
            .find(|(name, _)| name == "[Content_Types].xml")
            .unwrap();
        let xml = String::from_utf8(types.1.clone()).unwrap();
        assert!(xml.contains(from), "{xml}");
        types.1 = xml.replace(from, to).into_bytes();
        packed(&parts)
    };
    let plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let macros = renamed(
        plain,
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    );
    assert_eq!(code(&macros), "has_macros");
    for other in [
        "APPLICATION/VND.MS-EXCEL.SHEET.MACROENABLED.MAIN+XML",
        "application/vnd.ms-excel.sheet.macro&#69;nabled.main+xml",
        "application/vnd.ms-excel.sheet.macro&#x45;nabled.main+xml",
    ] {
        assert_eq!(code(&renamed(plain, other)), "has_macros", "{other}");
    }
    let relation = "<Relationship Type=\"http://s/relationships/VbaProject\" Target=\"foo.dat\"/>";
    let relation = with("xl/_rels/x.rels", relation.as_bytes());
    assert_eq!(code(&relation), "has_macros");
    let links = renamed(
        "</Types>",
        "<Override ContentType=\"a.externalLink+xml\"/></Types>",
    );
    assert_eq!(code(&links), "has_external_links");
    for page in [
        "<html><table><tr><td>1</td></tr></table></html>",
        "\u{feff}\n <!DOCTYPE html>",
        "<?xml version=\"1.0\"?>",
    ] {
        assert_eq!(code(page.as_bytes()), "is_web_page", "{page}");
    }
    let sealed: Vec<u8> = b"\xd0\xcf\x11\xe0"
        .iter()
        .copied()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(code(&sealed), "has_password");
}

/// Where the directory of an archive begins.
fn directory(bytes: &[u8]) -> usize {
    let end = bytes
        .windows(4)
        .rposition(|four| four == b"PK\x05\x06")
        .unwrap();
    usize::try_from(u32::from_le_bytes(
        bytes[end + 16..end + 20].try_into().unwrap(),
    ))
    .unwrap()
}

#[test]
fn refuses_archives_that_readers_could_read_in_two_ways() {
    let good = with("xl/extra.bin", b"abc");
    // The last entry's header in the directory: where the part's own header begins stands at its byte 42.
    let last = directory(&good)
        + good[directory(&good)..]
            .windows(4)
            .rposition(|four| four == b"PK\x01\x02")
            .unwrap();
    let changed = |at: usize, bytes: &[u8]| {
        let mut changed = good.clone();
        changed.splice(at..at + bytes.len(), bytes.iter().copied());
        changed
    };
    // Bit 0 of its flags: under a password.
    assert_eq!(
        code(&changed(last + 8, &[good[last + 8] | 1])),
        "has_password"
    );
    // Made on Unix, as a symbolic link.
    let mut link = changed(last + 5, &[3]);
    link[last + 40..last + 42].copy_from_slice(&0o120_777_u16.to_le_bytes());
    assert_eq!(code(&link), "has_symlink");
    // Its data are those of the part before.
    assert_eq!(
        code(&changed(last + 42, &[0, 0, 0, 0])),
        "overlapping_entries"
    );
    // It says to be larger than it is.
    let larger = code(&changed(last + 24, &[200, 0, 0, 0]));
    assert!(
        ["odd_archive", "workbook_unreadable"].contains(&larger.as_str()),
        "{larger}"
    );
    // Something stands before it.
    let polyglot = [&good[..2000.min(directory(&good))], good.as_slice()].concat();
    assert_eq!(code(&polyglot), "odd_archive");
    let mut wide = good.clone();
    let end = wide
        .windows(4)
        .rposition(|four| four == b"PK\x05\x06")
        .unwrap();
    let locator = [b"PK\x06\x07".as_slice(), &[0; 16]].concat();
    wide.splice(end..end, locator);
    assert!(["odd_archive", "workbook_unreadable"].contains(&code(&wide).as_str()));
    // Twice the same name, which no writer of archives writes.
    let mut twin = with("xl/extras.xml", b"abc");
    while let Some(at) = twin.windows(13).position(|name| name == b"xl/extras.xml") {
        twin[at..at + 13].copy_from_slice(b"xl/styles.xml");
    }
    assert_eq!(code(&twin), "duplicate_entries");
}

#[test]
fn a_formula_that_nobody_calculated_is_named() {
    let mut parts = parts(&filled(&[
        ("B2", "东风村"),
        ("D2", "2026-10"),
        ("F2", "1"),
        ("H2", "1"),
        ("A4", "1"),
    ]));
    let sheet = parts
        .iter_mut()
        .find(|(name, _)| name == "xl/worksheets/sheet1.xml")
        .unwrap();
    let xml = String::from_utf8(sheet.1.clone()).unwrap();
    let begin = xml.find("<c r=\"E4\"").unwrap();
    let end = begin + xml[begin..].find("/>").unwrap() + 2;
    sheet.1 = [
        &xml[..begin],
        "<c r=\"E4\"><f>SUM(E5:E9)</f></c>",
        &xml[end..],
    ]
    .concat()
    .into_bytes();
    let read = read_ledger(&packed(&parts), "a.xlsx", &Pairs::default());
    let named = read
        .errors
        .iter()
        .find(|error| error.code == "formula_without_value")
        .unwrap();
    assert_eq!(named.cell.as_deref(), Some("E4"));
}

#[test]
fn a_workbook_of_a_hundred_thousand_sheets_is_refused() {
    let mut parts = parts(&ledger_template().unwrap());
    let book = parts
        .iter_mut()
        .find(|(name, _)| name == "xl/workbook.xml")
        .unwrap();
    let xml = String::from_utf8(book.1.clone()).unwrap();
    let at = xml.find("</sheets>").unwrap();
    let sheets: String = (9..100_009_u32)
        .map(|id| format!("<sheet name=\"s{id}\" sheetId=\"{id}\" r:id=\"rId1\"/>"))
        .collect();
    book.1 = [&xml[..at], &sheets, &xml[at..]].concat().into_bytes();
    assert_eq!(code(&packed(&parts)), "too_many_entries");
}

#[test]
fn refuses_bombs_and_broken_archives() {
    assert_eq!(
        code(&with("xl/bomb.xml", &vec![b' '; 20_000_000])),
        "unpacks_too_large"
    );
    let mut many = parts(&ledger_template().unwrap());
    many.extend((0..200).map(|index| (format!("xl/{index}.xml"), Vec::new())));
    assert_eq!(code(&packed(&many)), "too_many_entries");
    let mut large = b"PK\x03\x04".to_vec();
    large.resize(MOST_XLSX_BYTES + 1, 0);
    assert_eq!(code(&large), "file_too_large");
    assert_eq!(code(b"PK\x03\x04"), "workbook_unreadable");
    assert_eq!(
        code(&packed(&vec![("a.txt".to_owned(), b"hello".to_vec())])),
        "unknown_format"
    );
    assert_eq!(code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "old_xls");
    assert_eq!(code(b""), "file_empty");
    assert_eq!(code(&vec![b'a'; MOST_CSV_BYTES + 1]), "file_too_large");
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }

    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.roll(4) {
            let at = self.roll(bytes.len());
            match self.roll(4) {
                0 => drop(bytes.splice(at..at, *b"\"")),
                1 => drop(bytes.splice(at..at, *b"<c r=\"ZZZ9999999\" t=\"s\"><v>-1</v></c>")),
                2 => drop(bytes.splice(at..(at + self.roll(9)).min(bytes.len()), [])),
                _ => {
                    let byte = u8::try_from(self.roll(256)).unwrap();
                    drop(bytes.splice(at..(at + 1).min(bytes.len()), [byte]));
                }
            }
        }
    }
}

#[test]
fn garbage_never_panics() {
    let good = ledger_template().unwrap();
    let text = "村名,东风村,期间,2026-10,期初余额(元),0,期末余额(元),-1\n序号,日期,凭证号,摘要,收入(元),支出(元),余额(元)\n\
        1,2026-10-03,记-1,\"卖,树\",0.00,1,-1\n合计,,,,0,1,-1\n";
    let inner = parts(&good);
    let mut dice = Dice(0x2026_1003);
    for _ in 0..400 {
        let mut bytes = good.clone();
        dice.spoil(&mut bytes);
        let _ = read_ledger(&bytes, "a", &Pairs::default());
        let mut bytes = text.as_bytes().to_vec();
        dice.spoil(&mut bytes);
        let mut read = read_ledger(&bytes, "a", &Pairs::default());
        read.check(Some(Fen(1)), Period::parse("2026-10").unwrap());
        // Behind the archive's checksums.
        let mut inside = inner.clone();
        let at = dice.roll(inside.len());
        dice.spoil(&mut inside.get_mut(at).unwrap().1);
        let mut read = read_ledger(&packed(&inside), "a", &Pairs::default());
        read.check(None, Period::parse("2026-10").unwrap());
    }
}

#[test]
fn garbage_of_a_table_never_panics() {
    let kind = DisclosureKind::ResourceContracts;
    let good = template(kind).unwrap();
    let text = "村名,东风村,期间,2026-10\n合同编号,资源名称,类型,面积(亩),承包方,起止日期,单价,年应收,已收,欠缴\n\
        HT-1,一号地,机动地,42.5,\"王,五\",2024-03-01至2029-02-28,500,21250,0,21250\n小计,,,42.5,,,,21250,,\n合计,,,42.5,,,,21250,,21250\n";
    let json = "{\"kind\":\"resource_contracts\",\"period\":\"2026-10\",\"lines\":[{\"no\":1,\"cells\":{\"contract_no\":\"a\",\
        \"term\":{\"from\":\"2024-03-01\",\"to\":\"2029-02-28\"},\"due_fen\":1,\"area_mu\":\"1\"}}]}";
    let inner = parts(&good);
    let mut dice = Dice(0x2026_1129);
    let read = |bytes: &[u8]| {
        let mut read = read_sheet(kind, bytes, "a", &Pairs::default());
        read.check_table(&Default::default(), Period::parse("2026-10").unwrap());
        assert_eq!(read.table.len(), read.line_rows.len());
        assert_eq!(read.content().is_some(), read.errors.is_empty());
    };
    assert_eq!(
        read_sheet(kind, text.as_bytes(), "a", &Pairs::default()).errors,
        []
    );
    for _ in 0..300 {
        for whole in [good.as_slice(), text.as_bytes(), json.as_bytes()] {
            let mut bytes = whole.to_vec();
            dice.spoil(&mut bytes);
            read(&bytes);
        }
        let mut inside = inner.clone();
        let at = dice.roll(inside.len());
        dice.spoil(&mut inside.get_mut(at).unwrap().1);
        read(&packed(&inside));
    }
}

/// The template with values typed into its first sheet.
fn filled(values: &[(&str, &str)]) -> Vec<u8> {
    let mut parts = parts(&ledger_template().unwrap());
    let sheet = parts
        .iter_mut()
        .find(|(name, _)| name == "xl/worksheets/sheet1.xml")
        .unwrap();
    let mut xml = String::from_utf8(sheet.1.clone()).unwrap();
    for (cell, value) in values {
        let begin = xml.find(&format!("<c r=\"{cell}\"")).unwrap();
        let end = begin + xml[begin..].find('>').unwrap() + 1;
        let style: String = xml[begin..end]
            .split("s=\"")
            .nth(1)
            .unwrap()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let rest = xml[begin..end].ends_with("/>").then_some(end);
        let end = rest.unwrap_or_else(|| begin + xml[begin..].find("</c>").unwrap() + 4);
        let typed = match value.parse::<f64>() {
            Ok(number) => format!("<c r=\"{cell}\" s=\"{style}\"><v>{number}</v></c>"),
            Err(_) => {
                format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
            }
        };
        xml.replace_range(begin..end, &typed);
    }
    sheet.1 = xml.into_bytes();
    packed(&parts)
}

#[test]
fn the_template_filled_in_is_read() {
    let bytes = filled(&[
        ("B2", "东风村"),
        ("D2", "2026-10"),
        ("F2", "100"),
        ("H2", "129.5"),
        ("A4", "1"),
        ("B4", "46298"),
        ("C4", "记-1"),
        ("D4", "卖树"),
        ("E4", "50"),
        ("H4", "504"),
        ("A5", "2"),
        ("B5", "2026-10-09"),
        ("C5", "记-2"),
        ("D5", "修渠"),
        ("F5", "20.5"),
        ("G5", "129.5"),
        ("M5", "李四"),
        ("N5", "3"),
    ]);
    let mut read = read_ledger(&bytes, "a.xlsx", &Pairs::default());
    read.check(Some(Fen(10_000)), Period::parse("2026-10").unwrap());
    assert_eq!((&read.errors, &read.warnings), (&vec![], &vec![]));
    assert_eq!(read.village.as_deref(), Some("东风村"));
    let ledger = read.ledger().unwrap();
    let dates: Vec<String> = ledger
        .lines
        .iter()
        .map(|line| line.date.to_string())
        .collect();
    assert_eq!(dates, ["2026-10-03", "2026-10-09"]);
    assert_eq!(ledger.lines.last().unwrap().file_count, 3);
}

#[test]
fn the_empty_template_says_what_is_missing() {
    assert_eq!(ledger_template().unwrap(), ledger_template().unwrap());
    let read = read_ledger(&ledger_template().unwrap(), "a.xlsx", &Pairs::default());
    assert_eq!(read.errors.len(), 3);
    assert!(read.errors.iter().all(|error| error.code == "pair_missing"));
}
