//! A table T2 to T12 as a sheet: CSV and XLSX in the layout of its kind, filled or empty, so that what was exported
//! can be imported. Only strings and numbers, never a formula; the same table gives the same bytes.

use domain::disclosure::table::{
    Around, Checking, Column, Exact, Layout, ONE, TableRow, Type, Value,
};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatAlign,
    FormatBorder, Worksheet, XlsxError,
};

use super::export::{Meta, serial, yuan};
use super::sheet::{CHART_LABEL, PERIOD_LABEL, VILLAGE_LABEL};
use crate::spreadsheet::{self, cell_text, guarded, new_workbook};

/// The row of the headings, counted from 0: after the title and the pairs.
const HEADINGS: u32 = 2;
/// The most characters of a box's title and of its text in Excel.
const MOST_TITLE: usize = 32;
const MOST_MESSAGE: usize = 255;

/// CSV: the pairs in the first line, then the headings, then a line for each row and no total.
///
/// # Errors
/// Writing to memory does not fail; the type says it could.
pub fn csv(meta: &Meta, layout: &Layout, rows: &[TableRow]) -> Result<Vec<u8>, csv::Error> {
    let mut pairs = vec![
        VILLAGE_LABEL.into(),
        guarded(&meta.village).into(),
        PERIOD_LABEL.into(),
        meta.period.to_string().into(),
    ];
    if let Some(chart) = meta.told_chart() {
        pairs.extend([CHART_LABEL.into(), chart.as_str().into()]);
    }
    let width = layout.columns.len().max(pairs.len());
    pairs.resize(width, "".into());
    let padded = |mut record: Vec<std::borrow::Cow<'static, str>>| {
        record.resize(width, "".into());
        record
    };
    let headings = layout.columns.iter().map(|column| column.heading.into());
    let headings = padded(headings.collect());
    let lines = rows.iter().map(|row| {
        let fields = layout.columns.iter().zip(&row.cells);
        let fields = fields.map(|(column, cell)| match (column.kind, cell) {
            (Type::Number, _) => row.no.to_string().into(),
            (_, None) => "".into(),
            (_, Some(Value::Text(text))) => guarded(text).into(),
            (_, Some(value)) => column.written(value).into(),
        });
        padded(fields.collect())
    });
    spreadsheet::csv([pairs, headings].into_iter().chain(lines))
}

/// A workbook in the layout of its kind, with its totals.
///
/// # Errors
/// When a text does not fit a cell, which the ones read from a sheet do.
pub fn xlsx(meta: &Meta, layout: &'static Layout, rows: &[TableRow]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = new_workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(layout.kind.name())?;
    write(sheet, &meta.title, Some(meta), layout, rows, 0)?;
    workbook.save_to_buffer()
}

/// The formats of cells.
struct Formats {
    text: Format,
    money: Format,
    decimal: Format,
    date: Format,
    count: Format,
    bold: Format,
}

impl Formats {
    fn new() -> Self {
        let boxed = || Format::new().set_border(FormatBorder::Thin);
        Self {
            text: boxed().set_num_format("@").set_text_wrap(),
            money: boxed().set_num_format("0.00"),
            decimal: boxed().set_num_format("0.####"),
            date: boxed().set_num_format("yyyy-mm-dd"),
            count: boxed().set_num_format("0"),
            bold: boxed()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_text_wrap(),
        }
    }

    fn of(&self, kind: Type) -> &Format {
        match kind {
            Type::Number => &self.count,
            Type::Money | Type::Signed => &self.money,
            Type::Quantity | Type::Rate | Type::Percent => &self.decimal,
            Type::Date => &self.date,
            _ => &self.text,
        }
    }
}

/// A decimal as the number nearest to it, which shows the same four decimals.
#[expect(
    clippy::cast_precision_loss,
    reason = "a cell's number has 14 digits at most, which a float holds"
)]
fn number(exact: Exact) -> f64 {
    exact.0 as f64 / ONE as f64
}

/// Writes the layout: title, pairs, headings, `rows` or `blank` empty ones, and the rows of totals.
pub(super) fn write(
    sheet: &mut Worksheet,
    title: &str,
    meta: Option<&Meta>,
    layout: &'static Layout,
    rows: &[TableRow],
    blank: u32,
) -> Result<(), XlsxError> {
    let formats = Formats::new();
    head(sheet, title, meta, layout, &formats)?;
    let mut at = HEADINGS + 1;
    for row in rows {
        for (index, (column, cell)) in (0_u16..).zip(layout.columns.iter().zip(&row.cells)) {
            let format = formats.of(column.kind);
            if column.kind == Type::Number {
                sheet.write_number_with_format(at, index, row.no, format)?;
            } else {
                cell_of(sheet, (at, index), column, cell.as_ref(), format)?;
            }
        }
        at += 1;
    }
    let items = layout.items.iter().filter(|_| meta.is_none());
    for item in items {
        empty(sheet, at, layout, &formats)?;
        sheet.write_string_with_format(at, 0, *item, &formats.text)?;
        at += 1;
    }
    let blank = if layout.items.is_empty() { blank } else { 0 };
    for _ in 0..blank {
        empty(sheet, at, layout, &formats)?;
        at += 1;
    }
    if meta.is_none() {
        guide(sheet, at.saturating_sub(1), layout)?;
    }
    totals(sheet, at, meta, layout, rows, &formats)
}

/// Title, pairs and headings.
fn head(
    sheet: &mut Worksheet,
    title: &str,
    meta: Option<&Meta>,
    layout: &Layout,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let heading = Format::new()
        .set_bold()
        .set_font_size(16)
        .set_align(FormatAlign::Center);
    let last = u16::try_from(layout.columns.len().saturating_sub(1)).unwrap_or(0);
    sheet.merge_range(0, 0, 0, last.max(1), title, &heading)?;
    let has_accounts = layout
        .columns
        .iter()
        .any(|column| column.kind == Type::Account);
    let village = meta.map(|meta| cell_text(&meta.village));
    let period = meta.map(|meta| meta.period.to_string());
    let chart = meta.and_then(Meta::told_chart);
    let mut pairs = vec![
        (VILLAGE_LABEL, village.unwrap_or_default()),
        (PERIOD_LABEL, period.unwrap_or_default()),
    ];
    if chart.is_some() || has_accounts && meta.is_none() {
        let chart = chart.map(|chart| chart.as_str().to_owned());
        pairs.push((CHART_LABEL, chart.unwrap_or_default()));
    }
    for (index, (label, value)) in (0_u16..).zip(pairs) {
        sheet.write_string_with_format(1, index * 2, label, &formats.bold)?;
        sheet.write_string_with_format(1, index * 2 + 1, value, &formats.text)?;
    }
    for (index, column) in (0_u16..).zip(layout.columns) {
        let width = match column.kind {
            Type::Number => 7,
            Type::Text => 26,
            Type::Span => 26,
            Type::Name if column.required => 20,
            _ => 14,
        };
        sheet.set_column_width(index, width)?;
        sheet.write_string_with_format(HEADINGS, index, column.heading, &formats.bold)?;
    }
    sheet.set_freeze_panes(HEADINGS + 1, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(8)
        .set_repeat_rows(HEADINGS, HEADINGS)?;
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn cell_of(
    sheet: &mut Worksheet,
    (row, index): (u32, u16),
    column: &Column,
    value: Option<&Value>,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        None => sheet.write_blank(row, index, format)?,
        Some(Value::Fen(fen)) => sheet.write_number_with_format(row, index, yuan(*fen), format)?,
        Some(Value::Exact(exact)) => {
            sheet.write_number_with_format(row, index, number(*exact), format)?
        }
        Some(Value::Day(day)) => {
            sheet.write_number_with_format(row, index, serial(*day), format)?
        }
        Some(Value::Text(text)) => {
            sheet.write_string_with_format(row, index, cell_text(text), format)?
        }
        Some(value) => sheet.write_string_with_format(row, index, column.written(value), format)?,
    };
    Ok(())
}

fn empty(
    sheet: &mut Worksheet,
    row: u32,
    layout: &Layout,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (index, column) in (0_u16..).zip(layout.columns) {
        sheet.write_blank(row, index, formats.of(column.kind))?;
    }
    Ok(())
}

/// The rows that total the others, with their sums where there is something to add up.
fn totals(
    sheet: &mut Worksheet,
    first: u32,
    meta: Option<&Meta>,
    layout: &'static Layout,
    rows: &[TableRow],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let around = Around::default();
    let all = layout.has_total.then_some((None, "合计"));
    let groups = layout.groups.iter().map(|group| (Some(*group), *group));
    // The label stands in the first column that holds a text or the number.
    let label_at = layout
        .columns
        .iter()
        .position(|column| !column.kind.is_figure());
    let label_at = label_at.and_then(|at| u16::try_from(at).ok()).unwrap_or(0);
    for (at, (group, label)) in (first..).zip(groups.chain(all)) {
        empty(sheet, at, layout, formats)?;
        sheet.write_string_with_format(at, label_at, label, &formats.bold)?;
        let Some(meta) = meta else {
            continue;
        };
        let checking = Checking::alone(layout, rows, meta.period, meta.chart, &around);
        for (index, column) in layout.columns.iter().enumerate() {
            let counts = |row: &TableRow| group.is_none() || checking.group(row) == group;
            let sum = checking.sum(index, counts).filter(|_| column.summed);
            if let (Some(sum), Ok(at_column)) = (sum, u16::try_from(index)) {
                let format = formats.of(column.kind);
                cell_of(sheet, (at, at_column), column, Some(&sum), format)?;
            }
        }
    }
    Ok(())
}

/// What Excel says beside a cell of the template, the words it offers, and the numbers it takes.
fn guide(sheet: &mut Worksheet, last: u32, layout: &Layout) -> Result<(), XlsxError> {
    for (index, column) in (0_u16..).zip(layout.columns) {
        let rule = DataValidation::new();
        let rule = match column.kind {
            Type::Word(words) => {
                let words: Vec<&str> = words.iter().map(|word| word.zh).collect();
                rule.allow_list_strings(&words)?
            }
            Type::Money | Type::Quantity | Type::Rate => {
                rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
            }
            Type::Signed | Type::Percent => {
                let most = 1.0e12;
                rule.allow_decimal_number(DataValidationRule::Between(-most, most))
            }
            _ => rule.allow_any_value(),
        };
        let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
        let mut message = column.hint.to_owned();
        if !column.example.is_empty() {
            message.push_str(&format!("\n例：{}", column.example));
        }
        let rule = rule
            .set_input_title(cut(column.heading, MOST_TITLE))?
            .set_input_message(cut(&message, MOST_MESSAGE))?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("请核对")?
            .set_error_message(cut(column.hint, MOST_MESSAGE))?;
        sheet.add_data_validation(HEADINGS + 1, index, last, index, &rule)?;
    }
    Ok(())
}
