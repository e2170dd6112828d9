//! What is shown of a disclosure. On the open web personal names are masked; staff read what the sheet says.

use std::collections::HashMap;

use domain::disclosure::chart::ChartVersion;
use domain::disclosure::content::public_sha256;
use domain::disclosure::diff::Diff;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::ledger::{LedgerLine, day_text};
use domain::disclosure::period::Period;
use domain::disclosure::posting::shown_until;
use domain::disclosure::publish::{Action, Signoff, SignoffRole, State, Version};
use domain::disclosure::takedown::unpublish_at;
use domain::id::{DisclosureId, LineId, PreviewId};
use domain::mask;
use domain::money::Fen;
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::{Day, Timestamp};
use serde::Serialize;
use store::disclosures::{self, Line, Past, Record, Sheet};
use store::{StoreError, Tx, vouchers};
use utoipa::ToSchema;

use super::chart;
use super::checking::Preview;
use super::lines::{AnyLineView, ColumnTotalView, ColumnView};
use super::service::allowed_to;
use super::sheet::{CellProblem, SheetColumn, Wanted};
use super::sight::{Eyes, Sight};
use crate::http::lang::Lang;

/// A signature; people's names are not told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Signoff)]
pub struct SignoffView {
    /// As what somebody signed.
    role: SignoffRole,
    /// When.
    at: Timestamp,
    /// Their opinion.
    note: Option<String>,
    /// Whether it was signed on paper. The photo of that sheet is for those who work here.
    on_paper: bool,
    /// Who put a signature on paper on record here.
    recorded_by: Option<SignoffRole>,
}

impl SignoffView {
    fn of(signoff: &Signoff) -> Self {
        let on_paper = signoff.paper.is_some();
        Self {
            role: signoff.role,
            at: signoff.at,
            note: signoff.note.clone(),
            on_paper,
            // Only the agency records paper.
            recorded_by: on_paper.then_some(SignoffRole::AccountingAgent),
        }
    }

    fn all(progress: &Version) -> Vec<Self> {
        progress.signoffs().iter().map(Self::of).collect()
    }
}

/// That something was taken back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Withdrawal)]
pub struct WithdrawalView {
    /// When.
    at: Timestamp,
    /// Why.
    reason: String,
}

impl WithdrawalView {
    fn of(progress: &Version) -> Option<Self> {
        progress.withdrawn().map(|gone| Self {
            at: gone.at,
            // Somebody typed it; whatever reads like a number of a person is masked here too.
            reason: mask::numbers(&gone.reason),
        })
    }
}

/// The last day a version must stay up, as everybody reads it.
fn posted_until(record: &Record) -> Option<String> {
    let published = record.progress.published()?;
    Some(shown_until(published.posting_until, record.answered.newest).to_string())
}

/// A disclosure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Disclosure)]
pub struct DisclosureView {
    id: DisclosureId,
    region_code: RegionCode,
    kind: DisclosureKind,
    period: Period,
    /// What stands above it on the board.
    title: String,
    /// 1 until it is corrected.
    version: i32,
    state: State,
    published_at: Option<Timestamp>,
    /// The last day it must stay up; the day of the newest published answer about it, where that is later. An objection
    /// filed while it is up prolongs the posting until it is answered without moving this day, which would tell that
    /// somebody objected. Agreeing to a withdrawal is refused with `posting_not_over` to the last day of the posting, and
    /// while such an objection is open.
    #[schema(value_type = Option<String>, format = Date)]
    posting_until: Option<String>,
    /// The first day on which lines about people are not shown any more; null where the lines stay.
    #[schema(value_type = Option<String>, format = Date)]
    unpublish_at: Option<String>,
    /// That it was taken back, when and why; its lines are not shown then.
    withdrawal: Option<WithdrawalView>,
    /// How many questions about this version or its lines were answered for everybody.
    answered_question_count: i64,
    /// What was there before the first line, in fen. Of a ledger; 0 for other kinds, as the three below.
    opening_fen: Fen,
    /// Σ income, in fen.
    income_fen: Fen,
    /// Σ expense, in fen.
    expense_fen: Fen,
    /// What was there after the last line, in fen.
    closing_fen: Fen,
    line_count: i32,
    /// The chart that its account codes belong to.
    chart_version: ChartVersion,
    /// The signatures under this version, the oldest first.
    signoffs: Vec<SignoffView>,
    /// Which content it is. For those who work here SHA-256 of the content as it was signed: village, period, balances
    /// and every line, in canonical JSON. For everybody a digest of that and of a secret of the sheet, which stays the
    /// same as long as the content does: from the plain one masked names could be guessed.
    content_sha256: String,
}

impl DisclosureView {
    /// What everybody may see of a published disclosure, and staff of any.
    #[must_use]
    pub fn of(record: &Record, eyes: Eyes) -> Self {
        let Record {
            sheet, progress, ..
        } = record;
        let published = progress.published();
        Self {
            id: record.id.clone(),
            region_code: sheet.region.clone(),
            kind: sheet.kind,
            period: sheet.period,
            title: record.title.clone(),
            version: record.version,
            state: progress.state(),
            published_at: published.map(|published| published.at),
            posting_until: posted_until(record),
            unpublish_at: published
                .and_then(|published| unpublish_at(sheet.kind, published.posting_until))
                .map(|day| day.to_string()),
            withdrawal: WithdrawalView::of(progress),
            answered_question_count: record.answered.count,
            opening_fen: sheet.opening,
            income_fen: sheet.income,
            expense_fen: sheet.expense,
            closing_fen: sheet.closing,
            line_count: sheet.line_count,
            chart_version: sheet.chart,
            signoffs: SignoffView::all(progress),
            content_sha256: digest(record, eyes),
        }
    }
}

/// What went to or came from one account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Share)]
pub struct ShareView {
    /// The first-level account; null where the sheet names none.
    account_code: Option<String>,
    /// What it means, in plain words of the reader's language.
    account_plain_name: Option<&'static str>,
    /// In fen.
    amount_fen: Fen,
    /// How many lines it sums up.
    line_count: i32,
}

/// Where the money came from and where it went, by first-level account, the largest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Breakdown)]
pub struct BreakdownView {
    income: Vec<ShareView>,
    expense: Vec<ShareView>,
}

impl BreakdownView {
    /// Sums the lines up.
    #[must_use]
    pub fn of(lines: &[Line], chart: ChartVersion, lang: Lang) -> Self {
        Self {
            income: shares(lines, chart, lang, |line| line.income_fen),
            expense: shares(lines, chart, lang, |line| line.expense_fen),
        }
    }
}

fn shares(
    lines: &[Line],
    chart: ChartVersion,
    lang: Lang,
    amount: impl Fn(&LedgerLine) -> Fen,
) -> Vec<ShareView> {
    let mut shares: Vec<ShareView> = Vec::new();
    for Line { line, .. } in lines {
        let fen = amount(line);
        if fen.0 == 0 {
            continue;
        }
        let account = line.account_code.as_deref();
        let account = account.and_then(|code| chart::account(chart, code));
        // A code of another chart stands for itself.
        let code = account.map_or_else(
            || line.account_code.clone(),
            |account| Some(account.code.clone()),
        );
        match shares.iter_mut().find(|share| share.account_code == code) {
            Some(share) => {
                // The sums of a kept sheet were checked when it was read: they cannot overflow.
                share.amount_fen = share.amount_fen.plus(fen).unwrap_or(share.amount_fen);
                share.line_count += 1;
            }
            None => shares.push(ShareView {
                account_code: code,
                account_plain_name: account.map(|account| account.plain_name(lang)),
                amount_fen: fen,
                line_count: 1,
            }),
        }
    }
    shares.sort_by_key(|share| std::cmp::Reverse(share.amount_fen));
    shares
}

/// A published disclosure with its sums by account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DisclosureDetail)]
pub struct DisclosureDetail {
    #[serde(flatten)]
    pub disclosure: DisclosureView,
    /// The version that stands now; another one than `version` where an older one was asked for.
    pub current_version: i32,
    /// Where the money came from and where it went; of other kinds than the ledger without shares.
    pub breakdown: BreakdownView,
    /// The columns of a table, in their order; none of a ledger.
    pub columns: Vec<ColumnView>,
    /// What the columns of a table add up to; none of a ledger.
    pub totals: Vec<ColumnTotalView>,
}

/// A disclosure as staff see it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StaffDisclosure)]
pub struct StaffDisclosureView {
    #[serde(flatten)]
    disclosure: DisclosureView,
    /// What everybody reads as its `content_sha256`.
    public_sha256: String,
    /// Rises with every change; also the `ETag`, for `If-Match`.
    edition: i32,
    created_at: Timestamp,
    /// The next version, which a second person agreed to and which is on its way.
    correction: Option<CorrectionView>,
    /// What somebody should look at before signing or publishing, of the sheet in work, as the check of the file found
    /// it; empty in lists.
    warnings: Vec<CellProblemView>,
    /// What you may do to it now; `sign_on_paper` is `sign` with a `paper_file`.
    allowed_actions: Vec<Action>,
}

/// A correction under way. `sign`, `publish` and `drop_correction` are about it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DisclosureCorrection)]
pub struct CorrectionView {
    version: i32,
    /// draft or signed
    state: State,
    reason: String,
    opening_fen: Fen,
    income_fen: Fen,
    expense_fen: Fen,
    closing_fen: Fen,
    line_count: i32,
    signoffs: Vec<SignoffView>,
    content_sha256: String,
    /// When the second person agreed.
    approved_at: Timestamp,
}

impl CorrectionView {
    fn of(record: &Record) -> Option<Self> {
        record.correction.as_ref().map(|next| Self {
            version: next.version,
            state: next.progress.state(),
            reason: next.reason.clone(),
            opening_fen: next.sheet.opening,
            income_fen: next.sheet.income,
            expense_fen: next.sheet.expense,
            closing_fen: next.sheet.closing,
            line_count: next.sheet.line_count,
            signoffs: SignoffView::all(&next.progress),
            content_sha256: next.progress.content_sha256().to_owned(),
            approved_at: next.approved_at,
        })
    }
}

impl StaffDisclosureView {
    /// What this person may see.
    #[must_use]
    pub fn of(record: &Record, scope: &Scope) -> Self {
        Self {
            disclosure: DisclosureView::of(record, Eyes::Staff),
            public_sha256: digest(record, Eyes::Everybody),
            edition: record.edition,
            created_at: record.created_at,
            correction: CorrectionView::of(record),
            warnings: Vec::new(),
            allowed_actions: allowed_to(scope, record),
        }
    }

    /// The same with what the check of the sheet in work found odd.
    #[must_use]
    pub fn with_warnings(self, warnings: &[CellProblem], lang: Lang) -> Self {
        let warnings = warnings.iter();
        Self {
            warnings: warnings.map(|one| CellProblemView::of(one, lang)).collect(),
            ..self
        }
    }
}

/// A version of a disclosure, and what it changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DisclosureVersion)]
pub struct VersionView {
    version: i32,
    /// published or withdrawn; for those who work here also draft and signed, of the one on its way.
    state: State,
    published_at: Option<Timestamp>,
    /// The last day it must stay up; the day of the newest published answer about it, where that is later. An objection
    /// filed while it is up prolongs the posting until it is answered without moving this day, which would tell that
    /// somebody objected. Agreeing to a withdrawal is refused with `posting_not_over` to the last day of the posting, and
    /// while such an objection is open.
    #[schema(value_type = Option<String>, format = Date)]
    posting_until: Option<String>,
    /// Why it took the place of the one before; null for the first.
    reason: Option<String>,
    /// That it was taken back, with those before it.
    withdrawal: Option<WithdrawalView>,
    content_sha256: String,
    opening_fen: Fen,
    income_fen: Fen,
    expense_fen: Fen,
    closing_fen: Fen,
    line_count: i32,
    signoffs: Vec<SignoffView>,
    /// How many questions about this version or its lines were answered for everybody.
    answered_question_count: i64,
    /// With which version `diff` compares it.
    compared_with: Option<i32>,
    /// What it changed; null for the first, and where one of the two is not shown any more.
    diff: Option<Diff>,
}

impl VersionView {
    /// A version, and what it changed against another one.
    #[must_use]
    pub fn of(past: &Past, against: Option<(i32, Diff)>, eyes: Eyes) -> Self {
        let Past { record, reason } = past;
        let (compared_with, diff) = against.unzip();
        Self {
            version: record.version,
            state: record.progress.state(),
            published_at: record.progress.published().map(|published| published.at),
            posting_until: posted_until(record),
            reason: reason.as_deref().map(mask::numbers),
            withdrawal: WithdrawalView::of(&record.progress),
            content_sha256: digest(record, eyes),
            opening_fen: record.sheet.opening,
            income_fen: record.sheet.income,
            expense_fen: record.sheet.expense,
            closing_fen: record.sheet.closing,
            line_count: record.sheet.line_count,
            signoffs: SignoffView::all(&record.progress),
            answered_question_count: record.answered.count,
            compared_with,
            diff,
        }
    }
}

/// Which content a version has, as these eyes may know it.
#[must_use]
pub(super) fn digest(record: &Record, eyes: Eyes) -> String {
    let plain = record.progress.content_sha256();
    match eyes {
        Eyes::Staff => plain.to_owned(),
        Eyes::Everybody => public_sha256(record.sheet.id.as_str(), plain),
    }
}

/// What stands beside the lines of a sheet, by the line's id.
#[derive(Debug, Clone)]
pub struct Beside {
    /// How many questions about it were answered for everybody.
    answered: HashMap<String, i64>,
    /// The confirmed pictures of its vouchers.
    files: HashMap<String, Vec<String>>,
    /// The chart that account codes belong to.
    chart: ChartVersion,
    /// What of them is hidden.
    pub(super) sight: Sight,
}

impl Beside {
    /// What stands beside these lines of a disclosure that was found for somebody.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find(
        tx: &mut Tx<'_>,
        record: &Record,
        lines: &[Line],
        sight: Sight,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            answered: disclosures::answered_questions(tx, record, lines)?,
            files: vouchers::confirmed(tx, record)?,
            chart: record.sheet.chart,
            sight,
        })
    }
}

/// A line of a ledger.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DisclosureLine)]
pub struct LineView {
    id: LineId,
    /// Its number within the ledger.
    no: i32,
    /// The day the money moved.
    #[serde(with = "day_text")]
    #[schema(value_type = String, format = Date)]
    date: Day,
    voucher_no: Option<String>,
    /// What it was for.
    summary: String,
    income_fen: Fen,
    expense_fen: Fen,
    /// What was left after it.
    balance_fen: Option<Fen>,
    account_code: Option<String>,
    /// What the account means, in plain words of the reader's language.
    account_plain_name: Option<&'static str>,
    fund_source: Option<String>,
    /// Who was paid; of persons only the surname.
    payee: Option<String>,
    handled_by: Option<String>,
    witnessed_by: Option<String>,
    approved_by: Option<String>,
    /// Ids of its published voucher images, for `GET /files/{id}`.
    files: Vec<String>,
    /// How many papers the sheet says belong to it.
    file_count: i32,
    /// How many questions about it were answered for everybody.
    answered_question_count: i64,
}

impl LineView {
    /// A line with what stands beside it.
    #[must_use]
    pub fn of(line: Line, beside: &Beside, lang: Lang) -> Self {
        let Line { id, line } = line;
        let line = beside.sight.line(line);
        let account = line.account_code.as_deref();
        let account = account.and_then(|code| chart::account(beside.chart, code));
        Self {
            answered_question_count: beside.answered.get(id.as_str()).copied().unwrap_or(0),
            files: beside.files.get(id.as_str()).cloned().unwrap_or_default(),
            account_plain_name: account.map(|account| account.plain_name(lang)),
            id,
            no: line.no,
            date: line.date,
            voucher_no: line.voucher_no,
            summary: line.summary,
            income_fen: line.income_fen,
            expense_fen: line.expense_fen,
            balance_fen: line.balance_fen,
            account_code: line.account_code,
            fund_source: line.fund_source,
            payee: line.payee,
            handled_by: line.handled_by,
            witnessed_by: line.witnessed_by,
            approved_by: line.approved_by,
            file_count: line.file_count,
        }
    }
}

/// A whole published disclosure, as a file to save.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DisclosureExport)]
pub struct ExportView {
    /// The disclosure.
    #[serde(flatten)]
    pub disclosure: DisclosureView,
    /// The columns of a table, in their order; none of a ledger.
    pub columns: Vec<ColumnView>,
    /// Every line.
    pub lines: Vec<AnyLineView>,
}

/// Something about a cell of an imported sheet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CellProblem)]
pub struct CellProblemView {
    /// The sheet's name; of a CSV file, the file's name.
    sheet: String,
    /// The row as Excel counts them; null when the file as a whole is meant.
    row: Option<u32>,
    /// The heading or label it is about; empty for the whole file.
    column: String,
    /// The cell as Excel names it, when it is one cell.
    cell: Option<String>,
    /// What a program branches on.
    code: String,
    /// What people read.
    detail: String,
    /// What should stand there; empty where nothing can be said.
    expected: String,
    /// What stands there.
    found: String,
}

impl CellProblemView {
    fn of(problem: &CellProblem, lang: Lang) -> Self {
        let detail = problem.detail();
        Self {
            sheet: problem.sheet.clone(),
            row: problem.row,
            column: problem.column.clone(),
            cell: problem.cell.clone(),
            code: problem.code.clone().into_owned(),
            detail: match lang {
                Lang::Zh => detail.zh,
                Lang::En => detail.en,
            },
            expected: problem.should_be().to_owned(),
            found: problem.found.clone(),
        }
    }
}

/// A column that is looked for in an imported sheet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WantedColumn)]
pub struct WantedColumnView {
    /// The heading of the layout.
    heading: String,
    /// Whether there is no draft without it.
    required: bool,
    /// The sheet's heading of the column that was taken for it.
    found: Option<String>,
}

impl WantedColumnView {
    fn of(column: &Wanted) -> Self {
        Self {
            heading: column.heading.clone(),
            required: column.required,
            found: column.found.clone(),
        }
    }
}

/// A column that an imported sheet has.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SheetColumn)]
pub struct SheetColumnView {
    /// As Excel names it.
    letter: String,
    /// Its heading.
    heading: String,
    /// The heading of the layout that it was taken for.
    taken_for: Option<String>,
    /// Up to three of its cells, without numbers that lead to a person; none of a column that may not be disclosed.
    samples: Vec<String>,
}

impl SheetColumnView {
    fn of(column: &SheetColumn) -> Self {
        Self {
            letter: column.letter.clone(),
            heading: column.heading.clone(),
            taken_for: column.taken_for.clone(),
            samples: column.samples.clone(),
        }
    }
}

/// What is published of the period before an imported sheet's.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PreviewPrevious)]
pub struct PreviousView {
    /// The period.
    period: Period,
    /// Its sums.
    totals: TotalsView,
}

/// The sums of an imported sheet, as far as it could be read.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PreviewTotals)]
pub struct TotalsView {
    line_count: i32,
    /// The balance the sheet begins with.
    opening_fen: Fen,
    income_fen: Fen,
    expense_fen: Fen,
    /// The balance the sheet says it ends with.
    closing_fen: Fen,
    /// Of a table: what its columns add up to.
    sums: Vec<SumView>,
}

/// What a column of an imported sheet adds up to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PreviewSum)]
pub struct SumView {
    /// The heading of the column.
    column: &'static str,
    /// The sum as a sheet would write it: yuan with two decimals, or a decimal number.
    total: String,
}

impl TotalsView {
    fn of(sheet: &Sheet, sums: &[(&'static str, String)]) -> Self {
        let sum = |(column, total): &(&'static str, String)| SumView {
            column,
            total: total.clone(),
        };
        Self {
            sums: sums.iter().map(sum).collect(),
            line_count: sheet.line_count,
            opening_fen: sheet.opening,
            income_fen: sheet.income,
            expense_fen: sheet.expense,
            closing_fen: sheet.closing,
        }
    }
}

/// What was found in a sheet. Without errors a draft can be made of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DisclosurePreview)]
pub struct PreviewView {
    preview_id: PreviewId,
    /// How many rows were meant as lines, good or bad.
    rows: usize,
    /// What forbids a draft; at most 200, the rest is counted.
    errors: Vec<CellProblemView>,
    /// What somebody should look at.
    warnings: Vec<CellProblemView>,
    totals: TotalsView,
    /// What is published of the period before; null when nothing is.
    previous: Option<PreviousView>,
    /// What it changes of what is published of this very period, for whoever corrects it; null when nothing is, while
    /// something is wrong with the sheet, and where one of the two has more than 20,000 rows.
    changes: Option<Diff>,
    /// Every column that is looked for, and what was taken for it; empty of a file of JSON.
    columns: Vec<WantedColumnView>,
    /// Every column that the sheet has, and what it was taken for. Without a row of headings, those of the row that looks
    /// most like one. Empty of a file of JSON.
    sheet_columns: Vec<SheetColumnView>,
    /// What the digest of its content will be; null while there are errors.
    content_sha256: Option<String>,
}

impl PreviewView {
    /// In the reader's language.
    #[must_use]
    pub fn of(preview: &Preview, lang: Lang) -> Self {
        let views = |problems: &[CellProblem]| {
            problems
                .iter()
                .map(|problem| CellProblemView::of(problem, lang))
                .collect()
        };
        Self {
            preview_id: preview.sheet.id.clone(),
            rows: preview.rows,
            errors: views(&preview.errors),
            warnings: views(&preview.warnings),
            content_sha256: preview.sheet.content_sha256.clone(),
            totals: TotalsView::of(&preview.sheet, &preview.sums),
            previous: preview.last.as_ref().map(|last| PreviousView {
                period: last.sheet.period,
                totals: TotalsView::of(&last.sheet, &last.sums),
            }),
            changes: preview.changes.clone(),
            columns: preview.wanted.iter().map(WantedColumnView::of).collect(),
            sheet_columns: preview
                .sheet_columns
                .iter()
                .map(SheetColumnView::of)
                .collect(),
        }
    }
}
