//! Who is under age, by the words and the years of a text.

use unicode_normalization::UnicodeNormalization as _;

use super::surnames::{is_han, leading, trailing};
use crate::time::Day;

/// Words that say a row is about somebody under age.
const MINORS: [&str; 24] = [
    "未成年",
    "未满18",
    "未满十八",
    "不满十八",
    "少年",
    "少儿",
    "男童",
    "女童",
    "学前教育",
    "义务教育",
    "营养改善",
    "年级",
    "孤儿",
    "儿童",
    "婴儿",
    "婴幼儿",
    "幼儿",
    "小学生",
    "中学生",
    "初中生",
    "高中生",
    "学生营养",
    "营养餐",
    "寄宿生",
];

/// What is called after children and is no child: days, places, offices.
const PLACES: [&str; 11] = [
    "六一儿童节",
    "儿童节",
    "儿童之家",
    "儿童乐园",
    "儿童福利院",
    "儿童福利主任",
    "儿童主任",
    "妇女儿童",
    "少年宫",
    "少年先锋队",
    "幼儿园",
];

/// Whether a text says that it is about somebody under age: by its words, or by a year of birth of which nobody is of
/// age on `day`.
#[must_use]
pub fn speaks_of_minor(text: &str, day: Option<Day>) -> bool {
    let mut plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    // Nearly no text has one of these.
    if plain.contains(['童', '少', '幼']) {
        for place in PLACES {
            plain = plain.replace(place, "");
        }
    }
    let young = day.is_some_and(|day| {
        use chrono::Datelike as _;
        born_in(&plain).is_some_and(|year| day.year() - year < OF_AGE)
    });
    young || is_aged(&plain) || MINORS.iter().any(|word| plain.contains(word))
}

/// Whether a text names an age below that of an adult: `8岁`, `12周岁`.
fn is_aged(plain: &str) -> bool {
    plain.match_indices('岁').any(|(at, _)| {
        let before = plain.get(..at).unwrap_or_default();
        let before = before.strip_suffix('周').unwrap_or(before);
        let digits = before
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .count();
        let age = before.get(before.len() - digits..);
        let age = age.and_then(|age| age.parse::<i32>().ok());
        age.is_some_and(|age| age < OF_AGE)
    })
}

/// The year of birth that a text names: `2018年出生`, `2018年5月生`, `生于2018年`.
fn born_in(plain: &str) -> Option<i32> {
    let year = |text: &str| -> Option<i32> {
        let year: i32 = text.get(text.len().checked_sub(4)?..)?.parse().ok()?;
        (1900..2200).contains(&year).then_some(year)
    };
    for (at, _) in plain.match_indices('年') {
        let Some(found) = plain.get(..at).and_then(year) else {
            continue;
        };
        let before = plain.get(..at.checked_sub(4)?)?;
        let after = plain.get(at + '年'.len_utf8()..)?;
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || "月日".contains(c));
        let born = rest.starts_with('生') && !rest.starts_with("生产") && !rest.starts_with("生活");
        if born || rest.starts_with("出生") || before.ends_with("生于") || before.ends_with("出生")
        {
            return Some(found);
        }
    }
    None
}

/// Who is under age, as it stands before a name.
const YOUNG: [&str; 11] = [
    "学生",
    "儿童",
    "孤儿",
    "幼儿",
    "婴儿",
    "男童",
    "女童",
    "少年",
    "未成年人",
    "未成年",
    "年级",
];
/// Those of whom nobody is under age.
const GROWN: [&str; 8] = [
    "大学",
    "大专",
    "本科",
    "研究生",
    "博士",
    "硕士",
    "高职",
    "大一",
];
/// Grades and schools as they stand in brackets after a name.
const GRADES: [&str; 24] = [
    "年级",
    "小学",
    "初中",
    "高中",
    "中学",
    "幼儿园",
    "学前",
    "初一",
    "初二",
    "初三",
    "高一",
    "高二",
    "高三",
    "小班",
    "中班",
    "大班",
    "学生",
    "儿童",
    "孤儿",
    "幼儿",
    "男童",
    "女童",
    "少年",
    "未成年",
];
/// What makes a school in brackets the place where a grown-up works or once was.
const TAUGHT: [&str; 10] = [
    "老师", "教师", "校长", "园长", "学历", "文化", "毕业", "教工", "食堂", "人",
];
/// What a name of a list of pupils is followed by in a sentence.
const FOLLOWING: [char; 33] = [
    '助', '补', '生', '营', '学', '的', '费', '款', '慰', '医', '住', '治', '看', '就', '购', '买',
    '领', '救', '奖', '捐', '伙', '体', '路', '车', '衣', '服', '书', '过', '上', '入', '交', '溺',
    '奶',
];
/// How words end that are no names, though they begin like some.
const NO_NAMES: [&str; 36] = [
    "装", "笔", "帽", "鞋", "裤", "袋", "品", "物", "奶", "肉", "菜", "油", "饭", "灯", "桌", "椅",
    "床", "赛", "课", "板", "费", "款", "餐", "校", "班", "节", "屯", "村", "镇", "乡", "县", "站",
    "老师", "校长", "园长", "医生",
];

/// Whether a line of a ledger names somebody under age: its words speak of one, by an age, a grade, a year of birth or
/// as an orphan, and a name stands beside them.
#[must_use]
pub fn names_minor(text: &str, day: Option<Day>) -> bool {
    // Nearly every line ends here.
    if !text.contains([
        '岁', '学', '级', '童', '儿', '少', '班', '中', '高', '初', '生', '成',
    ]) {
        return false;
    }
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    // Ages in characters, where the names keep theirs: 六岁李小红, 李小红九岁.
    let aged = || {
        let figures = ages_in_figures(&plain);
        before_age(&figures) || after_age(&figures)
    };
    before_bracket(&plain, day)
        || plain.contains('岁') && aged()
        || after_word(&plain)
        || before_grade(&plain)
        || beside_birth(&plain, day)
}

/// A name, and in brackets after it an age, a grade or a year of birth: `张建国（6岁）`.
fn before_bracket(plain: &str, day: Option<Day>) -> bool {
    plain.match_indices('(').any(|(at, _)| {
        let inside = plain.get(at + 1..).unwrap_or_default();
        let inside = inside.split(')').next().unwrap_or_default();
        let words = inside.replace("未成年人", "未成年");
        let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
        let born = day.is_some_and(|day| {
            use chrono::Datelike as _;
            born_in(inside).is_some_and(|year| day.year() - year < OF_AGE)
        });
        let grade = has(&GRADES) && !has(&GROWN) && !has(&TAUGHT);
        let young = born || grade || is_aged(&in_figures(inside));
        young && ends_with_name(plain.get(..at).unwrap_or_default())
    })
}

/// A name of three characters, and an age after it: `张建国6岁`.
fn before_age(plain: &str) -> bool {
    plain.match_indices('岁').any(|(at, word)| {
        let before = plain.get(..at).unwrap_or_default();
        let before = before.strip_suffix('周').unwrap_or(before);
        let text = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let age = plain.get(text.len()..at + word.len()).unwrap_or_default();
        let text = text.trim_end_matches([',', '、', ':', '今', '年']);
        // Two characters are a name where nothing stands before them: the end of many words looks like one.
        let whole = |name: &str| {
            let before = text.strip_suffix(name).unwrap_or_default();
            before.chars().next_back().is_none_or(|c| !is_han(c))
        };
        is_aged(age)
            && trailing(text)
                .any(|name| (name.chars().count() == 3 || whole(name)) && !is_none(name))
    })
}

/// An age, and a name after it: `慰问14岁李小红`.
fn after_age(plain: &str) -> bool {
    plain.match_indices('岁').any(|(at, word)| {
        let until = at + word.len();
        let aged = plain.get(..until).is_some_and(|before| {
            let last = before.trim_end_matches('岁').trim_end_matches('周');
            let digits = last.trim_end_matches(|c: char| c.is_ascii_digit());
            is_aged(before.get(digits.len()..).unwrap_or_default())
        });
        let rest = plain.get(until..).unwrap_or_default();
        let rest = ["的", "儿童", "学生", "孩子", "少年"]
            .iter()
            .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        aged && starts_with_name(rest)
    })
}

/// A name of three characters, and a grade after it, perhaps with the school: `付李小红小学二年级书费`. (王建国小学 may be
/// a school.)
fn before_grade(plain: &str) -> bool {
    plain.match_indices("年级").any(|(at, _)| {
        let before = plain.get(..at).unwrap_or_default();
        let mut rest = before.trim_end_matches(is_grade);
        if rest.len() == before.len() {
            return false;
        }
        for school in ["小学", "初中", "中学", "高中"] {
            rest = rest.strip_suffix(school).unwrap_or(rest);
        }
        let named = |name: &str| name.chars().count() == 3 && !is_none(name);
        trailing(rest).any(named)
    })
}

fn is_grade(c: char) -> bool {
    c.is_ascii_digit() || super::digit(c).is_some()
}

/// A name between commas, and a year of birth of somebody under age in the same line: `李小红，女，2014年生`.
fn beside_birth(plain: &str, day: Option<Day>) -> bool {
    let young = day.is_some_and(|day| {
        use chrono::Datelike as _;
        born_in(plain).is_some_and(|year| day.year() - year < OF_AGE)
    });
    young
        && plain
            .split([',', '、', ';', '。'])
            .any(|part| ends_with_name(part) && !part.contains('年'))
}

/// A word for somebody under age, and a name after it: `孤儿王小明生活费`.
fn after_word(plain: &str) -> bool {
    YOUNG.iter().any(|word| {
        plain.match_indices(word).any(|(at, _)| {
            let before = plain.get(..at).unwrap_or_default();
            let rest = plain.get(at + word.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches([':', '(']);
            let rest = rest.trim_start_matches("姓名");
            let grown =
                before.ends_with(['大', '究']) || GROWN.iter().any(|word| before.ends_with(word));
            !grown && starts_with_name(rest.trim_start_matches(':'))
        })
    })
}

fn ends_with_name(text: &str) -> bool {
    trailing(text).any(|name| !is_none(name))
}

fn starts_with_name(text: &str) -> bool {
    leading(text).any(|name| {
        let next = text.get(name.len()..).and_then(|rest| rest.chars().next());
        let ends = next.is_none_or(|c| !is_han(c) || FOLLOWING.contains(&c));
        ends && !is_none(name)
    })
}

/// Whether what begins like a name is a school, a village or a sum.
fn is_none(name: &str) -> bool {
    let two: String = name.chars().take(2).collect();
    NO_NAMES
        .iter()
        .any(|end| name.ends_with(end) || two.ends_with(end))
}

/// A text with its ages as figures, and nothing else.
fn ages_in_figures(plain: &str) -> String {
    let mut shown = String::with_capacity(plain.len());
    let mut done = 0;
    for (at, _) in plain.match_indices('岁') {
        let before = plain.get(done..at).unwrap_or_default();
        let text = before.strip_suffix('周').unwrap_or(before);
        let is_number = |c: char| c == '十' || super::digit(c).is_some();
        let name = text.trim_end_matches(is_number);
        shown.push_str(name);
        shown.push_str(&in_figures(text.get(name.len()..).unwrap_or_default()));
        shown.push('岁');
        done = at + '岁'.len_utf8();
    }
    shown.push_str(plain.get(done..).unwrap_or_default());
    shown
}

/// An age in characters as figures: `六岁` as `6岁`, `十二岁` as `12岁`.
fn in_figures(text: &str) -> String {
    let mut figures = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let beside = |at: Option<usize>| {
            at.and_then(|at| chars.get(at))
                .and_then(|c| super::digit(*c))
        };
        match (c, beside(at.checked_sub(1)), beside(at.checked_add(1))) {
            ('十', None, None) => figures.push_str("10"),
            ('十', None, Some(_)) => figures.push('1'),
            ('十', Some(_), None) => figures.push('0'),
            ('十', Some(_), Some(_)) => {}
            (c, ..) => figures.push(super::digit(*c).unwrap_or(*c)),
        }
    }
    figures
}

/// Full years of somebody born on `born`, on `day`.
#[must_use]
pub fn age_on(born: Day, day: Day) -> i32 {
    use chrono::Datelike as _;
    let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
    day.year() - born.year() - i32::from(!had_birthday)
}

/// Under this age somebody is a minor (民法典 Art. 17).
pub const OF_AGE: i32 = 18;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_who_is_under_age() {
        let day = Day::from_ymd_opt(2026, 10, 31);
        for text in [
            "孤儿基本生活费",
            "张小宝(2018年出生)",
            "２０１８年５月生",
            "生于2010年",
            "五年级",
            "学前教育资助",
            "农村义务教育营养改善补助",
            "8周岁",
            "随母领取（１２岁）",
        ] {
            assert!(speaks_of_minor(text, day), "{text}");
        }
        for text in [
            "1958年出生",
            "2026年生产补贴",
            "2026年10月",
            "原民办小学教师补助",
            "大学新生资助",
            "80岁以上高龄津贴",
            "年满60周岁",
            "六一儿童节购买气球",
            "幼儿园门前路面修补",
            "妇女儿童工作补贴",
        ] {
            assert!(!speaks_of_minor(text, day), "{text}");
        }
    }

    #[test]
    fn sees_who_names_somebody_under_age() {
        let day = Day::from_ymd_opt(2026, 10, 31);
        for text in [
            "付张建国（6岁）营养餐补助",
            "付学生李小红（小学三年级）助学金",
            "孤儿王小明生活费",
            "孤儿王小明",
            "付张建国(六岁)补助",
            "付张建国（女，十二周岁）补助",
            "张建国6岁补助",
            "付李红（高中）助学金",
            "付李红（2018年出生）助学金",
            "学生李小红、王小明助学金",
            "学生：李小红",
            "儿童 王小明 的补助",
            "小学三年级李小红学费",
            "留守儿童欧阳小明营养费",
            "幼儿（于洋）生活费",
            "王小明（孤儿）",
            "王小明（未成年人）",
            "资助儿童李小红（9岁）医疗费",
            "留守儿童李小红慰问",
            "留守儿童李小红慰问金",
            "儿童李小红医疗费",
            "为学生王强购买校服",
            "给14岁李小红慰问",
            "李小红，女，2014年生，慰问",
            "付李小红小学二年级书费",
            "五年级李小红奖状",
            "三好学生李小红奖品",
            "8岁的李小红看病",
            "六岁李小红",
            "李小红九岁",
            "李小红，3周岁",
            "王强 14 周岁",
            "十二岁王强慰问",
            "小学生王强交通费",
            "少年王强溺水救助",
        ] {
            assert!(names_minor(text, day), "{text}");
        }
        for text in [
            "",
            "小学生营养餐补助120人",
            "六一儿童节活动支出",
            "义务教育学校维修",
            "儿童之家建设",
            "张家小学",
            "张家小学（三年级）课桌",
            "康金镇（小学）维修",
            "付张建国（60岁）高龄津贴",
            "付张建国（80岁以上）",
            "大学生李小红助学金",
            "付李红（大学三年级）助学金",
            "付李红（小学教师）补课费",
            "付王建国（高中学历）工资",
            "学生安全教育",
            "学生高中补助",
            "儿童关爱补助",
            "少年宫活动",
            "学生文具费",
            "儿童康复（6岁以下）补助",
            "小学（三年级）课桌",
            "付李老师（小学）工资",
            "幼儿园石料（大班）",
            "张三工资",
            "儿童康复医疗费",
            "学生高中住宿补助",
            "慰问80岁李小红",
            "付李小红（村小学教师）补课费",
            "付李建国小学门窗维修人工费",
            "东风村小学维修",
            "张家屯小学课桌",
            "王家村初中校车",
            "给学生购买校服",
            "学生夏装购买",
            "学生毛笔购买",
            "六一儿童节慰问",
            "张建国八十岁慰问",
            "付三周岁以下托育补助",
            "2014年生产用水费，女工工资",
        ] {
            assert!(!names_minor(text, day), "{text}");
        }
    }

    #[test]
    fn reads_ages_in_characters() {
        for (text, figures) in [
            ("六岁", "6岁"),
            ("十岁", "10岁"),
            ("十二岁", "12岁"),
            ("八十岁", "80岁"),
            ("八十三岁", "83岁"),
        ] {
            assert_eq!(in_figures(text), figures);
        }
    }

    #[test]
    fn counts_years_as_people_do() {
        let day = |y, m, d| Day::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(age_on(day(2008, 10, 4), day(2026, 10, 3)), 17);
        assert_eq!(age_on(day(2008, 10, 3), day(2026, 10, 3)), OF_AGE);
    }
}
