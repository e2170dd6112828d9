//! Whether words for others repeat somebody's own. Whoever knows how a neighbour speaks knows him by a sentence.

use std::collections::HashSet;

/// So many characters in one go are a quotation, for everybody and for the unit that reads a brief instead of the
/// complainant's words: a place, a matter and a date in the same words are shorter.
pub const RUN: usize = 15;

/// Whether `words` have [`RUN`] characters in one go that are `original`'s, or all of an `original` that is shorter but
/// a sentence. Blanks and punctuation are no part of it: they are changed without a thought.
#[must_use]
pub fn quotes(words: &str, original: &str) -> bool {
    let read = |text: &str| -> Vec<char> { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (words, original) = (read(words), read(original));
    let run = RUN.min(original.len());
    if run < RUN / 2 || words.len() < run {
        return false;
    }
    let theirs: HashSet<&[char]> = original.windows(run).collect();
    words.windows(run).any(|window| theirs.contains(window))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_somebodys_own_is_found_and_a_matter_is_not() {
        let own = "村口的路灯坏了三个多月，晚上老人出门总摔跤，找了村里两回都没人管。";
        for words in [
            own,
            "他说：“村口的路灯坏了三个多月晚上老人出门总摔跤”",
            "路灯坏了 三个多月，晚上老人 出门总摔跤，找了村里两回，已修。",
        ] {
            assert!(quotes(words, own), "{words}");
        }
        for words in [
            "村口的路灯已经修好，11月20日验收。",
            "请核实村口路灯的维修情况，五个工作日内答复。",
            "",
        ] {
            assert!(!quotes(words, own), "{words}");
        }
        // A short one counts as a whole.
        assert!(quotes(
            "反映：工钱一直没有发给我们。",
            "工钱一直没有发给我们"
        ));
        assert!(!quotes("路灯坏了", "路灯坏了"));
    }
}
