//! No standing before the law, in a family or of faith that PIPL Art. 28 protects.

use crate::personal::by_simplified;

/// What somebody was convicted of or is watched for; the longer first.
const CONVICTED: [&str; 25] = [
    "刑释解教人员",
    "刑满释放人员",
    "刑满释放",
    "刑释人员",
    "解教人员",
    "社区矫正对象",
    "社区矫正人员",
    "社区服刑人员",
    "社区矫正",
    "社区戒毒人员",
    "社区康复人员",
    "强制戒毒人员",
    "涉毒人员",
    "戒毒人员",
    "吸毒人员",
    "服刑人员",
    "劳教人员",
    "两劳人员",
    "前科人员",
    "有前科",
    "强制戒毒",
    "社区戒毒",
    "戒毒",
    "吸毒",
    "服刑",
];
/// What makes such a word a programme for everybody, where it follows.
const PROGRAMMES: [&str; 6] = ["宣传", "知识", "教育", "工作", "预防", "中心"];
/// How a faith is held, before its name; the longer first.
const HOLDING: [&str; 5] = ["信仰", "信奉", "皈依", "笃信", "信"];
/// Faiths; the longer first.
const FAITHS: [&str; 18] = [
    "伊斯兰教",
    "基督教",
    "天主教",
    "东正教",
    "喇嘛教",
    "藏传佛教",
    "佛教",
    "道教",
    "宗教",
    "回教",
    "基督",
    "天主",
    "耶稣",
    "上帝",
    "主",
    "佛",
    "教",
    "神",
];
/// Those who hold one; the longer first.
const FAITHFUL: [&str; 8] = ["信徒", "教徒", "信众", "教友", "穆斯林", "居士", "徒", "者"];
/// What may follow a faith that is held.
const WHO: [&str; 6] = ["群众", "人员", "人士", "教徒", "信徒", "者"];
/// Who is called by another word after it, that stays.
const STAYING: [&str; 5] = ["村民", "家庭", "居民", "老人", "农户"];
/// What makes a faith's name a place's.
const PLACES: [&str; 8] = ["堂", "会", "协会", "寺", "活动", "场所", "事务", "政策"];
/// Before 信, what makes it another word: 诚信教育.
const NO_FAITH: &str = "诚通电相自短威微迷守征失轻坚确守互公";
/// After 信教 or 信佛, what makes it another word.
const NO_FAITH_AFTER: [char; 9] = ['育', '学', '师', '材', '练', '授', '山', '室', '要'];

/// Puts readable words for everybody in the place of a standing: `失独家庭` becomes `特殊家庭`, `社区矫正对象` becomes `帮扶人员`,
/// `信仰佛教` becomes `群众`. For lists of people only: a programme may be called so.
#[must_use]
pub fn standing(text: &str) -> String {
    by_simplified(text, standing_in)
}

fn standing_in(text: &str) -> String {
    // Nearly every cell ends here.
    if !text.contains([
        '独', '刑', '矫', '毒', '劳', '前', '解', '教', '督', '佛', '主', '徒', '信', '穆', '皈',
    ]) {
        return text.to_owned();
    }
    let shown = text
        .replace("失独家庭", "特殊家庭")
        .replace("失独", "特殊家庭");
    faith(&convicted(&shown))
}

fn convicted(text: &str) -> String {
    let mut shown = text.to_owned();
    for word in CONVICTED {
        if !shown.contains(word) {
            continue;
        }
        let mut parts = shown.split(word);
        let mut joined = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let kept = PROGRAMMES
                .iter()
                .any(|programme| part.starts_with(programme));
            joined.push_str(if kept { word } else { "帮扶人员" });
            joined.push_str(part);
        }
        shown = joined;
    }
    while shown.contains("帮扶人员帮扶人员") {
        shown = shown.replace("帮扶人员帮扶人员", "帮扶人员");
    }
    shown.replace("帮扶人员人员", "帮扶人员")
}

fn faith(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((instead, after)) = faithful(rest, &shown) {
            let none = ["无", "不", "没有"]
                .iter()
                .find_map(|none| shown.strip_suffix(none));
            if let Some(kept) = none.map(str::len) {
                shown.truncate(kept);
            }
            if !(instead == "群众" && shown.ends_with("群众")) {
                shown.push_str(instead);
            }
            rest = after;
            continue;
        }
        shown.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    shown
}

/// Where a text begins with a faith somebody holds or with who holds it: what to read instead, and what follows.
fn faithful<'a>(text: &'a str, before: &str) -> Option<(&'static str, &'a str)> {
    let begins = |list: &[&str]| list.iter().find_map(|word| text.strip_prefix(word));
    let held = begins(&HOLDING).filter(|_| !before.ends_with(|c| NO_FAITH.contains(c)));
    let is_held = held.is_some();
    let faith = FAITHS.iter().find_map(|faith| {
        let rest = held.unwrap_or(text).strip_prefix(faith)?;
        // 主 and 神 are a faith's only after a word for holding it.
        let whole = faith.chars().count() >= 2 || is_held;
        (whole && !rest.starts_with(NO_FAITH_AFTER)).then_some((faith, rest))
    });
    let Some((name, mut rest)) = faith else {
        let lone = ["信徒", "教徒", "信众", "教友", "穆斯林"];
        return begins(&lone).map(|rest| ("群众", rest));
    };
    let follow = |list: &[&str]| list.iter().find_map(|word| rest.strip_prefix(word));
    if !is_held {
        if let Some(after) = follow(&FAITHFUL) {
            return Some(("群众", after));
        }
        // A faith alone is somebody's where it is the whole of a remark.
        let named = name.ends_with('教') && *name != "宗教" && follow(&PLACES).is_none();
        return named.then_some(("群众", rest));
    }
    if let Some(after) = follow(&WHO) {
        rest = after;
    } else if STAYING.iter().any(|who| rest.starts_with(who)) {
        return Some(("", rest));
    }
    Some(("群众", rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_protected_standing() {
        for (text, shown) in [
            ("失独家庭", "特殊家庭"),
            ("失独家庭补助", "特殊家庭补助"),
            ("失独老人", "特殊家庭老人"),
            ("失獨老人", "特殊家庭老人"),
            ("刑滿釋放人員", "帮扶人员"),
            ("刑满释放人员", "帮扶人员"),
            ("刑满释放，家庭困难", "帮扶人员，家庭困难"),
            ("社区矫正对象", "帮扶人员"),
            ("戒毒人员生活补助", "帮扶人员生活补助"),
            ("吸毒人员", "帮扶人员"),
            ("强制戒毒", "帮扶人员"),
            ("信仰基督教", "群众"),
            ("信仰佛教，五保", "群众，五保"),
            ("信教", "群众"),
            ("信教群众", "群众"),
            ("信佛", "群众"),
            ("信教村民", "村民"),
            ("基督教徒", "群众"),
            ("穆斯林", "群众"),
            ("天主教", "群众"),
            ("不信教", "群众"),
            ("无宗教信仰", "无宗教信仰"),
            ("诚信教育", "诚信教育"),
            ("通信教学", "通信教学"),
            ("相信佛山", "相信佛山"),
            ("户主，主任", "户主，主任"),
            ("基督教堂维修", "基督教堂维修"),
            ("禁毒宣传", "禁毒宣传"),
            ("吸毒预防教育", "吸毒预防教育"),
            ("特殊家庭", "特殊家庭"),
            ("独生子女家庭", "独生子女家庭"),
            ("", ""),
        ] {
            assert_eq!(standing(text), shown, "{text}");
            assert_eq!(standing(shown), shown, "twice: {text}");
        }
    }
}
