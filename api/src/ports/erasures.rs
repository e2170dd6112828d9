//! The list of erased identities, kept outside the database: a backup put back brings ciphertexts back that were
//! erased after it was made, and only what did not travel back in time with it can say so (security.md 1.4.2).
//!
//! One line for each, `<case> <RFC 3339>`, only ever added to. Case ids are random and say nothing of anybody.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use domain::id::ComplaintId;
use domain::time::Timestamp;

use super::secrets::private_dir;

/// The list's name in the directory of the secrets, which no backup holds and `secrets export` carries.
pub const FILE: &str = "erased.list";

/// The list.
#[derive(Debug, Clone)]
pub struct Erasures {
    path: PathBuf,
}

/// An erased identity: whose, and when.
pub type Erased = (ComplaintId, Timestamp);

/// What ends a line that a crash may have cut short, before others are added.
const TORN: &str = " -\n";

/// Reads the lines of a list. One cut short by a crash was never finished, and what it is about was not erased then.
///
/// # Errors
/// One sentence naming the line.
pub fn lines(text: &str) -> Result<Vec<Erased>, String> {
    let whole = text.rfind('\n').map_or("", |end| text.split_at(end + 1).0);
    let line = |(number, line): (usize, &str)| {
        let read = line.split_once(' ').and_then(|(id, at)| {
            let id = ComplaintId::try_from(id).ok()?;
            Some((id, Timestamp::parse(at).ok()?))
        });
        read.ok_or_else(|| format!("line {}: a case and a time belong there", number + 1))
    };
    let all = whole.lines().enumerate();
    let whole = all.filter(|(_, line)| !line.ends_with(TORN.trim_end()));
    whole.map(line).collect()
}

impl Erasures {
    /// The list of a directory of secrets.
    #[must_use]
    pub fn of(secrets_dir: &Path) -> Self {
        Self {
            path: secrets_dir.join(FILE),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All that is in it; nothing when there is no list yet.
    ///
    /// # Errors
    /// The operating system's, or what is no such list.
    pub fn read(&self) -> io::Result<Vec<Erased>> {
        match fs::read_to_string(&self.path) {
            Ok(text) => lines(&text).map_err(|why| io::Error::new(ErrorKind::InvalidData, why)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Adds to it; on the disk when this returns.
    ///
    /// # Errors
    /// The operating system's.
    pub fn add(&self, erased: &[Erased]) -> io::Result<()> {
        if erased.is_empty() {
            return Ok(());
        }
        let dir = self.path.parent().unwrap_or(Path::new("."));
        private_dir(dir)?;
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&self.path)?;
        let mut text = match fs::read(&self.path)?.last() {
            None | Some(b'\n') => String::new(),
            Some(_) => TORN.to_owned(),
        };
        for (id, at) in erased {
            text.push_str(&format!("{id} {at}\n"));
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        File::open(dir)?.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn erased(id: &str) -> Erased {
        let at = Timestamp::parse("2029-11-02T00:00:00+08:00").unwrap();
        (ComplaintId::try_from(id).unwrap(), at)
    }

    #[test]
    fn what_was_added_is_read_and_a_torn_line_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let list = Erasures::of(dir.path());
        assert_eq!(list.read().unwrap(), []);
        list.add(&[erased("a"), erased("b")]).unwrap();
        let torn = fs::read_to_string(list.path()).unwrap() + "c 2029-1";
        fs::write(list.path(), torn).unwrap();
        assert_eq!(list.read().unwrap(), [erased("a"), erased("b")]);
        list.add(&[erased("d")]).unwrap();
        assert_eq!(
            list.read().unwrap(),
            [erased("a"), erased("b"), erased("d")]
        );
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["a\n", "a tomorrow\n", "../x 2029-11-02T00:00:00+08:00\n"] {
            assert!(lines(text).unwrap_err().starts_with("line 1"), "{text}");
        }
    }
}
