//! A sheet of another program: its columns are matched, it is marked, and stands beside the month before.

use calamine::{Data, Reader as _, Xlsx};
use serde_json::{Value, json};

use crate::support::actors::publish_ledger;
use crate::support::sheets::Ledger;
use crate::support::{House, Staff, places};

const MONTH: &str = "2026-10";
/// What another program calls the columns of the layout, in the order of the sheet.
const THEIRS: [(&str, &str); 7] = [
    ("凭证号", "凭证"),
    ("日期", "记账日"),
    ("摘要", "事由"),
    ("收入(元)", "金额(收)"),
    ("支出(元)", "金额(支)"),
    ("余额(元)", "结存"),
    ("序号", "行号"),
];

/// A village's October as another program exports it, and the answers to what it does not say.
struct Foreign {
    csv: String,
    opening: String,
    closing: String,
}

fn foreign() -> Foreign {
    let ledger = Ledger::of(places::VILLAGE, MONTH);
    let headings = THEIRS.map(|(_, theirs)| theirs).join(",");
    let mut csv = format!("明细账\n{headings},对方\n");
    for line in &ledger.lines {
        let order = [2, 1, 3, 4, 5, 6, 0, 9];
        let cells = order.map(|at: usize| line[at].as_str());
        csv.push_str(&cells.join(","));
        csv.push('\n');
    }
    Foreign {
        csv,
        opening: ledger.opening,
        closing: ledger.closing,
    }
}

fn matched() -> String {
    let pairs = THEIRS
        .into_iter()
        .map(|(ours, theirs)| (ours, json!(theirs)));
    Value::Object(
        pairs
            .map(|(ours, theirs)| (ours.to_owned(), theirs))
            .collect(),
    )
    .to_string()
}

impl Foreign {
    fn handed_in(&self, by: &Staff<'_>, columns: Option<&str>) -> crate::support::app::Call {
        let mut more = vec![
            ("opening", self.opening.as_str()),
            ("closing", self.closing.as_str()),
        ];
        more.extend(columns.map(|columns| ("columns", columns)));
        let bytes = self.csv.clone().into_bytes();
        by.hands_in_as("ledger", bytes, "导出.csv", places::VILLAGE, MONTH, &more)
    }
}

fn codes(preview: &Value) -> Vec<String> {
    let errors = preview["errors"].as_array().unwrap().iter();
    let code = |error: &Value| error["code"].as_str().unwrap().to_owned();
    errors.map(code).collect()
}

#[tokio::test]
async fn a_foreign_ledger_becomes_a_draft_once_its_columns_are_matched() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let sheet = foreign();
    let seen = sheet.handed_in(&clerk, None).send().await.ok();
    assert_eq!(codes(&seen), ["headings_not_found"]);
    let columns = seen["columns"].as_array().unwrap();
    assert_eq!(columns.len(), 14);
    assert_eq!(
        columns[0],
        json!({ "heading": "序号", "required": true, "found": null })
    );
    let has = seen["sheet_columns"].as_array().unwrap();
    assert_eq!(has.len(), 8);
    assert_eq!(
        (&has[3]["letter"], &has[3]["heading"]),
        (&json!("D"), &json!("金额(收)"))
    );
    assert_eq!(has[3]["taken_for"], json!(null));
    assert_eq!(has[2]["samples"].as_array().unwrap().len(), 3);

    let seen = sheet.handed_in(&clerk, Some(&matched())).send().await.ok();
    assert_eq!(seen["errors"], json!([]), "{seen}");
    assert_eq!(seen["sheet_columns"][3]["taken_for"], "收入(元)");
    assert_eq!(seen["columns"][1]["found"], "记账日");
    let draft = clerk.tries_to_draft(&seen).await.expect(201).json();
    assert_eq!(
        draft["line_count"],
        Ledger::of(places::VILLAGE, MONTH).lines.len()
    );
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_by_its_place() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let sheet = foreign();
    for (columns, pointer, code) in [
        ("{", "/columns", "wrong_type"),
        ("[]", "/columns", "wrong_type"),
        (r#"{"摘要":5}"#, "/columns", "wrong_type"),
        (r#"{"进账":"收入"}"#, "/columns/进账", "column_unknown"),
        (r#"{"a/b":""}"#, "/columns/a~1b", "column_unknown"),
        (
            r#"{"收入(元)":"结存","余额(元)":"结 存"}"#,
            "/columns/余额(元)|/columns/收入(元)",
            "column_twice",
        ),
    ] {
        let answer = sheet.handed_in(&clerk, Some(columns)).send().await;
        let pointers = pointer.split('|').filter(|pointer| {
            answer.json()["errors"]
                .as_array()
                .unwrap()
                .iter()
                .any(|error| error["pointer"] == *pointer)
        });
        let named: Vec<&str> = pointers.collect();
        assert_eq!(named.len(), 1, "{columns}: {answer:?}");
        answer.faulty(named[0], code);
    }
    let long = format!(r#"{{"摘要":"{}"}}"#, "长".repeat(3_000));
    let answer = sheet.handed_in(&clerk, Some(&long)).send().await;
    answer.faulty("/columns", "too_long");
    // What is longer than other fields may be is read here.
    let blanks = format!("{}{}", matched(), " ".repeat(4_000));
    let seen = sheet.handed_in(&clerk, Some(&blanks)).send().await.ok();
    assert_eq!(seen["errors"], json!([]));
    let gone = matched().replace("结存", "没有的");
    let seen = sheet.handed_in(&clerk, Some(&gone)).send().await.ok();
    assert_eq!(codes(&seen), ["heading_not_there"]);
    assert_eq!(seen["errors"][0]["column"], "余额(元)");
    assert_eq!(seen["errors"][0]["found"], "没有的");
}

/// The cells of a sheet of a workbook, by their names.
fn cells(body: &[u8], sheet: &str) -> Vec<(String, Data)> {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(body)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let (top, left) = range.start().unwrap();
    let named = range.used_cells().map(|(row, column, cell)| {
        let column = u8::try_from(left).unwrap() + u8::try_from(column).unwrap();
        let row = usize::try_from(top).unwrap() + row + 1;
        (format!("{}{row}", char::from(b'A' + column)), cell.clone())
    });
    named.collect()
}

/// The line of a marked sheet's list that is about a cell.
fn list_line(body: &[u8], cell: &str) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(body)).unwrap();
    let range = book.worksheet_range("检查清单").unwrap();
    let mut lines = range
        .rows()
        .map(|row| -> Vec<String> { row.iter().map(ToString::to_string).collect() });
    lines
        .find(|line| line.iter().any(|text| text == cell))
        .unwrap()
}

fn text_at(cells: &[(String, Data)], place: &str) -> String {
    let found = cells.iter().find(|(name, _)| name == place);
    found.map(|(_, cell)| cell.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn a_marked_sheet_has_its_cells_its_marks_and_a_list() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let ledger = Ledger::of(places::VILLAGE, MONTH)
        .with(0, "支出(元)", "贰佰多")
        .with(1, "收款单位", "=HYPERLINK(\"http://x\") 13812345678")
        .with(2, "科目编码", "99999")
        .with(2, "收款单位", "李淑芬糖尿病");
    let marked = |bytes: Vec<u8>, name: &'static str| {
        clerk.has_marked("ledger", bytes, name, places::VILLAGE, MONTH, &[])
    };
    let answer = marked(ledger.xlsx(), "账.xlsx").send().await.expect(200);
    assert!(answer.header("content-disposition").contains("marked.xlsx"));
    let body = answer.body.to_vec();
    let sheet = cells(&body, "标出的表");
    let (bad, phone) = (Ledger::row_of(0), Ledger::row_of(1));
    assert_eq!(text_at(&sheet, &format!("F{bad}")), "贰佰多");
    let chart = list_line(&body, &format!("H{}", Ledger::row_of(2)));
    assert_eq!(chart.get(4..6).unwrap(), ["99999", ""], "{chart:?}");
    let hidden = text_at(&sheet, &format!("J{phone}"));
    assert!(hidden.ends_with("***********"), "{hidden}");
    let list = cells(&body, "检查清单");
    let said: Vec<String> = list.iter().map(|(_, cell)| cell.to_string()).collect();
    for wanted in [
        format!("F{bad}"),
        format!("J{phone}"),
        "错误".to_owned(),
        "提醒".to_owned(),
    ] {
        assert!(said.contains(&wanted), "{wanted}: {said:?}");
    }
    assert!(said.iter().any(|text| text.contains("“贰佰多”不是金额")));
    let parts = parts(&body);
    let all = parts
        .iter()
        .map(|(_, text)| text.as_str())
        .collect::<String>();
    assert!(!all.contains("13812345678") && !all.contains("<f>") && !all.contains("<hyperlink"));
    // Both colours, and a note for each marked cell.
    assert!(
        all.contains("FFFFC7CE") && all.contains("FFFFEB9C"),
        "no colours"
    );
    let notes = parts
        .iter()
        .find(|(name, _)| name.starts_with("xl/comments"));
    let notes = &notes.expect("notes").1;
    assert!(
        notes.contains(&format!("ref=\"F{bad}\"")) && notes.contains("不是金额"),
        "{notes}"
    );
    // Nothing was kept, and what is mended in it comes back without a word about its list.
    let mended = marked(Ledger::of(places::VILLAGE, MONTH).xlsx(), "账.xlsx")
        .send()
        .await;
    let again = clerk
        .tries_to_preview(
            mended.expect(200).body.to_vec(),
            "标.xlsx",
            places::VILLAGE,
            MONTH,
        )
        .await
        .ok();
    assert_eq!(again["errors"], json!([]), "{again}");
    let warned = again["warnings"].to_string();
    assert!(!warned.contains("other_sheets"), "{warned}");
    // In English, of a file that is no sheet: the list alone.
    let call = marked(b"PK\x03\x04".to_vec(), "x.xlsx").header("accept-language", "en");
    let body = call.send().await.expect(200).body.to_vec();
    let said = cells(&body, "检查清单");
    assert_eq!(text_at(&said, "A1"), "Grade");
    assert_eq!(text_at(&said, "C2"), "The whole file");
}

/// The parts of a workbook that are text.
fn parts(body: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(body)).unwrap();
    let names = archive.file_names().map(|name| name.unwrap().into_owned());
    let names: Vec<String> = names.collect();
    let part = |name: String| {
        let mut text = String::new();
        let mut part = archive.by_name(&name).unwrap();
        std::io::Read::read_to_string(&mut part, &mut text).ok()?;
        Some((name, text))
    };
    names.into_iter().filter_map(part).collect()
}

#[tokio::test]
async fn a_sheet_stands_beside_the_period_before() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let september = Ledger::of(places::VILLAGE, "2026-09");
    let october = Ledger::of(places::VILLAGE, MONTH);
    let alone = clerk.previews(&october).await;
    assert_eq!(alone["previous"], json!(null));
    let published = publish_ledger(&house, &september).await;
    let beside = clerk.previews(&october).await;
    let previous = &beside["previous"];
    assert_eq!(previous["period"], "2026-09");
    for sum in [
        "opening_fen",
        "income_fen",
        "expense_fen",
        "closing_fen",
        "line_count",
    ] {
        assert_eq!(previous["totals"][sum], published[sum], "{sum}");
    }
    assert_eq!(previous["totals"]["sums"], json!([]));
    // Another kind has a last period of its own.
    let other = "村名,东风村,期间,2026-10\n名称\n车\n";
    let call = clerk.hands_in_as(
        "assets",
        other.into(),
        "表.csv",
        places::VILLAGE,
        MONTH,
        &[],
    );
    assert_eq!(call.send().await.ok()["previous"], json!(null));
}
