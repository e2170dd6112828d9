//! How views are made: what a reader may see of a case, and how exactly.

use std::collections::HashSet;

use domain::complaint::action::{By, allowed};
use domain::complaint::case::{Case, Rules};
use domain::complaint::state::State;
use domain::complaint::target;
use domain::deadline::Unit;
use domain::policy::Stage;
use domain::proposal::CaseMatter;
use domain::sla::{Timer, working_days_left};
use domain::time::Timestamp;
use store::about::About;
use store::answers::Answer as Answered;
use store::attachments::Photo;
use store::complaints::{EventRow, Known, Listed, MessageRow, Record};
use store::escalations::Escalation;
use store::identities::Look;

use super::{
    AboutView, AnswerView, AttachmentView, CaseLink, ComplaintView, DraftView, EscalationView,
    EventView, FiledView, MergedView, MessageView, QueueItem, RatingView, StaffComplaintView,
    StaffEventView, StaffEvents, SupervisionView, Target, TargetView, TimerView, UnitView,
    WaitingView,
};

/// How exact a reader may see times.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::complaints) enum Grain {
    /// To the microsecond.
    Exact,
    /// By the day.
    Day,
}

impl Grain {
    /// A time as exact as that.
    pub(in crate::complaints) fn cut(self, at: Timestamp) -> Timestamp {
        match self {
            Self::Exact => at,
            Self::Day => Timestamp::start_of(at.day()),
        }
    }
}

/// Events that are nobody's business but staff's.
fn is_internal(action: &str) -> bool {
    matches!(action, "note" | "assign" | "acknowledge")
        || action.starts_with("propose_")
        || action.starts_with("refuse_")
        || is_of_identity(action)
}

/// Events about who the complainant is: the complainant reads of those that count in `identity_views`, and whoever only
/// does the work does not learn that there are any.
fn is_of_identity(action: &str) -> bool {
    let proposed = action
        .strip_prefix("propose_")
        .or_else(|| action.strip_prefix("refuse_"))
        .unwrap_or(action);
    CaseMatter::parse(proposed).is_some_and(CaseMatter::is_of_identity)
        || matches!(
            action,
            "identity_read" | "receipt_reissued" | "reissue_refused"
        )
}

fn public_events(events: &[EventRow], grain: Grain) -> Vec<EventView> {
    events
        .iter()
        .filter(|event| !is_internal(&event.action))
        // Numbered as they are shown: a gap would tell that something happened which is not.
        .zip(1..)
        .map(|(event, seq)| EventView {
            seq,
            at: grain.cut(event.at),
            action: event.action.clone(),
            public_note: event.public_note.clone(),
        })
        .collect()
}

fn merged(target: &Target, with_id: bool, grain: Grain, now: Timestamp) -> MergedView {
    let case = &target.case;
    let shown = with_id && target.known;
    MergedView {
        id: shown.then(|| case.id.to_string()),
        number: shown.then(|| case.number.clone()),
        state: case.state.name(),
        light: case.light(now),
        due_date: case.promised().map(|timer| timer.due_date.to_string()),
        events: public_events(&target.events, grain),
    }
}

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

/// The same of whichever clock falls due next; what waits for a rating is nobody's debt.
fn next_days_left(case: &Case, rules: &Rules<'_>) -> Option<i64> {
    let running = case.timers.iter().filter(|timer| timer.is_running());
    let next = running
        .filter(|timer| timer.stage != Stage::Rate)
        .min_by_key(|timer| timer.due_at)?;
    (next.limit.unit == Unit::WorkingDay)
        .then(|| working_days_left(rules.calendar, next, rules.now))
}

fn about(record: &Record) -> Option<AboutView> {
    let text = record.filing.about.as_ref()?;
    serde_json::from_str::<About>(text)
        .ok()
        .map(AboutView::from)
}

/// What every view of a case is made of.
pub struct Parts<'a> {
    /// What people call its region.
    pub region_name: String,
    /// Its history.
    pub events: &'a [EventRow],
    /// Its words.
    pub messages: &'a [MessageRow],
    /// Those of its photos that the reader may look at.
    pub photos: Vec<Photo>,
    /// The case it follows.
    pub target: Option<Target>,
    /// Answers published of it.
    pub answers: Vec<Answered>,
    /// Looks at who the complainant is.
    pub looks: Vec<Look>,
}

impl Parts<'_> {
    /// Those of the first moment.
    #[must_use]
    pub fn new(region_name: String) -> Self {
        Self {
            region_name,
            events: &[],
            messages: &[],
            photos: Vec::new(),
            target: None,
            answers: Vec::new(),
            looks: Vec::new(),
        }
    }
}

fn attachment(photo: &Photo) -> AttachmentView {
    AttachmentView {
        n: photo.no,
        media_type: photo.picture.media,
        width: photo.picture.width,
        height: photo.picture.height,
        bytes: photo.picture.bytes,
        message: photo.message,
    }
}

fn shared(
    record: &Record,
    parts: Parts<'_>,
    by: &By,
    rules: &Rules<'_>,
    grain: Grain,
) -> ComplaintView {
    let case = &record.case;
    let is_staff = matches!(by, By::Staff { .. });
    ComplaintView {
        number: case.number.clone(),
        kind: case.kind,
        region_code: case.region.clone(),
        region_name: parts.region_name,
        category: case.category.clone(),
        about: about(record),
        state: case.state.name(),
        round: case.round,
        level: case.level,
        supervised: case.supervised,
        light: case.light(rules.now),
        received_at: grain.cut(case.received_at),
        timers: case.timers.iter().map(|one| timer(one, grain)).collect(),
        events: public_events(parts.events, grain),
        messages: parts
            .messages
            .iter()
            .map(|message| MessageView {
                seq: message.seq,
                at: grain.cut(message.at),
                from: message.author.clone(),
                text: message.text.clone(),
            })
            .collect(),
        attachments: parts.photos.iter().map(attachment).collect(),
        answer: case.given_answer().map(|given| AnswerView {
            facts: given.answer.facts.clone(),
            basis: given.answer.basis.clone(),
            result: given.answer.result,
            remedy: given.answer.remedy.clone(),
            answered_at: grain.cut(given.answered_at),
        }),
        rating: case.tally.rating.as_ref().map(|rating| RatingView {
            rating: rating.rating,
            comment: rating.comment.clone(),
            rated_at: grain.cut(rating.rated_at),
            late: rating.late,
        }),
        declined: match &case.state {
            State::Declined { declined } => Some(declined.into()),
            _ => None,
        },
        merged_into: parts
            .target
            .map(|target| merged(&target, is_staff, grain, rules.now)),
        may_publish_answer: record.filing.may_publish_answer,
        public_answers: parts.answers.into_iter().map(Into::into).collect(),
        identity_views: parts.looks.iter().map(Into::into).collect(),
        allowed_actions: allowed(by, case, rules),
        working_days_left: days_left(case, rules),
        next_working_days_left: next_days_left(case, rules),
    }
}

/// The complainant's own view.
#[must_use]
pub fn receipt(record: &Record, parts: Parts<'_>, rules: &Rules<'_>) -> ComplaintView {
    shared(record, parts, &By::Complainant, rules, Grain::Exact)
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
pub(in crate::complaints) fn readable(known: &Known) -> &str {
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

pub(in crate::complaints) fn sees_text(known: &Known) -> bool {
    known.standing.reads_words()
}

/// How exact this reader may see times.
pub(in crate::complaints) fn grain(known: &Known) -> Grain {
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

fn target(target: &target::Target) -> TargetView {
    use target::Target as T;
    let (kind, id, group, text) = match target {
        T::Organisation { id, .. } => ("organisation", Some(id.to_string()), None, None),
        T::Post { id, .. } => ("post", Some(id.to_string()), None, None),
        T::Group { group, .. } => ("group", None, Some(*group), None),
        T::Other { text } => ("other", None, None, Some(text.clone())),
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
    /// What every view is made of.
    pub shared: Parts<'a>,
    /// The assignee's name.
    pub assignee_name: Option<String>,
    /// Cases that follow it and that this reader may open.
    pub followers: Vec<CaseLink>,
    /// Steps taken.
    pub escalations: &'a [Escalation],
    /// The supervising unit's name.
    pub supervising: UnitView,
    /// The responsible unit's name.
    pub responsible: Option<UnitView>,
    /// Who asks.
    pub by: &'a By,
    /// Whether there is a sealed identity that this person may ask about.
    pub may_ask: bool,
    /// Of the proposals that wait about it, those that this person may read.
    pub readable: HashSet<String>,
}

/// What staff see of a case.
#[must_use]
pub fn staff(parts: StaffParts<'_>, rules: &Rules<'_>) -> StaffComplaintView {
    let known = parts.known;
    let case = &known.record.case;
    let full = sees_text(known);
    let complaint = shared(&known.record, parts.shared, parts.by, rules, grain(known));
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
        may_request_identity: parts.may_ask,
        draft: draft.map(DraftView::from),
        targets: case.targets.iter().map(target).collect(),
        shared_attachments: case
            .state
            .work()
            .map(|work| work.photos.clone())
            .unwrap_or_default(),
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
                fired_at: grain(known).cut(taken.fired_at),
                to_organisation_id: taken.organisation.as_ref().map(ToString::to_string),
            })
            .collect(),
        proposal_id: None,
        proposals: case
            .waiting
            .iter()
            .filter(|one| rules.now < one.expires_at)
            .filter(|one| full || !one.matter.is_of_identity())
            .map(|one| WaitingView {
                id: one.proposal.to_string(),
                action: one.matter,
                expires_at: one.expires_at,
                may_read: parts.readable.contains(one.proposal.as_str()),
            })
            .collect(),
        followers: parts.followers,
        supervision: case
            .tally
            .supervision
            .as_ref()
            .map(|order| SupervisionView {
                note: order.note.clone(),
                due_at: order.due_at,
                organisation_id: order.by.to_string(),
            }),
        unacknowledged_organisation_id: case
            .tally
            .unacknowledged
            .as_ref()
            .map(|open| open.organ.to_string()),
        channel: full.then_some(known.record.filing.channel),
        clocks_unreadable: false,
    }
}

/// A row of the queue.
#[must_use]
pub fn queue_item(
    listed: &Listed,
    region_name: String,
    assignee_name: Option<String>,
    by: &By,
    rules: &Rules<'_>,
) -> QueueItem {
    let known = &listed.known;
    let case = &known.record.case;
    let grain = grain(known);
    let allowed_actions = match listed.is_broken {
        true => Vec::new(),
        false => allowed(by, case, rules),
    };
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
        allowed_actions,
        working_days_left: days_left(case, rules),
        next_working_days_left: next_days_left(case, rules),
        due_at: case.next_due_at(),
        clocks_unreadable: listed.is_broken,
    }
}

/// The history, for staff.
#[must_use]
pub fn staff_events(known: &Known, events: Vec<EventRow>) -> StaffEvents {
    let (grain, full) = (grain(known), sees_text(known));
    let items = events
        .into_iter()
        .filter(|event| full || !is_of_identity(&event.action))
        .zip(1..)
        .map(|(event, seq)| StaffEventView {
            seq,
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
