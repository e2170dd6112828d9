//! `serve`: the server, until told to stop.

use std::path::Path;

use clap::{Args, ValueEnum};
use yidiantong::server::Server;

use super::{Failure, block_on, configure, log, open};

/// What this process does of all there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
    /// Everything
    All,
    /// Answer requests
    Api,
    /// Fire timers, send notices
    Worker,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// What this process does; several may share one database
    #[arg(long, value_enum, value_delimiter = ',', default_value = "all")]
    role: Vec<Role>,
    /// The address to listen at, such as 127.0.0.1:8080
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
}

impl Serve {
    fn has(&self, role: Role) -> bool {
        self.role.contains(&Role::All) || self.role.contains(&role)
    }

    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        log()?;
        let config = configure(dir, self.listen.clone())?;
        if !self.has(Role::Api) {
            return Err(Failure::Sentence(
                "--role: this build has no worker of its own yet; use all or api".into(),
            ));
        }
        block_on(async move {
            let app = open(config).await?;
            let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
            let server = Server::build(&app, cores)?;
            println!("listening at http://{}", server.address());
            // Stops on SIGINT, SIGTERM and SIGQUIT by itself, letting requests under way finish.
            let stopped = server.run().await;
            Ok(stopped.map_err(|error| format!("the server stopped: {error}"))?)
        })
    }
}
