//! Writing regions into the tree, some of them at a time.

use domain::organisation::standard_organisations;
use domain::region::{Level, Region, RegionCode, short_name};
use domain::time::Day;
use store::regions::{NamedRegion, NewRegion};
use store::{StoreError, Tx};

use crate::spelling;

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Regions that were not there.
    pub new: usize,
    /// Regions that had another name; they are still found by it.
    pub renamed: usize,
    /// Regions that had ended and are there again.
    pub returned: usize,
    /// Regions that were there under the same name.
    pub unchanged: usize,
}

impl Imported {
    /// Both together.
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.renamed += other.renamed;
        self.returned += other.returned;
        self.unchanged += other.unchanged;
    }
}

/// Whose units are founded with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Founds {
    /// Everybody's.
    All,
    /// Those of all but villages, whose committees are founded when somebody first turns to one: of the whole country they
    /// would be six million rows that nobody has asked for.
    AllButVillages,
}

/// Takes regions in, those above before those inside them.
///
/// # Errors
/// [`StoreError`].
pub fn batch(
    tx: &mut Tx<'_>,
    rows: &[Region],
    today: Day,
    founds: Founds,
) -> Result<Imported, StoreError> {
    let codes: Vec<RegionCode> = rows.iter().map(|row| row.code.clone()).collect();
    let known = store::regions::find_all(tx, &codes)?;
    let mut done = Imported::default();
    let (mut changes, mut former, mut units) = (Vec::new(), Vec::new(), Vec::new());
    let mut renamed = Vec::new();
    for region in rows {
        match known.get(&region.code) {
            None => {
                done.new += 1;
                if founds == Founds::All || region.level != Level::Village {
                    units.extend(standard_organisations(region));
                }
            }
            Some(there) if there.region.name != region.name => {
                done.renamed += 1;
                former.push(named(&there.region));
                renamed.push((
                    standard_organisations(&there.region),
                    standard_organisations(region),
                ));
            }
            Some(there) if there.ended.is_some() => done.returned += 1,
            Some(_) => {
                done.unchanged += 1;
                continue;
            }
        }
        changes.push(named(region));
    }
    if changes.is_empty() {
        return Ok(done);
    }
    store::regions::keep_former(tx, &former, today)?;
    store::regions::import(tx, &changes)?;
    store::organisations::found(tx, &units)?;
    for (before, after) in &renamed {
        store::organisations::rename(tx, before, after)?;
    }
    Ok(done)
}

/// A region with what people say and type for it.
fn named(region: &Region) -> NewRegion {
    let short = short_name(&region.name);
    let (pinyin, initials) = spelling::of_place(short);
    NewRegion {
        named: NamedRegion {
            region: region.clone(),
            short_name: short.to_owned(),
            ended: None,
        },
        pinyin,
        initials,
    }
}
