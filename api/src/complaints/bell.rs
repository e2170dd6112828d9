//! Tells desks that keep a queue open that something in it changed, and nothing else: what changed they ask for
//! themselves, with all that is checked there.
//!
//! Once a second a process that answers the staff counts the steps that all cases took lately; a case of another
//! process shows there like one of its own. Where the number moved, each desk's own sight of its cases is held against
//! the one before ([`store::complaints::sight`]): who is recused from a case hears nothing of it. Once a minute every
//! sight is looked at anyway, for what changes without a step of a case: a post, a declared relation.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actix_web::web::{Bytes, Data};
use domain::id::StaffId;
use domain::time::Timestamp;
use futures_util::{Stream, stream};
use store::complaints::{self, Sight};
use tokio::sync::Notify;
use tokio::sync::watch::{Receiver, Sender};

use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::auth::Staff;
use crate::http::problem::Problem;

/// How often the steps are counted.
const ASKING: Duration = Duration::from_secs(1);
/// Steps are counted from the last or the last but one full turn of so many seconds of wall time: whoever wrote before
/// may take so long to commit.
const TURN_SECONDS: i64 = 60;
/// How often whoever listens looks at the clock.
const TICK: Duration = Duration::from_secs(1);
/// No silence is longer: proxies close what says nothing for a minute.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Nobody whose session is over listens longer than this, also where nothing happens.
const LOOKS: Duration = Duration::from_secs(8);
/// Places where one account listens.
const OF_ONE: usize = 6;
/// Places of one process.
const OF_ALL: usize = 500;
/// When somebody who found no seat may ask again.
const COME_BACK_SECONDS: u32 = 30;

const READY: &str = "retry: 5000\nevent: ready\ndata: {}\n\n";
const CHANGED: &str = "event: changed\ndata: {}\n\n";
const ELSEWHERE: &str = "event: elsewhere\ndata: {}\n\n";
const STILL_HERE: &str = ": still here\n\n";

/// What rings in a process when cases changed, and who listens.
pub struct Bell {
    rung: Sender<()>,
    seats: Mutex<Seats>,
}

/// Of each account, the places where it listens, the oldest first.
#[derive(Default)]
struct Seats {
    of: HashMap<StaffId, Vec<(u64, Arc<Notify>)>>,
    given: u64,
}

impl Default for Bell {
    fn default() -> Self {
        Self {
            rung: Sender::new(()),
            seats: Mutex::default(),
        }
    }
}

impl Bell {
    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_heard(&self) -> bool {
        self.rung.receiver_count() > 0
    }
}

/// One desk that listens; gives its place back when it goes, however it goes.
struct Seat {
    app: Data<App>,
    staff: StaffId,
    number: u64,
    /// Told when the account has come to listen elsewhere too often.
    sent_away: Arc<Notify>,
}

impl Seat {
    /// A place, where this process has one left. An account's oldest place makes room for its newest: a browser that
    /// is gone is noticed only when something is said to it.
    fn take(app: &Data<App>, staff: &StaffId) -> Option<Self> {
        let mut seats = app.bell.seats();
        if seats.of.values().map(Vec::len).sum::<usize>() >= OF_ALL {
            return None;
        }
        seats.given += 1;
        let (number, sent_away) = (seats.given, Arc::new(Notify::new()));
        let own = seats.of.entry(staff.clone()).or_default();
        if own.len() >= OF_ONE {
            own.remove(0).1.notify_one();
        }
        own.push((number, Arc::clone(&sent_away)));
        Some(Self {
            app: app.clone(),
            staff: staff.clone(),
            number,
            sent_away,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.app.bell.seats();
        if let Some(own) = seats.of.get_mut(&self.staff) {
            own.retain(|(number, _)| *number != self.number);
            if own.is_empty() {
                seats.of.remove(&self.staff);
            }
        }
    }
}

/// Rings while the process serves. Costs nothing while nobody listens.
pub async fn ring(app: Arc<App>) -> Infallible {
    let mut beat = tokio::time::interval(ASKING);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut heard = None;
    loop {
        beat.tick().await;
        if !app.bell.is_heard() {
            heard = None;
            continue;
        }
        let since = last_turn(&app);
        let counted = app
            .db
            .read(move |tx| complaints::steps_since(tx, since))
            .await;
        // A database that is away is told of by whoever asks it something.
        let Ok(steps) = counted else { continue };
        if heard.replace((since, steps)) != Some((since, steps)) {
            app.bell.rung.send_replace(());
        }
    }
}

/// Where steps are counted from: it stands still for a turn.
fn last_turn(app: &App) -> Timestamp {
    let turn = TURN_SECONDS.saturating_mul(app.clocks.speed()).max(1);
    let turns = app.clocks.case().seconds().div_euclid(turn) - 1;
    Timestamp::from_micros(turns.saturating_mul(turn).saturating_mul(1_000_000))
}

/// One who listens.
struct Desk {
    staff: StaffId,
    token_version: i32,
    /// The token's end, in wall time.
    until: Timestamp,
    /// Where the listener asked for a shorter time.
    ends: Option<Instant>,
    bell: Receiver<()>,
    sight: Sight,
    /// Whether the bell rang and nothing could be read.
    owes: bool,
    spoke: Instant,
    /// When the session was last asked after.
    asked: Instant,
    seat: Seat,
    /// Whether the last word was said.
    is_last: bool,
}

/// What a look brought.
enum Look {
    Same,
    Other,
    /// The session is over.
    Over,
}

impl Desk {
    fn is_over(&self) -> bool {
        let app = &self.seat.app;
        app.leaving.is_set()
            || app.stopping.is_set()
            || app.clocks.wall() >= self.until
            || self.ends.is_some_and(|end| Instant::now() >= end)
    }

    /// Looks with the rights of this very moment: a role, a post and a session may have ended meanwhile.
    async fn look(&mut self) -> Look {
        let found = see(&self.seat.app, &self.staff, self.token_version).await;
        self.owes = found.is_err();
        self.asked = Instant::now();
        match found {
            Ok(Some(sight)) if !sight.differs_from(&self.sight) => {
                self.sight = sight;
                Look::Same
            }
            Ok(Some(sight)) => {
                self.sight = sight;
                Look::Other
            }
            Ok(None) => Look::Over,
            Err(_) => Look::Same,
        }
    }

    /// Asks no more than whether the session goes on: a sight is a long read, and nothing has happened.
    async fn ask(&mut self) -> Look {
        let (staff, version) = (self.staff.clone(), self.token_version);
        let app = self.seat.app.clone();
        let today = app.clocks.case().day();
        self.asked = Instant::now();
        let found = app
            .db
            .read(move |tx| store::accounts::session(tx, &staff, version, today))
            .await;
        match found {
            Ok(None) => Look::Over,
            // A database that is away is told of by whoever asks it something.
            Ok(Some(_)) | Err(_) => Look::Same,
        }
    }

    /// The next words, when there is something to say.
    async fn next(mut self) -> Option<(&'static str, Self)> {
        let app = self.seat.app.clone();
        let sent_away = Arc::clone(&self.seat.sent_away);
        loop {
            if self.is_last || self.is_over() {
                return None;
            }
            let rang = tokio::select! {
                () = app.leaving.wait() => return None,
                () = sent_away.notified() => {
                    self.is_last = true;
                    return Some(self.says(ELSEWHERE));
                }
                rang = self.bell.changed() => rang.is_ok(),
                () = tokio::time::sleep(TICK) => false,
            };
            let look = if rang || self.owes {
                self.look().await
            } else if self.asked.elapsed() >= LOOKS {
                self.ask().await
            } else {
                Look::Same
            };
            match look {
                Look::Same => {}
                Look::Other => return Some(self.says(CHANGED)),
                Look::Over => return None,
            }
            if self.spoke.elapsed() >= HEARTBEAT {
                return Some(self.says(STILL_HERE));
            }
        }
    }

    fn says(mut self, words: &'static str) -> (&'static str, Self) {
        self.spoke = Instant::now();
        (words, self)
    }
}

/// What an account may know of, if its session goes on.
async fn see(
    app: &Data<App>,
    staff: &StaffId,
    token_version: i32,
) -> Result<Option<Sight>, ServiceError> {
    let (staff, today) = (staff.clone(), app.clocks.case().day());
    let since = last_turn(app);
    app.db
        .read(move |tx| {
            let scope = store::accounts::session(tx, &staff, token_version, today)?;
            let sight = scope.map(|scope| complaints::sight(tx, &scope, since));
            Ok(sight.transpose()?)
        })
        .await
}

/// Words for somebody of the staff for as long as the token is good, at most so many seconds where that is said.
///
/// # Errors
/// Where a process has no place left; and those of a read.
pub async fn listen(
    app: &Data<App>,
    staff: &Staff,
    seconds: Option<u32>,
) -> Result<impl Stream<Item = Result<Bytes, Infallible>> + use<>, Problem> {
    let id = &staff.scope.staff;
    let Some(seat) = Seat::take(app, id) else {
        return Err(Problem::new(Code::TooManyRequests).retry_after(COME_BACK_SECONDS));
    };
    // Before the first look, so that nothing falls between the two.
    let bell = app.bell.rung.subscribe();
    let Some(sight) = see(app, id, staff.token_version).await? else {
        return Err(Problem::new(Code::Unauthorized));
    };
    let desk = Desk {
        staff: id.clone(),
        token_version: staff.token_version,
        until: staff.until,
        ends: seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds.into())),
        bell,
        sight,
        owes: false,
        spoke: Instant::now(),
        asked: Instant::now(),
        seat,
        is_last: false,
    };
    let said = stream::unfold((desk, true), |(desk, is_new)| async move {
        let (words, desk) = if is_new {
            (READY, desk)
        } else {
            desk.next().await?
        };
        Some((Ok(Bytes::from_static(words.as_bytes())), (desk, false)))
    });
    Ok(said)
}
