//! Rows that add up others: how they are told from lines.

use super::grid::label;

/// Whether a cell begins a row that totals all lines.
#[must_use]
pub fn is_total(text: &str) -> bool {
    matches!(
        label(text).0.as_str(),
        "合计" | "总计" | "本期合计" | "本月合计" | "本季合计" | "本年合计"
    )
}

/// Whether a cell begins a row that totals the lines since the last such row.
#[must_use]
pub fn is_subtotal(text: &str) -> bool {
    let base = label(text).0;
    base == "小计" || base == "本页小计" || base.ends_with("小计") && base.chars().count() <= 8
}
