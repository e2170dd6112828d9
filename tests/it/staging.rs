//! Long sheets come in by many small transactions, and are whole or not there.

use serde_json::json;

use crate::support::sheets::Ledger;
use crate::support::{House, places};

/// More than two transactions' worth, and not a round number of them.
const LINES: usize = 1_203;

/// October with so many lines, one yuan each.
fn long() -> Ledger {
    let mut ledger = Ledger::of(places::VILLAGE, "2026-10");
    let first = ledger.lines[0].clone();
    ledger.lines = (1..=LINES)
        .map(|no| {
            let mut line = first.clone();
            // 序号, 日期, 收入, 支出, 余额
            line[0] = no.to_string();
            line[1] = "2026-10-08".into();
            line[4] = "1.00".into();
            line[5] = String::new();
            line[6] = String::new();
            line
        })
        .collect();
    ledger.opening = "100.00".into();
    ledger.closing = format!("{}.00", 100 + LINES);
    ledger
}

#[tokio::test]
async fn a_long_sheet_is_whole_in_the_end() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let (committee, publisher) = (house.committee().await, house.publisher().await);
    let preview = clerk
        .tries_to_preview(long().csv(), "long.csv", places::VILLAGE, "2026-10")
        .await
        .ok();
    assert_eq!(preview["errors"], json!([]), "{preview}");
    assert_eq!(preview["rows"], LINES);
    let count = |what: &str| {
        house
            .database
            .count(&format!("SELECT count(*) FROM {what}"))
    };
    assert_eq!((count("staged_sheets"), count("ledger_lines")), (0, LINES));
    let draft = clerk.tries_to_draft(&preview).await.expect(201).json();
    let id = draft["id"].as_str().unwrap();
    committee.signs(id).await;
    publisher.publishes(id).await;
    let path = format!("/disclosures/{id}/export.json");
    let export = house.reads(&path).await;
    let lines = export["lines"].as_array().unwrap();
    assert_eq!(lines.len(), LINES);
    let last = i64::try_from(100 + LINES).unwrap() * 100;
    assert_eq!(lines[LINES - 1]["balance_fen"], last);
}

#[tokio::test]
async fn what_was_left_half_way_can_not_be_drafted_and_is_swept() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let preview = clerk
        .tries_to_preview(long().csv(), "long.csv", places::VILLAGE, "2026-10")
        .await
        .ok();
    let whole = clerk
        .previews(&Ledger::of(places::VILLAGE, "2026-09"))
        .await;
    let id = preview["preview_id"].as_str().unwrap();
    // As a process leaves it that ends between two parts.
    let now = house.inside.wall_time().micros();
    house.database.run(&format!(
        "UPDATE ledger_sheets SET content_sha256 = '' WHERE id = '{id}';
         DELETE FROM ledger_lines WHERE sheet_id = '{id}' AND no > 500;
         INSERT INTO staged_sheets (sheet_id, begun_at) VALUES ('{id}', {now})"
    ));
    let count = |what: &str| {
        house
            .database
            .count(&format!("SELECT count(*) FROM {what}"))
    };
    let refused = clerk.tries_to_draft(&preview).await;
    refused.problem(422, "preview_has_errors");
    clerk.tries_to_draft(&whole).await.expect(201);
    // It may still be under way.
    house.worker().await;
    assert_eq!(count("staged_sheets"), 1);
    house.inside.wall_passes(3_700);
    house.worker().await;
    assert_eq!(count("staged_sheets"), 0);
    let left = format!("ledger_lines WHERE sheet_id = '{id}'");
    assert_eq!(count(&left), 0);
    assert_eq!(count("ledger_sheets"), 1, "the other one stays");
}
