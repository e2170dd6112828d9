//! From draft to published: who must have signed what before a village sees it, and how long it stays up.
//!
//! The committee (村务监督委员会) signs before publication (财务公开规定, 2011), and what it signed is what is
//! published: both name the same content hash. A posting stays up at least 15 days (that number is policy).

use chrono::Days;
use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::time::{Day, Timestamp};

/// Where a version of a disclosure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DisclosureState)]
pub enum State {
    /// Kept, but the committee has not signed it.
    Draft,
    /// The supervision committee has signed it.
    Signed,
    /// Everybody can read it; it never changes again.
    Published,
}

impl State {
    /// The word used in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Published => "published",
        }
    }

    /// Reads [`State::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Draft, Self::Signed, Self::Published]
            .into_iter()
            .find(|state| state.as_str() == text)
    }

    /// What may be done here. A published version is never edited: `correct` begins a new one beside it.
    #[must_use]
    pub fn legal_actions(self) -> &'static [Action] {
        match self {
            Self::Draft => &[Action::Sign, Action::Withdraw],
            Self::Signed => &[Action::Sign, Action::Publish, Action::Withdraw],
            Self::Published => &[Action::Correct, Action::Withdraw],
        }
    }

    /// `action`, if it is legal here.
    ///
    /// # Errors
    /// [`Refused::Illegal`] with what would be.
    pub fn allow(self, action: Action) -> Result<(), Refused> {
        let legal = self.legal_actions();
        if legal.contains(&action) {
            Ok(())
        } else {
            Err(Refused::Illegal { state: self, legal })
        }
    }
}

/// What can be done to a disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DisclosureActionName)]
pub enum Action {
    /// Put one's name under the content.
    Sign,
    /// Show it to everybody.
    Publish,
    /// Begin a new version.
    Correct,
    /// Take it back.
    Withdraw,
}

impl Action {
    /// The word used in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Publish => "publish",
            Self::Correct => "correct",
            Self::Withdraw => "withdraw",
        }
    }
}

/// As what somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignoffRole {
    /// 村务监督委员会 or 理财小组: the one signature that counts for publishing.
    SupervisionCommittee,
    /// 村党组织书记 or 村委会主任.
    VillageLeader,
    /// The township's 代理记账中心.
    AccountingAgent,
}

impl SignoffRole {
    /// The word used in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SupervisionCommittee => "supervision_committee",
            Self::VillageLeader => "village_leader",
            Self::AccountingAgent => "accounting_agent",
        }
    }

    /// Reads [`SignoffRole::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::SupervisionCommittee,
            Self::VillageLeader,
            Self::AccountingAgent,
        ]
        .into_iter()
        .find(|role| role.as_str() == text)
    }
}

/// A signature: who says, as what and when, that this very content is true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Signoff {
    /// As what.
    pub role: SignoffRole,
    /// Who; a person, because one with two accounts is still one pair of eyes.
    pub person_id: PersonId,
    /// When.
    pub at: Timestamp,
    /// Their opinion (审核意见).
    pub note: Option<String>,
    /// Digest of what they saw, see [`super::ledger::Ledger::content_sha256`].
    pub content_sha256: String,
}

/// The publication of a version. Who pressed the button stands in the audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// When.
    pub at: Timestamp,
    /// The last day it must stay up.
    #[serde(with = "super::ledger::day_text")]
    pub posting_until: Day,
}

/// Why a step was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not in this state.
    #[error("not possible while it is {}", state.as_str())]
    Illegal {
        /// Where it stands.
        state: State,
        /// What is possible there.
        legal: &'static [Action],
    },
    /// Who wrote the draft cannot also vouch for it.
    #[error("the person who drafted it cannot sign it")]
    SignerDrafted,
    /// One person, one signature.
    #[error("this person has signed already")]
    AlreadySigned,
    /// The content is not what the caller, or the committee, saw.
    #[error("the content is not what was signed")]
    ContentChanged,
}

impl Refused {
    /// The code of the problem document.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Illegal { .. } => "illegal_action",
            Self::SignerDrafted => "signer_drafted",
            Self::AlreadySigned => "already_signed",
            Self::ContentChanged => "content_changed",
        }
    }
}

/// One version of a disclosure on its way. Its parts are private, so the only ways to `published` are
/// [`Version::publish`] and a row that was written after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    drafted_by: Option<PersonId>,
    content_sha256: String,
    signoffs: Vec<Signoff>,
    published: Option<Published>,
}

impl Version {
    /// A new draft; nobody drafted what an operator imported at the command line.
    #[must_use]
    pub fn draft(drafted_by: Option<PersonId>, content_sha256: String) -> Self {
        Self {
            drafted_by,
            content_sha256,
            signoffs: Vec::new(),
            published: None,
        }
    }

    /// A version as it was stored. `None` when these parts cannot have come about: the stored row is corrupt.
    #[must_use]
    pub fn restore(
        state: State,
        drafted_by: Option<PersonId>,
        content_sha256: String,
        signoffs: Vec<Signoff>,
        published: Option<Published>,
    ) -> Option<Self> {
        let version = Self {
            drafted_by,
            content_sha256,
            signoffs,
            published,
        };
        let honest = version.signoffs.iter().all(|signoff| {
            version.drafted_by.as_ref() != Some(&signoff.person_id)
                && signoff.content_sha256 == version.content_sha256
        });
        let vouched = version.published.is_none() || version.committee_signed();
        (honest && vouched && version.state() == state).then_some(version)
    }

    fn committee_signed(&self) -> bool {
        self.signoffs.iter().any(|signoff| {
            signoff.role == SignoffRole::SupervisionCommittee
                && signoff.content_sha256 == self.content_sha256
        })
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        match (&self.published, self.committee_signed()) {
            (Some(_), _) => State::Published,
            (None, true) => State::Signed,
            (None, false) => State::Draft,
        }
    }

    /// Who drafted it; `None` for what an operator imported.
    #[must_use]
    pub fn drafted_by(&self) -> Option<&PersonId> {
        self.drafted_by.as_ref()
    }

    /// The digest of its content.
    #[must_use]
    pub fn content_sha256(&self) -> &str {
        &self.content_sha256
    }

    /// The signatures under it, the oldest first.
    #[must_use]
    pub fn signoffs(&self) -> &[Signoff] {
        &self.signoffs
    }

    /// Its publication, once there is one.
    #[must_use]
    pub fn published(&self) -> Option<&Published> {
        self.published.as_ref()
    }

    /// Puts a signature under it. The committee's makes a draft `signed`; others are kept beside it.
    ///
    /// # Errors
    /// [`Refused`]: published already, the signer drafted it or has signed, or they saw another content.
    pub fn sign(mut self, signoff: Signoff) -> Result<Self, Refused> {
        self.state().allow(Action::Sign)?;
        if self.drafted_by.as_ref() == Some(&signoff.person_id) {
            return Err(Refused::SignerDrafted);
        }
        if signoff.content_sha256 != self.content_sha256 {
            return Err(Refused::ContentChanged);
        }
        let signer = &signoff.person_id;
        if self.signoffs.iter().any(|old| old.person_id == *signer) {
            return Err(Refused::AlreadySigned);
        }
        self.signoffs.push(signoff);
        Ok(self)
    }

    /// Shows it to everybody for at least `posting_days` full days: the day of publication does not count,
    /// and a last day on a holiday is not moved (it is a minimum, not a due date). `content_sha256` is the
    /// digest of the stored content, taken anew; it must still be what the committee signed.
    ///
    /// # Errors
    /// [`Refused`]: the committee has not signed, it is published already, or the content changed.
    pub fn publish(
        mut self,
        now: Timestamp,
        posting_days: u32,
        content_sha256: &str,
    ) -> Result<Self, Refused> {
        self.state().allow(Action::Publish)?;
        if content_sha256 != self.content_sha256 {
            return Err(Refused::ContentChanged);
        }
        let today = now.day();
        self.published = Some(Published {
            at: now,
            posting_until: today
                .checked_add_days(Days::new(u64::from(posting_days)))
                .unwrap_or(Day::MAX),
        });
        Ok(self)
    }

    /// A draft of the next version, when this one is published. It needs signatures of its own.
    ///
    /// # Errors
    /// [`Refused::Illegal`] before publication: withdraw the draft and hand in another.
    pub fn correct(
        &self,
        drafted_by: Option<PersonId>,
        content_sha256: String,
    ) -> Result<Self, Refused> {
        self.state().allow(Action::Correct)?;
        Ok(Self::draft(drafted_by, content_sha256))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str) -> PersonId {
        PersonId::try_from(id).unwrap()
    }

    fn now() -> Timestamp {
        Timestamp::parse("2026-04-10T23:30:00+08:00").unwrap()
    }

    fn signed_by(id: &str, role: SignoffRole) -> Signoff {
        Signoff {
            role,
            person_id: person(id),
            at: now(),
            note: None,
            content_sha256: "aa".to_owned(),
        }
    }

    fn draft() -> Version {
        Version::draft(Some(person("clerk")), "aa".to_owned())
    }

    fn signed() -> Version {
        draft()
            .sign(signed_by("committee", SignoffRole::SupervisionCommittee))
            .unwrap()
    }

    #[test]
    fn goes_from_draft_to_published() {
        assert_eq!(draft().state(), State::Draft);
        assert_eq!(signed().state(), State::Signed);
        let published = signed().publish(now(), 15, "aa").unwrap();
        assert_eq!(published.state(), State::Published);
        let until = published.published().unwrap().posting_until;
        assert_eq!(until.to_string(), "2026-04-25");
        let again = published.clone().publish(now(), 15, "aa");
        let legal = State::Published.legal_actions();
        let illegal = Refused::Illegal {
            state: State::Published,
            legal,
        };
        assert_eq!(again, Err(illegal));
        let next = published
            .correct(Some(person("clerk")), "bb".to_owned())
            .unwrap();
        assert_eq!(next.state(), State::Draft);
        assert!(
            signed()
                .correct(Some(person("clerk")), "bb".to_owned())
                .is_err()
        );
    }

    #[test]
    fn only_the_committee_opens_the_way() {
        let leader = signed_by("leader", SignoffRole::VillageLeader);
        let version = draft().sign(leader).unwrap();
        assert_eq!(version.state(), State::Draft);
        let refused = version.publish(now(), 15, "aa").unwrap_err();
        assert_eq!(refused.code(), "illegal_action");
    }

    #[test]
    fn the_drafter_cannot_sign_and_nobody_signs_twice() {
        let own = signed_by("clerk", SignoffRole::SupervisionCommittee);
        assert_eq!(draft().sign(own), Err(Refused::SignerDrafted));
        let again = signed_by("committee", SignoffRole::SupervisionCommittee);
        assert_eq!(signed().sign(again), Err(Refused::AlreadySigned));
    }

    #[test]
    fn what_is_published_is_what_was_signed() {
        let mut other = signed_by("committee", SignoffRole::SupervisionCommittee);
        other.content_sha256 = "bb".to_owned();
        assert_eq!(draft().sign(other.clone()), Err(Refused::ContentChanged));
        let changed = signed().publish(now(), 15, "bb");
        assert_eq!(changed, Err(Refused::ContentChanged));
        let restored = |state, signoffs| {
            Version::restore(
                state,
                Some(person("clerk")),
                "aa".to_owned(),
                signoffs,
                None,
            )
        };
        assert_eq!(restored(State::Signed, vec![other]), None);
        assert_eq!(restored(State::Signed, vec![]), None);
        assert_eq!(restored(State::Draft, vec![]), Some(draft()));
        let signoffs = signed().signoffs().to_vec();
        assert_eq!(restored(State::Signed, signoffs), Some(signed()));
    }

    #[test]
    fn words_are_read_back() {
        for state in [State::Draft, State::Signed, State::Published] {
            assert_eq!(State::parse(state.as_str()), Some(state));
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(json, format!("\"{}\"", state.as_str()));
        }
        assert_eq!(State::parse("withdrawn"), None);
        let role = SignoffRole::SupervisionCommittee;
        assert_eq!(SignoffRole::parse(role.as_str()), Some(role));
    }
}
