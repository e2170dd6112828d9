//! T7 工程项目公开表: what is built, by whom, for how much, and what was paid.

use super::{Checking, Class, Column, Grade, Layout, Type};
use crate::disclosure::kind::DisclosureKind;
use crate::money::Fen;

pub(super) static LAYOUT: Layout = Layout {
    kind: DisclosureKind::Projects,
    number: "T7",
    columns: &[
        Column::new("name", "项目名称", "Project", Type::Name, "屯内主路硬化")
            .required()
            .also(&["工程名称"])
            .says("项目的名称", "What is built"),
        Column::new(
            "approved_on",
            "立项(四议)日期",
            "Decided",
            Type::Date,
            "2026-03-10",
        )
        .lasts()
        .also(&["立项日期", "四议日期", "立项四议日期"])
        .says("四议两公开通过的日期", "The day it was decided"),
        Column::new(
            "fund_source",
            "资金来源(上级/集体/自筹)",
            "Funds",
            Type::Name,
            "上级、自筹",
        )
        .required()
        .says(
            "上级、集体、自筹，可以写几个",
            "上级 from above, 集体 the collective's, 自筹 raised",
        ),
        Column::new("budget_fen", "预算(元)", "Budget", Type::Money, "160000.00")
            .also(&["预算价", "预算金额"])
            .summed()
            .says("预算", "The budget"),
        Column::new(
            "procurement",
            "采购方式",
            "Procurement",
            Type::Name,
            "公开招标",
        )
        .also(&["招标方式"])
        .says("公开招标、竞争性谈判、询价等", "How the builder was chosen"),
        Column::new("winner", "中标单位", "Builder", Type::Name, "演示建筑公司")
            .lasts()
            .also(&["施工单位", "承建单位"])
            .names(Class::Party)
            .says("中标的单位", "Who won the tender"),
        Column::new(
            "contract_fen",
            "合同价(元)",
            "Contract price",
            Type::Money,
            "150000.00",
        )
        .lasts()
        .required()
        .also(&["合同金额", "中标价"])
        .summed()
        .says("合同上的价格", "The price of the contract"),
        Column::new("started_on", "开工日期", "Begun", Type::Date, "2026-05-06")
            .lasts()
            .also(&["开工时间", "开工"])
            .says("开工的日期", "The day work began"),
        Column::new(
            "completed_on",
            "竣工日期",
            "Finished",
            Type::Date,
            "2026-08-20",
        )
        .lasts()
        .also(&["竣工时间", "竣工", "完工日期"])
        .says(
            "完工的日期；没完工不填",
            "The day it was finished; blank while it is not",
        ),
        Column::new(
            "change_fen",
            "变更增减(元)",
            "Changes",
            Type::Signed,
            "-2000.00",
        )
        .or_zero()
        .also(&["变更金额", "变更"])
        .summed()
        .says(
            "变更多了写正数，少了写负数，没有写 0",
            "More is positive, less negative, 0 for none",
        ),
        Column::new(
            "final_fen",
            "决算(审定)价(元)",
            "Final price",
            Type::Money,
            "148000.00",
        )
        .lasts()
        .also(&["决算价", "审定价", "决算审定价"])
        .summed()
        .says(
            "合同价＋变更增减；没决算不填",
            "Contract + changes; blank before it is settled",
        ),
        Column::new("paid_fen", "已付(元)", "Paid", Type::Money, "140000.00")
            .grows()
            .or_zero()
            .also(&["已付款", "已付金额"])
            .summed()
            .says("到本期末一共付了多少", "What was paid so far"),
        Column::new(
            "retention_fen",
            "质保金(元)",
            "Retention",
            Type::Money,
            "8000.00",
        )
        .or_zero()
        .also(&["质量保证金"])
        .summed()
        .says("留下的质保金", "What is kept back"),
        Column::new(
            "accepted_by",
            "验收人",
            "Accepted by",
            Type::Name,
            "孙＊、周＊",
        )
        .names(Class::Party)
        .says("谁验收的", "Who accepted the work"),
        Column::new("acceptance", "验收结果", "Acceptance", Type::Text, "合格")
            .also(&["验收情况"])
            .says("验收的结果", "What they found"),
        Column::new("supervisor", "监督人", "Supervised by", Type::Name, "吴＊")
            .names(Class::Party)
            .says("村务监督委员会谁在监督", "Who of the committee watched"),
    ],
    identity: &["name"],
    unique: false,
    price: None,
    groups: &[],
    group: |_, _| None,
    has_total: true,
    items: &[],
    of_persons: false,
    check,
    hints: &[(
        "合同价＋变更增减要等于决算价；已付＋质保金不能超过决算价（没决算的，已付不能超过合同价＋变更增减）。",
        "Contract + changes = final price; paid + retention may not exceed it (before it is settled: paid).",
    )],
};

fn check(of: &mut Checking<'_>) {
    for (index, row) in of.rows.iter().enumerate() {
        let agreed = of
            .fen_or_zero(row, "contract_fen")
            .saturating_add(of.fen_or_zero(row, "change_fen"));
        of.must_be(index, "final_fen", Some(agreed), "sum_wrong");
        let settled = of.fen(row, "final_fen");
        let kept = settled.map_or(0, |_| of.fen_or_zero(row, "retention_fen"));
        let most = settled.unwrap_or(agreed).saturating_sub(kept);
        if of.fen_or_zero(row, "paid_fen") > most {
            let expected = format!("<= {}", Fen(most).to_yuan());
            of.fault(Grade::Error, index, "paid_fen", "more_than_limit", expected);
        }
        of.in_order(index, "approved_on", "started_on");
        of.in_order(index, "started_on", "completed_on");
        for day in ["approved_on", "started_on", "completed_on"] {
            of.has_come(index, day);
        }
        let budget = of.fen(row, "budget_fen");
        if budget.is_some_and(|budget| of.fen_or_zero(row, "contract_fen") > budget) {
            let expected = budget.map(|budget| format!("<= {}", Fen(budget).to_yuan()));
            let expected = expected.unwrap_or_default();
            of.fault(
                Grade::Warning,
                index,
                "contract_fen",
                "more_than_limit",
                expected,
            );
        }
    }
    of.gone(|of, row| of.value(row, "final_fen").is_none());
}
