//! A table of each kind that holds together, for tests.

use serde_json::{Value as Json, json};

use super::{Layout, Table};
use crate::disclosure::kind::DisclosureKind;

/// Rows of cells as a table.
pub fn table(kind: DisclosureKind, rows: &[Json]) -> Table {
    let layout = Layout::of(kind).unwrap();
    let rows = (1_i32..).zip(rows).map(|(no, cells)| {
        layout
            .row(no, cells.as_object().unwrap())
            .unwrap_or_else(|| panic!("{cells}"))
    });
    Table {
        kind,
        rows: rows.collect(),
    }
}

/// The cells of a table of each kind of October 2026.
pub fn rows(kind: DisclosureKind) -> Vec<Json> {
    match kind {
        DisclosureKind::Ledger => Vec::new(),
        DisclosureKind::Summary => vec![
            json!({ "account_code": "501", "account_name": "经营收入", "current_fen": 300_000,
                "year_to_date_fen": 900_000, "last_year_fen": 800_000, "change_percent": "12.5" }),
            json!({ "account_code": "513", "account_name": "管理费用", "current_fen": 20_000,
                "year_to_date_fen": 60_000, "last_year_fen": 90_000, "change_percent": "-33.33" }),
        ],
        DisclosureKind::BalanceSheet => vec![
            json!({ "item": "货币资金", "opening_fen": 100, "closing_fen": 150 }),
            json!({ "item": "应收款项", "opening_fen": 50, "closing_fen": 20 }),
            json!({ "item": "流动资产合计", "opening_fen": 150, "closing_fen": 170 }),
            json!({ "item": "固定资产原价", "opening_fen": 1_000, "closing_fen": 1_000 }),
            json!({ "item": "减：累计折旧", "opening_fen": 100, "closing_fen": 120 }),
            json!({ "item": "固定资产净值", "opening_fen": 900, "closing_fen": 880 }),
            json!({ "item": "固定资产合计", "opening_fen": 900, "closing_fen": 880 }),
            json!({ "item": "资产总计", "opening_fen": 1_050, "closing_fen": 1_050 }),
            json!({ "item": "流动负债合计", "opening_fen": 50, "closing_fen": 40 }),
            json!({ "item": "负债合计", "opening_fen": 50, "closing_fen": 40 }),
            json!({ "item": "资本", "opening_fen": 1_000, "closing_fen": 1_000 }),
            json!({ "item": "未分配收益", "opening_fen": 0, "closing_fen": 10 }),
            json!({ "item": "所有者权益合计", "opening_fen": 1_000, "closing_fen": 1_010 }),
        ],
        DisclosureKind::ReceivablesPayables => vec![
            json!({ "side": "receivable", "party": "张三", "occurred_on": "2019-05-01", "reason": "承包费",
                "original_fen": 8_000, "increase_fen": 0, "decrease_fen": 3_000, "closing_fen": 5_000 }),
            json!({ "side": "payable", "party": "水泥厂", "occurred_on": "2020-05-01", "reason": "材料款",
                "original_fen": 9_000, "increase_fen": 500, "decrease_fen": 0, "closing_fen": 9_500 }),
        ],
        DisclosureKind::Assets => vec![
            json!({ "code": "GD-1", "name": "村部", "category": "non_operating", "original_fen": 18_000,
                "depreciation_fen": 6_000, "net_fen": 12_000, "use": "own_use" }),
            json!({ "code": "GD-2", "name": "门市房", "category": "operating", "original_fen": 20_000,
                "depreciation_fen": 0, "net_fen": 20_000, "use": "rented", "yearly_income_fen": 1_000 }),
        ],
        DisclosureKind::ResourceContracts => vec![
            json!({ "contract_no": "HT-1", "resource": "东大荒一号", "type": "reserve", "area_mu": "42.5",
                "contractor": "王五", "signed_on": "2024-03-01",
                "term": { "from": "2024-03-01", "to": "2029-02-28" }, "years": "5", "unit_price": "500",
                "due_fen": 2_125_000, "received_fen": 2_125_000, "owed_fen": 0 }),
        ],
        DisclosureKind::Projects => vec![
            json!({ "name": "主路硬化", "approved_on": "2026-03-10", "fund_source": "上级",
                "budget_fen": 160_000, "contract_fen": 150_000, "started_on": "2026-05-06",
                "completed_on": "2026-08-20", "change_fen": -2_000, "final_fen": 148_000,
                "paid_fen": 140_000, "retention_fen": 8_000 }),
        ],
        DisclosureKind::BenefitPayments => vec![
            json!({ "group": "二组", "household": "张建社", "programme": "耕地地力保护补贴", "base": "12.5",
                "standard": "71.53", "amount_fen": 89_413, "paid_on": "2026-10-20" }),
            json!({ "group": "二组", "household": "李四", "programme": "耕地地力保护补贴", "base": "3",
                "standard": "71.53", "amount_fen": 21_459, "paid_on": "2026-10-20" }),
        ],
        DisclosureKind::PlannedSpending => vec![
            json!({ "matter": "清理边沟", "content": "6人2天", "side": "expense", "amount_fen": 144_000,
                "balance_fen": 5_623_000, "requested_fen": 144_000 }),
            json!({ "matter": "承包费", "side": "income", "amount_fen": 200_000, "balance_fen": 5_623_000 }),
        ],
        DisclosureKind::CashPosition => vec![
            json!({ "unit": "村集体", "bank_book_fen": 5_200_000, "bank_actual_fen": 5_100_000,
                "bank_reason": "未达账项", "cash_book_fen": 120_000, "cash_actual_fen": 120_000 }),
        ],
        DisclosureKind::Special => vec![
            json!({ "category": "absence", "date": "2026-10-12", "matter": "人居环境整治", "persons": "张三",
                "quantity": "2", "unit": "天", "unit_price": "120", "amount_fen": 24_000 }),
        ],
    }
}
