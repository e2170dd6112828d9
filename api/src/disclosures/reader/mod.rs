//! A file from outside is read by a process of its own: whatever is in it, the server's memory and time stay as they
//! are. The child is this program again (`yidiantong parse-sheet`) with nothing of the server's: none of its
//! environment, no open file but three pipes. It limits itself before it reads (`child`); the server watches the clock.

mod child;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use domain::disclosure::kind::DisclosureKind;
use serde::{Deserialize, Serialize};

use super::sheet::{Pairs, ReadSheet};
use crate::error::ServiceError;
use crate::turns::Turns;

pub use child::read_standard_input;

/// The word that makes the program such a child.
pub const COMMAND: &str = "parse-sheet";
/// How long a file may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many are read at a time: each may take a core and half a gigabyte.
const AT_A_TIME: usize = 2;
/// How many more may wait for that.
const WAITING: usize = 8;
/// The most bytes a child may answer: a quarter of a million lines are half of it.
const MOST_ANSWERED: u64 = 160 * 1024 * 1024;
/// Bytes of an answer that are taken from the pipe at once: as many as it holds.
const READ_AT_ONCE: usize = 64 * 1024;
/// The most characters of a file's name that are handed on.
const LONGEST_NAME: usize = 100;
/// The one word of a child's environment: its allocator takes memory as it is needed, not a gigabyte of addresses at
/// once, of which the limit would forbid the rest.
const OWN_MEMORY: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "0");
/// How often somebody looks whether a child that has said all has ended.
const LOOK: Duration = Duration::from_millis(5);

/// What goes before the file, as one line of JSON.
#[derive(Debug, Serialize, Deserialize)]
struct Heading {
    kind: DisclosureKind,
    file_name: String,
    given: Pairs,
    /// The bytes that follow.
    length: usize,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failed {
    /// It could not be started, or not be limited: nothing is said about the file.
    NotStarted,
    /// It was still at it after all that time.
    TooLong,
    /// It took more memory than it may.
    TooMuch,
    /// It ended otherwise, or answered what is no answer.
    Broken,
}

/// The readers of files.
pub struct Readers {
    program: PathBuf,
    patience: Duration,
    turns: Turns,
}

impl Readers {
    /// With the program that is started.
    #[must_use]
    pub fn new(program: &Path) -> Self {
        Self {
            program: program.to_owned(),
            patience: PATIENCE,
            turns: Turns::new(AT_A_TIME, WAITING),
        }
    }

    /// The same with another patience, for tests of it.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Reads a sheet as [`super::sheet::read_sheet`] does, in a process of its own; one of an asker's at a time.
    ///
    /// # Errors
    /// [`StoreError::Busy`](store::StoreError::Busy) when too many wait already, or no process could be had. What is
    /// wrong with the file is no error but the answer.
    pub async fn read(
        &self,
        asker: &str,
        kind: DisclosureKind,
        bytes: Vec<u8>,
        file_name: &str,
        given: Pairs,
    ) -> Result<ReadSheet, ServiceError> {
        let turn = self.turns.turn_of(asker).await?;
        let heading = Heading {
            kind,
            file_name: file_name.chars().take(LONGEST_NAME).collect(),
            given,
            length: bytes.len(),
        };
        let (program, patience) = (self.program.clone(), self.patience);
        // The turn and the child's end go with the thread, whatever becomes of who asked.
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            apart(&program, patience, &heading, &bytes)
        });
        let done = work
            .await
            .map_err(|error| ServiceError::Broken(error.to_string()))?;
        let code = match done {
            Ok(read) => return Ok(read),
            Err(Failed::NotStarted) => return Err(store::StoreError::Busy.into()),
            Err(Failed::TooLong) => "takes_too_long",
            Err(Failed::TooMuch) => "needs_too_much_memory",
            Err(Failed::Broken) => "workbook_unreadable",
        };
        tracing::warn!(code, "a file could not be read within its limits");
        Ok(ReadSheet::unread(kind, file_name, code))
    }
}

/// Starts a child, hands it the file, waits for its answer and for its end; never longer than `patience`, and a
/// moment for its end.
fn apart(
    program: &Path,
    patience: Duration,
    heading: &Heading,
    bytes: &[u8],
) -> Result<ReadSheet, Failed> {
    let until = Instant::now() + patience;
    let heading = serde_json::to_vec(heading).map_err(|_| Failed::Broken)?;
    let mut child = Command::new(program)
        .arg(COMMAND)
        .env_clear()
        .env(OWN_MEMORY.0, OWN_MEMORY.1)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| {
            tracing::error!(%error, "no process could be started to read a file");
            Failed::NotStarted
        })?;
    let ends = child.stdin.take().zip(child.stdout.take());
    std::thread::scope(|scope| {
        let (tell, told) = mpsc::channel();
        if let Some((input, output)) = ends {
            scope.spawn(move || hand(input, &heading, bytes));
            scope.spawn(move || {
                // Nobody listens any more once it took too long.
                let _ = tell.send(hear(output));
            });
        }
        let left = until.saturating_duration_since(Instant::now());
        let answer = told.recv_timeout(left);
        let ended = match &answer {
            Ok(None) => end_of(&mut child, until),
            Ok(Some(_)) | Err(_) => None,
        };
        // Its pipes close with it, which lets both threads go; waiting leaves no zombie. What has ended is not killed.
        let _ = child.kill();
        let _ = child.wait();
        match answer {
            Ok(Some(read)) => Ok(read),
            Ok(None) => Err(ended.map_or(Failed::TooLong, failed)),
            Err(_) => Err(Failed::TooLong),
        }
    })
}

/// Gives the child its file. It may well end before it has taken all.
fn hand(mut input: ChildStdin, heading: &[u8], bytes: &[u8]) {
    let _ = input
        .write_all(heading)
        .and_then(|()| input.write_all(b"\n"))
        .and_then(|()| input.write_all(bytes));
}

/// What the child answers: the sheet without its lines, and each of these on a line of its own.
#[derive(Serialize, Deserialize)]
struct Answer {
    lines: usize,
    read: ReadSheet,
}

/// What the child answers; nothing when that is no answer.
fn hear(output: ChildStdout) -> Option<ReadSheet> {
    let mut output = BufReader::with_capacity(READ_AT_ONCE, output.take(MOST_ANSWERED));
    let mut text = Vec::new();
    output.read_until(b'\n', &mut text).ok()?;
    let Answer { lines, mut read } = serde_json::from_slice(&text).ok()?;
    for _ in 0..lines {
        text.clear();
        output.read_until(b'\n', &mut text).ok()?;
        read.lines.push(serde_json::from_slice(&text).ok()?);
    }
    Some(read)
}

/// How a child ended that has nothing more to say; nothing when it has not by then.
fn end_of(child: &mut Child, until: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < until => std::thread::sleep(LOOK),
            Ok(None) | Err(_) => return None,
        }
    }
}

/// What an end without an answer means.
fn failed(status: ExitStatus) -> Failed {
    use std::os::unix::process::ExitStatusExt as _;
    // The numbers are those of Linux and of POSIX's first dozen; SIGXCPU is 24 on both of our machines.
    match (status.code(), status.signal()) {
        (Some(child::NOT_LIMITED), _) => {
            tracing::error!("a process that reads files could not limit itself");
            Failed::NotStarted
        }
        (_, Some(24)) => Failed::TooLong,
        // Aborted for want of memory, a fault at its border, or killed by the kernel for it.
        (_, Some(6 | 7 | 9 | 11)) => Failed::TooMuch,
        _ => Failed::Broken,
    }
}
