//! Numbers that lead to a person: identity cards, bank cards, telephones, however they are written.

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
/// A group of so many digits may be part of a number too long for a list,
const LONG_GROUP: usize = 6;
/// and so many digits in such groups are one.
const LONG_GROUPS: usize = 15;
/// So many signs may stand between two groups of one number: `138 - 1234 - 5678`.
const MOST_SIGNS: usize = 3;

/// The first number in a text that leads to a person.
#[must_use]
pub fn trace(text: &str) -> Option<Trace> {
    let read = Reading::of(text)?;
    match found_from(&read.plain, 0, Way::Figures) {
        Some((found, _)) => Some(found.trace),
        None => read.otherwise().first().map(|found| found.trace),
    }
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
    let Some(read) = Reading::of(text) else {
        return Vec::new();
    };
    let mut all = found_in(&read.plain, Way::Figures);
    let apart = |one: &Found, two: &Found| {
        one.bytes.end <= two.bytes.start || two.bytes.end <= one.bytes.start
    };
    for found in read.otherwise() {
        if all.iter().all(|other| apart(other, &found)) {
            all.push(found);
        }
    }
    all.sort_by_key(|found| found.bytes.start);
    all
}

/// A character as it is read, and the bytes it stands in.
type Read = (char, Range<usize>);

/// How numbers are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// As figures.
    Figures,
    /// In characters too, between which commas stand.
    Characters,
    /// As figures between which commas stand, though not as in an amount: `138,456,789,12`; or what hides a number from
    /// machines and not from people: `138#1234#5678`.
    Commas,
}

/// A text as it is read: full-width and fanciful digits as plain ones, nothing that takes no room on paper.
struct Reading {
    plain: Vec<Read>,
    has_characters: bool,
}

impl Reading {
    /// `None` where there are too few digits for anybody's number.
    fn of(text: &str) -> Option<Self> {
        // Nearly every cell ends here: full-width digits begin with 0xef, those of formulas with 0xf0, and a digit in
        // characters takes three bytes.
        let is_digit = |byte: &u8| byte.is_ascii_digit() || *byte >= 0xef;
        let figures = text.bytes().filter(is_digit).count();
        // Superscripts and the digits of the Arabic scripts take two.
        let narrow = text
            .bytes()
            .filter(|byte| matches!(byte, 0xc2 | 0xd9 | 0xdb))
            .count();
        let others = (text.len() - figures).saturating_sub(2 * narrow) / 3 + narrow;
        if figures + others < FEWEST_DIGITS {
            return None;
        }
        // Figures are counted again where the text is read: not all that begins like a digit is one.
        let characters = text.chars().filter(|c| spoken(*c).is_some()).count();
        let fanciful = text
            .chars()
            .filter(|c| !c.is_ascii() && c.is_numeric())
            .count();
        if figures + characters + fanciful < FEWEST_DIGITS {
            return None;
        }
        let read = |(at, c): (usize, char)| {
            let width = c.len_utf8();
            let folded: String = std::iter::once(c).nfkc().collect();
            let mut signs = folded.chars();
            let mut digits = folded.chars().filter(char::is_ascii_digit);
            let c = match (signs.next(), signs.next(), digits.next(), digits.next()) {
                (Some(one), None, ..) => of_arabic(one).unwrap_or(one),
                // ⑴ and 1.
                (_, _, Some(digit), None) => digit,
                _ => c,
            };
            (c, at..at + width)
        };
        let plain: Vec<Read> = text
            .char_indices()
            .filter(|(_, c)| !is_invisible(*c))
            .map(read)
            .collect();
        let figures = plain.iter().filter(|(c, _)| c.is_ascii_digit()).count();
        (figures + characters >= FEWEST_DIGITS).then_some(Self {
            plain,
            has_characters: characters > 0,
        })
    }

    /// The text with its digits in characters as figures, where it has some.
    fn as_figures(&self) -> Option<Vec<Read>> {
        let figure = |(c, bytes): &Read| (spoken(*c).unwrap_or(*c), bytes.clone());
        self.has_characters
            .then(|| self.plain.iter().map(figure).collect())
    }

    /// The numbers that are not written as figures alone.
    fn otherwise(&self) -> Vec<Found> {
        let mut all = self.in_characters();
        if self
            .plain
            .iter()
            .any(|(c, _)| is_comma(*c, Way::Commas) || is_odd(*c))
        {
            all.extend(found_in(&self.plain, Way::Commas));
        }
        all
    }

    /// The numbers that are written in characters, or some of whose digits are.
    fn in_characters(&self) -> Vec<Found> {
        let Some(figures) = self.as_figures() else {
            return Vec::new();
        };
        let mut all = found_in(&figures, Way::Characters);
        all.retain(|found| {
            let inside = |(_, bytes): &&Read| found.bytes.contains(&bytes.start);
            let mut inside = self.plain.iter().filter(inside);
            inside.any(|(c, _)| spoken(*c).is_some())
        });
        all
    }
}

/// The figure that a digit of the Arabic scripts stands for.
fn of_arabic(c: char) -> Option<char> {
    let from = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return None,
    };
    char::from_digit(u32::from(c) - from, 10)
}

/// The figure that a character stands for, also as it is said on the telephone: 拐 for 7.
fn spoken(c: char) -> Option<char> {
    match c {
        '拐' => Some('7'),
        '勾' => Some('9'),
        '洞' => Some('0'),
        _ => digit(c),
    }
}

/// The figure that a digit in characters stands for: 三 and 叁 for 3, 幺 for 1.
pub const fn digit(c: char) -> Option<char> {
    Some(match c {
        '〇' | '零' | '○' => '0',
        '一' | '幺' | '壹' => '1',
        '二' | '贰' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        _ => return None,
    })
}

/// All numbers of a text as it is read.
fn found_in(plain: &[Read], way: Way) -> Vec<Found> {
    let (mut all, mut start) = (Vec::new(), 0);
    while let Some((found, next)) = found_from(plain, start, way) {
        all.push(found);
        start = next;
    }
    all
}

/// Whether a character takes no room: zero-width blanks and joiners, soft hyphens, marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The first number at or after `start`, and where to look for the next.
fn found_from(plain: &[Read], mut start: usize, way: Way) -> Option<(Found, usize)> {
    while let Some(offset) = plain
        .get(start..)?
        .iter()
        .position(|(c, _)| c.is_ascii_digit())
    {
        let begin = start + offset;
        let run = run_at(plain, begin, way);
        if let Some((trace, is_landline, end)) = of_run(&run, way) {
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
    /// The sign before it, where it is one that nobody writes in a number.
    after_odd: bool,
    /// Where it ends in the text as it is read.
    end: usize,
}

/// Groups of digits that stand together or apart by a few blanks, hyphens and their like, the last perhaps with an X.
fn run_at(plain: &[Read], begin: usize, way: Way) -> Vec<Group> {
    let mut groups = vec![Group::default()];
    let (mut signs, mut point, mut odd) = (0, false, false);
    for (at, (c, _)) in plain.iter().enumerate().skip(begin) {
        match c {
            c if c.is_ascii_digit() => {
                if signs > 0 {
                    groups.push(Group {
                        after_point: point,
                        after_odd: odd,
                        ..Group::default()
                    });
                    (signs, point, odd) = (0, false, false);
                }
            }
            c if signs == 0 && is_check_letter(*c) => {}
            c if signs < MOST_SIGNS && (is_sign(*c) || is_comma(*c, way)) => {
                (signs, point) = (signs + 1, point || matches!(c, '.' | '/'));
                continue;
            }
            c if signs < MOST_SIGNS && way == Way::Commas && is_odd(*c) => {
                (signs, odd) = (signs + 1, true);
                continue;
            }
            _ => break,
        }
        if let Some(last) = groups.last_mut() {
            last.digits.push(if c.is_ascii_digit() { *c } else { 'X' });
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

/// What people write between groups of digits in characters besides.
fn is_comma(c: char, way: Way) -> bool {
    way != Way::Figures && matches!(c, ',' | '，' | '、' | '点')
}

/// What people write between the groups of a number so that a machine does not see one.
fn is_odd(c: char) -> bool {
    "#*'’‘`~∼。:;|^=+<>→".contains(c)
}

/// The last sign of an identity card's number, and what is written in its place.
fn is_check_letter(c: char) -> bool {
    matches!(c, 'X' | 'x' | '×' | '✕' | '╳' | 'Х' | 'х' | 'Χ' | 'χ')
}

/// What a run is: of which kind, whether an office's, and where it ends.
fn of_run(groups: &[Group], way: Way) -> Option<(Trace, bool, usize)> {
    let first = groups.first()?;
    let joined: String = groups.iter().map(|group| group.digits.as_str()).collect();
    // One point makes a decimal, and what stands before it is a figure.
    let is_decimal = matches!(groups, [_, second] if second.after_point);
    let all = groups.last().filter(|_| !is_decimal);
    let whole = all.map(|last| (joined, last.end));
    if way == Way::Commas {
        // 1,234,567
        let short = |group: &Group| (1..=3).contains(&group.digits.len());
        let amount = short(first) && groups.iter().skip(1).all(|group| group.digits.len() == 3);
        let (number, end) = whole.filter(|_| !amount)?;
        // Times and measures have such signs, too: 15:30, 1800*2400*150.
        let odd = groups.iter().any(|group| group.after_odd);
        let of_phone = !odd || matches!(first.digits.len(), 1 | 3) || first.digits == "86";
        let trace = if of_phone && is_mobile(&number) {
            Trace::Phone
        } else if is_identity_number(&number) {
            Trace::IdentityNumber
        } else if odd && (is_bank_card(&number) || is_written_as_card(groups)) {
            Trace::BankCard
        } else {
            return None;
        };
        return Some((trace, false, end));
    }
    // Somebody who writes digits in characters writes a sentence, and it may go on with a digit.
    let begins = (way == Way::Characters).then(|| begins(groups));
    let alone = (first.digits.clone(), first.end);
    let candidates = [Some(alone), whole].into_iter().flatten();
    // A number may be written in groups; a date beside it is no part of it.
    for (number, end) in candidates
        .chain(begins.unwrap_or_default())
        .chain(mobile_groups(groups))
    {
        let number = number.as_str();
        if is_identity_number(number) || is_certificate_number(number) {
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
    landline(groups).map(|end| (Trace::Phone, true, end))
}

/// What a run begins with: its first group and the next, and one more each time.
fn begins(groups: &[Group]) -> Vec<(String, usize)> {
    let mut joined = String::new();
    let begins = groups.iter().map(|group| {
        joined.push_str(&group.digits);
        (joined.clone(), group.end)
    });
    begins.collect()
}

/// A run that begins as people group a mobile telephone's number: `138 1234 5678`, whatever follows.
fn mobile_groups(groups: &[Group]) -> Option<(String, usize)> {
    let [first, second, third, ..] = groups else {
        return None;
    };
    let widths = [first, second, third].map(|group| group.digits.len());
    (widths == [3, 4, 4]).then(|| {
        let joined = [first, second, third].map(|group| group.digits.as_str());
        (joined.concat(), third.end)
    })
}

/// Where a telephone on a wire ends, at whose area's code a run begins: `0451-87654321`, `0451 8765 4321`.
fn landline(groups: &[Group]) -> Option<usize> {
    let [first, local, ..] = groups else {
        return None;
    };
    if local.after_point {
        return None;
    }
    if is_landline(&first.digits, &local.digits) {
        return Some(local.end);
    }
    let rest = groups.get(2).filter(|rest| !rest.after_point)?;
    let widths = (local.digits.len(), rest.digits.len());
    let number = format!("{}{}", local.digits, rest.digits);
    let grouped = matches!(widths, (3..=4, 3..=4)) && !is_date(&number);
    (grouped && is_landline(&first.digits, &number)).then_some(rest.end)
}

/// Whether eight digits are a day of our times, or six a month.
fn is_date(digits: &str) -> bool {
    let day = match digits.len() {
        8 => Day::parse_from_str(digits, "%Y%m%d").ok(),
        6 => Day::parse_from_str(&format!("{digits}01"), "%Y%m%d").ok(),
        _ => None,
    };
    day.is_some_and(|day| {
        use chrono::Datelike as _;
        (1900..2100).contains(&day.year())
    })
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

/// Whether it is a disability certificate's: the holder's identity number and two digits for kind and degree, after a
/// re-issue a letter B and a digit more, which may stand apart.
fn is_certificate_number(number: &str) -> bool {
    let holder = number
        .get(..18)
        .filter(|_| (20..=22).contains(&number.len()));
    holder.is_some_and(is_identity_number)
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
    let Some(read) = Reading::of(text) else {
        return false;
    };
    let figures = read.as_figures();
    let plain = figures.as_deref().unwrap_or(&read.plain);
    let mut run = 0;
    let together = plain.iter().any(|(c, _)| {
        run = if c.is_ascii_digit() { run + 1 } else { 0 };
        run >= MOST_OF_A_LIST
    });
    together || has_long_groups(plain)
}

/// Whether long groups of digits stand apart by blanks or hyphens, and none is a date: `2301041980 0101123443`.
fn has_long_groups(plain: &[Read]) -> bool {
    let (mut group, mut signs) = (String::new(), 0);
    let (mut groups, mut sum) = (0, 0);
    // One more sign, that ends the last group.
    let chars = plain.iter().map(|(c, _)| *c).chain(['\0']);
    for c in chars {
        if c.is_ascii_digit() {
            group.push(c);
            continue;
        }
        if !group.is_empty() {
            let long = group.len() >= LONG_GROUP && !is_date(&group);
            (groups, sum) = if long {
                (groups + 1, sum + group.len())
            } else {
                (0, 0)
            };
            signs = 0;
            group.clear();
            if groups >= 2 && sum >= LONG_GROUPS {
                return true;
            }
        }
        signs += 1;
        if signs > MOST_SIGNS || !is_blank(c) {
            (groups, sum) = (0, 0);
        }
    }
    false
}

/// Blanks and hyphens.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || "-—–‐‑‒―−－_＿".contains(c)
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

#[cfg(test)]
mod tests;
