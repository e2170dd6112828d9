//! What is kept, for how long, and within which bound.

use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::web;
use domain::time::Timestamp;
use store::StoreError;

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
    let reads: Arc<[AtomicUsize; 5]> = Arc::default();
    let counts = Arc::clone(&reads);
    let read = move |app: web::Data<App>, req: HttpRequest, which: web::Path<usize>| {
        let counts = Arc::clone(&counts);
        async move {
            let which = which.into_inner();
            counts[which].fetch_add(1, Ordering::SeqCst);
            match which {
                0 => public_json(&req, &"fixed"),
                1 => public_json(&req, &app.clocks.case().to_string()),
                2 => holds(
                    public_json(&req, &app.clocks.case().day().to_string()),
                    None,
                ),
                3 => holds(public_json(&req, &"until"), Some(at(60))),
                _ => {
                    // In the thread of a transaction.
                    let clocks = app.clocks.clone();
                    let said = app.db.read(move |_| Ok::<_, StoreError>(clocks.case()));
                    public_json(&req, &said.await.unwrap().to_string())
                }
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
        for which in 0..5 {
            let uri = format!("/api/v1/things/{which}");
            let request = TestRequest::get().uri(&uri).to_request();
            let answer = call_service(&service, request).await;
            assert_eq!(answer.status(), 200, "{uri}");
            assert!(answer.headers().contains_key("etag"), "{uri}");
        }
    }
    let reads = reads.each_ref().map(|count| count.load(Ordering::SeqCst));
    assert_eq!(reads, [1, 3, 1, 2, 3]);
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
        counts.fetch_add(
            usize::from(req.path().ends_with("/asked")),
            Ordering::SeqCst,
        );
        let length = if req.path().ends_with("/large") {
            200_000
        } else {
            2_000
        };
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
    for flood in 0..1_200 {
        get(&format!("/api/v1/things/{flood}")).await;
        // People go on asking for a while; then they rest, and the flood does not.
        if flood < 1_000 && flood % 20 == 0 {
            get("/api/v1/things/asked").await;
        }
    }
    let (kept, bytes) = app.memory.size();
    assert!(kept > 10 && bytes <= BYTES, "{kept} entries, {bytes} bytes");
    get("/api/v1/things/asked").await;
    assert_eq!(reads.load(Ordering::SeqCst), 1, "it was not pushed out");
    assert!(app.memory.flights.lock().unwrap().is_empty());
}

/// Whoever looked before it was kept and was held up until those who read it had left: he does not read it again.
#[actix_web::test]
async fn whoever_sits_down_late_finds_what_was_kept_meanwhile() {
    let (_dir, app) = installed().await;
    let read_at = app
        .db
        .ask_generation(Instant::now(), HEARSAY)
        .await
        .unwrap();
    let reads = AtomicUsize::new(0);
    for _ in 0..3 {
        let uri = "/api/v1/things/asked";
        let req = TestRequest::with_uri(uri).to_srv_request();
        let wish = Wish::of(req.request()).unwrap();
        let read = async |req: ServiceRequest| {
            reads.fetch_add(1, Ordering::SeqCst);
            let answer = public_json(req.request(), &"asked");
            Ok(req.into_response(answer))
        };
        let late = app.memory.read_once(&app, wish, read_at, req, read).await;
        assert_eq!(late.unwrap().response.status(), 200);
    }
    assert_eq!(reads.load(Ordering::SeqCst), 1);
    assert!(app.memory.flights.lock().unwrap().is_empty());
}
