//! `serve` and `demo`: the server and its worker, until told to stop.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use clap::{Args, ValueEnum};
use domain::time::Timestamp;
use futures_util::future::{join_all, select_all};
use yidiantong::app::App;
use yidiantong::operations::{erasures, keys};
use yidiantong::server::Server;
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

    /// Runs until SIGINT or SIGTERM; requests under way finish.
    async fn run(&self, app: Arc<App>) -> Result<(), Failure> {
        let signal = stop_signal().map_err(|error| format!("signals: {error}"))?;
        self.begin(&app).await?;
        let servers = self.servers(&app)?;
        let keeping = app
            .vault
            .is_some()
            .then(|| actix_web::rt::spawn(keys::run(Arc::clone(&app))));
        let worker = self
            .has(Role::Worker)
            .then(|| actix_web::rt::spawn(worker::run(Arc::clone(&app))));
        let handles: Vec<ServerHandle> = servers.iter().map(Server::handle).collect();
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
            () = signal => Ok(()),
        };
        app.stopping.set();
        // People are let out before the work ends; an operator is told of it until it has.
        if self.has(Role::Api) {
            stop(&handles).await;
        }
        if let Some(keeping) = keeping {
            // What it does takes a moment, and goes on where it was at the next start.
            let _ = tokio::time::timeout(DRAIN, keeping).await;
        }
        if let Some(worker) = worker
            && tokio::time::timeout(DRAIN, worker).await.is_err()
        {
            tracing::warn!(
                "the worker did not finish in time; what it has in hand comes back to others"
            );
        }
        stop(&handles).await;
        worker::remember_case_time(&app).await;
        Ok(served.map_err(|error| format!("the server stopped: {error}"))?)
    }
}

/// Ends servers when the requests under way are answered; one that has ended is left alone.
async fn stop(handles: &[ServerHandle]) {
    join_all(handles.iter().map(|handle| handle.stop(true))).await;
}

/// How long a worker may take to finish what it has in hand.
const DRAIN: Duration = Duration::from_secs(25);

/// Heard from now on; the future ends when one comes.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
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
            self.serving.run(app).await
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
            self.serving.run(Arc::new(app)).await
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
