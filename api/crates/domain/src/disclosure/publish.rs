//! From draft to published: who must have signed what before a village sees it, and how long it stays up.
//!
//! The committee (村务监督委员会) signs before publication (财务公开规定, 2011), and what it signed is what is
//! published: both name the same content hash. A posting stays up at least 15 days (that number is policy).

use chrono::Days;
use serde::{Deserialize, Serialize};

use crate::id::{AttachmentId, PersonId};
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
    /// Taken back. Of what was published everybody reads that it was, when and why; of a draft nobody reads anything.
    Withdrawn,
}

impl State {
    /// The word used in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// All.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Signed, Self::Published, Self::Withdrawn];

    /// Reads [`State::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// What may be done here. A published version is never edited: `correct` begins a new one beside it. What was
    /// published and withdrawn comes back in the same way only.
    #[must_use]
    pub fn legal_actions(self) -> &'static [Action] {
        match self {
            Self::Draft => &[Action::Sign, Action::SignOnPaper, Action::Withdraw],
            Self::Signed => &[Action::Sign, Action::Publish, Action::Withdraw],
            Self::Published => &[Action::Correct, Action::Withdraw],
            Self::Withdrawn => &[Action::Correct],
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
    /// Record the sheet that the committee signed on paper, as a photo: `sign` with `paper_file`.
    SignOnPaper,
    /// Show it to everybody.
    Publish,
    /// Begin a new version.
    Correct,
    /// Drop a correction that is not published yet.
    DropCorrection,
    /// Take it back.
    Withdraw,
}

impl Action {
    /// The word used in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::SignOnPaper => "sign_on_paper",
            Self::Publish => "publish",
            Self::Correct => "correct",
            Self::DropCorrection => "drop_correction",
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
    /// Where the committee signed on paper: the photo of its sheet. The person is then whoever recorded it.
    pub paper: Option<AttachmentId>,
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

/// That something was taken back. Who asked for it and who agreed stands in the audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// When.
    pub at: Timestamp,
    /// Why; of what was published, for everybody to read.
    pub reason: String,
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
    withdrawn: Option<Withdrawn>,
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
            withdrawn: None,
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
        withdrawn: Option<Withdrawn>,
    ) -> Option<Self> {
        let version = Self {
            drafted_by,
            content_sha256,
            signoffs,
            published,
            withdrawn,
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
        if self.withdrawn.is_some() {
            return State::Withdrawn;
        }
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

    /// That it was taken back, once it was.
    #[must_use]
    pub fn withdrawn(&self) -> Option<&Withdrawn> {
        self.withdrawn.as_ref()
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
        if self.published.is_none() {
            let (state, legal) = (self.state(), &[]);
            return Err(Refused::Illegal { state, legal });
        }
        Ok(Self::draft(drafted_by, content_sha256))
    }

    /// Takes it back. Nothing is left of the signatures under a draft; under what was published they stay.
    ///
    /// # Errors
    /// [`Refused::Illegal`] when it was taken back before.
    pub fn withdraw(mut self, at: Timestamp, reason: String) -> Result<Self, Refused> {
        self.state().allow(Action::Withdraw)?;
        if self.published.is_none() {
            self.signoffs.clear();
        }
        self.withdrawn = Some(Withdrawn { at, reason });
        Ok(self)
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
            paper: None,
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
    fn what_was_taken_back_says_so_and_comes_back_only_as_another_version() {
        let gone = |version: Version| version.withdraw(now(), "报错了村".to_owned());
        let taken = gone(signed()).unwrap();
        assert_eq!(taken.state(), State::Withdrawn);
        assert_eq!(taken.signoffs(), []);
        assert!(taken.correct(None, "bb".to_owned()).is_err());
        assert!(gone(taken).is_err());
        let published = signed().publish(now(), 15, "aa").unwrap();
        let taken = gone(published).unwrap();
        assert_eq!(
            (taken.state(), taken.signoffs().len()),
            (State::Withdrawn, 1)
        );
        assert!(taken.clone().publish(now(), 15, "aa").is_err());
        let next = taken
            .correct(Some(person("agency")), "bb".to_owned())
            .unwrap();
        assert_eq!(next.state(), State::Draft);
    }

    #[test]
    fn words_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(json, format!("\"{}\"", state.as_str()));
        }
        assert_eq!(State::parse("burnt"), None);
        let role = SignoffRole::SupervisionCommittee;
        assert_eq!(SignoffRole::parse(role.as_str()), Some(role));
    }
}
