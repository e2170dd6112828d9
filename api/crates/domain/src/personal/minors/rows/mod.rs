//! Rows of a list of people that are about somebody under age.
//!
//! Beside somebody's name a benefit for a child may be that child's own, and is refused; the row then says how many. What
//! grown-ups do for children is ordinary work and passes: whoever drives them, mends their school or buys balloons for
//! their day is named like anybody else who is paid. Whatever is neither is refused.

mod words;

use super::ages::{in_figures, young_ages};
use super::births::young_births;
use super::plain;
use crate::personal::simplified;
use crate::time::Day;
use words::{
    ALONGSIDE, ATTENDED, ATTENDING, BENEFITS, CHILDREN, GIFTS, GROWN, HINTS, IN_SCHOOL, MINORS,
    NEAR, NO_HINTS, OF_AGE_BY_SCHOOL, OFFICES, PLACES, SCHOOLING, SCHOOLS, SHARED_WORK, SIGNS,
    SUPPLY, TEACHING, WAGES, WORK,
};

/// Whether a text beside somebody's name says that a row is about somebody under age: by an age or a birth of which nobody
/// is of age on `day`, or by its words.
#[must_use]
pub fn speaks_of_minor(text: &str, day: Option<Day>) -> bool {
    // Nearly every text ends here.
    if !simplified(text).contains(SIGNS) {
        return false;
    }
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
    if has(&plain, &SUPPLY) {
        return false;
    }
    let words = without(&without_offices(&without_groups(&plain)), &WAGES);
    // 六一儿童节慰问 is given to somebody, however it goes on.
    let benefit = has(&words, &BENEFITS) || words.ends_with("慰问");
    // 儿童 in the name of a place or a day is no child.
    let bare = without(&words, &PLACES);
    let child = has(&bare, &MINORS);
    let place = PLACES.iter().any(|place| attends(&words, place));
    if benefit && (child || place || has_children(&words)) {
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

/// Whether a row of a list of benefits, its cells one after the other, is for somebody who goes to a school of those under
/// age: `助学金，就读道外一中`, `教育资助，小学`.
#[must_use]
pub fn goes_to_school(row: &str) -> bool {
    let words = without_groups(&plain(row));
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let at_school = SCHOOLS.iter().any(|school| attends(&words, school))
        || has(&["就读", "在读", "上学", "读书"]);
    at_school && has(&BENEFITS) && !has(&OF_AGE_BY_SCHOOL) && !has(&WORK) && !has(&TEACHING)
}

/// Whether a text that names somebody leaves it open if that is a child: it speaks of children, schools or whose child
/// somebody is, and of no work that a grown-up does.
#[must_use]
pub fn hints_at_minor(text: &str) -> bool {
    if !simplified(text).contains(SIGNS) {
        return false;
    }
    let plain = plain(text);
    let has = |text: &str, list: &[&str]| list.iter().any(|word| text.contains(word));
    let works: [&[&str]; 3] = [&SUPPLY, &TEACHING, &NO_HINTS];
    let works = works.into_iter().any(|list| has(&plain, list));
    let mut work = WORK.iter().filter(|word| !SHARED_WORK.contains(word));
    if works || work.any(|word| plain.contains(word)) {
        return false;
    }
    let words = without(&without_offices(&without_groups(&plain)), &WAGES);
    let bare = without(&words, &ATTENDING);
    let hints: [&[&str]; 5] = [&MINORS, &CHILDREN, &PLACES, &IN_SCHOOL, &HINTS];
    hints.into_iter().any(|list| has(&bare, list))
        || ATTENDING.iter().any(|school| attends(&words, school))
}

/// Whether a text names a school that somebody may go to, and not only the place beside which something is.
fn attends(words: &str, school: &str) -> bool {
    let beside = |rest: &str| {
        // 村小 of 村小学旁 is the same school.
        school.ends_with('小') && rest.starts_with('学')
            || ALONGSIDE.iter().any(|place| rest.starts_with(place))
    };
    words.split(school).skip(1).any(|rest| !beside(rest))
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

/// A text without those children of whom it says only how many there are: 家有两名小学生.
fn without_groups(text: &str) -> String {
    let counts = |c: char| c.is_numeric() || "一二两三四五六七八九十几多".contains(c);
    let mut rest = text.to_owned();
    for word in MINORS.iter().chain(&CHILDREN) {
        let mut from = 0;
        while let Some(at) = rest.get(from..).and_then(|text| text.find(word)) {
            let at = from + at;
            let before = rest.get(..at).unwrap_or_default();
            let counted = before
                .strip_suffix(['名', '个', '位'])
                .is_some_and(|text| text.ends_with(counts));
            if counted {
                rest.replace_range(at..at + word.len(), "");
            } else {
                from = at + word.len();
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_without_a_sign_by_which_a_text_is_looked_at() {
        let lists: [&[&str]; 7] = [
            &MINORS,
            &CHILDREN,
            &PLACES,
            &SCHOOLS,
            &IN_SCHOOL,
            &HINTS,
            &["岁", "生"],
        ];
        for word in lists.into_iter().flatten() {
            assert!(word.contains(SIGNS), "{word}");
        }
    }
}
