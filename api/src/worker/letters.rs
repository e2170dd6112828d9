//! Letters of the outbox, sent at least once. The Message-ID is made of the row, so that a letter that
//! went twice is recognised as one.
//!
//! They wait for a server that is not ours and may refuse, be slow or say nothing at all. So the running worker sends
//! them beside its clocks, a few at a time, and gives each a time after which it is tried again.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::time::Timestamp;
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use store::outbox::{self, DueLetter, Outcome};
use store::{StoreError, Tx, calendar};

use crate::app::App;
use crate::error::ServiceError;
use crate::notify;
use crate::ports::mailer::{Letter, MailError, PATIENCE};

/// Seconds of wall time a letter stays with the worker that took it.
const LEASE_SECONDS: i64 = 120;
const BATCH: i64 = 50;
/// Letters under way at once: mail servers count the connections of one client, and a slow one holds up so many.
const AT_ONCE: usize = 4;
/// The longest pause between tries, in seconds.
const LONGEST_PAUSE: i64 = 3600;
/// What a letter under way is still given once the program was told to stop; then it is tried again by whoever works
/// next. Well within the 25 s in which the worker has to finish.
const LAST_WORDS: Duration = Duration::from_secs(5);

// A letter is settled by the worker that has it, whatever the mail server does.
const _: () = assert!(PATIENCE.as_secs() + 30 <= LEASE_SECONDS.unsigned_abs());

/// Sends what is due, one after the other; how many went.
pub(super) async fn step(app: &Arc<App>) -> Result<usize, ServiceError> {
    let bag = Bag::new(app);
    let (mut sent, mut before) = (0, None);
    loop {
        match bag.at_hand() {
            Some(letter) => {
                before = take(app, before, letter).await?;
                sent += usize::from(before.as_ref().is_some_and(Ended::went));
            }
            None if app.stopping.is_set() || !bag.fill().await? => break,
            None => {}
        }
    }
    settle(app, before).await?;
    Ok(sent)
}

/// The round of letters, until the program is told to stop; what is under way then is settled. `pause` lies between
/// two looks into the outbox, where nobody says that something is in it.
pub(super) async fn run(app: Arc<App>, pause: Duration) {
    let bag = Bag::new(&app);
    // Each asks for the next one as soon as its own has ended: three that hang do not hold up the fourth.
    join_all((0..AT_ONCE).map(|_| lane(&app, &bag, pause))).await;
    bag.let_go().await;
}

/// One letter after the other. What became of one is written down together with the beginning of the next, where one is at
/// hand: on SQLite every write waits for a turn at the file, and a crowd of letters would take every second one.
async fn lane(app: &Arc<App>, bag: &Bag, pause: Duration) {
    let mut before = None;
    loop {
        let next = match bag.at_hand() {
            Some(letter) => Some(letter),
            None => {
                told(settle(app, before.take()).await);
                bag.wait(pause).await
            }
        };
        let Some(letter) = next else { return };
        before = told(take(app, before.take(), letter).await).flatten();
    }
}

/// What was to be written; logged where it could not be. The letter comes back when its lease has run out.
fn told<T>(done: Result<T, ServiceError>) -> Option<T> {
    done.inspect_err(|error| {
        tracing::error!(%error, "a letter could not be taken in hand or settled");
    })
    .ok()
}

/// Letters that are this worker's to send.
struct Bag {
    app: Arc<App>,
    claimed: Mutex<VecDeque<DueLetter>>,
    /// Held by whoever looks into the outbox: one look fills the bag for all.
    looking: tokio::sync::Mutex<()>,
}

impl Bag {
    fn new(app: &Arc<App>) -> Self {
        Self {
            app: Arc::clone(app),
            claimed: Mutex::default(),
            looking: tokio::sync::Mutex::default(),
        }
    }

    fn claimed(&self) -> MutexGuard<'_, VecDeque<DueLetter>> {
        self.claimed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A letter that was claimed already; `None` also once the program was told to stop.
    fn at_hand(&self) -> Option<DueLetter> {
        if self.app.stopping.is_set() {
            return None;
        }
        self.claimed().pop_front()
    }

    /// Claims letters that are due and keeps those that go now; whether any was due.
    async fn fill(&self) -> Result<bool, ServiceError> {
        let letters = claim(&self.app).await?;
        if letters.is_empty() {
            return Ok(false);
        }
        let going = sorted_out(&self.app, letters).await?;
        self.claimed().extend(going);
        Ok(true)
    }

    /// The next letter that goes, as soon as there is one; `None` once the program was told to stop.
    async fn wait(&self, pause: Duration) -> Option<DueLetter> {
        while !self.app.stopping.is_set() {
            let looking = self.looking.lock().await;
            if self.app.stopping.is_set() {
                break;
            }
            // Another may have filled it meanwhile. What is left for later is not hurried through: it does not go now.
            if self.claimed().is_empty()
                && let Err(error) = self.fill().await
            {
                tracing::error!(%error, "the outbox could not be looked into");
            }
            if let Some(letter) = self.at_hand() {
                return Some(letter);
            }
            tokio::select! {
                () = self.app.letters.notified() => {}
                () = self.app.stopping.wait() => {}
                () = tokio::time::sleep(pause) => {}
            }
            drop(looking);
        }
        None
    }

    /// What was not begun is free for others at once.
    async fn let_go(&self) {
        let rest = std::mem::take(&mut *self.claimed());
        if rest.is_empty() {
            return;
        }
        let done = self.app.db.write(move |tx| {
            rest.iter()
                .try_for_each(|letter| outbox::release(tx, letter))
        });
        if let Err(error) = done.await {
            tracing::warn!(%error, "letters that were not begun come back when their lease has run out");
        }
    }
}

async fn claim(app: &Arc<App>) -> Result<Vec<DueLetter>, ServiceError> {
    let (case_now, wall_now) = (app.clocks.case(), app.clocks.wall());
    // Asked before the writer is troubled.
    let due = app
        .db
        .read(move |tx| outbox::any_due(tx, case_now, wall_now))
        .await?;
    if !due {
        return Ok(Vec::new());
    }
    Ok(app
        .db
        .write(move |tx| outbox::claim_due(tx, case_now, wall_now, LEASE_SECONDS, BATCH))
        .await?)
}

/// A letter that was tried, and what became of it: not written down yet.
struct Ended {
    id: String,
    outcome: Outcome,
}

impl Ended {
    fn went(&self) -> bool {
        self.outcome == Outcome::Sent
    }
}

/// Writes down what became of a letter, where one was tried.
async fn settle(app: &Arc<App>, ended: Option<Ended>) -> Result<(), ServiceError> {
    match ended {
        Some(Ended { id, outcome }) => Ok(app
            .db
            .write(move |tx| outbox::settle(tx, &id, &outcome))
            .await?),
        None => Ok(()),
    }
}

/// Settles the letter `before` and sends a claimed one, in this order; the one that was tried now, which is still to be
/// settled.
async fn take(
    app: &Arc<App>,
    before: Option<Ended>,
    letter: DueLetter,
) -> Result<Option<Ended>, ServiceError> {
    let now = match looked_at(app, &letter).await {
        Ok(now) => now,
        Err(error) => {
            settle(app, before).await?;
            return Err(error);
        }
    };
    // The lease is renewed for each letter: a slow server must not let another worker send the rest.
    let until = app.clocks.wall().plus_seconds(LEASE_SECONDS);
    let (taken, stops) = (letter.clone(), app.stopping.is_set());
    let is_ours = app
        .db
        .write(move |tx| {
            if let Some(Ended { id, outcome }) = &before {
                outbox::settle(tx, id, outcome)?;
            }
            match now {
                _ if stops => outbox::release(tx, &taken).map(|()| false),
                Now::Waits(opens) => outbox::postpone(tx, &taken.id, opens).map(|()| false),
                Now::Never => outbox::discard(tx, &taken.id).map(|()| false),
                Now::Goes => outbox::begin(tx, &taken, until),
            }
        })
        .await?;
    if !is_ours {
        return Ok(None);
    }
    let outcome = send(app, &letter).await;
    let ended = Ended {
        id: letter.id,
        outcome,
    };
    if ended.went() {
        app.metrics.letter_went();
    } else {
        app.metrics.letter_failed();
    }
    Ok(Some(ended))
}

/// What is to be done with a letter now.
enum Now {
    Goes,
    /// The reader's office is closed until then: a letter that was held up does not go out at night.
    Waits(Timestamp),
    /// Its reader may not know of the case any more, and is not told that there is one.
    Never,
}

async fn looked_at(app: &Arc<App>, letter: &DueLetter) -> Result<Now, ServiceError> {
    let (now, inner, letter) = (app.clocks.case(), Arc::clone(app), letter.clone());
    let now = app
        .db
        .read(move |tx| look_at(tx, &inner, &letter, now))
        .await?;
    Ok(now)
}

fn look_at(
    tx: &mut Tx<'_>,
    app: &App,
    letter: &DueLetter,
    now: Timestamp,
) -> Result<Now, StoreError> {
    if let Some(region) = &letter.region {
        let opens = calendar::current(tx, &app.calendar, region)?.next_office_instant(now);
        if opens > now {
            return Ok(Now::Waits(opens));
        }
    }
    // An account that was disabled reads nothing more, and nobody has to see after it.
    let is_gone = letter.staff.is_some() && letter.region.is_none();
    let of_ladder = notify::is_of_ladder(&letter.template);
    if is_gone || outbox::is_of_stranger(tx, letter, of_ladder, now.day())? {
        return Ok(Now::Never);
    }
    Ok(Now::Goes)
}

/// Of claimed letters those that go now. What waits for the office, or never goes, is written down for all of them at
/// once: a night finds many such, and each on a turn of its own at the file would hold up a crowd of clocks.
async fn sorted_out(
    app: &Arc<App>,
    letters: Vec<DueLetter>,
) -> Result<Vec<DueLetter>, ServiceError> {
    let (now, inner) = (app.clocks.case(), Arc::clone(app));
    let looked = app
        .db
        .read(move |tx| {
            let each = letters.into_iter().map(|letter| {
                // One that cannot be looked at holds up none of the others: it is looked at again, alone.
                let now = look_at(tx, &inner, &letter, now).unwrap_or(Now::Goes);
                (letter, now)
            });
            Ok::<Vec<_>, StoreError>(each.collect())
        })
        .await?;
    let (going, staying): (Vec<_>, Vec<_>) = looked
        .into_iter()
        .partition(|(_, now)| matches!(now, Now::Goes));
    if !staying.is_empty() {
        app.db
            .write(move |tx| {
                for (letter, now) in &staying {
                    match now {
                        Now::Goes => {}
                        Now::Waits(opens) => outbox::postpone(tx, &letter.id, *opens)?,
                        Now::Never => outbox::discard(tx, &letter.id)?,
                    }
                }
                Ok::<_, StoreError>(())
            })
            .await?;
    }
    Ok(going.into_iter().map(|(letter, _)| letter).collect())
}

async fn send(app: &Arc<App>, letter: &DueLetter) -> Outcome {
    // A panic is this letter's own failure, counted like one; the hook has logged where.
    let posted = AssertUnwindSafe(post(app, letter)).catch_unwind();
    let done = tokio::select! {
        done = posted => done.unwrap_or_else(|_| Err(MailError::Transient("a panic".into()))),
        () = out_of_time(app) => Err(MailError::Transient(
            "the program was told to stop before the mail server had answered".into(),
        )),
    };
    match done {
        Ok(()) => Outcome::Sent,
        Err(MailError::Permanent(why)) => Outcome::Dead(why),
        Err(MailError::Transient(why)) if letter.attempts + 1 >= outbox::ATTEMPTS => {
            Outcome::Dead(why)
        }
        Err(MailError::Transient(why)) => {
            let pause = (5_i64 << letter.attempts.clamp(0, 20)).min(LONGEST_PAUSE);
            Outcome::Again(app.clocks.wall().plus_seconds(pause), why)
        }
    }
}

/// Writes the letter out and hands it to the mail server.
async fn post(app: &Arc<App>, letter: &DueLetter) -> Result<(), MailError> {
    let never = |why: &str| MailError::Permanent(why.to_owned());
    let address = letter
        .address
        .clone()
        .ok_or_else(|| never("the account has no address or was disabled"))?;
    let (subject, body) = notify::render(&letter.template, &letter.params)
        .ok_or_else(|| never("no such template"))?;
    let ready = Letter {
        id: letter.id.clone(),
        to: address,
        subject,
        body,
    };
    app.mailer.send(&ready).await
}

/// Ends [`LAST_WORDS`] after the program was told to stop.
async fn out_of_time(app: &Arc<App>) {
    app.stopping.wait().await;
    tokio::time::sleep(LAST_WORDS).await;
}
