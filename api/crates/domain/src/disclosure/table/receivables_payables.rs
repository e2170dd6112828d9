//! T4 债权债务明细表: who owes the village and whom it owes. Each balance goes on from the one before.

use super::{Checking, Class, Column, Grade, Layout, TableRow, Type, Word};
use crate::disclosure::kind::DisclosureKind;
use crate::money::Fen;

const RECEIVABLE: &str = "债权合计";
const PAYABLE: &str = "债务合计";

const SIDES: &[Word] = &[
    Word {
        code: "receivable",
        zh: "债权",
        en: "Owed to the village",
        also: &["应收"],
    },
    Word {
        code: "payable",
        zh: "债务",
        en: "Owed by the village",
        also: &["应付"],
    },
];

pub(super) static LAYOUT: Layout = Layout {
    kind: DisclosureKind::ReceivablesPayables,
    number: "T4",
    columns: &[
        Column::new("no", "序号", "No.", Type::Number, "1"),
        Column::new("side", "类型(债权/债务)", "Type", Type::Word(SIDES), "债权")
            .required()
            .says(
                "债权（别人欠村里）或债务（村里欠别人）",
                "债权: owed to the village; 债务: owed by it",
            ),
        Column::new(
            "party",
            "单位/个人(脱敏)",
            "Unit or person",
            Type::Name,
            "张＊",
        )
        .required()
        .also(&[
            "单位",
            "个人",
            "单位或个人",
            "单位(个人)",
            "对方单位",
            "债务人",
            "债权人",
        ])
        .names(Class::Party)
        .says(
            "对方的名称；网上个人只显示姓，单位显示全称",
            "The other side; of a person the open web shows the surname, of a unit its name",
        ),
        Column::new("occurred_on", "发生日期", "Since", Type::Date, "2019-05-01")
            .lasts()
            .says("债权债务发生的日期", "The day it arose"),
        Column::new("reason", "事由", "For what", Type::Text, "承包费尾款")
            .lasts()
            .required()
            .also(&["原因", "摘要"])
            .says("为什么欠", "Why it is owed"),
        Column::new(
            "original_fen",
            "原始金额(元)",
            "Original amount",
            Type::Money,
            "8000.00",
        )
        .lasts()
        .required()
        .also(&["原始发生额"])
        .says("发生时的金额", "The amount when it arose"),
        Column::new("increase_fen", "本期增加(元)", "Added", Type::Money, "0.00")
            .or_zero()
            .summed()
            .says(
                "本期新增的金额，没有写 0；本期新发生的可以写原始金额",
                "What this period added; 0 for nothing; for a debt of this period it may be the original amount",
            ),
        Column::new(
            "decrease_fen",
            "本期减少(元)",
            "Paid off",
            Type::Money,
            "3000.00",
        )
        .or_zero()
        .summed()
        .says(
            "本期收回（偿还）的金额；第一次公开时写到本期末为止一共收回（偿还）的数",
            "What was paid this period; at the first disclosure, all that was ever paid",
        ),
        Column::new(
            "closing_fen",
            "期末余额(元)",
            "Left",
            Type::Money,
            "5000.00",
        )
        .required()
        .summed()
        .says(
            "上期期末余额＋本期增加－本期减少；第一次公开时是原始金额＋本期增加－本期减少；本期新发生的，原始金额不算两次",
            "Last balance + added − paid off; at the first disclosure, from the original amount; that of a debt of this period counts once",
        ),
        Column::new("due_on", "到期日", "Due", Type::Date, "2027-12-31")
            .also(&["到期日期"])
            .says("约定还清的日期", "The day it is due"),
        Column::new("age", "账龄", "Age", Type::Name, "7年")
            .says("欠了多久", "For how long it has been owed"),
        Column::new("responsible", "责任人", "Responsible", Type::Name, "李＊")
            .names(Class::Party)
            .says("负责清收或偿还的人", "Who sees to it"),
        Column::new(
            "measures",
            "清收/偿还措施",
            "Measures",
            Type::Text,
            "已签还款协议",
        )
        .also(&["清收措施", "偿还措施", "清收偿还措施"])
        .says("怎么清收或偿还", "How it will be collected or paid"),
    ],
    identity: &["side", "party", "occurred_on", "reason"],
    unique: false,
    price: None,
    groups: &[RECEIVABLE, PAYABLE],
    group,
    has_total: false,
    items: &[],
    of_persons: false,
    check,
    hints: &[(
        "“债权合计”“债务合计”各写一行，会核对。上期有余额的债权债务，这一期不能漏掉。",
        "One row 债权合计 and one 债务合计 are checked. What had a balance last period may not be left out.",
    )],
};

fn group(of: &Checking<'_>, row: &TableRow) -> Option<&'static str> {
    Some(match of.word(row, "side")? {
        "receivable" => RECEIVABLE,
        _ => PAYABLE,
    })
}

fn check(of: &mut Checking<'_>) {
    let last = of.last_rows();
    let chained = of.around.previous.is_some();
    for (index, row) in of.rows.iter().enumerate() {
        of.has_come(index, "occurred_on");
        of.in_order(index, "occurred_on", "due_on");
        let change = of
            .fen_or_zero(row, "increase_fen")
            .saturating_sub(of.fen_or_zero(row, "decrease_fen"));
        let before = last.get(&of.key(row, of.layout.identity));
        if let Some(before) = before {
            let expected = of.fen_or_zero(before, "closing_fen").saturating_add(change);
            if of.fen(row, "closing_fen") != Some(expected) {
                let expected = Fen(expected).to_yuan();
                of.fault(
                    Grade::Chain,
                    index,
                    "closing_fen",
                    "not_last_closing",
                    expected,
                );
            }
        } else if !chained || is_new(of, row) {
            let original = of.fen_or_zero(row, "original_fen");
            // Of a debt of this period the original amount is what the period added: whoever writes it there, too, means
            // one debt and not two.
            let is_told_twice = is_new(of, row) && of.fen_or_zero(row, "increase_fen") == original;
            let begun = if is_told_twice { 0 } else { original };
            let expected = begun.saturating_add(change);
            of.must_be(index, "closing_fen", Some(expected), "difference_wrong");
        }
    }
    if chained {
        totals(of);
    }
    of.gone(|of, row| of.fen_or_zero(row, "closing_fen") != 0);
}

/// Whether a debt arose within the period.
fn is_new(of: &Checking<'_>, row: &TableRow) -> bool {
    of.day(row, "occurred_on")
        .is_some_and(|day| of.period.contains(day))
}

/// What all old debts of a side must have begun with: what they were left with. A row under another name than last
/// period's passes, one that was left out or made smaller does not.
fn totals(of: &mut Checking<'_>) {
    for word in SIDES {
        let on_side = |row: &&TableRow| of.word(row, "side") == Some(word.code);
        let previous = of.around.previous.iter().flat_map(|(_, table)| &table.rows);
        let left = previous.filter(on_side).fold(0_i64, |sum, row| {
            sum.saturating_add(of.fen_or_zero(row, "closing_fen"))
        });
        let begun = of
            .rows
            .iter()
            .filter(on_side)
            .filter(|row| !is_new(of, row))
            .fold(0_i64, |sum, row| {
                let change = of
                    .fen_or_zero(row, "increase_fen")
                    .saturating_sub(of.fen_or_zero(row, "decrease_fen"));
                let begun = of.fen_or_zero(row, "closing_fen").saturating_sub(change);
                sum.saturating_add(begun)
            });
        if left != begun {
            let words = [Fen(left).to_yuan(), Fen(begun).to_yuan()];
            let label = if word.code == "receivable" {
                RECEIVABLE
            } else {
                PAYABLE
            };
            of.of_all(Grade::Chain, label, "old_debts_differ", words);
        }
    }
}
