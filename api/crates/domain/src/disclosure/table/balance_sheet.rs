//! T3 资产负债表: what a village owns and owes at the end of a period. Assets = liabilities + equity, at the
//! beginning of the year and now.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

use super::{Checking, Column, Grade, Layout, Type};
use crate::disclosure::kind::DisclosureKind;
use crate::money::Fen;

const MONEY: &str = "货币资金";
const ASSETS: &str = "资产总计";
const LIABILITIES: &str = "负债合计";
const EQUITY: &str = "所有者权益合计";
/// What every sheet says.
const TOTALS: [&str; 3] = [ASSETS, LIABILITIES, EQUITY];

/// The items of the layout in their order, and other names for them.
const ITEMS: [(&str, &[&str]); 25] = [
    (MONEY, &[]),
    ("短期投资", &[]),
    ("应收款项", &["应收款"]),
    ("存货", &[]),
    ("流动资产合计", &["流动资产"]),
    ("牲畜资产", &["牲畜(禽)资产", "牲畜"]),
    ("林木资产", &["林木"]),
    ("农业资产合计", &["农业资产"]),
    ("长期投资", &["长期资产合计"]),
    ("固定资产原价", &["固定资产原值"]),
    ("累计折旧", &[]),
    ("固定资产净值", &[]),
    ("固定资产清理", &[]),
    ("在建工程", &[]),
    ("固定资产合计", &["固定资产"]),
    ("其他资产", &["其他"]),
    (ASSETS, &["资产合计"]),
    ("流动负债合计", &["流动负债"]),
    ("长期负债合计", &["长期负债", "非流动负债合计"]),
    (LIABILITIES, &["负债总计"]),
    ("资本", &[]),
    ("公积公益金", &[]),
    ("未分配收益", &[]),
    (EQUITY, &["所有者权益总计", "所有者权益"]),
    (
        "负债和所有者权益总计",
        &[
            "负债及所有者权益总计",
            "负债和所有者权益合计",
            "负债及所有者权益合计",
        ],
    ),
];

/// A total and what it is made of, the second list taken off.
const SUMS: [(&str, &[&str], &[&str]); 8] = [
    (
        "流动资产合计",
        &["货币资金", "短期投资", "应收款项", "存货"],
        &[],
    ),
    ("农业资产合计", &["牲畜资产", "林木资产"], &[]),
    ("固定资产净值", &["固定资产原价"], &["累计折旧"]),
    (
        "固定资产合计",
        &["固定资产净值", "固定资产清理", "在建工程"],
        &[],
    ),
    (
        ASSETS,
        &[
            "流动资产合计",
            "农业资产合计",
            "长期投资",
            "固定资产合计",
            "其他资产",
        ],
        &[],
    ),
    (LIABILITIES, &["流动负债合计", "长期负债合计"], &[]),
    (EQUITY, &["资本", "公积公益金", "未分配收益"], &[]),
    ("负债和所有者权益总计", &[LIABILITIES, EQUITY], &[]),
];

pub(super) static LAYOUT: Layout = Layout {
    kind: DisclosureKind::BalanceSheet,
    number: "T3",
    columns: &[
        Column::new("item", "项目", "Item", Type::Name, "货币资金")
            .required()
            .says(
                "模板里的项目名称；没有的项目可以删掉那一行",
                "An item of the template; rows that do not apply may be deleted",
            ),
        Column::new("line_no", "行次", "Line", Type::Name, "1")
            .says("行次，可以不填", "The line's number; may be blank"),
        Column::new(
            "opening_fen",
            "年初数(元)",
            "Beginning of the year",
            Type::Signed,
            "100000.00",
        )
        .also(&["年初余额", "期初数", "上年核实数"])
        .or_zero()
        .says(
            "上年末的数，要与上年末公开的期末数一致",
            "The figure at the end of last year, as it was published",
        ),
        Column::new(
            "closing_fen",
            "期末数(元)",
            "End of the period",
            Type::Signed,
            "120000.00",
        )
        .also(&["期末余额", "本年核实数"])
        .or_zero()
        .says("本期末的数", "The figure at the end of this period"),
    ],
    identity: &["item"],
    unique: false,
    price: None,
    groups: &[],
    group: |_, _| None,
    has_total: false,
    items: &[
        "货币资金",
        "短期投资",
        "应收款项",
        "存货",
        "流动资产合计",
        "牲畜资产",
        "林木资产",
        "农业资产合计",
        "长期投资",
        "固定资产原价",
        "累计折旧",
        "固定资产净值",
        "固定资产清理",
        "在建工程",
        "固定资产合计",
        "其他资产",
        "资产总计",
        "流动负债合计",
        "长期负债合计",
        "负债合计",
        "资本",
        "公积公益金",
        "未分配收益",
        "所有者权益合计",
        "负债和所有者权益总计",
    ],
    of_persons: false,
    check,
    hints: &[
        (
            "资产总计要等于负债合计加所有者权益合计，年初数和期末数都核对；单位是元，不是万元。",
            "Assets must equal liabilities plus equity, in both columns; in yuan, not in ten thousands.",
        ),
        (
            "两栏都不填的行当作小标题，不导入；空着的一栏当作 0。",
            "A row with neither figure is a subtitle and left out; one blank figure counts as 0.",
        ),
    ],
};

/// The item that a row is about; `None` for one that the layout does not know.
fn item(text: &str) -> Option<&'static str> {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = plain
        .trim_start_matches("减:")
        .trim_start_matches("加:")
        .trim_start_matches("其中:")
        .trim_start_matches(|c: char| "一二三四五六七八九十、.()".contains(c) || c.is_ascii_digit())
        .trim_end_matches(':');
    let known = ITEMS
        .into_iter()
        .find(|(name, also)| *name == plain || also.contains(&plain));
    known.map(|(name, _)| name)
}

fn check(of: &mut Checking<'_>) {
    let mut rows: HashMap<&str, usize> = HashMap::new();
    let mut strangers = Vec::new();
    for (index, row) in of.rows.iter().enumerate() {
        let text = of.text(row, "item").unwrap_or_default();
        let Some(known) = item(text) else {
            strangers.push(index);
            of.fault(Grade::Warning, index, "item", "item_unknown", String::new());
            continue;
        };
        if rows.contains_key(known) {
            of.fault(Grade::Error, index, "item", "item_twice", String::new());
        } else {
            rows.insert(known, index);
        }
    }
    for total in TOTALS {
        if !rows.contains_key(total) {
            let words = [String::new(), total.to_owned()];
            of.of_all(Grade::Error, "项目", "item_missing", words);
        }
    }
    if let (Some(index), Some(left)) = (rows.get(MONEY).copied(), of.around.ledger_now) {
        let said = of
            .rows
            .get(index)
            .and_then(|row| of.fen(row, "closing_fen"));
        if said.is_some_and(|said| said != left.0) {
            let (grade, expected) = (Grade::Warning, left.to_yuan());
            of.fault(grade, index, "closing_fen", "ledger_differs", expected);
        }
    }
    for key in ["opening_fen", "closing_fen"] {
        let said = |item: &str| of.fen(of.rows.get(*rows.get(item)?)?, key);
        let amounts: HashMap<&str, i64> = ITEMS
            .iter()
            .filter_map(|(item, _)| Some((*item, said(item)?)))
            .collect();
        // An item of the county's own may belong to any of the sums.
        let own: Vec<i64> = strangers
            .iter()
            .filter_map(|index| of.fen(of.rows.get(*index)?, key))
            .collect();
        for (total, plus, minus) in SUMS {
            let Some((index, found)) = rows.get(total).copied().zip(amounts.get(total).copied())
            else {
                continue;
            };
            let add = |parts: &[&str]| {
                let parts: Vec<i64> = parts.iter().filter_map(|p| worth(&amounts, p)).collect();
                let sum = parts
                    .iter()
                    .fold(0_i64, |sum, part| sum.saturating_add(*part));
                (sum, parts.is_empty())
            };
            let ((add_up, none), (take_off, _)) = (add(plus), add(minus));
            // A subtotal may stand alone. A total may not: with nothing behind it, it says nothing.
            if none && !TOTALS.contains(&total) {
                continue;
            }
            let expected = add_up.saturating_sub(take_off);
            if found != expected {
                let grade = if explains(&own, found.saturating_sub(expected)) {
                    Grade::Warning
                } else {
                    Grade::Error
                };
                of.fault(grade, index, key, "sum_wrong", Fen(expected).to_yuan());
            }
        }
        let [assets, liabilities, equity] = TOTALS.map(|total| amounts.get(total).copied());
        if let Some(((assets, liabilities), equity)) = assets.zip(liabilities).zip(equity) {
            let expected = liabilities.saturating_add(equity);
            if assets != expected
                && let Some(index) = rows.get(ASSETS).copied()
            {
                let expected = Fen(expected).to_yuan();
                of.fault(Grade::Error, index, key, "assets_not_equal", expected);
            }
        }
    }
    openings(of);
}

/// What an item comes to: what its row says, or, where a subtotal's row was left out, what its parts come to; `None` where
/// nothing of it is there.
fn worth(amounts: &HashMap<&str, i64>, item: &str) -> Option<i64> {
    if let Some(said) = amounts.get(item) {
        return Some(*said);
    }
    let (_, plus, minus) = SUMS.iter().find(|(total, ..)| *total == item)?;
    let parts = |parts: &[&str]| -> Vec<i64> {
        let parts = parts.iter();
        parts.filter_map(|part| worth(amounts, part)).collect()
    };
    let (plus, minus) = (parts(plus), parts(minus));
    let sum = |parts: &[i64]| {
        parts
            .iter()
            .fold(0_i64, |sum, part| sum.saturating_add(*part))
    };
    let known = !(plus.is_empty() && minus.is_empty());
    known.then(|| sum(&plus).saturating_sub(sum(&minus)))
}

/// More items of a county's own than these are not tried in all their combinations.
const MOST_OWN: usize = 16;

/// Whether some of a county's own items, added or taken off, are exactly what a total is apart from its parts.
fn explains(own: &[i64], apart: i64) -> bool {
    if own.len() > MOST_OWN {
        return true;
    }
    let apart = i128::from(apart);
    let mut sums = std::collections::HashSet::from([0_i128]);
    for amount in own {
        let more: Vec<i128> = sums.iter().map(|sum| sum + i128::from(*amount)).collect();
        sums.extend(more);
    }
    sums.contains(&apart) || sums.contains(&-apart)
}

/// The figures of the beginning of the year: those of the end of last year, or those that were published this year.
fn openings(of: &mut Checking<'_>) {
    let Some((period, previous)) = of.around.previous.as_ref() else {
        return;
    };
    let key = if period.year() == of.period.year() {
        "opening_fen"
    } else {
        "closing_fen"
    };
    let mut before = HashMap::new();
    for row in &previous.rows {
        if let Some(known) = of.text(row, "item").and_then(item) {
            before.insert(known, of.fen_or_zero(row, key));
        }
    }
    for (index, row) in of.rows.iter().enumerate() {
        let last = of.text(row, "item").and_then(item);
        let last = last.and_then(|known| before.get(known).copied());
        if let Some(last) = last
            && of.fen_or_zero(row, "opening_fen") != last
        {
            let expected = Fen(last).to_yuan();
            of.fault(
                Grade::Chain,
                index,
                "opening_fen",
                "year_opening_differs",
                expected,
            );
        }
    }
}
