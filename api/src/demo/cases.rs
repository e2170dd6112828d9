//! Complaints of the demo, filed and worked on through the services as people would.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::web::Data;
use chrono::TimeDelta;
use domain::complaint::action::Action;
use domain::complaint::intake::Channel;
use domain::complaint::receipt::ReceiptCode;
use domain::id::{ComplaintId, ProposalId};
use domain::proposal::CaseMatter;
use domain::time::Timestamp;
use serde_json::{Value, json};
use store::complaints::Filter;

use super::ledgers::line_id;
use super::people::People;
use super::story::{Complaint, Deed, fault, scope};
use crate::app::App;
use crate::complaints::action_request::action;
use crate::complaints::intake::{Attempt, file};
use crate::complaints::{actions, service};
use crate::decisions::decide::{Decision, decide};

/// A case that was filed.
pub struct Filed {
    id: ComplaintId,
    receipt: ReceiptCode,
}

/// The cases so far, by their keys.
pub struct Cases<'a> {
    app: &'a Arc<App>,
    data: Data<App>,
    people: &'a People,
    filed: BTreeMap<String, Filed>,
}

impl<'a> Cases<'a> {
    /// None yet.
    pub fn new(app: &'a Arc<App>, people: &'a People) -> Self {
        Self {
            app,
            data: Data::from(Arc::clone(app)),
            people,
            filed: BTreeMap::new(),
        }
    }

    fn of(&self, key: &str) -> Result<&Filed, String> {
        let found = self.filed.get(key);
        found.ok_or_else(|| format!("demo.json: {key} was acted on before it was filed"))
    }

    /// Somebody files, at the desk of an office if the story says so.
    pub async fn file(&mut self, complaint: &Complaint) -> Result<(), String> {
        let about = match &complaint.about {
            Some(about) => {
                json!({ "type": "disclosure_line", "id": line_id(self.app, about).await? })
            }
            None => Value::Null,
        };
        let body = json!({
            "kind": complaint.kind,
            "region_code": complaint.region_code,
            "category": complaint.category,
            "about": about,
            "text": complaint.text,
            "targets": complaint.targets,
            "identity": complaint.identity,
            "filed_by": complaint.filed_by,
            "may_publish_answer": complaint.may_publish_answer,
        });
        let request = serde_json::from_value(body.clone())
            .map_err(|error| format!("demo.json: {}: {error}", complaint.key))?;
        let taken_by = match &complaint.taken_by {
            Some(username) => Some(scope(self.app, self.people, username).await?),
            None => None,
        };
        let attempt = Attempt {
            key: self.app.ids.token(),
            body,
            request,
            channel: complaint.channel.unwrap_or(Channel::Web),
            taken_by,
        };
        let filed = file(&self.data, attempt)
            .await
            .map_err(fault(&complaint.key))?;
        let number = filed.view.get("number").and_then(Value::as_str);
        let id = self.find(complaint, number.unwrap_or_default()).await?;
        let receipt = filed.receipt;
        let key = complaint.key.clone();
        self.filed.insert(key, Filed { id, receipt });
        Ok(())
    }

    /// The id of a case by its number, as its supervising unit finds it.
    async fn find(&self, complaint: &Complaint, number: &str) -> Result<ComplaintId, String> {
        let scope = scope(self.app, self.people, supervisor_of(complaint)).await?;
        let filter = Filter {
            words: Some(number.to_lowercase()),
            limit: 1,
            ..Filter::default()
        };
        let found = service::queue(&self.data, &scope, filter.into())
            .await
            .map_err(fault(&complaint.key))?;
        let id = found
            .first()
            .map(|(_, _, id)| id.clone())
            .ok_or_else(|| format!("demo: {} was not found", complaint.key))?;
        ComplaintId::try_from(id).map_err(|error| error.to_string())
    }

    /// The usual way of a case, one action of it.
    pub async fn usual(&self, complaint: &Complaint, name: &str) -> Result<(), String> {
        let handler = match complaint.responsible_organisation_id.as_deref() {
            Some(unit) if unit.starts_with("accounting-agency") => "demo_handler2",
            _ => "demo_handler1",
        };
        let (who, mut body) = match name {
            "dispatch" => (
                supervisor_of(complaint),
                json!({ "organisation_id": complaint.responsible_organisation_id, "brief": complaint.brief }),
            ),
            "request_supplement" => (
                supervisor_of(complaint),
                json!({ "note": complaint.supplement_note }),
            ),
            "approve" => (
                supervisor_of(complaint),
                json!({ "public_answer": complaint.public_answer }),
            ),
            "start" => (handler, json!({})),
            "submit_answer" => (handler, complaint.answer.clone().unwrap_or_default()),
            _ => (supervisor_of(complaint), json!({})),
        };
        if let Some(fields) = body.as_object_mut() {
            fields.insert("action".into(), name.into());
        }
        self.act(complaint, who, body).await
    }

    /// What the story says in so many words.
    pub async fn deed(
        &self,
        complaint: &Complaint,
        deed: &Deed,
        start: Timestamp,
    ) -> Result<(), String> {
        if let Some(matter) = deed.approve {
            return self.approve(complaint, &deed.who, matter).await;
        }
        let mut body = deed.action.clone();
        if let Some(key) = &deed.into {
            let into = self.of(key)?.id.to_string();
            if let Some(fields) = body.as_object_mut() {
                fields.insert("into_id".into(), into.into());
            }
        }
        if let (Some(days), Some(fields)) = (deed.due_in_days, body.as_object_mut()) {
            let day = start.day() + TimeDelta::days(days);
            fields.insert("due_at".into(), json!(Timestamp::start_of(day)));
        }
        match deed.who.as_str() {
            "villager" => self.says(complaint, &body).await,
            who => self.act(complaint, who, body).await,
        }
    }

    async fn act(&self, complaint: &Complaint, who: &str, body: Value) -> Result<(), String> {
        let of = fault(&complaint.key);
        let action = action(body.clone())
            .map_err(|problem| format!("demo.json: {}: {problem}", complaint.key))?;
        let scope = scope(self.app, self.people, who).await?;
        let id = &self.of(&complaint.key)?.id;
        let seen = service::one(&self.data, &scope, id.clone())
            .await
            .map_err(&of)?
            .0;
        actions::act(&self.data, &scope, id.clone(), seen, body, action)
            .await
            .map_err(&of)?;
        Ok(())
    }

    async fn says(&self, complaint: &Complaint, body: &Value) -> Result<(), String> {
        let text = |name: &str| {
            let text = body.get(name).and_then(Value::as_str).unwrap_or_default();
            text.to_owned()
        };
        let wrong = || format!("demo.json: {}: no villager does {body}", complaint.key);
        let action = match text("action").as_str() {
            "message" => Action::Message { text: text("text") },
            "supplement" => Action::Supplement { text: text("text") },
            "rate" => Action::Rate {
                rating: serde_json::from_value(body.get("rating").cloned().unwrap_or_default())
                    .map_err(|_| wrong())?,
                comment: Some(text("comment")).filter(|text| !text.is_empty()),
            },
            "dispute" => Action::Dispute {
                reason: text("reason"),
            },
            "withdraw" => Action::Withdraw {
                reason: Some(text("reason")),
            },
            _ => return Err(wrong()),
        };
        let receipt = &self.of(&complaint.key)?.receipt;
        actions::own_act(&self.data, receipt, action.into())
            .await
            .map_err(fault(&complaint.key))?;
        Ok(())
    }

    /// The second person of whatever waits about a case.
    async fn approve(
        &self,
        complaint: &Complaint,
        who: &str,
        matter: CaseMatter,
    ) -> Result<(), String> {
        let of = fault(&complaint.key);
        let scope = scope(self.app, self.people, who).await?;
        let id = self.of(&complaint.key)?.id.to_string();
        let waiting = self
            .app
            .db
            .read(move |tx| store::proposals::waiting(tx, "complaint", &id))
            .await
            .map_err(|error| error.to_string())?;
        let about = |subject: &domain::proposal::Subject| {
            subject.case().is_some_and(|(_, of)| of == matter)
        };
        let found = waiting
            .into_iter()
            .find(|found| about(&found.proposal.subject));
        let proposal: ProposalId = found
            .map(|found| found.proposal.id)
            .ok_or_else(|| format!("demo.json: {}: nothing waits", complaint.key))?;
        let decision = Decision {
            is_sure: true,
            approve: true,
            note: Some("同意（演示）".into()),
        };
        decide(&self.data, &scope, proposal, decision)
            .await
            .map_err(of)?;
        Ok(())
    }
}

/// Who supervises: the county where people of the township or somebody unknown is complained about.
fn supervisor_of(complaint: &Complaint) -> &'static str {
    let above = complaint.targets.as_array().is_some_and(|targets| {
        targets.iter().any(|target| {
            target.get("group").and_then(Value::as_str) == Some("township")
                || target.get("type").and_then(Value::as_str) == Some("other")
                || target
                    .get("id")
                    .and_then(Value::as_str)
                    .is_some_and(|id| id.ends_with("000"))
        })
    });
    if above { "demo_county" } else { "demo_triage" }
}
