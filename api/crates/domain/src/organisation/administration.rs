//! What an administrator may do with the units of a region: found those that no rule of this system founds, name them as
//! people there do, give them posts, and close what is no more.
//!
//! Which unit leads which is said once, when it is founded, and never again: it decides who is recused from a case
//! ([`crate::complaint::target::is_touched`]), and a line that could be moved could be moved for one case.

use super::{Organisation, OrganisationKind};
use crate::region::Level;

/// Posts of one unit: more than any has, and few enough for one list.
pub const MOST_POSTS: usize = 60;

/// Something that is done to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitAct {
    /// Give it another name.
    Rename,
    /// Say where its notices go.
    Email,
    /// Add a post.
    AddPost,
    /// Close it.
    Close,
}

impl UnitAct {
    /// The word in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rename => "rename",
            Self::Email => "email",
            Self::AddPost => "add_post",
            Self::Close => "close",
        }
    }
}

impl OrganisationKind {
    /// Whether a region has it from its founding on and as long as it lasts: routing, the ladder and the signing of
    /// disclosures count on there being one, and on there being no second.
    #[must_use]
    pub fn stands(self) -> bool {
        matches!(
            self,
            Self::VillageCommittee
                | Self::SupervisionCommittee
                | Self::TownshipGovernment
                | Self::DisciplineOrgan
                | Self::CountyGovernment
        )
    }

    /// Whether one more may be founded in a region of this level.
    ///
    /// Not one that [stands](Self::stands). Of two discipline organs at a level, routing would take whichever has the
    /// smaller id; a second village committee or supervision committee would have its people draft and sign the accounts
    /// of the first; and a complaint about a second government would not touch what the first one leads. Bureaus,
    /// agencies and others neither supervise nor stand for a region, so that there may be any number of them: a bureau
    /// where the word means something, at the county; an agency where villages' books are kept, in a township or for a
    /// whole county (it hears of what must be published); anything else wherever it is.
    #[must_use]
    pub fn may_be_founded(self, level: Level) -> bool {
        match self {
            Self::CountyBureau => level == Level::County,
            Self::AccountingAgency => matches!(level, Level::Township | Level::County),
            Self::Other => true,
            _ => false,
        }
    }

    /// Whether some unit gives it orders: it is part of a government, and must not get a case about that one.
    #[must_use]
    pub fn is_led(self) -> bool {
        matches!(self, Self::CountyBureau | Self::AccountingAgency)
    }
}

impl Organisation {
    /// Whether somebody closed it.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed_on.is_some()
    }

    /// What may be done with it.
    #[must_use]
    pub fn legal_acts(&self) -> Vec<UnitAct> {
        if self.is_closed() {
            return Vec::new();
        }
        let mut acts = vec![UnitAct::Rename, UnitAct::Email, UnitAct::AddPost];
        if !self.kind.stands() {
            acts.push(UnitAct::Close);
        }
        acts
    }

    /// Whether routing trusts it with no more than a village committee: what else a village has (a co-operative, a group)
    /// is run by the same people, so that founding one must not lead a case about the village's money back to it.
    #[must_use]
    pub fn is_of_the_village(&self) -> bool {
        let founded_there = self.kind == OrganisationKind::Other && self.level == Level::Village;
        self.kind == OrganisationKind::VillageCommittee || founded_there
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::{Region, RegionCode};
    use crate::time::parse_day;

    const LEVELS: [Level; 5] = [
        Level::Village,
        Level::Township,
        Level::County,
        Level::City,
        Level::Province,
    ];

    fn unit(kind: OrganisationKind, code: &str) -> Organisation {
        let region_code = RegionCode::try_from(code).unwrap();
        Organisation {
            id: "unit".try_into().unwrap(),
            level: region_code.level(),
            region_code,
            kind,
            name: "演示".to_owned(),
            led_by: None,
            email: None,
            closed_on: None,
            version: 1,
        }
    }

    #[test]
    fn what_stands_is_neither_founded_again_nor_closed() {
        for kind in OrganisationKind::ALL {
            let founded = LEVELS.into_iter().any(|level| kind.may_be_founded(level));
            assert_ne!(kind.stands(), founded, "{kind}");
            let closes = unit(kind, "230104000000")
                .legal_acts()
                .contains(&UnitAct::Close);
            assert_ne!(kind.stands(), closes, "{kind}");
            // Whoever supervises is one of those.
            assert!(!kind.supervises() || kind.stands(), "{kind}");
        }
        assert!(OrganisationKind::CountyBureau.may_be_founded(Level::County));
        assert!(!OrganisationKind::CountyBureau.may_be_founded(Level::Township));
        assert!(!OrganisationKind::AccountingAgency.may_be_founded(Level::Village));
    }

    /// What each level has from its founding on is what the kinds say.
    #[test]
    fn every_region_begins_with_what_stands() {
        for (code, name) in [
            ("230104111204", "东风村村委会"),
            ("230104111000", "团结镇"),
            ("230104000000", "道外区"),
            ("230100000000", "哈尔滨市"),
        ] {
            let code = RegionCode::try_from(code).unwrap();
            let region = Region {
                name: name.to_owned(),
                level: code.level(),
                parent: None,
                code,
            };
            for (unit, _) in super::super::standard_organisations(&region) {
                assert!(unit.kind.stands() || unit.kind.may_be_founded(unit.level));
                assert_eq!(unit.kind.is_led(), unit.led_by.is_some(), "{}", unit.id);
                assert_eq!((unit.version, unit.is_closed()), (1, false));
            }
        }
    }

    #[test]
    fn with_what_is_closed_nothing_is_done() {
        let mut bureau = unit(OrganisationKind::CountyBureau, "230104000000");
        assert_eq!(bureau.legal_acts().len(), 4);
        bureau.closed_on = parse_day("2026-11-30");
        assert!(bureau.is_closed());
        assert_eq!(bureau.legal_acts(), []);
    }

    #[test]
    fn a_villages_own_units_are_the_villages() {
        for (kind, code, expected) in [
            (OrganisationKind::VillageCommittee, "230104111204", true),
            (OrganisationKind::Other, "230104111204", true),
            (OrganisationKind::Other, "230104111000", false),
            (
                OrganisationKind::SupervisionCommittee,
                "230104111204",
                false,
            ),
            (OrganisationKind::CountyBureau, "230104000000", false),
        ] {
            assert_eq!(
                unit(kind, code).is_of_the_village(),
                expected,
                "{kind} {code}"
            );
        }
    }
}
