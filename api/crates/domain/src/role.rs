//! The permission table: who may do what kind of thing. Which *object* somebody may do it to is another
//! question: regions by [`Scope`], cases by [`crate::complaint::access`].

use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PersonId, PostId, StaffId};
use crate::region::{Level, RegionCode};

/// What somebody works as.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 报账员: drafts a village's disclosures.
    VillageClerk,
    /// 村务监督委员会 member: signs them.
    CommitteeMember,
    /// 代理记账中心: checks and publishes them.
    Publisher,
    /// Works in a responsible unit.
    Handler,
    /// Works in a township's supervising unit.
    Triage,
    /// Works in a county's or city's supervising unit.
    Supervisor,
    /// Reads and counts.
    Auditor,
    /// Accounts and configuration; no complaint's content.
    Administrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 8] = [
        Self::VillageClerk,
        Self::CommitteeMember,
        Self::Publisher,
        Self::Handler,
        Self::Triage,
        Self::Supervisor,
        Self::Auditor,
        Self::Administrator,
    ];

    /// The word used in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VillageClerk => "village_clerk",
            Self::CommitteeMember => "committee_member",
            Self::Publisher => "publisher",
            Self::Handler => "handler",
            Self::Triage => "triage",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// Whether it takes two persons to give it to somebody (`contract.md` 4): these roles read cases or hand out
    /// others.
    #[must_use]
    pub fn takes_two_persons(self) -> bool {
        matches!(
            self,
            Self::Triage | Self::Supervisor | Self::Auditor | Self::Administrator
        )
    }

    /// Reads [`Role::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// A kind of thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Read cases (those [`crate::complaint::access`] lets one know of).
    ReadCases,
    /// Act in cases; which action needs which standing is said by the state machine.
    ActInCases,
    /// Receive, dispatch, review.
    SuperviseCases,
    /// Take down what somebody says by telephone, by letter or at the counter.
    FileForOthers,
    /// Do the work and answer.
    HandleCases,
    /// Ask that a sealed identity be opened, or that a lost receipt be issued anew; always with a second person.
    OpenIdentities,
    /// Ask for cases as a file; with a second person, and never who the complainants are.
    ExportCases,
    /// See disclosures before they are published.
    ReadDrafts,
    /// Import a workbook and keep it as a draft.
    DraftDisclosures,
    /// Sign for the village supervision committee.
    SignDisclosures,
    /// Publish.
    PublishDisclosures,
    /// See what the villages of one's region must publish, and what became of it.
    ReadObligations,
    /// Write down an event after which something must be published at once, and ask that one be struck which was written
    /// down by mistake.
    RecordEvents,
    /// See proposals: one's own, and those offered to one's unit.
    ReadProposals,
    /// Be the second person.
    DecideProposals,
    /// See every version of policies and calendars.
    ReadConfiguration,
    /// Propose other policies and calendars for one's region.
    Configure,
    /// Write the power lists of one's region: one person, and each change is a version for everybody to read.
    EditPowers,
    /// Run the installation: accounts, units and who holds which post, letters that did not go.
    Administer,
    /// Search the audit (rows about cases: those that one may know of).
    ReadAudit,
    /// One's own session: log out, who am I.
    OwnSession,
}

impl Permission {
    /// All, in the order of the table.
    pub const ALL: [Self; 21] = [
        Self::ReadCases,
        Self::ActInCases,
        Self::SuperviseCases,
        Self::FileForOthers,
        Self::HandleCases,
        Self::OpenIdentities,
        Self::ExportCases,
        Self::ReadDrafts,
        Self::DraftDisclosures,
        Self::SignDisclosures,
        Self::PublishDisclosures,
        Self::ReadObligations,
        Self::RecordEvents,
        Self::ReadProposals,
        Self::DecideProposals,
        Self::ReadConfiguration,
        Self::Configure,
        Self::EditPowers,
        Self::Administer,
        Self::ReadAudit,
        Self::OwnSession,
    ];
}

/// The table. One line a role, so that it can be read aloud.
#[must_use]
pub fn can(role: Role, permission: Permission) -> bool {
    use Permission as P;
    if permission == P::OwnSession {
        return true;
    }
    match role {
        Role::VillageClerk => matches!(
            permission,
            P::ReadDrafts | P::DraftDisclosures | P::ReadObligations | P::RecordEvents
        ),
        Role::CommitteeMember => matches!(
            permission,
            P::ReadDrafts | P::SignDisclosures | P::ReadObligations | P::RecordEvents
        ),
        Role::Publisher => {
            matches!(
                permission,
                P::ReadDrafts
                    | P::DraftDisclosures
                    | P::PublishDisclosures
                    | P::ReadObligations
                    | P::RecordEvents
                    | P::ReadProposals
            )
        }
        Role::Handler => matches!(
            permission,
            P::ReadCases | P::ActInCases | P::HandleCases | P::ExportCases | P::ReadProposals
        ),
        Role::Triage => matches!(
            permission,
            P::ReadCases
                | P::ActInCases
                | P::SuperviseCases
                | P::FileForOthers
                | P::OpenIdentities
                | P::ExportCases
                | P::ReadObligations
                | P::RecordEvents
                | P::ReadProposals
                | P::DecideProposals
                | P::ReadConfiguration
                | P::EditPowers
        ),
        Role::Supervisor => can(Role::Triage, permission) || matches!(permission, P::Configure),
        Role::Auditor => matches!(
            permission,
            P::ReadCases
                | P::ExportCases
                | P::ReadObligations
                | P::ReadConfiguration
                | P::ReadAudit
        ),
        Role::Administrator => matches!(
            permission,
            P::ReadObligations
                | P::ReadProposals
                | P::ReadConfiguration
                | P::Configure
                | P::Administer
                | P::ReadAudit
        ),
    }
}

/// A post somebody holds today, with what recusal asks of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HeldPost {
    /// The post.
    pub post: PostId,
    /// The unit it belongs to.
    pub organisation: OrganisationId,
    /// That unit's level.
    pub level: Level,
    /// That unit's region.
    pub region: RegionCode,
}

/// Who is asking: the mandatory argument of every store function that touches cases or drafts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The account.
    pub staff: StaffId,
    /// The natural person behind it.
    pub person: PersonId,
    /// The role.
    pub role: Role,
    /// The unit the account works in.
    pub organisation: OrganisationId,
    /// That unit's level.
    pub level: Level,
    /// The region the account works for.
    pub region: RegionCode,
    /// Every post the person holds today, in any unit.
    pub posts: Vec<HeldPost>,
    /// The recusal keys of whomever the person, or the unit of the account, declared to be related to.
    pub related: Vec<String>,
}

impl Scope {
    /// Whether the role may do this kind of thing at all.
    #[must_use]
    pub fn can(&self, permission: Permission) -> bool {
        can(self.role, permission)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_reads_no_complaint() {
        assert!(!can(Role::Administrator, Permission::ReadCases));
        assert!(!can(Role::Administrator, Permission::ActInCases));
    }

    #[test]
    fn nobody_both_drafts_and_signs() {
        for role in Role::ALL {
            assert!(
                !(can(role, Permission::DraftDisclosures)
                    && can(role, Permission::SignDisclosures)),
                "{role:?}"
            );
        }
    }

    #[test]
    fn words_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
    }
}
