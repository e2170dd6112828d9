//! Configuration: flags over environment over `yidiantong.toml`. A wrong value stops the start with one
//! clear line.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use figment::Figment;
use figment::providers::{Env, Format as _, Serialized, Toml};
use serde::{Deserialize, Serialize};
use store::DatabaseUrl;

use crate::accounts::passwords::Cost;
use crate::http::limits::Network;
use crate::http::memory::HEARSAY;
use crate::ports::queue::RedisUrl;
use crate::ports::sealer::ROOM;
use crate::server::DRAIN_SECONDS;

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
    admin_listen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    worker_listen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    admin_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trusted_proxies: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cors_origins: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate_limit_scale: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_memory_mib: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    security_contact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachments_dir: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secrets_dir: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vault_dir: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_memory_kib: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_passes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drain_seconds: Option<u32>,
}

const NAMES: [&str; 21] = [
    "database_url",
    "migrate_database_url",
    "redis_url",
    "smtp_url",
    "mail_from",
    "listen",
    "admin_listen",
    "worker_listen",
    "public_url",
    "admin_url",
    "trusted_proxies",
    "cors_origins",
    "rate_limit_scale",
    "read_memory_mib",
    "security_contact",
    "attachments_dir",
    "secrets_dir",
    "vault_dir",
    "password_memory_kib",
    "password_passes",
    "drain_seconds",
];

/// What the command line says over all else.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--listen`
    pub listen: Option<String>,
    /// `--admin-listen`
    pub admin_listen: Option<String>,
    /// `--worker-listen`
    pub worker_listen: Option<String>,
    /// Whether `--role` names the vault.
    pub vault: bool,
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
    /// Where the staff plane is, away from [`Config::listen`]; without one both are there.
    pub admin_listen: Option<SocketAddr>,
    /// Where a process that only works tells its operator how it is; without one it listens nowhere.
    pub worker_listen: Option<SocketAddr>,
    /// The address people use.
    pub public_url: String,
    /// The address the staff use; their web lies below it at `/admin/`.
    pub admin_url: String,
    /// The proxies whose word for a client's address is believed.
    pub trusted_proxies: Vec<Network>,
    /// Origins of other sites' pages that may call the public API.
    pub cors_origins: Vec<String>,
    /// A factor to every rate limit.
    pub rate_limit_scale: u32,
    /// Bytes of memory for public reads that are finished; none keeps none.
    pub read_memory: u64,
    /// How old the database's word about what is public may be before it is asked again.
    pub hearsay: Duration,
    /// Where to report a weakness: `mailto:` or `https://`.
    pub security_contact: String,
    /// Where photos and pictures of vouchers are kept.
    pub attachments_dir: PathBuf,
    /// Where secrets are kept.
    pub secrets_dir: PathBuf,
    /// Where the counties' private keys are, for whoever has the role `vault`.
    pub vault_dir: PathBuf,
    /// Whether this process has that role; without it nothing here reads [`Config::vault_dir`].
    pub has_vault: bool,
    /// This program, for what it does in a process of its own.
    pub program: PathBuf,
    /// What hashing a password costs.
    pub password_cost: Cost,
    /// How long people are still let in after `/readyz` has begun to say no; without one, as the command says.
    pub drain: Option<Duration>,
}

/// The keys that the environment sets. Set to nothing is not set, as in a compose file that has a line for it.
fn set() -> Vec<&'static str> {
    let has_value = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let mut names = NAMES.to_vec();
    names.retain(|name| has_value(name) || has_value(&name.to_uppercase()));
    names
}

/// What is wrong with a value, by the key's name and without the words of a library.
fn told(error: &figment::Error) -> String {
    let key = error.path.join(".").to_uppercase();
    match &error.kind {
        figment::error::Kind::InvalidType(found, wanted) => {
            let wanted = if wanted == "u32" {
                "a whole number"
            } else {
                wanted
            };
            let found = found.to_string();
            let found = found.strip_prefix("string ").unwrap_or(&found);
            format!("{key}: {found} is not {wanted}")
        }
        figment::error::Kind::UnknownField(name, _) => {
            format!(
                "yidiantong.toml: there is no key {name:?}; keys are written in small letters there, such as database_url"
            )
        }
        _ => format!("configuration: {error}"),
    }
}

/// What hashing a password may cost: from OWASP's floor to what a login can wait for.
const MEMORY_KIB: std::ops::RangeInclusive<u32> = Cost::FLOOR.memory_kib..=1_048_576;
const PASSES: std::ops::RangeInclusive<u32> = Cost::FLOOR.passes..=32;

/// Memory for public reads, where nobody says otherwise: some ten thousand pages of a county.
const READ_MEMORY_MIB: u32 = 64;

/// The longest pause before the door is closed: requests under way keep some of the time.
const LONGEST_DRAIN: u64 = DRAIN_SECONDS - 10;

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

/// The parts of a list with commas.
fn list<T>(
    key: &str,
    text: Option<String>,
    read: impl Fn(&str) -> Result<T, &'static str>,
) -> Result<Vec<T>, String> {
    let text = text.unwrap_or_default();
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| read(part).map_err(|why| format!("{key}: {part:?} {why}")))
        .collect()
}

/// `10.0.0.0/8`, or one address.
fn network(text: &str) -> Result<Network, &'static str> {
    let alone = || text.parse().map(|address: IpAddr| Network::from(address));
    text.parse()
        .or_else(|_| alone())
        .map_err(|_| "is no network such as 10.0.0.0/8, and no address")
}

/// `https://app.example`, as a browser sends it.
fn origin(text: &str) -> Result<String, &'static str> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or_default();
    let is_origin = !host.is_empty() && !host.contains(['/', '*', ' ', '?', '#', '@']);
    if is_origin && text == text.to_ascii_lowercase() {
        Ok(text.to_owned())
    } else {
        Err(
            "is no origin such as https://app.example: scheme and host in lower case, no path, no *",
        )
    }
}

/// Links, cookies and QR codes are made of it.
fn check_url(key: &str, url: &str) -> Result<(), String> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let Some(rest) = rest else {
        return Err(format!("{key}: it must begin with http:// or https://"));
    };
    let strange = |c: char| c.is_whitespace() || c.is_control() || "@?#\"'<>\\".contains(c);
    if rest.is_empty() || rest.starts_with([':', '/']) || rest.contains(strange) {
        // It may hold a password: it is not repeated.
        return Err(format!(
            "{key}: it must be like https://jdydt.example.org: no user, no space, no ? and no #"
        ));
    }
    Ok(())
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
            .merge(Env::raw().only(&set()));
        let mut keys: Keys = files.extract().map_err(|error| told(&error))?;
        keys.listen = flags.listen.or(keys.listen);
        keys.admin_listen = flags.admin_listen.or(keys.admin_listen);
        keys.worker_listen = flags.worker_listen.or(keys.worker_listen);
        Ok(Self {
            has_vault: flags.vault,
            ..Self::build(data_dir, keys)?
        })
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
            // Everybody in a test comes from one address; the tests of the limits set their own.
            rate_limit_scale: Some(100_000),
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
        let elsewhere = |key: &str, text: Option<String>| {
            text.filter(|text| !text.is_empty())
                .map(|text| address(key, &text))
                .transpose()
        };
        let admin_listen = elsewhere("ADMIN_LISTEN", keys.admin_listen)?;
        if admin_listen.is_some_and(|staff| staff == listen && staff.port() != 0) {
            return Err("ADMIN_LISTEN: it must be another address than LISTEN".into());
        }
        let worker_listen = elsewhere("WORKER_LISTEN", keys.worker_listen)?;
        let is_public_url_said = keys.public_url.is_some();
        let public_url = keys
            .public_url
            .unwrap_or_else(|| format!("http://{listen}"));
        let public_url = public_url.trim_end_matches('/').to_owned();
        check_url("PUBLIC_URL", &public_url)?;
        let admin_url = match (keys.admin_url.filter(|text| !text.is_empty()), admin_listen) {
            (Some(url), _) => url.trim_end_matches('/').to_owned(),
            (None, None) => public_url.clone(),
            (None, Some(staff)) if !is_public_url_said => format!("http://{staff}"),
            // Their web is not at PUBLIC_URL then, and every link in their letters would lead nowhere.
            (None, Some(_)) => {
                return Err("ADMIN_URL: with ADMIN_LISTEN and PUBLIC_URL it must say how the staff reach ADMIN_LISTEN, such as https://desk.jdydt.example.org".into());
            }
        };
        check_url("ADMIN_URL", &admin_url)?;
        let security_contact = match keys.security_contact.filter(|text| !text.is_empty()) {
            None => format!("{public_url}/help"),
            Some(text) if text.starts_with("mailto:") || text.starts_with("https://") => text,
            Some(_) => {
                return Err("SECURITY_CONTACT: it must begin with mailto: or https://".into());
            }
        };
        let secrets_dir = keys.secrets_dir.unwrap_or_else(|| data_dir.join("secrets"));
        Ok(Self {
            database,
            migrate_database,
            redis,
            smtp_url: keys.smtp_url,
            mail_from: keys
                .mail_from
                .unwrap_or_else(|| "监督一点通 <noreply@yidiantong.invalid>".into()),
            listen,
            admin_listen,
            worker_listen,
            public_url,
            admin_url,
            trusted_proxies: list("TRUSTED_PROXIES", keys.trusted_proxies, network)?,
            cors_origins: list("CORS_ORIGINS", keys.cors_origins, origin)?,
            rate_limit_scale: match keys.rate_limit_scale {
                Some(0) => return Err("RATE_LIMIT_SCALE: it must be 1 or more".into()),
                scale => scale.unwrap_or(1),
            },
            read_memory: u64::from(keys.read_memory_mib.unwrap_or(READ_MEMORY_MIB)) << 20,
            hearsay: HEARSAY,
            security_contact,
            attachments_dir: keys
                .attachments_dir
                .unwrap_or_else(|| data_dir.join("attachments")),
            vault_dir: keys.vault_dir.unwrap_or_else(|| secrets_dir.join(ROOM)),
            has_vault: true,
            secrets_dir,
            program: own_program()?,
            password_cost: Cost {
                memory_kib: within("PASSWORD_MEMORY_KIB", keys.password_memory_kib, &MEMORY_KIB)?,
                passes: within("PASSWORD_PASSES", keys.password_passes, &PASSES)?,
            },
            drain: match keys.drain_seconds.map(u64::from) {
                Some(seconds) if seconds > LONGEST_DRAIN => {
                    return Err(format!(
                        "DRAIN_SECONDS: {seconds} is not within 0 and {LONGEST_DRAIN}"
                    ));
                }
                seconds => seconds.map(Duration::from_secs),
            },
            data_dir: data_dir.to_owned(),
        })
    }

    /// Whether people reach it over https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Whether the staff reach it over https.
    #[must_use]
    pub fn is_desk_https(&self) -> bool {
        self.admin_url.starts_with("https://")
    }
}

/// The program that runs here, also after an upgrade has put another file in its place.
fn own_program() -> Result<PathBuf, String> {
    let running = Path::new("/proc/self/exe");
    if running.exists() {
        return Ok(running.to_owned());
    }
    std::env::current_exe()
        .map_err(|error| format!("the program's own place is not known: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_are_led_to_where_they_are() {
        let address = |public: Option<&str>, listen: Option<&str>, admin: Option<&str>| {
            with(|keys| {
                keys.public_url = public.map(str::to_owned);
                keys.admin_listen = listen.map(str::to_owned);
                keys.admin_url = admin.map(str::to_owned);
            })
        };
        let public = Some("https://jdydt.example.org");
        let listen = Some("127.0.0.1:8082");
        let desk = Some("https://desk.example.org/");
        let of = |found: Result<Config, String>| found.unwrap().admin_url;
        assert_eq!(of(address(public, None, None)), "https://jdydt.example.org");
        assert_eq!(of(address(None, listen, None)), "http://127.0.0.1:8082");
        assert_eq!(
            of(address(public, listen, desk)),
            "https://desk.example.org"
        );
        let why = address(public, listen, None).unwrap_err();
        assert!(why.starts_with("ADMIN_URL: "), "{why}");
        let why = address(public, listen, Some("desk")).unwrap_err();
        assert!(why.starts_with("ADMIN_URL: "), "{why}");
    }

    fn with(change: impl FnOnce(&mut Keys)) -> Result<Config, String> {
        let mut keys = Keys::default();
        change(&mut keys);
        Config::build(Path::new("data"), keys)
    }

    #[test]
    fn a_wrong_value_is_named_in_one_line() {
        let wrong: [(&str, Result<Config, String>); 10] = [
            (
                "PUBLIC_URL",
                with(|keys| keys.public_url = Some("https://u:p@x example".into())),
            ),
            (
                "PUBLIC_URL",
                with(|keys| keys.public_url = Some("https://".into())),
            ),
            ("DRAIN_SECONDS", with(|keys| keys.drain_seconds = Some(60))),
            (
                "TRUSTED_PROXIES",
                with(|keys| keys.trusted_proxies = Some("10.0.0.0/8,nginx".into())),
            ),
            (
                "CORS_ORIGINS",
                with(|keys| keys.cors_origins = Some("*".into())),
            ),
            (
                "CORS_ORIGINS",
                with(|keys| keys.cors_origins = Some("https://a.example/".into())),
            ),
            (
                "RATE_LIMIT_SCALE",
                with(|keys| keys.rate_limit_scale = Some(0)),
            ),
            (
                "SECURITY_CONTACT",
                with(|keys| keys.security_contact = Some("me".into())),
            ),
            (
                "ADMIN_LISTEN",
                with(|keys| keys.admin_listen = Some("nowhere".into())),
            ),
            (
                "ADMIN_LISTEN",
                with(|keys| keys.admin_listen = Some("127.0.0.1:8080".into())),
            ),
        ];
        for (key, read) in wrong {
            let why = read.map(|_| ()).unwrap_err();
            assert!(why.starts_with(key) && !why.contains('\n'), "{why}");
        }
    }

    #[test]
    fn lists_are_read_part_by_part() {
        let config = with(|keys| {
            keys.trusted_proxies = Some("127.0.0.1, 10.0.0.0/8,".into());
            keys.cors_origins = Some("https://a.example,https://b.example:8443".into());
        });
        let config = config.unwrap();
        assert_eq!(config.trusted_proxies.len(), 2);
        assert_eq!(config.cors_origins.len(), 2);
    }
}
