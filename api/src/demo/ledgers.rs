//! Ledgers of the demo: drafted, signed and published by the people who do that.

use std::sync::Arc;

use domain::disclosure::chart::ChartVersion;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::ledger::LedgerLine;
use domain::disclosure::period::Period;
use domain::money::Fen;
use domain::region::RegionCode;
use domain::time::parse_day;

use super::people::People;
use super::story::{AboutLine, LedgerOf, Village, fault, scope};
use crate::app::App;
use crate::disclosures;
use crate::disclosures::checking::Handed;
use crate::disclosures::export::{Meta, csv};
use crate::disclosures::service::Step;
use crate::disclosures::sheet::Chosen;

/// Publishes a ledger as its clerk, its committee and its publisher.
pub async fn publish(
    app: &Arc<App>,
    people: &People,
    village: &Village,
    ledger: &LedgerOf,
) -> Result<(), String> {
    let what = format!("{} {}", village.name, ledger.period);
    let region =
        RegionCode::try_from(village.region_code.as_str()).map_err(|error| error.to_string())?;
    let handed = Handed {
        region,
        kind: DisclosureKind::Ledger,
        period: Period::parse(&ledger.period)
            .map_err(|error| format!("demo.json: {what}: {error}"))?,
        opening: None,
        closing: None,
        chart: None,
        columns: Chosen::new(),
        file_name: format!("{what}.csv"),
        bytes: sheet(village, ledger)?,
    };
    show(app, people, village, handed, &what).await
}

/// Drafts, signs and publishes a sheet.
pub async fn show(
    app: &Arc<App>,
    people: &People,
    village: &Village,
    handed: Handed,
    what: &str,
) -> Result<(), String> {
    let of = fault(what);
    let clerk = scope(app, people, &village.clerk).await?;
    let preview = disclosures::checking::preview(app, &clerk, handed)
        .await
        .map_err(&of)?;
    if let Some(problem) = preview.errors.first() {
        return Err(format!("demo: {what}: {problem:?}"));
    }
    let draft = disclosures::drafting::draft(app, &clerk, preview.sheet.id)
        .await
        .map_err(&of)?;
    let committee = scope(app, people, &village.committee).await?;
    let sign = Step::Sign {
        note: Some("已逐笔核对（演示）".into()),
    };
    let signed = disclosures::service::act(app, &committee, draft.id.clone(), draft.edition, sign)
        .await
        .map_err(&of)?;
    let publisher = scope(app, people, "demo_publisher").await?;
    disclosures::service::act(app, &publisher, draft.id, signed.edition, Step::Publish)
        .await
        .map_err(&of)?;
    Ok(())
}

/// The ledger as the file its clerk would hand in.
fn sheet(village: &Village, ledger: &LedgerOf) -> Result<Vec<u8>, String> {
    let yuan =
        |text: &str| Fen::parse_yuan(text).map_err(|error| format!("demo.json: {text}: {error}"));
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let lines = ledger
        .lines
        .iter()
        .map(|line| {
            Ok(LedgerLine {
                no: line.no,
                date: parse_day(&line.date).ok_or_else(|| format!("demo.json: {}", line.date))?,
                voucher_no: some(&line.voucher_no),
                summary: line.summary.clone(),
                income_fen: yuan(&line.income)?,
                expense_fen: yuan(&line.expense)?,
                balance_fen: Some(yuan(&line.balance)?),
                account_code: some(&line.account_code),
                fund_source: some(&line.fund_source),
                payee: some(&line.payee),
                handled_by: some(&line.handled_by),
                witnessed_by: some(&line.witnessed_by),
                approved_by: some(&line.approved_by),
                file_count: line.attachments,
            })
        })
        .collect::<Result<Vec<_>, String>>()?;
    let meta = Meta {
        title: format!(
            "{}{}财务收支逐笔公开表（演示）",
            village.name, ledger.period
        ),
        village: village.name.clone(),
        period: Period::parse(&ledger.period).map_err(|error| error.to_string())?,
        opening: yuan(&ledger.opening)?,
        closing: yuan(&ledger.closing)?,
        chart: ChartVersion::V2024,
    };
    csv(&meta, &lines).map_err(|error| error.to_string())
}

/// The id of a published line.
pub async fn line_id(app: &Arc<App>, about: &AboutLine) -> Result<String, String> {
    let (region, period, no) = (about.region_code.clone(), about.period.clone(), about.no);
    let found = app
        .db
        .read(move |tx| store::about::line_id(tx, &region, &period, no))
        .await
        .map_err(|error| error.to_string())?;
    found.ok_or_else(|| {
        format!(
            "demo.json: no line {} in {} {}",
            about.no, about.region_code, about.period
        )
    })
}
