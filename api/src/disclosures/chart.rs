//! The chart of accounts in words a villager knows (村集体经济组织会计制度, 财会〔2023〕14号, 42 first-level
//! accounts). The plain words are ours.

use std::sync::LazyLock;

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

static CHART: LazyLock<Vec<Account>> = LazyLock::new(|| {
    csv::Reader::from_reader(include_bytes!("../../data/chart-of-accounts-2024.csv").as_slice())
        .deserialize()
        .filter_map(Result::ok)
        .collect()
});

/// All 42, by code.
#[must_use]
pub fn accounts() -> &'static [Account] {
    &CHART
}

/// The first-level account that `code` belongs to: `51301` and `513.01` belong to `513`. `None` for a code
/// of another chart.
#[must_use]
pub fn account(code: &str) -> Option<&'static Account> {
    CHART
        .iter()
        .filter(|account| code.starts_with(&account.code))
        .max_by_key(|account| account.code.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_42_accounts_each_with_its_words() {
        assert_eq!(accounts().len(), 42);
        assert!(accounts().is_sorted_by(|one, two| one.code < two.code));
        for account in accounts() {
            assert_eq!(account.code.len(), 3, "{account:?}");
            assert!(!account.name.is_empty() && !account.plain_name_zh.is_empty());
            assert!(account.plain_name_en.is_ascii(), "{account:?}");
        }
    }

    #[test]
    fn finds_the_account_a_code_belongs_to() {
        assert_eq!(account("51301").unwrap().name, "管理费用");
        assert_eq!(
            account("513").unwrap().plain_name_zh,
            "村里日常办公和误工补贴花的钱"
        );
        for code in ["541", "51", "", "A513"] {
            assert_eq!(account(code), None, "{code}");
        }
    }
}
