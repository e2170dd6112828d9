//! Showing it to everybody: one version, or several that have to come out together.
//!
//! Balances chain: what one period leaves, the next begins with. A correction that changes what its period leaves can
//! so not be published alone, and neither can the one of the next period. Both are proposed, approved and signed one
//! by one, the earlier first; the sheet of the later one is held against the balance that the earlier will leave. Who
//! then publishes either of them publishes all that hang together, in one transaction. Where one of them is not
//! signed yet, nothing is published and the answer says on which side it does not fit.

use domain::disclosure::publish::State;
use domain::money::Fen;
use domain::time::Timestamp;
use store::Tx;
use store::disclosures::{self, Record, Sheet};
use store::obligations;

use super::checking::overlapping;
use super::log::Log;
use super::service::{corrupt, verified};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::propose;
use domain::proposal::{DISCLOSURE, OBLIGATION};

/// Publishes what is in work on a disclosure, and the corrections beside it that have to come out with it; the
/// disclosure as it stands then.
pub(super) fn publish(
    tx: &mut Tx<'_>,
    app: &App,
    log: &Log,
    record: Record,
    now: Timestamp,
) -> Result<Record, ServiceError> {
    let mut first = None;
    for part in chain(tx, record)? {
        let done = publish_one(tx, app, log, part, now)?;
        propose::void_changed(tx, app, DISCLOSURE, done.id.as_str(), |_| false, now)?;
        // What is published was no mistake: nobody need be asked any more whether it is to be struck.
        for event in obligations::answered_by(tx, &done.id)? {
            propose::void_changed(tx, app, OBLIGATION, event.as_str(), |_| false, now)?;
        }
        first.get_or_insert(done);
    }
    first.ok_or(ServiceError::NotFound)
}

fn publish_one(
    tx: &mut Tx<'_>,
    app: &App,
    log: &Log,
    record: Record,
    now: Timestamp,
) -> Result<Record, ServiceError> {
    let before = record.progress.content_sha256().to_owned();
    let mut next = record.to_come();
    let sheet = &next.sheet;
    let from = sheet.kind.publishable_from(sheet.period);
    if from.is_some_and(|from| now.day() < from) {
        return Err(ServiceError::Rule(Code::PeriodNotOver));
    }
    if overlapping(tx, &sheet.region, sheet.kind, sheet.period)? {
        return Err(ServiceError::Rule(Code::PeriodOverlaps));
    }
    let stored = verified(tx, &next)?;
    let policy = store::policies::current(tx, &app.policies, &next.sheet.region)?;
    let published = next.progress.publish(now, policy.posting_days, &stored);
    next.progress = published.map_err(|_| corrupt(&record))?;
    next.edition += 1;
    let reason = record.correction.as_ref().map(|one| one.reason.as_str());
    if reason.is_some() {
        disclosures::end_correction(tx, &record.id)?;
    }
    disclosures::save(tx, &next, record.edition)?;
    disclosures::keep_version(tx, &next, reason)?;
    let word = match reason {
        Some(_) => "publish_correction",
        None => "publish",
    };
    log.write(tx, word, &next, reason, [Some(&before), Some(&stored)])?;
    Ok(next)
}

/// A disclosure and those beside it that have to be published with it, itself first.
fn chain(tx: &mut Tx<'_>, first: Record) -> Result<Vec<Record>, ServiceError> {
    let mut parts = vec![first];
    let mut place = 0;
    while let Some(part) = parts.get(place) {
        place += 1;
        let sheet = part.in_work().1.clone();
        let [before, after] = disclosures::periods_beside(tx, &sheet)?;
        let sides = [
            (before, Side::Before, sheet.opening),
            (after, Side::After, sheet.closing),
        ];
        for (others, side, balance) in sides {
            for other in others {
                // What is not shown now holds nobody up; what is among these is looked at below.
                let shown = other.progress.state() == State::Published;
                let among = parts.iter().any(|part| part.id == other.id);
                if !shown || among || side.of(&other.sheet) == balance {
                    continue;
                }
                let ready = other.correction.as_ref().is_some_and(|next| {
                    next.progress.state() == State::Signed && side.of(&next.sheet) == balance
                });
                if !ready {
                    return Err(ServiceError::Rule(side.code()));
                }
                parts.push(other);
            }
        }
    }
    for part in &parts {
        let sheet = part.in_work().1;
        let befores = sheet.period.ending_before();
        let last = |other: &&Record| befores.contains(&other.in_work().1.period);
        if parts
            .iter()
            .filter(last)
            .any(|other| other.in_work().1.closing != sheet.opening)
        {
            return Err(ServiceError::Rule(Code::OpeningNotLastClosing));
        }
    }
    Ok(parts)
}

/// On which side of a period another one lies.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

impl Side {
    /// The balance of a sheet on that side which has to fit.
    fn of(self, sheet: &Sheet) -> Fen {
        match self {
            Self::Before => sheet.closing,
            Self::After => sheet.opening,
        }
    }

    fn code(self) -> Code {
        match self {
            Self::Before => Code::OpeningNotLastClosing,
            Self::After => Code::ClosingNotNextOpening,
        }
    }
}
