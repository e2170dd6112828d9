//! The demo's accounts. Their passwords and secrets are made anew for each demo and written to a file that
//! only the owner may read.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

use domain::id::{OrganisationId, PostId, StaffId};
use domain::region::RegionCode;
use domain::role::Role;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::story::Story;
use crate::accounts::service::{NewStaff, create_ready};
use crate::accounts::totp::TotpSecret;
use crate::app::App;
use crate::ports::clock::Clocks;
use crate::ports::secrets::private_dir;

/// The file in the data directory.
pub const ACCOUNTS_FILE: &str = "demo-accounts.json";

/// One account, as the file has it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Account {
    role: String,
    username: String,
    password: String,
    /// Base32.
    totp_secret: String,
    region_code: String,
    organisation_id: String,
    label: String,
}

/// Staff of the demo by user name.
pub type People = BTreeMap<String, StaffId>;

/// Makes the accounts and writes their file.
pub async fn make(app: &Arc<App>, story: &Story, data_dir: &Path) -> Result<People, String> {
    let mut people = People::new();
    let mut accounts = Vec::new();
    for person in &story.staff {
        let wrong = |what: &str| format!("demo.json: {}: {what}", person.username);
        let secret: [u8; 20] = app.ids.bytes();
        let password = format!("yanshi-{}", domain::canon::hex(&app.ids.bytes::<6>()));
        let new = NewStaff {
            username: person.username.clone(),
            display_name: person.display_name.clone(),
            role: Role::parse(&person.role).ok_or_else(|| wrong("role"))?,
            region: RegionCode::try_from(person.region_code.as_str())
                .map_err(|_| wrong("region_code"))?,
            organisation: OrganisationId::try_from(person.organisation_id.as_str())
                .map_err(|_| wrong("organisation_id"))?,
            email: Some(format!("{}@demo.invalid", person.username)),
            posts: person
                .posts
                .iter()
                .map(|id| PostId::try_from(id.as_str()).map_err(|_| wrong("posts")))
                .collect::<Result<_, _>>()?,
            since: None,
        };
        let id = create_ready(app, new, &password, secret)
            .await
            .map_err(|error| wrong(&error.to_string()))?;
        people.insert(person.username.clone(), id);
        accounts.push(Account {
            role: person.role.clone(),
            username: person.username.clone(),
            password,
            totp_secret: TotpSecret::new(secret).base32(),
            region_code: person.region_code.clone(),
            organisation_id: person.organisation_id.clone(),
            label: person.label.clone(),
        });
    }
    write(&accounts, data_dir).map_err(|error| format!("{ACCOUNTS_FILE}: {error}"))?;
    Ok(people)
}

fn write(accounts: &[Account], data_dir: &Path) -> std::io::Result<()> {
    private_dir(data_dir)?;
    let mut options = std::fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(data_dir.join(ACCOUNTS_FILE))?;
    file.write_all(serde_json::to_string_pretty(accounts)?.as_bytes())?;
    file.sync_all()
}

/// Reads the accounts of the demo in a data directory.
///
/// # Errors
/// One sentence for the operator.
fn read(data_dir: &Path) -> Result<Vec<Account>, String> {
    let path = data_dir.join(ACCOUNTS_FILE);
    let text = std::fs::read_to_string(&path).map_err(|error| {
        format!(
            "{}: {error}; is there a demo in this --data-dir?",
            path.display()
        )
    })?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

impl Account {
    /// The code of this moment; `None` when the secret cannot be read.
    fn code(&self, wall: Timestamp) -> Option<String> {
        TotpSecret::from_base32(&self.totp_secret).map(|secret| secret.code(wall))
    }
}

/// An account as the login page of a demo offers it.
#[derive(Serialize, ToSchema)]
pub struct DemoAccount {
    role: Role,
    username: String,
    password: String,
    /// Good once, within half a minute: ask again before each login.
    totp_code: String,
    region_code: String,
    organisation_id: String,
    /// What people call it.
    label: String,
}

/// The accounts with their codes of this moment.
///
/// # Errors
/// One sentence for the operator.
pub fn offered(data_dir: &Path, wall: Timestamp) -> Result<Vec<DemoAccount>, String> {
    let accounts = read(data_dir)?.into_iter().filter_map(|account| {
        Some(DemoAccount {
            totp_code: account.code(wall)?,
            role: Role::parse(&account.role)?,
            username: account.username,
            password: account.password,
            region_code: account.region_code,
            organisation_id: account.organisation_id,
            label: account.label,
        })
    });
    Ok(accounts.collect())
}

/// A login body of a demo account with its current code, for `curl -d`.
///
/// # Errors
/// One sentence for the operator.
pub fn login_body(data_dir: &Path, username: &str) -> Result<String, String> {
    let accounts = read(data_dir)?;
    let account = accounts
        .iter()
        .find(|account| account.username == username)
        .ok_or_else(|| {
            let names: Vec<&str> = accounts
                .iter()
                .map(|account| account.username.as_str())
                .collect();
            format!("no demo account {username}; there are {}", names.join(", "))
        })?;
    let code = account
        .code(Clocks::wall_clock().wall())
        .ok_or("the account's secret cannot be read")?;
    let body = serde_json::json!({
        "username": account.username,
        "password": account.password,
        "totp_code": code,
    });
    Ok(body.to_string())
}
