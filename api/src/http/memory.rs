//! The read path: finished bytes of public reads in memory. Whatever a handler answers with
//! [`super::reply::public_json`] and its like is kept here under its address, query and language, and answered from
//! here, 304 included, without a look at the database, until something public changes.
//!
//! - **Right**: an entry carries the [`Generation`] that the database had before it was read and after; it is answered
//!   while that is the generation this process knows of. It hears of its own commits before whoever wrote is
//!   answered, and asks once a second for those of others; nothing is answered on a word older than [`HEARSAY`].
//! - **Once**: a thousand who ask for what is not there wait for one who reads it.
//! - **Bounded**: in bytes (`READ_MEMORY_MIB`), by how often things are asked for: while people go on asking for a page,
//!   a flood of addresses that nobody asks for twice does not push it out. What nobody has asked for meanwhile is aged,
//!   and may go. Only answers are kept, no refusals; nothing large.
//! - **Personal things never come here**: only bytes that a handler called public do, and only from addresses outside
//!   `PERSONAL`.

mod flights;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorInternalServerError;
use actix_web::http::Method;
use actix_web::{Error, HttpRequest, HttpResponse};
use moka::sync::Cache;
use store::{Generation, watch};

use super::finished::{Draft, Finished};
use super::lang::{self, Lang};
use crate::app::App;
use crate::metrics::{Route, Way};
use flights::{Flights, Outcome, Seat};

/// How old the word of the database about what is public may be: what another process published shows within this.
pub const HEARSAY: Duration = Duration::from_secs(2);
/// How often a process that answers asks.
const ASKING: Duration = Duration::from_secs(1);
/// Addresses longer than this are read each time.
const LONGEST_ADDRESS: usize = 1_024;
/// What takes more than this part of all is sent and not kept: an export of a whole year's ledger.
const LARGEST_PART: usize = 16;
/// Under `/api/v1/`: what is somebody's own, or another each time. What is read there is nobody else's to wait for.
const PERSONAL: [&str; 7] = [
    "admin/",
    "auth/",
    "receipt",
    "attachments",
    "complaints",
    "files/",
    "time",
];

/// A public read that somebody wishes for.
pub struct Wish {
    key: String,
    lang: Lang,
}

impl Wish {
    /// What a request asks for, if that may be public.
    #[must_use]
    pub fn of(req: &HttpRequest) -> Option<Self> {
        let (path, query) = (req.path(), req.query_string());
        let rest = path.strip_prefix("/api/v1/")?;
        let is_public = req.method() == Method::GET
            && path.len() + query.len() <= LONGEST_ADDRESS
            && !PERSONAL.iter().any(|own| rest.starts_with(own));
        is_public.then(|| {
            let lang = lang::of(req.headers());
            let key = key(path, query, lang);
            Self { key, lang }
        })
    }
}

/// The same words in another order ask for the same.
fn key(path: &str, query: &str, lang: Lang) -> String {
    let mut key = String::with_capacity(path.len() + query.len() + 8);
    key.push_str(lang::tag(lang));
    key.push_str(path);
    let mut words: Vec<&str> = query.split('&').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    for word in words {
        key.push('&');
        key.push_str(word);
    }
    key
}

/// An answer, and where it is counted when that is known already.
pub struct Served {
    /// The answer.
    pub response: ServiceResponse<BoxBody>,
    /// Its route.
    pub route: Option<Route>,
}

/// The memory of one process.
pub struct Memory {
    kept: Cache<String, Arc<Finished>>,
    largest: usize,
    hearsay: Duration,
    flights: Flights,
}

impl Memory {
    /// Room for so many bytes; none keeps nothing.
    #[must_use]
    pub fn new(bytes: u64, hearsay: Duration) -> Self {
        let weigh = |key: &String, found: &Arc<Finished>| {
            u32::try_from(key.len() + found.weight()).unwrap_or(u32::MAX)
        };
        Self {
            kept: Cache::builder().max_capacity(bytes).weigher(weigh).build(),
            largest: usize::try_from(bytes).unwrap_or(usize::MAX) / LARGEST_PART,
            hearsay,
            flights: Flights::default(),
        }
    }

    /// Entries, and the bytes they take: as of a moment ago.
    #[must_use]
    pub fn size(&self) -> (u64, u64) {
        self.kept.run_pending_tasks();
        (self.kept.entry_count(), self.kept.weighted_size())
    }

    /// The answer from memory, where it is ready: most requests end here, without waiting for anything.
    #[must_use]
    pub fn at_hand(
        &self,
        app: &App,
        wish: &Wish,
        moment: Instant,
        req: &HttpRequest,
    ) -> Option<(HttpResponse, Route)> {
        let generation = app.db.generation(moment, self.hearsay)?;
        let found = self.find(app, wish, generation)?;
        let answer = found.at_hand(req)?;
        app.metrics.read(Way::Memory);
        Some((answer, found.route.clone()))
    }

    fn find(&self, app: &App, wish: &Wish, generation: Generation) -> Option<Arc<Finished>> {
        let found = self.kept.get(wish.key.as_str())?;
        (found.generation == generation && is_right(app, &found)).then_some(found)
    }

    /// Answers from memory, or from what `inside` reads now: once for all who wish for the same.
    ///
    /// # Errors
    /// Those of `inside`.
    pub async fn serve<F, R>(
        &self,
        app: &App,
        wish: Wish,
        moment: Instant,
        req: ServiceRequest,
        inside: F,
    ) -> Result<Served, Error>
    where
        F: FnOnce(ServiceRequest) -> R,
        R: Future<Output = Result<ServiceResponse<BoxBody>, Error>>,
    {
        let asked = match app.db.generation(moment, self.hearsay) {
            Some(generation) => Ok(generation),
            None => app.db.ask_generation(moment, self.hearsay).await,
        };
        let Ok(generation) = asked else {
            // The database is away: nobody knows what is right, and the handler says so in its words.
            return self.finish(app, wish.lang, inside(req).await).await;
        };
        if let Some(found) = self.find(app, &wish, generation) {
            return Ok(served(app, &found, req, Way::Memory).await);
        }
        self.read_once(app, wish, generation, req, inside).await
    }

    /// Waits for whoever reads it, or is the one who does.
    async fn read_once<F, R>(
        &self,
        app: &App,
        wish: Wish,
        generation: Generation,
        req: ServiceRequest,
        inside: F,
    ) -> Result<Served, Error>
    where
        F: FnOnce(ServiceRequest) -> R,
        R: Future<Output = Result<ServiceResponse<BoxBody>, Error>>,
    {
        let seat = Seat::take(&self.flights, &wish.key, generation);
        let (mut waiting, mut inside, mut own) = (Some(req), Some(inside), None);
        let (req, read, leave) = (&mut waiting, &mut inside, &mut own);
        let (wished, place) = (&wish, &seat);
        let outcome = seat.flight.get_or_init(|| async move {
            // Whoever looked before it was kept may sit down after those who read it have left.
            if let Some(found) = self.find(app, wished, generation) {
                place.clear();
                return Outcome::Shared(found);
            }
            let (Some(req), Some(read)) = (req.take(), read.take()) else {
                return Outcome::Alone;
            };
            let (done, has_asked) = watch::watched(read(req)).await;
            let keeping = Keeping {
                key: &wished.key,
                generation,
                is_fixed: !has_asked,
            };
            let (served, outcome) = self.settle(app, wished.lang, Some(keeping), done).await;
            *leave = Some(served);
            // Whoever comes from now on finds it kept, or reads anew.
            place.clear();
            outcome
        });
        let outcome = outcome.await.clone();
        if let Some(own) = own {
            return own;
        }
        let (Some(req), Some(inside)) = (waiting, inside) else {
            return Err(ErrorInternalServerError("a read was begun and not ended"));
        };
        match outcome {
            Outcome::Shared(found) if is_right(app, &found) => {
                Ok(served(app, &found, req, Way::Waiting).await)
            }
            _ => self.finish(app, wish.lang, inside(req).await).await,
        }
    }

    /// Finishes what was read, if it is public, and keeps nothing.
    ///
    /// # Errors
    /// The one handed in.
    pub async fn finish(
        &self,
        app: &App,
        lang: Lang,
        done: Result<ServiceResponse<BoxBody>, Error>,
    ) -> Result<Served, Error> {
        self.settle(app, lang, None, done).await.0
    }

    async fn settle(
        &self,
        app: &App,
        lang: Lang,
        keeping: Option<Keeping<'_>>,
        done: Result<ServiceResponse<BoxBody>, Error>,
    ) -> (Result<Served, Error>, Outcome) {
        let mut response = match done {
            Ok(response) => response,
            Err(error) => return (Err(error), Outcome::Alone),
        };
        let draft = response.response_mut().extensions_mut().remove::<Draft>();
        let Some(draft) = draft else {
            let route = None;
            return (Ok(Served { response, route }), Outcome::Alone);
        };
        let keeping = keeping.filter(|keeping| keeping.is_fixed || draft.holds.is_some());
        let generation = keeping.as_ref().map(|keeping| keeping.generation);
        let route = response.request().match_pattern();
        let route = app.metrics.route(route.as_deref());
        let finished = Finished::of(draft, generation.unwrap_or_default(), lang, route.clone());
        let finished = Arc::new(finished.await);
        app.metrics.read(Way::Database);
        let answer = finished.answer(response.request()).await;
        let served = Served {
            response: response.into_response(answer),
            route: Some(route),
        };
        let Some(keeping) = keeping else {
            return (Ok(served), Outcome::Alone);
        };
        if finished.weight() <= self.largest {
            let after = app.db.ask_generation(Instant::now(), Duration::ZERO).await;
            if after.is_ok_and(|after| after == keeping.generation) {
                self.kept
                    .insert(keeping.key.to_owned(), Arc::clone(&finished));
            }
        }
        (Ok(served), Outcome::Shared(finished))
    }
}

/// What is to be kept, and under which conditions.
struct Keeping<'a> {
    key: &'a str,
    /// What was public before the reading.
    generation: Generation,
    /// Whether the reading asked for no case time.
    is_fixed: bool,
}

/// Whether its moment has not passed.
fn is_right(app: &App, found: &Finished) -> bool {
    found.until.is_none_or(|until| app.clocks.case() < until)
}

async fn served(app: &App, found: &Finished, req: ServiceRequest, way: Way) -> Served {
    app.metrics.read(way);
    let answer = found.answer(req.request()).await;
    Served {
        response: req.into_response(answer),
        route: Some(found.route.clone()),
    }
}

/// Keeps what this process knows of others' publications fresh while it serves.
pub async fn listen(app: Arc<App>) -> std::convert::Infallible {
    let mut beat = tokio::time::interval(ASKING);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        // A database that is away is told of by whoever reads.
        let _ = app.db.ask_generation(Instant::now(), ASKING / 2).await;
    }
}
