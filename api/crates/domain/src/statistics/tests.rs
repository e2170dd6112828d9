//! The numbers by hand, and an attacker who subtracts.

use proptest::prelude::*;

use super::fold::{SMALLEST, Sizes, shown, shown_over};
use super::{Row, Table};

fn sizes(filed: u32, answered: u32) -> Sizes {
    Sizes {
        filed,
        answered,
        other: filed,
    }
}

fn days(pairs: &[(u32, u32)]) -> Row {
    Row {
        days: pairs.iter().copied().collect(),
        ..Row::default()
    }
}

#[test]
fn medians_and_the_ninetieth() {
    assert_eq!(days(&[]).median_days(), None);
    assert_eq!(days(&[]).p90_days(), None);
    assert_eq!(days(&[(4, 1)]).median_days(), Some(4.0));
    assert_eq!(days(&[(4, 1), (7, 1)]).median_days(), Some(5.5));
    assert_eq!(days(&[(1, 1), (2, 1), (30, 1)]).median_days(), Some(2.0));
    assert_eq!(days(&[(1, 9), (30, 1)]).p90_days(), Some(1));
    assert_eq!(days(&[(1, 8), (30, 2)]).p90_days(), Some(30));
    assert_eq!(days(&[(3, 1)]).p90_days(), Some(3));
}

#[test]
fn a_rate_counts_broken_promises_too() {
    let row = Row {
        answered: 4,
        on_time: 3,
        overdue: 2,
        ..Row::default()
    };
    assert_eq!(row.on_time_rate(), Some(0.6));
    assert_eq!(Row::default().on_time_rate(), None);
}

#[test]
fn months_add_up_but_what_is_open_at_the_end_does_not() {
    let month = |filed, overdue_at_end| {
        let mut table = Table::default();
        table.count("t", "c", |row| row.filed += filed);
        table.count("t", "c", |row| row.overdue_at_end += overdue_at_end);
        table
    };
    let quarter = Table::of_months(&[month(3, 2), month(4, 1), Table::default()]);
    assert_eq!(quarter.total().filed, 7);
    assert_eq!(quarter.total().overdue_at_end, 0);
}

#[test]
fn a_small_row_takes_a_second_one_along() {
    let table = [sizes(20, 20), sizes(3, 3), sizes(9, 9), sizes(0, 0)];
    assert_eq!(shown(&table), [true, false, false, false]);
    // Two small ones whose sum is small still need a third.
    let table = [sizes(20, 20), sizes(1, 1), sizes(2, 2), sizes(9, 9)];
    assert_eq!(shown(&table), [true, false, false, false]);
    assert_eq!(shown(&[sizes(5, 5), sizes(6, 0)]), [true, true]);
    assert_eq!(shown(&[sizes(2, 0)]), [false]);
}

#[test]
fn a_quarter_does_not_give_its_third_month_away() {
    let months = [
        vec![sizes(20, 20), sizes(9, 9), sizes(8, 8)],
        vec![sizes(20, 20), sizes(9, 9), sizes(8, 8)],
        vec![sizes(20, 20), sizes(2, 2), sizes(8, 8)],
    ];
    assert_eq!(shown(&months[2]), [true, false, false]);
    assert_eq!(shown_over(&months), [true, false, false]);
}

/// Every sum an attacker knows: months' and the quarter's totals, and the rows shown; each as coefficients
/// over the cells (month, row).
fn published(months: &[Vec<Sizes>], quarter: Option<&[bool]>) -> Vec<Vec<f64>> {
    let rows = months[0].len();
    let mut known = Vec::new();
    let sum = |wanted: &dyn Fn(usize, usize) -> bool| -> Vec<f64> {
        (0..months.len())
            .flat_map(|month| (0..rows).map(move |row| (month, row)))
            .map(|(month, row)| f64::from(u8::from(wanted(month, row))))
            .collect()
    };
    for (index, month) in months.iter().enumerate() {
        known.push(sum(&|of, _| of == index));
        for (row, may) in shown(month).into_iter().enumerate() {
            // That nothing happened somewhere is taken to be known, too.
            if may || month[row] == Sizes::default() {
                known.push(sum(&|of, at| of == index && at == row));
            }
        }
    }
    for (row, may) in quarter.unwrap_or_default().iter().enumerate() {
        if *may {
            known.push(sum(&|_, at| at == row));
        }
    }
    known
}

/// Gauss and Jordan, in floating point: another way than the one under test.
fn can_make(known: &[Vec<f64>], wanted: &[f64]) -> bool {
    let rank = |rows: &[Vec<f64>]| {
        let mut rows = rows.to_vec();
        let mut rank = 0;
        for column in 0..wanted.len() {
            let pivot = (rank..rows.len()).find(|row| rows[*row][column].abs() > 1e-9);
            let Some(pivot) = pivot else { continue };
            rows.swap(rank, pivot);
            let lead = rows[rank].clone();
            for (index, row) in rows.iter_mut().enumerate() {
                if index != rank {
                    let factor = row[column] / lead[column];
                    for (value, of) in row.iter_mut().zip(&lead) {
                        *value -= factor * of;
                    }
                }
            }
            rank += 1;
        }
        rank
    };
    let mut with = known.to_vec();
    with.push(wanted.to_vec());
    rank(&with) == rank(known)
}

fn cell() -> impl Strategy<Value = Sizes> {
    (
        prop_oneof![Just(0_u32), 1..5_u32, 5..30_u32],
        prop_oneof![Just(0_u32), 1..5_u32, 5..30_u32],
    )
        .prop_map(|(filed, answered)| sizes(filed, answered))
}

proptest! {
    /// Nobody isolates a folded row of one period by taking the shown ones off the county, and what is left
    /// is not small, as long as there were rows enough.
    #[test]
    fn no_subtraction_isolates_a_row(table in proptest::collection::vec(cell(), 1..9)) {
        let may = shown(&table);
        let folded: Vec<&Sizes> = table
            .iter()
            .zip(&may)
            .filter_map(|(row, may)| (!may && *row != Sizes::default()).then_some(row))
            .collect();
        for (row, may) in table.iter().zip(&may) {
            prop_assert!(!may || !row.is_small());
        }
        let everything = !may.contains(&true);
        if !folded.is_empty() && !everything {
            prop_assert!(folded.len() > 1, "{table:?} {may:?}");
            for measure in [|row: &Sizes| row.filed, |row: &Sizes| row.answered] {
                let left: u32 = folded.iter().map(|row| measure(row)).sum();
                prop_assert!(left == 0 || left >= SMALLEST, "{table:?} {may:?}");
            }
        }
    }

    /// With three months and their quarter published, whatever is added and subtracted: no folded month and
    /// no folded row of the quarter comes out that the months alone had kept.
    #[test]
    fn no_subtraction_across_a_quarter_isolates_a_cell(
        months in (1..6_usize).prop_flat_map(|rows| {
            proptest::collection::vec(proptest::collection::vec(cell(), rows), 3)
        })
    ) {
        let may = shown_over(&months);
        let rows = months[0].len();
        let before = published(&months, None);
        let after = published(&months, Some(&may));
        for month in 0..3 {
            for row in 0..rows {
                let mut wanted = vec![0.0; 3 * rows];
                wanted[month * rows + row] = 1.0;
                let leaks = !can_make(&before, &wanted) && can_make(&after, &wanted);
                prop_assert!(!leaks, "month {month} row {row}: {months:?} {may:?}");
            }
        }
        for (row, may_row) in may.iter().enumerate() {
            let whole: u32 = months.iter().map(|month| month[row].filed).sum();
            prop_assert!(!may_row || whole == 0 || whole >= SMALLEST);
            // Taking the months that are shown off the quarter leaves nothing small either.
            let left: u32 = months
                .iter()
                .filter(|month| !shown(month)[row])
                .map(|month| month[row].filed)
                .sum();
            prop_assert!(!may_row || left == 0 || left >= SMALLEST, "{months:?} {may:?}");
            if !may_row && may.contains(&true) && whole > 0 {
                let mut wanted = vec![0.0; 3 * rows];
                for month in 0..3 {
                    wanted[month * rows + row] = 1.0;
                }
                let leaks = !can_make(&before, &wanted) && can_make(&after, &wanted);
                prop_assert!(!leaks, "quarter row {row}: {months:?} {may:?}");
            }
        }
    }

    /// Adding up the months of a table is adding up its rows.
    #[test]
    fn totals_are_the_same_by_township_and_by_category(
        happenings in proptest::collection::vec((0..4_u8, 0..3_u8), 0..60)
    ) {
        let mut table = Table::default();
        for (township, category) in &happenings {
            table.count(&township.to_string(), &category.to_string(), |row| row.filed += 1);
        }
        let by_category: u32 = table.categories.values().map(|row| row.filed).sum();
        prop_assert_eq!(table.total().filed, by_category);
        prop_assert_eq!(by_category as usize, happenings.len());
    }
}
