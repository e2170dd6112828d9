//! What the worker does when a clock of a case comes to its mark: one transaction for one effect. The
//! unique escalation row is the fence; firing again changes nothing.

use std::sync::Arc;

use domain::complaint::action::{Action, By};
use domain::complaint::case::Case;
use domain::complaint::clockwork::{Ask, Wake, ask};
use domain::complaint::routing::may_supervise;
use domain::complaint::target::Unit;
use domain::escalation::Step;
use domain::id::OrganisationId;
use domain::policy::Recipient;
use domain::region::Level;
use domain::role::Permission;
use domain::sla::Timer;
use domain::time::Timestamp;
use store::escalations::{self, Escalation};
use store::timers::Key;
use store::{Tx, complaints, organisations, outbox, timers};

use super::reroute::look_again;
use super::settle::{
    Cause, Facts, Marks, Who, letters, record, schedule, settle, stage_words, tell, tell_operators,
    write,
};
use crate::app::App;
use crate::error::ServiceError;
use crate::failpoints;
use crate::notify::Template;
use crate::rungs::{Addressee, first_staffed};

/// Does what a timer asks for now, if it asks for anything. `true` when something happened.
///
/// # Errors
/// The store's; nothing was kept then and the timer will be tried again.
pub async fn fire(app: &Arc<App>, key: Key) -> Result<bool, ServiceError> {
    let inner = Arc::clone(app);
    let (fired, marks) = app
        .db
        .write(move |tx| {
            let Some(known) = complaints::find_for_worker(tx, &key.complaint)? else {
                return Ok((false, Marks::new()));
            };
            // Not before the case was read: of two workers at one clock the later one would date its step by the
            // moment in which it began to wait, before the step that the other has taken meanwhile.
            let now = inner.clocks.case();
            let before = known.case;
            let Some(index) = before
                .timers
                .iter()
                .position(|timer| timer.stage == key.stage && timer.round == key.round)
            else {
                return Ok((false, Marks::new()));
            };
            let facts = Facts::of(tx, &inner, &before)?;
            let rules = facts.rules(now);
            let lapse = match ask(&before, index, &rules) {
                Ask::Now(wake @ (Wake::Step(step) | Wake::Early(step)), due_at) => {
                    let early = matches!(wake, Wake::Early(_));
                    let taken = Taken {
                        step,
                        due_at,
                        early,
                    };
                    let marks = take_step(tx, &inner, &facts, &before, index, taken, now)?;
                    return Ok((true, marks));
                }
                Ask::Now(Wake::SupplementLapsed, _) => Action::SupplementLapsed,
                Ask::Now(Wake::RateLapsed, _) => Action::RateLapsed,
                Ask::Later(..) | Ask::Nothing => {
                    // The row's mark was out of date, or somebody of the organ went: whether it may keep the case is
                    // looked at, and what is true now is written.
                    let case = std::slice::from_ref(&key.complaint);
                    let marks = look_again(tx, &inner, case, now)?;
                    if !marks.is_empty() {
                        return Ok((true, marks));
                    }
                    return Ok((false, timers::save(tx, &before, &rules)?));
                }
            };
            let (after, event) = before.clone().act(&By::Timer, lapse, &rules)?;
            let marks = settle(
                tx,
                &inner,
                &facts,
                &before,
                &after,
                &event,
                &Who::Timer,
                now,
            )?;
            Ok::<_, ServiceError>((true, marks))
        })
        .await?;
    failpoints::reached("step.kept");
    schedule(app, marks);
    Ok(fired)
}

/// A step to take.
struct Taken {
    step: Step,
    due_at: Timestamp,
    early: bool,
}

fn take_step(
    tx: &mut Tx<'_>,
    app: &App,
    facts: &Facts,
    before: &Case,
    index: usize,
    Taken {
        step,
        due_at,
        early,
    }: Taken,
    now: Timestamp,
) -> Result<Marks, ServiceError> {
    let rules = facts.rules(now);
    let mut case = before.clone();
    let Some(timer) = case.timers.get_mut(index) else {
        return Ok(Marks::new());
    };
    timer.note_breach(now);
    // The ladder's own steps keep their dates: what came early is fenced by its row alone.
    if !early {
        timer.record_fired(step);
    }
    let clock = timer.clone();
    let to = addressee(tx, facts, &case, step, now)?;
    let lead = zone_lead(tx, facts, &case, step, now)?;
    // Of two addressees the upper is named.
    let named = match &lead {
        Some(lead) if Some(lead.level) > to.level => Some(lead.id.clone()),
        _ => to.unit.clone(),
    };
    let taken = Escalation {
        stage: clock.stage,
        round: clock.round,
        step,
        due_at,
        fired_at: now,
        organisation: named,
    };
    // Whatever the step writes is dated as the step is, also where that had to follow another process's clock.
    if let Some(now) = escalations::insert(tx, &case.id, &taken)? {
        let template = match step {
            Step::Remind => Template::Remind,
            Step::Warn => Template::Warn,
            Step::Red => Template::Red,
            Step::County | Step::City => Template::Climbed,
        };
        // A rung without people still gets the case: whoever comes finds it there.
        for (level, unit) in &to.empty {
            case.rise(*level, unit.clone(), &rules);
        }
        // It climbs by its step, or because nobody was there below.
        if let (Some(level), Some(unit)) = (to.level, &to.unit)
            && (step.climbs() || level > case.supervising_level)
        {
            case.rise(level, unit.clone(), &rules);
        }
        let cause = Cause::Step(&clock);
        write(tx, app, facts, &case, &to.people, template, cause, now)?;
        for (unit, may) in also(facts, &case, step, to.unit.as_ref()) {
            letters(tx, app, facts, &case, &unit, may, template, cause, now)?;
        }
        if let Some(lead) = lead {
            let (unit, may) = (&lead.id, Permission::SuperviseCases);
            if letters(tx, app, facts, &case, unit, may, template, cause, now)? == 0 {
                tell_operators(tx, app, facts, unit, now)?;
            }
        }
        match step {
            Step::Remind | Step::Warn => {}
            Step::Red => {
                let note = Some(overdue_note(&clock));
                tell(tx, &case, "overdue", note, None, &Who::Timer, now)?;
            }
            Step::County | Step::City => {
                let note = Some(climbed_note(&clock, to.level, early));
                tell(tx, &case, "escalate", note, None, &Who::Timer, now)?;
            }
        }
        for (_, unit) in &to.empty {
            tell_operators(tx, app, facts, unit, now)?;
        }
        record(
            tx,
            app,
            step.as_str(),
            Some(before),
            &case,
            &Who::Timer,
            None,
            now,
        )?;
    }
    let marks = complaints::save(tx, &case, before.version, &rules)?;
    failpoints::reached("step.written");
    Ok(marks)
}

/// What the complainant reads when a stage is late.
fn overdue_note(clock: &Timer) -> String {
    let (stage, _) = stage_words(clock.stage);
    let due = clock.due_date;
    format!(
        "“{stage}”应在{due}当天或之前完成，现已超期，系统已提醒监督部门督促。超期记录会一直保留。"
    )
}

/// What the complainant reads when the case comes to an organ above.
fn climbed_note(clock: &Timer, level: Option<Level>, early: bool) -> String {
    let (stage, _) = stage_words(clock.stage);
    let organ = match level {
        Some(Level::City) => "市级监督机关",
        Some(Level::County) => "县（区）级监督机关",
        _ => "上级监督机关",
    };
    if early {
        format!("上级没有在一个工作日内签收，已提前报{organ}。")
    } else {
        format!("“{stage}”超期后仍未完成，已自动报{organ}，由其督促。")
    }
}

/// The organisation that leads the zone, where the policy names it for this step and the case is not about
/// it. It is told the number and the date, and opens nothing by that.
fn zone_lead(
    tx: &mut Tx<'_>,
    facts: &Facts,
    case: &Case,
    step: Step,
    now: Timestamp,
) -> Result<Option<Unit>, ServiceError> {
    let named = facts
        .policy
        .rung(step)
        .is_some_and(|rung| rung.to.contains(&Recipient::ZoneLead));
    let Some(lead) = facts.zone_lead.as_ref().filter(|_| named) else {
        return Ok(None);
    };
    let seated = *lead == case.supervising || case.uppers.contains(lead);
    let unit = organisations::unit(tx, lead, now.day())?;
    Ok(unit.filter(|unit| !seated && may_supervise(unit, &case.targets)))
}

/// Whom the case's policy names for a step.
fn recipients(facts: &Facts, step: Step) -> &[Recipient] {
    facts.policy.rung(step).map_or(&[], |rung| &rung.to)
}

/// Who else is told of a step beside its addressee: the number and the date, which open nothing. The zone's
/// lead organisation has rules of its own.
fn also(
    facts: &Facts,
    case: &Case,
    step: Step,
    addressee: Option<&OrganisationId>,
) -> Vec<(OrganisationId, Permission)> {
    let organs = case.rungs(&facts.organs);
    let organ = |level| {
        let found = organs.get(&level).cloned();
        found.map(|organ| (organ, Permission::SuperviseCases))
    };
    let supervising = || (case.supervising.clone(), Permission::SuperviseCases);
    let named = recipients(facts, step).iter().filter_map(|one| match one {
        Recipient::Unit => Some(match case.responsible() {
            Some(unit) => (unit.clone(), Permission::HandleCases),
            None => supervising(),
        }),
        Recipient::Supervising => Some(supervising()),
        Recipient::County => organ(Level::County),
        Recipient::City => organ(Level::City),
        Recipient::ZoneLead => None,
    });
    let mut others: Vec<_> = named.filter(|(unit, _)| Some(unit) != addressee).collect();
    others.sort_by(|(one, _), (other, _)| one.cmp(other));
    others.dedup();
    others
}

/// The unit and the people a step is for. Nobody there: the next rung, and the operators are told.
fn addressee(
    tx: &mut Tx<'_>,
    facts: &Facts,
    case: &Case,
    step: Step,
    now: Timestamp,
) -> Result<Addressee, ServiceError> {
    let (today, organs) = (now.day(), case.rungs(&facts.organs));
    let named = recipients(facts, step);
    let higher = |one: &Recipient| !matches!(one, Recipient::Unit | Recipient::ZoneLead);
    let only_unit = named.contains(&Recipient::Unit) && !named.iter().any(higher);
    if only_unit && let Some(unit) = case.responsible() {
        let people = outbox::recipients(tx, unit, Permission::HandleCases, case.accused(), today)?;
        if !people.is_empty() {
            return Ok(Addressee {
                unit: Some(unit.clone()),
                level: None,
                people,
                empty: Vec::new(),
            });
        }
    }
    let lowest = match step {
        Step::Remind | Step::Warn | Step::Red => case.supervising_level,
        Step::County => case.supervising_level.max(Level::County),
        Step::City => case.supervising_level.max(Level::City),
    };
    Ok(first_staffed(tx, &organs, lowest, case.accused(), today)?)
}
