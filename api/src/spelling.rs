//! Chinese names as people type them on a keyboard of Latin letters.

use pinyin::ToPinyin as _;
use unicode_normalization::UnicodeNormalization as _;

/// Readings that places have and the dictionary's first entry is not (长岭 is Changling, 阿什河 is Ashihe).
const IN_PLACES: [(char, &str); 5] = [
    ('长', "chang"),
    ('都', "du"),
    ('什', "shi"),
    ('柞', "zuo"),
    ('重', "chong"),
];

/// A place's name in pinyin without tones and its initials, both lower case without blanks: `dongfengcun`, `dfc`.
/// Latin letters and digits stand for themselves in both; ü is v, as it is typed.
#[must_use]
pub fn of_place(name: &str) -> (String, String) {
    spelled(name, &IN_PLACES)
}

/// Whether letters, as [`letters`] has them, spell some of these words: in pinyin from any of its characters on (`zhaijidi`
/// of 农村宅基地申请), or as the initials of characters in a row.
#[must_use]
pub fn spells(letters: &str, words: &str) -> bool {
    let syllables = syllables(words, &[]);
    let initials: String = syllables
        .iter()
        .flat_map(|one| one.chars().next())
        .collect();
    initials.contains(letters)
        || (0..syllables.len()).any(|from| {
            let rest = syllables.get(from..).unwrap_or_default();
            rest.concat().starts_with(letters)
        })
}

fn spelled(name: &str, readings: &[(char, &str)]) -> (String, String) {
    let syllables = syllables(name, readings);
    let initials = syllables
        .iter()
        .flat_map(|one| one.chars().next())
        .collect();
    (syllables.concat(), initials)
}

fn syllables(name: &str, readings: &[(char, &str)]) -> Vec<String> {
    let syllable = |c: char| {
        let own = readings.iter().find(|(one, _)| *one == c);
        match own {
            Some((_, syllable)) => Some((*syllable).to_owned()),
            None => match c.to_pinyin() {
                Some(known) => Some(known.plain().replace('ü', "v")),
                None if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase().to_string()),
                None => None,
            },
        }
    };
    name.chars().filter_map(syllable).collect()
}

/// What somebody typed, full-width letters and capitals folded.
#[must_use]
pub fn folded(typed: &str) -> String {
    typed.nfkc().collect::<String>().to_lowercase()
}

/// Folded text as pinyin or initials, where it can be that: the blanks and apostrophes that people put into pinyin make
/// no difference.
#[must_use]
pub fn letters(folded: &str) -> Option<String> {
    let letters: String = folded
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'')
        .map(|c| if c == 'ü' { 'v' } else { c })
        .collect();
    let is_pinyin = !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_pinyin.then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_they_are_typed() {
        for (name, pinyin, initials) in [
            ("东风村", "dongfengcun", "dfc"),
            ("绿化社区", "lvhuashequ", "lhsq"),
            ("长岭街道", "changlingjiedao", "cljd"),
            ("阿什河街道", "ashihejiedao", "ashjd"),
            ("爱达88社区", "aida88shequ", "ad88sq"),
        ] {
            assert_eq!(of_place(name), (pinyin.into(), initials.into()));
        }
    }

    #[test]
    fn words_are_spelt_from_any_character_on() {
        // 重大 is no place: zhongda.
        for typed in [
            "zhongda",
            "zhongdashixiang",
            "shixiang",
            "zdsx",
            "sx",
            "dashi",
        ] {
            assert!(spells(typed, "重大事项"), "{typed}");
        }
        for typed in ["chongda", "ongda", "zd1", "xiangshi"] {
            assert!(!spells(typed, "重大事项"), "{typed}");
        }
    }

    #[test]
    fn what_is_typed_is_folded() {
        assert_eq!(letters(&folded("ＤongＦeng")).as_deref(), Some("dongfeng"));
        assert_eq!(letters(&folded("Xi'an lü")).as_deref(), Some("xianlv"));
        assert_eq!(letters(&folded("东风")), None);
    }
}
