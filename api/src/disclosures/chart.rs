//! The charts of accounts in words a villager knows: that of 2024 (农村集体经济组织会计制度, 财会〔2023〕14号, 42
//! first-level accounts) and that of 2004 (村集体经济组织会计制度). The plain words are ours; api/data/README.md says
//! what of the older chart is still to be checked.

use std::sync::LazyLock;

use domain::disclosure::chart::ChartVersion;

use crate::http::lang::Lang;

/// A first-level account.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Account {
    /// Three digits.
    pub code: String,
    /// Its name in the rule.
    pub name: String,
    /// What it means, in Chinese.
    pub plain_name_zh: String,
    /// What it means, in English.
    pub plain_name_en: String,
}

impl Account {
    /// What it means, in the reader's language.
    #[must_use]
    pub fn plain_name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.plain_name_zh,
            Lang::En => &self.plain_name_en,
        }
    }
}

fn read(bytes: &'static [u8]) -> Vec<Account> {
    csv::Reader::from_reader(bytes)
        .deserialize()
        .filter_map(Result::ok)
        .collect()
}

static OF_2004: LazyLock<Vec<Account>> =
    LazyLock::new(|| read(include_bytes!("../../data/chart-of-accounts-2004.csv")));
static OF_2024: LazyLock<Vec<Account>> =
    LazyLock::new(|| read(include_bytes!("../../data/chart-of-accounts-2024.csv")));

/// All first-level accounts of a chart, by code.
#[must_use]
pub fn accounts(chart: ChartVersion) -> &'static [Account] {
    match chart {
        ChartVersion::V2004 => &OF_2004,
        ChartVersion::V2024 => &OF_2024,
    }
}

/// The first-level account that `code` belongs to: `51301` and `513.01` belong to `513`. `None` for a code that the
/// chart does not have.
#[must_use]
pub fn account(chart: ChartVersion, code: &str) -> Option<&'static Account> {
    accounts(chart)
        .iter()
        .filter(|account| code.starts_with(&account.code))
        .max_by_key(|account| account.code.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_has_its_words() {
        for (chart, count) in [(ChartVersion::V2024, 42), (ChartVersion::V2004, 33)] {
            let accounts = accounts(chart);
            assert_eq!(accounts.len(), count);
            assert!(accounts.is_sorted_by(|one, two| one.code < two.code));
            for account in accounts {
                assert_eq!(account.code.len(), 3, "{account:?}");
                assert!(!account.name.is_empty() && !account.plain_name_zh.is_empty());
                assert!(account.plain_name_en.is_ascii(), "{account:?}");
                assert!(!account.plain_name_en.is_empty(), "{account:?}");
            }
        }
    }

    #[test]
    fn every_account_of_the_results_has_its_side() {
        for chart in ChartVersion::ALL {
            for account in accounts(chart) {
                let result = account.code.starts_with('5');
                assert_eq!(chart.side(&account.code).is_some(), result, "{account:?}");
            }
        }
    }

    #[test]
    fn finds_the_account_a_code_belongs_to() {
        let new = |code| account(ChartVersion::V2024, code);
        assert_eq!(new("51301").unwrap().name, "管理费用");
        assert_eq!(
            new("513").unwrap().plain_name_zh,
            "村里日常办公和误工补贴花的钱"
        );
        for code in ["541", "51", "", "A513"] {
            assert_eq!(new(code), None, "{code}");
        }
        let old = |code| account(ChartVersion::V2004, code).map(|account| account.name.as_str());
        assert_eq!(old("54101"), Some("管理费用"));
        assert_eq!(old("511"), Some("发包及上交收入"));
        assert_eq!(old("513"), None);
    }
}
