//! The only file that reaches into the product: it opens and serves an installation, seeds it with the
//! product's own importers, hires people, steps the clocks and the worker.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, OnceLock, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::{Bytes, Data, PayloadConfig, post};
use domain::disclosure::kind::DisclosureKind;
use domain::operation::{Door, Operation, TABLE};
pub use domain::operation::{Reach, Second, StepUp};
use domain::proposal::{CaseMatter, DisclosureMatter, StaffMatter};
use domain::role::Role;
use domain::time::Timestamp;
use serde_json::Value;
use yidiantong::accounts;
use yidiantong::accounts::cli::StaffAdd;
use yidiantong::accounts::passwords::{Cost, Hashing};
use yidiantong::accounts::service::NewStaff;
use yidiantong::app::App;
use yidiantong::audit::{sequencer, watch};
use yidiantong::config::{Config, Flags};
use yidiantong::demo::Pace;
use yidiantong::disclosures::reader::Readers;
use yidiantong::disclosures::sheet::{Pairs, ReadSheet, read_ledger};
use yidiantong::http::edge::edge;
use yidiantong::http::listen::listen;
use yidiantong::import::ImportError;
use yidiantong::operations::secrets::Whole;
use yidiantong::operations::staging::Staging;
use yidiantong::operations::{backup, erasures, keys, restore, secrets};
use yidiantong::ports::clock::Clocks;
use yidiantong::ports::queue::{RedisUrl, Wanted};
use yidiantong::ports::token_keys::Rotation;
use yidiantong::ports::tokens;
use yidiantong::server::Server;

use super::cluster::{self, Cluster, Shared};
use super::db::TestDatabase;
use super::original::Contents;
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

/// Who comes in at an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Everybody.
    Open,
    /// Whoever holds a receipt.
    Receipt,
    /// Whoever brings along what proves him.
    Credentials,
    /// Staff of the row's roles.
    Staff,
}

impl From<Door> for Entry {
    fn from(door: Door) -> Self {
        match door {
            Door::Open => Self::Open,
            Door::Receipt => Self::Receipt,
            Door::Credentials => Self::Credentials,
            Door::Staff(_) => Self::Staff,
        }
    }
}

/// A row of the permission table.
#[derive(Debug, Clone)]
pub struct Permitted {
    /// `GET /admin/complaints/{id}`
    pub name: String,
    /// Who comes in.
    pub door: Entry,
    /// The roles, where staff come in.
    pub roles: Vec<&'static str>,
    /// Whether a fresh code is asked for.
    pub step_up: StepUp,
    /// Of what.
    pub reach: Reach,
    /// Whether it takes another person.
    pub second: Second,
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

    /// Brings a fresh database up to the schema, and fills it.
    pub async fn prepares(dir: &Path, url: &str, contents: Contents<'_>) {
        let config = config(dir, url);
        store::migrate::up(&config.migrate_database).unwrap();
        if let Contents::Seed(case_time) = contents {
            let now = Timestamp::parse(case_time).unwrap();
            let app = App::open(config, Clocks::stepped(now, now)).await.unwrap();
            Self::of(app, false).seed().await;
        }
    }

    /// Opens an installation on a database that has its schema.
    pub async fn open(dir: &Path, url: &str, case_time: &str) -> Self {
        let config = config(dir, url);
        let now = Timestamp::parse(case_time).unwrap();
        let app = App::open(config, Clocks::stepped(now, now)).await.unwrap();
        app.check_secrets().await.unwrap();
        Self::of(app, false)
    }

    /// The same as it stands on the Internet: over TLS, rates for people, a proxy before it, a site that may call it, and
    /// the staff at an address of their own.
    pub async fn open_strict(dir: &Path, url: &str, case_time: &str) -> Self {
        let mut config = config(dir, url);
        config.public_url = "https://yidiantong.example".into();
        config.admin_url.clone_from(&config.public_url);
        config.rate_limit_scale = 1;
        config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        config.cors_origins = vec!["https://app.example".into()];
        config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
        let now = Timestamp::parse(case_time).unwrap();
        let app = App::open(config, Clocks::stepped(now, now)).await.unwrap();
        app.check_secrets().await.unwrap();
        Self {
            is_strict: true,
            ..Self::of(app, false)
        }
    }

    /// The same with another program that reads files, and how long that may take.
    pub async fn reading_with(
        dir: &Path,
        url: &str,
        case_time: &str,
        program: &Path,
        patience: Duration,
    ) -> Self {
        let mut inside = Self::open(dir, url, case_time).await;
        let app = Arc::get_mut(&mut inside.app).unwrap();
        app.readers = Readers::new(program).patient(patience);
        inside
    }

    /// What is wrong with a file, read here and by a process of its own; and how long each took.
    pub async fn reads_twice(&self, bytes: &[u8]) -> [(Vec<String>, Duration); 2] {
        let codes = |read: ReadSheet| read.errors.into_iter().map(|error| error.code.into());
        let begun = Instant::now();
        let here = read_ledger(bytes, "a", &Pairs::default());
        let here = (codes(here).collect(), begun.elapsed());
        let begun = Instant::now();
        let given = Pairs::default();
        let ledger = DisclosureKind::Ledger;
        let apart = self
            .app
            .readers
            .read("somebody", ledger, bytes.to_vec(), "a", given)
            .await;
        let apart = (codes(apart.unwrap()).collect(), begun.elapsed());
        [here, apart]
    }

    /// The demo, made on a database that has its schema.
    pub async fn demo(dir: &Path, url: &str, start: &str) -> Self {
        let config = config(dir, url);
        let pace = Pace {
            start: Timestamp::parse(start).ok(),
            speed: Some(1),
        };
        let app = yidiantong::demo::open(config, pace).await.unwrap();
        Self::of(app, true)
    }

    /// This process keeps the clock of its demo, as every one that runs does, until the task ends.
    pub fn keeps_case_time(&self) -> tokio::task::JoinHandle<()> {
        tokio::spawn(yidiantong::demo::time::keep(Arc::clone(&self.app)))
    }

    /// It does so once.
    pub async fn remembers_case_time(&self) {
        yidiantong::demo::time::remember(&self.app).await;
    }

    /// Another process on the same database, as after a crash: it knows nothing but what was kept.
    pub async fn another(&self, dir: &Path, url: &str) -> Self {
        let config = config(dir, url);
        let app = App::open(config, Clocks::stepped(self.case_time(), self.wall_time()))
            .await
            .unwrap();
        app.check_secrets().await.unwrap();
        Self::of(app, false)
    }

    /// Another process on the same database that is not the vault, with its own secrets or those of the house.
    pub async fn without_vault(&self, dir: &Path, url: &str, secrets: &Path) -> Self {
        let mut config = config(dir, url);
        config.has_vault = false;
        config.secrets_dir = secrets.to_owned();
        let app = App::open(config, Clocks::stepped(self.case_time(), self.wall_time()))
            .await
            .unwrap();
        app.check_secrets().await.unwrap();
        Self::of(app, false)
    }

    /// What a start looks after before it serves: keys as its role needs them, and what was erased. What the operator
    /// is told otherwise.
    pub async fn begins(&self, seals: bool) -> Result<(), String> {
        keys::check(&self.app, seals, Duration::ZERO).await?;
        let again = erasures::again(&self.app).await;
        again.map(|_| ()).map_err(|error| error.to_string())
    }

    /// The vault makes the keys that are missing.
    pub async fn makes_keys(&self) -> Result<(), String> {
        keys::make_missing(&self.app).await
    }

    /// Serves as `--role vault` alone does, from a thread of its own.
    pub fn serve_vault(&self) -> Running {
        let app = Arc::clone(&self.app);
        let (ready, started) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = Server::for_vault(&app).unwrap();
                drop(app);
                ready.send((server.address(), server.handle())).unwrap();
                server.run().await.unwrap();
            });
        });
        let (address, handle) = started.recv().expect("the vault did not start");
        Running {
            address,
            staff: address,
            own: Some((handle, thread)),
        }
    }

    /// A server of one route, behind the same edge and on the same kind of connection, that says what it is told: for what
    /// no route of the product would ever say.
    pub fn serve_echo(&self) -> Running {
        let app = Arc::clone(&self.app);
        let (ready, started) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let data = Data::from(Arc::clone(&app));
                let make = move || {
                    actix_web::App::new()
                        .app_data(data.clone())
                        .app_data(PayloadConfig::new(1 << 20))
                        .route("/echo", post().to(|body: Bytes| async move { body }))
                        .wrap(from_fn(edge))
                };
                let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
                let (server, address, _door) = listen(&app, anywhere, 1, 1, make).unwrap();
                drop(app);
                ready.send((address, server.handle())).unwrap();
                server.await.unwrap();
            });
        });
        let (address, handle) = started.recv().expect("the echo did not start");
        Running {
            address,
            staff: address,
            own: Some((handle, thread)),
        }
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
        self.serve_alone(workers)
    }

    /// The same, of this process whatever else this run wants.
    pub fn serve_alone(&self, workers: usize) -> Running {
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

    /// A file at the command line (`regions`, `holidays` or `powers`); what is wrong with it otherwise.
    pub async fn tries_to_import(&self, what: &str, bytes: &[u8]) -> Result<(), ImportError> {
        match what {
            "regions" => yidiantong::regions::import::import_regions(&self.app, bytes)
                .await
                .map(|_| ()),
            "holidays" => yidiantong::sla::import::import_holidays(&self.app, bytes, None, "test")
                .await
                .map(|_| ()),
            _ => yidiantong::powers::import::import_powers(&self.app, bytes)
                .await
                .map(|_| ()),
        }
    }

    /// `yidiantong backup`
    pub fn backs_up(&self, to: &Path) {
        let (now, staging) = (self.wall_time(), Staging::default());
        backup::make(&self.app.config, to, now, backup::Lost::Refused, &staging).unwrap();
    }

    /// `yidiantong secrets export`
    pub fn exports_secrets(&self, passphrase: &str, to: &Path) {
        let passphrase = secrets::Passphrase::new(passphrase).unwrap();
        secrets::export(&self.app.config, &passphrase, to, Whole::Yes).unwrap();
    }

    /// The same, where it is refused: why.
    pub fn exports_no_secrets(&self, to: &Path) -> String {
        let passphrase = secrets::Passphrase::new("correct horse battery").unwrap();
        secrets::export(&self.app.config, &passphrase, to, Whole::Yes).unwrap_err()
    }

    /// `yidiantong secrets export --without-vault`
    pub fn exports_secrets_without_vault(&self, passphrase: &str, to: &Path) {
        let passphrase = secrets::Passphrase::new(passphrase).unwrap();
        secrets::export(&self.app.config, &passphrase, to, Whole::WithoutVault).unwrap();
    }

    /// A table of regions; what is wrong with it otherwise.
    pub async fn import_regions(&self, csv: &str) -> Result<(), String> {
        let done = yidiantong::regions::import::import_regions(&self.app, csv.as_bytes()).await;
        done.map(|_| ()).map_err(|error| format!("{error:?}"))
    }

    /// `yidiantong import regions FOLDER`, with `old_code,new_code` where there are any; what is wrong with it otherwise.
    pub async fn import_tree(
        &self,
        path: &Path,
        successors: Option<&str>,
    ) -> Result<String, String> {
        use yidiantong::regions::tree::{Options, import_tree};
        let options = Options {
            successors: successors.map(|csv| csv.as_bytes().to_vec()),
            ..Options::default()
        };
        let done = import_tree(&self.app, path, &options, &|_| {}).await;
        let done = done.map_err(|error| format!("{error:?}"))?;
        let some = done.imported;
        Ok(format!(
            "{} new, {} renamed, {} returned, {} unchanged, {} ended, {} succeeded",
            some.new, some.renamed, some.returned, some.unchanged, done.ended, done.succeeded
        ))
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
        self.tries_to_disable(username).await.unwrap();
    }

    /// The same; what the operator is told otherwise.
    pub async fn tries_to_disable(&self, username: &str) -> Result<String, String> {
        accounts::cli::staff_disable(&self.app, username).await
    }

    /// `yidiantong secrets rotate token-key`; with `at_once`, because the key is in wrong hands.
    pub fn rotates_token_key(&self, at_once: bool) {
        let rotation = if at_once {
            Rotation::AtOnce
        } else {
            Rotation::Gently
        };
        secrets::rotate_token_key(&self.app.config, rotation, self.wall_time()).unwrap();
    }

    /// The password of an account as it was hashed when that was cheaper.
    pub async fn hashed_cheaply(&self, password: &str) -> String {
        let cheap = Cost {
            memory_kib: 8_192,
            passes: 1,
        };
        let turn = Hashing::new(1, cheap).turn().await.unwrap();
        turn.hash(password, self.app.ids).await.unwrap()
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

    /// This process is told to stop, and its worker looks once more at its clocks: whether it found any due, and how many
    /// of them it still took a step for.
    pub async fn stops_before_its_clocks(&self) -> Option<usize> {
        self.app.stopping.set();
        yidiantong::worker::some_clocks(&self.app).await.unwrap()
    }

    /// The worker does what the clocks longest due ask for; `false` when none is due. No letter goes.
    pub async fn some_clocks(&self) -> bool {
        if let Some(cluster) = self.cluster.get() {
            return cluster.workers("clocks");
        }
        let done = yidiantong::worker::some_clocks(&self.app).await.unwrap();
        done.is_some()
    }

    /// What `yidiantong verify audit` finds wrong.
    pub async fn audit_faults(&self) -> Vec<String> {
        let (db, wall) = (&self.app.db, self.wall_time());
        let report = watch::verify(db, wall, Duration::ZERO).await.unwrap();
        let mut told: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
        if report.more > 0 {
            told.push(format!("and {} more", report.more));
        }
        told
    }

    /// By what `yidiantong verify audit` finds the audit unguarded.
    pub async fn audit_guards_missing(&self) -> Vec<String> {
        self.app
            .db
            .read(store::audit::guards::missing)
            .await
            .unwrap()
    }

    /// One round of this process's sequencer; how many rows got their link.
    pub async fn links_audit(&self) -> usize {
        sequencer::step(&self.app).await.unwrap()
    }

    /// The worker looks through the whole chain, as it does every hour.
    pub async fn watches_audit(&self) {
        watch::look(&self.app, Duration::ZERO).await.unwrap();
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

    /// The permission table: every operation with who may call it.
    pub fn permissions() -> Vec<Permitted> {
        let row = |row: &Operation| Permitted {
            name: format!("{} {}", row.method, row.path),
            door: row.door.into(),
            roles: row.roles().map(Role::as_str).collect(),
            step_up: row.step_up,
            reach: row.reach,
            second: row.second,
        };
        TABLE.iter().map(row).collect()
    }

    /// What a second person may be asked about: kind of thing, and what is to be done with it.
    pub fn matters() -> Vec<String> {
        let cases = CaseMatter::ALL.map(|matter| format!("complaint {}", matter.as_str()));
        let accounts = StaffMatter::ALL.map(|matter| format!("staff {}", matter.as_str()));
        let rest = [
            "policy change",
            "calendar change",
            "catalogue change",
            "zone change",
            "relation end",
            "export export",
            "obligation strike",
        ];
        let rest = rest.map(str::to_owned);
        let disclosures =
            DisclosureMatter::ALL.map(|matter| format!("disclosure {}", matter.as_str()));
        let rest = rest.into_iter().chain(disclosures);
        cases.into_iter().chain(accounts).chain(rest).collect()
    }

    /// The permission table as the document of the repository says it.
    pub fn permissions_in_words() -> String {
        yidiantong::rules::markdown()
    }

    /// The two documents as the program makes them: public, admin.
    pub fn documents() -> (Value, Value) {
        (
            serde_json::to_value(yidiantong::openapi::public_document()).unwrap(),
            serde_json::to_value(yidiantong::openapi::admin_document()).unwrap(),
        )
    }
}

/// `yidiantong restore` into an empty place on SQLite.
pub fn restores(dir: &Path, from: &Path) -> Result<(), String> {
    let config = Config::private(dir, None, None).unwrap();
    restore::restore(&config, from, &Staging::default()).map(|_| ())
}

/// `yidiantong secrets import` into an empty place.
pub fn imports_secrets(dir: &Path, passphrase: &str, from: &Path) -> Result<(), String> {
    let config = Config::private(dir, None, None).unwrap();
    secrets::import(&config, &secrets::Passphrase::new(passphrase)?, from).map(|_| ())
}

/// `yidiantong secrets rotate token-key`
pub fn rotates_token_key(dir: &Path, now: Timestamp) -> Result<String, String> {
    let config = Config::private(dir, None, None).unwrap();
    secrets::rotate_token_key(&config, Rotation::Gently, now)
}

/// `yidiantong secrets import --token-keys`: whether they changed.
pub fn imports_token_keys(dir: &Path, passphrase: &str, from: &Path) -> Result<bool, String> {
    let config = Config::private(dir, None, None).unwrap();
    secrets::import_token_keys(&config, &secrets::Passphrase::new(passphrase)?, from)
}

/// What a process with the secrets of a directory of its own makes of an access token.
pub struct Apart(tokens::Tokens);

impl Apart {
    /// Starts it.
    pub fn starts(dir: &Path) -> Self {
        Self(tokens::Tokens::open(&dir.join("secrets")).unwrap())
    }

    /// Whether it takes the token.
    pub fn takes(&self, token: &str, now: Timestamp) -> bool {
        self.0.verify(token, now).is_ok()
    }
}

/// The configuration of a directory, as the program reads it.
pub fn configures(dir: &Path) -> Result<(), String> {
    Config::read(dir, Flags::default()).map(|_| ())
}

/// An address of a Redis server.
pub fn is_redis_address(text: &str) -> Result<(), String> {
    RedisUrl::parse(text).map(|_| ())
}

/// What an installation of a test is opened with.
fn config(dir: &Path, url: &str) -> Config {
    Config {
        // The test's own program knows no commands; this one does.
        program: env!("CARGO_BIN_EXE_process").into(),
        ..Config::private(dir, Some(url), redis().as_deref()).unwrap()
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
