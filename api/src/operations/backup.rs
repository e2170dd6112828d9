//! A backup: the database first, then the attachments. A row of the database names only files that were there
//! before it, so every file it names is among those found after it.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use domain::time::Timestamp;
use tempfile::NamedTempFile;

use super::ATTACHMENTS;
use super::archive::{self, Manifest, Member};
use super::staging::Staging;
use crate::app::FOLDER;
use crate::config::Config;
use crate::ports::secrets::private_dir;

/// What came of it.
#[derive(Debug)]
pub struct Made {
    /// Rows in all tables.
    pub rows: i64,
    /// Attachments.
    pub files: usize,
    /// The size of the backup.
    pub bytes: u64,
    /// Name and id of each secret it is of no use without.
    pub key_ids: Vec<(String, String)>,
}

/// What a picture that the database names and that is not there means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// No backup: it may be the wrong folder.
    Refused,
    /// The operator knows, and wants the rest.
    Left,
}

/// Writes a backup of the installation into the new file `to`, while it serves.
///
/// # Errors
/// One sentence for the operator; there is no file then.
pub fn make(
    config: &Config,
    to: &Path,
    now: Timestamp,
    lost: Lost,
    staging: &Staging,
) -> Result<Made, String> {
    if to.symlink_metadata().is_ok() {
        return Err(format!(
            "{}: it is there already, and no backup is overwritten",
            to.display()
        ));
    }
    let work = staging.beside(to)?;
    let failed = |error: io::Error| format!("{}: {error}", to.display());
    let from = work.join("members");
    private_dir(&from).map_err(failed)?;
    let name = format!("database.{}", config.migrate_database.engine());
    let database = from.join(&name);
    let named = pictures(config)?;
    let saved = store::backup::save(&config.migrate_database, &database, staging.stop_flag())
        .map_err(|error| {
            format!(
                "{}: the database could not be saved there ({error}); nothing was saved",
                to.display()
            )
        })?;
    let mut members = vec![archive::member(name, &database).map_err(failed)?];
    collect(
        &config.attachments_dir,
        &from.join(ATTACHMENTS),
        ATTACHMENTS,
        &mut members,
    )
    .map_err(failed)?;
    if lost == Lost::Refused {
        check_pictures(config, named, &members)?;
    }

    let contents = &saved.contents;
    let mut made = Made {
        rows: contents.tables.values().sum(),
        files: members.len() - 1,
        bytes: 0,
        key_ids: contents
            .key_ids
            .clone()
            .into_iter()
            .filter(|(name, _)| name != FOLDER)
            .collect(),
    };
    let manifest = Manifest::new(saved, now, members);
    // For its owner alone, and not under its name before it is whole.
    let mut file = NamedTempFile::new_in(&work).map_err(failed)?;
    archive::write(&manifest, &from, file.as_file_mut()).map_err(failed)?;
    made.bytes = file.as_file().metadata().map_err(failed)?.len();
    file.persist_noclobber(to)
        .map_err(|error| failed(error.error))?;
    let dir = work.parent().unwrap_or(Path::new("."));
    fs::File::open(dir)
        .and_then(|dir| dir.sync_all())
        .map_err(failed)?;
    Ok(made)
}

/// The pictures that the database names now.
fn pictures(config: &Config) -> Result<Vec<String>, String> {
    store::backup::pictures(&config.migrate_database).map_err(|error| error.to_string())
}

/// Refuses a backup that lacks files: with another folder than the servers' it would hold none of their photos.
fn check_pictures(config: &Config, named: Vec<String>, members: &[Member]) -> Result<(), String> {
    let there: HashSet<&str> = members
        .iter()
        .filter_map(|member| member.name.rsplit('/').next())
        .collect();
    let mut missing = named;
    missing.retain(|id| !there.contains(id.as_str()));
    if !missing.is_empty() {
        // What was forgotten since is missed by nobody.
        let still: HashSet<String> = pictures(config)?.into_iter().collect();
        missing.retain(|id| still.contains(id));
    }
    let Some(first) = missing.first() else {
        return Ok(());
    };
    Err(format!(
        "ATTACHMENTS_DIR: {} lacks {} of the pictures that the database names, the first {first}: is it the folder that the servers use? Nothing was saved (--without-lost: they are lost for good)",
        config.attachments_dir.display(),
        missing.len()
    ))
}

/// Brings the files of a folder into another, as they are now: one that goes away later stays there.
fn collect(dir: &Path, into: &Path, name: &str, members: &mut Vec<Member>) -> io::Result<()> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    private_dir(into)?;
    let mut found: Vec<(String, PathBuf, bool)> = Vec::new();
    for entry in entries {
        let entry = entry?;
        let kind = entry.file_type()?;
        let own = entry.file_name().into_string().map_err(|name| {
            io::Error::other(format!("{}: its name is not UTF-8", name.display()))
        })?;
        // Hidden ones are not whole yet, or say whose folder it is.
        let hidden = own.starts_with('.');
        if !hidden && (kind.is_dir() || kind.is_file()) {
            found.push((own, entry.path(), kind.is_dir()));
        }
    }
    found.sort();
    for (own, path, is_dir) in found {
        let name = format!("{name}/{own}");
        let to = into.join(&own);
        if is_dir {
            collect(&path, &to, &name, members)?;
            continue;
        }
        // A link where it can be; else a copy.
        match fs::hard_link(&path, &to).or_else(|_| fs::copy(&path, &to).map(|_| ())) {
            Ok(()) => members.push(archive::member(name, &to)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
