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
    assert!(of_county.len() >= 10, "{}", of_county.len());
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
