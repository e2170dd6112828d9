//! Letters of the outbox, sent at least once. The Message-ID is made of the row, so that a letter that
//! went twice is recognised as one.

use std::sync::Arc;

use domain::time::Timestamp;
use store::calendar;
use store::outbox::{self, DueLetter, Outcome};

use crate::app::App;
use crate::error::ServiceError;
use crate::notify;
use crate::ports::mailer::{Letter, MailError};

/// Seconds of wall time a letter stays with the worker that took it.
const LEASE_SECONDS: i64 = 120;
const BATCH: i64 = 50;
/// The longest pause between tries, in seconds.
const LONGEST_PAUSE: i64 = 3600;

/// Sends what is due; how many went.
pub async fn step(app: &Arc<App>) -> Result<usize, ServiceError> {
    let mut sent = 0;
    loop {
        let (case_now, wall_now) = (app.clocks.case(), app.clocks.wall());
        if !app
            .db
            .read(move |tx| outbox::any_due(tx, case_now, wall_now))
            .await?
        {
            return Ok(sent);
        }
        let due = app
            .db
            .write(move |tx| outbox::claim_due(tx, case_now, wall_now, LEASE_SECONDS, BATCH))
            .await?;
        if due.is_empty() {
            return Ok(sent);
        }
        for letter in due {
            if let Some(opens) = closed_until(app, &letter).await? {
                app.db
                    .write(move |tx| outbox::postpone(tx, &letter.id, opens))
                    .await?;
                continue;
            }
            // The lease is renewed for each letter: a slow server must not let another worker send the rest.
            let until = app.clocks.wall().plus_seconds(LEASE_SECONDS);
            let taken = letter.clone();
            if !app
                .db
                .write(move |tx| outbox::begin(tx, &taken, until))
                .await?
            {
                continue;
            }
            let outcome = send(app, &letter).await;
            sent += usize::from(outcome == Outcome::Sent);
            app.db
                .write(move |tx| outbox::settle(tx, &letter.id, &outcome))
                .await?;
        }
    }
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
    let Some(address) = letter.address.clone() else {
        return Outcome::Dead("the account has no address or was disabled".into());
    };
    let Some((subject, body)) = notify::render(&letter.template, &letter.params) else {
        return Outcome::Dead("no such template".into());
    };
    let ready = Letter {
        id: letter.id.clone(),
        to: address,
        subject,
        body,
    };
    match app.mailer.send(&ready).await {
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
