//! Where people read a disclosure on the public web.

use domain::disclosure::kind::DisclosureKind;
use domain::id::DisclosureId;
use domain::region::RegionCode;

/// The path of a disclosure's page: a village has one ledger of a period, and of the other tables each is known by its
/// id.
pub(super) fn page_of(
    region: &RegionCode,
    kind: DisclosureKind,
    period: &str,
    id: &DisclosureId,
) -> String {
    match kind {
        DisclosureKind::Ledger => format!("/v/{region}/accounts/{period}"),
        _ => format!("/v/{region}/tables/{id}"),
    }
}
