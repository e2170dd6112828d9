//! What a complaint is about: found only where it is published, and pinned to the version seen.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::complaint::intake::AboutType;
use domain::id::ObligationId;
use domain::region::RegionCode;
use serde::{Deserialize, Serialize};

use crate::Tx;
use crate::error::StoreError;
use crate::obligations;
use crate::schema::{
    disclosure_versions, disclosure_withdrawals, disclosures, ledger_lines, power_versions, powers,
};

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
            // The label goes to whoever asked, who sees no more of the line than everybody.
            let line = match crate::disclosures::line_sheet(tx, id)? {
                None => crate::disclosures::row_sheet(tx, id)?,
                line => line,
            };
            let Some((sheet, no, summary)) = line else {
                return Ok(None);
            };
            // A line of any version that can still be read: somebody may hold an older one in his hand.
            let row: Option<(String, i32, String)> = disclosure_versions::table
                .inner_join(
                    disclosures::table.on(disclosures::id.eq(disclosure_versions::disclosure_id)),
                )
                .filter(disclosure_versions::sheet_id.eq(sheet))
                .filter(disclosures::region_code.eq(region.as_str()))
                .filter(not(exists(
                    disclosure_withdrawals::table
                        .filter(
                            disclosure_withdrawals::disclosure_id
                                .eq(disclosure_versions::disclosure_id),
                        )
                        .filter(disclosure_withdrawals::version.ge(disclosure_versions::version)),
                )))
                .select((
                    disclosures::id,
                    disclosure_versions::version,
                    disclosure_versions::title,
                ))
                .first(tx.0)
                .optional()?;
            Ok(row.map(|(disclosure_id, version, title)| About {
                kind,
                id: id.to_owned(),
                version,
                label: format!("{title} · {no} · {summary}"),
                disclosure_id: Some(disclosure_id),
                no: Some(no),
            }))
        }
        AboutType::Disclosure => {
            let row: Option<(i32, String)> = disclosures::table
                .find(id)
                // That it was withdrawn is itself something to ask about.
                .filter(disclosures::published_at.is_not_null())
                .filter(disclosures::region_code.eq(region.as_str()))
                .select((disclosures::version, disclosures::title))
                .get_result(tx.0)
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
        AboutType::Obligation => {
            let Ok(known) = ObligationId::try_from(id) else {
                return Ok(None);
            };
            let found = obligations::find(tx, &known)?;
            Ok(found
                .filter(|record| record.region == *region)
                .map(|record| About {
                    kind,
                    id: id.to_owned(),
                    version: record.told_version(),
                    label: format!("{} · {}", record.title, record.clock.due_date),
                    disclosure_id: record.settled.map(|settled| settled.disclosure.to_string()),
                    no: None,
                }))
        }
    }
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
