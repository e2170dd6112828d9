use domain::disclosure::ledger::{CLOSING_LABEL, Column};
use domain::disclosure::period::Period;
use domain::money::Fen;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::*;

/// The headings and rows of a small ledger that adds up: 100 + 50 − 20.50 = 129.50.
const GOOD: &str = "\
村名,东风村,期间,2026-10,期初余额(元),100,期末余额(元),129.50
序号,日期,凭证号,摘要,收入(元),支出(元),余额(元),科目编码,资金来源,收款单位,经手人,证明人,审批人,附件数
1,2026-10-03,记-1,卖树,50,,150,504,,,张三,,李四,1

2,10月9日,记-2,修水渠,,20.50,129.5,51401,,水泥厂,张三,王五,李四,2张
合计,,,,50,20.50,129.50,,,,,,,
制表：张三,,,,,,,,,,,,,
";

fn october() -> Period {
    Period::parse("2026-10").unwrap()
}

fn csv(text: &str) -> ReadSheet {
    let mut read = read_ledger(text.as_bytes(), "账.csv", &Pairs::default());
    read.check(None, read.period.unwrap_or_else(october));
    read
}

/// Codes with their cells, or rows.
fn seen(problems: &[CellProblem]) -> Vec<(String, &str)> {
    let place = |problem: &CellProblem| {
        let row = problem.row.map(|row| row.to_string()).unwrap_or_default();
        problem.cell.clone().unwrap_or(row)
    };
    problems
        .iter()
        .map(|problem| (place(problem), problem.code.as_ref()))
        .collect()
}

fn is(problems: &[CellProblem], expected: &[(&str, &str)]) {
    let expected: Vec<(String, &str)> = expected
        .iter()
        .map(|(place, code)| ((*place).to_owned(), *code))
        .collect();
    assert_eq!(seen(problems), expected);
}

fn workbook(write: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    write(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

#[test]
fn what_programs_print_on_every_page_is_no_line() {
    let mut rows: Vec<&str> = GOOD.lines().collect();
    let heading = rows.iter().position(|row| row.starts_with("序号")).unwrap();
    let total = rows.iter().position(|row| row.starts_with("合计")).unwrap();
    let headings = rows[heading];
    let between = [
        "本页合计,,,,50,20.50,129.50,,,,,,,",
        "结转下页,,,,50,20.50,129.50,,,,,,,",
        "第1页 共2页,,,,,,,,,,,,,",
        headings,
        "承前页,,,,50,20.50,129.50,,,,,,,",
        "小计,,,,50,20.50,129.50,,,,,,,",
        "10月份合计,,,,50,20.50,129.50,,,,,,,",
        "打印日期：2026-11-02,,,,,,,,,,,,,",
    ];
    rows.splice(total..total, between);
    let (plain, read) = (csv(GOOD), csv(&rows.join("\n")));
    is(&read.errors, &[]);
    assert_eq!(read.lines, plain.lines);
    // Whose date stands there is a line.
    let line = "9,2026-10-30,记-9,小计,,1.00,,,,,,,,1";
    rows.splice(total..total, [line]);
    assert!(!csv(&rows.join("\n")).errors.is_empty());
}

#[test]
fn says_which_sheets_it_did_not_read() {
    let mut book = Workbook::new();
    typed(book.add_worksheet(), GOOD);
    typed(
        book.add_worksheet().set_name("补助").unwrap(),
        "序号,金额\n1,5\n",
    );
    book.add_worksheet().set_name("空白").unwrap();
    book.add_worksheet()
        .set_name(HINTS_SHEET)
        .unwrap()
        .write_string(0, 0, "怎么填")
        .unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let read = read_ledger(&bytes, "账.xlsx", &Pairs::default());
    is(&read.errors, &[]);
    assert_eq!(read.warnings.len(), 1, "{:?}", read.warnings);
    let warning = &read.warnings[0];
    assert_eq!((&*warning.code, &*warning.found), ("other_sheets", "补助"));
}

#[test]
fn a_cover_before_the_table_is_in_nobodys_way() {
    let mut book = Workbook::new();
    typed(
        book.add_worksheet().set_name("封面").unwrap(),
        "民主村财务公开\n2026年11月,盖章\n",
    );
    typed(book.add_worksheet().set_name("收支").unwrap(), GOOD);
    let read = read_ledger(
        &book.save_to_buffer().unwrap(),
        "账.xlsx",
        &Pairs::default(),
    );
    is(&read.errors, &[]);
    assert_eq!((&*read.sheet, read.lines.is_empty()), ("收支", false));
    let [warning] = &read.warnings[..] else {
        panic!("{:?}", read.warnings);
    };
    assert_eq!(
        (&*warning.code, &*warning.expected, &*warning.found),
        ("other_sheets", "收支", "封面")
    );
}

#[test]
fn where_no_sheet_has_a_table_the_first_one_says_what_is_missing() {
    let mut book = Workbook::new();
    typed(
        book.add_worksheet().set_name("信").unwrap(),
        "村务公开\n见附件\n",
    );
    typed(book.add_worksheet().set_name("又一封").unwrap(), "附件\n");
    let read = read_ledger(
        &book.save_to_buffer().unwrap(),
        "账.xlsx",
        &Pairs::default(),
    );
    assert_eq!(read.sheet, "信");
    assert!(!read.errors.is_empty());
}

/// `text` as a worksheet; what is a plain number becomes one.
fn typed(sheet: &mut Worksheet, text: &str) {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    for (row, record) in (0_u32..).zip(reader.records()) {
        for (column, field) in (0_u16..).zip(&record.unwrap()) {
            match field.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) if field.is_empty() => sheet,
                Err(_) => sheet.write_string(row, column, field).unwrap(),
            };
        }
    }
}

#[test]
fn reads_a_csv_file() {
    let read = csv(GOOD);
    is(&read.errors, &[]);
    is(&read.warnings, &[]);
    assert_eq!(read.village.as_deref(), Some("东风村"));
    assert_eq!((read.period, read.rows), (Some(october()), 2));
    assert_eq!(read.line_rows, [3, 5]);
    let ledger = read.ledger().unwrap();
    assert_eq!((ledger.opening, ledger.closing), (Fen(10_000), Fen(12_950)));
    let line = ledger.lines.last().unwrap();
    assert_eq!(line.date.to_string(), "2026-10-09");
    assert_eq!((line.expense_fen, line.file_count), (Fen(2_050), 2));
    assert_eq!(line.payee.as_deref(), Some("水泥厂"));
    let marked = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    assert_eq!(csv(&marked), read);
}

#[test]
fn reads_the_same_from_a_workbook() {
    let bytes = workbook(|sheet| typed(sheet, GOOD));
    let mut read = read_ledger(&bytes, "账.xlsx", &Pairs::default());
    read.check(Some(Fen(10_000)), october());
    is(&read.errors, &[]);
    assert_eq!(read.ledger(), csv(GOOD).ledger());
    assert_eq!(read.sheet, "Sheet1");
}

#[test]
fn headings_stand_in_any_order_and_pairs_in_any_row_above() {
    let text = "公开表\n村名：东风村\n单位：元\n期间,2026年10月\n上期结余,￥100.00\n期末余额（元）,129.50\n\
        支出（元）,摘要(开支项目),序 号,日期,收入,余额,凭证号,备注\n\
        ,上期结转,,,,100,,\n,卖树,1,2026/10/3,50,,记-1,好\n\"20.50\",修渠,2,2026.10.9,-,129.5,记-2,\n";
    let read = csv(text);
    is(&read.errors, &[]);
    assert_eq!(read.ledger().unwrap().lines.len(), 2);
    let missing = read
        .warnings
        .iter()
        .filter(|warning| warning.code == "heading_missing");
    assert_eq!(missing.count(), 7);
    assert!(
        read.warnings
            .iter()
            .any(|warning| warning.code == "heading_unknown")
    );
}

#[test]
fn pairs_may_come_with_the_upload_and_must_agree() {
    let bare: String = GOOD
        .lines()
        .skip(1)
        .map(|line| format!("{line}\n"))
        .collect();
    let given = Pairs {
        village: Some("东风村".to_owned()),
        period: Some("2026-10".to_owned()),
        opening: Some("100.00".to_owned()),
        closing: Some("129.50".to_owned()),
        ..Pairs::default()
    };
    let read = read_ledger(bare.as_bytes(), "a.csv", &given);
    is(&read.errors, &[]);
    assert_eq!(read.opening, Some(Fen(10_000)));
    let read = read_ledger(GOOD.as_bytes(), "a.csv", &given);
    is(&read.errors, &[]);
    let read = read_ledger(bare.as_bytes(), "a.csv", &Pairs::default());
    assert_eq!(
        read.errors
            .iter()
            .filter(|error| error.code == "pair_missing")
            .count(),
        3
    );
    let other = Pairs {
        period: Some("2026-11".to_owned()),
        village: Some("红旗村".to_owned()),
        opening: Some("壹佰".to_owned()),
        closing: None,
        ..Pairs::default()
    };
    let read = read_ledger(GOOD.as_bytes(), "a.csv", &other);
    is(
        &read.errors,
        &[("D1", "pair_differs"), ("", "not_an_amount")],
    );
    is(&read.warnings, &[("B1", "pair_differs")]);
}

#[test]
fn names_every_bad_cell() {
    let text = GOOD
        .replace(
            "1,2026-10-03,记-1,卖树,50,",
            "一,2026-02-30,记-1,,五十,0.001",
        )
        .replace("水泥厂", "水\u{7}泥厂")
        .replace("20.50,129.5", "1e3,129.5");
    let read = csv(&text);
    is(
        &read.errors,
        &[
            ("A3", "not_a_number"),
            ("B3", "date_unreadable"),
            ("D3", "cell_missing"),
            ("E3", "not_an_amount"),
            ("F3", "too_many_decimals"),
            ("F5", "not_an_amount"),
            ("J5", "bad_text"),
        ],
    );
    let first = read.errors.first().unwrap();
    assert_eq!((first.row, first.column.as_str()), (Some(3), "序号"));
    assert_eq!(first.detail().zh, "A3：“一”不是整数。");
    assert_eq!(first.detail().en, "A3: 一 is not a whole number.");
    assert_eq!(read.rows, 2);
    assert_eq!(read.ledger(), None);
}

#[test]
fn a_ledger_lists_no_minor_and_nobodys_account() {
    let with = |words: &str| csv(&GOOD.replace("修水渠", words));
    for (words, code) in [
        ("付张建国（6岁）营养餐补助", "minor_listed"),
        ("付学生李小红（小学三年级）助学金", "minor_listed"),
        ("转微信wxid_a1b2c3", "has_account"),
    ] {
        is(&with(words).errors, &[("D5", code)]);
    }
    is(&with("付小学生营养餐补助120人").errors, &[]);
    // Who was paid is the child that the words are about; a unit is none, nor is who works for children.
    let paid = |words: &str, payee: &str| {
        let line = GOOD.replace("修水渠", words).replace("水泥厂", payee);
        csv(&line).errors
    };
    is(&paid("孤儿生活费", "张小伟"), &[("J5", "minor_listed")]);
    is(&paid("资助困境儿童", "李建国"), &[("J5", "minor_listed")]);
    is(&paid("孤儿生活费", "道外区儿童福利院"), &[]);
    is(&paid("慰问留守儿童用车", "张小伟"), &[]);
    // Where that is open, whoever publishes is asked to look.
    let read = with("发放张小伟助学金");
    is(&read.errors, &[]);
    is(&read.warnings, &[("D5", "minor_perhaps")]);
    let line = GOOD
        .replace("修水渠", "发放助学金")
        .replace("水泥厂", "张小伟");
    is(&csv(&line).warnings, &[("J5", "minor_perhaps")]);
    let read = with("尿毒症救助");
    is(&read.errors, &[]);
    is(&read.warnings, &[("D5", "health_named")]);
    // The same voucher, words and amounts a second time.
    let twice = GOOD.replace(
        "\n2,10月9日,记-2,修水渠,,20.50,129.5,",
        "\n2,10月3日,记-1,卖树,50,,200,504,,,张三,,李四,1\n3,10月9日,记-2,修水渠,,20.50,179.5,",
    );
    let read = csv(&twice
        .replace("合计,,,,50,20.50,129.50", "")
        .replace("期末余额(元),129.50", "期末余额(元),179.50"));
    assert!(
        read.warnings.iter().any(|one| one.code == "line_twice"),
        "{:?}",
        read.warnings
    );
}

#[test]
fn compares_sums_and_days() {
    let read = csv(&GOOD.replace("50,20.50,129.50,", "50,20.05,129.50,"));
    is(&read.errors, &[("F6", "total_wrong")]);
    // A wrong total hides no wrong balance.
    let both = GOOD.replace("50,20.50,129.50,", "50,20.05,129.50,");
    let read = csv(&both.replace(",129.5,", ",130.5,"));
    is(
        &read.errors,
        &[("F6", "total_wrong"), ("G5", "balance_wrong")],
    );
    let read = csv(&GOOD.replace(",129.5,", ",130.5,"));
    is(&read.errors, &[("G5", "balance_wrong")]);
    let read = csv(&GOOD.replace("期末余额(元),129.50", "期末余额(元),-3"));
    is(&read.errors, &[("G6", "total_wrong")]);
    let read = csv(&GOOD
        .replace("期末余额(元),129.50", "期末余额(元),-3")
        .replace("合计,,,,50,20.50,129.50", "合计,,,,,,"));
    is(&read.errors, &[("1", "closing_wrong")]);
    assert_eq!(read.errors.first().unwrap().column, CLOSING_LABEL);
    let read = csv(&GOOD.replace("10月9日", "11月9日"));
    is(&read.errors, &[("B5", "date_outside_period")]);
    let read = csv(&GOOD.replace("\n2,", "\n1,"));
    is(&read.errors, &[("A5", "line_number_order")]);
    let read = csv(&GOOD.replace("制表：张三,,,,,", "2,2026-10-10,,别的,,7"));
    is(&read.errors, &[("F7", "row_after_total")]);
    let read = csv(&GOOD.replace("51401", "541"));
    is(&read.errors, &[("H5", "account_unknown")]);
    is(&read.warnings, &[]);
    let mut read = csv(GOOD);
    read.check(Some(Fen(1)), october());
    is(&read.errors, &[("1", "opening_not_last_closing")]);
}

#[test]
fn names_headings_that_are_missing_twice_or_in_another_unit() {
    let read = csv(&GOOD.replace("支出(元),余额(元)", "支出(万元),余额(万元)"));
    is(
        &read.errors,
        &[("F2", "unit_not_yuan"), ("G2", "unit_not_yuan")],
    );
    let read = csv(&GOOD.replace(",支出(元),", ",收入(元),"));
    is(
        &read.errors,
        &[("F2", "heading_twice"), ("2", "heading_missing")],
    );
    assert_eq!(read.errors.last().unwrap().column, "支出(元)");
    let read = csv(&format!("公开表,单位：万元\n{GOOD}"));
    is(&read.errors, &[("B1", "unit_not_yuan")]);
    let read = csv("a,b\n1,2\n");
    is(&read.errors, &[("", "headings_not_found")]);
    let late = format!("{}{GOOD}", "说明\n".repeat(9));
    is(&csv(&late).errors, &[("", "headings_not_found")]);
    let just = format!("{}{GOOD}", "说明\n".repeat(8));
    is(&csv(&just).errors, &[]);
}

#[test]
fn reads_what_excel_makes_of_things() {
    let date = Format::new().set_num_format("yyyy/m/d");
    let bytes = workbook(|sheet| {
        typed(sheet, GOOD);
        sheet.write_number_with_format(2, 1, 46_298, &date).unwrap();
        // A typed 2026-10 that became 2026-10-01, a sum with dust, a formula with its last result.
        sheet.write_number_with_format(0, 3, 46_296, &date).unwrap();
        sheet
            .write_number(2, 4, 49.9 + 0.1 + f64::EPSILON * 32.0)
            .unwrap();
        sheet
            .write_formula(2, 6, Formula::new("F1+E3").set_result("150.00000000000003"))
            .unwrap();
    });
    let mut read = read_ledger(&bytes, "账.xlsx", &Pairs::default());
    read.check(None, october());
    is(&read.errors, &[]);
    assert_eq!(
        read.ledger()
            .unwrap()
            .lines
            .first()
            .unwrap()
            .date
            .to_string(),
        "2026-10-03"
    );

    let bytes = workbook(|sheet| {
        typed(sheet, GOOD);
        sheet.write_number_with_format(2, 2, 46_298, &date).unwrap();
        sheet
            .write_formula(2, 4, Formula::new("1/0").set_result("#DIV/0!"))
            .unwrap();
        sheet.write_boolean(2, 3, true).unwrap();
        sheet.write_number(3, 5, 20.505).unwrap();
    });
    let read = read_ledger(&bytes, "账.xlsx", &Pairs::default());
    is(
        &read.errors,
        &[
            ("C3", "became_a_date"),
            ("D3", "cell_error"),
            ("E3", "cell_error"),
            ("F4", "too_many_decimals"),
        ],
    );
}

#[test]
fn lists_two_hundred_and_counts_the_rest() {
    let mut text: String = GOOD
        .lines()
        .take(2)
        .map(|line| format!("{line}\n"))
        .collect();
    for _ in 0..150 {
        text.push_str("x,y,z,摘要,a\n");
    }
    let read = csv(&text);
    assert_eq!(read.errors.len(), MOST_PROBLEMS + 1);
    let last = read.errors.last().unwrap();
    assert_eq!(
        (last.code.as_ref(), last.found.as_str()),
        ("more_errors", "250")
    );
    assert_eq!(read.rows, 150);
}

#[test]
fn takes_twenty_thousand_rows_and_no_more() {
    let rows = |most: u32| {
        workbook(|sheet| {
            typed(
                sheet,
                &GOOD
                    .lines()
                    .take(2)
                    .map(|line| format!("{line}\n"))
                    .collect::<String>(),
            );
            for row in 0..most {
                sheet.write_number(row + 2, 0, row + 1).unwrap();
                sheet.write_string(row + 2, 1, "2026-10-03").unwrap();
                sheet.write_string(row + 2, 3, "修水渠").unwrap();
                sheet.write_number(row + 2, 4, 0.01).unwrap();
            }
            sheet.write_string(most + 2, 0, "合计").unwrap();
        })
    };
    let read = read_ledger(&rows(20_000), "a.xlsx", &Pairs::default());
    is(&read.errors, &[]);
    assert_eq!(read.lines.len(), 20_000);
    let read = read_ledger(&rows(20_001), "a.xlsx", &Pairs::default());
    assert_eq!(read.errors.first().unwrap().code, "too_many_rows_of_xlsx");
    let far = workbook(|sheet| {
        typed(sheet, GOOD);
        sheet.write_string(1_048_575, 16_383, "远").unwrap();
    });
    is(&read_ledger(&far, "a.xlsx", &Pairs::default()).errors, &[]);
}

#[test]
fn an_empty_month_is_read_with_a_warning() {
    let text: String = GOOD
        .lines()
        .take(2)
        .map(|line| format!("{line}\n"))
        .collect();
    let read = csv(&text.replace("129.50", "100"));
    is(&read.errors, &[]);
    is(&read.warnings, &[("", "no_lines")]);
    assert_eq!(read.ledger().unwrap().lines, []);
}

#[test]
fn the_headings_of_the_layout_are_understood() {
    let headings = Column::ALL.map(Column::heading).join(",");
    assert!(GOOD.contains(&headings));
}

#[test]
fn no_cell_of_a_ledger_tells_where_somebody_lives_or_who_is_a_child() {
    let with = |summary: &str, payee: &str| {
        let line =
            format!("2,10月9日,记-2,{summary},,20.50,129.5,51401,,{payee},张三,王五,李四,2张");
        let found = csv(&GOOD.replace(
            "2,10月9日,记-2,修水渠,,20.50,129.5,51401,,水泥厂,张三,王五,李四,2张",
            &line,
        ));
        let codes = found.errors.iter().map(|fault| fault.code.to_string());
        codes.collect::<Vec<_>>()
    };
    for (summary, payee, code) in [
        ("慰问王五（东风村二组15号）", "水泥厂", "address_too_exact"),
        ("慰问", "王五 东大街32号301室", "address_too_exact"),
        ("慰问", "学生李小花", "minor_listed"),
        ("李四之女李小花学费", "水泥厂", "minor_listed"),
        ("给小明（9岁）助学", "水泥厂", "minor_listed"),
        ("慰问", "李小花监护人李四", "minor_listed"),
        ("一卡通号2301041234567 救助", "水泥厂", "has_account"),
    ] {
        assert_eq!(with(summary, payee), [code], "{summary}, {payee}");
    }
    for (summary, payee) in [
        ("建设街8号门前排水维修", "水泥厂"),
        ("一卡通代发补贴12户", "农商银行"),
        ("幼儿园门前路面修补", "王淑珍"),
    ] {
        assert_eq!(with(summary, payee), [""; 0], "{summary}, {payee}");
    }
}
