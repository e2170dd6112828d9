//! What staff do with disclosures.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::Staff;
use crate::support::app::{Answer, Call, House};
use crate::support::places;
use crate::support::sheets::Ledger;

impl Staff<'_> {
    /// Whatever a preview of a file answers.
    pub async fn tries_to_preview(
        &self,
        bytes: Vec<u8>,
        file_name: &str,
        region: &str,
        period: &str,
    ) -> Answer {
        self.hands_in(bytes, file_name, region, period).send().await
    }

    /// The request that previews a file.
    pub fn hands_in(&self, bytes: Vec<u8>, file_name: &str, region: &str, period: &str) -> Call {
        self.hands_in_as("ledger", bytes, file_name, region, period, &[])
    }

    /// The request that previews a file of a kind, with more fields of the form.
    pub fn hands_in_as(
        &self,
        kind: &str,
        bytes: Vec<u8>,
        file_name: &str,
        region: &str,
        period: &str,
        more: &[(&'static str, &str)],
    ) -> Call {
        let form = sheet_form(kind, bytes, file_name, region, period, more);
        self.post("/admin/disclosures/preview").form(form)
    }

    /// The request that has a file of a kind marked.
    pub fn has_marked(
        &self,
        kind: &str,
        bytes: Vec<u8>,
        file_name: &str,
        region: &str,
        period: &str,
        more: &[(&'static str, &str)],
    ) -> Call {
        let form = sheet_form(kind, bytes, file_name, region, period, more);
        self.post("/admin/disclosures/preview/marked").form(form)
    }

    /// Previews a workbook of 东风村.
    pub async fn previews(&self, ledger: &Ledger) -> Value {
        self.tries_to_preview(
            ledger.xlsx(),
            "ledger.xlsx",
            places::VILLAGE,
            &ledger.period,
        )
        .await
        .ok()
    }

    /// Previews a good workbook and drafts it.
    pub async fn drafts(&self, ledger: &Ledger) -> Value {
        let preview = self.previews(ledger).await;
        assert_eq!(preview["errors"], json!([]), "{preview}");
        self.tries_to_draft(&preview).await.expect(201).json()
    }

    /// Whatever drafting a preview answers.
    pub async fn tries_to_draft(&self, preview: &Value) -> Answer {
        self.post("/admin/disclosures")
            .key(&self.house.fresh_key())
            .json(&json!({ "preview_id": preview["preview_id"] }))
            .send()
            .await
    }

    /// Does something to a disclosure, about the version seen.
    pub async fn tries_with_disclosure(&self, id: &str, action: Value) -> Answer {
        let seen = self.get(&format!("/admin/disclosures/{id}")).send().await;
        let version = match seen.status {
            200 => seen.etag(),
            _ => "\"1\"".to_owned(),
        };
        self.post(&format!("/admin/disclosures/{id}/actions"))
            .if_match(&version)
            .json(&action)
            .send()
            .await
    }

    /// Signs.
    pub async fn signs(&self, id: &str) -> Value {
        self.tries_with_disclosure(id, json!({ "action": "sign", "note": "属实" }))
            .await
            .expect(200)
            .json()
    }

    /// Publishes.
    pub async fn publishes(&self, id: &str) -> Value {
        self.tries_with_disclosure(id, json!({ "action": "publish" }))
            .await
            .expect(200)
            .json()
    }

    /// Whatever asking for a correction answers.
    pub async fn tries_to_correct(&self, id: &str, preview: &Value, reason: &str) -> Answer {
        let preview = &preview["preview_id"];
        let action = json!({ "action": "correct", "preview_id": preview, "reason": reason });
        self.tries_with_disclosure(id, action).await
    }

    /// Hands in another sheet and proposes that it takes the place of what is published; the proposal.
    pub async fn proposes_correction(&self, id: &str, ledger: &Ledger, reason: &str) -> String {
        let preview = self.previews(ledger).await;
        assert_eq!(preview["errors"], json!([]), "{preview}");
        let made = self.tries_to_correct(id, &preview, reason).await;
        let made = made.expect(202).json();
        made["proposal_id"].as_str().unwrap().to_owned()
    }

    /// Proposes to take back what is published; the proposal.
    pub async fn proposes_withdrawal(&self, id: &str, reason: &str) -> String {
        let action = json!({ "action": "withdraw", "reason": reason });
        let made = self.tries_with_disclosure(id, action).await.expect(202);
        made.json()["proposal_id"].as_str().unwrap().to_owned()
    }

    /// Records the photo of a sheet signed on paper.
    pub async fn tries_to_record_paper(&self, id: &str, token: &str) -> Answer {
        let action = json!({ "action": "sign", "paper_file": token, "note": "见签字表" });
        self.tries_with_disclosure(id, action).await
    }
}

/// A ledger drafted, signed and published; its view.
pub async fn publish_ledger(house: &House, ledger: &Ledger) -> Value {
    let (clerk, committee, publisher) = (
        house.clerk().await,
        house.committee().await,
        house.publisher().await,
    );
    let draft = clerk.drafts(ledger).await;
    let id = draft["id"].as_str().unwrap();
    committee.signs(id).await;
    publisher.publishes(id).await
}

/// The form with which a sheet is handed in.
fn sheet_form(
    kind: &str,
    bytes: Vec<u8>,
    file_name: &str,
    region: &str,
    period: &str,
    more: &[(&'static str, &str)],
) -> Form {
    let part = Part::bytes(bytes).file_name(file_name.to_owned());
    let mut form = Form::new()
        .text("region_code", region.to_owned())
        .text("kind", kind.to_owned())
        .text("period", period.to_owned());
    for (name, value) in more {
        form = form.text(*name, (*value).to_owned());
    }
    form.part("file", part)
}
