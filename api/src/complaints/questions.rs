//! Answers written for everybody: published when a second person approved the words, read by anybody.

use actix_web::web;
use domain::complaint::case::Case;
use domain::policy::Kind;
use domain::region::RegionCode;
use domain::time::Timestamp;
use serde::Serialize;
use store::about::About;
use store::answers::{self, Answer, Filter};
use store::complaints::Record;
use store::{StoreError, Tx, regions};
use utoipa::ToSchema;

use super::service::region_name;
use super::views::AboutView;
use crate::app::App;
use crate::error::ServiceError;

/// An answer written for everybody.
#[derive(Serialize, ToSchema)]
pub struct QuestionView {
    id: String,
    region_code: RegionCode,
    /// What people call that region.
    region_name: String,
    kind: Kind,
    category: String,
    /// What it is about; null when it is about nothing published.
    about: Option<AboutView>,
    /// The words.
    answer: String,
    published_at: Timestamp,
}

/// An answer the complainant allowed to be published, in the complainant's own view.
#[derive(Serialize, ToSchema)]
pub struct PublicAnswerView {
    text: String,
    published_at: Timestamp,
}

impl From<Answer> for PublicAnswerView {
    fn from(answer: Answer) -> Self {
        Self {
            text: answer.text,
            published_at: answer.published_at,
        }
    }
}

/// A page of published answers.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "a shape for the contract; pages are written by http::page"
)]
pub struct QuestionPage {
    items: Vec<QuestionView>,
    next_cursor: Option<String>,
}

/// Publishes the words of an approved proposal.
///
/// # Errors
/// The store's.
pub fn publish(
    tx: &mut Tx<'_>,
    app: &App,
    record: &Record,
    text: String,
    now: Timestamp,
) -> Result<(), StoreError> {
    let case: &Case = &record.case;
    let answer = Answer {
        id: app.ids.id(),
        region: case.region.clone(),
        kind: case.kind,
        category: case.category.clone(),
        about: record.filing.about.clone(),
        about_id: record.filing.about_id.clone(),
        text,
        published_at: now,
    };
    answers::publish(tx, case.id.as_str(), &answer)
}

/// A page of published answers, with each one's place.
///
/// # Errors
/// [`ServiceError::NotFound`] for a region that is not there, or the store's.
pub async fn list(
    app: &web::Data<App>,
    filter: Filter,
) -> Result<Vec<(QuestionView, i64, String)>, ServiceError> {
    app.db
        .read(move |tx| {
            if !regions::exists(tx, &filter.region)? {
                return Err(ServiceError::NotFound);
            }
            let mut items = Vec::new();
            for answer in answers::list(tx, &filter)? {
                let place = (answer.published_at.micros(), answer.id.clone());
                let about = answer
                    .about
                    .as_deref()
                    .and_then(|text| serde_json::from_str::<About>(text).ok());
                let view = QuestionView {
                    region_name: region_name(tx, &answer.region)?,
                    id: answer.id,
                    region_code: answer.region,
                    kind: answer.kind,
                    category: answer.category,
                    about: about.map(AboutView::from),
                    answer: answer.text,
                    published_at: answer.published_at,
                };
                items.push((view, place.0, place.1));
            }
            Ok(items)
        })
        .await
}
