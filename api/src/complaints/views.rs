//! What people see of a case. The complainant, a supervising unit and a responsible unit each have their
//! own view; what a view leaves out was never in it.

use domain::complaint::action::{ActionName, By, allowed};
use domain::complaint::case::{Case, Rules};
use domain::complaint::intake::{AboutType, IdentityMode};
use domain::complaint::rating::RatingValue;
use domain::complaint::state::{Answer, AnswerResult, State, StateName};
use domain::complaint::target::{Group, Target};
use domain::escalation::Step;
use domain::policy::{Kind, Stage};
use domain::region::RegionCode;
use domain::sla::{Light, Timer, working_days_left};
use domain::time::Timestamp;
use serde::Serialize;
use store::about::About;
use store::complaints::{Counts, EventRow, Known, MessageRow, Record};
use store::escalations::Escalation;
use utoipa::ToSchema;

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
    answer: Option<AnswerView>,
    rating: Option<RatingView>,
    /// What this reader may do now.
    allowed_actions: Vec<ActionName>,
    /// Of `handle` or `rework`; negative when late.
    working_days_left: Option<i64>,
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
    /// An answer under review.
    draft: Option<DraftView>,
    targets: Vec<TargetView>,
    attachments: Vec<String>,
    supervising_unit: UnitView,
    responsible_unit: Option<UnitView>,
    assignee: Option<String>,
    /// The assignee's name.
    assignee_name: Option<String>,
    escalations: Vec<EscalationView>,
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
    /// The earliest due time of a running clock.
    due_at: Option<Timestamp>,
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

/// How exact a reader may see times.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grain {
    Exact,
    Day,
}

impl Grain {
    fn cut(self, at: Timestamp) -> Timestamp {
        match self {
            Self::Exact => at,
            Self::Day => Timestamp::start_of(at.day()),
        }
    }
}

/// Events that are nobody's business but staff's.
const INTERNAL: [&str; 3] = ["note", "assign", "acknowledge"];

fn timer(timer: &Timer, grain: Grain) -> TimerView {
    TimerView {
        stage: timer.stage,
        round: timer.round,
        started_at: grain.cut(timer.started_at),
        due_at: timer.due_at,
        due_date: timer.due_date.to_string(),
        provisional: timer.provisional,
        paused: timer.is_paused(),
        stopped_at: timer.stopped_at.map(|at| grain.cut(at)),
        breached: timer.breached_at.is_some(),
    }
}

fn days_left(case: &Case, rules: &Rules<'_>) -> Option<i64> {
    let promised = case.promised().filter(|timer| timer.stopped_at.is_none())?;
    Some(working_days_left(rules.calendar, promised, rules.now))
}

fn about(record: &Record) -> Option<AboutView> {
    let text = record.filing.about.as_ref()?;
    serde_json::from_str::<About>(text)
        .ok()
        .map(AboutView::from)
}

fn shared(
    record: &Record,
    region_name: &str,
    events: &[EventRow],
    messages: &[MessageRow],
    by: &By,
    rules: &Rules<'_>,
    grain: Grain,
) -> ComplaintView {
    let case = &record.case;
    let public = |event: &&EventRow| !INTERNAL.contains(&event.action.as_str());
    ComplaintView {
        number: case.number.clone(),
        kind: case.kind,
        region_code: case.region.clone(),
        region_name: region_name.to_owned(),
        category: case.category.clone(),
        about: about(record),
        state: case.state.name(),
        round: case.round,
        level: case.level,
        supervised: case.supervised,
        light: case.light(rules.now),
        received_at: grain.cut(case.received_at),
        timers: case.timers.iter().map(|one| timer(one, grain)).collect(),
        events: events
            .iter()
            .filter(public)
            .map(|event| EventView {
                seq: event.seq,
                at: grain.cut(event.at),
                action: event.action.clone(),
                public_note: event.public_note.clone(),
            })
            .collect(),
        messages: messages
            .iter()
            .map(|message| MessageView {
                seq: message.seq,
                at: grain.cut(message.at),
                from: message.author.clone(),
                text: message.text.clone(),
            })
            .collect(),
        answer: case.tally.answer.as_ref().map(|given| AnswerView {
            facts: given.answer.facts.clone(),
            basis: given.answer.basis.clone(),
            result: given.answer.result,
            remedy: given.answer.remedy.clone(),
            answered_at: given.answered_at,
        }),
        rating: case.tally.rating.as_ref().map(|rating| RatingView {
            rating: rating.rating,
            comment: rating.comment.clone(),
            rated_at: rating.rated_at,
            late: rating.late,
        }),
        allowed_actions: allowed(by, case, rules),
        working_days_left: days_left(case, rules),
    }
}

/// The complainant's own view.
#[must_use]
pub fn receipt(
    record: &Record,
    region_name: &str,
    events: &[EventRow],
    messages: &[MessageRow],
    rules: &Rules<'_>,
) -> ComplaintView {
    shared(
        record,
        region_name,
        events,
        messages,
        &By::Complainant,
        rules,
        Grain::Exact,
    )
}

impl FiledView {
    /// The filing's answer, with its code.
    #[must_use]
    pub fn new(complaint: ComplaintView, receipt_code: &str) -> Self {
        Self {
            complaint,
            receipt_code: receipt_code.to_owned(),
            promise: None,
        }
    }
}

/// What this reader may read of the words.
fn readable(known: &Known) -> &str {
    if sees_text(known) {
        &known.record.filing.text
    } else {
        known
            .record
            .case
            .state
            .work()
            .map_or("", |work| &work.brief)
    }
}

fn sees_text(known: &Known) -> bool {
    known.standing.supervising || known.standing.upper
}

fn grain(known: &Known) -> Grain {
    if sees_text(known) {
        Grain::Exact
    } else {
        Grain::Day
    }
}

fn excerpt(words: &str) -> String {
    let short: String = words.chars().take(60).collect();
    if short.len() < words.len() {
        format!("{short}…")
    } else {
        short
    }
}

fn target(target: &Target) -> TargetView {
    let (kind, id, group, text) = match target {
        Target::Organisation { id, .. } => ("organisation", Some(id.to_string()), None, None),
        Target::Post { id, .. } => ("post", Some(id.to_string()), None, None),
        Target::Group { group, .. } => ("group", None, Some(*group), None),
        Target::Other { text } => ("other", None, None, Some(text.clone())),
    };
    TargetView {
        kind,
        id,
        group,
        text,
    }
}

/// What a staff view is made of.
pub struct StaffParts<'a> {
    /// The case, as this person knows it.
    pub known: &'a Known,
    /// What people call its region.
    pub region_name: String,
    /// The assignee's name.
    pub assignee_name: Option<String>,
    /// Its history.
    pub events: &'a [EventRow],
    /// Its words.
    pub messages: &'a [MessageRow],
    /// Steps taken.
    pub escalations: &'a [Escalation],
    /// The supervising unit's name.
    pub supervising: UnitView,
    /// The responsible unit's name.
    pub responsible: Option<UnitView>,
    /// Who asks.
    pub by: &'a By,
}

/// What staff see of a case.
#[must_use]
pub fn staff(parts: StaffParts<'_>, rules: &Rules<'_>) -> StaffComplaintView {
    let known = parts.known;
    let case = &known.record.case;
    let full = sees_text(known);
    let complaint = shared(
        &known.record,
        &parts.region_name,
        parts.events,
        parts.messages,
        parts.by,
        rules,
        grain(known),
    );
    let draft = match &case.state {
        State::UnderReview { draft, .. } => Some(draft.clone()),
        _ => None,
    };
    StaffComplaintView {
        id: case.id.to_string(),
        version: case.version,
        complaint,
        text: full.then(|| known.record.filing.text.clone()),
        brief: case.state.work().map(|work| work.brief.clone()),
        excerpt: excerpt(readable(known)),
        identity_mode: full.then_some(known.record.filing.identity_mode),
        draft: draft.map(DraftView::from),
        targets: case.targets.iter().map(target).collect(),
        attachments: Vec::new(),
        supervising_unit: parts.supervising,
        responsible_unit: parts.responsible,
        assignee: case.assignee.as_ref().map(ToString::to_string),
        assignee_name: parts.assignee_name,
        escalations: parts
            .escalations
            .iter()
            .map(|taken| EscalationView {
                stage: taken.stage,
                round: taken.round,
                step: taken.step,
                due_at: taken.due_at,
                fired_at: taken.fired_at,
                to_organisation_id: taken.organisation.as_ref().map(ToString::to_string),
            })
            .collect(),
    }
}

/// A row of the queue.
#[must_use]
pub fn queue_item(
    known: &Known,
    region_name: String,
    assignee_name: Option<String>,
    by: &By,
    rules: &Rules<'_>,
) -> QueueItem {
    let case = &known.record.case;
    let grain = grain(known);
    QueueItem {
        id: case.id.to_string(),
        version: case.version,
        number: case.number.clone(),
        kind: case.kind,
        region_code: case.region.clone(),
        region_name,
        category: case.category.clone(),
        about_label: about(&known.record).map(|about| about.label),
        state: case.state.name(),
        round: case.round,
        level: case.level,
        supervised: case.supervised,
        light: case.light(rules.now),
        received_at: grain.cut(case.received_at),
        excerpt: excerpt(readable(known)),
        assignee: case.assignee.as_ref().map(ToString::to_string),
        assignee_name,
        timers: case.timers.iter().map(|one| timer(one, grain)).collect(),
        allowed_actions: allowed(by, case, rules),
        working_days_left: days_left(case, rules),
        due_at: case.next_due_at(),
    }
}

/// The history, for staff.
#[must_use]
pub fn staff_events(known: &Known, events: Vec<EventRow>) -> StaffEvents {
    let (grain, full) = (grain(known), sees_text(known));
    let items = events
        .into_iter()
        .map(|event| StaffEventView {
            seq: event.seq,
            at: grain.cut(event.at),
            // A complainant's reasons may betray the writer.
            internal_note: event
                .internal_note
                .filter(|_| full || event.actor == "staff"),
            action: event.action,
            actor: event.actor,
            organisation_id: event.organisation_id,
            public_note: event.public_note,
        })
        .collect();
    StaffEvents { items }
}
