//! Sheets under other headings: what somebody chose counts, and what may never stand in a sheet is refused all the same.

use std::collections::BTreeMap;

use domain::disclosure::period::Period;
use domain::money::Fen;

use super::*;

/// A ledger as another program writes it.
const FOREIGN: &str = "\
东风村集体经济合作社 明细账
凭证,记账日,事由,金额(收),金额(支),结存,行号,对方,部门
记-1,2026-10-03,卖树,50,,150,1,张三,一组
记-2,2026-10-09,修水渠,,20.50,129.5,2,13812345678,一组
";

fn given(columns: &[(&str, &str)]) -> Pairs {
    let own = |text: &str| text.to_owned();
    Pairs {
        village: Some(own("东风村")),
        period: Some(own("2026-10")),
        opening: Some(own("100")),
        closing: Some(own("129.50")),
        columns: columns.iter().map(|(a, b)| (own(a), own(b))).collect(),
        ..Pairs::default()
    }
}

const RIGHT: [(&str, &str); 7] = [
    ("序号", "行号"),
    ("日期", "记账日"),
    ("凭证号", "凭证"),
    ("摘要", "事由"),
    ("收入(元)", "金额（收）"),
    ("支出(元)", "金额 (支)"),
    ("余额(元)", "结存"),
];

fn codes(problems: &[CellProblem]) -> Vec<(&str, &str)> {
    problems
        .iter()
        .map(|problem| (problem.column.as_str(), problem.code.as_ref()))
        .collect()
}

fn taken(read: &ReadSheet) -> BTreeMap<&str, &str> {
    let columns = read.sheet_columns.iter();
    columns
        .filter_map(|column| Some((column.letter.as_str(), column.taken_for.as_deref()?)))
        .collect()
}

#[test]
fn a_foreign_ledger_is_read_once_its_columns_are_chosen() {
    let text = FOREIGN.replace("13812345678", "水泥厂");
    let mut read = read_ledger(text.as_bytes(), "账.csv", &given(&RIGHT));
    read.check(Some(Fen(10_000)), Period::parse("2026-10").unwrap());
    assert_eq!(read.errors, []);
    let ledger = read.ledger().unwrap();
    assert_eq!(ledger.lines.len(), 2);
    let (first, last) = (&ledger.lines[0], &ledger.lines[1]);
    assert_eq!((first.income_fen, first.expense_fen), (Fen(5_000), Fen(0)));
    assert_eq!((last.expense_fen, last.no), (Fen(2_050), 2));
    assert_eq!(taken(&read).get("D"), Some(&"收入(元)"));
    assert_eq!(taken(&read).get("E"), Some(&"支出(元)"));
    let income = read
        .wanted
        .iter()
        .find(|column| column.heading == "收入(元)");
    let income = income.unwrap();
    assert_eq!(income.found.as_deref(), Some("金额(收)"));
    assert!(income.required);
}

#[test]
fn without_a_choice_the_sheet_is_shown_to_choose_from() {
    let read = read_ledger(FOREIGN.as_bytes(), "账.csv", &given(&[]));
    assert_eq!(codes(&read.errors), [("", "headings_not_found")]);
    assert_eq!(read.wanted.len(), 14);
    assert!(read.wanted.iter().all(|column| column.found.is_none()));
    let headings = read.sheet_columns.iter().map(|column| &*column.heading);
    let headings: Vec<&str> = headings.collect();
    assert_eq!(
        headings,
        FOREIGN
            .lines()
            .nth(1)
            .unwrap()
            .split(',')
            .collect::<Vec<_>>()
    );
    // A telephone number is not shown either.
    assert_eq!(read.sheet_columns[7].samples, ["张三", "***********"]);
    assert_eq!(read.sheet_columns[3].samples, ["50"]);
}

#[test]
fn the_pairs_above_are_not_taken_for_headings() {
    let text =
        "村名,东风村,期间,二〇二六年十月,期初余额,壹佰,期末余额,贰佰\n事由,进账,出账\n卖树,50,\n";
    let read = read_ledger(text.as_bytes(), "账.csv", &given(&[]));
    let headings = read.sheet_columns.iter().map(|column| &*column.heading);
    assert_eq!(headings.collect::<Vec<_>>(), ["事由", "进账", "出账"]);
    let nothing = read_ledger(b"1,2\n3,4\n", "a.csv", &given(&[]));
    assert_eq!(nothing.sheet_columns, []);
}

#[test]
fn a_choice_beats_the_names_that_are_known() {
    let text = "序号,日期,记账日,凭证号,摘要,收入,支出,余额,经手人\n1,不知道,2026-10-03,记-1,卖树,29.50,,129.50,张三\n";
    let bad = read_ledger(text.as_bytes(), "账.csv", &given(&[]));
    assert_eq!(codes(&bad.errors), [("日期", "date_unreadable")]);
    let read = read_ledger(text.as_bytes(), "账.csv", &given(&[("日期", "记账日")]));
    assert_eq!(read.errors, []);
    assert_eq!(taken(&read).get("B"), None);
    assert_eq!(taken(&read).get("C"), Some(&"日期"));
    // No such column, whatever looks like it: a name that is chosen for another is free for it.
    let columns = [("日期", "记账日"), ("经手人", ""), ("收款单位", "经手人")];
    let read = read_ledger(text.as_bytes(), "账.csv", &given(&columns));
    let line = &read.lines[0];
    assert_eq!(
        (line.handled_by.as_deref(), line.payee.as_deref()),
        (None, Some("张三"))
    );
    let read = read_ledger(
        text.as_bytes(),
        "账.csv",
        &given(&[("摘要", ""), ("日期", "记账日")]),
    );
    assert_eq!(codes(&read.errors), [("摘要", "heading_missing")]);
}

#[test]
fn one_chosen_column_finds_the_row_of_headings() {
    let text = "标题\n甲,乙\n50,卖树\n";
    let read = read_ledger(text.as_bytes(), "账.csv", &given(&[("摘要", "乙")]));
    assert_eq!(taken(&read).get("B"), Some(&"摘要"));
    assert!(
        read.errors
            .iter()
            .all(|error| error.code != "headings_not_found")
    );
}

#[test]
fn what_was_refused_is_refused_under_any_name() {
    for (theirs, place, code) in [
        ("手机号", "手机号", "heading_forbidden"),
        ("身份证号", "身份证号", "heading_forbidden"),
        ("年龄", "年龄", "heading_dropped"),
        ("金额(万元)", "收入(元)", "unit_not_yuan"),
        ("万元收", "收入(元)", "unit_not_yuan"),
        ("没有的", "收入(元)", "heading_not_there"),
        ("对方", "收入(元)", "heading_twice"),
    ] {
        let text = FOREIGN
            .replace(
                "金额(收)",
                if theirs == "没有的" {
                    "别的"
                } else {
                    theirs
                },
            )
            .replace("13812345678", "");
        let mut columns = RIGHT;
        columns[4].1 = theirs;
        let read = read_ledger(text.as_bytes(), "账.csv", &given(&columns));
        assert!(
            codes(&read.errors).contains(&(place, code)),
            "{theirs}: {:?}",
            read.errors
        );
        assert_eq!(read.clone().take_content(), None);
        let said = read
            .errors
            .iter()
            .filter(|error| error.column == "收入(元)");
        let is_gone = code == "heading_not_there";
        assert!(!is_gone || said.count() == 1, "{:?}", read.errors);
    }
    let refused = FOREIGN.replace("对方", "身份证号");
    let read = read_ledger(refused.as_bytes(), "账.csv", &given(&RIGHT));
    assert_eq!(read.sheet_columns[7].samples, Vec::<String>::new());
}

#[test]
fn senseless_choices_are_named() {
    let faults = |columns: &[(&str, &str)]| {
        let columns = given(columns).columns;
        let faults = senseless(DisclosureKind::Ledger, &columns);
        let own = |(heading, why): &(&str, Senseless)| ((*heading).to_owned(), *why);
        faults.iter().map(own).collect::<Vec<_>>()
    };
    assert_eq!(faults(&RIGHT), []);
    assert_eq!(faults(&[("余额(元)", ""), ("经手人", "")]), []);
    assert_eq!(
        faults(&[("进账", "收入")]),
        [("进账".to_owned(), Senseless::Unknown)]
    );
    // Compared as they are: in full width, with a blank.
    let twice = faults(&[("支出(元)", "金额（收）"), ("收入(元)", "金额 (收)")]);
    assert_eq!(twice.len(), 1);
    assert_eq!(twice[0].1, Senseless::Twice);
    let of_table = senseless(
        DisclosureKind::Assets,
        &given(&[("收入(元)", "进账")]).columns,
    )
    .len();
    assert_eq!(of_table, 1);
}

#[test]
fn json_has_no_columns_to_choose() {
    let json = r#"{"kind":"ledger","period":"2026-10","opening_fen":0,"closing_fen":0,"lines":[]}"#;
    let read = read_ledger(
        json.as_bytes(),
        "a.json",
        &Pairs {
            copied: true,
            ..Pairs::default()
        },
    );
    assert_eq!(
        (read.wanted, read.sheet_columns, read.copy),
        (vec![], vec![], None)
    );
}

#[test]
fn the_copy_has_every_cell_and_no_number_of_a_person() {
    let text = FOREIGN
        .replace("部门", "身份证号")
        .replace("一组", "23010319900101001X");
    let pairs = Pairs {
        copied: true,
        ..given(&RIGHT)
    };
    let copy = read_ledger(text.as_bytes(), "账.csv", &pairs).copy.unwrap();
    assert_eq!(copy.left, 0);
    let rows: Vec<u32> = copy.rows.iter().map(|(row, _)| *row).collect();
    assert_eq!(rows, [1, 2, 3, 4]);
    let cell = |row: usize, column: u16| {
        let (_, cells) = &copy.rows[row];
        cells
            .iter()
            .find(|(at, _)| *at == column)
            .map(|(_, cell)| cell.clone())
    };
    assert_eq!(cell(2, 2), Some(Copied::Text("卖树".to_owned())));
    assert_eq!(cell(3, 7), Some(Copied::Text("***********".to_owned())));
    assert_eq!(cell(1, 8), Some(Copied::Text("身份证号".to_owned())));
    assert_eq!(cell(2, 8), Some(Copied::Text("***".to_owned())));
    assert!(
        read_ledger(text.as_bytes(), "账.csv", &given(&RIGHT))
            .copy
            .is_none()
    );
}
