//! `serve` and `demo`: the server and its worker, until told to stop.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use clap::{Args, ValueEnum};
use domain::time::Timestamp;
use futures_util::future::{join, join_all, select_all};
use tokio::signal::unix::{Signal, SignalKind, signal};
use yidiantong::app::{App, Stopping};
use yidiantong::operations::{erasures, keys};
use yidiantong::server::{Door, Server, handed_over};
use yidiantong::{demo, worker};

use super::{Failure, Flags, block_on, check_durability, configure, log, migrate_up, open};

/// What this process does of all there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
    /// Everything
    All,
    /// Answer requests
    Api,
    /// Fire timers, send notices
    Worker,
    /// Hold the counties' private keys: open identities, once two persons have agreed to it
    Vault,
}

/// What a process serves as.
#[derive(Debug, Clone, Args)]
struct Serving {
    /// What this process does; several may share one database
    #[arg(long, value_enum, value_delimiter = ',', default_value = "all")]
    role: Vec<Role>,
    /// The address to listen at, such as 127.0.0.1:8080
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// An address of the staff's own, which then are not at the other; nowhere else without
    #[arg(long, value_name = "ADDRESS")]
    admin_listen: Option<String>,
    /// Where a process with `--role worker` serves /livez, /readyz and /metrics; nowhere without
    #[arg(long, value_name = "ADDRESS")]
    worker_listen: Option<String>,
}

impl Serving {
    fn has(&self, role: Role) -> bool {
        self.role.contains(&Role::All) || self.role.contains(&role)
    }

    fn flags(&self) -> Flags {
        Flags {
            listen: self.listen.clone(),
            admin_listen: self.admin_listen.clone(),
            worker_listen: self.worker_listen.clone(),
            vault: self.has(Role::Vault),
        }
    }

    /// What every start does before it serves: refuses when it lacks what its role needs, and sees to it that what was
    /// erased is so still.
    async fn begin(&self, app: &Arc<App>) -> Result<(), Failure> {
        keys::check(app, self.has(Role::Api), keys::PATIENCE).await?;
        erasures::again(app).await?;
        if let Some(vault) = &app.vault {
            let alone = !self.has(Role::Api) && !self.has(Role::Worker);
            if alone {
                tracing::info!(place = %vault.dir().display(), "this process is the vault: it holds the counties' private keys");
            } else {
                tracing::warn!(
                    place = %vault.dir().display(),
                    "this process answers or works and holds the counties' private keys too: whoever takes it over can open every identity; SECURITY.md says how to keep the vault apart"
                );
            }
        }
        Ok(())
    }

    /// One line that says what runs here.
    fn tell_start(&self, app: &App, servers: &[Server]) {
        let roles: Vec<&str> = [
            (Role::Api, "api"),
            (Role::Worker, "worker"),
            (Role::Vault, "vault"),
        ]
        .into_iter()
        .filter(|(role, _)| self.has(*role))
        .map(|(_, name)| name)
        .collect();
        let addresses: Vec<String> = servers
            .iter()
            .map(|server| server.address().to_string())
            .collect();
        tracing::info!(
            version = env!("CARGO_PKG_VERSION"),
            roles = roles.join(","),
            engine = app.config.database.engine(),
            queue = if app.config.redis.is_some() {
                "redis"
            } else {
                "embedded"
            },
            addresses = addresses.join(","),
            "started"
        );
    }

    /// What this process listens with; a worker may do without.
    fn servers(&self, app: &Arc<App>) -> Result<Vec<Server>, String> {
        if self.has(Role::Api) {
            let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
            let mut servers = vec![Server::build(app, cores)?];
            let staff = Server::for_staff(app, cores)?;
            for (server, whose) in servers
                .iter()
                .zip([""])
                .chain(staff.iter().zip([" for staff"]))
            {
                println!("listening{whose} at http://{}", server.address());
            }
            servers.extend(staff);
            return Ok(servers);
        }
        let mut servers = Vec::new();
        if self.has(Role::Vault) {
            let server = Server::for_vault(app)?;
            println!("the vault is at http://{}", server.address());
            servers.push(server);
        }
        if !self.has(Role::Worker) {
            return Ok(servers);
        }
        let Some(listen) = app.config.worker_listen else {
            println!("working, without listening");
            return Ok(servers);
        };
        let server = Server::for_operators(app, listen)?;
        let address = server.address();
        println!("working; /livez, /readyz and /metrics are at http://{address}");
        servers.push(server);
        Ok(servers)
    }

    /// Runs until SIGINT or SIGTERM; requests under way finish. `pause` is how long people are still let in after
    /// `/readyz` has begun to say no, where the configuration names no other.
    async fn run(&self, app: Arc<App>, pause: Duration) -> Result<(), Failure> {
        let mut signals = Signals::heard().map_err(|error| format!("signals: {error}"))?;
        app.check_folder().await?;
        app.secrets.warn_of_exposed();
        self.begin(&app).await?;
        let mut servers = self.servers(&app)?;
        self.tell_start(&app, &servers);
        let keeping = app
            .vault
            .is_some()
            .then(|| actix_web::rt::spawn(keys::run(Arc::clone(&app))));
        let worker = self
            .has(Role::Worker)
            .then(|| actix_web::rt::spawn(worker::run(Arc::clone(&app))));
        // The first to search the whole country should not wait for the search to be made.
        if self.has(Role::Api) {
            let (finder, db) = (Arc::clone(&app.finder), app.db.clone());
            actix_web::rt::spawn(async move { finder.begun(&db).await });
        }
        let handles: Vec<ServerHandle> = servers.iter().map(Server::handle).collect();
        let doors: Vec<Door> = servers.iter_mut().filter_map(Server::take_door).collect();
        let mut serving: Vec<_> = servers
            .into_iter()
            .map(|server| actix_web::rt::spawn(server.run()))
            .collect();
        let broke = async {
            if serving.is_empty() {
                std::future::pending::<()>().await;
            }
            select_all(&mut serving).await.0
        };
        let served = tokio::select! {
            // By itself only when it broke.
            ended = broke => ended.unwrap_or_else(|error| Err(std::io::Error::other(error))),
            () = signals.next() => Ok(()),
        };
        tracing::info!(
            "told to stop: what is under way is finished; a second signal ends it at once"
        );
        let told = Instant::now();
        actix_web::rt::spawn(end_at_once(signals, told));
        if served.is_ok() {
            std::thread::spawn(|| end_in(LAST));
        }
        app.leaving.set();
        if served.is_ok() && self.has(Role::Api) {
            // Whoever asks /readyz learns that nobody should be sent here any more, before the door is closed.
            tokio::time::sleep(app.config.drain.unwrap_or(pause)).await;
        }
        app.stopping.set();
        // People are let out before the work ends; an operator is told of it until it has.
        if self.has(Role::Api) {
            join_all(handles.iter().map(ServerHandle::pause)).await;
            let lets_go = Stopping::default();
            let doors = join_all(doors.into_iter().map(|door| door.close(&app, &lets_go)));
            let first_hand = async {
                handed_over().await;
                lets_go.set();
                stop(&handles).await;
            };
            join(first_hand, doors).await;
        }
        if let Some(keeping) = keeping {
            // What it does takes a moment, and goes on where it was at the next start.
            let _ = tokio::time::timeout(DRAIN, keeping).await;
        }
        if let Some(worker) = worker
            && tokio::time::timeout(DRAIN.saturating_sub(told.elapsed()), worker)
                .await
                .is_err()
        {
            tracing::warn!(
                "the worker did not finish in time; what it has in hand comes back to others"
            );
        }
        stop(&handles).await;
        demo::time::remember(&app).await;
        tracing::info!("stopped");
        if served.is_ok() {
            std::thread::spawn(|| end_in(LEFT));
        }
        Ok(served.map_err(|error| format!("the server stopped: {error}"))?)
    }
}

/// Ends the process when its time is over, whatever holds it: a database that hangs answers no thread, and none of them may
/// be waited for. What was acknowledged is kept; what was not may be sent again. Not from the thread that serves: what that
/// has of its own would be taken down with it, in no order.
fn end_in(time: Duration) {
    std::thread::sleep(time);
    tracing::warn!("what is left ends with the process");
    std::process::exit(0);
}

/// Ends servers when the requests under way are answered; one that has ended is left alone.
async fn stop(handles: &[ServerHandle]) {
    join_all(handles.iter().map(|handle| handle.stop(true))).await;
}

/// How long people are still let in after `/readyz` has begun to say no: a proxy that asks every second has heard it.
const PAUSE: Duration = Duration::from_secs(2);

/// From the signal on, after this the process ends: orchestrators kill after 30 s.
const LAST: Duration = Duration::from_secs(29);

/// Once all is done, what has not let go after this is not waited for.
const LEFT: Duration = Duration::from_secs(1);

/// How long, from the signal on, a worker may take to finish what it has in hand.
const DRAIN: Duration = Duration::from_secs(25);

/// The signals that ask it to stop, heard from now on.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn heard() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Ends when one comes.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// What comes within this time is the first signal once more: a shell, `make` and `timeout` each send their own.
const ECHO: Duration = Duration::from_secs(1);

/// Whoever asks again does not want to wait: what is under way is lost, as with a kill, and nothing that was told.
async fn end_at_once(mut signals: Signals, told: Instant) {
    loop {
        signals.next().await;
        if told.elapsed() >= ECHO {
            tracing::warn!("told to stop a second time: ended at once");
            std::process::exit(1);
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    serving: Serving,
}

impl Serve {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        log()?;
        let config = configure(dir, self.serving.flags())?;
        block_on(async move {
            check_durability(&config).await?;
            let app = open(config).await?;
            self.serving.run(app, PAUSE).await
        })
    }
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    #[command(flatten)]
    serving: Serving,
    /// Case time at the start of a new demo; by default the last Monday, 08:00
    #[arg(long, value_name = "RFC3339", value_parser = at)]
    start: Option<Timestamp>,
    /// Case seconds in a wall second, 1 to 1000000; by default as before, else 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=1_000_000))]
    speed: Option<i64>,
}

fn at(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).map_err(|error| error.to_string())
}

impl Demo {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        log()?;
        let config = configure(dir, self.serving.flags())?;
        let accounts = dir.join(demo::ACCOUNTS_FILE);
        block_on(async move {
            check_durability(&config).await?;
            migrate_up(&config).await?;
            let app = demo::open(
                config,
                demo::Pace {
                    start: self.start,
                    speed: self.speed,
                },
            )
            .await?;
            eprintln!(
                "demo: accounts are in {}; case time is {}",
                accounts.display(),
                app.clocks.case()
            );
            let app = Arc::new(app);
            // From now on, and not only once it serves: what a start waits for may take a while.
            actix_web::rt::spawn(demo::time::keep(Arc::clone(&app)));
            // Nobody sends people to a demo.
            self.serving.run(app, Duration::ZERO).await
        })
    }
}

#[derive(Debug, Args)]
pub(super) struct DemoLogin {
    /// A user name of demo-accounts.json, such as `demo_triage`
    username: String,
}

impl DemoLogin {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        println!("{}", demo::login_body(dir, &self.username)?);
        Ok(())
    }
}
