//! What a complaint is about: found only where it is published, and pinned to the version seen.

use diesel::prelude::*;
use domain::complaint::intake::AboutType;
use domain::region::RegionCode;
use serde::{Deserialize, Serialize};

use crate::Tx;
use crate::error::StoreError;
use crate::schema::{disclosures, ledger_lines, power_versions, powers};

/// What a complaint is about, as kept with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Of what type.
    #[serde(rename = "type")]
    pub kind: AboutType,
    /// Its id.
    pub id: String,
    /// The version seen.
    pub version: i32,
    /// What people call it.
    pub label: String,
    /// For a line: the disclosure it stands in.
    pub disclosure_id: Option<String>,
    /// For a line: its number.
    pub no: Option<i32>,
}

/// Finds it; `None` when it is not published or belongs to another region.
///
/// # Errors
/// [`StoreError`].
pub fn find(
    tx: &mut Tx<'_>,
    kind: AboutType,
    id: &str,
    region: &RegionCode,
) -> Result<Option<About>, StoreError> {
    match kind {
        AboutType::DisclosureLine => {
            let row: Option<Line> = ledger_lines::table
                .find(id)
                .inner_join(disclosures::table.on(disclosures::sheet_id.eq(ledger_lines::sheet_id)))
                .filter(disclosures::state.eq("published"))
                .filter(disclosures::region_code.eq(region.as_str()))
                .select((
                    disclosures::id,
                    disclosures::version,
                    disclosures::title,
                    ledger_lines::no,
                    ledger_lines::summary,
                ))
                .first(tx.0)
                .optional()?;
            let row = match row {
                None => of_table(tx, id, region)?,
                row => row,
            };
            Ok(
                row.map(|(disclosure_id, version, title, no, summary)| About {
                    kind,
                    id: id.to_owned(),
                    version,
                    label: format!("{title} · {no} · {summary}"),
                    disclosure_id: Some(disclosure_id),
                    no: Some(no),
                }),
            )
        }
        AboutType::Disclosure => {
            let row: Option<(i32, String)> = disclosures::table
                .find(id)
                .filter(disclosures::state.eq("published"))
                .filter(disclosures::region_code.eq(region.as_str()))
                .select((disclosures::version, disclosures::title))
                .first(tx.0)
                .optional()?;
            Ok(row.map(|(version, label)| About {
                kind,
                id: id.to_owned(),
                version,
                label,
                disclosure_id: Some(id.to_owned()),
                no: None,
            }))
        }
        AboutType::PowerItem => {
            let row: Option<(String, i32, String)> = powers::table
                .find(id)
                .inner_join(
                    power_versions::table.on(power_versions::power_id
                        .eq(powers::id)
                        .and(power_versions::version.eq(powers::version))),
                )
                .select((powers::region_code, powers::version, power_versions::body))
                .first(tx.0)
                .optional()?;
            let Some((owner, version, body)) = row else {
                return Ok(None);
            };
            let corrupt = || StoreError::Corrupt("powers", id.to_owned());
            let owner = RegionCode::try_from(owner).map_err(|_| corrupt())?;
            let content: crate::powers::Content =
                serde_json::from_str(&body).map_err(|_| corrupt())?;
            Ok(owner.covers(region).then_some(About {
                kind,
                id: id.to_owned(),
                version,
                label: content.item.name,
                disclosure_id: None,
                no: None,
            }))
        }
    }
}

/// A line's disclosure, version and title, its number, and what people call it.
type Line = (String, i32, String, i32, String);

/// A published row of a table.
fn of_table(tx: &mut Tx<'_>, id: &str, region: &RegionCode) -> Result<Option<Line>, StoreError> {
    let Some((sheet, no, label)) = crate::disclosures::row_sheet(tx, id)? else {
        return Ok(None);
    };
    let of: Option<(String, i32, String)> = disclosures::table
        .filter(disclosures::sheet_id.eq(sheet))
        .filter(disclosures::state.eq("published"))
        .filter(disclosures::region_code.eq(region.as_str()))
        .select((disclosures::id, disclosures::version, disclosures::title))
        .first(tx.0)
        .optional()?;
    Ok(of.map(|(disclosure, version, title)| (disclosure, version, title, no, label)))
}

/// The id of a published line by what people call it: village, period, number.
///
/// # Errors
/// [`StoreError`].
pub fn line_id(
    tx: &mut Tx<'_>,
    region: &str,
    period: &str,
    no: i32,
) -> Result<Option<String>, StoreError> {
    Ok(ledger_lines::table
        .inner_join(disclosures::table.on(disclosures::sheet_id.eq(ledger_lines::sheet_id)))
        .filter(disclosures::state.eq("published"))
        .filter(disclosures::region_code.eq(region))
        .filter(disclosures::period.eq(period))
        .filter(ledger_lines::no.eq(no))
        .select(ledger_lines::id)
        .first(tx.0)
        .optional()?)
}
