//! A sheet given back with what is wrong marked in it: the cells as they were read, values without their looks. Red is
//! what forbids a draft, yellow what somebody should look at; the second sheet lists both. Only strings and numbers.

use std::collections::BTreeMap;

use domain::deadline::Lang;
use rust_xlsxwriter::{Color, Format, FormatBorder, Note, Worksheet, XlsxError};

use super::export::serial;
use super::sheet::{CellProblem, Copied, Copy, MARKS_SHEET, ReadSheet, place_of};
use crate::spreadsheet::new_workbook;

/// The first sheet.
const CELLS_SHEET: &str = "标出的表";
/// What forbids a draft.
const RED: Color = Color::RGB(0x00FF_C7CE);
/// What somebody should look at.
const YELLOW: Color = Color::RGB(0x00FF_EB9C);
/// Characters of what a cell's note says: it is read in a small box.
const LONGEST_NOTE: usize = 1_000;

/// What is wrong with a cell.
#[derive(Debug, Default)]
struct Mark {
    is_error: bool,
    says: Vec<String>,
}

/// The words of the list.
struct Words {
    lead: [&'static str; 2],
    headings: [&'static str; 7],
    error: &'static str,
    warning: &'static str,
    whole: &'static str,
    nothing: &'static str,
}

const ZH: Words = Words {
    lead: [
        "红色的格必须改，黄色的格请再看一眼。这里只抄了格里的值，没有抄原表的样子和公式；星号处是不能公开的内容。",
        "表太长，后面有 {n} 行没有抄进来；它们的问题只列在下面。",
    ],
    headings: ["级别", "行", "列", "单元格", "现在是", "应该是", "问题"],
    error: "错误",
    warning: "提醒",
    whole: "整个文件",
    nothing: "没有发现问题",
};
const EN: Words = Words {
    lead: [
        "Red cells must be corrected, yellow ones looked at again. These are the values only, without the look and the formulas of the sheet; asterisks stand for what may not be disclosed.",
        "The sheet is too long: {n} rows at its end are not copied, and what is wrong there is only listed below.",
    ],
    headings: [
        "Grade",
        "Row",
        "Column",
        "Cell",
        "Found",
        "Expected",
        "What is wrong",
    ],
    error: "Fault",
    warning: "Look again",
    whole: "The whole file",
    nothing: "Nothing wrong was found",
};

/// The marked workbook.
///
/// # Errors
/// When something does not fit a workbook, which what was read from a sheet does.
pub fn xlsx(read: &ReadSheet, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = new_workbook()?;
    if let Some(copy) = &read.copy {
        let sheet = workbook.add_worksheet();
        sheet.set_name(CELLS_SHEET)?;
        write_cells(sheet, copy, &marks(read, lang))?;
    }
    let list = workbook.add_worksheet();
    list.set_name(MARKS_SHEET)?;
    write_list(list, read, lang)?;
    workbook.save_to_buffer()
}

fn detail(problem: &CellProblem, lang: Lang) -> String {
    let detail = problem.detail();
    match lang {
        Lang::Zh => detail.zh,
        Lang::En => detail.en,
    }
}

/// Every problem, and whether it is an error.
fn problems(read: &ReadSheet) -> impl Iterator<Item = (bool, &CellProblem)> {
    let errors = read.errors.iter().map(|problem| (true, problem));
    errors.chain(read.warnings.iter().map(|problem| (false, problem)))
}

/// What is wrong, by row and column counted from 0.
fn marks(read: &ReadSheet, lang: Lang) -> BTreeMap<(u32, u16), Mark> {
    let mut marks: BTreeMap<(u32, u16), Mark> = BTreeMap::new();
    for (is_error, problem) in problems(read) {
        if let Some(place) = problem.cell.as_deref().and_then(place_of) {
            let mark = marks.entry(place).or_default();
            mark.is_error |= is_error;
            mark.says.push(detail(problem, lang));
        }
    }
    marks
}

fn write_cells(
    sheet: &mut Worksheet,
    copy: &Copy,
    marks: &BTreeMap<(u32, u16), Mark>,
) -> Result<(), XlsxError> {
    let last = copy.rows.last().map_or(0, |(row, _)| *row);
    // What is missing is marked in an empty cell.
    for ((row, column), mark) in marks.iter().filter(|((row, _), _)| *row < last) {
        sheet.write_blank(*row, *column, &look(Some(mark), false))?;
        let text: String = mark.says.join("\n").chars().take(LONGEST_NOTE).collect();
        let note = Note::new(text).add_author_prefix(false).set_width(320);
        sheet.insert_note(*row, *column, &note)?;
    }
    let (plain, day) = (look(None, false), look(None, true));
    for (number, cells) in &copy.rows {
        let row = number.saturating_sub(1);
        for (column, cell) in cells {
            let is_day = matches!(cell, Copied::Day(_));
            let marked = marks.get(&(row, *column));
            let marked = marked.map(|mark| look(Some(mark), is_day));
            let format = marked
                .as_ref()
                .unwrap_or(if is_day { &day } else { &plain });
            match cell {
                Copied::Text(text) => sheet.write_string_with_format(row, *column, text, format)?,
                Copied::Number(text) => match text.parse::<f64>() {
                    Ok(number) if number.is_finite() => {
                        sheet.write_number_with_format(row, *column, number, format)?
                    }
                    _ => sheet.write_string_with_format(row, *column, text, format)?,
                },
                Copied::Day(day) => {
                    sheet.write_number_with_format(row, *column, serial(*day), format)?
                }
            };
        }
    }
    Ok(())
}

/// How a cell looks.
fn look(mark: Option<&Mark>, is_day: bool) -> Format {
    let format = match mark {
        None => Format::new(),
        Some(mark) => Format::new()
            .set_background_color(if mark.is_error { RED } else { YELLOW })
            .set_border(FormatBorder::Thin),
    };
    if is_day {
        format.set_num_format("yyyy-mm-dd")
    } else {
        format
    }
}

fn write_list(sheet: &mut Worksheet, read: &ReadSheet, lang: Lang) -> Result<(), XlsxError> {
    let words = match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    };
    let bold = Format::new().set_bold().set_border(FormatBorder::Thin);
    let boxed = |color| {
        let boxed = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
        boxed.set_background_color(color)
    };
    let (red, yellow) = (boxed(RED), boxed(YELLOW));
    let left = read.copy.as_ref().map_or(0, |copy| copy.left);
    let lead = match (&read.copy, left) {
        (None, _) => Vec::new(),
        (Some(_), 0) => vec![words.lead[0].to_owned()],
        (Some(_), left) => vec![
            words.lead[0].to_owned(),
            words.lead[1].replace("{n}", &left.to_string()),
        ],
    };
    let mut row = 0;
    for text in lead {
        sheet.write_string(row, 0, text)?;
        row += 1;
    }
    for ((at, heading), width) in (0_u16..)
        .zip(words.headings)
        .zip([10, 8, 16, 10, 24, 24, 70])
    {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(row, at, heading, &bold)?;
    }
    row += 1;
    if problems(read).next().is_none() {
        sheet.write_string(row, 0, words.nothing)?;
    }
    for (is_error, problem) in problems(read) {
        let format = if is_error { &red } else { &yellow };
        let number = problem.row.map(|row| row.to_string());
        let column = match problem.column.as_str() {
            "" => words.whole,
            column => column,
        };
        let cells = [
            if is_error { words.error } else { words.warning }.to_owned(),
            number.unwrap_or_default(),
            column.to_owned(),
            problem.cell.clone().unwrap_or_default(),
            problem.found.clone(),
            problem.should_be().to_owned(),
            detail(problem, lang),
        ];
        for (at, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, at, cell, format)?;
        }
        row += 1;
    }
    Ok(())
}
