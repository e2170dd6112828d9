//! T8 惠民补贴发放明细: which household was paid which benefit, by which measure. No identity number, no card number.

use super::{Checking, Class, Column, Grade, Layout, Type};
use crate::disclosure::kind::DisclosureKind;

pub(super) static LAYOUT: Layout = Layout {
    kind: DisclosureKind::BenefitPayments,
    number: "T8",
    columns: &[
        Column::new("no", "序号", "No.", Type::Number, "1"),
        Column::new("group", "村组", "Group", Type::Name, "二组")
            .required()
            .also(&["组别", "村民小组", "屯"])
            .says(
                "写到组（屯），不要写门牌",
                "The group or hamlet, no house number",
            ),
        Column::new("household", "户主(脱敏)", "Household", Type::Name, "张＊")
            .required()
            .also(&["户主姓名", "姓名", "领取人"])
            .names(Class::Person)
            .says(
                "户主姓名；网上只显示姓。未成年人不逐人公开，写成“共3人”",
                "Its head; the open web shows the surname. Minors are only counted: 共3人",
            ),
        Column::new(
            "programme",
            "补贴项目",
            "Benefit",
            Type::Name,
            "耕地地力保护补贴",
        )
        .required()
        .also(&["项目", "补贴名称"])
        .says(
            "补贴的名称；残疾、疾病的种类和等级不要写",
            "The benefit; no illness, no kind of disability",
        ),
        Column::new("policy_no", "政策文号", "Policy", Type::Name, "")
            .also(&["文号"])
            .says("发放依据的文件号", "The document it rests on"),
        Column::new("base", "补贴基数(亩/人/头)", "Base", Type::Quantity, "12.5")
            .required()
            .also(&["基数", "面积", "数量", "人数"])
            .says(
                "亩数、人数或头数，只写数字",
                "Mu, persons or heads, as a number",
            ),
        Column::new("standard", "标准(元/单位)", "Rate", Type::Rate, "71.53")
            .required()
            .also(&["补贴标准", "发放标准"])
            .says(
                "每亩、每人或每头多少元，最多四位小数",
                "Yuan for each, at most four decimals",
            ),
        Column::new("amount_fen", "金额(元)", "Amount", Type::Money, "894.13")
            .required()
            .also(&["补贴金额", "发放金额"])
            .summed()
            .says("基数×标准，四舍五入到分", "Base × rate, rounded to the fen"),
        Column::new("paid_on", "发放日期", "Paid", Type::Date, "2026-10-20")
            .also(&["发放时间"])
            .says("钱发出去的日期", "The day it was paid"),
        Column::new("method", "发放方式", "How paid", Type::Name, "一卡通").says(
            "一卡通、现金等，不要写卡号",
            "一卡通, cash …; no card number",
        ),
        Column::new("note", "备注", "Note", Type::Text, "").says(
            "其他要说明的；不要写病情、残疾类别",
            "Anything else; no illness, no disability",
        ),
    ],
    identity: &["group", "household", "programme"],
    unique: false,
    price: Some(("standard", &["programme"])),
    groups: &[],
    group: |_, _| None,
    has_total: true,
    items: &[],
    of_persons: true,
    check,
    hints: &[(
        "基数×标准要等于金额，精确到分；同一补贴的标准比上期高出超过 40% 会提醒。分组的“小计”也会核对。",
        "Base × rate = amount, to the fen; a rate 40 % above last period's is pointed out. Rows 小计 are checked too.",
    )],
};

fn check(of: &mut Checking<'_>) {
    for (index, row) in of.rows.iter().enumerate() {
        let base = of.exact(row, "base").zip(of.exact(row, "standard"));
        let amount = base.map(|(base, standard)| base.at(standard).0);
        of.must_be(index, "amount_fen", amount, "product_wrong");
        of.within(Grade::Warning, index, "paid_on");
        of.has_come(index, "paid_on");
    }
}
