//! Letters of the outbox, sent at least once. The Message-ID is made of the row, so that a letter that
//! went twice is recognised as one.
//!
//! They wait for a server that is not ours and may refuse, be slow or say nothing at all. So the running worker sends
//! them beside its clocks, a few at a time, and gives each a time after which it is tried again.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use domain::time::Timestamp;
use futures_util::{FutureExt as _, StreamExt as _};
use store::calendar;
use store::outbox::{self, DueLetter, Outcome};

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
    let (mut bag, mut sent) = (Bag::new(app), 0);
    while let Some(letter) = bag.next().await? {
        sent += usize::from(take(app, letter).await?);
    }
    Ok(sent)
}

/// The round of letters, until the program is told to stop; what is under way then is settled. `pause` lies between
/// two looks into the outbox, where nobody says that something is in it.
pub(super) async fn run(app: Arc<App>, pause: Duration) {
    let letters = futures_util::stream::unfold(Bag::new(&app), move |mut bag| async move {
        let letter = bag.wait(pause).await?;
        Some((letter, bag))
    });
    letters
        .map(move |letter| {
            let app = Arc::clone(&app);
            async move { take(&app, letter).await }
        })
        // Asked for the next one as soon as one has ended: three that hang do not hold up the fourth.
        .buffer_unordered(AT_ONCE)
        .for_each(|done| async move {
            // The letter comes back when its lease has run out.
            if let Err(error) = done {
                tracing::error!(%error, "a letter could not be taken in hand or settled");
            }
        })
        .await;
}

/// Letters that are this worker's to send.
struct Bag {
    app: Arc<App>,
    claimed: std::vec::IntoIter<DueLetter>,
}

impl Bag {
    fn new(app: &Arc<App>) -> Self {
        Self {
            app: Arc::clone(app),
            claimed: Vec::new().into_iter(),
        }
    }

    /// The next letter that is due, claimed; `None` when none is.
    async fn next(&mut self) -> Result<Option<DueLetter>, ServiceError> {
        if self.claimed.len() == 0 {
            self.claimed = claim(&self.app).await?.into_iter();
        }
        Ok(self.claimed.next())
    }

    /// The same, as soon as there is one; `None` once the program was told to stop.
    async fn wait(&mut self, pause: Duration) -> Option<DueLetter> {
        while !self.app.stopping.is_set() {
            match self.next().await {
                Ok(Some(letter)) => return Some(letter),
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "the outbox could not be looked into"),
            }
            tokio::select! {
                () = self.app.letters.notified() => {}
                () = self.app.stopping.wait() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        self.let_go().await;
        None
    }

    /// What was not begun is free for others at once.
    async fn let_go(&mut self) {
        let rest: Vec<DueLetter> = self.claimed.by_ref().collect();
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

/// One claimed letter; whether it went.
async fn take(app: &Arc<App>, letter: DueLetter) -> Result<bool, ServiceError> {
    if app.stopping.is_set() {
        app.db.write(move |tx| outbox::release(tx, &letter)).await?;
        return Ok(false);
    }
    if let Some(opens) = closed_until(app, &letter).await? {
        app.db
            .write(move |tx| outbox::postpone(tx, &letter.id, opens))
            .await?;
        return Ok(false);
    }
    // The lease is renewed for each letter: a slow server must not let another worker send the rest.
    let until = app.clocks.wall().plus_seconds(LEASE_SECONDS);
    let taken = letter.clone();
    if !app
        .db
        .write(move |tx| outbox::begin(tx, &taken, until))
        .await?
    {
        return Ok(false);
    }
    let outcome = send(app, &letter).await;
    let went = outcome == Outcome::Sent;
    app.db
        .write(move |tx| outbox::settle(tx, &letter.id, &outcome))
        .await?;
    if went {
        app.metrics.letter_went();
    } else {
        app.metrics.letter_failed();
    }
    Ok(went)
}

/// When the reader's office opens, if it is closed now: a letter that was held up does not go out at night.
async fn closed_until(
    app: &Arc<App>,
    letter: &DueLetter,
) -> Result<Option<Timestamp>, ServiceError> {
    let Some(region) = letter.region.clone() else {
        return Ok(None);
    };
    let (now, inner) = (app.clocks.case(), Arc::clone(app));
    let calendar = app
        .db
        .read(move |tx| calendar::current(tx, &inner.calendar, &region))
        .await?;
    let opens = calendar.next_office_instant(now);
    Ok((opens > now).then_some(opens))
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
