//! Everything a handler or the worker may ask for.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

use store::Db;
use store::calendar::CalendarCache;
use store::catalogues::CatalogueCache;
use store::policies::PolicyCache;
use tokio::sync::{Notify, watch};

use crate::accounts::passwords::Hashing;
use crate::attachments::darkroom::Darkroom;
use crate::complaints::bell::Bell;
use crate::complaints::looks::Looks;
use crate::config::Config;
use crate::disclosures::reader::Readers;
use crate::http::limits::Limits;
use crate::http::memory::Memory;
use crate::metrics::Metrics;
use crate::ports::clock::Clocks;
use crate::ports::erasures::Erasures;
use crate::ports::files::Files;
use crate::ports::ids::Ids;
use crate::ports::mailer::Mailer;
use crate::ports::queue::{EmbeddedQueue, Queue, RedisQueue};
use crate::ports::sealer::Sealer;
use crate::ports::secrets::Secrets;
use crate::ports::tokens::Tokens;
use crate::ports::vault::Vault;
use crate::regions::finder::Finder;
use crate::worker::Beat;

/// Whether the program was told to stop; once set it stays.
#[derive(Clone, Default)]
pub struct Stopping(watch::Sender<bool>);

impl Stopping {
    /// From now on.
    pub fn set(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was.
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is.
    pub async fn wait(&self) {
        // The sender lives as long as this borrow: it cannot be gone.
        let _ = self.0.subscribe().wait_for(|stopping| *stopping).await;
    }
}

/// The running program.
pub struct App {
    /// What was asked of it.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// The two clocks.
    pub clocks: Clocks,
    /// The dice.
    pub ids: Ids,
    /// The secrets.
    pub secrets: Secrets,
    /// Access tokens.
    pub tokens: Tokens,
    /// Sealed identities.
    pub sealer: Sealer,
    /// What opens them, where this process has that role.
    pub vault: Option<Vault>,
    /// Identities that were erased, so that they stay so.
    pub erasures: Erasures,
    /// Photos and pictures of vouchers.
    pub files: Files,
    /// Where what was sent becomes a picture of ours.
    pub darkroom: Darkroom,
    /// Mail.
    pub mailer: Mailer,
    /// Due timers.
    pub queue: Arc<dyn Queue>,
    /// Wakes the worker's round of clocks.
    pub nudge: Notify,
    /// Wakes its round of letters.
    pub letters: Notify,
    /// How much one source may ask.
    pub limits: Limits,
    /// Desks that keep a queue open.
    pub bell: Bell,
    /// Public reads that are finished already.
    pub memory: Memory,
    /// What is counted.
    pub metrics: Metrics,
    /// Set once the program has been told to stop: nobody should be sent here any more.
    pub leaving: Stopping,
    /// Set a little later, when it does stop: nothing more is begun.
    pub stopping: Stopping,
    /// The calendars, kept while their version stands.
    pub calendar: CalendarCache,
    /// Policies read before.
    pub policies: PolicyCache,
    /// The search for regions.
    pub finder: Arc<Finder>,
    /// Catalogues of what must be published, read before.
    pub catalogues: CatalogueCache,
    /// One password hash per core at a time: each takes 19 MiB and tens of milliseconds.
    pub hashing: Hashing,
    /// Files from outside are read in processes of their own.
    pub readers: Readers,
    /// Who looked at which case in this hour.
    pub looks: Looks,
    /// Filings being worked on in this process, by the digest of their idempotency key.
    pub in_flight: Mutex<HashSet<String>>,
    /// What the worker claimed and could not finish, until the database answers again.
    pub held_leases: Mutex<Vec<store::timers::Lease>>,
    /// When the worker looks for what the queue lost, however much the queue hands out.
    pub sweeps: Beat,
    /// Whether this is a demo, whose login page tells everybody how to log in.
    pub is_demo: bool,
}

impl App {
    /// Opens everything; the schema must be there.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub async fn open(config: Config, clocks: Clocks) -> Result<Self, String> {
        let ids = Ids;
        let db = Db::open(&config.database).map_err(|error| format!("DATABASE_URL: {error}"))?;
        let dir = &config.secrets_dir;
        let secrets = open_secrets(&db, dir, ids).await?;
        let tokens = Tokens::open(dir)?;
        let mailer = Mailer::new(
            config.smtp_url.as_deref(),
            &config.data_dir.join("mail"),
            &config.mail_from,
        )?;
        let queue: Arc<dyn Queue> = match &config.redis {
            None => Arc::new(EmbeddedQueue::default()),
            Some(url) => {
                let queue = RedisQueue::open(url, &secrets.installation()).await;
                Arc::new(queue.map_err(|why| format!("REDIS_URL: {why}"))?)
            }
        };
        let trusted = config.trusted_proxies.clone();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        let vault = config.has_vault.then(|| Vault::new(&config.vault_dir, ids));
        Ok(Self {
            sealer: Sealer::new(dir, vault.clone(), ids),
            erasures: Erasures::of(dir),
            vault,
            files: Files::open(&config.attachments_dir, &secrets, ids)?,
            darkroom: Darkroom::default(),
            queue,
            nudge: Notify::new(),
            letters: Notify::new(),
            limits: Limits::new(trusted, config.rate_limit_scale, &clocks, ids),
            bell: Bell::default(),
            memory: Memory::new(config.read_memory, config.hearsay),
            metrics: Metrics::watching(&db),
            leaving: Stopping::default(),
            stopping: Stopping::default(),
            calendar: CalendarCache::default(),
            policies: PolicyCache::default(),
            finder: Arc::default(),
            catalogues: CatalogueCache::default(),
            hashing: Hashing::new(cores, config.password_cost),
            readers: Readers::new(&config.program),
            looks: Looks::default(),
            in_flight: Mutex::default(),
            held_leases: Mutex::default(),
            sweeps: Beat::default(),
            is_demo: false,
            config,
            db,
            clocks,
            ids,
            secrets,
            tokens,
            mailer,
        })
    }

    /// Holds the folder of attachments against the one that the database remembers; the first start leaves its id in
    /// both. Processes with a folder each would lose one another's photos.
    ///
    /// # Errors
    /// One sentence when it is another, or none.
    pub async fn check_folder(&self) -> Result<(), String> {
        let known = self
            .db
            .read(|tx| store::installation::known_id(tx, FOLDER))
            .await
            .map_err(|error| error.to_string())?;
        let ours = self.files.folder_id(known.as_deref())?;
        let other = self
            .db
            .write(move |tx| store::installation::remember_keys(tx, &[(FOLDER, ours.clone())]))
            .await
            .map_err(|error| error.to_string())?;
        match other {
            None => Ok(()),
            Some(_) => Err(format!(
                "ATTACHMENTS_DIR: {} is not the folder that the database was made with: all processes of one database share one",
                self.config.attachments_dir.display()
            )),
        }
    }

    /// Holds the secrets against the ids the database remembers; the first start leaves them there.
    ///
    /// # Errors
    /// One sentence when they are others.
    pub async fn check_secrets(&self) -> Result<(), String> {
        let ours = self.secrets.key_ids();
        let other = self
            .db
            .write(move |tx| store::installation::remember_keys(tx, &ours))
            .await
            .map_err(|error| error.to_string())?;
        match other {
            None => Ok(()),
            Some(name) => Err(format!(
                "the database was made with another {name} than the one in {}: restore the secrets it belongs to",
                self.secrets.dir().display()
            )),
        }
    }
}

/// The name under which the database remembers its folder of attachments, beside the ids of the secrets.
pub const FOLDER: &str = "attachments_folder";

/// The secrets, made where nothing depends on any yet. A database that was restored before its secrets does: new
/// ones would only stand in the way of those.
async fn open_secrets(db: &Db, dir: &Path, ids: Ids) -> Result<Secrets, String> {
    let broken = |error: &dyn std::fmt::Display| format!("{}: {error}", dir.display());
    // The database first: who makes secrets makes the files before the database knows of them.
    let known = db.read(store::installation::knows_keys).await;
    let known = known.map_err(|error| error.to_string())?;
    let found = Secrets::found(dir, ids).map_err(|error| broken(&error))?;
    match found {
        Some(secrets) => Ok(secrets),
        None if known => Err(broken(
            &"the secrets that the database was made with are not there; `yidiantong secrets import FILE` brings them",
        )),
        None => Secrets::load(dir, ids).map_err(|error| broken(&error)),
    }
}
