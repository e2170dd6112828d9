//! Making a draft of a sheet that was read and checked.

use domain::disclosure::publish::{State, Version};
use domain::disclosure::reach::may_replace;
use domain::id::{DisclosureId, PreviewId};
use domain::role::Scope;
use domain::time::Timestamp;
use store::audit::Entry;
use store::disclosures::{Answered, Record, Sheet};
use store::{StoreError, Tx};

use super::checking::{Checked, Drafter, Handed, Purpose, checked, overlapping};
use super::log::{digests, entry};
use super::sheet::CellProblem;
use super::staging;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::import::{ImportError, ImportFault, Place};

/// A draft made at the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The draft.
    pub record: Record,
    /// What somebody should look at.
    pub warnings: Vec<ImportFault>,
}

/// Reads and checks a sheet and makes it a draft in one go, for the command line.
///
/// # Errors
/// Every fault of the sheet; else as [`super::checking::preview`] and [`draft`].
pub async fn import_sheet(
    app: &App,
    handed: Handed,
    actor: Drafter,
) -> Result<Imported, ImportError> {
    let Checked { new, read, .. } = checked(app, &actor, handed, Purpose::Draft).await?;
    if !read.errors.is_empty() {
        return Err(ImportError::Faults(places(&read.errors)));
    }
    let making = Making::now(app, actor);
    let record = staging::keep(app, new, move |tx, sheet| making.make(tx, sheet.clone()))
        .await
        .map_err(ImportError::Service)?;
    Ok(Imported {
        record,
        warnings: places(&read.warnings),
    })
}

/// What an importer says about cells.
fn places(problems: &[CellProblem]) -> Vec<ImportFault> {
    let fault = |problem: &CellProblem| {
        let place = Place::Sheet {
            sheet: problem.sheet.clone(),
            row: problem.row,
            column: problem.column.clone(),
        };
        let detail = problem.detail();
        ImportFault::new(place, &problem.code, detail.zh, detail.en)
    };
    problems.iter().map(fault).collect()
}

/// Makes a draft of a sheet that this person handed in before. It takes the place of a draft that nobody
/// has signed, when that was theirs or they publish here; asked twice, it is the same draft.
///
/// # Errors
/// `preview_unknown`, `preview_has_errors`, `period_taken`.
pub async fn draft(app: &App, scope: &Scope, preview: PreviewId) -> Result<Record, ServiceError> {
    let scope = scope.clone();
    let making = Making::now(app, Drafter::Staff(Box::new(scope.clone())));
    app.db
        .write(move |tx| {
            let sheet = store::disclosures::own_preview(tx, &scope, &preview)?
                .ok_or_else(|| ServiceError::at("/preview_id", Code::PreviewUnknown))?;
            making.make(tx, sheet)
        })
        .await
}

/// A draft about to be made; everything that must be the same when the transaction runs again.
struct Making {
    id: DisclosureId,
    now: Timestamp,
    drafter: Drafter,
    entry: Entry,
}

impl Making {
    fn now(app: &App, drafter: Drafter) -> Self {
        let id: DisclosureId = app.ids.make();
        Self {
            entry: entry(app, drafter.actor(), "draft", id.as_str()),
            id,
            now: app.clocks.case(),
            drafter,
        }
    }

    fn make(&self, tx: &mut Tx<'_>, sheet: Sheet) -> Result<Record, ServiceError> {
        let Some(digest) = sheet.content_sha256.clone() else {
            return Err(ServiceError::Rule(Code::PreviewHasErrors));
        };
        let village = store::regions::find(tx, &sheet.region)?
            .ok_or_else(|| ServiceError::at("/region_code", Code::RegionUnknown))?;
        if overlapping(tx, &sheet.region, sheet.kind, sheet.period)? {
            return Err(ServiceError::Rule(Code::PeriodOverlaps));
        }
        let drafted_by = self.drafter.scope().map(|scope| scope.person.clone());
        let progress = Version::draft(drafted_by, digest.clone());
        let title = sheet.kind.title(&village.short_name, sheet.period);
        let Some(found) = store::disclosures::occupant(tx, &sheet)? else {
            let record = Record {
                id: self.id.clone(),
                title,
                version: 1,
                edition: 1,
                sheet,
                progress,
                created_at: self.now,
                answered: Answered::default(),
                correction: None,
            };
            store::disclosures::insert(tx, &record).map_err(|error| match error {
                StoreError::Conflict(_) => ServiceError::Rule(Code::PeriodTaken),
                other => other.into(),
            })?;
            store::audit::record(tx, &digests(&self.entry, None, Some(&digest)))?;
            return Ok(record);
        };
        let replaceable = match self.drafter.scope() {
            Some(scope) => may_replace(scope, &found.sheet.region, &found.progress),
            None => {
                let open = matches!(found.progress.state(), State::Draft | State::Withdrawn);
                let never = found.progress.published().is_none();
                found.progress.drafted_by().is_none() && open && never
            }
        };
        if !replaceable {
            let drafted = found.progress.state() == State::Draft;
            return Err(ServiceError::Rule(match found.progress.published() {
                None if drafted => Code::DraftOfOthers,
                _ => Code::PeriodTaken,
            }));
        }
        if found.sheet.id == sheet.id && found.progress.state() == State::Draft {
            return Ok(found);
        }
        let record = Record {
            edition: found.edition + 1,
            sheet,
            progress,
            title,
            ..found.clone()
        };
        store::disclosures::save(tx, &record, found.edition)?;
        let entry = Entry {
            object_id: record.id.to_string(),
            action: "replace_draft".to_owned(),
            ..digests(
                &self.entry,
                found.sheet.content_sha256.as_ref(),
                Some(&digest),
            )
        };
        store::audit::record(tx, &entry)?;
        Ok(record)
    }
}
