//! Who is told by name in words: where a sentence is cut into its words, a name is what begins with a surname and is no
//! other word. The cutting is a library's (jieba), with a dictionary of some 350,000 words and a model for those that it
//! does not have.

use std::collections::HashSet;
use std::sync::LazyLock;

use jieba_rs::Jieba;

use super::HIDDEN;
use super::dotted::dotted;
use super::hidden::is_named_so;
use super::latin::latin_in_words;
use super::names::{is_unit, masked, spread};
use super::words::{TITLES, UNITS};
use crate::personal::by_simplified;
use crate::personal::surnames::{LONG_SURNAMES, is_common_name, is_han, may_begin_name};

/// Built when the first text with a surname in it is read: a tenth of a second, and some 25 MB.
static WORDS: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// What given names are made of; verbs and things that also are (修, 家, 花) are not among them.
const GIVEN: &str = "建国军民强伟明华平东海涛波龙虎山林森峰岭江河洋川福贵财富旺德仁义礼智信忠孝诚厚宝金银铜铁柱锁成功志刚勇毅坚\
胜利斌武文彬杰俊豪雄英才良善祥瑞庆喜顺春夏秋冬长寿永久恒远高大广宽宏世玉清新立本根树松柏栋梁材殿占双全连奎臣廷君邦兴振光辉亮晨旭阳\
宇宙天宁安静康泰和谐鹏飞凯旋健鑫磊岩石博学思敬先启超越进步跃前佳嘉维友继承业绍传运秀桂兰珍淑芬芳梅香菊莲荣琴珠美丽娟敏艳霞红燕凤云雪玲\
慧娜萍霜洁蓉晶莹莉丹婷倩颖雅琳琪欣怡妍薇芝芹芸素贞月娥仙巧翠卫保珊媛婉彩蝶晓露娇姣岚菲蕊惠慈亚凡树宪守恩景延洪焕凤仁万满仓囤来有发生小子元\
继宗尚昌盛晏悦欢乐可心爱玫瑰芙蓉薛润泽浩瀚雨晴虹霖霏雷震坤乾艺萌颜帅磊威猛锐锋钢铸鑫昆仑川洲岛湘赣豫鲁晋京津沪辽吉黑蒙滨春长沈男然轩萱睿涵梓诗皓昊逸辰铭熙彤桐瑶\
航楠翔哲骏硕烁煜炜烨恺旻晗晞沐汐苒若茹菡芷蔓蕾依奕弈珂珺瑜瑾璐璇玥彦锦淇淼滢潇澜嫣妮宸钧桦琛";

static GIVEN_NAMES: LazyLock<HashSet<char>> = LazyLock::new(|| GIVEN.chars().collect());

/// Words of every day that are made of such characters and that nobody is called.
const NOT_GIVEN: [&str; 17] = [
    "前先", "学生", "先生", "发生", "大学", "生成", "有心", "有发", "高于", "卫生", "卫星", "保安",
    "保洁", "保健", "保金", "保全", "保本",
];
/// What follows 家 in a given name; with a hill, a river or a wood after it 李家 is a hamlet's.
const AT_HOME: &str = "豪俊宝富辉乐瑞欣诚勇伟强杰";
/// Whom and what everybody names: 学雷锋活动, 尚志.
const PUBLIC: [&str; 22] = [
    "雷锋",
    "焦裕禄",
    "毛泽东",
    "邓小平",
    "周恩来",
    "孔子",
    "孟子",
    "王进喜",
    "东方红",
    "王府井",
    "尚志",
    "萧山",
    "温泉",
    "谷雨",
    "白露",
    "夏至",
    "关公",
    "关帝",
    "王老吉",
    "康佳",
    "金龙鱼",
    "鲁花",
];
/// A surname, and what is done to somebody who is named after it.
const PAID: char = '付';
/// How words end that look like a name and are a family's or a place's.
const NO_NAMES: [char; 18] = [
    '家', '屯', '沟', '村', '镇', '乡', '县', '市', '街', '组', '费', '款', '员', '户', '区', '庄',
    '堡', '店',
];
/// How a hamlet's name ends that is a family's: 王家岭.
const LANDS: &str = "岭河山林沟湖川洲江海坡坝洼窝窑桥甸岗湾坎泉井";
/// What follows a name and is no part of it.
const AFTER: [char; 14] = [
    '之', '的', '和', '与', '及', '代', '在', '是', '家', '户', '给', '向', '从', '把',
];
/// Before somebody to whom something is done, and what that is, in a character: 给…发.
const TO: [char; 3] = ['给', '向', '为'];
const DONE_TO: [char; 9] = ['发', '送', '买', '付', '办', '交', '还', '打', '汇'];
/// What somebody is paid, as it stands after the name.
const PAY: [&str; 5] = ["误工", "工资", "劳务", "报酬", "津贴"];
/// How words end by which somebody is paid: 付, 发放.
const PAYS: [char; 5] = ['付', '给', '发', '放', '支'];
/// What stands between two people.
const LINKS: [char; 5] = ['和', '与', '及', '同', '代'];
/// Surnames by which things are counted, after a number: 这张表, 三方.
const COUNTED: [char; 4] = ['张', '方', '段', '石'];
/// What counts.
const COUNTS: &str = "这那哪每各几数多两一二三四五六七八九十百";

/// Reads what it needs to know before anybody waits for it.
pub fn warm() {
    LazyLock::force(&WORDS);
}

/// Masks every name that words tell: `救助对象：唐铁柱、冯秀英` becomes `救助对象：唐＊＊、冯＊＊`; a unit that is named after somebody keeps
/// its name, as does whom everybody names (`学雷锋活动`).
#[must_use]
pub fn told(text: &str) -> String {
    by_simplified(&dotted(&latin_in_words(text)), |text| {
        told_in(&spread(text, told_in))
    })
}

fn told_in(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let pairs = || chars.iter().zip(chars.iter().skip(1));
    // A name takes a surname and at least one character more.
    if !pairs().any(|(one, next)| may_begin_name(*one) && is_han(*next)) {
        return text.to_owned();
    }
    let cut = Cut::of(text, &chars);
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let mut length = cut.name_at(at);
        // 付王 of 付王淑珍 is what was done to the one who is named.
        if length > 0 && cut.name_at(at + 1) > length {
            length = 0;
        }
        let name: String = chars.iter().skip(at).take(length.max(1)).collect();
        if length > 0 {
            shown.push_str(&masked(&name));
        } else {
            shown.push_str(&name);
        }
        at += length.max(1);
    }
    shown
}

/// Whether these are characters of which given names are made, and no word of every day.
pub(super) fn is_given(name: &str) -> bool {
    let at_home = name.strip_prefix('家');
    let made_so = name.chars().all(|c| GIVEN_NAMES.contains(&c))
        || at_home.is_some_and(|rest| {
            rest.chars().count() == 1 && rest.chars().all(|c| AT_HOME.contains(c))
        });
    made_so && !NOT_GIVEN.contains(&name)
}

/// Whether everybody names it so: 温泉 and 温泉井, and not 康佳怡, who may be somebody.
fn is_public(name: &str) -> bool {
    let mut known = PUBLIC.iter().filter_map(|known| name.strip_prefix(known));
    known.any(|rest| !rest.chars().any(|c| GIVEN_NAMES.contains(&c)))
}

/// Whether it is a family's hamlet: 王家岭.
fn is_hamlet(name: &[char]) -> bool {
    matches!(name, [_, '家', land] if LANDS.contains(*land))
}

/// A word of a text.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// Before which character of the text it ends.
    end: usize,
    /// Whether the dictionary or the model takes it for a name.
    is_name: bool,
}

/// A text cut into words.
struct Cut<'a> {
    chars: &'a [char],
    /// What begins at each character.
    words: Vec<Option<Word>>,
    /// Whether a word ends before each character, and before the end of the text.
    ends: Vec<bool>,
}

impl<'a> Cut<'a> {
    fn of(text: &str, chars: &'a [char]) -> Self {
        let mut words = Vec::with_capacity(chars.len());
        let mut ends = vec![false];
        for tagged in WORDS.tag(text, true) {
            let within = tagged.word.chars().count().saturating_sub(1);
            words.push(Some(Word {
                end: words.len() + within + 1,
                is_name: tagged.tag.starts_with("nr"),
            }));
            words.resize(words.len() + within, None);
            ends.resize(ends.len() + within, false);
            ends.push(true);
        }
        Self { chars, words, ends }
    }

    /// How many characters a name has that begins here; 0 where none does.
    fn name_at(&self, at: usize) -> usize {
        let surname = |length: usize| {
            let word: String = self.chars.iter().skip(at).take(length).collect();
            LONG_SURNAMES.contains(&word.as_str())
        };
        let Some(first) = self.chars.get(at).copied().filter(|c| may_begin_name(*c)) else {
            return 0;
        };
        let surname = if surname(2) { 2 } else { 1 };
        let before = at.checked_sub(1).and_then(|at| self.chars.get(at));
        let is_counted = before.is_some_and(|c| COUNTS.contains(*c) || c.is_numeric());
        if is_counted && COUNTED.contains(&first) {
            return 0;
        }
        let mut lengths = [surname + 2, surname + 1].into_iter();
        lengths
            .find(|length| self.is_name(at, surname, *length))
            .unwrap_or(0)
    }

    fn is_name(&self, start: usize, surname: usize, length: usize) -> bool {
        let end = start + length;
        let Some(chars) = self.chars.get(start..end) else {
            return false;
        };
        let name: String = chars.iter().collect();
        // Of 付王＊＊ the name is hidden already.
        self.chars.get(end) != Some(&HIDDEN)
            && is_common_name(&name)
            && !is_public(&name)
            && !chars
                .last()
                .is_some_and(|last| NO_NAMES.contains(last) || AFTER.contains(last))
            && !is_unit(&name)
            && !is_hamlet(chars)
            && self.is_cut_so(start, surname, end)
            && !is_named_so(self.chars, start, end)
    }

    /// Whether the words of the text allow a name from `start` to `end`.
    fn is_cut_so(&self, start: usize, surname: usize, end: usize) -> bool {
        let given = start + surname;
        let begins = |at: usize| self.begins(at);
        let word = begins(start);
        // 付李四 as one word that is a name: paid to him, and by nobody of that surname.
        let paid = start
            .checked_sub(1)
            .filter(|at| self.chars.get(*at) == Some(&PAID));
        let word = word.or_else(|| paid.and_then(begins));
        // 王福贵家, 张三之
        let goes_on = |word: Word| {
            let after = self.chars.get(end);
            word.end == end + 1 && after.is_some_and(|c| NO_NAMES.contains(c) || AFTER.contains(c))
        };
        let is_verb = self.chars.get(start) == Some(&PAID);
        if let Some(word) = word
            && word.is_name
            && !is_verb
            && (word.end == end && !self.goes_on(end) || goes_on(word))
        {
            return true;
        }
        let alone = |at: Option<&char>| at.is_none_or(|c| !is_han(*c));
        let before = start.checked_sub(1).and_then(|at| self.chars.get(at));
        // 李四和王五
        let is_linked = self.chars.get(end).is_some_and(|c| LINKS.contains(c));
        if end - given == 1 && alone(before) && is_linked && self.name_at(end + 1) > 0 {
            return true;
        }
        let as_given = || {
            let pair: String = self.chars.iter().skip(given).take(end - given).collect();
            is_given(&pair)
        };
        // 给张小伟发奖品, which is cut as 小/伟发.
        let receives = before.is_some_and(|c| TO.contains(c))
            && self.chars.get(end).is_some_and(|c| DONE_TO.contains(c));
        if receives && end - given == 2 && as_given() {
            return true;
        }
        let ends = |at: usize| self.ends.get(at) == Some(&true);
        // 徐/梓/晨家
        let at_home = end - given == 2 && self.chars.get(end) == Some(&'家') && ends(end + 1);
        if !ends(end) && !at_home {
            return false;
        }
        let parts = begins(given).filter(|word| word.end == end);
        // 李四 of 付/李四 is somebody himself.
        let is_whole = || {
            let rest: String = self.chars.iter().skip(given).take(end - given).collect();
            is_common_name(&rest)
        };
        match end - given {
            // 高/秀英, 户于/秀英, 李/桂兰, 李铁/柱
            2 if parts.is_some_and(|word| word.is_name) => !is_whole(),
            // 东风村/王/大锤/工资
            2 if parts.is_some() && self.is_paid(start, end) => true,
            2 => as_given() && (begins(start).is_some() || paid.is_some() || parts.is_some()),
            // 李/四 by itself, and no longer name.
            _ => parts.is_some() && as_given() && alone(before) && alone(self.chars.get(end)),
        }
    }

    /// Whether a name of two characters goes on with a third: 李铁/柱.
    fn goes_on(&self, end: usize) -> bool {
        self.begins(end).is_some_and(|word| word.end == end + 1)
            && self.chars.get(end).is_some_and(|c| GIVEN_NAMES.contains(c))
    }

    /// The word that begins at a character.
    fn begins(&self, at: usize) -> Option<Word> {
        self.words.get(at).copied().flatten()
    }

    /// Whether what stands from `start` to `end` is somebody of a unit or a trade who is paid for work.
    fn is_paid(&self, start: usize, end: usize) -> bool {
        let ends = |word: &str| {
            let own = self.chars.iter().take(start).rev();
            word.chars()
                .rev()
                .eq(own.take(word.chars().count()).copied())
        };
        let begins = |word: &&str| {
            let own = self.chars.iter().skip(end).copied();
            word.chars().eq(own.take(word.chars().count()))
        };
        let before = start.checked_sub(1).and_then(|at| self.chars.get(at));
        // 支付施工劳务费 is nobody's of the surname 付.
        let own = self.chars.get(start) != Some(&PAID);
        let paid = own && before.is_some_and(|c| PAYS.contains(c));
        PAY.iter().any(begins) && (paid || UNITS.iter().chain(&TITLES).any(|word| ends(word)))
    }
}

#[cfg(test)]
mod tests;
