//! `yidiantong staff add`, `disable` and `reset`: what they do and the text they print. Whoever can run
//! them has the database anyway, so the first administrator is made here.

use std::sync::Arc;

use domain::id::{OrganisationId, PostId, StaffId};
use domain::organisation::Organisation;
use domain::region::RegionCode;
use domain::role::Role;
use store::StoreError;
use store::accounts::enrolments;
use store::accounts::staff::{self, Obstacle, Profile};
use store::audit::Actor;

use super::enrolment;
use super::grants;
use super::hiring::{self, Wanted};
use super::people::not_the_last;
use super::service::{NewStaff, entry, fold};
use crate::app::App;
use crate::error::ServiceError;

/// Arguments of `staff add`, as typed.
#[derive(Debug, Clone, Default)]
pub struct StaffAdd {
    /// What will be typed to log in.
    pub username: String,
    /// One of [`Role::ALL`], by its word.
    pub role: String,
    /// The unit to work in.
    pub organisation_id: String,
    /// The region to work for; the unit's own when not given.
    pub region_code: Option<String>,
    /// The person's name.
    pub display_name: String,
    /// Where notices go.
    pub email: Option<String>,
    /// Posts the person holds: a complaint about one of them recuses its holder.
    pub posts: Vec<String>,
}

/// Makes an account and prints its one-time enrolment link as the last line.
///
/// # Errors
/// One sentence for the operator.
pub async fn staff_add(app: &Arc<App>, args: StaffAdd) -> Result<String, String> {
    let unit = match OrganisationId::try_from(args.organisation_id.clone()) {
        Err(_) => None,
        Ok(id) => app
            .db
            .read(move |tx| store::organisations::find(tx, &id))
            .await
            .map_err(words)?,
    };
    let unit =
        unit.ok_or_else(|| format!("organisation: there is no unit {:?}", args.organisation_id))?;
    if unit.is_closed() {
        return Err(format!("organisation: {} is closed", unit.name));
    }
    let new = read(args, &unit)?.rolled(app);
    let now = new.created_at;
    let (link, enrolment) = enrolment::roll(app, &new.id, now).map_err(words)?;
    let row = entry(app, Actor::Operator, "staff_created", &new.id, now);
    let (kept, inner) = (new.clone(), Arc::clone(app));
    let obstacle = app
        .db
        .write(move |tx| {
            let obstacle = staff::obstacle(tx, &kept)?;
            if obstacle.is_none() {
                grants::create(tx, &inner, &kept)?;
                enrolments::keep(tx, &enrolment)?;
                store::audit::record(tx, &row)?;
            }
            Ok::<_, StoreError>(obstacle)
        })
        .await
        .map_err(words)?;
    match obstacle {
        Some(Obstacle::UsernameTaken) => Err(format!("username: {} is taken", new.username)),
        Some(Obstacle::NoRegion) => Err(format!("region: there is no region {}", new.region)),
        Some(Obstacle::NoPost(post)) => Err(format!("post: there is no post {post}")),
        None => Ok(format!(
            "{} ({}, {}) now works for {} in {}.\n{}",
            new.display_name,
            new.username,
            new.role.as_str(),
            new.region,
            unit.name,
            handover(&link)
        )),
    }
}

/// Ends an account: its tokens, sessions and links are dead when this returns.
///
/// # Errors
/// One sentence for the operator.
pub async fn staff_disable(app: &App, username: &str) -> Result<String, String> {
    let Profile { id, role, .. } = live(app, username).await?;
    let now = app.clocks.wall();
    let row = entry(app, Actor::Operator, "staff_disabled", &id, now);
    app.db
        .write(move |tx| {
            staff::disable(tx, &id, now)?;
            not_the_last(tx, role)?;
            Ok::<_, ServiceError>(store::audit::record(tx, &row)?)
        })
        .await
        .map_err(|error| match error {
            ServiceError::Rule(code) => format!("username: {}", code.en()),
            other => words(other),
        })?;
    Ok(format!(
        "{} is disabled; every session has ended.\n",
        fold(username)
    ))
}

/// Takes an account's password and phone away, ends its sessions, and prints a new one-time enrolment link
/// as the last line.
///
/// # Errors
/// One sentence for the operator.
pub async fn staff_reset(app: &App, username: &str) -> Result<String, String> {
    let id: StaffId = live(app, username).await?.id;
    let now = app.clocks.wall();
    let (link, enrolment) = enrolment::roll(app, &id, now).map_err(words)?;
    let row = entry(app, Actor::Operator, "staff_reset", &id, now);
    app.db
        .write(move |tx| {
            staff::clear_credentials(tx, &id, now)?;
            enrolments::keep(tx, &enrolment)?;
            store::audit::record(tx, &row)
        })
        .await
        .map_err(words)?;
    Ok(format!(
        "The old password of {} and every session are dead.\n{}",
        fold(username),
        handover(&link)
    ))
}

fn handover(link: &str) -> String {
    format!("Hand over this link; it is good once, for 72 hours:\n{link}\n")
}

fn words(error: impl Into<ServiceError>) -> String {
    error.into().to_string()
}

async fn live(app: &App, username: &str) -> Result<Profile, String> {
    let name = fold(username);
    let found = app
        .db
        .read(move |tx| staff::credentials(tx, &name))
        .await
        .map_err(words)?;
    match found.map(|found| found.profile) {
        None => Err(format!("username: there is no account {username:?}")),
        Some(profile) if profile.disabled => Err(format!(
            "username: {} is disabled already; a person who comes back gets a new account",
            profile.username
        )),
        Some(profile) => Ok(profile),
    }
}

/// The account that was asked for in this unit.
fn read(args: StaffAdd, unit: &Organisation) -> Result<NewStaff, String> {
    let role = Role::parse(&args.role).ok_or_else(|| {
        let all: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("role: {:?} is none of {}", args.role, all.join(", "))
    })?;
    let region = args.region_code.map(|code| {
        RegionCode::try_from(code.clone())
            .map_err(|_| format!("region: {code:?} is no code of 12 digits, such as 230104111204"))
    });
    let posts = args.posts.into_iter().map(|post| {
        PostId::try_from(post.clone()).map_err(|_| format!("post: there is no post {post:?}"))
    });
    let wanted = Wanted {
        username: args.username,
        display_name: args.display_name,
        role,
        region: region.transpose()?,
        email: args.email,
        posts: posts.collect::<Result<_, _>>()?,
    };
    hiring::read(wanted, unit).map_err(|unfit| {
        let option = match unfit.field {
            "region_code" => "region",
            "display_name" => "display name",
            other => other,
        };
        format!("{option}: {}", unfit.words)
    })
}

#[cfg(test)]
mod tests {
    use domain::organisation::OrganisationKind;

    use super::*;

    fn unit(kind: OrganisationKind, region: &str) -> Organisation {
        let region_code = RegionCode::try_from(region).unwrap();
        Organisation {
            id: OrganisationId::try_from("unit").unwrap(),
            level: region_code.level(),
            region_code,
            kind,
            name: "演示单位".into(),
            led_by: None,
            email: None,
            closed_on: None,
            version: 1,
        }
    }

    fn args(role: &str) -> StaffAdd {
        StaffAdd {
            username: " Zhang.Wei ".into(),
            role: role.into(),
            organisation_id: "unit".into(),
            display_name: "张演示".into(),
            ..StaffAdd::default()
        }
    }

    const TOWNSHIP: &str = "230104111000";
    const VILLAGE: &str = "230104111204";

    #[test]
    fn what_fits_is_read() {
        let organ = unit(OrganisationKind::DisciplineOrgan, TOWNSHIP);
        let new = read(args("triage"), &organ).unwrap();
        assert_eq!(new.username, "zhang.wei");
        assert_eq!(new.region, organ.region_code);
        let county = unit(OrganisationKind::DisciplineOrgan, "230104000000");
        assert!(read(args("supervisor"), &county).is_ok());
        assert!(read(args("triage"), &county).is_err());
        let agency = unit(OrganisationKind::AccountingAgency, TOWNSHIP);
        let clerk = StaffAdd {
            region_code: Some(VILLAGE.into()),
            ..args("village_clerk")
        };
        assert_eq!(read(clerk, &agency).unwrap().region.as_str(), VILLAGE);
    }

    #[test]
    fn what_does_not_is_one_sentence() {
        let organ = unit(OrganisationKind::DisciplineOrgan, TOWNSHIP);
        let village = unit(OrganisationKind::VillageCommittee, VILLAGE);
        let refusal = |args, unit| read(args, unit).err().unwrap_or_default();
        for (role, unit) in [
            ("boss", &organ),
            ("supervisor", &organ),
            ("handler", &organ),
            ("village_clerk", &organ),
            ("committee_member", &village),
            ("triage", &village),
        ] {
            let sentence = refusal(args(role), unit);
            assert!(sentence.starts_with("role: "), "{role}: {sentence}");
            assert!(!sentence.contains('\n'));
        }
        for region in ["1", "230104112000", "230104000000"] {
            let asked = StaffAdd {
                region_code: Some(region.into()),
                ..args("auditor")
            };
            let sentence = refusal(asked, &organ);
            assert!(sentence.starts_with("region: "), "{region}: {sentence}");
        }
        let nameless = StaffAdd {
            username: "张".into(),
            ..args("triage")
        };
        assert!(refusal(nameless, &organ).starts_with("username: "));
        let unreachable = StaffAdd {
            email: Some("nobody".into()),
            ..args("triage")
        };
        assert!(refusal(unreachable, &organ).starts_with("email: "));
    }
}
