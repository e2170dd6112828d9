//! Units as administrators found, name and close them, and who holds their posts.

use futures_util::future::join;
use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Staff, dispatch};
use crate::support::app::Answer;
use crate::support::{Filing, House, Villager, places, shapes};

/// What a bureau of the county is founded with.
fn bureau(name: &str) -> Value {
    json!({
        "region_code": places::COUNTY,
        "kind": "county_bureau",
        "name": name,
        "led_by": places::county_government(places::COUNTY),
        "email": "water@example.invalid",
        "posts": [{ "title": "局长", "leads": true }, { "title": "工作人员", "leads": false }],
        "reason": "机构改革新设",
    })
}

async fn tries_to_found(admin: &Staff<'_>, body: &Value) -> Answer {
    admin.post("/admin/organisations").json(body).send().await
}

async fn founds(admin: &Staff<'_>, body: &Value) -> Value {
    tries_to_found(admin, body).await.expect(201).json()
}

/// Whatever an act about the version answers.
async fn acts_on(admin: &Staff<'_>, unit: &str, version: i64, action: &Value) -> Answer {
    admin
        .post(&format!("/admin/organisations/{unit}/actions"))
        .if_match(&format!("\"{version}\""))
        .json(action)
        .send()
        .await
}

async fn units(admin: &Staff<'_>, region: &str) -> Vec<Value> {
    let path = format!("/admin/organisations?region_code={region}&limit=100");
    shapes::items(&admin.get(&path).send().await.expect(200).json())
}

async fn unit(admin: &Staff<'_>, region: &str, id: &str) -> Value {
    let all = units(admin, region).await;
    let found = all.iter().find(|unit| unit["id"] == id);
    found.unwrap_or_else(|| panic!("{id}: {all:?}")).clone()
}

/// The same about whatever version it is at.
async fn tries(admin: &Staff<'_>, region: &str, id: &str, action: Value) -> Answer {
    let seen = unit(admin, region, id).await["version"].as_i64().unwrap();
    acts_on(admin, id, seen, &action).await
}

async fn closes(admin: &Staff<'_>, id: &str) -> Answer {
    let action = json!({ "action": "close", "reason": "并入他局" });
    tries(admin, places::COUNTY, id, action).await
}

/// The reasons for which a unit cannot be closed, each with its words.
async fn still_hangs(admin: &Staff<'_>, id: &str) -> Vec<(String, String)> {
    let told = closes(admin, id).await.problem(409, "unit_in_use");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let errors = told["errors"].as_array().unwrap().iter();
    errors
        .map(|error| (text(&error["code"]), text(&error["detail"])))
        .collect()
}

async fn holds(admin: &Staff<'_>, post: &str, body: &Value) -> Answer {
    let path = format!("/admin/posts/{post}/holders");
    admin.post(&path).json(body).send().await
}

fn id(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

/// The ids of the units that a place's public list names.
async fn offered(house: &House, query: &str) -> Vec<String> {
    let path = format!("/regions/{}/organisations{query}", places::VILLAGE);
    let list = house.reads(&path).await;
    list["items"].as_array().unwrap().iter().map(id).collect()
}

fn audited(house: &House, action: &str, id: &str) -> String {
    house.database.text(&format!(
        "SELECT reason AS a FROM audit WHERE object = 'organisation' AND action = '{action}' AND object_id = '{id}'"
    ))
}

#[tokio::test]
async fn an_administrator_founds_a_bureau_and_those_who_watch_are_told() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let (colleague, auditor) = (house.administrator().await, house.auditor().await);
    let there = places::organ(places::NEIGHBOUR);
    let elsewhere = house.staff("auditor", &there, places::NEIGHBOUR).await;
    let before = offered(&house, "").await;
    let answer = tries_to_found(&admin, &bureau("道外区水务局")).await;
    let answer = answer.expect(201);
    assert_eq!(answer.etag(), "\"1\"");
    let made = answer.json();
    let bureau_id = id(&made);
    assert_eq!(
        made["led_by"],
        json!({ "id": places::county_government(places::COUNTY), "name": "道外区人民政府" })
    );
    for (field, value) in [
        ("name", json!("道外区水务局")),
        ("kind", json!("county_bureau")),
        ("level", json!("county")),
        ("region_code", json!(places::COUNTY)),
        ("email", json!("water@example.invalid")),
        ("working_accounts", json!(0)),
        ("closed_on", Value::Null),
        (
            "legal_actions",
            json!(["rename", "email", "add_post", "close"]),
        ),
    ] {
        assert_eq!(made[field], value, "{field}");
    }
    // Those that lead come first, and nobody holds them yet.
    let posts = made["posts"].as_array().unwrap();
    let shown: Vec<_> = posts
        .iter()
        .map(|post| (&post["title"], &post["leads"], &post["holders"]))
        .collect();
    assert_eq!(
        shown,
        [
            (&json!("局长"), &json!(true), &json!([])),
            (&json!("工作人员"), &json!(false), &json!([])),
        ]
    );
    assert_eq!(unit(&admin, places::COUNTY, &bureau_id).await, made);
    // Without a region, one's own.
    let own = admin.get("/admin/organisations?limit=100").send().await;
    assert!(own.text().contains(&bureau_id));
    // Everybody finds it, though the list had been read before.
    assert!(!before.contains(&bureau_id));
    assert!(offered(&house, "").await.contains(&bureau_id));
    assert_eq!(audited(&house, "unit_founded", &bureau_id), "机构改革新设");
    let seen = auditor
        .get("/admin/audit?action=unit_founded")
        .send()
        .await
        .ok();
    let row = &seen["items"][0];
    assert_eq!(row["object_name"]["title"], "道外区水务局", "{row}");
    house.comes_to("2026-11-02T10:00:00+08:00").await;
    let told = |staff: &Staff<'_>| {
        let letters = house.letters().into_iter();
        letters
            .filter(|letter| letter.to.contains(&staff.email))
            .filter(|letter| letter.text.contains("新设单位"))
            .filter(|letter| letter.text.contains("道外区水务局"))
            .count()
    };
    assert_eq!((told(&colleague), told(&auditor)), (1, 1));
    assert_eq!((told(&admin), told(&elsewhere)), (0, 0));
}

/// A bureau from its founding to its end.
#[tokio::test]
async fn a_bureau_does_its_work_and_is_closed_when_nothing_hangs_on_it() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let triage = house.triage().await;
    let made = founds(&admin, &bureau("道外区水务局")).await;
    let bureau_id = id(&made);
    let director = id(&made["posts"][0]);
    let handler = house.staff("handler", &bureau_id, places::COUNTY).await;
    let body = json!({ "staff_id": handler.id, "from": "2026-11-01" });
    holds(&admin, &director, &body).await.expect(200);
    let later = json!({ "staff_id": triage.id, "from": "2027-01-01" });
    holds(&admin, &director, &later).await.expect(200);
    let view = unit(&admin, places::COUNTY, &bureau_id).await;
    assert_eq!(view["working_accounts"], 1);
    let holders = view["posts"][0]["holders"].as_array().unwrap();
    let shown: Vec<_> = holders
        .iter()
        .map(|held| (&held["staff_id"], &held["from"], &held["until"]))
        .collect();
    assert_eq!(
        shown,
        [
            (&json!(handler.id), &json!("2026-11-01"), &Value::Null),
            (&json!(triage.id), &json!("2027-01-01"), &Value::Null),
        ]
    );
    // It gets a case.
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let case = triage.finds(&villager).await;
    triage.accepts(&case).await;
    let choices = format!("/admin/complaints/{case}/choices");
    let choices = triage.get(&choices).send().await.ok();
    assert!(choices["dispatch"].to_string().contains(&bureau_id));
    triage.dispatches(&case, &bureau_id, BRIEF).await;
    let codes = |reasons: &[(String, String)]| -> Vec<String> {
        reasons.iter().map(|(code, _)| code.clone()).collect()
    };
    let reasons = still_hangs(&admin, &bureau_id).await;
    assert_eq!(codes(&reasons), ["unit_has_cases", "unit_has_accounts"]);
    assert!(reasons[1].1.contains('1'), "{reasons:?}");
    // Of cases an administrator learns no number.
    assert!(!reasons[0].1.contains(|c: char| c.is_ascii_digit()));
    handler.starts(&case).await;
    handler.answers(&case).await;
    triage.approves(&case).await;
    let gone = admin.tries_with_account(&handler.id, json!({ "action": "disable" }));
    gone.await.expect(200);
    // It may still come back: nobody has said yet that the answer is good.
    let reasons = still_hangs(&admin, &bureau_id).await;
    assert_eq!(codes(&reasons), ["unit_has_cases"]);
    villager.rates("satisfied").await;
    let closed = closes(&admin, &bureau_id).await.expect(200);
    let seen = closed.etag();
    let closed = closed.json();
    assert_eq!(closed["closed_on"], "2026-11-02");
    assert_eq!(closed["legal_actions"], json!([]));
    assert_eq!(seen, format!("\"{}\"", closed["version"]));
    // Whoever held a post holds it to the end of the day, and whoever was to come never does.
    let holders = closed["posts"][0]["holders"].as_array().unwrap();
    assert_eq!(holders.len(), 1, "{closed}");
    assert_eq!(holders[0]["until"], "2026-11-02");
    assert_eq!(audited(&house, "unit_closed", &bureau_id), "并入他局");
    is_offered_nowhere(&house, &admin, &bureau_id, &director).await;
    // Old cases name it.
    let view = triage.opens(&case).await;
    assert_eq!(view["responsible_unit"]["name"], "道外区水务局");
    let all = house
        .reads(&format!(
            "/regions/{}/organisations?closed=true",
            places::VILLAGE
        ))
        .await;
    let all = all["items"].as_array().unwrap();
    let old = all.iter().find(|unit| unit["id"] == *bureau_id).unwrap();
    assert_eq!(old["closed_on"], "2026-11-02");
    // Nothing is done with it any more.
    for action in [
        json!({ "action": "close", "reason": "再来" }),
        json!({ "action": "rename", "name": "另名", "reason": "再来" }),
    ] {
        let told = tries(&admin, places::COUNTY, &bureau_id, action).await;
        let told = told.problem(409, "illegal_state");
        assert_eq!(told["legal_actions"], json!([]));
    }
    // Its name is free again, and it stands last in the list.
    let again = founds(&admin, &bureau("道外区水务局")).await;
    let list = units(&admin, places::COUNTY).await;
    assert_eq!(list.last().unwrap()["id"], *bureau_id);
    assert!(list.iter().any(|unit| unit["id"] == again["id"]));
}

/// Nobody is offered a unit that was closed, and whoever names it all the same is refused.
async fn is_offered_nowhere(house: &House, admin: &Staff<'_>, unit: &str, director: &str) {
    assert!(!offered(house, "").await.iter().any(|id| id == unit));
    Filing::complaint()
        .against_unit(unit)
        .try_in(house)
        .await
        .faulty("/targets/0", "target_unknown");
    Filing::complaint()
        .against_post(director)
        .try_in(house)
        .await
        .faulty("/targets/0", "target_unknown");
    let triage = house.triage().await;
    let villager = Villager::files(house, &Filing::complaint()).await;
    let case = triage.finds(&villager).await;
    triage.accepts(&case).await;
    let choices = format!("/admin/complaints/{case}/choices");
    let choices = triage.get(&choices).send().await.ok();
    assert!(!choices.to_string().contains(unit));
    triage
        .tries(&case, dispatch(unit, BRIEF))
        .await
        .faulty("/organisation_id", "unit_closed");
    let account = json!({ "username": "late-comer", "display_name": "测试·迟到",
        "role": "handler", "organisation_id": unit });
    admin
        .tries_to_add(&account)
        .await
        .faulty("/organisation_id", "unit_closed");
    let government = places::government(places::TOWNSHIP);
    let account = json!({ "username": "late-comer", "display_name": "测试·迟到",
        "role": "handler", "organisation_id": government, "posts": [director] });
    admin
        .tries_to_add(&account)
        .await
        .faulty("/posts", "post_unknown");
    let other = house.handler().await;
    let move_there = json!({ "action": "change", "organisation_id": unit });
    admin
        .tries_with_account(&other.id, move_there)
        .await
        .faulty("/organisation_id", "unit_closed");
    // Who held a post while it was there may still be written down; nobody holds one afterwards.
    let from = |until: Value| json!({ "staff_id": other.id, "from": "2026-10-01", "until": until });
    for until in [Value::Null, json!("2026-11-03")] {
        holds(admin, director, &from(until))
            .await
            .faulty("/until", "unit_closed");
    }
    holds(admin, director, &from(json!("2026-10-31")))
        .await
        .expect(200);
    let supervisor = house.county().await;
    let zone = json!({ "county_code": places::COUNTY, "name": "第一片区",
        "townships": [places::TOWNSHIP], "lead_organisation_id": unit, "reason": "交叉监督" });
    supervisor
        .post("/admin/zones")
        .json(&zone)
        .send()
        .await
        .faulty("/lead_organisation_id", "unit_closed");
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let set = |field: &str, value: Value| {
        let mut body = bureau("道外区水务局");
        body[field] = value;
        body
    };
    let taken = "道外区农业农村局";
    let posts = |post: Value| json!([{ "title": "局长", "leads": true }, post]);
    for (field, value, place, code) in [
        ("name", json!("局"), "/name", "too_short"),
        ("name", json!("局".repeat(61)), "/name", "too_long"),
        ("name", json!("水务\n局"), "/name", "control_character"),
        ("name", json!("找13845109876"), "/name", "personal_number"),
        ("name", json!(taken), "/name", "unit_name_taken"),
        ("email", json!("nobody"), "/email", "invalid_email"),
        ("kind", json!("palace"), "/kind", "wrong_type"),
        ("reason", json!(" "), "/reason", "too_short"),
        ("posts", json!([]), "/posts", "nobody_leads"),
        (
            "posts",
            json!([{ "title": "科员", "leads": false }]),
            "/posts",
            "nobody_leads",
        ),
        (
            "posts",
            posts(json!({ "title": "局长", "leads": false })),
            "/posts/1/title",
            "named_twice",
        ),
        (
            "posts",
            posts(json!({ "title": "", "leads": false })),
            "/posts/1/title",
            "too_short",
        ),
        (
            "posts",
            posts(json!({ "title": "副局长" })),
            "/posts/1/leads",
            "required",
        ),
        // A bureau is part of a government.
        ("led_by", Value::Null, "/led_by", "required"),
        ("led_by", json!("nobody"), "/led_by", "unit_unknown"),
        (
            "led_by",
            json!(places::government(places::TOWNSHIP)),
            "/led_by",
            "leader_unfit",
        ),
        (
            "led_by",
            json!(places::county_government(places::OTHER_COUNTY)),
            "/led_by",
            "leader_unfit",
        ),
        // Of another county, above one's own, and not there.
        (
            "region_code",
            json!(places::OTHER_COUNTY),
            "/region_code",
            "region_unknown",
        ),
        (
            "region_code",
            json!(places::CITY),
            "/region_code",
            "region_unknown",
        ),
        (
            "region_code",
            json!("230104111998"),
            "/region_code",
            "region_unknown",
        ),
        (
            "closed_on",
            json!("2026-11-30"),
            "/closed_on",
            "unknown_field",
        ),
    ] {
        tries_to_found(&admin, &set(field, value))
            .await
            .faulty(place, code);
    }
    assert_eq!(units(&admin, places::COUNTY).await.len(), 3);
    // What leads it may be of the region above, too.
    let mut station = bureau("团结镇水务站");
    station["region_code"] = json!(places::TOWNSHIP);
    station["kind"] = json!("other");
    station["led_by"] = json!(places::bureau(places::COUNTY));
    let made = founds(&admin, &station).await;
    assert_eq!(made["led_by"]["id"], places::bureau(places::COUNTY));
    // Nobody changes afterwards who leads it.
    let moves =
        json!({ "action": "rename", "name": "团结镇水利站", "led_by": null, "reason": "x" });
    tries(&admin, places::TOWNSHIP, &id(&made), moves)
        .await
        .faulty("/led_by", "unknown_field");
}

#[tokio::test]
async fn what_comes_with_a_region_is_neither_founded_again_nor_closed() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    for (region, kind) in [
        (places::COUNTY, "discipline_organ"),
        (places::COUNTY, "county_government"),
        (places::TOWNSHIP, "discipline_organ"),
        (places::TOWNSHIP, "township_government"),
        (places::VILLAGE, "village_committee"),
        (places::VILLAGE, "supervision_committee"),
        // At another level than theirs.
        (places::TOWNSHIP, "county_bureau"),
        (places::VILLAGE, "accounting_agency"),
    ] {
        let body = json!({ "region_code": region, "kind": kind, "name": "又一个单位",
            "posts": [{ "title": "主任", "leads": true }], "reason": "试试" });
        tries_to_found(&admin, &body)
            .await
            .faulty("/kind", "unit_kind_unfit");
    }
    for (index, (region, unit)) in [
        (places::COUNTY, places::organ(places::COUNTY)),
        (places::COUNTY, places::county_government(places::COUNTY)),
        (places::TOWNSHIP, places::government(places::TOWNSHIP)),
        (places::VILLAGE, places::committee(places::VILLAGE)),
        (
            places::VILLAGE,
            places::supervision_committee(places::VILLAGE),
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let close = json!({ "action": "close", "reason": "试试" });
        tries(&admin, region, &unit, close)
            .await
            .problem(409, "unit_stands");
        // It is called as people there call it.
        let name = format!("另一个名称{index}");
        let rename = json!({ "action": "rename", "name": name, "reason": "当地叫法" });
        let named = tries(&admin, region, &unit, rename)
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&named["name"], &named["version"]),
            (&json!(name), &json!(2))
        );
    }
    let public = format!("/regions/{}/organisations", places::VILLAGE);
    let public = house.reads(&public).await;
    assert_eq!(public["items"][0]["name"], "另一个名称4");
}

#[tokio::test]
async fn a_unit_gets_an_address_and_posts() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let unit = places::bureau(places::COUNTY);
    let acts = async |action: Value| tries(&admin, places::COUNTY, &unit, action).await;
    let mail = |to: Value| json!({ "action": "email", "email": to, "reason": "换了邮箱" });
    let seen = acts(mail(json!(" farm@example.invalid "))).await.ok();
    assert_eq!(seen["email"], "farm@example.invalid");
    acts(mail(json!("farm@example.invalid")))
        .await
        .problem(422, "nothing_to_change");
    acts(mail(json!("farm")))
        .await
        .faulty("/email", "invalid_email");
    acts(json!({ "action": "email", "reason": "漏填" }))
        .await
        .faulty("/email", "required");
    assert_eq!(acts(mail(Value::Null)).await.ok()["email"], Value::Null);
    let add = |title: &str| json!({ "action": "add_post", "title": title, "leads": true, "reason": "增设" });
    let seen = acts(add("总农艺师")).await.ok();
    let posts = seen["posts"].as_array().unwrap();
    let added = posts.iter().find(|post| post["title"] == "总农艺师");
    let added = id(added.unwrap());
    acts(add("总农艺师")).await.faulty("/title", "named_twice");
    // A villager can say it is about whoever holds it, and whoever does is recused.
    let colleague = house.city().await;
    let body = json!({ "staff_id": colleague.id, "from": "2026-11-01" });
    holds(&admin, &added, &body).await.expect(200);
    let filing = Filing::complaint().against_post(&added);
    let villager = Villager::files(&house, &filing).await;
    colleague.does_not_find(&villager).await;
    house.city().await.finds(&villager).await;
    acts(json!({ "action": "rename", "name": "道外区农业农村局", "reason": "x" }))
        .await
        .problem(422, "nothing_to_change");
    acts(json!({ "action": "rename", "name": "道外区人民政府", "reason": "x" }))
        .await
        .faulty("/name", "unit_name_taken");
    acts(json!({ "action": "move", "reason": "x" }))
        .await
        .faulty("/action", "unknown_action");
    assert_eq!(audited(&house, "unit_post_added", &unit), "增设");
}

#[tokio::test]
async fn a_region_that_is_not_ones_own_is_one_that_is_not_there() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let mut said = None;
    for region in [
        "230199000000",
        "230104999000",
        places::OTHER_COUNTY,
        places::CITY,
    ] {
        let path = format!("/admin/organisations?region_code={region}");
        let told = admin.get(&path).send().await;
        assert_eq!(told.status, 404, "{region}: {told:?}");
        let told = told.anonymous_problem();
        assert_eq!(*said.get_or_insert_with(|| told.clone()), told, "{region}");
    }
    let mut said = None;
    for unit in [
        "nobody".to_owned(),
        places::bureau(places::OTHER_COUNTY),
        places::organ(places::CITY),
    ] {
        let close = json!({ "action": "close", "reason": "试试" });
        let told = acts_on(&admin, &unit, 1, &close).await;
        assert_eq!(told.status, 404, "{unit}: {told:?}");
        let told = told.anonymous_problem();
        assert_eq!(*said.get_or_insert_with(|| told.clone()), told, "{unit}");
    }
    for query in ["region_code=230104", "limit=0", "region=x"] {
        let path = format!("/admin/organisations?{query}");
        admin.get(&path).send().await.problem(400, "invalid_query");
    }
}

#[tokio::test]
async fn every_change_takes_a_fresh_code_and_the_version_that_was_seen() {
    let house = House::new().await;
    let (unsure, admin) = (
        house.administrator().await,
        house.sure_administrator().await,
    );
    let unit = places::bureau(places::COUNTY);
    tries_to_found(&unsure, &bureau("道外区水务局"))
        .await
        .problem(403, "step_up_required");
    let rename = |name: &str| json!({ "action": "rename", "name": name, "reason": "改名" });
    acts_on(&unsure, &unit, 1, &rename("甲乙局"))
        .await
        .problem(403, "step_up_required");
    admin
        .post(&format!("/admin/organisations/{unit}/actions"))
        .json(&rename("甲乙局"))
        .send()
        .await
        .problem(428, "if_match_required");
    acts_on(&admin, &unit, 7, &rename("甲乙局"))
        .await
        .problem(412, "stale");
    acts_on(&admin, &unit, 1, &rename("甲乙局"))
        .await
        .expect(200);
    acts_on(&admin, &unit, 1, &rename("丙丁局"))
        .await
        .problem(412, "stale");
}

#[tokio::test]
async fn of_two_administrators_at_once_one_has_done_it() {
    let house = House::busy().await;
    let (one, other) = (
        house.sure_administrator().await,
        house.sure_administrator().await,
    );
    for round in 0..8_i64 {
        let unit = places::bureau(places::COUNTY);
        let rename = |name: &str| json!({ "action": "rename", "name": name, "reason": "改名" });
        let (left, right) = (
            rename(&format!("甲局{round}")),
            rename(&format!("乙局{round}")),
        );
        let both = join(
            acts_on(&one, &unit, round + 1, &left),
            acts_on(&other, &unit, round + 1, &right),
        );
        let (left, right) = both.await;
        let mut statuses = [left.status, right.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "{left:?} {right:?}");
        let twice = bureau(&format!("丙局{round}"));
        let both = join(tries_to_found(&one, &twice), tries_to_found(&other, &twice));
        let (left, right) = both.await;
        let mut statuses = [left.status, right.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422], "{left:?} {right:?}");
    }
    // A case that is given to it at the same moment, or its end: never both.
    let triage = house.triage().await;
    for round in 0..8 {
        let made = founds(&one, &bureau(&format!("丁局{round}"))).await;
        let unit = id(&made);
        let villager = Villager::files(&house, &Filing::complaint()).await;
        let case = triage.finds(&villager).await;
        triage.accepts(&case).await;
        let version = triage.tries_to_open(&case).await.etag();
        let (order, close) = (
            dispatch(&unit, BRIEF),
            json!({ "action": "close", "reason": "并入他局" }),
        );
        let both = join(
            triage.sends(&case, &version, &order),
            acts_on(&one, &unit, 1, &close),
        );
        let (sent, closed) = both.await;
        match closed.status {
            200 => sent.faulty("/organisation_id", "unit_closed"),
            _ => {
                sent.expect(200);
                closed.problem(409, "unit_in_use");
            }
        }
    }
}

#[tokio::test]
async fn whoever_holds_its_leading_post_finds_no_trace_of_a_case_about_it() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let (holder, other) = (house.city().await, house.city().await);
    let made = founds(&admin, &bureau("道外区水务局")).await;
    let (unit, director) = (id(&made), id(&made["posts"][0]));
    let body = json!({ "staff_id": holder.id, "from": "2026-11-01" });
    holds(&admin, &director, &body).await.expect(200);
    let villager = Villager::files(&house, &Filing::complaint().against_unit(&unit)).await;
    let case = other.finds(&villager).await;
    let learns_nothing = async || {
        holder.does_not_find(&villager).await;
        holder.cannot_open(&case).await;
        for path in [
            "/admin/complaints?limit=100",
            "/admin/complaints?state=open",
            "/admin/complaints/counts",
            "/admin/dashboard",
            "/admin/proposals?limit=100",
            "/admin/relations",
        ] {
            let told = holder.get(path).send().await.expect(200).text();
            assert!(!told.contains(&case), "{path}: {told}");
            assert!(!told.contains(&villager.number), "{path}: {told}");
        }
        let counts = holder.get("/admin/complaints/counts").send().await.ok();
        assert_eq!(counts["total"], 0, "{counts}");
    };
    learns_nothing().await;
    // The case is about the unit and not in its hands: it may be closed, and the case goes on being about it.
    closes(&admin, &unit).await.expect(200);
    learns_nothing().await;
    let seen = other.tries_to_open(&case).await.etag();
    let both = json!([{ "type": "organisation", "id": unit },
        { "type": "organisation", "id": places::county_government(places::COUNTY) }]);
    let corrected = other
        .put(&format!("/admin/complaints/{case}/targets"))
        .if_match(&seen)
        .json(&json!({ "targets": both, "reason": "还涉及区政府" }))
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(corrected["targets"][0]["id"], *unit);
    // To the end of the day he holds the post; afterwards the case remembers that he did.
    house.comes_to("2026-11-03T09:00:00+08:00").await;
    learns_nothing().await;
}

#[tokio::test]
async fn a_village_nobody_turned_to_has_its_committees_and_keeps_them() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let new = |code: &str| {
        house.database.run(&format!(
            "INSERT INTO regions (code, name, short_name, level, parent_code, pinyin, initials)
             VALUES ('{code}', '演示新村村委会', '演示新村', 'village', '{}', 'yanshixincun', 'ysxc')",
            places::TOWNSHIP
        ));
    };
    let rows = |code: &str| {
        let sql = format!("SELECT count(*) FROM organisations WHERE region_code = '{code}'");
        house.database.count(&sql)
    };
    let (asked, named, joined) = ("230104111777", "230104111778", "230104111779");
    for code in [asked, named, joined] {
        new(code);
    }
    let shown = units(&admin, asked).await;
    let names: Vec<&Value> = shown.iter().map(|unit| &unit["name"]).collect();
    assert_eq!(names, ["演示新村村委会", "演示新村村务监督委员会"]);
    assert!(!shown[1]["posts"].as_array().unwrap().is_empty());
    assert_eq!(rows(asked), 0, "who only looks, founds nothing");
    // A page of them, too.
    let path = format!("/admin/organisations?region_code={asked}&limit=1");
    let page = admin.get(&path).send().await.ok();
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    assert!(page["next_cursor"].is_string(), "{page}");
    // Whoever changes one founds both.
    let rename = json!({ "action": "rename", "name": "新村村民委员会", "reason": "正名" });
    let told = tries(&admin, named, &places::committee(named), rename).await;
    assert_eq!(told.ok()["name"], "新村村民委员会");
    assert_eq!(rows(named), 2);
    // Whoever founds a third one, too; and what a village founds itself is no way around its committee.
    let body = json!({ "region_code": joined, "kind": "other", "name": "新村股份经济合作社",
        "led_by": places::committee(joined), "posts": [{ "title": "理事长", "leads": true }],
        "reason": "登记设立" });
    let made = founds(&admin, &body).await;
    assert_eq!(rows(joined), 3);
    assert_eq!(units(&admin, joined).await.len(), 3);
    let triage = house.triage().await;
    let money = Filing::complaint()
        .with("/region_code", joined)
        .category("accounts");
    let villager = Villager::files(&house, &money).await;
    let case = triage.finds(&villager).await;
    triage.accepts(&case).await;
    triage
        .tries(&case, dispatch(&id(&made), BRIEF))
        .await
        .faulty("/organisation_id", "unit_village_committee");
}

#[tokio::test]
async fn a_unit_that_leads_is_not_closed() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let leader = id(&founds(&admin, &bureau("道外区水务局")).await);
    let mut below = bureau("道外区水政监察大队");
    below["kind"] = json!("other");
    below["led_by"] = json!(leader);
    let below = id(&founds(&admin, &below).await);
    let (one, other) = (house.county().await, house.county().await);
    let zone = json!({ "county_code": places::COUNTY, "name": "第一片区",
        "townships": [places::TOWNSHIP], "lead_organisation_id": leader, "reason": "交叉监督" });
    let made = one.post("/admin/zones").json(&zone).send().await;
    let made = made.expect(202).json();
    let proposal = made["proposal_id"].as_str().unwrap();
    other.approves_proposal(proposal).await;
    let reasons = still_hangs(&admin, &leader).await;
    let codes: Vec<&str> = reasons.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["unit_leads_units", "unit_leads_zones"]);
    assert!(reasons.iter().all(|(_, words)| words.contains('1')));
    closes(&admin, &below).await.expect(200);
    let reasons = still_hangs(&admin, &leader).await;
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    // What is closed leads nobody.
    let mut another = bureau("道外区水文站");
    another["kind"] = json!("other");
    another["led_by"] = json!(below);
    tries_to_found(&admin, &another)
        .await
        .faulty("/led_by", "unit_closed");
}

#[tokio::test]
async fn what_was_proposed_about_a_unit_that_was_closed_is_void() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let second = house.county().await;
    let unit = id(&founds(&admin, &bureau("道外区水务局")).await);
    let account = json!({ "username": "late-comer", "display_name": "测试·迟到",
        "role": "auditor", "organisation_id": unit });
    let new = admin.tries_to_add(&account).await.expect(202).json();
    let handler = house.handler().await;
    let change = json!({ "action": "change", "role": "auditor", "organisation_id": unit });
    let moved = admin.tries_with_account(&handler.id, change).await;
    let moved = moved.expect(202).json();
    closes(&admin, &unit).await.expect(200);
    let id_of = |made: &Value| made["proposal_id"].as_str().unwrap().to_owned();
    second
        .says_yes(&id_of(&moved))
        .await
        .problem(409, "proposal_void");
    second
        .says_yes(&id_of(&new))
        .await
        .faulty("/organisation_id", "unit_closed");
    let here = unit_of(&house, &handler).await;
    assert_eq!(here, places::government(places::TOWNSHIP));
}

async fn unit_of(house: &House, staff: &Staff<'_>) -> String {
    let sql = format!(
        "SELECT organisation_id AS a FROM staff WHERE id = '{}'",
        staff.id
    );
    house.database.text(&sql)
}

#[tokio::test]
async fn a_holding_ends_and_is_shown_under_the_account_in_use() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let unit_id = places::bureau(places::COUNTY);
    let view = unit(&admin, places::COUNTY, &unit_id).await;
    let director = id(&view["posts"][0]);
    let (old, new) = (house.handler().await, house.handler().await);
    house
        .inside
        .are_one_person(&house.database, &old.id, &new.id);
    let body = json!({ "staff_id": old.id, "from": "2026-10-01" });
    holds(&admin, &director, &body).await.expect(200);
    let gone = admin.tries_with_account(&old.id, json!({ "action": "disable" }));
    gone.await.expect(200);
    let holders = async || {
        let view = unit(&admin, places::COUNTY, &unit_id).await;
        view["posts"][0]["holders"].clone()
    };
    let shown = holders().await;
    assert_eq!(shown[0]["staff_id"], new.id, "{shown}");
    let listed = format!("/admin/staff/{}", new.id);
    let listed = admin.get(&listed).send().await.ok();
    assert_eq!(shown[0]["name"], listed["display_name"]);
    // Ended by what the list says of it.
    let end = json!({ "staff_id": shown[0]["staff_id"], "from": shown[0]["from"], "until": "2026-11-02" });
    holds(&admin, &director, &end).await.expect(200);
    assert_eq!(holders().await[0]["until"], "2026-11-02");
    house.clock_to("2026-11-03T09:00:00+08:00");
    assert_eq!(holders().await, json!([]));
}

#[tokio::test]
async fn a_long_list_comes_in_pages() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let mut expected: Vec<String> = Vec::new();
    for round in 0..4 {
        let made = founds(&admin, &bureau(&format!("第{round}局"))).await;
        if round == 0 {
            closes(&admin, &id(&made)).await.expect(200);
        }
        expected.push(id(&made));
    }
    let closed = expected.remove(0);
    expected.push(places::bureau(places::COUNTY));
    expected.sort();
    // By what they are, and those that were closed last.
    expected.insert(0, places::organ(places::COUNTY));
    expected.insert(1, places::county_government(places::COUNTY));
    expected.push(closed);
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let next = cursor.map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
        let path = format!("/admin/organisations?limit=2{next}");
        let page = admin.get(&path).send().await.ok();
        let items = shapes::items(&page);
        assert!(items.len() <= 2);
        seen.extend(items.iter().map(id));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    assert_eq!(seen, expected);
}
