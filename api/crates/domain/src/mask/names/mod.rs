//! Names of people in cells: the surname and a ＊ for every other character. Units keep their names.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use super::HIDDEN;
use super::latin::latin;
use super::numbers::numbers;
use super::relatives::relatives;
use super::words::{
    BEFORE_NAMES, DONE, LINKS, NOBODY, OWNED, PLACES, REMARKS, THINGS, TITLES, UNITS,
};
use crate::personal::surnames::{
    LONG_SURNAMES, has_surname, is_common_name, is_han, leading, trailing,
};
use crate::personal::{by_simplified, simple, simplified};

/// What ends one name and begins the next.
fn separates(c: char) -> bool {
    c.is_whitespace() || "、，,；;/／&＆+＋（）()[]【】：:".contains(c)
}

/// Masks the personal names in a cell that names who was paid, who handled or who approved, and numbers
/// in it: `张三、李小四（会计）` becomes `张＊、李＊＊（会计）`, `东风村王大锤` becomes `东风村王＊＊`, `Zhang San` becomes `Z＊＊＊＊ S＊＊`;
/// `团结供电所` stays.
#[must_use]
pub fn names(text: &str) -> String {
    let joined = spaced_name(text);
    by_simplified(joined.as_deref().unwrap_or(text), names_in)
}

fn names_in(text: &str) -> String {
    let text = latin(text);
    let mut masked = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars() {
        if separates(c) {
            masked.push_str(&one(&word));
            word.clear();
            masked.push(c);
        } else {
            word.push(c);
        }
    }
    masked.push_str(&one(&word));
    numbers(&masked)
}

/// Names as people stretch them on paper, `张 三` and `王 建 国`, without the blanks: characters that stand alone between blanks
/// belong together. `None` where there are none.
fn spaced_name(text: &str) -> Option<String> {
    if !text.contains(char::is_whitespace) {
        return None;
    }
    let mut joined = String::with_capacity(text.len());
    let mut found = false;
    // What stands between separators is one person's, or several people's with blanks between them.
    for part in text.split_inclusive(|c: char| separates(c) && !c.is_whitespace()) {
        let (words, sign) = match part.char_indices().next_back() {
            Some((at, c)) if separates(c) && !c.is_whitespace() => part.split_at(at),
            _ => (part, ""),
        };
        let alone = |word: &&str| word.chars().count() == 1 && word.chars().all(is_han);
        let tokens: Vec<&str> = words.split_whitespace().collect();
        if tokens.len() >= 2 && tokens.iter().any(alone) {
            found = true;
            let mut last: Option<&str> = None;
            for token in &tokens {
                let belongs = last.is_some_and(|last| match (alone(&last), alone(token)) {
                    (true, true) => true,
                    // 王 建国, 王建 国
                    (true, false) | (false, true) => is_common_name(&format!("{last}{token}")),
                    (false, false) => false,
                });
                if last.is_some() && !belongs {
                    joined.push(' ');
                }
                joined.push_str(token);
                last = Some(token);
            }
        } else {
            joined.push_str(words);
        }
        joined.push_str(sign);
    }
    found.then_some(joined)
}

/// Masks a cell that names persons and nobody else: whatever stands there, of each no more than a surname stays,
/// also where a name ends like a unit's (`张建社`). How many there are stays: `共3人`.
#[must_use]
pub fn persons(text: &str) -> String {
    let joined = spaced_name(text);
    by_simplified(joined.as_deref().unwrap_or(text), persons_in)
}

fn persons_in(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for part in text.split_inclusive(separates) {
        let end = part.char_indices().next_back();
        let (word, sign) = match end {
            Some((at, c)) if separates(c) => part.split_at(at),
            _ => (part, ""),
        };
        shown.push_str(&person(word));
        shown.push_str(sign);
    }
    numbers(&shown)
}

/// Masks a cell that names persons, or says how many of which group there were: `哈斯其其格、张桂兰` becomes `哈＊＊＊＊、张＊＊`;
/// `演示代表26人`, `村民代表` and `环卫队` stay.
#[must_use]
pub fn people(text: &str) -> String {
    let joined = spaced_name(text);
    let text = joined.as_deref().unwrap_or(text);
    let mut shown = String::with_capacity(text.len());
    for part in text.split_inclusive(separates) {
        let (word, sign) = match part.char_indices().next_back() {
            Some((at, c)) if separates(c) => part.split_at(at),
            _ => (part, ""),
        };
        if is_group(word) {
            shown.push_str(word);
        } else {
            shown.push_str(&person(word));
        }
        shown.push_str(sign);
    }
    numbers(&shown)
}

/// Whether a word names a group and nobody of it: `代表26人`, `环卫队`, `西屯村民`.
fn is_group(word: &str) -> bool {
    let named = |word: &str| leading(word).next().is_some() || trailing(word).next().is_some();
    let counted = word
        .strip_suffix(['人', '户', '名'])
        .map(|rest| rest.trim_end_matches(|c: char| c.is_numeric()));
    if let Some(group) = counted.filter(|group| group.chars().count() >= 2) {
        return word.contains(char::is_numeric) && !named(group);
    }
    let group = TITLES.iter().find_map(|title| word.strip_suffix(title));
    let unit = |word: &str| is_unit(word) && !named(word);
    NOBODY.contains(&word) || unit(word) || group.is_some_and(unit)
}

/// The names that a cell has in full and that stand hidden in it as it is `shown`, without titles: 张三 of
/// `张三（会计）、团结供电所`.
#[must_use]
pub fn hidden_names(full: &str, shown: &str) -> Vec<String> {
    let joined = spaced_name(full);
    let parts = |text: &str| -> Vec<Vec<char>> {
        let parts = text.split(separates).filter(|part| !part.is_empty());
        parts.map(|part| part.chars().collect()).collect()
    };
    let (full, shown) = (parts(joined.as_deref().unwrap_or(full)), parts(shown));
    // Of several words in Latin letters each may be one of every day: Li. One alone is somebody's whole name: LiSi.
    let alone = full.len() == 1;
    let both = full.iter().zip(&shown);
    both.flat_map(|(full, shown)| hidden_in(full, shown, alone))
        .collect()
}

/// Hides some names wherever they stand in a text, also stretched by blanks, without their dot or in traditional characters: what is hidden in one
/// cell is not told in the cell beside it.
#[must_use]
pub fn hide(text: &str, names: &[String]) -> String {
    let mut shown = text.to_owned();
    for name in names {
        while let Some(found) = told(&shown, name) {
            let mut kept = surname(&simplified(name));
            let hidden: String = shown
                .get(found.clone())
                .unwrap_or_default()
                .chars()
                .map(|c| {
                    if is_between(c) || kept > 0 {
                        kept -= usize::from(!is_between(c) && kept > 0);
                        c
                    } else {
                        HIDDEN
                    }
                })
                .collect();
            shown.replace_range(found, &hidden);
        }
    }
    shown
}

/// Whether a text tells a name, also stretched by blanks, without its dot or in traditional characters.
#[must_use]
pub fn tells(text: &str, name: &str) -> bool {
    told(text, name).is_some()
}

/// The characters of a text by which it tells names.
pub fn told_characters(text: &str) -> impl Iterator<Item = char> {
    let told = text.chars().filter(|c| !is_between(*c));
    told.map(|c| simple(c).to_ascii_lowercase())
}

/// What may stand between the characters of a name.
pub fn is_between(c: char) -> bool {
    c.is_whitespace()
        || "·•・-－—–_＿.．'’".contains(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// What a rule hides in a text also where its words are stretched: `代 领：李 桂 芳`, `代领－李桂芳`. The rule puts nothing but ＊
/// in the place of characters.
pub fn spread(text: &str, rule: impl Fn(&str) -> String) -> String {
    if !text.contains(is_between) {
        return text.to_owned();
    }
    let joined: String = text.chars().filter(|c| !is_between(*c)).collect();
    let shown = rule(&joined);
    let mut shown = shown.chars();
    let hidden = |c: char, shown: Option<char>| match shown {
        Some(HIDDEN) => HIDDEN,
        _ => c,
    };
    text.chars()
        .map(|c| {
            if is_between(c) {
                c
            } else {
                hidden(c, shown.next())
            }
        })
        .collect()
}

/// The bytes in which a text tells a name.
fn told(text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let wanted: Vec<char> = told_characters(name).collect();
    let first = *wanted.first().filter(|_| wanted.len() >= 2)?;
    // As many bytes as the text, in which places are given.
    let text = simplified(text).to_ascii_lowercase();
    text.match_indices(first).find_map(|(start, _)| {
        let mut left = wanted.iter();
        let mut next = left.next();
        for (at, c) in text.get(start..)?.char_indices() {
            if Some(&c) == next {
                next = left.next();
                if next.is_none() {
                    return Some(start..start + at + c.len_utf8());
                }
            } else if !is_between(c) {
                return None;
            }
        }
        None
    })
}

/// The names in a part of a cell: each ＊ stands where its character stood, after a surname.
fn hidden_in(full: &[char], shown: &[char], alone: bool) -> Vec<String> {
    let mut names = Vec::new();
    if full.len() != shown.len() {
        return names;
    }
    let is_hidden = |(full, shown): (&char, &char)| *shown == HIDDEN && *full != HIDDEN;
    let hidden: Vec<bool> = full.iter().zip(shown).map(is_hidden).collect();
    let mut start = 0;
    for group in hidden.chunk_by(|one, two| one == two) {
        let end = start + group.len();
        if group.first() == Some(&true) {
            let before: String = full.iter().take(start).collect();
            let long = LONG_SURNAMES
                .iter()
                .any(|surname| before.ends_with(surname));
            let begin = start.saturating_sub(if long { 2 } else { 1 });
            let name = full.get(begin..end).unwrap_or_default();
            let latin = alone && name.len() >= 4 && name.iter().all(char::is_ascii_alphabetic);
            if latin || name.len() >= 2 && name.iter().all(|c| is_han(*c) || *c == '·') {
                names.push(name.iter().collect());
            }
        }
        start = end;
    }
    names
}

/// One person's name, a title beside it kept.
fn person(word: &str) -> String {
    let some = |rest: &&str| rest.chars().count() >= 2;
    for title in TITLES {
        if word == title {
            return word.to_owned();
        }
        if let Some(rest) = word.strip_prefix(title).filter(some) {
            return format!("{title}{}", person(rest));
        }
        if let Some(rest) = word.strip_suffix(title).filter(some) {
            return format!("{}{title}", person(rest));
        }
    }
    if is_count(word) || word.chars().count() < 2 || REMARKS.contains(&word) {
        return word.to_owned();
    }
    if is_unit_of_many(word) && BODIES.iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    masked(word)
}

/// How units end whose names nobody has, where people stand: 东风村委会.
const BODIES: [&str; 9] = [
    "委会",
    "委员会",
    "合作社",
    "公司",
    "学校",
    "小学",
    "中学",
    "幼儿园",
    "敬老院",
];

/// Whether a cell says how many, and nobody by name: `3人`, `共12户`.
#[must_use]
pub fn is_count(text: &str) -> bool {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.strip_prefix('共').unwrap_or(&plain);
    let number = plain
        .strip_suffix(['人', '户', '名'])
        .filter(|number| !number.is_empty());
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// One word, masked where it is somebody's name or has one in it.
pub fn one(word: &str) -> String {
    if word.chars().nth(1).is_none() || TITLES.contains(&word) || REMARKS.contains(&word) {
        return word.to_owned();
    }
    if let Some(shown) = linked(word) {
        return shown;
    }
    // 东风村会计, 镇电工
    let mut of_unit = false;
    for title in TITLES {
        if let Some(rest) = word.strip_prefix(title)
            && rest.chars().count() >= 2
            && !is_unit(rest)
        {
            return format!("{title}{}", one(rest));
        }
        if let Some(rest) = word.strip_suffix(title) {
            let count = rest.chars().count();
            // 东风村会计 is the 会计 of 东风村.
            let of_village = title.starts_with('村') && !title.starts_with("村民");
            let of_village = of_village && !is_common_name(rest);
            if count >= 2 && !is_unit(rest) && !of_village {
                return format!("{}{title}", one(rest));
            }
            of_unit |= count >= 2 || rest.ends_with(PLACES);
        }
    }
    if of_unit {
        return word.to_owned();
    }
    for done in DONE {
        if let Some(rest) = word.strip_suffix(done).filter(|rest| is_common_name(rest)) {
            return format!("{}{done}", masked(rest));
        }
    }
    // 李四劳务费
    for thing in THINGS {
        let rest = word.strip_suffix(thing).filter(|rest| !rest.is_empty());
        if let Some(rest) = rest.filter(|rest| is_common_name(rest) || !is_name(rest)) {
            return format!("{}{thing}", one(rest));
        }
    }
    // 张三等五人
    if let Some((name, rest)) = word.split_once('等')
        && name.chars().count() >= 2
        && !is_unit(name)
        && !is_unit(word)
    {
        return format!("{}等{rest}", one(name));
    }
    if let Some(shown) = of_bank(word) {
        return shown;
    }
    if is_name(word) {
        return masked(word);
    }
    if is_unit(word) || NOBODY.contains(&word) {
        return word.to_owned();
    }
    embedded(word)
        .or_else(|| owner(word))
        .or_else(|| in_a_row(word))
        .unwrap_or_else(|| among_signs(word).into_owned())
}

/// A person after a bank or a trade, of whom nothing else is a name: `农行王五`.
fn of_bank(word: &str) -> Option<String> {
    if is_unit(word) {
        return None;
    }
    BEFORE_NAMES.iter().find_map(|before| {
        let some = |name: &&str| before.chars().count() >= 2 && is_common_name(name);
        let name = word.strip_prefix(before).filter(some)?;
        Some(format!("{before}{}", masked(name)))
    })
}

/// Two people and what joins them: `李四和王五`, `李四代王五`.
fn linked(word: &str) -> Option<String> {
    // Two characters of each and one between.
    word.chars().nth(4)?;
    if !word.contains(LINKS) {
        return None;
    }
    word.char_indices()
        .filter(|(_, c)| LINKS.contains(c))
        .find_map(|(at, link)| {
            let (before, after) = word.split_at(at);
            let after = after.strip_prefix(link)?;
            let shown = |text: &str| {
                let shown = one(text);
                let named = is_common_name(text) || shown.contains(HIDDEN) && shown != masked(text);
                (named && !is_unit(text)).then_some(shown)
            };
            // Neither is asked further where no name can stand there.
            if !has_surname(before) {
                return None;
            }
            let before = shown(before)?;
            let nobody =
                TITLES.contains(&after) || REMARKS.contains(&after) || NOBODY.contains(&after);
            let after = if nobody {
                after.to_owned()
            } else {
                shown(after)?
            };
            Some(format!("{before}{link}{after}"))
        })
}

/// A person after a place or a unit: `东风村王大锤`.
fn embedded(word: &str) -> Option<String> {
    let mut names = trailing(word).filter(|name| !is_unit(name));
    names.find_map(|name| {
        let before = word.strip_suffix(name)?;
        let marked = UNITS
            .iter()
            .chain(&BEFORE_NAMES)
            .chain(&TITLES)
            .any(|end| before.ends_with(end));
        marked.then(|| format!("{before}{}", masked(name)))
    })
}

/// People one after the other without a sign: `张建国李小红`.
fn in_a_row(word: &str) -> Option<String> {
    let mut first = leading(word);
    first.find_map(|name| {
        let rest = word.strip_prefix(name)?;
        let rest = if is_common_name(rest) {
            masked(rest)
        } else {
            in_a_row(rest)?
        };
        Some(format!("{}{rest}", masked(name)))
    })
}

/// Somebody and whoever belongs to them: `王强之妻李红`.
fn owner(word: &str) -> Option<String> {
    if !word.chars().all(is_han) {
        return None;
    }
    // The shortest first: 之 is no part of the name in 王强之妻.
    let names: Vec<&str> = leading(word).collect();
    let owner = names.into_iter().rev().find_map(|name| {
        let rest = word.strip_prefix(name)?;
        let owned = OWNED.iter().any(|begin| rest.starts_with(begin));
        owned.then(|| format!("{}{}", masked(name), relatives(rest)))
    });
    owner.or_else(|| Some(relatives(word)).filter(|shown| shown != word))
}

/// People beside digits and letters: `张三13812345678`, `王五2000元`.
fn among_signs(word: &str) -> Cow<'_, str> {
    if word.chars().all(is_han) {
        return Cow::Borrowed(word);
    }
    let mut shown = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let other = |one: char| is_han(one) != is_han(c);
        let (run, more) = rest.split_at(rest.find(other).unwrap_or(rest.len()));
        // 欧阳＊＊ is hidden already.
        let open = !more.starts_with(HIDDEN);
        match embedded(run).filter(|_| open) {
            Some(name) => shown.push_str(&name),
            None if open && is_common_name(run) && !is_unit(run) => shown.push_str(&masked(run)),
            None => shown.push_str(run),
        }
        rest = more;
    }
    Cow::Owned(shown)
}

/// Whether a word ends as the names of units do, and is no name of somebody: 东风村幼儿园, and not 张建社.
#[must_use]
pub fn is_unit_of_many(word: &str) -> bool {
    let word = word.trim();
    !word.chars().any(separates) && is_unit(word) && !is_common_name(word)
}

pub fn is_unit(word: &str) -> bool {
    UNITS.iter().any(|suffix| word.ends_with(suffix))
}

/// Two to four Han characters, or a name with a dot (买买提·艾力), that are no unit's.
fn is_name(word: &str) -> bool {
    let count = word.chars().count();
    let dotted = word.contains(['·', '•', '・']);
    let han = word
        .chars()
        .all(|c| is_han(c) || matches!(c, '·' | '•' | '・'));
    let short = (2..=4).contains(&count);
    let somebody = han && (short || dotted && count <= 20) && !is_unit(word);
    somebody && !NOBODY.contains(&word) && !THINGS.contains(&word)
}

/// How many characters of a name are the surname, which is shown.
pub fn surname(name: &str) -> usize {
    let long = LONG_SURNAMES.iter().any(|long| name.starts_with(long));
    if long && name.chars().count() >= 3 {
        2
    } else {
        1
    }
}

pub fn masked(name: &str) -> String {
    let kept = surname(name);
    name.chars()
        .enumerate()
        .map(|(place, c)| if place < kept { c } else { HIDDEN })
        .collect()
}

#[cfg(test)]
mod tests;
