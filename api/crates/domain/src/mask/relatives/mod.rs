//! Relatives by name in the notes of a list of people.

mod words;

use super::HIDDEN;
use super::names::{masked, spread};
use super::told::is_given;
use crate::personal::by_simplified;
use crate::personal::surnames::{is_common_name, is_han, is_surely_name, leading, trailing};

use words::{
    BETWEEN, BY, CARDS, DOES, ENDS, FOLLOWING, FOLLOWING_SHORT, RELATIONS, SHORT, TO_CARD, WHOSE,
};

/// Masks the name after a word for a relative: `妻李小红` becomes `妻李＊＊`. The bare words and those of every day stay.
#[must_use]
pub fn relatives(text: &str) -> String {
    by_simplified(text, |text| {
        lone(&owners(&spread(&relatives_in(text), relatives_in)))
    })
}

/// Whose relative somebody is, as it stands after a name: `李建国之子`.
const OWNED: [&str; 18] = [
    "之子",
    "之女",
    "之妻",
    "之夫",
    "之母",
    "之父",
    "之孙",
    "之媳",
    "的儿子",
    "的女儿",
    "的妻子",
    "的丈夫",
    "的母亲",
    "的父亲",
    "的孙子",
    "的孙女",
    "的老伴",
    "的爱人",
];

/// Masks whose relative somebody is: `李建国之子李小宝` begins with `李＊＊之子`.
fn owners(text: &str) -> String {
    let mut shown = text.to_owned();
    for word in OWNED {
        let places: Vec<usize> = shown.match_indices(word).map(|(at, _)| at).collect();
        // From the end, so that the places before stay where they are.
        for at in places.into_iter().rev() {
            let before = shown.get(..at).unwrap_or_default();
            let name = trailing(before).next().map(str::to_owned);
            if let Some(name) = name {
                shown.replace_range(at - name.len()..at, &masked(&name));
            }
        }
    }
    shown
}

/// Masks a name of three characters and more that stands by itself in a remark: `住东头，李大山`.
fn lone(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !is_han(c)) {
        let word = part.trim_end_matches(|c: char| !is_han(c));
        if word.chars().count() >= 3 && is_common_name(word) && !part.ends_with(HIDDEN) {
            shown.push_str(&masked(word));
            shown.push_str(part.get(word.len()..).unwrap_or_default());
        } else {
            shown.push_str(part);
        }
    }
    shown
}

fn relatives_in(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    // Nearly every note ends here.
    if !text.contains(ENDS) {
        return text.to_owned();
    }
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if end < done || !ENDS.contains(&c) {
            continue;
        }
        let (before, mut rest) = text.split_at(end);
        let after: &[&str] = match c {
            _ if is_relation(before, c) => &[],
            c if TO_CARD.contains(&c) => &CARDS,
            c if BY.contains(&c) => &DOES,
            _ => continue,
        };
        while let Some(more) = BETWEEN.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = more;
        }
        let start = text.len() - rest.len();
        let follows = |name: &&str| {
            let rest = rest.get(name.len()..).unwrap_or_default();
            // 张三 in 由张三代领, not 张三代.
            let does = |c: char| DOES.iter().any(|word| word.chars().eq([c]));
            match after {
                [] => may_follow(rest),
                words => !name.ends_with(does) && words.iter().any(|word| rest.starts_with(word)),
            }
        };
        let word = rest.get(..rest.find(|c| !is_han(c)).unwrap_or(rest.len()));
        // 户名：常桂芳 is a name whatever the surname.
        let open = word.and_then(|word| rest.strip_prefix(word));
        let open = open.is_some_and(|rest| !rest.starts_with(HIDDEN));
        let labelled = start > end && after.is_empty() && open;
        let whole = word.filter(|word| labelled && is_surely_name(word));
        let name = leading(rest).find(follows).or(whole);
        // 其女欣怡: whose child it is tells the surname.
        let two = rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at);
        let given = rest.get(..two).filter(|given| {
            let two = given.chars().count() == 2;
            after.is_empty() && two && is_given(given) && follows(given)
        });
        let Some(between) = text.get(done..start) else {
            continue;
        };
        if let Some(name) = name {
            shown.push_str(between);
            shown.push_str(&masked(name));
            done = start + name.len();
        } else if let Some(given) = given {
            shown.push_str(between);
            shown.extend([HIDDEN, HIDDEN]);
            done = start + given.len();
        }
    }
    shown.push_str(text.get(done..).unwrap_or_default());
    shown
}

/// Whether a text ends with a word for a relative, `last` its last character.
fn is_relation(text: &str, last: char) -> bool {
    if RELATIONS.iter().any(|word| text.ends_with(word)) {
        return true;
    }
    let before = text
        .strip_suffix(last)
        .and_then(|before| before.chars().next_back());
    SHORT.contains(&last) && before.is_none_or(|c| !is_han(c) || WHOSE.contains(&c))
}

/// Whether a name may end before this.
fn may_follow(rest: &str) -> bool {
    let mut chars = rest.chars();
    let (first, second) = (chars.next(), chars.next());
    let short = first.is_some_and(|c| FOLLOWING_SHORT.contains(&c)) && second.is_some_and(is_han);
    first.is_none_or(|c| !is_han(c) && c != HIDDEN)
        || short
        || FOLLOWING.iter().any(|word| rest.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_has_a_surname_only() {
        for (text, shown) in [
            ("妻李小红", "妻李＊＊"),
            ("其女欣怡", "其女＊＊"),
            ("长子浩然、次子浩宇", "长子＊＊、次子＊＊"),
            ("儿子春天结婚", "儿子春天结婚"),
            ("女儿高中学费", "女儿高中学费"),
            ("其子王小明", "其子王＊＊"),
            ("户主张三", "户主张＊"),
            ("代领人李桂芳", "代领人李＊＊"),
            ("代领：李桂芳", "代领：李＊＊"),
            ("委托李桂芳领取", "委托李＊＊领取"),
            ("打入李桂芳卡", "打入李＊＊卡"),
            ("委托代办", "委托代办"),
            ("打到李桂芳卡上", "打到李＊＊卡上"),
            ("打李桂芳卡上", "打李＊＊卡上"),
            ("卡主：李桂芳", "卡主：李＊＊"),
            ("卡主：常桂芳", "卡主：常＊＊"),
            ("户名李桂芳", "户名李＊＊"),
            ("户 名 李 桂 芳", "户 名 李 ＊ ＊"),
            ("开户人李桂芳", "开户人李＊＊"),
            ("委托邻居李桂芳代办", "委托邻居李＊＊代办"),
            ("存李桂芳折", "存李＊＊折"),
            ("现金存李桂芳折", "现金存李＊＊折"),
            ("存入李桂芳存折", "存入李＊＊存折"),
            ("代 领：李 桂 芳", "代 领：李 ＊ ＊"),
            ("代领－李桂芳", "代领－李＊＊"),
            ("由李桂芳代", "由李＊＊代"),
            ("由张三代领", "由张＊代领"),
            ("帮李桂芳领", "帮李＊＊领"),
            ("卡交由李桂芳保管", "卡交由李＊＊保管"),
            ("卡在李桂芳处", "卡在李＊＊处"),
            ("用李桂芳卡", "用李＊＊卡"),
            ("打至李桂芳账户", "打至李＊＊账户"),
            ("收款账户李桂芳", "收款账户李＊＊"),
            ("户主变更为李大海", "户主变更为李＊＊"),
            ("代 签 李桂芳", "代 签 李＊＊"),
            ("贫困户李大海", "贫困户李＊＊"),
            ("户主变更", "户主变更"),
            ("到农行高新支行领取", "到农行高新支行领取"),
            ("由村委会代发", "由村委会代发"),
            ("转给李桂芳", "转给李＊＊"),
            ("侄子李大海帮领", "侄子李＊＊帮领"),
            ("轉給錢滿倉", "轉給錢＊＊"),
            ("库存石料", "库存石料"),
            ("库存金针菇", "库存金针菇"),
            ("打到一卡通", "打到一卡通"),
            ("转到梁家屯小学", "转到梁家屯小学"),
            ("打石头路", "打石头路"),
            ("由村代管", "由村代管"),
            ("收款人签字", "收款人签字"),
            ("户名：东风村民委员会", "户名：东风村民委员会"),
            ("收入", "收入"),
            ("经办人：王立新", "经办人：王＊＊"),
            ("联系人签字", "联系人签字"),
            ("母亲赵桂兰", "母亲赵＊＊"),
            ("母亲赵桂兰代领", "母亲赵＊＊代领"),
            ("由其女王芳领取", "由其女王＊领取"),
            ("妻子：李小红，已外出", "妻子：李＊＊，已外出"),
            ("户主 张三", "户主 张＊"),
            ("配偶（欧阳小红）", "配偶（欧阳＊＊）"),
            ("户主张三之妻李小红", "户主张＊之妻李＊＊"),
            ("父王大山、母李小红", "父王＊＊、母李＊＊"),
            ("户主李红和王五", "户主李＊和王五"),
            ("监护人王永和代领", "监护人王＊＊代领"),
            ("子女", "子女"),
            ("妻子", "妻子"),
            ("妻子已故", "妻子已故"),
            ("子女高中学费", "子女高中学费"),
            ("女儿高中毕业", "女儿高中毕业"),
            ("母亲常年患病", "母亲常年患病"),
            ("户主于2020年去世", "户主于2020年去世"),
            ("父亲石匠", "父亲石匠"),
            ("电子马达", "电子马达"),
            ("户主李红3人", "户主李＊3人"),
            ("住东头，李大山", "住东头，李＊＊"),
            ("李大山", "李＊＊"),
            ("其子李小宝助学", "其子李＊＊助学"),
            ("李建国之子李小宝，残疾", "李＊＊之子李＊＊，残疾"),
            ("李建国的儿子外出", "李＊＊的儿子外出"),
            ("马铃薯，白灰", "马铃薯，白灰"),
            ("高龄津贴", "高龄津贴"),
            ("危房改造", "危房改造"),
            ("", ""),
        ] {
            assert_eq!(relatives(text), shown, "{text}");
            assert_eq!(relatives(shown), shown, "twice: {text}");
        }
    }
}
