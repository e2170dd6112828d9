//! The catalogue of a county that has set none. Each matter names what it rests on; what no law says is marked as some
//! place's rule, as our choice, or as unverified (`domain.md` 2.2 to 2.4 and 3). Article numbers are those of the
//! 村民委员会组织法 as amended on 2025-10-28. A release that changes it must keep it under this version and begin another.

use std::sync::LazyLock;

use super::catalogue::{Basis, Catalogue, Item, Source};
use super::rule::{DueRule, Frequency};
use crate::deadline::{Roll, Unit};
use crate::disclosure::kind::DisclosureKind;
use crate::region::Level;

static SHIPPED: LazyLock<Catalogue> = LazyLock::new(make);

/// It.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    &SHIPPED
}

const QUARTERLY_LAW: &str =
    "《村民委员会组织法》（2025年修订）第三十五条：一般事项至少每季度公布一次";
const ITEMISED: &str = "《农村集体经济组织财务公开规定》（2011年）：逐项逐笔公开，至少每季度一次，财务往来较多的每月一次";
const TWENTIETH: &str = "每季度首月20日前公开上季度：浙江某县公开目录的规定";
const TWENTIETH_CHOSEN: &str = "公开期限采用每季度首月20日：本系统选用";

fn basis(rows: &[(&str, Source)]) -> Vec<Basis> {
    let row = |(text, source): &(&str, Source)| Basis {
        text: (*text).to_owned(),
        source: *source,
    };
    rows.iter().map(row).collect()
}

fn item(
    code: &str,
    name: &str,
    kind: DisclosureKind,
    frequency: Frequency,
    due: DueRule,
    rests_on: &[(&str, Source)],
) -> Item {
    Item {
        code: code.to_owned(),
        name: name.to_owned(),
        kind,
        basis: basis(rests_on),
        frequency,
        due,
        responsible: "村民委员会、村集体经济组织；乡镇代理记账中心按时提供数据并公布".to_owned(),
        channel: "村务公开栏（必须）和本网站".to_owned(),
        level: Level::Village,
    }
}

fn on(months_after: i32, day: u32) -> DueRule {
    DueRule::DayOfMonth {
        months_after,
        day,
        roll: Roll::NextWorkingDay,
    }
}

/// A matter of the 2011 rule's classes, by the quarter.
fn quarterly(code: &str, name: &str, kind: DisclosureKind, class: &str) -> Item {
    let class = format!("《农村集体经济组织财务公开规定》（2011年）公开内容：{class}");
    item(
        code,
        name,
        kind,
        Frequency::Quarterly,
        on(1, 20),
        &[
            (QUARTERLY_LAW, Source::Law),
            (&class, Source::Law),
            (TWENTIETH, Source::Local),
            (TWENTIETH_CHOSEN, Source::OurChoice),
        ],
    )
}

fn make() -> Catalogue {
    use DisclosureKind as K;
    use Source::{Law, Local, OurChoice, Unverified};
    let ledger = item(
        "ledger",
        "财务收支逐笔公开",
        K::Ledger,
        Frequency::Monthly,
        on(1, 15),
        &[
            (
                "《村民委员会组织法》（2025年修订）第三十五条：财务收支较多的每月公布",
                Law,
            ),
            (ITEMISED, Law),
            ("各村财务一律每月公开：山东等地的规定", Local),
            ("每月15日为公开日：多地惯例，本系统选用", OurChoice),
        ],
    );
    let balance = item(
        "balance-sheet",
        "年度资产负债表",
        K::BalanceSheet,
        Frequency::Yearly,
        on(3, 31),
        &[
            ("《农村集体经济组织法》第四十五条：定期公布财务情况", Law),
            (
                "年度清产核资结果次年3月31日前上报（出处待核实）",
                Unverified,
            ),
            ("公开期限与之相同：本系统选用", OurChoice),
        ],
    );
    let special = item(
        "special",
        "重大事项专项公开",
        K::Special,
        Frequency::AtOnce,
        DueRule::AfterEvent {
            amount: 5,
            unit: Unit::CalendarDay,
            roll: Roll::NextWorkingDay,
        },
        &[
            (
                "《村民委员会组织法》（2025年修订）第三十五条：重大事项随时公布",
                Law,
            ),
            (
                "《农村集体经济组织财务公开规定》（2011年）：重大事项及时专项公开",
                Law,
            ),
            ("重大财务事项五日内公开：浙江的规定", Local),
            (
                "采用五日，遇休息日顺延；以工作人员登记的发生日起算：本系统选用",
                OurChoice,
            ),
        ],
    );
    Catalogue {
        items: vec![
            ledger,
            quarterly("summary", "财务收支汇总", K::Summary, "收入、支出"),
            quarterly(
                "cash-position",
                "货币资金",
                K::CashPosition,
                "资产（货币资金）",
            ),
            quarterly(
                "receivables-payables",
                "债权债务",
                K::ReceivablesPayables,
                "债权债务",
            ),
            quarterly("assets", "固定资产台账", K::Assets, "资产"),
            quarterly(
                "resource-contracts",
                "资源发包合同",
                K::ResourceContracts,
                "资源",
            ),
            quarterly(
                "projects",
                "工程项目",
                K::Projects,
                "其他（招投标、预决算）",
            ),
            item(
                "benefit-payments",
                "惠民补贴发放",
                K::BenefitPayments,
                Frequency::Quarterly,
                on(1, 20),
                &[
                    (
                        "《村民委员会组织法》（2025年修订）第三十五条：救灾救助、补贴补助等资金、物资的管理使用情况",
                        Law,
                    ),
                    (QUARTERLY_LAW, Law),
                    (TWENTIETH, Local),
                    (TWENTIETH_CHOSEN, OurChoice),
                ],
            ),
            balance,
            special,
        ],
    }
}
