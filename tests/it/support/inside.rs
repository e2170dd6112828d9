//! The only file that reaches into the product. What to adapt when signatures settle:
//!
//! 1. `seed`: the three importers (regions, holidays, powers).
//! 2. `hire`: an account ready to log in, and `enrolment`: one that has yet to enrol.
//! 3. `disable`: what `yidiantong staff disable` does.
//! 4. `worker`: one sweep of the worker.
//!
//! Opening, serving and both clocks stand on what is there.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use domain::time::Timestamp;
use serde_json::Value;
use yidiantong::app::App;
use yidiantong::config::Config;
use yidiantong::ports::clock::Clocks;
use yidiantong::server::Server;

use super::db::TestDatabase;
use super::places;

/// Sweeps until nothing is left: a step may make the next one due, and letters follow steps.
const SWEEPS: usize = 8;

/// Somebody to employ.
pub struct Hire<'a> {
    /// The login name.
    pub username: &'a str,
    /// The role's word.
    pub role: &'a str,
    /// The unit.
    pub organisation_id: &'a str,
    /// The region the account works for.
    pub region_code: &'a str,
    /// Where letters go.
    pub email: &'a str,
    /// The password.
    pub password: &'a str,
    /// The TOTP secret, 20 bytes.
    pub totp_secret: [u8; 20],
}

/// The product, opened.
pub struct Inside {
    app: Arc<App>,
}

impl Inside {
    /// Migrates a fresh database and opens an installation on it.
    pub async fn open(dir: &Path, url: &str, case_time: &str) -> Self {
        let config = Config::private(dir, Some(url)).unwrap();
        store::migrate::up(&config.migrate_database).unwrap();
        let now = Timestamp::parse(case_time).unwrap();
        let app = App::open(config, Clocks::stepped(now, now)).unwrap();
        app.check_secrets().await.unwrap();
        Self { app: Arc::new(app) }
    }

    /// Serves it from a thread of its own.
    pub fn serve(&self, workers: usize) -> Running {
        let app = Arc::clone(&self.app);
        let (ready, started) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = Server::build(&app, workers).unwrap();
                drop(app);
                ready.send((server.address(), server.handle())).unwrap();
                server.run().await.unwrap();
            });
        });
        let (address, handle) = started.recv().expect("the server did not start");
        Running {
            address,
            handle,
            thread: Some(thread),
        }
    }

    /// Regions, calendar and power list, by the product's own importers.
    pub async fn seed(&self, database: &TestDatabase) {
        self.import_regions(database).await;
        self.import_holidays(&data("holidays-cn.csv")).await;
        self.import_powers().await;
    }

    // ADAPT: `regions::import::import_regions(&app, csv.as_bytes())`; then `database` is not needed and the
    // spellings for the search come with it.
    async fn import_regions(&self, database: &TestDatabase) {
        let csv = data("regions-harbin.csv");
        let mut units = Vec::new();
        for row in csv.lines().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let [code, name, level, parent] = cells[..] else {
                panic!("{row}")
            };
            if !places::is_here(code) {
                continue;
            }
            let region_code = domain::region::RegionCode::try_from(code).unwrap();
            let region = domain::region::Region {
                name: name.to_owned(),
                level: region_code.level(),
                parent: domain::region::RegionCode::try_from(parent).ok(),
                code: region_code,
            };
            units.extend(domain::organisation::standard_organisations(&region));
            let parent = if parent.is_empty() { "NULL" } else { "$5" };
            database.run_with(
                &format!(
                    "INSERT INTO regions (code, name, short_name, level, parent_code, pinyin, initials)
                     VALUES ($1, $2, $3, $4, {parent}, '', '')"
                ),
                &[code, name, domain::region::short_name(name), level, cells[3]],
            );
        }
        self.app
            .db
            .write(move |tx| store::organisations::found(tx, &units))
            .await
            .unwrap();
    }

    /// Announces days; the calendar gets a new version.
    // ADAPT: the service behind `yidiantong import holidays`, should it do more than this.
    pub async fn import_holidays(&self, csv: &str) {
        let days = domain::calendar::parse_holidays_csv(csv).unwrap();
        let now = self.app.clocks.case();
        self.app
            .db
            .write(move |tx| store::calendar::import(tx, &days, "test", now))
            .await
            .unwrap();
    }

    /// The county's power list. Importing it again changes nothing.
    // ADAPT: the service behind `yidiantong import powers`, with `data("powers-template.json")`.
    pub async fn import_powers(&self) {
        let _ = (&self.app, data("powers-template.json"));
        std::future::ready(()).await;
    }

    /// An account that can log in at once; its id.
    // ADAPT: `accounts::service::create_ready(&app, NewStaff { … }, password, totp_secret)`. The rows below
    // give everything but credentials, so nobody hired this way can log in.
    pub async fn hire(&self, database: &TestDatabase, hire: &Hire<'_>) -> String {
        let _ = (hire.password, hire.totp_secret);
        self.employ(database, hire).await
    }

    /// An account that has yet to enrol: its id, the one-time token and the TOTP secret (base32) shown with it.
    // ADAPT: what `yidiantong staff add` prints.
    pub async fn enrolment(&self, database: &TestDatabase, hire: &Hire<'_>) -> Enrolment {
        Enrolment {
            staff_id: self.employ(database, hire).await,
            token: "ADAPT".to_owned(),
        }
    }

    async fn employ(&self, database: &TestDatabase, hire: &Hire<'_>) -> String {
        let now = self.app.clocks.case().micros().to_string();
        let id = format!("staff-{}", hire.username);
        let person = format!("person-{}", hire.username);
        database.run_with(
            "INSERT INTO persons (id, name) VALUES ($1, $2)",
            &[&person, hire.username],
        );
        database.run_with(
            &format!(
                "INSERT INTO staff (id, username, display_name, role, region_code, organisation_id, person_id, email, created_at)
                 VALUES ($1, $2, $2, $3, $4, $5, $6, $7, {now})"
            ),
            &[
                &id,
                hire.username,
                hire.role,
                hire.region_code,
                hire.organisation_id,
                &person,
                hire.email,
            ],
        );
        std::future::ready(id).await
    }

    /// The account is over.
    // ADAPT: what `yidiantong staff disable` calls.
    pub async fn disable(&self, database: &TestDatabase, staff_id: &str) {
        let now = self.app.clocks.wall().micros();
        database.run_with(
            &format!("UPDATE staff SET disabled_at = {now} WHERE id = $1"),
            &[staff_id],
        );
        std::future::ready(()).await;
    }

    /// The worker does what is due.
    // ADAPT: `yidiantong::worker::step(&self.app).await`, whatever it returns.
    pub async fn worker(&self) {
        for _ in 0..SWEEPS {
            self.worker_once().await;
        }
    }

    /// One sweep.
    pub async fn worker_once(&self) {
        let _ = &self.app;
        std::future::ready(()).await;
    }

    /// Two accounts of one natural person.
    pub fn are_one_person(&self, database: &TestDatabase, one: &str, other: &str) {
        let sql = format!(
            "UPDATE staff SET person_id = (SELECT s.person_id FROM staff s WHERE s.id = '{one}') WHERE id = '{other}'"
        );
        database.run(&sql);
    }

    /// The person behind an account holds a post from the year's beginning on.
    pub fn holds_post(&self, database: &TestDatabase, staff_id: &str, post_id: &str) {
        database.run_with(
            "INSERT INTO post_holders (post_id, person_id, from_day)
             SELECT $1, person_id, '2026-01-01' FROM staff WHERE id = $2",
            &[post_id, staff_id],
        );
    }

    /// Case time.
    pub fn case_time(&self) -> Timestamp {
        self.app.clocks.case()
    }

    /// Wall time.
    pub fn wall_time(&self) -> Timestamp {
        self.app.clocks.wall()
    }

    /// Case time is now this, never earlier than it was.
    pub fn clock_to(&self, case_time: &str) {
        let to = Timestamp::parse(case_time).unwrap();
        assert!(to >= self.case_time(), "case time cannot go back to {to}");
        self.app.clocks.step_case_to(to);
    }

    /// Wall time goes on.
    pub fn wall_passes(&self, seconds: i64) {
        self.app.clocks.step_wall_by(seconds);
    }

    /// The two documents as the program makes them: public, admin.
    pub fn documents() -> (Value, Value) {
        (
            serde_json::to_value(yidiantong::openapi::public_document()).unwrap(),
            serde_json::to_value(yidiantong::openapi::admin_document()).unwrap(),
        )
    }
}

/// What somebody new is handed.
pub struct Enrolment {
    /// The account.
    pub staff_id: String,
    /// The one-time token of the link.
    pub token: String,
}

/// A file of the seed.
pub fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../api/data")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A server that runs until dropped.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // The order is sent at once; the future only waits, and the thread's end says as much.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            if !std::thread::panicking() {
                ended.expect("the server ended badly");
            }
        }
    }
}
