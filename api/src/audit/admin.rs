//! Searching the audit.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::canon::hex;
use domain::complaint::action::ActionName;
use domain::time::{Timestamp, parse_day};
use serde::{Deserialize, Serialize};
use store::audit::{self, Filter, Found, Name};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::auth::Guarded;
use crate::http::body::Params;
use crate::http::page::{Page, Want, bad};
use crate::http::problem::{Problem, Problems};

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// In this case: its id or its number.
    case: Option<String>,
    /// By this person under any account, or about one of the person's accounts: an account's id or login name.
    person: Option<String>,
    /// Of this action, such as `accept` or `login`; one that was never done here, and is none of a case, is refused.
    action: Option<String>,
    /// From this case time on: RFC 3339, or a day from its beginning.
    from: Option<String>,
    /// Before this case time: RFC 3339, or a day to its end. What complainants did is found by the day alone.
    until: Option<String>,
    /// Rows of a page, 1 to 100; 20 without.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl AuditQuery {
    fn filter(self, want: &Want) -> Result<Filter, Problem> {
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Ok(Filter {
            case: given(self.case),
            person: given(self.person),
            action: given(self.action),
            from: instant("from", self.from, Timestamp::start_of)?,
            until: instant("until", self.until, |day| {
                day.succ_opt().map_or(Timestamp::MAX, Timestamp::start_of)
            })?,
            after: want.after.clone().map(|(_, id)| id),
            limit: want.rows(),
        })
    }
}

/// Reads an instant, or a day that stands for one.
fn instant(
    name: &str,
    text: Option<String>,
    of_day: impl Fn(domain::time::Day) -> Timestamp,
) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text else {
        return Ok(None);
    };
    if let Some(day) = parse_day(&text) {
        return Ok(Some(of_day(day)));
    }
    // A plus sign of an offset often arrives as a space.
    Timestamp::parse(&text.replace(' ', "+"))
        .map(Some)
        .map_err(|_| bad(name, Code::InvalidTime))
}

/// Whether it is done to cases.
fn is_of_case(action: &str) -> bool {
    let names = ActionName::STAFF.iter().chain(&ActionName::COMPLAINANT);
    names.into_iter().any(|name| name.as_str() == action)
}

/// What a person recognises a thing by; what does not apply to it is null.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditObjectName {
    /// Where it belongs.
    region_code: Option<String>,
    /// What that place is called.
    region_name: Option<String>,
    /// Of a disclosure: its kind.
    kind: Option<String>,
    /// Of a disclosure, or of what must be published: of which time.
    period: Option<String>,
    /// Of an account: its login name.
    username: Option<String>,
    /// What it is called: an account's holder, a zone, a unit, a post, a power, what must be published.
    title: Option<String>,
    /// Of a proposal: the kind of thing it is about; the rest is that thing's.
    proposed_for: Option<String>,
    /// Of a proposal: what is to be done with it.
    proposed_action: Option<String>,
}

impl From<Name> for AuditObjectName {
    fn from(name: Name) -> Self {
        let (region_code, region_name) = name.region.unzip();
        let (proposed_for, proposed_action) = name.proposed.unzip();
        Self {
            region_code,
            region_name,
            kind: name.kind,
            period: name.period,
            username: name.login,
            title: name.title,
            proposed_for,
            proposed_action,
        }
    }
}

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditView {
    id: String,
    /// Its link: `SHA-256(the link before ‖ the row as RFC 8785 JSON)`; null until it has it, which takes seconds. Its
    /// place in the chain is not told: between those of two others it would tell when somebody complained.
    hash: Option<String>,
    /// Case time; of what a complainant did, the day.
    at: Timestamp,
    /// Wall time; of what a complainant did, the day.
    wall_at: Timestamp,
    /// `staff`, `complainant`, `timer` or `operator`.
    actor: String,
    /// The account, with `staff`.
    staff_id: Option<String>,
    /// Its login name.
    username: Option<String>,
    /// Its name.
    display_name: Option<String>,
    /// What was done.
    action: String,
    /// To what kind of thing.
    object: String,
    /// To which.
    object_id: String,
    /// What that is recognised by, looked up now and no part of the chained row; null for what lies outside the
    /// reader's region, and within a case, which has its number.
    object_name: Option<AuditObjectName>,
    /// In which case.
    case_id: Option<String>,
    /// That case's number.
    case_number: Option<String>,
    /// Why, where a reason is asked for.
    reason: Option<String>,
    /// Digest of the thing before.
    before_sha256: Option<String>,
    /// Digest of the thing after.
    after_sha256: Option<String>,
}

impl From<Found> for AuditView {
    fn from(found: Found) -> Self {
        let row = found.row;
        // Somebody who writes anonymously is not to be found by the minute (`security.md` T4).
        let by_day = row.actor == "complainant";
        let shown = |micros| {
            let at = Timestamp::from_micros(micros);
            if by_day {
                Timestamp::start_of(at.day())
            } else {
                at
            }
        };
        let hash = found.link.map(|(_, hash)| hash);
        let (username, display_name) = found.actor.unzip();
        Self {
            hash: hash.map(|bytes| hex(&bytes)),
            at: shown(row.case_at),
            wall_at: shown(row.wall_at),
            id: row.id,
            actor: row.actor,
            staff_id: row.actor_id,
            username,
            display_name,
            action: row.action,
            object: row.object,
            object_id: row.object_id,
            object_name: found.name.map(AuditObjectName::from),
            case_id: row.case_id,
            case_number: found.case_number,
            reason: row.reason,
            before_sha256: row.before_sha256,
            after_sha256: row.after_sha256,
        }
    }
}

/// Who did what
///
/// Who did what, the latest first, what complainants did at the beginning of its day: in cases that this person may know of, and else in the person's region.
#[utoipa::path(
    operation_id = "search_audit", tag = "operations",
    params(AuditQuery),
    responses((status = 200, body = Page<AuditView>), Problems)
)]
#[get("/admin/audit")]
pub async fn search_audit(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Params<AuditQuery>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, query) = guarded;
    let want = Want::read(query.0.limit, query.0.cursor.as_deref())?;
    let (filter, scope) = (query.0.filter(&want)?, staff.scope.clone());
    let rows = app
        .db
        .read(move |tx| {
            // A slip of the finger must not look like nothing having happened.
            if let Some(person) = &filter.person
                && !audit::knows_person(tx, &scope, person)?
            {
                return Err(ServiceError::at("/person", Code::PersonUnknown));
            }
            if let Some(action) = &filter.action
                && !is_of_case(action)
                && !audit::knows_action(tx, action)?
            {
                return Err(ServiceError::at("/action", Code::ActionUnknown));
            }
            Ok(audit::search(tx, &scope, &filter)?)
        })
        .await
        .map_err(Problem::of_query)?;
    // The place is the row alone: a time in it would tell what is shown by the day.
    let page = Page::cut(
        rows,
        &want,
        |found| (0, found.row.id.clone()),
        AuditView::from,
    );
    Ok(page.private(&req))
}
