//! The read path: finished bytes of public reads in memory. Whatever a handler answers with
//! [`super::reply::public_json`] and its like is kept here under its address, query and language, and answered from
//! here, 304 included, without a look at the database, until something public changes.
//!
//! - **Right**: an entry carries the [`Generation`] that the database had before it was read and after; it is answered
//!   while that is the generation this process knows of. It hears of its own commits before whoever wrote is
//!   answered, and asks once a second for those of others; nothing is answered on a word older than [`HEARSAY`].
//! - **Once**: a thousand who ask for what is not there wait for one who reads it.
//! - **Bounded**: in bytes (`READ_MEMORY_MIB`), by how often things are asked for: a flood of addresses that nobody
//!   asks for twice pushes nothing out. Only answers are kept, no refusals; nothing large.
//! - **Personal things never come here**: only bytes that a handler called public do, and only from addresses outside
//!   [`PERSONAL`].

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorInternalServerError;
use actix_web::http::Method;
use actix_web::{Error, HttpRequest};
use moka::sync::Cache;
use store::Generation;
use tokio::sync::OnceCell;

use super::finished::{Draft, Finished};
use super::lang::{self, Lang};
use crate::app::App;
use crate::metrics::{Route, Way};
use crate::ports::clock;

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

/// What became of one reading, for those who waited for it.
#[derive(Clone)]
enum Outcome {
    /// It is everybody's.
    Shared(Arc<Finished>),
    /// A refusal, or right only at its own moment: each reads for himself.
    Alone,
}

type Flight = Arc<OnceCell<Outcome>>;
type Flights = Mutex<HashMap<(String, Generation), Flight>>;

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
        if let Some(found) = self.kept.get(wish.key.as_str())
            && found.generation == generation
            && is_right(app, &found)
        {
            return Ok(served(app, &found, req, Way::Memory).await);
        }
        let seat = Seat::take(&self.flights, &wish.key, generation);
        let (mut waiting, mut inside, mut own) = (Some(req), Some(inside), None);
        let (req, read, leave) = (&mut waiting, &mut inside, &mut own);
        let (wished, place) = (&wish, &seat);
        let outcome = seat.flight.get_or_init(|| async move {
            let (Some(req), Some(read)) = (req.take(), read.take()) else {
                return Outcome::Alone;
            };
            let (done, has_asked) = clock::watched(read(req)).await;
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
        let draft = response
            .response_mut()
            .extensions_mut()
            .remove::<Draft>();
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

/// A place among those who wait for one reading.
struct Seat<'a> {
    flights: &'a Flights,
    key: (String, Generation),
    flight: Flight,
}

impl<'a> Seat<'a> {
    fn take(flights: &'a Flights, key: &str, generation: Generation) -> Self {
        let key = (key.to_owned(), generation);
        let mut all = flights.lock().unwrap_or_else(PoisonError::into_inner);
        let flight = Arc::clone(all.entry(key.clone()).or_default());
        drop(all);
        Self {
            flights,
            key,
            flight,
        }
    }

    /// Nobody joins any more.
    fn clear(&self) {
        let mut all = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(entry) = all.entry(self.key.clone())
            && Arc::ptr_eq(entry.get(), &self.flight)
        {
            entry.remove();
        }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        // The last who hangs up before anything was read clears the table.
        if Arc::strong_count(&self.flight) <= 2 {
            self.clear();
        }
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::web;
    use domain::time::Timestamp;

    use super::*;
    use crate::config::Config;
    use crate::http::edge::edge;
    use crate::http::reply::{holds, public_json};
    use crate::ports::clock::Clocks;

    fn wish(uri: &str) -> Option<String> {
        let request = TestRequest::with_uri(uri).to_http_request();
        Wish::of(&request).map(|wish| wish.key)
    }

    #[test]
    fn the_order_of_a_query_makes_no_difference() {
        let one = wish("/api/v1/regions?q=a&limit=3");
        assert_eq!(one, wish("/api/v1/regions?limit=3&&q=a"));
        assert_ne!(one, wish("/api/v1/regions?limit=3&q=b"));
        assert_ne!(wish("/api/v1/regions"), wish("/api/v1/regions/1"));
    }

    #[test]
    fn what_is_somebodys_own_is_nobodys_to_share() {
        for uri in [
            "/api/v1/receipt",
            "/api/v1/receipt/attachments/1",
            "/api/v1/admin/complaints",
            "/api/v1/auth/me",
            "/api/v1/files/1",
            "/api/v1/time",
            "/livez",
            "/",
        ] {
            assert_eq!(wish(uri), None, "{uri}");
        }
        let request = TestRequest::post()
            .uri("/api/v1/deadlines")
            .to_http_request();
        assert!(Wish::of(&request).is_none());
        let long = format!("/api/v1/regions?q={}", "a".repeat(LONGEST_ADDRESS));
        assert_eq!(wish(&long), None);
    }

    /// An installation with nothing in it.
    async fn installed() -> (tempfile::TempDir, Arc<App>) {
        let dir = tempfile::tempdir().unwrap();
        let config = Config::private(dir.path(), None, None).unwrap();
        store::migrate::up(&config.migrate_database).unwrap();
        let clocks = Clocks::stepped(at(0), at(0));
        let app = App::open(config, clocks).await.unwrap();
        (dir, Arc::new(app))
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(1_793_581_200_000_000).plus_seconds(seconds)
    }

    /// How often each of these was read when asked for three times, the last time a minute of case time later.
    #[actix_web::test]
    async fn what_depends_on_the_time_is_kept_no_longer_than_said() {
        let (_dir, app) = installed().await;
        let reads: Arc<[AtomicUsize; 4]> = Arc::default();
        let counts = Arc::clone(&reads);
        let read = move |app: web::Data<App>, req: HttpRequest, which: web::Path<usize>| {
            let counts = Arc::clone(&counts);
            async move {
                let which = which.into_inner();
                counts[which].fetch_add(1, Ordering::SeqCst);
                match which {
                    0 => public_json(&req, &"fixed"),
                    1 => public_json(&req, &app.clocks.case().to_string()),
                    2 => holds(public_json(&req, &app.clocks.case().day()), None),
                    _ => holds(public_json(&req, &"until"), Some(at(60))),
                }
            }
        };
        let service = actix_web::App::new()
            .app_data(web::Data::from(Arc::clone(&app)))
            .route("/api/v1/things/{which}", web::get().to(read))
            .wrap(from_fn(edge));
        let service = init_service(service).await;
        for after in [0, 0, 60] {
            app.clocks.step_case_to(at(after));
            for which in 0..4 {
                let uri = format!("/api/v1/things/{which}");
                let request = TestRequest::get().uri(&uri).to_request();
                let answer = call_service(&service, request).await;
                assert_eq!(answer.status(), 200, "{uri}");
                assert!(answer.headers().contains_key("etag"), "{uri}");
            }
        }
        let reads = reads.each_ref().map(|count| count.load(Ordering::SeqCst));
        assert_eq!(reads, [1, 3, 1, 2]);
    }

    /// A flood of addresses that nobody asks for twice, and what is too large to keep.
    #[actix_web::test]
    async fn it_stays_within_its_bound_and_keeps_what_is_asked_for() {
        const BYTES: u64 = 1 << 20;
        let (_dir, app) = installed().await;
        let mut app = Arc::into_inner(app).unwrap();
        app.memory = Memory::new(BYTES, HEARSAY);
        let app = Arc::new(app);
        let reads: Arc<AtomicUsize> = Arc::default();
        let counts = Arc::clone(&reads);
        let read = move |req: HttpRequest| {
            counts.fetch_add(usize::from(req.path().ends_with("/asked")), Ordering::SeqCst);
            let length = if req.path().ends_with("/large") { 200_000 } else { 2_000 };
            std::future::ready(public_json(&req, &"a".repeat(length)))
        };
        let service = actix_web::App::new()
            .app_data(web::Data::from(Arc::clone(&app)))
            .route("/api/v1/things/{which}", web::get().to(read))
            .wrap(from_fn(edge));
        let service = init_service(service).await;
        let get = async |uri: &str| {
            let request = TestRequest::get().uri(uri).to_request();
            assert_eq!(call_service(&service, request).await.status(), 200);
        };
        for _ in 0..20 {
            get("/api/v1/things/asked").await;
        }
        get("/api/v1/things/large").await;
        let (kept, _) = app.memory.size();
        assert_eq!(kept, 1, "what is too large is not kept");
        for flood in 0..2_000 {
            get(&format!("/api/v1/things/{flood}")).await;
        }
        let (kept, bytes) = app.memory.size();
        assert!(kept > 10 && bytes <= BYTES, "{kept} entries, {bytes} bytes");
        get("/api/v1/things/asked").await;
        assert_eq!(reads.load(Ordering::SeqCst), 1, "it was not pushed out");
        assert!(app.memory.flights.lock().unwrap().is_empty());
    }
}
