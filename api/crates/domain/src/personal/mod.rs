//! Numbers and headings that lead to a person and have no place in a list for everybody: identity cards, bank cards,
//! telephones (domain.md 2.6). What is found here is refused at the door, before it is kept.

mod accounts;
mod addresses;
mod minors;
mod numbers;
mod simplified;
pub(crate) mod surnames;

pub use accounts::account;
pub use addresses::{house, house_of_somebody};
pub use minors::{OF_AGE, age_on};
pub(crate) use minors::{
    goes_to_school, hints_at_minor, is_child_of, is_young_at, names_minor, plain, speaks_of_minor,
    speaks_of_young,
};
pub(crate) use numbers::digit;
pub use numbers::{Found, Trace, has_long_number, private_trace, trace, traces};
pub(crate) use simplified::{by_simplified, simple, simplified};

use unicode_normalization::UnicodeNormalization as _;

/// Words of headings above what nobody may list.
const FORBIDDEN: [&str; 34] = [
    "身份证",
    "证件号",
    "证件类型",
    "公民身份",
    "银行卡",
    "银行账号",
    "银行帐号",
    "开户行",
    "开户账号",
    "一卡通号",
    "一卡通账号",
    "一卡通帐号",
    "社保卡",
    "卡号",
    "账号",
    "帐号",
    "电话",
    "手机",
    "联系方式",
    "微信",
    "住址",
    "门牌",
    "家庭地址",
    "详细地址",
    "残疾类别",
    "残疾等级",
    "残疾种类",
    "残疾类型",
    "残疾证",
    "病种",
    "病情",
    "病因",
    "患病",
    "宗教信仰",
];

/// Whether a column under this heading has no place in a list for everybody.
#[must_use]
pub fn is_forbidden_heading(heading: &str) -> bool {
    let plain: String = heading.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = simplified(&plain);
    FORBIDDEN.iter().any(|word| plain.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_nobody_may_have() {
        for heading in [
            "身份证号",
            "银行卡 号",
            "联系电话",
            "住址门牌",
            "残疾类别",
            "领款人手机",
            "开户账号",
            "銀行卡號",
            "身份證號",
            "聯繫電話",
            "殘疾類別",
        ] {
            assert!(is_forbidden_heading(heading), "{heading}");
        }
        for heading in [
            "户主(脱敏)",
            "补贴项目",
            "合同编号",
            "凭证号",
            "村组",
            "发放方式",
        ] {
            assert!(!is_forbidden_heading(heading), "{heading}");
        }
    }
}
