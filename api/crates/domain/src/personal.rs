//! Numbers and headings that lead to a person and have no place in a list for everybody: identity cards, bank cards,
//! telephones (domain.md 2.6). What is found here is refused at the door, before it is kept.

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

/// Fewer digits than these lead to nobody.
const FEWEST_DIGITS: usize = 10;

/// The first number in a text that leads to a person.
#[must_use]
pub fn trace(text: &str) -> Option<Trace> {
    // Nearly every cell ends here: a full-width digit has the byte 0xEF once.
    let digits = |byte: &u8| byte.is_ascii_digit() || *byte == 0xef;
    if text.bytes().filter(|byte| digits(byte)).count() < FEWEST_DIGITS {
        return None;
    }
    let plain: Vec<char> = text.nfkc().collect();
    let mut start = 0;
    while let Some(offset) = plain.get(start..)?.iter().position(char::is_ascii_digit) {
        let begin = start + offset;
        let run = run_at(plain.get(begin..)?);
        if let Some(found) = of_run(&run) {
            return Some(found);
        }
        // The digits that stand together; what follows a sign begins anew.
        let together = plain
            .get(begin..)?
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        start = begin + together;
    }
    None
}

/// Groups of digits that stand together or apart by one blank or hyphen each, the last perhaps with an X.
fn run_at(text: &[char]) -> Vec<String> {
    let mut groups = vec![String::new()];
    let mut signs = 0;
    for c in text {
        let Some(last) = groups.last_mut() else {
            break;
        };
        match c {
            c if c.is_ascii_digit() => {
                signs = 0;
                last.push(*c);
            }
            'X' | 'x' if signs == 0 => {
                last.push('X');
                break;
            }
            ' ' | '-' | '—' | '–' | ')' if signs == 0 => {
                signs = 1;
                groups.push(String::new());
            }
            _ => break,
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn of_run(groups: &[String]) -> Option<Trace> {
    let first = groups.first()?;
    let joined = groups.concat();
    // A number may be written in groups; a date beside it is no part of it.
    for number in [first.as_str(), joined.as_str()] {
        if is_identity_number(number) {
            return Some(Trace::IdentityNumber);
        }
        if is_bank_card(number) {
            return Some(Trace::BankCard);
        }
        if is_mobile(number) {
            return Some(Trace::Phone);
        }
    }
    let local = groups.get(1);
    let landline = local.is_some_and(|local| is_landline(first, local));
    landline.then_some(Trace::Phone)
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
const MINORS: [&str; 13] = [
    "未成年",
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

/// Whether a text says that it is about somebody under age.
#[must_use]
pub fn speaks_of_minor(text: &str) -> bool {
    MINORS.iter().any(|word| text.contains(word))
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
        ] {
            assert_eq!(trace(&text), Some(found), "{text}");
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
        ] {
            assert_eq!(trace(text), None, "{text}");
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
