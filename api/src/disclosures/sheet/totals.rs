//! Rows that add up others: how they are told from lines.

use super::grid::label;

/// Whether a cell begins a row that totals all lines.
#[must_use]
pub fn is_total(text: &str) -> bool {
    // Nearly every cell ends here.
    text.contains('计')
        && matches!(
            label(text).0.as_str(),
            "合计" | "总计" | "共计" | "总合计" | "本期合计" | "本月合计" | "本季合计" | "本年合计"
        )
}

/// Whether a cell begins a row that totals the lines since the last such row.
#[must_use]
pub fn is_subtotal(text: &str) -> bool {
    if !text.contains('计') {
        return false;
    }
    let base = label(text).0;
    base == "小计" || base == "本页小计" || base.ends_with("小计") && base.chars().count() <= 8
}

/// How what stands below a table on paper begins: who made it, whom to call, where to sign.
const FOOTERS: [&str; 29] = [
    "以下空白",
    "制表",
    "填表",
    "编制",
    "备注",
    "说明",
    "注：",
    "注:",
    "监督电话",
    "举报电话",
    "咨询电话",
    "联系电话",
    "理财小组",
    "民主理财",
    "监督委员会",
    "村务监督",
    "审核",
    "负责人",
    "会计",
    "出纳",
    "报账员",
    "村主任",
    "村书记",
    "公示",
    "签字",
    "打印日期",
    "打印时间",
    "页码",
    "第1页",
];
/// What sums up pages or years, beside the totals: its figures are of other lines.
const CARRIED: [&str; 15] = [
    "过次页",
    "承前页",
    "转下页",
    "转次页",
    "接上页",
    "接前页",
    "结转下页",
    "结转次页",
    "累计",
    "本年累计",
    "本月累计",
    "本页合计",
    "本页小计",
    "本日合计",
    "小计",
];

/// Whether it sums up one month of several: 11月份合计, 11月小计.
fn is_of_month(label: &str) -> bool {
    let rest = label.trim_start_matches(|c: char| c.is_ascii_digit());
    let month = rest
        .strip_prefix("月份")
        .or_else(|| rest.strip_prefix('月'));
    rest.len() < label.len() && month.is_some_and(|rest| matches!(rest, "合计" | "小计" | "累计"))
}

/// Whether a cell begins what stands below a table and is no row of it. `has_figures` says whether its row has any.
#[must_use]
pub fn is_footer(text: &str, has_figures: bool) -> bool {
    // Nearly every line ends here.
    if has_figures && !text.contains(['页', '累', '计']) {
        return false;
    }
    let base = label(text).0;
    CARRIED.contains(&base.as_str())
        || is_of_month(&base)
        || !has_figures
            && FOOTERS
                .iter()
                .any(|begin| base.starts_with(begin) || text.trim().starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_below_a_table_is_no_row_of_it() {
        for text in [
            "制表人：钱演示",
            "备注：本表公示15天",
            "监督电话：12345",
            "理财小组签字：",
            "过次页",
            "本年累计",
            "第1页 共2页",
            "打印日期：2026-11-30",
        ] {
            assert!(is_footer(text, false), "{text}");
        }
        for text in [
            "小 计",
            "本页合计：",
            "结转下页",
            "转次页",
            "11月份合计",
            "１０月小计",
            "累计",
        ] {
            assert!(is_footer(text, true), "{text}");
        }
        for text in ["小计算机维修", "月合计", "11月工资", "累计积分兑换"] {
            assert!(!is_footer(text, true), "{text}");
        }
        assert!(is_footer("本年累计", true));
        for text in ["会计工资", "修水渠", "公示栏制作"] {
            assert!(!is_footer(text, true), "{text}");
        }
        assert!(!is_footer("修水渠", false));
    }
}
