//! Filing. The receipt is derived, never stored in clear; an identity is sealed before anything is
//! written; a retry with the same key gets the same answer, however late it comes.

use std::sync::Arc;

use actix_web::web;
use domain::canon::canonical_json;
use domain::complaint::case::{Case, NewCase};
use domain::complaint::intake::{self, Channel, Draft, Identity, IdentityMode};
use domain::complaint::receipt::{Pepper, ReceiptCode};
use domain::complaint::routing::{NoRoute, supervising};
use domain::complaint::target::{Accused, Target};
use domain::id::ComplaintId;
use domain::organisation::{Organisation, Post};
use domain::policy::Stage;
use domain::region::{Level, RegionCode};
use domain::role::{Permission, Scope};
use domain::text;
use serde_json::Value;
use store::complaints::{Filing, Keys, Record, Replay, SealedIdentity};
use store::{StoreError, Tx, about, complaints, organisations, recusal};
use unicode_normalization::UnicodeNormalization as _;

use super::photos;
use super::requests::{FilingRequest, TargetRequest, TargetType};
use super::service::region_name;
use super::settle::{
    Cause, Facts, Marks, Who, event_of, letters, record, schedule, tell_operators,
};
use super::views::{ComplaintView, Parts, receipt};
use crate::app::App;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};
use crate::failpoints;
use crate::notify::Template;
use crate::ports::sealer::{Bound, Sealed, Unsealed};

/// Tries at a free case number: a second is a coincidence, a third a fault.
const NUMBER_TRIES: u32 = 3;

/// A filing taken, now or earlier.
pub struct Filed {
    /// The answer, without the code.
    pub view: Value,
    /// The code.
    pub receipt: ReceiptCode,
    /// Whether it was taken before.
    pub replayed: bool,
}

/// A filing and what ties its retries together.
pub struct Attempt {
    /// The `Idempotency-Key`.
    pub key: String,
    /// The body as sent.
    pub body: Value,
    /// The body as read.
    pub request: FilingRequest,
    /// How it came in.
    pub channel: Channel,
    /// Who took it down, where somebody did.
    pub taken_by: Option<Scope>,
}

/// Holds a key while its filing is worked on; a second one meanwhile is told to come back.
struct InFlight<'a> {
    app: &'a App,
    mac: String,
}

impl<'a> InFlight<'a> {
    fn enter(app: &'a App, mac: &str) -> Result<Self, ServiceError> {
        let mut keys = app
            .in_flight
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if !keys.insert(mac.to_owned()) {
            return Err(ServiceError::Rule(Code::InFlight));
        }
        Ok(Self {
            app,
            mac: mac.to_owned(),
        })
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.app
            .in_flight
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .remove(&self.mac);
    }
}

/// What a retry is held against: the body without its photo tokens, which a retry may renew, under the pepper.
fn body_digest(pepper: &Pepper, body: &Value) -> Result<String, ServiceError> {
    let mut body = body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("attachments");
    }
    let broken = |error: &dyn std::fmt::Display| ServiceError::Broken(error.to_string());
    let bytes = canonical_json(&body).map_err(|error| broken(&error))?;
    let text = std::str::from_utf8(&bytes).map_err(|error| broken(&error))?;
    Ok(pepper.body_mac(text))
}

/// Takes a filing, or finds it taken.
///
/// # Errors
/// Faults at their places, [`Code::InFlight`], [`Code::IdempotencyKeyReused`], or the store's.
pub async fn file(app: &web::Data<App>, attempt: Attempt) -> Result<Filed, ServiceError> {
    let pepper = app.secrets.pepper();
    let mac = pepper.idempotency_mac(&attempt.key);
    let digest = body_digest(&pepper, &attempt.body)?;
    let _guard = InFlight::enter(app, &mac)?;
    failpoints::reached("filing.read");
    for _ in 0..NUMBER_TRIES {
        // Nearly every filing is a first one: it is taken at once, and only what does not go through is looked for.
        let why = match take(app, &attempt, &mac, &digest).await {
            Err(why) => why,
            taken => return taken,
        };
        let looked_up = mac.clone();
        let earlier = app
            .db
            .read(move |tx| complaints::replay(tx, &looked_up))
            .await;
        match (earlier, why) {
            (Ok(Some(earlier)), _) => return replayed(app, &attempt.key, &digest, earlier),
            // The number was taken.
            (Ok(None), ServiceError::Store(StoreError::Conflict(_))) => {}
            // It may be taken already, and the database does not answer: whoever asks is to come back.
            (Err(away), ServiceError::Store(StoreError::Conflict(_))) => return Err(away.into()),
            (_, why) => return Err(why),
        }
    }
    Err(ServiceError::Store(StoreError::Busy))
}

fn replayed(app: &App, key: &str, digest: &str, earlier: Replay) -> Result<Filed, ServiceError> {
    if earlier.body_sha256 != digest {
        return Err(ServiceError::Rule(Code::IdempotencyKeyReused));
    }
    let view = serde_json::from_str(&earlier.filed_view)
        .map_err(|error| ServiceError::Broken(format!("a filed view cannot be read: {error}")))?;
    let pepper = app.secrets.pepper();
    let receipt = pepper.derive_receipt(key, &earlier.id);
    if pepper.receipt_mac(&receipt) != earlier.receipt_mac {
        // It was issued anew: what this key derives is dead, and must not look alive.
        return Err(ServiceError::Rule(Code::ReceiptReissued));
    }
    Ok(Filed {
        view,
        receipt,
        replayed: true,
    })
}

async fn take(
    app: &web::Data<App>,
    attempt: &Attempt,
    mac: &str,
    digest: &str,
) -> Result<Filed, ServiceError> {
    let request = attempt.request.clone();
    let (channel, taken_by) = (attempt.channel, attempt.taken_by.clone());
    let identity = Identity {
        name: request.identity.name.clone(),
        phone: request.identity.phone.clone(),
        email: request.identity.email.clone(),
    };
    check(&request, &identity)?;
    if let Some(scope) = &attempt.taken_by {
        check_county(scope, &request.region_code)?;
    }
    let id: ComplaintId = app.ids.make();
    let code = app.secrets.pepper().derive_receipt(&attempt.key, &id);
    let sealed = seal(app, &request, id.clone(), identity).await?;
    let now = app.clocks.case();
    let number = app.ids.number();
    let tie = Keys {
        receipt_mac: app.secrets.pepper().receipt_mac(&code),
        idempotency_mac: mac.to_owned(),
        body_sha256: digest.to_owned(),
        filed_view: String::new(),
    };
    let inner = Arc::clone(app);
    let (view, marks) = app
        .db
        .write(move |tx| {
            if !request.attachments.is_empty()
                && complaints::replay(tx, &tie.idempotency_mac)?.is_some()
            {
                // Another process took this very filing meanwhile, and spent its tokens: it is to be looked for again.
                return Err(StoreError::Conflict("complaints_idempotency_mac".into()).into());
            }
            organisations::ensure(tx, &request.region_code)?;
            let pictures = photos::offered(tx, &inner, &request.attachments)?;
            let about = find_about(tx, &request)?;
            let targets = find_targets(tx, &request.region_code, &request.targets, &[])?;
            let accused = recusal::accused(tx, &targets, now.day())?;
            let about_whom = Accused {
                targets: &targets,
                persons: &accused,
            };
            let facts = Facts::new_in(tx, &inner, &request.region_code, about_whom)?;
            let rules = facts.rules(now);
            let organ = supervising(&targets, &facts.organs).map_err(no_route)?;
            let new = NewCase {
                id: id.clone(),
                number: number.clone(),
                kind: request.kind,
                region: request.region_code.clone(),
                category: request.category.clone(),
                targets,
                accused,
            };
            let case = Case::file(new, organ, &rules);
            let words =
                text::body(&request.text, intake::TEXT_MIN, intake::TEXT_MAX).unwrap_or_default();
            let filing = Filing {
                text_folded: fold(&words),
                text: words,
                about: about
                    .as_ref()
                    .map(serde_json::to_string)
                    .transpose()
                    .map_err(unwritable)?,
                about_id: about.map(|about| about.id),
                identity_mode: request.identity.mode,
                filed_by: request.filed_by,
                may_publish_answer: request.may_publish_answer,
                channel,
            };
            let who = taken_by.as_ref().map_or(Who::Complainant, Who::Staff);
            let record_of = Record { case, filing };
            let parts = Parts {
                photos: store::attachments::numbered(1, None, &pictures),
                ..Parts::new(region_name(tx, &record_of.case.region)?)
            };
            let view = filed_view(receipt(&record_of, parts, &rules), now)?;
            let keys = Keys {
                filed_view: view.to_string(),
                ..tie.clone()
            };
            let first = event_of("file", None, None, &who, now);
            let marks = complaints::insert(tx, &record_of, &keys, sealed.as_ref(), &first, &rules)?;
            let case = &record_of.case;
            photos::attach(tx, &case.id, None, &pictures)?;
            let cause = Cause::Deed(case.timer(Stage::Accept));
            let told = letters(
                tx,
                &inner,
                &facts,
                case,
                &case.supervising,
                Permission::SuperviseCases,
                Template::Filed,
                cause,
                now,
            )?;
            if told == 0 {
                tell_operators(tx, &inner, &facts, &case.supervising, now)?;
            }
            record(tx, &inner, "file", None, case, &who, None, now)?;
            failpoints::reached("filing.written");
            Ok::<(Value, Marks), ServiceError>((view, marks))
        })
        .await?;
    failpoints::reached("filing.kept");
    schedule(app, marks);
    Ok(Filed {
        view,
        receipt: code,
        replayed: false,
    })
}

/// What is told to an office is about its own county, or about what lies inside its region.
fn check_county(scope: &Scope, region: &RegionCode) -> Result<(), ServiceError> {
    let same_county = scope.region.at(Level::County).is_some()
        && scope.region.at(Level::County) == region.at(Level::County);
    if same_county || scope.region.covers(region) {
        Ok(())
    } else {
        Err(ServiceError::at("/region_code", Code::RegionElsewhere))
    }
}

/// The fault of a filing or of other targets that nobody here may supervise.
pub(super) fn no_route(none: NoRoute) -> ServiceError {
    match none {
        NoRoute::AboveTheCity => ServiceError::at("/targets", Code::AboveTheCity),
        NoRoute::NoOrgan => ServiceError::at("/region_code", Code::NoOrgan),
    }
}

fn unwritable(error: serde_json::Error) -> ServiceError {
    ServiceError::Broken(error.to_string())
}

/// The view of the first moment, with the one event that the history will begin with.
fn filed_view(view: ComplaintView, now: domain::time::Timestamp) -> Result<Value, ServiceError> {
    let mut view = serde_json::to_value(view).map_err(unwritable)?;
    if let Some(fields) = view.as_object_mut() {
        let first =
            serde_json::json!([{ "seq": 1, "at": now, "action": "file", "public_note": null }]);
        fields.insert("events".into(), first);
    }
    Ok(view)
}

/// Lower case and one form of each character, for searching.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

fn check(request: &FilingRequest, identity: &Identity) -> Result<(), ServiceError> {
    let draft = Draft {
        kind: request.kind,
        region: &request.region_code,
        category: &request.category,
        text: &request.text,
        mode: request.identity.mode,
        identity,
    };
    let mut faults: Vec<FieldFault> = intake::faults(&draft)
        .into_iter()
        .map(|fault| {
            let code = Code::ALL
                .iter()
                .copied()
                .find(|code| code.as_str() == fault.code);
            FieldFault::new(fault.pointer, code.unwrap_or(Code::InvalidBody))
        })
        .collect();
    faults.extend(target_faults(&request.targets));
    if faults.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Invalid(faults))
    }
}

/// What is wrong with the targets as they were sent.
pub(super) fn target_faults(targets: &[TargetRequest]) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if targets.len() > 10 {
        faults.push(FieldFault::new("/targets", Code::TooLong));
    }
    for (index, target) in targets.iter().enumerate() {
        if !is_complete(target) {
            let place = format!("/targets/{index}");
            faults.push(FieldFault::new(place, Code::TargetInvalid));
        }
    }
    faults
}

/// Exactly what its type needs, and nothing else.
fn is_complete(target: &TargetRequest) -> bool {
    let (id, group, words) = (
        target.id.is_some(),
        target.group.is_some(),
        target.text.is_some(),
    );
    match target.kind {
        TargetType::Organisation | TargetType::Post => id && !group && !words,
        TargetType::Group => group && !id && !words,
        TargetType::Other => {
            !id && !group
                && target
                    .text
                    .as_deref()
                    .is_some_and(|text| text::line(text, 1, 200).is_ok())
        }
    }
}

async fn seal(
    app: &App,
    request: &FilingRequest,
    id: ComplaintId,
    identity: Identity,
) -> Result<Option<SealedIdentity>, ServiceError> {
    if request.identity.mode == IdentityMode::Anonymous {
        return Ok(None);
    }
    let Some(county) = request.region_code.at(Level::County) else {
        return Err(ServiceError::at("/region_code", Code::RegionTooWide));
    };
    let sealer = app.sealer.clone();
    let key_of = county.clone();
    // Files are read, and on a county's first filing written.
    let sealed = web::block(move || sealer.seal(&key_of, &Bound::Filed(&id), &identity))
        .await
        .map_err(|error| ServiceError::Broken(error.to_string()))?;
    sealed_to(&county, sealed).map(Some)
}

/// What is kept of a seal.
pub(super) fn sealed_to(
    county: &RegionCode,
    sealed: Result<Sealed, Unsealed>,
) -> Result<SealedIdentity, ServiceError> {
    let sealed = sealed.map_err(|why| match why {
        Unsealed::NoKey => {
            tracing::error!(place = %county, "there is no public key of this county to seal an identity to");
            ServiceError::Rule(Code::SealKeyMissing)
        }
        Unsealed::Broken(why) => ServiceError::Broken(why),
    })?;
    Ok(SealedIdentity {
        county_code: county.to_string(),
        key_id: sealed.key_id,
        sealed: sealed.bytes,
    })
}

fn find_about(
    tx: &mut Tx<'_>,
    request: &FilingRequest,
) -> Result<Option<about::About>, ServiceError> {
    let Some(wanted) = &request.about else {
        return Ok(None);
    };
    about::find(tx, wanted.kind, &wanted.id, &request.region_code)?
        .map(Some)
        .ok_or_else(|| ServiceError::at("/about/id", Code::AboutNotFound))
}

/// The targets with what rules ask of them. `known` are those that the case has already: it may go on being about a unit
/// that was closed.
pub(super) fn find_targets(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    targets: &[TargetRequest],
    known: &[Target],
) -> Result<Vec<Target>, ServiceError> {
    let units = organisations::of_region_and_above(tx, region)?;
    let here = units.iter().any(|(unit, _)| unit.region_code == *region);
    if !here {
        return Err(ServiceError::at("/region_code", Code::RegionUnknown));
    }
    let found = targets.iter().enumerate().map(|(index, wanted)| {
        find_target(wanted, region, &units)
            .or_else(|| find_known(wanted, known))
            .ok_or_else(|| ServiceError::at(format!("/targets/{index}"), Code::TargetUnknown))
    });
    found.collect()
}

fn find_known(wanted: &TargetRequest, known: &[Target]) -> Option<Target> {
    let id = wanted.id.as_deref()?;
    let is_it = |target: &&Target| match target {
        Target::Organisation { id: own, .. } => {
            wanted.kind == TargetType::Organisation && own.as_str() == id
        }
        Target::Post { id: own, .. } => wanted.kind == TargetType::Post && own.as_str() == id,
        Target::Group { .. } | Target::Other { .. } => false,
    };
    known.iter().find(is_it).cloned()
}

fn find_target(
    wanted: &TargetRequest,
    region: &RegionCode,
    units: &[(Organisation, Vec<Post>)],
) -> Option<Target> {
    match wanted.kind {
        TargetType::Organisation => {
            let id = wanted.id.as_deref()?;
            let (unit, _) = units.iter().find(|(unit, _)| unit.id.as_str() == id)?;
            Some(Target::Organisation {
                id: unit.id.clone(),
                level: unit.level,
            })
        }
        TargetType::Post => {
            let id = wanted.id.as_deref()?;
            let (unit, post) = units.iter().find_map(|(unit, posts)| {
                posts
                    .iter()
                    .find(|post| post.id.as_str() == id)
                    .map(|post| (unit, post))
            })?;
            Some(Target::Post {
                id: post.id.clone(),
                organisation: unit.id.clone(),
                level: unit.level,
                leads: post.leads,
            })
        }
        TargetType::Group => {
            let group = wanted.group?;
            Some(Target::Group {
                group,
                region: region.at(group.level())?,
            })
        }
        TargetType::Other => Some(Target::Other {
            text: text::line(wanted.text.as_deref()?, 1, 200).ok()?,
        }),
    }
}
