//! Small rows are folded into the county, so that nobody is recognised by a number, and a second one with
//! each, so that no subtraction brings it back (complementary suppression).
//!
//! A row is small with one to four cases filed or one to four answers, or when it has neither and yet
//! something happened. What is folded together is never small itself, as far as the period has enough rows.
//! A quarter is held against its months as well: the sum of three months less the two that are shown would
//! be the third.

/// Below this a number may point at people.
pub const SMALLEST: u32 = 5;

/// How large a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sizes {
    /// Cases filed.
    pub filed: u32,
    /// Answers given.
    pub answered: u32,
    /// Whatever else happened.
    pub other: u32,
}

impl Sizes {
    fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Whether it may not be shown alone.
    #[must_use]
    pub fn is_small(self) -> bool {
        let few = |count| (1..SMALLEST).contains(&count);
        few(self.filed)
            || few(self.answered)
            || (self.filed == 0 && self.answered == 0 && self.other > 0)
    }

    fn plus(self, other: Self) -> Self {
        Self {
            filed: self.filed + other.filed,
            answered: self.answered + other.answered,
            other: self.other + other.other,
        }
    }

    fn less(self, other: Self) -> Self {
        Self {
            filed: self.filed.saturating_sub(other.filed),
            answered: self.answered.saturating_sub(other.answered),
            other: self.other.saturating_sub(other.other),
        }
    }

    fn weight(self) -> u32 {
        self.filed + self.answered
    }
}

fn sum(sizes: impl Iterator<Item = Sizes>) -> Sizes {
    sizes.fold(Sizes::default(), Sizes::plus)
}

/// Which rows of one period may be shown; a row in which nothing happened is not shown.
#[must_use]
pub fn shown(rows: &[Sizes]) -> Vec<bool> {
    let mut shown: Vec<bool> = rows
        .iter()
        .map(|row| !row.is_empty() && !row.is_small())
        .collect();
    loop {
        let folded = || {
            let pairs = rows.iter().zip(&shown);
            pairs.filter(|(row, shown)| !**shown && !row.is_empty())
        };
        let (count, together) = (folded().count(), sum(folded().map(|(row, _)| *row)));
        let safe = count == 0 || (count > 1 && !together.is_small());
        if safe || !fold_smallest(rows, &mut shown) {
            return shown;
        }
    }
}

/// Folds the smallest row still shown; `false` when none is.
fn fold_smallest(rows: &[Sizes], shown: &mut [bool]) -> bool {
    let smallest = (0..rows.len())
        .filter(|row| shown.get(*row).copied().unwrap_or(false))
        .min_by_key(|row| rows.get(*row).map(|row| row.weight()));
    match smallest.and_then(|row| shown.get_mut(row)) {
        Some(place) => {
            *place = false;
            true
        }
        None => false,
    }
}

/// Which rows of a quarter may be shown, beside its `months` as [`shown`] shows each of them. Every month
/// has the same rows in the same order.
#[must_use]
pub fn shown_over(months: &[Vec<Sizes>]) -> Vec<bool> {
    let rows = months.first().map_or(0, Vec::len);
    let whole: Vec<Sizes> = (0..rows)
        .map(|row| sum(months.iter().filter_map(|month| month.get(row).copied())))
        .collect();
    let by_month: Vec<Vec<bool>> = months.iter().map(|month| shown(month)).collect();
    // What a month does not show, of what is there.
    let hidden = |month: usize, row: usize| -> Option<Sizes> {
        let size = *months.get(month)?.get(row)?;
        let shown = *by_month.get(month)?.get(row)?;
        (!shown && !size.is_empty()).then_some(size)
    };
    let cells: Vec<(usize, usize)> = (0..months.len())
        .flat_map(|month| (0..rows).map(move |row| (month, row)))
        .filter(|(month, row)| hidden(*month, *row).is_some())
        .collect();
    let mut may = shown(&whole);
    // A row's months that are shown, taken off the row, leave those that are not: they must not be small.
    for (row, may) in may.iter_mut().enumerate() {
        let of_row = || (0..months.len()).filter_map(|month| hidden(month, row));
        let left = sum(of_row());
        if of_row().count() == 1 || left.is_small() {
            *may = false;
        }
    }
    loop {
        let again = settle(&whole, &mut may);
        if again || !is_known(&cells, &may, rows) {
            return may;
        }
        if !fold_smallest(&whole, &mut may) {
            return may;
        }
    }
}

/// Folds until the rows folded together are more than one and not small; `true` when nothing is shown.
fn settle(whole: &[Sizes], may: &mut [bool]) -> bool {
    loop {
        let total = sum(whole.iter().copied());
        let shown = sum(whole
            .iter()
            .zip(may.iter())
            .filter_map(|(row, may)| may.then_some(*row)));
        let count = whole
            .iter()
            .zip(may.iter())
            .filter(|(row, may)| !**may && !row.is_empty())
            .count();
        if count == 0 || (count > 1 && !total.less(shown).is_small()) {
            return !may.contains(&true);
        }
        if !fold_smallest(whole, may) {
            return true;
        }
    }
}

/// Whether the quarter's shown rows let somebody calculate a folded cell of a month, or a folded row of the
/// quarter, that the months alone kept.
fn is_known(cells: &[(usize, usize)], may: &[bool], rows: usize) -> bool {
    let months = cells.iter().map(|(month, _)| month + 1).max().unwrap_or(0);
    let equation = |wanted: &dyn Fn(usize, usize) -> bool| -> Vec<u64> {
        cells
            .iter()
            .map(|(month, row)| u64::from(wanted(*month, *row)))
            .collect()
    };
    let by_month: Vec<Vec<u64>> = (0..months)
        .map(|month| equation(&|of, _| of == month))
        .collect();
    let is_shown = |row: usize| may.get(row).copied().unwrap_or(false);
    let by_row = (0..rows)
        .filter(|row| is_shown(*row))
        .map(|row| equation(&|_, of| of == row));
    let before = Span::of(by_month.iter().cloned());
    let after = Span::of(by_month.iter().cloned().chain(by_row));
    let learned = |wanted: Vec<u64>| !before.holds(wanted.clone()) && after.holds(wanted);
    let cell_is_learned = cells
        .iter()
        .any(|cell| learned(equation(&|month, row| (month, row) == *cell)));
    let row_is_learned = (0..rows)
        .filter(|row| !is_shown(*row))
        .any(|row| learned(equation(&|_, of| of == row)));
    cell_is_learned || row_is_learned
}

/// The sums that can be made of some sums, as rows in echelon form over a prime field: far more than enough
/// for coefficients of 0 and 1.
struct Span(Vec<(usize, Vec<u64>)>);

const PRIME: u64 = 2_147_483_647;

impl Span {
    fn of(sums: impl Iterator<Item = Vec<u64>>) -> Self {
        let mut span = Self(Vec::new());
        for sum in sums {
            let rest = span.reduce(sum);
            if let Some((lead, value)) = rest
                .iter()
                .copied()
                .enumerate()
                .find(|(_, value)| *value != 0)
            {
                let scale = inverse(value);
                let row = rest.iter().map(|value| value * scale % PRIME).collect();
                span.0.push((lead, row));
            }
        }
        span
    }

    fn reduce(&self, mut sum: Vec<u64>) -> Vec<u64> {
        for (lead, row) in &self.0 {
            let factor = sum.get(*lead).copied().unwrap_or(0);
            if factor != 0 {
                for (value, other) in sum.iter_mut().zip(row) {
                    *value = (*value + (PRIME - factor) * other) % PRIME;
                }
            }
        }
        sum
    }

    fn holds(&self, sum: Vec<u64>) -> bool {
        self.reduce(sum).iter().all(|value| *value == 0)
    }
}

/// By Fermat: `value` to the power of `PRIME - 2`.
fn inverse(value: u64) -> u64 {
    let (mut base, mut left, mut result) = (value % PRIME, PRIME - 2, 1);
    while left > 0 {
        if left % 2 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        left /= 2;
    }
    result
}
