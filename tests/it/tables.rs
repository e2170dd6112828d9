//! Every kind but the ledger: the template filled in, checked, signed, published, read, and taken home in three
//! formats that come back as they went.

use serde_json::{Value, json};

use crate::support::actors::publish_ledger;
use crate::support::sheets::Ledger;
use crate::support::tables::{SAMPLES, Sample};
use crate::support::{Filing, House, Staff, Villager, places, shapes};

const MONTH: &str = "2026-10";

fn id(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

/// What is wrong with a preview, and what should be looked at.
fn codes(preview: &Value, list: &str) -> Vec<String> {
    let problems = preview[list].as_array().unwrap();
    let code = |problem: &Value| problem["code"].as_str().unwrap().to_owned();
    problems.iter().map(code).collect()
}

async fn template(house: &House, kind: &str) -> Vec<u8> {
    let path = format!("/disclosures/templates/{kind}.xlsx");
    house.get(&path).send().await.expect(200).body.to_vec()
}

async fn preview(clerk: &Staff<'_>, kind: &str, period: &str, bytes: &[u8]) -> Value {
    let call = clerk.hands_in_as(kind, bytes.to_vec(), "表", places::VILLAGE, period, &[]);
    let seen = call.send().await.ok();
    shapes::has(
        &seen,
        "preview_id rows errors warnings totals content_sha256",
    );
    seen
}

/// Drafts, signs and publishes what was previewed; the publication as staff see it.
async fn publish(house: &House, clerk: &Staff<'_>, preview: &Value) -> Value {
    assert_eq!(preview["errors"], json!([]), "{preview}");
    let draft = clerk.tries_to_draft(preview).await.expect(201).json();
    house.committee().await.signs(&id(&draft)).await;
    house.publisher().await.publishes(&id(&draft)).await
}

#[tokio::test]
async fn each_template_goes_the_whole_way_and_comes_back_from_each_export() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    for sample in &SAMPLES {
        let kind = sample.kind;
        let filled = sample.filled(&template(&house, kind).await, MONTH);
        let seen = preview(&clerk, kind, MONTH, &filled).await;
        let published = publish(&house, &clerk, &seen).await;
        assert_eq!(published["line_count"], sample.rows.len(), "{kind}");
        let path = format!("/disclosures/{}", id(&published));
        let read = house.get(&path).send().await.expect(200).json();
        assert_eq!(read["kind"], kind);
        let columns = read["columns"].as_array().unwrap();
        for column in columns {
            shapes::has(
                column,
                "key heading name type required masked words description",
            );
        }
        let lines = house
            .get(&format!("{path}/lines?limit=100"))
            .send()
            .await
            .expect(200)
            .json();
        let lines = lines["items"].as_array().unwrap();
        assert_eq!(lines.len(), sample.rows.len());
        for line in lines {
            shapes::has(
                line,
                "id no cells account_plain_name answered_question_count",
            );
            let cells = line["cells"].as_object().unwrap();
            let known = |key: &String| columns.iter().any(|column| column["key"] == **key);
            assert!(cells.keys().all(known), "{cells:?}");
        }
        // What anybody takes home is what was signed.
        for format in ["csv", "xlsx", "json"] {
            let export = house
                .get(&format!("{path}/export.{format}"))
                .send()
                .await
                .expect(200);
            let again = preview(&clerk, kind, MONTH, &export.body).await;
            assert_eq!(again["errors"], json!([]), "{kind} {format}");
            assert_eq!(
                published["content_sha256"], again["content_sha256"],
                "{kind} {format}"
            );
        }
    }
    let listed = house
        .lists(&format!("/regions/{}/disclosures", places::VILLAGE))
        .await;
    assert_eq!(listed.len(), SAMPLES.len());
    let layouts = house.lists("/disclosures/layouts").await;
    assert_eq!(layouts.len(), SAMPLES.len());
}

#[tokio::test]
async fn a_ledgers_json_comes_back_too() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let mut ledger = Ledger::of(places::VILLAGE, MONTH);
    for line in &mut ledger.lines {
        for name in [9, 10, 11, 12] {
            "演示商店".clone_into(&mut line[name]);
        }
    }
    let published = publish_ledger(&house, &ledger).await;
    let path = format!("/disclosures/{}/export.json", id(&published));
    let export = house.get(&path).send().await.expect(200);
    let again = preview(&clerk, "ledger", MONTH, &export.body).await;
    assert_eq!(again["errors"], json!([]));
    assert_eq!(published["content_sha256"], again["content_sha256"]);
}

#[tokio::test]
async fn typed_cells_and_what_the_open_web_reads_of_them() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let rows = "村名,东风村,期间,2026-10\n\
        村组,户主,补贴项目,补贴基数,标准,金额,发放日期,备注\n\
        一组,演建社,种粮补贴,12.5亩,71.53,894.13,2026-10-20,肢体残疾二级\n";
    let seen = preview(&clerk, "benefit_payments", MONTH, rows.as_bytes()).await;
    assert_eq!(
        seen["totals"]["sums"][0],
        json!({ "column": "金额(元)", "total": "894.13" })
    );
    let published = publish(&house, &clerk, &seen).await;
    let path = format!("/disclosures/{}/lines", id(&published));
    let line = house.get(&path).send().await.expect(200).json()["items"][0].clone();
    assert_eq!(
        line["cells"],
        json!({ "group": "一组", "household": "演＊＊", "programme": "种粮补贴", "policy_no": null, "base": "12.5",
            "standard": "71.53", "amount_fen": 89_413, "paid_on": "2026-10-20", "method": null, "note": "残疾" })
    );
    let own = clerk
        .get(&format!("/admin{path}"))
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(own["items"][0]["cells"]["household"], "演建社");
    // A question can be asked about the very row.
    let filing = Filing::complaint().about("disclosure_line", &id(&line));
    Villager::files(&house, &filing).await;
}

#[tokio::test]
async fn what_may_not_be_disclosed_does_not_come_in() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    for sample in &SAMPLES {
        let text = String::from_utf8(sample.csv(MONTH)).unwrap();
        let first = text.find("\r\n").unwrap() + 2;
        for (heading, cell, code) in [
            ("身份证号", "", "heading_forbidden"),
            ("别的", "11010519491231002X", "has_identity_number"),
            ("别的", "4111111111111111", "has_bank_card"),
            ("别的", "电话13800000001", "has_phone"),
        ] {
            let mut lines: Vec<String> = text[first..].lines().map(str::to_owned).collect();
            lines[0].push_str(&format!(",{heading}"));
            lines[1].push_str(&format!(",{cell}"));
            let sheet = format!("{}{}", &text[..first], lines.join("\r\n"));
            let seen = preview(&clerk, sample.kind, MONTH, sheet.as_bytes()).await;
            assert_eq!(codes(&seen, "errors"), [code], "{}", sample.kind);
            let answer = seen.to_string();
            assert!(
                !answer.contains("19491231") && !answer.contains("13800000001"),
                "{answer}"
            );
            let draft = clerk.tries_to_draft(&seen).await;
            assert!(draft.text().contains("preview_has_errors"), "{draft:?}");
        }
    }
}

#[tokio::test]
async fn a_table_goes_on_from_the_month_before_when_it_is_read_and_when_it_is_published() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let kind = "receivables_payables";
    let sheet = |period: &str, opening: &str, paid: &str, left: &str| {
        format!(
            "村名,东风村,期间,{period}\n类型,单位/个人,发生日期,事由,原始金额,本期减少,期末余额\n\
             债权,演示砖厂,2019-05-01,租金,{opening},{paid},{left}\n"
        )
        .into_bytes()
    };
    // October is read before September is there, and holds by itself.
    let october = preview(&clerk, kind, MONTH, &sheet(MONTH, "9000", "1000", "8000")).await;
    let draft = clerk.tries_to_draft(&october).await.expect(201).json();
    house.committee().await.signs(&id(&draft)).await;
    let september = preview(
        &clerk,
        kind,
        "2026-09",
        &sheet("2026-09", "9000", "2000", "7000"),
    )
    .await;
    publish(&house, &clerk, &september).await;
    let publisher = house.publisher().await;
    publisher
        .tries_with_disclosure(&id(&draft), json!({ "action": "publish" }))
        .await
        .problem(409, "not_after_last");
    let again = preview(&clerk, kind, MONTH, &sheet(MONTH, "9000", "1000", "8000")).await;
    assert_eq!(
        codes(&again, "errors"),
        ["not_last_closing", "old_debts_differ"],
        "{again}"
    );
}

#[tokio::test]
async fn what_does_not_go_on_over_a_gap_is_pointed_out() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    // Nothing is published of September: October is held against August, and told so.
    let august = Ledger::of(places::VILLAGE, "2026-08");
    publish_ledger(&house, &august).await;
    let mut october = Ledger::of(places::VILLAGE, MONTH);
    october.opening = "1.00".to_owned();
    let seen = clerk.previews(&october).await;
    let warned = codes(&seen, "warnings");
    assert!(warned.contains(&"opening_after_gap".to_owned()), "{seen}");
    // Claims and debts that are gone after a month of which nobody knows, too.
    let kind = "receivables_payables";
    let sheet = |period: &str, opening: &str, left: &str| {
        format!(
            "村名,东风村,期间,{period}\n类型,单位/个人,发生日期,事由,原始金额,本期减少,期末余额\n\
             债权,演示砖厂,2019-05-01,租金,{opening},0,{left}\n"
        )
        .into_bytes()
    };
    let july = preview(&clerk, kind, "2026-07", &sheet("2026-07", "9000", "9000")).await;
    publish(&house, &clerk, &july).await;
    let later = preview(&clerk, kind, "2026-09", &sheet("2026-09", "5000", "5000")).await;
    assert_eq!(codes(&later, "errors"), [""; 0], "{later}");
    let warned = codes(&later, "warnings");
    assert!(warned.contains(&"not_last_closing".to_owned()), "{later}");
    // And no quarter is published over a month of it.
    let call = clerk.hands_in_as(
        kind,
        sheet("2026-Q3", "9000", "9000"),
        "表.csv",
        places::VILLAGE,
        "2026-Q3",
        &[],
    );
    call.send().await.faulty("/period", "period_overlaps");
}

#[tokio::test]
async fn a_month_between_two_must_fit_the_one_after_it() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let sheet = |period: &str, current: &str, year: &str| {
        format!("村名,东风村,期间,{period}\n科目编码,科目,本月数,本年累计\n513,管理费用,{current},{year}\n").into_bytes()
    };
    let kind = "summary";
    let october = preview(&clerk, kind, "2026-10", &sheet("2026-10", "100", "400")).await;
    publish(&house, &clerk, &october).await;
    let september = preview(&clerk, kind, "2026-09", &sheet("2026-09", "100", "301")).await;
    let draft = clerk.tries_to_draft(&september).await.expect(201).json();
    house.committee().await.signs(&id(&draft)).await;
    let publisher = house.publisher().await;
    publisher
        .tries_with_disclosure(&id(&draft), json!({ "action": "publish" }))
        .await
        .problem(409, "not_before_next");
}

#[tokio::test]
async fn what_a_period_came_to_is_published_after_it() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let publisher = house.publisher().await;
    let publish = async |id: &str| {
        let action = json!({ "action": "publish" });
        publisher.tries_with_disclosure(id, action).await
    };
    // Who signs or publishes reads it beside the draft, as long as it is so.
    let told = async |id: &str| {
        let path = format!("/admin/disclosures/{id}");
        let seen = publisher.get(&path).send().await.expect(200).json();
        codes(&seen, "warnings").contains(&"period_not_over".to_owned())
    };
    // It is the 2nd of November.
    let mut waiting = Vec::new();
    for (kind, waits) in [
        ("summary", true),
        ("cash_position", true),
        ("assets", false),
    ] {
        let sheet = Sample::of(kind).csv("2026-11");
        let seen = preview(&clerk, kind, "2026-11", &sheet).await;
        let warned = codes(&seen, "warnings").contains(&"period_not_over".to_owned());
        assert_eq!(warned, waits, "{kind}: {seen}");
        let draft = clerk.tries_to_draft(&seen).await.expect(201).json();
        house.committee().await.signs(&id(&draft)).await;
        let answer = publish(&id(&draft)).await;
        assert_eq!(told(&id(&draft)).await, waits, "{kind}");
        if waits {
            answer.problem(409, "period_not_over");
            waiting.push(id(&draft));
        } else {
            answer.expect(200);
        }
    }
    house.clock_to("2026-12-01T00:00:00+08:00");
    for draft in waiting {
        assert!(!told(&draft).await);
        publish(&draft).await.expect(200);
    }
}

#[tokio::test]
async fn the_same_days_have_one_ledger() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let month = Ledger::of(places::VILLAGE, "2026-10");
    let of = |period: &str| Ledger {
        period: period.to_owned(),
        ..month.clone()
    };
    house.clock_to("2027-01-04T09:00:00+08:00");
    // Both drafts may be made; the second does not come out beside the first.
    let draft = clerk.drafts(&of("2026-Q4")).await;
    house.committee().await.signs(&id(&draft)).await;
    publish_ledger(&house, &month).await;
    let publisher = house.publisher().await;
    publisher
        .tries_with_disclosure(&id(&draft), json!({ "action": "publish" }))
        .await
        .problem(409, "period_overlaps");
    for period in ["2026-Q4", "2026"] {
        let again = of(period).xlsx();
        let call = clerk.hands_in(again, "账.xlsx", places::VILLAGE, period);
        call.send().await.faulty("/period", "period_overlaps");
    }
}

#[tokio::test]
async fn another_villages_sheet_is_an_error_and_a_strange_name_a_warning() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let neighbour = house
        .reads(&format!("/regions/{}", places::OTHER_VILLAGE))
        .await;
    let neighbour = neighbour["short_name"].as_str().unwrap();
    let sheet = String::from_utf8(Sample::of("projects").csv(MONTH)).unwrap();
    assert!(sheet.contains("东风村"));
    for (name, list, code) in [
        (neighbour, "errors", "other_village"),
        ("向阳花村", "warnings", "pair_differs"),
    ] {
        let other = sheet.replace("东风村", name);
        let seen = preview(&clerk, "projects", MONTH, other.as_bytes()).await;
        assert!(codes(&seen, list).contains(&code.to_owned()), "{seen}");
    }
}

#[tokio::test]
async fn a_month_that_has_not_begun_can_only_be_planned() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let village = places::VILLAGE;
    let sheet = Sample::of("summary").csv("2027-01");
    let refused = clerk
        .hands_in_as("summary", sheet, "表", village, "2027-01", &[])
        .send()
        .await
        .problem(422, "invalid_body");
    assert_eq!(refused["errors"][0]["code"], "period_not_begun");
    let plan = Sample::of("planned_spending").csv("2027-01");
    let call = clerk.hands_in_as("planned_spending", plan, "表", village, "2027-01", &[]);
    call.send().await.ok();
}

#[tokio::test]
async fn a_balance_that_the_published_next_month_does_not_continue_is_named() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    publish_ledger(&house, &Ledger::of(places::VILLAGE, MONTH)).await;
    let sheet = "村名,东风村,期间,2026-09,期初余额(元),0,期末余额(元),1,\n\
        序号,日期,凭证号,摘要,收入(元),支出(元),余额(元),科目编码\n\
        1,2026-09-03,记-1,演示利息,1.00,,1.00,511\n";
    let seen = preview(&clerk, "ledger", "2026-09", sheet.as_bytes()).await;
    let named = codes(&seen, "warnings");
    assert!(
        named.contains(&"closing_not_next_opening".to_owned()),
        "{seen}"
    );
}

#[tokio::test]
async fn what_was_changed_in_the_database_is_not_published() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    // A figure that no longer follows, and a word that changes nothing but the digest.
    for (kind, old, new) in [
        ("benefit_payments", "89413", "89414"),
        ("balance_sheet", "930000", "930001"),
        ("resource_contracts", "2125000", "2125001"),
        ("assets", "GD-1", "GD-9"),
    ] {
        let sheet = Sample::of(kind).csv(MONTH);
        let seen = preview(&clerk, kind, MONTH, &sheet).await;
        let draft = clerk.tries_to_draft(&seen).await.expect(201).json();
        house.committee().await.signs(&id(&draft)).await;
        house.database.run(&format!(
            "UPDATE sheet_rows SET cells = REPLACE(cells, '{old}', '{new}')
             WHERE sheet_id = (SELECT sheet_id FROM disclosures WHERE id = '{}')",
            id(&draft)
        ));
        let publisher = house.publisher().await;
        let answer = publisher
            .tries_with_disclosure(&id(&draft), json!({ "action": "publish" }))
            .await;
        assert_eq!(answer.status, 500, "{kind}: {answer:?}");
    }
}

#[tokio::test]
async fn what_looks_odd_stands_apart_from_what_is_wrong() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let sheet = |period: &str, standard: &str, amount: &str| {
        format!(
            "村名,东风村,期间,{period}\n村组,户主,补贴项目,补贴基数,标准,金额\n一组,演＊,低保,1,{standard},{amount}\n"
        )
        .into_bytes()
    };
    let kind = "benefit_payments";
    let september = preview(&clerk, kind, "2026-09", &sheet("2026-09", "100", "100")).await;
    publish(&house, &clerk, &september).await;
    let odd = |preview: Value| {
        assert_eq!(preview["errors"], json!([]));
        let codes = codes(&preview, "warnings");
        codes
            .into_iter()
            .filter(|code| code != "heading_missing")
            .collect::<Vec<_>>()
    };
    let same = preview(&clerk, kind, MONTH, &sheet(MONTH, "100", "100")).await;
    assert_eq!(odd(same), ["same_as_last"]);
    let jumped = preview(&clerk, kind, MONTH, &sheet(MONTH, "140.01", "140.01")).await;
    assert_eq!(
        jumped["warnings"].as_array().unwrap().last().unwrap()["expected"],
        "100"
    );
    assert_eq!(odd(jumped.clone()), ["price_jumped"]);
    // Who signs and who publishes was not there when the file was checked: they read it beside the draft.
    let draft = clerk.tries_to_draft(&jumped).await.expect(201).json();
    let path = format!("/admin/disclosures/{}", id(&draft));
    for person in [house.committee().await, house.publisher().await] {
        let seen = person.get(&path).send().await.expect(200).json();
        assert_eq!(seen["warnings"], jumped["warnings"]);
    }
    let fine = preview(&clerk, kind, MONTH, &sheet(MONTH, "140", "140")).await;
    assert_eq!(odd(fine), Vec::<String>::new());
}

#[tokio::test]
async fn the_chart_of_accounts_is_named_in_the_form() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let sheet = "村名,东风村,期间,2026-10\n科目编码,科目,本季数,本年累计\n541,管理费用,1,2\n";
    let with = |chart: &'static str| {
        let more = [("chart_version", chart)];
        clerk.hands_in_as(
            "summary",
            sheet.into(),
            "表.csv",
            places::VILLAGE,
            MONTH,
            &more,
        )
    };
    with("1999")
        .send()
        .await
        .faulty("/chart_version", "chart_unknown");
    let seen = with("2004").send().await.ok();
    assert_eq!(codes(&seen, "errors"), Vec::<String>::new(), "{seen}");
    let published = publish(&house, &clerk, &seen).await;
    assert_eq!(published["chart_version"], "2004");
    let path = format!("/disclosures/{}/lines", id(&published));
    let line = house.get(&path).send().await.expect(200).json()["items"][0].clone();
    assert_eq!(line["account_plain_name"], "村里日常办公和误工补贴花的钱");
    let seen = with("2024").send().await.ok();
    assert_eq!(codes(&seen, "errors"), ["account_unknown"], "{seen}");
    clerk
        .hands_in_as(
            "nothing",
            sheet.into(),
            "表.csv",
            places::VILLAGE,
            MONTH,
            &[],
        )
        .send()
        .await
        .faulty("/kind", "kind_unsupported");
}
