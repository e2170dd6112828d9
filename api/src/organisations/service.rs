//! Founding, naming and closing units. One administrator does it alone; the others, and the auditors, are told.
//!
//! Which unit leads which is no action: it is said when a unit is founded and never changed, because it decides who is
//! recused from a case (`domain::organisation::administration`).

use std::sync::Arc;

use domain::id::{OrganisationId, PostId};
use domain::organisation::administration::{MOST_POSTS, UnitAct};
use domain::organisation::{Organisation, OrganisationKind, Post};
use domain::region::RegionCode;
use domain::role::Scope;
use store::audit::{self, Actor, Entry};
use store::organisations::desk::{self, Change, Kept, Ties};
use store::{StoreError, Tx, organisations, regions};

use crate::app::App;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};
use crate::http::page::Want;
use crate::notify::{Params, Template, told};
use crate::office::still_in_office;

/// A post that is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPost {
    /// What its holder is called.
    pub title: String,
    /// Whether its holder leads the unit.
    pub leads: bool,
}

/// A unit that is to be, as far as the request alone tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// The region it works for.
    pub region: RegionCode,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: String,
    /// The unit that leads it.
    pub led_by: Option<OrganisationId>,
    /// Where its notices go.
    pub email: Option<String>,
    /// Its posts.
    pub posts: Vec<NewPost>,
}

/// What is to be done with a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Give it another name.
    Rename(String),
    /// Say where its notices go.
    Email(Option<String>),
    /// Add a post.
    AddPost(NewPost),
    /// Close it.
    Close,
}

impl Act {
    fn kind(&self) -> UnitAct {
        match self {
            Self::Rename(_) => UnitAct::Rename,
            Self::Email(_) => UnitAct::Email,
            Self::AddPost(_) => UnitAct::AddPost,
            Self::Close => UnitAct::Close,
        }
    }

    /// The word in the audit.
    fn done(&self) -> &'static str {
        match self {
            Self::Rename(_) => "unit_renamed",
            Self::Email(_) => "unit_mail_changed",
            Self::AddPost(_) => "unit_post_added",
            Self::Close => "unit_closed",
        }
    }

    /// What those who watch read, in Chinese and English.
    fn words(&self, before: &Organisation) -> (String, String) {
        match self {
            Self::Rename(_) => (
                format!("改名（原来叫{}）", before.name),
                format!("another name (it was {})", before.name),
            ),
            Self::Email(_) => (
                "改了收通知的邮箱".to_owned(),
                "another address for its notices".to_owned(),
            ),
            Self::AddPost(post) => (
                format!("增设职务：{}", post.title),
                format!("a new post: {}", post.title),
            ),
            Self::Close => ("撤销".to_owned(), "it was closed".to_owned()),
        }
    }
}

/// A page of the units of a region: one's own, or one inside it.
///
/// # Errors
/// [`ServiceError::NotFound`] for a region that does not exist or is not within reach.
pub async fn list(
    app: &Arc<App>,
    scope: &Scope,
    region: Option<RegionCode>,
    want: &Want,
) -> Result<Vec<Kept>, ServiceError> {
    let (scope, want, today) = (scope.clone(), want.clone(), app.clocks.case().day());
    app.db
        .read(move |tx| {
            let region = region.unwrap_or_else(|| scope.region.clone());
            if !scope.region.covers(&region) || !regions::exists(tx, &region)? {
                return Err(ServiceError::NotFound);
            }
            let rows = want.rows();
            Ok(desk::list(tx, &region, want.after, rows, today)?)
        })
        .await
}

/// Founds a unit.
///
/// # Errors
/// The faults of the body, all at once.
pub async fn found(
    app: &Arc<App>,
    scope: &Scope,
    asked: Founding,
    reason: String,
) -> Result<Kept, ServiceError> {
    let (scope, inner) = (scope.clone(), Arc::clone(app));
    let id: OrganisationId = app.ids.make();
    let posts: Vec<Post> = asked
        .posts
        .iter()
        .map(|post| new_post(app, &id, post))
        .collect();
    app.db
        .write(move |tx| {
            still_in_office(tx, &scope)?;
            check(tx, &scope, &asked)?;
            // A village that nobody turned to has its committees first: with this one alone it would seem to have been
            // founded.
            organisations::ensure(tx, &asked.region)?;
            let unit = Organisation {
                id: id.clone(),
                region_code: asked.region.clone(),
                level: asked.region.level(),
                kind: asked.kind,
                name: asked.name.clone(),
                led_by: asked.led_by.clone(),
                email: asked.email.clone(),
                closed_on: None,
                version: 1,
            };
            organisations::found(tx, &[(unit.clone(), posts.clone())])?;
            record(tx, &inner, &scope, "unit_founded", &id, &reason)?;
            let words = ("新设单位".to_owned(), "a new unit".to_owned());
            tell(tx, &inner, &scope, &unit, words)?;
            seen(tx, &inner, &scope, &id)
        })
        .await
}

fn new_post(app: &App, unit: &OrganisationId, post: &NewPost) -> Post {
    Post {
        id: app.ids.make::<PostId>(),
        organisation_id: unit.clone(),
        title: post.title.clone(),
        leads: post.leads,
    }
}

/// What the database says against a new unit.
fn check(tx: &mut Tx<'_>, scope: &Scope, asked: &Founding) -> Result<(), ServiceError> {
    let region = &asked.region;
    let known = regions::find(tx, region)?.filter(|found| found.ended.is_none());
    // One outside one's reach is not told from one that is not there.
    if known.is_none() || !scope.region.covers(region) {
        return Err(ServiceError::at("/region_code", Code::RegionUnknown));
    }
    let mut faults = Vec::new();
    if !asked.kind.may_be_founded(region.level()) {
        faults.push(FieldFault::new("/kind", Code::UnitKindUnfit));
    }
    if desk::is_name_taken(tx, region, &asked.name, None)? {
        faults.push(FieldFault::new("/name", Code::UnitNameTaken));
    }
    faults.extend(leader(tx, asked)?.map(|code| FieldFault::new("/led_by", code)));
    if asked.posts.len() > MOST_POSTS {
        faults.push(FieldFault::new("/posts", Code::PostsFull));
    } else if !asked.posts.iter().any(|post| post.leads) {
        faults.push(FieldFault::new("/posts", Code::NobodyLeads));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Invalid(faults))
    }
}

/// What is wrong with the unit that is to lead.
fn leader(tx: &mut Tx<'_>, asked: &Founding) -> Result<Option<Code>, StoreError> {
    let Some(id) = &asked.led_by else {
        return Ok(asked.kind.is_led().then_some(Code::Required));
    };
    let Some(leader) = organisations::find(tx, id)? else {
        return Ok(Some(Code::UnitUnknown));
    };
    let above = asked.region.level().above();
    let above = above.and_then(|level| asked.region.at(level));
    Ok(if leader.is_closed() {
        Some(Code::UnitClosed)
    } else if leader.region_code != asked.region && Some(&leader.region_code) != above.as_ref() {
        Some(Code::LeaderUnfit)
    } else {
        None
    })
}

/// Does something with a unit. `version` is the one the administrator saw.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`], [`ServiceError::Illegal`], [`Code::UnitStands`],
/// [`Code::UnitInUse`] with what hangs on it, [`Code::NothingToChange`], [`Code::PostsFull`], or a fault at its place.
pub async fn act(
    app: &Arc<App>,
    scope: &Scope,
    id: OrganisationId,
    version: i32,
    act: Act,
    reason: String,
) -> Result<Kept, ServiceError> {
    let (scope, inner, today) = (scope.clone(), Arc::clone(app), app.clocks.case().day());
    let post = match &act {
        Act::AddPost(post) => Some(new_post(app, &id, post)),
        _ => None,
    };
    app.db
        .write(move |tx| {
            still_in_office(tx, &scope)?;
            let kept = seen(tx, &inner, &scope, &id)?;
            if kept.unit.version != version {
                return Err(StoreError::Stale.into());
            }
            is_legal(&kept.unit, act.kind())?;
            let change = match &act {
                Act::Rename(name) => {
                    renames(tx, &kept.unit, name)?;
                    Change::Name(name.clone())
                }
                Act::Email(email) if *email == kept.unit.email => {
                    return Err(ServiceError::Rule(Code::NothingToChange));
                }
                Act::Email(email) => Change::Email(email.clone()),
                Act::AddPost(_) => match post.clone() {
                    Some(post) => {
                        adds(&kept, &post)?;
                        Change::Post(post)
                    }
                    None => return Err(ServiceError::NotFound),
                },
                Act::Close => {
                    is_free(desk::ties(tx, &id)?)?;
                    Change::Closed(today)
                }
            };
            desk::change(tx, &id, version, &change)?;
            record(tx, &inner, &scope, act.done(), &id, &reason)?;
            let after = seen(tx, &inner, &scope, &id)?;
            tell(tx, &inner, &scope, &after.unit, act.words(&kept.unit))?;
            Ok(after)
        })
        .await
}

fn is_legal(unit: &Organisation, act: UnitAct) -> Result<(), ServiceError> {
    let legal = unit.legal_acts();
    if legal.contains(&act) {
        return Ok(());
    }
    if act == UnitAct::Close && unit.kind.stands() {
        return Err(ServiceError::Rule(Code::UnitStands));
    }
    let words = legal.into_iter().map(|act| act.as_str().to_owned());
    Err(ServiceError::Illegal(words.collect()))
}

fn renames(tx: &mut Tx<'_>, unit: &Organisation, name: &str) -> Result<(), ServiceError> {
    if unit.name == name {
        return Err(ServiceError::Rule(Code::NothingToChange));
    }
    if desk::is_name_taken(tx, &unit.region_code, name, Some(&unit.id))? {
        return Err(ServiceError::at("/name", Code::UnitNameTaken));
    }
    Ok(())
}

fn adds(kept: &Kept, new: &Post) -> Result<(), ServiceError> {
    if kept.posts.iter().any(|(post, _)| post.title == new.title) {
        return Err(ServiceError::at("/title", Code::NamedTwice));
    }
    if kept.posts.len() >= MOST_POSTS {
        return Err(ServiceError::Rule(Code::PostsFull));
    }
    Ok(())
}

/// Whether nothing hangs on a unit any more. Of cases it is said that there are some and not how many: an administrator
/// knows of none, and may be one whom a case is about.
fn is_free(ties: Ties) -> Result<(), ServiceError> {
    let mut reasons = Vec::new();
    if ties.has_cases {
        reasons.push(FieldFault::new("", Code::UnitHasCases));
    }
    for (count, code, zh, en) in [
        (
            ties.accounts,
            Code::UnitHasAccounts,
            "个账号在这个单位",
            "accounts work in it",
        ),
        (
            ties.leads,
            Code::UnitLeadsUnits,
            "个单位归它领导",
            "units are led by it",
        ),
        (
            ties.zones,
            Code::UnitLeadsZones,
            "个片区由它牵头",
            "zones are led by it",
        ),
    ] {
        if count > 0 {
            reasons.push(FieldFault {
                detail: Some((format!("还有 {count} {zh}"), format!("{en}: {count}"))),
                ..FieldFault::new("", code)
            });
        }
    }
    if reasons.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Because(Code::UnitInUse, reasons))
    }
}

fn seen(
    tx: &mut Tx<'_>,
    app: &App,
    scope: &Scope,
    id: &OrganisationId,
) -> Result<Kept, ServiceError> {
    let today = app.clocks.case().day();
    desk::find(tx, scope, id, today)?.ok_or(ServiceError::NotFound)
}

fn record(
    tx: &mut Tx<'_>,
    app: &App,
    by: &Scope,
    action: &str,
    of: &OrganisationId,
    reason: &str,
) -> Result<(), StoreError> {
    let entry = Entry {
        id: app.ids.id(),
        case_at: app.clocks.case(),
        wall_at: app.clocks.wall(),
        actor: Actor::Staff(by.staff.clone()),
        action: action.to_owned(),
        object: "organisation",
        object_id: of.to_string(),
        reason: Some(reason.to_owned()),
        before_sha256: None,
        after_sha256: None,
    };
    audit::record(tx, &entry)
}

/// Those who watch over the region hear of it.
fn tell(
    tx: &mut Tx<'_>,
    app: &App,
    by: &Scope,
    unit: &Organisation,
    (what, what_en): (String, String),
) -> Result<(), StoreError> {
    let params = Params::from([
        ("unit", unit.name.clone()),
        ("what", what),
        ("what_en", what_en),
    ]);
    told::watchers(tx, app, by, &unit.region_code, &[], Template::Unit, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_hangs_on_a_unit_is_said_and_of_cases_no_number() {
        let none = Ties {
            has_cases: false,
            accounts: 0,
            leads: 0,
            zones: 0,
        };
        assert!(is_free(none).is_ok());
        let all = Ties {
            has_cases: true,
            accounts: 3,
            leads: 1,
            zones: 2,
        };
        let reasons = match is_free(all) {
            Err(ServiceError::Because(Code::UnitInUse, reasons)) => reasons,
            _ => Vec::new(),
        };
        let codes: Vec<Code> = reasons.iter().map(|reason| reason.code).collect();
        assert_eq!(
            codes,
            [
                Code::UnitHasCases,
                Code::UnitHasAccounts,
                Code::UnitLeadsUnits,
                Code::UnitLeadsZones
            ]
        );
        let details: Vec<_> = reasons.into_iter().map(|reason| reason.detail).collect();
        assert_eq!(details.first(), Some(&None));
        let accounts = ("还有 3 个账号在这个单位", "accounts work in it: 3");
        let accounts = (accounts.0.to_owned(), accounts.1.to_owned());
        assert_eq!(details.get(1), Some(&Some(accounts)));
    }
}
