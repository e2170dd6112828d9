//! Declared relations (回避申报): somebody says of himself, or of his unit, to whom he is related. He, or the
//! unit, is recused at once from what is about them; taking a declaration back takes a second person.
//! (信访工作条例 Art. 28: staff with a direct interest recuse themselves.)

use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use domain::complaint::target::Accused;
use domain::id::{OrganisationId, PostId, RelationId, StaffId};
use domain::operation::DECLARE_RELATION;
use domain::proposal::{Proposal, Subject, organs_of_region};
use domain::role::Scope;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::audit::{self, Actor, Entry};
use store::recusal::{self, Object, Relation};
use store::{StoreError, Tx, accounts, calendar, organisations};
use utoipa::ToSchema;

use super::reroute;
use super::settle::schedule;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::auth::{Guarded, Staff};
use crate::http::body::{Body, Segment};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{accepted_json, created_json, private_json};
use crate::http::words::words;
use crate::propose::{self, New, ProposedView};

/// Of whom it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfWhom {
    /// Of oneself, in whatever account.
    Myself,
    /// Of one's unit: it may neither supervise nor do the work, and nobody of it knows of the case.
    Unit,
}

/// How the other side is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ToWhom {
    /// Somebody who works here, by the account.
    Staff,
    /// Whoever holds a post.
    Post,
    /// A unit and everybody in it.
    Organisation,
}

/// To whom.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherSide {
    /// How they are named.
    #[serde(rename = "type")]
    pub kind: ToWhom,
    /// The id of that kind.
    pub id: String,
}

/// A declaration.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RelationRequest {
    /// Of oneself or of one's unit.
    pub of: OfWhom,
    /// To whom.
    pub to: OtherSide,
    /// What kind of relation; 1 to 200 characters.
    pub note: String,
}

/// A declaration as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelationView {
    id: String,
    of: OfWhom,
    to_type: ToWhom,
    /// The unit or post; null for a person, whose id is nobody's business.
    to_id: Option<String>,
    note: String,
    declared_at: Timestamp,
}

impl From<Relation> for RelationView {
    fn from(relation: Relation) -> Self {
        let (to_type, to_id) = match &relation.object {
            Object::Person(_) => (ToWhom::Staff, None),
            Object::Organisation(id) => (ToWhom::Organisation, Some(id.to_string())),
            Object::Post(id) => (ToWhom::Post, Some(id.to_string())),
        };
        Self {
            id: relation.id.to_string(),
            of: match relation.subject {
                recusal::Subject::Person(_) => OfWhom::Myself,
                recusal::Subject::Organisation(_) => OfWhom::Unit,
            },
            to_type,
            to_id,
            note: relation.note,
            declared_at: relation.declared_at,
        }
    }
}

/// One's own declarations and those of one's unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelationsView {
    /// All that have not ended.
    pub items: Vec<RelationView>,
}

/// Why a declaration is to end.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndRequest {
    /// For the second person; 1 to 2000 characters.
    pub reason: String,
}

/// What I and my unit have declared
///
/// One's own declarations and those of one's unit.
#[utoipa::path(
    operation_id = "list_relations", tag = "recusal",
    responses((status = 200, body = RelationsView), Problems)
)]
#[get("/admin/relations")]
pub async fn relations(app: Data<App>, staff: Staff) -> Result<HttpResponse, Problem> {
    let scope = staff.scope.clone();
    let found = app
        .db
        .read(move |tx| recusal::declared(tx, Some(&scope.person), &scope.organisation))
        .await
        .map_err(Problem::from)?;
    let items = found.into_iter().map(RelationView::from).collect();
    Ok(private_json(&RelationsView { items }))
}

/// Declare a relation
///
/// Declare a relation of oneself or of one's unit. It recuses at once, and open cases are routed anew.
#[utoipa::path(
    operation_id = "declare_relation", tag = "recusal",
    request_body = RelationRequest,
    responses((status = 201, body = RelationView), Problems)
)]
#[post("/admin/relations")]
pub async fn declare_relation(
    app: Data<App>,
    guarded: Guarded<Body<RelationRequest>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let note = words("/note", &body.0.note, 1, 200)?;
    let made = declare(&app, &staff.scope, body.0, note).await?;
    Ok(created_json(1, &RelationView::from(made)))
}

/// Propose to end a declaration
///
/// Propose to end a declaration: that gives access back, so a second person decides.
#[utoipa::path(
    operation_id = "end_relation", tag = "recusal",
    params(("id" = String, Path)),
    request_body = EndRequest,
    responses((status = 202, body = ProposedView), Problems)
)]
#[post("/admin/relations/{id}/end")]
pub async fn end_relation(
    app: Data<App>,
    guarded: Guarded<(Segment<RelationId>, Body<EndRequest>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, body)) = guarded;
    let reason = words("/reason", &body.0.reason, 1, 2000)?;
    let view = propose_end(&app, &staff.scope, id.0, reason).await?;
    Ok(accepted_json(&view))
}

async fn declare(
    app: &Data<App>,
    scope: &Scope,
    request: RelationRequest,
    note: String,
) -> Result<Relation, ServiceError> {
    if request.of == OfWhom::Unit && !DECLARE_RELATION.lets(scope.role, "unit") {
        return Err(ServiceError::Rule(Code::NotPermitted));
    }
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    let id: RelationId = app.ids.make();
    let (made, marks) = app
        .db
        .write(move |tx| {
            let relation = Relation {
                id: id.clone(),
                subject: match request.of {
                    OfWhom::Myself => recusal::Subject::Person(scope.person.clone()),
                    OfWhom::Unit => recusal::Subject::Organisation(scope.organisation.clone()),
                },
                object: other_side(tx, &scope, &request)?,
                note: note.clone(),
                declared_by: scope.staff.clone(),
                declared_at: now,
                ended_at: None,
            };
            recusal::declare(tx, &relation)?;
            let actor = Actor::Staff(scope.staff.clone());
            record(tx, &inner, "declare", &relation.id, actor, None, now)?;
            let units: &[OrganisationId] = match request.of {
                OfWhom::Myself => &[],
                OfWhom::Unit => std::slice::from_ref(&scope.organisation),
            };
            let person = Some(&scope.person);
            let marks = reroute::of_units_and_person(tx, &inner, units, person, now)?;
            Ok::<_, ServiceError>((relation, marks))
        })
        .await?;
    schedule(app, marks);
    Ok(made)
}

fn other_side(
    tx: &mut Tx<'_>,
    scope: &Scope,
    request: &RelationRequest,
) -> Result<Object, ServiceError> {
    let id = request.to.id.as_str();
    let fault = |code| ServiceError::at("/to/id", code);
    match request.to.kind {
        ToWhom::Organisation => {
            let id = OrganisationId::try_from(id).map_err(|_| fault(Code::UnitUnknown))?;
            if id == scope.organisation {
                return Err(fault(Code::RelationToSelf));
            }
            let found = organisations::find(tx, &id)?;
            found.ok_or_else(|| fault(Code::UnitUnknown))?;
            Ok(Object::Organisation(id))
        }
        ToWhom::Post => {
            let id = PostId::try_from(id).map_err(|_| fault(Code::PostUnknown))?;
            let found = organisations::post(tx, &id)?;
            found.ok_or_else(|| fault(Code::PostUnknown))?;
            Ok(Object::Post(id))
        }
        ToWhom::Staff => {
            let id = StaffId::try_from(id).map_err(|_| fault(Code::StaffUnknown))?;
            let person = accounts::person(tx, &id)?.ok_or_else(|| fault(Code::StaffUnknown))?;
            if person == scope.person {
                return Err(fault(Code::RelationToSelf));
            }
            Ok(Object::Person(person))
        }
    }
}

async fn propose_end(
    app: &Data<App>,
    scope: &Scope,
    id: RelationId,
    reason: String,
) -> Result<ProposedView, ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            let own = |relation: &Relation| match &relation.subject {
                recusal::Subject::Person(person) => *person == scope.person,
                recusal::Subject::Organisation(unit) => *unit == scope.organisation,
            };
            let relation = recusal::find(tx, &id)?
                .filter(|one| one.ended_at.is_none() && own(one))
                .ok_or(ServiceError::NotFound)?;
            let region = &scope.region;
            let calendar = calendar::current(tx, &inner.calendar, region)?;
            let body = json!({ "relation_id": relation.id.to_string(), "note": relation.note });
            let new = New {
                subject: Subject::Relation {
                    relation: id.clone(),
                },
                region: region.clone(),
                version: 1,
                body: &body,
                reason: reason.clone(),
                offered: organs_of_region(&organisations::organs(tx, region)?),
                accused: Accused::default(),
            };
            let made = propose::propose(tx, &inner, &scope, new, &calendar, now)?;
            Ok(ProposedView::from(&made))
        })
        .await
}

/// Ends a declaration, now that a second person approved. Nothing is routed back: who took a case over
/// keeps it.
///
/// # Errors
/// [`Code::ProposalVoid`] when it has ended already.
pub fn end(
    tx: &mut Tx<'_>,
    app: &App,
    second: &Scope,
    proposal: &Proposal,
    id: &RelationId,
    now: Timestamp,
) -> Result<(), ServiceError> {
    if !recusal::end(tx, id, now)? {
        return Err(ServiceError::Rule(Code::ProposalVoid));
    }
    let actor = Actor::Staff(second.staff.clone());
    let reason = Some(proposal.reason.clone());
    Ok(record(tx, app, "end", id, actor, reason, now)?)
}

fn record(
    tx: &mut Tx<'_>,
    app: &App,
    action: &str,
    id: &RelationId,
    actor: Actor,
    reason: Option<String>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let entry = Entry {
        id: app.ids.id(),
        case_at: now,
        wall_at: app.clocks.wall(),
        actor,
        action: action.to_owned(),
        object: "relation",
        object_id: id.to_string(),
        reason,
        before_sha256: None,
        after_sha256: None,
    };
    audit::record(tx, &entry)
}
