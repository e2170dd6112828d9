//! The counties' keys: made where the vault is, looked for where a start needs them (security.md 1.4.2). The vault makes
//! a pair for every county there is, so that processes without it find a public half to seal to.

use std::sync::Arc;
use std::time::Duration;

use domain::region::RegionCode;
use store::{identities, regions};

use crate::app::App;
use crate::ports::sealer::Unsealed;
use crate::ports::vault::Shut;

/// Time between two looks for counties without a key.
const PAUSE: Duration = Duration::from_secs(60);
/// How long a start waits for a vault that starts beside it.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// Time between two looks while it waits.
const LOOK: Duration = Duration::from_millis(200);

/// Makes the pairs that are missing, until the program is told to stop.
pub async fn run(app: Arc<App>) {
    while !app.stopping.is_set() {
        if let Err(reason) = make_missing(&app).await {
            tracing::error!(%reason, "a county has no key: its complainants can only stay anonymous");
        }
        tokio::select! {
            () = app.stopping.wait() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

async fn counties(app: &App) -> Result<Vec<RegionCode>, String> {
    let found = app.db.read(regions::counties).await;
    found.map_err(|error| error.to_string())
}

/// Makes the pairs that are missing.
///
/// # Errors
/// One sentence for the operator.
pub async fn make_missing(app: &App) -> Result<(), String> {
    let (counties, sealer) = (counties(app).await?, app.sealer.clone());
    // The whole country has three thousand: who is told to stop meanwhile stops.
    let stopping = app.stopping.clone();
    let made = tokio::task::spawn_blocking(move || {
        counties
            .iter()
            .take_while(|_| !stopping.is_set())
            .try_for_each(|county| match sealer.key_id(county) {
                Ok(_) => Ok(()),
                Err(Unsealed::NoKey) => {
                    Err(format!("{} is not there", sealer.place(county).display()))
                }
                Err(Unsealed::Broken(why)) => Err(why),
            })
    });
    made.await.map_err(|error| error.to_string())?
}

/// Refuses a start that lacks what its role needs: the vault every private key that something is or will be sealed to; whoever
/// takes filings (`seals`) a public key of every county, and the one that the earlier ones were sealed to. Those may
/// come within `patience`.
///
/// # Errors
/// One sentence for the operator.
pub async fn check(app: &App, seals: bool, patience: Duration) -> Result<(), String> {
    check_vault(app).await?;
    if !seals || app.vault.is_some() {
        return Ok(());
    }
    let begun = tokio::time::Instant::now();
    loop {
        match check_public(app).await {
            Err(_) if begun.elapsed() < patience => tokio::time::sleep(LOOK).await,
            done => return done,
        }
    }
}

async fn used(app: &App) -> Result<Vec<(RegionCode, String)>, String> {
    let keys = app.db.read(identities::keys).await;
    let keys = keys.map_err(|error| error.to_string())?;
    let read = |(county, key): (String, String)| {
        let county = RegionCode::try_from(county).map_err(|error| error.to_string())?;
        Ok((county, key))
    };
    keys.into_iter().map(read).collect()
}

async fn check_vault(app: &App) -> Result<(), String> {
    let Some(vault) = &app.vault else {
        return Ok(());
    };
    let mut needed = used(app).await?;
    // What is sealed from now on has to open too: no public half may be here without the private one.
    for county in counties(app).await? {
        if app.sealer.place(&county).exists() {
            let key = app.sealer.key_id(&county).map_err(|why| match why {
                Unsealed::Broken(why) => why,
                Unsealed::NoKey => format!("{} is gone", app.sealer.place(&county).display()),
            })?;
            needed.push((county, key));
        }
    }
    for (county, key) in needed {
        let place = vault.dir().join(format!("{county}.key"));
        let place = place.display();
        match vault.key_id(&county) {
            Ok(ours) if ours == key => {}
            Ok(_) => {
                return Err(format!(
                    "{place} is another key than the one that identities are sealed to: restore the one it belongs to"
                ));
            }
            Err(Shut::Broken(why)) => return Err(why),
            Err(_) => {
                return Err(format!(
                    "{place} is not there, and identities are sealed to it: `yidiantong secrets import FILE` brings it, or leave the role vault to a process that has it"
                ));
            }
        }
    }
    Ok(())
}

async fn check_public(app: &App) -> Result<(), String> {
    let used = used(app).await?;
    let all = counties(app).await?.into_iter();
    for county in all.chain(used.iter().map(|(county, _)| county.clone())) {
        let place = app.sealer.place(&county);
        let place = place.display();
        match app.sealer.key_id(&county) {
            Ok(ours) => {
                let of_county = used.iter().filter(|(other, _)| *other == county);
                if of_county.clone().count() > 0 && !of_county.clone().any(|(_, key)| *key == ours)
                {
                    return Err(format!(
                        "{place} is another key than the one that identities are sealed to"
                    ));
                }
            }
            Err(Unsealed::Broken(why)) => return Err(why),
            Err(Unsealed::NoKey) => {
                return Err(format!(
                    "{place} is not there, and without the role vault no key is made: start a process with `--role vault` first, and bring what `yidiantong secrets export --without-vault FILE` says there"
                ));
            }
        }
    }
    Ok(())
}
