//! The rows. One line an operation, in the order of the documents' rooms, so that they can be read aloud.

use super::{Door, Operation, Reach as R, Second, StepUp};
use crate::role::Permission as P;

const fn row(method: &'static str, path: &'static str, door: Door, reach: R) -> Operation {
    Operation {
        method,
        path,
        door,
        reach,
        step_up: StepUp::No,
        second: Second::No,
        acts: &[],
    }
}

const fn open(method: &'static str, path: &'static str) -> Operation {
    row(method, path, Door::Open, R::Published)
}

const fn receipt(method: &'static str, path: &'static str) -> Operation {
    row(method, path, Door::Receipt, R::OwnCase)
}

const fn credentials(path: &'static str) -> Operation {
    row("POST", path, Door::Credentials, R::Oneself)
}

const fn staff(method: &'static str, path: &'static str, permission: P, reach: R) -> Operation {
    row(method, path, Door::Staff(permission), reach)
}

impl Operation {
    const fn step_up(self) -> Self {
        Self {
            step_up: StepUp::Always,
            ..self
        }
    }

    const fn sometimes_step_up(self) -> Self {
        Self {
            step_up: StepUp::Sometimes,
            ..self
        }
    }

    const fn second(self, second: Second) -> Self {
        Self { second, ..self }
    }

    const fn acts(self, acts: &'static [(&'static str, P)]) -> Self {
        Self { acts, ..self }
    }
}

/// The committee signs, or the agency records its signed sheet (`paper_file`); the agency publishes, and proposes to
/// correct or to withdraw; whoever drafted takes a draft back.
pub const ACT_ON_DISCLOSURE: Operation = staff(
    "POST",
    "/admin/disclosures/{id}/actions",
    P::ReadDrafts,
    R::Drafts,
)
.second(Second::Sometimes)
.acts(&[
    ("sign", P::SignDisclosures),
    ("paper_file", P::PublishDisclosures),
    ("publish", P::PublishDisclosures),
    ("correct", P::PublishDisclosures),
    ("drop_correction", P::DraftDisclosures),
    ("withdraw", P::DraftDisclosures),
]);

/// Declaring a relation: of oneself, or of one's unit, which recuses everybody in it.
pub const DECLARE_RELATION: Operation =
    staff("POST", "/admin/relations", P::ReadCases, R::Relations).acts(&[("unit", P::ActInCases)]);

/// The table.
#[rustfmt::skip]
pub const TABLE: &[Operation] = &[
    // Public: what is published, and filing.
    open("GET", "/time"),
    open("GET", "/regions"),
    open("GET", "/regions/{code}"),
    open("GET", "/regions/{code}/organisations"),
    open("GET", "/regions/{code}/powers"),
    open("GET", "/powers/{id}"),
    open("GET", "/powers/{id}/versions"),
    open("GET", "/regions/{code}/obligations"),
    open("GET", "/regions/{code}/catalogue"),
    open("GET", "/regions/{code}/catalogue.{format}"),
    open("GET", "/regions/{code}/disclosures"),
    open("GET", "/disclosures/templates/{kind}.xlsx"),
    open("GET", "/disclosures/layouts"),
    open("GET", "/disclosures/{id}"),
    open("GET", "/disclosures/{id}/lines"),
    open("GET", "/disclosures/{id}/versions"),
    open("GET", "/disclosures/{id}/export.{format}"),
    open("GET", "/disclosures/{id}/versions/{version}/data.csv"),
    open("GET", "/disclosures/{id}/datapackage.json"),
    open("GET", "/regions/{code}/feed.atom"),
    open("GET", "/files/{id}"),
    open("GET", "/regions/{code}/questions"),
    open("GET", "/categories"),
    open("GET", "/policies/current"),
    open("GET", "/deadlines"),
    open("POST", "/deadlines"),
    open("GET", "/stats"),
    open("POST", "/attachments"),
    open("POST", "/complaints"),
    // Public: one's own case.
    receipt("GET", "/receipt"),
    receipt("GET", "/receipt/timers/{stage}/explain"),
    receipt("GET", "/receipt/attachments/{n}"),
    receipt("POST", "/receipt/messages"),
    receipt("POST", "/receipt/supplement"),
    receipt("POST", "/receipt/rating"),
    receipt("POST", "/receipt/dispute"),
    receipt("POST", "/receipt/withdraw"),
    // Staff: one's own session.
    credentials("/auth/login"),
    credentials("/auth/enrol"),
    credentials("/auth/refresh"),
    credentials("/auth/logout"),
    row("GET", "/auth/demo-accounts", Door::Open, R::Published),
    staff("GET", "/auth/me", P::OwnSession, R::Oneself),
    staff("POST", "/auth/step-up", P::OwnSession, R::Oneself),
    staff("POST", "/auth/recovery-codes", P::OwnSession, R::Oneself).step_up(),
    staff("POST", "/auth/password", P::OwnSession, R::Oneself).step_up(),
    // Staff: cases.
    staff("GET", "/admin/complaints", P::ReadCases, R::Cases),
    staff("POST", "/admin/complaints", P::FileForOthers, R::Cases),
    staff("GET", "/admin/complaints/counts", P::ReadCases, R::Cases),
    staff("GET", "/admin/complaints/events", P::ReadCases, R::Cases),
    staff("GET", "/admin/complaints/{id}", P::ReadCases, R::Cases),
    staff("GET", "/admin/complaints/{id}/choices", P::ReadCases, R::Cases),
    staff("GET", "/admin/complaints/{id}/events", P::ReadCases, R::Cases),
    staff("GET", "/admin/complaints/{id}/timers/{stage}/explain", P::ReadCases, R::Cases),
    staff("GET", "/admin/complaints/{id}/attachments/{n}", P::ReadCases, R::Cases),
    staff("POST", "/admin/complaints/{id}/actions", P::ActInCases, R::Cases).second(Second::Sometimes),
    staff("PUT", "/admin/complaints/{id}/targets", P::SuperviseCases, R::Cases),
    staff("GET", "/admin/dashboard", P::ReadCases, R::Cases),
    // Staff: recusal.
    staff("GET", "/admin/relations", P::ReadCases, R::Relations),
    DECLARE_RELATION,
    staff("POST", "/admin/relations/{id}/end", P::ReadCases, R::Relations).second(Second::Always),
    staff("POST", "/admin/posts/{id}/holders", P::Administer, R::RegionStaff).step_up(),
    // Staff: two persons.
    staff("GET", "/admin/proposals", P::ReadProposals, R::Proposals),
    staff("GET", "/admin/proposals/{id}", P::ReadProposals, R::Proposals),
    staff("POST", "/admin/proposals/{id}/decision", P::DecideProposals, R::Proposals).sometimes_step_up().second(Second::Is),
    // Staff: who complainants are, and cases as a file.
    staff("GET", "/admin/identity-requests", P::OpenIdentities, R::Requests),
    staff("POST", "/admin/identity-requests", P::OpenIdentities, R::Cases).step_up().second(Second::Always),
    staff("POST", "/admin/receipts/reissue", P::OpenIdentities, R::Cases).step_up().second(Second::Always),
    staff("POST", "/admin/vault/identity-requests/{id}/read", P::OpenIdentities, R::Requests).step_up(),
    staff("POST", "/admin/vault/receipts/{id}/reissue", P::OpenIdentities, R::Requests).step_up(),
    staff("GET", "/admin/exports", P::ExportCases, R::Requests),
    staff("POST", "/admin/exports", P::ExportCases, R::Cases).step_up().second(Second::Always),
    staff("GET", "/admin/exports/{id}/{format}", P::ExportCases, R::Requests).step_up(),
    // Staff: accounts.
    staff("GET", "/admin/staff", P::Administer, R::RegionStaff),
    staff("POST", "/admin/staff", P::Administer, R::RegionStaff).step_up().second(Second::Sometimes),
    staff("GET", "/admin/staff/{id}", P::Administer, R::RegionStaff),
    staff("POST", "/admin/staff/{id}/actions", P::Administer, R::RegionStaff).step_up().second(Second::Sometimes),
    // Staff: units.
    staff("GET", "/admin/organisations", P::Administer, R::RegionStaff),
    staff("POST", "/admin/organisations", P::Administer, R::RegionStaff).step_up(),
    staff("POST", "/admin/organisations/{id}/actions", P::Administer, R::RegionStaff).step_up(),
    // Staff: what the rules run on.
    staff("GET", "/admin/policies/{county_code}", P::ReadConfiguration, R::Configuration),
    staff("PUT", "/admin/policies/{county_code}", P::Configure, R::Configuration).second(Second::Always),
    staff("GET", "/admin/calendars", P::ReadConfiguration, R::Configuration),
    staff("POST", "/admin/calendars", P::Configure, R::Configuration).second(Second::Always),
    staff("GET", "/admin/zones", P::ReadConfiguration, R::Zones),
    staff("POST", "/admin/zones", P::Configure, R::Zones).second(Second::Always),
    staff("PUT", "/admin/zones/{id}", P::Configure, R::Zones).second(Second::Always),
    // Staff: power lists.
    staff("GET", "/admin/powers", P::ReadConfiguration, R::Powers),
    staff("GET", "/admin/powers/drafts/{id}", P::ReadConfiguration, R::Powers),
    staff("POST", "/admin/powers/drafts", P::EditPowers, R::Powers),
    staff("PUT", "/admin/powers/drafts/{id}", P::EditPowers, R::Powers),
    staff("POST", "/admin/powers/drafts/{id}/publish", P::EditPowers, R::Powers),
    staff("POST", "/admin/powers/drafts/{id}/discard", P::EditPowers, R::Powers),
    staff("POST", "/admin/powers/import", P::EditPowers, R::Powers),
    // Staff: disclosures.
    staff("GET", "/admin/disclosures", P::ReadDrafts, R::Drafts),
    staff("POST", "/admin/disclosures/preview", P::DraftDisclosures, R::Drafts),
    staff("POST", "/admin/disclosures/preview/marked", P::DraftDisclosures, R::Drafts),
    staff("POST", "/admin/disclosures", P::DraftDisclosures, R::Drafts),
    staff("GET", "/admin/disclosures/{id}", P::ReadDrafts, R::Drafts),
    staff("GET", "/admin/disclosures/{id}/lines", P::ReadDrafts, R::Drafts),
    staff("GET", "/admin/disclosures/{id}/export.{format}", P::DraftDisclosures, R::Drafts),
    ACT_ON_DISCLOSURE,
    staff("GET", "/admin/disclosures/{id}/versions", P::ReadDrafts, R::Drafts),
    staff("GET", "/admin/disclosures/{id}/versions/{version}/paper", P::ReadDrafts, R::Drafts),
    staff("GET", "/admin/disclosures/{id}/vouchers", P::ReadDrafts, R::Drafts),
    staff("POST", "/admin/disclosures/{id}/lines/{line_id}/vouchers", P::DraftDisclosures, R::Drafts),
    staff("GET", "/admin/disclosures/{id}/vouchers/{voucher_id}/original", P::ReadDrafts, R::Drafts),
    staff("GET", "/admin/disclosures/{id}/vouchers/{voucher_id}/redacted", P::ReadDrafts, R::Drafts),
    staff("POST", "/admin/disclosures/{id}/vouchers/{voucher_id}/redact", P::DraftDisclosures, R::Drafts),
    staff("POST", "/admin/disclosures/{id}/vouchers/{voucher_id}/remove", P::DraftDisclosures, R::Drafts),
    staff("POST", "/admin/disclosures/{id}/vouchers/{voucher_id}/confirm", P::SignDisclosures, R::Drafts).second(Second::Is),
    // Staff: what must be published when.
    staff("GET", "/admin/obligations", P::ReadObligations, R::Obligations),
    staff("POST", "/admin/obligations", P::RecordEvents, R::Obligations),
    staff("GET", "/admin/obligations/{id}", P::ReadObligations, R::Obligations),
    staff("POST", "/admin/obligations/{id}/strike", P::RecordEvents, R::Obligations).second(Second::Always),
    staff("GET", "/admin/catalogues/{region_code}", P::ReadObligations, R::Configuration),
    staff("PUT", "/admin/catalogues/{region_code}", P::Configure, R::Configuration).second(Second::Always),
    // Staff: the installation.
    staff("GET", "/admin/dead-letters", P::Administer, R::Installation),
    staff("POST", "/admin/dead-letters/{id}/retry", P::Administer, R::Installation),
    staff("GET", "/admin/dead-timers", P::Administer, R::Installation),
    staff("POST", "/admin/dead-timers/{id}/retry", P::Administer, R::Installation),
    staff("GET", "/admin/audit", P::ReadAudit, R::Audit),
];
