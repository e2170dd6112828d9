//! `staff`: accounts from the command line; the first administrator is made here.

use std::path::Path;
use std::sync::Arc;

use clap::{Args, Subcommand};
use yidiantong::accounts::cli::{StaffAdd, staff_add, staff_disable, staff_reset};

use super::{Failure, Flags, block_on, configure, open};

#[derive(Debug, Subcommand)]
pub(super) enum Staff {
    /// Make an account; prints its one-time enrolment link
    Add(Add),
    /// End an account at once
    Disable {
        /// What is typed to log in
        #[arg(long)]
        username: String,
    },
    /// A new enrolment link; the old password is dead
    Reset {
        /// What is typed to log in
        #[arg(long)]
        username: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// What is typed to log in
    #[arg(long)]
    username: String,
    /// `village_clerk`, `committee_member`, `publisher`, `handler`, `triage`, `supervisor`, auditor or administrator
    #[arg(long)]
    role: String,
    /// The unit, such as discipline-organ-230104111000
    #[arg(long, value_name = "ID")]
    organisation: String,
    /// The region the account works for; by default its unit's
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// The name colleagues see
    #[arg(long)]
    display_name: String,
    /// Where notices go
    #[arg(long)]
    email: Option<String>,
    /// A post the person holds; may be given several times
    #[arg(long = "post", value_name = "ID")]
    posts: Vec<String>,
}

impl Staff {
    pub(super) fn run(self, dir: &Path) -> Result<(), Failure> {
        let config = configure(dir, Flags::default())?;
        block_on(async move {
            let app = Arc::new(open(config).await?);
            let words = match self {
                Self::Add(add) => {
                    let new = StaffAdd {
                        username: add.username,
                        role: add.role,
                        organisation_id: add.organisation,
                        region_code: add.region,
                        display_name: add.display_name,
                        email: add.email,
                        posts: add.posts,
                    };
                    staff_add(&app, new).await?
                }
                Self::Disable { username } => staff_disable(&app, &username).await?,
                Self::Reset { username } => staff_reset(&app, &username).await?,
            };
            println!("{words}");
            Ok(())
        })
    }
}
