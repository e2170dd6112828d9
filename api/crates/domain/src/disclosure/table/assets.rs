//! T5 固定资产台账: the things a village owns, what they cost and what they are worth still.

use super::{Checking, Class, Column, Grade, Layout, Type, Word};
use crate::disclosure::kind::DisclosureKind;

const CATEGORIES: &[Word] = &[
    Word {
        code: "operating",
        zh: "经营性",
        en: "Operating",
        also: &["经营性资产", "经营"],
    },
    Word {
        code: "non_operating",
        zh: "非经营性",
        en: "Non-operating",
        also: &["非经营性资产", "公益性", "非经营"],
    },
];

const USES: &[Word] = &[
    Word {
        code: "own_use",
        zh: "自用",
        en: "Own use",
        also: &["村自用"],
    },
    Word {
        code: "rented",
        zh: "出租",
        en: "Rented out",
        also: &["他人使用", "出借"],
    },
    Word {
        code: "idle",
        zh: "闲置",
        en: "Idle",
        also: &[],
    },
];

pub(super) static LAYOUT: Layout = Layout {
    kind: DisclosureKind::Assets,
    number: "T5",
    columns: &[
        Column::new("code", "编号", "Number", Type::Name, "GD-001")
            .required()
            .also(&["资产编号"])
            .says("资产的编号，不能重复", "The asset's number, each once"),
        Column::new("name", "名称", "Name", Type::Name, "村部办公房")
            .lasts()
            .required()
            .also(&["资产名称"])
            .says("资产的名称", "What it is"),
        Column::new(
            "category",
            "类别(经营性/非经营性)",
            "Category",
            Type::Word(CATEGORIES),
            "非经营性",
        )
        .required()
        .says(
            "经营性（能挣钱的）或非经营性",
            "经营性: it earns money; 非经营性: it does not",
        ),
        Column::new(
            "specification",
            "规格",
            "Specification",
            Type::Text,
            "砖混 120 平方米",
        )
        .also(&["规格型号", "型号"])
        .says("大小、型号", "Size, model"),
        Column::new(
            "acquired_on",
            "购建日期",
            "Acquired",
            Type::Date,
            "2015-09-30",
        )
        .lasts()
        .also(&["购置日期", "建成日期", "取得日期"])
        .says("买来或建成的日期", "The day it was bought or built"),
        Column::new(
            "original_fen",
            "原值(元)",
            "Original value",
            Type::Money,
            "180000.00",
        )
        .lasts()
        .required()
        .also(&["资产原值", "金额"])
        .summed()
        .says("买或建时花的钱", "What it cost"),
        Column::new(
            "depreciation_fen",
            "累计折旧(元)",
            "Depreciation",
            Type::Money,
            "60000.00",
        )
        .grows()
        .or_zero()
        .summed()
        .says("到本期末一共折旧多少", "What it has lost so far"),
        Column::new("net_fen", "净值(元)", "Net value", Type::Money, "120000.00")
            .required()
            .also(&["资产净值"])
            .summed()
            .says("原值－累计折旧", "Original value − depreciation"),
        Column::new("location", "存放地点", "Place", Type::Text, "村部院内")
            .says("在哪里", "Where it is"),
        Column::new(
            "use",
            "使用状况(自用/出租/闲置)",
            "Use",
            Type::Word(USES),
            "自用",
        )
        .also(&["使用情况"])
        .says(
            "自用、出租或闲置",
            "自用 own use, 出租 rented out, 闲置 idle",
        ),
        Column::new("user", "使用人", "User", Type::Name, "村委会")
            .also(&["保管人"])
            .names(Class::Party)
            .says("谁在用、谁保管", "Who uses or keeps it"),
        Column::new(
            "yearly_income_fen",
            "年收益(元)",
            "Yearly income",
            Type::Money,
            "0.00",
        )
        .summed()
        .says(
            "出租的每年收多少",
            "What it brings in a year when rented out",
        ),
        Column::new("picture", "照片/二维码", "Picture or code", Type::Text, "")
            .also(&["照片", "二维码"])
            .says("照片编号或二维码编号", "The number of its picture or code"),
    ],
    identity: &["code"],
    unique: true,
    price: None,
    groups: &[],
    group: |_, _| None,
    has_total: true,
    items: &[],
    of_persons: false,
    check,
    hints: &[(
        "净值要等于原值减累计折旧。上期有、这期没有的资产会提醒：处置了的要另外公开。",
        "Net value = original value − depreciation. An asset that is gone since last period is pointed out.",
    )],
};

fn check(of: &mut Checking<'_>) {
    for (index, row) in of.rows.iter().enumerate() {
        let original = of.fen(row, "original_fen");
        let lost = of.fen_or_zero(row, "depreciation_fen");
        let net = original.map(|original| original.saturating_sub(lost));
        of.must_be(index, "net_fen", net, "difference_wrong");
        of.has_come(index, "acquired_on");
        let earns = of.fen_or_zero(row, "yearly_income_fen") > 0;
        if of.word(row, "use") == Some("rented") && !earns {
            of.fault(
                Grade::Warning,
                index,
                "yearly_income_fen",
                "income_missing",
                String::new(),
            );
        }
    }
    of.gone(|_, _| true);
}
