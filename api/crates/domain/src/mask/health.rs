//! No word for an illness or a kind of disability (PIPL Art. 28).

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use super::names::is_between;
use crate::personal::by_simplified;

/// Kinds of disability, as they stand before the word 残疾; the longer first.
const DISABILITIES: [&str; 8] = [
    "听力言语",
    "肢体",
    "视力",
    "听力",
    "言语",
    "智力",
    "精神",
    "多重",
];
/// Grades of it, as they stand after the word.
const GRADES: [&str; 12] = [
    "一级", "二级", "三级", "四级", "1级", "2级", "3级", "4级", "I级", "II级", "III级", "IV级",
];
/// Illnesses and their treatment as they stand in lists of relief; the longer first.
const ILLNESSES: [&str; 126] = [
    "心脏搭桥",
    "搭桥手术",
    "心脏支架",
    "支架手术",
    "股骨头坏死",
    "骨折",
    "白内障",
    "青光眼",
    "植物人",
    "人工流产",
    "流产手术",
    "流产住院",
    "剖腹产",
    "剖宫产",
    "骨癌",
    "脑癌",
    "智力有问题",
    "智力低下",
    "精神有问题",
    "精神失常",
    "血透",
    "肾衰竭",
    "肾衰",
    "肝衰竭",
    "心衰",
    "瘫在床上",
    "瘫在床",
    "坐轮椅",
    "眼睛看不见",
    "耳朵听不见",
    "艾滋病毒感染者",
    "艾滋病病毒",
    "艾滋病毒",
    "严重精神障碍",
    "再生障碍性贫血",
    "系统性红斑狼疮",
    "阿尔茨海默病",
    "地中海贫血",
    "肾功能衰竭",
    "唐氏综合征",
    "唐氏综合症",
    "甲状腺癌",
    "前列腺癌",
    "精神分裂症",
    "阿尔茨海默",
    "帕金森病",
    "红斑狼疮",
    "恶性肿瘤",
    "乳腺癌",
    "宫颈癌",
    "直肠癌",
    "结肠癌",
    "食道癌",
    "食管癌",
    "胰腺癌",
    "膀胱癌",
    "鼻咽癌",
    "卵巢癌",
    "淋巴癌",
    "淋巴瘤",
    "骨髓瘤",
    "肺癌",
    "肝癌",
    "胃癌",
    "肠癌",
    "肾癌",
    "喉癌",
    "血癌",
    "癌症",
    "脑瘤",
    "肿瘤",
    "精神障碍",
    "精神疾病",
    "精神分裂",
    "精神病",
    "脑性瘫痪",
    "脑瘫",
    "偏瘫",
    "截瘫",
    "瘫痪",
    "心脏病",
    "冠心病",
    "心肌梗死",
    "心肌梗塞",
    "脑梗塞",
    "脑梗",
    "脑出血",
    "中风",
    "高血压",
    "糖尿病",
    "尿毒症",
    "肾衰竭",
    "肾病",
    "肝硬化",
    "乙型肝炎",
    "丙型肝炎",
    "乙肝",
    "丙肝",
    "肺结核",
    "结核病",
    "尘肺病",
    "尘肺",
    "矽肺",
    "慢阻肺",
    "白血病",
    "血友病",
    "癫痫",
    "抑郁症",
    "自闭症",
    "孤独症",
    "帕金森",
    "老年痴呆",
    "痴呆",
    "艾滋病",
    "艾滋",
    "梅毒",
    "透析",
    "化疗",
    "放疗",
    "肝炎",
    "抑郁",
    "尿毒",
    "唐氏",
    "侏儒症",
    "侏儒",
    "两癌",
];
/// The same in Latin letters, however they are written: `HIV`, `aids`, `Ｈ Ｉ Ｖ`.
const IN_LETTERS: [&str; 2] = ["HIV", "AIDS"];
/// Hospitals that tell what somebody is treated for; the longer first.
const HOSPITALS: [&str; 4] = ["精神卫生中心", "精神病医院", "精神病院", "传染病医院"];
/// What somebody is called instead of disabled, of which kind it tells; the longer first.
const DISABLED: [&str; 11] = [
    "双目失明",
    "双耳失聪",
    "低视力",
    "失明",
    "失聪",
    "肢残",
    "视残",
    "听残",
    "智残",
    "弱智",
    "精残",
];
/// What makes an illness the name of a place or of a programme for everybody, where it follows.
const NOBODYS: [&str; 8] = [
    "医院", "防治", "疫苗", "筛查", "普查", "祠堂", "宗族", "家族",
];
/// How far an illness has gone, as it stands after it.
const STAGES: [&str; 4] = ["晚期", "中期", "早期", "末期"];

/// Drops what kind of disability and which illness a text names (PIPL Art. 28): `肢体残疾二级` becomes `残疾`,
/// `患尿毒症` becomes `患病`.
#[must_use]
pub fn health(text: &str) -> String {
    by_simplified(text, health_in)
}

fn health_in(text: &str) -> String {
    // Of a ledger's 200,000 lines nearly none has even the first character of such a word.
    if !text.chars().any(|c| OPENERS.contains(&c)) {
        return text.to_owned();
    }
    let shown = disability(&senses(&illness(text)));
    if !text.contains(char::is_whitespace) {
        return shown;
    }
    // 艾 滋: what is stretched by blanks is shown without them.
    let joined: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
    let hidden = disability(&senses(&illness(&joined)));
    if hidden == joined { shown } else { hidden }
}

/// How everything begins that is looked for here.
static OPENERS: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let lists: [&[&str]; 4] = [&HOSPITALS, &ILLNESSES, &DISABLED, &DISABILITIES];
    let words = lists.into_iter().flatten();
    let first = words.filter_map(|word| word.chars().next());
    let letters = ['H', 'h', 'Ｈ', 'ｈ', 'A', 'a', 'Ａ', 'ａ'];
    first.chain(SENSES).chain(['残']).chain(letters).collect()
});

/// Illnesses in Latin letters, where they are a word of their own.
fn in_letters(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let letter = |at: usize| {
        let c = chars.get(at).copied()?;
        let plain = std::iter::once(c).nfkc().next()?;
        plain
            .is_ascii_alphabetic()
            .then(|| plain.to_ascii_uppercase())
    };
    // Where such a word that begins here ends.
    let word = |start: usize| {
        IN_LETTERS.iter().find_map(|word| {
            let mut at = start;
            for (place, wanted) in word.chars().enumerate() {
                while place > 0 && chars.get(at).is_some_and(|c| is_between(*c)) {
                    at += 1;
                }
                letter(at).filter(|c| *c == wanted)?;
                at += 1;
            }
            let rest: String = chars.iter().skip(at).take(2).collect();
            let nobodys = NOBODYS.iter().any(|word| rest == *word);
            (letter(at).is_none() && !nobodys).then_some(at)
        })
    };
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let begins = at
            .checked_sub(1)
            .is_none_or(|before| letter(before).is_none());
        match word(at).filter(|_| begins) {
            Some(end) => {
                shown.push_str("疾病");
                at = end;
            }
            None => {
                shown.push(*c);
                at += 1;
            }
        }
    }
    shown
}

fn illness(text: &str) -> String {
    let mut shown = in_letters(text);
    for hospital in HOSPITALS {
        if shown.contains(hospital) {
            shown = shown.replace(hospital, "医院");
        }
    }
    for illness in ILLNESSES {
        // Nearly every cell names none, and each is read on the way to the public.
        if !shown.contains(illness) {
            continue;
        }
        let mut parts = shown.split(illness);
        let mut joined = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            // 抑郁症筛查 is read as 抑郁, too.
            let rest = part.strip_prefix(['症', '病']).unwrap_or(part);
            let kept = NOBODYS.iter().any(|word| rest.starts_with(word));
            joined.push_str(if kept { illness } else { "疾病" });
            joined.push_str(part);
        }
        shown = joined;
    }
    if shown == text {
        return shown;
    }
    for stage in STAGES {
        shown = shown.replace(&format!("疾病{stage}"), "疾病");
    }
    while shown.contains("疾病疾病") {
        shown = shown.replace("疾病疾病", "疾病");
    }
    shown = shown.replace("疾病病", "疾病");
    for before in ["患", "因", "重", "大"] {
        shown = shown.replace(&format!("{before}疾病"), &format!("{before}病"));
    }
    shown
}

/// The characters for deaf, dumb and blind.
const SENSES: [char; 3] = ['聋', '哑', '盲'];
/// What makes them part of another word, before them: 文盲, 沙哑.
const OTHER_BEFORE: [&str; 14] = [
    "文", "扫", "脱", "法", "科", "导", "沙", "嘶", "喑", "作", "装", "欲", "电", "青",
];
/// The same after them: 盲目, 盲道, 哑铃.
const OTHER_AFTER: [&str; 26] = [
    "目", "道", "区", "从", "点", "文", "盒", "沟", "管", "板", "肠", "井", "评", "选", "打", "铃",
    "炮", "语", "火", "巴亏", "学校", "校", "动", "字", "杖", "女",
];
/// What belongs to them before and after: 耳聋, 聋子.
const OF_SENSES: [&str; 7] = ["先天性", "双耳", "双目", "耳", "色", "夜", "全"];

/// Deaf, dumb and blind, alone or beside each other, as disabled.
fn senses(text: &str) -> String {
    if !text.contains(SENSES) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(SENSES) {
        let (before, found) = rest.split_at(at);
        let (word, mut after) =
            found.split_at(found.find(|c| !SENSES.contains(&c)).unwrap_or(found.len()));
        shown.push_str(before);
        let other = OTHER_BEFORE.iter().any(|word| shown.ends_with(word))
            || OTHER_AFTER.iter().any(|word| after.starts_with(word));
        if other {
            shown.push_str(word);
            rest = after;
            continue;
        }
        if let Some(kept) = OF_SENSES.iter().find_map(|word| shown.strip_suffix(word)) {
            shown.truncate(kept.len());
        }
        shown.push_str("残疾");
        if let Some(more) = after.strip_prefix('童') {
            shown.push_str("儿童");
            after = more;
        } else if let Some(more) = after
            .strip_prefix('儿')
            .filter(|more| !more.starts_with('子'))
        {
            shown.push_str(if more.starts_with('童') {
                "儿"
            } else {
                "儿童"
            });
            after = more;
        } else {
            after = after.strip_prefix(['子', '巴', '症']).unwrap_or(after);
        }
        rest = after;
    }
    shown.push_str(rest);
    shown
}

fn disability(text: &str) -> String {
    let mut shown = text.to_owned();
    for word in DISABLED {
        if shown.contains(word) {
            let instead = if word.ends_with('人') {
                "残疾人"
            } else {
                "残疾"
            };
            shown = shown.replace(word, instead);
        }
    }
    // Every grade ends so, and nearly no cell has one.
    if shown.contains('级') {
        for kind in DISABILITIES {
            for grade in GRADES {
                shown = shown.replace(&format!("{kind}{grade}"), "残疾");
                shown = shown.replace(&format!("{grade}{kind}"), "残疾");
            }
        }
    }
    if !shown.contains("残疾") {
        return shown;
    }
    while shown.contains("残疾残疾") {
        shown = shown.replace("残疾残疾", "残疾");
    }
    for kind in DISABILITIES {
        shown = shown.replace(&format!("{kind}残疾"), "残疾");
    }
    for grade in GRADES {
        shown = shown.replace(&format!("残疾{grade}"), "残疾");
        shown = shown.replace(&format!("{grade}残疾"), "残疾");
        for [open, close] in [["(", ")"], ["（", "）"]] {
            shown = shown.replace(&format!("{open}{grade}{close}"), "");
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_illness_and_no_kind_of_disability() {
        for (text, shown) in [
            ("肢体残疾二级", "残疾"),
            ("一级肢体补贴", "残疾补贴"),
            ("艾滋", "疾病"),
            ("艾滋病", "疾病"),
            ("艾滋病毒感染者", "疾病"),
            ("重度残疾人护理补贴", "重度残疾人护理补贴"),
            ("听力言语残疾一级，家庭困难", "残疾，家庭困难"),
            ("患尿毒症救助", "患病救助"),
            ("做心脏搭桥手术", "做疾病手术"),
            ("骨折住院", "疾病住院"),
            ("白内障筛查", "白内障筛查"),
            ("交流产品、物流产业", "交流产品、物流产业"),
            ("大棚做支架", "大棚做支架"),
            ("尿毒症透析救助", "疾病救助"),
            ("肝癌晚期", "疾病"),
            ("精神分裂症免费药", "疾病免费药"),
            ("严重精神障碍患者监护补贴", "疾病患者监护补贴"),
            ("脑瘫康复", "疾病康复"),
            ("尘肺救助", "疾病救助"),
            ("每周做血透", "每周做疾病"),
            ("肾衰救助", "疾病救助"),
            ("瘫在床上", "疾病"),
            ("重度残疾人护理补贴(一级)", "重度残疾人护理补贴"),
            ("高血压病", "疾病"),
            ("到肿瘤医院的车费", "到肿瘤医院的车费"),
            ("乙肝疫苗接种", "乙肝疫苗接种"),
            ("两癌筛查", "两癌筛查"),
            ("两癌救助", "疾病救助"),
            ("HIV感染者", "疾病感染者"),
            ("aids患者", "疾病患者"),
            ("ＡＩＤＳ", "疾病"),
            ("ＡＩＤＳ患者", "疾病患者"),
            ("患hiv", "患病"),
            ("Ｈ Ｉ Ｖ", "疾病"),
            ("H.I.V.感染", "疾病.感染"),
            ("艾 滋", "疾病"),
            ("患 艾 滋 病", "患病"),
            ("HIV筛查", "HIV筛查"),
            ("archive", "archive"),
            ("殘疾二級", "残疾"),
            ("患尿毒癥", "患病"),
            ("電話費、學生餐", "電話費、學生餐"),
            ("患肝炎、抑郁症", "患病、疾病"),
            ("在精神病院住三个月", "在医院住三个月"),
            ("聋哑人，双目失明", "残疾人，残疾"),
            ("尿毒", "疾病"),
            ("患尿毒", "患病"),
            ("尿毒症防治", "尿毒症防治"),
            ("抑郁症筛查", "抑郁症筛查"),
            ("唐氏儿", "疾病儿"),
            ("唐氏筛查", "唐氏筛查"),
            ("唐氏综合症", "疾病"),
            ("侏儒", "疾病"),
            ("侏儒症救助", "疾病救助"),
            ("聋", "残疾"),
            ("哑", "残疾"),
            ("盲", "残疾"),
            ("聋、哑、盲", "残疾、残疾、残疾"),
            ("耳聋", "残疾"),
            ("盲一级", "残疾"),
            ("聋人补贴", "残疾人补贴"),
            ("聋子", "残疾"),
            ("哑巴", "残疾"),
            ("盲童救助", "残疾儿童救助"),
            ("聋儿康复", "残疾儿童康复"),
            ("其聋儿子", "其残疾儿子"),
            ("聋哑学校", "聋哑学校"),
            ("盲校", "盲校"),
            ("文盲", "文盲"),
            ("扫盲班", "扫盲班"),
            ("盲目投资", "盲目投资"),
            ("盲道维修", "盲道维修"),
            ("监控盲区", "监控盲区"),
            ("声音沙哑", "声音沙哑"),
            ("哑铃", "哑铃"),
            ("路边盲沟", "路边盲沟"),
            ("低视力二级", "残疾"),
            ("聋哑残疾一级", "残疾"),
            ("精神文明建设", "精神文明建设"),
            ("二级公路养护", "二级公路养护"),
        ] {
            assert_eq!(health(text), shown, "{text}");
            assert_eq!(health(shown), shown, "twice: {text}");
        }
    }
}
