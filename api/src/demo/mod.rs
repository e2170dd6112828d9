//! The demo: Harbin's real region tree with fictional contents, plainly marked 演示, made by the same
//! services that real work goes through, on a clock that is stepped through a year.

pub mod admin;
mod cases;
mod duties;
mod ledgers;
mod people;
mod story;
mod tables;
pub mod time;

use std::path::Path;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveTime, TimeDelta};
use domain::time::Timestamp;
use store::installation;
use store::regions::Part;

use crate::app::App;
use crate::config::Config;
use crate::operations::keys;
use crate::ports::clock::Clocks;

pub use people::{ACCOUNTS_FILE, login_body};

const REGIONS: &[u8] = include_bytes!("../../data/regions-harbin.csv");
const HOLIDAYS: &[u8] = include_bytes!("../../data/holidays-cn.csv");
const POWERS: [&[u8]; 3] = [
    include_bytes!("../../data/powers-template.json"),
    include_bytes!("../../data/duties-template.json"),
    include_bytes!("../../data/bans-template.json"),
];

/// How the demo's clock is to run.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Case time at the start of a new demo; by default the last Monday, 08:00.
    pub start: Option<Timestamp>,
    /// Case seconds in a wall second; by default as before, else 1.
    pub speed: Option<i64>,
}

/// The last Monday, 08:00, at or before `now`.
fn last_monday(now: Timestamp) -> Timestamp {
    let eight = NaiveTime::from_hms_opt(8, 0, 0).unwrap_or(NaiveTime::MIN);
    let today = now.day();
    let monday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
    let at = Timestamp::at(monday, eight);
    if at <= now {
        at
    } else {
        Timestamp::at(monday - TimeDelta::days(7), eight)
    }
}

/// Opens a demo, making it first where there is none; a demo that is there goes on from where its clock
/// stood.
///
/// # Errors
/// One sentence for the operator.
pub async fn open(config: Config, pace: Pace) -> Result<App, String> {
    let wall = Clocks::wall_clock().wall();
    let start = pace.start.unwrap_or_else(|| last_monday(wall));
    // A demo makes its own keys, whatever this process will be.
    let with_vault = Config {
        has_vault: true,
        ..config.clone()
    };
    let begins = story::begins(&story::read()?, start);
    let making = Arc::new(App::open(with_vault, Clocks::stepped(begins, wall)).await?);
    making.check_secrets().await?;
    let known = making.db.read(installation::clock_base).await;
    let is_new = known.map_err(|error| error.to_string())?.is_none();
    if is_new {
        make(&making, &config.data_dir, start).await?;
    }
    let (db, wanted) = (making.db.clone(), pace.speed);
    let base = time::patiently(|| db.write(move |tx| time::begin(tx, start, wanted))).await;
    let base = base.map_err(|error| error.to_string())?;
    // Somebody keeps this clock at a pace of his own.
    if wanted.is_some_and(|speed| speed != base.speed) {
        return Err(format!(
            "another process runs this demo at speed {}: stop it, wait {} seconds, or leave out --speed",
            base.speed,
            time::ALIVE_SECONDS
        ));
    }
    let app = App::open(config, Clocks::fast(base)).await?;
    Ok(App {
        is_demo: true,
        ..app
    })
}

/// Makes the demo. The clock's base is written last: a demo broken off half-way is not taken for one.
async fn make(app: &Arc<App>, data_dir: &Path, start: Timestamp) -> Result<(), String> {
    let story = story::read()?;
    let roots = app
        .db
        .read(|tx| store::regions::list(tx, &Part::Roots, None, 1))
        .await;
    if !roots.map_err(|error| error.to_string())?.is_empty() {
        return Err(format!(
            "this database has contents and is no finished demo: use another --data-dir or an empty database; \
             a demo that was stopped while it was made leaves such a one, which may be deleted (its directory is {})",
            data_dir.display()
        ));
    }
    say("demo: regions of Harbin …");
    crate::regions::import::import_regions(app, REGIONS)
        .await
        .map_err(|error| error.to_string())?;
    crate::sla::import::import_holidays(app, HOLIDAYS, None, "holidays-cn.csv")
        .await
        .map_err(|error| error.to_string())?;
    for list in POWERS {
        crate::powers::import::import_powers(app, list)
            .await
            .map_err(|error| error.to_string())?;
    }
    say("demo: accounts …");
    let people = people::make(app, &story, data_dir).await?;
    say("demo: a year of ledgers, half a year of complaints …");
    story::tell(app, &story, &people, start).await?;
    // So that processes of the demo without the vault find what they seal to.
    keys::make_missing(app).await?;
    say("demo: ready");
    Ok(())
}

fn say(words: &str) {
    eprintln!("{words}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begins_on_a_monday_morning_that_has_been() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        assert_eq!(
            last_monday(at("2026-11-25T12:00:00+08:00")),
            at("2026-11-23T08:00:00+08:00")
        );
        assert_eq!(
            last_monday(at("2026-11-23T07:00:00+08:00")),
            at("2026-11-16T08:00:00+08:00")
        );
        assert_eq!(
            last_monday(at("2026-11-23T08:00:00+08:00")),
            at("2026-11-23T08:00:00+08:00")
        );
    }
}
