//! What is written as a title for everybody, as an event's is: it tells a matter, and nobody by name.

use super::names::is_unit;
use super::{relatives, told};
use crate::personal::surnames::{is_han, leading};

/// How words end that look like a name and are a family's or a place's.
const NO_NAMES: [&str; 12] = [
    "家", "屯", "沟", "村", "镇", "乡", "县", "组", "费", "款", "金", "员",
];
/// What follows a name that begins a title: `李秀英宅基地纠纷`.
const OWNED: [char; 14] = [
    '的', '家', '宅', '户', '与', '和', '承', '借', '欠', '占', '违', '案', '土', '反',
];

/// Whether a title for everybody names somebody: by a name that words tell, or by one that it begins with.
#[must_use]
pub fn names_somebody(text: &str) -> bool {
    let is_somebody =
        |name: &str| !is_unit(name) && !NO_NAMES.iter().any(|end| name.ends_with(end));
    let begins = leading(text).any(|name| {
        let next = text.get(name.len()..).and_then(|rest| rest.chars().next());
        is_somebody(name)
            && name.chars().count() >= 3
            && next.is_none_or(|c| !is_han(c) || OWNED.contains(&c))
    });
    begins || [relatives, told].into_iter().any(|rule| rule(text) != text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_somebody_or_a_matter() {
        for text in [
            "李秀英宅基地纠纷",
            "慰问王秀英",
            "李秀英",
            "王建国与李四土地调换",
        ] {
            assert!(names_somebody(text), "{text}");
        }
        for text in [
            "修路灯",
            "东屯机井更换水泵",
            "集体车库出租",
            "石板路铺设",
            "高标准农田招标",
            "方塘清淤",
            "王家屯道路维修",
        ] {
            assert!(!names_somebody(text), "{text}");
        }
    }
}
