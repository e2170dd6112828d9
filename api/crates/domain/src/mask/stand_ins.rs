//! Who came in another's place.

use super::names::{masked, one, spread};
use crate::personal::by_simplified;
use crate::personal::surnames::{is_common_name, is_han};

/// What somebody does in another's place, as it stands after a name in a remark.
const IN_PLACE: [&str; 12] = [
    "代领", "代签", "代收", "代取", "代办", "帮领", "帮签", "帮取", "帮办", "替领", "替签", "代为",
];
/// What somebody signs, takes or has, as it stands after a name and nothing else.
const ONES_OWN: [&str; 14] = [
    "签收",
    "签字",
    "签名",
    "领取",
    "领走",
    "取走",
    "保管",
    "的卡",
    "的折",
    "的存折",
    "的银行卡",
    "的账户",
    "卡上",
    "名下",
];
/// What may stand before that name.
const WHOSE: [&str; 23] = [
    "由", "其", "儿子", "女儿", "妻子", "丈夫", "父亲", "母亲", "孙子", "孙女", "儿媳", "女婿",
    "邻居", "委托", "托", "请", "让", "找", "朋友", "侄子", "侄女", "外甥", "亲戚",
];
/// Who it may be instead of a name.
const ANYBODY: [&str; 16] = [
    "家人",
    "别人",
    "专人",
    "村里",
    "镇里",
    "组里",
    "同村人",
    "网格员",
    "家属",
    "子女",
    "亲属",
    "他人",
    "本人",
    "无人",
    "没有人",
    "村干部",
];

/// Masks the name of whoever a remark says came in another's place: `张大山代领` becomes `张＊＊代领`.
#[must_use]
pub fn stand_ins(text: &str) -> String {
    let rule = |text: &str| own(&stand_ins_in(text));
    by_simplified(text, |text| spread(&rule(text), rule))
}

/// Masks whoever signed, took or has something himself: `李桂芳签收`, `李桂芳的卡`, `李桂芳（邻居）代领`, `李桂芳代`.
fn own(text: &str) -> String {
    let mut shown = text.to_owned();
    let words = ONES_OWN.iter().chain(&IN_PLACE).chain(&["代"]);
    for word in words {
        let mut from = 0;
        while let Some(at) = shown.get(from..).and_then(|rest| rest.find(word)) {
            let at = from + at;
            from = at + word.len();
            let after = shown.get(from..).and_then(|rest| rest.chars().next());
            // 代 alone is the last of a remark.
            if *word == "代" && after.is_some_and(is_han) {
                continue;
            }
            let before = shown.get(..at).unwrap_or_default();
            let bracket = before.strip_suffix(['）', ')']);
            let bracket = bracket.and_then(|inside| inside.rsplit_once(['（', '(']));
            let before = bracket.map_or(before, |(before, _)| before);
            let run = before.rsplit(|c| !is_han(c)).next().unwrap_or_default();
            let mut name = run;
            while let Some(more) = WHOSE.iter().find_map(|whose| name.strip_prefix(whose)) {
                name = more;
            }
            if is_common_name(name) {
                let end = before.len();
                let masked = masked(name);
                shown.replace_range(end - name.len()..end, &masked);
            }
        }
    }
    shown
}

fn stand_ins_in(text: &str) -> String {
    let mut shown = text.to_owned();
    for word in IN_PLACE {
        if !shown.contains(word) {
            continue;
        }
        let mut parts = shown.split(word).peekable();
        let mut joined = String::with_capacity(shown.len());
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                joined.push_str(part);
                break;
            }
            let start = part
                .char_indices()
                .rev()
                .take_while(|(_, c)| is_han(*c))
                .last()
                .map_or(part.len(), |(at, _)| at);
            let (before, name) = part.split_at(start);
            joined.push_str(before);
            let mut rest = name;
            while let Some(more) = WHOSE.iter().find_map(|whose| rest.strip_prefix(whose)) {
                rest = more;
            }
            joined.push_str(name.strip_suffix(rest).unwrap_or_default());
            if ANYBODY.contains(&rest) {
                joined.push_str(rest);
            } else {
                joined.push_str(&one(rest));
            }
            joined.push_str(word);
        }
        shown = joined;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_came_in_anothers_place_has_a_surname_only() {
        for (text, shown) in [
            ("张大山代领", "张＊＊代领"),
            ("一卡通发放，李四代签", "一卡通发放，李＊代签"),
            ("团结镇便民服务中心代办", "团结镇便民服务中心代办"),
            ("代领", "代领"),
            ("没有现金；王五代收", "没有现金；王＊代收"),
            ("由其儿子张小三代领", "由其儿子张＊＊代领"),
            ("家属代领", "家属代领"),
            ("李桂芳帮领", "李＊＊帮领"),
            ("委托邻居李桂芳代办", "委托邻居李＊＊代办"),
            ("请李桂芳代办", "请李＊＊代办"),
            ("李 桂 芳 代 领", "李 ＊ ＊ 代 领"),
            ("錢滿倉代領", "錢＊＊代領"),
            ("一卡通发放 李四代签", "一卡通发放 李＊代签"),
            ("村里代办", "村里代办"),
            ("现金，李大海签收", "现金，李＊＊签收"),
            ("李桂芳的卡", "李＊＊的卡"),
            ("李桂芳（邻居）代领", "李＊＊（邻居）代领"),
            ("李桂芳代", "李＊＊代"),
            ("本人签收", "本人签收"),
            ("高龄老人的卡", "高龄老人的卡"),
            ("年代久远", "年代久远"),
        ] {
            assert_eq!(stand_ins(text), shown, "{text}");
        }
    }
}
