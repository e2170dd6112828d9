//! Lines of a ledger, and words beside a list, that name somebody under age.

use super::ages::{in_figures, young_ages};
use super::births::young_births;
use super::words::{
    AFTER_AGE, BEFORE_NAME, BESIDE_AGE, CALLED, DOING, FOLLOWING, GIVEN, GIVING, GRADES, GROWN,
    KIN, NOT_CALLED, OF_CHILDREN, OF_GRADE, OF_KIN, QUALITIES, READS, SCHOOLING, SCHOOLS, TAUGHT,
    YOUNG,
};
use super::{is_none, plain};
use crate::personal::surnames::{is_han, leading, trailing};
use crate::personal::{digit, simplified};
use crate::time::Day;

/// Whether a line of a ledger names somebody under age: its words speak of one, by an age, a grade, a year of birth or
/// as an orphan, and a name stands beside them.
#[must_use]
pub fn names_minor(text: &str, day: Option<Day>) -> bool {
    // Nearly every line ends here.
    if !simplified(text).contains([
        '岁', '学', '级', '童', '儿', '少', '班', '中', '高', '初', '生', '成', '孩', '宝', '婴',
        '托', '朋', '双', '家', '监', '压', '其', '之',
    ]) {
        return false;
    }
    let plain = plain(text);
    // Ages in characters, where the names keep theirs: 六岁李小红, 李小红九岁.
    let figures = in_figures(&plain);
    in_brackets(&figures, day)
        || beside_age(&figures)
        || beside_birth(&figures, day)
        || after_word(&plain)
        || before_word(&plain)
        || before_young(&plain)
        || before_grade(&plain)
        || beside_school(&plain)
        || of_kin(&plain)
}

/// A name, and in brackets after it an age, a grade or a birth: `张建国（6岁）`, `张小宝压岁钱（7岁）`.
fn in_brackets(figures: &str, day: Option<Day>) -> bool {
    figures.match_indices('(').any(|(at, _)| {
        let inside = figures.get(at + 1..).unwrap_or_default();
        let inside = inside.split(')').next().unwrap_or_default();
        if DOING.iter().any(|word| inside.starts_with(word)) {
            return false;
        }
        let words = inside.replace("未成年人", "未成年");
        let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
        let grade = has(&GRADES) && !has(&GROWN) && !has(&TAUGHT);
        let told: Vec<_> = young_ages(inside)
            .into_iter()
            .filter(|age| !age.of_group)
            .map(|age| age.bytes)
            .chain(young_births(inside, day))
            .collect();
        if !grade && told.is_empty() {
            return false;
        }
        let before = figures.get(..at).unwrap_or_default();
        // Where the brackets say no more than how old somebody is, it is who the words before them are about.
        let alone = told.iter().any(|bytes| {
            let rest = [inside.get(..bytes.start), inside.get(bytes.end..)];
            rest.into_iter()
                .flatten()
                .all(|rest| without_ends(rest, &BESIDE_AGE).is_empty())
        });
        // 付张小伟奖学金（小学生）
        let of_pupil = grade && is_for_pupil(before);
        trailing(before).any(|name| !is_none(name))
            || of_pupil && is_about_somebody(before)
            || alone && (is_about_somebody(before) || ends_with_nickname(before))
    })
}

/// Whether a text ends with what a child is called at home: `给小明`.
fn ends_with_nickname(text: &str) -> bool {
    let mut last = text.char_indices().rev();
    let (Some((_, name)), Some((at, '小'))) = (last.next(), last.next()) else {
        return false;
    };
    let before = text.get(..at).unwrap_or_default();
    is_han(name)
        && name != '学'
        && (before.is_empty() || GIVING.iter().any(|word| before.ends_with(word)))
}

/// Somebody's child by name, and what is paid for a pupil: `王五之女李小花学费`.
fn of_kin(plain: &str) -> bool {
    let grown = GROWN.iter().any(|word| plain.contains(word));
    !grown && after_kin(plain).any(is_for_pupils)
}

/// Whether one cell ends with somebody's child by name and the other says what is paid for a pupil: `王五之女李小花` and
/// `学费补助`.
#[must_use]
pub fn is_child_of(person: &str, other: &str) -> bool {
    let other = plain(other);
    let grown = GROWN.iter().any(|word| other.contains(word));
    let paid = || SCHOOLING.iter().chain(&OF_CHILDREN);
    !grown
        && paid().any(|thing| other.contains(thing))
        && after_kin(&plain(person)).any(|rest| rest.is_empty())
}

/// Whether a text ends with what is paid for a pupil: `付张小伟奖学金`.
fn is_for_pupil(text: &str) -> bool {
    let bare = without_ends(text, &["金", "费", "款"]);
    let ends = |thing: &&str| [text, bare].into_iter().any(|text| text.ends_with(thing));
    SCHOOLING.iter().any(ends)
}

fn is_for_pupils(text: &str) -> bool {
    let mut things = SCHOOLING.iter().chain(&OF_CHILDREN).chain(&OF_KIN);
    things.any(|thing| text.starts_with(thing))
}

/// What follows the name of somebody's child.
fn after_kin(plain: &str) -> impl Iterator<Item = &str> {
    KIN.iter().flat_map(move |word| {
        plain.match_indices(word).flat_map(move |(at, _)| {
            let rest = plain.get(at + word.len()..).unwrap_or_default();
            leading(rest)
                .filter(|name| !is_none(name))
                .filter_map(move |name| rest.get(name.len()..))
        })
    })
}

/// Whether the last words of a text begin with a name: `付张小宝压岁钱`.
fn is_about_somebody(text: &str) -> bool {
    let last = text.rsplit([',', '、', ';', ':', '。', ')']).next();
    starts_with_name(without_starts(last.unwrap_or_default(), &GIVING))
}

/// An age and a name beside it: `张建国，女，6岁`, `慰问14岁李小红`.
fn beside_age(figures: &str) -> bool {
    let mut ages = young_ages(figures).into_iter();
    ages.any(|age| {
        let before = figures.get(..age.bytes.start).unwrap_or_default();
        let after = figures.get(age.bytes.end..).unwrap_or_default();
        !age.of_group && ends_with_name(before, &BESIDE_AGE)
            || starts_with_name(without_starts(after, &AFTER_AGE))
    })
}

/// The birth of somebody under age and a name beside it, or between commas of the same line: `李小红2018-05-01出生`,
/// `2016年出生李小红`, `李小红，慰问，2014年生`.
fn beside_birth(figures: &str, day: Option<Day>) -> bool {
    let births = young_births(figures, day);
    let beside = births.iter().any(|bytes| {
        let before = figures.get(..bytes.start).unwrap_or_default();
        let after = figures.get(bytes.end..).unwrap_or_default();
        ends_with_name(before, &BESIDE_AGE) || starts_with_name(without_starts(after, &AFTER_AGE))
    });
    let mut parts = figures.split([',', '、', ';', '。']);
    beside
        || !births.is_empty()
            && parts.any(|part| !part.contains('年') && trailing(part).any(|name| !is_none(name)))
}

/// A word for somebody under age, and a name after it: `孤儿王小明生活费`, `小学一年级新生李小红`.
fn after_word(plain: &str) -> bool {
    YOUNG.iter().any(|word| {
        plain.match_indices(word).any(|(at, _)| {
            let before = plain.get(..at).unwrap_or_default();
            let before = before.trim_end_matches(is_grade);
            let rest = plain.get(at + word.len()..).unwrap_or_default();
            // 三年级二班李小红
            let class = rest.trim_start_matches(is_grade);
            let rest = class.strip_prefix('班').unwrap_or(rest);
            let rest = match *word {
                "年级" => rest.strip_prefix('的').unwrap_or(rest),
                _ => rest,
            };
            let grown = before.ends_with(['大', '究', '留', '医'])
                || GROWN.iter().any(|word| before.ends_with(word));
            !grown && starts_with_name(without_starts(rest, &BEFORE_NAME))
        })
    })
}

/// Whether a text has a word for somebody under age, before which or after which a name may stand.
#[must_use]
pub fn speaks_of_young(text: &str) -> bool {
    let simple = simplified(text);
    YOUNG.iter().any(|word| simple.contains(word))
}

/// Whether a word for somebody under age stands right before a place in a text of [`plain`], where a name begins:
/// `带孩子李小红打疫苗`.
#[must_use]
pub fn is_young_at(plain: &str, at: usize) -> bool {
    let before = without_ends(plain.get(..at).unwrap_or_default(), &BEFORE_NAME);
    let before = before.trim_end_matches('班').trim_end_matches(is_grade);
    // 学生 may have been taken for what stands between: 学生李小红.
    let whole = plain.get(..at).unwrap_or_default();
    YOUNG.iter().any(|word| {
        [whole, before].iter().any(|text| {
            text.strip_suffix(word).is_some_and(|before| {
                let before = before.trim_end_matches(is_grade);
                !before.ends_with(['大', '究', '留', '医'])
                    && !GROWN.iter().any(|word| before.ends_with(word))
            })
        })
    })
}

/// A name, and after it what only somebody under age is called or paid: `李小红小朋友`, `王强同学`, `王强家长`, `李小红入托费`.
fn before_word(plain: &str) -> bool {
    let grown = GROWN.iter().any(|word| plain.contains(word));
    let called = |word: &&str| {
        plain.match_indices(*word).any(|(at, _)| {
            let after = plain.get(at..).unwrap_or_default();
            let other = NOT_CALLED.iter().any(|word| after.starts_with(word));
            let before = plain.get(..at).unwrap_or_default();
            !other && ends_with_name(before, &["等", "的"])
        })
    };
    !grown && CALLED.iter().chain(&OF_CHILDREN).any(called)
}

/// A name, who is under age, and what such a one is given: `张小伟未成年救助`, `王强留守儿童慰问`.
fn before_young(plain: &str) -> bool {
    YOUNG.iter().filter(|word| **word != "年级").any(|word| {
        plain.match_indices(word).any(|(at, _)| {
            let before = plain.get(..at).unwrap_or_default();
            let after = plain.get(at + word.len()..).unwrap_or_default();
            let after = after.strip_prefix('人').unwrap_or(after);
            let grown = before.ends_with(['大', '究', '留', '医'])
                || GROWN.iter().any(|word| before.ends_with(word));
            let who = without_ends(before, &QUALITIES);
            let named = ends_with_whole_name(who) && !SCHOOLS.iter().any(|one| who.ends_with(one));
            named && !grown && GIVEN.iter().any(|thing| after.starts_with(thing))
        })
    })
}

/// Whether a text ends with a name of three characters before which nothing of a word stands.
fn ends_with_whole_name(text: &str) -> bool {
    trailing(text).any(|name| {
        let before = text.strip_suffix(name).unwrap_or_default();
        let alone = before.chars().next_back().is_none_or(|c| !is_han(c))
            || GIVING.iter().any(|word| before.ends_with(word));
        name.chars().count() >= 3 && alone && !is_none(name)
    })
}

/// A name, and a grade after it, perhaps with the school: `付李小红小学二年级书费`, `王小宝读二年级`. (王建国小学 may be a school.)
fn before_grade(plain: &str) -> bool {
    plain.match_indices("年级").any(|(at, word)| {
        let before = plain.get(..at).unwrap_or_default();
        let after = plain.get(at + word.len()..).unwrap_or_default();
        let rest = before.trim_end_matches(is_grade);
        let of_room = OF_GRADE.iter().any(|thing| after.starts_with(thing));
        if rest.len() == before.len() || of_room || GROWN.iter().any(|word| rest.ends_with(word)) {
            return false;
        }
        let rest = ["小学", "初中", "中学", "高中"]
            .iter()
            .fold(rest, |rest, school| {
                rest.strip_suffix(school).unwrap_or(rest)
            });
        reads(rest).unwrap_or(false) || ends_with_name(rest, &BESIDE_AGE)
    })
}

/// Whether somebody by name reads, where a text ends with a word for that: `李小红在东风小学读`.
fn reads(text: &str) -> Option<bool> {
    let who = READS.iter().find_map(|word| text.strip_suffix(word))?;
    // Where: 在东风小学.
    let at = who.rfind('在').and_then(|at| who.get(..at));
    let who = at.unwrap_or(who);
    Some(ends_with_name(who, &BESIDE_AGE))
}

/// A school beside a name: `王强上小学补助`, `幼儿园李小红学费`, `李小红高中学费`. Who works there is paid otherwise: 幼儿园王淑珍工资.
fn beside_school(plain: &str) -> bool {
    let is_paid = |rest: &str| SCHOOLING.iter().any(|thing| rest.starts_with(thing));
    SCHOOLS.iter().any(|school| {
        plain.match_indices(school).any(|(at, _)| {
            let before = plain.get(..at).unwrap_or_default();
            let after = plain.get(at + school.len()..).unwrap_or_default();
            let pupil = without_starts(after, &BEFORE_NAME);
            let named_after = leading(pupil).any(|name| {
                let rest = pupil.get(name.len()..).unwrap_or_default();
                !is_none(name) && is_paid(rest)
            });
            named_after
                || is_paid(after) && ends_with_name(before, &BESIDE_AGE)
                || may_follow(after) && reads(before).unwrap_or(false)
        })
    })
}

fn is_grade(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some()
}

/// A text without these words at its beginning.
fn without_starts<'a>(text: &'a str, words: &[&str]) -> &'a str {
    let mut rest = text;
    while let Some(more) = words.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = more;
    }
    rest
}

/// A text without these words at its end.
fn without_ends<'a>(text: &'a str, words: &[&str]) -> &'a str {
    let mut rest = text;
    while let Some(more) = words.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = more;
    }
    rest
}

/// Whether a text ends with a name, perhaps with some of these words after it: of two characters only where nothing of a
/// word stands before them, as the end of many words looks like one.
fn ends_with_name(text: &str, fillers: &[&str]) -> bool {
    let mut rest = text;
    loop {
        let named = trailing(rest).any(|name| {
            let before = rest.strip_suffix(name).unwrap_or_default();
            let alone = before.chars().next_back().is_none_or(|c| !is_han(c))
                || GIVING.iter().any(|word| before.ends_with(word));
            (name.chars().count() >= 3 || alone) && !is_none(name)
        });
        if named {
            return true;
        }
        match fillers.iter().find_map(|word| rest.strip_suffix(word)) {
            Some(more) => rest = more,
            None => return false,
        }
    }
}

fn starts_with_name(text: &str) -> bool {
    leading(text).any(|name| {
        let rest = text.get(name.len()..).unwrap_or_default();
        may_follow(rest) && !is_none(name)
    })
}

/// Whether a name or a school may end before this.
fn may_follow(rest: &str) -> bool {
    let next = rest.chars().next();
    next.is_none_or(|c| !is_han(c) || FOLLOWING.contains(&c))
}
