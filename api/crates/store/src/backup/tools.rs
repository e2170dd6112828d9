//! PostgreSQL's own programs: found in the version that fits the server, and run without the password where
//! every user of the machine can read it, in the list of processes.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// An address without its password, which goes by the environment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    url: String,
    password: Option<String>,
}

impl Address {
    /// Splits as libpq does: the credentials end at the first `@` that comes before any `/`.
    pub fn read(url: &str) -> Result<Self, String> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query)),
            None => (rest, None),
        };
        let mut password = None;
        let credentials = rest
            .find(['@', '/'])
            .filter(|&at| rest.get(at..=at) == Some("@"))
            .and_then(|at| rest.split_at_checked(at));
        let mut bare = rest.to_owned();
        if let Some((who, place)) = credentials
            && let Some((user, secret)) = who.split_once(':')
        {
            password = Some(decoded(secret)?);
            bare = format!("{user}{place}");
        }
        let mut kept = Vec::new();
        for pair in query.unwrap_or_default().split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            match decoded(key)?.as_str() {
                "" => {}
                "password" => password = Some(decoded(value)?),
                "sslpassword" => {
                    return Err("DATABASE_URL: sslpassword cannot be handed to PostgreSQL's tools unseen; use a key without one".into());
                }
                _ => kept.push(pair),
            }
        }
        let mark = if kept.is_empty() { "" } else { "?" };
        Ok(Self {
            url: format!("{scheme}://{bare}{mark}{}", kept.join("&")),
            password,
        })
    }
}

/// Text with its `%41` read.
fn decoded(text: &str) -> Result<String, String> {
    let wrong = || "DATABASE_URL: its percent signs are no UTF-8 text".to_owned();
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).ok_or_else(wrong)?;
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| wrong())?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).map_err(|_| wrong())
}

/// One of the programs.
#[derive(Debug)]
pub(super) struct Tool {
    name: &'static str,
    path: PathBuf,
    /// Its major version.
    pub major: u32,
}

/// Where Debian keeps a version's programs; those on the PATH there choose a version by rules of their own.
const PACKAGES: &str = "/usr/lib/postgresql";

/// How often a running program is looked after.
const LOOK: Duration = Duration::from_millis(20);

impl Tool {
    /// The oldest that is not older than version `needed`: the same version where it is there.
    pub fn find(name: &'static str, needed: u32) -> Result<Self, String> {
        let packages = std::fs::read_dir(PACKAGES).into_iter().flatten().flatten();
        let packages = packages.map(|entry| entry.path().join("bin"));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let found: Vec<Self> = packages
            .chain(std::env::split_paths(&path))
            .map(|dir| dir.join(name))
            .filter_map(|path| {
                let major = version(&path)?;
                Some(Self { name, path, major })
            })
            .collect();
        let newest = found.iter().map(|tool| tool.major).max();
        let fits = found.into_iter().filter(|tool| tool.major >= needed);
        fits.min_by_key(|tool| tool.major).ok_or_else(|| match newest {
            None => format!("{name} is not there: install PostgreSQL's client programs, version {needed} (such as the package postgresql-client-{needed})"),
            Some(newest) => format!("{name} is of version {newest}, and version {needed} is needed: install PostgreSQL's client programs of that version"),
        })
    }

    /// Runs it on the database at `address`, until `stop` is set. What went wrong is told without the rows it was about.
    pub fn run(
        &self,
        address: &Address,
        stop: &AtomicBool,
        more: impl FnOnce(&mut Command),
    ) -> Result<(), String> {
        let mut command = Command::new(&self.path);
        command
            .arg("--no-password")
            .arg(format!("--dbname={}", address.url))
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        if let Some(password) = &address.password {
            command.env("PGPASSWORD", password);
        }
        more(&mut command);
        let failed = |error: std::io::Error| format!("{}: {error}", self.path.display());
        let mut child = command.stderr(Stdio::piped()).spawn().map_err(failed)?;
        // Read aside, so that a full pipe holds nobody up.
        let errors = child.stderr.take();
        let reader = std::thread::spawn(move || {
            let mut said = Vec::new();
            let _ = errors.map(|mut errors| errors.read_to_end(&mut said));
            said
        });
        let status = loop {
            if stop.load(Ordering::Relaxed) {
                child.kill().map_err(failed)?;
            }
            match child.try_wait().map_err(failed)? {
                Some(status) => break status,
                None => std::thread::sleep(LOOK),
            }
        };
        let said = reader.join().unwrap_or_default();
        if status.success() {
            return Ok(());
        }
        // Only the line of the fault: those after it quote the row.
        let said = String::from_utf8_lossy(&said);
        let line = said.lines().find(|line| line.contains("error:"));
        Err(match line {
            Some(line) => line.to_owned(),
            None => format!("{}: {status}", self.name),
        })
    }
}

/// The major version a program says it has: `pg_dump (PostgreSQL) 15.18 (…)`.
fn version(path: &Path) -> Option<u32> {
    if !path.is_file() {
        return None;
    }
    let said = Command::new(path).arg("--version").output().ok()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let (_, number) = said.split_once("(PostgreSQL) ")?;
    let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_leaves_the_address_wherever_it_stands() {
        let read = |url: &str| Address::read(url).unwrap();
        let cases = [
            (
                "postgres://u:p%40%2Fs@h:5432/d",
                "postgres://u@h:5432/d",
                Some("p@/s"),
            ),
            (
                "postgresql://u@h/d?sslmode=require",
                "postgresql://u@h/d?sslmode=require",
                None,
            ),
            (
                "postgres://u@h1:1,h2:2/d?password=a%26b&options=-csearch_path%3Dx",
                "postgres://u@h1:1,h2:2/d?options=-csearch_path%3Dx",
                Some("a&b"),
            ),
            ("postgres://u:a:b@h/d", "postgres://u@h/d", Some("a:b")),
            (
                "postgres:///d?host=/run/a@b",
                "postgres:///d?host=/run/a@b",
                None,
            ),
            ("postgres://h", "postgres://h", None),
        ];
        for (url, bare, password) in cases {
            let found = read(url);
            assert_eq!(found.url, bare);
            assert_eq!(found.password.as_deref(), password);
        }
        assert!(Address::read("postgres://u@h/d?sslpassword=x").is_err());
        assert!(Address::read("postgres://u:%zz@h/d").is_err());
    }

    #[test]
    fn a_version_nobody_has_is_one_clear_line() {
        let why = Tool::find("pg_dump", 9_999).unwrap_err();
        assert!(
            why.starts_with("pg_dump is") && !why.contains('\n'),
            "{why}"
        );
    }
}
