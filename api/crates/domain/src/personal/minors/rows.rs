//! Rows of a list of people that are about somebody under age.
//!
//! Beside somebody's name a benefit for a child may be that child's own, and is refused; the row then says how many. What
//! grown-ups do for children is ordinary work and passes: whoever drives them, mends their school or buys balloons for
//! their day is named like anybody else who is paid. Whatever is neither is refused.

use super::ages::{in_figures, young_ages, young_births};
use super::plain;
use crate::time::Day;

/// Words that say a row is about somebody under age.
const MINORS: [&str; 34] = [
    "未成年",
    "未满18",
    "未满十八",
    "不满十八",
    "少年",
    "少儿",
    "男童",
    "女童",
    "学童",
    "幼童",
    "女婴",
    "男婴",
    "弃婴",
    "学前教育",
    "学龄",
    "义务教育",
    "营养改善",
    "年级",
    "孤儿",
    "儿童",
    "婴儿",
    "新生儿",
    "婴幼儿",
    "幼儿",
    "小学生",
    "中学生",
    "初中生",
    "高中生",
    "留守学生",
    "学生营养",
    "营养餐",
    "寄宿生",
    "小朋友",
    "压岁钱",
];
/// Words for children that also stand where a grown-up is paid; only beside a benefit do they say that it is a child's.
const CHILDREN: [&str; 10] = [
    "学生",
    "孩子",
    "小孩",
    "男孩",
    "女孩",
    "宝宝",
    "患儿",
    "双胞胎",
    "入托",
    "托儿",
];
/// Before 学生, those who are of age.
const GROWN: [&str; 8] = ["大", "大学", "研究", "留", "大专", "本科", "高校", "医"];
/// Schools that nobody under age is thought to be at.
const OF_AGE_BY_SCHOOL: [&str; 5] = ["大学", "大专", "本科", "高校", "研究生"];
/// What is called after children and is no child: days, places.
const PLACES: [&str; 12] = [
    "六一儿童节",
    "儿童节",
    "儿童之家",
    "儿童乐园",
    "儿童公园",
    "儿童福利院",
    "妇女儿童",
    "少年宫",
    "青少年宫",
    "少年先锋队",
    "幼儿园",
    "托儿所",
];
/// Who is at one of them.
const IN_SCHOOL: [&str; 12] = [
    "在校生",
    "读小学",
    "上小学",
    "小学在读",
    "读初中",
    "上初中",
    "初中在读",
    "读高中",
    "上高中",
    "高中在读",
    "高中就读",
    "初中就读",
];
/// Schools, beside which what is paid for a pupil may be somebody's own.
const SCHOOLS: [&str; 6] = ["小学", "初中", "高中", "中学", "职高", "中职"];
/// What is paid for pupils.
const SCHOOLING: [&str; 9] = [
    "学费",
    "学杂费",
    "书费",
    "书本费",
    "助学",
    "奖学",
    "生活补助",
    "资助",
    "营养",
];
/// What somebody is given or paid for himself.
const BENEFITS: [&str; 46] = [
    "补助",
    "补贴",
    "补偿",
    "资助",
    "学费",
    "学杂",
    "书费",
    "书本费",
    "助学",
    "奖学",
    "奖励",
    "奖金",
    "慰问金",
    "慰问费",
    "慰问款",
    "慰问品",
    "营养",
    "医疗",
    "看病",
    "就医",
    "治病",
    "治疗",
    "住院",
    "手术",
    "康复",
    "生活费",
    "救助",
    "救济",
    "保障",
    "抚养",
    "抚恤",
    "养育",
    "养护费",
    "津贴",
    "低保",
    "护理",
    "保险",
    "奶粉",
    "伙食",
    "餐费",
    "保育",
    "托费",
    "入园费",
    "压岁",
    "校服",
    "捐",
];
/// What is given to a child, that for a day or a place is bought like anything else.
const GIFTS: [&str; 10] = [
    "书包", "文具", "衣服", "衣物", "棉衣", "玩具", "礼物", "礼品", "奖品", "红包",
];
/// What is paid for work, however it is called: none of the benefits.
const WAGES: [&str; 14] = [
    "误工补贴",
    "误工补助",
    "务工补贴",
    "务工补助",
    "值班补贴",
    "值班补助",
    "加班补贴",
    "加班补助",
    "交通补贴",
    "交通补助",
    "出车补助",
    "出车补贴",
    "劳务补助",
    "劳务补贴",
];
/// Who works for children, after a word for them: `儿童福利主任`, `小学生校车司机`.
const OFFICES: [&str; 30] = [
    "管理员",
    "站长",
    "协管员",
    "值班",
    "家长",
    "带队",
    "主任",
    "督导员",
    "辅导员",
    "协理员",
    "志愿者",
    "工作",
    "教师",
    "老师",
    "校长",
    "园长",
    "教职工",
    "职工",
    "教练",
    "司机",
    "驾驶员",
    "门卫",
    "保安",
    "厨师",
    "炊事员",
    "食堂",
    "保洁",
    "保育员",
    "护学",
    "医生",
];
/// How far such a word stands from the word for children, in characters.
const NEAR: usize = 6;
/// What grown-ups do for children.
const WORK: [&str; 56] = [
    "防溺水",
    "防火",
    "义诊",
    "巡逻",
    "门",
    "路灯",
    "用车",
    "车费",
    "租车",
    "运费",
    "接送",
    "送",
    "接",
    "司机",
    "维修",
    "维护",
    "修缮",
    "修补",
    "修理",
    "修建",
    "修",
    "改造",
    "建设",
    "新建",
    "扩建",
    "施工",
    "工程",
    "安装",
    "装修",
    "粉刷",
    "搬运",
    "采购",
    "购买",
    "购置",
    "买",
    "活动",
    "节目",
    "演出",
    "表演",
    "布置",
    "道路",
    "路面",
    "门前",
    "围墙",
    "误工",
    "务工",
    "用工",
    "人工",
    "工资",
    "劳务",
    "值班",
    "会议",
    "培训",
    "宣传",
    "打扫",
    "考试",
];
/// What makes a kindergarten's name a child's class.
const ATTENDED: [&str; 8] = ["大班", "中班", "小班", "入园", "在园", "就读", "上", "读"];

/// Whether a text beside somebody's name says that a row is about somebody under age: by an age or a birth of which nobody
/// is of age on `day`, or by its words.
#[must_use]
pub fn speaks_of_minor(text: &str, day: Option<Day>) -> bool {
    let plain = plain(text);
    let figures = in_figures(&plain);
    if !young_ages(&figures).is_empty() || !young_births(&figures, day).is_empty() {
        return true;
    }
    let has = |text: &str, list: &[&str]| list.iter().any(|word| text.contains(word));
    let names_children = |text: &str| {
        let lists: [&[&str]; 5] = [&MINORS, &CHILDREN, &PLACES, &SCHOOLS, &IN_SCHOOL];
        lists.into_iter().any(|list| has(text, list))
    };
    if !names_children(&plain) {
        return false;
    }
    let words = without(&without_offices(&plain), &WAGES);
    let minors = has(&words, &MINORS);
    let benefit = has(&words, &BENEFITS);
    // 儿童 in the name of a place or a day is no child.
    let bare = without(&words, &PLACES);
    let child = has(&bare, &MINORS);
    if benefit && (minors || has(&words, &PLACES) || has_children(&words)) {
        return true;
    }
    if has(&words, &SCHOOLS) && has(&words, &SCHOOLING) && !has(&words, &OF_AGE_BY_SCHOOL) {
        return true;
    }
    if child && has(&words, &GIFTS) {
        return true;
    }
    if has(&words, &WORK) {
        return false;
    }
    let attended = ["幼儿园", "托儿所"].iter().any(|place| {
        let mut rests = words.split(place).skip(1);
        rests.any(|rest| rest.is_empty() || ATTENDED.iter().any(|word| rest.starts_with(word)))
    });
    let pupil = has(&words, &IN_SCHOOL) || words.contains("学生") && has_children(&words);
    child || attended || pupil
}

/// Whether a text names children who are none of age: 学生, and not 大学生.
fn has_children(text: &str) -> bool {
    CHILDREN.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            !GROWN.iter().any(|grown| before.ends_with(grown))
        })
    })
}

fn without(text: &str, words: &[&str]) -> String {
    let mut rest = text.to_owned();
    for word in words {
        if rest.contains(word) {
            rest = rest.replace(word, "");
        }
    }
    rest
}

/// A text without those who work for children: `儿童福利主任补贴` is `补贴`.
fn without_offices(text: &str) -> String {
    let lists: [&[&str]; 4] = [&MINORS, &CHILDREN, &PLACES, &SCHOOLS];
    let words: Vec<&str> = lists.into_iter().flatten().copied().collect();
    let mut rest = text.to_owned();
    // Each round takes one away.
    while let Some(office) = office(&rest, &words) {
        rest.replace_range(office, "");
    }
    rest
}

/// Where a word for children stands with the office after it.
fn office(text: &str, words: &[&str]) -> Option<std::ops::Range<usize>> {
    let mut starts = words.iter().flat_map(|word| {
        let found = text.match_indices(word);
        found.map(|(at, word)| (at, at + word.len()))
    });
    starts.find_map(|(start, end)| {
        let after = text.get(end..)?;
        let near = OFFICES.iter().filter_map(|office| {
            let at = after.find(office)?;
            let between = after.get(..at)?;
            let close = between.chars().count() <= NEAR;
            // 孤儿救助，主任经手 is a child's all the same.
            let other = between.contains(['、', ',', '。', ';', ':'])
                || BENEFITS.iter().any(|benefit| between.contains(benefit));
            (close && !other).then_some(end + at + office.len())
        });
        Some(start..near.min()?)
    })
}
