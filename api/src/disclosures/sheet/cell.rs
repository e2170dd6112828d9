//! From a cell to a value: an amount, a day, a text, a number. Exact or an error, never a guess.

use std::borrow::Cow;

use calamine::{ExcelDateTime, ExcelDateTimeType};
use domain::disclosure::table::{Exact, Word};
use domain::money::{BadAmount, Fen};
use domain::text::{self, BadText};
use domain::time::Day;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

use super::grid::Cell;
use crate::spreadsheet::unguarded;

/// Why a cell has no such value: a code and what was expected.
pub type Bad = (&'static str, String);

fn bad(code: &'static str) -> Bad {
    (code, String::new())
}

/// The years of a date somebody can have meant.
const YEARS: std::ops::RangeInclusive<i32> = 1949..=2199;

/// `value` in decimal as Excel shows it. Excel stores 17 digits and shows 15, so a balance that a formula
/// added up is stored as 0.30000000000000004 and means 0.3.
#[must_use]
pub fn number_text(value: f64) -> String {
    let exact = value.to_string();
    if exact.bytes().filter(u8::is_ascii_digit).count() <= 15 {
        return exact;
    }
    let shown: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    shown.to_string()
}

/// The day a serial number of Excel means.
#[must_use]
pub fn serial_day(serial: f64, from_1904: bool) -> Option<Day> {
    // Day 0 (1900) is a time without a date.
    let dated = serial.is_finite() && (1.0..3_000_000.0).contains(&serial);
    let serial = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, from_1904);
    let (year, month, day, ..) = serial.to_ymd_hms_milli();
    let day = Day::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    day.filter(|_| dated)
}

/// An amount of yuan; `None` for an empty cell or a dash, which accountants write for nothing.
///
/// # Errors
/// [`Bad`] when it is something else.
pub fn amount(cell: Option<&Cell>) -> Result<Option<Fen>, Bad> {
    let text = match cell {
        None => return Ok(None),
        Some(Cell::Strange(_)) => return Err(bad("cell_error")),
        Some(Cell::Uncalculated) => return Err(bad("formula_without_value")),
        Some(Cell::Day(_)) => return Err(bad("became_a_date")),
        Some(Cell::Number(text)) => text.as_str(),
        Some(Cell::Text(text)) => match text.trim() {
            "" | "-" | "—" | "－" | "–" => return Ok(None),
            text => text,
        },
    };
    Fen::parse_yuan(text).map(Some).map_err(|why| match why {
        BadAmount::NotANumber => bad("not_an_amount"),
        BadAmount::TooFine => bad("too_many_decimals"),
        BadAmount::TooLarge => bad("amount_too_large"),
    })
}

/// A day: a date cell, a serial number, `2026-10-03`, `2026/10/3`, `2026.10.3`, `20261003`,
/// `2026年10月3日`, and `10月3日` when the period says which `year`.
///
/// # Errors
/// [`Bad`] when it is something else.
pub fn day(cell: Option<&Cell>, year: Option<i32>, from_1904: bool) -> Result<Option<Day>, Bad> {
    let day = match cell {
        None => return Ok(None),
        Some(Cell::Strange(_)) => return Err(bad("cell_error")),
        Some(Cell::Uncalculated) => return Err(bad("formula_without_value")),
        Some(Cell::Day(day)) => *day,
        Some(Cell::Text(text)) => written_day(text, year),
        Some(Cell::Number(text)) => written_day(text, None).or_else(|| {
            // A date whose cell lost its format: only serials of this century are taken for one.
            let serial: f64 = text.parse().ok()?;
            let likely = (36_526.0..73_051.0).contains(&serial) && serial.fract() == 0.0;
            likely.then(|| serial_day(serial, from_1904)).flatten()
        }),
    };
    use chrono::Datelike as _;
    let day = day.filter(|day| YEARS.contains(&day.year()));
    day.map(Some).ok_or_else(|| bad("date_unreadable"))
}

fn written_day(text: &str, year: Option<i32>) -> Option<Day> {
    let plain = text::figure(text.trim());
    // A time of day after it: `2026/10/3 0:00`.
    let date = plain.split(['T', ' ']).next().unwrap_or_default();
    let rest = plain.get(date.len()..).unwrap_or_default();
    if rest
        .chars()
        .any(|c| !(c.is_ascii_digit() || "T :.Z+-".contains(c)))
    {
        return None;
    }
    if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        return Day::parse_from_str(date, "%Y%m%d").ok();
    }
    let date = date.strip_suffix('日').unwrap_or(date);
    let parts: Vec<&str> = date.split(['-', '/', '.', '年', '月']).collect();
    let number = |part: &str, most: usize| -> Option<u32> {
        let plain = (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| part.parse().ok()).flatten()
    };
    match parts.as_slice() {
        [y, m, d] if y.len() == 4 => {
            let year = i32::try_from(number(y, 4)?).ok()?;
            Day::from_ymd_opt(year, number(m, 2)?, number(d, 2)?)
        }
        [m, d] if date.contains('月') => Day::from_ymd_opt(year?, number(m, 2)?, number(d, 2)?),
        _ => None,
    }
}

/// A text of one line with at most `most` characters; `None` when there is none. Line breaks within a cell
/// become spaces.
///
/// # Errors
/// [`Bad`] when it is too long, has control characters, or is no text at all.
pub fn words(cell: Option<&Cell>, most: usize) -> Result<Option<String>, Bad> {
    let raw = match cell {
        None => return Ok(None),
        Some(Cell::Strange(_)) => return Err(bad("cell_error")),
        Some(Cell::Uncalculated) => return Err(bad("formula_without_value")),
        Some(Cell::Day(_)) => return Err(bad("became_a_date")),
        Some(Cell::Number(text)) => text.to_string(),
        Some(Cell::Text(text)) => unguarded(text.trim()).replace(['\r', '\n', '\t'], " "),
    };
    match text::line(&raw, 0, most) {
        Ok(text) => Ok(Some(text).filter(|text| !text.is_empty())),
        Err(BadText::TooLong(most)) => Err(("text_too_long", most.to_string())),
        Err(BadText::TooShort(_) | BadText::Control) => Err(bad("bad_text")),
    }
}

/// A code of a chart, its digits as the chart has them: `５０３` is 503.
///
/// # Errors
/// [`Bad`] when it is something else.
pub fn code(cell: Option<&Cell>, most: usize) -> Result<Option<String>, Bad> {
    let text = words(cell, most)?;
    Ok(text.map(|text| folded(&text).into_owned()))
}

/// A text with plain signs for full-width and fanciful ones, without blanks.
pub fn folded(text: &str) -> Cow<'_, str> {
    // Nearly every text is so already.
    let is_plain = text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes;
    if !is_plain {
        return Cow::Owned(text.nfkc().filter(|c| !c.is_whitespace()).collect());
    }
    if text.contains(char::is_whitespace) {
        return Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect());
    }
    Cow::Borrowed(text)
}

/// Words that people write after a number and that say nothing new: the heading has the unit.
const UNITS: [&str; 16] = [
    "元", "亩", "人次", "人", "头", "户", "只", "年", "次", "天", "个", "张", "台", "米", "㎡", "%",
];

/// A decimal number with at most four places; `None` for an empty cell or a dash.
///
/// # Errors
/// [`Bad`] when it is something else.
pub fn exact(cell: Option<&Cell>) -> Result<Option<Exact>, Bad> {
    let text = match cell {
        None => return Ok(None),
        Some(Cell::Strange(_)) => return Err(bad("cell_error")),
        Some(Cell::Uncalculated) => return Err(bad("formula_without_value")),
        Some(Cell::Day(_)) => return Err(bad("became_a_date")),
        Some(Cell::Number(text)) => text.as_str(),
        Some(Cell::Text(text)) => match text.trim() {
            "" | "-" | "—" | "－" | "–" => return Ok(None),
            text => text,
        },
    };
    let mut plain = text::figure(text).into_owned();
    plain.retain(|c| !c.is_whitespace());
    let plain = plain.trim_start_matches(['¥', '￥']);
    let mut units = UNITS.iter().filter_map(|unit| plain.strip_suffix(unit));
    let plain = units.next().unwrap_or(plain);
    Exact::parse(plain).map(Some).map_err(|why| match why {
        BadAmount::NotANumber => bad("not_a_decimal"),
        BadAmount::TooFine => bad("more_than_four_decimals"),
        BadAmount::TooLarge => bad("number_too_large"),
    })
}

/// The index of a word: as the sheet writes it, as people do, or as the API does.
///
/// # Errors
/// [`Bad`] with the words that there are, when it is none of them.
pub fn word(cell: Option<&Cell>, words: &[Word]) -> Result<Option<u8>, Bad> {
    let text = match cell {
        None => return Ok(None),
        Some(Cell::Strange(_)) => return Err(bad("cell_error")),
        Some(Cell::Uncalculated) => return Err(bad("formula_without_value")),
        Some(Cell::Day(_)) => return Err(bad("became_a_date")),
        Some(Cell::Text(text) | Cell::Number(text)) => text,
    };
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let is = |word: &Word| word.zh == plain || word.code == plain || word.also.contains(&&*plain);
    match words.iter().position(is) {
        Some(index) => Ok(u8::try_from(index).ok()),
        None => {
            let all: Vec<&str> = words.iter().map(|word| word.zh).collect();
            Err(("word_unknown", all.join("、")))
        }
    }
}

/// From a day to a day: `2024-03-01至2029-02-28`, `2024.3.1-2029.2.28`, `2024年3月1日—2029年2月28日`.
///
/// # Errors
/// [`Bad`] when it is something else or ends before it begins.
pub fn span(cell: Option<&Cell>) -> Result<Option<(Day, Day)>, Bad> {
    let text = match cell {
        None => return Ok(None),
        Some(Cell::Strange(_)) => return Err(bad("cell_error")),
        Some(Cell::Uncalculated) => return Err(bad("formula_without_value")),
        Some(Cell::Day(_)) => return Err(bad("span_unreadable")),
        Some(Cell::Text(text) | Cell::Number(text)) => text,
    };
    use chrono::Datelike as _;
    let sane = |day: &Day| YEARS.contains(&day.year());
    let signs = text
        .char_indices()
        .filter(|(_, c)| "至到~～—–/-－".contains(*c));
    let mut spans = signs.filter_map(|(at, c)| {
        let (from, to) = (text.get(..at)?, text.get(at + c.len_utf8()..)?);
        // A long dash is written as two.
        let to = to.trim_start_matches(['—', '-', '~']);
        let from = written_day(from, None).filter(sane)?;
        Some((from, written_day(to, None).filter(sane)?))
    });
    let span = spans.next().filter(|(from, to)| from <= to);
    span.map(Some).ok_or_else(|| bad("span_unreadable"))
}

/// A whole number that is not negative; `None` for an empty cell.
///
/// # Errors
/// [`Bad`] when it is something else.
pub fn count(cell: Option<&Cell>) -> Result<Option<i32>, Bad> {
    let text = match cell {
        None => return Ok(None),
        Some(Cell::Strange(_)) => return Err(bad("cell_error")),
        Some(Cell::Uncalculated) => return Err(bad("formula_without_value")),
        Some(Cell::Day(_)) => return Err(bad("became_a_date")),
        Some(Cell::Text(text) | Cell::Number(text)) => text.trim(),
    };
    let plain = text::figure(text);
    let plain = plain.strip_suffix('张').unwrap_or(&plain);
    let digits = (1..=9).contains(&plain.len()) && plain.bytes().all(|byte| byte.is_ascii_digit());
    match plain.parse() {
        Ok(number) if digits => Ok(Some(number)),
        _ if plain.is_empty() => Ok(None),
        _ => Err(bad("not_a_number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn reads_dates_as_people_and_excel_write_them() {
        let third = Day::from_ymd_opt(2026, 10, 3);
        for written in [
            "2026-10-03",
            "2026-10-3",
            "2026/10/3",
            "2026.10.3",
            "2026年10月3日",
            "10月3日",
            "２０２６／１０／３",
            "20261003",
            "2026/10/3 0:00",
            "2026-10-03T00:00:00",
        ] {
            assert_eq!(
                day(Some(&text(written)), Some(2026), false),
                Ok(third),
                "{written}"
            );
        }
        for written in [
            "2026-13-01",
            "2026-02-29",
            "10/3",
            "26-10-3",
            "昨天",
            "46298",
            "1026-10-03",
            "2026-10-03 晚上",
            "2026-10",
            "3日",
        ] {
            assert!(
                day(Some(&text(written)), Some(2026), false).is_err(),
                "{written}"
            );
        }
        assert!(day(Some(&text("10月3日")), None, false).is_err());
        let serial = Cell::Number("46298".into());
        assert_eq!(day(Some(&serial), None, false), Ok(third));
        let serial = Cell::Number("44836".into());
        assert_eq!(day(Some(&serial), None, true), Ok(third));
        let written = Cell::Number("20261003".into());
        assert_eq!(day(Some(&written), None, false), Ok(third));
        for serial in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e300] {
            assert_eq!(serial_day(serial, false), None);
        }
    }

    #[test]
    fn numbers_mean_what_excel_shows() {
        for (value, shown) in [
            (1234.5, "1234.5"),
            (0.1 + 0.2, "0.3"),
            (12.345, "12.345"),
            (1_000_000_000_000.0, "1000000000000"),
            (987_654_321_098.76, "987654321098.76"),
            (-0.07, "-0.07"),
        ] {
            assert_eq!(number_text(value), shown);
        }
        let too_fine = Cell::Number(number_text(12.345).into());
        assert_eq!(amount(Some(&too_fine)), Err(bad("too_many_decimals")));
        for value in [f64::NAN, f64::INFINITY, 1e300, 5e-324] {
            assert!(
                amount(Some(&Cell::Number(number_text(value).into()))).is_err(),
                "{value}"
            );
        }
    }

    #[test]
    fn amounts_as_people_type_them() {
        for (typed, fen) in [
            ("1,234.50", 123_450),
            ("￥１２．５", 1250),
            ("3元", 300),
            (" 7 ", 700),
        ] {
            assert_eq!(amount(Some(&text(typed))), Ok(Some(Fen(fen))), "{typed}");
        }
        assert_eq!(amount(Some(&text(" - "))), Ok(None));
        assert_eq!(amount(Some(&text("壹佰"))), Err(bad("not_an_amount")));
    }

    #[test]
    fn quantities_words_and_spans() {
        for (typed, shown) in [
            ("12.5亩", "12.5"),
            ("１，２３４．５", "1234.5"),
            ("3 人", "3"),
            ("￥71.53元", "71.53"),
            ("-12.5%", "-12.5"),
        ] {
            let exact = exact(Some(&text(typed))).unwrap().unwrap();
            assert_eq!(exact.to_string(), shown, "{typed}");
        }
        assert_eq!(exact(Some(&text("—"))), Ok(None));
        assert_eq!(exact(Some(&text("十二"))), Err(bad("not_a_decimal")));
        assert_eq!(
            exact(Some(&text("0.00001"))),
            Err(bad("more_than_four_decimals"))
        );
        let day = |y, m, d| Day::from_ymd_opt(y, m, d).unwrap();
        let term = Ok(Some((day(2024, 3, 1), day(2029, 2, 28))));
        for typed in [
            "2024-03-01至2029-02-28",
            "2024.3.1-2029.2.28",
            "2024/3/1－2029/2/28",
            "2024年3月1日——2029年2月28日",
            "20240301-20290228",
            "2024-03-01/2029-02-28",
            "2024-03-01-2029-02-28",
            "2024-3-1 ~ 2029-2-28",
        ] {
            assert_eq!(span(Some(&text(typed))), term, "{typed}");
        }
        for typed in ["2029-02-28至2024-03-01", "2024-03-01", "五年", "2024至2029"] {
            assert_eq!(
                span(Some(&text(typed))),
                Err(bad("span_unreadable")),
                "{typed}"
            );
        }
        const WORDS: &[Word] = &[Word {
            code: "idle",
            zh: "闲置",
            en: "Idle",
            also: &["空着"],
        }];
        for typed in ["闲 置", "空着", "idle"] {
            assert_eq!(word(Some(&text(typed)), WORDS), Ok(Some(0)), "{typed}");
        }
        assert_eq!(
            word(Some(&text("在用")), WORDS),
            Err(("word_unknown", "闲置".to_owned()))
        );
    }

    #[test]
    fn texts_and_counts() {
        assert_eq!(
            words(Some(&text(" 修\n渠 ")), 9),
            Ok(Some("修 渠".to_owned()))
        );
        assert_eq!(words(Some(&text("  ")), 9), Ok(None));
        assert_eq!(
            words(Some(&text("修渠")), 1),
            Err(("text_too_long", "1".to_owned()))
        );
        assert_eq!(words(Some(&text("a\u{7}b")), 9), Err(bad("bad_text")));
        assert_eq!(words(Some(&Cell::Day(None)), 9), Err(bad("became_a_date")));
        assert_eq!(count(Some(&text("３张"))), Ok(Some(3)));
        assert_eq!(count(Some(&text("-3"))), Err(bad("not_a_number")));
        assert_eq!(
            count(Some(&Cell::Number("2.5".into()))),
            Err(bad("not_a_number"))
        );
    }
}
