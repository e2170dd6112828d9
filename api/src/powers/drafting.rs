//! Writing a list: one draft for an item of a region at a time, looked at as the villager will see it, then published as
//! the next version. One person may do it, but never silently: what was in force before stays to be read, with what
//! changed and why.

use domain::id::PowerDraftId;
use domain::power::{Change, Fault, ListKind, PowerItem, VersionChange, changes};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::text;
use store::audit::Actor;
use store::powers::drafts::{self, Draft};
use store::powers::{Content, Power};
use store::{StoreError, Tx};

use super::publish::{self, By, digest};
use super::service::{self, InForce};
use crate::app::App;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};
use crate::open_words::{refuse_private, refuse_somebody};

/// What a draft is made from.
#[derive(Debug, Clone)]
pub struct New {
    /// Whose list.
    pub region: RegionCode,
    /// Which list.
    pub list: ListKind,
    /// What it is to say.
    pub wish: Wish,
    /// Who made it from what, where no version before it says so.
    pub source: Option<String>,
    /// Under which terms others may use it, likewise.
    pub licence: Option<String>,
}

/// What a draft wants.
#[derive(Debug, Clone)]
pub enum Wish {
    /// The item as it is to be.
    Item(Box<PowerItem>),
    /// The region's own item of this code out of force.
    Remove(String),
}

/// A draft beside what it would change.
#[derive(Debug)]
pub struct Beside {
    /// The draft.
    pub draft: Draft,
    /// What is in force in the region now under its code: its own, or one above.
    pub in_force: Option<Power>,
    /// What will stand where the draft takes the region's own item away.
    pub above: Option<Power>,
    /// What will be other than what is in force.
    pub changes: Vec<Change>,
}

/// A list with what is being written at it.
#[derive(Debug)]
pub struct Desk {
    /// The items in force.
    pub items: Vec<InForce>,
    /// The drafts for the region's own list.
    pub drafts: Vec<Draft>,
}

fn own(tx: &mut Tx<'_>, region: &RegionCode, code: &str) -> Result<Option<Power>, ServiceError> {
    let all = store::powers::of_regions(tx, std::slice::from_ref(region))?;
    let mut found = all.into_iter();
    Ok(found.find(|power| power.content.item.code == code))
}

fn beside(tx: &mut Tx<'_>, draft: Draft) -> Result<Beside, ServiceError> {
    let (region, list) = (&draft.region_code, draft.list);
    let above = service::above(tx, region, list, &draft.code)?;
    let own = own(tx, region, &draft.code)?.filter(|power| power.in_force);
    let in_force = own.or_else(|| above.clone());
    let then = match &draft.content {
        Some(content) => Some(&content.item),
        None => above.as_ref().map(|power| &power.content.item),
    };
    let other = match (&in_force, then) {
        (Some(now), Some(then)) => changes(&now.content.item, then),
        _ => Vec::new(),
    };
    Ok(Beside {
        changes: other,
        in_force,
        above,
        draft,
    })
}

/// Who may know of drafts of a region: whoever works for it or for one above.
fn within(scope: &Scope, region: &RegionCode) -> Result<(), ServiceError> {
    if scope.region.covers(region) {
        Ok(())
    } else {
        Err(ServiceError::NotFound)
    }
}

fn find(tx: &mut Tx<'_>, scope: &Scope, id: &PowerDraftId) -> Result<Draft, ServiceError> {
    let draft = drafts::find(tx, id)?.ok_or(ServiceError::NotFound)?;
    within(scope, &draft.region_code)?;
    Ok(draft)
}

/// A list of one's region as whoever writes it sees it.
///
/// # Errors
/// [`ServiceError::NotFound`] for a region that is not there or not one's own, or the store's.
pub async fn desk(
    app: &App,
    scope: &Scope,
    region: RegionCode,
    list: ListKind,
) -> Result<Desk, ServiceError> {
    within(scope, &region)?;
    app.db
        .read(move |tx| {
            if !store::regions::exists(tx, &region)? {
                return Err(ServiceError::NotFound);
            }
            Ok(Desk {
                items: service::of_list(tx, &region, list)?,
                drafts: drafts::of(tx, &region, list)?,
            })
        })
        .await
}

/// One draft.
///
/// # Errors
/// [`ServiceError::NotFound`], or the store's.
pub async fn one(app: &App, scope: &Scope, id: PowerDraftId) -> Result<Beside, ServiceError> {
    let scope = scope.clone();
    app.db
        .read(move |tx| {
            let draft = find(tx, &scope, &id)?;
            beside(tx, draft)
        })
        .await
}

fn of_content(found: Fault) -> FieldFault {
    FieldFault {
        pointer: format!("/item{}", found.pointer),
        code: service::code_of(found.code),
        detail: Some((found.detail, found.detail_en)),
    }
}

fn check(item: &PowerItem, list: ListKind) -> Result<(), ServiceError> {
    let faults: Vec<FieldFault> = item.check(list).into_iter().map(of_content).collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Invalid(faults))
    }
}

/// A line that the request gives, or that a version before it does.
fn said(
    given: Option<&String>,
    known: Option<&String>,
    at: &str,
    most: usize,
) -> Result<String, ServiceError> {
    let line = given
        .or(known)
        .ok_or_else(|| ServiceError::at(at, Code::Required))?;
    text::line(line, 1, most).map_err(|_| ServiceError::at(at, Code::InvalidText))
}

/// Begins a draft.
///
/// # Errors
/// [`ServiceError::NotFound`] outside one's region, [`Code::PowerDraftWaiting`] where one is open, faults of the item, or
/// the store's.
pub async fn begin(app: &App, scope: &Scope, new: New) -> Result<Beside, ServiceError> {
    within(scope, &new.region)?;
    if new.region.level() > Level::County {
        return Err(ServiceError::at("/region_code", Code::OutOfRange));
    }
    let (now, staff) = (app.clocks.case(), scope.staff.clone());
    let id: PowerDraftId = app.ids.make();
    let new = New {
        wish: match new.wish {
            Wish::Item(item) => Wish::Item(Box::new(item.tidied())),
            remove @ Wish::Remove(_) => remove,
        },
        ..new
    };
    app.db
        .write(move |tx| {
            let (region, list) = (&new.region, new.list);
            if !store::regions::exists(tx, region)? {
                return Err(ServiceError::NotFound);
            }
            let (code, at) = match &new.wish {
                Wish::Item(item) => (&item.code, "/item/code"),
                Wish::Remove(code) => (code, "/remove"),
            };
            if drafts::is_open(tx, region, code)? {
                return Err(ServiceError::Rule(Code::PowerDraftWaiting));
            }
            let own = own(tx, region, code)?;
            if own.as_ref().is_some_and(|power| power.list != list) {
                return Err(ServiceError::at(at, Code::PowerCodeTaken));
            }
            let content = match &new.wish {
                Wish::Item(item) => {
                    check(item, list)?;
                    let over = service::above(tx, region, list, code)?;
                    let before = own.as_ref().or(over.as_ref()).map(|power| &power.content);
                    let no = match before {
                        Some(before) => before.no,
                        None => {
                            1 + service::of_list(tx, region, list)?
                                .last()
                                .map_or(0, |last| last.no)
                        }
                    };
                    let (source, licence) = (
                        before.map(|before| &before.source),
                        before.map(|before| &before.licence),
                    );
                    Some(Content {
                        no,
                        source: said(new.source.as_ref(), source, "/source", 500)?,
                        licence: said(new.licence.as_ref(), licence, "/licence", 200)?,
                        item: item.as_ref().clone(),
                        overrides: publish::overridden(over.as_ref()),
                    })
                }
                Wish::Remove(_) if own.as_ref().is_some_and(|power| power.in_force) => None,
                Wish::Remove(_) => return Err(ServiceError::at(at, Code::PowerUnknown)),
            };
            let draft = Draft {
                id: id.clone(),
                region_code: region.clone(),
                list,
                code: code.clone(),
                content,
                based_on: own.as_ref().map_or(0, |power| power.version),
                staff: staff.clone(),
                updated_at: now,
                version: 1,
            };
            drafts::put(tx, &draft)?;
            beside(tx, draft)
        })
        .await
}

/// Writes a draft anew; from here on it follows what is in force now.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`], faults of the item, or the store's.
pub async fn rewrite(
    app: &App,
    scope: &Scope,
    id: PowerDraftId,
    seen: i32,
    item: PowerItem,
) -> Result<Beside, ServiceError> {
    let (scope, now) = (scope.clone(), app.clocks.case());
    let item = item.tidied();
    app.db
        .write(move |tx| {
            let mut draft = find(tx, &scope, &id)?;
            if draft.version != seen {
                return Err(StoreError::Stale.into());
            }
            let Some(content) = &mut draft.content else {
                return Err(ServiceError::Rule(Code::PowerDraftRemoves));
            };
            if item.code != draft.code {
                return Err(ServiceError::at("/item/code", Code::PowerCodeTaken));
            }
            check(&item, draft.list)?;
            content.item = item.clone();
            draft.based_on = own(tx, &draft.region_code, &draft.code)?.map_or(0, |own| own.version);
            draft.staff = scope.staff.clone();
            draft.updated_at = now;
            draft.version += 1;
            drafts::put(tx, &draft)?;
            beside(tx, draft)
        })
        .await
}

/// Throws a draft away.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`], or the store's.
pub async fn discard(
    app: &App,
    scope: &Scope,
    id: PowerDraftId,
    seen: i32,
) -> Result<(), ServiceError> {
    let scope = scope.clone();
    app.db
        .write(move |tx| {
            let draft = find(tx, &scope, &id)?;
            Ok(drafts::end(tx, &draft.id, seen)?)
        })
        .await
}

/// Why something is published, as everybody reads it, that stands at `place`: a line of 1 to 300 characters without
/// anybody's number.
///
/// # Errors
/// [`Code::InvalidText`], [`Code::PersonalNumber`].
pub fn reason(place: &str, text: &str) -> Result<String, ServiceError> {
    let reason =
        text::line(text, 1, 300).map_err(|_| ServiceError::at(place, Code::InvalidText))?;
    refuse_private(place, &reason)?;
    refuse_somebody(place, &reason)?;
    Ok(reason)
}

/// Publishes a draft: the next version of the region's own item, its first, or its end.
///
/// # Errors
/// [`ServiceError::NotFound`], [`StoreError::Stale`] when the draft or the item has moved on, [`Code::NothingChanged`], or
/// the store's.
pub async fn publish(
    app: &App,
    scope: &Scope,
    id: PowerDraftId,
    seen: i32,
    reason: &str,
) -> Result<service::One, ServiceError> {
    let reason = self::reason("/reason", reason)?;
    let by = By::now(app, Actor::Staff(scope.staff.clone()));
    let scope = scope.clone();
    app.db
        .write(move |tx| {
            let draft = find(tx, &scope, &id)?;
            drafts::end(tx, &draft.id, seen)?;
            let own = own(tx, &draft.region_code, &draft.code)?;
            if own.as_ref().map_or(0, |power| power.version) != draft.based_on {
                return Err(StoreError::Stale.into());
            }
            let over = service::above(tx, &draft.region_code, draft.list, &draft.code)?;
            let (change, content) = match (&draft.content, &own) {
                (Some(content), _) => (
                    VersionChange::Published,
                    Content {
                        overrides: publish::overridden(over.as_ref()),
                        ..content.clone()
                    },
                ),
                (None, Some(own)) => (VersionChange::Removed, own.content.clone()),
                (None, None) => return Err(StoreError::Stale.into()),
            };
            let sha = digest(&content.item)?;
            let same = own.as_ref().is_some_and(|own| {
                own.in_force && own.content_sha256 == sha && change == VersionChange::Published
            });
            if same {
                return Err(ServiceError::Rule(Code::NothingChanged));
            }
            // It would stand still when the template goes on.
            let repeats = match &over {
                Some(above) if change == VersionChange::Published => {
                    digest(&above.content.item)? == sha
                }
                _ => false,
            };
            if repeats {
                return Err(ServiceError::Rule(Code::PowerSameAsAbove));
            }
            let (region, list) = (&draft.region_code, draft.list);
            let mut next = publish::next(region, list, own.as_ref(), content, &by, change)?;
            next.reason = Some(reason.clone());
            store::powers::publish(tx, &next)?;
            let of = format!("{}/{}", next.id, next.version);
            let action = match change {
                VersionChange::Published => "publish",
                VersionChange::Removed => "remove",
            };
            publish::record(tx, &by, action, of, sha)?;
            Ok(service::One { power: next, over })
        })
        .await
}
