//! Ages as texts name them.

use std::ops::Range;

use crate::time::Day;

/// Full years of somebody born on `born`, on `day`.
#[must_use]
pub fn age_on(born: Day, day: Day) -> i32 {
    use chrono::Datelike as _;
    let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
    day.year() - born.year() - i32::from(!had_birthday)
}

/// Under this age somebody is a minor (民法典 Art. 17).
pub const OF_AGE: i32 = 18;

/// Before an age of which somebody is not yet.
const NOT_YET: [&str; 6] = ["未满", "不满", "不足", "不到", "未到", "未年满"];
/// After the oldest age of a group.
const OR_LESS: [&str; 3] = ["以下", "以内", "及以下"];
/// After an age that is a group's, no person's.
const OF_GROUP: [&str; 10] = [
    "以下",
    "以内",
    "及以下",
    "以上",
    "及以上",
    "至",
    "到",
    "-",
    "~",
    "—",
];

/// An age of somebody under age within a text.
pub struct Age {
    /// Where it stands, with 未满 before it and 以下 after it.
    pub bytes: Range<usize>,
    /// Whether it says how old those of a group are.
    pub of_group: bool,
}

/// The ages of people under age that a text with figures names: `8岁`, `12周岁`, `未满18岁`.
pub fn young_ages(figures: &str) -> Vec<Age> {
    let ages = figures.match_indices('岁').filter_map(|(at, word)| {
        let before = figures.get(..at)?;
        let before = before.strip_suffix('周').unwrap_or(before);
        let text = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let years: i32 = before.get(text.len()..)?.parse().ok()?;
        let end = at + word.len();
        let after = figures.get(end..)?;
        let not_yet = NOT_YET.iter().find(|word| text.ends_with(**word));
        let or_less = OR_LESS.iter().find(|word| after.starts_with(**word));
        let limit = not_yet.is_some() || or_less.is_some();
        let young = years < OF_AGE || limit && years == OF_AGE;
        let start = text.len() - not_yet.map_or(0, |word| word.len());
        young.then(|| Age {
            bytes: start..end + or_less.map_or(0, |word| word.len()),
            of_group: OF_GROUP.iter().any(|word| after.starts_with(word)),
        })
    });
    ages.collect()
}

/// A text with its ages and its years of birth as figures, and nothing else: the names keep their characters.
pub fn in_figures(plain: &str) -> String {
    let mut shown = String::with_capacity(plain.len());
    let mut done = 0;
    for (at, sign) in plain.match_indices(['岁', '年']) {
        let before = plain.get(done..at).unwrap_or_default();
        let text = match sign {
            "岁" => before.strip_suffix('周').unwrap_or(before),
            _ => before,
        };
        let is_number = |c: char| matches!(c, '十' | '两') || super::super::digit(c).is_some();
        let name = text.trim_end_matches(is_number);
        let number = text.get(name.len()..).unwrap_or_default();
        shown.push_str(name);
        // 三年 and 十年 are spans of time, 二〇一八年 is a year.
        if sign == "岁" || number.chars().count() == 4 {
            shown.push_str(&figures(number));
        } else {
            shown.push_str(number);
        }
        shown.push_str(sign);
        done = at + sign.len();
    }
    shown.push_str(plain.get(done..).unwrap_or_default());
    shown
}

/// A number in characters as figures: `六` as `6`, `十二` as `12`.
fn figures(text: &str) -> String {
    let mut figures = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let beside = |at: Option<usize>| {
            at.and_then(|at| chars.get(at))
                .and_then(|c| super::super::digit(*c))
        };
        match (c, beside(at.checked_sub(1)), beside(at.checked_add(1))) {
            ('十', None, None) => figures.push_str("10"),
            ('十', None, Some(_)) => figures.push('1'),
            ('十', Some(_), None) => figures.push('0'),
            ('十', Some(_), Some(_)) => {}
            ('两', ..) => figures.push('2'),
            (c, ..) => figures.push(super::super::digit(*c).unwrap_or(*c)),
        }
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ages_in_characters() {
        for (text, figures) in [
            ("六岁", "6岁"),
            ("十岁", "10岁"),
            ("十二岁", "12岁"),
            ("八十岁", "80岁"),
            ("八十三岁", "83岁"),
            ("两周岁", "2岁"),
            ("二〇一八年", "2018年"),
            ("三年", "三年"),
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
