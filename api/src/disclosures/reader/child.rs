//! The process that reads one file and ends.

use std::io::{BufRead as _, BufWriter, Read as _, Write as _};
use std::process::ExitCode;

use rlimit::Resource;

use super::{Answer, Heading};
use crate::disclosures::sheet::{MOST_CSV_BYTES, read_sheet};

/// It ended before it read anything: what it may take could not be limited.
pub const NOT_LIMITED: i32 = 70;
/// What was handed in is not what was announced.
const NOT_HANDED_IN: u8 = 65;
/// Bytes of address space.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;
/// Seconds of a core, then a second to die.
const MOST_SECONDS: u64 = 20;
/// The three pipes, and what the program opens for itself.
const MOST_FILES: u64 = 16;
/// The longest heading, in bytes.
const LONGEST_HEADING: u64 = 1024 * 1024;

/// Limits this process, reads a file from standard input, writes what was read to standard output.
#[must_use]
pub fn read_standard_input() -> ExitCode {
    if limit().is_err() {
        return u8::try_from(NOT_LIMITED).map_or(ExitCode::FAILURE, ExitCode::from);
    }
    match answer() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(NOT_HANDED_IN),
    }
}

fn limit() -> std::io::Result<()> {
    Resource::AS.set(MOST_MEMORY, MOST_MEMORY)?;
    // What was reserved before this line is no memory yet; becoming it counts here.
    Resource::DATA.set(MOST_MEMORY, MOST_MEMORY)?;
    Resource::CPU.set(MOST_SECONDS, MOST_SECONDS + 1)?;
    Resource::NOFILE.set(MOST_FILES, MOST_FILES)?;
    // No file of any size, and no picture of its memory when it dies.
    Resource::FSIZE.set(0, 0)?;
    Resource::CORE.set(0, 0)?;
    // When the machine runs short, this goes before the server. Some containers do not let it say so.
    #[cfg(target_os = "linux")]
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    Ok(())
}

fn answer() -> std::io::Result<()> {
    let mut input = std::io::stdin().lock();
    let mut heading = Vec::new();
    (&mut input)
        .take(LONGEST_HEADING)
        .read_until(b'\n', &mut heading)?;
    let heading: Heading = serde_json::from_slice(&heading)?;
    // One byte more than anything that is read, so that what is too large is seen to be.
    let most = u64::try_from(MOST_CSV_BYTES + 1).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    input.take(most).read_to_end(&mut bytes)?;
    if bytes.len() < heading.length.min(MOST_CSV_BYTES + 1) {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    let mut read = read_sheet(heading.kind, &bytes, &heading.file_name, &heading.given);
    drop(bytes);
    // A long ledger is not held twice by whoever hears it, and a line of text is read faster than a stream of it.
    let lines = std::mem::take(&mut read.lines);
    let mut output = BufWriter::new(std::io::stdout().lock());
    let head = Answer {
        lines: lines.len(),
        read,
    };
    serde_json::to_writer(&mut output, &head)?;
    for line in lines {
        output.write_all(b"\n")?;
        serde_json::to_writer(&mut output, &line)?;
    }
    output.flush()
}
