//! Regions whose codes look alike. 香坊区 is 230110, and every code of 呼兰区 begins with 23011; 大兴街道 is 010 and
//! 胜利街道 011; 联胜村 is 200 and 东风村 204. Whoever cuts zeros off takes the one for a part of the other
//! (security.md 1.4.13).

use reqwest::Method;
use serde_json::{Value, json};

use super::world::{another_policy, regions, zone_body};
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, Staff, Villager, places, shapes};

/// 香坊区 and 呼兰区, each with its first township, whose code is full of zeros too.
const HERE: (&str, &str) = ("230110000000", "230110001000");
const THERE: (&str, &str) = ("230111000000", "230111001000");
/// 大兴街道 and a neighbourhood of it, 胜利街道 and one of its.
const TEN: (&str, &str) = ("230104010000", "230104010001");
const ELEVEN: (&str, &str) = ("230104011000", "230104011002");
/// 联胜村, which ends in two zeros.
const ROUND_VILLAGE: &str = "230104111200";

async fn house() -> House {
    let house = House::new().await;
    let more = [HERE.0, HERE.1, THERE.0, THERE.1, TEN.1, ELEVEN.1];
    house.inside.import_regions(&regions(&more)).await.unwrap();
    house
}

async fn administrator<'a>(house: &'a House, county: &'static str) -> Staff<'a> {
    let unit = places::organ(county);
    house
        .staff("administrator", &unit, county)
        .await
        .stepped_up()
        .await
}

async fn agency<'a>(house: &'a House, township: &str) -> Staff<'a> {
    let unit = places::agency(township);
    house.staff("publisher", &unit, township).await
}

/// A draft of a village; its id.
async fn draft(house: &House, village: &str, name: &str) -> String {
    let clerk = house
        .staff("village_clerk", &places::committee(village), village)
        .await;
    let mut ledger = Ledger::of(places::VILLAGE, "2026-10");
    name.clone_into(&mut ledger.village);
    let bytes = ledger.xlsx();
    let preview = clerk
        .tries_to_preview(bytes, "1.xlsx", village, "2026-10")
        .await;
    let made = clerk.tries_to_draft(&preview.ok()).await.expect(201).json();
    made["id"].as_str().unwrap().to_owned()
}

async fn ids(staff: &Staff<'_>, path: &str) -> Vec<String> {
    let list = staff.get(path).send().await.ok();
    let items = list["items"].as_array().unwrap().clone();
    items
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_draft_is_seen_in_its_own_village_and_township() {
    let house = house().await;
    let ten = draft(&house, TEN.1, "北市场社区").await;
    let eleven = draft(&house, ELEVEN.1, "浴海社区").await;
    let village = draft(&house, places::VILLAGE, "东风村").await;
    let unit = places::committee(ROUND_VILLAGE);
    let round = house.staff("village_clerk", &unit, ROUND_VILLAGE).await;
    let (of_ten, of_eleven) = (agency(&house, TEN.0).await, agency(&house, ELEVEN.0).await);
    for (person, own, foreign) in [
        (&of_ten, Some(&ten), [&eleven, &village]),
        (&of_eleven, Some(&eleven), [&ten, &village]),
        (&round, None, [&village, &ten]),
    ] {
        let seen = ids(person, "/admin/disclosures?limit=100").await;
        assert_eq!(
            seen,
            own.into_iter().cloned().collect::<Vec<_>>(),
            "{}",
            person.username
        );
        for draft in foreign {
            let answer = person
                .get(&format!("/admin/disclosures/{draft}"))
                .send()
                .await;
            answer.problem(404, "not_found");
        }
    }
}

#[tokio::test]
async fn an_administrator_of_one_county_is_nobody_in_the_next() {
    let house = house().await;
    let (here, there) = (
        administrator(&house, HERE.0).await,
        administrator(&house, THERE.0).await,
    );
    let clerk = house.handler_of(&places::government(HERE.1)).await;
    let other = house.handler_of(&places::government(THERE.1)).await;
    let mut seen = ids(&here, "/admin/staff?limit=100").await;
    seen.sort();
    let mut own = vec![here.id.clone(), clerk.id.clone()];
    own.sort();
    assert_eq!(seen, own);
    for id in [&there.id, &other.id] {
        here.get(&format!("/admin/staff/{id}"))
            .send()
            .await
            .problem(404, "not_found");
        let act = here
            .tries_with_account(id, json!({ "action": "disable" }))
            .await;
        act.problem(404, "not_found");
    }
    here.get(&format!("/admin/staff/{}", clerk.id))
        .send()
        .await
        .expect(200);
    let unit = |region: &str| {
        json!({ "username": "somebody", "display_name": "测试·某人",
        "role": "handler", "organisation_id": places::government(region) })
    };
    here.tries_to_add(&unit(THERE.1))
        .await
        .faulty("/organisation_id", "unit_unknown");
    here.tries_to_add(&unit(HERE.1)).await.expect(201);

    // Posts, zones, policies, calendars.
    let post = |region: &str| {
        format!(
            "/admin/posts/{}-deputy-head/holders",
            places::government(region)
        )
    };
    let holder = json!({ "staff_id": clerk.id, "from": "2026-11-01" });
    here.post(&post(THERE.1))
        .json(&holder)
        .send()
        .await
        .problem(404, "not_found");
    here.post(&post(HERE.1))
        .json(&holder)
        .send()
        .await
        .expect(200);
    let next = zone_body(THERE.0, &[THERE.1]);
    here.post("/admin/zones")
        .json(&next)
        .send()
        .await
        .problem(403, "not_permitted");
    let policy = here.put(&format!("/admin/policies/{}", THERE.0));
    let changed = another_policy(&house, THERE.0).await;
    policy
        .json(&changed)
        .send()
        .await
        .problem(403, "not_permitted");
    let days = json!({ "region_code": THERE.0, "source": "通知",
        "days": [{ "date": "2026-11-11", "kind": "off", "name": "建区日" }] });
    here.post("/admin/calendars")
        .json(&days)
        .send()
        .await
        .problem(403, "not_permitted");

    // What was done there is not read here.
    let done = there
        .tries_with_account(&other.id, json!({ "action": "disable" }))
        .await;
    done.expect(200);
    let audit = |staff: &Staff<'_>| {
        staff
            .get("/admin/audit?action=staff_disabled&limit=100")
            .send()
    };
    let items = |answer: Value| shapes::items(&answer).len();
    assert_eq!(items(audit(&there).await.ok()), 1);
    assert_eq!(items(audit(&here).await.ok()), 0);
}

#[tokio::test]
async fn a_filter_by_region_takes_no_neighbour_in() {
    let house = house().await;
    let city = house.city().await;
    let mut cases = Vec::new();
    for region in [HERE.1, THERE.1] {
        let filing = Filing::complaint()
            .with("/region_code", region)
            .against_group("county");
        let villager = Villager::files(&house, &filing).await;
        cases.push(city.finds(&villager).await);
    }
    for (region, expected) in [
        (HERE.0, &cases[..1]),
        (THERE.0, &cases[1..]),
        (places::CITY, &cases[..]),
    ] {
        let path = format!("/admin/complaints?region={region}");
        let mut found = ids(&city, &path).await;
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort();
        assert_eq!(found, expected, "{region}");
        let counts = city
            .get(&format!("/admin/complaints/counts?region={region}"))
            .send()
            .await;
        assert_eq!(counts.ok()["total"], expected.len(), "{region}");
    }
    // The tree itself.
    let children = house
        .lists(&format!("/regions?parent={}&limit=100", HERE.0))
        .await;
    assert_eq!(children.len(), 1, "{children:?}");
    let none = house.call(Method::GET, "/regions/23011").send().await;
    none.problem(404, "not_found");
}
