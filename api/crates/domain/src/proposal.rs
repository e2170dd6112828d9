//! What takes two persons: one proposes, another approves or refuses. A proposal stops no clock, and its
//! body is the business of the feature that owns the subject; here stands who the second may be, and when
//! a proposal is void. Who and how long are our choice (`contract.md` 4, two persons).

use serde::{Deserialize, Serialize};

use crate::calendar::WorkCalendar;
use crate::complaint::routing::Organs;
use crate::deadline::{Limit, deadline};
use crate::id::{
    ComplaintId, DisclosureId, ExportId, ObligationId, OrganisationId, PersonId, ProposalId,
    RelationId, StaffId, ZoneId,
};
use crate::region::{Level, RegionCode};
use crate::role::{Permission, Role, Scope};
use crate::time::Timestamp;

/// Working days after which an undecided proposal is void.
pub const WAITS_WORKING_DAYS: u32 = 3;

/// What in a case takes two persons.
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
pub enum CaseMatter {
    /// 不予受理
    Decline,
    /// 并案
    Merge,
    /// 延期
    Extend,
    /// 公开答复
    PublicAnswer,
    /// 查看反映人身份
    RevealIdentity,
    /// 补发回执码
    ReissueReceipt,
}

impl CaseMatter {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::Decline,
        Self::Merge,
        Self::Extend,
        Self::PublicAnswer,
        Self::RevealIdentity,
        Self::ReissueReceipt,
    ];

    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decline => "decline",
            Self::Merge => "merge",
            Self::Extend => "extend",
            Self::PublicAnswer => "public_answer",
            Self::RevealIdentity => "reveal_identity",
            Self::ReissueReceipt => "reissue_receipt",
        }
    }

    /// Whether it is about who the complainant is. That there is such a thing tells that the case is not anonymous,
    /// which whoever only does the work does not learn (`contract.md` 8).
    #[must_use]
    pub fn is_of_identity(self) -> bool {
        matches!(self, Self::RevealIdentity | Self::ReissueReceipt)
    }

    /// The lowest organ that may be the second person: a lost code is issued anew by the county (`security.md` 1.4.1),
    /// anything else may be decided in the supervising unit.
    #[must_use]
    pub fn second_from(self) -> Level {
        match self {
            Self::ReissueReceipt => Level::County,
            _ => Level::Village,
        }
    }

    /// Reads [`CaseMatter::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What is done with an account that takes two persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffMatter {
    /// A new one.
    Add,
    /// Another role, unit or region.
    Change,
    /// Password and phone taken away, so that a new one-time link may be handed out: whoever holds that link is the
    /// account.
    Reset,
}

impl StaffMatter {
    /// All.
    pub const ALL: [Self; 3] = [Self::Add, Self::Change, Self::Reset];

    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Change => CHANGE,
            Self::Reset => "reset",
        }
    }

    /// Reads [`StaffMatter::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What is done with a published disclosure; both take two persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisclosureMatter {
    /// 更正: another version.
    Correct,
    /// 撤回
    Withdraw,
}

impl DisclosureMatter {
    /// All.
    pub const ALL: [Self; 2] = [Self::Correct, Self::Withdraw];

    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Correct => "disclosure_correction",
            Self::Withdraw => "disclosure_withdrawal",
        }
    }

    /// Reads [`DisclosureMatter::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What a proposal is about. A new subject is a variant here, its words in the three functions below, and
/// an arm in `decisions`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A case.
    Case {
        /// Which.
        complaint: ComplaintId,
        /// What is to be done with it.
        matter: CaseMatter,
    },
    /// A county's policy.
    Policy {
        /// Whose.
        county: RegionCode,
    },
    /// Days or office hours.
    Calendar {
        /// Whose; `None` for the whole country.
        region: Option<RegionCode>,
    },
    /// What must be published when (公开目录).
    Catalogue {
        /// Whose.
        region: RegionCode,
    },
    /// A zone of a county, new or there already.
    Zone {
        /// Which.
        zone: ZoneId,
    },
    /// The end of a declared relation: it gives access back.
    Relation {
        /// Which.
        relation: RelationId,
    },
    /// An account whose role takes two persons.
    Staff {
        /// Which; of a new one the id it will have.
        staff: StaffId,
        /// What is to be done with it.
        matter: StaffMatter,
    },
    /// Cases as a file.
    Export {
        /// Which.
        export: ExportId,
    },
    /// A published disclosure.
    Disclosure {
        /// Which.
        disclosure: DisclosureId,
        /// What is to be done with it.
        matter: DisclosureMatter,
    },
    /// What an event asks to be published, where the event was written down by mistake: it is to be struck (误记注销).
    Obligation {
        /// Which.
        obligation: ObligationId,
    },
}

/// The object of a calendar that is everybody's.
const NATIONAL: &str = "national";
/// What is done with policies, calendars and zones.
const CHANGE: &str = "change";
/// What is done with a declared relation.
const END: &str = "end";
/// Cases as a file: the kind of thing, and what is done.
const EXPORT: &str = "export";
/// A disclosure: the kind of thing.
pub const DISCLOSURE: &str = "disclosure";
/// What must be published: the kind of thing.
pub const OBLIGATION: &str = "obligation";
/// What is done with an event that was written down by mistake.
const STRIKE: &str = "strike";

impl Subject {
    /// The kind of thing, in tables and the API.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Case { .. } => "complaint",
            Self::Policy { .. } => "policy",
            Self::Calendar { .. } => "calendar",
            Self::Catalogue { .. } => "catalogue",
            Self::Zone { .. } => "zone",
            Self::Relation { .. } => "relation",
            Self::Staff { .. } => "staff",
            Self::Export { .. } => EXPORT,
            Self::Disclosure { .. } => DISCLOSURE,
            Self::Obligation { .. } => OBLIGATION,
        }
    }

    /// The thing's id or code.
    #[must_use]
    pub fn object(&self) -> &str {
        match self {
            Self::Case { complaint, .. } => complaint.as_str(),
            Self::Policy { county } => county.as_str(),
            Self::Calendar { region } => region.as_ref().map_or(NATIONAL, RegionCode::as_str),
            Self::Catalogue { region } => region.as_str(),
            Self::Zone { zone } => zone.as_str(),
            Self::Relation { relation } => relation.as_str(),
            Self::Staff { staff, .. } => staff.as_str(),
            Self::Export { export } => export.as_str(),
            Self::Disclosure { disclosure, .. } => disclosure.as_str(),
            Self::Obligation { obligation } => obligation.as_str(),
        }
    }

    /// What is to be done with it. One waits at a time for each thing and action.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::Case { matter, .. } => matter.as_str(),
            Self::Policy { .. }
            | Self::Calendar { .. }
            | Self::Catalogue { .. }
            | Self::Zone { .. } => CHANGE,
            Self::Relation { .. } => END,
            Self::Staff { matter, .. } => matter.as_str(),
            Self::Export { .. } => EXPORT,
            Self::Disclosure { matter, .. } => matter.as_str(),
            Self::Obligation { .. } => STRIKE,
        }
    }

    /// Whether a yes to it takes a fresh code, as asking for it did: who complainants are, cases as a file, and accounts
    /// that open such doors. A stolen token alone is neither of the two persons.
    #[must_use]
    pub fn takes_fresh_code(&self) -> bool {
        match self {
            Self::Case { matter, .. } => matter.is_of_identity(),
            Self::Staff { .. } | Self::Export { .. } => true,
            Self::Policy { .. }
            | Self::Calendar { .. }
            | Self::Catalogue { .. }
            | Self::Zone { .. }
            | Self::Relation { .. }
            | Self::Disclosure { .. }
            | Self::Obligation { .. } => false,
        }
    }

    /// The subject of these three words.
    #[must_use]
    pub fn read(kind: &str, object: &str, action: &str) -> Option<Self> {
        match kind {
            "complaint" => Some(Self::Case {
                complaint: ComplaintId::try_from(object).ok()?,
                matter: CaseMatter::parse(action)?,
            }),
            "policy" if action == CHANGE => Some(Self::Policy {
                county: RegionCode::try_from(object).ok()?,
            }),
            "calendar" if action == CHANGE => Some(Self::Calendar {
                region: match object {
                    NATIONAL => None,
                    code => Some(RegionCode::try_from(code).ok()?),
                },
            }),
            "catalogue" if action == CHANGE => Some(Self::Catalogue {
                region: RegionCode::try_from(object).ok()?,
            }),
            "zone" if action == CHANGE => Some(Self::Zone {
                zone: ZoneId::try_from(object).ok()?,
            }),
            "relation" if action == END => Some(Self::Relation {
                relation: RelationId::try_from(object).ok()?,
            }),
            "staff" => Some(Self::Staff {
                staff: StaffId::try_from(object).ok()?,
                matter: StaffMatter::parse(action)?,
            }),
            EXPORT if action == EXPORT => Some(Self::Export {
                export: ExportId::try_from(object).ok()?,
            }),
            DISCLOSURE => Some(Self::Disclosure {
                disclosure: DisclosureId::try_from(object).ok()?,
                matter: DisclosureMatter::parse(action)?,
            }),
            OBLIGATION if action == STRIKE => Some(Self::Obligation {
                obligation: ObligationId::try_from(object).ok()?,
            }),
            _ => None,
        }
    }

    /// The case, where the subject is one: whoever may not know of it may not know of the proposal.
    #[must_use]
    pub fn complaint(&self) -> Option<&ComplaintId> {
        self.case().map(|(complaint, _)| complaint)
    }

    /// The case and what is to be done with it, where the subject is one.
    #[must_use]
    pub fn case(&self) -> Option<(&ComplaintId, CaseMatter)> {
        match self {
            Self::Case { complaint, matter } => Some((complaint, *matter)),
            Self::Policy { .. }
            | Self::Calendar { .. }
            | Self::Catalogue { .. }
            | Self::Zone { .. }
            | Self::Relation { .. }
            | Self::Staff { .. }
            | Self::Export { .. }
            | Self::Disclosure { .. }
            | Self::Obligation { .. } => None,
        }
    }
}

/// Why a proposal can no longer be decided.
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
pub enum VoidReason {
    /// Three working days have passed.
    Expired,
    /// What it is about has changed.
    VersionChanged,
    /// Its proposer was disabled, or works elsewhere or as something else now, or may no longer know of it.
    ProposerLost,
}

impl VoidReason {
    /// All.
    pub const ALL: [Self; 3] = [Self::Expired, Self::VersionChanged, Self::ProposerLost];

    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::VersionChanged => "version_changed",
            Self::ProposerLost => "proposer_lost",
        }
    }

    /// Reads [`VoidReason::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What became of a proposal.
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
#[schema(as = ProposalState)]
pub enum State {
    /// A second person is asked for.
    Waiting,
    /// Approved and done.
    Approved,
    /// Refused by the second person.
    Refused,
    /// Can no longer be decided.
    Void,
}

impl State {
    /// All.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Approved, Self::Refused, Self::Void];

    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Void => "void",
        }
    }

    /// Reads [`State::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// Who proposed, as they were then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposer {
    /// The account.
    pub staff: StaffId,
    /// The natural person.
    pub person: PersonId,
    /// The role.
    pub role: Role,
    /// The unit.
    pub organisation: OrganisationId,
}

impl From<&Scope> for Proposer {
    fn from(scope: &Scope) -> Self {
        Self {
            staff: scope.staff.clone(),
            person: scope.person.clone(),
            role: scope.role,
            organisation: scope.organisation.clone(),
        }
    }
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// What it is about.
    pub subject: Subject,
    /// The region whose organs decide.
    pub region: RegionCode,
    /// The subject's version it was made about.
    pub version: i32,
    /// What is proposed, as JSON; the owning feature reads it.
    pub body: String,
    /// Why, for the second person.
    pub reason: String,
    /// Who proposed.
    pub proposer: Proposer,
    /// The organs it is offered to.
    pub offered: Vec<OrganisationId>,
    /// Case time.
    pub created_at: Timestamp,
    /// The first instant at which it is void.
    pub expires_at: Timestamp,
    /// What became of it.
    pub state: State,
    /// Why it is void.
    pub void_reason: Option<VoidReason>,
    /// Who decided.
    pub decided_by: Option<StaffId>,
    /// When it was decided or became void.
    pub decided_at: Option<Timestamp>,
    /// The second person's words.
    pub note: Option<String>,
}

/// Why somebody may not be the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSecond {
    /// The proposer, perhaps under another account.
    SamePerson,
    /// It is about this person's own account.
    Concerned,
    /// Works in no organ it is offered to, or not as one who decides.
    NotOffered,
}

impl Proposal {
    /// Whether, and why, it can no longer be decided: `in_force` says whether the proposer's account is
    /// still what it was.
    #[must_use]
    pub fn void(&self, in_force: bool, now: Timestamp) -> Option<VoidReason> {
        match self.state {
            State::Void => self.void_reason,
            State::Approved | State::Refused => None,
            State::Waiting if !in_force => Some(VoidReason::ProposerLost),
            State::Waiting if now >= self.expires_at => Some(VoidReason::Expired),
            State::Waiting => None,
        }
    }

    /// Whether this person may be the second. Recusal is asked before: whoever is recused from the case
    /// never sees its proposals.
    ///
    /// # Errors
    /// [`NotSecond`] says why not.
    pub fn second(&self, scope: &Scope) -> Result<(), NotSecond> {
        if scope.person == self.proposer.person {
            return Err(NotSecond::SamePerson);
        }
        if matches!(&self.subject, Subject::Staff { staff, .. } if *staff == scope.staff) {
            return Err(NotSecond::Concerned);
        }
        if !scope.can(Permission::DecideProposals) || !self.offered.contains(&scope.organisation) {
            return Err(NotSecond::NotOffered);
        }
        Ok(())
    }
}

/// When a proposal made now becomes void.
#[must_use]
pub fn expires_at(calendar: &WorkCalendar, now: Timestamp) -> Timestamp {
    deadline(calendar, now, &Limit::working_days(WAITS_WORKING_DAYS), &[]).due_at
}

/// The organs to whom something of a region without a case is offered, all at once: its lowest discipline
/// organ and every one above.
#[must_use]
pub fn organs_of_region(organs: &Organs) -> Vec<OrganisationId> {
    organs.values().cloned().collect()
}

/// The organs to whom something of a case is offered, all at once: its supervising unit and every one above, as far
/// as they are of the level `from` or above it.
#[must_use]
pub fn organs_of_case(
    supervising: &OrganisationId,
    level: Level,
    organs: &Organs,
    from: Level,
) -> Vec<OrganisationId> {
    let above = organs
        .iter()
        .filter(|(other, id)| **other > level && **other >= from && *id != supervising)
        .map(|(_, id)| id.clone());
    let own = (level >= from).then(|| supervising.clone());
    own.into_iter().chain(above).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for matter in CaseMatter::ALL {
            assert_eq!(CaseMatter::parse(matter.as_str()), Some(matter));
        }
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
        for reason in VoidReason::ALL {
            assert_eq!(VoidReason::parse(reason.as_str()), Some(reason));
        }
    }

    #[test]
    fn subjects_read_back() {
        let complaint = ComplaintId::try_from("abc");
        for matter in CaseMatter::ALL {
            let subject = complaint
                .clone()
                .map(|complaint| Subject::Case { complaint, matter });
            let read = subject
                .as_ref()
                .map(|one| Subject::read(one.kind(), one.object(), one.action()));
            assert_eq!(read, subject.as_ref().map(|one| Some(one.clone())));
        }
        let county = RegionCode::try_from("230104000000").ok();
        let others = county.clone().map(|county| Subject::Policy { county });
        let calendars = [None, county].map(|region| Subject::Calendar { region });
        let accounts = StaffMatter::ALL.map(|matter| {
            let staff = StaffId::try_from("abc").ok();
            staff.map(|staff| Subject::Staff { staff, matter })
        });
        let accounts = accounts.into_iter().flatten();
        let export = ExportId::try_from("abc").ok();
        let exports = export.map(|export| Subject::Export { export });
        let disclosures = DisclosureMatter::ALL.map(|matter| {
            let disclosure = DisclosureId::try_from("abc").ok();
            disclosure.map(|disclosure| Subject::Disclosure { disclosure, matter })
        });
        let exports = exports.into_iter().chain(disclosures.into_iter().flatten());
        let obligation = ObligationId::try_from("abc").ok();
        let struck = obligation.map(|obligation| Subject::Obligation { obligation });
        let rest = calendars.into_iter().chain(accounts).chain(exports);
        let rest = rest.chain(struck);
        for one in others.into_iter().chain(rest) {
            let read = Subject::read(one.kind(), one.object(), one.action());
            assert_eq!(read, Some(one));
        }
        assert_eq!(Subject::read("complaint", "abc", "shred"), None);
        assert_eq!(Subject::read("weather", "abc", "extend"), None);
        assert_eq!(Subject::read("disclosure", "abc", "burn"), None);
        assert_eq!(Subject::read("obligation", "abc", "forget"), None);
    }
}
