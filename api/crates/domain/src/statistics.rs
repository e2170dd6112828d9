//! What a closed period's statistics count, and the numbers people read of it. Which rows may be shown is
//! said in [`fold`].
//!
//! Everything is counted by *when it happened*, so a closed period never changes: a case filed in October
//! and answered in November is filed in October's numbers and answered in November's. What was promised is
//! decided once for each promise (the `handle` or `rework` clock of one round): on time in the period of its
//! answer, or overdue in the period in which it fell due, whatever became of it afterwards. So an overdue
//! case weighs on the rate while nobody answers it, and a merge or a withdrawal does not wash it off.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::complaint::rating::RatingValue;

pub mod fold;

/// Days back over which a desk's own numbers are taken.
pub const DESK_DAYS: i64 = 30;

/// Ratings given in a period, at closing or late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ratings {
    /// 非常满意
    pub very_satisfied: u32,
    /// 满意
    pub satisfied: u32,
    /// 基本满意
    pub basically_satisfied: u32,
    /// 不满意
    pub dissatisfied: u32,
}

impl Ratings {
    /// Counts one.
    pub fn add(&mut self, rating: RatingValue) {
        *match rating {
            RatingValue::VerySatisfied => &mut self.very_satisfied,
            RatingValue::Satisfied => &mut self.satisfied,
            RatingValue::BasicallySatisfied => &mut self.basically_satisfied,
            RatingValue::Dissatisfied => &mut self.dissatisfied,
        } += 1;
    }

    /// How many there were. Who did not rate is in no number here.
    #[must_use]
    pub fn given(&self) -> u32 {
        self.very_satisfied + self.satisfied + self.basically_satisfied + self.dissatisfied
    }
}

/// What happened in a period, in one row of the table (a township, a category, a county).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Row {
    /// Filed.
    pub filed: u32,
    /// Answers given; a case answered again after a reopening counts again.
    pub answered: u32,
    /// Promises kept: answers given before the promised time.
    pub on_time: u32,
    /// Promises broken: they fell due unanswered in this period.
    pub overdue: u32,
    /// Broken promises of cases still unanswered when the period ended.
    pub overdue_at_end: u32,
    /// Closed because nobody rated the answer in time.
    pub unrated: u32,
    /// Declined.
    pub declines: u32,
    /// Taken back by the complainant.
    pub withdrawals: u32,
    /// Merged into another case.
    pub merges: u32,
    /// Disputed.
    pub disputes: u32,
    /// Clocks stopped because more was asked of the complainant.
    pub pauses: u32,
    /// Extensions granted.
    pub extensions: u32,
    /// Ratings given.
    pub ratings: Ratings,
    /// First answers by the working days they took, from filing (that day not counted) to the answer's day;
    /// pauses are not taken off, because the villager waited through them.
    pub days: BTreeMap<u32, u32>,
}

impl Row {
    /// Adds what happened in the period that follows directly.
    pub fn then(&mut self, next: &Self) {
        self.filed += next.filed;
        self.answered += next.answered;
        self.on_time += next.on_time;
        self.overdue += next.overdue;
        self.overdue_at_end = next.overdue_at_end;
        self.unrated += next.unrated;
        self.declines += next.declines;
        self.withdrawals += next.withdrawals;
        self.merges += next.merges;
        self.disputes += next.disputes;
        self.pauses += next.pauses;
        self.extensions += next.extensions;
        self.ratings.very_satisfied += next.ratings.very_satisfied;
        self.ratings.satisfied += next.ratings.satisfied;
        self.ratings.basically_satisfied += next.ratings.basically_satisfied;
        self.ratings.dissatisfied += next.ratings.dissatisfied;
        for (days, count) in &next.days {
            *self.days.entry(*days).or_default() += count;
        }
    }

    /// Adds what happened elsewhere in the same period.
    pub fn beside(&mut self, other: &Self) {
        let at_end = self.overdue_at_end + other.overdue_at_end;
        self.then(other);
        self.overdue_at_end = at_end;
    }

    /// Promises kept among all that were decided in the period, 0 to 1 in ten-thousandths; `None` when none
    /// was.
    #[must_use]
    pub fn on_time_rate(&self) -> Option<f64> {
        let decided = self.on_time + self.overdue;
        (decided > 0).then(|| {
            let exact = f64::from(self.on_time) / f64::from(decided);
            (exact * 10_000.0).round() / 10_000.0
        })
    }

    /// The median of the working days to the first answer; between two values their mean.
    #[must_use]
    pub fn median_days(&self) -> Option<f64> {
        let count: u32 = self.days.values().sum();
        let (low, high) = (self.nth(count.div_ceil(2))?, self.nth(count / 2 + 1)?);
        Some((f64::from(low) + f64::from(high)) / 2.0)
    }

    /// The working days within which nine of ten first answers came (nearest rank).
    #[must_use]
    pub fn p90_days(&self) -> Option<u32> {
        let count: u32 = self.days.values().sum();
        self.nth((count * 9).div_ceil(10))
    }

    /// The `n`th smallest, from 1.
    fn nth(&self, n: u32) -> Option<u32> {
        let mut seen = 0;
        self.days.iter().find_map(|(days, count)| {
            seen += count;
            (n > 0 && seen >= n).then_some(*days)
        })
    }

    /// How large the row is, for folding.
    #[must_use]
    pub fn sizes(&self) -> fold::Sizes {
        fold::Sizes {
            filed: self.filed,
            answered: self.answered,
            other: self.overdue
                + self.overdue_at_end
                + self.unrated
                + self.declines
                + self.withdrawals
                + self.merges
                + self.disputes
                + self.pauses
                + self.extensions
                + self.ratings.given(),
        }
    }
}

/// One of the numbers of a [`Row`], or what stands behind one that is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// [`Row::filed`].
    Filed,
    /// [`Row::answered`].
    Answered,
    /// [`Row::on_time`].
    OnTime,
    /// [`Row::overdue`].
    Overdue,
    /// [`Row::overdue_at_end`].
    OverdueAtEnd,
    /// Promises kept or broken: behind [`Row::on_time_rate`].
    Promises,
    /// First answers: behind [`Row::median_days`] and [`Row::p90_days`].
    FirstAnswers,
    /// [`Row::unrated`].
    Unrated,
    /// [`Row::declines`].
    Declines,
    /// [`Row::withdrawals`].
    Withdrawals,
    /// [`Row::merges`].
    Merges,
    /// [`Row::disputes`].
    Disputes,
    /// [`Row::pauses`].
    Pauses,
    /// [`Row::extensions`].
    Extensions,
}

impl Number {
    /// All, with their words in the API.
    const WORDS: [(Self, &'static str); 14] = [
        (Self::Filed, "filed"),
        (Self::Answered, "answered"),
        (Self::OnTime, "on_time"),
        (Self::Overdue, "overdue"),
        (Self::OverdueAtEnd, "overdue_at_end"),
        (Self::Promises, "promises"),
        (Self::FirstAnswers, "first_answers"),
        (Self::Unrated, "unrated"),
        (Self::Declines, "declines"),
        (Self::Withdrawals, "withdrawals"),
        (Self::Merges, "merges"),
        (Self::Disputes, "disputes"),
        (Self::Pauses, "pauses"),
        (Self::Extensions, "extensions"),
    ];

    /// Reads a word of the API.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut all = Self::WORDS.into_iter();
        all.find_map(|(number, word)| (word == text).then_some(number))
    }

    /// The number in a row.
    #[must_use]
    pub fn of(self, row: &Row) -> u32 {
        match self {
            Self::Filed => row.filed,
            Self::Answered => row.answered,
            Self::OnTime => row.on_time,
            Self::Overdue => row.overdue,
            Self::OverdueAtEnd => row.overdue_at_end,
            Self::Promises => row.on_time + row.overdue,
            Self::FirstAnswers => row.days.values().sum(),
            Self::Unrated => row.unrated,
            Self::Declines => row.declines,
            Self::Withdrawals => row.withdrawals,
            Self::Merges => row.merges,
            Self::Disputes => row.disputes,
            Self::Pauses => row.pauses,
            Self::Extensions => row.extensions,
        }
    }
}

/// A county's period: the same happenings by township and by category.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// By the code of the township; what concerns the county itself under the county's code.
    pub townships: BTreeMap<String, Row>,
    /// By the code of the category.
    pub categories: BTreeMap<String, Row>,
}

impl Table {
    /// Counts something at its two places.
    pub fn count(&mut self, township: &str, category: &str, add: impl Fn(&mut Row)) {
        add(self.townships.entry(township.to_owned()).or_default());
        add(self.categories.entry(category.to_owned()).or_default());
    }

    /// The whole county.
    #[must_use]
    pub fn total(&self) -> Row {
        let mut total = Row::default();
        self.townships.values().for_each(|row| total.beside(row));
        total
    }

    /// Periods that follow each other, as one.
    #[must_use]
    pub fn of_months(months: &[Self]) -> Self {
        let mut whole = Self::default();
        for month in months {
            follow(&mut whole.townships, &month.townships);
            follow(&mut whole.categories, &month.categories);
        }
        whole
    }
}

fn follow(whole: &mut BTreeMap<String, Row>, month: &BTreeMap<String, Row>) {
    for row in whole.values_mut() {
        row.overdue_at_end = 0;
    }
    for (key, row) in month {
        whole.entry(key.clone()).or_default().then(row);
    }
}

/// The keys of the rows that may be shown for a period made of these `months` (one, or a quarter's three).
#[must_use]
pub fn shown<'a>(months: &[&'a BTreeMap<String, Row>]) -> Vec<&'a str> {
    let mut keys: Vec<&str> = months
        .iter()
        .flat_map(|month| month.keys().map(String::as_str))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let sizes: Vec<Vec<fold::Sizes>> = months
        .iter()
        .map(|month| {
            let size = |key: &&str| month.get(*key).map(Row::sizes).unwrap_or_default();
            keys.iter().map(size).collect()
        })
        .collect();
    let may = match sizes.as_slice() {
        [month] => fold::shown(month),
        months => fold::shown_over(months),
    };
    keys.into_iter()
        .zip(may)
        .filter_map(|(key, may)| may.then_some(key))
        .collect()
}

#[cfg(test)]
mod tests;
