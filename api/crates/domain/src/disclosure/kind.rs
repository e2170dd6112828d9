//! What an account is about: the tables T1 to T12 of `domain.md` that a village puts up.

use serde::{Deserialize, Serialize};

use super::period::Period;
use crate::time::Day;

/// A kind of disclosure.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DisclosureKind {
    /// T1 财务收支逐笔公开表
    #[default]
    Ledger,
    /// T2 收支汇总表
    Summary,
    /// T3 资产负债表
    BalanceSheet,
    /// T4 债权债务明细表
    ReceivablesPayables,
    /// T5 固定资产台账
    Assets,
    /// T6 资源发包合同台账
    ResourceContracts,
    /// T7 工程项目公开表
    Projects,
    /// T8 惠民补贴发放明细
    BenefitPayments,
    /// T9 下月拟办收支业务明细表
    PlannedSpending,
    /// T11 货币资金表
    CashPosition,
    /// T12 专项支出公开表
    Special,
}

impl DisclosureKind {
    /// All, as the layouts are numbered.
    pub const ALL: [Self; 11] = [
        Self::Ledger,
        Self::Summary,
        Self::BalanceSheet,
        Self::ReceivablesPayables,
        Self::Assets,
        Self::ResourceContracts,
        Self::Projects,
        Self::BenefitPayments,
        Self::PlannedSpending,
        Self::CashPosition,
        Self::Special,
    ];

    /// The word used in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Summary => "summary",
            Self::BalanceSheet => "balance_sheet",
            Self::ReceivablesPayables => "receivables_payables",
            Self::Assets => "assets",
            Self::ResourceContracts => "resource_contracts",
            Self::Projects => "projects",
            Self::BenefitPayments => "benefit_payments",
            Self::PlannedSpending => "planned_spending",
            Self::CashPosition => "cash_position",
            Self::Special => "special",
        }
    }

    /// Reads [`DisclosureKind::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Its name on the notice board.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ledger => "财务收支逐笔公开表",
            Self::Summary => "收支汇总表",
            Self::BalanceSheet => "资产负债表",
            Self::ReceivablesPayables => "债权债务明细表",
            Self::Assets => "固定资产台账",
            Self::ResourceContracts => "资源发包合同台账",
            Self::Projects => "工程项目公开表",
            Self::BenefitPayments => "惠民补贴发放明细",
            Self::PlannedSpending => "拟办收支业务明细表",
            Self::CashPosition => "货币资金表",
            Self::Special => "专项支出公开表",
        }
    }

    /// Whether it states what a whole period came to, so that nothing can be said before the period is over.
    #[must_use]
    pub fn sums_up_a_period(self) -> bool {
        matches!(
            self,
            Self::Ledger | Self::Summary | Self::BalanceSheet | Self::CashPosition
        )
    }

    /// The first day on which such a disclosure of a period can be published; `None` for what may come out within it.
    #[must_use]
    pub fn publishable_from(self, period: Period) -> Option<Day> {
        let morrow = period.last_day().succ_opt();
        morrow.filter(|_| self.sums_up_a_period())
    }

    /// The title of a disclosure: 东风村2026年10月财务收支逐笔公开表.
    #[must_use]
    pub fn title(self, village: &str, period: Period) -> String {
        format!("{village}{}{}", period.in_words(), self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for kind in DisclosureKind::ALL {
            assert_eq!(DisclosureKind::parse(kind.as_str()), Some(kind));
            let json = serde_json::to_string(&kind).unwrap_or_default();
            assert_eq!(json, format!("\"{}\"", kind.as_str()));
        }
        assert_eq!(DisclosureKind::parse("T1"), None);
    }

    #[test]
    fn a_title_says_where_when_and_what() {
        let title =
            Period::parse("2026-10").map(|october| DisclosureKind::Ledger.title("东风村", october));
        assert_eq!(title.as_deref(), Ok("东风村2026年10月财务收支逐笔公开表"));
    }
}
