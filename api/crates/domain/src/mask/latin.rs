//! Names in Latin letters.

use std::borrow::Cow;

use super::HIDDEN;
use super::words::FIRMS;

/// Surnames in Latin letters, by which a name in capitals or in small letters is told from a mark.
const SURNAMES: [&str; 100] = [
    "wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma",
    "zhu", "hu", "guo", "lin", "gao", "luo", "zheng", "liang", "xie", "song", "tang", "han",
    "deng", "feng", "cao", "peng", "zeng", "xiao", "tian", "dong", "pan", "yuan", "cai", "jiang",
    "yu", "du", "ye", "cheng", "wei", "su", "lv", "lyu", "ding", "ren", "lu", "yao", "shen",
    "zhong", "cui", "tan", "fan", "liao", "shi", "jin", "jia", "xia", "fu", "fang", "zou", "xiong",
    "bai", "meng", "qin", "qiu", "hou", "yin", "xue", "yan", "duan", "lei", "qian", "dai", "mo",
    "kong", "kang", "yi", "qiao", "lai", "pang", "fen", "ni", "wen", "ji", "zhai", "bi", "nie",
    "jiao", "qi", "mei", "niu", "geng", "guan", "ning", "pei", "ouyang", "sima", "luan",
];
/// What is written like a name in one word and is a thing's.
const NO_NAMES: [&str; 22] = [
    "weixin",
    "lining",
    "dongfeng",
    "wuling",
    "yutong",
    "huanghai",
    "liugong",
    "yangma",
    "lifan",
    "chenguang",
    "zhangyu",
    "wangwang",
    "sunpower",
    "lvse",
    "caoyuan",
    "jinlong",
    "jinbei",
    "shifeng",
    "fukang",
    "yangzi",
    "baidu",
    "mengniu",
];
/// A name has two or three words.
const WORDS: std::ops::RangeInclusive<usize> = 2..=3;

/// Masks names in Latin letters in a sentence, where other words may be in such letters, too: by a surname, and each word
/// with a capital. `付Zhang San工资` becomes `付Z＊＊＊＊ S＊＊工资`, `Windows Server` stays.
pub fn latin_in_words(text: &str) -> Cow<'_, str> {
    let surname = |word: &str| {
        let word = word.to_ascii_lowercase();
        SURNAMES.contains(&word.as_str())
    };
    masked_where(text, |run| {
        let mut words = run.split(' ').filter(|word| !word.is_empty());
        let first = words.next().is_some_and(surname);
        let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
        (first
            || run
                .split(' ')
                .rfind(|word| !word.is_empty())
                .is_some_and(surname))
            && run.split(' ').filter(|word| !word.is_empty()).all(capital)
            && is_name(run)
    })
}

/// Masks names of two or three words in Latin letters, where none of the words is a firm's: `Zhang San` becomes
/// `Z＊＊＊＊ S＊＊`.
pub fn latin(text: &str) -> Cow<'_, str> {
    masked_where(text, is_name)
}

fn masked_where(text: &str, is_name: impl Fn(&str) -> bool) -> Cow<'_, str> {
    // Nearly every cell ends here.
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    let outside = |c: char| {
        !(c.is_ascii_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '.' | ',' | '&'))
    };
    while !rest.is_empty() {
        let (run, more) = rest.split_at(rest.find(outside).unwrap_or(rest.len()));
        let bounded = !more.starts_with([HIDDEN, '*']);
        match Some(run).filter(|run| bounded && is_name(run)) {
            Some(name) => shown.push_str(&masked(name)),
            None if bounded => run
                .split_inclusive(' ')
                .for_each(|word| shown.push_str(&without_blank(word))),
            None => shown.push_str(run),
        }
        let width = more.chars().next().map_or(0, char::len_utf8);
        let (sign, after) = more.split_at(width);
        shown.push_str(sign);
        rest = after;
    }
    Cow::Owned(shown)
}

fn is_name(run: &str) -> bool {
    let words: Vec<&str> = run.split(' ').filter(|word| !word.is_empty()).collect();
    let letters = |word: &&str| {
        let inner = word.trim_end_matches(['.', ',']);
        inner
            .chars()
            .all(|c| c.is_ascii_alphabetic() || matches!(c, '\'' | '’' | '-'))
            && inner.len() >= 2
    };
    let small: Vec<String> = words
        .iter()
        .map(|word| word.trim_end_matches(['.', ',']).to_ascii_lowercase())
        .collect();
    if !WORDS.contains(&words.len())
        || !words.iter().all(letters)
        || small.iter().any(|word| FIRMS.contains(&word.as_str()))
    {
        return false;
    }
    // Zhang San; in capitals or in small letters only with a surname.
    let capitalised = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(|c| c.is_ascii_uppercase())
            && letters.any(|c| c.is_ascii_lowercase())
    };
    let surname =
        |word: Option<&String>| word.is_some_and(|word| SURNAMES.contains(&word.as_str()));
    words.iter().all(capitalised) || surname(small.first()) || surname(small.last())
}

/// Whose name is written as one word, with a capital for each part: `ZhangWei`.
fn without_blank(word: &str) -> Cow<'_, str> {
    let capital = |c: char| c.is_ascii_uppercase();
    let inner = word.char_indices().skip(1).find(|(_, c)| capital(*c));
    let Some((surname, given)) = inner.map(|(at, _)| word.split_at(at)) else {
        return Cow::Borrowed(word);
    };
    let small = surname.to_ascii_lowercase();
    let plain = given.trim_end_matches([' ', '.', ',']);
    let is_given = (2..=12).contains(&plain.len())
        && plain.bytes().skip(1).any(|byte| byte.is_ascii_lowercase())
        && plain.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !word.starts_with(capital)
        || !SURNAMES.contains(&small.as_str())
        || !is_given
        || NO_NAMES.contains(&word.trim_end().to_ascii_lowercase().as_str())
    {
        return Cow::Borrowed(word);
    }
    Cow::Owned(masked(surname) + &masked(given))
}

fn masked(name: &str) -> String {
    let mut first = true;
    let hide = |c: char| {
        let shown = if c.is_ascii_alphabetic() && !first {
            HIDDEN
        } else {
            c
        };
        first = c == ' ' || first && !c.is_ascii_alphabetic();
        shown
    };
    name.chars().map(hide).collect()
}
