//! Searching the audit: by case, person, action and time; and nothing of a case for whoever may not know of it.

use serde_json::{Value, json};

use crate::support::actors::{Staff, Township};
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, Villager, places, shapes};

async fn finds(staff: &Staff<'_>, query: &str) -> Vec<Value> {
    let path = format!("/admin/audit?limit=100&{query}");
    let answer = staff.get(&path).send().await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    shapes::items(&answer.json())
}

fn words(rows: &[Value], field: &str) -> Vec<String> {
    let word = |row: &Value| row[field].as_str().unwrap_or_default().to_owned();
    rows.iter().map(word).collect()
}

/// An auditor who works in the township's own organ, where its cases are supervised.
async fn township_auditor(house: &House) -> Staff<'_> {
    let unit = places::organ(places::TOWNSHIP);
    house.staff("auditor", &unit, places::TOWNSHIP).await
}

#[tokio::test]
async fn by_case_person_action_and_time_a_page_at_a_time() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let auditor = township_auditor(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    house.comes_to("2026-11-04T10:00:00+08:00").await;
    township.handler.answers(&id).await;
    township.triage.approves(&id).await;
    let (_, other) = township.case_in("accepted", &Filing::complaint()).await;
    house.worker().await;

    let steps = [
        "approve",
        "submit_answer",
        "start",
        "dispatch",
        "accept",
        "file",
    ];
    let by_number = finds(&auditor, &format!("case={}", villager.number)).await;
    let mut seen = words(&by_number, "action");
    seen.retain(|action| steps.contains(&action.as_str()));
    // Each morning is one instant of case time; the later one comes first.
    seen[..2].sort();
    assert_eq!(seen[..2], ["approve", "submit_answer"]);
    seen.sort();
    let mut wanted = steps.map(str::to_owned);
    wanted.sort();
    assert_eq!(seen, wanted);
    assert_eq!(finds(&auditor, &format!("case={id}")).await, by_number);
    let lower = villager.number.to_lowercase();
    assert_eq!(finds(&auditor, &format!("case={lower}")).await, by_number);
    for row in &by_number {
        shapes::has(
            row,
            "id hash at wall_at actor action object object_id case_id case_number",
        );
        assert_eq!(row["case_id"], id.as_str());
        assert_eq!(row["case_number"], villager.number.as_str());
        assert!(row.get("seq").is_none(), "{row}");
        assert_eq!(row["hash"].as_str().unwrap().len(), 64);
    }

    // What the complainant did stands by its day among the others, and between none of them.
    let all = finds(&auditor, "until=2030-01-01").await;
    let shown = words(&all, "at");
    let mut sorted = shown.clone();
    sorted.sort_by(|one, other| other.cmp(one));
    assert_eq!(shown, sorted);
    let theirs = all.iter().filter(|row| row["actor"] == "complainant");
    let midnight = |row: &Value| row["at"].as_str().unwrap().contains("T00:00:00");
    assert!(theirs.clone().count() > 0 && theirs.clone().all(midnight));

    // By person: an account's id or name; what was done by it, and to it.
    for who in [&township.handler.id, &township.handler.username] {
        let rows = finds(&auditor, &format!("person={who}")).await;
        let mut actions = words(&rows, "action");
        actions.sort();
        assert_eq!(
            actions,
            [
                "login",
                "look_at_case",
                "staff_created",
                "start",
                "submit_answer"
            ]
        );
        assert_eq!(rows[0]["username"], township.handler.username.as_str());
        assert_eq!(rows[0]["staff_id"], township.handler.id.as_str());
    }
    // Under another account, too.
    let other_self = house.handler().await;
    house
        .inside
        .are_one_person(&house.database, &township.handler.id, &other_self.id);
    let rows = finds(&auditor, &format!("person={}", other_self.username)).await;
    assert_eq!(rows.len(), 7);
    assert!(words(&rows, "action").contains(&"submit_answer".to_owned()));

    // By action and time.
    let accepted = finds(&auditor, "action=accept").await;
    assert_eq!(words(&accepted, "case_id"), [other.as_str(), id.as_str()]);
    for (span, wanted) in [
        ("from=2026-11-04", [other.as_str()].as_slice()),
        ("until=2026-11-03", &[id.as_str()]),
        ("from=2026-11-02&until=2026-11-04", &[&other, &id]),
        ("until=2026-11-04T10:00:00%2B08:00", &[&id]),
        ("from=2026-11-04T10:00:00+08:00", &[&other]),
        ("from=2026-11-05", &[]),
    ] {
        let rows = finds(&auditor, &format!("action=accept&{span}")).await;
        assert_eq!(words(&rows, "case_id"), wanted, "{span}");
    }

    // Page by page it is the same list, while rows come in.
    house.clock_to("2026-11-05T10:00:00+08:00");
    let all = words(&finds(&auditor, "until=2026-11-04").await, "id");
    let (mut paged, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/admin/audit?until=2026-11-04&limit=3{cursor}");
        let page = auditor.get(&path).send().await.ok();
        paged.extend(words(&shapes::items(&page), "id"));
        Villager::files(&house, &Filing::complaint()).await;
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(paged, all);
    assert!(all.len() > 9);

    // What is not understood is named.
    for (query, parameter, code) in [
        ("from=yesterday", "from", "invalid_time"),
        ("until=2026-13-01", "until", "invalid_time"),
        ("limit=0", "limit", "out_of_range"),
        ("cursor=%20", "cursor", "invalid_cursor"),
        ("who=me", "who", "unknown_field"),
        ("person=nobody", "person", "person_unknown"),
        ("action=none", "action", "action_unknown"),
    ] {
        let answer = auditor.get(&format!("/admin/audit?{query}")).send().await;
        answer.faulty(parameter, code);
    }
    // What may be done to cases is none of that, also before anybody did it.
    for nobody in ["case=0000-0000", "case=x", "action=supervise"] {
        assert!(finds(&auditor, nobody).await.is_empty(), "{nobody}");
    }
}

#[tokio::test]
async fn whoever_may_not_know_of_a_case_reads_nothing_of_it() {
    let house = House::new().await;
    let government = places::government(places::TOWNSHIP);
    // Both work in the county's organ; one is the township's deputy head besides.
    let (auditor, recused) = (house.auditor().await, house.auditor().await);
    house.inside.holds_post(
        &house.database,
        &recused.id,
        &format!("{government}-deputy-head"),
    );
    let elsewhere = township_auditor(&house).await;
    let other_county = {
        let unit = places::organ(places::OTHER_COUNTY);
        house.staff("auditor", &unit, places::OTHER_COUNTY).await
    };
    let administrator = house.administrator().await;
    let supervisor = house.county().await;
    let villager = Villager::files(&house, &Filing::complaint().against_unit(&government)).await;
    let id = supervisor.finds(&villager).await;
    supervisor.accepts(&id).await;
    let decline =
        json!({ "action": "decline", "reason_code": "court", "note": "已经起诉，请以判决为准" });
    let proposed = supervisor.proposes(&id, decline).await;
    let proposal = proposed["proposal_id"].as_str().unwrap();
    house.worker().await;

    let known = finds(&auditor, &format!("case={id}")).await;
    let mut actions = words(&known, "action");
    actions.sort();
    for wanted in ["accept", "file", "propose"] {
        assert!(actions.contains(&wanted.to_owned()), "{actions:?}");
    }
    assert!(words(&known, "object_id").contains(&proposal.to_owned()));
    for stranger in [&recused, &elsewhere, &other_county, &administrator] {
        for query in [format!("case={id}"), format!("case={}", villager.number)] {
            assert!(finds(stranger, &query).await.is_empty(), "{query}");
        }
        for query in ["", &format!("person={}", supervisor.id), "action=accept"] {
            // Who is nobody to the stranger is as unknown as a name that nobody has.
            let path = format!("/admin/audit?limit=100&{query}");
            let answer = stranger.get(&path).send().await;
            if answer.status != 200 {
                answer.faulty("person", "person_unknown");
                continue;
            }
            let all = answer.json().to_string();
            for betrays in [id.as_str(), &villager.number, proposal] {
                assert!(
                    !all.contains(betrays),
                    "{}: {query}: {all}",
                    stranger.username
                );
            }
        }
    }
    // What is no case's, each sees of the own region: here that the supervisor logged in.
    let logins = |rows: Vec<Value>| words(&rows, "action").contains(&"login".to_owned());
    let of_supervisor = format!("person={}", supervisor.id);
    assert!(logins(finds(&administrator, &of_supervisor).await));
    assert!(logins(finds(&recused, &of_supervisor).await));
    for stranger in [&elsewhere, &other_county] {
        let path = format!("/admin/audit?{of_supervisor}");
        let answer = stranger.get(&path).send().await;
        answer.faulty("person", "person_unknown");
    }

    // Access ends with the post, in the audit as anywhere.
    house.inside.holds_post(
        &house.database,
        &auditor.id,
        &format!("{government}-deputy-head"),
    );
    assert!(finds(&auditor, &format!("case={id}")).await.is_empty());
}

#[tokio::test]
async fn the_minute_in_which_somebody_complained_is_not_told() {
    let house = House::new().await;
    let auditor = township_auditor(&house).await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    house.worker().await;
    let rows = finds(&auditor, &format!("case={}", villager.number)).await;
    let filed = rows.iter().find(|row| row["action"] == "file").unwrap();
    for field in ["at", "wall_at"] {
        assert_eq!(filed[field], "2026-11-02T00:00:00+08:00", "{field}");
    }
    assert!(filed["staff_id"].is_null() && filed["reason"].is_null());
    // Nor by asking for hours: the day is found, or not.
    for (span, found) in [
        ("from=2026-11-02T23:00:00%2B08:00", 1),
        ("until=2026-11-02T01:00:00%2B08:00", 1),
        ("until=2026-11-02T00:00:00%2B08:00", 0),
        ("from=2026-11-03", 0),
    ] {
        let query = format!("case={}&action=file&{span}", villager.number);
        assert_eq!(finds(&auditor, &query).await.len(), found, "{span}");
    }
}

#[tokio::test]
async fn who_looked_at_a_case_is_written_down_once_an_hour() {
    let house = House::new().await;
    // Two minutes before the hour, so that it passes while everybody is still logged in.
    let past = house.inside.wall_time().seconds().rem_euclid(3600);
    house.inside.wall_passes(3600 - past + 3480);
    let (auditor, triage) = (township_auditor(&house).await, house.triage().await);
    let stranger = house.neighbour_triage().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&villager).await;
    let looks = async || {
        let rows = finds(&auditor, &format!("case={id}&action=look_at_case")).await;
        words(&rows, "username")
    };
    // A row of the queue is none; nor is the door that stays shut.
    stranger.cannot_open(&id).await;
    assert!(
        finds(&auditor, &format!("case={id}"))
            .await
            .iter()
            .all(|row| row["action"] != "look_at_case")
    );
    for _ in 0..3 {
        triage.opens(&id).await;
        let events = format!("/admin/complaints/{id}/events");
        triage.get(&events).send().await.expect(200);
    }
    assert_eq!(looks().await, [triage.username.as_str()]);
    // Another process knows of it, and an hour later it is another look.
    let door = house.another_door().await;
    let path = format!("/admin/complaints/{id}");
    let answer = door.get(&path).bearer(triage.token()).send().await;
    answer.expect(200);
    assert_eq!(looks().await.len(), 1);
    let colleague = house.triage().await;
    colleague.opens(&id).await;
    house.inside.wall_passes(180);
    triage.opens(&id).await;
    let mut seen = looks().await;
    seen.sort();
    let mut wanted = [&triage, &triage, &colleague].map(|who| who.username.clone());
    wanted.sort();
    assert_eq!(seen, wanted);
    // By person as well, and nothing of it for whoever may not know of the case.
    let own = format!("person={}&action=look_at_case", colleague.username);
    assert_eq!(
        words(&finds(&auditor, &own).await, "case_id"),
        [id.as_str()]
    );
}

#[tokio::test]
async fn a_row_says_what_its_thing_is_recognised_by() {
    let house = House::new().await;
    let (auditor, admin) = (house.auditor().await, house.sure_administrator().await);
    let (clerk, committee, publisher) = (
        house.clerk().await,
        house.committee().await,
        house.publisher().await,
    );
    let ledger = Ledger::of(places::VILLAGE, "2026-10");
    let draft = clerk.drafts(&ledger).await;
    let id = draft["id"].as_str().unwrap();
    committee.signs(id).await;
    publisher.publishes(id).await;
    publisher
        .proposes_correction(id, &ledger.with(0, "摘要", "另一句话"), "摘要写错")
        .await;
    let account = json!({
        "username": "xin-ren", "display_name": "测试·新人", "role": "village_clerk",
        "organisation_id": places::committee(places::VILLAGE), "reason": "新到岗",
    });
    let added = admin.tries_to_add(&account).await.expect(201).json();
    let villager = Villager::files(&house, &Filing::complaint()).await;
    house.worker().await;

    let village = house.reads(&format!("/regions/{}", places::VILLAGE)).await;
    let named = async |query: &str| finds(&auditor, query).await[0]["object_name"].clone();
    let says = |name: &Value, wanted: &[(&str, &str)]| {
        for (field, word) in wanted {
            assert_eq!(name[field], *word, "{name}");
        }
    };
    let village_name = village["name"].as_str().unwrap();
    let published = named("action=publish").await;
    let wanted = json!({
        "region_code": places::VILLAGE, "region_name": village["name"], "kind": "ledger",
        "period": "2026-10", "username": null, "title": null,
        "proposed_for": null, "proposed_action": null,
    });
    assert_eq!(published, wanted);
    // What was uploaded is named before it is anything else.
    assert_eq!(named("action=preview").await, wanted);
    says(
        &named("action=propose").await,
        &[
            ("proposed_for", "disclosure"),
            ("proposed_action", "disclosure_correction"),
            ("period", "2026-10"),
            ("region_name", village_name),
        ],
    );
    let new = added["account"]["id"].as_str().unwrap();
    let about_new = async || {
        let rows = finds(&auditor, "action=staff_created").await;
        rows.into_iter()
            .find(|row| row["object_id"] == new)
            .unwrap()
    };
    let made = about_new().await;
    says(
        &made["object_name"],
        &[
            ("username", "xin-ren"),
            ("title", "测试·新人"),
            ("region_name", village_name),
        ],
    );
    // A case has its number.
    let of_township = township_auditor(&house).await;
    let filed = finds(&of_township, &format!("case={}", villager.number)).await;
    assert!(!filed.is_empty() && filed.iter().all(|row| row["object_name"].is_null()));
    // It is no part of the chained row, and it is told of one's own region alone: the row stays, by whom it was done.
    let moved = "UPDATE staff SET region_code = $1 WHERE id = $2";
    house.database.run_with(moved, &[places::OTHER_COUNTY, new]);
    let after = about_new().await;
    assert!(after["object_name"].is_null(), "{after}");
    assert_eq!(after["hash"], made["hash"]);
    assert!(house.inside.audit_faults().await.is_empty());
}
