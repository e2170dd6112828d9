use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::samples::{rows, table};
use super::*;
use crate::disclosure::chart::{ChartVersion, Side};
use crate::disclosure::content::Content;
use crate::disclosure::period::Period;
use crate::region::RegionCode;

fn october() -> Period {
    Period::parse("2026-10").unwrap()
}

fn kinds() -> impl Iterator<Item = DisclosureKind> {
    DisclosureKind::ALL
        .into_iter()
        .filter(|kind| Layout::of(*kind).is_some())
}

fn faults(table: &Table, around: &Around) -> Vec<(Option<usize>, &'static str, Grade)> {
    let found = table.check(october(), ChartVersion::V2024, around);
    for fault in &found {
        assert!(CODES.contains(&fault.code), "{fault:?}");
    }
    found
        .into_iter()
        .map(|fault| (fault.row, fault.code, fault.grade))
        .collect()
}

fn alone(table: &Table) -> Vec<(Option<usize>, &'static str, Grade)> {
    faults(table, &Around::default())
}

/// The sample of a kind with other cells in one row.
fn with(kind: DisclosureKind, row: usize, cells: &Json) -> Table {
    let mut all = rows(kind);
    for (key, value) in cells.as_object().unwrap() {
        all[row][key] = value.clone();
    }
    for row in &mut all {
        row.as_object_mut()
            .unwrap()
            .retain(|_, cell| !cell.is_null());
    }
    table(kind, &all)
}

/// The sample as what was published for September.
fn after(kind: DisclosureKind, rows: &[Json]) -> Around {
    let september = Period::parse("2026-09").unwrap();
    Around {
        previous: Some((september, table(kind, rows))),
        ..Around::default()
    }
}

#[test]
fn every_kind_but_the_ledger_is_declared_and_no_heading_can_be_doubted() {
    assert_eq!(kinds().count(), DisclosureKind::ALL.len() - 1);
    for kind in kinds() {
        let layout = Layout::of(kind).unwrap();
        let mut names = BTreeSet::new();
        let mut keys = BTreeSet::new();
        for column in layout.columns {
            let base = column.heading.split('(').next().unwrap();
            for name in [base].iter().chain(column.also) {
                assert!(names.insert((*name).to_owned()), "{kind:?}: {name} twice");
            }
            assert!(keys.insert(column.key), "{kind:?}: {}", column.key);
            assert_eq!(
                column.key.ends_with("_fen"),
                column.kind.is_money(),
                "{}",
                column.key
            );
            assert!(!column.english.is_empty() && column.heading != column.english);
            let said = column.kind == Type::Number
                || !column.hint.is_empty() && !column.hint_en.is_empty();
            assert!(said, "{kind:?}: {}", column.key);
            let named = matches!(column.kind, Type::Text | Type::Name | Type::Account);
            assert!(column.class == Class::Open || named, "{}", column.key);
            assert!(
                !crate::personal::is_forbidden_heading(column.heading),
                "{}",
                column.heading
            );
        }
        for key in layout.identity {
            assert!(layout.index(key).is_some(), "{kind:?}: {key}");
        }
        let (price, of) = layout.price.unwrap_or(("", &[]));
        for key in of.iter().chain((!price.is_empty()).then_some(&price)) {
            assert!(layout.index(key).is_some(), "{kind:?}: {key}");
        }
        assert!(layout.columns.iter().any(|column| column.required));
    }
}

#[test]
fn the_samples_hold_together_and_come_back_as_they_were_kept() {
    let village = RegionCode::try_from("230104111204").unwrap();
    for kind in kinds() {
        let sample = table(kind, &rows(kind));
        let wrong = alone(&sample);
        assert!(
            wrong.iter().all(|(_, _, grade)| *grade == Grade::Warning),
            "{kind:?}: {wrong:?}"
        );
        let layout = Layout::of(kind).unwrap();
        for (row, cells) in sample.rows.iter().zip(rows(kind)) {
            assert_eq!(Json::Object(layout.cells(row)), cells, "{kind:?}");
            assert_eq!(layout.row(row.no, &layout.cells(row)).as_ref(), Some(row));
        }
        let content = Content::Table(sample.clone());
        let digest = |content: &Content, chart| content.sha256(&village, october(), chart).unwrap();
        let plain = digest(&content, ChartVersion::V2024);
        assert_ne!(plain, digest(&content, ChartVersion::V2004));
        let mut fewer = sample.clone();
        fewer.rows.pop();
        assert_ne!(plain, digest(&Content::Table(fewer), ChartVersion::V2024));
        let keys: BTreeSet<String> = content.rows().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys.len(), sample.rows.len());
        assert!(content.is_copy_of(&content));
    }
    let layout = Layout::of(DisclosureKind::Assets).unwrap();
    for cells in [
        json!({ "unknown": "x" }),
        json!({ "net_fen": "12" }),
        json!({ "use": "eaten" }),
        json!({ "acquired_on": "2026-02-30" }),
    ] {
        assert_eq!(layout.row(1, cells.as_object().unwrap()), None, "{cells}");
    }
}

#[test]
fn each_kind_names_its_wrong_figure() {
    use DisclosureKind as K;
    for (kind, row, cells, code) in [
        (
            K::Summary,
            0,
            json!({ "change_percent": "14" }),
            "percent_wrong",
        ),
        (
            K::Summary,
            0,
            json!({ "last_year_fen": 0 }),
            "percent_of_nothing",
        ),
        (K::Summary, 1, json!({ "account_code": "501" }), "row_twice"),
        (
            K::BalanceSheet,
            2,
            json!({ "closing_fen": 171 }),
            "sum_wrong",
        ),
        (
            K::BalanceSheet,
            7,
            json!({ "opening_fen": 1_051 }),
            "assets_not_equal",
        ),
        (
            K::BalanceSheet,
            9,
            json!({ "item": "流动负债" }),
            "item_twice",
        ),
        (
            K::BalanceSheet,
            12,
            json!({ "item": "别的" }),
            "item_missing",
        ),
        (
            K::ReceivablesPayables,
            0,
            json!({ "closing_fen": 5_001 }),
            "difference_wrong",
        ),
        (
            K::ReceivablesPayables,
            0,
            json!({ "occurred_on": "2026-11-01" }),
            "day_after_period",
        ),
        (
            K::Assets,
            0,
            json!({ "net_fen": 12_001 }),
            "difference_wrong",
        ),
        (K::Assets, 1, json!({ "code": "GD-1" }), "row_twice"),
        (K::Assets, 1, json!({ "code": "ＧＤ-１" }), "row_twice"),
        (
            K::ResourceContracts,
            0,
            json!({ "due_fen": 2_125_001 }),
            "product_wrong",
        ),
        (
            K::ResourceContracts,
            0,
            json!({ "owed_fen": 1 }),
            "difference_wrong",
        ),
        (K::Projects, 0, json!({ "final_fen": 148_001 }), "sum_wrong"),
        (
            K::Projects,
            0,
            json!({ "paid_fen": 140_001 }),
            "more_than_limit",
        ),
        (
            K::Projects,
            0,
            json!({ "completed_on": "2026-05-05" }),
            "days_order",
        ),
        (
            K::BenefitPayments,
            0,
            json!({ "amount_fen": 89_412 }),
            "product_wrong",
        ),
        (
            K::PlannedSpending,
            0,
            json!({ "requested_fen": 144_001 }),
            "more_than_limit",
        ),
        (
            K::PlannedSpending,
            1,
            json!({ "balance_fen": 1 }),
            "difference_wrong",
        ),
        (
            K::CashPosition,
            0,
            json!({ "bank_reason": null }),
            "reason_missing",
        ),
        (
            K::Special,
            0,
            json!({ "amount_fen": 24_001 }),
            "product_wrong",
        ),
        (
            K::Special,
            0,
            json!({ "date": "2026-11-12" }),
            "day_outside_period",
        ),
    ] {
        let found = alone(&with(kind, row, &cells));
        let errors = found
            .iter()
            .any(|(_, named, grade)| *named == code && *grade == Grade::Error);
        assert!(errors, "{kind:?} {cells}: {found:?}");
    }
}

#[test]
fn what_looks_odd_is_a_warning() {
    use DisclosureKind as K;
    for (kind, row, cells, code) in [
        (
            K::BalanceSheet,
            0,
            json!({ "item": "别的" }),
            "item_unknown",
        ),
        (
            K::Assets,
            1,
            json!({ "yearly_income_fen": null }),
            "income_missing",
        ),
        (
            K::ResourceContracts,
            0,
            json!({ "years": "4" }),
            "years_differ",
        ),
        (
            K::ResourceContracts,
            0,
            json!({ "received_fen": 0, "owed_fen": 2_125_000 }),
            "rent_owed",
        ),
        (
            K::ResourceContracts,
            0,
            json!({ "term": { "from": "2024-03-01", "to": "2026-12-31" }, "years": null }),
            "contract_ends",
        ),
        (
            K::BenefitPayments,
            1,
            json!({ "household": "张建社" }),
            "row_twice",
        ),
        (
            K::BenefitPayments,
            1,
            json!({ "paid_on": "2026-09-30" }),
            "day_outside_period",
        ),
        (
            K::Projects,
            0,
            json!({ "budget_fen": 100 }),
            "more_than_limit",
        ),
        (
            K::PlannedSpending,
            0,
            json!({ "amount_fen": 9_000_000 }),
            "more_than_limit",
        ),
    ] {
        let found = alone(&with(kind, row, &cells));
        let warned = found
            .iter()
            .any(|(_, named, grade)| *named == code && *grade == Grade::Warning);
        assert!(warned, "{kind:?} {cells}: {found:?}");
    }
}

#[test]
fn a_price_two_fifths_above_last_periods_is_told_once() {
    let kind = DisclosureKind::BenefitPayments;
    let price = |standard: &str, amounts: [i64; 2]| {
        let mut all = rows(kind);
        for (row, amount) in all.iter_mut().zip(amounts) {
            row["standard"] = json!(standard);
            row["amount_fen"] = json!(amount);
        }
        all
    };
    // 50 × 1.4 = 70 is not above, 70.01 is.
    let last = after(kind, &price("50", [62_500, 15_000]));
    let jumped = |all: &[Json]| {
        let found = faults(&table(kind, all), &last);
        found
            .iter()
            .filter(|(_, code, _)| *code == "price_jumped")
            .count()
    };
    assert_eq!(jumped(&price("70", [87_500, 21_000])), 0);
    assert_eq!(jumped(&price("70.01", [87_513, 21_003])), 1);
    assert_eq!(jumped(&price("10", [12_500, 3_000])), 0);
}

#[test]
fn the_same_rows_as_last_period_are_pointed_out() {
    for kind in kinds() {
        let sample = rows(kind);
        let found = faults(&table(kind, &sample), &after(kind, &sample));
        assert!(
            found.iter().any(|(_, code, _)| *code == "same_as_last"),
            "{kind:?}: {found:?}"
        );
        let found = faults(&table(kind, &sample), &after(kind, &[]));
        assert!(
            !found.iter().any(|(_, code, _)| *code == "same_as_last"),
            "{kind:?}"
        );
    }
}

#[test]
fn what_was_registered_once_goes_on_or_is_pointed_out() {
    for (kind, column, value, code) in [
        (
            DisclosureKind::ResourceContracts,
            "contractor",
            json!("赵六"),
            "changed_from_last",
        ),
        (
            DisclosureKind::ResourceContracts,
            "resource",
            json!("东大荒二号"),
            "changed_from_last",
        ),
        (
            DisclosureKind::Assets,
            "name",
            json!("厕所"),
            "changed_from_last",
        ),
        (
            DisclosureKind::Assets,
            "depreciation_fen",
            json!(5_999),
            "less_than_last",
        ),
        (
            DisclosureKind::Projects,
            "contract_fen",
            json!(150_001),
            "changed_from_last",
        ),
        (
            DisclosureKind::Projects,
            "paid_fen",
            json!(1),
            "less_than_last",
        ),
    ] {
        let mut now = rows(kind);
        now[0][column] = value;
        let found = faults(&table(kind, &now), &after(kind, &rows(kind)));
        assert!(
            found.contains(&(Some(0), code, Grade::Warning)),
            "{kind:?} {column}: {found:?}"
        );
        let same = faults(&table(kind, &rows(kind)), &after(kind, &rows(kind)));
        assert!(same.iter().all(|(_, found, _)| *found != code), "{same:?}");
    }
    // What grows may grow, and a contract that runs may not be missing.
    let kind = DisclosureKind::Projects;
    let mut more = rows(kind);
    more[0]["paid_fen"] = json!(140_001);
    let found = faults(&table(kind, &more), &after(kind, &rows(kind)));
    assert!(
        found.iter().all(|(_, code, _)| *code != "less_than_last"),
        "{found:?}"
    );
    let kind = DisclosureKind::ResourceContracts;
    let mut other = rows(kind);
    other[0]["contract_no"] = json!("HT-2");
    let found = faults(&table(kind, &other), &after(kind, &rows(kind)));
    assert!(
        found.iter().any(|(_, code, _)| *code == "row_gone"),
        "{found:?}"
    );
}

#[test]
fn another_day_makes_no_other_table() {
    let kind = DisclosureKind::Special;
    let sample = rows(kind);
    let mut later = sample.clone();
    let days = |row: &mut Json| {
        let cells = row.as_object_mut().unwrap();
        let day = |value: &&mut Json| {
            value
                .as_str()
                .is_some_and(|text| crate::time::parse_day(text).is_some())
        };
        for value in cells.values_mut().filter(day) {
            *value = json!("2026-10-30");
        }
    };
    later.iter_mut().for_each(days);
    assert_ne!(later, sample, "the sample has a day");
    let found = faults(&table(kind, &later), &after(kind, &sample));
    assert!(
        found.iter().any(|(_, code, _)| *code == "same_as_last"),
        "{found:?}"
    );
}

#[test]
fn details_come_to_no_more_than_the_account_above_them() {
    let kind = DisclosureKind::Summary;
    let mut all = rows(kind);
    let code = all[1]["account_code"].as_str().unwrap().to_owned();
    let mut detail = all[1].clone();
    detail["account_code"] = json!(format!("{code}01"));
    all.push(detail);
    assert_eq!(alone(&table(kind, &all)), []);
    let more = |current: i64| {
        json!({ "account_code": format!("{code}02"), "account_name": "别的", "current_fen": current,
            "year_to_date_fen": 0 })
    };
    all.push(more(1));
    let found = alone(&table(kind, &all));
    assert!(
        found.contains(&(Some(1), "details_exceed", Grade::Error)),
        "{found:?}"
    );
    // A correction may be negative, and then nothing follows.
    all.pop();
    all.push(more(-1));
    assert_eq!(alone(&table(kind, &all)), []);
}

#[test]
fn debts_go_on_from_the_period_before() {
    let kind = DisclosureKind::ReceivablesPayables;
    let mut now = rows(kind);
    for (row, (cut, left)) in now.iter_mut().zip([(1_000, 4_000), (9_500, 0)]) {
        row["increase_fen"] = json!(0);
        row["decrease_fen"] = json!(cut);
        row["closing_fen"] = json!(left);
    }
    let last = after(kind, &rows(kind));
    assert_eq!(faults(&table(kind, &now), &last), []);
    // Smaller without a payment.
    now[0]["closing_fen"] = json!(3_000);
    let chain = |row, code| (row, code, Grade::Chain);
    let found = faults(&table(kind, &now), &last);
    assert_eq!(
        found,
        [
            chain(Some(0), "not_last_closing"),
            chain(None, "old_debts_differ")
        ]
    );
    now[0]["closing_fen"] = json!(4_000);
    // Under another name the sums still hold; left out they do not.
    now[0]["party"] = json!("张三（长子）");
    let found = faults(&table(kind, &now), &last);
    assert_eq!(found, [(None, "row_gone", Grade::Warning)]);
    let found = faults(&table(kind, &now[1..]), &last);
    assert_eq!(found.first(), Some(&chain(None, "old_debts_differ")));
    // A new one of this month begins with what it was.
    now.push(json!({ "side": "receivable", "party": "李四", "occurred_on": "2026-10-09", "reason": "租金",
        "original_fen": 700, "increase_fen": 0, "decrease_fen": 0, "closing_fen": 700 }));
    now[0]["party"] = json!("张三");
    assert_eq!(faults(&table(kind, &now), &last), []);
    // Whoever writes that this month added it means one debt; two of them are no one's.
    let new = now.len() - 1;
    now[new]["increase_fen"] = json!(700);
    assert_eq!(faults(&table(kind, &now), &last), []);
    now[new]["closing_fen"] = json!(1_400);
    let found = faults(&table(kind, &now), &last);
    assert_eq!(found, [(Some(new), "difference_wrong", Grade::Error)]);
    now[new]["increase_fen"] = json!(300);
    now[new]["closing_fen"] = json!(1_000);
    assert_eq!(faults(&table(kind, &now), &last), []);
}

#[test]
fn the_year_so_far_goes_on_and_a_year_opens_where_the_last_one_closed() {
    let kind = DisclosureKind::Summary;
    let mut before = rows(kind);
    before[0]["year_to_date_fen"] = json!(600_000);
    before[1]["year_to_date_fen"] = json!(40_000);
    assert_eq!(faults(&table(kind, &rows(kind)), &after(kind, &before)), []);
    before[1]["year_to_date_fen"] = json!(40_001);
    let found = faults(&table(kind, &rows(kind)), &after(kind, &before));
    assert_eq!(found, [(Some(1), "year_to_date_wrong", Grade::Chain)]);
    let january = Period::parse("2026-01").unwrap();
    let first = table(kind, &rows(kind)).check(january, ChartVersion::V2024, &Around::default());
    assert!(
        first.iter().all(|fault| fault.code == "year_to_date_wrong"),
        "{first:?}"
    );
    assert_eq!(first.len(), 2);

    let kind = DisclosureKind::BalanceSheet;
    // Within the year the same opening, of another year its closing.
    let same = after(kind, &rows(kind));
    let found = faults(&table(kind, &rows(kind)), &same);
    assert_eq!(found, [(None, "same_as_last", Grade::Warning)]);
    let december = Period::parse("2025").unwrap();
    let year = Around {
        previous: Some((december, table(kind, &rows(kind)))),
        ..Around::default()
    };
    let found = faults(&table(kind, &rows(kind)), &year);
    let opens = found
        .iter()
        .filter(|(_, code, _)| *code == "year_opening_differs")
        .count();
    assert_eq!(opens, 10, "{found:?}");
}

/// An item of a county's own excuses a sum by what it is worth, and no other.
#[test]
fn an_item_of_ones_own_excuses_only_itself() {
    let kind = DisclosureKind::BalanceSheet;
    let with = |own: i64, total: i64| {
        let mut rows = rows(kind);
        rows.push(json!({ "item": "本县自设项目", "opening_fen": 0, "closing_fen": own }));
        let sums = |row: &serde_json::Value| row["item"] == "流动资产合计";
        let at = rows.iter().position(sums).expect("a sum");
        let before = rows[at]["closing_fen"].as_i64().expect("an amount");
        rows[at]["closing_fen"] = json!(before + total);
        let found = faults(&table(kind, &rows), &Around::default());
        let of_sum = found
            .into_iter()
            .find(|(row, code, _)| (*row, *code) == (Some(at), "sum_wrong"));
        of_sum.map(|(.., grade)| grade)
    };
    assert_eq!(with(500, 500), Some(Grade::Warning));
    assert_eq!(with(500, 0), None);
    assert_eq!(with(0, 500), Some(Grade::Error));
    assert_eq!(with(7, 500), Some(Grade::Error));
}

#[test]
fn books_are_held_against_the_ledger() {
    let cash = table(
        DisclosureKind::CashPosition,
        &rows(DisclosureKind::CashPosition),
    );
    let of = |fen| Around {
        ledger_now: Some(Fen(fen)),
        ..Around::default()
    };
    assert_eq!(faults(&cash, &of(5_320_000)), []);
    assert_eq!(
        faults(&cash, &of(1)),
        [(None, "ledger_differs", Grade::Warning)]
    );
}

#[test]
fn a_balance_sheet_is_held_against_the_ledger() {
    let sheet = table(
        DisclosureKind::BalanceSheet,
        &rows(DisclosureKind::BalanceSheet),
    );
    let money = rows(DisclosureKind::BalanceSheet)[0]["closing_fen"]
        .as_i64()
        .unwrap();
    let of = |fen| Around {
        ledger_now: Some(Fen(fen)),
        ..Around::default()
    };
    assert_eq!(faults(&sheet, &of(money)), []);
    assert_eq!(
        faults(&sheet, &of(money - 1)),
        [(Some(0), "ledger_differs", Grade::Warning)]
    );
}

#[test]
fn sums_are_held_against_the_lines_of_the_ledgers() {
    let kind = DisclosureKind::Summary;
    let sample = rows(kind);
    let sums = table(kind, &sample);
    let turnover = |change: i64| {
        let mut accounts = BTreeMap::new();
        let coded = sample.iter().filter_map(|row| {
            let code = row["account_code"].as_str()?;
            Some((code, row["current_fen"].as_i64().unwrap_or(0)))
        });
        for (code, current) in coded {
            let details = sample.iter().filter_map(|row| row["account_code"].as_str());
            // Of an account with details the lines stand under those.
            if details
                .into_iter()
                .any(|other| other != code && other.starts_with(code))
            {
                continue;
            }
            let sums = match ChartVersion::V2024.side(code) {
                Some(Side::Income) => (current + change, 0),
                Some(Side::Expense) => (0, current + change),
                None => continue,
            };
            accounts.insert(code.to_owned(), sums);
        }
        Around {
            turnover: Some(Turnover {
                chart: ChartVersion::V2024,
                accounts,
            }),
            ..Around::default()
        }
    };
    let differs = |around: &Around| {
        let found = faults(&sums, around);
        let differ = found
            .iter()
            .filter(|(_, code, _)| *code == "ledger_sum_differs");
        differ.count()
    };
    assert_eq!(differs(&Around::default()), 0);
    assert_eq!(differs(&turnover(0)), 0);
    assert!(differs(&turnover(1)) > 0);
}

#[test]
fn the_open_web_reads_less() {
    let layout = Layout::of(DisclosureKind::BenefitPayments).unwrap();
    let mut cells = rows(DisclosureKind::BenefitPayments).remove(0);
    cells["note"] = json!("肢体残疾二级");
    let row = layout.row(1, cells.as_object().unwrap()).unwrap();
    let shown = layout.cells(&row.masked(layout, &Hidden::default()));
    assert_eq!(shown["household"], "张＊＊");
    assert_eq!(shown["note"], "残疾");
    assert_eq!(shown["amount_fen"], 89_413);
    let layout = Layout::of(DisclosureKind::ResourceContracts).unwrap();
    let mut cells = rows(DisclosureKind::ResourceContracts).remove(0);
    let shown = |cells: &Json| {
        let row = layout.row(1, cells.as_object().unwrap()).unwrap();
        layout.cells(&row.masked(layout, &Hidden::default()))["contractor"].clone()
    };
    assert_eq!(shown(&cells), "王＊");
    cells["contractor"] = json!("东风村种植合作社");
    assert_eq!(shown(&cells), "东风村种植合作社");
}

#[test]
fn whom_one_row_hides_another_does_not_tell() {
    let row = |kind, changes: &[(&str, &str)]| {
        let mut cells = rows(kind).remove(0);
        for (key, text) in changes {
            cells[*key] = json!(text);
        }
        cells
    };
    for (kind, one, two, shown) in [
        (
            DisclosureKind::Special,
            [("handled_by", "郑大海"), ("matter", "开会")],
            [("handled_by", "王芳"), ("matter", "家具款，郑大海经手")],
            "家具款，郑＊＊经手",
        ),
        (
            DisclosureKind::BenefitPayments,
            [("household", "常建国"), ("note", "妻李小红代领")],
            [("household", "张三"), ("note", "常建国、李小红同住")],
            "常＊＊、李＊＊同住",
        ),
        (
            DisclosureKind::BenefitPayments,
            [("household", "ZhangWei"), ("note", "由zhangwei领取")],
            [("household", "LISI"), ("note", "LiSi、ZhangWei同住")],
            "L＊S＊、Z＊＊＊＊W＊＊同住",
        ),
        (
            DisclosureKind::BenefitPayments,
            [("household", "张伟（二组）"), ("group", "二组")],
            [
                ("household", "周平（耕地）"),
                ("programme", "耕地地力保护补贴"),
            ],
            "耕地地力保护补贴",
        ),
    ] {
        let table = table(kind, &[row(kind, &one), row(kind, &two)]);
        let masked = format!("{:?}", Content::Table(table).masked());
        assert!(masked.contains(shown), "{masked}");
    }
}

proptest! {
    #[test]
    fn households_paid_by_the_measure_pass_and_any_other_amount_is_found(
        paid in prop::collection::vec((0..5_000_000_i64, 0..5_000_000_i64), 1..30),
        at in any::<prop::sample::Index>(),
        by in prop_oneof![1..1_000_000_i64, -1_000_000_i64..0],
    ) {
        let kind = DisclosureKind::BenefitPayments;
        let all: Vec<Json> = paid.iter().enumerate().map(|(index, (base, rate))| {
            let (base, rate) = (Exact(*base), Exact(*rate));
            json!({ "group": "一组", "household": format!("户{index}"), "programme": "补贴",
                "base": base.to_string(), "standard": rate.to_string(), "amount_fen": base.at(rate).0 })
        }).collect();
        let good = table(kind, &all);
        prop_assert_eq!(alone(&good), vec![]);
        let mut wrong = good;
        let index = at.index(wrong.rows.len());
        let column = Layout::of(kind).unwrap().index("amount_fen").unwrap();
        if let Some(Value::Fen(amount)) = &mut wrong.rows[index].cells[column] {
            amount.0 += by;
        }
        prop_assert_eq!(alone(&wrong), vec![(Some(index), "product_wrong", Grade::Error)]);
    }

    #[test]
    fn any_moved_figure_of_a_balance_sheet_is_found(
        row in 0..13_usize, opening in any::<bool>(), by in prop_oneof![1..1_000_000_i64, -1_000_000_i64..0],
    ) {
        let kind = DisclosureKind::BalanceSheet;
        let mut wrong = table(kind, &rows(kind));
        let column = Layout::of(kind).unwrap().index(if opening { "opening_fen" } else { "closing_fen" }).unwrap();
        if let Some(Value::Fen(amount)) = &mut wrong.rows[row].cells[column] {
            amount.0 += by;
        }
        prop_assert!(alone(&wrong).iter().any(|(_, _, grade)| *grade == Grade::Error));
    }

    /// A subtotal's row may be left out, and hides nothing: what stands below it counts for the total above.
    #[test]
    fn a_missing_subtotal_hides_no_moved_figure(
        row in 0..13_usize, by in prop_oneof![1..1_000_000_i64, -1_000_000_i64..0],
        left_out in prop::sample::subsequence(vec!["流动资产合计", "固定资产净值", "固定资产合计"], 0..=3),
    ) {
        let kind = DisclosureKind::BalanceSheet;
        let mut sheet = table(kind, &rows(kind));
        let column = Layout::of(kind).unwrap().index("closing_fen").unwrap();
        let is_left_out = |row: &TableRow| matches!(&row.cells[0], Some(Value::Text(text)) if left_out.contains(&text.as_str()));
        if is_left_out(&sheet.rows[row]) {
            return Ok(());
        }
        let mut wrong = sheet.clone();
        if let Some(Value::Fen(amount)) = &mut wrong.rows[row].cells[column] {
            amount.0 += by;
        }
        for sheet in [&mut sheet, &mut wrong] {
            sheet.rows.retain(|row| !is_left_out(row));
        }
        prop_assert_eq!(alone(&sheet), vec![]);
        prop_assert!(alone(&wrong).iter().any(|(_, _, grade)| *grade == Grade::Error));
    }

    #[test]
    fn debts_that_go_on_pass(
        debts in prop::collection::vec((1..1_000_000_i64, 0..1_000_000_i64, 0..1_000_000_i64), 1..20),
    ) {
        let kind = DisclosureKind::ReceivablesPayables;
        let row = |index: usize, original: i64, increase: i64, decrease: i64, closing: i64| json!({
            "side": if index.is_multiple_of(2) { "receivable" } else { "payable" }, "party": format!("单位{index}厂"),
            "occurred_on": "2019-01-02", "reason": "货款", "original_fen": original, "increase_fen": increase,
            "decrease_fen": decrease, "closing_fen": closing });
        let before: Vec<Json> = debts.iter().enumerate()
            .map(|(index, (left, ..))| row(index, *left, 0, 0, *left)).collect();
        let now: Vec<Json> = debts.iter().enumerate().map(|(index, (left, more, less))| {
            let less = (*less).min(left + more);
            row(index, *left, *more, less, left + more - less)
        }).collect();
        let found = faults(&table(kind, &now), &after(kind, &before));
        prop_assert!(found.iter().all(|(_, _, grade)| *grade == Grade::Warning), "{:?}", found);
    }

    #[test]
    fn names_in_diffs_are_their_own(names in prop::collection::vec("[a-c]{1}", 1..9)) {
        let kind = DisclosureKind::Projects;
        let all: Vec<Json> = names.iter()
            .map(|name| json!({ "name": name, "fund_source": "上级", "contract_fen": 1 })).collect();
        let rows = Content::Table(table(kind, &all)).rows();
        let keys: BTreeSet<&String> = rows.iter().map(|(key, _)| key).collect();
        prop_assert_eq!(keys.len(), names.len());
    }
}
