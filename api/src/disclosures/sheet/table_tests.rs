//! Tables as accountants write them: what is read, what is named, and where.

use std::io::Cursor;

use domain::disclosure::period::Period;
use domain::disclosure::table::{Around, Layout, Value};
use domain::money::Fen;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::*;
use crate::disclosures::export::Meta;
use crate::disclosures::tables;
use crate::disclosures::template::template;

const BENEFITS: &str = "\
村名,东风村,期间,2026-10
序号,村组,户主,补贴项目,政策文号,补贴基数(亩/人/头),标准(元/单位),金额(元),发放日期,发放方式,备注
1,一组,张三,耕地地力保护补贴,,12.5,71.53,894.13,2026-10-20,一卡通,
2,一组,李四,耕地地力保护补贴,,3亩,￥71.53,\"214.59\",10月20日,一卡通,
,小计,,,,15.5,,1108.72,,,
3,二组,王五,耕地地力保护补贴,,１，０００．５,71.53,\"71,565.77\",2026/10/20,现金,
合计,,,,,1016,,\"72,674.49\",,,
填表人：赵六 电话 13812345678,,,,,,,,,,
";

fn october() -> Period {
    Period::parse("2026-10").unwrap()
}

fn read_as(kind: DisclosureKind, bytes: &[u8]) -> ReadSheet {
    let mut read = read_sheet(kind, bytes, "表", &Pairs::default());
    read.check_table(&Around::default(), october());
    read
}

fn benefits(text: &str) -> ReadSheet {
    read_as(DisclosureKind::BenefitPayments, text.as_bytes())
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

fn amounts(read: &ReadSheet, key: &str) -> Vec<Fen> {
    let index = Layout::of(read.kind).unwrap().index(key).unwrap();
    let rows = read.table.iter();
    rows.map(|row| match row.cells[index] {
        Some(Value::Fen(fen)) => fen,
        _ => panic!("no amount"),
    })
    .collect()
}

#[test]
fn reads_what_people_type() {
    let read = benefits(BENEFITS);
    is(&read.errors, &[]);
    is(&read.warnings, &[]);
    assert_eq!((read.rows, read.line_rows.as_slice()), (3, &[3, 4, 6][..]));
    assert_eq!(
        amounts(&read, "amount_fen"),
        [Fen(89_413), Fen(21_459), Fen(7_156_577)]
    );
    let bytes = workbook(|sheet| typed(sheet, BENEFITS));
    let of_workbook = read_as(DisclosureKind::BenefitPayments, &bytes);
    is(&of_workbook.errors, &[]);
    assert_eq!(of_workbook.content(), read.content());
}

#[test]
fn names_every_bad_cell_of_a_table() {
    let text = BENEFITS
        .replace("1,一组,张三", "一,一组3号,")
        .replace("12.5,71.53,894.13", "十二,0.00001,-1")
        .replace("2026/10/20,现金", "2026-13-01,现金");
    let read = benefits(&text);
    is(
        &read.errors,
        &[
            ("A3", "not_a_number"),
            ("C3", "cell_missing"),
            ("F3", "not_a_decimal"),
            ("G3", "more_than_four_decimals"),
            ("H3", "may_not_be_negative"),
            ("B3", "address_too_exact"),
            ("I6", "date_unreadable"),
        ],
    );
    assert_eq!(read.content(), None);
    let read = benefits(&BENEFITS.replace("894.13", "894.12").replace("1108.72", ""));
    is(
        &read.errors,
        &[("H7", "total_wrong"), ("H3", "product_wrong")],
    );
    // What is wrong within a row is named beside a cell of another that cannot be read.
    let read = benefits(
        &BENEFITS
            .replace("894.13", "894.12")
            .replace("2026/10/20,现金", "何时,现金"),
    );
    let codes: Vec<&str> = read.errors.iter().map(|one| one.code.as_ref()).collect();
    assert!(
        codes.contains(&"date_unreadable") && codes.contains(&"product_wrong"),
        "{codes:?}"
    );
    // And within the same row, as long as its figures are known.
    let read = benefits(
        &BENEFITS
            .replace("894.13", "894.12")
            .replace("1,一组,张三", "1,一组3号,张三"),
    );
    is(
        &read.errors,
        &[("B3", "address_too_exact"), ("H3", "product_wrong")],
    );
    let read = benefits(
        &BENEFITS
            .replace("1,一组,张三", "1,一组3号,张三")
            .replace("12.5,71.53,894.13", "十二,71.53,894.12"),
    );
    is(
        &read.errors,
        &[("F3", "not_a_decimal"), ("B3", "address_too_exact")],
    );
    let read = benefits(&BENEFITS.replace("1108.72", "1108.73"));
    is(&read.errors, &[("H5", "total_wrong")]);
    let text = BENEFITS
        .replace("894.13", "894.12")
        .replace("1108.72", "1108.71")
        .replace("72,674.49", "72,674.48");
    is(&benefits(&text).errors, &[("H3", "product_wrong")]);
    let after = BENEFITS.replace(
        "填表人：赵六 电话 13812345678,,,,,,,",
        "4,三组,孙七,别的,,1,1,1",
    );
    is(&benefits(&after).errors, &[("H8", "row_after_total")]);
}

#[test]
fn refuses_what_leads_to_a_person() {
    // The example of GB 11643, in three forms; with another check digit it leads to nobody.
    for (text, code) in [
        ("11010519491231002X", "has_identity_number"),
        (
            "１１０１０５１９４９１２３１００２Ｘ",
            "has_identity_number",
        ),
        ("110105491231002", "has_identity_number"),
        ("卡 4111 1111 1111 1111", "has_bank_card"),
        ("13812345678", "has_phone"),
    ] {
        for place in ["李四,耕地", "10月20日,一卡通,"] {
            let spoiled = match place.strip_suffix("耕地") {
                Some(_) => BENEFITS.replace(place, &format!("李四{text},耕地")),
                None => BENEFITS.replace(place, &format!("{place}{text}")),
            };
            let read = benefits(&spoiled);
            let found: Vec<_> = read
                .errors
                .iter()
                .map(|error| error.code.as_ref())
                .collect();
            assert_eq!(found, [code], "{spoiled}");
            // Nothing of the number is kept or sent back.
            let kept = serde_json::to_string(&read.errors).unwrap();
            assert!(!kept.contains("1949") && !kept.contains("1111"), "{kept}");
            assert!(!kept.contains("138123") && !kept.contains("１１"), "{kept}");
        }
    }
    // Mistyped, or as Excel leaves a number of 18 digits: whose it is can still be read.
    for spoiled in ["110105194912310021", "110105194912310000"] {
        let read = benefits(&BENEFITS.replace("李四", &format!("李四{spoiled}")));
        is(&read.errors, &[("C4", "has_identity_number")]);
    }
    // No identity card's, no card's by its check digit, and no business of everybody's.
    for spoiled in ["110105194913310021", "存折号08012345678901"] {
        let read = benefits(&BENEFITS.replace("李四", &format!("李四{spoiled}")));
        is(&read.errors, &[("C4", "has_long_number")]);
        let kept = serde_json::to_string(&read.errors).unwrap();
        assert!(!kept.contains("1949") && !kept.contains("012345"), "{kept}");
    }
    let read = benefits(&BENEFITS.replace("李四", "李四6217-0000-1234-5678-904"));
    is(&read.errors, &[("C4", "has_bank_card")]);
    for heading in ["身份证号", "银行卡号", "联系电话", "住址门牌", "残疾类别"]
    {
        let read = benefits(&BENEFITS.replace(",备注", &format!(",{heading}")));
        is(&read.errors, &[("K2", "heading_forbidden")]);
    }
    // Also in a column that would not be imported.
    let text = BENEFITS
        .replace(",备注", ",别的")
        .replace("10月20日,一卡通,", "10月20日,一卡通,13812345678");
    is(&benefits(&text).errors, &[("K4", "has_phone")]);
}

#[test]
fn no_note_of_a_list_of_people_leads_to_a_door_or_an_account() {
    let with = |note: &str| {
        benefits(&BENEFITS.replace("2026-10-20,一卡通,", &format!("2026-10-20,一卡通,{note}")))
    };
    is(&with("住二组12号").errors, &[("K3", "address_too_exact")]);
    is(&with("微信wxid_a1b2c3").errors, &[("K3", "has_account")]);
    for (note, shown) in [
        ("妻李小红代领", "李小红"),
        ("失独家庭", "失独"),
        ("刑满释放人员", "刑满"),
    ] {
        let read = with(note);
        is(&read.errors, &[]);
        let content = read.content().unwrap();
        assert!(!format!("{:?}", content.masked()).contains(shown), "{note}");
    }
}

#[test]
fn rows_that_excel_does_not_show_are_read_and_told() {
    let bytes = workbook(|sheet| {
        typed(sheet, BENEFITS);
        sheet.set_row_hidden(3).unwrap();
    });
    let read = read_as(DisclosureKind::BenefitPayments, &bytes);
    is(&read.errors, &[]);
    let codes: Vec<_> = read.warnings.iter().map(|one| one.code.as_ref()).collect();
    assert_eq!((codes, read.rows), (vec!["hidden_cells"], 3));
    let bytes = workbook(|sheet| {
        typed(sheet, BENEFITS);
        sheet.set_column_hidden(2).unwrap();
    });
    let read = read_as(DisclosureKind::BenefitPayments, &bytes);
    assert!(read.warnings.iter().any(|one| one.code == "hidden_cells"));
}

#[test]
fn a_sheet_of_another_kind_is_told_so_and_nothing_else() {
    for kind in [DisclosureKind::Ledger, DisclosureKind::Assets] {
        let read = read_as(kind, BENEFITS.as_bytes());
        let codes: Vec<_> = read.errors.iter().map(|one| one.code.as_ref()).collect();
        assert_eq!(codes, ["other_kind"], "{kind:?}");
        assert_eq!(
            read.errors[0].expected,
            DisclosureKind::BenefitPayments.name()
        );
        is(&read.warnings, &[]);
    }
    // One heading too few is no other kind.
    let read = benefits(&BENEFITS.replace(",标准", ",标"));
    assert!(read.errors.iter().all(|one| one.code != "other_kind"));
}

#[test]
fn minors_are_counted_and_never_listed() {
    let with_age = BENEFITS
        .replace(",备注", ",年龄")
        .replace("2026-10-20,一卡通,", "2026-10-20,一卡通,17");
    let read = benefits(&with_age);
    is(&read.errors, &[("C3", "minor_listed")]);
    is(&read.warnings[..1], &[("K2", "heading_dropped")]);
    let of_age = with_age.replace("一卡通,17", "一卡通,18");
    is(&benefits(&of_age).errors, &[]);
    let by_birth = with_age
        .replace("年龄", "出生日期")
        .replace("一卡通,17", "一卡通,2008-11-01");
    is(&benefits(&by_birth).errors, &[("C3", "minor_listed")]);
    let named = BENEFITS.replacen("张三,耕地地力保护补贴", "张三,孤儿基本生活费", 1);
    is(&benefits(&named).errors, &[("C3", "minor_listed")]);
    let open = BENEFITS.replacen("张三,耕地地力保护补贴", "张三,夏令营补助", 1);
    let read = benefits(&open);
    is(&read.errors, &[]);
    is(&read.warnings[..1], &[("C3", "minor_perhaps")]);
    let grown = BENEFITS.replacen("张三,耕地", "张学生,耕地", 1);
    let read = benefits(&grown);
    assert!(read.errors.is_empty() && read.warnings.iter().all(|one| one.code != "minor_perhaps"));
    let counted = BENEFITS.replacen("张三,耕地地力保护补贴", "共3人,孤儿基本生活费", 1);
    is(&benefits(&counted).errors, &[]);
    // Nor in the words beside them, where the list says only how many.
    let beside = counted.replacen("一卡通,", "一卡通,李小红（9岁）、王强（小学三年级）", 1);
    let read = benefits(&beside);
    let codes: Vec<_> = read.errors.iter().map(|one| one.code.as_ref()).collect();
    assert_eq!(codes, ["minor_listed"], "{:?}", read.errors);
    let special = "村名,东风村\n期间,2026-10\n序号,类别,日期,事由,数量,单价(元),金额(元)\n\
        1,其他,2026-10-12,慰问留守儿童李小红（9岁）,1,100,100.00\n";
    let read = read_as(DisclosureKind::Special, special.as_bytes());
    let codes: Vec<_> = read.errors.iter().map(|one| one.code.as_ref()).collect();
    assert_eq!(codes, ["minor_listed"], "{:?}", read.errors);
}

#[test]
fn a_shared_text_stands_in_each_of_its_rows_and_a_shared_figure_is_named() {
    let plain = Format::new();
    let merged = |range: (u32, u16, u32, u16), text: &str, number: Option<f64>| {
        workbook(|sheet| {
            typed(sheet, &BENEFITS.replace(",小计,,,,15.5,,1108.72,,,", ""));
            let (top, left, bottom, right) = range;
            for row in top..=bottom {
                for column in left..=right {
                    sheet.write_blank(row, column, &plain).unwrap();
                }
            }
            sheet
                .merge_range(top, left, bottom, right, text, &plain)
                .unwrap();
            if let Some(number) = number {
                sheet.write_number(top, left, number).unwrap();
            }
        })
    };
    let kind = DisclosureKind::BenefitPayments;
    let read = read_as(kind, &merged((2, 1, 3, 1), "一组", None));
    is(&read.errors, &[]);
    assert_eq!(read.content(), benefits(BENEFITS).content());
    let read = read_as(kind, &merged((2, 7, 3, 7), "", Some(1108.72)));
    assert_eq!(seen(&read.errors)[0], ("H3".to_owned(), "merged_cell"));
    let read = read_as(kind, &merged((2, 1, 2, 2), "一组张三", None));
    assert_eq!(seen(&read.errors)[0], ("B3".to_owned(), "merged_cell"));
    // A ledger's figures too.
    let ledger = "村名,东风村,期间,2026-10,期初余额(元),100,期末余额(元),50\n\
        序号,日期,凭证号,摘要,收入(元),支出(元),余额(元)\n1,2026-10-03,记-1,电费,,50,\n2,2026-10-04,记-1,水费,,,50\n";
    let bytes = workbook(|sheet| {
        typed(sheet, ledger);
        sheet.merge_range(2, 5, 3, 5, "", &plain).unwrap();
        sheet.write_number(2, 5, 50).unwrap();
    });
    let read = read_ledger(&bytes, "a.xlsx", &Pairs::default());
    assert_eq!(seen(&read.errors)[0], ("F3".to_owned(), "merged_cell"));
    let bytes = workbook(|sheet| {
        typed(
            sheet,
            &ledger
                .replace("水费,,,50", "水费,,50,")
                .replace(",50\n序号", ",0\n序号"),
        );
        sheet.merge_range(2, 1, 3, 1, "2026-10-03", &plain).unwrap();
        sheet.merge_range(2, 2, 3, 2, "记-1", &plain).unwrap();
    });
    let read = read_ledger(&bytes, "a.xlsx", &Pairs::default());
    is(&read.errors, &[]);
    assert_eq!(read.lines.len(), 2);
}

#[test]
fn both_epochs_and_formulas_with_and_without_values() {
    let kind = DisclosureKind::BenefitPayments;
    let date = Format::new().set_num_format("yyyy/m/d");
    let base = |serial: f64| {
        workbook(|sheet| {
            typed(sheet, BENEFITS);
            sheet.write_number_with_format(2, 8, serial, &date).unwrap();
            let formula = Formula::new("F3*G3").set_result("894.13000000000005");
            sheet.write_formula(2, 7, formula).unwrap();
        })
    };
    let read = read_as(kind, &base(46_315.0));
    is(&read.errors, &[]);
    assert_eq!(read.content(), benefits(BENEFITS).content());
    // The same sheet of a Mac of old: its days count from 1904.
    let other = super::garbage_tests::changed(&base(44_853.0), "xl/workbook.xml", |xml| {
        let at = xml.find("<workbookPr").unwrap() + "<workbookPr".len();
        format!("{} date1904=\"1\"{}", &xml[..at], &xml[at..])
    });
    let read = read_as(kind, &other);
    is(&read.errors, &[]);
    assert_eq!(read.content(), benefits(BENEFITS).content());
    let bytes = workbook(|sheet| {
        typed(sheet, BENEFITS);
        let formula = Formula::new("1/0").set_result("#DIV/0!");
        sheet.write_formula(2, 7, formula).unwrap();
        sheet
            .write_number_with_format(2, 5, 46_315.0, &date)
            .unwrap();
        sheet.write_boolean(3, 3, true).unwrap();
    });
    let read = read_as(kind, &bytes);
    is(
        &read.errors,
        &[
            ("F3", "became_a_date"),
            ("H3", "cell_error"),
            ("D4", "cell_error"),
        ],
    );
    let uncalculated =
        super::garbage_tests::changed(&base(46_315.0), "xl/worksheets/sheet1.xml", |xml| {
            let begin = xml.find("<c r=\"H3\"").unwrap();
            let end = begin + xml[begin..].find("</c>").unwrap() + 4;
            format!(
                "{}<c r=\"H3\"><f>F3*G3</f></c>{}",
                &xml[..begin],
                &xml[end..]
            )
        });
    is(
        &read_as(kind, &uncalculated).errors,
        &[("H3", "formula_without_value")],
    );
}

#[test]
fn the_chart_is_said_by_the_sheet_the_form_or_the_period() {
    let text = "村名,东风村,期间,2026-10\n科目编码,科目,本季数,本年累计\n541,管理费用,1,2\n";
    let read = |text: &str, given: Option<&str>| {
        let pairs = Pairs {
            chart: given.map(str::to_owned),
            ..Pairs::default()
        };
        read_sheet(DisclosureKind::Summary, text.as_bytes(), "a.csv", &pairs)
    };
    let codes = |read: &ReadSheet| -> Vec<String> {
        let unknown = read
            .errors
            .iter()
            .filter(|error| error.code == "account_unknown");
        unknown.map(|warning| warning.detail().zh).collect()
    };
    let new = read(text, None);
    assert_eq!(
        codes(&new),
        ["A3：2024 年的会计科目表里没有科目 541；如果用的是另一年的科目表，请先写明“科目表版本”。"]
    );
    assert_eq!(codes(&read(text, Some("2004"))), Vec::<String>::new());
    let said = text.replace("2026-10\n", "2026-10,科目表版本,2004\n");
    assert_eq!(codes(&read(&said, None)), Vec::<String>::new());
    assert_eq!(read(&said, None).chart.as_str(), "2004");
    is(&read(&said, Some("2024")).errors, &[("F1", "pair_differs")]);
    let old = text.replace("2026-10", "2023-10");
    assert_eq!(read(&old, None).chart.as_str(), "2004");
    is(
        &read(&said.replace("2004", "新的"), None).errors,
        &[("F1", "chart_unknown")],
    );
}

#[test]
fn rows_of_groups_are_totalled_apart() {
    let text = "村名,东风村,期间,2026-10\n\
        科目编码,科目,本季数,本年累计\n\
        501,经营收入,100,100\n收入合计,,100,100\n\
        513,管理费用,50,50\n51301,其中：办公费,20,20\n514,公益支出,5,5\n支出合计,,55,55\n";
    let read = read_as(DisclosureKind::Summary, text.as_bytes());
    is(&read.errors, &[]);
    let read = read_as(
        DisclosureKind::Summary,
        text.replace("支出合计,,55", "支出合计,,75").as_bytes(),
    );
    is(&read.errors, &[("C8", "total_wrong")]);
    let debts = "村名,东风村,期间,2026-10\n\
        类型,单位/个人,事由,原始金额,本期减少,期末余额\n\
        债权,张三,承包费,8000,3000,5000\n债权合计,,,,3000,5000\n债务,水泥厂,材料款,900,,900\n债务合计,,,,,900\n";
    let read = read_as(DisclosureKind::ReceivablesPayables, debts.as_bytes());
    is(&read.errors, &[]);
    let read = read_as(
        DisclosureKind::ReceivablesPayables,
        debts.replace("债务,水泥厂", "欠人,水泥厂").as_bytes(),
    );
    assert_eq!(read.errors[0].code, "word_unknown");
    assert_eq!(
        read.errors[0].detail().zh,
        "A5：“类型(债权/债务)”不能写“欠人”，只能写：债权、债务。"
    );
}

#[test]
fn every_template_is_read_says_what_is_missing_and_is_the_same_every_time() {
    for kind in DisclosureKind::ALL {
        let bytes = template(kind).unwrap();
        assert_eq!(bytes, template(kind).unwrap());
        let read = read_sheet(kind, &bytes, "a.xlsx", &Pairs::default());
        let codes = read.errors.iter().map(|error| error.code.as_ref());
        let ledger = kind == DisclosureKind::Ledger;
        let missing = if ledger { 3 } else { 1 };
        assert_eq!(
            codes.collect::<Vec<_>>(),
            vec!["pair_missing"; missing],
            "{kind:?}"
        );
        assert!(
            read.warnings
                .iter()
                .all(|warning| warning.code != "heading_missing")
        );
        assert_eq!(read.rows, 0);
    }
}

#[test]
fn what_is_exported_can_be_imported() {
    let read = benefits(BENEFITS);
    let layout = Layout::of(read.kind).unwrap();
    let meta = Meta {
        title: "东风村2026年10月惠民补贴发放明细".to_owned(),
        village: "东风村".to_owned(),
        period: october(),
        opening: Fen(0),
        closing: Fen(0),
        chart: read.chart,
    };
    for bytes in [
        tables::csv(&meta, layout, &read.table).unwrap(),
        tables::xlsx(&meta, layout, &read.table).unwrap(),
    ] {
        let again = read_as(read.kind, &bytes);
        is(&again.errors, &[]);
        assert_eq!(again.content(), read.content());
    }
    let bytes = tables::xlsx(&meta, layout, &read.table).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    let mut sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::Read::read_to_string(&mut sheet, &mut xml).unwrap();
    assert!(!xml.contains("<f>") && !xml.contains("<hyperlink"));
}

#[test]
fn json_is_read_as_a_sheet_and_its_lines_are_named() {
    let text = r#"{"kind":"benefit_payments","period":"2026-10","opening_fen":0,"lines":[
        {"no":1,"cells":{"group":"一组","household":"张三","programme":"补贴","base":"12.5","standard":"71.53",
          "amount_fen":89413,"paid_on":"2026-10-20","note":null}},
        {"no":2,"cells":{"group":"一组","household":"李四","programme":"补贴","base":"3","standard":"71.53",
          "amount_fen":AMOUNT}}]}"#;
    let kind = DisclosureKind::BenefitPayments;
    let read = read_as(kind, text.replace("AMOUNT", "21459").as_bytes());
    is(&read.errors, &[]);
    assert_eq!(amounts(&read, "amount_fen"), [Fen(89_413), Fen(21_459)]);
    for (amount, code) in [
        ("21460", "product_wrong"),
        ("214.5", "cell_error"),
        ("true", "cell_error"),
        ("\"13812345678\"", "product_wrong"),
    ] {
        let read = read_as(kind, text.replace("AMOUNT", amount).as_bytes());
        is(&read.errors, &[("2", code)]);
        assert_eq!(read.errors[0].column, "金额(元)");
    }
    let read = read_as(
        DisclosureKind::Projects,
        text.replace("AMOUNT", "1").as_bytes(),
    );
    is(&read.errors, &[("", "kind_differs")]);
    for broken in ["{", "{}", "{\"lines\":1}", "[1]"] {
        let read = read_as(kind, broken.as_bytes());
        assert!(!read.errors.is_empty(), "{broken}");
    }
    // A list of JSON is no sheet of one very long cell.
    for list in [
        "[]",
        "[[1]]",
        "\u{feff} [\n {\"no\":1}]",
        &"[".repeat(100_000),
    ] {
        is(
            &read_as(kind, list.as_bytes()).errors,
            &[("", "json_unreadable")],
        );
    }
    is(
        &read_as(kind, "[演示] 惠农补贴\n没有表头\n".as_bytes()).errors,
        &[("", "headings_not_found")],
    );
}

#[test]
fn the_same_rows_as_last_period_are_a_warning_and_no_error() {
    let mut read = read_sheet(
        DisclosureKind::BenefitPayments,
        BENEFITS.as_bytes(),
        "a.csv",
        &Pairs::default(),
    );
    let Some(domain::disclosure::content::Content::Table(last)) = read.content() else {
        panic!("no table");
    };
    let around = Around {
        previous: Some((Period::parse("2026-09").unwrap(), last)),
        ..Around::default()
    };
    read.check_beside((None, None), None, &around, october());
    is(&read.errors, &[]);
    is(&read.warnings, &[("", "same_as_last")]);
}

#[test]
fn what_has_no_place_in_a_table_is_pointed_out() {
    let codes = |kind, text: &str| -> Vec<(Option<String>, String)> {
        let read = read_sheet(kind, text.as_bytes(), "a.csv", &Pairs::default());
        assert!(read.errors.is_empty(), "{:?}", read.errors);
        let told = read
            .warnings
            .iter()
            .filter(|one| one.code != "heading_missing");
        told.map(|one| (one.cell.clone(), one.code.to_string()))
            .collect()
    };
    let at = |cell: &str, code: &str| (Some(cell.to_owned()), code.to_owned());
    // What a village owns is neither earned nor spent.
    let summary = "村名,东风村,期间,2026-10\n科目编码,科目,本季数,本年累计\n101,库存现金,1,2\n";
    assert_eq!(
        codes(DisclosureKind::Summary, summary),
        [at("A3", "account_of_no_result")]
    );
    // An illness beside who owes something.
    let debts = "村名,东风村,期间,2026-10\n类型,单位/个人,发生日期,事由,原始金额,期末余额\n\
                 债权,王大山,2025-05-01,借款，患癌症,1000,1000\n";
    assert_eq!(
        codes(DisclosureKind::ReceivablesPayables, debts),
        [at("D3", "health_named")]
    );
}
