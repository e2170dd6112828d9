//! The command line. Each command is a file; what several need (the data directory, the opened program, the
//! runtime) is here. Words for people go to stderr, what a script may want to stdout.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use store::DatabaseUrl;
use yidiantong::app::App;
use yidiantong::config::{Config, Flags};
use yidiantong::error::{FieldFault, ServiceError};
use yidiantong::import::{ImportError, ImportFault};
use yidiantong::ports::clock::Clocks;

mod backup;
mod import;
mod migrate;
mod openapi;
mod private;
mod progress;
mod secrets;
mod serve;
mod staff;
mod verify;

/// 监督一点通: village affairs in the open, and complaints with a clock on them.
#[derive(Debug, Parser)]
#[command(name = "yidiantong", version, about, arg_required_else_help = true)]
struct Cli {
    /// Where everything lives that has no address of its own
    #[arg(long, global = true, default_value = "./data", value_name = "D")]
    data_dir: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve(serve::Serve),
    /// Run the server on a demo database, made if missing; fictional contents marked 演示
    Demo(serve::Demo),
    /// Print a login body with password and current code of a demo account
    DemoLogin(serve::DemoLogin),
    /// The database's schema, on both engines
    #[command(subcommand)]
    Migrate(migrate::Migrate),
    /// Take in regions, holidays, a power list or a disclosure from a file
    #[command(subcommand)]
    Import(import::Import),
    /// Accounts
    #[command(subcommand)]
    Staff(staff::Staff),
    /// Write database and attachments into one file, while the server runs; never the secrets
    Backup(backup::Backup),
    /// Put a backup back, into an empty place
    Restore(backup::Restore),
    /// Recompute what must not have been changed
    #[command(subcommand)]
    Verify(verify::Verify),
    /// Pepper and keys as one file, under a passphrase; a new key in the place of one
    #[command(subcommand)]
    Secrets(secrets::Secrets),
    /// Read a sheet from standard input under limits, as the server has it done
    #[command(hide = true)]
    ParseSheet,
    /// Print an OpenAPI 3.1 document; needs no database
    #[command(subcommand)]
    Openapi(openapi::Openapi),
}

/// Why a command did not do it.
#[derive(Debug)]
enum Failure {
    /// One sentence for the operator.
    Sentence(String),
    /// Faults of a file, by the name it was given with.
    Faults(PathBuf, Vec<ImportFault>),
}

impl From<String> for Failure {
    fn from(sentence: String) -> Self {
        Self::Sentence(sentence)
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        let named = |fault: &FieldFault| {
            let place = fault.pointer.trim_start_matches('/');
            format!("{place}: {}", fault.code.en())
        };
        Self::Sentence(match &error {
            ServiceError::Rule(code) => format!("{}: {}", code.as_str(), code.en()),
            ServiceError::Invalid(faults) => {
                let faults: Vec<String> = faults.iter().map(named).collect();
                faults.join("; ")
            }
            other => other.to_string(),
        })
    }
}

impl Failure {
    /// What an importer answered about `file`.
    fn of_import(file: &Path, error: ImportError) -> Self {
        match error {
            ImportError::Faults(faults) => Self::Faults(file.to_owned(), faults),
            ImportError::Service(error) => error.into(),
        }
    }

    fn tell(&self) {
        match self {
            // A sentence is one line, whatever a library has put into it.
            Self::Sentence(sentence) => {
                let words: Vec<&str> = sentence.split_whitespace().collect();
                eprintln!("error: {}", words.join(" "));
            }
            Self::Faults(file, faults) => {
                for fault in faults {
                    eprintln!("{}: {fault}", file.display());
                }
                let count = faults.len();
                let plural = if count == 1 { "" } else { "s" };
                eprintln!(
                    "error: {}: {count} fault{plural}, nothing was imported",
                    file.display()
                );
            }
        }
    }
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    private::from_now_on();
    let cli = Cli::parse();
    let dir = cli.data_dir.as_path();
    let done = match cli.command {
        Command::ParseSheet => return yidiantong::disclosures::reader::read_standard_input(),
        Command::Serve(serve) => serve.run(dir),
        Command::Demo(demo) => demo.run(dir),
        Command::DemoLogin(login) => login.run(dir),
        Command::Staff(staff) => staff.run(dir),
        Command::Migrate(migrate) => migrate.run(dir),
        Command::Import(import) => import.run(dir),
        Command::Backup(backup) => backup.run(dir),
        Command::Restore(restore) => restore.run(dir),
        Command::Verify(verify) => verify.run(dir),
        Command::Secrets(secrets) => secrets.run(dir),
        Command::Openapi(openapi) => openapi.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::FAILURE
        }
    }
}

/// The configuration, with its data directory there (0700: it holds the secrets and the database).
fn configure(dir: &Path, flags: Flags) -> Result<Config, Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(dir)
        .map_err(|error| format!("--data-dir: {}: {error}", dir.display()))?;
    read(dir, flags)
}

/// The configuration; a database that others could read is its owner's alone from here.
fn read(dir: &Path, flags: Flags) -> Result<Config, Failure> {
    let config = Config::read(dir, flags)?;
    for url in [&config.database, &config.migrate_database] {
        private::take_back(url);
    }
    Ok(config)
}

/// The configuration of what is there already: a mistyped data directory is not made.
fn configure_existing(dir: &Path, flags: Flags) -> Result<Config, Failure> {
    if dir.is_dir() {
        return read(dir, flags);
    }
    Err(Failure::Sentence(format!(
        "--data-dir: {}: there is no such directory",
        dir.display()
    )))
}

/// Refuses a database whose file is not there; opening would make it.
fn must_be_there(url: &DatabaseUrl) -> Result<(), Failure> {
    match url {
        DatabaseUrl::Sqlite(path) if !Path::new(path).is_file() => Err(Failure::Sentence(format!(
            "{path}: there is no database; is it the right data directory?"
        ))),
        _ => Ok(()),
    }
}

/// Brings the schema up to date.
async fn migrate_up(config: &Config) -> Result<(), Failure> {
    let url = config.migrate_database.clone();
    for name in blocking(move || store::migrate::up(&url)).await? {
        eprintln!("migrated: {name}");
    }
    Ok(())
}

/// Refuses a database that answers before it has kept: a receipt is a promise.
async fn check_durability(config: &Config) -> Result<(), Failure> {
    let url = config.database.clone();
    let Some(found) = blocking(move || store::durability::of(&url)).await? else {
        return Ok(());
    };
    if found.synchronous_commit == "off" {
        return Err(Failure::Sentence(
            "DATABASE_URL: synchronous_commit is off there, so a crash would lose what people were told is kept; set it to on".into(),
        ));
    }
    if found.fsync == "off" {
        tracing::warn!(
            "fsync is off in PostgreSQL: a crash of its machine may lose everything; for trials only"
        );
    }
    Ok(())
}

/// The schema brought up to date, everything opened, the secrets held against the database.
async fn open(config: Config) -> Result<Arc<App>, Failure> {
    migrate_up(&config).await?;
    let app = App::open(config, Clocks::wall_clock()).await?;
    app.check_secrets().await?;
    Ok(Arc::new(app))
}

/// Runs what waits for the database, off the runtime's own thread.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, store::StoreError> + Send + 'static,
) -> Result<T, Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| Failure::Sentence(error.to_string())),
        Err(error) => Err(Failure::Sentence(error.to_string())),
    }
}

/// Runs `work` to its end.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    actix_web::rt::System::new().block_on(work)
}

/// Logs to stderr: `RUST_LOG`, or `info`.
fn log() -> Result<(), Failure> {
    use tracing_subscriber::EnvFilter;
    let filter = match std::env::var("RUST_LOG") {
        Ok(text) => EnvFilter::try_new(&text)
            .map_err(|error| format!("RUST_LOG: {text:?} is no filter: {error}"))?,
        Err(_) => EnvFilter::new(yidiantong::log::DEFAULT),
    };
    let format = std::env::var("LOG_FORMAT").ok();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .fmt_fields(yidiantong::log::RequestId)
        .event_format(yidiantong::log::Lines::named(format.as_deref())?)
        .init();
    std::panic::set_hook(Box::new(|panic| {
        // Where, and never what: the words of a panic quote the text that was cut at the wrong byte.
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place = place.unwrap_or_default(), "panicked");
    }));
    Ok(())
}
