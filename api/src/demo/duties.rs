//! What the demo's villages must publish: the county's catalogue, and what had to be published at once.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::obligation::shipped;
use domain::region::RegionCode;
use domain::time::Timestamp;
use serde_json::json;

use super::people::People;
use super::story::{CatalogueOf, EventOf, approve, fault, scope};
use crate::app::App;
use crate::obligations::{catalogues, events};

/// Two people of the county adopt a part of the shipped catalogue.
pub async fn adopt(app: &Arc<App>, people: &People, catalogue: &CatalogueOf) -> Result<(), String> {
    let [first, second] = &catalogue.by;
    let proposer = scope(app, people, first).await?;
    let items = catalogue
        .items
        .iter()
        .map(|code| {
            let item = shipped::catalogue().item(code);
            item.ok_or_else(|| format!("demo.json: no matter {code}"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let body = json!({ "reason": catalogue.reason, "items": items });
    let body = serde_json::from_value(body).map_err(|error| error.to_string())?;
    let county: RegionCode = proposer.region.clone();
    let proposed = catalogues::propose(app, &proposer, county, None, body)
        .await
        .map_err(fault("the catalogue"))?;
    approve(app, people, second, proposed.proposal_id).await
}

/// Somebody writes down what happened.
pub async fn record(
    app: &Arc<App>,
    people: &People,
    event: &EventOf,
    start: Timestamp,
) -> Result<(), String> {
    let day = start.day() - TimeDelta::days(event.days_before_start);
    let body = json!({ "region_code": event.region_code, "item": event.item,
        "event_on": day.to_string(), "title": event.title });
    let body = serde_json::from_value(body).map_err(|error| error.to_string())?;
    let who = scope(app, people, &event.who).await?;
    events::record(app, &who, body)
        .await
        .map_err(fault(&event.title))?;
    Ok(())
}
