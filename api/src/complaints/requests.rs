//! The bodies people and programs send. Unknown fields are refused, also inside an action: `action` is
//! read first, then that action's own struct.

use domain::complaint::action::Action;
use domain::complaint::intake::{AboutType, FiledBy, IdentityMode};
use domain::complaint::rating::RatingValue;
use domain::complaint::state::{Answer, AnswerResult};
use domain::complaint::target::Group;
use domain::id::{OrganisationId, StaffId};
use domain::policy::Kind;
use domain::region::RegionCode;
use domain::time::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};
use crate::http::body::from_value;
use crate::http::problem::Problem;
use crate::http::words::{some_words, words};

/// What a complaint is about, pinned to the version seen.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AboutRequest {
    /// Of what type.
    #[serde(rename = "type")]
    pub kind: AboutType,
    /// Its id.
    pub id: String,
}

/// How a target is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetType {
    /// A unit of `GET /regions/{code}/organisations`.
    Organisation,
    /// A post of the same list.
    Post,
    /// The people of a level.
    Group,
    /// In words.
    Other,
}

/// Whom it is about (您反映的是谁?).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetRequest {
    /// How it is named.
    #[serde(rename = "type")]
    pub kind: TargetType,
    /// With `organisation` and `post`.
    pub id: Option<String>,
    /// With `group`.
    pub group: Option<Group>,
    /// With `other`.
    pub text: Option<String>,
}

/// Who the complainant is; sealed before anything is stored.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityRequest {
    /// How much is shown.
    pub mode: IdentityMode,
    /// The name.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The mail address.
    pub email: Option<String>,
}

/// A complaint, question, suggestion or request for help.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilingRequest {
    /// What it is.
    pub kind: Kind,
    /// Where: a village, township or county.
    pub region_code: RegionCode,
    /// A code of `GET /categories` without `redirect`.
    pub category: String,
    /// What it is about, if something published.
    pub about: Option<AboutRequest>,
    /// The words, 5 to 4000 characters.
    #[schema(min_length = 5, max_length = 4000)]
    pub text: String,
    /// Whom it is about; may be empty.
    pub targets: Vec<TargetRequest>,
    /// Tokens of photos, at most six.
    #[serde(default)]
    pub attachments: Vec<String>,
    /// Who the complainant is.
    pub identity: IdentityRequest,
    /// Who pressed the keys.
    #[serde(default = "myself")]
    pub filed_by: FiledBy,
    /// Whether a written answer may be shown to everybody.
    #[serde(default)]
    pub may_publish_answer: bool,
}

fn myself() -> FiledBy {
    FiledBy::Myself
}

/// Words, with photos.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsRequest {
    /// 1 to 4000 characters.
    pub text: String,
    /// Tokens of photos.
    #[serde(default)]
    pub attachments: Vec<String>,
}

/// A rating.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingRequest {
    /// The choice.
    pub rating: RatingValue,
    /// Up to 1000 characters.
    pub comment: Option<String>,
}

/// A dispute.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeRequest {
    /// 1 to 2000 characters.
    pub reason: String,
}

/// A withdrawal.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawRequest {
    /// Up to 2000 characters.
    pub reason: Option<String>,
}

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $type:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$fdoc])* pub $field: $type,)*
        }
    )+};
}

bodies! {
    /// Nothing more to say.
    Bare {}
    /// With words others read.
    Noted {
        /// 1 to 2000 characters.
        note: String,
    }
    /// With a reason.
    Reasoned {
        /// 1 to 2000 characters.
        reason: String,
    }
    /// Words.
    Worded {
        /// 1 to 4000 characters.
        text: String,
    }
    /// Give the work to a unit.
    DispatchBody {
        /// The responsible unit; it must pass recusal.
        organisation_id: OrganisationId,
        /// What that unit sees instead of the complainant's words.
        brief: String,
        /// The photos it may see; none until photos can be uploaded.
        share_attachments: Option<Value>,
        /// For colleagues.
        note: Option<String>,
    }
    /// Put it in somebody's hands.
    AssignBody {
        /// Somebody of the same unit.
        staff_id: StaffId,
    }
    /// More time for the work.
    ExtendBody {
        /// How many more working days.
        working_days: u32,
        /// Why; the complainant reads it.
        reason: String,
    }
    /// The answer.
    AnswerBody {
        /// What was found.
        facts: String,
        /// On what ground.
        basis: String,
        /// How it ends.
        result: AnswerResult,
        /// What was done.
        remedy: String,
    }
    /// The answer goes out.
    ApproveBody {
        /// For colleagues.
        note: Option<String>,
    }
    /// Hand it to an organ above.
    TransferBody {
        /// The organ.
        organisation_id: OrganisationId,
        /// Why.
        reason: String,
    }
    /// A formal order.
    SuperviseBody {
        /// The letter.
        note: String,
        /// Its own due time.
        due_at: Timestamp,
    }
}

/// One thing to do: `{"action": "accept"}`. Only documents the shapes; each is read by its own struct.
#[derive(ToSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActionRequest {
    RequestSupplement(Noted),
    Accept(Bare),
    Dispatch(DispatchBody),
    Return(Reasoned),
    Start(Bare),
    Assign(AssignBody),
    Note(Worded),
    Message(Worded),
    Extend(ExtendBody),
    SubmitAnswer(AnswerBody),
    SendBack(Noted),
    Approve(ApproveBody),
    Transfer(TransferBody),
    Supervise(SuperviseBody),
    Escalate(Reasoned),
    Acknowledge(Bare),
}

/// Whom a case is about, in place of what was said before.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetsRequest {
    /// Up to ten; none when it is about nobody.
    pub targets: Vec<TargetRequest>,
    /// Why, for colleagues; 1 to 2000 characters.
    pub reason: String,
}

/// No photo can have been uploaded yet, so no token can be good.
pub fn no_attachments(tokens: &[String]) -> Result<(), ServiceError> {
    if tokens.is_empty() {
        return Ok(());
    }
    let gone = |index| FieldFault::new(format!("/attachments/{index}"), Code::AttachmentGone);
    Err(ServiceError::Invalid((0..tokens.len()).map(gone).collect()))
}

const NOTE: usize = 2000;
const WORDS: usize = 4000;

/// Reads an action of staff.
pub fn action(mut body: Value) -> Result<Action, Problem> {
    let missing = || Problem::from(ServiceError::at("/action", Code::Required));
    let fields = body
        .as_object_mut()
        .ok_or_else(|| Problem::from(ServiceError::at("", Code::WrongType)))?;
    let name = match fields.remove("action") {
        None => return Err(missing()),
        Some(Value::String(name)) => name,
        Some(_) => return Err(Problem::from(ServiceError::at("/action", Code::WrongType))),
    };
    Ok(match name.as_str() {
        "accept" => bare(body, Action::Accept)?,
        "start" => bare(body, Action::Start)?,
        "acknowledge" => bare(body, Action::Acknowledge)?,
        "request_supplement" => Action::RequestSupplement { note: noted(body)? },
        "send_back" => Action::SendBack { note: noted(body)? },
        "return" => Action::Return {
            reason: reasoned(body)?,
        },
        "escalate" => Action::Escalate {
            reason: reasoned(body)?,
        },
        "note" => Action::Note {
            text: worded(body)?,
        },
        "message" => Action::Message {
            text: worded(body)?,
        },
        "dispatch" => {
            let body: DispatchBody = from_value(body)?;
            let shares = match &body.share_attachments {
                None | Some(Value::Null | Value::Bool(false)) => false,
                Some(Value::Array(list)) => !list.is_empty(),
                Some(_) => true,
            };
            if shares {
                return Err(ServiceError::at("/share_attachments", Code::AttachmentGone).into());
            }
            Action::Dispatch {
                organisation: body.organisation_id,
                brief: words("/brief", &body.brief, 1, WORDS)?,
                note: some_words("/note", body.note.as_deref(), NOTE)?,
            }
        }
        "assign" => Action::Assign {
            staff: from_value::<AssignBody>(body)?.staff_id,
        },
        "extend" => {
            let body: ExtendBody = from_value(body)?;
            if body.working_days == 0 {
                return Err(ServiceError::at("/working_days", Code::OutOfRange).into());
            }
            Action::Extend {
                working_days: body.working_days,
                reason: words("/reason", &body.reason, 1, NOTE)?,
            }
        }
        "submit_answer" => {
            let body: AnswerBody = from_value(body)?;
            Action::SubmitAnswer {
                answer: Answer {
                    facts: words("/facts", &body.facts, 1, WORDS)?,
                    basis: words("/basis", &body.basis, 1, WORDS)?,
                    result: body.result,
                    remedy: words("/remedy", &body.remedy, 1, WORDS)?,
                },
            }
        }
        "approve" => {
            // Words for everybody need a second person, who comes with the whole life cycle.
            if body.get("public_answer").is_some_and(Value::is_null)
                && let Some(fields) = body.as_object_mut()
            {
                fields.remove("public_answer");
            }
            let body: ApproveBody = from_value(body)?;
            Action::Approve {
                note: some_words("/note", body.note.as_deref(), NOTE)?,
            }
        }
        "transfer" => {
            let body: TransferBody = from_value(body)?;
            Action::Transfer {
                organisation: body.organisation_id,
                reason: words("/reason", &body.reason, 1, NOTE)?,
            }
        }
        "supervise" => {
            let body: SuperviseBody = from_value(body)?;
            Action::Supervise {
                note: words("/note", &body.note, 1, NOTE)?,
                due_at: body.due_at,
            }
        }
        _ => return Err(ServiceError::at("/action", Code::UnknownAction).into()),
    })
}

fn bare(body: Value, action: Action) -> Result<Action, Problem> {
    from_value::<Bare>(body).map(|Bare {}| action)
}

fn noted(body: Value) -> Result<String, Problem> {
    words("/note", &from_value::<Noted>(body)?.note, 1, NOTE)
}

fn reasoned(body: Value) -> Result<String, Problem> {
    words("/reason", &from_value::<Reasoned>(body)?.reason, 1, NOTE)
}

fn worded(body: Value) -> Result<String, Problem> {
    words("/text", &from_value::<Worded>(body)?.text, 1, WORDS)
}
