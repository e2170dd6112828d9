//! What the open web may read of a person: the surname and a ＊ for every other character, and no number
//! that leads to somebody. Units keep their names: who was paid from a village's money is the point of an
//! open account. The village's own staff read everything.

use unicode_normalization::UnicodeNormalization as _;

use crate::personal::{Trace, traces};

/// What stands for a character that is not shown.
pub const HIDDEN: char = '＊';

/// How the names of units end.
const UNITS: [&str; 47] = [
    "公司",
    "集团",
    "厂",
    "店",
    "铺",
    "银行",
    "支行",
    "商行",
    "部",
    "社",
    "中心",
    "局",
    "处",
    "所",
    "站",
    "室",
    "医院",
    "法院",
    "学院",
    "学校",
    "小学",
    "中学",
    "大学",
    "幼儿园",
    "公园",
    "产业园",
    "委",
    "委会",
    "委员会",
    "政府",
    "协会",
    "商会",
    "工会",
    "联合会",
    "基金会",
    "理事会",
    "村委会",
    "办",
    "财政科",
    "队",
    "组",
    "场",
    "超市",
    "馆",
    "村",
    "镇",
    "乡",
];

/// Words in the place of a name that are nobody's.
const NOBODY: [&str; 17] = [
    // The mark of what is made up.
    "演示",
    "现金",
    "转账",
    "村民",
    "农户",
    "全体",
    "集体",
    "村集体",
    "本村",
    "财政",
    "税务",
    "党支部",
    "党总支",
    "党委",
    "电网",
    "移动",
    "联通",
];

/// Titles that stand before or after a name.
const TITLES: [&str; 24] = [
    "村党支部书记",
    "党支部书记",
    "村委会主任",
    "监委会主任",
    "妇女主任",
    "村主任",
    "村书记",
    "脱贫户",
    "贫困户",
    "低保户",
    "五保户",
    "负责人",
    "经手人",
    "施工队长",
    "村民",
    "户主",
    "会计",
    "出纳",
    "书记",
    "主任",
    "组长",
    "队长",
    "报账员",
    "委员",
];

/// Surnames of two characters.
const LONG_SURNAMES: [&str; 20] = [
    "欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "东方",
    "长孙", "宇文", "鲜于", "司空", "闻人", "申屠", "太史", "端木",
];

/// What ends one name and begins the next.
fn separates(c: char) -> bool {
    c.is_whitespace() || "、，,；;/／&＆+＋（）()[]【】：:".contains(c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// Masks the personal names in a cell that names who was paid, who handled or who approved, and numbers
/// in it: `张三、李小四（会计）` becomes `张＊、李＊＊（会计）`; `团结供电所` stays.
#[must_use]
pub fn names(text: &str) -> String {
    let joined = spaced_name(text);
    let text = joined.as_deref().unwrap_or(text);
    let mut masked = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars() {
        if separates(c) {
            masked.push_str(&one(&word));
            word.clear();
            masked.push(c);
        } else {
            word.push(c);
        }
    }
    masked.push_str(&one(&word));
    numbers(&masked)
}

/// `张 三`, as people stretch a short name on paper, without the blank.
fn spaced_name(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let mut parts = trimmed.split_whitespace();
    let (first, second) = (parts.next()?, parts.next()?);
    let single = |part: &str| part.chars().count() == 1 && part.chars().all(is_han);
    (parts.next().is_none() && single(first) && single(second)).then(|| format!("{first}{second}"))
}

/// Masks a cell that names persons and nobody else: whatever stands there, of each no more than a surname stays,
/// also where a name ends like a unit's (`张建社`). How many there are stays: `共3人`.
#[must_use]
pub fn persons(text: &str) -> String {
    let joined = spaced_name(text);
    let text = joined.as_deref().unwrap_or(text);
    let mut shown = String::with_capacity(text.len());
    for part in text.split_inclusive(separates) {
        let end = part.char_indices().next_back();
        let (word, sign) = match end {
            Some((at, c)) if separates(c) => part.split_at(at),
            _ => (part, ""),
        };
        shown.push_str(&person(word));
        shown.push_str(sign);
    }
    numbers(&shown)
}

/// The names that a cell has in full and that stand hidden in it as it is `shown`, without titles: 张三 of
/// `张三（会计）、团结供电所`.
#[must_use]
pub fn hidden_names(full: &str, shown: &str) -> Vec<String> {
    let joined = spaced_name(full);
    let parts = |text: &str| -> Vec<String> {
        let parts = text.split(separates).filter(|part| !part.is_empty());
        parts.map(ToOwned::to_owned).collect()
    };
    let (full, shown) = (parts(joined.as_deref().unwrap_or(full)), parts(shown));
    let hidden = full.iter().zip(&shown).filter(|(full, shown)| {
        full != shown && shown.contains(HIDDEN) && full.chars().all(|c| is_han(c) || c == '·')
    });
    let names = hidden.map(|(full, _)| untitled(full).to_owned());
    names.filter(|name| name.chars().count() >= 2).collect()
}

/// A name without the titles beside it.
fn untitled(word: &str) -> &str {
    let some = |rest: &&str| rest.chars().count() >= 2;
    let rest = TITLES.iter().find_map(|title| {
        let rest = word.strip_prefix(title).or(word.strip_suffix(title));
        rest.filter(some)
    });
    rest.map_or(word, untitled)
}

/// One person's name, a title beside it kept.
fn person(word: &str) -> String {
    let some = |rest: &&str| rest.chars().count() >= 2;
    for title in TITLES {
        if word == title {
            return word.to_owned();
        }
        if let Some(rest) = word.strip_prefix(title).filter(some) {
            return format!("{title}{}", person(rest));
        }
        if let Some(rest) = word.strip_suffix(title).filter(some) {
            return format!("{}{title}", person(rest));
        }
    }
    if is_count(word) || word.chars().count() < 2 {
        return word.to_owned();
    }
    masked(word)
}

/// Whether a cell says how many, and nobody by name: `3人`, `共12户`.
#[must_use]
pub fn is_count(text: &str) -> bool {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.strip_prefix('共').unwrap_or(&plain);
    let number = plain
        .strip_suffix(['人', '户', '名'])
        .filter(|number| !number.is_empty());
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

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
const ILLNESSES: [&str; 88] = [
    "严重精神障碍",
    "再生障碍性贫血",
    "系统性红斑狼疮",
    "阿尔茨海默病",
    "地中海贫血",
    "肾功能衰竭",
    "唐氏综合征",
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
    "梅毒",
    "透析",
    "化疗",
    "放疗",
    "肝炎",
    "抑郁",
    "两癌",
    "HIV",
];
/// Hospitals that tell what somebody is treated for; the longer first.
const HOSPITALS: [&str; 4] = ["精神卫生中心", "精神病医院", "精神病院", "传染病医院"];
/// What somebody is called instead of disabled, of which kind it tells; the longer first.
const DISABLED: [&str; 13] = [
    "双目失明",
    "双耳失聪",
    "低视力",
    "聋哑",
    "盲人",
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
const NOBODYS: [&str; 5] = ["医院", "防治", "疫苗", "筛查", "普查"];
/// How far an illness has gone, as it stands after it.
const STAGES: [&str; 4] = ["晚期", "中期", "早期", "末期"];

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

/// Drops what kind of disability and which illness a text names (PIPL Art. 28): `肢体残疾二级` becomes `残疾`,
/// `患尿毒症` becomes `患病`.
#[must_use]
pub fn health(text: &str) -> String {
    disability(&illness(text))
}

fn illness(text: &str) -> String {
    let mut shown = text.to_owned();
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
            let kept = NOBODYS.iter().any(|word| part.starts_with(word));
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
    for kind in DISABILITIES {
        for grade in GRADES {
            shown = shown.replace(&format!("{kind}{grade}"), "残疾");
        }
    }
    if !shown.contains("残疾") {
        return shown;
    }
    shown = shown.replace("残疾残疾", "残疾");
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

/// One word, masked when it is somebody's name.
fn one(word: &str) -> String {
    for title in TITLES {
        if word == title {
            return word.to_owned();
        }
        let rest = word
            .strip_prefix(title)
            .filter(|rest| rest.chars().count() >= 2);
        if let Some(rest) = rest.filter(|rest| !is_unit(rest)) {
            return format!("{title}{}", one(rest));
        }
        let rest = word
            .strip_suffix(title)
            .filter(|rest| rest.chars().count() >= 2);
        if let Some(rest) = rest.filter(|rest| !is_unit(rest)) {
            return format!("{}{title}", one(rest));
        }
    }
    // 张三等五人
    if let Some((name, rest)) = word.split_once('等')
        && name.chars().count() >= 2
        && !is_unit(name)
        && !is_unit(word)
    {
        return format!("{}等{rest}", one(name));
    }
    if is_name(word) {
        masked(word)
    } else {
        word.to_owned()
    }
}

fn is_unit(word: &str) -> bool {
    UNITS.iter().any(|suffix| word.ends_with(suffix))
}

/// Two to four Han characters, or a name with a dot (买买提·艾力), that are no unit's.
fn is_name(word: &str) -> bool {
    let count = word.chars().count();
    let dotted = word.contains(['·', '•', '・']);
    let han = word
        .chars()
        .all(|c| is_han(c) || matches!(c, '·' | '•' | '・'));
    let short = (2..=4).contains(&count);
    han && (short || dotted && count <= 20) && !is_unit(word) && !NOBODY.contains(&word)
}

fn masked(name: &str) -> String {
    let count = name.chars().count();
    let long = count >= 3
        && LONG_SURNAMES
            .iter()
            .any(|surname| name.starts_with(surname));
    let kept = if long { 2 } else { 1 };
    name.chars()
        .enumerate()
        .map(|(place, c)| if place < kept { c } else { HIDDEN })
        .collect()
}

/// Hides numbers that lead to a person, wherever they stand and however they are written: of a mobile telephone's the
/// middle, of an identity or bank card's all but the last four digits. An office's telephone stays.
#[must_use]
pub fn numbers(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for found in traces(text).into_iter().filter(|found| !found.is_landline) {
        let (Some(before), Some(inside)) = (
            text.get(done..found.bytes.start),
            text.get(found.bytes.clone()),
        ) else {
            continue;
        };
        masked.push_str(&long_runs(before));
        masked.push_str(&apart(inside, found.trace));
        done = found.bytes.end;
    }
    masked.push_str(&long_runs(text.get(done..).unwrap_or_default()));
    masked
}

/// A number that may be written in groups, hidden digit by digit.
fn apart(number: &str, trace: Trace) -> String {
    let is_digit = |c: &char| c.is_numeric() || matches!(c, 'X' | 'x');
    let count = number.chars().filter(is_digit).count();
    let head = match trace {
        // Its country's code, where it has one, and three.
        Trace::Phone => count.saturating_sub(8),
        Trace::IdentityNumber | Trace::BankCard => 0,
    };
    let mut place = 0;
    let hide = |c: char| {
        if !is_digit(&c) {
            return c;
        }
        place += 1;
        if place <= head || place > count.saturating_sub(4) {
            c
        } else {
            '*'
        }
    };
    number.chars().map(hide).collect()
}

/// Long runs of digits that are nobody's number by their form, and might be by a slip.
fn long_runs(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        let check_digit = matches!(c, 'X' | 'x') && run.len() == 17;
        if c.is_ascii_digit() || check_digit {
            run.push(c);
        } else {
            masked.push_str(&number(&run));
            run.clear();
            masked.push(c);
        }
    }
    masked.push_str(&number(&run));
    masked
}

fn number(run: &str) -> String {
    let hidden = |head: usize, tail: usize| {
        let last = run.len().saturating_sub(tail);
        let show = |(place, c)| {
            if place < head || place >= last {
                c
            } else {
                '*'
            }
        };
        run.chars().enumerate().map(show).collect()
    };
    match run.len() {
        11 if run.starts_with('1') => hidden(3, 4),
        15..=19 => hidden(0, 4),
        _ => run.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_a_person_the_surname_stays() {
        for (name, shown) in [
            ("张三", "张＊"),
            ("李小四", "李＊＊"),
            ("张 三", "张＊"),
            ("欧阳修文", "欧阳＊＊"),
            ("张三、李小四", "张＊、李＊＊"),
            ("王芳（会计）", "王＊（会计）"),
            ("会计王芳", "会计王＊"),
            ("王芳会计", "王＊会计"),
            ("村民赵大山", "村民赵＊＊"),
            ("张三等5人", "张＊等5人"),
            ("买买提·艾力", "买＊＊＊＊＊"),
            ("张三 13812345678", "张＊ 138****5678"),
            ("𠀀三", "𠀀＊"),
        ] {
            assert_eq!(names(name), shown, "{name}");
        }
    }

    #[test]
    fn a_person_is_masked_whatever_the_name_ends_with() {
        for (name, shown) in [
            ("张建社", "张＊＊"),
            ("刘新村", "刘＊＊"),
            ("欧阳修文", "欧阳＊＊"),
            ("张 三", "张＊"),
            ("张＊", "张＊"),
            ("张三、李小四", "张＊、李＊＊"),
            ("低保户赵大山", "低保户赵＊＊"),
            ("共3人", "共3人"),
            ("１２户", "１２户"),
            ("Ivan", "I＊＊＊"),
            ("", ""),
        ] {
            assert_eq!(persons(name), shown, "{name}");
            assert_eq!(persons(shown), shown, "twice: {name}");
        }
    }

    #[test]
    fn no_illness_and_no_kind_of_disability() {
        for (text, shown) in [
            ("肢体残疾二级", "残疾"),
            ("重度残疾人护理补贴", "重度残疾人护理补贴"),
            ("听力言语残疾一级，家庭困难", "残疾，家庭困难"),
            ("患尿毒症救助", "患病救助"),
            ("尿毒症透析救助", "疾病救助"),
            ("肝癌晚期", "疾病"),
            ("精神分裂症免费药", "疾病免费药"),
            ("严重精神障碍患者监护补贴", "疾病患者监护补贴"),
            ("脑瘫康复", "疾病康复"),
            ("尘肺救助", "疾病救助"),
            ("重度残疾人护理补贴(一级)", "重度残疾人护理补贴"),
            ("高血压病", "疾病"),
            ("到肿瘤医院的车费", "到肿瘤医院的车费"),
            ("乙肝疫苗接种", "乙肝疫苗接种"),
            ("两癌筛查", "两癌筛查"),
            ("两癌救助", "疾病救助"),
            ("HIV感染者", "疾病感染者"),
            ("患肝炎、抑郁症", "患病、疾病"),
            ("在精神病院住三个月", "在医院住三个月"),
            ("聋哑人，双目失明", "残疾人，残疾"),
            ("低视力二级", "残疾"),
            ("聋哑残疾一级", "残疾"),
            ("精神文明建设", "精神文明建设"),
            ("二级公路养护", "二级公路养护"),
        ] {
            assert_eq!(health(text), shown, "{text}");
            assert_eq!(health(shown), shown, "twice: {text}");
        }
    }

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

    #[test]
    fn hidden_names_are_found_without_titles_and_units() {
        for (cell, hidden) in [
            ("张三（会计）、团结供电所", &["张三"][..]),
            ("会计赵小丫、欧阳修", &["赵小丫", "欧阳修"]),
            ("张 三", &["张三"]),
            ("团结供电所", &[]),
            ("会计", &[]),
            ("共3人", &[]),
        ] {
            assert_eq!(hidden_names(cell, &names(cell)), hidden, "{cell}");
        }
    }

    #[test]
    fn a_unit_keeps_its_name() {
        for name in [
            "",
            "团结供电所",
            "道外区宏达建材商店",
            "哈尔滨某某有限公司",
            "村委会",
            "村民委员会",
            "东风村",
            "镇政府",
            "农商银行",
            "现金",
            "会计",
            "村民",
            "第一小组",
            "五金店（张记商店）",
            "China Mobile",
        ] {
            assert_eq!(names(name), name);
        }
    }

    /// Runs of plain digits as they stand in a text.
    fn runs(text: &str) -> impl Iterator<Item = &str> {
        text.split(|c: char| !c.is_ascii_digit())
    }

    /// Two to four Han characters that are no unit's, no title and no word of nobody's.
    fn name() -> impl Strategy<Value = String> {
        "[\u{4e00}-\u{9fa5}]{2,4}".prop_filter("somebody's", |name| {
            let titled = TITLES.iter().any(|title| name.contains(title));
            is_name(name) && !titled && !name.contains('等')
        })
    }

    proptest! {
        #[test]
        fn total_and_never_longer(text in any::<String>()) {
            for masked in [names(&text), numbers(&text)] {
                prop_assert!(masked.chars().count() <= text.chars().count());
                // Nothing is in it that was not there, but the two signs for what is hidden.
                let known = |c: char| matches!(c, '*' | '＊') || text.contains(c);
                prop_assert!(masked.chars().all(known), "{masked}");
            }
        }

        #[test]
        fn of_a_name_no_more_than_the_surname(name in name()) {
            let masked = names(&name);
            let shown: String = masked.chars().take_while(|c| *c != '＊').collect();
            prop_assert!(name.starts_with(&shown));
            let long = LONG_SURNAMES.contains(&shown.as_str());
            prop_assert_eq!(shown.chars().count(), if long { 2 } else { 1 });
            prop_assert!(masked.chars().skip(shown.chars().count()).all(|c| c == '＊'));
            prop_assert_eq!(masked.chars().count(), name.chars().count());
        }

        #[test]
        fn in_a_list_as_alone(list in proptest::collection::vec(name(), 1..5), sign in "[、，；/（）]") {
            let apart: Vec<String> = list.iter().map(|name| names(name)).collect();
            prop_assert_eq!(names(&list.join(&sign)), apart.join(&sign));
        }

        #[test]
        fn no_number_that_leads_to_somebody_stays(before in "[^0-9]{0,9}", number in "1[0-9]{10}|[0-9]{15,19}|[0-9]{17}X", after in "[^0-9xX]{0,9}") {
            let text = format!("{before}{number}{after}");
            for masked in [numbers(&text), names(&text)] {
                prop_assert!(!masked.contains(&number), "{masked}");
                for run in runs(&masked) {
                    let leads = run.len() == 11 && run.starts_with('1') || (15..=19).contains(&run.len());
                    prop_assert!(!leads && run.len() <= 4, "{masked}");
                }
            }
            prop_assert_eq!(numbers(&numbers(&text)), numbers(&text));
        }

        #[test]
        fn other_numbers_stay(number in "[0-9]{1,10}") {
            prop_assert_eq!(numbers(&number), number);
        }
    }

    #[test]
    fn numbers_lead_to_nobody() {
        for (text, shown) in [
            ("电话138.1234.5678", "电话138.****.5678"),
            ("卡6222.0202.0011.2233446", "卡****.****.****.***3446"),
            ("请打0451-87654321", "请打0451-87654321"),
            ("电话13812345678。", "电话138****5678。"),
            ("230104199001011234", "**************1234"),
            ("23010419900101123X", "**************123X"),
            ("6222020200112233445", "***************3445"),
            ("2026年10月，付 12000 元", "2026年10月，付 12000 元"),
            ("20261003", "20261003"),
        ] {
            assert_eq!(numbers(text), shown);
        }
    }
}
