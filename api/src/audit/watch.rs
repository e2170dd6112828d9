//! Whether the audit is whole: everything recomputed from the first link on, in batches of one snapshot each, so that
//! it takes no more memory for ten million rows than for ten and holds nobody up who serves meanwhile.

use std::time::Duration;

use domain::audit::{Fault, Head, UNLINKED_SECONDS, Walk, Wrong, is_overdue};
use domain::time::Timestamp;
use store::audit::chain::{self, Condition};
use store::audit::unlinked::{self, Rows};
use store::{Db, StoreError};

use crate::app::App;

/// Links of one batch.
const BATCH: i64 = 500;
/// Faults that are told one by one; the others are counted.
const ENOUGH: usize = 20;
/// Time between two watches over the whole.
const REST: Duration = Duration::from_secs(3600);
/// Time between two batches of such a watch: a machine that serves has something better to do.
const PAUSE: Duration = Duration::from_millis(20);

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The end of the chain, as the program left it; `None` where that is gone or cannot be read.
    pub head: Option<Head>,
    /// Rows that wait for their link.
    pub waiting: i64,
    /// What is wrong, in the order of the chain; the first is where somebody began.
    pub faults: Vec<Fault>,
    /// Faults beyond those, which are only counted.
    pub more: usize,
    /// Rows that have waited for their link for too long: nothing that was written is wrong with them.
    pub late: bool,
}

impl Report {
    /// What somebody changed, or what is lost; a row that waits says only that nobody links.
    #[must_use]
    pub fn broken(&self) -> Vec<&Fault> {
        self.lasting().collect()
    }

    /// What time does not mend: rows that wait too long say so themselves, until they have their link.
    fn lasting(&self) -> impl Iterator<Item = &Fault> {
        let lasting = |fault: &&Fault| fault.wrong != Wrong::Unlinked;
        self.faults.iter().filter(lasting)
    }
}

/// Recomputes the chain; `pause` between two batches.
///
/// # Errors
/// The store's.
pub async fn verify(db: &Db, now: Timestamp, pause: Duration) -> Result<Report, StoreError> {
    // What is linked from now on is left out.
    let (head, first, last) = db
        .read(|tx| {
            let (first, last) = (chain::first_place(tx)?, chain::last_place(tx)?);
            Ok::<_, StoreError>((chain::head_if_any(tx)?, first, last))
        })
        .await?;
    let end = last.max(head.as_ref().map_or(0, |head| head.seq));
    let (mut walk, mut told, mut next) = (Walk::to(head.as_ref()), Told::default(), Some(first));
    while let Some(from) = next.filter(|from| *from <= end) {
        let (went, found, reached) = db
            .read(move |tx| {
                let mut walk = walk;
                let mut found = Vec::new();
                let links = chain::links_from(tx, from, BATCH)?;
                // Nothing more to read: the end is reached, whether it is there or not; so it is where places are none that
                // go on, which somebody has written into tables of his own making.
                let places = links.iter().map(|link| link.seq).max();
                let reached = places.filter(|last| *last >= from).unwrap_or(end);
                for link in links.into_iter().filter(|link| link.seq <= end) {
                    found.extend(walk.goes_to(link));
                }
                Ok::<_, StoreError>((walk, found, reached))
            })
            .await?;
        (walk, next) = (went, reached.checked_add(1));
        told.extend(found);
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
    }
    told.extend(walk.ends_at(head));
    let outside = db.read(move |tx| outside(tx, now)).await?;
    for (wrong, rows) in outside.wrong {
        told.more += rows.all.saturating_sub(rows.ids.len());
        told.extend(rows.ids.into_iter().map(|id| unlinked(id, wrong)));
    }
    // What waits is told last, and takes no place from what is wrong.
    let late = outside.late.iter().take(ENOUGH - told.faults.len());
    let late = late.map(|id| unlinked(id.clone(), Wrong::Unlinked));
    told.faults.extend(late);
    Ok(Report {
        head,
        waiting: outside.waiting,
        faults: told.faults,
        more: told.more,
        late: !outside.late.is_empty(),
    })
}

fn unlinked(id: String, wrong: Wrong) -> Fault {
    Fault {
        seq: 0,
        audit_id: Some(id),
        wrong,
    }
}

/// The first faults, and how many came after them.
#[derive(Default)]
struct Told {
    faults: Vec<Fault>,
    more: usize,
}

impl Told {
    fn extend(&mut self, found: impl IntoIterator<Item = Fault>) {
        for fault in found {
            if self.faults.len() < ENOUGH {
                self.faults.push(fault);
            } else {
                self.more += 1;
            }
        }
    }
}

/// What is in no link of the chain.
struct Outside {
    /// How many rows wait for theirs.
    waiting: i64,
    /// Those that do so too long, and with which nothing is wrong.
    late: Vec<String>,
    /// Those with which something is.
    wrong: [(Wrong, Rows); 4],
}

fn outside(tx: &mut store::Tx<'_>, now: Timestamp) -> Result<Outside, StoreError> {
    let limit = i64::try_from(ENOUGH).unwrap_or(20);
    let spoilt = unlinked::spoilt(tx, ENOUGH)?;
    // As many more as are told otherwise.
    let late = now.plus_seconds(-UNLINKED_SECONDS);
    let waiting = unlinked::waiting_since(tx, late, limit * 2)?;
    let mut late = waiting.ids;
    late.retain(|id| !spoilt.ids.contains(id));
    if waiting.all <= spoilt.all {
        late.clear();
    }
    Ok(Outside {
        waiting: chain::count_waiting(tx)?,
        late,
        wrong: [
            (Wrong::Changed, spoilt),
            (Wrong::Removed, unlinked::lost(tx, limit)?),
            (Wrong::Twice, unlinked::twice(tx, limit)?),
            (Wrong::Stray, unlinked::strays(tx, limit)?),
        ],
    })
}

/// Recomputes the chain and leaves word of what was found for every process to tell.
///
/// # Errors
/// The store's.
pub async fn look(app: &App, pause: Duration) -> Result<Report, StoreError> {
    let report = verify(&app.db, app.clocks.wall(), pause).await?;
    let fault = report.lasting().next().map(Fault::to_string);
    let known = app.db.read(chain::condition).await?.fault;
    if known != fault {
        app.db
            .write_apart(move |tx| chain::found(tx, fault.as_deref()))
            .await?;
    }
    Ok(report)
}

/// Watches over the whole from time to time, until the program is told to stop.
pub(super) async fn run(app: &App) {
    while !app.stopping.is_set() {
        tokio::select! {
            () = app.stopping.wait() => return,
            looked = look(app, PAUSE) => match looked {
                Err(error) => tracing::error!(%error, "the audit could not be verified"),
                Ok(report) => for fault in report.lasting() {
                    tracing::error!(reason = %fault, "the audit was tampered with, or damaged");
                },
            },
        }
        tokio::select! {
            () = app.stopping.wait() => return,
            () = tokio::time::sleep(REST) => {}
        }
    }
}

/// What an operator should look at, each a sentence.
#[must_use]
pub fn reasons(condition: &Condition, now: Timestamp) -> Vec<String> {
    let mut reasons = Vec::new();
    if condition
        .oldest
        .is_some_and(|oldest| is_overdue(oldest, now))
    {
        reasons.push(format!(
            "audit rows wait for their link for more than {UNLINKED_SECONDS} s; is a worker running?"
        ));
    }
    if condition.off {
        reasons.push("the audit's chain does not end where the program left it".to_owned());
    }
    if let Some(fault) = &condition.fault {
        reasons.push(format!("the audit's chain is broken: {fault}"));
    }
    reasons
}
