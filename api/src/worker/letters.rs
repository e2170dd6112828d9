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
const LAST_WORDS: Duration = Duration::from_secs(10);

// A letter is settled by the worker that has it, whatever the mail server does.
const _: () = assert!(PATIENCE.as_secs() + 30 <= LEASE_SECONDS.unsigned_abs());

/// Sends what is due, one after the other; how many went.
pub(super) async fn step(app: &Arc<App>) -> Result<usize, ServiceError> {
    send_due(app, 1).await
}

/// The round of letters, until the program is told to stop; what is under way then is settled. `pause` lies between
/// two looks into the outbox, where nobody says that something is in it.
pub(super) async fn run(app: Arc<App>, pause: Duration) {
    while !app.stopping.is_set() {
        if let Err(error) = send_due(&app, AT_ONCE).await {
            tracing::error!(%error, "letters could not be sent");
        }
        tokio::select! {
            () = app.letters.notified() => {}
            () = app.stopping.wait() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Sends until nothing is due; how many went. What meets the database away is left to its lease, and the first such
/// error is the answer.
async fn send_due(app: &Arc<App>, at_once: usize) -> Result<usize, ServiceError> {
    let mut sent = 0;
    loop {
        let due = claim(app).await?;
        if due.is_empty() {
            return Ok(sent);
        }
        let letters = due.into_iter().map(|letter| take(app, letter));
        let mut under_way = futures_util::stream::iter(letters).buffer_unordered(at_once);
        let mut broken = None;
        while let Some(done) = under_way.next().await {
            match done {
                Ok(went) => sent += usize::from(went),
                // The others are under way: they are settled before anything else.
                Err(error) => broken = broken.or(Some(error)),
            }
        }
        if let Some(error) = broken {
            return Err(error);
        }
    }
}

async fn claim(app: &Arc<App>) -> Result<Vec<DueLetter>, ServiceError> {
    let (case_now, wall_now) = (app.clocks.case(), app.clocks.wall());
    if app.stopping.is_set()
        || !app
            .db
            .read(move |tx| outbox::any_due(tx, case_now, wall_now))
            .await?
    {
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
