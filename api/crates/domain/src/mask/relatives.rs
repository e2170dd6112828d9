//! Relatives by name in the notes of a list of people.

use super::HIDDEN;
use super::names::{masked, spread};
use crate::personal::by_simplified;
use crate::personal::surnames::{is_han, is_surely_name, leading};

/// How words for a relative end: without one of them a text names none.
const ENDS: [char; 57] = [
    '为', '户', '头', '民', '至', '签', '收', '取', '办', '在', '用', '帮', '替', '妻', '夫', '公',
    '伴', '偶', '人', '父', '亲', '母', '子', '女', '儿', '媳', '婿', '孙', '兄', '弟', '姐', '妹',
    '哥', '爷', '奶', '主', '属', '婆', '领', '托', '入', '到', '给', '名', '居', '友', '甥', '嫂',
    '妇', '存', '打', '进', '由', '请', '让', '找', '付',
];
/// Words for a relative, or for whoever stands for somebody.
const RELATIONS: [&str; 111] = [
    "变更为",
    "账户",
    "帐户",
    "户头",
    "农户",
    "低保户",
    "五保户",
    "贫困户",
    "脱贫户",
    "监测户",
    "特困户",
    "村民",
    "打至",
    "转至",
    "汇至",
    "存至",
    "代签",
    "代收",
    "代取",
    "帮领",
    "儿媳妇",
    "媳妇",
    "邻居",
    "朋友",
    "侄子",
    "侄女",
    "侄儿",
    "外甥",
    "外甥女",
    "嫂子",
    "大嫂",
    "大哥",
    "户名",
    "卡主",
    "开户人",
    "持卡人",
    "账户名",
    "帐户名",
    "收款人",
    "打到",
    "打给",
    "转到",
    "转给",
    "转交",
    "汇到",
    "汇给",
    "汇入",
    "存到",
    "交给",
    "发给",
    "妻",
    "妻子",
    "丈夫",
    "老公",
    "老婆",
    "老伴",
    "配偶",
    "爱人",
    "父亲",
    "母亲",
    "儿子",
    "女儿",
    "儿媳",
    "女婿",
    "孙子",
    "孙女",
    "外孙",
    "哥哥",
    "弟弟",
    "姐姐",
    "妹妹",
    "兄弟",
    "姐妹",
    "爷爷",
    "奶奶",
    "祖父",
    "祖母",
    "外公",
    "外婆",
    "岳父",
    "岳母",
    "公公",
    "婆婆",
    "养父",
    "养母",
    "养子",
    "养女",
    "继父",
    "继母",
    "户主",
    "家属",
    "亲属",
    "监护人",
    "抚养人",
    "赡养人",
    "继承人",
    "委托人",
    "领款人",
    "代领人",
    "代领",
    "委托",
    "受托人",
    "打入",
    "转入",
    "代办人",
    "代签人",
    "领取人",
    "签字人",
    "联系人",
    "经办人",
    "经手人",
];
/// Words of one character that are a relative's at the beginning of a word or after one of the next.
const SHORT: [char; 12] = [
    '夫', '父', '母', '子', '女', '儿', '兄', '弟', '姐', '妹', '孙', '媳',
];
/// What may stand before them.
const WHOSE: [char; 14] = [
    '其', '之', '长', '次', '大', '小', '三', '四', '独', '由', '的', '幼', '亲', '二',
];
/// Words of one character that lead to a name only where a card or a book of savings is named after it: 存李桂芳折.
const TO_CARD: [char; 11] = [
    '在', '用', '为', '是', '存', '打', '进', '入', '给', '到', '付',
];
/// Such cards and books, as they stand after a name.
const CARDS: [&str; 13] = [
    "处",
    "手里",
    "手中",
    "那里",
    "卡",
    "折",
    "存折",
    "存单",
    "账户",
    "帐户",
    "户头",
    "名下",
    "银行卡",
];
/// Words of one character that lead to a name only where somebody does something in another's place: 由李桂芳代.
const BY: [char; 7] = ['帮', '替', '由', '托', '请', '让', '找'];
/// What such a one does, as it stands after a name.
const DOES: [&str; 13] = [
    "保管", "拿", "持", "代", "帮", "替", "领", "签", "取", "办", "收", "捎", "转",
];
/// What may stand between the word and the name.
const BETWEEN: [&str; 15] = [
    "姓名", "名叫", "：", ":", "（", "(", "叫", "是", "为", " ", "－", "-", "—", "_", "=",
];
/// What may follow a name in a sentence.
const FOLLOWING: [&str; 44] = [
    "帮领",
    "帮签",
    "帮取",
    "帮办",
    "帮忙",
    "代存",
    "替",
    "折",
    "代领",
    "代签",
    "代收",
    "代取",
    "代办",
    "代为",
    "领取",
    "领走",
    "领款",
    "签字",
    "签收",
    "签名",
    "已故",
    "已婚",
    "去世",
    "死亡",
    "病故",
    "外出",
    "打工",
    "务工",
    "享受",
    "名下",
    "一户",
    "本人",
    "居住",
    "同住",
    "共同",
    "账户",
    "帐户",
    "一卡通",
    "残疾",
    "患病",
    "因病",
    "银行",
    "存折",
    "卡",
];
/// The same in one character, where more follows.
const FOLLOWING_SHORT: [char; 18] = [
    '的', '和', '与', '及', '在', '由', '患', '同', '之', '等', '已', '为', '领', '系', '是', '将',
    '因', '去',
];

/// Masks the name after a word for a relative: `妻李小红` becomes `妻李＊＊`. The bare words and those of every day stay.
#[must_use]
pub fn relatives(text: &str) -> String {
    by_simplified(text, |text| spread(&relatives_in(text), relatives_in))
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
        if let (Some(name), Some(between)) = (name, text.get(done..start)) {
            shown.push_str(between);
            shown.push_str(&masked(name));
            done = start + name.len();
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
            ("", ""),
        ] {
            assert_eq!(relatives(text), shown, "{text}");
            assert_eq!(relatives(shown), shown, "twice: {text}");
        }
    }
}
