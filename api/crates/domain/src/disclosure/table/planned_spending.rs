//! T9 下月拟办收支业务明细表: what a village means to earn and spend before it does.

use super::{Checking, Column, Grade, Layout, TableRow, Type, Word};
use crate::disclosure::kind::DisclosureKind;
use crate::money::Fen;

const INCOME: &str = "收入合计";
const EXPENSE: &str = "支出合计";

const SIDES: &[Word] = &[
    Word {
        code: "income",
        zh: "收入",
        en: "Income",
        also: &["收"],
    },
    Word {
        code: "expense",
        zh: "支出",
        en: "Expense",
        also: &["支"],
    },
];

pub(super) static LAYOUT: Layout = Layout {
    kind: DisclosureKind::PlannedSpending,
    number: "T9",
    columns: &[
        Column::new("matter", "拟办事项", "Matter", Type::Name, "清理边沟")
            .required()
            .also(&["事项"])
            .says("下月准备办的事", "What is meant to be done"),
        Column::new(
            "content",
            "内容",
            "Details",
            Type::Text,
            "6 人 2 天，每天 120 元",
        )
        .also(&["具体内容"])
        .says("怎么办、多少、单价", "How, how much, at what price"),
        Column::new("side", "收/支", "Side", Type::Word(SIDES), "支出")
            .required()
            .also(&["收支", "收支类别", "类别"])
            .says("收入或支出", "收入 income or 支出 expense"),
        Column::new(
            "amount_fen",
            "收/支金额(元)",
            "Amount",
            Type::Money,
            "1440.00",
        )
        .required()
        .also(&["收支金额", "金额"])
        .summed()
        .says("预计收或支多少", "What it will bring or cost"),
        Column::new(
            "balance_fen",
            "上月余额(元)",
            "Balance of last month",
            Type::Signed,
            "56230.00",
        )
        .also(&["上期余额"])
        .says(
            "上月末账上的余额，每行写一样的数",
            "What was there at the end of last month, the same in each row",
        ),
        Column::new(
            "requested_fen",
            "申请额(元)",
            "Requested",
            Type::Money,
            "1440.00",
        )
        .also(&["申请金额"])
        .summed()
        .says(
            "向代理记账中心申请的金额",
            "What is asked of the accounting agency",
        ),
    ],
    identity: &["matter", "content", "side"],
    unique: false,
    price: None,
    groups: &[INCOME, EXPENSE],
    group,
    has_total: false,
    items: &[],
    of_persons: false,
    check,
    hints: &[(
        "期间写拟办的那个月。申请额不能超过收/支金额；“收入合计”“支出合计”会核对。",
        "The period is the month of the plan. What is requested may not exceed the amount; 收入合计 and 支出合计 are checked.",
    )],
};

fn group(of: &Checking<'_>, row: &TableRow) -> Option<&'static str> {
    Some(match of.word(row, "side")? {
        "income" => INCOME,
        _ => EXPENSE,
    })
}

fn check(of: &mut Checking<'_>) {
    let mut balance = None;
    let (mut asked, mut planned_income) = (0_i64, 0_i64);
    for (index, row) in of.rows.iter().enumerate() {
        let amount = of.fen_or_zero(row, "amount_fen");
        let requested = of.fen_or_zero(row, "requested_fen");
        if requested > amount {
            let expected = format!("<= {}", Fen(amount).to_yuan());
            of.fault(
                Grade::Error,
                index,
                "requested_fen",
                "more_than_limit",
                expected,
            );
        }
        if of.word(row, "side") == Some("expense") {
            asked = asked.saturating_add(amount);
        } else {
            planned_income = planned_income.saturating_add(amount);
        }
        if let Some(said) = of.fen(row, "balance_fen") {
            let first = *balance.get_or_insert(said);
            of.must_be(index, "balance_fen", Some(first), "difference_wrong");
        }
    }
    let heading = "上月余额(元)";
    if let (Some(balance), Some(closing)) = (balance, of.around.ledger_before)
        && balance != closing.0
    {
        let words = [closing.to_yuan(), Fen(balance).to_yuan()];
        of.of_all(Grade::Warning, heading, "ledger_differs", words);
    }
    let most = balance.map(|balance| balance.saturating_add(planned_income));
    if let Some(most) = most.filter(|most| asked > *most) {
        let words = [format!("<= {}", Fen(most).to_yuan()), Fen(asked).to_yuan()];
        of.of_all(Grade::Warning, "收/支金额(元)", "more_than_limit", words);
    }
}
