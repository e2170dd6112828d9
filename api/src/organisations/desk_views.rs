//! What an administrator reads and says about units.

use domain::id::{OrganisationId, PostId, StaffId};
use domain::organisation::OrganisationKind;
use domain::organisation::administration::UnitAct;
use domain::region::{Level, RegionCode};
use domain::text;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::organisations::desk::{Held, Kept};
use utoipa::ToSchema;

use super::service::{Act, Founding, NewPost};
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};
use crate::http::body::from_value;
use crate::http::problem::Problem;
use crate::http::words::words;
use crate::open_words::refuse_private;

/// Characters of a unit's name.
const NAME: (usize, usize) = (2, 60);
/// Characters of a post's title.
const TITLE: (usize, usize) = (1, 40);

/// Somebody holds a post, today or from a later day on.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostHolding {
    /// The person's account, for `POST /admin/posts/{id}/holders`.
    staff_id: StaffId,
    /// What the list of accounts calls that person.
    name: String,
    /// The first day.
    #[schema(format = Date)]
    from: String,
    /// The last day, when it is known.
    #[schema(format = Date)]
    until: Option<String>,
}

impl From<Held> for PostHolding {
    fn from(held: Held) -> Self {
        Self {
            staff_id: held.staff,
            name: held.name,
            from: held.from.to_string(),
            until: held.until.map(|day| day.to_string()),
        }
    }
}

/// A post and who holds it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdminPost {
    /// Its id.
    id: PostId,
    /// What its holder is called, such as 主任.
    title: String,
    /// Whether its holder leads the unit: a complaint about him is one about the whole unit.
    leads: bool,
    /// Who holds it today or later, the earliest first.
    holders: Vec<PostHolding>,
}

/// The unit that leads another.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitLeader {
    /// Its id.
    id: OrganisationId,
    /// Its name.
    name: String,
}

/// A unit as those who administer it see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdminOrganisation {
    /// Its id.
    id: OrganisationId,
    /// Its name.
    name: String,
    /// What it is.
    kind: OrganisationKind,
    /// The level of its region.
    level: Level,
    /// The region it works for.
    region_code: RegionCode,
    /// The unit that gives it orders: whoever is accused there must not get the case through this one.
    led_by: Option<UnitLeader>,
    /// Where its notices go.
    email: Option<String>,
    /// For `If-Match`.
    pub version: i32,
    /// Its last day. From then on nobody is offered it; what names it goes on naming it.
    #[schema(format = Date)]
    closed_on: Option<String>,
    /// Accounts in it that were not ended.
    working_accounts: i64,
    /// Its posts, those that lead first.
    posts: Vec<AdminPost>,
    /// What may be done with it: `rename`, `email`, `add_post`, `close`.
    legal_actions: Vec<&'static str>,
}

impl From<Kept> for AdminOrganisation {
    fn from(kept: Kept) -> Self {
        let Kept {
            unit,
            leader,
            working,
            posts,
        } = kept;
        let legal = unit.legal_acts().into_iter().map(UnitAct::as_str);
        Self {
            legal_actions: legal.collect(),
            led_by: unit.led_by.map(|id| UnitLeader {
                name: leader.unwrap_or_else(|| id.to_string()),
                id,
            }),
            closed_on: unit.closed_on.map(|day| day.to_string()),
            id: unit.id,
            name: unit.name,
            kind: unit.kind,
            level: unit.level,
            region_code: unit.region_code,
            email: unit.email,
            version: unit.version,
            working_accounts: working,
            posts: posts
                .into_iter()
                .map(|(post, holders)| AdminPost {
                    id: post.id,
                    title: post.title,
                    leads: post.leads,
                    holders: holders.into_iter().map(PostHolding::from).collect(),
                })
                .collect(),
        }
    }
}

/// A page of units.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "a shape for the contract; pages are written by http::page"
)]
pub struct AdminOrganisationPage {
    items: Vec<AdminOrganisation>,
    next_cursor: Option<String>,
}

/// A post that a new unit has.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundPost {
    /// What its holder is called, 1 to 40 characters; no two of a unit alike.
    title: String,
    /// Whether its holder leads the unit.
    leads: bool,
}

/// A unit to be founded.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundOrganisation {
    /// The region it works for: one's own or one inside it.
    region_code: RegionCode,
    /// `county_bureau` in a county, `accounting_agency` in a township or a county, `other` anywhere. The other kinds come
    /// with their region and once: routing takes the discipline organ of a level and must find one, the village's two
    /// committees draft and sign its accounts, and what a government leads is recused with it.
    kind: OrganisationKind,
    /// What people call it, 2 to 60 characters; no other unit of the region that is not closed is called so.
    name: String,
    /// The unit that gives it orders, of the same region or of the one above; a bureau and an agency have one. Said once
    /// and never changed: it decides who is recused.
    #[serde(default)]
    led_by: Option<OrganisationId>,
    /// Where its notices go.
    #[serde(default)]
    email: Option<String>,
    /// Its posts, at least one of which leads it.
    #[schema(min_items = 1, max_items = 60)]
    posts: Vec<FoundPost>,
    /// Why, for the audit and those who watch over the region; 1 to 2000 characters.
    reason: String,
}

impl FoundOrganisation {
    /// The unit that is asked for, and why.
    ///
    /// # Errors
    /// Faults of the body.
    pub fn read(self) -> Result<(Founding, String), Problem> {
        let reason = words("/reason", &self.reason, 1, 2000)?;
        let mut faults = Vec::new();
        let mut keep = |error: ServiceError| {
            if let ServiceError::Invalid(found) = error {
                faults.extend(found);
            }
        };
        let name = public_line("/name", &self.name, NAME);
        let name = name.map_err(&mut keep).unwrap_or_default();
        let email = mail(self.email.as_deref());
        let email = email.map_err(&mut keep).unwrap_or_default();
        let mut posts: Vec<NewPost> = Vec::new();
        for (index, post) in self.posts.into_iter().enumerate() {
            let at = format!("/posts/{index}/title");
            match public_line(&at, &post.title, TITLE) {
                Ok(title) if posts.iter().any(|other| other.title == title) => {
                    keep(ServiceError::at(at, Code::NamedTwice));
                }
                Ok(title) => posts.push(NewPost {
                    title,
                    leads: post.leads,
                }),
                Err(error) => keep(error),
            }
        }
        if !faults.is_empty() {
            return Err(ServiceError::Invalid(faults).into());
        }
        let founding = Founding {
            region: self.region_code,
            kind: self.kind,
            name,
            led_by: self.led_by,
            email,
            posts,
        };
        Ok((founding, reason))
    }
}

/// A line that everybody will read.
fn public_line(at: &str, line: &str, (min, max): (usize, usize)) -> Result<String, ServiceError> {
    let line = text::line(line, min, max).map_err(|why| {
        let code = match why {
            text::BadText::TooShort(_) => Code::TooShort,
            text::BadText::TooLong(_) => Code::TooLong,
            text::BadText::Control => Code::ControlCharacter,
        };
        ServiceError::Invalid(vec![FieldFault::new(at, code)])
    })?;
    refuse_private(at, &line)?;
    Ok(line)
}

/// An address, or none.
fn mail(typed: Option<&str>) -> Result<Option<String>, ServiceError> {
    match typed.map(str::trim) {
        None | Some("") => Ok(None),
        Some(address) if text::is_mail_address(address) => Ok(Some(address.to_owned())),
        Some(_) => Err(ServiceError::at("/email", Code::InvalidEmail)),
    }
}

/// `{"action":"rename","name","reason"}` · `{"action":"email","email","reason"}` (null: none) ·
/// `{"action":"add_post","title","leads","reason"}` · `{"action":"close","reason"}`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum OrganisationAction {
    /// Another name.
    Rename(RenameOrganisation),
    /// Another address for its notices.
    Email(MailOrganisation),
    /// One post more.
    AddPost(AddPost),
    /// The end of it.
    Close(CloseOrganisation),
}

/// Another name.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameOrganisation {
    /// `rename`
    #[schema(pattern = "^rename$")]
    #[serde(rename = "action")]
    _action: String,
    /// What people call it from now on, 2 to 60 characters; what named it is shown under the new name.
    name: String,
    /// Why, 1 to 2000 characters.
    reason: String,
}

/// Another address for its notices.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailOrganisation {
    /// `email`
    #[schema(pattern = "^email$")]
    #[serde(rename = "action")]
    _action: String,
    /// Where its notices go; null: nowhere.
    #[schema(required = true)]
    #[serde(deserialize_with = "said")]
    email: Option<String>,
    /// Why, 1 to 2000 characters.
    reason: String,
}

/// Null must be said: nobody takes an address away by leaving a field out.
fn said<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(from)
}

/// One post more. Posts are never taken away: who held one is recused from the cases of that time.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddPost {
    /// `add_post`
    #[schema(pattern = "^add_post$")]
    #[serde(rename = "action")]
    _action: String,
    /// What its holder is called, 1 to 40 characters; no two of a unit alike.
    title: String,
    /// Whether its holder leads the unit.
    leads: bool,
    /// Why, 1 to 2000 characters.
    reason: String,
}

/// The end of a unit, today: nobody is offered it any more, and what names it goes on naming it. 409 `unit_in_use` while
/// cases lie with it, accounts work in it, or it leads units or a zone (`errors` says which); `unit_stands` for what comes
/// with its region. Whoever holds a post of it holds it to the end of the day.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseOrganisation {
    /// `close`
    #[schema(pattern = "^close$")]
    #[serde(rename = "action")]
    _action: String,
    /// Why, 1 to 2000 characters.
    reason: String,
}

/// Reads an action and its reason.
///
/// # Errors
/// A problem that names the place.
pub fn read_action(body: Value) -> Result<(Act, String), Problem> {
    let at = |code| ServiceError::at("/action", code).into();
    let word = match body.get("action") {
        None => return Err(at(Code::Required)),
        Some(Value::String(word)) => word.clone(),
        Some(_) => return Err(at(Code::WrongType)),
    };
    let (act, reason) = match word.as_str() {
        "rename" => {
            let body: RenameOrganisation = from_value(body)?;
            let name = public_line("/name", &body.name, NAME)?;
            (Act::Rename(name), body.reason)
        }
        "email" => {
            let body: MailOrganisation = from_value(body)?;
            (Act::Email(mail(body.email.as_deref())?), body.reason)
        }
        "add_post" => {
            let body: AddPost = from_value(body)?;
            let title = public_line("/title", &body.title, TITLE)?;
            let leads = body.leads;
            (Act::AddPost(NewPost { title, leads }), body.reason)
        }
        "close" => {
            let CloseOrganisation { reason, .. } = from_value(body)?;
            (Act::Close, reason)
        }
        _ => return Err(at(Code::UnknownAction)),
    };
    Ok((act, words("/reason", &reason, 1, 2000)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_action_is_read_first_and_then_its_own_body() {
        let read = |body| read_action(body).ok();
        assert_eq!(
            read(json!({ "action": "rename", "name": " 农业局 ", "reason": "机构改革" })),
            Some((Act::Rename("农业局".to_owned()), "机构改革".to_owned()))
        );
        assert_eq!(
            read(json!({ "action": "email", "email": null, "reason": "停用" })),
            Some((Act::Email(None), "停用".to_owned()))
        );
        assert_eq!(
            read(json!({ "action": "close", "reason": "并入他局" })),
            Some((Act::Close, "并入他局".to_owned()))
        );
        for body in [
            json!({}),
            json!({ "action": 1, "reason": "x" }),
            json!({ "action": "move", "reason": "x" }),
            json!({ "action": "close" }),
            json!({ "action": "close", "reason": " " }),
            json!({ "action": "close", "name": "农业局", "reason": "x" }),
            json!({ "action": "rename", "name": "局", "reason": "x" }),
            json!({ "action": "rename", "name": "13845109876", "reason": "x" }),
            // Left out is not null.
            json!({ "action": "email", "reason": "x" }),
            json!({ "action": "email", "email": "nobody", "reason": "x" }),
            json!({ "action": "add_post", "title": "局长", "reason": "x" }),
            json!({ "action": "rename", "name": "农业局", "led_by": "unit", "reason": "x" }),
        ] {
            assert_eq!(read(body.clone()), None, "{body}");
        }
    }

    #[test]
    fn every_fault_of_a_founding_is_named_at_once() {
        let body = json!({ "region_code": "230104000000", "kind": "other", "name": "局",
            "email": "nobody", "posts": [{ "title": "局长", "leads": true },
            { "title": "局长", "leads": false }, { "title": "", "leads": false }],
            "reason": "新设" });
        let body: FoundOrganisation = from_value(body).unwrap();
        let problem = format!("{:?}", body.read().unwrap_err());
        for place in ["/name", "/email", "/posts/1/title", "/posts/2/title"] {
            assert!(problem.contains(place), "{place}: {problem}");
        }
    }
}
