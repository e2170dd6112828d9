//! Sheets of the kinds T2 to T12 as an accountant hands them in: the template, filled in.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;

/// A kind's sheet of 东风村 for October 2026 that holds together: cells by heading. Persons are masked as a township
/// may hand them in, so that what is exported says the same.
pub struct Sample {
    /// The word of the API.
    pub kind: &'static str,
    /// The headings that are filled in.
    pub headings: &'static [&'static str],
    /// Rows of cells under them.
    pub rows: &'static [&'static [&'static str]],
}

/// One of each kind.
pub const SAMPLES: [Sample; 10] = [
    Sample {
        kind: "summary",
        headings: &[
            "科目编码",
            "科目",
            "通俗名称",
            "本季数(元)",
            "本年累计(元)",
            "上年同期(元)",
            "增减%",
        ],
        rows: &[
            &["501", "经营收入", "", "3000", "9000.00", "8000", "12.5"],
            &[
                "513",
                "管理费用",
                "办公花的钱",
                "200",
                "600",
                "900",
                "-33.33",
            ],
        ],
    },
    Sample {
        kind: "balance_sheet",
        headings: &["项目", "行次", "年初数(元)", "期末数(元)"],
        rows: &[
            &["货币资金", "1", "1000", "1500"],
            &["流动资产合计", "2", "1000", "1500"],
            &["固定资产原价", "3", "9000", "9000"],
            &["累计折旧", "4", "1000", "1200"],
            &["固定资产净值", "5", "8000", "7800"],
            &["固定资产合计", "6", "8000", "7800"],
            &["资产总计", "7", "9000", "9300"],
            &["流动负债合计", "8", "500", "400"],
            &["负债合计", "9", "500", "400"],
            &["资本", "10", "8500", "8900"],
            &["所有者权益合计", "11", "8500", "8900"],
            &["负债和所有者权益总计", "12", "9000", "9300"],
        ],
    },
    Sample {
        kind: "receivables_payables",
        headings: &[
            "序号",
            "类型(债权/债务)",
            "单位/个人(脱敏)",
            "发生日期",
            "事由",
            "原始金额(元)",
            "本期减少(元)",
            "期末余额(元)",
        ],
        rows: &[
            &[
                "1",
                "债权",
                "演＊＊",
                "2019-05-01",
                "承包费尾款",
                "8000",
                "3000",
                "5000",
            ],
            &[
                "2",
                "债务",
                "演示水泥厂",
                "2020-05-01",
                "材料款",
                "900",
                "",
                "900",
            ],
        ],
    },
    Sample {
        kind: "assets",
        headings: &[
            "编号",
            "名称",
            "类别(经营性/非经营性)",
            "购建日期",
            "原值(元)",
            "累计折旧(元)",
            "净值(元)",
            "使用状况(自用/出租/闲置)",
            "年收益(元)",
        ],
        rows: &[
            &[
                "GD-1",
                "村部办公房",
                "非经营性",
                "2015-09-30",
                "180000",
                "60000",
                "120000",
                "自用",
                "",
            ],
            &[
                "GD-2",
                "门市房",
                "经营性",
                "2016-01-05",
                "20000.50",
                "",
                "20000.50",
                "出租",
                "1200",
            ],
        ],
    },
    Sample {
        kind: "resource_contracts",
        headings: &[
            "合同编号",
            "资源名称",
            "类型(耕地/林地/水面/四荒/机动地)",
            "面积(亩)",
            "承包方(脱敏)",
            "签订日期",
            "起止日期",
            "年限",
            "单价(元/亩·年)",
            "年应收(元)",
            "已收(元)",
            "欠缴(元)",
        ],
        rows: &[&[
            "HT-1",
            "东大荒一号",
            "机动地",
            "42.5",
            "演＊",
            "2024-03-01",
            "2024-03-01至2029-02-28",
            "5",
            "500",
            "21250",
            "21250",
            "0",
        ]],
    },
    Sample {
        kind: "projects",
        headings: &[
            "项目名称",
            "立项(四议)日期",
            "资金来源(上级/集体/自筹)",
            "中标单位",
            "合同价(元)",
            "开工日期",
            "竣工日期",
            "变更增减(元)",
            "决算(审定)价(元)",
            "已付(元)",
            "质保金(元)",
        ],
        rows: &[&[
            "屯内主路硬化",
            "2026-03-10",
            "上级、自筹",
            "演示建筑公司",
            "150000",
            "2026-05-06",
            "2026-08-20",
            "-2000",
            "148000",
            "140000",
            "8000",
        ]],
    },
    Sample {
        kind: "benefit_payments",
        headings: &[
            "序号",
            "村组",
            "户主(脱敏)",
            "补贴项目",
            "补贴基数(亩/人/头)",
            "标准(元/单位)",
            "金额(元)",
            "发放日期",
            "发放方式",
        ],
        rows: &[
            &[
                "1",
                "一组",
                "演＊",
                "耕地地力保护补贴",
                "12.5",
                "71.53",
                "894.13",
                "2026-10-20",
                "一卡通",
            ],
            &[
                "2",
                "二组",
                "示＊＊",
                "耕地地力保护补贴",
                "3",
                "71.53",
                "214.59",
                "2026-10-20",
                "一卡通",
            ],
        ],
    },
    Sample {
        kind: "planned_spending",
        headings: &[
            "拟办事项",
            "内容",
            "收/支",
            "收/支金额(元)",
            "上月余额(元)",
            "申请额(元)",
        ],
        rows: &[
            &["清理边沟", "6 人 2 天", "支出", "1440", "56230", "1440"],
            &["承包费", "", "收入", "2000", "56230", ""],
        ],
    },
    Sample {
        kind: "cash_position",
        headings: &[
            "单位",
            "银行存款账面数(元)",
            "银行存款实存数(元)",
            "银行存款不符原因",
            "库存现金账面数(元)",
            "库存现金实存数(元)",
        ],
        rows: &[&["村集体", "52000", "51000", "未达账项", "1200", "1200"]],
    },
    Sample {
        kind: "special",
        headings: &[
            "序号",
            "类别",
            "日期",
            "事由",
            "人员(脱敏)",
            "数量",
            "单位",
            "单价(元)",
            "金额(元)",
        ],
        rows: &[&[
            "1",
            "误工补贴",
            "2026-10-12",
            "人居环境整治",
            "演＊、示＊",
            "2",
            "人·天",
            "120",
            "240",
        ]],
    },
];

impl Sample {
    /// The sample of a kind.
    pub fn of(kind: &str) -> &'static Self {
        SAMPLES.iter().find(|sample| sample.kind == kind).unwrap()
    }

    /// As CSV.
    pub fn csv(&self, period: &str) -> Vec<u8> {
        let mut lines = vec![
            format!("村名,东风村,期间,{period}"),
            self.headings.join(","),
        ];
        lines.extend(self.rows.iter().map(|row| row.join(",")));
        lines.join("\r\n").into_bytes()
    }

    /// The template with its cells typed into it.
    pub fn filled(&self, template: &[u8], period: &str) -> Vec<u8> {
        let mut sheet = Typing::of(template);
        sheet.write("B2", "东风村");
        sheet.write("D2", period);
        for (index, row) in self.rows.iter().enumerate() {
            // A layout that gives its rows has a place for each.
            let at = sheet.row_of(row[0]).unwrap_or(4 + index);
            for (heading, text) in self.headings.iter().zip(*row) {
                let column = sheet.column_of(heading);
                let given = column == "A" && sheet.row_of(row[0]).is_some();
                if !text.is_empty() && !given {
                    sheet.write(&format!("{column}{at}"), text);
                }
            }
        }
        sheet.saved()
    }
}

/// Somebody who types into the first sheet of a workbook.
struct Typing {
    parts: Vec<(String, Vec<u8>)>,
    strings: Vec<String>,
    xml: String,
}

impl Typing {
    fn of(workbook: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            parts.push((entry.name().unwrap().into_owned(), bytes));
        }
        let text = |name: &str| {
            let part = parts.iter().find(|(own, _)| own == name).unwrap();
            String::from_utf8(part.1.clone()).unwrap()
        };
        let shared = text("xl/sharedStrings.xml");
        let strings = shared.split("<t").skip(1).filter_map(|rest| {
            let text = rest.split_once('>')?.1;
            Some(text.split_once("</t>")?.0.to_owned())
        });
        Self {
            strings: strings.collect(),
            xml: text("xl/worksheets/sheet1.xml"),
            parts,
        }
    }

    /// Where a shared text stands first.
    fn cell_of(&self, text: &str) -> Option<String> {
        let index = self.strings.iter().position(|string| string == text)?;
        let (before, _) = self
            .xml
            .split_once(&format!("t=\"s\"><v>{index}</v></c>"))?;
        let cell = before.rsplit_once("<c r=\"")?.1;
        Some(cell.split_once('"')?.0.to_owned())
    }

    fn column_of(&self, heading: &str) -> String {
        let cell = self.cell_of(heading).unwrap_or_else(|| panic!("{heading}"));
        cell.trim_end_matches(|c: char| c.is_ascii_digit())
            .to_owned()
    }

    /// The row that is given for an item, below the headings.
    fn row_of(&self, item: &str) -> Option<usize> {
        let cell = self.cell_of(item)?;
        let row: usize = cell
            .trim_start_matches(|c: char| c.is_ascii_uppercase())
            .parse()
            .unwrap();
        (row > 3).then_some(row)
    }

    fn write(&mut self, cell: &str, value: &str) {
        let begin = self
            .xml
            .find(&format!("<c r=\"{cell}\""))
            .unwrap_or_else(|| panic!("{cell}"));
        let end = begin + self.xml[begin..].find('>').unwrap() + 1;
        let tag = &self.xml[begin..end];
        let style = tag
            .split("s=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let end = if tag.ends_with("/>") {
            end
        } else {
            begin + self.xml[begin..].find("</c>").unwrap() + 4
        };
        let typed = match value.parse::<f64>() {
            Ok(number) => format!("<c r=\"{cell}\" s=\"{style}\"><v>{number}</v></c>"),
            Err(_) => {
                format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
            }
        };
        self.xml.replace_range(begin..end, &typed);
    }

    fn saved(mut self) -> Vec<u8> {
        let part = self
            .parts
            .iter_mut()
            .find(|(name, _)| name == "xl/worksheets/sheet1.xml");
        part.unwrap().1 = self.xml.into_bytes();
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.parts {
            writer
                .start_file(name.as_str(), SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}
