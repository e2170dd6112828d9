//! Whether what everybody may read is a child's: a line taken as a whole, whom it names, what is paid and why
//! (`domain.md` 2.6: nobody under age is listed by name).
//!
//! Where it is plain, the line is refused. Where words leave it open, whoever publishes is asked to look: names are masked
//! anyway, and a list of words never knows all there are.

use crate::mask::{self, HIDDEN};
use crate::personal::surnames::is_surely_name;
use crate::personal::{
    goes_to_school, hints_at_minor, is_child_of, is_young_at, names_minor, plain, speaks_of_minor,
    speaks_of_young,
};
use crate::time::Day;

/// What a line is to somebody under age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// Nothing in it is about one.
    No,
    /// It names somebody, and it is open whether that is a child.
    Perhaps,
    /// It is about a child that it names.
    Minor,
}

/// Of words that may name whom they are about: a line of a ledger, a remark.
#[must_use]
pub fn in_words(text: &str, day: Option<Day>) -> Concern {
    // 刘少年 is somebody's name.
    if is_surely_name(text.trim()) {
        return Concern::No;
    }
    if names_minor(text, day) {
        return Concern::Minor;
    }
    let hints = hints_at_minor(text);
    if !hints && !speaks_of_young(text) {
        return Concern::No;
    }
    let plain = plain(text);
    let named = named_in(&plain);
    if named.iter().any(|at| is_young_at(&plain, *at)) {
        Concern::Minor
    } else if hints && !named.is_empty() {
        Concern::Perhaps
    } else {
        Concern::No
    }
}

/// Of who was paid, and the words beside: 孤儿生活费, 张小伟.
#[must_use]
pub fn of_payee(payee: &str, words: &str, day: Option<Day>) -> Concern {
    let speaks = speaks_of_minor(words, day);
    if !speaks && !hints_at_minor(words) || !names_somebody(payee) {
        Concern::No
    } else if speaks {
        Concern::Minor
    } else {
        Concern::Perhaps
    }
}

/// Whether words speak of a child or hint at one, so that it matters who was paid.
#[must_use]
pub fn is_spoken_of(words: &str, day: Option<Day>) -> bool {
    speaks_of_minor(words, day) || hints_at_minor(words)
}

/// Of a row of a list of people: whom it names, and what its other cells say. `benefit` says that the list is one of what
/// people are given for themselves.
#[must_use]
pub fn in_row(person: &str, others: &[&str], benefit: bool, day: Option<Day>) -> Concern {
    // 王芳幼儿园 is nobody's child.
    if mask::is_unit_of_many(person) {
        return Concern::No;
    }
    // 张学生 is somebody's name.
    let beside = without_names(person);
    let texts = || others.iter().copied().chain([beside.as_str()]);
    let minor = texts().any(|text| speaks_of_minor(text, day))
        || others.iter().any(|other| is_child_of(person, other))
        || benefit && goes_to_school(&texts().collect::<Vec<_>>().join("，"));
    if minor {
        Concern::Minor
    } else if texts().any(hints_at_minor) {
        Concern::Perhaps
    } else {
        Concern::No
    }
}

/// Where names begin in a text.
fn named_in(text: &str) -> Vec<usize> {
    let shown = mask::told(text);
    let hidden: Vec<bool> = shown.chars().map(|c| c == HIDDEN).collect();
    let whole = |at: &usize| hidden.get(*at) == Some(&false) && hidden.get(at + 1) == Some(&true);
    let starts = text.char_indices().enumerate();
    let starts = starts.filter(|(number, _)| whole(number));
    starts.map(|(_, (at, _))| at).collect()
}

fn names_somebody(text: &str) -> bool {
    let mut hidden = mask::Hidden::default();
    hidden.add(text, &mask::names(text), false);
    !hidden.is_empty()
}

/// What a cell of people says beside their names: （孤儿） of `李小花（孤儿）`.
fn without_names(person: &str) -> String {
    let separates = |c: char| !c.is_alphanumeric() && c != '·';
    let parts = person.split_inclusive(separates);
    parts
        .map(|part| {
            let word = part.trim_end_matches(separates);
            match part.strip_prefix(word) {
                Some(sign) if is_surely_name(word) => sign,
                _ => part,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
