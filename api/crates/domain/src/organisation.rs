//! Units and their posts: whom a complaint may be about, who does the work, who watches.
//!
//! A village has its committee and the committee that watches it, a township its government, its
//! discipline organ and the agency that keeps the villages' books, and so on up. They are founded together
//! with their region, under ids that follow from its code, so that importing a tree twice founds nothing
//! twice and a demo, a test or a script can name a unit before it has seen the database. Nobody's name is
//! here: people hold posts from one day to another, and the public page shows units and posts only.
//! What an administrator may do with them afterwards is in [`administration`].

pub mod administration;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PostId};
use crate::region::{Level, Region, RegionCode, short_name};
use crate::time::Day;

/// What a unit is.
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
pub enum OrganisationKind {
    /// 村民委员会 or 居民委员会, with the village's party organisation (两委)
    VillageCommittee,
    /// 村务监督委员会, which watches the one above and signs its disclosures
    SupervisionCommittee,
    /// 乡镇人民政府 or 街道办事处
    TownshipGovernment,
    /// 农村集体三资委托代理服务中心: keeps the villages' books and publishes them
    AccountingAgency,
    /// 纪委, 纪工委, 纪委监委: the supervising unit of a case
    DisciplineOrgan,
    /// 县, 区 or 市人民政府
    CountyGovernment,
    /// A bureau of a county, such as 农业农村局
    CountyBureau,
    /// Anything else that a county enters by hand
    Other,
}

impl OrganisationKind {
    /// Every kind, in the order in which people meet them.
    pub const ALL: [Self; 8] = [
        Self::VillageCommittee,
        Self::SupervisionCommittee,
        Self::TownshipGovernment,
        Self::AccountingAgency,
        Self::DisciplineOrgan,
        Self::CountyGovernment,
        Self::CountyBureau,
        Self::Other,
    ];

    /// The word used in tables, files and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VillageCommittee => "village_committee",
            Self::SupervisionCommittee => "supervision_committee",
            Self::TownshipGovernment => "township_government",
            Self::AccountingAgency => "accounting_agency",
            Self::DisciplineOrgan => "discipline_organ",
            Self::CountyGovernment => "county_government",
            Self::CountyBureau => "county_bureau",
            Self::Other => "other",
        }
    }

    /// Reads [`OrganisationKind::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether cases are received, dispatched and reviewed here (监督部门).
    #[must_use]
    pub fn supervises(self) -> bool {
        self == Self::DisciplineOrgan
    }

    /// Whether cases may be handled here (责任部门). Who watches does no work of the watched: neither the
    /// discipline organs nor the village's own supervision committee.
    #[must_use]
    pub fn may_handle(self) -> bool {
        !matches!(self, Self::DisciplineOrgan | Self::SupervisionCommittee)
    }
}

impl fmt::Display for OrganisationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A unit of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id, such as `village-committee-230104111204`.
    pub id: OrganisationId,
    /// The region it works for.
    pub region_code: RegionCode,
    /// That region's level.
    pub level: Level,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name, with the region's.
    pub name: String,
    /// The unit that gives it orders: whoever is accused there must not get the case through this one.
    /// `None` for who is guided and not led (a village committee), and for who answers to another line (a
    /// discipline organ).
    pub led_by: Option<OrganisationId>,
    /// Where its notices go.
    pub email: Option<String>,
    /// Its last day. Such a unit is offered to nobody any more; what names it goes on naming it.
    pub closed_on: Option<Day>,
    /// Rises with every change.
    pub version: i32,
}

/// A post in a unit, held by different people at different times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Post {
    /// Its id, such as `village-committee-230104111204-director`.
    pub id: PostId,
    /// Its unit.
    pub organisation_id: OrganisationId,
    /// What its holder is called, such as 主任.
    pub title: String,
    /// Whether its holder leads the unit: a complaint about him is one about the whole unit.
    pub leads: bool,
}

/// A post to found: the end of its id, its title, whether it leads.
type PostPlan = (&'static str, String, bool);

fn leading(slug: &'static str, title: impl Into<String>) -> PostPlan {
    (slug, title.into(), true)
}

fn under(slug: &'static str, title: impl Into<String>) -> PostPlan {
    (slug, title.into(), false)
}

/// One unit to found.
struct Plan {
    slug: &'static str,
    kind: OrganisationKind,
    name: String,
    led_by: Option<&'static str>,
    posts: Vec<PostPlan>,
}

impl Plan {
    /// `None` when an id does not fit: not with the slugs of this file, which the tests hold.
    fn found(self, region: &Region) -> Option<(Organisation, Vec<Post>)> {
        let id_of = |slug: &str| OrganisationId::try_from(format!("{slug}-{}", region.code)).ok();
        let id = id_of(self.slug)?;
        let posts = self
            .posts
            .into_iter()
            .map(|(slug, title, leads)| {
                Some(Post {
                    id: PostId::try_from(format!("{id}-{slug}")).ok()?,
                    organisation_id: id.clone(),
                    title,
                    leads,
                })
            })
            .collect::<Option<Vec<Post>>>()?;
        let organisation = Organisation {
            id,
            region_code: region.code.clone(),
            level: region.level,
            kind: self.kind,
            name: self.name,
            led_by: self.led_by.and_then(id_of),
            email: None,
            closed_on: None,
            version: 1,
        };
        Some((organisation, posts))
    }
}

/// The units founded together with `region`, each with its posts.
///
/// They are the ones without which no complaint finds its way: somebody it may be about, somebody who
/// handles it, an organ that supervises. What else a county has (resident groups, other bureaus, a
/// collective's own board) it adds by hand, and it renames what is called differently there.
///
/// The party secretary stands among the posts of the committee or government that he leads in fact: to the
/// villager the two committees are one, and a complaint about either head concerns the whole unit.
#[must_use]
pub fn standard_organisations(region: &Region) -> Vec<(Organisation, Vec<Post>)> {
    let plans = match region.level {
        Level::Village => village(&region.name),
        Level::Township => township(&region.name),
        Level::County => county(&region.name),
        Level::City => vec![discipline_organ(
            format!("{}纪委监委", region.name),
            vec![
                leading("secretary", "市纪委书记、监委主任"),
                under("deputy-secretary", "市纪委副书记、监委副主任"),
            ],
        )],
        Level::Province => Vec::new(),
    };
    plans
        .into_iter()
        .filter_map(|plan| plan.found(region))
        .collect()
}

fn discipline_organ(name: String, posts: Vec<PostPlan>) -> Plan {
    Plan {
        slug: "discipline-organ",
        kind: OrganisationKind::DisciplineOrgan,
        name,
        led_by: None,
        posts,
    }
}

/// Neither committee is led by anybody: villagers elect both, the township only guides the first, and the
/// second exists to watch the first.
fn village(official: &str) -> Vec<Plan> {
    let people_say = short_name(official);
    let rural = official.ends_with("村委会")
        || official.ends_with("村民委员会")
        || people_say.ends_with('村');
    let is_office = official.ends_with("委会") || official.ends_with("委员会");
    let name = match (is_office, rural) {
        (true, _) => official.to_owned(),
        (false, true) => format!("{official}村民委员会"),
        (false, false) => format!("{official}居民委员会"),
    };
    let mut posts = vec![
        leading("director", "主任"),
        leading(
            "party-secretary",
            if rural {
                "村党组织书记"
            } else {
                "社区党组织书记"
            },
        ),
        under("deputy-director", "副主任"),
        under("member", "委员"),
    ];
    if rural {
        posts.extend([
            under("reporter-clerk", "报账员"),
            under("group-head", "村民小组长"),
        ]);
    }
    // 第一居委会 without its ending is 第一: no name of a place.
    let place = people_say.strip_suffix("委员会").unwrap_or(people_say);
    let place = if ["村", "社区", "区"].iter().any(|end| place.ends_with(end)) {
        place
    } else {
        official
    };
    let watching = if rural {
        "村务监督委员会"
    } else {
        "居务监督委员会"
    };
    vec![
        Plan {
            slug: "village-committee",
            kind: OrganisationKind::VillageCommittee,
            name,
            led_by: None,
            posts,
        },
        Plan {
            slug: "supervision-committee",
            kind: OrganisationKind::SupervisionCommittee,
            name: format!("{place}{watching}"),
            led_by: None,
            posts: vec![leading("director", "主任"), under("member", "成员")],
        },
    ]
}

/// Everything in a township is led by its government, but for the discipline organ.
fn township(name: &str) -> Vec<Plan> {
    let (office, party, head, deputy, organ) = if name.ends_with("街道") {
        ("办事处", "党工委书记", "主任", "副主任", "纪工委")
    } else if name.ends_with('镇') {
        ("人民政府", "党委书记", "镇长", "副镇长", "纪委")
    } else if name.ends_with('乡') {
        ("人民政府", "党委书记", "乡长", "副乡长", "纪委")
    } else {
        // State farms, forestry bureaus and zones stand in the township's place and call their heads
        // differently each.
        ("", "党组织书记", "主要负责人", "其他负责人", "纪委")
    };
    vec![
        Plan {
            slug: "township-government",
            kind: OrganisationKind::TownshipGovernment,
            name: format!("{name}{office}"),
            led_by: None,
            posts: vec![
                leading("head", head),
                leading("party-secretary", party),
                under("deputy-head", deputy),
                under("staff", "工作人员"),
            ],
        },
        discipline_organ(
            format!("{name}{organ}"),
            vec![
                leading("secretary", format!("{organ}书记")),
                under("deputy-secretary", format!("{organ}副书记")),
                under("member", format!("{organ}委员")),
            ],
        ),
        Plan {
            slug: "accounting-agency",
            kind: OrganisationKind::AccountingAgency,
            name: format!("{name}农村集体三资委托代理服务中心"),
            led_by: Some("township-government"),
            posts: vec![
                leading("director", "主任"),
                under("accountant", "代理会计"),
                under("cashier", "代理出纳"),
            ],
        },
    ]
}

fn county(name: &str) -> Vec<Plan> {
    let kind = ["市", "县", "旗"]
        .into_iter()
        .find(|kind| name.ends_with(kind))
        .unwrap_or("区");
    vec![
        Plan {
            slug: "county-government",
            kind: OrganisationKind::CountyGovernment,
            name: format!("{name}人民政府"),
            led_by: None,
            posts: vec![
                leading("head", format!("{kind}长")),
                leading("party-secretary", format!("{kind}委书记")),
                under("deputy-head", format!("副{kind}长")),
            ],
        },
        discipline_organ(
            format!("{name}纪委监委"),
            vec![
                leading("secretary", format!("{kind}纪委书记、监委主任")),
                under("deputy-secretary", format!("{kind}纪委副书记、监委副主任")),
            ],
        ),
        Plan {
            slug: "agriculture-bureau",
            kind: OrganisationKind::CountyBureau,
            name: format!("{name}农业农村局"),
            led_by: Some("county-government"),
            posts: vec![
                leading("director", "局长"),
                under("deputy-director", "副局长"),
            ],
        },
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn region(code: &str, name: &str) -> Region {
        let code = RegionCode::try_from(code).unwrap();
        Region {
            name: name.to_owned(),
            level: code.level(),
            parent: code.level().above().and_then(|level| code.at(level)),
            code,
        }
    }

    fn names(code: &str, name: &str) -> Vec<String> {
        standard_organisations(&region(code, name))
            .into_iter()
            .map(|(organisation, _)| organisation.name)
            .collect()
    }

    #[test]
    fn kinds_read_what_they_write() {
        for kind in OrganisationKind::ALL {
            assert_eq!(OrganisationKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert!(!(kind.supervises() && kind.may_handle()));
        }
        assert_eq!(OrganisationKind::parse("Village_Committee"), None);
    }

    #[test]
    fn a_village_has_its_committee_and_who_watches_it() {
        let units = standard_organisations(&region("230104111204", "东风村村委会"));
        let (committee, posts) = units.first().unwrap();
        assert_eq!(committee.id.as_str(), "village-committee-230104111204");
        assert_eq!(committee.name, "东风村村委会");
        assert_eq!(committee.led_by, None);
        let leaders: Vec<&str> = posts
            .iter()
            .filter(|post| post.leads)
            .map(|post| post.title.as_str())
            .collect();
        assert_eq!(leaders, ["主任", "村党组织书记"]);
        assert!(posts.iter().any(|post| post.id.as_str()
            == "village-committee-230104111204-reporter-clerk"
            && post.title == "报账员"));
        let (watching, _) = units.get(1).unwrap();
        assert_eq!(watching.name, "东风村村务监督委员会");
        assert_eq!(watching.led_by, None);
    }

    #[test]
    fn committees_are_called_as_people_there_call_them() {
        for (official, committee, watching) in [
            ("东风村村委会", "东风村村委会", "东风村村务监督委员会"),
            ("松花江村委会", "松花江村委会", "松花江村村务监督委员会"),
            (
                "庆丰村村民委员会",
                "庆丰村村民委员会",
                "庆丰村村务监督委员会",
            ),
            ("新华村", "新华村村民委员会", "新华村村务监督委员会"),
            ("兴旺社区居委会", "兴旺社区居委会", "兴旺社区居务监督委员会"),
            (
                "红星社区居民委员会",
                "红星社区居民委员会",
                "红星社区居务监督委员会",
            ),
            ("景江社区委员会", "景江社区委员会", "景江社区居务监督委员会"),
            ("第一居委会", "第一居委会", "第一居委会居务监督委员会"),
            (
                "红旗场直社区",
                "红旗场直社区居民委员会",
                "红旗场直社区居务监督委员会",
            ),
        ] {
            assert_eq!(
                names("230104111204", official),
                [committee, watching],
                "{official}"
            );
        }
    }

    #[test]
    fn a_township_leads_its_agency_but_not_its_discipline_organ() {
        let units = standard_organisations(&region("230104111000", "团结镇"));
        let led: Vec<(&str, &str, Option<&str>)> = units
            .iter()
            .map(|(unit, _)| {
                (
                    unit.id.as_str(),
                    unit.name.as_str(),
                    unit.led_by.as_ref().map(OrganisationId::as_str),
                )
            })
            .collect();
        assert_eq!(
            led,
            [
                ("township-government-230104111000", "团结镇人民政府", None),
                ("discipline-organ-230104111000", "团结镇纪委", None),
                (
                    "accounting-agency-230104111000",
                    "团结镇农村集体三资委托代理服务中心",
                    Some("township-government-230104111000")
                ),
            ]
        );
    }

    #[test]
    fn streets_and_farms_have_their_own_words() {
        let heads = |code: &str, name: &str| -> Vec<String> {
            standard_organisations(&region(code, name))
                .iter()
                .filter_map(|(unit, posts)| {
                    let head = posts.iter().find(|post| post.leads)?;
                    Some(format!("{}{}", unit.name, head.title))
                })
                .take(2)
                .collect()
        };
        assert_eq!(
            heads("230104001000", "靖宇街道"),
            ["靖宇街道办事处主任", "靖宇街道纪工委纪工委书记"]
        );
        assert_eq!(
            heads("230104500000", "青年农场"),
            ["青年农场主要负责人", "青年农场纪委纪委书记"]
        );
    }

    #[test]
    fn counties_cities_and_provinces() {
        assert_eq!(
            names("230104000000", "道外区"),
            ["道外区人民政府", "道外区纪委监委", "道外区农业农村局"]
        );
        assert_eq!(names("230100000000", "哈尔滨市"), ["哈尔滨市纪委监委"]);
        assert!(names("230000000000", "黑龙江省").is_empty());
        let units = standard_organisations(&region("230183000000", "尚志市"));
        let (_, posts) = units.first().unwrap();
        let titles: Vec<&str> = posts.iter().map(|post| post.title.as_str()).collect();
        assert_eq!(titles, ["市长", "市委书记", "副市长"]);
    }

    /// Every region of Harbin gets all its units, under ids that nobody else has, each led by one that
    /// exists.
    #[test]
    fn founds_a_whole_city() {
        let mut organisations = HashSet::new();
        let mut posts = HashSet::new();
        for row in include_str!("../../../data/regions-harbin.csv")
            .lines()
            .skip(1)
        {
            let mut cells = row.split(',');
            let region = region(cells.next().unwrap(), cells.next().unwrap());
            assert_eq!(Level::parse(cells.next().unwrap()), Some(region.level));
            let units = standard_organisations(&region);
            let expected = match region.level {
                Level::Province => 0,
                Level::City => 1,
                Level::County | Level::Township => 3,
                Level::Village => 2,
            };
            assert_eq!(units.len(), expected, "{}", region.name);
            for (unit, its_posts) in &units {
                assert!(organisations.insert(unit.id.clone()), "{}", unit.id);
                assert!(
                    unit.led_by
                        .iter()
                        .all(|leader| units.iter().any(|(other, _)| other.id == *leader))
                );
                assert!(its_posts.iter().any(|post| post.leads));
                for post in its_posts {
                    assert!(posts.insert(post.id.clone()), "{}", post.id);
                }
            }
        }
        assert_eq!(organisations.len(), 1 + 18 * 3 + 328 * 3 + 3158 * 2);
    }

    /// The demo's story names only units and posts that its import founds.
    #[test]
    fn the_demo_names_units_that_exist() {
        fn collect(value: &serde_json::Value, into: &mut Vec<String>) {
            match value {
                serde_json::Value::Object(map) => {
                    for (key, value) in map {
                        match value.as_str() {
                            Some(id)
                                if matches!(
                                    key.as_str(),
                                    "organisation_id" | "responsible_organisation_id" | "id"
                                ) =>
                            {
                                into.push(id.to_owned());
                            }
                            _ => collect(value, into),
                        }
                    }
                }
                serde_json::Value::Array(values) => {
                    values.iter().for_each(|value| collect(value, into));
                }
                _ => {}
            }
        }
        let demo: serde_json::Value =
            serde_json::from_str(include_str!("../../../data/demo.json")).unwrap();
        let mut named = Vec::new();
        collect(&demo, &mut named);
        assert!(named.len() > 10);
        // The regions that the demo imports: whoever adds an account or a unit elsewhere is in them too.
        let regions = include_str!("../../../data/regions-harbin.csv");
        let known: HashSet<String> = regions
            .lines()
            .skip(1)
            .filter_map(|row| {
                let mut cells = row.split(',');
                Some((cells.next()?, cells.next()?))
            })
            .flat_map(|(code, name)| standard_organisations(&region(code, name)))
            .flat_map(|(unit, posts)| {
                let posts = posts.into_iter().map(|post| String::from(post.id));
                std::iter::once(String::from(unit.id)).chain(posts)
            })
            .collect();
        for id in named {
            assert!(known.contains(&id), "{id}");
        }
    }
}
