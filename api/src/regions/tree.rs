//! Importing a tree of regions at the command line: a table of ours, or the whole country.
//!
//! A file is read twice. First all of it is checked, and what it leaves out is counted; only then the tree is written, a
//! thousand regions in a transaction, so that whoever files a complaint meanwhile waits for one of them at the most. Each
//! of these transactions leaves a whole tree behind: those above come first, and nothing is ever deleted. An import that
//! was interrupted is finished by running it again.

use std::path::Path;

use domain::region::{Region, RegionCode};

use super::apply::{Founds, Imported, batch};
use super::import::{Table, read_table};
use super::package::{Checked, Package, number};
use crate::app::App;
use crate::import::{ImportError, ImportFault, Place, text};

/// Regions in one transaction: some hundredths of a second.
const BATCH: usize = 1000;
/// Regions of a table that are taken in at once, and whose units are all founded.
const LARGEST_TABLE: usize = 20_000;
/// Codes looked through at a time.
const PAGE: i64 = 5000;
/// So many regions may always end.
const FEW: usize = 50;

/// How a file is meant.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which regions became which: CSV `old_code,new_code`.
    pub successors: Option<Vec<u8>>,
    /// Whether the file holds everything inside its topmost regions, so that what it leaves out is no more. The package of
    /// the whole country always does.
    pub whole: bool,
    /// How many regions may end, where that is more than a twentieth.
    pub may_end: Option<usize>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many regions were read and found good.
    Checked(usize),
    /// So many of so many were taken in.
    Written(usize, usize),
}

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// What became of the file's regions.
    pub imported: Imported,
    /// Regions that are no more.
    pub ended: usize,
    /// Regions whose successor was said.
    pub succeeded: usize,
}

/// Where the regions come from.
enum Source {
    Package(Package),
    Table(Table),
}

/// Imports a tree.
///
/// # Errors
/// Every fault of the file, or the store's.
pub async fn import_tree(
    app: &App,
    path: &Path,
    options: &Options,
    progress: &dyn Fn(Progress),
) -> Result<Done, ImportError> {
    let (source, checked, whole) = match Package::open(path)? {
        Some(package) => {
            let checked = package.check(|count| progress(Progress::Checked(count)))?;
            (Source::Package(package), checked, true)
        }
        None => {
            let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
            let table = read_table(app, &bytes).await?;
            let checked = of_table(&table);
            (Source::Table(table), checked, options.whole)
        }
    };
    progress(Progress::Checked(checked.codes.len()));
    let successors = successors(app, options, &checked).await?;
    let ending = if whole {
        ending(app, &checked, options).await?
    } else {
        Vec::new()
    };
    let imported = match source {
        Source::Table(table) if table.regions.len() <= LARGEST_TABLE => table.take_in(app).await?,
        Source::Table(table) => {
            let all = table.regions.chunks(BATCH).map(|some| Ok(some.to_vec()));
            write(app, all, checked.codes.len(), progress).await?
        }
        Source::Package(package) => {
            write(app, package.batches(BATCH), checked.codes.len(), progress).await?
        }
    };
    progress(Progress::Written(checked.codes.len(), checked.codes.len()));
    let done = Done {
        imported,
        ended: ending.len(),
        succeeded: successors.len(),
    };
    finish(app, ending, successors).await?;
    Ok(done)
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> ImportError {
    crate::error::ServiceError::Broken(format!("{}: {error}", path.display())).into()
}

fn of_table(table: &Table) -> Checked {
    let all = &table.regions;
    let mut codes: Vec<u64> = all.iter().map(|region| number(&region.code)).collect();
    codes.sort_unstable();
    let inside = |parent: &RegionCode| codes.binary_search(&number(parent)).is_ok();
    let roots = all
        .iter()
        .filter(|region| !region.parent.as_ref().is_some_and(inside))
        .map(|region| region.code.clone())
        .collect();
    Checked { codes, roots }
}

async fn write(
    app: &App,
    batches: impl Iterator<Item = Result<Vec<Region>, ImportError>>,
    all: usize,
    progress: &dyn Fn(Progress),
) -> Result<Imported, ImportError> {
    let (mut done, mut count) = (Imported::default(), 0);
    let today = app.clocks.case().day();
    for rows in batches {
        let rows = rows?;
        count += rows.len();
        let some = app
            .db
            .write_apart(move |tx| batch(tx, &rows, today, Founds::AllButVillages))
            .await?;
        done.add(some);
        progress(Progress::Written(count, all));
    }
    Ok(done)
}

/// The regions there are inside the file's topmost ones that the file does not have.
async fn ending(
    app: &App,
    checked: &Checked,
    options: &Options,
) -> Result<Vec<RegionCode>, ImportError> {
    let (mut gone, mut known) = (Vec::new(), 0);
    for root in checked.roots.clone() {
        let mut after = String::new();
        loop {
            let (inside, from) = (root.clone(), after.clone());
            let page = app
                .db
                .read(move |tx| store::regions::lasting(tx, &inside, &from, PAGE))
                .await?;
            let Some(last) = page.last() else { break };
            after = last.to_string();
            known += page.len();
            gone.extend(page.into_iter().filter(|code| !checked.has(code)));
        }
    }
    let most = options.may_end.unwrap_or(0).max(FEW).max(known / 20);
    if gone.len() > most {
        let (count, zh_known) = (gone.len(), known);
        return Err(ImportError::Faults(vec![ImportFault::new(
            Place::cell(0, ""),
            "too_many_ended",
            format!(
                "文件里没有现有 {zh_known} 个地区中的 {count} 个；确实撤销了这么多，请加 --may-end {count}"
            ),
            format!(
                "{count} of the {known} regions there are not in the file; if so many have ended, say --may-end {count}"
            ),
        )]));
    }
    Ok(gone)
}

/// Reads which regions became which. The old ones are not in the file any more, the new ones are in it or were imported
/// before.
async fn successors(
    app: &App,
    options: &Options,
    checked: &Checked,
) -> Result<Vec<(RegionCode, RegionCode)>, ImportError> {
    let Some(bytes) = &options.successors else {
        return Ok(Vec::new());
    };
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text(bytes)?.as_bytes());
    let wrong = |row: usize, column: &str, code: &str, zh: String, en: String| {
        ImportFault::new(Place::cell(row, column), code, zh, en)
    };
    let (mut pairs, mut faults) = (Vec::new(), Vec::new());
    for (row, record) in (2..).zip(reader.records()) {
        let record = record.unwrap_or_default();
        let read = |at: usize| RegionCode::try_from(record.get(at).unwrap_or_default());
        match (read(0), read(1), record.len()) {
            (Ok(old), Ok(new), 2) if old != new && old.level() == new.level() => {
                pairs.push((row, old, new));
            }
            _ => faults.push(wrong(
                row,
                "",
                "bad_successor",
                "应为 old_code,new_code：同一级的两个12位编码".into(),
                "a row is old_code,new_code: two codes of 12 digits, of one level".into(),
            )),
        }
    }
    let codes: Vec<RegionCode> = pairs
        .iter()
        .flat_map(|(_, old, new)| [old.clone(), new.clone()])
        .collect();
    let known = app
        .db
        .read(move |tx| store::regions::find_all(tx, &codes))
        .await?;
    for (row, old, new) in &pairs {
        if !known.contains_key(old) || checked.has(old) {
            faults.push(wrong(
                *row,
                "old_code",
                "not_ended",
                format!("{old} 没有导入过，或者还在文件中"),
                format!("{old} was never imported, or is in the file still"),
            ));
        }
        let lasts = known.get(new).is_some_and(|region| region.ended.is_none());
        if !checked.has(new) && !lasts {
            faults.push(wrong(
                *row,
                "new_code",
                "unknown_successor",
                format!("没有地区 {new}"),
                format!("there is no region {new}"),
            ));
        }
    }
    if !faults.is_empty() {
        return Err(ImportError::Faults(faults));
    }
    Ok(pairs.into_iter().map(|(_, old, new)| (old, new)).collect())
}

/// Ends what is no more, says what it became, and has the search made anew.
async fn finish(
    app: &App,
    ending: Vec<RegionCode>,
    successors: Vec<(RegionCode, RegionCode)>,
) -> Result<(), ImportError> {
    let today = app.clocks.case().day();
    for some in ending.chunks(BATCH) {
        let some = some.to_vec();
        app.db
            .write_apart(move |tx| store::regions::end(tx, &some, today))
            .await?;
    }
    app.db
        .write(move |tx| {
            // What a successor is said of has ended, also where the file was not the whole of its region.
            let old: Vec<RegionCode> = successors.iter().map(|(old, _)| old.clone()).collect();
            store::regions::end(tx, &old, today)?;
            for (old, new) in &successors {
                store::regions::succeed(tx, old, new)?;
            }
            store::regions::changed(tx)
        })
        .await?;
    Ok(())
}
