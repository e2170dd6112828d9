//! What staff may say they do to a case: `action` is read first, then that action's own struct, so that an
//! unknown field is refused in each.

use domain::attachment::Share;
use domain::complaint::action::Action;
use domain::complaint::decline::DeclineReason;
use domain::complaint::state::{Answer, AnswerResult};
use domain::id::{ComplaintId, OrganisationId, StaffId};
use domain::time::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::body::from_value;
use crate::http::problem::Problem;
use crate::http::words::{some_words, words};

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
    /// Do not take it, and name the right door.
    DeclineBody {
        /// Why.
        reason_code: DeclineReason,
        /// Where to go instead; the door of the reason where left out. Up to 500 characters.
        redirect: Option<String>,
        /// Words to the complainant, 1 to 2000 characters.
        note: String,
    }
    /// Let it follow another case of the region.
    MergeBody {
        /// Open, and following none itself.
        into_id: ComplaintId,
        /// Why.
        reason: String,
    }
    /// Give the work to a unit.
    DispatchBody {
        /// The responsible unit; it must pass recusal.
        organisation_id: OrganisationId,
        /// What that unit sees instead of the complainant's words.
        brief: String,
        /// The photos it may see: their numbers, or `true` for those there are now. Default: none.
        share_attachments: Option<ShareRequest>,
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
        /// An answer written for everybody, without anything personal; only when the complainant allowed it.
        /// It waits for a second person. 1 to 4000 characters.
        public_answer: Option<String>,
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

/// Photos to share.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum ShareRequest {
    /// All there are now, or none.
    All(bool),
    /// These numbers.
    These(Vec<i32>),
}

impl From<ShareRequest> for Share {
    fn from(request: ShareRequest) -> Self {
        match request {
            ShareRequest::All(false) => Self::None,
            ShareRequest::All(true) => Self::All,
            ShareRequest::These(numbers) => Self::These(numbers),
        }
    }
}

/// One thing to do: `{"action": "accept"}`. Only documents the shapes; each is read by its own struct.
#[derive(ToSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActionRequest {
    RequestSupplement(Noted),
    Accept(Bare),
    Decline(DeclineBody),
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
    Merge(MergeBody),
    Supervise(SuperviseBody),
    Escalate(Reasoned),
    Acknowledge(Bare),
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
        "decline" => {
            let body: DeclineBody = from_value(body)?;
            Action::Decline {
                reason: body.reason_code,
                redirect: some_words("/redirect", body.redirect.as_deref(), 500)?,
                note: words("/note", &body.note, 1, NOTE)?,
            }
        }
        "dispatch" => {
            let body: DispatchBody = from_value(body)?;
            Action::Dispatch {
                organisation: body.organisation_id,
                brief: words("/brief", &body.brief, 1, WORDS)?,
                share: body.share_attachments.map_or(Share::None, Share::from),
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
            let body: ApproveBody = from_value(body)?;
            Action::Approve {
                note: some_words("/note", body.note.as_deref(), NOTE)?,
                public_answer: body
                    .public_answer
                    .map(|text| words("/public_answer", &text, 1, WORDS))
                    .transpose()?,
            }
        }
        "merge" => {
            let body: MergeBody = from_value(body)?;
            Action::Merge {
                into: body.into_id,
                reason: words("/reason", &body.reason, 1, NOTE)?,
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
