//! T2 收支汇总表: income and expense by account, this period, this year and the year before.

use std::collections::{BTreeMap, HashMap};

use super::{Checking, Class, Column, Exact, Grade, Layout, TableRow, Type};
use crate::disclosure::chart::Side;
use crate::disclosure::kind::DisclosureKind;
use crate::money::Fen;

const INCOME: &str = "收入合计";
const EXPENSE: &str = "支出合计";

pub(super) static LAYOUT: Layout = Layout {
    kind: DisclosureKind::Summary,
    number: "T2",
    columns: &[
        Column::new(
            "account_code",
            "科目编码",
            "Account code",
            Type::Account,
            "513",
        )
        .required()
        .also(&["科目代码"])
        .says(
            "会计科目的编码；明细科目写在总账科目下面，如 51301",
            "The account's code; a detail account such as 51301 stands below its own",
        ),
        Column::new("account_name", "科目", "Account", Type::Name, "管理费用")
            .required()
            .also(&["科目名称"])
            .says("会计科目的名称", "The account's name"),
        Column::new(
            "plain_name",
            "通俗名称",
            "In plain words",
            Type::Name,
            "村里日常办公花的钱",
        )
        .says(
            "用大白话说这笔钱是什么；不填时网页上显示科目表里的说法",
            "What the money is for in plain words; blank: the chart's own words are shown",
        ),
        Column::new(
            "budget_fen",
            "年初预算(元)",
            "Budget of the year",
            Type::Signed,
            "12000.00",
        )
        .also(&["预算"])
        .summed()
        .says(
            "年初定的预算",
            "The budget set at the beginning of the year",
        ),
        Column::new(
            "current_fen",
            "本季数(元)",
            "This period",
            Type::Signed,
            "3000.00",
        )
        .required()
        .also(&["本期数", "本月数", "本季发生数", "本期发生数", "本月发生数"])
        .summed()
        .says(
            "本期发生数：按月公开填本月的，按季公开填本季的",
            "What this period, month or quarter, adds",
        ),
        Column::new(
            "year_to_date_fen",
            "本年累计(元)",
            "This year so far",
            Type::Signed,
            "9000.00",
        )
        .required()
        .also(&["本年累计数"])
        .summed()
        .says(
            "从年初到本期末；要等于上期的本年累计加本期数",
            "From the beginning of the year; last period's figure plus this period's",
        ),
        Column::new(
            "last_year_fen",
            "上年同期(元)",
            "Same period last year",
            Type::Signed,
            "8000.00",
        )
        .also(&["上年同期数", "去年同期"])
        .summed()
        .says("上年同期的累计数", "The same sum a year ago"),
        Column::new(
            "change_percent",
            "增减%",
            "Change, %",
            Type::Percent,
            "12.5",
        )
        .also(&["增减", "增减率", "增减比例"])
        .says(
            "（本年累计－上年同期）÷上年同期×100，写 12.5，不写 %；上年同期是 0 时不填",
            "(this year − last year) ÷ last year × 100, as 12.5; blank where last year is 0",
        ),
        Column::new("note", "说明", "Note", Type::Text, "")
            .also(&["备注"])
            .names(Class::Open)
            .says("增减多时说明原因", "Why, where it changed much"),
    ],
    identity: &["account_code"],
    unique: true,
    price: None,
    groups: &[INCOME, EXPENSE],
    group,
    has_total: false,
    items: &[],
    of_persons: false,
    check,
    hints: &[
        (
            "“收入合计”“支出合计”各写一行，会核对；明细科目不重复相加，加起来不能超过上面的科目。",
            "One row 收入合计 and one 支出合计 are checked; detail accounts are not added twice, and come to no more than the account above them.",
        ),
        (
            "科目表版本写在第二行：2024 年起用 2024，以前的账用 2004；不写时按期间判断。",
            "The chart of accounts, 2024 or 2004, stands in the second row; blank: the period says which.",
        ),
    ],
};

fn group(of: &Checking<'_>, row: &TableRow) -> Option<&'static str> {
    Some(match of.chart.side(of.text(row, "account_code")?)? {
        Side::Income => INCOME,
        Side::Expense => EXPENSE,
    })
}

fn check(of: &mut Checking<'_>) {
    let previous = of.around.previous.as_ref();
    let same_year = previous.is_some_and(|(period, _)| period.year() == of.period.year());
    let is_first = of.period.first_day() == first_of_year(of);
    let last = of.last_rows();
    let mut last_year = HashMap::new();
    for row in of.around.last_year.iter().flat_map(|table| &table.rows) {
        last_year.insert(of.key(row, &["account_code"]), row);
    }
    for (index, row) in of.rows.iter().enumerate() {
        let key = of.key(row, &["account_code"]);
        let current = of.fen_or_zero(row, "current_fen");
        if is_first {
            of.must_be(
                index,
                "year_to_date_fen",
                Some(current),
                "year_to_date_wrong",
            );
        } else if same_year {
            // An account without a row before had nothing so far.
            let before = last
                .get(&key)
                .map_or(0, |row| of.fen_or_zero(row, "year_to_date_fen"));
            let expected = before.saturating_add(current);
            if of.fen(row, "year_to_date_fen") != Some(expected) {
                let expected = Fen(expected).to_yuan();
                of.fault(
                    Grade::Chain,
                    index,
                    "year_to_date_fen",
                    "year_to_date_wrong",
                    expected,
                );
            }
        }
        // Without last quarter's table nothing follows, but a year has rarely less than one of its quarters.
        let year = of.fen_or_zero(row, "year_to_date_fen");
        if !is_first && !same_year && current > 0 && year < current {
            let expected = Fen(current).to_yuan();
            of.fault(
                Grade::Warning,
                index,
                "year_to_date_fen",
                "year_to_date_less",
                expected,
            );
        }
        percent(of, index, row);
        beside_ledgers(of, index, row);
        if let Some(before) = last_year.get(&key) {
            let published = of.fen(before, "year_to_date_fen");
            if let (Some(said), Some(published)) = (of.fen(row, "last_year_fen"), published)
                && said != published
            {
                let expected = Fen(published).to_yuan();
                of.fault(
                    Grade::Warning,
                    index,
                    "last_year_fen",
                    "last_year_differs",
                    expected,
                );
            }
        }
    }
    details(of);
    if same_year {
        of.gone(|of, row| of.fen_or_zero(row, "year_to_date_fen") != 0);
    }
}

/// What the period's ledgers come to under the same account.
fn beside_ledgers(of: &mut Checking<'_>, index: usize, row: &TableRow) {
    let turnover = of.around.turnover.as_ref();
    let Some(turnover) = turnover.filter(|turnover| turnover.chart == of.chart) else {
        return;
    };
    let Some(code) = of.text(row, "account_code") else {
        return;
    };
    let Some(side) = of.chart.side(code) else {
        return;
    };
    let sum = turnover.of(code, side).unwrap_or(0);
    if of.fen_or_zero(row, "current_fen") != sum {
        let (grade, expected) = (Grade::Warning, Fen(sum).to_yuan());
        of.fault(grade, index, "current_fen", "ledger_sum_differs", expected);
    }
}

/// Detail accounts are parts of the account they stand below: where no amount is negative, which a correction may be,
/// they come to no more than it does. Not every detail has to be there.
fn details(of: &mut Checking<'_>) {
    let codes: HashMap<&str, usize> = (of.rows.iter().enumerate())
        .filter_map(|(index, row)| Some((of.text(row, "account_code")?, index)))
        .collect();
    // The nearest account above each that has a row.
    let above = |code: &str| {
        let cuts = code.char_indices().map(|(at, _)| at).skip(1);
        let mut found = None;
        for at in cuts {
            found = code.get(..at).and_then(|head| codes.get(head)).or(found);
        }
        found.copied()
    };
    for key in [
        "budget_fen",
        "current_fen",
        "year_to_date_fen",
        "last_year_fen",
    ] {
        // Of each account: what its details come to; nothing once one of them is negative.
        let mut parts: BTreeMap<usize, Option<i64>> = BTreeMap::new();
        for row in of.rows {
            let whole = of.text(row, "account_code").and_then(above);
            if let (Some(whole), Some(part)) = (whole, of.fen(row, key)) {
                let sum = parts.entry(whole).or_insert(Some(0));
                *sum = sum
                    .filter(|_| part >= 0)
                    .map(|sum| sum.saturating_add(part));
            }
        }
        for (index, sum) in parts {
            let whole = of.rows.get(index).and_then(|row| of.fen(row, key));
            if let (Some(sum), Some(whole)) = (sum, whole)
                && whole >= 0
                && sum > whole
            {
                of.fault(
                    Grade::Error,
                    index,
                    key,
                    "details_exceed",
                    Fen(sum).to_yuan(),
                );
            }
        }
    }
}

fn first_of_year(of: &Checking<'_>) -> crate::time::Day {
    crate::time::Day::from_ymd_opt(of.period.year(), 1, 1).unwrap_or_default()
}

/// The percentage, as exact as it was written: 12.5 stands for everything between 12.45 and 12.55.
fn percent(of: &mut Checking<'_>, index: usize, row: &TableRow) {
    let Some(said) = of.exact(row, "change_percent") else {
        return;
    };
    let (now, before) = (
        i128::from(of.fen_or_zero(row, "year_to_date_fen")),
        i128::from(of.fen_or_zero(row, "last_year_fen")),
    );
    if before == 0 {
        of.fault(
            Grade::Error,
            index,
            "change_percent",
            "percent_of_nothing",
            String::new(),
        );
        return;
    }
    // In ten-thousandths of a percent, as what was written is.
    let change = (now - before) * 1_000_000 / before.abs();
    let digits = said.to_string();
    let decimals = digits.split_once('.').map_or(0, |(_, rest)| rest.len());
    let half: i128 = match decimals {
        0 => 5_000,
        1 => 500,
        _ => 50,
    };
    // One more for the rest of the division.
    if (i128::from(said.0) - change).abs() > half + 1 {
        let expected = i64::try_from(change / 100 * 100).map_or(0, |change| change);
        let expected = Exact(expected).to_string();
        of.fault(
            Grade::Error,
            index,
            "change_percent",
            "percent_wrong",
            expected,
        );
    }
}
