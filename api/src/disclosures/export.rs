//! A ledger as a sheet again: CSV and XLSX in the T1 layout, so that what was exported can be imported. No
//! text of a villager's sheet ever becomes a formula in somebody else's Excel.

use domain::disclosure::chart::ChartVersion;
use domain::disclosure::ledger::{
    CLOSING_LABEL, Column, Ledger, LedgerLine, OPENING_LABEL, Totals,
};
use domain::disclosure::period::Period;
use domain::money::Fen;
use domain::time::Day;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::sheet::{CHART_LABEL, PERIOD_LABEL, VILLAGE_LABEL};
use crate::spreadsheet::{self, cell_text, guarded, new_workbook};

/// What stands above the headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The title.
    pub title: String,
    /// The village's name.
    pub village: String,
    /// The period.
    pub period: Period,
    /// What was there before the first line.
    pub opening: Fen,
    /// What was there after the last.
    pub closing: Fen,
    /// The chart of accounts.
    pub chart: ChartVersion,
}

impl Meta {
    /// The chart of accounts, where it is another than the period's own and has to be said.
    pub(super) fn told_chart(&self) -> Option<ChartVersion> {
        Some(self.chart).filter(|chart| *chart != ChartVersion::of(self.period))
    }
}

/// A value of a cell.
enum Value<'a> {
    Blank,
    Text(&'a str),
    Money(Fen),
    Count(i32),
    Day(Day),
}

fn value(line: &LedgerLine, column: Column) -> Value<'_> {
    let optional = match column {
        Column::VoucherNo => &line.voucher_no,
        Column::AccountCode => &line.account_code,
        Column::FundSource => &line.fund_source,
        Column::Payee => &line.payee,
        Column::HandledBy => &line.handled_by,
        Column::WitnessedBy => &line.witnessed_by,
        Column::ApprovedBy => &line.approved_by,
        Column::No => return Value::Count(line.no),
        Column::Date => return Value::Day(line.date),
        Column::Summary => return Value::Text(&line.summary),
        Column::Income => return Value::Money(line.income_fen),
        Column::Expense => return Value::Money(line.expense_fen),
        Column::Balance => return line.balance_fen.map_or(Value::Blank, Value::Money),
        Column::FileCount => return Value::Count(line.file_count),
    };
    optional.as_deref().map_or(Value::Blank, Value::Text)
}

/// The lines with their balances, and the sums.
fn filled(meta: &Meta, lines: &[LedgerLine]) -> (Vec<LedgerLine>, Totals) {
    let ledger = Ledger {
        opening: meta.opening,
        closing: meta.closing,
        lines: lines.to_vec(),
    }
    .with_balances();
    let totals = ledger.totals();
    (ledger.lines, totals)
}

/// CSV: the pairs in the first line, then the headings, then a line per line and no total.
///
/// # Errors
/// Writing to memory does not fail; the type says it could.
pub fn csv(meta: &Meta, lines: &[LedgerLine]) -> Result<Vec<u8>, csv::Error> {
    let mut pairs = vec![
        VILLAGE_LABEL.into(),
        guarded(&meta.village).into(),
        PERIOD_LABEL.into(),
        meta.period.to_string().into(),
        OPENING_LABEL.into(),
        meta.opening.to_yuan().into(),
        CLOSING_LABEL.into(),
        meta.closing.to_yuan().into(),
    ];
    if let Some(chart) = meta.told_chart() {
        pairs.extend([CHART_LABEL.into(), chart.as_str().into()]);
    }
    pairs.resize(Column::ALL.len(), "".into());
    let headings = Column::ALL.map(|column| column.heading().into());
    let lines = filled(meta, lines).0.into_iter().map(|line| {
        let field = |column| match value(&line, column) {
            Value::Blank => String::new(),
            Value::Text(text) => guarded(text),
            Value::Money(amount) => amount.to_yuan(),
            Value::Count(count) => count.to_string(),
            Value::Day(day) => day.to_string(),
        };
        Column::ALL.map(|column| field(column).into()).to_vec()
    });
    spreadsheet::csv([pairs, headings.to_vec()].into_iter().chain(lines))
}

/// A workbook in the T1 layout, with a total row. Only strings and numbers, never a formula; the same ledger
/// gives the same bytes.
///
/// # Errors
/// When a text does not fit a cell, which the ones read from a sheet do.
pub fn xlsx(meta: &Meta, lines: &[LedgerLine]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = new_workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("收支逐笔公开表")?;
    write_t1(sheet, &meta.title, Some(meta), lines, 0)?;
    workbook.save_to_buffer()
}

/// Days from Excel's day 0 to `day`.
pub(super) fn serial(day: Day) -> f64 {
    let epoch = Day::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    i32::try_from((day - epoch).num_days()).map_or(0.0, f64::from)
}

/// Yuan as the number nearest to it, which shows the same two decimals below a trillion.
#[expect(
    clippy::cast_precision_loss,
    reason = "amounts of a ledger have 15 digits at most, which a float holds"
)]
pub(super) fn yuan(amount: Fen) -> f64 {
    amount.0 as f64 / 100.0
}

/// Writes the T1 layout: title, pairs, headings, `lines` or `blank` empty rows, total row.
pub(super) fn write_t1(
    sheet: &mut Worksheet,
    title: &str,
    meta: Option<&Meta>,
    lines: &[LedgerLine],
    blank: u32,
) -> Result<(), XlsxError> {
    let boxed = || Format::new().set_border(FormatBorder::Thin);
    let text = boxed().set_num_format("@").set_text_wrap();
    let money = boxed().set_num_format("0.00");
    let date = boxed().set_num_format("yyyy-mm-dd");
    let count = boxed().set_num_format("0");
    let bold = boxed().set_bold().set_align(FormatAlign::Center);
    let heading = Format::new()
        .set_bold()
        .set_font_size(16)
        .set_align(FormatAlign::Center);
    let format = |column| match column {
        Column::No | Column::FileCount => &count,
        Column::Date => &date,
        Column::Income | Column::Expense | Column::Balance => &money,
        _ => &text,
    };

    sheet.merge_range(0, 0, 0, 13, title, &heading)?;
    let village = meta
        .map(|meta| cell_text(&meta.village))
        .unwrap_or_default();
    let period = meta.map(|meta| meta.period.to_string()).unwrap_or_default();
    for (column, label, value) in [(0, VILLAGE_LABEL, village), (2, PERIOD_LABEL, period)] {
        sheet.write_string_with_format(1, column, label, &bold)?;
        sheet.write_string_with_format(1, column + 1, value, &text)?;
    }
    let balances = [
        (4, OPENING_LABEL, meta.map(|meta| meta.opening)),
        (6, CLOSING_LABEL, meta.map(|meta| meta.closing)),
    ];
    for (column, label, amount) in balances {
        sheet.write_string_with_format(1, column, label, &bold)?;
        match amount {
            Some(amount) => sheet.write_number_with_format(1, column + 1, yuan(amount), &money)?,
            None => sheet.write_blank(1, column + 1, &money)?,
        };
    }
    if let Some(chart) = meta.and_then(Meta::told_chart) {
        sheet.write_string_with_format(1, 8, CHART_LABEL, &bold)?;
        sheet.write_string_with_format(1, 9, chart.as_str(), &text)?;
    }
    for (index, column) in (0_u16..).zip(Column::ALL) {
        let width = match column {
            Column::No | Column::FileCount => 7,
            Column::Summary => 32,
            Column::Payee => 20,
            _ => 13,
        };
        sheet.set_column_width(index, width)?;
        sheet.write_string_with_format(2, index, column.heading(), &bold)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(8)
        .set_repeat_rows(2, 2)?;
    sheet.set_print_fit_to_pages(1, 0);

    let (lines, totals) = match meta {
        Some(meta) => {
            let (lines, totals) = filled(meta, lines);
            (lines, Some(totals))
        }
        None => (Vec::new(), None),
    };
    let mut row = 3;
    for line in &lines {
        for (index, column) in (0_u16..).zip(Column::ALL) {
            let format = format(column);
            match value(line, column) {
                Value::Blank => sheet.write_blank(row, index, format)?,
                Value::Text(text) => {
                    sheet.write_string_with_format(row, index, cell_text(text), format)?
                }
                Value::Money(amount) => {
                    sheet.write_number_with_format(row, index, yuan(amount), format)?
                }
                Value::Count(count) => sheet.write_number_with_format(row, index, count, format)?,
                Value::Day(day) => {
                    sheet.write_number_with_format(row, index, serial(day), format)?
                }
            };
        }
        row += 1;
    }
    for _ in 0..blank {
        for (index, column) in (0_u16..).zip(Column::ALL) {
            sheet.write_blank(row, index, format(column))?;
        }
        row += 1;
    }
    for (index, column) in (0_u16..).zip(Column::ALL) {
        sheet.write_blank(row, index, format(column))?;
    }
    sheet.write_string_with_format(row, 0, "合计", &bold)?;
    if let Some(totals) = totals {
        sheet.write_number_with_format(row, 4, yuan(totals.income_fen), &money)?;
        sheet.write_number_with_format(row, 5, yuan(totals.expense_fen), &money)?;
        sheet.write_number_with_format(row, 6, yuan(totals.closing_fen), &money)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosures::sheet::{Pairs, read_ledger};

    fn meta() -> Meta {
        Meta {
            title: "东风村 2026 年 10 月收支".to_owned(),
            village: "东风村".to_owned(),
            period: Period::parse("2026-10").unwrap(),
            opening: Fen(-1_234),
            closing: Fen(98_765_432_109_876 - 1_234 - 7),
            chart: ChartVersion::V2024,
        }
    }

    fn lines() -> Vec<LedgerLine> {
        let line = |no, income, expense, summary: &str| LedgerLine {
            no,
            date: Day::from_ymd_opt(2026, 10, 3).unwrap(),
            voucher_no: Some("=HYPERLINK(\"http://x\")".to_owned()),
            summary: summary.to_owned(),
            income_fen: Fen(income),
            expense_fen: Fen(expense),
            balance_fen: None,
            account_code: Some(if income > 0 { "50101" } else { "51301" }.to_owned()),
            fund_source: None,
            payee: Some("'=own quote".to_owned()),
            handled_by: Some("'quoted'".to_owned()),
            witnessed_by: Some("＠全角".to_owned()),
            approved_by: Some("-1+2".to_owned()),
            file_count: 2,
        };
        vec![
            line(1, 98_765_432_109_876, 0, "卖地, \"一号\""),
            line(7, 0, 7, "+86 电话费"),
        ]
    }

    #[test]
    fn what_is_exported_can_be_imported() {
        let expected = Ledger {
            opening: meta().opening,
            closing: meta().closing,
            lines: lines(),
        }
        .with_balances();
        for bytes in [
            csv(&meta(), &lines()).unwrap(),
            xlsx(&meta(), &lines()).unwrap(),
        ] {
            let mut read = read_ledger(&bytes, "账", &Pairs::default());
            read.check(None, meta().period);
            assert_eq!((&read.errors, &read.warnings), (&vec![], &vec![]));
            assert_eq!(read.village.as_deref(), Some("东风村"));
            assert_eq!(read.ledger().unwrap(), expected);
        }
    }

    #[test]
    fn an_older_chart_travels_with_the_ledger() {
        let old = Meta {
            chart: ChartVersion::V2004,
            ..meta()
        };
        for bytes in [csv(&old, &lines()).unwrap(), xlsx(&old, &lines()).unwrap()] {
            let read = read_ledger(&bytes, "账", &Pairs::default());
            assert_eq!(read.chart, ChartVersion::V2004);
            assert_eq!(read.warnings, []);
            // 501 is an account of both, 513 is none of it.
            let codes = read.errors.iter().map(|error| error.code.as_ref());
            assert_eq!(codes.collect::<Vec<_>>(), ["account_unknown"]);
        }
    }

    #[test]
    fn csv_has_a_mark_quotes_and_no_formula() {
        let bytes = csv(&meta(), &lines()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let rows: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(rows.len(), 4);
        assert!(
            rows.first()
                .unwrap()
                .starts_with("村名,东风村,期间,2026-10,期初余额(元),-12.34,")
        );
        assert!(rows.last().unwrap().contains(",'+86 电话费,0.00,0.07,"));
        for record in ::csv::ReaderBuilder::new()
            .from_reader(text.as_bytes())
            .records()
            .skip(1)
        {
            let record = record.unwrap();
            assert_eq!(record.len(), 14);
            for (index, field) in record.iter().enumerate() {
                let amount = (4..7).contains(&index);
                let risky = field.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t']);
                assert!(amount || !risky, "{field}");
            }
        }
    }

    #[test]
    fn the_same_ledger_gives_the_same_workbook_without_formulas() {
        let bytes = xlsx(&meta(), &lines()).unwrap();
        assert_eq!(bytes, xlsx(&meta(), &lines()).unwrap());
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
        let mut xml = String::new();
        std::io::Read::read_to_string(&mut sheet, &mut xml).unwrap();
        assert!(!xml.contains("<f>") && !xml.contains("<hyperlink"));
    }
}
