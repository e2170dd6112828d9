//! To whom the work goes, and how it comes back.

use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Township, dispatch};
use crate::support::{Filing, House, places, shapes};

#[tokio::test]
async fn the_work_goes_only_to_who_may_have_it() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let base = Filing::complaint;
    let refused = async |filing: Filing, unit: String, code: &str| {
        let (_, id) = township.case_in("accepted", &filing).await;
        let answer = township.triage.tries(&id, dispatch(&unit, BRIEF)).await;
        assert_eq!(answer.status, 422, "{unit}: {answer:?}");
        answer.faulty("/organisation_id", code);
    };
    let village = places::committee(places::VILLAGE);
    let against_village = base().category("environment").against_unit(&village);
    refused(against_village, village.clone(), "unit_touched").await;
    let against_post = base()
        .category("environment")
        .against_post(&format!("{village}-director"));
    refused(against_post, village.clone(), "unit_touched").await;
    for category in ["accounts", "conduct", "benefits", "projects"] {
        refused(
            base().category(category),
            village.clone(),
            "unit_village_committee",
        )
        .await;
    }
    let about_somebody = base()
        .category("environment")
        .against_unit(&places::committee(places::OTHER_VILLAGE));
    let answer = about_somebody.try_in(&house).await;
    if answer.status == 201 {
        refused(about_somebody, village.clone(), "unit_village_committee").await;
    }
    refused(
        base(),
        places::county_government(places::OTHER_COUNTY),
        "unit_elsewhere",
    )
    .await;
    refused(base(), "nobody-230104111204".to_owned(), "unit_unknown").await;
    // Nobody accused, nothing delicate: the village may clear its own ditch.
    let (villager, id) = township
        .case_in("accepted", &base().category("environment"))
        .await;
    let view = township.triage.dispatches(&id, &village, BRIEF).await;
    assert_eq!(shapes::id_of(&view["responsible_unit"]).unwrap(), village);
    let handler = house.handler_of(&village).await;
    handler.finds(&villager).await;
}

#[tokio::test]
async fn dispatched_again_relieves_the_idle_unit_and_restarts_nothing() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let due = shapes::timer(&villager.reads().await, "handle", 1)["due_at"].clone();
    house.clock_to("2026-11-05T09:00:00+08:00");
    let agency = house.handler_of(&places::agency(places::TOWNSHIP)).await;
    agency.cannot_open(&id).await;
    let view = township
        .triage
        .dispatches(&id, &places::agency(places::TOWNSHIP), "换个单位")
        .await;
    assert_eq!(view["state"], "dispatched");
    assert_eq!(view["assignee"], Value::Null);
    township.handler.cannot_open(&id).await;
    assert_eq!(agency.opens(&id).await["brief"], "换个单位");
    let read = villager.reads().await;
    assert_eq!(shapes::timer(&read, "handle", 1)["due_at"], due);
}

#[tokio::test]
async fn not_ours_may_be_said_within_five_days_and_twice() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let unit = places::government(places::TOWNSHIP);
    let (villager, id) = township.case_in("dispatched", &Filing::complaint()).await;
    let due = shapes::timer(&villager.reads().await, "handle", 1)["due_at"].clone();
    township.handler.returns(&id).await.expect(200);
    assert_eq!(villager.state().await, "accepted");
    township.handler.cannot_open(&id).await;
    township.triage.dispatches(&id, &unit, BRIEF).await;
    township.handler.starts(&id).await;
    township.handler.returns(&id).await.expect(200);
    township.triage.dispatches(&id, &unit, BRIEF).await;
    assert!(
        !township
            .handler
            .may(&id)
            .await
            .contains(&"return".to_owned())
    );
    township
        .handler
        .returns(&id)
        .await
        .problem(409, "illegal_state");
    assert_eq!(
        shapes::timer(&villager.reads().await, "handle", 1)["due_at"],
        due
    );

    // Five working days: to the end of the ninth.
    let (_, late) = township.case_in("dispatched", &Filing::complaint()).await;
    let (_, in_time) = township.case_in("dispatched", &Filing::complaint()).await;
    house.clock_to("2026-11-09T23:59:59+08:00");
    township.handler.returns(&in_time).await.expect(200);
    house.clock_to("2026-11-10T00:00:00+08:00");
    township
        .handler
        .returns(&late)
        .await
        .problem(409, "illegal_state");
}

#[tokio::test]
async fn put_in_the_hands_of_a_colleague() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let colleague = house.triage().await;
    let (_, id) = township.case_in("accepted", &Filing::complaint()).await;
    let before = township.triage.opens(&id).await["version"].clone();
    let assign = |staff: &str| json!({ "action": "assign", "staff_id": staff });
    let view = township.triage.acts(&id, assign(&colleague.id)).await;
    assert_eq!(shapes::id_of(&view["assignee"]).unwrap(), colleague.id);
    assert_ne!(
        view["version"], before,
        "the assignee is part of what others rely on"
    );
    let mine = colleague.queue(&format!("assignee={}", colleague.id)).await;
    assert_eq!(mine.len(), 1);
    assert_eq!(
        colleague
            .queue(&format!("assignee={}", township.triage.id))
            .await
            .len(),
        0
    );
    for stranger in [&township.handler.id, "nobody"] {
        let answer = township.triage.tries(&id, assign(stranger)).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        answer.faulty("/staff_id", "staff_unknown");
    }
}

/// The unit reads a brief so that it does not read the complainant.
#[tokio::test]
async fn a_brief_tells_neither_his_number_nor_his_own_words() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let own = "演示：村口的路灯坏了三个多月，晚上老人出门总摔跤，找了村里两回都没人管";
    let filing = Filing::complaint().text(own);
    let (_, id) = township.case_in("accepted", &filing).await;
    let unit = places::government(places::TOWNSHIP);
    for (brief, code) in [
        ("请联系13845109876核实", "personal_number"),
        (own, "quotes_complaint"),
        (
            "原话：村口的路灯坏了三个多月 晚上老人出门总摔跤",
            "quotes_complaint",
        ),
    ] {
        let refused = township.triage.tries(&id, dispatch(&unit, brief)).await;
        refused.faulty("/brief", code);
    }
    let brief = "请核实村口路灯的维修情况";
    township.triage.dispatches(&id, &unit, brief).await;
}
