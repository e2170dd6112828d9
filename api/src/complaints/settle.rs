//! What every change of a case has in common: the facts it is decided with, and the rows it leaves behind
//! in the same transaction (history, clocks, letters, audit).

use std::sync::Arc;

use domain::calendar::WorkCalendar;
use domain::canon::state_sha256_hex;
use domain::complaint::action::ActionName;
use domain::complaint::case::{Case, Rules};
use domain::complaint::routing::{Organs, Reach};
use domain::complaint::target::Accused;
use domain::complaint::transition::Event;
use domain::id::{OrganisationId, StaffId};
use domain::policy::{Policy, Stage};
use domain::region::RegionCode;
use domain::role::{Permission, Scope};
use domain::sla::Timer;
use domain::time::Timestamp;
use store::audit::{self, Actor, Entry};
use store::complaints::EventRow;
pub use store::timers::Marks;
use store::{StoreError, Tx, calendar, complaints, organisations, outbox, policies, zones};

use super::merging::follow_up;
use super::two_persons::void_on_change;
use crate::app::App;
use crate::notify::{self, Params, Template};
use crate::ports::queue::TimerId;

/// The facts a case is decided with, read in the transaction.
pub struct Facts {
    /// The region's calendar in force.
    pub calendar: Arc<WorkCalendar>,
    /// The policy the case keeps.
    pub policy: Arc<Policy>,
    /// The organs above its region that may supervise it.
    pub organs: Organs,
    /// The organs of the zone's other townships that the county may hand it to.
    pub neighbours: Vec<OrganisationId>,
    /// The other townships of its zone.
    pub zone: Vec<RegionCode>,
    /// The organisation that leads its zone.
    pub zone_lead: Option<OrganisationId>,
}

impl Facts {
    /// Those of a case: it keeps the policy that it began under, whatever its county has set since.
    pub fn of(tx: &mut Tx<'_>, app: &App, case: &Case) -> Result<Self, StoreError> {
        Self::about(tx, app, case, case.accused())
    }

    /// The same, if it were about these.
    pub fn about(
        tx: &mut Tx<'_>,
        app: &App,
        case: &Case,
        accused: Accused<'_>,
    ) -> Result<Self, StoreError> {
        let (region, version) = (&case.region, case.policy_version);
        let policy = policies::of_version(tx, &app.policies, region, version)?;
        Self::with(tx, app, region, accused, policy)
    }

    /// Those of a case that begins now.
    pub fn new_in(
        tx: &mut Tx<'_>,
        app: &App,
        region: &RegionCode,
        accused: Accused<'_>,
    ) -> Result<Self, StoreError> {
        let policy = policies::current(tx, &app.policies, region)?;
        Self::with(tx, app, region, accused, policy)
    }

    fn with(
        tx: &mut Tx<'_>,
        app: &App,
        region: &RegionCode,
        accused: Accused<'_>,
        policy: Arc<Policy>,
    ) -> Result<Self, StoreError> {
        let today = app.clocks.case().day();
        let (zone, zone_lead) = match zones::of(tx, region)? {
            None => (Vec::new(), None),
            Some(mut zone) => {
                zone.townships.retain(|township| !township.covers(region));
                (zone.townships, Some(zone.lead))
            }
        };
        Ok(Self {
            calendar: calendar::current(tx, &app.calendar, region)?,
            policy,
            organs: organisations::organs_for(tx, region, accused, today)?,
            neighbours: organisations::neighbours_for(tx, &zone, accused.targets, today)?,
            zone,
            zone_lead,
        })
    }

    /// As the domain takes them.
    pub fn rules(&self, now: Timestamp) -> Rules<'_> {
        Rules {
            calendar: &self.calendar,
            policy: &self.policy,
            organs: &self.organs,
            neighbours: &self.neighbours,
            now,
        }
    }

    /// How far the search for a responsible unit goes when somebody of the county (or below) names it.
    pub fn reach<'a>(&'a self, case: &'a Case, county: bool) -> Reach<'a> {
        Reach {
            region: &case.region,
            zone: &self.zone,
            county,
        }
    }
}

/// Who changed it.
pub enum Who<'a> {
    /// Somebody who works here.
    Staff(&'a Scope),
    /// Whoever holds the receipt.
    Complainant,
    /// A clock.
    Timer,
}

impl Who<'_> {
    fn word(&self) -> &'static str {
        match self {
            Self::Staff(_) => "staff",
            Self::Complainant => "complainant",
            Self::Timer => "timer",
        }
    }

    fn actor(&self) -> Actor {
        match self {
            Self::Staff(scope) => Actor::Staff(scope.staff.clone()),
            Self::Complainant => Actor::Complainant,
            Self::Timer => Actor::Timer,
        }
    }
}

/// Keeps a changed case and what its change leaves behind.
pub fn settle(
    tx: &mut Tx<'_>,
    app: &App,
    facts: &Facts,
    before: &Case,
    after: &Case,
    event: &Event,
    who: &Who<'_>,
    now: Timestamp,
) -> Result<Marks, StoreError> {
    let rules = facts.rules(now);
    let mut marks = complaints::save(tx, after, before.version, &rules)?;
    void_on_change(tx, app, before, after, event, now)?;
    tell(
        tx,
        after,
        event.action.as_str(),
        event.public_note.clone(),
        event.internal_note.clone(),
        who,
        now,
    )?;
    if event.action == ActionName::Dispatch
        && let Some(unit) = after.responsible()
    {
        letters(
            tx,
            app,
            facts,
            after,
            unit,
            Permission::HandleCases,
            Template::Dispatched,
            Cause::Deed(after.promised()),
            now,
        )?;
    }
    if event.action == ActionName::Supervise {
        let cause = Cause::Deed(after.promised());
        let units = [
            (Some(&after.supervising), Permission::SuperviseCases),
            (after.responsible(), Permission::HandleCases),
        ];
        for (unit, permission) in units {
            let Some(unit) = unit else { continue };
            letters(
                tx,
                app,
                facts,
                after,
                unit,
                permission,
                Template::Supervised,
                cause,
                now,
            )?;
        }
    }
    if after.supervising != before.supervising {
        let cause = Cause::Deed(after.promised());
        letters(
            tx,
            app,
            facts,
            after,
            &after.supervising,
            Permission::SuperviseCases,
            Template::Filed,
            cause,
            now,
        )?;
    }
    let called = after
        .uppers
        .iter()
        .filter(|upper| !before.uppers.contains(upper));
    for upper in called {
        let cause = Cause::Deed(after.promised());
        letters(
            tx,
            app,
            facts,
            after,
            upper,
            Permission::SuperviseCases,
            Template::Climbed,
            cause,
            now,
        )?;
    }
    record(
        tx,
        app,
        event.action.as_str(),
        Some(before),
        after,
        who,
        event.internal_note.clone(),
        now,
    )?;
    marks.extend(follow_up(tx, app, before, after, now)?);
    Ok(marks)
}

/// Adds a line to a case's history.
pub fn tell(
    tx: &mut Tx<'_>,
    case: &Case,
    action: &str,
    public_note: Option<String>,
    internal_note: Option<String>,
    who: &Who<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let event = event_of(action, public_note, internal_note, who, now);
    complaints::tell(tx, &case.id, &event).map(|_| ())
}

/// A line of a history, the first until its place is known.
pub fn event_of(
    action: &str,
    public_note: Option<String>,
    internal_note: Option<String>,
    who: &Who<'_>,
    now: Timestamp,
) -> EventRow {
    let (staff_id, organisation_id) = match who {
        Who::Staff(scope) => (
            Some(scope.staff.to_string()),
            Some(scope.organisation.to_string()),
        ),
        Who::Complainant | Who::Timer => (None, None),
    };
    EventRow {
        seq: 1,
        at: now,
        action: action.to_owned(),
        actor: who.word().to_owned(),
        staff_id,
        organisation_id,
        public_note,
        internal_note,
    }
}

/// Writes the audit row of a change.
pub fn record(
    tx: &mut Tx<'_>,
    app: &App,
    action: &str,
    before: Option<&Case>,
    after: &Case,
    who: &Who<'_>,
    reason: Option<String>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let digest = |case: &Case| {
        state_sha256_hex(&(
            &case.state,
            &case.tally,
            case.round,
            case.level,
            case.version,
            &case.timers,
        ))
        .map_err(|_| StoreError::Corrupt("complaints", case.id.to_string()))
    };
    // A complainant's reasons are content: they stay in the case.
    let reason = match who {
        Who::Staff(_) => reason,
        Who::Complainant | Who::Timer => None,
    };
    let id = match who {
        Who::Timer => app.ids.of_step(now),
        Who::Staff(_) | Who::Complainant => app.ids.id(),
    };
    let entry = Entry {
        id,
        case_at: now,
        wall_at: app.clocks.wall(),
        actor: who.actor(),
        action: action.to_owned(),
        object: "complaint",
        object_id: after.id.to_string(),
        reason,
        before_sha256: before.map(digest).transpose()?,
        after_sha256: Some(digest(after)?),
    };
    audit::record(tx, &entry)
}

/// What has a letter written.
#[derive(Debug, Clone, Copy)]
pub enum Cause<'a> {
    /// A clock's step: the letter may be named by its time.
    Step(&'a Timer),
    /// Somebody did something, and the case has this clock.
    Deed(Option<&'a Timer>),
}

/// Letters to the people of a unit who may know of the case; how many.
pub fn letters(
    tx: &mut Tx<'_>,
    app: &App,
    facts: &Facts,
    case: &Case,
    unit: &OrganisationId,
    permission: Permission,
    template: Template,
    cause: Cause<'_>,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let people = outbox::recipients(tx, unit, permission, case.accused(), now.day())?;
    write(tx, app, facts, case, &people, template, cause, now)?;
    Ok(people.len())
}

/// Letters to people already chosen.
pub fn write(
    tx: &mut Tx<'_>,
    app: &App,
    facts: &Facts,
    case: &Case,
    people: &[StaffId],
    template: Template,
    cause: Cause<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (clock, is_step) = match cause {
        Cause::Step(clock) => (Some(clock), true),
        Cause::Deed(clock) => (clock, false),
    };
    let id = || match is_step {
        true => app.ids.of_step(now),
        false => app.ids.id(),
    };
    let (stage, stage_en) = clock.map_or(("", ""), |timer| stage_words(timer.stage));
    let params = Params::from([
        ("number", case.number.clone()),
        (
            "due",
            clock
                .map(|timer| timer.due_date.to_string())
                .unwrap_or_default(),
        ),
        ("stage", stage.to_owned()),
        ("stage_en", stage_en.to_owned()),
        ("url", format!("{}/admin/", app.config.admin_url)),
    ]);
    notify::write(tx, id, people, template, &params, &facts.calendar, now)
}

/// A stage as people call it, in Chinese and English.
pub fn stage_words(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Accept => ("受理", "acceptance"),
        Stage::Dispatch => ("分办", "dispatch"),
        Stage::Handle => ("办理", "handling"),
        Stage::Review => ("审核", "review"),
        Stage::Rework => ("重办", "rework"),
        Stage::Rate => ("评价", "rating"),
        Stage::Supplement => ("补正", "supplement"),
    }
}

/// After the commit: the queue learns the marks. Lost ones are found by the sweep.
pub fn schedule(app: &App, marks: Marks) {
    let marks = marks.into_iter().map(|(key, at)| {
        let id = TimerId {
            complaint: key.complaint,
            stage: key.stage.as_str().to_owned(),
            round: i32::try_from(key.round).unwrap_or(i32::MAX),
        };
        (id, at)
    });
    app.queue.schedule(marks.collect());
    app.nudge.notify_one();
}

/// A unit has nobody to receive what comes to it: those who run the installation are told, at the next
/// opening of the office.
pub fn tell_operators(
    tx: &mut Tx<'_>,
    app: &App,
    facts: &Facts,
    unit: &OrganisationId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let name = organisations::find(tx, unit)?
        .map(|unit| unit.name)
        .unwrap_or_else(|| unit.to_string());
    let params = Params::from([
        ("unit", name),
        ("url", format!("{}/admin/", app.config.admin_url)),
    ]);
    let people = outbox::operators(tx)?;
    notify::write(
        tx,
        || app.ids.id(),
        &people,
        Template::Nobody,
        &params,
        &facts.calendar,
        now,
    )?;
    Ok(())
}
