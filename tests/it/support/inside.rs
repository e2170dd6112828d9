//! The only file that reaches into the product: it opens and serves an installation, seeds it with the
//! product's own importers, hires people, steps the clocks and the worker.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, OnceLock, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use domain::role::Role;
use domain::time::Timestamp;
use serde_json::Value;
use yidiantong::accounts;
use yidiantong::accounts::cli::StaffAdd;
use yidiantong::accounts::service::NewStaff;
use yidiantong::app::App;
use yidiantong::config::Config;
use yidiantong::demo::Pace;
use yidiantong::ports::clock::Clocks;
use yidiantong::ports::queue::Wanted;
use yidiantong::server::Server;

use super::cluster::{self, Cluster, Shared};
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
    is_demo: bool,
    /// Whether it is held to what an installation on the Internet is.
    is_strict: bool,
    /// The processes that serve and work, where this run wants several.
    cluster: Arc<OnceLock<Cluster>>,
}

impl Inside {
    fn of(app: App, is_demo: bool) -> Self {
        Self {
            app: Arc::new(app),
            is_demo,
            is_strict: false,
            cluster: Arc::default(),
        }
    }

    /// Migrates a fresh database and opens an installation on it.
    pub async fn open(dir: &Path, url: &str, case_time: &str) -> Self {
        let config = Config::private(dir, Some(url), redis().as_deref()).unwrap();
        store::migrate::up(&config.migrate_database).unwrap();
        let now = Timestamp::parse(case_time).unwrap();
        let app = App::open(config, Clocks::stepped(now, now)).await.unwrap();
        app.check_secrets().await.unwrap();
        Self::of(app, false)
    }

    /// The same as it stands on the Internet: rates for people, a proxy before it, a site that may call it, and the
    /// staff at an address of their own.
    pub async fn open_strict(dir: &Path, url: &str, case_time: &str) -> Self {
        let mut config = Config::private(dir, Some(url), redis().as_deref()).unwrap();
        config.rate_limit_scale = 1;
        config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        config.cors_origins = vec!["https://app.example".into()];
        config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
        store::migrate::up(&config.migrate_database).unwrap();
        let now = Timestamp::parse(case_time).unwrap();
        let app = App::open(config, Clocks::stepped(now, now)).await.unwrap();
        app.check_secrets().await.unwrap();
        Self {
            is_strict: true,
            ..Self::of(app, false)
        }
    }

    /// The demo, made on a fresh database.
    pub async fn demo(dir: &Path, url: &str, start: &str) -> Self {
        let config = Config::private(dir, Some(url), redis().as_deref()).unwrap();
        store::migrate::up(&config.migrate_database).unwrap();
        let pace = Pace {
            start: Timestamp::parse(start).ok(),
            speed: Some(1),
        };
        let app = yidiantong::demo::open(config, pace).await.unwrap();
        Self::of(app, true)
    }

    /// Another process on the same database, as after a crash: it knows nothing but what was kept.
    pub async fn another(&self, dir: &Path, url: &str) -> Self {
        let config = Config::private(dir, Some(url), redis().as_deref()).unwrap();
        let app = App::open(config, Clocks::stepped(self.case_time(), self.wall_time()))
            .await
            .unwrap();
        app.check_secrets().await.unwrap();
        Self::of(app, false)
    }

    /// The queue loses everything it holds.
    pub async fn forgets_its_queue(&self) {
        self.app.queue.settled().await;
        if let Some(cluster) = self.cluster.get() {
            cluster.all("settle");
        }
        let end = Timestamp::parse("2999-01-01T00:00:00+08:00").unwrap();
        let all = Wanted {
            now: end,
            lease_until: end.plus_seconds(60),
            limit: 500,
        };
        // What is handed out to nobody comes back in the next millennium.
        while !self.app.queue.take_due(all).await.unwrap().is_empty() {}
    }

    /// Serves it from a thread of its own.
    pub fn serve(&self, dir: &Path, url: &str, workers: usize) -> Running {
        if cluster::is_wanted() && !self.is_strict {
            let redis = redis().expect("a cluster shares a Redis");
            let shared = Shared {
                dir,
                database: url,
                redis: &redis,
                case: self.case_time(),
                wall: self.wall_time(),
                is_demo: self.is_demo,
            };
            let cluster = self.cluster.get_or_init(|| Cluster::start(&shared));
            return Running {
                address: cluster.address,
                staff: cluster.address,
                own: None,
            };
        }
        let app = Arc::clone(&self.app);
        let (ready, started) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = Server::build(&app, workers).unwrap();
                let staff = Server::for_staff(&app, workers).unwrap();
                drop(app);
                let address = server.address();
                let of_staff = staff.as_ref().map_or(address, Server::address);
                ready.send((address, of_staff, server.handle())).unwrap();
                if let Some(staff) = staff {
                    actix_web::rt::spawn(staff.run());
                }
                server.run().await.unwrap();
            });
        });
        let (address, staff, handle) = started.recv().expect("the server did not start");
        Running {
            address,
            staff,
            own: Some((handle, thread)),
        }
    }

    /// Regions, calendar and power list, by the product's own importers.
    pub async fn seed(&self) {
        let all = data("regions-harbin.csv");
        let here = all.lines().enumerate().filter(|(index, row)| {
            *index == 0 || row.split(',').next().is_some_and(places::is_here)
        });
        let rows: Vec<&str> = here.map(|(_, row)| row).collect();
        yidiantong::regions::import::import_regions(&self.app, rows.join("\n").as_bytes())
            .await
            .unwrap();
        self.import_holidays(&data("holidays-cn.csv")).await;
        self.import_powers().await;
    }

    /// Announces days; the calendar gets a new version.
    pub async fn import_holidays(&self, csv: &str) {
        yidiantong::sla::import::import_holidays(&self.app, csv.as_bytes(), None, "test")
            .await
            .unwrap();
    }

    /// The same at the command line, for a region's own days: how many clocks it moved.
    pub async fn import_own_holidays(&self, csv: &str, region: &str) -> usize {
        let region = Some(region.try_into().unwrap());
        yidiantong::sla::import::import_holidays(&self.app, csv.as_bytes(), region, "test")
            .await
            .unwrap();
        let moved = yidiantong::complaints::recount::finish(&self.app).await;
        moved.unwrap().values().sum()
    }

    /// The county's power list.
    pub async fn import_powers(&self) {
        self.import_power_list(&data("powers-template.json"))
            .await
            .unwrap();
    }

    /// A power list; what is wrong with it otherwise.
    pub async fn import_power_list(&self, json: &str) -> Result<(), String> {
        let done = yidiantong::powers::import::import_powers(&self.app, json.as_bytes()).await;
        done.map(|_| ()).map_err(|error| format!("{error:?}"))
    }

    /// A table of regions; what is wrong with it otherwise.
    pub async fn import_regions(&self, csv: &str) -> Result<(), String> {
        let done = yidiantong::regions::import::import_regions(&self.app, csv.as_bytes()).await;
        done.map(|_| ()).map_err(|error| format!("{error:?}"))
    }

    /// An account that can log in at once; its id.
    pub async fn hire(&self, hire: &Hire<'_>) -> String {
        let new = NewStaff {
            username: hire.username.to_owned(),
            display_name: format!("测试·{}", hire.username),
            role: Role::parse(hire.role).unwrap(),
            region: hire.region_code.try_into().unwrap(),
            organisation: hire.organisation_id.try_into().unwrap(),
            email: Some(hire.email.to_owned()),
            posts: Vec::new(),
            since: None,
        };
        accounts::service::create_ready(&self.app, new, hire.password, hire.totp_secret)
            .await
            .unwrap()
            .to_string()
    }

    /// The token of the one-time link with which a new account enrols.
    pub async fn enrolment(&self, username: &str, role: &str, organisation_id: &str) -> String {
        let args = StaffAdd {
            username: username.to_owned(),
            role: role.to_owned(),
            organisation_id: organisation_id.to_owned(),
            display_name: "测试·新人".to_owned(),
            ..StaffAdd::default()
        };
        let printed = accounts::cli::staff_add(&self.app, args).await.unwrap();
        let (_, token) = printed.trim().rsplit_once("#token=").unwrap();
        token.to_owned()
    }

    /// `yidiantong staff disable`
    pub async fn disable(&self, username: &str) {
        accounts::cli::staff_disable(&self.app, username)
            .await
            .unwrap();
    }

    /// The worker does what is due, until nothing is left.
    pub async fn worker(&self) {
        for _ in 0..SWEEPS {
            self.app.queue.settled().await;
            if let Some(cluster) = self.cluster.get() {
                cluster.all("settle");
            }
            self.worker_once().await;
        }
    }

    /// One sweep.
    pub async fn worker_once(&self) {
        match self.cluster.get() {
            Some(cluster) => {
                cluster.workers("step");
            }
            None => {
                yidiantong::worker::step(&self.app).await.unwrap();
            }
        }
    }

    /// The worker does what the clocks longest due ask for; `false` when none is due. No letter goes.
    pub async fn some_clocks(&self) -> bool {
        if let Some(cluster) = self.cluster.get() {
            return cluster.workers("clocks");
        }
        let done = yidiantong::worker::some_clocks(&self.app).await.unwrap();
        done.is_some()
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
        if let Some(cluster) = self.cluster.get() {
            cluster.all(&format!("case {}", to.micros()));
        }
    }

    /// Wall time goes on.
    pub fn wall_passes(&self, seconds: i64) {
        self.app.clocks.step_wall_by(seconds);
        if let Some(cluster) = self.cluster.get() {
            cluster.all(&format!("wall {seconds}"));
        }
    }

    /// The two documents as the program makes them: public, admin.
    pub fn documents() -> (Value, Value) {
        (
            serde_json::to_value(yidiantong::openapi::public_document()).unwrap(),
            serde_json::to_value(yidiantong::openapi::admin_document()).unwrap(),
        )
    }
}

/// The Redis server of this run, where it has one; else the embedded queue.
fn redis() -> Option<String> {
    std::env::var("YDT_TEST_REDIS").ok()
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
    /// Where the staff are; the same where they have no address of their own.
    pub staff: SocketAddr,
    /// The server of this process, if it is not the cluster's.
    own: Option<(ServerHandle, JoinHandle<()>)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // The order is sent at once; the future only waits, and the thread's end says as much.
        if let Some((handle, thread)) = self.own.take() {
            drop(handle.stop(false));
            let ended = thread.join();
            if !std::thread::panicking() {
                ended.expect("the server ended badly");
            }
        }
    }
}
