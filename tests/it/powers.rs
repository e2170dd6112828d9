//! Micro-power lists: the county's for every village, with versions.

use serde_json::{Value, json};

use crate::support::inside::data;
use crate::support::{House, places, shapes};

async fn list(house: &House, region: &str) -> Vec<Value> {
    house
        .lists(&format!("/regions/{region}/powers?limit=100"))
        .await
}

#[tokio::test]
async fn a_village_has_its_countys_list() {
    let house = House::new().await;
    let of_county = list(&house, places::COUNTY).await;
    assert_eq!(of_county.len(), 36);
    for region in [places::VILLAGE, places::OTHER_VILLAGE, places::TOWNSHIP] {
        let here = list(&house, region).await;
        assert_eq!(here.len(), of_county.len(), "{region}");
        for item in &here {
            shapes::has(item, "id code name category");
            assert_eq!(
                item["region_code"],
                places::COUNTY,
                "inherited, and says from where"
            );
            assert_eq!(
                (&item["inherited_from"], &item["overridden"]),
                (&json!(places::COUNTY), &json!(false))
            );
        }
    }
    assert_eq!(list(&house, places::OTHER_COUNTY).await, [Value::Null; 0]);
    house
        .get("/regions/230104111999/powers")
        .send()
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn an_item_says_who_may_do_what_in_which_steps() {
    let house = House::new().await;
    for item in list(&house, places::VILLAGE).await {
        let id = item["id"].as_str().unwrap();
        let item = house.reads(&format!("/powers/{id}")).await;
        shapes::has(
            &item,
            "id code name version legal_basis responsible_org supervising_org steps plain_language source",
        );
        let steps = item["steps"].as_array().unwrap();
        assert!(steps.len() >= 4, "{item}");
        for (no, step) in (1..).zip(steps) {
            assert_eq!(step["no"], no);
        }
        let versions = house.reads(&format!("/powers/{id}/versions")).await;
        let versions = versions["items"].as_array().unwrap();
        assert_eq!(versions.len(), 1);
        assert_eq!(versions[0]["version"], item["version"]);
    }
    for unknown in ["nothing", "00000000000000000000000000000000"] {
        house
            .get(&format!("/powers/{unknown}"))
            .send()
            .await
            .problem(404, "not_found");
        house
            .get(&format!("/powers/{unknown}/versions"))
            .send()
            .await
            .problem(404, "not_found");
    }
}

#[tokio::test]
async fn imported_again_nothing_changes_and_a_change_is_a_version() {
    let house = House::new().await;
    let before = list(&house, places::VILLAGE).await;
    house.clock_to("2026-11-10T09:00:00+08:00");
    house.inside.import_powers().await;
    assert_eq!(list(&house, places::VILLAGE).await, before);
    let mut file: Value = serde_json::from_str(&data("powers-template.json")).unwrap();
    file["items"][0]["plain_language"] = json!("大事要大家定，定了要贴出来。");
    house
        .inside
        .import_power_list(&file.to_string())
        .await
        .unwrap();
    let code = file["items"][0]["code"].as_str().unwrap();
    let after = list(&house, places::VILLAGE).await;
    assert_eq!(after.len(), before.len());
    let changed: Vec<&Value> = after.iter().filter(|item| !before.contains(item)).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(
        (&changed[0]["code"], &changed[0]["version"]),
        (&json!(code), &json!(2))
    );
    let id = changed[0]["id"].as_str().unwrap();
    assert!(before.iter().any(|item| item["id"] == id), "the id stays");
    let versions = house.reads(&format!("/powers/{id}/versions")).await;
    assert_eq!(versions["items"].as_array().unwrap().len(), 2);
    assert_eq!(
        house.reads(&format!("/powers/{id}")).await["plain_language"],
        "大事要大家定，定了要贴出来。"
    );
}

#[tokio::test]
async fn a_village_may_write_its_own_over_single_items() {
    let house = House::new().await;
    let count = list(&house, places::VILLAGE).await.len();
    let mut file: Value = serde_json::from_str(&data("powers-template.json")).unwrap();
    let mut item = file["items"][0].clone();
    item["plain_language"] = json!("东风村：先开会，再干活。");
    file["region_code"] = json!(places::VILLAGE);
    file["items"] = json!([item]);
    house
        .inside
        .import_power_list(&file.to_string())
        .await
        .unwrap();
    let here = list(&house, places::VILLAGE).await;
    assert_eq!(here.len(), count, "in place of the county's, not beside it");
    let own: Vec<&Value> = here
        .iter()
        .filter(|item| item["region_code"] == places::VILLAGE)
        .collect();
    assert_eq!(own.len(), 1);
    let elsewhere = list(&house, places::OTHER_VILLAGE).await;
    assert!(
        elsewhere
            .iter()
            .all(|item| item["region_code"] == places::COUNTY)
    );
}

#[tokio::test]
async fn a_bad_list_is_refused_whole_and_says_where() {
    let house = House::new().await;
    let before = list(&house, places::VILLAGE).await;
    let mut file: Value = serde_json::from_str(&data("powers-template.json")).unwrap();
    file["items"][0]["plain_language"] = json!("改了一项");
    file["items"][3]["name"] = json!("  ");
    let why = house
        .inside
        .import_power_list(&file.to_string())
        .await
        .unwrap_err();
    assert!(why.contains("/items/3/name"), "{why}");
    assert_eq!(
        list(&house, places::VILLAGE).await,
        before,
        "nothing half imported"
    );
}

/// The item of a list under a code.
fn of_code<'a>(items: &'a [Value], code: &str) -> &'a Value {
    let found = items.iter().find(|item| item["code"] == code);
    found.unwrap_or_else(|| panic!("no {code}"))
}

fn template() -> Value {
    serde_json::from_str(&data("powers-template.json")).unwrap()
}

/// The item as the file has it.
fn item(code: &str) -> Value {
    let file = template();
    let items = file["items"].as_array().unwrap();
    of_code(items, code).clone()
}

#[tokio::test]
async fn an_override_is_marked_and_what_it_stands_over_is_named() {
    let house = House::new().await;
    let county = list(&house, places::COUNTY).await;
    let of_county = of_code(&county, "seal-use");
    assert_eq!(of_county["inherited_from"], Value::Null, "its own");
    let mut own = item("seal-use");
    own["plain_language"] = json!("团结镇：盖章前先登记。");
    let mut file = template();
    file["region_code"] = json!(places::TOWNSHIP);
    file["items"] = json!([own]);
    house
        .inside
        .import_power_list(&file.to_string())
        .await
        .unwrap();
    let over = json!({ "id": of_county["id"], "region_code": places::COUNTY, "version": 1 });
    for (region, inherited) in [
        (places::TOWNSHIP, Value::Null),
        (places::VILLAGE, json!(places::TOWNSHIP)),
    ] {
        let here = list(&house, region).await;
        let found = of_code(&here, "seal-use");
        assert_eq!(found["inherited_from"], inherited, "{region}");
        assert_eq!(
            (&found["overridden"], &found["overrides"]),
            (&json!(true), &over)
        );
        let place = |items: &[Value]| items.iter().position(|one| one["code"] == "seal-use");
        assert_eq!(place(&here), place(&county), "in the place of the county's");
        let seen = json!({ "id": of_county["id"], "version": 1 });
        assert_eq!(found["written_over"], seen);
        let id = found["id"].as_str().unwrap();
        assert_eq!(
            house.reads(&format!("/powers/{id}")).await["overrides"],
            over
        );
        let versions = house.lists(&format!("/powers/{id}/versions")).await;
        assert_eq!(
            (
                &versions[0]["compared_with"],
                &versions[0]["compared_with_item"]
            ),
            (&json!(1), &of_county["id"]),
            "held against what it stands in for"
        );
        let changes = versions[0]["changes"].as_array().unwrap();
        let of = |what: &str| changes.iter().find(|one| one["field"] == what);
        assert_eq!(changes.len(), 1, "nothing else is other: {changes:?}");
        assert_eq!(
            of("/plain_language").unwrap()["after"],
            "团结镇：盖章前先登记。"
        );
    }
}

#[tokio::test]
async fn versions_say_what_changed_field_by_field() {
    let house = House::new().await;
    let mut file = template();
    let texts = ["第一次改", "第二次改"];
    for text in texts {
        file["items"][0]["plain_language"] = json!(text);
        file["items"][0]["steps"][0]["actor"] = json!(text);
        house
            .inside
            .import_power_list(&file.to_string())
            .await
            .unwrap();
    }
    let here = list(&house, places::COUNTY).await;
    let id = of_code(&here, "major-decision")["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let versions = house.lists(&format!("/powers/{id}/versions")).await;
    let numbers: Vec<(&Value, &Value)> = versions
        .iter()
        .map(|one| (&one["version"], &one["compared_with"]))
        .collect();
    assert_eq!(
        numbers,
        [
            (&json!(3), &json!(2)),
            (&json!(2), &json!(1)),
            (&json!(1), &Value::Null)
        ]
    );
    let last = json!([
        { "field": "/plain_language", "before": "第一次改", "after": "第二次改" },
        { "field": "/steps/0/actor", "before": "第一次改", "after": "第二次改" },
    ]);
    assert_eq!(versions[0]["changes"], last);
    // A page of one still knows the version before it.
    let first = house.reads(&format!("/powers/{id}/versions?limit=1")).await;
    assert_eq!(first["items"][0]["changes"], last);
    let whole = house
        .reads(&format!("/powers/{id}/versions?from=1&to=3"))
        .await;
    assert_eq!(whole["items"][0]["compared_with"], 1);
    assert_eq!(whole["items"][0]["changes"][0]["after"], "第二次改");
    let back = house
        .reads(&format!("/powers/{id}/versions?from=3&to=2"))
        .await;
    assert_eq!(back["items"][0]["changes"][0]["after"], "第一次改");
    for bad in ["from=1", "to=1", "from=1&to=9"] {
        let answer = house
            .get(&format!("/powers/{id}/versions?{bad}"))
            .send()
            .await;
        answer.problem(400, "invalid_query");
    }
}

#[tokio::test]
async fn duties_and_bans_are_lists_of_their_own() {
    let house = House::new().await;
    let base = json!({ "region_code": places::COUNTY, "source": "测试清单", "licence": "CC0-1.0" });
    let thing = |code: &str, name: &str| {
        json!({ "code": code, "name": name, "category": "廉洁履职", "legal_basis": ["《农村基层干部廉洁履行职责规定》（2025年）"],
            "responsible_org": "村民委员会", "supervising_org": "乡镇纪委", "plain_language": "测试用的一项。" })
    };
    let mut duty = base.clone();
    duty["list"] = json!("duty");
    duty["items"] = json!([thing("answer-questions", "答复村民查询")]);
    house
        .inside
        .import_power_list(&duty.to_string())
        .await
        .unwrap();
    let mut negative = base.clone();
    let mut ban = thing("no-kickback", "不得优亲厚友");
    ban["red_lines"] = json!(["不得优亲厚友"]);
    ban["red_line_kinds"] = json!(["favouritism"]);
    negative["list"] = json!("negative");
    negative["items"] = json!([ban]);
    house
        .inside
        .import_power_list(&negative.to_string())
        .await
        .unwrap();
    // A ban has to say what it bans, and a code belongs to one list.
    negative["items"] = json!([thing("no-words", "没有红线")]);
    let why = house
        .inside
        .import_power_list(&negative.to_string())
        .await
        .unwrap_err();
    assert!(why.contains("/items/0/red_lines"), "{why}");
    duty["items"] = json!([thing("seal-use", "用印")]);
    let why = house
        .inside
        .import_power_list(&duty.to_string())
        .await
        .unwrap_err();
    assert!(why.contains("code_of_another_list"), "{why}");
    let at = format!("/regions/{}/powers", places::VILLAGE);
    for (query, codes) in [
        ("duty", ["answer-questions"]),
        ("negative", ["no-kickback"]),
    ] {
        let items = house.lists(&format!("{at}?list={query}")).await;
        let found: Vec<&str> = items
            .iter()
            .map(|one| one["code"].as_str().unwrap())
            .collect();
        assert_eq!(found, codes, "inherited like powers are");
        assert_eq!(items[0]["list"], query);
    }
    assert_eq!(
        house.lists(&format!("{at}?limit=100")).await.len(),
        36,
        "powers alone"
    );
    assert_eq!(
        house
            .lists(&format!("{at}?list=power&limit=100"))
            .await
            .len(),
        36
    );
    house
        .get(&format!("{at}?list=other"))
        .send()
        .await
        .problem(400, "invalid_query");
}

#[tokio::test]
async fn an_item_is_found_as_it_is_typed() {
    let house = House::new().await;
    for (typed, code) in [
        ("印章使用", "seal-use"),
        ("空白纸不能盖", "seal-use"),
        ("cunjiyinzhang", "seal-use"),
        ("YZSY", "seal-use"),
        ("yinzhang", "seal-use"),
        ("zhaijidi", "homestead"),
        ("ｚｊｄ", "homestead"),
        // Said in a step, and of two words each somewhere.
        ("招标", "works-and-purchases"),
        ("印章 空白纸", "seal-use"),
    ] {
        let found = house
            .lists(&format!(
                "/regions/{}/powers?q={typed}&limit=100",
                places::VILLAGE
            ))
            .await;
        assert!(
            found.iter().any(|one| one["code"] == code),
            "{typed}: {found:?}"
        );
        assert!(found.len() < 36, "{typed}");
    }
}

#[tokio::test]
async fn staff_draft_preview_and_publish_and_every_change_is_a_version() {
    let house = House::new().await;
    let triage = house.triage().await;
    let mut own = item("seal-use");
    own["plain_language"] = json!("本村：章在镇上，来了就登记。");
    let body = json!({ "region_code": places::VILLAGE, "item": own });
    let made = triage
        .post("/admin/powers/drafts")
        .json(&body)
        .send()
        .await
        .expect(201)
        .json();
    let id = made["id"].as_str().unwrap().to_owned();
    assert_eq!(made["in_force"]["region_code"], places::COUNTY);
    assert_eq!(made["changes"][0]["field"], "/plain_language");
    // One draft at a time; nobody outside sees it, and nothing has changed yet.
    triage
        .post("/admin/powers/drafts")
        .json(&body)
        .send()
        .await
        .problem(409, "power_draft_waiting");
    let here = list(&house, places::VILLAGE).await;
    assert!(here.iter().all(|one| one["overridden"] == false));
    let neighbour = house.neighbour_triage().await;
    neighbour
        .get(&format!("/admin/powers/drafts/{id}"))
        .send()
        .await
        .problem(404, "not_found");
    let desk = triage
        .get(&format!("/admin/powers?region={}", places::VILLAGE))
        .send()
        .await
        .ok();
    let drafted = of_code(desk["items"].as_array().unwrap(), "seal-use");
    assert_eq!(
        (&desk["may_edit"], &drafted["draft"]["id"]),
        (&json!(true), &json!(id))
    );
    // A second look changes a word; who saw the first cannot publish it.
    own["plain_language"] = json!("本村：章在镇上，来了先登记。");
    let at = format!("/admin/powers/drafts/{id}");
    let put = triage
        .put(&at)
        .if_match("\"1\"")
        .json(&json!({ "item": own }))
        .send()
        .await
        .ok();
    assert_eq!(put["version"], 2);
    // Everybody reads a list and why it was changed, for ever.
    let mut named = own.clone();
    named["note"] = json!("经办人电话13812345678");
    let refused = triage
        .put(&at)
        .if_match("\"2\"")
        .json(&json!({ "item": named }));
    refused.send().await.faulty("/item/note", "personal_number");
    let refused = triage
        .post(&format!("{at}/publish"))
        .if_match("\"2\"")
        .json(&json!({ "reason": "李四230104198001011234提出" }));
    refused.send().await.faulty("/reason", "personal_number");
    let reason = json!({ "reason": "村里不再保管印章" });
    let publish = |seen: &'static str| {
        triage
            .post(&format!("{at}/publish"))
            .if_match(seen)
            .json(&reason)
            .send()
    };
    publish("\"1\"").await.problem(412, "stale");
    let published = publish("\"2\"").await.ok();
    assert_eq!(
        (&published["version"], &published["in_force"]),
        (&json!(1), &json!(true))
    );
    let power = published["id"].as_str().unwrap().to_owned();
    let here = list(&house, places::VILLAGE).await;
    let found = of_code(&here, "seal-use");
    assert_eq!(
        (&found["id"], &found["overridden"]),
        (&json!(power), &json!(true))
    );
    // The county's goes on; the desk says so beside the village's.
    let supervisor = house.county().await;
    let mut above = item("seal-use");
    above["note"] = json!("县里改过的说明");
    let body = json!({ "region_code": places::COUNTY, "item": above });
    let county = supervisor
        .post("/admin/powers/drafts")
        .json(&body)
        .send()
        .await
        .expect(201)
        .json();
    let of_county = format!(
        "/admin/powers/drafts/{}/publish",
        county["id"].as_str().unwrap()
    );
    supervisor
        .post(&of_county)
        .if_match("\"1\"")
        .json(&reason)
        .send()
        .await
        .ok();
    let desk = triage
        .get(&format!("/admin/powers?region={}", places::VILLAGE))
        .send()
        .await
        .ok();
    assert_eq!(
        of_code(desk["items"].as_array().unwrap(), "seal-use")["template_moved"],
        true
    );
    // A township writes its villages' lists, not the county's.
    triage
        .post("/admin/powers/drafts")
        .json(&body)
        .send()
        .await
        .problem(404, "not_found");
    // The village takes its own back: the county's stands again, and what was there stays to be read.
    let body = json!({ "region_code": places::VILLAGE, "remove": "seal-use" });
    let gone = triage
        .post("/admin/powers/drafts")
        .json(&body)
        .send()
        .await
        .expect(201)
        .json();
    assert_eq!(
        (&gone["removes"], &gone["above"]["version"]),
        (&json!(true), &json!(2))
    );
    let at = format!(
        "/admin/powers/drafts/{}/publish",
        gone["id"].as_str().unwrap()
    );
    triage
        .post(&at)
        .if_match("\"1\"")
        .json(&json!({ "reason": "改用县里的写法" }))
        .send()
        .await
        .ok();
    let here = list(&house, places::VILLAGE).await;
    assert_eq!(of_code(&here, "seal-use")["region_code"], places::COUNTY);
    let old = house.reads(&format!("/powers/{power}")).await;
    assert_eq!(
        (&old["in_force"], &old["version"]),
        (&json!(false), &json!(2))
    );
    assert_eq!(old["overrides"]["version"], 2);
    let versions = house.lists(&format!("/powers/{power}/versions")).await;
    // Everybody reads over which version of the county's item each was written.
    let over: Vec<&Value> = versions
        .iter()
        .map(|one| &one["written_over"]["version"])
        .collect();
    assert_eq!(over, [&json!(1), &json!(1)]);
    assert_eq!(
        (&versions[0]["change"], &versions[0]["reason"]),
        (&json!("removed"), &json!("改用县里的写法"))
    );
    // Everything is in the audit, by whom.
    let auditor = house.auditor().await;
    let rows = auditor
        .get("/admin/audit?limit=100")
        .send()
        .await
        .ok()
        .to_string();
    for what in [format!("{power}/1"), format!("{power}/2")] {
        assert!(rows.contains(&what), "{what}: {rows}");
    }
}

/// Why a file is imported: 按县里的清单修订.
const WITH_REASON: &str = "/admin/powers/import?reason=\
    %E6%8C%89%E5%8E%BF%E9%87%8C%E7%9A%84%E6%B8%85%E5%8D%95%E4%BF%AE%E8%AE%A2";

#[tokio::test]
async fn what_repeats_the_template_is_not_published_and_follows_it() {
    let house = House::new().await;
    let triage = house.triage().await;
    let drafts = async |item: &Value| {
        let body = json!({ "region_code": places::VILLAGE, "item": item });
        let made = triage
            .post("/admin/powers/drafts")
            .json(&body)
            .send()
            .await
            .expect(201)
            .json();
        format!("/admin/powers/drafts/{}", made["id"].as_str().unwrap())
    };
    let publishes = async |draft: &str| {
        let reason = json!({ "reason": "（测试）" });
        let publish = triage
            .post(&format!("{draft}/publish"))
            .if_match("\"1\"")
            .json(&reason);
        publish.send().await
    };
    let template = item("seal-use");
    let same = drafts(&template).await;
    publishes(&same).await.problem(409, "power_same_as_above");
    let here = list(&house, places::VILLAGE).await;
    assert!(here.iter().all(|one| one["overridden"] == false));
    triage
        .post(&format!("{same}/discard"))
        .if_match("\"1\"")
        .send()
        .await
        .expect(204);
    // Whoever has an item of his own goes back to the template by taking it out of force.
    let mut own = template.clone();
    own["plain_language"] = json!("本村：章在镇上，来了就登记。");
    publishes(&drafts(&own).await).await.ok();
    let mut blank = template.clone();
    blank["name"] = json!(format!(" {} ", template["name"].as_str().unwrap()));
    let back = drafts(&blank).await;
    publishes(&back).await.problem(409, "power_same_as_above");
}

#[tokio::test]
async fn staff_look_at_a_file_before_they_import_it() {
    let house = House::new().await;
    let supervisor = house.county().await;
    let mut file = template();
    file["items"][0]["plain_language"] = json!("改了一项");
    let look = supervisor
        .post("/admin/powers/import?preview=true")
        .json(&file)
        .send()
        .await
        .ok();
    assert_eq!(
        (&look["imported"], &look["changed"], &look["unchanged"]),
        (&json!(false), &json!(1), &json!(35))
    );
    assert_eq!(look["items"][0]["changes"][0]["after"], "改了一项");
    let before = list(&house, places::COUNTY).await;
    assert_ne!(
        before[0]["plain_language"], "改了一项",
        "a look changes nothing"
    );
    let mut bad = file.clone();
    bad["items"][2]["name"] = json!("");
    let refused = supervisor
        .post(WITH_REASON)
        .json(&bad)
        .send()
        .await
        .problem(422, "invalid_body");
    let fault = &refused["errors"][0];
    assert_eq!(
        (&fault["pointer"], &fault["code"]),
        (&json!("/items/2/name"), &json!("required"))
    );
    let refused = supervisor
        .post("/admin/powers/import")
        .json(&file)
        .send()
        .await
        .problem(400, "invalid_query");
    assert_eq!(refused["errors"][0]["pointer"], "reason");
    let done = supervisor.post(WITH_REASON).json(&file).send().await.ok();
    assert_eq!(
        (&done["imported"], &done["changed"]),
        (&json!(true), &json!(1))
    );
    let first = list(&house, places::COUNTY).await[0].clone();
    assert_eq!(first["plain_language"], "改了一项");
    let id = first["id"].as_str().unwrap();
    let versions = house.lists(&format!("/powers/{id}/versions")).await;
    assert_eq!(versions[0]["reason"], "按县里的清单修订");
    // A village's first of its own says whose item it stands in for.
    let mut own = file.clone();
    own["region_code"] = json!(places::VILLAGE);
    own["items"][0]["plain_language"] = json!("本村的做法");
    own["items"][1]["code"] = json!("only-here");
    let look = supervisor
        .post("/admin/powers/import?preview=true")
        .json(&own)
        .send()
        .await
        .ok();
    let seen = |at: usize| {
        (
            look["items"][at]["outcome"].clone(),
            look["items"][at]["stands_in_for"].clone(),
        )
    };
    assert_eq!(seen(0), (json!("new"), json!(places::COUNTY)));
    assert_eq!(seen(1), (json!("new"), json!(null)));
    assert_eq!(seen(2), (json!("unchanged"), json!(null)));
    file["region_code"] = json!(places::OTHER_COUNTY);
    supervisor
        .post(WITH_REASON)
        .json(&file)
        .send()
        .await
        .problem(403, "not_permitted");
    house
        .clerk()
        .await
        .post(WITH_REASON)
        .json(&file)
        .send()
        .await
        .problem(403, "not_permitted");
}
