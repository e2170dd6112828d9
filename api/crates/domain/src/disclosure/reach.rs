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

/// What somebody whom the accounts of this village reach may do to a version of them now.
#[must_use]
pub fn allowed(scope: &Scope, village: &RegionCode, version: &Version) -> Vec<Action> {
    let mut actions = Vec::new();
    if !reaches(scope, village) || version.state() == State::Published {
        return actions;
    }
    let signed = version
        .signoffs()
        .iter()
        .any(|signoff| signoff.person_id == scope.person);
    let drafted = version.drafted_by() == Some(&scope.person);
    if scope.can(Permission::SignDisclosures) && !signed && !drafted {
        actions.push(Action::Sign);
    }
    if scope.can(Permission::PublishDisclosures) && version.state() == State::Signed {
        actions.push(Action::Publish);
    }
    actions
}

/// Whether somebody may put another sheet in the place of this one: a draft nobody has signed, by whoever
/// drafted it or by the agency that will publish it.
#[must_use]
pub fn may_replace(scope: &Scope, village: &RegionCode, version: &Version) -> bool {
    let own = version.drafted_by() == Some(&scope.person);
    reaches(scope, village)
        && scope.can(Permission::DraftDisclosures)
        && (own || scope.can(Permission::PublishDisclosures))
        && version.state() == State::Draft
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
        assert_eq!(allowed(&clerk, &village, &draft), []);
        assert_eq!(allowed(&committee, &village, &draft), [Action::Sign]);
        assert_eq!(allowed(&agency, &village, &draft), []);
        assert!(may_replace(&clerk, &village, &draft) && may_replace(&agency, &village, &draft));
        let colleague = scope(Role::VillageClerk, VILLAGE, "colleague");
        assert!(!may_replace(&colleague, &village, &draft));
        // The same person with a second account is still the drafter.
        let twin = scope(Role::CommitteeMember, VILLAGE, "clerk");
        assert_eq!(allowed(&twin, &village, &draft), []);
        let signed = draft
            .sign(Signoff {
                role: SignoffRole::SupervisionCommittee,
                person_id: committee.person.clone(),
                at: Timestamp::from_micros(0),
                note: None,
                content_sha256: "aa".to_owned(),
            })
            .unwrap();
        assert_eq!(allowed(&committee, &village, &signed), []);
        assert_eq!(allowed(&agency, &village, &signed), [Action::Publish]);
        assert!(!may_replace(&clerk, &village, &signed));
        let published = signed.publish(Timestamp::from_micros(0), 15, "aa").unwrap();
        assert_eq!(allowed(&agency, &village, &published), []);
    }
}
