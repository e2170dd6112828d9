//! Births as texts name them.

use std::ops::Range;

use super::ages::{OF_AGE, age_on};
use crate::time::Day;

/// Words before a day of birth that say it is one.
const BORN_ON: [&str; 10] = [
    "出生于",
    "出生日期",
    "出生年月日",
    "出生年月",
    "出生时间",
    "出生",
    "生于",
    "生日",
    "生辰",
    "诞生于",
];
/// Words that begin like 生 and mean no birth.
const NO_BIRTH: [&str; 11] = [
    "生产", "生活", "生态", "生猪", "生物", "生育", "生意", "生效", "生鲜", "生命", "生源",
];

/// Words that begin like 出生 and are nobody's birth.
const NO_BIRTHS: [&str; 6] = [
    "出生医学",
    "出生证",
    "出生人口",
    "出生率",
    "出生登记",
    "出生缺陷",
];

/// The births of people under age on `day` that a text with figures names, each with the words that say it is one:
/// `2018年出生`, `2018年5月生`, `生于2018年`, `2018-05-01出生`.
pub fn young_births(figures: &str, day: Option<Day>) -> Vec<Range<usize>> {
    let Some(day) = day.filter(|_| figures.contains('生')) else {
        return Vec::new();
    };
    let mut births = Vec::new();
    let mut from = 0;
    while let Some(at) = digits_from(figures, from) {
        let run = figures.get(at..).unwrap_or_default();
        let digits = run.bytes().take_while(u8::is_ascii_digit).count();
        from = at + digits;
        let before = figures.get(..at).unwrap_or_default();
        let said = before.trim_end_matches([':', '为', '是']);
        let said_before = BORN_ON.iter().find(|word| said.ends_with(**word));
        let Some((born, length)) = date(run) else {
            continue;
        };
        let after = run.get(length..).unwrap_or_default();
        let said_after = if NO_BIRTHS.iter().any(|word| after.starts_with(word)) {
            0
        } else if after.starts_with("出生") {
            "出生".len()
        } else if after.starts_with('生') && !NO_BIRTH.iter().any(|word| after.starts_with(word)) {
            "生".len()
        } else {
            0
        };
        if said_before.is_none() && said_after == 0 {
            continue;
        }
        // A year in two figures is one only beside 出生.
        if born.year < 1900 && said_before.is_none() && said_after != "出生".len() {
            continue;
        }
        from = from.max(at + length);
        if born.is_young(day) {
            let start = said_before.map_or(at, |word| said.len() - word.len());
            births.push(start..at + length + said_after);
        }
    }
    births
}

/// Where the next digits begin.
fn digits_from(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    Some(from + rest.find(|c: char| c.is_ascii_digit())?)
}

/// A birth as far as it is told.
struct Born {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
}

impl Born {
    /// Whether somebody born then is under age on `day`; of a year or a month alone whoever may be of age is.
    fn is_young(&self, day: Day) -> bool {
        use chrono::Datelike as _;
        let year = match self.year {
            short @ 0..100 => short + 2000,
            year => year,
        };
        let known = self.month.and_then(|month| {
            let born = Day::from_ymd_opt(year, month, self.day.unwrap_or(1))?;
            Some(age_on(born, day))
        });
        let age = known.unwrap_or_else(|| day.year() - year);
        (0..OF_AGE).contains(&age)
    }
}

/// The date that a text begins with, and its length: `2018年5月1日`, `2018-05-01`, `20180501`, `2018.5`, `2018`, `18年`.
fn date(text: &str) -> Option<(Born, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let signed = |number: Option<u32>| number.and_then(|number| i32::try_from(number).ok());
    let full = |year: &i32| (1900..2200).contains(year);
    match digits {
        8 => {
            let year = signed(number(0, 4)).filter(full)?;
            let (month, day) = (number(4, 6), number(6, 8));
            Some((Born { year, month, day }, digits))
        }
        6 => {
            let year = signed(number(0, 4)).filter(full)?;
            let month = number(4, 6);
            let day = None;
            Some((Born { year, month, day }, digits))
        }
        2 if text.get(2..)?.starts_with('年') => {
            let year = signed(number(0, 2)).filter(|year| *year <= 40)?;
            let (month, day) = (None, None);
            Some((Born { year, month, day }, digits + '年'.len_utf8()))
        }
        4 => {
            let year = signed(number(0, 4)).filter(full)?;
            let mut end = digits;
            let mut next = |signs: &[char]| {
                let rest = text.get(end..)?;
                let sign = rest.chars().next().filter(|c| signs.contains(c))?;
                let rest = rest.get(sign.len_utf8()..)?;
                let count = rest.bytes().take_while(u8::is_ascii_digit).count();
                let figure = rest.get(..count).filter(|_| (1..=2).contains(&count));
                let figure = figure.and_then(|figure| figure.parse::<u32>().ok());
                // 2018年 alone.
                if figure.is_some() || sign == '年' {
                    end += sign.len_utf8() + if figure.is_some() { count } else { 0 };
                }
                figure
            };
            let month = next(&['年', '-', '.', '/', '—']);
            let day = month.and_then(|_| next(&['月', '-', '.', '/', '—']));
            let rest = text.get(end..)?;
            let sign = rest
                .chars()
                .next()
                .filter(|c| matches!(c, '月' | '日' | '号'));
            end += sign.map_or(0, char::len_utf8);
            Some((Born { year, month, day }, end))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_births_of_minors_only() {
        let day = Day::from_ymd_opt(2026, 10, 31);
        for (text, count) in [
            ("2018年出生", 1),
            ("2018-05-01出生", 1),
            ("2018.5.1生", 1),
            ("20180501出生", 1),
            ("出生日期:2018/5/1", 1),
            ("出生于2016年5月", 1),
            ("2008-10-31出生", 0),
            ("2008-11-01出生", 1),
            ("16年出生", 1),
            ("58年出生", 0),
            ("16年生产", 0),
            ("2018年生产", 0),
            ("2018年5月生活费", 0),
            ("2028年出生", 0),
        ] {
            assert_eq!(young_births(text, day).len(), count, "{text}");
        }
        assert!(young_births("2018年出生", None).is_empty());
    }
}
