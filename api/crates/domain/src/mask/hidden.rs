//! The names that are hidden anywhere in a table, and are hidden in the words of every row: whom row 5 hides as its
//! handler, row 6 does not tell in 家具款，郑大海经手.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use super::HIDDEN;
use super::names::{hidden_names, is_between, surname, told_characters};
use crate::personal::simple;
use crate::personal::surnames::{is_common_name, is_surely_name};

/// What a unit that is named after somebody or some place does, as it stands after the name: 高山种植合作社.
const TRADES: [&str; 38] = [
    "种植",
    "养殖",
    "种养",
    "农机",
    "农业",
    "农资",
    "农产品",
    "粮油",
    "粮食",
    "建材",
    "建筑",
    "建设",
    "工程",
    "五金",
    "家具",
    "家电",
    "电器",
    "装饰",
    "装潢",
    "机械",
    "汽车",
    "汽修",
    "运输",
    "物流",
    "商贸",
    "百货",
    "日杂",
    "便利",
    "食品",
    "餐饮",
    "打印",
    "打字",
    "复印",
    "广告",
    "印刷",
    "劳务",
    "专业",
    "牌匾",
];
/// How what is named so ends, after its trade.
const UNITS: [&str; 19] = [
    "合作社",
    "公司",
    "集团",
    "厂",
    "店",
    "铺",
    "社",
    "部",
    "中心",
    "行",
    "队",
    "场",
    "馆",
    "站",
    "超市",
    "基地",
    "园",
    "坊",
    "室",
];
/// How places and units end that are named so without a trade. No word of every day after somebody's name is among
/// them, such as 部分 or 所欠.
const PLACES: [&str; 49] = [
    "村",
    "屯",
    "镇",
    "乡",
    "县",
    "市",
    "街",
    "路",
    "桥",
    "河",
    "沟",
    "渠",
    "山",
    "岭",
    "湖",
    "泡子",
    "水库",
    "水电站",
    "林场",
    "农场",
    "牧场",
    "灌区",
    "泵站",
    "小学",
    "中学",
    "学校",
    "医院",
    "卫生院",
    "卫生所",
    "幼儿园",
    "公司",
    "集团",
    "厂",
    "店",
    "商店",
    "商行",
    "超市",
    "饭店",
    "合作社",
    "社区",
    "委员会",
    "大街",
    "小区",
    "公园",
    "广场",
    "景区",
    "工业园",
    "农庄",
    "庄园",
];
/// What begins like a place and is none: 张三路费.
const NO_PLACES: [&str; 6] = ["路费", "路上", "路过", "路途", "街上", "路边"];

/// What of these follows no person's name, however long that is.
const FIRMS: [&str; 12] = [
    "公司",
    "集团",
    "厂",
    "商店",
    "商行",
    "超市",
    "饭店",
    "药店",
    "诊所",
    "合作社",
    "家庭农场",
    "种植大户",
];

/// The names that a table hides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// In simplified characters, without what may stand between them.
    names: HashSet<String>,
    /// With what they begin.
    first: HashSet<char>,
    /// How many characters they have.
    lengths: BTreeSet<usize>,
}

impl Hidden {
    /// Adds the names that a cell has in full and that stand hidden in it as it is `shown`. A cell that may say anything,
    /// as who was paid does (自来水, 农资), only hides elsewhere what looks like a name; where people stand (`of_people`),
    /// rarer surnames count, too.
    pub fn add(&mut self, full: &str, shown: &str, of_people: bool) {
        if full == shown {
            return;
        }
        for name in hidden_names(full, shown) {
            let plain: String = told_characters(&name).collect();
            let is_latin = name.chars().all(|c| c.is_ascii_alphabetic());
            let is_name = if is_latin {
                of_people
            } else if of_people {
                is_surely_name(&name)
            } else {
                is_common_name(&plain) || name.contains('·')
            };
            if let Some(first) = plain.chars().next().filter(|_| is_name) {
                self.first.insert(first);
                self.lengths.insert(plain.chars().count());
                self.names.insert(plain);
            }
        }
    }

    /// Those of both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            names: self.names.union(&other.names).cloned().collect(),
            first: self.first.union(&other.first).copied().collect(),
            lengths: self.lengths.union(&other.lengths).copied().collect(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Hides them wherever they stand in a text, in one pass over it, however many there are. A name of two characters
    /// stays where it is part of a longer word for a place or a unit: 高山 in 高山村.
    #[must_use]
    pub fn hide<'a>(&self, text: &'a str) -> Cow<'a, str> {
        // Nearly every text ends here.
        if self.is_empty()
            || !text
                .chars()
                .any(|c| self.first.contains(&simple(c).to_ascii_lowercase()))
        {
            return Cow::Borrowed(text);
        }
        let plain: Vec<char> = told_characters(text).collect();
        let mut hidden = HashSet::new();
        let mut at = 0;
        while at < plain.len() {
            let Some(length) = self.name_at(&plain, at) else {
                at += 1;
                continue;
            };
            let name: String = plain.iter().skip(at).take(length).collect();
            hidden.extend(at + surname(&name)..at + length);
            at += length;
        }
        if hidden.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut place = 0;
        let shown = text.chars().map(|c| {
            if is_between(c) {
                return c;
            }
            place += 1;
            if hidden.contains(&(place - 1)) {
                HIDDEN
            } else {
                c
            }
        });
        Cow::Owned(shown.collect())
    }

    /// How many characters the longest name has that begins here.
    fn name_at(&self, plain: &[char], at: usize) -> Option<usize> {
        plain.get(at).filter(|c| self.first.contains(c))?;
        let lengths = self.lengths.iter().rev();
        lengths.copied().find(|length| {
            let name = plain.get(at..at + length);
            let name: Option<String> = name.map(|chars| chars.iter().collect());
            name.is_some_and(|name| self.names.contains(&name))
                && (*length > 2 || !is_part(plain, at, at + length))
        })
    }
}

/// Whether what stands from `start` to `end` is part of a place's or a unit's name, or of a measure: 50马力.
fn is_part(plain: &[char], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| plain.get(at));
    if before.is_some_and(|c| c.is_numeric()) {
        return true;
    }
    let rest: String = plain.iter().skip(end).take(12).collect();
    begins(&rest, &PLACES) && !begins(&rest, &NO_PLACES) || is_firm(&rest)
}

/// Whether what stands from `start` to `end` and looks like a name is part of a unit's, or of a place's that is as short as
/// one: 李大海五金店, 高山村.
pub fn is_named_so(text: &[char], start: usize, end: usize) -> bool {
    let rest: String = text.iter().skip(end).take(12).collect();
    end - start == 2 && is_part(text, start, end) || is_firm(&rest) || begins(&rest, &FIRMS)
}

fn begins(rest: &str, words: &[&str]) -> bool {
    words.iter().any(|word| rest.starts_with(word))
}

/// Whether a trade and a unit follow.
fn is_firm(rest: &str) -> bool {
    let mut unit = rest;
    while let Some(more) = TRADES.iter().find_map(|word| unit.strip_prefix(word)) {
        unit = more;
    }
    unit.len() < rest.len() && begins(unit, &UNITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::{names, persons};

    fn hidden(people: &[&str], parties: &[&str]) -> Hidden {
        let mut hidden = Hidden::default();
        for cell in people {
            hidden.add(cell, &persons(cell), true);
        }
        for cell in parties {
            hidden.add(cell, &names(cell), false);
        }
        hidden
    }

    #[test]
    fn what_one_row_hides_the_next_does_not_tell() {
        let hidden = hidden(
            &["郑大海、常建国", "欧阳修文", "高山", "钱满仓"],
            &["东风村王大锤", "马力", "买买提·艾力"],
        );
        for (text, shown) in [
            ("家具款，郑大海经手", "家具款，郑＊＊经手"),
            ("郑 大 海误工", "郑 ＊ ＊误工"),
            ("鄭大海經手", "鄭＊＊經手"),
            ("錢滿倉經手", "錢＊＊經手"),
            ("常建国误工，欧阳修文误工", "常＊＊误工，欧阳＊＊误工"),
            ("王大锤修路", "王＊＊修路"),
            ("买买提艾力运费", "买＊＊＊＊运费"),
            ("付高山误工", "付高＊误工"),
            ("高山经手", "高＊经手"),
            ("高山路费", "高＊路费"),
            ("高山部分工资", "高＊部分工资"),
            ("高山村道路", "高山村道路"),
            ("高山小学维修", "高山小学维修"),
            ("高山种植专业合作社", "高山种植专业合作社"),
            ("高山水库", "高山水库"),
            ("50马力拖拉机", "50马力拖拉机"),
            ("修水渠", "修水渠"),
            ("", ""),
        ] {
            assert_eq!(hidden.hide(text), shown, "{text}");
            assert_eq!(hidden.hide(shown), shown, "twice: {text}");
        }
    }

    #[test]
    fn what_is_no_name_is_hidden_nowhere_else() {
        let hidden = hidden(&["全体村民", "共3人"], &["自来水", "农资", "团结供电所"]);
        assert!(hidden.is_empty(), "{hidden:?}");
        assert_eq!(hidden.hide("自来水维修"), "自来水维修");
    }

    #[test]
    fn many_names_cost_no_more_than_few() {
        let mut many = Hidden::default();
        let given = ["建", "国", "大", "海", "小", "红", "明", "华", "强", "军"];
        for (one, two) in given
            .iter()
            .flat_map(|one| given.iter().map(move |two| (one, two)))
        {
            let name = format!("王{one}{two}");
            many.add(&name, &persons(&name), true);
        }
        assert_eq!(many.hide("付王小红、王大海误工"), "付王＊＊、王＊＊误工");
        assert_eq!(many.hide("王府村修路"), "王府村修路");
    }
}
