//! What people see of a case. The complainant, a supervising unit and a responsible unit each have their
//! own view; what a view leaves out was never in it. Here are the shapes, in `present` how they are made.

use domain::attachment::Media;
use domain::complaint::action::ActionName;
use domain::complaint::case::Case;
use domain::complaint::decline::{DeclineReason, Declined};
use domain::complaint::intake::{AboutType, Channel, IdentityMode};
use domain::complaint::rating::RatingValue;
use domain::complaint::state::{Answer, AnswerResult, StateName};
use domain::complaint::target::Group;
use domain::escalation::Step;
use domain::policy::{Kind, Stage};
use domain::proposal::CaseMatter;
use domain::region::RegionCode;
use domain::sla::Light;
use domain::time::Timestamp;
use serde::Serialize;
use store::about::About;
use store::complaints::{Counts, EventRow};
use utoipa::ToSchema;

use super::identity_views::IdentityLookView;
use super::questions::PublicAnswerView;

mod present;

pub(super) use present::{Grain, grain, readable, sees_text};
pub use present::{Parts, StaffParts, queue_item, receipt, staff, staff_events};

/// One clock.
#[derive(Serialize, ToSchema)]
pub struct TimerView {
    stage: Stage,
    round: u32,
    started_at: Timestamp,
    /// The first instant that is late.
    due_at: Timestamp,
    /// The last day in time.
    due_date: String,
    /// May move: a year on the way has no announced calendar.
    provisional: bool,
    paused: bool,
    stopped_at: Option<Timestamp>,
    breached: bool,
}

/// One line of the history.
#[derive(Serialize, ToSchema)]
pub struct EventView {
    seq: i32,
    at: Timestamp,
    action: String,
    public_note: Option<String>,
}

/// One line of the history, for staff.
#[derive(Serialize, ToSchema)]
pub struct StaffEventView {
    seq: i32,
    at: Timestamp,
    action: String,
    /// `staff`, `complainant` or `timer`.
    actor: String,
    organisation_id: Option<String>,
    public_note: Option<String>,
    internal_note: Option<String>,
}

/// Words between the complainant and the units.
#[derive(Serialize, ToSchema)]
pub struct MessageView {
    seq: i32,
    at: Timestamp,
    /// `complainant` or `staff`.
    from: String,
    text: String,
}

/// A photo; its picture is at `attachments/{n}` of the receipt or of the case.
#[derive(Serialize, ToSchema)]
pub struct AttachmentView {
    /// 1, 2, …
    n: i32,
    media_type: Media,
    /// Pixels from left to right.
    width: i32,
    /// Pixels from top to bottom.
    height: i32,
    bytes: i64,
    /// The `seq` of the message it came with; null for those of the filing.
    message: Option<i32>,
}

/// The answer.
#[derive(Serialize, ToSchema)]
pub struct AnswerView {
    facts: String,
    basis: String,
    result: AnswerResult,
    remedy: String,
    answered_at: Timestamp,
}

/// An answer that waits for the supervising unit.
#[derive(Serialize, ToSchema)]
pub struct DraftView {
    facts: String,
    basis: String,
    result: AnswerResult,
    remedy: String,
}

impl From<Answer> for DraftView {
    fn from(answer: Answer) -> Self {
        Self {
            facts: answer.facts,
            basis: answer.basis,
            result: answer.result,
            remedy: answer.remedy,
        }
    }
}

/// The rating.
#[derive(Serialize, ToSchema)]
pub struct RatingView {
    rating: RatingValue,
    comment: Option<String>,
    rated_at: Timestamp,
    late: bool,
}

/// Why a case was not taken.
#[derive(Serialize, ToSchema)]
pub struct DeclinedView {
    reason_code: DeclineReason,
    /// The right door.
    redirect: Option<String>,
    note: String,
    declined_at: Timestamp,
}

impl From<&Declined> for DeclinedView {
    fn from(declined: &Declined) -> Self {
        Self {
            reason_code: declined.reason,
            redirect: declined.redirect.clone(),
            note: declined.note.clone(),
            declined_at: declined.declined_at,
        }
    }
}

/// The case that another follows: its state and its public notes, nothing that was said there.
#[derive(Serialize, ToSchema)]
pub struct MergedView {
    /// Its id, for staff who may open it.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Its number, for staff who may open it.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    state: StateName,
    light: Option<Light>,
    /// The last day in time of what is promised there.
    due_date: Option<String>,
    events: Vec<EventView>,
}

/// What a case shows of the one it follows.
pub struct Target {
    /// The case followed.
    pub case: Case,
    /// Its history.
    pub events: Vec<EventRow>,
    /// Whether this reader may open it.
    pub known: bool,
}

/// A proposal that waits.
#[derive(Serialize, ToSchema)]
pub struct WaitingView {
    /// The proposal.
    id: String,
    /// What is proposed.
    action: CaseMatter,
    /// The first instant at which it is void.
    expires_at: Timestamp,
    /// Whether this reader may read the whole of it.
    may_read: bool,
}

/// A case by id and number.
#[derive(Serialize, ToSchema)]
pub struct CaseLink {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
}

/// A formal order in force (督办函).
#[derive(Serialize, ToSchema)]
pub struct SupervisionView {
    /// The letter.
    note: String,
    /// Its own due time.
    due_at: Timestamp,
    /// The organ that ordered it.
    organisation_id: String,
}

/// What the complainant and staff both see.
#[derive(Serialize, ToSchema)]
pub struct ComplaintView {
    /// Two groups of four characters.
    number: String,
    kind: Kind,
    region_code: RegionCode,
    /// What people call that region.
    region_name: String,
    category: String,
    /// What it is about; null when it is about nothing published.
    about: Option<AboutView>,
    state: StateName,
    round: u32,
    /// The highest level reached: 1 township, 2 county, 3 city.
    level: i32,
    /// A formal order from above is in force.
    supervised: bool,
    light: Option<Light>,
    received_at: Timestamp,
    timers: Vec<TimerView>,
    events: Vec<EventView>,
    messages: Vec<MessageView>,
    /// The photos that this reader may look at.
    attachments: Vec<AttachmentView>,
    /// The answer; for a merged case that of the case it follows.
    answer: Option<AnswerView>,
    rating: Option<RatingView>,
    /// Why it was not taken, and the right door; null unless declined.
    declined: Option<DeclinedView>,
    /// The case it follows; null unless merged.
    merged_into: Option<MergedView>,
    /// Whether an answer may be written for everybody.
    may_publish_answer: bool,
    /// Answers to it that were published for everybody.
    public_answers: Vec<PublicAnswerView>,
    /// Each time somebody looked at who the complainant is, or compared it: the day, the level, what for. Empty for a
    /// responsible unit, which does not learn whether there is anybody to look at.
    identity_views: Vec<IdentityLookView>,
    /// What this reader may do now.
    allowed_actions: Vec<ActionName>,
    /// Of `handle` or `rework`; negative when late.
    working_days_left: Option<i64>,
    /// Of the running clock that falls due next, other than `rate`: the working days left after today, 0 on the last
    /// day, negative when late. Null where its limit is counted otherwise.
    next_working_days_left: Option<i64>,
}

/// What a filing answers with. The receipt code is shown this once.
#[derive(Serialize, ToSchema)]
pub struct FiledView {
    #[serde(flatten)]
    complaint: ComplaintView,
    /// Twenty digits. Keep them: they are the only way back.
    receipt_code: String,
    /// A signed promise, once the public log exists.
    promise: Option<String>,
}

/// A unit by id and name.
#[derive(Serialize, ToSchema)]
pub struct UnitView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Whom it is about.
#[derive(Serialize, ToSchema)]
pub struct TargetView {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Group>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// What it is about, pinned to the version seen.
#[derive(Serialize, ToSchema)]
pub struct AboutView {
    #[serde(rename = "type")]
    kind: AboutType,
    id: String,
    version: i32,
    /// What people call it.
    label: String,
    /// For a line: the disclosure it stands in.
    disclosure_id: Option<String>,
    /// For a line: its number.
    no: Option<i32>,
}

impl From<About> for AboutView {
    fn from(about: About) -> Self {
        Self {
            kind: about.kind,
            id: about.id,
            version: about.version,
            label: about.label,
            disclosure_id: about.disclosure_id,
            no: about.no,
        }
    }
}

/// A step of the ladder that was taken.
#[derive(Serialize, ToSchema)]
pub struct EscalationView {
    stage: Stage,
    round: u32,
    step: Step,
    due_at: Timestamp,
    fired_at: Timestamp,
    to_organisation_id: Option<String>,
}

/// What staff see. A responsible unit sees `brief` instead of `text`, no identity mode, times by the day.
#[derive(Serialize, ToSchema)]
pub struct StaffComplaintView {
    id: String,
    /// Also the `ETag`.
    version: i32,
    #[serde(flatten)]
    complaint: ComplaintView,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    brief: Option<String>,
    /// The first characters of what this reader may see.
    excerpt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity_mode: Option<IdentityMode>,
    /// Whether this reader may ask that the sealed identity be opened, or a lost receipt be issued anew.
    may_request_identity: bool,
    /// An answer under review.
    draft: Option<DraftView>,
    targets: Vec<TargetView>,
    /// The numbers of the photos that the responsible unit may look at.
    shared_attachments: Vec<i32>,
    supervising_unit: UnitView,
    responsible_unit: Option<UnitView>,
    assignee: Option<String>,
    /// The assignee's name.
    assignee_name: Option<String>,
    escalations: Vec<EscalationView>,
    /// The proposal an approval has just made, for its words to everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal_id: Option<String>,
    /// What waits for a second person.
    proposals: Vec<WaitingView>,
    /// Cases that follow this one, as far as this reader may open them.
    followers: Vec<CaseLink>,
    /// A formal order in force.
    supervision: Option<SupervisionView>,
    /// The organ that must still say it has seen the case.
    unacknowledged_organisation_id: Option<String>,
    /// How it came in; not for a responsible unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<Channel>,
    /// A clock of it cannot be read: none is shown, and nothing can be done to it until those who run the installation
    /// have mended it.
    clocks_unreadable: bool,
}

impl StaffComplaintView {
    /// Of a case whose clocks cannot be read: it is shown without them, and nothing is offered.
    pub(super) fn is_only_read(&mut self) {
        self.clocks_unreadable = true;
        self.may_request_identity = false;
        self.complaint.allowed_actions.clear();
    }
}

/// A row of the queue.
#[derive(Serialize, ToSchema)]
pub struct QueueItem {
    id: String,
    version: i32,
    number: String,
    kind: Kind,
    region_code: RegionCode,
    /// What people call that region.
    region_name: String,
    category: String,
    /// What it is about, as people call it.
    about_label: Option<String>,
    state: StateName,
    round: u32,
    level: i32,
    supervised: bool,
    light: Option<Light>,
    received_at: Timestamp,
    excerpt: String,
    assignee: Option<String>,
    /// The assignee's name.
    assignee_name: Option<String>,
    timers: Vec<TimerView>,
    allowed_actions: Vec<ActionName>,
    working_days_left: Option<i64>,
    /// Of the running clock that falls due next, other than `rate`: the working days left after today, 0 on the last
    /// day, negative when late. Null where its limit is counted otherwise.
    next_working_days_left: Option<i64>,
    /// The earliest due time of a running clock.
    due_at: Option<Timestamp>,
    /// A clock of it cannot be read: none is shown, and nothing can be done to it until those who run the installation
    /// have mended it.
    clocks_unreadable: bool,
}

/// How many cases of the queue have which light now.
#[derive(Serialize, ToSchema)]
pub struct QueueCounts {
    /// All of them.
    total: i64,
    red: i64,
    yellow: i64,
    blue: i64,
    green: i64,
    /// Those whose clocks stand still or have stopped.
    none: i64,
}

impl From<Counts> for QueueCounts {
    fn from(counts: Counts) -> Self {
        let lit = counts.red + counts.yellow + counts.blue + counts.green;
        Self {
            total: counts.total,
            red: counts.red,
            yellow: counts.yellow,
            blue: counts.blue,
            green: counts.green,
            none: counts.total - lit,
        }
    }
}

/// Somebody or some unit that an action may name.
#[derive(Serialize, ToSchema)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Whom this person may name now: empty where the action is not allowed.
#[derive(Serialize, ToSchema)]
pub struct Choices {
    /// Units that may do the work, for `dispatch`.
    pub dispatch: Vec<Choice>,
    /// Organs above, for `transfer`.
    pub transfer: Vec<Choice>,
    /// Colleagues of one's own unit, for `assign`.
    pub assign: Vec<Choice>,
}

/// A page of the queue.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "a shape for the contract; pages are written by http::page"
)]
pub struct QueuePage {
    items: Vec<QueueItem>,
    next_cursor: Option<String>,
}

/// The history of a case.
#[derive(Serialize, ToSchema)]
pub struct StaffEvents {
    /// The oldest first.
    pub items: Vec<StaffEventView>,
}
