//! Taking in a tree of regions from a table: `code,name,level,parent_code`.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, Trim};
use domain::region::{Level, Region, RegionCode};

use super::apply::{Founds, batch};
use crate::app::App;
use crate::import::{ImportError, ImportFault, Place, text};

pub use super::apply::Imported;

/// The columns, in this order, as the first line names them.
const HEADER: [&str; 4] = ["code", "name", "level", "parent_code"];
/// Characters a region's name may have; the longest in Harbin has 26.
pub(super) const LONGEST_NAME: usize = 60;
/// Imports a table of regions, and founds the units of those that are new; all of it or nothing.
///
/// # Errors
/// Every fault of every row, or the store's.
pub async fn import_regions(app: &App, bytes: &[u8]) -> Result<Imported, ImportError> {
    let table = read_table(app, bytes).await?;
    table.take_in(app).await
}

/// A good table.
pub(super) struct Table {
    /// Its regions, those above before those inside them.
    pub regions: Vec<Region>,
}

impl Table {
    /// Takes all of it in at once.
    ///
    /// # Errors
    /// The store's.
    pub async fn take_in(self, app: &App) -> Result<Imported, ImportError> {
        let (regions, today) = (self.regions, app.clocks.case().day());
        app.db
            .write(move |tx| {
                let done = batch(tx, &regions, today, Founds::All)?;
                if done.new + done.renamed + done.returned > 0 {
                    store::regions::changed(tx)?;
                }
                Ok(done)
            })
            .await
    }
}

/// Reads and checks a table: what lies in no region of its own lies in one imported before.
///
/// # Errors
/// Every fault of every row, or the store's.
pub(super) async fn read_table(app: &App, bytes: &[u8]) -> Result<Table, ImportError> {
    let rows = parse(text(bytes)?)?;
    let mut missing: BTreeMap<RegionCode, Vec<ImportFault>> = BTreeMap::new();
    for row in rows.values() {
        let parent = row.region.parent.as_ref();
        if let Some(parent) = parent.filter(|code| !rows.contains_key(code)) {
            missing.entry(parent.clone()).or_default().push(orphan(row));
        }
    }
    let parents: Vec<RegionCode> = missing.keys().cloned().collect();
    let known = app
        .db
        .read(move |tx| store::regions::find_all(tx, &parents))
        .await?;
    missing.retain(|code, _| !known.contains_key(code));
    let mut orphans: Vec<ImportFault> = missing.into_values().flatten().collect();
    orphans.sort_by_key(|fault| match fault.place {
        Place::Cell { row, .. } => row,
        _ => 0,
    });
    if !orphans.is_empty() {
        return Err(ImportError::Faults(orphans));
    }
    let regions = rows.into_values().map(|row| row.region).collect();
    Ok(Table { regions })
}

/// One good row.
#[derive(Debug)]
struct Row {
    line: usize,
    region: Region,
}

fn fault(line: usize, column: &str, code: &str, zh: String, en: String) -> ImportFault {
    ImportFault::new(Place::cell(line, column), code, zh, en)
}

fn orphan(row: &Row) -> ImportFault {
    let parent = row.region.parent.as_ref().map_or("", RegionCode::as_str);
    fault(
        row.line,
        "parent_code",
        "unknown_parent",
        format!("上级地区 {parent} 不在文件中，也未导入过"),
        format!("the parent {parent} is neither in the file nor imported before"),
    )
}

/// Reads the table; the rows by code, which puts those above before those inside them.
fn parse(text: &str) -> Result<BTreeMap<RegionCode, Row>, ImportError> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut rows: BTreeMap<RegionCode, Row> = BTreeMap::new();
    let (mut faults, mut record, mut is_first) = (Vec::new(), StringRecord::new(), true);
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(0, |place| usize_of(place.line()));
                faults.push(fault(
                    line,
                    "",
                    "not_csv",
                    "这一行无法按 CSV 读取".into(),
                    format!("the row cannot be read as CSV: {error}"),
                ));
                break;
            }
        }
        let line = record.position().map_or(0, |place| usize_of(place.line()));
        if std::mem::take(&mut is_first) {
            if !record.iter().eq(HEADER) {
                let header = HEADER.join(",");
                return Err(ImportError::Faults(vec![fault(
                    line,
                    "",
                    "bad_header",
                    format!("第一行应为 {header}"),
                    format!("the first row must be {header}"),
                )]));
            }
            continue;
        }
        match read(line, &record) {
            Err(mut found) => faults.append(&mut found),
            Ok(row) => match rows.get(&row.region.code) {
                Some(first) => faults.push(fault(
                    line,
                    "code",
                    "duplicate_code",
                    format!("编码 {} 与第{}行重复", row.region.code, first.line),
                    format!("{} is in row {} already", row.region.code, first.line),
                )),
                None => {
                    rows.insert(row.region.code.clone(), row);
                }
            },
        }
    }
    if faults.is_empty() && rows.is_empty() {
        faults.push(fault(
            1,
            "",
            "empty",
            "文件里没有地区".into(),
            "there is no region in the file".into(),
        ));
    }
    if faults.is_empty() {
        Ok(rows)
    } else {
        Err(ImportError::Faults(faults))
    }
}

fn usize_of(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn read(line: usize, record: &StringRecord) -> Result<Row, Vec<ImportFault>> {
    let mut cells = record.iter();
    let (Some(code), Some(name), Some(level), Some(parent), None) = (
        cells.next(),
        cells.next(),
        cells.next(),
        cells.next(),
        cells.next(),
    ) else {
        let count = record.len();
        return Err(vec![fault(
            line,
            "",
            "wrong_column_count",
            format!("应有4列，实有{count}列"),
            format!("{count} columns instead of 4"),
        )]);
    };
    let mut faults = Vec::new();
    let code = RegionCode::try_from(code)
        .map_err(|_| faults.push(bad_code(line, "code", code)))
        .ok();
    let name = domain::text::line(name, 1, LONGEST_NAME)
        .map_err(|_| {
            faults.push(fault(
                line,
                "name",
                "bad_name",
                format!("名称应为1至{LONGEST_NAME}个字，这里是“{name}”"),
                format!("a name has 1 to {LONGEST_NAME} characters; this is {name:?}"),
            ));
        })
        .ok();
    let level = read_level(line, level, code.as_ref(), &mut faults);
    let parent = code
        .as_ref()
        .map(|code| read_parent(line, parent, code, &mut faults));
    match (code, name, level, parent) {
        (Some(code), Some(name), Some(level), Some(parent)) if faults.is_empty() => Ok(Row {
            line,
            region: Region {
                code,
                name,
                level,
                parent,
            },
        }),
        _ => Err(faults),
    }
}

fn bad_code(line: usize, column: &str, found: &str) -> ImportFault {
    fault(
        line,
        column,
        "bad_code",
        format!("地区编码应为12位数字，这里是“{found}”"),
        format!("a region code has 12 digits; this is {found:?}"),
    )
}

fn read_level(
    line: usize,
    word: &str,
    code: Option<&RegionCode>,
    faults: &mut Vec<ImportFault>,
) -> Option<Level> {
    let Some(level) = Level::parse(word) else {
        faults.push(fault(
            line,
            "level",
            "bad_level",
            format!("级别应为 province、city、county、township 或 village，这里是“{word}”"),
            format!("a level is province, city, county, township or village; this is {word:?}"),
        ));
        return None;
    };
    if let Some(code) = code.filter(|code| code.level() != level) {
        faults.push(fault(
            line,
            "level",
            "level_mismatch",
            format!("编码 {code} 属于 {}，不是 {level}", code.level()),
            format!("the digits of {code} say {}, not {level}", code.level()),
        ));
    }
    Some(level)
}

/// The parent must be the one that the code's own digits name; a province has none.
fn read_parent(
    line: usize,
    found: &str,
    code: &RegionCode,
    faults: &mut Vec<ImportFault>,
) -> Option<RegionCode> {
    let expected = code.level().above().and_then(|level| code.at(level));
    let given = match RegionCode::try_from(found) {
        Ok(given) => Some(given),
        Err(_) if found.is_empty() => None,
        Err(_) => {
            faults.push(bad_code(line, "parent_code", found));
            return None;
        }
    };
    if given != expected {
        let expected = expected.as_ref().map_or("", RegionCode::as_str);
        faults.push(fault(
            line,
            "parent_code",
            "parent_mismatch",
            format!("{code} 的上级应为“{expected}”，这里是“{found}”"),
            format!("the parent of {code} must be {expected:?}; this is {found:?}"),
        ));
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(String, String)> {
        match parse(text) {
            Err(ImportError::Faults(faults)) => faults
                .into_iter()
                .map(|fault| (fault.place.to_string(), fault.code))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_seed_is_good() {
        let rows = parse(include_str!("../../data/regions-harbin.csv")).unwrap();
        assert_eq!(rows.len(), 3506);
    }

    #[test]
    fn every_bad_cell_is_named() {
        let table = "code,name,level,parent_code\n\
            230000000000,黑龙江省,province,\n\
            23010000000,哈尔滨市,city,230000000000\n\
            230102000000,,county,230100000000\n\
            230103000000,南岗区,village,230000000000\n\
            230104000000,道外区,county\n\
            230000000000,黑龙江省,province,\n\
            230105000000,某区,shire,x\n";
        let at = |row: usize, column: &str, code: &str| {
            (format!("row {row}, column {column}"), code.to_owned())
        };
        assert_eq!(
            faults(table),
            [
                at(3, "code", "bad_code"),
                at(4, "name", "bad_name"),
                at(5, "level", "level_mismatch"),
                at(5, "parent_code", "parent_mismatch"),
                ("row 6".into(), "wrong_column_count".into()),
                at(7, "code", "duplicate_code"),
                at(8, "level", "bad_level"),
                at(8, "parent_code", "bad_code"),
            ]
        );
        assert_eq!(faults("a,b\n"), [("row 1".into(), "bad_header".into())]);
        assert_eq!(
            faults("code,name,level,parent_code\n"),
            [("row 1".into(), "empty".into())]
        );
    }
}
