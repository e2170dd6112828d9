//! The tree of regions, its search, and the units of a place.

use serde_json::{Value, json};

use crate::support::{House, places, shapes};

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
    for query in ["q=东风&level=county", "q=没有这个村", "q=%25", "q=_"] {
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
