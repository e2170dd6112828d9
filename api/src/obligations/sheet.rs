//! The catalogue of what must be published as a sheet (T10 村务公开目录), to be hung up or worked on.

use std::borrow::Cow;

use domain::deadline::{Roll, Unit};
use domain::obligation::catalogue::{InForce, Item};
use domain::obligation::rule::{DueRule, Frequency};
use domain::region::Level;
use rust_xlsxwriter::{Format, FormatBorder, XlsxError};

use crate::spreadsheet::{self, cell_text, guarded, new_workbook};

/// The headings of T10 (domain.md 3).
const HEADINGS: [(&str, u16); 7] = [
    ("序号", 6),
    ("公开事项", 24),
    ("公开依据", 52),
    ("公开时限", 34),
    ("公开主体", 28),
    ("公开渠道", 28),
    ("公开层级", 10),
];

/// How often and until when, as a catalogue on paper says it.
fn limit(frequency: Frequency, due: &DueRule) -> String {
    let often = match frequency {
        Frequency::Monthly => "每月",
        Frequency::Quarterly => "每季度",
        Frequency::Yearly => "每年",
        Frequency::AtOnce => "随时",
    };
    let days = |amount: &u32, unit: &Unit| match unit {
        Unit::WorkingDay => format!("{amount}个工作日内"),
        _ => format!("{amount}日内"),
    };
    let (until, roll) = match due {
        DueRule::DayOfMonth {
            months_after,
            day,
            roll,
        } => {
            let month = match months_after {
                0 => "期末当月".to_owned(),
                1 => "期末次月".to_owned(),
                later @ 2.. => format!("期末后第{later}个月"),
                earlier => format!("期末前第{}个月", -earlier),
            };
            (format!("{month}{day}日前"), roll)
        }
        DueRule::AfterEnd { amount, unit, roll } => (format!("期末后{}", days(amount, unit)), roll),
        DueRule::AfterEvent { amount, unit, roll } => {
            (format!("发生后{}", days(amount, unit)), roll)
        }
    };
    let roll = match roll {
        Roll::NextWorkingDay => "，遇休息日顺延",
        Roll::None => "",
    };
    format!("{often}，{until}{roll}")
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Village => "村",
        Level::Township => "乡镇",
        Level::County => "县",
        Level::City => "市",
        Level::Province => "省",
    }
}

fn cells(no: usize, item: &Item) -> [String; 7] {
    let basis: Vec<&str> = item.basis.iter().map(|one| one.text.as_str()).collect();
    [
        no.to_string(),
        item.name.clone(),
        basis.join("；"),
        limit(item.frequency, &item.due),
        item.responsible.clone(),
        item.channel.clone(),
        level(item.level).to_owned(),
    ]
}

/// As CSV, safe against formulas.
///
/// # Errors
/// Writing to memory does not fail; the type says it could.
pub fn csv(matters: &[InForce]) -> Result<Vec<u8>, ::csv::Error> {
    let headings = HEADINGS.map(|(heading, _)| Cow::from(heading)).to_vec();
    let rows = (1..).zip(matters).map(|(no, matter)| {
        let texts = cells(no, &matter.item);
        texts.map(|text| Cow::from(guarded(&text))).to_vec()
    });
    spreadsheet::csv(std::iter::once(headings).chain(rows))
}

/// As a workbook.
///
/// # Errors
/// When a text does not fit a cell, which those of a catalogue do.
pub fn xlsx(title: &str, matters: &[InForce]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = new_workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("村务公开目录")?;
    let boxed = Format::new()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_num_format("@");
    let bold = boxed.clone().set_bold();
    sheet.write_string(0, 0, cell_text(title))?;
    for (column, (heading, width)) in (0_u16..).zip(HEADINGS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(1, column, heading, &bold)?;
    }
    for (row, (no, matter)) in (2_u32..).zip((1..).zip(matters)) {
        for (column, text) in (0_u16..).zip(cells(no, &matter.item)) {
            sheet.write_string_with_format(row, column, cell_text(&text), &boxed)?;
        }
    }
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_said_as_on_paper() {
        let roll = Roll::NextWorkingDay;
        let of_month = |months_after| DueRule::DayOfMonth {
            months_after,
            day: 15,
            roll,
        };
        for (frequency, due, said) in [
            (
                Frequency::Monthly,
                of_month(1),
                "每月，期末次月15日前，遇休息日顺延",
            ),
            (
                Frequency::Yearly,
                of_month(3),
                "每年，期末后第3个月15日前，遇休息日顺延",
            ),
            (
                Frequency::Monthly,
                of_month(-1),
                "每月，期末前第1个月15日前，遇休息日顺延",
            ),
            (
                Frequency::AtOnce,
                DueRule::AfterEvent {
                    amount: 5,
                    unit: Unit::WorkingDay,
                    roll: Roll::None,
                },
                "随时，发生后5个工作日内",
            ),
        ] {
            assert_eq!(limit(frequency, &due), said);
        }
    }
}
