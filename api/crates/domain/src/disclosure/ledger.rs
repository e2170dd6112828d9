//! A ledger of every single income and expense (T1, 财务收支逐笔公开表) and the sums it must keep:
//! opening + income − expense = closing, and closing of one period = opening of the next.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::chart::ChartVersion;
use super::period::Period;
use crate::canon::{self, NoCanonicalForm};
use crate::mask::{self, Hidden};
use crate::money::Fen;
use crate::region::RegionCode;
use crate::time::Day;

/// A heading of the T1 workbook, in the order of the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 序号
    No,
    /// 日期
    Date,
    /// 凭证号
    VoucherNo,
    /// 摘要
    Summary,
    /// 收入(元)
    Income,
    /// 支出(元)
    Expense,
    /// 余额(元)
    Balance,
    /// 科目编码
    AccountCode,
    /// 资金来源
    FundSource,
    /// 收款单位
    Payee,
    /// 经手人
    HandledBy,
    /// 证明人
    WitnessedBy,
    /// 审批人
    ApprovedBy,
    /// 附件数
    FileCount,
}

impl Column {
    /// All of them, as the layout orders them.
    pub const ALL: [Self; 14] = [
        Self::No,
        Self::Date,
        Self::VoucherNo,
        Self::Summary,
        Self::Income,
        Self::Expense,
        Self::Balance,
        Self::AccountCode,
        Self::FundSource,
        Self::Payee,
        Self::HandledBy,
        Self::WitnessedBy,
        Self::ApprovedBy,
        Self::FileCount,
    ];

    /// The heading as the layout writes it.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::No => "序号",
            Self::Date => "日期",
            Self::VoucherNo => "凭证号",
            Self::Summary => "摘要",
            Self::Income => "收入(元)",
            Self::Expense => "支出(元)",
            Self::Balance => "余额(元)",
            Self::AccountCode => "科目编码",
            Self::FundSource => "资金来源",
            Self::Payee => "收款单位",
            Self::HandledBy => "经手人",
            Self::WitnessedBy => "证明人",
            Self::ApprovedBy => "审批人",
            Self::FileCount => "附件数",
        }
    }

    /// The name of the field that holds it, as the API and the open data say it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Date => "date",
            Self::VoucherNo => "voucher_no",
            Self::Summary => "summary",
            Self::Income => "income",
            Self::Expense => "expense",
            Self::Balance => "balance",
            Self::AccountCode => "account_code",
            Self::FundSource => "fund_source",
            Self::Payee => "payee",
            Self::HandledBy => "handled_by",
            Self::WitnessedBy => "witnessed_by",
            Self::ApprovedBy => "approved_by",
            Self::FileCount => "file_count",
        }
    }

    /// What a line says there, amounts in yuan; empty where it says nothing.
    #[must_use]
    pub fn text(self, line: &LedgerLine) -> String {
        let optional = match self {
            Self::No => return line.no.to_string(),
            Self::Date => return line.date.to_string(),
            Self::Summary => return line.summary.clone(),
            Self::Income => return line.income_fen.to_yuan(),
            Self::Expense => return line.expense_fen.to_yuan(),
            Self::Balance => return line.balance_fen.map(Fen::to_yuan).unwrap_or_default(),
            Self::FileCount => return line.file_count.to_string(),
            Self::VoucherNo => &line.voucher_no,
            Self::AccountCode => &line.account_code,
            Self::FundSource => &line.fund_source,
            Self::Payee => &line.payee,
            Self::HandledBy => &line.handled_by,
            Self::WitnessedBy => &line.witnessed_by,
            Self::ApprovedBy => &line.approved_by,
        };
        optional.clone().unwrap_or_default()
    }
}

/// The label of the balance a ledger starts from.
pub const OPENING_LABEL: &str = "期初余额(元)";
/// The label of the balance a ledger ends with.
pub const CLOSING_LABEL: &str = "期末余额(元)";

/// One income or one expense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LedgerLine {
    /// Its number within the ledger; rises from line to line, gaps are allowed.
    pub no: i32,
    /// The day the money moved.
    #[serde(with = "day_text")]
    #[schema(value_type = String, format = Date)]
    pub date: Day,
    /// The number of the voucher it is proved by.
    pub voucher_no: Option<String>,
    /// What it was for.
    pub summary: String,
    /// Money in; 0 when money went out.
    pub income_fen: Fen,
    /// Money out; 0 when money came in.
    pub expense_fen: Fen,
    /// What was left after it, as the sheet says; `None` where the sheet leaves it blank.
    pub balance_fen: Option<Fen>,
    /// Code in the chart of accounts, such as 513 or 51301.
    pub account_code: Option<String>,
    /// Where the money came from.
    pub fund_source: Option<String>,
    /// Who was paid.
    pub payee: Option<String>,
    /// Who handled it.
    pub handled_by: Option<String>,
    /// Who can prove it.
    pub witnessed_by: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// How many invoices and other papers belong to it.
    pub file_count: i32,
}

impl LedgerLine {
    /// The names that lines hide in the columns that name people: who was paid, who handled, witnessed and approved.
    /// They are hidden in the words of every line of the same ledger.
    #[must_use]
    pub fn hidden<'a>(lines: impl IntoIterator<Item = &'a Self>) -> Hidden {
        let name = |text: &'a Option<String>| text.as_deref().unwrap_or_default();
        Self::hidden_of(lines.into_iter().map(|line| {
            [
                name(&line.payee),
                name(&line.handled_by),
                name(&line.witnessed_by),
                name(&line.approved_by),
            ]
        }))
    }

    /// The same by what stands in these four columns, in this order; blank where nothing does.
    #[must_use]
    pub fn hidden_of<'a>(names: impl IntoIterator<Item = [&'a str; 4]>) -> Hidden {
        let mut hidden = Hidden::default();
        // The same few people handle what 200,000 lines tell.
        let mut seen = HashSet::new();
        for columns in names {
            for (place, full) in columns.into_iter().enumerate() {
                let handled = place > 0;
                if !full.is_empty() && seen.insert((handled, full)) {
                    hidden.add(full, &mask::names(full), handled);
                }
            }
        }
        hidden
    }

    /// The line as the open web may read it: of persons the surname, also of those whom another line of the same ledger
    /// hides (`elsewhere`, by [`Self::hidden`]), of numbers that lead to one the end, and no word for an illness or a kind
    /// of disability.
    #[must_use]
    pub fn masked(self, elsewhere: &Hidden) -> Self {
        let mut hidden = Vec::new();
        let mut name = |text: Option<String>| {
            text.map(|full| {
                let shown = mask::names(&full);
                if shown != full {
                    hidden.extend(mask::hidden_names(&full, &shown));
                }
                shown
            })
        };
        let (payee, handled_by) = (name(self.payee), name(self.handled_by));
        let (witnessed_by, approved_by) = (name(self.witnessed_by), name(self.approved_by));
        // Who was paid stands in the words of the line, too: 付王淑珍误工.
        let words = |text: &str| {
            let text = mask::numbers(&mask::health(&mask::told(text)));
            let own = mask::hide(&text, &hidden);
            elsewhere.hide(&own).into_owned()
        };
        Self {
            summary: words(&self.summary),
            fund_source: self.fund_source.as_deref().map(words),
            payee,
            handled_by,
            witnessed_by,
            approved_by,
            ..self
        }
    }
}

/// Sums over a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Totals {
    /// How many lines.
    pub line_count: usize,
    /// Σ income.
    pub income_fen: Fen,
    /// Σ expense.
    pub expense_fen: Fen,
    /// Opening + Σ income − Σ expense.
    pub closing_fen: Fen,
}

/// A ledger of one village and period, as submitted; [`Ledger::check`] (in `check.rs`) says whether it adds up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// What was there before the first line.
    pub opening: Fen,
    /// What is there after the last line.
    pub closing: Fen,
    /// The lines in the order of the sheet.
    pub lines: Vec<LedgerLine>,
}

impl Ledger {
    /// The sums. They stop at the ends of `i64`, which amounts that pass [`Ledger::check`] cannot reach.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let sum = |pick: fn(&LedgerLine) -> Fen| {
            self.lines
                .iter()
                .fold(0_i64, |sum, line| sum.saturating_add(pick(line).0))
        };
        let (income, expense) = (sum(|line| line.income_fen), sum(|line| line.expense_fen));
        Totals {
            line_count: self.lines.len(),
            income_fen: Fen(income),
            expense_fen: Fen(expense),
            closing_fen: Fen(self
                .opening
                .0
                .saturating_add(income)
                .saturating_sub(expense)),
        }
    }

    /// The lines with every blank balance filled in: what is stored, shown and hashed.
    #[must_use]
    pub fn with_balances(mut self) -> Self {
        let mut running = self.opening.0;
        for line in &mut self.lines {
            running = step(running, line);
            line.balance_fen.get_or_insert(Fen(running));
        }
        self
    }

    /// SHA-256 over the canonical form: the village, the period, both balances and every line with its
    /// balance filled in. What the committee signs, what is published and what the public log keeps is this.
    ///
    /// # Errors
    /// [`NoCanonicalForm`] for amounts beyond what JSON can carry; [`Ledger::check`] names those.
    pub fn content_sha256(
        &self,
        region: &RegionCode,
        period: Period,
    ) -> Result<String, NoCanonicalForm> {
        self.content_sha256_under(region, period, None)
    }

    /// The same with the chart of accounts, where it is another than the period's own.
    ///
    /// # Errors
    /// As [`Ledger::content_sha256`].
    pub fn content_sha256_under(
        &self,
        region: &RegionCode,
        period: Period,
        chart_version: Option<ChartVersion>,
    ) -> Result<String, NoCanonicalForm> {
        #[derive(Serialize)]
        struct Head<'a> {
            kind: &'static str,
            region_code: &'a RegionCode,
            period: Period,
            #[serde(skip_serializing_if = "Option::is_none")]
            chart_version: Option<ChartVersion>,
            opening_fen: Fen,
            closing_fen: Fen,
        }
        let head = Head {
            kind: "ledger",
            region_code: region,
            period,
            chart_version,
            opening_fen: self.opening,
            closing_fen: self.closing,
        };
        let mut running = self.opening.0;
        let filled = self.lines.iter().map(|line| {
            running = step(running, line);
            match line.balance_fen {
                Some(_) => Cow::Borrowed(line),
                None => Cow::Owned(LedgerLine {
                    balance_fen: Some(Fen(running)),
                    ..line.clone()
                }),
            }
        });
        canon::sha256_hex_with_list(&head, "lines", filled)
    }
}

/// The balance after `line`.
pub(super) fn step(balance: i64, line: &LedgerLine) -> i64 {
    balance
        .saturating_add(line.income_fen.0)
        .saturating_sub(line.expense_fen.0)
}

/// A day as `YYYY-MM-DD` (chrono's own serde support is switched off).
pub mod day_text {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use crate::time::{Day, parse_day};

    /// Writes the day.
    ///
    /// # Errors
    /// What the serializer says.
    pub fn serialize<S: Serializer>(day: &Day, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    /// Reads the day.
    ///
    /// # Errors
    /// When the text is no day.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_day(&text).ok_or_else(|| D::Error::custom("a day is YYYY-MM-DD"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> Ledger {
        let line = |no, income: i64, expense: i64, balance: Option<i64>| LedgerLine {
            no,
            date: Day::from_ymd_opt(2026, 10, 3).unwrap_or_default(),
            voucher_no: None,
            summary: "卖树".to_owned(),
            income_fen: Fen(income),
            expense_fen: Fen(expense),
            balance_fen: balance.map(Fen),
            account_code: Some("51301".to_owned()),
            fund_source: None,
            payee: None,
            handled_by: None,
            witnessed_by: None,
            approved_by: None,
            file_count: 2,
        };
        Ledger {
            opening: Fen(10),
            closing: Fen(12),
            lines: vec![line(1, 5, 0, None), line(2, 0, 3, Some(12))],
        }
    }

    #[test]
    fn the_digest_sees_every_figure_but_not_a_blank_that_is_filled_in() {
        let village = RegionCode::try_from("230104111204").unwrap();
        let october = Period::parse("2026-10").unwrap();
        let digest = |ledger: &Ledger| ledger.content_sha256(&village, october).unwrap();
        let plain = digest(&ledger());
        assert_eq!(plain.len(), 64);
        assert_eq!(digest(&ledger().with_balances()), plain);
        let mut other = ledger();
        other.lines.reverse();
        assert_ne!(digest(&other), plain);
        let mut other = ledger();
        other.closing = Fen(13);
        assert_ne!(digest(&other), plain);
        let november = Period::parse("2026-11").unwrap();
        assert_ne!(ledger().content_sha256(&village, november).unwrap(), plain);
        let neighbour = RegionCode::try_from("230104111205").unwrap();
        assert_ne!(ledger().content_sha256(&neighbour, october).unwrap(), plain);
    }

    #[test]
    fn whom_one_line_hides_another_does_not_tell() {
        let mut ledger = ledger();
        if let [first, second] = ledger.lines.as_mut_slice() {
            first.handled_by = Some("郑大海".to_owned());
            first.payee = Some("自来水".to_owned());
            second.summary = "家具款，郑大海经手，自来水".to_owned();
            second.fund_source = Some("鄭大海捐款".to_owned());
        }
        let hidden = LedgerLine::hidden(&ledger.lines);
        let shown: Vec<LedgerLine> = ledger
            .lines
            .into_iter()
            .map(|line| line.masked(&hidden))
            .collect();
        assert_eq!(shown[0].handled_by.as_deref(), Some("郑＊＊"));
        assert_eq!(shown[1].summary, "家具款，郑＊＊经手，自来水");
        assert_eq!(shown[1].fund_source.as_deref(), Some("鄭＊＊捐款"));
    }

    #[test]
    fn adds_up() {
        let totals = ledger().totals();
        assert_eq!(totals.line_count, 2);
        assert_eq!((totals.income_fen, totals.expense_fen), (Fen(5), Fen(3)));
        assert_eq!(totals.closing_fen, Fen(12));
    }

    #[test]
    fn a_line_travels_as_json() {
        let ledger = ledger();
        let text = serde_json::to_string(&ledger).unwrap();
        assert!(text.contains(r#""date":"2026-10-03""#), "{text}");
        assert_eq!(serde_json::from_str::<Ledger>(&text).unwrap(), ledger);
    }
}
