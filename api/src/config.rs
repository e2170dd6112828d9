//! Configuration: flags over environment over `yidiantong.toml`. A wrong value stops the start with one
//! clear line.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format as _, Serialized, Toml};
use serde::{Deserialize, Serialize};
use store::DatabaseUrl;

use crate::accounts::passwords::Cost;
use crate::ports::queue::RedisUrl;

/// The keys as operators write them; same order as `.env.sample`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    #[serde(skip_serializing_if = "Option::is_none")]
    database_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    migrate_database_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redis_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    smtp_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mail_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    worker_listen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secrets_dir: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_memory_kib: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_passes: Option<u32>,
}

const NAMES: [&str; 11] = [
    "database_url",
    "migrate_database_url",
    "redis_url",
    "smtp_url",
    "mail_from",
    "listen",
    "worker_listen",
    "public_url",
    "secrets_dir",
    "password_memory_kib",
    "password_passes",
];

/// What the command line says over all else.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--listen`
    pub listen: Option<String>,
    /// `--worker-listen`
    pub worker_listen: Option<String>,
}

/// What the program was asked to do.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where everything lives that has no address of its own.
    pub data_dir: PathBuf,
    /// The database.
    pub database: DatabaseUrl,
    /// The database as its owner, for migrations.
    pub migrate_database: DatabaseUrl,
    /// The queue between processes; without it, the one inside the process.
    pub redis: Option<RedisUrl>,
    /// The mail server; without one letters become files.
    pub smtp_url: Option<String>,
    /// The sender of letters.
    pub mail_from: String,
    /// The address to listen at.
    pub listen: SocketAddr,
    /// Where a process that only works tells its operator how it is; without one it listens nowhere.
    pub worker_listen: Option<SocketAddr>,
    /// The address people use.
    pub public_url: String,
    /// Where secrets are kept.
    pub secrets_dir: PathBuf,
    /// What hashing a password costs.
    pub password_cost: Cost,
}

/// What hashing a password may cost: from OWASP's floor to what a login can wait for.
const MEMORY_KIB: std::ops::RangeInclusive<u32> = Cost::FLOOR.memory_kib..=1_048_576;
const PASSES: std::ops::RangeInclusive<u32> = Cost::FLOOR.passes..=32;

fn within(
    name: &str,
    asked: Option<u32>,
    range: &std::ops::RangeInclusive<u32>,
) -> Result<u32, String> {
    let (least, most) = (range.start(), range.end());
    match asked {
        None => Ok(*least),
        Some(number) if range.contains(&number) => Ok(number),
        Some(number) => Err(format!("{name}: {number} is not within {least} and {most}")),
    }
}

fn address(key: &str, text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| format!("{key}: {text:?} is no address such as 127.0.0.1:8080"))
}

impl Config {
    /// Reads `yidiantong.toml` in the working directory and in the data directory, then the environment.
    ///
    /// # Errors
    /// One sentence naming the key.
    pub fn read(data_dir: &Path, flags: Flags) -> Result<Self, String> {
        let files = Figment::from(Serialized::defaults(Keys::default()))
            .merge(Toml::file("yidiantong.toml"))
            .merge(Toml::file(data_dir.join("yidiantong.toml")))
            .merge(Env::raw().only(&NAMES));
        let mut keys: Keys = files
            .extract()
            .map_err(|error| format!("configuration: {error}"))?;
        // Somebody who sets it believes that the staff plane is away from the public address.
        if std::env::var_os("ADMIN_LISTEN").is_some() {
            return Err("ADMIN_LISTEN: this version serves everything at LISTEN; unset it, and keep /api/v1/admin and /api/v1/auth from the public by a proxy".into());
        }
        keys.listen = flags.listen.or(keys.listen);
        keys.worker_listen = flags.worker_listen.or(keys.worker_listen);
        Self::build(data_dir, keys)
    }

    /// The configuration of a private installation in `data_dir`, as tests use it: nothing is read from
    /// files or the environment, and any free port is taken.
    ///
    /// # Errors
    /// One sentence naming the key.
    pub fn private(
        data_dir: &Path,
        database_url: Option<&str>,
        redis_url: Option<&str>,
    ) -> Result<Self, String> {
        let keys = Keys {
            database_url: database_url.map(str::to_owned),
            redis_url: redis_url.map(str::to_owned),
            listen: Some("127.0.0.1:0".into()),
            ..Keys::default()
        };
        Self::build(data_dir, keys)
    }

    fn build(data_dir: &Path, keys: Keys) -> Result<Self, String> {
        let url = keys
            .database_url
            .unwrap_or_else(|| format!("sqlite://{}", data_dir.join("yidiantong.db").display()));
        let database = DatabaseUrl::parse(&url).map_err(|why| format!("DATABASE_URL: {why}"))?;
        let migrate_database = match keys.migrate_database_url {
            Some(url) => {
                DatabaseUrl::parse(&url).map_err(|why| format!("MIGRATE_DATABASE_URL: {why}"))?
            }
            None => database.clone(),
        };
        // Set to nothing is not set, as in a compose file that has a line for it.
        let redis_url = keys.redis_url.filter(|url| !url.is_empty());
        let redis = redis_url
            .map(|url| RedisUrl::parse(&url))
            .transpose()
            .map_err(|why| format!("REDIS_URL: {why}"))?;
        let listen = keys.listen.unwrap_or_else(|| "127.0.0.1:8080".into());
        let listen = address("LISTEN", &listen)?;
        let worker_listen = keys.worker_listen.filter(|text| !text.is_empty());
        let worker_listen = worker_listen
            .map(|text| address("WORKER_LISTEN", &text))
            .transpose()?;
        let public_url = keys
            .public_url
            .unwrap_or_else(|| format!("http://{listen}"));
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            return Err("PUBLIC_URL: it must begin with http:// or https://".into());
        }
        Ok(Self {
            database,
            migrate_database,
            redis,
            smtp_url: keys.smtp_url,
            mail_from: keys
                .mail_from
                .unwrap_or_else(|| "监督一点通 <noreply@yidiantong.invalid>".into()),
            listen,
            worker_listen,
            public_url: public_url.trim_end_matches('/').to_owned(),
            secrets_dir: keys.secrets_dir.unwrap_or_else(|| data_dir.join("secrets")),
            password_cost: Cost {
                memory_kib: within("PASSWORD_MEMORY_KIB", keys.password_memory_kib, &MEMORY_KIB)?,
                passes: within("PASSWORD_PASSES", keys.password_passes, &PASSES)?,
            },
            data_dir: data_dir.to_owned(),
        })
    }

    /// Whether people reach it over https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
