//! Passwords that are easy to guess: words that many choose, what others know of somebody, a name in pinyin and a day.

use std::collections::HashSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::personal::trace;

/// What is easy to guess, folded; made by `api/data/common-passwords.py`.
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/common-passwords.txt")
        .lines()
        .filter(|line| !line.is_empty())
        .collect()
});

/// Most letters that stand beside somebody's number or a day and make it no harder to guess.
const BESIDE: usize = 8;

/// What others know of somebody: a telephone's, an identity card's or a bank card's number, or a day, with a word beside it.
pub fn is_known(password: &str) -> bool {
    let signs: Vec<char> = password.chars().filter(|c| c.is_alphanumeric()).collect();
    let digits = signs.iter().filter(|c| c.is_ascii_digit()).count();
    let beside = signs.len().saturating_sub(digits);
    if beside > BESIDE {
        return false;
    }
    let whole: String = signs.iter().collect();
    let plain: String = signs.iter().filter(|c| c.is_ascii_digit()).collect();
    // An identity card's last character may be an X.
    trace(&whole).is_some() || trace(&plain).is_some() || plain.len() == 8 && is_date(&plain)
}

/// On the list; or two such words (or the user's own name, a place's or a year's) in a row; or a short piece over and over.
pub fn is_common(folded: &str, username: &str, places: &[String]) -> bool {
    let plain: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    if plain != folded && !plain.is_empty() && is_common(&plain, username, places) {
        return true;
    }
    let listed = |word: &str| {
        COMMON.contains(word)
            || word == username
            || is_date(word)
            || SURNAMES.contains(&word)
            || places.iter().any(|place| place == word)
    };
    if listed(folded) {
        return true;
    }
    let two_words = folded.char_indices().any(|(at, _)| {
        folded
            .split_at_checked(at)
            .is_some_and(|(a, b)| listed(a) && listed(b))
    });
    let letters: Vec<char> = folded.chars().collect();
    // Of the last round some may be missing: `5201314520131`, `abcd1234abcd`.
    let repeats = (1..=letters.len() * 2 / 3).any(|length| {
        letters
            .iter()
            .zip(letters.iter().skip(length))
            .all(|(one, other)| one == other)
    });
    two_words || repeats || is_named(folded, listed)
}

/// The surnames of most people, as they are typed: beside a day of birth they are the first guess.
const SURNAMES: [&str; 60] = [
    "wang", "li", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "hu",
    "zhu", "gao", "lin", "he", "guo", "ma", "luo", "liang", "song", "zheng", "xie", "han", "tang",
    "feng", "yu", "dong", "xiao", "cheng", "cao", "yuan", "deng", "fu", "shen", "zeng", "peng",
    "lv", "su", "lu", "jiang", "cai", "jia", "ding", "wei", "xue", "ye", "yan", "pan", "du", "dai",
    "xia", "zhong", "tian", "ren", "fan", "fang", "shi", "yao",
];

/// A year, a year and a month, or a day: `2026`, `202611`, `20261128`.
fn is_date(word: &str) -> bool {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    digits && [4, 6, 8].contains(&word.len()) && (word.starts_with("19") || word.starts_with("20"))
}

/// Syllables that a name has: a surname of one or two characters, and one or two more.
const OF_NAMES: std::ops::RangeInclusive<usize> = 2..=4;

/// A name in pinyin beside a day or digits that many choose: `wangxiaoming900307`, `0307lixiaohong`. Whoever knows the
/// name, as the whole village does, tries the day of birth next.
fn is_named(folded: &str, listed: impl Fn(&str) -> bool) -> bool {
    let letters = folded.trim_matches(|c: char| c.is_ascii_digit());
    let digits = folded
        .strip_prefix(letters)
        .or_else(|| folded.strip_suffix(letters));
    let Some(digits) = digits.filter(|_| !letters.is_empty()) else {
        return false;
    };
    (is_day(digits) || listed(digits))
        && OF_NAMES.into_iter().any(|count| is_pinyin(letters, count))
}

/// A day as people write one: `0307`, `900307`, `19900307`, or a year.
fn is_day(digits: &str) -> bool {
    // A leap year, where no year stands.
    let whole = match digits.len() {
        4 if is_date(digits) => return true,
        4 => format!("2000{digits}"),
        6 if is_date(digits) => return true,
        6 => format!("20{digits}"),
        8 => digits.to_owned(),
        _ => return false,
    };
    NaiveDate::parse_from_str(&whole, "%Y%m%d").is_ok()
}

/// How syllables begin; the longer first. One may begin with none of them.
const INITIALS: [&str; 24] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r",
    "z", "c", "s", "y", "w", "",
];
/// How they end.
const FINALS: [&str; 34] = [
    "iang", "iong", "uang", "ang", "eng", "ing", "ong", "iao", "ian", "uai", "uan", "ai", "ei",
    "ao", "ou", "an", "en", "er", "ia", "ie", "iu", "in", "ua", "uo", "ui", "un", "ue", "ve", "a",
    "o", "e", "i", "u", "v",
];

/// Whether letters are so many syllables of pinyin, one after the other.
fn is_pinyin(letters: &str, count: usize) -> bool {
    if count == 0 {
        return letters.is_empty();
    }
    INITIALS.iter().any(|initial| {
        letters.strip_prefix(initial).is_some_and(|rest| {
            FINALS.iter().any(|end| {
                rest.strip_prefix(end)
                    .is_some_and(|rest| is_pinyin(rest, count - 1))
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_long_folded_and_without_doubles() {
        let lines = include_str!("../../data/common-passwords.txt").lines();
        assert!(COMMON.len() >= 3000, "{}", COMMON.len());
        assert_eq!(lines.clone().count(), COMMON.len());
        for line in lines {
            assert_eq!(line, line.to_lowercase());
        }
        for known in ["woaini1314", "5201314", "a123456789", "qwertyuiop"] {
            assert!(COMMON.contains(known), "{known}");
        }
    }

    #[test]
    fn names_in_pinyin_are_known_by_their_syllables() {
        for (letters, count) in [
            ("wangwei", 2),
            ("zhangxiaoming", 3),
            ("ouyangxiuwen", 4),
            ("lvan", 2),
        ] {
            assert!(is_pinyin(letters, count), "{letters}");
        }
        for letters in ["mulberry", "xq", "", "strength"] {
            assert!(!(2..=4).any(|count| is_pinyin(letters, count)), "{letters}");
        }
    }

    #[test]
    fn a_day_is_known_however_short() {
        for day in ["0307", "0229", "900307", "19900307", "1990", "202611"] {
            assert!(is_day(day), "{day}");
        }
        for none in ["", "1300", "0231", "901301", "12345"] {
            assert!(!is_day(none), "{none}");
        }
    }
}
