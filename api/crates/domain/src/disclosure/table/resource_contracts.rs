//! T6 资源发包合同台账: land and water that the village has let, to whom, for how much, and what was paid.

use chrono::{Datelike as _, Days, Months};

use super::exact::ONE;
use super::{Checking, Class, Column, Exact, Grade, Layout, TableRow, Type, Value, Word};
use crate::disclosure::kind::DisclosureKind;
use crate::time::Day;

const RESOURCES: &[Word] = &[
    Word {
        code: "arable",
        zh: "耕地",
        en: "Arable land",
        also: &[],
    },
    Word {
        code: "forest",
        zh: "林地",
        en: "Woodland",
        also: &[],
    },
    Word {
        code: "water",
        zh: "水面",
        en: "Water",
        also: &["鱼塘", "水库", "池塘"],
    },
    Word {
        code: "waste",
        zh: "四荒",
        en: "Waste land",
        also: &["四荒地", "荒地"],
    },
    Word {
        code: "reserve",
        zh: "机动地",
        en: "Reserve land",
        also: &[],
    },
    Word {
        code: "other",
        zh: "其他",
        en: "Other",
        also: &["草原", "草地", "果园", "滩涂", "建设用地"],
    },
];

/// A contract that ends within so many days after the period is worth a look (domain.md 4.3, R11).
const SOON: u64 = 90;

pub(super) static LAYOUT: Layout = Layout {
    kind: DisclosureKind::ResourceContracts,
    number: "T6",
    columns: &[
        Column::new(
            "contract_no",
            "合同编号",
            "Contract",
            Type::Name,
            "HT-2024-003",
        )
        .required()
        .says("合同的编号，不能重复", "The contract's number, each once"),
        Column::new(
            "resource",
            "资源名称",
            "Resource",
            Type::Name,
            "东大荒机动地一号",
        )
        .lasts()
        .required()
        .says("发包的地块、水面的名称", "The field or water that is let"),
        Column::new(
            "type",
            "类型(耕地/林地/水面/四荒/机动地)",
            "Type",
            Type::Word(RESOURCES),
            "机动地",
        )
        .required()
        .also(&["资源类型"])
        .says("耕地、林地、水面、四荒、机动地或其他", "One of these words"),
        Column::new(
            "boundaries",
            "坐落四至",
            "Boundaries",
            Type::Text,
            "东至水渠，西至大道",
        )
        .also(&["四至", "坐落"])
        .says("在哪里，四边到哪里", "Where it lies and how far"),
        Column::new("area_mu", "面积(亩)", "Area, mu", Type::Quantity, "42.5")
            .lasts()
            .required()
            .summed()
            .says("面积，亩", "Area in mu"),
        Column::new(
            "contractor",
            "承包方(脱敏)",
            "Contractor",
            Type::Name,
            "王＊",
        )
        .lasts()
        .required()
        .also(&["承包人", "承包方名称", "承租方"])
        .names(Class::Party)
        .says(
            "承包的人或单位；网上个人只显示姓",
            "Who has it; of a person the open web shows the surname",
        ),
        Column::new("signed_on", "签订日期", "Signed", Type::Date, "2024-03-01")
            .lasts()
            .also(&["签订时间", "合同签订日期"])
            .says("签合同的日期", "The day of the contract"),
        Column::new(
            "term",
            "起止日期",
            "Term",
            Type::Span,
            "2024-03-01至2029-02-28",
        )
        .lasts()
        .required()
        .also(&["起止时间", "承包期限", "合同期限"])
        .says("写成 2024-03-01至2029-02-28", "As 2024-03-01至2029-02-28"),
        Column::new("years", "年限", "Years", Type::Quantity, "5")
            .also(&["承包年限"])
            .says(
                "承包几年，要与起止日期相符",
                "How many years, as the term says",
            ),
        Column::new(
            "unit_price",
            "单价(元/亩·年)",
            "Price a mu and year",
            Type::Rate,
            "500",
        )
        .says(
            "每亩每年多少元；整块计价的不填",
            "Yuan for a mu and year; blank for a lump sum",
        ),
        Column::new(
            "due_fen",
            "年应收(元)",
            "Due a year",
            Type::Money,
            "21250.00",
        )
        .required()
        .also(&["应收", "年承包费", "本年应收"])
        .summed()
        .says("面积×单价", "Area × price"),
        Column::new(
            "received_fen",
            "已收(元)",
            "Received",
            Type::Money,
            "20000.00",
        )
        .or_zero()
        .also(&["实收", "本年已收"])
        .summed()
        .says("本年已经收到的", "What was received this year"),
        Column::new("owed_fen", "欠缴(元)", "Owed", Type::Signed, "1250.00")
            .required()
            .also(&["欠收", "欠款", "未收"])
            .summed()
            .says(
                "年应收－已收；多收的写负数",
                "Due − received; negative when more was paid",
            ),
        Column::new(
            "received_on",
            "收款入账日期",
            "Booked",
            Type::Date,
            "2026-01-15",
        )
        .also(&["入账日期", "收款日期"])
        .says("钱进账的日期", "The day the money came in"),
        Column::new("tender", "招标方式", "Tender", Type::Name, "公开竞价")
            .also(&["发包方式"])
            .says("怎么选的承包方", "How the contractor was chosen"),
        Column::new(
            "decision",
            "民主决策记录",
            "Decision",
            Type::Text,
            "村民代表会议 2024-02-20",
        )
        .also(&["民主决策", "决策记录"])
        .says("哪次会议定的", "The meeting that decided it"),
        Column::new("expiry", "到期预警", "Expiry", Type::Name, "").says(
            "快到期、已到期的写明",
            "Say so when it ends soon or has ended",
        ),
    ],
    identity: &["contract_no"],
    unique: true,
    price: Some(("unit_price", &["resource"])),
    groups: &[],
    group: |_, _| None,
    has_total: true,
    items: &[],
    of_persons: true,
    check,
    hints: &[(
        "面积×单价要等于年应收，年应收减已收要等于欠缴，精确到分；单价比上期同一资源高出超过 40% 会提醒。",
        "Area × price = due and due − received = owed, to the fen; a price 40 % above last period's is pointed out.",
    )],
};

fn check(of: &mut Checking<'_>) {
    for (index, row) in of.rows.iter().enumerate() {
        let price = of.exact(row, "unit_price");
        let area = of.exact(row, "area_mu");
        let due = area.zip(price).map(|(area, price)| area.at(price).0);
        of.must_be(index, "due_fen", due, "product_wrong");
        let due = of.fen(row, "due_fen");
        let received = of.fen_or_zero(row, "received_fen");
        let owed = due.map(|due| due.saturating_sub(received));
        of.must_be(index, "owed_fen", owed, "difference_wrong");
        if of.fen_or_zero(row, "owed_fen") > 0 {
            of.fault(
                Grade::Warning,
                index,
                "owed_fen",
                "rent_owed",
                String::new(),
            );
        }
        of.has_come(index, "signed_on");
        of.has_come(index, "received_on");
        term(of, index, row);
    }
    // A contract that ended before this period is gone with reason.
    of.gone(|of, row| match of.value(row, "term") {
        Some(Value::Span { to, .. }) => *to >= of.period.first_day(),
        _ => true,
    });
}

fn term(of: &mut Checking<'_>, index: usize, row: &TableRow) {
    let Some(Value::Span { from, to }) = of.value(row, "term") else {
        return;
    };
    let (from, to) = (*from, *to);
    if let (Some(said), Some(years)) = (of.exact(row, "years"), years(from, to))
        && said != Exact(i64::from(years) * ONE)
    {
        let expected = years.to_string();
        of.fault(Grade::Warning, index, "years", "years_differ", expected);
    }
    let last = of.period.last_day();
    let soon = last.checked_add_days(Days::new(SOON)).unwrap_or(last);
    if to <= soon {
        let expected = last.to_string();
        of.fault(Grade::Warning, index, "term", "contract_ends", expected);
    }
}

/// How many whole years a term has, when it has whole years.
fn years(from: Day, to: Day) -> Option<u32> {
    let end = to.succ_opt()?;
    // Both customs: until the day before, or until the same day.
    [end, to].into_iter().find_map(|end| {
        let years = u32::try_from(end.year() - from.year()).ok()?;
        let anniversary = from.checked_add_months(Months::new(years * 12))?;
        (anniversary == end && years > 0).then_some(years)
    })
}
