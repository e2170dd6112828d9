//! T12 专项支出公开表: meetings, absence pay, receptions and their like, line by line: who, when, how many, at what
//! price. What villagers ask about most.

use super::{Checking, Class, Column, Grade, Layout, Type, Word};
use crate::disclosure::kind::DisclosureKind;

const CATEGORIES: &[Word] = &[
    Word {
        code: "meeting",
        zh: "会议费",
        en: "Meetings",
        also: &["会议"],
    },
    Word {
        code: "absence",
        zh: "误工补贴",
        en: "Absence pay",
        also: &["误工费", "误工", "误工补助"],
    },
    Word {
        code: "reception",
        zh: "公务接待",
        en: "Receptions",
        also: &["接待费", "招待费", "公务接待费"],
    },
    Word {
        code: "vehicle",
        zh: "车辆费用",
        en: "Vehicles",
        also: &["车辆费", "公车费用", "用车"],
    },
    Word {
        code: "travel",
        zh: "差旅培训",
        en: "Travel and training",
        also: &["差旅费", "培训费", "出国费用"],
    },
    Word {
        code: "other",
        zh: "其他",
        en: "Other",
        also: &[],
    },
];

pub(super) static LAYOUT: Layout = Layout {
    kind: DisclosureKind::Special,
    number: "T12",
    columns: &[
        Column::new("no", "序号", "No.", Type::Number, "1"),
        Column::new(
            "category",
            "类别",
            "Category",
            Type::Word(CATEGORIES),
            "误工补贴",
        )
        .required()
        .also(&["费用类别", "支出类别"])
        .says(
            "会议费、误工补贴、公务接待、车辆费用、差旅培训或其他",
            "One of these words",
        ),
        Column::new("date", "日期", "Date", Type::Date, "2026-10-12")
            .required()
            .also(&["时间", "发生日期"])
            .says("哪一天，要在期间之内", "The day, within the period"),
        Column::new("matter", "事由", "For what", Type::Text, "人居环境整治")
            .required()
            .also(&["摘要", "内容"])
            .says("为什么事", "For what"),
        Column::new(
            "persons",
            "人员(脱敏)",
            "Persons",
            Type::Text,
            "张＊、李＊＊",
        )
        .also(&["姓名", "参加人员", "领取人"])
        .names(Class::People)
        .says("谁；网上只显示姓", "Who; the open web shows surnames"),
        Column::new("quantity", "数量", "Quantity", Type::Quantity, "2")
            .required()
            .also(&["人次", "天数", "人数"])
            .summed()
            .says(
                "几人次、几天，只写数字",
                "How many persons or days, as a number",
            ),
        Column::new("unit", "单位", "Unit", Type::Name, "人·天")
            .also(&["计量单位"])
            .says("数量的单位", "The unit of the quantity"),
        Column::new("unit_price", "单价(元)", "Unit price", Type::Rate, "120")
            .required()
            .also(&["标准"])
            .says("一个单位多少元", "Yuan for one"),
        Column::new("amount_fen", "金额(元)", "Amount", Type::Money, "240.00")
            .required()
            .also(&["合计金额"])
            .summed()
            .says("数量×单价", "Quantity × price"),
        Column::new("voucher_no", "凭证号", "Voucher", Type::Name, "记-10-005")
            .also(&["凭证编号", "凭证字号"])
            .says("凭证的编号", "The voucher's number"),
        Column::new("handled_by", "经手人", "Handled by", Type::Name, "钱＊")
            .names(Class::Party)
            .says("谁经手的", "Who handled it"),
        Column::new("note", "备注", "Note", Type::Text, "").says("其他要说明的", "Anything else"),
    ],
    identity: &["category", "date", "matter", "persons"],
    unique: false,
    price: Some(("unit_price", &["category", "matter"])),
    groups: &[],
    group: |_, _| None,
    has_total: true,
    items: &[],
    of_persons: true,
    check,
    hints: &[(
        "数量×单价要等于金额，精确到分；同一事由的单价比上期高出超过 40% 会提醒。",
        "Quantity × price = amount, to the fen; a price 40 % above last period's for the same is pointed out.",
    )],
};

fn check(of: &mut Checking<'_>) {
    for (index, row) in of.rows.iter().enumerate() {
        let quantity = of.exact(row, "quantity").zip(of.exact(row, "unit_price"));
        let amount = quantity.map(|(quantity, price)| quantity.at(price).0);
        of.must_be(index, "amount_fen", amount, "product_wrong");
        of.within(Grade::Error, index, "date");
    }
}
