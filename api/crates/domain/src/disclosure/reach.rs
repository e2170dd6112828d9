//! Whose drafts somebody may know of, and what they may do to one: the district of a role, and one list of
//! possible steps that both the checks and every view's `allowed_actions` come from.

use super::publish::{Action, State, Version};
use crate::region::{Level, RegionCode};
use crate::role::{Permission, Role, Scope};

/// The villages whose unpublished accounts somebody may know of: a clerk and a committee member their own,
/// a publisher those of the township. `None`: of no village.
#[must_use]
pub fn district(scope: &Scope) -> Option<&RegionCode> {
    let level = match scope.role {
        Role::VillageClerk | Role::CommitteeMember => Level::Village,
        Role::Publisher => Level::Township,
        _ => return None,
    };
    // An account that was given too wide a region has none, rather than a county's drafts.
    (scope.can(Permission::ReadDrafts) && scope.region.level() <= level).then_some(&scope.region)
}

/// Whether the unpublished accounts of `village` may be known to this person.
#[must_use]
pub fn reaches(scope: &Scope, village: &RegionCode) -> bool {
    district(scope).is_some_and(|district| district.covers(village))
}

/// What somebody whom the accounts of this village reach may do to them now: to the present version, and to the
/// correction of it that is under way, where there is one. Correcting and withdrawing what is published only proposes.
#[must_use]
pub fn allowed(
    scope: &Scope,
    village: &RegionCode,
    version: &Version,
    correction: Option<&Version>,
) -> Vec<Action> {
    if !reaches(scope, village) {
        return Vec::new();
    }
    let mut actions = Vec::new();
    let was_published = version.published().is_some();
    match correction {
        Some(pending) if was_published => {
            actions.extend(towards_publication(scope, pending));
            if is_hands_on(scope, pending) {
                actions.push(Action::DropCorrection);
            }
        }
        _ if was_published => {
            if scope.can(Permission::PublishDisclosures) {
                actions.push(Action::Correct);
            }
        }
        _ => actions.extend(towards_publication(scope, version)),
    }
    let may_withdraw = match version.state() {
        State::Draft | State::Signed => is_hands_on(scope, version),
        State::Published => scope.can(Permission::PublishDisclosures),
        State::Withdrawn => false,
    };
    if may_withdraw {
        actions.push(Action::Withdraw);
    }
    actions
}

/// Whether a draft is this person's to take back: whoever drafted it, and the agency.
fn is_hands_on(scope: &Scope, draft: &Version) -> bool {
    let own = draft.drafted_by() == Some(&scope.person);
    scope.can(Permission::DraftDisclosures) && (own || scope.can(Permission::PublishDisclosures))
}

/// What brings a draft on its way. Nobody signs what he drafted, nor records that others did; nobody signs twice.
fn towards_publication(scope: &Scope, draft: &Version) -> Vec<Action> {
    let mut actions = Vec::new();
    let state = draft.state();
    let mut signoffs = draft.signoffs().iter();
    let signed = signoffs.any(|signoff| signoff.person_id == scope.person);
    let drafted = draft.drafted_by() == Some(&scope.person);
    let open = matches!(state, State::Draft | State::Signed) && !signed && !drafted;
    if open && scope.can(Permission::SignDisclosures) {
        actions.push(Action::Sign);
    }
    if scope.can(Permission::PublishDisclosures) {
        if open && state == State::Draft {
            actions.push(Action::SignOnPaper);
        }
        if state == State::Signed {
            actions.push(Action::Publish);
        }
    }
    actions
}

/// Whether somebody may put another sheet in the place of this one: a draft nobody has signed or one that was taken
/// back, by whoever drafted it or by the agency that will publish it.
#[must_use]
pub fn may_replace(scope: &Scope, village: &RegionCode, version: &Version) -> bool {
    let own = version.drafted_by() == Some(&scope.person);
    reaches(scope, village)
        && scope.can(Permission::DraftDisclosures)
        && (own || scope.can(Permission::PublishDisclosures))
        && matches!(version.state(), State::Draft | State::Withdrawn)
        && version.published().is_none()
}

#[cfg(test)]
mod tests {
    use super::super::publish::{Signoff, SignoffRole};
    use super::*;
    use crate::id::{OrganisationId, PersonId, StaffId};
    use crate::time::Timestamp;

    fn code(text: &str) -> RegionCode {
        RegionCode::try_from(text).unwrap()
    }

    fn scope(role: Role, region: &str, person: &str) -> Scope {
        Scope {
            staff: StaffId::try_from("staff").unwrap(),
            person: PersonId::try_from(person).unwrap(),
            role,
            organisation: OrganisationId::try_from("unit").unwrap(),
            level: Level::Village,
            region: code(region),
            posts: Vec::new(),
            related: Vec::new(),
        }
    }

    const VILLAGE: &str = "230104111204";

    #[test]
    fn a_clerk_has_one_village_and_a_publisher_the_township() {
        let village = code(VILLAGE);
        assert!(reaches(&scope(Role::VillageClerk, VILLAGE, "a"), &village));
        let neighbour = scope(Role::CommitteeMember, "230104111205", "a");
        assert!(!reaches(&neighbour, &village));
        let township = |region| scope(Role::Publisher, region, "a");
        assert!(reaches(&township("230104111000"), &village));
        assert!(!reaches(&township("230104112000"), &village));
        for (role, region) in [
            (Role::VillageClerk, "230104111000"),
            (Role::Publisher, "230104000000"),
            (Role::Triage, "230104111000"),
            (Role::Administrator, VILLAGE),
        ] {
            assert!(!reaches(&scope(role, region, "a"), &village), "{role:?}");
        }
    }

    #[test]
    fn the_committee_signs_and_the_agency_publishes() {
        let village = code(VILLAGE);
        let clerk = scope(Role::VillageClerk, VILLAGE, "clerk");
        let committee = scope(Role::CommitteeMember, VILLAGE, "committee");
        let agency = scope(Role::Publisher, "230104111000", "agency");
        let draft = Version::draft(Some(clerk.person.clone()), "aa".to_owned());
        let may = |who: &Scope, version: &Version| allowed(who, &village, version, None);
        assert_eq!(may(&clerk, &draft), [Action::Withdraw]);
        assert_eq!(may(&committee, &draft), [Action::Sign]);
        assert_eq!(
            may(&agency, &draft),
            [Action::SignOnPaper, Action::Withdraw]
        );
        assert!(may_replace(&clerk, &village, &draft) && may_replace(&agency, &village, &draft));
        let colleague = scope(Role::VillageClerk, VILLAGE, "colleague");
        assert!(!may_replace(&colleague, &village, &draft));
        assert_eq!(may(&colleague, &draft), []);
        // The same person with a second account is still the drafter.
        let twin = scope(Role::CommitteeMember, VILLAGE, "clerk");
        assert_eq!(may(&twin, &draft), []);
        let signed = signed(draft.clone(), &committee);
        assert_eq!(may(&committee, &signed), []);
        assert_eq!(may(&agency, &signed), [Action::Publish, Action::Withdraw]);
        assert!(!may_replace(&clerk, &village, &signed));
        let published = signed.publish(Timestamp::from_micros(0), 15, "aa").unwrap();
        assert_eq!(
            may(&agency, &published),
            [Action::Correct, Action::Withdraw]
        );
        assert_eq!(may(&clerk, &published), []);
        assert_eq!(may(&committee, &published), []);
    }

    fn signed(draft: Version, by: &Scope) -> Version {
        let signoff = Signoff {
            role: SignoffRole::SupervisionCommittee,
            person_id: by.person.clone(),
            at: Timestamp::from_micros(0),
            note: None,
            content_sha256: draft.content_sha256().to_owned(),
            paper: None,
        };
        draft.sign(signoff).unwrap()
    }

    #[test]
    fn a_correction_goes_the_same_way_beside_what_is_published() {
        let village = code(VILLAGE);
        let committee = scope(Role::CommitteeMember, VILLAGE, "committee");
        let agency = scope(Role::Publisher, "230104111000", "agency");
        let colleague = scope(Role::Publisher, "230104111000", "colleague");
        let draft = Version::draft(Some(agency.person.clone()), "aa".to_owned());
        let published = signed(draft.clone(), &committee)
            .publish(Timestamp::from_micros(0), 15, "aa")
            .unwrap();
        let with = |who: &Scope, correction: &Version| {
            allowed(who, &village, &published, Some(correction))
        };
        assert_eq!(with(&committee, &draft), [Action::Sign]);
        // Whoever drafted it does not record the paper either.
        let own = [Action::DropCorrection, Action::Withdraw];
        assert_eq!(with(&agency, &draft), own);
        assert_eq!(with(&colleague, &draft)[0], Action::SignOnPaper);
        let ready = signed(draft, &committee);
        assert_eq!(with(&agency, &ready)[0], Action::Publish);
        let gone = published
            .withdraw(Timestamp::from_micros(0), "报错了村".to_owned())
            .unwrap();
        assert_eq!(allowed(&agency, &village, &gone, None), [Action::Correct]);
        assert_eq!(
            allowed(&agency, &village, &gone, Some(&ready))[0],
            Action::Publish
        );
    }

    #[test]
    fn a_draft_that_was_taken_back_makes_room() {
        let village = code(VILLAGE);
        let clerk = scope(Role::VillageClerk, VILLAGE, "clerk");
        let draft = Version::draft(Some(clerk.person.clone()), "aa".to_owned());
        let gone = draft
            .withdraw(Timestamp::from_micros(0), "重做".to_owned())
            .unwrap();
        assert_eq!(allowed(&clerk, &village, &gone, None), []);
        assert!(may_replace(&clerk, &village, &gone));
    }
}
