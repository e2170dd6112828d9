//! The only list of routes, and the two documents made from it: a route registered here *is* documented.

mod closed;

use actix_web::App as Actix;
use domain::operation::{ROOT, TABLE};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::RefOr;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt as _, scope};

use crate::http::problem::ProblemDocument;
use crate::{
    accounts, attachments, audit, categories, complaints, decisions, demo, disclosures, notify,
    obligations, organisations, powers, proposals, regions, rules, sla, statistics, system, zones,
};

/// What villagers' pages and third parties may call; no staff path.
pub fn public(cfg: &mut ServiceConfig<'_>) {
    cfg.service(system::time)
        .service(regions::public::list)
        .service(regions::public::one)
        .service(organisations::public::of_region)
        .service(powers::public::in_force)
        .service(powers::public::one)
        .service(powers::public::versions)
        .service(obligations::public::obligations_of_region)
        .service(obligations::public::catalogue_of_region)
        .service(obligations::public::catalogue_sheet)
        .service(disclosures::public::disclosure_template)
        .service(disclosures::public::disclosure_layouts)
        .service(disclosures::public::disclosures_of_region)
        .service(disclosures::public::disclosure)
        .service(disclosures::public::disclosure_lines)
        .service(disclosures::public::disclosure_versions)
        .service(disclosures::public::disclosure_export)
        .service(disclosures::opendata::disclosure_data)
        .service(disclosures::package::disclosure_package)
        .service(disclosures::feed::feed_of_region)
        .service(categories::public::categories)
        .service(sla::public::current_policy)
        .service(sla::public::by_query)
        .service(sla::public::by_body)
        .service(statistics::public::stats)
        .service(complaints::public::file)
        .service(complaints::public::receipt)
        .service(complaints::public::explain_own)
        .service(complaints::public::message)
        .service(complaints::public::supplement)
        .service(complaints::public::rating)
        .service(complaints::public::dispute)
        .service(complaints::public::withdraw)
        .service(complaints::public::questions_of_region)
        .service(attachments::public::upload_photo)
        .service(attachments::public::own_photo)
        .service(attachments::public::published_voucher);
}

/// What the staff web calls.
pub fn admin(cfg: &mut ServiceConfig<'_>) {
    cfg.service(accounts::admin::login)
        .service(accounts::admin::refresh)
        .service(accounts::admin::logout)
        .service(accounts::admin::enrol)
        .service(accounts::admin::me)
        .service(accounts::admin::step_up)
        .service(accounts::admin::reissue_recovery_codes)
        .service(accounts::admin::change_password)
        .service(accounts::staff_admin::list_staff)
        .service(accounts::staff_admin::add_staff)
        .service(accounts::staff_admin::one_of_staff)
        .service(accounts::staff_admin::act_on_staff)
        .service(demo::admin::accounts)
        .service(complaints::admin::queue)
        .service(complaints::admin::file_for_others)
        // Before `{id}`, which would take it for a case.
        .service(complaints::admin::queue_counts)
        .service(complaints::admin::queue_events)
        .service(complaints::admin::one)
        .service(complaints::admin::choices)
        .service(complaints::admin::events)
        .service(complaints::admin::explain_timer)
        .service(complaints::admin::act)
        .service(complaints::admin::change_targets)
        .service(complaints::identity_admin::identity_requests)
        .service(complaints::identity_admin::request_identity)
        .service(complaints::identity_admin::reissue_receipt)
        .service(complaints::export_admin::exports)
        .service(complaints::export_admin::request_export)
        .service(complaints::export_admin::fetch_export)
        .service(complaints::relations::relations)
        .service(complaints::relations::declare_relation)
        .service(complaints::relations::end_relation)
        .service(complaints::posts::hold_post)
        .service(organisations::admin::list_admin_organisations)
        .service(organisations::admin::found_organisation)
        .service(organisations::admin::act_on_organisation)
        .service(zones::admin::zones)
        .service(zones::admin::propose_zone)
        .service(zones::admin::propose_zone_change)
        .service(powers::admin::power_desk)
        .service(powers::admin::power_draft)
        .service(powers::admin::begin_power_draft)
        .service(powers::admin::rewrite_power_draft)
        .service(powers::admin::publish_power_draft)
        .service(powers::admin::discard_power_draft)
        .service(powers::admin::import_power_file)
        .service(notify::admin::dead_letters)
        .service(notify::admin::retry_dead_letter)
        .service(complaints::dead_timers::dead_timers)
        .service(complaints::dead_timers::retry_dead_timer)
        .service(audit::admin::search_audit)
        .service(statistics::admin::dashboard)
        .service(sla::admin::policy)
        .service(sla::admin::propose_policy)
        .service(sla::admin::calendar)
        .service(sla::admin::propose_calendar)
        .service(obligations::admin::list_obligations)
        .service(obligations::admin::record_event)
        .service(obligations::admin::one_obligation)
        .service(obligations::admin::strike_event)
        .service(obligations::catalogue_admin::catalogue)
        .service(obligations::catalogue_admin::propose_catalogue)
        .service(proposals::admin::proposals)
        .service(proposals::admin::proposal)
        .service(decisions::admin::decision)
        .service(disclosures::preview_admin::preview_disclosure)
        .service(disclosures::preview_admin::mark_disclosure)
        .service(disclosures::admin::draft_disclosure)
        .service(disclosures::admin::list_disclosures)
        .service(disclosures::admin::read_disclosure)
        .service(disclosures::admin::read_disclosure_lines)
        .service(disclosures::admin::save_disclosure)
        .service(disclosures::admin::act_on_disclosure)
        .service(disclosures::admin::read_disclosure_versions)
        .service(attachments::papers::signed_paper)
        .service(attachments::admin::case_photo)
        .service(attachments::voucher_admin::list_vouchers)
        .service(attachments::voucher_admin::add_voucher)
        .service(attachments::voucher_admin::original_voucher)
        .service(attachments::voucher_admin::redacted_voucher)
        .service(attachments::voucher_admin::redact_voucher)
        .service(attachments::voucher_admin::confirm_voucher)
        .service(attachments::voucher_admin::remove_voucher);
    vault(cfg);
}

/// What only a process with the role `vault` can do: all of it below one path, so that a proxy can send it there.
/// Others answer 503 `vault_elsewhere`.
pub fn vault(cfg: &mut ServiceConfig<'_>) {
    cfg.service(complaints::identity_admin::read_identity)
        .service(complaints::identity_admin::collect_receipt);
}

/// The same under `/api/v1`, for a process that does nothing else.
pub fn vault_routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(scope::scope("/api/v1").configure(vault));
}

/// What is under `/api/v1` where the staff have an address of their own.
pub fn public_routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(scope::scope("/api/v1").configure(public));
}

/// Everything under `/api/v1`.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(scope::scope("/api/v1").configure(public).configure(admin));
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "监督一点通 · 公开接口",
        description = "One-click supervision: disclosures, power lists and complaints, for villagers' pages and third-party apps. 村务公开、小微权力清单与投诉。",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(ProblemDocument)),
    external_docs(
        url = "/api/docs/rules",
        description = "规则：状态、操作、计时、权限 · The rules, printed from the code"
    )
)]
struct PublicDoc;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "监督一点通 · 工作人员接口",
        description = "One-click supervision: what the staff web calls. 受理、分办、审核与公开。",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(ProblemDocument)),
    external_docs(url = "/api/docs/rules", description = "规则：状态、操作、计时、权限 · The rules, printed from the code"),
    security(("staff" = []))
)]
struct AdminDoc;

/// The public document (OpenAPI 3.1).
#[must_use]
pub fn public_document() -> Document {
    let mut document = Actix::new()
        .into_utoipa_app()
        .openapi(PublicDoc::openapi())
        .service(scope::scope("/api/v1").configure(public))
        .split_for_parts()
        .1;
    let header = ApiKeyValue::with_description(
        "X-Receipt-Code",
        "The receipt code, shown once when filing. 回执码",
    );
    add_scheme(
        &mut document,
        "receipt",
        SecurityScheme::ApiKey(ApiKey::Header(header)),
    );
    describe_answers(&mut document);
    closed::join(&mut document);
    document
}

/// The staff document (OpenAPI 3.1).
#[must_use]
pub fn admin_document() -> Document {
    let mut document = Actix::new()
        .into_utoipa_app()
        .openapi(AdminDoc::openapi())
        .service(scope::scope("/api/v1").configure(admin))
        .split_for_parts()
        .1;
    let mut bearer = Http::new(HttpAuthScheme::Bearer);
    bearer.bearer_format = Some("JWT".into());
    bearer.description =
        Some("The access token of POST /auth/login; lives ten minutes. 登录所得令牌".into());
    add_scheme(&mut document, "staff", SecurityScheme::Http(bearer));
    describe_answers(&mut document);
    say_who_may(&mut document);
    closed::join(&mut document);
    document
}

/// The row of the permission table, at the end of each operation's description.
fn say_who_may(document: &mut Document) {
    for row in TABLE {
        let path = format!("{ROOT}{}", row.path);
        let operation = document.paths.paths.get_mut(&path).and_then(|item| {
            let operation = match row.method {
                "GET" => &mut item.get,
                "POST" => &mut item.post,
                "PUT" => &mut item.put,
                "PATCH" => &mut item.patch,
                "DELETE" => &mut item.delete,
                _ => return None,
            };
            operation.as_mut()
        });
        let (Some(operation), Some(words)) = (operation, rules::in_words(row)) else {
            continue;
        };
        let before = operation.description.take();
        let parts = before.into_iter().chain([words]);
        operation.description = Some(parts.collect::<Vec<_>>().join("\n\n"));
    }
}

/// OpenAPI wants a description of every answer; where a handler gives none, the operation's summary is it.
fn describe_answers(document: &mut Document) {
    for item in document.paths.paths.values_mut() {
        let operations = [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in operations.into_iter().flatten() {
            let summary = operation.summary.clone().unwrap_or_default();
            for answer in operation.responses.responses.values_mut() {
                if let RefOr::T(answer) = answer
                    && answer.description.is_empty()
                {
                    answer.description.clone_from(&summary);
                }
            }
        }
    }
}

fn add_scheme(document: &mut Document, name: &str, scheme: SecurityScheme) {
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(name, scheme);
}
