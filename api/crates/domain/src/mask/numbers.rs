//! Numbers that lead to somebody, hidden digit by digit.

use crate::personal::{Trace, digit, traces};

/// Hides numbers that lead to a person, wherever they stand and however they are written: of a mobile telephone's the
/// middle, of an identity or bank card's all but the last four digits. An office's telephone stays.
#[must_use]
pub fn numbers(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for found in traces(text).into_iter().filter(|found| !found.is_landline) {
        let (Some(before), Some(inside)) = (
            text.get(done..found.bytes.start),
            text.get(found.bytes.clone()),
        ) else {
            continue;
        };
        masked.push_str(&long_runs(before));
        masked.push_str(&apart(inside, found.trace));
        done = found.bytes.end;
    }
    masked.push_str(&long_runs(text.get(done..).unwrap_or_default()));
    masked
}

/// A number that may be written in groups, hidden digit by digit.
fn apart(number: &str, trace: Trace) -> String {
    let is_digit = |c: &char| c.is_numeric() || digit(*c).is_some() || matches!(c, 'X' | 'x');
    let count = number.chars().filter(is_digit).count();
    let head = match trace {
        // Its country's code, where it has one, and three.
        Trace::Phone => count.saturating_sub(8),
        Trace::IdentityNumber | Trace::BankCard => 0,
    };
    let mut place = 0;
    let hide = |c: char| {
        if !is_digit(&c) {
            return c;
        }
        place += 1;
        if place <= head || place > count.saturating_sub(4) {
            c
        } else {
            '*'
        }
    };
    number.chars().map(hide).collect()
}

/// Long runs of digits that are nobody's number by their form, and might be by a slip.
fn long_runs(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        let check_digit = matches!(c, 'X' | 'x') && run.len() == 17;
        if c.is_ascii_digit() || check_digit {
            run.push(c);
        } else {
            masked.push_str(&number(&run));
            run.clear();
            masked.push(c);
        }
    }
    masked.push_str(&number(&run));
    masked
}

fn number(run: &str) -> String {
    let hidden = |head: usize, tail: usize| {
        let last = run.len().saturating_sub(tail);
        let show = |(place, c)| {
            if place < head || place >= last {
                c
            } else {
                '*'
            }
        };
        run.chars().enumerate().map(show).collect()
    };
    match run.len() {
        11 if run.starts_with('1') => hidden(3, 4),
        15.. => hidden(0, 4),
        _ => run.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::names;
    use super::*;

    /// Runs of plain digits as they stand in a text.
    fn runs(text: &str) -> impl Iterator<Item = &str> {
        text.split(|c: char| !c.is_ascii_digit())
    }

    proptest! {
        #[test]
        fn no_number_that_leads_to_somebody_stays(before in "[^0-9]{0,9}", number in "1[0-9]{10}|[0-9]{15,24}|[0-9]{17}X", after in "[^0-9xX]{0,9}") {
            let text = format!("{before}{number}{after}");
            for masked in [numbers(&text), names(&text)] {
                prop_assert!(!masked.contains(&number), "{masked}");
                for run in runs(&masked) {
                    let leads = run.len() == 11 && run.starts_with('1') || run.len() >= 15;
                    prop_assert!(!leads && run.len() <= 4, "{masked}");
                }
            }
            prop_assert_eq!(numbers(&numbers(&text)), numbers(&text));
        }

        #[test]
        fn other_numbers_stay(number in "[0-9]{1,10}") {
            prop_assert_eq!(numbers(&number), number);
        }
    }

    #[test]
    fn numbers_lead_to_nobody() {
        for (text, shown) in [
            ("电话138.1234.5678", "电话138.****.5678"),
            ("卡6222.0202.0011.2233446", "卡****.****.****.***3446"),
            ("请打0451-87654321", "请打0451-87654321"),
            ("请打0451 8765 4321", "请打0451 8765 4321"),
            ("一三八，一二三四，五六七八", "一三八，****，五六七八"),
            ("电话幺三八一二三四五六七八。", "电话幺三八****五六七八。"),
            (
                "二三〇一〇四一九九〇〇一〇一一二三四",
                "**************一二三四",
            ),
            ("一百二十三，二〇二六年", "一百二十三，二〇二六年"),
            ("电话13812345678。", "电话138****5678。"),
            ("230104199001011234", "**************1234"),
            ("23010419900101123X", "**************123X"),
            ("6222020200112233445", "***************3445"),
            ("2026年10月，付 12000 元", "2026年10月，付 12000 元"),
            ("20261003", "20261003"),
            ("残疾证23010419750101123443", "残疾证****************3443"),
        ] {
            assert_eq!(numbers(text), shown);
        }
    }
}
