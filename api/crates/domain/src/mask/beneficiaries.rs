//! Who is ill, poor or paid by name in the words of a line: what is said of somebody's health or need is told of nobody by
//! name (PIPL Art. 28), and whoever is paid has a surname here as in his own column.

use super::names::{is_unit, masked};
use super::words::{TITLES, UNITS};
use crate::personal::by_simplified;
use crate::personal::surnames::{is_han, is_ordinary, leading, trailing};

/// What is said of somebody, as it stands after the name.
const AFTER: [&str; 47] = [
    "误工",
    "工资",
    "劳务",
    "报酬",
    "津贴",
    "患",
    "因病",
    "生病",
    "有病",
    "得病",
    "发病",
    "疾病",
    "重病",
    "大病",
    "病重",
    "病故",
    "病逝",
    "去世",
    "死亡",
    "丧葬",
    "住院",
    "医疗",
    "医药",
    "手术",
    "治疗",
    "治病",
    "看病",
    "就医",
    "残疾",
    "低保",
    "五保",
    "特困",
    "困难",
    "贫困",
    "临时救助",
    "救助",
    "慰问",
    "救济",
    "受灾",
    "火灾",
    "车祸",
    "受伤",
    "工伤",
    "生活困难",
    "家庭困难",
    "瘫痪",
    "卧床",
];
/// What is said of somebody, as it stands before the name.
const BEFORE: [&str; 33] = [
    "请",
    "雇佣",
    "聘用",
    "付给",
    "支付",
    "发给",
    "付",
    "给",
    "电工",
    "慰问",
    "救助",
    "救济",
    "看望",
    "走访",
    "困难户",
    "贫困户",
    "低保户",
    "五保户",
    "特困户",
    "脱贫户",
    "监测户",
    "残疾人",
    "患者",
    "病人",
    "困难群众",
    "困难党员",
    "困难村民",
    "老党员",
    "老人",
    "烈属",
    "军属",
    "给予",
    "资助",
];
/// What stands before a name, so that two characters after it are a whole one.
const GIVING: [&str; 18] = [
    "之妻", "之夫", "之子", "之女", "之母", "之父", "付", "给", "为", "补", "发放", "送", "慰问",
    "看望", "救助", "村民", "对", "助",
];
/// How words end that look like a name and are a family's or a place's.
const NO_NAMES: [&str; 12] = [
    "家", "屯", "沟", "村", "镇", "乡", "县", "组", "费", "款", "金", "员",
];
/// What a name may be followed by, where it stands after such a word.
const FOLLOWING: [char; 28] = [
    '误', '工', '劳', '发', '报', '做', '清', '看', '的', '和', '与', '及', '等', '因', '患', '住',
    '医', '看', '治', '家', '生', '慰', '救', '物', '现', '款', '费', '一',
];

/// Masks the name beside what is said of somebody's health or need: `李四患病救助` becomes `李＊患病救助`, `慰问王五（二组）`
/// `慰问王＊（二组）`.
#[must_use]
pub fn beneficiaries(text: &str) -> String {
    // Nearly every line ends here.
    if !text.contains([
        '误', '工', '劳', '报', '津', '付', '给', '请', '雇', '聘', '病', '患', '院', '医', '残',
        '困', '保', '救', '慰', '术', '疗', '丧', '死', '世', '灾', '祸', '伤', '望', '访', '助',
        '者', '老', '属', '床', '瘫',
    ]) {
        return text.to_owned();
    }
    by_simplified(text, |text| named_after(&named_before(text)))
}

/// `李四患病`
fn named_before(text: &str) -> String {
    let mut shown = text.to_owned();
    for word in AFTER {
        let places: Vec<usize> = shown.match_indices(word).map(|(at, _)| at).collect();
        for at in places {
            let before = shown.get(..at).unwrap_or_default();
            let name = trailing(before)
                .find(|name| {
                    let rest = before.strip_suffix(name).unwrap_or_default();
                    // 田巡查 of 秸秆离田巡查 begins like a name and is none.
                    let alone = rest.chars().next_back().is_none_or(|c| !is_han(c))
                        || [&GIVING[..], &BEFORE, &TITLES, &UNITS]
                            .into_iter()
                            .any(|words| words.iter().any(|word| rest.ends_with(word)));
                    // 付 is a surname, and what is done: 支付施工劳务费.
                    let paid = name
                        .strip_prefix('付')
                        .is_some_and(|paid| rest.ends_with('支') || is_ordinary(paid));
                    !paid && is_somebody(name) && alone
                })
                .map(str::to_owned);
            if let Some(name) = name {
                // A name and its mask are equally long in characters and in bytes: every place stays where it is.
                shown.replace_range(at - name.len()..at, &masked(&name));
            }
        }
    }
    shown
}

/// `慰问王五`
fn named_after(text: &str) -> String {
    let mut shown = text.to_owned();
    for word in BEFORE {
        let places: Vec<usize> = shown
            .match_indices(word)
            .map(|(at, _)| at + word.len())
            .collect();
        for at in places {
            let rest = shown.get(at..).unwrap_or_default();
            let name = leading(rest)
                .find(|name| {
                    let next = rest.get(name.len()..).and_then(|rest| rest.chars().next());
                    is_somebody(name) && next.is_none_or(|c| !is_han(c) || FOLLOWING.contains(&c))
                })
                .map(str::to_owned);
            if let Some(name) = name {
                shown.replace_range(at..at + name.len(), &masked(&name));
            }
        }
    }
    shown
}

/// What follows a name that begins a title: `李秀英宅基地纠纷`.
const OWNED: [char; 14] = [
    '的', '家', '宅', '户', '与', '和', '承', '借', '欠', '占', '违', '案', '土', '反',
];

/// Whether a title for everybody names somebody: by what is said of a health, a need or a payment, by a name alone, or by
/// one that it begins with.
#[must_use]
pub fn names_somebody(text: &str) -> bool {
    let begins = leading(text).any(|name| {
        let next = text.get(name.len()..).and_then(|rest| rest.chars().next());
        is_somebody(name)
            && name.chars().count() >= 3
            && next.is_none_or(|c| !is_han(c) || OWNED.contains(&c))
    });
    begins
        || [beneficiaries, super::relatives, super::told]
            .into_iter()
            .any(|rule| rule(text) != text)
}

fn is_somebody(name: &str) -> bool {
    !is_unit(name) && !NO_NAMES.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_ill_or_poor_has_a_surname_only() {
        for (text, shown) in [
            ("李四患尿毒症救助", "李＊患尿毒症救助"),
            ("张三丰住院补助，李建国误工", "张＊＊住院补助，李＊＊误工"),
            ("慰问王五（二组）", "慰问王＊（二组）"),
            ("慰问困难户李大山", "慰问困难户李＊＊"),
            ("付王淑珍临时救助", "付王＊＊临时救助"),
            ("老党员赵桂兰慰问金", "老党员赵＊＊慰问金"),
            ("一卡通 疾病王五救助", "一卡通 疾病王五救助"),
            ("为欧阳小红手术捐款", "为欧阳＊＊手术捐款"),
            ("慰問錢滿倉", "慰問錢＊＊"),
            ("慰问困难户12户", "慰问困难户12户"),
            ("王家村低保户慰问", "王家村低保户慰问"),
            ("李家屯五保供养", "李家屯五保供养"),
            ("高血压患者医疗救助", "高血压患者医疗救助"),
            ("慰问敬老院老人", "慰问敬老院老人"),
            ("慰问金", "慰问金"),
            ("秸秆离田巡查误工补贴", "秸秆离田巡查误工补贴"),
            ("付东风村王大锤工资", "付东风村王＊＊工资"),
            ("付王淑珍误工", "付王＊＊误工"),
            ("付李四之妻王秀英误工费", "付李四之妻王＊＊误工费"),
            ("给张建军发误工", "给张＊＊发误工"),
            ("请马秀兰做饭", "请马＊＊做饭"),
            ("申请高标准农田", "申请高标准农田"),
            ("付电工韩冰工资", "付电工韩＊工资"),
            ("村干部工资", "村干部工资"),
            ("保洁员工资", "保洁员工资"),
            ("付石料款", "付石料款"),
            ("付高压线路费", "付高压线路费"),
            ("村民代表会议误工补贴", "村民代表会议误工补贴"),
            ("支付施工劳务费", "支付施工劳务费"),
            ("走访慰问高龄老人", "走访慰问高龄老人"),
            ("付王立新挖沟台班费", "付王立新挖沟台班费"),
            ("", ""),
        ] {
            assert_eq!(beneficiaries(text), shown, "{text}");
            assert_eq!(beneficiaries(shown), shown, "twice: {text}");
        }
    }

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
