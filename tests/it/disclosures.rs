//! Open accounts: a sheet is read cell by cell, drafted, signed, published, and given back as it came.

use std::io::Read as _;

use calamine::{Data, Reader as _, Xlsx};
use serde_json::{Value, json};

use crate::support::actors::publish_ledger;
use crate::support::sheets::{FIRST_ROW, HEADINGS, Ledger, fen};
use crate::support::{House, Staff, places, shapes};

fn october() -> Ledger {
    Ledger::of(places::VILLAGE, "2026-10")
}

/// Somebody of the other village.
async fn other_clerk(house: &House) -> Staff<'_> {
    let unit = places::committee(places::OTHER_VILLAGE);
    house
        .staff("village_clerk", &unit, places::OTHER_VILLAGE)
        .await
}

fn id(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

#[track_caller]
fn names(preview: &Value, row: Option<u64>, column: &str) {
    let errors = preview["errors"].as_array().unwrap();
    let found = errors.iter().any(|error| {
        shapes::has(error, "sheet row column code detail");
        row.is_none_or(|row| error["row"] == row) && error["column"] == column
    });
    assert!(found, "row {row:?}, column {column}: {errors:#?}");
}

// ---------------------------------------------------------------- reading a sheet

#[tokio::test]
async fn a_good_sheet_has_no_errors_in_whatever_order_its_columns_stand() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let ledger = october();
    let mut backwards = HEADINGS;
    backwards.reverse();
    let files = [
        (ledger.xlsx(), "a.xlsx"),
        (ledger.xlsx_ordered(&backwards, false), "b.xlsx"),
        (ledger.xlsx_ordered(&HEADINGS, true), "c.xlsx"),
        (ledger.csv(), "d.csv"),
        (
            [b"\xef\xbb\xbf".as_slice(), &ledger.csv()].concat(),
            "e.csv",
        ),
    ];
    for (bytes, name) in files {
        let preview = clerk
            .tries_to_preview(bytes, name, places::VILLAGE, "2026-10")
            .await
            .ok();
        shapes::has(&preview, "preview_id rows errors warnings totals");
        assert_eq!(preview["errors"], json!([]), "{name}: {preview}");
        assert_eq!(preview["rows"], 12, "{name}");
        assert_eq!(preview["totals"]["income_fen"], ledger.sum(4), "{name}");
        assert_eq!(preview["totals"]["expense_fen"], ledger.sum(5), "{name}");
    }
    assert!(
        house
            .lists(&format!("/regions/{}/disclosures", places::VILLAGE))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn every_bad_cell_is_named() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    for (line, heading, text) in [
        (0, "日期", "2026-13-45"),
        (1, "日期", "2026-09-30"),
        (2, "日期", ""),
        (3, "摘要", ""),
        (4, "支出(元)", "很多"),
        (4, "支出(元)", "-5.00"),
        (4, "支出(元)", "1.005"),
        (5, "余额(元)", "1.00"),
        (6, "序号", "1"),
        (7, "收入(元)", "=1+1"),
    ] {
        let preview = clerk.previews(&october().with(line, heading, text)).await;
        names(&preview, Some(Ledger::row_of(line)), heading);
    }
    let mut wrong = october();
    wrong.closing = "1.00".to_owned();
    names(&clerk.previews(&wrong).await, None, "期末余额(元)");
    // Several at once, each at its place, in the reader's language.
    let many = october()
        .with(0, "日期", "昨天")
        .with(3, "摘要", "")
        .with(8, "支出(元)", "x");
    let preview = clerk.previews(&many).await;
    for (line, heading) in [(0, "日期"), (3, "摘要"), (8, "支出(元)")] {
        names(&preview, Some(Ledger::row_of(line)), heading);
    }
    for error in preview["errors"].as_array().unwrap() {
        assert!(!error["detail"].as_str().unwrap().is_empty(), "{error}");
    }
}

#[tokio::test]
async fn a_sheet_with_errors_becomes_no_draft() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let preview = clerk.previews(&october().with(4, "余额(元)", "1.00")).await;
    let refused = clerk.tries_to_draft(&preview).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    assert!(refused.text().contains("preview_has_errors"), "{refused:?}");
    let unknown = clerk
        .tries_to_draft(&json!({ "preview_id": "00000000000000000000000000000000" }))
        .await;
    assert_eq!(unknown.status, 422, "{unknown:?}");
    assert!(unknown.text().contains("preview_unknown"), "{unknown:?}");
    // Another's preview is as unknown as none.
    let good = clerk.previews(&october()).await;
    let other = other_clerk(&house).await;
    let stolen = other.tries_to_draft(&good).await;
    assert_eq!(stolen.status, 422, "{stolen:?}");
    assert!(stolen.text().contains("preview_unknown"), "{stolen:?}");
    let list = clerk
        .get("/admin/disclosures")
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(list["items"], json!([]), "nothing half imported");
}

#[tokio::test]
async fn what_is_no_sheet_is_refused_in_words() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    for (bytes, name) in [
        (b"hello".to_vec(), "a.xlsx"),
        (Vec::new(), "b.xlsx"),
        (vec![0_u8; 5000], "c.xlsx"),
        (b"a,b,c\n1,2,3\n".to_vec(), "d.csv"),
        (october().xlsx()[..2000].to_vec(), "e.xlsx"),
    ] {
        let answer = clerk
            .tries_to_preview(bytes, name, places::VILLAGE, "2026-10")
            .await;
        if answer.status == 200 {
            assert_ne!(answer.json()["errors"], json!([]), "{name}: {answer:?}");
        } else {
            assert!(
                [400, 413, 415, 422].contains(&answer.status),
                "{name}: {answer:?}"
            );
        }
    }
    for (region, period, pointer) in [
        (places::VILLAGE, "October", "/period"),
        ("12", "2026-10", "/region_code"),
    ] {
        let answer = clerk
            .tries_to_preview(october().xlsx(), "a.xlsx", region, period)
            .await;
        assert_eq!(answer.status, 422, "{answer:?}");
        let named = answer.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .any(|error| error["pointer"] == pointer);
        assert!(named, "{pointer}: {answer:?}");
    }
    // A village that is not one's own is as far away as one that is not there.
    let answer = clerk
        .tries_to_preview(october().xlsx(), "a.xlsx", places::OTHER_VILLAGE, "2026-10")
        .await;
    assert!([403, 404, 422].contains(&answer.status), "{answer:?}");
    // The sheet says another month than the form.
    let answer = clerk
        .tries_to_preview(october().xlsx(), "a.xlsx", places::VILLAGE, "2026-09")
        .await;
    assert_ne!(answer.ok()["errors"], json!([]));
}

#[tokio::test]
async fn a_template_is_there_to_be_filled_in() {
    let house = House::new().await;
    let answer = house
        .get("/disclosures/templates/ledger.xlsx")
        .send()
        .await
        .expect(200);
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(answer.body)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text: Vec<String> = range
        .used_cells()
        .map(|(_, _, cell)| cell.to_string())
        .collect();
    for heading in HEADINGS
        .iter()
        .chain(&["村名", "期间", "期初余额(元)", "期末余额(元)"])
    {
        assert!(
            text.iter().any(|cell| cell == heading),
            "{heading}: {text:?}"
        );
    }
}

// ---------------------------------------------------------------- one month to the next

#[tokio::test]
async fn a_month_opens_where_the_last_one_closed() {
    let house = House::new().await;
    publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-09")).await;
    let clerk = house.clerk().await;
    let mut wrong = october();
    wrong.opening = "70000.00".to_owned();
    let preview = clerk.previews(&wrong).await;
    names(&preview, None, "期初余额(元)");
    let codes = preview["errors"].to_string();
    assert!(codes.contains("opening_not_last_closing"), "{codes}");
    clerk.drafts(&october()).await;
}

#[tokio::test]
async fn one_ledger_a_month() {
    let house = House::new().await;
    publish_ledger(&house, &october()).await;
    let clerk = house.clerk().await;
    let preview = clerk.previews(&october()).await;
    if preview["errors"] == json!([]) {
        clerk
            .tries_to_draft(&preview)
            .await
            .problem(409, "period_taken");
    }
    assert_eq!(
        house
            .lists(&format!("/regions/{}/disclosures", places::VILLAGE))
            .await
            .len(),
        1
    );
}

// ---------------------------------------------------------------- who signs, who publishes

#[tokio::test]
async fn drafted_signed_published_by_three_pairs_of_eyes() {
    let house = House::new().await;
    let (clerk, committee, publisher) = (
        house.clerk().await,
        house.committee().await,
        house.publisher().await,
    );
    let draft = clerk.drafts(&october()).await;
    let draft_id = id(&draft);
    assert_eq!(
        (&draft["state"], &draft["published_at"]),
        (&json!("draft"), &Value::Null)
    );
    let (sign, publish) = (
        json!({ "action": "sign", "note": "属实" }),
        json!({ "action": "publish" }),
    );

    // Nobody does what is another's.
    for person in [&clerk, &publisher] {
        person
            .tries_with_disclosure(&draft_id, sign.clone())
            .await
            .problem(403, "not_permitted");
    }
    for person in [&clerk, &committee] {
        person
            .tries_with_disclosure(&draft_id, publish.clone())
            .await
            .problem(403, "not_permitted");
    }
    // Not before it is signed.
    let early = publisher
        .tries_with_disclosure(&draft_id, publish.clone())
        .await
        .problem(409, "illegal_state");
    assert!(
        !shapes::words(&early["legal_actions"]).contains(&"publish".to_owned()),
        "{early}"
    );

    let signed = committee.signs(&draft_id).await;
    assert_eq!(signed["state"], "signed");
    assert_eq!(signed["signoffs"].as_array().unwrap().len(), 1);
    let published = publisher.publishes(&draft_id).await;
    assert_eq!(
        (&published["state"], &published["published_at"]),
        (&json!("published"), &json!("2026-11-02T09:00:00+08:00"))
    );
    for action in [sign, publish] {
        let person = if action["action"] == "sign" {
            &committee
        } else {
            &publisher
        };
        person
            .tries_with_disclosure(&draft_id, action)
            .await
            .problem(409, "illegal_state");
    }
}

#[tokio::test]
async fn whoever_drafted_it_does_not_sign_it() {
    let house = House::new().await;
    let (clerk, committee) = (house.clerk().await, house.committee().await);
    // Two accounts, one person.
    house
        .inside
        .are_one_person(&house.database, &clerk.id, &committee.id);
    let draft = clerk.drafts(&october()).await;
    let sign = json!({ "action": "sign", "note": "属实" });
    committee
        .tries_with_disclosure(&id(&draft), sign)
        .await
        .problem(403, "signer_drafted");
    let other = house.committee().await;
    other.signs(&id(&draft)).await;
}

#[tokio::test]
async fn an_edit_says_which_version_it_saw() {
    let house = House::new().await;
    let (clerk, committee) = (house.clerk().await, house.committee().await);
    let draft_id = id(&clerk.drafts(&october()).await);
    let path = format!("/admin/disclosures/{draft_id}/actions");
    let sign = json!({ "action": "sign", "note": "属实" });
    committee
        .post(&path)
        .json(&sign)
        .send()
        .await
        .problem(428, "if_match_required");
    committee
        .post(&path)
        .if_match("\"999\"")
        .json(&sign)
        .send()
        .await
        .problem(412, "stale");
    let seen = committee
        .get(&format!("/admin/disclosures/{draft_id}"))
        .send()
        .await
        .expect(200)
        .etag();
    let done = committee
        .post(&path)
        .if_match(&seen)
        .json(&sign)
        .send()
        .await
        .expect(200);
    assert_ne!(done.etag(), seen);
    committee
        .post(&path)
        .if_match(&seen)
        .json(&sign)
        .send()
        .await
        .problem(412, "stale");
    for (action, pointer, code) in [
        (json!({}), "/action", "required"),
        (json!({ "action": "burn" }), "/action", "unknown_action"),
        (
            json!({ "action": "publish", "note": "x" }),
            "/note",
            "unknown_field",
        ),
    ] {
        let publisher = house.publisher().await;
        let answer = publisher.tries_with_disclosure(&draft_id, action).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        answer.faulty(pointer, code);
    }
}

#[tokio::test]
async fn a_draft_is_known_only_to_those_it_concerns() {
    let house = House::new().await;
    let draft_id = id(&house.clerk().await.drafts(&october()).await);
    let random = "00000000000000000000000000000000";
    // To everybody: what is not there.
    for rest in [
        "",
        "/lines",
        "/versions",
        "/export.csv",
        "/export.xlsx",
        "/export.json",
    ] {
        let real = house
            .get(&format!("/disclosures/{draft_id}{rest}"))
            .send()
            .await;
        let never = house
            .get(&format!("/disclosures/{random}{rest}"))
            .send()
            .await;
        assert_eq!((real.status, never.status), (404, 404), "{rest}");
        assert_eq!(
            real.anonymous_problem(),
            never.anonymous_problem(),
            "{rest}"
        );
    }
    let public = house
        .lists(&format!("/regions/{}/disclosures", places::VILLAGE))
        .await;
    assert!(public.is_empty(), "{public:?}");
    // To staff of other villages and townships as well.
    let neighbour = house
        .staff(
            "publisher",
            &places::agency(places::NEIGHBOUR),
            places::NEIGHBOUR,
        )
        .await;
    for person in [other_clerk(&house).await, neighbour] {
        let real = person
            .get(&format!("/admin/disclosures/{draft_id}"))
            .send()
            .await;
        let never = person
            .get(&format!("/admin/disclosures/{random}"))
            .send()
            .await;
        assert_eq!((real.status, never.status), (404, 404));
        assert_eq!(real.anonymous_problem(), never.anonymous_problem());
        let list = person
            .get("/admin/disclosures")
            .send()
            .await
            .expect(200)
            .json();
        assert_eq!(list["items"], json!([]));
    }
    for person in [
        house.clerk().await,
        house.committee().await,
        house.publisher().await,
    ] {
        person
            .get(&format!("/admin/disclosures/{draft_id}"))
            .send()
            .await
            .expect(200);
    }
}

// ---------------------------------------------------------------- what everybody reads

#[tokio::test]
async fn published_it_is_there_line_by_line() {
    let house = House::new().await;
    let ledger = october();
    let published = publish_ledger(&house, &ledger).await;
    let shown = house
        .reads(&format!("/disclosures/{}", id(&published)))
        .await;
    shapes::has(
        &shown,
        "id region_code kind period title version state published_at posting_until opening_fen income_fen expense_fen closing_fen line_count signoffs content_sha256",
    );
    assert_eq!(shown["opening_fen"], fen(&ledger.opening));
    assert_eq!(shown["closing_fen"], fen(&ledger.closing));
    assert_eq!(
        (&shown["income_fen"], &shown["expense_fen"]),
        (&json!(ledger.sum(4)), &json!(ledger.sum(5)))
    );
    assert_eq!(
        (&shown["kind"], &shown["period"], &shown["line_count"]),
        (&json!("ledger"), &json!("2026-10"), &json!(12))
    );
    // Its sums by account are the sums of its lines, the largest first.
    let mut counted = 0;
    for (side, total) in [("income", "income_fen"), ("expense", "expense_fen")] {
        let shares = shown["breakdown"][side].as_array().unwrap();
        let fens: Vec<i64> = shares
            .iter()
            .map(|share| share["amount_fen"].as_i64().unwrap())
            .collect();
        assert_eq!(
            fens.iter().sum::<i64>(),
            shown[total].as_i64().unwrap(),
            "{shares:#?}"
        );
        assert!(fens.is_sorted_by(|one, two| one >= two), "{fens:?}");
        assert!(
            shares
                .iter()
                .all(|share| share["account_plain_name"].is_string()),
            "{shares:#?}"
        );
        counted += shares
            .iter()
            .map(|share| share["line_count"].as_i64().unwrap())
            .sum::<i64>();
    }
    assert_eq!(counted, 12, "every line moved money one way");
    assert!(
        shown["posting_until"]
            .as_str()
            .unwrap()
            .starts_with("2026-11-17"),
        "fifteen full days: {shown}"
    );
    assert_eq!(shown["content_sha256"].as_str().unwrap().len(), 64);
    assert_eq!(shown["signoffs"].as_array().unwrap().len(), 1);

    let lines = house
        .lists(&format!("/disclosures/{}/lines?limit=100", id(&published)))
        .await;
    assert_eq!(lines.len(), 12);
    for (line, cells) in lines.iter().zip(&ledger.lines) {
        shapes::has(
            line,
            "id no date voucher_no summary income_fen expense_fen balance_fen account_code account_plain_name payee handled_by approved_by files answered_question_count",
        );
        assert_eq!(line["no"].to_string(), cells[0]);
        assert_eq!(line["date"].as_str().unwrap(), cells[1]);
        assert_eq!(line["voucher_no"].as_str().unwrap(), cells[2]);
        assert_eq!(line["summary"].as_str().unwrap(), cells[3]);
        assert_eq!(line["income_fen"], fen(&cells[4]));
        assert_eq!(line["expense_fen"], fen(&cells[5]));
        assert_eq!(line["balance_fen"], fen(&cells[6]));
        assert!(
            !line["account_plain_name"].as_str().unwrap().is_empty(),
            "{line}"
        );
    }
    let versions = house
        .reads(&format!("/disclosures/{}/versions", id(&published)))
        .await;
    assert_eq!(versions["items"].as_array().unwrap().len(), 1);

    // The list of the village and its filters; the township sees its villages.
    let village = places::VILLAGE;
    for (query, count) in [
        (format!("/regions/{village}/disclosures"), 1),
        (
            format!("/regions/{village}/disclosures?kind=ledger&period=2026-10"),
            1,
        ),
        (format!("/regions/{village}/disclosures?period=2026-09"), 0),
        (format!("/regions/{village}/disclosures?kind=assets"), 0),
        (format!("/regions/{}/disclosures", places::OTHER_VILLAGE), 0),
    ] {
        assert_eq!(house.lists(&query).await.len(), count, "{query}");
    }
    house
        .get("/regions/230104111999/disclosures")
        .send()
        .await
        .problem(404, "not_found");
    for query in ["kind=gossip", "period=October", "colour=red"] {
        let answer = house
            .get(&format!("/regions/{village}/disclosures?{query}"))
            .send()
            .await;
        assert!([400, 422].contains(&answer.status), "{query}: {answer:?}");
    }
    let fresh = house.reads(&format!("/regions/{village}")).await;
    assert!(
        fresh.to_string().contains("2026-10"),
        "a region says how fresh its accounts are: {fresh}"
    );
}

#[tokio::test]
async fn lines_come_in_pages() {
    let house = House::new().await;
    let path = format!(
        "/disclosures/{}/lines",
        id(&publish_ledger(&house, &october()).await)
    );
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = house.reads(&format!("{path}?limit=5{cursor}")).await;
        seen.extend(
            shapes::items(&page)
                .iter()
                .map(|line| line["no"].as_u64().unwrap()),
        );
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, (1..=12).collect::<Vec<u64>>());
}

#[tokio::test]
async fn one_tag_for_each_packing() {
    let house = House::new().await;
    let path = format!(
        "/disclosures/{}/lines?limit=100",
        id(&publish_ledger(&house, &october()).await)
    );
    let plain = house.get(&path).send().await.expect(200);
    assert_eq!(plain.header("content-encoding"), "");
    assert_eq!(
        plain.header("cache-control"),
        "public, max-age=60, stale-while-revalidate=600"
    );
    let mut tags = vec![plain.etag()];
    for (wish, packing, ending) in [
        ("gzip", "gzip", "-gz\""),
        ("br, gzip", "br", "-br\""),
        ("gzip;q=0, br", "br", "-br\""),
    ] {
        let packed = house
            .get(&path)
            .header("accept-encoding", wish)
            .send()
            .await
            .expect(200);
        assert_eq!(packed.header("content-encoding"), packing);
        assert!(packed.etag().ends_with(ending), "{}", packed.etag());
        assert!(packed.body.len() < plain.body.len());
        let mut unpacked = Vec::new();
        if packing == "gzip" {
            flate2::read::GzDecoder::new(packed.body.as_slice())
                .read_to_end(&mut unpacked)
                .unwrap();
        } else {
            brotli::Decompressor::new(packed.body.as_slice(), 4096)
                .read_to_end(&mut unpacked)
                .unwrap();
        }
        assert_eq!(unpacked, plain.body);
        tags.push(packed.etag());
    }
    // Whichever of them somebody has, it is the present one.
    for known in &tags {
        for wish in ["", "gzip", "br"] {
            let call = house
                .get(&path)
                .header("accept-encoding", wish)
                .header("if-none-match", known);
            let answer = call.send().await.expect(304);
            assert!(answer.body.is_empty());
        }
    }
    let english = house
        .get(&path)
        .header("accept-language", "en")
        .send()
        .await
        .expect(200);
    assert_ne!(english.etag(), plain.etag(), "other words, another tag");
}

// ---------------------------------------------------------------- given back

/// The public lines without what is made anew with each import.
async fn told(house: &House, disclosure: &str) -> Vec<Value> {
    let mut lines = house
        .lists(&format!("/disclosures/{disclosure}/lines?limit=100"))
        .await;
    for line in &mut lines {
        line.as_object_mut().unwrap().remove("id");
    }
    lines
}

#[tokio::test]
async fn what_is_given_out_can_be_handed_in_again() {
    let house = House::new().await;
    let first = id(&publish_ledger(&house, &october()).await);
    for end in ["csv", "xlsx"] {
        let file = house
            .get(&format!("/disclosures/{first}/export.{end}"))
            .send()
            .await
            .expect(200);
        let disposition = file.header("content-disposition");
        assert!(disposition.starts_with("attachment"), "{disposition}");
        let other = House::new().await;
        let (clerk, committee, publisher) = (
            other.clerk().await,
            other.committee().await,
            other.publisher().await,
        );
        let name = format!("export.{end}");
        let preview = clerk
            .tries_to_preview(file.body, &name, places::VILLAGE, "2026-10")
            .await
            .ok();
        assert_eq!(preview["errors"], json!([]), "{end}: {preview}");
        let again = id(&clerk.tries_to_draft(&preview).await.expect(201).json());
        committee.signs(&again).await;
        publisher.publishes(&again).await;
        assert_eq!(
            told(&other, &again).await,
            told(&house, &first).await,
            "{end}"
        );
        let (one, two) = (
            house.reads(&format!("/disclosures/{first}")).await,
            other.reads(&format!("/disclosures/{again}")).await,
        );
        for field in [
            "opening_fen",
            "income_fen",
            "expense_fen",
            "closing_fen",
            "line_count",
            "period",
            "region_code",
        ] {
            assert_eq!(one[field], two[field], "{end}: {field}");
        }
    }
    let whole = house
        .reads(&format!("/disclosures/{first}/export.json"))
        .await;
    assert!(whole.to_string().contains(&october().lines[0][3]));
}

#[tokio::test]
async fn no_cell_of_an_export_is_a_formula() {
    let house = House::new().await;
    let mut ledger = october();
    // Plain, full-width, and what a program that folds widths (NFKC) would make plain.
    let texts = [
        "=1+1",
        "+86电话",
        "-减",
        "@某人",
        "＝全角",
        "＋加",
        "－减",
        "＠谁",
        "﹢小加",
        "⁺上加",
        "﹦小等",
    ];
    for (line, text) in texts.iter().enumerate() {
        ledger = ledger.with(line, "摘要", text);
    }
    let disclosure = id(&publish_ledger(&house, &ledger).await);
    let csv = house
        .get(&format!("/disclosures/{disclosure}/export.csv"))
        .send()
        .await
        .expect(200);
    assert!(
        csv.body.starts_with(b"\xef\xbb\xbf"),
        "with its mark, for Excel"
    );
    for text in texts {
        assert!(
            csv.text().contains(&format!("'{text}")),
            "{text}: {}",
            csv.text()
        );
    }
    let xlsx = house
        .get(&format!("/disclosures/{disclosure}/export.xlsx"))
        .send()
        .await
        .expect(200);
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(xlsx.body)).unwrap();
    let sheet = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&sheet).unwrap().is_empty());
    let range = book.worksheet_range(&sheet).unwrap();
    for text in texts {
        let is_text = |cell: &Data| matches!(cell, Data::String(found) if found == text);
        assert!(
            range.used_cells().any(|(_, _, cell)| is_text(cell)),
            "{text}"
        );
    }
    assert!(
        range
            .used_cells()
            .any(|(_, _, cell)| matches!(cell, Data::Float(_) | Data::Int(_))),
        "amounts are numbers"
    );
}

/// Of a short table every name there can be is tried within seconds: a digest of the full names would give them away.
#[tokio::test]
async fn no_public_digest_tells_the_names_that_the_page_hides() {
    let house = House::new().await;
    let ledger = Ledger::of(places::VILLAGE, "2026-10").with(0, "收款单位", "赵小丫");
    let published = publish_ledger(&house, &ledger).await;
    let path = format!("/disclosures/{}", id(&published));
    let plain = published["content_sha256"].as_str().unwrap();
    let shown = house.reads(&path).await["content_sha256"].clone();
    for answer in [
        path.clone(),
        format!("{path}/versions"),
        format!("{path}/datapackage.json"),
        format!("{path}/export.json"),
        format!("/regions/{}/disclosures", places::VILLAGE),
        format!("/regions/{}/feed.atom", places::VILLAGE),
    ] {
        let text = house.get(&answer).send().await.expect(200).text();
        assert!(!text.contains(plain), "{answer}");
        assert!(!text.contains("赵小丫"), "{answer}");
        let tells = text.contains(shown.as_str().unwrap());
        assert!(
            tells || answer.ends_with("atom"),
            "{answer}: the same everywhere"
        );
    }
    // Who works on it reads both, and can hold a print against the desk.
    let desk = house.publisher().await;
    let one = desk
        .get(&format!("/admin{path}"))
        .send()
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&one["content_sha256"], &one["public_sha256"]),
        (&json!(plain), &shown)
    );
    // Nothing that is public goes into it besides: the same words in another sheet have another digest.
    let sheet = house.database.text(&format!(
        "SELECT sheet_id AS a FROM disclosures WHERE id = '{}'",
        id(&published)
    ));
    let made = domain::disclosure::content::public_sha256(&sheet, plain);
    assert_eq!(json!(made), shown);
}

/// Whoever downloads the public page, changes a word and hands it in again would put stars in the place of people.
#[tokio::test]
async fn a_name_that_the_page_hides_is_not_lost_unnoticed() {
    // Places of 收款单位 and 证明人 among the headings.
    const PAYEE: usize = 9;
    const WITNESS: usize = 11;
    let house = House::new().await;
    let clerk = house.clerk().await;
    let ledger = |payee: &str| {
        let mut ledger = october();
        ledger.lines[0][PAYEE] = payee.to_owned();
        // As it was always written: nothing is lost of that.
        ledger.lines[0][WITNESS] = "演＊".to_owned();
        ledger
    };
    publish_ledger(&house, &ledger("演大山")).await;
    let hidden = |preview: &Value| {
        assert_eq!(preview["errors"], json!([]));
        let warnings = preview["warnings"].as_array().unwrap().iter();
        warnings
            .filter(|warning| warning["code"] == "name_hidden")
            .map(|warning| (warning["row"].clone(), warning["column"].clone()))
            .collect::<Vec<_>>()
    };
    let again = clerk.previews(&ledger("演＊＊")).await;
    assert_eq!(hidden(&again), [(json!(FIRST_ROW), json!("收款单位"))]);
    assert_eq!(hidden(&clerk.previews(&ledger("演大山")).await), []);
    assert_eq!(hidden(&clerk.previews(&ledger("演水＊")).await), []);
}
