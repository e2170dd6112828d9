//! Numbers and headings that lead to a person and have no place in a list for everybody: identity cards, bank cards,
//! telephones (domain.md 2.6). What is found here is refused at the door, before it is kept.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::time::Day;

/// What kind of number leads to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// An identity card's, of 18 or 15 digits.
    IdentityNumber,
    /// A bank card's.
    BankCard,
    /// A telephone's.
    Phone,
}

/// A number that leads to a person, and where it stands in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What kind of number.
    pub trace: Trace,
    /// Whether it is a telephone on a wire, as offices have.
    pub is_landline: bool,
    /// The bytes of the text from its first digit to its last.
    pub bytes: Range<usize>,
}

/// Fewer digits than these lead to nobody.
const FEWEST_DIGITS: usize = 10;
/// Digits together that a list of people has no use for: dates have eight, vouchers of a day eleven.
const MOST_OF_A_LIST: usize = 12;
/// So many signs may stand between two groups of one number: `138 - 1234 - 5678`.
const MOST_SIGNS: usize = 3;

/// The first number in a text that leads to a person.
#[must_use]
pub fn trace(text: &str) -> Option<Trace> {
    found_from(&plain(text)?, 0).map(|(found, _)| found.trace)
}

/// The first number in a text that leads to a person and is no office's: telephones on a wire may be written down.
#[must_use]
pub fn private_trace(text: &str) -> Option<Trace> {
    let mut all = traces(text).into_iter();
    all.find(|found| !found.is_landline)
        .map(|found| found.trace)
}

/// All numbers in a text that lead to a person, in their order.
#[must_use]
pub fn traces(text: &str) -> Vec<Found> {
    let (mut all, mut start) = (Vec::new(), 0);
    let Some(plain) = plain(text) else {
        return all;
    };
    while let Some((found, next)) = found_from(&plain, start) {
        all.push(found);
        start = next;
    }
    all
}

/// A character as it is read, and the bytes it stands in.
type Read = (char, Range<usize>);

/// A text as it is read: full-width and fanciful digits as plain ones, nothing that takes no room on paper. `None` where
/// there are too few digits for anybody's number.
fn plain(text: &str) -> Option<Vec<Read>> {
    // Nearly every cell ends here: full-width digits begin with 0xef, those of formulas with 0xf0.
    let digits = |byte: &u8| byte.is_ascii_digit() || *byte >= 0xef;
    if text.bytes().filter(|byte| digits(byte)).count() < FEWEST_DIGITS {
        return None;
    }
    let read = |(at, c): (usize, char)| {
        let width = c.len_utf8();
        let mut folded = std::iter::once(c).nfkc();
        let c = match (folded.next(), folded.next()) {
            (Some(one), None) => one,
            _ => c,
        };
        (c, at..at + width)
    };
    let seen: Vec<Read> = text
        .char_indices()
        .filter(|(_, c)| !is_invisible(*c))
        .map(read)
        .collect();
    let count = seen.iter().filter(|(c, _)| c.is_ascii_digit()).count();
    (count >= FEWEST_DIGITS).then_some(seen)
}

/// Whether a character takes no room: zero-width blanks and joiners, soft hyphens, marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The first number at or after `start`, and where to look for the next.
fn found_from(plain: &[Read], mut start: usize) -> Option<(Found, usize)> {
    while let Some(offset) = plain
        .get(start..)?
        .iter()
        .position(|(c, _)| c.is_ascii_digit())
    {
        let begin = start + offset;
        let run = run_at(plain, begin);
        if let Some((trace, is_landline, end)) = of_run(&run) {
            let first = plain.get(begin)?.1.start;
            let last = plain.get(end.checked_sub(1)?)?.1.end;
            let bytes = first..last;
            let found = Found {
                trace,
                is_landline,
                bytes,
            };
            return Some((found, end));
        }
        // The digits that stand together; what follows a sign begins anew.
        let together = plain
            .get(begin..)?
            .iter()
            .take_while(|(c, _)| c.is_ascii_digit())
            .count();
        start = begin + together;
    }
    None
}

/// Digits that stand together.
#[derive(Default)]
struct Group {
    digits: String,
    /// The sign before it, where it is one that decimals and dates have too.
    after_point: bool,
    /// Where it ends in the text as it is read.
    end: usize,
}

/// Groups of digits that stand together or apart by a few blanks, hyphens and their like, the last perhaps with an X.
fn run_at(plain: &[Read], begin: usize) -> Vec<Group> {
    let mut groups = vec![Group::default()];
    let (mut signs, mut point) = (0, false);
    for (at, (c, _)) in plain.iter().enumerate().skip(begin) {
        match c {
            c if c.is_ascii_digit() => {
                if signs > 0 {
                    groups.push(Group {
                        after_point: point,
                        ..Group::default()
                    });
                    (signs, point) = (0, false);
                }
            }
            'X' | 'x' if signs == 0 => {}
            c if signs < MOST_SIGNS && is_sign(*c) => {
                (signs, point) = (signs + 1, point || matches!(c, '.' | '/'));
                continue;
            }
            _ => break,
        }
        if let Some(last) = groups.last_mut() {
            last.digits.push(c.to_ascii_uppercase());
            last.end = at + 1;
        }
        if !c.is_ascii_digit() {
            break;
        }
    }
    groups
}

/// What people write between the groups of a number.
fn is_sign(c: char) -> bool {
    c.is_whitespace() || "-—–‐‑‒―−－.·•・/／_＿()（）".contains(c)
}

/// What a run is: of which kind, whether an office's, and where it ends.
fn of_run(groups: &[Group]) -> Option<(Trace, bool, usize)> {
    let first = groups.first()?;
    let joined: String = groups.iter().map(|group| group.digits.as_str()).collect();
    // One point makes a decimal, and what stands before it is a figure.
    let is_decimal = matches!(groups, [_, second] if second.after_point);
    let all = groups.last().filter(|_| !is_decimal);
    let whole = all.map(|last| (joined.as_str(), last.end));
    // A number may be written in groups; a date beside it is no part of it.
    for (number, end) in [Some((first.digits.as_str(), first.end)), whole]
        .into_iter()
        .flatten()
    {
        if is_identity_number(number) {
            return Some((Trace::IdentityNumber, false, end));
        }
        if is_bank_card(number) {
            return Some((Trace::BankCard, false, end));
        }
        if is_mobile(number) {
            return Some((Trace::Phone, false, end));
        }
    }
    if let Some(last) = groups.last().filter(|_| is_written_as_card(groups)) {
        return Some((Trace::BankCard, false, last.end));
    }
    let local = groups.get(1).filter(|local| !local.after_point)?;
    let landline = is_landline(&first.digits, &local.digits);
    landline.then_some((Trace::Phone, true, local.end))
}

/// Whether it is an identity card's number (GB 11643): of 18 digits, or the old form of 15; both with a province and a
/// day of birth that can be. The check digit is not asked: Excel turns the last three of a number into zeros, and one
/// mistyped digit leaves whose it is in sight. Of other numbers of 18 digits one in two thousand looks like that.
fn is_identity_number(number: &str) -> bool {
    let digits: Vec<u32> = number
        .chars()
        .map(|c| c.to_digit(10).unwrap_or(10))
        .collect();
    let body = digits.iter().rev().skip(1).all(|digit| *digit < 10);
    let province = number.get(..2).and_then(|text| text.parse().ok());
    let of_country = province.is_some_and(|code: u32| (11..=82).contains(&code));
    let born = |text: Option<&str>| {
        text.and_then(|text| Day::parse_from_str(text, "%Y%m%d").ok())
            .is_some_and(|day| {
                use chrono::Datelike as _;
                (1900..2100).contains(&day.year())
            })
    };
    if !body || !of_country {
        return false;
    }
    match digits.len() {
        18 => born(number.get(6..14)),
        15 => {
            let all = digits.iter().all(|digit| *digit < 10);
            let day = number.get(6..12).map(|day| format!("19{day}"));
            all && born(day.as_deref())
        }
        _ => false,
    }
}

/// Whether it is a bank card's: 16 to 19 digits that pass Luhn's check, of an issuer of cards (3 to 6, and 9).
fn is_bank_card(number: &str) -> bool {
    let issuer = number.starts_with(['3', '4', '5', '6', '9']);
    if !issuer || !(16..=19).contains(&number.len()) || number.contains('X') {
        return false;
    }
    let digits = number.chars().rev().filter_map(|c| c.to_digit(10));
    let sum: u32 = digits
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether it is written as cards are, in fours, and of a bank of this country (62): with a mistyped digit, or as a
/// passbook's, it passes no check and leads to somebody all the same.
fn is_written_as_card(groups: &[Group]) -> bool {
    let count: usize = groups.iter().map(|group| group.digits.len()).sum();
    let fours = groups.iter().take(4).filter(|four| four.digits.len() == 4);
    let bank = groups
        .first()
        .is_some_and(|one| one.digits.starts_with("62"));
    let digits = groups
        .iter()
        .all(|group| group.digits.bytes().all(|byte| byte.is_ascii_digit()));
    fours.count() == 4 && bank && digits && (16..=19).contains(&count)
}

/// Whether a text of a list of people has a number too long to be anything of the list's own: an account's, a passbook's,
/// a card's with a mistyped digit.
#[must_use]
pub fn has_long_number(text: &str) -> bool {
    let Some(plain) = plain(text) else {
        return false;
    };
    let mut run = 0;
    plain.iter().any(|(c, _)| {
        run = if c.is_ascii_digit() { run + 1 } else { 0 };
        run >= MOST_OF_A_LIST
    })
}

/// Whether it is a mobile telephone's, with or without the country's code.
fn is_mobile(number: &str) -> bool {
    let number = match number.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest,
        _ => number,
    };
    let second = number.as_bytes().get(1);
    let plain = number.len() == 11 && !number.contains('X') && number.starts_with('1');
    plain && second.is_some_and(|digit| (b'3'..=b'9').contains(digit))
}

/// Whether it is a telephone on a wire: an area's code, a sign, seven or eight digits.
fn is_landline(area: &str, number: &str) -> bool {
    let code = area.strip_prefix('0').unwrap_or_default();
    let of_area = (2..=3).contains(&code.len()) && !code.starts_with('0');
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    of_area && digits && (7..=8).contains(&number.len()) && !number.starts_with(['0', '1'])
}

/// Words of headings above what nobody may list.
const FORBIDDEN: [&str; 34] = [
    "身份证",
    "证件号",
    "证件类型",
    "公民身份",
    "银行卡",
    "银行账号",
    "银行帐号",
    "开户行",
    "开户账号",
    "一卡通号",
    "一卡通账号",
    "一卡通帐号",
    "社保卡",
    "卡号",
    "账号",
    "帐号",
    "电话",
    "手机",
    "联系方式",
    "微信",
    "住址",
    "门牌",
    "家庭地址",
    "详细地址",
    "残疾类别",
    "残疾等级",
    "残疾种类",
    "残疾类型",
    "残疾证",
    "病种",
    "病情",
    "病因",
    "患病",
    "宗教信仰",
];

/// Whether a column under this heading has no place in a list for everybody.
#[must_use]
pub fn is_forbidden_heading(heading: &str) -> bool {
    let plain: String = heading.nfkc().filter(|c| !c.is_whitespace()).collect();
    FORBIDDEN.iter().any(|word| plain.contains(word))
}

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

/// Whether a text says that it is about somebody under age: by its words, or by a year of birth of which nobody is of
/// age on `day`.
#[must_use]
pub fn speaks_of_minor(text: &str, day: Option<Day>) -> bool {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
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
    use proptest::prelude::*;

    use super::*;

    /// A number of 18 with its check digit.
    fn identity(body: &str) -> String {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let digits = body.chars().filter_map(|c| c.to_digit(10));
        let sum: u32 = digits.zip(weights).map(|(digit, w)| digit * w).sum();
        let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"];
        format!("{body}{}", check[usize::try_from(sum % 11).unwrap()])
    }

    #[test]
    fn sees_numbers_that_lead_to_somebody() {
        let eighteen = identity("23010419900101123");
        for (text, found) in [
            (eighteen.clone(), Trace::IdentityNumber),
            (format!("张三（{eighteen}）"), Trace::IdentityNumber),
            (
                eighteen
                    .chars()
                    .map(|c| match c {
                        '0'..='9' => char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap(),
                        c => c,
                    })
                    .collect(),
                Trace::IdentityNumber,
            ),
            (
                format!(
                    "{} {} {}",
                    &eighteen[..6],
                    &eighteen[6..14],
                    &eighteen[14..]
                ),
                Trace::IdentityNumber,
            ),
            ("230104900101123".to_owned(), Trace::IdentityNumber),
            ("6222020200112233446".to_owned(), Trace::BankCard),
            ("卡号4111 1111 1111 1111".to_owned(), Trace::BankCard),
            ("电话13812345678".to_owned(), Trace::Phone),
            ("+86 138-1234-5678".to_owned(), Trace::Phone),
            ("2026-10-03 13812345678".to_owned(), Trace::Phone),
            ("0451-87654321".to_owned(), Trace::Phone),
            ("(0451)87654321".to_owned(), Trace::Phone),
            ("138.1234.5678".to_owned(), Trace::Phone),
            ("139/1234/5678".to_owned(), Trace::Phone),
            ("139_1234_5678".to_owned(), Trace::Phone),
            ("138\n12345678".to_owned(), Trace::Phone),
            ("138 - 1234 - 5678".to_owned(), Trace::Phone),
            ("138\u{200b}1234\u{200b}5678".to_owned(), Trace::Phone),
            ("①38 1234 5678".replace('①', "𝟏"), Trace::Phone),
            ("6222.0202.0011.2233446".to_owned(), Trace::BankCard),
            ("622202·0200112233446".to_owned(), Trace::BankCard),
            ("6217-0000-1234-5678-904".to_owned(), Trace::BankCard),
        ] {
            assert_eq!(trace(&text), Some(found), "{text}");
            let all = traces(&text);
            let first = all.first().expect("found");
            let inside = text.get(first.bytes.clone()).expect("whole characters");
            assert_eq!(trace(inside), Some(found), "{text}: {inside}");
        }
    }

    #[test]
    fn leaves_other_numbers_alone() {
        let wrong = identity("23010419901301123");
        for text in [
            "",
            "2026-10-03",
            "2026年10月3日，付12000元",
            "记-2026-10-000000001",
            "25232000000012345678",
            "2026100300000012",
            "12345678901",
            "合同 HT-2024-003",
            "1,234,567.89",
            "4111111111111112",
            wrong.as_str(),
            "2024-03-01至2029-02-28",
            "0451",
            "13812345.678",
            "138.12345678",
            "2026.10.03/12000.00",
            "2026/10/03 1200元",
        ] {
            assert_eq!(trace(text), None, "{text}");
        }
    }

    #[test]
    fn an_office_has_a_telephone_of_its_own() {
        assert_eq!(private_trace("请打0451-87654321"), None);
        let both = "请打0451-87654321，或 138.1234.5678";
        assert_eq!(private_trace(both), Some(Trace::Phone));
    }

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
        ] {
            assert!(!speaks_of_minor(text, day), "{text}");
        }
    }

    #[test]
    fn headings_that_nobody_may_have() {
        for heading in [
            "身份证号",
            "银行卡 号",
            "联系电话",
            "住址门牌",
            "残疾类别",
            "领款人手机",
            "开户账号",
        ] {
            assert!(is_forbidden_heading(heading), "{heading}");
        }
        for heading in [
            "户主(脱敏)",
            "补贴项目",
            "合同编号",
            "凭证号",
            "村组",
            "发放方式",
        ] {
            assert!(!is_forbidden_heading(heading), "{heading}");
        }
    }

    #[test]
    fn counts_years_as_people_do() {
        let day = |y, m, d| Day::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(age_on(day(2008, 10, 4), day(2026, 10, 3)), 17);
        assert_eq!(age_on(day(2008, 10, 3), day(2026, 10, 3)), OF_AGE);
    }

    proptest! {
        #[test]
        fn every_number_with_its_check_digit_is_seen(
            province in 11..65_u32, rest in 0..10_000_u32, year in 1930..2020_i32,
            month in 1..13_u32, day in 1..29_u32, tail in 0..1_000_u32,
            before in "[\u{4e00}-\u{9fa5}（，：]{0,5}", after in "[\u{4e00}-\u{9fa5}），。]{0,5}",
        ) {
            let body = format!("{province}{rest:04}{year:04}{month:02}{day:02}{tail:03}");
            let text = format!("{before}{}{after}", identity(&body));
            prop_assert_eq!(trace(&text), Some(Trace::IdentityNumber), "{}", text);
        }

        #[test]
        fn total(text in any::<String>()) {
            let _ = trace(&text);
            let _ = is_forbidden_heading(&text);
        }
    }
}
