//! The program: reads the command line, does what it says, and ends with 0, or with 1 and one clear line.

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::run()
}
