//! Who came in another's place.

use super::names::one;
use crate::personal::surnames::is_han;

/// What somebody does in another's place, as it stands after a name in a remark.
const IN_PLACE: [&str; 5] = ["代领", "代签", "代收", "代取", "代办"];
/// What may stand before that name.
const WHOSE: [&str; 13] = [
    "由", "其", "儿子", "女儿", "妻子", "丈夫", "父亲", "母亲", "孙子", "孙女", "儿媳", "女婿",
    "邻居",
];
/// Who it may be instead of a name.
const ANYBODY: [&str; 8] = [
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
    let mut shown = text.to_owned();
    for word in IN_PLACE {
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
        ] {
            assert_eq!(stand_ins(text), shown, "{text}");
        }
    }
}
