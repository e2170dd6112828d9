//! What may be done to a case, by whom and in which state: one table, asked before every action and shown
//! to people as `allowed_actions`.

use serde::{Deserialize, Serialize};

use crate::attachment::Share;
use crate::deadline::{Limit, deadline};
use crate::id::{ComplaintId, OrganisationId, PersonId, StaffId};
use crate::proposal::CaseMatter;
use crate::time::Timestamp;

use super::access::Standing;
use super::case::{Case, Rules};
use super::decline::DeclineReason;
use super::rating::RatingValue;
use super::routing::next_above;
use super::state::{Answer, State, StateName};

/// The name of an action.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ActionName {
    /// 要求补正
    RequestSupplement,
    /// 受理
    Accept,
    /// 不予受理（两人）
    Decline,
    /// 分办
    Dispatch,
    /// 退回（不属于本单位）
    Return,
    /// 开始办理
    Start,
    /// 指定经办人
    Assign,
    /// 内部备注
    Note,
    /// 给投诉人留言
    Message,
    /// 延期（两人）
    Extend,
    /// 提交答复
    SubmitAnswer,
    /// 退回补办
    SendBack,
    /// 审核通过
    Approve,
    /// 转办（给上级监督机关）
    Transfer,
    /// 并案（两人）
    Merge,
    /// 督办
    Supervise,
    /// 上报
    Escalate,
    /// 签收（上级确认已看到）
    Acknowledge,
    /// 补正
    Supplement,
    /// 评价
    Rate,
    /// 不服答复
    Dispute,
    /// 撤回
    Withdraw,
    /// 超时未补正（计时器）
    SupplementLapsed,
    /// 超时未评价（计时器）
    RateLapsed,
    /// 恢复单独办理（所并事项已撤回或不予受理）
    Unmerge,
    /// 更正被反映对象
    ChangeTargets,
    /// 重新分派（回避、片区或职务变动）
    RouteAnew,
}

impl ActionName {
    /// What staff may be allowed.
    pub const STAFF: [Self; 18] = [
        Self::RequestSupplement,
        Self::Accept,
        Self::Decline,
        Self::Dispatch,
        Self::Return,
        Self::Start,
        Self::Assign,
        Self::Note,
        Self::Message,
        Self::Extend,
        Self::SubmitAnswer,
        Self::SendBack,
        Self::Approve,
        Self::Transfer,
        Self::Merge,
        Self::Supervise,
        Self::Escalate,
        Self::Acknowledge,
    ];
    /// What the complainant may be allowed.
    pub const COMPLAINANT: [Self; 5] = [
        Self::Supplement,
        Self::Message,
        Self::Rate,
        Self::Dispute,
        Self::Withdraw,
    ];

    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RequestSupplement => "request_supplement",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Dispatch => "dispatch",
            Self::Return => "return",
            Self::Start => "start",
            Self::Assign => "assign",
            Self::Note => "note",
            Self::Message => "message",
            Self::Extend => "extend",
            Self::SubmitAnswer => "submit_answer",
            Self::SendBack => "send_back",
            Self::Approve => "approve",
            Self::Transfer => "transfer",
            Self::Merge => "merge",
            Self::Supervise => "supervise",
            Self::Escalate => "escalate",
            Self::Acknowledge => "acknowledge",
            Self::Supplement => "supplement",
            Self::Rate => "rate",
            Self::Dispute => "dispute",
            Self::Withdraw => "withdraw",
            Self::SupplementLapsed => "supplement_lapsed",
            Self::RateLapsed => "rate_lapsed",
            Self::Unmerge => "unmerge",
            Self::ChangeTargets => "change_targets",
            Self::RouteAnew => "route_anew",
        }
    }

    /// What takes two persons: the action then only proposes.
    #[must_use]
    pub fn matter(self) -> Option<CaseMatter> {
        match self {
            Self::Decline => Some(CaseMatter::Decline),
            Self::Merge => Some(CaseMatter::Merge),
            Self::Extend => Some(CaseMatter::Extend),
            _ => None,
        }
    }

    /// Whether it moves the case on: what nobody does for a while turns the light blue.
    #[must_use]
    pub fn is_life_cycle(self) -> bool {
        !matches!(
            self,
            Self::Assign
                | Self::Note
                | Self::Message
                | Self::Acknowledge
                | Self::ChangeTargets
                | Self::RouteAnew
        )
    }
}

/// An action with all it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Ask the complainant for more.
    RequestSupplement { note: String },
    /// Take it up.
    Accept,
    /// Do not take it.
    Decline {
        reason: DeclineReason,
        redirect: Option<String>,
        note: String,
    },
    /// Give the work to a unit that [`super::routing::may_handle`] passed.
    Dispatch {
        organisation: OrganisationId,
        brief: String,
        /// As [`Share::among`] has read it out of what there is.
        share: Share,
        note: Option<String>,
    },
    /// "Not ours".
    Return { reason: String },
    /// Begin the work.
    Start,
    /// Put it in somebody's hands.
    Assign { staff: StaffId },
    /// Words for colleagues.
    Note { text: String },
    /// Words to or from the complainant.
    Message { text: String },
    /// More time for the work.
    Extend { working_days: u32, reason: String },
    /// Give the answer to the supervising unit.
    SubmitAnswer { answer: Answer },
    /// The answer will not do.
    SendBack { note: String },
    /// The answer goes out.
    Approve {
        note: Option<String>,
        /// Words for everybody, which wait for a second person.
        public_answer: Option<String>,
    },
    /// Hand the supervising work to an organ above.
    Transfer {
        organisation: OrganisationId,
        reason: String,
    },
    /// Let it follow another case.
    Merge { into: ComplaintId, reason: String },
    /// A formal order with its own due date.
    Supervise { note: String, due_at: Timestamp },
    /// Call the organ above.
    Escalate { reason: String },
    /// The organ above has seen it.
    Acknowledge,
    /// What was missing.
    Supplement { text: String },
    /// What the complainant thinks of the answer.
    Rate {
        rating: RatingValue,
        comment: Option<String>,
    },
    /// The complainant does not accept it.
    Dispute { reason: String },
    /// The complainant takes it back.
    Withdraw { reason: Option<String> },
    /// Nobody supplemented in time.
    SupplementLapsed,
    /// Nobody rated in time.
    RateLapsed,
    /// The case followed was withdrawn or declined.
    Unmerge,
}

impl Action {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> ActionName {
        match self {
            Self::RequestSupplement { .. } => ActionName::RequestSupplement,
            Self::Accept => ActionName::Accept,
            Self::Decline { .. } => ActionName::Decline,
            Self::Dispatch { .. } => ActionName::Dispatch,
            Self::Return { .. } => ActionName::Return,
            Self::Start => ActionName::Start,
            Self::Assign { .. } => ActionName::Assign,
            Self::Note { .. } => ActionName::Note,
            Self::Message { .. } => ActionName::Message,
            Self::Extend { .. } => ActionName::Extend,
            Self::SubmitAnswer { .. } => ActionName::SubmitAnswer,
            Self::SendBack { .. } => ActionName::SendBack,
            Self::Approve { .. } => ActionName::Approve,
            Self::Transfer { .. } => ActionName::Transfer,
            Self::Merge { .. } => ActionName::Merge,
            Self::Supervise { .. } => ActionName::Supervise,
            Self::Escalate { .. } => ActionName::Escalate,
            Self::Acknowledge => ActionName::Acknowledge,
            Self::Supplement { .. } => ActionName::Supplement,
            Self::Rate { .. } => ActionName::Rate,
            Self::Dispute { .. } => ActionName::Dispute,
            Self::Withdraw { .. } => ActionName::Withdraw,
            Self::SupplementLapsed => ActionName::SupplementLapsed,
            Self::RateLapsed => ActionName::RateLapsed,
            Self::Unmerge => ActionName::Unmerge,
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// Somebody who works here, with their standing in this case.
    Staff {
        /// The natural person.
        person: PersonId,
        /// Their unit.
        organisation: OrganisationId,
        /// What they are in this case.
        standing: Standing,
    },
    /// Whoever holds the receipt.
    Complainant,
    /// A clock ran out.
    Timer,
}

/// Whether this actor may ever do this (403 when not). Being in the right state is another question.
#[must_use]
pub fn is_permitted(by: &By, action: ActionName, case: &Case) -> bool {
    use ActionName as A;
    match by {
        By::Complainant => A::COMPLAINANT.contains(&action),
        By::Timer => matches!(action, A::SupplementLapsed | A::RateLapsed | A::Unmerge),
        By::Staff {
            person,
            organisation,
            standing,
        } => {
            // An organ above to which the case has come may act as the supervising unit.
            let supervises = standing.supervising || standing.upper;
            match action {
                A::RequestSupplement
                | A::Accept
                | A::Decline
                | A::Merge
                | A::Dispatch
                | A::SendBack
                | A::Transfer
                | A::Escalate => supervises,
                A::Approve => supervises && !case.tally.handled_by.contains(person),
                A::Return | A::Start | A::Extend | A::SubmitAnswer => standing.responsible,
                A::Assign | A::Note | A::Message => {
                    let at_work = matches!(
                        case.state.name(),
                        StateName::Dispatched | StateName::Handling
                    );
                    supervises || (standing.responsible && at_work)
                }
                A::Supervise => standing.upper,
                A::Acknowledge => {
                    standing.upper
                        && case
                            .tally
                            .unacknowledged
                            .as_ref()
                            .is_none_or(|open| open.organ == *organisation)
                }
                _ => false,
            }
        }
    }
}

/// Whether the case is in a state (and within the counts and times) for this (409 when not).
#[must_use]
pub fn is_legal(action: ActionName, case: &Case, rules: &Rules<'_>) -> bool {
    use ActionName as A;
    let state = &case.state;
    let open = state.name().is_open();
    match action {
        A::RequestSupplement => {
            matches!(state, State::Submitted)
                && case.tally.supplements < rules.policy.supplement.at_most
        }
        A::Accept => matches!(state, State::Submitted | State::AwaitingSupplement { .. }),
        A::Decline => {
            let before_work = match state {
                State::Submitted | State::AwaitingSupplement { .. } => true,
                State::Accepted => case.tally.dispatches == 0,
                _ => false,
            };
            before_work && !case.waits_for(CaseMatter::Decline, rules.now)
        }
        A::Merge => open && !case.waits_for(CaseMatter::Merge, rules.now),
        A::Unmerge => matches!(state, State::Merged { .. }),
        A::Dispatch => matches!(
            state,
            State::Accepted | State::Dispatched { .. } | State::Handling { .. }
        ),
        A::Return => match state {
            State::Dispatched { work } | State::Handling { work } => {
                let limit = Limit::working_days(rules.policy.return_days);
                let until = deadline(rules.calendar, work.dispatched_at, &limit, &[]).due_at;
                case.tally.returns < rules.policy.returns_at_most && rules.now < until
            }
            _ => false,
        },
        A::Start => matches!(state, State::Dispatched { .. }),
        A::Extend => {
            matches!(state, State::Handling { .. })
                && case.tally.extensions < rules.policy.extension.at_most
                && case
                    .running_promise()
                    .is_some_and(|timer| rules.now < timer.due_at)
                && !case.waits_for(CaseMatter::Extend, rules.now)
        }
        A::SubmitAnswer => matches!(state, State::Handling { .. }),
        A::SendBack | A::Approve => matches!(state, State::UnderReview { .. }),
        A::Assign | A::Note | A::Message => open || matches!(state, State::Answered { .. }),
        A::Transfer => {
            open && (next_above(case.supervising_level, rules.organs).is_some()
                || !rules.neighbours.is_empty())
        }
        A::Escalate => open && above_reached(case, rules).is_some(),
        A::Supervise => open,
        A::Acknowledge => open && case.tally.unacknowledged.is_some(),
        A::Supplement | A::SupplementLapsed => matches!(state, State::AwaitingSupplement { .. }),
        A::Rate => case.is_ratable(),
        A::RateLapsed => matches!(state, State::Answered { .. }),
        A::Dispute => may_dispute(case, rules),
        A::Withdraw => open,
        A::ChangeTargets | A::RouteAnew => false,
    }
}

/// The organ above the highest level the case has reached.
#[must_use]
pub fn above_reached(
    case: &Case,
    rules: &Rules<'_>,
) -> Option<(crate::region::Level, OrganisationId)> {
    rules
        .organs
        .iter()
        .find(|(level, _)| super::routing::rung(**level) > case.level)
        .map(|(level, id)| (*level, id.clone()))
}

/// Once per case, within thirty days, and only while an organ is left above; at the top the page names the
/// doors outside.
fn may_dispute(case: &Case, rules: &Rules<'_>) -> bool {
    let Some(since) = case.disputable_since() else {
        return false;
    };
    let days = i64::from(rules.policy.dispute_days);
    let last_day = since.day() + chrono::TimeDelta::days(days);
    !case.tally.disputed
        && rules.now.day() <= last_day
        && next_above(case.supervising_level, rules.organs).is_some()
}

/// What this actor may do now, in the order of the table.
#[must_use]
pub fn allowed(by: &By, case: &Case, rules: &Rules<'_>) -> Vec<ActionName> {
    let names: &[ActionName] = match by {
        By::Complainant => &ActionName::COMPLAINANT,
        By::Staff { .. } => &ActionName::STAFF,
        By::Timer => &[],
    };
    names
        .iter()
        .copied()
        .filter(|name| is_permitted(by, *name, case) && is_legal(*name, case, rules))
        .collect()
}
